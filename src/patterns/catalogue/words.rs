//! The words under which the catalogue compares names: lower case, the tone at the end of the syllable (hoà is hòa), one
//! i (tỷ is tỉ).

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::words::fold::{place, tabulated};

/// Longest word in code points; what is longer is cut.
const LONGEST: usize = 48;

/// A folded word: a hash of its letters with their number. Two of the few thousand words of a catalogue, or another word
/// and one of them, are not to be expected to share 58 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Word(u64);

impl Word {
    fn of(letters: &[u32]) -> Self {
        let mut hash = 0u64;
        let mut count = 0;
        for &c in letters {
            hash = (hash.rotate_left(23) ^ u64::from(c)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            count += u64::from(!is_mark(c));
        }
        Self((hash ^ (hash >> 29)) << 6 | count.min(63))
    }

    /// How many letters and digits it has, its tone counted as one.
    pub fn letters(self) -> usize {
        (self.0 & 63) as usize
    }

    /// A number that is the same for the same word.
    #[inline]
    pub fn spread(self) -> usize {
        (self.0 >> 6) as usize
    }
}

fn is_mark(c: u32) -> bool {
    (0x300..0x370).contains(&c)
}

/// What one character adds to its word.
#[derive(Debug, Clone, Copy, Default)]
struct Letter {
    /// Base letter, lower case; 0 for none.
    base: u32,
    /// Its vowel mark; 0 for none.
    mark: u32,
    /// Its tone, as it stands at the end of the word; 0 for none.
    tone: u32,
    /// Ends the word.
    ends: bool,
}

static LETTERS: LazyLock<Vec<Letter>> = LazyLock::new(|| tabulated().map(letter).collect());

fn letter(c: char) -> Letter {
    let mut out = Letter::default();
    for c in std::iter::once(c).nfd() {
        match c {
            // Tones stand at the end of the key of a syllable, so that hoà and hòa are one.
            '\u{300}' => out.tone = '2' as u32,
            '\u{301}' => out.tone = '1' as u32,
            '\u{303}' => out.tone = '4' as u32,
            '\u{309}' => out.tone = '3' as u32,
            '\u{323}' => out.tone = '5' as u32,
            '\u{302}' | '\u{306}' | '\u{31b}' => out.mark = c as u32,
            'Ð' | 'ð' | 'Đ' => out.base = 'đ' as u32,
            _ if c.is_alphanumeric() => out.base = c.to_lowercase().next().map_or(0, |c| c as u32),
            '\u{200b}' | '\u{ad}' | '*' => {}
            _ => out.ends = true,
        }
    }
    out
}

/// Calls `each` with every word of a text.
#[inline]
pub fn words(text: &str, mut each: impl FnMut(Word)) {
    letters(text, |word| each(Word::of(word)));
}

/// The key of a text, its words between single spaces: what comparisons of names use.
pub fn key(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push(' ');
    letters(text, |word| {
        out.extend(word.iter().filter_map(|&c| char::from_u32(c)));
        out.push(' ');
    });
    out
}

/// Calls `each` with the folded letters of every word.
#[inline]
fn letters(text: &str, mut each: impl FnMut(&[u32])) {
    let table = LETTERS.as_slice();
    let mut word = [0u32; LONGEST + 1];
    let mut length = 0;
    let mut tone = 0;
    let push = |word: &mut [u32; LONGEST + 1], length: &mut usize, c: u32| {
        if c != 0
            && *length < LONGEST
            && let Some(slot) = word.get_mut(*length)
        {
            *slot = c;
            *length += 1;
        }
    };
    let mut end = |word: &mut [u32; LONGEST + 1], length: &mut usize, tone: &mut u32| {
        if let Some(letters) = word.get_mut(..*length).filter(|w| !w.is_empty()) {
            one_i(letters);
            if *tone != 0
                && let Some(slot) = word.get_mut(*length)
            {
                *slot = *tone;
                *length += 1;
            }
            each(word.get(..*length).unwrap_or_default());
        }
        (*length, *tone) = (0, 0);
    };
    for c in text.chars() {
        let letter = table.get(place(c)).copied().unwrap_or_else(|| letter(c));
        if letter.ends {
            end(&mut word, &mut length, &mut tone);
        } else {
            push(&mut word, &mut length, letter.base);
            push(&mut word, &mut length, letter.mark);
            if letter.tone != 0 {
                tone = letter.tone;
            }
        }
    }
    end(&mut word, &mut length, &mut tone);
}

/// tỷ and tỉ, lý and lí, quý and quí are one word: y at the end after a consonant is i.
fn one_i(word: &mut [u32]) {
    let is = |c: u32, list: &str| list.chars().any(|l| l as u32 == c);
    if let [.., before, last] = word
        && is(*last, "y")
        && is(*before, "hklmstv")
    {
        *last = 'i' as u32;
    } else if let [.., q, u, last] = word
        && is(*last, "y")
        && is(*u, "u")
        && is(*q, "q")
    {
        *last = 'i' as u32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_have_one_key() {
        let read = |text: &str| {
            let mut out = Vec::new();
            words(text, |w| out.push(w));
            out
        };
        for (a, b) in [
            ("Tỷ lệ  khoá", "tỉ lệ khóa"),
            ("Quý, uỷ ban", "QUÍ ủy-ban"),
            ("Ðồng bộ", "đồng bộ"),
            ("e\u{302}\u{301}", "ế"),
        ] {
            assert_eq!(key(a), key(b), "{a} {b}");
            assert_eq!(read(a), read(b), "{a} {b}");
        }
        for (a, b) in [("số", "sổ"), ("xay", "xai"), ("an", "na")] {
            assert_ne!(key(a), key(b));
            assert_ne!(read(a), read(b));
        }
    }

    #[test]
    fn a_word_knows_how_many_letters_it_has_and_a_long_one_is_cut() {
        let mut out = Vec::new();
        words("trường 2025", |w| out.push(w.letters()));
        assert_eq!(out, [7, 4]);
        out.clear();
        words(&"a".repeat(1000), |w| out.push(w.letters()));
        assert_eq!(out, [LONGEST]);
    }
}
