//! Reading tokens for the date grammar: numbers, borders, marks, the class of a word.
//!
//! Every test looks at a bounded number of tokens, so that the whole stage stays linear.

use crate::claim::Work;
use crate::patterns::dates::{Class, DateWords};
use crate::words::token::{Case, Gap, Kind, Token};

/// Longest run of dots skipped in a blank that was filled in on dots: "ngày …25..tháng 01".
const DOTS: usize = 40;

/// Most tokens from a time of day to its date.
const TIME_TOKENS: usize = 8;

/// A group of at most four digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Num {
    /// Its value.
    pub value: u16,
    /// How many digits.
    pub len: usize,
    /// Written with a leading zero.
    pub padded: bool,
}

/// The tokens of one document with the date words.
#[derive(Clone, Copy)]
pub(super) struct Scan<'w, 'a> {
    /// The document.
    pub work: &'w Work<'a>,
    /// The words.
    pub words: &'a DateWords,
}

impl<'w, 'a> Scan<'w, 'a> {
    pub fn new(work: &'w Work<'a>) -> Self {
        Self { work, words: &work.patterns.dates }
    }

    #[inline]
    pub fn token(&self, i: usize) -> Option<&'w Token> {
        self.work.tokens.get(i)
    }

    /// The class of a word token; [`Class::None`] for everything else.
    #[inline]
    pub fn class(&self, i: usize) -> Class {
        self.token(i).map_or(Class::None, |t| self.words.class(t))
    }

    /// Whether the token before `i` is of a class, with no border between.
    #[inline]
    pub fn after(&self, i: usize, class: Class) -> bool {
        i > 0 && self.near(i) && self.class(i - 1) == class
    }

    /// Whether nothing but spaces or one line break stands before token `i`.
    #[inline]
    pub fn near(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| matches!(t.gap, Gap::Glued | Gap::Space | Gap::Line))
    }

    /// Whether nothing at all stands before token `i`.
    #[inline]
    pub fn glued(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| t.gap == Gap::Glued)
    }

    #[inline]
    pub fn is(&self, i: usize, c: char) -> bool {
        self.work.is(i, c)
    }

    /// The number of at most four digits at `i`.
    #[inline]
    pub fn num(&self, i: usize) -> Option<Num> {
        let token = self.token(i)?;
        if token.kind != Kind::Number || token.bytes() > 4 {
            return None;
        }
        let digits = self.work.word(i).as_bytes();
        let value = digits.iter().fold(0u16, |v, b| v * 10 + u16::from(b.wrapping_sub(b'0')));
        Some(Num { value, len: digits.len(), padded: digits.first() == Some(&b'0') })
    }

    /// The number of one or two digits at `i`.
    #[inline]
    pub fn small(&self, i: usize) -> Option<Num> {
        self.num(i).filter(|n| n.len <= 2)
    }

    /// The year of this age at `i`: four digits, 1900 to 2100.
    #[inline]
    pub fn year(&self, i: usize) -> Option<u16> {
        self.num(i).filter(|n| n.len == 4 && (1900..=2100).contains(&n.value)).map(|n| n.value)
    }

    /// Whether a token is a slash.
    #[inline]
    pub fn slashlike(&self, token: &Token) -> bool {
        token.is('/') || token.is('⁄')
    }

    /// Past a slash, or a slash written twice, at `i`.
    pub fn slash(&self, i: usize) -> Option<usize> {
        let slash = |i: usize| self.token(i).is_some_and(|t| self.slashlike(t));
        if !slash(i) || !self.near(i) {
            return None;
        }
        let next = if slash(i + 1) && self.glued(i + 1) { i + 2 } else { i + 1 };
        self.near(next).then_some(next)
    }

    /// Whether a token is a figure of a time of day.
    fn hour(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| t.kind == Kind::Number)
            && self.work.ledger.owner(i).1 == self.work.patterns.traps.time
    }

    /// The first token of the time of day right before token `start`: "17 giờ 30 ngày …".
    pub fn before_time(&self, start: usize) -> Option<usize> {
        let low = start.saturating_sub(TIME_TOKENS);
        let of_time = |i: usize| {
            self.hour(i)
                || self.token(i).is_some_and(|t| self.words.clock.has(t) || self.words.day_parts.has(t))
                || matches!(self.work.word(i), ":" | "’" | "'")
        };
        let near = |from: usize| {
            (low..=from).rev().take_while(|&i| self.near(i + 1) && of_time(i)).filter(|&i| self.hour(i))
        };
        let last = near(start.checked_sub(1)?).next()?;
        near(last).last()
    }

    /// Whether a dash of any length stands at `i`.
    pub fn dash(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| {
            t.kind == Kind::Punct
                && matches!(char::from_u32(t.word), Some('-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '÷'))
        })
    }

    /// Past the dots of a filled-in blank at `i`; a single full stop stays.
    pub fn dots(&self, i: usize) -> usize {
        let mut end = i;
        while end < i + DOTS && self.near(end) && self.dot(end) {
            end += 1;
        }
        end
    }

    /// Back over the same marks: the token that they follow.
    pub fn undots(&self, i: usize) -> Option<usize> {
        let mut at = i;
        while at > 0 && i - at < DOTS && self.near(at) {
            at -= 1;
            if !self.dot(at) {
                return Some(at);
            }
        }
        None
    }

    fn dot(&self, i: usize) -> bool {
        let Some(token) = self.token(i).filter(|t| t.kind == Kind::Punct) else { return false };
        match char::from_u32(token.word) {
            Some('…' | '_') => true,
            Some('.') => {
                self.is(i + 1, '.')
                    || self.is(i + 1, '…')
                    || (i > 0 && (self.is(i - 1, '.') || self.is(i - 1, '…')))
            }
            _ => false,
        }
    }

    /// Whether a number that begins at `i` is not the tail of something longer: a symbol, a decimal, a code.
    pub fn starts_clean(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1) else { return true };
        if !self.glued(i) {
            // "16 / 5" and "ngày   /5/2016": the slash belongs to the number after it.
            return !self.is(before, '/') || !self.near(i);
        }
        let Some(token) = self.token(before) else { return true };
        match token.kind {
            Kind::Number => false,
            Kind::Word => self.words.class(token) != Class::None || token.case == Case::Lower,
            Kind::Punct => {
                let joined = self.glued(before) && before > 0;
                let kind = before.checked_sub(1).and_then(|b| self.token(b)).map(|t| t.kind);
                match char::from_u32(token.word) {
                    Some('/' | '⁄' | '@' | '#' | '=' | '&' | '+') => false,
                    Some('.' | ',' | ':' | '_') => !(joined && kind == Some(Kind::Number)),
                    _ if self.dash(before) => !(joined && kind == Some(Kind::Word)),
                    _ => true,
                }
            }
        }
    }

    /// Whether a number that ends before `end` is not the head of something longer.
    pub fn ends_clean(&self, end: usize) -> bool {
        let Some(token) = self.token(end) else { return true };
        if token.is('%') && self.near(end) || token.is('‰') {
            return false;
        }
        if token.gap != Gap::Glued {
            return true;
        }
        match token.kind {
            Kind::Number => false,
            Kind::Word => {
                token.case == Case::Lower || self.words.class(token) != Class::None || token.bytes() > 2
            }
            Kind::Punct => {
                let next = self.token(end + 1).filter(|t| t.gap == Gap::Glued).map(|t| t.kind);
                match char::from_u32(token.word) {
                    Some('/' | '⁄') => next.is_none_or(|k| k == Kind::Punct),
                    Some('.' | ',') => next != Some(Kind::Number),
                    Some('@' | '%' | '=' | '+') => false,
                    _ => true,
                }
            }
        }
    }

    /// Whether the comma at `i` parts the numbers of a list, no decimals: "tháng 5,6/2021", "ngày 10,11 và 12/7".
    pub fn list_goes_on(&self, i: usize) -> bool {
        let mut at = i;
        while at < i + 24 && self.is(at, ',') && self.near(at) && self.small(at + 1).is_some() {
            at += 2;
            let dated = self.is(at, '/') || self.is(at, '.') && self.small(at + 1).is_some();
            if dated || matches!(self.class(at), Class::And | Class::Year | Class::Month) {
                return true;
            }
        }
        false
    }

    /// Whether the words at `i` name something that is counted: "7/8 huyện", "12/2016 hồ sơ".
    pub fn counted(&self, i: usize) -> bool {
        if !self.near(i) {
            return false;
        }
        // "tỉnh Kon Tum" is one place, not a number of them.
        let named = |n| self.near(i + n) && self.token(i + n).is_some_and(Token::capital);
        self.is(i, '%')
            || self.words.counted.at(&self.work.tokens, i).is_some_and(|(n, &counted)| counted && !named(n))
    }
}
