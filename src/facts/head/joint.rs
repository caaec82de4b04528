//! Signatures side by side, as joint documents (văn bản liên tịch) and minutes have them: a row of authorities, rows of
//! bodies and posts, a row of names. In: the words of the foot. Out: one signer a column.

use std::ops::Range;

use super::signers::{authority_at, name_of, shown};
use super::zone::{Gap, Tok, pieces};
use crate::patterns::header::HeaderRules;
use crate::record::Signer;

/// Most lines from the first row to the names: stamps and signatures may leave some.
const REACH: u32 = 14;

/// The signers of a block and the tokens it covers.
pub struct Block {
    /// From left to right.
    pub signers: Vec<Signer>,
    /// From the row of authorities to the row of names.
    pub tokens: Range<usize>,
}

/// All blocks of signatures that stand side by side, from top to bottom.
pub fn blocks(s: &str, toks: &[Tok], rules: &HeaderRules) -> Vec<Block> {
    let rows = rows(toks);
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        let heads = row.len() >= 2 && row.iter().all(|p| is_head(s, toks, p, rules));
        let found = if heads { block(s, toks, rules, rows.get(at..).unwrap_or(&[])) } else { None };
        match found {
            Some((block, lines)) => {
                out.push(block);
                at += lines;
            }
            None => at += 1,
        }
    }
    out
}

/// The pieces of each line; nothing where no line has two.
fn rows(toks: &[Tok]) -> Vec<Vec<Range<usize>>> {
    let mut rows: Vec<Vec<Range<usize>>> = Vec::new();
    let mut line = None;
    let line_of = |piece: &Range<usize>| toks.get(piece.start).map(|t| t.line);
    let pieces = pieces(toks, Gap::Wide);
    if !pieces.windows(2).any(|two| matches!(two, [a, b] if line_of(a) == line_of(b))) {
        return rows;
    }
    for piece in pieces {
        let this = line_of(&piece);
        match rows.last_mut().filter(|_| this == line) {
            Some(row) => row.push(piece),
            None => rows.push(vec![piece]),
        }
        line = this;
    }
    rows
}

/// Whether a piece in capitals opens a signature: an authority or a post.
fn is_head(s: &str, toks: &[Tok], piece: &Range<usize>, rules: &HeaderRules) -> bool {
    let words: Vec<&Tok> = toks.get(piece.clone()).unwrap_or(&[]).iter().filter(|t| t.word).collect();
    !words.is_empty()
        && words.iter().all(|t| t.upper)
        && (words.len() > 1 && authority_at(s, toks, piece.start, rules)
            || rules.positions.at(|n| words.get(n).map_or("", |t| &t.key)).is_some())
}

/// A block that begins with the first row and ends with a row of as many names; also how many rows it has.
fn block(s: &str, toks: &[Tok], rules: &HeaderRules, rows: &[Vec<Range<usize>>]) -> Option<(Block, usize)> {
    let heads = rows.first()?;
    let columns = heads.len();
    let line = |row: &[Range<usize>]| row.first().and_then(|p| toks.get(p.start)).map_or(0, |t| t.line);
    let near = |row: &&Vec<Range<usize>>| line(row) <= line(heads) + REACH;
    let names = rows.iter().take_while(near).position(|row| {
        row.len() == columns && row.iter().all(|p| name_of(toks, p.clone(), rules).is_some())
    })?;
    let mut signers = vec![Signer { name: None, position: None, authority: None }; columns];
    for row in rows.get(..names)?.iter().filter(|row| row.len() == columns) {
        for (signer, piece) in signers.iter_mut().zip(row) {
            let words = toks.get(piece.clone())?.iter().filter(|t| t.word);
            let Some(text) = shown(s, toks, piece).filter(|_| words.clone().all(|t| t.upper)) else {
                continue;
            };
            let post = rules.positions.at(|n| words.clone().nth(n).map_or("", |t| &t.key)).is_some();
            if post && !authority_at(s, toks, piece.start, rules) {
                signer.position = Some(text);
            } else if let Some(authority) = &mut signer.authority {
                authority.push(' ');
                authority.push_str(&text);
            } else {
                signer.authority = Some(text);
            }
        }
    }
    for (signer, piece) in signers.iter_mut().zip(rows.get(names)?) {
        signer.name = name_of(toks, piece.clone(), rules).and_then(|name| shown(s, toks, &name));
    }
    let tokens = heads.first()?.start..rows.get(names)?.last()?.end;
    Some((Block { signers, tokens }, names + 1))
}
