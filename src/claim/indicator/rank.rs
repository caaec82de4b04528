//! Places in an order: "xếp thứ 12/63", "đứng thứ 4 toàn quốc", "thứ 13 trong 63 tỉnh".

use rust_decimal::Decimal;

use super::amount::{Amount, follows};
use super::{Found, Kind, Scan};
use crate::words::token::Kind as TokenKind;

/// How far before a place in an order the one stands that it is joined to, in tokens.
const RANK_BESIDE: usize = 12;

impl Scan<'_, '_> {
    /// The rank that an amount is, where the words before it say so.
    pub(super) fn rank(&self, amount: &Amount) -> Option<Found> {
        if !amount.whole() || amount.scaled() || amount.value <= Decimal::ZERO {
            return None;
        }
        let n = match self.words.rank_before.before(&self.work.tokens, amount.start) {
            Some((n, ())) => n,
            None => self.place_among(amount).or_else(|| self.place_too(amount))?,
        };
        let mut end = amount.digits_end;
        let mut of = None;
        if let Some((m, ())) =
            self.token(end).filter(|t| follows(t)).and_then(|_| self.words.rank_of.at(&self.work.tokens, end))
            && let Some(numeral) = self.numeral_at(end + m)
            && self.token(end + m).is_some_and(follows)
            && let Ok(total) = self.amount(numeral)
            && total.value >= amount.value
        {
            of = Some(total.value);
            end = total.digits_end;
        }
        // "Vị trí 1" numbers a place on a plan; "đứng vị trí 1" ranks.
        if of.is_none()
            && n == 2
            && self.work.patterns.particles.position.has(self.work.word(amount.start - 1))
        {
            return None;
        }
        // A unit after the number makes it a quantity of its own: "xếp hạng 12 di tích".
        // "đứng thứ 5 vùng": that word never counts.
        let ordinal = self
            .work
            .patterns
            .particles
            .ordinal
            .has_in_any_case(self.work.word(amount.start.saturating_sub(1)));
        if of.is_none()
            && !ordinal
            && let Some(unit) = self.unit_after(amount.end)
            && !matches!(unit.kind, crate::patterns::indicators::UnitKind::StrictCount)
        {
            return None;
        }
        if of.is_none() && self.counts_noun(n, amount) {
            return None;
        }
        // The span takes in "thứ", "hạng".
        let word = self.work.word(amount.start.saturating_sub(1)).to_lowercase();
        let start =
            if self.work.patterns.particles.ordinals.has(&word) { amount.start - 1 } else { amount.start };
        let mut found = Found::new(start..end, Kind::Rank, self.words.rules.rank);
        found.value = Some(amount.value);
        found.numerator = Some(amount.value);
        found.denominator = of;
        Some(found)
    }

    /// "thứ 13 trong 63 tỉnh", "thứ 3/9 huyện": "thứ" alone ranks where it says among how many of what.
    fn place_among(&self, amount: &Amount) -> Option<usize> {
        let ordinal = amount.start.checked_sub(1)?;
        if !self.work.patterns.particles.ordinal.has(self.work.word(ordinal))
            || !self.token(amount.digits_end).is_some_and(follows)
        {
            return None;
        }
        let (m, ()) = self.words.rank_of.at(&self.work.tokens, amount.digits_end)?;
        let total = self.numeral_at(amount.digits_end + m)?;
        let among = self.amount(total).ok().filter(|t| t.plain && t.value > amount.value)?;
        let unit = self.unit_after(among.digits_end)?;
        (unit.kind == crate::patterns::indicators::UnitKind::StrictCount).then_some(1)
    }

    /// "xếp thứ 3 vùng đồng bằng sông Hồng và thứ 6 trên toàn quốc": "thứ" joined to a place in an order before it ranks too.
    fn place_too(&self, amount: &Amount) -> Option<usize> {
        let ordinal = amount.start.checked_sub(1)?;
        let joint = ordinal.checked_sub(1)?;
        let particles = &self.work.patterns.particles;
        let joined = self.token(joint).is_some_and(|t| t.is(',')) || particles.and.has(self.work.word(joint));
        let ranked = |i: usize| {
            self.token(i).is_some_and(|t| t.kind == TokenKind::Number)
                && self.words.rank_before.before(&self.work.tokens, i).is_some()
        };
        let near = joint.saturating_sub(RANK_BESIDE)..joint;
        let alone = self.unit_after(amount.end).is_none();
        (particles.ordinal.has(self.work.word(ordinal)) && joined && alone && near.into_iter().any(ranked))
            .then_some(1)
    }

    /// "xếp hạng 12 di tích", "xếp 3 loại": a bare verb before a counted noun.
    fn counts_noun(&self, before: usize, amount: &Amount) -> bool {
        let word = amount.start.checked_sub(1).map(|i| self.work.word(i).to_lowercase()).unwrap_or_default();
        let words = &self.work.patterns.particles;
        if before == 1 && words.class.has(&word) {
            // "đô thị hạng 2" is a class.
            let noun = amount.start.checked_sub(2).and_then(|i| self.token(i));
            let cue = noun.is_none_or(|t| {
                t.kind != TokenKind::Word || self.words.glue.has(t) || self.words.stop.has(t)
            });
            return !cue;
        }
        let bare = before == 1 && words.ranks.has(&word) || words.class.has(&word) && before == 2;
        bare && (self.unit_after(amount.end).is_some() || self.open_noun(amount.end).is_some())
    }
}
