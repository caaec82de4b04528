//! The ledger of numerals: each belongs to exactly one thing, or to a named trap, or to nobody yet.
//!
//! A numeral is a group of digits with inner dots and commas, "1.234,5"; `22/3/2016` holds three, all of them claimed
//! by one date.

use std::ops::Range;

use crate::patterns::rule::RuleId;
use crate::words::token::{Gap, Kind, hint};
use crate::words::tokens::Tokens;

/// Who claimed a numeral.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// Nobody yet.
    None,
    /// A reference.
    Reference,
    /// A date.
    Date,
    /// An indicator.
    Indicator,
    /// A trap: no quantity.
    Trap,
    /// A field of the document's own header or foot.
    Header,
}

impl Owner {
    /// Its name in `explain`.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "unclaimed",
            Self::Reference => "reference",
            Self::Date => "date",
            Self::Indicator => "indicator",
            Self::Trap => "trap",
            Self::Header => "header",
        }
    }
}

/// One numeral of the text: the tokens it is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numeral {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
}

/// Claims on the number tokens of a text.
#[derive(Debug)]
pub struct Ledger {
    claims: Vec<(Owner, RuleId)>,
    numerals: Vec<Numeral>,
}

const NOBODY: (Owner, RuleId) = (Owner::None, RuleId(u16::MAX));

impl Ledger {
    /// Finds the numerals of a text; all are unclaimed.
    pub fn new(tokens: &Tokens) -> Self {
        let mut numerals = Vec::new();
        let mut i = 0;
        // Every number may begin a date.
        for first in tokens.hinted(hint::DATE, 0..tokens.len()) {
            if first < i || tokens.get(first).is_none_or(|t| t.kind != Kind::Number) {
                continue;
            }
            i = first + 1;
            while let (Some(mark), Some(next)) = (tokens.get(i), tokens.get(i + 1)) {
                let joined = (mark.is('.') || mark.is(','))
                    && mark.gap == Gap::Glued
                    && next.kind == Kind::Number
                    && next.gap == Gap::Glued;
                if !joined {
                    break;
                }
                i += 2;
            }
            numerals.push(Numeral { first, end: i });
        }
        Self { claims: vec![NOBODY; tokens.len()], numerals }
    }

    /// All numerals, in reading order.
    pub fn numerals(&self) -> &[Numeral] {
        &self.numerals
    }

    /// Whether no token of the range has an owner.
    #[inline]
    pub fn free(&self, range: Range<usize>) -> bool {
        self.claims.get(range).is_none_or(|c| c.iter().all(|c| c.0 == Owner::None))
    }

    /// Who owns a token, and by which rule.
    #[inline]
    pub fn owner(&self, token: usize) -> (Owner, RuleId) {
        self.claims.get(token).copied().unwrap_or(NOBODY)
    }

    /// Gives all tokens of a range to one owner; tokens that have one already keep it.
    pub fn claim(&mut self, range: Range<usize>, owner: Owner, rule: RuleId) {
        for claim in self.claims.get_mut(range).into_iter().flatten() {
            if claim.0 == Owner::None {
                *claim = (owner, rule);
            }
        }
    }
}
