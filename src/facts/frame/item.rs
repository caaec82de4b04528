//! The place and the period of each item: its own words first, then the frames around it, then the document.
//!
//! "Huyện Mường La: 12 xã" in a report of tỉnh Sơn La is of huyện Mường La; "tỷ lệ hộ nghèo còn 9%" without a time is of
//! the period the report covers.

use super::{DocumentFrame, place};
use crate::claim::Work;
use crate::claim::date::{self, Day};
use crate::claim::indicator::{Found, Role};
use crate::record::{Basis, Period, Place};
use crate::words::one_line;
use smol_str::SmolStr;

/// What the frames give one item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resolved {
    /// The administrative unit.
    pub place: Option<Place>,
    /// The period.
    pub period: Option<Period>,
}

/// The place and the period of each item, in their order.
pub fn resolve(
    work: &Work<'_>,
    frame: &DocumentFrame,
    dates: &[date::Found],
    items: &[Found],
) -> Vec<Resolved> {
    let day = frame.day.map(Day::iso);
    let one = |item: &Found| Resolved {
        place: item
            .place
            .clone()
            .or_else(|| named(work, frame, day.as_deref(), item))
            .or_else(|| frame.place.clone()),
        period: period(work, frame, dates, item),
    };
    items.iter().map(one).collect()
}

/// The unit that the scope of an item names.
fn named(work: &Work<'_>, frame: &DocumentFrame, day: Option<&str>, item: &Found) -> Option<Place> {
    let scope = item.scope.as_deref()?;
    let places = &work.patterns.places;
    let mut found = place::named(places, scope, day).into_iter().map(|(_, named)| named);
    let mut first = found.next()?;
    let own = frame.place.as_ref();
    if first.province.is_none() {
        first.province = own.and_then(|p| p.province.clone());
    }
    if first.district.is_none() && first.commune.is_some() {
        first.district = own.and_then(|p| p.district.as_ref()).map(|d| d.name.clone());
    }
    place::place(places, first, day, Basis::Text)
}

/// The period of an item: that of its own words, list or heading; else what the document covers; else its year.
fn period(work: &Work<'_>, frame: &DocumentFrame, dates: &[date::Found], item: &Found) -> Option<Period> {
    let of = |n: usize, basis: Basis| {
        let date = dates.get(n)?;
        let text = one_line(work.words(date.tokens.clone()));
        Some(Period { start: date.start.iso(), end: date.end.iso(), text: Some(text), basis: Some(basis) })
    };
    if let Some(n) = item.period {
        return of(n, item.period_basis);
    }
    if matches!(item.role, Role::Norm) {
        return None;
    }
    if let Some(n) = frame.period {
        return of(n, Basis::Document);
    }
    if matches!(item.role, Role::Target) {
        return None;
    }
    frame.day.map(|day| {
        let year = day.year();
        let edge = |m, d| SmolStr::from(format!("{year:04}-{m:02}-{d:02}"));
        Period { start: edge(1, 1), end: edge(12, 31), text: None, basis: Some(Basis::Issue) }
    })
}
