//! The time a quantity is about: a date in its sentence, in the line that leads in, or in its section's heading.

use std::ops::Range;

use super::{Linker, Place};
use crate::recognise::indicator::Found;

impl Linker<'_, '_> {
    /// Index of the date in the context.
    pub(super) fn period(&self, item: &Found, place: &Place<'_>) -> Option<usize> {
        let at = item.tokens.start;
        // The last one before the quantity, else the first one after it in its clause.
        self.last_date(place.sentence.start..at)
            .or_else(|| self.first_date(item.tokens.end..place.limit))
            .or_else(|| self.lead_in(place.sentence.start).and_then(|lead| self.last_date(lead)))
            .or_else(|| {
                let byte = self.work.bytes(item.tokens.clone()).start;
                let inner = self.context.headings.iter().rev().filter(|h| h.range.contains(&byte));
                inner.into_iter().find_map(|h| {
                    let tokens = self.work.token_at(h.heading.start)..self.work.token_at(h.heading.end);
                    self.last_date(tokens)
                })
            })
    }

    fn dates_in(&self, tokens: Range<usize>) -> impl Iterator<Item = usize> {
        let dates = self.context.dates;
        let from = dates.partition_point(|d| d.tokens.start < tokens.start);
        let end = tokens.end;
        (from..dates.len())
            .take_while(move |&n| dates.get(n).is_some_and(|d| d.tokens.start < end))
            .filter(move |&n| dates.get(n).is_some_and(|d| !d.in_reference))
    }

    fn last_date(&self, tokens: Range<usize>) -> Option<usize> {
        self.dates_in(tokens).last()
    }

    fn first_date(&self, tokens: Range<usize>) -> Option<usize> {
        self.dates_in(tokens).next()
    }
}
