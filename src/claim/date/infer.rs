//! The year that is not written: "ngày 09/4", "tháng 6", "6 tháng đầu năm".
//!
//! Looked for in the sentence, then in the heading above, then in the document (the period it covers, its day of
//! issue). Never taken from a clock. What recurs every year, or finds no anchor, stays without a year.

use super::interval::Item;
use super::period;
use super::scan::Scan;
use super::value::Value;
use super::{Context, Day};
use crate::patterns::dates::{Class, Cue};
use crate::words::token::{Gap, Kind};

/// How many tokens a sentence is searched for, each way.
const REACH: usize = 80;

/// So many months before the day of issue "đến" names no day gone by.
const LONG_AGO: u8 = 6;

/// How far back the last period stands that a month takes its year from, in tokens.
const TRAIL: usize = 160;

/// How many dates of a heading are looked at.
const HEADING: usize = 16;

/// Why an item has no year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Missing {
    /// Every year: "trước ngày 15/12 hằng năm".
    Recurring,
    /// Nothing in the document gives it.
    NoAnchor,
}

/// What years may be taken from, gathered once for a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Anchors {
    /// The day of issue, or the last day of what the header gives of it: "ngày … tháng 6 năm 2026".
    pub issue: Option<Day>,
    /// The year of the first "9 tháng năm 2022", by number of months.
    months: [Option<u16>; 13],
    /// The year of the first month, or of the first quarter that ends with it, by number of the month.
    last: [Option<u16>; 13],
    /// The only year of all days, months and quarters that are told with theirs, and the one after all that are compared with.
    alone: Option<u16>,
}

impl Anchors {
    pub fn new(scan: &Scan, context: &Context, items: &[Item]) -> Self {
        let header = || {
            let range = context.issue_range.as_ref()?;
            let first = items.partition_point(|i| i.tokens.end <= range.start);
            let item = items.get(first).filter(|i| i.tokens.start < range.end)?;
            item.from.bounds().map(|(_, end)| end)
        };
        let (mut months, mut last) = ([None; 13], [None; 13]);
        let mut alone: Option<Option<u16>> = None;
        for item in items {
            let own = match item.from {
                Value::Year(year) => Some(year + 1).filter(|_| item.to.is_none() && is_same_time(scan, item)),
                Value::Years(..) | Value::School(..) => None,
                value => value.year().filter(|_| !is_base(scan, item)),
            };
            if let Some(year) = own.filter(|_| !context.in_reference(item.tokens.start)) {
                alone = Some(if alone.is_none_or(|a| a == Some(year)) { Some(year) } else { None });
            }
            let ends = match item.from {
                Value::Month { year, month } => Some((year, month)),
                Value::Quarter { year, quarter } => Some((year, quarter * 3)),
                _ => None,
            };
            if let Some((year, month)) = ends.filter(|_| !context.in_reference(item.tokens.start))
                && let Some(slot) = last.get_mut(month as usize)
            {
                *slot = slot.or(year);
            }
            let (year, count) = match item.from {
                Value::Months { year, count, last: false } => (year, count),
                Value::Half { year, half: 1 } => (year, 6),
                _ => continue,
            };
            // "cao hơn mức tăng của 9 tháng năm 2018": those of another year.
            if let Some(slot) = months.get_mut(count as usize).filter(|_| !is_base(scan, item)) {
                *slot = slot.or(year);
            }
        }
        Self { issue: context.issue.or_else(header), months, last, alone: alone.flatten() }
    }
}

/// Whether an item still lacks its year.
pub(super) fn lacks_year(item: &Item) -> bool {
    item.from.year().is_none() || item.to.is_some_and(|t| t.year().is_none())
}

/// Finds the year of item `k`.
pub(super) fn year(
    scan: &Scan,
    context: &Context,
    anchors: &Anchors,
    items: &[Item],
    k: usize,
) -> Result<(u16, &'static str), Missing> {
    let Some(item) = items.get(k) else { return Err(Missing::NoAnchor) };
    if recurring(scan, item) {
        return Err(Missing::Recurring);
    }
    // "6 tháng đầu năm, phương hướng 6 tháng cuối năm 2010".
    let first = match item.from {
        Value::Half { year: None, half: 1 } => Some(6),
        Value::Months { year: None, count, last: false } => Some(count),
        _ => None,
    };
    if let Some(year) = first.and_then(|count| before_rest(scan, items, k, count)) {
        return Ok((year, "year from the rest of the year beside it"));
    }
    if let Value::Months { year: None, count, last: false } = item.from
        && item.rule == scan.words.rules.months_alone
    {
        let same = anchors.months.get(count as usize).copied().flatten();
        // In May 2021 "4 tháng" are those of that year, though a bracket tells of "4 tháng đầu năm 2020".
        let due = anchors.issue.filter(|d| d.month() == count || d.month() == count + 1).map(|d| d.year());
        if let Some(year) = same.filter(|year| due.is_none_or(|due| *year >= due)) {
            return Ok((year, "year from the same months elsewhere"));
        }
        // "Tháng 5/2017 … Tính chung 5 tháng": up to that month, or the one before ("nhiệm vụ tháng 6/2017").
        let cumulative = period::cumulative(scan, item.tokens.start);
        let ends = |month: usize| anchors.last.get(month).copied().flatten().filter(|_| cumulative);
        let last = ends(usize::from(count)).or_else(|| ends(usize::from(count) + 1));
        if let Some(year) = last {
            return Ok((year, "year from the month or quarter that they end with"));
        }
        // "tính chung 6 tháng tăng": told of in the last of these months, or the one after.
        let told = cumulative || period::told(scan, item.tokens.start, item.tokens.end) && count > 2;
        let issue = anchors.issue.filter(|d| told && (d.month() == count || d.month() == count + 1));
        let issue = issue.map(|d| (d.year(), "year from the day of issue"));
        return issue.or_else(|| after_base(scan, context, anchors, items, k)).ok_or(Missing::NoAnchor);
    }
    if matches!(item.from, Value::Day { month: None, .. }) {
        return Err(Missing::NoAnchor);
    }
    if let Some(year) = in_sentence(scan, context, anchors, items, k) {
        return Ok((year, "year from the sentence"));
    }
    // "6 tháng đầu năm" below "Mục tiêu đến năm 2025" of a text of 2021 is of no year so far ahead.
    let near = |year: &u16| anchors.issue.is_none_or(|day| *year <= day.year() + 1);
    if let Some(year) = in_heading(context, items, item.tokens.start).filter(near) {
        return Ok((year, "year from the heading"));
    }
    if context.normative {
        return Err(Missing::Recurring);
    }
    if let Some((start, end)) = context.period
        && start.year() == end.year()
    {
        return Ok((end.year(), "year from the period of the document"));
    }
    let trail = || {
        let year = in_paragraphs_before(context, items, k).or_else(|| up_to(scan, context, items, k));
        year.map(|year| (year, "year from the dates before"))
    };
    anchors
        .issue
        .map(|issue| {
            let year = if follows_on(scan, items, k) { issue.year() } else { near_issue(scan, item, issue) };
            (year, "year from the day of issue")
        })
        .or_else(trail)
        .or_else(|| after_base(scan, context, anchors, items, k))
        .ok_or(Missing::NoAnchor)
}

/// How far before a time the words stand that compare with it, in tokens.
const COMPARED: usize = 6;

/// Whether a time is that of what is compared with: "so với mức tăng của 9 tháng năm 2018".
fn is_base(scan: &Scan, item: &Item) -> bool {
    let words = [&scan.work.patterns.frames.versus, &scan.work.patterns.frames.same_time];
    let plain = |i: &usize| scan.token(*i).is_some_and(|t| t.kind == Kind::Word);
    let near = (item.tokens.start.saturating_sub(COMPARED)..item.tokens.start).rev().take_while(plain);
    near.chain([item.tokens.start])
        .any(|i| i > 0 && words.iter().any(|w| w.before(&scan.work.tokens, i).is_some()))
}

/// "quý I đạt 12.234 tỷ đồng, tăng 20% so với cùng kỳ năm 2018": where nothing else tells the year, the one after that of what is
/// compared with in the sentence, else the only one of the text.
fn after_base(
    scan: &Scan,
    context: &Context,
    anchors: &Anchors,
    items: &[Item],
    k: usize,
) -> Option<(u16, &'static str)> {
    let own = items.get(k).filter(|i| !is_base(scan, i))?;
    if anchors.issue.is_some() || context.period.is_some() {
        return None;
    }
    let end = sentence_end(scan, own.tokens.end);
    let mut behind = items.get(k + 1..)?.iter().take_while(|i| i.tokens.end <= end);
    let base = behind.find(|i| matches!(i.from, Value::Year(_)) && i.to.is_none());
    let base = base.filter(|base| is_same_time(scan, base)).and_then(|base| base.from.year());
    let after = base.map(|year| (year + 1, "year after the one compared with"));
    // "7 tháng" may be a stretch of any time.
    let alone = anchors.alone.filter(|_| own.rule != scan.words.rules.months_alone);
    after.or_else(|| alone.map(|year| (year, "the only year of the text")))
}

/// "cùng kỳ năm 2018".
fn is_same_time(scan: &Scan, item: &Item) -> bool {
    scan.work.patterns.frames.same_time.before(&scan.work.tokens, item.tokens.start).is_some()
}

/// "9 tháng, nhiệm vụ 3 tháng cuối năm 2019", "9 tháng, bàn nhiệm vụ quý IV năm 2023": the year of the months that are left.
fn before_rest(scan: &Scan, items: &[Item], k: usize, count: u8) -> Option<u16> {
    let own = items.get(k)?;
    let next = items.get(k + 1).filter(|n| n.tokens.start <= own.tokens.end + REST && !is_base(scan, n))?;
    let rest = match next.from {
        Value::Months { last: true, count: left, .. } => left + count == 12,
        Value::Quarter { quarter, .. } => quarter * 3 == count + 3,
        Value::Half { half: 2, .. } => count == 6,
        _ => false,
    };
    next.from.year().filter(|_| rest && next.tokens.end <= sentence_end(scan, own.tokens.end))
}

/// How far behind so many months those that are left stand, in tokens.
const REST: usize = 16;

/// The year of the nearest date before, else after, in the same sentence; dates of other documents do not count.
fn in_sentence(scan: &Scan, context: &Context, anchors: &Anchors, items: &[Item], k: usize) -> Option<u16> {
    let own = items.get(k)?.tokens.clone();
    // "tăng 2,4% so với tháng 12/2012": what is compared with is of another time.
    let compared = |i: &Item| {
        scan.work
            .patterns
            .indicators
            .compared
            .before(&scan.work.tokens, i.tokens.start)
            .is_some_and(|(n, ())| n > 1)
            || scan.work.patterns.frames.versus.before(&scan.work.tokens, i.tokens.start).is_some()
    };
    // "nhiệm kỳ 2016 - 2021" says nothing of the day beside it.
    let term = |i: &Item| scan.work.patterns.frames.terms.at(&scan.work.tokens, i.tokens.start).is_some();
    let usable =
        |i: &&Item| !lacks_year(i) && !term(i) && !context.in_reference(i.tokens.start) && !compared(i);
    let floor = sentence_start(scan, own.start);
    // "6 tháng đầu năm tăng 9,6% (6 tháng đầu năm 2007 tăng 9,1%)": what is told beside it has its own year.
    let aside = |i: &Item| {
        let told = |t: usize| scan.token(t).is_some_and(|t| t.kind == Kind::Number);
        let open = (own.end + 1..i.tokens.start).rev().find(|&t| scan.is(t, '(') || scan.is(t, ')'));
        open.is_some_and(|t| scan.is(t, '(') && (own.end..t).any(told) && !scan.is(i.tokens.end, ')'))
    };
    let usable = |i: &&Item| usable(i) && !aside(i);
    let before = items.get(..k)?.iter().rev().take_while(|i| i.tokens.start >= floor).find(usable);
    if let Some(found) = before {
        return found.to.unwrap_or(found.from).year();
    }
    // "kết quả năm 2018: …; sau các trận lũ tháng 8, …": a semicolon parts clauses of one sentence.
    let whole = whole_sentence_start(scan, own.start);
    let clause = items.get(..k)?.iter().rev().take_while(|i| i.tokens.start >= whole).find(usable);
    if let Some(year) =
        clause.filter(|i| matches!(i.from, Value::Year(_)) && i.to.is_none()).and_then(|i| i.from.year())
    {
        return Some(year);
    }
    let ceiling = sentence_end(scan, own.end);
    let after = items.get(k + 1..)?.iter().take_while(|i| i.tokens.end <= ceiling).find(usable)?;
    let year = after.from.year()?;
    // "Hết tháng 6, … thêm 160 xã kể từ cuối năm 2021": since when something is reckoned.
    let frames = &scan.work.patterns.frames;
    let point = frames.event_months.before(&scan.work.tokens, after.tokens.start);
    let since = point.is_some_and(|(n, ())| {
        let at = after.tokens.start - n;
        frames.starts_span.before(&scan.work.tokens, at).is_some()
            || frames.versus.before(&scan.work.tokens, at).is_some()
    });
    // "tăng 18,5% so với Tết Ất Tỵ 2025".
    let other = since || is_base(scan, after) || is_nearer_issue(items.get(k)?, after, anchors.issue);
    (!other).then_some(year)
}

/// Whether a month takes its year from the day of issue rather than from a date behind it: "Đầu tháng 6, … họp về bộ chỉ số năm 2020" in
/// June 2021; "hết tháng 11 đạt 72%, đến 31/01/2024 đạt 95%" in November 2023.
fn is_nearer_issue(item: &Item, after: &Item, issue: Option<Day>) -> bool {
    let Some((issue, year)) = issue.zip(after.from.year()) else { return false };
    let month = match item.from {
        Value::Month { month, .. } => month,
        Value::Day { month: Some(month), .. } => month,
        _ => return false,
    };
    let now = item.to.is_none() && (month == issue.month() || month + 1 == issue.month());
    let year_before = matches!(after.from, Value::Year(_)) && after.to.is_none() && year < issue.year();
    let next_year = match after.from {
        Value::Day { month: Some(then), .. } => year == issue.year() + 1 && then < month,
        _ => false,
    };
    now && year_before || next_year
}

/// The year of the months before that hold this one, where the document says no other: "11 tháng năm 2018 … Riêng tháng 11".
fn in_paragraphs_before(context: &Context, items: &[Item], k: usize) -> Option<u16> {
    let item = items.get(k)?;
    let Value::Month { month, .. } = item.from else { return None };
    let near = items.get(..k)?.iter().rev().take(HEADING);
    let near = near.take_while(|i| item.tokens.start - i.tokens.end <= TRAIL);
    let holds = |i: &&Item| match i.from {
        Value::Months { count, last: false, .. } => month <= count,
        Value::Half { half: 1, .. } => month <= 6,
        _ => false,
    };
    let mut spans = near.filter(|i| !lacks_year(i) && !context.in_reference(i.tokens.start)).filter(holds);
    spans.next().and_then(|i| i.from.year())
}

/// "Vốn năm 2025 là 15 tỷ đồng. Đến hết ngày 15/10, giải ngân 5 tỷ đồng": a day up to which is counted is of the year told last.
fn up_to(scan: &Scan, context: &Context, items: &[Item], k: usize) -> Option<u16> {
    let item = items.get(k)?;
    let cue = scan.words.cues.before(&scan.work.tokens, item.tokens.start).map(|(_, cue)| *cue);
    if !matches!(item.from, Value::Day { month: Some(_), .. }) || !matches!(cue, Some(Cue::Until | Cue::AsOf))
    {
        return None;
    }
    let near = items.get(..k)?.iter().rev().take(HEADING);
    let mut near = near.take_while(|i| item.tokens.start - i.tokens.end <= TRAIL);
    let last = near.find(|i| !lacks_year(i) && !context.in_reference(i.tokens.start))?;
    let year = last.from.year().filter(|_| matches!(last.from, Value::Year(_)) && last.to.is_none());
    year.filter(|_| !is_base(scan, last))
}

fn in_heading(context: &Context, items: &[Item], at: usize) -> Option<u16> {
    let n = context.headings.partition_point(|h| h.start <= at);
    let heading = context.headings.get(n.checked_sub(1)?)?;
    let first = items.partition_point(|i| i.tokens.start < heading.start);
    let inside = items.get(first..)?.iter().take(HEADING).take_while(|i| i.tokens.end <= heading.end);
    inside.filter(|i| !lacks_year(i)).find_map(|i| match i.from {
        Value::Years(..) => None,
        value => value.year(),
    })
}

/// "tháng 6 …, tháng 9 …, tháng 12": a later month of a list in one sentence is of the same year as those before it.
fn follows_on(scan: &Scan, items: &[Item], k: usize) -> bool {
    let Some(item) = items.get(k) else { return false };
    let floor = sentence_start(scan, item.tokens.start);
    let month = |i: &Item| i.to.unwrap_or(i.from).months().1;
    let before = items.get(..k).unwrap_or_default().iter().rev().take_while(|i| i.tokens.start >= floor);
    before
        .take(HEADING)
        .any(|i| lacks_year(i) && !matches!(i.from, Value::Day { .. }) && month(i) < month(item))
}

/// The year of issue; the year before it for a day or month more than half a year after the issue, unless something is due then.
fn near_issue(scan: &Scan, item: &Item, issue: Day) -> u16 {
    let cue = scan.words.cues.before(&scan.work.tokens, item.tokens.start).map(|(_, cue)| *cue);
    let last = item.to.unwrap_or(item.from).months().1;
    // "từ 28/12 đến 3/1" in February began in the year before.
    if item.from.months().0 > last {
        return if last <= issue.month() { issue.year() - 1 } else { issue.year() };
    }
    if let Some(due @ (Cue::Deadline | Cue::Until)) = cue {
        // "đến 30/11" in a report of December tells how things stood.
        let ahead = last + if due == Cue::Until { LONG_AGO } else { 1 };
        return if ahead < issue.month() + 1 && issue.month() > 10 { issue.year() + 1 } else { issue.year() };
    }
    if last > issue.month() + 6 { issue.year() - 1 } else { issue.year() }
}

/// "hằng năm", "hàng tháng", "định kỳ" just after, or before in the same sentence.
fn recurring(scan: &Scan, item: &Item) -> bool {
    let tokens = &scan.work.tokens;
    let phrase = |t: usize| scan.words.recurring.at(tokens, t).is_some();
    let relative = |t: usize| scan.words.relative.at(tokens, t).is_some();
    if item.tokens.len() > 1 && scan.near(item.tokens.end) && relative(item.tokens.end) || whole_year(item) {
        return true;
    }
    let after = (item.tokens.end..item.tokens.end + 4).take_while(|&t| scan.near(t)).any(phrase);
    let floor = sentence_start(scan, item.tokens.start).max(item.tokens.start.saturating_sub(REACH / 2));
    after || (floor..item.tokens.start).any(phrase)
}

/// "từ ngày 01 tháng 01 đến ngày 31 tháng 12": any year.
fn whole_year(item: &Item) -> bool {
    matches!(
        (item.from, item.to),
        (Value::Day { month: Some(1), day: 1, .. }, Some(Value::Day { month: Some(12), day: 31, .. }))
    )
}

/// The first token of the sentence that `at` stands in.
fn sentence_start(scan: &Scan, at: usize) -> usize {
    start_behind(at, |t| border(scan, t + 1))
}

/// The first token of the sentence over its semicolons.
fn whole_sentence_start(scan: &Scan, at: usize) -> usize {
    start_behind(at, |t| border(scan, t + 1) && !scan.is(t, ';'))
}

/// The token behind the last before `at` that ends what goes before.
fn start_behind(at: usize, ends: impl Fn(usize) -> bool) -> usize {
    let floor = at.saturating_sub(REACH);
    (floor..at).rev().find(|&t| ends(t)).map_or(floor, |t| t + 1)
}

/// One past the last token of the sentence.
fn sentence_end(scan: &Scan, end: usize) -> usize {
    (end..end + REACH).find(|&t| border(scan, t)).unwrap_or(end + REACH)
}

/// Whether a sentence ends just before token `t`.
fn border(scan: &Scan, t: usize) -> bool {
    let Some(token) = scan.token(t) else { return true };
    if matches!(token.gap, Gap::Para | Gap::Tab) || token.is('|') {
        return true;
    }
    let Some(before) = t.checked_sub(1).and_then(|b| scan.token(b)) else { return true };
    before.kind == Kind::Punct
        && (before.is(';') || before.is('!') || before.is('?') || before.is('|') || before.is('.'))
        && token.gap != Gap::Glued
        && (before.is(';') || token.kind != Kind::Word || token.capital())
        && scan.words.class(token) != Class::Month
}
