//! The words of head or foot with their place on the page: line, cell, the gap before them.
//!
//! Two columns reach us in many ways: cells between bars, tabs, runs of spaces, one cell a line, or merged on one
//! line. All become one list of words; a *piece* is a run of them without a wide gap.

use std::cell::Cell;
use std::ops::Range;

use smol_str::SmolStr;

use crate::words::fold::{Chars, push_folded};
use crate::words::lines::is_space;
use crate::words::token::Case;
use crate::words::tokens::Tokens;

/// What stands before a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing, or one space.
    Narrow,
    /// Two spaces.
    Double,
    /// A tab, or three spaces or more.
    Wide,
    /// A line break.
    Line,
    /// A line break with a blank line.
    Blank,
    /// The border of a cell.
    Cell,
}

/// A word or a mark of punctuation.
#[derive(Debug, Clone)]
pub struct Tok {
    /// Where it stands in the shadow.
    pub range: Range<usize>,
    /// Folded.
    pub key: SmolStr,
    /// What stands before it.
    pub gap: Gap,
    /// Index of the cell or line it stands in.
    pub cell: u32,
    /// Index of the line.
    pub line: u32,
    /// Letters and digits, not punctuation.
    pub word: bool,
    /// Begins with a capital.
    pub capital: bool,
    /// Holds letters, all of them capitals.
    pub upper: bool,
}

thread_local! {
    /// Folded words of heads and feet that this thread has seen, each at the place of its hash: one report says them as the next.
    static KEPT: Cell<Vec<(u64, SmolStr)>> = const { Cell::new(Vec::new()) };
}
/// How many of them are remembered.
const SLOTS: usize = 1024;

/// The words of a text by itself.
pub fn words(text: &str) -> Vec<Tok> {
    tokens(text, &Tokens::default(), 0..text.len())
}

/// The words of a stretch of text, most of them by the tokens of all of it.
pub fn tokens(s: &str, known: &Tokens, range: Range<usize>) -> Vec<Tok> {
    let chars = Chars::get();
    let mut kept = KEPT.take();
    kept.resize(SLOTS, Default::default());
    let mut token = known.at_byte(range.start);
    let mut folded = String::new();
    let piece = s.get(range.clone()).unwrap_or("");
    let mut out: Vec<Tok> = Vec::with_capacity(piece.len() / 4);
    let (mut cell, mut line) = (0, 0);
    let mut gap = Gap::Cell;
    let mut spaces = 0;
    let mut newlines = 0;
    let mut in_lone = false;
    let mut next = 0;
    while let Some(c) = char_at(piece, next) {
        let at = next;
        next += c.len_utf8();
        let info = chars.info(c);
        let (mut word, mut capital, mut upper) = (false, false, false);
        let key = match c {
            _ if info.is_alphanumeric() => {
                word = true;
                capital = info.is_upper();
                let from = range.start + at;
                token += known.iter().skip(token).take_while(|t| (t.start as usize) < from).count();
                // Its hash is 0 where the token alone does not tell that it is a word by itself; digits may go on it.
                let goes_on =
                    |end: usize| end > range.end || s.as_bytes().get(end).is_some_and(u8::is_ascii_digit);
                let same = known.get(token).filter(|t| t.start as usize == from && !goes_on(t.end as usize));
                let hash = same.map_or(0, |_| known.hash(token));
                let slot = kept.get_mut(hash as usize % SLOTS);
                match (same, slot) {
                    (Some(t), Some((of, key))) if hash != 0 && *of == hash => {
                        (next, upper) = (t.end as usize - range.start, t.case == Case::Upper);
                        key.clone()
                    }
                    (_, slot) => {
                        let (end, capitals, key) = fold_word(piece, at, &mut folded, chars);
                        (next, upper) = (end, capitals);
                        if let Some(slot) = slot.filter(|_| hash != 0)
                            && same.is_some_and(|t| t.end as usize == range.start + end)
                        {
                            *slot = (hash, key.clone());
                        }
                        key
                    }
                }
            }
            ' ' => {
                spaces += 1;
                if spaces > 1 {
                    gap = gap.max(if spaces >= 3 { Gap::Wide } else { Gap::Double });
                }
                continue;
            }
            '\n' | '\x0c' | '\r' | '\u{2028}' => {
                newlines += u32::from(c != '\r');
                line += u32::from(c != '\r');
                if !in_lone {
                    cell += 1;
                }
                gap = gap.max(if newlines > 1 || c == '\x0c' { Gap::Blank } else { Gap::Line });
                spaces = 0;
                continue;
            }
            '\t' => {
                gap = gap.max(Gap::Wide);
                continue;
            }
            '|' => {
                cell += 1;
                gap = Gap::Cell;
                // A bar alone on its line opens a cell of several lines if another closes it without a blank line.
                let alone = newlines > 0 || out.is_empty();
                let rest = piece.get(next..).unwrap_or("");
                in_lone = alone && rest.starts_with('\n') && closes(rest);
                continue;
            }
            c if is_space(c) => {
                spaces += 1;
                if spaces > 1 {
                    gap = gap.max(if spaces >= 3 { Gap::Wide } else { Gap::Double });
                }
                continue;
            }
            // A bullet of Markdown, before the text of its item.
            '*' if (newlines > 0 || out.is_empty())
                && piece.get(next..).is_some_and(|r| {
                    r.starts_with(' ') && r.trim_start_matches(' ').starts_with(char::is_alphanumeric)
                }) =>
            {
                SmolStr::new_inline("•")
            }
            // Markdown marks of emphasis are no text.
            '*' | '_' | '#' | '>' | '\\' if !(c == '_' && spaces == 0 && gap == Gap::Narrow) => continue,
            c => SmolStr::new_inline(c.encode_utf8(&mut [0; 4])),
        };
        let range = range.start + at..range.start + next;
        out.push(Tok { range, key, gap, cell, line, word, capital, upper });
        gap = Gap::Narrow;
        spaces = 0;
        newlines = 0;
    }
    KEPT.set(kept);
    out
}

/// The character at a byte; mostly it is that byte.
#[inline(always)]
fn char_at(s: &str, at: usize) -> Option<char> {
    match *s.as_bytes().get(at)? {
        ascii @ ..0x80 => Some(char::from(ascii)),
        _ => s.get(at..)?.chars().next(),
    }
}

/// The letters and digits that begin at a byte: where they end, whether the letters are capitals, and the folded word.
fn fold_word(s: &str, start: usize, folded: &mut String, chars: Chars) -> (usize, bool, SmolStr) {
    let mut end = start;
    let (mut upper, mut same) = (true, true);
    let mut before = ' ';
    for c in s.get(start..).unwrap_or("").chars() {
        let info = chars.info(c);
        if !info.is_alphanumeric() {
            break;
        }
        // A digit in front makes no word of capitals.
        upper &= info.is_upper() || !info.is_letter() && end > start;
        // The tone of "oà" may move.
        same &= info.folded() == c as u32 && (c.is_ascii() || !matches!(before, 'o' | 'u'));
        before = c;
        end += c.len_utf8();
    }
    // Most words are small letters with their tone in its place.
    let word = s.get(start..end).unwrap_or("");
    if same {
        return (end, upper, SmolStr::new(word));
    }
    folded.clear();
    word.chars().for_each(|c| push_folded(folded, chars.folded_char(c)));
    (end, upper, SmolStr::new(folded))
}

/// Whether a lone bar follows before a blank line, within forty lines.
fn closes(rest: &str) -> bool {
    for line in rest.lines().skip(1).take(40) {
        let line = line.trim();
        if line == "|" {
            return true;
        }
        if line.is_empty() {
            return false;
        }
    }
    false
}

/// Runs of words without a gap of at least `gap` between them, as ranges of token indices.
pub fn pieces(toks: &[Tok], gap: Gap) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (i, tok) in toks.iter().enumerate() {
        match out.last_mut() {
            Some(last) if tok.gap < gap => last.end = i + 1,
            _ => out.push(i..i + 1),
        }
    }
    out
}

/// The shadow range of a run of tokens.
pub fn span(toks: &[Tok], run: Range<usize>) -> Option<Range<usize>> {
    let run = toks.get(run)?;
    Some(run.first()?.range.start..run.last()?.range.end)
}

/// The text of a range on one line: white space as single spaces, marks of emphasis left out.
pub fn clean(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for word in s.split(|c: char| is_space(c) || c == '|') {
        let word = word.trim_matches(['*', '_']);
        let bare = word.contains('*').then(|| word.replace("**", ""));
        let word = bare.as_deref().unwrap_or(word).trim_start_matches('#');
        if word.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_several_lines_and_cells_on_one_line_are_told_apart() {
        let s = "|\n**ỦY BAN\nNHÂN DÂN**\n|\nSố: 5\n|\n";
        let toks = words(s);
        assert_eq!(toks.iter().map(|t| t.cell).collect::<Vec<_>>(), [1, 1, 1, 1, 2, 2, 2]);
        let s = "SỞ Y TẾ | Số\tABC   d";
        let toks = words(s);
        let got: Vec<(&str, Gap)> = toks.iter().map(|t| (t.key.as_str(), t.gap)).collect();
        assert_eq!(
            got,
            [
                ("sở", Gap::Cell),
                ("y", Gap::Narrow),
                ("tế", Gap::Narrow),
                ("số", Gap::Cell),
                ("abc", Gap::Wide),
                ("d", Gap::Wide)
            ]
        );
    }
}
