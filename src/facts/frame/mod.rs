//! Stage 5, frames: what a document says once for all its figures. In: the text, its head, its dates. Out: a
//! [`DocumentFrame`] with the place the document speaks of and the period it reports on, each with its evidence.
//!
//! "Tình hình kinh tế - xã hội năm 2016 - Cổng thông tin điện tử huyện Bố Trạch, Quảng Bình" over a page without any
//! administrative head: huyện Bố Trạch, 2016.

pub mod item;
pub mod place;
pub mod time;

use std::ops::Range;

use crate::claim::Work;
use crate::claim::date;
use crate::facts::head::Header;
use crate::record::{EvidenceBasis, Place};
use crate::structure::section::Outline;

/// Where something was read: shadow bytes and the part of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The words.
    pub range: Range<usize>,
    /// Whose words they are.
    pub basis: EvidenceBasis,
}

/// What a document says once for all.
#[derive(Debug, Clone, Default)]
pub struct DocumentFrame {
    /// The administrative unit it speaks of.
    pub place: Option<Place>,
    /// Where that was read.
    pub place_read: Option<Read>,
    /// What it reports on or plans for, an index into its dates.
    pub period: Option<usize>,
    /// Its own day: that of the head, else that on which the page was put out.
    pub day: Option<date::Day>,
}

impl DocumentFrame {
    /// Reads the frame of a document.
    pub fn read(work: &Work<'_>, outline: &[Outline], header: &Header, dates: &[date::Found]) -> Self {
        let day = time::day(header, dates, work);
        let (place, place_read) = place::read(work, outline, header, day).unzip();
        let period = time::period(work, header, dates);
        Self { place, place_read: place_read.flatten(), period, day }
    }
}
