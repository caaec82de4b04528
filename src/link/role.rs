//! How exact a quantity is ("trên", "gần", "trở lên") and what it is to the report: actual, target, change, gap, norm.

use super::{Linker, Place};
use crate::patterns::indicators::RoleWord;
use crate::recognise::indicator::{Found, Kind, Role};
use crate::text::token::{Gap, Kind as TokenKind};

/// How many tokens back from a quantity its nearest role word may stand.
const ROLE_REACH: usize = 12;

impl Linker<'_, '_> {
    /// Bound words before the number or after the unit.
    pub(super) fn bound(&self, item: &mut Found) {
        let tokens = &self.work.tokens;
        let (start, end) = (item.tokens.start, item.tokens.end);
        if let Some((_, &bound)) = self.words.bound_before.before(tokens, start) {
            item.bound = bound;
        }
        // "giảm dưới 1,5%" is less than; "tăng trên 8%" more than: the words say it themselves.
        for at in end..end + 4 {
            let Some(token) = self.work.token(at) else { break };
            if at > end && (token.kind != TokenKind::Word || matches!(token.gap, Gap::Para | Gap::Tab)) {
                break;
            }
            if let Some((_, &bound)) = self.words.bound_after.at(tokens, at) {
                item.bound = bound;
                break;
            }
        }
    }

    /// Role words before and after the quantity, then what governs its sentence, its lead-in or its section.
    pub(super) fn role(&self, item: &mut Found, place: &Place<'_>) {
        let floor = place.previous.map_or(place.sentence.start, |p| p.tokens.end.max(place.sentence.start));
        let near = self.nearest(item.tokens.start, floor);
        let change_after = self.after(item, place.limit);
        let (role, direction) = match near {
            Some(word) if word.role != Role::Actual => (word.role, word.direction),
            // "bằng 112% so với cùng kỳ", "tương ứng 22%" after a change.
            _ if change_after.is_some() && item.kind == Kind::Percentage && near.is_none() => {
                (Role::Change, None)
            }
            _ => (self.governed(item, place), None),
        };
        // In a plan a change is what is aimed at, but it stays a change: "phấn đấu giảm 1,5%".
        item.role = role;
        item.direction =
            direction.or(if role == Role::Change { place.previous.and_then(|p| p.direction) } else { None });
    }

    /// The role word nearest before a token, not beyond the last quantity or a mark that parts clauses.
    fn nearest(&self, start: usize, floor: usize) -> Option<RoleWord> {
        let mut at = start;
        let low = start.saturating_sub(ROLE_REACH).max(floor);
        while at > low {
            if let Some((n, word)) = self.words.role_before.before(&self.work.tokens, at)
                && at - n >= floor
            {
                return Some(*word);
            }
            let before = self.work.token(at - 1)?;
            if before.is(';') || before.is('.') || before.is(',') || before.is('(') {
                return None;
            }
            at -= 1;
        }
        None
    }

    fn after(&self, item: &Found, limit: usize) -> Option<RoleWord> {
        (item.tokens.end..limit.min(item.tokens.end + 3))
            .find_map(|i| self.words.role_after.at(&self.work.tokens, i).map(|(_, w)| *w))
    }

    /// The role that words further off give: in the sentence before the item, then in its lead-in and headings.
    fn governed(&self, item: &Found, place: &Place<'_>) -> Role {
        if let Some(role) = self.last_governing(place.sentence.start..item.tokens.start) {
            return role;
        }
        if let Some(lead) = self.lead_in(place.sentence.start)
            && let Some(role) = self.last_governing(lead)
        {
            return role;
        }
        let at = self.work.bytes(item.tokens.clone()).start;
        for heading in self.context.headings.iter().rev().filter(|h| h.range.contains(&at)) {
            let tokens = self.work.token_at(heading.heading.start)..self.work.token_at(heading.heading.end);
            if let Some(role) = self.last_governing(tokens) {
                return role;
            }
        }
        match self.context.doc_type {
            Some(code) if self.words.plan_types.iter().any(|t| t == code) => Role::Target,
            Some(code) if self.words.norm_types.iter().any(|t| t == code) => Role::Norm,
            _ => Role::Actual,
        }
    }

    fn last_governing(&self, tokens: std::ops::Range<usize>) -> Option<Role> {
        let mut role = None;
        for i in tokens.clone() {
            if let Some((n, &r)) = self.words.role_governs.at(&self.work.tokens, i)
                && i + n <= tokens.end
            {
                role = Some(r);
            }
        }
        role
    }

    /// The line with a colon that governs the list a sentence stands in.
    pub(super) fn lead_in(&self, start: usize) -> Option<std::ops::Range<usize>> {
        let mut at = start;
        for _ in 0..40 {
            let before = self.sentences.before(at)?;
            let last = before.end.checked_sub(1)?;
            if self.work.token(last).is_some_and(|t| t.is(':')) {
                return Some(before);
            }
            // Only list items may stand between.
            let item = self.work.token(before.start).is_some_and(|t| {
                t.is('-') || t.is('+') || t.is('•') || t.is('*') || t.is('–') || t.kind == TokenKind::Number
            });
            if !item {
                return None;
            }
            at = before.start;
        }
        None
    }
}
