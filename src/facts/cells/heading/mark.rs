//! Stage 5, cells: the mark that a label of a row begins with.
//!
//! "1. Thu nội địa", "a) Thuế", "I.2. Chi", "- Nữ".

use std::ops::Range;

use crate::claim::indicator::Scan;
use crate::words::token::{Gap, Kind};

/// Longest number of a row, in digits.
const DIGITS: usize = 3;

/// Where a label begins behind its mark; only a label of a row has a number before it.
pub(super) fn behind(scan: &Scan<'_, '_>, tokens: &Range<usize>, row: bool) -> usize {
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
