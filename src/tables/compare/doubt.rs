//! What keeps a value out of the rows of a comparison: it is counted and listed apart, with the reason.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::document::Document;
use super::place::{Level, Place};
use super::rows::{before, behind, is_odd_change};
use crate::patterns::Patterns;
use crate::patterns::catalogue::{Basis as Growth, key};
use crate::patterns::compare::CompareWords;
use crate::patterns::place::Unit;
use crate::record::quantity::Role;
use crate::record::{Basis, Day, Indicator, Period, Section};

/// Why a value stands apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    /// Nothing tells of which place it is, or what tells does not fit.
    Place,
    /// Nothing tells of which time it is, or its sentence tells another.
    Period,
    /// What it measures is told in another sentence.
    Indicator,
    /// A rule for all: no value of a place.
    Norm,
    /// It is told as reached, of a time that was not over, or not begun, when the document was written.
    Ahead,
    /// It is a growth against the month or quarter before, where the others are against a year before.
    Base,
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
            Self::Indicator => "indicator",
            Self::Norm => "norm",
            Self::Ahead => "ahead",
            Self::Base => "base",
            Self::Change => "change",
            Self::Number => "number",
        }
    }

    /// One clear sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Place => "nothing tells of which place it is, or what tells does not fit",
            Self::Period => "nothing tells of which time it is, or its sentence tells another",
            Self::Indicator => "what it measures is told in another sentence",
            Self::Norm => "it is a rule for all, no value of a place",
            Self::Ahead => "it is told as reached, of a time that was not over when the document was written",
            Self::Base => "it is a growth against the month or quarter before, not against the year before",
            Self::Change => "it is told as a change, neither up nor down",
            Self::Number => "the number may be read in two ways, or was badly recognised",
        }
    }
}

/// What is not certain about a value, the gravest first; none for a value that stands in a row.
pub(super) fn doubt(
    document: &Document,
    item: &Indicator,
    role: Role,
    place: &Place,
    period: Option<&Period>,
    patterns: &Patterns,
) -> Option<Doubt> {
    if role == Role::Norm {
        return Some(Doubt::Norm);
    }
    if place.level == Level::Unknown {
        return Some(Doubt::Place);
    }
    let Some(period) = period else { return Some(Doubt::Period) };
    if has_other_place(document, item, place, period, patterns) {
        return Some(Doubt::Place);
    }
    if has_other_time(item, role, period, &patterns.compare) {
        return Some(Doubt::Period);
    }
    if is_far(item, &document.sections) {
        return Some(Doubt::Indicator);
    }
    let badly_read = item.confidence.is_some_and(|c| c < LEAST_CONFIDENCE);
    let empty = item.value.is_none() && item.numerator.is_none();
    if item.ambiguous || badly_read || empty {
        return Some(Doubt::Number);
    }
    if role == Role::Actual && is_ahead(document, period) {
        return Some(Doubt::Ahead);
    }
    let id = item.indicator.as_deref()?;
    let grows = || patterns.catalogue.get(id).is_some_and(|e| e.basis == Growth::Growth);
    if role == Role::Change && patterns.compare.is_other_base(&behind(item)) && grows() {
        return Some(Doubt::Base);
    }
    (role == Role::Change && is_odd_change(item, id, patterns)).then_some(Doubt::Change)
}

/// The day since which there are no districts.
const NO_DISTRICTS: Option<Day> = Day::new(2025, 7, 1);

/// Whether the words around a value tell of another place than it has.
fn has_other_place(
    document: &Document,
    item: &Indicator,
    place: &Place,
    period: &Period,
    patterns: &Patterns,
) -> bool {
    let Some(of_item) = &item.place else { return false };
    let scope = item.scope.as_deref();
    let whole = scope.and_then(|s| patterns.compare.level_of_whole(s));
    if whole.is_some_and(|level| level != of_item.level) {
        return true;
    }
    if place.level == Level::District && Some(period.start) >= NO_DISTRICTS {
        return true;
    }
    let own = place.province.as_deref();
    let is_named = |name: &str| {
        [&place.province, &place.district, &place.commune].into_iter().flatten().any(|n| n == name)
    };
    let date = document.metadata.issue_date.map(Day::iso);
    let date = date.as_deref();
    let of_scope = scope.and_then(|s| patterns.places.province_named(s, date));
    if of_scope.is_some_and(|p| Some(p.name.as_str()) != own && !is_named(&p.name)) {
        return true;
    }
    if place.level != Level::Country && patterns.compare.is_of_country(&behind(item)) {
        return true;
    }
    // Of several provinces in a sentence the one right before the value is the likelier.
    let is_prose = item.table.is_none() && item.place.as_ref().is_some_and(|p| p.basis == Basis::Text);
    if !is_prose || place.level != Level::Province {
        return false;
    }
    let words = before(item);
    let named = patterns.places.mentions(&words, date).into_iter().rev().find_map(|m| match m.unit {
        Unit::Province(units) => patterns.places.read(&units),
        _ => None,
    });
    named.is_some_and(|p| Some(p.name.as_str()) != own)
}

/// Whether a document speaks of the whole of a smaller unit than the place it is said to be of, and never of that place:
/// then it is of that unit, whichever that is.
pub(super) fn is_of_smaller(document: &Document, patterns: &Patterns) -> bool {
    let of_document = document.indicators.iter().filter(|i| i.indicator.is_some()).filter_map(|i| {
        let place = i.place.as_ref().filter(|p| p.basis == Basis::Document)?;
        Some((patterns.compare.level_of_whole(i.scope.as_deref()?)?, place.level))
    });
    let mut smaller = false;
    for (whole, level) in of_document {
        if whole == level {
            return false;
        }
        smaller |= whole > level;
    }
    smaller
}

/// Whether the words around a value tell of another time than it has from its document or heading.
fn has_other_time(item: &Indicator, role: Role, period: &Period, words: &CompareWords) -> bool {
    let own = item.period.as_ref().and_then(|p| p.basis);
    let text = item.sentence.as_ref().map_or("", |s| s.text.as_str());
    let [first, last] = [period.start, period.end].map(|day| i32::from(day.year()));
    if first == last && item.table.is_none() && words.is_year_of_prices(text, &first.to_string()) {
        return true;
    }
    if item.table.is_some() || matches!(own, None | Some(Basis::Text)) {
        return false;
    }
    if role == Role::Actual && words.is_compared(&before(item)) {
        return true;
    }
    if first != last && words.years(text).is_some_and(|years| last - first + 1 != years) {
        return true;
    }
    let name = item.name.as_deref().and_then(|name| words.months(name, true));
    let sentence = || words.months(text, false);
    let is_first = |months: u32| period.start.is_first_of_year() && u32::from(period.end.month()) == months;
    name.or_else(sentence).is_some_and(|months| !is_first(months))
}

/// Whether most words of a name stand neither in the sentence of its value nor, with it, in the headings above.
pub(super) fn is_far(item: &Indicator, sections: &[Section]) -> bool {
    let (Some(name), Some(sentence), None) = (&item.name, &item.sentence, &item.table) else { return false };
    if sentence.text.contains(name.as_str()) {
        return false;
    }
    let words = |text: &str| -> BTreeSet<String> {
        let is_word = |w: &&str| w.chars().any(char::is_alphabetic);
        key(text).split_whitespace().filter(is_word).map(str::to_owned).collect()
    };
    let name = words(name);
    let mut near = words(&sentence.text);
    let missing = name.difference(&near).count();
    if missing * 2 <= name.len() {
        return false;
    }
    let mut section = item.section.and_then(|n| sections.get(n));
    // A chain of headings ends; one that a stranger wrote may not.
    for _ in 0..MOST_HEADINGS {
        let Some(s) = section else { break };
        near.extend(s.heading.as_deref().map(words).unwrap_or_default());
        section = s.parent.and_then(|n| sections.get(n));
    }
    !name.is_subset(&near)
}

/// Most headings above a value that are looked at.
const MOST_HEADINGS: usize = 12;

/// Whether a time begins behind the day of the document, or ends in a later year.
fn is_ahead(document: &Document, period: &Period) -> bool {
    let m = &document.metadata;
    if let Some(issued) = m.issue_date {
        return period.start > issued || period.end.year() > issued.year();
    }
    let Some(issued) = m.issue_edtf.as_deref() else {
        // Of an undated document the latest day that it names is the best witness.
        return document.latest_day.is_some_and(|named| period.start.year() > named.year());
    };
    // "2026-06" is as long as it is known: the month, compared with a month.
    let start = period.start.iso();
    let begins = start.get(..issued.len()).map_or(Ordering::Equal, |start| start.cmp(issued));
    let year = issued.get(..4).and_then(|y| y.parse::<u16>().ok());
    begins == Ordering::Greater || Some(period.end.year()) > year
}
