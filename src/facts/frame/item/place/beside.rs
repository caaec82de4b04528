//! The unit that a name beside a figure gives, and what goes on with it: "Tĩnh Gia 76 vụ, chết 34 người".
//!
//! A text on the country tells the rest of a sentence of the province that it began with; a figure that only says how the
//! one before it changed is of its place.

use std::sync::Arc;

use super::scope::wider;
use super::{Around, Places};
use crate::claim::indicator::{Found, Kind, Role};
use crate::facts::frame::item::Resolved;
use crate::facts::frame::place::Named;
use crate::record::{Level, Place};
use crate::words::one_line;
use crate::words::token::Kind as TokenKind;

/// The rule by which a figure is of the place of the one before it.
pub(super) const FIGURE_BEFORE: &str = "place.figure_before";
/// How far before its figure "bình quân của tỉnh" stands, in tokens.
const AVERAGE: usize = 8;
/// Most tokens between a figure and one that goes on with it.
const GOES_ON: usize = 4;

impl Places<'_, '_> {
    /// The unit by the names beside an item, kept for the items that go on with it. `unscoped`: its scope gives none.
    pub(super) fn beside(
        &mut self,
        n: usize,
        item: &Found,
        around: &Around,
        unscoped: bool,
    ) -> Option<Arc<Place>> {
        let open = item.place.is_none() && around.turn.is_none();
        let beside = self.members.of(item, self.before(n));
        let beside = beside.or_else(|| self.carried(n, item)).filter(|_| open);
        self.last = beside.clone().map(|named| (n, named));
        if let Some(named) =
            beside.as_ref().filter(|named| named.level() == Level::Province && self.is_wide())
        {
            self.of_sentence = Some((item.sentence.start, named.clone()));
        }
        let subject = || if open && unscoped { self.subject(item) } else { None };
        let place = beside.or_else(subject).and_then(|named| self.resolved(named));
        place.or_else(|| if item.place.is_none() { self.average_of(n, item) } else { None })
    }

    /// "Tĩnh Gia 76 vụ, chết 34 người": what a comma adds of another kind is of the same unit.
    fn carried(&self, n: usize, item: &Found) -> Option<Named> {
        let (of, named) = self.last.as_ref().filter(|(of, _)| of + 1 == n)?;
        self.items.get(*of).is_some_and(|before| self.goes_on(before, item, named)).then(|| named.clone())
    }

    /// "Thanh Hóa đón 991.500 lượt khách; trong đó, khách quốc tế đạt 17.800 lượt": a text on the country tells the rest of a
    /// sentence of the province that it began with.
    fn subject(&self, item: &Found) -> Option<Named> {
        let (start, named) = self.of_sentence.as_ref()?;
        let whole = || item.scope.as_deref().is_some_and(|scope| self.is_wider(scope));
        let same = *start == item.sentence.start && item.cell.is_none() && self.is_wide();
        (same && !whole()).then(|| named.clone())
    }

    /// Whether the document is on the country, or on no known unit.
    fn is_wide(&self) -> bool {
        self.own().is_none_or(|own| own.level == Level::Country)
    }

    /// Whether a figure goes on with what the one before it tells, behind a comma and of another unit: "76 vụ, chết 34 người".
    fn goes_on(&self, before: &Found, item: &Found, named: &Named) -> bool {
        let work = self.work;
        let between = before.tokens.end..item.tokens.start;
        // "Ba Dinh từ 61% xuống 44%".
        let arrives = between.len() == 1
            && before.unit == item.unit
            && work.token(between.start).is_some_and(|t| work.patterns.clauses.arrives.has(t));
        if arrives {
            return before.sentence == item.sentence;
        }
        let comma = between.len() <= GOES_ON && work.token(between.start).is_some_and(|t| t.is(','));
        let word = |i: usize| work.token(i).is_some_and(|t| t.kind == TokenKind::Word && !t.capital());
        comma
            && before.sentence == item.sentence
            && before.unit != item.unit
            && item.scope.as_deref().is_none_or(|scope| named.spans(scope) && named.is_in(scope))
            && (between.start + 1..between.end).all(word)
    }

    /// "trong khi bình quân của tỉnh là 53,6%": the value of the larger unit that the document's own is compared with.
    fn average_of(&self, n: usize, item: &Found) -> Option<Arc<Place>> {
        if item.cell.is_some() || !matches!(item.role, Role::Actual | Role::Change) {
            return None;
        }
        let work = self.work;
        let (words, tokens) = (&work.patterns.frames, &work.tokens);
        // "cao hơn bình quân chung của tỉnh (10,3 tiêu chí)": the bracket holds its value.
        let bracket = |i: usize| i + 1 == item.tokens.start && work.token(i).is_some_and(|t| t.is('('));
        let punct = |i: usize| !bracket(i) && work.token(i).is_none_or(|t| t.kind == TokenKind::Punct);
        let found = self.right_before(n, item, AVERAGE).rev().find_map(|i| {
            let (n, own) = words.own.at(tokens, i)?;
            let plain = !(i + n..item.tokens.start).any(punct);
            (own.strong && plain && words.averages.before(tokens, i).is_some()).then_some(i..i + n)
        })?;
        wider(work, self.own(), &one_line(work.words(found)).to_lowercase()).map(Arc::new)
    }

    /// "toàn tỉnh thả nuôi 26.400 ha, giảm 1,8% so cùng kỳ": whether an item is told of the figure before it, and of its
    /// place. `place`: what else it would be told of.
    pub(super) fn goes_with(
        &self,
        n: usize,
        item: &Found,
        place: Option<&Arc<Place>>,
        told: &Resolved,
    ) -> bool {
        let share = |before: &Found| item.kind == Kind::Percentage && before.kind != Kind::Percentage;
        self.before(n).last().is_some_and(|before| {
            item.cell.is_none()
                && place == self.frame.place.as_ref()
                && told.place != self.frame.place
                && before.sentence == item.sentence
                && (item.scope.is_none() || item.scope == before.scope)
                && !self.names_unit(before.tokens.end..item.tokens.start)
                && (self.is_in_its_bracket(before, item, told)
                    || item.name.is_some()
                        && before.name == item.name
                        && (item.role == Role::Change || share(before)))
        })
    }

    /// "khách đến Bắc Hà đạt 27.015 lượt (khách quốc tế 10.920 lượt, khách nội địa 16.095 lượt)": what the bracket right behind a
    /// figure divides is of its place.
    fn is_in_its_bracket(&self, before: &Found, item: &Found, told: &Resolved) -> bool {
        let between = before.tokens.end..item.tokens.start;
        if between.clone().any(|i| self.work.is(i, ')')) || self.says_own(item) {
            return false;
        }
        match between.clone().find(|&i| self.work.is(i, '(')) {
            Some(open) => {
                open == between.start || open == between.start + 1 && self.work.is(between.start, ',')
            }
            None => told.why_place == FIGURE_BEFORE,
        }
    }
}
