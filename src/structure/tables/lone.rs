//! Stage 2: cells as paragraphs between lone bars, as word processors dump a table.
//!
//! "|⏎TT⏎|⏎Chỉ tiêu⏎|⏎|⏎1⏎|⏎Hồ sơ⏎|": two bars in a row are the border of two rows or an empty cell.

use std::ops::Range;

use super::look::keep;
use super::rows::cell;
use super::span::span_headings;
use super::width::{MAX_WIDTH, split};
use crate::patterns::tables::TableWords;
use crate::reader::{Row, Table};
use crate::words::lines::Lines;

/// Longest cell in bytes.
const MAX_CELL: usize = 20_000;
/// Most lines looked ahead over blank ones.
const BLANKS: usize = 6;

/// Reads the table whose first bar is the line at `start`. Gives the byte offset after it.
pub(super) fn find(s: &str, start: usize, words: &TableWords, out: &mut Vec<Table>) -> usize {
    let (between, end) = between_bars(s, start);
    let (rows, width) = split(&between);
    let cells = |row: Range<usize>| {
        let ranges = between.get(row).unwrap_or_default().iter().enumerate();
        ranges.map(|(column, range)| cell(s, range.clone(), column)).collect()
    };
    let mut rows: Vec<Row> = rows.into_iter().map(|r| Row { cells: cells(r) }).collect();
    span_headings(s, words, &mut rows, width);
    keep(s, rows, None, words, out);
    end
}

/// What stands between one bar and the next, nothing between two bars being an empty range; and where the last bar ends.
fn between_bars(s: &str, start: usize) -> (Vec<Range<usize>>, usize) {
    let mut between: Vec<Range<usize>> = Vec::new();
    let mut open: Option<Range<usize>> = None;
    let mut end = (start + 2).min(s.len());
    let mut lines = Lines::from(s, end);
    let mut runs = Runs { run: 0, closed: [false; MAX_WIDTH + 1] };
    while let Some(line) = lines.next() {
        if s.get(line.clone()) == Some("|") {
            let cell = open.take().unwrap_or(line.start..line.start);
            runs.add(!cell.is_empty());
            between.push(cell);
            end = line.end + 1;
        } else if !line.is_empty() {
            let from = open.as_ref().map_or(line.start, |o| o.start);
            open = Some(from..line.end);
            // A cell of many lines is no cell: the bar that should close it is missing.
            if line.end - from > MAX_CELL {
                break;
            }
        } else if open.is_none() && ends_here(s, &lines, &runs) {
            break;
        }
    }
    (between, end.min(s.len()))
}

/// Whether a table ends at a blank line behind a bar: no bar follows, unless a row has just begun.
fn ends_here(s: &str, lines: &Lines<'_>, runs: &Runs) -> bool {
    let filled = lines.clone().take(BLANKS).filter(|l| !l.is_empty());
    let mut ahead = filled.map(|l| s.get(l).unwrap_or(""));
    let (next, after) = (ahead.next(), ahead.next());
    next != Some("|") && (runs.complete() || after != Some("|"))
}

/// How many filled cells stood since the last empty range, and which such numbers closed a row before.
struct Runs {
    run: usize,
    closed: [bool; MAX_WIDTH + 1],
}

impl Runs {
    /// Counts a filled cell, or closes the run before an empty range.
    fn add(&mut self, filled: bool) {
        if filled {
            self.run += 1;
            return;
        }
        if let Some(seen) = self.closed.get_mut(self.run) {
            *seen = true;
        }
        self.run = 0;
    }

    /// The cells since the last empty range may be a whole row.
    fn complete(&self) -> bool {
        self.run == 0 || self.closed.get(self.run).is_some_and(|&seen| seen)
    }
}
