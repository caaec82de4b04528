//! The grammar of months, quarters, halves and years: "tháng 5/2016", "quý I năm 2023", "6 tháng đầu năm 2022",
//! "năm 2018", "giai đoạn 2016-2020", "năm học 2022-2023".

use std::ops::Range;

use super::day::year_after;
use super::scan::Scan;
use super::value::Value;
use crate::patterns::dates::{Class, Cue, Head};
use crate::patterns::rule::RuleId;
use crate::words::token::{Case, Gap, Kind};

/// A date or period in the text, its year perhaps missing.
#[derive(Debug, Clone)]
pub(super) struct Point {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What is written of it.
    pub value: Value,
    /// The rule that read it.
    pub rule: RuleId,
}

impl Point {
    pub fn new(tokens: Range<usize>, value: Value, rule: RuleId) -> Option<Self> {
        Some(Self { tokens, value, rule })
    }
}

/// "tháng 5/2016", "tháng 5 năm 2016", "tháng 5": the number is token `i`, the word "tháng" token `start`.
pub(super) fn month(scan: &Scan, i: usize, start: usize) -> Option<Point> {
    let month = month_number(scan, i)?;
    let rule = scan.words.rules.month;
    if let Some((end, year)) = year_after(scan, i + 1) {
        return Point::new(start..end, Value::Month { year: Some(year), month }, rule);
    }
    let apart = scan.ends_clean(i + 1) && scan.slash(i + 1).is_none() || scan.list_goes_on(i + 1);
    let apart = apart && !opens_line(scan, i);
    apart.then_some(Point { tokens: start..i + 1, value: Value::Month { year: None, month }, rule })
}

/// "KẾT QUẢ 6 THÁNG" and on the next line "1. Khám chữa bệnh": the number marks what follows.
fn opens_line(scan: &Scan, i: usize) -> bool {
    let line = scan.token(i).is_some_and(|t| matches!(t.gap, Gap::Line | Gap::Para));
    let mark = (scan.is(i + 1, '.') || scan.is(i + 1, ')')) && scan.glued(i + 1);
    line && mark && scan.token(i + 2).is_some_and(|t| t.gap == Gap::Space && t.case != Case::Lower)
}

fn month_number(scan: &Scan, i: usize) -> Option<u8> {
    scan.small(i).and_then(|n| u8::try_from(n.value).ok()).filter(|m| (1..=12).contains(m))
}

/// "5/2016" without the word, "T5/2016", and the month of a blank day: "ngày   /5/2026".
pub(super) fn bare_month(scan: &Scan, i: usize) -> Option<Point> {
    let month = month_number(scan, i)?;
    if let Some(point) = first_short_month(scan, i, month) {
        return Some(point);
    }
    let at = scan.slash(i + 1)?;
    let year = scan.year(at).filter(|_| scan.ends_clean(at + 1))?;
    let value = Value::Month { year: Some(year), month };
    let rules = &scan.words.rules;
    if scan.glued(i) && scan.after(i, Class::ShortMonth) && scan.token(i - 1)?.case == Case::Upper {
        return Point::new(i - 1..at + 1, value, rules.month_short);
    }
    if i > 0 && scan.near(i) && scan.is(i - 1, '/') {
        return blank_before(scan, i).then_some(Point { tokens: i..at + 1, value, rule: rules.blank });
    }
    let before = i.checked_sub(1).and_then(|b| scan.token(b)).filter(|_| scan.near(i));
    let numbered = before.is_some_and(|t| {
        scan.words.class(t) == Class::Number
            || (t.kind == Kind::Word && t.case == Case::Upper && t.bytes() <= 5)
    });
    let free = !numbered && scan.starts_clean(i) && !scan.counted(at + 1);
    free.then_some(Point { tokens: i..at + 1, value, rule: rules.month_short })
}

/// The "T1" of "T1-T9/2019" and "T1 đến T6/2020": its year stands behind the other end.
fn first_short_month(scan: &Scan, i: usize, month: u8) -> Option<Point> {
    let is_short = |n: usize| {
        let letter = n.checked_sub(1).and_then(|before| scan.token(before));
        scan.glued(n) && scan.after(n, Class::ShortMonth) && letter.is_some_and(|t| t.case == Case::Upper)
    };
    let last = i + 3;
    let joined = scan.dash(i + 1) || scan.class(i + 1) == Class::To;
    let interval = is_short(i) && joined && scan.near(i + 1) && is_short(last) && scan.near(last - 1);
    let dated = month_number(scan, last).is_some_and(|m| m > month)
        && scan.slash(last + 1).is_some_and(|at| scan.year(at).is_some());
    let value = Value::Month { year: None, month };
    let tokens = i.checked_sub(1)?..i + 1;
    (interval && dated).then_some(Point { tokens, value, rule: scan.words.rules.month_short })
}

/// Whether nothing but the slashes and dots of a blank stands between token `i` and "ngày", "tháng", "từ" or "đến".
fn blank_before(scan: &Scan, i: usize) -> bool {
    let mut at = i;
    while at > 0 && i - at < 40 && scan.near(at) {
        at -= 1;
        match scan.class(at) {
            Class::Day | Class::Month | Class::From | Class::To => return true,
            _ if scan.is(at, '/') || scan.is(at, '.') || scan.is(at, '…') || scan.is(at, '_') => {}
            _ => return false,
        }
    }
    false
}

/// The year of a day left blank: "ngày   /   /2024", "tháng …/2026".
pub(super) fn blank_year(scan: &Scan, i: usize) -> Option<Point> {
    let year = scan.year(i).filter(|_| i > 0 && scan.is(i - 1, '/') && scan.ends_clean(i + 1))?;
    blank_before(scan, i).then_some(Point {
        tokens: i..i + 1,
        value: Value::Year(year),
        rule: scan.words.rules.blank,
    })
}

/// "quý I/2023", "quý 2 năm 2023", "Quí IV-2025", "Q1/2024"; `i` is the number.
pub(super) fn quarter(scan: &Scan, i: usize, start: usize) -> Option<Point> {
    let quarter = quarter_number(scan, i)?;
    let rule = scan.words.rules.quarter;
    let at = if scan.class(i + 1) == Class::Of && scan.class(i + 2) == Class::Year { i + 2 } else { i + 1 };
    if let Some((end, year)) = year_after(scan, at) {
        return Point::new(start..end, Value::Quarter { year: Some(year), quarter }, rule);
    }
    // "quý 1+2/2019", "quý I-II/2019"
    let paired = scan.is(i + 1, '+') || scan.is(i + 1, '&') || scan.dash(i + 1);
    let paired = paired && scan.near(i + 1) && quarter_number(scan, i + 2).is_some();
    let apart = scan.ends_clean(i + 1) && scan.slash(i + 1).is_none() || scan.list_goes_on(i + 1) || paired;
    let apart = apart && !opens_line(scan, i);
    apart.then_some(Point { tokens: start..i + 1, value: Value::Quarter { year: None, quarter }, rule })
}

/// "quý đầu năm 2021", "ba quý đầu năm 2012": the first or last quarter of a year, or some of them; `i` is the word "quý".
pub(super) fn quarters(scan: &Scan, i: usize) -> Option<Point> {
    let last = match scan.class(i + 1) {
        Class::First => false,
        Class::Last => true,
        _ => return None,
    };
    let of = usize::from(scan.class(i + 2) == Class::Of);
    let at = i + 2 + of;
    let year = own_year(scan, at + 1).filter(|_| scan.class(at) == Class::Year)?;
    let rules = &scan.words.rules;
    let numerals = &scan.words.numerals;
    let figure = || i.checked_sub(1).and_then(|n| Some((n, u8::try_from(scan.small(n)?.value).ok()?)));
    let word = || numerals.before(&scan.work.tokens, i).map(|(n, &count)| (i - n, count));
    if let Some((start, count)) = figure().or_else(word).filter(|(_, count)| (2..=4).contains(count)) {
        let value = Value::Months { year: Some(year), count: count * 3, last };
        return Point::new(start..at + 2, value, rules.months);
    }
    let value = Value::Quarter { year: Some(year), quarter: if last { 4 } else { 1 } };
    Point::new(i..at + 2, value, rules.quarter)
}

/// "quý ba năm 2011", "tháng III/2019", "tháng mười hai năm 2023": a number in words or Roman figures behind "quý" or
/// "tháng" at token `start`, with its year.
pub(super) fn ordinal(scan: &Scan, start: usize, quarter: bool) -> Option<Point> {
    let (n, &number) =
        scan.words.ordinals.at(&scan.work.tokens, start + 1).filter(|_| scan.near(start + 1))?;
    let at = start + 1 + n;
    // "rằm tháng Giêng", "15 tháng Chạp" are days of the moon's year.
    let moon = scan.words.lunar.at(&scan.work.tokens, start + 1).is_some()
        && (scan.words.lunar_lead.before(&scan.work.tokens, start).is_some()
            || start > 0 && scan.near(start) && scan.num(start - 1).is_some());
    if moon {
        return None;
    }
    // "ngày 10 tháng năm 2007" has lost its month: only "tháng năm năm 2007" names the fifth.
    let fifth = n == 1 && scan.class(start + 1) == Class::Year && scan.class(at) != Class::Year;
    let (end, year) = year_after(scan, at).filter(|_| !fifth)?;
    let (value, rule) = if quarter {
        let quarter = Some(number).filter(|q| *q <= 4)?;
        (Value::Quarter { year: Some(year), quarter }, scan.words.rules.quarter)
    } else {
        (Value::Month { year: Some(year), month: number }, scan.words.rules.month)
    };
    Point::new(start..end, value, rule)
}

/// "QIV/2019", "Q.IV/2019", "QIV năm 2019": a quarter whose letter and number are one; `i` is the year.
pub(super) fn joined_quarter(scan: &Scan, i: usize) -> Option<Point> {
    let before = i.checked_sub(1).filter(|_| scan.near(i))?;
    let mark = scan.is(before, '/') || scan.dash(before) || scan.class(before) == Class::Year;
    let (n, &quarter) = scan.words.joined_quarters.before(&scan.work.tokens, before).filter(|_| mark)?;
    let (end, year) = year_after(scan, before)?;
    let value = Value::Quarter { year: Some(year), quarter };
    Point::new(before - n..end, value, scan.words.rules.quarter)
}

/// "9T/2019", "6T đầu năm 2019": months whose word is one letter; `i` is their number.
pub(super) fn short_months(scan: &Scan, i: usize, count: u8) -> Option<Point> {
    let letter = scan.token(i + 1)?;
    let short = scan.class(i + 1) == Class::ShortMonth && scan.glued(i + 1) && letter.case == Case::Upper;
    let told = matches!(scan.class(i + 2), Class::First | Class::Last);
    months(scan, i, i + 1, count).filter(|p| short && (told || p.value.year().is_some()))
}

fn quarter_number(scan: &Scan, i: usize) -> Option<u8> {
    if !scan.near(i) {
        return None;
    }
    match scan.work.word(i) {
        "I" | "i" | "1" | "01" => Some(1),
        "II" | "ii" | "2" | "02" => Some(2),
        "III" | "iii" | "3" | "03" => Some(3),
        "IV" | "iv" | "4" | "04" => Some(4),
        _ => None,
    }
}

/// "6 tháng đầu năm 2022", "9 tháng năm 2022", "3 tháng cuối năm", "9 tháng"; `month` is the word "tháng", `start`
/// the number before it, in figures or words.
pub(super) fn months(scan: &Scan, start: usize, month: usize, count: u8) -> Option<Point> {
    if !(1..=12).contains(&count) || (start > 0 && scan.after(start, Class::Day)) {
        return None;
    }
    let at = month + 1;
    let rules = &scan.words.rules;
    let last = match scan.class(at) {
        Class::First if scan.near(at) => false,
        Class::Last if scan.near(at) => true,
        _ => {
            // "9 tháng năm 2022", "9 tháng/2022"; "9 tháng" alone waits for the same months with a year.
            let value = |year| Value::Months { year, count, last: false };
            // "tám tháng của năm 2022"
            let of = usize::from(scan.class(at) == Class::Of && scan.class(at + 1) == Class::Year);
            let year = at + of;
            let direct = scan.class(year) == Class::Year || scan.is(at, '/') || scan.year(at).is_some();
            return match year_after(scan, year).filter(|_| direct) {
                Some((end, year)) => Point::new(start..end, value(Some(year)), rules.months),
                None if scan.num(start).is_some_and(|n| !n.padded)
                    && count > 1
                    && (free_after(scan, at) || told(scan, start, at) || cumulative(scan, start)) =>
                {
                    Point::new(start..at, value(None), rules.months_alone)
                }
                None => None,
            };
        }
    };
    let at = if scan.class(at + 1) == Class::Of { at + 2 } else { at + 1 };
    if scan.class(at) != Class::Year || !scan.near(at) || scan.class(at + 1) == Class::School {
        return None;
    }
    let year = own_year(scan, at + 1);
    let end = if year.is_some() { at + 2 } else { at + 1 };
    if count == 6 {
        return Point::new(start..end, Value::Half { year, half: if last { 2 } else { 1 } }, rules.half);
    }
    Point::new(start..end, Value::Months { year, count, last }, rules.months)
}

/// "9 tháng ước đạt", "bình quân 6 tháng tăng": a verb of results behind the months, and no word of a time allowed
/// before them ("sau 6 tháng đạt").
pub(super) fn told(scan: &Scan, start: usize, at: usize) -> bool {
    let tokens = &scan.work.tokens;
    scan.near(at)
        && scan.words.told.at(tokens, at).is_some()
        && scan.words.allowed.before(tokens, start).is_none()
}

/// "lũy kế 9 tháng": counted up from the start of the year.
pub(super) fn cumulative(scan: &Scan, start: usize) -> bool {
    scan.near(start) && scan.words.cumulative.before(&scan.work.tokens, start).is_some()
}

/// "nửa đầu năm 2023"; `i` is the word "nửa".
pub(super) fn half(scan: &Scan, i: usize) -> Option<Point> {
    let half = match scan.class(i + 1) {
        Class::First => 1,
        Class::Last => 2,
        // "báo cáo nửa năm 2025", "nửa năm đầu 2025": its first half.
        Class::Year => {
            let first = scan.class(i + 2) == Class::First;
            let named = first && scan.class(i + 3) == Class::Year;
            let at = i + 2 + usize::from(first) + usize::from(named);
            let year = own_year(scan, at)?;
            return Point::new(i..at + 1, Value::Half { year: Some(year), half: 1 }, scan.words.rules.half);
        }
        _ => return None,
    };
    if scan.class(i + 2) != Class::Year || scan.class(i + 3) == Class::School {
        return None;
    }
    let year = own_year(scan, i + 3);
    let end = if year.is_some() { i + 4 } else { i + 3 };
    Point::new(i..end, Value::Half { year, half }, scan.words.rules.half)
}

/// A year, or a range of years, whose first number is token `i`.
pub(super) fn year(scan: &Scan, i: usize) -> Option<Point> {
    let tokens = &scan.work.tokens;
    // "Năm: 2019" on a form.
    let label = i > 1 && scan.is(i - 1, ':') && scan.near(i) && scan.after(i - 1, Class::Year);
    let named = scan.after(i, Class::Year);
    if named && i > 1 && matches!(scan.class(i - 2), Class::Each | Class::Every) {
        return None;
    }
    let Some(first) = scan.year(i) else {
        return if named { footnoted(scan, i) } else { None };
    };
    if !named && !scan.starts_clean(i) {
        return None;
    }
    let head = scan.words.heads.before(tokens, i).map(|(n, head)| (i - n, *head));
    // "kế hoạch 5 năm 2021-2025": the years are five in number.
    let five = named && i > 1 && scan.near(i - 1) && scan.small(i - 2).is_some();
    let head = head.filter(|_| !five);
    let led = named && !five || scan.after(i, Class::From);
    let start = head.map_or(if led { i - 1 } else { i }, |h| h.0);
    let rules = &scan.words.rules;
    if let Some((end, last)) = range_end(scan, i, first, head.is_some()) {
        return match head.map(|h| h.1) {
            Some(Head::School) => Point::new(start..end, Value::School(first, last), rules.school_year),
            Some(Head::Season) => Point::new(start..end, Value::Years(first, last), rules.season),
            Some(_) => Point::new(start..end, Value::Years(first, last), rules.years),
            None => Point::new(start..end, Value::Years(first, last), rules.years_bare),
        };
    }
    // "năm 2016,2017" and "năm 2022/2021" go on with another year.
    let led_by = || scan.near(i) && scan.words.year_lead.before(tokens, i).is_some();
    let goes_on = (scan.is(i + 1, ',') || scan.is(i + 1, '/'))
        && scan.year(i + 2).is_some()
        && (named || scan.is(i + 1, '/') && led_by());
    if !scan.ends_clean(i + 1) && !goes_on {
        return None;
    }
    if label {
        return Point::new(i..i + 1, Value::Year(first), rules.year);
    }
    if named {
        return Point::new(i - 1..i + 1, Value::Year(first), rules.year);
    }
    // "năm tài chính 2000"; a head that ends with "năm" was read above.
    if matches!(head, Some((_, Head::Years | Head::Season | Head::Term | Head::Period | Head::School)))
        && !scan.counted(i + 1)
    {
        return Point::new(start..i + 1, Value::Year(first), rules.year_cue);
    }
    let cue = scan.words.cues.before(tokens, i).map(|(_, cue)| *cue);
    let from = scan.after(i, Class::From) && scan.class(i + 1) == Class::To;
    let free = free_after(scan, i + 1);
    let before = i.checked_sub(1).map_or(Class::None, |b| scan.class(b));
    // "(2016: 512; 2017: 630)"
    let opens = i.checked_sub(1).is_some_and(|b| ['(', ';', ','].iter().any(|&mark| scan.is(b, mark)));
    let labels = opens && scan.is(i + 1, ':') && scan.near(i + 2) && scan.num(i + 2).is_some();
    let sure = match cue {
        _ if labels => true,
        Some(Cue::Deadline | Cue::AsOf) => free || !scan.counted(i + 1),
        // "tới cuối 2015 dân số đạt", "(đến 2005 có 25 trường)".
        _ if matches!(before, Class::First | Class::Last) && scan.near(i) => !scan.counted(i + 1),
        Some(Cue::Until) => free || !scan.counted(i + 1) && after_year(scan, i + 1),
        _ => from && free || led_by() && !scan.counted(i + 1) && (free || goes_on || after_year(scan, i + 1)),
    };
    sure.then_some(Point { tokens: i..i + 1, value: Value::Year(first), rule: rules.year_cue })
}

/// Words that go on after a year and count nothing: "so với 2024 tăng", "Kế hoạch 2025 là".
fn after_year(scan: &Scan, i: usize) -> bool {
    let words = &scan.work.patterns.indicators;
    scan.token(i).is_some_and(|t| words.stop.has(t) || words.ends.has(t))
}

/// The year at `i` of the part of a year before it: "… đầu năm 2024", also before the year that it is compared with
/// ("2014/2013") and with the mark of a footnote ("20243").
fn own_year(scan: &Scan, i: usize) -> Option<u16> {
    let compared = || scan.slash(i + 1).is_some_and(|next| scan.year(next).is_some());
    let plain = scan.year(i).filter(|_| scan.ends_clean(i + 1) || compared());
    plain.or_else(|| footnoted_year(scan, i)).filter(|_| scan.near(i))
}

/// "năm 20243": a year with the mark of a footnote run into it.
fn footnoted(scan: &Scan, i: usize) -> Option<Point> {
    let year = footnoted_year(scan, i)?;
    Point::new(i - 1..i + 1, Value::Year(year), scan.words.rules.year)
}

fn footnoted_year(scan: &Scan, i: usize) -> Option<u16> {
    let digits = scan.work.word(i);
    let (year, mark) = (digits.get(..4)?, digits.get(4..)?);
    let year = year.parse::<u16>().ok().filter(|y| (1900..=2100).contains(y))?;
    let sure = mark.len() == 1 && mark != "0" && scan.ends_clean(i + 1) && !scan.counted(i + 1);
    sure.then_some(year)
}

/// A further year of a list, without the word: the "2017" of "năm 2016, 2017 và 2018".
pub(super) fn listed_year(scan: &Scan, i: usize) -> Option<Point> {
    let year = scan.year(i)?;
    let goes_on = scan.is(i + 1, ',') && scan.year(i + 2).is_some();
    let alone = (scan.ends_clean(i + 1) || goes_on)
        && !scan.counted(i + 1)
        && range_end(scan, i, year, false).is_none();
    alone.then_some(Point { tokens: i..i + 1, value: Value::Year(year), rule: scan.words.rules.year_list })
}

/// The end of "2016-2020", "2021 đến 2025", "2021-25" (after giai đoạn), "2022/2023" (after năm học).
fn range_end(scan: &Scan, i: usize, first: u16, headed: bool) -> Option<(usize, u16)> {
    let mark = i + 1;
    let to = scan.class(mark) == Class::To && (headed || scan.after(i, Class::From));
    let slash = headed && scan.is(mark, '/');
    let dash = scan.dash(mark) || scan.is(mark, '~');
    if !scan.near(mark) || !(dash || to || slash) {
        return None;
    }
    let at = if scan.class(mark + 1) == Class::Year && scan.near(mark + 1) { mark + 2 } else { mark + 1 };
    if !scan.near(at) || !scan.ends_clean(at + 1) {
        return None;
    }
    let last = match scan.num(at)? {
        n if n.len == 4 => scan.year(at)?,
        // "giai đoạn 2021 - 25 trồng", but "giai đoạn 2021 - 25 ha".
        n if n.len == 2 && headed && !to && (scan.glued(at) || !scan.counted(at + 1)) => {
            first / 100 * 100 + n.value
        }
        _ => return None,
    };
    let span = last.checked_sub(first)?;
    // "trong 3 năm 2016 - 2018 huyện đã huy động": the word for a year before the first is no noun that is counted.
    let named = scan.after(i, Class::Year) && scan.year(at).is_some();
    let sure = headed || named || !scan.counted(at + 1);
    let close = if slash { span == 1 } else { (1..=100).contains(&span) };
    (close && sure).then_some((at + 1, last))
}

/// Whether what stands at `i` leaves the number before it alone: a border, a mark, a word of the date grammar, a
/// capital; not a noun that is counted.
pub(super) fn free_after(scan: &Scan, i: usize) -> bool {
    let Some(token) = scan.token(i) else { return true };
    match token.kind {
        _ if !scan.near(i) => true,
        Kind::Punct => !token.is('%') && !token.is('/'),
        Kind::Number => false,
        Kind::Word => scan.words.class(token) != Class::None || (token.capital() && token.gap != Gap::Glued),
    }
}
