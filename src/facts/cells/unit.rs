//! Stage 5, cells: the unit that a heading, a cell of the unit column or a note names, with its scale.
//!
//! "Triệu đồng", "1000đ/m2", "10^6 m3", "Tr. USD": kind, unit and factor, read once and given to every figure below.

use std::ops::Range;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use crate::claim::indicator::{Kind, Scan, unit_one_line};
use crate::claim::number;
use crate::patterns::indicators::UnitKind;
use crate::words::token::Kind as TokenKind;

/// Most words of a unit that no lexicon has.
const WORDS: usize = 6;

/// A unit with its scale.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Unit {
    pub(super) kind: Kind,
    pub(super) name: Option<SmolStr>,
    pub(super) factor: Decimal,
    pub(super) per: Option<SmolStr>,
    /// It stands at these tokens.
    pub(super) tokens: Range<usize>,
}

impl Unit {
    fn new(kind: Kind, name: &str, tokens: Range<usize>) -> Self {
        Self { kind, name: Some(SmolStr::new(name)), factor: Decimal::ONE, per: None, tokens }
    }

    /// Per cent.
    pub(super) fn percent() -> Self {
        Self::new(Kind::Percentage, "%", 0..0)
    }

    /// Points, as the patterns call them.
    pub(super) fn score(scan: &Scan<'_, '_>) -> Self {
        Self::new(Kind::Score, scan.work.patterns.particles.points.first(), 0..0)
    }

    /// A place in an order.
    pub(super) fn rank() -> Self {
        Self { name: None, ..Self::new(Kind::Rank, "", 0..0) }
    }

    /// Whether it is per cent.
    pub(super) fn is_percent(&self) -> bool {
        self.kind == Kind::Percentage
    }

    /// Whether it counts things.
    pub(super) fn is_count(&self) -> bool {
        self.kind == Kind::Count
    }

    /// What is counted without a unit.
    pub(super) fn none() -> Self {
        Self { name: None, ..Self::new(Kind::Count, "", 0..0) }
    }

    /// Things counted.
    pub(super) fn count(name: SmolStr, tokens: Range<usize>) -> Self {
        Self { name: Some(name), ..Self::new(Kind::Count, "", tokens) }
    }
}

/// The unit that tokens begin with, and where it ends.
pub(super) fn begin(scan: &Scan<'_, '_>, range: &Range<usize>) -> Option<(Unit, usize)> {
    let mut at = range.start;
    let mut factor = Decimal::ONE;
    let mut written = false;
    if scan.token(at).is_some_and(|t| t.kind == TokenKind::Number) {
        (factor, at) = power(scan, range)?;
        written = true;
    }
    let tokens = &scan.work.tokens;
    if let Some((n, scale)) = scan.words.scales.at(tokens, at)
        && at + n <= range.end
        && !scan.token(at + n).is_some_and(|t| scan.words.not_scale.has(t))
    {
        let unit_there = longest(scan, at).is_some_and(|(m, _)| m > n);
        if !unit_there {
            factor = factor.checked_mul(*scale)?;
            at += n;
            // "Tr. USD", "Ng. tấn": the stop of the short form.
            at += usize::from(scan.is(at, '.') && at + 1 < range.end);
            written = true;
            if at == range.end {
                // "tỷ", "triệu" alone are of đồng; "Tr" alone may be the number of a page.
                let short = scan.work.word(at - 1).len() <= 2;
                let money = *scale >= Decimal::from(1_000_000u32) && !short;
                let mut unit = Unit::new(Kind::Money, "VND", range.clone());
                unit.factor = factor;
                return money.then_some((unit, at));
            }
        }
    }
    let Some((n, index)) = longest(scan, at).filter(|(n, _)| at + n <= range.end) else {
        return None.filter(|_: &(Unit, usize)| written);
    };
    let unit = scan.words.unit(index)?;
    let end = at + n;
    let exponent = |i: usize| {
        let text = scan.work.word(i);
        let near = scan.token(i).is_some_and(|t| t.gap == crate::words::token::Gap::Glued) && i < range.end;
        match text {
            "2" | "²" if near => Some("2"),
            "3" | "³" if near => Some("3"),
            _ => None,
        }
    };
    let (kind, mut name, mut end) = match unit.kind {
        UnitKind::Percent => (Kind::Percentage, SmolStr::new_static("%"), end),
        UnitKind::PerMille => (Kind::Measure, SmolStr::new_static("‰"), end),
        UnitKind::Money => (Kind::Money, SmolStr::new(&unit.name), end),
        UnitKind::Length => match exponent(end) {
            Some(power) => (Kind::Measure, format!("{}{power}", unit.name).into(), end + 1),
            None => (Kind::Measure, SmolStr::new(&unit.name), end),
        },
        UnitKind::Measure => (Kind::Measure, SmolStr::new(&unit.name), end),
        UnitKind::Score => (Kind::Score, SmolStr::new(&unit.name), end),
        UnitKind::Count | UnitKind::StrictCount | UnitKind::Duration => {
            (Kind::Count, unit_one_line(scan.work.words(at..end)).to_lowercase().into(), end)
        }
        UnitKind::None(_) => return None,
    };
    let mut per = None;
    if let Some((of, after)) = per_of(scan, end).filter(|p| p.1 <= range.end) {
        if kind == Kind::Measure || kind == Kind::Count {
            name = format!("{name}/{of}").into();
        }
        per = Some(of);
        end = after;
    }
    let factor = factor.checked_mul(unit.factor)?;
    Some((Unit { kind, name: Some(name), factor, per, tokens: range.start..end }, end))
}

/// The unit of the lexicon at a token, whatever stands before it.
fn longest(scan: &Scan<'_, '_>, at: usize) -> Option<(usize, u16)> {
    scan.words.units.at(&scan.work.tokens, at).map(|(n, &i)| (n, i))
}

/// "1.000", "1000", "10^6", "10⁶" before a unit, and where it ends.
fn power(scan: &Scan<'_, '_>, range: &Range<usize>) -> Option<(Decimal, usize)> {
    let numeral = scan.any_numeral(range.start)?;
    let value = number::read(scan.work.words(numeral.first..numeral.end), scan.convention).ok()?.value;
    let ten = |exponent: u32| 10u64.checked_pow(exponent).map(Decimal::from);
    let raised = |text: &str| match text {
        "³" => Some(3),
        "⁶" => Some(6),
        "⁹" => Some(9),
        other => other.parse::<u32>().ok(),
    };
    if value == Decimal::TEN {
        let caret = scan.is(numeral.end, '^');
        let at = numeral.end + usize::from(caret);
        if let Some(exponent) = raised(scan.work.word(at)).filter(|e| (2..=12).contains(e)) {
            return Some((ten(exponent)?, at + 1));
        }
    }
    // A raised exponent that lost its place: 106 m3 is 10⁶ m3.
    let lost = [(103u32, 3), (106, 6), (109, 9)];
    if let Some((_, exponent)) = lost.iter().find(|(n, _)| value == Decimal::from(*n)) {
        return Some((ten(*exponent)?, numeral.end));
    }
    let plain = value >= Decimal::TEN
        && value.is_integer()
        && value.normalize().mantissa().to_string().trim_end_matches('0') == "1";
    plain.then_some((value, numeral.end))
}

/// "/m2", "/người/tháng" behind a unit.
fn per_of(scan: &Scan<'_, '_>, slash: usize) -> Option<(SmolStr, usize)> {
    let (per, end) = scan.per(slash)?;
    // "/m" with its power as a token of its own.
    let power = scan.work.word(end);
    let glued = scan.token(end).is_some_and(|t| t.gap == crate::words::token::Gap::Glued);
    if glued && matches!(power, "2" | "3" | "²" | "³") {
        return Some((format!("{per}{power}").into(), end + 1));
    }
    Some((per, end))
}

/// The unit that is all of some tokens.
pub(super) fn whole(scan: &Scan<'_, '_>, range: &Range<usize>) -> Option<Unit> {
    let mut range = range.clone();
    while range.start < range.end && ['(', '-', '–', ':', '.'].iter().any(|&c| scan.is(range.start, c)) {
        range.start += 1;
    }
    while range.start < range.end && [')', '.', ',', '*', ';'].iter().any(|&c| scan.is(range.end - 1, c)) {
        range.end -= 1;
    }
    let (unit, end) = begin(scan, &range)?;
    // "Ha - Hectare", "(%, năm trước = 100)", "Triệu đồng/Mill. dongs".
    let rest = end >= range.end || ['/', '-', '–', ',', ';', '('].iter().any(|&c| scan.is(end, c));
    rest.then_some(unit)
}

/// The unit that a cell of the unit column names, in the words of the lexicon or in others.
pub(super) fn of_cell(scan: &Scan<'_, '_>, range: &Range<usize>) -> Option<Unit> {
    if let Some(unit) = whole(scan, range) {
        return Some(unit);
    }
    if let Some((unit, _)) = begin(scan, range).filter(|(u, _)| u.kind != Kind::Count) {
        return Some(unit);
    }
    let text = unit_one_line(scan.work.words(range.clone())).to_lowercase();
    let said =
        scan.work.patterns.tables.heads.at(&scan.work.tokens, range.start).map_or(0, |(_, &bits)| bits);
    if said & crate::patterns::tables::says::RANK != 0 {
        return Some(Unit::rank());
    }
    if scan.words.index_names.at(&scan.work.tokens, range.start).is_some() {
        return Some(Unit::score(scan));
    }
    let words = range.clone().filter(|&i| scan.token(i).is_some_and(|t| t.kind == TokenKind::Word)).count();
    (words > 0 && words <= WORDS).then(|| Unit::count(text.into(), range.clone()))
}
