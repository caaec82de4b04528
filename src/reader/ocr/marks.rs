//! Scans: marks of letters that recognition lost or mistook: "quyên hạn" is "quyền hạn", "vật liệu nỗ" is "vật liệu nổ".
//!
//! In: the words of a page. Out: the same words. A syllable changes where it is known beside none of its neighbours, and
//! one syllable of the same letters is: `patterns/lexicon/pairs.toml` holds which stand side by side. Names stay as they
//! are, and so does everything that is no word of letters alone. A word that is changed keeps its confidence: no figure
//! hangs on it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::words::Page;
use crate::charset::letter;
use crate::patterns::ocr::PAIRS;
use crate::words::repair::ocr_symbol::plain;
use crate::words::syllable::toned_key;

/// So much more frequent, as a power of two, is what a syllable gives way to beside one neighbour.
const MORE: i32 = 4;
/// So much more frequent is the likeliest of several.
const CLEARLY: i32 = 3;
/// What a neighbour counts more than how frequent a syllable is.
const NEIGHBOUR: i32 = 100;
/// A syllable that is not in the file.
const UNKNOWN: i32 = -9;
/// How often a page is gone through: a syllable that was mended helps its neighbours.
const ROUNDS: usize = 2;

/// The file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    frequent: BTreeMap<String, String>,
    pairs: BTreeMap<String, String>,
    some: BTreeMap<String, String>,
    rare: BTreeMap<String, String>,
}

/// Syllables by their key, which is that of [`toned_key`].
#[derive(Debug, Default)]
struct Pairs {
    /// The power of two of the documents that hold it.
    frequent: FxHashMap<u64, i32>,
    /// Pairs, and whether many documents hold them.
    pairs: FxHashMap<(u64, u64), bool>,
    /// Pairs that only speak against a change.
    rare: FxHashSet<(u64, u64)>,
    /// What stands behind a syllable, by letters without marks.
    behind: FxHashMap<(u64, String), Vec<&'static str>>,
    /// What stands before a syllable, by letters without marks.
    before: FxHashMap<(String, u64), Vec<&'static str>>,
}

static KNOWN: LazyLock<Pairs> = LazyLock::new(|| {
    static FILE: LazyLock<File> = LazyLock::new(|| toml::from_str(PAIRS).unwrap_or_default());
    Pairs::of(&FILE)
});

/// The letters of a word without their marks.
fn letters(word: &str) -> String {
    word.chars().map(plain).collect()
}

impl Pairs {
    fn of(file: &'static File) -> Self {
        let mut known = Self::default();
        for (power, syllables) in &file.frequent {
            let power = power.parse().unwrap_or(0);
            known.frequent.extend(syllables.split_whitespace().filter_map(toned_key).map(|key| (key, power)));
        }
        let each = |map: &'static BTreeMap<String, String>| {
            map.iter().flat_map(|(first, seconds)| seconds.split_whitespace().map(|s| (first.as_str(), s)))
        };
        let many = each(&file.pairs).map(|pair| (pair, true));
        for ((first, second), is_many) in many.chain(each(&file.some).map(|pair| (pair, false))) {
            let (Some(a), Some(b)) = (toned_key(first), toned_key(second)) else { continue };
            known.pairs.entry((a, b)).or_insert(is_many);
            known.behind.entry((a, letters(second))).or_default().push(second);
            known.before.entry((letters(first), b)).or_default().push(first);
        }
        for (first, second) in each(&file.rare) {
            known.rare.extend(toned_key(first).zip(toned_key(second)));
        }
        known
    }

    /// Whether two syllables are known side by side.
    fn holds(&self, first: Option<u64>, second: Option<u64>) -> bool {
        first.zip(second).is_some_and(|pair| self.pairs.contains_key(&pair) || self.rare.contains(&pair))
    }

    fn power(&self, key: Option<u64>) -> i32 {
        key.and_then(|k| self.frequent.get(&k)).copied().unwrap_or(UNKNOWN)
    }

    /// What a word between two others should be.
    fn right(&self, before: Option<u64>, word: &str, behind: Option<u64>) -> Option<&'static str> {
        let key = toned_key(word);
        if self.holds(before, key) || self.holds(key, behind) {
            return None;
        }
        let letters = letters(word);
        let mut likely: Vec<(i32, &'static str)> = Vec::new();
        let one = before.and_then(|b| self.behind.get(&(b, letters.clone())));
        let other = behind.and_then(|b| self.before.get(&(letters.clone(), b)));
        for candidate in one.into_iter().chain(other).flatten() {
            let as_key = toned_key(candidate);
            let pairs = [before.zip(as_key), as_key.zip(behind)].map(|p| self.pairs.get(&p?));
            let neighbours = pairs.iter().flatten().count();
            let power = self.power(as_key);
            let is_frequent = self.power(key) + MORE <= power;
            if as_key != key && pairs.contains(&Some(&true)) && (neighbours == 2 || is_frequent) {
                likely.push((neighbours as i32 * NEIGHBOUR + power, candidate));
            }
        }
        likely.sort_unstable();
        likely.dedup();
        let (weight, candidate) = likely.pop()?;
        likely.last().is_none_or(|(next, _)| next + CLEARLY <= weight).then_some(candidate)
    }
}

/// Mends the marks of a page.
pub(super) fn mend(page: &mut Page) {
    let mut words: Vec<&mut String> = page.lines.iter_mut().flatten().map(|w| &mut w.text).collect();
    words.iter_mut().for_each(|word| plain_signs(word));
    for _ in 0..ROUNDS {
        for i in 0..words.len() {
            let (before, word, behind) = (at(&words, i, -1), at(&words, i, 0), at(&words, i, 1));
            let Some(core) = word.filter(|core| core.chars().nth(1).is_some()) else { continue };
            // Marks of the sentence part a word from its neighbour.
            let whole = words.get(i).map_or("", |w| w.as_str());
            let before = before.filter(|b| at_end(&words, i, -1, b) && whole.starts_with(core));
            let behind = behind.filter(|b| at_start(&words, i, 1, b) && whole.ends_with(core));
            if is_title(core) && (before.is_some_and(is_title) || behind.is_some_and(is_title)) {
                continue;
            }
            let key = |word: Option<&str>| word.and_then(toned_key);
            let Some(right) = KNOWN.right(key(before), core, key(behind)) else { continue };
            let right = whole.replacen(core, &in_case(right, core), 1);
            if let Some(word) = words.get_mut(i) {
                **word = right;
            }
        }
    }
}

/// Signs that no administrative text holds, as what they are read for: "23⁄BB-VPHC", "v¡".
fn plain_signs(word: &mut String) {
    if word.contains('⁄') {
        *word = word.replace('⁄', "/");
    }
    if word.contains('¡')
        && word.chars().all(|c| c == '¡' || letter::is_letter(c))
        && word.chars().nth(1).is_some()
    {
        *word = word.replace('¡', "i");
    }
}

/// The letters of a word beside another, without the marks of the sentence about them; `None` where others are inside.
fn at<'w>(words: &'w [&mut String], i: usize, step: isize) -> Option<&'w str> {
    let word = words.get(i.checked_add_signed(step)?)?.trim_matches(|c: char| !c.is_alphanumeric());
    (!word.is_empty() && word.chars().all(letter::is_letter)).then_some(word)
}

/// Whether a word's letters are its end.
fn at_end(words: &[&mut String], i: usize, step: isize, core: &str) -> bool {
    i.checked_add_signed(step).and_then(|i| words.get(i)).is_some_and(|w| w.ends_with(core))
}

/// Whether a word's letters are its beginning.
fn at_start(words: &[&mut String], i: usize, step: isize, core: &str) -> bool {
    i.checked_add_signed(step).and_then(|i| words.get(i)).is_some_and(|w| w.starts_with(core))
}

/// One capital and small letters behind it.
fn is_title(word: &str) -> bool {
    word.starts_with(letter::is_upper) && word.chars().skip(1).any(|c| !letter::is_upper(c))
}

/// A small word in the case of another.
fn in_case(word: &str, like: &str) -> String {
    if is_title(like) {
        let mut chars = word.chars();
        chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
    } else if like.chars().all(letter::is_upper) {
        word.to_uppercase()
    } else {
        word.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::Word;
    use super::*;

    fn mended(text: &str) -> String {
        let word = |text: &str| Word {
            left: 0.0,
            right: 1.0,
            top: 0.0,
            bottom: 1.0,
            confidence: 90,
            text: text.to_owned(),
        };
        let lines = text.lines().map(|line| line.split(' ').map(word).collect()).collect();
        let mut page = Page { lines, ..Page::default() };
        mend(&mut page);
        let line = |words: &Vec<Word>| words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ");
        page.lines.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn syllables_that_stand_beside_no_neighbour_get_their_marks() {
        for (read, right) in [
            ("nhiệm vụ, quyên hạn", "nhiệm vụ, quyền hạn"),
            ("(sửa đổi, bồ sung năm 2020);", "(sửa đổi, bổ sung năm 2020);"),
            ("QUYÉT ĐỊNH:", "QUYẾT ĐỊNH:"),
            ("theo Quyêt định sô 128/QĐ-HC", "theo Quyết định số 128/QĐ-HC"),
            ("Hội đồng thâm\nđịnh quy hoạch", "Hội đồng thẩm\nđịnh quy hoạch"),
            ("Theo đè nghị của", "Theo đề nghị của"),
            ("xử phạt v¡ phạm số 23⁄BB-VPHC", "xử phạt vi phạm số 23/BB-VPHC"),
        ] {
            assert_eq!(mended(read), right);
        }
    }

    #[test]
    fn good_text_names_and_figures_stay() {
        for text in [
            "Căn cứ Nghị định số 17/2022/NĐ-CP của Chính phủ quy định xử phạt",
            "ông Nguyễn Quyên Hạn, bà Lê Bồ Sung",
            "đạt 15 hồ sơ, 12 thửa đất và 3 chợ",
            "a) b) I. 5% – 2,5 đ/kg",
        ] {
            assert_eq!(mended(text), text);
        }
    }

    #[test]
    fn the_file_holds_syllables_and_no_rare_pair_is_a_known_one() {
        let file: File = toml::from_str(PAIRS).unwrap();
        let odd =
            file.pairs.iter().chain(&file.some).flat_map(|(a, b)| b.split_whitespace().chain([a.as_str()]));
        let odd: Vec<&str> = odd.filter(|word| toned_key(word).is_none()).collect();
        assert!(odd.is_empty(), "{odd:?}");
        assert!(KNOWN.rare.iter().all(|pair| !KNOWN.pairs.contains_key(pair)));
    }
}
