//! Stage 5, linking: phrases that name nothing: "thấp hơn mục tiêu", "đầu năm là", "xã Tân Lập", and words that no name may be
//! cut out of.

use std::ops::Range;

use super::{Linker, Place};
use crate::claim::indicator::{Found, Kind};
use crate::words::token::Kind as TokenKind;

impl Linker<'_, '_> {
    /// Whether a token is the second syllable of a word that no name may be cut out of: "trực tuyến", "cả nước".
    pub(super) fn divides(&self, i: usize) -> bool {
        let (Some(before), tokens) = (i.checked_sub(1), &self.work.tokens) else { return false };
        self.clauses.undivided.at(tokens, before).is_some()
            || self.words.scope_fixed.at(tokens, before).is_some_and(|(n, ())| n > 1)
            || self.words.scope_kinds.at(tokens, before).is_some() && self.scope_at(before).is_some()
    }

    /// "CCN Quỳnh Giao: thành lập", "Tiến độ: Giai đoạn 1": a colon in a phrase with nothing to say on one side of it.
    pub(super) fn is_label(&self, tokens: &Range<usize>) -> bool {
        let colon = tokens.clone().find(|&i| self.work.token(i).is_some_and(|t| t.is(':')));
        colon.is_some_and(|c| {
            self.is_hollow(&(tokens.start..c), true) || self.is_hollow(&(c + 1..tokens.end), true)
        })
    }

    /// "KCN Phú Xuân có quy mô", "Cụm A với diện tích": a place or thing and what is measured of it, which names by itself.
    pub(super) fn has_measure(&self, tokens: &Range<usize>) -> bool {
        let brings = |&i: &usize| {
            self.work.token(i).is_some_and(|t| self.clauses.owns.has(t))
                && self.words.name_heads.at(&self.work.tokens, i + 1).is_some()
        };
        let Some(at) = (tokens.start + 1..tokens.end.saturating_sub(1)).find(brings) else { return false };
        self.is_hollow(&(tokens.start..at), true)
    }

    /// Whether a quantity's own words say what it measures: those before it, or the noun of its number and behind it.
    pub(super) fn says(&self, item: &Found, place: &Place<'_>) -> bool {
        let before = self.own_start(item.tokens.start, place)..item.tokens.start;
        let noun = item.unit.is_some()
            && matches!(item.kind, Kind::Count | Kind::Ratio)
            && !self.is_one_of(item, &self.words.generic)
            && !self.is_one_of(item, &self.words.classifiers);
        noun || self.substance(&before).0 > 0
            || self.substance(&(item.tokens.end..self.own_end(item, place))).0 > 0
    }

    /// How many words of a phrase say what is measured, and whether it names a place, a thing or a body: "dẫn đầu là xã Tân Lập"
    /// says nothing and names one.
    pub(super) fn substance(&self, tokens: &Range<usize>) -> (usize, bool) {
        let (mut says, mut names) = (0, false);
        self.weigh(tokens, &mut |_, word| if word { says += 1 } else { names = true });
        (says, names)
    }

    /// Hands out each token of a phrase that says what is measured, and the first of each name of a place, a thing or a body.
    pub(super) fn weigh(&self, tokens: &Range<usize>, out: &mut impl FnMut(usize, bool)) {
        let mut i = tokens.start;
        while i < tokens.end {
            let Some(token) = self.work.token(i) else { break };
            if token.kind != TokenKind::Word || self.in_date(i) {
                i += 1;
                continue;
            }
            let named = self.named_end(i, tokens.end);
            let words = self.clauses.hollow.at(&self.work.tokens, i).map(|(n, ())| i + n);
            if named.is_some() && named >= words {
                out(i, false);
            }
            match words.into_iter().chain(named).max() {
                Some(end) => i = end.max(i + 1),
                None => {
                    if !self.words.stop.has(token) {
                        out(i, true);
                    }
                    i += 1;
                }
            }
        }
    }

    /// Where the name of a place, a thing or a body ends that begins at a token.
    pub(super) fn named_end(&self, i: usize, limit: usize) -> Option<usize> {
        let scope = self.scope_at(i).filter(|&e| e <= limit && self.never(i).is_none());
        let thing = self.named_range(i..limit).map(|r| r.end);
        scope.into_iter().chain(thing).chain(self.proper_at(i, limit)).max()
    }

    /// Whether a phrase names nothing: "thấp hơn mục tiêu", "đầu năm là", "xã Tân Lập", "CCN Minh Lãng".
    /// Places and things count as nothing only where that is asked for.
    pub(super) fn is_hollow(&self, tokens: &Range<usize>, places: bool) -> bool {
        let mut i = tokens.start;
        while i < tokens.end {
            let Some(token) = self.work.token(i) else { break };
            if token.kind != TokenKind::Word || self.in_date(i) {
                i += 1;
                continue;
            }
            let named = || if places { self.named_end(i, tokens.end) } else { None };
            let words = self.clauses.hollow.at(&self.work.tokens, i).map(|(n, ())| i + n);
            match words.into_iter().chain(named()).max() {
                Some(end) => i = end.max(i + 1),
                None => return false,
            }
        }
        true
    }
}
