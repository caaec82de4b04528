//! Stage 5: gives the indicators of a document their ids: "tỷ lệ hồ sơ nộp trực tuyến đạt 64,2%" becomes
//! `online_file_rate`. Reads names, units, roles, periods and sentences; writes `indicator` alone.

use std::ops::Range;

use super::{Catalogue, Query, Scratch};
use crate::record::{Indicator, Metadata};

/// Longest stretch of words before and behind a value that is looked at, in bytes.
const REACH: usize = 240;

/// Gives every indicator of a document its id in the catalogue, or null.
pub fn assign(catalogue: &Catalogue, metadata: &Metadata, indicators: &mut [Indicator]) {
    let document_year = assessed_year(metadata);
    let mut scratch = Scratch::default();
    let mut cursor = Cursor::default();
    for i in 0..indicators.len() {
        let (head, tail) = indicators.split_at(i);
        let Some((item, next)) = tail.split_first() else { break };
        let (since, before, after) = cursor.around(item, head.last(), next.first());
        let query = Query {
            kind: &item.kind,
            unit: item.unit.as_deref(),
            role: &item.role,
            name: item.name.as_deref().unwrap_or(""),
            named: item.table.is_some(),
            before,
            after,
            year: item.period.as_ref().and_then(|p| year(&p.start)).or(document_year),
        };
        let base = is_base_of_previous(item, head.last(), since);
        let found = if base { None } else { catalogue.find(&query, &mut scratch) };
        let id = found.map(|e| e.id.clone());
        if let Some(item) = indicators.get_mut(i) {
            item.indicator = id;
        }
    }
}

/// Whether the name only says what the percentage before was of: "chiếm 28% tổng kim ngạch xuất khẩu, tăng 14,3%" does
/// not say that exports grew. `since` is all that stands since the item before, in the same sentence.
fn is_base_of_previous(item: &Indicator, previous: Option<&Indicator>, since: &str) -> bool {
    let (Some(name), Some(previous), Some(sentence)) = (item.name.as_deref(), previous, &item.sentence)
    else {
        return false;
    };
    let together = previous.kind == "percentage" && previous.span[1] > sentence.span[0];
    together && !name.is_empty() && since.trim_start_matches([' ', '\n', '\u{a0}']).starts_with(name)
}

/// The year that a figure without its own period is about: the reported one, else the one before the issue, since
/// indices of a year come out in the next.
fn assessed_year(m: &Metadata) -> Option<i32> {
    let issued = || m.issue_date.as_deref().and_then(year).map(|y| y - 1);
    m.period.as_ref().and_then(|p| year(&p.start)).or_else(issued)
}

fn year(iso: &str) -> Option<i32> {
    iso.get(..4)?.parse().ok()
}

/// The sentence that the items are in, and where it begins in the bytes of the text.
#[derive(Default)]
struct Cursor {
    sentence: Option<[usize; 2]>,
    start: usize,
}

impl Cursor {
    /// Enters the sentence of an item.
    fn enter(&mut self, item: &Indicator, span: [usize; 2], text: &str) {
        if self.sentence != Some(span) {
            let before = text.chars().take(item.span[0].saturating_sub(span[0]));
            self.start = item.bytes[0].saturating_sub(before.map(char::len_utf8).sum());
            self.sentence = Some(span);
        }
    }

    /// The words around an item inside its sentence: all since its neighbour, the clause before it, the clause behind.
    fn around<'a>(
        &mut self,
        item: &'a Indicator,
        previous: Option<&Indicator>,
        next: Option<&Indicator>,
    ) -> (&'a str, &'a str, &'a str) {
        let Some(sentence) = &item.sentence else { return ("", "", "") };
        let (span, text) = (sentence.span, sentence.text.as_str());
        self.enter(item, span, text);
        let byte = |at: usize| at.saturating_sub(self.start).min(text.len());
        let (start, end) = (byte(item.bytes[0]), byte(item.bytes[1]));
        let from = previous.map_or(0, |p| byte(p.bytes[1]).min(start));
        let to = next.map_or(text.len(), |n| byte(n.bytes[0])).max(end);
        let before = piece(text, start.saturating_sub(REACH).max(from)..start);
        let after = piece(text, end..to.min(end + REACH));
        // A clause begins behind the last mark that ends one, and ends before the next.
        let open = before.trim_end().trim_end_matches([':', '(']);
        let cut = open.rfind([';', '.', '\n']).map_or(0, |i| i + 1);
        let stop = after.find([';', ',', '(', ')', '.', ':']).unwrap_or(after.len());
        (before, before.get(cut..).unwrap_or(before), after.get(..stop).unwrap_or(after))
    }
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
