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
