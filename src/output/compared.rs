//! Compared rows to a terminal table, CSV and JSON Lines.

use std::io::{self, Write};
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::aligned::{Align, one_line, table};
use super::csv::Separated;
use super::flat::Cell;
use crate::compare::period;
use crate::compare::pivot::Pivot;
use crate::compare::row::{Origin, Row, Source, Sum};
use crate::compare::unmatched::Unmatched;
use crate::patterns::catalogue::{Catalogue, Entry};
use crate::record::Period;

/// Columns of the long CSV, documented in `docs/compare.md`.
const COLUMNS: &[&str] = &[
    "indicator",
    "name",
    "group",
    "edition",
    "place",
    "level",
    "province",
    "province_now",
    "district",
    "commune",
    "scope",
    "period",
    "period_start",
    "period_end",
    "period_basis",
    "year",
    "role",
    "kind",
    "value",
    "unit",
    "numerator",
    "denominator",
    "bound",
    "direction",
    "per",
    "summed",
    "path",
    "document",
    "issue_date",
    "page",
    "line",
    "text",
    "sentence",
    "record",
    "item",
    "parts_present",
    "parts_total",
    "parts_missing",
];

/// Rows that are written at once.
const PART: usize = 4096;

/// A source as text: "bc/350.pdf p. 2".
pub fn place_of(s: &Source) -> String {
    format!("{} p. {}", s.origin.path, s.page)
}

/// Rows as a table for a terminal, one part an indicator.
///
/// # Errors
/// What writing gives.
pub fn text(
    rows: &[Row],
    catalogue: &Catalogue,
    width: Option<usize>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let head = [
        ("place", Align::Left),
        ("period", Align::Left),
        ("role", Align::Left),
        ("value", Align::Right),
        ("unit", Align::Left),
        ("scope", Align::Left),
        ("source", Align::Left),
        ("sentence", Align::Left),
    ];
    let mut part = String::new();
    for (i, group) in rows.chunk_by(|a, b| a.indicator == b.indicator).enumerate() {
        if i > 0 {
            part.push('\n');
        }
        if let Some(first) = group.first() {
            part.push_str(&title(&first.indicator, catalogue));
            part.push('\n');
        }
        let lines: Vec<Vec<String>> = group
            .iter()
            .map(|r| {
                let place = match &r.sum {
                    None => r.place.full_name(),
                    Some(sum) => {
                        format!("{} = {} ({})", r.place.name(), sum.parts.join(" + "), sum.completeness())
                    }
                };
                vec![
                    place,
                    r.period.as_deref().map(period::label).unwrap_or_default(),
                    r.role.clone(),
                    r.shown(),
                    per_unit(r),
                    r.scope.clone().unwrap_or_default(),
                    r.sources.iter().map(place_of).collect::<Vec<_>>().join("; "),
                    r.sources.first().map(|s| one_line(&s.sentence)).unwrap_or_default(),
                ]
            })
            .collect();
        table(&head, &lines, width, &mut part);
        out.write_all(part.as_bytes())?;
        part.clear();
    }
    Ok(())
}

/// Name, id and edition of an indicator on one line.
pub fn title(id: &str, catalogue: &Catalogue) -> String {
    match catalogue.get(id) {
        Some(Entry { name_vi, edition: Some(edition), .. }) => format!("{name_vi} · {edition} ({id})"),
        Some(entry) => format!("{} ({id})", entry.name_vi),
        None => id.to_owned(),
    }
}

/// The unit with what it is per: "VND/người".
pub fn per_unit(r: &Row) -> String {
    match (&r.unit, &r.per) {
        (Some(u), Some(p)) => format!("{u}/{p}"),
        (Some(u), None) => u.clone(),
        (None, _) => String::new(),
    }
}

/// A matrix for a terminal: the values, numbered where there are sources to list below.
///
/// # Errors
/// What writing gives.
pub fn pivot_text(
    pivot: &Pivot<'_>,
    catalogue: &Catalogue,
    other: &str,
    width: Option<usize>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut sources: Vec<String> = Vec::new();
    let mut numbers: FxHashMap<(*const Origin, u32), usize> = FxHashMap::default();
    let mut part = String::new();
    for (i, group) in pivot.lines.chunk_by(|a, b| a.indicator == b.indicator).enumerate() {
        if i > 0 {
            part.push('\n');
        }
        if let Some(first) = group.first() {
            part.push_str(&title(&first.indicator, catalogue));
            part.push('\n');
        }
        // Columns that this indicator does not use only push the others off the screen.
        let used: Vec<usize> = (0..pivot.columns.len())
            .filter(|&c| group.iter().any(|l| l.cells.get(c).is_some_and(|v| !v.is_empty())))
            .collect();
        let mut head = vec![("role", Align::Left), ("unit", Align::Left), (other, Align::Left)];
        head.extend(used.iter().filter_map(|&c| pivot.columns.get(c)).map(|c| (c.as_str(), Align::Right)));
        let mut lines = Vec::new();
        for line in group {
            let mut row = vec![line.role.clone(), line.unit.clone(), line.other.clone()];
            for values in used.iter().filter_map(|&c| line.cells.get(c)) {
                let mut cell = Vec::new();
                for v in values {
                    let mut marks = Vec::new();
                    for s in v.rows.iter().flat_map(|r| &r.sources) {
                        let number = numbers.entry((Arc::as_ptr(&s.origin), s.page)).or_insert_with(|| {
                            sources.push(place_of(s));
                            sources.len()
                        });
                        marks.push(*number);
                    }
                    marks.dedup();
                    let marks: Vec<String> = marks.iter().map(ToString::to_string).collect();
                    cell.push(format!("{} [{}]", v.shown, marks.join(",")));
                }
                row.push(cell.join("\n"));
            }
            lines.push(row);
        }
        table(&head, &lines, width, &mut part);
        out.write_all(part.as_bytes())?;
        part.clear();
    }
    if !sources.is_empty() {
        out.write_all(b"\n")?;
    }
    for (i, source) in sources.iter().enumerate() {
        writeln!(out, "[{}] {source}", i + 1)?;
    }
    Ok(())
}

/// Rows as CSV.
///
/// # Errors
/// What writing gives.
pub fn csv(rows: &[Row], catalogue: &Catalogue, out: &mut dyn Write) -> io::Result<()> {
    let mut part = Vec::new();
    Separated::Csv.head(COLUMNS.iter().copied(), &mut part)?;
    out.write_all(&part)?;
    for some in rows.chunks(PART) {
        part.clear();
        Separated::Csv.rows(some.iter().map(|r| cells(r, catalogue)), &mut part)?;
        out.write_all(&part)?;
    }
    Ok(())
}

fn cells<'a>(r: &'a Row, catalogue: &'a Catalogue) -> Vec<Cell<'a>> {
    let entry = catalogue.get(&r.indicator);
    let each =
        |f: &dyn Fn(&Source) -> String| Cell::Made(r.sources.iter().map(f).collect::<Vec<_>>().join(" | "));
    let option = |s: &'a Option<String>| Cell::from(s);
    vec![
        r.indicator.as_str().into(),
        entry.map_or(Cell::Null, |e| e.name_vi.as_str().into()),
        entry.map_or(Cell::Null, |e| e.group.as_str().into()),
        entry.map_or(Cell::Null, |e| option(&e.edition)),
        Cell::Made(r.place.name()),
        r.place.level.name().into(),
        option(&r.place.province),
        option(&r.place.now),
        option(&r.place.district),
        option(&r.place.commune),
        option(&r.scope),
        Cell::Made(r.period.as_deref().map(period::label).unwrap_or_default()),
        r.period.as_ref().map_or(Cell::Null, |p| p.start.as_str().into()),
        r.period.as_ref().map_or(Cell::Null, |p| p.end.as_str().into()),
        r.period_basis.into(),
        r.year().map_or(Cell::Null, |y| Cell::Int(y.into())),
        r.role.as_str().into(),
        r.kind.as_str().into(),
        r.value.into(),
        option(&r.unit),
        r.numerator.into(),
        r.denominator.into(),
        r.bound.as_str().into(),
        option(&r.direction),
        option(&r.per),
        Cell::Made(r.sum.as_ref().map(|s| s.parts.join(" | ")).unwrap_or_default()),
        each(&|s| s.origin.path.clone()),
        each(&|s| s.origin.document.clone().unwrap_or_default()),
        each(&|s| s.origin.issue_date.clone().unwrap_or_default()),
        each(&|s| s.page.to_string()),
        each(&|s| s.line.to_string()),
        each(&|s| s.text.to_string()),
        each(&|s| s.sentence.to_string()),
        each(&|s| s.origin.record.clone()),
        each(&|s| s.item.to_string()),
        r.sum.as_ref().map_or(Cell::Null, |s| Cell::Int(s.parts.len() as i64)),
        r.sum.as_ref().map_or(Cell::Null, |s| Cell::Int((s.parts.len() + s.missing.len()) as i64)),
        Cell::Made(r.sum.as_ref().map(|s| s.missing.join(" | ")).unwrap_or_default()),
    ]
}

/// A matrix as CSV: every value of a cell with its sources, separated by "; ".
///
/// # Errors
/// None in practice: memory is written to.
pub fn pivot_csv(
    pivot: &Pivot<'_>,
    catalogue: &Catalogue,
    other: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let head = ["indicator", "name", "role", "unit", other];
    let mut part = Vec::new();
    Separated::Csv.head(head.into_iter().chain(pivot.columns.iter().map(String::as_str)), &mut part)?;
    for l in &pivot.lines {
        let name = catalogue.get(&l.indicator).map_or("", |e| e.name_vi.as_str());
        let mut row: Vec<Cell<'_>> = vec![
            l.indicator.as_str().into(),
            name.into(),
            l.role.as_str().into(),
            l.unit.as_str().into(),
            l.other.as_str().into(),
        ];
        row.extend(l.cells.iter().map(|values| {
            let texts: Vec<String> = values
                .iter()
                .map(|v| {
                    let sources: Vec<String> = v.rows.iter().flat_map(|r| &r.sources).map(place_of).collect();
                    format!("{} ({})", v.shown, sources.join(", "))
                })
                .collect();
            Cell::Made(texts.join("; "))
        }));
        Separated::Csv.rows(std::iter::once(row), &mut part)?;
        out.write_all(&part)?;
        part.clear();
    }
    out.write_all(&part)
}

#[derive(Serialize)]
struct JsonRow<'a> {
    indicator: &'a str,
    name: Option<&'a str>,
    group: Option<&'a str>,
    edition: Option<&'a str>,
    place: String,
    level: &'a str,
    province: &'a Option<String>,
    province_now: &'a Option<String>,
    district: &'a Option<String>,
    commune: &'a Option<String>,
    scope: &'a Option<String>,
    period: Option<&'a Period>,
    period_basis: &'a str,
    year: Option<i32>,
    role: &'a str,
    kind: &'a str,
    #[serde(with = "rust_decimal::serde::arbitrary_precision_option")]
    value: Option<rust_decimal::Decimal>,
    unit: &'a Option<String>,
    #[serde(with = "rust_decimal::serde::arbitrary_precision_option")]
    numerator: Option<rust_decimal::Decimal>,
    #[serde(with = "rust_decimal::serde::arbitrary_precision_option")]
    denominator: Option<rust_decimal::Decimal>,
    bound: &'a str,
    direction: &'a Option<String>,
    per: &'a Option<String>,
    summed: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    parts: Option<JsonParts<'a>>,
    sources: Vec<JsonSource<'a>>,
}

/// How much of a province of today a sum holds.
#[derive(Serialize)]
struct JsonParts<'a> {
    present: usize,
    total: usize,
    missing: &'a [String],
}

impl<'a> JsonParts<'a> {
    fn of(sum: &'a Sum) -> Self {
        let (present, missing) = (sum.parts.len(), sum.missing.as_slice());
        Self { present, total: present + missing.len(), missing }
    }
}

#[derive(Serialize)]
struct JsonSource<'a> {
    path: &'a str,
    document: &'a Option<String>,
    issue_date: &'a Option<String>,
    page: u32,
    line: u32,
    text: &'a str,
    sentence: &'a str,
    record: &'a str,
    item: &'a str,
}

fn json_source(s: &Source) -> JsonSource<'_> {
    JsonSource {
        path: &s.origin.path,
        document: &s.origin.document,
        issue_date: &s.origin.issue_date,
        page: s.page,
        line: s.line,
        text: &s.text,
        sentence: &s.sentence,
        record: &s.origin.record,
        item: &s.item,
    }
}

fn line(value: &impl Serialize, out: &mut Vec<u8>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value).map_err(io::Error::from)?;
    out.push(b'\n');
    Ok(())
}

/// Rows as JSON Lines.
///
/// # Errors
/// What writing gives.
pub fn jsonl(rows: &[Row], catalogue: &Catalogue, out: &mut dyn Write) -> io::Result<()> {
    let mut part = Vec::new();
    for r in rows {
        let entry = catalogue.get(&r.indicator);
        let row = JsonRow {
            indicator: &r.indicator,
            name: entry.map(|e| e.name_vi.as_str()),
            group: entry.map(|e| e.group.as_str()),
            edition: entry.and_then(|e| e.edition.as_deref()),
            place: r.place.name(),
            level: r.place.level.name(),
            province: &r.place.province,
            province_now: &r.place.now,
            district: &r.place.district,
            commune: &r.place.commune,
            scope: &r.scope,
            period: r.period.as_deref(),
            period_basis: r.period_basis,
            year: r.year(),
            role: &r.role,
            kind: &r.kind,
            value: r.value,
            unit: &r.unit,
            numerator: r.numerator,
            denominator: r.denominator,
            bound: &r.bound,
            direction: &r.direction,
            per: &r.per,
            summed: r.sum.as_ref().map_or(&[], |s| &s.parts),
            parts: r.sum.as_deref().map(JsonParts::of),
            sources: r.sources.iter().map(json_source).collect(),
        };
        part.clear();
        line(&row, &mut part)?;
        out.write_all(&part)?;
    }
    Ok(())
}

/// A matrix as JSON Lines: one object a line of the matrix, `cells` by column.
///
/// # Errors
/// None in practice: memory is written to.
pub fn pivot_jsonl(
    pivot: &Pivot<'_>,
    catalogue: &Catalogue,
    other: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut part = Vec::new();
    for l in &pivot.lines {
        let mut cells = serde_json::Map::new();
        for (column, values) in pivot.columns.iter().zip(&l.cells).filter(|(_, v)| !v.is_empty()) {
            let values: Vec<serde_json::Value> = values
                .iter()
                .map(|v| {
                    let sources: Vec<JsonSource<'_>> =
                        v.rows.iter().flat_map(|r| &r.sources).map(json_source).collect();
                    serde_json::json!({ "value": v.shown, "sources": sources })
                })
                .collect();
            cells.insert(column.clone(), values.into());
        }
        let name = catalogue.get(&l.indicator).map(|e| e.name_vi.as_str());
        let row = serde_json::json!({
            "indicator": l.indicator, "name": name, "role": l.role, "unit": l.unit, other: l.other, "cells": cells
        });
        part.clear();
        line(&row, &mut part)?;
        out.write_all(&part)?;
    }
    Ok(())
}

/// Names that the catalogue does not know, as a table for a terminal.
pub fn unmatched_text(names: &[Unmatched], width: Option<usize>, out: &mut String) {
    let head = [
        ("documents", Align::Right),
        ("items", Align::Right),
        ("kind", Align::Left),
        ("unit", Align::Left),
        ("name", Align::Left),
        ("example", Align::Left),
    ];
    let rows: Vec<Vec<String>> = names
        .iter()
        .map(|n| {
            let sentence = one_line(&n.sentence);
            vec![
                n.documents.to_string(),
                n.items.to_string(),
                n.kind.clone(),
                n.unit.clone(),
                n.name.clone(),
                sentence,
            ]
        })
        .collect();
    table(&head, &rows, width, out);
}

/// The same as CSV.
///
/// # Errors
/// None in practice: memory is written to.
pub fn unmatched_csv(names: &[Unmatched], out: &mut Vec<u8>) -> io::Result<()> {
    Separated::Csv.head(["documents", "items", "kind", "unit", "name", "path", "sentence"], out)?;
    let int = |n: u64| Cell::Int(i64::try_from(n).unwrap_or(i64::MAX));
    Separated::Csv.rows(
        names.iter().map(|n| {
            vec![
                int(n.documents),
                int(n.items),
                n.kind.as_str().into(),
                n.unit.as_str().into(),
                n.name.as_str().into(),
                n.path.as_str().into(),
                n.sentence.as_str().into(),
            ]
        }),
        out,
    )
}

/// The same as JSON Lines.
///
/// # Errors
/// None in practice: memory is written to.
pub fn unmatched_jsonl(names: &[Unmatched], out: &mut Vec<u8>) -> io::Result<()> {
    for n in names {
        let row = serde_json::json!({
            "documents": n.documents, "items": n.items, "kind": n.kind, "unit": n.unit, "name": n.name,
            "path": n.path, "sentence": n.sentence
        });
        line(&row, out)?;
    }
    Ok(())
}
