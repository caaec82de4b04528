//! Words seen before, known by their bytes: a report says the same few hundred words over and over, and comparing bytes
//! is faster than folding characters.
//!
//! Only words of at most [`SHORT`] bytes that letters of Vietnamese are made of; each has one slot, and a later word
//! takes it from an earlier one.

/// Longest word, in bytes, that is remembered.
pub const SHORT: usize = 16;

/// Fewest and most words that are remembered.
const SLOTS: [usize; 2] = [64, 4096];

/// What is known of each word.
#[derive(Debug)]
pub struct Seen<V> {
    slots: Vec<([u64; 2], V)>,
}

/// The place of one word.
#[derive(Debug)]
pub struct Place<'s, V> {
    /// One past the word's last byte.
    pub end: usize,
    key: [u64; 2],
    slot: &'s mut ([u64; 2], V),
}

impl<V: Copy> Place<'_, V> {
    /// What was remembered of this word.
    #[inline(always)]
    pub fn known(&self) -> Option<V> {
        (self.slot.0 == self.key).then_some(self.slot.1)
    }

    /// Remembers something of this word.
    #[inline]
    pub fn remember(&mut self, value: V) {
        *self.slot = (self.key, value);
    }
}

impl<V: Copy> Seen<V> {
    /// Nothing seen yet of a text of so many bytes; `empty` fills the slots and is never given back.
    pub fn new(bytes: usize, empty: V) -> Self {
        let slots = (bytes / 8).clamp(SLOTS[0], SLOTS[1]).next_power_of_two();
        Self { slots: vec![([0; 2], empty); slots] }
    }

    /// The place of the word that begins at a byte. None where it is long or empty, or goes on with a character that may
    /// or may not be a letter, and in the last [`SHORT`] bytes of a text.
    #[inline(always)]
    pub fn place(&mut self, bytes: &[u8], start: usize) -> Option<Place<'_, V>> {
        let window = <&[u8; SHORT]>::try_from(bytes.get(start..start + SHORT)?).ok()?;
        let class = |b: u8| PLAIN[usize::from(b)];
        let mut length = 0;
        while length < SHORT && class(window[length]) == 1 {
            length += 1;
        }
        let end = start + length;
        let next = if length < SHORT { Some(&window[length]) } else { bytes.get(end) };
        if length == 0 || next.is_some_and(|&b| class(b) != 0) {
            return None;
        }
        let mask = MASKS.get(length)?;
        let low = u64::from_le_bytes(*window.first_chunk()?) & mask[0];
        let high = u64::from_le_bytes(*window.last_chunk()?) & mask[1];
        let key = [low, high];
        let mixed = (low ^ high.rotate_left(25)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let at = (mixed >> 40) as usize & (self.slots.len() - 1);
        let slot = self.slots.get_mut(at)?;
        Some(Place { end, key, slot })
    }

    /// The same, in the last bytes of a text too: for short texts. Behind the last byte stands no letter.
    #[inline]
    pub fn place_anywhere(&mut self, bytes: &[u8], start: usize) -> Option<Place<'_, V>> {
        let rest = bytes.get(start..)?;
        if rest.len() > SHORT {
            return self.place(bytes, start);
        }
        let mut padded = [0; SHORT + 1];
        padded.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        let place = self.place(&padded, 0)?;
        Some(Place { end: start + place.end, ..place })
    }
}

/// What to keep of two times eight bytes so that so many are left.
static MASKS: [[u64; 2]; SHORT + 1] = {
    let mut masks = [[0; 2]; SHORT + 1];
    let mut n = 0;
    while n <= SHORT {
        masks[n] = [
            if n >= 8 { u64::MAX } else { (1 << (8 * n)) - 1 },
            if n >= 16 {
                u64::MAX
            } else if n > 8 {
                (1 << (8 * (n - 8))) - 1
            } else {
                0
            },
        ];
        n += 1;
    }
    masks
};

/// 1 for bytes of letters (ASCII, C3 to C6, E1, and what follows them), 0 for other ASCII, 2 for the rest.
static PLAIN: [u8; 256] = {
    let mut table = [2; 256];
    let mut i = 0;
    while i < 256 {
        table[i] = match i as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | 0x80..=0xbf | 0xc3..=0xc6 | 0xe1 => 1,
            ..0x80 => 0,
            _ => 2,
        };
        i += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_known_by_all_its_bytes_and_by_them_alone() {
        let text =
            "trường trườn trường tr nghiêng-nghiêng nghiêngnghiêngnghiêng cuối cùng thôi tr ................";
        let text = text.as_bytes();
        let mut seen = Seen::new(1 << 20, 0);
        let mut known = Vec::new();
        for start in (0..text.len()).filter(|&i| i == 0 || text[i - 1] == b' ') {
            let Some(mut place) = seen.place(text, start) else { continue };
            known.push((start, place.known(), place.end - start));
            place.remember(start);
        }
        let (again, tr) = ("trường trườn ".len(), "trường trườn trường ".len());
        let twice: Vec<_> = known.iter().filter(|k| k.1.is_some()).copied().collect();
        assert_eq!(twice, [(again, Some(0), "trường".len()), (text.len() - 19, Some(tr), 2)]);
        assert_eq!(known.len(), 9, "all but the one that is long");
    }

    #[test]
    fn the_last_bytes_of_a_text_have_no_place() {
        assert!(Seen::new(0, ()).place(b"abc", 0).is_none());
    }

    #[test]
    fn the_last_word_of_a_text_has_the_place_that_it_has_elsewhere() {
        let mut seen = Seen::new(0, 0);
        let mut at = |text: &str, start| {
            let mut place = seen.place_anywhere(text.as_bytes(), start)?;
            let known = place.known();
            place.remember(7);
            Some((place.end, known))
        };
        assert_eq!(at("tỉnh và hai huyện khác", 0), Some(("tỉnh".len(), None)));
        assert_eq!(at("a tỉnh", 2), Some(("a tỉnh".len(), Some(7))));
        assert_eq!((at("a tỉnh", 8), at("", 0)), (None, None));
    }

    #[test]
    fn what_is_no_short_word_has_no_place() {
        let mut seen = Seen::new(0, ());
        let mut end = |text: &str, start| {
            seen.place(format!("{text}{}", " ".repeat(SHORT)).as_bytes(), start).map(|p| p.end)
        };
        assert_eq!(end("abcdefghijklmnop", 0), Some(16));
        assert_eq!(end("abcdefghijklmnop q", 0), Some(16));
        assert_eq!(end("abcdefghijklmnopq", 0), None);
        assert_eq!((end("", 0), end("a", 1), end(" abc", 0), end("a\u{a0}b", 0)), (None, None, None, None));
    }
}
