//! All tables as the output of `extract` and `export`, and error records apart.

use std::collections::BTreeMap;

use super::*;

/// A folder with a report and a broken file.
fn reports() -> tempfile::TempDir {
    folder(&[
        ("in/a.txt", REPORT.as_bytes()),
        ("in/b.pdf", b"%PDF-1.4\nnothing"),
        ("in/c.txt", REPORT.as_bytes()),
    ])
}

/// The files of a folder with their bytes.
fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|p| (p.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&p).unwrap())).collect()
}

fn rows(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(bytes);
    let head = reader.headers().unwrap().clone();
    let row =
        |r: csv::StringRecord| head.iter().map(str::to_owned).zip(r.iter().map(str::to_owned)).collect();
    reader.records().map(|r| row(r.unwrap())).collect()
}

#[test]
fn a_folder_of_tables_holds_every_item_every_error_and_its_description() {
    let dir = reports();
    let output = run(dir.path(), &["extract", "-q", "in", "--format", "csv", "-o", "tables"]);
    assert_eq!((code(&output), output.stdout.len()), (1, 0), "{}", stderr(&output));
    let tables = files(&dir.path().join("tables"));
    let names: Vec<&str> = tables.keys().map(String::as_str).collect();
    let expected = [
        "checks.csv",
        "croissant.json",
        "datapackage.json",
        "dates.csv",
        "documents.csv",
        "errors.csv",
        "indicators.csv",
        "references.csv",
    ];
    assert_eq!(names, expected, "and nothing half");
    let records = records(&run(dir.path(), &["extract", "-q", "in"]));
    for kind in ["references", "dates", "indicators", "checks"] {
        let items: usize = records.iter().filter_map(|r| r[kind].as_array()).map(Vec::len).sum();
        assert_eq!(rows(&tables[&format!("{kind}.csv")]).len(), items, "{kind}");
    }
    let errors = rows(&tables["errors.csv"]);
    assert_eq!(errors.len(), 1);
    assert_eq!((errors[0]["path"].as_str(), errors[0]["code"].as_str()), ("in/b.pdf", "damaged"));
    let package: Value = serde_json::from_slice(&tables["datapackage.json"]).unwrap();
    for resource in package["resources"].as_array().unwrap() {
        let bytes = &tables[resource["path"].as_str().unwrap()];
        assert_eq!(resource["bytes"], bytes.len());
        assert_eq!(resource["rows"], rows(bytes).len());
        let fields = resource["schema"]["fields"].as_array().unwrap();
        assert!(fields.iter().all(|f| !f["description"].as_str().unwrap().is_empty()));
    }
}

#[test]
fn tables_are_the_same_at_any_number_of_jobs_and_out_of_records() {
    let dir = reports();
    for jobs in ["1", "3"] {
        let args = ["extract", "-q", "in", "--format", "tsv", "--jobs", jobs, "-o", jobs];
        assert_eq!(code(&run(dir.path(), &args)), 1);
    }
    assert_eq!(code(&run(dir.path(), &["extract", "-q", "in", "-o", "all.jsonl"])), 1);
    let export = ["export", "-q", "all.jsonl", "--format", "tsv", "-o", "exported"];
    assert_eq!(code(&run(dir.path(), &export)), 0);
    let one = files(&dir.path().join("1"));
    assert_eq!(one, files(&dir.path().join("3")));
    assert_eq!(one, files(&dir.path().join("exported")));
    // A second run writes over its own tables.
    assert_eq!(code(&run(dir.path(), &["extract", "-q", "in/a.txt", "--format", "tsv", "-o", "1"])), 0);
    assert_ne!(one, files(&dir.path().join("1")));
}

#[cfg(all(feature = "parquet", feature = "sqlite", feature = "xlsx"))]
#[test]
fn typed_forms_are_files_of_their_kind() {
    let dir = reports();
    assert_eq!(code(&run(dir.path(), &["extract", "-q", "in", "--format", "parquet", "-o", "p"])), 1);
    let tables = files(&dir.path().join("p"));
    assert_eq!(tables.len(), 8);
    for (name, bytes) in tables.iter().filter(|(name, _)| name.ends_with(".parquet")) {
        assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"), "{name}");
    }
    for command in ["extract", "export"] {
        assert_eq!(code(&run(dir.path(), &[command, "-q", "in", "--format", "sqlite", "-o", "r.db"])), 1);
        assert!(fs::read(dir.path().join("r.db")).unwrap().starts_with(b"SQLite format 3\0"));
    }
    let sheet = run(dir.path(), &["export", "-q", "in/a.txt", "--what", "dates", "--format", "xlsx"]);
    assert!(sheet.stdout.starts_with(b"PK\x03\x04"), "{}", stderr(&sheet));
    let left = fs::read_dir(dir.path())
        .unwrap()
        .filter(|e| e.as_ref().unwrap().path().to_string_lossy().ends_with(".part"));
    assert_eq!(left.count(), 0);
}

#[test]
fn wrong_calls_for_tables_are_refused() {
    let dir = reports();
    fs::write(dir.path().join("file"), "something").unwrap();
    fs::create_dir(dir.path().join("theirs")).unwrap();
    fs::write(dir.path().join("theirs/datapackage.json"), "{\"name\": \"other\"}").unwrap();
    let cases: [(&[&str], &str); 7] = [
        (&["extract", "in", "--format", "csv"], "name it with -o"),
        (&["extract", "in", "--format", "csv", "-o", "file"], "is a file"),
        (&["extract", "in", "--format", "csv", "-o", "theirs"], "did not write"),
        (&["extract", "in", "--format", "csv", "-o", "t", "--errors", "e"], "table of errors"),
        (&["extract", "in", "--format", "csv", "-o", "t", "--resume"], "JSON Lines only"),
        (&["export", "in"], "--what"),
        (&["extract", "in", "-o", "r.jsonl", "--errors", "r.jsonl"], "the same file"),
    ];
    for (args, said) in cases {
        let output = run(dir.path(), args);
        assert_eq!(code(&output), 2, "{args:?}");
        assert!(stderr(&output).contains(said), "{args:?}: {}", stderr(&output));
    }
}

#[test]
fn error_records_go_to_a_file_of_their_own() {
    let dir = reports();
    let all = run(dir.path(), &["extract", "-q", "in"]);
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let is_error = |line: &String| line.starts_with("{\"schema\":\"baocao.error/1\"");
    let (errors, kept): (Vec<_>, Vec<_>) = lines(&stdout(&all)).into_iter().partition(is_error);
    let read = |name: &str| lines(&fs::read_to_string(dir.path().join(name)).unwrap());

    let piped = run(dir.path(), &["extract", "-q", "in", "--errors", "e.jsonl"]);
    assert_eq!((code(&piped), lines(&stdout(&piped)), read("e.jsonl")), (1, kept.clone(), errors.clone()));

    let args = ["extract", "-q", "in", "-o", "r.jsonl", "--errors", "e2.jsonl"];
    assert_eq!(code(&run(dir.path(), &args)), 1);
    assert_eq!((read("r.jsonl"), read("e2.jsonl")), (kept.clone(), errors));

    // What failed is tried again by a later run, and is no error any more.
    fs::write(dir.path().join("in/b.pdf"), REPORT).unwrap();
    assert_eq!(code(&run(dir.path(), &[&args[..], &["--resume"]].concat())), 0);
    assert_eq!((read("r.jsonl").len(), read("e2.jsonl").len()), (3, 0));
}
