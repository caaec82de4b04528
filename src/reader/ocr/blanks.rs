//! Scans: blanks that recognition lost or saw inside a word: "thamgia" is "tham gia", "v iên" is "viên", "30/1 1/2012"
//! is "30/11/2012".
//!
//! In: the words of a line. Out: its words. Two words that became one are two where both are frequent and often stand
//! side by side; what stands closer than words do becomes one where that is a word, a date or a word and its quotation
//! mark. A date made so is doubtful. Boxes that lie over their neighbours are cut back first.

use super::pairs::KNOWN;
use super::words::Word;
use crate::charset::letter;
use crate::charset::syllable::is_syllable;
use crate::words::syllable::{is_frequent, toned_key};

/// Shares of a word's height: what stands closer is perhaps no blank, and what overlaps more is no neighbour.
const CLOSE: f32 = 0.3;
const OVER: f32 = 0.25;
/// How sure recognition is of a date in two pieces, at most.
const TORN: u8 = 75;

/// Mends the blanks of a line.
pub(super) fn mend(line: &mut Vec<Word>) {
    part(line);
    let mut i = 0;
    while let Some(word) = line.get(i) {
        if let Some((first, second)) = halves(&word.text) {
            let pair = cut(word, first, second);
            line.splice(i..=i, pair);
        }
        let joined = line.get(i).zip(line.get(i + 1)).and_then(|(a, b)| joined(a, b));
        if let Some(joined) = joined {
            line.splice(i..=i + 1, [joined]);
        }
        i += 1;
    }
}

/// Cuts back boxes that reach beyond the whole of a neighbour, as beside the rules of a table: words come in their order.
fn part(line: &mut [Word]) {
    for i in 1..line.len() {
        let Some([word, behind]) = line.get_mut(i - 1..=i) else { continue };
        if word.left < behind.left && word.right > behind.right {
            word.right = behind.left;
        }
        if behind.left < word.left && behind.right > word.right {
            behind.left = word.right;
        }
    }
}

/// The two words that one is made of.
fn halves(text: &str) -> Option<(&str, &str)> {
    let core = text.trim_matches(|c: char| !c.is_alphanumeric());
    let is_odd = core.len() < 24 && core.chars().nth(3).is_some() && core.chars().all(letter::is_letter);
    if !is_odd || is_syllable(core) {
        return None;
    }
    let start = text.find(core)?;
    let mut cuts = core.char_indices().skip(2).map(|(at, _)| start + at);
    let word = |text: &str| text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    cuts.find_map(|at| {
        let (first, second) = text.split_at_checked(at)?;
        let (a, b) = (word(first), word(second));
        let are_words = is_frequent(&a) && is_frequent(&b) && !b.starts_with(letter::is_upper);
        let keys = toned_key(&a).zip(toned_key(&b));
        (are_words && keys.is_some_and(|(a, b)| KNOWN.are_often_beside(a, b))).then_some((first, second))
    })
}

/// A word cut where its first half ends.
fn cut(word: &Word, first: &str, second: &str) -> [Word; 2] {
    let (before, all) = (first.chars().count(), word.text.chars().count().max(1));
    let middle = word.left + (word.right - word.left) * before as f32 / all as f32;
    let mut halves = [
        Word { right: middle, text: first.to_owned(), ..word.clone() },
        Word { left: middle, text: second.to_owned(), ..word.clone() },
    ];
    let [left, right] = &mut halves;
    left.others.retain(|o| usize::from(o.at) < before);
    right.others.retain(|o| usize::from(o.at) >= before);
    right.others.iter_mut().for_each(|o| o.at = o.at.saturating_sub(before as u8));
    halves
}

/// Two pieces as the one word they are.
fn joined(a: &Word, b: &Word) -> Option<Word> {
    let gap = b.left - a.right;
    let height = a.height().max(b.height());
    let text = format!("{}{}", a.text, b.text);
    let is_torn = gap < CLOSE * height
        && gap > -OVER * height
        && (is_word(&a.text, &b.text) || is_date(&a.text, &b.text) || is_closing(&b.text));
    is_torn.then(|| {
        let confidence = match (is_closing(&b.text), a.has_digit()) {
            (true, _) => a.confidence,
            (_, true) => a.confidence.min(b.confidence).min(TORN),
            _ => a.confidence.min(b.confidence),
        };
        let (top, bottom) = (a.top.min(b.top), a.bottom.max(b.bottom));
        Word { left: a.left, right: b.right, top, bottom, confidence, text, others: a.others.clone() }
    })
}

/// Whether a closing quotation mark stands by itself, as behind slanted letters.
fn is_closing(b: &str) -> bool {
    b.starts_with('”') && !b.contains(char::is_alphanumeric)
}

/// Whether consonants and what is behind them are one word.
fn is_word(a: &str, b: &str) -> bool {
    let vowel = |c: char| matches!(letter::ascii(c), 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let rest = b.trim_end_matches(|c: char| !c.is_alphanumeric());
    a.chars().all(|c| letter::is_letter(c) && !vowel(c))
        && rest.chars().next().is_some_and(|c| vowel(c) && !letter::is_upper(c))
        && is_frequent(&format!("{a}{rest}"))
        && !is_frequent(rest)
}

/// Whether two pieces are a day, its month and a year: "30/1" and "1/2012".
fn is_date(a: &str, b: &str) -> bool {
    let digits = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    };
    let b = b.trim_end_matches(|c: char| !c.is_alphanumeric());
    let Some(((day, ten), (one, year))) = a.split_once('/').zip(b.split_once('/')) else { return false };
    digits(day.trim_start_matches('('), 2)
        && ten == "1"
        && matches!(one, "0" | "1" | "2")
        && digits(year, 4)
        && year.len() == 4
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line of words, each with the gap before it.
    fn mended(words: &[(&str, f32)]) -> String {
        let mut left = 0.0;
        let mut line = Vec::new();
        for (text, gap) in words {
            left += gap;
            let right = left + 20.0;
            let text = (*text).to_owned();
            line.push(Word { left, right, bottom: 40.0, confidence: 90, text, ..Word::default() });
            left = right;
        }
        mend(&mut line);
        line.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_box_over_its_neighbours_is_cut_back() {
        let word = |left: f32, right: f32| Word { left, right, bottom: 40.0, ..Word::default() };
        let edges = |words: &[(f32, f32)]| {
            let mut line: Vec<Word> = words.iter().map(|(left, right)| word(*left, *right)).collect();
            part(&mut line);
            line.iter().map(|w| (w.left, w.right)).collect::<Vec<_>>()
        };
        assert_eq!(edges(&[(0.0, 360.0), (120.0, 170.0), (190.0, 260.0)])[0], (0.0, 120.0));
        assert_eq!(edges(&[(34.0, 100.0), (0.0, 390.0), (260.0, 320.0)])[1], (100.0, 260.0));
        let slanted = [(0.0, 100.0), (96.0, 200.0)];
        assert_eq!(edges(&slanted), slanted, "slanted letters reach over");
    }

    #[test]
    fn words_without_a_blank_are_two() {
        assert_eq!(mended(&[("thamgia", 0.0), ("(đượcgiao)", 14.0)]), "tham gia (được giao)");
        for text in ["Website", "amoniac", "BQLDA", "thực"] {
            assert_eq!(mended(&[(text, 0.0)]), text);
        }
    }

    #[test]
    fn pieces_close_together_are_one() {
        assert_eq!(mended(&[("v", 0.0), ("iên,", 5.0), ("chức", 14.0)]), "viên, chức");
        assert_eq!(mended(&[("30/1", 0.0), ("1/2012).", 6.0)]), "30/11/2012).");
        assert_eq!(mended(&[("lượng", 0.0), ("”,", 9.0)]), "lượng”,");
        assert_eq!(mended(&[("v", 0.0), ("iên", 20.0)]), "v iên", "too far apart");
        assert_eq!(mended(&[("d", 0.0), ("khoản", 5.0)]), "d khoản");
        assert_eq!(mended(&[("28/9", 0.0), ("1/2012", 6.0)]), "28/9 1/2012");
    }
}
