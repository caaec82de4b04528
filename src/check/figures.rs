//! Arithmetic: ratio and percentage, total and parts, target and gap, shares above the whole.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{CheckWords, check};
use crate::compare::row::vietnamese;
use crate::patterns::catalogue::{Basis, Catalogue, key};
use crate::record::{Check, Indicator};

/// Most characters between two figures that belong together.
const REACH: usize = 70;

pub(super) fn run(items: &[Indicator], words: &CheckWords, catalogue: &Catalogue, out: &mut Vec<Check>) {
    for (i, item) in items.iter().enumerate().filter(|(_, i)| !i.boilerplate) {
        match item.kind.as_str() {
            "ratio" => out.extend(items.get(i + 1).and_then(|next| ratio(item, next, words))),
            "count" => out.extend(parts(items.get(i..).unwrap_or(&[]), words)),
            "percentage" => out.extend(over_the_whole(item, catalogue)),
            _ => {}
        }
    }
    for sentence in items.chunk_by(|a, b| a.sentence == b.sentence && a.sentence.is_some()) {
        out.extend(gap(sentence));
    }
}

/// The words between two items of one sentence, if they are near.
fn between<'a>(a: &'a Indicator, b: &Indicator) -> Option<&'a str> {
    let s = a.sentence.as_ref()?;
    let same = b.sentence.as_ref().is_some_and(|t| t.span == s.span);
    if !same
        || a.table.is_some()
        || b.table.is_some()
        || b.span[0] < a.span[1]
        || b.span[0] - a.span[1] > REACH
    {
        return None;
    }
    let at = |n: usize| s.text.char_indices().nth(n).map_or(s.text.len(), |(i, _)| i);
    let start = a.span[1].checked_sub(s.span[0])?;
    s.text.get(at(start)..at(start + b.span[0] - a.span[1]))
}

fn exact(i: &Indicator) -> bool {
    i.bound == "exact" && !i.ambiguous
}

fn has(text: &str, words: &[String]) -> bool {
    let folded = key(text);
    words
        .iter()
        .any(|w| if w.starts_with(' ') { folded.contains(w.as_str()) } else { text.contains(w.as_str()) })
}

/// "64/80 xã, đạt 80%".
fn ratio(item: &Indicator, next: &Indicator, words: &CheckWords) -> Option<Check> {
    let link = between(item, next)?;
    let (n, d, stated) = (item.numerator?, item.denominator?, next.value?);
    if next.kind != "percentage" || !exact(item) || !exact(next) || d.is_zero() || next.role == "change" {
        return None;
    }
    let excess = has(link, &words.ratio.excess);
    let bracket = link.trim_start().starts_with('(') && link.trim().chars().count() == 1;
    let belongs = excess || bracket || has(link, &words.ratio.links);
    let broken = link.contains([';', '.']) || link.chars().any(|c| c.is_ascii_digit());
    if !belongs || broken || has(link, &words.ratio.others) {
        return None;
    }
    let share = n.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(d)?;
    let expected = if excess { share - Decimal::ONE_HUNDRED } else { share };
    let agrees = same(expected, stated);
    let shown = vietnamese(expected.round_dp(stated.scale().max(2)));
    let message = format!(
        "{} makes {shown}%, and the text says {}",
        item.text.replace('\n', " "),
        next.text.replace('\n', " ")
    );
    let kind = if excess { "ratio_excess" } else { "ratio_percentage" };
    Some(check(
        kind,
        agrees,
        format!("{shown}%"),
        format!("{}%", vietnamese(stated)),
        &[&item.id, &next.id],
        message,
    ))
}

/// Whether a figure is the other, rounded or cut at its last stated digit.
fn same(exact: Decimal, stated: Decimal) -> bool {
    use RoundingStrategy::{MidpointAwayFromZero, MidpointNearestEven, ToZero};
    let digits = stated.normalize().scale();
    // Who rounds twice has reckoned too: 86,046… is 86,05, and then 86,1.
    let once = exact.round_dp_with_strategy(digits + 1, MidpointAwayFromZero);
    [
        (exact, MidpointAwayFromZero),
        (exact, MidpointNearestEven),
        (exact, ToZero),
        (once, MidpointAwayFromZero),
    ]
    .into_iter()
    .any(|(n, strategy)| n.round_dp_with_strategy(digits, strategy) == stated)
}

/// "14.206 hồ sơ, trong đó 13.902 hồ sơ đúng hạn, 304 hồ sơ quá hạn".
fn parts(items: &[Indicator], words: &CheckWords) -> Option<Check> {
    let (total, rest) = items.split_first()?;
    let unit = key(total.unit.as_deref()?);
    let sentence = total.sentence.as_ref()?;
    let first = rest.first()?;
    let link = between(total, first)?;
    if !has(link, &words.parts.links) || link.contains(['.', ';']) || !exact(total) {
        return None;
    }
    let parts: Vec<&Indicator> = rest
        .iter()
        .take_while(|i| i.sentence.as_ref().is_some_and(|s| s.span == sentence.span))
        .take(8)
        .filter(|i| i.kind == "count" && i.unit.as_deref().map(key) == Some(unit.clone()))
        .collect();
    // Anything but plain counts of the same thing may be a part of a part.
    let plain = parts.iter().all(|p| exact(p) && p.role == total.role);
    let [a, b] = parts.as_slice() else { return None };
    let sum = a.value?.checked_add(b.value?)?;
    let whole = total.value?;
    if !plain {
        return None;
    }
    let near = |i: &Indicator| {
        let at = |n: usize| sentence.text.char_indices().nth(n).map_or(sentence.text.len(), |(i, _)| i);
        let from = at((i.span[0] - sentence.span[0]).saturating_sub(30));
        let to = at(i.span[1] - sentence.span[0] + 30);
        i.name.as_deref().map(key).unwrap_or_default() + &key(sentence.text.get(from..to).unwrap_or(""))
    };
    let (x, y) = (near(a), near(b));
    let complement = words.parts.complements.iter().any(|[p, q]| {
        (x.contains(p.as_str()) && y.contains(q.as_str()))
            || (x.contains(q.as_str()) && y.contains(p.as_str()))
    });
    let agrees = sum == whole;
    if !agrees && !complement {
        return None;
    }
    let message =
        format!("{} and {} make {}, and the total is {}", a.text, b.text, vietnamese(sum), total.text);
    let items = [total.id.as_str(), a.id.as_str(), b.id.as_str()];
    Some(check("parts_total", agrees, vietnamese(sum), vietnamese(whole), &items, message))
}

/// A share of a whole that exceeds it: only for indicators that the catalogue knows as rates.
fn over_the_whole(item: &Indicator, catalogue: &Catalogue) -> Option<Check> {
    let entry = catalogue.get(item.indicator.as_deref()?)?;
    let value = item.value?;
    let rate = entry.basis == Basis::Rate && !entry.of_plan && key(&entry.name_vi).starts_with(&key("tỷ lệ"));
    let figure = matches!(item.role.as_str(), "actual" | "target") && exact(item) && item.table.is_none();
    if !rate || !figure || value <= Decimal::ONE_HUNDRED {
        return None;
    }
    let message =
        format!("{} is stated for \"{}\", a share that cannot exceed 100%", item.text, entry.name_vi);
    Some(check(
        "percentage_range",
        false,
        "≤ 100%".into(),
        format!("{}%", vietnamese(value)),
        &[&item.id],
        message,
    ))
}

/// "đạt 72%, vượt 2% so với chỉ tiêu 70%": the actual, the gap and the target of one sentence.
fn gap(sentence: &[Indicator]) -> Option<Check> {
    let one = |role: &str| {
        let mut all = sentence.iter().filter(|i| i.kind == "percentage" && i.role == role && exact(i));
        all.next().filter(|_| all.next().is_none())
    };
    if sentence.len() != 3 || sentence.iter().any(|i| i.boilerplate || i.table.is_some()) {
        return None;
    }
    let (actual, gap, target) = (one("actual")?, one("gap")?, one("target")?);
    let (a, g, t) = (actual.value?, gap.value?, target.value?);
    let difference = (a - t).abs();
    let relative = difference.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(t)?;
    // Both ways of reckoning a gap are in use; a disagreement with both may still be a third: only agreement is said.
    if difference != g && !same(relative, g) {
        return None;
    }
    let message = format!("{} against the target {}: the gap is {}", actual.text, target.text, gap.text);
    let items = [actual.id.as_str(), target.id.as_str(), gap.id.as_str()];
    Some(check(
        "target_gap",
        true,
        format!("{}%", vietnamese(difference)),
        format!("{}%", vietnamese(g)),
        &items,
        message,
    ))
}
