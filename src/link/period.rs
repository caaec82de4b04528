//! The time a quantity is about: a date in its sentence, in the line that leads in, or in its section's heading; for a
//! cell, in the heading of its column.

use std::ops::Range;

use super::{Linker, Place, tokens_of};
use crate::recognise::indicator::Found;

impl Linker<'_, '_> {
    /// Index of the date in the context.
    pub(super) fn period(&self, item: &Found, place: &Place<'_>) -> Option<usize> {
        if item.cell.is_some()
            && let Some(date) = item.columns.iter().rev().find_map(|c| self.last_date(c.clone()))
        {
            return Some(date);
        }
        let byte = self.work.bytes(item.tokens.clone()).start;
        let from_heading = || self.headings_at(byte).find_map(|h| self.last_date(tokens_of(h)));
        self.period_in(item, place)
            .or_else(|| self.lead_in(place).and_then(|lead| self.last_date(lead)))
            .or_else(from_heading)
    }

    /// The last date before the quantity in its sentence, else the first one after it in its clause.
    pub(super) fn period_in(&self, item: &Found, place: &Place<'_>) -> Option<usize> {
        self.last_date(place.sentence.start..item.tokens.start)
            .or_else(|| self.dates_in(item.tokens.end..place.limit).next())
    }

    /// Dates that say when something is: not those of other documents, not those of a comparison.
    fn dates_in(&self, tokens: Range<usize>) -> impl Iterator<Item = usize> {
        let dates = self.context.dates;
        let from = dates.partition_point(|d| d.tokens.start < tokens.start);
        let end = tokens.end;
        (from..dates.len())
            .take_while(move |&n| dates.get(n).is_some_and(|d| d.tokens.start < end))
            .filter(move |&n| dates.get(n).is_some_and(|d| !d.in_reference && !self.compared(d.tokens.start)))
    }

    fn last_date(&self, tokens: Range<usize>) -> Option<usize> {
        self.dates_in(tokens).last()
    }

    /// "so với năm 2021", "cùng kỳ năm 2021".
    fn compared(&self, start: usize) -> bool {
        self.words.compared.before(&self.work.tokens, start).is_some()
    }

    /// Whether a token belongs to a date.
    pub(super) fn in_date(&self, token: usize) -> bool {
        let dates = self.context.dates;
        let next = dates.partition_point(|d| d.tokens.start <= token);
        next.checked_sub(1).and_then(|n| dates.get(n)).is_some_and(|d| d.tokens.contains(&token))
    }
}
