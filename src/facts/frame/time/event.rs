//! The day of what a page begins with: an event, a visit, "sáng nay".

use super::covered::Reading;
use super::opening::{FEW, JUST_OVER, MEETS, span_days};
use super::{LEAD, Span};
use crate::claim::date::{Found as Date, Kind, Role};
use crate::facts::frame::spoken::SPOKEN;
use crate::record::EvidenceBasis;
use crate::words::token::Gap;

/// How far down the days stand that a visitor is told of, in bytes.
const OPENED: usize = 900;
/// So many tokens at least tell of an event behind its day, and at most so many stand before that: "Vào lúc 15 giờ ngày".
const EVENT: usize = 12;
const HOUR: usize = 5;

impl Reading<'_, '_> {
    /// "Sáng nay, thí sinh cả nước làm bài thi …": a page that begins so is told of its own day.
    pub(super) fn of_today(&self, from: usize) -> Option<Span> {
        let today = &self.work.patterns.frames.today;
        let written = self.written.filter(|w| w.start == w.end && self.headless)?;
        if let Some(told) = self.of_visit(from) {
            return Some(told);
        }
        let last = self.work.token_at(from + LEAD);
        let opens = |i: &usize| self.begins_sentence(*i) && today.at(&self.work.tokens, *i).is_some();
        let at = (self.work.token_at(from)..last).find(opens)?;
        let (n, ()) = today.at(&self.work.tokens, at)?;
        Some(Span { range: self.work.bytes(at..at + n), basis: EvidenceBasis::Body, ..written.clone() })
    }

    /// "Sáng nay, đoàn công tác … . … trận lũ từ ngày 17 đến ngày 22/10 …": the days that a visitor is told of.
    fn of_visit(&self, from: usize) -> Option<Span> {
        let told = |d: &&Date| {
            let span = d.kind == Kind::Interval && d.inferred != Some(SPOKEN) && span_days(d) >= FEW;
            (span || d.kind == Kind::Day && self.goes_on(d)) && d.role != Role::Reference && self.is_recent(d)
        };
        let opening = from..from + OPENED;
        let date = self.within(&opening).iter().find(told).filter(|_| !self.counts_until_now(&opening))?;
        Some(self.span(date, EvidenceBasis::Body))
    }

    /// "Ngày 15/2, phường tổ chức chương trình …" on a page of the next day: a page that begins with the day of an event.
    pub(super) fn of_event(&self, from: usize) -> Option<Span> {
        if !self.headless {
            return None;
        }
        let goes_on = |d: &Date| {
            let behind = d.tokens.end + 1..d.tokens.end + EVENT;
            self.work.is(d.tokens.end, ',')
                && behind.into_iter().all(|i| self.work.token(i).is_some_and(|t| t.gap < Gap::Line))
        };
        let day =
            |d: &&Date| d.kind == Kind::Day && d.role != Role::Reference && !self.is_of_page(d) && goes_on(d);
        let date = self.within(&(from..from + LEAD)).iter().find(day)?;
        let start = date.tokens.start;
        if !self.opens_sentence(date) && start - self.line_start(start) > HOUR {
            return None;
        }
        // "Sáng ngày 18/12, huyện … tổng kết ngành thủy sản": what is told there is of no one day.
        let reviews = &self.work.patterns.frames.reviews;
        let behind = date.tokens.end..date.tokens.end + MEETS;
        let mut sentence = behind.into_iter().take_while(|&i| !self.begins_sentence(i));
        if sentence.any(|i| reviews.at(&self.work.tokens, i).is_some()) {
            return None;
        }
        let lately = || self.ended_within(date, JUST_OVER).then(|| self.span(date, EvidenceBasis::Body));
        self.of_visit(from).or_else(lately)
    }
}
