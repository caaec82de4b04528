//! What surrounds a mention: its date, issuer and subject after it, its pinpoint and relation before it.
//!
//! Nothing is looked for across another mention: the date behind the next symbol belongs to the next document.

use std::ops::Range;

use super::{Form, Found};
use crate::claim::Work;
use crate::claim::date::{self, DayMatch};
use crate::claim::note;
use crate::words::token::{Case, Gap, Kind, Token};

/// Longest issuer, in tokens.
const ISSUER: usize = 18;
/// Longest subject, in tokens.
const SUBJECT: usize = 90;
/// Longest body between number and date, in tokens.
const BODY: usize = 6;
/// How far a date may stand behind issuer or subject, in tokens.
const FAR: usize = 45;

/// Whether a full day stands directly after token `end` ("ngày 22/3/2016", ", ngày …", "(…").
pub fn day_follows(work: &Work, end: usize) -> bool {
    day_after(work, end).is_some()
}

/// The day directly after token `end`.
fn day_after(work: &Work, end: usize) -> Option<DayMatch> {
    let mut pos = note::over(work, end);
    let token = work.token(pos)?;
    if matches!(token.gap, Gap::Para | Gap::Tab) {
        return None;
    }
    if token.is(',') || token.is('(') || token.is('-') {
        pos += 1;
    }
    if let Some((n, ())) = work.patterns.references.date_lead.at(&work.tokens, pos) {
        pos += n;
    }
    if matches!(work.token(pos)?.gap, Gap::Para | Gap::Tab) {
        return None;
    }
    date::day_at(work, pos).or_else(|| date::day_at(work, over_body(work, end)?))
}

/// A body named without "của" between number and date: "Kế hoạch số 12/KH-UBND tỉnh ngày …".
fn over_body(work: &Work, end: usize) -> Option<usize> {
    for pos in end..end + BODY {
        let token = work.token(pos)?;
        if token.kind != Kind::Word || matches!(token.gap, Gap::Para | Gap::Tab) {
            return None;
        }
        if work.patterns.particles.day.has_folded(work.word(pos)) {
            return (pos > end).then_some(pos);
        }
        if !token.capital() && !work.patterns.references.level_words.has(token) {
            return None;
        }
    }
    None
}

/// Fills date, issuer, subject, pinpoint and relation of all mentions.
pub fn all(work: &Work, found: &mut [Found]) {
    let starts: Vec<usize> = found.iter().map(|m| m.tokens.start).collect();
    let mut relation: Option<Box<str>> = None;
    for n in 0..found.len() {
        let limit = starts.get(n + 1).copied().unwrap_or(work.tokens.len());
        let previous_end = n.checked_sub(1).and_then(|p| found.get(p)).map_or(0, |p| p.full_core());
        let previous_full = n.checked_sub(1).and_then(|p| found.get(p)).map_or(0, |p| p.full.end);
        let lists = n
            .checked_sub(1)
            .and_then(|p| found.get(p))
            .zip(found.get(n))
            .is_some_and(|(p, m)| super::list::continues(work, p, m.tokens.start));
        let Some(mention) = found.get_mut(n) else { continue };
        after(work, mention, limit);
        if mention.date.is_none() && mention.form == Form::Full {
            let day = dated_sentence(work, mention.tokens.start, previous_end);
            mention.date = day.as_ref().map(|d| d.day);
            mention.date_tokens = day.map(|d| d.tokens);
        }
        before(work, mention, previous_end);
        if mention.relation.is_none() && lists && joined(work, previous_full, mention) {
            mention.relation = relation.clone();
        }
        if mention.relation.is_none() && proposed(work, mention.tokens.start) {
            mention.relation = Some("based_on".into());
        }
        relation = mention.relation.clone();
    }
    share_dates(work, found);
    share_issuers(work, found);
}

/// "Quyết định số 12, 13 và 15/QĐ-UBND ngày …", "Thông tư số … và … cùng ngày …": one day for all of them.
fn share_dates(work: &Work, found: &mut [Found]) {
    for n in (1..found.len()).rev() {
        let Some([before, mention]) = found.get_mut(n - 1..=n) else { continue };
        let Some(day) = mention.date.filter(|_| before.date.is_none()) else { continue };
        let together = mention.date_tokens.as_ref().is_some_and(|t| {
            let words = &work.patterns.particles;
            t.start.checked_sub(1).is_some_and(|i| words.together.has(work.word(i)))
                || t.start.checked_sub(2).is_some_and(|i| words.together_with.has(work.word(i)))
        });
        let listed = before.form == Form::List && before.symbol == mention.symbol;
        if (listed || together) && super::list::continues(work, before, mention.tokens.start) {
            before.date = Some(day);
            if together {
                before.date_tokens.clone_from(&mention.date_tokens);
            }
        }
    }
}

/// "các Quyết định A, B và C của Bộ Tài chính": the body named at the end is that of all.
fn share_issuers(work: &Work, found: &mut [Found]) {
    for n in (1..found.len()).rev() {
        let (Some(last), Some(before)) = (found.get(n), n.checked_sub(1).and_then(|p| found.get(p))) else {
            break;
        };
        let shared = before.issuer.is_none()
            && last.issuer.is_some()
            && before.symbol.is_some()
            && before.symbol == last.symbol
            && joined(work, before.full.end, last)
            && super::list::continues(work, before, last.tokens.start);
        let issuer = last.issuer.clone().filter(|_| shared);
        if let Some(before) = found.get_mut(n - 1).filter(|_| issuer.is_some()) {
            before.issuer = issuer;
        }
    }
}

/// Whether the clause of a mention opens with who proposes: "Xét đề nghị của Giám đốc Sở Y tế tại Tờ trình số …".
fn proposed(work: &Work, start: usize) -> bool {
    let words = &work.patterns.references;
    for i in (start.saturating_sub(FAR)..start).rev() {
        let Some(token) = work.token(i) else { return false };
        if token.is(';') || token.is(':') {
            return false;
        }
        if token.case == Case::Title && words.proposes.at(&work.tokens, i).is_some() {
            return true;
        }
        if token.gap == Gap::Para {
            return false;
        }
    }
    false
}

/// Whether nothing but separators stands between the mention before, with its date and issuer, and this one: "theo
/// Quyết định A và Kế hoạch B", but not "thực hiện Luật A, tỉnh đã phê duyệt Quyết định B".
fn joined(work: &Work, previous_full: usize, mention: &Found) -> bool {
    let start = mention.pinpoint.as_ref().map_or(mention.tokens.start, |p| p.start);
    // "(sửa đổi, bổ sung năm 2019)" only explains the one before.
    let mut inside = false;
    let separators = (previous_full..start).all(|i| {
        let Some(token) = work.token(i) else { return false };
        inside = (inside || token.is('(')) && !token.is(')');
        inside || token.kind == Kind::Punct || work.patterns.particles.between_references.has(work.word(i))
    });
    separators && !inside
}

impl Found {
    /// End of the part that cannot be shared with the next mention.
    fn full_core(&self) -> usize {
        self.tokens.end
    }
}

fn after(work: &Work, mention: &mut Found, limit: usize) {
    let end = mention.tokens.end;
    let mut pos = end;
    if mention.date.is_none() {
        if let Some(day) = day_after(work, end).filter(|d| d.tokens.start < limit) {
            mention.date = Some(day.day);
            pos = day.tokens.end;
            mention.date_tokens = Some(day.tokens);
            if work.token(pos).is_some_and(|t| t.is(')')) {
                pos += 1;
            }
        } else if let Some(day) = day_behind(work, end, limit) {
            mention.date = Some(day.day);
            mention.full.end = day.tokens.end;
            mention.date_tokens = Some(day.tokens);
        }
    }
    let issuer_at = if work.token(pos).is_some_and(|t| t.is(',')) { pos + 1 } else { pos };
    if let Some(issuer) = issuer(work, issuer_at, limit) {
        pos = issuer.end;
        mention.issuer = Some(issuer);
        if let Some(day) = day_after(work, pos).filter(|d| mention.date.is_none() && d.tokens.start < limit) {
            mention.date = Some(day.day);
            pos = day.tokens.end;
            mention.date_tokens = Some(day.tokens);
        }
    }
    if mention.form != Form::Short
        && let Some(subject) = subject(work, pos, mention.tokens.start)
    {
        pos = subject.end;
        mention.subject = Some(subject);
    }
    mention.full.end = mention.full.end.max(pos);
}

/// A date behind the issuer ("của Thủ tướng Chính phủ ngày …") or behind the subject ("về …, ngày …").
fn day_behind(work: &Work, end: usize, limit: usize) -> Option<DayMatch> {
    let words = &work.patterns.references;
    let first = work.token(end)?;
    if matches!(first.gap, Gap::Para | Gap::Tab) {
        return None;
    }
    let by_issuer = words.issuer_lead.has(first);
    let by_subject = leads_subject(work, end);
    if !by_issuer && !by_subject {
        return None;
    }
    let mut subject_seen = by_subject;
    for i in end + 1..limit.min(end + FAR) {
        let token = work.token(i)?;
        if matches!(token.gap, Gap::Para | Gap::Tab)
            || token.is('.')
            || token.is(';')
            || token.is('(')
            || token.is(':')
        {
            return None;
        }
        if token.kind == Kind::Word && work.patterns.particles.day.has(work.word(i)) {
            let comma = work.token(i - 1).is_some_and(|t| t.is(','));
            let day = date::day_at(work, i)?;
            return (day.tokens.end <= limit && (comma || !subject_seen)).then_some(day);
        }
        subject_seen |= leads_subject(work, i);
    }
    None
}

/// "của UBND tỉnh": the issuer that begins at `at`.
fn issuer(work: &Work, at: usize, limit: usize) -> Option<Range<usize>> {
    let words = &work.patterns.references;
    let lead = work.token(at)?;
    if !words.issuer_lead.has(lead) || matches!(lead.gap, Gap::Para | Gap::Tab) {
        return None;
    }
    let start = at + 1;
    let mut end = start;
    while end < limit.min(start + ISSUER) {
        let Some(token) = work.token(end) else { break };
        let stop = matches!(token.gap, Gap::Para | Gap::Tab)
            || (end > start && ends_issuer(work, end))
            || token.kind == Kind::Number
            || (token.kind == Kind::Punct
                && !(token.is('-') || token.is('&'))
                && !name_goes_on(work, start, end))
            || (end > start && leads_subject(work, end))
            || work.patterns.particles.day.has(work.word(end));
        if stop {
            break;
        }
        end += 1;
    }
    while end > start && work.token(end - 1).is_some_and(|t| t.kind == Kind::Punct) {
        end -= 1;
    }
    // "do Thủ tướng ban hành" names an issuer, "do ông A làm Tổ trưởng" does not.
    if work.patterns.particles.by.has_folded(work.word(at)) && !leads_subject(work, end) {
        return None;
    }
    (end > start).then_some(start..end)
}

/// Whether a body's name ends before a token: a verb or small word, "và" before what is no name, a heading in capitals.
fn ends_issuer(work: &Work, at: usize) -> bool {
    let words = &work.patterns.references;
    let Some(token) = work.token(at).filter(|t| t.kind == Kind::Word) else { return false };
    let capitals = |i: usize| work.token(i).is_some_and(|t| t.case == Case::Upper);
    if token.case == Case::Lower && work.patterns.particles.and.has(work.word(at)) {
        return work.token(at + 1).is_none_or(|t| t.case == Case::Lower || t.kind != Kind::Word)
            || words.type_words_forward.at(&work.tokens, at + 1).is_some();
    }
    // "của Văn phòng Chính phủ Kết luận phiên họp …": what the body did.
    let act = words.issuer_acts.at(&work.tokens, at).is_some();
    act || token.case == Case::Lower && words.issuer_stop.has(token)
        || token.gap == Gap::Line && capitals(at) && capitals(at + 1) && !capitals(at - 1)
}

/// A comma inside the name of a ministry or department: "Sở Văn hóa, Thể thao và Du lịch".
fn name_goes_on(work: &Work, start: usize, comma: usize) -> bool {
    // "Bộ trưởng Bộ Văn hóa, Thể thao …" too.
    let body = (start..(start + 3).min(comma)).find(|&i| {
        let words = &work.patterns.particles;
        words.ministries.has(work.word(i)) && !words.ministers.has(work.word(i + 1))
    });
    body.is_some_and(|b| comma - b <= 4)
        && work.token(comma).is_some_and(|t| t.is(','))
        && work.token(comma + 1).is_some_and(|t| t.case == Case::Title)
        && work.token(comma + 2).is_some_and(|t| t.case == Case::Lower)
        && work.patterns.references.type_words_forward.at(&work.tokens, comma + 1).is_none()
}

/// Whether the words of a subject begin here; "giao thông" and the like only look so.
fn leads_subject(work: &Work, at: usize) -> bool {
    let words = &work.patterns.references;
    words.subject_lead.at(&work.tokens, at).is_some() && words.subject_never.at(&work.tokens, at).is_none()
}

/// "về việc …": the subject that begins at `at`, up to the end of its clause.
fn subject(work: &Work, at: usize, mention: usize) -> Option<Range<usize>> {
    let mut start = at;
    if work.token(start).is_some_and(|t| t.is(',') || t.is('-')) {
        start += 1;
    }
    if matches!(work.token(start)?.gap, Gap::Para | Gap::Tab) {
        return None;
    }
    leads_subject(work, start).then_some(())?;
    let mut end = start;
    let mut open = 0usize;
    let relation = work.patterns.references.relations.before(&work.tokens, mention);
    let carries = relation.is_some_and(|(_, r)| matches!(&**r, "implements" | "based_on"));
    while end < start + SUBJECT {
        let Some(token) = work.token(end) else { break };
        let full_stop = token.is('.') && work.token(end + 1).is_none_or(|t| t.gap != Gap::Glued);
        if matches!(token.gap, Gap::Para | Gap::Tab) && end > start {
            break;
        }
        if token.is(',') && carries && told_by(work, end + 1) {
            break;
        }
        if token.is('(') {
            open += 1;
        } else if token.is(')') && open > 0 {
            open -= 1;
        } else if full_stop || token.is(';') || token.is(')') || token.is(':') || token.is('|') {
            break;
        }
        end += 1;
    }
    (end > start).then_some(start..end)
}

/// Whether the sentence goes on here with a body and what it does: "…, Ban Thường vụ Huyện ủy báo cáo như sau".
fn told_by(work: &Work, at: usize) -> bool {
    let words = &work.patterns.references;
    let body =
        work.token(at).is_some_and(Token::capital) && words.subject_bodies.at(&work.tokens, at).is_some();
    let mut rest = at + 1..at + ISSUER;
    body && rest
        .find_map(|i| {
            let token = work.token(i).filter(|t| t.kind == Kind::Word)?;
            (token.case == Case::Lower && words.subject_acts.has(token)).then_some(true)
        })
        .is_some()
        && !(at..at + 3).any(|i| work.token(i).is_some_and(|t| t.is(',') || t.is(';')))
}

/// "Ngày 29/6/2026, Bộ trưởng … ban hành Quyết định số …": the day that opens the sentence of a mention.
fn dated_sentence(work: &Work, start: usize, previous_end: usize) -> Option<DayMatch> {
    let words = &work.patterns.references;
    words.brings.before(&work.tokens, start)?;
    let low = start.saturating_sub(FAR).max(previous_end);
    let mut i = start;
    while i > low {
        i -= 1;
        let token = work.token(i)?;
        if token.is(';') || (token.is('.') && work.token(i + 1).is_some_and(|t| t.gap != Gap::Glued)) {
            return None;
        }
        if token.kind == Kind::Word && token.capital() && work.patterns.particles.day.has_folded(work.word(i))
        {
            let day = date::day_at(work, i)?;
            return work.token(day.tokens.end).is_some_and(|t| t.is(',')).then_some(day);
        }
        if token.gap == Gap::Para {
            return None;
        }
    }
    None
}

/// Pinpoint and relation before the mention.
fn before(work: &Work, mention: &mut Found, previous_end: usize) {
    let words = &work.patterns.references;
    let mut pos = mention.tokens.start;
    let mut step = pos;
    if step > previous_end && work.token(step - 1).is_some_and(|t| words.issuer_lead.has(t)) {
        step -= 1;
    }
    if let Some(start) = pinpoint(work, step, previous_end) {
        let punctuated = work.token(step - 1).is_some_and(|t| t.kind == Kind::Punct);
        mention.pinpoint = Some(start..if punctuated { step - 1 } else { step });
        pos = start;
    }
    for _ in 0..2 {
        if let Some((n, name)) = words.relations.before(&work.tokens, pos)
            && pos - n >= previous_end
        {
            mention.relation = Some(name.clone());
            return;
        }
        // "Căn cứ các Nghị định", "theo các Quyết định": one small word may stand between.
        match pos
            .checked_sub(1)
            .filter(|&p| p >= previous_end && work.patterns.particles.before_lists.has(work.word(p)))
        {
            Some(p) => pos = p,
            None => return,
        }
    }
}

/// "điểm b khoản 2 Điều 22", "khoản 4, 5 Điều 49": the first token of the pinpoint that ends at `end`.
fn pinpoint(work: &Work, end: usize, low: usize) -> Option<usize> {
    let words = &work.patterns.references;
    let mut i = end;
    let mut start = None;
    while i > low && end - i < 40 {
        let token = work.token(i - 1)?;
        let letter = token.kind == Kind::Word && token.bytes() <= 2;
        let joins = token.is(',')
            || (token.kind == Kind::Word && work.patterns.particles.joins_pinpoints.has(work.word(i - 1)));
        if words.pinpoint.has(token) {
            // "một số điều của": which ones is not said.
            let named = work
                .token(i)
                .is_some_and(|t| t.kind == Kind::Number || t.kind == Kind::Word && t.bytes() <= 3);
            if !named || work.patterns.particles.of.has(work.word(i)) {
                break;
            }
            start = Some(i - 1);
        } else if !(token.kind == Kind::Number || letter || joins) {
            break;
        }
        if matches!(token.gap, Gap::Para | Gap::Tab) {
            break;
        }
        i -= 1;
    }
    start
}
