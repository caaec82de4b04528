//! Stage 2, helpers: Vietnamese letters taken apart. In comes `Ở`, out go `ơ`, hook (thanh hỏi), capital.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The six tones (thanh điệu).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Thanh ngang: no mark.
    #[default]
    Level,
    /// Thanh huyền: à.
    Grave,
    /// Thanh hỏi: ả.
    Hook,
    /// Thanh ngã: ã.
    Tilde,
    /// Thanh sắc: á.
    Acute,
    /// Thanh nặng: ạ.
    Dot,
}

/// A Vietnamese letter: the lower-case letter without its tone, the tone, and whether it was a capital.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Letter {
    /// Lower case, without tone: `ơ` for Ờ.
    pub base: char,
    /// Its tone.
    pub tone: Tone,
    /// True for capitals.
    pub upper: bool,
}

/// The twelve vowels, each with its six tones in the order of [`Tone`].
const VOWELS: [[char; 6]; 12] = [
    ['a', 'à', 'ả', 'ã', 'á', 'ạ'],
    ['ă', 'ằ', 'ẳ', 'ẵ', 'ắ', 'ặ'],
    ['â', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ'],
    ['e', 'è', 'ẻ', 'ẽ', 'é', 'ẹ'],
    ['ê', 'ề', 'ể', 'ễ', 'ế', 'ệ'],
    ['i', 'ì', 'ỉ', 'ĩ', 'í', 'ị'],
    ['o', 'ò', 'ỏ', 'õ', 'ó', 'ọ'],
    ['ô', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ'],
    ['ơ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ'],
    ['u', 'ù', 'ủ', 'ũ', 'ú', 'ụ'],
    ['ư', 'ừ', 'ử', 'ữ', 'ứ', 'ự'],
    ['y', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ'],
];

/// The toneless vowels as capitals, in the order of [`VOWELS`].
const CAPITALS: [[char; 6]; 12] = [
    ['A', 'À', 'Ả', 'Ã', 'Á', 'Ạ'],
    ['Ă', 'Ằ', 'Ẳ', 'Ẵ', 'Ắ', 'Ặ'],
    ['Â', 'Ầ', 'Ẩ', 'Ẫ', 'Ấ', 'Ậ'],
    ['E', 'È', 'Ẻ', 'Ẽ', 'É', 'Ẹ'],
    ['Ê', 'Ề', 'Ể', 'Ễ', 'Ế', 'Ệ'],
    ['I', 'Ì', 'Ỉ', 'Ĩ', 'Í', 'Ị'],
    ['O', 'Ò', 'Ỏ', 'Õ', 'Ó', 'Ọ'],
    ['Ô', 'Ồ', 'Ổ', 'Ỗ', 'Ố', 'Ộ'],
    ['Ơ', 'Ờ', 'Ở', 'Ỡ', 'Ớ', 'Ợ'],
    ['U', 'Ù', 'Ủ', 'Ũ', 'Ú', 'Ụ'],
    ['Ư', 'Ừ', 'Ử', 'Ữ', 'Ứ', 'Ự'],
    ['Y', 'Ỳ', 'Ỷ', 'Ỹ', 'Ý', 'Ỵ'],
];

const TONES: [Tone; 6] = [Tone::Level, Tone::Grave, Tone::Hook, Tone::Tilde, Tone::Acute, Tone::Dot];

/// Not a letter of the Vietnamese alphabet (nor f, j, w, z).
const NONE: u16 = 0;
/// Flags of an entry: bits 0-7 the letter's code, 8-10 its tone, 11 capital, 12 vowel.
const UPPER: u16 = 1 << 11;
const VOWEL: u16 = 1 << 12;

/// One byte for each toneless letter: ASCII for a-z, these for the others.
const CODES: [(char, char, u8); 7] = [
    ('ă', 'Ă', b'1'),
    ('â', 'Â', b'2'),
    ('đ', 'Đ', b'3'),
    ('ê', 'Ê', b'4'),
    ('ô', 'Ô', b'5'),
    ('ơ', 'Ơ', b'6'),
    ('ư', 'Ư', b'7'),
];

/// Entries for U+0000 to U+01BF and U+1EA0 to U+1EFF, one behind the other.
const LOW: usize = 0x1C0;
static TABLE: [u16; LOW + 0x60] = build();

const fn slot(c: char) -> usize {
    let v = c as usize;
    if v < LOW {
        v
    } else if v >= 0x1EA0 && v < 0x1F00 {
        LOW + v - 0x1EA0
    } else {
        usize::MAX
    }
}

const fn code_of(c: char) -> u8 {
    let mut i = 0;
    while i < CODES.len() {
        if CODES[i].0 as u32 == c as u32 {
            return CODES[i].2;
        }
        i += 1;
    }
    c as u8
}

const fn build() -> [u16; LOW + 0x60] {
    let mut t = [NONE; LOW + 0x60];
    let mut c = b'a';
    while c <= b'z' {
        t[c as usize] = c as u16;
        t[(c - 32) as usize] = c as u16 | UPPER;
        c += 1;
    }
    let mut i = 0;
    while i < VOWELS.len() {
        let code = code_of(VOWELS[i][0]) as u16;
        let mut tone = 0;
        while tone < 6 {
            t[slot(VOWELS[i][tone])] = code | ((tone as u16) << 8) | VOWEL;
            t[slot(CAPITALS[i][tone])] = code | ((tone as u16) << 8) | VOWEL | UPPER;
            tone += 1;
        }
        i += 1;
    }
    t[slot('đ')] = b'3' as u16;
    t[slot('Đ')] = b'3' as u16 | UPPER;
    // Look-alikes of Đ that files really hold: U+00D0, U+00F0 (Icelandic eth), U+0189 (African D).
    t[slot('Ð')] = b'3' as u16 | UPPER;
    t[slot('ð')] = b'3' as u16;
    t[slot('Ɖ')] = b'3' as u16 | UPPER;
    t
}

#[inline]
fn entry(c: char) -> u16 {
    let v = c as usize;
    let i = if v < LOW { v } else { v.wrapping_sub(0x1EA0).saturating_add(LOW) };
    TABLE.get(i).copied().unwrap_or(NONE)
}

/// The letter's code in syllable keys and its tone (0 to 5); `None` for anything but a letter.
#[inline]
pub(crate) fn code(c: char) -> Option<(u8, u8)> {
    match entry(c) {
        NONE => None,
        e => Some(((e & 0xFF) as u8, (e >> 8 & 7) as u8)),
    }
}

/// Takes a letter apart; `None` for anything but a letter of the Vietnamese alphabet or f, j, w, z.
/// Ð, ð and Ɖ count as Đ.
///
/// ```
/// use baocao::internal::charset::letter::{letter, Tone};
/// let l = letter('Ở').unwrap();
/// assert_eq!((l.base, l.tone, l.upper), ('ơ', Tone::Hook, true));
/// ```
pub fn letter(c: char) -> Option<Letter> {
    let e = entry(c);
    if e == NONE {
        return None;
    }
    let code = (e & 0xFF) as u8;
    let base = CODES.iter().find(|x| x.2 == code).map_or(char::from(code), |x| x.0);
    let tone = TONES.get(usize::from(e >> 8 & 7)).copied().unwrap_or_default();
    Some(Letter { base, tone, upper: e & UPPER != 0 })
}

/// True for the vowels of the alphabet, with or without tone.
#[inline]
pub fn is_vowel(c: char) -> bool {
    entry(c) & VOWEL != 0
}

/// True for letters of the Vietnamese alphabet and f, j, w, z.
#[inline]
pub fn is_letter(c: char) -> bool {
    entry(c) != NONE
}

/// True for capitals of the Vietnamese alphabet and F, J, W, Z.
#[inline]
pub fn is_upper(c: char) -> bool {
    entry(c) & UPPER != 0
}

/// The vowel `base` (lower case, toneless) with a tone; the character itself if it is no such vowel.
pub fn with_tone(base: char, tone: Tone) -> char {
    VOWELS.iter().find(|row| row[0] == base).map_or(base, |row| row[tone as usize])
}

/// One character in lower case.
#[inline]
pub fn lower(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    match c {
        'Ð' | 'Ɖ' | 'ð' => 'đ',
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// One character in upper case, for letters of the alphabet (used for capitals that only the font shows).
#[inline]
pub fn upper(c: char) -> char {
    if c.is_ascii() { c.to_ascii_uppercase() } else { c.to_uppercase().next().unwrap_or(c) }
}

/// One character in lower case without tone: `Ệ` gives `ê`. Other characters stay.
#[inline]
pub fn toneless(c: char) -> char {
    letter(c).map_or(c, |l| l.base)
}

/// One character in lower case without tone and without any mark: `Ệ` gives `e`, `Đ` gives `d`.
#[inline]
pub fn ascii(c: char) -> char {
    match toneless(c) {
        'ă' | 'â' => 'a',
        'đ' => 'd',
        'ê' => 'e',
        'ô' | 'ơ' => 'o',
        'ư' => 'u',
        other => other,
    }
}

/// The text without any mark, in lower case: "Ủy ban" gives `uy ban`.
pub fn fold_ascii(text: &str) -> String {
    if is_nfc_quick(text.chars()) == IsNormalized::Yes {
        text.chars().map(ascii).collect()
    } else {
        text.nfc().map(ascii).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_comes_apart_and_together_again() {
        for (row, caps) in VOWELS.iter().zip(CAPITALS) {
            for (i, (&c, cap)) in row.iter().zip(caps).enumerate() {
                let l = letter(c).unwrap();
                assert_eq!((l.base, l.tone, l.upper), (row[0], TONES[i], false), "{c}");
                assert_eq!(with_tone(l.base, l.tone), c);
                let l = letter(cap).unwrap();
                assert_eq!((l.base, l.tone, l.upper), (row[0], TONES[i], true), "{cap}");
                assert_eq!(lower(cap), c);
                assert_eq!(upper(c), cap);
                assert!(is_vowel(c) && is_vowel(cap));
            }
        }
        assert_eq!(letter('Đ').map(|l| (l.base, l.upper)), Some(('đ', true)));
        for c in ['1', ' ', '-', 'ß', 'ñ', '\u{300}', '“', 'ỻ', '世', '\u{10FFFF}'] {
            assert_eq!(letter(c), None, "{c}");
        }
    }

    #[test]
    fn marks_come_off() {
        assert_eq!(fold_ascii("Đắk Lắk, Ủy"), "dak lak, uy");
        assert_eq!(fold_ascii("Đo\u{0302}\u{0300}ng"), "dong");
    }
}
