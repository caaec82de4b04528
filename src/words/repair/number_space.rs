//! Repair `number_space`: blanks inside numbers, in documents whose syllables are torn as well: "1 3,6%" is "13,6%",
//! "10, 6%" is "10,6%", "29/200 3/CT" is "29/2003/CT".

use super::data::{ends_with, words};
use crate::words::shadow::Editor;

/// Name of the repair.
pub(super) const NAME: &str = "number_space";

/// So many joined syllables make a document torn enough.
pub(super) const DAMAGE: usize = 3;

/// Asks for blanks whose number is complete only without them.
pub(super) fn ask(text: &str, editor: &mut Editor<'_>) {
    let bytes = text.as_bytes();
    let at = |i: usize| bytes.get(i).copied().unwrap_or(b'\n');
    let back = |i: usize, n: usize| i.checked_sub(n).map_or(b'\n', at);
    for i in memchr::memchr_iter(b' ', bytes) {
        if !at(i + 1).is_ascii_digit() {
            continue;
        }
        let after = (1..=5).take_while(|&n| at(i + n).is_ascii_digit()).count();
        let behind = at(i + 1 + after);
        // "10, 6%": a comma before the blank, a percent sign or a unit's blank behind one or two digits.
        if back(i, 1) == b',' && back(i, 2).is_ascii_digit() {
            let whole = (2..=6).take_while(|&n| back(i, n).is_ascii_digit()).count();
            let lonely = !matches!(back(i, 2 + whole), b',' | b'.' | b'/');
            if whole <= 3 && after <= 2 && behind == b'%' && lonely {
                editor.replace(i..i + 1, "");
            }
            continue;
        }
        let before = (1..=5).take_while(|&n| back(i, n).is_ascii_digit()).count();
        let edge = back(i, before + 1);
        let joined = match (before, after) {
            // "1 3,6%"
            (1, 1 | 2) => {
                behind == b',' && at(i + 2 + after).is_ascii_digit() && !matches!(edge, b'/' | b'.' | b',')
            }
            // "/200 3/", "năm 20 15"
            (1..=3, 1..=3) if before + after == 4 => {
                let year = matches!(
                    (back(i, before), if before > 1 { back(i, before - 1) } else { at(i + 1) }),
                    (b'1', b'9') | (b'2', b'0')
                );
                year && (edge == b'/'
                    || text.get(..i - before).is_some_and(|t| ends_with(t.as_bytes(), &words().year)))
            }
            _ => false,
        };
        if joined {
            editor.replace(i..i + 1, "");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::repaired;

    const TORN: &str = "Ch ỉ thị, áp dụ ng, th ực hiện: ";

    #[test]
    fn numbers_of_a_torn_document_are_joined() {
        for (torn, whole) in [
            ("tăng 1 3,6% và 10, 6%", "tăng 13,6% và 10,6%"),
            ("29/200 3/CT-TTg năm 20 05", "29/2003/CT-TTg năm 2005"),
        ] {
            assert!(repaired(&format!("{TORN}{torn}")).ends_with(whole), "{torn}");
            assert_eq!(repaired(torn), torn, "not torn elsewhere");
        }
    }

    #[test]
    fn lists_of_numbers_stay() {
        for text in ["các mục 5, 6, 7", "năm 2021 13,6%", "1 300 người", "ngày 15 20 người"] {
            assert!(repaired(&format!("{TORN}{text}")).ends_with(text), "{text}");
        }
    }
}
