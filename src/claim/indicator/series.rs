//! Lists that share a unit: "lần lượt là 15, 7, 4 hồ sơ", "tương ứng 95%, 90,5 và 88%", "xếp hạng lần lượt là 3, 5, 8".

use super::amount::{Amount, follows};
use super::{Found, Kind, Scan};
use crate::words::token::{Gap, Kind as TokenKind};

/// Most members of a list.
const MEMBERS: usize = 12;
/// How far back "lần lượt" may stand, in tokens.
const REACH: usize = 40;

impl Scan<'_, '_> {
    /// The members from an amount to the one that bears the unit.
    pub(super) fn series(&self, first: &Amount) -> Option<Vec<Found>> {
        let mut amounts = vec![*first];
        while let Some(last) = amounts.last()
            && let Some(next) = self.next_member(last.end)
            && amounts.len() < MEMBERS
        {
            amounts.push(next);
            if self.with_unit(&next).is_some() || self.open_count(&next).is_some() {
                break;
            }
        }
        if amounts.len() < 2 {
            return None;
        }
        let cue = self.in_turn(first.start)?;
        let last = amounts.last()?;
        let Some(bearer) = self.with_unit(last).or_else(|| self.open_count(last)) else {
            return self.ranks(&amounts, cue);
        };
        let mut items: Vec<Found> = amounts
            .iter()
            .take(amounts.len() - 1)
            .filter_map(|amount| {
                let mut found = bearer.clone();
                found.tokens = amount.start..amount.end;
                found.rule = self.words.rules.series;
                let factor = match (bearer.value, last.base) {
                    (Some(value), base) if !base.is_zero() => value.checked_div(base)?,
                    _ => return None,
                };
                found.value = Some(amount.base.checked_mul(factor)?.normalize());
                found.ambiguous = amount.ambiguous && amount.other.is_none();
                Some(found)
            })
            .collect();
        items.push(bearer);
        Some(items)
    }

    /// "xếp hạng lần lượt là 15, 7, 4": places, with no unit at all.
    fn ranks(&self, amounts: &[Amount], cue: usize) -> Option<Vec<Found>> {
        self.words.rank_before.before(&self.work.tokens, cue)?;
        let whole = amounts.iter().all(|a| a.whole() && a.plain && !a.scaled());
        let end = amounts.last().and_then(|a| self.token(a.end));
        let ends = end.is_none_or(|t| !follows(t) || t.kind == TokenKind::Punct && !t.is('/'));
        (whole && ends).then(|| {
            let place = |a: &Amount| {
                let mut found = Found::new(a.start..a.end, Kind::Rank, self.words.rules.series);
                (found.value, found.numerator) = (Some(a.value), Some(a.value));
                found
            };
            amounts.iter().map(place).collect()
        })
    }

    /// The amount after a comma or "và".
    fn next_member(&self, at: usize) -> Option<Amount> {
        let token = self.token(at).filter(|t| follows(t))?;
        let comma = token.is(',') || token.is(';');
        if !(comma || self.work.patterns.particles.and.has(self.work.word(at))) {
            return None;
        }
        let mut next = at + 1;
        if comma && self.work.patterns.particles.and.has(self.work.word(next)) {
            next += 1;
        }
        self.token(next).filter(|t| matches!(t.gap, Gap::Space | Gap::Line))?;
        self.amount(self.numeral_at(next)?).ok()
    }

    /// Where the word begins that says the figures answer to members named before: "lần lượt", "tương ứng".
    pub(super) fn in_turn(&self, start: usize) -> Option<usize> {
        let low = start.saturating_sub(REACH);
        let mut i = start;
        while i > low {
            if let Some((n, ())) = self.words.in_turn.before(&self.work.tokens, i) {
                return Some(i - n);
            }
            let token = self.token(i - 1)?;
            let stop = token.is('.') && self.token(i).is_some_and(|t| t.gap != Gap::Glued);
            if stop
                || token.is(';')
                || token.is(':')
                || token.is('|')
                || matches!(token.gap, Gap::Para | Gap::Tab)
            {
                return None;
            }
            i -= 1;
        }
        None
    }
}
