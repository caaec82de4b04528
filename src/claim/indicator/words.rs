//! Numbers written out: "hai mươi mốt xã", "ba trăm linh năm hộ", "ít nhất một cơ sở y tế".

use std::ops::Range;

use rust_decimal::Decimal;

use super::amount::{Amount, follows};
use super::{Found, Scan};
use crate::claim::number;
use crate::patterns::indicators::{NumeralWord, UnitKind};
use crate::words::token::{Case, Kind, Token, hint};

/// A number in words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written {
    /// Its value.
    pub value: Decimal,
    /// One past its last token.
    pub end: usize,
    /// How many words it has.
    pub words: usize,
    /// Its largest scale.
    pub scale: Decimal,
}

/// Most words of one number.
const MOST_WORDS: usize = 24;

/// The number in words that begins at a token.
pub(super) fn parse(scan: &Scan<'_, '_>, start: usize) -> Option<Written> {
    let mut i = start;
    let mut total = Decimal::ZERO;
    let mut smallest: Option<Decimal> = None;
    let mut largest = Decimal::ONE;
    if let Some(written) = decimal(scan, start) {
        return Some(written);
    }
    loop {
        let (group, end) = group(scan, i, smallest.is_none())?;
        // "hai chục hộ"
        if group < 10 && scan.scale_at(end) == Some((1, Decimal::TEN)) && scan.token(end).is_some_and(follows)
        {
            let value = total.checked_add(Decimal::from(group * 10))?;
            return Some(Written { value, end: end + 1, words: end + 1 - start, scale: largest });
        }
        if let Some((n, factor)) = scan.scale_at(end).filter(|s| s.1 >= Decimal::ONE_THOUSAND)
            && smallest.is_none_or(|s| factor < s)
        {
            total = total.checked_add(Decimal::from(group).checked_mul(factor)?)?;
            i = end + n;
            smallest = Some(factor);
            largest = largest.max(factor);
            if numeral(scan, i) == Some(NumeralWord::Half) {
                total = total.checked_add(factor.checked_div(Decimal::TWO)?)?;
                i += 1;
            } else if i - start < MOST_WORDS
                && (matches!(numeral(scan, i), Some(NumeralWord::Digit(_) | NumeralWord::Ten))
                    || scan.work.patterns.particles.nought.has(scan.work.word(i)))
                && self::group(scan, i, false).is_some()
            {
                continue;
            }
        } else {
            total = total.checked_add(Decimal::from(group))?;
            i = end;
        }
        return Some(Written { value: total, end: i, words: i - start, scale: largest });
    }
}

/// "hai phẩy năm tỷ": decimals digit by digit, then perhaps a scale.
fn decimal(scan: &Scan<'_, '_>, start: usize) -> Option<Written> {
    let (whole, comma) = group(scan, start, true)?;
    if numeral(scan, comma) != Some(NumeralWord::Comma) || !scan.token(comma).is_some_and(follows) {
        return None;
    }
    let (decimals, mut end) = group(scan, comma + 1, true)?;
    let digits = if decimals < 10 { 1 } else { 2 };
    let mut value = Decimal::from(whole).checked_add(Decimal::new(i64::from(decimals), digits))?;
    let mut scale = Decimal::ONE;
    if decimals < 100
        && let Some((n, factor)) = scan.scale_at(end)
    {
        value = value.checked_mul(factor)?.normalize();
        (scale, end) = (factor, end + n);
    }
    (decimals < 100).then_some(Written { value, end, words: end - start, scale })
}

fn numeral(scan: &Scan<'_, '_>, i: usize) -> Option<NumeralWord> {
    let token = scan.token(i).filter(|t| t.kind == Kind::Word)?;
    scan.words.numeral(token.word)
}

fn hundred(scan: &Scan<'_, '_>, i: usize) -> bool {
    scan.token(i).is_some_and(follows) && scan.scale_at(i) == Some((1, Decimal::ONE_HUNDRED))
}

/// A group below a thousand: digit trăm, linh digit, digit mươi digit, mười digit, digit. Its value and end.
fn group(scan: &Scan<'_, '_>, start: usize, first: bool) -> Option<(u32, usize)> {
    let at = |i: usize| scan.token(i).filter(|t| i == start || follows(t)).and_then(|_| numeral(scan, i));
    let mut i = start;
    let mut value = 0;
    let mut some = false;
    if let Some(NumeralWord::Digit(d)) = at(i)
        && hundred(scan, i + 1)
    {
        value = u32::from(d) * 100;
        i += 2;
        some = true;
    } else if !first
        && scan.token(i).is_some_and(follows)
        && scan.work.patterns.particles.nought.has(scan.work.word(i))
        && hundred(scan, i + 1)
    {
        // "một nghìn không trăm năm mươi"
        i += 2;
        some = true;
    }
    match (at(i), at(i + 1)) {
        (Some(NumeralWord::Odd), Some(NumeralWord::Digit(d) | NumeralWord::Late(d))) if some || !first => {
            return Some((value + u32::from(d), i + 2));
        }
        (Some(NumeralWord::Digit(d)), Some(NumeralWord::Tens)) => {
            value += u32::from(d) * 10;
            i += 2;
            return match at(i) {
                // "hai mươi năm" is twenty years: five is "lăm" there.
                Some(NumeralWord::Late(d)) => Some((value + u32::from(d), i + 1)),
                Some(NumeralWord::Digit(d)) if !year(scan, i) => Some((value + u32::from(d), i + 1)),
                _ => Some((value, i)),
            };
        }
        (Some(NumeralWord::Ten), next) => {
            value += 10;
            return match next {
                Some(NumeralWord::Late(d)) => Some((value + u32::from(d), i + 2)),
                Some(NumeralWord::Digit(d)) if !year(scan, i + 1) => Some((value + u32::from(d), i + 2)),
                _ => Some((value, i + 1)),
            };
        }
        _ => {}
    }
    if some {
        return Some((value, i));
    }
    match at(i) {
        Some(NumeralWord::Digit(d)) if !year(scan, i) || scan.scale_at(i + 1).is_some() => {
            Some((u32::from(d), i + 1))
        }
        _ => None,
    }
}

/// "năm" is a year rather than a five.
fn year(scan: &Scan<'_, '_>, i: usize) -> bool {
    scan.work.patterns.particles.year.has_in_any_case(scan.work.word(i))
}

/// The quantities written out in a stretch without numerals.
pub(super) fn between(scan: &Scan<'_, '_>, tokens: Range<usize>) -> Vec<Found> {
    let mut out = Vec::new();
    let begins = |t: &Token| t.hints & hint::WRITTEN != 0 && t.case != Case::Upper;
    let mut i = tokens.start;
    for at in scan.work.tokens.hinted(hint::WRITTEN, tokens) {
        if at < i || !scan.token(at).is_some_and(begins) {
            continue;
        }
        i = at;
        match item(scan, i) {
            Some(found) => {
                i = found.tokens.end.max(i + 1);
                out.push(found);
            }
            None => i = parse(scan, i).map_or(i + 1, |w| w.end.max(i + 1)),
        }
    }
    out
}

/// The end of the bracket behind a number in words that holds the same in figures: "ba (03) huyện".
fn figures(scan: &Scan<'_, '_>, written: &Written) -> Option<usize> {
    let open = written.end;
    let numeral = scan.is(open, '(').then(|| scan.numeral_at(open + 1)).flatten()?;
    let read = number::read(number::text_of(scan.work, numeral), scan.convention).ok()?;
    (read.value == written.value && scan.is(numeral.end, ')')).then_some(numeral.end + 1)
}

/// How far back "bằng chữ" may stand, in tokens.
const RESTATED: usize = 24;

/// "(bằng chữ: Một tỷ, sáu trăm triệu đồng)": an amount in figures told again.
fn restates(scan: &Scan<'_, '_>, i: usize) -> bool {
    let words = (i.saturating_sub(RESTATED)..i).rev().take_while(|&k| scan.token(k + 1).is_some_and(follows));
    words.into_iter().any(|k| scan.words.restated.before(&scan.work.tokens, k + 1).is_some())
}

/// "xếp thứ hai", "đứng thứ nhất": a place in words.
fn place(scan: &Scan<'_, '_>, i: usize) -> Option<Found> {
    let (n, ()) = scan.words.rank_before.before(&scan.work.tokens, i).filter(|(n, ())| *n > 1)?;
    if n < 2
        || !scan.work.patterns.particles.ordinal.has(scan.work.word(i - 1))
        || !scan.token(i).is_some_and(follows)
    {
        return None;
    }
    let word = scan.token(i)?.word;
    let first = scan.words.firsts.iter().find(|f| f.0 == word).map(|f| (Decimal::from(f.1), i + 1));
    let (value, end) = first.or_else(|| parse(scan, i).filter(|w| w.words <= 3).map(|w| (w.value, w.end)))?;
    let mut found = Found::new(i - 1..end, super::Kind::Rank, scan.words.rules.rank);
    (found.value, found.numerator) = (Some(value), Some(value));
    Some(found)
}

fn item(scan: &Scan<'_, '_>, i: usize) -> Option<Found> {
    if let Some(found) = place(scan, i) {
        return Some(found);
    }
    let before = i.checked_sub(1).and_then(|p| scan.token(p));
    let follower = scan.token(i).is_some_and(follows);
    if let Some(before) = before.filter(|_| follower)
        && (scan.words.labels.has(before) || scan.vague(before))
    {
        return None;
    }
    let written = parse(scan, i)?;
    let value = written.value;
    // "hai phần ba số hộ": a fraction.
    if i > 1
        && scan.work.patterns.particles.fraction.has(scan.work.word(i - 1))
        && numeral(scan, i - 2).is_some()
    {
        return None;
    }
    let figures = figures(scan, &written);
    let end = figures.unwrap_or(written.end);
    let amount = Amount {
        start: i,
        end,
        digits_end: end,
        base: value,
        scale: Decimal::ONE,
        value,
        ambiguous: false,
        other: None,
        plain: false,
        padded: false,
        spoken: false,
    };
    if written.value >= Decimal::ONE_THOUSAND
        && let Some(found) = scan.money_by_scale(i, &amount, written.scale)
    {
        return (!restates(scan, i)).then_some(found);
    }
    let kind = scan.unit_after(amount.end).map(|u| u.kind)?;
    if figures.is_some() {
        let cued =
            kind != UnitKind::Duration || scan.words.duration_before.before(&scan.work.tokens, i).is_some();
        if !cued || matches!(kind, UnitKind::None(_)) {
            return None;
        }
    } else if written.words == 1 {
        // One word alone counts only what leaves no doubt, and "một" only with a bound: "ít nhất một cơ sở".
        let bounded = scan.words.bound_before.before(&scan.work.tokens, i).is_some()
            || before.is_some_and(|t| scan.words.single.has(t));
        let title = scan.token(i).is_some_and(|t| t.case != Case::Lower);
        let exact =
            matches!(kind, UnitKind::Percent | UnitKind::Money | UnitKind::Measure | UnitKind::Length);
        // "một trong hai trường hợp", "từ hai đơn vị trở lên": conditions, not counts.
        let one_of =
            i.checked_sub(1).is_some_and(|p| scan.work.patterns.particles.within.has(scan.work.word(p)));
        let after = scan.unit_after(amount.end).map_or(amount.end, |u| u.end);
        let from = (after..after + 6)
            .take_while(|&i| scan.token(i).is_some_and(|t| follows(t) && t.kind == Kind::Word))
            .any(|i| scan.words.bound_after.at(&scan.work.tokens, i).is_some());
        if one_of || (from && kind == UnitKind::StrictCount) {
            return None;
        }
        if !(kind == UnitKind::StrictCount || exact) || title || (value == Decimal::ONE && !bounded && !exact)
        {
            return None;
        }
    } else if matches!(kind, UnitKind::None(_)) {
        return None;
    }
    let mut found = scan.with_unit(&amount).filter(|_| !restates(scan, i))?;
    if figures.is_some() && scan.trivial(&found, &amount) {
        return None;
    }
    if found.kind == super::Kind::Count {
        found.rule = scan.words.rules.words;
    }
    Some(found)
}
