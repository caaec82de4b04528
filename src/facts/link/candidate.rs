//! Stage 5, linking: the phrases that may name a quantity. Every plausible beginning before it with every plausible end,
//! every plausible end of the noun phrase behind it, and what the rules would say.
//!
//! "Tỷ lệ hộ nghèo cuối năm giảm còn 2,47%" offers "Tỷ lệ hộ nghèo", "Tỷ lệ hộ nghèo cuối năm", "hộ nghèo" and more;
//! [`super::rank`] chooses among them.

use std::ops::Range;

use smol_str::SmolStr;

use super::before::content;
use super::behind::follows;
use super::{Linker, Place};
use crate::claim::indicator::{Found, Kind, Role};
use crate::words::one_line;
use crate::words::token::{Gap, Kind as TokenKind};

/// Most tokens before a quantity that its name may begin at.
const BEFORE: usize = 40;
/// Most tokens behind it that its name may reach.
const BEHIND: usize = 24;
/// How many tokens back the name of an index may stand.
const INDEX_REACH: usize = 150;
/// Most beginnings and ends of phrases before it.
const STARTS: usize = 10;
const ENDS: usize = 6;

/// Where a candidate comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The rules' own answer.
    Rule,
    /// Words before the quantity.
    Before,
    /// The noun behind its number.
    Behind,
    /// The name of the quantity before it.
    Previous,
    /// The name of the last quantity of the sentence before.
    Earlier,
    /// The noun behind its number with the predicate that it shares with the next one.
    Shared,
    /// What the lead-in of its list, or its heading, is about.
    Lead,
    /// The index that a place or a score is one of: named last before it, or behind "về".
    Index,
}

/// A phrase that may name a quantity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// As the name would be written.
    pub text: SmolStr,
    /// Its tokens, where it is a stretch of the text.
    pub tokens: Range<usize>,
    /// Where it comes from.
    pub source: Source,
}

impl Linker<'_, '_> {
    /// The candidates for the name of a quantity; the first is the rules' own, if they have one.
    pub(super) fn candidates(
        &self,
        item: &Found,
        place: &Place<'_>,
        rule: Option<&SmolStr>,
    ) -> Vec<Candidate> {
        let mut out: Vec<Candidate> = Vec::new();
        let mut add = |text: SmolStr, tokens: Range<usize>, source: Source| {
            let own = tokens.is_empty() || self.is_whole(&tokens);
            if own && !text.is_empty() && !out.iter().any(|c| c.text == text && c.source == source) {
                out.push(Candidate { text, tokens, source });
            }
        };
        if let Some(rule) = rule {
            add(rule.clone(), 0..0, Source::Rule);
        }
        if let Some(name) = self.taken_over(item, place) {
            add(name, 0..0, Source::Previous);
        }
        if let Some(name) = place.earlier.and_then(|p| p.name.clone()) {
            add(name, 0..0, Source::Earlier);
        }
        if let Some(name) = self.lead_name(place).or_else(|| self.heading_name(place)) {
            add(name, 0..0, Source::Lead);
        }
        if matches!(item.kind, Kind::Rank | Kind::Score) {
            for index in self.indices(item, place).into_iter().flatten() {
                add(self.plain(index.clone()), index, Source::Index);
            }
        }
        let noun = self.noun_behind(item, place);
        for end in self.ends_behind(item, place, noun) {
            add(self.plain(noun..end), noun..end, Source::Behind);
        }
        if let Some((own, shared)) = self.shared(item, place, noun) {
            add(
                smol_str::format_smolstr!("{} {}", self.plain(own), self.plain(shared)),
                0..0,
                Source::Shared,
            );
        }
        let ends = self.ends_before(item, place);
        for start in self.starts_before(item, place) {
            for &end in ends.iter().filter(|&&end| end > start) {
                if (start..end).any(|i| self.work.token(i).is_some_and(content)) {
                    add(self.with_noun(item, start..end), start..end, Source::Before);
                }
            }
        }
        out
    }

    /// "đứng thứ 17/63 về mức độ chuyển đổi số"; "Chỉ số CCHC của tỉnh … Năm nay tỉnh xếp thứ 5": the index that a place or
    /// score is one of, behind it and before it.
    fn indices(&self, item: &Found, place: &Place<'_>) -> [Option<Range<usize>>; 2] {
        let ends = |start: usize, limit: usize| {
            let stop = |&i: &usize| {
                self.work.token(i).is_none_or(|t| {
                    t.kind == TokenKind::Punct && !t.is('(') && !t.is(')') && !t.is('-') && !t.is('/')
                        || t.kind == TokenKind::Number
                        || i > start
                            && (self.clauses.predicates.has(t)
                                || self.words.bound_before.before(&self.work.tokens, i + 1).is_some())
                }) || self.in_date(i)
            };
            let mut end = (start..limit).find(stop).unwrap_or(limit);
            while end > start && !self.is_whole(&(start..end)) {
                end -= 1;
            }
            (end > start).then_some(start..end)
        };
        let tokens = &self.work.tokens;
        let behind = (item.tokens.end..self.own_end(item, place))
            .find(|&i| self.clauses.index_behind.at(tokens, i).is_some());
        let behind = behind.and_then(|i| ends(i + 1, place.sentence.end.min(i + BEHIND)));
        let low = item.tokens.start.saturating_sub(INDEX_REACH);
        let before =
            (low..item.tokens.start).rev().find(|&i| self.clauses.index_heads.at(tokens, i).is_some());
        let before = before.and_then(|i| ends(i, item.tokens.start.min(i + BEHIND)));
        [behind, before]
    }

    /// The name of the quantity before, where this one may be told of the same: not of another unit, but for a change of the
    /// last of its own unit ("112 vụ, làm chết 4 người, giảm 3 vụ").
    fn taken_over(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let previous = place.previous?;
        let share = |f: &Found| f.kind == Kind::Percentage;
        let change = matches!(item.role, Role::Change | Role::Gap);
        if share(item) || share(previous) && change || previous.unit == item.unit {
            return previous.name.clone();
        }
        place.alike.or(Some(previous).filter(|_| change)).and_then(|p| p.name.clone())
    }

    /// A stretch on one line, without what its closed brackets hold.
    fn plain(&self, tokens: Range<usize>) -> SmolStr {
        let Some(open) = tokens.clone().find(|&i| {
            self.work.token(i).is_some_and(|t| t.is('('))
                && self.brackets.closing(i).is_some_and(|c| c + 1 < tokens.end)
        }) else {
            return one_line(self.work.words(tokens));
        };
        let close = self.brackets.closing(open).map_or(tokens.end, |c| c + 1);
        let (before, behind) = (self.plain(tokens.start..open), self.plain(close..tokens.end));
        if before.is_empty() { behind } else { smol_str::format_smolstr!("{before} {behind}") }
    }

    /// The words before a count with its noun: "hồ sơ nhận trực tuyến" of "nhận trực tuyến 606 hồ sơ".
    fn with_noun(&self, item: &Found, before: Range<usize>) -> SmolStr {
        let phrase = self.plain(before.clone());
        let noun = self.noun_start(item)..item.tokens.end;
        let counts = matches!(item.kind, Kind::Count | Kind::Ratio) && noun.start < noun.end;
        let word = |i: usize| self.work.token(i).map_or(0, |t| t.word);
        let first = word(noun.start);
        let has = first != 0 && before.clone().any(|i| word(i) == first);
        // "Đàn dê 1.250 con": a unit that only counts adds nothing.
        let only_counts = self.is_one_of(item, &self.words.classifiers);
        if !counts
            || has
            || only_counts
            || self.physical(item)
            || self.words.name_heads.at(&self.work.tokens, before.start).is_some()
        {
            return phrase;
        }
        let noun = item.unit.clone().unwrap_or_else(|| one_line(self.work.words(noun)));
        // "làm chết 9 người", "hỗ trợ cho 128 hộ": verb and noun in the order of the language.
        let verb = |i: usize| self.work.token(i).is_some_and(|t| self.words.name_verbs.has(t));
        if verb(before.start) {
            smol_str::format_smolstr!("{phrase} {noun}")
        } else {
            smol_str::format_smolstr!("{noun} {}", super::name::lower_first(&phrase))
        }
    }

    /// Where the noun behind a number begins.
    fn noun_behind(&self, item: &Found, place: &Place<'_>) -> usize {
        let noun = self.noun_start(item);
        if matches!(item.kind, Kind::Count | Kind::Ratio) && noun < item.tokens.end {
            return noun;
        }
        let mut start = item.tokens.end;
        while start < place.sentence.end && self.clauses.before_nouns.at(&self.work.tokens, start).is_some() {
            start += 1;
        }
        start
    }

    /// Where a noun phrase behind a number may end: before each word or mark that may open something else.
    fn ends_behind(&self, item: &Found, place: &Place<'_>, noun: usize) -> Vec<usize> {
        let mut ends = Vec::new();
        let limit = self.own_end(item, place).min(noun + BEHIND);
        let first = self.work.token(noun).filter(|t| t.kind == TokenKind::Word && follows(t));
        // "thu ngân sách 6 tỷ, bằng 58% dự toán": of what the share is, does not say what it measures.
        let share = item.kind == Kind::Percentage
            && self.words.share_of.at(&self.work.tokens, noun).is_some()
            && (first.is_some_and(|t| self.words.stop.has(t))
                || self.clauses.said_again.before(&self.work.tokens, item.tokens.start).is_some());
        if share || first.is_none() || noun >= limit.max(item.tokens.end) {
            return ends;
        }
        let mut i = item.tokens.end.max(noun + 1);
        while i < limit {
            let Some(token) = self.work.token(i) else { break };
            if matches!(token.gap, Gap::Para | Gap::Tab) || token.is('|') {
                break;
            }
            if token.is('(')
                && let Some(close) = self.brackets.closing(i)
            {
                ends.push(i);
                i = close + 1;
                continue;
            }
            let opens = self.words.ends.has(token) || self.clauses.openers.at(&self.work.tokens, i).is_some();
            if token.kind == TokenKind::Punct && token.gap != Gap::Glued
                || token.is(',')
                || opens
                || token.is(':')
            {
                ends.push(i);
            }
            i += 1;
        }
        // Where the reach ends, no phrase does.
        if i < noun + BEHIND {
            ends.push(i.min(limit).max(item.tokens.end));
        }
        let idle = |i: usize| {
            self.work.token(i).is_none_or(|t| {
                t.kind == TokenKind::Punct && !t.is(')') && !t.is('”') || self.words.dangling.has(t)
            })
        };
        for end in &mut ends {
            while *end > noun && *end > item.tokens.end && idle(*end - 1) {
                *end -= 1;
            }
        }
        ends.dedup();
        ends.retain(|&end| end > noun);
        ends
    }

    /// "60% hồ sơ cấp huyện và 50% hồ sơ cấp xã được giải quyết": the noun of the first, and the predicate of the second.
    fn shared(&self, item: &Found, place: &Place<'_>, noun: usize) -> Option<(Range<usize>, Range<usize>)> {
        let next = place.next.filter(|n| n.kind == item.kind && n.tokens.start < place.sentence.end)?;
        let verb = |i: &usize| self.work.token(*i).is_some_and(|t| self.clauses.predicates.has(t));
        let own = noun..self.own_end(item, place);
        if own.is_empty() || own.clone().any(|i| verb(&i)) {
            return None;
        }
        let close = |i: usize| {
            self.work.token(i).is_some_and(|t| t.is(','))
                || self.work.token(i).is_some_and(|t| self.clauses.joins.has(t))
                || self.words.bound_before.before(&self.work.tokens, i + 1).is_some()
        };
        if !(own.end..next.tokens.start).all(close) {
            return None;
        }
        let end = place.sentence.end.min(next.tokens.end + BEHIND);
        let stop = |i: &usize| {
            self.work
                .token(*i)
                .is_some_and(|t| t.is(';') || t.is('.') || t.is(':') || t.kind == TokenKind::Number)
        };
        let end = (next.tokens.end..end).find(stop).unwrap_or(end);
        let open = |i: &usize| self.brackets.around(*i).is_none_or(|b| b.start < item.tokens.start);
        let start = (next.tokens.end..end).filter(open).find(verb)?;
        let comma = |&i: &usize| {
            self.work.token(i).is_some_and(|t| t.is(','))
                && self.clauses.openers.at(&self.work.tokens, i + 1).is_some()
        };
        let end = (start..end).find(comma).unwrap_or(end);
        Some((own, start..end)).filter(|_| end < next.tokens.end + BEHIND)
    }

    /// Whether a stretch begins and ends with words of its own, and has all of its brackets.
    fn is_whole(&self, tokens: &Range<usize>) -> bool {
        let (Some(first), Some(last)) = (self.work.token(tokens.start), self.work.token(tokens.end - 1))
        else {
            return false;
        };
        let opens = first.kind != TokenKind::Punct || first.is('“') || first.is('"');
        let ends = last.kind != TokenKind::Punct || last.is(')') || last.is('”') || last.is('"');
        let tokens_of = &self.work.tokens;
        let hangs = self.clauses.never_last.has(last)
            || self.clauses.never_first.at(tokens_of, tokens.start).is_some()
                && self.words.lead_keep.at(tokens_of, tokens.start).is_none();
        let mut depth = 0i32;
        let balanced = tokens.clone().all(|i| {
            depth += i32::from(self.work.token(i).is_some_and(|t| t.is('(')));
            depth -= i32::from(self.work.token(i).is_some_and(|t| t.is(')')));
            depth >= 0
        });
        opens && ends && !hangs && balanced && depth == 0
    }

    /// Where a phrase before a quantity may end: before what joins it to the number, and before each verb in it.
    fn ends_before(&self, item: &Found, place: &Place<'_>) -> Vec<usize> {
        let floor = self.floor(item, place);
        let mut end = item.tokens.start;
        let mut ends = vec![end];
        self.strip(&mut end, floor, &mut ends);
        if let Some(date) = self.date_before(end).filter(|&d| d > floor) {
            end = date;
            ends.push(end);
            self.strip(&mut end, floor, &mut ends);
        }
        ends.reverse();
        let inner = (floor + 1..end).rev().filter(|&i| !self.keeps(floor, i + 1)).filter(|&i| {
            self.work.token(i).is_some_and(|t| self.words.ends.has(t) || t.is('(') || t.is(','))
                || self.in_date(i) && !self.in_date(i - 1)
        });
        ends.extend(inner);
        ends.truncate(ENDS + 4);
        ends
    }

    /// Strips what joins a phrase and its number, step by step; compounds that end in such a word stay whole.
    fn strip(&self, end: &mut usize, floor: usize, ends: &mut Vec<usize>) {
        while *end > floor && !self.keeps(floor, *end) {
            let Some(n) = self.joint(*end) else { break };
            // "vốn cấp mới đạt": the first word of the tail may belong to the name.
            let partly = n > 1 && self.keeps(floor, *end - (n - 1));
            *end = end.saturating_sub(if partly { n - 1 } else { n }).max(floor);
            ends.push(*end);
        }
    }

    /// The first token that a phrase before a quantity may begin at.
    fn floor(&self, item: &Found, place: &Place<'_>) -> usize {
        let previous = place.previous.map_or(place.sentence.start, |p| p.tokens.end);
        let open = self.brackets.around(item.tokens.start).map_or(0, |b| b.start + 1);
        place
            .sentence
            .start
            .max(previous)
            .max(open)
            .max(item.tokens.start.saturating_sub(BEFORE))
            .min(item.tokens.start)
    }

    /// Where a phrase before a quantity may begin: behind marks and joining words, at heads of names, behind dates.
    fn starts_before(&self, item: &Found, place: &Place<'_>) -> Vec<usize> {
        let floor = self.floor(item, place);
        let tokens = &self.work.tokens;
        let mut starts: Vec<usize> = Vec::new();
        let mut add = |mut at: usize| {
            at = self.past_mark(at, item.tokens.start);
            if !starts.contains(&at) {
                starts.push(at);
            }
            while at < item.tokens.start {
                let date = self.date_at(at);
                let lead = self
                    .words
                    .name_lead
                    .at(tokens, at)
                    .filter(|_| self.words.lead_keep.at(tokens, at).is_none());
                let Some(to) = date.or_else(|| lead.map(|(n, ())| at + n)) else { break };
                at = to;
                if !starts.contains(&at) {
                    starts.push(at);
                }
            }
        };
        for i in (floor..item.tokens.start).rev() {
            let Some(token) = self.work.token(i) else { continue };
            let mark = token.kind == TokenKind::Punct && token.gap != Gap::Glued
                || token.is(',')
                || token.is(';')
                || token.is(':');
            let joins = self.words.openers.has(token) || self.clauses.joins.has(token);
            if mark || joins || self.in_date(i) && !self.in_date(i + 1) {
                add(i + 1);
            }
            if self.words.name_heads.at(tokens, i).is_some()
                || self.words.units.at(tokens, i).is_some() && token.kind == TokenKind::Word
            {
                add(i);
            }
        }
        add(floor);
        starts.retain(|&s| s < item.tokens.start);
        starts.truncate(STARTS * 2);
        starts
    }

    /// Where the date begins that ends just before a token.
    fn date_before(&self, token: usize) -> Option<usize> {
        let dates = self.context.dates;
        let next = dates.partition_point(|d| d.tokens.start < token);
        next.checked_sub(1)
            .and_then(|n| dates.get(n))
            .filter(|d| d.tokens.end == token)
            .map(|d| d.tokens.start)
    }
}
