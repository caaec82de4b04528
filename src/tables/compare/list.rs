//! What there is to compare: every indicator with how many values, places, years and documents it has.

use std::collections::BTreeSet;

use super::row::Row;

/// One indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<'a> {
    /// Id in the catalogue.
    pub indicator: &'a str,
    /// Rows.
    pub values: usize,
    /// Different places.
    pub places: usize,
    /// Different years.
    pub years: usize,
    /// The first of them.
    pub first: Option<i32>,
    /// The last of them.
    pub last: Option<i32>,
    /// Different documents.
    pub documents: usize,
}

/// The indicators of sorted rows: those of most places and years first.
pub fn list(rows: &[Row]) -> Vec<Listed<'_>> {
    let mut all: Vec<Listed<'_>> =
        rows.chunk_by(|a, b| a.indicator == b.indicator).filter_map(listed).collect();
    all.sort_by(|a, b| {
        let key = |l: &Listed<'_>| (l.places, l.years, l.values);
        key(b).cmp(&key(a)).then_with(|| a.indicator.cmp(b.indicator))
    });
    all
}

fn listed(rows: &[Row]) -> Option<Listed<'_>> {
    let years: BTreeSet<i32> = rows.iter().filter_map(Row::year).collect();
    let places: BTreeSet<_> = rows.iter().map(|r| (r.place.level, r.place.sort_key())).collect();
    let documents: BTreeSet<&str> =
        rows.iter().flat_map(|r| &r.sources).map(|s| s.origin.record.as_str()).collect();
    Some(Listed {
        indicator: &rows.first()?.indicator,
        values: rows.len(),
        places: places.len(),
        years: years.len(),
        first: years.first().copied(),
        last: years.last().copied(),
        documents: documents.len(),
    })
}
