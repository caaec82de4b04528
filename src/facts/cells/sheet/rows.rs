//! Stage 5, cells: the rows of a table with their labels read, the rows they stand under, and their units.
//!
//! "1. Thu nội địa" under "I. Thu ngân sách", "Triệu đồng" in the column of units.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::{SmolStr, format_smolstr};

use super::Line;
use super::units::UnitColumn;
use crate::facts::cells::heading::{Reader, Said};
use crate::facts::cells::unit::Unit;
use crate::facts::cells::{english, group};
use crate::structure::table::{Cell, Form, RowKind, Table};

/// Rows are nested no deeper.
const DEEPEST: usize = 9;

/// Reads the rows; what stands over the labels completes those that are numbers.
pub(super) fn read(reader: &Reader<'_, '_, '_>, table: &Table, corner: &Said) -> Vec<Line> {
    let mut labels = Labels { reader, corner, read: FxHashMap::default() };
    let mut units = UnitColumn::of(reader.scan, table);
    let mut lines: Vec<Line> = Vec::with_capacity(table.grid.height());
    for row in 0..table.grid.height() {
        let kind = table.kinds.get(row).copied().unwrap_or_default();
        let mut line = Line { kind, ..Line::default() };
        if row >= table.heads && !matches!(kind, RowKind::Repeat | RowKind::Numbering | RowKind::Empty) {
            let label = table.label(row).or_else(|| table.grid.row(row).find(|c| c.form.is_text()));
            line.said = label.map(|cell| labels.read(cell)).unwrap_or_default();
            line.above = above(table, row);
            line.unit = units.as_mut().and_then(|u| u.of_row(row, &line));
        }
        lines.push(line);
    }
    group::find(reader, table, &mut lines);
    name_wholes(&mut lines);
    mark_repeated(&mut lines);
    lines
}

/// The labels of rows, each read once.
struct Labels<'l, 'r, 'w, 'a> {
    reader: &'l Reader<'r, 'w, 'a>,
    /// What stands over them.
    corner: &'l Said,
    /// Those read, by the first token of their cell.
    read: FxHashMap<usize, Arc<Said>>,
}

impl Labels<'_, '_, '_, '_> {
    fn read(&mut self, cell: &Cell) -> Arc<Said> {
        if let Some(said) = self.read.get(&cell.tokens.start) {
            return said.clone();
        }
        let mut said = self.reader.read(&cell.tokens, true);
        if matches!(cell.form, Form::Number | Form::Mark | Form::Code) {
            self.name_number(&mut said);
        }
        if !cell.tail.is_empty() {
            self.go_on(cell, &mut said);
        }
        let said = Arc::new(said);
        self.read.insert(cell.tokens.start, said.clone());
        said
    }

    /// A number as a label is one of what stands over it: "Khu vực 1".
    fn name_number(&self, said: &mut Said) {
        if !self.corner.text.is_empty() {
            said.text = format_smolstr!("{} {}", self.corner.text, said.text);
        }
        said.name = said.text.clone();
        said.unit = None;
        said.own = 1;
    }

    /// A label that goes on in another cell, unless that says it in English.
    fn go_on(&self, cell: &Cell, said: &mut Said) {
        let (scan, tail) = (self.reader.scan, &cell.tail);
        let more = self.reader.read(tail, false);
        let foreign = || english::native_end(scan, tail) != tail.end || english::is_english(scan, tail);
        if !more.text.is_empty() && !foreign() {
            said.text = format_smolstr!("{} {}", said.text, more.text);
            said.name = format_smolstr!("{} {}", said.name, more.name);
        }
    }
}

/// The rows that a row stands under, nearest first.
fn above(table: &Table, row: usize) -> Vec<usize> {
    let parent = |row: usize| table.parents.get(row).copied().flatten();
    std::iter::successors(parent(row), |&above| parent(above)).take(DEEPEST).collect()
}

/// "II. Dịch vụ" over its parts is a name, though services are counted too.
fn name_wholes(lines: &mut [Line]) {
    let over: FxHashSet<usize> = lines.iter().flat_map(|l| l.above.iter().copied()).collect();
    for (_, line) in lines.iter_mut().enumerate().filter(|(row, _)| over.contains(row)) {
        if line.said.only_unit && line.said.unit.as_ref().is_some_and(Unit::is_count) {
            let said = Arc::make_mut(&mut line.said);
            (said.only_unit, said.unit) = (false, None);
            said.own = said.own.max(1);
        }
    }
}

/// Marks the rows whose labels several rows have.
fn mark_repeated(lines: &mut [Line]) {
    let mut counts: FxHashMap<SmolStr, usize> = FxHashMap::default();
    for line in lines.iter().filter(|l| !l.said.name.is_empty()) {
        *counts.entry(line.said.name.clone()).or_insert(0) += 1;
    }
    for line in lines.iter_mut() {
        line.repeated = counts.get(&line.said.name).is_some_and(|&n| n > 1);
    }
}
