//! Repair `ocr_digit`: letters that optical recognition put for digits, beside digits: "2O15" is "2015",
//! "l5/8/2020" is "15/8/2020".

use std::ops::Range;

use super::data::{ends_with, words};
use crate::words::shadow::Editor;

/// Name of the repair.
pub(super) const NAME: &str = "ocr_digit";

/// Asks for O, o, l and I where digits leave no other reading.
pub(super) fn ask(text: &str, letters: &[Range<usize>], editor: &mut Editor<'_>) {
    let bytes = text.as_bytes();
    for range in letters {
        let digits_before = digits_before(bytes, range.start);
        let before = before(bytes, range.start - digits_before);
        // "H2O", "B1O1": a code.
        let in_code =
            before.is_ascii_alphabetic() || before >= 0x80 || letters_behind_digits(bytes, range.end);
        if in_code {
            continue;
        }
        let next = bytes.get(range.end).copied().unwrap_or(b' ');
        let digit_after = next.is_ascii_digit();
        let number_after = digit_after
            || next == b'%'
            || matches!(next, b'.' | b',' | b'/') && bytes.get(range.end + 1).is_some_and(u8::is_ascii_digit);
        for i in range.clone() {
            let with = match bytes.get(i) {
                Some(b'O' | b'o') if digits_before > 0 && number_after => "0",
                Some(b'l' | b'I') if digits_before > 0 && digit_after => "1",
                // "2O hồ sơ": a count before its noun.
                Some(b'O') if digits_before > 0 && next == b' ' && small(bytes, range.end + 1) => "0",
                // "0l/6/2024"
                Some(b'l' | b'I')
                    if digits_before == 1 && bytes.get(i - 1) == Some(&b'0') && number_after =>
                {
                    "1"
                }
                // "số l2/QĐ-UBND"
                Some(b'l' | b'I') if digits_before == 0 && digit_after && numbered(bytes, i) => "1",
                // "xử lý l5 hồ sơ": a count before its noun.
                Some(b'l') if digits_before == 0 && digit_after && counted(bytes, range.start, i + 1) => "1",
                // "l5/8/2020": the day of a date.
                Some(b'l' | b'I') if digits_before == 0 && before != b'.' && is_date(bytes, i + 1) => "1",
                _ => continue,
            };
            editor.replace(i..i + 1, with);
        }
    }
}

/// Number of digits right before `i`.
fn digits_before(bytes: &[u8], i: usize) -> usize {
    bytes.get(..i).unwrap_or(&[]).iter().rev().take(12).take_while(|b| b.is_ascii_digit()).count()
}

/// The byte before `i`; a blank at the start.
fn before(bytes: &[u8], i: usize) -> u8 {
    i.checked_sub(1).and_then(|i| bytes.get(i)).copied().unwrap_or(b' ')
}

/// True if letters follow the digits at `i`.
fn letters_behind_digits(bytes: &[u8], i: usize) -> bool {
    let rest = bytes.get(i..).unwrap_or(&[]);
    let digits = rest.iter().take(12).take_while(|b| b.is_ascii_digit()).count();
    digits > 0 && rest.get(digits).is_some_and(|&b| b.is_ascii_alphabetic() || b >= 0x80)
}

/// Whether digits at `i`, a blank and a small letter follow, and a blank behind a small letter stands before `start`.
fn counted(bytes: &[u8], start: usize, i: usize) -> bool {
    let digits = bytes.get(i..).unwrap_or(&[]).iter().take(4).take_while(|b| b.is_ascii_digit()).count();
    let word =
        start.checked_sub(2).and_then(|b| bytes.get(b)).is_some_and(|&b| b.is_ascii_lowercase() || b >= 0x80);
    digits <= 3
        && bytes.get(i + digits) == Some(&b' ')
        && small(bytes, i + digits + 1)
        && word
        && before(bytes, start) == b' '
}

/// Whether a small letter begins at `i`.
fn small(bytes: &[u8], i: usize) -> bool {
    bytes.get(i).is_some_and(|&b| b.is_ascii_lowercase() || b >= 0xC3)
}

/// Whether "số" stands before `i` and a slash and a capital behind the digits after it: a document's number.
fn numbered(bytes: &[u8], i: usize) -> bool {
    let rest = bytes.get(i + 1..).unwrap_or(&[]);
    let digits = rest.iter().take(6).take_while(|b| b.is_ascii_digit()).count();
    let symbol = rest.get(digits) == Some(&b'/')
        && rest.get(digits + 1).is_some_and(|&b| b.is_ascii_uppercase() || b >= 0x80 || b.is_ascii_digit());
    let before = bytes.get(..i).unwrap_or(&[]);
    symbol && ends_with(before, &words().number)
}

/// One digit, a slash, one or two digits, a slash, four digits.
fn is_date(bytes: &[u8], i: usize) -> bool {
    let rest = bytes.get(i..).unwrap_or(&[]);
    let digits = |from: usize| rest.iter().skip(from).take(5).take_while(|b| b.is_ascii_digit()).count();
    let slash = |i: usize| rest.get(i) == Some(&b'/');
    let month = digits(2);
    digits(0) == 1 && slash(1) && (1..=2).contains(&month) && slash(2 + month) && digits(3 + month) == 4
}

#[cfg(test)]
mod tests {
    use super::super::tests::repaired;

    #[test]
    fn letters_between_digits_are_digits() {
        assert_eq!(repaired("năm 2O15 đạt 1OO% và 9O,5%"), "năm 2015 đạt 100% và 90,5%");
        assert_eq!(repaired("năm 20l5, ngày l5/8/2020"), "năm 2015, ngày 15/8/2020");
        assert_eq!(repaired("2I5 hồ sơ, 3O văn bản"), "215 hồ sơ, 30 văn bản");
        assert_eq!(repaired("tiếp nhận l5 hồ sơ"), "tiếp nhận 15 hồ sơ");
        assert_eq!(
            repaired("Quyết định số l2/QĐ-UBND ngày 0l/6/2024"),
            "Quyết định số 12/QĐ-UBND ngày 01/6/2024"
        );
    }

    #[test]
    fn letters_of_codes_and_words_stay() {
        for text in ["H2O, CO2", "A4 l2 B1O1", "5l xăng", "I. 5 xã", "khoản l", "10o C", "QH15/O1", "3l/ngày"]
        {
            assert_eq!(repaired(text), text);
        }
    }
}
