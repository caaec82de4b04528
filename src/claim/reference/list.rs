//! Lists: members that share type, symbol or issuer with their neighbours.

use super::head::Head;
use super::symbol::Symbol;
use super::{Form, Found, head};
use crate::claim::Work;
use crate::words::token::{Gap, Kind};

/// Most members before the one that bears the symbol.
const MEMBERS: usize = 30;

/// "số 12, 13 và 15/QĐ-UBND", "số 12; số 13 và số 15/QĐ-UBND": the numbers before the symbol are documents of the same
/// symbol.
pub fn members(work: &Work, symbol: &Symbol, last: &Head, found: &mut Vec<Found>) {
    let words = &work.patterns.references;
    if last.doc_type.is_some() || symbol.symbol.is_empty() || !work.patterns.rules.on(words.list) {
        return;
    }
    let mut numbers: Vec<usize> = Vec::new();
    let mut pos = if last.marked { last.start } else { symbol.tokens.start };
    let shared = loop {
        let Some(number) = before_separator(work, pos) else { return };
        numbers.push(number);
        let head = head::find(work, number, 0);
        let more = last.marked && head.doc_type.is_none() && before_separator(work, head.start).is_some();
        if (head.marked || head.doc_type.is_some()) && !more {
            break head;
        }
        if numbers.len() == MEMBERS {
            return;
        }
        pos = head.start;
    };
    let year = symbol.year.map(|y| format!("/{y}")).unwrap_or_default();
    for (n, &at) in numbers.iter().rev().enumerate() {
        let number = work.word(at).to_string();
        let id = format!("{number}{year}/{}", symbol.symbol);
        let start = if n == 0 && shared.doc_type.is_some() { shared.start } else { at };
        let mut mention = Found::new(start..at + 1, id, Form::List, words.list);
        mention.doc_type = shared.doc_type.or(symbol.doc_type);
        mention.number = Some(number);
        mention.year = symbol.year;
        mention.symbol = Some(symbol.symbol.clone());
        found.push(mention);
    }
}

/// The free number token before a comma, a semicolon or "và" that stands before `pos`.
fn before_separator(work: &Work, pos: usize) -> Option<usize> {
    let separator = pos.checked_sub(1)?;
    let number = pos.checked_sub(2)?;
    let token = work.token(separator)?;
    let joins = token.is(',') || token.is(';') || work.patterns.particles.and.has(work.word(separator));
    let free =
        work.token(number).is_some_and(|t| t.kind == Kind::Number && t.bytes() <= 5 && t.gap != Gap::Glued)
            && work.ledger.free(number..number + 1);
    (joins && free && work.token(pos)?.gap != Gap::Glued).then_some(number)
}

/// The type that a symbol at `start` has from the list it goes on with: that of the word at the list's head, since
/// members between may bear types of their own.
pub fn inherited(work: &Work, found: &[Found], start: usize) -> Option<usize> {
    let mut start = start;
    let mut doc_type = None;
    for member in found.iter().rev().take(MEMBERS) {
        if !continues(work, member, start) {
            break;
        }
        doc_type = member.doc_type;
        if work.token(member.tokens.start).is_some_and(|t| t.kind == Kind::Word) {
            break;
        }
        start = member.tokens.start;
    }
    doc_type
}

/// Whether a symbol at `start` goes on with the list of the mention before it: only separators, dates, "số" between.
pub fn continues(work: &Work, last: &Found, start: usize) -> bool {
    let from = last.tokens.end;
    if start < from || start - from > 40 {
        return false;
    }
    let mut separators = 0;
    for i in from..start {
        let Some(token) = work.token(i) else { return false };
        if token.gap == Gap::Para || token.is('.') || token.is(':') {
            return false;
        }
        if token.is(',') || token.is(';') || work.patterns.particles.and.has(work.word(i)) {
            separators += 1;
        }
    }
    separators > 0
}
