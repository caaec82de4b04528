//! The words around a figure in its sentence.
//!
//! "Toàn tỉnh có 45 xã, trong đó 30 xã đạt chuẩn, đạt 66,7%": before "30" stands "trong đó", behind it "xã đạt chuẩn".

use std::ops::Range;

use super::behind::name_behind;
use crate::record::Indicator;

/// Longest stretch of words before and behind a value that is looked at, in bytes.
const REACH: usize = 240;
/// Longest stretch of a sentence that tells of what a name is that says little.
const LEAD: usize = 600;
/// Most characters between two sentences that follow one another.
const GAP: usize = 4;

/// What stands around a figure.
#[derive(Default)]
pub(super) struct Around<'a> {
    /// All since the figure before.
    pub(super) since: &'a str,
    /// The clause before it.
    pub(super) before: &'a str,
    /// The clause behind it.
    pub(super) after: &'a str,
    /// Its name stands behind it.
    pub(super) behind: bool,
    /// All of its sentence before it, as far as is looked at.
    pub(super) lead: &'a str,
    /// All of its sentence behind it, as far as is looked at.
    pub(super) rest: &'a str,
}

/// The sentence that the items are in, and where it begins in the bytes of the text.
#[derive(Default)]
pub(super) struct Cursor {
    sentence: Option<[usize; 2]>,
    start: usize,
}

impl Cursor {
    /// The words around an item inside its sentence, up to its neighbours.
    pub(super) fn around<'a>(
        &mut self,
        item: &'a Indicator,
        previous: Option<&Indicator>,
        next: Option<&Indicator>,
    ) -> Around<'a> {
        let Some(sentence) = &item.sentence else { return Around::default() };
        let text = sentence.text.as_str();
        self.enter(item, sentence.span, text);
        let byte = |at: usize| at.saturating_sub(self.start).min(text.len());
        let (start, end) = (byte(item.bytes[0]), byte(item.bytes[1]));
        let from = previous.map_or(0, |p| byte(p.bytes[1]).min(start));
        let to = next.map_or(text.len(), |n| byte(n.bytes[0])).max(end);
        let since = piece(text, start.saturating_sub(REACH).max(from)..start);
        let after = piece(text, end..to.min(end + REACH));
        let (behind, named) = name_behind(item, after);
        Around {
            since,
            before: clause_before(since, behind),
            after: clause_behind(after, behind, named),
            behind,
            lead: piece(text, start.saturating_sub(LEAD)..start),
            rest: piece(text, end..text.len().min(end + LEAD)),
        }
    }

    /// Enters the sentence of an item.
    fn enter(&mut self, item: &Indicator, span: [usize; 2], text: &str) {
        if self.sentence != Some(span) {
            let before = text.chars().take(item.span[0].saturating_sub(span[0]));
            self.start = item.bytes[0].saturating_sub(before.map(char::len_utf8).sum());
            self.sentence = Some(span);
        }
    }
}

/// The clause that words before a value end with; it begins behind the last mark that ends one.
fn clause_before(since: &str, behind: bool) -> &str {
    let open = since.trim_end().trim_end_matches([':', '(']);
    // Where the name stands behind the value, the part before the last comma is about something else.
    let ends = |b: u8| matches!(b, b';' | b'.' | b'\n') || behind && b == b',';
    let cut = open.bytes().rposition(ends).map_or(0, |i| i + 1);
    since.get(cut..).unwrap_or(since)
}

/// The clause that words behind a value begin with, before the next mark; the name ends at `named` where it stands there.
fn clause_behind(after: &str, behind: bool, named: usize) -> &str {
    let rest = after.get(named..).unwrap_or("");
    // "100% báo cáo (trừ báo cáo mật) được gửi …": a bracket right behind the name interrupts only.
    let interrupts = behind && rest.trim_start().starts_with('(');
    let bracket = interrupts.then(|| rest.find(')')).flatten().map_or(0, |i| i + 1);
    let stops = |b: u8| matches!(b, b';' | b',' | b'(' | b')' | b'.' | b':');
    let stop = rest.bytes().skip(bracket).position(stops).map_or(rest.len(), |i| i + bracket);
    after.get(..named + stop).unwrap_or(after)
}

/// The sentence right before that of an item, where it holds the item before.
pub(super) fn sentence_before<'a>(item: &Indicator, previous: Option<&'a Indicator>) -> Option<&'a str> {
    let (own, other) = (item.sentence.as_ref()?, previous?.sentence.as_ref()?);
    let follows = other.span[1] <= own.span[0] && other.span[1] + GAP > own.span[0];
    (follows && item.table.is_none() && other.text.len() <= LEAD).then_some(other.text.as_str())
}

/// A piece of the text, its ends moved inwards to characters.
fn piece(text: &str, range: Range<usize>) -> &str {
    let mut start = range.start.min(text.len());
    let mut end = range.end.min(text.len());
    while start < end && !text.is_char_boundary(start) {
        start += 1;
    }
    while end > start && !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(start..end).unwrap_or("")
}
