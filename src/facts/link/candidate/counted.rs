//! The noun of a count with what the name of another figure says of it: "410 hộ" behind "tỷ lệ hộ nghèo 8%" are "hộ nghèo".

use std::ops::Range;

use smol_str::SmolStr;

use crate::claim::indicator::{Found, Kind};
use crate::facts::link::around::Around;
use crate::facts::link::class::is_of_class;
use crate::facts::link::{Linker, Place};
use crate::words::token::{Gap, Kind as TokenKind};
use crate::words::{lower_first, one_line};

/// Most tokens of "tổng số".
const TOTAL: usize = 3;
/// Most tokens between another figure and the "với" of a count that shares its name: its unit.
const BETWEEN: usize = 3;
/// Most words of what was counted before, behind its unit.
const NOUN: usize = 3;
/// Most words of a verb before a figure: "thi hành kỷ luật".
const VERB: usize = 3;

impl Linker<'_, '_> {
    /// The noun of a count right behind another figure, with the name of that one.
    pub(super) fn shared_with(&self, around: &Around<'_>) -> Option<String> {
        let (item, place) = (around.item, around.place);
        let previous = place.previous.filter(|p| p.kind != Kind::Percentage && p.unit != item.unit)?;
        let noun = item.unit.as_deref().filter(|_| matches!(item.kind, Kind::Count | Kind::Ratio))?;
        let joint = item.tokens.start.checked_sub(1)?;
        let shares = self.has(&self.clauses.shares_with, joint);
        let close = joint.saturating_sub(previous.tokens.end) <= BETWEEN;
        // "26 trường THPT, 6 trung tâm với tổng số 168.420 học sinh": of all of them.
        let of_all = |i: usize| self.clauses.of_all.at(&self.work.tokens, i).is_some();
        let close = close && !(previous.tokens.end..item.tokens.start).any(of_all);
        let name = previous.name.as_deref().filter(|n| shares && close && !n.contains(noun))?;
        Some(format!("{noun} {}", self.without_visits(&lower_first(name), previous)))
    }

    /// "kiểm tra 318 tổ chức, 1.240 đảng viên": the noun of a count, or nothing, with the verb of the figure before in its list.
    pub(super) fn done_with(&self, around: &Around<'_>) -> Option<String> {
        let (item, place) = (around.item, around.place);
        let previous = place.previous.filter(|p| p.kind != Kind::Percentage && p.unit != item.unit)?;
        let joint = item.tokens.start.checked_sub(1)?;
        let joins = self.work.is(joint, ',') || self.has(&self.clauses.joins, joint);
        let noun = previous.tokens.end..joint;
        let word = |i: usize| self.work.is_word(i) && !self.has(&self.words.ends, i);
        if !joins || noun.len() > NOUN || !noun.clone().all(word) {
            return None;
        }
        let verb = self.verb_before(previous)?;
        match item.kind {
            Kind::Count => item.unit.as_deref().map(|unit| format!("{verb} {unit}")),
            Kind::Money | Kind::Measure => Some(verb),
            _ => None,
        }
    }

    /// The verb right before a figure, or, where that stands in a list itself, that of its name.
    fn verb_before(&self, figure: &Found) -> Option<String> {
        let at = self.without_bound(figure.tokens.start);
        let (tokens, words) =
            (&self.work.tokens, |n: usize| one_line(self.work.words(at - n..at)).to_string());
        let act = self.clauses.acts.before(tokens, at).map(|(n, ())| words(n));
        let verb = |n: &usize| at.checked_sub(*n).is_some_and(|i| self.has(&self.words.name_verbs, i));
        let named = || {
            let noun = figure.unit.as_deref()?;
            let rest = figure.name.as_deref()?.strip_suffix(noun)?.trim_end();
            (!rest.is_empty()).then(|| rest.to_owned())
        };
        let near = || (2..=VERB).rev().find(verb).map(words);
        act.or_else(near).or_else(named)
    }

    /// What the name of a figure says without the noun that only counts visits or sessions.
    fn without_visits<'n>(&self, name: &'n str, of: &Found) -> &'n str {
        // "1.850 lượt công dân với 2.120 người": the people themselves, not their visits.
        let visits = |u: &&str| self.clauses.visits.iter().any(|v| u.starts_with(v.as_str()));
        let unit = of.unit.as_deref().filter(visits);
        let name = unit.and_then(|u| name.strip_prefix(u)).map_or(name, str::trim_start);
        // "25 lớp tập huấn cho 1.250 lượt người": people are trained, not courses.
        let session = |first: &str| self.clauses.sessions.iter().any(|s| s == first);
        name.split_once(' ').filter(|(first, _)| session(first)).map_or(name, |(_, rest)| rest)
    }

    /// The noun of a count with what follows it in the name of a figure before it.
    pub(super) fn completed(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let counts = matches!(item.kind, Kind::Count | Kind::Ratio);
        let noun = item.unit.as_deref().filter(|_| counts && !self.counts_all(item))?;
        let told = [place.told, place.previous, place.spoken, place.earlier];
        // "Tỷ lệ hộ nghèo còn 45,8%. … Xã có 612 hộ": what a share was of does not say which are counted later on.
        let breaks = |i: usize| self.work.token(i).is_some_and(|t| t.gap >= Gap::Line);
        let near = |p: &&Found| {
            p.kind != Kind::Percentage
                || !(p.tokens.end..item.tokens.start).take(super::floor::BEFORE).any(breaks)
        };
        let told = told.into_iter().flatten().filter(|p| !is_of_class(p)).filter(near);
        told.filter_map(|p| p.name.as_deref()).find_map(|name| from_noun(name, noun))
    }

    /// "6 trung tâm với tổng số 168.420 học sinh": the words of the total; what stands before "với" has a figure of its own.
    pub(in crate::facts::link) fn total_before(&self, item: &Found) -> Option<Range<usize>> {
        // "nâng tổng số lên 12 khu công nghiệp".
        let raised = item.tokens.start.checked_sub(1).is_some_and(|i| self.has(&self.clauses.arrives, i));
        let start = item.tokens.start - usize::from(raised);
        let all = |n: &usize| {
            let at = start.checked_sub(*n).and_then(|i| self.clauses.of_all.at(&self.work.tokens, i));
            at.is_some_and(|(m, ())| m == *n)
        };
        let n = (1..=TOTAL).rev().find(all).filter(|_| item.kind == Kind::Count)?;
        let before = start.checked_sub(n + 1).and_then(|i| self.work.token(i));
        let first = self.work.token(start - n).is_some_and(|t| t.gap >= Gap::Line);
        let opens = first || before.is_none_or(|t| t.kind == TokenKind::Punct);
        let with = before.is_some_and(|t| self.clauses.shares_with.has(t));
        (with || n > 1 && (raised || opens)).then_some(start - n..start)
    }
}

/// A name from the noun on, which has words behind it: "hộ nghèo" of "tỷ lệ hộ nghèo" from "hộ".
fn from_noun(name: &str, noun: &str) -> Option<SmolStr> {
    let low = name.to_lowercase();
    let stands = |&at: &usize| {
        let open = low.get(..at).is_some_and(|b| b.is_empty() || b.ends_with(' '));
        let goes_on = low.get(at + noun.len()..).is_some_and(|b| b.starts_with(' '));
        open && goes_on && low.len() == name.len()
    };
    let at = low.match_indices(noun).map(|(at, _)| at).find(stands)?;
    name.get(at..).map(SmolStr::new)
}
