//! What is written over a document and is not its own: the incoming stamp (dấu đến) and the text of digital signatures.

use std::collections::BTreeSet;
use std::ops::Range;

use super::day;
use super::scan::{Scan, key};
use super::zone::Tok;
use crate::patterns::header::{HeadWords, HeaderRules};
use crate::record::Received;
use crate::record::content::MarkKind;
use crate::words::Text;
use crate::words::shadow::ceil_boundary;

/// The number and date of the incoming stamp, with their ranges.
pub fn received(
    s: &str,
    toks: &[Tok],
    scan: &Scan,
    words: &HeadWords,
) -> (Option<Received>, Vec<Range<usize>>) {
    let mut received = Received::default();
    let mut ranges = Vec::new();
    for stamp in &scan.stamps {
        let mut i = stamp.start;
        while i < stamp.end {
            let Some(tok) = toks.get(i) else { break };
            let claimed = scan.claimed.get(i).copied().unwrap_or(false);
            match tok.key.as_str() {
                word if words.number.has(word) && !claimed && received.number.is_none() => {
                    let number =
                        (i + 1..(i + 12).min(stamp.end)).find(|&j| toks.get(j).is_some_and(|t| t.word));
                    if let Some(t) =
                        number.and_then(|j| toks.get(j)).filter(|t| t.key.bytes().all(|b| b.is_ascii_digit()))
                    {
                        // "Nghị quyết số 12-NQ/TW": the stamp has ended, this is the body.
                        if s.get(t.range.end..).is_some_and(|rest| rest.starts_with(['-', '/'])) {
                            break;
                        }
                        received.number = s.get(t.range.clone()).map(str::to_owned);
                        ranges.push(t.range.clone());
                    }
                }
                word if words.day.has(word) && !claimed && received.date.is_none() => {
                    let from = if key(toks, i + 1) == ":" {
                        toks.get(i + 1).map_or(tok.range.end, |t| t.range.end)
                    } else {
                        tok.range.end
                    };
                    if let Some(day) = day::parse(s, from, 0, words) {
                        received.date = day.whole();
                        ranges.push(tok.range.start..day.range.end);
                    }
                }
                _ => {}
            }
            i += 1;
        }
    }
    let found = received.number.is_some() || received.date.is_some();
    (found.then_some(received), ranges)
}

/// Ranges of the blocks that a signing system laid over the page: whole lines of a stamp, one of which tells the time,
/// as in "SAO Y; VĂN PHÒNG ỦY BAN NHÂN DÂN; 25/07/2025 10:25:14 +07:00". They say nothing of the document's title.
pub fn signature_blocks(text: &Text<'_>) -> Vec<Range<usize>> {
    let s = text.s();
    let is_whole = |range: &Range<usize>| {
        let before = s.get(..range.start).unwrap_or("");
        let behind = s.get(range.end..).unwrap_or("");
        (before.is_empty() || before.ends_with(['\n', '\x0c']))
            && (behind.is_empty() || behind.starts_with(['\n', '\x0c']))
    };
    let mut blocks: Vec<Range<usize>> = Vec::new();
    for mark in text.marks.iter().filter(|m| m.kind == MarkKind::Stamp && is_whole(&m.range)) {
        match blocks.last_mut() {
            Some(last) if last.end + 1 == mark.range.start => last.end = mark.range.end,
            _ => blocks.push(mark.range.clone()),
        }
    }
    blocks.retain(|block| s.get(block.clone()).is_some_and(has_time));
    blocks
}

/// Whether a text holds a time of day with seconds: "10:25:14".
fn has_time(text: &str) -> bool {
    let is_time = |w: &[u8]| {
        w.iter().enumerate().all(|(i, b)| if i % 3 == 2 { *b == b':' } else { b.is_ascii_digit() })
    };
    text.as_bytes().windows(8).any(is_time)
}

/// Dates that a signing system wrote: "Ngày ký: 19/03/2018 14:05:12". They stand anywhere in the text.
pub fn signature_dates(s: &str, rules: &HeaderRules) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let labels: BTreeSet<String> = rules.words.signing.iter().map(|w| format!(" {w}:")).collect();
    let found = labels.iter().flat_map(|l| {
        memchr::memmem::find_iter(s.as_bytes(), l.as_bytes()).map(move |at| (at, at + l.len()))
    });
    for (at, start) in found {
        let from = ceil_boundary(s, at.saturating_sub(24));
        let before = s.get(from..start).unwrap_or("");
        let line = before.rsplit(['\n', '|', '\t']).next().unwrap_or("");
        let label = line.trim_start();
        if !rules.signature.opens(label) {
            continue;
        }
        let end = s.get(start..).and_then(|r| r.find(['\n', '|', '\x0c'])).map_or(s.len(), |n| start + n);
        let digits = s.get(start..end).unwrap_or("");
        if digits.contains(|c: char| c.is_ascii_digit()) {
            out.push(crate::words::lines::trim(s, start..end));
        }
    }
    out
}
