//! What the time of a quantity says: what ended before the document is told of, what comes after it is aimed at.

use std::ops::Range;

use crate::claim::date::Day;
use crate::claim::indicator::{DateAt, Found, Role};
use crate::facts::frame::is_report;
use crate::facts::link::{Linker, Place};

/// From this month on a page tells of its year as of one that is over.
const CLOSING_MONTH: u8 = 11;
/// A time of more than so many months that has just begun is planned for.
const BEGUN: u8 = 2;

impl Linker<'_, '_> {
    /// A time that ended before the document is told of, one that comes after it is aimed at.
    pub(super) fn by_time(&self, item: &Found, place: &Place<'_>) -> Option<Role> {
        let year = self.context.year?;
        let date = self.context.dates.get(self.period_in(item, place)?.0)?;
        // "Số dư chuyển sang năm 2017" is what was there before.
        if self.work.patterns.frames.carried.before(&self.work.tokens, date.tokens.start).is_some() {
            return None;
        }
        // "Phương án tháng 01/2026: khối lượng dự kiến là 92 kg": what was aimed at then.
        let aimed = || {
            let behind = date.tokens.end..item.tokens.start;
            self.last_of(&self.words.role_governs, behind) == Some(Role::Target)
        };
        let before = place.sentence.start..date.tokens.start.max(place.sentence.start);
        let aims = || self.last_of(&self.words.role_governs, before.clone()) == Some(Role::Target);
        let over = || self.context.written.is_some_and(|day| date.end < day);
        match date.years {
            (_, end) if (end < year || over() || self.is_closing(date, place)) && !aimed() => {
                Some(Role::Actual)
            }
            // "Đến hết năm 2018, …" in a report on 2018 that bears no day.
            (start, end) if start == end && self.is_of_report() && !aimed() && !aims() => Some(Role::Actual),
            (start, _) if start > year => Some(Role::Target),
            _ if self.has_begun(date) => Some(Role::Target),
            _ => None,
        }
    }

    /// A report that bears no day tells of a year that is over.
    fn is_of_report(&self) -> bool {
        self.context.written.is_none() && is_report(self.context.doc_type)
    }

    /// A page of November or December: "Đến cuối năm 2021, toàn huyện có 14 xã đạt chuẩn".
    fn is_closing(&self, date: &DateAt, place: &Place<'_>) -> bool {
        let late = |day: Day| i32::from(day.year()) == date.years.0 && day.month() >= CLOSING_MONTH;
        let plan = || self.context.doc_type.is_some_and(|t| self.words.plan_types.iter().any(|p| p == t));
        let before = place.sentence.start..date.tokens.start.max(place.sentence.start);
        let aims = || self.last_of(&self.words.role_governs, before) == Some(Role::Target);
        self.is_own_year(date) && self.context.written.is_some_and(late) && !plan() && !aims()
    }

    /// "6 tháng cuối năm, ngành phải đưa thêm 5.127 người có việc" on 7 July: the months that have just begun are planned for.
    fn has_begun(&self, date: &DateAt) -> bool {
        let (start, end) = (date.start, date.end);
        let just = |day: Day| {
            (start.year(), start.month()) == (day.year(), day.month()) && start <= day && day < end
        };
        self.is_own_year(date)
            && start.month() > 1
            && end.month().saturating_sub(start.month()) >= BEGUN
            && self.context.written.is_some_and(just)
    }

    /// Whether a time lies within the year of the document.
    fn is_own_year(&self, date: &DateAt) -> bool {
        self.context.year.is_some_and(|year| date.years == (year, year))
    }

    /// Whether a token stands within a date that begins before it.
    pub(super) fn inside_date(&self, token: usize) -> bool {
        let dates = self.context.dates;
        let next = dates.partition_point(|d| d.tokens.start < token);
        next.checked_sub(1).and_then(|n| dates.get(n)).is_some_and(|d| d.tokens.contains(&token))
    }

    /// "đến cuối năm 2015" in a document of 2016 aims at nothing; in one of 2015 neither where results are told: "Kết quả,
    /// đến cuối năm 2015 còn 12 hộ".
    pub(super) fn is_over(&self, phrase: Range<usize>, told: bool) -> bool {
        let Some(year) = self.context.year else { return false };
        let dates = self.context.dates;
        let first = dates.partition_point(|d| d.tokens.end <= phrase.start);
        dates.get(first).is_some_and(|d| d.tokens.start < phrase.end && d.years.1 < year + i32::from(told))
    }
}
