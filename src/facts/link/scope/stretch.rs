//! The scopes that a stretch of words names, without those that it only compares with.

use std::ops::Range;

use smol_str::SmolStr;

use super::LEAD_TOKENS;
use crate::claim::indicator::{Found, Kind, Role};
use crate::facts::hosted;
use crate::facts::link::Linker;
use crate::words::one_line;
use crate::words::token::{Kind as TokenKind, hint};

/// How far before a place the word stands that a distance from it begins with, in tokens.
const FAR: usize = 16;

impl Linker<'_, '_> {
    /// The last scope of the words before a quantity that is not only compared with.
    pub(super) fn scope_before(&self, tokens: Range<usize>, item: &Found) -> Option<SmolStr> {
        self.scopes(tokens, item).last().map(|r| one_line(self.work.words(r)))
    }

    /// The first scope of the words behind a quantity; a body named there does something else.
    pub(super) fn scope_behind(&self, tokens: Range<usize>, item: &Found) -> Option<SmolStr> {
        let own = |r: &Range<usize>| {
            !self.is_body(r.start)
                || r.start
                    .checked_sub(1)
                    .is_some_and(|b| self.clauses.locating.at(&self.work.tokens, b).is_some())
        };
        let first = self.scopes(tokens, item).find(own)?;
        (!self.lists(first.start, first.len())).then(|| one_line(self.work.words(first)))
    }

    /// The scopes of a stretch: not those in brackets that the quantity stands outside of, not those it is compared with.
    pub(super) fn scopes<'s>(
        &'s self,
        tokens: Range<usize>,
        item: &'s Found,
    ) -> impl Iterator<Item = Range<usize>> + 's {
        let mut past = tokens.start;
        let (start, end) = (tokens.start, tokens.end);
        let mut host = None;
        self.work.tokens.hinted(hint::SCOPE, tokens).filter_map(move |i| {
            if i < past {
                return None;
            }
            if let Some(n) = self.never(i) {
                past = i + n;
                return None;
            }
            let scope = i..self.scope_at(i).filter(|&e| e <= end)?;
            past = scope.end;
            // "Ea Tiêu là xã của huyện Cư Kuin, tỉnh Đắk Lắk": where what is told of lies.
            if host == Some(i) || hosted::before(self.work, start, i).is_some() {
                host = Some(scope.end + 1);
                return None;
            }
            let foreign = self.brackets.around(i).is_some_and(|b| !b.contains(&item.tokens.start));
            let orders = self.is_body(i) && self.clauses.commands.at(&self.work.tokens, scope.end).is_some();
            (!foreign && !orders && !self.only_compared(&scope, item)).then_some(scope)
        })
    }

    /// "cao nhất cả nước", "so với huyện B": named for comparison, unless the quantity is told of it right behind.
    fn only_compared(&self, scope: &Range<usize>, item: &Found) -> bool {
        let tokens = &self.work.tokens;
        if self.is_far_from(scope, item) {
            return true;
        }
        let joins = |i: usize| {
            self.work.token(i).is_some_and(|t| t.kind == TokenKind::Punct && !t.is(',') && !t.is(';'))
                || self.words.name_tail.before(tokens, i + 1).is_some()
                || self.has(&self.clauses.still, i)
        };
        let direct = scope.end <= item.tokens.start && (scope.end..item.tokens.start).all(joins);
        let compared = self.clauses.compared_with.before(tokens, scope.start).is_some();
        // "thấp hơn cả nước 1,2‰".
        if direct && !(compared && item.role == Role::Gap) {
            return false;
        }
        let country = self.clauses.countries.at(tokens, scope.start).is_some();
        compared || country && self.is_aside(scope, item)
    }

    /// "cách thành phố Bến Tre khoảng 18 km và thị trấn Ba Tri khoảng 16 km": from where a length is measured.
    fn is_far_from(&self, scope: &Range<usize>, item: &Found) -> bool {
        let far = &self.clauses.far_from;
        if item.kind != Kind::Measure || scope.end > item.tokens.start {
            return false;
        }
        let low = scope.start.saturating_sub(FAR);
        let clause = (low..scope.start).rev().take_while(|&i| !self.is_any(i, [';', '.']));
        clause.into_iter().any(|i| far.before(&self.work.tokens, i + 1).is_some())
    }

    /// Whether the country is named far into a sentence, and neither does something nor has what is measured.
    fn is_aside(&self, scope: &Range<usize>, item: &Found) -> bool {
        let tokens = &self.work.tokens;
        // "8,5% của cả nước".
        if item.kind != Kind::Rank && scope.start == item.tokens.end + 1 {
            return false;
        }
        // "trong 9 tháng cả nước đón hơn 5,4 triệu lượt khách": who does it.
        let acts = scope.end < item.tokens.start
            && self.clauses.country_verbs.at(tokens, scope.end).is_some()
            && scope.start.checked_sub(1).is_some_and(|i| self.in_date(i) || self.work.is_punct(i));
        let sentence = self.sentences.tokens(self.sentences.number(scope.start), tokens.len());
        !acts && scope.start > sentence.start + LEAD_TOKENS
    }
}
