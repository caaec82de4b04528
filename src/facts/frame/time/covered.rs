//! What a document reports on or plans for: the period its title names, else its headings and first sentences, else the year
//! after the one it compares with.

use std::ops::Range;

use super::{OPENING, Span, TOP, is_plan};
use crate::claim::Work;
use crate::claim::date::Found as Date;
use crate::facts::frame::{is_report, item, spoken};
use crate::facts::head::Header;
use crate::words::lines::{is_bracketed, lines};

/// How many lines at the top may be titles.
const LINES: usize = 4;
/// Longest line that reads as a title, in bytes.
const LENGTH: usize = 300;

/// The reader of the document's period.
pub(super) struct Reading<'r, 'a> {
    pub(super) work: &'r Work<'a>,
    pub(super) dates: &'r [Date],
    pub(super) written: Option<&'r Span>,
    pub(super) is_report: bool,
    pub(super) is_plan: bool,
    /// It has no administrative head.
    pub(super) headless: bool,
    /// It may tell in its text on which time it reports.
    pub(super) tells: bool,
}

/// What a document reports on or plans for: the period its title names, else its headings and first sentences, else the
/// year after the one it compares with.
pub(in crate::facts::frame) fn covered(
    work: &Work<'_>,
    header: &Header,
    dates: &[Date],
    written: Option<&Span>,
) -> (Option<Span>, Option<Span>) {
    let acts = &work.patterns.frames.acts;
    let reading = Reading {
        work,
        dates,
        written,
        is_report: is_report(header.metadata.doc_type.as_deref()),
        is_plan: is_plan(work, header),
        headless: header.frame.header.is_none(),
        tells: header.metadata.doc_type.as_ref().is_none_or(|t| !acts.contains(t)),
    };
    let titles = titles(work, header);
    let behind = titles.iter().map(|t| t.end).max().unwrap_or(0);
    if let Some(days) = reading.days_under_title(&(0..behind + TOP)) {
        return (Some(days), None);
    }
    let mut periods = reading.of_titles(&titles, behind.max(posted(header)));
    if !periods.is_empty() {
        let second = if periods.len() > 1 { periods.pop() } else { None };
        return (periods.into_iter().next().map(|p| defined(work, dates, p)), second);
    }
    if let Some(moment) = titles.iter().find_map(|t| reading.of_data(t)) {
        return (Some(moment), None);
    }
    let head = header.frame.header.as_ref().map_or(0, |h| h.end);
    let from = head.max(work.text.title().map_or(0, |t| t.end)).max(behind);
    let opening = from..from + OPENING;
    let meeting = titles.iter().find_map(|t| reading.month_of_meeting(t, &opening));
    let told = meeting.or_else(|| reading.opening(&opening)).or_else(|| reading.month_told(&opening));
    let told = told.or_else(|| reading.counted_until(&opening)).or_else(|| reading.after_compared(&opening));
    let told = told.or_else(|| reading.own_year()).or_else(|| reading.of_today(from));
    let told = told.or_else(|| reading.of_event(from));
    (told, titles.iter().find_map(|t| reading.term_of_meeting(t)))
}

/// Where the line at the top ends that says when a page was put out: behind it, its text begins.
fn posted(header: &Header) -> usize {
    header.posted.as_ref().map(|p| p.end).filter(|&end| end < TOP).unwrap_or(0)
}

/// What names the subject of a document. A page says its title once more over its text; a text without any head begins with
/// it.
fn titles(work: &Work<'_>, header: &Header) -> Vec<Range<usize>> {
    let mut titles: Vec<Range<usize>> =
        header.subject_range.clone().into_iter().chain(work.text.title()).collect();
    let after = titles.iter().map(|t| t.end).max().filter(|_| header.frame.header.is_none());
    if after.is_some() || titles.is_empty() {
        titles.extend(first_lines(work.text.s(), after.unwrap_or(0)));
    }
    titles
}

impl Reading<'_, '_> {
    /// The periods of the first title that names one. `behind`: where the titles end.
    fn of_titles(&self, titles: &[Range<usize>], behind: usize) -> Vec<Span> {
        let mut periods = titles.iter().map(|t| self.titled(t)).find(|p| !p.is_empty()).unwrap_or_default();
        for told in [Self::longer, Self::so_far, Self::summed_up] {
            if let [only] = periods.as_slice()
                && let Some(told) = told(self, only, behind)
            {
                periods = vec![told];
            }
        }
        // "… khám tuyển nghĩa vụ quân sự năm 2018" on a page of 2017: its first sentence tells when.
        let ahead = |span: &Span| self.written.is_some_and(|w| span.start > w.end);
        if let Some(first) = periods.first_mut().filter(|p| ahead(p))
            && !self.is_plan
            && let Some(days) = self.of_months(&(behind..behind + OPENING))
        {
            *first = days;
        }
        if let Some(first) = periods.first_mut()
            && let Some(days) = self.days_of(first, behind)
        {
            *first = days;
        }
        // "tháng 9 và 9 tháng năm 2024": what is told without a time of its own is told of all the months.
        if let [month, months] = periods.as_slice()
            && months.end == month.end
            && months.start < month.start
        {
            periods.remove(0);
        }
        periods
    }
}

/// The days that the document says its months are: "6 tháng (từ ngày 01/10/2007 đến ngày 31/3/2008)".
fn defined(work: &Work<'_>, dates: &[Date], period: Span) -> Span {
    let months = item::months(period.start, period.end);
    match spoken::defined(work, dates).filter(|d| Some(d.months) == months) {
        Some(d) if d.start <= period.end && d.end >= period.start => {
            Span { start: d.start, end: d.end, ..period }
        }
        _ => period,
    }
}

/// The lines at the top that read as titles: short, and without the end of a sentence.
fn first_lines(s: &str, from: usize) -> Vec<Range<usize>> {
    let noted = |l: &Range<usize>| s.get(l.clone()).is_some_and(is_bracketed);
    let lines = lines(s).filter(|l| l.start >= from && !l.is_empty() && !noted(l));
    let short = |l: &Range<usize>| {
        let text = s.get(l.clone()).unwrap_or("");
        l.len() <= LENGTH && !text.contains(". ") && !text.ends_with(['.', ';'])
    };
    lines.take(LINES).take_while(short).collect()
}
