//! Stage 2: tables that are visible in plain text. In: the shadow. Out: [`Table`]s with shadow ranges.
//!
//! Rows of cells between bars (`| 1 | Sở Y tế | 25 |`, Markdown and word-processor dumps), or with bars between the cells
//! only (`Sở Y tế | 25 | 3`), rows of cells between tabs, cells as paragraphs between lone bars; then what has no border:
//! columns told by blanks, and rows below a line of years. Head and foot of a document are often laid out as a table of
//! two columns; those are no tables of values and are left out.

mod blanks;
mod lone;
mod look;
mod rows;
mod span;
#[cfg(test)]
mod tests;
mod width;

use std::ops::Range;

use crate::patterns::tables::TableWords;
use crate::reader::Table;
use crate::words::lines::Lines;
pub(super) use rows::cell;
use rows::{Rows, with_edges};

/// A longer line is prose, whatever stands in it.
const LONGEST_LINE: usize = 400;
/// Fewest tabs, or bars without one at the beginning, in a row of a table.
const FEWEST_MARKS: usize = 2;

/// Finds the tables of a plain text, in reading order.
pub fn find(s: &str, words: &TableWords) -> Vec<Table> {
    let mut tables = bordered(s, words);
    let mut borderless = blanks::find(s);
    let years = super::year_rows::find(s);
    if !years.is_empty() {
        let mut taken: Vec<Range<usize>> = tables.iter().chain(&borderless).filter_map(extent).collect();
        taken.sort_by_key(|r| r.start);
        let free = |own: Range<usize>| {
            let before = taken.partition_point(|r| r.start < own.end);
            before.checked_sub(1).and_then(|n| taken.get(n)).is_none_or(|r| r.end <= own.start)
        };
        borderless.extend(years.into_iter().filter(|t| extent(t).is_some_and(free)));
    }
    if !borderless.is_empty() {
        tables.extend(borderless);
        tables.sort_by_key(|t| extent(t).map(|r| r.start));
    }
    tables
}

/// From the first cell of a table to its last.
fn extent(table: &Table) -> Option<Range<usize>> {
    let cells = || table.rows.iter().flat_map(|r| &r.cells).map(|c| &c.range).filter(|r| !r.is_empty());
    Some(cells().map(|r| r.start).min()?..cells().map(|r| r.end).max()?)
}

/// The tables whose cells are parted by bars or tabs.
fn bordered(s: &str, words: &TableWords) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut rows = Rows::of(words);
    let mut lines = Lines::from(s, next_row(s, 0));
    while let Some(line) = lines.next() {
        match shape(s, &line, rows.tabbed) {
            Shape::LoneBar => {
                rows.finish(s, &mut tables);
                let end = lone::find(s, line.start, words, &mut tables);
                lines = Lines::from(s, end);
            }
            Shape::Bars => rows.bars(s, line, &mut tables),
            Shape::Tabs => rows.tabs(s, with_edges(s, line), &mut tables),
            Shape::Empty => {}
            Shape::InnerBars => rows.inner_bars(s, line, &mut tables),
            // Outside a table only a line with a bar or a tab can matter.
            Shape::Prose if rows.is_empty() => lines = Lines::from(s, next_row(s, lines.next_at())),
            Shape::Prose => rows.finish(s, &mut tables),
        }
    }
    rows.finish(s, &mut tables);
    tables
}

/// What a line is to a table.
enum Shape {
    /// A bar and nothing else: cells as paragraphs follow.
    LoneBar,
    /// Cells behind bars.
    Bars,
    /// Cells between tabs.
    Tabs,
    /// Tabs alone: a row of empty cells.
    Empty,
    /// Cells with bars between them.
    InnerBars,
    /// No row.
    Prose,
}

/// The shape of a line; `tabbed` where it stands in a table of tabs.
fn shape(s: &str, line: &Range<usize>, tabbed: bool) -> Shape {
    let text = s.get(line.clone()).unwrap_or("");
    let has = |mark: u8, range: Range<usize>| {
        memchr::memchr_iter(mark, s.get(range).unwrap_or("").as_bytes()).count() >= FEWEST_MARKS
    };
    match () {
        () if text == "|" => Shape::LoneBar,
        () if text.starts_with('|') => Shape::Bars,
        () if text.len() >= LONGEST_LINE => Shape::Prose,
        // Tabs at the ends are trimmed off already.
        () if has(b'\t', line.clone()) => Shape::Tabs,
        // Inside a table the empty cells at both ends count too.
        () if tabbed && has(b'\t', with_edges(s, line.clone())) => {
            if text.is_empty() {
                Shape::Empty
            } else {
                Shape::Tabs
            }
        }
        () if has(b'|', line.clone()) => Shape::InnerBars,
        () => Shape::Prose,
    }
}

/// The beginning of the first line that holds a bar or a tab, at or after a line's beginning.
fn next_row(s: &str, at: usize) -> usize {
    let bytes = s.as_bytes();
    let found = memchr::memchr2(b'|', b'\t', bytes.get(at..).unwrap_or(&[]));
    let Some(row) = found.map(|n| at + n) else { return s.len() };
    let line = bytes.get(at..row).and_then(|between| memchr::memrchr2(b'\n', b'\x0c', between));
    line.map_or(at, |n| at + n + 1)
}
