//! The vocabulary of all pattern files: every syllable that some pattern names has a number, with what it may begin.

use std::sync::atomic::{AtomicU64, Ordering};

use rustc_hash::FxHashMap;

use crate::words::fold::{Chars, WordHash};
use crate::words::token::{Kind, Token};

/// Word number to use for any digit group in a phrase: `{num}`.
pub(crate) const ANY_NUMBER: u32 = 0xffff_fff0;
/// A single letter: `{letter}`.
pub(crate) const ANY_LETTER: u32 = 0xffff_fff1;
/// A Roman number: `{roman}`.
pub(crate) const ANY_ROMAN: u32 = 0xffff_fff2;
/// Punctuation marks are numbered from here by their code point.
pub(crate) const PUNCT: u32 = 0x4000_0000;

/// Syllables by number.
#[derive(Debug, Clone, Default)]
pub struct Vocab {
    ids: FxHashMap<u64, u32>,
    /// Tells finished vocabularies apart; 0 while words are still added.
    serial: u64,
    pub(crate) hints: Hints,
}

/// What each word and mark may begin: bits of [`crate::words::token::hint`].
#[derive(Debug, Clone, Default)]
pub(crate) struct Hints {
    pub words: ByWord<u8>,
    /// Of every word, known or not.
    pub any_word: u8,
    pub marks: ByWord<u8>,
    pub rare_mark: u8,
    pub number: u8,
}

impl Vocab {
    /// Says that all words are in it; from here on a word means the same in all texts.
    pub fn finish(&mut self) {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        self.serial = NEXT.fetch_add(1, Ordering::Relaxed);
    }

    /// The number of this vocabulary; 0 while words are still added.
    pub fn serial(&self) -> u64 {
        self.serial
    }

    /// The number of a word, by the hash of its folded form; 0 where no pattern names it.
    ///
    /// 64 bits over a few thousand words: that another word of a text meets one of them is not to be expected.
    #[inline]
    pub fn id(&self, hash: u64) -> u32 {
        self.ids.get(&hash).copied().unwrap_or(0)
    }

    /// What a word may begin.
    #[inline]
    pub fn word_hints(&self, word: u32) -> u8 {
        self.hints.words.get(word) | self.hints.any_word
    }

    /// What a number may begin.
    #[inline]
    pub fn number_hints(&self) -> u8 {
        self.hints.number
    }

    /// What a punctuation mark may begin, by its code point.
    #[inline]
    pub fn mark_hints(&self, mark: u32) -> u8 {
        if mark < 128 { self.hints.marks.get(mark) } else { self.hints.rare_mark }
    }

    /// Lets words begin what a hint is for.
    pub fn hint_words(&mut self, words: impl IntoIterator<Item = u32>, hint: u8) {
        for word in words {
            self.hints.words.set(word, self.hints.words.get(word) | hint);
        }
    }

    /// Lets marks begin what a hint is for; one beyond ASCII gives it to all of them.
    pub fn hint_marks(&mut self, marks: &str, hint: u8) {
        for mark in marks.chars().map(|c| c as u32) {
            if mark < 128 {
                self.hints.marks.set(mark, self.hints.marks.get(mark) | hint);
            } else {
                self.hints.rare_mark |= hint;
            }
        }
    }

    /// The number of a word, given one if it is new. The word is folded first.
    pub fn intern(&mut self, word: &str) -> u32 {
        self.serial = 0;
        let next = self.ids.len() as u32 + 1;
        *self.ids.entry(WordHash::of(word)).or_insert(next)
    }

    /// The numbers of several words, for a set of single-syllable words.
    pub fn set(&mut self, words: &[String]) -> WordSet {
        words.iter().map(|word| self.intern(word)).collect()
    }

    /// Splits a phrase as the tokenizer would and numbers its parts.
    pub(crate) fn phrase(&mut self, phrase: &str) -> Vec<u32> {
        let mut out = Vec::new();
        let chars = Chars::get();
        for part in phrase.split_whitespace() {
            match part {
                "{num}" => out.push(ANY_NUMBER),
                "{letter}" => out.push(ANY_LETTER),
                "{roman}" => out.push(ANY_ROMAN),
                _ => {
                    let mut word = String::new();
                    for c in part.chars() {
                        if chars.info(c).is_alphabetic() {
                            word.push(c);
                        } else {
                            if !word.is_empty() {
                                out.push(self.intern(&std::mem::take(&mut word)));
                            }
                            out.push(if c.is_ascii_digit() { ANY_NUMBER } else { PUNCT + c as u32 });
                        }
                    }
                    if !word.is_empty() {
                        out.push(self.intern(&word));
                    }
                }
            }
        }
        out
    }
}

/// A bit for each number, of the vocabulary or of a token.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    pub(crate) fn add(&mut self, word: u32) {
        let at = word as usize / 64;
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        if let Some(bits) = self.0.get_mut(at) {
            *bits |= 1 << (word % 64);
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> {
        let numbers = 0..self.0.len() as u32 * 64;
        numbers.filter(|&word| self.has(word))
    }

    /// Whether a word is among them; 0, the unknown word, is not.
    #[inline]
    pub(crate) fn has(&self, word: u32) -> bool {
        self.0.get(word as usize / 64).is_some_and(|bits| bits >> (word % 64) & 1 != 0)
    }
}

/// A set of single syllables.
#[derive(Debug, Clone, Default)]
pub struct WordSet(Bits);

impl FromIterator<u32> for WordSet {
    fn from_iter<I: IntoIterator<Item = u32>>(words: I) -> Self {
        let mut set = Self::default();
        set.extend(words);
        set
    }
}

impl Extend<u32> for WordSet {
    fn extend<I: IntoIterator<Item = u32>>(&mut self, words: I) {
        words.into_iter().for_each(|word| self.0.add(word));
    }
}

impl WordSet {
    /// Whether the token is one of these words.
    #[inline]
    pub fn has(&self, token: &Token) -> bool {
        token.kind == Kind::Word && self.0.has(token.word)
    }

    /// The numbers of the words.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        self.0.iter()
    }
}

/// A value for each word of the vocabulary; the default one where none was given.
#[derive(Debug, Clone, Default)]
pub struct ByWord<T>(Vec<T>);

impl<T: Copy + Default> ByWord<T> {
    /// Gives a word its value, in place of an earlier one.
    pub fn set(&mut self, word: u32, value: T) {
        let at = word as usize;
        if self.0.len() <= at {
            self.0.resize(at + 1, T::default());
        }
        if let Some(slot) = self.0.get_mut(at) {
            *slot = value;
        }
    }

    /// The value of a word.
    #[inline]
    pub fn get(&self, word: u32) -> T {
        self.0.get(word as usize).copied().unwrap_or_default()
    }

    /// All words with their values.
    pub fn iter(&self) -> impl Iterator<Item = (u32, T)> {
        (0..).zip(self.0.iter().copied())
    }
}
