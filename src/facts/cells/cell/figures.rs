//! Stage 5, cells: a cell of figures, and the numbers that measure nothing: marks, grades, coordinates.

use std::ops::Range;

use rust_decimal::Decimal;

use super::CellReader;
use crate::claim::indicator::Outcome;
use crate::facts::cells::value::{self, Number};
use crate::patterns::tables::says;
use crate::structure::table::Cell;

/// The largest number that a row or note bears as its mark.
const MOST_MARK: Decimal = Decimal::from_parts(31, 0, 0, false, 0);

impl CellReader<'_, '_, '_> {
    /// The quantities of a cell of figures.
    pub(super) fn figures(&mut self, cell: &Cell) {
        // Without any heading a number measures nothing.
        let row = self.line(cell).is_none_or(|l| l.said.text.is_empty());
        let column = self.col(cell).is_none_or(|c| c.path.is_empty());
        let graded = self.col(cell).is_some_and(|c| c.graded);
        if row && column || graded || self.surveyed(cell) {
            return self.none(&cell.tokens);
        }
        let Some((numbers, shape)) = value::read(self.scan, &cell.tokens) else {
            return self.worded(cell);
        };
        if self.is_mark(cell, &numbers) {
            return self.none(&cell.tokens);
        }
        let first = numbers.first().map_or(cell.tokens.start, |n| n.tokens.start);
        let all = first.min(cell.tokens.end)..cell.tokens.end;
        let items = self.of_numbers(cell, &numbers, shape);
        if items.is_empty() {
            return self.none(&cell.tokens);
        }
        self.out.numerals.push((all, Outcome::Items(items)));
    }

    /// "(3)": the mark of a row or note, where no heading speaks of a change.
    fn is_mark(&self, cell: &Cell, numbers: &[Number]) -> bool {
        let [number] = numbers else { return false };
        let bracket = self.scan.is(cell.tokens.start, '(') && !number.percent;
        let changes = self.col(cell).is_some_and(|c| c.says & says::CHANGE != 0);
        bracket && !changes && number.value.is_integer() && number.value.abs() <= MOST_MARK
    }

    /// Six or seven plain digits northing beside easting: coordinates of the national grid.
    fn surveyed(&self, cell: &Cell) -> bool {
        let text = |c: &Cell| self.scan.work.words(c.tokens.clone());
        let Some(own) = coordinate(text(cell)) else { return false };
        self.sheet.table.grid.row(cell.row).filter_map(|c| coordinate(text(c))).any(|other| {
            let (north, east) = (own.max(other), own.min(other));
            other != own && NORTHINGS.contains(&north) && EASTINGS.contains(&east)
        })
    }
}

/// Metres from the equator of the country's points.
const NORTHINGS: Range<u32> = 880_000..2_700_000;
/// Metres of their eastings, half a million being the meridian in the middle.
const EASTINGS: Range<u32> = 200_000..880_000;

/// The whole metres of what may be a coordinate: "1201345,52".
fn coordinate(text: &str) -> Option<u32> {
    let whole = text.split([',', '.']).next().unwrap_or(text);
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    let decimals = text.get(whole.len()..).unwrap_or("").trim_start_matches([',', '.']);
    let shaped = (6..=7).contains(&whole.len()) && digits(whole) && decimals.len() <= 4 && digits(decimals);
    whole.parse::<u32>().ok().filter(|_| shaped)
}
