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

/// Walks along a sentence once, however many items it has.
#[derive(Default)]
struct Cursor {
    sentence: Option<[usize; 2]>,
    chars: usize,
    bytes: usize,
}

impl Cursor {
    /// The byte offset in the sentence of a character offset of the text.
    fn byte(&mut self, span: [usize; 2], text: &str, at: usize) -> usize {
        let target = at.saturating_sub(span[0]);
        if self.sentence != Some(span) || target < self.chars {
            *self = Self { sentence: Some(span), chars: 0, bytes: 0 };
        }
        let rest = text.get(self.bytes..).unwrap_or("");
        let step = rest.char_indices().nth(target - self.chars).map_or(rest.len(), |(i, _)| i);
        self.chars = target;
        self.bytes += step;
        self.bytes
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
        let from = previous.map_or(span[0], |p| p.span[1].clamp(span[0], item.span[0].max(span[0])));
        let to = next.map_or(span[1], |n| n.span[0]).clamp(item.span[1].min(span[1]), span[1]);
        let from = self.byte(span, text, from);
        let start = self.byte(span, text, item.span[0]);
        let end = self.byte(span, text, item.span[1]);
        let to = self.byte(span, text, to);
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
