//! The grammar of phrasings.
//!
//! `hồ sơ ... (nộp|xử lý) trực tuyến` becomes two sequences of fragments, "hồ sơ" and "nộp trực tuyến" or "xử lý trực
//! tuyến"; one trie finds all fragments of all indicators at once.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::guard::{self, Guard, Guards};
use super::trie::Trie;
use super::words::{Word, words};
use super::{Entry, Words};
use crate::record::quantity::Kind;
use crate::words::seen::{SHORT, Seen};

/// Most sequences that one phrasing may stand for.
const MAX_EXPANSION: usize = 512;

/// Reads names as the catalogue compares them: word by word, abbreviations spelt out. "Tỷ lệ TTHC" and "tỉ lệ thủ tục
/// hành chính" are the same words.
#[derive(Debug, Default)]
pub(super) struct Folder {
    abbreviations: FxHashMap<Word, Vec<Word>>,
}

impl Folder {
    pub(super) fn new(abbreviations: &BTreeMap<String, String>) -> Self {
        let mut folder = Self::default();
        for (short, long) in abbreviations {
            let (mut one, mut all) = (Vec::new(), Vec::new());
            words(short, |w| one.push(w));
            words(long, |w| all.push(w));
            if let [short] = one.as_slice() {
                folder.abbreviations.insert(*short, all);
            }
        }
        folder
    }

    /// Adds the words of a text.
    #[inline]
    pub(super) fn add(&self, text: &str, out: &mut Vec<Word>) {
        words(text, |word| match self.abbreviations.get(&word) {
            Some(long) => out.extend_from_slice(long),
            None => out.push(word),
        });
    }

    /// Adds the words of a text; those seen before are known by their bytes.
    pub(super) fn add_seen(&self, text: &str, seen: &mut SeenWords, out: &mut Vec<Word>) {
        let SeenWords { words: seen, padded } = seen;
        // The last words of a text too have a place where blanks follow.
        padded.clear();
        padded.extend_from_slice(text.as_bytes());
        padded.extend_from_slice(&[b' '; SHORT]);
        let bytes = padded.as_slice();
        // Letters that digits or stars go on from are no whole word.
        let goes_on = |b: &u8| b.is_ascii_digit() || *b == b'*';
        let mut at = 0;
        while let Some(b) = bytes.get(at) {
            if PARTS[usize::from(*b)] {
                at += 1;
                continue;
            }
            let place = seen.place(bytes, at).filter(|p| !bytes.get(p.end).is_some_and(goes_on));
            let Some(mut place) = place else {
                // Up to the next blank, the long way.
                let end = bytes.iter().skip(at).position(|b| *b == b' ').map_or(bytes.len(), |n| at + n);
                self.add(text.get(at..end).unwrap_or(""), out);
                at = end.max(at + 1);
                continue;
            };
            let end = place.end;
            match place.known() {
                Some(Some(word)) => out.push(word),
                Some(None) => self.add(text.get(at..end).unwrap_or(""), out),
                None => {
                    let from = out.len();
                    self.add(text.get(at..end).unwrap_or(""), out);
                    // An abbreviation is several words.
                    place.remember(match out.get(from..) {
                        Some([word]) => Some(*word),
                        _ => None,
                    });
                }
            }
            at = end;
        }
    }

    /// The words of a text.
    pub(super) fn read(&self, text: &str) -> Vec<Word> {
        let mut out = Vec::new();
        self.add(text, &mut out);
        out
    }
}

/// Whether a byte stands between words: ASCII that is no letter or digit, nor a star, which words go on over.
static PARTS: [bool; 256] = {
    let mut parts = [false; 256];
    let mut b = 0;
    while b < 128 {
        parts[b] = !(b as u8).is_ascii_alphanumeric() && b as u8 != b'*';
        b += 1;
    }
    parts
};

/// The words that a [`Folder`] has read before.
#[derive(Debug)]
pub(super) struct SeenWords {
    words: Seen<Option<Word>>,
    padded: Vec<u8>,
}

impl SeenWords {
    /// Nothing read yet of texts of so many bytes together.
    pub(super) fn new(bytes: usize) -> Self {
        Self { words: Seen::new(bytes, None), padded: Vec::new() }
    }
}

impl Default for SeenWords {
    fn default() -> Self {
        Self::new(0)
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
    /// The whole name, but for words that say where and when.
    pub whole: bool,
    /// Length of all fragments: the longest phrasing wins.
    pub weight: usize,
}

/// What a fragment can mean besides being part of a phrasing.
#[derive(Debug, Default, Clone)]
pub(super) struct Fragment {
    /// Phrasings that have it as their rarest fragment, the best first.
    pub starts: Vec<u32>,
    /// Bits of [`kind_bit`] of the indicators that these phrasings mean.
    pub kinds: u8,
    /// Indicators it rules out when in the name.
    pub not_near: Vec<usize>,
    /// Indicators it rules out wherever it stands in the clause.
    pub not_around: Vec<usize>,
    /// Entries that it rules out right before a count.
    pub not_before: Vec<usize>,
    /// Indicators it rules out when behind the value.
    pub not_after: Vec<usize>,
    /// Guards that it calls, with the indicators whose own words have it.
    pub guards: Vec<guard::Call>,
    /// Guards that it calls off, as bits.
    pub lifts: u32,
    /// Bits of [`PLAN`], [`RATE`], [`GROWTH`], [`SHARE`], [`NEVER`], [`MORE`], [`PLAIN`], [`NEUTRAL`].
    pub words: u8,
}

pub(super) const PLAN: u8 = 1;
pub(super) const RATE: u8 = 2;
pub(super) const GROWTH: u8 = 4;
pub(super) const SHARE: u8 = 8;
pub(super) const NEVER: u8 = 16;
pub(super) const MORE: u8 = 32;
pub(super) const PLAIN: u8 = 64;
pub(super) const NEUTRAL: u8 = 128;

/// The kinds of items that an indicator may have, as bits.
pub(super) fn kind_bit(kind: Kind) -> u8 {
    1 << kind as u8
}

/// All phrasings, their fragments in one trie.
#[derive(Debug)]
pub(super) struct Phrasings {
    pub trie: Trie,
    pub fragments: Vec<Fragment>,
    pub list: Vec<Phrasing>,
    /// Units of each indicator.
    pub units: Vec<Vec<Vec<Word>>>,
    /// Bits of [`kind_bit`] of each indicator.
    pub kinds: Vec<u8>,
    /// Guards over all indicators.
    pub guards: Guards,
}

#[derive(Default)]
struct Builder {
    trie: Trie,
    fragments: Vec<Fragment>,
    uses: Vec<usize>,
}

impl Builder {
    /// The number of a fragment, a new one if it is not known.
    fn id(&mut self, words: &[Word]) -> u32 {
        let id = self.trie.add(words);
        if id as usize == self.fragments.len() {
            self.fragments.push(Fragment::default());
            self.uses.push(0);
        }
        id
    }

    fn fragment(&mut self, words: &[Word]) -> Option<&mut Fragment> {
        if words.is_empty() {
            return None;
        }
        let id = self.id(words);
        self.fragments.get_mut(id as usize)
    }
}

impl Phrasings {
    pub(super) fn compile(
        entries: &[Entry],
        words: &Words,
        guards: &[Guard],
        folder: &Folder,
    ) -> Result<Self, (usize, String)> {
        let mut b = Builder::default();
        let mut list: Vec<Phrasing> = Vec::new();
        for (i, entry) in entries.iter().enumerate() {
            for written in &entry.phrasings {
                let (whole, body) = strip(written, '=');
                let (anchored, body) = strip(body, '^');
                for sequence in expand(body).map_err(|m| (i, format!("phrasing {written:?}: {m}")))? {
                    let mut slots = Vec::new();
                    let mut weight = 0;
                    for part in sequence.split("...") {
                        let part = folder.read(part);
                        if part.is_empty() {
                            return Err((i, format!("phrasing {written:?} has an empty part")));
                        }
                        weight += part.iter().map(|w| w.letters()).sum::<usize>();
                        let id = b.id(&part);
                        if let Some(n) = b.uses.get_mut(id as usize) {
                            *n += 1;
                        }
                        slots.push(id);
                    }
                    list.push(Phrasing { entry: i, slots, rarest: 0, anchored, whole, weight });
                }
            }
            for word in &entry.not_near {
                if let Some(f) = b.fragment(&folder.read(word)) {
                    f.not_near.push(i);
                }
            }
            for word in &entry.not_around {
                if let Some(f) = b.fragment(&folder.read(word)) {
                    f.not_around.push(i);
                }
            }
            for word in &entry.not_before {
                if let Some(f) = b.fragment(&folder.read(word)) {
                    f.not_before.push(i);
                }
            }
            for word in &entry.not_after {
                if let Some(f) = b.fragment(&folder.read(word)) {
                    f.not_after.push(i);
                }
            }
        }
        let bits = [
            (&words.plan, PLAN),
            (&words.rate, RATE),
            (&words.growth, GROWTH),
            (&words.share, SHARE),
            (&words.never, NEVER),
            (&words.more, MORE),
            (&words.plain, PLAIN),
            (&words.neutral, NEUTRAL),
        ];
        for (list, bit) in bits {
            for word in list {
                if let Some(f) = b.fragment(&folder.read(word)) {
                    f.words |= bit;
                }
            }
        }
        let (guards, calls) = Guards::new(guards, entries, folder);
        for (words, call) in calls {
            if let Some(f) = b.fragment(&words) {
                match call {
                    Ok(call) => f.guards.push(call),
                    Err(lifts) => f.lifts |= lifts,
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
        let kinds: Vec<u8> =
            entries.iter().map(|e| e.kinds.iter().fold(0, |bits, k| bits | kind_bit(*k))).collect();
        // The longest first, then the one that stands first in the file.
        for fragment in &mut b.fragments {
            let order = |&i: &u32| list.get(i as usize).map(|p| (std::cmp::Reverse(p.weight), p.entry));
            fragment.starts.sort_by_key(order);
            let of = |&i: &u32| list.get(i as usize).and_then(|p| kinds.get(p.entry)).copied().unwrap_or(0);
            fragment.kinds = fragment.starts.iter().map(of).fold(0, |all, one| all | one);
        }
        let units = entries.iter().map(|e| e.units.iter().map(|u| folder.read(u)).collect()).collect();
        Ok(Self { trie: b.trie, fragments: b.fragments, list, units, kinds, guards })
    }
}

/// Whether a phrasing begins with a mark, and the rest of it.
fn strip(written: &str, mark: char) -> (bool, &str) {
    written.strip_prefix(mark).map_or((false, written), |rest| (true, rest))
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

    proptest::proptest! {
        #[test]
        fn words_are_the_same_whether_seen_before_or_not(text in "([a-cĐđếạọ×]|[ ,.*0-9-]|hồ sơ|TTHC|\u{a0}|\u{301}){0,40}") {
            let folder = Folder::new(&BTreeMap::from([("tthc".to_owned(), "thủ tục hành chính".to_owned())]));
            let mut seen = SeenWords::default();
            for _ in 0..2 {
                let mut words = Vec::new();
                folder.add_seen(&text, &mut seen, &mut words);
                proptest::prop_assert_eq!(words, folder.read(&text));
            }
        }
    }

    #[test]
    fn alternatives_expand_to_every_sequence() {
        assert_eq!(expand("a (b|c) ... d").unwrap(), ["a b ... d", "a c ... d"]);
        assert!(expand("a (b").is_err());
        assert!(expand("a|b").is_err());
    }
}
