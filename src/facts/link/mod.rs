//! Stage 5, linking: what a quantity measures, for whom, when, in which role and how exactly.
//!
//! "Tỷ lệ hồ sơ trả đúng hạn của huyện đạt trên 97%, tăng 2%" gives the name "Tỷ lệ hồ sơ trả đúng hạn của huyện" to
//! both, `more_than` and `actual` to the first, `change` and `up` to the second. All words are data
//! (`patterns/indicators.toml`); sentences are found once.

mod again;
mod aims;
mod around;
mod before;
mod behind;
mod by_rule;
mod candidate;
mod class;
mod finish;
mod hollow;
mod index;
mod inner;
mod limit;
mod member;
mod memo;
mod name;

mod part;
mod period;
mod places;
mod predicate;
mod rank;
mod role;
mod scope;
mod shared;
#[cfg(test)]
mod tests;
mod token;
mod turn;

use std::cell::{Cell, OnceCell};
use std::ops::Range;

use crate::claim::Work;
use crate::claim::indicator::{Bound, Context, DateAt, Found, Heading, Kind, Role};
use crate::patterns::clauses::ClauseWords;
use crate::patterns::indicators::Indicators;
use crate::record::quantity::Direction;
use crate::structure::bracket::Brackets;
use crate::structure::sentence::Sentences;
use crate::words::vocab::Bits;
use aims::Aims;
use by_rule::Given;
use memo::Memo;

/// How many figures say which class a count is of: "15 - 18 tiêu chí".
const CLASS: usize = 3;
/// How many tokens before an item its linking looks at.
const BEFORE_TOKENS: usize = 160;
/// How many quantities back one of the same unit may stand.
const ALIKE: usize = 6;
/// How many quantities back one that is alike may stand, over sentences.
const MEMORY: usize = 16;
/// How many tokens after it.
const AFTER_TOKENS: usize = 80;

/// The document and what is known of it, for the linkers.
pub(crate) struct Linker<'w, 'a> {
    work: &'w Work<'a>,
    words: &'a Indicators,
    context: &'w Context<'w>,
    clauses: &'a ClauseWords,
    sentences: Sentences,
    brackets: Brackets,
    /// The tokens of dates.
    dated: Bits,
    /// What each sentence is to its document where its own words say nothing: see [`aims`].
    aims: Aims,
    /// The line that leads in to the sentence asked for last, by the sentence's number.
    lead: Cell<(usize, Option<(usize, usize)>)>,
    /// Where the scope ends that begins at a token.
    scope_ends: Memo,
    /// Its type is unknown, but it has articles (điều).
    articles: bool,
}

/// Most articles of a document of unknown type that tells results.
const FEW_ARTICLES: usize = 2;

/// The tokens of a heading; of one that never ends the first ones.
fn tokens_of(heading: &Heading) -> Range<usize> {
    let Range { start, end } = heading.tokens;
    start..end.min(start + AFTER_TOKENS)
}

/// Whether an earlier quantity says what a later one leaves out: "3.986 hộ nghèo, giảm 489 hộ".
fn is_broader(earlier: &Found, item: &Found) -> bool {
    let (Some(of), Some(own)) = (earlier.unit.as_deref(), item.unit.as_deref()) else { return false };
    of.strip_prefix(own).is_some_and(|rest| rest.starts_with(' '))
}

/// Whether two quantities may measure the same: kind, unit, and both a level or both a change.
fn is_like(a: &Found, b: &Found) -> bool {
    let change = |r: Role| matches!(r, Role::Change | Role::Gap);
    let counts = |f: &Found| matches!(f.kind, Kind::Count | Kind::Ratio);
    (a.kind == b.kind || counts(a) && counts(b)) && a.unit == b.unit && change(a.role) == change(b.role)
}

/// Where one item stands: its sentence and its neighbours.
struct Place<'f> {
    /// Tokens of the sentence.
    sentence: Range<usize>,
    /// Where the first item of the sentence begins.
    first: usize,
    /// Its number.
    number: usize,
    /// The item before it in the same sentence.
    previous: Option<&'f Found>,
    /// The one before that.
    before_previous: Option<&'f Found>,
    /// The last quantity of the same kind and unit before a measure, amount or count, in the same sentence.
    alike: Option<&'f Found>,
    /// The last of the sentence that says what the noun of this one leaves out.
    broader: Option<&'f Found>,
    /// The last item of the sentence before that stands in no bracket which has closed.
    spoken: Option<&'f Found>,
    /// What the sentence before told of as a whole, where this one opens its parts.
    whole: Option<&'f Found>,
    /// The item of the sentence that this one may be told of: the one before it, but for one in a bracket that has closed.
    told: Option<&'f Found>,
    /// The last item of the sentence before.
    earlier: Option<&'f Found>,
    /// The last level of the same kind and unit under the same heading, in whatever sentence.
    memory: Option<&'f Found>,
    /// The last count of the same unit under the same heading, in whatever sentence.
    counted: Option<&'f Found>,
    /// The last one of the sentence before that stands before its parts.
    whole_earlier: Option<&'f Found>,
    /// The item behind it.
    next: Option<&'f Found>,
    /// Where the next item begins, or the sentence ends.
    limit: usize,
    /// The item's first token, and where its own words begin and end; nearly every rule asks for them.
    at: usize,
    own: (OnceCell<usize>, OnceCell<usize>),
}

/// The tokens of dates, a bit each; where two overlap, the one that begins later counts.
fn dated(dates: &[DateAt]) -> Bits {
    let mut dated = Bits::default();
    for (n, date) in dates.iter().enumerate() {
        let next = dates.get(n + 1).map_or(usize::MAX, |d| d.tokens.start);
        (date.tokens.start..date.tokens.end.min(next)).for_each(|i| dated.add(i as u32));
    }
    dated
}

/// Fills in names, roles, bounds, scopes, periods and sentences.
pub fn link(work: &Work<'_>, context: &Context<'_>, found: &mut [Found]) {
    if found.is_empty() {
        return;
    }
    let words = &work.patterns.indicators;
    let opens = &work.patterns.particles.articles_of_law;
    let article = |h: &&Heading| opens.has(work.word(work.token_at(h.range.start)));
    let articles =
        context.doc_type.is_none() && context.headings.iter().filter(article).count() > FEW_ARTICLES;
    let clauses = &work.patterns.clauses;
    let parts = context.headings.iter().map(|h| &h.tokens).chain([&context.head]);
    let sentences = Sentences::of(&work.tokens, parts);
    let brackets = Brackets::of(&work.tokens);
    let aims = Aims::of(work, &sentences, context, found);
    let dated = dated(context.dates);
    let linker = Linker {
        work,
        words,
        context,
        clauses,
        sentences,
        brackets,
        dated,
        aims,
        lead: Cell::new((usize::MAX, None)),
        scope_ends: Memo::default(),
        articles,
    };
    let (mut first, mut of) = (0, usize::MAX);
    for i in 0..found.len() {
        let Some((before, rest)) = found.split_at_mut_checked(i) else { break };
        let Some((item, after)) = rest.split_first_mut() else { break };
        let number = linker.sentences.number(item.tokens.start);
        let sentence = linker.sentences.tokens(number, work.tokens.len());
        // What never ends is no sentence: linking looks only so far about an item.
        let sentence = sentence.start.max(item.tokens.start.saturating_sub(BEFORE_TOKENS))
            ..sentence.end.min(item.tokens.end + AFTER_TOKENS);
        if of != number {
            (first, of) = (item.tokens.start, number);
        }
        item.sentence = work.bytes(sentence.clone());
        if item.settled {
            linker.mark_classes(found.get_mut(i.saturating_sub(CLASS)..=i).unwrap_or_default());
            continue;
        }
        let previous = before.last().filter(|p| p.tokens.start >= sentence.start);
        let whole = linker.whole(before, item, number, sentence.start);
        let previous = previous.or(whole);
        let limit = after.first().map_or(sentence.end, |n| n.tokens.start.min(sentence.end));
        let in_sentence = || before.iter().rev().take(ALIKE).take_while(|f| f.tokens.start >= sentence.start);
        let counts = matches!(item.kind, Kind::Measure | Kind::Money | Kind::Count) && item.unit.is_some();
        let alike =
            counts.then(|| in_sentence().find(|f| f.unit == item.unit && f.kind == item.kind)).flatten();
        let broader = counts.then(|| in_sentence().find(|f| f.kind == item.kind && is_broader(f, item)));
        let earlier = before.last().filter(|p| {
            previous.is_none() && p.cell.is_none() && linker.sentences.number(p.tokens.start) + 1 == number
        });
        let next = after.first();
        let open = |f: &&Found| {
            linker.brackets.around(f.tokens.start).is_none_or(|b| b.contains(&item.tokens.start))
        };
        let spoken = in_sentence().find(open);
        let told = spoken.filter(|_| previous.is_some_and(|p| !open(&p))).or(previous);
        let before_previous = in_sentence().nth(1);
        let counted = if item.kind == Kind::Count { linker.counted_before(before, item) } else { None };
        let memory = linker.memory(before, item);
        let whole_earlier = earlier.and_then(|_| linker.before_parts(before, item, number));
        let place = Place {
            spoken,
            whole,
            sentence,
            first,
            number,
            previous,
            before_previous,
            alike,
            broader: broader.flatten(),
            told,
            earlier,
            memory,
            counted,
            whole_earlier,
            next,
            limit,
            at: item.tokens.start,
            own: Default::default(),
        };
        linker.one(item, &place);
        // "54/117 xã đạt 19 tiêu chí (chiếm 46,2%)": what follows is told of the communes.
        linker.mark_classes(found.get_mut(i.saturating_sub(CLASS)..=i).unwrap_or_default());
    }
    for item in found.iter_mut() {
        // "tăng -12,5%": the sign says where it goes.
        if item.direction == Some(Direction::Up) && item.value.is_some_and(|v| v.is_sign_negative()) {
            item.direction = Some(Direction::Down);
        }
    }
    // "từ 90 - 95% chi bộ": the lower end measures what the upper one does.
    for i in 1..found.len() {
        let Some([low, high]) = found.get_mut(i - 1..=i) else { continue };
        let ends = low.rule == words.rules.range || linker.is_span(low, high);
        if !ends || low.tokens.end > high.tokens.start {
            continue;
        }
        let said = |f: &Found| f.name.as_deref().is_some_and(|n| f.unit.as_deref() != Some(n));
        if low.name.is_none() || low.inherited && said(high) {
            low.name.clone_from(&high.name);
        } else if !said(high) || !linker.is_named_behind(high) {
            // Both ends measure one thing: what the words before the range say, or those behind it.
            high.name.clone_from(&low.name);
        }
        if let (Some(from), Some(to)) = (low.value, high.value) {
            (low.range, high.range) = (Some((from, to)), Some((from, to)));
        }
        (high.role, high.direction) = (low.role, low.direction);
        high.why.role = low.why.role;
        if low.bound == Bound::About && high.bound == Bound::Exact {
            high.bound = low.bound;
        }
    }
    linker.name_in_turn(found);
    linker.share_predicate(found);
    linker.share_passive(found);
    for i in 1..found.len() {
        if let Some([first, last]) = found.get_mut(i - 1..=i) {
            first.began = linker.changes_to(first, last);
            // "Số bác sĩ tăng từ 512 người năm 2010 lên 735 người năm 2015": both ends measure one thing.
            let span = linker.reaches_to(first, last);
            // "phạt tiền từ 2.000.000 đồng đến 5.000.000 đồng"
            if span && first.role == Role::Norm && last.role == Role::Actual {
                (last.role, last.why.role) = (first.role, first.why.role);
            }
            let same = first.began || span;
            if same && first.name.is_some() && last.cell.is_none() {
                last.name.clone_from(&first.name);
            }
        }
    }
    for i in 0..found.len() {
        let whole = linker.whole_of(found, i);
        if let Some(item) = found.get_mut(i) {
            item.part_of = whole;
        }
    }
}

impl Linker<'_, '_> {
    /// The headings that govern a byte, inner before outer.
    fn headings_at(&self, byte: usize) -> impl Iterator<Item = &Heading> {
        let headings = self.context.headings;
        let mut at = headings.partition_point(|h| h.range.start <= byte).checked_sub(1);
        std::iter::from_fn(move || {
            while let Some(heading) = at.and_then(|n| headings.get(n)) {
                at = heading.parent;
                if heading.range.contains(&byte) {
                    return Some(heading);
                }
            }
            None
        })
    }

    /// Whether the words right behind a figure begin its name: "30 - 35% số xã".
    fn is_named_behind(&self, item: &Found) -> bool {
        let first = self.work.word(item.tokens.end);
        let name = item.name.as_deref().and_then(|n| n.split_whitespace().next()).unwrap_or_default();
        !name.is_empty() && (first == name || item.unit.as_deref().is_some_and(|u| u.starts_with(name)))
    }

    /// The last figure before this one that is like it, under the same heading. Its own role is not known yet: levels are
    /// looked for.
    fn memory<'f>(&self, before: &'f [Found], item: &Found) -> Option<&'f Found> {
        let section = |f: &Found| {
            self.headings_at(self.work.bytes(f.tokens.clone()).start).next().map(|h| h.range.start)
        };
        let own = section(item);
        // "712 vụ … đường thủy 1 vụ. Xã A 76 vụ": a part is of what is not smaller.
        let part = |f: &Found| item.kind == Kind::Percentage || f.value >= item.value;
        let told = before.iter().rev().take(MEMORY).take_while(|f| f.cell.is_none());
        told.filter(|f| is_like(f, item) && part(f) && f.tells).take_while(|f| section(f) == own).next()
    }

    /// The last count before this one in its unit, under the same heading, that is named.
    fn counted_before<'f>(&self, before: &'f [Found], item: &Found) -> Option<&'f Found> {
        let section = |f: &Found| {
            self.headings_at(self.work.bytes(f.tokens.clone()).start).next().map(|h| h.range.start)
        };
        let own = section(item);
        let told = before.iter().rev().take(MEMORY).take_while(|f| f.cell.is_none() && section(f) == own);
        // "64 vụ tai nạn giao thông, … So với cùng kỳ giảm 9 vụ": its noun may say more.
        let longer = |f: &Found| is_broader(f, item);
        let of = |f: &&Found| f.kind == Kind::Count && (f.unit == item.unit || longer(f));
        told.filter(of).find(|f| f.name.is_some() && (f.name != f.unit || longer(f)))
    }

    /// "… 33.850 ha. Trong đó: Bình Lục 8.950 ha": the last quantity of the same unit in the sentence before.
    fn whole<'f>(&self, before: &'f [Found], item: &Found, number: usize, start: usize) -> Option<&'f Found> {
        let parts = self.work.patterns.particles.within.has_in_any_case(self.work.word(start))
            && self.work.patterns.particles.that.has(self.work.word(start + 1));
        if !parts {
            return None;
        }
        let sentence = self.sentences.tokens(number.checked_sub(1)?, start);
        // Of "3.284 tỷ đồng, tăng 296 tỷ. Trong đó: … 2.786 tỷ" the first.
        let enough = |f: &Found| f.kind == Kind::Percentage || f.value >= item.value;
        let told = || {
            let own = before.iter().rev().take_while(|f| f.tokens.start >= sentence.start);
            own.filter(|f| self.brackets.around(f.tokens.start).is_none())
        };
        told().find(|f| f.unit == item.unit && enough(f)).or_else(|| told().find(|f| f.unit == item.unit))
    }

    /// "GRDP tăng 8%, trong đó dịch vụ tăng 9%. Trong vùng, tỉnh B tăng 7%": of the sentence before what was told as a whole,
    /// in the unit of this item.
    fn before_parts<'f>(&self, before: &'f [Found], item: &Found, number: usize) -> Option<&'f Found> {
        let sentence = self.sentences.tokens(number.checked_sub(1)?, item.tokens.start);
        let mut later = item.tokens.start.min(sentence.end);
        let (mut out, mut parted) = (None, false);
        let cue = |i: usize| {
            self.clauses.parts.at(&self.work.tokens, i).is_some() && self.brackets.around(i).is_none()
        };
        let told = before.iter().rev().take(part::WHOLES).take_while(|f| f.tokens.start >= sentence.start);
        for found in told {
            parted |= (found.tokens.end..later).any(cue);
            if parted && found.unit == item.unit && self.brackets.around(found.tokens.start).is_none() {
                (out, parted) = (Some(found), false);
            }
            later = found.tokens.start;
        }
        out
    }

    fn one(&self, item: &mut Found, place: &Place<'_>) {
        item.inside = self.parenthesised(item, place);
        self.bound(item);
        self.role(item, place);
        let turn = self.in_turn(item, place);
        let alone = || if turn.is_none() { self.place_alone(item, place) } else { None };
        let listed = self.listed_place(item, place).or_else(alone);
        let (listed_name, listed) = listed.map_or((None, None), |(name, scope)| (Some(name), Some(scope)));
        let named_place =
            listed.or_else(|| self.place_before(item, place)).or_else(|| self.subject(item, place));
        let named_place = named_place.or(turn);
        let leader = named_place.is_none().then(|| self.leader(item, place)).flatten();
        let leads = leader.is_some();
        let named_place = named_place.or(leader);
        // "vùng miền núi còn tỷ lệ 31%": the rate of what was spoken of.
        let same = self.same_elsewhere(item, place);
        if same.is_some() && item.role == Role::Target {
            item.direction = item.direction.or(place.previous.and_then(|p| p.direction));
        }
        // "Ba Bể có 15/15 xã, Na Rì có 20/22 xã hoàn thành phổ cập": its own noun says more.
        let listed_name = listed_name.map(|n| self.told_behind(item, place).unwrap_or(n));
        let class = self.of_class_named(item);
        let given = Given { listed: listed_name, same, class, leads };
        let told = self.named_by_rule(item, place, &given);
        let settled = told.is_some();
        item.name = if let Some((name, rule)) = told {
            item.why.name = rule;
            Some(name)
        } else if named_place.is_some() {
            item.why.name = "name.of_place";
            // No count is a rate, and none a count of other things: "huyện A có 12 trường, huyện B có 9 trạm y tế".
            let fits = |p: &&Found| {
                !(item.kind == Kind::Count && (p.kind == Kind::Percentage || rank::counts_others(item, p)))
            };
            let said = |p: Option<&Found>| {
                p.filter(fits).and_then(|p| p.name.clone()).filter(|n| !rank::is_proper(n))
            };
            let shared = said(place.spoken)
                .or_else(|| said(place.previous))
                .or_else(|| self.lead_name(place))
                .or_else(|| self.head_of_opening(item, place))
                .or_else(|| said(place.whole_earlier))
                .or_else(|| said(place.earlier));
            let own = self.counted_more(item, place, shared.as_deref());
            own.or(shared).or_else(|| {
                item.why.name = "name.own";
                self.name(item, place).map(|n| candidate::before_torn(&n))
            })
        } else {
            self.name(item, place)
        };
        if given.class.is_some() && item.name == given.class {
            item.why.name = class::NAMED;
        }
        if named_place.is_none() && !settled {
            self.choose(item, place);
        }
        self.finish(item, place, settled, named_place.is_some());
        self.with_told_behind(item, place);
        item.inherited = item.name.is_some() && place.previous.is_some_and(|p| p.name == item.name);
        let taken = [place.told, place.previous, place.spoken, place.alike, place.earlier, place.memory];
        let taken = taken.into_iter().flatten().find(|f| f.name == item.name).map(|f| f.tells);
        item.tells = taken.unwrap_or_else(|| self.says(item, place));
        (item.scope, item.why.scope) = self.scope(item, place, named_place);
        self.without_scope(item);
        if let Some((date, basis, rule)) = self.period(item, place) {
            (item.period, item.period_basis, item.why.period) = (Some(date), basis, rule);
        }
        self.told_of(item, place);
        self.take_head(item, place);
        if item.kind == Kind::Rank {
            item.unit = None;
        }
    }
}
