//! Which fields of two items differ: nested ones by their dotted name, `period.start`; null, absent and empty are one.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::pair::Pairs;

/// Fields that say the same as another one, or nothing about the document.
const PASSED_OVER: &[(&str, &[&str])] = &[
    ("metadata", &["source.path", "source.sha256", "source.size"]),
    ("sections", &["bytes"]),
    ("references", &["item_id", "bytes"]),
    ("dates", &["id", "bytes"]),
    ("indicators", &["id", "bytes"]),
];

/// Items of the old run that are items of the new one: by what fields point to them.
#[derive(Debug, Default)]
pub struct Links {
    /// Index in its list, old to new: `section`, `parent`, `target`.
    indexes: BTreeMap<(&'static str, u64), u64>,
    /// Id, old to new: `part_of`, `items` of a check.
    ids: BTreeMap<String, String>,
}

impl Links {
    /// Remembers the pairs of a list.
    pub fn learn(
        &mut self,
        kind: &'static str,
        old: &[Map<String, Value>],
        new: &[Map<String, Value>],
        pairs: &Pairs,
    ) {
        let id = |item: &Map<String, Value>| {
            let id = item.get("item_id").or_else(|| item.get("id"));
            id.and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        for (i, j) in pairs {
            let (Some(i), Some(j)) = (*i, *j) else { continue };
            self.indexes.insert((kind, i as u64), j as u64);
            if let (Some(a), Some(b)) = (old.get(i), new.get(j)) {
                self.ids.insert(id(a), id(b));
            }
        }
    }

    /// A value of the old run as the new one would say it.
    fn translate(&self, kind: &str, field: &str, value: &Value) -> Value {
        let index = |list: &'static str| {
            value.as_u64().and_then(|i| self.indexes.get(&(list, i))).map(|&j| Value::from(j))
        };
        let id = |v: &Value| v.as_str().and_then(|id| self.ids.get(id)).map(|id| Value::from(id.as_str()));
        let translated = match (kind, field) {
            (_, "section") | ("sections", "parent") => index("sections"),
            ("references", "target") => index("references"),
            ("indicators", "part_of") => id(value),
            ("checks", "items") => {
                value.as_array().map(|all| all.iter().map(|v| id(v).unwrap_or_else(|| v.clone())).collect())
            }
            _ => None,
        };
        translated.unwrap_or_else(|| value.clone())
    }
}

/// The fields of two items of one kind that differ.
pub fn changed(
    kind: &str,
    old: &Map<String, Value>,
    new: &Map<String, Value>,
    links: &Links,
) -> Vec<(String, Value, Value)> {
    let (mut a, mut b) = (BTreeMap::new(), BTreeMap::new());
    flatten("", old, &mut a);
    flatten("", new, &mut b);
    let passed_over = PASSED_OVER.iter().find(|(k, _)| *k == kind).map_or(&[][..], |(_, f)| *f);
    let names: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    let mut out = Vec::new();
    for name in names {
        let (one, other) = (a.get(name).copied(), b.get(name).copied());
        let same = match (one, other) {
            (Some(one), Some(other)) => is_equal(&links.translate(kind, name, one), other),
            _ => false,
        };
        if !same && !passed_over.contains(&name.as_str()) {
            let value = |v: Option<&Value>| v.cloned().unwrap_or(Value::Null);
            out.push((name.clone(), value(one), value(other)));
        }
    }
    out
}

/// Leaves with their dotted names; nulls and empty lists are left out.
fn flatten<'v>(prefix: &str, object: &'v Map<String, Value>, out: &mut BTreeMap<String, &'v Value>) {
    for (key, value) in object {
        let name = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            Value::Null => {}
            Value::Array(all) if all.is_empty() => {}
            Value::Object(inner) => flatten(&name, inner, out),
            leaf => drop(out.insert(name, leaf)),
        }
    }
}

/// Whether two values are equal, numbers by what they are: 12.50 and 12.5 are one.
fn is_equal(a: &Value, b: &Value) -> bool {
    let number = |v: &Value| v.as_number().and_then(|n| n.to_string().parse::<rust_decimal::Decimal>().ok());
    a == b || number(a).is_some_and(|n| Some(n) == number(b))
}
