//! Stage 2: whether rows have the look of a table of values, and how many of the first are headings.

use crate::patterns::tables::TableWords;
use crate::reader::{Cell, Row, Table};
use crate::words::lines::prefix_fold;

/// The head or foot of a document has no more columns.
const LAYOUT_COLUMNS: usize = 4;
/// Most rows of headings.
const HEADINGS: usize = 3;
/// So many rows are looked at for headings, those with one filled cell among them.
const HEAD: usize = 6;

/// Keeps a table that has the look of one: two rows, two columns, no head or foot of a document.
pub(super) fn keep(s: &str, rows: Vec<Row>, header: Option<usize>, words: &TableWords, out: &mut Vec<Table>) {
    let columns = rows.iter().map(|r| r.cells.len()).max().unwrap_or(0);
    if rows.len() < 2 || columns < 2 {
        return;
    }
    let filled = rows.iter().filter(|r| several(r)).count();
    let laid_out = |c: &Cell| words.layout.iter().any(|w| prefix_fold(text(s, c), w).is_some());
    let layout = columns <= LAYOUT_COLUMNS && rows.iter().flat_map(|r| &r.cells).any(laid_out);
    if layout || filled < 2 {
        return;
    }
    let header_rows = header.filter(|&h| h > 0).unwrap_or_else(|| header_rows(s, &rows));
    out.push(Table { rows, header_rows });
}

/// The text of a cell.
pub(super) fn text<'s>(s: &'s str, cell: &Cell) -> &'s str {
    s.get(cell.range.clone()).unwrap_or("")
}

/// Whether a cell holds a figure and nothing else: "1", "12,5", "100%", "(3)", but not "1. Một số chỉ tiêu".
pub(super) fn is_figure(s: &str, cell: &Cell) -> bool {
    let figure =
        |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | ' ' | '-' | '/' | '(' | ')' | '+');
    let text = text(s, cell);
    text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(figure)
}

/// Several cells are filled: a title over the table, or of a group of rows, fills one of its row.
fn several(row: &Row) -> bool {
    row.cells.iter().filter(|c| !c.range.is_empty()).count() >= 2
}

/// The first rows, at most three, that hold no figures; a row of column numbers `(1) (2) (3)` belongs to them.
pub(super) fn header_rows(s: &str, rows: &[Row]) -> usize {
    let mut headings = 0;
    let heading = |r: &&Row| {
        headings += usize::from(several(r));
        headings <= HEADINGS && !r.cells.iter().any(|c| is_figure(s, c))
    };
    let head = rows.iter().take(HEAD).take_while(heading).count();
    let numbered = rows.get(head).is_some_and(|r| {
        let number = |(i, c): (usize, &Cell)| text(s, c) == (i + 1).to_string();
        r.cells.len() > 2 && r.cells.iter().enumerate().all(number)
    });
    (head + usize::from(numbered && head > 0)).min(rows.len().saturating_sub(1))
}
