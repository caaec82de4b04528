//! Stage 2: rows of cells between bars or tabs, collected line by line until their table ends.
//!
//! "| 1 | Sở Y tế | 25 |", "Xã A | 23 | 6", "Dịch vụ⇥7⇥8,25".

use std::ops::Range;

use super::look::keep;
use crate::patterns::tables::TableWords;
use crate::reader::{Cell, Row, Table};
use crate::words::lines::trim;

/// Rows collected so far of one table.
#[derive(Debug)]
pub(super) struct Rows<'w> {
    words: &'w TableWords,
    rows: Vec<Row>,
    header_rows: Option<usize>,
    /// Tabs part the cells.
    pub(super) tabbed: bool,
    /// The rows have bars between cells and none before the first.
    inner: bool,
}

impl<'w> Rows<'w> {
    pub(super) fn of(words: &'w TableWords) -> Self {
        Self { words, rows: Vec::new(), header_rows: None, tabbed: false, inner: false }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// "| 1 | Sở Y tế | 25 |", or the line below a heading of Markdown.
    pub(super) fn bars(&mut self, s: &str, line: Range<usize>, out: &mut Vec<Table>) {
        if self.tabbed || self.inner {
            self.finish(s, out);
        }
        let text = s.get(line.clone()).unwrap_or("");
        if text.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'+' | b'=')) && text.contains("--") {
            self.header_rows.get_or_insert(self.rows.len());
            return;
        }
        let inner = line.start + 1..line.end - usize::from(text.len() > 1 && text.ends_with('|'));
        self.rows.push(row(s, inner, b'|'));
    }

    /// "Dịch vụ⇥7⇥8,25": a row of another width begins another table.
    pub(super) fn tabs(&mut self, s: &str, line: Range<usize>, out: &mut Vec<Table>) {
        let row = row(s, line, b'\t');
        let same = self.rows.last().is_some_and(|r| r.cells.len() == row.cells.len());
        if !self.tabbed || !same {
            self.finish(s, out);
        }
        self.tabbed = true;
        self.rows.push(row);
    }

    /// "Xã A | 23 | 6": rows with bars between their cells; a row of sums or a title may have fewer.
    pub(super) fn inner_bars(&mut self, s: &str, line: Range<usize>, out: &mut Vec<Table>) {
        let row = row(s, line, b'|');
        if !self.inner {
            self.finish(s, out);
        }
        self.inner = true;
        self.rows.push(row);
    }

    /// Closes the table, and keeps it if it is one.
    pub(super) fn finish(&mut self, s: &str, out: &mut Vec<Table>) {
        let rows = std::mem::take(&mut self.rows);
        let header = self.header_rows.take();
        (self.tabbed, self.inner) = (false, false);
        keep(s, rows, header, self.words, out);
    }
}

/// Cells of one line between separators.
fn row(s: &str, range: Range<usize>, separator: u8) -> Row {
    let bytes = s.as_bytes().get(range.clone()).unwrap_or(&[]);
    let mut cells = Vec::new();
    let mut from = range.start;
    for bar in memchr::memchr_iter(separator, bytes).chain(std::iter::once(bytes.len())) {
        cells.push(cell(s, from..range.start + bar, cells.len()));
        from = range.start + bar + 1;
    }
    Row { cells }
}

/// A cell of some piece of the text.
pub(in crate::structure) fn cell(s: &str, range: Range<usize>, column: usize) -> Cell {
    let mut range = trim(s, range);
    // Markdown marks of emphasis are no part of the cell's text.
    let text = s.get(range.clone()).unwrap_or("");
    let bare = text.trim_start_matches('*');
    if bare.len() < text.len() || text.ends_with('*') {
        range.start += text.len() - bare.len();
        range.end = range.start + bare.trim_end_matches('*').len();
        range = trim(s, range);
    }
    Cell { range, column, columns: 1, rows: 1, tail: 0..0 }
}

/// A line with the tabs at its ends: empty cells stand there.
pub(super) fn with_edges(s: &str, line: Range<usize>) -> Range<usize> {
    let blank = |b: &&u8| matches!(b, b'\t' | b' ' | b'\r');
    let bytes = s.as_bytes();
    let before = bytes.get(..line.start).unwrap_or(&[]).iter().rev().take_while(blank).count();
    let after = bytes.get(line.end..).unwrap_or(&[]).iter().take_while(blank).count();
    line.start - before..line.end + after
}
