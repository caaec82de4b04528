//! The period of each item, and which rule gave it.
//!
//! It is that of the item's own words, of its paragraph, list or heading; else what the document covers; else the
//! document's own day. What is told for comparison is then moved to its own time: "(cùng kỳ 160 triệu USD)".

mod around;
mod base;
mod date;
mod document;
mod moved;
mod opening;
mod opens;
mod plan;
mod present;
mod text;
mod years;

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use self::moved::in_year;
use super::Resolved;
use super::paragraph::Paragraphs;
use crate::claim::Work;
use crate::claim::date::{Day, Found as Date, Kind};
use crate::claim::indicator::{Found, Role};
use crate::facts::frame::DocumentFrame;
use crate::facts::frame::spoken::SPOKEN;
use crate::facts::frame::time::CLOSING;
use crate::record::{Basis, Period};

/// How far back the beginning of a sentence is looked for, in tokens.
const SENTENCE: usize = 80;
/// How long the opening of a text is in which it says that it looks back, in bytes.
const OPENING: usize = 400;
/// How far before a figure its bracket opens, in tokens.
const BRACKET: usize = 7;

/// A stretch of time on its way into an item.
struct Time {
    start: Day,
    end: Day,
    text: Option<SmolStr>,
    basis: Basis,
    /// The rule or frame that gave it.
    why: &'static str,
}

impl Time {
    /// It reaches over more than one year.
    fn has_years(&self) -> bool {
        self.start.year() < self.end.year()
    }

    /// The same from the first to the last day of a year.
    fn of_year(self, year: u16) -> Option<Self> {
        let (start, end) = Day::days_of_year(year)?;
        Some(Self { start, end, ..self })
    }
}

/// The reader of periods.
pub(super) struct Times<'t, 'a> {
    work: &'t Work<'a>,
    frame: &'t DocumentFrame,
    dates: &'t [Date],
    paragraphs: &'t Paragraphs,
    /// The dates that are spans, by how many years they have.
    spans: FxHashMap<i32, Vec<usize>>,
    /// The last term of office that the text names.
    term: Option<usize>,
    /// The tables that tell results, by their numbers.
    told: FxHashSet<u32>,
    /// The text says "năm nay", or looks back on the year that ends: what it tells is of the year.
    this_year: bool,
}

impl<'t, 'a> Times<'t, 'a> {
    /// The reader of a document's periods.
    pub(super) fn read(
        work: &'t Work<'a>,
        frame: &'t DocumentFrame,
        dates: &'t [Date],
        items: &[Found],
        paragraphs: &'t Paragraphs,
    ) -> Self {
        let told = items.iter().filter(|f| f.role == Role::Actual).filter_map(|f| f.cell.as_ref());
        let told = told.map(|cell| cell.number).collect();
        let (spans, term) = (years::spans_of(dates), years::last_term(work, frame, dates));
        let this_year = frame.written.as_ref().is_some_and(|w| {
            let spoken = |d: &Date| d.inferred == Some(SPOKEN) && d.kind == Kind::Year;
            dates.iter().any(|d| spoken(d) && d.start.year() == w.end.year())
                || w.start.month() >= CLOSING && sums_up(work)
        });
        Self { work, frame, dates, paragraphs, spans, term, told, this_year }
    }

    /// The period of an item.
    pub(super) fn of(&self, item: &Found, before: &[Found]) -> Resolved {
        // The headings of a table have said it.
        if let Some(period) = item.when.as_ref().filter(|p| !self.is_open(item, p)) {
            let years = period.start.year() < period.end.year();
            let per = if years { self.of_each_year(item) } else { None };
            let period = Some(period.clone());
            return Resolved { period, per, why_period: "period.cell", ..Resolved::default() };
        }
        let Some(time) = self.time(item, before) else { return Resolved::default() };
        let ahead = self.is_ahead(item, &time);
        let per = if time.has_years() { self.of_each_year(item) } else { None };
        let (start, end) = (time.start, time.end);
        let period = Some(Period { start, end, text: time.text, basis: Some(time.basis) });
        Resolved { period, ahead, per, why_period: time.why, ..Resolved::default() }
    }

    /// "… năm 2026" over a table of June's report: what is told covers no more than the report does.
    fn is_open(&self, item: &Found, period: &Period) -> bool {
        let told = item.role == Role::Actual && period.basis == Some(Basis::Section);
        told && self.frame.written.as_ref().is_some_and(|w| period.end > w.end && period.start <= w.end)
    }

    /// The time of an item: the nearest that is told, moved to where its figure stands in it.
    fn time(&self, item: &Found, before: &[Found]) -> Option<Time> {
        // "tổng vốn đầu tư 5 năm đạt …" says its length alone; the years are named before.
        if let Some(years) = self.of_years(item) {
            return Some(years);
        }
        if let Some((year, compared, rest)) = self.same_time_in_bracket(item, before) {
            return in_year(self.time(compared, rest)?, year);
        }
        let near = match self.of_own_words(item, before) {
            // What stands in its sentence is nearer than what opened the paragraph, a heading is farther.
            Some(time) if time.basis == Basis::Text => Some(time),
            farther => self.of_opening(item, before).or(farther),
        };
        // "khi đó" and "cả năm" take back whatever time was told.
        let near = self.back_then(item).or(near);
        let time = self.of_whole_year(item, before, near.as_ref()).or(near);
        let time = time.or_else(|| self.of_whole(item, before));
        if time.is_none() && self.says_term(item) {
            return self.dated(self.term?, Basis::Document, "period.term");
        }
        let time = time.or_else(|| self.between(item)).or_else(|| self.of_attendance(item));
        let time = time.or_else(|| self.of_document(item, before))?;
        self.moved(item, before, time)
    }

    /// The time of the date that linking gave the item, where that is no other figure's.
    fn of_own_words(&self, item: &Found, before: &[Found]) -> Option<Time> {
        let written = item.period_basis == Basis::Text;
        let other = |n: usize| written && (self.measures_by(n, item, before) || self.is_yearly(n, item));
        let n = item.period.filter(|&n| !other(n))?;
        self.dated(n, item.period_basis, item.why.period)
    }

    /// The time that opened its paragraph, or the lead of its list.
    fn of_opening(&self, item: &Found, before: &[Found]) -> Option<Time> {
        let n = self.opening(item).or_else(|| self.list_opening(item))?;
        if item.why.role == "role.now" || self.measures_by(n, item, before) {
            return None;
        }
        let time = self.dated(n, Basis::Text, "period.opening");
        time.filter(|time| !(self.says_now(item) && self.is_to_come(time)))
    }
}

/// "Tân Hồng tổng kết ngành thủy sản": whether a text opens with what looks back on a year.
fn sums_up(work: &Work<'_>) -> bool {
    let words = &work.patterns.frames.sums_up;
    (0..work.token_at(OPENING)).any(|i| words.at(&work.tokens, i).is_some())
}
