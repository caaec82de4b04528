//! The noun phrase behind a number: what is counted, and what a share is of ("95% hồ sơ nộp trực tuyến").

use std::ops::Range;

use super::{Linker, Place};
use crate::claim::indicator::{Found, Kind};
use crate::words::token::{Case, Gap, Kind as TokenKind, Token};

/// Most tokens of a noun phrase after a number.
pub(super) const AFTER_TOKENS: usize = 14;
/// Most words of a counted noun in a list behind the first.
const LISTED: usize = 8;

impl Linker<'_, '_> {
    /// Where the noun of a count begins, after number, scale and slashes.
    pub(super) fn noun_start(&self, item: &Found) -> usize {
        let mut start = item.tokens.start;
        while start < item.tokens.end
            && self.work.token(start).is_some_and(|t| {
                t.kind != TokenKind::Word
                    || self.words.numeral(t.word).is_some()
                    || self.words.scales.at(&self.work.tokens, start).is_some()
            })
        {
            start += 1;
        }
        start
    }

    /// The counted noun with what describes it: "hộ nghèo được vay vốn".
    pub(super) fn counted(&self, item: &Found, place: &Place<'_>) -> Range<usize> {
        let noun = self.noun_start(item);
        if noun >= item.tokens.end {
            return noun..noun;
        }
        if let Some(slash) = (noun..item.tokens.end).find(|&i| self.work.token(i).is_some_and(|t| t.is('/')))
        {
            return noun..slash;
        }
        let end = self.phrase_end(item.tokens.end, place.limit.max(item.tokens.end));
        // "9.850 con, đàn bò": a word that only counts begins no list of nouns.
        let alone = self.is_one_of(item, &self.words.classifiers);
        let comma = |&i: &usize| alone && self.work.token(i).is_some_and(|t| t.is(','));
        noun..(item.tokens.end..end).find(comma).unwrap_or(end)
    }

    /// What a share or an amount is of, where it stands after it: "95% hồ sơ", but not "95% so với …".
    pub(super) fn after_share(&self, item: &Found, place: &Place<'_>) -> Option<Range<usize>> {
        if self.is_share_of(item) {
            return None;
        }
        let mut start = item.tokens.end;
        let first = self.work.token(start).filter(|t| follows(t))?;
        if first.kind != TokenKind::Word || self.words.share_of.at(&self.work.tokens, start).is_some() {
            return None;
        }
        // "hỗ trợ 70% chi phí …": a word that heads names may also be a verb.
        let heads = self.words.name_heads.at(&self.work.tokens, start).is_some_and(|(n, ())| n > 1);
        if self.work.patterns.particles.articles.has(self.work.word(start)) {
            start += 1;
        } else if !heads
            && (self.words.stop.has(first) || self.words.ends.has(first))
            && self.words.units.at(&self.work.tokens, start).is_none()
        {
            return None;
        }
        let end = self.phrase_end(start, place.limit);
        (end > start).then_some(start..end)
    }

    /// "lúa lai 2.120 ha, chiếm 48,5% diện tích lúa": behind such a word a share is of what follows, and tells of what was before.
    pub(super) fn is_share_of(&self, item: &Found) -> bool {
        let at = self.without_bound(item.tokens.start);
        item.kind == Kind::Percentage && self.clauses.of_whole.before(&self.work.tokens, at).is_some()
    }

    /// Where a noun phrase that goes on at `start` ends.
    pub(super) fn phrase_end(&self, start: usize, limit: usize) -> usize {
        let mut end = start;
        while end < limit && end - start < AFTER_TOKENS {
            let Some(token) = self.work.token(end) else { break };
            // "xã, phường, thị trấn": the list goes on with another counted noun.
            let comma = token.is(',') && self.lists_on(end, limit);
            // "ca mắc COVID-19".
            let tied = token.is('-')
                && token.gap == Gap::Glued
                && self
                    .work
                    .token(end + 1)
                    .is_some_and(|t| t.gap == Gap::Glued && t.kind == TokenKind::Number);
            if tied {
                end += 2;
                continue;
            }
            if !follows(token) || (token.kind != TokenKind::Word && !comma) {
                break;
            }
            if let Some((n, ())) = self.words.name_whole.at(&self.work.tokens, end) {
                end = (end + n).min(limit);
                continue;
            }
            // "22,4% dân số": of a compound it is no new word.
            if end > start && self.work.patterns.particles.number.has(self.work.word(end)) {
                end += 1;
                continue;
            }
            if token.kind == TokenKind::Word
                && (self.words.ends.has(token) || self.words.share_of.at(&self.work.tokens, end).is_some())
                && (end > start || self.words.stop.has(token))
                && self
                    .words
                    .compounds
                    .at(&self.work.tokens, end.saturating_sub(1))
                    .is_none_or(|(n, ())| n < 2)
            {
                break;
            }
            end += 1;
        }
        // "trâu 9.850 con, đàn bò 6.120 con": what follows the comma is counted by the next number.
        let comma = || (start..end).rev().find(|&i| self.work.token(i).is_some_and(|t| t.is(',')));
        if end >= limit
            && self.work.token(limit).is_some_and(|t| t.kind == TokenKind::Number)
            && let Some(comma) = comma()
        {
            end = comma;
        }
        let idle = |t: &Token| t.kind != TokenKind::Word || self.words.dangling.has(t);
        while end > start && self.work.token(end - 1).is_some_and(idle) {
            end -= 1;
        }
        end
    }

    /// Whether a list of counted nouns goes on behind a comma: "xã, phường", but not "15 con, đàn bò 11 con" nor "hồ sơ,
    /// giải quyết đúng hạn".
    pub(super) fn lists_on(&self, comma: usize, limit: usize) -> bool {
        let at = comma + 1;
        let noun = self.work.token(at).filter(|t| t.case == Case::Lower && follows(t));
        let Some((n, _)) = noun.and_then(|_| self.words.units.at(&self.work.tokens, at)) else {
            return false;
        };
        let next = at + n;
        // "nhà tạm, nhà dột nát (…": up to a mark; "xã, phường có điện": the noun alone.
        let area = self.words.scope_kinds.at(&self.work.tokens, at).is_some()
            || self.work.patterns.particles.nouns_of_lists.has(self.work.word(at));
        let alone =
            area && self.work.token(next).is_some_and(|t| self.words.ends.has(t) || self.words.stop.has(t));
        let end = (next..next + LISTED).find(|&i| {
            self.work
                .token(i)
                .is_none_or(|t| t.kind != TokenKind::Word || !follows(t) || self.words.ends.has(t))
        });
        // "187 người, hộ nghèo, cận nghèo 1.724 khẩu": what runs up to another number is counted by that.
        let numbered = |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number);
        let other = (next..=limit.min(next + 2 * LISTED)).find(|&i| {
            numbered(i) || self.work.token(i).is_none_or(|t| !follows(t) || t.is(';') || t.is('('))
        });
        let says =
            |i: usize| self.work.token(i).is_some_and(|t| self.words.ends.has(t) || self.words.stop.has(t));
        if other.is_some_and(|i| numbered(i) && !(next..i).any(says)) {
            return false;
        }
        let marked =
            end.is_some_and(|e| e < limit && !self.work.token(e).is_some_and(|t| self.words.ends.has(t)));
        next < limit && (alone || marked)
    }
}

pub(super) fn follows(token: &Token) -> bool {
    matches!(token.gap, Gap::Glued | Gap::Space | Gap::Line)
}
