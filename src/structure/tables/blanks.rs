//! Stage 2: tables whose columns are told by blanks alone: figures under each other, two blanks at least between the
//! columns.
//!
//! "Sở Y tế      25    3" over "Sở Xây dựng  31    7".

use crate::reader::Table;
use crate::reader::aligned::{self, Line, Stretch};

/// Fewest figures behind two blanks in a text with a table without borders.
const ALIGNED_FIGURES: usize = 4;

/// Finds such tables; a line with a border or a new page ends one.
pub(super) fn find(s: &str) -> Vec<Table> {
    if !has_aligned_figures(s.as_bytes()) {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut lines: Vec<Line> = Vec::new();
    let mut start = 0;
    for n in 0.. {
        let rest = s.get(start..).filter(|rest| !rest.is_empty());
        let Some(rest) = rest else { break };
        let length = memchr::memchr2(b'\n', b'\x0c', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
        let line = rest.get(..length).unwrap_or(rest);
        let text = line.trim_end_matches(['\n', '\x0c', '\r']);
        let bordered = memchr::memchr2(b'\t', b'|', text.as_bytes()).is_some();
        if !bordered && !text.trim().is_empty() {
            lines.push(Line { stretches: stretches(text, start), y: n as f32, size: 1.0 });
        }
        start += line.len();
        if bordered || line.ends_with('\x0c') {
            out.extend(aligned::find(s, &lines));
            lines.clear();
        }
    }
    out.extend(aligned::find(s, &lines));
    out
}

/// Whether enough figures stand behind two blanks.
fn has_aligned_figures(bytes: &[u8]) -> bool {
    let blanks = memchr::memmem::Finder::new("  ");
    let (mut count, mut rest) = (0, bytes);
    while count < ALIGNED_FIGURES
        && let Some(at) = blanks.find(rest)
    {
        let run = rest.get(at..).unwrap_or_default();
        let behind = run.iter().position(|b| *b != b' ').and_then(|n| run.get(n..)).unwrap_or_default();
        count += usize::from(behind.first().is_some_and(u8::is_ascii_digit));
        rest = behind;
    }
    count >= ALIGNED_FIGURES
}

/// The pieces of a line between two or more blanks, with the columns they stand in.
fn stretches(line: &str, start: usize) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    let (mut rest, mut at, mut column) = (line, start, 0);
    loop {
        let (before, text) = past_blanks(rest);
        let (piece, behind) = text.split_at_checked(gap(text)).unwrap_or((text, ""));
        if piece.is_empty() {
            return out;
        }
        at += before.len();
        column += before.chars().count();
        let (x, width) = (column as f32, piece.chars().count());
        column += width;
        out.push(Stretch { start: at, end: at + piece.len(), x0: x, x1: column as f32 });
        at += piece.len();
        rest = behind;
    }
}

/// The blanks that a text begins with, and the rest: spaces and no-break spaces, which begin with C2.
fn past_blanks(text: &str) -> (&str, &str) {
    let behind = text.trim_start_matches([' ', '\u{a0}']);
    text.split_at_checked(text.len() - behind.len()).unwrap_or((text, ""))
}

/// Where two or more blanks begin, or those at the end of a text.
fn gap(text: &str) -> usize {
    let mut from = 0;
    while let Some(n) = memchr::memchr2(b' ', 0xC2, text.as_bytes().get(from..).unwrap_or_default()) {
        let rest = text.get(from + n..).unwrap_or_default();
        // Most are one space before a word.
        if matches!(rest.as_bytes(), [b' ', next, ..] if !matches!(next, b' ' | 0xC2)) {
            from += n + 1;
            continue;
        }
        let (blanks, behind) = past_blanks(rest);
        if behind.is_empty() || blanks.chars().nth(1).is_some() {
            return from + n;
        }
        from += n + blanks.len().max(1);
    }
    text.len()
}
