//! Stage 5, cells: where a cell stands in its table, and the place that its headings name.

use std::sync::Arc;

use smol_str::SmolStr;

use super::CellReader;
use crate::facts::cells::sheet::{Col, Line};
use crate::record::{Basis, Place, TableCell};
use crate::structure::table::Cell;

/// Longest heading that the records of its cells carry, in characters.
const LONGEST_HEADING: usize = 240;

impl CellReader<'_, '_, '_> {
    /// The administrative unit that row, section, column or caption names.
    pub(super) fn place(&self, cell: &Cell) -> Option<Arc<Place>> {
        let line = self.line(cell)?;
        let above = || self.sheet.above(line).find_map(|l| l.said.place.as_ref());
        let col = || self.col(cell).and_then(|c| c.place.as_ref());
        let own = line.said.place.as_ref().or(line.site.as_ref()).or_else(above).or_else(col);
        let of_caption = || {
            let caption = self.sheet.caption.place.as_ref()?;
            Some(Arc::new(Place { basis: Basis::Section, ..(**caption).clone() }))
        };
        own.cloned().or_else(of_caption)
    }

    /// The labels of the rows over a row and its own, outer before inner.
    fn over_row(&self, line: &Line) -> Arc<[SmolStr]> {
        let above = self.sheet.above(line).rev().chain([line]).map(|l| &l.said.text);
        above.filter(|text| !text.is_empty()).map(clipped).collect()
    }

    /// Where the cell stands.
    pub(super) fn at(&self, cell: &Cell) -> TableCell {
        let sheet = self.sheet;
        let rows = self.line(cell).map(|line| Arc::clone(line.headings.get_or_init(|| self.over_row(line))));
        let rows = rows.unwrap_or_default();
        let col = self.col(cell).map(|col| col.headings.get_or_init(|| over_column(col)).clone());
        let (columns, column) = col.unwrap_or_default();
        let place = |n: usize| u32::try_from(n + 1).unwrap_or(u32::MAX);
        TableCell {
            caption: sheet.caption.text.clone(),
            row: rows.last().cloned(),
            column,
            rows,
            columns,
            number: self.number,
            position: [place(cell.row), place(cell.column)],
        }
    }
}

/// The headings of a column, outer before inner, and all of them on one line.
fn over_column(col: &Col) -> (Arc<[SmolStr]>, Option<SmolStr>) {
    let columns: Vec<SmolStr> = col.path.iter().map(|p| clipped(&p.text)).collect();
    let column = (!columns.is_empty()).then(|| columns.join(" ").into());
    (columns.into(), column)
}

/// A heading of which a long end is cut.
fn clipped(heading: &SmolStr) -> SmolStr {
    let mut heading = heading.clone();
    clip(&mut heading);
    heading
}

/// Cuts a heading that every cell below it repeats.
pub(super) fn clip(heading: &mut SmolStr) {
    if heading.len() > LONGEST_HEADING
        && let Some((end, _)) = heading.char_indices().nth(LONGEST_HEADING)
    {
        *heading = format!("{}…", heading.get(..end).unwrap_or_default().trim_end()).into();
    }
}
