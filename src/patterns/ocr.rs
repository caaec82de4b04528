//! What optical character recognition (OCR) makes of words, from `patterns/ocr.toml`: "500 triệu đông" is money.

use serde::Deserialize;

use super::source::{PatternError, Sources};

/// Name of the pattern file.
pub const FILE: &str = "ocr.toml";
/// The embedded file.
pub const BUILTIN: &str = include_str!("../../patterns/ocr.toml");

/// What recognition makes of words.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OcrWords {
    currency: Currency,
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
