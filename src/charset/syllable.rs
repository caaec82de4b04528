//! Stage 2, judgement: which words are possible Vietnamese syllables, and how much of a text is.
//!
//! The rules (onsets, rimes, tones) stand in `patterns/lexicon/syllables.toml`. In comes a word ("nghiệp"), out goes
//! yes or no, without allocation; where the tone mark stands (hòa, hoà) plays no part.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use super::letter;

/// The rules as the file holds them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    group: Vec<Group>,
    extra: Extra,
    abbreviations: Abbreviations,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test of this file"))]
    checks: Checks,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    #[expect(dead_code, reason = "tells the reader of the file what the group is")]
    name: String,
    onsets: Vec<String>,
    rimes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Extra {
    syllables: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Abbreviations {
    tokens: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "read by the test of this file"))]
struct Checks {
    examples: Vec<String>,
    counter_examples: Vec<String>,
}

pub(crate) const RULES: &str = include_str!("../../patterns/lexicon/syllables.toml");

pub(crate) const FREQUENT: &str = include_str!("../../patterns/lexicon/frequent_syllables.toml");

/// The file of frequent syllables.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[derive(Default)]
struct Frequent {
    syllables: Vec<String>,
    kept: Vec<String>,
    before_mark: Vec<String>,
}

static FREQUENT_LIST: LazyLock<Frequent> = LazyLock::new(|| toml::from_str(FREQUENT).unwrap_or_default());
static FREQUENT_KEYS: LazyLock<FxHashSet<u64>> =
    LazyLock::new(|| FREQUENT_LIST.syllables.iter().filter_map(|word| toned_key(word)).collect());

/// The key of a syllable with its tone, wherever the mark stands.
pub(crate) fn toned_key(word: &str) -> Option<u64> {
    let mut key = Key::default();
    word.chars().for_each(|c| key.push(c));
    (key.letters > 0 && key.letters <= 7 && !key.foreign && key.tones <= 1)
        .then_some(key.bytes << 3 | u64::from(key.tone))
}

/// True for the syllables that make up most of administrative text, in any case.
pub fn is_frequent(word: &str) -> bool {
    word.len() <= 12 && toned_key(word).is_some_and(|key| FREQUENT_KEYS.contains(&key))
}

/// True for the listed words before a single letter that is a list mark: "điểm b".
pub fn is_before_mark(word: &str) -> bool {
    FREQUENT_LIST.before_mark.contains(&word.to_lowercase())
}

/// True for the listed borrowed words that are one word though two frequent syllables would make them up.
pub fn is_kept(word: &str) -> bool {
    let word = word.to_lowercase();
    FREQUENT_LIST.kept.contains(&word)
}

/// All toneless syllables as keys, and the abbreviations.
struct Table {
    /// Open addressing; 0 is an empty slot. The length is a power of two, at most half full.
    slots: Vec<u64>,
    abbreviations: FxHashSet<u64>,
}

static TABLE: LazyLock<Table> = LazyLock::new(Table::load);

impl Table {
    fn load() -> Self {
        // The file is embedded and checked by a test; should it be broken, no word is a syllable.
        let (mut keys, mut abbreviations) = (Vec::new(), FxHashSet::default());
        if let Ok(rules) = toml::from_str::<Rules>(RULES) {
            for group in &rules.group {
                for onset in &group.onsets {
                    for rime in &group.rimes {
                        keys.extend(toneless_key(&format!("{onset}{rime}")));
                    }
                }
            }
            keys.extend(rules.extra.syllables.iter().filter_map(|s| toneless_key(s)));
            abbreviations.extend(rules.abbreviations.tokens.iter().filter_map(|s| toneless_key(s)));
        }
        keys.sort_unstable();
        keys.dedup();
        let size = (keys.len() * 2).next_power_of_two().max(16);
        let mut slots = vec![0; size];
        for key in keys {
            let mut at = hash(key, size);
            while slots.get(at).is_some_and(|&k| k != 0) {
                at = (at + 1) & (size - 1);
            }
            if let Some(slot) = slots.get_mut(at) {
                *slot = key;
            }
        }
        Self { slots, abbreviations }
    }

    #[inline]
    fn contains(&self, key: u64) -> bool {
        let mask = self.slots.len() - 1;
        let mut at = hash(key, self.slots.len());
        loop {
            match self.slots.get(at) {
                Some(&k) if k == key => return true,
                Some(0) | None => return false,
                _ => at = (at + 1) & mask,
            }
        }
    }
}

#[inline]
fn hash(key: u64, size: usize) -> usize {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize & (size - 1)
}

fn toneless_key(word: &str) -> Option<u64> {
    let mut key = Key::default();
    word.chars().for_each(|c| key.push(c));
    (key.letters > 0 && key.letters <= 8 && !key.foreign).then_some(key.bytes)
}

/// A word on its way to the table: one byte a toneless letter, and its tones.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Key {
    bytes: u64,
    letters: u32,
    tone: u8,
    tones: u32,
    foreign: bool,
}

impl Key {
    /// Adds a character; anything but a letter of the alphabet makes the word foreign.
    #[inline]
    pub(crate) fn push(&mut self, c: char) {
        match letter::code(c) {
            Some(letter) => self.add(letter),
            None => self.foreign = true,
        }
    }

    /// Adds a letter: its code and its tone.
    #[inline]
    fn add(&mut self, (code, tone): (u8, u8)) {
        self.bytes = self.bytes << 8 | u64::from(code);
        self.letters += 1;
        // A word of two tones is no syllable, whichever they are.
        self.tone |= tone;
        self.tones += u32::from(tone != 0);
    }

    /// True if the word is a possible syllable.
    #[inline]
    pub(crate) fn is_syllable(self) -> bool {
        self.is_in(&TABLE)
    }

    #[inline]
    fn is_in(self, table: &Table) -> bool {
        if self.letters == 0 || self.letters > 7 || self.foreign || self.tones > 1 {
            return false;
        }
        // A stop (c, ch, p, t) closes a syllable with sắc or nặng only.
        let stop = match (self.bytes & 0xFF) as u8 {
            b'c' | b'p' | b't' => self.letters > 1,
            b'h' => (self.bytes >> 8 & 0xFF) as u8 == b'c',
            _ => false,
        };
        (!stop || self.tone >= 4) && table.contains(self.bytes)
    }
}

/// True if `word` is one possible Vietnamese syllable, in any case and with either placement of the tone mark.
/// The word must be composed (NFC).
///
/// ```
/// use baocao::internal::charset::syllable::is_syllable;
/// assert!(is_syllable("Nghiệp") && is_syllable("hoà") && is_syllable("HÒA"));
/// assert!(!is_syllable("ng") && !is_syllable("street") && !is_syllable("tiêp"));
/// ```
pub fn is_syllable(word: &str) -> bool {
    let mut key = Key::default();
    for c in word.chars() {
        key.push(c);
        if key.foreign || key.letters > 7 {
            return false;
        }
    }
    key.is_syllable()
}

/// Longest text that [`quality`] reads whole; of longer ones it reads this much in evenly spaced pieces.
const SAMPLE: usize = 8 << 10;
/// Length of one piece of a long text.
const PIECE: usize = 1 << 9;

/// The share of word tokens that are possible Vietnamese syllables, numbers or known abbreviations: 0 to 1, rounded
/// to four decimals; 0 for a text without words.
///
/// Texts above 8 KiB are judged by 16 pieces of 512 bytes at even distances, so that the cost does not grow with them.
pub fn quality(text: &str) -> f64 {
    let mut count = Count::default();
    if text.len() <= SAMPLE {
        count.add(text);
    } else {
        let pieces = SAMPLE / PIECE;
        for i in 0..pieces {
            // Even distances, the last piece at the end; cut at spaces so that no word is halved.
            let at = (text.len() - PIECE) / (pieces - 1) * i;
            count.add(whole_words(text, at, at + PIECE));
        }
    }
    if count.words == 0 {
        return 0.0;
    }
    (count.good as f64 / count.words as f64 * 10_000.0).round() / 10_000.0
}

/// The whole words between two byte offsets; the characters between them where no blank is near.
fn whole_words(text: &str, start: usize, end: usize) -> &str {
    let bytes = text.as_bytes();
    let edge = |from: usize| {
        let near = bytes.iter().skip(from).take(64).position(|b| b.is_ascii_whitespace());
        let mut at = near.map_or(from, |n| from + n).min(text.len());
        while !text.is_char_boundary(at) {
            at += 1;
        }
        at
    };
    let start = if start == 0 { 0 } else { edge(start) };
    text.get(start..edge(end)).unwrap_or("")
}

#[derive(Default)]
struct Count {
    words: u64,
    good: u64,
}

impl Count {
    /// Counts the words of a text, whichever normal form it is in.
    fn add(&mut self, text: &str) {
        // The first bytes of combining marks are CC and CD.
        let maybe = memchr::memchr2(0xcc, 0xcd, text.as_bytes()).is_some();
        if maybe && text.chars().any(combining) {
            let composed: String = text.nfc().collect();
            return self.add_composed(&composed);
        }
        self.add_composed(text);
    }

    fn add_composed(&mut self, text: &str) {
        let table = &*TABLE;
        let mut key = Key::default();
        let mut digits = false;
        for c in text.chars() {
            if let Some(letter) = letter::code(c) {
                key.add(letter);
            } else if c.is_ascii_digit() {
                digits = true;
            } else if !c.is_ascii() && (c.is_alphanumeric() || combining(c)) {
                key.push(c);
            } else if digits || key.letters > 0 || key.foreign {
                self.word(key, digits, table);
                key = Key::default();
                digits = false;
            }
        }
        if digits || key.letters > 0 || key.foreign {
            self.word(key, digits, table);
        }
    }

    #[inline]
    fn word(&mut self, key: Key, digits: bool, table: &Table) {
        self.words += 1;
        let good = digits
            || key.is_in(table)
            || (!key.foreign && key.letters <= 8 && table.abbreviations.contains(&key.bytes));
        self.good += u64::from(good);
    }
}

/// Combining tone and vowel marks: part of their word, so that decomposed text is not cut at every mark.
fn combining(c: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Rules {
        toml::from_str(RULES).expect("the embedded file is sound")
    }

    #[test]
    fn the_file_judges_its_own_examples_rightly() {
        let checks = rules().checks;
        let wrong: Vec<_> = checks
            .examples
            .iter()
            .filter(|w| !is_syllable(w))
            .chain(checks.counter_examples.iter().filter(|w| is_syllable(w)))
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn every_frequent_syllable_is_a_possible_one() {
        let list: Frequent = toml::from_str(FREQUENT).expect("the embedded file is sound");
        let wrong: Vec<_> = list.syllables.iter().filter(|w| !is_syllable(w)).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        assert!(is_frequent("HIỆN") && is_frequent("hoà") && is_frequent("hòa") && !is_frequent("ệp"));
    }

    #[test]
    fn all_tones_of_an_open_rime_and_two_of_a_stopped_one_exist() {
        for w in ["ma", "mà", "mả", "mã", "má", "mạ", "mát", "mạt"] {
            assert!(is_syllable(w), "{w}");
        }
        for w in ["mat", "màt", "mảt", "mãt", "máà", "", "m"] {
            assert!(!is_syllable(w), "{w}");
        }
    }

    #[test]
    fn quality_is_the_share_of_words() {
        assert_eq!(quality(""), 0.0);
        assert_eq!(quality("Ủy ban nhân dân tỉnh báo cáo 35 hồ sơ, UBND số 12/QĐ-UBND"), 1.0);
        assert_eq!(quality("Báo xyzw cáo qqq"), 0.5);
        // Decomposed letters are as good as composed ones.
        let text = "Uỷ ban nhân dân huyện báo cáo kết quả thực hiện nhiệm vụ được giao";
        assert_eq!(quality(&text.nfd().collect::<String>()), 1.0);
        assert!(quality("B¸o c¸o vÒ t×nh h×nh thùc hiÖn nhiÖm vô") < 0.6);
    }

    #[test]
    fn quality_of_a_long_text_is_that_of_its_repeated_part() {
        let part = "Báo cáo kết quả thực hiện nhiệm vụ xyzw ";
        let long = part.repeat(4000);
        assert!((quality(&long) - quality(part)).abs() < 0.02, "{}", quality(&long));
    }
}
