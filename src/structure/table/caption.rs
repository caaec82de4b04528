//! Stage 3, tables: what stands over a table: its caption and the note on its unit.
//!
//! In: the text above the first cell and the titles in the first rows. Out: the lines of the caption as tokens, and the
//! unit of "Đơn vị tính: triệu đồng", "(ĐVT: ha)" or of a line that is a unit and nothing else.

use std::ops::Range;

use super::rows::RowKind;
use super::{Source, Table};
use crate::words::syllable;
use crate::words::token::{Case, Gap, Kind};

/// Most lines looked at above a table.
const LINES: usize = 9;
/// Most lines of a caption.
const CAPTION_LINES: usize = 5;
/// A line of more words is a paragraph.
const LINE_WORDS: usize = 60;
/// A sentence of more words is no title.
const TITLE_WORDS: usize = 14;
/// Most words of a unit alone on a line.
const UNIT_WORDS: usize = 4;

/// Fills in caption and note.
pub(super) fn find(source: &Source<'_>, table: &mut Table, floor: usize) {
    let Some(first) = table.grid.cells.iter().map(|c| c.bytes.start).min() else { return };
    let titles: Vec<Range<usize>> = (0..table.heads)
        .filter(|&r| table.kinds.get(r) == Some(&RowKind::Title))
        .flat_map(|r| table.grid.row(r).map(|c| c.tokens.clone()).take(1).collect::<Vec<_>>())
        .collect();
    let mut over = Over { source, caption: Vec::new(), note: None, small: false };
    for title in titles.iter().rev() {
        over.line(title.clone());
    }
    let mut end = line_start(source.shadow, first).max(floor.min(first));
    for _ in 0..LINES {
        let Some((line, start)) = line_above(source.shadow, end, floor) else { break };
        end = start;
        let tokens = source.tokens_in(&line);
        if !tokens.is_empty() && !over.line(tokens) {
            break;
        }
    }
    over.caption.reverse();
    (table.caption, table.note) = (over.caption, over.note);
    if table.note.is_none() {
        // "ĐVT: ha" in a corner of the headings.
        table.note = (0..table.heads)
            .flat_map(|r| table.grid.row(r).map(|c| c.tokens.clone()).collect::<Vec<_>>())
            .find_map(|t| note_in(source, &t));
    }
}

/// The beginning of the line that holds a byte.
fn line_start(s: &str, at: usize) -> usize {
    let before = s.as_bytes().get(..at).unwrap_or(&[]);
    memchr::memrchr2(b'\n', b'\x0c', before).map_or(0, |n| n + 1)
}

/// The last line with text that ends before a byte, and where it begins.
fn line_above(s: &str, end: usize, floor: usize) -> Option<(Range<usize>, usize)> {
    let mut end = end;
    for _ in 0..LINES {
        let stop = end.checked_sub(1).filter(|&e| e > floor)?;
        let start = line_start(s, stop).max(floor);
        let text = s.get(start..stop)?;
        let trimmed =
            text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '#' | '*' | '\u{a0}'));
        // Neither blank nor drawn: "--------".
        if !trimmed.chars().all(|c| matches!(c, '-' | '=' | '_' | '+' | '─' | '━' | '—')) {
            let from = start + text.find(trimmed).unwrap_or(0);
            return Some((from..from + trimmed.len(), start));
        }
        end = start;
    }
    None
}

/// The unit in "Đơn vị tính: triệu đồng".
pub(super) fn note_in(source: &Source<'_>, tokens: &Range<usize>) -> Option<Range<usize>> {
    let mut at = tokens.clone();
    let (n, i) = at.find_map(|i| source.words.unit_note.at(source.tokens, i).map(|(n, ())| (n, i)))?;
    let mut from = i + n;
    // "Đơn vị tính - Unit: Ha", "ĐVT (ha)".
    let colon = (from..tokens.end.min(from + 4)).find(|&k| source.is(k, [':']));
    match colon {
        Some(colon) => from = colon + 1,
        None if source.is(from, ['(', '.', '-']) => from += 1,
        None if i == tokens.start && source.is_unit(&(from..tokens.end)) => {}
        None => return None,
    }
    let end = (from..tokens.end).find(|&k| source.is(k, [')', ';'])).unwrap_or(tokens.end);
    (from < end && end - from <= 14).then_some(from..end)
}

/// What is found going up from a table.
struct Over<'s> {
    source: &'s Source<'s>,
    caption: Vec<Range<usize>>,
    note: Option<Range<usize>>,
    /// The line taken last goes on one above.
    small: bool,
}

impl Over<'_> {
    /// Takes the next line above; false where the caption has ended.
    fn line(&mut self, tokens: Range<usize>) -> bool {
        let source = self.source;
        let words: Vec<usize> = tokens.clone().filter(|&i| super::columns::is_word(source, i)).collect();
        if let Some(note) = note_in(source, &tokens) {
            let before = note.start.saturating_sub(tokens.start);
            self.note.get_or_insert(note.clone());
            // A title with the note at its end is a title too.
            if before > 6 {
                let end = (tokens.start..note.start)
                    .find(|&i| source.is(i, ['(']) || source.words.unit_note.at(source.tokens, i).is_some());
                let title = tokens.start..end.unwrap_or(note.start);
                return self.title(title, &words);
            }
            return true;
        }
        if self.note.is_none()
            && self.caption.is_empty()
            && words.len() <= UNIT_WORDS
            && source.is_unit(&tokens)
        {
            self.note = Some(tokens);
            return true;
        }
        // Numbers of pages and tables alone, and the same in English.
        if words.is_empty() || is_foreign(source, &words) {
            return true;
        }
        self.title(tokens, &words)
    }

    fn title(&mut self, tokens: Range<usize>, words: &[usize]) -> bool {
        let source = self.source;
        let (tokens, cut) = last_sentence(source, tokens);
        let words: Vec<usize> = words.iter().copied().filter(|w| tokens.contains(w)).collect();
        let last = tokens.end.saturating_sub(1);
        let small =
            source.tokens.get(tokens.start).is_some_and(|t| t.kind == Kind::Word && t.case == Case::Lower);
        // The line above a short line that goes on in small letters: a paragraph, if it is long.
        if self.small && words.len() > TITLE_WORDS {
            self.caption.pop();
            return false;
        }
        self.small = small && !cut;
        let marked = source.words.caption_marks.at(source.tokens, tokens.start).is_some();
        let lead = cut || source.is(last, [':']) && words.len() > TITLE_WORDS;
        if words.len() > LINE_WORDS || lead && !self.caption.is_empty() {
            return false;
        }
        // "(Kèm theo Quyết định số …)"
        if source.is(tokens.start, ['(']) {
            return self.caption.len() < CAPTION_LINES;
        }
        let colon = source.is(last, [':']);
        let stop = source.is(last, ['.', ';', ',', '…']);
        let item = source.is(tokens.start, ['-', '+', '•', '–']);
        if stop && (words.len() > TITLE_WORDS || item) && !marked || item && !colon {
            return false;
        }
        let go_on = !cut && !marked && !colon && self.caption.len() + 1 < CAPTION_LINES;
        self.caption.push(tokens);
        go_on
    }
}

/// The last sentence of a line, and whether others stand before it: "… năm 2017. Chi tiết theo địa bàn:".
fn last_sentence(source: &Source<'_>, tokens: Range<usize>) -> (Range<usize>, bool) {
    let stop = (tokens.start + 4..tokens.end.saturating_sub(2)).rev().find(|&i| {
        source.is(i, ['.', ';'])
            && source
                .tokens
                .get(i + 1)
                .is_some_and(|t| t.gap != Gap::Glued && t.kind == Kind::Word && t.case != Case::Lower)
            && source.tokens.get(i - 1).is_some_and(|t| t.kind != Kind::Word || t.bytes() > 3)
    });
    let marked = source.words.caption_marks.at(source.tokens, tokens.start).is_some();
    match stop.filter(|_| !marked) {
        Some(stop) => (stop + 1..tokens.end, true),
        None => (tokens, false),
    }
}

/// A line of no Vietnamese: the title once more in English.
pub(crate) fn is_foreign(source: &Source<'_>, words: &[usize]) -> bool {
    let foreign = words.iter().filter(|&&i| {
        let word = source.word(i);
        word.len() > 2 && word.is_ascii() && !syllable::is_syllable(&word.to_lowercase())
    });
    let ascii = words.iter().all(|&i| source.word(i).is_ascii());
    let lower =
        words.iter().any(|&i| source.tokens.get(i).is_some_and(|t| t.kind == Kind::Word && t.bytes() > 3));
    ascii && lower && foreign.count() * 2 >= words.len()
}
