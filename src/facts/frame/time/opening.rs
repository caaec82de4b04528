//! The period that the first sentences of a text tell, where no title does.

use std::ops::Range;

use super::covered::Reading;
use super::{DATELINE, LEAD, Span};
use crate::claim::date::{Day, Found as Date, Kind, Role};
use crate::facts::frame::spoken::SPOKEN;
use crate::record::EvidenceBasis;
use crate::words::lines::line_around;
use crate::words::token::Gap;

/// How far down the first day stands up to which a page counts, in bytes.
const FIRST: usize = 900;
/// Shortest and longest span of days that a text opens with, in days.
const WEEKS: i32 = 14;
const CAMPAIGN: i32 = 380;
/// Shortest span of days that the first sentences of a page tell of, and how long before its day it may have ended.
const DAYS: i32 = 5;
pub(super) const JUST_OVER: i32 = 15;
/// The same of one that a clause at its beginning tells, of what is just over.
pub(super) const FEW: i32 = 2;
/// How far behind such a span the meeting is named that it is of, in tokens.
pub(super) const MEETS: usize = 40;
/// How far before its day the words stand that say whose figures are of it: "tại thời điểm 0 giờ ngày", in tokens.
const MOMENT: usize = 5;
/// How long before its own day a page may count up to a day, in days.
const WEEKS_OLD: i32 = 45;
/// How far before a span of days the holiday stands that it is of: "kỳ nghỉ (từ ngày", in tokens.
const STAY_LEAD: usize = 3;
/// The same before a bracket: "nghỉ lễ 30/4 và 1/5 (từ 28/4 đến 1/5)".
const STAY_BRACKET: usize = 12;
/// How far behind the bracket that opens its line a span of days begins: "(Tính từ ngày", in tokens.
const DAYS_LEAD: usize = 4;
/// How far behind the beginning of its line a bracket of years stands: "Trong 5 năm (2015 - 2020), …", in tokens.
const YEARS_LEAD: usize = 6;

impl Reading<'_, '_> {
    /// The first of the first periods of the opening that fits the document's own day.
    pub(super) fn opening(&self, range: &Range<usize>) -> Option<Span> {
        if !self.tells {
            return None;
        }
        let opened = self.of_months(range).or_else(|| self.opens_with(range)).or_else(|| self.of_data(range));
        if let Some(span) = opened.or_else(|| self.of_stay(range)) {
            return Some(span);
        }
        let own = |d: &&Date| self.covers(d) && self.is_whole(d) && !self.is_aside(d, range);
        // "Quy hoạch tỉnh thời kỳ 2021 - 2030" in a letter names another paper; a plan may be for such a time.
        let ahead = |span: &Span, w: &Span| span.outlasts(w) || span.start.year() > w.end.year();
        let past = |span: &Span| self.is_plan || self.written.is_none_or(|w| !ahead(span, w));
        let own = self.within(range).iter().filter(own);
        own.map(|d| self.span(d, EvidenceBasis::Body)).find(past)
    }

    /// "Tính đến ngày 15/5, toàn tỉnh thả nuôi …" in the first sentence of a page of the same weeks: the day up to which it counts.
    pub(super) fn counted_until(&self, range: &Range<usize>) -> Option<Span> {
        let own = |d: &&Date| d.role != Role::Reference;
        let counts = |d: &Date| d.kind == Kind::Day && d.role == Role::AsOf && !self.is_of_page(d);
        let first = self.within(range).iter().filter(own).find(|d| counts(d))?;
        // "Từ ngày 19/1 đến nay …. Tính đến ngày 22/1 …": the day of the page and that of what happened say nothing of what was
        // counted.
        let line = self.line_start(first.tokens.start);
        let event =
            |d: &Date| d.kind == Kind::Day && (!self.in_line(d) || self.line_start(d.tokens.start) == line);
        let mut before = self.within(range).iter().filter(own).take_while(|d| !counts(d));
        let until = self.at(first) < range.start + FIRST && before.all(event);
        // A text without a day of its own tells no later one.
        let last = || {
            let later = |d: &Date| d.end > first.end && d.role != Role::Reference && !self.aimed(d);
            self.headless && self.written.is_none() && !self.dates.iter().any(later)
        };
        let near = self.ended_within(first, WEEKS_OLD) || last();
        (until && near && !self.is_plan).then(|| self.up_to(first))
    }

    /// The day up to which something is counted, or the months up to it that the text tells of: "Chín tháng qua, toàn ngành …".
    fn up_to(&self, day: &Date) -> Span {
        let span = self.span(day, EvidenceBasis::Body);
        let first = Day::first_of(day.end.year(), 1);
        let months = |d: &Date| Some(d.start) == first && d.end == day.end && d.role == Role::Period;
        match first.filter(|_| self.dates.iter().any(months)) {
            Some(start) => Span { start, ..span },
            None => span,
        }
    }

    /// "Trong tháng, trên địa bàn tỉnh xảy ra 11 vụ …" opens the text of a page.
    pub(super) fn month_told(&self, range: &Range<usize>) -> Option<Span> {
        let first = self.within(range).iter().find(|d| d.role != Role::Reference && !self.is_of_page(d))?;
        let month = first.kind == Kind::Month && first.inferred == Some(SPOKEN);
        let opens = self.at(first) < range.start + LEAD && self.begins_sentence(first.tokens.start);
        (month && opens && self.headless && !self.is_plan).then(|| self.span(first, EvidenceBasis::Body))
    }

    /// "(Từ ngày 18/3 đến ngày 10/5/2013)" on a line of its own at the top: the days that the document tells of.
    pub(super) fn days_under_title(&self, range: &Range<usize>) -> Option<Span> {
        let alone = |d: &&Date| {
            let first = self.line_start(d.tokens.start);
            let ends = self.work.token(d.tokens.end + 1).is_none_or(|t| t.gap >= Gap::Line);
            let days = d.start.day() > 1 || Day::last_of(d.end.year(), d.end.month()) != Some(d.end);
            // "(Nhiệm kỳ 1991 - 1995)"
            let days = days || self.work.patterns.frames.terms.at(&self.work.tokens, first + 1).is_some();
            d.kind == Kind::Interval
                && days
                && self.work.is(first, '(')
                && d.tokens.start - first <= DAYS_LEAD
                && self.work.is(d.tokens.end, ')')
                && ends
                && self.is_recent(d)
        };
        let date = self.within(range).iter().find(alone)?;
        (self.tells && !self.is_plan).then(|| self.span(date, EvidenceBasis::Title))
    }

    /// "(Trích báo cáo; số liệu từ 01/01/2014 đến 30/6/2023)", "Số liệu tính tại thời điểm 0 giờ ngày 01/4/2019": the days whose figures
    /// the text holds.
    pub(super) fn of_data(&self, range: &Range<usize>) -> Option<Span> {
        let (leads, moments) =
            (&self.work.patterns.frames.data_leads, &self.work.patterns.frames.data_moments);
        let near = |d: &Date| d.tokens.start.saturating_sub(MOMENT)..=d.tokens.start;
        let leads = |d: &Date| match d.kind {
            Kind::Interval => leads.before(&self.work.tokens, d.tokens.start).is_some(),
            Kind::Day => {
                near(d).any(|i| moments.before(&self.work.tokens, i).is_some()) || self.is_until_hour(d)
            }
            _ => false,
        };
        let of_data = |d: &&Date| leads(d) && self.written.is_none_or(|w| d.end <= w.end);
        let date = self.within(range).iter().find(of_data)?;
        Some(self.span(date, EvidenceBasis::Body))
    }

    /// "Báo cáo nhanh thiệt hại do bão số 10 (đến 17 giờ ngày 17/9/2017)": a bracket says up to which hour.
    fn is_until_hour(&self, date: &Date) -> bool {
        let mut near = date.tokens.start.saturating_sub(MOMENT)..date.tokens.start;
        let clock = |i: usize| self.work.token(i).is_some_and(|t| self.work.patterns.dates.clock.has(t));
        let ends = self.work.is(date.tokens.end, ')');
        ends && near.clone().any(clock) && near.any(|i| self.work.is(i, '('))
    }

    /// "Tổng kết công tác năm 2021" over "Trong năm công tác (từ ngày 01/10/2020 đến ngày 30/9/2021), …": the days that the first sentence
    /// makes of the year or month of the title.
    pub(super) fn days_of(&self, title: &Span, from: usize) -> Option<Span> {
        let year = title.end.year();
        let (start, end) = (title.start, title.end);
        let month = start.day() == 1 && Day::last_of(year, start.month()) == Some(end);
        let whole = month || Day::days_of_year(year) == Some((start, end));
        let range = from..from + LEAD;
        let told = || {
            let days =
                |d: &&Date| d.kind == Kind::Interval && d.inferred != Some(SPOKEN) && span_days(d) >= DAYS;
            let date = self.within(&range).iter().find(days)?;
            let near = self.line_start(date.tokens.start) + YEARS_LEAD >= date.tokens.start;
            let bracket = self.is_in_bracket(date) && (near || self.work.is(date.tokens.end + 1, ','));
            let opens = || self.headless && self.work.is(date.tokens.end, ',') && self.opens_clause(date);
            if self.is_plan {
                return self.is_labelled(date).then(|| self.span(date, EvidenceBasis::Heading));
            }
            (bracket || self.is_labelled(date) || opens()).then(|| self.span(date, EvidenceBasis::Body))
        };
        let data = || self.of_data(&range).filter(|_| !self.is_plan);
        let told = data().or_else(told).filter(|_| whole)?;
        let within = if month { told.start >= start && told.end <= end } else { told.end.year() == year };
        (within && told.start.year() + 1 >= year).then_some(told)
    }

    /// "Thời gian thực hiện: từ ngày 04/6/2017 đến ngày 12/8/2017.": a line that only tells the days.
    fn is_labelled(&self, date: &Date) -> bool {
        let labels = &self.work.patterns.frames.days_labels;
        let start = date.tokens.start;
        let colon = start.checked_sub(1).filter(|&i| self.work.is(i, ':'));
        // "I. THỜI GIAN" over "Từ ngày 15/9/2013 đến ngày 30/10/2013".
        let heading = Some(start).filter(|&i| self.work.token(i).is_some_and(|t| t.gap >= Gap::Line));
        let begins =
            |i: usize| self.begins_sentence(i) || i.checked_sub(1).is_some_and(|m| self.work.is(m, '.'));
        colon
            .or(heading)
            .is_some_and(|i| labels.before(&self.work.tokens, i).is_some_and(|(n, ())| begins(i - n)))
    }

    /// "… đón 5,4 triệu lượt khách trong kỳ nghỉ (30/8 - 2/9)" on a page of the same days: the days of a holiday that it tells of.
    fn of_stay(&self, range: &Range<usize>) -> Option<Span> {
        let stays = &self.work.patterns.frames.stays;
        let named = |d: &&Date| {
            let bracket = d.tokens.start > 0 && self.work.is(d.tokens.start - 1, '(');
            let most = if bracket { STAY_BRACKET } else { STAY_LEAD };
            let lead = d.tokens.start.saturating_sub(most)..=d.tokens.start;
            d.kind == Kind::Interval && lead.into_iter().any(|i| stays.before(&self.work.tokens, i).is_some())
        };
        let near = |d: &&Date| {
            self.at(d) < range.start + LEAD && self.ended_within(d, JUST_OVER) && span_days(d) <= WEEKS
        };
        let date = self.within(range).iter().find(named).filter(near)?;
        Some(self.span(date, EvidenceBasis::Body))
    }

    /// Whether a time ended at most so many days before the text was written.
    pub(super) fn ended_within(&self, date: &Date, days: i32) -> bool {
        self.written.is_some_and(|w| date.end <= w.end && days_between(date.end, w.end) <= days)
    }

    /// Whether a date is no mere span of days of one month, unless they are just over or a report tells of them.
    fn is_whole(&self, date: &Date) -> bool {
        self.is_report
            || date.kind != Kind::Interval
            || date.start.month() != date.end.month()
            || date.start.year() != date.end.year()
            || self.is_just_over(date)
    }

    /// "thiệt hại do mưa lũ từ ngày 07/10 đến ngày 19/10/2020" in the first sentences of a page of the day after: the days that it tells
    /// of.
    pub(super) fn is_just_over(&self, date: &Date) -> bool {
        self.ended_within(date, JUST_OVER) && span_days(date) >= DAYS && self.at(date) < LEAD
    }

    /// "Từ ngày 04/11 đến ngày 29/11/2024, … tổ chức chiến dịch", "Sau ba tháng (01/7 - 30/9/2025), …": the first time of a
    /// text is a span of days that its first sentence begins with, or that a bracket of its own tells.
    fn opens_with(&self, range: &Range<usize>) -> Option<Span> {
        let own = |d: &&Date| {
            let line = d.kind == Kind::Day && d.role != Role::AsOf && !self.in_line(d);
            d.role != Role::Reference && d.inferred != Some(SPOKEN) && !line && !self.is_of_page(d)
        };
        let date = self.within(range).iter().find(own)?;
        // "(tính đến 16 giờ ngày 02/10/2009)" ends a line of the title.
        let ends = self.work.token(date.tokens.end + 1).is_none_or(|t| t.gap >= Gap::Line);
        if date.role == Role::AsOf && date.kind == Kind::Day && self.work.is(date.tokens.end, ')') && ends {
            return Some(self.span(date, EvidenceBasis::Body));
        }
        let date = Some(date).filter(|d| d.kind == Kind::Interval && self.covers(d))?;
        // "Từ ngày 3 đến ngày 6/10/2007, do hoàn lưu bão số 5, …" on a page of the next day; a meeting of some days is an event.
        let few = || {
            let over = span_days(date) >= FEW && self.ended_within(date, JUST_OVER);
            over && !self.meets_behind(date) && !self.counts_until_now(range)
        };
        let days = (WEEKS..=CAMPAIGN).contains(&span_days(date)) || few();
        let near = |most: usize| self.text_start(date.tokens.start) + most >= date.tokens.start;
        let comma = || {
            self.work.is(date.tokens.end, ',')
                && self.opens_clause(date)
                && self.at(date) < range.start + LEAD
        };
        let years = || date.start.year() < date.end.year() && near(YEARS_LEAD);
        let set = self.is_set_in_bracket(date) || self.is_named_in_title(date, range.start);
        let bracket = set || self.is_years_of_heading(date);
        // "trong 9 ngày nghỉ Tết (từ 14 đến 22/2), …" on the page of the day after.
        let told =
            || (self.line_start(date.tokens.start) + 1..date.tokens.start).any(|i| self.says_length(i));
        // "Sau 3 năm thực hiện Đề án … (2019 - 2021), …" begins its line.
        let begins = || self.sentence_start(date.tokens.start) <= self.text_start(date.tokens.start);
        let lapse = || self.says_years(date) && begins();
        // "Mùa khô vừa qua (từ ngày 1/12/2015 đến hết ngày 30/4/2016) là …": what the text begins with.
        let season = days
            && self.is_in_bracket(date)
            && (near(YEARS_LEAD) || self.ends_subject(date))
            && self.at(date) < range.start + LEAD;
        let just_over = bracket && self.is_just_over(date) && told();
        (self.is_recent(date)
            && (season
                || days && (bracket || comma())
                || bracket && (years() || self.is_years_of_heading(date) || lapse())
                || just_over))
            .then(|| self.span(date, EvidenceBasis::Body))
    }

    /// "Thực hiện cao điểm, trong tuần từ ngày 15/5 đến 21/5/2023, …": at most small words stand before it in its clause.
    fn opens_clause(&self, date: &Date) -> bool {
        self.opens_behind(date, &[','])
    }

    /// Whether a date is not to come, and no more than a year before the text was written.
    pub(super) fn is_recent(&self, date: &Date) -> bool {
        self.written.is_none_or(|w| date.end <= w.end && date.end.year() + 1 >= w.start.year())
    }

    /// "9 ngày", "03 tháng", "hai tháng": whether a token is the unit of a length of time behind its number.
    fn says_length(&self, i: usize) -> bool {
        let numerals = &self.work.patterns.dates.numerals;
        let number = |n: usize| self.work.is_number(n) || numerals.before(&self.work.tokens, n + 1).is_some();
        let counted = i.checked_sub(1).is_some_and(number);
        counted && self.work.patterns.frames.lasting.at(&self.work.tokens, i).is_some()
    }

    /// "Tính đến nay, …": a text that counts up to its own day tells of more than some days before.
    pub(super) fn counts_until_now(&self, range: &Range<usize>) -> bool {
        let until_now = &self.work.patterns.indicators.until_now;
        let opening = self.work.token_at(range.start)..self.work.token_at(range.end);
        opening.into_iter().any(|i| until_now.at(&self.work.tokens, i).is_some())
    }

    /// Whether a meeting is named behind a date in its sentence.
    fn meets_behind(&self, date: &Date) -> bool {
        let behind = date.tokens.end..date.tokens.end + MEETS;
        let visits = &self.work.patterns.frames.visits;
        let meets = |i: usize| self.meets(i) || visits.at(&self.work.tokens, i).is_some();
        behind.into_iter().take_while(|&i| !self.begins_sentence(i)).any(meets)
    }

    /// "… tổ chức sơ kết 03 tháng (từ ngày 01/7 đến ngày 30/9/2025) thực hiện mô hình": the first sentences say how long a time was and
    /// in a bracket when.
    pub(super) fn of_months(&self, range: &Range<usize>) -> Option<Span> {
        let told = |d: &&Date| {
            // "…, trong hai tháng, từ 15/12/2022 đến 14/02/2023": behind a comma too.
            let comma = d.tokens.start > 0 && self.work.is(d.tokens.start - 1, ',');
            let how_long = d.tokens.start.checked_sub(2).filter(|_| self.is_in_bracket(d) || comma);
            d.kind == Kind::Interval && how_long.is_some_and(|i| self.says_length(i)) && self.is_recent(d)
        };
        let near = range.start..range.start + LEAD;
        let date = self.within(&near).iter().find(told).filter(|d| span_days(d) >= DAYS)?;
        (self.headless && !self.is_plan).then(|| self.span(date, EvidenceBasis::Body))
    }

    /// Whether a date stands in a line of prose, not on one of its own like that of the day of a page.
    fn in_line(&self, date: &Date) -> bool {
        line_around(self.work.text.s(), &self.work.bytes(date.tokens.clone())).len() > DATELINE
    }
}

/// How many days lie between the first and the last of a date, of months of thirty.
pub(super) fn span_days(date: &Date) -> i32 {
    days_between(date.start, date.end)
}

/// How many days lie between two, of months of thirty.
fn days_between(from: Day, to: Day) -> i32 {
    let day = |d: Day| i32::from(d.year()) * 360 + i32::from(d.month()) * 30 + i32::from(d.day());
    day(to) - day(from)
}
