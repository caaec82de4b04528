//! Phrases over the vocabulary: "kế hoạch hành động" is a path of word numbers in a trie.
//!
//! Phrases are written in patterns in lower case and match any case; one with capitals ("TT") asks for a capital.

use rustc_hash::FxHashMap;

use crate::words::token::{Case, Gap, Kind, Token};
use crate::words::vocab::{ANY_LETTER, ANY_NUMBER, ANY_ROMAN, Bits, ByWord, PUNCT, Vocab};

/// Phrases with a value each; the longest match wins.
#[derive(Debug, Clone)]
pub struct Phrases<T> {
    /// By node and word, see [`step_key`].
    next: FxHashMap<u64, u32>,
    /// The node that a word of the vocabulary leads to at the beginning.
    first: ByWord<u32>,
    nodes: Vec<Node<T>>,
    reversed: bool,
    wildcards: bool,
    opens: Opens,
    /// The bit of [`Token::hints`] that tokens have which a phrase opens with; 0 where there is none.
    pub hint: u8,
}

/// Where a path of words has led.
#[derive(Debug, Clone)]
struct Node<T> {
    /// The value of the phrase that ends here, and whether it asks for a capital.
    end: Option<(T, bool)>,
    /// The bits of the words with which some phrase goes on, see [`bits`].
    next: u64,
}

impl<T> Default for Node<T> {
    fn default() -> Self {
        Self { end: None, next: 0 }
    }
}

/// The bit of the number that a token has, among those that phrases open or go on with: of a word, of a mark, 0 of digits.
#[inline]
fn bit(word: u32) -> u64 {
    1 << (word % 64)
}

/// The bits of the tokens that a word of phrases stands for.
fn bits(word: u32) -> u64 {
    match word {
        ANY_NUMBER => bit(0),
        ANY_LETTER | ANY_ROMAN => u64::MAX,
        PUNCT.. => bit(word - PUNCT),
        _ => bit(word),
    }
}

/// A token as a word of phrases.
#[inline]
fn word_of(token: &Token) -> u32 {
    match token.kind {
        Kind::Word => token.word,
        Kind::Number => ANY_NUMBER,
        Kind::Punct => PUNCT + token.word,
    }
}

/// A node of a trie and the word that leads on from it.
#[inline]
fn step_key(node: u32, word: u32) -> u64 {
    u64::from(node) << 32 | u64::from(word)
}

/// The words that some phrase opens with: most tokens open none, and are done with one bit.
#[derive(Debug, Clone, Default)]
struct Opens {
    /// The bits of all of them, see [`bits`]: most tokens are none of them.
    some: u64,
    words: Bits,
    /// A bit for each ASCII mark.
    marks: u128,
    /// A digit group, or a mark beyond ASCII.
    number: bool,
    rare_mark: bool,
    /// `{letter}` or `{roman}`.
    wildcard: bool,
}

impl Opens {
    fn add(&mut self, word: u32) {
        self.some |= bits(word);
        match word {
            ANY_NUMBER => self.number = true,
            ANY_LETTER | ANY_ROMAN => self.wildcard = true,
            _ if word >= PUNCT => match word - PUNCT {
                mark @ ..128 => self.marks |= 1 << mark,
                _ => self.rare_mark = true,
            },
            _ => self.words.add(word),
        }
    }

    #[inline(always)]
    fn may(&self, token: &Token) -> bool {
        self.some & bit(token.word) != 0 && self.are(token)
    }

    #[inline(always)]
    fn are(&self, token: &Token) -> bool {
        match token.kind {
            Kind::Word => self.words.has(token.word) || self.wildcard,
            Kind::Number => self.number,
            Kind::Punct if token.word < 128 => self.marks >> token.word & 1 != 0,
            Kind::Punct => self.rare_mark,
        }
    }
}

impl<T: Clone> Phrases<T> {
    /// Phrases that are looked for from a token onwards.
    pub fn forward() -> Self {
        Self {
            next: FxHashMap::default(),
            first: ByWord::default(),
            nodes: vec![Node::default()],
            reversed: false,
            wildcards: false,
            opens: Opens::default(),
            hint: 0,
        }
    }

    /// Phrases that are looked for just before a token, read backwards.
    pub fn backward() -> Self {
        Self { reversed: true, ..Self::forward() }
    }

    /// Adds a phrase; a later one replaces an earlier one of the same words.
    pub fn add(&mut self, vocab: &mut Vocab, phrase: &str, value: T) {
        let mut path = vocab.phrase(phrase);
        self.wildcards |= path.iter().any(|&w| w >= ANY_NUMBER);
        if self.reversed {
            path.reverse();
        }
        path.iter().take(1).for_each(|&word| self.opens.add(word));
        let mut node = 0;
        for word in path {
            let fresh = self.nodes.len() as u32;
            let at = *self.next.entry(step_key(node, word)).or_insert(fresh);
            if at == fresh {
                self.nodes.push(Node::default());
            }
            if node == 0 && word < PUNCT {
                self.first.set(word, at);
            }
            if let Some(node) = self.nodes.get_mut(node as usize) {
                node.next |= bits(word);
            }
            node = at;
        }
        let capital = phrase.chars().any(char::is_uppercase);
        if let (Some(node), true) = (self.nodes.get_mut(node as usize), node != 0) {
            node.end = Some((value, capital));
        }
    }

    /// Gives a hint to every token that a phrase opens with; to be called when all phrases are added.
    pub fn give_hint(&mut self, vocab: &mut Vocab, hint: u8) {
        self.hint = hint;
        let Opens { words, marks, number, rare_mark, wildcard, .. } = &self.opens;
        vocab.hint_words(words.iter(), hint);
        let hints = &mut vocab.hints;
        for mark in (0..128u32).filter(|mark| marks >> mark & 1 != 0) {
            hints.marks.set(mark, hints.marks.get(mark) | hint);
        }
        for (opens, bits) in
            [(number, &mut hints.number), (rare_mark, &mut hints.rare_mark), (wildcard, &mut hints.any_word)]
        {
            *bits |= if *opens { hint } else { 0 };
        }
    }

    /// The longest phrase that begins at token `at`: how many tokens, and its value.
    #[inline(always)]
    pub fn at(&self, tokens: &[Token], at: usize) -> Option<(usize, &T)> {
        if self.may_open(tokens.get(at)?) { self.longest_at(tokens, at) } else { None }
    }

    #[inline(always)]
    fn may_open(&self, token: &Token) -> bool {
        self.opens.may(token)
    }

    fn longest_at(&self, tokens: &[Token], at: usize) -> Option<(usize, &T)> {
        self.walk(tokens.get(at..)?.iter(), false)
    }

    /// Where the phrases begin that stand in a row right before a token; the token where none does.
    pub fn row_before(&self, tokens: &[Token], mut at: usize) -> usize {
        while let Some((n, _)) = self.before(tokens, at) {
            at = at.saturating_sub(n);
        }
        at
    }

    /// The longest phrase that ends just before token `at`: how many tokens, and its value.
    #[inline(always)]
    pub fn before(&self, tokens: &[Token], at: usize) -> Option<(usize, &T)> {
        if self.may_open(tokens.get(at.checked_sub(1)?)?) { self.longest_before(tokens, at) } else { None }
    }

    fn longest_before(&self, tokens: &[Token], at: usize) -> Option<(usize, &T)> {
        if tokens.get(at).is_some_and(|t| matches!(t.gap, Gap::Para | Gap::Tab)) {
            return None;
        }
        self.walk(tokens.get(..at)?.iter().rev(), true)
    }

    #[inline(always)]
    fn walk<'t>(&self, mut tokens: impl Iterator<Item = &'t Token>, back: bool) -> Option<(usize, &T)> {
        let wall = |token: &Token| matches!(token.gap, Gap::Para | Gap::Tab);
        let mut token = tokens.next()?;
        let mut node = self.step(0, token)?;
        let mut best = None;
        let mut capital = true;
        for n in 1.. {
            capital &= token.kind != Kind::Word || token.case != Case::Lower;
            let Some(Node { end, next }) = self.nodes.get(node as usize) else { break };
            if let Some((value, needs_capital)) = end
                && (capital || !needs_capital)
            {
                best = Some((n, value));
            }
            // Most end here: no word goes on, or none that stands there.
            if *next == 0 || back && wall(token) {
                break;
            }
            let Some(following) = tokens.next() else { break };
            if next & bit(following.word) == 0 || !back && wall(following) {
                break;
            }
            let Some(to) = self.step(node, following) else { break };
            (node, token) = (to, following);
        }
        best
    }

    #[inline(always)]
    fn step(&self, node: u32, token: &Token) -> Option<u32> {
        let word = word_of(token);
        if node == 0 && word < PUNCT {
            if let to @ 1.. = self.first.get(word) {
                return Some(to);
            }
        } else if word != 0
            && let Some(&to) = self.next.get(&step_key(node, word))
        {
            return Some(to);
        }
        if self.wildcards && token.kind == Kind::Word {
            if token.bytes() <= 2
                && let Some(&to) = self.next.get(&step_key(node, ANY_LETTER))
            {
                return Some(to);
            }
            if token.case == Case::Upper
                && let Some(&to) = self.next.get(&step_key(node, ANY_ROMAN))
            {
                return Some(to);
            }
        }
        None
    }
}
