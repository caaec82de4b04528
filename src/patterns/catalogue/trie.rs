//! Sequences of words in one trie: all that begin at a word are found in one walk.

use rustc_hash::FxHashMap;

use super::words::Word;

/// Size of the filter in front of the first step, in bits.
const FILTER: usize = 8192;

/// Sequences of words, numbered from 0.
#[derive(Debug)]
pub(super) struct Trie {
    next: FxHashMap<(u32, Word), u32>,
    ends: Vec<Option<u32>>,
    count: u32,
    /// A bit for the words that some sequence begins with: most words begin none.
    opens: Vec<u64>,
}

impl Default for Trie {
    fn default() -> Self {
        Self { next: FxHashMap::default(), ends: vec![None], count: 0, opens: vec![0; FILTER / 64] }
    }
}

impl Trie {
    /// Adds a sequence; gives its number, the old one if it was there. An empty one is never found.
    pub(super) fn add(&mut self, words: &[Word]) -> u32 {
        let mut node = 0;
        for (i, &word) in words.iter().enumerate() {
            let bit = word.spread(FILTER);
            if i == 0
                && let Some(bits) = self.opens.get_mut(bit / 64)
            {
                *bits |= 1 << (bit % 64);
            }
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
        for (start, first) in words.iter().enumerate() {
            let bit = first.spread(FILTER);
            if self.opens.get(bit / 64).is_none_or(|bits| bits >> (bit % 64) & 1 == 0) {
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
