//! Stage 5, cells: the units of the rows, from the column that holds them.
//!
//! "Triệu đồng", then ditto marks or empty cells below it for the rows that are parts of the one above.

use rustc_hash::FxHashMap;

use super::Line;
use crate::claim::indicator::Scan;
use crate::facts::cells::unit::{self, Unit};
use crate::structure::table::{Class, Form, RowKind, Table};

/// How many rows above may lend their unit to a ditto mark.
const DITTO_ROWS: usize = 60;

/// The column of units, read from the first row to the last.
pub(super) struct UnitColumn<'r, 'w, 'a> {
    scan: &'r Scan<'w, 'a>,
    table: &'r Table,
    column: usize,
    /// Most of its cells are empty: a unit holds until the next.
    sparse: bool,
    /// The last unit, and in which row it stood.
    last: Option<(usize, Unit)>,
    /// What its cells were read as, by their text.
    known: FxHashMap<String, Option<Unit>>,
}

impl<'r, 'w, 'a> UnitColumn<'r, 'w, 'a> {
    /// The column of units of a table, where it has one.
    pub(super) fn of(scan: &'r Scan<'w, 'a>, table: &'r Table) -> Option<Self> {
        let column = table.column_of(Class::Unit)?;
        let height = table.grid.height();
        let filled = (table.heads..height).filter(|&r| table.grid.at(r, column).is_some()).count();
        let sparse = filled * 2 < height.saturating_sub(table.heads);
        Some(Self { scan, table, column, sparse, last: None, known: FxHashMap::default() })
    }

    /// The unit of a row: that of its cell, or the last one where the row goes on with it.
    pub(super) fn of_row(&mut self, row: usize, line: &Line) -> Option<Unit> {
        let scan = self.scan;
        let cell = self.table.grid.at(row, self.column).filter(|c| c.columns == 1);
        let text = cell.map(|c| scan.work.words(c.tokens.clone()));
        let ditto = text.is_some_and(|t| scan.work.patterns.tables.ditto.iter().any(|d| d == t));
        if let (Some(cell), Some(text)) = (cell.filter(|c| !ditto && c.form != Form::Void), text) {
            let read = || unit::of_cell(scan, &cell.tokens);
            let unit = self.known.entry(text.to_string()).or_insert_with(read).clone();
            self.last = unit.clone().map(|u| (row, u));
            return unit;
        }
        let parent = line.above.first().and_then(|&p| self.table.kinds.get(p));
        let child = line.said.part || parent == Some(&RowKind::Data);
        let near = self.last.as_ref().filter(|(at, _)| row - at <= DITTO_ROWS);
        near.filter(|_| ditto || child || self.sparse).map(|(_, u)| u.clone())
    }
}
