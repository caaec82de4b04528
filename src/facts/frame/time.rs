//! The time a document speaks of: its own day as far as it is written, and the period it reports on or plans for.
//!
//! "Tình hình kinh tế - xã hội 6 tháng đầu năm 2019" over a page put out on 10/7/2019: 2019-01-01 to 2019-06-30.

use std::ops::Range;

use smol_str::SmolStr;

use super::spoken::{self, SPOKEN};
use crate::claim::Work;
use crate::claim::date::{self, Day, Kind, Role};
use crate::facts::head::Header;
use crate::patterns::dates::Cue;
use crate::patterns::frames::Means;
use crate::reader::MarkKind;
use crate::record::EvidenceBasis;
use crate::words::token::{Gap, Kind as TokenKind};

/// How far down the first dates stand that tell the period of a text without a head, in bytes.
const OPENING: usize = 2500;

/// How far back the beginning of a sentence is looked for, in tokens.
const SENTENCE: usize = 80;
/// Shortest and longest span of days that a text opens with, in days.
const WEEKS: i32 = 14;
const CAMPAIGN: i32 = 200;
/// Shortest span of days that the first sentences of a page tell of, and how long before its day it may have ended.
const DAYS: i32 = 5;
const JUST_OVER: i32 = 15;
/// How far behind the beginning of its line such a span stands, in tokens.
const LEADS: usize = 2;
/// How far behind "Thời gian:" the day stands on which minutes were taken, in tokens.
const HELD: usize = 14;
/// Longest line under a title that ends with the day of a text, in bytes.
const DATELINE: usize = 260;
/// How far down such lines stand, in bytes.
const TOP: usize = 1200;

/// How far before its month a meeting stands, in tokens.
const MEETING: usize = 8;
/// How far behind a year the figure stands that it is the time of, in tokens.
const OF_FIGURE: usize = 3;
/// How far before its year an aim is said, in tokens.
const AIM: usize = 6;
/// How long a number is that counts next to nothing, in bytes.
const SMALL: usize = 1;
/// So many figures before a time make it that of a later topic.
const FIGURES: usize = 5;
/// Up to this month a page may sum up the year before.
const SUMMED_UP: u8 = 3;
/// How long the first sentences of a text are in which a longer time than its title's is looked for, in bytes.
const LEAD: usize = 500;
/// How far behind the beginning of its line a bracket of years stands: "Trong 5 năm (2015 - 2020), …", in tokens.
const YEARS_LEAD: usize = 6;
/// How far before a year the words stand that compare with it, in tokens.
const VERSUS: usize = 5;
/// How far before a span of years the paper or policy stands whose it is, in tokens.
const PAPER: usize = 16;
/// How far behind "Kèm theo" the date of the document stands, in tokens.
const ATTACHED: usize = 40;

/// Up to this month a text may tell of the year before as of one that has just ended.
const FIRST_MONTHS: u8 = 2;

/// Code of the document type biên bản.
const MINUTES: &str = "BB";

/// Whether a document is a plan by its type.
pub fn is_plan(work: &Work<'_>, header: &Header) -> bool {
    let plans = &work.patterns.indicators.plan_types;
    header.metadata.doc_type.as_ref().is_some_and(|t| plans.contains(t))
}

/// A stretch of time and the words that gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub start: Day,
    /// Last day.
    pub end: Day,
    /// The words, in shadow bytes.
    pub range: Range<usize>,
    /// Whose words they are.
    pub basis: EvidenceBasis,
}

impl Span {
    /// A span of years that ends in a later one than another ends.
    pub fn outlasts(&self, written: &Self) -> bool {
        self.start.year() < self.end.year() && self.end.year() > written.end.year()
    }
}

/// The document's own day, month or year, as far as it is written: in its head, else on the line that says when the page
/// was put out.
pub fn written(work: &Work<'_>, header: &Header, dates: &[date::Found]) -> Option<Span> {
    if let (Some(day), Some(range)) = (header.metadata.issue_date, header.date_range.clone()) {
        return Some(Span { start: day, end: day, range, basis: EvidenceBasis::Head });
    }
    if let Some(head) = header.date_range.clone() {
        let at = |d: &date::Found| work.bytes(d.tokens.clone()).start;
        let first = dates.partition_point(|d| at(d) < head.start);
        let found = dates.get(first).filter(|d| at(d) < head.end);
        if let Some(date) = found {
            let (start, end) = surely(work, date)?;
            return Some(Span { start, end, range: head, basis: EvidenceBasis::Head });
        }
    }
    if let (Some(day), Some(range)) = (header.posted_date, header.posted.clone()) {
        return Some(Span { start: day, end: day, range, basis: EvidenceBasis::Heading });
    }
    attached(work, dates)
        .or_else(|| held(work, header, dates))
        .or_else(|| dateline(work, header, dates))
        .or_else(|| event(work, header, dates))
}

/// "Thời gian: 14h00, ngày 19/8/2014" in minutes.
fn held(work: &Work<'_>, header: &Header, dates: &[date::Found]) -> Option<Span> {
    if header.metadata.doc_type.as_deref() != Some(MINUTES) {
        return None;
    }
    let words = &work.patterns.frames.held;
    let last = work.token_at(OPENING);
    let day = |d: &&date::Found| {
        let near = d.tokens.start.saturating_sub(HELD)..d.tokens.start;
        d.kind == Kind::Day
            && d.role != Role::Reference
            && near.into_iter().any(|i| words.at(&work.tokens, i).is_some())
    };
    let date = dates.iter().take_while(|d| d.tokens.start < last).find(day)?;
    let range = work.bytes(date.tokens.clone());
    Some(Span { start: date.start, end: date.end, range, basis: EvidenceBasis::Heading })
}

/// "Chiều ngày 06/12/2021, Bộ trưởng … đã chủ trì họp": news that bears no day begins with that of what it tells.
fn event(work: &Work<'_>, header: &Header, dates: &[date::Found]) -> Option<Span> {
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
    let range = work.bytes(first.tokens.clone());
    own.then_some(Span { start: first.start, end: first.end, range, basis: EvidenceBasis::Heading })
}

/// "(Trình bày tại Hội nghị …, Đà Lạt, 14/11/2017)", "Phan Rang, tháng 3/2016": a short line at the top that ends with place
/// and day.
fn dateline(work: &Work<'_>, header: &Header, dates: &[date::Found]) -> Option<Span> {
    if header.frame.header.is_some() {
        return None;
    }
    let s = work.text.s();
    let is = |i: usize, mark: char| work.token(i).is_some_and(|t| t.is(mark));
    let ends = |d: &&date::Found| {
        let end = d.tokens.end + usize::from(is(d.tokens.end, ')'));
        let over = work.token(end).is_none_or(|t| t.gap >= Gap::Line);
        let comma = d.tokens.start.checked_sub(1).is_some_and(|i| is(i, ','));
        let bytes = work.bytes(d.tokens.clone());
        let from = s.get(..bytes.start).and_then(|s| s.rfind('\n')).map_or(0, |n| n + 1);
        let named = s.get(from..bytes.start).is_some_and(|line| line.len() <= DATELINE);
        matches!(d.kind, Kind::Day | Kind::Month) && d.role != Role::Reference && over && comma && named
    };
    let date = dates.iter().take_while(|d| work.bytes(d.tokens.clone()).end < TOP).find(ends)?;
    let range = work.bytes(date.tokens.clone());
    Some(Span { start: date.start, end: date.end, range, basis: EvidenceBasis::Heading })
}

/// "(Kèm theo Quyết định số 19/QĐ-UBND ngày 06/01/2020 …)" over an annex without a date: that of what it belongs to.
fn attached(work: &Work<'_>, dates: &[date::Found]) -> Option<Span> {
    let words = &work.patterns.frames.attached;
    let last = work.token_at(OPENING);
    let at = (0..last).find(|&i| words.at(&work.tokens, i).is_some())?;
    let first = dates.partition_point(|d| d.tokens.start < at);
    // "(Kèm theo Nghị quyết số     /NQ-CP ngày 01/01/2025)": a number left open makes no reference of it, but a day.
    let dated = |d: &&date::Found| d.role == Role::Reference || d.kind == Kind::Day;
    let date = dates.get(first).filter(dated).filter(|d| d.tokens.start - at <= ATTACHED)?;
    let range = work.bytes(date.tokens.clone());
    Some(Span { start: date.start, end: date.end, range, basis: EvidenceBasis::Heading })
}

/// A date as far as recognition (OCR) is sure of it: what stands behind its last doubted word.
fn surely(work: &Work<'_>, date: &date::Found) -> Option<(Day, Day)> {
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

/// The month or day of the head in the Extended Date/Time Format: `2026-06` of "ngày … tháng 6 năm 2026".
pub fn edtf(span: &Span) -> Option<SmolStr> {
    let (start, end) = (span.start, span.end);
    if span.basis != EvidenceBasis::Head {
        return None;
    }
    let iso = start.iso();
    if start == end {
        return Some(iso);
    }
    if start.year() == end.year() && start.month() == end.month() {
        return iso.get(..7).map(SmolStr::new);
    }
    (start.year() == end.year()).then(|| iso.get(..4).map(SmolStr::new)).flatten()
}

/// The reader of the document's period.
struct Reading<'r, 'a> {
    work: &'r Work<'a>,
    dates: &'r [date::Found],
    written: Option<&'r Span>,
    is_report: bool,
    is_plan: bool,
    /// It has no administrative head.
    headless: bool,
    /// It may tell in its text on which time it reports.
    tells: bool,
}

/// What a document reports on or plans for: the period its title names, else its headings and first sentences, else the
/// year after the one it compares with.
pub fn covered(
    work: &Work<'_>,
    header: &Header,
    dates: &[date::Found],
    written: Option<&Span>,
) -> (Option<Span>, Option<Span>) {
    let is_report = super::is_report(header);
    let is_plan = is_plan(work, header);
    let acts = &work.patterns.frames.acts;
    let tells = header.metadata.doc_type.as_ref().is_none_or(|t| !acts.contains(t));
    let headless = header.frame.header.is_none();
    let reading = Reading { work, dates, written, is_report, is_plan, headless, tells };
    let title = work.text.title();
    let named: Vec<Range<usize>> = header.subject_range.clone().into_iter().chain(title.clone()).collect();
    let after = named.iter().map(|t| t.end).max().filter(|_| header.frame.header.is_none());
    let mut titles = named;
    // A page says its title once more over its text; a text without any head begins with it.
    if after.is_some() || titles.is_empty() {
        titles.extend(first_lines(work.text.s(), after.unwrap_or(0)));
    }
    let mut periods = titles.iter().map(|t| reading.titled(t)).find(|p| !p.is_empty()).unwrap_or_default();
    let behind = titles.iter().map(|t| t.end).max().unwrap_or(0);
    for told in [Reading::longer, Reading::so_far, Reading::summed_up] {
        if let [only] = periods.as_slice()
            && let Some(told) = told(&reading, only, behind)
        {
            periods = vec![told];
        }
    }
    // "tháng 9 và 9 tháng năm 2024": what is told without a time of its own is told of all the months.
    if let [month, months] = periods.as_slice()
        && months.end == month.end
        && months.start < month.start
    {
        periods.remove(0);
    }
    if !periods.is_empty() {
        let second = if periods.len() > 1 { periods.pop() } else { None };
        return (periods.into_iter().next().map(|p| defined(work, dates, p)), second);
    }
    let from = header.frame.header.as_ref().map_or(0, |h| h.end).max(title.map_or(0, |t| t.end));
    let from = from.max(behind);
    let opening = from..from + OPENING;
    let told = reading.opening(&opening).or_else(|| reading.after_compared(&opening));
    (told.or_else(|| reading.only_year()), titles.iter().find_map(|t| reading.term_of_meeting(t)))
}

/// How many days lie between the first and the last of a date, of months of thirty.
fn span_days(date: &date::Found) -> i32 {
    days_between(date.start, date.end)
}

/// How many days lie between two, of months of thirty.
fn days_between(from: Day, to: Day) -> i32 {
    let day = |d: Day| i32::from(d.year()) * 360 + i32::from(d.month()) * 30 + i32::from(d.day());
    day(to) - day(from)
}

/// The days that the document says its months are: "6 tháng (từ ngày 01/10/2007 đến ngày 31/3/2008)".
fn defined(work: &Work<'_>, dates: &[date::Found], period: Span) -> Span {
    let months = super::item::months(period.start, period.end);
    match spoken::defined(work, dates).filter(|d| Some(d.months) == months) {
        Some(d) if d.start <= period.end && d.end >= period.start => {
            Span { start: d.start, end: d.end, ..period }
        }
        _ => period,
    }
}

/// The lines at the top that read as titles: short, and without the end of a sentence.
fn first_lines(s: &str, from: usize) -> Vec<Range<usize>> {
    const LINES: usize = 4;
    const LENGTH: usize = 300;
    let lines = crate::words::lines::lines(s).filter(|l| l.start >= from && !l.is_empty());
    let short = |l: &Range<usize>| {
        let text = s.get(l.clone()).unwrap_or("");
        l.len() <= LENGTH && !text.contains(". ") && !text.ends_with(['.', ';'])
    };
    lines.take(LINES).take_while(short).collect()
}

impl Reading<'_, '_> {
    fn at(&self, date: &date::Found) -> usize {
        self.work.bytes(date.tokens.clone()).start
    }

    fn within(&self, range: &Range<usize>) -> &[date::Found] {
        let first = self.dates.partition_point(|d| self.at(d) < range.start);
        let last = self.dates.partition_point(|d| self.at(d) < range.end);
        self.dates.get(first..last).unwrap_or(&[])
    }

    fn span(&self, date: &date::Found, basis: EvidenceBasis) -> Span {
        let now = self.written.map(|w| w.end).filter(|&end| self.goes_on(date) && end > date.start);
        let end = now.unwrap_or(date.end);
        // "Tính đến hết tháng 9/2018, …": the months up to that.
        let until = &self.work.patterns.frames.until_month;
        let over = self.written.is_none_or(|w| date.start <= w.end);
        let months =
            over && date.kind == Kind::Month && until.before(&self.work.tokens, date.tokens.start).is_some();
        let first = if months { Day::first_of(date.start.year(), 1) } else { None };
        Span { start: first.unwrap_or(date.start), end, range: self.work.bytes(date.tokens.clone()), basis }
    }

    /// "từ năm 2009 cho tới nay": the date is where it began.
    fn goes_on(&self, date: &date::Found) -> bool {
        let words = &self.work.patterns.frames;
        words.until_now.at(&self.work.tokens, date.tokens.end).is_some()
            && words.starts_span.before(&self.work.tokens, date.tokens.start).is_some()
    }

    /// A period of its own: no day, no other document's date, nothing that is only compared with.
    fn covers(&self, date: &date::Found) -> bool {
        let terms = &self.work.patterns.frames.terms;
        let (tokens, start) = (&self.work.tokens, date.tokens.start);
        // Of what is said by where it stands only months tell what a text is about, not "cuối năm".
        let aside = [Means::SinceStart, Means::LastYear, Means::NextYear, Means::RestOfYear];
        let aside =
            self.work.patterns.frames.spoken.at(tokens, start).is_some_and(|(_, m)| aside.contains(m));
        let years = date.start.year() < date.end.year();
        let spoken = date.inferred == Some(SPOKEN) && (date.kind != Kind::Interval || aside || years);
        let of_others = matches!(date.role, Role::Reference | Role::Issue);
        let other = spoken || of_others || self.compared(date) || self.of_meeting(date);
        let goes_on = self.written.is_none() && self.goes_on(date);
        date.kind != Kind::Day
            && !other
            && !goes_on
            && !self.of_event_month(date)
            && self.work.patterns.frames.middles.before(tokens, start).is_none()
            && terms.at(tokens, start).is_none()
            && self.work.patterns.frames.vision.before(tokens, start).is_none()
    }

    /// "Đầu tháng 6, Ban Chỉ đạo họp …": the month in which something was held, at the beginning of a sentence.
    fn of_event_month(&self, date: &date::Found) -> bool {
        let comma = self.work.token(date.tokens.end).is_some_and(|t| t.is(','));
        date.kind == Kind::Month && date.inferred.is_some() && comma && self.opens_by_point(date)
    }

    /// "Đầu tháng 6, …", "Cuối năm 2025, …": a sentence begins with the point of a time.
    fn opens_by_point(&self, date: &date::Found) -> bool {
        let start = date.tokens.start;
        let point = self.work.patterns.frames.event_months.before(&self.work.tokens, start);
        point.is_some_and(|(n, ())| self.begins_sentence(start - n))
    }

    fn compared(&self, date: &date::Found) -> bool {
        let (words, tokens) = (&self.work.patterns.indicators.compared, &self.work.tokens);
        let versus = &self.work.patterns.frames.versus;
        let plain = |i: &usize| self.work.token(*i).is_some_and(|t| t.kind == TokenKind::Word);
        let near = (date.tokens.start.saturating_sub(VERSUS)..date.tokens.start).rev().take_while(plain);
        // "cao hơn vụ hành năm 2012"
        let versus =
            date.kind == Kind::Year && near.into_iter().any(|i| versus.before(tokens, i + 1).is_some());
        // "số hộ nghèo của năm 2021" in January: what the year before had.
        let of = |i: usize| self.work.patterns.particles.of.has(self.work.word(i));
        let just_over = || {
            date.kind == Kind::Year
                && self
                    .written
                    .is_some_and(|w| date.end.year() + 1 == w.start.year() && w.start.month() <= FIRST_MONTHS)
        };
        let start = date.tokens.start;
        let had = |n: usize| n == 1 && of(start - n) && just_over();
        versus || words.before(tokens, start).is_some_and(|(n, ())| !had(n))
    }

    /// The periods of a title, first and last; a bare year counts there.
    fn titled(&self, title: &Range<usize>) -> Vec<Span> {
        let dates = self.within(title);
        let own: Vec<Span> =
            dates.iter().filter(|d| self.covers(d)).map(|d| self.span(d, EvidenceBasis::Title)).collect();
        if !own.is_empty() {
            return own;
        }
        // "Thiệt hại do bão số 9 (tính đến 16 giờ ngày 02/10/2009)".
        let cues = &self.work.patterns.dates.cues;
        let until = |d: &date::Found| {
            let cue = cues.before(&self.work.tokens, d.tokens.start).map(|(_, cue)| *cue);
            cue == Some(Cue::Until) && self.work.token(d.tokens.end).is_none_or(|t| t.gap >= Gap::Line)
        };
        // "Tình hình phát triển cụm công nghiệp đến 31/12/2017".
        let as_of = dates.iter().filter(|d| d.kind == Kind::Day && (d.role == Role::AsOf || until(d)));
        let as_of: Vec<Span> = as_of.take(1).map(|d| self.span(d, EvidenceBasis::Title)).collect();
        if !as_of.is_empty() {
            return as_of;
        }
        let tokens = self.work.token_at(title.start)..self.work.token_at(title.end);
        let taken = |i: usize| dates.iter().any(|d| d.tokens.contains(&i));
        let year = |i: usize| {
            let token = self.work.token(i).filter(|t| t.kind == TokenKind::Number && t.bytes() == 4)?;
            let glued =
                self.work.token(i + 1).is_some_and(|t| t.gap == Gap::Glued && (t.is('/') || t.is('-')));
            let year = self.work.word(i).parse::<u16>().ok().filter(|y| (1945..2100).contains(y))?;
            let open = !taken(i) && !glued && token.gap != Gap::Glued;
            let range = self.work.bytes(i..i + 1);
            open.then_some(())?;
            let (start, end) = Day::days_of_year(year)?;
            Some(Span { start, end, range, basis: EvidenceBasis::Title })
        };
        let years: Vec<Span> = tokens.clone().filter_map(year).take(1).collect();
        if !years.is_empty() {
            return years;
        }
        // "Chỉ tiêu của nhiệm kỳ 2015 - 2020": a term of office where the title names no other time; not in the title of a meeting
        // of its council.
        let whole = dates.iter().filter(|d| d.kind != Kind::Day && d.role != Role::Reference);
        whole
            .filter(|_| !tokens.clone().any(|i| self.meets(i)))
            .take(1)
            .map(|d| self.span(d, EvidenceBasis::Title))
            .collect()
    }

    /// "Đại hội đại biểu Đảng bộ xã A nhiệm kỳ 2025 - 2030": the term that such a meeting plans for.
    fn term_of_meeting(&self, title: &Range<usize>) -> Option<Span> {
        let words = &self.work.patterns.frames;
        let tokens = self.work.token_at(title.start)..self.work.token_at(title.end);
        let meets = tokens.into_iter().any(|i| words.congresses.at(&self.work.tokens, i).is_some());
        let term = |d: &&date::Found| d.end.year() > d.start.year() && d.role != Role::Reference;
        let date = self.within(title).iter().find(term).filter(|_| meets)?;
        Some(self.span(date, EvidenceBasis::Title))
    }

    /// The first of the first periods of the opening that fits the document's own day.
    fn opening(&self, range: &Range<usize>) -> Option<Span> {
        if !self.tells {
            return None;
        }
        if let Some(span) = self.opens_with(range) {
            return Some(span);
        }
        let whole = |d: &date::Found| {
            d.kind != Kind::Interval
                || d.start.month() != d.end.month()
                || d.start.year() != d.end.year()
                || self.is_just_over(d)
        };
        let own = self.within(range).iter();
        let own = own.filter(|d| {
            self.covers(d)
                && (self.is_report || whole(d))
                && !self.in_grounds(d)
                && self.fits(d)
                && !self.aside(d)
                && !self.of_one_figure(d)
                && !self.only_begins(d)
                && !self.behind_figures(d, range)
                && !self.of_paper(d)
                && !self.aimed(d)
                && (!self.of_noun(d) || self.is_just_over(d))
                && !self.is_past_year(d)
                && !self.ends_past_year(d)
                && !self.is_listed_year(d)
        });
        // "Quy hoạch tỉnh thời kỳ 2021 - 2030" in a letter names another paper; a plan may be for such a time.
        let ahead = |span: &Span, w: &Span| span.outlasts(w) || span.start.year() > w.end.year();
        let past = |span: &Span| self.is_plan || self.written.is_none_or(|w| !ahead(span, w));
        own.map(|d| self.span(d, EvidenceBasis::Body)).find(past)
    }

    /// "thiệt hại do mưa lũ từ ngày 07/10 đến ngày 19/10/2020" in the first sentences of a page of the day after: the days that it tells
    /// of.
    fn is_just_over(&self, date: &date::Found) -> bool {
        let near =
            self.written.is_some_and(|w| date.end <= w.end && days_between(date.end, w.end) <= JUST_OVER);
        near && span_days(date) >= DAYS && self.at(date) < LEAD
    }

    /// "Từ ngày 04/11 đến ngày 29/11/2024, … tổ chức chiến dịch", "Sau ba tháng (01/7 - 30/9/2025), …": the first time of a
    /// text is a span of days that its first sentence begins with, or that a bracket of its own tells.
    fn opens_with(&self, range: &Range<usize>) -> Option<Span> {
        let is = |i: usize, mark: char| self.work.token(i).is_some_and(|t| t.is(mark));
        let own = |d: &&date::Found| {
            let line = d.kind == Kind::Day && d.role != Role::AsOf && !self.in_line(d);
            d.role != Role::Reference && d.inferred != Some(SPOKEN) && !line
        };
        let date = self.within(range).iter().find(own)?;
        // "(tính đến 16 giờ ngày 02/10/2009)" ends a line of the title.
        let ends = self.work.token(date.tokens.end + 1).is_none_or(|t| t.gap >= Gap::Line);
        if date.role == Role::AsOf && date.kind == Kind::Day && is(date.tokens.end, ')') && ends {
            return Some(self.span(date, EvidenceBasis::Body));
        }
        let date = Some(date).filter(|d| d.kind == Kind::Interval && self.covers(d))?;
        let days = (WEEKS..=CAMPAIGN).contains(&span_days(date));
        let years = || {
            date.start.year() < date.end.year()
                && self.line_start(date.tokens.start) + YEARS_LEAD >= date.tokens.start
        };
        let comma =
            is(date.tokens.end, ',') && self.line_start(date.tokens.start) + LEADS >= date.tokens.start;
        let bracket = date.tokens.start > 0
            && is(date.tokens.start - 1, '(')
            && is(date.tokens.end, ')')
            && is(date.tokens.end + 1, ',');
        let past = self.written.is_none_or(|w| date.end <= w.end && date.end.year() + 1 >= w.start.year());
        (past && (days && (comma || bracket) || bracket && years()))
            .then(|| self.span(date, EvidenceBasis::Body))
    }

    /// Whether a date stands in a line of prose, not on one of its own like that of the day of a page.
    fn in_line(&self, date: &date::Found) -> bool {
        let bytes = self.work.bytes(date.tokens.clone());
        let s = self.work.text.s();
        let from = s.get(..bytes.start).and_then(|s| s.rfind('\n')).map_or(0, |n| n + 1);
        let to = s.get(bytes.end..).and_then(|s| s.find('\n')).map_or(s.len(), |n| bytes.end + n);
        to - from > DATELINE
    }

    /// "… bức tranh kinh tế quý III" over "… 9 tháng qua tình hình kinh tế - xã hội …": the first sentence of a text without a
    /// head tells the longer time that ends with the quarter of its title.
    fn longer(&self, title: &Span, from: usize) -> Option<Span> {
        let quarter = title.start.year() == title.end.year()
            && title.end.month() == title.start.month() + 2
            && title.start.month() > 1;
        if !quarter || self.is_report || self.is_plan {
            return None;
        }
        let year = title.end.year();
        let first = self.work.token_at(from);
        let last = self.work.token_at(from + LEAD);
        let words = &self.work.patterns.frames.month_words;
        let count = title.end.month();
        // "9 tháng", told without its year.
        let told = (first..last.min(self.work.tokens.len())).find(|&i| {
            self.is_number(i)
                && self.work.word(i).parse::<u8>().is_ok_and(|n| n == count)
                && words.before(&self.work.tokens, i + 2).is_some()
        })?;
        let range = self.work.bytes(told..told + 2);
        let (start, end) = (Day::first_of(year, 1)?, Day::last_of(year, count)?);
        Some(Span { start, end, range, basis: EvidenceBasis::Body })
    }

    /// The one whole year in the title of a text without a head that is no plan and may tell in its text on which time it reports.
    fn year_told(&self, title: &Span) -> Option<u16> {
        let year = title.end.year();
        let whole = Day::days_of_year(year) == Some((title.start, title.end));
        (whole && self.headless && !self.is_plan && self.tells).then_some(year)
    }

    /// "Thu ngân sách năm 1999: chặng nước rút" over "10 tháng, toàn tỉnh thu …", put out in November: the months that were over.
    fn so_far(&self, title: &Span, from: usize) -> Option<Span> {
        let year = self.year_told(title)?;
        let written = self.written.filter(|w| w.end < title.end && w.end.year() == year)?;
        let told = |d: &&date::Found| {
            self.covers(d)
                && d.start == title.start
                && d.end <= written.end
                && d.end.month() > 1
                && Day::last_of(year, d.end.month()) == Some(d.end)
        };
        let found = self.within(&(from..from + LEAD)).iter().find(told)?;
        Some(self.span(found, EvidenceBasis::Body))
    }

    /// "Hội nghị cán bộ, viên chức năm 2024" over "… tổng kết công tác năm 2023", put out in January 2024: the year that was summed up.
    fn summed_up(&self, title: &Span, from: usize) -> Option<Span> {
        let year = self.year_told(title)?;
        self.written.filter(|w| w.end.year() == year && w.end.month() <= SUMMED_UP)?;
        let told = |d: &&date::Found| {
            d.kind == Kind::Year
                && d.start.year() + 1 == year
                && self
                    .words_before(d, AIM)
                    .any(|i| self.work.patterns.frames.sums_up.at(&self.work.tokens, i).is_some())
        };
        let found = self.within(&(from..from + LEAD)).iter().find(told)?;
        Some(self.span(found, EvidenceBasis::Body))
    }

    /// A time told behind many figures of earlier paragraphs is that of its own topic: "Trong chỉ đạo, điều hành, 11 tháng năm
    /// 2023 …".
    fn behind_figures(&self, date: &date::Found, opening: &Range<usize>) -> bool {
        if self.is_report || self.is_plan || !self.headless {
            return false;
        }
        let line = self.line_start(date.tokens.start);
        let first = self.work.token_at(opening.start);
        let dated = |i: usize| {
            let next = self.dates.partition_point(|d| d.tokens.end <= i);
            self.dates.get(next).is_some_and(|d| d.tokens.contains(&i))
        };
        let figure = |i: &usize| self.is_number(*i) && !dated(*i);
        (first..line).filter(figure).nth(FIGURES).is_some()
    }

    /// "Phiên họp UBND tỉnh tháng 9: …": the month of a meeting is not what it was told of.
    fn of_meeting(&self, date: &date::Found) -> bool {
        date.kind == Kind::Month && self.words_before(date, MEETING).any(|i| self.meets(i))
    }

    /// Whether a meeting is named at a token.
    fn meets(&self, i: usize) -> bool {
        let (words, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        words.meetings.at(tokens, i).is_some() || words.congresses.at(tokens, i).is_some()
    }

    /// "Từ những năm 2013, huyện bắt đầu …": where something began.
    fn only_begins(&self, date: &date::Found) -> bool {
        let words = &self.work.patterns.frames;
        let from = words.starts_span.before(&self.work.tokens, date.tokens.start).is_some();
        date.kind == Kind::Year && from && !self.is_report
    }

    /// "Dân số đến tháng 10/2013 là 12.318 người": up to when one thing was counted.
    fn of_noun(&self, date: &date::Found) -> bool {
        let from = self.words_before(date, AIM).last().unwrap_or(date.tokens.start);
        let told = self.tells_figure(date);
        let cue =
            self.work.patterns.dates.cues.before(&self.work.tokens, date.tokens.start).map_or(0, |(n, _)| n);
        let noun = date.tokens.start - from > cue;
        // "Theo Phòng Nông nghiệp, tính đến hết tháng 8/2014 diện tích …".
        let first = date.tokens.start - cue;
        let comma = |i: usize| self.work.token(i).is_some_and(|t| t.is(','));
        let amid = first > 0 && comma(first - 1) && !comma(date.tokens.end);
        self.headless && !self.is_report && date.role == Role::AsOf && cue > 0 && (noun && told || amid)
    }

    /// "Thủ tướng đặt mục tiêu đến năm 2025, 100% …", "Hai tháng cuối năm, tỉnh đặt mục tiêu thêm 12 xã": the time of an aim within
    /// a text that is no plan.
    fn aimed(&self, date: &date::Found) -> bool {
        let aims = &self.work.patterns.clauses.aims;
        let aim = |i: usize| aims.at(&self.work.tokens, i).is_some();
        let opens = || {
            let comma = self.work.token(date.tokens.end).is_some_and(|t| t.is(','));
            let behind = date.tokens.end + 1..date.tokens.end + 1 + AIM;
            comma && behind.into_iter().take_while(|&i| !self.is_number(i)).any(aim)
        };
        let year = date.kind == Kind::Year;
        !self.is_plan && (year && self.words_before(date, AIM).any(aim) || !year && opens())
    }

    /// The words of its line right before a date, the nearest first, at most so many.
    fn words_before(&self, date: &date::Found, most: usize) -> impl Iterator<Item = usize> {
        let near = date.tokens.start.saturating_sub(most)..date.tokens.start;
        near.rev().take_while(|&i| {
            self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word && t.gap < Gap::Line)
        })
    }

    /// Whether a figure stands right behind a date.
    fn tells_figure(&self, date: &date::Found) -> bool {
        (date.tokens.end..date.tokens.end + OF_FIGURE).any(|i| self.is_number(i))
    }

    fn is_number(&self, i: usize) -> bool {
        self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number)
    }

    /// "… ban hành nhiều chính sách hỗ trợ giai đoạn 2016 - 2020": within a sentence of a text that is no report the years are
    /// those of the paper.
    fn of_paper(&self, date: &date::Found) -> bool {
        if self.is_report || self.is_plan || date.start.year() == date.end.year() {
            return false;
        }
        let papers = &self.work.patterns.frames.papers;
        let near = date.tokens.start.saturating_sub(PAPER)..date.tokens.start;
        let stop = |i: usize| self.work.token(i).is_some_and(|t| t.is('.') || t.gap >= Gap::Line);
        let from = near.clone().rev().find(|&i| stop(i)).unwrap_or(near.start);
        (from..date.tokens.start).any(|i| papers.at(&self.work.tokens, i).is_some())
    }

    /// "(năm 2012 là 265)" stands in a bracket, "… năm 2008 là 6,2, năm 2011 là 13,1" is one of a row: no time of the whole.
    fn aside(&self, date: &date::Found) -> bool {
        let is = |i: usize, mark: char| self.work.token(i).is_some_and(|t| t.is(mark));
        let start = date.tokens.start;
        let sentence = self.sentence_start(start);
        let mut open = 0i32;
        for i in sentence..start {
            open += i32::from(is(i, '(')) - i32::from(is(i, ')'));
        }
        let n = self.dates.partition_point(|d| d.tokens.start < start);
        let row = n.checked_sub(1).and_then(|n| self.dates.get(n)).is_some_and(|d| {
            d.kind == Kind::Year && date.kind == Kind::Year && d.tokens.start >= sentence && !self.fits(d)
        });
        let part = self.work.patterns.frames.parts.before(&self.work.tokens, start).is_some();
        part || !self.is_report && (open > 0 || row)
    }

    /// "3.470 ha cây ăn quả, sản lượng 9 tháng đạt 27.600 tấn": behind figures of its sentence, a time without its year is
    /// that of the next one.
    fn of_one_figure(&self, date: &date::Found) -> bool {
        let start = date.tokens.start;
        let sentence = self.sentence_start(start);
        // "Kỳ họp thứ 4", "2 huyện": what counts so little is no figure that is reported.
        let figure =
            |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number && t.bytes() > SMALL);
        // "…; năm 2020 trên 1.000 tấn" in news of 2021.
        let past = self.written.is_some_and(|w| date.end.year() < w.start.year());
        if self.headless && past && date.kind == Kind::Year && self.tells_figure(date) {
            return true;
        }
        date.inferred.is_some()
            && (sentence..start).any(|i| figure(i) && !self.dates.iter().any(|d| d.tokens.contains(&i)))
    }

    /// "Kiểm kê đất năm 2015 … Dân số trung bình năm 2018": a text without a day of its own is not of the first year that it tells
    /// of where it tells of a later one.
    fn is_past_year(&self, date: &date::Found) -> bool {
        let told = |d: &&date::Found| {
            d.end.year() > date.end.year()
                && !matches!(d.role, Role::Reference | Role::Deadline)
                && !self.aimed(d)
                && self.work.patterns.frames.vision.before(&self.work.tokens, d.tokens.start).is_none()
        };
        self.written.is_none()
            && self.headless
            && !self.is_report
            && !self.is_plan
            && date.kind == Kind::Year
            && !self.opens_sentence(date)
            && self.dates.iter().any(|d| told(&d))
    }

    /// "Cuối năm 2025, xã còn 239 hộ nghèo" on a page of May 2026: how things stood when the year before ended.
    fn ends_past_year(&self, date: &date::Found) -> bool {
        let past =
            self.written.is_some_and(|w| date.end.year() < w.start.year() && w.start.month() > FIRST_MONTHS);
        date.kind == Kind::Year && past && self.opens_by_point(date)
    }

    /// "- Năm 2014: … / - Năm 2015: …": each line of a list tells of another year.
    fn is_listed_year(&self, date: &date::Found) -> bool {
        let opens_line = |d: &date::Found| {
            let line = self.line_start(d.tokens.start);
            let mark = self.work.token(line).is_some_and(|t| t.kind == TokenKind::Punct);
            mark && d.kind == Kind::Year && d.tokens.start == line + 1
        };
        self.headless
            && opens_line(date)
            && self.dates.iter().any(|d| d.end.year() != date.end.year() && opens_line(d))
    }

    /// "Trong năm 2016, …", "Năm 2016 …": at most a small word stands before it in its sentence.
    fn opens_sentence(&self, date: &date::Found) -> bool {
        let start = date.tokens.start;
        let marked = |i: usize| {
            i.checked_sub(1)
                .is_none_or(|before| self.work.token(before).is_some_and(|t| t.is(':') || t.is(';')))
        };
        let begins = |i: usize| marked(i) || self.begins_sentence(i);
        (start.saturating_sub(LEADS)..=start).any(begins)
    }

    /// A report tells of the year it was written in, or of the one before; a plan looks ahead.
    fn fits(&self, date: &date::Found) -> bool {
        self.written.is_none_or(|w| date.end.year() + 1 >= w.start.year())
    }

    /// "Căn cứ …" opens its paragraph.
    fn in_grounds(&self, date: &date::Found) -> bool {
        let start = self.line_start(date.tokens.start);
        self.work.patterns.frames.grounds.at(&self.work.tokens, start).is_some()
    }

    /// Whether a line or a full stop parts a token from what stands before it.
    fn begins_sentence(&self, i: usize) -> bool {
        let stop = i.checked_sub(1).and_then(|before| self.work.token(before)).is_some_and(|t| t.is('.'));
        stop || self.work.token(i).is_none_or(|t| t.gap >= Gap::Line)
    }

    /// The first token of a token's sentence; of one too long the token itself.
    fn sentence_start(&self, token: usize) -> usize {
        (0..=token).rev().take(SENTENCE).find(|&i| self.begins_sentence(i)).unwrap_or(token)
    }

    fn line_start(&self, token: usize) -> usize {
        let starts = |i: usize| self.work.token(i).is_some_and(|t| t.gap >= Gap::Line);
        (0..=token).rev().take(400).find(|&i| starts(i)).unwrap_or(token)
    }

    /// The one year that a text without a day of its own names, several times: "… chỉ tiêu giao năm 2023. Niên vụ năm 2023 …".
    fn only_year(&self) -> Option<Span> {
        const TIMES: usize = 2;
        if self.written.is_some() || !self.headless || !self.tells {
            return None;
        }
        // What took its year from elsewhere says nothing of it.
        let own = |d: &&date::Found| d.role != Role::Reference && d.inferred.is_none();
        let mut years = self.dates.iter().filter(own);
        let first = years.next().filter(|d| d.start.year() == d.end.year())?;
        let year = first.start.year();
        let mut times = 1;
        for date in years {
            if date.start.year() != year || date.end.year() != year {
                return None;
            }
            times += 1;
        }
        // "(Theo niên giám thống kê năm 2022)" need not say it again.
        let book =
            self.work.patterns.frames.yearbooks.before(&self.work.tokens, first.tokens.start).is_some();
        let (start, end) = Day::days_of_year(year)?;
        let range = self.work.bytes(first.tokens.clone());
        (times >= TIMES || book).then_some(Span { start, end, range, basis: EvidenceBasis::Body })
    }

    /// "tăng 9,47% so với năm 2018": told of 2019.
    fn after_compared(&self, range: &Range<usize>) -> Option<Span> {
        // "từ năm 2015 đến nay … so với năm 2015": years lie between.
        if self.within(range).iter().any(|d| self.goes_on(d)) {
            return None;
        }
        let date = self.within(range).iter().find(|d| {
            let versus = &self.work.patterns.frames.versus;
            d.kind == Kind::Year && versus.before(&self.work.tokens, d.tokens.start).is_some()
        })?;
        let year = date.start.year() + 1;
        let range = self.work.bytes(date.tokens.clone());
        // "nhiều hơn năm 2013 … Năm 2021, …": years lie between.
        let later = |d: &date::Found| d.end.year() > year + 1 && d.role == Role::Period && !self.aimed(d);
        let between = self.written.is_none() && self.dates.iter().any(later);
        let fits =
            !between && self.written.is_none_or(|w| w.start.year() == year || w.start.year() == year + 1);
        let (start, end) = Day::days_of_year(year)?;
        fits.then_some(Span { start, end, range, basis: EvidenceBasis::Body })
    }
}
