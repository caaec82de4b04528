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
pub mod unmatched;

use serde::Deserialize;

use crate::patterns::catalogue::Catalogue;
use crate::record::{Indicator, Metadata};
use row::Row;

/// The part of a record that comparing needs; the rest is passed over unread.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Document {
    /// Id of the record.
    pub id: String,
    /// The file.
    pub source: Path,
    /// The document's identity.
    pub metadata: Metadata,
    /// Its indicators.
    pub indicators: Vec<Indicator>,
}

/// The part of the source that comparing needs.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Path {
    /// Path of the file.
    pub path: String,
}

/// Puts rows in their one order: catalogue, role, place, period, document, place in the document.
pub fn sort(rows: &mut [Row], catalogue: &Catalogue) {
    rows.sort_by_cached_key(|r| {
        (
            catalogue.rank(&r.indicator),
            r.indicator.clone(),
            row::role_rank(&r.role),
            (r.place.level, r.place.sort_key()),
            r.period.as_ref().map(|p| (p.start.clone(), p.end.clone())),
            r.sources.first().map(|s| (s.path.clone(), s.start)),
        )
    });
}

#[cfg(test)]
mod tests;
