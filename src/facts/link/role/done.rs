//! What is there already, whatever the rest of the text aims at: "(đầu năm là 6,35%)", "đã cấp 03 giấy".

use crate::claim::indicator::{Found, Kind};
use crate::facts::link::behind::{AFTER_TOKENS, follows};
use crate::facts::link::{Linker, Place};

/// How far from a figure what it is measured against stands, in tokens.
const SAME_TIME: usize = 40;
/// How far before its bracket words say that something has been done.
const DONE: usize = 4;
/// How far behind the word for now its figure stands, in tokens.
const NOW_WITHIN: usize = 3;

impl Linker<'_, '_> {
    /// Whether the bracket of a figure begins with the time of a base of comparison: "(đầu năm là 6,35%)".
    pub(super) fn tells_base(&self, item: &Found) -> bool {
        let (frames, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        let Some(bracket) = self.brackets.around(item.tokens.start) else { return false };
        let end = frames.base_leads.row_before(tokens, item.tokens.start);
        let opens = |n: usize| bracket.start + 1 + n == end;
        [&frames.base, &frames.base_start, &frames.base_month]
            .iter()
            .any(|words| words.before(tokens, end).is_some_and(|(n, ())| opens(n)))
    }

    /// "phấn đấu 30% (hiện 11,9%)": a bracket that says how things stand.
    pub(in crate::facts::link) fn is_of_now(&self, item: &Found) -> bool {
        let Some(bracket) = self.brackets.around(item.tokens.start) else { return false };
        let first = bracket.start + 1;
        let now = self.clauses.now_in_bracket.at(&self.work.tokens, first);
        now.is_some_and(|(n, ())| (first + n..first + n + NOW_WITHIN).contains(&item.tokens.start))
    }

    /// "các dự án đã đầu tư (02 dự án)", "UBND tỉnh đã cấp 03 giấy" in a plan: what is there.
    pub(super) fn was_done(&self, item: &Found) -> bool {
        let (tokens, start) = (&self.work.tokens, item.tokens.start);
        // "chỉ tiêu đã đề ra (85%)" is one.
        let done = |i: usize| {
            self.clauses.done.at(tokens, i).is_some() && self.clauses.not_done.at(tokens, i).is_none()
        };
        let end = self.mark_before(start, '(').unwrap_or(start);
        let mut near = (end.saturating_sub(DONE)..end).rev().take_while(|&i| self.work.is_word(i));
        // "40 xã, phường đã được công bố tình huống khẩn cấp".
        let noun = self.phrase_end(item.tokens.end, item.tokens.end + AFTER_TOKENS);
        let behind = done(noun) && item.kind == Kind::Count && self.work.token(noun).is_some_and(follows);
        item.cell.is_none() && (behind || near.any(done))
    }

    /// "ước đạt 20,63 tỷ USD, giảm 11,2% so với cùng kỳ": what is measured against the same months of the year before has been told.
    pub(super) fn against_same_time(&self, item: &Found, place: &Place<'_>) -> bool {
        let tokens = &self.work.tokens;
        let same = &self.work.patterns.frames.same_time;
        let start = place.sentence.start.max(item.tokens.start.saturating_sub(SAME_TIME));
        let end = place.sentence.end.min(item.tokens.end + SAME_TIME);
        item.cell.is_none() && (start..end).any(|i| same.before(tokens, i + 1).is_some())
    }
}
