//! PDF layout: tables without ruling lines, taken only where they are certain.
//!
//! In: the stretches of each line, parted by wide gaps. Out: a [`Table`] for three or more lines in a row that have the
//! same number of stretches, each column aligned on its left edge, its right edge or its middle.

use super::super::super::{Cell, Row, Table};

/// Fewest rows of a table.
const MIN_ROWS: usize = 3;
/// How far the edges of one column may differ, in sizes.
const ALIGNED: f32 = 0.6;

/// Text between two wide gaps of a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    /// Byte range in the text.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) x0: f32,
    pub(super) x1: f32,
}

/// Lines that may become a table.
#[derive(Debug, Default)]
pub(super) struct Rows {
    rows: Vec<Vec<Stretch>>,
    size: f32,
}

impl Rows {
    /// Adds a line. Gives the table that ends before it, if there is one.
    pub(super) fn add(&mut self, text: &str, line: &[Stretch], size: f32) -> Option<Table> {
        let fits = self.rows.last().is_some_and(|last| last.len() == line.len());
        let done = if fits { None } else { self.finish(text) };
        if line.len() >= 2 {
            self.rows.push(line.to_vec());
            self.size = size;
        }
        done
    }

    /// Ends the rows. Gives their table, if they are one.
    pub(super) fn finish(&mut self, text: &str) -> Option<Table> {
        let rows = std::mem::take(&mut self.rows);
        let columns = rows.first()?.len();
        let is_table = rows.len() >= MIN_ROWS
            && (0..columns).all(|column| self.is_aligned(&rows, column))
            && has_figures(text, &rows);
        if !is_table {
            return None;
        }
        let row = |stretches: &Vec<Stretch>| Row {
            cells: stretches
                .iter()
                .enumerate()
                .map(|(column, s)| Cell { range: s.start..s.end, column, columns: 1, rows: 1, tail: 0..0 })
                .collect(),
        };
        let rows: Vec<Row> = rows.iter().map(row).collect();
        let header_rows = usize::from(rows.first().is_some_and(|first| !holds_digit(text, first)));
        Some(Table { rows, header_rows })
    }

    /// Whether the stretches of a column have an edge or the middle in common.
    fn is_aligned(&self, rows: &[Vec<Stretch>], column: usize) -> bool {
        let spread = |edge: fn(&Stretch) -> f32| {
            let edges = rows.iter().filter_map(|row| row.get(column)).map(edge);
            let (low, high) = edges.fold((f32::MAX, f32::MIN), |(l, h), x| (l.min(x), h.max(x)));
            high - low <= ALIGNED * self.size
        };
        spread(|s| s.x0) || spread(|s| s.x1) || spread(|s| (s.x0 + s.x1) / 2.0)
    }
}

/// Whether every row but the first has a figure behind its first column: without that it may be a form or a list.
fn has_figures(text: &str, rows: &[Vec<Stretch>]) -> bool {
    rows.iter().skip(1).all(|row| {
        row.iter()
            .skip(1)
            .any(|s| text.get(s.start..s.end).is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit())))
    })
}

fn holds_digit(text: &str, row: &Row) -> bool {
    row.cells
        .iter()
        .filter_map(|c| text.get(c.range.clone()))
        .any(|t| t.contains(|c: char| c.is_ascii_digit()))
}
