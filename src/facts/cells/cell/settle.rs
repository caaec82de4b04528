//! Stage 5, cells: what row, column and caption say of a quantity: its name, scope, place, time and role.

use super::CellReader;
use super::stand::clip;
use crate::claim::indicator::{Bound, Found, Kind, Role, Why};
use crate::facts::cells::sheet::{Col, Line, Naming};
use crate::facts::cells::when::When;
use crate::patterns::tables::says;
use crate::record::Basis;
use crate::structure::table::Cell;

impl CellReader<'_, '_, '_> {
    /// Gives a quantity what its row, its column and the caption say.
    pub(super) fn settle(&self, cell: &Cell, mut found: Found) -> Found {
        let Some((line, col)) = self.line(cell).zip(self.col(cell)) else { return found };
        found.name = self.sheet.name(cell.row, cell.column);
        found.scope = self.sheet.scope(cell.row, cell.column);
        found.name.iter_mut().chain(&mut found.scope).for_each(clip);
        found.place = self.place(cell);
        let when = self.when(line, col);
        let (role, why) = self.role(line, col, when.as_ref().map(|w| &w.0), found.kind);
        found.role = role;
        found.why = self.why(found.scope.is_some(), why);
        found.when = when.map(|(w, basis)| w.period(basis));
        let estimate = col.says & says::ESTIMATE != 0 && !col.compares && role == Role::Actual;
        if estimate && found.bound == Bound::Exact {
            found.bound = Bound::About;
        }
        if found.kind == Kind::Rank {
            found.unit = None;
        }
        found.cell = Some(self.at(cell));
        found.settled = true;
        found
    }

    /// When a cell's figure is of: the time of its row and column, of a row above, of the caption, of the plan's neighbour.
    fn when(&self, line: &Line, col: &Col) -> Option<(When, Basis)> {
        let sheet = self.sheet;
        let says = sheet.caption.says | sheet.corner.says | col.says;
        let school = |w: &When| if says & says::SCHOOL != 0 { w.school() } else { w.clone() };
        let section = || sheet.above(line).find_map(|l| l.said.when.as_ref());
        let outer = || section().or(sheet.caption.when.as_ref()).map(school);
        narrower(line.said.when.as_ref(), col.when.as_ref())
            .map(|w| (school(w), Basis::Text))
            .or_else(|| outer().or_else(|| sheet.planned_year(col)).map(|w| (w, Basis::Section)))
    }

    /// The side that named, and why the role.
    fn why(&self, scoped: bool, role: &'static str) -> Why {
        let name = match self.sheet.naming {
            Naming::Columns => "cell.column",
            Naming::Rows => "cell.row",
            Naming::Caption => "cell.caption",
        };
        Why { name, scope: if scoped { "cell.row" } else { "" }, role, ..Why::default() }
    }
}

/// The narrower of two times, of the row and of the column.
fn narrower<'w>(row: Option<&'w When>, column: Option<&'w When>) -> Option<&'w When> {
    match (row, column) {
        (Some(a), Some(b)) if a.start >= b.start && a.end <= b.end => Some(a),
        (_, Some(b)) => Some(b),
        (a, None) => a,
    }
}
