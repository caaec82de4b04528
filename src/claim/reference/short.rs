//! Mentions by type and number alone: "Nghị quyết 17", "Quyết định số 2581 ngày 24/10/2023", "Đề án 06".

use rustc_hash::FxHashMap;

use super::attach::day_follows;
use super::head::Head;
use super::{Form, Found, symbol};
use crate::claim::Work;
use crate::words::token::{Gap, Kind};

/// How many mentions back an abbreviated one looks for its document.
const CITED: usize = 200;

/// Reads the mention whose number begins at token `at`.
pub fn read(work: &Work, at: usize, head: &Head, found: &[Found]) -> Option<Found> {
    let words = &work.patterns.references;
    let doc_type = head.doc_type?;
    let entry = words.types.get(doc_type)?;
    let number = symbol::number(work, at)?;
    let next = work.token(number.end);
    if next.is_some_and(|t| t.gap == Gap::Glued && joins(work, number.end)) {
        return None;
    }
    let dated = day_follows(work, number.end);
    if heads_list(work, number.end) {
        return None;
    }
    // A page number under a heading: "Kết luận" and, on a line of its own, "38".
    let lone = work.token(at).is_some_and(|t| t.gap == Gap::Line)
        && work.token(number.end).is_none_or(|t| t.gap >= Gap::Line);
    if lone || spans_years(work, number.end, number.text) {
        return None;
    }
    let (form, rule) = if dated && !head.abbreviated {
        (Form::Full, words.number_date)
    } else if head.abbreviated && !cited(found, doc_type, number.text)
        || !(entry.bare || head.marked)
        || (number.text.len() > 4 && !head.marked)
        || is_year(number.text)
        || !alone(work, number.end)
    {
        return None;
    } else {
        (Form::Short, words.short)
    };
    if !work.patterns.rules.on(rule) {
        return None;
    }
    let mut mention = Found::new(head.start..number.end, number.text.to_owned(), form, rule);
    mention.doc_type = Some(doc_type);
    mention.number = Some(number.text.to_owned());
    Some(mention)
}

/// "NQ 57": an abbreviation cites only a document whose full number the text gave before.
fn cited(found: &[Found], doc_type: usize, number: &str) -> bool {
    let same = |m: &&Found| m.doc_type == Some(doc_type) && m.number.as_deref() == Some(number);
    found.iter().rev().take(CITED).filter(|m| m.symbol.is_some()).any(|m| same(&m))
}

/// "Kế hoạch 5 năm 2021-2025": a plan of so many years, no number.
fn spans_years(work: &Work, at: usize, number: &str) -> bool {
    let years = |i: usize| work.token(i).is_some_and(|t| t.kind == Kind::Number && t.bytes() == 4);
    let span = work.token(at + 2).is_some_and(|t| t.is('-') || t.is('–')) && years(at + 3);
    work.patterns.particles.year.has(work.word(at))
        && years(at + 1)
        && (span || matches!(number, "3" | "5" | "10" | "05" | "03"))
}

/// Whether the numbers after a separator lead to one that bears a symbol: "12, 13 và 15/QĐ-UBND".
fn heads_list(work: &Work, mut pos: usize) -> bool {
    for _ in 0..30 {
        let separator = work.token(pos).is_some_and(|t| t.is(',') || t.is(';'))
            || work.patterns.particles.and.has(work.word(pos));
        // "số 12, số 13 và số 15/QĐ-UBND"
        let marked = work.patterns.references.number_mark_forward.at(&work.tokens, pos + 1);
        pos += marked.map_or(0, |(n, ())| n);
        if !separator || work.token(pos + 1).is_none_or(|t| t.kind != Kind::Number || t.gap == Gap::Para) {
            return false;
        }
        if symbol::read(work, pos + 1).is_some_and(|s| !s.symbol.is_empty()) {
            return true;
        }
        pos += 2;
    }
    false
}

/// A bare number of four digits that reads as a year: "Kế hoạch 2020".
fn is_year(number: &str) -> bool {
    number.parse().is_ok_and(|n: u32| (1945..2100).contains(&n)) && number.len() == 4
}

/// Whether the token glued to the number makes it part of something larger.
fn joins(work: &Work, at: usize) -> bool {
    let Some(token) = work.token(at) else { return false };
    if token.kind != Kind::Punct {
        return true;
    }
    let digits_next = work.token(at + 1).is_some_and(|t| t.kind == Kind::Number && t.gap == Gap::Glued);
    token.is('/') || token.is('%') || (digits_next && (token.is('.') || token.is(',') || token.is('-')))
}

/// Whether what follows the number lets it stand alone: punctuation, a small word, a name; a noun would make it a count.
fn alone(work: &Work, next: usize) -> bool {
    let Some(token) = work.token(next) else { return true };
    match token.kind {
        Kind::Number => token.gap >= Gap::Tab,
        Kind::Punct => !token.is('%') && !token.is('/') && !token.is('-') && !token.is('+'),
        Kind::Word => {
            token.gap == Gap::Para
                || token.capital()
                || work.patterns.references.after_bare.has(token)
                || (work.patterns.particles.year.has(work.word(next))
                    && work.token(next + 1).is_some_and(|t| t.kind == Kind::Number && t.bytes() == 4))
        }
    }
}

/// Resolves short mentions to the full one of the same type and number, where exactly one document fits.
pub fn resolve(found: &mut [Found]) {
    let mut full: FxHashMap<(Option<usize>, String), Option<usize>> = FxHashMap::default();
    for (n, mention) in found.iter().enumerate() {
        let Some(number) =
            mention.number.as_deref().filter(|_| mention.form != Form::Short && mention.symbol.is_some())
        else {
            continue;
        };
        full.entry((mention.doc_type, plain(number)))
            .and_modify(|first| {
                // Two documents bear the number: nothing tells which is meant.
                if first.is_some_and(|f| found.get(f).is_some_and(|f| f.id != mention.id)) {
                    *first = None;
                }
            })
            .or_insert(Some(n));
    }
    for n in 0..found.len() {
        let Some(mention) = found.get(n).filter(|m| m.form == Form::Short) else { continue };
        let key = (mention.doc_type, plain(mention.number.as_deref().unwrap_or("")));
        let Some(target) = full.get(&key).copied().flatten() else { continue };
        let Some((id, symbol, year)) = found.get(target).map(|t| (t.id.clone(), t.symbol.clone(), t.year))
        else {
            continue;
        };
        if let Some(mention) = found.get_mut(n) {
            mention.id = id;
            mention.symbol = symbol;
            mention.year = year;
            mention.target = Some(target);
        }
    }
}

/// A number without its leading zeros.
fn plain(number: &str) -> String {
    number.trim_start_matches('0').to_string()
}
