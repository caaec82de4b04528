//! Scans: with `--ocr` the machine's tools are asked, without it the record stream says what is missing. The tools are
//! stood in for by scripts, so that the test needs none of them.
#![cfg(unix)]
#![allow(clippy::expect_used, reason = "helpers of a test may fail it")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

/// A PDF of one page that shows nothing but a picture.
const SCAN: &str = "%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 4 0 R>>>>/Contents 5 0 R>> endobj
4 0 obj <</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>> stream
x
endstream endobj
5 0 obj <</Length 30>> stream
q 595 0 0 842 0 0 cm /I Do Q  
endstream endobj
trailer <</Root 1 0 R>>
";

fn tool(dir: &Path, name: &str, script: &str) {
    let path = dir.join(name);
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("a script");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("an executable");
}

/// The one record of an extraction with only `tools` on the path.
fn extract(tools: &Path, scan: &Path, options: &[&str]) -> serde_json::Value {
    let out = Command::new(env!("CARGO_BIN_EXE_baocao"))
        .args(["extract", "--quiet"])
        .args(options)
        .arg(scan)
        .env("PATH", format!("{}:/usr/bin:/bin", tools.display()))
        .output()
        .expect("the program runs");
    serde_json::from_slice(&out.stdout).expect("one JSON record")
}

#[test]
fn a_scan_is_read_by_recognition_on_request_only() {
    let dir = tempfile::tempdir().expect("a folder");
    let scan = dir.path().join("scan.pdf");
    fs::write(&scan, SCAN).expect("a file");
    // Two pages: the third call is beyond the last one. The last argument is the target's name without ending.
    tool(
        dir.path(),
        "pdftoppm",
        r#"for t; do :; done; case "$t" in *page-3) exit 99;; esac; echo "$t" > "$t.png""#,
    );
    tool(
        dir.path(),
        "tesseract",
        r#"words() { echo head; n=0; for w; do n=$((n+1)); printf '5\t1\t1\t1\t1\t%d\t%d\t200\t180\t50\t96\t%s\n' $n $((n*200)) "$w"; done; }
case "$(cat "$1")" in *page-1) words Thực hiện Kế hoạch số 12/KH-UBND;; *) words đạt 85%;; esac"#,
    );
    let record = extract(dir.path(), &scan, &["--ocr"]);
    assert_eq!(record["source"]["text_source"], "ocr", "{record}");
    assert_eq!(record["source"]["pages"], 2);
    assert_eq!(record["references"][0]["id"], "12/KH-UBND");
    assert_eq!(record["indicators"][0]["page"], 2);
    assert_eq!(record["warnings"][0]["code"], "ocr");
    let plain = extract(dir.path(), &scan, &[]);
    assert_eq!(plain["error"]["code"], "no_text", "{plain}");
}

#[test]
fn a_tool_that_fails_gives_an_error_record() {
    let dir = tempfile::tempdir().expect("a folder");
    let scan = dir.path().join("scan.pdf");
    fs::write(&scan, SCAN).expect("a file");
    tool(dir.path(), "pdftoppm", "exit 1");
    let record = extract(dir.path(), &scan, &["--ocr"]);
    assert_eq!(record["error"]["code"], "damaged", "{record}");
}
