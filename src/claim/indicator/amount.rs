//! Number and scale: "1.234,5 tỷ", "2 triệu rưỡi", "3 tỷ 500 triệu", "02 (hai)", "200 000".

use rust_decimal::Decimal;

use super::{Scan, words};
use crate::claim::ledger::Numeral;
use crate::claim::note;
use crate::claim::number::{self, Convention, NoNumber};
use crate::patterns::indicators::UnitKind;
use crate::words::token::{Case, Gap, Kind, Token};

/// The largest power of ten that is written so.
const MOST_POWER: u32 = 12;
/// Most words in a bracket that tells a number again which are none of it: "đồng chẵn".
const SPELLED_BESIDE: usize = 4;

/// A number with its scale.
#[derive(Debug, Clone, Copy)]
pub(super) struct Amount {
    /// First token; a minus sign belongs to it.
    pub start: usize,
    /// One past the last token of number, scale and words in parentheses.
    pub end: usize,
    /// One past the digits.
    pub digits_end: usize,
    /// The number before its scale.
    pub base: Decimal,
    /// The scale, 1 where none is written.
    pub scale: Decimal,
    /// The whole value.
    pub value: Decimal,
    /// Two readings stand.
    pub ambiguous: bool,
    /// The thousands reading of "27,397".
    pub other: Option<Decimal>,
    /// Digits alone.
    pub plain: bool,
    /// A leading zero: 04.
    pub padded: bool,
    /// Money as it is spoken: "1tr2", "50k".
    pub spoken: bool,
}

impl Amount {
    /// Whether a scale word was written.
    pub fn scaled(&self) -> bool {
        self.scale != Decimal::ONE
    }

    /// Whether it could be a year.
    pub fn yearlike(&self) -> bool {
        self.plain && !self.scaled() && self.value >= Decimal::from(1900) && self.value <= Decimal::from(2100)
    }

    pub fn whole(&self) -> bool {
        self.value.is_integer()
    }
}

/// Whether a token continues the item before it: on the same line or wrapped onto the next.
pub(super) fn follows(token: &Token) -> bool {
    matches!(token.gap, Gap::Glued | Gap::Space | Gap::Line)
}

impl Scan<'_, '_> {
    pub(crate) fn token(&self, i: usize) -> Option<&Token> {
        self.work.token(i)
    }

    pub(crate) fn is(&self, i: usize, c: char) -> bool {
        self.work.is(i, c)
    }

    /// The numeral that begins at a token, whoever owns it.
    pub(crate) fn any_numeral(&self, i: usize) -> Option<Numeral> {
        let numerals = self.work.ledger.numerals();
        let n = numerals.partition_point(|n| n.first < i);
        numerals.get(n).copied().filter(|n| n.first == i)
    }

    /// The numeral that begins at a token, if it is free.
    pub(crate) fn numeral_at(&self, i: usize) -> Option<Numeral> {
        self.any_numeral(i).filter(|n| self.work.ledger.free(n.first..n.end))
    }

    /// Reads number and scale.
    pub(super) fn amount(&self, numeral: Numeral) -> Result<Amount, NoNumber> {
        let text = number::text_of(self.work, numeral);
        let mut reading = number::read(text, self.convention)?;
        let mut end = numeral.end;
        let mut plain = numeral.end - numeral.first == 1;
        if plain && let Some((value, after)) = self.spaced(numeral) {
            // "200 000 đồng": spaces between thousands.
            (reading.value, reading.ambiguous, end, plain) = (value, true, after, false);
        } else if plain && let Some((value, after)) = self.torn(numeral) {
            // "tăng 1 3,6%": a blank tears the whole part.
            (reading.value, reading.ambiguous, end, plain) = (value, true, after, false);
        } else if plain && let Some((value, after)) = self.split_decimal(numeral) {
            // "15, 6%": a space crept in after the decimal comma.
            (reading.value, reading.ambiguous, end, plain) = (value, true, after, false);
        } else if let Some((value, after)) = self.broken_dot(numeral) {
            // "1.\n234 hộ": the line ended at the dot between thousands.
            (reading.value, reading.ambiguous, end, plain) = (value, true, after, false);
        }
        let mut start = numeral.first;
        if let Some((value, after)) = self.power(numeral, reading.value) {
            (reading.value, reading.other, end, plain) = (value, None, after, false);
        } else if let Some(value) = self.without_nought(numeral) {
            (reading.value, start, plain) = (value, start - 1, false);
        }
        let mut amount = Amount {
            start,
            end,
            digits_end: end,
            base: reading.value,
            scale: Decimal::ONE,
            value: reading.value,
            ambiguous: reading.ambiguous,
            other: reading.other,
            plain,
            padded: text.starts_with('0') && text.len() > 1 && plain,
            spoken: false,
        };
        amount.end = self.over_notes(amount.end);
        self.in_parentheses(&mut amount);
        self.scale(&mut amount)?;
        amount.end = self.over_notes(amount.end);
        if let Some(start) = self.minus(&amount) {
            amount.start = start;
            amount.base = -amount.base;
            amount.value = -amount.value;
        }
        Ok(amount)
    }

    /// Past the marks of notes between a figure and what it counts: "10/15² tỉnh", "1.250[3] hộ", "97,5*%".
    fn over_notes(&self, at: usize) -> usize {
        // "25⁰C": the raised nought belongs to the unit.
        if self.unit_after(at).is_some() {
            return at;
        }
        let end = note::over(self.work, at);
        let counts = self
            .token(end)
            .is_some_and(|t| follows(t) && (t.kind == Kind::Word || self.unit_after(end).is_some()));
        if end > at && counts { end } else { at }
    }

    /// "10⁶ tấn", "5.10³ m3", "2,5 x 10⁶ tấn": a power of ten before a unit. A raised number behind any other figure, or
    /// before what is counted, is the mark of a note.
    fn power(&self, numeral: Numeral, value: Decimal) -> Option<(Decimal, usize)> {
        let ten = |at: usize| {
            let numeral = self.any_numeral(at)?;
            let text = number::text_of(self.work, numeral);
            let raised = note::raised(self.work, numeral.end).filter(|(n, _)| *n <= MOST_POWER)?;
            Some((text, Decimal::from(10u64.checked_pow(raised.0)?), raised.1))
        };
        let times = || {
            let mark = self.token(numeral.end).filter(|t| follows(t))?;
            let cross = mark.is('×') || mark.is('·') || self.work.word(numeral.end) == "x";
            ten(numeral.end + 1).filter(|t| cross && t.0 == "10").map(|(_, factor, end)| (value, factor, end))
        };
        let (head, factor, end) = match ten(numeral.first) {
            Some(("10", factor, end)) => (Decimal::ONE, factor, end),
            Some((text, factor, end)) => {
                let head = text.strip_suffix(".10").or_else(|| text.strip_suffix(",10"))?;
                (number::read(head, self.convention).ok()?.value, factor, end)
            }
            None => times()?,
        };
        let unit = self.unit_after(end).map(|u| u.kind);
        let measured = self.scale_at(end).is_some()
            || matches!(unit, Some(UnitKind::Measure | UnitKind::Length | UnitKind::Money));
        head.checked_mul(factor).filter(|_| measured).map(|v| (v.normalize(), end))
    }

    /// "đạt ,08%": the nought before the comma was left out.
    fn without_nought(&self, numeral: Numeral) -> Option<Decimal> {
        let comma = numeral.first.checked_sub(1).filter(|&i| self.is(i, ','))?;
        let glued = self.token(numeral.first)?.gap == Gap::Glued && self.token(comma)?.gap == Gap::Space;
        let before = comma.checked_sub(1).and_then(|i| self.token(i))?;
        let open = glued && numeral.end - numeral.first == 1 && before.kind == Kind::Word;
        let text = format!("0,{}", self.work.word(numeral.first));
        number::read(&text, Convention::Vietnamese).ok().filter(|_| open).map(|r| r.value)
    }

    /// Groups of three digits with spaces between, before a unit.
    fn spaced(&self, numeral: Numeral) -> Option<(Decimal, usize)> {
        let first = self.token(numeral.first)?;
        if first.bytes() > 3 || self.work.word(numeral.first).starts_with('0') {
            return None;
        }
        let mut digits = self.work.word(numeral.first).to_string();
        let mut i = numeral.end;
        while let Some(next) = self.token(i)
            && next.kind == Kind::Number
            && next.gap == Gap::Space
            && next.bytes() == 3
            && let Some(group) = self.numeral_at(i)
        {
            if group.end == i + 3 && self.is(i + 1, ',') {
                // "1 234,5": decimals end it.
                digits.push_str(number::text_of(self.work, group));
                i = group.end;
                break;
            }
            if group.end != i + 1 {
                break;
            }
            digits.push_str(self.work.word(i));
            i += 1;
        }
        let unit = self.token(i).is_some_and(follows)
            && (self.words.units.at(&self.work.tokens, i).is_some() || self.scale_at(i).is_some());
        // "200 000 - 350 000 đồng": the lower end of a range of such numbers.
        let low = || {
            let (n, ()) = self.words.range.at(&self.work.tokens, i)?;
            let high = |k: usize| self.token(i + n + k).filter(|t| t.kind == Kind::Number);
            Some(high(0).is_some() && high(1).is_some_and(|t| t.bytes() == 3 && t.gap == Gap::Space))
        };
        if i == numeral.end || !(unit || low() == Some(true)) {
            return None;
        }
        number::read(&digits, self.convention).ok().map(|r| (r.value, i))
    }

    /// A single digit behind a verb of change, a blank, and the rest of a percentage.
    fn torn(&self, numeral: Numeral) -> Option<(Decimal, usize)> {
        let verb = numeral.first.checked_sub(1).and_then(|i| self.token(i))?;
        let rest = self.numeral_at(numeral.end)?;
        let first = self.token(numeral.first)?;
        let fits = first.bytes() == 1
            && first.gap == Gap::Space
            && self.token(rest.first).is_some_and(|t| t.gap == Gap::Space && t.bytes() <= 2)
            && rest.end == rest.first + 3
            && self.is(rest.first + 1, ',')
            && self.is(rest.end, '%')
            && self.words.glue.has(verb);
        let text = format!("{}{}", self.work.word(numeral.first), number::text_of(self.work, rest));
        number::read(&text, self.convention).ok().filter(|_| fits).map(|r| (r.value, rest.end))
    }

    /// Whole part, comma, space, one or two digits, percent sign.
    fn split_decimal(&self, numeral: Numeral) -> Option<(Decimal, usize)> {
        let comma = self.token(numeral.end)?;
        let tail = self.token(numeral.end + 1)?;
        let sign = self.token(numeral.end + 2)?;
        // Before a scale a verb must leave no room for a list: "đạt 19, 7 tỷ USD".
        let verb = numeral.first.checked_sub(1).and_then(|i| self.token(i));
        let scaled =
            || self.scale_at(numeral.end + 2).is_some() && verb.is_some_and(|t| self.words.glue.has(t));
        // "15, 6%" and "97 ,5 %": the space is on one side of the comma.
        let behind = comma.gap == Gap::Glued
            && matches!(tail.gap, Gap::Space | Gap::Line)
            && (sign.is('%') && sign.gap == Gap::Glued || tail.gap == Gap::Space && scaled());
        let ahead =
            comma.gap == Gap::Space && tail.gap <= Gap::Space && sign.is('%') && sign.gap <= Gap::Space;
        let fits = comma.is(',')
            && tail.kind == Kind::Number
            && tail.bytes() <= 2
            && (behind || ahead)
            && self.work.ledger.free(numeral.end + 1..numeral.end + 2);
        if !fits || self.in_turn(numeral.first).is_some() {
            return None;
        }
        let text = format!("{},{}", self.work.word(numeral.first), self.work.word(numeral.end + 1));
        number::read(&text, self.convention).ok().map(|r| (r.value, numeral.end + 2))
    }

    /// Thousands parted at their dot: "1.\n234 hộ", "185. 000 giấy", "1 .234 ha". A sentence may end with a figure and
    /// the next begin with one, so that a blank alone is believed only before noughts or a scale.
    fn broken_dot(&self, numeral: Numeral) -> Option<(Decimal, usize)> {
        let head = number::text_of(self.work, numeral);
        let dot = self.token(numeral.end).filter(|t| t.is('.'))?;
        let tail = self.token(numeral.end + 1).filter(|t| t.kind == Kind::Number && t.bytes() == 3)?;
        let noughts = self.work.word(numeral.end + 1) == "000";
        let begun = numeral.first.checked_sub(1).and_then(|i| self.token(i)).is_some_and(|t| {
            let counts =
                || t.case == Case::Lower && !self.words.labels.has(t) && !self.words.labels_weak.has(t);
            t.kind == Kind::Word && (noughts || counts())
        });
        let first = head.split('.').next().unwrap_or("");
        let grouped = (1..=3).contains(&first.len()) && !first.starts_with('0') && !head.contains(',');
        let follows = self.token(numeral.first).is_some_and(|t| t.gap <= Gap::Space);
        let after = self.numeral_at(numeral.end + 1)?.end;
        let unit = self.unit_after(after).is_some() || self.scale_at(after).is_some();
        let fits = match (dot.gap, tail.gap) {
            (Gap::Glued, Gap::Line) | (Gap::Space, Gap::Glued) => unit,
            (Gap::Glued, Gap::Space) => noughts || self.scale_at(after).is_some(),
            _ => false,
        };
        if !(begun && grouped && follows && fits) {
            return None;
        }
        let text = format!("{head}.{}", self.work.words(numeral.end + 1..after));
        number::read(&text, self.convention).ok().map(|r| (r.value, after))
    }

    /// "02 (hai)": the same number in words.
    fn in_parentheses(&self, amount: &mut Amount) {
        if let Some(end) = self.spelled(amount.end) {
            amount.end = end;
        }
    }

    /// The end of "(hai mươi tỷ đồng)": a parenthesis that holds a number in words.
    pub(super) fn spelled(&self, open: usize) -> Option<usize> {
        if !self.is(open, '(') {
            return None;
        }
        let number = words::parse(self, open + 1)?;
        let mut i = number.end;
        let mut foreign = 0;
        // Unit, punctuation and smaller groups up to the closing bracket; "(một phần do …)" tells something else.
        while i < open + 40 {
            let token = self.token(i)?;
            if token.is(')') {
                return Some(i + 1);
            }
            let counts = self.words.numeral(token.word).is_some() || self.scale_at(i).is_some();
            foreign += usize::from(token.kind == Kind::Word && !counts);
            if token.kind == Kind::Number || !follows(token) || foreign > SPELLED_BESIDE {
                return None;
            }
            i += 1;
        }
        None
    }
}
