//! The noun phrase behind a number: what is counted, and what a share is of ("95% hồ sơ nộp trực tuyến").

use std::ops::Range;

use smol_str::{SmolStr, format_smolstr};

use super::{Linker, Place};
use crate::claim::indicator::{Found, Kind, Role};
use crate::words::token::{Case, Gap, Kind as TokenKind, Token};
use crate::words::{lower_first, one_line};

/// Most tokens of a noun phrase after a number.
pub(super) const AFTER_TOKENS: usize = 14;
/// Most words of the kind before the bracket of its count.
const KIND: usize = 4;
/// Most words of a size: "công suất thiết kế".
const SIZE: usize = 4;
/// Most words of whom something is asked, with what.
const ASKED: usize = 14;
/// Most words of what is measured behind its unit.
const MEASURED: usize = 8;
/// Most words of a counted noun in a list behind the first.
const LISTED: usize = 8;

impl Linker<'_, '_> {
    /// Where the noun of a count begins, after number, scale and slashes; of "2 trong số 6 xã" after the second number.
    pub(super) fn noun_start(&self, item: &Found) -> usize {
        let words = &self.work.patterns.particles;
        let of = |&i: &usize| words.within.has(self.work.word(i)) || words.over.has(self.work.word(i));
        let of_all = |i: usize| words.total.has(self.work.word(i)) || words.number.has(self.work.word(i));
        let among = item.tokens.clone().filter(|_| item.kind == Kind::Ratio).find(of);
        let mut start = among.map_or(item.tokens.start, |i| i + 1);
        start += (start..item.tokens.end).take_while(|&i| among.is_some() && of_all(i)).count();
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

    /// "gồm chăn nuôi (458 trang trại), trồng trọt (242 trang trại)": a count alone in its bracket, of the kind that stands before it.
    pub(super) fn of_bracket_label(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let unit = item.unit.as_deref().filter(|_| item.kind == Kind::Count && item.cell.is_none())?;
        let is = |i: usize, mark: char| self.work.token(i).is_some_and(|t| t.is(mark));
        let open = self.without_bound(item.tokens.start).checked_sub(1).filter(|&i| is(i, '('))?;
        let plain = |i: &usize| {
            let token = self.work.token(*i);
            token.is_some_and(|t| t.kind == TokenKind::Word && t.case == Case::Lower && follows(t))
        };
        let label = (place.sentence.start..open).rev().take_while(plain).count();
        let (mut start, end) = (open - label, open);
        let first =
            (start..end).find_map(|i| self.clauses.parts.at(&self.work.tokens, i).map(|(n, ())| i + n));
        start = first.unwrap_or(start);
        let opened = first.is_some() || start.checked_sub(1).is_some_and(|i| is(i, ',') || is(i, ':'));
        let says = |i: usize| self.words.role_before.before(&self.work.tokens, i + 1).is_some();
        let named = (1..=KIND).contains(&(end - start)) && !(start..end).any(says);
        (is(item.tokens.end, ')') && opened && named)
            .then(|| format_smolstr!("{unit} {}", one_line(self.work.words(start..end))))
    }

    /// "hộ ông A có hơn 30 ha đất lâm nghiệp": what somebody has so much of stands behind the unit.
    pub(super) fn measured_noun(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        if item.kind != Kind::Measure || item.cell.is_some() || item.role == Role::Change {
            return None;
        }
        let at = self.without_bound(item.tokens.start);
        let owned =
            at.checked_sub(1).is_some_and(|i| self.work.token(i).is_some_and(|t| self.clauses.owns.has(t)));
        // "mua 12 tấn gạo", but not "sản lượng đạt 12 tấn thóc".
        let mass = item.unit.as_deref().is_some_and(|unit| self.clauses.masses.iter().any(|m| m == unit));
        let has = owned || mass && self.clauses.mass_verbs.before(&self.work.tokens, at).is_some();
        let start = item.tokens.end;
        let noun = self.work.token(start).filter(|t| t.case == Case::Lower && t.gap == Gap::Space)?;
        let says = self.words.stop.has(noun)
            || self.words.ends.has(noun)
            || self.words.share_of.at(&self.work.tokens, start).is_some()
            || self.clauses.never_behind.at(&self.work.tokens, start).is_some();
        let end = self.phrase_end(start, place.limit);
        let whole = has && !says && noun.kind == TokenKind::Word;
        if !whole || !(1..=MEASURED).contains(&(end.max(start) - start)) {
            return None;
        }
        let noun = one_line(self.work.words(start..end));
        // "tịch thu 612,5 m3 gỗ"
        let act = self.clauses.acts.before(&self.work.tokens, at).map(|(n, ())| self.work.words(at - n..at));
        Some(act.map_or_else(
            || SmolStr::new(&noun),
            |act| format_smolstr!("{} {noun}", lower_first(&one_line(act))),
        ))
    }

    /// "… đặt nhà máy tại xã Sơn Lương, công suất 60 tấn/năm": a size alone behind its mark names itself.
    pub(super) fn lone_size(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        if item.kind != Kind::Measure || item.cell.is_some() {
            return None;
        }
        let at = self.without_joints(place.sentence.start, item.tokens.start);
        let mark = |i: usize| self.work.token(i).is_some_and(|t| t.is(',') || t.is(';') || t.is('('));
        (1..=SIZE).rev().filter(|n| at > n + place.sentence.start && mark(at - n - 1)).find_map(|n| {
            let words = one_line(self.work.words(at - n..at)).to_lowercase();
            self.clauses.lone_sizes.iter().find(|s| **s == words).map(SmolStr::new)
        })
    }

    /// "yêu cầu 100% cán bộ ký cam kết": what is asked of so many, and nothing of who asks.
    pub(super) fn asked_share(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let at = self.without_bound(item.tokens.start);
        let asked = item.kind == Kind::Percentage
            && item.cell.is_none()
            && self.clauses.asks.before(&self.work.tokens, at).is_some();
        let range = self.after_share(item, place).filter(|_| asked)?;
        let noun = self.work.token(range.start).is_some_and(|t| t.case == Case::Lower);
        if !noun || range.len() < 2 {
            return None;
        }
        let behind = self.ends_behind(&self.around(item, place), range.start).into_iter().max();
        let end = behind.filter(|end| (range.end..range.start + ASKED).contains(end)).unwrap_or(range.end);
        Some(SmolStr::new(one_line(self.work.words(range.start..end))))
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
