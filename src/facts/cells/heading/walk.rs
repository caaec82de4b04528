//! Stage 5, cells: the way through the words of a heading: what each takes from the name, and what it says.
//!
//! "TH 6 tháng 2023 (ha)": a role, months, a year, a unit in brackets; nothing is left as a name.

use std::ops::Range;

use super::{Reader, Said};
use crate::facts::cells::unit::{self, Unit};
use crate::facts::cells::when;
use crate::patterns::tables::says;
use crate::words::token::Kind;

/// Smaller numbers are no years.
const FIRST_YEAR: i32 = 1900;

/// A heading at work.
pub(super) struct Walk<'h, 'w, 'a> {
    pub(super) reader: &'h Reader<'h, 'w, 'a>,
    pub(super) tokens: Range<usize>,
    /// What it says so far.
    pub(super) out: Said,
    /// Tokens that are no part of the name.
    pub(super) cut: Vec<Range<usize>>,
    /// How many words were passed that are no times.
    pub(super) words: usize,
    /// From here on it says what it is compared with, or divided by.
    pub(super) compared: bool,
}

impl<'h, 'w, 'a> Walk<'h, 'w, 'a> {
    pub(super) fn new(reader: &'h Reader<'h, 'w, 'a>, tokens: &Range<usize>, out: Said) -> Self {
        Self { reader, tokens: tokens.clone(), out, cut: Vec::new(), words: 0, compared: false }
    }

    /// Goes through all words; what the heading says, and what is no part of its name.
    pub(super) fn run(mut self) -> (Said, Vec<Range<usize>>) {
        let mut i = self.tokens.start;
        while i < self.tokens.end {
            // Each gives where it ends, if it begins here.
            i = self
                .bracket(i)
                .or_else(|| self.time(i))
                .or_else(|| self.sign(i))
                .or_else(|| self.phrase(i))
                .unwrap_or_else(|| self.word(i));
        }
        (self.out, self.cut)
    }

    /// A time: a date or a year with the words that lead up to it.
    fn time(&mut self, i: usize) -> Option<usize> {
        let scan = self.reader.scan;
        let (period, end) = when::at(scan, self.reader.date_at(i), i, self.tokens.end)?;
        let from = when::lead(scan, i, self.tokens.start);
        self.out.earlier |= self.compared;
        // "Ước 2023/2022": one year in shares of the one before.
        let against = scan.is(end, '/').then(|| scan.work.word(end + 1).parse::<i32>().ok()).flatten();
        let earlier = FIRST_YEAR..i32::from(period.start.year());
        self.out.against |= against.is_some_and(|year| end + 2 <= self.tokens.end && earlier.contains(&year));
        if !self.compared {
            self.out.when.get_or_insert(period);
            self.cut.push(from..end);
        }
        Some(end)
    }

    /// A sign or a number: per cent, or the mark before a unit that ends the heading.
    fn sign(&mut self, i: usize) -> Option<usize> {
        let scan = self.reader.scan;
        let Some(token) = scan.token(i) else { return Some(self.tokens.end) };
        if token.is('%') {
            self.out.unit.get_or_insert_with(Unit::percent);
            self.cut.push(i..i + 1);
        }
        if token.kind == Kind::Word {
            return None;
        }
        let dash = (token.is('-') || token.is('–')) && i > self.tokens.start;
        let comma = token.is(',') && self.words > 0;
        if self.out.unit.is_none() && (dash || comma) {
            let sure = |u: &Unit| if dash { is_sure(u) } else { !u.is_count() };
            let unit = unit::whole(scan, &(i + 1..self.tokens.end));
            if let Some(unit) = unit.filter(|u| u.tokens.end >= self.tokens.end && sure(u)) {
                self.out.unit = Some(unit);
                self.cut.push(i..self.tokens.end);
                return Some(self.tokens.end);
            }
        }
        Some(i + 1)
    }

    /// A word of the name.
    fn word(&mut self, i: usize) -> usize {
        // "Tổng I + II": the marks of the rows it sums up.
        let mark = self.out.first & says::TOTAL != 0
            && self.reader.scan.work.word(i).bytes().all(|b| b"IVXLABCDE".contains(&b));
        self.out.own += usize::from(!self.compared && !mark);
        self.words += 1;
        i + 1
    }
}

/// The unit behind a dash: "Sản lượng - Tấn", "Dân số - Nghìn người", "Số hộ - Hộ", but not "Thương mại - Dịch vụ".
fn is_sure(unit: &Unit) -> bool {
    !unit.is_count() || unit.name.as_deref().is_some_and(|n| !n.contains(' '))
}
