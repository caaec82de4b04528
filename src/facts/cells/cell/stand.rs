//! Stage 5, cells: where a cell stands in its table, and the place that its headings name.

use smol_str::SmolStr;

use super::CellReader;
use crate::record::{Basis, Place, TableCell};
use crate::structure::table::Cell;

/// Longest heading that the records of its cells carry, in characters.
const LONGEST_HEADING: usize = 240;

impl CellReader<'_, '_, '_> {
    /// The administrative unit that row, section, column or caption names.
    pub(super) fn place(&self, cell: &Cell) -> Option<Place> {
        let line = self.line(cell)?;
        let above = || self.sheet.above(line).find_map(|l| l.said.place.as_ref());
        let col = || self.col(cell).and_then(|c| c.place.as_ref());
        let own = line.said.place.as_ref().or(line.site.as_ref()).or_else(above).or_else(col);
        let of_caption = || {
            let caption = self.sheet.caption.place.as_ref()?;
            Some(Place { basis: Basis::Section, ..(**caption).clone() })
        };
        own.map(|p| (**p).clone()).or_else(of_caption)
    }

    /// Where the cell stands.
    pub(super) fn at(&self, cell: &Cell) -> TableCell {
        let sheet = self.sheet;
        let mut rows: Vec<SmolStr> = Vec::new();
        if let Some(line) = self.line(cell) {
            rows.extend(sheet.above(line).rev().map(|l| l.said.text.clone()));
            rows.push(line.said.text.clone());
        }
        rows.retain(|t| !t.is_empty());
        let columns = self.col(cell).map(|c| c.path.iter().map(|p| p.text.clone()).collect());
        let mut columns: Vec<SmolStr> = columns.unwrap_or_default();
        rows.iter_mut().chain(&mut columns).for_each(clip);
        let place = |n: usize| u32::try_from(n + 1).unwrap_or(u32::MAX);
        TableCell {
            caption: sheet.caption.text.clone(),
            row: rows.last().cloned(),
            column: (!columns.is_empty()).then(|| columns.join(" ").into()),
            rows,
            columns,
            number: self.number,
            position: [place(cell.row), place(cell.column)],
        }
    }
}

/// Cuts a heading that every cell below it repeats.
pub(super) fn clip(heading: &mut SmolStr) {
    if heading.len() > LONGEST_HEADING
        && let Some((end, _)) = heading.char_indices().nth(LONGEST_HEADING)
    {
        *heading = format!("{}…", heading.get(..end).unwrap_or_default().trim_end()).into();
    }
}
