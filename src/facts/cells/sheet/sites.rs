//! Stage 5, cells: where a row stands, as its cell under "Địa điểm" says.
//!
//! "Huyện Cao Lộc" there is the place of the row, and of the rows below it without number and place.

use std::sync::Arc;

use super::{Col, Sheet};
use crate::claim::indicator::Scan;
use crate::facts::cells::place::{self, Home};
use crate::patterns::tables::says;
use crate::record::Place;
use crate::structure::table::{Class, RowKind};

impl Sheet<'_> {
    /// Gives the rows the place of their cell in the column of places.
    pub(super) fn find_sites(&mut self, scan: &Scan<'_, '_>, home: &Home) {
        let Some(column) = self.site_column(scan) else { return };
        let index = self.table.column_of(Class::Index);
        let mut last: Option<Arc<Place>> = None;
        for (row, line) in self.rows.iter_mut().enumerate().filter(|(_, l)| l.kind == RowKind::Data) {
            let cell =
                |c: usize| self.table.grid.at(row, c).filter(|c| c.form.is_text() || c.form.is_figure());
            let goes_on = index.is_some_and(|i| cell(i).is_none());
            last = match cell(column) {
                Some(cell) => {
                    let label = scan.work.words(cell.tokens.clone());
                    place::of_label(&scan.work.patterns.places, home, label, true).map(Arc::new)
                }
                None => last.filter(|_| goes_on),
            };
            line.site.clone_from(&last);
        }
    }

    /// The column that says where the rows stand.
    fn site_column(&self, scan: &Scan<'_, '_>) -> Option<usize> {
        let sites = &scan.work.patterns.tables.sites;
        let label = self.table.labels().next();
        // "Huyện, thị xã" over a column beside the names of the rows.
        let places = |c: &Col| {
            matches!(c.class, Class::Label | Class::Text) && c.path.iter().any(|p| p.has(says::PLACES))
        };
        self.columns.iter().enumerate().position(|(n, c)| {
            c.path.last().is_some_and(|p| sites.contains(&p.text.to_lowercase()))
                || label != Some(n) && places(c)
        })
    }
}
