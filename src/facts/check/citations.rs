//! Citations: dates of one document that differ, a number whose year is not that of its date, a cited document that is
//! younger than the citing one.

use std::collections::{BTreeMap, BTreeSet};

use super::{CheckWords, check};
use crate::patterns::catalogue::key;
use crate::record::{Check, CheckKind, Day, Form, Record, Reference};
use crate::words::one_line;

/// Words of a subject that are compared.
const SUBJECT: usize = 8;

pub(super) fn run(record: &Record, words: &CheckWords, out: &mut Vec<Check>) {
    let mut known: BTreeMap<(&str, String), Vec<&Reference>> = BTreeMap::new();
    for r in record.references.iter().filter(|r| !r.boilerplate && r.form != Form::Short) {
        let (Some(kind), Some(id), Some(date)) = (r.doc_type.as_deref(), r.id.as_deref(), r.date) else {
            continue;
        };
        // A law known by its year alone is no number, and a number without a symbol names nothing for certain.
        if !id.contains('/') {
            continue;
        }
        out.extend(number_year(r, id, date));
        known.entry((kind, id.to_uppercase())).or_default().push(r);
    }
    for references in known.values() {
        out.extend(conflict(references, words));
    }
    if let Some(own) = record.metadata.issue_date {
        let number = record.metadata.id.as_deref().map(str::to_uppercase);
        let late: Vec<Check> = known
            .iter()
            .filter(|((_, id), _)| Some(id) != number.as_ref())
            .filter_map(|(_, references)| younger(references, own))
            .collect();
        // Where several are younger, it is the document's own date that was misread.
        if late.len() == 1 {
            out.extend(late);
        }
    }
}

/// The year inside "42/2022/NĐ-CP".
fn number_year(r: &Reference, id: &str, date: Day) -> Option<Check> {
    let year = r.year?;
    if !(1945..=2100).contains(&year) || year == i32::from(date.year()) {
        return None;
    }
    let message = format!("{id} has {year} in its number, and the text dates it {date}");
    Some(check(CheckKind::ReferenceYear, false, year.to_string(), date.to_string(), &[&r.item_id], message))
}

/// One number with several dates: one document dated twice, or, where the subjects have nothing in common, one number
/// used for two documents.
fn conflict(references: &[&Reference], words: &CheckWords) -> Option<Check> {
    let first = references.first()?;
    let (date, id) = (first.date?, first.id.as_deref()?);
    let other = references.iter().find(|r| {
        let theirs = r.date.unwrap_or(date);
        let same_body = first.issuer.is_none() || r.issuer.is_none() || first.issuer == r.issuer;
        let same_document =
            theirs.year() == date.year() || (theirs.month(), theirs.day()) == (date.month(), date.day());
        theirs != date && same_body && same_document
    })?;
    let theirs = other.date?;
    let items: [&str; 2] = [&first.item_id, &other.item_id];
    let (date, theirs) = (date.to_string(), theirs.to_string());
    let Some((a, b)) = different_subjects(first, other, words) else {
        let message = format!("{id} is dated {date} and {theirs}");
        return Some(check(CheckKind::ReferenceDateConflict, false, date, theirs, &items, message));
    };
    let message = format!("{id} stands for two documents: {a:?} of {date}, {b:?} of {theirs}");
    Some(check(CheckKind::ReferenceNumberReused, false, date, theirs, &items, message))
}

/// The beginnings of two subjects that share no word but small ones.
fn different_subjects(a: &Reference, b: &Reference, words: &CheckWords) -> Option<(String, String)> {
    let begin = |r: &Reference| -> Option<Vec<String>> {
        let words: Vec<String> =
            one_line(r.subject.as_deref()?).split(' ').take(SUBJECT).map(str::to_owned).collect();
        (words.len() >= SUBJECT / 2).then_some(words)
    };
    let (x, y) = (begin(a)?, begin(b)?);
    let telling = |v: &[String]| -> BTreeSet<String> {
        v.iter().map(|w| key(w)).filter(|w| !words.subjects.small.contains(w)).collect()
    };
    let shared = telling(&x).intersection(&telling(&y)).count();
    (shared == 0).then(|| (x.join(" "), y.join(" ")))
}

/// A document cannot cite one that was issued after it.
fn younger(references: &[&Reference], own: Day) -> Option<Check> {
    let r = references.iter().find(|r| r.date.is_some_and(|d| d > own))?;
    let (date, id) = (r.date?, r.id.as_deref()?);
    let message = format!("{id} of {date} is cited by a document of {own}");
    Some(check(
        CheckKind::ReferenceYounger,
        false,
        format!("≤ {own}"),
        date.to_string(),
        &[&r.item_id],
        message,
    ))
}
