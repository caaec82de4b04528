//! The page of `baocao view`: one document's text with its references, dates and indicators marked, what the record
//! says beside it, and where each part of that was read. The archivist's way to trust or mistrust the output.

use std::collections::BTreeMap;
use std::io;
use std::sync::LazyLock;

use askama::Template;
use serde::Deserialize;

use super::grid;
use super::mark::{Anchor, Mark, write};
use super::script;
use super::shown::{self, Shown};
use super::shown::{day, written};
use super::visible::visible;
use crate::patterns::Patterns;
use crate::record::content::Content;
use crate::record::{Check, Record, Section, SectionKind, Verdict};

/// Deepest level of the outline that the side panel lists.
const OUTLINE_LEVELS: u32 = 3;
/// Most entries of the outline.
const OUTLINE_MOST: usize = 400;
/// From so many pages on the side panel lists them.
const MANY_PAGES: usize = 3;

/// The script of the page.
const SCRIPT: &str = concat!(include_str!("../../../templates/view.js"), "\n");
/// Its words in both languages.
const WORDS: &str = include_str!("../../../templates/view-words.json");

/// The words by key.
#[derive(Debug, Default, Deserialize)]
struct Words {
    vi: BTreeMap<String, String>,
}

static VIETNAMESE: LazyLock<Words> = LazyLock::new(|| serde_json::from_str(WORDS).unwrap_or_default());

#[derive(Template)]
#[template(path = "view.html")]
struct Page<'a> {
    title: String,
    path: String,
    facts: Vec<Fact>,
    outline: Vec<Heading>,
    outline_more: usize,
    checks: Vec<Disagreement<'a>>,
    agreeing: usize,
    warnings: Vec<&'a str>,
    decoded: Vec<&'a str>,
    references: usize,
    dates: usize,
    indicators: usize,
    pages: Vec<Leaf>,
    items: String,
    words: &'static str,
    script: &'static str,
    hash: String,
}

impl Page<'_> {
    /// A word in Vietnamese; the page's script puts those of the other language in its place.
    fn word(&self, key: &str) -> &'static str {
        VIETNAMESE.vi.get(key).map_or("", String::as_str)
    }
}

/// A field of the metadata.
struct Fact {
    /// Key of its name.
    key: &'static str,
    value: String,
    /// Whether its words are marked in the text.
    is_marked: bool,
}

impl Fact {
    /// Its name in a record.
    fn field(&self) -> &'static str {
        self.key.trim_start_matches("f.")
    }
}

struct Heading {
    id: String,
    level: u32,
    text: String,
}

struct Disagreement<'a> {
    check: &'a Check,
    /// Ids of items.
    links: &'a [String],
}

struct Leaf {
    number: usize,
    html: String,
}

/// Writes the page of a document: its extracted text with its tables, and its record.
///
/// # Errors
/// A template that cannot be written: none in a tested build.
pub fn page(content: &Content, record: &Record, patterns: &Patterns, out: &mut Vec<u8>) -> io::Result<()> {
    let text = content.text.as_str();
    // Plain text shows its tables by itself.
    let plain = content.tables.is_empty() && content.format == "text";
    let found = plain.then(|| crate::structure::tables::find(text, &patterns.tables));
    let grids = grid::of(text, found.as_ref().unwrap_or(&content.tables));
    let (marks, items) = marks(record, text, patterns);
    let anchor = |(i, s): (usize, &Section)| Anchor { at: s.bytes[0], id: format!("s{i}") };
    let mut anchors: Vec<Anchor> = record.sections.iter().enumerate().map(anchor).collect();
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
    let differ = record.checks.iter().filter(|c| c.verdict != Verdict::Agrees);
    let m = &record.metadata;
    let title = [m.id.clone(), m.subject.clone()].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let (decoded, warnings): (Vec<_>, Vec<_>) =
        record.warnings.iter().partition(|w| w.code == "legacy_encoding");
    // A page that is sent on does not tell of the machine it was made on.
    let path = &record.source.path;
    let path = if path.starts_with('/') { path.rsplit('/').next().unwrap_or_default() } else { path };
    let old = record.source.encoding.as_deref().filter(|e| is_old(e));
    let page = Page {
        title: visible(if title.is_empty() { path } else { &title }),
        path: visible(path),
        facts: facts(record),
        outline_more: headings.len().saturating_sub(OUTLINE_MOST),
        outline: headings.into_iter().take(OUTLINE_MOST).collect(),
        checks: differ.map(|check| Disagreement { check, links: &check.items }).collect(),
        agreeing: record.checks.iter().filter(|c| c.verdict == Verdict::Agrees).count(),
        warnings: warnings.iter().map(|w| w.message.as_str()).collect(),
        decoded: old.into_iter().chain(decoded.iter().map(|w| w.message.as_str())).collect(),
        references: record.references.len(),
        dates: record.dates.len(),
        indicators: record.indicators.len(),
        pages,
        items: script::json(&items)?,
        words: WORDS,
        script: SCRIPT,
        hash: script::hash(SCRIPT),
    };
    page.write_into(out).map_err(io::Error::other)
}

/// Whether an encoding is one of before Unicode, or of none but Vietnamese.
fn is_old(encoding: &str) -> bool {
    !encoding.starts_with("utf") && encoding != "ascii"
}

/// All marks in order, and what each shows.
fn marks(r: &Record, text: &str, patterns: &Patterns) -> (Vec<Mark>, Vec<Shown>) {
    let mut marks = Vec::new();
    let mut items = Vec::new();
    let mut add = |class: &'static str, id: &str, bytes: [usize; 2], shown: Shown| {
        marks.push(Mark { start: bytes[0], end: bytes[1], class, id: id.to_owned(), item: items.len() });
        items.push(shown);
    };
    for (field, e) in &r.metadata.evidence {
        let words = text.get(e.bytes[0]..e.bytes[1]).unwrap_or_default();
        add("meta", &format!("m-{field}"), e.bytes, shown::evidence(field, e, words));
    }
    for i in &r.references {
        let full = i.target.and_then(|n| r.references.get(n)).filter(|f| f.item_id != i.item_id);
        add("ref", &i.item_id, i.bytes, shown::reference(i, full));
    }
    for i in &r.dates {
        add("date", &i.id, i.bytes, shown::date(i));
    }
    for i in &r.indicators {
        add("ind", &i.id, i.bytes, shown::indicator(i, &patterns.catalogue));
    }
    marks.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end), m.item));
    (marks, items)
}

fn heading(index: usize, s: &Section) -> Option<Heading> {
    let text = [s.label.as_deref(), s.heading.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let listed = s.level <= OUTLINE_LEVELS && !text.is_empty() && s.kind != SectionKind::Bullet;
    let short: String = visible(&text).chars().take(90).collect();
    listed.then(|| Heading { id: format!("s{index}"), level: s.level, text: short })
}

fn facts(r: &Record) -> Vec<Fact> {
    let (m, s) = (&r.metadata, &r.source);
    let area = |a: &Option<crate::record::Area>| a.as_ref().map(|a| a.name.clone());
    let province = m.province.as_ref().map(|p| match &p.current {
        Some(now) if now.name != p.name => format!("{} (nay {})", p.name, now.name),
        _ => p.name.clone(),
    });
    let period = m.period.as_ref().map(crate::tables::compare::period::label);
    let signers = m.signers.iter().map(|s| {
        [&s.authority, &s.position, &s.name].into_iter().flatten().cloned().collect::<Vec<_>>().join(" · ")
    });
    let list = |l: &[String]| (!l.is_empty()).then(|| l.join("; "));
    let received = m.received.as_ref().map(|r| {
        let date = r.date.map(day);
        [r.number.clone(), date].into_iter().flatten().collect::<Vec<_>>().join(", ")
    });
    let issued = m.issue_date.map(day).or_else(|| m.issue_edtf.as_deref().map(written));
    let number = [&m.number, &m.symbol].into_iter().flatten().cloned().collect::<Vec<_>>().join("/");
    let all = [
        ("f.doc_type", m.doc_type_name.clone()),
        ("f.id", m.id.clone().or(Some(number))),
        ("f.issue_date", issued),
        ("f.subject", m.subject.clone()),
        ("f.issuer", m.issuer.clone()),
        ("f.issuer_parent", m.issuer_parent.clone()),
        ("f.place", m.place.clone()),
        ("f.province", province),
        ("f.district", area(&m.district)),
        ("f.commune", area(&m.commune)),
        ("f.period", period),
        ("f.signers", list(&signers.collect::<Vec<_>>())),
        ("f.addressees", list(&m.addressees)),
        ("f.recipients", list(&m.recipients)),
        ("f.urgency", m.urgency.clone()),
        ("f.secrecy", m.secrecy.clone()),
        ("f.received", received),
        ("f.file", Some(s.format.clone())),
        ("f.encoding", s.encoding.clone()),
        ("f.quality", Some(format!("{:.2}", s.quality))),
    ];
    let fact = |(key, value): (&'static str, Option<String>)| {
        let value = visible(&value.filter(|v| !v.is_empty())?);
        let mut fact = Fact { key, value, is_marked: false };
        fact.is_marked = m.evidence.contains_key(fact.field());
        Some(fact)
    };
    all.into_iter().filter_map(fact).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_words() {
        let words: BTreeMap<String, BTreeMap<String, String>> = serde_json::from_str(WORDS).unwrap();
        let keys = |language: &str| words[language].keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys("vi"), keys("en"));
        assert_eq!(VIETNAMESE.vi["f.subject"], "Trích yếu");
    }
}
