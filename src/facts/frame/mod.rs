//! Stage 5, frames: what a document says once for all its figures. In: the text, its head, its dates. Out: a
//! [`DocumentFrame`] with the place the document speaks of and the period it reports on, each with its evidence.
//!
//! "Tình hình kinh tế - xã hội năm 2016 - Cổng thông tin điện tử huyện Bố Trạch, Quảng Bình" over a page without any
//! administrative head: huyện Bố Trạch, 2016.

mod beside;
#[cfg(test)]
#[path = "documents/tests.rs"]
mod documents;
pub mod item;
mod label;
pub mod place;
pub mod spoken;
#[cfg(test)]
mod tests;
pub mod time;

use std::ops::Range;
use std::sync::Arc;

use crate::claim::Work;
use crate::claim::date::{self, Day};
use crate::facts::head::Header;
use crate::record::{EvidenceBasis, Place};
use crate::structure::section::Outline;
use time::Span;

/// Code of the document type báo cáo.
const REPORT: &str = "BC";

/// Whether a document of a type is a report: what it covers is over.
pub(super) fn is_report(doc_type: Option<&str>) -> bool {
    doc_type == Some(REPORT)
}

/// The dates of a document and the times it says by where it stands in time.
pub fn times(work: &Work<'_>, header: &Header, dates: &[date::Found]) -> Vec<date::Found> {
    let written = time::written(work, header, dates);
    // What it covers may itself be said so: "Du lịch 9 tháng" over a page of September.
    let first = spoken::with_spoken(work, dates, written.as_ref(), None);
    let (covered, _) = time::covered(work, header, &first, written.as_ref());
    spoken::with_spoken(work, dates, written.as_ref(), covered.as_ref())
}

/// Where something was read: shadow bytes and the part of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The words.
    pub range: Range<usize>,
    /// Whose words they are.
    pub basis: EvidenceBasis,
    /// The rule that read it: "place.document.head", "place.document.title_alone".
    pub rule: &'static str,
}

/// What a document says once for all.
#[derive(Debug, Clone, Default)]
pub struct DocumentFrame {
    /// The administrative unit it speaks of.
    pub place: Option<Arc<Place>>,
    /// Where that was read.
    pub place_read: Option<Read>,
    /// What it reports on or plans for.
    pub period: Option<Span>,
    /// The time that follows, where its title names two: "kết quả năm 2017, phương hướng năm 2018".
    pub ahead: Option<Span>,
    /// It is a report (báo cáo): what it covers is over.
    pub is_report: bool,
    /// It is a plan.
    pub is_plan: bool,
    /// Its own day, month or year.
    pub written: Option<Span>,
}

impl DocumentFrame {
    /// The day by which units are looked up: its own, else the last one it speaks of.
    pub fn day(&self) -> Option<Day> {
        self.written.as_ref().or(self.period.as_ref()).map(|w| w.end)
    }

    /// Reads the frame of a document.
    pub fn read(work: &Work<'_>, outline: &[Outline], header: &Header, dates: &[date::Found]) -> Self {
        let written = time::written(work, header, dates);
        let (period, ahead) = time::covered(work, header, dates, written.as_ref());
        // Units are those of its own day, or of the time it speaks of.
        let day = written.as_ref().or(period.as_ref()).map(|w| w.end);
        let (place, place_read) = place::read(work, outline, header, day).unzip();
        let is_report = is_report(header.metadata.doc_type.as_deref());
        let is_plan = time::is_plan(work, header);
        Self {
            place: place.map(Arc::new),
            place_read: place_read.flatten(),
            period,
            ahead,
            is_report,
            is_plan,
            written,
        }
    }
}
