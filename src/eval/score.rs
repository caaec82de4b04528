//! Counts what was found, what was missed and what is false.
//!
//! Matching is by multiset of keys: a reference by type and id, a date by start and end, an indicator by kind and
//! value. A found date that is an endpoint of a gold period, or its whole year, is neither rewarded nor punished. Documents
//! whose figures say where they stand (`at=`) are scored by `facts.rs`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::facts::Facts;
use super::found::{Found, found, pairs, scalar, string};
use super::gold::{Annotation, Gold, Key, Kind};
use super::judge::{self, Verdict};
use super::key;
use super::report::Score;
use super::wanted::Wanted;

/// One difference between gold and record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// The document.
    pub document: String,
    /// `R`, `D`, `I` or `M`.
    pub entity: &'static str,
    /// `missed`, `false`, or the attribute that is wrong.
    pub what: String,
    /// The key, or the value that was wanted.
    pub wanted: String,
    /// How often.
    pub count: usize,
    /// What stands in the record instead, or the text of the false item.
    pub found: String,
}

/// Counts of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Found and right.
    pub tp: usize,
    /// Found and false.
    pub fp: usize,
    /// Missed.
    pub fn_: usize,
    /// Attributes judged.
    pub attributes: usize,
    /// Attributes that are right.
    pub attributes_right: usize,
}

/// Collects the scores of many documents.
#[derive(Debug, Default)]
pub struct Scorer {
    tallies: BTreeMap<Kind, Tally>,
    metadata: Tally,
    fields: BTreeMap<String, Tally>,
    facts: Facts,
    absent: Vec<String>,
    misses: Vec<Miss>,
}

impl Miss {
    /// A field of a figure that is wrong.
    pub(super) fn of_field(gold: &Gold, annotation: &Annotation, verdict: Verdict<'_>) -> Self {
        let Verdict { field, wanted, found, .. } = verdict;
        Self {
            document: gold.document.clone(),
            entity: annotation.kind.letter(),
            what: field.to_owned(),
            wanted: format!("{} {wanted}", named(annotation)),
            count: 1,
            found: found.unwrap_or_default(),
        }
    }

    /// A figure that was not found within its words.
    pub(super) fn of_figure(gold: &Gold, annotation: &Annotation) -> Self {
        Self {
            document: gold.document.clone(),
            entity: annotation.kind.letter(),
            what: "missed".to_owned(),
            wanted: named(annotation),
            count: 1,
            found: String::new(),
        }
    }
}

/// An annotation by its key, and the words it stands in where they are given.
fn named(annotation: &Annotation) -> String {
    let at = annotation.field("at").map(|at| format!(" ({at})")).unwrap_or_default();
    shown(&annotation.key) + &at
}

impl Scorer {
    /// Scores one document. Without a record everything in it counts as missed. `text` is what was read of it: by it the
    /// words of `at` are found; without it figures are paired in reading order.
    pub fn add(&mut self, gold: &Gold, record: Option<&Value>, text: Option<&str>) {
        if record.is_none() {
            self.absent.push(gold.document.clone());
        }
        let record = record.unwrap_or(&Value::Null);
        if gold.is_of_facts() {
            self.misses.extend(self.facts.add(gold, record, text));
            return;
        }
        for kind in Kind::ALL {
            let gold_items: Vec<&Annotation> = gold.annotations.iter().filter(|a| a.kind == kind).collect();
            let found = found(record, kind);
            self.match_keys(gold, kind, &gold_items, &found);
            if kind != Kind::Date {
                self.match_attribute(gold, kind, &gold_items, &found);
            }
            self.match_fields(gold, &gold_items, &found, record);
        }
        self.match_metadata(gold, record);
    }

    /// The figures over all documents, and every difference.
    pub fn finish(self) -> (Score, Vec<Miss>) {
        let facts = self.facts.finish();
        (Score::new(&self.tallies, &self.metadata, &self.fields, facts, self.absent), self.misses)
    }

    fn match_keys(&mut self, gold: &Gold, kind: Kind, items: &[&Annotation], found: &[Found<'_>]) {
        let need = count(items.iter().filter(|a| !a.optional).map(|a| &a.key));
        let optional = count(items.iter().filter(|a| a.optional).map(|a| &a.key));
        let got = count(found.iter().map(|f| &f.key));
        let neutral = if kind == Kind::Date { neutral_dates(items) } else { BTreeSet::new() };
        let tally = self.tallies.entry(kind).or_default();
        let mut miss = |what: &str, key: &Key, count, found: &str| {
            self.misses.push(Miss {
                document: gold.document.clone(),
                entity: kind.letter(),
                what: what.into(),
                wanted: shown(key),
                count,
                found: found.into(),
            });
        };
        for (key, &n) in &need {
            let have = got.get(key).copied().unwrap_or(0);
            tally.tp += n.min(have);
            if n > have {
                tally.fn_ += n - have;
                miss("missed", key, n - have, "");
            }
        }
        for (key, &n) in &got {
            let spare = |counts: &Counts<'_>| counts.get(key).copied().unwrap_or(0);
            let extra = n.saturating_sub(spare(&need)).saturating_sub(spare(&optional));
            if extra > 0 && !neutral.contains(*key) {
                tally.fp += extra;
                let text = found.iter().find(|f| f.key == **key).map_or("", |f| string(f.item, "text"));
                miss("false", key, extra, text);
            }
        }
    }

    /// The attribute of matched keys: the reference's date, the indicator's unit.
    fn match_attribute(&mut self, gold: &Gold, kind: Kind, items: &[&Annotation], found: &[Found<'_>]) {
        let got = count(found.iter().map(|f| &f.key));
        let mut want: BTreeMap<(&Key, &str), usize> = BTreeMap::new();
        for item in items.iter().filter(|a| !a.optional) {
            if let Some(attribute) = &item.attribute {
                *want.entry((&item.key, attribute)).or_default() += 1;
            }
        }
        for ((key, attribute), n) in want {
            let Some(&have) = got.get(key) else { continue };
            let same = |f: &&Found<'_>| f.key == *key && attribute_matches(kind, attribute, &f.attribute);
            let right = found.iter().filter(same).count().min(n);
            let judged = n.min(have);
            let tally = self.tallies.entry(kind).or_default();
            tally.attributes += judged;
            tally.attributes_right += right;
            if right < judged {
                let others: Vec<&str> =
                    found.iter().filter(|f| f.key == *key).map(|f| f.attribute.as_str()).collect();
                self.misses.push(Miss {
                    document: gold.document.clone(),
                    entity: kind.letter(),
                    what: if kind == Kind::Reference { "date".into() } else { "unit".into() },
                    wanted: format!("{} {attribute}", shown(key)),
                    count: judged - right,
                    found: others.join(" | "),
                });
            }
        }
    }

    /// The `field=value` attributes of each pair.
    fn match_fields(&mut self, gold: &Gold, items: &[&Annotation], found: &[Found<'_>], record: &Value) {
        let pairs = items.iter().zip(pairs(items, found, None));
        for (annotation, partner) in pairs.filter(|(annotation, _)| !annotation.optional) {
            let Some(partner) = partner.and_then(|n| found.get(n)) else { continue };
            for verdict in judge::judge(annotation, partner.item, record.get("metadata")) {
                let Some(right) = verdict.right else { continue };
                let tally = self.fields.entry(verdict.field.to_owned()).or_default();
                tally.attributes += 1;
                tally.attributes_right += usize::from(right);
                if !right {
                    self.misses.push(Miss::of_field(gold, annotation, verdict));
                }
            }
        }
    }

    fn match_metadata(&mut self, gold: &Gold, record: &Value) {
        for (field, wanted) in &gold.metadata {
            let name = field.trim_end_matches('~');
            let have = metadata_value(record, name);
            let right = have.as_deref().is_some_and(|have| {
                let (wanted, have) = (key::fold(wanted), key::fold(have));
                if field.ends_with('~') { have.contains(&wanted) } else { have == wanted }
            });
            if right {
                self.metadata.tp += 1;
                continue;
            }
            self.metadata.fn_ += 1;
            self.misses.push(Miss {
                document: gold.document.clone(),
                entity: "M",
                what: name.into(),
                wanted: wanted.clone(),
                count: 1,
                found: have.unwrap_or_default(),
            });
        }
    }
}

type Counts<'k> = BTreeMap<&'k Key, usize>;

fn count<'k>(keys: impl Iterator<Item = &'k Key>) -> Counts<'k> {
    let mut counts = Counts::new();
    for key in keys {
        *counts.entry(key).or_default() += 1;
    }
    counts
}

/// Dates next to a gold period that are a matter of taste: its ends, the end of its month, its whole years.
fn neutral_dates(items: &[&Annotation]) -> BTreeSet<Key> {
    let mut neutral = BTreeSet::new();
    for item in items {
        let (Some(start), Some(end)) = &item.key else { continue };
        let cut = |text: &str, n: usize| text.get(..n).unwrap_or(text).to_owned();
        let mut add = |a: String, b: String| neutral.insert((Some(a), Some(b)));
        add(start.clone(), start.clone());
        add(end.clone(), end.clone());
        add(start.clone(), cut(start, 8) + "31");
        add(cut(start, 4) + "-01-01", cut(start, 4) + "-12-31");
        add(cut(end, 4) + "-01-01", cut(end, 4) + "-12-31");
    }
    neutral
}

/// Whether the attribute of a kind is right.
fn attribute_matches(kind: Kind, wanted: &str, have: &str) -> bool {
    match kind {
        Kind::Indicator => judge::is_unit(Wanted(wanted), have),
        _ => have == wanted,
    }
}

fn metadata_value(record: &Value, field: &str) -> Option<String> {
    let metadata = record.get("metadata")?;
    let signer = |field: &str| scalar(metadata.get("signers")?.get(0)?.get(field));
    match field {
        "type" => scalar(metadata.get("doc_type")),
        "number" => scalar(metadata.get("id")),
        "signer" => signer("name"),
        "position" => signer("position"),
        "province" | "district" | "commune" => match metadata.get(field)? {
            Value::Object(area) => scalar(area.get("name")),
            other => scalar(Some(other)),
        },
        _ => scalar(metadata.get(field)),
    }
}

/// A key as a miss shows it.
pub(super) fn shown((first, second): &Key) -> String {
    format!("{} {}", first.as_deref().unwrap_or("-"), second.as_deref().unwrap_or("-"))
}
