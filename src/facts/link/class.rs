//! Stage 5, linking: counts of those that reach some mark. "23 xã đạt 15 - 18 tiêu chí" counts communes of a class; the
//! numbers of criteria only say which.

use std::ops::Range;

use smol_str::SmolStr;

use super::{Linker, Place};
use crate::claim::indicator::{Found, Kind, Role};
use crate::words::one_line;
use crate::words::token::Kind as TokenKind;

/// The rule of such a name.
pub(super) const NAMED: &str = "name.of_class";
/// The rule of the numbers that say which class it is.
const INNER: &str = "name.class";

/// Whether a figure counts those of a class, or says which class is counted.
pub(super) fn is_of_class(found: &Found) -> bool {
    matches!(found.why.name, NAMED | INNER)
}

/// Most tokens from a count to the end of its class.
const REACH: usize = 12;

impl Linker<'_, '_> {
    /// The tokens of the class behind a count: "đạt 15 - 18 tiêu chí", "có từ 12 tiêu chí trở lên".
    fn class_behind(&self, item: &Found) -> Option<Range<usize>> {
        let tokens = &self.work.tokens;
        let start = item.tokens.end;
        let counts =
            matches!(item.kind, Kind::Count | Kind::Ratio) && item.unit.is_some() && item.cell.is_none();
        let (mut at, ()) =
            self.clauses.class_verbs.at(tokens, start).filter(|_| counts).map(|(n, ())| (start + n, ()))?;
        let mut numbers = 0;
        while at < start + REACH {
            if let Some((n, ())) = self.clauses.class_units.at(tokens, at) {
                let end = at + n;
                let bound = self.words.bound_after.at(tokens, end).map_or(0, |(n, _)| n);
                return (numbers > 0).then_some(start..end + bound);
            }
            let token = self.work.token(at)?;
            let number = token.kind == TokenKind::Number;
            numbers += usize::from(number);
            let bound = || {
                (1..=4).find(|&n| self.words.bound_before.before(tokens, at + n).is_some_and(|(m, _)| m == n))
            };
            let joins = token.is('-')
                || token.is('–')
                || token.is('/')
                || self.clauses.from.has(token)
                || self.clauses.arrives.has(token);
            at += if number || joins { 1 } else { bound()? };
        }
        None
    }

    /// The name of a count of those of a class.
    pub(super) fn of_class_named(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        if let Some(class) = self.class_behind(item) {
            let noun = self.noun_start(item);
            return (noun < class.start).then(|| one_line(self.work.words(noun..class.end)));
        }
        self.class_before(item, place).map(|class| one_line(self.work.words(class)))
    }

    /// "Số xã đạt từ 16 - 18 tiêu chí: 23 xã": the label with a class right before a count.
    fn class_before(&self, item: &Found, place: &Place<'_>) -> Option<Range<usize>> {
        let tokens = &self.work.tokens;
        let counts = matches!(item.kind, Kind::Count | Kind::Ratio) && item.cell.is_none();
        let joint = item.tokens.start.checked_sub(1).filter(|_| counts)?;
        let joins = self.work.token(joint).is_some_and(|t| t.is(':'))
            || self.clauses.equates.before(tokens, joint + 1).is_some();
        let start = self.past_mark(place.sentence.start, joint);
        let word = |i: &usize| self.work.token(*i).is_some_and(|t| t.kind == TokenKind::Word);
        let start = (start..joint).find(word)?;
        let low = start.max(joint.saturating_sub(2 * REACH));
        let unit = |i: &usize| {
            let (n, ()) = self.clauses.class_units.at(tokens, *i)?;
            let bound = self.words.bound_after.at(tokens, i + n).map_or(0, |(n, _)| n);
            (i + n + bound == joint).then_some(*i)
        };
        let unit = (low..joint).rev().find_map(|i| unit(&i)).filter(|_| joins)?;
        let number = |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number);
        let verb = (low + 1..unit).any(|i| self.clauses.class_verbs.at(tokens, i).is_some());
        (verb && (low..unit).any(number)).then_some(start..joint)
    }

    /// The numbers that say which class is counted, from the first one behind a count on: they bear its name and are no
    /// values of a place.
    pub(super) fn mark_classes(&self, found: &mut [Found]) {
        // Those before a count that bears their label.
        if let Some((last, before)) = found.split_last_mut()
            && last.why.name == NAMED
            && self.class_behind(last).is_none()
        {
            for inner in before.iter_mut().filter(|f| f.sentence == last.sentence && f.cell.is_none()) {
                inner.name.clone_from(&last.name);
                (inner.role, inner.direction) = (Role::Norm, None);
                (inner.why.name, inner.why.role) = (INNER, "role.class");
            }
        }
        for i in 0..found.len() {
            let Some((before, rest)) = found.split_at_mut_checked(i + 1) else { break };
            let Some(class) = before.last().and_then(|f| self.class_behind(f)) else { continue };
            let name = before.last().and_then(|f| f.name.clone());
            for inner in rest.iter_mut().take_while(|f| f.tokens.start < class.end) {
                inner.name.clone_from(&name);
                (inner.role, inner.direction) = (Role::Norm, None);
                (inner.why.name, inner.why.role) = (INNER, "role.class");
            }
        }
    }
}
