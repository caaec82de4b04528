//! Sample reports re-encoded in every old encoding say exactly what they say in UTF-8.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use baocao::internal::charset::{Charset, encode};
use support::{extractor, record, said, samples};

/// Five reports of different kinds: plan, resolution, decision, figures, letter.
const FIVE: [&str; 5] = [
    "ben-tre-2024-giam-ngheo",
    "nghe-an-2020-nghi-quyet",
    "lam-dong-2013-quyet-dinh",
    "khanh-hoa-2022-kinh-te-xa-hoi",
    "dong-thap-2019-cong-van",
];

/// The text without the few signs that the old encodings have no place for.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '–' | '—' => '-',
            '“' | '”' => '"',
            '²' => '2',
            c => c,
        })
        .collect()
}

fn reports() -> Vec<(String, String)> {
    let mut reports: Vec<(String, String)> = Vec::new();
    for sample in samples() {
        if let (Some(text), true) = (sample.text(), FIVE.contains(&sample.slug.as_str())) {
            reports.push((sample.slug.clone(), plain(text)));
        }
    }
    assert_eq!(reports.len(), FIVE.len());
    reports
}

fn compare(name: &str, encoding: &str, text: &str, bytes: &[u8], wrong: &mut Vec<String>) {
    let wanted = said(&record(text));
    let found = extractor().extract("old.txt", bytes).expect("a record");
    let has = found.source.encoding.as_deref();
    if has != Some(encoding) {
        wrong.push(format!("{name} in {encoding}: taken for {has:?}"));
    }
    let found = said(&found);
    for (i, item) in wanted.iter().enumerate() {
        if found.get(i) != Some(item) {
            wrong.push(format!("{name} in {encoding}: {item:?} became {:?}", found.get(i)));
            return;
        }
    }
    if found.len() > wanted.len() {
        wrong.push(format!("{name} in {encoding}: {:?} is new", found.get(wanted.len())));
    }
}

#[test]
fn five_reports_say_the_same_in_every_old_encoding() {
    let mut wrong = Vec::new();
    for (name, text) in reports() {
        for charset in [Charset::Tcvn3, Charset::Vni, Charset::Viscii, Charset::Vps, Charset::Windows1258] {
            let bytes = encode(&text, charset).unwrap_or_else(|| panic!("{name} fits in {}", charset.name()));
            compare(&name, charset.name(), &text, &bytes, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn five_reports_say_the_same_in_utf_16() {
    let mut wrong = Vec::new();
    for (name, text) in reports() {
        let units: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = [0xFEFF].iter().chain(&units).flat_map(|u| u.to_le_bytes()).collect();
        let big: Vec<u8> = [0xFEFF].iter().chain(&units).flat_map(|u| u.to_be_bytes()).collect();
        compare(&name, "utf-16le", &text, &little, &mut wrong);
        compare(&name, "utf-16be", &text, &big, &mut wrong);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn samples_kept_in_old_encodings_are_recognised() {
    let expected = [
        ("thai-binh-2005-tcvn3", "tcvn3"),
        ("an-giang-2004-vni", "vni"),
        ("nam-dinh-2012-utf16", "utf-16le"),
        ("hai-duong-1998-nfd", "utf-8"),
    ];
    for sample in samples() {
        if let Some((_, encoding)) = expected.iter().find(|(slug, _)| *slug == sample.slug) {
            let content = extractor().read(&sample.bytes).expect("a sample");
            assert_eq!(content.encoding, Some(*encoding), "{}", sample.slug);
        }
    }
}

#[test]
fn samples_in_unicode_are_left_as_they_are() {
    for sample in samples() {
        if let Some(text) =
            sample.text().filter(|_| !sample.slug.ends_with("tcvn3") && !sample.slug.ends_with("vni"))
        {
            let content = extractor().read(&sample.bytes).expect("a sample");
            assert_eq!(content.text, text, "{}", sample.slug);
        }
    }
}
