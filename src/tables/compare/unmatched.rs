//! Names that the catalogue does not know, most frequent first: what to add to a catalogue of one's own.

use std::collections::{BTreeMap, BTreeSet};

use super::document::Document;
use super::filter::Filter;
use super::rows;
use crate::patterns::Patterns;
use crate::patterns::catalogue::key;
use crate::record::quantity::Kind;

/// A name without an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmatched {
    /// The name, as first written.
    pub name: String,
    /// Kind of the items.
    pub kind: Kind,
    /// Unit of the items.
    pub unit: String,
    /// How many items.
    pub items: u64,
    /// In how many documents.
    pub documents: u64,
    /// Of how many places.
    pub places: BTreeSet<String>,
    /// One document.
    pub path: String,
    /// A sentence of it.
    pub sentence: String,
}

/// Collects the names of many documents. Memory grows with the number of different names.
#[derive(Debug, Default)]
pub struct Collector {
    names: BTreeMap<(String, Kind, String), Unmatched>,
}

/// What one document adds, of the places, times and roles that are wanted: made in parallel, added in order. Times allowed
/// or taken, marks, ages and figures that count nothing are no indicators.
pub fn names(document: &Document, filter: &Filter, patterns: &Patterns) -> Vec<Unmatched> {
    let mut found: BTreeMap<(String, Kind, String), Unmatched> = BTreeMap::new();
    for item in document.indicators.iter().filter(|i| i.indicator.is_none() && !i.boilerplate) {
        let Some(name) = item.name.as_deref().filter(|n| n.chars().any(char::is_alphabetic)) else {
            continue;
        };
        let unit = item.unit.as_deref().unwrap_or_default().to_owned();
        let (place, period) = rows::frame(document, item, patterns);
        if patterns.compare.is_trivial(&unit) || !filter.takes_frame(&place, period.as_ref(), item.role) {
            continue;
        }
        let known = found.entry((key(name), item.kind, unit.clone())).or_insert_with(|| Unmatched {
            name: name.to_owned(),
            kind: item.kind,
            unit,
            items: 0,
            documents: 1,
            places: BTreeSet::new(),
            path: document.path.clone(),
            sentence: item.sentence.as_ref().map(|s| s.text.to_string()).unwrap_or_default(),
        });
        known.items += 1;
        known.places.insert(place.name());
    }
    found.into_values().collect()
}

impl Collector {
    /// Adds what one document has.
    pub fn add(&mut self, names: Vec<Unmatched>) {
        for n in names {
            match self.names.entry((key(&n.name), n.kind, n.unit.clone())) {
                std::collections::btree_map::Entry::Occupied(mut known) => {
                    let known = known.get_mut();
                    known.items += n.items;
                    known.documents += n.documents;
                    known.places.extend(n.places);
                }
                std::collections::btree_map::Entry::Vacant(free) => {
                    free.insert(n);
                }
            }
        }
    }

    /// The names: those of most documents first, of these those of most places.
    pub fn finish(self) -> Vec<Unmatched> {
        let mut all: Vec<Unmatched> = self.names.into_values().collect();
        all.sort_by(|a, b| {
            (b.documents, b.places.len(), b.items, &a.name, a.kind.name(), &a.unit).cmp(&(
                a.documents,
                a.places.len(),
                a.items,
                &b.name,
                b.kind.name(),
                &b.unit,
            ))
        });
        all
    }
}
