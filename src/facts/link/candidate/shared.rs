//! The predicate that two figures share: "60% hồ sơ cấp huyện và 50% hồ sơ cấp xã được giải quyết".

use std::ops::Range;

use super::BEHIND;
use crate::facts::link::Linker;
use crate::facts::link::around::Around;
use crate::words::one_line;

impl Linker<'_, '_> {
    /// "60% hồ sơ cấp huyện và 50% hồ sơ cấp xã được giải quyết": the noun of the first, and the predicate of the second.
    pub(super) fn shared(&self, around: &Around<'_>, noun: usize) -> Option<(Range<usize>, Range<usize>)> {
        let (item, place) = (around.item, around.place);
        let next = place.next.filter(|n| n.kind == item.kind && n.tokens.start < place.sentence.end)?;
        let verb = |i: &usize| self.has(&self.clauses.predicates, *i);
        let own = noun..around.own.end;
        // "12 vụ tai nạn làm chết 5 người, bị thương 14 người": what brings the next figure.
        if own.is_empty() || own.clone().any(|i| verb(&i) || self.opens(i, next)) {
            return None;
        }
        if !(own.end..next.tokens.start).all(|i| self.joins_figures(i)) {
            return None;
        }
        let reach = place.sentence.end.min(next.tokens.end + BEHIND);
        let stop = |&i: &usize| self.is_any(i, [';', '.', ':']) || self.work.is_number(i);
        let end = (next.tokens.end..reach).find(stop).unwrap_or(reach);
        let open = |i: &usize| self.brackets.around(*i).is_none_or(|b| b.start < item.tokens.start);
        let start = (next.tokens.end..end).filter(open).find(verb)?;
        // "18 xã, 12 xã đạt chuẩn": the first counts all of them, the second those of whom something is told.
        let noun_of = |noun: Range<usize>| one_line(self.work.words(noun)).to_lowercase();
        if noun_of(own.clone()) == noun_of(self.noun_behind(next, place)..start) {
            return None;
        }
        let comma = |&i: &usize| {
            self.work.is(i, ',')
                && (self.clauses.openers.at(&self.work.tokens, i + 1).is_some() || self.goes_on_at(i))
        };
        let end = (start..end).find(comma).unwrap_or(end);
        if self.goes_on_at(end) {
            return None;
        }
        Some((own, start..end)).filter(|_| end < next.tokens.end + BEHIND)
    }

    /// Whether a token only joins two figures: a comma, "và", the bound of the second.
    fn joins_figures(&self, i: usize) -> bool {
        self.work.is(i, ',')
            || self.has(&self.clauses.joins, i)
            || self.words.bound_before.before(&self.work.tokens, i + 1).is_some()
    }
}
