//! Stage 3, structure: sentences as token ranges, found in one pass. A list item is a sentence of its own; so is a heading.
//!
//! Tokens and the headings of the outline go in, the first token of each sentence comes out.

use std::ops::Range;

use crate::words::token::{Case, Gap, Kind, Token, hint};
use crate::words::tokens::Tokens;

/// No sentence is longer, in tokens: every indicator carries its sentence, and a line that never ends (a table read as
/// text, a file without line breaks) must not be carried by each of its thousands of figures.
const LONGEST: usize = 400;

/// Most tokens of a title's line in capitals, and the fewest words that make one.
const TITLE_TOKENS: usize = 40;
const TITLE_WORDS: usize = 2;

/// Most tokens of the label of a line that tells one value.
const VALUE_LABEL: usize = 14;

/// Lines of a page hold fewer tokens: a longer one is a paragraph.
const WRAPPED: usize = 45;

/// From here on a semicolon ends it too.
const LONG: usize = 300;

/// Where sentences begin.
pub(crate) struct Sentences {
    starts: Vec<u32>,
}

impl Sentences {
    /// The sentences of a text; each heading, given by its tokens, stands by itself.
    pub(crate) fn of<'h>(tokens: &Tokens, headings: impl Iterator<Item = &'h Range<usize>>) -> Self {
        let mut starts: Vec<u32> = Vec::with_capacity(tokens.len() / 24 + 1);
        starts.push(0);
        let mut last = 0;
        // On one line nothing begins but at a mark or behind it.
        let mut marks = tokens.hinted(hint::SENTENCE, 0..tokens.len());
        let mut mark = marks.next();
        let mut i = 0;
        loop {
            // What grows too long is looked at token by token.
            let long = (last + LONG).max(i + 1);
            while mark.is_some_and(|mark| mark < i) {
                mark = marks.next();
            }
            i = mark.map_or(long, |mark| mark.max(i + 1).min(long));
            let (Some(before), Some(token)) = (tokens.get(i - 1), tokens.get(i)) else { break };
            let length = i - last;
            let begins = match token.gap {
                Gap::Glued => false,
                Gap::Para | Gap::Tab => true,
                Gap::Space => ends(tokens, i - 1, token.kind == Kind::Word && token.case == Case::Lower),
                Gap::Line => {
                    let mark = token.is('-')
                        || token.is('+')
                        || token.is('*')
                        || token.is('•')
                        || token.is('–')
                        || token.is('#');
                    let numbered = token.kind == Kind::Number
                        && tokens.get(i + 1).is_some_and(|t| t.gap == Gap::Glued && (t.is('.') || t.is(')')))
                        && before.kind == Kind::Punct;
                    // "… đến 31/12/2017" and on the next line "- Tổng …"; not "2016" and "- 2020".
                    let opens = |t: &Token| t.kind == Kind::Word && t.capital() && t.gap == Gap::Space;
                    mark && (before.kind != Kind::Number || tokens.get(i + 1).is_some_and(opens))
                        || numbered
                        || token.capital() && (tells_value(tokens, i) || tells_value(tokens, last))
                        || before.is(':')
                        || before.is(';')
                        || ends(tokens, i - 1, false)
                        || before.is('.') && token.capital() && is_unwrapped(tokens, i - 1)
                        || token.kind == Kind::Word && token.case != Case::Upper && in_capitals(tokens, i - 1)
                }
            };
            let too_long = length >= LONGEST || (length >= LONG && before.is(';'));
            if begins || too_long || token.is('|') || before.is('|') {
                last = i;
                starts.push(i as u32);
            }
        }
        let lines = starts.len();
        starts.extend(headings.flat_map(|h| [h.start as u32, h.end as u32]));
        if starts.len() > lines {
            starts.sort_unstable();
            starts.dedup();
        }
        Self { starts }
    }

    /// How many sentences there are.
    pub(crate) fn len(&self) -> usize {
        self.starts.len()
    }

    /// The number of the sentence that holds a token.
    pub(crate) fn number(&self, token: usize) -> usize {
        self.starts.partition_point(|&s| s as usize <= token).saturating_sub(1)
    }

    /// The tokens of a sentence; `all` is the end of the text.
    pub(crate) fn tokens(&self, number: usize, all: usize) -> Range<usize> {
        let start = |n: usize| self.starts.get(n).map(|&s| s as usize);
        start(number).unwrap_or(0)..start(number + 1).unwrap_or(all)
    }
}

/// Whether the line that ends with this token is so long that it is a whole paragraph: an abbreviation at its end ("… của TP.") ends
/// its sentence too.
fn is_unwrapped(tokens: &[Token], last: usize) -> bool {
    last.checked_sub(WRAPPED)
        .is_some_and(|from| (from..=last).all(|i| tokens.get(i).is_some_and(|t| t.gap < Gap::Line)))
}

/// "Lúa mùa: 1.390,00 ha", "Trâu: 7.801 con": whether the line that begins at a token is a label with its value.
fn tells_value(tokens: &[Token], start: usize) -> bool {
    let line =
        (start + 1..start + VALUE_LABEL).take_while(|&i| tokens.get(i).is_some_and(|t| t.gap < Gap::Line));
    let colon =
        line.into_iter().find(|&i| tokens.get(i).is_some_and(|t| t.is(':') || t.kind == Kind::Number));
    colon.is_some_and(|i| {
        tokens.get(i).is_some_and(|t| t.is(':'))
            && tokens.get(i + 1).is_some_and(|t| t.kind == Kind::Number && t.gap < Gap::Line)
    })
}

/// Whether the line that ends with this token is a title in capitals: "SỞ THƯƠNG MẠI" and on the next line "Tổng mức …".
fn in_capitals(tokens: &[Token], last: usize) -> bool {
    let mut words = 0;
    for i in (last.saturating_sub(TITLE_TOKENS)..=last).rev() {
        let Some(token) = tokens.get(i) else { return false };
        if token.kind == Kind::Word && token.case != Case::Upper {
            return false;
        }
        words += usize::from(token.kind == Kind::Word);
        if i == 0 || token.gap >= Gap::Line {
            return words >= TITLE_WORDS;
        }
    }
    false
}

/// Whether a sentence ends with this token: a full stop that belongs to no abbreviation or list mark.
fn ends(tokens: &[Token], i: usize, lower: bool) -> bool {
    let Some(token) = tokens.get(i) else { return false };
    if token.is('?') || token.is('!') || token.is('…') {
        return !lower;
    }
    if !token.is('.') || lower {
        return false;
    }
    // "TP. Hồ Chí Minh", "1. Kết quả": the stop belongs to what is before it.
    let Some(before) = i.checked_sub(1).and_then(|p| tokens.get(p)) else { return false };
    if token.gap != Gap::Glued {
        return true;
    }
    match before.kind {
        Kind::Word => !(before.bytes() <= 2 && before.case != Case::Lower),
        Kind::Number => i >= 2 && !matches!(before.gap, Gap::Line | Gap::Para),
        Kind::Punct => true,
    }
}
