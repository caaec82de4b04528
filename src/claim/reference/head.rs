//! What stands before a number: the type word ("Kế hoạch hành động"), the mark "số".

use crate::claim::Work;
use crate::words::token::{Gap, Kind};

/// How far back a law's or decision's type word is looked for when a name stands between it and "số".
const WIDE: usize = 25;

/// Most dots before a number that was filled in.
const FILL: usize = 12;

/// The words before a number.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// First token of type word or mark.
    pub start: usize,
    /// Index of the type whose word stands directly before.
    pub doc_type: Option<usize>,
    /// Whether "số" stands before the number.
    pub marked: bool,
    /// Whether the type word is an abbreviation ("QĐ").
    pub abbreviated: bool,
}

/// Reads the words before the number at token `at`; what lies before token `low` belongs to another mention.
pub fn find(work: &Work, at: usize, low: usize) -> Head {
    let words = &work.patterns.references;
    let at = before_fill(work, at);
    let mut head = Head { start: at, ..Head::default() };
    if work.token(at).is_none_or(|t| matches!(t.gap, Gap::Para | Gap::Tab)) {
        return head;
    }
    if let Some((n, ())) = words.number_mark.before(&work.tokens, at)
        && at - n >= low
        && !is_adjective(work, at - n)
    {
        head.start = at - n;
        head.marked = true;
    }
    if let Some((n, &t)) = words.type_words.before(&work.tokens, head.start)
        && head.start - n >= low
        && !in_symbol(work, head.start - n)
    {
        head.start -= n;
        head.doc_type = Some(t);
        head.abbreviated = n == 1
            && work
                .token(head.start)
                .is_some_and(|t| t.capital() && t.case != crate::words::token::Case::Title);
    }
    head
}

/// The first of the dots that a number was filled in on: "số …05…./2006/QĐ-UBND".
fn before_fill(work: &Work, at: usize) -> usize {
    let dots = |i: usize| work.token(i).is_some_and(|t| (t.is('…') || t.is('.')) && t.gap <= Gap::Space);
    let low = at.saturating_sub(FILL);
    let first = (low..at).rev().take_while(|&i| dots(i)).last().unwrap_or(at);
    if at - first > 1 || work.token(first).is_some_and(|t| t.is('…')) { first } else { at }
}

/// Whether the word at a token is the unit of a symbol: the TT of "6402/BNN-TT" is no Thông tư.
fn in_symbol(work: &Work, at: usize) -> bool {
    work.token(at).is_some_and(|t| t.gap == Gap::Glued)
        && at
            .checked_sub(1)
            .and_then(|p| work.token(p))
            .is_some_and(|t| t.is('-') || t.is('/') || t.is('.') || t.is('&'))
}

/// "chuyển đổi số 2023", "kinh tế số": here "số" means digital and marks no number.
fn is_adjective(work: &Work, mark: usize) -> bool {
    let Some(before) = mark.checked_sub(1).and_then(|b| work.token(b)) else { return false };
    let lower = work.token(mark).is_some_and(|t| t.case == crate::words::token::Case::Lower);
    lower
        && before.kind == Kind::Word
        && work.patterns.particles.digital.has(&crate::words::fold::fold_key(work.word(mark - 1)))
}

/// The type word that ends before token `end`: its number of tokens and its type. In "đồng bộ Luật Đất đai" it is "Luật"
/// and not "bộ Luật": where only the last word is a capital one, it stands alone.
fn type_word(work: &Work, end: usize) -> Option<(usize, usize)> {
    let words = &work.patterns.references;
    let (n, &whole) = words.type_words.before(&work.tokens, end)?;
    if n > 1 && !work.token(end - n)?.capital() && work.token(end - 1)?.capital() {
        let alone = words.type_words_forward.at(&work.tokens, end - 1).filter(|(n, _)| *n == 1);
        return Some(alone.map_or((n, whole), |(_, &t)| (1, t)));
    }
    Some((n, whole))
}

/// The nearest type word back in the same clause, over a name without punctuation or digits: its first token and its
/// type. "Luật Đất đai số …"
pub fn wide(work: &Work, from: usize, low: usize) -> Option<(usize, usize)> {
    let low = from.saturating_sub(WIDE).max(low);
    let mut i = from;
    while i > low {
        let token = work.token(i - 1)?;
        if token.kind == Kind::Number || (token.kind == Kind::Punct && !token.is(',') && !token.is('-')) {
            return None;
        }
        if let Some((n, t)) = type_word(work, i)
            && work.token(i - n).is_some_and(|t| t.capital())
            && !in_symbol(work, i - n)
        {
            return Some(law_of(work, i - n, low).unwrap_or((i - n, t)));
        }
        if matches!(work.token(i - 1)?.gap, Gap::Para | Gap::Tab) {
            return None;
        }
        i -= 1;
    }
    None
}

/// "Luật Ban hành văn bản quy phạm pháp luật số …": the word before "số" is the end of a law's name; where that begins.
pub fn law_named_law(work: &Work, head: &Head, low: usize) -> Option<usize> {
    let words = &work.patterns.references;
    let law = |t: usize| words.types.get(t).is_some_and(|entry| entry.law);
    let before = head.start.checked_sub(1).filter(|_| head.doc_type.is_some_and(law))?;
    let lower = work.token(head.start).is_some_and(|t| !t.capital());
    if !lower || !work.patterns.particles.laws_end.has_folded(work.word(before)) {
        return None;
    }
    wide(work, before, low).filter(|&(_, t)| law(t)).map(|(at, _)| at)
}

/// "Luật Quy hoạch đô thị …": the type word found is the beginning of a law's name.
fn law_of(work: &Work, name: usize, low: usize) -> Option<(usize, usize)> {
    let words = &work.patterns.references;
    let (n, t) = type_word(work, name)?;
    let law = words.types.get(t).is_some_and(|entry| entry.law);
    let capital = work.token(name - n).is_some_and(|t| t.capital());
    (law && capital && name - n >= low).then_some((name - n, t))
}
