//! Stage 5, cells: the administrative unit that a label of a row or column is.
//!
//! "3. Huyện Lập Thạch" in a report of Vĩnh Phúc, "An Giang" under "Tỉnh", "Xã Tân Lập" under a district.

use crate::patterns::place::{Kind, Mention, Places, Unit};
use crate::record::{Area, Basis, Level, Place, Province};

/// Most syllables of a commune's name.
const COMMUNE: usize = 4;

/// What is known of the document's own place.
#[derive(Debug, Clone, Default)]
pub(super) struct Home {
    pub(super) province: Option<Province>,
    pub(super) district: Option<Area>,
    pub(super) date: Option<String>,
}

/// The place that a label names and nothing else; `bare` where names without their kind may stand.
pub(super) fn of_label(places: &Places, home: &Home, label: &str, bare: bool) -> Option<Place> {
    named_by(places, home, label).filter(|(_, typed)| *typed || bare).map(|(place, _)| place)
}

/// The place that a label names and nothing else, and whether it says of which kind it is.
pub(super) fn named_by(places: &Places, home: &Home, label: &str) -> Option<(Place, bool)> {
    if !places.may_begin(label) {
        return None;
    }
    let date = home.date.as_deref();
    let mentions = places.mentions(label, date);
    let [mention, rest @ ..] = mentions.as_slice() else { return None };
    let before = label.get(..mention.range.start)?;
    let after = label.get(mention.range.end..)?.trim();
    let kind_words = before.split_whitespace().count();
    let typed = mention.kind.is_some();
    // "Trường THCS Tân Lập", "Dân số tỉnh A" name more than a place.
    let alone = kind_words <= if typed { 2 } else { 0 };
    let closed = after.is_empty() || after.starts_with(['(', '*', ',', '-']);
    if !(alone && closed) {
        return None;
    }
    let mut place = resolve(places, home, mention)?;
    if let (Level::Commune, Some(Mention { unit: Unit::District(name), .. })) = (place.level, rest.first()) {
        let code = place.province.as_ref().and_then(|p| p.code.clone());
        place.district = district(places, name, code.as_deref(), date);
    }
    Some((place, typed))
}

/// The commune that a bare name is under a heading that says so: "Tà Rụt" under "Xã, thị trấn".
pub(super) fn commune(home: &Home, label: &str) -> Option<Place> {
    let words = label.split_whitespace();
    let proper =
        |w: &str| w.chars().next().is_some_and(char::is_uppercase) && w.chars().all(char::is_alphabetic);
    let named = words.clone().all(proper) && (1..=COMMUNE).contains(&words.count());
    if !named || !label.chars().any(char::is_lowercase) {
        return None;
    }
    let province = home.province.as_ref().map(|p| Province { basis: None, ..p.clone() });
    let area = Area { code: None, name: label.to_owned() };
    let (district, commune) = (home.district.clone(), Some(area));
    Some(Place { level: Level::Commune, province, district, commune, basis: Basis::Text })
}

/// The district of the document's province that a name of one syllable is under a heading of places: "Lắk" under "Huyện".
pub(super) fn bare_district(places: &Places, home: &Home, label: &str) -> Option<Place> {
    let single = !label.contains(' ') && label.chars().next().is_some_and(char::is_uppercase);
    let province = home.province.as_ref().filter(|_| single)?;
    let area = district(places, label, Some(province.code.as_deref()?), home.date.as_deref())?;
    let province = Some(Province { basis: None, ..province.clone() });
    Some(Place { level: Level::District, province, district: Some(area), commune: None, basis: Basis::Text })
}

/// A mention as a place of the record.
fn resolve(places: &Places, home: &Home, mention: &Mention) -> Option<Place> {
    let date = home.date.as_deref();
    let own = || home.province.as_ref().map(|p| Province { basis: None, ..p.clone() });
    let named = |name: &str| places.province_named(name, date);
    let level =
        |level, province, district, commune| Place { level, province, district, commune, basis: Basis::Text };
    match &mention.unit {
        Unit::Province(units) => {
            let unit = units.first().and_then(|&i| places.units().get(i))?;
            let province = named(&unit.name)?;
            // "Hòa Bình" among the districts of Hòa Bình is its city.
            let same = home.province.as_ref().is_some_and(|p| p.name == province.name);
            if same && mention.kind != Some(Kind::Province) {
                let code = province.code.clone();
                let city = district(places, &unit.name, code.as_deref(), date);
                if let Some(city) = city {
                    return Some(level(Level::District, Some(province), Some(city), None));
                }
            }
            Some(level(Level::Province, Some(province), None, None))
        }
        Unit::District(name) => {
            let code = home.province.as_ref().and_then(|p| p.code.as_deref());
            let found = places.district(name, code, date).or_else(|| places.district(name, code, None))?;
            let area = Area { code: Some(found.code.clone()), name: found.name.clone() };
            let province = own().or_else(|| {
                let unit =
                    places.units().iter().find(|u| u.code.as_deref() == Some(found.province.as_str()))?;
                named(&unit.name)
            });
            Some(level(Level::District, province, Some(area), None))
        }
        Unit::Commune(name) => {
            let area = Area { code: None, name: name.clone() };
            Some(level(Level::Commune, own(), home.district.clone(), Some(area)))
        }
    }
}

fn district(places: &Places, name: &str, code: Option<&str>, date: Option<&str>) -> Option<Area> {
    let found = places.district(name, code, date).or_else(|| places.district(name, code, None))?;
    Some(Area { code: Some(found.code.clone()), name: found.name.clone() })
}

/// The whole country.
pub(super) fn country() -> Place {
    Place { level: Level::Country, basis: Basis::Text, ..Place::default() }
}
