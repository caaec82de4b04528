//! The record of every sample is kept beside it as `expected.json`; a change shows in `git diff`.
//!
//! `BLESS=1 cargo test --test golden` rewrites them. What changes with every version (the generator) is left out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use std::fs;

use serde_json::Value;
use support::{extractor, samples};

fn golden(file: &str, bytes: &[u8]) -> String {
    let record = extractor().extract(file, bytes).expect("a record");
    let mut value = serde_json::to_value(&record).expect("JSON");
    let object = value.as_object_mut().expect("an object");
    object.remove("generator");
    // The sentence is repeated for every item in it: its span says enough.
    for item in object.get_mut("indicators").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(sentence) = item.get_mut("sentence").and_then(Value::as_object_mut) {
            sentence.remove("text");
        }
    }
    format!("{value:#}\n")
}

/// The first line that differs, with its number.
fn difference(expected: &str, found: &str) -> String {
    let mut lines = expected.lines().zip(found.lines()).enumerate();
    match lines.find(|(_, (a, b))| a != b) {
        Some((n, (a, b))) => format!("line {}: expected {}, found {}", n + 1, a.trim(), b.trim()),
        None => format!("{} lines expected, {} found", expected.lines().count(), found.lines().count()),
    }
}

#[test]
fn every_sample_gives_the_record_kept_beside_it() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    for sample in samples() {
        let path = sample.folder.join("expected.json");
        let found = golden(&sample.file, &sample.bytes);
        if bless {
            fs::write(&path, &found).expect("expected.json");
            continue;
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if expected != found {
            wrong.push(format!("{}: {}", sample.slug, difference(&expected, &found)));
        }
    }
    assert!(
        wrong.is_empty(),
        "{wrong:#?}\nif this is right: BLESS=1 cargo test --test golden, then read `git diff`"
    );
}
