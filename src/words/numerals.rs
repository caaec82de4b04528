//! Numbers written with letters: the letters of a list (a, b, c, d, đ, e), Roman numbers.

/// The order of letters in lists: the Vietnamese alphabet without marked vowels; f, j, w, z as some writers use them.
const LETTERS: &[char] = &[
    'a', 'b', 'c', 'd', 'đ', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't',
    'u', 'v', 'w', 'x', 'y', 'z',
];

/// The place of a letter in lists, from 1.
pub fn letter_value(c: char) -> Option<u16> {
    let c = c.to_lowercase().next()?;
    LETTERS.iter().position(|&l| l == c).and_then(|p| u16::try_from(p + 1).ok())
}

/// Whether one letter follows another in a list: "đ", "f", "j", "w" and "z" are often left out.
pub fn letters_follow(before: u16, after: u16) -> bool {
    after > before
        && (before + 1..after).all(|n| {
            LETTERS.get(usize::from(n) - 1).is_some_and(|c| matches!(c, 'đ' | 'f' | 'j' | 'w' | 'z'))
        })
}

/// Value of a Roman numeral written with I, V, X (to 39), upper case.
pub fn roman_value(s: &str) -> Option<u16> {
    let mut total: u16 = 0;
    let mut last: u16 = 0;
    if s.is_empty() || s.len() > 7 {
        return None;
    }
    for b in s.bytes().rev() {
        let v = match b {
            b'I' => 1,
            b'V' => 5,
            b'X' => 10,
            _ => return None,
        };
        if v < last {
            total = total.checked_sub(v)?;
        } else {
            total += v;
            last = v;
        }
    }
    (total > 0 && total < 40).then_some(total)
}
