//! What people call in their first hour, half of it wrong: each answer says what is wrong and what to do.

use super::*;

/// A call, what stands in its answer, and its exit code.
const CALLS: &[(&str, &[&str], i32)] = &[
    ("a.txt", &["unrecognized subcommand", "hint: to read documents: baocao extract a.txt"], 2),
    ("b.pdf", &["there is no file b.pdf either"], 2),
    ("extrct a.txt", &["extract"], 2),
    ("extract", &["nothing to read", "hint: name files or folders"], 2),
    ("extract a.txt --jobs 0", &["give a number from 1"], 2),
    ("extract a.txt --jobs many", &["give a number from 1"], 2),
    ("extract a.txt --timeout -1", &["give whole seconds"], 2),
    ("extract a.txt --memory 1k", &["at least 64M"], 2),
    ("extract a.txt --max-size 3apples", &["use k, M or G"], 2),
    ("extract a.txt --format xlsx", &["hint: tables are made from records"], 2),
    ("extract a.txt --format csv", &["go into a folder; name it with -o"], 2),
    ("extract a.txt --csv", &["hint: tables are made from records"], 2),
    ("extract -r .", &["hint: folders are always read"], 2),
    ("extract a.txt --ouput x", &["--output"], 2),
    ("extract a.txt --threads 4", &["--jobs"], 2),
    ("extract a.txt -o nowhere/x.jsonl", &["the folder nowhere does not exist", "mkdir -p nowhere"], 2),
    ("extract a.txt -o .", &["it is a folder"], 2),
    ("extract a.txt --encoding tcvn4", &["not known; known are"], 2),
    ("extract a.txt --patterns own", &["own/unknown.toml", "no pattern file has this name", "dates.toml"], 2),
    ("extract a.txt --patterns nowhere", &["is not a folder"], 2),
    ("extract a.txt -v -q", &["cannot be used with"], 2),
    ("export r.jsonl", &["name a table with --what"], 2),
    ("text .", &["a folder", "hint: one document at a time"], 1),
    ("view .", &["a folder", "hint: one document at a time"], 1),
    ("explain nothing.txt", &["the file does not exist"], 1),
    ("extract nothing.txt", &["the file does not exist"], 1),
    ("extract *.pdf", &["no file fits this pattern"], 1),
    ("extract a.txt --ocr tesseract", &["tesseract: the file does not exist", "--ocr=force"], 1),
    ("man nothing", &["no subcommand"], 2),
];

fn first_folder() -> tempfile::TempDir {
    let dir = folder(&[("a.txt", REPORT.as_bytes()), ("r.jsonl", b"")]);
    fs::create_dir(dir.path().join("own")).unwrap();
    fs::write(dir.path().join("own/unknown.toml"), "x = 1\n").unwrap();
    dir
}

#[test]
fn a_wrong_call_is_told_what_is_wrong_and_what_to_do() {
    let dir = first_folder();
    let mut failures = Vec::new();
    for (call, wanted, exit) in CALLS {
        let args: Vec<&str> = call.split(' ').collect();
        let output = run(dir.path(), &args);
        let said = stderr(&output);
        if code(&output) != *exit || wanted.iter().any(|w| !said.contains(w)) {
            failures.push(format!("{call}\n  {} {said}", code(&output)));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn the_same_answers_are_given_in_vietnamese() {
    let dir = first_folder();
    let calls = [
        ("a.txt", "gợi ý: để đọc văn bản: baocao extract a.txt"),
        ("extract", "lỗi: chưa có gì để đọc"),
        ("extract a.txt --jobs 0", "nêu một số từ 1 trở lên"),
        ("extract a.txt -o nowhere/x.jsonl", "không có thư mục nowhere"),
        ("extract a.txt --format xlsx", "gợi ý: bảng được lập từ các bản ghi"),
        ("text .", "chưa đọc được loại tệp này: thư mục"),
        ("extract -h", "Tùy chọn:"),
    ];
    for (call, wanted) in calls {
        let args: Vec<&str> = call.split(' ').collect();
        let by_locale = baocao(dir.path(), &args).env("LC_ALL", "vi_VN.UTF-8").output().unwrap();
        let by_option = run(dir.path(), &[&args[..], &["--lang", "vi"]].concat());
        for output in [by_locale, by_option] {
            let said = stderr(&output) + &stdout(&output);
            assert!(said.contains(wanted), "{call}: {said}");
        }
    }
}

/// What goes to programs has no language.
#[test]
fn records_are_the_same_in_every_language() {
    let dir = folder(&[("a.txt", REPORT.as_bytes()), ("b.txt", b"")]);
    let english = run(dir.path(), &["extract", ".", "--lang", "en"]);
    let vietnamese = run(dir.path(), &["extract", ".", "--lang", "vi"]);
    assert_eq!(english.stdout, vietnamese.stdout);
    assert!(stderr(&vietnamese).contains("2 tệp: 1 văn bản, 1 lỗi"), "{}", stderr(&vietnamese));
}

#[test]
fn a_document_from_a_pipe_needs_no_dash() {
    let dir = folder(&[]);
    let piped = run_with_input(dir.path(), &["extract"], REPORT.as_bytes());
    let named = run_with_input(dir.path(), &["extract", "-"], REPORT.as_bytes());
    assert_eq!(code(&piped), 0, "{}", stderr(&piped));
    assert_eq!(piped.stdout, named.stdout);
}

#[test]
fn the_table_for_the_eye_has_one_line_a_document_and_names_the_unread() {
    let dir = folder(&[("a.txt", REPORT.as_bytes()), ("b.txt", b"")]);
    let output = run(dir.path(), &["extract", ".", "--format", "table"]);
    let text = stdout(&output);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(
        lines[1].contains("BC") && lines[1].contains("14/BC-UBND") && lines[1].contains("2021-03-05"),
        "{text}"
    );
    assert!(lines[2].contains("no_text"), "{text}");
    assert!(lines.iter().all(|l| l.chars().count() <= 100), "{text}");
}

#[test]
fn verbose_names_every_file_and_the_long_version_what_was_built() {
    let dir = folder(&[("a.txt", REPORT.as_bytes()), ("c.jpg", b"\xff\xd8\xff\xe0")]);
    let said = stderr(&run(dir.path(), &["extract", ".", "-v"]));
    assert!(said.contains("a.txt: ") && said.contains("c.jpg: passed over"), "{said}");
    let short = stdout(&run(dir.path(), &["-V"]));
    let long = stdout(&run(dir.path(), &["--version"]));
    assert_eq!(short.lines().count(), 1);
    assert!(long.contains("features: cli") && long.contains("patterns: "), "{long}");
}
