//! Documents of our own in `tests/frames/`: what each marked figure means. A document opens with `=== its kind`, then
//! perhaps `@title` of a web page; a figure stands as ⟦text|role|period|place|scope⟧, where nothing is asked of an empty
//! field and `-` is none. Periods: 2019, 2019-07, 2019Q1, 2019H2, 2019..2021, or both days.
#![allow(clippy::string_slice, reason = "the marks are ASCII")]

use std::fs;
use std::path::Path;

use super::tests::place_of;
use crate::Extractor;
use crate::claim::date::Day;
use crate::record::{Indicator, Record};

/// A marked figure.
struct Wanted {
    text: String,
    fields: Vec<String>,
}

/// One document: its name, its bytes as a file, its figures.
struct Document {
    name: String,
    file: &'static str,
    content: String,
    wanted: Vec<Wanted>,
}

/// The documents of one file.
fn documents(source: &str) -> Vec<Document> {
    source.split("=== ").skip(1).map(document).collect()
}

fn document(source: &str) -> Document {
    let (name, body) = source.split_once('\n').expect("a name on the first line");
    let (title, body) = match body.strip_prefix("@title ") {
        Some(rest) => {
            rest.split_once('\n').map(|(title, body)| (Some(title), body)).expect("text behind the title")
        }
        None => (None, body),
    };
    let (mut plain, mut wanted) = (String::new(), Vec::new());
    for (n, piece) in body.split(['⟦', '⟧']).enumerate() {
        if n % 2 == 0 {
            plain.push_str(piece);
            continue;
        }
        let mut fields = piece.split('|').map(str::to_owned);
        let text = fields.next().unwrap_or_default();
        plain.push_str(&text);
        wanted.push(Wanted { text, fields: fields.collect() });
    }
    let content = title.map_or(plain.clone(), |title| {
        let lines: String =
            plain.lines().filter(|l| !l.trim().is_empty()).map(|l| format!("<p>{l}</p>\n")).collect();
        format!("<!DOCTYPE html><html><head><title>{title}</title></head><body>{lines}</body></html>")
    });
    let file = if title.is_some() { "trang.html" } else { "bao-cao.txt" };
    Document { name: name.to_owned(), file, content, wanted }
}

/// The days of a period as the documents write it.
fn days(period: &str) -> String {
    if let Some((from, to)) = period.split_once("..") {
        let (from, to) = (days(from), days(to));
        let (first, last) = (from.split('/').next(), to.split('/').next_back());
        return format!("{}/{}", first.unwrap_or_default(), last.unwrap_or_default());
    }
    if period.contains('/') || period == "-" {
        return period.to_owned();
    }
    let year: u16 = period.get(..4).and_then(|y| y.parse().ok()).expect("a year");
    let rest = period.get(4..).unwrap_or_default();
    let number = |s: &str| s.parse::<u8>().expect("a number");
    let (first, last) = match rest.as_bytes().first() {
        None => (1, 12),
        Some(b'Q') => (number(&rest[1..]) * 3 - 2, number(&rest[1..]) * 3),
        Some(b'H') => (number(&rest[1..]) * 6 - 5, number(&rest[1..]) * 6),
        Some(_) if rest.len() == 3 => (number(&rest[1..]), number(&rest[1..])),
        Some(_) => return format!("{period}/{period}"),
    };
    let (from, to) = (Day::first_of(year, first).expect("a day"), Day::last_of(year, last).expect("a day"));
    format!("{}/{}", from.iso(), to.iso())
}

/// What an item says of a field, in the same form.
fn said(item: &Indicator, field: usize) -> String {
    let none = || "-".to_owned();
    match field {
        0 => item.role.name().to_owned(),
        1 => item.period.as_ref().map_or_else(none, |p| format!("{}/{}", p.start, p.end)),
        2 => item.place.as_deref().map_or_else(none, place_of),
        _ => item.scope.as_deref().map_or_else(none, str::to_owned),
    }
}

/// The scope that says only the document's own place.
fn is_whole(scope: &str) -> bool {
    matches!(scope.to_lowercase().as_str(), "toàn tỉnh" | "toàn huyện" | "toàn thành phố" | "toàn xã")
}

/// What is wrong in a record, a line each.
fn faults(document: &Document, record: &Record) -> Vec<String> {
    let mut rest = record.indicators.iter();
    let mut out = Vec::new();
    for wanted in &document.wanted {
        let same =
            |i: &&Indicator| i.text.starts_with(&wanted.text) || wanted.text.starts_with(i.text.as_str());
        let Some(item) = rest.clone().find(same) else {
            out.push(format!("{}: {} is not found", document.name, wanted.text));
            continue;
        };
        rest.by_ref().find(same);
        for (n, want) in wanted.fields.iter().enumerate().filter(|(_, want)| !want.is_empty()) {
            let have = said(item, n);
            let want = if n == 1 { days(want) } else { want.clone() };
            let whole = n == 3 && want == "-" && is_whole(&have);
            if have != want && !whole {
                out.push(format!("{}: {}: {have} for {want}", document.name, wanted.text));
            }
        }
    }
    out
}

/// All documents of the folder with their records.
fn read() -> Vec<(Document, Record)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frames");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("the folder").map(|f| f.expect("a file").path()).collect();
    files.sort();
    let extractor = Extractor::shared();
    let sources = files.iter().map(|f| fs::read_to_string(f).expect("UTF-8"));
    let documents: Vec<Document> = sources.flat_map(|s| documents(&s)).collect();
    let record = |d: Document| {
        let record = extractor.extract(d.file, d.content.as_bytes()).expect("a readable text");
        (d, record)
    };
    documents.into_iter().map(record).collect()
}

#[test]
fn role_period_place_and_scope_hold_on_documents_of_all_kinds() {
    let read = read();
    assert!(read.iter().map(|(d, _)| d.wanted.len()).sum::<usize>() > 300, "the documents are there");
    let wrong: Vec<String> = read.iter().flat_map(|(d, r)| faults(d, r)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn giving_every_figure_the_place_and_period_of_its_document_fails_where_paragraphs_name_two() {
    let read = read();
    let mixed: Vec<_> = read.iter().filter(|(d, _)| d.name.contains("two-two")).collect();
    assert!(mixed.len() >= 8, "{} documents with two places and two periods in each paragraph", mixed.len());
    for (document, record) in mixed {
        let mut flat = record.clone();
        let period = record.metadata.period.clone();
        let own = |i: &Indicator| i.place.as_deref().map(place_of);
        let first = record.indicators.first().and_then(|i| i.place.clone());
        let places: std::collections::BTreeSet<_> = record.indicators.iter().filter_map(own).collect();
        assert!(places.len() > 1, "{}: one place only", document.name);
        for item in &mut flat.indicators {
            item.place.clone_from(&first);
            item.period.clone_from(&period);
        }
        let wrong = faults(document, &flat).len();
        assert!(wrong * 3 >= document.wanted.len(), "{}: the document alone is nearly right", document.name);
    }
}
