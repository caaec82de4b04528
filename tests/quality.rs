//! The quality floor: precision and recall on `corpus-samples/`, and what figures mean in `corpus-facts/`, may not fall below
//! what stands here.
//!
//! Raise a floor when the figures rise; lowering one is an explicit edit that needs a reason in the commit.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use baocao::internal::run::{Gold, Score, Scorer};
use support::{Sample, extractor, facts, samples};

/// Precision, recall.
const REFERENCES: (f64, f64) = (0.99, 0.99);
const DATES: (f64, f64) = (0.995, 0.995);
const INDICATORS: (f64, f64) = (0.99, 0.99);
/// Accuracy of what belongs to matched items.
const REFERENCE_DATE: f64 = 0.99;
const UNIT: f64 = 0.99;
const METADATA: f64 = 0.97;
const ATTRIBUTES: &[(&str, f64)] =
    &[("name", 0.89), ("role", 0.95), ("bound", 0.99), ("period", 0.92), ("scope", 0.87)];

/// Means over the documents of `corpus-facts/`.
const FACTS: &[(&str, f64)] = &[
    ("found", 0.981),
    ("unit", 0.994),
    ("name", 0.960),
    ("scope", 0.942),
    ("place", 0.970),
    ("period", 0.932),
    ("role", 0.976),
    ("bound", 0.996),
    ("concept", 0.933),
    ("fact*", 0.871),
    ("fact+", 0.796),
    ("cell", 0.772),
];
/// Ids of the catalogue that are not the gold's.
const WRONG_CONCEPTS: usize = 44;

fn score(corpus: &[Sample]) -> (Score, Vec<String>) {
    let mut scorer = Scorer::default();
    let extractor = extractor();
    for sample in corpus {
        let gold = Gold::read(&sample.folder.join("gold.tsv")).unwrap_or_else(|e| panic!("{e:?}"));
        let record = extractor.extract(&sample.file, &sample.bytes).ok();
        let value = record.map(|r| serde_json::to_value(r).expect("JSON"));
        let text = gold.is_of_facts().then(|| extractor.read(&sample.bytes).expect("a text").text);
        scorer.add(&gold, value.as_ref(), text.as_deref());
    }
    let (score, misses) = scorer.finish();
    (score, misses.iter().map(|m| format!("{m:?}")).collect())
}

#[test]
fn precision_and_recall_on_the_samples_stay_above_the_floor() {
    let (score, misses) = score(&samples());
    let mut below = Vec::new();
    let mut check = |what: &str, found: f64, floor: f64| {
        if found < floor {
            below.push(format!("{what} {found:.4} is below {floor:.4}"));
        }
    };
    for (name, figures, floor) in [
        ("references", &score.references, REFERENCES),
        ("dates", &score.dates, DATES),
        ("indicators", &score.indicators, INDICATORS),
    ] {
        check(&format!("precision of {name}"), figures.precision, floor.0);
        check(&format!("recall of {name}"), figures.recall, floor.1);
    }
    check("date of references", score.references.date_accuracy.unwrap_or(0.0), REFERENCE_DATE);
    check("unit of indicators", score.indicators.unit_accuracy.unwrap_or(0.0), UNIT);
    check("metadata", score.metadata.accuracy, METADATA);
    for (field, floor) in ATTRIBUTES {
        check(field, score.attributes.get(*field).map_or(0.0, |a| a.accuracy), *floor);
    }
    assert!(below.is_empty(), "{below:#?}\n{}", misses.join("\n"));
}

#[test]
fn what_figures_mean_stays_above_the_floor() {
    let corpus = facts();
    let (score, misses) = score(&corpus);
    // The published crate comes without them.
    let Some(facts) = score.facts.filter(|_| !corpus.is_empty()) else { return };
    let found = |row: &str| facts.fields.get(row).map_or(0.0, |part| part.by_document);
    let below: Vec<String> = FACTS
        .iter()
        .filter(|(row, floor)| found(row) < *floor)
        .map(|(row, floor)| format!("{row} {:.4} is below {floor:.4}", found(row)))
        .collect();
    let wrong = facts.concepts.wrong;
    assert!(
        below.is_empty() && wrong <= WRONG_CONCEPTS,
        "{below:#?}, {wrong} wrong ids\n{}",
        misses.join("\n")
    );
}

#[test]
fn every_fact_says_what_its_figure_means() {
    for document in facts() {
        let gold = Gold::read(&document.folder.join("gold.tsv")).unwrap_or_else(|e| panic!("{e:?}"));
        assert_eq!(gold.document, document.file, "{}", document.slug);
        for annotation in &gold.annotations {
            let fields: Vec<&str> = annotation.fields.iter().map(|(field, _)| field.as_str()).collect();
            let all = ["at", "name", "scope", "place", "period", "role", "bound", "concept"];
            assert_eq!(fields, all, "{}: {annotation:?}", document.slug);
        }
    }
}

#[test]
fn every_gold_file_is_well_formed_and_complete() {
    for sample in samples() {
        let gold = Gold::read(&sample.folder.join("gold.tsv")).unwrap_or_else(|e| panic!("{e:?}"));
        assert_eq!(gold.document, sample.file, "{}", sample.slug);
        assert!(gold.annotations.len() >= 12, "{}: only {} annotations", sample.slug, gold.annotations.len());
        for annotation in &gold.annotations {
            let has = |field: &str| annotation.fields.iter().any(|(k, _)| k == field);
            assert!(!has("name") || has("role") && has("bound"), "{}: {annotation:?}", sample.slug);
        }
    }
}
