//! What does not agree between documents: rows in their order come in, each gets the checks that concern it.
//!
//! ```text
//! document    one document states two values of one indicator, place, time and role, by more than rounding
//! values      several documents do
//! districts   the districts of a province, summed, exceed what the province states
//! jump        a series of years that grows or shrinks tenfold from one value to the next: a unit was lost
//! ```
//! A value is never mended: the reader sees what differs, and every sentence.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::row::{Level, Row, vietnamese};
use crate::patterns::catalogue::Catalogue;
use crate::record::quantity::{Bound, Direction, Kind, Role};

/// One thing that does not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// `document`, `values`, `districts` or `jump`.
    pub kind: &'static str,
    /// What the others say.
    pub expected: Decimal,
    /// What is stated.
    pub stated: Decimal,
    /// One clear sentence.
    pub message: String,
}

/// Values that end in zeros agree if they differ by no more than this part of the larger, besides being rounded.
const ROUNDED: Decimal = Decimal::from_parts(2, 0, 0, false, 2);
/// A jump from one year to the next that no province makes.
const JUMP: Decimal = Decimal::TEN;

/// Puts every check beside the rows that it concerns.
pub fn check(rows: &mut [Row], catalogue: &Catalogue) {
    let mut found: BTreeMap<usize, Vec<Arc<Check>>> = BTreeMap::new();
    let mut note = |rows: &[usize], check: Check| {
        let check = Arc::new(check);
        for row in rows {
            found.entry(*row).or_default().push(Arc::clone(&check));
        }
    };
    let certain = |r: &(usize, &Row)| {
        r.1.doubt.is_none() && !r.1.part && r.1.bound == Bound::Exact && r.1.sum.is_none()
    };
    let all: Vec<(usize, &Row)> = rows.iter().enumerate().collect();
    let whole: Vec<(usize, &Row)> = all.into_iter().filter(|r| certain(r)).collect();
    values(&whole, &mut note);
    districts(&whole, catalogue, &mut note);
    jumps(&whole, &mut note);
    for (row, checks) in found {
        if let Some(row) = rows.get_mut(row) {
            row.checks = checks;
        }
    }
}

/// What must agree before two values are one thing: indicator, unit, role, direction, per.
type What<'a> = (&'a str, String, Role, Option<Direction>, Option<&'a str>);

fn what(r: &Row) -> What<'_> {
    (&r.indicator, r.number_unit(), r.role, r.direction, r.per.as_deref())
}

type Cells<'a, K> = BTreeMap<K, Vec<(usize, &'a Row)>>;

fn values(rows: &[(usize, &Row)], note: &mut impl FnMut(&[usize], Check)) {
    let mut cells: Cells<'_, _> = BTreeMap::new();
    for (n, r) in rows {
        let key = (what(r), r.place.level, r.place.sort_key(), r.span());
        cells.entry(key).or_default().push((*n, *r));
    }
    for cell in cells.values() {
        let stated = cell.iter().filter_map(|(n, r)| Some((r.number()?, *n, *r)));
        let mut documents: BTreeMap<(&str, &str), Vec<Stated<'_>>> = BTreeMap::new();
        for (number, n, r) in stated {
            let of = r.sources.first().map(|s| (s.origin.record.as_str(), s.origin.path.as_str()));
            documents.entry(of.unwrap_or_default()).or_default().push((number, n, r));
        }
        let every = |of: &[Stated<'_>]| of.iter().map(|v| v.1).collect::<Vec<usize>>();
        for ((_, path), of) in &documents {
            let Some((low, high)) = apart(of) else { continue };
            let (a, b) = (low.2.shown(), high.2.shown());
            let message = format!("one document states both {a} and {b} ({})", file(path));
            note(&every(of), Check { kind: "document", expected: low.0, stated: high.0, message });
        }
        // Of each document what leads there: the rows come in their order.
        let leading: Vec<Stated<'_>> = documents.values().filter_map(|of| of.first().copied()).collect();
        let Some((low, high)) = apart(&leading) else { continue };
        let said = |r: &Row| {
            let path = r.sources.first().map_or("", |s| s.origin.path.as_str());
            format!("{} ({})", r.shown(), file(path))
        };
        let message = format!("stated differently: {} and {}", said(low.2), said(high.2));
        let all: Vec<usize> = documents.values().flat_map(|of| every(of)).collect();
        note(&all, Check { kind: "values", expected: low.0, stated: high.0, message });
    }
}

/// A value with the number of its row.
type Stated<'a> = (Decimal, usize, &'a Row);

/// The least and the greatest of values that do not agree.
fn apart<'a>(values: &[Stated<'a>]) -> Option<(Stated<'a>, Stated<'a>)> {
    let low = values.iter().min_by_key(|v| v.0)?;
    let high = values.iter().max_by_key(|v| v.0)?;
    (!agree(low.0, high.0)).then_some((*low, *high))
}

fn file(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// Counts of the districts of one province against its own.
fn districts(rows: &[(usize, &Row)], catalogue: &Catalogue, note: &mut impl FnMut(&[usize], Check)) {
    let fits = |r: &Row| {
        catalogue.get(&r.indicator).is_some_and(|e| e.additive())
            && r.kind.is_amount()
            && r.per.is_none()
            && matches!(r.role, Role::Actual | Role::Target)
    };
    let mut cells: Cells<'_, _> = BTreeMap::new();
    for (n, r) in rows.iter().filter(|(_, r)| fits(r)) {
        let Some(province) = r.place.province.as_deref() else { continue };
        cells.entry((what(r), province, r.span())).or_default().push((*n, *r));
    }
    for cell in cells.values() {
        let mut parts: BTreeMap<&str, (Decimal, usize)> = BTreeMap::new();
        for (n, r) in cell.iter().filter(|(_, r)| r.place.level == Level::District) {
            let (Some(name), Some(value)) = (r.place.district.as_deref(), r.value) else { continue };
            let known = parts.entry(name).or_insert((value, *n));
            // Of several values the smallest: what the others add may be a slip.
            known.0 = known.0.min(value);
        }
        let sum = parts.values().try_fold(Decimal::ZERO, |sum, v| sum.checked_add(v.0));
        let (Some(sum), 2..) = (sum, parts.len()) else { continue };
        for (n, r) in cell.iter().filter(|(_, r)| r.place.level == Level::Province) {
            let Some(value) = r.value.filter(|v| sum > *v && !agree(sum, *v)) else { continue };
            let (of, all) = (parts.len(), vietnamese(sum));
            let message = format!("{of} districts together state {all}, the province {}", vietnamese(value));
            note(&[*n], Check { kind: "districts", expected: sum, stated: value, message });
        }
    }
}

/// Whole years of one place, in order.
fn jumps(rows: &[(usize, &Row)], note: &mut impl FnMut(&[usize], Check)) {
    let is_year = |r: &Row| {
        r.span().is_some_and(|(a, b)| a.is_first_of_year() && b.is_last_of_year() && a.year() == b.year())
    };
    let is_level = |r: &Row| r.role == Role::Actual && r.kind != Kind::Rank;
    let mut series: Cells<'_, _> = BTreeMap::new();
    for (n, r) in rows.iter().filter(|(_, r)| is_year(r) && is_level(r)) {
        series.entry((what(r), r.place.level, r.place.area_key(), is_merged(r))).or_default().push((*n, *r));
    }
    for points in series.values_mut() {
        points.sort_by_key(|(n, r)| (r.year(), *n));
        for pair in points.windows(2) {
            let [(a, before), (b, after)] = pair else { continue };
            let (Some(from), Some(to)) = (before.number(), after.number()) else { continue };
            let (low, high) = (from.abs().min(to.abs()), from.abs().max(to.abs()));
            let tenfold = low.checked_mul(JUMP).is_none_or(|ten| high >= ten);
            if before.year() == after.year() || low < Decimal::ONE || !tenfold {
                continue;
            }
            let year = |r: &Row| r.year().map(|y| y.to_string()).unwrap_or_default();
            let message = format!(
                "{} in {} and {} in {}: a unit may be lost",
                before.shown(),
                year(before),
                after.shown(),
                year(after)
            );
            note(&[*a, *b], Check { kind: "jump", expected: from, stated: to, message });
        }
    }
}

/// The day since which 34 provinces exist: one that kept its name has another area since.
const MERGED: &str = "2025-07-01";

fn is_merged(r: &Row) -> bool {
    let covered = || r.span().is_some_and(|(_, last)| last.iso().as_str() >= MERGED);
    r.issued().map_or_else(covered, |day| day >= MERGED)
}

/// Whether two numbers are one, rounded or cut at the last digit that the shorter of them states.
fn agree(a: Decimal, b: Decimal) -> bool {
    if a == b || a.is_zero() || b.is_zero() {
        return a == b;
    }
    let Some(difference) = a.checked_sub(b).map(|d| d.abs()) else { return false };
    let step = last_digit(a).max(last_digit(b));
    let near = a.abs().max(b.abs()).checked_mul(ROUNDED).is_some_and(|near| difference <= near);
    // "12.000.000" may be exact or rounded to millions: only what is near it as well is the same.
    difference < step && (step <= Decimal::ONE || near)
}

/// What the last digit counts that is not zero: 0,1 of 28,5; 1.000.000 of 12.000.000.
fn last_digit(n: Decimal) -> Decimal {
    let n = n.normalize();
    if n.scale() > 0 {
        return Decimal::new(1, n.scale());
    }
    let mut step = Decimal::ONE;
    while !n.is_zero() {
        let Some(next) =
            step.checked_mul(Decimal::TEN).filter(|s| n.checked_rem(*s).is_some_and(|r| r.is_zero()))
        else {
            break;
        };
        step = next;
    }
    step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_rounded_or_cut_agrees_and_a_slip_does_not() {
        let agrees = |a: &str, b: &str| agree(a.parse().unwrap(), b.parse().unwrap());
        assert!(
            agrees("28.5", "28.47")
                && agrees("28.4", "28.47")
                && agrees("9", "9.2")
                && agrees("28500000000", "28470000000")
        );
        assert!(!agrees("28.5", "29.5") && !agrees("1000", "1900") && !agrees("41250", "4125"));
        assert!(agrees("0", "0") && !agrees("0", "0.5"));
    }
}
