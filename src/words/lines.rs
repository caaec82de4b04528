//! Stage 2: the lines of a text, each looked at once. In: the shadow. Out: byte ranges without surrounding space.
//!
//! A form feed (page break) ends a line as a line feed does.

use std::ops::Range;

use crate::words::fold::fold_char;

/// The lines of `s`: for each the range of its content, trimmed of spaces, tabs, no-break spaces and byte order marks.
/// Blank lines come as empty ranges.
pub fn lines(s: &str) -> Lines<'_> {
    Lines { s, at: 0 }
}

/// Iterator over the lines of a text.
#[derive(Debug, Clone)]
pub struct Lines<'s> {
    s: &'s str,
    at: usize,
}

impl<'s> Lines<'s> {
    /// Goes on from a byte offset; the next line is the rest of the line there.
    pub fn from(s: &'s str, at: usize) -> Self {
        Self { s, at: at.min(s.len()) }
    }

    /// Where the next line begins.
    pub fn next_at(&self) -> usize {
        self.at
    }
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let rest = self.s.as_bytes().get(self.at..).filter(|r| !r.is_empty())?;
        if rest.first() == Some(&b'\n') {
            self.at += 1;
            return Some(self.at - 1..self.at - 1);
        }
        let len = memchr::memchr2(b'\n', b'\x0c', rest).unwrap_or(rest.len());
        let line = self.at..self.at + len;
        self.at += len + 1;
        Some(trim(self.s, line))
    }
}

/// The range without white space at either end; also without zero-width spaces and byte order marks.
pub fn trim(s: &str, range: Range<usize>) -> Range<usize> {
    let piece = s.get(range.clone()).unwrap_or("");
    // Most lines begin and end with a visible ASCII byte; Unicode is looked at only where they do not.
    let visible = |b: Option<&u8>| b.is_some_and(u8::is_ascii_graphic);
    let bytes = piece.as_bytes();
    let front =
        if visible(bytes.first()) { 0 } else { piece.len() - piece.trim_start_matches(is_space).len() };
    let back = if visible(bytes.last()) { piece.len() } else { piece.trim_end_matches(is_space).len() };
    if front >= back { range.start..range.start } else { range.start + front..range.start + back }
}

/// The line around a range, whole: from one line feed to the next.
pub fn line_around(s: &str, range: &Range<usize>) -> Range<usize> {
    let start = s.get(..range.start).and_then(|s| s.rfind('\n')).map_or(0, |n| n + 1);
    let end = s.get(range.end..).and_then(|s| s.find('\n')).map_or(s.len(), |n| range.end + n);
    start..end
}

/// Whether a line stands in brackets as a whole: "(Tài liệu Hội nghị tổng kết)".
pub fn is_bracketed(line: &str) -> bool {
    line.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).is_some_and(|inner| !inner.contains(')'))
}

/// White space in the wide sense: also the zero-width space and the byte order mark.
pub fn is_space(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_whitespace() || c == '\x0b'
    } else {
        c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')
    }
}

/// The first non-blank line that starts at or after `at`, and whether a blank line stood before it.
pub fn next_line(s: &str, at: usize) -> Option<(Range<usize>, bool)> {
    let mut blank = false;
    for line in Lines::from(s, at) {
        if !line.is_empty() {
            return Some((line, blank));
        }
        blank = true;
    }
    None
}

/// Length in bytes of `word` at the start of `s`, compared without regard to case; `None` where it does not stand.
pub fn prefix_fold(s: &str, word: &str) -> Option<usize> {
    let (have, want) = (s.as_bytes(), word.as_bytes());
    // Most words part at their first letters, most of which are one byte.
    let same = have.iter().zip(want).take_while(|(a, b)| a.is_ascii() && a.eq_ignore_ascii_case(b)).count();
    if same == want.len() {
        return Some(same);
    }
    // An ASCII letter is the same as no other letter.
    if have.get(same)?.is_ascii() || want.get(same)?.is_ascii() {
        return None;
    }
    let mut have = s.get(same..)?.char_indices();
    let mut end = same;
    for want in word.get(same..)?.chars() {
        let (at, c) = have.next()?;
        if c != want && fold_char(c) != fold_char(want) {
            return None;
        }
        end = same + at + c.len_utf8();
    }
    Some(end)
}

/// Whether all letters are capitals, and there are at least three.
pub fn is_capitals(s: &str) -> bool {
    let mut letters = 0;
    for c in s.chars() {
        if c.is_lowercase() {
            return false;
        }
        letters += usize::from(c.is_uppercase());
    }
    letters >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_trimmed_and_blank_lines_are_kept() {
        let s = "  Một\u{a0}\n\n\tHai \x0cBa";
        let got: Vec<&str> = lines(s).map(|r| s.get(r).unwrap_or("?")).collect();
        assert_eq!(got, ["Một", "", "Hai", "Ba"]);
    }

    #[test]
    fn a_prefix_is_compared_without_regard_to_case() {
        assert_eq!(prefix_fold("PHỤ LỤC II", "Phụ lục"), Some("PHỤ LỤC".len()));
        assert_eq!(prefix_fold("Phụ", "Phụ lục"), None);
    }
}
