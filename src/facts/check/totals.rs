//! Totals and their parts: in a sentence ("trong đó"), in the bullets under it, in the columns of a table.
//!
//! That parts do not make up their total is said only where the text says that they are all of them: two that complement
//! each other, a list that "gồm" opens, a column of a table whose other columns add up.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::figures::{between, exact, has};
use super::{CheckWords, check};
use crate::claim::number::vietnamese;
use crate::patterns::catalogue::key;
use crate::record::{Check, CheckKind, Indicator, Verdict};

/// Most parts of one total.
const MOST: usize = 64;
/// Most rows of a table whose sums are looked at.
const MOST_ROWS: usize = MOST * 16;
/// Fewest rows of a table whose sum means anything.
const ROWS: usize = 3;

pub(super) fn run(items: &[Indicator], words: &CheckWords, out: &mut Vec<Check>) {
    for (i, item) in items.iter().enumerate() {
        let counted = item.kind.is_amount();
        if counted && !item.boilerplate && item.table.is_none() && exact(item) {
            let rest = items.get(i + 1..).unwrap_or(&[]);
            out.extend(inline(item, rest, words).or_else(|| bullets(item, rest, words)));
        }
    }
    for table in items.chunk_by(|a, b| a.table.is_some() && b.table.is_some()) {
        columns(table, words, out);
    }
}

/// Whether two amounts are of one kind and can be added.
fn alike(a: &Indicator, b: &Indicator) -> bool {
    let unit = |i: &Indicator| i.unit.as_deref().map(key);
    a.kind == b.kind && unit(a) == unit(b) && a.role == b.role && a.per == b.per
}

/// Whether the unit of a part is that of the total, or not said again: "hồ sơ" of "hồ sơ đất đai".
fn counts(total: &Indicator, part: &Indicator) -> bool {
    part.unit.is_some() && alike(total, part)
}

/// "14.206 hồ sơ, trong đó 13.902 hồ sơ đúng hạn, 304 hồ sơ quá hạn".
fn inline(total: &Indicator, rest: &[Indicator], words: &CheckWords) -> Option<Check> {
    let sentence = total.sentence.as_ref()?;
    let first = rest.first()?;
    let here = |i: &&Indicator| i.sentence.as_ref().is_some_and(|s| s.span == sentence.span);
    // Most totals are told apart by their neighbours alone.
    rest.iter().take_while(here).take(MOST).filter(|i| i.kind == total.kind).nth(1)?;
    let link = between(total, first)?;
    if link.contains(['.', ';']) || !has(link, &words.parts.links) {
        return None;
    }
    let all: Vec<&Indicator> = rest.iter().take_while(here).take(MOST).collect();
    // Percentages say how large a part is; anything else may be about something else.
    let parts: Vec<&Indicator> = all.iter().copied().filter(|i| i.kind == total.kind).collect();
    if parts.len() < 2 || !parts.iter().all(|p| counts(total, p) && exact(p)) {
        return None;
    }
    let whole = total.value?;
    // The parts may end before the sentence does.
    if let Some(n) = prefix(&parts, whole) {
        return Some(verdict(CheckKind::PartsTotal, total, parts.get(..n)?, whole));
    }
    let near = |i: &Indicator| {
        let at = |n: usize| sentence.text.char_indices().nth(n).map_or(sentence.text.len(), |(i, _)| i);
        let from = at((i.span[0] - sentence.span[0]).saturating_sub(30));
        let to = at(i.span[1] - sentence.span[0] + 30);
        i.name.as_deref().map(key).unwrap_or_default() + &key(sentence.text.get(from..to).unwrap_or(""))
    };
    let complement = match parts.as_slice() {
        [a, b] => {
            let (x, y) = (near(a), near(b));
            let in_order = |p: &str, q: &str| x.contains(p) && y.contains(q);
            words.parts.complements.iter().any(|[p, q]| in_order(p, q) || in_order(q, p))
        }
        _ => false,
    };
    // "gồm" says that these are all; a list with a part of a part in it says it no more.
    let end = parts.last()?.span[1].checked_sub(sentence.span[0])?;
    let tail: String = sentence.text.chars().skip(end).collect();
    let list: String = sentence.text.chars().skip(first.span[0].checked_sub(sentence.span[0])?).collect();
    let whole_list = has(link, &words.parts.whole)
        && all.len() == parts.len()
        && !list.contains(['(', ':'])
        && !has(&list, &words.parts.links)
        && !has(&tail, &words.parts.rest);
    (complement || whole_list)
        .then(|| verdict(CheckKind::PartsTotal, total, &parts, sum(&parts).unwrap_or_default()))
}

/// "Tiếp nhận 1.200 hồ sơ, gồm:" and the bullets below it.
fn bullets(total: &Indicator, rest: &[Indicator], words: &CheckWords) -> Option<Check> {
    let sentence = total.sentence.as_ref()?;
    let text = sentence.text.trim_end();
    if !text.ends_with(':') {
        return None;
    }
    let link: String = text.chars().skip(total.span[1].checked_sub(sentence.span[0])?).collect();
    if !has(&link, &words.parts.links) || link.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let mut parts: Vec<&Indicator> = Vec::new();
    let mut mark = None;
    let mut plain = true;
    let own = |i: &Indicator| i.sentence.as_ref().map(|s| s.span);
    for bullet in rest.chunk_by(|a, b| own(a) == own(b)).take(MOST) {
        let first = bullet.first()?;
        let begins = first.sentence.as_ref().and_then(|s| bullet_of(&s.text));
        if begins.is_none() || (mark.is_some() && begins != mark) {
            break;
        }
        mark = begins;
        plain &= bullet.len() == 1 && exact(first);
        if !counts(total, first) {
            return None;
        }
        parts.push(first);
    }
    let whole = total.value?;
    if parts.len() < 2 {
        return None;
    }
    if let Some(n) = prefix(&parts, whole) {
        return Some(verdict(CheckKind::PartsTotal, total, parts.get(..n)?, whole));
    }
    let all = plain && has(&link, &words.parts.whole);
    all.then(|| verdict(CheckKind::PartsTotal, total, &parts, sum(&parts).unwrap_or_default()))
}

/// The mark that a bullet begins with.
fn bullet_of(text: &str) -> Option<char> {
    text.trim_start().chars().next().filter(|c| matches!(c, '-' | '+' | '*' | '–' | '•'))
}

/// How many of the parts make up the whole, if two or more do.
fn prefix(parts: &[&Indicator], whole: Decimal) -> Option<usize> {
    let mut total = Decimal::ZERO;
    for (i, part) in parts.iter().enumerate() {
        total = total.checked_add(part.value?)?;
        if total == whole && i > 0 {
            return Some(i + 1);
        }
    }
    None
}

fn sum(parts: &[&Indicator]) -> Option<Decimal> {
    parts.iter().try_fold(Decimal::ZERO, |total, p| total.checked_add(p.value?))
}

fn verdict(kind: CheckKind, total: &Indicator, parts: &[&Indicator], sum: Decimal) -> Check {
    let whole = total.value.unwrap_or_default();
    let shown = |i: &Indicator| i.text.replace('\n', " ");
    let parts_shown = match parts {
        [a, b] => format!("{} and {}", shown(a), shown(b)),
        many => format!("{} parts", many.len()),
    };
    let message = format!("{parts_shown} make {}, and the total is {}", vietnamese(sum), shown(total));
    let items: Vec<&str> =
        std::iter::once(total).chain(parts.iter().copied()).map(|i| i.id.as_str()).collect();
    check(kind, sum == whole, vietnamese(sum), vietnamese(whole), &items, message)
}

/// A column of a table.
#[derive(Default)]
struct Column<'t> {
    totals: Vec<&'t Indicator>,
    parts: Vec<&'t Indicator>,
    /// The rows of the parts, by their numbers.
    rows: BTreeSet<usize>,
}

/// The columns of a table with one row of totals. A column that does not add up is named only beside one that does.
fn columns(table: &[Indicator], words: &CheckWords, out: &mut Vec<Check>) {
    let mut totals: Vec<String> = Vec::new();
    let mut sides: Vec<Column<'_>> = Vec::new();
    let mut by_name: BTreeMap<&str, usize> = BTreeMap::new();
    // Rows of one name are one row.
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for row in table.chunk_by(|a, b| a.table.as_ref().map(|t| &t.row) == b.table.as_ref().map(|t| &t.row)) {
        let Some(name) = row.first().and_then(|i| i.table.as_ref()?.row.as_deref()).map(key) else {
            continue;
        };
        let is_total = total_row(&name, words);
        if is_total && !totals.contains(&name) {
            totals.push(name.clone());
        }
        if totals.len() > 1 {
            return;
        }
        let number = numbers.len();
        let number = *numbers.entry(name).or_insert(number);
        for item in row {
            let Some(column) = item.table.as_ref().and_then(|t| t.column.as_deref()) else { continue };
            let at = *by_name.entry(column).or_insert(sides.len());
            if at == sides.len() {
                sides.push(Column::default());
            }
            match sides.get_mut(at) {
                Some(side) if is_total => side.totals.push(item),
                Some(side) => {
                    side.rows.insert(number);
                    side.parts.push(item);
                }
                None => {}
            }
        }
    }
    let mut found = Vec::new();
    for Column { totals, parts, rows } in &sides {
        let ([total], ROWS..=MOST_ROWS) = (totals.as_slice(), parts.len()) else { continue };
        let sums = total.kind.is_amount()
            && rows.len() == parts.len()
            // A column of noughts adds up whatever its rows are.
            && parts.iter().filter(|p| p.value.is_some_and(|v| !v.is_zero())).count() > 1
            && parts.iter().all(|p| p.kind == total.kind && p.unit == total.unit && exact(p));
        if let (true, Some(made)) = (sums, sum(parts)) {
            found.push(verdict(CheckKind::TableTotal, total, parts, made));
        }
    }
    // As many rows in each column, and most columns add up: then a difference is one of the figures. Else the rows are
    // not what they seem: some are sums of others.
    let good: Vec<usize> =
        found.iter().filter(|c| c.verdict == Verdict::Agrees).map(|c| c.items.len()).collect();
    let most = good.len() * 2 >= found.len();
    found.retain(|c| c.verdict == Verdict::Agrees || (most && good.contains(&c.items.len())));
    out.extend(found);
}

/// "Tổng cộng", "Cộng 5 địa bàn"; not "Cộng hòa Séc".
fn total_row(row: &str, words: &CheckWords) -> bool {
    words.table.totals.iter().any(|t| {
        row.strip_prefix(t.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_digit()))
    })
}
