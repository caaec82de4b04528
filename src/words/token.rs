//! Stage 2: the shadow as tokens. One pass; words of the vocabulary get their number, so that every later rule
//! compares integers.
//!
//! "Kế hoạch số 36a/NQ-CP" is `Kế` `hoạch` `số` `36` `a` `/` `NQ` `-` `CP`: digits, letters and punctuation part
//! company, and each token remembers what stood before it (nothing, a space, a tab, a line break, a blank line).

use std::cell::Cell;

use crate::words::fold::{Chars, WordHash};
use crate::words::repair::Suspects;
use crate::words::seen::Seen;
use crate::words::tokens::Tokens;
use crate::words::vocab::Vocab;

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
    /// Bits of [`hint`]: what may begin here.
    pub hints: u8,
}

/// What a token may begin, by the first words of the patterns: bits of [`Token::hints`]. Most tokens begin nothing, and
/// one look at them is all they cost.
pub mod hint {
    /// An anchor of the strong traps.
    pub const TRAP_FIRST: u8 = 1;
    /// An anchor of the weak traps.
    pub const TRAP_LAST: u8 = 1 << 1;
    /// A number in words.
    pub const WRITTEN: u8 = 1 << 2;
    /// A date or period: every number, and the words that may begin one, or a time told by where the document stands.
    pub const DATE: u8 = 1 << 3;
    /// The name of a scope ("toàn tỉnh", "huyện …"), or the semicolon that parts scopes.
    pub const SCOPE: u8 = 1 << 4;
    /// Words that say what role a figure has, and the bracket that keeps its own.
    pub const ROLE: u8 = 1 << 5;
    /// The first token of a line or cell, and a mark at which a sentence may begin or end in the midst of one.
    pub const SENTENCE: u8 = 1 << 7;
    /// A word that heads the name of a quantity: "tỷ lệ".
    pub const HEAD: u8 = 1 << 6;
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

/// What the first byte of a token says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum First {
    Space,
    /// Another ASCII character that is blank.
    Blank,
    Digit,
    /// ASCII punctuation.
    Mark,
    /// A letter, or a byte of a character beyond ASCII.
    Letter,
}

static FIRST: [First; 256] = {
    let mut table = [First::Letter; 256];
    let mut i = 0;
    while i < 128 {
        table[i] = match i as u8 {
            b' ' => First::Space,
            b'0'..=b'9' => First::Digit,
            b'a'..=b'z' | b'A'..=b'Z' => First::Letter,
            ..0x20 | 0x7f => First::Blank,
            _ => First::Mark,
        };
        i += 1;
    }
    table
};

/// A word of the vocabulary or an unknown one.
#[derive(Debug, Clone, Copy)]
struct Word {
    id: u32,
    case: Case,
    hints: u8,
    /// Of its folded letters; 0 where its bytes alone do not tell that it is a word by itself.
    hash: u64,
    /// No repair has anything to say about it, whatever stands around.
    sound: bool,
}

/// Splits a text into tokens; on the way `suspects` gathers the words that a repair should look at.
pub fn tokenize(text: &str, vocab: &Vocab, suspects: &mut Suspects) -> Tokens {
    let reader = Reader { text, bytes: text.as_bytes(), chars: Chars::get(), vocab };
    let mut seen = kept(vocab);
    // More tokens than this have tables only; room that is not used costs nothing, growing copies all.
    let room = text.len() / 3 + 8;
    let mut out: Vec<Token> = Vec::with_capacity(room);
    let mut hashes: Vec<u64> = Vec::with_capacity(room);
    let mut gap = Gap::Para;
    let mut breaks = 0u32;
    let mut at = 0;
    while let Some(&first) = reader.bytes.get(at) {
        let start = at;
        let (word, kind, case, mut hints);
        let mut hash = 0;
        match FIRST[usize::from(first)] {
            First::Space => {
                if gap == Gap::Glued {
                    gap = Gap::Space;
                }
                at += 1;
                continue;
            }
            First::Digit => {
                at += 1;
                while reader.bytes.get(at).is_some_and(u8::is_ascii_digit) {
                    at += 1;
                }
                (word, kind, case, hints) = (0, Kind::Number, Case::Lower, vocab.number_hints() | hint::DATE);
            }
            First::Mark => {
                at += 1;
                (word, kind, case, hints) =
                    (u32::from(first), Kind::Punct, Case::Lower, vocab.mark_hints(first.into()));
            }
            First::Blank => {
                gap = gap.max(blank(char::from(first), &mut breaks));
                at += 1;
                continue;
            }
            First::Letter => {
                if let Some((end, found)) = reader.seen(&mut seen, at, suspects) {
                    (at, hash) = (end, found.hash);
                    (word, kind, case, hints) = (found.id, Kind::Word, found.case, found.hints);
                } else {
                    let Some((c, end)) = reader.next(at) else { break };
                    at = end;
                    if reader.chars.info(c).is_space() {
                        gap = gap.max(blank(c, &mut breaks));
                        continue;
                    }
                    let code = c as u32;
                    (word, kind, case, hints) = (code, Kind::Punct, Case::Lower, vocab.mark_hints(code));
                }
            }
        }
        if gap > Gap::Space {
            hints |= hint::SENTENCE;
        }
        out.push(Token { start: start as u32, end: at as u32, word, kind, gap, case, hints });
        hashes.push(hash);
        breaks = 0;
        gap = Gap::Glued;
        if reader.bytes.get(at) == Some(&b' ') {
            gap = Gap::Space;
            at += 1;
        }
    }
    KEPT.set(Some((vocab.serial(), seen)));
    Tokens::new(out, hashes)
}

thread_local! {
    /// The words that this thread has seen, with the vocabulary they are numbered by: one report says them as the next.
    static KEPT: Cell<Option<(u64, Seen<Word>)>> = const { Cell::new(None) };
}

/// The table of words seen, as the last text left it. What it says of a word depends on the word alone.
fn kept(vocab: &Vocab) -> Seen<Word> {
    let kept = KEPT.take().filter(|(serial, _)| *serial == vocab.serial() && *serial != 0);
    kept.map_or_else(
        || Seen::new(usize::MAX, Word { id: 0, case: Case::Lower, hints: 0, hash: 0, sound: false }),
        |(_, seen)| seen,
    )
}

/// The gap that a blank character makes; `breaks` counts the line breaks of the gap.
fn blank(c: char, breaks: &mut u32) -> Gap {
    match c {
        '\n' | '\u{c}' => {
            *breaks += u32::from(c == '\n');
            if *breaks > 1 { Gap::Para } else { Gap::Line }
        }
        '\t' => Gap::Tab,
        _ => Gap::Space,
    }
}

/// Characters by their first byte: what the iterators of the standard library give, without their state.
struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    chars: Chars,
    vocab: &'t Vocab,
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

    /// The word that begins at a byte and its end; none where there is no letter.
    fn word(&self, start: usize) -> Option<(usize, Word)> {
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
        let hash = hash.finish();
        let id = self.vocab.id(hash);
        Some((end, Word { id, case, hints: self.vocab.word_hints(id), hash, sound: false }))
    }

    /// The same, but words seen before are known by their bytes.
    #[inline(always)]
    fn seen(&self, seen: &mut Seen<Word>, start: usize, suspects: &mut Suspects) -> Option<(usize, Word)> {
        let Some(mut place) = seen.place(self.bytes, start) else {
            suspects.look(self.text, start);
            return self.word(start).map(|(end, word)| (end, Word { hash: 0, ..word }));
        };
        if let Some(word) = place.known() {
            if !word.sound {
                suspects.look(self.text, start);
            }
            return Some((place.end, word));
        }
        let sound = suspects.look(self.text, start);
        let (end, word) = self.word(start)?;
        // Not all bytes that letters have make letters: "×".
        if end != place.end {
            return Some((end, Word { hash: 0, ..word }));
        }
        place.remember(Word { sound, ..word });
        Some((end, word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tokens(text: &str, vocab: &Vocab) -> Tokens {
        tokenize(text, vocab, &mut Suspects::default())
    }

    #[test]
    fn words_are_read_alike_whether_seen_before_or_not() {
        let mut vocab = Vocab::default();
        let known = vocab.intern("trường");
        let text = "Trường TRƯỜNG trường trÆ° a×b x÷y é’ê tê\u{301} đường×2 nghiêngnghiêngnghiêng\u{a0}cuối";
        let (once, twice) = (tokens(text, &vocab), tokens(&format!("{text} {text}"), &vocab));
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
            for token in tokens(&text, &vocab).iter() {
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
