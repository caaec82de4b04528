//! What goes to stdout, to stderr and to files, in which order, and what the exit code says.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use super::*;

#[test]
fn one_record_a_line_in_the_order_of_the_paths() {
    let report = REPORT.as_bytes();
    let dir =
        folder(&[("in/b.txt", report), ("in/a/z.md", report), ("in/a.txt", report), ("in/Ă.txt", report)]);
    let output = run(dir.path(), &["extract", "in"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let records = records(&output);
    assert_eq!(paths(&records), ["in/a.txt", "in/a/z.md", "in/b.txt", "in/Ă.txt"]);
    for record in &records {
        assert_eq!(record["schema"], "baocao.record/2");
        assert_eq!(record["id"].as_str().unwrap(), &record["source"]["sha256"].as_str().unwrap()[..16]);
    }
    assert!(stderr(&output).contains("4 documents, 0 errors"), "{}", stderr(&output));
}

#[test]
fn the_bytes_are_the_same_at_any_number_of_jobs_and_on_every_run() {
    let dir = folder(&[
        ("broken.pdf", b"%PDF-1.4\nnothing"),
        ("junk.txt", &[0, 1, 2, 3, 0, 5]),
        ("ok.txt", REPORT.as_bytes()),
    ]);
    let samples = repository().join("corpus-samples");
    let of = |jobs: &str| {
        let output = run(dir.path(), &["extract", "--quiet", "--jobs", jobs, ".", samples.to_str().unwrap()]);
        assert_eq!(code(&output), 1);
        output.stdout
    };
    let one = of("1");
    assert!(one.iter().filter(|b| **b == b'\n').count() > 12);
    for jobs in ["1", "2", "8"] {
        assert!(of(jobs) == one, "--jobs {jobs}");
    }
}

#[test]
fn every_span_points_into_what_text_prints() {
    let samples = repository().join("corpus-samples");
    let output = run(&samples, &["extract", "--quiet", "."]);
    assert_eq!(code(&output), 0);
    let mut items = 0;
    for record in records(&output) {
        let path = record["source"]["path"].as_str().unwrap();
        let text = stdout(&run(&samples, &["text", path]));
        let chars: Vec<char> = text.chars().collect();
        assert_eq!(record["source"]["chars"], chars.len(), "{path}");
        for item in ["references", "dates", "indicators"].iter().flat_map(|k| record[k].as_array().unwrap()) {
            let at = |span: &str, n: usize| item[span][n].as_u64().unwrap() as usize;
            let surface = item["text"].as_str().unwrap();
            assert_eq!(text.get(at("bytes", 0)..at("bytes", 1)), Some(surface), "{path} {}", item["rule"]);
            assert_eq!(chars[at("span", 0)..at("span", 1)].iter().collect::<String>(), surface, "{path}");
            assert_eq!(surface.trim(), surface, "{path}");
            items += 1;
        }
    }
    assert!(items > 500, "{items} items only");
}

#[test]
fn exit_codes_say_all_read_or_some_failed_or_wrong_call() {
    let dir = folder(&[("a.txt", REPORT.as_bytes()), ("list", b"a.txt\n")]);
    let cases: [(&[&str], i32); 16] = [
        (&["extract", "a.txt"], 0),
        (&["extract", "a.txt", "missing.txt"], 1),
        (&["text", "a.txt"], 0),
        (&["text", "missing.txt"], 1),
        (&["--help"], 0),
        (&["--version"], 0),
        (&[], 2),
        (&["extract"], 2),
        (&["extrakt", "a.txt"], 2),
        (&["extract", "--colour", "a.txt"], 2),
        (&["extract", "--format", "xml", "a.txt"], 2),
        (&["extract", "--format", "jsonl", "--pretty", "a.txt"], 2),
        (&["extract", "--jobs", "0", "a.txt"], 2),
        (&["extract", "--max-size", "much", "a.txt"], 2),
        (&["extract", "--files-from", "no-such-list"], 2),
        (&["extract", "-", "--files-from", "-"], 2),
    ];
    for (args, expected) in cases {
        let output = run(dir.path(), args);
        assert_eq!(code(&output), expected, "{args:?}: {}", stderr(&output));
        assert!(expected != 2 || (output.stdout.is_empty() && !output.stderr.is_empty()), "{args:?}");
    }
    for option in [["--patterns", "no-such-folder"], ["--encoding", "klingon"], ["--no-repair", "everything"]]
    {
        let output = run(dir.path(), &["extract", option[0], option[1], "a.txt"]);
        assert_eq!(code(&output), 2, "{option:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(option[1]), "{}", stderr(&output));
    }
}

#[test]
fn a_reader_that_has_seen_enough_ends_the_run_quietly() {
    let dir = tempfile::tempdir().unwrap();
    for n in 0..400 {
        fs::write(dir.path().join(format!("{n:03}.txt")), REPORT).unwrap();
    }
    let mut child =
        baocao(dir.path(), &["extract", "."]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(serde_json::from_str::<Value>(&first).is_ok());
    let output = child.wait_with_output().unwrap();
    assert_eq!((code(&output), stderr(&output).as_str()), (0, ""));
}

#[test]
fn quiet_says_nothing_on_stderr_and_data_never_goes_there() {
    let dir = folder(&[("a.txt", REPORT.as_bytes()), ("b.txt", b"")]);
    let output = run(dir.path(), &["extract", "--quiet", "."]);
    assert_eq!((code(&output), stderr(&output).as_str()), (1, ""));
    assert_eq!(records(&output).len(), 2);
    let loud = run(dir.path(), &["extract", "."]);
    assert_eq!(loud.stdout, output.stdout);
    assert!(stderr(&loud).contains("./b.txt: the document holds no text"), "{}", stderr(&loud));
}

#[test]
fn an_array_is_written_for_format_json_and_pretty() {
    let dir = folder(&[("a.txt", REPORT.as_bytes()), ("b.txt", REPORT.as_bytes())]);
    let lines = records(&run(dir.path(), &["extract", "."]));
    for args in [&["extract", "--format", "json", "."][..], &["extract", "--pretty", "."]] {
        let text = stdout(&run(dir.path(), args));
        let array: Vec<Value> = serde_json::from_str(&text).unwrap();
        assert_eq!(array, lines);
        assert_eq!(text.lines().count() > 50, args.contains(&"--pretty"));
    }
    let none = stdout(&run(dir.path(), &["extract", "--format", "json", "--files-from", "/dev/null"]));
    assert_eq!(serde_json::from_str::<Vec<Value>>(&none).unwrap().len(), 0);
}

#[test]
fn an_output_file_is_written_whole_or_not_at_all() {
    let dir = folder(&[("in/a.txt", REPORT.as_bytes()), ("in/b.txt", b""), ("out.jsonl", b"before\n")]);
    let direct = run(dir.path(), &["extract", "in"]);
    let output = run(dir.path(), &["extract", "in", "-o", "out.jsonl"]);
    assert_eq!((code(&output), output.stdout.len()), (1, 0));
    assert_eq!(fs::read(dir.path().join("out.jsonl")).unwrap(), direct.stdout);
    for wrong in ["no-such-folder/out.jsonl", "in"] {
        let output = run(dir.path(), &["extract", "in", "-o", wrong]);
        assert_eq!(code(&output), 2, "{wrong}");
        assert!(stderr(&output).contains(wrong), "{}", stderr(&output));
    }
    let mut names: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["in", "out.jsonl"], "nothing is left behind");
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_cannot_be_written_is_a_wrong_call() {
    let dir = folder(&[("a.txt", REPORT.as_bytes())]);
    let output = run(dir.path(), &["extract", "a.txt", "-o", "/dev/full"]);
    assert_eq!(code(&output), 2, "{}", stderr(&output));
    assert_eq!(code(&run(dir.path(), &["extract", "a.txt", "-o", "/dev/null"])), 0);
}

/// Two tables under captions, one with a cell that holds nothing.
const TABLES: &str = "Bảng 1. Diện tích mắc ca (ha)\n\n| Huyện | 2019 | 2020 |\n|---|---|---|\n| Huyện Nà Bản | 1.204,5 | 1.310 |\n\
                      | Huyện Mường Sơn | - | 700 |\n\nĐoạn văn ở giữa.\n\nBảng 2. Kinh phí năm 2020\n\n\
                      | Nội dung | Kinh phí (triệu đồng) |\n|---|---|\n| Làm đường | 1.200 |\n| Xây kè | 450 |\n";

#[test]
fn tables_of_documents_are_exported_one_file_a_table() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("bao cao.md"), TABLES).unwrap();
    let out = run(dir.path(), &["export", "-q", "--what", "tables", "-o", "bang", "bao cao.md"]);
    assert_eq!(code(&out), 0, "{}", stderr(&out));
    let mut files: Vec<_> =
        fs::read_dir(dir.path().join("bang")).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let names: Vec<String> =
        files.iter().map(|f| f.file_name().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(files.len(), 2, "{names:?}");
    assert!(names[0].starts_with("bao-cao-") && names[0].ends_with("-t1.csv"), "{names:?}");
    let first = fs::read_to_string(&files[0]).unwrap();
    let expected = "row,2019,2019 [value],2019 [unit],2020,2020 [value],2020 [unit]\r\n\
                    Huyện Nà Bản,\"1.204,5\",1204.5,ha,1.310,1310,ha\r\nHuyện Mường Sơn,,,,700,700,ha\r\n";
    assert_eq!(first, expected);
    let second = fs::read_to_string(&files[1]).unwrap();
    assert!(second.contains("Làm đường,1.200,1200000000,VND\r\n"), "{second}");
    // The same from records, to the standard output: each table under a line that names it.
    let records = run(dir.path(), &["extract", "-q", "bao cao.md"]);
    let out = run_with_input(dir.path(), &["export", "-q", "--what", "tables", "-"], &records.stdout);
    let said = stdout(&out);
    assert!(said.starts_with("# table,bao cao.md,1,"), "{said}");
    assert!(said.contains(&first) && said.contains(&second), "{said}");
}

#[test]
fn the_page_of_a_document_shows_tables_as_tables() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.md"), TABLES).unwrap();
    let page = stdout(&run(dir.path(), &["view", "a.md"]));
    assert_eq!(page.matches("<table class=\"grid\">").count(), 2);
    let cell = page.split("<td>").find(|c| c.contains("1.204,5")).unwrap();
    assert!(cell.starts_with("<span class=\"m ind\"") && cell.contains("</span></td>"), "{cell}");
    assert_eq!(page.matches("<pre>").count(), page.matches("</pre>").count());
}
