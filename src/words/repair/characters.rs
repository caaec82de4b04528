//! Repairs `spaces`, `hyphens`, `misnamed` and `d_stroke`: characters that look like another one.
//!
//! "58\u{a0}%" has a blank that does not break, "QÐ‑UBND" an Icelandic letter and a hyphen that does not break,
//! "Thƣơng" the Tatar letter gha.

use super::data::words;
use crate::words::letter;
use crate::words::shadow::Editor;
use crate::words::syllable::{is_frequent, is_syllable};

/// Odd blanks become a space; characters without width vanish. Line and page breaks stay.
pub(super) const SPACES: &str = "spaces";
/// Ð, ð and Ɖ become Đ and đ in Vietnamese words and in symbols.
pub(super) const D_STROKE: &str = "d_stroke";
/// Ƣ becomes Ư and, in capitals, Õ becomes Ò: Word's PDF export names the glyphs of these letters wrongly.
pub(super) const MISNAMED: &str = "misnamed";
/// Hyphens, dashes and minus signs become `-`, fraction slashes `/`.
pub(super) const HYPHENS: &str = "hyphens";

/// Asks for blanks and characters without width.
pub(super) fn spaces(text: &str, editor: &mut Editor<'_>) {
    each(text, editor, blank);
}

/// What stands in place of an odd blank or a character without width.
fn blank(c: char) -> Option<&'static str> {
    match c {
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => Some(" "),
        // Soft hyphen, zero width, direction marks, word joiner, byte order mark.
        '\u{AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}'
        | '\u{FEFF}' => Some(""),
        _ => None,
    }
}

/// What the wide forms U+FF01 to U+FF5E stand for.
const WIDE: &str =
    "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

/// Asks for look-alikes of the hyphen and the slash, and for wide digits, letters and marks.
pub(super) fn hyphens(text: &str, editor: &mut Editor<'_>) {
    each(text, editor, plain);
}

/// What stands in place of such a look-alike.
fn plain(c: char) -> Option<&'static str> {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}' => Some("-"),
        '\u{2044}' | '\u{2215}' | '\u{FF0F}' => Some("/"),
        // The wide forms of East Asian keyboards.
        '\u{FF01}'..='\u{FF5E}' => {
            let at = c as usize - 0xFF01;
            WIDE.get(at..=at)
        }
        _ => None,
    }
}

/// Whether a text holds something for [`spaces`], and for [`hyphens`]: most hold quotation marks and dashes alone.
pub(super) fn has_odd(text: &str) -> (bool, bool) {
    let (mut blanks, mut hyphens) = (false, false);
    for (_, c) in general(text) {
        blanks |= blank(c).is_some();
        hyphens |= plain(c).is_some();
        if blanks && hyphens {
            break;
        }
    }
    (blanks, hyphens)
}

/// Replaces single characters of the blocks where blanks and hyphens live.
fn each(text: &str, editor: &mut Editor<'_>, with: impl Fn(char) -> Option<&'static str>) {
    for (at, c) in general(text) {
        if let Some(with) = with(c) {
            editor.replace(at..at + c.len_utf8(), with);
        }
    }
}

/// The characters of those blocks: U+0080 to U+00BF, U+2000 to U+2FFF, U+F000 to U+FFFF.
fn general(text: &str) -> impl Iterator<Item = (usize, char)> {
    // These are their first bytes; no other character holds them.
    memchr::memchr3_iter(0xC2, 0xE2, 0xEF, text.as_bytes())
        .filter_map(|at| Some((at, text.get(at..)?.chars().next()?)))
}

fn is_d(c: char) -> bool {
    matches!(c, 'Ð' | 'ð' | 'Ɖ')
}

/// Whether letters are named wrongly in a text: the word HÕA does not exist, nor does Ƣ in Vietnamese.
pub(super) fn has_misnamed(bytes: &[u8]) -> bool {
    let needles = ["ƣ", "Ƣ"].into_iter().chain(words().misnamed.iter().map(String::as_str));
    needles.into_iter().any(|c| memchr::memmem::find(bytes, c.as_bytes()).is_some())
}

/// Asks for Ƣ that is Ư, where the word then is a syllable or all capitals, and for Õ that is Ò, in words of capitals
/// that are frequent with the one and not with the other ("PHÕNG", but "RÕ").
pub(super) fn misnamed(text: &str, editor: &mut Editor<'_>) {
    let mended = |c: char| match c {
        'ƣ' => Some("ư"),
        'Ƣ' => Some("Ư"),
        'Õ' => Some("Ò"),
        _ => None,
    };
    let part = |c: char| letter::is_letter(c) || mended(c).is_some();
    let mut rest = 0;
    while let Some(at) = text.get(rest..).and_then(|t| t.find(|c| mended(c).is_some())).map(|n| rest + n) {
        let before = text.get(..at).unwrap_or("");
        let start = at - before.chars().rev().take_while(|&c| part(c)).map(char::len_utf8).sum::<usize>();
        let after = text.get(at..).unwrap_or("");
        let end = at + after.chars().take_while(|&c| part(c)).map(char::len_utf8).sum::<usize>();
        let word = text.get(start..end).unwrap_or("");
        let capitals = word.chars().all(char::is_uppercase);
        let horned = word.replace('ƣ', "ư").replace('Ƣ', "Ư");
        let graved = horned.replace('Õ', "Ò");
        let grave = capitals && !is_frequent(&horned) && is_frequent(&graved);
        let horn = capitals || is_syllable(&horned);
        for (i, c) in word.char_indices() {
            if let Some(with) = mended(c).filter(|_| if c == 'Õ' { grave } else { horn }) {
                editor.replace(start + i..start + i + c.len_utf8(), with);
            }
        }
        rest = end.max(at + 1);
    }
}

/// Asks for look-alikes of Đ where the word is a Vietnamese syllable or all capitals (a symbol, an abbreviation, a
/// heading); names of other languages keep theirs.
pub(super) fn d_stroke(text: &str, editor: &mut Editor<'_>) {
    let mut rest = 0;
    while let Some(at) = text.get(rest..).and_then(|t| t.find(is_d)).map(|n| rest + n) {
        let before = text.get(..at).unwrap_or("");
        let start = at
            - before.chars().rev().take_while(|&c| letter::is_letter(c)).map(char::len_utf8).sum::<usize>();
        let after = text.get(at..).unwrap_or("");
        let end = at + after.chars().take_while(|&c| letter::is_letter(c)).map(char::len_utf8).sum::<usize>();
        let word = text.get(start..end).unwrap_or("");
        let capitals = word.chars().all(letter::is_upper);
        let mixed = word.chars().filter(|&c| letter::is_upper(c)).count() >= 2;
        // A single small ð is "đ", the unit of money: "5.000ð".
        if capitals || mixed || is_syllable(word) || word == "ð" {
            for (i, c) in word.char_indices().filter(|&(_, c)| is_d(c)) {
                // Recognition (OCR) sees the stroke twice: "QĐÐ-UBND".
                let doubled = word.get(..i).is_some_and(|w| w.ends_with('Đ'));
                let with = if doubled {
                    ""
                } else if c == 'ð' {
                    "đ"
                } else {
                    "Đ"
                };
                editor.replace(start + i..start + i + c.len_utf8(), with);
            }
        }
        rest = end.max(at + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::repaired;

    #[test]
    fn a_stroke_that_recognition_saw_twice_is_one() {
        assert_eq!(repaired("số 555/QĐÐ-BCT và ÐĐBQH, ĐĐBQH"), "số 555/QĐ-BCT và ĐĐBQH, ĐĐBQH");
    }

    #[test]
    fn odd_blanks_become_spaces_and_nothing_vanishes_but_what_has_no_width() {
        assert_eq!(
            repaired("45\u{a0}%\u{202f}\u{2009}x\u{200b}y\u{ad}z\u{feff}\nA\u{c}B"),
            "45 %  xyz\nA\u{c}B"
        );
    }

    #[test]
    fn hyphens_and_slashes_of_every_look_are_the_plain_ones() {
        assert_eq!(
            repaired("QĐ\u{2011}UBND, 2016\u{2013}2020, \u{2212}5, 3\u{2044}4, ９５，５％ Ａ～"),
            "QĐ-UBND, 2016-2020, -5, 3/4, 95,5% A~"
        );
    }

    #[test]
    fn letters_that_word_misnames_are_mended_where_they_make_syllables() {
        assert_eq!(
            repaired("CỘNG HÕA, BỘ CÔNG THƢƠNG, TRƢỞNG PHÕNG, NÓI RÕ, Thứ trƣởng, đƣợc, Lƣu: VT"),
            "CỘNG HÒA, BỘ CÔNG THƯƠNG, TRƯỞNG PHÒNG, NÓI RÕ, Thứ trưởng, được, Lưu: VT"
        );
        assert_eq!(repaired("Baƣramov"), "Baƣramov");
        assert_eq!(repaired("GÕ ĐỎ, THEO DÕI"), "GÕ ĐỎ, THEO DÕI");
    }

    #[test]
    fn the_letter_eth_is_d_in_vietnamese_only() {
        assert_eq!(
            repaired("QÐ-UBND, Ðà Nẵng, ðồng, 5.000ð, NÐ-CP"),
            "QĐ-UBND, Đà Nẵng, đồng, 5.000đ, NĐ-CP"
        );
        assert_eq!(repaired("Guðmundsson"), "Guðmundsson");
    }
}
