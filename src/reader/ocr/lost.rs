//! Scans: letters that recognition lost, added or took for others: "quy đị tại" is "quy định tại", "Tgười" is "người",
//! "sắp XxẾp" is "sắp xếp".
//!
//! In: a word and the syllables about it. Out: the words that it may be, with their cost; they are guesses, and what is
//! taken of them is doubtful. Only a word that is known beside none of its neighbours may be another.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use super::marks::Part;
use super::pairs::{KNOWN, NUMBER};
use super::words::Word;
use crate::charset::letter;
use crate::charset::syllable::is_syllable;
use crate::words::syllable::{is_frequent, toned_key};

/// How sure a guessed word is, at most.
pub(super) const GUESSED: u8 = 75;
/// What the first letter costs that was lost, and each further one.
const LOST: i32 = 200;
const FURTHER: i32 = 40;
/// What it costs that a letter is another.
const CHANGED: i32 = 220;
/// What it costs that other marks stand on a letter besides.
const MARKS: i32 = 60;
/// Most letters that were lost.
const MOST: usize = 2;
/// From here on recognition is sure of a word, and of one that is known.
const SURE: u8 = 94;
const DOUBTED: u8 = 50;
/// So many places make a syllable known.
const RARE: f32 = 6.0;
/// A syllable that stands in more than this share of the places of its neighbour is hardly to be replaced there.
const CAPTIVE: f32 = 0.5;
/// From here on a single neighbour tells enough of a possible syllable.
const TELLING: f32 = 64.0;

/// A word to look at: what was read, what stands about it, and what else is known of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Doubtful<'a> {
    pub(super) before: Option<u64>,
    pub(super) part: &'a Part,
    pub(super) behind: Option<u64>,
    pub(super) confidence: u8,
    /// Whether no other marks make it a word that is known here.
    pub(super) is_alone: bool,
    /// Whether a sentence may begin with it.
    pub(super) is_start: bool,
}

/// The words that a word may be, the cheapest first.
pub(super) fn candidates(word: Doubtful<'_>) -> Vec<(i32, String)> {
    let Doubtful { before, part, behind, confidence, is_alone, is_start } = word;
    let Some(own) = part.key.filter(|key| *key != NUMBER) else { return Vec::new() };
    let read: Vec<char> = part.core.chars().collect();
    let is_word = read.len() > 1
        && read.iter().any(|c| letter::is_vowel(*c))
        && read.iter().filter(|c| letter::is_upper(**c)).count() < 2;
    if !is_word {
        return Vec::new();
    }
    let is_sure = confidence >= SURE || confidence >= DOUBTED && KNOWN.places(own) >= RARE;
    let count = |a: Option<u64>, b: Option<u64>| a.zip(b).map(|(a, b)| KNOWN.count(a, b));
    let is_known = |key: u64| {
        [count(before, Some(key)), count(Some(key), behind)].into_iter().flatten().any(|n| n > 0.0)
    };
    if before.or(behind).is_none() || is_known(own) {
        return Vec::new();
    }
    let is_odd = is_alone && !is_syllable(&part.core);
    let is_captive = |key: u64| {
        let share = |a: Option<u64>, b: Option<u64>, of: Option<u64>| {
            count(a, b).unwrap_or(0.0) / of.map_or(0.0, |of| KNOWN.places(of)).max(TELLING)
        };
        share(before, Some(key), before) > CAPTIVE || share(Some(key), behind, behind) > CAPTIVE
    };
    let fits = |key: u64| match (count(before, Some(key)), count(Some(key), behind)) {
        (Some(a), Some(b)) => is_odd || a > 0.0 && b > 0.0,
        (Some(n), None) | (None, Some(n)) => is_odd || n >= TELLING,
        (None, None) => false,
    };
    let own: Vec<char> = read.iter().map(|c| letter::lower(*c)).collect();
    let near = |text: &'static str| {
        let other: Vec<char> = text.chars().collect();
        let (cost, is_head) = way(&own, &other, is_odd)?;
        let key = toned_key(text)?;
        let may_be = fits(key) && (!is_sure || is_captive(key));
        let capital = if is_head { is_start } else { read.first().is_some_and(|c| letter::is_upper(*c)) };
        let first = other.first().map(|c| if capital { letter::upper(*c) } else { *c });
        may_be.then(|| (cost, first.into_iter().chain(other.into_iter().skip(1)).collect()))
    };
    let mut found: Vec<(i32, String)> = KNOWN.beside(before, behind).filter_map(near).collect();
    found.sort();
    found.dedup();
    found.truncate(8);
    found
}

/// What it costs that one word was read for another, and whether its head is another; `None` where that is not to be
/// thought of.
fn way(read: &[char], right: &[char], is_odd: bool) -> Option<(i32, bool)> {
    let alike = |a: &[char], b: &[char]| {
        (a.len() == b.len() && a.iter().zip(b).all(|(a, b)| letter::ascii(*a) == letter::ascii(*b)))
            .then(|| a.iter().zip(b).filter(|(a, b)| a != b).count() as i32 * MARKS)
    };
    match right.len().cmp(&read.len()) {
        Ordering::Greater => {
            let lost = right.len() - read.len();
            let cost = LOST + (lost as i32 - 1) * FURTHER;
            let head = || Some((alike(read, right.get(lost..)?)?, true));
            let tail = || Some((alike(read, right.get(..read.len())?)?, false));
            let way = if lost <= MOST { head().or_else(tail) } else { None };
            way.map(|(marks, is_head)| (cost + marks, is_head))
        }
        Ordering::Equal if is_odd => {
            let differ = |(a, b): (&char, &char)| letter::ascii(*a) != letter::ascii(*b);
            let pairs = || read.iter().zip(right);
            let marks = pairs().filter(|(a, b)| a != b && letter::ascii(**a) == letter::ascii(**b)).count();
            let is_head = pairs().next().is_some_and(differ);
            (pairs().filter(|pair| differ(*pair)).count() == 1 && read.len() > 2)
                .then(|| (CHANGED + marks as i32 * MARKS, is_head))
        }
        _ => None,
    }
}

/// A word in which a letter stands twice, once with other marks or in another case: "TẮÁT" is "TẮT".
pub(super) fn undouble(word: &mut Word) {
    let core = word.text.trim_matches(|c: char| !c.is_alphanumeric());
    let letters: Vec<char> = core.chars().collect();
    if letters.len() < 3 || letters.len() > 8 || !core.chars().all(letter::is_letter) || is_syllable(core) {
        return;
    }
    let twice = |pair: &[char]| matches!(pair, [a, b] if a != b && letter::ascii(*a) == letter::ascii(*b));
    let without = |at: usize| {
        let mut rest = letters.clone();
        rest.remove(at);
        rest.into_iter().collect::<String>()
    };
    let places = letters.windows(2).enumerate().filter(|(_, pair)| twice(pair)).map(|(at, _)| at);
    let right = places.flat_map(|at| [at, at + 1]).map(without).filter(|text| is_frequent(text));
    let right = right.max_by(|a, b| {
        let places = |text: &str| toned_key(text).map_or(0.0, |key| KNOWN.places(key));
        places(a).total_cmp(&places(b))
    });
    if let Some(right) = right {
        word.text = word.text.replacen(core, &right, 1);
        word.others.clear();
        word.confidence = word.confidence.min(GUESSED);
    }
}

/// Below this, an abbreviation may be another of its page, or one that is known.
const UNSURE: u8 = 85;
const VERY_UNSURE: u8 = 60;

/// Abbreviations that are known nowhere, as those of the page or the list that differ by a letter or two: "VLUNCN" is
/// "VLNCN".
pub(super) fn abbreviations(words: &mut [&mut Word]) {
    let short = |word: &Word| {
        let core = word.text.trim_matches(|c: char| !c.is_alphanumeric());
        let is = core.chars().nth(2).is_some() && core.chars().all(letter::is_upper) && !is_syllable(core);
        is.then(|| core.to_owned())
    };
    let all: Vec<Option<String>> = words.iter().map(|word| short(word)).collect();
    let mut times: FxHashMap<&str, usize> = FxHashMap::default();
    all.iter().flatten().for_each(|text| *times.entry(text).or_default() += 1);
    let is_often = |text: &str| times.get(text).is_some_and(|n| *n > 1);
    let is_known = |text: &str| toned_key(text).is_some_and(|key| KNOWN.holds(key));
    // What stands once on the page and is known nowhere is no pattern for others.
    let mut patterns: Vec<&str> =
        all.iter().flatten().map(String::as_str).filter(|text| is_often(text) || is_known(text)).collect();
    patterns.sort_unstable();
    patterns.dedup();
    for (word, own) in words.iter_mut().zip(&all) {
        let Some(own) = own.as_ref().filter(|own| own.chars().nth(3).is_some() && !is_known(own)) else {
            continue;
        };
        if word.confidence >= UNSURE || is_often(own) {
            continue;
        }
        let far = if word.confidence < VERY_UNSURE { 2 } else { 1 };
        let length = own.chars().count();
        let near = patterns.iter().copied().filter(|other| other != own).filter_map(|other| {
            // One that is not on the page elsewhere may differ by a letter that was added, and no more.
            let may_be = is_often(other) || other.chars().count() < length;
            let may_be = may_be && other.chars().next() == own.chars().next();
            let edits = edits(own, other);
            (may_be && edits <= far && other.chars().count() > edits + 2).then_some((edits, other))
        });
        let mut near: Vec<(usize, &str)> = near.collect();
        near.sort_unstable();
        if let [(first, right), rest @ ..] = near.as_slice()
            && rest.iter().all(|(edits, _)| edits > first)
        {
            word.text = word.text.replacen(own.as_str(), right, 1);
            word.confidence = word.confidence.min(GUESSED);
        }
    }
}

/// How many letters are added, lost or others.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
            next.push((at(&row, j) + usize::from(x != *y)).min(at(&row, j + 1) + 1).min(at(&next, j) + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Option<u64> {
        toned_key(text)
    }

    /// What a word may be first, between its neighbours.
    fn first(before: &str, text: &str, behind: &str, confidence: u8) -> Option<String> {
        let part = Part::of(text);
        let word = Doubtful {
            before: key(before),
            part: &part,
            behind: key(behind),
            confidence,
            is_alone: true,
            is_start: before.is_empty(),
        };
        candidates(word).into_iter().next().map(|(_, text)| text)
    }

    #[test]
    fn lost_and_mistaken_letters_come_back_between_neighbours_that_know_the_word() {
        for (before, text, behind, right) in [
            ("quy", "đị", "tại", "định"),
            ("tỉnh", "rước", "ngày", "trước"),
            ("", "ơi", "nhận", "Nơi"),
            ("trọng", "frí", "của", "trí"),
            ("", "kãnh", "đạo", "Lãnh"),
        ] {
            assert_eq!(first(before, text, behind, 80).as_deref(), Some(right), "{text}");
        }
    }

    #[test]
    fn what_is_known_or_surely_read_stays() {
        for (before, text, behind, confidence) in [
            ("gói", "pha", "chè", 80),
            ("", "Cty", "cổ", 96),
            ("đơn", "giá", "bán", 60),
            ("", "VŨ", "SƠN", 60),
            ("dài", "cm", "trở", 80),
        ] {
            assert_eq!(first(before, text, behind, confidence), None, "{text}");
        }
    }

    fn word(text: &str, confidence: u8) -> Word {
        Word { text: text.to_owned(), confidence, ..Word::default() }
    }

    #[test]
    fn a_letter_seen_twice_stands_once() {
        for (read, right) in [
            ("TẮÁT", "TẮT"),
            ("XxẾp;", "XẾp;"),
            ("đôồng", "đồng"),
            ("VietGAP", "VietGAP"),
            ("boong", "boong"),
        ] {
            let mut word = word(read, 90);
            undouble(&mut word);
            assert_eq!(word.text, right);
            assert_eq!(word.confidence, if read == right { 90 } else { GUESSED });
        }
    }

    #[test]
    fn abbreviations_are_those_of_the_page() {
        let mended = |words: &[(&str, u8)]| {
            let mut words: Vec<Word> = words.iter().map(|(text, sure)| word(text, *sure)).collect();
            abbreviations(&mut words.iter_mut().collect::<Vec<_>>());
            words.into_iter().map(|w| w.text).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(mended(&[("VLNCN", 90), ("và", 96), ("VLUNCN:", 31)]), "VLNCN và VLNCN:");
        assert_eq!(mended(&[("VLNCN", 90), ("VLUNCN:", 95)]), "VLNCN VLUNCN:", "surely read");
        assert_eq!(mended(&[("CNTT", 90), ("BNTTT", 40)]), "CNTT BNTTT", "another first letter");
        assert_eq!(mended(&[("QWRT", 90), ("QWRTT", 40)]), "QWRT QWRTT", "known nowhere");
    }
}
