//! A text with single spaces, and where its parts stand in the original: annotations quote words over line breaks.

use std::ops::Range;

/// A squeezed text.
#[derive(Debug)]
pub struct Squeezed {
    text: String,
    /// The original byte of each byte.
    origin: Vec<usize>,
}

impl Squeezed {
    /// Squeezes a text.
    pub fn new(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut origin = Vec::with_capacity(original.len());
        for (n, c) in original.char_indices() {
            if !c.is_whitespace() {
                text.push(c);
                origin.extend(std::iter::repeat_n(n, c.len_utf8()));
            } else if !text.is_empty() && !text.ends_with(' ') {
                text.push(' ');
                origin.push(n);
            }
        }
        Self { text, origin }
    }

    /// The first place of some words from a byte of the squeezed text on, else from its beginning: that byte, and the
    /// bytes from the first character up to the last in the original.
    pub fn find(&self, words: &str, from: usize) -> Option<(usize, Range<usize>)> {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let behind = self.text.get(from..).and_then(|rest| Some(rest.find(&words)? + from));
        let start = behind.or_else(|| self.text.find(&words))?;
        let last = (start + words.len()).checked_sub(1)?;
        Some((start, *self.origin.get(start)?..*self.origin.get(last)? + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_over_line_breaks_and_from_a_place_on() {
        let text = "Toàn huyện\n  có 7 xã;\nnay có  7 xã.";
        let squeezed = Squeezed::new(text);
        let (first, original) = squeezed.find("huyện có 7", 0).unwrap();
        assert!(text.get(original).unwrap().starts_with("huyện\n  có 7"));
        let (second, _) = squeezed.find("có 7 xã", first + "huyện có".len()).unwrap();
        assert!(second > first + "huyện có".len());
        assert_eq!(
            squeezed.find("có 7 xã", second + 1).unwrap().0,
            first + "huyện ".len(),
            "from the beginning"
        );
        assert!(squeezed.find("8 xã", 0).is_none());
    }
}
