//! Rows to a matrix: an indicator a line, a province or a year a column; a cell holds every value with its sources.

use std::collections::BTreeMap;

use super::row::{Row, alphabetic};
use super::{period, row};
use crate::patterns::catalogue::Catalogue;
use crate::record::quantity::Role;

/// What the columns are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// One column a place.
    Province,
    /// One column a year.
    Year,
}

/// The matrix.
#[derive(Debug, Clone)]
pub struct Pivot<'a> {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// The lines, in order.
    pub lines: Vec<Line<'a>>,
}

/// One line of the matrix.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    /// Id in the catalogue.
    pub indicator: String,
    /// Role.
    pub role: Role,
    /// Unit.
    pub unit: String,
    /// The period, where columns are places; the place, where columns are years.
    pub other: String,
    /// One a column: every value, each with the rows that state it.
    pub cells: Vec<Vec<Value<'a>>>,
}

/// One value of a cell.
#[derive(Debug, Clone)]
pub struct Value<'a> {
    /// As shown; with the name of the province that it is of, where the column is its successor.
    pub shown: String,
    /// The rows that state it.
    pub rows: Vec<&'a Row>,
}

/// Order of the lines: indicator, role, unit, then period or place.
type LineKey = (usize, String, Role, String, String);

/// Turns sorted rows into a matrix.
pub fn pivot<'a>(rows: &'a [Row], by: By, catalogue: &Catalogue, today: bool) -> Pivot<'a> {
    let place = |r: &Row| match (&r.place.now, today) {
        (Some(now), true) if r.place.level == row::Level::Province => now.clone(),
        _ if today => r.place.name(),
        _ => r.place.full_name(),
    };
    let year = |r: &Row| r.year().map(|y| y.to_string()).unwrap_or_default();
    let mut columns: BTreeMap<(row::Level, String), String> = BTreeMap::new();
    let mut lines: BTreeMap<LineKey, (String, Vec<&'a Row>)> = BTreeMap::new();
    for r in rows {
        let when = r.period.as_deref();
        let (column, other, other_key) = match by {
            By::Province => (
                ((r.place.level, alphabetic(&place(r))), place(r)),
                when.map(period::label).unwrap_or_default(),
                when.map(|p| format!("{} {}", p.start, p.end)).unwrap_or_default(),
            ),
            By::Year => (
                ((row::Level::Country, year(r)), year(r)),
                place(r),
                format!("{:?} {}", r.place.level as u8, alphabetic(&place(r))),
            ),
        };
        columns.entry(column.0).or_insert(column.1);
        let unit = r.unit.clone().unwrap_or_default();
        let key = (catalogue.rank(&r.indicator), r.indicator.clone(), r.role, unit, other_key);
        lines.entry(key).or_insert_with(|| (other, Vec::new())).1.push(r);
    }
    let names: Vec<String> = columns.values().cloned().collect();
    let index: BTreeMap<&(row::Level, String), usize> =
        columns.keys().enumerate().map(|(i, k)| (k, i)).collect();
    let lines = lines
        .into_iter()
        .map(|((_, indicator, role, unit, _), (other, rows))| {
            let mut cells: Vec<Vec<Value<'a>>> = vec![Vec::new(); names.len()];
            for r in rows {
                let key = match by {
                    By::Province => (r.place.level, alphabetic(&place(r))),
                    By::Year => (row::Level::Country, year(r)),
                };
                let Some(cell) = index.get(&key).and_then(|&i| cells.get_mut(i)) else { continue };
                let shown = match (&r.sum, &r.place.province) {
                    (Some(sum), _) => format!("{} ({})", r.shown(), sum.completeness()),
                    (None, Some(old)) if today && r.place.now.as_ref().is_some_and(|now| now != old) => {
                        format!("{} ({old})", r.shown())
                    }
                    _ => r.shown(),
                };
                // A part never stands as a rival of its whole.
                let shown = match r.scope.as_deref().filter(|_| r.part) {
                    Some(scope) => format!("{shown} [{scope}]"),
                    None => shown,
                };
                match cell.iter_mut().find(|v| v.shown == shown) {
                    Some(value) => value.rows.push(r),
                    None => cell.push(Value { shown, rows: vec![r] }),
                }
            }
            Line { indicator, role, unit, other, cells }
        })
        .collect();
    Pivot { columns: names, lines }
}
