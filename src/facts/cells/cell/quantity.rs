//! Stage 5, cells: the numbers of one cell as quantities, with the unit of their headings.
//!
//! "13.203.300" under "Triệu đồng" is 13,203,300,000,000 VND; "12/63" under "Hạng" the twelfth place; "7-8" a range.

use rust_decimal::Decimal;

use super::CellReader;
use crate::claim::indicator::{Found, Kind};
use crate::facts::cells::unit::Unit;
use crate::facts::cells::value::{Number, Shape};
use crate::patterns::tables::says;
use crate::structure::table::Cell;

/// More than this many are not put in an order.
const MOST_RANK: Decimal = Decimal::from_parts(1000, 0, 0, false, 0);

impl CellReader<'_, '_, '_> {
    /// Numbers of one cell as quantities.
    pub(super) fn of_numbers(&self, cell: &Cell, numbers: &[Number], shape: Shape) -> Vec<Found> {
        let unit = self.unit(cell);
        let ends = match (shape, numbers) {
            (Shape::Slash, [a, b]) => return vec![self.settle(cell, self.of_pair(a, b, &unit))],
            (Shape::Range, [a, b]) => Some((a.value, b.value)),
            _ => None,
        };
        // "01 (0,751)" under "Thứ hạng và chỉ số": a rank, and in brackets the score that gives it.
        let ranked = shape == Shape::Beside && self.ranks_and_scores(cell, numbers);
        let pair = ranked.then(|| [Unit::rank(), Unit::score(self.scan)]);
        let unit_of = |i: usize| pair.as_ref().and_then(|pair| pair.get(i)).unwrap_or(&unit);
        let found = numbers.iter().enumerate().filter_map(|(i, n)| self.of_number(n, unit_of(i)));
        let settled = found.map(|mut f| {
            f.range = ends.map(|(a, b)| (scaled(a, &unit), scaled(b, &unit)));
            self.settle(cell, f)
        });
        // Mostly one: collected, it would get room for four.
        let mut out = Vec::with_capacity(numbers.len());
        out.extend(settled);
        out
    }

    /// "12/63": a ratio, a place among so many, or points of so many.
    fn of_pair(&self, a: &Number, b: &Number, unit: &Unit) -> Found {
        let own = matches!(unit.kind, Kind::Rank | Kind::Score);
        let kind = if own { unit.kind } else { Kind::Ratio };
        let mut found = Found::new(a.tokens.start..b.tokens.end, kind, self.scan.words.rules.cell);
        found.numerator = Some(a.value).filter(|_| kind != Kind::Score);
        found.denominator = Some(b.value);
        found.unit.clone_from(&unit.name);
        found.value = Some(a.value).filter(|_| own).or(found.value);
        found
    }

    /// A small whole number before one with decimals in brackets, where column or caption speaks of ranks.
    fn ranks_and_scores(&self, cell: &Cell, numbers: &[Number]) -> bool {
        let [rank, score] = numbers else { return false };
        let column = self.col(cell).map_or(0, |c| c.says);
        let told = (column | self.sheet.caption.says) & says::RANK != 0;
        let small = rank.value.is_integer() && rank.value > Decimal::ZERO && rank.value <= MOST_RANK;
        told && small && !rank.percent && !score.percent && !score.value.is_integer()
    }

    /// One number as a quantity; none where it is too large with its scale.
    fn of_number(&self, number: &Number, unit: &Unit) -> Option<Found> {
        let percent = number.percent.then(Unit::percent);
        let unit = percent.as_ref().unwrap_or(unit);
        let whole = unit.kind == Kind::Count && unit.factor == Decimal::ONE;
        let value = match number.other {
            // Nothing is counted in thousandths: "1,234 hồ sơ".
            Some(other) if whole && unit.name.is_some() => other,
            _ => number.value,
        };
        let value = value.checked_mul(unit.factor)?.normalize();
        let kind = unit.kind;
        let mut found = Found::new(number.tokens.clone(), kind, self.scan.words.rules.cell);
        found.value = Some(value);
        found.unit.clone_from(&unit.name);
        found.per.clone_from(&unit.per);
        found.bound = number.bound;
        found.direction = number.direction;
        if kind == Kind::Rank {
            found.numerator = Some(value);
        }
        // Nobody means 27397 % by "27,397%"; of all else a comma before three digits leaves two readings.
        found.ambiguous = number.ambiguous && (kind != Kind::Percentage || number.other.is_none());
        Some(found)
    }
}

/// The end of a range with the scale of its unit.
fn scaled(value: Decimal, unit: &Unit) -> Decimal {
    value.checked_mul(unit.factor).unwrap_or(value).normalize()
}
