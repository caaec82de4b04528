//! Scans: how likely a syllable is behind another (`patterns/lexicon/pairs.toml`).
//!
//! In: two syllables by their keys, which are those of [`toned_key`]; all numbers are one syllable. Out: what it costs that
//! the one follows the other, and which syllables of the same letters stand beside a neighbour.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::charset::letter;
use crate::patterns::ocr::PAIRS;
use crate::words::syllable::toned_key;

/// The file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    small: String,
    frequent: BTreeMap<String, String>,
    pairs: BTreeMap<String, BTreeMap<String, String>>,
    words: BTreeMap<String, String>,
}

/// The key of a number: no syllable has it.
pub(super) const NUMBER: u64 = u64::MAX;
/// What stands for numbers in the file.
const SIGN: &str = "#";
/// From this power of two on a pair stands side by side often.
const OFTEN: i32 = 3;
/// What is counted more often stands side by side, though recognition thought of another.
const SURELY: f32 = 3.0;
/// The power of two of a word of two syllables that was not counted.
const WORD: i32 = 2;
/// A syllable that so many places hold is frequent, and so is one that has so many times those of another.
const FREQUENT: f32 = 64.0;
/// What each pair lends to those that were not counted.
const LENT: f32 = 0.75;
/// Share of the places of a syllable, at the least, that may hold what was not counted behind it.
const LEAST: f32 = 0.1;
/// The unit of costs: so many are one `e`-fold.
const UNIT: f32 = 32.0;
/// How likely an unknown syllable is.
const UNKNOWN: f32 = 1e-6;

/// Syllables by their key.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// How many places hold it.
    places: FxHashMap<u64, f32>,
    /// How many places in all.
    all: f32,
    pairs: FxHashMap<(u64, u64), f32>,
    /// The words of two syllables of the list made by hand.
    words: FxHashSet<(u64, u64)>,
    /// Words that are no names.
    small: FxHashSet<u64>,
    /// Share of the places of a syllable that hold what was not counted behind it.
    other: FxHashMap<u64, f32>,
    /// The frequent ones, by letters without marks.
    alike: FxHashMap<String, Vec<&'static str>>,
    /// What stands behind a syllable, by letters without marks.
    behind: FxHashMap<(u64, String), Vec<&'static str>>,
    /// What stands before a syllable, by letters without marks.
    before: FxHashMap<(String, u64), Vec<&'static str>>,
    /// All that surely stands behind a syllable, and before it.
    followers: FxHashMap<u64, Vec<&'static str>>,
    leaders: FxHashMap<u64, Vec<&'static str>>,
}

/// What the file holds.
pub(super) static KNOWN: LazyLock<Pairs> = LazyLock::new(|| {
    static FILE: LazyLock<File> = LazyLock::new(|| toml::from_str(PAIRS).unwrap_or_default());
    Pairs::of(&FILE)
});

/// The key of a syllable of the file, or that of all numbers.
fn key(word: &str) -> Option<u64> {
    if word == SIGN { Some(NUMBER) } else { toned_key(word) }
}

impl Pairs {
    fn of(file: &'static File) -> Self {
        let small = file.small.split_whitespace().filter_map(key).collect();
        let mut known = Self { small, ..Self::default() };
        for (power, syllables) in &file.frequent {
            let places = 2_f32.powf(power.parse().unwrap_or(0.0) / 2.0);
            known.places.extend(syllables.split_whitespace().filter_map(key).map(|key| (key, places)));
            for syllable in syllables.split_whitespace().filter(|_| places >= FREQUENT) {
                known.alike.entry(letter::fold_ascii(syllable)).or_default().push(syllable);
            }
        }
        let mut powers: Vec<(i32, &'static BTreeMap<String, String>)> =
            file.pairs.iter().filter_map(|(power, pairs)| Some((power.parse().ok()?, pairs))).collect();
        for (first, seconds) in &file.words {
            let both = seconds.split_whitespace().filter_map(|second| key(first).zip(key(second)));
            known.words.extend(both);
        }
        powers.sort_by_key(|(power, _)| -power);
        powers.push((WORD, &file.words));
        // In a fixed order, so that sums are the same in every run.
        let mut seen: BTreeMap<u64, f32> = BTreeMap::new();
        for (power, pairs) in powers {
            for (first, seconds) in pairs {
                for second in seconds.split_whitespace() {
                    let count = 2_f32.powi(power) * if power > 0 { 1.4 } else { 1.0 };
                    // What is counted and a word is as frequent as the count says.
                    if let Some(first) = known.add(first, second, count) {
                        *seen.entry(first).or_default() += count - LENT;
                    }
                }
            }
        }
        for (key, seen) in seen {
            let places = known.places.entry(key).or_insert(1.0);
            *places = places.max(seen);
            known.other.insert(key, (1.0 - seen / *places).max(LEAST));
        }
        let mut places: Vec<f32> = known.places.values().copied().collect();
        places.sort_by(f32::total_cmp);
        known.all = places.iter().sum::<f32>().max(1.0);
        known
    }

    fn add(&mut self, first: &'static str, second: &'static str, count: f32) -> Option<u64> {
        let (a, b) = (key(first)?, key(second)?);
        if self.pairs.insert((a, b), self.pairs.get(&(a, b)).copied().unwrap_or(0.0).max(count)).is_some() {
            return None;
        }
        if count > SURELY {
            self.behind.entry((a, letter::fold_ascii(second))).or_default().push(second);
            self.before.entry((letter::fold_ascii(first), b)).or_default().push(first);
            self.followers.entry(a).or_default().push(second);
            self.leaders.entry(b).or_default().push(first);
        }
        self.places.entry(b).or_insert(count);
        Some(a)
    }

    /// Whether two syllables often stand side by side.
    pub(super) fn are_often_beside(&self, first: u64, second: u64) -> bool {
        self.pairs.get(&(first, second)).is_some_and(|count| *count >= 2_f32.powi(OFTEN))
    }

    /// Whether a syllable is a small word that is no name.
    pub(super) fn is_small(&self, key: u64) -> bool {
        self.small.contains(&key)
    }

    /// Whether two syllables are a word of the list made by hand.
    pub(super) fn is_word(&self, first: u64, second: u64) -> bool {
        self.words.contains(&(first, second))
    }

    /// Whether a syllable is in the file.
    pub(super) fn holds(&self, key: u64) -> bool {
        self.places.contains_key(&key)
    }

    /// How many places hold a syllable, and a pair.
    pub(super) fn places(&self, key: u64) -> f32 {
        self.places.get(&key).copied().unwrap_or(0.0)
    }

    pub(super) fn count(&self, first: u64, second: u64) -> f32 {
        self.pairs.get(&(first, second)).copied().unwrap_or(0.0)
    }

    /// The syllables that surely stand behind one neighbour or before the other.
    pub(super) fn beside(
        &self,
        before: Option<u64>,
        behind: Option<u64>,
    ) -> impl Iterator<Item = &'static str> {
        let one = before.and_then(|b| self.followers.get(&b));
        let other = behind.and_then(|b| self.leaders.get(&b));
        one.into_iter().chain(other).flatten().copied()
    }

    /// What a syllable costs behind another; the more, the less likely it is.
    pub(super) fn cost(&self, first: Option<u64>, second: Option<u64>) -> i32 {
        let alone = second.and_then(|key| self.places.get(&key)).map_or(UNKNOWN, |n| n / self.all);
        let likely = match first.filter(|_| second.is_some()) {
            None => alone,
            Some(first) => {
                let count = second.and_then(|second| self.pairs.get(&(first, second)));
                let places = self.places.get(&first).copied().unwrap_or(1.0);
                let other = self.other.get(&first).copied().unwrap_or(1.0);
                count.map_or(0.0, |count| (count - LENT) / places) + other * alone
            }
        };
        (-likely.max(1e-9).ln() * UNIT).round() as i32
    }

    /// The syllables of some letters that are far more frequent than one.
    pub(super) fn alike(&self, own: u64, letters: &str) -> impl Iterator<Item = &'static str> {
        let places = |key: Option<u64>| key.and_then(|key| self.places.get(&key)).copied().unwrap_or(0.0);
        let own = places(Some(own)).max(1.0);
        let all = self.alike.get(letters).into_iter().flatten().copied();
        all.filter(move |other| places(toned_key(other)) >= FREQUENT * own)
    }

    /// The syllables of some letters that stand behind one neighbour or before the other.
    pub(super) fn fitting(
        &self,
        before: Option<u64>,
        letters: &str,
        behind: Option<u64>,
    ) -> impl Iterator<Item = &'static str> {
        let one = before.and_then(|b| self.behind.get(&(b, letters.to_owned())));
        let other = behind.and_then(|b| self.before.get(&(letters.to_owned(), b)));
        one.into_iter().chain(other).flatten().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_holds_syllables_and_all_of_pairs_are_known() {
        let file: File = toml::from_str(PAIRS).unwrap();
        let pairs = file.pairs.values().flatten().chain(&file.words);
        let odd = pairs.flat_map(|(a, b)| b.split_whitespace().chain([a.as_str()]));
        let odd: Vec<&str> = odd.filter(|word| key(word).is_none_or(|key| !KNOWN.holds(key))).collect();
        assert!(odd.is_empty(), "{odd:?}");
        assert!(file.pairs.keys().chain(file.frequent.keys()).all(|power| power.parse::<i32>().is_ok()));
    }

    #[test]
    fn what_stands_together_costs_less() {
        let cost = |a: &str, b: &str| KNOWN.cost(key(a), key(b));
        assert!(cost("tổ", "chức") + 60 < cost("tô", "chức"));
        assert!(cost("#", "đến") + 60 < cost("#", "đền"));
        assert!(cost("nổ", "là") < cost("nỗ", "là") && cost("nỗ", "lực") < cost("nổ", "lực"));
    }
}
