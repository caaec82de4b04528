//! Stage 5, cells: whether a heading begins with the name of a measure, and what it counts.
//!
//! "Diện tích lúa", "Tỷ lệ hộ nghèo" are measures; "Số giáo viên" counts teachers.

use std::ops::Range;

use super::Said;
use crate::claim::indicator::{Scan, unit_one_line};
use crate::facts::cells::unit::{self, Unit};
use crate::patterns::tables::says;
use crate::words::token::{Case, Gap, Kind};

/// Whether a heading begins with the name of a measure.
pub(super) fn is_head(scan: &Scan<'_, '_>, tokens: &Range<usize>, said: &Said) -> bool {
    if said.first & says::NORM != 0 {
        return true;
    }
    let (words, list) = (&scan.words, &scan.work.tokens);
    let named = words.name_heads.at(list, tokens.start);
    let Some((n, ())) = named.or_else(|| words.head_count.at(list, tokens.start)) else { return false };
    // "Tổng số", "Tỷ lệ" alone say nothing of what is measured.
    tokens.start + n < tokens.end || said.own > 0
}

/// What a heading counts: "Số giáo viên", "Tổng số GV nữ", "Số lượng tổ chức".
pub(super) fn counted(scan: &Scan<'_, '_>, tokens: &Range<usize>) -> Option<Unit> {
    let (at, total) = behind_count(scan, tokens.start)?;
    if at >= tokens.end || total && scan.unit_after(at).is_none() {
        return None;
    }
    if let Some((unit, _)) = unit::begin(scan, &(at..tokens.end)) {
        return (unit.is_count() && !total).then_some(unit);
    }
    counted_noun(scan, at, tokens.end)
}

/// Where the words that count end, and whether they may sum up instead: "Tổng dư nợ" counts nothing, "Tổng số tổ" does.
fn behind_count(scan: &Scan<'_, '_>, start: usize) -> Option<(usize, bool)> {
    let (words, list) = (&scan.words.head_count, &scan.work.tokens);
    let (n, ()) = words.at(list, start)?;
    let mut at = start + n;
    let total = scan.work.patterns.particles.total.has(&scan.work.word(at - 1).to_lowercase());
    while let Some((n, ())) = words.at(list, at) {
        at += n;
    }
    Some((at, total))
}

/// The noun at a token as what is counted, where no lexicon has it.
fn counted_noun(scan: &Scan<'_, '_>, at: usize, stop: usize) -> Option<Unit> {
    let first = scan.token(at).filter(|t| t.kind == Kind::Word)?;
    // "Số tiền", "Số vốn" count nothing.
    if scan.words.money_names.at(&scan.work.tokens, at).is_some() || scan.words.stop.has(first) {
        return None;
    }
    let mut end = scan.open_noun(at).filter(|&e| e <= stop).unwrap_or(at + 1);
    // "Số D.A. phê duyệt": an abbreviation with its stops.
    while end < stop
        && scan.token(end).is_some_and(|t| t.gap == Gap::Glued)
        && (scan.is(end, '.') || scan.is(end - 1, '.'))
    {
        end += 1;
    }
    let name = unit_one_line(scan.work.words(at..end));
    let name = if first.case == Case::Upper { name } else { name.to_lowercase().into() };
    Some(Unit::count(name, at..end))
}
