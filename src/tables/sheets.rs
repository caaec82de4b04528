//! Records to the tables that their documents hold: `baocao export --what tables`.
//!
//! In: a record. Out: a [`Sheet`] for each of its tables, with the cells that measure something where they stand: what is
//! written and, beside it, the value and its unit ("1.204,5" under "2020 (nghìn tấn)" is 1204500 tấn).

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::flat::Cell;
use crate::record::{Indicator, Record};

/// Between the headings of a path.
const PATH: &str = " / ";
/// Between the items of a cell that holds several.
const ITEMS: &str = "; ";

/// One table of a document.
#[derive(Debug)]
pub struct Sheet<'r> {
    /// Which of the document, from 1.
    pub number: u32,
    /// What stands over it.
    pub caption: Option<&'r str>,
    cells: BTreeMap<[u32; 2], Vec<&'r Indicator>>,
}

/// The tables of a record that measure something, in order.
pub fn of(record: &Record) -> Vec<Sheet<'_>> {
    let mut sheets: BTreeMap<u32, Sheet<'_>> = BTreeMap::new();
    for item in &record.indicators {
        let Some(cell) = item.table.as_ref().filter(|c| c.number > 0) else { continue };
        let caption = cell.caption.as_deref();
        let new = Sheet { number: cell.number, caption, cells: BTreeMap::new() };
        let sheet = sheets.entry(cell.number).or_insert(new);
        sheet.cells.entry(cell.position).or_default().push(item);
    }
    sheets.into_values().collect()
}

impl<'r> Sheet<'r> {
    /// The names of its columns: headings of the rows, then for each column what is written, the value and the unit.
    pub fn head(&self) -> Vec<Cell<'static>> {
        let mut out = vec![Cell::Made("row".into())];
        for (column, path) in self.columns() {
            let name = if path.is_empty() { format!("column {column}") } else { path.join(PATH) };
            out.extend([name.clone(), format!("{name} [value]"), format!("{name} [unit]")].map(Cell::Made));
        }
        out
    }

    /// Its rows from top to bottom.
    pub fn rows(&self) -> Vec<Vec<Cell<'r>>> {
        let columns: Vec<u32> = self.columns().into_keys().collect();
        let mut rows: BTreeMap<u32, &[SmolStr]> = BTreeMap::new();
        for (&[row, _], items) in &self.cells {
            let path = items.iter().find_map(|i| i.table.as_ref()).map_or(&[][..], |c| &*c.rows);
            rows.entry(row).or_insert(path);
        }
        let row = |(row, path): (u32, &[SmolStr])| {
            let cells = columns.iter().flat_map(|&column| self.cell([row, column]));
            std::iter::once(Cell::Made(path.join(PATH))).chain(cells).collect()
        };
        rows.into_iter().map(row).collect()
    }

    /// Its columns with the headings of each, outer first.
    fn columns(&self) -> BTreeMap<u32, &'r [SmolStr]> {
        let mut out: BTreeMap<u32, &'r [SmolStr]> = BTreeMap::new();
        for (&[_, column], items) in &self.cells {
            let path = items.iter().find_map(|i| i.table.as_ref()).map_or(&[][..], |c| &*c.columns);
            out.entry(column).or_insert(path);
        }
        out
    }

    /// What is written in a cell, its value, its unit; nothing where it measures nothing.
    fn cell(&self, position: [u32; 2]) -> [Cell<'r>; 3] {
        match self.cells.get(&position).map(Vec::as_slice) {
            None | Some([]) => [Cell::Null, Cell::Null, Cell::Null],
            Some([item]) => [Cell::Text(&item.text), value(item), Cell::from(&item.unit)],
            Some(items) => {
                let written: Vec<&str> = items.iter().map(|i| i.text.as_str()).collect();
                let values: Vec<String> = items.iter().map(|i| said(i)).collect();
                let units: Vec<&str> = items.iter().map(|i| i.unit.as_deref().unwrap_or("")).collect();
                let units = if units.windows(2).all(|w| w.first() == w.last()) {
                    units.first().copied().unwrap_or("").to_owned()
                } else {
                    units.join(ITEMS)
                };
                [Cell::Made(written.join(ITEMS)), Cell::Made(values.join(ITEMS)), Cell::Made(units)]
            }
        }
    }
}

/// The value as a number; of a ratio its two numbers.
fn value<'r>(item: &Indicator) -> Cell<'r> {
    match item.value {
        Some(value) => Cell::Decimal(value),
        None => Cell::Made(said(item)),
    }
}

fn said(item: &Indicator) -> String {
    match (item.value, item.numerator, item.denominator) {
        (Some(value), ..) => value.to_string(),
        (None, Some(a), Some(b)) => format!("{a}/{b}"),
        _ => String::new(),
    }
}
