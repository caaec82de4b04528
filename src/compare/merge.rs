//! Sums for provinces that are one today: counts of Hà Giang and Tuyên Quang of 2022 as a count of Tuyên Quang.
//!
//! A rate is never summed, nor a score, a rank, or a sum of money per head; nor a count that is not stated exactly,
//! is stated twice with different values, or is a target or a change. What is not summed stays as it is.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::row::{Level, Row};
use crate::patterns::catalogue::Catalogue;

/// Everything that must agree before counts are summed.
type Key = (String, Option<String>, Option<String>, String, String);

/// Replaces the counts of provinces that were merged by their sum.
pub fn merge(rows: Vec<Row>, catalogue: &Catalogue) -> Vec<Row> {
    let mut cells: BTreeMap<Key, BTreeMap<String, Vec<Row>>> = BTreeMap::new();
    let mut out = Vec::new();
    for row in rows {
        let key = key(&row, catalogue);
        match (key, row.place.province.clone()) {
            (Some(key), Some(province)) => {
                cells.entry(key).or_default().entry(province).or_default().push(row)
            }
            _ => out.push(row),
        }
    }
    for provinces in cells.into_values() {
        let one_value = |rows: &Vec<Row>| rows.windows(2).all(|w| matches!(w, [a, b] if a.value == b.value));
        if provinces.len() > 1 && provinces.values().all(one_value) {
            out.extend(sum(provinces));
        } else {
            out.extend(provinces.into_values().flatten());
        }
    }
    out
}

fn key(row: &Row, catalogue: &Catalogue) -> Option<Key> {
    let additive = catalogue.get(&row.indicator).is_some_and(|e| e.additive());
    let period = row.period.as_ref()?;
    let fits = additive
        && row.place.level == Level::Province
        && matches!(row.kind.as_str(), "count" | "money" | "measure")
        && row.role == "actual"
        && row.bound == "exact"
        && row.per.is_none()
        && row.value.is_some();
    let now = row.place.now.clone()?;
    fits.then(|| {
        (row.indicator.clone(), row.unit.clone(), Some(now), period.start.clone(), period.end.clone())
    })
}

fn sum(provinces: BTreeMap<String, Vec<Row>>) -> Option<Row> {
    let summed: Vec<String> = provinces.keys().cloned().collect();
    let mut total = Decimal::ZERO;
    let mut sources = Vec::new();
    let mut like = None;
    for rows in provinces.into_values() {
        total = total.checked_add(rows.first()?.value?)?;
        for row in rows {
            sources.extend(row.sources.iter().cloned());
            like.get_or_insert(row);
        }
    }
    let mut row = like?;
    let place = Arc::make_mut(&mut row.place);
    place.province = place.now.clone();
    row.value = Some(total);
    row.summed = summed;
    row.sources = sources;
    Some(row)
}
