//! Stage 5: gives the indicators of a document their ids: "tỷ lệ hồ sơ nộp trực tuyến đạt 64,2%" becomes
//! `online_file_rate`. Reads names, units, roles, periods and sentences; writes `indicator` alone.
//!
//! Each figure is a [`Case`]: what it may be, and whether it is that. Then figures are set against one another: ends of a
//! range, parts and wholes, rivals.

mod around;
mod behind;
mod case;
mod fit;
mod parts;
mod sentence;
mod unmeasured;
mod years;

use smol_str::SmolStr;

use super::{Catalogue, Entry, Scratch};
use crate::record::quantity::Kind;
use crate::record::{Indicator, Level, Metadata, Section};
use around::Cursor;
use case::Case;
use years::Years;

/// Gives every indicator of a document its id in the catalogue, or null.
pub fn assign(
    catalogue: &Catalogue,
    metadata: &Metadata,
    sections: &[Section],
    indicators: &mut [Indicator],
) {
    let years = Years::of(metadata);
    let mut scratch = Scratch::of_items(indicators.len());
    let mut cursor = Cursor::default();
    // Which are only a part of what their indicator means, and whether the last belonged to another subject.
    let (mut limited, mut other) = (Vec::with_capacity(indicators.len()), false);
    for i in 0..indicators.len() {
        let (head, tail) = indicators.split_at(i);
        let Some((item, later)) = tail.split_first() else { break };
        let next = later.first();
        let around = cursor.around(item, head.last(), next);
        let query = case::query(item, &around, years.of_item(item));
        let contributes = item.kind == Kind::Percentage && catalogue.is_contribution(around.before);
        let case = Case { catalogue, metadata, sections, item, head, next, around, query, contributes };
        let found = case.found(&mut scratch);
        // "lao động nghề cá": a word that the indicator does not know says that a part is measured, or another thing.
        let whole = found.filter(|e| case.accounts(e));
        limited.push(found.is_some() && whole.is_none());
        other = case.is_of_another(whole, other);
        let id = whole.filter(|_| !other).map(|e| SmolStr::new(of_level(e, item, metadata)));
        if let Some(item) = indicators.get_mut(i) {
            item.indicator = id;
        }
    }
    sentence::share_ends(indicators);
    parts::clear_limited(indicators, &limited);
    parts::clear(catalogue, indicators);
    sentence::clear_rivals(catalogue, indicators);
}

/// The id of an indicator at the level of its place: what provinces called GDP is the GRDP of today.
fn of_level<'e>(entry: &'e Entry, item: &Indicator, metadata: &Metadata) -> &'e str {
    let country = item.place.as_ref().map(|p| p.level == Level::Country);
    let other = match country {
        Some(true) => &entry.in_country,
        Some(false) => &entry.in_province,
        None if metadata.province.is_some() => &entry.in_province,
        None => &None,
    };
    other.as_deref().unwrap_or(&entry.id)
}
