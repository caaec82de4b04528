//! Stage 3, tables: one object for every table, whatever it was read from.
//!
//! In: rows of cells as a reader gives them. Out: a [`Table`]: a grid with spans, the caption and the note on the unit
//! above it, which rows are headings, sections, totals or repetitions, what each column holds, and for each row the
//! rows it belongs under. "I. Thu nội địa" is a section, "STT | Chỉ tiêu | ĐVT" a heading, `1 2 3` under it a row of
//! column numbers.

mod caption;
mod columns;
mod form;
mod grid;
mod heads;
mod join;
mod rows;

use std::ops::Range;

pub use columns::{Class, Column};
pub use form::Form;
pub(crate) use form::is_year;
pub use grid::{Cell, Grid};
pub use rows::{Mark, RowKind};

use crate::patterns::Patterns;
use crate::patterns::indicators::Indicators;
use crate::patterns::tables::{TableWords, says};
use crate::reader;
use crate::words::Text;
use crate::words::tokens::Tokens;

/// What tables are found in.
#[derive(Debug, Clone, Copy)]
pub struct Source<'s> {
    shadow: &'s str,
    tokens: &'s Tokens,
    words: &'s TableWords,
    units: &'s Indicators,
}

impl<'s> Source<'s> {
    /// A text and its tokens.
    pub fn new(text: &'s Text<'_>, tokens: &'s Tokens, patterns: &'s Patterns) -> Self {
        Self { shadow: text.s(), tokens, words: &patterns.tables, units: &patterns.indicators }
    }

    fn tokens_in(&self, bytes: &Range<usize>) -> Range<usize> {
        if bytes.is_empty() {
            return 0..0;
        }
        self.tokens.at_byte(bytes.start)..self.tokens.at_byte(bytes.end)
    }

    fn word(&self, i: usize) -> &'s str {
        self.tokens.get(i).map_or("", |t| self.shadow.get(t.start as usize..t.end as usize).unwrap_or(""))
    }

    fn text(&self, tokens: &Range<usize>) -> &'s str {
        let first = self.tokens.get(tokens.start);
        let last = tokens.end.checked_sub(1).and_then(|e| self.tokens.get(e));
        match (first, last) {
            (Some(a), Some(b)) => self.shadow.get(a.start as usize..b.end as usize).unwrap_or(""),
            _ => "",
        }
    }

    fn is<const N: usize>(&self, i: usize, marks: [char; N]) -> bool {
        self.tokens.get(i).is_some_and(|t| marks.iter().any(|&c| t.is(c)))
    }

    /// What the phrase at a token says, and where it ends.
    fn says(&self, at: usize) -> Option<(u32, usize)> {
        self.words.heads.at(self.tokens, at).map(|(n, &bits)| (bits, at + n))
    }

    /// What a cell says as a whole: marks before it and brackets behind it left aside.
    fn says_whole(&self, tokens: &Range<usize>) -> u32 {
        let (bits, end) = self.says(tokens.start).unwrap_or((0, tokens.start));
        // "Tổng I + II", "Cộng (A+B)": the marks of the rows it sums up.
        let mark =
            |i: usize| bits & says::TOTAL != 0 && self.word(i).bytes().all(|b| b"IVXLABCDE+".contains(&b));
        let rest = (end..tokens.end).find(|&i| !self.is(i, ['.', ':', '*']) && !mark(i));
        if rest.is_none_or(|i| self.is(i, ['(', '-', '–', '/'])) { bits } else { 0 }
    }

    /// Whether the whole of a cell is a unit: "triệu đồng", "ha", "10^6 m3".
    fn is_unit(&self, tokens: &Range<usize>) -> bool {
        let mut at = tokens.start;
        while at < tokens.end
            && (self.tokens.get(at).is_some_and(|t| t.kind == crate::words::token::Kind::Number)
                || self.is(at, ['.', '^', '(', '-']))
        {
            at += 1;
        }
        if let Some((n, _)) = self.units.scales.at(self.tokens, at) {
            at += n;
        }
        let Some((n, _)) = self.units.units.at(self.tokens, at) else {
            return at > tokens.start && at == tokens.end;
        };
        at += n;
        at >= tokens.end
            || self.is(at, ['/', '.', '(', ')', ','])
            || self.tokens.get(at).is_some_and(|t| t.gap == crate::words::token::Gap::Glued)
    }

    fn is_ditto(&self, tokens: &Range<usize>) -> bool {
        let text = self.text(tokens);
        self.words.ditto.iter().any(|d| d == text)
    }
}

/// A table with all that its form tells.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Its cells.
    pub grid: Grid,
    /// What each row is.
    pub kinds: Vec<RowKind>,
    /// The mark of each row and the row it stands under.
    pub marks: Vec<Mark>,
    /// For each row the row above that it belongs under.
    pub parents: Vec<Option<usize>>,
    /// How many of the first rows are headings (titles and numbers of columns too).
    pub heads: usize,
    /// What each column holds.
    pub columns: Vec<Column>,
    /// Lines above that are its caption, in tokens, from top to bottom.
    pub caption: Vec<Range<usize>>,
    /// The unit in the note above it, in tokens.
    pub note: Option<Range<usize>>,
}

impl Table {
    /// The heading cells above a column, outer before inner; a cell over several columns is one of each.
    pub fn headings(&self, column: usize) -> Vec<&Cell> {
        let mut out: Vec<&Cell> = Vec::new();
        for row in 0..self.heads {
            if self.kinds.get(row) != Some(&RowKind::Head) {
                continue;
            }
            let Some(cell) = self.heading_at(row, column) else { continue };
            if !out.iter().any(|c| c.tokens == cell.tokens) {
                out.push(cell);
            }
        }
        out
    }

    /// The heading over a column in a row; where a dump has lost that it spans, the one to the left of empty places.
    fn heading_at(&self, row: usize, column: usize) -> Option<&Cell> {
        if let Some(cell) = self.grid.at(row, column) {
            return Some(cell);
        }
        let spans = self.grid.row(row).any(|c| c.columns > 1 || c.rows > 1);
        let below = (row + 1..self.heads).find(|&r| self.kinds.get(r) == Some(&RowKind::Head))?;
        if spans {
            return None;
        }
        let left = self.grid.row(row).filter(|c| c.column < column).last()?;
        let filled = |k: usize| self.grid.at(below, k).is_some_and(|c| c.row == below);
        (left.column..=column).all(filled).then_some(left)
    }

    /// The columns that name the rows.
    pub fn labels(&self) -> impl Iterator<Item = usize> {
        self.columns.iter().enumerate().filter(|(_, c)| c.class == Class::Label).map(|(n, _)| n)
    }

    /// The first column of a class.
    pub fn column_of(&self, class: Class) -> Option<usize> {
        self.columns.iter().position(|c| c.class == class)
    }

    /// The cell that names a row: the first label that stands in it.
    pub fn label(&self, row: usize) -> Option<&Cell> {
        self.labels().find_map(|column| self.grid.at(row, column).filter(|c| c.form != Form::Void))
    }
}

/// All tables of a text, those that go on over a page joined.
///
/// Nothing before the byte `floor` (the head of the document) belongs to a caption.
pub fn find(source: &Source<'_>, read: &[reader::Table], floor: usize) -> Vec<Table> {
    let joined = join::pages(source, read);
    let mut before = floor;
    let tables = joined.iter().map(|table| {
        let table = build(source, table, before);
        before = table.grid.cells.iter().map(|c| c.bytes.end).max().unwrap_or(before).max(before);
        table
    });
    tables.filter(|t| t.grid.height() > 0).collect()
}

/// One table; nothing before a byte belongs to it.
fn build(source: &Source<'_>, read: &reader::Table, floor: usize) -> Table {
    let mut table = Table { grid: Grid::new(source, read), ..Table::default() };
    heads::find(source, &mut table);
    columns::classify(source, &mut table);
    rows::straighten(source, &mut table);
    rows::tree(source, &mut table);
    caption::find(source, &mut table, floor);
    table
}

/// Columns beyond this are not told apart.
const WIDEST: usize = 512;

fn grid_limit() -> usize {
    WIDEST
}
