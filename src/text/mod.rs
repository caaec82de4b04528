//! Stage 2: decoded text to a [`Text`]: the raw string, its repaired shadow with the offset map back, pages, lines,
//! tables and sections.
//!
//! Recognisers read the shadow only; everything that reaches a record is mapped back to the raw text, so that
//! `text[start..end]` is exactly the item: "QĐ- UBND" in the file, `QĐ-UBND` in the normalised field.

pub mod fold;
pub mod index;
pub mod letter;
pub mod lines;
pub mod mark;
pub mod repair;
pub mod section;
pub mod section_rules;
pub mod seen;
pub mod shadow;
pub mod syllable;
pub mod tables;
pub mod token;

use std::ops::Range;

use smol_str::SmolStr;

use crate::input::{Content, Mark, Table};
use crate::patterns::vocab::Vocab;
use repair::RepairOptions;
use shadow::Shadow;
use token::Token;

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
    /// The shadow as tokens.
    pub tokens: Vec<Token>,
    /// Where every [`SAMPLE`]th token begins: a search there stays in the cache.
    pub(crate) samples: Vec<u32>,
}

/// The first of so many tokens is a sample.
const SAMPLE: usize = 64;

impl<'a> Text<'a> {
    /// The text of a document, with the repairs that `options` allow; its words are those of the vocabulary.
    pub fn new(content: &'a Content, options: &RepairOptions, vocab: &Vocab) -> Self {
        let (shadow, tokens) = repair::read(&content.text, options, vocab);
        let map = |range: &Range<usize>| shadow.range_to_shadow(range.clone());
        let marks = content.marks.iter().map(|m| Mark { kind: m.kind, range: map(&m.range) }).collect();
        let mut tables = content.tables.clone();
        for cell in tables.iter_mut().flat_map(|t| &mut t.rows).flat_map(|r| &mut r.cells) {
            cell.range = map(&cell.range);
        }
        if tables.is_empty() && content.format == "text" {
            tables = tables::find(&shadow.text);
        }
        Self { raw: &content.text, shadow, tables, marks, samples: samples(&tokens), tokens }
    }

    /// A text for tests, with nothing repaired.
    #[cfg(test)]
    pub(crate) fn unrepaired(raw: &'a str, vocab: &Vocab) -> Self {
        let tokens = token::tokenize(raw, vocab, &mut repair::Suspects::default());
        let (tables, marks) = (Vec::new(), Vec::new());
        Self { raw, shadow: Shadow::identity(raw), tables, marks, samples: samples(&tokens), tokens }
    }

    /// The repaired text that recognisers read.
    pub fn s(&self) -> &str {
        &self.shadow.text
    }

    /// The first token that begins at or after a byte.
    pub fn token_at(&self, byte: usize) -> usize {
        let above = self.samples.partition_point(|&start| (start as usize) < byte);
        let from = above.saturating_sub(1) * SAMPLE;
        let some = self.tokens.get(from..self.tokens.len().min(from + SAMPLE)).unwrap_or_default();
        from + some.partition_point(|t| (t.start as usize) < byte)
    }

    /// The piece of the shadow at `range`; empty if the range is not on character boundaries.
    pub fn slice(&self, range: Range<usize>) -> &str {
        self.shadow.text.get(range).unwrap_or("")
    }
}

fn samples(tokens: &[Token]) -> Vec<u32> {
    tokens.iter().step_by(SAMPLE).map(|t| t.start).collect()
}

/// A text without line breaks and runs of spaces.
pub fn one_line(text: &str) -> SmolStr {
    if is_one_line(text.as_bytes()) {
        return SmolStr::new(text);
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.into()
}

/// Whether all white space is surely single spaces between words.
fn is_one_line(bytes: &[u8]) -> bool {
    let (Some((&last, most)), [first, rest @ ..]) = (bytes.split_last(), bytes) else { return true };
    // Without branches, so that the compiler can use wide registers. White space beyond ASCII begins with C2, E1 9A, E2
    // or E3.
    let odd = most.iter().zip(rest).fold(0u8, |odd, (&a, &b)| {
        let space = (a < b' ') | ((a == b' ') & (b == b' '));
        let beyond = (a == 0xC2) | (a == 0xE2) | (a == 0xE3) | ((a == 0xE1) & (b == 0x9A));
        odd | u8::from(space | beyond)
    });
    odd == 0 && *first != b' ' && last > b' '
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
