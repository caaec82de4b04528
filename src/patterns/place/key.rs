//! The key that all spellings of a place's name share: case, tone placement, i for a final y (Qui Nhơn, Quy Nhơn; Lí
//! Sơn, Lý Sơn), and what stands between the syllables make no difference.

use crate::words::fold::{Chars, retone};

/// A key: 64 bits over the folded letters. The gazetteer holds about a thousand names, so that two of them, or another
/// run of words and one of them, share a key is not to be expected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Key(u64);

impl Key {
    /// The key of a name that has one syllable more.
    #[inline]
    pub fn then(self, syllable: Self) -> Self {
        Self((self.0.rotate_left(29) ^ syllable.0).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }
}

/// One syllable on its way to a key.
#[derive(Debug, Default)]
pub struct Syllable {
    state: u64,
    length: u32,
    first: u32,
    before_last: u32,
    last: u32,
}

impl Syllable {
    /// Adds a folded character.
    #[inline]
    pub fn push(&mut self, folded: u32) {
        let moved = if folded > 0x7f && (self.last == 'o' as u32 || self.last == 'u' as u32) {
            char::from_u32(self.last).zip(char::from_u32(folded)).and_then(|(a, b)| retone(a, b))
        } else {
            None
        };
        match moved {
            Some((first, second)) => {
                self.last = first as u32;
                self.next(second as u32);
            }
            None => self.next(folded),
        }
    }

    #[inline]
    fn next(&mut self, c: u32) {
        self.feed();
        if self.length == 1 {
            self.first = self.last;
        }
        self.before_last = self.last;
        self.last = c;
        self.length += 1;
    }

    #[inline]
    fn feed(&mut self) {
        self.state = (self.state.rotate_left(23) ^ u64::from(self.last)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    /// The key of the syllable.
    #[inline]
    pub fn key(mut self) -> Key {
        let is = |u: u32, c: char| u == c as u32;
        // A final y after a single consonant letter, or after qu, sounds as i.
        let consonant = ['h', 'k', 'l', 'm', 's', 't'].iter().any(|&c| is(self.before_last, c));
        let qu = self.length == 3 && is(self.first, 'q') && is(self.before_last, 'u');
        if consonant || qu {
            let row = [('y', 'i'), ('ý', 'í'), ('ỳ', 'ì'), ('ỷ', 'ỉ'), ('ỹ', 'ĩ'), ('ỵ', 'ị')];
            if let Some((_, i)) = row.iter().find(|(y, _)| is(self.last, *y)) {
                self.last = *i as u32;
            }
        }
        self.feed();
        Key(self.state ^ (self.state >> 32))
    }
}

/// The keys of a name's syllables.
pub fn syllables(name: &str) -> impl Iterator<Item = Key> {
    name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(|word| {
        let chars = Chars::get();
        let mut syllable = Syllable::default();
        word.chars().for_each(|c| syllable.push(chars.folded(c)));
        syllable.key()
    })
}

/// The key of a whole name.
pub fn place_key(name: &str) -> Key {
    syllables(name).fold(Key::default(), Key::then)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_have_one_key_and_other_names_have_others() {
        for (a, b) in
            [("Qui Nhơn", "QUY NHƠN"), ("Lí Sơn", "Lý Sơn"), ("Hoà Bình", "hòa-bình"), ("Mỹ  Tho", "Mĩ Tho")]
        {
            assert_eq!(place_key(a), place_key(b), "{a} {b}");
        }
        for (a, b) in [("Tây Ninh", "Ninh Tây"), ("Mường Lay", "Mường Lai"), ("Quý", "Quí Quí")] {
            assert_ne!(place_key(a), place_key(b), "{a} {b}");
        }
    }
}
