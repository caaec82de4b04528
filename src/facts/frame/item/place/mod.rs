//! The place of each item, and which rule gave it.
//!
//! A smaller unit is told of by its name beside the figure, by the scope, by the label of its paragraph, or it was named
//! before and is taken up: "Cả xã có 71% người dân …". Whatever names none is of the document's own unit.

mod back;
mod beside;
mod own;
mod scope;
mod within;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Resolved;
use super::paragraph::Paragraphs;
use crate::claim::Work;
use crate::claim::indicator::Found;
use crate::facts::frame::DocumentFrame;
use crate::facts::frame::beside::Members;
use crate::facts::frame::label::{self, Labels};
use crate::facts::frame::place::Named;
use crate::record::{Basis, Place};
use within::{completed, resolved};

/// The rule that gave a place by the words around a figure.
const BY_SCOPE: &str = "place.scope";

/// The place of an item.
pub(super) struct Placed {
    /// The administrative unit.
    pub(super) place: Option<Arc<Place>>,
    /// Which rule or frame gave it.
    pub(super) why: &'static str,
    /// Its scope only says the document's own unit again.
    pub(super) says_own: bool,
}

/// The reader of places, with what it has told so far.
pub(super) struct Places<'p, 'a> {
    work: &'p Work<'a>,
    frame: &'p DocumentFrame,
    items: &'p [Found],
    paragraphs: &'p Paragraphs,
    /// The day by which units are looked up.
    day: Option<&'p str>,
    /// The code of the document's province.
    code: Option<&'p str>,
    labels: Labels,
    members: Members<'p, 'a>,
    /// The unit named beside the last item that had one.
    last: Option<(usize, Named)>,
    /// The province that a sentence of a text on the country began with.
    of_sentence: Option<(usize, Named)>,
    /// The smaller place that a paragraph told of last.
    told_of: Option<(Option<usize>, Arc<Place>)>,
    /// A document says few scopes, and says them of many figures.
    known: FxHashMap<(Option<usize>, &'p str), Option<Arc<Place>>>,
    /// The place of a cell that was completed last, and with what it was: the figures of a row share theirs.
    completed: Option<(Arc<Place>, Arc<Place>)>,
}

/// What stands around an item.
struct Around {
    /// Where its paragraph begins; a cell has none.
    paragraph: Option<usize>,
    /// Where what the label of its paragraph governs begins.
    label: Option<usize>,
    /// The unit whose turn it is: "xã A và xã B lần lượt là 52% và 58,3%".
    turn: Option<Named>,
    /// The unit that its turn or its label gives.
    unit: Option<Arc<Place>>,
}

impl<'p, 'a> Places<'p, 'a> {
    /// The reader of a document's places.
    pub(super) fn read(
        work: &'p Work<'a>,
        frame: &'p DocumentFrame,
        items: &'p [Found],
        paragraphs: &'p Paragraphs,
        day: Option<&'p str>,
    ) -> Self {
        Self {
            work,
            frame,
            items,
            paragraphs,
            day,
            code: frame.place.as_ref().and_then(|p| p.province.as_ref()).and_then(|p| p.code.as_deref()),
            labels: Labels::read(work, paragraphs.starts(), frame.place.as_deref(), day),
            members: Members::new(work, frame, day),
            last: None,
            of_sentence: None,
            told_of: None,
            known: FxHashMap::default(),
            completed: None,
        }
    }

    /// The place of the next item. `before`: what the one before it was given.
    pub(super) fn of(&mut self, n: usize, item: &'p Found, before: Option<&Resolved>) -> Placed {
        let around = self.around(n, item);
        let (place, why) = self.told(n, item, &around);
        let (place, why) = self.taken_up(item, &around, place, why);
        let level = place.as_ref().map(|p| p.level);
        let own = self.own().map(|own| own.level);
        let (is_inner, is_outer) = (own.is_some() && level > own, level.is_some() && level < own);
        if let Some(place) = place.as_ref().filter(|_| is_inner && why == BY_SCOPE) {
            self.told_of = Some((around.paragraph, place.clone()));
        }
        // "Xã Liễu Đô nằm ở phía bắc huyện Lục Yên, có diện tích 2.417 ha": the unit around the one a sentence is told of.
        let around_own = is_outer && why == BY_SCOPE && self.begins_with_own(item);
        let back = is_inner && self.back_to_own(n, item);
        let again = around_own || back;
        let (place, why) = if again { (self.frame.place.clone(), self.by_document()) } else { (place, why) };
        if let Some(told) = before.filter(|told| !back && self.goes_with(n, item, place.as_ref(), told)) {
            return Placed { place: told.place.clone(), why: beside::FIGURE_BEFORE, says_own: false };
        }
        let is_own = place.is_some() && place == self.frame.place;
        let says_own = is_own && (again || self.says_own(item) || self.shares_wider(item));
        Placed { place, why, says_own }
    }

    /// What stands around an item.
    fn around(&self, n: usize, item: &Found) -> Around {
        let paragraph = item.cell.is_none().then(|| self.paragraphs.of(item.tokens.start));
        let label = paragraph.and_then(|_| self.labels.at(item.tokens.start));
        let units = label.map(|(_, units)| units);
        let turn = label::in_turn(self.work, self.items, n, units, self.day, self.code)
            .filter(|_| item.cell.is_none());
        let only = units.filter(|units| units.len() == 1).and_then(|units| units.first());
        let unit = turn.as_ref().or(only).and_then(|unit| self.resolved(unit.clone()));
        Around { paragraph, label: label.map(|(start, _)| start), turn, unit }
    }

    /// The place by the first of these that gives one: the cell, the name beside the figure, its scope, the unit told of
    /// before, its turn, the label of its paragraph, the document.
    fn told(&mut self, n: usize, item: &'p Found, around: &Around) -> (Option<Arc<Place>>, &'static str) {
        let scoped = self.scoped(item, around);
        let beside = self.beside(n, item, around, scoped.is_none());
        if let Some(place) = &item.place {
            return (Some(self.completed(place)), "place.cell");
        }
        if let Some(place) = beside.or(scoped).or_else(|| self.told_again(item, around)) {
            return (Some(place), BY_SCOPE);
        }
        match &around.unit {
            Some(place) if around.turn.is_some() => (Some(place.clone()), "place.in_turn"),
            Some(place) => (Some(Arc::new(Place { basis: Basis::List, ..(**place).clone() })), "place.label"),
            None => (self.frame.place.clone(), self.by_document()),
        }
    }

    /// The place of a cell with the units around it that only the document names.
    fn completed(&mut self, place: &Arc<Place>) -> Arc<Place> {
        if let Some((_, whole)) = self.completed.as_ref().filter(|(of, _)| Arc::ptr_eq(of, place)) {
            return Arc::clone(whole);
        }
        let whole = completed(place, self.own());
        self.completed = Some((Arc::clone(place), Arc::clone(&whole)));
        whole
    }

    /// The document's own unit.
    fn own(&self) -> Option<&'p Place> {
        self.frame.place.as_deref()
    }

    /// The items before one.
    fn before(&self, n: usize) -> &'p [Found] {
        self.items.get(..n).unwrap_or(&[])
    }

    /// A named unit within the document's own.
    fn resolved(&self, named: Named) -> Option<Arc<Place>> {
        resolved(self.work, self.own(), self.day, named).map(Arc::new)
    }

    /// Which part of the document gave its place.
    fn by_document(&self) -> &'static str {
        let read = self.frame.place_read.as_ref().map_or("place.document", |read| read.rule);
        if self.frame.place.is_some() { read } else { "" }
    }
}
