//! Stage 5, linking: limits of time. "Trong thời hạn 10 ngày làm việc kể từ ngày tiếp nhận, Ban Quản lý đánh giá hồ sơ": days are
//! no thing that is measured; what they limit is said before them, or behind the comma of what opens the sentence.

use std::ops::Range;

use smol_str::{SmolStr, format_smolstr};

use super::{Linker, Place};
use crate::claim::indicator::Found;
use crate::words::token::Kind as TokenKind;
use crate::words::{lower_first, one_line};

/// Most tokens of what a limit is for.
const ACT: usize = 12;
/// Most tokens of the clause that says it.
const CLAUSE: usize = 60;
/// Most tokens of verbs alone: "rà soát".
const VERBS: usize = 4;
/// How far behind who acts stands that he has to, in tokens.
const MUST: usize = 14;
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
        let mut headed = false;
        loop {
            let tail = self.words.bound_before.before(&self.work.tokens, end).map(|(n, _)| n);
            let tail =
                tail.or_else(|| self.clauses.time_leads.before(&self.work.tokens, end).map(|(n, ())| n));
            let bare = head(end);
            headed |= bare.is_some();
            match tail.or(bare).filter(|n| low + n <= end) {
                Some(n) => end -= n,
                None => break,
            }
        }
        // "cho biết trong 5 ngày có 4.760 lượt khách" sets no limit.
        let most = if headed || self.is_term(item) { CLAUSE } else { ACT };
        self.named_time(low..end)
            .or_else(|| self.limited_before(low..end, most))
            .or_else(|| self.limited_behind(item, end, low))
    }

    /// "10 ngày làm việc kể từ ngày nhận hồ sơ": what stands behind says from when, and no more.
    pub(super) fn is_term(&self, item: &Found) -> bool {
        let behind = item.tokens.end + usize::from(self.work.is(item.tokens.end, ','));
        item.rule == self.words.rules.duration
            && self.clauses.counted_from.at(&self.work.tokens, behind).is_some()
    }

    /// "Thời hạn giải quyết hồ sơ không quá 15 ngày": the nearest such phrase with words of its own.
    fn named_time(&self, before: Range<usize>) -> Option<SmolStr> {
        let head = |i: &usize| self.clauses.time_heads.at(&self.work.tokens, *i).map(|(n, ())| *i + n);
        let (start, words) = before.clone().rev().find_map(|i| head(&i).map(|end| (i, end)))?;
        let phrase = self.phrase(start, before.end).filter(|p| p.start == start && p.end > words)?;
        (phrase.len() <= ACT).then(|| one_line(self.work.words(phrase)))
    }

    /// "Sở Tài chính trả lời trong thời hạn 10 ngày": what is done within it.
    fn limited_before(&self, before: Range<usize>, most: usize) -> Option<SmolStr> {
        let mark = |i: &usize| {
            self.work.token(*i).is_some_and(|t| [';', ':', '.', '(', ')'].iter().any(|m| t.is(*m)))
        };
        let start = before.clone().rev().find(mark).map_or(before.start, |i| i + 1);
        let whole = self.behind_body(start..before.end);
        if whole.start > start && whole.len() <= most && !self.work.is(whole.start, ',') {
            return self.of_act(whole);
        }
        let phrase = self
            .behind_comma(whole)
            .into_iter()
            .find_map(|start| self.phrase(start, before.end).filter(|p| (2..=most).contains(&p.len())))?;
        self.of_act(phrase)
    }

    /// Where the last clause of a stretch may begin: behind its last comma, or where that leaves a word only, at its beginning.
    fn behind_comma(&self, tokens: Range<usize>) -> [usize; 2] {
        // "các Điều 78, 79 và 82": no clause begins with a number.
        let comma =
            tokens.clone().rev().find(|&i| self.work.is(i, ',')).filter(|&i| !self.work.is_number(i + 1));
        [comma.map_or(tokens.start, |i| i + 1), tokens.start]
    }

    /// "Trong thời hạn 10 ngày kể từ ngày nhận hồ sơ, Sở Xây dựng thẩm định": the main clause behind what opens the sentence.
    fn limited_behind(&self, item: &Found, end: usize, low: usize) -> Option<SmolStr> {
        let word = |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word);
        // "b) Trong thời hạn"
        let mark =
            |i: usize| self.work.word(i).len() <= 2 && (self.work.is(i + 1, ')') || self.work.is(i + 1, '.'));
        let opens = !(low..end).any(|i| word(i) && !mark(i));
        let from = item.tokens.end;
        // "…, kể từ ngày nhận hồ sơ, …": the comma before it is none of the main clause.
        let from = from + usize::from(self.is_term(item) && self.work.is(from, ','));
        let comma = (from..from + OPENING)
            .take_while(|&i| !self.work.is(i, '.') && !self.work.is(i, ';'))
            .find(|&i| self.work.is(i, ','))?;
        let stop = |i: &usize| self.work.token(*i).is_none_or(|t| t.kind == TokenKind::Punct);
        let act = self.behind_body(comma + 1..comma + 1 + CLAUSE);
        let stop_from = |at: usize| (at..act.end).find(stop).unwrap_or(act.end);
        let mut last = stop_from(act.start);
        // "rà soát, thẩm định hồ sơ": verbs alone are followed by what is done to them.
        if last <= act.start + VERBS && self.work.is(last, ',') {
            last = stop_from(last + 1);
        }
        self.of_act(act.start..last).filter(|_| opens)
    }

    /// Without the body that acts: "Sở Xây dựng thẩm định", "Ủy ban nhân dân xã có trách nhiệm thông báo".
    fn behind_body(&self, act: Range<usize>) -> Range<usize> {
        let must = |i: usize| self.clauses.obliges.at(&self.work.tokens, i).map(|(n, ())| i + n);
        let office = |at: usize| {
            let longest = self.clauses.offices.at(&self.work.tokens, at);
            longest.map_or(at, |(n, ())| at + n)
        };
        let body = |at: usize| {
            let capital = |i: usize| self.work.token(i).is_some_and(|t| t.capital());
            // A sentence begins with a capital, whatever it begins with.
            let is_name = self.is_body(at) || capital(at) && (capital(at + 1) || at > act.start);
            Some(self.body_end(at + 1, false)).filter(|&end| is_name && end > at + 1).unwrap_or(at)
        };
        // "Chủ tịch Ủy ban nhân dân cấp xã"
        let start = body(office(act.start));
        let start = office(self.scope_at(start).unwrap_or(start));
        let start = if start < act.end { start } else { act.start };
        let clause = start..act.end.min(start + MUST);
        let ends = |i: &usize| self.work.token(*i).is_none_or(|t| t.kind == TokenKind::Punct);
        let past = clause.clone().take_while(|i| !ends(i)).find_map(must);
        past.filter(|&end| end < act.end).unwrap_or(start)..act.end
    }

    fn of_act(&self, act: Range<usize>) -> Option<SmolStr> {
        let head = self.clauses.time_names.first()?;
        let act = self.behind_body(act);
        if act.len() < 2 {
            return None;
        }
        // "thẩm tra hồ sơ dự án đối với dự án thuộc diện …"
        let within = |&i: &usize| self.clauses.act_ends.at(&self.work.tokens, i).is_some();
        let last = (act.start + 2..act.end).find(within).unwrap_or(act.end);
        let act = one_line(self.work.words(act.start..last.min(act.start + ACT)));
        Some(format_smolstr!("{head} {}", lower_first(&act)))
    }
}
