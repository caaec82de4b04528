//! Scores a comparison against the cells that a researcher makes by hand: gold cells and rows come in, precision, recall and
//! every difference go out.
//!
//! ```text
//! C  indicator  place  level  START/END  role  value  unit|-  scope|-  document
//! ```
//! A cell is found where a row has the same indicator, place, level, period, role, value and document, and is of a part
//! where the gold names one. Rows of documents that the gold does not name are not judged; values that stand apart are none.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use super::gold::GoldError;
use super::key;
use crate::tables::compare::row::Row;

/// One cell of the comparison.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// File name of the document.
    pub document: String,
    /// Id in the catalogue.
    pub indicator: String,
    /// From the smallest unit up.
    pub place: String,
    /// Level, as `--level` takes it.
    pub level: String,
    /// First and last day, with a slash between.
    pub period: String,
    /// Role.
    pub role: String,
    /// The number; of a ratio both.
    pub value: String,
    /// Unit; empty for none.
    pub unit: String,
    /// The part of the place; empty for the whole.
    pub scope: String,
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { document, indicator, place, level, period, role, value, unit, scope } = self;
        write!(f, "{document}\t{indicator}\t{place}\t{level}\t{period}\t{role}\t{value}\t{unit}\t{scope}")
    }
}

/// How well a comparison agrees with its gold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CellScore {
    /// Gold cells that have a row.
    pub right: usize,
    /// Gold cells without one.
    pub missed: Vec<Cell>,
    /// Rows that are no gold cell.
    pub wrong: Vec<Cell>,
}

impl CellScore {
    /// Of the rows, the share that is right.
    pub fn precision(&self) -> f64 {
        share(self.right, self.wrong.len())
    }

    /// Of the gold cells, the share that was found.
    pub fn recall(&self) -> f64 {
        share(self.right, self.missed.len())
    }
}

fn share(right: usize, other: usize) -> f64 {
    if right + other == 0 { 1.0 } else { right as f64 / (right + other) as f64 }
}

impl fmt::Display for CellScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (p, r) = (self.precision(), self.recall());
        writeln!(
            f,
            "cells of the comparison: precision {p:.3}, recall {r:.3} ({} right, {} wrong, {} missed)",
            self.right,
            self.wrong.len(),
            self.missed.len()
        )
    }
}

/// Reads gold cells.
///
/// # Errors
/// A file that cannot be read, or a line that is no cell.
pub fn read(path: &Path) -> Result<Vec<Cell>, GoldError> {
    let fail = |line, message| GoldError { path: path.display().to_string(), line, message };
    let text = std::fs::read_to_string(path).map_err(|e| fail(1, e.to_string()))?;
    let lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
    lines.map(|(n, line)| cell(line).ok_or_else(|| fail(n + 1, format!("no cell: {line:?}")))).collect()
}

fn cell(line: &str) -> Option<Cell> {
    let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
    let ["C", indicator, place, level, period, role, value, unit, scope, document] = columns.as_slice()
    else {
        return None;
    };
    let value = match value.split_once('/') {
        Some((a, b)) => key::ratio(a, b),
        None => key::number(value),
    };
    Some(Cell {
        document: (*document).to_owned(),
        indicator: (*indicator).to_owned(),
        place: key::fold(place),
        level: (*level).to_owned(),
        period: (*period).to_owned(),
        role: (*role).to_owned(),
        value,
        unit: some(unit),
        scope: some(scope),
    })
}

fn some(text: &str) -> String {
    if text == "-" { String::new() } else { key::fold(text) }
}

/// The cell that a row makes; its scope only where it is a part.
fn of_row(row: &Row) -> Cell {
    let path = row.sources.first().map_or("", |s| s.origin.path.as_str());
    let value = match (row.value, row.numerator, row.denominator) {
        (None, Some(a), Some(b)) => key::ratio(&a.to_string(), &b.to_string()),
        (Some(v), ..) => key::number(&v.to_string()),
        (_, n, _) => n.map(|n| key::number(&n.to_string())).unwrap_or_default(),
    };
    Cell {
        document: path.rsplit('/').next().unwrap_or_default().to_owned(),
        indicator: row.indicator.clone(),
        place: key::fold(&row.place.name()),
        level: row.place.level.name().to_owned(),
        period: row.period.as_ref().map(|p| format!("{}/{}", p.start, p.end)).unwrap_or_default(),
        role: row.role.to_string(),
        value,
        unit: row.unit.as_deref().map(key::fold).unwrap_or_default(),
        scope: row.scope.as_deref().filter(|_| row.part).map(key::fold).unwrap_or_default(),
    }
}

/// Whether a row is the cell: a longer unit or scope that holds the gold's is the same.
fn is_same(gold: &Cell, row: &Cell) -> bool {
    let holds = |want: &str, have: &str| want == have || (!want.is_empty() && have.contains(want));
    let fixed = |c: &Cell| {
        let Cell { document, indicator, place, level, period, role, value, .. } = c.clone();
        [document, indicator, place, level, period, role, value]
    };
    fixed(gold) == fixed(row) && holds(&gold.unit, &row.unit) && holds(&gold.scope, &row.scope)
}

/// Holds rows against gold cells, each row counting once.
pub fn score(gold: &[Cell], rows: &[Row]) -> CellScore {
    let documents: BTreeSet<&str> = gold.iter().map(|c| c.document.as_str()).collect();
    let mut rows: Vec<Cell> =
        rows.iter().map(of_row).filter(|c| documents.contains(c.document.as_str())).collect();
    let mut score = CellScore::default();
    for cell in gold {
        match rows.iter().position(|row| is_same(cell, row)) {
            Some(found) => {
                rows.remove(found);
                score.right += 1;
            }
            None => score.missed.push(cell.clone()),
        }
    }
    score.wrong = rows;
    score
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_found_once_and_what_is_no_cell_is_wrong() {
        let line = |value: &str, scope: &str| {
            cell(&format!(
                "C\tpoverty_rate\tSơn La\ttỉnh\t2020-01-01/2020-12-31\tactual\t{value}\t%\t{scope}\ta.txt"
            ))
            .unwrap()
        };
        let (a, b) = (line("9.0", "-"), line("4", "cấp xã"));
        assert_eq!(a.value, "9");
        assert!(is_same(&a, &a.clone()) && !is_same(&a, &b));
        assert!(is_same(&b, &Cell { scope: "các xã cấp xã".into(), ..b.clone() }));
        assert!(cell("C\tpoverty_rate\tSơn La").is_none());
        let score = score(&[a, b], &[]);
        assert_eq!((score.precision(), score.recall(), score.missed.len()), (1.0, 0.0, 2));
    }
}
