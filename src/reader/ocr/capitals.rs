//! Scans: capitals that recognition takes for small letters of the same shape: "truyỀn" is "truyền", "các SỞ, ngành"
//! "các sở, ngành".
//!
//! In: the words of a page in their order. Out: the same words. Lines of capitals, abbreviations and names stay as they
//! are: a letter becomes small only where its word is one of the language and a small letter stands beside it.

use super::marks::Part;
use super::pairs::KNOWN;
use super::words::Word;
use crate::charset::letter;
use crate::charset::syllable::is_syllable;
use crate::words::syllable::is_frequent;

/// Makes capitals small that stand among small letters.
pub(super) fn mend(words: &mut [&mut Word]) {
    for i in 0..words.len() {
        let Some(word) = words.get(i).map(|w| w.text.clone()) else { continue };
        let part = Part::of(&word);
        let near =
            |step: isize| i.checked_add_signed(step).and_then(|i| words.get(i)).map(|w| w.text.as_str());
        let right = inside(&part, near(-1)).or_else(|| whole(&part, near(-1), near(1)));
        // What has become one capital and small letters may be small altogether.
        let now = right
            .as_ref()
            .map_or_else(|| Part::of(&word), |right| Part::of(&word.replacen(&part.core, right, 1)));
        let behind = near(1).filter(|_| is_level(words, i));
        let right = first(&now, near(-1), behind).or(right);
        if let Some((right, word)) = right.zip(words.get_mut(i)) {
            word.text = word.text.replacen(&part.core, &right, 1);
        }
    }
}

/// Whether a word stands behind the one before it, and begins no line.
fn is_level(words: &[&mut Word], i: usize) -> bool {
    let before = i.checked_sub(1).and_then(|i| words.get(i));
    before.zip(words.get(i)).is_some_and(|(a, b)| a.right <= b.left && a.top < b.bottom && b.top < a.bottom)
}

/// A word of small and capital letters in no order: "sinh ViÊn".
fn inside(part: &Part, before: Option<&str>) -> Option<String> {
    let core = part.core.as_str();
    let mut letters = core.chars();
    let first = letters.next()?;
    let rest = letters.as_str();
    let is_mixed = rest.contains(letter::is_upper)
        && (rest.contains(is_small) || !letter::is_upper(first))
        && core.chars().all(letter::is_letter);
    if !is_mixed || !is_frequent(core) || !is_syllable(core) {
        return None;
    }
    let is_small_too = is_alike(first) && goes_on(part, before);
    Some(if is_small_too { core.to_lowercase() } else { format!("{first}{}", rest.to_lowercase()) })
}

/// Whether a word stands behind a small one in the same sentence.
fn goes_on(part: &Part, before: Option<&str>) -> bool {
    part.open.0 && before.is_some_and(|w| w.contains(is_small) && !w.ends_with(['.', ':', ';']))
}

/// A word of capitals that all have the shape of their small letters, beside small ones: "chuyển đổi SỐ.".
fn whole(part: &Part, before: Option<&str>, behind: Option<&str>) -> Option<String> {
    let core = &part.core;
    // A letter with marks stands in no abbreviation.
    let are_alike = core.chars().all(is_alike);
    let may_be = are_alike || core.chars().all(letter::is_upper) && !core.is_ascii();
    if core.chars().nth(1).is_none() || !may_be || !is_frequent(core) {
        return None;
    }
    let is_behind_small = behind.is_some_and(|w| w.chars().any(is_small) && !w.chars().any(letter::is_upper));
    // Before the end of a sentence nothing is known of the next word.
    if are_alike && goes_on(part, before) && (is_behind_small || !part.open.1) {
        return Some(core.to_lowercase());
    }
    let is_heading = before.is_some_and(|w| w.contains(letter::is_upper) && !w.contains(is_small));
    (is_behind_small && !is_heading).then(|| {
        let mut letters = core.chars();
        letters.next().into_iter().chain(letters.as_str().to_lowercase().chars()).collect()
    })
}

/// A capital at the head of the second half of a word, "cơ Sở", or of a small word between others, "phục vụ Việc thực hiện".
fn first(part: &Part, before: Option<&str>, behind: Option<&str>) -> Option<String> {
    let mut letters = part.core.chars();
    let (first, rest) = (letters.next()?, letters.as_str());
    let before = before.map(Part::of).filter(|p| p.open.1 && part.open.0 && p.core.chars().all(is_small))?;
    let key = part.key?;
    let is_between = behind.is_some_and(|w| part.open.1 && w.chars().all(is_small));
    let is_word = behind.and_then(|w| Part::of(w).key).is_some_and(|behind| KNOWN.is_word(key, behind));
    let is_none = KNOWN.is_word(before.key?, key) || is_between && KNOWN.is_small(key) && !is_word;
    (is_alike(first) && rest.contains(is_small) && is_none).then(|| part.core.to_lowercase())
}

/// Capitals that have the shape of their small letters.
fn is_alike(c: char) -> bool {
    letter::is_upper(c) && matches!(letter::ascii(c), 'c' | 'o' | 's' | 'u' | 'v' | 'x')
}

fn is_small(c: char) -> bool {
    letter::is_letter(c) && !letter::is_upper(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        let word = |(i, text): (usize, &str)| {
            let left = i as f32;
            Word { text: text.to_owned(), left, right: left + 0.9, bottom: 1.0, ..Word::default() }
        };
        let mut words: Vec<Word> = text.split(' ').enumerate().map(word).collect();
        mend(&mut words.iter_mut().collect::<Vec<_>>());
        words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn capitals_among_small_letters_are_small() {
        for (read, right) in [
            ("thông tin tuyên truyỀn: Ban", "thông tin tuyên truyền: Ban"),
            ("cho sinh ViÊn, nhân viên", "cho sinh viên, nhân viên"),
            ("chuyển đổi SỐ. Bảo đảm", "chuyển đổi số. Bảo đảm"),
            ("năm 2013 (SỐ liệu báo cáo", "năm 2013 (Số liệu báo cáo"),
            ("Các SỞ, ngành", "Các sở, ngành"),
            ("tại cơ Sở. Tổ", "tại cơ sở. Tổ"),
            ("một sỐ quy định", "một số quy định"),
            ("6- VỀ công tác", "6- Về công tác"),
            ("ổn định phục vụ Việc thực hiện", "ổn định phục vụ việc thực hiện"),
        ] {
            assert_eq!(mended(read), right);
        }
    }

    #[test]
    fn headings_names_and_abbreviations_stay() {
        for text in [
            "CƠ SỞ DỮ LIỆU",
            "của UBND Xã",
            "công suất 12 MW và 5 kW",
            "ông Vũ Việt",
            "SỐ HIỆU NGUY HIỂM",
            "Số: 12/QĐ-UBND",
            "GIÁM ĐỐC SỞ đã ký",
        ] {
            assert_eq!(mended(text), text);
        }
    }
}
