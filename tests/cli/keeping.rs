//! Nothing of the user's is lost or shown wrong in silence: originals, names, what is met in a folder, exit codes.

use super::*;

#[cfg(unix)]
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

/// Every file of a folder with its bytes.
fn contents(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all: Vec<_> =
        fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_file()).collect();
    all.sort();
    all.into_iter().map(|p| (p.clone(), fs::read(p).unwrap())).collect()
}

#[cfg(unix)]
#[test]
fn an_output_that_is_an_input_is_refused_by_every_command_through_links_too() {
    let dir = folder(&[("a.txt", REPORT.as_bytes()), ("in/b.txt", REPORT.as_bytes())]);
    assert_eq!(code(&run(dir.path(), &["extract", "-q", "a.txt", "-o", "r.jsonl"])), 0);
    symlink("a.txt", dir.path().join("link")).unwrap();
    fs::hard_link(dir.path().join("a.txt"), dir.path().join("hard")).unwrap();
    symlink("in/b.txt", dir.path().join("deep")).unwrap();
    let before = contents(dir.path());
    for args in [
        &["extract", "a.txt", "-o", "a.txt"][..],
        &["extract", "a.txt", "-o", "link"],
        &["extract", "a.txt", "-o", "./hard"],
        &["extract", "link", "-o", "hard"],
        &["extract", "in", "-o", "in/b.txt"],
        &["extract", "in", "-o", "deep"],
        &["extract", "--files-from", "a.txt", "-o", "a.txt"],
        &["view", "a.txt", "-o", "link"],
        &["compare", "r.jsonl", "-o", "r.jsonl"],
        &["compare", "in", "-o", "deep"],
        &["export", "r.jsonl", "--what", "dates", "-o", "r.jsonl"],
        &["graph", "a.txt", "-o", "hard"],
    ] {
        let output = run(dir.path(), args);
        assert_eq!(code(&output), 2, "{args:?}: {}", stderr(&output));
        assert!(stderr(&output).contains("is one of the inputs"), "{args:?}: {}", stderr(&output));
        assert_eq!(contents(dir.path()), before, "{args:?}");
    }
    let appended = Command::new("sh")
        .current_dir(dir.path())
        .args(["-c", &format!("'{}' extract a.txt >>a.txt", env!("CARGO_BIN_EXE_baocao"))])
        .output()
        .unwrap();
    assert_eq!(code(&appended), 2);
    assert_eq!(contents(dir.path()), before);
}

#[test]
fn an_output_that_holds_a_document_is_not_written_over() {
    let pdf: &[u8] = b"%PDF-1.4 of somebody";
    let dir = folder(&[("1.docx", b"PK\x03\x04...[Content_Types].xml"), ("2.pdf", pdf), ("3.txt", b"mine")]);
    let before = contents(dir.path());
    for args in [
        &["extract", "-o", "1.docx", "2.pdf"][..],
        &["extract", "-o", "2.pdf", "3.txt"],
        &["extract", "-o", "3.txt", "4.txt"],
    ] {
        let output = run(dir.path(), args);
        assert_eq!(code(&output), 2, "{args:?}: {}", stderr(&output));
        assert_eq!(contents(dir.path()), before, "{args:?}");
    }
    fs::write(dir.path().join("5.txt"), REPORT).unwrap();
    for _ in 0..2 {
        let own = run(dir.path(), &["extract", "-o", "own.txt", "5.txt"]);
        assert_eq!(code(&own), 0, "what it wrote itself is written anew: {}", stderr(&own));
    }
}

#[cfg(unix)]
#[test]
fn a_replaced_output_keeps_its_mode_and_a_protected_one_is_refused() {
    let dir = folder(&[("a.txt", REPORT.as_bytes()), ("out.jsonl", b"before\n"), ("kept.jsonl", b"kept\n")]);
    let path = |name: &str| dir.path().join(name);
    fs::set_permissions(path("out.jsonl"), fs::Permissions::from_mode(0o600)).unwrap();
    fs::set_permissions(path("kept.jsonl"), fs::Permissions::from_mode(0o444)).unwrap();
    assert_eq!(code(&run(dir.path(), &["extract", "-q", "a.txt", "-o", "out.jsonl"])), 0);
    let meta = fs::metadata(path("out.jsonl")).unwrap();
    assert_eq!(meta.mode() & 0o777, 0o600);
    assert!(meta.len() > 100);
    let refused = run(dir.path(), &["extract", "a.txt", "-o", "kept.jsonl"]);
    assert_eq!(code(&refused), 2, "{}", stderr(&refused));
    assert!(stderr(&refused).contains("permission"), "{}", stderr(&refused));
    assert_eq!(fs::read(path("kept.jsonl")).unwrap(), b"kept\n");
}

#[cfg(target_os = "linux")]
#[test]
fn files_whose_names_differ_in_bytes_that_are_not_utf8_are_all_read() {
    use std::os::unix::ffi::OsStrExt;
    let dir = folder(&[]);
    for byte in [0xB8, 0xB5, 0xB6] {
        let name = [b"5%b".as_slice(), &[byte], b"o.txt"].concat();
        fs::write(dir.path().join(std::ffi::OsStr::from_bytes(&name)), REPORT).unwrap();
    }
    let output = run(dir.path(), &["extract", "."]);
    assert_eq!(code(&output), 0);
    assert_eq!(paths(&records(&output)), ["./5%25b%B5o.txt", "./5%25b%B6o.txt", "./5%25b%B8o.txt"]);
}

#[cfg(unix)]
#[test]
fn names_cannot_write_to_the_terminal() {
    let dir =
        folder(&[("\u{1b}[31mdo.txt", b""), ("hai\ndong.txt", b""), ("x.\u{1b}[41mfoo", &[0, 1, 2, 3, 0])]);
    let output = run(dir.path(), &["extract", "."]);
    let said = stderr(&output);
    assert_eq!(code(&output), 1);
    assert!(!said.contains('\u{1b}') && said.lines().all(|l| l.starts_with("baocao: ")), "{said:?}");
    assert!(said.contains("hai\\ndong.txt"), "{said}");
}

#[test]
fn records_and_errors_and_what_was_passed_over_are_all_files() {
    let compound: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more of it";
    let files: Vec<(&str, &[u8])> = vec![
        ("a.txt", REPORT.as_bytes()),
        (".hidden.txt", REPORT.as_bytes()),
        ("~$a.docx", b"lock"),
        (".baocao-1.part", b""),
        ("before.txt", b"{\"schema\":\"baocao.record/1\"}\n"),
        ("before.jsonl", b"{\"schema\":\"baocao.record/1\"}\n"),
        ("cut.docx", b"PK\x03\x04\x14\x00\x06"),
        ("old.ppt", compound),
        ("no extension", compound),
        ("photo.jpg", b"\xFF\xD8\xFF\xE0 picture"),
        ("table.csv", b"a,b\n"),
        ("sub/b.txt", REPORT.as_bytes()),
        ("sub/empty.txt", b""),
    ];
    let dir = folder(&files);
    let output = run(dir.path(), &["extract", "."]);
    let records = records(&output);
    let of = |path: &str| {
        let found = records.iter().find(|r| r["source"]["path"] == path);
        found.map(kind).unwrap_or("passed over")
    };
    assert_eq!(code(&output), 1);
    assert_eq!((of("./cut.docx"), of("./old.ppt"), of("./no extension")), ("damaged", "damaged", "damaged"));
    assert_eq!(
        (of("./before.txt"), of("./~$a.docx"), of("./photo.jpg")),
        ("passed over", "passed over", "passed over")
    );
    let summary = stderr(&output).lines().last().unwrap().to_owned();
    let expected =
        format!("{} files: 2 documents, 4 errors, 7 files of other kinds passed over", files.len());
    assert!(summary.contains(&expected), "{summary}");
    let all = run(dir.path(), &["extract", ".", "--hidden", "-q"]);
    assert_eq!(super::records(&all).len(), 7, "temporary files stay passed over");
    let named = run(dir.path(), &["extract", "before.txt", "before.jsonl"]);
    assert_eq!(super::records(&named).iter().map(kind).collect::<Vec<_>>(), ["unsupported"; 2]);
    assert!(stderr(&named).contains("baocao compare"), "{}", stderr(&named));
}

#[test]
fn every_format_whole_cut_and_packed_gives_a_record_an_error_or_is_passed_over() {
    let forms = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forms");
    let mut names: Vec<_> = fs::read_dir(&forms).unwrap().map(|f| f.unwrap().file_name()).collect();
    names.sort();
    let dir = tempfile::tempdir().unwrap();
    let mut packed = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut files = 0;
    for name in &names {
        let name = name.to_str().unwrap();
        let bytes = fs::read(forms.join(name)).unwrap();
        fs::write(dir.path().join(name), &bytes).unwrap();
        fs::write(dir.path().join(format!("cut-{name}")), &bytes[..bytes.len() / 2]).unwrap();
        fs::write(dir.path().join(format!("tail-{name}")), &bytes[bytes.len() / 3..]).unwrap();
        packed.start_file(format!("trong/{name}"), zip::write::SimpleFileOptions::default()).unwrap();
        packed.write_all(&bytes).unwrap();
        files += 4;
    }
    fs::write(dir.path().join("goi.zip"), packed.finish().unwrap().into_inner()).unwrap();
    let output = run(dir.path(), &["extract", "."]);
    let records = records(&output);
    let path = |r: &Value| r["source"]["path"].as_str().unwrap().to_owned();
    for name in &names {
        let name = name.to_str().unwrap();
        for path_of in [format!("./{name}"), format!("./goi.zip!/trong/{name}")] {
            let record = records.iter().find(|r| path(r) == path_of);
            let read = record.map(|r| r["schema"] == "baocao.record/2");
            assert_eq!(read, Some(true), "{path_of} {record:?}");
        }
    }
    // Attachments of mails are documents of their own.
    let attached = records.iter().filter(|r| path(r).contains(".eml!/")).count();
    let summary = stderr(&output).lines().last().unwrap().to_owned();
    // "61 files: 43 documents, 15 errors, 3 files of other kinds passed over"
    let number = |words: &str| -> usize {
        let Some((before, _)) = summary.split_once(words) else { return 0 };
        before.rsplit(' ').find(|w| w.parse::<usize>().is_ok()).unwrap().parse().unwrap()
    };
    let (all, passed) = (number(" files:"), number(" of other kinds"));
    assert_eq!(all, files + attached, "{summary}");
    assert_eq!(records.len() + passed, all, "{summary}");
    assert!(records.iter().all(|r| !matches!(kind(r), "crashed" | "internal" | "timeout")), "{summary}");
}

#[test]
fn an_input_that_failed_gives_1_in_every_command() {
    let dir = folder(&[("a.txt", REPORT.as_bytes()), ("empty.txt", b"")]);
    for args in [
        &["compare", "a.txt", "empty.txt"][..],
        &["compare", "a.txt", "missing.jsonl"],
        &["graph", "a.txt", "missing.txt"],
        &["export", "--what", "dates", "empty.txt"],
        &["view", "missing.txt"],
        &["explain", "missing.txt"],
    ] {
        let output = run(dir.path(), args);
        assert_eq!(code(&output), 1, "{args:?}: {}", stderr(&output));
    }
}

#[cfg(unix)]
#[test]
fn a_closed_standard_output_is_an_error() {
    let dir = folder(&[("a.txt", REPORT.as_bytes())]);
    for verb in ["extract", "text", "compare", "view", "explain"] {
        let call = format!("'{}' {verb} a.txt >&-", env!("CARGO_BIN_EXE_baocao"));
        let output = Command::new("sh").current_dir(dir.path()).args(["-c", &call]).output().unwrap();
        assert_eq!(code(&output), 2, "{verb}: {}", stderr(&output));
        assert!(stderr(&output).contains("standard output is not open"), "{}", stderr(&output));
    }
    let to_file = format!("'{}' extract -q a.txt -o r.jsonl >&-", env!("CARGO_BIN_EXE_baocao"));
    let output = Command::new("sh").current_dir(dir.path()).args(["-c", &to_file]).output().unwrap();
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(code(&baocao(dir.path(), &["extract", "a.txt"]).stdout(Stdio::null()).output().unwrap()), 0);
}
