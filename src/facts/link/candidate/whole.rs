//! Whether a stretch of words may stand as a name, and how it is written: nothing is cut out of "đối với" or
//! "hạ tầng", and brackets close.

use std::borrow::Cow;
use std::ops::Range;

use crate::facts::link::Linker;
use crate::words::in_one_line;
use crate::words::token::Kind as TokenKind;

impl<'a> Linker<'_, 'a> {
    /// Whether a stretch begins and ends with words of its own, and has all of its brackets.
    pub(super) fn is_whole(&self, tokens: &Range<usize>) -> bool {
        tokens.is_empty()
            || self.may_begin(tokens.start) && self.may_end(tokens.end - 1) && self.is_balanced(tokens)
    }

    /// Whether a name may begin at a token: not with a date, a mark or a word that only leads to it.
    pub(in crate::facts::link) fn may_begin(&self, at: usize) -> bool {
        let Some(first) = self.work.token(at) else { return false };
        let tokens = &self.work.tokens;
        // "16/3/2016" of a paper.
        let dated = first.kind == TokenKind::Number && self.work.is(at + 1, '/');
        // "3 năm 2016 - 2018 huyện đã lồng ghép": a time says when, not what.
        let times = first.kind == TokenKind::Number && self.in_date(at + 1);
        !dated
            && !times
            && !self.splits(at)
            && (first.kind != TokenKind::Punct || first.is('“') || first.is('"'))
            && (self.clauses.never_first.at(tokens, at).is_none()
                || self.words.lead_keep.at(tokens, at).is_some())
    }

    /// Whether a name may end with a token: not with a mark, or a word that goes on.
    pub(super) fn may_end(&self, at: usize) -> bool {
        let Some(last) = self.work.token(at) else { return false };
        let ends = last.kind != TokenKind::Punct || last.is(')') || last.is('”') || last.is('"');
        // "02 chỉ tiêu chưa đạt".
        let kept = || self.words.name_keep.before(&self.work.tokens, at + 1).is_some_and(|(n, ())| n > 1);
        let tokens = &self.work.tokens;
        // "tăng bình quân 4 | năm": a number goes with its noun.
        let counts =
            last.kind == TokenKind::Number && self.words.units.at(&self.work.tokens, at + 1).is_some();
        ends && !counts
            && (!self.clauses.never_last.has(last) || kept())
            && !self.splits(at + 1)
            && self.clauses.never_ends.before(tokens, at + 1).is_none()
            && self.clauses.idle.before(tokens, at + 1).is_none()
    }

    /// Whether a token stands inside a compound: "hạ | tầng", "đối | với".
    pub(in crate::facts::link) fn splits(&self, at: usize) -> bool {
        reached(at, |i| self.clauses.unsplit.at(&self.work.tokens, i).map(|(n, ())| n))
    }

    /// "phụ nữ", "huyện ủy viên": a noun in a longer one.
    pub(super) fn is_in_noun(&self, at: usize) -> bool {
        reached(at, |i| self.words.units.at(&self.work.tokens, i).map(|(n, _)| n))
    }

    /// Whether each bracket that opens or closes in a stretch does both.
    pub(super) fn is_balanced(&self, tokens: &Range<usize>) -> bool {
        let mut depth = 0i32;
        let never_below = tokens.clone().all(|i| {
            depth += i32::from(self.work.is(i, '('));
            depth -= i32::from(self.work.is(i, ')'));
            depth >= 0
        });
        never_below && depth == 0
    }

    /// A stretch on one line.
    pub(super) fn in_one_line(&self, tokens: &Range<usize>) -> Cow<'a, str> {
        in_one_line(self.work.words(tokens.clone()))
    }

    /// A stretch on one line, without what its closed brackets hold.
    pub(super) fn plain(&self, tokens: Range<usize>) -> Cow<'a, str> {
        let Some(open) = tokens
            .clone()
            .find(|&i| self.work.is(i, '(') && self.brackets.closing(i).is_some_and(|c| c + 1 < tokens.end))
        else {
            return self.in_one_line(&tokens);
        };
        let close = self.brackets.closing(open).map_or(tokens.end, |c| c + 1);
        let (before, behind) = (self.plain(tokens.start..open), self.plain(close..tokens.end));
        if before.is_empty() { behind } else { Cow::Owned(format!("{before} {behind}")) }
    }
}

/// Whether some phrase that begins one or two tokens before a token goes on over it; `length` gives that of the one at a token.
fn reached(at: usize, length: impl Fn(usize) -> Option<usize>) -> bool {
    (1..=2).any(|back| at.checked_sub(back).and_then(&length).is_some_and(|n| n > back))
}
