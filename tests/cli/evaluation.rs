//! `baocao eval`: its figures on small records are worked out by hand, from the rules of matching.

use super::*;

const GOLD: &str = "# file\tx.txt\n# remark\nM\ttype\tBC\nM\tplace\tHoà An\nM\tsubject~\tgiảm nghèo\n\
    R\tQĐ\t12/QĐ-UBND\t2020-01-02\nR\tQĐ\t12/QĐ-UBND\t-\nR\tL\t2015\t-\tlaw\nR\tKH\t5/KH-UB\t-\topt\n\
    D\t2020-01-02\t2020-01-02\nD\t2021-01-01\t2021-06-30\nD\t2022-01-01\t2022-12-31\topt\n\
    I\tratio\t3/12\txã\tname=Số xã\trole=actual\tbound=exact\nI\tpercentage\t25\t%\tname=tỷ lệ\trole=target\tperiod=2021-01-01/2021-06-30\n\
    I\tcount\t7\tlớp tập huấn\nI\tcount\t9\t-\topt\n";

/// Found: both references to 12/QĐ-UBND (one date right), the law by its year, the optional plan, one false; the first
/// date, half of the period (neutral), one false; ratio, percentage, a false count in place of the 7.
const RECORD: &str = r#"{"source":{"path":"docs/x.txt"},"metadata":{"doc_type":"BC","place":"HÒA  AN","subject":"Công tác giảm nghèo"},
"references":[{"type":"QĐ","id":"12/QĐ-UBND","date":"2020-01-02","text":"a"},{"type":"QĐ","id":"12/QĐ-UBND","date":null,"text":"b"},
{"type":"L","id":null,"year":2015,"text":"c"},{"type":"KH","id":"5/KH-UB","text":"d"},{"type":"TT","id":"1/TT","text":"e"}],
"dates":[{"start":"2020-01-02","end":"2020-01-02","text":"f"},{"start":"2021-06-30","end":"2021-06-30","text":"g"},{"start":"1999-01-01","end":"1999-01-01","text":"h"}],
"indicators":[{"kind":"ratio","numerator":3.0,"denominator":12,"unit":"xã","text":"i","name":"số xã đạt chuẩn","role":"actual","bound":"about"},
{"kind":"percentage","value":25.0,"unit":"%","text":"j","name":null,"role":"target","period":{"start":"2021-01-01","end":"2021-06-30"}},
{"kind":"count","value":8,"unit":"lớp","text":"k"}]}"#;

#[test]
fn figures_follow_the_rules_of_matching() {
    let record = RECORD.replace('\n', "");
    let dir = folder(&[("gold/x.tsv", GOLD.as_bytes()), ("records.jsonl", record.as_bytes())]);
    let output = run(dir.path(), &["eval", "gold", "--records", "records.jsonl", "--json"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let score: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let counts = |kind: &str| ["tp", "fp", "fn"].map(|f| score[kind][f].as_u64().unwrap());
    assert_eq!(counts("references"), [3, 1, 0]);
    assert_eq!(counts("dates"), [1, 1, 1]);
    assert_eq!(counts("indicators"), [2, 1, 1]);
    assert_eq!(score["references"]["precision"], 0.75);
    assert_eq!(score["references"]["f1"], 0.8571);
    assert_eq!(score["references"]["date_accuracy"], 1.0);
    assert_eq!(score["indicators"]["unit_accuracy"], 1.0);
    assert_eq!(score["metadata"]["right"], 3);
    let attribute = |name: &str| score["attributes"][name]["right"].as_u64().unwrap();
    assert_eq!(["name", "role", "bound", "period"].map(attribute), [1, 2, 0, 1]);
}

#[test]
fn misses_are_listed_with_what_was_wanted_and_what_was_found() {
    let record = RECORD.replace('\n', "");
    let dir = folder(&[("gold/x.tsv", GOLD.as_bytes()), ("records.jsonl", record.as_bytes())]);
    let listed = stdout(&run(dir.path(), &["eval", "gold", "--records", "records.jsonl", "--misses"]));
    for line in [
        "x.txt\tR\tfalse\tTT 1/TT\t1\te",
        "x.txt\tD\tmissed\t2021-01-01 2021-06-30\t1\t",
        "x.txt\tI\tfalse\tcount 8\t1\tk",
        "x.txt\tI\tbound\tratio 3/12 exact\t1\tabout",
    ] {
        assert!(listed.lines().any(|l| l == line), "{line:?} is not in\n{listed}");
    }
}

/// What a figure means, with the words it stands in: the first has all right, the second another role.
const FACTS: &str = "# file\tx.txt\n\
    I\tcount\t7\txã\tat=có 7 xã đạt\tname=xã (đạt chuẩn)\tscope=-|toàn huyện\trole=actual\tbound=exact\tconcept=-|+new\n\
    I\tcount\t7\txã\tat=thêm 7 xã đạt\tname=xã (đạt chuẩn)\trole=change\tbound=at_least\tperiod=2022-01-01/2022-12-31\n";

#[test]
fn facts_are_found_by_the_words_they_stand_in() {
    let text = "Năm 2021 huyện có 7 xã đạt chuẩn nông thôn mới. Phấn đấu năm 2022 có thêm 7 xã đạt chuẩn.\n";
    let dir = folder(&[("x/x.txt", text.as_bytes()), ("x/gold.tsv", FACTS.as_bytes())]);
    let listed = stdout(&run(dir.path(), &["eval", ".", "--misses"]));
    assert!(listed.contains("x.txt\tI\trole\tcount 7 (thêm 7 xã đạt) change\t1\ttarget\n"), "{listed}");
    assert!(listed.contains("facts of 1") && !listed.contains("precision"), "{listed}");
    let score: Value = serde_json::from_str(&stdout(&run(dir.path(), &["eval", ".", "--json"]))).unwrap();
    let row = |row: &str| ["right", "of"].map(|n| score["facts"]["fields"][row][n].as_u64().unwrap());
    assert_eq!([row("found"), row("name"), row("scope"), row("role")], [[2, 2], [2, 2], [1, 1], [1, 2]]);
    assert_eq!([row("period"), row("fact*")], [[1, 1], [1, 2]]);
}

#[test]
fn documents_are_extracted_and_a_missing_one_counts_as_missed() {
    let dir = folder(&[
        ("docs/sub/x.txt", REPORT.as_bytes()),
        ("gold/x.tsv", GOLD.as_bytes()),
        ("gold/y.tsv", b"# file\ty.txt\nD\t2020-01-01\t2020-01-01\n"),
    ]);
    let output = run(dir.path(), &["eval", "gold", "--docs", "docs", "--json"]);
    let score: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(score["absent"], serde_json::json!(["y.txt"]));
    assert_eq!(score["dates"]["fn"].as_u64().unwrap() + score["dates"]["tp"].as_u64().unwrap(), 3);
}

#[test]
fn wrong_gold_is_named_with_its_line() {
    let dir = folder(&[("gold/x.tsv", b"# file\tx.txt\nQ\twhat\n"), ("none/a.txt", b"")]);
    let output = run(dir.path(), &["eval", "gold", "--docs", "."]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("gold/x.tsv:2:"), "{}", stderr(&output));
    assert_eq!(code(&run(dir.path(), &["eval", "none"])), 2);
}

#[test]
fn a_comparison_is_scored_against_the_cells_that_people_make() {
    let output = run(&repository(), &["eval", "corpus-compare", "--compare", "--misses"]);
    let text = stdout(&output);
    let of = |what: &str| text.lines().filter(|l| l.starts_with(what) && !l.contains("ban-quet")).count();
    let gold = fs::read_to_string(repository().join("corpus-compare/cells.tsv")).unwrap();
    let cells = gold.lines().filter(|l| l.starts_with("C\t") && !l.contains("ban-quet")).count();
    // The scan among them needs the tools of recognition: .ci/run scores it too.
    let right = cells - of("missed\t");
    assert!(cells >= 30 && right * 100 >= cells * 95, "{right} of {cells} cells\n{text}");
    assert!(of("wrong\t") * 20 <= right, "{text}");
    assert!(text.contains("cells of the comparison: precision"), "{text}");
    let none = run(&repository(), &["eval", "docs", "--compare"]);
    assert_eq!(code(&none), 2, "{}", stderr(&none));
}
