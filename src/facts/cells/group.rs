//! Stage 5, cells: rows in groups: a first column that names several rows at once, by a cell over them or by one whose
//! places below are empty.
//!
//! "Tuổi" over "Dưới 20", "20 đến 60"; "Huyện A Lưới" before "Xã Hồng Vân", "Xã Hồng Kim".

use std::sync::Arc;

use super::heading::Reader;
use super::sheet::Line;
use crate::structure::table::{Cell, Form, RowKind, Table};

/// Fewest rows that show a group.
const FEWEST_ROWS: usize = 3;

/// The columns of the groups and of the names in them.
pub(super) fn columns(table: &Table) -> Option<(usize, usize)> {
    let mut labels = table.labels();
    let (groups, names) = (labels.next()?, labels.next()?);
    let data: Vec<usize> =
        (table.heads..table.grid.height()).filter(|&r| table.kinds.get(r) == Some(&RowKind::Data)).collect();
    let begins = |row: usize| own(table, row, groups).is_some_and(|c| c.row == row);
    let named = |row: usize| own(table, row, names).is_some_and(|c| c.row == row);
    let (all, begun) = (data.len(), data.iter().filter(|&&r| begins(r)).count());
    let inner = data.iter().filter(|&&r| named(r)).count();
    // A row of a group without a name of its own is their sum.
    let sums = data.iter().filter(|&&r| begins(r) && !named(r)).count();
    let first = data.first().is_some_and(|&r| begins(r));
    (all >= FEWEST_ROWS && first && begun * 3 <= all * 2 && inner + sums >= all && inner * 2 > all)
        .then_some((groups, names))
}

/// The cell of a row in a column that holds text.
fn own(table: &Table, row: usize, column: usize) -> Option<&Cell> {
    table.grid.at(row, column).filter(|c| c.columns == 1 && !matches!(c.form, Form::Void | Form::Empty))
}

/// Gives the rows of groups their own names, each under its group.
pub(super) fn find(reader: &Reader<'_, '_, '_>, table: &Table, lines: &mut Vec<Line>) {
    let Some((groups, names)) = columns(table) else { return };
    let mut group: Option<usize> = None;
    for row in table.heads..table.grid.height() {
        let kind = table.kinds.get(row).copied().unwrap_or_default();
        if kind != RowKind::Data {
            group = group.filter(|_| matches!(kind, RowKind::Repeat | RowKind::Empty | RowKind::Numbering));
            continue;
        }
        let begun = own(table, row, groups).filter(|c| c.row == row);
        let Some(name) = own(table, row, names) else {
            // The sum of its group.
            group = begun.map(|_| row);
            continue;
        };
        if let Some(cell) = begun {
            let said = Arc::new(reader.read(&cell.tokens, true));
            let above = lines.get(row).map(|l| l.above.clone()).unwrap_or_default();
            let above =
                above.into_iter().filter(|&r| table.kinds.get(r) == Some(&RowKind::Section)).collect();
            group = Some(lines.len());
            lines.push(Line { said, kind: RowKind::Section, above, group: true, ..Line::default() });
        }
        let said = Arc::new(reader.read(&name.tokens, true));
        let outer = group.and_then(|g| lines.get(g)).map(|g| g.above.clone()).unwrap_or_default();
        if let Some(line) = lines.get_mut(row) {
            line.said = said;
            line.above = group.into_iter().chain(outer).collect();
        }
    }
}
