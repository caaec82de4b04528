//! When two annotations count as the same: numbers by value, words by their folded form.

use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

use crate::words::fold::retone;

/// A number in one spelling: no trailing zeros, no exponent. What is no number stays as it is.
pub fn number(text: &str) -> String {
    let parsed = text.parse::<Decimal>().or_else(|_| Decimal::from_scientific(text));
    parsed.map_or_else(|_| text.to_owned(), |d| d.normalize().to_string())
}

/// A ratio by its two numbers.
pub fn ratio(numerator: &str, denominator: &str) -> String {
    format!("{}/{}", number(numerator), number(denominator))
}

/// Lower case, single spaces, NFC, and one placement of tone marks ("Uỷ" is "Ủy", "Hoà" is "Hòa").
pub fn fold(text: &str) -> String {
    let lower: String = text.nfc().collect::<String>().to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)).collect();
    let mut folded = String::with_capacity(lower.len());
    for word in words.into_iter().filter(|w| !w.is_empty()) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        fold_tones(word, &mut folded);
    }
    folded
}

/// Moves the tone of oa, oe and uy to their first vowel: the old and the new placement become one.
fn fold_tones(word: &str, out: &mut String) {
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek().and_then(|&next| retone(c, next)) {
            Some((first, plain)) => {
                out.extend([first, plain]);
                chars.next();
            }
            None => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_differ_in_case_space_composition_or_tone_placement_are_the_same() {
        for (a, b) in [
            ("Uỷ  ban\nnhân dân", "ủy ban nhân dân"),
            ("HOÀ BÌNH", "Hòa Bình"),
            ("Ho\u{61}\u{300}", "hòa"),
            ("khoẻ", "khỏe"),
            ("Thuỵ", "Thụy"),
        ] {
            assert_eq!(fold(a), fold(b));
        }
        assert_ne!(fold("Hóa"), fold("Hòa"));
    }

    #[test]
    fn numbers_are_the_same_by_value() {
        assert_eq!(number("89.640"), "89.64");
        assert_eq!(number("28000000000.0"), "28000000000");
        assert_eq!(number("1e3"), "1000");
        assert_eq!(number("0.00"), "0");
        assert_eq!(ratio("36.0", "36"), "36/36");
    }
}
