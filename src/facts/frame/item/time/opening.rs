//! The date that opens what an item stands in: its paragraph ("Trong tháng 7/2025, … . Số hồ sơ …"), or the lead of its list
//! ("Lũy kế 9 tháng được 4.386 tỷ đồng. Chia ra:").

use std::ops::Range;

use super::{Date, Times};
use crate::claim::date::{Kind, Role as DateRole};
use crate::claim::indicator::{Found, Kind as ItemKind, Role};
use crate::facts::frame::item::lapse::{months, returned};
use crate::facts::frame::item::paragraph::{LIST_MARKS, PARAGRAPH};
use crate::facts::frame::spoken::SPOKEN;
use crate::words::token::Gap;

/// Most members of a list before one that its lead governs.
const MEMBERS: usize = 40;
/// Longest line that only leads over to a list: "Cụ thể:", in tokens.
const LEADS_OVER: usize = 6;
/// How far behind a figure words may say that it is of schools, in tokens.
const SCHOOL: usize = 12;
/// Most dates of a sentence that are looked at.
const DATES: usize = 16;

impl Times<'_, '_> {
    /// The last date before the item that opens a sentence of its paragraph.
    pub(super) fn opening(&self, item: &Found) -> Option<usize> {
        if item.cell.is_some() {
            return None;
        }
        let start = self.paragraphs.of(item.tokens.start);
        self.opening_in(item, start..item.tokens.start).or_else(|| self.opening_before(item, start))
    }

    /// The date that opens the paragraph with which one goes on that begins with "Cụ thể, …".
    fn opening_before(&self, item: &Found, start: usize) -> Option<usize> {
        let goes_on = &self.work.patterns.frames.goes_on;
        let (n, ()) = goes_on.at(&self.work.tokens, start)?;
        let led = self.work.is(start + n, ',') || self.work.is(start + n, ':');
        let before = self.paragraphs.of(start.checked_sub(1).filter(|_| led)?);
        (start - before <= PARAGRAPH).then(|| self.opening_in(item, before..item.tokens.start)).flatten()
    }

    /// Of a member of a list the date that opens the last sentence of figures before the list.
    pub(super) fn list_opening(&self, item: &Found) -> Option<usize> {
        if item.cell.is_some() || !matches!(item.role, Role::Actual | Role::Change | Role::Gap) {
            return None;
        }
        self.opening_in(item, self.lead_of_list(item)?)
    }

    /// The paragraph that leads a list with its colon; what only leads over to it ("Cụ thể:") is passed by.
    fn lead_of_list(&self, item: &Found) -> Option<Range<usize>> {
        let begin = |n: usize| self.paragraphs.start(n);
        let mark = |n: usize| {
            let token = self.work.token(begin(n)?)?;
            LIST_MARKS.into_iter().find(|&mark| token.is(mark))
        };
        let own = self.paragraphs.next(item.tokens.start).checked_sub(1)?;
        let kind = mark(own)?;
        let lead = (own.saturating_sub(MEMBERS)..own).rev().find(|&n| mark(n) != Some(kind))?;
        let (start, end) = (begin(lead)?, begin(lead + 1)?);
        if !self.work.is(end - 1, ':') {
            return None;
        }
        let over = end - start <= LEADS_OVER && self.work.token(start).is_some_and(|t| t.gap == Gap::Line);
        let lead = if over { begin(lead.checked_sub(1)?)?..start } else { start..end };
        (lead.len() <= PARAGRAPH).then_some(lead)
    }

    /// The last date of a stretch that opens one of its sentences, unless another time has been told since.
    fn opening_in(&self, item: &Found, stretch: Range<usize>) -> Option<usize> {
        let first = self.dates.partition_point(|d| d.tokens.start < stretch.start);
        let last = self.dates.partition_point(|d| d.tokens.start < stretch.end);
        let dates = self.dates.get(first..last)?;
        let n = dates.iter().rposition(|date| self.governs(item, date, stretch.clone()))?;
        let date = dates.get(n)?;
        let back = returned(self.work, months(date.start, date.end), date.tokens.end..stretch.end);
        (!back).then_some(first + n)
    }

    /// Whether a date opens a sentence of a stretch and is the time of an item behind it.
    fn governs(&self, item: &Found, date: &Date, stretch: Range<usize>) -> bool {
        // A day on which something took place says nothing of the next sentence; a day up to which is counted does.
        let told =
            date.role == DateRole::AsOf || date.role == DateRole::Deadline && item.role == Role::Actual;
        // "Trong 10 năm trở lại đây, …": the next sentences tell of other times.
        let years = date.inferred == Some(SPOKEN) && date.start.year() < date.end.year();
        (date.kind != Kind::Day || told)
            && !years
            && !self.labels_member(item, &date.tokens)
            && !self.is_past(item, date)
            && self.opens(date, stretch, told)
    }

    /// Whether a time of an earlier sentence is none of an item's: the beginning of a year ("Đầu năm 2026, xã có 604 hộ nghèo.
    /// Giải quyết việc làm cho 146 lao động") and a crop season ("Lúa đông xuân 2024 - 2025 …. Tổng đàn heo 21.300 con")
    /// are the time of their own sentence, a school year that of later ones on schools.
    fn is_past(&self, item: &Found, date: &Date) -> bool {
        let start = self.sentence(item);
        if date.tokens.start >= start {
            return false;
        }
        let frames = &self.work.patterns.frames;
        let rules = &self.work.patterns.dates.rules;
        // "Năm 2022 có 4.118 người. … Giao xã A 210 người" in the plan for 2023.
        let planned = self.frame.is_plan && item.role == Role::Target;
        if planned && self.frame.period.as_ref().is_some_and(|plan| date.end < plan.start) {
            return true;
        }
        // "Phấn đấu đến năm 2015 có 14 trường. Tổng kinh phí 86,5 tỷ đồng": of all the years.
        let costs = |i: usize| frames.costs.at(&self.work.tokens, i).is_some();
        if item.kind == ItemKind::Money && date.role == DateRole::Deadline && costs(start) {
            return true;
        }
        if date.rule == rules.school_year {
            let from = start.max(item.tokens.start.saturating_sub(PARAGRAPH));
            return !self.says(from..item.tokens.end + SCHOOL, &frames.school);
        }
        let moment = || frames.year_ends.before(&self.work.tokens, date.tokens.start).is_some();
        // "Riêng trong tháng 9 xảy ra 5 vụ. …": a part, and the next sentence goes on with the whole.
        let part = || frames.parts.before(&self.work.tokens, date.tokens.start).is_some();
        date.rule == rules.season || date.kind == Kind::Year && moment() || part()
    }

    /// "28,6 tỷ đồng, trong đó năm 2018: 8,2 tỷ đồng": a time before a colon that figures of its sentence stand before is the
    /// label of one member, and opens nothing.
    fn labels_member(&self, item: &Found, date: &Range<usize>) -> bool {
        if !self.work.is(date.end, ':') {
            return false;
        }
        let own = self.sentence(item);
        let stop = |i: usize| self.work.is(i, '.') && self.ends_sentence(i);
        let begins = |&i: &usize| stop(i - 1) || self.begins_line(i);
        let low = date.start.saturating_sub(PARAGRAPH).max(1);
        // Of an earlier sentence: where that begins.
        let start = if date.start < own { (low..=date.start).rev().find(begins).unwrap_or(low) } else { own };
        let first = self.dates.partition_point(|d| d.tokens.end <= start);
        let dated = |i: usize| {
            self.dates.get(first..).into_iter().flatten().take(DATES).any(|d| d.tokens.contains(&i))
        };
        (start..date.start).take(PARAGRAPH).any(|i| self.work.is_number(i) && !dated(i))
    }
}
