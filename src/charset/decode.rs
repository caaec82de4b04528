//! One run of characters and the encoding they are in: out goes Unicode.

use unicode_normalization::UnicodeNormalization;

use super::Charset;
use super::table::{Code, Table, byte_of, cp1252_char, table};
use crate::charset::letter::{self, Tone};
use crate::charset::syllable::is_syllable;

/// How the font shows the letters of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Case {
    /// As the bytes say.
    #[default]
    AsWritten,
    /// The font holds capitals in the places of the small letters (.VnTimeH).
    Capitals,
    /// The font is unknown: letters with marks follow the plain letters of their word, or of their line, where all
    /// of these are capitals ("B¸O C¸O" is "BÁO CÁO"; the accented capitals stand in .VnTimeH only).
    Guess,
}

/// Decodes a run of characters that stand for bytes (read as Windows-1252 or Latin-1) of `charset`.
///
/// Characters that stand for no byte stay as they are. The result is composed (NFC) where the encoding's marks are
/// separate characters.
///
/// ```
/// use baocao::internal::charset::{Case, Charset, decode};
/// assert_eq!(decode("Quyết".to_owned().as_str(), Charset::Vni, Case::AsWritten), "Quyết");
/// assert_eq!(decode("Quyeát ñònh", Charset::Vni, Case::AsWritten), "Quyết định");
/// assert_eq!(decode("QuyÕt ®Þnh", Charset::Tcvn3, Case::Capitals), "QUYẾT ĐỊNH");
/// ```
pub fn decode(run: &str, charset: Charset, case: Case) -> String {
    let out = match (charset, table(charset)) {
        (Charset::Tcvn3, Some(t)) => tcvn3(run, t),
        (Charset::Vni, Some(t)) => pairs(run, t),
        (Charset::Windows1258, Some(t)) => letters(run, t).nfc().collect(),
        (_, Some(t)) => letters(run, t),
        (_, None) => utf8(run),
    };
    match case {
        Case::AsWritten => out,
        Case::Capitals => out.chars().map(letter::upper).collect(),
        Case::Guess if charset == Charset::Tcvn3 => guess_case(run, out),
        Case::Guess => out,
    }
}

/// Two capitals or more and no small letter, among the plain letters.
fn capitals_only(undecoded: &str) -> bool {
    let bytes = undecoded.as_bytes();
    bytes.iter().filter(|b| b.is_ascii_uppercase()).count() >= 2 && !bytes.iter().any(u8::is_ascii_lowercase)
}

/// Gives the letters of `out`, decoded from `run`, the case of their line or word.
fn guess_case(run: &str, out: String) -> String {
    // A heading: words only, all of them capitals. Symbols ("12/BC-UB") say nothing about their neighbours.
    let heading = capitals_only(run)
        && !run.contains(|c: char| c.is_ascii_digit() || c == '/')
        && run.split_ascii_whitespace().filter(|w| capitals_only(w)).count() >= 2;
    if heading {
        return out.chars().map(letter::upper).collect();
    }
    // Decoding keeps ASCII letters and blanks, so the decoded words tell the same; only letters that had no
    // capital of their own can be wrong.
    let mixed = |word: &str| {
        capitals_only(word)
            && word.chars().any(|c| !c.is_ascii() && letter::is_letter(c) && !letter::is_upper(c))
    };
    if !out.split_ascii_whitespace().any(mixed) {
        return out;
    }
    out.split_inclusive([' ', '\t', '\n'])
        .flat_map(|word| {
            let up = mixed(word);
            word.chars().map(move |c| if up { letter::upper(c) } else { c })
        })
        .collect()
}

/// The character of a byte that the table says nothing about: C1 control codes are meant as Windows-1252.
fn other(c: char) -> char {
    if ('\u{80}'..='\u{9F}').contains(&c) { byte_of(c).map_or(c, cp1252_char) } else { c }
}

/// One byte, one letter.
fn letters(run: &str, table: &Table) -> String {
    run.chars()
        .map(|c| match byte_of(c).map_or(Code::Other, |b| table.code(b)) {
            Code::Letter(l) | Code::Rare(l) | Code::Mark(l) => l,
            Code::Other => other(c),
        })
        .collect()
}

/// VNI: a base letter and its mark, or one byte; the longer reading wins. Marks and lone letters share no byte.
fn pairs(run: &str, table: &Table) -> String {
    let mut out = String::with_capacity(run.len());
    let mut chars = run.chars().peekable();
    while let Some(c) = chars.next() {
        let Some(a) = byte_of(c) else {
            out.push(c);
            continue;
        };
        // A mark of the other case is common behind capitals: "Uûy" for "UÛy".
        let next = chars.peek().copied().and_then(byte_of).filter(|&b| b >= 0xC0);
        if let Some(l) = next.and_then(|b| table.pair(a, b).or_else(|| table.pair(a, b ^ 0x20))) {
            chars.next();
            out.push(l);
            continue;
        }
        out.push(match table.code(a) {
            Code::Letter(l) => l,
            _ => other(c),
        });
    }
    out
}

/// UTF-8 read as Windows-1252: every complete sequence is put together again, the rest stays.
fn utf8(run: &str) -> String {
    let mut out = String::with_capacity(run.len());
    let mut rest = run;
    while let Some(c) = rest.chars().next() {
        let len = match byte_of(c) {
            Some(0xC2..=0xDF) => 2,
            Some(0xE0..=0xEF) => 3,
            Some(0xF0..=0xF4) => 4,
            _ => 0,
        };
        let mut bytes = [0u8; 4];
        let mut taken = 0;
        let mut end = 0;
        for (at, c) in rest.char_indices().take(len) {
            let Some(b) = byte_of(c) else { break };
            if let Some(slot) = bytes.get_mut(taken) {
                *slot = b;
            }
            taken += 1;
            end = at + c.len_utf8();
        }
        let whole = bytes.get(..len).filter(|_| len > 0 && taken == len);
        if let Some(s) = whole.and_then(|b| std::str::from_utf8(b).ok()) {
            out.push_str(s);
        } else {
            out.push(c);
            end = c.len_utf8();
        }
        rest = rest.get(end..).unwrap_or("");
    }
    out
}

/// The byte that a character stands for in text of a TCVN3 font: some PDF makers write other characters of the same
/// look (measured in real files), and NFKC replaces the micro sign.
fn tcvn3_byte(c: char) -> Option<u8> {
    match c {
        '\u{2212}' | '\u{2010}' | '\u{2011}' => Some(0xAD),
        '\u{2219}' | '\u{22C5}' => Some(0xB7),
        'μ' => Some(0xB5),
        _ => byte_of(c),
    }
}

/// TCVN3, word by word: the same bytes are quotation marks in the fonts and capitals in the full table VN1.
fn tcvn3(run: &str, table: &Table) -> String {
    let mended = undo_nfkc(run);
    let run = mended.as_deref().unwrap_or(run);
    let mut out = String::with_capacity(run.len());
    for word in run.split_inclusive(|c: char| c.is_ascii_whitespace() || c == '\u{A0}') {
        let rare = word.chars().any(|c| byte_of(c).is_some_and(|b| (0x80..0xA0).contains(&b)));
        let plain = tcvn3_word(word, table, false);
        if rare && plain.contains(letter::is_letter) && !(all_syllables(&plain) && is_clean(&plain)) {
            let full = tcvn3_word(word, table, true);
            if all_syllables(&full) {
                out.push_str(&full);
                continue;
            }
        }
        out.push_str(&plain);
    }
    out
}

/// No letters or signs of Windows-1252 that Vietnamese text has no use for, as "ž" in "žy" (Ủy).
fn is_clean(text: &str) -> bool {
    !text.contains([
        'ƒ', 'ˆ', '‰', 'Š', 'Œ', 'Ž', '˜', 'š', 'œ', 'ž', 'Ÿ', '†', '‡', '€', '™', '\u{81}', '\u{8D}',
        '\u{8F}', '\u{90}', '\u{9D}',
    ])
}

fn all_syllables(text: &str) -> bool {
    let mut words = text.split(|c: char| !letter::is_letter(c)).filter(|w| !w.is_empty()).peekable();
    words.peek().is_some() && words.all(is_syllable)
}

fn tcvn3_word(word: &str, table: &Table, full: bool) -> String {
    let mut out = String::with_capacity(word.len());
    let mut before = ' ';
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let dash = matches!(c, '\u{2212}' | '\u{2010}' | '\u{2011}');
        let b = if dash && !(in_word(before) || in_word(next)) { byte_of(c) } else { tcvn3_byte(c) };
        let c = match b.map_or(Code::Other, |b| table.code(b)) {
            Code::Letter(l) => l,
            Code::Rare(l) => match b {
                Some(0x80..=0x9F) if full => l,
                Some(0x80..=0x9F) => other(c),
                // "20ºC" and the like: a sign behind a digit stays a sign.
                _ if before.is_ascii_digit() && !c.is_alphabetic() => c,
                _ => l,
            },
            Code::Mark(mark) => match toned(before, mark) {
                Some(l) => {
                    out.pop();
                    l
                }
                // "°C", "m²", "±5".
                None => c,
            },
            Code::Other => other(c),
        };
        out.push(c);
        before = c;
    }
    out
}

/// True for what can stand beside a letter of the same word in undecoded text.
fn in_word(c: char) -> bool {
    c.is_alphabetic() || ('\u{A1}'..='\u{FF}').contains(&c)
}

/// The vowel with the tone of a combining mark.
fn toned(vowel: char, mark: char) -> Option<char> {
    let l = letter::letter(vowel).filter(|l| letter::is_vowel(vowel) && l.tone == Tone::Level)?;
    let tone = match mark {
        '\u{300}' => Tone::Grave,
        '\u{309}' => Tone::Hook,
        '\u{303}' => Tone::Tilde,
        '\u{301}' => Tone::Acute,
        '\u{323}' => Tone::Dot,
        _ => return None,
    };
    let c = letter::with_tone(l.base, tone);
    Some(if l.upper { letter::upper(c) } else { c })
}

/// Undoes what NFKC did to TCVN3 text, as far as it can be told: "3⁄4" was ¾ (ắ), a blank with a cedilla was ¸ (á).
pub(super) fn undo_nfkc(run: &str) -> Option<String> {
    if !run.contains(['\u{327}', '\u{308}', '\u{301}', '\u{304}', '\u{2044}']) {
        return None;
    }
    let mut text = run.to_owned();
    for (from, to) in [
        ("3\u{2044}4", "¾"),
        ("1\u{2044}2", "½"),
        ("1\u{2044}4", "¼"),
        (" \u{327}", "¸"),
        (" \u{308}", "¨"),
        (" \u{301}", "´"),
        (" \u{304}", "¯"),
    ] {
        text = text.replace(from, to);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tcvn3(run: &str) -> String {
        decode(run, Charset::Tcvn3, Case::AsWritten)
    }

    #[test]
    fn capitals_that_only_the_font_shows_are_guessed_from_their_neighbours() {
        let guess = |s| decode(s, Charset::Tcvn3, Case::Guess);
        assert_eq!(guess("B¸O C¸O Sè 5"), "BÁO CÁO Số 5");
        assert_eq!(guess("UBND TØNH Hµ GIANG"), "UBND TỈNH HÀ GIANG");
        assert_eq!(guess("Sè: 12/BC-UB"), "Số: 12/BC-UB");
        assert_eq!(guess("Uû ban Hµ Nam"), "Uỷ ban Hà Nam");
    }

    #[test]
    fn characters_that_pdf_makers_put_for_bytes_are_understood() {
        assert_eq!(tcvn3("Thñ t−íng n−íc"), "Thủ tướng nước");
        assert_eq!(tcvn3("x∙ héi, l∙nh ®¹o"), "xã hội, lãnh đạo");
        assert_eq!(tcvn3("2001 − 2005"), "2001 − 2005");
        assert_eq!(tcvn3("ch\u{AD}¬ng"), "chương");
    }

    #[test]
    fn signs_beside_numbers_stay_signs() {
        assert_eq!(tcvn3("20 °C, 5 m², ±3"), "20 °C, 5 m², ±3");
        assert_eq!(tcvn3("“Th«ng” – ®¹t"), "“Thông” – đạt");
    }

    #[test]
    fn capitals_of_the_full_table_are_read_where_the_word_demands_it() {
        assert_eq!(tcvn3("B\u{83}O C\u{83}O"), "BÁO CÁO");
        assert_eq!(tcvn3("\u{9E}y ban"), "Ủy ban");
        assert_eq!(tcvn3("\u{93}A\u{94}"), "“A”");
    }

    #[test]
    fn text_that_went_through_nfkc_is_recovered() {
        assert_eq!(tcvn3("b3⁄4t ®Çu, B ̧o c ̧o n ̈m, vμ"), "bắt đầu, Báo cáo năm, và");
    }

    #[test]
    fn marks_of_either_case_make_letters_in_vni() {
        let vni = |s| decode(s, Charset::Vni, Case::AsWritten);
        assert_eq!(vni("Uûy ban, ÑÖÔÏC, ñöôïc, kyø"), "Ủy ban, ĐƯỢC, được, kỳ");
    }

    #[test]
    fn broken_double_encoding_keeps_what_cannot_be_read() {
        let utf8 = |s| decode(s, Charset::Utf8AsCp1252, Case::AsWritten);
        assert_eq!(utf8("Ã¡ xÃ  tá»‰nh"), "á xà tỉnh".replace('à', "Ã "));
        assert_eq!(utf8("x\u{c3}\u{a0} Đ"), "xà Đ");
        assert_eq!(utf8("á»"), "á»");
    }
}
