//! Scans: with `--ocr` the machine's tools are asked, without it the record stream says what is missing. The tools are
//! stood in for by scripts, so that these tests need none of them; the last test reads a real scan by the real tools, or
//! says that it is skipped.
#![cfg(unix)]
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of a test may fail it")]

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

/// A PDF with a page for each text; a page without text shows nothing but a picture.
fn pdf(texts: &[&str]) -> String {
    let kids: Vec<String> = (0..texts.len()).map(|i| format!("{} 0 R", 10 + 2 * i)).collect();
    let mut out = format!(
        "%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[{}]/Count {}>> endobj
3 0 obj <</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>> stream
x
endstream endobj
4 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>> endobj
",
        kids.join(" "),
        texts.len()
    );
    for (i, text) in texts.iter().enumerate() {
        let show = match *text {
            "" => "q 595 0 0 842 0 0 cm /I Do Q".to_owned(),
            text => format!("BT /F 12 Tf 60 700 Td ({text}) Tj ET"),
        };
        let (page, content) = (10 + 2 * i, 11 + 2 * i);
        out += &format!(
            "{page} 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 3 0 R>>/Font<</F 4 0 R>>>>/Contents {content} 0 R>> endobj
{content} 0 obj <</Length {}>> stream
{show}
endstream endobj
",
            show.len() + 1
        );
    }
    out + "trailer <</Root 1 0 R>>\n"
}

fn tool(dir: &Path, name: &str, script: &str) {
    let path = dir.join(name);
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("a script");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("an executable");
}

/// The codes of a record's warnings; the files are written by hand, without a table of their objects.
fn codes(record: &serde_json::Value) -> Vec<&str> {
    let warnings = record["warnings"].as_array().expect("warnings").iter();
    warnings.filter_map(|w| w["code"].as_str()).filter(|code| *code != "repaired").collect()
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

/// Stands in for `pdftoppm`: a dark picture of nine dots across (fewer would be dust) whose height is the
/// number of the page.
const PDFTOPPM: &str = r#"while [ "$1" != "-f" ]; do shift; done; n="$2"; cat >/dev/null
printf 'P6\n9 %d\n255\n' "$n"; i=0; while [ $i -lt $((n*27)) ]; do printf '\001'; i=$((i+1)); done"#;

/// Stands in for `tesseract`: knows the page by the height of its picture; `sure` is the confidence of its words.
fn tesseract(dir: &Path, pages: &[&str], sure: u8) {
    let cases: Vec<String> =
        pages.iter().zip(1..).map(|(words, n)| format!("*'9 {n} 255'*) words {words};;")).collect();
    let script = format!(
        r#"[ "$1" = --version ] && {{ echo "tesseract 9.9"; exit; }}
words() {{ printf 'head\n1\t1\t0\t0\t0\t0\t0\t0\t2000\t2800\t-1\t\n'; n=0
for w; do n=$((n+1)); printf '5\t1\t1\t1\t1\t%d\t%d\t200\t180\t50\t{sure}\t%s\n' $n $((n*200)) "$w"; done; }}
case "$(head -c 12 | tr '\n' ' ')" in {} esac"#,
        cases.join(" ")
    );
    tool(dir, "tesseract", &script);
}

#[test]
fn a_scan_is_read_by_recognition_on_request_only() {
    let dir = tempfile::tempdir().expect("a folder");
    let scan = dir.path().join("scan.pdf");
    fs::write(&scan, pdf(&["", ""])).expect("a file");
    tool(dir.path(), "pdftoppm", PDFTOPPM);
    tesseract(dir.path(), &["Thực hiện Kế hoạch số 12/KH-UBND", "đạt 85%"], 96);
    let record = extract(dir.path(), &scan, &["--ocr"]);
    assert_eq!(record["source"]["text_source"], "ocr", "{record}");
    assert_eq!(record["source"]["pages"], 2);
    assert_eq!(record["references"][0]["id"], "12/KH-UBND");
    assert_eq!(record["references"][0]["confidence"], 0.96);
    assert_eq!(record["indicators"][0]["page"], 2);
    assert_eq!(codes(&record), ["ocr"]);
    assert_eq!(record["generator"]["options"]["ocr"], "auto");
    assert_eq!(record["generator"]["options"]["ocr_engine"], "tesseract 9.9 vie, 250 dpi");
    let plain = extract(dir.path(), &scan, &[]);
    assert_eq!(plain["error"]["code"], "no_text", "{plain}");
}

#[test]
fn among_pages_with_text_only_the_scans_are_recognised() {
    let dir = tempfile::tempdir().expect("a folder");
    let scan = dir.path().join("mixed.pdf");
    let text = "Theo Quyet dinh so 34/QD-UBND cua tinh ve viec giao chi tieu nam 2024";
    fs::write(&scan, pdf(&[text, "", text])).expect("a file");
    tool(dir.path(), "pdftoppm", PDFTOPPM);
    tesseract(dir.path(), &["sai", "Thực hiện Kế hoạch số 12/KH-UBND", "sai"], 96);
    for (option, ids, warning) in [
        ("--ocr=auto", vec!["34/QĐ-UBND", "12/KH-UBND", "34/QĐ-UBND"], "ocr"),
        ("--ocr=force", vec!["12/KH-UBND"], "ocr"),
        ("--ocr=off", vec!["34/QĐ-UBND", "34/QĐ-UBND"], "needs_ocr"),
    ] {
        let record = extract(dir.path(), &scan, &[option]);
        let references = record["references"].as_array().expect("references");
        let found: Vec<_> = references.iter().filter_map(|r| r["id"].as_str()).collect();
        assert_eq!(found, ids, "{option} {record}");
        assert_eq!(codes(&record), [warning], "{option} {record}");
        assert!(
            references.iter().all(|r| r["confidence"].is_null() == (r["id"] != "12/KH-UBND")),
            "{record}"
        );
    }
}

#[test]
fn pages_that_are_read_are_kept_though_others_take_too_long() {
    let dir = tempfile::tempdir().expect("a folder");
    let scan = dir.path().join("scan.pdf");
    fs::write(&scan, pdf(&["", ""])).expect("a file");
    tool(dir.path(), "pdftoppm", PDFTOPPM);
    tesseract(dir.path(), &["Thực hiện Kế hoạch số 12/KH-UBND"], 96);
    let script = fs::read_to_string(dir.path().join("tesseract")).expect("the script");
    let slow = script.replace("esac", "*) exec sleep 600;; esac");
    fs::write(dir.path().join("tesseract"), slow).expect("the script");
    let record = extract(dir.path(), &scan, &["--ocr", "--page-timeout", "3", "--jobs", "2"]);
    assert_eq!(record["references"][0]["id"], "12/KH-UBND", "{record}");
    assert_eq!(codes(&record), ["ocr", "limit_reached", "needs_ocr"], "{record}");
}

#[test]
fn kept_pages_are_not_read_again_and_broken_entries_are() {
    let dir = tempfile::tempdir().expect("a folder");
    let scan = dir.path().join("scan.pdf");
    fs::write(&scan, pdf(&["", ""])).expect("a file");
    let cache = dir.path().join("kept");
    let options = ["--ocr", "--cache", cache.to_str().expect("a name")];
    tool(dir.path(), "pdftoppm", PDFTOPPM);
    tesseract(dir.path(), &["Thực hiện Kế hoạch số 12/KH-UBND", "đạt 85%"], 96);
    let first = extract(dir.path(), &scan, &options);
    assert_eq!(first["references"][0]["id"], "12/KH-UBND", "{first}");
    // The picture maker is gone: what is kept is all there is.
    tool(dir.path(), "pdftoppm", "exit 1");
    assert_eq!(extract(dir.path(), &scan, &options), first);
    for folder in fs::read_dir(&cache).expect("the folder").flatten().filter(|e| e.path().is_dir()) {
        for entry in fs::read_dir(folder.path()).expect("a folder").flatten() {
            let bytes = fs::read(entry.path()).expect("an entry");
            fs::write(entry.path(), &bytes[..bytes.len() / 2]).expect("half an entry");
        }
    }
    let record = extract(dir.path(), &scan, &options);
    assert_eq!(record["error"]["code"], "damaged", "{record}");
}

#[test]
fn a_tool_that_fails_or_is_missing_gives_an_error_record() {
    let dir = tempfile::tempdir().expect("a folder");
    let scan = dir.path().join("scan.pdf");
    fs::write(&scan, pdf(&[""])).expect("a file");
    tool(dir.path(), "pdftoppm", "exit 1");
    let record = extract(dir.path(), &scan, &["--ocr"]);
    assert_eq!(record["error"]["code"], "damaged", "{record}");
    tool(dir.path(), "pdftoppm", PDFTOPPM);
    tool(dir.path(), "tesseract", "exit 127");
    let record = extract(dir.path(), &scan, &["--ocr"]);
    assert_eq!(record["error"]["code"], "unsupported", "{record}");
    assert!(record["error"]["message"].as_str().is_some_and(|m| m.contains("tesseract-ocr-vie")), "{record}");
}

#[test]
fn a_password_is_never_on_the_command_line_of_a_tool() {
    let dir = tempfile::tempdir().expect("a folder");
    let scan = dir.path().join("scan.pdf");
    fs::write(&scan, pdf(&[""])).expect("a file");
    tool(dir.path(), "pdftoppm", &format!("echo \"$@\" >> {}/args\n{PDFTOPPM}", dir.path().display()));
    tesseract(dir.path(), &["Thực hiện Kế hoạch số 12/KH-UBND"], 96);
    let record = extract(dir.path(), &scan, &["--ocr", "--password", "bi-mat-1"]);
    assert_eq!(record["references"][0]["id"], "12/KH-UBND", "{record}");
    let args = fs::read_to_string(dir.path().join("args")).expect("the arguments");
    assert!(!args.contains("bi-mat"), "{args}");
}

#[test]
fn the_password_may_stand_in_a_file() {
    let dir = tempfile::tempdir().expect("a folder");
    let scan = dir.path().join("scan.pdf");
    fs::write(&scan, pdf(&[""])).expect("a file");
    tool(dir.path(), "pdftoppm", PDFTOPPM);
    tesseract(dir.path(), &["Thực hiện Kế hoạch số 12/KH-UBND"], 96);
    let secret = dir.path().join("secret");
    fs::write(&secret, "bi-mat-1\nnothing more\n").expect("a file");
    let name = secret.to_str().expect("a name");
    let record = extract(dir.path(), &scan, &["--ocr", "--password-file", name]);
    assert_eq!(record["references"][0]["id"], "12/KH-UBND", "{record}");
}

#[test]
fn every_page_of_a_tiff_is_read() {
    let dir = tempfile::tempdir().expect("a folder");
    let scan = dir.path().join("scan.tif");
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    for next in [38_u32, 68, 0] {
        tiff.extend(2_u16.to_le_bytes());
        for (tag, value) in [(256_u16, 2067_u32), (257, 2924)] {
            tiff.extend(tag.to_le_bytes());
            tiff.extend(4_u16.to_le_bytes());
            tiff.extend(1_u32.to_le_bytes());
            tiff.extend(value.to_le_bytes());
        }
        tiff.extend(next.to_le_bytes());
    }
    fs::write(&scan, tiff).expect("a file");
    let script = r#"[ "$1" = --version ] && { echo "tesseract 9.9"; exit; }
cat >/dev/null; for a; do case "$a" in tessedit_page_number=*) n=${a#*=};; esac; done
printf 'head\n1\t1\t0\t0\t0\t0\t0\t0\t2067\t2924\t-1\t\n'; i=0
case "$n" in 0) say="Thực hiện";; 1) say="Tiếp tục thực hiện";; *) say="Đã hoàn thành";; esac
for w in $say Kế hoạch số "$((n+11))/KH-UBND"; do i=$((i+1)); printf '5\t1\t1\t1\t1\t%d\t%d\t200\t180\t50\t96\t%s\n' $i $((i*200)) "$w"; done"#;
    tool(dir.path(), "tesseract", script);
    let record = extract(dir.path(), &scan, &["--ocr"]);
    let references = record["references"].as_array().expect("references").iter();
    let found: Vec<_> = references.map(|r| (r["page"].as_u64(), r["id"].as_str())).collect();
    let wanted = [(1, "11/KH-UBND"), (2, "12/KH-UBND"), (3, "13/KH-UBND")];
    assert_eq!(found, wanted.map(|(page, id)| (Some(page), Some(id))), "{record}");
    assert_eq!(record["source"]["pages"], 3);
}

/// Waits for something that comes soon after a signal.
#[cfg(target_os = "linux")]
fn soon(what: &str, is_so: impl Fn() -> bool) {
    for _ in 0..1200 {
        if is_so() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("{what} did not come");
}

#[cfg(target_os = "linux")]
#[test]
fn tools_and_temporary_files_go_with_a_program_or_a_worker_that_is_killed() {
    use rustix::process::{Pid, Signal, kill_process};
    let lives = |pid: i32| {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        !stat.is_empty() && !stat.contains(") Z ")
    };
    let parent = |pid: i32| -> i32 {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).expect("a process");
        let fields = stat.rsplit(") ").next().expect("fields");
        fields.split(' ').nth(1).expect("its parent").parse().expect("a number")
    };
    for (signals, is_worker) in
        [(vec![Signal::KILL], false), (vec![Signal::TERM; 2], false), (vec![Signal::KILL], true)]
    {
        let dir = tempfile::tempdir().expect("a folder");
        let scan = dir.path().join("scan.pdf");
        fs::write(&scan, pdf(&[""])).expect("a file");
        let pid = dir.path().join("pid");
        tool(
            dir.path(),
            "pdftoppm",
            &format!("echo $$ > {0}.new; mv {0}.new {0}; exec sleep 600", pid.display()),
        );
        let temporary = dir.path().join("tmp");
        fs::create_dir(&temporary).expect("a folder");
        let mut program = Command::new(env!("CARGO_BIN_EXE_baocao"))
            .args(["extract", "--quiet", "--ocr"])
            .arg(&scan)
            .env("PATH", format!("{}:/usr/bin:/bin", dir.path().display()))
            .env("TMPDIR", &temporary)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("the program runs");
        soon("the tool", || pid.exists());
        let tool: i32 = fs::read_to_string(&pid).expect("its number").trim().parse().expect("a number");
        assert!(fs::read_dir(&temporary).expect("the folder").next().is_some(), "the run has a folder");
        let target = if is_worker { parent(tool) } else { i32::try_from(program.id()).expect("a number") };
        for signal in signals {
            kill_process(Pid::from_raw(target).expect("a process"), signal).expect("a signal");
            std::thread::sleep(std::time::Duration::from_millis(300));
        }
        soon("the end of the tool", || !lives(tool));
        program.wait().expect("its end");
        soon("the end of the folder", || fs::read_dir(&temporary).expect("the folder").next().is_none());
    }
}

/// Stands in for `tesseract` where a page lies wrong: off the picture of nine dots across it reads words of no
/// language in such boxes and so surely, off the turned one a sentence. Notes each run.
fn tesseract_of_turned(dir: &Path, boxes: &str) {
    let script = format!(
        r#"[ "$1" = --version ] && {{ echo "tesseract 9.9"; exit; }}
echo run >> {}/runs
words() {{ printf 'head\n1\t1\t0\t0\t0\t0\t0\t0\t2000\t2800\t-1\t\n'; box="$1"; shift; n=0
for w; do n=$((n+1)); printf "5\t1\t1\t1\t1\t%d\t$box\t%s\n" $n $((n*150)) "$w"; done; }}
case "$(head -c 12 | tr '\n' ' ')" in
*' 9 1 255'*) words '{boxes}' oqmin oiuen oapn iounb gnuoi qoauh tehiu oauoq tuou uouit;;
*' 1 9 255'*) words '%d\t200\t140\t50\t96' Tiếp tục thực hiện nhiệm vụ trong tháng theo hướng dẫn Quyết định Kế hoạch 12/KH-UBND;; esac"#,
        dir.display()
    );
    tool(dir, "tesseract", &script);
}

#[test]
fn only_a_page_that_reads_better_turned_is_turned() {
    for (boxes, is_turned, runs) in [
        // On its side, whether recognition sees through it or not: as it lies, and upright.
        (r"200\t%d\t50\t140\t30", true, 2),
        (r"200\t%d\t50\t140\t96", true, 2),
        // Upright and well read; upright and badly read, and no better upside down.
        (r"%d\t200\t140\t50\t96", false, 1),
        (r"%d\t200\t140\t50\t30", false, 2),
    ] {
        let dir = tempfile::tempdir().expect("a folder");
        let scan = dir.path().join("scan.pdf");
        fs::write(&scan, pdf(&[""])).expect("a file");
        tool(dir.path(), "pdftoppm", PDFTOPPM);
        tesseract_of_turned(dir.path(), boxes);
        let record = extract(dir.path(), &scan, &["--ocr"]);
        assert_eq!(record["references"][0]["id"] == "12/KH-UBND", is_turned, "{boxes} {record}");
        let seen = fs::read_to_string(dir.path().join("runs")).expect("the runs").lines().count();
        assert_eq!(seen, runs, "{boxes}");
    }
}

/// Whether the real tools are here; says so where they are not.
fn has_tools() -> bool {
    let has = |tool: &str, args: &[&str], word: &str| {
        let out = Command::new(tool).args(args).output();
        out.is_ok_and(|o| String::from_utf8_lossy(&[o.stdout, o.stderr].concat()).contains(word))
    };
    let has = has("pdftoppm", &["-v"], "pdftoppm") && has("tesseract", &["--list-langs"], "vie");
    if !has {
        // Written past the test harness, which keeps to itself what passing tests say.
        let _ = std::io::stderr().write_all(
            b"skipped: reading a real scan needs pdftoppm (poppler-utils) and tesseract with the language vie\n",
        );
    }
    has
}

/// A scan of one page, as page object 3, that lies on its side or upside down.
fn turned(scan: &[u8], degrees: usize) -> Vec<u8> {
    let find = |what: &[u8], from: usize| {
        from + scan[from..].windows(what.len()).position(|w| w == what).expect("a PDF of make-scan")
    };
    let page = find(b"3 0 obj<<", 0);
    let inside = &scan[page + 9..find(b"endobj", page)];
    let old = String::from_utf8_lossy(&scan[find(b"startxref", 0) + 9..]).into_owned();
    let old = old.lines().nth(1).expect("a number").to_owned();
    // A later version of the page, as programs append it that sign or turn.
    let object = [format!("3 0 obj<</Rotate {degrees}").as_bytes(), inside, b"endobj\n"].concat();
    let table = scan.len() + object.len();
    let end = format!(
        "xref\n3 1\n{:010} 00000 n \ntrailer<</Size 6/Root 1 0 R/Prev {old}>>\nstartxref\n{table}\n%%EOF\n",
        scan.len()
    );
    [scan, object.as_slice(), end.as_bytes()].concat()
}

#[test]
fn a_real_scan_on_its_side_or_upside_down_reads_as_upright() {
    if !has_tools() {
        return;
    }
    let dir = tempfile::tempdir().expect("a folder");
    let scan = fs::read("corpus-scans/dak-lak-2014-ban-quet/dak-lak-2014-ban-quet.pdf").expect("a scan");
    for turn in [90, 180, 270] {
        let path = dir.path().join(format!("{turn}.pdf"));
        fs::write(&path, turned(&scan, turn)).expect("a file");
        let record = extract(dir.path(), &path, &["--ocr"]);
        let references = record["references"].as_array().expect("references").iter();
        let ids: Vec<&str> = references.filter_map(|r| r["id"].as_str()).collect();
        assert_eq!(ids, ["4417/UBND-CN", "105/2009/QĐ-TTg", "93/2013/NQ-HĐND"], "{turn}: {record}");
        assert_eq!(record["metadata"]["id"], "762/BC-SCT", "{turn}");
        let values: Vec<f64> = record["indicators"]
            .as_array()
            .expect("indicators")
            .iter()
            .filter_map(|i| i["value"].as_f64())
            .collect();
        for value in [482.6, 41.7, 613.5e9, 2950.0, 72.4, 45e6] {
            assert!(values.contains(&value), "{turn}: {value} is read: {values:?}");
        }
    }
}

#[test]
fn a_real_scan_is_read_by_the_real_tools() {
    if !has_tools() {
        return;
    }
    let dir = tempfile::tempdir().expect("a folder");
    let scan = Path::new("corpus-scans/dak-lak-2014-ban-quet/dak-lak-2014-ban-quet.pdf");
    let record = extract(dir.path(), scan, &["--ocr"]);
    let references = record["references"].as_array().expect("references").iter();
    let ids: Vec<&str> = references.filter_map(|r| r["id"].as_str()).collect();
    assert_eq!(ids, ["4417/UBND-CN", "105/2009/QĐ-TTg", "93/2013/NQ-HĐND"], "{record}");
    assert_eq!(record["metadata"]["id"], "762/BC-SCT");
    let indicators = record["indicators"].as_array().expect("indicators");
    let sure = |i: &&serde_json::Value| i["confidence"].as_f64().is_some_and(|c| c >= 0.8);
    assert!(indicators.iter().filter(sure).count() >= 10, "most figures are sure: {record}");
    let values: Vec<f64> = indicators.iter().filter_map(|i| i["value"].as_f64()).collect();
    for value in [482.6, 41.7, 17.0, 613.5e9, 64.0, 2950.0, 1284e9, 72.4, 58.3e9, 23.0, 45e6] {
        assert!(values.contains(&value), "{value} is read: {values:?}");
    }
}
