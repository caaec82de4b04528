//! One key for one word: lower case, one tone placement (hoà → hòa, uỷ → ủy), Đ and its look-alikes as đ.
//!
//! Only comparison sees folded words; values and spans keep what was written.

use std::sync::LazyLock;

/// Folded forms of the characters below this bound are tabulated; Vietnamese lies wholly below it.
const TABLE: usize = 0x1f00;

static FOLDED: LazyLock<Vec<u16>> = LazyLock::new(|| {
    (0..TABLE as u32)
        .map(|u| {
            let c = char::from_u32(u).unwrap_or(' ');
            let c = match c {
                'Ð' | 'ð' | 'Ɖ' | 'Đ' => 'đ',
                _ => {
                    let mut lower = c.to_lowercase();
                    match (lower.next(), lower.next()) {
                        (Some(l), None) => l,
                        _ => c,
                    }
                }
            };
            u16::try_from(c as u32).unwrap_or(u as u16)
        })
        .collect()
});

/// The folded form of one character, tone placement apart.
#[inline]
pub fn fold_char(c: char) -> char {
    match FOLDED.get(c as usize) {
        Some(&u) => char::from_u32(u32::from(u)).unwrap_or(c),
        None => c,
    }
}

/// Whether `c` is a lower-case letter of the Vietnamese alphabet outside ASCII.
#[inline]
pub fn is_lower_letter(c: char) -> bool {
    matches!(c,
        'à'..='ã' | 'è'..='ê' | 'ì' | 'í' | 'ò'..='õ' | 'ù' | 'ú' | 'ý' | 'đ' | 'ă' | 'ĩ' | 'ũ' | 'ơ' | 'ư')
        || (matches!(c, '\u{1ea0}'..='\u{1ef9}') && (c as u32) & 1 == 1)
}

/// Moves the tone of "oà", "oè", "uỳ" to the first vowel: `(o, à)` becomes `(ò, a)`.
#[inline]
fn retone(first: char, second: char) -> Option<(char, char)> {
    let (row, base) = match (first, second) {
        ('o', 'à' | 'á' | 'ả' | 'ã' | 'ạ') => (["à", "á", "ả", "ã", "ạ"], 'a'),
        ('o', 'è' | 'é' | 'ẻ' | 'ẽ' | 'ẹ') => (["è", "é", "ẻ", "ẽ", "ẹ"], 'e'),
        ('u', 'ỳ' | 'ý' | 'ỷ' | 'ỹ' | 'ỵ') => (["ỳ", "ý", "ỷ", "ỹ", "ỵ"], 'y'),
        _ => return None,
    };
    let tone = row.iter().position(|s| s.starts_with(second))?;
    let marked =
        if first == 'o' { ['ò', 'ó', 'ỏ', 'õ', 'ọ'] } else { ['ù', 'ú', 'ủ', 'ũ', 'ụ'] };
    Some((*marked.get(tone)?, base))
}

/// A reusable buffer that folds a word as its characters come.
#[derive(Debug, Default)]
pub struct Key {
    text: String,
    last: char,
}

impl Key {
    /// Empties the buffer.
    pub fn clear(&mut self) {
        self.text.clear();
        self.last = ' ';
    }

    /// Adds the character of `len` bytes that stands at `at` in `text`.
    #[inline]
    pub fn push_at(&mut self, text: &str, at: usize, len: usize) {
        if len == 1 {
            if let Some(&b) = text.as_bytes().get(at) {
                self.last = b.to_ascii_lowercase() as char;
                self.text.push(self.last);
            }
        } else if let Some(c) = text.get(at..at + len).and_then(|s| s.chars().next()) {
            self.push(c);
        }
    }

    /// Adds one character.
    #[inline]
    pub fn push(&mut self, c: char) {
        let folded = fold_char(c);
        if matches!(self.last, 'o' | 'u')
            && let Some((first, second)) = retone(self.last, folded)
        {
            self.text.pop();
            self.text.push(first);
            self.text.push(second);
            self.last = second;
        } else {
            self.text.push(folded);
            self.last = folded;
        }
    }

    /// The folded word.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// The folded form of a text: what lexicon look-ups and comparisons use.
pub fn fold_key(text: &str) -> String {
    let mut key = Key::default();
    text.chars().for_each(|c| key.push(c));
    key.text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_and_new_tone_placement_give_one_key() {
        for (old, new) in [("HOÀ", "hòa"), ("Uỷ", "ủy"), ("khoẻ", "khỏe"), ("thuỵ", "thụy"), ("QUÝ", "quý")]
        {
            assert_eq!(fold_key(old), fold_key(new), "{old} {new}");
        }
    }

    #[test]
    fn every_look_alike_of_d_with_stroke_folds_to_one() {
        assert_eq!(fold_key("ÐĐđðƉ"), "đđđđđ");
    }

    #[test]
    fn lower_letters_are_lower_and_capitals_are_not() {
        for c in "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ".chars()
        {
            assert!(is_lower_letter(c), "{c}");
            assert!(c.to_uppercase().all(|u| !is_lower_letter(u)), "{c}");
        }
    }
}
