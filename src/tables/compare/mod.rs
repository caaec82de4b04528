//! Across documents: records come in, rows of indicators side by side go out.
//!
//! ```text
//! records ─ rows (one per indicator, place, period, role; what is not certain apart) ─ filter ─ merge (sums, on request)
//!         ─ sort ─ check (what documents say differently) ─ pivot ─> output
//! ```
//! Nothing is chosen silently: several values of one place and period all stay, each with document, page and sentence.

pub mod check;
pub mod copies;
pub mod document;
pub mod doubt;
pub mod filter;
pub mod graph;
pub mod list;
pub mod merge;
pub mod period;
pub mod pivot;
pub mod place;
pub mod row;
pub mod rows;
pub mod share;
pub mod source;
pub mod suggest;
pub mod unmatched;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::patterns::Patterns;
use crate::patterns::catalogue::Catalogue;
use crate::record::Record;
use copies::Copies;
use document::Document;
use row::Row;

/// The rows of all records: by indicator in the order of the catalogue, then role, place and period, each with what does
/// not agree with it. Values whose place, time or role is not certain are left out; [`apart`] gives them.
///
/// The same content counts once, under whichever paths it stands.
pub fn compare<'r>(records: impl IntoIterator<Item = &'r Record>, patterns: &Patterns) -> Vec<Row> {
    let mut rows = all(records, patterns);
    rows.retain(|r| r.doubt.is_none());
    check::check(&mut rows, &patterns.catalogue);
    rows
}

/// The values that stand in no row, each with its doubt.
pub fn apart<'r>(records: impl IntoIterator<Item = &'r Record>, patterns: &Patterns) -> Vec<Row> {
    let mut rows = all(records, patterns);
    rows.retain(|r| r.doubt.is_some());
    rows
}

fn all<'r>(records: impl IntoIterator<Item = &'r Record>, patterns: &Patterns) -> Vec<Row> {
    let mut copies = Copies::default();
    let records = records.into_iter().filter(|r| copies.is_first(&r.id, &r.source.path));
    let mut rows: Vec<Row> =
        records.flat_map(|record| rows::rows(&Document::from(record), patterns)).collect();
    copies.note(&mut rows);
    sort(&mut rows, &patterns.catalogue);
    rows
}

/// Puts rows in their one order: catalogue, role, place, period; of one period the whole first, then its parts; of these
/// the newest document first, and of one document what is more specific, else what stands later.
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
        (rank, r.role, place)
    };
    rows.sort_by_cached_key(key);
    let same = |a: &Row, b: &Row| {
        a.indicator == b.indicator
            && a.role == b.role
            && a.place.level == b.place.level
            && (Arc::ptr_eq(&a.place, &b.place) || a.place.sort_key() == b.place.sort_key())
    };
    for group in rows.chunk_by_mut(same) {
        group.sort_by(|a, b| {
            let key = |r: &Row| (r.part, r.scope.is_some());
            (&a.indicator, a.span(), key(a))
                .cmp(&(&b.indicator, b.span(), key(b)))
                .then_with(|| a.scope.cmp(&b.scope))
                .then_with(|| b.issued().cmp(&a.issued()))
                .then_with(|| a.path().cmp(&b.path()))
                .then_with(|| a.vagueness().cmp(&b.vagueness()))
                .then_with(|| b.starts().cmp(&a.starts()))
        });
    }
}

#[cfg(test)]
mod tests;
