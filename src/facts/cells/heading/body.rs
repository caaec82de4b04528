//! Stage 5, cells: whether a heading is the name of a body or of a level.
//!
//! "Sở Y tế", "Xã Hội Hợp", "Cấp huyện"; "XÃ HỘI" is none.

use std::ops::Range;

use crate::claim::indicator::Scan;
use crate::patterns::tables::says;
use crate::words::token::{Case, Token};

/// Whether a heading is a body's or a level's name.
pub(super) fn is_body(scan: &Scan<'_, '_>, tokens: &Range<usize>) -> bool {
    let list = &scan.work.tokens;
    let level = || {
        let heads = &scan.work.patterns.tables.heads;
        heads
            .at(list, tokens.start)
            .is_some_and(|(n, &b)| b & says::LEVEL != 0 && tokens.start + n >= tokens.end)
    };
    is_typed(scan, tokens) || scan.words.scope_bodies.at(list, tokens.start).is_some() || level()
}

/// A name behind the word for its kind: "Xã Hội Hợp".
fn is_typed(scan: &Scan<'_, '_>, tokens: &Range<usize>) -> bool {
    let list = &scan.work.tokens;
    let inside = |at: usize| scan.token(at).filter(|_| at < tokens.end);
    // "XÃ HỘI" is no commune, "Xã Hội Hợp" is one.
    let other = scan
        .words
        .scope_never
        .at(list, tokens.start)
        .is_some_and(|(n, ())| n > 1 && !inside(tokens.start + n).is_some_and(|t| t.case == Case::Title));
    let kind = scan.words.scope_kinds.at(list, tokens.start).map(|(n, ())| tokens.start + n);
    !other && kind.and_then(inside).is_some_and(Token::capital)
}
