//! Stage 4: the text to items. Numerals are found once; each is claimed by the first recogniser that can say what it
//! is: the document's own header, strong traps, references, dates, weak traps, indicators.

pub mod date;
pub mod indicator;
pub mod ledger;
pub mod note;
pub mod number;
pub mod reference;
pub mod trap;

use std::cell::RefCell;
use std::ops::Range;

use smol_str::SmolStr;

use crate::patterns::Patterns;
use crate::patterns::names::Template;
use crate::structure::table::Table;
use crate::words::Text;
use crate::words::token::{Kind, Token};
use crate::words::tokens::Tokens;
use ledger::Ledger;

/// What every recogniser reads and writes while one document is worked on.
#[derive(Debug)]
pub struct Work<'a> {
    /// The text.
    pub text: &'a Text<'a>,
    /// Its tokens.
    pub tokens: Tokens,
    /// The rules.
    pub patterns: &'a Patterns,
    /// Who owns which numeral.
    pub ledger: Ledger,
    /// Its tables.
    pub tables: Vec<Table>,
    /// Where what names might be chosen from is written down, for the training of [`crate::patterns::names`].
    pub choices: Option<RefCell<Vec<Choice>>>,
}

/// A quantity and the phrases that might name it, each with its features.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The tokens of the quantity.
    pub tokens: Range<usize>,
    /// The phrases: as written, and the names and values of their features. The first is the rules' own.
    pub phrases: Vec<(SmolStr, Vec<(Template, SmolStr)>)>,
}

impl<'a> Work<'a> {
    /// A text with its tokens, nothing claimed yet.
    pub fn new(text: &'a Text<'a>, tokens: Tokens, patterns: &'a Patterns) -> Self {
        let ledger = Ledger::new(&tokens);
        Self { text, tokens, patterns, ledger, tables: Vec::new(), choices: None }
    }

    /// The token at an index.
    #[inline]
    pub fn token(&self, i: usize) -> Option<&Token> {
        self.tokens.get(i)
    }

    /// Whether a token is a mark.
    #[inline]
    pub fn is(&self, i: usize, mark: char) -> bool {
        self.token(i).is_some_and(|t| t.is(mark))
    }

    /// Whether a token is a word.
    #[inline]
    pub fn is_word(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| t.kind == Kind::Word)
    }

    /// Whether a token is a number.
    #[inline]
    pub fn is_number(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| t.kind == Kind::Number)
    }

    /// Whether a token is a mark of any kind.
    #[inline]
    pub fn is_punct(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| t.kind == Kind::Punct)
    }

    /// The text of one token; empty beyond the end.
    #[inline]
    pub fn word(&self, i: usize) -> &'a str {
        let text: &'a Text<'a> = self.text;
        self.tokens.get(i).map_or("", |t| text.slice(t.start as usize..t.end as usize))
    }

    /// The text from the first to the last token of a range.
    pub fn words(&self, tokens: Range<usize>) -> &'a str {
        let text: &'a Text<'a> = self.text;
        text.slice(self.bytes(tokens))
    }

    /// The shadow byte range of a range of tokens.
    pub fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|e| self.tokens.get(e))) {
            (Some(a), Some(b)) if a.start < b.end => a.start as usize..b.end as usize,
            _ => 0..0,
        }
    }

    /// The first token that begins at or after a shadow byte offset.
    pub fn token_at(&self, byte: usize) -> usize {
        self.tokens.at_byte(byte)
    }
}
