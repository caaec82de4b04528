//! The names of things: "Gói thầu số 13", "Trạm bơm Đồng Cao".

use std::ops::Range;

use smol_str::SmolStr;

use super::{BODY_TOKENS, NAME_SYLLABLES};
use crate::facts::link::Linker;
use crate::facts::link::behind::follows;
use crate::words::one_line;
use crate::words::token::{Case, Gap, Kind as TokenKind, Token};

/// A thing's title of so few tokens need not be a proper name but at its end.
const SHORT_TITLE: usize = 7;

impl Linker<'_, '_> {
    /// The name of a thing that a stretch begins with, up to its first mark: "Gói thầu số 13", "Trạm bơm Đồng Cao".
    pub(super) fn named_thing(&self, tokens: Range<usize>) -> Option<SmolStr> {
        self.named_range(tokens).map(|r| one_line(self.work.words(r)))
    }

    /// The tokens of that name.
    pub(in crate::facts::link) fn named_range(&self, tokens: Range<usize>) -> Option<Range<usize>> {
        let (n, ()) = self.clauses.named_kinds.at(&self.work.tokens, tokens.start)?;
        let mark =
            |t: &Token| t.kind == TokenKind::Punct && !t.is('-') && !t.is('/') && !t.is('“') && !t.is('”');
        let end =
            (tokens.start..tokens.end).find(|&i| self.work.token(i).is_none_or(mark)).unwrap_or(tokens.end);
        let name = tokens.start + n;
        let named = |i: usize| {
            self.work.token(i).is_some_and(|t| t.case != Case::Lower || t.kind == TokenKind::Number)
        };
        // "Kho phục vụ gói thầu 13".
        let proper = named(end - 1) && (named(name) || end - tokens.start <= SHORT_TITLE);
        let short = end - tokens.start <= BODY_TOKENS && end > name;
        (proper && short).then_some(tokens.start..end)
    }

    /// Where the proper name of a thing ends that begins at a token: "Minh Lãng", "phía Nam", "Thống Nhất 1".
    pub(super) fn thing_end(&self, name: usize) -> Option<usize> {
        let word = |i: usize| self.work.token(i).filter(|t| t.kind == TokenKind::Word && follows(t));
        let title = |i: usize| word(i).is_some_and(|t| t.case != Case::Lower) && !self.in_date(i);
        let side = word(name).is_some_and(|t| self.clauses.sides.has(t));
        let first = name + usize::from(side);
        let mut end = first;
        while end < first + NAME_SYLLABLES + 1 && title(end) {
            end += 1;
        }
        if end == first {
            return None;
        }
        let number =
            self.work.token(end).is_some_and(|t| t.kind == TokenKind::Number && follows(t) && t.bytes() <= 2);
        let counts = self.words.units.at(&self.work.tokens, end + 1).is_some()
            || self.work.token(end + 1).is_some_and(|t| t.gap == Gap::Glued || t.kind == TokenKind::Number);
        Some(end + usize::from(number && !counts))
    }
}
