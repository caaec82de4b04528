//! One pass over the tokens: every numeral that may begin a date, and the few words that may ("quý III", "sáu tháng
//! đầu năm"), tried against the grammar.
//!
//! A list shares its head: after "ngày 10" the "11/7" of "ngày 10 và 11/7/2026" is a day too.

use std::ops::Range;

use super::day::{self, Form};
use super::period::{self, Point, free_after};
use super::scan::Scan;
use super::value::Value;
use super::{Context, Refused};
use crate::claim::ledger::Owner;
use crate::patterns::dates::{Class, Cue};
use crate::words::token::{Kind, Token, hint};

/// Most tokens from a figure to a year in brackets behind it.
const BRACKET_WORDS: usize = 4;

/// Most tokens from one year of a row of figures to the next.
const ROW_TOKENS: usize = 14;
/// How many years after the last one the next year of a row is.
const ROW_YEARS: u16 = 10;

/// Most words of a heading cell that ends with a year.
const HEADING_WORDS: usize = 6;

/// The dates of a document before intervals and missing years, and the numerals that are dates to nobody.
#[derive(Debug, Default)]
pub(super) struct Points {
    pub points: Vec<Point>,
    pub refused: Vec<Refused>,
    /// Shadow ranges of the heading cells of tables, in order.
    heads: Vec<Range<usize>>,
}

/// Finds all dates.
pub(super) fn collect(scan: &Scan, context: &Context) -> Points {
    let mut out = Points { heads: heading_cells(scan), ..Points::default() };
    let tokens = &scan.work.tokens;
    let mut past = 0;
    for i in tokens.hinted(hint::DATE, 0..tokens.len()) {
        let Some(token) = scan.token(i).filter(|_| i >= past) else { continue };
        let class = match token.kind {
            Kind::Word => scan.words.class(token),
            Kind::Number if ours(scan, context, i) => Class::None,
            _ => continue,
        };
        let refused = out.refused.len();
        let found = match class {
            Class::None if token.kind == Kind::Number => number(scan, i, &mut out),
            Class::Quarter => period::quarter(scan, i + 1, i)
                .or_else(|| period::ordinal(scan, i, true))
                .or_else(|| period::quarters(scan, i)),
            Class::Half => period::half(scan, i),
            Class::Month => months_in_words(scan, i).or_else(|| period::ordinal(scan, i, false)),
            _ => continue,
        };
        past = i + 1;
        let floor = out.points.last().map_or(0, |p| p.tokens.end);
        match found.filter(|p| p.tokens.start >= floor) {
            Some(point) if free(scan, context, &point) => {
                out.points.push(point);
                further(scan, &mut out);
                past = out.points.last().map_or(past, |p| p.tokens.end.max(past));
            }
            _ if out.refused.len() > refused => {
                past = out.refused.last().map_or(past, |r| r.tokens.end.max(past));
            }
            _ => {}
        }
    }
    out
}

/// Whether nobody owns a token yet; the header's own date line is ours.
#[inline]
fn ours(scan: &Scan, context: &Context, i: usize) -> bool {
    scan.work.ledger.owner(i).0 == Owner::None || context.issue_range.as_ref().is_some_and(|r| r.contains(&i))
}

/// Whether nobody owns the tokens of a point yet, and its rule is in service.
fn free(scan: &Scan, context: &Context, point: &Point) -> bool {
    point.tokens.clone().all(|t| ours(scan, context, t)) && scan.work.patterns.rules.on(point.rule)
}

/// The date whose first number is token `i`.
fn number(scan: &Scan, i: usize, out: &mut Points) -> Option<Point> {
    let before = if i > 0 && scan.near(i) { scan.class(i - 1) } else { Class::None };
    match before {
        // "đến hết ngày 9/2026" names the month.
        Class::Day => return a_day(scan, i, i - 1, out).or_else(|| period::bare_month(scan, i)),
        // "đến tháng 14/6/2026" is a slip for ngày.
        Class::Month => return period::month(scan, i, i - 1).or_else(|| unnamed(scan, i, out)),
        Class::Year => {
            let joined = || period::joined_quarter(scan, i);
            return joined().or_else(|| period::year(scan, i)).or_else(|| unfilled(scan, i, out));
        }
        // "ngày mùng 5 tháng 3"
        Class::Early => {
            return a_day(scan, i, if scan.after(i - 1, Class::Day) { i - 2 } else { i - 1 }, out);
        }
        Class::ShortMonth | Class::ShortQuarter if scan.glued(i) && scan.token(i - 1)?.capital() => {
            let month = || period::bare_month(scan, i);
            return if before == Class::ShortMonth { month() } else { short_quarter(scan, i) };
        }
        _ => {}
    }
    match scan.token(i)?.bytes() {
        1 | 2 => {}
        4 => {
            let year = period::joined_quarter(scan, i)
                .or_else(|| year_or_iso(scan, i))
                .or_else(|| period::blank_year(scan, i))
                .or_else(|| next_year(scan, i, out))
                .or_else(|| first_year(scan, i))
                .or_else(|| bracketed_year(scan, i));
            return year.or_else(|| heading_year(scan, i, &out.heads));
        }
        _ => return None,
    }
    if let Some(point) = after_hour(scan, i) {
        return Some(point);
    }
    let next = scan.token(i + 1)?;
    match next.kind {
        Kind::Number => None,
        Kind::Word if scan.words.class(next) == Class::Month && scan.near(i + 1) => {
            let count = u8::try_from(scan.small(i)?.value).ok()?;
            if scan.near(i) && scan.words.numbered.before(&scan.work.tokens, i).is_some() {
                return None;
            }
            unnamed(scan, i, out).or_else(|| period::months(scan, i, i + 1, count))
        }
        Kind::Word if scan.words.class(next) == Class::ShortMonth => {
            let count = u8::try_from(scan.small(i)?.value).ok()?;
            period::short_months(scan, i, count).or_else(|| listed(scan, i, out))
        }
        Kind::Word => listed(scan, i, out),
        Kind::Punct if !(scan.slashlike(next) || next.is('.') || next.is('…') || scan.dash(i + 1)) => {
            listed(scan, i, out)
        }
        Kind::Punct => {
            // "ngày …25..tháng 01": the day stands behind the dots of its blank.
            if let Some(k) = scan.undots(i).filter(|&k| k + 1 < i && scan.class(k) == Class::Day) {
                return a_day(scan, i, k, out);
            }
            unnamed(scan, i, out).or_else(|| period::bare_month(scan, i)).or_else(|| listed(scan, i, out))
        }
    }
}

/// The cells of the heading rows of all tables.
fn heading_cells(scan: &Scan) -> Vec<Range<usize>> {
    let cells = scan.work.tables.iter().flat_map(|t| t.grid.cells.iter().filter(|c| c.row < t.heads));
    let mut cells: Vec<_> = cells.map(|c| c.bytes.clone()).collect();
    cells.sort_by_key(|c| c.start);
    cells
}

/// A year that ends a short cell in the heading of a table: "2021", "Dự toán 2026".
fn heading_year(scan: &Scan, i: usize, heads: &[Range<usize>]) -> Option<Point> {
    let token = scan.token(i)?;
    let at = heads.partition_point(|c| c.start <= token.start as usize).checked_sub(1)?;
    let cell = heads.get(at).filter(|c| token.end as usize <= c.end)?;
    let last = scan.token(i + 1).is_none_or(|next| next.start as usize >= cell.end);
    let short = i
        .checked_sub(HEADING_WORDS)
        .and_then(|b| scan.token(b))
        .is_none_or(|b| (b.start as usize) < cell.start);
    let value = Value::Year(scan.year(i).filter(|_| last && short && scan.starts_clean(i))?);
    let numbered = i > 0 && scan.class(i - 1) == Class::Number;
    (!numbered).then_some(Point { tokens: i..i + 1, value, rule: scan.words.rules.year_head })
}

fn year_or_iso(scan: &Scan, i: usize) -> Option<Point> {
    match day::read(scan, i, false) {
        Some(day::Read { end, form: Form::Full(day), rule }) => Point::new(i..end, whole(day), rule),
        _ => period::year(scan, i),
    }
}

/// "năm 2006: 5 tỷ; 2007: 8 tỷ": the year after the last one, before a colon as that was.
fn next_year(scan: &Scan, i: usize, out: &Points) -> Option<Point> {
    let last = out.points.last().filter(|p| i - p.tokens.end.min(i) <= ROW_TOKENS)?;
    let year = scan.year(i)?;
    let Value::Year(before) = last.value else { return None };
    let later = year > before && year - before <= ROW_YEARS;
    let follows = later && scan.is(last.tokens.end, ':');
    let ends = |t: &Token| t.is(';') || t.is(',') || t.is('-') || t.is('%') || t.kind == Kind::Number;
    let mark = i.checked_sub(1).and_then(|b| scan.token(b)).is_some_and(ends);
    (follows && mark && scan.is(i + 1, ':') && scan.starts_clean(i)).then_some(Point {
        tokens: i..i + 1,
        value: Value::Year(year),
        rule: scan.words.rules.year_list,
    })
}

/// "1990: 67,6%; 1991: 67,3%; 1992: 17,5%": the first year of a row that stands without the word.
fn first_year(scan: &Scan, i: usize) -> Option<Point> {
    let year = scan.year(i).filter(|y| (1945..=2060).contains(y))?;
    let mark = i.checked_sub(1).is_none_or(|b| scan.token(b).is_none_or(|t| t.kind == Kind::Punct));
    let told = |k: usize| {
        scan.is(k + 1, ':') && scan.token(k + 2).is_some_and(|t| t.kind == Kind::Number) && scan.near(k + 2)
    };
    let next = |from: usize, year: u16| {
        let row = from + 3..from + ROW_TOKENS;
        row.into_iter().find(|&k| told(k) && scan.year(k).is_some_and(|y| y == year + 1))
    };
    let row = mark && told(i) && next(i, year).is_some_and(|k| next(k, year + 1).is_some());
    row.then_some(Point { tokens: i..i + 1, value: Value::Year(year), rule: scan.words.rules.year_list })
}

/// "từ 32% (2015) lên 56% (2020)", "thẻ (2016: 512; …": a year alone in brackets behind a figure or its noun.
fn bracketed_year(scan: &Scan, i: usize) -> Option<Point> {
    let year = scan.year(i).filter(|y| (1945..=2060).contains(y))?;
    let open = i.checked_sub(1).filter(|&b| scan.is(b, '('))?;
    let figure = (open.saturating_sub(BRACKET_WORDS)..open)
        .rev()
        .take_while(|&k| scan.near(k + 1))
        .any(|k| scan.token(k).is_some_and(|t| t.kind == Kind::Number));
    (figure && (scan.is(i + 1, ')') || scan.is(i + 1, ':'))).then_some(Point {
        tokens: i..i + 1,
        value: Value::Year(year),
        rule: scan.words.rules.year_list,
    })
}

fn short_quarter(scan: &Scan, i: usize) -> Option<Point> {
    period::quarter(scan, i, i - 1).filter(|p| p.value.year().is_some())
}

/// "sáu tháng đầu năm", "tám tháng của năm 2022": the number in words before "tháng".
fn months_in_words(scan: &Scan, month: usize) -> Option<Point> {
    let of = month + 1 + usize::from(scan.class(month + 1) == Class::Of);
    let dated = scan.class(of) == Class::Year && scan.year(of + 1).is_some();
    if !(dated || matches!(scan.class(month + 1), Class::First | Class::Last)) {
        return None;
    }
    let (n, &count) = scan.words.numerals.before(&scan.work.tokens, month)?;
    period::months(scan, month - n, month, count)
}

/// A day after the word "ngày" at token `start`.
fn a_day(scan: &Scan, i: usize, start: usize, out: &mut Points) -> Option<Point> {
    let read = day::read(scan, i, true)?;
    let value = match read.form {
        Form::Full(day) => whole(day),
        Form::Short { .. }
            if scan.words.cues.before(&scan.work.tokens, start).is_some_and(|c| *c.1 == Cue::Holiday) =>
        {
            out.refused.push(Refused { tokens: start..read.end, rule: scan.words.rules.holiday, code: None });
            return None;
        }
        Form::Short { month, day } => Value::Day { year: None, month: Some(month), day },
        Form::Alone(_) if !free_after(scan, read.end) => return None,
        Form::Alone(_) if start > 0 && scan.class(start - 1) == Class::Each => return None,
        Form::Alone(day) => Value::Day { year: None, month: None, day },
        Form::Impossible => return refuse(scan, i, read.end, out),
    };
    Point::new(start..read.end, value, read.rule)
}

/// "lúc 13h/12/10", "19h/9/10/2020": the day behind an hour and a slash.
fn after_hour(scan: &Scan, i: usize) -> Option<Point> {
    let slash = i.checked_sub(1).filter(|&s| scan.is(s, '/') && scan.glued(s))?;
    let hour = slash.checked_sub(1).and_then(|h| scan.token(h)).is_some_and(|t| scan.words.hour_marks.has(t));
    let number = slash.checked_sub(2).and_then(|n| scan.small(n)).is_some_and(|n| n.value <= 24);
    if !hour || !number {
        return None;
    }
    let read = day::read(scan, i, true)?;
    let value = match read.form {
        Form::Full(day) => whole(day),
        Form::Short { month, day } => Value::Day { year: None, month: Some(month), day },
        Form::Alone(_) | Form::Impossible => return None,
    };
    Point::new(i..read.end, value, read.rule)
}

/// A day without "ngày": a full one, or day and month after a word of time.
fn unnamed(scan: &Scan, i: usize, out: &mut Points) -> Option<Point> {
    if !scan.starts_clean(i) {
        return None;
    }
    let read = day::read(scan, i, false)?;
    match read.form {
        Form::Full(day) => Point::new(i..read.end, whole(day), read.rule),
        Form::Impossible => refuse(scan, i, read.end, out),
        Form::Short { month, day } => {
            let value = Value::Day { year: None, month: Some(month), day };
            let cue = scan.words.cues.before(&scan.work.tokens, i).map(|(_, cue)| *cue);
            let opens = (scan.dash(read.end) || scan.class(read.end) == Class::To)
                && matches!(
                    day::read(scan, read.end + 1, false),
                    Some(day::Read { form: Form::Full(_), .. })
                );
            if opens || day::opens_span(scan, i, read.end) || day::in_bracketed_span(scan, i, read.end) {
                return Point::new(i..read.end, value, read.rule);
            }
            if cue == Some(Cue::Holiday) && !scan.counted(read.end) {
                let rule = scan.words.rules.holiday;
                out.refused.push(Refused { tokens: i..read.end, rule, code: None });
                return None;
            }
            let chained = chained(scan, i, out, |v| matches!(v, Value::Day { .. }));
            // "ngày 15-25/8 thảo luận": a range leaves no room for a share.
            let ranged = chained && i > 0 && (scan.dash(i - 1) || scan.class(i - 1) == Class::To);
            let closes = day::closes_span(scan, i, read.end);
            let linked = cue.is_some() || chained || closes || in_brackets(scan, i, read.end, month, day);
            let told = goes_on(scan, cue, read.end, month, day)
                || day > 12 && day::behind_hour(scan, i) && goes_on_in_words(scan, read.end);
            let alone = free_after(scan, read.end) || told || closes || ranged && !scan.counted(read.end);
            (linked && alone || opens_clause(scan, i, read.end, month, day)).then_some(Point {
                tokens: i..read.end,
                value,
                rule: read.rule,
            })
        }
        Form::Alone(_) => None,
    }
}

/// "tính đến 15/9 thu được 2 tỷ", "đến 25/3 là 6 tỷ": the sentence goes on with a word that counts nothing; what could be a
/// share has a first number twice the second.
fn goes_on(scan: &Scan, cue: Option<Cue>, end: usize, month: u8, day: u8) -> bool {
    let sure = cue == Some(Cue::AsOf) || cue == Some(Cue::Until) && day > 12 && day >= month * 2;
    sure && goes_on_in_words(scan, end)
}

/// Whether a word that counts nothing stands behind, parted by a blank.
fn goes_on_in_words(scan: &Scan, end: usize) -> bool {
    let word = scan.token(end).is_some_and(|t| t.kind == Kind::Word && scan.near(end) && !scan.glued(end));
    word && !scan.counted(end)
}

/// "…; 25/12 chốt số liệu": a day that opens a clause or line, no share (its first number is twice the second).
fn opens_clause(scan: &Scan, i: usize, end: usize, month: u8, day: u8) -> bool {
    let mark = i.checked_sub(1).is_some_and(|b| scan.is(b, ';') || scan.is(b, '-'));
    let word = scan.token(end).is_some_and(|t| t.kind == Kind::Word && scan.near(end) && !scan.glued(end));
    mark && !scan.glued(i) && word && day > 12 && day >= month * 2 && !scan.counted(end)
}

/// "thăm tỉnh (26/3)", "Hôm qua (7/6)": alone in brackets, behind a day that is said, or no share, whose first number is never twice the
/// second.
fn in_brackets(scan: &Scan, i: usize, end: usize, month: u8, day: u8) -> bool {
    let word = i.checked_sub(2).and_then(|b| scan.token(b)).is_some_and(|t| t.kind == Kind::Word);
    let said = || scan.words.said_days.before(&scan.work.tokens, i - 1).is_some();
    word && scan.is(i - 1, '(') && scan.is(end, ')') && (day > 12 && day >= month * 2 || said())
}

/// "năm 20…": the head of a year that was left blank is no quantity.
fn unfilled(scan: &Scan, i: usize, out: &mut Points) -> Option<Point> {
    let dotted = scan.dots(i + 1) > i + 1 || (i > 1 && scan.near(i - 1) && scan.class(i - 2) == Class::Month);
    let blank = scan.num(i).is_some_and(|n| n.len < 4) && dotted;
    if blank && scan.work.ledger.free(i..i + 1) {
        out.refused.push(Refused { tokens: i..i + 1, rule: scan.words.rules.blank, code: None });
    }
    None
}

fn refuse(scan: &Scan, i: usize, end: usize, out: &mut Points) -> Option<Point> {
    let tokens = i..end;
    if scan.work.ledger.free(tokens.clone()) {
        out.refused.push(Refused {
            tokens,
            rule: scan.words.rules.impossible,
            code: Some("impossible_date"),
        });
    }
    None
}

/// Whether token `i` continues a list or range whose last item is a point of that kind: "ngày 10, 11", "năm 2016 và 2017".
fn chained(scan: &Scan, i: usize, out: &Points, kind: fn(&Value) -> bool) -> bool {
    out.points.last().is_some_and(|p| p.tokens.end + 1 == i && kind(&p.value))
        && i > 0
        && scan.near(i)
        && scan.near(i - 1)
        && (scan.is(i - 1, ',')
            || scan.is(i - 1, '&')
            || scan.is(i - 1, '+')
            || scan.dash(i - 1)
            || matches!(scan.class(i - 1), Class::And | Class::To))
}

/// A further item of a list of days or months whose numbers stand alone.
fn listed(scan: &Scan, i: usize, out: &Points) -> Option<Point> {
    let last = out.points.last()?;
    if last.tokens.end + 1 != i || last.value.year().is_some() {
        return None;
    }
    let number = scan.small(i).and_then(|n| u8::try_from(n.value).ok())?;
    match last.value {
        Value::Day { month: None, .. } if chained(scan, i, out, |_| true) => {
            if let Some(day::Read { end, form: Form::Short { month, day }, rule }) = day::read(scan, i, true)
                && free_after(scan, end)
            {
                return Point::new(i..end, Value::Day { year: None, month: Some(month), day }, rule);
            }
            if let Some(day::Read { end, form: Form::Full(day), rule }) = day::read(scan, i, true) {
                return Point::new(i..end, whole(day), rule);
            }
            let alone = (scan.ends_clean(i + 1) || scan.list_goes_on(i + 1))
                && free_after(scan, i + 1)
                && (1..=31).contains(&number);
            let value = Value::Day { year: None, month: None, day: number };
            alone.then_some(Point { tokens: i..i + 1, value, rule: scan.words.rules.day_alone })
        }
        Value::Month { .. } if chained(scan, i, out, |_| true) => {
            let point = period::month(scan, i, i)?;
            let sure = point.value.year().is_some() || free_after(scan, i + 1);
            sure.then_some(point)
        }
        _ => None,
    }
}

/// The rest of a list of years or quarters: "năm 2016, 2017 và 2018", "quý I, II và III/2023".
fn further(scan: &Scan, out: &mut Points) {
    while let Some(last) = out.points.last() {
        let mark = last.tokens.end;
        let joined = scan.is(mark, ',')
            || scan.is(mark, '&')
            || scan.is(mark, '+')
            || scan.is(mark, '/')
            || scan.class(mark) == Class::And
            || scan.dash(mark) && matches!(last.value, Value::Quarter { year: None, .. });
        if !joined || !scan.near(mark) || !scan.near(mark + 1) {
            return;
        }
        let next = match last.value {
            Value::Year(_) => period::listed_year(scan, mark + 1),
            Value::Quarter { year: None, .. } => period::quarter(scan, mark + 1, mark + 1),
            _ => None,
        };
        match next {
            Some(point) if scan.work.ledger.free(point.tokens.clone()) => out.points.push(point),
            _ => return,
        }
    }
}

fn whole(day: super::Day) -> Value {
    Value::Day { year: Some(day.year()), month: Some(day.month()), day: day.day() }
}
