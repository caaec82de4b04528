//! One key for one word: lower case, one tone placement (hoà → hòa, uỷ → ủy), Đ and its look-alikes as đ.
//!
//! Only comparison sees folded words; values and spans keep what was written.

use std::sync::LazyLock;

/// Tabulated are the characters below this one, and those of one block above: Vietnamese lies wholly in them.
const LOW: char = '\u{370}';
/// The first of that block.
const HIGH: char = '\u{1e00}';
/// One past its last.
const END: char = '\u{1f00}';

/// Where a character stands in a table of both; beyond its end for those that are in neither.
#[inline]
pub(crate) fn place(c: char) -> usize {
    if c < LOW { c as usize } else { (c as usize).wrapping_sub(HIGH as usize).saturating_add(LOW as usize) }
}

/// The characters of such a table, in its order.
pub(crate) fn tabulated() -> impl Iterator<Item = char> {
    ('\0'..LOW).chain(HIGH..END)
}

/// The folded form of one character, tone placement apart.
#[inline]
pub fn fold_char(c: char) -> char {
    Chars::get().folded_char(c)
}

/// Moves the tone of "oà", "oè", "uỳ" to the first vowel: `(o, à)` becomes `(ò, a)`.
#[inline]
pub(crate) fn retone(first: char, second: char) -> Option<(char, char)> {
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

/// Folds a word character by character and keeps only a 64-bit hash: what the tokenizer asks the vocabulary with.
#[derive(Debug, Clone, Copy, Default)]
pub struct WordHash {
    state: u64,
    pending: u32,
}

impl WordHash {
    /// Adds a folded character. It waits one step, since the next one may carry its tone.
    #[inline]
    pub fn push(&mut self, folded: u32) {
        if (self.pending == 'o' as u32 || self.pending == 'u' as u32)
            && folded > 0x7f
            && let (Some(a), Some(b)) = (char::from_u32(self.pending), char::from_u32(folded))
            && let Some((first, second)) = retone(a, b)
        {
            self.feed(first as u32);
            self.pending = second as u32;
        } else {
            self.feed(self.pending);
            self.pending = folded;
        }
    }

    #[inline]
    fn feed(&mut self, c: u32) {
        self.state = (self.state.rotate_left(23) ^ u64::from(c)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    /// The hash of the whole word.
    #[inline]
    pub fn finish(mut self) -> u64 {
        self.feed(self.pending);
        self.state ^ (self.state >> 32)
    }

    /// The hash of a word given whole.
    pub fn of(word: &str) -> u64 {
        let mut hash = Self::default();
        word.chars().for_each(|c| hash.push(fold_char(c) as u32));
        hash.finish()
    }
}

/// What a character is to the tokenizer, and its folded form, in one look-up.
#[derive(Debug, Clone, Copy)]
pub struct CharInfo(u32);

impl CharInfo {
    /// The folded code point.
    #[inline]
    pub fn folded(self) -> u32 {
        self.0 & 0xffff
    }

    /// A letter, or a mark that belongs to one.
    #[inline]
    pub fn is_letter(self) -> bool {
        self.0 & LETTER != 0
    }

    /// A capital letter.
    #[inline]
    pub fn is_upper(self) -> bool {
        self.0 & UPPER != 0
    }

    /// A letter or a digit, combining marks left out.
    #[inline]
    pub fn is_alphanumeric(self) -> bool {
        self.0 & ALPHANUMERIC != 0
    }

    /// A letter, combining marks left out.
    #[inline]
    pub fn is_alphabetic(self) -> bool {
        self.0 & ALPHABETIC != 0
    }

    /// White space.
    #[inline]
    pub fn is_space(self) -> bool {
        self.0 & SPACE != 0
    }
}

const LETTER: u32 = 1 << 16;
const UPPER: u32 = 1 << 17;
const SPACE: u32 = 1 << 18;
const ALPHANUMERIC: u32 = 1 << 19;
const ALPHABETIC: u32 = 1 << 20;

static INFO: LazyLock<Vec<CharInfo>> = LazyLock::new(|| tabulated().map(classify).collect());

/// The folded code point of a character below the last bound, in 16 bits.
fn fold(c: char) -> u32 {
    let mut lower = c.to_lowercase();
    let folded = match (c, lower.next(), lower.next()) {
        ('Ð' | 'ð' | 'Ɖ' | 'Đ', ..) => 'đ',
        (_, Some(l), None) => l,
        _ => c,
    };
    u16::try_from(folded as u32).map_or(c as u32, u32::from)
}

fn classify(c: char) -> CharInfo {
    let mut info = fold(c);
    let alphabetic = c.is_alphabetic();
    if alphabetic || unicode_normalization::char::is_combining_mark(c) {
        info |= LETTER;
    }
    if c.is_uppercase() {
        info |= UPPER;
    }
    if is_blank(c) {
        info |= SPACE;
    }
    if alphabetic {
        info |= ALPHABETIC;
    }
    if alphabetic || c.is_numeric() {
        info |= ALPHANUMERIC;
    }
    CharInfo(info)
}

/// White space, and marks without width that part words no more than a space does.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}' || (c.is_ascii_control())
}

/// The table of characters, taken once by a loop.
#[derive(Debug, Clone, Copy)]
pub struct Chars {
    table: &'static [CharInfo],
}

impl Chars {
    /// The table.
    pub fn get() -> Self {
        Self { table: &INFO }
    }

    /// The folded code point of a character.
    #[inline]
    pub fn folded(self, c: char) -> u32 {
        match self.table.get(place(c)) {
            Some(info) => info.folded(),
            None if c < END => fold(c),
            None => c as u32,
        }
    }

    /// The folded form of a character.
    #[inline]
    pub fn folded_char(self, c: char) -> char {
        if c.is_ascii() { c.to_ascii_lowercase() } else { char::from_u32(self.folded(c)).unwrap_or(c) }
    }

    /// What a character is.
    #[inline]
    pub fn info(self, c: char) -> CharInfo {
        self.table.get(place(c)).copied().unwrap_or_else(|| rare(c))
    }
}

/// What a character is that is not in the table.
#[cold]
fn rare(c: char) -> CharInfo {
    match c {
        ..END => classify(c),
        // Dashes, quotation marks, bullets, dots.
        '\u{2010}'..='\u{2027}' => CharInfo(0),
        _ if is_blank(c) => CharInfo(SPACE),
        _ if c.is_alphabetic() => CharInfo(LETTER | ALPHANUMERIC | ALPHABETIC),
        _ if c.is_numeric() => CharInfo(ALPHANUMERIC),
        _ => CharInfo(0),
    }
}

/// The folded form of a text: what lexicon look-ups and comparisons use.
pub fn fold_key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let chars = Chars::get();
    text.chars().for_each(|c| push_folded(&mut out, chars.folded_char(c)));
    out
}

/// Whether a word folds to a key, tone placement apart: "NGÀY" to "ngày".
#[inline]
pub fn folds_to(word: &str, key: &str) -> bool {
    // Most are told apart by their first letters.
    let first = word.as_bytes().first().filter(|b| b.is_ascii());
    if first.is_some_and(|b| key.as_bytes().first() != Some(&b.to_ascii_lowercase())) {
        return false;
    }
    let chars = Chars::get();
    word.chars().map(|c| chars.folded_char(c)).eq(key.chars())
}

/// Adds a folded character to a folded text; it may give its tone to the vowel before it.
#[inline]
pub fn push_folded(out: &mut String, folded: char) {
    if !folded.is_ascii()
        && let Some(last @ (b'o' | b'u')) = out.as_bytes().last()
        && let Some((first, second)) = retone(char::from(*last), folded)
    {
        out.pop();
        out.push(first);
        out.push(second);
    } else {
        out.push(folded);
    }
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
    fn a_word_has_one_hash_in_every_spelling_and_two_words_have_two() {
        for (a, b) in [("HOÀ", "hòa"), ("Uỷ", "ủy"), ("KẾ", "kế"), ("Ðiện", "điện")] {
            assert_eq!(WordHash::of(a), WordHash::of(b), "{a} {b}");
        }
        assert_ne!(WordHash::of("hoa"), WordHash::of("hòa"));
        assert_ne!(WordHash::of("ab"), WordHash::of("ba"));
    }
}
