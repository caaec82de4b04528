//! The unit that the scope of an item names: "Huyện Mường La: 12 xã", "cả tỉnh" in the words of a district.

use std::sync::Arc;

use super::within::resolved;
use super::{Around, Places};
use crate::claim::Work;
use crate::claim::indicator::{Found, Kind, Role};
use crate::facts::frame::place::{self, Named};
use crate::patterns::frames::OwnLevel;
use crate::record::{Basis, Level, Place};

/// How far before a figure the name of its unit begins, in tokens.
const CHAIN: usize = 40;

impl<'p> Places<'p, '_> {
    /// The unit of an item by its scope: the one it names, else the larger one that it means.
    pub(super) fn scoped(&mut self, item: &'p Found, around: &Around) -> Option<Arc<Place>> {
        if item.place.is_some() || around.turn.is_some() || ranked_in(item) {
            return None;
        }
        let scope = item.scope.as_deref().filter(|scope| !scope.is_empty())?;
        // "đứng thứ 4 toàn tỉnh": among whom, not where.
        if item.kind == Kind::Rank && self.is_wider(scope) {
            return None;
        }
        if let Some(place) = self.named(scope, around) {
            return Some(self.in_district_told(self.in_chain(item, place), around));
        }
        // "cao hơn bình quân toàn tỉnh 2%" is still told of the smaller unit.
        let apart = !matches!(item.role, Role::Gap | Role::Change) && !is_share_of(item);
        if apart { self.wider(scope).map(Arc::new) } else { None }
    }

    /// The unit that a scope names within the one around it.
    fn named(&mut self, scope: &'p str, around: &Around) -> Option<Arc<Place>> {
        let own = around.unit.as_deref().or(self.frame.place.as_deref());
        let read = || named(self.work, own, self.day, scope).map(Arc::new);
        self.known.entry((around.label, scope)).or_insert_with(read).clone()
    }

    /// "huyện Ba Tơ tiêm 6.120 con; xã Ba Vì nhiều nhất với 810 con": a commune lies in the district that its paragraph tells of.
    fn in_district_told(&self, place: Arc<Place>, around: &Around) -> Arc<Place> {
        let told = self.told_of.as_ref().filter(|(paragraph, _)| *paragraph == around.paragraph);
        let lies = |told: &&Arc<Place>| told.level == Level::District && told.province == place.province;
        match told.map(|(_, told)| told).filter(lies) {
            Some(told) if place.level == Level::Commune && place.district.is_none() => {
                Arc::new(Place { district: told.district.clone(), ..(*place).clone() })
            }
            _ => place,
        }
    }

    /// The smaller unit that stands before the one a scope names: "huyện Sơn Hòa, tỉnh Phú Yên còn 1.204 hộ".
    fn in_chain(&self, item: &Found, place: Arc<Place>) -> Arc<Place> {
        let outer = matches!(place.level, Level::Province | Level::District);
        if !outer || !matches!(item.why.scope, "scope.clause" | "scope.opening") {
            return place;
        }
        let work = self.work;
        let end = work.bytes(item.tokens.clone()).start;
        let start = work.bytes(item.tokens.start.saturating_sub(CHAIN)..item.tokens.end).start;
        let before = work.text.slice(start.max(item.sentence.start).min(end)..end);
        let same = |named: &Named| match place.level {
            Level::Province => {
                named.province.as_ref().map(|p| &p.name) == place.province.as_ref().map(|p| &p.name)
            }
            _ => named.district.as_deref() == place.district.as_ref().map(|d| d.name.as_str()),
        };
        let named = place::named(&work.patterns.places, before, self.day);
        let last = named.into_iter().rev().find(|(_, named)| same(named)).map(|(_, named)| named);
        let smaller = last.filter(|named| named.typed && named.level() > place.level);
        smaller.and_then(|named| resolved(work, Some(&place), self.day, named)).map_or(place, Arc::new)
    }

    /// "chiếm 24,3% diện tích toàn tỉnh": a share of a unit around the document's own.
    pub(super) fn shares_wider(&self, item: &Found) -> bool {
        is_share_of(item) && item.scope.as_deref().is_some_and(|scope| self.is_wider(scope))
    }

    /// Whether a scope means a unit around the document's own.
    pub(super) fn is_wider(&self, scope: &str) -> bool {
        self.wider(scope).is_some()
    }

    /// The unit around the document's own that a scope means.
    fn wider(&self, scope: &str) -> Option<Place> {
        wider(self.work, self.own(), &scope.to_lowercase())
    }
}

/// The larger unit around the document's own that a scope in small letters means: "cả tỉnh" in the words of a district.
pub(super) fn wider(work: &Work<'_>, own: Option<&Place>, scope: &str) -> Option<Place> {
    let own = own?;
    let of = |level: &OwnLevel| match level {
        OwnLevel::Province => Some(Level::Province),
        OwnLevel::District => Some(Level::District),
        // "toàn thành phố" in the words of a ward.
        OwnLevel::City if own.level == Level::Commune => {
            Some(if own.district.is_some() { Level::District } else { Level::Province })
        }
        OwnLevel::City | OwnLevel::Commune => None,
    };
    let said = |(level, phrase): &(OwnLevel, String)| (phrase == scope).then(|| of(level)).flatten();
    let level = work.patterns.frames.own_names.iter().find_map(said).filter(|level| *level < own.level)?;
    let district = own.district.clone().filter(|_| level == Level::District);
    let known = district.is_some() || level == Level::Province && own.province.is_some();
    known.then(|| Place { level, district, commune: None, basis: Basis::Text, ..own.clone() })
}

/// "115.235,8 ha, tức 24,3% diện tích toàn tỉnh": what the share is of stands behind it.
fn is_share_of(item: &Found) -> bool {
    item.kind == Kind::Percentage && item.cell.is_none() && item.why.scope == "scope.behind"
}

/// "cao hơn mức tăng 8,6% của cả nước và đứng thứ 9/63": the place in an order is not of what was compared with.
fn ranked_in(item: &Found) -> bool {
    item.kind == Kind::Rank && item.why.scope == "scope.previous"
}

/// The unit that a scope names.
fn named(work: &Work<'_>, own: Option<&Place>, day: Option<&str>, scope: &str) -> Option<Place> {
    let spoken = scope.to_lowercase();
    if is_country(work, &spoken) {
        return Some(place::country(Basis::Text));
    }
    let places = &work.patterns.places;
    let mut found = place::named(places, scope, day).into_iter();
    // A name without its type word is a unit only where the scope is nothing else, or a body of the state that bears it;
    // a district that no list has is one by its type word.
    let body = |name: &String| spoken.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with(' '));
    let borne = |end: usize| end == scope.len() && work.patterns.frames.local_bodies.iter().any(body);
    let first = found.next().filter(|(range, named)| named.typed || named.spans(scope) || borne(range.end));
    let first = first.map(|(_, named)| named).or_else(|| {
        let district = places.written_district(scope)?;
        Some(Named { district: Some(district), typed: true, ..Named::default() })
    })?;
    resolved(work, own, day, first)
}

/// "cả nước", "trên địa bàn cả nước": whether a scope in small letters ends with a name of the country.
fn is_country(work: &Work<'_>, scope: &str) -> bool {
    let ends = |name: &str| scope.strip_suffix(name).is_some_and(|b| b.is_empty() || b.ends_with(' '));
    work.patterns.frames.country_names.iter().any(|name| ends(name))
}
