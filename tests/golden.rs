//! The record of every sample is kept beside it as `expected.json`; a change shows in `git diff`.
//!
//! `BLESS=1 cargo test --test golden` rewrites them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use std::fs;

use serde_json::Value;
use support::{extractor, samples};

/// The record, an item a line, so that a change is a changed line. Left out: the generator, empty fields, byte spans
/// and ids of items (functions of the spans), and the sentence's words (its span says enough).
fn golden(file: &str, bytes: &[u8]) -> String {
    let record = extractor().extract(file, bytes).expect("a record");
    let value = serde_json::to_value(&record).expect("JSON");
    let Value::Object(mut object) = value else { panic!("a record is an object") };
    object.remove("generator");
    let mut out = String::from("{\n");
    for (key, value) in &mut object {
        match value {
            Value::Array(items) if items.is_empty() => {}
            Value::Array(items) => {
                let lines: Vec<String> = items.iter_mut().map(|i| format!("  {}", short(i))).collect();
                out.push_str(&format!("\"{key}\": [\n{}\n],\n", lines.join(",\n")));
            }
            value => out.push_str(&format!("\"{key}\": {},\n", short(value))),
        }
    }
    out.push_str("\"end\": true\n}\n");
    out
}

/// A value on one line, without what the golden records leave out.
fn short(value: &mut Value) -> String {
    if let Value::Object(object) = value {
        object.remove("bytes");
        object.remove("item_id");
        if object.contains_key("rule") && !object.contains_key("form") {
            object.remove("id");
        }
        if let Some(sentence) = object.get_mut("sentence").and_then(Value::as_object_mut) {
            sentence.remove("text");
        }
        object.retain(|_, v| !v.is_null() && *v != Value::Array(Vec::new()));
    }
    value.to_string()
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
