//! One numeral to what it is: number and scale, then the unit, the noun or the slash after it; then what stands
//! before it ("xếp thứ", "Số hồ sơ …:").

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::amount::Amount;
use super::unit::UnitAt;
use super::{Found, Kind, Outcome, Scan};
use crate::claim::ledger::{Numeral, Owner};
use crate::claim::number::NoNumber;
use crate::patterns::indicators::UnitKind;
use crate::words::token::Kind as TokenKind;

/// Hours of a day.
const DAY_HOURS: Decimal = Decimal::from_parts(24, 0, 0, false, 0);

/// Most tokens from the first number of a rate to "trên".
const RATE_TOKENS: usize = 5;

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
        if slash.is_some() && self.amount(numeral).is_ok_and(|a| self.is_rate_base(&a)) {
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
        if let Some(found) = self.in_currency(&amount) {
            return Outcome::Items(vec![found]);
        }
        if let Some(items) = self.series(&amount) {
            return Outcome::Items(items);
        }
        if self.unit_after(amount.end).is_some_and(|u| u.kind == UnitKind::Duration) {
            return self.duration(&amount);
        }
        if let Some(UnitAt { kind: UnitKind::None(reason), .. }) = self.unit_after(amount.end) {
            if reason == rules.none_age
                && let Some(found) = self.mean_age(&amount)
            {
                return Outcome::Items(vec![found]);
            }
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

    /// Whether an amount is what a rate is told for: a round number of those who may be counted so.
    fn is_rate_base(&self, amount: &Amount) -> bool {
        super::ratio::per_so_many(amount.value)
            && self.token(amount.end).is_some_and(super::amount::follows)
            && self.words.rate_bases.at(&self.work.tokens, amount.end).is_some()
    }

    /// "số bác sĩ trên 1 vạn dân", "82 thuê bao trên 100 dân": what a rate is for; "có trên 10.000 dân" counts.
    fn per_so_many(&self, amount: &Amount) -> bool {
        if !self.is_rate_base(amount) || amount.value < Decimal::ONE_HUNDRED {
            return false;
        }
        if self.words.rate_leads.before(&self.work.tokens, amount.start).is_some() {
            return true;
        }
        let over =
            amount.start.checked_sub(1).filter(|&i| self.work.patterns.particles.over.has(self.work.word(i)));
        let Some(before) = over.and_then(|i| i.checked_sub(1)) else { return false };
        let noun = self
            .token(before)
            .is_some_and(|t| t.kind == TokenKind::Word && !self.words.glue.has(t) && !self.words.stop.has(t));
        // "111 bé trai trên 100 bé gái": so many of these for so many of those.
        let counted = (before.saturating_sub(RATE_TOKENS)..=before)
            .rev()
            .take_while(|&i| self.token(i).is_some_and(|t| t.kind != TokenKind::Punct))
            .any(|i| self.token(i).is_some_and(|t| t.kind == TokenKind::Number));
        noun || counted
    }

    /// "tuổi thọ trung bình đạt 74,5 tuổi": a mean, where an age measures nothing.
    fn mean_age(&self, amount: &Amount) -> Option<Found> {
        let floor = self.segment_start(amount.start);
        let named = || (floor..amount.start).any(|i| self.words.age_names.at(&self.work.tokens, i).is_some());
        let unit = self.unit_after(amount.end)?;
        if amount.whole() && !named() {
            return None;
        }
        let mut found = Found::new(amount.start..unit.end, Kind::Measure, self.words.rules.measure);
        found.value = Some(amount.value);
        found.unit = Some(SmolStr::new(&unit.unit.name));
        found.ambiguous = amount.ambiguous;
        Some(found)
    }

    /// A span of time: a quantity where a norm or a result is meant.
    fn duration(&self, amount: &Amount) -> Outcome {
        // "phát thanh 320 giờ": no hour of the day.
        let long = || {
            amount.value > DAY_HOURS
                && self
                    .unit_after(amount.end)
                    .is_some_and(|u| self.work.patterns.particles.hours.has(&u.unit.name))
        };
        // "chậm trên 15 ngày đến 30 ngày": the upper end of a range whose lower one counts.
        let upper = || {
            let to = amount
                .start
                .checked_sub(1)
                .filter(|&i| self.work.patterns.particles.upper_ends.has(self.work.word(i)));
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
