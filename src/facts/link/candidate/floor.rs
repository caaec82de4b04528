//! The first token that a phrase before a quantity may begin at: behind the figure before, the source of the sentence, who tells it.

use std::ops::Range;

use crate::claim::indicator::{Found, Kind};
use crate::facts::link::{Linker, Place};

/// How far its comma stands behind the beginning of a source, in tokens.
const SOURCE: usize = 24;

/// Most tokens before a quantity that its name may begin at.
pub(super) const BEFORE: usize = 40;

impl Linker<'_, '_> {
    /// The first token that a phrase before a quantity may begin at.
    pub(in crate::facts::link) fn floor(&self, item: &Found, place: &Place<'_>) -> usize {
        let previous = place.previous.map_or(place.sentence.start, |p| p.tokens.end);
        // "quỹ đất còn lại (khoảng 26,7 ha)": a bracket with nothing but the figure tells of what stands before it.
        let counts = matches!(item.kind, Kind::Count | Kind::Ratio);
        let says = |b: &Range<usize>| counts || !self.is_hollow(&(b.start + 1..item.tokens.start), false);
        let open = self.brackets.around(item.tokens.start).filter(says).map_or(0, |b| b.start + 1);
        place
            .sentence
            .start
            .max(previous)
            .max(open)
            .max(item.tokens.start.saturating_sub(BEFORE))
            .max(self.told_from(item, place))
            .max(self.source_end(place).filter(|&end| end <= item.tokens.start).unwrap_or(0))
            .min(item.tokens.start)
    }

    /// "Theo số liệu của Chi cục Thuế, nợ thuế là 3,2 tỷ đồng": where what a sentence opens with as its source ends.
    pub(in crate::facts::link) fn source_end(&self, place: &Place<'_>) -> Option<usize> {
        let start = self.past_mark(place.sentence.start, place.sentence.end);
        let start = start + usize::from(self.is_any(start, ['-', '+']));
        let tokens = &self.work.tokens;
        let source = self.clauses.sources.at(tokens, start);
        let (n, ()) = source.or_else(|| self.work.patterns.frames.grounds.at(tokens, start))?;
        let stop =
            |i: &usize| self.work.token(*i).is_none_or(|t| t.is(',') || t.is(':') || t.is(';') || t.is('.'));
        let limit = (start + SOURCE).min(place.sentence.end);
        let mut end = (start + n..limit).find(stop)?;
        // "của UBND huyện A, tỉnh B, năm 2017 …".
        while let Some(outer) = self.scope_at(end + 1).filter(|&e| e < limit) {
            if !self.work.is(outer, ',') {
                break;
            }
            end = outer;
        }
        self.work.is(end, ',').then_some(end + 1)
    }

    /// "Chủ tịch UBND xã A cho biết: xã có 612 hộ", "Cục Thuế cho biết cả năm ước thu 149 tỷ đồng": behind who tells it.
    fn told_from(&self, item: &Found, place: &Place<'_>) -> usize {
        let low = place.sentence.start.max(item.tokens.start.saturating_sub(BEFORE));
        let told = |i: usize| {
            let end = self.clauses.tells_that.at(&self.work.tokens, i).map(|(n, ())| i + n)?;
            Some(end + usize::from(self.work.is(end, ':') || self.work.is(end, ',')))
        };
        (low..item.tokens.start).rev().find_map(told).unwrap_or(0)
    }
}
