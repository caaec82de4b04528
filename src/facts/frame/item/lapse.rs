//! Where the time of a date lapses: what follows is of another time, though no other date stands between.
//!
//! "Năm 2019 thu 5 tỷ đồng; hiện nay …" is back at the time of the document; "thành lập tháng 8/2021, 55 ha" never was of
//! the month that it names.

use std::ops::Range;

use super::paragraph::ends_sentence;
use crate::claim::Work;
use crate::claim::date::Day;
use crate::words::token::Kind as TokenKind;

/// How far before its date an event may begin its sentence, in tokens.
const EVENT: usize = 16;

/// Whether words between a date and what follows bring back the time of the document: "hiện nay", or "trong tháng" behind
/// a date that is no month.
pub(crate) fn returned(work: &Work<'_>, months: Option<i32>, mut between: Range<usize>) -> bool {
    let (words, tokens) = (&work.patterns.frames, &work.tokens);
    // "Từ năm 2012 đến nay": the end of that time, no other one.
    between.start += words.until_now.at(tokens, between.start).map_or(0, |(n, ())| n);
    // "8 tháng đầu năm nay".
    between.start += words.of_this.at(tokens, between.start).map_or(0, |(n, ())| n);
    between.any(|i| {
        let number = |n: usize| work.token(i + n).is_some_and(|t| t.kind == TokenKind::Number);
        words.returns.at(tokens, i).is_some()
            || words.in_month.at(tokens, i).is_some_and(|(n, ())| !number(n) && months != Some(1))
            || words.in_quarter.at(tokens, i).is_some_and(|(n, ())| !number(n) && months != Some(3))
    })
}

/// Whether a date only says when a thing came about, and what a mark parts from it is of another time: "thành lập tháng
/// 8/2021, 55 ha".
pub(crate) fn founded(work: &Work<'_>, date: &Range<usize>) -> bool {
    let mark = work.token(date.end).is_some_and(|t| t.is(',') || t.is(';') || t.is(')'));
    mark && work.patterns.frames.founded.before(&work.tokens, date.start).is_some()
}

/// Whether a date is that of an event that its sentence begins with, and no time of what follows: "Sau sự cố môi trường năm 2016,
/// xã đã đạt được:". `floor`: the first token that the sentence may begin with.
pub(crate) fn of_event(work: &Work<'_>, date: &Range<usize>, floor: usize) -> bool {
    let from = date.start.saturating_sub(EVENT).max(floor);
    let begins = |&i: &usize| i == floor || ends_sentence(&work.tokens, i - 1);
    let Some(begin) = (from..=date.start).rev().find(begins) else { return false };
    let is_word = |&i: &usize| work.token(i).is_some_and(|t| t.kind == TokenKind::Word);
    let apart = |i: usize| work.token(i).is_some_and(|t| t.is(',') || t.kind == TokenKind::Number);
    let opener = (begin..date.start).find(is_word);
    let event = opener.and_then(|i| work.patterns.frames.events.at(&work.tokens, i).map(|(n, ())| i + n));
    event.is_some_and(|e| e < date.start && !(e..date.start).any(apart))
}

/// How many months a time takes, from the first day of one to the last of another.
pub(crate) fn months(start: Day, end: Day) -> Option<i32> {
    let month = |d: Day| i32::from(d.year()) * 12 + i32::from(d.month());
    (start != end).then(|| month(end) - month(start) + 1)
}
