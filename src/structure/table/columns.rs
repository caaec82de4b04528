//! Stage 3, tables: what each column holds, for the whole column at once: by its heading and by its cells.
//!
//! "STT" over 1, 2, 3 numbers the rows; "Số UN" over 1202, 1203 holds codes; "ĐVT" over ha, tấn units; the texts before
//! the first figures name the rows.

use super::rows::RowKind;
use super::{Form, Source, Table};
use crate::patterns::tables::says;
use crate::words::token::Kind;

/// Plain digits from which on a number is a code.
const CODE_DIGITS: usize = 9;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Class {
    /// Nothing.
    #[default]
    Empty,
    /// Numbers of the rows.
    Index,
    /// Codes, classes, telephone numbers.
    Code,
    /// Years and dates.
    Time,
    /// Units.
    Unit,
    /// Names of the rows.
    Label,
    /// Figures.
    Quantity,
    /// Other words.
    Text,
    /// Remarks.
    Remark,
}

/// One column.
#[derive(Debug, Clone, Copy, Default)]
pub struct Column {
    /// What it holds.
    pub class: Class,
}

/// How many cells of each kind a column has.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    filled: usize,
    figures: usize,
    years: usize,
    texts: usize,
    marks: usize,
    codes: usize,
    units: usize,
    /// Numbers that follow on the one before, or begin again.
    running: usize,
    /// Numbers too long or padded for a quantity.
    long: usize,
    last: Option<u32>,
    /// Numbers of one digit, "5.1" among them.
    single: usize,
    /// The single digits met, as bits.
    digits: u16,
    /// Texts that hold a number with its unit.
    measured: usize,
}

/// Gives each column its class.
pub(super) fn classify(source: &Source<'_>, table: &mut Table) {
    let width = table.grid.width.min(super::grid_limit());
    let mut counts = vec![Counts::default(); width];
    for row in table.heads..table.grid.height() {
        if table.kinds.get(row) != Some(&RowKind::Data) {
            continue;
        }
        for cell in table.grid.row(row).filter(|c| c.columns == 1) {
            if let Some(counts) = counts.get_mut(cell.column) {
                counts.add(source, cell);
            }
        }
    }
    let said: Vec<u32> = (0..width).map(|c| heading_says(source, table, c)).collect();
    let texts_after =
        |column: usize| counts.iter().skip(column + 1).any(|c| c.texts > c.figures && c.units < c.texts);
    let mut classes: Vec<Class> = Vec::with_capacity(width);
    for (column, (counts, &said)) in counts.iter().zip(&said).enumerate() {
        let only_left = classes.iter().all(|&c| matches!(c, Class::Empty));
        let headed = !table.headings(column).is_empty();
        classes.push(counts.class(said, only_left && texts_after(column), headed));
    }
    name_rows(&mut classes, &counts, &said);
    table.columns = classes.into_iter().map(|class| Column { class }).collect();
}

/// What the headings over a column say, each as a whole.
fn heading_says(source: &Source<'_>, table: &Table, column: usize) -> u32 {
    let headings = table.headings(column);
    let within = |t: &std::ops::Range<usize>| {
        t.clone().any(|i| source.says(i).is_some_and(|(bits, _)| bits & says::CODE_WITHIN != 0))
    };
    if headings.iter().any(|h| within(&h.tokens)) {
        return says::CODE;
    }
    // "Đơn vị" over "tính", a heading cut over two rows.
    let whole = headings.iter().map(|h| source.says_whole(&h.tokens)).fold(0, |a, b| a | b);
    let single = headings.len() <= 1;
    let names = says::INDEX | says::CODE | says::TIME | says::REMARK | says::UNIT;
    if single {
        whole
    } else {
        whole & !(says::CODE | says::TIME)
            | headings.last().map_or(0, |h| source.says_whole(&h.tokens)) & names
    }
}

impl Counts {
    fn add(&mut self, source: &Source<'_>, cell: &super::Cell) {
        self.filled += 1;
        if source.is_ditto(&cell.tokens) {
            self.units += 1;
            return;
        }
        let text = source.text(&cell.tokens);
        match cell.form {
            Form::Number | Form::Amount => {
                self.figures += 1;
                let plain = text.trim_end_matches(['.', ')']);
                let digits = !plain.is_empty() && plain.bytes().all(|b| b.is_ascii_digit());
                let padded = plain.len() > 2 && plain.starts_with('0');
                self.long += usize::from(digits && (plain.len() >= CODE_DIGITS || padded));
                if let [digit @ b'0'..=b'9'] | [digit @ b'0'..=b'9', b'.', b'0'..=b'9'] = plain.as_bytes() {
                    self.single += 1;
                    self.digits |= 1 << (digit - b'0');
                }
                if let Ok(n) = plain.parse::<u32>() {
                    let follows = self.last.is_none_or(|l| n == l + 1) || n == 1;
                    self.running += usize::from(follows && n < 100_000);
                    self.last = Some(n);
                } else if is_outline(plain) {
                    self.running += 1;
                }
                if cell.form == Form::Amount {
                    self.units += usize::from(source.is_unit(&cell.tokens));
                    self.measured += usize::from(holds_amount(source, &cell.tokens));
                }
            }
            Form::Year | Form::Date => self.years += 1,
            Form::Mark => self.marks += 1,
            Form::Code => {
                self.codes += 1;
                self.texts += 1;
                self.units += usize::from(source.is_unit(&cell.tokens));
            }
            Form::Text | Form::Prose => {
                self.texts += 1;
                self.measured += usize::from(holds_amount(source, &cell.tokens));
                self.units += usize::from(source.is_unit(&cell.tokens));
            }
            Form::Empty | Form::Void | Form::Formula => {}
        }
    }

    /// The class of a column; `leads` where it is the first and names may follow to its right.
    fn class(&self, said: u32, leads: bool, headed: bool) -> Class {
        let has = |bit: u32| said & bit != 0;
        let words = self.texts + self.marks;
        if self.filled == 0 {
            return if has(says::INDEX) { Class::Index } else { Class::Empty };
        }
        let counts_rows = self.running * 5 >= self.figures * 4 && self.figures > 0;
        // "1. Tuổi", "2. Giới" under "STT": names of groups.
        let groups = self.texts * 2 > self.filled && self.codes == 0;
        if has(says::INDEX) && !groups
            || leads
                && self.texts * 3 <= self.filled
                && (counts_rows && self.figures + self.marks > 1 || self.marks * 2 > self.filled)
        {
            return Class::Index;
        }
        if self.units * 2 > self.filled
            && self.figures * 2 <= self.filled
            && (has(says::UNIT) || !headed && self.units * 5 >= self.filled * 4 && self.filled > 2)
        {
            return Class::Unit;
        }
        if has(says::UNIT)
            && words > self.figures
            && (!has(says::LABEL) || self.units * 3 >= self.filled && !leads)
        {
            return Class::Unit;
        }
        if has(says::REMARK) {
            return Class::Remark;
        }
        if has(says::CODE) || self.codes * 2 > self.filled || self.figures > 0 && self.long * 2 > self.figures
        {
            return Class::Code;
        }
        // "Loại" over 3, 2, 3, 8: grades, of which there are fewer than rows.
        let grades = self.single == self.figures && self.figures > self.digits.count_ones() as usize;
        if has(says::GRADE) && grades {
            return Class::Code;
        }
        if has(says::TIME)
            || self.years * 5 >= (self.figures + self.years) * 4 && self.years > self.texts && self.years > 1
        {
            return Class::Time;
        }
        if self.figures + self.years > 0 && self.figures + self.years >= words {
            return Class::Quantity;
        }
        if words > 0 { Class::Text } else { Class::Empty }
    }
}

/// A number with a unit behind it.
fn holds_amount(source: &Source<'_>, tokens: &std::ops::Range<usize>) -> bool {
    let unit = |i: usize| {
        source.units.units.at(source.tokens, i).is_some()
            || source.units.scales.at(source.tokens, i).is_some()
    };
    tokens.clone().any(|i| {
        source.tokens.get(i).is_some_and(|t| t.kind == Kind::Number) && i + 1 < tokens.end && unit(i + 1)
    })
}

/// "1.1", "2.3.1": a number of an outline.
fn is_outline(text: &str) -> bool {
    text.contains('.')
        && text.split('.').all(|p| !p.is_empty() && p.len() <= 2 && p.bytes().all(|b| b.is_ascii_digit()))
}

/// The texts before the first figures name the rows; where there are none, a class or a year does.
fn name_rows(classes: &mut [Class], counts: &[Counts], said: &[u32]) {
    let first = classes.iter().position(|&c| c == Class::Quantity).unwrap_or(classes.len());
    let mut named = false;
    for (class, counts) in classes.iter_mut().zip(counts).take(first) {
        // "Quy mô" beside the names, with amounts in most of its cells, is told of them.
        let told = named && counts.measured * 3 >= counts.filled;
        if *class == Class::Text && !told {
            *class = Class::Label;
            named = true;
        }
    }
    if named {
        return;
    }
    // Years or classes down the first column.
    let leads = classes.iter().position(|&c| !matches!(c, Class::Empty | Class::Index));
    if let Some(column) = leads
        && let (Some(class), Some(&said)) = (classes.get_mut(column), said.get(column))
    {
        let years = counts.get(column).is_some_and(|c| c.years > c.figures);
        if *class == Class::Time && years
            || said & (says::CLASS | says::LABEL | says::PLACES) != 0
            || *class == Class::Code
        {
            *class = Class::Label;
            return;
        }
    }
    if let Some(class) = classes.iter_mut().find(|c| **c == Class::Text) {
        *class = Class::Label;
    }
}

/// Whether a token is a word.
pub(super) fn is_word(source: &Source<'_>, i: usize) -> bool {
    source.tokens.get(i).is_some_and(|t| t.kind == Kind::Word)
}
