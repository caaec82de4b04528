//! Stage 5, linking: which candidate names a quantity. Each has features ("the word behind it is để", "it reaches the end of
//! the clause"), each feature a signed weight of `patterns/names.toml`; the largest sum wins, the rules' own answer wins
//! a tie.
//!
//! The weights are learned by `baocao patterns train` from annotated facts; they are data, and anybody may read them.

use std::ops::Range;

use smol_str::{SmolStr, format_smolstr};

use super::around::{Around, Mask, joined_to};
use super::candidate::{Candidate, Source};
use super::finish::is_among;
use super::{Linker, Place};
use crate::claim::Choice;
use crate::claim::indicator::{Found, Kind, Role};
use crate::patterns::names::{Spoken, Template, Value};
use crate::words::fold::fold_key;
use crate::words::one_line;
use crate::words::token::Kind as TokenKind;

/// Lengths from here on are one.
const LONG: usize = 16;

/// Whether another count is one of other things; "hộ" may be "hộ nghèo".
pub(super) fn counts_others(item: &Found, other: &Found) -> bool {
    let apart = |a: &str, b: &str| !(a.starts_with(b) || b.starts_with(a));
    other.kind == Kind::Count
        && other.unit.as_deref().zip(item.unit.as_deref()).is_some_and(|(theirs, own)| apart(theirs, own))
}

impl Linker<'_, '_> {
    /// Names a quantity by the best of its candidates; the rules' own name stands in `item`.
    pub(super) fn choose(&self, item: &mut Found, place: &Place<'_>) {
        let names = &self.work.patterns.names;
        if names.is_empty() && self.work.choices.is_none() {
            return;
        }
        let around = self.around(item, place);
        let candidates = self.candidates(&around, item.name.as_ref());
        let rule = candidates.first().filter(|c| c.source == Source::Rule);
        if let Some(choices) = &self.work.choices {
            let phrases = candidates.iter().map(|c| {
                let mut features = Vec::new();
                self.features(&around, c, rule, &mut |t, v| features.push((t, self.written(v))));
                (SmolStr::new(&c.text), features)
            });
            choices.borrow_mut().push(Choice { tokens: item.tokens.clone(), phrases: phrases.collect() });
        }
        if names.is_empty() {
            return;
        }
        // Of equals the first stands.
        let mut best: Option<(i64, &Candidate)> = None;
        // "9 người bị thương. Thành phố Đông Hà xảy ra 22 vụ": what was counted in another unit lends no name.
        let told = [place.previous, place.earlier, place.spoken, place.whole_earlier];
        let general = self.is_one_of(item, &self.words.generic);
        let lent = |c: &Candidate| {
            !matches!(c.source, Source::Rule | Source::Before | Source::Behind | Source::Joined)
        };
        let of_others = |c: &Candidate| {
            let said = |p: &&Found| p.name.as_deref() == Some(&*c.text) && p.kind == Kind::Count;
            item.kind == Kind::Count
                && !general
                && lent(c)
                && told.iter().flatten().copied().find(said).is_some_and(|p| counts_others(item, p))
        };
        // "Đến nay, tổng số hộ cận nghèo toàn tỉnh còn 7.358 hộ": a number told by its own unit has its name before it.
        let numbered = item.kind == Kind::Count && candidates.iter().any(|c| self.is_number_of(item, c));
        let term = self.is_term(item);
        // "lúa mùa 13.330 ha, năng suất 40,2 tạ/ha": of the crop right before it.
        let of_crop = |p: &Found| p.kind == Kind::Measure && place.sentence.contains(&p.tokens.start);
        let crop = place.previous.is_some_and(of_crop) && self.is_bare_head(&around);
        for candidate in &candidates {
            if of_others(candidate)
                || crop && lent(candidate)
                || term && candidate.source == Source::Behind
                || numbered && lent(candidate)
            {
                continue;
            }
            let score = self.score(&around, candidate, rule);
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, candidate));
            }
        }
        let sum = best.map(|(sum, _)| sum);
        let chosen = best.filter(|(_, b)| Some(*b) != rule);
        let chosen = chosen.map(|(_, best)| (SmolStr::new(&best.text), best.source));
        let size = self.size_of(item, place);
        item.why.sum = sum;
        if size.is_some() {
            item.why.name = "name.size";
            item.name = size;
            return;
        }
        if let Some((text, source)) = chosen {
            item.why.name = match source {
                Source::Before => "name.before",
                Source::Behind => "name.behind",
                Source::List => "name.list",
                Source::Joined => "name.joined",
                _ => "name.previous",
            };
            item.name = Some(text);
        }
    }

    /// Whether the words right before a quantity are a head without what it is of: "năng suất".
    fn is_bare_head(&self, around: &Around<'_>) -> bool {
        let start = self.past_mark(around.own.start, around.item.tokens.start);
        is_among(&self.clauses.bare_heads, &one_line(self.work.words(start..around.item.tokens.start)))
    }

    /// "tổng số hộ cận nghèo" before "7.358 hộ".
    fn is_number_of(&self, item: &Found, c: &Candidate<'_>) -> bool {
        let Some(unit) = item.unit.as_deref().filter(|_| c.source == Source::Before) else { return false };
        let Some((n, ())) = self.words.head_count.at(&self.work.tokens, c.tokens.start) else { return false };
        let noun = c.tokens.start + n..c.tokens.start + n + unit.split(' ').count();
        // "tổng số hộ nghèo cuối năm 2024" is no whole name.
        let dated = |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number);
        noun.end < c.tokens.end
            && self.work.words(noun).eq_ignore_ascii_case(unit)
            && !c.tokens.clone().any(dated)
    }

    /// A value as the file of weights writes it.
    fn written(&self, value: Value<'_>) -> SmolStr {
        match value {
            Value::Token(i) => fold_key(self.work.word(i)).into(),
            Value::Mark(mark) => char::from_u32(mark).map(|c| format_smolstr!("{c}")).unwrap_or_default(),
            Value::Number(n) => format_smolstr!("#{n}"),
            Value::Word(word) => fold_key(word.text).into(),
            Value::Pair(first, second) => {
                format_smolstr!("{} {}", fold_key(first.text), fold_key(second.text))
            }
        }
    }

    /// The sum of a candidate's weights, in hundredths.
    fn score(&self, around: &Around<'_>, c: &Candidate<'_>, rule: Option<&Candidate<'_>>) -> i64 {
        let weights = &self.work.patterns.names;
        let word = |i: usize| self.work.token(i).map_or(0, |t| t.word);
        let mut sum = 0;
        self.features(around, c, rule, &mut |template, value| {
            sum += i64::from(weights.of(template, value, word));
        });
        sum
    }

    /// Hands out the features of a candidate.
    fn features(
        &self,
        around: &Around<'_>,
        c: &Candidate<'_>,
        rule: Option<&Candidate<'_>>,
        out: &mut impl FnMut(Template, Value<'_>),
    ) {
        let (item, place) = (around.item, around.place);
        let kind = match item.kind {
            Kind::Percentage => 0,
            Kind::Count | Kind::Ratio => 1,
            Kind::Money => 2,
            Kind::Rank | Kind::Score => 3,
            Kind::Measure => 4,
        };
        let change = u32::from(matches!(item.role, Role::Change | Role::Gap));
        let source = c.source as u32;
        let group = source * 10 + kind * 2 + change;
        out(Template::Source, Value::Number(group));
        let words = c.words();
        let length = match words {
            0..=4 => words,
            5..=6 => 5,
            7..=9 => 7,
            10..=12 => 10,
            13..LONG => 13,
            _ => LONG,
        };
        out(Template::Length, Value::Number(source * 100 + length as u32));
        out(Template::Proper, Value::Number(source * 2 + u32::from(is_proper(&c.text))));
        let same = match rule {
            None => 0,
            Some(r) if r.text == c.text => 1,
            Some(r) if c.text.starts_with(&*r.text) => 2,
            Some(r) if c.text.ends_with(&*r.text) => 3,
            Some(r) if r.text.len() > c.text.len() && holds(&r.text, &c.text) => 4,
            Some(_) => 5,
        };
        out(Template::LikeRule, Value::Number(source * 10 + same));
        self.features_words(item, c, out);
        match c.source {
            Source::Rule
            | Source::Previous
            | Source::Earlier
            | Source::Shared
            | Source::Lead
            | Source::Memory
            | Source::Noun
            | Source::With
            | Source::Label
            | Source::Labelled
            | Source::Index
            | Source::List => {
                let (says, names) = around.substance;
                out(
                    Template::TakenOwn,
                    Value::Number(source * 8 + says.min(3) as u32 * 2 + u32::from(names)),
                );
                let said = place.told.is_some_and(|p| p.name.as_deref() == Some(&*c.text));
                let alike = place.previous.is_some_and(|p| p.unit == item.unit);
                out(Template::Previous, Value::Number(group * 4 + u32::from(said) * 2 + u32::from(alike)));
                let only_unit = item.unit.as_deref() == Some(&*c.text);
                out(Template::OnlyUnit, Value::Number(group * 2 + u32::from(only_unit)));
            }
            Source::Behind => self.features_behind(around, &c.tokens, out),
            Source::Before => self.features_before(around, &c.tokens, out),
            Source::Joined => {
                self.features_before(around, &c.tokens, out);
                self.features_behind(around, &c.behind, out);
            }
        }
    }

    /// The words of a phrase, and whether they go with the unit.
    fn features_words(&self, item: &Found, c: &Candidate<'_>, out: &mut impl FnMut(Template, Value<'_>)) {
        let spoken = |word| Spoken::new(word, &self.work.patterns.vocab);
        let unit = spoken(item.unit.as_deref().and_then(|u| u.split(' ').next()).unwrap_or_default());
        let (mut first, mut last, mut holds) = (None, None, false);
        for word in c.text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            let word = spoken(word);
            out(Template::Word, Value::Word(word));
            first = first.or(Some(word));
            last = Some(word);
            holds |= word.text == unit.text;
        }
        let none = || spoken("");
        out(Template::UnitFirst, Value::Pair(unit, first.unwrap_or_else(none)));
        out(Template::UnitLast, Value::Pair(unit, last.unwrap_or_else(none)));
        out(Template::UnitSource, Value::Pair(unit, spoken(c.source.name())));
        let kind = item.kind as u32;
        out(Template::UnitIn, Value::Number(c.source as u32 * 16 + kind * 2 + u32::from(holds)));
    }

    fn word_at(&self, i: usize) -> Value<'static> {
        match self.work.token(i) {
            None => Value::Number(0),
            Some(t) if t.kind == TokenKind::Number => Value::Number(1),
            Some(t) if t.kind == TokenKind::Punct => Value::Mark(t.word),
            Some(_) => Value::Token(i),
        }
    }

    fn features_behind(
        &self,
        around: &Around<'_>,
        tokens: &Range<usize>,
        out: &mut impl FnMut(Template, Value<'_>),
    ) {
        let (item, end, clause) = (around.item, tokens.end, around.own.end);
        out(Template::BehindNext, if end >= clause { Value::Number(2) } else { self.word_at(end) });
        out(Template::BehindLast, self.word_at(end - 1));
        out(Template::BehindFirst, self.word_at(tokens.start));
        out(Template::BehindAfterNoun, self.word_at(item.tokens.end));
        let verb =
            (tokens.start + 1..end).any(|i| self.work.token(i).is_some_and(|t| self.words.ends.has(t)));
        let comma = tokens.clone().any(|i| self.work.token(i).is_some_and(|t| t.is(',')));
        let kind = u32::from(item.kind == Kind::Percentage);
        out(
            Template::BehindShape,
            Value::Number(kind * 8 + u32::from(end >= clause) * 4 + u32::from(verb) * 2 + u32::from(comma)),
        );
        let (says, names) = around.substance;
        out(Template::BehindOwn, Value::Number(says.min(3) as u32 * 2 + u32::from(names)));
        let only_noun = u32::from(end == item.tokens.end);
        out(Template::BehindNoun, Value::Number(u32::from(around.said_before) * 2 + only_noun));
        out(Template::BehindGeneric, Value::Number(u32::from(around.generic) * 2 + only_noun));
    }

    fn features_before(
        &self,
        around: &Around<'_>,
        tokens: &Range<usize>,
        out: &mut impl FnMut(Template, Value<'_>),
    ) {
        let (item, place) = (around.item, around.place);
        let (start, end) = (tokens.start, tokens.end);
        let before = if start <= place.sentence.start { Value::Number(3) } else { self.word_at(start - 1) };
        out(Template::BeforePrevious, before);
        out(Template::BeforeFirst, self.word_at(start));
        out(Template::BeforeLast, self.word_at(end - 1));
        out(
            Template::BeforeJoint,
            if end >= item.tokens.start { Value::Number(4) } else { self.word_at(end) },
        );
        out(Template::BeforeNumber, self.word_at(item.tokens.start - 1));
        let place_of = match start.cmp(&around.own.start) {
            std::cmp::Ordering::Less => 0,
            std::cmp::Ordering::Equal => 1,
            std::cmp::Ordering::Greater => 2,
        };
        let head = u32::from(self.words.name_heads.at(&self.work.tokens, start).is_some());
        let kind = match item.kind {
            Kind::Count | Kind::Ratio => 0,
            Kind::Percentage => 1,
            _ => 2,
        };
        out(Template::BeforeStart, Value::Number(kind * 6 + place_of * 2 + head));
        let inner = |mask: Mask| u32::from(around.marks.any(mask, tokens));
        out(
            Template::BeforeMarks,
            Value::Number(inner(Mask::Comma) * 4 + inner(Mask::Colon) * 2 + inner(Mask::Open)),
        );
        let gap = joined_to(&around.joints, end).saturating_sub(end).min(6) as u32;
        out(Template::BeforeGap, Value::Number(gap));
        out(
            Template::BeforeInner,
            Value::Number(inner(Mask::Says) * 4 + inner(Mask::Ends) * 2 + inner(Mask::Date)),
        );
        let scope = self.is_scope(tokens);
        out(Template::BeforeScope, Value::Number(u32::from(scope)));
        let says = around.marks.count(Mask::Word, tokens);
        let names = around.marks.any(Mask::Name, tokens);
        let lacks = around.substance.0.saturating_sub(says).min(3) as u32;
        out(Template::BeforeSays, Value::Number(says.min(4) as u32 * 2 + u32::from(names)));
        out(Template::BeforeLacks, Value::Number(lacks * 5 + says.min(4) as u32));
    }
}

/// Whether a phrase stands in another, by the letters of which only those are looked at that may begin it.
fn holds(text: &str, phrase: &str) -> bool {
    let (text, phrase) = (text.as_bytes(), phrase.as_bytes());
    let Some(first) = phrase.first() else { return true };
    text.windows(phrase.len()).any(|room| room.first() == Some(first) && room == phrase)
}

/// Whether a phrase is a proper name and nothing else: "Tp. Hồ Chí Minh", "Viettel".
pub(super) fn is_proper(text: &str) -> bool {
    // Most are told by their first letter.
    if text.as_bytes().first().is_some_and(u8::is_ascii_lowercase) {
        return false;
    }
    let mut words = text.split_whitespace().peekable();
    words.peek().is_some()
        && words.all(|w| w.chars().find(|c| c.is_alphanumeric()).is_none_or(char::is_uppercase))
}
