//! The quality floor: precision and recall on `corpus-samples/` may not fall below what stands here.
//!
//! Raise a floor when the figures rise; lowering one is an explicit edit that needs a reason in the commit.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use baocao::internal::run::{Gold, Score, Scorer};
use support::{extractor, samples};

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

fn score() -> (Score, Vec<String>) {
    let mut scorer = Scorer::default();
    let extractor = extractor();
    for sample in samples() {
        let gold = Gold::read(&sample.folder.join("gold.tsv")).unwrap_or_else(|e| panic!("{e:?}"));
        let record = extractor.extract(&sample.file, &sample.bytes).ok();
        let value = record.map(|r| serde_json::to_value(r).expect("JSON"));
        scorer.add(&gold, value.as_ref());
    }
    let (score, misses) = scorer.finish();
    (score, misses.iter().map(|m| format!("{m:?}")).collect())
}

#[test]
fn precision_and_recall_on_the_samples_stay_above_the_floor() {
    let (score, misses) = score();
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
