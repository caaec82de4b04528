//! The words around a quantity that are its own: from the last mark before it to the words of the next one; and those among them that
//! only join a name and its figure: "đạt khoảng", "không quá".

use std::ops::Range;

use crate::claim::indicator::{Found, Kind};
use crate::facts::link::behind::follows;
use crate::facts::link::{Linker, Place};
use crate::words::token::{Case, Kind as TokenKind};

impl Linker<'_, '_> {
    /// Where the words of a quantity begin that are its own: behind the last mark that parts it from the one before, and
    /// further back over "tại xã A, …".
    pub(in crate::facts::link) fn own_start(&self, at: usize, place: &Place<'_>) -> usize {
        if at == place.at {
            return *place.own.0.get_or_init(|| self.words_start(at, place));
        }
        self.words_start(at, place)
    }

    fn words_start(&self, at: usize, place: &Place<'_>) -> usize {
        let floor = place.previous.map_or(place.sentence.start, |p| p.tokens.end.max(place.sentence.start));
        let open = self.brackets.around(at).map(|b| b.start + 1).filter(|&b| b > floor);
        let floor = open.unwrap_or(floor);
        if place.previous.is_none() || open.is_some() {
            return floor;
        }
        let mut start = at;
        loop {
            let Some(mark) = (floor..start).rev().find(|&i| self.parts(i)) else { return floor };
            start = mark + 1;
            let semicolon = self.work.is(mark, ';');
            let part = (floor..mark).rev().find(|&i| self.parts(i)).map_or(floor, |i| i + 1);
            let locates = part > floor && self.clauses.locating.at(&self.work.tokens, part).is_some();
            if semicolon || !locates {
                return start;
            }
            start = mark;
        }
    }

    /// Where the words behind a quantity end that are its own: before those of the next one, at a semicolon, a colon, a
    /// bracket, or a comma that another clause follows.
    pub(in crate::facts::link) fn own_end(&self, item: &Found, place: &Place<'_>) -> usize {
        *place.own.1.get_or_init(|| self.words_end(item, place))
    }

    fn words_end(&self, item: &Found, place: &Place<'_>) -> usize {
        let mut i = item.tokens.end;
        let limit = self.next_start(item, place);
        while i < limit {
            let Some(token) = self.work.token(i) else { break };
            if token.is('(')
                && let Some(close) = self.brackets.closing(i)
            {
                i = close + 1;
                continue;
            }
            let comma = token.is(',') && self.clauses.openers.at(&self.work.tokens, i + 1).is_some();
            if token.is(';') || token.is(':') || token.is('(') || token.is(')') || comma {
                return i;
            }
            i += 1;
        }
        limit
    }

    /// Where the words of the next quantity begin, or the sentence ends.
    fn next_start(&self, item: &Found, place: &Place<'_>) -> usize {
        let from = item.tokens.end;
        let limit = place.limit.max(from);
        if limit >= place.sentence.end {
            return limit;
        }
        if let Some(end) = self.object_end(item, place) {
            return end;
        }
        let last_mark = |range: Range<usize>| range.rev().find(|&i| self.parts(i));
        if let Some((low, limit)) = self.past_bracket(item, place) {
            return last_mark(low..limit).unwrap_or(limit);
        }
        // "61% cán bộ, công chức có máy tính (năm 2008 đạt 48%)": no word before a bracket is of a figure in it.
        let open = self.brackets.around(limit).map(|b| b.start);
        let open = open.filter(|&open| item.kind == Kind::Percentage && open > from);
        let brings = |&i: &usize| self.has(&self.clauses.brings, i) && !self.divides(i);
        open.or_else(|| last_mark(from..limit)).or_else(|| (from..limit).rev().find(brings)).unwrap_or(limit)
    }

    /// A comma, semicolon or closed bracket, or the "và" that joins.
    fn parts(&self, i: usize) -> bool {
        // "bằng cấp, chứng chỉ" is one word.
        let within = |n: usize| {
            let start = i.checked_sub(n)?;
            self.words.name_whole.at(&self.work.tokens, start).filter(|(long, ())| *long > n)
        };
        if self.work.is(i, ',') && (1..=2).any(|n| within(n).is_some()) {
            return false;
        }
        self.is_any(i, [',', ';', ')', '–']) || self.has(&self.clauses.joins, i)
    }

    /// "100% xã có ít nhất 01 trạm y tế": the next quantity is the object of what a share tells of its noun; where its words end.
    fn object_end(&self, item: &Found, place: &Place<'_>) -> Option<usize> {
        let from = item.tokens.end;
        let next =
            place.next.filter(|n| item.kind == Kind::Percentage && n.tokens.start < place.sentence.end)?;
        let mut at = next.tokens.start;
        while let Some((n, _)) =
            self.words.bound_before.before(&self.work.tokens, at).filter(|(n, _)| at > from + n)
        {
            at -= n;
        }
        let verb = at.checked_sub(1).filter(|&v| v > from)?;
        let has = self.has(&self.clauses.predicates, verb);
        let inner =
            (from..verb).any(|i| self.is_any(i, [';', ':', '(']) || self.has(&self.clauses.predicates, i));
        if !has || inner || self.says_before(item, self.own_start(item.tokens.start, place)) {
            return None;
        }
        let mark = |&i: &usize| {
            self.work.token(i).is_none_or(|t| {
                t.kind == TokenKind::Number || t.is(',') || t.is(';') || t.is(':') || t.is('(')
            })
        };
        Some((next.tokens.end..place.sentence.end).find(mark).unwrap_or(place.sentence.end))
    }

    /// "58 hồ sơ (chiếm 13,8%) giải quyết chậm": where the words go on behind a bracket that holds the next quantity, and
    /// where the number behind them stands.
    fn past_bracket(&self, item: &Found, place: &Place<'_>) -> Option<(usize, usize)> {
        let bracket = self.brackets.around(place.limit).filter(|b| b.start >= item.tokens.end)?;
        let low = bracket.end + 1;
        let goes_on = self
            .work
            .token(low)
            .is_some_and(|t| t.kind == TokenKind::Word && t.case == Case::Lower && follows(t));
        let limit = (low..place.sentence.end)
            .find(|&i| self.work.token(i).is_none_or(|t| t.kind == TokenKind::Number));
        (goes_on && !self.parts(low) && !self.in_date(low) && low < place.sentence.end)
            .then(|| (low, limit.unwrap_or(place.sentence.end)))
    }

    /// Where the words of a bound that stand right before a token begin: "không quá", "khoảng trên".
    pub(in crate::facts::link) fn without_bound(&self, end: usize) -> usize {
        self.words.bound_before.row_before(&self.work.tokens, end)
    }

    /// Where the words behind `start` end before what joins them to a number: "đạt khoảng".
    pub(in crate::facts::link) fn without_joints(&self, start: usize, mut end: usize) -> usize {
        while let Some(n) = self.joint(end).filter(|n| start + n < end) {
            end -= n;
        }
        end
    }

    /// How many tokens before one only join a name and its figure.
    pub(in crate::facts::link) fn joint(&self, end: usize) -> Option<usize> {
        let tokens = &self.work.tokens;
        let tail = self.words.name_tail.before(tokens, end).map(|(n, ())| n);
        tail.or_else(|| self.words.bound_before.before(tokens, end).map(|(n, _)| n))
    }
}
