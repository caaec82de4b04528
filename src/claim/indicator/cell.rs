//! The numerals of a stretch of tokens.

use std::ops::Range;

use super::Scan;
use crate::claim::ledger::Numeral;

impl Scan<'_, '_> {
    /// The numerals of some tokens, whoever owns them.
    pub(crate) fn numerals_in(&self, tokens: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let (start, end) = (tokens.start, tokens.end);
        let numerals = self.work.ledger.numerals();
        let from = numerals.partition_point(|n| n.first < start);
        numerals
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(move |n| n.first < end)
            .map(|n| n.first..n.end)
    }

    /// The first numeral of some tokens that nobody owns.
    pub(crate) fn free_numeral(&self, from: usize, to: usize) -> Option<Numeral> {
        let numerals = self.work.ledger.numerals();
        let at = numerals.partition_point(|n| n.first < from);
        numerals
            .get(at..)
            .unwrap_or_default()
            .iter()
            .take_while(|n| n.first < to)
            .find(|n| self.work.ledger.free(n.first..n.end))
            .copied()
    }
}
