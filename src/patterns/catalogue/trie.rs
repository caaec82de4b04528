//! Sequences of words in one trie: all that begin at a word are found in one walk.

use rustc_hash::FxHashMap;

use super::words::Word;

/// Size of the filters in front of the first step, in bits.
const FILTER: usize = 1 << 14;

/// Sequences of words, numbered from 0.
#[derive(Debug)]
pub(super) struct Trie {
    next: FxHashMap<(u32, Word), u32>,
    ends: Vec<Option<u32>>,
    count: u32,
    /// The words that are a sequence alone, and the pairs of words that one begins with: most are neither.
    alone: Filter,
    pairs: Filter,
}

/// A bit for each value that was added, shared with some that were not.
#[derive(Debug)]
struct Filter(Box<[u64; FILTER / 64]>);

impl Default for Filter {
    fn default() -> Self {
        Self(Box::new([0; FILTER / 64]))
    }
}

impl Filter {
    fn add(&mut self, value: usize) {
        self.0[value % FILTER / 64] |= 1 << (value % 64);
    }

    #[inline]
    fn may_have(&self, value: usize) -> bool {
        self.0[value % FILTER / 64] >> (value % 64) & 1 != 0
    }
}

/// A number of two words one behind the other.
#[inline]
fn pair(first: Word, second: Word) -> usize {
    first.spread().wrapping_mul(0x9e37) ^ second.spread()
}

impl Default for Trie {
    fn default() -> Self {
        Self {
            next: FxHashMap::default(),
            ends: vec![None],
            count: 0,
            alone: Filter::default(),
            pairs: Filter::default(),
        }
    }
}

impl Trie {
    /// Adds a sequence; gives its number, the old one if it was there. An empty one is never found.
    pub(super) fn add(&mut self, words: &[Word]) -> u32 {
        let mut node = 0;
        match words {
            [] => {}
            [word] => self.alone.add(word.spread()),
            [first, second, ..] => self.pairs.add(pair(*first, *second)),
        }
        for &word in words {
            let fresh = self.ends.len() as u32;
            node = *self.next.entry((node, word)).or_insert(fresh);
            if node == fresh {
                self.ends.push(None);
            }
        }
        let count = &mut self.count;
        let Some(end) = self.ends.get_mut(node as usize) else { return 0 };
        *end.get_or_insert_with(|| {
            *count += 1;
            *count - 1
        })
    }

    /// Calls `each` with the number and the words of every sequence in a text.
    #[inline]
    pub(super) fn scan(&self, words: &[Word], mut each: impl FnMut(u32, usize, usize)) {
        for (start, &first) in words.iter().enumerate() {
            let second = words.get(start + 1);
            if !self.alone.may_have(first.spread())
                && !second.is_some_and(|&second| self.pairs.may_have(pair(first, second)))
            {
                continue;
            }
            let mut node = 0;
            for (n, &word) in words.iter().enumerate().skip(start) {
                let Some(&to) = self.next.get(&(node, word)) else { break };
                node = to;
                if let Some(Some(number)) = self.ends.get(node as usize) {
                    each(*number, start, n + 1);
                }
            }
        }
    }
}
