//! The foot: who signed, with what authority, and who receives the document (Nơi nhận).
//!
//! Recipients stand in the left column and the signature in the right; both arrive line by line, cell by cell, or
//! merged. Pieces in capitals are authority and post, a piece in title case after them is the name.

use std::ops::Range;

use super::doubt::Doubts;
use super::joint;
use super::lost;
use super::rules::HeaderRules;
use super::zone::{Gap, Tok, clean, pieces, span, tokens};
use crate::record::Signer;
use crate::text::syllable::is_syllable;

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

/// Most signers of one document.
const MOST: usize = 12;

/// Reads the foot after byte `from`.
/// Items and names that hold a word of `doubts`, of which recognition (OCR) is not sure, are left out.
pub fn read(s: &str, from: usize, rules: &HeaderRules, doubts: &Doubts) -> Closing {
    let mut closing = Closing::default();
    let list = recipients_at(s, from);
    let (start, end) = match list {
        Some(at) => (back(s, at, 700).max(from), forth(s, at, 3500)),
        None => match end_mark(s, from) {
            Some(at) => (at, forth(s, at, 1500)),
            None => (back(s, s.len(), 1800).max(from), s.len()),
        },
    };
    let toks = tokens(s, start..end);
    if let Some(at) = list {
        let i = toks.partition_point(|t| t.range.start < at);
        closing.recipients = recipients(s, &toks, i, rules, doubts, &mut closing.range);
    }
    signers(s, &toks, rules, doubts, &mut closing);
    // Without Nơi nhận the signature stands after the last "./." or at the very end.
    if list.is_none() && closing.signers.is_empty() {
        let last = memchr::memmem::rfind(s.as_bytes(), b"./.").map_or(0, |at| at + 3);
        let start = last.max(from).max(back(s, s.len(), 2500));
        signers(s, &tokens(s, start..s.len()), rules, doubts, &mut closing);
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
fn recipients_at(s: &str, from: usize) -> Option<usize> {
    let bytes = s.as_bytes().get(from..)?;
    let end = memchr::memmem::find(bytes, "CHỦ NGHĨA VIỆT NAM".as_bytes()).unwrap_or(bytes.len());
    let bytes = bytes.get(..end)?;
    memchr::memmem::find_iter(bytes, "ơi nhận").chain(memchr::memmem::find_iter(bytes, "ƠI NHẬN")).find_map(
        |at| {
            let n = (from + at).checked_sub(1)?;
            s.get(n..)?.starts_with('N').then_some(())?;
            let before = s
                .get(n.saturating_sub(6)..n)
                .or_else(|| s.get(n.saturating_sub(5)..n))
                .or_else(|| s.get(n.saturating_sub(4)..n))?;
            let opens = before.trim_end_matches([' ', '*', '_', '\u{a0}']);
            let wide = before.ends_with("  ") || before.ends_with('\t');
            (opens.is_empty() || opens.ends_with(['\n', '|', '\t', '\x0c']) || wide).then_some(n)
        },
    )
}

/// After "./.", which closes the body.
fn end_mark(s: &str, from: usize) -> Option<usize> {
    memchr::memmem::find(s.as_bytes().get(from..)?, b"./.").map(|at| from + at + 3)
}

fn back(s: &str, at: usize, by: usize) -> usize {
    let at = at.saturating_sub(by);
    (at..s.len()).find(|&i| s.is_char_boundary(i)).unwrap_or(s.len())
}

fn forth(s: &str, at: usize, by: usize) -> usize {
    let at = (at + by).min(s.len());
    (0..=at).rev().find(|&i| s.is_char_boundary(i)).unwrap_or(0)
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
                .is_some_and(|w| w.iter().find(|t| t.word).is_some_and(|t| t.key == "lưu"))
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
fn columns(s: &str, toks: &[Tok], piece: Range<usize>, rules: &HeaderRules) -> Vec<Range<usize>> {
    if toks.get(piece.start).is_some_and(|t| t.upper) {
        return vec![piece];
    }
    let at = (piece.start + 1..piece.end).find(|&i| {
        let closed = toks.get(i - 1).is_some_and(|t| matches!(t.key.as_str(), ";" | "." | ":" | ")"));
        let upper = |n: usize| toks.get(i + n).filter(|t| t.upper).map_or("", |t| t.key.as_str());
        closed
            && !upper(0).is_empty()
            && (authority_at(s, toks, i, rules)
                || rules.positions.at(upper).is_some()
                || is_capital_tail(s, toks.get(i..piece.end).unwrap_or(&[])))
    });
    match at {
        Some(at) => vec![piece.start..at, at..piece.end],
        None => vec![piece],
    }
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

fn is_dash(t: &Tok) -> bool {
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

#[derive(Debug, Default)]
struct Pending {
    authority: Vec<Range<usize>>,
    position: Option<Range<usize>>,
    pieces: usize,
    family: Option<Range<usize>>,
}

/// Authority, post and name, again and again.
fn signers(s: &str, toks: &[Tok], rules: &HeaderRules, doubts: &Doubts, closing: &mut Closing) {
    let mut pending: Option<Pending> = None;
    let mut start = None;
    let blocks = joint::blocks(s, toks, rules);
    for block in &blocks {
        if let Some(range) = span(toks, block.tokens.clone()).filter(|r| !doubts.holds(r)) {
            closing
                .signers
                .extend(block.signers.iter().take(MOST.saturating_sub(closing.signers.len())).cloned());
            closing.range = Some(match closing.range.take() {
                Some(r) => r.start.min(range.start)..r.end.max(range.end),
                None => range,
            });
        }
    }
    let in_block = |p: &Range<usize>| blocks.iter().any(|b| b.tokens.contains(&p.start));
    let free = pieces(toks, Gap::Wide).into_iter().filter(|p| !in_block(p));
    for piece in free.flat_map(|p| columns(s, toks, p, rules)) {
        for part in parts(s, toks, piece, rules) {
            let Some(first) = toks.get(part.start) else { continue };
            if is_dash(first) && first.gap >= Gap::Wide {
                continue;
            }
            let words: Vec<&Tok> = toks.get(part.clone()).unwrap_or(&[]).iter().filter(|t| t.word).collect();
            let upper = !words.is_empty() && words.iter().all(|t| t.upper);
            let key = |n: usize| words.get(n).map_or("", |t| t.key.as_str());
            // A mark alone is the initial of a clerk: "Lưu: VT, Q."
            let prefix = words.len() > 1 && authority_at(s, toks, part.start, rules);
            let position = rules.positions.at(key).is_some();
            if upper && (prefix || position) {
                start.get_or_insert(first.range.start);
                let sig = pending.get_or_insert_with(Pending::default);
                sig.pieces = 0;
                if prefix {
                    if let Some(done) = sig.position.take() {
                        // A new block without a name before it: the post above was part of the authority.
                        sig.authority.push(done);
                    }
                    sig.authority.push(part);
                } else if let Some(before) = sig.position.replace(part) {
                    sig.authority.push(before);
                }
                continue;
            }
            let Some(sig) = pending.as_mut() else { continue };
            sig.pieces += 1;
            if sig.pieces > 16 {
                pending = None;
                continue;
            }
            // "TM. ỦY BAN⏎NHÂN DÂN", "GIÁM ĐỐC⏎SỞ": the line goes on in capitals.
            if upper && words.len() <= 8 && sig.pieces == 1 && name_in_capitals(&words, rules).is_none() {
                let target = sig.position.as_mut().or(sig.authority.last_mut());
                if let Some(run) = target.filter(|r| r.end == part.start) {
                    run.end = part.end;
                }
                continue;
            }
            // A narrow cell breaks the line after the family name.
            let one = words.len() == 1 && first.capital && !first.upper;
            let family = std::mem::replace(&mut sig.family, one.then(|| part.clone()));
            if let Some(name) = name_of(toks, part.clone(), rules) {
                let wrapped = family.filter(|f| {
                    f.end == name.start && toks.get(f.start).is_some_and(|t| t.cell == first.cell)
                });
                let name = wrapped.map_or(name.clone(), |f| f.start..name.end);
                let show = |r: &Range<usize>| shown(s, toks, r);
                let end = toks.get(name.end - 1).map_or(0, |t| t.range.end);
                let authority: Vec<String> = sig.authority.iter().filter_map(show).collect();
                let name = span(toks, name)
                    .and_then(|r| s.get(r))
                    .map(clean)
                    .map(|n| if upper { crate::recognise::place::title_case(&n) } else { n });
                let from = start.take().unwrap_or(end);
                if doubts.holds(&(from..end)) {
                    pending = None;
                    continue;
                }
                closing.signers.push(Signer {
                    name,
                    position: sig.position.as_ref().and_then(show),
                    authority: (!authority.is_empty()).then(|| authority.join(" ")),
                });
                closing.range = Some(match closing.range.take() {
                    Some(r) => r.start.min(from)..r.end.max(end),
                    None => from..end,
                });
                pending = None;
                if closing.signers.len() >= MOST {
                    return;
                }
            }
        }
    }
}

/// The text of a run on one line, without marks at its end.
pub(super) fn shown(s: &str, toks: &[Tok], run: &Range<usize>) -> Option<String> {
    let text = span(toks, run.clone()).and_then(|r| s.get(r)).map(clean)?;
    Some(text.trim_end_matches([',', ';', ':', ' ']).to_owned())
}

/// Whether a mark of authority stands at `i`: `KT.`, `T/M`, `Q.`
pub(super) fn authority_at(s: &str, toks: &[Tok], i: usize, rules: &HeaderRules) -> bool {
    let Some(tok) = toks.get(i).filter(|t| t.upper) else { return false };
    let end = match toks.get(i + 1).map(|t| t.key.as_str()) {
        Some("/") => toks.get(i + 2).map_or(tok.range.end, |t| t.range.end),
        Some(".") => tok.range.end,
        // "KT CHỦ TỊCH": without the full stop only the marks of two letters and more, before a post.
        _ if tok.key.len() > 1 && toks.get(i + 1).is_some_and(|t| t.word) => tok.range.end,
        _ => return false,
    };
    s.get(tok.range.start..end).is_some_and(|w| rules.is_authority(w))
}

/// Splits a merged piece: before marks of authority, before posts that follow another, and where a name in title case
/// follows capitals.
fn parts(s: &str, toks: &[Tok], piece: Range<usize>, rules: &HeaderRules) -> Vec<Range<usize>> {
    let upper_start = toks.get(piece.start).is_some_and(|t| t.upper);
    if !upper_start {
        return vec![piece];
    }
    let mut out = Vec::new();
    let mut from = piece.start;
    let mut i = piece.start;
    while i < piece.end {
        let Some(tok) = toks.get(i) else { break };
        let key = |n: usize| toks.get(i + n).filter(|_| i + n < piece.end).map_or("", |t| t.key.as_str());
        let position = tok.upper.then(|| rules.positions.at(key)).flatten();
        // After "KT." the post belongs to the authority.
        let after_mark =
            toks.get(i.wrapping_sub(1)).is_some_and(|t| !t.word || rules.is_authority(&t.key)) && i > from;
        let new = i > from
            && (authority_at(s, toks, i, rules)
                || position.is_some() && !after_mark && has_position(toks, from..i, rules));
        let named = i > from
            && tok.word
            && !tok.upper
            && tok.capital
            // "K/T Chủ tịch": no name, but a post in small letters.
            && rules.positions.at(key).is_none()
            && toks.get(i - 1).is_some_and(|t| !t.word || t.upper);
        if new || named {
            out.push(from..i);
            from = i;
            if named {
                break;
            }
        }
        i += position.map_or(1, |(n, _)| n);
    }
    out.push(from..piece.end);
    out
}

fn has_position(toks: &[Tok], run: Range<usize>, rules: &HeaderRules) -> bool {
    run.clone().any(|i| {
        rules.positions.at(|n| toks.get(i + n).filter(|_| i + n < run.end).map_or("", |t| &t.key)).is_some()
    })
}

/// The tokens of a person's name, if the piece is one: two to six words, each with one capital.
pub(super) fn name_of(toks: &[Tok], piece: Range<usize>, rules: &HeaderRules) -> Option<Range<usize>> {
    let mut from = piece.start;
    while from < piece.end {
        let t = toks.get(from)?;
        let degree = t.word && rules.degrees.at(|n| toks.get(from + n).map_or("", |t| &t.key)).is_some();
        if degree || !t.word {
            from += 1;
        } else {
            break;
        }
    }
    let mut end = from;
    while end < piece.end && toks.get(end)?.word {
        end += 1;
    }
    let words = toks.get(from..end)?;
    let rest = toks.get(end..piece.end)?;
    if !(2..=6).contains(&words.len()) || rest.iter().any(|t| t.word) {
        return None;
    }
    let plain = words.iter().all(|t| t.capital && t.key.chars().all(char::is_alphabetic));
    let small = words.iter().filter(|t| !t.upper).count() * 2 > words.len();
    let all: Vec<&Tok> = words.iter().collect();
    let body = rules.bodies.at(|n| words.get(n).map_or("", |t| &t.key)).is_some_and(|(n, _)| n > 1)
        || rules.positions.at(|n| words.get(n).map_or("", |t| &t.key)).is_some();
    (plain && !body && (small || name_in_capitals(&all, rules).is_some())).then_some(from..end)
}

/// A name in capitals is known by its family name.
fn name_in_capitals(words: &[&Tok], rules: &HeaderRules) -> Option<()> {
    let family = rules.surnames.at(|n| words.get(n).map_or("", |t| &t.key)).is_some();
    (family && (2..=5).contains(&words.len()) && words.iter().all(|t| t.key.chars().all(char::is_alphabetic)))
        .then_some(())
}
