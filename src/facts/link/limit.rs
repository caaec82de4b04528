//! Stage 5, linking: limits of time. "Trong thời hạn 10 ngày làm việc kể từ ngày tiếp nhận, Ban Quản lý đánh giá hồ sơ": days are
//! no thing that is measured; what they limit is said before them, or behind the comma of what opens the sentence.

use std::ops::Range;

use smol_str::{SmolStr, format_smolstr};

use super::{Linker, Place};
use crate::claim::indicator::Found;
use crate::words::token::{Case, Kind as TokenKind};
use crate::words::{lower_first, one_line};

/// Most tokens of what a limit is for.
const ACT: usize = 12;
/// How far behind a limit that opens its sentence the comma stands, in tokens.
const OPENING: usize = 40;

impl Linker<'_, '_> {
    /// What a number of days or months limits; none where nothing says so.
    pub(super) fn limit_of_time(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        if item.rule != self.words.rules.duration || item.cell.is_some() {
            return None;
        }
        let low = place.previous.map_or(place.sentence.start, |p| p.tokens.end.max(place.sentence.start));
        let mut end = item.tokens.start;
        let head = |end: usize| self.clauses.time_heads.before(&self.work.tokens, end).map(|(n, ())| n);
        let mut headed = None;
        loop {
            let tail = self.words.bound_before.before(&self.work.tokens, end).map(|(n, _)| n);
            let tail =
                tail.or_else(|| self.clauses.time_leads.before(&self.work.tokens, end).map(|(n, ())| n));
            let bare = head(end);
            headed = headed.or(bare.map(|n| end - n));
            match tail.or(bare).filter(|n| low + n <= end) {
                Some(n) => end -= n,
                None => break,
            }
        }
        self.named_time(low..end)
            .or_else(|| self.limited_before(low..end))
            .or_else(|| self.limited_behind(item, end, low))
    }

    /// "Thời hạn giải quyết hồ sơ không quá 15 ngày": the nearest such phrase with words of its own.
    fn named_time(&self, before: Range<usize>) -> Option<SmolStr> {
        let head = |i: &usize| self.clauses.time_heads.at(&self.work.tokens, *i).map(|(n, ())| *i + n);
        let (start, words) = before.clone().rev().find_map(|i| head(&i).map(|end| (i, end)))?;
        let phrase = self.phrase(start, before.end).filter(|p| p.start == start && p.end > words)?;
        (phrase.len() <= ACT).then(|| one_line(self.work.words(phrase)))
    }

    /// "Sở Tài chính trả lời trong thời hạn 10 ngày": what is done within it.
    fn limited_before(&self, before: Range<usize>) -> Option<SmolStr> {
        let mark = |i: &usize| {
            self.work.token(*i).is_some_and(|t| t.is(',') || t.is(';') || t.is(':') || t.is('.') || t.is('('))
        };
        let start = before.clone().rev().find(mark).map_or(before.start, |i| i + 1);
        let phrase = self.phrase(start, before.end).filter(|p| (2..=ACT).contains(&p.len()))?;
        self.of_act(phrase)
    }

    /// "Trong thời hạn 10 ngày kể từ ngày nhận hồ sơ, Sở Xây dựng thẩm định": the main clause behind what opens the sentence.
    fn limited_behind(&self, item: &Found, end: usize, low: usize) -> Option<SmolStr> {
        let opens = !(low..end).any(|i| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word));
        let is = |i: usize, mark: char| self.work.token(i).is_some_and(|t| t.is(mark));
        let from = item.tokens.end;
        let comma =
            (from..from + OPENING).take_while(|&i| !is(i, '.') && !is(i, ';')).find(|&i| is(i, ','))?;
        let stop = |i: &usize| self.work.token(*i).is_none_or(|t| t.kind == TokenKind::Punct);
        let last = (comma + 1..comma + 1 + ACT).find(stop).unwrap_or(comma + 1 + ACT);
        self.of_act(comma + 1..last).filter(|_| opens)
    }

    fn of_act(&self, act: Range<usize>) -> Option<SmolStr> {
        let head = self.clauses.time_names.first()?;
        // "Sở Xây dựng thẩm định" begins with a name.
        let name = self
            .work
            .token(act.start + 1)
            .is_some_and(|t| t.case != Case::Lower && t.kind == TokenKind::Word);
        let act = one_line(self.work.words(act));
        Some(if name {
            format_smolstr!("{head} {act}")
        } else {
            format_smolstr!("{head} {}", lower_first(&act))
        })
    }
}
