//! Stage 5, linking: counts of those that reach some mark. "23 xã đạt 15 - 18 tiêu chí" counts communes of a class; the
//! numbers of criteria only say which.

use std::ops::Range;

use smol_str::{SmolStr, format_smolstr};

use super::Linker;
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

/// A label that says which class is counted.
struct Label {
    /// What the first label of its sentence says for all: "Số xã đạt".
    head: Option<Range<usize>>,
    /// Its own words.
    own: Range<usize>,
}

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
    pub(super) fn of_class_named(&self, item: &Found) -> Option<SmolStr> {
        if let Some(class) = self.class_behind(item) {
            let noun = self.noun_start(item);
            return (noun < class.start).then(|| one_line(self.work.words(noun..class.end)));
        }
        let label = self.class_before(item)?;
        let own = one_line(self.work.words(label.own));
        Some(match label.head {
            Some(head) => format_smolstr!("{} {own}", one_line(self.work.words(head))),
            None => own,
        })
    }

    /// "Số xã đạt từ 16 - 18 tiêu chí: 23 xã; từ 10 - 15 tiêu chí: 30 xã": the label with a class right before a count.
    fn class_before(&self, item: &Found) -> Option<Label> {
        let tokens = &self.work.tokens;
        let counts = matches!(item.kind, Kind::Count | Kind::Ratio) && item.cell.is_none();
        let joint = item.tokens.start.checked_sub(1).filter(|_| counts)?;
        let joins = self.work.token(joint).is_some_and(|t| t.is(':'))
            || self.clauses.equates.before(tokens, joint + 1).is_some();
        let sentence = self.work.token_at(item.sentence.start);
        let ends = |i: &usize| {
            let unit = self.clauses.class_units.at(tokens, *i).map(|(n, ())| i + n)?;
            let bound = self.words.bound_after.at(tokens, unit).map_or(0, |(n, _)| n);
            (unit + bound == joint).then_some(*i)
        };
        let low = sentence.max(joint.saturating_sub(2 * REACH));
        let unit = (low..joint).rev().find_map(|i| ends(&i)).filter(|_| joins)?;
        let start = self.label_start(sentence, unit)?;
        let number = |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number);
        let own = start..joint;
        if !(start..unit).any(number) {
            return None;
        }
        let verb = |from: usize, to: usize| {
            (from + 1..to).find_map(|i| self.clauses.class_verbs.at(tokens, i).map(|(n, ())| i + n))
        };
        if verb(start, unit).is_some() {
            return Some(Label { head: None, own });
        }
        let first = self.label_start(sentence, start.checked_sub(1)?).filter(|_| start > sentence)?;
        let head = self.label_start(sentence, sentence + 1).filter(|&s| s <= first)?;
        let end = verb(head, start)?;
        (end - head <= REACH).then_some(Label { head: Some(head..end), own })
    }

    /// Where the label that holds a token begins: behind the last semicolon, its mark and whatever is no word.
    fn label_start(&self, sentence: usize, token: usize) -> Option<usize> {
        let semicolon = |i: &usize| self.work.token(*i).is_some_and(|t| t.is(';'));
        let start = (sentence..token).rev().find(semicolon).map_or(sentence, |i| i + 1);
        let start = self.past_mark(start, token.max(start));
        let word = |i: &usize| self.work.token(*i).is_some_and(|t| t.kind == TokenKind::Word);
        (start..=token).find(word)
    }

    /// The numbers that say which class is counted, from the first one behind a count on: they bear its name and are no
    /// values of a place.
    pub(super) fn mark_classes(&self, found: &mut [Found]) {
        // Those before a count that bears their label.
        if let Some((last, before)) = found.split_last_mut()
            && last.why.name == NAMED
            && self.class_behind(last).is_none()
        {
            let own = self.class_before(last).map_or(0..0, |label| label.own);
            for inner in before.iter_mut().filter(|f| own.contains(&f.tokens.start) && f.cell.is_none()) {
                inner.name.clone_from(&last.name);
                (inner.role, inner.direction, inner.tells) = (Role::Norm, None, false);
                (inner.why.name, inner.why.role) = (INNER, "role.class");
            }
        }
        for i in 0..found.len() {
            let Some((before, rest)) = found.split_at_mut_checked(i + 1) else { break };
            let Some(class) = before.last().and_then(|f| self.class_behind(f)) else { continue };
            let name = before.last().and_then(|f| f.name.clone());
            for inner in rest.iter_mut().take_while(|f| f.tokens.start < class.end) {
                inner.name.clone_from(&name);
                (inner.role, inner.direction, inner.tells) = (Role::Norm, None, false);
                (inner.why.name, inner.why.role) = (INNER, "role.class");
            }
        }
    }
}
