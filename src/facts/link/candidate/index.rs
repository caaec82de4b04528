//! The index that a place or a score is one of: "đứng thứ 17/63 về mức độ chuyển đổi số".

use std::ops::Range;

use super::list::Candidates;
use super::{BEHIND, Source};
use crate::claim::indicator::{Found, Kind};
use crate::facts::link::around::Around;
use crate::facts::link::{Linker, Place};
use crate::words::token::Kind as TokenKind;

/// How many tokens back the name of an index may stand.
const INDEX_REACH: usize = 150;

impl<'a> Linker<'_, 'a> {
    /// The index behind a place or a score, and the one named last before it.
    pub(super) fn add_indices<'c>(&self, around: &Around<'c>, out: &mut Candidates<'c>)
    where
        'a: 'c,
    {
        let (item, place) = (around.item, around.place);
        if !matches!(item.kind, Kind::Rank | Kind::Score) {
            return;
        }
        // "Chỉ số PCI đạt 68 điểm. Tính minh bạch (6,32 điểm)": what opens the sentence before the bracket is what is scored.
        let own = self.opens_with_bracket(item, place);
        for index in [self.index_behind(item, place), self.index_before(item)].into_iter().flatten() {
            if self.is_whole(&index) && !(own && index.start < place.sentence.start) {
                out.add(self.plain(index.clone()), index, Source::Index);
            }
        }
    }

    /// "đứng thứ 17/63 về mức độ chuyển đổi số".
    fn index_behind(&self, item: &Found, place: &Place<'_>) -> Option<Range<usize>> {
        let about = (item.tokens.end..self.own_end(item, place))
            .find(|&i| self.clauses.index_behind.at(&self.work.tokens, i).is_some())?;
        self.index_at(about + 1, place.sentence.end.min(about + BEHIND))
    }

    /// "Chỉ số CCHC của tỉnh … Năm nay tỉnh xếp thứ 5".
    fn index_before(&self, item: &Found) -> Option<Range<usize>> {
        let head = |i: usize| self.clauses.index_heads.at(&self.work.tokens, i).is_some();
        // "4 chỉ số giảm điểm" counts them.
        let counted = |i: usize| i.checked_sub(1).is_some_and(|b| self.work.is_number(b));
        let low = item.tokens.start.saturating_sub(INDEX_REACH);
        let last = (low..item.tokens.start).rev().find(|&i| head(i) && !counted(i))?;
        // The whole head: "Bộ chỉ số".
        let first = last.checked_sub(1).filter(|&b| head(b)).unwrap_or(last);
        self.index_at(first, item.tokens.start.min(first + BEHIND))
    }

    /// The name of an index that begins at a token, up to what cannot belong to it.
    fn index_at(&self, start: usize, limit: usize) -> Option<Range<usize>> {
        let head = self.clauses.index_heads.at(&self.work.tokens, start).map_or(0, |(n, ())| n);
        // "Bộ chỉ số 766".
        let numbered = |i: usize| head > 0 && i == start + head;
        let stop = |&i: &usize| {
            self.ends_index(i)
                || self.work.is_number(i) && !numbered(i)
                || i > start
                    && (self.has(&self.clauses.predicates, i)
                        || self.words.bound_before.before(&self.work.tokens, i + 1).is_some())
        };
        let mut end = (start..limit).find(stop).unwrap_or(limit);
        while end > start && !self.is_whole(&(start..end)) {
            end -= 1;
        }
        (end > start).then_some(start..end)
    }

    /// Whether a token belongs to no name of an index: a mark, or a date.
    fn ends_index(&self, i: usize) -> bool {
        // "Bộ chỉ số phục vụ người dân, doanh nghiệp".
        let goes_on = |i: usize| self.clauses.index_goes_on.at(&self.work.tokens, i + 1).is_some();
        let mark = self.work.token(i).is_none_or(|t| {
            t.kind == TokenKind::Punct
                && !(t.is('(') || t.is(')') || t.is('-') || t.is('/') || t.is(',') && goes_on(i))
        });
        mark || self.in_date(i)
    }
}
