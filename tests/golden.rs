//! The record of every sample is kept beside it as `expected.json`; a change shows in `git diff`.
//!
//! `BLESS=1 cargo test --test golden` rewrites them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use std::fs;
use std::path::Path;

use baocao::{Explained, explain};
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

/// What is told of a text: its head, parts, references, dates, figures with the reason of each attribute, checks, and what
/// claimed each numeral.
fn told(file: &str, bytes: &[u8]) -> String {
    let record = extractor().extract(file, bytes).expect("a record");
    let numerals = explain(extractor(), bytes).expect("every numeral");
    let value = serde_json::to_value(&record).expect("JSON");
    let mut out = format!("\nhead {}", fields(&value["metadata"], &["evidence"]));
    for (key, name) in [("sections", "part"), ("references", "reference"), ("dates", "date")] {
        for item in value[key].as_array().into_iter().flatten() {
            out.push_str(&format!("\n{name} {} {} {}", item["span"], item["text"], fields(item, &TOLD)));
        }
    }
    for (item, value) in record.indicators.iter().zip(value["indicators"].as_array().into_iter().flatten()) {
        let number = support::indicator(item);
        let sentence = item.sentence.as_ref().map(|s| s.span).unwrap_or_default();
        let (span, rest) = (item.span, fields(value, &TOLD));
        out.push_str(&format!("\nfigure {span:?} {:?} {number} in {sentence:?} {rest}", item.text));
        if let Some(whole) = record.indicators.iter().find(|i| Some(&i.id) == item.part_of.as_ref()) {
            out.push_str(&format!("; part of {:?}", whole.text));
        }
        if let Some(cell) = &item.table {
            out.push_str(&format!("; cell {:?} {:?} {:?}", cell.position, cell.rows, cell.columns));
        }
        let inside = |n: &&Explained| item.bytes[0] <= n.bytes.start && n.bytes.end <= item.bytes[1];
        let Some(numeral) = numerals.iter().find(inside) else {
            out.push_str(&format!("; name {:?}; {:?} {}", item.name, item.role, item.bound));
            continue;
        };
        for a in numeral.attributes.iter().filter(|a| !a.value.is_empty() || !a.rule.is_empty()) {
            out.push_str(&format!("; {} {} <{}>", a.field, a.value, a.rule));
        }
    }
    for check in &record.checks {
        out.push_str(&format!("\ncheck {:?} {:?}: {}", check.kind, check.verdict, check.message));
    }
    for warning in &record.warnings {
        out.push_str(&format!("\nwarning {}", warning.message));
    }
    let mut before = None;
    for numeral in numerals {
        let owner = (numeral.line, numeral.owner, numeral.rule);
        match &before {
            Some(before) if *before == owner => out.push_str(&format!(" | {}", numeral.text)),
            _ => out.push_str(&format!("\n{}: {} {}: {}", owner.0, owner.1, owner.2, numeral.text)),
        }
        before = Some(owner);
    }
    out
}

/// What a line says in other words, or what follows from it.
const TOLD: [&str; 24] = [
    "bytes",
    "page",
    "line",
    "section",
    "text",
    "span",
    "type_name",
    "item_id",
    "sentence",
    "kind",
    "value",
    "unit",
    "numerator",
    "denominator",
    "name",
    "scope",
    "place",
    "period",
    "role",
    "direction",
    "part_of",
    "quotient",
    "bound",
    "table",
];

/// The other fields of a thing that say something.
fn fields(value: &Value, told: &[&str]) -> String {
    let figure = value.get("quotient").is_some();
    let said = |key: &str| match key {
        "kind" | "role" | "name" => figure && told.contains(&key),
        "id" => value.get("edtf").is_some() || figure,
        _ => told.contains(&key),
    };
    let empty =
        |v: &Value| v.is_null() || v.as_bool() == Some(false) || v.as_array().is_some_and(Vec::is_empty);
    let object = value.as_object().into_iter().flatten();
    let fields = object.filter(|(key, value)| !said(key) && !empty(value));
    fields.map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(" ")
}

/// Texts of our own in `tests/told/`, each behind `=== its name`; behind `---` stands all that is told of it.
#[test]
fn everything_told_of_our_own_texts_is_kept_with_them() {
    let bless = std::env::var_os("BLESS").is_some();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/told");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("tests/told")
        .map(|f| f.expect("a file").path())
        .filter(|p| p.is_file())
        .collect();
    files.sort();
    let mut wrong = Vec::new();
    for path in files {
        let kept = fs::read_to_string(&path).expect("UTF-8");
        let mut new = String::new();
        for block in kept.split("=== ").skip(1) {
            let (name, rest) = block.split_once('\n').expect("a name on the first line");
            let (text, expected) = rest.split_once("\n---\n").unwrap_or((rest.trim_end(), ""));
            let found = told("bao-cao.txt", text.as_bytes());
            if expected.trim() != found.trim() {
                wrong.push(format!("{name}: {}", difference(expected.trim(), found.trim())));
            }
            new.push_str(&format!("=== {name}\n{text}\n---{found}\n"));
        }
        if bless {
            fs::write(&path, new).expect("a file of tests/told");
        }
    }
    assert!(
        bless || wrong.is_empty(),
        "{wrong:#?}\nif this is right: BLESS=1 cargo test --test golden, then read `git diff`"
    );
}
