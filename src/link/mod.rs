//! Stage 5, linking: what a quantity measures, for whom, when, in which role and how exactly.
//!
//! "Tỷ lệ hồ sơ trả đúng hạn của huyện đạt trên 97%, tăng 2%" gives the name "Tỷ lệ hồ sơ trả đúng hạn của huyện" to
//! both, `more_than` and `actual` to the first, `change` and `up` to the second. All words are data
//! (`patterns/indicators.toml`); sentences are found once.

mod name;
mod period;
mod role;
mod scope;
mod sentence;

use std::ops::Range;

use crate::patterns::indicators::Indicators;
use crate::recognise::Work;
use crate::recognise::indicator::{Bound, Context, Found, Heading, Kind};
use sentence::Sentences;

/// How many tokens before an item its linking looks at.
const BEFORE_TOKENS: usize = 160;
/// How many tokens after it.
const AFTER_TOKENS: usize = 80;

/// The document and what is known of it, for the linkers.
pub(crate) struct Linker<'w, 'a> {
    work: &'w Work<'a>,
    words: &'a Indicators,
    context: &'w Context<'w>,
    sentences: Sentences,
}

/// The tokens of a heading; of one that never ends the first ones.
fn tokens_of(heading: &Heading) -> Range<usize> {
    let Range { start, end } = heading.tokens;
    start..end.min(start + AFTER_TOKENS)
}

/// Where one item stands: its sentence and its neighbours.
struct Place<'f> {
    /// Tokens of the sentence.
    sentence: Range<usize>,
    /// Its number.
    number: usize,
    /// The item before it in the same sentence.
    previous: Option<&'f Found>,
    /// Where the next item begins, or the sentence ends.
    limit: usize,
}

/// Fills in names, roles, bounds, scopes, periods and sentences.
pub fn link(work: &Work<'_>, context: &Context<'_>, found: &mut [Found]) {
    if found.is_empty() {
        return;
    }
    let words = &work.patterns.indicators;
    let linker = Linker { work, words, context, sentences: Sentences::of(work, context.headings) };
    for i in 0..found.len() {
        let Some((before, rest)) = found.split_at_mut_checked(i) else { break };
        let Some((item, after)) = rest.split_first_mut() else { break };
        let number = linker.sentences.number(item.tokens.start);
        let sentence = linker.sentences.tokens(number, work.tokens.len());
        // What never ends is no sentence: linking looks only so far about an item.
        let sentence = sentence.start.max(item.tokens.start.saturating_sub(BEFORE_TOKENS))
            ..sentence.end.min(item.tokens.end + AFTER_TOKENS);
        let previous = before.last().filter(|p| p.tokens.start >= sentence.start);
        let limit = after.first().map_or(sentence.end, |n| n.tokens.start.min(sentence.end));
        let place = Place { sentence, number, previous, limit };
        linker.one(item, &place);
    }
    // "từ 90 - 95% chi bộ": the lower end measures what the upper one does.
    for i in 1..found.len() {
        let Some([low, high]) = found.get_mut(i - 1..=i) else { continue };
        if low.rule != words.rules.range || low.tokens.end > high.tokens.start {
            continue;
        }
        let said = |f: &Found| f.name.as_deref().is_some_and(|n| f.unit.as_deref() != Some(n));
        if low.name.is_none() || low.inherited && said(high) {
            low.name.clone_from(&high.name);
        } else if !said(high) {
            high.name.clone_from(&low.name);
        }
        (high.role, high.direction) = (low.role, low.direction);
        if low.bound == Bound::About && high.bound == Bound::Exact {
            high.bound = low.bound;
        }
    }
}

impl Linker<'_, '_> {
    /// The headings that govern a byte, inner before outer.
    fn headings_at(&self, byte: usize) -> impl Iterator<Item = &Heading> {
        let headings = self.context.headings;
        let mut at = headings.partition_point(|h| h.range.start <= byte).checked_sub(1);
        std::iter::from_fn(move || {
            while let Some(heading) = at.and_then(|n| headings.get(n)) {
                at = heading.parent;
                if heading.range.contains(&byte) {
                    return Some(heading);
                }
            }
            None
        })
    }

    /// The headings above a cell are years or periods and nothing else.
    fn only_dates(&self, item: &Found) -> bool {
        let word = |i: usize| self.work.token(i).is_some_and(|t| t.kind == crate::text::token::Kind::Word);
        item.columns.iter().flat_map(Clone::clone).all(|i| !word(i) || self.in_date(i))
    }

    fn one(&self, item: &mut Found, place: &Place<'_>) {
        item.sentence = self.work.bytes(place.sentence.clone());
        item.inside = self.parenthesised(item, place);
        self.bound(item);
        self.role(item, place);
        let named_place = if item.cell.is_none() { self.place_before(item, place) } else { None };
        item.name = match &item.cell {
            // A unit that the column gives makes the column the name and the row what it counts.
            Some((_, Some(column))) if item.by_column && !self.only_dates(item) => Some(column.clone()),
            Some((row, column)) => row.clone().or_else(|| column.clone()),
            None if named_place.is_some() => {
                place.previous.and_then(|p| p.name.clone()).or_else(|| self.name(item, place))
            }
            None => self.name(item, place),
        };
        item.inherited = item.name.is_some() && place.previous.is_some_and(|p| p.name == item.name);
        item.scope = self.scope(item, place, named_place);
        item.period = self.period(item, place);
        if item.kind == Kind::Rank {
            item.unit = None;
        }
    }
}
