//! The period that a title names, and what the first sentences under it make of that: "… bức tranh kinh tế quý III" over "9
//! tháng qua …".

use std::ops::Range;

use super::covered::Reading;
use super::{AIM, LEAD, Span};
use crate::claim::date::{Day, Found as Date, Kind, Role};
use crate::facts::frame::spoken::SPOKEN;
use crate::patterns::dates::Cue;
use crate::record::EvidenceBasis;
use crate::words::token::{Gap, Kind as TokenKind};

/// Up to this month a page may sum up the year before.
const SUMMED_UP: u8 = 3;
/// The years that a number of four digits in a title may be.
const YEARS: Range<u16> = 1945..2100;

impl Reading<'_, '_> {
    /// The periods of a title, first and last: those of its own, else the day up to which it counts, else a bare year, else a
    /// term of office.
    pub(super) fn titled(&self, title: &Range<usize>) -> Vec<Span> {
        let dates = self.within(title);
        let span = |d: &Date| self.span(d, EvidenceBasis::Title);
        let own: Vec<&Date> = dates.iter().filter(|d| self.covers(d)).collect();
        if !own.is_empty() {
            let told = own.iter().map(|d| self.told_in_full(d, title.end).unwrap_or_else(|| span(d)));
            return self.joined(&own, told.collect());
        }
        let tokens = self.work.token_at(title.start)..self.work.token_at(title.end);
        let as_of = || dates.iter().find(|d| self.counts_until(d)).map(span);
        let year = || tokens.clone().find_map(|i| self.bare_year(i, dates));
        let term = || self.whole_of(dates, tokens.start).map(span);
        as_of().or_else(year).or_else(term).into_iter().collect()
    }

    /// "ra quân làm thủy lợi tháng 10 và tháng 11 năm 2010", "tháng 10, 11 năm 2010": months in a row are one time.
    fn joined(&self, dates: &[&Date], periods: Vec<Span>) -> Vec<Span> {
        let ([first, second], [one, next]) = (dates, periods.as_slice()) else { return periods };
        let months = first.kind == Kind::Month && second.kind == Kind::Month;
        let row = one.start.year() == next.end.year() && one.end.month() + 1 == next.start.month();
        let between = first.tokens.end;
        let and = self.work.is(between, ',') || self.work.patterns.particles.and.has(self.work.word(between));
        let and = and && second.tokens.start == between + 1;
        if months && row && and {
            vec![Span { end: next.end, range: one.range.start..next.range.end, ..one.clone() }]
        } else {
            periods
        }
    }

    /// "Sản xuất công nghiệp tháng 5" over "… tháng 5-2004 ước đạt …", on a page that was put out later: what the first sentences
    /// say with its year.
    fn told_in_full(&self, titled: &Date, from: usize) -> Option<Span> {
        titled.inferred?;
        let same = |d: &&Date| {
            d.kind == titled.kind
                && d.inferred.is_none()
                && self.covers(d)
                && (d.start.month(), d.end.month()) == (titled.start.month(), titled.end.month())
                && d.start.year() < titled.start.year()
        };
        let told = self.within(&(from..from + LEAD)).iter().find(same)?;
        Some(self.span(told, EvidenceBasis::Body))
    }

    /// "Tình hình phát triển cụm công nghiệp đến 31/12/2017", "Thiệt hại do bão số 9 (tính đến 16 giờ ngày 02/10/2009)".
    fn counts_until(&self, date: &Date) -> bool {
        let cues = &self.work.patterns.dates.cues;
        let until = || {
            let cue = cues.before(&self.work.tokens, date.tokens.start).map(|(_, cue)| *cue);
            cue == Some(Cue::Until) && self.work.token(date.tokens.end).is_none_or(|t| t.gap >= Gap::Line)
        };
        // "(Cập nhật đến 16 giờ 00 ngày 20/10/2020)" under the title of a report is its day and that of its figures.
        let bracket = || self.is_report && date.role == Role::AsOf && self.work.is(date.tokens.end, ')');
        date.kind == Kind::Day
            && (date.role == Role::AsOf || until())
            && (!self.is_of_page(date) || bracket())
    }

    /// The year at a token of a title that belongs to none of its dates: "Tình hình 2016".
    fn bare_year(&self, i: usize, dates: &[Date]) -> Option<Span> {
        let token = self.work.token(i).filter(|t| t.kind == TokenKind::Number && t.bytes() == 4)?;
        let next = self.work.token(i + 1);
        let glued = next.is_some_and(|t| t.gap == Gap::Glued && (t.is('/') || t.is('-')));
        let year = self.work.word(i).parse::<u16>().ok().filter(|y| YEARS.contains(y))?;
        if glued || token.gap == Gap::Glued || dates.iter().any(|d| d.tokens.contains(&i)) {
            return None;
        }
        let (start, end) = Day::days_of_year(year)?;
        Some(Span { start, end, range: self.work.bytes(i..i + 1), basis: EvidenceBasis::Title })
    }

    /// "Chỉ tiêu của nhiệm kỳ 2015 - 2020": a term of office where the title names no other time; not in the title of a meeting
    /// of its council.
    fn whole_of<'d>(&self, dates: &'d [Date], from: usize) -> Option<&'d Date> {
        let whole = dates.iter().find(|d| d.kind != Kind::Day && d.role != Role::Reference)?;
        (!(from..whole.tokens.start).any(|i| self.meets(i))).then_some(whole)
    }

    /// "Đại hội đại biểu Đảng bộ xã A nhiệm kỳ 2025 - 2030": the term that such a meeting plans for.
    pub(super) fn term_of_meeting(&self, title: &Range<usize>) -> Option<Span> {
        let words = &self.work.patterns.frames;
        let tokens = self.work.token_at(title.start)..self.work.token_at(title.end);
        let meets = tokens.into_iter().any(|i| words.congresses.at(&self.work.tokens, i).is_some());
        let term = |d: &&Date| d.end.year() > d.start.year() && d.role != Role::Reference;
        let date = self.within(title).iter().find(term).filter(|_| meets)?;
        Some(self.span(date, EvidenceBasis::Title))
    }

    /// "Kết luận … tại phiên họp thường kỳ tháng 7/2015" over a text that says "trong tháng": the month that the meeting was on.
    pub(super) fn month_of_meeting(&self, title: &Range<usize>, opening: &Range<usize>) -> Option<Span> {
        let words = &self.work.patterns.frames;
        let mut tokens = self.work.token_at(opening.start)..self.work.token_at(opening.end);
        let month = |d: &&Date| d.kind == Kind::Month && d.role != Role::Reference && d.inferred.is_none();
        let date = self.within(title).iter().find(month)?;
        let said = tokens.any(|i| words.in_month.at(&self.work.tokens, i).is_some());
        said.then(|| self.span(date, EvidenceBasis::Title))
    }

    /// "… bức tranh kinh tế quý III" over "… 9 tháng qua tình hình kinh tế - xã hội …": the first sentence of a text without a
    /// head tells the longer time that ends with the quarter of its title.
    pub(super) fn longer(&self, title: &Span, from: usize) -> Option<Span> {
        let quarter = title.start.year() == title.end.year()
            && title.end.month() == title.start.month() + 2
            && title.start.month() > 1;
        if !quarter || self.is_report || self.is_plan {
            return None;
        }
        let year = title.end.year();
        let first = self.work.token_at(from);
        let last = self.work.token_at(from + LEAD);
        let words = &self.work.patterns.frames.month_words;
        let count = title.end.month();
        // "9 tháng", told without its year.
        let told = (first..last.min(self.work.tokens.len())).find(|&i| {
            self.work.is_number(i)
                && self.work.word(i).parse::<u8>().is_ok_and(|n| n == count)
                && words.before(&self.work.tokens, i + 2).is_some()
        })?;
        let range = self.work.bytes(told..told + 2);
        let (start, end) = (Day::first_of(year, 1)?, Day::last_of(year, count)?);
        Some(Span { start, end, range, basis: EvidenceBasis::Body })
    }

    /// "Thu ngân sách năm 1999: chặng nước rút" over "10 tháng, toàn tỉnh thu …", put out in November: the months that were over.
    pub(super) fn so_far(&self, title: &Span, from: usize) -> Option<Span> {
        let year = self.year_told(title)?;
        let written = self.written.filter(|w| w.end < title.end && w.end.year() == year)?;
        let told = |d: &&Date| {
            self.covers(d)
                && d.start == title.start
                && d.end <= written.end
                && d.end.month() > 1
                && Day::last_of(year, d.end.month()) == Some(d.end)
        };
        let found = self.within(&(from..from + LEAD)).iter().find(told)?;
        Some(self.span(found, EvidenceBasis::Body))
    }

    /// "Hội nghị cán bộ, viên chức năm 2024" over "… tổng kết công tác năm 2023", "… những việc phải làm trong năm 2008" over "Năm qua, …",
    /// put out in January: the year that was summed up.
    pub(super) fn summed_up(&self, title: &Span, from: usize) -> Option<Span> {
        let year = self.year_told(title)?;
        self.written.filter(|w| w.end.year() == year && w.end.month() <= SUMMED_UP)?;
        let sums_up = |d: &Date| {
            let words = &self.work.patterns.frames.sums_up;
            self.words_before(d, AIM).any(|i| words.at(&self.work.tokens, i).is_some())
        };
        let told = |d: &&Date| {
            let past = d.start.year() + 1 == year && d.end.year() + 1 == year;
            past && (d.inferred == Some(SPOKEN) || d.kind == Kind::Year && sums_up(d))
        };
        let found = self.within(&(from..from + LEAD)).iter().find(told)?;
        Some(self.span(found, EvidenceBasis::Body))
    }

    /// The one whole year in the title of a text without a head that is no plan and may tell in its text on which time it reports.
    fn year_told(&self, title: &Span) -> Option<u16> {
        let year = title.end.year();
        let whole = Day::days_of_year(year) == Some((title.start, title.end));
        (whole && self.headless && !self.is_plan && self.tells).then_some(year)
    }
}
