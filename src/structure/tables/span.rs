//! Stage 2: which cells of a heading span those below them, where a dump in plain text has lost it.
//!
//! "TT | Chỉ tiêu | Năm 2024 | Năm 2025" over "Kế hoạch | Ước" in a table of five columns: "Năm 2024" stands over two.

use std::ops::RangeInclusive;

use super::look::{header_rows, is_figure, text};
use super::width::MAX_WIDTH;
use crate::patterns::tables::TableWords;
use crate::reader::{Cell, Row};
use crate::words::lines::prefix_fold;

/// The years that a heading names.
const YEARS: RangeInclusive<u32> = 1900..=2100;

/// A heading of two rows: where the second has more cells than columns are missing from the first, cells of the first
/// span those below them; they stand after the headings that name the rows.
pub(super) fn span_headings(s: &str, words: &TableWords, rows: &mut [Row], width: usize) {
    if header_rows(s, rows) < 2 {
        return;
    }
    let [upper, lower, body @ ..] = rows else { return };
    let (above, below) = (upper.cells.len(), lower.cells.len());
    let Some(missing) = width.checked_sub(above).filter(|&m| m > 0 && below < width) else { return };
    let Some(spanning) = below.checked_sub(missing).filter(|&n| n > 0 && n < above) else { return };
    let first = of_rows(s, words, upper, body, width).min(above - spanning);
    let first = if spanning == 1 { covering(s, upper, lower, first) } else { first };
    // Spans that do not share out evenly are not known: such a heading stands over no column.
    let span = (below % spanning == 0).then_some(below / spanning);
    for (n, cell) in upper.cells.iter_mut().enumerate().skip(first) {
        match (n - first, span) {
            (k, Some(span)) if k < spanning => (cell.column, cell.columns) = (first + k * span, span),
            (k, None) if k < spanning => cell.column = MAX_WIDTH * 2,
            _ => cell.column = n + missing,
        }
    }
    for (n, cell) in lower.cells.iter_mut().enumerate() {
        cell.column = first + n;
    }
}

/// How many of the first headings stand over one column each: those that name the rows, and those over words.
fn of_rows(s: &str, words: &TableWords, upper: &Row, body: &[Row], width: usize) -> usize {
    let names_rows = |c: &&Cell| words.row_headings.iter().any(|w| prefix_fold(text(s, c), w).is_some());
    let named = upper.cells.iter().take_while(names_rows).count();
    let figure = |row: &Row, k: usize| row.cells.get(k).is_some_and(|c| is_figure(s, c));
    let wordy = |k: usize| body.iter().filter(|r| figure(r, k)).count() * 2 < body.len();
    let texts = (1..width).take_while(|&k| wordy(k)).count() + 1;
    named.max(texts)
}

/// The one heading that spans, among those behind the names of the rows: the one whose years take in those below, else
/// one without a year over years.
fn covering(s: &str, upper: &Row, lower: &Row, first: usize) -> usize {
    let below: Vec<u32> = lower.cells.iter().flat_map(|c| years(text(s, c))).collect();
    let (Some(low), Some(high)) = (below.iter().min(), below.iter().max()) else { return first };
    let behind = || upper.cells.iter().map(|c| years(text(s, c))).enumerate().skip(first);
    let spans = |own: &[u32]| {
        own.len() > 1
            && own.iter().min().is_some_and(|y| y <= low)
            && own.iter().max().is_some_and(|y| y >= high)
    };
    let whole = behind().find(|(_, own)| spans(own));
    whole.or_else(|| behind().find(|(_, own)| own.is_empty())).map_or(first, |(n, _)| n)
}

/// The years that a text names.
fn years(text: &str) -> Vec<u32> {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|w| w.len() == 4);
    numbers.filter_map(|w| w.parse().ok()).filter(|y| YEARS.contains(y)).collect()
}
