//! Scans: which syllables stand side by side, and how frequent they are (`patterns/lexicon/pairs.toml`).
//!
//! In: two syllables by their keys, which are those of [`toned_key`]. Out: how well they fit, and which syllables of the
//! same letters stand beside a neighbour.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::charset::letter;
use crate::patterns::ocr::PAIRS;
use crate::words::syllable::toned_key;

/// The file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    frequent: BTreeMap<String, String>,
    pairs: BTreeMap<String, String>,
    some: BTreeMap<String, String>,
    rare: BTreeMap<String, String>,
}

/// How often two syllables stand side by side, from never to in many documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Beside {
    #[default]
    Never,
    /// So seldom that it speaks against a change only.
    Rarely,
    Sometimes,
    Often,
}

/// Syllables by their key.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// The power of two of the documents that hold it.
    frequent: FxHashMap<u64, i32>,
    pairs: FxHashMap<(u64, u64), Beside>,
    /// What stands behind a syllable, by letters without marks.
    behind: FxHashMap<(u64, String), Vec<&'static str>>,
    /// What stands before a syllable, by letters without marks.
    before: FxHashMap<(String, u64), Vec<&'static str>>,
}

/// What the file holds.
pub(super) static KNOWN: LazyLock<Pairs> = LazyLock::new(|| {
    static FILE: LazyLock<File> = LazyLock::new(|| toml::from_str(PAIRS).unwrap_or_default());
    Pairs::of(&FILE)
});

impl Pairs {
    fn of(file: &'static File) -> Self {
        let mut known = Self::default();
        for (power, syllables) in &file.frequent {
            let power = power.parse().unwrap_or(0);
            known.frequent.extend(syllables.split_whitespace().filter_map(toned_key).map(|key| (key, power)));
        }
        let lists =
            [(&file.pairs, Beside::Often), (&file.some, Beside::Sometimes), (&file.rare, Beside::Rarely)];
        for (list, beside) in lists {
            for (first, seconds) in list {
                for second in seconds.split_whitespace() {
                    known.add(first, second, beside);
                }
            }
        }
        known
    }

    fn add(&mut self, first: &'static str, second: &'static str, beside: Beside) {
        let (Some(a), Some(b)) = (toned_key(first), toned_key(second)) else { return };
        self.pairs.entry((a, b)).or_insert(beside);
        if beside > Beside::Rarely {
            self.behind.entry((a, letter::fold_ascii(second))).or_default().push(second);
            self.before.entry((letter::fold_ascii(first), b)).or_default().push(first);
        }
    }

    /// How often two syllables stand side by side.
    pub(super) fn beside(&self, first: u64, second: u64) -> Beside {
        self.pairs.get(&(first, second)).copied().unwrap_or_default()
    }

    /// The power of two of the documents that hold a syllable.
    pub(super) fn power(&self, key: u64) -> Option<i32> {
        self.frequent.get(&key).copied()
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
    fn the_file_holds_syllables_and_no_rare_pair_is_a_known_one() {
        let file: File = toml::from_str(PAIRS).unwrap();
        let odd =
            file.pairs.iter().chain(&file.some).flat_map(|(a, b)| b.split_whitespace().chain([a.as_str()]));
        let odd: Vec<&str> = odd.filter(|word| toned_key(word).is_none()).collect();
        assert!(odd.is_empty(), "{odd:?}");
        let rare = file.rare.iter().flat_map(|(a, b)| b.split_whitespace().map(move |b| (a.as_str(), b)));
        let keys = rare.filter_map(|(a, b)| toned_key(a).zip(toned_key(b)));
        assert!(keys.into_iter().all(|(a, b)| KNOWN.beside(a, b) == Beside::Rarely));
    }
}
