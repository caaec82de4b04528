//! Where the paragraphs of a text begin: at a blank line, a list mark, or a line break behind the end of a sentence.
//!
//! A line that is full ends where the next word did not fit, so a full stop at its end says nothing.

use crate::claim::Work;
use crate::words::token::{Gap, Kind, Token, hint};

/// Marks of the members of a list.
pub(super) const LIST_MARKS: [char; 5] = ['-', '+', '•', '*', '–'];
/// How far back a paragraph is followed, in tokens.
pub(super) const PARAGRAPH: usize = 1200;
/// How many lines of a paragraph tell how wide it is; the narrowest such paragraph, in letters.
const WRAPPED: usize = 12;
const NARROW: usize = 50;

/// The paragraphs of a text.
pub(super) struct Paragraphs {
    /// The first token of each.
    starts: Vec<usize>,
}

impl Paragraphs {
    /// The paragraphs of a text.
    pub(super) fn read(work: &Work<'_>) -> Self {
        let tokens = &work.tokens;
        let mut starts: Vec<usize> = Vec::new();
        for i in tokens.hinted(hint::SENTENCE, 0..tokens.len()) {
            let Some(token) = tokens.get(i) else { continue };
            let begins = match token.gap {
                Gap::Para => true,
                Gap::Line => {
                    let listed = LIST_MARKS.into_iter().any(|mark| token.is(mark));
                    let ended = i == 0 || ends_sentence(tokens, i - 1);
                    listed || ended && !fills(work, starts.last().copied().unwrap_or(0), i)
                }
                _ => false,
            };
            if begins {
                starts.push(i);
            }
        }
        Self { starts }
    }

    /// The first token of each.
    pub(super) fn starts(&self) -> &[usize] {
        &self.starts
    }

    /// The first token of one, by its number.
    pub(super) fn start(&self, n: usize) -> Option<usize> {
        self.starts.get(n).copied()
    }

    /// The number of the first that begins behind a token.
    pub(super) fn next(&self, token: usize) -> usize {
        self.starts.partition_point(|&start| start <= token)
    }

    /// The first token of the paragraph that holds a token; of one too long the token itself.
    pub(super) fn of(&self, token: usize) -> usize {
        let own = self.next(token).checked_sub(1);
        let start = own.and_then(|n| self.start(n)).unwrap_or(0);
        if token - start > PARAGRAPH { token } else { start }
    }

    /// Where the paragraph before the one that begins at a token begins.
    pub(super) fn above(&self, start: usize) -> Option<usize> {
        start.checked_sub(1).map(|i| self.of(i))
    }
}

/// Whether the line that ends before a token is full: the next word did not fit on it any more, so that its end says
/// nothing. `start`: where its paragraph begins.
fn fills(work: &Work<'_>, start: usize, i: usize) -> bool {
    let s = work.text.s();
    let (from, at) = (work.bytes(start..start + 1).start, work.bytes(i..i + 1).start);
    let word = work.token(i).filter(|t| t.kind == Kind::Word).map(|_| work.word(i).chars().count());
    let (Some(word), Some(paragraph)) = (word, s.get(from..at)) else { return false };
    let colon = work.token(i - 1).is_none_or(|t| t.is(':'));
    // The indent of the first line belongs to its width.
    let head = s.get(..from).and_then(|s| s.rfind('\n')).map_or(from, |n| from - n - 1);
    let mut lines = paragraph.trim_end().lines().rev().map(|l| l.trim_end().chars().count());
    let Some(last) = lines.next() else { return false };
    let (count, width) = lines.take(WRAPPED).fold((0, 0), |(n, width), line| (n + 1, line.max(width)));
    let indented = s.get(from - head..from).is_some_and(|h| h.trim().is_empty()) && head > 0;
    let flush = s.get(..at).and_then(|s| s.rfind('\n')).is_none_or(|n| at - n - 1 < head);
    !colon && count > 0 && width >= NARROW && last + 1 + word > width && (!indented || flush)
}

/// Whether a sentence or a part of it ends with a token: at a mark that a space follows.
pub(super) fn ends_sentence(tokens: &[Token], i: usize) -> bool {
    tokens.get(i).is_some_and(|t| t.is('.') || t.is(';') || t.is(':'))
        && tokens.get(i + 1).is_some_and(|t| t.gap != Gap::Glued)
}
