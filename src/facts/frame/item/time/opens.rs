//! Whether a date opens a sentence, so that it is the time of all that follows: "Trong 6 tháng đầu năm, toàn tỉnh …".
//!
//! It stands at the beginning, or is set off by commas, or a colon behind it lets it lead in what follows; a reference, an event
//! and what is recalled open nothing.

use std::ops::Range;

use super::{Date, SENTENCE, Times};
use crate::claim::date::{Kind, Role};
use crate::claim::indicator::Reach;
use crate::facts::frame::item::lapse::{founded, of_event};
use crate::facts::frame::spoken::{SPOKEN, reach};

/// How far behind the start of its sentence the date stands that opens it, in tokens.
const OPENS: usize = 4;
/// How many tokens the number of a paragraph has: "I-", "2.".
const NUMBERED: usize = 2;

impl Times<'_, '_> {
    /// Whether a date opens a sentence of a stretch from the start of a paragraph to an item.
    /// `told`: it says as of when figures stand.
    pub(super) fn opens(&self, date: &Date, stretch: Range<usize>, told: bool) -> bool {
        let floor = stretch.start;
        let opens = || {
            self.begins_with(date, &stretch)
                || self.leads_in(date) && !self.in_closed_bracket(date.tokens.end..stretch.end)
                || self.is_set_off(date)
                || self.is_spelled_out(date, floor)
                || self.is_topic(date, floor)
                || told && self.stands(date, floor)
                || self.is_reported(date, floor)
        };
        !self.is_of_other(date)
            && opens()
            && !of_event(self.work, &date.tokens, floor)
            && !self.is_recalled(date, floor)
    }

    /// A date that is a reference, a base of comparison, or the day on which a thing was handed on or founded.
    fn is_of_other(&self, date: &Date) -> bool {
        let (patterns, tokens) = (&self.work.patterns, &self.work.tokens);
        date.role == Role::Reference
            || patterns.indicators.compared.before(tokens, date.tokens.start).is_some()
            || patterns.frames.handed.at(tokens, date.tokens.end).is_some()
            || founded(self.work, &date.tokens)
    }

    /// Whether a sentence begins with a date, or nearly.
    fn begins_with(&self, date: &Date, stretch: &Range<usize>) -> bool {
        let floor = stretch.start;
        let from = date.tokens.start.saturating_sub(OPENS).max(floor);
        let begins = |&i: &usize| i == floor || self.ends_sentence(i - 1);
        (from..=date.tokens.start).rev().find(begins).is_some_and(|begin| {
            self.is_bare(begin..date.tokens.start)
                && !self.is_of_member(date, begin, stretch)
                && self.leads_sentence(date, begin)
        })
    }

    /// "Tuần 50 (từ ngày 13 - 19/12), toàn tỉnh …": no figure and no comma in the words before a date, or in its bracket.
    fn is_bare(&self, mut before: Range<usize>) -> bool {
        before.start = before.clone().find(|&i| self.work.is(i, '(')).unwrap_or(before.start);
        // "Đến 12h00 ngày 21/11/2025": the hour tells when, too.
        let near = |i: usize| self.work.token(i).is_some_and(|t| self.work.patterns.dates.clock.has(t));
        let hour = |i: usize| near(i + 1) || i > 0 && near(i - 1);
        !before.any(|i| self.work.is_number(i) && !hour(i) || self.work.is(i, ','))
    }

    /// "…, chiếm 77,3% dân số; tỉnh giao năm 2017 đạt 81%. Ngành y tế …": a member's time is not that of later sentences.
    fn is_of_member(&self, date: &Date, begin: usize, stretch: &Range<usize>) -> bool {
        let stop = |i: usize| self.work.is(i, '.') && self.ends_sentence(i);
        begin > stretch.start
            && self.work.is(begin - 1, ';')
            // "…; quý I năm 1998 thu …", "…; tính chung 9 tháng tăng …": nothing but a lead stands before the time.
            && self.behind_lead(begin) < date.tokens.start
            && (date.tokens.end..stretch.end).any(stop)
    }

    /// "Doanh số cho vay 9 tháng 71,4 tỷ" is told of its subject alone; "Chỉ riêng 9 tháng, …" of what follows too.
    fn leads_sentence(&self, date: &Date, begin: usize) -> bool {
        let leads = || reach(date) == Reach::Sentence && self.behind_lead(begin) == date.tokens.start;
        date.inferred != Some(SPOKEN) || leads()
    }

    /// The first token behind the lead of a sentence: "Chỉ riêng", "tính chung".
    fn behind_lead(&self, begin: usize) -> usize {
        let leads = &self.work.patterns.frames.sentence_leads;
        begin + leads.at(&self.work.tokens, begin).map_or(0, |(n, ())| n)
    }

    /// "… phải đạt đến năm 2020 là: 85% …; 100% …": a colon soon after the date lets it govern what follows.
    fn leads_in(&self, date: &Date) -> bool {
        let mut behind = date.tokens.end..date.tokens.end + OPENS;
        behind.find(|&i| !self.work.is_word(i)).is_some_and(|i| self.work.is(i, ':'))
    }

    /// Whether a bracket that has opened before a stretch closes in it.
    fn in_closed_bracket(&self, between: Range<usize>) -> bool {
        let mut open = 0usize;
        for token in between.filter_map(|i| self.work.token(i)) {
            if token.is('(') {
                open += 1;
            } else if token.is(')') {
                if open == 0 {
                    return true;
                }
                open -= 1;
            }
        }
        false
    }

    /// "Báo cáo cho thấy, trong 6 tháng đầu năm, …": between commas it tells when all that follows was.
    fn is_set_off(&self, date: &Date) -> bool {
        let comma = |i: usize| self.work.is(i, ',');
        let before = (1..=2).any(|n| date.tokens.start.checked_sub(n).is_some_and(comma));
        before && comma(date.tokens.end)
    }

    /// The first token of the sentence that a date stands in.
    fn sentence_of(&self, date: &Date, floor: usize) -> usize {
        let low = floor.max(date.tokens.start.saturating_sub(SENTENCE));
        let begins = |&i: &usize| i == floor || self.ends_sentence(i - 1);
        (low..=date.tokens.start).rev().find(begins).unwrap_or(low)
    }

    /// "Theo tổng hợp bước đầu, đến 31/12/1998 cả nước có …": before any figure of its sentence it says as of when all of
    /// them stand.
    fn stands(&self, date: &Date, floor: usize) -> bool {
        let begin = self.sentence_of(date, floor);
        let mut near = date.tokens.start.saturating_sub(OPENS).max(begin)..date.tokens.start;
        let told = |i: usize| self.work.is_number(i) || self.work.is(i, '(');
        near.any(|i| self.work.is(i, ',')) && !(begin..date.tokens.start).any(told)
    }

    /// "Theo báo cáo của Công an tỉnh, từ ngày 16/5 đến 15/6 xảy ra …": only who tells it stands before.
    fn is_reported(&self, date: &Date, floor: usize) -> bool {
        let begin = self.sentence_of(date, floor);
        let near = date.tokens.start.saturating_sub(OPENS).max(begin)..date.tokens.start;
        let Some(comma) = near.into_iter().rev().find(|&i| self.work.is(i, ',')) else { return false };
        self.work.patterns.clauses.sources.at(&self.work.tokens, begin).is_some()
            && self.behind_lead(comma + 1) == date.tokens.start
            && !(begin..comma).any(|i| self.work.is_number(i))
    }

    /// "Sau ba tháng hoạt động (01/7 - 30/9/2025), trung tâm …": a bracket of its own before any figure.
    fn is_spelled_out(&self, date: &Date, floor: usize) -> bool {
        let opened = |i: usize| i >= floor && self.work.is(i, '(');
        let alone = date.tokens.start.checked_sub(1).is_some_and(opened)
            && self.work.is(date.tokens.end, ')')
            && self.work.is(date.tokens.end + 1, ',');
        let days = date.kind == Kind::Interval && date.start.year() == date.end.year();
        // "trong 9 ngày nghỉ (từ 14 đến 22/2), …": the number of the days is no figure.
        let of_days = |i: usize| self.work.patterns.frames.lasting.at(&self.work.tokens, i + 1).is_some();
        let mut before = self.sentence_of(date, floor)..date.tokens.start;
        alone && days && !before.any(|i| self.work.is_number(i) && !of_days(i))
    }

    /// "… tán thành báo cáo về tình hình kinh tế - xã hội năm 1998.": the opening sentence of a paragraph, without figures, ends
    /// with what the rest is about. A time that is over only.
    fn is_topic(&self, date: &Date, floor: usize) -> bool {
        let over = self.frame.written.as_ref().is_some_and(|w| date.end < w.start);
        let stop = self.work.is(date.tokens.end, '.') && self.ends_sentence(date.tokens.end);
        if !over || !stop || date.kind == Kind::Day {
            return false;
        }
        let begin = self.sentence_of(date, floor);
        let own = begin..date.tokens.start;
        begin <= floor + NUMBERED
            && !own.clone().any(|i| self.work.is_number(i))
            && self.says(own, &self.work.patterns.frames.topics)
    }

    /// "Nhớ lại hồi đầu năm 2004, …": what has been is told of in its own sentence.
    fn is_recalled(&self, date: &Date, floor: usize) -> bool {
        let own = self.sentence_of(date, floor)..date.tokens.start;
        self.says(own, &self.work.patterns.frames.recalls)
    }
}
