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
    let mut blanks = 2;
    for (column, (at, c)) in line.char_indices().enumerate() {
        if c == ' ' || c == '\u{a0}' {
            blanks += 1;
            continue;
        }
        let (from, end, x) = (start + at, start + at + c.len_utf8(), column as f32);
        match out.last_mut().filter(|_| blanks < 2) {
            Some(last) => (last.end, last.x1) = (end, x + 1.0),
            None => out.push(Stretch { start: from, end, x0: x, x1: x + 1.0 }),
        }
        blanks = 0;
    }
    out
}
