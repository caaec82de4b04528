//! Number and scale: "1.234,5 tỷ", "2 triệu rưỡi", "3 tỷ 500 triệu", "02 (hai)", "200 000".

use rust_decimal::Decimal;

use super::{Scan, words};
use crate::claim::ledger::{Numeral, Owner};
use crate::claim::number::{self, NoNumber};
use crate::patterns::indicators::NumeralWord;
use crate::words::token::{Case, Gap, Kind, Token};

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
        self.token(i).is_some_and(|t| t.is(c))
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
        } else if plain && let Some((value, after)) = self.split_decimal(numeral) {
            // "15, 6%": a space crept in after the decimal comma.
            (reading.value, reading.ambiguous, end, plain) = (value, true, after, false);
        } else if let Some((value, after)) = self.broken_dot(numeral) {
            // "1.\n234 hộ": the line ended at the dot between thousands.
            (reading.value, reading.ambiguous, end, plain) = (value, true, after, false);
        }
        let mut amount = Amount {
            start: numeral.first,
            end,
            digits_end: end,
            base: reading.value,
            scale: Decimal::ONE,
            value: reading.value,
            ambiguous: reading.ambiguous,
            other: reading.other,
            plain,
            padded: text.starts_with('0') && text.len() > 1 && plain,
        };
        self.in_parentheses(&mut amount);
        self.scale(&mut amount)?;
        if self.footnote_mark(amount.end) {
            amount.end += 1;
        }
        if self.negative(numeral.first) {
            amount.start -= 1;
            amount.base = -amount.base;
            amount.value = -amount.value;
        }
        Ok(amount)
    }

    /// A raised number between a figure and its noun: "10/15² tỉnh".
    fn footnote_mark(&self, at: usize) -> bool {
        let mark = self.token(at).is_some_and(|t| t.kind == Kind::Number && follows(t));
        let traps = &self.work.patterns.traps;
        let (owner, rule) = self.work.ledger.owner(at);
        mark && owner == Owner::Trap
            && (rule == traps.superscript || rule == traps.page_number)
            && self.token(at + 1).is_some_and(|t| follows(t) && t.kind == Kind::Word)
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
        let begun = numeral.first.checked_sub(1).and_then(|i| self.token(i)).is_some_and(|t| {
            t.kind == Kind::Word
                && t.case == Case::Lower
                && !self.words.labels.has(t)
                && !self.words.labels_weak.has(t)
        });
        let first = head.split('.').next().unwrap_or("");
        let grouped = (1..=3).contains(&first.len()) && !first.starts_with('0') && !head.contains(',');
        let follows = self.token(numeral.first).is_some_and(|t| t.gap <= Gap::Space);
        let after = self.numeral_at(numeral.end + 1)?.end;
        let unit = self.unit_after(after).is_some() || self.scale_at(after).is_some();
        let noughts = self.work.word(numeral.end + 1) == "000";
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

    /// A minus sign that is no dash, range or list mark: glued to the digits, after a word or a bracket.
    fn negative(&self, first: usize) -> bool {
        let glued = self.token(first).is_some_and(|t| t.gap == Gap::Glued);
        let Some(sign) = first.checked_sub(1).and_then(|i| self.token(i)) else { return false };
        if !glued || !(sign.is('-') || sign.is('−')) {
            return false;
        }
        let Some(before) = first.checked_sub(2).and_then(|i| self.token(i)) else { return false };
        match before.kind {
            Kind::Word => sign.gap == Gap::Space,
            Kind::Punct => before.is('(') || before.is('|') || before.is(':'),
            Kind::Number => false,
        }
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
        // Unit, punctuation and smaller groups up to the closing bracket.
        while i < open + 40 {
            let token = self.token(i)?;
            if token.is(')') {
                return Some(i + 1);
            }
            if token.kind == Kind::Number || !follows(token) {
                return None;
            }
            i += 1;
        }
        None
    }

    /// A scale word at a token: how many tokens, and its factor.
    pub(super) fn scale_at(&self, i: usize) -> Option<(usize, Decimal)> {
        self.token(i).filter(|t| follows(t) && t.kind == Kind::Word)?;
        let (n, factor) = self.words.scales.at(&self.work.tokens, i)?;
        if self.token(i + n).is_some_and(|t| follows(t) && self.words.not_scale.has(t)) {
            return None;
        }
        Some((n, *factor))
    }

    fn scale(&self, amount: &mut Amount) -> Result<(), NoNumber> {
        let Some((n, factor)) = self.scale_at(amount.end) else { return Ok(()) };
        // "tr.đ", "nghìn đồng" are units of their own; the longer form wins there.
        if let Some((m, unit)) = self.words.units.at(&self.work.tokens, amount.end)
            && m > n
            && self.words.unit(*unit).is_some_and(|u| u.factor == factor)
            && (factor < Decimal::from(1000)
                || self.words.units.at(&self.work.tokens, amount.end + n).is_none())
        {
            return Ok(());
        }
        amount.end += n;
        amount.scale = factor;
        amount.value = amount.base.checked_mul(factor).ok_or(NoNumber::TooLong)?.normalize();
        if amount.other.is_some() {
            // "58,813 tỷ": with a scale the comma is decimal.
            (amount.ambiguous, amount.other) = (false, None);
        }
        if self.token(amount.end).is_some_and(|t| {
            follows(t) && t.kind == Kind::Word && self.words.numeral(t.word) == Some(NumeralWord::Half)
        }) {
            amount.end += 1;
            let half = factor.checked_div(Decimal::TWO).ok_or(NoNumber::TooLong)?;
            amount.value = amount.value.checked_add(half).ok_or(NoNumber::TooLong)?;
        }
        // "3 tỷ 500 triệu": smaller groups follow.
        let mut smallest = factor;
        while let Some(next) = self.numeral_at(amount.end)
            && self.token(amount.end).is_some_and(follows)
            && next.end == next.first + 1
            && let Some((n, factor)) = self.scale_at(next.end)
            && factor < smallest
            && let Ok(part) = number::read(number::text_of(self.work, next), self.convention)
            && let Some(value) = part.value.checked_mul(factor).and_then(|v| v.checked_add(amount.value))
        {
            amount.value = value;
            amount.end = next.end + n;
            smallest = factor;
        }
        Ok(())
    }
}
