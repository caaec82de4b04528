//! Whole lines out of bytes that come in portions, each byte searched once, however long its line grows.

/// Longest line: a record is smaller, see the limit `record_bytes`.
const LINE: usize = 2 << 30;

/// Keeps what has no end of a line yet.
pub struct Whole {
    pending: Vec<u8>,
    /// How much of it was searched for the end of a line.
    searched: usize,
    /// Whether what comes belongs to a line that grew too long.
    skipping: bool,
    /// Longest line.
    pub longest: usize,
}

/// What became whole.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    /// Lines, the last one with or without its end.
    Lines(Vec<u8>),
    /// A line that grew longer than a line may be.
    TooLong,
}

impl Default for Whole {
    fn default() -> Self {
        Self { pending: Vec::new(), searched: 0, skipping: false, longest: LINE }
    }
}

impl Whole {
    /// Where more bytes are to be added.
    pub fn pending(&mut self) -> &mut Vec<u8> {
        &mut self.pending
    }

    /// The lines that are whole by what was added.
    pub fn cut(&mut self) -> Option<Piece> {
        let fresh = self.pending.get(self.searched..).unwrap_or_default();
        let Some(last) = memchr::memrchr(b'\n', fresh) else { return self.bound() };
        let rest = self.pending.split_off(self.searched + last + 1);
        let mut lines = std::mem::replace(&mut self.pending, rest);
        self.searched = self.pending.len();
        if std::mem::take(&mut self.skipping) {
            let end = memchr::memchr(b'\n', &lines).map_or(lines.len(), |end| end + 1);
            lines.drain(..end);
        }
        (!lines.is_empty()).then_some(Piece::Lines(lines))
    }

    /// Adds a large portion: what it makes whole, and the whole lines behind that, which are not copied.
    pub fn add<'b>(&mut self, portion: &'b [u8]) -> (Option<Piece>, &'b [u8]) {
        let ends = memchr::memchr(b'\n', portion).zip(memchr::memrchr(b'\n', portion));
        let Some((first, last)) = ends.filter(|_| !self.skipping) else {
            self.pending.extend_from_slice(portion);
            return (self.cut(), b"");
        };
        let (lines, rest) = portion.split_at(last + 1);
        let (end, lines) = lines.split_at(first + 1);
        let mut broken = std::mem::replace(&mut self.pending, rest.to_vec());
        self.searched = self.pending.len();
        broken.extend_from_slice(end);
        (Some(Piece::Lines(broken)), lines)
    }

    /// What is left at the end: the last line may have no end.
    pub fn rest(&mut self) -> Option<Piece> {
        let rest = std::mem::take(&mut self.pending);
        self.searched = 0;
        let skipped = std::mem::take(&mut self.skipping);
        (!skipped && !rest.is_empty()).then_some(Piece::Lines(rest))
    }

    /// Gives up a line that has grown too long.
    fn bound(&mut self) -> Option<Piece> {
        let is_too_long = !self.skipping && self.pending.len() > self.longest;
        if is_too_long {
            self.pending = Vec::new();
            self.skipping = true;
        } else if self.skipping {
            self.pending.clear();
        }
        self.searched = self.pending.len();
        is_too_long.then_some(Piece::TooLong)
    }
}

/// The lines of whole lines, without their ends.
pub fn lines(mut bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        if bytes.is_empty() {
            return None;
        }
        let end = memchr::memchr(b'\n', bytes).unwrap_or(bytes.len());
        let (line, rest) = bytes.split_at(end);
        bytes = rest.get(1..).unwrap_or_default();
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines, and "too long" for one that was given up, of a text that comes in portions of a size.
    fn read(text: &str, size: usize, longest: usize, is_large: bool) -> Vec<String> {
        let mut whole = Whole { longest, ..Whole::default() };
        let mut seen = Vec::new();
        let mut see = |piece: Option<Piece>| match piece {
            Some(Piece::Lines(bytes)) => {
                seen.extend(lines(&bytes).map(|l| String::from_utf8_lossy(l).into_owned()));
            }
            Some(Piece::TooLong) => seen.push("too long".into()),
            None => {}
        };
        for portion in text.as_bytes().chunks(size) {
            if is_large {
                let (piece, others) = whole.add(portion);
                see(piece);
                see(Some(Piece::Lines(others.to_vec())));
            } else {
                whole.pending().extend_from_slice(portion);
                see(whole.cut());
            }
        }
        see(whole.rest());
        seen
    }

    #[test]
    fn lines_are_the_same_however_they_come() {
        for text in ["", "\n", "a", "a\n", "\n\na\n\nbcd\nef\n\n", "ab\ncdefgh\n\ni", "a\nb"] {
            let expected: Vec<&str> = text.lines().collect();
            for size in 1..12 {
                assert_eq!(read(text, size, 99, false), expected, "{text:?} by {size}");
                assert_eq!(read(text, size, 99, true), expected, "{text:?} by {size}");
            }
        }
    }

    #[test]
    fn a_line_that_grows_too_long_is_given_up_once() {
        for is_large in [false, true] {
            let seen = read("a\nbcdefghijklmnop\nq\nr", 3, 6, is_large);
            assert_eq!(seen, ["a", "too long", "q", "r"]);
        }
    }
}
