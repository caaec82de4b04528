//! Compared rows and matrices to JSON Lines.

use std::io::{self, Write};

use serde::Serialize;

use crate::patterns::catalogue::Catalogue;
use crate::record::quantity::{Bound, Direction, Kind, Role};
use crate::record::{Period, ValueRange};
use crate::tables::compare::check::Check;
use crate::tables::compare::doubt::Doubt;
use crate::tables::compare::list::Listed;
use crate::tables::compare::pivot::Pivot;
use crate::tables::compare::row::{Cell, Row, Source, Sum};

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
    role: Role,
    kind: Kind,
    #[serde(with = "rust_decimal::serde::arbitrary_precision_option")]
    value: Option<rust_decimal::Decimal>,
    unit: &'a Option<String>,
    #[serde(with = "rust_decimal::serde::arbitrary_precision_option")]
    numerator: Option<rust_decimal::Decimal>,
    #[serde(with = "rust_decimal::serde::arbitrary_precision_option")]
    denominator: Option<rust_decimal::Decimal>,
    bound: Bound,
    direction: Option<Direction>,
    per: &'a Option<String>,
    range: Option<ValueRange>,
    part: bool,
    summed: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    parts: Option<JsonParts<'a>>,
    checks: Vec<JsonCheck<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    doubt: Option<&'a str>,
    sources: Vec<JsonSource<'a>>,
}

/// What does not agree with a row.
#[derive(Serialize)]
struct JsonCheck<'a> {
    kind: &'a str,
    #[serde(with = "rust_decimal::serde::arbitrary_precision")]
    expected: rust_decimal::Decimal,
    #[serde(with = "rust_decimal::serde::arbitrary_precision")]
    stated: rust_decimal::Decimal,
    message: &'a str,
}

impl<'a> JsonCheck<'a> {
    fn of(check: &'a Check) -> Self {
        Self { kind: check.kind, expected: check.expected, stated: check.stated, message: &check.message }
    }
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
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<JsonCell<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    part_of: Option<&'a str>,
    record: &'a str,
    item: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    copies: &'a [String],
}

/// The headings of a cell.
#[derive(Serialize)]
struct JsonCell<'a> {
    caption: &'a str,
    row: &'a str,
    column: &'a str,
}

impl<'a> JsonCell<'a> {
    fn of(cell: &'a Cell) -> Self {
        Self { caption: &cell.caption, row: &cell.row, column: &cell.column }
    }
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
        table: s.cell.as_deref().map(JsonCell::of),
        part_of: s.part_of.as_deref(),
        record: &s.origin.record,
        item: &s.item,
        copies: &s.origin.copies,
    }
}

/// One value on a line of its own.
pub(super) fn line(value: &impl Serialize, out: &mut Vec<u8>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value).map_err(io::Error::from)?;
    out.push(b'\n');
    Ok(())
}

/// Rows as JSON Lines.
///
/// # Errors
/// What writing gives.
pub fn rows(rows: &[Row], catalogue: &Catalogue, out: &mut dyn Write) -> io::Result<()> {
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
            role: r.role,
            kind: r.kind,
            value: r.value,
            unit: &r.unit,
            numerator: r.numerator,
            denominator: r.denominator,
            bound: r.bound,
            direction: r.direction,
            per: &r.per,
            range: r.range.map(|[low, high]| ValueRange { low, high }),
            part: r.part,
            summed: r.sum.as_ref().map_or(&[], |s| &s.parts),
            parts: r.sum.as_deref().map(JsonParts::of),
            checks: r.checks.iter().map(|c| JsonCheck::of(c)).collect(),
            doubt: r.doubt.map(Doubt::name),
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
pub fn pivot(pivot: &Pivot<'_>, catalogue: &Catalogue, other: &str, out: &mut dyn Write) -> io::Result<()> {
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

/// What there is to compare, as JSON Lines.
///
/// # Errors
/// None in practice: memory is written to.
pub fn list(all: &[Listed<'_>], catalogue: &Catalogue, out: &mut Vec<u8>) -> io::Result<()> {
    for l in all {
        let entry = catalogue.get(l.indicator);
        let row = serde_json::json!({
            "indicator": l.indicator, "name": entry.map(|e| e.name_vi.as_str()), "group": entry.map(|e| e.group.as_str()),
            "places": l.places, "years": l.years, "first": l.first, "last": l.last, "values": l.values,
            "documents": l.documents
        });
        line(&row, out)?;
    }
    Ok(())
}
