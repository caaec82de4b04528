//! The tokens of a cell, and the unit that a heading names: in parentheses ("Diện tích (ha)"), as the whole heading, at
//! its end, or as what it counts ("Số hộ nghèo").

use smol_str::SmolStr;
use std::ops::Range;

use super::amount::Amount;
use super::unit::one_line;
use super::{Found, Kind, Scan};
use crate::claim::ledger::Numeral;
use crate::patterns::indicators::UnitKind;
use crate::patterns::rule::RuleId;
use crate::words::token::Kind as TokenKind;

/// Most words of a unit in words.
const UNIT_WORDS: usize = 6;

impl Scan<'_, '_> {
    pub(super) fn tokens_in(&self, bytes: &Range<usize>) -> Range<usize> {
        if bytes.is_empty() {
            return 0..0;
        }
        self.work.token_at(bytes.start)..self.work.token_at(bytes.end)
    }

    pub(super) fn has_words(&self, tokens: &Range<usize>) -> bool {
        let word = |i: usize| self.token(i).is_some_and(|t| t.kind == TokenKind::Word && t.bytes() > 1);
        tokens.clone().any(word)
            && !(tokens.len() == 1
                && tokens.clone().all(|i| self.work.word(i).chars().all(|c| "IVX".contains(c))))
    }

    pub(super) fn numerals_in(&self, tokens: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let (start, end) = (tokens.start, tokens.end);
        let numerals = self.work.ledger.numerals();
        let from = numerals.partition_point(|n| n.first < start);
        numerals
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(move |n| n.first < end)
            .map(|n| n.first..n.end)
    }

    pub(super) fn free_numeral(&self, from: usize, to: usize) -> Option<Numeral> {
        let numerals = self.work.ledger.numerals();
        let at = numerals.partition_point(|n| n.first < from);
        numerals
            .get(at..)
            .unwrap_or_default()
            .iter()
            .take_while(|n| n.first < to)
            .find(|n| self.work.ledger.free(n.first..n.end))
            .copied()
    }

    /// Where the unit that a heading begins with ends.
    pub(super) fn heading_unit_end(&self, tokens: Range<usize>) -> Option<usize> {
        let mut at = tokens.start;
        if self.token(at).is_some_and(|t| t.kind == TokenKind::Number) {
            at = self.any_numeral(at).map_or(at, |n| n.end);
        }
        if let Some((n, _)) = self.words.scales.at(&self.work.tokens, at) {
            at += n;
        }
        let Some((n, _)) = self.words.units.at(&self.work.tokens, at) else {
            return (at > tokens.start).then_some(at);
        };
        let mut end = at + n;
        end += usize::from(matches!(self.work.word(end), "2" | "3" | "²" | "³"));
        Some(self.per(end).map_or(end, |(_, after)| after))
    }

    /// The unit in the last brackets of a heading: "Diện tích (ha)".
    pub(super) fn bracketed_unit(
        &self,
        amount: &Amount,
        tokens: &Range<usize>,
        rule: RuleId,
    ) -> Option<Found> {
        let open = tokens.clone().rev().find(|&i| self.is(i, '('))?;
        let close = (open..tokens.end).find(|&i| self.is(i, ')'))?;
        let found = self.unit_of_heading(amount, open + 1..close, rule)?;
        // "(bao gồm cả quà tặng)", "(địa phương hưởng 100%)": a remark that begins like a noun.
        let whole = found.kind != Kind::Count || self.heading_unit_end(open + 1..close) == Some(close);
        whole.then_some(found)
    }

    /// The words of a unit column that no lexicon knows: what is counted, or that places or points of an index stand
    /// here ("Thứ bậc", "Chỉ số").
    pub(super) fn unit_in_words(
        &self,
        amount: &Amount,
        tokens: &Range<usize>,
        rule: RuleId,
    ) -> Option<Found> {
        let words =
            tokens.clone().filter(|&i| self.token(i).is_some_and(|t| t.kind == TokenKind::Word)).count();
        let first = tokens.clone().find(|&i| self.token(i).is_some_and(|t| t.kind == TokenKind::Word))?;
        let text = one_line(self.work.words(tokens.clone())).to_lowercase();
        let new = |kind: Kind| Found::new(amount.start..amount.end, kind, rule);
        let mut found =
            if matches!(text.as_str(), "thứ" | "thứ bậc" | "thứ hạng" | "hạng" | "xếp hạng" | "vị trí")
            {
                let mut place = new(Kind::Rank);
                place.numerator = Some(amount.value);
                place
            } else if self.words.index_names.at(&self.work.tokens, first).is_some() {
                let mut index = new(Kind::Score);
                index.unit = Some(SmolStr::new_static("điểm"));
                index
            } else if words <= UNIT_WORDS && amount.whole() {
                let mut count = new(Kind::Count);
                count.unit = Some(text.into());
                count
            } else {
                return None;
            };
        found.value = Some(amount.value);
        found.ambiguous = amount.ambiguous;
        Some(found)
    }

    /// The unit that a heading names: in parentheses, as the whole heading, at its end, or as what it counts.
    pub(super) fn heading_says(&self, amount: &Amount, tokens: &Range<usize>, bare: bool) -> Option<Found> {
        let rule = self.words.rules.cell;
        if let Some(found) = self.bracketed_unit(amount, tokens, rule) {
            return Some(found);
        }
        if bare && self.heading_unit_end(tokens.clone()) == Some(tokens.end) {
            return self.unit_of_heading(amount, tokens.clone(), rule);
        }
        if self.is(tokens.end.checked_sub(1)?, '%') {
            return self.unit_of_heading(amount, tokens.end - 1..tokens.end, rule);
        }
        // "% so KH".
        if bare && self.is(tokens.start, '%') {
            return self.unit_of_heading(amount, tokens.start..tokens.start + 1, rule);
        }
        let first = tokens.clone().find(|&i| self.token(i).is_some_and(|t| t.kind == TokenKind::Word))?;
        if bare
            && let Some((n, ())) = self.words.score_heads.at(&self.work.tokens, first)
            && first + n >= tokens.end
        {
            let mut found = Found::new(amount.start..amount.end, Kind::Score, rule);
            (found.value, found.unit) = (Some(amount.value), Some(SmolStr::new_static("điểm")));
            found.ambiguous = amount.ambiguous;
            return Some(found);
        }
        let share = matches!(self.work.word(tokens.start).to_lowercase().as_str(), "tỷ" | "tỉ")
            && self.token(tokens.start + 1).is_some_and(|t| self.words.not_scale.has(t));
        if share {
            return None;
        }
        let (n, ()) = self.words.head_count.at(&self.work.tokens, first)?;
        let at = first + n;
        let noun = self.unit_after(at).filter(|u| matches!(u.kind, UnitKind::Count | UnitKind::StrictCount));
        // "Tổng dư nợ" counts nothing; "Tổng số tổ" does.
        let counted = self.work.word(at - 1).to_lowercase() != "tổng";
        let open = || self.open_noun(at).filter(|_| counted);
        let end = noun.map(|u| u.end).or_else(open).filter(|&e| e <= tokens.end && amount.whole())?;
        let mut found = Found::new(amount.start..amount.end, Kind::Count, rule);
        found.value = Some(amount.other.unwrap_or(amount.value));
        found.ambiguous = amount.ambiguous;
        found.unit = Some(self.noun_text(at, end));
        Some(found)
    }
}
