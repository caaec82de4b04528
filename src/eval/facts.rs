//! Scores what figures mean: of each field how often it is right, and how often all of a fact is.
//!
//! ```text
//! found       figures that the record has within the words of `at`
//! unit … concept   of the found ones that ask for it
//! fact*       name, place, period and role all right, of the found ones
//! fact+       the same with scope and concept
//! cell        concept, place, period and role right, of those that ask for an id of the catalogue
//! ```
//! The mean over documents is what counts: a long table must not outvote ten reports.

use std::collections::BTreeMap;

use serde_json::Value;

use super::found::{Found, found, pairs};
use super::gold::{Annotation, Gold, Kind};
use super::judge::{self, Verdict};
use super::report::{rounded, share};
use super::score::Miss;
use super::squeezed::Squeezed;
use super::wanted::Wanted;
use serde::Serialize;

/// What is counted, in the order of reports.
pub const ROWS: [&str; 12] = [
    "found", "unit", "name", "scope", "place", "period", "role", "bound", "concept", "fact*", "fact+", "cell",
];
/// What must be right for a fact.
const FACT: [&str; 4] = ["name", "place", "period", "role"];
/// What must be right for a fact with all that tells its part and its row.
const FULL: [&str; 6] = ["name", "place", "period", "role", "scope", "concept"];
/// What must be right for a cell of a comparison.
const CELL: [&str; 4] = ["concept", "place", "period", "role"];

/// The figures of a corpus of facts.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FactScore {
    /// Documents with facts.
    pub documents: usize,
    /// Of each of the rows how much is right.
    pub fields: BTreeMap<&'static str, Part>,
    /// Ids of the catalogue given to annotated figures.
    pub concepts: Concepts,
}

/// How much of a field is right.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Part {
    /// Mean over the documents that have it.
    pub by_document: f64,
    /// Over all figures.
    pub by_figure: f64,
    /// Right.
    pub right: usize,
    /// Judged.
    pub of: usize,
}

/// Ids of the catalogue.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Concepts {
    /// Given to figures that are judged.
    pub given: usize,
    /// Of these, other than the gold's.
    pub wrong: usize,
}

/// Right and judged of each row.
type Counts = BTreeMap<&'static str, (usize, usize)>;

/// Collects the facts of many documents.
#[derive(Debug, Default)]
pub struct Facts {
    documents: Vec<Counts>,
    concepts: Concepts,
}

impl Facts {
    /// Scores the facts of one document, and says what is wrong.
    pub fn add(&mut self, gold: &Gold, record: &Value, text: Option<&str>) -> Vec<Miss> {
        let asked = |a: &&Annotation| a.kind == Kind::Indicator && !a.optional;
        let annotations: Vec<&Annotation> = gold.annotations.iter().filter(asked).collect();
        let found = found(record, Kind::Indicator);
        let pairs = pairs(&annotations, &found, text.map(Squeezed::new).as_ref());
        let mut counts = Counts::new();
        let mut misses = Vec::new();
        for (annotation, partner) in annotations.into_iter().zip(pairs) {
            let partner = partner.and_then(|n| found.get(n));
            count(&mut counts, "found", partner.is_some());
            let Some(partner) = partner else {
                misses.push(Miss::of_figure(gold, annotation));
                continue;
            };
            let verdicts = verdicts(annotation, partner, record);
            tally(&mut counts, annotation, &verdicts);
            self.concepts.add(&verdicts);
            let wrong = verdicts.into_iter().filter(|verdict| verdict.right == Some(false));
            misses.extend(wrong.map(|verdict| Miss::of_field(gold, annotation, verdict)));
        }
        self.documents.push(counts);
        misses
    }

    /// The figures, where there are documents with facts.
    pub fn finish(self) -> Option<FactScore> {
        let part = |row: &&'static str| (*row, Part::new(self.documents.iter().filter_map(|d| d.get(row))));
        (!self.documents.is_empty()).then(|| FactScore {
            documents: self.documents.len(),
            fields: ROWS.iter().map(part).collect(),
            concepts: self.concepts,
        })
    }
}

impl Concepts {
    fn add(&mut self, verdicts: &[Verdict<'_>]) {
        let judged = verdicts.iter().filter(|v| v.field == "concept" && v.found.is_some());
        for right in judged.filter_map(|v| v.right) {
            self.given += 1;
            self.wrong += usize::from(!right);
        }
    }
}

impl Part {
    fn new<'c>(documents: impl Iterator<Item = &'c (usize, usize)>) -> Self {
        let (mut right, mut of, mut shares) = (0, 0, Vec::new());
        for counts in documents {
            right += counts.0;
            of += counts.1;
            shares.push(share(counts.0, counts.1));
        }
        let mean = if shares.is_empty() { 0.0 } else { shares.iter().sum::<f64>() / shares.len() as f64 };
        Self { by_document: rounded(mean), by_figure: rounded(share(right, of)), right, of }
    }
}

/// The verdicts on the unit and on all fields.
fn verdicts<'g>(annotation: &'g Annotation, partner: &Found<'_>, record: &Value) -> Vec<Verdict<'g>> {
    let unit = annotation.attribute.as_deref().map(|wanted| Verdict {
        field: "unit",
        wanted,
        found: Some(partner.attribute.clone()),
        right: Some(judge::is_unit(Wanted(wanted), &partner.attribute)),
    });
    unit.into_iter().chain(judge::judge(annotation, partner.item, record.get("metadata"))).collect()
}

/// Counts the fields of one figure that was found, and what they make together.
fn tally(counts: &mut Counts, annotation: &Annotation, verdicts: &[Verdict<'_>]) {
    for verdict in verdicts {
        let row = ROWS.iter().find(|row| **row == verdict.field);
        if let Some((row, right)) = row.zip(verdict.right) {
            count(counts, row, right);
        }
    }
    let all = |fields: &[&str]| !verdicts.iter().any(|v| fields.contains(&v.field) && v.right == Some(false));
    count(counts, "fact*", all(&FACT));
    count(counts, "fact+", all(&FULL));
    if annotation.field("concept").is_some_and(|id| judge::asks_for_id(Wanted(id))) {
        count(counts, "cell", all(&CELL));
    }
}

fn count(counts: &mut Counts, row: &'static str, right: bool) {
    let (rights, of) = counts.entry(row).or_default();
    *rights += usize::from(right);
    *of += 1;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_are_over_documents_and_over_figures() {
        let mut facts = Facts::default();
        let line = |value: u8, role: &str, concept: &str| {
            format!("I\tcount\t{value}\txã\tat={value} xã\tname=xã\trole={role}\tconcept={concept}\n")
        };
        let add = |facts: &mut Facts, lines: &str, values: &[u8]| {
            let gold =
                Gold::parse(std::path::Path::new("gold.tsv"), &format!("# file\ta.txt\n{lines}")).unwrap();
            let item = |(n, value): (usize, &u8)| {
                serde_json::json!({"kind": "count", "value": value, "unit": "xã", "name": "xã", "role": "actual",
                    "indicator": "communes", "bytes": [6 * n, 6 * n + 1]})
            };
            let items: Vec<Value> = values.iter().enumerate().map(item).collect();
            let text: String = values.iter().map(|v| format!("{v} xã ")).collect();
            facts.add(&gold, &serde_json::json!({"indicators": items}), Some(&text))
        };
        assert!(add(&mut facts, &line(7, "actual", "communes"), &[7]).is_empty());
        let second = line(7, "target", "communes") + &line(8, "actual", "-") + &line(9, "actual", "+new");
        let misses = add(&mut facts, &second, &[7, 8]);
        let said: Vec<(&str, &str)> = misses.iter().map(|m| (m.what.as_str(), m.wanted.as_str())).collect();
        let wanted = [
            ("role", "count 7 (7 xã) target"),
            ("concept", "count 8 (8 xã) -"),
            ("missed", "count 9 (9 xã)"),
        ];
        assert_eq!(said, wanted);
        let score = facts.finish().unwrap();
        let of = |row| score.fields.get(row).map(|p: &Part| (p.by_document, p.by_figure, p.of)).unwrap();
        assert_eq!(of("found"), (0.8333, 0.75, 4));
        assert_eq!(of("role"), (0.75, 0.6667, 3));
        assert_eq!((of("fact*"), of("fact+")), ((0.75, 0.6667, 3), (0.5, 0.3333, 3)));
        assert_eq!(of("cell"), (0.5, 0.5, 2));
        assert_eq!((score.concepts.given, score.concepts.wrong), (3, 1));
    }
}
