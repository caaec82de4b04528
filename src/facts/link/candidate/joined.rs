//! What is done before a number, with the noun behind it: "kiên cố hóa 6,5 km kênh mương" is "kiên cố hóa kênh mương".

use std::ops::Range;

use super::list::Candidates;
use crate::claim::indicator::{Found, Kind};
use crate::facts::link::Linker;
use crate::facts::link::around::Around;
use crate::words::lower_first;

/// Most words of what is done.
const VERB: usize = 5;
/// Most words of the noun behind.
const NOUN: usize = 8;
/// Most ends of the noun.
const ENDS: usize = 3;

impl<'a> Linker<'_, 'a> {
    /// Every plausible verb right before the number with the nearest ends of the noun behind it.
    /// `noun`: where the noun begins; `ends`: where it may end.
    pub(super) fn add_joined<'c>(
        &self,
        around: &Around<'c>,
        noun: usize,
        mut ends: Vec<usize>,
        out: &mut Candidates<'c>,
    ) where
        'a: 'c,
    {
        let item = around.item;
        if matches!(item.kind, Kind::Money | Kind::Rank | Kind::Score) {
            return;
        }
        let verbs = self.verbs_before(around);
        if verbs.is_empty() {
            return;
        }
        // The noun of a count alone stands in the phrases before it.
        ends.retain(|&end| {
            end > item.tokens.end && end <= noun + NOUN && self.may_name(around, &(noun..end))
        });
        ends.sort_unstable();
        ends.dedup();
        ends.truncate(ENDS);
        for verb in verbs {
            for &end in &ends {
                let object = self.plain(noun..end);
                let text = format!("{} {}", lower_first(&self.in_one_line(&verb)), lower_first(&object));
                out.add_joined(text, verb.clone(), noun..end);
            }
        }
    }

    /// The stretches right before a number that may say what is done.
    fn verbs_before(&self, around: &Around<'_>) -> Vec<Range<usize>> {
        let item = around.item;
        let end = self.without_bound(item.tokens.start);
        let low = around.own.start.max(around.floor).max(end.saturating_sub(VERB));
        // "làm được 12 km đường", "hỗ trợ cho 24 hộ nghèo": what only joins the verb and its number is left out; "trồng mới" stays whole.
        let joins = end > low && self.has(&self.words.ends, end - 1);
        let end = if joins { self.without_joints(low, end) } else { end };
        let word = |i: &usize| self.work.is_word(*i) && !self.in_date(*i);
        let starts = (low..end).rev().take_while(word);
        let begins = |&start: &usize| self.begins_verb(item, start..end, low) && self.may_begin(start);
        starts.filter(begins).map(|start| start..end).collect()
    }

    /// Whether what is done may begin so: a verb, an act up to the end, or, before what no share is of, the beginning of the clause.
    fn begins_verb(&self, item: &Found, tokens: Range<usize>, low: usize) -> bool {
        let Range { start, end } = tokens;
        let act = self.clauses.acts.before(&self.work.tokens, end).is_some_and(|(n, ())| end - n == start);
        let parted = |i: usize| !self.work.is_word(i) || self.in_date(i);
        // "Toàn xã gieo 2.150 ha lúa", "Huyện trồng 310 ha quế": behind the place.
        let area = |i: usize| self.has(&self.words.areas, i);
        let place = |i: usize| self.scope_at(i) == Some(start) || area(i) && i + 1 == start;
        let opens = start == low || start.checked_sub(1).is_some_and(parted) || (low..start).any(place);
        let opens = opens && self.scope_at(start).is_none() && !area(start);
        act || opens && item.kind != Kind::Percentage || self.has(&self.words.name_verbs, start)
    }
}
