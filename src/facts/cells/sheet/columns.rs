//! Stage 5, cells: the columns of a table with their headings read.
//!
//! "Năm 2023" over "Diện tích (ha)" is "Diện tích" in hectares, of 2023.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::Col;
use crate::claim::indicator::Role;
use crate::facts::cells::heading::{Reader, Said};
use crate::facts::cells::unit::Unit;
use crate::facts::cells::{name, place};
use crate::patterns::tables::says;
use crate::record::Place;
use crate::structure::table::{Class, Table};

/// The columns with their headings read.
pub(super) fn read(
    reader: &Reader<'_, '_, '_>,
    table: &Table,
    place: impl Fn(&str) -> Option<Place>,
) -> Vec<Col> {
    let mut read: FxHashMap<usize, Arc<Said>> = FxHashMap::default();
    let columns = table.columns.iter().enumerate().map(|(n, column)| {
        let mut path: Vec<Arc<Said>> = Vec::new();
        let mut extent = None;
        for cell in table.headings(n) {
            let said = read.entry(cell.tokens.start).or_insert_with(|| {
                let mut said = reader.read(&cell.tokens, false);
                said.place = place(&said.text).map(Arc::new);
                if said.is_country() {
                    said.place = Some(Arc::new(place::country()));
                }
                Arc::new(said)
            });
            // A heading cut over two rows is one heading.
            let same = extent.replace((cell.column, cell.columns)) == Some((cell.column, cell.columns));
            match path.pop() {
                Some(above) if same && cell.columns == 1 => path.push(Arc::new(above.with(said))),
                above => {
                    path.extend(above);
                    path.push(said.clone());
                }
            }
        }
        of_path(path, column.class)
    });
    columns.collect()
}

/// A column by its headings.
fn of_path(path: Vec<Arc<Said>>, class: Class) -> Col {
    let mut col = Col { class, role: role(&path), ..Col::default() };
    for said in &path {
        col.take(said);
    }
    if let (Some(when), Some(months)) = (&col.when, path.iter().find_map(|p| p.months)) {
        col.when = Some(when.months(months));
    }
    // A body under a heading of its own is a part of the name: "Cơ quan cấp phép" over "Bộ Công Thương".
    let headed = path.iter().rev().skip(1).any(|p| p.own > 0 && p.place.is_none());
    if headed && path.last().is_some_and(|p| p.body) {
        col.scope = None;
    }
    col.strong = path.iter().any(|p| p.own > 0 && p.place.is_none() && !p.only_unit && (!p.body || p.head));
    col.dim = !col.strong;
    col.name = column_name(&path, col.scope.is_some());
    col.path = path;
    col
}

impl Col {
    /// Takes what one of its headings says, outer before inner.
    fn take(&mut self, said: &Said) {
        self.says |= said.says;
        self.compares |= said.compares();
        self.take_time(said);
        self.take_unit(said);
        self.counts = said.counts.clone().or(self.counts.take());
        self.place = said.place.clone().or(self.place.take());
        if said.place.is_some() || said.body {
            self.scope = Some(said.text.clone());
        }
    }

    fn take_time(&mut self, said: &Said) {
        let Some(when) = &said.when else { return };
        let part = self.when.as_ref().and_then(|outer| outer.in_year_of(when));
        self.when = Some(if self.says & says::SCHOOL != 0 {
            when.school()
        } else {
            part.unwrap_or_else(|| when.clone())
        });
    }

    fn take_unit(&mut self, said: &Said) {
        let counted = said.only_unit && said.unit.as_ref().is_some_and(Unit::is_count);
        // "Tỷ lệ vốn (%)" over "Thành phố" and "Xã": levels, no units.
        let level = counted && self.unit.is_some();
        // "Kế hoạch" over figures says as what they stand there, though plans are counted too.
        let role = counted && said.has(says::TARGET | says::ACTUAL);
        if !level && !role {
            self.unit = said.unit.clone().or(self.unit.take());
        }
    }
}

/// What the headings of a column name; a body among them is no name where the column is that body's.
fn column_name(path: &[Arc<Said>], scoped: bool) -> Option<SmolStr> {
    let names = |p: &&Arc<Said>| {
        p.place.is_none()
            && !p.only_unit
            && (!p.body || !scoped)
            && !p.total()
            && (p.own > 0 || p.has(says::WEAK))
            && !p.name.is_empty()
    };
    let parts: Vec<&SmolStr> = path.iter().filter(names).map(|p| &p.name).collect();
    name::join(&parts, path.iter().any(|p| p.head))
}

/// The role that the headings of a column give.
fn role(path: &[Arc<Said>]) -> Option<Role> {
    let mut role = None;
    for said in path {
        let compared =
            said.first & says::COMPARE != 0 || said.has(says::COMPARE) && said.first & says::CHANGE != 0;
        let change = said.first & says::CHANGE != 0 && said.first & says::SPAN == 0;
        role = match () {
            () if compared && said.has(says::TARGET) => Some(Role::Actual),
            () if change || said.against || compared && said.earlier => Some(Role::Change),
            () if compared => Some(Role::Actual),
            () if said.has(says::ACTUAL | says::ESTIMATE)
                && !(said.has(says::TARGET) && said.first & says::TARGET != 0) =>
            {
                Some(Role::Actual)
            }
            () if said.has(says::TARGET) => Some(Role::Target),
            () if said.has(says::NORM) => role.or(Some(Role::Norm)),
            () => role,
        };
    }
    role
}
