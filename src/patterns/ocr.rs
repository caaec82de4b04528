//! What optical character recognition (OCR) makes of words, from `patterns/ocr.toml`: "500 triệu đông" is money.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::references::References;
use super::source::{PatternError, Sources};
use crate::words::repair::ocr_symbol::Symbols;

/// Name of the pattern file.
pub const FILE: &str = "ocr.toml";
/// The embedded file.
pub const BUILTIN: &str = include_str!("../../patterns/ocr.toml");
/// Which syllables stand side by side: marks of letters are read by them.
pub const PAIRS: &str = include_str!("../../patterns/lexicon/pairs.toml");

/// What recognition makes of words.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OcrWords {
    currency: Currency,
    symbol: Signs,
    /// What the symbols of documents are made of, for their repair.
    #[serde(skip)]
    pub(crate) symbols: Symbols,
}

/// Number and symbol of a document, and what recognition makes of their signs.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Signs {
    lead: Vec<String>,
    assembly: Vec<String>,
    slash: String,
    hyphen: String,
    digits: BTreeMap<char, String>,
    letters: BTreeMap<char, String>,
}

/// The word of the currency behind thousands, millions and the like.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Currency {
    multipliers: Vec<String>,
    mistaken: Vec<String>,
    codes: Vec<String>,
}

impl OcrWords {
    /// Reads the words.
    ///
    /// # Errors
    /// A broken pattern file.
    pub fn load(sources: &Sources) -> Result<Self, PatternError> {
        let mut words = Self::default();
        for file in sources.named(FILE) {
            words = file.parse()?;
        }
        Ok(words)
    }

    /// With the codes of types and bodies that symbols are made of.
    pub(crate) fn with_codes(mut self, references: &References) -> Self {
        let chars = |text: &String| text.chars().collect::<Vec<char>>();
        let alike =
            |signs: &BTreeMap<char, String>| signs.iter().map(|(c, like)| (*c, chars(like))).collect();
        let types = references.types.iter().flat_map(|t| &t.symbols);
        let bodies = references.agencies.iter().flat_map(|a| std::iter::once(&a.code).chain(&a.variants));
        // A code of one letter fits everywhere.
        let long = |code: &Vec<char>| code.len() > 1;
        self.symbols = Symbols {
            types: types.map(chars).filter(long).collect(),
            bodies: bodies.map(chars).filter(long).collect(),
            assemblies: self.symbol.assembly.iter().map(chars).collect(),
            leads: self.symbol.lead.clone(),
            digits: alike(&self.symbol.digits),
            letters: alike(&self.symbol.letters),
            slashes: chars(&self.symbol.slash),
            hyphens: chars(&self.symbol.hyphen),
        };
        self
    }

    /// Whether a currency that was misread stands in or right behind a figure.
    pub(crate) fn is_mistaken_money(&self, words: &str) -> bool {
        let mut before = "";
        words.split_whitespace().any(|word| {
            let word = word.trim_end_matches(['.', ',', ';', ':', ')']);
            let is_like = |list: &[String], word: &str| list.iter().any(|w| *w == word.to_lowercase());
            let found = is_like(&self.currency.multipliers, before)
                && (is_like(&self.currency.mistaken, word) || self.is_odd_code(word));
            before = word;
            found
        })
    }

    /// Whether a word of a few capitals, as currencies are named, is none of them: "150 triệu DSD".
    fn is_odd_code(&self, word: &str) -> bool {
        let letters = word.chars().count();
        (3..=4).contains(&letters)
            && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
            && word.chars().any(char::is_uppercase)
            && !self.currency.codes.iter().any(|code| code == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_are_doubted_are_none_that_follow_a_multiplier_in_good_text() {
        let words: OcrWords = toml::from_str(BUILTIN).unwrap();
        assert!(!words.currency.mistaken.contains(&"đồng".to_owned()));
        assert!(words.currency.mistaken.iter().all(|w| w.starts_with(['d', 'đ'])));
        for (text, odd) in
            [("150 triệu DSD,", true), ("1,6 tỷ U5D", true), ("150 triệu USD.", false), ("4 tỷ VNĐ", false)]
        {
            assert_eq!(words.is_mistaken_money(text), odd, "{text}");
        }
    }
}
