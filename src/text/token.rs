//! Stage 2: the shadow as tokens. One pass; words of the vocabulary get their number, so that every later rule
//! compares integers.
//!
//! "Kế hoạch số 36a/NQ-CP" is `Kế` `hoạch` `số` `36` `a` `/` `NQ` `-` `CP`: digits, letters and punctuation part
//! company, and each token remembers what stood before it (nothing, a space, a tab, a line break, a blank line).

use crate::patterns::vocab::Vocab;
use crate::text::fold::{Chars, WordHash};

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters.
    Word,
    /// ASCII digits.
    Number,
    /// One other character.
    Punct,
}

/// What stands between a token and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing.
    Glued,
    /// Spaces.
    Space,
    /// At least one tab: a column border.
    Tab,
    /// One line break.
    Line,
    /// A blank line, or the start of the text.
    Para,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// No capital: `xã`.
    Lower,
    /// One capital, at the start: `Xã`.
    Title,
    /// Only capitals: `UBND`.
    Upper,
    /// Anything else: `TTr`, `eOffice`.
    Mixed,
}

/// One token of the shadow.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Number of the word in the vocabulary (0: unknown), or the code point of a punctuation mark.
    pub word: u32,
    /// What it is made of.
    pub kind: Kind,
    /// What stands before it.
    pub gap: Gap,
    /// How a word is written.
    pub case: Case,
}

impl Token {
    /// Whether this is the punctuation mark `c`.
    pub fn is(&self, c: char) -> bool {
        self.kind == Kind::Punct && self.word == c as u32
    }

    /// Whether the word begins with a capital.
    pub fn capital(&self) -> bool {
        self.kind == Kind::Word && self.case != Case::Lower
    }

    /// Length in bytes.
    pub fn bytes(&self) -> usize {
        (self.end - self.start) as usize
    }
}

/// Splits a text into tokens.
pub fn tokenize(text: &str, vocab: &Vocab) -> Vec<Token> {
    let chars = Chars::get();
    let mut out: Vec<Token> = Vec::with_capacity(text.len() / 5);
    let mut gap = Gap::Para;
    let mut breaks = 0u32;
    let mut iter = text.char_indices().peekable();
    while let Some((start, c)) = iter.next() {
        let info = chars.info(c);
        let mut end = start + c.len_utf8();
        let (word, kind, case);
        if info.is_letter() {
            let mut hash = WordHash::default();
            let (mut uppers, mut lowers) = (0u32, 0u32);
            let first_upper = info.is_upper();
            let mut info = info;
            loop {
                if info.is_upper() {
                    uppers += 1
                } else {
                    lowers += 1
                }
                hash.push(info.folded());
                let Some(&(at, next)) = iter.peek() else {
                    end = text.len();
                    break;
                };
                info = chars.info(next);
                end = at;
                if !info.is_letter() {
                    break;
                }
                iter.next();
            }
            case = match (uppers, lowers) {
                (0, _) => Case::Lower,
                (_, 0) => Case::Upper,
                (1, _) if first_upper => Case::Title,
                _ => Case::Mixed,
            };
            word = vocab.id(hash.finish());
            kind = Kind::Word;
        } else if c.is_ascii_digit() {
            while let Some((at, next)) = iter.next_if(|(_, c)| c.is_ascii_digit()) {
                end = at + next.len_utf8();
            }
            (word, kind, case) = (0, Kind::Number, Case::Lower);
        } else if info.is_space() {
            gap = gap.max(match c {
                '\n' | '\u{c}' => {
                    breaks += u32::from(c == '\n');
                    if breaks > 1 { Gap::Para } else { Gap::Line }
                }
                '\t' => Gap::Tab,
                _ => Gap::Space,
            });
            continue;
        } else {
            (word, kind, case) = (c as u32, Kind::Punct, Case::Lower);
        }
        out.push(Token { start: start as u32, end: end as u32, word, kind, gap, case });
        gap = Gap::Glued;
        breaks = 0;
    }
    out
}
