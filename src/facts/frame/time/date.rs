//! Which dates may be what a text is on: periods of their own, no day, no other document's date, nothing that is only compared
//! with ("so với năm 2018").

use std::ops::Range;

use super::covered::Reading;
use super::{FIRST_MONTHS, Span};
use crate::claim::date::{Day, Found as Date, Kind, Role};
use crate::facts::frame::spoken::SPOKEN;
use crate::patterns::frames::Means;
use crate::record::EvidenceBasis;

/// How far before a year the words stand that compare with it, in tokens.
const VERSUS: usize = 5;
/// How far before its month a meeting stands, in tokens.
const MEETING: usize = 8;

impl Reading<'_, '_> {
    /// "Cập nhật ngày 05/01/2004" under the title: the day on which the page was put out.
    pub(super) fn is_of_page(&self, date: &Date) -> bool {
        let own = self.work.bytes(date.tokens.clone());
        self.written.is_some_and(|w| {
            w.basis == EvidenceBasis::Heading && own.start < w.range.end && w.range.start < own.end
        })
    }

    /// Where a date begins, in shadow bytes.
    pub(super) fn at(&self, date: &Date) -> usize {
        self.work.bytes(date.tokens.clone()).start
    }

    /// The dates that begin within a range of shadow bytes.
    pub(super) fn within(&self, range: &Range<usize>) -> &[Date] {
        let first = self.dates.partition_point(|d| self.at(d) < range.start);
        let last = self.dates.partition_point(|d| self.at(d) < range.end);
        self.dates.get(first..last).unwrap_or(&[])
    }

    /// A date as the period of the document: up to now where the words go on so.
    pub(super) fn span(&self, date: &Date, basis: EvidenceBasis) -> Span {
        let now = self.written.map(|w| w.end).filter(|&end| self.goes_on(date) && end > date.start);
        let end = now.unwrap_or(date.end);
        // "Tính đến hết tháng 9/2018, …": the months up to that.
        let until = &self.work.patterns.frames.until_month;
        let over = self.written.is_none_or(|w| date.start <= w.end);
        let months = over
            && matches!(date.kind, Kind::Month | Kind::Quarter)
            && until.before(&self.work.tokens, date.tokens.start).is_some();
        let first = if months { Day::first_of(date.start.year(), 1) } else { None };
        Span { start: first.unwrap_or(date.start), end, range: self.work.bytes(date.tokens.clone()), basis }
    }

    /// "từ năm 2009 cho tới nay": the date is where it began.
    pub(super) fn goes_on(&self, date: &Date) -> bool {
        let words = &self.work.patterns.frames;
        words.until_now.at(&self.work.tokens, date.tokens.end).is_some()
            && words.starts_span.before(&self.work.tokens, date.tokens.start).is_some()
    }

    /// A period of its own: no day, no other document's date, nothing that is only compared with.
    pub(super) fn covers(&self, date: &Date) -> bool {
        let (words, tokens, start) = (&self.work.patterns.frames, &self.work.tokens, date.tokens.start);
        let of_other = matches!(date.role, Role::Reference | Role::Issue);
        let endless = || self.written.is_none() && self.goes_on(date);
        // "dù gió chướng thổi suốt từ tháng 10"
        let from = || {
            date.kind == Kind::Month
                && words.from_month.before(tokens, start).is_some()
                && !self.goes_on(date)
        };
        date.kind != Kind::Day
            && !of_other
            && !self.only_spoken(date)
            && !self.compared(date)
            && !self.of_meeting(date)
            && !endless()
            && !from()
            && !self.of_event_month(date)
            && words.middles.before(tokens, start).is_none()
            && words.terms.at(tokens, start).is_none()
            && words.vision.before(tokens, start).is_none()
    }

    /// Of what is said by where it stands only months tell what a text is about, not "cuối năm".
    fn only_spoken(&self, date: &Date) -> bool {
        const ASIDE: [Means; 4] = [Means::SinceStart, Means::LastYear, Means::NextYear, Means::RestOfYear];
        let said = self.work.patterns.frames.spoken.at(&self.work.tokens, date.tokens.start);
        let aside = said.is_some_and(|(_, means)| ASIDE.contains(means));
        let years = date.start.year() < date.end.year();
        date.inferred == Some(SPOKEN) && (date.kind != Kind::Interval || aside || years)
    }

    /// "Đầu tháng 6, Ban Chỉ đạo họp …": the month in which something was held, at the beginning of a sentence.
    fn of_event_month(&self, date: &Date) -> bool {
        let comma = self.work.is(date.tokens.end, ',');
        date.kind == Kind::Month && date.inferred.is_some() && comma && self.opens_by_point(date)
    }

    /// "Đầu tháng 6, …", "Cuối năm 2025, …": a sentence begins with the point of a time.
    pub(super) fn opens_by_point(&self, date: &Date) -> bool {
        let start = date.tokens.start;
        let point = self.work.patterns.frames.event_months.before(&self.work.tokens, start);
        point.is_some_and(|(n, ())| self.begins_sentence(start - n))
    }

    /// "so với năm 2018", "cao hơn vụ hành năm 2012": a time that is only compared with.
    fn compared(&self, date: &Date) -> bool {
        let tokens = &self.work.tokens;
        let (compared, versus) = (&self.work.patterns.indicators.compared, &self.work.patterns.frames.versus);
        let start = date.tokens.start;
        let mut near = (start.saturating_sub(VERSUS)..start).rev().take_while(|&i| self.work.is_word(i));
        let year = date.kind == Kind::Year;
        if year && near.any(|i| versus.before(tokens, i + 1).is_some()) {
            return true;
        }
        // "số hộ nghèo của năm 2021" in January: what the year before had.
        let of = |i: usize| self.work.patterns.particles.of.has(self.work.word(i));
        let just_over = |w: &Span| date.end.year() + 1 == w.start.year() && w.start.month() <= FIRST_MONTHS;
        let had = |n: usize| n == 1 && of(start - n) && year && self.written.is_some_and(just_over);
        compared.before(tokens, start).is_some_and(|(n, ())| !had(n))
    }

    /// "Phiên họp UBND tỉnh tháng 9: …": the month of a meeting is not what it was told of.
    fn of_meeting(&self, date: &Date) -> bool {
        matches!(date.kind, Kind::Month | Kind::Quarter)
            && self.words_before(date, MEETING).any(|i| self.meets(i))
    }

    /// Whether a meeting is named at a token.
    pub(super) fn meets(&self, i: usize) -> bool {
        let (words, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        words.meetings.at(tokens, i).is_some() || words.congresses.at(tokens, i).is_some()
    }
}
