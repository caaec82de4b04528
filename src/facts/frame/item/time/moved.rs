//! The time of a figure that is not of the time told, but stands to it as the base of a comparison, as the begin or the end of a
//! change, or as the plan of its year.

use super::base::Base;
use super::text::right_before;
use super::{Time, Times};
use crate::claim::date::Day;
use crate::claim::indicator::{Bound, Found, Kind, Role};
use crate::patterns::frames::Means;
use crate::record::Basis;

/// How far before a figure stands the word that says a change came to it, in tokens.
const ARRIVES: usize = 4;

impl Times<'_, '_> {
    /// A time told, moved to that of the figure.
    pub(super) fn moved(&self, item: &Found, before: &[Found], time: Time) -> Option<Time> {
        // "(năm ngoái 372 kg/ha)": a time of its own.
        if time.basis == Basis::Text && self.says_last_year(item) {
            return Some(time);
        }
        if let Some(base) = self.base(item, before) {
            return of_base(base, time);
        }
        let same_time = self.same_time_of(item).or_else(|| self.same_time_in_one_bracket(item, before));
        let own = matches!(item.why.period, "period.right_behind" | "period.behind");
        let begins = item.began && !own && same_time.is_none();
        if begins && item.role == Role::Actual {
            return before_change(time);
        }
        // "Mục tiêu năm 2013: giảm tỷ lệ hộ nghèo từ 35,62% xuống còn 29,5%": the year before, or that of the document.
        if begins && item.role == Role::Target && item.bound == Bound::Exact {
            let own = self.frame.written.as_ref().map(|w| w.end.year());
            let next = !time.has_years() && own.is_none_or(|year| time.end.year() <= year + 1);
            return if next { before_change(time) } else { self.of_result(item) };
        }
        if self.is_assigned(item) && !time.has_years() {
            let year = time.end.year();
            return Time { why: "period.assigned", ..time }.of_year(year);
        }
        // "Đầu nhiệm kỳ, Đảng bộ có 41 tổ chức, nay là 45": the first year of a span.
        if time.has_years() && self.says_first_year(item) {
            let year = time.start.year();
            return Time { why: "period.first_year", ..time }.of_year(year);
        }
        // "Giai đoạn 2011 - 2015 … giảm từ 20% xuống còn 10%": a change ends in the last year of a span.
        if time.has_years() && self.ends_change(item, before) {
            let year = time.end.year();
            return time.of_year(year);
        }
        match same_time {
            Some(year) => in_year(time, year),
            None => Some(time),
        }
    }

    /// "đầu nhiệm kỳ" stands before a figure in its sentence, and nothing that ends it.
    fn says_first_year(&self, item: &Found) -> bool {
        let (words, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        let before = self.sentence_before(item);
        let said = before.clone().rev().find_map(|i| words.first_years.at(tokens, i).map(|(n, ())| i + n));
        let ends = |i: usize| words.later_years.at(tokens, i).is_some() || self.work.is(i, ';');
        item.cell.is_none() && said.is_some_and(|from| !(from..before.end).any(ends))
    }

    /// "năm ngoái" is the date of the item.
    fn says_last_year(&self, item: &Found) -> bool {
        let spoken = &self.work.patterns.frames.spoken;
        item.period.and_then(|n| self.dates.get(n)).is_some_and(|date| {
            let said = spoken.at(&self.work.tokens, date.tokens.start);
            said.is_some_and(|(_, means)| *means == Means::LastYear)
        })
    }

    /// Whether a figure is what a change came to that began with the one before it.
    fn ends_change(&self, item: &Found, before: &[Found]) -> bool {
        let began = |p: &Found| p.began && p.sentence == item.sentence && p.unit == item.unit;
        item.role == Role::Actual
            && item.kind != Kind::Rank
            && before.last().is_some_and(began)
            && self.arrives(item)
    }

    /// Whether a figure is what a change came to: "xuống còn 10%".
    fn arrives(&self, item: &Found) -> bool {
        let arrives = &self.work.patterns.clauses.arrives;
        right_before(item, ARRIVES).any(|i| self.work.token(i).is_some_and(|t| arrives.has(t)))
    }
}

/// The time at which a change of a time began: the year before a year, the first day of its part; of another time it is not
/// known.
fn before_change(time: Time) -> Option<Time> {
    // "Giai đoạn 2011 - 2015 … giảm từ 20% xuống còn 10%": its first year.
    if time.has_years() {
        let first = time.start.year();
        return time.of_year(first);
    }
    let (begin, end) = Day::days_of_year(time.end.year())?;
    match time.start == begin {
        true if time.end == end => of_base(Base::Year, time),
        true => of_base(Base::Start, time),
        false => None,
    }
}

/// The time of what a value is compared with.
fn of_base(base: Base, time: Time) -> Option<Time> {
    let year = time.end.year();
    let (start, end) = match base {
        Base::Year => {
            let back = |day: Day| day_in(day, day.year() - 1);
            (back(time.start)?, back(time.end)?)
        }
        Base::Start => (Day::new(year, 1, 1)?, Day::new(year, 1, 1)?),
        Base::Month => {
            let month = time.end.month();
            let (y, m) = if month > 1 { (year, month - 1) } else { (year - 1, 12) };
            (Day::first_of(y, m)?, Day::last_of(y, m)?)
        }
    };
    Some(Time { start, end, why: "period.base", ..time })
}

/// A time in another year.
pub(super) fn in_year(time: Time, year: u16) -> Option<Time> {
    if time.start.year() != time.end.year() || time.end.year() <= year {
        return Some(time);
    }
    let (start, end) = (day_in(time.start, year)?, day_in(time.end, year)?);
    Some(Time { start, end, why: "period.base", ..time })
}

/// The same day of another year; for one that year has not, the last of its month.
fn day_in(day: Day, year: u16) -> Option<Day> {
    Day::new(year, day.month(), day.day()).or_else(|| Day::last_of(year, day.month()))
}
