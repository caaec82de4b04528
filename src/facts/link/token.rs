//! What a token is: the questions that linking asks of single tokens all the time. Of no token the answer is no.

use super::Linker;
use crate::words::token::Kind;
use crate::words::vocab::WordSet;

impl Linker<'_, '_> {
    /// Whether a token is a mark.
    pub(super) fn is(&self, i: usize, mark: char) -> bool {
        self.work.token(i).is_some_and(|t| t.is(mark))
    }

    /// Whether a token is one of some marks.
    pub(super) fn is_any<const N: usize>(&self, i: usize, marks: [char; N]) -> bool {
        self.work.token(i).is_some_and(|t| marks.into_iter().any(|mark| t.is(mark)))
    }

    /// Whether a mark stands right before a token.
    pub(super) fn follows_mark(&self, i: usize, mark: char) -> bool {
        i.checked_sub(1).is_some_and(|before| self.is(before, mark))
    }

    /// The mark right before a token, if it is this one.
    pub(super) fn mark_before(&self, i: usize, mark: char) -> Option<usize> {
        i.checked_sub(1).filter(|&before| self.is(before, mark))
    }

    /// Whether a token is one of some words.
    pub(super) fn has(&self, words: &WordSet, i: usize) -> bool {
        self.work.token(i).is_some_and(|t| words.has(t))
    }

    /// Whether a token is a word.
    pub(super) fn is_word(&self, i: usize) -> bool {
        self.work.token(i).is_some_and(|t| t.kind == Kind::Word)
    }

    /// Whether a token is a number.
    pub(super) fn is_number(&self, i: usize) -> bool {
        self.work.token(i).is_some_and(|t| t.kind == Kind::Number)
    }

    /// Whether a token is a mark of any kind.
    pub(super) fn is_mark(&self, i: usize) -> bool {
        self.work.token(i).is_some_and(|t| t.kind == Kind::Punct)
    }
}
