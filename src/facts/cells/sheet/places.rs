//! Stage 5, cells: which rows of a table are places or bodies, where the others stand, and the place that its caption names.
//!
//! "Huyện Lập Thạch", "Vĩnh Yên" among other districts, "Tà Rụt" under "Xã, thị trấn"; "Huyện Cao Lộc" under "Địa điểm".

use std::sync::Arc;

use super::{Col, Line, Sheet};
use crate::claim::indicator::Scan;
use crate::facts::cells::place::{self, Home};
use crate::patterns::tables::says;
use crate::record::Place;
use crate::structure::table::{Class, RowKind};

/// So many rows tell whether most are places.
const SAMPLE: usize = 80;

impl Sheet<'_> {
    /// Finds the rows that are places; names without their kind where most names are places.
    pub(super) fn find_places(&mut self, scan: &Scan<'_, '_>, home: &Home) {
        let places = &scan.work.patterns.places;
        let heads = &scan.work.patterns.frames.commune_heads;
        let communes = heads.contains(&self.corner.text.to_lowercase());
        let is_row = |l: &Line| matches!(l.kind, RowKind::Data | RowKind::Section | RowKind::Total);
        let named = |l: &Line| if is_row(l) { place::named_by(places, home, &l.said.text) } else { None };
        let labels: Vec<Option<(Place, bool)>> = self.rows.iter().map(named).collect();
        let (all, named) = self.count_places(&labels);
        let bare = self.corner.has(says::PLACES) || named * 2 > all && all > 1;
        let mut bodies = 0;
        for (line, label) in self.rows.iter_mut().zip(labels) {
            if !is_row(line) {
                continue;
            }
            let data = line.kind == RowKind::Data;
            let found =
                label.filter(|(_, typed)| *typed || bare && !(communes && data)).map(|(place, _)| place);
            let bare_commune = || place::commune(home, &line.said.text).filter(|_| communes && data);
            let named = || place::bare_district(places, home, &line.said.text).filter(|_| bare);
            let found = found.or_else(bare_commune).or_else(named);
            let said = Arc::make_mut(&mut line.said);
            if said.is_country() {
                said.place = Some(Arc::new(place::country()));
            } else if let Some(place) = found {
                said.place = Some(Arc::new(place));
            }
            bodies += usize::from(data && (said.place.is_some() || said.body));
        }
        self.bodies = bodies * 2 > all;
    }

    /// How many of the first rows are of data, and how many of those are named after a place: `labels`.
    fn count_places(&self, labels: &[Option<(Place, bool)>]) -> (usize, usize) {
        let labelled = |(l, _): &(&Line, _)| {
            matches!(l.kind, RowKind::Data | RowKind::Section) && !l.said.text.is_empty()
        };
        let sample = self.rows.iter().zip(labels).filter(labelled).take(SAMPLE);
        sample
            .filter(|(l, _)| l.kind == RowKind::Data)
            .fold((0, 0), |(all, named), (_, label)| (all + 1, named + usize::from(label.is_some())))
    }

    /// Gives the rows the place of their cell in the column of places: "Huyện Cao Lộc" is that of its row, and of the rows
    /// below it without number and place.
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

/// A place that a caption names with its kind: "V. UBND thành phố Đà Nẵng".
pub(super) fn mentioned_in(scan: &Scan<'_, '_>, home: &Home, text: &str) -> Option<Place> {
    let places = &scan.work.patterns.places;
    let mentions = places.mentions(text, home.date.as_deref());
    let typed: Vec<_> = mentions.iter().filter(|m| m.kind.is_some()).collect();
    let [only] = typed.as_slice() else { return None };
    // The kind stands before the name.
    let from = text.get(..only.range.start)?.trim_end();
    let kind: Vec<&str> = from.split_whitespace().rev().take(2).collect();
    let kind: Vec<&str> = kind.into_iter().rev().collect();
    let name = text.get(only.range.clone())?;
    let last = kind.last()?;
    [format!("{} {name}", kind.join(" ")), format!("{last} {name}")]
        .iter()
        .find_map(|t| place::of_label(places, home, t, false))
}
