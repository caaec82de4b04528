//! Stage 5, cells: the unit of a cell, from the side of the table that says it.
//!
//! "Triệu đồng" in the column of units, "Diện tích (ha)" over it, "Số học sinh" as its row, "ĐVT: tấn" over the table.

use smol_str::SmolStr;

use super::CellReader;
use crate::claim::indicator::Kind;
use crate::facts::cells::sheet::{Col, Line, Naming};
use crate::facts::cells::unit::Unit;
use crate::patterns::tables::says;
use crate::structure::table::{Cell, RowKind};

impl CellReader<'_, '_, '_> {
    /// The unit of a cell; the first side that says one has it.
    pub(super) fn unit(&self, cell: &Cell) -> Unit {
        let (Some(line), Some(col)) = (self.line(cell), self.col(cell)) else { return Unit::none() };
        let (sheet, said) = (self.sheet, &line.said);
        // The rows name what is measured, and with it what is counted.
        let rows_name = sheet.naming != Naming::Columns || !col.strong;
        let sections = || sheet.above(line).filter(|l| l.kind == RowKind::Section);
        self.ruling_unit(col)
            .or_else(|| self.row_unit(line, col))
            .or_else(|| col.unit.clone())
            .or_else(|| sections().find_map(|l| l.said.unit.clone()))
            .or_else(|| col.counts.clone())
            .or_else(|| said.counts.clone().filter(|_| rows_name))
            .or_else(|| share(line, col, rows_name))
            .or_else(|| self.corner_unit())
            .or_else(|| sheet.caption.unit.clone())
            .or_else(|| (said.first & says::SCORE != 0 && rows_name).then(|| Unit::score(self.scan)))
            .or_else(|| self.caption_counts(cell, col))
            .unwrap_or_else(Unit::none)
    }

    /// What a column says whatever its rows are: ranks, per cent, points.
    fn ruling_unit(&self, col: &Col) -> Option<Unit> {
        let last = |bits: u32| col.path.last().filter(|p| p.first & bits != 0);
        if col.says & says::RANK != 0 && last(says::RANK).is_some() {
            return Some(Unit::rank());
        }
        if let Some(unit) = col.unit.as_ref().filter(|u| u.is_percent()) {
            return Some(unit.clone());
        }
        if col.compares && col.says & says::SHARE != 0 && col.unit.is_none() {
            return Some(Unit::percent());
        }
        last(says::SCORE).filter(|p| p.counts.is_none()).map(|_| Unit::score(self.scan))
    }

    /// What a row says of all its cells: in the column of units, or in its label.
    fn row_unit(&self, line: &Line, col: &Col) -> Option<Unit> {
        if let Some(unit) = &line.unit {
            return Some(unit.clone());
        }
        let said = &line.said;
        if said.first & says::RANK != 0 {
            return Some(Unit::rank());
        }
        // "Tỉnh", "Huyện, xã" under "Kế hoạch (triệu đồng)" are levels.
        let named = self.sheet.naming != Naming::Columns && col.unit.is_none();
        said.unit.clone().filter(|_| !said.only_unit || named)
    }

    /// What stands over the labels: "Chỉ tiêu (ha)", "Số lớp học".
    fn corner_unit(&self) -> Option<Unit> {
        let corner = &self.sheet.corner;
        let bracketed = corner.unit.as_ref().filter(|_| !corner.only_unit);
        let measured = corner.counts.as_ref().filter(|_| self.sheet.corner_measure().is_some());
        bracketed.or(measured).cloned()
    }

    /// What the caption counts, where it names what the cell measures.
    fn caption_counts(&self, cell: &Cell, col: &Col) -> Option<Unit> {
        let sheet = self.sheet;
        let counts = sheet.caption.counts.as_ref()?;
        let names = !col.strong || sheet.naming == Naming::Caption || sheet.completes(cell.row, col);
        names.then(|| counts.clone())
    }
}

/// "Tỷ lệ", "Tỷ trọng" without a unit are per cent; "Tỷ lệ giáo viên/lớp" is so many of one for one of the other.
fn share(line: &Line, col: &Col, rows_name: bool) -> Option<Unit> {
    let said = &line.said;
    let row = (said.first & says::SHARE != 0 && rows_name).then_some(&said.name);
    let column = col.path.iter().rev().find(|p| p.first & says::SHARE != 0).map(|p| &p.name);
    let name = row.or(column)?;
    if !name.contains('/') {
        return Some(Unit::percent());
    }
    let of: SmolStr = name.split_whitespace().skip(2).collect::<Vec<_>>().join(" ").into();
    Some(Unit { kind: Kind::Measure, name: Some(of).filter(|u| !u.is_empty()), ..Unit::none() })
}
