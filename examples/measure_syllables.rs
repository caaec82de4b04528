//! How much of a document's text reads as Vietnamese: the measure for files whose fonts do not name their glyphs
//! (`docs/pdf.md`), stricter than `quality`, and every word that is no possible syllable.
//!
//! ```text
//! cargo run --release --example measure_syllables -- FILE…
//! ```
//!
//! A word is a run of letters, U+FFFD counted as one, with no digit beside it. Words of capitals alone that are no
//! syllables are abbreviations more often than misread (UBND, TNHH): they are listed, but stay out of the share.
use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use baocao::internal::charset::syllable::is_syllable;
use baocao::internal::reader::{ReadOptions, read};

fn main() -> anyhow::Result<()> {
    for path in std::env::args().skip(1) {
        let content = match read(&std::fs::read(&path)?, &ReadOptions::default()) {
            Ok(content) => content,
            Err(error) => {
                println!("{path}: {error}");
                continue;
            }
        };
        let text: String = content.text.nfc().collect();
        let (mut words, mut good) = (0usize, 0usize);
        let mut odd: BTreeMap<&str, usize> = BTreeMap::new();
        let mut capitals: BTreeMap<&str, usize> = BTreeMap::new();
        for word in text.split(|c: char| !c.is_alphanumeric() && c != '\u{FFFD}') {
            let is_letters = !word.is_empty() && word.chars().all(|c| c.is_alphabetic() || c == '\u{FFFD}');
            if !is_letters {
                continue;
            }
            let possible = is_syllable(word);
            if !possible && word.chars().all(char::is_uppercase) {
                *capitals.entry(word).or_default() += 1;
                continue;
            }
            words += 1;
            good += usize::from(possible);
            if !possible {
                *odd.entry(word).or_default() += 1;
            }
        }
        println!("{path}: {good} of {words} words, {:.4}", good as f64 / words.max(1) as f64);
        println!("  no syllables: {odd:?}");
        println!("  of capitals alone: {capitals:?}");
    }
    Ok(())
}
