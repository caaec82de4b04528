//! References: mentions of other documents (viện dẫn). Tokens in, mentions with type, number, date and issuer out.
//!
//! "theo Kế hoạch số 214/KH-UBND ngày 09/4/2019 của UBND tỉnh về …": the number and symbol make the mention, the words
//! before give its type and relation, what follows its date, issuer and subject.

mod attach;
mod head;
mod law;
mod list;
mod short;
pub mod symbol;

use std::ops::Range;

use crate::claim::Work;
use crate::claim::date::Day;
use crate::claim::ledger::Owner;
use crate::patterns::rule::RuleId;
use crate::record::Form;
use crate::words::token::Kind;
use head::Head;
use symbol::{Symbol, Trust};

/// One mention of another document.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Tokens of type word, number and symbol.
    pub tokens: Range<usize>,
    /// Tokens with date, issuer and subject.
    pub full: Range<usize>,
    /// Index of the document type.
    pub doc_type: Option<usize>,
    /// Canonical number and symbol; for a law by name its year.
    pub id: String,
    /// The number.
    pub number: Option<String>,
    /// The year in number or name.
    pub year: Option<i32>,
    /// The symbol.
    pub symbol: Option<String>,
    /// Its date.
    pub date: Option<Day>,
    /// Tokens of that date, where it stands with the mention.
    pub date_tokens: Option<Range<usize>>,
    /// Tokens of its issuer.
    pub issuer: Option<Range<usize>>,
    /// Tokens of its subject.
    pub subject: Option<Range<usize>>,
    /// Tokens of the pinpoint before it.
    pub pinpoint: Option<Range<usize>>,
    /// How this document relates to it.
    pub relation: Option<Box<str>>,
    /// How it is named.
    pub form: Form,
    /// Index of the first full mention that a short one resolves to.
    pub target: Option<usize>,
    /// The production.
    pub rule: RuleId,
}

impl Found {
    fn new(tokens: Range<usize>, id: String, form: Form, rule: RuleId) -> Self {
        Self {
            full: tokens.clone(),
            tokens,
            doc_type: None,
            id,
            number: None,
            year: None,
            symbol: None,
            date: None,
            date_tokens: None,
            issuer: None,
            subject: None,
            pinpoint: None,
            relation: None,
            form,
            target: None,
            rule,
        }
    }
}

/// Finds all references of a text and claims their numerals; dates inside them stay free for the date recogniser.
pub fn recognise(work: &mut Work) -> Vec<Found> {
    let numerals: Vec<usize> = work.ledger.numerals().iter().map(|n| n.first).collect();
    let mut found: Vec<Found> = Vec::new();
    let mut past = 0;
    for at in numerals {
        if at < past || !work.ledger.free(at..at + 1) {
            continue;
        }
        let head = head::find(work, at, past);
        let before = found.len();
        if let Some(symbol) = symbol::read(work, at).filter(|s| accept(work, s, &head)) {
            list::members(work, &symbol, &head, &mut found);
            let mention = full(work, symbol, &head, past, &found);
            found.push(mention);
        } else if let Some(mention) = short::read(work, at, &head, &found) {
            found.push(mention);
        } else if let Some(mention) = law::read(work, at) {
            found.push(mention);
        }
        for mention in found.get(before..).unwrap_or_default() {
            past = past.max(mention.tokens.end);
            if !(mention.rule == work.patterns.references.law && work.ledger_keeps_year(mention)) {
                claim(&mut work.ledger, &work.tokens, mention);
            }
        }
    }
    found.sort_by_key(|m| (m.tokens.start, m.tokens.end));
    attach::all(work, &mut found);
    short::resolve(&mut found);
    found
}

fn claim(ledger: &mut super::ledger::Ledger, tokens: &[crate::words::token::Token], mention: &Found) {
    for i in mention.tokens.clone() {
        if tokens.get(i).is_some_and(|t| t.kind == Kind::Number) {
            ledger.claim(i..i + 1, Owner::Reference, mention.rule);
        }
    }
}

impl Work<'_> {
    /// A law's "năm 2013" or "ngày 29/11/2005" is a date too, so the date recogniser claims it; a bare year belongs to
    /// the law's name.
    fn ledger_keeps_year(&self, law: &Found) -> bool {
        law.date.is_some()
            || law
                .tokens
                .end
                .checked_sub(2)
                .is_some_and(|i| self.patterns.particles.year.has_folded(self.word(i)))
    }
}

/// Whether shape and surroundings together make a reference.
fn accept(work: &Work, symbol: &Symbol, head: &Head) -> bool {
    let words = &work.patterns.references;
    let named = head.doc_type.is_some();
    if symbol.symbol.is_empty() {
        return work.patterns.rules.on(words.number_year)
            && head.doc_type.and_then(|t| words.types.get(t)).is_some_and(|t| {
                head.marked || t.law || matches!(t.code.as_str(), "NĐ" | "TT" | "TTLT" | "QĐ" | "CT" | "NQ")
            });
    }
    if !work.patterns.rules.on(words.symbol) {
        return false;
    }
    let several = symbol.symbol.contains(['-', '/', '.']);
    match symbol.trust {
        Trust::Known => {
            several
                || symbol.year.is_some()
                || named
                || head.marked
                || attach::day_follows(work, symbol.tokens.end)
        }
        Trust::Shape => named || head.marked || (several && attach::day_follows(work, symbol.tokens.end)),
    }
}

/// A full mention from its symbol; `found` holds the mentions before it, from which a list inherits its type.
fn full(work: &Work, symbol: Symbol, head: &Head, low: usize, found: &[Found]) -> Found {
    let words = &work.patterns.references;
    let rule = if symbol.symbol.is_empty() { words.number_year } else { words.symbol };
    let mut start = if head.doc_type.is_some() { head.start } else { symbol.tokens.start };
    let mut doc_type = head.doc_type;
    start = head::law_named_law(work, head, low).unwrap_or(start);
    if doc_type.is_none()
        && (symbol.assembly || symbol.doc_type.is_none())
        && let Some((at, t)) = head::wide(work, head.start, low)
    {
        (start, doc_type) = (at, Some(t));
    }
    if doc_type.is_none() {
        doc_type = symbol.doc_type;
    }
    if doc_type.is_none() {
        doc_type = list::inherited(work, found, symbol.tokens.start);
    }
    if doc_type.is_none() {
        doc_type = words.type_index(if symbol.assembly { "L" } else { "CV" });
    }
    let mut mention = Found::new(start..symbol.tokens.end, symbol.id, Form::Full, rule);
    mention.doc_type = doc_type;
    mention.number = Some(symbol.number);
    mention.year = symbol.year;
    mention.symbol = (!symbol.symbol.is_empty()).then_some(symbol.symbol);
    mention
}
