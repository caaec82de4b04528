//! What follows a mark: its heading with the lines that go on it, and the title above an attached document.

use std::ops::Range;

use super::walk::Walk;
use crate::structure::mark;
use crate::words::lines::{Lines, is_capitals, is_space, next_line};

/// Longest heading in bytes; what is longer is running text.
const MAX_HEADING: usize = 400;
/// The longest line in small letters that is a title by what stands around it, in bytes.
const SHORT_TITLE: usize = 160;
/// The longest heading of a part that ends with a stop, in bytes.
const STOPPED: usize = 120;

/// "Phần thứ hai" and on the next line "Kế hoạch năm 2000": begins with a capital and does not end like a sentence.
fn is_short_title(text: &str) -> bool {
    let text = text.trim();
    text.len() <= SHORT_TITLE
        && text.starts_with(char::is_uppercase)
        && !text.ends_with(['.', ';', ':', ',', '!', '?', '|'])
}
impl Walk<'_> {
    /// Up to eight lines without marks before `at`, from the last line in capitals that opens the block.
    pub(super) fn title_before(&self, at: usize) -> Option<Range<usize>> {
        let from = at.saturating_sub(900);
        let from = (from..at).find(|&i| self.s.is_char_boundary(i))?;
        let mut first: Option<Range<usize>> = None;
        let mut last_end = None;
        let block: Vec<Range<usize>> =
            Lines::from(self.s, from).take_while(|l| l.start < at).filter(|l| !l.is_empty()).collect();
        for line in block.iter().rev().take(8) {
            let text = self.s.get(line.clone()).unwrap_or("");
            if !is_capitals(text) {
                break;
            }
            last_end.get_or_insert(line.end);
            first = Some(line.start..line.end);
        }
        let start = after_decoration(self.s, &first?).0;
        let range = start..last_end?;
        let bare = self.s.get(range.clone())?.trim_end_matches(['*', '_', ' ', '#']);
        (!bare.is_empty() && bare.len() <= MAX_HEADING).then(|| start..start + bare.len())
    }

    /// Whether a blank line or a mark follows the line that ends here.
    fn stands_alone(&self, end: usize) -> bool {
        next_line(self.s, (end + 1).min(self.s.len())).is_none_or(|(next, blank)| {
            blank
                || mark::parse(self.s, next.start, next.end).is_some()
                || self.rules.unit_at(self.s, next.start, next.end).is_some()
        })
    }

    /// The heading after a mark: the rest of the line with its continuation, where that reads as a heading.
    ///
    /// `next`: the mark stands alone and its heading may be on the following lines. `part`: it is the number of a part.
    pub(super) fn heading(
        &self,
        from: usize,
        line: &Range<usize>,
        next: bool,
        part: bool,
    ) -> (Option<Range<usize>>, Option<usize>) {
        let mut range = bare(self.s, from..line.end.max(from));
        let mut open_bold = self.s.get(line.start..line.end).is_some_and(opens_bold);
        if range.is_empty() {
            let found = next_line(self.s, line.end.max(from)).map(|(l, _)| l);
            let Some(l) = found else { return (None, None) };
            let (at, bold) = after_decoration(self.s, &l);
            let short = |t: &str| is_short_title(t) && self.stands_alone(l.end);
            let title = self.s.get(at..l.end).is_some_and(|t| is_capitals(t) || bold || !next || short(t));
            if !title
                || mark::parse(self.s, at, l.end).is_some()
                || self.rules.unit_at(self.s, at, l.end).is_some()
            {
                return (None, None);
            }
            open_bold = self.s.get(l.clone()).is_some_and(opens_bold);
            range = bare(self.s, at..l.end);
        }
        let capitals = self.s.get(range.clone()).is_some_and(is_capitals);
        let mut end = range.end;
        for _ in 0..4 {
            // The line's end, past marks of emphasis.
            let eol = Lines::from(self.s, end).next().map_or(end, |r| r.end.max(end));
            let Some((l, blank)) = next_line(self.s, (eol + 1).min(self.s.len())) else { break };
            let text = self.s.get(l.clone()).unwrap_or("");
            let (at, _) = after_decoration(self.s, &l);
            let continues = open_bold
                || self.s.get(at..).is_some_and(|t| t.starts_with(char::is_lowercase))
                    && !closes(self.s, end)
                || capitals && is_capitals(text) && next_is_heading(self.s, at, l.end);
            if blank && !(open_bold && text.len() < 200) || !continues || text.starts_with('|') {
                break;
            }
            if mark::parse(self.s, at, l.end).is_some() {
                break;
            }
            if opens_bold(text) {
                open_bold = false;
            }
            end = l.end;
            if end - range.start > MAX_HEADING {
                return (None, None);
            }
        }
        let range = bare(self.s, range.start..end);
        let text = self.s.get(range.clone()).unwrap_or("");
        // A heading is short, closes no sentence and holds none.
        // Behind the number of a part the stop of older reports closes none: "I. Về đánh giá tình hình năm 1998."
        let part = part && text.ends_with('.') && text.len() <= STOPPED && !text.contains(',');
        let sentence = text.ends_with(['.', ';', ',']) && !is_capitals(text) && !part
            || text.contains(". ") && !is_capitals(text);
        let range = if text.ends_with([':', '.']) { bare(self.s, range.start..range.end - 1) } else { range };
        if range.is_empty() || range.len() > MAX_HEADING || sentence {
            return (None, None);
        }
        let went_on = (end > line.end).then_some(end);
        (Some(range), went_on)
    }
}

/// Where the line's own text begins, past Markdown marks (`**`, `##`, `>`), and whether it is set off by them.
pub(super) fn after_decoration(s: &str, line: &Range<usize>) -> (usize, bool) {
    let b = s.as_bytes();
    let mut at = line.start;
    let first = b.get(at).copied().unwrap_or(0);
    if !matches!(first, b'*' | b'_' | b'#' | b'>' | b'\\') {
        return (at, false);
    }
    // "* Đánh giá" is a list mark, "*Đánh giá*" is emphasis.
    if first == b'*'
        && b.get(at + 1).is_some_and(u8::is_ascii_whitespace)
        && b.get(at + 2).is_some_and(|c| *c != b'*')
    {
        return (at, false);
    }
    while at < line.end
        && b.get(at).is_some_and(|c| matches!(c, b'*' | b'_' | b'#' | b'>' | b'\\' | b' ' | b'\t'))
    {
        at += 1;
    }
    let marks = s.get(line.start..at).unwrap_or("");
    (at, marks.contains("**") || marks.contains('#'))
}

/// The range without white space, marks of emphasis and the colon or dash before a heading.
fn bare(s: &str, range: Range<usize>) -> Range<usize> {
    let piece = s.get(range.clone()).unwrap_or("");
    let front = piece.trim_start_matches(|c| is_space(c) || matches!(c, '*' | '_' | ':' | '-' | '–'));
    let start = range.start + (piece.len() - front.len());
    let back = front.trim_end_matches(|c| is_space(c) || matches!(c, '*' | '_'));
    start..start + back.len()
}

/// Whether a line holds a mark of bold type (`**`) without its counterpart.
fn opens_bold(line: &str) -> bool {
    memchr::memchr(b'*', line.as_bytes()).is_some() && line.matches("**").count() % 2 == 1
}

/// Whether the character before `end` closes a sentence.
fn closes(s: &str, end: usize) -> bool {
    s.get(..end).is_some_and(|t| t.trim_end_matches('*').ends_with(['.', ';', ':', '!', '?']))
}

/// Whether a line in capitals can go on a heading in capitals: it is none of the marks itself.
fn next_is_heading(s: &str, at: usize, end: usize) -> bool {
    mark::parse(s, at, end).is_none()
}
