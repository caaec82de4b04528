//! Whether the place of a figure is the unit asked for: the smallest unit counts, or the whole country.

use serde_json::Value;

use super::scope::is_country;
use super::words::bare;
use crate::eval::wanted::Wanted;

/// Whether the place of an item is right.
pub fn is_right(wanted: Wanted<'_>, item: &Value) -> bool {
    let (units, country) = (units(item), of_country(item));
    let smallest = units.first().map(|unit| bare(unit));
    let is_it = |asked: &str| match &smallest {
        _ if is_country(asked) => country,
        Some(smallest) => !country && asked.split(',').next().is_some_and(|unit| bare(unit) == *smallest),
        None => false,
    };
    wanted.said().any(is_it) || (wanted.allows_none() && smallest.is_none() && !country)
}

/// The place as a miss shows it.
pub fn shown(item: &Value) -> Option<String> {
    let units = units(item);
    let level = || of_country(item).then(|| "country".to_owned());
    if units.is_empty() { level() } else { Some(units.join(", ")) }
}

/// The names of the units of an item, the smallest first.
fn units(item: &Value) -> Vec<&str> {
    item.get("place").map(named).unwrap_or_default()
}

/// The names of the units in a place or in the metadata, the smallest first.
pub fn named(place: &Value) -> Vec<&str> {
    let unit = |level: &&str| place.get(*level).and_then(|unit| unit.get("name").unwrap_or(unit).as_str());
    ["commune", "district", "province"].iter().filter_map(unit).collect()
}

fn of_country(item: &Value) -> bool {
    item.get("place").and_then(|place| place.get("level")).and_then(Value::as_str) == Some("country")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_unit_counts() {
        let item = serde_json::json!({"place": {"level": "district", "district": {"name": "Ba Bể"}, "province": {"name": "Bắc Kạn"}}});
        assert!(is_right(Wanted("huyện Ba Bể, tỉnh Bắc Kạn"), &item));
        assert!(is_right(Wanted("tỉnh Bắc Kạn|Ba Bể"), &item));
        assert!(!is_right(Wanted("xã Địa Linh, huyện Ba Bể"), &item));
        assert!(!is_right(Wanted("cả nước|-"), &item));
        assert_eq!(shown(&item).as_deref(), Some("Ba Bể, Bắc Kạn"));
    }

    #[test]
    fn the_country_and_no_place_are_places_too() {
        let country = serde_json::json!({"place": {"level": "country"}});
        assert!(is_right(Wanted("cả nước"), &country) && !is_right(Wanted("-"), &country));
        let none = serde_json::json!({"place": null});
        assert!(is_right(Wanted("-"), &none) && !is_right(Wanted("tỉnh Bắc Kạn"), &none));
    }
}
