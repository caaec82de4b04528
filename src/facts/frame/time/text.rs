//! What the rules on a document's time ask the text: where a sentence or a line begins, the words before a date.

use super::LEADS;
use super::covered::Reading;
use crate::claim::date::Found as Date;
use crate::words::token::{Gap, Kind};

/// How far back the beginning of a sentence is looked for, in tokens.
const SENTENCE: usize = 80;
/// How far back the beginning of a line is looked for, in tokens.
const LINE: usize = 400;
/// How far behind a year the figure stands that it is the time of, in tokens.
const OF_FIGURE: usize = 3;

impl Reading<'_, '_> {
    /// The words of its line right before a date, the nearest first, at most so many.
    pub(super) fn words_before(&self, date: &Date, most: usize) -> impl Iterator<Item = usize> {
        let near = date.tokens.start.saturating_sub(most)..date.tokens.start;
        near.rev()
            .take_while(|&i| self.work.token(i).is_some_and(|t| t.kind == Kind::Word && t.gap < Gap::Line))
    }

    /// Whether a figure stands right behind a date.
    pub(super) fn tells_figure(&self, date: &Date) -> bool {
        (date.tokens.end..date.tokens.end + OF_FIGURE).any(|i| self.work.is_number(i))
    }

    /// "Trong năm 2016, …", "Năm 2016 …": at most a small word stands before it in its sentence.
    pub(super) fn opens_sentence(&self, date: &Date) -> bool {
        self.opens_behind(date, &[':', ';'])
    }

    /// Whether at most small words stand between a date and the beginning of its sentence or one of these marks.
    pub(super) fn opens_behind(&self, date: &Date, marks: &[char]) -> bool {
        let start = date.tokens.start;
        let marked =
            |i: usize| i.checked_sub(1).is_some_and(|i| marks.iter().any(|&mark| self.work.is(i, mark)));
        (start.saturating_sub(LEADS)..=start).any(|i| marked(i) || self.begins_sentence(i))
    }

    /// Whether a line or a full stop parts a token from what stands before it.
    pub(super) fn begins_sentence(&self, i: usize) -> bool {
        let stop = i.checked_sub(1).is_some_and(|before| self.work.is(before, '.'));
        stop || self.work.token(i).is_none_or(|t| t.gap >= Gap::Line)
    }

    /// The first token of a token's sentence; of one too long the token itself.
    pub(super) fn sentence_start(&self, token: usize) -> usize {
        (0..=token).rev().take(SENTENCE).find(|&i| self.begins_sentence(i)).unwrap_or(token)
    }

    /// The first token of a token's line; of one too long the token itself.
    pub(super) fn line_start(&self, token: usize) -> usize {
        let starts = |i: usize| self.work.token(i).is_some_and(|t| t.gap >= Gap::Line);
        (0..=token).rev().take(LINE).find(|&i| starts(i)).unwrap_or(token)
    }
}
