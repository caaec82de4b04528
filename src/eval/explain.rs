//! Every numeral of a document with what claimed or refused it, and by which rule: `baocao explain`.

use std::ops::Range;

use smol_str::SmolStr;

use crate::claim::indicator::{Bound, Found, Role};
use crate::error::Error;
use crate::extract::Extractor;
use crate::facts::frame::item::Resolved;
use crate::facts::frame::{self, DocumentFrame};
use crate::record::{Area, Place};
use crate::words::index::Index;

/// One numeral, accounted for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// The numeral as written.
    pub text: String,
    /// Its raw byte range.
    pub bytes: Range<usize>,
    /// Its line, from 1.
    pub line: usize,
    /// Its page, from 1.
    pub page: usize,
    /// `reference`, `date`, `indicator`, `header`, `trap` or `unclaimed`.
    pub owner: &'static str,
    /// The rule, empty where nothing claimed it.
    pub rule: String,
    /// The words around it, on one line.
    pub context: String,
    /// What it means as an indicator, each attribute with the rule or frame that gave it.
    pub attributes: Vec<Attribute>,
}

/// One attribute of an indicator and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// `name`, `scope`, `role` …
    pub field: &'static str,
    /// Its value; empty for none.
    pub value: String,
    /// The rule or frame; empty where nothing gave it.
    pub rule: &'static str,
}

/// The attributes of the indicator that begins its numeral at a token, or holds it.
fn attributes(found: &[Found], resolved: &[Resolved], token: usize) -> Vec<Attribute> {
    let next = found.partition_point(|f| f.tokens.start <= token);
    let at = next.checked_sub(1).filter(|&n| found.get(n).is_some_and(|f| f.tokens.contains(&token)));
    let Some((item, frames)) = at.and_then(|n| found.get(n).zip(resolved.get(n))) else { return Vec::new() };
    let text = |value: &Option<SmolStr>| value.as_deref().unwrap_or_default().to_string();
    let why = item.why;
    let one = |field, value, rule| Attribute { field, value, rule };
    let sum = why
        .sum
        .map(|sum| format!("{}{}.{:02}", if sum < 0 { "-" } else { "" }, sum.abs() / 100, sum.abs() % 100));
    let direction = item.direction.map(|d| d.name().to_string());
    let exact = item.bound == Bound::Exact;
    let (role, why_role) = if frames.ahead { (Role::Target, "role.ahead") } else { (item.role, why.role) };
    let period = frames.period.as_ref().map(|p| format!("{}/{}", p.start, p.end));
    vec![
        one("name", text(&item.name), why.name),
        one("sum", sum.unwrap_or_default(), ""),
        one("scope", text(&item.scope), why.scope),
        one("place", frames.place.as_deref().map(place_name).unwrap_or_default(), frames.why_place),
        one("period", period.unwrap_or_default(), frames.why_period),
        one("role", role.name().to_string(), why_role),
        one(
            "direction",
            direction.clone().unwrap_or_default(),
            if direction.is_some() { why.role } else { "" },
        ),
        one("bound", if exact { String::new() } else { item.bound.name().to_string() }, why.bound),
    ]
}

/// The units of a place, the smallest first.
fn place_name(place: &Place) -> String {
    let area = |a: &Option<Area>| a.as_ref().map(|a| a.name.to_string());
    let province = place.province.as_ref().map(|p| p.name.to_string());
    let units: Vec<String> =
        [area(&place.commune), area(&place.district), province].into_iter().flatten().collect();
    if units.is_empty() { place.level.name().to_string() } else { units.join(", ") }
}

/// Accounts for every numeral of a document.
///
/// # Errors
/// Unreadable input gives an [`Error`] with a code.
pub fn explain(extractor: &Extractor, bytes: &[u8]) -> Result<Vec<Explained>, Error> {
    let content = extractor.read(bytes)?;
    let index = Index::new(&content.text);
    Ok(extractor.analyse(&content, |work, outline, found| {
        let frame = DocumentFrame::read(work, outline, &found.header, &found.times);
        let resolved = frame::item::resolve(work, &frame, &found.times, &found.indicators);
        let numerals = work.ledger.numerals().iter().map(|numeral| {
            let raw = work.text.shadow.to_raw(work.bytes(numeral.first..numeral.end));
            let (owner, rule) = work.ledger.owner(numeral.first);
            let around =
                work.words(numeral.first.saturating_sub(6)..(numeral.end + 5).min(work.tokens.len()));
            Explained {
                text: content.text.get(raw.clone()).unwrap_or("").to_string(),
                line: index.line(raw.start),
                page: index.page(raw.start),
                bytes: raw,
                owner: owner.name(),
                rule: work.patterns.rules.name(rule).to_string(),
                context: crate::words::one_line(around).into(),
                attributes: attributes(&found.indicators, &resolved, numeral.first),
            }
        });
        numerals.collect()
    }))
}
