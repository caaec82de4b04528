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
            let found = is_like(&self.currency.multipliers, before) && is_like(&self.currency.mistaken, word);
            before = word;
            found
        })
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
    }
}
