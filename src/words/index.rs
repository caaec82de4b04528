//! Where a byte of the raw text stands: its line, its page, its place in Unicode scalar values.

use std::ops::Range;

/// Counts of characters and lines are kept for every so many bytes.
const STEP: usize = 128;

/// Look-up tables over one raw text.
#[derive(Debug)]
pub struct Index<'a> {
    raw: &'a str,
    /// Characters and line breaks before each block.
    before: Vec<[usize; 2]>,
    pages: Vec<usize>,
}

impl<'a> Index<'a> {
    /// Reads a text once.
    pub fn new(raw: &'a str) -> Self {
        let bytes = raw.as_bytes();
        let mut before = Vec::with_capacity(bytes.len() / STEP + 2);
        let (mut chars, mut lines) = (0, 0);
        for chunk in bytes.chunks(STEP) {
            before.push([chars, lines]);
            chars += starts(chunk);
            lines += breaks(chunk);
        }
        before.push([chars, lines]);
        Self { raw, before, pages: memchr::memchr_iter(b'\x0c', bytes).collect() }
    }

    /// Length of the text in Unicode scalar values.
    pub fn len_chars(&self) -> usize {
        self.before.last().map_or(0, |b| b[0])
    }

    /// The line of a byte, from 1.
    pub fn line(&self, byte: usize) -> usize {
        let (before, rest) = self.block(byte);
        before[1] + breaks(rest) + 1
    }

    /// The page of a byte, from 1.
    pub fn page(&self, byte: usize) -> usize {
        self.pages.partition_point(|&at| at < byte) + 1
    }

    /// The place of a byte in Unicode scalar values.
    pub fn char(&self, byte: usize) -> usize {
        let (before, rest) = self.block(byte);
        before[0] + starts(rest)
    }

    /// What was counted before the block of a byte, and the bytes of the block before it.
    fn block(&self, byte: usize) -> ([usize; 2], &[u8]) {
        let byte = byte.min(self.raw.len());
        let block = byte / STEP;
        let rest = self.raw.as_bytes().get(block * STEP..byte).unwrap_or_default();
        (self.before.get(block).copied().unwrap_or_default(), rest)
    }

    /// A byte range in Unicode scalar values.
    pub fn span(&self, bytes: &Range<usize>) -> [usize; 2] {
        let start = self.char(bytes.start);
        let inside = self.raw.as_bytes().get(bytes.clone()).filter(|b| b.len() < STEP);
        [start, inside.map_or_else(|| self.char(bytes.end), |b| start + starts(b))]
    }
}

/// How many characters begin in at most [`STEP`] bytes of UTF-8: so many that one byte can count them, and the compiler
/// use wide registers.
fn starts(bytes: &[u8]) -> usize {
    usize::from(bytes.iter().fold(0u8, |n, &b| n.wrapping_add(u8::from(b & 0xc0 != 0x80))))
}

/// How many lines end in at most [`STEP`] bytes.
fn breaks(bytes: &[u8]) -> usize {
    usize::from(bytes.iter().fold(0u8, |n, &b| n.wrapping_add(u8::from(b == b'\n'))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_agree_with_a_naive_count() {
        let text = "Số: 35/BC-VP\nđạt 85%\u{c}trang hai\n".repeat(90);
        let index = Index::new(&text);
        for (at, _) in text.char_indices() {
            let before = text.get(..at).unwrap();
            assert_eq!(index.char(at), before.chars().count());
            assert_eq!(index.line(at), before.matches('\n').count() + 1);
            assert_eq!(index.page(at), before.matches('\u{c}').count() + 1);
        }
        assert_eq!(index.len_chars(), text.chars().count());
    }
}
