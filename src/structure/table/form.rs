//! Stage 3, tables: what a cell holds, by its look alone.
//!
//! In: the tokens of a cell. Out: its [`Form`]. "1.234,5" is a number, "2019" a year, "IV" a mark, "-" nothing.

use std::ops::Range;

use super::Source;
use crate::words::token::{Case, Gap, Kind};

/// Most words of a cell that is no prose.
const PROSE_WORDS: usize = 14;
/// Fewest words of several sentences.
const SENTENCE_WORDS: usize = 8;
/// Most words about the number of an amount.
const AMOUNT_WORDS: usize = 5;

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// Nothing.
    #[default]
    Empty,
    /// A dash, dots, a cross: no value.
    Void,
    /// A number and nothing else but signs.
    Number,
    /// A year or a span of years.
    Year,
    /// A day or month in figures.
    Date,
    /// "1=2+3", "(5)=(4)/(3)": how a column is reckoned.
    Formula,
    /// A roman number or a letter.
    Mark,
    /// Letters and digits in one.
    Code,
    /// A number with its unit or a few words.
    Amount,
    /// A few words.
    Text,
    /// Sentences.
    Prose,
}

impl Form {
    /// Whether it is a figure.
    pub fn is_figure(self) -> bool {
        matches!(self, Self::Number | Self::Amount)
    }

    /// Whether it is words.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Prose)
    }
}

/// The form of a cell.
pub(super) fn of(source: &Source<'_>, tokens: &Range<usize>) -> Form {
    let list = || tokens.clone().filter_map(|i| source.tokens.get(i).map(|t| (i, t)));
    let words = list().filter(|(_, t)| t.kind == Kind::Word).count();
    let numbers = list().filter(|(_, t)| t.kind == Kind::Number).count();
    match (words, numbers) {
        _ if tokens.is_empty() => Form::Empty,
        (0, 0) if source.text(tokens).contains(['%', '‰']) => Form::Text,
        (0, 0) => Form::Void,
        (0, _) => figures(source, tokens),
        (1, 0) if is_mark(source, tokens) => Form::Mark,
        (1, 0) if source.text(tokens).eq_ignore_ascii_case("x") => Form::Void,
        _ => text(source, tokens, words),
    }
}

/// A roman number or one letter, with a stop or bracket or none.
fn is_mark(source: &Source<'_>, tokens: &Range<usize>) -> bool {
    let text = source.text(tokens).trim_matches(['.', ')', '(', ' ', '-']);
    let roman = !text.is_empty() && text.len() <= 6 && text.bytes().all(|b| b"IVXL".contains(&b));
    let mut chars = text.chars();
    let letter = chars.next().is_some_and(|c| c.is_alphabetic() && c != 'x') && chars.next().is_none();
    roman || letter
}

/// Numbers and marks without a word.
fn figures(source: &Source<'_>, tokens: &Range<usize>) -> Form {
    let mut years = 0;
    let mut parts: Vec<(&str, usize)> = Vec::new();
    let mut slashes = 0;
    for i in tokens.clone() {
        let Some(token) = source.tokens.get(i) else { continue };
        if token.is('=') {
            return Form::Formula;
        }
        if token.kind == Kind::Number {
            let glued = i > tokens.start && token.gap == Gap::Glued && source.is(i - 1, ['.', ',']);
            let word = source.word(i);
            years += usize::from(!glued && is_year(word));
            parts.push((word, i));
        } else {
            slashes += usize::from(token.is('/'));
        }
    }
    let alone = tokens.end - tokens.start == 1;
    let small = |n: usize, most: u32| {
        parts.get(n).and_then(|p| p.0.parse::<u32>().ok()).is_some_and(|v| (1..=most).contains(&v))
    };
    match (parts.len(), years) {
        (1, 1) if alone => Form::Year,
        (2, 2) => Form::Year,
        (2, 1) if slashes == 1 && small(0, 12) && is_year(parts.last().map_or("", |p| p.0)) => Form::Date,
        (3, 1) if small(0, 31) && small(1, 12) && is_year(parts.last().map_or("", |p| p.0)) => Form::Date,
        _ => Form::Number,
    }
}

/// Four digits of a year that reports speak of.
pub(crate) fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse::<u32>().is_ok_and(|y| (1900..=2100).contains(&y))
}

/// Words, with numbers among them or not.
fn text(source: &Source<'_>, tokens: &Range<usize>, words: usize) -> Form {
    let first = source.tokens.get(tokens.start);
    let listed = first.is_some_and(|t| t.kind == Kind::Number)
        && source.is(tokens.start + 1, ['.', ')', '/'])
        && source.tokens.get(tokens.start + 2).is_some_and(|t| t.kind == Kind::Word && t.gap != Gap::Glued);
    let starts = !listed && first.is_some_and(|t| t.kind == Kind::Number)
        || first.is_some_and(|t| t.kind == Kind::Punct)
            && source.tokens.get(tokens.start + 1).is_some_and(|t| t.kind == Kind::Number);
    if words == 1 && !starts {
        let glued = |i: usize| {
            source.tokens.get(i).is_some_and(|t| t.kind == Kind::Number && t.gap == Gap::Glued)
                || source.tokens.get(i).is_some_and(|t| t.kind == Kind::Number && i == tokens.start + 1)
        };
        let capital = first.is_some_and(|t| t.case == Case::Upper);
        if capital && tokens.clone().any(glued) && !source.text(tokens).contains(' ') {
            return Form::Code;
        }
    }
    let codelike = |i: usize| {
        source.tokens.get(i).is_some_and(|t| t.kind == Kind::Word && t.case == Case::Upper)
            && source.tokens.get(i + 1).is_some_and(|t| t.is('.') && t.gap == Gap::Glued)
    };
    if codelike(tokens.start)
        && !source.text(tokens).contains(' ')
        && tokens.clone().any(|i| source.tokens.get(i).is_some_and(|t| t.kind == Kind::Number))
    {
        return Form::Code;
    }
    if starts && words <= AMOUNT_WORDS {
        return Form::Amount;
    }
    let stops = tokens.clone().filter(|&i| source.is(i, ['.', ';'])).count();
    if words > PROSE_WORDS || words > SENTENCE_WORDS && stops > 1 { Form::Prose } else { Form::Text }
}
