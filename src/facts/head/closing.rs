//! The foot: where the signature stands, and who receives the document (Nơi nhận).
//!
//! Recipients stand in the left column and the signature in the right; both arrive line by line, cell by cell, or
//! merged. Pieces in capitals are authority and post, a piece in title case after them is the name.

use std::ops::Range;

use super::doubt::Doubts;
use super::forth;
use super::lost;
use super::signers::{authority_at, name_of, signers};
use super::zone::{Gap, Tok, clean, pieces, span, tokens};
use crate::patterns::header::{HeadWords, HeaderRules};
use crate::record::Signer;
use crate::words::shadow::ceil_boundary;
use crate::words::syllable::is_syllable;
use crate::words::tokens::Tokens;

/// What the foot holds.
#[derive(Debug, Default)]
pub struct Closing {
    /// Who signed, in order.
    pub signers: Vec<Signer>,
    /// Nơi nhận.
    pub recipients: Vec<String>,
    /// From the first to the last of them.
    pub range: Option<Range<usize>>,
}

/// Reads the foot after byte `from`.
/// Items and names that hold a word of `doubts`, of which recognition (OCR) is not sure, are left out.
pub fn read(s: &str, known: &Tokens, from: usize, rules: &HeaderRules, doubts: &Doubts) -> Closing {
    let mut closing = Closing::default();
    let list = recipients_at(s, from, &rules.words);
    let (start, end) = match list {
        Some(at) => (back(s, at, 700).max(from), forth(s, at, 3500)),
        None => match end_mark(s, from) {
            Some(at) => (at, forth(s, at, 1500)),
            None => (back(s, s.len(), 1800).max(from), s.len()),
        },
    };
    let toks = tokens(s, known, start..end);
    if let Some(at) = list {
        let i = toks.partition_point(|t| t.range.start < at);
        closing.recipients = recipients(s, &toks, i, rules, doubts, &mut closing.range);
    }
    signers(s, &toks, rules, doubts, &mut closing);
    // Without Nơi nhận the signature stands after the last "./." or at the very end.
    if list.is_none() && closing.signers.is_empty() {
        let last = memchr::memmem::rfind(s.as_bytes(), b"./.").map_or(0, |at| at + 3);
        let start = last.max(from).max(back(s, s.len(), 2500));
        signers(s, &tokens(s, known, start..s.len()), rules, doubts, &mut closing);
    }
    if closing.signers.is_empty() {
        let (signers, range) = lost::signers(s, &toks, rules, doubts);
        closing.signers = signers;
        closing.range = match (closing.range.take(), range) {
            (Some(a), Some(b)) => Some(a.start.min(b.start)..a.end.max(b.end)),
            (a, b) => a.or(b),
        };
    }
    closing
}

/// "Nơi nhận" at the opening of a line, cell or column; below another national motto it belongs to a form or to an
/// attached document.
fn recipients_at(s: &str, from: usize, words: &HeadWords) -> Option<usize> {
    let bytes = s.as_bytes().get(from..)?;
    let ends = words.motto_ends.iter().filter_map(|w| memchr::memmem::find(bytes, w.as_bytes()));
    let bytes = bytes.get(..ends.min().unwrap_or(bytes.len()))?;
    words.recipients.iter().flat_map(|w| memchr::memmem::find_iter(bytes, w)).find_map(|at| {
        let n = from + at;
        let before = s
            .get(n.saturating_sub(6)..n)
            .or_else(|| s.get(n.saturating_sub(5)..n))
            .or_else(|| s.get(n.saturating_sub(4)..n))?;
        let opens = before.trim_end_matches([' ', '*', '_', '\u{a0}']);
        let wide = before.ends_with("  ") || before.ends_with('\t');
        (opens.is_empty() || opens.ends_with(['\n', '|', '\t', '\x0c']) || wide).then_some(n)
    })
}

/// After "./.", which closes the body.
fn end_mark(s: &str, from: usize) -> Option<usize> {
    memchr::memmem::find(s.as_bytes().get(from..)?, b"./.").map(|at| from + at + 3)
}

fn back(s: &str, at: usize, by: usize) -> usize {
    ceil_boundary(s, at.saturating_sub(by))
}

/// The items after "Nơi nhận:" down to "Lưu".
fn recipients(
    s: &str,
    toks: &[Tok],
    from: usize,
    rules: &HeaderRules,
    doubts: &Doubts,
    range: &mut Option<Range<usize>>,
) -> Vec<String> {
    let mut items: Vec<Range<usize>> = Vec::new();
    let mut last_line = toks.get(from).map_or(0, |t| t.line);
    let start = toks.get(from).map_or(0, |t| t.range.start);
    let mut open = false;
    let merged = pieces(toks, Gap::Wide).into_iter().flat_map(|p| columns(s, toks, p, rules));
    for piece in merged.filter(|p| p.end > from + 2) {
        let mut piece = piece;
        piece.start = piece.start.max(from + 2);
        if toks.get(piece.start).is_some_and(|t| t.key == ":") {
            piece.start += 1;
        }
        let Some(first) = toks.get(piece.start).filter(|_| piece.start < piece.end) else { continue };
        if first.line > last_line + 3 {
            break;
        }
        let dashed = is_dash(first);
        if dashed {
            // Several items on one line: "- Như trên; - Lưu: VT."
            let mut at = piece.start;
            for i in piece.start + 1..=piece.end {
                let next = toks.get(i).filter(|_| i < piece.end);
                let closed = toks.get(i - 1).is_some_and(|t| matches!(t.key.as_str(), ";" | "." | ":"));
                if next.is_none() || next.is_some_and(|t| is_dash(t) && (closed || t.gap >= Gap::Double)) {
                    items.push(at..i);
                    at = i;
                }
            }
            open = true;
            last_line = toks.get(piece.end - 1).map_or(last_line, |t| t.line);
        } else if open
            && first.line == last_line + 1
            && !is_signature(toks, &piece, rules)
            && first.gap != Gap::Cell
        {
            // A wrapped item goes on where it did not close.
            let closed = items
                .last()
                .and_then(|r| toks.get(r.end - 1))
                .is_some_and(|t| matches!(t.key.as_str(), ";" | "."));
            if !closed && let Some(item) = items.last_mut().filter(|r| r.end == piece.start) {
                item.end = piece.end;
                last_line = first.line;
            }
        }
        let kept = items.last().is_some_and(|r| {
            toks.get(r.start..r.end)
                .is_some_and(|w| w.iter().find(|t| t.word).is_some_and(|t| rules.words.kept.has(&t.key)))
        });
        if kept && items.len() > 1 {
            let done = items
                .last()
                .and_then(|r| toks.get(r.end - 1))
                .is_some_and(|t| t.key == "." || t.key == ")" || t.word);
            if done {
                break;
            }
        }
        if items.len() > 80 {
            break;
        }
    }
    let end = items.last().and_then(|r| span(toks, r.clone())).map_or(start, |r| r.end);
    if !items.is_empty() {
        *range = Some(start..end);
    }
    items
        .into_iter()
        .filter_map(|r| {
            let range = span(toks, r)?;
            if doubts.holds(&range) {
                return None;
            }
            let text = clean(s.get(range)?);
            let text = text
                .trim_start_matches(|c: char| !c.is_alphanumeric() && c != '(')
                .trim_end_matches([';', '.', ',', ' ']);
            (!text.is_empty()).then(|| text.to_owned())
        })
        .collect()
}

/// Parts a recipient from the signature on the same line, one space apart: "- Chính phủ; TM. ỦY BAN NHÂN DÂN".
pub(super) fn columns(
    s: &str,
    toks: &[Tok],
    piece: Range<usize>,
    rules: &HeaderRules,
) -> impl Iterator<Item = Range<usize>> + use<> {
    let one = toks.get(piece.start).is_some_and(|t| t.upper);
    let at = (piece.start + 1..piece.end).filter(|_| !one).find(|&i| {
        let closed = toks.get(i - 1).is_some_and(|t| matches!(t.key.as_str(), ";" | "." | ":" | ")"));
        let upper = |n: usize| toks.get(i + n).filter(|t| t.upper).map_or("", |t| t.key.as_str());
        closed
            && !upper(0).is_empty()
            && (authority_at(s, toks, i, rules)
                || rules.positions.at(upper).is_some()
                || is_capital_tail(s, toks.get(i..piece.end).unwrap_or(&[])))
    });
    let second = at.map(|at| at..piece.end);
    std::iter::once(piece.start..at.unwrap_or(piece.end)).chain(second)
}

/// Whether the rest of a line is words in capitals, no codes: a post that recognition (OCR) has damaged.
fn is_capital_tail(s: &str, tail: &[Tok]) -> bool {
    let words = || tail.iter().filter(|t| t.word);
    let spoken = |t: &Tok| t.key.chars().count() > 1 && is_syllable(&t.key) && !t.key.is_ascii();
    words().count() >= 2
        && words().all(|t| t.upper)
        && words().any(spoken)
        && tail.last().is_some_and(|t| {
            s.get(t.range.end..).is_none_or(|r| r.trim_start_matches(' ').starts_with(['\n', '|']))
        })
}

pub(super) fn is_dash(t: &Tok) -> bool {
    matches!(t.key.as_str(), "-" | "–" | "—" | "~" | "+" | "•" | "\u{f0b7}")
}

/// Whether a piece is authority, post or name rather than a recipient.
fn is_signature(toks: &[Tok], piece: &Range<usize>, rules: &HeaderRules) -> bool {
    let words: Vec<&Tok> = toks.get(piece.clone()).unwrap_or(&[]).iter().filter(|t| t.word).collect();
    let upper = !words.is_empty() && words.iter().all(|t| t.upper);
    upper
        && (rules.positions.at(|n| words.get(n).map_or("", |t| &t.key)).is_some()
            || words.first().is_some_and(|t| rules.is_authority(&t.key)))
        || name_of(toks, piece.clone(), rules).is_some()
}
