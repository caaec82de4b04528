//! Stage 1: sheets (.xls, .xlsx, .ods). In come the cells of a workbook; out goes one page a sheet: the lines above and below its
//! tables as lines, its tables as tables, every cell as the sheet shows it ("12,5%", not 0.125).
//!
//! Hidden sheets are left out, hidden rows and columns are read like the others (a filter hides rows that are data all the same);
//! warnings tell of both.

mod number;
mod ods;
#[cfg(test)]
mod tests;
mod write;
mod xls;
mod xlsx;
mod xml2003;

use std::collections::{BTreeMap, BTreeSet};

use self::number::Format;
use super::ReadOptions;
use super::office;
use super::paragraph::{OldFonts, Run};
use super::{Content, flow::Flow};
use crate::error::Error;
use crate::record::Warning;

pub use ods::{read as read_ods, sniff as sniff_ods};
pub use xls::read as read_xls;
pub use xlsx::{read as read_xlsx, sniff as sniff_xlsx};
pub use xml2003::{read as read_xml, sniff as sniff_xml};

/// Most cells of a workbook: limit `cells`.
const MOST_CELLS: usize = 2_000_000;
/// Most merged areas of a sheet; further ones are read as single cells.
const MOST_MERGED: usize = 100_000;

/// Most ranges of hidden columns.
const MOST_HIDDEN: usize = 256;

/// A workbook, as far as it is shown.
#[derive(Debug, Default)]
pub struct Book {
    /// Its sheets in order.
    pub sheets: Vec<Sheet>,
    /// Bytes of text so far.
    bytes: usize,
    cells: usize,
    /// Parts that are not as they were written.
    damaged: Vec<Warning>,
}

/// One sheet.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Its name on the tab.
    pub name: String,
    /// Whether it is not shown.
    pub hidden: bool,
    /// Its cells by row and column, from 0.
    pub rows: BTreeMap<u32, BTreeMap<u32, Cell>>,
    /// Merged areas: first row and column, last row and column.
    pub merged: Vec<Area>,
    /// Rows that are not shown.
    pub hidden_rows: BTreeSet<u32>,
    /// Ranges of columns that are not shown.
    pub hidden_columns: Vec<(u32, u32)>,
}

/// An area of cells that are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// First row and last row.
    pub rows: (u32, u32),
    /// First column and last column.
    pub columns: (u32, u32),
}

/// One cell that shows something.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its text, run by run.
    pub runs: Vec<(String, Run)>,
    /// Whether it holds a number, not a text.
    pub number: bool,
}

impl Book {
    /// Adds a cell to a sheet.
    ///
    /// # Errors
    /// More cells or text than the limits allow.
    pub fn add(
        &mut self,
        sheet: &mut Sheet,
        (row, column): (u32, u32),
        cell: Cell,
        options: &ReadOptions,
    ) -> Result<(), Error> {
        // Blanks count, too: a shared string of nothing else costs each cell that shows it as much as any other.
        self.bytes += cell.runs.iter().map(|(text, _)| text.len()).sum::<usize>();
        self.check(0, 0, options)?;
        if cell.runs.iter().all(|(text, _)| text.trim().is_empty()) {
            return Ok(());
        }
        self.cells += 1;
        self.check(0, 0, options)?;
        sheet.rows.entry(row).or_default().insert(column, cell);
        Ok(())
    }

    /// Refuses more cells or text than the limits allow, counting those that are still to be added.
    fn check(&self, cells: usize, bytes: usize, options: &ReadOptions) -> Result<(), Error> {
        if self.cells.saturating_add(cells) > MOST_CELLS {
            return Err(Error::TooLarge(format!("more cells than limit cells, {MOST_CELLS}")));
        }
        let limit = options.limits.text_bytes;
        if self.bytes.saturating_add(bytes) > limit {
            return Err(Error::TooLarge(format!("the limit text_bytes is {limit}, see --max-text")));
        }
        Ok(())
    }

    /// The text of all sheets that are shown.
    ///
    /// # Errors
    /// No text, or more than the limit.
    pub fn finish(self, format: &'static str, options: &ReadOptions) -> Result<Content, Error> {
        let read = office::twice(|fonts| Ok(self.flow(fonts)))?;
        office::content(format, read, "the workbook shows no text", self.warnings(), options)
    }

    fn flow(&self, fonts: &mut OldFonts) -> Flow {
        let mut flow = Flow::default();
        for sheet in self.sheets.iter().filter(|s| !s.hidden) {
            flow.page_break();
            flow.append(write::sheet(sheet, fonts), 1);
        }
        flow
    }

    /// What is damaged, and what was left out.
    fn warnings(&self) -> Vec<Warning> {
        let mut warnings = self.damaged.clone();
        let mut warn = |code: &str, message: String| warnings.push(Warning { code: code.into(), message });
        let hidden: Vec<&str> =
            self.sheets.iter().filter(|s| s.hidden && !s.rows.is_empty()).map(|s| s.name.as_str()).collect();
        if !hidden.is_empty() {
            warn(
                "hidden_sheets",
                format!("{} hidden sheets are left out: {}", hidden.len(), hidden.join(", ")),
            );
        }
        let shown = || self.sheets.iter().filter(|s| !s.hidden);
        let rows: usize = shown().map(|s| s.rows.keys().filter(|r| s.hidden_rows.contains(r)).count()).sum();
        if rows > 0 {
            warn("hidden_rows", format!("{rows} hidden rows are read, too"));
        }
        let columns: usize = shown()
            .map(|s| {
                let used: BTreeSet<u32> = s.rows.values().flat_map(|row| row.keys().copied()).collect();
                used.into_iter().filter(|c| s.is_hidden_column(*c)).count()
            })
            .sum();
        if columns > 0 {
            warn("hidden_columns", format!("{columns} hidden columns are read, too"));
        }
        warnings
    }
}

impl Sheet {
    /// Whether a column is not shown.
    pub fn is_hidden_column(&self, column: u32) -> bool {
        self.hidden_columns.iter().any(|(first, last)| (*first..=*last).contains(&column))
    }

    /// Adds a range of columns that are not shown.
    pub fn hide_columns(&mut self, first: u32, last: u32) {
        if self.hidden_columns.len() < MOST_HIDDEN {
            self.hidden_columns.push((first, last));
        }
    }

    /// Adds a merged area.
    pub fn merge(&mut self, rows: (u32, u32), columns: (u32, u32)) {
        let is_area = rows.0 <= rows.1 && columns.0 <= columns.1;
        let is_larger = rows.0 < rows.1 || columns.0 < columns.1;
        if self.merged.len() < MOST_MERGED && is_area && is_larger {
            self.merged.push(Area { rows, columns });
        }
    }
}

impl Cell {
    /// A cell with one run.
    pub fn text(text: impl Into<String>, run: Run) -> Self {
        Self { runs: vec![(text.into(), run)], number: false }
    }

    /// A cell with a number, shown in a format.
    pub fn number(value: f64, format: &Format, since_1904: bool, run: Run) -> Self {
        Self { runs: vec![(format.show(value, since_1904), run)], number: true }
    }

    /// Whether all of its letters are bold.
    pub fn is_bold(&self) -> bool {
        self.runs.iter().filter(|(text, _)| text.contains(char::is_alphanumeric)).all(|(_, run)| run.bold)
    }
}
