//! Where an item stands to the day on which the document was written: told of now, of what is over, of what is to come.

use super::{Time, Times};
use crate::claim::indicator::{Found, Role};
use crate::facts::frame::item::paragraph::PARAGRAPH;
use crate::facts::frame::time::Span;
use crate::record::Basis;

impl Times<'_, '_> {
    /// What has happened happened before the document was written.
    pub(super) fn is_ahead(&self, item: &Found, time: &Time) -> bool {
        let told = matches!(item.role, Role::Actual | Role::Change | Role::Gap);
        told && item.why.role != "role.base" && self.is_to_come(time)
    }

    /// Whether a time begins behind the day of the document.
    pub(super) fn is_to_come(&self, time: &Time) -> bool {
        match (&self.frame.written, &self.frame.period) {
            (Some(written), _) => time.start > written.end,
            // A report without a day: "Một số chỉ tiêu năm 1999" in one on 1998.
            (None, Some(covered)) => {
                let led = matches!(time.basis, Basis::Section | Basis::List) || time.why == "period.opening";
                self.frame.is_report && led && time.start > covered.end
            }
            (None, None) => false,
        }
    }

    /// "Hiện nay …" ends what was told of times to come.
    pub(super) fn says_now(&self, item: &Found) -> bool {
        let (until_now, not) =
            (&self.work.patterns.indicators.until_now, &self.work.patterns.frames.present_not);
        let tokens = &self.work.tokens;
        self.sentence_before(item)
            .any(|i| until_now.at(tokens, i).is_some() && not.before(tokens, i).is_none())
    }

    /// "Đến thời điểm kết luận, …": counted up to the day of writing.
    pub(super) fn says_moment(&self, item: &Found) -> bool {
        let start = self.sentence(item).max(item.tokens.start.saturating_sub(PARAGRAPH));
        self.says(start..item.tokens.start, &self.work.patterns.frames.moments)
    }

    /// Whether the sentence of an item tells of the present, or one of its paragraph has begun so.
    pub(super) fn is_present(&self, item: &Found) -> bool {
        let (words, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        let now =
            |i: usize| words.present.at(tokens, i).is_some() && words.present_not.before(tokens, i).is_none();
        let start = self.sentence(item);
        let paragraph = self.paragraphs.of(item.tokens.start).min(start);
        let begins = |i: usize| i == paragraph || self.ends_sentence(i - 1);
        let dated = || {
            let first = self.dates.partition_point(|d| d.tokens.start < paragraph);
            let last = self.dates.partition_point(|d| d.tokens.start < start);
            self.dates.get(first..last).unwrap_or(&[]).last().map_or(paragraph, |d| d.tokens.end)
        };
        (start..item.tokens.start).any(now)
            || item.cell.is_none() && (dated()..start).any(|i| begins(i) && now(i))
    }

    /// "Hiện có 57.840 ha rừng" in a text of 2017 on the years 2012 - 2016: of its own day.
    pub(super) fn is_over(&self, item: &Found, span: &Span) -> bool {
        let years = span.start.year() < span.end.year();
        let gone = self.frame.written.as_ref().is_some_and(|w| span.end.year() < w.start.year());
        let dated = self.frame.written.is_some();
        item.role == Role::Actual
            && (gone && !self.frame.is_report || years && dated)
            && self.is_present(item)
    }

    /// What has happened does not last to a year to come: "giai đoạn 2021 - 2025" says nothing of it but in a report.
    pub(super) fn outlasts(&self, item: &Found, span: &Span) -> bool {
        let told = matches!(item.role, Role::Actual | Role::Change) && !self.frame.is_report;
        told && self.frame.written.as_ref().is_some_and(|w| {
            span.outlasts(w) || self.frame.is_plan && span.end > w.end && self.says_now(item)
        })
    }
}
