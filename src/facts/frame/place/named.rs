//! Names of administrative units in a text, each with those around it: "xã A, huyện B, tỉnh C" is one.

use std::ops::Range;

use super::LINK;
use crate::patterns::place::{Kind, Mention, Places, Unit};
use crate::record::{Area, Basis, Level, Place, Province};

/// A unit with those around it, as the text names them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    /// The province.
    pub province: Option<Province>,
    /// Name of the district.
    pub district: Option<String>,
    /// Name of the commune.
    pub commune: Option<String>,
    /// Whether a type word stands before the smallest name.
    pub typed: bool,
}

impl Named {
    /// The level of the smallest unit.
    pub fn level(&self) -> Level {
        match (&self.commune, &self.district, &self.province) {
            (Some(_), ..) => Level::Commune,
            (None, Some(_), _) => Level::District,
            (None, None, Some(_)) => Level::Province,
            (None, None, None) => Level::Country,
        }
    }

    /// Whether a phrase is this name and nothing else.
    pub fn spans(&self, phrase: &str) -> bool {
        let name = self.commune.as_deref().or(self.district.as_deref());
        let name = name.or(self.province.as_ref().map(|p| p.name.as_str()));
        name.is_some_and(|name| name.chars().count() + 2 >= phrase.trim().chars().count())
    }

    /// Whether a phrase holds its smallest name.
    pub fn is_in(&self, phrase: &str) -> bool {
        let name = self.commune.as_deref().or(self.district.as_deref());
        let name = name.or(self.province.as_ref().map(|p| p.name.as_str()));
        name.is_some_and(|name| phrase.contains(name))
    }

    /// Whether both name one smallest unit; what stands around it may be left out.
    pub(in crate::facts::frame) fn same(&self, other: &Self) -> bool {
        let name = |p: &Option<Province>| p.as_ref().map(|p| p.name.clone());
        self.level() == other.level()
            && match self.level() {
                Level::Commune => self.commune == other.commune,
                Level::District => self.district == other.district,
                _ => name(&self.province) == name(&other.province),
            }
    }

    /// Takes over the units around it that it does not name itself.
    pub(super) fn complete(&mut self, other: &Self) {
        self.district = self.district.take().or_else(|| other.district.clone());
        self.province = self.province.take().or_else(|| other.province.clone());
        self.typed |= other.typed;
    }
}

/// The units that a text names, each with those that stand around it: "xã A, huyện B, tỉnh C" is one.
pub fn named(places: &Places, s: &str, date: Option<&str>) -> Vec<(Range<usize>, Named)> {
    let mut out: Vec<(Range<usize>, Named)> = Vec::new();
    for mention in places.mentions(s, date) {
        let one = unit(places, &mention);
        let linked = out.last_mut().filter(|(range, last)| {
            let gap = s.get(range.end..mention.range.start).unwrap_or("\n");
            let open = match one.level() {
                Level::District => last.district.is_none() && last.province.is_none(),
                Level::Province => last.province.is_none(),
                _ => false,
            };
            let opened = gap.trim() == "(" || mention.kind.is_some() && gap.trim_start().starts_with('(');
            let rest = s.get(mention.range.end..).unwrap_or_default();
            let closed = match one.level() {
                // "Hoài Ân (Bình Định)".
                Level::Province => rest.starts_with(')'),
                // "xã Nhân Mỹ (Lý Nhân)", "xã Thanh Hải (Thanh Liêm, Hà Nam)".
                _ => last.commune.is_some() && last.typed && closes_soon(rest),
            };
            let bracketed = opened && gap.len() <= LINK && closed;
            open && (bracketed
                || gap.len() <= LINK
                    && !gap.contains(['\n', '.', ';', ':', '(', ')'])
                    && (gap.contains([',', '-', '–']) || mention.kind.is_some()))
        });
        match linked {
            Some((range, last)) => {
                range.end = mention.range.end;
                last.district = last.district.take().or(one.district);
                last.province = last.province.take().or(one.province);
            }
            None => out.push((mention.range, one)),
        }
    }
    out
}

/// Whether a bracket closes behind names alone.
fn closes_soon(rest: &str) -> bool {
    let inside = rest.split_once(')').map(|(inside, _)| inside).filter(|inside| inside.len() <= LINK);
    inside.is_some_and(|inside| !inside.contains(|c: char| c.is_ascii_digit() || ".;:(\n".contains(c)))
}

pub(super) fn unit(places: &Places, mention: &Mention) -> Named {
    let typed = mention.kind.is_some();
    match &mention.unit {
        Unit::Province(units) => Named { province: places.read(units), typed, ..Named::default() },
        Unit::District(name) => Named { district: Some(name.clone()), typed, ..Named::default() },
        Unit::Commune(name) => Named {
            commune: Some(name.clone()),
            typed: mention.kind == Some(Kind::Commune),
            ..Named::default()
        },
    }
}

/// The whole country.
pub fn country(basis: Basis) -> Place {
    Place { level: Level::Country, province: None, district: None, commune: None, basis }
}

/// A named unit as a place, with code and province where the gazetteer knows them.
pub fn place(places: &Places, named: Named, date: Option<&str>, basis: Basis) -> Option<Place> {
    let level = named.level();
    if level == Level::Country {
        return None;
    }
    let mut province = named.province.map(|p| Province { basis: None, ..p });
    let code = province.as_ref().and_then(|p| p.code.as_deref()).map(str::to_owned);
    let known = named.district.as_deref().and_then(|d| places.district(d, code.as_deref(), date));
    if province.is_none() {
        province = known.and_then(|d| places.province_with_code(&d.province, date));
    }
    let district = named.district.map(|name| match known {
        Some(d) => Area { code: Some(d.code.clone()), name: d.name.clone() },
        None => Area { code: None, name },
    });
    let commune = named.commune.map(|name| Area { code: None, name });
    Some(Place { level, province, district, commune, basis })
}
