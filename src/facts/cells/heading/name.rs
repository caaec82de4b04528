//! Stage 5, cells: a heading as text without its mark, and what of it is left as a name.
//!
//! "1. Diện tích (ha):" is "Diện tích (ha)" as text, "Diện tích" as a name; "a)", "I.2.", "-" are marks too.

use std::ops::Range;

use smol_str::SmolStr;

use crate::claim::indicator::Scan;
use crate::words::one_line;
use crate::words::token::{Gap, Kind};

/// Longest number of a row, in digits.
const DIGITS: usize = 3;

/// Where a label begins behind its mark; only a label of a row has a number before it.
pub(super) fn behind_mark(scan: &Scan<'_, '_>, tokens: &Range<usize>, row: bool) -> usize {
    let mut at = tokens.start;
    while at < tokens.end && ['*', '-', '+', '–', '•', '.', ':', '"'].iter().any(|&c| scan.is(at, c)) {
        at += 1;
    }
    if row { numbered(scan, at).filter(|end| *end < tokens.end).unwrap_or(at) } else { at }
}

/// Where the number that begins at a token ends, with its stop.
fn numbered(scan: &Scan<'_, '_>, at: usize) -> Option<usize> {
    let first = scan.token(at)?;
    let mut end = at + 1;
    while scan.is(end, '.')
        && scan.token(end + 1).is_some_and(|t| t.kind == Kind::Number && t.gap == Gap::Glued)
    {
        end += 2;
    }
    let closed = scan.is(end, '.') || scan.is(end, ')') || scan.is(end, '/') && first.kind == Kind::Number;
    let short = match first.kind {
        Kind::Number => first.bytes() <= DIGITS,
        Kind::Word => {
            let text = scan.work.word(at);
            text.chars().count() == 1 || text.bytes().all(|b| b"IVXL".contains(&b))
        }
        Kind::Punct => false,
    };
    let follows = scan.token(end + 1).is_some_and(|t| t.kind != Kind::Number);
    (closed && short && follows).then_some(end + 1)
}

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
        let text = one_line(scan.work.words(range));
        let bare = text.contains('*').then(|| text.replace("**", ""));
        let text = bare
            .as_deref()
            .unwrap_or(&text)
            .trim_matches([' ', ':', '-', '–', ',', '.', ';', '*', '"', '/', '|']);
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
