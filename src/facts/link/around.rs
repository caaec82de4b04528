//! Stage 5, linking: what is asked again and again while the name of one quantity is chosen, found once: where its own words
//! begin and end, and which of the tokens before it are marks, verbs, dates.

use std::ops::Range;

use super::before::content;
use super::{Linker, Place};
use crate::claim::indicator::Found;
use crate::words::token::{Kind as TokenKind, Token};

/// A quantity with what stands around it.
pub(super) struct Around<'f> {
    /// The quantity.
    pub item: &'f Found,
    /// Where it stands.
    pub place: &'f Place<'f>,
    /// From where its own words before it begin to where those behind it end.
    pub own: Range<usize>,
    /// Own words stand before the number.
    pub said_before: bool,
    /// How many of its own words before it say what is measured, and whether they name a place or thing.
    pub substance: (usize, bool),
    /// Its noun only counts, or says nothing of what is counted.
    pub generic: bool,
    /// The first token that a phrase before it may begin at.
    pub floor: usize,
    /// The tokens from there to the quantity.
    pub marks: Marks,
    /// Where the words begin that join it to what stands before: see [`joined_to`].
    pub joints: Vec<usize>,
}

/// What a token may be.
#[derive(Clone, Copy)]
pub(super) enum Mask {
    Comma,
    Colon,
    Open,
    Close,
    /// A word at which a name may end: a verb.
    Ends,
    /// A word of more than one letter.
    Content,
    /// Part of a date.
    Date,
    /// A semicolon, or a word that opens parts: no name goes on over it.
    Turn,
    /// A word with which a body speaks: "cho biết".
    Says,
    /// A word that says what is measured.
    Word,
    /// The first token of the name of a place, a thing or a body.
    Name,
}

/// How many tokens before a quantity have bits of their own.
const MARKED: usize = 64;
/// How many kinds of tokens there are.
const KINDS: usize = 11;

/// For each kind of token a bit for each of the tokens before a quantity, at most 64.
#[derive(Default)]
pub(super) struct Marks {
    first: usize,
    bits: [u64; KINDS],
}

impl Marks {
    /// The bits of a range of tokens.
    fn window(&self, tokens: &Range<usize>) -> u64 {
        let low = tokens.start.saturating_sub(self.first).min(64);
        let high = tokens.end.saturating_sub(self.first).min(64);
        let below = |n: usize| if n >= 64 { u64::MAX } else { (1 << n) - 1 };
        below(high) & !below(low)
    }

    /// Whether some token of a range is of a kind.
    pub(super) fn any(&self, mask: Mask, tokens: &Range<usize>) -> bool {
        self.bits.get(mask as usize).is_some_and(|bits| bits & self.window(tokens) != 0)
    }

    /// How many tokens of a range are of a kind.
    pub(super) fn count(&self, mask: Mask, tokens: &Range<usize>) -> usize {
        self.bits.get(mask as usize).map_or(0, |bits| (bits & self.window(tokens)).count_ones() as usize)
    }

    /// How many tokens of a range say what is measured, and whether a name begins at one.
    fn substance(&self, tokens: &Range<usize>) -> (usize, bool) {
        (self.count(Mask::Word, tokens), self.any(Mask::Name, tokens))
    }

    fn set(&mut self, mask: Mask, token: usize) {
        if let Some(bits) = self.bits.get_mut(mask as usize) {
            *bits |= 1 << (token - self.first).min(63);
        }
    }
}

impl Linker<'_, '_> {
    /// What stands around a quantity.
    pub(super) fn around<'f>(&self, item: &'f Found, place: &'f Place<'f>) -> Around<'f> {
        let start = self.own_start(item.tokens.start, place);
        let floor = self.floor(item, place);
        let marks = self.marks(floor..item.tokens.start);
        let own = start..item.tokens.start;
        let joints = self.joints(item);
        // Mostly its own words are all that stand before it, and weighed already.
        let weighed = start == floor && own.len() <= MARKED;
        let substance = if weighed { marks.substance(&own) } else { self.substance(&own) };
        Around {
            item,
            place,
            said_before: joined_to(&joints, start) > start,
            joints,
            substance,
            own: start..self.own_end(item, place),
            generic: self.is_one_of(item, &self.words.generic)
                || self.is_one_of(item, &self.words.classifiers),
            floor,
            marks,
        }
    }

    fn marks(&self, tokens: Range<usize>) -> Marks {
        let mut marks = Marks { first: tokens.start, ..Marks::default() };
        self.weigh(&tokens, &mut |i, word| marks.set(if word { Mask::Word } else { Mask::Name }, i));
        for i in tokens {
            let Some(token) = self.work.token(i) else { break };
            if self.in_date(i) {
                marks.set(Mask::Date, i);
            }
            match token.kind {
                TokenKind::Word => {
                    if self.words.ends.has(token) {
                        marks.set(Mask::Ends, i);
                    }
                    let turns = self.clauses.parts.at(&self.work.tokens, i).is_some()
                        || self.clauses.turns.at(&self.work.tokens, i).is_some()
                        || self.clauses.tells_that.at(&self.work.tokens, i).is_some();
                    // "sầu riêng" is a fruit.
                    if turns && !self.splits(i) {
                        marks.set(Mask::Turn, i);
                    }
                    if self.clauses.commands.at(&self.work.tokens, i).is_some() {
                        marks.set(Mask::Says, i);
                    }
                    if content(token) {
                        marks.set(Mask::Content, i);
                    }
                }
                // "…, đứng thứ", "…, tăng": another clause.
                TokenKind::Punct
                    if token.is(',') && self.clauses.openers.at(&self.work.tokens, i + 1).is_some() =>
                {
                    marks.set(Mask::Comma, i);
                    marks.set(Mask::Turn, i);
                }
                TokenKind::Punct => {
                    if let Some(mask) = mark(token) {
                        marks.set(mask, i);
                    }
                }
                TokenKind::Number => {}
            }
        }
        marks
    }

    /// Whether own words stand between a token and the number.
    pub(super) fn says_before(&self, item: &Found, start: usize) -> bool {
        joined_to(&self.joints(item), start) > start
    }

    /// Where the words begin, one before the other, that only join a name and its number, from the number on.
    fn joints(&self, item: &Found) -> Vec<usize> {
        let before = |end: &usize| self.joint(*end).map(|n| end.saturating_sub(n));
        std::iter::successors(Some(item.tokens.start), before).collect()
    }
}

/// Where the words begin that only join what ends at a token and a number: behind that token, or as far as they reach.
pub(super) fn joined_to(joints: &[usize], end: usize) -> usize {
    joints.iter().find(|joint| **joint <= end).or(joints.last()).copied().unwrap_or(end)
}

fn mark(token: &Token) -> Option<Mask> {
    let masks =
        [(',', Mask::Comma), (':', Mask::Colon), ('(', Mask::Open), (')', Mask::Close), (';', Mask::Turn)];
    masks.into_iter().find(|(c, _)| token.is(*c)).map(|(_, mask)| mask)
}
