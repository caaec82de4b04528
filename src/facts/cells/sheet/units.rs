//! Stage 5, cells: units that no heading says: from the note over the table, and from the column of units.
//!
//! "Đơn vị tính: diện tích: ha; năng suất: tạ/ha"; "Triệu đồng", then ditto marks or empty cells below it for the rows that
//! are parts of the one above.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::{Line, Sheet};
use crate::claim::indicator::Scan;
use crate::facts::cells::unit::{self, Unit};
use crate::structure::table::{Class, Form, RowKind, Table};

/// How many rows above may lend their unit to a ditto mark.
const DITTO_ROWS: usize = 60;

impl Sheet<'_> {
    /// Gives the units of the note over the table to the columns and rows of their names, where no heading has one.
    pub(super) fn find_units(&mut self) {
        let units = std::mem::take(&mut self.caption.units);
        if units.is_empty() {
            return;
        }
        for col in self.columns.iter_mut().filter(|c| c.unit.is_none()) {
            col.unit = col.path.iter().rev().find_map(|p| of(&units, &p.text));
        }
        for line in self.rows.iter_mut().filter(|l| l.unit.is_none() && l.said.unit.is_none()) {
            line.unit = of(&units, &line.said.text);
        }
    }
}

/// The unit of the longest name that a heading begins with.
fn of(units: &[(String, Unit)], heading: &SmolStr) -> Option<Unit> {
    let text = heading.to_lowercase();
    let begins =
        |name: &str| text.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let named = units.iter().filter(|(name, _)| begins(name));
    named.max_by_key(|(name, _)| name.len()).map(|u| u.1.clone())
}

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
