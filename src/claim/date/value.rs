//! What a date or period means: its grain, the part of it that is written, first and last day, EDTF.
//!
//! The grain is kept: "tháng 5/2016" is `2016-05`, never its first day. Quarters and halves use the codes of EDTF
//! level 2 (ISO 8601-2: quarters 33 to 36, semesters 40 and 41); as an end of an interval they give their months.

use smol_str::{SmolStr, format_smolstr};

use super::Day;
pub use crate::record::DateKind as Kind;

/// A date or period as far as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    /// ngày 22/3/2016; ngày 22/3; ngày 22
    Day { year: Option<u16>, month: Option<u8>, day: u8 },
    /// tháng 5/2016; tháng 5
    Month { year: Option<u16>, month: u8 },
    /// quý I/2023; quý I
    Quarter { year: Option<u16>, quarter: u8 },
    /// 6 tháng đầu năm 2022: half 1
    Half { year: Option<u16>, half: u8 },
    /// 9 tháng năm 2022; 3 tháng cuối năm
    Months { year: Option<u16>, count: u8, last: bool },
    /// năm 2018
    Year(u16),
    /// giai đoạn 2016-2020
    Years(u16, u16),
    /// năm học 2022-2023: September to August
    School(u16, u16),
}

impl Value {
    /// The year, where one is written or found.
    pub fn year(self) -> Option<u16> {
        match self {
            Self::Day { year, .. }
            | Self::Month { year, .. }
            | Self::Quarter { year, .. }
            | Self::Half { year, .. }
            | Self::Months { year, .. } => year,
            Self::Year(y) | Self::Years(_, y) | Self::School(_, y) => Some(y),
        }
    }

    /// The same with a year, where none is written.
    pub fn with_year(self, y: u16) -> Self {
        let year = Some(y);
        match self {
            Self::Day { year: None, month, day } => Self::Day { year, month, day },
            Self::Month { year: None, month } => Self::Month { year, month },
            Self::Quarter { year: None, quarter } => Self::Quarter { year, quarter },
            Self::Half { year: None, half } => Self::Half { year, half },
            Self::Months { year: None, count, last } => Self::Months { year, count, last },
            whole => whole,
        }
    }

    /// First and last month, 1 to 12; a year has all of them.
    pub fn months(self) -> (u8, u8) {
        match self {
            Self::Day { month, .. } => (month.unwrap_or(1), month.unwrap_or(12)),
            Self::Month { month, .. } => (month, month),
            Self::Quarter { quarter, .. } => (quarter * 3 - 2, quarter * 3),
            Self::Half { half, .. } => (half * 6 - 5, half * 6),
            Self::Months { count, last: false, .. } => (1, count),
            Self::Months { count, last: true, .. } => (13 - count, 12),
            Self::School(..) => (9, 8),
            Self::Year(_) | Self::Years(..) => (1, 12),
        }
    }

    /// First and last day; none while the year is missing or where the calendar has no such day.
    pub fn bounds(self) -> Option<(Day, Day)> {
        let (first, last) = self.months();
        let (from, to) = match self {
            Self::Day { year, month, day } => {
                let day = Day::new(year?, month?, day)?;
                return Some((day, day));
            }
            Self::Years(a, b) | Self::School(a, b) => (a, b),
            other => (other.year()?, other.year()?),
        };
        Some((Day::first_of(from, first)?, Day::last_of(to, last)?)).filter(|(a, b)| a <= b)
    }

    /// Its kind.
    pub fn kind(self) -> Kind {
        match self {
            Self::Day { .. } => Kind::Day,
            Self::Month { .. } => Kind::Month,
            Self::Quarter { .. } => Kind::Quarter,
            Self::Half { .. } => Kind::Half,
            Self::Year(_) => Kind::Year,
            Self::Months { .. } | Self::Years(..) | Self::School(..) => Kind::Interval,
        }
    }

    /// EDTF of the whole; empty while the year is missing.
    pub fn edtf(self) -> SmolStr {
        let Some((start, end)) = self.bounds() else { return SmolStr::default() };
        let year = start.year();
        match self {
            Self::Day { .. } => start.iso(),
            Self::Month { month, .. } => format_smolstr!("{year:04}-{month:02}"),
            Self::Quarter { quarter, .. } => format_smolstr!("{year:04}-{}", 32 + quarter),
            Self::Half { half, .. } => format_smolstr!("{year:04}-{}", 39 + half),
            Self::Year(_) => format_smolstr!("{year:04}"),
            Self::Years(..) => format_smolstr!("{year:04}/{:04}", end.year()),
            Self::Months { .. } | Self::School(..) => {
                format_smolstr!("{year:04}-{:02}/{:04}-{:02}", start.month(), end.year(), end.month())
            }
        }
    }

    /// EDTF of one end of an interval that begins (or ends) with this value.
    pub fn edtf_end(self, last: bool) -> SmolStr {
        match (self, self.bounds()) {
            (Self::Day { .. } | Self::Month { .. } | Self::Year(_), _) => self.edtf(),
            (_, Some((start, end))) => {
                let day = if last { end } else { start };
                match self {
                    Self::Years(..) => format_smolstr!("{:04}", day.year()),
                    _ => format_smolstr!("{:04}-{:02}", day.year(), day.month()),
                }
            }
            _ => SmolStr::default(),
        }
    }
}
