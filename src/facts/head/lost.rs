//! Signatures whose capitals were lost, as in texts from the fonts of old encodings ("kt/bộ trưởng bộ tài chính",
//! "thứ trưởng"). In: the words of the foot. Out: signers where authority or post stand alone and a person's name of
//! three words and more follows; nothing is taken from the list of recipients.

use std::ops::Range;

use super::doubt::Doubts;
use super::signers::shown;
use super::zone::{Gap, Tok, pieces, span};
use crate::patterns::header::HeaderRules;
use crate::record::Signer;

/// Most lines from the post to the name: the list of recipients may stand between.
const REACH: u32 = 26;

/// The signers, and the bytes from the first authority to the last name.
pub fn signers(
    s: &str,
    toks: &[Tok],
    rules: &HeaderRules,
    doubts: &Doubts,
) -> (Vec<Signer>, Option<Range<usize>>) {
    let mut out = Vec::new();
    let mut range: Option<Range<usize>> = None;
    let mut open: Option<(Signer, usize)> = None;
    for piece in pieces(toks, Gap::Wide).into_iter().flat_map(|p| trimmed(toks, p, rules)) {
        let line = |i: usize| toks.get(i).map_or(0, |t| t.line);
        if open.as_ref().is_some_and(|(_, from)| line(piece.start) > line(*from) + REACH) {
            open = None;
        }
        let authority = authority(s, toks, &piece, rules);
        if authority || is_post(toks, &piece, rules) {
            let (signer, _) =
                open.get_or_insert((Signer { name: None, position: None, authority: None }, piece.start));
            let text = shown(s, toks, &piece);
            if !authority {
                signer.position = text;
            } else if let (Some(before), Some(text)) = (&mut signer.authority, &text) {
                before.push(' ');
                before.push_str(text);
            } else {
                signer.authority = text;
            }
            continue;
        }
        if let Some(name) = person(toks, &piece, rules)
            && let Some((mut signer, from)) = open.take()
            && let Some(bytes) = span(toks, from..name.end).filter(|_| name.end > from)
            && !span(toks, name.clone()).is_some_and(|r| doubts.holds(&r))
        {
            signer.name = shown(s, toks, &name);
            out.push(signer);
            range = Some(range.map_or(bytes.clone(), |r| r.start..bytes.end));
        }
    }
    (out, range)
}

/// A piece without brackets around it; none where it is an item of a list.
fn trimmed(toks: &[Tok], piece: Range<usize>, rules: &HeaderRules) -> Option<Range<usize>> {
    let first = toks.get(piece.start)?;
    let listed =
        matches!(first.key.as_str(), "-" | "–" | "+" | "•" | "~") || rules.words.listed.has(&first.key);
    (!listed && piece.len() <= 16).then_some(piece)
}

/// "kt/bộ trưởng bộ tài chính", "K/T Chủ tịch", "tm . ubnd thành phố …": a mark of authority, then a post or a body.
fn authority(s: &str, toks: &[Tok], piece: &Range<usize>, rules: &HeaderRules) -> bool {
    let tok = |n: usize| toks.get(piece.start + n).filter(|_| piece.start + n < piece.end);
    let key = |n: usize| tok(n).map_or("", |t| t.key.as_str());
    let written = |n: usize| {
        let run = tok(0).zip(tok(n)).and_then(|(a, b)| s.get(a.range.start..b.range.end));
        run.is_some_and(|w| rules.is_authority(w))
    };
    let after = match (key(0).len(), key(1)) {
        (2.., "/" | ".") if written(0) => 2,
        (1, "/") if written(2) => 3,
        _ => return false,
    };
    let rest = |n: usize| key(after + n);
    rules.positions.at(rest).is_some() || rules.bodies.at(rest).is_some()
}

/// A post alone, or with the body: "thủ tướng chính phủ".
fn is_post(toks: &[Tok], piece: &Range<usize>, rules: &HeaderRules) -> bool {
    let words: Vec<&Tok> = toks.get(piece.clone()).unwrap_or(&[]).iter().collect();
    let key = |n: usize| words.get(n).map_or("", |t| t.key.as_str());
    let Some((n, _)) = rules.positions.at(key) else { return false };
    let body = rules.bodies.at(|k| key(n + k)).is_some() || rules.places.at(|k| key(n + k)).is_some();
    words.iter().all(|t| t.word) && (words.len() == n || body && words.len() <= n + 8)
}

/// A person's name of three to five words, each with a capital, the first a family name; "đã ký" may follow.
fn person(toks: &[Tok], piece: &Range<usize>, rules: &HeaderRules) -> Option<Range<usize>> {
    let words = toks.get(piece.clone())?;
    let n = words
        .iter()
        .take_while(|t| t.word && t.capital && !t.upper && t.key.chars().all(char::is_alphabetic))
        .count();
    let key = |i: usize| words.get(i).map_or("", |t| t.key.as_str());
    let tail = || words.iter().skip(n).map(|t| t.key.as_str());
    let signed = words.len() == n || rules.words.signed.iter().any(|w| tail().eq(w.split(' ')));
    let named = (3..=5).contains(&n)
        && rules.surnames.at(key).is_some()
        && rules.bodies.at(key).is_none_or(|(n, _)| n < 2);
    (signed && named).then_some(piece.start..piece.start + n)
}
