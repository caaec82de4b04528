//! Stage 2: the shadow as tokens. One pass; words of the vocabulary get their number, so that every later rule
//! compares integers.
//!
//! "Kế hoạch số 36a/NQ-CP" is `Kế` `hoạch` `số` `36` `a` `/` `NQ` `-` `CP`: digits, letters and punctuation part
//! company, and each token remembers what stood before it (nothing, a space, a tab, a line break, a blank line).

use crate::patterns::vocab::Vocab;
use crate::text::fold;

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

/// Bytes of the ASCII range by what they do to a token.
const fn classes() -> [u8; 128] {
    let mut t = [PUNCT; 128];
    let mut i = 0;
    while i < 128 {
        let c = i as u8;
        if c.is_ascii_digit() {
            t[i] = DIGIT;
        } else if c.is_ascii_lowercase() {
            t[i] = LOWER;
        } else if c.is_ascii_uppercase() {
            t[i] = UPPER;
        } else if c == b'\n' || c == 0x0c {
            t[i] = BREAK;
        } else if c == b'\t' {
            t[i] = TAB;
        } else if c <= b' ' || c == 0x7f {
            t[i] = SPACE;
        }
        i += 1;
    }
    t
}
const SPACE: u8 = 0;
const TAB: u8 = 1;
const BREAK: u8 = 2;
const DIGIT: u8 = 3;
const LOWER: u8 = 4;
const UPPER: u8 = 5;
const PUNCT: u8 = 6;
static CLASS: [u8; 128] = classes();

/// Splits a text into tokens.
pub fn tokenize(text: &str, vocab: &Vocab) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut out: Vec<Token> = Vec::with_capacity(text.len() / 5);
    let mut key = fold::Key::default();
    let mut gap = Gap::Para;
    let mut breaks = 0u32;
    let mut i = 0;
    while let Some(&b) = bytes.get(i) {
        let (class, len) = classify(text, i, b);
        let start = i;
        i += len;
        match class {
            SPACE => gap = gap.max(Gap::Space),
            TAB => gap = gap.max(Gap::Tab),
            BREAK => {
                breaks += u32::from(b == b'\n');
                gap = gap.max(if breaks > 1 { Gap::Para } else { Gap::Line });
            }
            DIGIT => {
                while bytes.get(i).is_some_and(u8::is_ascii_digit) {
                    i += 1;
                }
                push(&mut out, start, i, 0, Kind::Number, &mut gap, Case::Lower);
                breaks = 0;
            }
            LOWER | UPPER => {
                key.clear();
                let (mut uppers, mut lowers) = (0u32, 0u32);
                let first_upper = class == UPPER;
                let mut j = start;
                let mut class = class;
                let mut len = len;
                while class == LOWER || class == UPPER {
                    if class == UPPER {
                        uppers += 1
                    } else {
                        lowers += 1
                    }
                    key.push_at(text, j, len);
                    j += len;
                    let Some(&b) = bytes.get(j) else { break };
                    (class, len) = classify(text, j, b);
                }
                i = j;
                let case = match (uppers, lowers) {
                    (0, _) => Case::Lower,
                    (_, 0) => Case::Upper,
                    (1, _) if first_upper => Case::Title,
                    _ => Case::Mixed,
                };
                push(&mut out, start, i, vocab.id(key.as_str()), Kind::Word, &mut gap, case);
                breaks = 0;
            }
            _ => {
                let c = text.get(start..i).and_then(|s| s.chars().next()).unwrap_or(' ');
                push(&mut out, start, i, c as u32, Kind::Punct, &mut gap, Case::Lower);
                breaks = 0;
            }
        }
    }
    out
}

fn push(out: &mut Vec<Token>, start: usize, end: usize, word: u32, kind: Kind, gap: &mut Gap, case: Case) {
    out.push(Token { start: start as u32, end: end as u32, word, kind, gap: *gap, case });
    *gap = Gap::Glued;
}

/// Class and length in bytes of the character at `i`.
#[inline]
fn classify(text: &str, i: usize, b: u8) -> (u8, usize) {
    if let Some(&class) = CLASS.get(b as usize) {
        return (class, 1);
    }
    let Some(c) = text.get(i..).and_then(|s| s.chars().next()) else { return (SPACE, 1) };
    let class = if fold::is_lower_letter(c) {
        LOWER
    } else if c.is_alphabetic() {
        if c.is_uppercase() { UPPER } else { LOWER }
    } else if unicode_normalization::char::is_combining_mark(c) {
        LOWER
    } else if c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}' {
        SPACE
    } else {
        PUNCT
    };
    (class, c.len_utf8())
}
