//! Stage 5, cells: the numbers that a cell of figures holds.
//!
//! "702 257", "-5,2", "(5,2)", "▼ 5,2", "7-8", "12/63", "9,38/10": signs, blanks between thousands, ranges and pairs.
//! A cell with words gives none here; its words are read as everywhere.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::claim::indicator::{Bound, Direction, Scan};
use crate::claim::{note, number};
use crate::words::token::{Gap, Kind};

/// One number of a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Number {
    pub(super) tokens: Range<usize>,
    pub(super) value: Decimal,
    /// The reading with thousands of "27,397".
    pub(super) other: Option<Decimal>,
    pub(super) ambiguous: bool,
    pub(super) percent: bool,
    pub(super) bound: Bound,
    pub(super) direction: Option<Direction>,
}

/// How the numbers of a cell stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    One,
    Range,
    Slash,
    /// "12 (45%)": one beside the other.
    Beside,
}

/// The numbers of a cell and how they stand; none where it holds anything else or is claimed already.
pub(super) fn read(scan: &Scan<'_, '_>, cell: &Range<usize>) -> Option<(Vec<Number>, Shape)> {
    let mut numbers = Vec::new();
    let mut shape = Shape::One;
    let mut at = cell.start;
    let bracket = scan.is(at, '(') && scan.is(cell.end.checked_sub(1)?, ')');
    at += usize::from(bracket);
    let end = cell.end - usize::from(bracket);
    loop {
        let next = number(scan, at, end)?;
        at = next.tokens.end;
        numbers.push(next);
        at = note::over(scan.work, at).min(end);
        if at >= end {
            break;
        }
        let next = match () {
            () if ['-', '–', '—', '÷', '~'].iter().any(|&c| scan.is(at, c)) => Shape::Range,
            () if scan.is(at, '/') => Shape::Slash,
            () if !bracket && scan.is(at, '(') && scan.is(end - 1, ')') && numbers.len() == 1 => {
                numbers.push(number(scan, at + 1, end - 1).filter(|n| n.tokens.end == end - 1)?);
                return Some((numbers, Shape::Beside));
            }
            () => return None,
        };
        if shape != Shape::One && shape != next || next == Shape::Range && numbers.len() > 1 {
            return None;
        }
        shape = next;
        at += 1;
    }
    if bracket && shape == Shape::One {
        for number in &mut numbers {
            number.value = -number.value.abs();
            number.other = number.other.map(|o| -o.abs());
        }
    }
    Some((numbers, shape))
}

/// Sign, digits, per cent.
fn number(scan: &Scan<'_, '_>, from: usize, end: usize) -> Option<Number> {
    let mut at = from;
    let (mut negative, mut bound, mut direction) = (false, Bound::Exact, None);
    while at < end {
        match () {
            () if scan.is(at, '+') => {}
            () if scan.is(at, '▼') || scan.is(at, '▽') || scan.is(at, '↓') => {
                (negative, direction) = (true, Some(Direction::Down));
            }
            () if scan.words.minus.before(&scan.work.tokens, at + 1).is_some_and(|(n, ())| n == 1) => {
                negative = true;
            }
            () if scan.is(at, '▲') || scan.is(at, '↑') => direction = Some(Direction::Up),
            () if scan.is(at, '>') => bound = Bound::MoreThan,
            () if scan.is(at, '<') => bound = Bound::LessThan,
            () if scan.is(at, '≥') => bound = Bound::AtLeast,
            () if scan.is(at, '≤') => bound = Bound::AtMost,
            () if scan.is(at, '~') || scan.is(at, '≈') => bound = Bound::About,
            () if scan.is(at, '=') && bound == Bound::MoreThan => bound = Bound::AtLeast,
            () if scan.is(at, '=') && bound == Bound::LessThan => bound = Bound::AtMost,
            () => break,
        }
        at += 1;
        if at - from > 3 {
            return None;
        }
    }
    let numeral = scan.numeral_at(at).filter(|n| n.end <= end)?;
    let (text, stop) = grouped(scan, numeral.first, numeral.end, end);
    let reading = number::read(&text, scan.convention).ok()?;
    let percent = scan.is(stop, '%') && stop < end;
    let sign = |v: Decimal| if negative { -v } else { v };
    let start =
        if negative && !scan.is(from, '▼') && !scan.is(from, '↓') { at - 1 } else { numeral.first };
    Some(Number {
        tokens: start..stop + usize::from(percent),
        value: sign(reading.value),
        other: reading.other.map(sign),
        ambiguous: reading.ambiguous,
        percent,
        bound,
        direction,
    })
}

/// Digits with blanks between the thousands: "1 234 567,8" in a cell of its own can be nothing else.
fn grouped(scan: &Scan<'_, '_>, first: usize, numeral_end: usize, end: usize) -> (String, usize) {
    let mut digits = scan.work.words(first..numeral_end).to_string();
    let plain = digits.bytes().all(|b| b.is_ascii_digit());
    if !plain || digits.len() > 3 || digits.starts_with('0') {
        return (digits, numeral_end);
    }
    let mut at = numeral_end;
    while at < end {
        let group =
            scan.token(at).filter(|t| t.kind == Kind::Number && t.gap != Gap::Glued && t.bytes() == 3);
        let Some(numeral) = group.and_then(|_| scan.numeral_at(at)).filter(|n| n.end <= end) else { break };
        let text = scan.work.words(numeral.first..numeral.end);
        let decimals = text.len() > 3;
        if decimals && text.as_bytes().get(3).is_none_or(|b| !matches!(b, b',' | b'.')) {
            break;
        }
        digits.push_str(text);
        at = numeral.end;
        if decimals {
            break;
        }
    }
    (digits, at)
}
