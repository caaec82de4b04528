//! The place a document speaks of. A head says it by its issuer; a page without one by its title, its first lines, the
//! places it names most, and the way it speaks of itself: "toàn huyện", "UBND xã".

mod central;
mod minutes;
mod named;
mod stated;
mod survey;

use std::ops::Range;

use super::Read;
use crate::claim::Work;
use crate::claim::date::Day;
use crate::facts::head::Header;
use crate::record::{Basis, EvidenceBasis, Level, Metadata, Place};
use crate::structure::section::Outline;
use crate::words::lines::{is_bracketed, is_capitals, lines};
pub use named::{Named, country, named, place};

/// How much of the running text is looked at, in bytes.
const BODY: usize = 60_000;
/// What counts as the opening of a text without a head, in bytes.
const OPENING: usize = 900;
/// Longest first line that is a title, in bytes.
const TITLE: usize = 300;
/// Longest first line that names a newspaper, in bytes, and how many lines below it the title may stand.
const MASTHEAD: usize = 80;
const BELOW: usize = 3;
/// Marks between the name of a page and that of its site.
const SITE_MARKS: [&str; 3] = [" - ", " | ", " – "];
/// Longest gap between the names of one chain, in bytes: ", thành phố ".
const LINK: usize = 24;

/// The day on which districts came to an end (Nghị quyết 203/2025/QH15).
const NO_DISTRICTS: &str = "2025-07-01";

/// What a document's place was read from.
type Found = (Place, Option<Read>);

/// The document's place, and where it was read: what its head states; else the centre, where it speaks; else where minutes were
/// taken; else the unit that most speaks for; else what little a head says.
pub fn read(work: &Work<'_>, outline: &[Outline], header: &Header, day: Option<Day>) -> Option<Found> {
    if is_of_region(work, header) {
        return None;
    }
    if names_its_issuer(&header.metadata) && !is_newspaper(work, header) {
        return stated::read(work, header, day);
    }
    let date = day.map(|d| d.iso());
    let date = date.as_deref();
    if let Some(found) = central::read(work, header, date) {
        return Some(found);
    }
    let spoken = minutes::taken_at(work, date).or_else(|| survey::read(work, outline, header, date));
    match spoken {
        Some((named, read)) if named.level() == Level::Country => {
            Some((country(Basis::Document), Some(read)))
        }
        Some((named, read)) => {
            place(&work.patterns.places, named, date, Basis::Document).map(|place| (place, Some(read)))
        }
        None => {
            let of_metadata = || stated::of_metadata(&header.metadata).map(|place| (place, None));
            of_metadata().or_else(|| central::site(work).map(|read| (country(Basis::Document), Some(read))))
        }
    }
}

/// Whether the head names a province only as where it was signed.
fn sits_in_province(m: &Metadata) -> bool {
    let signed = m.province.as_ref().is_some_and(|p| p.basis.as_deref() == Some("place"));
    signed && m.district.is_none() && m.commune.is_none()
}

/// "BAN CHỈ ĐẠO TÂY NGUYÊN", or "Tình hình vùng Tây Bắc năm 2012" of a body that only sits in a province: whether a document is of a
/// region of several provinces and of no unit.
fn is_of_region(work: &Work<'_>, header: &Header) -> bool {
    let names = |part: &Range<usize>| {
        names_region(work, part)
            && named(&work.patterns.places, work.text.slice(part.clone()), None).is_empty()
    };
    let m = &header.metadata;
    let sits = sits_in_province(m);
    let body = || {
        !names_its_issuer(m) && first_line(work).is_some_and(|line| line.len() <= MASTHEAD && names(&line))
    };
    sits && header.subject_range.as_ref().is_some_and(names) || (sits || m.province.is_none()) && body()
}

/// Whether a part of the text names a region of several provinces.
fn names_region(work: &Work<'_>, part: &Range<usize>) -> bool {
    let mut tokens = work.token_at(part.start)..work.token_at(part.end);
    tokens.any(|i| work.patterns.frames.regions.at(&work.tokens, i).is_some())
}

/// Whether the body that the head names is what a newspaper says of itself.
fn is_newspaper(work: &Work<'_>, header: &Header) -> bool {
    header.issuer_range.as_ref().is_some_and(|issuer| {
        work.patterns.frames.organs.at(&work.tokens, work.token_at(issuer.start)).is_some()
    })
}

/// The next line that holds anything, where it is in capitals and at most so long.
fn capitals_below(work: &Work<'_>, line: &Range<usize>, most: usize) -> Option<Range<usize>> {
    let below = lines(work.text.s()).find(|l| l.start >= line.end && !l.is_empty())?;
    (below.len() <= most && is_capitals(work.text.slice(below.clone()))).then_some(below)
}

/// Whether there were districts when a document was written.
fn has_districts(date: Option<&str>) -> bool {
    date.is_none_or(|d| d < NO_DISTRICTS)
}

/// Whether the head names the unit whose document it is.
fn names_its_issuer(m: &Metadata) -> bool {
    let basis = m.province.as_ref().and_then(|p| p.basis.as_deref());
    matches!(basis, Some("issuer" | "place")) || m.commune.is_some() || m.district.is_some()
}

/// The title of a page, else what its document is about, else a short first line.
fn title_of(work: &Work<'_>, header: &Header) -> Option<Range<usize>> {
    let subject = || header.subject_range.clone();
    work.text.title().or_else(subject).or_else(|| first_line(work).filter(|l| l.len() <= TITLE))
}

/// The first line that holds anything but a note in brackets: "(Tài liệu Hội nghị tổng kết, tháng 4 năm 2007)".
fn first_line(work: &Work<'_>) -> Option<Range<usize>> {
    let mut told =
        lines(work.text.s()).filter(|l| !l.is_empty() && !is_bracketed(work.text.slice(l.clone())));
    let first = told.next()?;
    // "BÁO QUẢNG NINH", and on the next line "Số ra ngày 20/12/1998": the title stands below.
    let named = |line: &Range<usize>| {
        let at = work.token_at(line.start);
        work.patterns.frames.mastheads.at(&work.tokens, at).is_some()
    };
    let short = |line: &Range<usize>| line.len() <= MASTHEAD && is_capitals(work.text.slice(line.clone()));
    if !(named(&first) && short(&first)) {
        return Some(first);
    }
    let dated = |line: &Range<usize>| work.text.slice(line.clone()).contains(|c: char| c.is_ascii_digit());
    Some(told.take(BELOW).find(|line| !dated(line)).unwrap_or(first))
}

/// Evidence from a place of the text, and the rule that read it.
const fn seen(range: Range<usize>, basis: EvidenceBasis, rule: &'static str) -> Read {
    Read { range, basis, rule }
}
