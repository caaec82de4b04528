//! Stage 5, cells: the time that a heading names: a date that was recognised, or a year that stands for itself.
//!
//! "Sơ bộ 2019", "TH 2019", "2018-2019", "Năm học 2018-2019", "6 tháng đầu năm 2022".

use smol_str::SmolStr;

use crate::claim::date::Day;
use crate::claim::indicator::{DateAt, Scan};
use crate::patterns::tables::says;
use crate::record::{Basis, Period};
use crate::structure::table::is_year;
use crate::words::one_line;
use crate::words::token::Kind;

/// First and last day, with the words that say it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct When {
    pub(super) start: Day,
    pub(super) end: Day,
    pub(super) text: SmolStr,
}

impl When {
    /// As the record writes it.
    pub(super) fn period(&self, basis: Basis) -> Period {
        Period { start: self.start, end: self.end, text: Some(self.text.clone()), basis: Some(basis) }
    }

    /// The first months of a whole year.
    pub(super) fn months(&self, months: u8) -> Self {
        let whole = self.start.month() == 1 && self.end.month() == 12 && self.start.year() == self.end.year();
        match Day::last_of(self.start.year(), months).filter(|_| whole) {
            Some(end) => Self { end, ..self.clone() },
            None => self.clone(),
        }
    }

    /// The same part of a year in the whole year of another heading: "6 tháng" over "Năm 2012", "Năm 2013".
    pub(super) fn in_year_of(&self, year: &Self) -> Option<Self> {
        let one = |w: &Self| w.start.year() == w.end.year();
        let whole = |w: &Self| w.start.month() == 1 && w.end.month() == 12;
        let part = one(self) && !whole(self) && self.start != self.end;
        let fits = part && one(year) && whole(year) && year.start != year.end;
        let days = Day::first_of(year.start.year(), self.start.month())
            .zip(Day::last_of(year.start.year(), self.end.month()));
        let (start, end) = days.filter(|_| fits)?;
        Some(Self { start, end, text: year.text.clone() })
    }

    /// The year that holds it.
    pub(super) fn whole_year(&self) -> Option<Self> {
        let year = self.end.year();
        let days = Day::days_of_year(year);
        let (start, end) = days.filter(|_| self.start.year() == year)?;
        Some(Self { start, end, text: self.text.clone() })
    }

    /// A school year, September to August, of two years that follow.
    pub(super) fn school(&self) -> Self {
        let whole =
            self.start.month() == 1 && self.end.month() == 12 && self.start.year() + 1 == self.end.year();
        let days = Day::first_of(self.start.year(), 9).zip(Day::last_of(self.end.year(), 8));
        match days.filter(|_| whole) {
            Some((start, end)) => Self { start, end, text: self.text.clone() },
            None => self.clone(),
        }
    }
}

/// The time that begins at a token, and where it ends.
pub(super) fn at(scan: &Scan<'_, '_>, date: Option<&DateAt>, i: usize, end: usize) -> Option<(When, usize)> {
    if let Some(date) = date.filter(|d| d.tokens.start == i && d.tokens.end <= end && !d.in_reference) {
        let text = one_line(scan.work.words(date.tokens.clone()));
        return Some((When { start: date.start, end: date.end, text }, date.tokens.end));
    }
    let year = |k: usize| {
        let alone = scan.token(k).is_some_and(|t| t.kind == Kind::Number)
            && !scan.is(k + 1, ',')
            && is_year(scan.work.word(k));
        if alone && k < end { scan.work.word(k).parse::<u16>().ok() } else { None }
    };
    let first = year(i)?;
    let glued = i > 0 && [',', '.', '/'].iter().any(|&c| scan.is(i - 1, c));
    if glued
        && scan.token(i).is_some_and(|t| t.gap == crate::words::token::Gap::Glued)
        && !scan.is(i - 1, '/')
    {
        return None;
    }
    let joined = ['-', '–', '—', '/'].iter().any(|&c| scan.is(i + 1, c));
    let last = if joined { year(i + 2).filter(|&l| l > first) } else { None };
    let stop = if last.is_some() { i + 3 } else { i + 1 };
    let start = Day::first_of(first, 1)?;
    let end = Day::last_of(last.unwrap_or(first), 12)?;
    Some((When { start, end, text: one_line(scan.work.words(i..stop)) }, stop))
}

/// Where the words that lead up to a time begin: "năm", "giai đoạn", "đến hết".
pub(super) fn lead(scan: &Scan<'_, '_>, at: usize, floor: usize) -> usize {
    let heads = &scan.work.patterns.tables.heads;
    let mut from = at;
    'out: loop {
        for n in (1..=3).rev() {
            let Some(start) = from.checked_sub(n).filter(|&s| s >= floor) else { continue };
            let bits = heads.at(&scan.work.tokens, start).filter(|(m, _)| *m == n).map_or(0, |(_, &b)| b);
            if bits & says::SPAN != 0 {
                from = start;
                continue 'out;
            }
        }
        return from;
    }
}
