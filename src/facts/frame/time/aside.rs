//! Dates of the first sentences that are the time of one thing only, and not what the text is on: "Dân số đến tháng 10/2013 là
//! 12.318 người".

use std::ops::Range;

use super::covered::Reading;
use super::{AIM, FIRST_MONTHS};
use crate::claim::date::{Found as Date, Kind, Role};
use crate::words::token::{Gap, Kind as TokenKind};

/// So many figures before a time make it that of a later topic.
const FIGURES: usize = 5;
/// How far before a span of years the paper or policy stands whose it is, in tokens.
const PAPER: usize = 32;
/// How long a number is that counts next to nothing, in bytes.
const SMALL: usize = 1;

impl Reading<'_, '_> {
    /// Whether a date is not the time of the text, for one of these reasons. `opening`: where the first sentences stand.
    pub(super) fn is_aside(&self, date: &Date, opening: &Range<usize>) -> bool {
        let reasons: [fn(&Self, &Date) -> bool; 11] = [
            // It is the date of a ground: "Căn cứ …".
            Self::in_grounds,
            // It was over long before the text was written.
            Self::is_stale,
            // It stands in a bracket, in a row of years, or tells of a part.
            Self::is_in_row,
            // It is the time of one figure.
            Self::of_one_figure,
            // Something began then.
            Self::only_begins,
            // It is the time of a paper or a policy.
            Self::of_paper,
            // It is the time of an aim.
            Self::aimed,
            // One thing was counted up to it.
            Self::of_noun,
            // A later year is told of, too.
            Self::is_past_year,
            // The year before ended with it.
            Self::ends_past_year,
            // It is one of a list of years.
            Self::is_listed_year,
        ];
        reasons.iter().any(|is| is(self, date)) || self.behind_figures(date, opening)
    }

    /// A report tells of the year it was written in, or of the one before; a plan looks ahead.
    fn is_stale(&self, date: &Date) -> bool {
        self.written.is_some_and(|w| date.end.year() + 1 < w.start.year())
    }

    /// "Căn cứ …" opens its paragraph.
    fn in_grounds(&self, date: &Date) -> bool {
        let start = self.line_start(date.tokens.start);
        self.work.patterns.frames.grounds.at(&self.work.tokens, start).is_some()
    }

    /// "(năm 2012 là 265)" stands in a bracket, "… năm 2008 là 6,2, năm 2011 là 13,1" is one of a row: no time of the whole.
    fn is_in_row(&self, date: &Date) -> bool {
        let start = date.tokens.start;
        let sentence = self.sentence_start(start);
        let mut open = 0i32;
        for i in sentence..start {
            open += i32::from(self.work.is(i, '(')) - i32::from(self.work.is(i, ')'));
        }
        let n = self.dates.partition_point(|d| d.tokens.start < start);
        let row = n.checked_sub(1).and_then(|n| self.dates.get(n)).is_some_and(|d| {
            d.kind == Kind::Year && date.kind == Kind::Year && d.tokens.start >= sentence && self.is_stale(d)
        });
        let part = self.work.patterns.frames.parts.before(&self.work.tokens, start).is_some();
        part || !self.is_report && (open > 0 || row)
    }

    /// "3.470 ha cây ăn quả, sản lượng 9 tháng đạt 27.600 tấn": behind figures of its sentence, a time without its year is
    /// that of the next one.
    fn of_one_figure(&self, date: &Date) -> bool {
        let start = date.tokens.start;
        let sentence = self.sentence_start(start);
        // "Kỳ họp thứ 4", "2 huyện": what counts so little is no figure that is reported.
        let figure =
            |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number && t.bytes() > SMALL);
        // "…; năm 2020 trên 1.000 tấn" in news of 2021.
        let past = self.written.is_some_and(|w| date.end.year() < w.start.year());
        if self.headless && past && date.kind == Kind::Year && self.tells_figure(date) {
            return true;
        }
        let dated = |i: usize| self.dates.iter().any(|d| d.tokens.contains(&i));
        date.inferred.is_some() && (sentence..start).any(|i| figure(i) && !dated(i))
    }

    /// "Từ những năm 2013, huyện bắt đầu …": where something began.
    fn only_begins(&self, date: &Date) -> bool {
        let words = &self.work.patterns.frames;
        let from = words.starts_span.before(&self.work.tokens, date.tokens.start).is_some();
        // "từ đầu năm 2018 đến nay" in a page of that year is the time up to its day.
        let own = self.written.is_some_and(|w| w.end.year() == date.end.year()) && self.goes_on(date);
        date.kind == Kind::Year && from && !self.is_report && !own
    }

    /// A time told behind many figures of earlier paragraphs is that of its own topic: "Trong chỉ đạo, điều hành, 11 tháng năm
    /// 2023 …".
    fn behind_figures(&self, date: &Date, opening: &Range<usize>) -> bool {
        if self.is_report || self.is_plan || !self.headless {
            return false;
        }
        let line = self.line_start(date.tokens.start);
        let first = self.work.token_at(opening.start);
        let dated = |i: usize| {
            let next = self.dates.partition_point(|d| d.tokens.end <= i);
            self.dates.get(next).is_some_and(|d| d.tokens.contains(&i))
        };
        let figure = |i: &usize| self.work.is_number(*i) && !dated(*i);
        (first..line).filter(figure).nth(FIGURES).is_some()
    }

    /// "… ban hành nhiều chính sách hỗ trợ giai đoạn 2016 - 2020": within a sentence of a text that is no report the years are
    /// those of the paper.
    fn of_paper(&self, date: &Date) -> bool {
        if self.is_report || self.is_plan || date.start.year() == date.end.year() {
            return false;
        }
        let papers = &self.work.patterns.frames.papers;
        let near = date.tokens.start.saturating_sub(PAPER)..date.tokens.start;
        let stop = |i: usize| self.work.token(i).is_some_and(|t| t.is('.') || t.gap >= Gap::Line);
        let from = near.clone().rev().find(|&i| stop(i)).unwrap_or(near.start);
        (from..date.tokens.start).any(|i| papers.at(&self.work.tokens, i).is_some())
    }

    /// "Thủ tướng đặt mục tiêu đến năm 2025, 100% …", "Hai tháng cuối năm, tỉnh đặt mục tiêu thêm 12 xã": the time of an aim within
    /// a text that is no plan.
    pub(super) fn aimed(&self, date: &Date) -> bool {
        let aims = &self.work.patterns.clauses.aims;
        let aim = |i: usize| aims.at(&self.work.tokens, i).is_some();
        let opens = || {
            let comma = self.work.is(date.tokens.end, ',');
            let behind = date.tokens.end + 1..date.tokens.end + 1 + AIM;
            comma && behind.into_iter().take_while(|&i| !self.work.is_number(i)).any(aim)
        };
        let year = date.kind == Kind::Year;
        // "dự kiến trong năm 2012 sẽ khởi công" on a page of March.
        let expects = &self.work.patterns.frames.expects;
        let expected = || {
            self.written.is_some_and(|w| date.end > w.end)
                && expects.before(&self.work.tokens, date.tokens.start).is_some()
        };
        !self.is_plan && (year && (expected() || self.words_before(date, AIM).any(aim)) || !year && opens())
    }

    /// "Dân số đến tháng 10/2013 là 12.318 người": up to when one thing was counted.
    fn of_noun(&self, date: &Date) -> bool {
        let from = self.words_before(date, AIM).last().unwrap_or(date.tokens.start);
        let told = self.tells_figure(date);
        let cue =
            self.work.patterns.dates.cues.before(&self.work.tokens, date.tokens.start).map_or(0, |(n, _)| n);
        let noun = date.tokens.start - from > cue;
        // "Theo Phòng Nông nghiệp, tính đến hết tháng 8/2014 diện tích …".
        let first = date.tokens.start - cue;
        let comma = |i: usize| self.work.is(i, ',');
        let amid = first > 0 && comma(first - 1) && !comma(date.tokens.end);
        self.headless
            && !self.is_report
            && date.role == Role::AsOf
            && cue > 0
            && (noun && told || amid)
            && !self.is_just_over(date)
    }

    /// "Kiểm kê đất năm 2015 … Dân số trung bình năm 2018": a text without a day of its own is not of the first year that it tells
    /// of where it tells of a later one.
    fn is_past_year(&self, date: &Date) -> bool {
        let told = |d: &&Date| {
            d.end.year() > date.end.year()
                && !matches!(d.role, Role::Reference | Role::Deadline)
                && !self.aimed(d)
                && self.work.patterns.frames.vision.before(&self.work.tokens, d.tokens.start).is_none()
        };
        self.written.is_none()
            && self.headless
            && !self.is_report
            && !self.is_plan
            && date.kind == Kind::Year
            && !self.opens_sentence(date)
            && self.dates.iter().any(|d| told(&d))
    }

    /// "Cuối năm 2025, xã còn 239 hộ nghèo" on a page of May 2026: how things stood when the year before ended.
    fn ends_past_year(&self, date: &Date) -> bool {
        let past =
            self.written.is_some_and(|w| date.end.year() < w.start.year() && w.start.month() > FIRST_MONTHS);
        date.kind == Kind::Year && past && self.opens_by_point(date)
    }

    /// "- Năm 2014: … / - Năm 2015: …": each line of a list tells of another year.
    fn is_listed_year(&self, date: &Date) -> bool {
        let opens_line = |d: &Date| {
            let line = self.line_start(d.tokens.start);
            let mark = self.work.token(line).is_some_and(|t| t.kind == TokenKind::Punct);
            mark && d.kind == Kind::Year && d.tokens.start == line + 1
        };
        self.headless
            && opens_line(date)
            && self.dates.iter().any(|d| d.end.year() != date.end.year() && opens_line(d))
    }
}
