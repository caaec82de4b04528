//! Who signed: pieces in capitals are authority and post, a piece in title case after them is the name.

use std::ops::Range;

use super::closing::{Closing, columns, is_dash};
use super::doubt::Doubts;
use super::joint;
use super::zone::{Gap, Tok, clean, pieces, span};
use crate::patterns::header::HeaderRules;
use crate::record::Signer;

/// Most signers of one document.
const MOST: usize = 12;

/// What is known of a signer before the name.
#[derive(Debug, Default)]
struct Pending {
    authority: Vec<Range<usize>>,
    position: Option<Range<usize>>,
    pieces: usize,
    family: Option<Range<usize>>,
}

/// Authority, post and name, again and again.
pub(super) fn signers(s: &str, toks: &[Tok], rules: &HeaderRules, doubts: &Doubts, closing: &mut Closing) {
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
    for piece in free {
        // What opens a signature is in capitals.
        if pending.is_none() && !toks.get(piece.clone()).is_some_and(|p| p.iter().any(|t| t.upper)) {
            continue;
        }
        for part in columns(s, toks, piece, rules).flat_map(|p| parts(s, toks, p, rules)) {
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
                    .map(|n| if upper { crate::patterns::place::title_case(&n) } else { n });
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
