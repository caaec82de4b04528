//! Stage 5, cells: a cell with words about its numbers: "12 ha", "Khoảng 4", "03 xã", "11% trở lên".

use std::ops::Range;

use smol_str::SmolStr;

use super::{CellReader, NAME_WORDS};
use crate::claim::indicator::{Bound, Found, Outcome};
use crate::facts::cells::value;
use crate::structure::table::Cell;
use crate::words::one_line;
use crate::words::token::Kind;

impl CellReader<'_, '_, '_> {
    /// The figures of a cell with words: each with its own unit, bound and name where the words say them.
    pub(super) fn worded(&mut self, cell: &Cell) {
        let tokens = &cell.tokens;
        let mut next = tokens.start;
        while let Some(numeral) = self.scan.free_numeral(next, tokens.end) {
            next = numeral.end;
            let own = match self.scan.quantity(numeral) {
                Outcome::Items(items) => items.iter().all(|f| f.tokens.end <= tokens.end).then_some(items),
                // "COVID-19", "K8": a name in the cell.
                Outcome::Nothing(rule) if rule == self.scan.words.rules.none_glued => continue,
                Outcome::Nothing(_) => None,
            };
            let mut items = own.unwrap_or_else(|| self.bounded(cell, numeral.first..numeral.end));
            if items.is_empty() {
                continue;
            }
            next = items.last().map_or(next, |f| f.tokens.end.max(next));
            self.say_own(cell, numeral.first..next, &mut items);
            self.out.numerals.push((numeral.first..numeral.end, Outcome::Items(items)));
        }
    }

    /// Gives figures what their headings say, and over that what the words of the cell say.
    fn say_own(&self, cell: &Cell, figures: Range<usize>, items: &mut Vec<Found>) {
        let said = self.said_bound(cell, figures.start, figures.end);
        let own = self.own_name(cell, figures.start);
        let settled = std::mem::take(items).into_iter().map(|f| {
            let mut item = self.settle(cell, f);
            if let Some(bound) = said.filter(|_| item.bound == Bound::Exact) {
                (item.bound, item.why.bound) = (bound, "cell.own");
            }
            if let Some(name) = &own {
                item.name = Some(name.clone());
                item.why.name = "cell.own";
            }
            item
        });
        *items = settled.collect();
    }

    /// "Dưới 20%", "11% trở lên": the bound that stands right beside the figures of a cell.
    fn said_bound(&self, cell: &Cell, from: usize, to: usize) -> Option<Bound> {
        let (words, tokens) = (self.scan.words, &self.scan.work.tokens);
        let before = words.bound_before.before(tokens, from).filter(|(n, _)| from - n >= cell.tokens.start);
        let after = || words.bound_after.at(tokens, to).filter(|(n, _)| to + n <= cell.tokens.end);
        before.or_else(after).map(|(_, &bound)| bound)
    }

    /// "Công suất 1.000 tấn/năm" under "Quy mô": what the words of the cell before its first figure say is measured.
    fn own_name(&self, cell: &Cell, figure: usize) -> Option<SmolStr> {
        let scan = self.scan;
        let start = cell.tokens.start;
        scan.words.name_heads.at(&scan.work.tokens, start).filter(|(n, _)| start + n <= figure)?;
        let bound = scan.words.bound_before.before(&scan.work.tokens, figure).map_or(0, |(n, _)| n);
        let end = figure.saturating_sub(bound);
        let plain = |i: usize| scan.token(i).is_some_and(|t| t.kind == Kind::Word);
        let words = start..end;
        ((1..=NAME_WORDS).contains(&words.len()) && words.clone().all(plain))
            .then(|| one_line(scan.work.words(words)))
    }

    /// "Khoảng 4": a number with nothing but a bound before it has the unit of its headings.
    fn bounded(&self, cell: &Cell, numeral: Range<usize>) -> Vec<Found> {
        let scan = self.scan;
        let before = numeral.start.checked_sub(1).filter(|&i| i >= cell.tokens.start);
        let bound = scan.words.bound_before.before(&scan.work.tokens, numeral.start).map(|(n, &b)| (n, b));
        let led = bound.is_some_and(|(n, _)| numeral.start - n <= cell.tokens.start);
        if !(before.is_none() || led) || numeral.end < cell.tokens.end {
            return Vec::new();
        }
        let Some((mut numbers, shape)) = value::read(scan, &numeral) else { return Vec::new() };
        if let (Some((_, bound)), Some(number)) = (bound, numbers.first_mut()) {
            number.bound = bound;
        }
        self.of_numbers(cell, &numbers, shape)
    }
}
