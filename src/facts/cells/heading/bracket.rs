//! Stage 5, cells: a bracket in a heading: a formula, a unit, a time, or words.
//!
//! "(triệu đồng)", "(ĐVT: ha)", "(% so với cùng kỳ)", "(năm 2023)", "(3=1+2)".

use std::ops::Range;

use super::walk::Walk;
use crate::claim::indicator::Scan;
use crate::facts::cells::unit::{self, Unit};
use crate::facts::cells::when;
use crate::words::token::Kind;

/// A bracket of more words is an explanation, no part of a name.
const BRACKET_WORDS: usize = 4;

impl Walk<'_, '_, '_> {
    /// The bracket that opens at a token; only one of few words stays in the name.
    pub(super) fn bracket(&mut self, open: usize) -> Option<usize> {
        let scan = self.reader.scan;
        let close =
            Some(open).filter(|&i| scan.is(i, '(')).and_then(|i| closing(scan, i, self.tokens.end))?;
        let inside = open + 1..close;
        let words = inside.clone().filter(|&k| scan.token(k).is_some_and(|t| t.kind == Kind::Word)).count();
        let taken = self.take_formula(&inside, words)
            || self.take_unit(&inside)
            || self.take_time(&inside)
            || words > BRACKET_WORDS;
        if taken {
            self.cut.push(open..close + 1);
        }
        Some(close + 1)
    }

    /// "(3=1+2)", "(A)": a formula or the number of a column.
    fn take_formula(&mut self, inside: &Range<usize>, words: usize) -> bool {
        let reader = self.reader;
        let holds = |c: char| inside.clone().any(|k| reader.scan.is(k, c));
        let percent = holds('%');
        let time = || when::at(reader.scan, reader.date_at(inside.start), inside.start, inside.end).is_some();
        let formula = holds('=') && words <= 1 || words == 0 && !percent && !time();
        if formula && percent {
            self.out.unit.get_or_insert_with(Unit::percent);
        }
        formula
    }

    /// "(người)", "(ĐVT: ha)", "(% so với cùng kỳ)".
    fn take_unit(&mut self, inside: &Range<usize>) -> bool {
        let scan = self.reader.scan;
        let percent = || scan.is(inside.start, '%').then(Unit::percent);
        let unit = noted(scan, inside).or_else(|| unit::whole(scan, inside)).or_else(percent);
        let found = unit.is_some();
        self.out.unit = unit.or(self.out.unit.take());
        found
    }

    /// "(tính đến 31/12/2023)".
    fn take_time(&mut self, inside: &Range<usize>) -> bool {
        let reader = self.reader;
        let found = inside.clone().find_map(|k| when::at(reader.scan, reader.date_at(k), k, inside.end));
        let Some((period, _)) = found else { return false };
        self.out.when.get_or_insert(period);
        true
    }
}

/// The bracket that closes one.
fn closing(scan: &Scan<'_, '_>, open: usize, end: usize) -> Option<usize> {
    let mut depth = 0;
    (open..end).find(|&i| {
        depth += i32::from(scan.is(i, '(')) - i32::from(scan.is(i, ')'));
        depth == 0
    })
}

/// "(ĐVT: ha)", "(đơn vị tính: triệu đồng)".
fn noted(scan: &Scan<'_, '_>, inside: &Range<usize>) -> Option<Unit> {
    let (n, ()) = scan.work.patterns.tables.unit_note.at(&scan.work.tokens, inside.start)?;
    unit::of_cell(scan, &(inside.start + n + usize::from(scan.is(inside.start + n, ':'))..inside.end))
}
