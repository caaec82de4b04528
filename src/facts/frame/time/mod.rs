//! The time a document speaks of: its own day as far as it is written, and the period it reports on or plans for.
//!
//! "Tình hình kinh tế - xã hội 6 tháng đầu năm 2019" over a page put out on 10/7/2019: 2019-01-01 to 2019-06-30.

mod aside;
mod bracket;
mod covered;
mod date;
mod event;
mod opening;
mod text;
mod title;
mod trail;
mod written;
mod year;

use std::ops::Range;

use smol_str::SmolStr;

use crate::claim::Work;
use crate::claim::date::Day;
use crate::facts::head::Header;
use crate::record::EvidenceBasis;

pub(super) use covered::covered;
pub(super) use trail::year_of_trail;
pub use written::written;

/// How far down the first dates stand that tell the period of a text without a head, in bytes.
const OPENING: usize = 2500;
/// How long the first sentences of a text are in which a longer time than its title's is looked for, in bytes.
const LEAD: usize = 500;
/// How far down the lines stand that say when a page was put out, in bytes.
const TOP: usize = 1200;
/// Longest line under a title that ends with the day of a text, in bytes.
const DATELINE: usize = 260;
/// From this month on what a text tells may be of the year that ends.
pub const CLOSING: u8 = 11;
/// Up to this month a text may tell of the year before as of one that has just ended.
const FIRST_MONTHS: u8 = 2;
/// How far before its year an aim is said, in tokens.
const AIM: usize = 6;
/// How far behind the beginning of its line or sentence a time stands that it begins with, in tokens.
const LEADS: usize = 2;

/// A stretch of time and the words that gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub start: Day,
    /// Last day.
    pub end: Day,
    /// The words, in shadow bytes.
    pub range: Range<usize>,
    /// Whose words they are.
    pub basis: EvidenceBasis,
}

impl Span {
    /// A span of years that ends in a later one than another ends.
    pub fn outlasts(&self, written: &Self) -> bool {
        self.start.year() < self.end.year() && self.end.year() > written.end.year()
    }
}

/// Whether a document is a plan by its type.
pub fn is_plan(work: &Work<'_>, header: &Header) -> bool {
    let plans = &work.patterns.indicators.plan_types;
    header.metadata.doc_type.as_ref().is_some_and(|t| plans.contains(t))
}

/// The month or day of the head in the Extended Date/Time Format: `2026-06` of "ngày … tháng 6 năm 2026".
pub fn edtf(span: &Span) -> Option<SmolStr> {
    let (start, end) = (span.start, span.end);
    if span.basis != EvidenceBasis::Head {
        return None;
    }
    let iso = start.iso();
    if start == end {
        return Some(iso);
    }
    if start.year() == end.year() && start.month() == end.month() {
        return iso.get(..7).map(SmolStr::new);
    }
    (start.year() == end.year()).then(|| iso.get(..4).map(SmolStr::new)).flatten()
}
