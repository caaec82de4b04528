//! The place and the period of each item: its own words first, then the frames around it, then the document.
//!
//! "Huyện Mường La: 12 xã" in a report of tỉnh Sơn La is of huyện Mường La; "tỷ lệ hộ nghèo còn 9%" without a time is of
//! the period the report covers.

mod lapse;
mod paragraph;
mod place;
mod time;

use std::sync::Arc;

use smol_str::SmolStr;

use super::DocumentFrame;
use crate::claim::Work;
use crate::claim::date;
use crate::claim::indicator::Found;
use crate::record::{Period, Place};
use paragraph::Paragraphs;
use place::Places;
use time::Times;

pub(crate) use lapse::{founded, months, of_event, returned};

/// What the frames give one item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resolved {
    /// The administrative unit.
    pub place: Option<Arc<Place>>,
    /// The period.
    pub period: Option<Period>,
    /// It lies ahead of the document: it is aimed at, not reached.
    pub ahead: bool,
    /// It is told of each year of its period: "năm".
    pub per: Option<SmolStr>,
    /// Its scope only says the document's own unit again.
    pub own_scope: bool,
    /// Which rule or frame gave the place.
    pub why_place: &'static str,
    /// Which rule or frame gave the period.
    pub why_period: &'static str,
}

/// The place and the period of each item, in their order.
pub fn resolve(
    work: &Work<'_>,
    frame: &DocumentFrame,
    dates: &[date::Found],
    items: &[Found],
) -> Vec<Resolved> {
    let day = frame.day().map(|day| day.iso());
    let paragraphs = Paragraphs::read(work);
    let times = Times::read(work, frame, dates, items, &paragraphs);
    let mut places = Places::read(work, frame, items, &paragraphs, day.as_deref());
    let mut out: Vec<Resolved> = Vec::with_capacity(items.len());
    for (n, item) in items.iter().enumerate() {
        let placed = places.of(n, item, out.last());
        let time = times.of(item, items.get(..n).unwrap_or(&[]));
        out.push(Resolved { place: placed.place, why_place: placed.why, own_scope: placed.says_own, ..time });
    }
    out
}
