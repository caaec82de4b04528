//! Repair `nfc`: letters with detached marks become one character ("e" + U+0302 + U+0301 is "ế"), in whatever order
//! the marks stand.

use unicode_normalization::UnicodeNormalization;

use crate::words::letter::{self, Tone};
use crate::words::shadow::Editor;

/// Name of the repair.
pub(super) const NAME: &str = "nfc";

fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&c)
}

/// Asks for every letter that has combining marks behind it.
pub(super) fn ask(text: &str, editor: &mut Editor<'_>) {
    let mut chars = text.char_indices().peekable();
    let mut composed = String::new();
    while let Some((start, base)) = chars.next() {
        if !chars.peek().is_some_and(|&(_, c)| is_mark(c)) || is_mark(base) {
            continue;
        }
        let mut end = start + base.len_utf8();
        while let Some(&(at, c)) = chars.peek().filter(|&&(_, c)| is_mark(c)) {
            end = at + c.len_utf8();
            chars.next();
        }
        let cluster = text.get(start..end).unwrap_or("");
        composed.clear();
        match compose(cluster) {
            Some(c) => composed.push(c),
            None => composed.extend(cluster.nfc()),
        }
        editor.replace(start..end, &composed);
    }
}

/// A Vietnamese letter out of a base and its marks in any order; `None` if it is none.
fn compose(cluster: &str) -> Option<char> {
    let mut chars = cluster.nfd();
    let base = letter::letter(chars.next()?)?;
    let (mut shape, mut tone) = (None, Tone::Level);
    for mark in chars {
        match mark {
            '\u{302}' | '\u{306}' | '\u{31B}' if shape.is_none() => shape = Some(mark),
            '\u{300}' | '\u{340}' if tone == Tone::Level => tone = Tone::Grave,
            '\u{309}' if tone == Tone::Level => tone = Tone::Hook,
            '\u{303}' if tone == Tone::Level => tone = Tone::Tilde,
            '\u{301}' | '\u{341}' if tone == Tone::Level => tone = Tone::Acute,
            '\u{323}' if tone == Tone::Level => tone = Tone::Dot,
            _ => return None,
        }
    }
    let letter = match (base.base, shape) {
        (c, None) => c,
        ('a', Some('\u{302}')) => 'â',
        ('a', Some('\u{306}')) => 'ă',
        ('e', Some('\u{302}')) => 'ê',
        ('o', Some('\u{302}')) => 'ô',
        ('o', Some('\u{31B}')) => 'ơ',
        ('u', Some('\u{31B}')) => 'ư',
        _ => return None,
    };
    if tone != Tone::Level && !letter::is_vowel(letter) {
        return None;
    }
    let c = letter::with_tone(letter, tone);
    Some(if base.upper { letter::upper(c) } else { c })
}

#[cfg(test)]
mod tests {
    use super::super::tests::repaired;
    use super::compose;

    #[test]
    fn marks_in_any_order_make_one_letter() {
        for cluster in ["e\u{302}\u{301}", "e\u{301}\u{302}", "ê\u{301}", "é\u{302}"] {
            assert_eq!(compose(cluster), Some('ế'), "{cluster:?}");
        }
        assert_eq!(compose("U\u{31b}\u{323}"), Some('Ự'));
        assert_eq!(compose("ạ\u{306}"), Some('ặ'));
        assert_eq!(compose("x\u{301}"), None);
    }

    #[test]
    fn decomposed_text_is_composed_and_other_scripts_too() {
        assert_eq!(repaired("Quye\u{302}\u{301}t đi\u{323}nh, u\u{308}ber"), "Quyết định, über");
    }
}
