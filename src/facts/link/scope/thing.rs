//! The names of things that a line may begin with: "Gói thầu số 13", "Trạm bơm Đồng Cao".

use std::ops::Range;

use smol_str::SmolStr;

use super::BODY_TOKENS;
use crate::facts::link::Linker;
use crate::words::one_line;
use crate::words::token::{Case, Kind as TokenKind, Token};

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
}
