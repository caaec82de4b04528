//! The year of a text that names no period: the one after that which it compares with, or the only one that it names.

use std::ops::Range;

use super::covered::Reading;
use super::{CLOSING, Span, year_of_trail};
use crate::claim::date::{Day, Found as Date, Kind, Role};
use crate::record::EvidenceBasis;

/// How often a text names the year that it is on, at least.
pub(super) const TIMES: usize = 2;

impl Reading<'_, '_> {
    /// "tăng 9,47% so với năm 2018": told of 2019.
    pub(super) fn after_compared(&self, range: &Range<usize>) -> Option<Span> {
        // "từ năm 2015 đến nay … so với năm 2015": years lie between.
        if self.within(range).iter().any(|d| self.goes_on(d)) {
            return None;
        }
        let versus = &self.work.patterns.frames.versus;
        let date = self.within(range).iter().find(|d| {
            let part = is_first_months(d);
            (d.kind == Kind::Year || part) && versus.before(&self.work.tokens, d.tokens.start).is_some()
        })?;
        let year = date.start.year() + 1;
        let range = self.work.bytes(date.tokens.clone());
        // "nhiều hơn năm 2013 … Năm 2021, …": years lie between.
        let later = |d: &Date| d.end.year() > year + 1 && d.role == Role::Period && !self.aimed(d);
        let between = self.written.is_none() && self.dates.iter().any(later);
        let fits =
            !between && self.written.is_none_or(|w| w.start.year() == year || w.start.year() == year + 1);
        // "so với 6 tháng đầu năm 2021": the same months.
        let months = Day::new(year, date.start.month(), date.start.day())
            .zip(Day::last_of(year, date.end.month()).filter(|_| is_first_months(date)));
        let told = months
            .or_else(|| self.months_of(year).filter(|_| self.written.is_none()))
            .or_else(|| Day::days_of_year(year));
        let (start, end) = told?;
        // A page tells of no more than has passed.
        let open = |w: &&Span| w.start.year() == year && w.end < end && w.start.month() < CLOSING;
        if let Some(own) = self.written.filter(open).filter(|_| fits) {
            return Some(Span { basis: EvidenceBasis::Body, ..own.clone() });
        }
        fits.then_some(Span { start, end, range, basis: EvidenceBasis::Body })
    }

    /// The first months of a year, where the text tells of no other part of it: "Tổng vốn 6 tháng đầu năm 2022 ước đạt …".
    fn months_of(&self, year: u16) -> Option<(Day, Day)> {
        let part = |d: &&Date| {
            is_first_months(d) && d.end.year() == year && d.role != Role::Reference && d.inferred.is_none()
        };
        let mut parts = self.dates.iter().filter(part).map(|d| (d.start, d.end));
        let only = parts.next()?;
        parts.all(|other| other == only).then_some(only)
    }

    /// The year of a text without a day of its own, by the years that it names.
    pub(super) fn own_year(&self) -> Option<Span> {
        if self.written.is_some() || !self.headless || !self.tells {
            return None;
        }
        self.only_year().or_else(|| self.trail())
    }

    /// The one year that it names, several times: "… chỉ tiêu giao năm 2023. Niên vụ năm 2023 …".
    fn only_year(&self) -> Option<Span> {
        // What took its year from elsewhere says nothing of it.
        let own = |d: &&Date| d.role != Role::Reference && d.inferred.is_none();
        let mut years = self.dates.iter().filter(own);
        let first = years.next().filter(|d| d.start.year() == d.end.year())?;
        let year = first.start.year();
        let mut times = 1;
        for date in years {
            if date.start.year() != year || date.end.year() != year {
                return None;
            }
            times += 1;
        }
        // "(Theo niên giám thống kê năm 2022)" need not say it again.
        let book =
            self.work.patterns.frames.yearbooks.before(&self.work.tokens, first.tokens.start).is_some();
        let (start, end) = Day::days_of_year(year)?;
        let range = self.work.bytes(first.tokens.clone());
        (times >= TIMES || book).then_some(Span { start, end, range, basis: EvidenceBasis::Body })
    }

    /// "10 tháng đầu năm …, tăng 412 ha so với cuối năm 2010": the year that the trail of those it names ends in.
    fn trail(&self) -> Option<Span> {
        let year = year_of_trail(self.work, self.dates)?;
        let (start, end) = Day::days_of_year(year)?;
        let near = |d: &&Date| d.inferred.is_none() && (d.end.year() == year || d.end.year() + 1 == year);
        let read = self.dates.iter().find(near)?;
        Some(Span { start, end, range: self.work.bytes(read.tokens.clone()), basis: EvidenceBasis::Body })
    }
}

/// "6 tháng đầu năm 2021": the first months of a year, not all of it.
fn is_first_months(date: &Date) -> bool {
    let first = Day::first_of(date.end.year(), 1) == Some(date.start);
    first && matches!(date.kind, Kind::Half | Kind::Interval) && date.end.month() < 12
}
