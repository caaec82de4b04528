//! What an archive keeps of a run, shares of a run, and who cites a document.

use super::*;

/// A folder with reports, a copy, a nearly equal text and two broken files.
fn archive() -> tempfile::TempDir {
    let long: String = (0..60)
        .map(|n| format!("Đoạn {n}: xã đã hỗ trợ {} hộ vay vốn trong năm 2020.\n", n * 13 + 5))
        .collect();
    let first = format!("{REPORT}{long}");
    let nearly = first.replace("84,7%", "84,9%");
    folder(&[
        ("in/a.txt", first.as_bytes()),
        ("in/b.txt", first.as_bytes()),
        ("in/c.txt", nearly.as_bytes()),
        ("in/d.txt", REPORT.as_bytes()),
        ("in/empty.txt", b""),
        ("in/cut.pdf", b"%PDF-1.4 nothing"),
        ("in/photo.jpg", b"\xFF\xD8\xFF\xE0"),
    ])
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

#[test]
fn a_run_tells_what_became_of_it_and_its_records_tell_the_same() {
    let dir = archive();
    let output = run(dir.path(), &["extract", "in", "-o", "out.jsonl", "--report", "run.json", "-q"]);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    let told = json(&dir.path().join("run.json"));
    assert_eq!(told["totals"]["files"], 6);
    assert_eq!(told["errors"], serde_json::json!({"damaged": 1, "no_text": 1}));
    assert_eq!(told["passed"], serde_json::json!({".jpg": 1}));
    assert_eq!(told["duplicates"], serde_json::json!([["in/a.txt", "in/b.txt"]]));
    assert_eq!(told["near_duplicates"][0]["paths"], serde_json::json!(["in/a.txt", "in/c.txt"]));
    assert!(told["files"].as_array().unwrap().iter().all(|f| f["seconds"].is_f64()), "{told}");
    let output = run(dir.path(), &["report", "out.jsonl", "-o", "later.json", "-q"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let later = json(&dir.path().join("later.json"));
    for field in
        ["totals", "counts", "errors", "quality", "missing", "duplicates", "near_duplicates", "generators"]
    {
        assert_eq!(told[field], later[field], "{field}");
    }
}

#[test]
fn the_page_and_the_table_name_every_file() {
    let dir = archive();
    for (name, signs) in [
        (
            "run.html",
            &["in/empty.txt", "in/cut.pdf", "in/c.txt", "lang=\"vi\"", "lang=\"en\"", "damaged"][..],
        ),
        ("run.csv", &["\u{feff}path,", "in/d.txt,read,", "in/cut.pdf,error,damaged,"][..]),
    ] {
        let output = run(dir.path(), &["extract", "in", "--report", name, "-q"]);
        assert_eq!(code(&output), 1, "{}", stderr(&output));
        let text = fs::read_to_string(dir.path().join(name)).unwrap();
        for sign in signs {
            assert!(text.contains(sign), "{name}: {sign}");
        }
    }
    let page = fs::read_to_string(dir.path().join("run.html")).unwrap();
    assert!(!page.contains("http://") && !page.contains("https://"), "the page stands alone");
    fs::rename(dir.path().join("run.html"), dir.path().join("in/run.html")).unwrap();
    let output = run(dir.path(), &["extract", "in"]);
    assert!(!paths(&records(&output)).contains(&"in/run.html".into()), "a page of ours is no document");
    assert!(stderr(&output).contains("own output 1"), "{}", stderr(&output));
}

#[test]
fn a_report_is_no_input_and_no_output_of_the_same_run() {
    let dir = archive();
    for args in [
        &["extract", "in", "--report", "in/a.txt"][..],
        &["extract", "in", "--report", "run.docx"],
        &["extract", "in", "-o", "x.json", "--report", "x.json"],
        &["extract", "in", "--format", "ead", "--report", "run.html"],
        &["report", "in"],
    ] {
        let output = run(dir.path(), args);
        assert_eq!(code(&output), 2, "{args:?}: {}", stderr(&output));
        assert_eq!(
            fs::read(dir.path().join("in/a.txt")).unwrap(),
            fs::read(dir.path().join("in/b.txt")).unwrap()
        );
    }
}

#[test]
fn the_shares_of_a_run_are_the_whole_run_and_so_are_their_reports() {
    let dir = archive();
    for n in 0..30 {
        fs::write(dir.path().join(format!("in/more{n}.txt")), REPORT.replace("14/BC", &format!("{n}/BC")))
            .unwrap();
    }
    let whole = stdout(&run(dir.path(), &["extract", "in", "-q"]));
    let mut lines: Vec<String> = Vec::new();
    for i in 1..=3 {
        let (share, report) = (format!("{i}/3"), format!("{i}.json"));
        let output = run(dir.path(), &["extract", "in", "-q", "--shard", &share, "--report", &report]);
        let own = stdout(&output);
        assert!(!own.is_empty());
        lines.extend(own.lines().map(str::to_owned));
    }
    lines.sort_unstable_by_key(|line| {
        serde_json::from_str::<Value>(line).unwrap()["source"]["path"].to_string()
    });
    assert_eq!(lines.join("\n") + "\n", whole);
    fs::write(dir.path().join("whole.jsonl"), &whole).unwrap();
    let merged = run(dir.path(), &["report", "1.json", "2.json", "3.json", "--format", "json", "-q"]);
    let of_records = run(dir.path(), &["report", "whole.jsonl", "--format", "json", "-q"]);
    let parsed = |output: &Output| -> Value { serde_json::from_str(&stdout(output)).unwrap() };
    assert_eq!(parsed(&merged)["totals"], parsed(&of_records)["totals"]);
    assert_eq!(parsed(&merged)["near_duplicates"], parsed(&of_records)["near_duplicates"]);
    assert_eq!(parsed(&merged)["passed"][".jpg"], 1);
    assert_eq!(code(&run(dir.path(), &["extract", "in", "--shard", "4/3"])), 2);
    assert_eq!(code(&run(dir.path(), &["extract", "in", "--shard", "1/3", "--unique"])), 2);
}

#[test]
fn of_the_same_content_unique_keeps_the_first() {
    let dir = archive();
    let output = run(dir.path(), &["extract", "in", "--unique"]);
    let found = paths(&records(&output));
    assert_eq!(found, ["in/a.txt", "in/c.txt", "in/cut.pdf", "in/d.txt", "in/empty.txt"]);
    assert!(stderr(&output).contains("the same content as another"), "{}", stderr(&output));
    // Also where the first was kept from an earlier run.
    let args = ["extract", "in", "--unique", "-o", "out.jsonl", "-q"];
    run(dir.path(), &args);
    let before = fs::read(dir.path().join("out.jsonl")).unwrap();
    run(dir.path(), &[&args[..], &["--resume"]].concat());
    assert_eq!(fs::read(dir.path().join("out.jsonl")).unwrap(), before);
    assert_eq!(before, output.stdout);
}

#[test]
fn what_machines_prepare_apart_compares_and_links_like_all_records() {
    let dir = archive();
    let report = "ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\n\nSố: 7/BC-UBND\nNghệ An, ngày 05 tháng 3 năm 2024\n\nBÁO CÁO\nKết quả năm \
                  2023\n\nThực hiện Kế hoạch số 35/KH-UBND ngày 12/02/2023, năm 2023 tỷ lệ hộ nghèo còn 4,7%; tỷ lệ hồ sơ trực \
                  tuyến đạt 61,5%.\n";
    fs::write(dir.path().join("in/e.txt"), report).unwrap();
    run(dir.path(), &["extract", "in", "-o", "all.jsonl", "-q"]);
    let shares: Vec<String> = (1..=2).map(|i| format!("{i}.jsonl")).collect();
    for (verb, form) in [("compare", "jsonl"), ("compare", "csv"), ("graph", "json")] {
        let mut parts = Vec::new();
        for (i, share) in shares.iter().enumerate() {
            run(dir.path(), &["extract", "in", "--shard", &format!("{}/2", i + 1), "-o", share, "-q"]);
            let part = format!("{verb}-{share}");
            let output = run(dir.path(), &[verb, share, "--partial", "-o", &part, "-q"]);
            assert_eq!(code(&output), 0, "{}", stderr(&output));
            let length = |name: &str| fs::metadata(dir.path().join(name)).unwrap().len();
            assert!(length(&part) < length(share));
            parts.push(part);
        }
        let whole = run(dir.path(), &[verb, "all.jsonl", "--format", form, "-q"]).stdout;
        let merged = run(dir.path(), &[verb, &parts[0], &parts[1], "--format", form, "-q"]).stdout;
        assert!(whole.len() > 200, "{}", String::from_utf8_lossy(&whole));
        // Which of two copies comes first depends on the order of the parts.
        let plain = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace("in/b.txt", "in/a.txt");
        assert_eq!(plain(merged), plain(whole), "{verb} {form}");
    }
}

#[test]
fn archivists_fields_come_from_records_as_from_documents() {
    let dir = archive();
    run(dir.path(), &["extract", "in", "-o", "out.jsonl", "-q"]);
    let direct = run(dir.path(), &["extract", "in", "--format", "ead", "-q"]).stdout;
    let later = run(dir.path(), &["export", "out.jsonl", "--what", "ead", "-q"]).stdout;
    assert_eq!(later, direct);
    let marked = run(dir.path(), &["export", "out.jsonl", "--what", "ead", "--bom", "-q"]).stdout;
    assert_eq!(marked, [b"\xef\xbb\xbf".as_slice(), &direct].concat());
}

#[test]
fn who_cites_a_document_is_told_with_place_and_relation() {
    let dir = archive();
    run(dir.path(), &["extract", "in/c.txt", "in/d.txt", "-o", "out.jsonl", "-q"]);
    for query in ["35/KH-UBND", "ke hoach 35", "Kế hoạch số 35/KH-UBND năm 2020"] {
        let output = run(dir.path(), &["cites", query, "out.jsonl", "--format", "jsonl"]);
        let found = records(&output);
        assert_eq!(
            found.iter().map(|r| r["path"].as_str().unwrap()).collect::<Vec<_>>(),
            ["in/c.txt", "in/d.txt"]
        );
        assert_eq!(
            (&found[0]["relation"], &found[0]["line"]),
            (&"implements".into(), &10.into()),
            "{found:?}"
        );
        assert!(stderr(&output).contains("2 mentions in 2 documents"));
    }
    assert_eq!(
        records(&run(dir.path(), &["cites", "35/KH-UBND 2019", "out.jsonl", "--format", "jsonl"])).len(),
        0
    );
    assert_eq!(code(&run(dir.path(), &["cites", "2019", "out.jsonl"])), 2);
}
