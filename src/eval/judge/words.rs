//! Phrases as rows of words, folded, abbreviations spelt out, and how much of one stands in another.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::eval::key;

/// The lists of `words.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lists {
    /// Words that need not stand in a name.
    fillers: BTreeSet<String>,
    /// Kinds of units, the longer first.
    kinds: Vec<String>,
    /// The whole country.
    pub country: Vec<String>,
    /// What says the document's own place again.
    pub whole: Vec<String>,
    /// What may stand around that.
    around: BTreeSet<String>,
    /// The body that is its place.
    pub body: String,
    abbreviations: BTreeMap<String, String>,
}

/// The lists, read once; a test reads them too.
pub static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let lists: Lists = toml::from_str(include_str!("words.toml")).unwrap_or_default();
    let folded = |set: BTreeSet<String>| set.iter().map(|word| key::fold(word)).collect();
    let spelt = |(short, long): (String, String)| (key::fold(&short), key::fold(&long));
    Lists {
        fillers: folded(lists.fillers),
        around: folded(lists.around),
        abbreviations: lists.abbreviations.into_iter().map(spelt).collect(),
        ..lists
    }
});

/// A row of words.
pub type Words = Vec<String>;

/// The words of a phrase.
pub fn words(phrase: &str) -> Words {
    let folded = key::fold(phrase);
    let parts = folded.split(|c: char| !c.is_alphanumeric() && !['/', '.', '_'].contains(&c));
    let parts = parts.map(|part| part.trim_matches(['.', '/'])).filter(|part| !part.is_empty());
    let spelt = parts.flat_map(|part| LISTS.abbreviations.get(part).map_or(part, String::as_str).split(' '));
    spelt.map(str::to_owned).collect()
}

/// The words without fillers.
pub fn content(words: &Words) -> Words {
    words.iter().filter(|word| !LISTS.fillers.contains(*word)).cloned().collect()
}

/// The name of a unit without its kind: "Ba Bể" of "huyện Ba Bể".
pub fn bare(unit: &str) -> Words {
    let said = words(unit);
    match kind(&said) {
        Some(kind) if kind.len() < said.len() => said.into_iter().skip(kind.len()).collect(),
        _ => said,
    }
}

/// The kind of unit that a phrase begins with.
pub fn kind(said: &Words) -> Option<Words> {
    LISTS.kinds.iter().map(|kind| words(kind)).find(|kind| said.starts_with(kind))
}

/// What a scope says beside the words around a place.
pub fn core(scope: &Words) -> Words {
    scope.iter().filter(|word| !LISTS.around.contains(*word)).cloned().collect()
}

/// Whether one row is a stretch of another.
pub fn is_inside(part: &Words, whole: &Words) -> bool {
    !part.is_empty() && whole.windows(part.len()).any(|stretch| stretch == part.as_slice())
}

/// How many words two rows share in the same order (the longest common subsequence).
pub fn common(a: &Words, b: &Words) -> usize {
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut previous = 0;
        for (j, y) in b.iter().enumerate() {
            let (Some(&here), Some(&left)) = (row.get(j + 1), row.get(j)) else { continue };
            if let Some(cell) = row.get_mut(j + 1) {
                *cell = if x == y { previous + 1 } else { here.max(left) };
            }
            previous = here;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sound() {
        let lists: Lists = toml::from_str(include_str!("words.toml")).unwrap();
        assert!(!lists.fillers.is_empty() && !lists.kinds.is_empty() && !lists.body.is_empty());
    }

    #[test]
    fn phrases_become_words() {
        assert_eq!(
            words("Tỷ lệ BHYT, 3.1/vạn dân."),
            ["tỷ", "lệ", "bảo", "hiểm", "y", "tế", "3.1/vạn", "dân"]
        );
        assert_eq!(content(&words("số xã đạt chuẩn")), ["xã", "chuẩn"]);
        assert!(content(&words("tỷ lệ")).is_empty());
        assert_eq!(bare("TP. Huế"), ["huế"]);
        assert_eq!(bare("xã"), ["xã"]);
    }

    #[test]
    fn rows_are_compared_in_order() {
        let [a, b] = ["hộ nghèo theo chuẩn mới", "hộ cận nghèo chuẩn"].map(words);
        assert_eq!(common(&a, &b), 3);
        assert!(is_inside(&words("nghèo theo"), &a) && !is_inside(&words("nghèo chuẩn"), &a));
        assert!(!is_inside(&Vec::new(), &a));
    }
}
