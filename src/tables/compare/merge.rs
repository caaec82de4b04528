//! Sums for provinces that are one today: counts of Hà Giang and Tuyên Quang of 2022 as a count of Tuyên Quang.
//!
//! A rate is never summed, nor a score, a rank, or a sum of money per head; nor a count that is not stated exactly,
//! is stated twice with different values, or is a target or a change. What is not summed stays as it is. A sum says
//! which of the provinces that existed then are in it and which are not.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::row::{Level, Row, Sum};
use crate::patterns::catalogue::Catalogue;
use crate::patterns::place::Places;
use crate::record::Day;
use crate::record::quantity::{Bound, Role};

/// Replaces the counts of provinces that were merged by their sum.
pub fn merge(rows: Vec<Row>, catalogue: &Catalogue, places: &Places) -> Vec<Row> {
    let (mut counts, mut out): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|r| fits(r, catalogue));
    counts.sort_by(|a, b| (cell(a), province(a)).cmp(&(cell(b), province(b))));
    for same in counts.chunk_by(|a, b| cell(a) == cell(b)) {
        match sum(same, places) {
            Some(sum) => out.push(sum),
            None => out.extend_from_slice(same),
        }
    }
    out
}

/// Whether a value may be summed at all.
fn fits(row: &Row, catalogue: &Catalogue) -> bool {
    catalogue.get(&row.indicator).is_some_and(|e| e.additive())
        && row.place.level == Level::Province
        && row.place.now.is_some()
        && row.place.province.is_some()
        && row.period.is_some()
        && row.kind.is_amount()
        && row.role == Role::Actual
        && row.bound == Bound::Exact
        && row.per.is_none()
        && row.value.is_some()
        && !row.part
        && row.doubt.is_none()
        && row.range.is_none()
}

/// Everything that must agree before counts are summed: indicator, unit, province of today, period.
type Cell<'a> = (&'a str, Option<&'a str>, Option<&'a str>, Option<(Day, Day)>);

fn cell(r: &Row) -> Cell<'_> {
    (&r.indicator, r.unit.as_deref(), r.place.now.as_deref(), r.span())
}

fn province(r: &Row) -> &str {
    r.place.province.as_deref().unwrap_or("")
}

/// The sum of one cell: of several provinces, each with one value.
fn sum(rows: &[Row], places: &Places) -> Option<Row> {
    let mut parts = Vec::new();
    let mut total = Decimal::ZERO;
    for rows in rows.chunk_by(|a, b| province(a) == province(b)) {
        let first = rows.first()?;
        if rows.iter().any(|r| r.value != first.value) {
            return None;
        }
        parts.push(province(first).to_owned());
        total = total.checked_add(first.value?)?;
    }
    if parts.len() < 2 {
        return None;
    }
    let mut row = rows.first()?.clone();
    let now = row.place.now.clone()?;
    let then = places.parts_of(&now, &row.period.as_ref()?.start.iso());
    let missing = then.into_iter().filter(|name| !parts.iter().any(|p| p == name));
    row.sum = Some(Arc::new(Sum { missing: missing.map(str::to_owned).collect(), parts }));
    let place = Arc::make_mut(&mut row.place);
    (place.province, place.code) = (Some(now), None);
    row.value = Some(total);
    row.sources = rows.iter().flat_map(|r| r.sources.iter().cloned()).collect();
    Some(row)
}
