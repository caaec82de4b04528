//! Where a byte of the raw text stands: its line, its page, its place in Unicode scalar values.

use std::ops::Range;

/// One count of characters is kept for every so many bytes.
const STEP: usize = 128;

/// Look-up tables over one raw text.
#[derive(Debug)]
pub struct Index<'a> {
    raw: &'a str,
    lines: Vec<usize>,
    pages: Vec<usize>,
    chars: Vec<usize>,
}

impl<'a> Index<'a> {
    /// Reads a text once.
    pub fn new(raw: &'a str) -> Self {
        let bytes = raw.as_bytes();
        let mut chars = Vec::with_capacity(bytes.len() / STEP + 1);
        let mut count = 0;
        for chunk in bytes.chunks(STEP) {
            chars.push(count);
            count += starts(chunk);
        }
        chars.push(count);
        Self {
            raw,
            lines: memchr::memchr_iter(b'\n', bytes).collect(),
            pages: memchr::memchr_iter(b'\x0c', bytes).collect(),
            chars,
        }
    }

    /// Length of the text in Unicode scalar values.
    pub fn len_chars(&self) -> usize {
        self.chars.last().copied().unwrap_or(0)
    }

    /// The line of a byte, from 1.
    pub fn line(&self, byte: usize) -> usize {
        self.lines.partition_point(|&at| at < byte) + 1
    }

    /// The page of a byte, from 1.
    pub fn page(&self, byte: usize) -> usize {
        self.pages.partition_point(|&at| at < byte) + 1
    }

    /// The place of a byte in Unicode scalar values.
    pub fn char(&self, byte: usize) -> usize {
        let byte = byte.min(self.raw.len());
        let block = byte / STEP;
        let before = self.chars.get(block).copied().unwrap_or(0);
        before + self.raw.as_bytes().get(block * STEP..byte).map_or(0, starts)
    }

    /// A byte range in Unicode scalar values.
    pub fn span(&self, bytes: &Range<usize>) -> [usize; 2] {
        let start = self.char(bytes.start);
        let inside = self.raw.as_bytes().get(bytes.clone()).filter(|b| b.len() < STEP);
        [start, inside.map_or_else(|| self.char(bytes.end), |b| start + starts(b))]
    }
}

/// How many characters begin in some bytes of UTF-8.
fn starts(bytes: &[u8]) -> usize {
    // In pieces that one byte can count, so that the compiler can use wide registers.
    let piece = |piece: &[u8]| piece.iter().fold(0u8, |n, &b| n + u8::from(b & 0xc0 != 0x80));
    bytes.chunks(STEP).map(|bytes| usize::from(piece(bytes))).sum()
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
