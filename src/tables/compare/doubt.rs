//! What keeps a value out of the rows of a comparison: it is counted and listed apart, with the reason.

use std::cmp::Ordering;

use super::document::Document;
use super::place::{Level, Place};
use crate::patterns::Patterns;
use crate::patterns::catalogue::Basis;
use crate::record::{Indicator, Period};

/// Why a value stands apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    /// Nothing tells of which place it is.
    Place,
    /// Nothing tells of which time it is.
    Period,
    /// A rule for all: no value of a place.
    Norm,
    /// It is told as reached, of a time that was not over, or not begun, when the document was written.
    Ahead,
    /// It is told as a change of what is a state, and neither as a rise nor as a fall.
    Change,
    /// The number itself may be read in two ways, or was badly recognised.
    Number,
}

/// Below this confidence a recognised number is not certain.
const LEAST_CONFIDENCE: f64 = 0.6;

impl Doubt {
    /// As it is written in a table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Period => "period",
            Self::Norm => "norm",
            Self::Ahead => "ahead",
            Self::Change => "change",
            Self::Number => "number",
        }
    }

    /// One clear sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Place => "nothing tells of which place it is",
            Self::Period => "nothing tells of which time it is",
            Self::Norm => "it is a rule for all, no value of a place",
            Self::Ahead => "it is told as reached, of a time that was not over when the document was written",
            Self::Change => "it is told as a change, neither up nor down",
            Self::Number => "the number may be read in two ways, or was badly recognised",
        }
    }
}

/// What is not certain about a value, the gravest first; none for a value that stands in a row.
pub(super) fn doubt(
    document: &Document,
    item: &Indicator,
    role: &str,
    place: &Place,
    period: Option<&Period>,
    patterns: &Patterns,
) -> Option<Doubt> {
    if role == "norm" {
        return Some(Doubt::Norm);
    }
    if place.level == Level::Unknown {
        return Some(Doubt::Place);
    }
    let Some(period) = period else { return Some(Doubt::Period) };
    let badly_read = item.confidence.is_some_and(|c| c < LEAST_CONFIDENCE);
    let empty = item.value.is_none() && item.numerator.is_none();
    if item.ambiguous || badly_read || empty {
        return Some(Doubt::Number);
    }
    if role == "actual" && is_ahead(document, period) {
        return Some(Doubt::Ahead);
    }
    let grows = patterns.catalogue.get(item.indicator.as_deref()?).is_some_and(|e| e.basis == Basis::Growth);
    (role == "change" && item.direction.is_none() && !grows).then_some(Doubt::Change)
}

/// Whether a time begins behind the day of the document, or ends in a later year.
fn is_ahead(document: &Document, period: &Period) -> bool {
    let m = &document.metadata;
    let year = |iso: &str| iso.get(..4).and_then(|y| y.parse::<i32>().ok());
    let Some(issued) = m.issue_date.as_deref().or(m.issue_edtf.as_deref()) else {
        // Of an undated document the latest day that it names is the best witness.
        let named = year(&document.latest_day);
        return matches!((named, year(&period.start)), (Some(named), Some(start)) if start > named);
    };
    // "2026-06" is as long as it is known: the month, compared with a month.
    let begins = period.start.get(..issued.len()).map_or(Ordering::Equal, |start| start.cmp(issued));
    begins == Ordering::Greater || year(&period.end) > year(issued)
}
