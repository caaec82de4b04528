//! Stage 5, cells: what a phrase of `tables.toml` says in a heading, by where it stands there.
//!
//! "Ước thực hiện" is an estimate; "Điều ước quốc tế" holds none.

use super::walk::Walk;
use crate::facts::cells::unit::Unit;
use crate::patterns::tables::says;
use crate::words::token::Kind;

/// What says nothing of what is measured: such words are no part of the name's own.
const EMPTY: u32 = says::TARGET
    | says::ACTUAL
    | says::SPAN
    | says::TOTAL
    | says::PART
    | says::WEAK
    | says::COMPARE
    | says::CHANGE
    | says::ESTIMATE;
/// A share that names nothing.
const BARE_SHARE: u32 = says::WEAK | says::SHARE;

impl Walk<'_, '_, '_> {
    /// The phrase that begins at a token.
    pub(super) fn phrase(&mut self, i: usize) -> Option<usize> {
        let scan = self.reader.scan;
        let heads = &scan.work.patterns.tables.heads;
        let (n, &bits) = heads.at(&scan.work.tokens, i).filter(|(n, _)| i + n <= self.tokens.end)?;
        // "Đạt (%)" is one phrase.
        if (i..i + n).any(|k| scan.is(k, '%')) {
            self.out.unit.get_or_insert_with(Unit::percent);
        }
        let bits = self.bits_here(i, n, bits);
        if self.words == 0 && self.out.says == 0 {
            self.out.first = bits;
        }
        self.out.says |= bits;
        self.take_span(i, bits);
        self.take_comparison(i, bits);
        self.take_part(i, n, bits);
        if bits & EMPTY == 0 && !self.compared {
            self.out.own += n;
        }
        self.words += n;
        Some(i + n)
    }

    /// What is left of the bits of a phrase where it stands.
    fn bits_here(&self, i: usize, n: usize, bits: u32) -> u32 {
        let scan = self.reader.scan;
        let end = i + n;
        // "Vị trí 1" names a class.
        let numbered = end + 1 == self.tokens.end
            && scan.token(end).is_some_and(|t| t.kind == Kind::Number && t.bytes() <= 2);
        let bits = if numbered { bits & !(says::RANK | says::ORDER) } else { bits };
        // "Điều ước quốc tế" holds no estimate: a role opens a heading, stands behind a mark, or ends it.
        let behind_mark = || {
            i > self.tokens.start && scan.token(i - 1).is_some_and(|t| t.kind == Kind::Punct && !t.is(','))
        };
        let leads = self.out.own == 0 || end >= self.tokens.end || behind_mark();
        if leads || self.compared { bits } else { bits & (says::SCHOOL | says::COMPARE) }
    }

    /// "6 tháng", "cùng kỳ năm trước": time that no calendar tells.
    fn take_span(&mut self, i: usize, bits: u32) {
        self.out.earlier |=
            self.compared && bits & says::SPAN != 0 || bits & says::COMPARE != 0 && bits & says::CHANGE != 0;
        if bits & says::MONTHS != 0 && i > self.tokens.start {
            let number = self.reader.scan.work.word(i - 1).parse().ok();
            self.out.months = number.filter(|m| (1..=11).contains(m));
        }
    }

    /// Words behind which all is by what, or what it is compared with.
    fn take_comparison(&mut self, i: usize, bits: u32) {
        let scan = self.reader.scan;
        let opens = i == self.tokens.start;
        // "Phân theo giới tính": all that follows is by what.
        if bits & says::DIVIDES != 0 && opens {
            self.compared = true;
            self.cut.push(i..self.tokens.end);
        }
        // "So với cùng kỳ năm trước": all that follows is what it is compared with.
        if bits & says::COMPARE != 0 && bits & BARE_SHARE != BARE_SHARE {
            let against = &scan.work.patterns.tables.against;
            self.compared |= opens || scan.token(i).is_some_and(|t| against.has(t));
        }
    }

    /// "Trong đó: nữ": a part of the row above.
    fn take_part(&mut self, i: usize, n: usize, bits: u32) {
        if bits & says::PART != 0 && i == self.tokens.start {
            self.out.part = true;
            let colon = usize::from(self.reader.scan.is(i + n, ':'));
            self.cut.push(i..i + n + colon);
        }
    }
}
