//! Scale words behind a number, and the smaller groups behind them: "3 tỷ 500 triệu", "5 triệu 2 trăm nghìn", "4 trăm
//! rưỡi triệu", "1tr2".

use rust_decimal::Decimal;

use super::Scan;
use super::amount::{Amount, follows};
use crate::claim::number::{self, NoNumber};
use crate::patterns::indicators::NumeralWord;
use crate::words::token::{Case, Gap, Kind};

/// A number with all its scale words: "2 trăm nghìn".
struct Group {
    value: Decimal,
    /// The first scale word.
    first: Decimal,
    /// The last one: what follows is less than that.
    last: Decimal,
    end: usize,
}

impl Scan<'_, '_> {
    /// A scale word at a token: how many tokens, and its factor.
    pub(super) fn scale_at(&self, i: usize) -> Option<(usize, Decimal)> {
        self.token(i).filter(|t| follows(t) && t.kind == Kind::Word)?;
        let (n, factor) = self.words.scales.at(&self.work.tokens, i)?;
        if self.token(i + n).is_some_and(|t| follows(t) && self.words.not_scale.has(t)) {
            return None;
        }
        Some((n, *factor))
    }

    /// Reads the scale of a number, which then ends behind it.
    pub(super) fn scale(&self, amount: &mut Amount) -> Result<(), NoNumber> {
        if self.spoken(amount)? {
            return Ok(());
        }
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
        let Some(group) = self.group(amount.base, amount.end) else { return Err(NoNumber::TooLong) };
        let whole = group.value.checked_div(amount.base).unwrap_or(group.first);
        amount.end = group.end;
        amount.scale = if amount.base.is_zero() { group.first } else { whole.max(group.first) };
        amount.value = group.value.normalize();
        // "3 tỷ 500 triệu": smaller groups follow.
        let mut smallest = group.last;
        while let Some((value, end, last)) = self.smaller(amount.end, smallest) {
            amount.value = amount.value.checked_add(value).ok_or(NoNumber::TooLong)?.normalize();
            amount.end = end;
            smallest = last;
        }
        Ok(())
    }

    /// A number and its scale words at a token, all of it less than `limit`.
    fn smaller(&self, at: usize, limit: Decimal) -> Option<(Decimal, usize, Decimal)> {
        let next = self.numeral_at(at).filter(|n| n.end == n.first + 1)?;
        self.token(at).filter(|t| follows(t))?;
        let base = number::read(number::text_of(self.work, next), self.convention).ok()?.value;
        let group = self.group(base, next.end).filter(|g| g.value < limit)?;
        Some((group.value, group.end, group.last))
    }

    /// The scale words at a token: each multiplies what stands before it, a larger one all of it.
    fn group(&self, base: Decimal, at: usize) -> Option<Group> {
        let (n, factor) = self.scale_at(at)?;
        let mut out = Group { value: base.checked_mul(factor)?, first: factor, last: factor, end: at + n };
        loop {
            if self.token(out.end).is_some_and(|t| {
                follows(t) && t.kind == Kind::Word && self.words.numeral(t.word) == Some(NumeralWord::Half)
            }) {
                out.end += 1;
                out.value = out.value.checked_add(out.last.checked_div(Decimal::TWO)?)?;
            }
            let (more, at) = self.rest(&out).unwrap_or((Decimal::ZERO, out.end));
            let Some((n, factor)) = self.scale_at(at).filter(|s| s.1 > out.last) else { return Some(out) };
            out.value = out.value.checked_add(more)?.checked_mul(factor)?;
            out.last = factor;
            out.end = at + n;
        }
    }

    /// "7 trăm 50 triệu", "1 nghìn 2 trăm tỷ": what is less than the scale before it, with a larger scale behind.
    fn rest(&self, group: &Group) -> Option<(Decimal, usize)> {
        let numeral = self.numeral_at(group.end).filter(|n| n.end == n.first + 1)?;
        self.token(numeral.first).filter(|t| follows(t) && group.last <= Decimal::ONE_THOUSAND)?;
        let mut value = number::read(number::text_of(self.work, numeral), self.convention).ok()?.value;
        let mut end = numeral.end;
        if let Some((n, factor)) = self.scale_at(end).filter(|s| s.1 <= Decimal::ONE_HUNDRED) {
            (value, end) = (value.checked_mul(factor)?, end + n);
        }
        let larger = self.scale_at(end).is_some_and(|s| s.1 > group.last.max(Decimal::ONE_HUNDRED));
        (larger && value < group.last).then_some((value, end))
    }

    /// "1tr2", "2tr5", "1tr500", "50k": millions with their decimals behind, thousands with one letter.
    fn spoken(&self, amount: &mut Amount) -> Result<bool, NoNumber> {
        let Some(mark) = self.token(amount.end) else { return Ok(false) };
        if mark.gap != Gap::Glued || mark.kind != Kind::Word || mark.case != Case::Lower || !amount.plain {
            return Ok(false);
        }
        let thousand = self.words.thousand_marks.has(mark);
        let factor = match self.scale_at(amount.end) {
            Some((1, factor)) => factor,
            _ if thousand => Decimal::ONE_THOUSAND,
            _ => return Ok(false),
        };
        let tail = self.token(amount.end + 1).filter(|t| {
            t.kind == Kind::Number && t.gap == Gap::Glued && t.bytes() <= 3 && amount.whole() && !thousand
        });
        if tail.is_none() && !thousand {
            return Ok(false);
        }
        let digits = tail.map_or("0", |_| self.work.word(amount.end + 1));
        let decimals = number::read(&format!("0,{digits}"), number::Convention::Vietnamese)?.value;
        let value = amount.base.checked_add(decimals).and_then(|v| v.checked_mul(factor));
        amount.value = value.ok_or(NoNumber::TooLong)?.normalize();
        amount.scale = factor;
        amount.end += 1 + usize::from(tail.is_some());
        amount.spoken = true;
        Ok(true)
    }
}
