//! Rules as data: every example is won by the rule that owns it, and a user's folder changes only what it names.

#![allow(clippy::expect_used, reason = "helpers of a test may fail it")]

use std::fs;

use baocao::Patterns;
use baocao::internal::run::examples;
use baocao::{Extractor, Options};

fn extractor(dir: &std::path::Path) -> Extractor {
    Extractor::with(Patterns::with_dir(dir).expect("the folder is sound"), Options::default())
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    dir
}

#[test]
fn every_example_is_won_by_the_rule_that_owns_it() {
    let report = examples::run(&Extractor::new().expect("embedded patterns"));
    let failures: Vec<String> =
        report.failures.iter().map(|f| format!("{} {:?}: {}", f.rule, f.text, f.found)).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(
        report.rules > 50 && report.texts > 2 * report.rules,
        "{} rules, {} texts",
        report.rules,
        report.texts
    );
}

#[test]
fn a_rule_of_a_user_claims_its_numerals_and_nothing_else() {
    let dir = folder(&[(
        "traps.toml",
        r#"
[[rule]]
id = "trap.hamlet-house"
about = "The number of a hamlet's house of culture."
before = ["nhà rông làng"]
examples = ["tại nhà rông làng ⟦7⟧, buổi sáng"]
counter_examples = ["xây 7 nhà rông làng"]
"#,
    )]);
    let text = "Họp tại nhà rông làng 7 với 12 hộ theo Quyết định số 15/QĐ-UBND ngày 03/4/2018.";
    let own = extractor(dir.path());
    assert_eq!(examples::run(&own).failures, []);
    let rules = |e: &Extractor| -> Vec<(String, String)> {
        let numerals = baocao::explain(e, text.as_bytes()).expect("a text");
        numerals.into_iter().map(|n| (n.text, n.rule)).collect()
    };
    let (with, without) = (rules(&own), rules(&Extractor::new().expect("embedded patterns")));
    assert_eq!(with[0], ("7".into(), "trap.hamlet-house".into()));
    assert_eq!(with[1..], without[1..]);
}

#[test]
fn a_document_type_of_a_user_is_read_in_text_and_symbol() {
    let dir = folder(&[(
        "lexicon/doctypes.toml",
        "[[type]]\ncode = \"LĐ\"\nname = \"Lịch điều\"\nwords = [\"lịch điều\"]\nsymbols = [\"LĐ\"]\n",
    )]);
    let record =
        extractor(dir.path()).extract("x", "theo Lịch điều số 4/LĐ-UBND".as_bytes()).expect("a text");
    assert_eq!(record.references[0].doc_type.as_deref(), Some("LĐ"));
}

#[test]
fn a_broken_file_is_answered_with_file_line_and_advice() {
    let broken = [
        ("traps.toml", "[[rule]]\nid = \"trap.x\"\nbefroe = [\"a\"]\n", ":3:"),
        ("traps.toml", "\n[[rule]]\nid = \"trap.x\"\nbefore = [\"a\"]\n", "no examples"),
        ("dates.toml", "[words]\nnonsense = 1\n", ":2:"),
        (
            "traps.toml",
            "[[rule]]\nid = \"trap.x\"\nanchors = [\"a\"]\nregex = '('\nexamples = [\"⟦1⟧\"]\ncounter_examples = [\"2\"]\n",
            "regex",
        ),
        (
            "references.toml",
            "[[rule]]\nid = \"ref.x\"\nbefore = [\"a\"]\nexamples = [\"⟦1⟧\"]\ncounter_examples = [\"2\"]\n",
            "only traps",
        ),
    ];
    for (name, text, wanted) in broken {
        let dir = folder(&[(name, text)]);
        let error = Patterns::with_dir(dir.path()).expect_err(name).to_string();
        assert!(error.contains(name) && error.contains(wanted) && error.contains("hint:"), "{error}");
    }
}

#[test]
fn a_disabled_rule_is_out_of_service() {
    let dir = folder(&[("references.toml", "[[rule]]\nid = \"ref.short\"\ndisabled = true\n")]);
    let text = "kết quả thực hiện Đề án 06;";
    let count = |e: &Extractor| e.extract("x", text.as_bytes()).expect("a text").references.len();
    assert_eq!(count(&Extractor::new().expect("embedded patterns")), 1);
    assert_eq!(count(&extractor(dir.path())), 0);
}

#[test]
fn a_copy_of_the_whole_folder_changes_nothing() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("patterns");
    let text = "Tỷ lệ hộ nghèo năm 2019 giảm còn 4,2%.".as_bytes();
    let own = extractor(&folder).extract("a.txt", text).expect("plain text");
    let embedded =
        Extractor::new().expect("the embedded patterns").extract("a.txt", text).expect("plain text");
    assert_eq!(own.indicators.len(), 1);
    assert_eq!(
        serde_json::to_value(&own.indicators).expect("JSON"),
        serde_json::to_value(&embedded.indicators).expect("JSON")
    );
}
