//! One value of one indicator in one place and period, with where it comes from.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::check::Check;
use super::doubt::Doubt;
use super::period;
pub use super::place::{Level, Place, alphabetic};
pub use super::source::{Cell, Origin, Source};
pub use crate::claim::number::vietnamese;
use crate::record::quantity::{Bound, Direction, Kind, Role};
use crate::record::{Day, Period};

/// What is stated, all but the number: the same for many values, which share it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct What {
    /// Id in the catalogue.
    pub indicator: String,
    /// Who it counts, where the text says so.
    pub scope: Option<String>,
    /// What it is to its report.
    pub role: Role,
    /// Kind of the item.
    pub kind: Kind,
    /// Unit.
    pub unit: Option<String>,
    /// How exact it is.
    pub bound: Bound,
    /// Where a change goes.
    pub direction: Option<Direction>,
    /// `năm`, `người` …
    pub per: Option<String>,
}

/// Of which provinces a value is the sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// Those whose counts were summed.
    pub parts: Vec<String>,
    /// Those of which no count is there, though they are part of the province of today.
    pub missing: Vec<String>,
}

impl Sum {
    /// "2 of 3, without Bắc Kạn", or "3 of 3".
    pub fn completeness(&self) -> String {
        let of = self.parts.len() + self.missing.len();
        match self.missing.as_slice() {
            [] => format!("{of} of {of}"),
            missing => format!("{} of {of}, without {}", self.parts.len(), missing.join(", ")),
        }
    }
}

/// One value. What many values have in common stands behind shared pointers: there may be millions of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What is stated.
    pub what: Arc<What>,
    /// Where.
    pub place: Arc<Place>,
    /// When: the item's own period, else the document's, else its year of issue.
    pub period: Option<Arc<Period>>,
    /// What the period rests on: `item`, `document`, `issue`.
    pub period_basis: &'static str,
    /// Exact value.
    pub value: Option<Decimal>,
    /// Both ends, of a range: `value` is the lower one.
    pub range: Option<[Decimal; 2]>,
    /// Of a ratio or rank.
    pub numerator: Option<Decimal>,
    /// Of a ratio or rank.
    pub denominator: Option<Decimal>,
    /// Of a sum of provinces that are one today; none for a value as stated.
    pub sum: Option<Arc<Sum>>,
    /// Where it stands; of a sum, each part.
    pub sources: Vec<Source>,
    /// Whether it is of a part of the place: a level, a body, a zone, or a part of a number stated with it.
    pub part: bool,
    /// Why it stands apart; none for a value whose indicator, place, time and role are certain.
    pub doubt: Option<Doubt>,
    /// What does not agree between documents.
    pub checks: Vec<Arc<Check>>,
}

impl std::ops::Deref for Row {
    type Target = What;

    fn deref(&self) -> &What {
        &self.what
    }
}

impl Row {
    /// First and last day of the period.
    pub(super) fn span(&self) -> Option<(Day, Day)> {
        self.period.as_ref().map(|p| (p.start, p.end))
    }

    /// The day its first document was issued.
    pub fn issued(&self) -> Option<&str> {
        self.sources.first().and_then(|s| s.origin.issue_date.as_deref())
    }

    /// The file it stands in first.
    pub(super) fn path(&self) -> Option<&str> {
        self.sources.first().map(|s| s.origin.path.as_str())
    }

    /// Where in that file it begins.
    pub(super) fn starts(&self) -> Option<u32> {
        self.sources.first().map(|s| s.start)
    }

    /// How vaguely it is stated, the least first: a time of its own before that of its document, an exact number
    /// before a rough one, many digits before few.
    pub(super) fn vagueness(&self) -> (u8, bool, std::cmp::Reverse<usize>) {
        let basis = match self.period_basis {
            "item" => 0,
            "document" => 1,
            _ => 2,
        };
        let mut digits = 0;
        let mut number = self.value.map_or(0, |v| v.normalize().mantissa().unsigned_abs());
        while number > 0 {
            (digits, number) = (digits + 1, number / 10);
        }
        (basis, self.bound != Bound::Exact, std::cmp::Reverse(digits))
    }

    /// The year it is about.
    pub fn year(&self) -> Option<i32> {
        self.period.as_deref().map(period::year)
    }

    /// The value as people read it: "89,64", "36/36", "≥ 80", "−1,2".
    pub fn shown(&self) -> String {
        let sign = match self.bound {
            Bound::Exact => "",
            Bound::About => "≈ ",
            Bound::AtLeast => "≥ ",
            Bound::MoreThan => "> ",
            Bound::AtMost => "≤ ",
            Bound::LessThan => "< ",
        };
        let direction = match self.direction {
            Some(Direction::Up) => "+",
            Some(Direction::Down) => "−",
            None => "",
        };
        let range = self.range.map(|[low, high]| format!("{}–{}", vietnamese(low), vietnamese(high)));
        let body = match (self.value, self.numerator, self.denominator) {
            (Some(_), None, None) if range.is_some() => range.unwrap_or_default(),
            (_, Some(n), Some(d)) => format!("{}/{}", vietnamese(n), vietnamese(d)),
            (Some(v), ..) => vietnamese(v),
            (None, Some(n), None) => vietnamese(n),
            _ => self.sources.first().map(|s| s.text.to_string()).unwrap_or_default(),
        };
        format!("{sign}{direction}{body}")
    }

    /// The unit of [`Row::number`]: ratios are drawn as percentages.
    pub fn number_unit(&self) -> String {
        if self.kind == Kind::Ratio { "%".into() } else { self.unit.clone().unwrap_or_default() }
    }

    /// The value as one number for charts: of a ratio the percentage it makes.
    pub fn number(&self) -> Option<Decimal> {
        match (self.kind, self.value, self.numerator, self.denominator) {
            (Kind::Ratio, _, Some(n), Some(d)) if !d.is_zero() => {
                n.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(d).map(|q| q.round_dp(2))
            }
            (Kind::Rank, v, n, _) => n.or(v),
            (_, v, ..) => v,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_vietnamese_writes_them() {
        for (given, want) in
            [("17512432000", "17.512.432.000"), ("89.640", "89,64"), ("-1.2", "−1,2"), ("0", "0")]
        {
            assert_eq!(vietnamese(given.parse().unwrap()), want);
        }
    }
}
