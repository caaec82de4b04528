//! Reports of records made here.

use super::*;
use crate::words::sketch::of_text;
use serde_json::json;

fn seen(value: serde_json::Value) -> Seen {
    serde_json::from_value(value).unwrap()
}

fn record(path: &str, id: &str, text: &str) -> Seen {
    seen(json!({
        "schema": "baocao.record/2", "id": id, "generator": {"version": "1", "patterns": "p", "options": {}},
        "source": {"path": path, "sha256": "0", "size": 10, "format": "pdf", "encoding": null, "pages": 3,
                   "quality": 0.5, "sketch": of_text(text)},
        "metadata": {"doc_type": "BC", "doc_type_name": "Báo cáo", "id": "3/BC-UBND", "issue_date": "2021-03-05",
                     "issuer": "UBND xã A", "place": "A", "province": {"name": "Huế"}},
        "references": [{}], "dates": [{}, {}], "indicators": [], "checks": [{"verdict": "disagrees"}],
        "warnings": [{"code": "needs_ocr", "message": "Page 2 …"}, {"code": "damaged", "message": "…"}],
    }))
}

fn failed(path: &str, code: &str, message: &str) -> Seen {
    seen(
        json!({"schema": "baocao.error/1", "source": {"path": path, "size": 4, "sha256": "00ff00ff00ff00ff11"},
                "error": {"code": code, "message": message}}),
    )
}

fn report(of: impl IntoIterator<Item = Seen>) -> Report {
    let mut report = Report::default();
    of.into_iter().for_each(|seen| report.add(seen, None));
    report.sort();
    report
}

fn story(n: usize) -> String {
    (0..n).map(|i| format!("Đoạn {i} có {} hộ thoát nghèo trong năm. ", i * 37)).collect()
}

#[test]
fn files_are_counted_and_listed_by_what_is_to_be_done() {
    let r = report([
        record("b.pdf", "1", "x"),
        failed("c.pdf", "no_text", "it is scanned; --ocr reads it"),
        failed("a.doc", "encrypted", "a password"),
    ]);
    let f = r.findings();
    assert_eq!((f.documents, f.errors, f.bytes, f.pages, f.items), (1, 2, 18, 3, 3));
    let paths =
        |numbers: &[usize]| -> Vec<&str> { numbers.iter().map(|n| r.files[*n].path.as_str()).collect() };
    assert_eq!(paths(&f.needs_ocr), ["b.pdf", "c.pdf"]);
    assert_eq!(
        (paths(&f.low), paths(&f.warned), paths(&f.disagree)),
        (vec!["b.pdf"], vec!["b.pdf"], vec!["b.pdf"])
    );
    assert!(f.incomplete.is_empty() && f.slowest.is_empty());
    let codes: Vec<(&str, Vec<&str>)> =
        f.by_error.iter().map(|e| (e.code.as_str(), paths(&e.lines))).collect();
    assert_eq!(codes, [("encrypted", vec!["a.doc"]), ("no_text", vec!["c.pdf"])]);
    let of = |name: &str| f.counts.iter().find(|c| c.of == name).unwrap().values.clone();
    assert_eq!(of("year"), [(Some("2021".into()), 1)]);
    assert_eq!(of("encoding"), [(None, 1)]);
    assert_eq!(of("type"), [(Some("Báo cáo".into()), 1)]);
    assert_eq!(f.quality.iter().map(|b| b.count).collect::<Vec<_>>(), [0, 1, 0, 0, 0]);
}

#[test]
fn the_same_content_and_nearly_the_same_text_are_grouped() {
    let (long, other) = (story(300), story(300).replace("hộ thoát nghèo", "lao động mới"));
    let changed = long.replace("Đoạn 7 ", "Mục bảy ");
    let r = report([
        record("a", "1", &long),
        record("b", "1", &long),
        record("c", "2", &changed),
        record("d", "3", &other),
        failed("e", "damaged", ""),
        failed("f", "damaged", ""),
    ]);
    let f = r.findings();
    assert_eq!(f.same.iter().map(|g| g.lines.clone()).collect::<Vec<_>>(), [vec![0, 1], vec![4, 5]]);
    assert_eq!(f.nearly.iter().map(|g| g.lines.clone()).collect::<Vec<_>>(), [vec![0, 2]]);
    assert!(f.nearly[0].likeness[1] >= 0.85);
}

#[test]
fn the_json_of_two_parts_makes_the_report_of_the_whole() {
    let all =
        || [record("a", "1", "x"), failed("b", "damaged", "y"), record("c", "2", "z"), failed("d", "io", "")];
    let written = |r: &Report| {
        let mut out = Vec::new();
        json(r, &r.findings(), &mut out).unwrap();
        out
    };
    let mut whole = report(all());
    whole.passed.insert(".jpg".into(), 3);
    let mut merged = Report::default();
    for part in [1, 0] {
        let mut r = report(all().into_iter().enumerate().filter(|(n, _)| n % 2 == part).map(|(_, s)| s));
        r.passed.insert(".jpg".into(), 1 + part as u64);
        merged.merge(read(written(&r).as_slice()).unwrap());
    }
    merged.sort();
    assert_eq!(merged, whole);
    assert_eq!(written(&merged), written(&whole));
    assert!(read(&b"{\"schema\":\"baocao.record/2\"}"[..]).is_err());
    assert!(read(&b"[]"[..]).is_err());
}

#[test]
fn many_different_files_with_one_band_in_common_are_grouped_in_seconds() {
    let start = std::time::Instant::now();
    let files = (0..20_000_u64).map(|n| {
        // Sketches without anything in common but one band, as of forms with the same head.
        let places: String = (0..32)
            .map(|i| format!("{:04x}", if i < 4 { 7 } else { n.wrapping_mul(2 * i + 1) >> 3 & 0xffff | 1 }))
            .collect();
        Line { path: n.to_string(), id: Some(n.to_string().into()), sketch: Some(places), ..Line::default() }
    });
    let report = Report { files: files.collect(), ..Report::default() };
    let _ = report.findings();
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn the_table_names_the_first_of_equal_files_and_keeps_formulas_from_a_spreadsheet() {
    let r = report([record("=a", "1", "x"), record("b", "1", "x"), failed("c", "io", "z")]);
    let mut out = Vec::new();
    csv(&r, &r.findings(), &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("\u{feff}path,status,error,"), "{text}");
    assert!(lines[1].starts_with("'=a,read,,,10,pdf,"), "{text}");
    assert!(lines[2].contains(",'=a,") && !lines[1].contains("'=a,,'=a"), "{text}");
    assert!(lines[3].starts_with("c,error,io,z,4,"), "{text}");
}
