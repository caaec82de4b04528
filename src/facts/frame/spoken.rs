//! Times that a text says only by where it stands in time: "9 tháng", "năm nay", "từ đầu năm đến nay", "ước cuối năm".
//!
//! They are resolved in one place against the document's own day and what it covers, and then stand among its dates: what
//! governs a figure, a sentence or a bracket is asked of both alike. They tell periods only, and are no items themselves.

use std::ops::Range;

use super::time::{self, Span};
use crate::claim::Work;
use crate::claim::date::{Day, Found, Kind, Role};
use crate::claim::indicator::Reach;
use crate::patterns::frames::Means;
use crate::record::EvidenceBasis;
use crate::words::token::{Gap, Kind as TokenKind};

/// Where such a time comes from.
pub const SPOKEN: &str = "time told by where the document stands";
/// How far behind a period the one stands in brackets that defines it, in tokens.
const DEFINES: usize = 3;
/// How many days the two may differ in length.
const LENGTH: i32 = 20;
/// So many months at least are told of as most of a year.
const MOST_OF: u8 = 9;
/// Among so many dates before it the same months are looked for.
const NEAR: usize = 4;
/// Up to this month "năm qua" is the year before, from that one on the year itself.
const FIRST_MONTHS: u8 = 3;
const LAST_MONTHS: u8 = 12;
/// From this month on "năm học vừa qua" is the school year that ends in the same year.
const SCHOOL_ENDS: u8 = 6;
/// How far back the beginning of a paragraph is looked for, in tokens.
const PARAGRAPH: usize = 120;
/// Up to this day of a month a page tells of the one before, and from that one on of its own.
const AFTER: u8 = 7;
const NEARLY: u8 = 23;
/// How far before "năm nay" what is given for a whole year stands, in tokens.
const YEAR_NOUN: usize = 7;
/// How far before "cuối năm" an aim is said, and before months to come, in tokens.
const AIM: usize = 6;
const AIM_OF_MONTHS: usize = 14;
/// How far behind a row of times it is said that each has a figure of its own, in tokens.
const IN_TURN: usize = 24;
/// How many months after the last of "9 tháng" a text still speaks of them so.
const LATER: i32 = 2;

/// The dates of a document together with what it says by where it stands in time, in reading order.
pub fn with_spoken(
    work: &Work<'_>,
    dates: &[Found],
    written: Option<&Span>,
    covered: Option<&Span>,
) -> Vec<Found> {
    let (defined, of_month) = (defined(work, dates), years_of_months(dates));
    let told = if written.is_none() && covered.is_none() { time::year_of_trail(work, dates) } else { None };
    let reading = Reading { work, dates, written, covered, defined, of_month, told };
    let mut out: Vec<Found> = dates.iter().map(|d| reading.since_start(d)).collect();
    out.extend(reading.all());
    out.sort_by_key(|d| (d.tokens.start, d.tokens.end));
    join_rows(work, &mut out);
    out
}

/// "Trong tháng 7 và tháng 8", "trong 2 năm 2024, 2025": times that follow each other, told as one; not those of which each has a
/// figure of its own: "năm 2024 và 2025 đạt lần lượt …".
fn join_rows(work: &Work<'_>, dates: &mut [Found]) {
    let joins = |i: usize| {
        let joins = &work.patterns.clauses.joins;
        work.token(i).is_some_and(|t| t.is(',') || joins.has(t))
    };
    let in_turn = &work.patterns.frames.in_turn;
    let mut at = 0;
    while at < dates.len() {
        let follows = |n: usize| {
            let Some([a, b]) = dates.get(n..n + 2) else { return false };
            a.kind == b.kind
                && matches!(a.kind, Kind::Month | Kind::Quarter | Kind::Year)
                && a.role == Role::Period
                && b.role == Role::Period
                && b.tokens.start == a.tokens.end + 1
                && joins(a.tokens.end)
                && day_count(b.start) - day_count(a.end) == 1
        };
        let mut last = at;
        while follows(last) {
            last += 1;
        }
        let row = dates.get(at..=last).unwrap_or_default();
        let (Some(first), Some(end)) = (row.first(), row.last()) else { break };
        // Of years only those that are counted: "trong 2 năm 2024, 2025".
        let counted =
            first.kind != Kind::Year || first.tokens.start.checked_sub(1).is_some_and(|i| work.is_number(i));
        let behind = end.tokens.end..end.tokens.end + IN_TURN;
        let one = last > at && counted && !behind.into_iter().any(|i| in_turn.at(&work.tokens, i).is_some());
        let (start, end) = (first.start, end.end);
        if one && let Some(row) = dates.get_mut(at..=last) {
            for date in row {
                (date.start, date.end, date.kind) = (start, end, Kind::Interval);
            }
        }
        at = last + 1;
    }
}

/// By number the year of each month that a text tells of, where it is one: "tháng 11", for "11 tháng qua" of a text without a day.
fn years_of_months(dates: &[Found]) -> [Option<u16>; 13] {
    let (mut years, mut several) = ([None; 13], [false; 13]);
    for date in dates.iter().filter(|d| d.kind == Kind::Month && d.role != Role::Reference) {
        let (month, year) = (usize::from(date.end.month()), date.end.year());
        if let (Some(known), Some(several)) = (years.get_mut(month), several.get_mut(month)) {
            *several |= known.is_some_and(|known| known != year);
            *known = Some(year).filter(|_| !*several);
        }
    }
    years
}

/// How far behind a date what it tells of may stand.
pub fn reach(date: &Found) -> Reach {
    match (date.inferred == Some(SPOKEN), date.kind, date.role) {
        (true, _, Role::Mention) => Reach::Next,
        (true, Kind::Day | Kind::Year, _) => Reach::Clause,
        _ => Reach::Sentence,
    }
}

/// "6 tháng (từ ngày 01/10/2007 đến ngày 31/3/2008)": for how many months the document says which days they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Defined {
    /// How many months.
    pub months: i32,
    /// Their first day.
    pub start: Day,
    /// Their last day.
    pub end: Day,
}

/// The first definition of a text.
pub fn defined(work: &Work<'_>, dates: &[Found]) -> Option<Defined> {
    let is = |i: usize, mark: char| work.token(i).is_some_and(|t| t.is(mark));
    let bounds = dates.iter().filter(|d| d.kind == Kind::Interval && d.start < d.end);
    let mut told = bounds.filter_map(|d| {
        let open = (d.tokens.start.saturating_sub(DEFINES)..d.tokens.start).rev().find(|&i| is(i, '('))?;
        let closed = is(d.tokens.end, ')');
        let months = closed.then(|| before(work, dates, open)).flatten()?;
        let days = day_count(d.end) - day_count(d.start) + 1;
        let alike = (days - months * 61 / 2).abs() <= LENGTH;
        (alike && months > 1).then_some(Defined { months, start: d.start, end: d.end })
    });
    told.next()
}

/// The months of the period that ends right before a bracket.
fn before(work: &Work<'_>, dates: &[Found], open: usize) -> Option<i32> {
    let n = dates.partition_point(|d| d.tokens.end <= open).checked_sub(1);
    let date = n.and_then(|n| dates.get(n)).filter(|d| d.tokens.end == open);
    if let Some(date) = date {
        return super::item::months(date.start, date.end);
    }
    let words = &work.patterns.frames;
    let (n, _) = words.month_words.before(&work.tokens, open)?;
    number_before(work, open - n).map(|(_, count)| i32::from(count))
}

/// Days since a fixed one, of months of thirty days and a half.
fn day_count(day: Day) -> i32 {
    let months = i32::from(day.year()) * 12 + i32::from(day.month());
    months * 61 / 2 + i32::from(day.day())
}

/// The number in figures or words that ends before a token, with its first token.
fn number_before(work: &Work<'_>, at: usize) -> Option<(usize, u8)> {
    let figure = at.checked_sub(1)?;
    if work.token(figure)?.kind == TokenKind::Number {
        let word = work.word(figure);
        let glued = figure.checked_sub(1).and_then(|i| work.token(i)).is_some_and(|t| {
            t.kind == TokenKind::Punct
                && work.token(figure).is_some_and(|f| f.gap == Gap::Glued)
                && !t.is('(')
        });
        return word.parse().ok().filter(|_| !glued && word.len() <= 2).map(|n| (figure, n));
    }
    let numerals = &work.patterns.dates.numerals;
    numerals.before(&work.tokens, at).map(|(n, &count)| (at - n, count))
}

struct Reading<'r, 'a> {
    work: &'r Work<'a>,
    dates: &'r [Found],
    written: Option<&'r Span>,
    covered: Option<&'r Span>,
    defined: Option<Defined>,
    /// By its number the year of a month that the text tells of; none where it tells of several.
    of_month: [Option<u16>; 13],
    /// The year of a text without a day or a time of its own, by the years it names.
    told: Option<u16>,
}

impl Reading<'_, '_> {
    /// "Từ đầu năm đến ngày 22/11", "từ đầu tháng đến 26/3": from its first day on.
    fn since_start(&self, date: &Found) -> Found {
        let (words, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        let year = words.since_start.before(tokens, date.tokens.start).map(|(n, ())| (n, 1));
        let month =
            || words.since_month.before(tokens, date.tokens.start).map(|(n, ())| (n, date.end.month()));
        let since = year.or_else(month);
        match since.and_then(|(n, month)| Some((n, Day::first_of(date.end.year(), month)?))) {
            Some((n, start)) if date.role != Role::Reference && start < date.end => Found {
                tokens: date.tokens.start - n..date.tokens.end,
                kind: Kind::Interval,
                start,
                role: Role::Period,
                ..date.clone()
            },
            _ => date.clone(),
        }
    }

    fn all(&self) -> Vec<Found> {
        let (words, tokens) = (&self.work.patterns.frames.spoken, &self.work.tokens);
        let (mut out, mut past) = (Vec::new(), 0);
        for i in tokens.hinted(words.hint, 0..tokens.len()) {
            let Some((n, &means)) = words.at(tokens, i).filter(|_| i >= past) else { continue };
            // "5 năm qua" and "năm qua" differ in the number only.
            let numbered = || number_before(self.work, i).is_some();
            let means = match means {
                Means::PastYears if !numbered() => Means::PastYear,
                means => means,
            };
            out.extend(self.one(means, i..i + n));
            past = i + n;
        }
        out
    }

    /// The time that one phrase means here.
    fn one(&self, means: Means, phrase: Range<usize>) -> Option<Found> {
        let (mut tokens, mut count) = (phrase.clone(), 0);
        if matches!(means, Means::Months | Means::FirstMonths | Means::LastMonths | Means::PastYears) {
            let (start, n) = number_before(self.work, phrase.start)?;
            (tokens.start, count) = (start, n);
        }
        if means == Means::Quarters {
            let (start, n) = number_before(self.work, phrase.start).unwrap_or((phrase.start, 1));
            (tokens.start, count) = (start, n);
        }
        let taken = self.dates.partition_point(|d| d.tokens.end <= tokens.start);
        if self.dates.get(taken).is_some_and(|d| d.tokens.start < tokens.end) || self.goes_on(&tokens) {
            return None;
        }
        // "đạt mức cao nhất kể từ đầu năm": only how long nothing was higher.
        let ranked = || self.work.patterns.frames.records.before(&self.work.tokens, tokens.start).is_some();
        if means == Means::SinceStart && ranked() {
            return None;
        }
        let (start, end) = self.days(means, &tokens, count)?;
        let whole_year = matches!(means, Means::ThisYear | Means::End | Means::Plan);
        let kind = match means {
            Means::Start => Kind::Day,
            Means::LastQuarter => Kind::Quarter,
            Means::LastMonth => Kind::Month,
            _ if whole_year => Kind::Year,
            _ => Kind::Interval,
        };
        let role = if means == Means::Plan { Role::Mention } else { Role::Period };
        // The plan is no part of its year.
        if means == Means::Plan {
            tokens.start = tokens.end - 1;
        }
        let rule = self.work.patterns.dates.rules.months_alone;
        let edtf = format!("{}/{}", start.iso(), end.iso()).into();
        Some(Found { tokens, kind, edtf, start, end, role, inferred: Some(SPOKEN), rule })
    }

    /// "Trong tháng, …" on a page put out on 2 November: the month that is just over, or nearly.
    fn month_of_page(&self) -> Option<(Day, Day)> {
        let day = self.written.filter(|w| w.start == w.end)?.end;
        let (year, month) = match day.day() {
            ..=AFTER if day.month() == 1 => (day.year() - 1, 12),
            ..=AFTER => (day.year(), day.month() - 1),
            NEARLY.. => (day.year(), day.month()),
            _ => return None,
        };
        Some((Day::first_of(year, month)?, Day::last_of(year, month)?))
    }

    fn days(&self, means: Means, tokens: &Range<usize>, count: u8) -> Option<(Day, Day)> {
        let whole = Day::days_of_year;
        let number = |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number);
        let year = self.year();
        match means {
            Means::Months => self.months(tokens, count),
            Means::Quarters if count > 4 => None,
            Means::Quarters => Some((Day::first_of(year?, 1)?, Day::last_of(year?, count * 3)?)),
            Means::FirstMonths => {
                let year = self.same_before(tokens, count).or(year).filter(|_| (1..=12).contains(&count))?;
                Some((Day::first_of(year, 1)?, Day::last_of(year, count)?))
            }
            Means::LastMonths => {
                let first = 13u8.checked_sub(count).filter(|_| count > 0)?;
                Some((Day::first_of(year?, first)?, Day::last_of(year?, 12)?))
            }
            Means::FirstHalf => self.months(tokens, 6),
            Means::LastMonth => {
                let told = |c: &&Span| {
                    (c.start.month(), c.start.day()) == (1, 1)
                        && c.start.year() == c.end.year()
                        && (2..12).contains(&c.end.month())
                        && Day::last_of(c.end.year(), c.end.month()) == Some(c.end)
                };
                if number(tokens.end) {
                    return None;
                }
                let page = self.month_of_page();
                match self.covered {
                    Some(covered) if page != Some((covered.start, covered.end)) => {
                        let end = Some(covered).filter(told)?.end;
                        Some((Day::first_of(end.year(), end.month())?, end))
                    }
                    _ => page,
                }
            }
            Means::LastQuarter => Some((Day::first_of(year?, 10)?, Day::last_of(year?, 12)?)),
            // What a report covers of this year is said of it.
            Means::ThisYear => {
                let year = self.written.or(self.covered).map(|w| w.end.year()).or(self.told)?;
                let part = self
                    .covered
                    .is_some_and(|c| c.start.year() == year && c.end.year() == year && c.end.month() < 12);
                let near = tokens.start.saturating_sub(YEAR_NOUN)..tokens.start;
                let nouns = &self.work.patterns.frames.year_nouns;
                let given = || near.clone().any(|i| nouns.at(&self.work.tokens, i).is_some());
                // A page that tells of months may tell of the year, too: "Năm nay huyện được đầu tư 14,2 tỷ đồng".
                let page = self.covered.is_some_and(|c| c.basis != EvidenceBasis::Head);
                whole(year).filter(|_| !part || given() || page)
            }
            Means::PastYear => whole(self.past_year(tokens)?),
            Means::PastYears => {
                let year = self.written?.end.year();
                let first = year.checked_sub(u16::from(count)).filter(|_| count > 1)?;
                Some((Day::first_of(first, 1)?, Day::last_of(year, 12)?))
            }
            Means::Start => {
                let led = self.work.patterns.frames.start_leads.at(&self.work.tokens, tokens.end);
                let told = number(tokens.end + led.map_or(0, |(n, ())| n));
                let from = self.work.patterns.frames.start_not.before(&self.work.tokens, tokens.start);
                let first = Day::first_of(year?, 1)?;
                (told && from.is_none()).then_some((first, first))
            }
            Means::End => {
                let not = self.work.patterns.frames.start_not.before(&self.work.tokens, tokens.start);
                // "phấn đấu đến cuối năm 95,5%" is aimed at, whatever year was told of before.
                let told = self.told_before(tokens).filter(|_| !self.is_aimed(tokens, AIM));
                whole(self.told_ahead(tokens).or(told).or(year)?).filter(|_| not.is_none())
            }
            Means::SinceStart => {
                let not = self.work.patterns.frames.start_not.before(&self.work.tokens, tokens.start);
                let first = Day::first_of(year?, 1)?;
                let end = self.now().filter(|&end| end > first)?;
                not.is_none().then_some((first, end))
            }
            Means::RestOfYear => {
                // What is aimed at until then is reached in the year as a whole.
                whole(self.written?.end.year())
            }
            Means::NextYear => {
                let several = self.work.patterns.frames.next_year_not.before(&self.work.tokens, tokens.start);
                let told = self.written.or(self.covered)?;
                let over = self.covered.filter(|c| c.end <= told.end).unwrap_or(told);
                whole(over.end.year() + 1)
                    .filter(|_| several.is_none() && number_before(self.work, tokens.start).is_none())
            }
            Means::PastSchoolYear => {
                let day = self.written?.end;
                let year = if day.month() >= SCHOOL_ENDS { day.year() } else { day.year() - 1 };
                Some((Day::first_of(year - 1, 9)?, Day::last_of(year, 8)?))
            }
            Means::LastYear => {
                let not = self.work.patterns.frames.last_year_not.before(&self.work.tokens, tokens.start);
                whole(self.written.map(|w| w.end.year()).or(self.told)? - 1).filter(|_| not.is_none())
            }
            Means::Plan => {
                let bracket =
                    self.work.token(tokens.end).is_some_and(|t| t.is('(')) && number(tokens.end + 1);
                whole(year?).filter(|_| bracket)
            }
        }
    }

    /// "… 6 tháng đầu năm 2020, …. Theo đó, trong 6 tháng đầu năm, …": the year of the same months told of before.
    fn same_before(&self, tokens: &Range<usize>, count: u8) -> Option<u16> {
        let before = self.dates.partition_point(|d| d.tokens.end <= tokens.start);
        let near = self.dates.get(before.saturating_sub(NEAR)..before)?.iter().rev();
        let months = |d: &&Found| {
            d.start.year() == d.end.year()
                && (d.start.month(), d.start.day(), d.end.month()) == (1, 1, count)
                && d.role != Role::Reference
                && d.kind != Kind::Month
                && self.work.patterns.frames.versus.before(&self.work.tokens, d.tokens.start).is_none()
        };
        near.filter(months).map(|d| d.start.year()).next()
    }

    /// "kết quả năm 2018: …. Tỷ lệ hộ nghèo cuối năm còn 38,4%": the year over that its paragraph told of last, in a text on another.
    fn told_before(&self, tokens: &Range<usize>) -> Option<u16> {
        let now = self.written?.end.year();
        let line = |i: &usize| self.work.token(*i).is_some_and(|t| t.gap >= Gap::Line);
        let start = (tokens.start.saturating_sub(PARAGRAPH)..=tokens.start).rev().find(line)?;
        let before = self.dates.partition_point(|d| d.tokens.end <= tokens.start);
        let versus = &self.work.patterns.frames.versus;
        let told = |d: &&Found| {
            d.role != Role::Reference && versus.before(&self.work.tokens, d.tokens.start).is_none()
        };
        let mut near = self.dates.get(before.saturating_sub(NEAR)..before)?.iter().rev().filter(told);
        let last = near.find(|d| d.tokens.start >= start && d.kind == Kind::Year)?;
        (last.start.year() == last.end.year() && last.end.year() <= now).then(|| last.end.year())
    }

    /// "Trong năm 2019 đặt ra chỉ tiêu: phấn đấu đến cuối năm …" in a text on 2018: the year to come that its sentence told of last.
    fn told_ahead(&self, tokens: &Range<usize>) -> Option<u16> {
        let year = self.year()?;
        let before = self.dates.partition_point(|d| d.tokens.end <= tokens.start);
        let last = before.checked_sub(1).and_then(|n| self.dates.get(n)).filter(|d| d.kind == Kind::Year)?;
        let between = last.tokens.end..tokens.start;
        let ends =
            |i: usize| self.work.token(i).is_some_and(|t| t.is('.') || t.is(';') || t.gap >= Gap::Line);
        let ahead =
            last.role != Role::Reference && last.start.year() == last.end.year() && last.start.year() > year;
        (ahead && between.len() <= PARAGRAPH && !between.into_iter().any(ends)).then(|| last.start.year())
    }

    /// "Năm qua" in the first months of a year is the one before it, in its last months itself; "những năm qua", "5 năm qua" are no one
    /// year.
    fn past_year(&self, tokens: &Range<usize>) -> Option<u16> {
        let day = self.written?.end;
        let (leads, all) = (&self.work.patterns.frames.past_year_leads, &self.work.tokens);
        let line = self.work.token(tokens.start).is_some_and(|t| t.gap >= Gap::Line);
        let mark = |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Punct);
        let begins =
            line || tokens.start.checked_sub(1).is_none_or(mark) || leads.before(all, tokens.start).is_some();
        match day.month() {
            _ if !begins => None,
            ..=FIRST_MONTHS => Some(day.year() - 1),
            LAST_MONTHS.. => Some(day.year()),
            _ => None,
        }
    }

    /// Whether an aim is said at most so many tokens before a time.
    fn is_aimed(&self, tokens: &Range<usize>, most: usize) -> bool {
        let aims = &self.work.patterns.clauses.aims;
        let mut near = tokens.start.saturating_sub(most)..tokens.start;
        near.any(|i| aims.at(&self.work.tokens, i).is_some())
    }

    /// The year that is spoken of: that of what the document covers, else of its own day.
    fn year(&self) -> Option<u16> {
        let covered = self.covered.filter(|c| c.start.year() == c.end.year()).map(|c| c.end.year());
        covered.or_else(|| self.written.map(|w| w.end.year())).or(self.told)
    }

    /// The last day that has been told of: that of months from January on, else the document's own.
    fn now(&self) -> Option<Day> {
        // "lũy kế từ đầu năm" in a report on August goes up to its end.
        let from_start = |c: &&Span| c.start.year() == c.end.year() && c.end.month() < 12 && c.start < c.end;
        // A text without a day tells of the time that it covers.
        self.covered.filter(from_start).or(self.written).or(self.covered).map(|c| c.end)
    }

    /// "6 tháng/lần", "9 tháng tuổi": no time of the calendar.
    fn goes_on(&self, tokens: &Range<usize>) -> bool {
        let slash = self.work.token(tokens.end).is_some_and(|t| t.is('/') || t.is('-'));
        slash || self.work.patterns.frames.spoken_not.at(&self.work.tokens, tokens.end).is_some()
    }

    /// "9 tháng" of a text from October: the first months of its year.
    fn months(&self, tokens: &Range<usize>, count: u8) -> Option<(Day, Day)> {
        let allowed = &self.work.patterns.dates.allowed;
        let lasts = &self.work.patterns.frames.lasts;
        // "06 tháng" is how a rule writes a term.
        let padded = self.work.word(tokens.start).starts_with('0');
        if !(2..=12).contains(&count)
            || padded
            || allowed.before(&self.work.tokens, tokens.start).is_some()
            || lasts.before(&self.work.tokens, tokens.start).is_some()
        {
            return None;
        }
        if let Some(d) = self.defined.filter(|d| d.months == i32::from(count)) {
            return Some((d.start, d.end));
        }
        let of = |year: u16| Some((Day::first_of(year, 1)?, Day::last_of(year, count)?));
        let covered = self.covered.map(|c| c.end).filter(|end| end.month() == count);
        if let Some(end) = covered {
            return of(end.year());
        }
        // "Trong 10 tháng" of a report on a year that bears no day.
        let whole = self.covered.filter(|c| {
            let (start, end) = ((c.start.month(), c.start.day()), (c.end.month(), c.end.day()));
            c.start.year() == c.end.year() && start == (1, 1) && end == (12, 31)
        });
        let Some(written) = self.written.map(|w| w.end) else {
            let year = whole.filter(|_| count >= MOST_OF).map(|c| c.end.year());
            return of(year.or_else(|| self.of_month.get(usize::from(count)).copied().flatten())?);
        };
        let now = i32::from(written.month()) - i32::from(count);
        // "9 tháng tăng 10,55% (6 tháng tăng 11,29%; quý III tăng 9,09%)": earlier months stand in a bracket beside it.
        let bracket =
            tokens.start.checked_sub(1).is_some_and(|i| self.work.token(i).is_some_and(|t| t.is('(')));
        if bracket && now >= 0 && self.work.patterns.dates.told.at(&self.work.tokens, tokens.end).is_some() {
            return of(written.year());
        }
        match now {
            // "phấn đấu thu …, đưa tổng thu 6 tháng đạt trên 53%".
            ..0 if self.is_aimed(tokens, AIM_OF_MONTHS) => of(written.year()),
            0..=LATER => of(written.year()),
            _ if written.month() == 1 && count >= 11 => of(written.year() - 1),
            _ => None,
        }
    }
}
