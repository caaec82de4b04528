//! Across documents: records come in, rows of indicators side by side go out.
//!
//! ```text
//! records ─ row (one per indicator, place, period, role) ─ filter ─ merge (sums, on request) ─ sort ─ pivot ─> output
//! ```
//! Nothing is chosen silently: several values of one place and period all stay, each with document, page and sentence.

pub mod filter;
pub mod graph;
pub mod merge;
pub mod period;
pub mod pivot;
pub mod row;
pub mod share;
pub mod unmatched;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::patterns::Patterns;
use crate::patterns::catalogue::Catalogue;
use crate::record::{Indicator, Metadata, Record, Section};
use row::Row;

/// The part of a record that comparing needs; the rest is passed over unread.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Document {
    /// Schema of the record; empty counts as that of older versions.
    #[serde(default)]
    pub schema: String,
    /// Id of the record.
    pub id: String,
    /// The file.
    pub source: Path,
    /// The document's identity.
    pub metadata: Metadata,
    /// Its outline: of what a name is that says little, a heading may tell.
    #[serde(default)]
    pub sections: Vec<Section>,
    /// Its indicators.
    pub indicators: Vec<Indicator>,
}

/// The part of the source that comparing needs.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Path {
    /// Path of the file.
    pub path: String,
}

impl Document {
    /// Keeps what rows are made of: what `compare --partial` writes.
    pub fn slim(&mut self) {
        self.indicators.retain(|i| i.indicator.is_some());
        let m = &mut self.metadata;
        (m.signers, m.recipients, m.addressees, m.evidence) = Default::default();
    }
}

/// The paths of every content, of which the first counts.
#[derive(Debug, Default)]
pub struct Copies(BTreeMap<String, Vec<String>>);

impl Copies {
    /// Whether a content is new; its path is remembered. A record without an id is always new.
    pub fn is_first(&mut self, id: &str, path: &str) -> bool {
        let paths = self.0.entry(id.to_owned()).or_default();
        paths.push(path.to_owned());
        paths.len() == 1 || id.is_empty()
    }

    /// How many documents had the content of an earlier one.
    pub fn count(&self) -> usize {
        self.0.iter().filter(|(id, _)| !id.is_empty()).map(|(_, paths)| paths.len() - 1).sum()
    }

    /// Writes the other paths into the sources of the rows.
    pub fn note(&self, rows: &mut [Row]) {
        let mut noted: BTreeMap<&str, Arc<row::Origin>> = BTreeMap::new();
        for source in rows.iter_mut().flat_map(|r| &mut r.sources) {
            let Some((id, paths)) = self.0.get_key_value(&source.origin.record) else { continue };
            if let (Some(copies @ [_, ..]), false) = (paths.get(1..), id.is_empty()) {
                let with_copies = || {
                    Arc::new(row::Origin { copies: copies.to_vec(), ..row::Origin::clone(&source.origin) })
                };
                source.origin = Arc::clone(noted.entry(id).or_insert_with(with_copies));
            }
        }
    }
}

/// The rows of all records: by indicator in the order of the catalogue, then role, place and period.
///
/// The same content counts once, under whichever paths it stands.
pub fn compare<'r>(records: impl IntoIterator<Item = &'r Record>, patterns: &Patterns) -> Vec<Row> {
    let document = |record: &Record| Document {
        schema: record.schema.clone(),
        id: record.id.clone(),
        source: Path { path: record.source.path.clone() },
        metadata: record.metadata.clone(),
        sections: record.sections.clone(),
        indicators: record.indicators.clone(),
    };
    let mut copies = Copies::default();
    let records = records.into_iter().filter(|r| copies.is_first(&r.id, &r.source.path));
    let mut rows: Vec<Row> = records.flat_map(|record| row::rows(&document(record)).rows).collect();
    copies.note(&mut rows);
    sort(&mut rows, &patterns.catalogue);
    rows
}

/// Puts rows in their one order: catalogue, role, place, period, document, place in the document.
pub fn sort(rows: &mut [Row], catalogue: &Catalogue) {
    // A million rows have few different places: their order is found once, and the keys stay small.
    let mut places: BTreeMap<(row::Level, String), u32> = BTreeMap::new();
    for r in rows.iter() {
        places.entry((r.place.level, r.place.sort_key())).or_default();
    }
    for (n, place) in places.values_mut().enumerate() {
        *place = u32::try_from(n).unwrap_or(u32::MAX);
    }
    let key = |r: &Row| {
        let place = places.get(&(r.place.level, r.place.sort_key())).copied().unwrap_or(u32::MAX);
        let rank = u32::try_from(catalogue.rank(&r.indicator)).unwrap_or(u32::MAX);
        (rank, row::role_rank(&r.role) as u8, place)
    };
    rows.sort_by_cached_key(key);
    let rest =
        |a: &Row, b: &Row| (&a.indicator, a.span(), a.stands()).cmp(&(&b.indicator, b.span(), b.stands()));
    let same = |a: &Row, b: &Row| {
        a.indicator == b.indicator
            && a.role == b.role
            && a.place.level == b.place.level
            && (Arc::ptr_eq(&a.place, &b.place) || a.place.sort_key() == b.place.sort_key())
    };
    for group in rows.chunk_by_mut(same) {
        // The whole leads, its parts follow.
        let part = |r: &Row| r.scope.is_some();
        group.sort_by(|a, b| part(a).cmp(&part(b)).then_with(|| rest(a, b)));
    }
}

#[cfg(test)]
mod tests;
