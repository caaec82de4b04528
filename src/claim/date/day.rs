//! The grammar of days: "ngày 22/3/2016", "19 tháng 3 năm 2018", "25 / 02 /2026", "13//4/2022", "2-3-1993".
//!
//! Party documents part day, month and year with hyphens, administrative ones with slashes (Hướng dẫn 36-HD/VPTW,
//! Nghị định 30/2020/NĐ-CP); a dot is seen in both.

use std::ops::Range;

use super::Day;
use super::scan::{Num, Scan};
use crate::claim::Work;
use crate::patterns::dates::{Class, Cue};
use crate::patterns::rule::RuleId;
use crate::words::token::Case;

/// A full day in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayMatch {
    /// Its tokens, with the word "ngày".
    pub tokens: Range<usize>,
    /// The day.
    pub day: Day,
    /// The rule that read it.
    pub rule: RuleId,
}

/// The full day that begins at token `i`: with the word "ngày", or with its first digit.
///
/// Costs nothing where `i` is neither; looks at no ledger.
pub fn day_at(work: &Work, i: usize) -> Option<DayMatch> {
    let scan = Scan::new(work);
    let named = scan.class(i) == Class::Day;
    let number = if named { scan.dots(i + 1) } else { i };
    if (named && !scan.near(number)) || (!named && !scan.starts_clean(i)) {
        return None;
    }
    match read(&scan, number, named || scan.after(i, Class::Day))? {
        Read { end, form: Form::Full(day), rule } => Some(DayMatch { tokens: i..end, day, rule }),
        _ => None,
    }
}

/// What stands at a number that may begin a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Read {
    /// One past its last token.
    pub end: usize,
    /// How much of the date is written.
    pub form: Form,
    /// The rule that read it.
    pub rule: RuleId,
}

/// How much of a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Day, month and year.
    Full(Day),
    /// Day and month: "ngày 09/4".
    Short {
        /// The month.
        month: u8,
        /// The day.
        day: u8,
    },
    /// The day of the month alone: "ngày 10".
    Alone(u8),
    /// The shape of a day that no calendar has: "31/02/2020".
    Impossible,
}

/// Reads a day whose first number is token `i`; `named` where "ngày" stands before it.
pub(super) fn read(scan: &Scan, i: usize, named: bool) -> Option<Read> {
    let Some(day) = scan.small(i) else { return iso(scan, i) };
    let found = slashed(scan, i, day, named)
        .or_else(|| dashed(scan, i, day, named))
        .or_else(|| in_words(scan, i, day, named))
        .or_else(|| alone(scan, i, day, named));
    found.filter(|r| scan.work.patterns.rules.on(r.rule))
}

/// "22/3/2016", "13//4/2022", "25 / 02 /2026", "16/6 2025", "23/6/06", "09/4".
fn slashed(scan: &Scan, i: usize, day: Num, named: bool) -> Option<Read> {
    let at = scan.slash(i + 1)?;
    let month = scan.small(at)?;
    let rules = &scan.words.rules;
    if let Some(at) = scan.slash(at + 1)
        && let Some(year) = scan.num(at)
    {
        if !scan.ends_clean(at + 1) {
            return None;
        }
        let year = match year.len {
            4 if (1800..=2199).contains(&year.value) => year.value,
            // "21/9/025": the first digit was lost.
            3 if named && year.padded => 2000 + year.value,
            2 if named || ((day.padded || month.padded || year.padded) && !scan.counted(at + 1)) => {
                two_digits(year.value)
            }
            // "29/6/216": a digit of the year was lost, and the document must tell which.
            3 if named => return short(scan, at + 1, month, day, named),
            _ => return None,
        };
        return full(scan, at + 1, year, month, day, named, rules.day);
    }
    // "16/6 2025": the second slash was lost.
    if named
        && let Some(year) = scan.year(at + 1)
        && scan.near(at + 1)
        && !scan.counted(at + 2)
    {
        return full(scan, at + 2, year, month, day, named, rules.day);
    }
    // "30/6 năm 2023".
    if let Some((end, year)) = year_after(scan, at + 1).filter(|_| scan.class(at + 1) == Class::Year) {
        return full(scan, end, year, month, day, named, rules.day);
    }
    short(scan, at + 1, month, day, named)
}

/// "2-3-1993", "29.10.2010"; spaces only after "ngày": "20 - 5 - 1988".
fn dashed(scan: &Scan, i: usize, day: Num, named: bool) -> Option<Read> {
    let mark = |at: usize| {
        let mark = if scan.is(at, '.') { '.' } else { '-' };
        let tight = scan.glued(at) && scan.glued(at + 1);
        let loose = named && mark == '-' && scan.near(at) && scan.near(at + 1);
        ((mark == '.' || scan.dash(at)) && (tight || loose)).then_some(mark)
    };
    let first = mark(i + 1)?;
    let month = scan.small(i + 2)?;
    if mark(i + 3) == Some(first)
        && let Some(year) = scan.num(i + 4)
    {
        if !scan.ends_clean(i + 5) {
            return None;
        }
        let year = match year.len {
            4 if (1800..=2199).contains(&year.value) => year.value,
            2 if named || scan.words.cues.before(&scan.work.tokens, i).is_some() => two_digits(year.value),
            _ => return None,
        };
        return full(scan, i + 5, year, month, day, named, scan.words.rules.day);
    }
    // "chiều 17-10", "từ 1-12 đến hết 15-12"
    let end = i + 3;
    let told = || behind_hour(scan, i) || opens_span(scan, i, end) || closes_span(scan, i, end);
    // "tính đến 30.9, thành phố có …", "đến 31-10 còn …": a share has no such first number.
    let until = || {
        let cue = scan.words.cues.before(&scan.work.tokens, i).map(|(_, cue)| *cue);
        matches!(cue, Some(Cue::AsOf | Cue::Until)) && day.value > 12 && !scan.counted(end)
    };
    let named = named || first == '-' && told() || until();
    // "ngày 14-15/5/2025" is two days of one month.
    if !named || scan.slash(i + 3).is_some() || scan.class(i + 3) == Class::Month {
        return None;
    }
    short(scan, i + 3, month, day, named)
}

/// "19 tháng 3 năm 2018", "25..tháng 01 năm 2006", "24 tháng 11/2025", "30 tháng 4".
fn in_words(scan: &Scan, i: usize, day: Num, named: bool) -> Option<Read> {
    let mut at = scan.dots(i + 1);
    // "ngày 5, tháng 3, năm 2019"
    at += usize::from(named && scan.is(at, ',') && scan.near(at));
    if scan.class(at) != Class::Month || !scan.near(at) {
        return None;
    }
    if let Some(read) = spelled(scan, at, day) {
        return Some(read);
    }
    let at = scan.dots(at + 1);
    let month = scan.small(at).filter(|_| scan.near(at))?;
    match year_after(scan, at + 1) {
        Some((end, year)) => full(scan, end, year, month, day, true, scan.words.rules.day_words),
        // "ngày 29 tháng 10, 1999"
        None if scan.is(at + 1, ',') && scan.ends_clean(at + 3) && !scan.counted(at + 3) => {
            match scan.year(at + 2).filter(|_| scan.near(at + 2)) {
                Some(year) => full(scan, at + 3, year, month, day, true, scan.words.rules.day_words),
                None => short(scan, at + 1, month, day, named),
            }
        }
        None if scan.slash(at + 1).is_some() => None,
        None => short(scan, at + 1, month, day, named),
    }
}

/// "22 Tháng Giêng 2008", "12 Tháng Mười Hai 2010": how old sites write the day of a page, always with a capital and without "năm".
fn spelled(scan: &Scan, at: usize, day: Num) -> Option<Read> {
    let tokens = &scan.work.tokens;
    let title = scan.token(at).is_some_and(|t| t.case == Case::Title);
    let (n, &value) = scan.words.ordinals.at(tokens, at + 1).filter(|_| title)?;
    let end = at + 1 + n;
    let year = scan.year(end).filter(|_| scan.near(end) && scan.ends_clean(end + 1))?;
    let month = Num { value: u16::from(value), len: 2, padded: false };
    full(scan, end + 1, year, month, day, true, scan.words.rules.day_words)
}

/// "2024-06-15".
fn iso(scan: &Scan, i: usize) -> Option<Read> {
    let year = scan.year(i)?;
    let tight = (i + 1..i + 5).all(|t| scan.glued(t)) && scan.is(i + 1, '-') && scan.is(i + 3, '-');
    let (month, day) = (scan.small(i + 2)?, scan.small(i + 4)?);
    if !tight || month.len != 2 || day.len != 2 || !scan.ends_clean(i + 5) {
        return None;
    }
    full(scan, i + 5, year, month, day, false, scan.words.rules.day)
}

/// "ngày 10" with neither month nor year.
fn alone(scan: &Scan, i: usize, day: Num, named: bool) -> Option<Read> {
    let value = u8::try_from(day.value).ok().filter(|d| (1..=31).contains(d))?;
    let apart = scan.ends_clean(i + 1) && scan.slash(i + 1).is_none() || scan.list_goes_on(i + 1);
    (named && apart).then_some(Read {
        end: i + 1,
        form: Form::Alone(value),
        rule: scan.words.rules.day_alone,
    })
}

fn full(scan: &Scan, end: usize, year: u16, month: Num, day: Num, sure: bool, rule: RuleId) -> Option<Read> {
    let (m, d) = (u8::try_from(month.value).ok()?, u8::try_from(day.value).ok()?);
    match Day::new(year, m, d) {
        Some(day) => Some(Read { end, form: Form::Full(day), rule }),
        None if sure || (m <= 31 && d <= 31) => {
            Some(Read { end, form: Form::Impossible, rule: scan.words.rules.impossible })
        }
        None => None,
    }
}

fn short(scan: &Scan, end: usize, month: Num, day: Num, named: bool) -> Option<Read> {
    let (m, d) = (u8::try_from(month.value).ok()?, u8::try_from(day.value).ok()?);
    // A leap year, so that 29/2 may stand until its year is known.
    Day::new(2024, m, d)?;
    if !scan.ends_clean(end) || scan.is(end, '/') || (!named && scan.counted(end)) {
        return None;
    }
    Some(Read { end, form: Form::Short { month: m, day: d }, rule: scan.words.rules.day_short })
}

/// Whether a part of the day stands right before: "sáng 21-12".
pub(super) fn behind_hour(scan: &Scan, i: usize) -> bool {
    let before = i.checked_sub(1).and_then(|b| scan.token(b)).filter(|_| scan.near(i));
    before.is_some_and(|t| scan.words.day_parts.has(t))
}

/// Day and month without a year at `i`, with nothing but a slash or hyphen between: "15-12".
fn pair(scan: &Scan, i: usize) -> Option<(u16, u16)> {
    let mark = scan.dash(i + 1) || scan.is(i + 1, '/');
    let tight = mark && scan.glued(i + 1) && scan.glued(i + 2);
    let (day, month) = (scan.small(i)?.value, scan.small(i + 2)?.value);
    (tight && (1..=31).contains(&day) && (1..=12).contains(&month)).then_some((month, day))
}

/// Past "đến", "tới", "đến hết" at a token.
fn past_to(scan: &Scan, at: usize) -> Option<usize> {
    let to = scan.near(at) && scan.class(at) == Class::To;
    to.then(|| at + 1 + usize::from(scan.class(at + 1) == Class::Fill))
}

/// "từ 1-12 đến hết 15-12": a day behind "từ" with a later one behind "đến", which counts nothing.
pub(super) fn opens_span(scan: &Scan, i: usize, end: usize) -> bool {
    let later = || {
        let at = past_to(scan, end)?;
        let ordered = pair(scan, i)? < pair(scan, at)?;
        Some(ordered && scan.ends_clean(at + 3) && !scan.counted(at + 3))
    };
    scan.after(i, Class::From) && later() == Some(true)
}

/// "(30/8 - 2/9)": one of two days that fill a bracket, the second later than the first.
pub(super) fn in_bracketed_span(scan: &Scan, i: usize, end: usize) -> bool {
    let span = |i: usize| {
        let last = i + 4;
        let ordered = pair(scan, i) < pair(scan, last);
        scan.is(i.wrapping_sub(1), '(') && scan.dash(i + 3) && ordered && scan.is(last + 3, ')')
    };
    end == i + 3 && pair(scan, i).is_some() && (span(i) || i.checked_sub(4).is_some_and(span))
}

/// The other end of such a span.
pub(super) fn closes_span(scan: &Scan, i: usize, end: usize) -> bool {
    let to = if scan.after(i, Class::Fill) { i.checked_sub(2) } else { i.checked_sub(1) };
    let first = to.and_then(|t| t.checked_sub(3));
    first.is_some_and(|first| opens_span(scan, first, first + 3)) && end == i + 3
}

/// The year that follows a month: " năm 2018", ", năm 2018", "/2018", "-2018", ".2018", " 2018".
pub(super) fn year_after(scan: &Scan, i: usize) -> Option<(usize, u16)> {
    let mut at = scan.dots(i);
    if scan.is(at, ',') && scan.near(at) && scan.class(at + 1) == Class::Year {
        at += 1;
    }
    // "tháng 9 tháng 2022" is a slip for năm.
    if matches!(scan.class(at), Class::Year | Class::Month) && scan.near(at) {
        let number = scan.dots(at + 1);
        let year = scan.year(number).filter(|_| scan.near(number) && scan.ends_clean(number + 1))?;
        return Some((number + 1, year));
    }
    if let Some(at) = scan.slash(i) {
        let year = scan.year(at).filter(|_| scan.ends_clean(at + 1))?;
        return Some((at + 1, year));
    }
    let tight = scan.glued(i) && scan.glued(i + 1) && (scan.is(i, '.') || scan.dash(i));
    let at = if tight { i + 1 } else { i };
    // "tháng 9-1995 hộ đói nghèo chiếm 24,7%": run together with its month a year counts nothing.
    let free = |at: usize| tight || !scan.counted(at + 1);
    let year = scan.year(at).filter(|_| scan.near(at) && scan.ends_clean(at + 1) && free(at))?;
    Some((at + 1, year))
}

/// "06" is 2006, "98" is 1998.
fn two_digits(year: u16) -> u16 {
    if year < 50 { 2000 + year } else { 1900 + year }
}
