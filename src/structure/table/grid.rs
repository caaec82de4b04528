//! Stage 3, tables: cells on a grid, with those that reach down from above.
//!
//! In: the rows a reader gives. Out: which cell covers a row and column. Short rows of a text dump are put under the
//! columns they belong to: "Tổng | 12 | 9" under "TT | Vùng | Năm 2020 | Năm 2021" begins at the second.

use std::ops::Range;

use super::Source;
use super::form::{self, Form};
use crate::reader;

/// How many slots spanning cells may fill, beyond four for each cell.
const FREE_SLOTS: usize = 10_000;

/// One cell.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// Where its text stands, in shadow bytes.
    pub bytes: Range<usize>,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Tokens of its text that stand apart.
    pub tail: Range<usize>,
    /// First row and column, from 0.
    pub row: usize,
    /// First column.
    pub column: usize,
    /// Columns it covers.
    pub columns: usize,
    /// Rows it covers.
    pub rows: usize,
    /// What it holds.
    pub form: Form,
}

/// Where a row has which cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    pub(super) column: usize,
    pub(super) columns: usize,
    pub(super) cell: usize,
    /// It reaches down from a row above.
    pub(super) carried: bool,
}

/// Cells on a grid.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    /// All cells that hold something, row by row.
    pub cells: Vec<Cell>,
    pub(super) rows: Vec<Vec<Slot>>,
    /// Number of columns.
    pub width: usize,
}

impl Grid {
    /// The grid of a table as read.
    pub(super) fn new(source: &Source<'_>, table: &reader::Table) -> Self {
        let mut grid = Self::default();
        // Cells that reach further down: index, last row.
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut spare = FREE_SLOTS + 4 * table.rows.iter().map(|r| r.cells.len()).sum::<usize>();
        for (row, read) in table.rows.iter().enumerate() {
            let mut slots = Vec::with_capacity(read.cells.len());
            for cell in &read.cells {
                let tokens = source.tokens_in(&cell.range);
                let columns = cell.columns.max(1);
                grid.width = grid.width.max(cell.column + columns);
                if tokens.is_empty() {
                    continue;
                }
                let form = form::of(source, &tokens);
                let tail = source.tokens_in(&cell.tail);
                let rows = cell.rows.max(1);
                if rows > 1 {
                    open.push((grid.cells.len(), row + rows));
                }
                slots.push(Slot { column: cell.column, columns, cell: grid.cells.len(), carried: false });
                grid.cells.push(Cell {
                    bytes: cell.range.clone(),
                    tokens,
                    tail,
                    row,
                    column: cell.column,
                    columns,
                    rows,
                    form,
                });
            }
            open.retain(|o| o.1 > row);
            for &(index, _) in &open {
                let Some(cell) = grid.cells.get(index).filter(|c| c.row < row && spare > 0) else { continue };
                let (from, to) = (cell.column, cell.column + cell.columns);
                if !slots.iter().any(|s| s.column < to && from < s.column + s.columns) {
                    spare -= 1;
                    slots.push(Slot { column: from, columns: cell.columns, cell: index, carried: true });
                }
            }
            slots.sort_by_key(|s| s.column);
            grid.rows.push(slots);
        }
        grid
    }

    /// How many rows it has.
    pub fn height(&self) -> usize {
        self.rows.len()
    }

    /// The cell that covers a row and column.
    pub fn at(&self, row: usize, column: usize) -> Option<&Cell> {
        let slots = self.rows.get(row)?;
        let next = slots.partition_point(|s| s.column <= column);
        let slot = slots.get(next.checked_sub(1)?).filter(|s| column < s.column + s.columns)?;
        self.cells.get(slot.cell)
    }

    /// The filled cells that begin in a row.
    pub fn row(&self, row: usize) -> impl Iterator<Item = &Cell> {
        let slots = self.rows.get(row).map_or(&[] as &[Slot], Vec::as_slice);
        slots.iter().filter(|s| !s.carried).filter_map(|s| self.cells.get(s.cell))
    }

    /// Moves the cells of a row some columns to the right.
    pub(super) fn shift(&mut self, row: usize, by: usize) {
        let Some(slots) = self.rows.get_mut(row) else { return };
        for slot in slots.iter_mut().filter(|s| !s.carried) {
            slot.column += by;
            if let Some(cell) = self.cells.get_mut(slot.cell) {
                cell.column += by;
            }
        }
        slots.sort_by_key(|s| s.column);
    }
}
