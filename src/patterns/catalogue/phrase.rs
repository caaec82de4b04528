//! The grammar of phrasings, and the folding under which they are compared with names.
//!
//! `hồ sơ ... (nộp|xử lý) trực tuyến` becomes two sequences of fragments, " hồ sơ " and " nộp trực tuyến " or
//! " xử lý trực tuyến "; one automaton finds all fragments of all indicators at once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use super::{Entry, Words};

/// Most sequences that one phrasing may stand for.
const MAX_EXPANSION: usize = 512;

/// Folds names to keys: words in lower case between single spaces, tones at the end of the syllable, abbreviations
/// spelt out. " Tỷ lệ TTHC " and " tỉ lệ thủ tục hành chính " have one key.
#[derive(Debug, Default)]
pub(super) struct Folder {
    abbreviations: FxHashMap<String, String>,
}

impl Folder {
    pub(super) fn new(abbreviations: &BTreeMap<String, String>) -> Self {
        let trim = |s: &str| key(s).trim().to_owned();
        Self { abbreviations: abbreviations.iter().map(|(a, b)| (trim(a), trim(b))).collect() }
    }

    /// The key of a text, abbreviations spelt out.
    pub(super) fn key(&self, text: &str, out: &mut String) {
        out.clear();
        out.push(' ');
        words(text, |word| {
            out.push_str(self.abbreviations.get(word).map_or(word, String::as_str));
            out.push(' ');
        });
    }
}

/// The key of a text: what comparisons of names use.
pub fn key(text: &str) -> String {
    let mut out = String::from(" ");
    words(text, |word| {
        out.push_str(word);
        out.push(' ');
    });
    out
}

/// What one character adds to the key of its word.
#[derive(Debug, Default)]
struct Letter {
    /// Base letter, lower case, with its vowel mark.
    text: String,
    /// Its tone, as it stands at the end of the key.
    tone: Option<char>,
    /// Ends the word.
    ends: bool,
}

/// The characters below this bound are folded once; Vietnamese lies wholly below it.
const TABLE: u32 = 0x1f00;

static LETTERS: LazyLock<Vec<Letter>> =
    LazyLock::new(|| (0..TABLE).map(|u| char::from_u32(u).map_or_else(Letter::default, letter)).collect());

fn letter(c: char) -> Letter {
    let mut out = Letter::default();
    for c in std::iter::once(c).nfd() {
        match c {
            // Tones stand at the end of the key of a syllable, so that hoà and hòa are one.
            '\u{300}' => out.tone = Some('2'),
            '\u{301}' => out.tone = Some('1'),
            '\u{303}' => out.tone = Some('4'),
            '\u{309}' => out.tone = Some('3'),
            '\u{323}' => out.tone = Some('5'),
            '\u{302}' | '\u{306}' | '\u{31b}' => out.text.push(c),
            'Ð' | 'ð' | 'Đ' => out.text.push('đ'),
            _ if c.is_alphanumeric() => out.text.extend(c.to_lowercase()),
            '\u{200b}' | '\u{ad}' | '*' => {}
            _ => out.ends = true,
        }
    }
    out
}

/// Calls `each` with every folded word.
fn words(text: &str, mut each: impl FnMut(&str)) {
    let letters = LETTERS.as_slice();
    let mut word = String::new();
    let mut tone = None;
    let mut end = |word: &mut String, tone: &mut Option<char>| {
        if !word.is_empty() {
            one_i(word);
            word.extend(tone.take());
            each(word);
            word.clear();
        }
    };
    for c in text.chars() {
        let rare;
        let letter = match letters.get(c as usize) {
            Some(letter) => letter,
            None => {
                rare = letter(c);
                &rare
            }
        };
        if letter.ends {
            end(&mut word, &mut tone);
        } else {
            word.push_str(&letter.text);
            tone = letter.tone.or(tone);
        }
    }
    end(&mut word, &mut tone);
}

/// tỷ and tỉ, lý and lí, quý and quí are one word: y at the end after a consonant is i.
fn one_i(word: &mut String) {
    let mut rest = word.chars().rev();
    if rest.next() == Some('y') {
        let before = (rest.next(), rest.next());
        let consonant = matches!(before.0, Some('h' | 'k' | 'l' | 'm' | 's' | 't' | 'v'));
        if consonant || before == (Some('u'), Some('q')) {
            word.pop();
            word.push('i');
        }
    }
}

/// One sequence of fragments.
#[derive(Debug)]
pub(super) struct Phrasing {
    /// Index of its indicator.
    pub entry: usize,
    /// Fragments, in order.
    pub slots: Vec<u32>,
    /// Which of them is rarest among all phrasings: found first, the others are looked up.
    pub rarest: u32,
    /// Bound to the beginning of the name.
    pub anchored: bool,
    /// Length of all fragments: the longest phrasing wins.
    pub weight: usize,
}

/// What a fragment can mean besides being part of a phrasing.
#[derive(Debug, Default, Clone)]
pub(super) struct Fragment {
    /// Phrasings that have it as their rarest fragment.
    pub starts: Vec<u32>,
    /// Indicators it rules out when in the name.
    pub not_near: Vec<usize>,
    /// Indicators it rules out when behind the value.
    pub not_after: Vec<usize>,
    /// Bits of [`PLAN`], [`RATE`], [`GROWTH`], [`SHARE`].
    pub words: u8,
}

pub(super) const PLAN: u8 = 1;
pub(super) const RATE: u8 = 2;
pub(super) const GROWTH: u8 = 4;
pub(super) const SHARE: u8 = 8;

/// All phrasings under one automaton.
#[derive(Debug)]
pub(super) struct Phrasings {
    pub automaton: AhoCorasick,
    pub fragments: Vec<Fragment>,
    pub list: Vec<Phrasing>,
    /// Folded units of each indicator.
    pub units: Vec<Vec<String>>,
}

#[derive(Default)]
struct Builder {
    ids: FxHashMap<String, u32>,
    texts: Vec<String>,
    fragments: Vec<Fragment>,
    uses: Vec<usize>,
}

impl Builder {
    fn id(&mut self, text: &str) -> u32 {
        if let Some(&id) = self.ids.get(text) {
            return id;
        }
        let id = self.texts.len() as u32;
        self.ids.insert(text.to_owned(), id);
        self.texts.push(text.to_owned());
        self.fragments.push(Fragment::default());
        self.uses.push(0);
        id
    }

    fn fragment(&mut self, text: &str) -> Option<&mut Fragment> {
        let id = self.id(text);
        self.fragments.get_mut(id as usize)
    }
}

impl Phrasings {
    pub(super) fn compile(
        entries: &[Entry],
        words: &Words,
        folder: &Folder,
    ) -> Result<Self, (usize, String)> {
        let mut b = Builder::default();
        let mut list: Vec<Phrasing> = Vec::new();
        let mut units = Vec::new();
        let mut folded = String::new();
        for (i, entry) in entries.iter().enumerate() {
            for written in &entry.phrasings {
                let (anchored, body) = match written.strip_prefix('^') {
                    Some(rest) => (true, rest),
                    None => (false, written.as_str()),
                };
                for sequence in expand(body).map_err(|m| (i, format!("phrasing {written:?}: {m}")))? {
                    let mut slots = Vec::new();
                    let mut weight = 0;
                    for part in sequence.split("...") {
                        folder.key(part, &mut folded);
                        if folded.trim().is_empty() {
                            return Err((i, format!("phrasing {written:?} has an empty part")));
                        }
                        weight += folded.chars().filter(|c| c.is_alphanumeric()).count();
                        let id = b.id(&folded);
                        if let Some(n) = b.uses.get_mut(id as usize) {
                            *n += 1;
                        }
                        slots.push(id);
                    }
                    list.push(Phrasing { entry: i, slots, rarest: 0, anchored, weight });
                }
            }
            for word in &entry.not_near {
                folder.key(word, &mut folded);
                if let Some(f) = b.fragment(&folded) {
                    f.not_near.push(i);
                }
            }
            for word in &entry.not_after {
                folder.key(word, &mut folded);
                if let Some(f) = b.fragment(&folded) {
                    f.not_after.push(i);
                }
            }
            units.push(
                entry
                    .units
                    .iter()
                    .map(|u| {
                        folder.key(u, &mut folded);
                        folded.clone()
                    })
                    .collect(),
            );
        }
        for (list, bit) in
            [(&words.plan, PLAN), (&words.rate, RATE), (&words.growth, GROWTH), (&words.share, SHARE)]
        {
            for word in list {
                folder.key(word, &mut folded);
                if let Some(f) = b.fragment(&folded) {
                    f.words |= bit;
                }
            }
        }
        for (i, phrasing) in list.iter_mut().enumerate() {
            let uses = |id: u32| b.uses.get(id as usize).copied().unwrap_or(0);
            phrasing.rarest = phrasing.slots.iter().copied().min_by_key(|&s| uses(s)).unwrap_or(0);
            if let Some(f) = b.fragments.get_mut(phrasing.rarest as usize) {
                f.starts.push(i as u32);
            }
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(&b.texts)
            .map_err(|e| (0, format!("the catalogue is too large: {e}")))?;
        Ok(Self { automaton, fragments: b.fragments, list, units })
    }
}

/// All sequences that a phrasing with alternatives stands for.
fn expand(text: &str) -> Result<Vec<String>, String> {
    let mut done = vec![String::new()];
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('(') {
        let Some((group, tail)) = after.split_once(')') else {
            return Err("a parenthesis is not closed".into());
        };
        let mut next = Vec::new();
        for head in &done {
            next.extend(group.split('|').map(|choice| format!("{head}{before}{choice}")));
        }
        if next.len() > MAX_EXPANSION {
            return Err(format!("it stands for more than {MAX_EXPANSION} sequences"));
        }
        done = next;
        rest = tail;
    }
    if rest.contains(')') || rest.contains('|') {
        return Err("alternatives stand in parentheses: (a|b)".into());
    }
    done.iter_mut().for_each(|d| d.push_str(rest));
    Ok(done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_have_one_key() {
        for (a, b) in [
            ("Tỷ lệ  khoá", "tỉ lệ khóa"),
            ("Quý, uỷ ban", "QUÍ ủy-ban"),
            ("Ðồng bộ", "đồng bộ"),
            ("e\u{302}\u{301}", "ế"),
        ] {
            assert_eq!(key(a), key(b), "{a} {b}");
        }
        assert_ne!(key("số"), key("sổ"));
        assert_ne!(key("xay"), key("xai"));
    }

    #[test]
    fn alternatives_expand_to_every_sequence() {
        assert_eq!(expand("a (b|c) ... d").unwrap(), ["a b ... d", "a c ... d"]);
        assert!(expand("a (b").is_err());
        assert!(expand("a|b").is_err());
    }
}
