//! Repair `look_alike`: Cyrillic letters that look like Latin ones, as recognition (OCR) by other programs writes them
//! into the hidden layer of a scan: "ТАNDTC, ВСА" is "TANDTC, BCA".
//!
//! Only words change all of whose Cyrillic letters look Latin, and none beside a word that is really Cyrillic.

use crate::words::shadow::Editor;

/// The name of the repair.
pub(super) const NAME: &str = "look_alike";

/// Cyrillic letters and the Latin ones that they look like.
const ALIKE: [(char, &str); 32] = [
    ('А', "A"),
    ('В', "B"),
    ('С', "C"),
    ('Е', "E"),
    ('Н', "H"),
    ('І', "I"),
    ('Ј', "J"),
    ('К', "K"),
    ('М', "M"),
    ('О', "O"),
    ('Р', "P"),
    ('Ѕ', "S"),
    ('Т', "T"),
    ('У', "Y"),
    ('Х', "X"),
    ('Ү', "Y"),
    ('Ԛ', "Q"),
    ('Ԝ', "W"),
    ('а', "a"),
    ('с', "c"),
    ('е', "e"),
    ('і', "i"),
    ('ј', "j"),
    ('о', "o"),
    ('р', "p"),
    ('ѕ', "s"),
    ('у', "y"),
    ('х', "x"),
    ('һ', "h"),
    ('ԁ', "d"),
    ('ԛ', "q"),
    ('ԝ', "w"),
];

/// Asks for the letters of such words.
pub(super) fn ask(text: &str, editor: &mut Editor<'_>) {
    // What is asked for in the word before, where it may still turn out to stand beside a Cyrillic one.
    let mut waiting: Vec<(usize, char)> = Vec::new();
    let mut beside_cyrillic = false;
    let mut give = |letters: &mut Vec<(usize, char)>, keep: bool| {
        for (at, c) in letters.drain(..).filter(|_| keep) {
            editor.replace(at..at + c.len_utf8(), latin(c).unwrap_or_default());
        }
    };
    for (start, word) in words(text) {
        let cyrillic = || word.char_indices().filter(|(_, c)| is_cyrillic(*c));
        if cyrillic().any(|(_, c)| latin(c).is_none()) {
            give(&mut waiting, false);
            beside_cyrillic = true;
            continue;
        }
        // A single letter says nothing of the language.
        let says = word.chars().nth(1).is_some() && word.chars().any(|c| !is_cyrillic(c));
        if says {
            beside_cyrillic = false;
            give(&mut waiting, true);
        }
        if !beside_cyrillic {
            waiting.extend(cyrillic().map(|(i, c)| (start + i, c)));
        }
    }
    give(&mut waiting, true);
}

/// The runs of letters.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text.get(rest..)?.find(char::is_alphabetic)?;
        let run = text.get(start..)?;
        let end = run.find(|c: char| !c.is_alphabetic()).unwrap_or(run.len());
        rest = start + end;
        Some((start, run.get(..end)?))
    })
}

fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{52F}').contains(&c)
}

fn latin(c: char) -> Option<&'static str> {
    ALIKE.iter().find(|(cyrillic, _)| *cyrillic == c).map(|(_, latin)| *latin)
}

#[cfg(test)]
mod tests {
    use super::super::tests::repaired;

    #[test]
    fn look_alikes_in_and_between_latin_words_are_latin() {
        assert_eq!(
            repaired("Lưu: VT (ВСА, BQP, ТАNDTC, BYT, ВСТ), C04-ВСА."),
            "Lưu: VT (BCA, BQP, TANDTC, BYT, BCT), C04-BCA."
        );
        assert_eq!(repaired("số 15/QĐ-ВСТ ngày"), "số 15/QĐ-BCT ngày");
        assert_eq!(repaired("ВСТ"), "BCT");
    }

    #[test]
    fn real_cyrillic_stays() {
        for text in ["ban hành theo ГОСТ Р 52931", "Москва, СССР", "СССР, Москва và", "ГОСТ 12.1"]
        {
            assert_eq!(repaired(text), text);
        }
    }
}
