//! Scans: names that stand on a page several times and lost a mark in one place: "mỏ Hoa Trăng" beside "mỏ Hoa Trắng".
//!
//! In: the words of a page in their order. Out: the same words. Only a name of two words or more is looked at, which stands
//! elsewhere on the page at least twice with one mark more, and with the same word before or behind it.

use rustc_hash::FxHashMap;

use super::lost::GUESSED;
use super::marks::{Part, is_title};
use super::words::Word;
use crate::charset::letter;

/// Two words of a name, where they stand, and what stands about them.
#[derive(Debug)]
struct Name {
    at: usize,
    words: [String; 2],
    about: [String; 2],
}

/// Gives names the marks that they have elsewhere.
pub(super) fn mend(words: &mut [&mut Word]) {
    let parts: Vec<Part> = words.iter().map(|word| Part::of(&word.text)).collect();
    let mut names: FxHashMap<[String; 2], Vec<Name>> = FxHashMap::default();
    let fold = |at: Option<usize>| {
        at.and_then(|at| parts.get(at))
            .map(|part| letter::fold_ascii(&part.core).to_lowercase())
            .unwrap_or_default()
    };
    for (at, pair) in parts.windows(2).enumerate() {
        let [first, second] = pair else { continue };
        let is_name = Part::hangs(pair) && is_title(&first.core) && is_title(&second.core);
        if is_name {
            let about = [fold(at.checked_sub(1)), fold(Some(at + 2))];
            let key = [fold(Some(at)), fold(Some(at + 1))];
            let words = [first.core.clone(), second.core.clone()];
            names.entry(key).or_default().push(Name { at, words, about });
        }
    }
    for group in names.into_values().filter(|group| group.len() > 2) {
        let mut times: FxHashMap<&[String; 2], usize> = FxHashMap::default();
        group.iter().for_each(|name| *times.entry(&name.words).or_default() += 1);
        let is_often = |name: &&Name| times.get(&name.words).is_some_and(|n| *n > 1);
        for own in group.iter().filter(|own| !is_often(own)) {
            let other = group
                .iter()
                .filter(is_often)
                .find(|other| own.about.iter().zip(&other.about).any(|(a, b)| a == b && !a.is_empty()));
            let Some(other) = other else { continue };
            for (i, (read, right)) in own.words.iter().zip(&other.words).enumerate() {
                if let Some(word) = words.get_mut(own.at + i).filter(|_| is_less(read, right)) {
                    word.text = word.text.replacen(read.as_str(), right, 1);
                    word.confidence = word.confidence.min(GUESSED);
                }
            }
        }
    }
}

/// Whether a word is another without one mark.
fn is_less(read: &str, right: &str) -> bool {
    let mut differ = read.chars().zip(right.chars()).filter(|(a, b)| a != b);
    let Some((from, to)) = differ.next().and_then(|(a, b)| Some((letter::letter(a)?, letter::letter(b)?)))
    else {
        return false;
    };
    // The dot of an i is easily seen as a mark.
    if letter::ascii(from.base) == 'i' {
        return false;
    }
    let lost = from.base == to.base && from.tone == letter::Tone::Level
        || from.tone == to.tone && from.base.is_ascii() && !to.base.is_ascii();
    lost && differ.next().is_none() && read.chars().count() == right.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        let word = |text: &str| Word { text: text.to_owned(), confidence: 96, ..Word::default() };
        let mut words: Vec<Word> = text.split(' ').map(word).collect();
        mend(&mut words.iter_mut().collect::<Vec<_>>());
        words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_name_gets_the_mark_that_it_has_elsewhere() {
        let text = "tại xã Bảo Ái, tỉnh; xã Bảo Ái, tỉnh; xã Bảo Ai, tỉnh";
        assert_eq!(mended(text), text.replace("Ai", "Ái"));
    }

    #[test]
    fn names_that_only_look_alike_stay() {
        for text in [
            "ông Minh Hòa đến, ông Minh Hoa đi",
            "cùng Minh Hòa đến, cùng Minh Hòa đi, bà Minh Hoa ở",
            "xã Si Ma Cai, xã Sỉ Ma Cai, xã Sỉ Ma Cai",
            "xã Bảo Ai, xã Bảo Ai, xã Bảo Ái,",
        ] {
            assert_eq!(mended(text), text);
        }
    }
}
