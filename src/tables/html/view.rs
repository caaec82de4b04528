//! The page of `baocao view`: one document's text with its references, dates and indicators marked, what the record
//! says beside it. The archivist's way to trust or mistrust the output.

use std::io;

use askama::Template;
use serde::Serialize;
use serde_json::Value;

use super::grid;
use super::mark::{Anchor, Mark, write};
use crate::patterns::tables::TableWords;
use crate::record::content::Content;
use crate::record::{Check, Record, Section};

/// Deepest level of the outline that the side panel lists.
const OUTLINE_LEVELS: u32 = 3;
/// Most entries of the outline.
const OUTLINE_MOST: usize = 400;

#[derive(Template)]
#[template(path = "view.html")]
struct Page<'a> {
    title: String,
    path: &'a str,
    facts: Vec<(&'static str, String)>,
    outline: Vec<Heading>,
    outline_more: usize,
    checks: Vec<Shown<'a>>,
    agreeing: usize,
    warnings: Vec<&'a str>,
    references: usize,
    dates: usize,
    indicators: usize,
    pages: Vec<Leaf>,
    items: String,
}

struct Heading {
    id: String,
    level: u32,
    text: String,
}

struct Shown<'a> {
    check: &'a Check,
    links: Vec<usize>,
}

struct Leaf {
    number: usize,
    html: String,
}

/// Writes the page of a document: its extracted text with its tables, and its record.
///
/// # Errors
/// A template that cannot be written: none in a tested build.
pub fn page(content: &Content, record: &Record, words: &TableWords, out: &mut Vec<u8>) -> io::Result<()> {
    let text = content.text.as_str();
    // Plain text shows its tables by itself.
    let plain = content.tables.is_empty() && content.format == "text";
    let shown = plain.then(|| crate::structure::tables::find(text, words));
    let grids = grid::of(text, shown.as_ref().unwrap_or(&content.tables));
    let (marks, items) = marks(record);
    let anchors: Vec<Anchor> = record
        .sections
        .iter()
        .enumerate()
        .map(|(i, s)| Anchor { at: s.bytes[0], id: format!("s{i}") })
        .collect();
    let mut anchors = anchors;
    anchors.sort_by_key(|a| a.at);
    let mut pages = Vec::new();
    let mut from = 0;
    for (i, leaf) in text.split('\u{c}').enumerate() {
        let mut html = String::with_capacity(leaf.len() * 2);
        let end = from + leaf.len();
        let mut at = from;
        for grid in grids.iter().filter(|g| from <= g.bytes.start && g.bytes.end <= end) {
            write(text, at, grid.bytes.start, &marks, &anchors, &mut html);
            // The page's text is preformatted; a table stands between two stretches of it.
            html.push_str("</pre>");
            grid.write(text, &marks, &anchors, &mut html);
            html.push_str("<pre>");
            at = grid.bytes.end;
        }
        write(text, at, end, &marks, &anchors, &mut html);
        pages.push(Leaf { number: i + 1, html });
        from += leaf.len() + 1;
    }
    let headings: Vec<Heading> =
        record.sections.iter().enumerate().filter_map(|(i, s)| heading(i, s)).collect();
    let outline_more = headings.len().saturating_sub(OUTLINE_MOST);
    let number = |id: &String| {
        let of =
            |v: &Value| v.get("item_id").or_else(|| v.get("id")).and_then(Value::as_str) == Some(id.as_str());
        items.iter().position(of)
    };
    let checks = record
        .checks
        .iter()
        .filter(|c| c.verdict != "agrees")
        .map(|check| Shown { check, links: check.items.iter().filter_map(number).collect() })
        .collect();
    let m = &record.metadata;
    let title = [m.id.clone(), m.subject.clone()].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    // "</script>" inside a text must not end the script that carries it.
    let json = serde_json::to_string(&items).map_err(io::Error::from)?.replace('<', "\\u003c");
    let page = Page {
        title: if title.is_empty() { record.source.path.clone() } else { title },
        path: &record.source.path,
        facts: facts(record),
        outline: headings.into_iter().take(OUTLINE_MOST).collect(),
        outline_more,
        checks,
        agreeing: record.checks.iter().filter(|c| c.verdict == "agrees").count(),
        warnings: record.warnings.iter().map(|w| w.message.as_str()).collect(),
        references: record.references.len(),
        dates: record.dates.len(),
        indicators: record.indicators.len(),
        pages,
        items: json,
    };
    page.write_into(out).map_err(io::Error::other)
}

/// All marks in order, and the fields that each shows.
fn marks(r: &Record) -> (Vec<Mark>, Vec<Value>) {
    let mut marks = Vec::new();
    let mut items = Vec::new();
    let mut add = |class: &'static str, bytes: [usize; 2], fields: Value| {
        marks.push(Mark { start: bytes[0], end: bytes[1], class, item: items.len() });
        items.push(fields);
    };
    for i in &r.references {
        add("ref", i.bytes, fields("reference", i));
    }
    for i in &r.dates {
        add("date", i.bytes, fields("date", i));
    }
    for i in &r.indicators {
        add("ind", i.bytes, fields("indicator", i));
    }
    marks.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end), m.item));
    (marks, items)
}

/// The fields of an item that say something.
fn fields(what: &str, item: &impl Serialize) -> Value {
    let mut value = serde_json::to_value(item).unwrap_or_default();
    if let Some(map) = value.as_object_mut() {
        for hidden in ["span", "bytes", "full_span", "sentence", "section"] {
            map.remove(hidden);
        }
        map.retain(|_, v| !v.is_null() && *v != Value::Bool(false));
        map.insert("what".into(), what.into());
    }
    value
}

fn heading(index: usize, s: &Section) -> Option<Heading> {
    let text = [s.label.as_deref(), s.heading.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let listed = s.level <= OUTLINE_LEVELS && !text.is_empty() && s.kind != "bullet";
    let short: String = text.chars().take(90).collect();
    listed.then(|| Heading { id: format!("s{index}"), level: s.level, text: short })
}

fn facts(r: &Record) -> Vec<(&'static str, String)> {
    let (m, s) = (&r.metadata, &r.source);
    let area = |a: &Option<crate::record::Area>| a.as_ref().map(|a| a.name.clone());
    let province = m.province.as_ref().map(|p| match &p.current {
        Some(now) if now.name != p.name => format!("{} (nay {})", p.name, now.name),
        _ => p.name.clone(),
    });
    let period = m.period.as_ref().map(crate::tables::compare::period::label);
    let signers: Vec<String> = m
        .signers
        .iter()
        .map(|s| {
            [&s.authority, &s.position, &s.name]
                .into_iter()
                .flatten()
                .cloned()
                .collect::<Vec<_>>()
                .join(" · ")
        })
        .collect();
    let list = |l: &[String]| (!l.is_empty()).then(|| l.join("; "));
    let size = format!("{}, {} pages, {} characters", s.format, s.pages, s.chars);
    let all = [
        ("Type", m.doc_type_name.clone()),
        ("Number", m.id.clone()),
        ("Subject", m.subject.clone()),
        ("Issuer", m.issuer.clone()),
        ("Above it", m.issuer_parent.clone()),
        ("Place", m.place.clone()),
        ("Date", m.issue_date.clone()),
        ("Province", province),
        ("District", area(&m.district)),
        ("Commune", area(&m.commune)),
        ("Period", period),
        ("Signed", list(&signers)),
        ("To", list(&m.addressees)),
        ("Recipients", list(&m.recipients)),
        ("Urgency", m.urgency.clone()),
        ("Secrecy", m.secrecy.clone()),
        ("File", Some(size)),
        ("Encoding", s.encoding.clone()),
        ("Quality", Some(format!("{:.2}", s.quality))),
    ];
    all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}
