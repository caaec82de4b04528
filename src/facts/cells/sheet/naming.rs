//! Stage 5, cells: which side of a table names what is measured.

use super::{Naming, Sheet};
use crate::structure::table::{Class, RowKind};

impl Sheet<'_> {
    /// The side that names, by what the headings of all sides hold; the first rule that fits decides.
    pub(super) fn naming_side(&self) -> Naming {
        let figures = || self.columns.iter().filter(|c| c.class == Class::Quantity);
        let data = || self.rows.iter().filter(|l| l.kind == RowKind::Data);
        let all = data().count();
        let heads = data().filter(|l| l.said.head || l.said.unit.is_some() && !l.said.only_unit).count();
        let times = data().filter(|l| l.said.when.is_some() && l.said.own == 0).count();
        let (units, measures) = (self.table.column_of(Class::Unit).is_some(), heads * 2 > all);
        // No column says what is measured, only when, as what and whose.
        let open = figures().all(|c| c.dim || c.scope.is_some());
        let told = figures()
            .any(|c| c.strong && (c.unit.is_some() || c.counts.is_some() || c.path.iter().any(|p| p.head)));
        let corner = self.corner_measure().is_some();
        let over = corner || self.caption.measure.is_some() || self.section_measure();
        match () {
            // Each row has a unit of its own.
            () if units => Naming::Rows,
            // "Năm 2019", "Năm 2020" down the side.
            () if times * 2 > all => Naming::Columns,
            () if open && (self.bodies || corner) => Naming::Caption,
            () if open && measures => Naming::Rows,
            () if open && over => Naming::Caption,
            () if open => Naming::Rows,
            () if measures && !told && !self.bodies => Naming::Rows,
            () => Naming::Columns,
        }
    }

    /// A row over others names a measure.
    fn section_measure(&self) -> bool {
        self.rows.iter().any(|l| l.kind == RowKind::Section && l.said.head)
    }
}
