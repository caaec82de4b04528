//! Stage 5, linking: which place of several a figure is told of: "nhiều nhất là xã A với 214 hộ", "xã A và xã B lần lượt là 52%
//! và 38%".

use smol_str::SmolStr;

use super::class::is_of_class;
use super::scope::{BODY_TOKENS, NAME_SYLLABLES};
use super::{Linker, Place};
use crate::claim::indicator::{Found, Kind};
use crate::words::one_line;
use crate::words::token::Kind as TokenKind;

/// How far before a figure the list of places may stand that its own list answers to.
const TURN_TOKENS: usize = 60;

impl Linker<'_, '_> {
    /// "dẫn đầu là huyện Lấp Vò với 341 lao động", "thấp nhất là Hồng Ngự (68 hộ)": of several places the one that a figure
    /// is told of.
    pub(super) fn leader(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let own = self.own_start(item.tokens.start, place);
        let low = place.sentence.start.max(item.tokens.start.saturating_sub(BODY_TOKENS + NAME_SYLLABLES));
        let own = own.max(low);
        let mut end = item.tokens.start;
        while let Some(n) = self.joint(end).filter(|n| end - n > own) {
            end -= n;
        }
        let copula = |i: usize| self.work.token(i).is_some_and(|t| self.clauses.copulas.has(t) || t.is(':'));
        let start = (own + 1..end).rev().find(|&i| copula(i - 1))?;
        // "phường 1".
        let numbered = || {
            let kind = self.words.scope_kinds.at(&self.work.tokens, start).map(|(n, ())| start + n);
            kind == end.checked_sub(1)
                && self.work.token(end - 1).is_some_and(|t| t.kind == TokenKind::Number)
        };
        let whole = self.scope_at(start) == Some(end) || numbered() || self.is_unit(&(start..end));
        let leads = (own..start).any(|i| self.clauses.leaders.at(&self.work.tokens, i).is_some());
        (end < item.tokens.start && whole && leads).then(|| one_line(self.work.words(start..end)))
    }

    /// What a count of such a place counts: as the last one of its unit, else its noun.
    pub(super) fn counted_alike(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        if !matches!(item.kind, Kind::Count | Kind::Ratio) {
            return None;
        }
        let alike = place.alike.or(place.earlier.filter(|p| p.unit == item.unit)).filter(|p| !is_of_class(p));
        let alike = alike.filter(|_| !self.counts_all(item)).and_then(|p| p.name.clone());
        alike.or_else(|| item.unit.clone())
    }

    /// "xã Ô Lâm và xã An Tức lần lượt là 52% và 58,3%": the place of a list that answers to a figure of another list.
    pub(super) fn in_turn(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let tokens = &self.work.tokens;
        let low = place.sentence.start.max(item.tokens.start.saturating_sub(TURN_TOKENS));
        let cue = |end: usize| self.words.in_turn.before(tokens, end).map(|(n, ())| (end - n, end));
        let (mut end, behind) = (low..=item.tokens.start).rev().find_map(cue)?;
        let number = |i: &usize| self.work.token(*i).is_some_and(|t| t.kind == TokenKind::Number);
        let nth = (behind..item.tokens.start).filter(number).count();
        let mark = |i: &usize| self.work.token(*i).is_some_and(|t| t.is(';') || t.is('.') || t.is('('));
        if (behind..item.tokens.start).any(|i| mark(&i)) {
            return None;
        }
        let mut members = Vec::new();
        loop {
            let near = low.max(end.saturating_sub(BODY_TOKENS))..end;
            let whole = |s: &usize| self.scope_at(*s) == Some(end) || self.is_unit(&(*s..end));
            let Some(start) = near.into_iter().find(whole) else { break };
            members.push(start..end);
            let joint = start.checked_sub(1).filter(|&i| i > low)?;
            let joins = self.work.token(joint).is_some_and(|t| t.is(',') || self.clauses.joins.has(t));
            if !joins {
                break;
            }
            end = joint;
        }
        let member = members.len().checked_sub(nth + 1).and_then(|n| members.get(n))?;
        (members.len() > 1).then(|| one_line(self.work.words(member.clone())))
    }
}
