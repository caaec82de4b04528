//! Sentences as token ranges, found in one pass. A list item is a sentence of its own.

use std::ops::Range;

use crate::recognise::Work;
use crate::recognise::indicator::Heading;
use crate::text::token::{Case, Gap, Kind, hint};

/// No sentence is longer, in tokens: every indicator carries its sentence, and a line that never ends (a table read as
/// text, a file without line breaks) must not be carried by each of its thousands of figures.
const LONGEST: usize = 400;

/// From here on a semicolon ends it too.
const LONG: usize = 300;

/// Where sentences begin.
pub(crate) struct Sentences {
    starts: Vec<u32>,
}

impl Sentences {
    /// The sentences of a text.
    pub(crate) fn of(work: &Work<'_>, headings: &[Heading]) -> Self {
        let tokens = &work.tokens;
        let mut starts: Vec<u32> = Vec::with_capacity(tokens.len() / 24 + 1);
        starts.push(0);
        let mut last = 0;
        for (i, pair) in tokens.windows(2).enumerate() {
            let [before, token] = pair else { continue };
            let length = i + 1 - last;
            // On one line nothing begins between two tokens of which neither is such a mark.
            let inside = token.gap <= Gap::Space && (before.hints | token.hints) & hint::SENTENCE == 0;
            if inside && length < LONG {
                continue;
            }
            let begins = match token.gap {
                Gap::Glued => false,
                Gap::Para | Gap::Tab => true,
                Gap::Space => ends(work, i, token.kind == Kind::Word && token.case == Case::Lower),
                Gap::Line => {
                    let mark = token.is('-')
                        || token.is('+')
                        || token.is('*')
                        || token.is('•')
                        || token.is('–')
                        || token.is('#');
                    let numbered = token.kind == Kind::Number
                        && tokens.get(i + 2).is_some_and(|t| t.gap == Gap::Glued && (t.is('.') || t.is(')')))
                        && before.kind == Kind::Punct;
                    mark && before.kind != Kind::Number
                        || numbered
                        || before.is(':')
                        || before.is(';')
                        || ends(work, i, false)
                }
            };
            let too_long = length >= LONGEST || (length >= LONG && before.is(';'));
            if begins || too_long || token.is('|') || before.is('|') {
                last = i + 1;
                starts.push(i as u32 + 1);
            }
        }
        // A heading stands by itself.
        for heading in headings {
            starts.push(work.token_at(heading.heading.start) as u32);
            starts.push(work.token_at(heading.heading.end) as u32);
        }
        if !headings.is_empty() {
            starts.sort_unstable();
            starts.dedup();
        }
        Self { starts }
    }

    /// The sentence that holds a token.
    pub(crate) fn around(&self, token: usize, all: usize) -> Range<usize> {
        let next = self.starts.partition_point(|&s| s as usize <= token);
        let start = next.checked_sub(1).and_then(|n| self.starts.get(n)).map_or(0, |&s| s as usize);
        let end = self.starts.get(next).map_or(all, |&s| s as usize);
        start..end
    }

    /// The sentence before a token's.
    pub(crate) fn before(&self, token: usize) -> Option<Range<usize>> {
        let next = self.starts.partition_point(|&s| s as usize <= token);
        let this = next.checked_sub(1)?;
        let start = this.checked_sub(1).and_then(|n| self.starts.get(n))?;
        Some(*start as usize..*self.starts.get(this)? as usize)
    }
}

/// Whether a sentence ends with this token: a full stop that belongs to no abbreviation or list mark.
fn ends(work: &Work<'_>, i: usize, lower: bool) -> bool {
    let Some(token) = work.token(i) else { return false };
    if token.is('?') || token.is('!') || token.is('…') {
        return !lower;
    }
    if !token.is('.') || lower {
        return false;
    }
    // "TP. Hồ Chí Minh", "1. Kết quả": the stop belongs to what is before it.
    let Some(before) = i.checked_sub(1).and_then(|p| work.token(p)) else { return false };
    if token.gap != Gap::Glued {
        return true;
    }
    match before.kind {
        Kind::Word => !(before.bytes() <= 2 && before.case != Case::Lower),
        Kind::Number => i >= 2 && !matches!(before.gap, Gap::Line | Gap::Para),
        Kind::Punct => true,
    }
}
