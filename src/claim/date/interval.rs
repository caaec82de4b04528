//! Points to items: two points joined by "đến" or a dash are one interval, the points of a list share their month
//! and year.
//!
//! "từ tháng 5/2016 đến ngày 31/12/2017", "ngày 10/5 đến ngày 14/6/2026", "14-15/5/2025", "quý I và quý II năm 2023".

use std::ops::Range;

use super::Context;
use super::period::Point;
use super::scan::Scan;
use super::value::Value;
use crate::patterns::dates::Class;
use crate::patterns::rule::RuleId;
use crate::words::token::Gap;

/// A date or an interval, its year perhaps still missing.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// The date, or the first end of the interval.
    pub from: Value,
    /// The other end.
    pub to: Option<Value>,
    /// The rule that made it.
    pub rule: RuleId,
    /// Where a part that is not written came from.
    pub inferred: Option<&'static str>,
}

/// What stands between two neighbouring points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    /// đến, tới, đến hết
    To,
    /// - or –
    Dash,
    /// comma, và
    List,
}

/// Joins intervals and lists.
pub(super) fn join(scan: &Scan, context: &Context, mut points: Vec<Point>) -> Vec<Item> {
    let mut shared: Vec<Option<&'static str>> = vec![None; points.len()];
    share(scan, &mut points, &mut shared);
    let mut out: Vec<Item> = Vec::with_capacity(points.len());
    let mut k = 0;
    while let Some(point) = points.get(k) {
        let inferred = shared.get(k).copied().flatten();
        let floor = out.last().map_or(0, |i| i.tokens.end);
        let joined = points.get(k + 1).and_then(|next| interval(scan, context, point, next));
        k += if joined.is_some() { 2 } else { 1 };
        let item = joined.unwrap_or_else(|| {
            let item = Item {
                tokens: point.tokens.clone(),
                from: point.value,
                to: None,
                rule: point.rule,
                inferred,
            };
            days_before(scan, &item, floor).unwrap_or(item)
        });
        out.extend(behind(item, floor));
    }
    out
}

/// An item without the tokens that the one before it holds: items of one kind never overlap.
fn behind(mut item: Item, floor: usize) -> Option<Item> {
    item.tokens.start = item.tokens.start.max(floor);
    (!item.tokens.is_empty()).then_some(item)
}

/// Gives the points of a list the month and year of the point after them.
fn share(scan: &Scan, points: &mut [Point], shared: &mut [Option<&'static str>]) {
    for k in (1..points.len()).rev() {
        let (Some(point), Some(next)) = (points.get(k - 1), points.get(k)) else { return };
        if complete(point.value) || link(scan, point.tokens.end, next.tokens.start) != Some(Link::List) {
            continue;
        }
        let value = complete_from(point.value, next.value);
        if value != point.value
            && let (Some(point), Some(slot)) = (points.get_mut(k - 1), shared.get_mut(k - 1))
        {
            point.value = value;
            *slot = Some(FROM_LIST);
        }
    }
}

const FROM_LIST: &str = "year from the next date of the list";
const FROM_END: &str = "year from the end of the interval";
const FROM_START: &str = "year from the start of the interval";

fn complete(value: Value) -> bool {
    value.year().is_some() && !matches!(value, Value::Day { month: None, .. })
}

/// The value with the month and year it lacks taken from another one.
fn complete_from(value: Value, other: Value) -> Value {
    let value = match (value, other) {
        (Value::Day { year, month: None, day }, Value::Day { month, .. }) => Value::Day { year, month, day },
        (Value::Day { month: None, .. }, _) => return value,
        _ => value,
    };
    other.year().map_or(value, |y| value.with_year(y))
}

/// The interval of two neighbouring points, where they make one.
fn interval(scan: &Scan, context: &Context, first: &Point, last: &Point) -> Option<Item> {
    let link = link(scan, first.tokens.end, last.tokens.start).filter(|l| *l != Link::List)?;
    let rule = scan.words.rules.interval;
    if !scan.work.patterns.rules.on(rule) {
        return None;
    }
    let start = from_word(scan, first.tokens.start);
    // "Quyết định số … ngày A đến ngày B": the date of a reference opens no interval.
    if start.is_none() && (!same_grain(first.value, last.value) || context.in_reference(first.tokens.start)) {
        return None;
    }
    let (mut from, mut to) = (first.value, last.value);
    if link == Link::Dash && start.is_none() && anniversary(from, to) {
        return None;
    }
    if matches!(from, Value::Years(..) | Value::School(..))
        || matches!(to, Value::Years(..) | Value::School(..))
    {
        return None;
    }
    let mut inferred = None;
    if !complete(from) && complete(to) {
        from = complete_from(from, to);
        // "từ 25/12 đến 05/01/2026" begins the year before.
        if from.months().0 > to.months().1
            && let Some(y) = to.year()
        {
            from = first.value.with_year(y - 1);
        }
        inferred = Some(FROM_END);
    } else if complete(from) && !complete(to) {
        to = complete_from(to, from);
        if to.months().1 < from.months().0
            && let Some(y) = from.year()
        {
            to = last.value.with_year(y + 1);
        }
        inferred = Some(FROM_START);
    } else if !complete(to) {
        from = complete_from(from, to);
    }
    if let (Some((a, _)), Some((_, b))) = (from.bounds(), to.bounds()) {
        if a >= b {
            return None;
        }
    } else if complete(from) || matches!(from, Value::Day { month: None, .. }) {
        return None;
    }
    let tokens = start.unwrap_or(first.tokens.start)..last.tokens.end;
    Some(Item { tokens, from, to: Some(to), rule, inferred })
}

/// "27/7/1947 - 27/7/2022": the same day of two years is an anniversary, no interval.
fn anniversary(a: Value, b: Value) -> bool {
    match (a, b) {
        (Value::Day { month: m, day: d, .. }, Value::Day { month, day, .. }) => (m, d) == (month, day),
        _ => false,
    }
}

fn same_grain(a: Value, b: Value) -> bool {
    use Value::{Day, Half, Month, Months, Quarter, Year};
    matches!(
        (a, b),
        (Day { .. }, Day { .. })
            | (Month { .. }, Month { .. })
            | (Quarter { .. }, Quarter { .. })
            | (Half { .. }, Half { .. })
            | (Months { .. }, Months { .. })
            | (Year(_), Year(_))
    )
}

/// The word "từ" that opens an interval at `start`: "từ", "từ đầu", "kể từ".
fn from_word(scan: &Scan, start: usize) -> Option<usize> {
    // "từ 19 giờ ngày 16/10".
    let start = scan.before_time(start).unwrap_or(start);
    let mut at = start.checked_sub(1).filter(|_| scan.near(start))?;
    if matches!(scan.class(at), Class::Fill | Class::First | Class::Last) {
        at = at.checked_sub(1).filter(|_| scan.near(at))?;
    }
    (scan.class(at) == Class::From).then_some(at)
}

/// How two points are linked; none where more than a few words part them.
fn link(scan: &Scan, end: usize, start: usize) -> Option<Link> {
    // "đến 07 giờ ngày 17/10", "đến 15h00 ngày 26/8".
    let start = scan.before_time(start).filter(|&at| at > end).unwrap_or(start);
    if !(1..=5).contains(&start.saturating_sub(end)) || !(end..=start).all(|t| scan.near(t)) {
        return None;
    }
    if start == end + 1 && scan.dash(end) {
        // A dash at the start of a line with a capital after it opens an item of a list.
        let bullet = scan.token(end)?.gap == Gap::Line && scan.token(start)?.capital();
        return (!bullet).then_some(Link::Dash);
    }
    let mut to = false;
    let mut list = false;
    for t in end..start {
        match scan.class(t) {
            Class::To if !to => to = true,
            Class::And if !list => list = true,
            Class::Fill | Class::First | Class::Last => {}
            _ if scan.is(t, ',') || scan.is(t, '&') || scan.is(t, '+') => {
                list |= t == end;
                if !list {
                    return None;
                }
            }
            _ => return None,
        }
    }
    match (to, list) {
        (true, false) => Some(Link::To),
        (false, true) if start - end <= 2 => Some(Link::List),
        _ => None,
    }
}

/// The first day of "14-15/5/2025" and "từ 14 đến 15/5/2025", whose number stands alone before a full day.
fn days_before(scan: &Scan, item: &Item, floor: usize) -> Option<Item> {
    let Value::Day { year, month: Some(month), day: last } = item.from else { return None };
    let mark = item.tokens.start.checked_sub(1)?;
    let at = mark.checked_sub(1).filter(|&n| n >= floor)?;
    if !scan.near(item.tokens.start) || !scan.near(mark) {
        return None;
    }
    let first = scan.small(at).and_then(|n| u8::try_from(n.value).ok()).filter(|d| (1..last).contains(d))?;
    let from_at = at.checked_sub(1).filter(|&f| scan.near(at) && scan.class(f) == Class::From);
    let tight = scan.dash(mark) && scan.glued(mark) && scan.glued(item.tokens.start);
    // "(28 - 30/6/2019)"
    let bracket = scan.dash(mark) && at.checked_sub(1).is_some_and(|b| scan.is(b, '('));
    let linked =
        tight || bracket || (from_at.is_some() && (scan.dash(mark) || scan.class(mark) == Class::To));
    if !linked || !scan.starts_clean(at) || !scan.work.ledger.free(at..at + 1) {
        return None;
    }
    let rule = scan.words.rules.interval;
    let from = Value::Day { year, month: Some(month), day: first };
    let tokens = from_at.unwrap_or(at)..item.tokens.end;
    scan.work.patterns.rules.on(rule).then_some(Item {
        tokens,
        from,
        to: Some(item.from),
        rule,
        inferred: None,
    })
}
