//! Stage 2: the shadow as tokens. One pass; words of the vocabulary get their number, so that every later rule
//! compares integers.
//!
//! "Kế hoạch số 36a/NQ-CP" is `Kế` `hoạch` `số` `36` `a` `/` `NQ` `-` `CP`: digits, letters and punctuation part
//! company, and each token remembers what stood before it (nothing, a space, a tab, a line break, a blank line).

use crate::patterns::vocab::Vocab;
use crate::text::fold::{Chars, WordHash};
use crate::text::seen::Seen;

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
    let reader = Reader { text, bytes: text.as_bytes(), chars: Chars::get() };
    let mut seen = Seen::new(text.len(), (0, Case::Lower));
    let mut out: Vec<Token> = Vec::with_capacity(text.len() / 5);
    let mut gap = Gap::Para;
    let mut breaks = 0u32;
    let mut at = 0;
    while let Some(&first) = reader.bytes.get(at) {
        let start = at;
        let (word, kind, case);
        if first == b' ' {
            gap = gap.max(Gap::Space);
            at += 1;
            continue;
        }
        if first.is_ascii_digit() {
            at += reader.bytes.get(at..).map_or(0, |b| b.iter().take_while(|b| b.is_ascii_digit()).count());
            (word, kind, case) = (0, Kind::Number, Case::Lower);
        } else if let Some(found) = reader.seen(&mut seen, at, vocab) {
            (at, word, case) = found;
            kind = Kind::Word;
        } else {
            let Some((c, end)) = reader.next(at) else { break };
            at = end;
            if reader.chars.info(c).is_space() {
                gap = gap.max(match c {
                    '\n' | '\u{c}' => {
                        breaks += u32::from(c == '\n');
                        if breaks > 1 { Gap::Para } else { Gap::Line }
                    }
                    '\t' => Gap::Tab,
                    _ => Gap::Space,
                });
                continue;
            }
            (word, kind, case) = (c as u32, Kind::Punct, Case::Lower);
        }
        out.push(Token { start: start as u32, end: at as u32, word, kind, gap, case });
        gap = Gap::Glued;
        breaks = 0;
    }
    out
}

/// Characters by their first byte: what the iterators of the standard library give, without their state.
struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    chars: Chars,
}

impl Reader<'_> {
    /// The character at a byte, and where the next one begins.
    #[inline(always)]
    fn next(&self, at: usize) -> Option<(char, usize)> {
        let first = *self.bytes.get(at)?;
        if first < 0x80 {
            return Some((char::from(first), at + 1));
        }
        let low = |n: usize| self.bytes.get(at + n).map_or(0, |b| u32::from(b & 0x3f));
        let (code, length) = match first {
            ..0xe0 => (u32::from(first & 0x1f) << 6 | low(1), 2),
            0xe0..0xf0 => (u32::from(first & 0x0f) << 12 | low(1) << 6 | low(2), 3),
            _ => {
                let c = self.text.get(at..)?.chars().next()?;
                return Some((c, at + c.len_utf8()));
            }
        };
        Some((char::from_u32(code)?, at + length))
    }

    /// The word that begins at a byte: its end, number and case; none where there is no letter.
    fn word(&self, start: usize, vocab: &Vocab) -> Option<(usize, u32, Case)> {
        let (c, mut end) = self.next(start)?;
        let mut info = self.chars.info(c);
        if !info.is_letter() {
            return None;
        }
        let mut hash = WordHash::default();
        let (mut uppers, mut letters) = (0u32, 0u32);
        let first_upper = info.is_upper();
        loop {
            uppers += u32::from(info.is_upper());
            letters += 1;
            hash.push(info.folded());
            let Some((c, after)) = self.next(end) else { break };
            info = self.chars.info(c);
            if !info.is_letter() {
                break;
            }
            end = after;
        }
        let case = match uppers {
            0 => Case::Lower,
            _ if uppers == letters => Case::Upper,
            1 if first_upper => Case::Title,
            _ => Case::Mixed,
        };
        Some((end, vocab.id(hash.finish()), case))
    }

    /// The same, but words seen before are known by their bytes.
    #[inline(always)]
    fn seen(&self, seen: &mut Seen<(u32, Case)>, start: usize, vocab: &Vocab) -> Option<(usize, u32, Case)> {
        let Some(mut place) = seen.place(self.bytes, start) else { return self.word(start, vocab) };
        if let Some((word, case)) = place.known() {
            return Some((place.end, word, case));
        }
        let (end, word, case) = self.word(start, vocab)?;
        // Not all bytes that letters have make letters: "×".
        if end == place.end {
            place.remember((word, case));
        }
        Some((end, word, case))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_read_alike_whether_seen_before_or_not() {
        let mut vocab = Vocab::default();
        let known = vocab.intern("trường");
        let text = "Trường TRƯỜNG trường trÆ° a×b x÷y é’ê tê\u{301} đường×2 nghiêngnghiêngnghiêng\u{a0}cuối";
        let (once, twice) = (tokenize(text, &vocab), tokenize(&format!("{text} {text}"), &vocab));
        let of = |t: &Token| (t.bytes(), t.word, t.kind, t.case);
        assert_eq!(once.iter().map(of).collect::<Vec<_>>(), {
            let rest = twice.get(once.len()..).unwrap();
            rest.iter().map(of).collect::<Vec<_>>()
        });
        assert_eq!(
            once.iter().filter(|t| t.word == known).map(|t| t.case).collect::<Vec<_>>(),
            [Case::Title, Case::Upper, Case::Lower]
        );
    }

    proptest! {
        #[test]
        fn tokens_cover_all_but_blanks(text in "([a-cĐđếạọ×÷]|[ \t\n.,%0-9]|\u{301}|\u{a0}|\u{200b}|\u{2013}|[\u{0}-\u{10ffff}]){0,60}") {
            let vocab = Vocab::default();
            let chars = Chars::get();
            let mut last = 0;
            for token in tokenize(&text, &vocab) {
                let (start, end) = (token.start as usize, token.end as usize);
                let gap = text.get(last..start);
                prop_assert!(gap.is_some_and(|gap| gap.chars().all(|c| chars.info(c).is_space())));
                let word = text.get(start..end).unwrap_or("");
                let pure = match token.kind {
                    Kind::Word => word.chars().all(|c| chars.info(c).is_letter()),
                    Kind::Number => word.bytes().all(|b| b.is_ascii_digit()),
                    Kind::Punct => word.chars().count() == 1,
                };
                prop_assert!(pure && !word.is_empty(), "{word:?}");
                last = end;
            }
            prop_assert!(text.get(last..).is_some_and(|gap| gap.chars().all(|c| chars.info(c).is_space())));
        }
    }
}
