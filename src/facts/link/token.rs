//! Which mark or word stands at a token: what linking asks of single tokens all the time. Of no token the answer is no.

use super::Linker;
use crate::words::vocab::WordSet;

impl Linker<'_, '_> {
    /// Whether a token is one of some marks.
    pub(super) fn is_any<const N: usize>(&self, i: usize, marks: [char; N]) -> bool {
        self.work.token(i).is_some_and(|t| marks.into_iter().any(|mark| t.is(mark)))
    }

    /// Whether a mark stands right before a token.
    pub(super) fn follows_mark(&self, i: usize, mark: char) -> bool {
        i.checked_sub(1).is_some_and(|before| self.work.is(before, mark))
    }

    /// The mark right before a token, if it is this one.
    pub(super) fn mark_before(&self, i: usize, mark: char) -> Option<usize> {
        i.checked_sub(1).filter(|&before| self.work.is(before, mark))
    }

    /// Whether a token is one of some words.
    pub(super) fn has(&self, words: &WordSet, i: usize) -> bool {
        self.work.token(i).is_some_and(|t| words.has(t))
    }
}
