//! Where documents come from, and what becomes of those that cannot be read: one clear error record each, at its
//! place, everything else untouched.

use super::*;

#[test]
fn each_bad_input_gives_one_error_record_at_its_place() {
    let truncated = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages";
    let junk: Vec<u8> = (0..3000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let dir = folder(&[
        ("1.txt", REPORT.as_bytes()),
        ("2-empty.txt", b""),
        ("3-blank.txt", b" \n\n\t"),
        ("4-junk.txt", &junk),
        ("5-truncated.pdf", truncated),
        ("6-office.docx", b"PK\x03\x04 broken"),
        ("7-invalid.txt", &[REPORT.as_bytes(), b"\xff\xfe khong doc duoc \xc3"].concat()),
        ("9.txt", REPORT.as_bytes()),
    ]);
    #[cfg(unix)]
    std::os::unix::fs::symlink("gone", dir.path().join("8-vanished.txt")).unwrap();
    #[cfg(not(unix))]
    fs::write(dir.path().join("8-vanished.txt"), b"").unwrap();
    let output = run(dir.path(), &["extract", "."]);
    assert_eq!(code(&output), 1);
    let records = records(&output);
    let kinds: Vec<&str> = records.iter().map(kind).collect();
    let record = "baocao.record/2";
    let vanished = if cfg!(unix) { "not_found" } else { "no_text" };
    assert_eq!(kinds[..4], [record, "no_text", "no_text", "unsupported"]);
    assert!(["damaged", "no_text"].contains(&kinds[4]), "{}", kinds[4]);
    assert!(["damaged", "unsupported"].contains(&kinds[5]), "{}", kinds[5]);
    assert_eq!(kinds[6..], [record, vanished, record]);
    let warnings = records[6]["warnings"].as_array().unwrap();
    assert!(warnings.iter().any(|w| w["code"] == "invalid_utf8"), "{warnings:?}");
    for record in records.iter().filter(|r| !r["error"].is_null()) {
        assert_eq!(record["schema"], "baocao.error/1");
        let path = record["source"]["path"].as_str().unwrap();
        let message = record["error"]["message"].as_str().unwrap();
        assert!(stderr(&output).contains(&format!("{path}: {message}")), "{path}");
    }
    assert_eq!(records[3]["source"]["size"], 3000);
    assert_eq!(records[3]["source"]["sha256"].as_str().unwrap().len(), 64);
    assert!(stderr(&output).contains("3 documents, 6 errors"), "{}", stderr(&output));
}

#[test]
fn files_of_unknown_kind_are_named_in_the_summary_and_refused_only_when_asked_for() {
    let dir = folder(&[
        ("a.txt", REPORT.as_bytes()),
        ("scan.JPG", b"\xff\xd8\xff\xe0 picture"),
        ("table.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("data.csv", b"a,b\n1,2\n"),
        ("noext", b"\x7fELF\x02\x01\x01"),
    ]);
    let output = run(dir.path(), &["extract", "."]);
    assert_eq!((code(&output), records(&output).len()), (1, 2));
    let summary = stderr(&output);
    assert!(
        summary.contains("3 files of other kinds passed over (.csv 1, .jpg 1, no extension 1)"),
        "{summary}"
    );
    let named = run(dir.path(), &["extract", "scan.JPG", "data.csv"]);
    assert_eq!(code(&named), 1);
    let records = records(&named);
    assert_eq!(records.iter().map(kind).collect::<Vec<_>>(), ["baocao.record/2", "unsupported"]);
    assert!(records[1]["error"]["message"].as_str().unwrap().contains("JPEG"));
}

#[test]
fn the_format_is_known_by_the_bytes_and_not_by_the_name() {
    let page = format!("<!DOCTYPE html><html><body><p>{}</p></body></html>", REPORT.replace('\n', "<br>"));
    let dir = folder(&[
        ("page.txt", page.as_bytes()),
        ("text.pdf", REPORT.as_bytes()),
        ("bare", REPORT.as_bytes()),
    ]);
    let records = records(&run(dir.path(), &["extract", "."]));
    let formats: Vec<_> = records.iter().map(|r| r["source"]["format"].as_str().unwrap()).collect();
    assert_eq!(formats, ["text", "html", "text"]);
}

#[test]
fn hidden_files_come_only_when_asked_for_and_no_ignore_file_is_heeded() {
    let report = REPORT.as_bytes();
    let dir =
        folder(&[(".gitignore", b"*.txt\n"), ("a.txt", report), (".b.txt", report), (".c/d.txt", report)]);
    assert_eq!(paths(&records(&run(dir.path(), &["extract", "."]))), ["./a.txt"]);
    let all = paths(&records(&run(dir.path(), &["extract", ".", "--hidden"])));
    assert_eq!(all, ["./.b.txt", "./.c/d.txt", "./.gitignore", "./a.txt"]);
    assert_eq!(records(&run(dir.path(), &["extract", ".b.txt"])).len(), 1, "a named file is no hidden one");
}

#[test]
fn standard_input_is_one_document() {
    let dir = folder(&[("a.txt", REPORT.as_bytes())]);
    let output = run_with_input(dir.path(), &["extract", "-"], REPORT.as_bytes());
    let from_stdin = &records(&output)[0];
    let from_file = &records(&run(dir.path(), &["extract", "a.txt"]))[0];
    assert_eq!(from_stdin["source"]["path"], "-");
    for field in ["id", "metadata", "references", "dates", "indicators", "sections"] {
        assert_eq!(from_stdin[field], from_file[field], "{field}");
    }
    let text = run_with_input(dir.path(), &["text", "-"], REPORT.as_bytes());
    assert_eq!(text.stdout, REPORT.as_bytes());
}

#[test]
fn a_list_of_paths_may_end_them_with_newlines_or_nul() {
    let report = REPORT.as_bytes();
    let dir = folder(&[
        ("a.txt", report),
        ("b c.txt", report),
        ("lines", b"b c.txt\r\na.txt\n\nmissing.txt\n"),
        ("nul", b"b c.txt\0a.txt\0missing.txt\0"),
    ]);
    for args in [&["extract", "--files-from", "lines"][..], &["extract", "-0", "--files-from", "nul"]] {
        let output = run(dir.path(), args);
        assert_eq!(paths(&records(&output)), ["a.txt", "b c.txt", "missing.txt"], "{args:?}");
        assert_eq!(code(&output), 1);
    }
    let output = run_with_input(dir.path(), &["extract", "--files-from", "-", "a.txt"], b"b c.txt\na.txt\n");
    assert_eq!(paths(&records(&output)), ["a.txt", "b c.txt"], "a file named twice is read once");
}

#[test]
fn limits_are_named_when_they_are_exceeded() {
    let line = "chỉ tiêu đạt 12,5% kế hoạch; ".repeat(4000);
    let dir = folder(&[("long.txt", line.as_bytes()), ("short.txt", REPORT.as_bytes())]);
    let output = run(dir.path(), &["extract", ".", "--max-size", "100k"]);
    assert_eq!(code(&output), 1);
    let records = records(&output);
    assert_eq!(kind(&records[0]), "too_large");
    assert!(records[0]["error"]["message"].as_str().unwrap().contains("--max-size"));
    assert_eq!(records[0]["source"]["size"], line.len());
    assert_eq!(kind(&records[1]), "baocao.record/2");
    let output = run(dir.path(), &["extract", ".", "--max-text", "100k"]);
    let long = &super::records(&output)[0];
    assert_eq!(kind(long), "too_large");
    assert!(long["error"]["message"].as_str().unwrap().contains("--max-text"));
    let piped = run_with_input(dir.path(), &["extract", "-", "--max-size", "100k"], line.as_bytes());
    assert_eq!(kind(&super::records(&piped)[0]), "too_large");
}

#[test]
fn one_very_long_line_is_read_like_any_other() {
    let line = "chỉ tiêu đạt 12,5% kế hoạch; ".repeat(4000);
    let dir = folder(&[("long.txt", line.as_bytes())]);
    let output = run(dir.path(), &["extract", "."]);
    assert_eq!(code(&output), 0);
    assert_eq!(records(&output)[0]["indicators"].as_array().unwrap().len(), 4000);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_read_is_reported_at_its_place() {
    use std::os::unix::fs::PermissionsExt;
    let report = REPORT.as_bytes();
    let dir = folder(&[("a.txt", report), ("locked/b.txt", report), ("z.txt", report)]);
    let locked = dir.path().join("locked");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    let allowed_anyway = fs::read_dir(&locked).is_ok(); // the superuser may read everything
    let output = run(dir.path(), &["extract", "."]);
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
    let kinds: Vec<String> = records(&output).iter().map(|r| kind(r).to_owned()).collect();
    let middle = if allowed_anyway { "baocao.record/2" } else { "permission" };
    assert_eq!(kinds, ["baocao.record/2", middle, "baocao.record/2"]);
}

#[cfg(unix)]
#[test]
fn a_document_that_takes_too_long_is_given_up_and_the_others_are_not() {
    let dir = folder(&[("a.txt", REPORT.as_bytes()), ("z.txt", REPORT.as_bytes())]);
    // A pipe that nobody writes to: opening it waits for ever.
    assert!(Command::new("mkfifo").arg(dir.path().join("m.txt")).status().unwrap().success());
    let output = run(dir.path(), &["extract", "a.txt", "m.txt", "z.txt", "--timeout", "1", "--jobs", "1"]);
    let kinds: Vec<String> = records(&output).iter().map(|r| kind(r).to_owned()).collect();
    assert_eq!(kinds, ["baocao.record/2", "timeout", "baocao.record/2"]);
    assert_eq!(code(&output), 1);
    let folder = run(dir.path(), &["extract", "."]);
    assert_eq!(records(&folder).len(), 2, "in a folder it is no file");
    assert!(stderr(&folder).contains("special file 1"), "{}", stderr(&folder));
}

#[test]
fn a_repair_can_be_left_out_and_no_repair_changes_the_text() {
    // A decomposed text: its letters and marks are composed on the working copy only.
    let decomposed = "Thư\u{323}c hiê\u{323}n Quyết định số 45/QĐ-UBND ngày 3//4/2019";
    let dir = folder(&[("a.txt", decomposed.as_bytes())]);
    let of = |args: &[&str]| records(&run(dir.path(), &[&["extract", "a.txt"], args].concat())).remove(0);
    let repaired = of(&[]);
    assert_eq!(repaired["dates"][0]["start"], "2019-04-03");
    assert_eq!(repaired["dates"][0]["text"], "ngày 3//4/2019");
    let names = |record: &Value| -> Vec<String> {
        record["repairs"].as_array().unwrap().iter().map(|r| r["name"].as_str().unwrap().to_owned()).collect()
    };
    assert!(names(&repaired).contains(&"doubled_slash".to_owned()), "{:?}", names(&repaired));
    let left = of(&["--no-repair", "doubled_slash"]);
    assert!(!names(&left).contains(&"doubled_slash".to_owned()));
}

#[test]
fn archives_and_attachments_are_walked_through_and_every_file_is_accounted_for() {
    use std::io::Write as _;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in [
        ("b/1.txt", REPORT.as_bytes()),
        ("a.txt", REPORT.as_bytes()),
        ("x.png", b"\x89PNG"),
        ("e.pdf", b"%PDF-1.4 broken"),
    ] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    let archive = writer.finish().unwrap().into_inner();
    let mail = b"From: a\nTo: b\nDate: c\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=m\n\n--m\n\n\
                 12 ha.\n--m\nContent-Type: text/plain; name=k.txt\nContent-Disposition: attachment\n\n5 ha.\n--m--\n";
    let dir = folder(&[("t.zip", &archive), ("m.eml", mail), ("z.txt", REPORT.as_bytes())]);
    let output = run(dir.path(), &["extract", ".", "-j", "2"]);
    let found = records(&output);
    let paths: Vec<&str> = found.iter().map(|r| r["source"]["path"].as_str().unwrap()).collect();
    assert_eq!(
        paths,
        ["./m.eml", "./m.eml!/k.txt", "./t.zip!/a.txt", "./t.zip!/b/1.txt", "./t.zip!/e.pdf", "./z.txt"]
    );
    assert!(
        stderr(&output).contains("7 files: 5 documents, 1 error, 1 file of other kinds passed over"),
        "{}",
        stderr(&output)
    );
    let named = run(dir.path(), &["extract", "t.zip", "-q"]);
    assert_eq!(records(&named).len(), 3);
}
