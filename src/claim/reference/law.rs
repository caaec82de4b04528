//! Laws cited by name with year or date: "Luật Đất đai năm 2013", "Luật Viễn thông ngày 23 tháng 11 năm 2009".

use super::{Form, Found};
use crate::claim::{Work, date};
use crate::patterns::spelled::Spelled;
use crate::words::fold::fold_key;
use crate::words::token::{Case, Gap, Kind};

/// Longest name of a law, in syllables.
const NAME: usize = 30;

/// Reads the law whose year or day begins at the number token `at`.
pub fn read(work: &Work, at: usize) -> Option<Found> {
    let words = &work.patterns.references;
    if !work.patterns.rules.on(words.law) {
        return None;
    }
    let token = work.token(at)?;
    let before = at.checked_sub(1)?;
    let lead = work.token(before)?;
    if matches!(token.gap, Gap::Para | Gap::Tab) || token.gap == Gap::Glued && !lead.is('(') {
        return None;
    }
    let particles = &work.patterns.particles;
    let led_by = |words: &Spelled| lead.kind == Kind::Word && words.has_folded(work.word(before));
    let (name_end, end, year, day) = if led_by(&particles.day) {
        let day = date::day_at(work, before)?;
        (before, day.tokens.end, i32::from(day.day.year()), Some(day))
    } else {
        if token.bytes() != 4 {
            return None;
        }
        let year: i32 = work.word(at).parse().ok().filter(|y| (1945..2100).contains(y))?;
        if work
            .token(at + 1)
            .is_some_and(|t| t.gap == Gap::Glued && (t.is('/') || t.is('-') || t.kind == Kind::Word))
        {
            return None;
        }
        // "Luật Khoa học và Công nghệ (2013)"
        let bracketed = lead.is('(') && work.token(at + 1).is_some_and(|t| t.is(')'));
        (if led_by(&particles.year) || bracketed { before } else { at }, at + 1, year, None)
    };
    let (start, doc_type) = name_before(work, name_end)?;
    let start = amending(work, start).unwrap_or(start);
    let mut mention = Found::new(start..end, year.to_string(), Form::Full, words.law);
    mention.doc_type = Some(doc_type);
    mention.year = Some(year);
    mention.date = day.as_ref().map(|d| d.day);
    mention.date_tokens = day.map(|d| d.tokens);
    Some(mention)
}

/// The law whose name ends just before token `end`: its first token and type.
fn name_before(work: &Work, end: usize) -> Option<(usize, usize)> {
    let words = &work.patterns.references;
    let low = end.saturating_sub(NAME);
    let mut i = end;
    while i > low {
        i -= 1;
        let token = work.token(i)?;
        match token.kind {
            Kind::Number => return None,
            Kind::Punct if i + 1 == end || !(token.is(',') || token.is('-')) => return None,
            Kind::Punct => {}
            Kind::Word => {
                // A capital begins the name: "Luật Đầu tư năm 2020".
                if end - i <= 2 && token.case == Case::Lower && words.law_blockers.has(token) {
                    return None;
                }
                if let Some(found) = law_word(work, i, end) {
                    return Some(found);
                }
            }
        }
        if matches!(token.gap, Gap::Para | Gap::Tab) {
            return None;
        }
    }
    None
}

/// "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật …": the law that the year belongs to has others
/// in its name; where it begins.
fn amending(work: &Work, inner: usize) -> Option<usize> {
    let words = &work.patterns.references;
    for i in (inner.saturating_sub(NAME)..inner).rev() {
        let token = work.token(i)?;
        let breaks = token.kind == Kind::Number || token.kind == Kind::Punct && !token.is(',');
        if breaks || work.token(i + 1)?.gap == Gap::Para {
            return None;
        }
        if token.capital()
            && words.amending.at(&work.tokens, i + 1).is_some()
            && words
                .type_words_forward
                .at(&work.tokens, i)
                .is_some_and(|(n, &t)| n == 1 && words.types.get(t).is_some_and(|entry| entry.law))
        {
            return Some(i);
        }
    }
    None
}

/// Whether a law's type word begins at token `i`, with a name of its own up to `end`.
fn law_word(work: &Work, i: usize, end: usize) -> Option<(usize, usize)> {
    let words = &work.patterns.references;
    let token = work.token(i)?;
    if !token.capital() {
        return None;
    }
    let (n, &t) = words.type_words_forward.at(&work.tokens, i)?;
    let entry = words.types.get(t)?;
    if !entry.law || i + n > end {
        return None;
    }
    let named = i + n < end;
    // Only the Constitution is cited without a name.
    if !named && entry.code != "HP" {
        return None;
    }
    let previous = i
        .checked_sub(1)
        .filter(|_| token.gap < Gap::Line)
        .map(|p| fold_key(work.word(p)))
        .unwrap_or_default();
    let particles = &work.patterns.particles;
    if particles.no_law_after.has(&previous) {
        return None;
    }
    // "Luật các tổ chức tín dụng", but not "các luật các năm".
    let plural = named
        && particles.plural.has_folded(work.word(i + n))
        && !particles.no_law_behind.has(&fold_key(work.word(i + n + 1)));
    let proper = !named
        || plural
        || work
            .token(i + n)
            .is_some_and(|t| t.kind == Kind::Word && (t.capital() || !words.law_blockers.has(t)));
    proper.then_some(if particles.codes_of_law.has(&previous) { (i - 1, t) } else { (i, t) })
}
