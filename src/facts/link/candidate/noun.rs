//! The noun phrase behind a number: "hồ sơ được giải quyết đúng hạn" of "98% hồ sơ được giải quyết đúng hạn".

use std::ops::Range;

use super::Source;
use super::list::Candidates;
use crate::claim::indicator::{Found, Kind};
use crate::facts::link::around::Around;
use crate::facts::link::{Linker, Place};
use crate::words::one_line;

/// Within so many tokens behind a noun the words of a sum stand.
const SUM_WITHIN: usize = 3;
/// Most words of what was done behind a comma: "giải quyết".
const ACT: usize = 2;

impl<'a> Linker<'_, 'a> {
    /// Where the noun behind a number begins.
    pub(super) fn noun_behind(&self, item: &Found, place: &Place<'_>) -> usize {
        let noun = self.noun_start(item);
        // "620/600 ha rừng": a unit of measure is no noun.
        let counts = item.kind == Kind::Count || item.kind == Kind::Ratio && !self.physical(item);
        if counts && noun < item.tokens.end {
            return noun;
        }
        let mut start = item.tokens.end;
        while start < place.sentence.end && self.clauses.before_nouns.at(&self.work.tokens, start).is_some() {
            start += 1;
        }
        // "trong đó 11,6 km đã được láng nhựa": what was done to it.
        while matches!(item.kind, Kind::Measure | Kind::Money)
            && start < place.sentence.end
            && self.has(&self.clauses.predicates, start)
            && self.clauses.never_first.at(&self.work.tokens, start).is_some_and(|(n, ())| n == 1)
        {
            start += 1;
        }
        start
    }

    /// The phrases behind the number, with the predicate that the next figure shares.
    /// `noun`: where the noun begins; `ends`: where it may end.
    pub(super) fn add_behind<'c>(
        &self,
        around: &Around<'c>,
        noun: usize,
        ends: &[usize],
        out: &mut Candidates<'c>,
    ) where
        'a: 'c,
    {
        let members = is_first_of_members(around);
        let parted = self.parts_clauses(around.item, noun);
        for &end in ends {
            let tokens = noun..end;
            // "trực tuyến 9.836 hồ sơ, trực tiếp 18.268 hồ sơ": each member stands before its figure.
            let past_member = members && tokens.clone().any(|i| self.work.is(i, ','));
            let past_clause = parted && end > around.item.tokens.end;
            if !past_member && !past_clause && self.may_name(around, &tokens) {
                out.add(self.plain(tokens.clone()), tokens, Source::Behind);
            }
        }
        if let Some((own, shared)) = self.shared(around, noun) {
            let text = format!("{} {}", self.plain(own), self.plain(shared));
            out.add_made(Some(text), Source::Shared);
        }
    }

    /// "tiếp nhận 14.870 hồ sơ, giải quyết đúng hạn 98,9%": whether another clause begins at the comma right behind the noun.
    fn parts_clauses(&self, item: &Found, noun: usize) -> bool {
        let end = item.tokens.end;
        let label = |n: usize| one_line(self.work.words(end + 1..end + 1 + n)).to_lowercase();
        let act =
            |n: usize| self.work.token(end + 1 + n).is_some() && self.clauses.label_acts.contains(&label(n));
        self.work.is(end, ',') && noun < end && (1..=ACT).any(act)
    }

    /// Whether a phrase behind the number is whole and leaves the words of the next figure to that.
    pub(super) fn may_name(&self, around: &Around<'_>, tokens: &Range<usize>) -> bool {
        let behind = around.item.tokens.end;
        // "2 vụ làm 1 người chết".
        let light = tokens.end == behind + 1 && self.has(&self.clauses.light, behind);
        !light
            && self.is_whole(tokens)
            && !self.ends_with_sum(tokens)
            && !self.brings_sum(tokens, around.place)
    }

    /// Whether words at a token open a clause that begins with a figure: "làm chết 5 người".
    pub(super) fn opens(&self, i: usize, figure: &Found) -> bool {
        self.clauses.openers.at(&self.work.tokens, i).is_some_and(|(n, ())| i + n == figure.tokens.start)
    }

    /// "lượt người với số tiền": the words of the sum that follows belong to that.
    fn ends_with_sum(&self, tokens: &Range<usize>) -> bool {
        let joins = |i: &usize| self.has(&self.clauses.shares_with, *i);
        let Some(joint) = tokens.clone().rev().find(joins) else { return false };
        let sum = one_line(self.work.words(joint + 1..tokens.end)).to_lowercase();
        self.clauses.bare_sums.contains(&sum)
    }

    /// "1 dự án FDI vốn 5 triệu USD": the last word belongs to the sum that follows.
    pub(super) fn brings_sum(&self, tokens: &Range<usize>, place: &Place<'_>) -> bool {
        let money = |n: &&Found| n.kind == Kind::Money && n.tokens.start < tokens.end + SUM_WITHIN;
        let sum = || self.clauses.brought_sums.before(&self.work.tokens, tokens.end);
        place.next.filter(money).is_some() && sum().is_some_and(|(n, ())| n < tokens.len())
    }
}

/// Whether a count is followed by one of the same unit: "trực tuyến 9.836 hồ sơ, trực tiếp 18.268 hồ sơ".
fn is_first_of_members(around: &Around<'_>) -> bool {
    let (item, place) = (around.item, around.place);
    place.next.is_some_and(|n| {
        let counts = item.kind == Kind::Count && n.kind == Kind::Count && n.unit == item.unit;
        counts && n.tokens.start < place.sentence.end && around.substance.0 > 0
    })
}
