//! The document's own day, month or year: in its head, else on the line that says when the page was put out, else where an
//! annex, minutes or news say theirs.

use std::ops::Range;

use super::{DATELINE, LEAD, OPENING, Span, TOP};
use crate::claim::Work;
use crate::claim::date::{Day, Found as Date, Kind, Role};
use crate::facts::head::Header;
use crate::reader::MarkKind;
use crate::record::EvidenceBasis;
use crate::words::token::Gap;

/// How far behind "Thời gian:" the day stands on which minutes were taken, in tokens.
const HELD: usize = 14;
/// Longest line of the day and the hour of a page, in bytes.
const STAMP: usize = 48;
/// How much may stand behind the line of place and day at the end of a text: who signed, in bytes.
const FOOT: usize = 160;
/// How far behind "Kèm theo" the date of the document stands, in tokens.
const ATTACHED: usize = 40;
/// Code of the document type biên bản.
const MINUTES: &str = "BB";

/// The document's own day, month or year, as far as it is written: in its head, else on the line that says when the page
/// was put out.
pub fn written(work: &Work<'_>, header: &Header, dates: &[Date]) -> Option<Span> {
    if let (Some(day), Some(range)) = (header.metadata.issue_date, header.date_range.clone()) {
        return Some(Span { start: day, end: day, range, basis: EvidenceBasis::Head });
    }
    // A head that tells no day may tell its month or year.
    if let Some(head) = header.date_range.clone()
        && let Some(date) = first_in(work, dates, &head)
    {
        let (start, end) = surely(work, date)?;
        return Some(Span { start, end, range: head, basis: EvidenceBasis::Head });
    }
    if let (Some(day), Some(range)) = (header.posted_date, header.posted.clone()) {
        return Some(Span { start: day, end: day, range, basis: EvidenceBasis::Heading });
    }
    attached(work, dates)
        .or_else(|| held(work, header, dates))
        .or_else(|| stamped(work, header, dates))
        .or_else(|| dateline(work, header, dates))
        .or_else(|| signed(work, header, dates))
        .or_else(|| event(work, header, dates))
}

/// The first date that begins within a range of bytes.
fn first_in<'d>(work: &Work<'_>, dates: &'d [Date], range: &Range<usize>) -> Option<&'d Date> {
    let at = |d: &Date| work.bytes(d.tokens.clone()).start;
    let first = dates.partition_point(|d| at(d) < range.start);
    dates.get(first).filter(|d| at(d) < range.end)
}

/// "Thời gian: 14h00, ngày 19/8/2014" in minutes.
fn held(work: &Work<'_>, header: &Header, dates: &[Date]) -> Option<Span> {
    if header.metadata.doc_type.as_deref() != Some(MINUTES) {
        return None;
    }
    let words = &work.patterns.frames.held;
    let last = work.token_at(OPENING);
    let day = |d: &&Date| {
        let near = d.tokens.start.saturating_sub(HELD)..d.tokens.start;
        d.kind == Kind::Day
            && d.role != Role::Reference
            && near.into_iter().any(|i| words.at(&work.tokens, i).is_some())
    };
    let date = dates.iter().take_while(|d| d.tokens.start < last).find(day)?;
    Some(of_date(work, date))
}

/// "Chiều ngày 06/12/2021, Bộ trưởng … đã chủ trì họp": news that bears no day begins with that of what it tells.
fn event(work: &Work<'_>, header: &Header, dates: &[Date]) -> Option<Span> {
    if header.frame.header.is_some() || header.metadata.doc_type.is_some() {
        return None;
    }
    let first =
        dates.iter().take_while(|d| work.bytes(d.tokens.clone()).end < LEAD).find(|d| d.kind == Kind::Day)?;
    let begins = |i: usize| {
        let token = work.token(i);
        i == 0
            || token.is_some_and(|t| t.gap >= Gap::Line)
            || work.token(i - 1).is_some_and(|t| t.is('.') || t.is('-') || t.is('–') || t.is(')'))
    };
    // "Chiều", "Sáng": a part of the day may stand before it.
    let part = first
        .tokens
        .start
        .checked_sub(1)
        .filter(|&i| work.token(i).is_some_and(|t| work.patterns.dates.day_parts.has(t)));
    let start = part.unwrap_or(first.tokens.start);
    let comma = work.token(first.tokens.end).is_some_and(|t| t.is(','));
    let own = first.role != Role::Reference && comma && begins(start);
    own.then(|| of_date(work, first))
}

/// "22 Tháng Giêng 2008 9:15:00 SA": a short line at the top of a page that begins with its day.
fn stamped(work: &Work<'_>, header: &Header, dates: &[Date]) -> Option<Span> {
    if header.frame.header.is_some() {
        return None;
    }
    let s = work.text.s();
    let alone = |d: &&Date| {
        let bytes = work.bytes(d.tokens.clone());
        let begins = work.token(d.tokens.start).is_some_and(|t| t.gap >= Gap::Line);
        let line = s.get(bytes.start..).map_or(0, |rest| rest.find('\n').unwrap_or(rest.len()));
        d.kind == Kind::Day && d.role != Role::Reference && begins && line <= STAMP
    };
    let date = dates.iter().take_while(|d| work.bytes(d.tokens.clone()).end < TOP).find(alone)?;
    Some(of_date(work, date))
}

/// "(Trình bày tại Hội nghị …, Đà Lạt, 14/11/2017)", "Phan Rang, tháng 3/2016": a short line at the top that ends with place
/// and day.
fn dateline(work: &Work<'_>, header: &Header, dates: &[Date]) -> Option<Span> {
    if header.frame.header.is_some() {
        return None;
    }
    let s = work.text.s();
    let is = |i: usize, mark: char| work.token(i).is_some_and(|t| t.is(mark));
    let ends = |d: &&Date| {
        let end = d.tokens.end + usize::from(is(d.tokens.end, ')'));
        let over = work.token(end).is_none_or(|t| t.gap >= Gap::Line);
        let comma = d.tokens.start.checked_sub(1).is_some_and(|i| is(i, ','));
        // "Biên bản tổng kết bầu cử …, nhiệm kỳ 2011 - 2016 (ngày 22/5/2011)"
        let bracket = end > d.tokens.end && d.tokens.start.checked_sub(1).is_some_and(|i| is(i, '('));
        let bytes = work.bytes(d.tokens.clone());
        let from = s.get(..bytes.start).and_then(|s| s.rfind('\n')).map_or(0, |n| n + 1);
        // The first line of a text is its title, however long.
        let title = d.kind == Kind::Day && s.get(..from).is_some_and(|above| above.trim().is_empty());
        let named = title || s.get(from..bytes.start).is_some_and(|line| line.len() <= DATELINE);
        let own = matches!(d.kind, Kind::Day | Kind::Month) && d.role != Role::Reference;
        own && over && named && (comma || title && bracket)
    };
    let date = dates.iter().take_while(|d| work.bytes(d.tokens.clone()).end < TOP).find(ends)?;
    Some(of_date(work, date))
}

/// "Hải Dương, tháng 10 năm 2012" on the last line of a text without a head.
fn signed(work: &Work<'_>, header: &Header, dates: &[Date]) -> Option<Span> {
    if header.frame.header.is_some() {
        return None;
    }
    let s = work.text.s();
    let last = dates.iter().rev().find(|d| d.role != Role::Reference)?;
    let bytes = work.bytes(last.tokens.clone());
    let from = s.get(..bytes.start)?.rfind('\n').map_or(0, |n| n + 1);
    let lead = s.get(from..bytes.start)?.trim_end();
    let own = matches!(last.kind, Kind::Day | Kind::Month)
        && lead.ends_with(',')
        && lead.len() <= STAMP
        && !lead.contains(|c: char| c.is_ascii_digit())
        && s.get(bytes.end..)?.len() <= FOOT
        && work.token(last.tokens.end).is_none_or(|t| t.gap >= Gap::Line);
    own.then(|| of_date(work, last))
}

/// "(Kèm theo Quyết định số 19/QĐ-UBND ngày 06/01/2020 …)" over an annex without a date: that of what it belongs to.
fn attached(work: &Work<'_>, dates: &[Date]) -> Option<Span> {
    let words = &work.patterns.frames.attached;
    let last = work.token_at(OPENING);
    let at = (0..last).find(|&i| words.at(&work.tokens, i).is_some())?;
    let first = dates.partition_point(|d| d.tokens.start < at);
    // "(Kèm theo Nghị quyết số     /NQ-CP ngày 01/01/2025)": a number left open makes no reference of it, but a day.
    let dated = |d: &&Date| d.role == Role::Reference || d.kind == Kind::Day;
    let date = dates.get(first).filter(dated).filter(|d| d.tokens.start - at <= ATTACHED)?;
    Some(of_date(work, date))
}

/// A date as far as recognition (OCR) is sure of it: what stands behind its last doubted word.
fn surely(work: &Work<'_>, date: &Date) -> Option<(Day, Day)> {
    let range = work.bytes(date.tokens.clone());
    let doubted = work.text.marks.iter().filter(|m| m.kind == MarkKind::Doubted);
    let within = doubted.filter(|m| m.range.start < range.end && m.range.end > range.start);
    let Some(from) = within.map(|m| m.range.end).max() else { return Some((date.start, date.end)) };
    let sure = work.text.s().get(from..range.end).unwrap_or("");
    let numbers = sure.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).count();
    let (year, month) = (date.start.year(), date.start.month());
    match numbers {
        0 => None,
        1 => Day::days_of_year(year),
        _ => Day::first_of(year, month).zip(Day::last_of(year, month)),
    }
}

/// A date as the time of a document that has no head to say it.
fn of_date(work: &Work<'_>, date: &Date) -> Span {
    let range = work.bytes(date.tokens.clone());
    Span { start: date.start, end: date.end, range, basis: EvidenceBasis::Heading }
}
