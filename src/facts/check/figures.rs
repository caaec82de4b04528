//! Arithmetic of neighbours: ratio and percentage, target and gap, shares above the whole.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{CheckWords, check};
use crate::claim::number::vietnamese;
use crate::patterns::catalogue::{Basis, Catalogue, key};
use crate::record::quantity::{Bound, Kind, Role};
use crate::record::{Check, CheckKind, Indicator};

/// Most characters between two figures that belong together.
const REACH: usize = 70;

pub(super) fn run(items: &[Indicator], words: &CheckWords, catalogue: &Catalogue, out: &mut Vec<Check>) {
    for (i, item) in items.iter().enumerate().filter(|(_, i)| !i.boilerplate) {
        match item.kind {
            Kind::Ratio => out.extend(items.get(i + 1).and_then(|next| ratio(item, next, words))),
            Kind::Percentage => out.extend(over_the_whole(item, words, catalogue)),
            _ => {}
        }
    }
    for sentence in items.chunk_by(|a, b| a.sentence == b.sentence && a.sentence.is_some()) {
        out.extend(gap(sentence, words));
    }
}

/// The words between two items of one sentence, if they are near.
pub(super) fn between<'a>(a: &'a Indicator, b: &Indicator) -> Option<&'a str> {
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

pub(super) fn exact(i: &Indicator) -> bool {
    i.bound == Bound::Exact && !i.ambiguous
}

pub(super) fn has(text: &str, words: &[String]) -> bool {
    let folded = key(text);
    words
        .iter()
        .any(|w| if w.starts_with(' ') { folded.contains(w.as_str()) } else { text.contains(w.as_str()) })
}

/// "64/80 xã, đạt 80%".
fn ratio(item: &Indicator, next: &Indicator, words: &CheckWords) -> Option<Check> {
    let (n, d, stated) = (item.numerator?, item.denominator?, next.value?);
    if next.kind != Kind::Percentage
        || !exact(item)
        || !exact(next)
        || d.is_zero()
        || next.role == Role::Change
    {
        return None;
    }
    let link = between(item, next)?;
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
    let kind = if excess { CheckKind::RatioExcess } else { CheckKind::RatioPercentage };
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

/// A share of a whole that exceeds it: only for indicators that the catalogue knows as rates.
fn over_the_whole(item: &Indicator, words: &CheckWords, catalogue: &Catalogue) -> Option<Check> {
    let value = item.value.filter(|v| *v > Decimal::ONE_HUNDRED)?;
    let entry = catalogue.get(item.indicator.as_deref()?)?;
    let named = |name: &str| words.rates.names.iter().any(|w| name.starts_with(w.as_str()));
    let rate = entry.basis == Basis::Rate && !entry.of_plan && named(&key(&entry.name_vi));
    let figure = matches!(item.role, Role::Actual | Role::Target) && exact(item) && item.table.is_none();
    if !rate || !figure {
        return None;
    }
    let message =
        format!("{} is stated for \"{}\", a share that cannot exceed 100%", item.text, entry.name_vi);
    Some(check(
        CheckKind::PercentageRange,
        false,
        "≤ 100%".into(),
        format!("{}%", vietnamese(value)),
        &[&item.id],
        message,
    ))
}

/// "đạt 72%, vượt 2% so với chỉ tiêu 70%": the actual, the gap and the target of one sentence.
fn gap(sentence: &[Indicator], words: &CheckWords) -> Option<Check> {
    let one = |role: Role| {
        let mut all = sentence.iter().filter(|i| i.kind == Kind::Percentage && i.role == role && exact(i));
        all.next().filter(|_| all.next().is_none())
    };
    if sentence.len() != 3 || sentence.iter().any(|i| i.boilerplate || i.table.is_some()) {
        return None;
    }
    let (actual, gap, target) = (one(Role::Actual)?, one(Role::Gap)?, one(Role::Target)?);
    let (a, g, t) = (actual.value?, gap.value?, target.value?);
    let difference = (a - t).abs();
    let relative = difference.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(t)?;
    // Both ways of reckoning a gap are in use.
    let agrees = difference == g || same(relative, g);
    // A disagreement with both may still be a third: it is said only where the words tie gap and target together.
    let tied = between(gap, target).is_some_and(|link| words.gap.links.contains(&key(link)));
    if !agrees && !tied {
        return None;
    }
    let message = format!(
        "{} against the target {} makes a gap of {}%, and the text says {}",
        actual.text,
        target.text,
        vietnamese(difference),
        gap.text
    );
    let items = [actual.id.as_str(), target.id.as_str(), gap.id.as_str()];
    let (expected, stated) = (format!("{}%", vietnamese(difference)), format!("{}%", vietnamese(g)));
    Some(check(CheckKind::TargetGap, agrees, expected, stated, &items, message))
}
