//! Across two runs: records of an older and a newer run come in, what was gained, lost and changed goes out.
//!
//! ```text
//! entries ─ by path, else by id ─> two of one document ─ pair (kind and place, else the same value) ─> changes ─ write
//! ```
//! What counts as no change: ids, `generator`, and indexes and ids that point to the same item on both sides. "5%" with
//! the name "Tỷ lệ hộ nghèo" in the one and none in the other is one indicator, changed in `name`.

mod fields;
mod pair;
#[cfg(test)]
mod tests;
pub mod write;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use fields::Links;

/// The lists of a record whose entries are compared one by one, in the order of the report. Sections and references
/// come first: the others point to them.
pub const KINDS: &[&str] =
    &["metadata", "sections", "references", "dates", "indicators", "checks", "warnings", "repairs"];

/// Which run an entry is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run {
    /// The one to compare with.
    Old,
    /// The one to judge.
    New,
}

/// What happened to one item.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// Only the new run has it.
    Gained,
    /// Only the old run has it.
    Lost,
    /// Both have it; these fields differ: name, old value, new value.
    Changed(Vec<(String, Value, Value)>),
}

/// One item that is not the same in both runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Its list: one of [`KINDS`].
    pub kind: &'static str,
    /// What happened.
    pub what: What,
    /// The item, of the new run where that has it.
    pub item: Map<String, Value>,
}

/// One document in both runs, or in one of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Its path.
    pub path: String,
    /// Set where only one run has the document.
    pub only: Option<Run>,
    /// How many items each list has in the old and in the new run, as in [`KINDS`].
    pub items: Vec<[usize; 2]>,
    /// What is not the same.
    pub changes: Vec<Change>,
}

impl Document {
    /// Whether the two runs say the same of it.
    pub fn is_same(&self) -> bool {
        self.only.is_none() && self.changes.is_empty()
    }
}

/// Pairs the entries of two runs. Runs in the same order need little memory: what waits is only what has no partner yet.
#[derive(Debug, Default)]
pub struct Differ {
    waiting: [BTreeMap<(String, usize), Value>; 2],
    seen: [BTreeMap<String, usize>; 2],
}

impl Differ {
    /// Takes an entry of a run; gives the document as soon as both runs have it.
    pub fn add(&mut self, run: Run, entry: Value) -> Option<Document> {
        let (own, other) = (run as usize, 1 - run as usize);
        let path = path_of(&entry).to_owned();
        let seen = self.seen.get_mut(own)?.entry(path.clone()).or_default();
        let key = (path, *seen);
        *seen += 1;
        let Some(partner) = self.waiting.get_mut(other)?.remove(&key) else {
            self.waiting.get_mut(own)?.insert(key, entry);
            return None;
        };
        let (old, new) = if run == Run::Old { (&entry, &partner) } else { (&partner, &entry) };
        Some(document(Some(old), Some(new)))
    }

    /// What is left: moved files are found by the hash of their bytes, the others are in one run alone.
    pub fn finish(self) -> Vec<Document> {
        let [old, new] = self.waiting;
        let mut by_id: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for entry in new.into_values().rev() {
            by_id.entry(id_of(&entry).to_owned()).or_default().push(entry);
        }
        let mut documents = Vec::new();
        for entry in old.into_values() {
            let id = id_of(&entry);
            let moved = if id.is_empty() { None } else { by_id.get_mut(id).and_then(Vec::pop) };
            documents.push(document(Some(&entry), moved.as_ref()));
        }
        let mut rest: Vec<Value> = by_id.into_values().flatten().collect();
        rest.sort_by(|a, b| path_of(a).cmp(path_of(b)));
        documents.extend(rest.iter().map(|entry| document(None, Some(entry))));
        documents
    }
}

fn path_of(entry: &Value) -> &str {
    entry.pointer("/source/path").and_then(Value::as_str).unwrap_or("")
}

fn id_of(entry: &Value) -> &str {
    entry.get("id").and_then(Value::as_str).unwrap_or("")
}

/// Compares what two runs say of one document.
fn document(old: Option<&Value>, new: Option<&Value>) -> Document {
    let only = match (old, new) {
        (Some(_), None) => Some(Run::Old),
        (None, Some(_)) => Some(Run::New),
        _ => None,
    };
    let mut items = Vec::new();
    let mut changes = Vec::new();
    let mut links = Links::default();
    for &kind in KINDS {
        let (a, b) = (list(old, kind), list(new, kind));
        items.push([a.len(), b.len()]);
        let pairs = pair::pairs(kind, &a, &b);
        links.learn(kind, &a, &b, &pairs);
        // `part_of` points to items of the same list, so that its pairs are known before its fields are compared.
        for (i, j) in pairs {
            let (one, other) = (i.and_then(|i| a.get(i)), j.and_then(|j| b.get(j)));
            let what = match (one, other) {
                (Some(one), Some(other)) => match fields::changed(kind, one, other, &links) {
                    fields if fields.is_empty() => continue,
                    fields => What::Changed(fields),
                },
                (Some(_), None) => What::Lost,
                _ => What::Gained,
            };
            if let Some(item) = other.or(one) {
                changes.push(Change { kind, what, item: item.clone() });
            }
        }
    }
    let path = new.or(old).map(path_of).unwrap_or_default().to_owned();
    Document { path, only, items, changes }
}

/// The items of a list. Metadata, source and error are one item, the document itself.
fn list(entry: Option<&Value>, kind: &str) -> Vec<Map<String, Value>> {
    let Some(entry) = entry else { return Vec::new() };
    if kind == "metadata" {
        let mut own = entry.get("metadata").and_then(Value::as_object).cloned().unwrap_or_default();
        for part in ["source", "error"] {
            own.extend(entry.get(part).map(|v| (part.to_owned(), v.clone())));
        }
        return vec![own];
    }
    let all = entry.get(kind).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    all.iter().filter_map(Value::as_object).cloned().collect()
}
