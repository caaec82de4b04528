//! Stage 5, cells: every cell of a table as a fact.
//!
//! In: the tables of [`crate::structure::table`] and the dates of the text. Out: for each numeral of a table what it is:
//! a quantity with its kind, value and unit, its name, scope, place, time and role, each from the side of the table that
//! says it; or none, by what its column holds. "13.203.300" under "Triệu đồng", in the row "1. Thu nội địa" and the column
//! "TH 2023", is 13,203,300,000,000 VND, "Thu nội địa", 2023. Cells of prose are left to be read as prose, with the
//! label of their row as scope.

mod caption;
mod english;
mod group;
mod heading;
mod name;
mod place;
mod sheet;
mod unit;
mod value;
mod when;

use std::ops::Range;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use crate::claim::Work;
use crate::claim::indicator::{Bound, Context, Found, Kind, Outcome, ProseCell, Role, Scan, Why};
use crate::claim::number::{self, Convention};
use crate::patterns::tables::says;
use crate::record::{Basis, TableCell};
use crate::structure::table::{Cell, Class, Form, RowKind, Table};
use crate::words::one_line;
use crate::words::token::{Case, Kind as TokenKind};
use heading::Reader;
use place::Home;
use sheet::{Naming, Sheet};
use unit::Unit;
use value::{Number, Shape};

/// A cell with more words than this is prose.
const PROSE_WORDS: usize = 8;

/// The largest number that a row or note bears as its mark.
const MOST_MARK: Decimal = Decimal::from_parts(31, 0, 0, false, 0);
/// More than this many are not put in an order.
const MOST_RANK: Decimal = Decimal::from_parts(1000, 0, 0, false, 0);
/// Longest heading that the records of its cells carry, in characters.
const LONGEST_HEADING: usize = 240;
/// Most words of the proper name of a thing.
const NAME_WORDS: usize = 5;
/// A label of more words is prose itself, and no scope.
const LABEL_WORDS: usize = 24;

/// What the tables of a text say.
#[derive(Debug, Default)]
pub(crate) struct Cells {
    /// What the numerals of cells are.
    pub(crate) numerals: Vec<(Range<usize>, Outcome)>,
    /// Cells of prose, in order.
    pub(crate) prose: Vec<ProseCell>,
}

/// Reads all tables.
pub(crate) fn read(work: &Work<'_>, context: &Context<'_>, tables: &[Table]) -> Cells {
    let mut out = Cells::default();
    let general = number::convention(work);
    let home = Home {
        province: context.province.cloned(),
        district: context.district.cloned(),
        date: context.date.map(str::to_owned),
    };
    for (number, table) in (1..).zip(tables) {
        let convention = if dots_part_decimals(work, table) { Convention::English } else { general };
        let scan = Scan { work, words: &work.patterns.indicators, convention };
        let bilingual = english::is_bilingual(&scan, table);
        let reader = Reader { scan: &scan, dates: context.dates, bilingual };
        let sheet = Sheet::new(&reader, table, &home);
        Sums { scan: &scan, sheet: &sheet, context, number, out: &mut out }.read();
    }
    out.prose.sort_by_key(|p| p.tokens.start);
    out
}

/// Says of the quantities in cells of prose where they stand.
pub(crate) fn in_prose(found: &mut [Found], prose: &[ProseCell]) {
    for item in found.iter_mut().filter(|f| f.cell.is_none()) {
        let next = prose.partition_point(|p| p.tokens.start <= item.tokens.start);
        let cell = next.checked_sub(1).and_then(|n| prose.get(n));
        if let Some(cell) = cell.filter(|c| c.tokens.contains(&item.tokens.start)) {
            item.cell = Some(cell.at.clone());
            item.scope.clone_from(&cell.scope);
            item.place.clone_from(&cell.place);
        }
    }
}

/// Several figures with an undoubted decimal dot, and none that parts thousands by dots or decimals by a comma.
fn dots_part_decimals(work: &Work<'_>, table: &Table) -> bool {
    let mut plain = 0;
    for cell in table.grid.cells.iter().filter(|c| c.form == Form::Number && c.row >= table.heads) {
        let text = work.words(cell.tokens.clone());
        if !text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',') {
            continue;
        }
        if table.columns.get(cell.column).is_none_or(|c| c.class != Class::Quantity) {
            continue;
        }
        let decimals = text.split('.').nth(1).map_or(0, str::len);
        match text.matches('.').count() {
            _ if text.contains(',') => return false,
            2.. => return false,
            1 if decimals != 3 => plain += 1,
            _ => {}
        }
    }
    plain >= 4
}

/// The cells of one table at work.
struct Sums<'s, 'w, 'a> {
    scan: &'s Scan<'w, 'a>,
    sheet: &'s Sheet<'s>,
    context: &'s Context<'s>,
    /// Which table of the document, from 1.
    number: u32,
    out: &'s mut Cells,
}

impl Sums<'_, '_, '_> {
    fn read(&mut self) {
        let table = self.sheet.table;
        let figures = table.columns.iter().any(|c| c.class == Class::Quantity);
        // The "1.000" of "Đơn vị tính: 1.000 đồng" over the table.
        let inside = |n: &Range<usize>| {
            table.grid.cells.iter().any(|c| c.tokens.start < n.end && n.start < c.tokens.end)
        };
        if let Some(note) = table.note.clone().filter(|n| !inside(n)) {
            self.none(&note);
        }
        for cell in &table.grid.cells {
            let kind = table.kinds.get(cell.row).copied().unwrap_or_default();
            match kind {
                RowKind::Title | RowKind::Empty => continue,
                RowKind::Head | RowKind::Numbering | RowKind::Repeat => self.none(&cell.tokens),
                RowKind::Section | RowKind::Data | RowKind::Total => self.cell(cell, figures),
            }
        }
    }

    /// The numerals of a cell are no quantities.
    fn none(&mut self, tokens: &Range<usize>) {
        let rule = self.scan.words.rules.none_row;
        self.out.numerals.extend(self.scan.numerals_in(tokens).map(|n| (n, Outcome::Nothing(rule))));
    }

    fn cell(&mut self, cell: &Cell, figures: bool) {
        let table = self.sheet.table;
        let class = table.columns.get(cell.column).map_or(Class::Empty, |c| c.class);
        let words = cell
            .tokens
            .clone()
            .filter(|&i| self.scan.token(i).is_some_and(|t| t.kind == TokenKind::Word))
            .count();
        let labels = class == Class::Label || table.label(cell.row).is_some_and(|l| l.tokens == cell.tokens);
        let prose = words > PROSE_WORDS;
        match class {
            _ if labels && (figures || !prose) => self.none(&cell.tokens),
            _ if labels => {}
            Class::Index | Class::Code | Class::Time | Class::Unit => {
                if prose {
                    self.prose(cell);
                } else {
                    self.none(&cell.tokens);
                }
            }
            Class::Remark if !prose && cell.form == Form::Number => self.none(&cell.tokens),
            // "Còn 6 hộ chưa bàn giao đất": a remark names its figures itself.
            Class::Remark if words > 1 => self.prose(cell),
            _ if prose => self.prose(cell),
            _ if matches!(cell.form, Form::Date | Form::Formula | Form::Code) => self.none(&cell.tokens),
            _ if cell.form == Form::Year && class != Class::Quantity => self.none(&cell.tokens),
            _ => self.figures(cell),
        }
    }

    /// A cell of prose: what it tells is told of its row.
    fn prose(&mut self, cell: &Cell) {
        let label = self.sheet.rows.get(cell.row).map(|l| l.said.clone());
        // "Cả nước 331.338 km2": a label with a figure tells of something else.
        let figure = |w: &str| w.contains('.') && w.bytes().filter(u8::is_ascii_digit).count() > 3;
        let short =
            |s: &SmolStr| s.split_whitespace().count() <= LABEL_WORDS && !s.split_whitespace().any(figure);
        let scope =
            label.filter(|s| !s.total() && !s.text.is_empty() && short(&s.text)).map(|s| s.text.clone());
        let scope = scope.or_else(|| self.leading_thing(&self.sheet.table.label(cell.row)?.tokens));
        let place = self.place(cell.row, cell.column);
        self.out.prose.push(ProseCell { tokens: cell.tokens.clone(), scope, place, at: self.at(cell) });
    }

    /// "CCN Thống Nhất 1 Vị trí: xã Gia Phú. Diện tích …": the thing that a label begins with which goes on in prose.
    fn leading_thing(&self, label: &Range<usize>) -> Option<SmolStr> {
        let scan = self.scan;
        let (n, ()) = scan.words.scope_things.at(&scan.work.tokens, label.start)?;
        let word = |i: usize| scan.token(i).filter(|t| t.kind == TokenKind::Word && i < label.end);
        let mut end = label.start + n;
        while end < label.start + n + NAME_WORDS && word(end).is_some_and(|t| t.case != Case::Lower) {
            end += 1;
        }
        // The last capital begins the next phrase.
        end -= usize::from(word(end).is_some_and(|t| t.case == Case::Lower));
        let number = scan.token(end).is_some_and(|t| t.kind == TokenKind::Number && t.bytes() <= 2);
        (end > label.start + n).then(|| one_line(scan.work.words(label.start..end + usize::from(number))))
    }

    /// The quantities of a cell of figures.
    fn figures(&mut self, cell: &Cell) {
        // Without any heading a number measures nothing.
        let row = self.sheet.rows.get(cell.row).is_none_or(|l| l.said.text.is_empty());
        let column = self.sheet.columns.get(cell.column).is_none_or(|c| c.path.is_empty());
        let graded = self.sheet.columns.get(cell.column).is_some_and(|c| c.graded);
        if row && column || graded || self.surveyed(cell) {
            return self.none(&cell.tokens);
        }
        if let Some((numbers, shape)) = value::read(self.scan, &cell.tokens) {
            if self.is_mark(cell, &numbers) {
                return self.none(&cell.tokens);
            }
            let first = numbers.first().map_or(cell.tokens.start, |n| n.tokens.start);
            let all = first.min(cell.tokens.end)..cell.tokens.end;
            let items = self.of_numbers(cell, numbers, shape);
            if items.is_empty() {
                return self.none(&cell.tokens);
            }
            self.out.numerals.push((all, Outcome::Items(items)));
            return;
        }
        self.worded(cell);
    }

    /// "(3)": the mark of a row or note, where no heading speaks of a change.
    fn is_mark(&self, cell: &Cell, numbers: &[Number]) -> bool {
        let [number] = numbers else { return false };
        let bracket = self.scan.is(cell.tokens.start, '(') && !number.percent;
        let changes = self.sheet.columns.get(cell.column).is_some_and(|c| c.says & says::CHANGE != 0);
        bracket && !changes && number.value.is_integer() && number.value.abs() <= MOST_MARK
    }

    /// A cell with words about its numbers: "12 ha", "Khoảng 4", "03 xã".
    fn worded(&mut self, cell: &Cell) {
        let tokens = &cell.tokens;
        let mut next = tokens.start;
        while let Some(numeral) = self.scan.free_numeral(next, tokens.end) {
            next = numeral.end;
            let own = match self.scan.quantity(numeral) {
                Outcome::Items(items) => items.iter().all(|f| f.tokens.end <= tokens.end).then_some(items),
                // "COVID-19", "K8": a name in the cell.
                Outcome::Nothing(rule) if rule == self.scan.words.rules.none_glued => continue,
                Outcome::Nothing(_) => None,
            };
            let items = own.unwrap_or_else(|| self.bounded(cell, numeral.first..numeral.end));
            if items.is_empty() {
                continue;
            }
            next = items.last().map_or(next, |f| f.tokens.end.max(next));
            let said = self.said_bound(cell, numeral.first, next);
            let own = self.own_name(cell, numeral.first);
            let items = items.into_iter().map(|f| {
                let mut item = self.settle(cell, f);
                if let Some(bound) = said.filter(|_| item.bound == Bound::Exact) {
                    (item.bound, item.why.bound) = (bound, "cell.own");
                }
                if let Some(name) = &own {
                    item.name = Some(name.clone());
                    item.why.name = "cell.own";
                }
                item
            });
            let items = items.collect();
            self.out.numerals.push((numeral.first..numeral.end, Outcome::Items(items)));
        }
    }

    /// "Dưới 20%", "11% trở lên": the bound that stands right beside the figures of a cell.
    fn said_bound(&self, cell: &Cell, from: usize, to: usize) -> Option<Bound> {
        let (words, tokens) = (self.scan.words, &self.scan.work.tokens);
        let before = words.bound_before.before(tokens, from).filter(|(n, _)| from - n >= cell.tokens.start);
        let after = || words.bound_after.at(tokens, to).filter(|(n, _)| to + n <= cell.tokens.end);
        before.or_else(after).map(|(_, &bound)| bound)
    }

    /// "Công suất 1.000 tấn/năm" under "Quy mô": what the words of the cell before its first figure say is measured.
    fn own_name(&self, cell: &Cell, figure: usize) -> Option<SmolStr> {
        let scan = self.scan;
        let start = cell.tokens.start;
        scan.words.name_heads.at(&scan.work.tokens, start).filter(|(n, _)| start + n <= figure)?;
        let bound = scan.words.bound_before.before(&scan.work.tokens, figure).map_or(0, |(n, _)| n);
        let end = figure.saturating_sub(bound);
        let plain = |i: usize| scan.token(i).is_some_and(|t| t.kind == TokenKind::Word);
        let words = start..end;
        ((1..=NAME_WORDS).contains(&words.len()) && words.clone().all(plain))
            .then(|| one_line(scan.work.words(words)))
    }

    /// "Khoảng 4": a number with nothing but a bound before it has the unit of its headings.
    fn bounded(&self, cell: &Cell, numeral: Range<usize>) -> Vec<Found> {
        let scan = self.scan;
        let before = numeral.start.checked_sub(1).filter(|&i| i >= cell.tokens.start);
        let bound = scan.words.bound_before.before(&scan.work.tokens, numeral.start).map(|(n, &b)| (n, b));
        let led = bound.is_some_and(|(n, _)| numeral.start - n <= cell.tokens.start);
        if !(before.is_none() || led) || numeral.end < cell.tokens.end {
            return Vec::new();
        }
        let Some((mut numbers, shape)) = value::read(scan, &numeral) else { return Vec::new() };
        if let (Some((_, bound)), Some(number)) = (bound, numbers.first_mut()) {
            number.bound = bound;
        }
        self.of_numbers(cell, numbers, shape)
    }

    /// Six or seven plain digits northing beside easting: coordinates of the national grid.
    fn surveyed(&self, cell: &Cell) -> bool {
        let coordinate = |c: &Cell| {
            let text = self.scan.work.words(c.tokens.clone());
            let whole = text.split([',', '.']).next().unwrap_or(text);
            let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
            let decimals = text.get(whole.len()..).unwrap_or("").trim_start_matches([',', '.']);
            let shaped =
                (6..=7).contains(&whole.len()) && digits(whole) && decimals.len() <= 4 && digits(decimals);
            whole.parse::<u32>().ok().filter(|_| shaped)
        };
        let Some(own) = coordinate(cell) else { return false };
        self.sheet.table.grid.row(cell.row).filter_map(coordinate).any(|other| {
            let (north, east) = (own.max(other), own.min(other));
            other != own && (880_000..2_700_000).contains(&north) && (200_000..880_000).contains(&east)
        })
    }

    /// Numbers of one cell as quantities.
    fn of_numbers(&self, cell: &Cell, numbers: Vec<Number>, shape: Shape) -> Vec<Found> {
        let unit = self.unit(cell.row, cell.column);
        let scan = self.scan;
        if shape == Shape::Slash
            && let [a, b] = numbers.as_slice()
        {
            let ranked = unit.kind == Kind::Rank;
            let scored = unit.kind == Kind::Score;
            let kind = if ranked || scored { unit.kind } else { Kind::Ratio };
            let mut found = Found::new(a.tokens.start..b.tokens.end, kind, scan.words.rules.cell);
            (found.numerator, found.denominator) = (Some(a.value), Some(b.value));
            found.unit = unit.name.clone();
            if ranked || scored {
                found.value = Some(a.value);
            }
            if scored {
                found.numerator = None;
            }
            return vec![self.settle(cell, found)];
        }
        // "01 (0,751)" under "Thứ hạng và chỉ số": a rank, and in brackets the score that gives it.
        let ranked = shape == Shape::Beside && self.ranks_and_scores(cell, &numbers);
        let pair = [Unit::rank(), Unit::score(scan)];
        let ends = match numbers.as_slice() {
            [a, b] if shape == Shape::Range => Some((a.value, b.value)),
            _ => None,
        };
        let unit_of = |i: usize| pair.get(i).filter(|_| ranked).unwrap_or(&unit);
        let items =
            numbers.iter().enumerate().filter_map(|(i, n)| self.of_number(n, unit_of(i))).map(|mut f| {
                f.range = ends.map(|(a, b)| (self.scaled(a, &unit), self.scaled(b, &unit)));
                self.settle(cell, f)
            });
        items.collect()
    }

    /// A small whole number before one with decimals in brackets, where column or caption speaks of ranks.
    fn ranks_and_scores(&self, cell: &Cell, numbers: &[Number]) -> bool {
        let [rank, score] = numbers else { return false };
        let column = self.sheet.columns.get(cell.column).map_or(0, |c| c.says);
        let told = (column | self.sheet.caption.says) & says::RANK != 0;
        let small = rank.value.is_integer() && rank.value > Decimal::ZERO && rank.value <= MOST_RANK;
        told && small && !rank.percent && !score.percent && !score.value.is_integer()
    }

    fn scaled(&self, value: Decimal, unit: &Unit) -> Decimal {
        value.checked_mul(unit.factor).unwrap_or(value).normalize()
    }

    fn of_number(&self, number: &Number, unit: &Unit) -> Option<Found> {
        let percent = Unit::percent();
        let unit = if number.percent { &percent } else { unit };
        let whole = unit.kind == Kind::Count && unit.factor == Decimal::ONE;
        let value = match number.other {
            // Nothing is counted in thousandths: "1,234 hồ sơ".
            Some(other) if whole && unit.name.is_some() => other,
            _ => number.value,
        };
        let value = value.checked_mul(unit.factor)?.normalize();
        let kind = unit.kind;
        let mut found = Found::new(number.tokens.clone(), kind, self.scan.words.rules.cell);
        found.value = Some(value);
        found.unit.clone_from(&unit.name);
        found.per.clone_from(&unit.per);
        found.bound = number.bound;
        found.direction = number.direction;
        if kind == Kind::Rank {
            found.numerator = Some(value);
        }
        // Nobody means 27397 % by "27,397%"; of all else a comma before three digits leaves two readings.
        found.ambiguous = number.ambiguous && (kind != Kind::Percentage || number.other.is_none());
        Some(found)
    }

    /// The unit of a cell, from the side that says it.
    fn unit(&self, row: usize, column: usize) -> Unit {
        let (Some(line), Some(col)) = (self.sheet.rows.get(row), self.sheet.columns.get(column)) else {
            return Unit::none();
        };
        let said = &line.said;
        if col.says & says::RANK != 0 && col.path.last().is_some_and(|p| p.first & says::RANK != 0) {
            return Unit::rank();
        }
        if let Some(unit) = col.unit.as_ref().filter(|u| u.is_percent()) {
            return unit.clone();
        }
        let compared = col.compares && col.says & says::SHARE != 0 && col.unit.is_none();
        if compared {
            return Unit::percent();
        }
        let scored = col.path.last().is_some_and(|p| p.first & says::SCORE != 0 && p.counts.is_none());
        if scored {
            return Unit::score(self.scan);
        }
        if let Some(unit) = &line.unit {
            return unit.clone();
        }
        if said.first & says::RANK != 0 {
            return Unit::rank();
        }
        // "Tỉnh", "Huyện, xã" under "Kế hoạch (triệu đồng)" are levels.
        let named = self.sheet.naming != Naming::Columns && col.unit.is_none();
        let own = said.unit.as_ref().filter(|_| !said.only_unit || named);
        if let Some(unit) = own {
            return unit.clone();
        }
        if let Some(unit) = &col.unit {
            return unit.clone();
        }
        let sections = || {
            line.above.iter().filter_map(|&r| self.sheet.rows.get(r)).filter(|l| l.kind == RowKind::Section)
        };
        if let Some(unit) = sections().find_map(|l| l.said.unit.clone()) {
            return unit;
        }
        if let Some(unit) = &col.counts {
            return unit.clone();
        }
        let rows_name = self.sheet.naming != Naming::Columns || !col.strong;
        if let Some(unit) = said.counts.as_ref().filter(|_| rows_name) {
            return unit.clone();
        }
        if let Some(unit) = self.share(said, col, rows_name) {
            return unit;
        }
        let corner = &self.sheet.corner;
        let bracketed = corner.unit.as_ref().filter(|_| !corner.only_unit);
        let measured = corner.counts.as_ref().filter(|_| self.sheet.corner_measure().is_some());
        if let Some(unit) = bracketed.or(measured) {
            return unit.clone();
        }
        let caption = &self.sheet.caption;
        if let Some(unit) = &caption.unit {
            return unit.clone();
        }
        if said.first & says::SCORE != 0 && rows_name {
            return Unit::score(self.scan);
        }
        if let Some(unit) = caption
            .counts
            .as_ref()
            .filter(|_| !col.strong || self.sheet.naming == Naming::Caption || self.sheet.completes(row, col))
        {
            return unit.clone();
        }
        Unit::none()
    }

    /// "Tỷ lệ", "Tỷ trọng" without a unit are per cent; "Tỷ lệ giáo viên/lớp" is so many of one for one of the other.
    fn share(&self, said: &heading::Said, col: &sheet::Col, rows_name: bool) -> Option<Unit> {
        let row = (said.first & says::SHARE != 0 && rows_name).then_some(&said.name);
        let column = col.path.iter().rev().find(|p| p.first & says::SHARE != 0).map(|p| &p.name);
        let name = row.or(column)?;
        if name.contains('/') {
            let of: SmolStr = name.split_whitespace().skip(2).collect::<Vec<_>>().join(" ").into();
            let mut unit = Unit::none();
            unit.kind = Kind::Measure;
            unit.name = Some(of).filter(|u| !u.is_empty());
            return Some(unit);
        }
        Some(Unit::percent())
    }

    /// Gives a quantity what its row, its column and the caption say.
    fn settle(&self, cell: &Cell, mut found: Found) -> Found {
        let (row, column) = (cell.row, cell.column);
        let sheet = self.sheet;
        let Some((line, col)) = sheet.rows.get(row).zip(sheet.columns.get(column)) else { return found };
        found.name = sheet.name(row, column);
        found.scope = sheet.scope(row, column);
        found.name.iter_mut().chain(&mut found.scope).for_each(clip);
        found.place = self.place(row, column);
        let section =
            || line.above.iter().filter_map(|&r| sheet.rows.get(r)).find_map(|l| l.said.when.as_ref());
        let school = |w: &when::When| {
            let says = sheet.caption.says | sheet.corner.says | col.says;
            if says & says::SCHOOL != 0 { w.school() } else { w.clone() }
        };
        let own = narrower(line.said.when.as_ref(), col.when.as_ref());
        let when = own
            .map(|w| (school(w), Basis::Text))
            .or_else(|| section().map(|w| (school(w), Basis::Section)))
            .or_else(|| sheet.caption.when.as_ref().map(|w| (school(w), Basis::Section)))
            .or_else(|| sheet.planned_year(col).map(|w| (w, Basis::Section)));
        let (role, why) = self.role(line, col, when.as_ref().map(|w| &w.0), found.kind);
        found.role = role;
        let name = match sheet.naming {
            Naming::Columns => "cell.column",
            Naming::Rows => "cell.row",
            Naming::Caption => "cell.caption",
        };
        found.why = Why {
            name,
            scope: if found.scope.is_some() { "cell.row" } else { "" },
            role: why,
            ..Why::default()
        };
        found.when = when.map(|(w, basis)| w.period(basis));
        if col.says & says::ESTIMATE != 0
            && found.bound == Bound::Exact
            && found.role == Role::Actual
            && !col.compares
        {
            found.bound = Bound::About;
        }
        if found.kind == Kind::Rank {
            found.unit = None;
        }
        found.cell = Some(self.at(cell));
        found.settled = true;
        found
    }

    /// What the figure is to its report, and which side says so.
    fn role(
        &self,
        line: &sheet::Line,
        col: &sheet::Col,
        when: Option<&when::When>,
        kind: Kind,
    ) -> (Role, &'static str) {
        let over =
            line.above.iter().filter_map(|&r| self.sheet.rows.get(r)).filter(|l| l.kind == RowKind::Section);
        // Below "Tốc độ tăng giá trị sản xuất" shares grow; what is in dollars or tonnes has a measure of its own.
        let below = || over.into_iter().any(|l| l.said.first & says::CHANGE != 0);
        let grows = line.said.first & says::CHANGE != 0 || kind == Kind::Percentage && below();
        let later = when.zip(self.context.year).is_some_and(|(w, year)| i32::from(w.end.year()) > year);
        let of = |types: &[String]| self.context.doc_type.is_some_and(|code| types.iter().any(|t| t == code));
        let words = self.scan.words;
        // A document that only rules tells no results.
        let rules = of(&words.norm_types) && !of(&words.norm_with_results);
        let told = |r: &Role| *r != Role::Norm && !((later || rules) && *r == Role::Actual);
        if let Some(role) = col.role.filter(told) {
            let role = if grows && role == Role::Actual { Role::Change } else { role };
            return (role, "cell.column");
        }
        if grows {
            // A growth of a year to come is aimed at.
            return if later { (Role::Target, "cell.time") } else { (Role::Change, "cell.row") };
        }
        let past = when.zip(self.context.date).is_some_and(|(w, date)| w.end.iso().as_str() <= date);
        let sections = || line.above.iter().filter_map(|&r| self.sheet.rows.get(r));
        let planned = line.said.has(says::TARGET) && line.said.own == 0
            || sections().any(|l| l.said.has(says::TARGET) && l.said.own == 0);
        let norm = col.role == Some(Role::Norm)
            || line.said.first & says::NORM != 0
            || self.sheet.caption.says & says::NORM != 0;
        match () {
            () if later => (Role::Target, "cell.time"),
            () if self.sheet.caption.calls => (Role::Target, "cell.caption"),
            () if planned => (Role::Target, "cell.row"),
            () if norm => (Role::Norm, "cell.heading"),
            () if rules => (Role::Norm, "document"),
            () if past => (Role::Actual, "cell.time"),
            () if of(&words.plan_types) => (Role::Target, "document"),
            () if of(&words.norm_types) => (Role::Norm, "document"),
            () => (Role::Actual, "document"),
        }
    }

    /// The administrative unit that row, section, column or caption names.
    fn place(&self, row: usize, column: usize) -> Option<crate::record::Place> {
        let line = self.sheet.rows.get(row)?;
        let of_row = line.said.place.clone();
        let above =
            || line.above.iter().filter_map(|&r| self.sheet.rows.get(r)).find_map(|l| l.said.place.clone());
        let col = self.sheet.columns.get(column).and_then(|c| c.place.clone());
        let mut place = of_row.or_else(|| line.site.clone()).or_else(above).or(col).map(|p| (*p).clone());
        if place.is_none()
            && let Some(caption) = &self.sheet.caption.place
        {
            place = Some(crate::record::Place { basis: Basis::Section, ..(**caption).clone() });
        }
        place
    }

    /// Where the cell stands.
    fn at(&self, cell: &Cell) -> TableCell {
        let sheet = self.sheet;
        let mut rows: Vec<SmolStr> = Vec::new();
        if let Some(line) = sheet.rows.get(cell.row) {
            rows.extend(
                line.above.iter().rev().filter_map(|&r| sheet.rows.get(r)).map(|l| l.said.text.clone()),
            );
            rows.push(line.said.text.clone());
        }
        rows.retain(|t| !t.is_empty());
        let columns = sheet.columns.get(cell.column).map(|c| c.path.iter().map(|p| p.text.clone()).collect());
        let mut columns: Vec<SmolStr> = columns.unwrap_or_default();
        rows.iter_mut().chain(&mut columns).for_each(clip);
        let place = |n: usize| u32::try_from(n + 1).unwrap_or(u32::MAX);
        TableCell {
            caption: sheet.caption.text.clone(),
            row: rows.last().cloned(),
            column: (!columns.is_empty()).then(|| columns.join(" ").into()),
            rows,
            columns,
            number: self.number,
            position: [place(cell.row), place(cell.column)],
        }
    }
}

/// Cuts a heading that every cell below it repeats.
fn clip(heading: &mut SmolStr) {
    if heading.len() > LONGEST_HEADING
        && let Some((end, _)) = heading.char_indices().nth(LONGEST_HEADING)
    {
        *heading = format!("{}…", heading.get(..end).unwrap_or_default().trim_end()).into();
    }
}

/// The narrower of two times, of the row and of the column.
fn narrower<'w>(row: Option<&'w when::When>, column: Option<&'w when::When>) -> Option<&'w when::When> {
    match (row, column) {
        (Some(a), Some(b)) if a.start >= b.start && a.end <= b.end => Some(a),
        (_, Some(b)) => Some(b),
        (a, None) => a,
    }
}
