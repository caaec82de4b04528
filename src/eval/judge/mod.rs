//! Judges the fields of a figure that was found: each by its own rule, alternatives and doubt as the gold writes them.
//!
//! ```text
//! name     name.rs    most of the words asked for, in their order
//! scope    scope.rs   one holds the other, or most of it; a word for the document's own place is none
//! place    place.rs   the smallest unit, or the country
//! unit                one begins as the other
//! concept             the id; none where the catalogue has none (`-`, `+key`)
//! issuer, subject     one contains the other
//! others              equal
//! ```

pub mod name;
mod place;
mod scope;
mod words;

use serde_json::Value;

use super::found::{scalar, string};
use super::gold::Annotation;
use super::key;
use super::wanted::{NONE, Wanted};

/// What became of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict<'g> {
    /// The field.
    pub field: &'g str,
    /// What was asked for.
    pub wanted: &'g str,
    /// What stands in the record.
    pub found: Option<String>,
    /// Whether it is right; absent where readers may differ.
    pub right: Option<bool>,
}

/// Judges all fields that an annotation gives. `metadata` is the document's.
pub fn judge<'g>(annotation: &'g Annotation, item: &Value, metadata: Option<&Value>) -> Vec<Verdict<'g>> {
    let places = Wanted(annotation.field("place").unwrap_or_default());
    let mut own: Vec<&str> = metadata.map(place::named).unwrap_or_default();
    own.extend(places.said().flat_map(|place| place.split(',')).map(str::trim));
    let scopes = Wanted(annotation.field("scope").unwrap_or_default());
    let scope = string(item, "scope");
    let allowed = !scopes.is_debatable() && scopes.said().any(|asked| scope::is_same(asked, scope));
    let said = name::Said {
        name: string(item, "name"),
        unit: string(item, "unit"),
        scope: if allowed { scope } else { "" },
    };
    let verdict = |(field, wanted): (&'g str, &'g str)| {
        let found = value(item, field);
        let asked = Wanted(wanted);
        let right = match field {
            "name" => name::is_right(asked, said),
            "scope" => scope::is_right(asked, scope, places, &own),
            "place" => place::is_right(asked, item),
            "concept" => is_concept(asked, found.as_deref()),
            "issuer" | "subject" => found.as_deref().is_some_and(|found| contains(wanted, found)),
            _ => equals(asked, found.as_deref()),
        };
        Verdict { field, wanted, found, right: (!asked.is_debatable()).then_some(right) }
    };
    let judged = annotation.fields.iter().filter(|(field, _)| field != "at");
    judged.map(|(field, wanted)| verdict((field, wanted))).collect()
}

/// Whether a unit is right: it begins as the one asked for, or that as it.
pub fn is_unit(wanted: Wanted<'_>, unit: &str) -> bool {
    let row = |unit: &str| {
        let row = words::words(unit);
        if row.is_empty() { vec![unit.to_owned()] } else { row }
    };
    let begins = |a: &[String], b: &[String]| a.starts_with(b) || b.starts_with(a);
    let has = row(unit);
    if unit.is_empty() { wanted.allows_none() } else { wanted.said().any(|asked| begins(&row(asked), &has)) }
}

/// An alternative that names what the catalogue does not have asks for no id.
fn is_concept(wanted: Wanted<'_>, id: Option<&str>) -> bool {
    wanted.alternatives().any(|asked| match asked {
        NONE => id.is_none(),
        key if key.starts_with('+') => id.is_none(),
        asked => id == Some(asked),
    })
}

/// Whether the gold asks for an id of the catalogue.
pub fn asks_for_id(wanted: Wanted<'_>) -> bool {
    !wanted.is_debatable() && wanted.alternatives().next().is_some_and(|first| !first.starts_with(['-', '+']))
}

fn equals(wanted: Wanted<'_>, found: Option<&str>) -> bool {
    match found {
        Some(found) => wanted.said().any(|asked| key::fold(asked) == key::fold(found)),
        None => wanted.allows_none(),
    }
}

fn contains(wanted: &str, found: &str) -> bool {
    let (wanted, found) = (key::fold(wanted), key::fold(found));
    !found.is_empty() && (found.contains(&wanted) || wanted.contains(&found))
}

/// What an item says in a field, as the gold writes it.
fn value(item: &Value, field: &str) -> Option<String> {
    let day = |period: &Value, end: &str| scalar(period.get(end));
    match field {
        "place" => place::shown(item),
        "concept" => scalar(item.get("indicator")),
        _ => match item.get(field)? {
            period @ Value::Object(_) => Some(format!("{}/{}", day(period, "start")?, day(period, "end")?)),
            other => scalar(Some(other)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::gold::Kind;

    fn verdicts(fields: &[(&str, &str)], item: &Value) -> Vec<Option<bool>> {
        let annotation = Annotation {
            kind: Kind::Indicator,
            key: (None, None),
            attribute: None,
            optional: false,
            fields: fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
        };
        judge(&annotation, item, None).into_iter().map(|v| v.right).collect()
    }

    #[test]
    fn every_field_has_its_rule() {
        let item = serde_json::json!({
            "name": "tỷ trọng", "scope": "ngành dịch vụ", "unit": "%", "role": "actual", "indicator": "gdp_share",
            "period": {"start": "2020-01-01", "end": "2020-06-30"}, "place": {"province": {"name": "Bắc Kạn"}},
        });
        let right = [
            ("at", "dịch vụ chiếm 45%"),
            ("name", "tỷ trọng dịch vụ"),
            ("scope", "dịch vụ"),
            ("place", "tỉnh Bắc Kạn"),
            ("period", "2020-01-01/2020-12-31|2020-01-01/2020-06-30"),
            ("role", "actual|target"),
            ("concept", "gdp_share"),
        ];
        assert_eq!(verdicts(&right, &item), [Some(true); 6]);
        let wrong =
            [("scope", "-"), ("period", "-"), ("role", "change"), ("bound", "exact"), ("concept", "+key|-")];
        assert_eq!(verdicts(&wrong, &item), [Some(false); 5]);
        assert_eq!(verdicts(&[("role", "change?"), ("bound", "-")], &item), [None, Some(true)]);
    }

    #[test]
    fn units_begin_alike() {
        assert!(is_unit(Wanted("xã, thị trấn|xã"), "xã") && is_unit(Wanted("hồ sơ"), "hồ sơ trực tuyến"));
        assert!(is_unit(Wanted("%"), "%") && !is_unit(Wanted("%"), "‰") && !is_unit(Wanted("ha"), "hang"));
        assert!(is_unit(Wanted("-"), "") && !is_unit(Wanted("-"), "xã") && !is_unit(Wanted("xã"), ""));
    }

    #[test]
    fn an_id_is_asked_for_where_it_stands_first() {
        assert!(asks_for_id(Wanted("population|-")) && !asks_for_id(Wanted("+people|population")));
        assert!(!asks_for_id(Wanted("-")) && !asks_for_id(Wanted("population?")));
    }
}
