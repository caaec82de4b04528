//! Quantities in table cells: the number is in the cell, its unit in the cell, in the unit column ("Đơn vị tính"), in
//! the column's or row's heading ("Diện tích (ha)", "Số hồ sơ") or in the note above the table.

use smol_str::SmolStr;
use std::ops::Range;

use rust_decimal::Decimal;

use super::amount::Amount;
use super::ratio::per_so_many;
use super::table_shape::{coordinate, coordinates, dots_part_decimals, numbers_columns};
use super::unit::one_line;
use super::{Found, Kind, Outcome, Scan};
use crate::claim::Work;
use crate::claim::number::Convention;
use crate::patterns::indicators::Indicators;
use crate::patterns::rule::RuleId;
use crate::reader::{Row, Table};
use crate::words::token::{Case, Kind as TokenKind};

/// A cell with more words than this is prose, and read as prose.
const PROSE_WORDS: usize = 8;
/// Most rows that ditto marks reach up.
const DITTO_ROWS: usize = 40;
/// How far above a table its note on the unit may stand, in tokens.
const NOTE_TOKENS: usize = 40;

/// The cells of one table as tokens.
struct Grid<'t> {
    table: &'t Table,
    /// Column of units, if there is one.
    unit_column: Option<usize>,
    /// Columns that hold no quantity.
    idle: Vec<usize>,
    /// The note on the unit above the table.
    note: Option<Range<usize>>,
    /// The rows are places or bodies: the columns say what is measured.
    by_place: bool,
}

/// What the numerals of all table cells are; those of prose cells are left.
pub(super) fn cells(
    work: &Work<'_>,
    words: &Indicators,
    tables: &[Table],
    convention: Convention,
) -> Vec<(Range<usize>, Outcome)> {
    debug_assert!(std::ptr::eq(words, &work.patterns.indicators));
    let mut out = Vec::new();
    for table in tables {
        let convention = if dots_part_decimals(work, table) { Convention::English } else { convention };
        let scan = Scan { work, words: &work.patterns.indicators, convention };
        let grid = Grid::new(&scan, table);
        for row in table.rows.get(table.header_rows..).unwrap_or_default() {
            grid.row(&scan, row, &mut out);
        }
    }
    out
}

impl<'t> Grid<'t> {
    fn new(scan: &Scan<'_, '_>, table: &'t Table) -> Self {
        let mut grid = Self { table, unit_column: None, idle: Vec::new(), note: None, by_place: false };
        for row in table.rows.get(..table.header_rows).unwrap_or_default() {
            for cell in &row.cells {
                let tokens = scan.tokens_in(&cell.range);
                let text = one_line(scan.work.words(tokens.clone())).to_lowercase();
                if matches!(text.as_str(), "đơn vị tính" | "đvt" | "đơn vị" | "đv tính")
                    && grid.holds_units(scan, cell.column)
                {
                    grid.unit_column = Some(cell.column);
                } else if text.starts_with("mã ") || text.contains("tọa độ") || text.contains("toạ độ")
                {
                    grid.idle.extend(cell.column..cell.column + cell.columns.max(1));
                } else if scan
                    .words
                    .columns_none
                    .at(&scan.work.tokens, tokens.start)
                    .is_some_and(|(n, ())| tokens.start + n >= tokens.end)
                {
                    grid.idle.push(cell.column);
                }
            }
        }
        if grid.idle.is_empty() && grid.counts_rows(scan) {
            grid.idle.push(0);
        }
        grid.note = grid.find_note(scan);
        grid.by_place = grid.rows_are_places(scan);
        grid
    }

    /// Most rows are headed by a place or body: Huyện …, Xã …, Sở ….
    fn rows_are_places(&self, scan: &Scan<'_, '_>) -> bool {
        let (mut places, mut others) = (0, 0);
        for row in self.table.rows.get(self.table.header_rows..).unwrap_or_default() {
            let Some(heading) = self.row_heading(scan, row) else { continue };
            let first = heading.clone().find(|&i| scan.token(i).is_some_and(|t| t.kind == TokenKind::Word));
            let kind = |i: usize| {
                let tokens = &scan.work.tokens;
                scan.words.scope_kinds.at(tokens, i).is_some()
                    || scan.words.scope_bodies.at(tokens, i).is_some()
            };
            // "Tân Biên" under "Huyện": a name without its kind.
            let named = || {
                let mut words =
                    heading.clone().filter_map(|i| scan.token(i)).filter(|t| t.kind == TokenKind::Word);
                heading.len() >= 2 && words.all(|t| t.case == Case::Title)
            };
            match first.is_some_and(kind) || named() {
                true => places += 1,
                false => others += 1,
            }
        }
        places > others
    }

    /// The first cell of a row with words that is neither number, unit nor remark.
    fn row_heading(&self, scan: &Scan<'_, '_>, row: &Row) -> Option<Range<usize>> {
        row.cells
            .iter()
            .filter(|c| !self.idle.contains(&c.column) && Some(c.column) != self.unit_column)
            .map(|c| scan.tokens_in(&c.range))
            .find(|t| scan.has_words(t))
    }

    /// Most cells of a column are units; "Đơn vị" may also head a column of agencies.
    fn holds_units(&self, scan: &Scan<'_, '_>, column: usize) -> bool {
        let (mut units, mut others) = (0, 0);
        for row in self.table.rows.get(self.table.header_rows..).unwrap_or_default() {
            let Some(cell) = row.cells.iter().find(|c| c.column == column && !c.range.is_empty()) else {
                continue;
            };
            let tokens = scan.tokens_in(&cell.range);
            match scan.heading_unit_end(tokens.clone()) {
                Some(end) if end == tokens.end => units += 1,
                _ => others += 1,
            }
        }
        units > others
    }

    /// The first column counts the rows: 1, 2, 3 …
    fn counts_rows(&self, scan: &Scan<'_, '_>) -> bool {
        let mut expected = 1u32;
        let mut seen = 0;
        for row in self.table.rows.get(self.table.header_rows..).unwrap_or_default() {
            let Some(cell) = row.cells.iter().find(|c| c.column == 0) else { continue };
            let text = scan.work.text.slice(cell.range.clone()).trim();
            let Ok(n) = text.trim_end_matches('.').parse::<u32>() else { continue };
            if n != expected {
                return false;
            }
            expected += 1;
            seen += 1;
        }
        seen > 0 && self.table.rows.iter().any(|r| r.cells.len() > 2)
    }

    /// "Đơn vị tính: triệu đồng" above the table or in its first row.
    fn find_note(&self, scan: &Scan<'_, '_>) -> Option<Range<usize>> {
        let first = self.table.rows.iter().flat_map(|r| &r.cells).find(|c| !c.range.is_empty())?;
        let start = scan.work.token_at(first.range.start);
        let from = start.saturating_sub(NOTE_TOKENS);
        let mut found = None;
        for i in from..start {
            if let Some((n, ())) = scan.words.unit_notes.at(&scan.work.tokens, i)
                && scan.is(i + n, ':')
            {
                found = Some(i + n + 1..(i + n + 8).min(start));
            }
        }
        found
    }

    fn row(&self, scan: &Scan<'_, '_>, row: &Row, out: &mut Vec<(Range<usize>, Outcome)>) {
        if numbers_columns(scan, row) {
            for cell in &row.cells {
                let tokens = scan.tokens_in(&cell.range);
                out.extend(
                    scan.numerals_in(&tokens).map(|n| (n, Outcome::Nothing(scan.words.rules.none_row))),
                );
            }
            return;
        }
        let heading = self.row_heading(scan, row);
        let surveyed = coordinates(scan, row);
        for cell in &row.cells {
            let tokens = scan.tokens_in(&cell.range);
            if heading.as_ref() == Some(&tokens) {
                out.extend(
                    unit_note(scan, &tokens).map(|n| (n, Outcome::Nothing(scan.words.rules.none_row))),
                );
                continue;
            }
            if tokens.is_empty() {
                continue;
            }
            let idle = self.idle.contains(&cell.column)
                || Some(cell.column) == self.unit_column
                || surveyed && coordinate(scan, cell).is_some();
            if idle {
                out.extend(
                    scan.numerals_in(&tokens).map(|n| (n, Outcome::Nothing(scan.words.rules.none_row))),
                );
                continue;
            }
            let words =
                tokens.clone().filter(|&i| scan.token(i).is_some_and(|t| t.kind == TokenKind::Word)).count();
            if words > PROSE_WORDS {
                continue;
            }
            let found = self.cell(scan, row, heading.as_ref(), cell.column, &tokens);
            if found.is_empty() {
                continue;
            }
            let column = self.column_heading(scan, cell.column);
            let row_text = heading.as_ref().map(|t| one_line(scan.work.words(t.clone())));
            for (numeral, mut items) in found {
                for item in &mut items {
                    item.cell = Some((row_text.clone(), column.clone()));
                    item.columns = self.header_cells(cell.column).map(|r| scan.tokens_in(&r)).collect();
                    item.by_column |= self.by_place;
                }
                out.push((numeral, Outcome::Items(items)));
            }
        }
    }

    /// The quantities of one cell.
    fn cell(
        &self,
        scan: &Scan<'_, '_>,
        row: &Row,
        heading: Option<&Range<usize>>,
        column: usize,
        tokens: &Range<usize>,
    ) -> Vec<(Range<usize>, Vec<Found>)> {
        let mut out = Vec::new();
        let mut next = tokens.start;
        while let Some(numeral) = scan.free_numeral(next, tokens.end) {
            next = numeral.end;
            // "COVID-19", "K8": a name in the cell.
            let own = match scan.quantity(numeral) {
                Outcome::Items(items) => Some(items).filter(|i| i.iter().all(|f| f.tokens.end <= tokens.end)),
                Outcome::Nothing(rule) if rule == scan.words.rules.none_glued => continue,
                Outcome::Nothing(_) => None,
            };
            let items = own.or_else(|| {
                let amount = scan.amount(numeral).ok()?;
                let alone = !tokens.clone().any(|i| scan.token(i).is_some_and(|t| t.kind == TokenKind::Word));
                if !alone {
                    return None;
                }
                self.with_heading(scan, row, heading, column, amount, tokens)
            });
            if let Some(mut items) = items {
                let changes =
                    || self.header_cells(column).any(|r| scan.speaks_of_change(&scan.tokens_in(&r)));
                if !scan.sign_of_cell(tokens, changes(), &mut items) {
                    continue;
                }
                next = items.last().map_or(next, |f| f.tokens.end.max(next));
                out.push((numeral.first..numeral.end, items));
            }
        }
        out
    }

    /// A bare number, or several about slashes, with the unit of the row, the column or the table.
    fn with_heading(
        &self,
        scan: &Scan<'_, '_>,
        row: &Row,
        heading: Option<&Range<usize>>,
        column: usize,
        amount: Amount,
        tokens: &Range<usize>,
    ) -> Option<Vec<Found>> {
        let mut amounts = vec![amount];
        let mut end = amount.end;
        while end + 1 < tokens.end && scan.is(end, '/') {
            let numeral = scan.free_numeral(end + 1, tokens.end).filter(|n| n.first == end + 1)?;
            let next = scan.amount(numeral).ok()?;
            end = next.end;
            amounts.push(next);
        }
        let mut items: Vec<Found> =
            amounts.iter().filter_map(|a| self.heading_unit(scan, row, heading, column, a)).collect();
        if let ([a, b], Some(first)) = (amounts.as_slice(), items.first())
            && items.len() == 2
        {
            // "12/15" under "Số xã đạt": a ratio.
            let mut pair = first.clone();
            pair.kind = Kind::Ratio;
            pair.tokens = a.start..b.end;
            (pair.value, pair.numerator, pair.denominator) = (None, Some(a.value), Some(b.value));
            items = vec![pair];
        }
        (!items.is_empty()).then_some(items)
    }

    fn heading_unit(
        &self,
        scan: &Scan<'_, '_>,
        row: &Row,
        heading: Option<&Range<usize>>,
        column: usize,
        amount: &Amount,
    ) -> Option<Found> {
        let rule = scan.words.rules.cell;
        if let Some(found) = self.share_column(scan, column, amount, rule) {
            return Some(found);
        }
        if let Some(cell) = self.unit_cell(scan, row) {
            let tokens = scan.tokens_in(&cell);
            if let Some(found) = scan.unit_of_heading(amount, tokens.clone(), rule) {
                return Some(found);
            }
            if let Some(found) = scan.unit_in_words(amount, &tokens, rule) {
                return Some(found);
            }
        }
        let column_cells: Vec<Range<usize>> = self.header_cells(column).map(|r| scan.tokens_in(&r)).collect();
        let column_says = column_cells.iter().rev().map(|t| (t, true));
        // "Tỷ lệ vốn (%)" over "Tỉnh" and "Xã": a unit in brackets is meant for every heading below it.
        let bracketed = || {
            let outer = column_cells.iter().rev().skip(1);
            outer.filter_map(|t| scan.bracketed_unit(amount, t, rule)).find(|f| f.kind != Kind::Count)
        };
        let place = column_cells.last().is_some_and(|t| {
            scan.words.scope_kinds.at(&scan.work.tokens, t.start).is_some_and(|(n, ())| t.start + n >= t.end)
        });
        if place && let Some(mut found) = bracketed() {
            found.by_column = true;
            return Some(found);
        }
        for (tokens, bare) in column_says.chain(heading.map(|t| (t, false))) {
            if let Some(mut found) = scan.heading_says(amount, tokens, bare) {
                // A column "Diện tích (ha)" says what is measured, a column "ha" only the unit.
                found.by_column = bare && scan.heading_unit_end(tokens.clone()) != Some(tokens.end);
                return Some(found);
            }
        }
        if let Some(found) = self.note.as_ref().and_then(|n| scan.unit_of_heading(amount, n.clone(), rule)) {
            return Some(found);
        }
        // A year names its column or row; without any heading a number measures nothing.
        if amount.yearlike() && heading.is_none() || (heading.is_none() && column_cells.is_empty()) {
            return None;
        }
        let mut found = Found::new(amount.start..amount.end, Kind::Count, rule);
        found.value = Some(amount.value);
        found.ambiguous = amount.ambiguous;
        Some(found)
    }

    /// "So sánh (%)", "TH/KH (%)": a column of shares whatever the unit of the row.
    fn share_column(
        &self,
        scan: &Scan<'_, '_>,
        column: usize,
        amount: &Amount,
        rule: RuleId,
    ) -> Option<Found> {
        self.unit_column?;
        let percent = self.header_cells(column).map(|r| scan.tokens_in(&r)).find(|t| {
            let last =
                if t.end > t.start && scan.is(t.end - 1, ')') { t.end.saturating_sub(2) } else { t.end - 1 };
            // "% so KH", "(%) TH/KH" too.
            let first = t.start + usize::from(scan.is(t.start, '('));
            t.contains(&last) && scan.is(last, '%') || t.contains(&first) && scan.is(first, '%')
        })?;
        let sign = percent.clone().rev().find(|&i| scan.is(i, '%'))?;
        scan.unit_of_heading(amount, sign..sign + 1, rule)
    }

    /// The unit of a row; ditto marks stand for that of the row above.
    fn unit_cell(&self, scan: &Scan<'_, '_>, row: &Row) -> Option<Range<usize>> {
        let column = self.unit_column?;
        let of = |row: &Row| row.cells.iter().find(|c| c.column == column).map(|c| c.range.clone());
        let ditto = |range: &Range<usize>| {
            matches!(
                scan.work.text.slice(range.clone()).trim(),
                "\"" | "''" | "”" | "“" | "nt" | "-nt-" | "-"
            )
        };
        let own = of(row).filter(|r| !r.is_empty())?;
        if !ditto(&own) {
            return Some(own);
        }
        let at = self.table.rows.iter().position(|r| std::ptr::eq(r, row))?;
        let above = self.table.rows.get(..at)?.iter().rev().take(DITTO_ROWS);
        above.filter_map(of).find(|r| !r.is_empty() && !ditto(r))
    }

    /// The cells of the headings above a column, outer before inner.
    fn header_cells(&self, column: usize) -> impl Iterator<Item = Range<usize>> {
        let heads = self.table.rows.get(..self.table.header_rows).unwrap_or_default();
        let over = move |c: &&crate::reader::Cell| c.column <= column && column < c.column + c.columns.max(1);
        heads.iter().enumerate().filter_map(move |(n, row)| {
            let own = row.cells.iter().find(|c| over(c) && !c.range.is_empty()).map(|c| c.range.clone());
            own.or_else(|| {
                // A dump has lost that a heading spans: it stands left of empty cells, or of the end of its row, each
                // with a heading below.
                let below = heads.get(n + 1)?;
                let left = row.cells.iter().rev().find(|c| c.column < column && !c.range.is_empty())?;
                let filled = |k: usize| below.cells.iter().any(|c| c.column == k && !c.range.is_empty());
                (left.column..=column).all(filled).then(|| left.range.clone())
            })
        })
    }

    /// The headings above a column, outer before inner.
    fn column_heading(&self, scan: &Scan<'_, '_>, column: usize) -> Option<SmolStr> {
        let parts: Vec<SmolStr> =
            self.header_cells(column).map(|r| one_line(scan.work.text.slice(r))).collect();
        (!parts.is_empty()).then(|| parts.join(" ").into())
    }
}

/// The number of a unit in brackets behind the name of a row: "Luân chuyển (1000 tấn.km)".
fn unit_note(scan: &Scan<'_, '_>, heading: &Range<usize>) -> Option<Range<usize>> {
    let close = heading.clone().rev().find(|&i| scan.is(i, ')'))?;
    let numeral =
        scan.numerals_in(heading).find(|n| n.end < close && n.start > 0 && scan.is(n.start - 1, '('))?;
    // "Tinh dầu (80%)" says of what strength: units are told by the ten, the hundred, the thousand.
    let amount = scan.any_numeral(numeral.start).and_then(|n| scan.amount(n).ok());
    let unit = amount.is_some_and(|a| a.base > Decimal::ONE && per_so_many(a.base));
    (unit && scan.heading_unit_end(numeral.start..close) == Some(close)).then_some(numeral)
}
