//! The time that the document gives an item without one: what it covers; of what is aimed at, what lies ahead; else its own
//! day.

use super::{Time, Times};
use crate::claim::date::{Day, Found as Date, Kind as DateKind};
use crate::claim::indicator::{Found, Kind, Role};
use crate::facts::frame::item::lapse::months;
use crate::facts::frame::time::{CLOSING, Span};
use crate::record::{Basis, EvidenceBasis};
use crate::words::one_line;

/// How far behind what was reached its aim stands, in tokens.
const BESIDE: usize = 8;
/// Most items between what was reached and its aim, with the former.
const MATES: usize = 3;
/// How far into its sentence it says who came, in tokens.
const ATTENDS: usize = 4;
/// How many days before a page was put out a meeting was held that it tells of, at most.
const LATELY: i32 = 20;

impl Times<'_, '_> {
    /// The time of an item by the document.
    pub(super) fn of_document(&self, item: &Found, before: &[Found]) -> Option<Time> {
        match item.role {
            Role::Norm => self.issued(),
            Role::Target if !self.is_beside_result(item, before) && !self.is_of_results(item) => {
                self.of_aim(item)
            }
            _ => self.of_result(item),
        }
    }

    /// "ước tăng 12,15%/KH 11,5%", "(kế hoạch 4%)": the aim beside what was reached is of the same time.
    fn is_beside_result(&self, item: &Found, before: &[Found]) -> bool {
        let mate = before.last().filter(|p| p.range.is_some() && p.range == item.range);
        let start = mate.map_or(item.tokens.start, |p| p.tokens.start);
        before.iter().rev().take(MATES).any(|p| {
            start.saturating_sub(p.tokens.end) <= BESIDE
                && self.one_sentence(p, item)
                && matches!(p.role, Role::Actual | Role::Change | Role::Gap)
        })
    }

    /// "Kế hoạch" beside "Thực hiện" in a table of results without a time of its own.
    fn is_of_results(&self, item: &Found) -> bool {
        item.cell.as_ref().is_some_and(|cell| self.told.contains(&cell.number))
    }

    /// What lies ahead of the document, or what it plans for.
    fn of_aim(&self, item: &Found) -> Option<Time> {
        let titled = |span: &&Span| {
            matches!(span.basis, EvidenceBasis::Title | EvidenceBasis::Head | EvidenceBasis::Heading)
        };
        // What a report covers is over; what a plan is for is not.
        let open = |span: &&Span| {
            !self.frame.is_report && self.frame.written.as_ref().is_none_or(|w| span.end >= w.start)
        };
        let planned = self.frame.period.as_ref().filter(titled).filter(open);
        let span = self.frame.ahead.as_ref().or(planned).map(|span| self.of_span(span));
        // An estimate is one of its day; what is only aimed at has none.
        span.or_else(|| if item.kind == Kind::Money { self.issued() } else { None })
    }

    /// What the document covers, unless that is over or still to come; else its own day.
    pub(super) fn of_result(&self, item: &Found) -> Option<Time> {
        // What is counted up to the moment of writing is of that day, whatever the document covers.
        let covered = self.frame.period.as_ref().filter(|_| !self.says_moment(item));
        // "Trong 9 tháng, …. Lũy kế đến nay, …": on a page that no title gives its time.
        let page = !self.frame.is_report && item.cell.is_none() && item.role == Role::Actual;
        if page && covered.is_some_and(|span| span.basis == EvidenceBasis::Body) && self.says_now(item) {
            let now = self.today();
            if now.is_some() {
                return now;
            }
        }
        let covered = covered.filter(|span| !self.outlasts(item, span) && !self.is_over(item, span));
        match covered.map(|span| self.of_span(span)) {
            // A resolution of December on the year to come: its results are of the year that ends.
            Some(time) if self.is_ahead(item, &time) && self.closes_year() => self.own_year(),
            Some(time) if !self.is_ahead(item, &time) => Some(time),
            _ => None,
        }
        .or_else(|| if self.frame.period.is_some() && self.is_present(item) { self.today() } else { None })
        .or_else(|| {
            // "… kỳ thứ 6, nhiệm kỳ 2011 - 2016" over a page of 2013: of its year.
            let headed = self.frame.written.as_ref().is_some_and(|w| w.basis == EvidenceBasis::Head);
            let years = self.frame.period.as_ref().is_some_and(|p| p.start.year() < p.end.year());
            if years && !headed { self.own_year() } else { self.own_day() }
        })
    }

    /// "Ngày 16/11, … tổ chức hội nghị. Dự hội nghị có 250 đại biểu": who came is told of the day of the meeting.
    pub(super) fn of_attendance(&self, item: &Found) -> Option<Time> {
        let attends = &self.work.patterns.frames.attends;
        let start = self.sentence(item);
        let opens = (start..start + ATTENDS).any(|i| attends.at(&self.work.tokens, i).is_some());
        let came = opens && item.kind == Kind::Count && item.role == Role::Actual && item.cell.is_none();
        let written = self.frame.written.as_ref().filter(|_| came && !self.frame.is_report)?;
        let before = self.dates.partition_point(|d| d.tokens.start < item.tokens.start);
        let near = |d: &&Date| {
            let days = written.end.number() - d.end.number();
            d.kind == DateKind::Day && (0..=LATELY).contains(&days)
        };
        let held = self.dates.get(..before)?.iter().rposition(|d| near(&d));
        held.and_then(|n| self.dated(n, Basis::Document, "period.attendance")).or_else(|| self.today())
    }

    /// A span of the document as the time of an item.
    fn of_span(&self, span: &Span) -> Time {
        let why = match span.basis {
            EvidenceBasis::Title => "period.document.title",
            EvidenceBasis::Head => "period.document.head",
            _ => "period.document.body",
        };
        self.in_words(span, Basis::Document, why)
    }

    /// A span with its words.
    fn in_words(&self, span: &Span, basis: Basis, why: &'static str) -> Time {
        let text = Some(one_line(self.work.text.slice(span.range.clone())));
        Time { start: span.start, end: span.end, text, basis, why }
    }

    /// The day of a text that rules, allows or appraises and has no other time: neither a report nor a plan.
    fn issued(&self) -> Option<Time> {
        let only = !self.frame.is_report && !self.frame.is_plan && self.frame.period.is_none();
        let head = self.frame.written.as_ref().is_some_and(|w| w.basis == EvidenceBasis::Head);
        let own = if only && head { self.own_day() } else { None };
        own.map(|time| Time { basis: Basis::Issue, why: "period.issue", ..time })
    }

    /// The day on which a page was put out, of which it tells the present.
    fn today(&self) -> Option<Time> {
        let written = self.frame.written.as_ref().filter(|w| w.start == w.end)?;
        Some(self.in_words(written, Basis::Issue, "period.today"))
    }

    /// The document's own day or month, as far as it is written; else the year of issue.
    fn own_day(&self) -> Option<Time> {
        let written = self.frame.written.as_ref()?;
        let own = written.basis == EvidenceBasis::Head;
        // A page that says "năm nay" tells of its year.
        if months(written.start, written.end).is_none_or(|n| n == 1) && (own || !self.this_year) {
            let basis = if own { Basis::Document } else { Basis::Issue };
            return Some(self.in_words(written, basis, "period.written"));
        }
        self.own_year()
    }

    /// Written when its year was nearly over.
    fn closes_year(&self) -> bool {
        self.frame.written.as_ref().is_some_and(|w| w.start.month() >= CLOSING)
    }

    /// The year of issue.
    fn own_year(&self) -> Option<Time> {
        let year = self.frame.written.as_ref()?.end.year();
        let (start, end) = Day::days_of_year(year)?;
        Some(Time { start, end, text: None, basis: Basis::Issue, why: "period.issue" })
    }
}
