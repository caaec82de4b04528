//! Repair `lost_space`: words that lost the blank between them are parted: "Kế hoạchsố" is "Kế hoạch số",
//! "thực hiệnNghị quyết" is "thực hiện Nghị quyết".
//!
//! A word is parted only where it is no syllable, where one seam leaves two words that both are frequent, and where no
//! other seam does. Digits need no blank: the tokens part from letters by themselves.

use std::ops::Range;

use crate::words::letter;
use crate::words::shadow::Editor;
use crate::words::syllable::{is_frequent, is_kept, is_syllable};

/// Name of the repair.
pub(super) const NAME: &str = "lost_space";

/// Most letters of a word that is looked at: four syllables.
const LONGEST: usize = 24;

/// Asks for a blank at the seams of the suspected words.
pub(super) fn ask(text: &str, words: &[Range<usize>], editor: &mut Editor<'_>) {
    for range in words {
        let Some(run) = text.get(range.clone()) else { continue };
        // The scan takes everything above ASCII for letters; the word proper ends at quotation marks and the like.
        let mut from = 0;
        for word in run.split(|c: char| !letter::is_letter(c)) {
            let at = run.get(from..).and_then(|r| r.find(word)).map_or(from, |n| from + n);
            from = at + word.len();
            for seam in seams(word) {
                let place = range.start + at + seam;
                editor.replace(place..place, " ");
            }
        }
    }
}

/// Where the word is to be parted, in bytes.
fn seams(word: &str) -> Vec<usize> {
    let letters = word.chars().count();
    if !(4..=LONGEST).contains(&letters) || is_syllable(word) || is_kept(word) {
        return Vec::new();
    }
    if let Some(seam) = case_seam(word) {
        let (left, right) = word.split_at_checked(seam).unwrap_or((word, ""));
        // A part may be glued again.
        let mut all = if is_part(left) { Vec::new() } else { seams(left) };
        all.push(seam);
        if !is_part(right) {
            all.extend(seams(right).into_iter().map(|s| s + seam));
        }
        return all;
    }
    // One case throughout, or one capital in front: parted into frequent syllables, if there is one way only.
    let small = word.chars().skip(1).all(|c| !letter::is_upper(c));
    let marked = !word.is_ascii();
    if !small || !marked {
        return Vec::new();
    }
    let mut ways = word
        .char_indices()
        .map(|(i, _)| i)
        .skip(2)
        .filter(|&i| word.split_at_checked(i).is_some_and(|(a, b)| is_whole(a) && is_whole(b)));
    match (ways.next(), ways.next()) {
        (Some(seam), None) => vec![seam],
        _ => Vec::new(),
    }
}

/// A frequent syllable of two letters or more.
fn is_whole(word: &str) -> bool {
    word.chars().nth(1).is_some() && is_frequent(word)
}

/// A word that needs no parting.
fn is_part(word: &str) -> bool {
    is_syllable(word) || word.chars().all(letter::is_upper)
}

/// The seam where the case turns: "hiện|Nghị", "UBND|ngày", "HĐND|Tỉnh".
fn case_seam(word: &str) -> Option<usize> {
    let chars: Vec<(usize, char)> = word.char_indices().collect();
    for (i, pair) in chars.windows(2).enumerate() {
        let [(_, a), (at, b)] = *pair else { continue };
        let (left, right) = word.split_at_checked(at)?;
        if !letter::is_upper(a) && letter::is_upper(b) {
            // Both sides must be Vietnamese: "eOffice", "YouTube" stay.
            let left_good = left.chars().nth(1).is_some() && (is_frequent(left) || !seams(left).is_empty());
            let right_good = right.chars().nth(1).is_some()
                && (is_frequent(right)
                    || right.chars().all(letter::is_upper)
                    || !seams(right).is_empty() && right.chars().nth(3).is_some());
            return (left_good && right_good).then_some(at);
        }
        if letter::is_upper(a) && !letter::is_upper(b) && i >= 1 {
            let capitals = |s: &str| s.chars().nth(1).is_some() && s.chars().all(letter::is_upper);
            // The small letters are a word, or the last capital belongs to it.
            let word_like = |s: &str| is_whole(s) && !s.chars().skip(1).any(letter::is_upper);
            if capitals(left) && word_like(right) {
                return Some(at);
            }
            let (last, _) = *chars.get(i)?;
            let (left, right) = word.split_at_checked(last)?;
            return (capitals(left) && word_like(right)).then_some(last);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::tests::repaired;

    #[test]
    fn glued_words_are_parted() {
        for (glued, parted) in [
            ("Kế hoạchsố", "Kế hoạch số"),
            ("thực hiệnNghị quyết", "thực hiện Nghị quyết"),
            ("67/KH-UBNDngày 5", "67/KH-UBND ngày 5"),
            ("của HĐNDTỉnh", "của HĐND Tỉnh"),
            ("củaUBND huyện", "của UBND huyện"),
            ("Kế hoạchsố45/KH-UBNDngày3/6/2022", "Kế hoạch số45/KH-UBND ngày3/6/2022"),
        ] {
            assert_eq!(repaired(glued), parted);
        }
    }

    #[test]
    fn words_that_are_whole_or_foreign_stay() {
        for text in [
            "nghiêng trường thưởng KHUYẾN",
            "Internet website YouTube eOffice iPhone Microsoft",
            "QĐ-TTg, TTr, CTr, ThS",
            "Đắk Lắk, Krông Nô, Pleiku",
            "Tromsø, Größe",
            "VNeID, VietinBank, DataCenter, KClO, Lênin",
        ] {
            assert_eq!(repaired(text), text);
        }
    }
}
