//! Stage 2: decoded text to a [`Text`]: the raw string, its repaired shadow with the offset map back, pages, lines,
//! tables and sections.
//!
//! Recognisers read the shadow only; everything that reaches a record is mapped back to the raw text, so that
//! `text[start..end]` is exactly the item: "QĐ- UBND" in the file, `QĐ-UBND` in the normalised field.

pub mod fold;
pub mod index;
pub mod lines;
pub mod numerals;
pub mod repair;
pub mod seen;
pub mod shadow;
pub mod sketch;
pub mod token;
pub mod tokens;
pub mod vocab;

pub use crate::charset::{letter, syllable};

use std::borrow::Cow;
use std::ops::Range;

use smol_str::SmolStr;

use crate::record::content::{Content, Mark, MarkKind, Table};
use repair::RepairOptions;
use repair::ocr_symbol::{self, Symbols};
use shadow::Shadow;
use tokens::Tokens;
use vocab::Vocab;

/// A text ready for recognition.
///
/// `raw` is what the reader decoded; every other range in here is a byte range of the shadow.
#[derive(Debug)]
pub struct Text<'a> {
    /// The extracted text, nothing repaired.
    pub raw: &'a str,
    /// The repaired copy, with the way back.
    pub shadow: Shadow<'a>,
    /// Tables, in shadow ranges.
    pub tables: Vec<Table>,
    /// Layout marks, in shadow ranges.
    pub marks: Vec<Mark>,
}

impl<'a> Text<'a> {
    /// The text of a document, with the repairs that `options` allow, and the tokens of its shadow; their words are
    /// those of the vocabulary.
    pub fn read(
        content: &'a Content,
        options: &RepairOptions,
        vocab: &Vocab,
        symbols: &Symbols,
    ) -> (Self, Tokens) {
        let (shadow, tokens) =
            repair::read(&content.text, options, vocab, Some((&content.recognised, symbols)));
        let map = |range: &Range<usize>| shadow.range_to_shadow(range.clone());
        let marks = content.marks.iter().map(|m| Mark { kind: m.kind, range: map(&m.range) });
        // What a repair guesses is as doubtful as what recognition is not sure of.
        let guessed =
            ocr_symbol::guesses(&shadow).map(|range| Mark { kind: MarkKind::Doubted, range: map(&range) });
        let marks = marks.chain(guessed).collect();
        let mut tables = content.tables.clone();
        for cell in tables.iter_mut().flat_map(|t| &mut t.rows).flat_map(|r| &mut r.cells) {
            cell.range = map(&cell.range);
            cell.tail = map(&cell.tail);
        }
        (Self { raw: &content.text, shadow, tables, marks }, tokens)
    }

    /// The repaired text that recognisers read.
    pub fn s(&self) -> &str {
        &self.shadow.text
    }

    /// The title that a web page gives itself, where its text begins with one.
    pub fn title(&self) -> Option<Range<usize>> {
        self.marks.iter().find(|m| m.kind == MarkKind::Title).map(|m| m.range.clone())
    }

    /// The piece of the shadow at `range`; empty if the range is not on character boundaries.
    pub fn slice(&self, range: Range<usize>) -> &str {
        self.shadow.text.get(range).unwrap_or("")
    }
}

/// A text without line breaks and runs of spaces.
pub fn one_line(text: &str) -> SmolStr {
    match in_one_line(text) {
        Cow::Borrowed(text) => SmolStr::new(text),
        Cow::Owned(text) => text.into(),
    }
}

/// The same; borrowed where the text is so already.
pub fn in_one_line(text: &str) -> Cow<'_, str> {
    if is_one_line(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    // Most others are one but for a line break between two words.
    let joined = text.replace('\n', " ");
    if is_one_line(joined.as_bytes()) {
        return Cow::Owned(joined);
    }
    let mut out = String::with_capacity(text.len());
    let mut add = |word: &str| {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    };
    // Mostly all white space is ASCII, and none of it the vertical tab.
    if text.bytes().any(|b| matches!(b, 0xC2 | 0xE2 | 0xE3 | b'\x0b')) || text.contains('\u{1680}') {
        text.split_whitespace().for_each(&mut add);
    } else {
        text.split_ascii_whitespace().for_each(&mut add);
    }
    Cow::Owned(out)
}

/// Whether all white space is surely single spaces between words.
pub fn is_one_line(bytes: &[u8]) -> bool {
    let (Some((&last, most)), [first, rest @ ..]) = (bytes.split_last(), bytes) else { return true };
    if *first == b' ' || last <= b' ' {
        return false;
    }
    let (Some(most_end), Some(rest_end)) = (most.last_chunk::<WIDE>(), rest.last_chunk::<WIDE>()) else {
        return !has_odd(most, rest);
    };
    // The last piece lies over the one before it.
    let (most, rest) = (most.as_chunks::<WIDE>().0, rest.as_chunks::<WIDE>().0);
    most.iter().zip(rest).all(|(a, b)| !has_odd(a, b)) && !has_odd(most_end, rest_end)
}

/// So many bytes are looked at in one wide register.
const WIDE: usize = 16;

/// Whether white space other than single spaces stands in the first of two pieces; the second is one byte further.
#[inline(always)]
fn has_odd(most: &[u8], rest: &[u8]) -> bool {
    // Without branches, so that the compiler can use wide registers. White space beyond ASCII begins with C2, E1 9A, E2
    // or E3.
    let odd = most.iter().zip(rest).fold(0u8, |odd, (&a, &b)| {
        let space = (a < b' ') | ((a == b' ') & (b == b' '));
        let beyond = (a == 0xC2) | (a == 0xE2) | (a == 0xE3) | ((a == 0xE1) & (b == 0x9A));
        odd | u8::from(space | beyond)
    });
    odd != 0
}

/// A phrase as it stands inside another: its first letter small, but for an abbreviation.
pub fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        // An abbreviation keeps its capitals.
        Some(first) if !chars.clone().next().is_some_and(char::is_uppercase) => {
            let mut lower = String::with_capacity(text.len() + 2);
            lower.extend(first.to_lowercase());
            lower.push_str(chars.as_str());
            lower
        }
        _ => text.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn one_line_is_its_words_between_single_spaces(text in "([aế–]|[ \n\t\r]|\u{85}|\u{a0}|\u{1680}|\u{2028}|\u{3000}|\u{b}){0,12}") {
            let words: Vec<&str> = text.split_whitespace().collect();
            prop_assert_eq!(one_line(&text).to_string(), words.join(" "));
        }
    }
}
