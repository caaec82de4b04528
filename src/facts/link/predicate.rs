//! Stage 5, linking: what is said once behind a row of figures. "Trên 63.000 ha cây ngắn ngày, khoảng 100.000 ha cây lâu năm bị
//! thiệt hại": all of them are.

use std::ops::Range;

use smol_str::{SmolStr, format_smolstr};

use super::{Linker, Place};
use crate::claim::indicator::{Found, Kind};
use crate::words::one_line;
use crate::words::token::Kind as TokenKind;

/// Most words of what is said of all.
const SAID: usize = 8;
/// Most words of a bound.
const BOUND: usize = 3;
/// Most figures that share it.
const ROW: usize = 12;

impl Linker<'_, '_> {
    /// Gives the figures of a row the predicate that only its last one has behind it.
    pub(super) fn share_passive(&self, found: &mut [Found]) {
        let mut last = found.len();
        while last > 1 {
            last -= 1;
            let Some(predicate) = found.get(last).and_then(|f| self.passive_behind(f)) else { continue };
            let mut first = last;
            while first > 0
                && last - first < ROW
                && found.get(first - 1).zip(found.get(first)).is_some_and(|(a, b)| self.in_row(a, b))
            {
                first -= 1;
            }
            if first == last {
                continue;
            }
            let said = one_line(self.work.words(predicate));
            let verb = said.split(' ').next().unwrap_or_default();
            for item in found.get_mut(first..=last).into_iter().flatten() {
                let Some(name) = item.name.clone().filter(|n| !n.split(' ').any(|w| w == verb)) else {
                    continue;
                };
                item.name = Some(format_smolstr!("{name} {said}"));
                item.why.name = "name.shared";
            }
            last = first;
        }
    }

    /// "Còn 450 hộ nghèo, trên 80% là đồng bào dân tộc Mông": which of those just counted a share is of, and no rate of theirs.
    pub(super) fn predicated(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let copula = item.tokens.end;
        let share = item.kind == Kind::Percentage && item.cell.is_none();
        self.work.token(copula).filter(|t| share && self.clauses.is.has(t) && super::behind::follows(t))?;
        let whole = place.previous.filter(|p| p.kind == Kind::Count && p.sentence == item.sentence)?;
        let own = self.own_start(item.tokens.start, place);
        let end = self.phrase_end(copula + 1, place.limit);
        if end <= copula + 1 || !self.is_hollow(&(own..item.tokens.start), false) {
            return None;
        }
        let said = one_line(self.work.words(copula..end));
        let noun = whole.unit.as_ref()?;
        let again = one_line(self.work.words(copula + 1..end)).starts_with(noun.as_str());
        (!again).then(|| format_smolstr!("{noun} {said}"))
    }

    /// The passive that begins right where the noun behind a figure ends: "bị thiệt hại".
    fn passive_behind(&self, item: &Found) -> Option<Range<usize>> {
        let counts =
            matches!(item.kind, Kind::Count | Kind::Measure | Kind::Percentage) && item.cell.is_none();
        let start = Some(self.noun_end(item)).filter(|_| counts)?;
        self.work.token(start).filter(|t| self.clauses.passives.has(t))?;
        let stop = |i: &usize| {
            self.work.token(*i).is_none_or(|t| t.kind != TokenKind::Word || !super::behind::follows(t))
        };
        let end = (start..start + SAID).find(stop).unwrap_or(start + SAID);
        (end > start + 1 && !self.goes_on_at(end)).then_some(start..end)
    }

    /// "120 ngôi nhà bị sập, 1.500 ha lúa bị ngập": a list goes on behind a predicate, which is that of its member alone.
    pub(super) fn goes_on_at(&self, at: usize) -> bool {
        let number = |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number);
        // ", khoảng 1.500 ha".
        let bound = |n: usize| {
            self.words.bound_before.before(&self.work.tokens, at + 1 + n).is_some_and(|(m, _)| m == n)
        };
        let next = (0..=BOUND).any(|n| number(at + 1 + n) && (n == 0 || bound(n)));
        next && self.work.token(at).is_some_and(|t| t.is(','))
    }

    fn noun_end(&self, item: &Found) -> usize {
        self.phrase_end(item.tokens.end, item.tokens.end + super::behind::AFTER_TOKENS)
    }

    /// Whether two figures of one sentence stand in a row: nothing but a comma or "và" and the words of a bound parts the noun
    /// of the first from the second.
    fn in_row(&self, a: &Found, b: &Found) -> bool {
        let end = self.noun_end(a);
        let comma = self.work.token(end).is_some_and(|t| t.is(',') || self.clauses.joins.has(t));
        let start = self.without_bound(b.tokens.start);
        // "và khoảng", ", hơn".
        let joined = end + 1 == start
            || end + 2 == start && self.work.token(end + 1).is_some_and(|t| self.clauses.joins.has(t));
        let alike = a.sentence == b.sentence && a.role == b.role && a.cell.is_none();
        alike && comma && joined && end > a.tokens.end
    }
}
