//! One numeral to what it is: number and scale, then the unit, the noun or the slash after it; then what stands
//! before it ("xếp thứ", "Số hồ sơ …:").

use rust_decimal::Decimal;

use super::amount::Amount;
use super::unit::UnitAt;
use super::{Found, Outcome, Scan};
use crate::claim::ledger::{Numeral, Owner};
use crate::claim::number::NoNumber;
use crate::patterns::indicators::UnitKind;
use crate::words::token::Kind as TokenKind;

/// Hours of a day.
const DAY_HOURS: Decimal = Decimal::from_parts(24, 0, 0, false, 0);

impl<'a> Scan<'_, 'a> {
    /// What a free numeral is.
    pub(crate) fn quantity(&self, numeral: Numeral) -> Outcome {
        let rules = &self.words.rules;
        if let Some(reason) = self.glued(numeral) {
            return Outcome::Nothing(reason);
        }
        // The second number of a pair that was refused.
        let slash = numeral.first.checked_sub(1).filter(|&i| self.is(i, '/'));
        if slash.and_then(|i| self.token(i.checked_sub(1)?)).is_some_and(|t| t.kind == TokenKind::Number) {
            return Outcome::Nothing(rules.none_fraction);
        }
        // "Số máy điện thoại/100 dân": what a rate in a heading is for.
        if slash.is_some()
            && self.work.word(numeral.end) == "dân"
            && self.amount(numeral).is_ok_and(|a| super::ratio::per_so_many(a.value))
        {
            return Outcome::Nothing(rules.none_bare);
        }
        // "0106092522": a code, not a quantity.
        let code = numeral.end - numeral.first == 1
            && self.work.word(numeral.first).starts_with('0')
            && self.token(numeral.first).is_some_and(|t| t.bytes() > 3);
        if code {
            return Outcome::Nothing(rules.none_bare);
        }
        let amount = match self.amount(numeral) {
            Ok(amount) => amount,
            Err(NoNumber::TooLong) => return Outcome::Nothing(rules.none_long),
            Err(NoNumber::Grouping) => return Outcome::Nothing(rules.none_grouping),
        };
        if let Some(found) = self.rank(&amount) {
            return Outcome::Items(vec![found]);
        }
        if let Some(outcome) = self.ratio(&amount) {
            return outcome;
        }
        if let Some(items) = self.range(&amount) {
            return Outcome::Items(items);
        }
        if let Some(items) = self.series(&amount) {
            return Outcome::Items(items);
        }
        if self.unit_after(amount.end).is_some_and(|u| u.kind == UnitKind::Duration) {
            return self.duration(&amount);
        }
        if let Some(UnitAt { kind: UnitKind::None(reason), .. }) = self.unit_after(amount.end) {
            return Outcome::Nothing(reason);
        }
        if let Some(reason) = self.labelled(&amount) {
            return Outcome::Nothing(reason);
        }
        if self.per_so_many(&amount) {
            return Outcome::Nothing(rules.none_bare);
        }
        if let Some(found) = self.with_unit(&amount) {
            if self.trivial(&found, &amount) {
                return Outcome::Nothing(rules.none_trivial);
            }
            return Outcome::Items(vec![found]);
        }
        if let Some(found) = self.money_by_scale(amount.start, &amount, amount.scale) {
            return Outcome::Items(vec![found]);
        }
        if let Some(found) = self.open_count(&amount) {
            return Outcome::Items(vec![found]);
        }
        if let Some(found) = self.bare(&amount) {
            return Outcome::Items(vec![found]);
        }
        Outcome::Nothing(if amount.yearlike() { rules.none_year } else { rules.none_bare })
    }

    /// "số bác sĩ trên 1 vạn dân": what a rate is for; "có trên 10.000 dân" counts.
    fn per_so_many(&self, amount: &Amount) -> bool {
        let over = amount.start.checked_sub(1).filter(|&i| self.work.word(i) == "trên");
        let before = over.and_then(|i| self.token(i.checked_sub(1)?));
        let noun = before
            .is_some_and(|t| t.kind == TokenKind::Word && !self.words.glue.has(t) && !self.words.stop.has(t));
        noun && matches!(self.work.word(amount.end), "dân" | "trẻ" | "phụ")
            && [100i64, 1000, 10_000, 100_000].iter().any(|&n| amount.value == Decimal::from(n))
    }

    /// A span of time: a quantity where a norm or a result is meant.
    fn duration(&self, amount: &Amount) -> Outcome {
        // "phát thanh 320 giờ": no hour of the day.
        let long = || {
            amount.value > DAY_HOURS && self.unit_after(amount.end).is_some_and(|u| &*u.unit.name == "giờ")
        };
        // "chậm trên 15 ngày đến 30 ngày": the upper end of a range whose lower one counts.
        let upper = || {
            let to = amount
                .start
                .checked_sub(1)
                .filter(|&i| matches!(self.work.word(i), "đến" | "xuống" | "còn" | "lên"));
            to.and_then(|i| i.checked_sub(2)).is_some_and(|i| {
                [i, i.saturating_sub(1), i.saturating_sub(2)].iter().any(|&k| {
                    self.token(k).is_some_and(|t| t.kind == TokenKind::Number)
                        && self.work.ledger.owner(k) == (Owner::Indicator, self.words.rules.duration)
                })
            })
        };
        let bounded = || {
            let end = self.unit_after(amount.end).map_or(amount.end, |u| u.end);
            self.words.bound_after.at(&self.work.tokens, end).is_some()
        };
        let cue = self.words.duration_before.before(&self.work.tokens, amount.start).is_some()
            || long()
            || upper()
            || bounded();
        match self.with_unit(amount) {
            Some(found) if cue && !amount.yearlike() => Outcome::Items(vec![found]),
            _ => Outcome::Nothing(self.words.rules.none_time),
        }
    }

    /// A number and a noun that no lexicon knows.
    pub(super) fn open_count(&self, amount: &Amount) -> Option<Found> {
        if amount.yearlike() || (!amount.whole() && amount.plain) {
            return None;
        }
        let end = self.open_noun(amount.end)?;
        let before = amount.start.checked_sub(1).and_then(|i| self.token(i));
        if before.is_some_and(|b| b.kind == TokenKind::Word && (self.vague(b) || self.named(b, amount))) {
            return None;
        }
        let found = self.count(amount, amount.end, end, self.words.rules.open);
        (!self.trivial(&found, amount)).then_some(found)
    }
}
