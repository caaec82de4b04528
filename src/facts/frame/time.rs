//! The time a document speaks of: its own day, and the period it reports on or plans for.

use std::ops::Range;

use crate::claim::Work;
use crate::claim::date::{self, Day, Kind, Role};
use crate::facts::head::Header;
use crate::reader::MarkKind;

/// How far down the day stands on which a page was put out, in bytes.
const POSTED: usize = 1500;
/// How far down the first dates stand that tell the period of a text without a head, in bytes.
const OPENING: usize = 2500;

/// The document's own day: that of its head, else that on which the page was put out.
pub fn day(header: &Header, dates: &[date::Found], work: &Work<'_>) -> Option<Day> {
    let own = header.metadata.issue_date.as_deref().and_then(|iso| iso.parse::<Day>().ok());
    own.or_else(|| {
        let after = title(work).map_or(0, |t| t.end);
        let posted =
            dates.iter().take_while(|d| work.bytes(d.tokens.clone()).start < after + POSTED).find(|d| {
                let before = work.patterns.frames.posted.before(&work.tokens, d.tokens.start).is_some();
                let alone =
                    work.token(d.tokens.start).is_some_and(|t| t.gap >= crate::words::token::Gap::Line);
                d.kind == Kind::Day && d.role != Role::Reference && (before || alone)
            });
        posted.map(|d| d.start)
    })
}

fn title(work: &Work<'_>) -> Option<Range<usize>> {
    work.text.marks.iter().find(|m| m.kind == MarkKind::Title).map(|m| m.range.clone())
}

/// What a document reports on or plans for: the period its title names, else its headings and first sentences.
pub fn period(work: &Work<'_>, header: &Header, dates: &[date::Found]) -> Option<usize> {
    let at = |d: &date::Found| work.bytes(d.tokens.clone()).start;
    let covers = |d: &date::Found| d.kind != Kind::Day && !matches!(d.role, Role::Reference | Role::Issue);
    let in_range = |range: &Range<usize>| {
        let first = dates.partition_point(|d| at(d) < range.start);
        let own = dates.get(first..).unwrap_or(&[]).iter().take_while(|d| at(d) < range.end).position(covers);
        own.map(|n| first + n)
    };
    let titles = [header.subject_range.clone(), title(work)];
    let titled = titles.iter().flatten().find_map(in_range);
    titled.or_else(|| {
        let from = header.frame.header.as_ref().map_or(0, |h| h.end).max(title(work).map_or(0, |t| t.end));
        in_range(&(from..from + OPENING))
    })
}
