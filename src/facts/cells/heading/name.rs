//! Stage 5, cells: a heading as text, and what of it is left as a name.
//!
//! "*Diện tích (ha):" is "Diện tích (ha)" as text, "Diện tích" as a name.

use std::ops::Range;

use smol_str::SmolStr;

use crate::claim::indicator::Scan;
use crate::words::one_line;

/// A text on one line, without stars of notes and stray marks at its ends.
pub(super) fn text(scan: &Scan<'_, '_>, tokens: &Range<usize>) -> SmolStr {
    let text = one_line(scan.work.words(tokens.clone()));
    let trimmed = text.trim_matches(['*', ':', '-', '–', ' ', '.', ';', ',', '"']);
    if trimmed.len() == text.len() { text } else { SmolStr::new(trimmed) }
}

/// What is left of a heading as a name.
pub(super) fn left(scan: &Scan<'_, '_>, tokens: &Range<usize>, cut: &[Range<usize>]) -> SmolStr {
    let mut out = String::new();
    let mut at = tokens.start;
    let mut add = |range: Range<usize>| {
        if range.is_empty() {
            return;
        }
        // Emphasis of Markdown inside a word: "Địn**h** mức".
        let text = one_line(scan.work.words(range)).replace("**", "");
        let text = text.trim_matches([' ', ':', '-', '–', ',', '.', ';', '*', '"', '/', '|']);
        if !text.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(text);
        }
    };
    for range in cut {
        add(at..range.start.max(at));
        at = range.end.max(at);
    }
    add(at..tokens.end.max(at));
    out.into()
}
