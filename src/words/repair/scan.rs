//! The look before the repairs: which of them have something to do. One pass over bytes, one over words: that of the
//! tokenizer.

use std::ops::Range;

use crate::words::syllable::is_syllable;

/// Which kinds of characters stand in a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Characters {
    /// Combining marks.
    pub marks: bool,
    /// Something of Latin-1's upper half or of general punctuation: odd blanks, hyphens.
    pub general: bool,
    /// Ð, ð or Ɖ.
    pub d_stroke: bool,
    /// Ƣ, or the word HÕA.
    pub misnamed: bool,
    /// Stars of Markdown.
    pub stars: bool,
    /// Cyrillic letters.
    pub cyrillic: bool,
}

/// Looks for the characters that repairs care about.
pub(super) fn characters(text: &str) -> Characters {
    let bytes = text.as_bytes();
    // Without branches, so that the compiler can use wide registers.
    let (mut marks, mut general, mut cyrillic) = (0u8, 0u8, 0u8);
    for &b in bytes {
        // U+0300 to U+036F begin with CC or CD.
        marks |= u8::from(b & 0xFE == 0xCC);
        // U+0400 to U+053F begin with D0 to D4.
        cyrillic |= u8::from(b >= 0xD0) & u8::from(b <= 0xD4);
        // U+00A0 and U+00AD, U+2000 to U+2FFF, U+FEFF.
        general |= u8::from(b == 0xC2) | u8::from(b == 0xE2) | u8::from(b == 0xEF);
    }
    // Neighbours: Ð is C3 90, ð C3 B0, Ɖ C6 89; Ƣ C6 A2, ƣ C6 A3; the end of "HÕ" C3 95.
    let (mut d_stroke, mut misnamed, mut stars) = (0u8, 0u8, 0u8);
    let first = bytes.get(..bytes.len().saturating_sub(1)).unwrap_or_default();
    for (&a, &b) in first.iter().zip(bytes.get(1..).unwrap_or_default()) {
        d_stroke |= u8::from((a == 0xC3) & (b & 0xDF == 0x90)) | u8::from((a == 0xC6) & (b == 0x89));
        misnamed |= u8::from((a == 0xC6) & (b & 0xFE == 0xA2)) | u8::from((a == 0xC3) & (b == 0x95));
        stars |= u8::from((a == b'*') & (b == b'*'));
    }
    Characters {
        marks: marks != 0,
        general: general != 0,
        d_stroke: d_stroke != 0,
        misnamed: misnamed != 0 && super::characters::has_misnamed(bytes),
        stars: stars != 0,
        cyrillic: cyrillic != 0,
    }
}

/// Words that a repair should look at, gathered while the text is read for the first time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suspects {
    /// Possible pieces of a torn syllable: consonants alone.
    pub(super) pieces: Vec<Range<usize>>,
    /// Long words, and words with a capital inside, that are no syllable.
    pub(super) long: Vec<Range<usize>>,
    /// One or two of O, o, l, I beside a digit.
    pub(super) digits: Vec<Range<usize>>,
    /// What has been looked at.
    past: usize,
}

const LOWER: u8 = 1;
const UPPER: u8 = 2;
const VOWEL: u8 = 4;
const HIGH: u8 = 8;

static CLASS: [u8; 256] = {
    let mut t = [0; 256];
    let mut i = 0;
    while i < 256 {
        t[i] = match i as u8 {
            b'a' | b'e' | b'i' | b'o' | b'u' | b'y' => LOWER | VOWEL,
            b'A' | b'E' | b'I' | b'O' | b'U' | b'Y' => UPPER | VOWEL,
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            0x80.. => HIGH,
            _ => 0,
        };
        i += 1;
    }
    t
};

/// Shortest word, in bytes, that may be two syllables: shorter ones are not worth a look.
const LONG: usize = 9;

impl Suspects {
    /// Looks at the run of letters, and of characters beyond ASCII, that begins at a byte; its bytes are looked at once.
    /// Tells whether the run is sound wherever it stands.
    pub fn look(&mut self, text: &str, start: usize) -> bool {
        if start < self.past {
            return false;
        }
        let run = text.as_bytes().get(start..).unwrap_or_default();
        let first = run.first().map_or(0, |&b| class(b));
        let (mut later, mut len) = (0, 1);
        for &b in run.iter().skip(1) {
            let class = class(b);
            if class == 0 {
                break;
            }
            later |= class;
            len += 1;
        }
        let (all, end) = (first | later, start + len);
        self.past = end;
        let mut sound = true;
        if len <= 3 && all & (VOWEL | HIGH) == 0 {
            sound = false;
            if is_piece(text.as_bytes(), start, end) {
                self.pieces.push(start..end);
            }
        } else if (len >= LONG || later & UPPER != 0) && all & LOWER != 0 {
            // Only small letters can be glued to something.
            if !is_syllable(text.get(start..end).unwrap_or("")) {
                sound = false;
                self.long.push(start..end);
            }
        }
        if len <= 2 && all & HIGH == 0 {
            sound = false;
            if is_digit_like(text.as_bytes(), start, end) {
                self.digits.push(start..end);
            }
        }
        sound
    }
}

#[inline]
fn class(byte: u8) -> u8 {
    CLASS[usize::from(byte)]
}

/// One or two letters that look like digits, beside one.
fn is_digit_like(bytes: &[u8], start: usize, end: usize) -> bool {
    let digit = |i: Option<usize>| i.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
    (digit(start.checked_sub(1)) || digit(Some(end)))
        && bytes.get(start..end).unwrap_or(&[]).iter().all(|b| matches!(b, b'O' | b'o' | b'l' | b'I'))
}

/// Consonants alone between a letter and a blank: no list mark ("b)"), no unit behind a number ("5 km"), no symbol.
fn is_piece(bytes: &[u8], start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).and_then(|i| bytes.get(i)).copied().unwrap_or(b'\n');
    let after = bytes.get(end).copied().unwrap_or(b'\n');
    let word = bytes.get(start..end).unwrap_or(&[]);
    // Capitals alone are abbreviations, unless one capital stands for a torn beginning: "Đ iều", "T ỉnh".
    let capitals = word.iter().all(u8::is_ascii_uppercase);
    let blank_before = matches!(before, b' ' | b'\n' | b'(' | b'"' | b'\t');
    let blank_after = matches!(after, b' ' | b'\n' | b',' | b'.' | b';' | b':');
    let joined = before == b' ' || after == b' ';
    let behind_number =
        before == b' ' && start.checked_sub(2).and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
    blank_before && blank_after && joined && !behind_number && (!capitals || word.len() <= 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::token::tokenize;
    use crate::words::vocab::Vocab;

    fn words(text: &str) -> Suspects {
        let mut suspects = Suspects::default();
        tokenize(text, &Vocab::default(), &mut suspects);
        suspects
    }

    fn pieces(text: &str) -> Vec<&str> {
        words(text).pieces.into_iter().filter_map(|r| text.get(r)).collect()
    }

    fn long(text: &str) -> Vec<&str> {
        words(text).long.into_iter().filter_map(|r| text.get(r)).collect()
    }

    #[test]
    fn consonants_alone_are_pieces_but_marks_and_units_are_not() {
        assert_eq!(pieces("áp dụ ng Ch ỉ thị"), ["ng", "Ch"]);
        assert_eq!(pieces("a) b) 5 km, 3 kg; điểm c) QĐ-TTg 5/KH"), Vec::<&str>::new());
    }

    #[test]
    fn long_words_that_are_no_syllable_are_found() {
        assert_eq!(
            long("Kế hoạchsố thực hiệnNghị UBNDngày trường NGHIỆP QUYẾT"),
            ["hoạchsố", "hiệnNghị", "UBNDngày"]
        );
    }

    #[test]
    fn characters_are_found_wherever_they_stand() {
        assert_eq!(characters("Báo cáo số 5/QĐ-UBND"), Characters::default());
        assert!(characters(&format!("{}\u{301}", "a".repeat(5000))).marks);
        assert!(characters("QÐ").d_stroke);
        assert!(characters("VT (\u{412}CA)").cyrillic);
        assert!(characters("5\u{a0}%").general && characters("5 – 6").general);
    }
}
