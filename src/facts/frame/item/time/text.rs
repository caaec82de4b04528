//! What the rules of time ask the text: whether a phrase stands in a stretch, where a sentence begins, the date before a token.

use std::ops::Range;

use super::{Date, Times};
use crate::claim::indicator::Found;
use crate::facts::frame::item::paragraph::ends_sentence;
use crate::patterns::phrases::Phrases;
use crate::words::token::Gap;

impl Times<'_, '_> {
    /// Whether one of some phrases begins in a stretch.
    pub(super) fn says(&self, mut stretch: Range<usize>, words: &Phrases<()>) -> bool {
        stretch.any(|i| words.at(&self.work.tokens, i).is_some())
    }

    /// Whether a line begins with a token.
    pub(super) fn begins_line(&self, token: usize) -> bool {
        self.work.token(token).is_some_and(|t| t.gap >= Gap::Line)
    }

    /// Whether a sentence or a part of it ends with a token.
    pub(super) fn ends_sentence(&self, i: usize) -> bool {
        ends_sentence(&self.work.tokens, i)
    }

    /// The first token of an item's sentence.
    pub(super) fn sentence(&self, item: &Found) -> usize {
        self.work.token_at(item.sentence.start)
    }

    /// The sentence of an item up to it.
    pub(super) fn sentence_before(&self, item: &Found) -> Range<usize> {
        self.sentence(item)..item.tokens.start
    }

    /// The number of the last date that ends up to a token.
    pub(super) fn date_before(&self, token: usize) -> Option<usize> {
        self.dates.partition_point(|d| d.tokens.end <= token).checked_sub(1)
    }

    /// The first date that ends behind a token.
    pub(super) fn date_behind(&self, token: usize) -> Option<&Date> {
        self.dates.get(self.dates.partition_point(|d| d.tokens.end <= token))
    }
}

/// At most so many tokens right before an item.
pub(super) fn right_before(item: &Found, most: usize) -> Range<usize> {
    item.tokens.start.saturating_sub(most)..item.tokens.start
}
