//! Tables of the text as tables of the page of `baocao view`.
//!
//! In: the tables that a reader found, as ranges of the text. Out: those whose cells hold all of their stretch of the
//! text, in the order of the text, none over a page break: nothing is lost where one is drawn.

use std::ops::Range;

use super::mark::{Anchor, Mark, write};
use crate::record::content::{Cell, Table};

/// Most cells that are drawn as a table; a longer one stays text.
const MOST_CELLS: usize = 50_000;

/// A table to draw.
#[derive(Debug)]
pub struct Grid<'t> {
    /// Its stretch of the text.
    pub bytes: Range<usize>,
    rows: Vec<(&'t [Cell], bool)>,
}

/// The tables of a text that can be drawn.
pub fn of<'t>(text: &str, tables: &'t [Table]) -> Vec<Grid<'t>> {
    let mut out: Vec<Grid<'t>> = Vec::new();
    let mut cells = 0;
    for table in tables {
        for grid in pages(text, table) {
            let behind = out.last().is_none_or(|last| last.bytes.end <= grid.bytes.start);
            cells += grid.rows.iter().map(|r| r.0.len()).sum::<usize>();
            if behind && cells <= MOST_CELLS && grid.rows.len() > 1 && holds_all(text, &grid) {
                out.push(grid);
            }
        }
    }
    out
}

/// A table, cut where pages end.
fn pages<'t>(text: &str, table: &'t Table) -> Vec<Grid<'t>> {
    let mut out: Vec<Grid<'t>> = Vec::new();
    for (n, row) in table.rows.iter().enumerate() {
        let filled = || row.cells.iter().map(|c| &c.range).filter(|r| !r.is_empty());
        let (Some(start), Some(end)) = (filled().map(|r| r.start).min(), filled().map(|r| r.end).max())
        else {
            continue;
        };
        let entry = (row.cells.as_slice(), n < table.header_rows);
        let same = |grid: &&mut Grid<'t>| {
            text.get(grid.bytes.end..start).is_some_and(|between| !between.contains('\u{c}'))
        };
        match out.last_mut().filter(same) {
            Some(grid) => {
                grid.bytes.end = grid.bytes.end.max(end);
                grid.rows.push(entry);
            }
            None => out.push(Grid { bytes: start..end, rows: vec![entry] }),
        }
    }
    out
}

/// Whether the cells follow each other and hold all but blanks and the lines of the table.
fn holds_all(text: &str, grid: &Grid<'_>) -> bool {
    let is_line = |c: char| c.is_whitespace() || matches!(c, '|' | '-' | ':' | '+' | '=' | '_');
    let mut at = grid.bytes.start;
    for range in grid.rows.iter().flat_map(|r| r.0).map(|c| &c.range).filter(|r| !r.is_empty()) {
        let between = text.get(at..range.start);
        if range.start < at || !between.is_some_and(|b| b.chars().all(is_line)) {
            return false;
        }
        at = range.end;
    }
    !text.get(grid.bytes.clone()).is_none_or(|t| t.contains('\u{c}'))
}

impl Grid<'_> {
    /// Writes the table with the marks of its cells.
    pub fn write(&self, text: &str, marks: &[Mark], anchors: &[Anchor], out: &mut String) {
        out.push_str("<table class=\"grid\">");
        for (n, (cells, heads)) in self.rows.iter().enumerate() {
            out.push_str("<tr>");
            let mut column = 0;
            for cell in *cells {
                // A gap that no cell of a row above fills.
                if cell.column > column && n == 0 {
                    out.push_str(&format!("<td colspan=\"{}\"></td>", cell.column - column));
                }
                column = cell.column + cell.columns.max(1);
                let tag = if *heads { "th" } else { "td" };
                let rows = cell.rows.min(self.rows.len() - n);
                out.push_str(&format!("<{tag}"));
                for (name, count) in [("colspan", cell.columns), ("rowspan", rows)] {
                    if count > 1 {
                        out.push_str(&format!(" {name}=\"{count}\""));
                    }
                }
                out.push('>');
                write(text, cell.range.start, cell.range.end, marks, anchors, out);
                out.push_str(&format!("</{tag}>"));
            }
            out.push_str("</tr>");
        }
        out.push_str("</table>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::content::Row;

    fn table(text: &str, rows: &[&[&str]]) -> Table {
        let mut at = 0;
        let mut cell = |column: usize, word: &str| {
            let start = text.get(at..).unwrap().find(word).unwrap() + at;
            at = start + word.len();
            Cell { range: start..at, column, columns: 1, rows: 1, tail: 0..0 }
        };
        let rows = rows
            .iter()
            .map(|row| Row { cells: row.iter().enumerate().map(|(n, word)| cell(n, word)).collect() });
        Table { rows: rows.collect(), header_rows: 1 }
    }

    #[test]
    fn a_table_is_drawn_where_its_cells_hold_all_of_its_text() {
        let text = "Trước\nXã\tHộ\nA\t<12>\nSau";
        let found = table(text, &[&["Xã", "Hộ"], &["A", "<12>"]]);
        let tables = [found];
        let grids = of(text, &tables);
        assert_eq!(grids.len(), 1);
        let mut out = String::new();
        grids[0].write(text, &[], &[], &mut out);
        let head = "<tr><th>Xã</th><th>Hộ</th></tr>";
        assert_eq!(
            out,
            format!("<table class=\"grid\">{head}<tr><td>A</td><td>&lt;12&gt;</td></tr></table>")
        );
        // A word between the cells would be lost.
        let text = "Xã\tHộ\nA rơi\t<12>\n";
        assert!(of(text, &[table(text, &[&["Xã", "Hộ"], &["A", "<12>"]])]).is_empty());
    }

    #[test]
    fn a_table_over_two_pages_is_drawn_on_both() {
        let text = "Xã\tHộ\nA\t12\n\u{c}B\t7\nC\t8\n";
        let tables = [table(text, &[&["Xã", "Hộ"], &["A", "12"], &["B", "7"], &["C", "8"]])];
        let grids = of(text, &tables);
        assert_eq!(grids.len(), 2);
        assert_eq!(text.get(grids[1].bytes.clone()), Some("B\t7\nC\t8"));
    }
}
