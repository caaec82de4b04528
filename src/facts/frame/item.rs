//! The place and the period of each item: its own words first, then the frames around it, then the document.
//!
//! "Huyện Mường La: 12 xã" in a report of tỉnh Sơn La is of huyện Mường La; "tỷ lệ hộ nghèo còn 9%" without a time is of
//! the period the report covers.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use super::beside::Members;
use super::label::{self, Labels};
use super::place::Named;
use super::spoken::{SPOKEN, reach};
use super::time::Span;
use super::{DocumentFrame, place};
use crate::claim::Work;
use crate::claim::date::{self, Day, Kind as DateKind, Role as DateRole};
use crate::claim::indicator::{Found, Kind, Reach, Role};
use crate::patterns::frames::{Means, OwnLevel};
use crate::record::{Area, Basis, EvidenceBasis, Level, Period, Place};
use crate::words::one_line;
use crate::words::token::{Gap, Kind as TokenKind, Token, hint};

/// From this month on what is told is of the year that ends.
const CLOSING: u8 = 11;
/// How far behind the start of its sentence the date stands that opens it, in tokens.
const OPENS: usize = 4;
/// How far behind what was reached its aim stands, in tokens.
const BESIDE: usize = 8;
/// Most dates of a sentence that are looked at.
const DATES: usize = 16;
/// How far before a figure a bare word takes up the place told of before, in tokens.
const BACK: usize = 24;
/// How many items back one of the same sentence is looked for that the plan measures.
const NEAR: usize = 40;
/// How many words may stand between "kế hoạch" and its year.
const PLAN: usize = 5;
/// How far before a figure the name of its unit begins, in tokens.
const CHAIN: usize = 40;
/// Most syllables of the words for the base of a comparison.
const BASE: usize = 6;
/// How far before its date an event may begin its sentence, in tokens.
const EVENT: usize = 16;
/// How far before its figure "bình quân của tỉnh" stands, in tokens.
const AVERAGE: usize = 8;
/// How far before a figure stands the word that says a change came to it, in tokens.
const ARRIVES: usize = 4;
/// How far "cả năm" reaches over figures told between, in tokens.
const YEAR_REACH: usize = 48;
/// Most tokens between a figure and one that goes on with it.
const GOES_ON: usize = 4;
/// How far before its figure "bình quân mỗi năm" stands, in tokens.
const YEARLY: usize = 8;
/// Longest bracket of values that are compared with, in tokens.
const COMPARED: usize = 24;
/// How far before a base of comparison its bracket opens, in tokens.
const NEARLY: usize = 7;
/// Marks of the members of a list.
const LIST_MARKS: [char; 5] = ['-', '+', '•', '*', '–'];
/// How many lines of a paragraph tell how wide it is; the narrowest such paragraph, in letters.
const WRAPPED: usize = 12;
const NARROW: usize = 50;
/// Most members of a list before one that its lead governs.
const MEMBERS: usize = 40;
/// Longest line that only leads over to a list: "Cụ thể:", in tokens.
const LEADS_OVER: usize = 6;
/// How far before its figure "khi đó" stands, in tokens.
const THEN: usize = 6;
/// How far before its bracket "dự toán" stands, in tokens.
const PLAN_WORDS: usize = 8;
/// How far back the beginning of a sentence is looked for, in tokens.
const SENTENCE: usize = 80;
/// How long a span of years may be that is called by its length: "trong 5 năm".
const SPAN_YEARS: std::ops::RangeInclusive<i32> = 2..=30;
/// How far behind a figure words may say that it is of schools, in tokens.
const SCHOOL: usize = 12;
/// How many tokens the number of a paragraph has: "I-", "2.".
const NUMBERED: usize = 2;
/// How far back a paragraph is followed, in tokens.
const PARAGRAPH: usize = 1200;

/// What the frames give one item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resolved {
    /// The administrative unit.
    pub place: Option<Place>,
    /// The period.
    pub period: Option<Period>,
    /// It lies ahead of the document: it is aimed at, not reached.
    pub ahead: bool,
    /// It is told of each year of its period: "năm".
    pub per: Option<SmolStr>,
    /// Its scope only says the document's own unit again.
    pub own_scope: bool,
    /// Which rule or frame gave the place.
    pub why_place: &'static str,
    /// Which rule or frame gave the period.
    pub why_period: &'static str,
}

/// The place and the period of each item, in their order.
pub fn resolve(
    work: &Work<'_>,
    frame: &DocumentFrame,
    dates: &[date::Found],
    items: &[Found],
) -> Vec<Resolved> {
    let day = frame.day().map(|day| day.iso());
    let day = day.as_deref();
    let (spans, term) = (spans_of(dates), last_term(work, frame, dates));
    let told = items.iter().filter(|f| f.role == Role::Actual).filter_map(|f| f.cell.as_ref());
    let told = told.map(|cell| cell.number).collect();
    let times = Times { work, frame, dates, paragraphs: paragraphs(work), spans, term, told };
    let labels = Labels::read(work, &times.paragraphs, frame.place.as_ref(), day);
    let members = Members::new(work, frame, day);
    let code = frame.place.as_ref().and_then(|p| p.province.as_ref()).and_then(|p| p.code.as_deref());
    let mut last: Option<(usize, Named)> = None;
    let mut of_sentence: Option<(usize, Named)> = None;
    // The smaller place that a paragraph told of last.
    let mut told_of: Option<(Option<usize>, Place)> = None;
    // A document says few scopes, and says them of many figures.
    let mut known: FxHashMap<(Option<usize>, &str), Option<Place>> = FxHashMap::default();
    let mut out = Vec::with_capacity(items.len());
    for (n, item) in items.iter().enumerate() {
        let paragraph = Some(times.paragraph(item.tokens.start)).filter(|_| item.cell.is_none());
        let label = paragraph.and_then(|_| labels.at(item.tokens.start));
        let of_label = label.map(|(start, _)| start);
        let label = label.map(|(_, units)| units);
        let turn = label::in_turn(work, items, n, label, day, code).filter(|_| item.cell.is_none());
        let own = turn.as_ref().or_else(|| label.and_then(|units| only(units)));
        let around = own.and_then(|own| resolved(work, frame.place.as_ref(), day, own.clone()));
        let mut of_scope = |scope| {
            let own = around.as_ref().or(frame.place.as_ref());
            known.entry((of_label, scope)).or_insert_with(|| named(work, own, day, scope)).clone()
        };
        // "đứng thứ 4 toàn tỉnh": among whom, not where.
        let among = |scope: &str| item.kind == Kind::Rank && is_wider(work, frame, scope);
        let told = |scope: &&str| !ranked_in(item) && !among(scope) && turn.is_none() && !scope.is_empty();
        let scoped = if item.place.is_some() {
            None
        } else {
            let scope = item.scope.as_deref().filter(told);
            // "cao hơn bình quân toàn tỉnh 2%" is still told of the smaller unit.
            let level = |scope: &str| wider(work, frame.place.as_ref(), &scope.to_lowercase());
            let apart = !matches!(item.role, Role::Gap | Role::Change) && !is_share_of(item);
            let found = scope.and_then(&mut of_scope).map(|place| in_chain(work, item, place, day));
            found.or_else(|| scope.filter(|_| apart).and_then(level))
        };
        let earlier = items.get(..n).unwrap_or(&[]);
        let beside = members.of(item, earlier);
        // "Tĩnh Gia 76 vụ, chết 34 người": what a comma adds of another kind is of the same unit.
        let carried = || {
            let (of, named) = last.as_ref().filter(|(of, _)| of + 1 == n)?;
            let goes_on = items.get(*of).is_some_and(|p| goes_on(work, p, item, named));
            goes_on.then(|| named.clone())
        };
        let beside = beside.or_else(carried).filter(|_| item.place.is_none() && turn.is_none());
        last = beside.clone().map(|named| (n, named));
        // "Thanh Hóa đón 991.500 lượt khách; trong đó, khách quốc tế đạt 17.800 lượt": a text on the country tells the rest of a
        // sentence of the province that it began with.
        let wide = frame.place.as_ref().is_none_or(|p| p.level == Level::Country);
        let whole = item
            .scope
            .as_deref()
            .is_some_and(|s| wider(work, frame.place.as_ref(), &s.to_lowercase()).is_some());
        if let Some(named) = beside.as_ref().filter(|named| wide && named.level() == Level::Province) {
            of_sentence = Some((item.sentence.start, named.clone()));
        }
        let subject =
            of_sentence.as_ref().filter(|(start, _)| *start == item.sentence.start && wide && !whole);
        let subject = subject.filter(|_| item.place.is_none() && item.cell.is_none() && turn.is_none());
        let beside = beside.or_else(|| subject.map(|(_, named)| named.clone()).filter(|_| scoped.is_none()));
        let beside = beside.and_then(|named| resolved(work, frame.place.as_ref(), day, named));
        let average = || average_of(work, frame.place.as_ref(), item, earlier);
        let beside = beside.or_else(|| average().filter(|_| item.place.is_none()));
        let back = || {
            let (of, place) = told_of.as_ref().filter(|_| item.scope.is_none() && paragraph.is_some())?;
            // The paragraph before is near enough: "Trưởng phòng … xã cho biết: năm 2025 xã được giao 14 tỷ đồng".
            let above = || paragraph.and_then(|p| times.paragraph_above(p));
            ((*of == paragraph || *of == above()) && takes_up(work, place.level, item)).then(|| place.clone())
        };
        let (place, why_place) = match (&item.place, beside.or(scoped).or_else(back), around) {
            (Some(place), ..) => (Some(completed(place, frame.place.as_ref())), "place.cell"),
            (None, Some(place), _) => (Some(place), "place.scope"),
            (None, None, Some(place)) if turn.is_some() => (Some(place), "place.in_turn"),
            (None, None, Some(place)) => (Some(Place { basis: Basis::List, ..place }), "place.label"),
            (None, None, None) => (frame.place.clone(), by_document(frame)),
        };
        // "Tại xã Tả Phìn, nơi được chọn làm điểm, …. Cả xã có 71% người dân …": the unit that its paragraph named.
        let (place, why_place) = match (&place, paragraph) {
            (Some(own), Some(start))
                if Some(own) == frame.place.as_ref() && item.place.is_none() && turn.is_none() =>
            {
                let above = times.paragraph_above(start).unwrap_or(start);
                match named_before(work, frame, item, above, day) {
                    Some(place) => (Some(place), "place.taken_up"),
                    None => (place, why_place),
                }
            }
            _ => (place, why_place),
        };
        let smaller = |p: &&Place| frame.place.as_ref().is_some_and(|own| p.level > own.level);
        if let Some(place) = place.as_ref().filter(|_| why_place == "place.scope").filter(smaller) {
            told_of = Some((paragraph, place.clone()));
        }
        // "Xã Liễu Đô nằm ở phía bắc huyện Lục Yên, có diện tích 2.417 ha": the unit around the one a sentence is told of.
        let around_own = why_place == "place.scope"
            && place.as_ref().is_some_and(|p| frame.place.as_ref().is_some_and(|own| p.level < own.level))
            && begins_with_own(work, frame, item, day);
        let (place, why_place) =
            if around_own { (frame.place.clone(), by_document(frame)) } else { (place, why_place) };
        let back = item.role == Role::Actual
            && place.as_ref().is_some_and(|p| frame.place.as_ref().is_some_and(|own| p.level > own.level))
            && back_to_own(work, frame, item, earlier);
        let (place, why_place) =
            if back { (frame.place.clone(), by_document(frame)) } else { (place, why_place) };
        let shares = || is_share_of(item) && item.scope.as_deref().is_some_and(|s| is_wider(work, frame, s));
        // "toàn tỉnh thả nuôi 26.400 ha, giảm 1,8% so cùng kỳ": told of the figure before it.
        let with_before = earlier.last().zip(out.last()).filter(|(p, r): &(&Found, &Resolved)| {
            !back
                && item.cell.is_none()
                && place == frame.place
                && r.place != frame.place
                && p.sentence == item.sentence
                && item.name.is_some()
                && p.name == item.name
                && (item.scope.is_none() || item.scope == p.scope)
                && (item.role == Role::Change || item.kind == Kind::Percentage && p.kind != Kind::Percentage)
                && !names_unit(work, p.tokens.end..item.tokens.start)
        });
        let (place, why_place) =
            with_before.map_or((place, why_place), |(_, r)| (r.place.clone(), "place.figure_before"));
        let own_scope = place.is_some()
            && place == frame.place
            && (back || around_own || says_own(work, frame, item) || shares());
        out.push(Resolved { place, why_place, own_scope, ..times.of(item, items.get(..n).unwrap_or(&[])) });
    }
    out
}

/// A time with the first and last day of a year.
fn of_year(time: Time, year: u16) -> Option<Time> {
    let (start, end) = Day::days_of_year(year)?;
    Some(Time { start, end, ..time })
}

/// Whether words name a unit, or say the text's own.
fn names_unit(work: &Work<'_>, mut tokens: Range<usize>) -> bool {
    tokens.any(|i| {
        work.patterns.frames.own.at(&work.tokens, i).is_some()
            || work.token(i).is_some_and(|t| t.kind == TokenKind::Word && t.capital())
    })
}

/// "trong khi bình quân của tỉnh là 53,6%": the value of the larger unit that the document's own is compared with.
fn average_of(work: &Work<'_>, own: Option<&Place>, item: &Found, before: &[Found]) -> Option<Place> {
    if item.cell.is_some() || !matches!(item.role, Role::Actual | Role::Change) {
        return None;
    }
    let (words, tokens) = (&work.patterns.frames, &work.tokens);
    let floor = before.last().map_or(0, |p| p.tokens.end).max(work.token_at(item.sentence.start));
    let near = item.tokens.start.saturating_sub(AVERAGE).max(floor)..item.tokens.start;
    // "cao hơn bình quân chung của tỉnh (10,3 tiêu chí)": the bracket holds its value.
    let bracket = |i: usize| i + 1 == item.tokens.start && work.token(i).is_some_and(|t| t.is('('));
    let punct = |i: usize| !bracket(i) && work.token(i).is_none_or(|t| t.kind == TokenKind::Punct);
    let found = near.rev().find_map(|i| {
        let (n, own) = words.own.at(tokens, i)?;
        let plain = !(i + n..item.tokens.start).any(punct);
        (own.strong && plain && words.averages.before(tokens, i).is_some()).then_some(i..i + n)
    })?;
    wider(work, own, &one_line(work.words(found)).to_lowercase())
}

/// Whether a figure goes on with what the one before it tells, behind a comma and of another unit: "76 vụ, chết 34 người".
fn goes_on(work: &Work<'_>, before: &Found, item: &Found, named: &Named) -> bool {
    let between = before.tokens.end..item.tokens.start;
    // "Ba Dinh từ 61% xuống 44%".
    let arrives = between.len() == 1
        && before.unit == item.unit
        && work.token(between.start).is_some_and(|t| work.patterns.clauses.arrives.has(t));
    if arrives {
        return before.sentence == item.sentence;
    }
    let comma = between.len() <= GOES_ON && work.token(between.start).is_some_and(|t| t.is(','));
    let word = |i: usize| work.token(i).is_some_and(|t| t.kind == TokenKind::Word && !t.capital());
    comma
        && before.sentence == item.sentence
        && before.unit != item.unit
        && item.scope.as_deref().is_none_or(|scope| named.spans(scope) && named.is_in(scope))
        && (between.start + 1..between.end).all(word)
}

/// The smaller unit that stands before the one a scope names: "huyện Sơn Hòa, tỉnh Phú Yên còn 1.204 hộ".
fn in_chain(work: &Work<'_>, item: &Found, place: Place, day: Option<&str>) -> Place {
    let outer = matches!(place.level, Level::Province | Level::District);
    if !outer || !matches!(item.why.scope, "scope.clause" | "scope.opening") {
        return place;
    }
    let end = work.bytes(item.tokens.clone()).start;
    let start = work.bytes(item.tokens.start.saturating_sub(CHAIN)..item.tokens.end).start;
    let before = work.text.slice(start.max(item.sentence.start).min(end)..end);
    let same = |named: &Named| match place.level {
        Level::Province => {
            named.province.as_ref().map(|p| &p.name) == place.province.as_ref().map(|p| &p.name)
        }
        _ => named.district.as_deref() == place.district.as_ref().map(|d| d.name.as_str()),
    };
    let named = place::named(&work.patterns.places, before, day);
    let last = named.into_iter().rev().find(|(_, named)| same(named)).map(|(_, named)| named);
    let smaller = last.filter(|named| named.typed && named.level() > place.level);
    smaller.and_then(|named| resolved(work, Some(&place), day, named)).unwrap_or(place)
}

/// A place of a table with the units around it that only the document names.
fn completed(place: &Place, own: Option<&Place>) -> Place {
    let mut place = place.clone();
    if let Some(own) = own.filter(|own| place.level > own.level) {
        place.province = place.province.or_else(|| own.province.clone());
        let same = place.province == own.province && place.level == Level::Commune;
        place.district = place.district.or_else(|| own.district.clone().filter(|_| same));
    }
    place
}

/// The larger unit around the document's own that a scope means: "cả tỉnh" in the words of a district.
fn wider(work: &Work<'_>, own: Option<&Place>, scope: &str) -> Option<Place> {
    let own = own?;
    let of = |level: &OwnLevel| match level {
        OwnLevel::Province => Some(Level::Province),
        OwnLevel::District => Some(Level::District),
        // "toàn thành phố" in the words of a ward.
        OwnLevel::City if own.level == Level::Commune => {
            Some(if own.district.is_some() { Level::District } else { Level::Province })
        }
        OwnLevel::City | OwnLevel::Commune => None,
    };
    let said = |(level, phrase): &(OwnLevel, String)| (phrase == scope).then(|| of(level)).flatten();
    let level = work.patterns.frames.own_names.iter().find_map(said).filter(|level| *level < own.level)?;
    let district = own.district.clone().filter(|_| level == Level::District);
    let known = district.is_some() || level == Level::Province && own.province.is_some();
    known.then(|| Place { level, district, commune: None, basis: Basis::Text, ..own.clone() })
}

/// "115.235,8 ha, tức 24,3% diện tích toàn tỉnh": what the share is of stands behind it.
fn is_share_of(item: &Found) -> bool {
    item.kind == Kind::Percentage && item.cell.is_none() && item.why.scope == "scope.behind"
}

/// Whether a scope means a unit around the document's own.
fn is_wider(work: &Work<'_>, frame: &DocumentFrame, scope: &str) -> bool {
    wider(work, frame.place.as_ref(), &scope.to_lowercase()).is_some()
}

/// "toàn xã" in the words of a commune.
fn says_own(work: &Work<'_>, frame: &DocumentFrame, item: &Found) -> bool {
    let Some(scope) = item.scope.as_deref().map(str::to_lowercase) else { return false };
    let level = frame.place.as_ref().map(|p| p.level);
    let of = |level: OwnLevel| match level {
        OwnLevel::Province => Some(Level::Province),
        OwnLevel::District => Some(Level::District),
        OwnLevel::Commune => Some(Level::Commune),
        OwnLevel::City => None,
    };
    item.cell.is_none()
        && work.patterns.frames.own_names.iter().any(|(l, phrase)| of(*l) == level && *phrase == scope)
}

/// Whether the sentence of an item takes up the commune or district told of before: "Đàn bò của xã đạt 780 con".
fn takes_up(work: &Work<'_>, level: Level, item: &Found) -> bool {
    let (frames, tokens) = (&work.patterns.frames, &work.tokens);
    let words = match level {
        Level::Commune => &frames.back_commune,
        Level::District => &frames.back_district,
        Level::Country | Level::Province => return false,
    };
    let start = work.token_at(item.sentence.start);
    let start = start.max(item.tokens.start.saturating_sub(BACK));
    (start..item.tokens.start).any(|i| {
        words.at(tokens, i).is_some()
            && frames.own_not.at(tokens, i).is_none()
            && frames.back_not.before(tokens, i).is_none()
    })
}

/// Whether the first unit that the sentence of a figure names is the document's own.
fn begins_with_own(work: &Work<'_>, frame: &DocumentFrame, item: &Found, day: Option<&str>) -> bool {
    let Some(own) = frame.place.as_ref().filter(|_| item.cell.is_none()) else { return false };
    let start = work.token_at(item.sentence.start);
    let text = work.text.slice(work.bytes(start..item.tokens.start.max(start + 1)));
    let first = place::named(&work.patterns.places, text, day).into_iter().next();
    let same = |area: &Option<Area>, name: &Option<String>| {
        area.as_ref().map(|a| a.name.as_str()) == name.as_deref()
    };
    first.is_some_and(|(_, n)| {
        n.level() == own.level
            && match own.level {
                Level::Commune => same(&own.commune, &n.commune),
                Level::District => same(&own.district, &n.district),
                _ => false,
            }
    })
}

/// The smaller unit that the paragraph of a figure named last, where its sentence takes it up: "Cả xã có …".
fn named_before(
    work: &Work<'_>,
    frame: &DocumentFrame,
    item: &Found,
    paragraph: usize,
    day: Option<&str>,
) -> Option<Place> {
    let own = frame.place.as_ref()?;
    let levels = [Level::District, Level::Commune].into_iter().filter(|level| *level > own.level);
    let level = levels.into_iter().find(|level| takes_up(work, *level, item))?;
    let start = work.token_at(item.sentence.start);
    // "Đến nay, toàn huyện có 12 xã được công nhận, tăng 3 xã": the whole again.
    if (start..item.tokens.start).any(|i| says_whole(work, own, i)) {
        return None;
    }
    let text = work.text.slice(work.bytes(paragraph..start.max(paragraph + 1)));
    let all = place::named(&work.patterns.places, text, day);
    let (_, named) = all.into_iter().rev().find(|(_, n)| n.typed && n.level() == level)?;
    resolved(work, Some(own), day, named)
}

/// "Xã Tân Văn về đích, nâng số xã đạt chuẩn của huyện lên 5/18 xã": right before its figure a sentence on a smaller unit says
/// the document's own again.
fn back_to_own(work: &Work<'_>, frame: &DocumentFrame, item: &Found, before: &[Found]) -> bool {
    let Some(own) = frame.place.as_ref().filter(|_| item.cell.is_none()) else { return false };
    let (words, tokens) = (&work.patterns.frames, &work.tokens);
    let floor = before.last().map_or(0, |p| p.tokens.end).max(work.token_at(item.sentence.start));
    let near = item.tokens.start.saturating_sub(AVERAGE).max(floor)..item.tokens.start;
    near.into_iter().any(|i| {
        let compared = words.averages.before(tokens, i).is_some() || words.versus.before(tokens, i).is_some();
        says_whole(work, own, i) && !compared
    })
}

/// Whether the words at a token say the document's own place without its name: "toàn huyện".
fn says_whole(work: &Work<'_>, own: &Place, i: usize) -> bool {
    let (words, tokens) = (&work.patterns.frames, &work.tokens);
    let said = words.own.at(tokens, i).filter(|(_, own)| own.strong && words.own_not.at(tokens, i).is_none());
    let named = said.is_some_and(|(n, _)| work.token(i + n).is_some_and(|t| t.capital()));
    said.is_some_and(|(_, said)| match said.level {
        OwnLevel::Province => own.level == Level::Province,
        OwnLevel::District => own.level == Level::District,
        OwnLevel::City => matches!(own.level, Level::Province | Level::District),
        OwnLevel::Commune => own.level == Level::Commune,
    }) && !named
}

/// The one unit of a label.
fn only(units: &[Named]) -> Option<&Named> {
    units.first().filter(|_| units.len() == 1)
}

/// "cao hơn mức tăng 8,6% của cả nước và đứng thứ 9/63": the place in an order is not of what was compared with.
fn ranked_in(item: &Found) -> bool {
    item.kind == Kind::Rank && item.why.scope == "scope.previous"
}

/// Which part of the document gave its place.
fn by_document(frame: &DocumentFrame) -> &'static str {
    if frame.place.is_none() {
        return "";
    }
    match frame.place_read.as_ref().map(|read| read.basis) {
        None => "place.document",
        Some(EvidenceBasis::Head) => "place.document.head",
        Some(EvidenceBasis::Title) => "place.document.title",
        Some(EvidenceBasis::Heading) => "place.document.heading",
        Some(EvidenceBasis::Body) => "place.document.body",
        Some(EvidenceBasis::Signature) => "place.document.signature",
        Some(EvidenceBasis::Stamp) => "place.document.stamp",
    }
}

/// The unit that the scope of an item names.
fn named(work: &Work<'_>, own: Option<&Place>, day: Option<&str>, scope: &str) -> Option<Place> {
    let places = &work.patterns.places;
    let spoken = scope.to_lowercase();
    if work.patterns.frames.country_names.iter().any(|name| {
        spoken == *name || spoken.strip_suffix(name.as_str()).is_some_and(|before| before.ends_with(' '))
    }) {
        return Some(place::country(Basis::Text));
    }
    let mut found = place::named(places, scope, day).into_iter();
    // A name without its type word is a unit only where the scope is nothing else, or a body of the state that bears it;
    // a district that no list has is one by its type word.
    let body = |name: &String| spoken.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with(' '));
    let borne = |end: usize| end == scope.len() && work.patterns.frames.local_bodies.iter().any(body);
    let first = found.next().filter(|(range, named)| named.typed || named.spans(scope) || borne(range.end));
    let first = first.map(|(_, named)| named);
    let first = first.or_else(|| {
        let district = places.written_district(scope)?;
        Some(Named { district: Some(district), typed: true, ..Named::default() })
    })?;
    resolved(work, own, day, first)
}

/// A named unit within the place around it.
fn resolved(work: &Work<'_>, own: Option<&Place>, day: Option<&str>, mut first: Named) -> Option<Place> {
    let places = &work.patterns.places;
    if first.province.is_none() {
        // A district of another province is there, not here.
        let here = own.and_then(|p| p.province.as_ref());
        let elsewhere = first.district.as_deref().filter(|_| first.typed).filter(|d| {
            let code = here.and_then(|p| p.code.as_deref());
            code.is_some()
                && places.district(d, code, day).is_none()
                && places.district(d, None, day).is_some()
        });
        first.province = here.filter(|_| elsewhere.is_none()).cloned();
    }
    if first.district.is_none() && first.commune.is_some() {
        first.district = own.and_then(|p| p.district.as_ref()).map(|d| d.name.clone());
    }
    place::place(places, first, day, Basis::Text)
}

/// A stretch of time on its way into an item.
struct Time {
    start: Day,
    end: Day,
    text: Option<SmolStr>,
    basis: Basis,
    /// The rule or frame that gave it.
    why: &'static str,
}

/// Whether words between a date and what follows bring back the time of the document: "hiện nay", or "trong tháng" behind
/// a date that is no month.
pub(crate) fn returned(work: &Work<'_>, months: Option<i32>, mut between: Range<usize>) -> bool {
    let (words, tokens) = (&work.patterns.frames, &work.tokens);
    // "Từ năm 2012 đến nay": the end of that time, no other one.
    between.start += words.until_now.at(tokens, between.start).map_or(0, |(n, ())| n);
    // "8 tháng đầu năm nay".
    between.start += words.of_this.at(tokens, between.start).map_or(0, |(n, ())| n);
    between.any(|i| {
        let number = |n: usize| work.token(i + n).is_some_and(|t| t.kind == TokenKind::Number);
        words.returns.at(tokens, i).is_some()
            || words.in_month.at(tokens, i).is_some_and(|(n, ())| !number(n) && months != Some(1))
            || words.in_quarter.at(tokens, i).is_some_and(|(n, ())| !number(n) && months != Some(3))
    })
}

/// Whether a date only says when a thing came about, and what a mark parts from it is of another time: "thành lập tháng
/// 8/2021, 55 ha".
pub(crate) fn founded(work: &Work<'_>, date: &Range<usize>) -> bool {
    let mark = work.token(date.end).is_some_and(|t| t.is(',') || t.is(';') || t.is(')'));
    mark && work.patterns.frames.founded.before(&work.tokens, date.start).is_some()
}

/// Whether a date is that of an event that its sentence begins with, and no time of what follows: "Sau sự cố môi trường năm 2016,
/// xã đã đạt được:". `floor`: the first token that the sentence may begin with.
pub(crate) fn of_event(work: &Work<'_>, date: &Range<usize>, floor: usize) -> bool {
    let from = date.start.saturating_sub(EVENT).max(floor);
    let begins = |&i: &usize| i == floor || ends_sentence(&work.tokens, i - 1);
    let Some(begin) = (from..=date.start).rev().find(begins) else { return false };
    let is_word = |&i: &usize| work.token(i).is_some_and(|t| t.kind == TokenKind::Word);
    let apart = |i: usize| work.token(i).is_some_and(|t| t.is(',') || t.kind == TokenKind::Number);
    let opener = (begin..date.start).find(is_word);
    let event = opener.and_then(|i| work.patterns.frames.events.at(&work.tokens, i).map(|(n, ())| i + n));
    event.is_some_and(|e| e < date.start && !(e..date.start).any(apart))
}

/// How many months a time takes, from the first day of one to the last of another.
pub(crate) fn months(start: Day, end: Day) -> Option<i32> {
    let month = |d: Day| i32::from(d.year()) * 12 + i32::from(d.month());
    (start != end).then(|| month(end) - month(start) + 1)
}

/// The reader of periods.
struct Times<'t, 'a> {
    work: &'t Work<'a>,
    frame: &'t DocumentFrame,
    dates: &'t [date::Found],
    /// Where paragraphs begin, in tokens.
    paragraphs: Vec<usize>,
    /// The dates that are spans, by how many years they have.
    spans: FxHashMap<i32, Vec<usize>>,
    /// The last term of office that the text names.
    term: Option<usize>,
    /// The tables that tell results, by their numbers.
    told: FxHashSet<u32>,
}

/// The dates that are spans of years, by their length, in the order of the text.
fn spans_of(dates: &[date::Found]) -> FxHashMap<i32, Vec<usize>> {
    let mut spans: FxHashMap<i32, Vec<usize>> = FxHashMap::default();
    for (n, d) in dates.iter().enumerate().filter(|(_, d)| d.kind == DateKind::Interval) {
        spans.entry(i32::from(d.end.year()) - i32::from(d.start.year()) + 1).or_default().push(n);
    }
    spans
}

/// The last term of office that the text names and that was over, or nearly, when it was written.
fn last_term(work: &Work<'_>, frame: &DocumentFrame, dates: &[date::Found]) -> Option<usize> {
    let terms = &work.patterns.frames.terms;
    let written = frame.written.as_ref().map(|w| w.end.year());
    let term = |d: &date::Found| {
        d.kind == DateKind::Interval
            && terms.at(&work.tokens, d.tokens.start).is_some()
            && written.is_none_or(|year| d.end.year() <= year)
    };
    let named = dates.iter().enumerate().filter(|(_, d)| term(d));
    named.max_by_key(|(_, d)| d.end).map(|(n, _)| n)
}

impl Times<'_, '_> {
    /// The period of an item: that of its own words, paragraph, list or heading; else what the document covers; else its
    /// own day.
    fn of(&self, item: &Found, before: &[Found]) -> Resolved {
        // The headings of a table have said it.
        if let Some(period) = item.when.as_ref().filter(|p| !self.is_open(item, p)) {
            let years = period.start.year() < period.end.year();
            return Resolved {
                period: Some(period.clone()),
                per: self.of_each_year(item).filter(|_| years),
                why_period: "period.cell",
                ..Resolved::default()
            };
        }
        let Some(time) = self.time(item, before) else { return Resolved::default() };
        let ahead = self.is_ahead(item, &time);
        let per = self.of_each_year(item).filter(|_| time.start.year() < time.end.year());
        let (start, end) = (time.start, time.end);
        let period = Some(Period { start, end, text: time.text, basis: Some(time.basis) });
        Resolved { period, ahead, per, why_period: time.why, ..Resolved::default() }
    }

    /// "giai đoạn 2016 - 2020 … tăng bình quân 8,2%", "Tốc độ tăng GRDP (bình quân)": what a figure of several years is told per.
    fn of_each_year(&self, item: &Found) -> Option<SmolStr> {
        let (words, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        let grows = item.kind == Kind::Percentage
            && (item.direction.is_some() || matches!(item.role, Role::Change) || {
                let name = item.name.as_deref().unwrap_or_default();
                words.growth_names.iter().any(|w| name.to_lowercase().starts_with(w.as_str()))
            });
        let says = match item.cell.as_ref().and_then(|c| c.rows.last()) {
            Some(row) => grows && words.says_mean(&row.to_lowercase()),
            None => {
                let floor = self.work.token_at(item.sentence.start);
                let mean = |i: usize| {
                    grows
                        && words.mean_growth.at(tokens, i).is_some()
                        && words.mean_growth_not.at(tokens, i).is_none()
                };
                let near = item.tokens.start.saturating_sub(YEARLY).max(floor)..item.tokens.start;
                near.chain([item.tokens.end]).any(|i| words.each_year.at(tokens, i).is_some() || mean(i))
            }
        };
        (says && item.per.is_none()).then(|| words.year_unit.clone())
    }

    /// "… năm 2026" over a table of June's report: what is told covers no more than the report does.
    fn is_open(&self, item: &Found, period: &Period) -> bool {
        let told = item.role == Role::Actual && period.basis == Some(Basis::Section);
        told && self.frame.written.as_ref().is_some_and(|w| period.end > w.end && period.start <= w.end)
    }

    fn time(&self, item: &Found, before: &[Found]) -> Option<Time> {
        if let Some(years) = self.of_years(item) {
            return Some(years);
        }
        let written = item.period_basis == Basis::Text;
        let own = item.period.filter(|&n| !(written && self.measures_by(n, item, before)));
        let own = own.filter(|&n| !(item.period_basis == Basis::Text && self.is_yearly(n, item)));
        let own = own.and_then(|n| self.dated(n, item.period_basis, item.why.period));
        let near = match own {
            Some(time) if time.basis == Basis::Text => Some(time),
            other => match self
                .opening(item)
                .or_else(|| self.list_opening(item))
                .filter(|_| item.why.role != "role.now")
                .filter(|&n| !self.measures_by(n, item, before))
            {
                Some(n) => self
                    .dated(n, Basis::Text, "period.opening")
                    .filter(|t| !(self.says_now(item) && self.is_to_come(t)))
                    .or(other),
                None => other,
            },
        };
        let near = self.back_then(item).and_then(|n| self.dated(n, Basis::Text, "period.then")).or(near);
        let time = self.of_whole_year(item, before, near.as_ref()).or(near);
        let time = time.or_else(|| self.of_whole(item, before));
        if time.is_none() && self.says_term(item) {
            return self.dated(self.term?, Basis::Document, "period.term");
        }
        let time = time.or_else(|| self.between(item));
        let time = time.or_else(|| self.of_document(item, before))?;
        // "(năm ngoái 372 kg/ha)": a time of its own.
        let last_year = item.period.and_then(|n| self.dates.get(n)).is_some_and(|d| {
            let said = self.work.patterns.frames.spoken.at(&self.work.tokens, d.tokens.start);
            said.is_some_and(|(_, means)| *means == Means::LastYear)
        });
        if last_year && time.basis == Basis::Text {
            return Some(time);
        }
        let base = self.base(item).or_else(|| self.base_beside(item, before));
        if let Some(base) = base.or_else(|| self.base_in_bracket(item, before)) {
            return self.of_base(base, time);
        }
        let own = matches!(item.why.period, "period.right_behind" | "period.behind");
        if item.began && item.role == Role::Actual && !own && self.same_time_of(item).is_none() {
            return self.before_change(time);
        }
        if self.is_assigned(item) && time.start.year() == time.end.year() {
            return of_year(Time { why: "period.assigned", ..time }, time.end.year());
        }
        // … and its last one.
        let year = time.end.year();
        let spans = time.start.year() < year;
        let began =
            || before.last().is_some_and(|p| p.began && p.sentence == item.sentence && p.unit == item.unit);
        if spans && item.role == Role::Actual && item.kind != Kind::Rank && began() && self.arrives(item) {
            return of_year(time, year);
        }
        match self.same_time_of(item) {
            Some(year) => self.in_year(time, year),
            None => Some(time),
        }
    }

    /// Whether a figure is what a change came to: "xuống còn 10%".
    fn arrives(&self, item: &Found) -> bool {
        let near = item.tokens.start.saturating_sub(ARRIVES)..item.tokens.start;
        near.into_iter()
            .any(|i| self.work.token(i).is_some_and(|t| self.work.patterns.clauses.arrives.has(t)))
    }

    /// "giai đoạn 2001 - 2005 … năm 2005 …; tổng vốn đầu tư 5 năm đạt 16.400 tỷ đồng": the last span of so many years.
    fn of_years(&self, item: &Found) -> Option<Time> {
        let words = &self.work.patterns.frames;
        let tokens = &self.work.tokens;
        let told = item.cell.is_none() && matches!(item.role, Role::Actual | Role::Change);
        let start = self.work.token_at(item.sentence.start).max(item.tokens.start.saturating_sub(SENTENCE));
        let dated = item.period.and_then(|n| self.dates.get(n)).map_or(0, |d| d.tokens.end);
        let number = |i: usize| {
            let number = self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number);
            let years = number.then(|| self.work.word(i).parse::<i32>().ok()).flatten()?;
            let unit = words.span_years.at(tokens, i + 1).is_some();
            let near = i.checked_sub(1).is_some_and(|b| words.no_span.at(tokens, b).is_some());
            let other = near || words.no_span.at(tokens, i + 1).is_some();
            (unit && !other && SPAN_YEARS.contains(&years)).then_some((i, years))
        };
        let (at, years) = (start.max(dated)..item.tokens.start.saturating_sub(1))
            .rev()
            .filter(|_| told)
            .find_map(number)?;
        let spans = self.spans.get(&years)?;
        // "Trong 5 năm (2016 - 2020)": the bracket behind says which.
        let behind = at + 2..at + 5;
        let named = |n: &&usize| self.dates.get(**n).is_some_and(|d| behind.contains(&d.tokens.start));
        if let Some(&n) = spans.iter().find(named) {
            return self.dated(n, Basis::Text, "period.years");
        }
        let told = |n: &usize| self.dates.get(*n).is_some_and(|d| d.tokens.end <= at);
        // What is still to come is not told of.
        let written = self.frame.written.as_ref().map(|w| w.end);
        let begun =
            |n: &&usize| self.dates.get(**n).is_some_and(|d| written.is_none_or(|day| d.start <= day));
        let known = spans.get(..spans.partition_point(told)).unwrap_or(&[]);
        let last = known.iter().rev().find(begun)?;
        self.dated(*last, Basis::Text, "period.years")
    }

    /// "trong nhiệm kỳ đưa 1.026 lao động đi làm việc ở nước ngoài": told of a whole term of office.
    fn says_term(&self, item: &Found) -> bool {
        let words = &self.work.patterns.frames.in_term;
        let start = self.work.token_at(item.sentence.start).max(item.tokens.start.saturating_sub(SENTENCE));
        item.cell.is_none()
            && matches!(item.role, Role::Actual | Role::Change)
            && (start..item.tokens.start).any(|i| words.at(&self.work.tokens, i).is_some())
    }

    /// The time at which a change of a time began: the year before a year, the first day of its part; of another time it is not
    /// known.
    fn before_change(&self, time: Time) -> Option<Time> {
        // "Giai đoạn 2011 - 2015 … giảm từ 20% xuống còn 10%": its first year.
        let first = time.start.year();
        if first < time.end.year() {
            return of_year(time, first);
        }
        let (begin, end) = Day::days_of_year(time.end.year())?;
        let begins = time.start == begin;
        if begins && time.end == end {
            return self.of_base(Base::Year, time);
        }
        if begins { self.of_base(Base::Start, time) } else { None }
    }

    /// "tăng 2,6 lần so với cuối năm 2018, khi đó chỉ mới 344 người": the time right before such words.
    fn back_then(&self, item: &Found) -> Option<usize> {
        let words = &self.work.patterns.frames.back_then;
        let near = item.tokens.start.saturating_sub(THEN)..item.tokens.start;
        let at = near.into_iter().rev().find(|&i| words.at(&self.work.tokens, i).is_some())?;
        let n = self.dates.partition_point(|d| d.tokens.end <= at).checked_sub(1)?;
        // "Năm 2010 được coi là vạch xuất phát. Thời điểm đó, toàn huyện mới có 11 nhà nghỉ": that of the sentence before.
        let begins = at == self.work.token_at(item.sentence.start);
        let own = |d: &&date::Found| at - d.tokens.end <= if begins { SENTENCE } else { 1 };
        self.dates.get(n).filter(own).filter(|d| d.role != DateRole::Reference).map(|_| n)
    }

    /// "Kim ngạch trong hai tháng đầu năm 2007 đạt 6,76 tỷ USD. Một số mặt hàng gồm: …": parts have the time of the whole
    /// that the sentence before told.
    fn of_whole(&self, item: &Found, before: &[Found]) -> Option<Time> {
        if item.cell.is_some() || !matches!(item.role, Role::Actual | Role::Change | Role::Gap) {
            return None;
        }
        let start = self.work.token_at(item.sentence.start);
        let words = &self.work.patterns.frames.divides;
        let begins = words.at(&self.work.tokens, start).is_some();
        // A line that begins so goes on with what the line above told.
        let below = self.work.token(start).is_some_and(|t| t.gap == Gap::Line);
        let paragraph = self.paragraph(if below { start.saturating_sub(1) } else { start });
        let whole = before.iter().rev().find(|p| p.tokens.start < start)?;
        let near = whole.cell.is_none()
            && whole.tokens.start >= paragraph
            && start.saturating_sub(whole.tokens.end) <= NEAR;
        let n = whole.period.filter(|_| whole.period_basis == Basis::Text && begins && near)?;
        let told = self.dates.get(n).is_some_and(|d| d.tokens.start >= paragraph && d.kind != DateKind::Day);
        self.dated(n, Basis::Text, "period.whole").filter(|t| told && !self.is_to_come(t))
    }

    /// "giảm từ 67,2% năm 1999 còn 37,9%, bình quân mỗi năm giảm 5%": told of the years of the document, not of that one.
    fn is_yearly(&self, n: usize, item: &Found) -> bool {
        let years = |start: Day, end: Day| end.year() > start.year();
        let one =
            self.dates.get(n).is_some_and(|d| !years(d.start, d.end) && d.tokens.end <= item.tokens.start);
        let many = self.frame.period.as_ref().is_some_and(|p| years(p.start, p.end));
        let near = item.tokens.start.saturating_sub(YEARLY)..item.tokens.start;
        let yearly = &self.work.patterns.frames.yearly;
        one && many && near.into_iter().any(|i| yearly.at(&self.work.tokens, i).is_some())
    }

    /// "Dự kiến cả năm thu đạt …", "Cả năm, toàn tỉnh tiêu hủy …": the whole year that is spoken of, not that of a plan.
    fn of_whole_year(&self, item: &Found, before: &[Found], near: Option<&Time>) -> Option<Time> {
        if item.cell.is_some() || matches!(item.role, Role::Norm) {
            return None;
        }
        let words = &self.work.patterns.frames;
        let start = self.work.token_at(item.sentence.start);
        let floor = before.last().map_or(start, |p| p.tokens.end.max(start));
        let tokens = &self.work.tokens;
        // Another time of its sentence has been told since; behind no earlier figure the nearer words count.
        let dated =
            item.period.filter(|_| item.period_basis == Basis::Text && item.why.period == "period.before");
        let start = dated.and_then(|n| self.dates.get(n)).map_or(start, |d| d.tokens.end.max(start));
        let start = if start > floor { floor } else { start };
        let (at, n) = (start..item.tokens.start)
            .rev()
            .find_map(|i| words.whole_year.at(tokens, i).map(|(n, ())| (i, n)))?;
        // Behind a semicolon another aim begins.
        let parted = |i: usize| self.work.token(i).is_some_and(|t| t.is(';'));
        let aims = item.role == Role::Target && (at + n..item.tokens.start).any(parted);
        if at < floor && (aims || item.tokens.start - at > YEAR_REACH) {
            return None;
        }
        let dated = self.dates.partition_point(|d| d.tokens.end <= at);
        let with_year = self.dates.get(dated).is_some_and(|d| d.tokens.start <= at + n);
        let other = words.other_year.at(tokens, at + n).is_some();
        if with_year || other || words.plans.before(tokens, at).is_some() {
            return None;
        }
        // What has been done was done in the year that the document covers, not in one to come.
        let written = self.frame.written.as_ref().map(|w| w.end);
        let over = |end: &Day| item.role != Role::Actual || written.is_none_or(|w| end.year() <= w.year());
        let covered = self.frame.period.as_ref().map(|p| p.end).filter(over).or(written);
        let told = near
            .map(|t| t.end)
            .filter(|end| item.role != Role::Actual || covered.is_none_or(|own| end.year() <= own.year()));
        let spoken = told.or(covered);
        let year = spoken.or_else(|| self.frame.written.as_ref().map(|w| w.end))?.year();
        let (start, end) = Day::days_of_year(year)?;
        let text = Some(one_line(self.work.words(at..at + n)));
        Some(Time { start, end, text, basis: Basis::Text, why: "period.whole_year" })
    }

    /// A date as the time of an item: up to now where the words go on so, the time before where something is handed on.
    fn dated(&self, n: usize, basis: Basis, why: &'static str) -> Option<Time> {
        let date = self.dates.get(n)?;
        let words = &self.work.patterns.frames;
        let text = Some(one_line(self.work.words(date.tokens.clone())));
        let (mut start, mut end) = (date.start, date.end);
        // "đến hết tháng 9": from the beginning of the year on.
        if date.kind == DateKind::Month
            && words.until_month.before(&self.work.tokens, date.tokens.start).is_some()
        {
            start = Day::first_of(end.year(), 1)?;
        }
        if words.until_now.at(&self.work.tokens, date.tokens.end).is_some() {
            // Up to which day, nothing may tell: then it is no time.
            let now = self.now();
            match now.filter(|&now| now >= start) {
                Some(now) => end = now,
                None if now.is_none()
                    && words.starts_span.before(&self.work.tokens, date.tokens.start).is_some() =>
                {
                    return None;
                }
                None => {}
            }
        } else if words.carried.before(&self.work.tokens, date.tokens.start).is_some() {
            (start, end) = self.time_before(date)?;
        } else if self.since(date) {
            end = self.now().filter(|&now| now >= end).unwrap_or(end);
        }
        Some(Time { start, end, text, basis, why })
    }

    /// "Kể từ năm 2011, các xã đã huy động được …": up to now, though nothing says so.
    fn since(&self, date: &date::Found) -> bool {
        let (words, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        date.kind == DateKind::Year
            && self.work.token(date.tokens.end).is_some_and(|t| t.is(','))
            && words.since.before(tokens, date.tokens.start).is_some()
    }

    /// The day that "đến nay" means: the last one a report covers, else the document's own.
    fn now(&self) -> Option<Day> {
        let covered = self.frame.period.as_ref().filter(|_| self.frame.is_report).map(|p| p.end);
        let written = self.frame.written.as_ref().map(|w| w.end);
        match (covered, written) {
            (Some(covered), Some(written)) => Some(covered.min(written)),
            (covered, written) => covered.or(written),
        }
    }

    /// The year, quarter or month before.
    fn time_before(&self, date: &date::Found) -> Option<(Day, Day)> {
        let (year, month) = (date.start.year(), date.start.month());
        match date.kind {
            DateKind::Month | DateKind::Quarter => {
                let length = if date.kind == DateKind::Month { 1 } else { 3 };
                let (y, m) =
                    if month > length { (year, month - length) } else { (year - 1, 12 + month - length) };
                Some((Day::first_of(y, m)?, Day::last_of(y, m + length - 1)?))
            }
            _ => Some((Day::first_of(year - 1, 1)?, Day::last_of(year - 1, 12)?)),
        }
    }

    /// "bằng 48,75% kế hoạch năm 2019, khu vực A tăng 8%": the year is that of the plan.
    fn measures_by(&self, n: usize, item: &Found, before: &[Found]) -> bool {
        let Some(date) = self.dates.get(n).filter(|_| item.cell.is_none()) else { return false };
        let near = date.tokens.start.saturating_sub(PLAN)..=date.tokens.start;
        let open = |i: usize| {
            (i..date.tokens.start).all(|i| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word))
        };
        let plans = &self.work.patterns.frames.plans;
        let plan = near.rev().take_while(|&i| open(i)).any(|i| plans.before(&self.work.tokens, i).is_some());
        // "(16%)" right behind the year of the plan is the plan's own.
        let own = item.tokens.start.saturating_sub(date.tokens.end) <= 1;
        let measured = |f: &&Found| f.tokens.end <= date.tokens.start && self.one_sentence(f, item);
        // "Kế hoạch vốn năm 2021 là 245 tỷ đồng, đã giải ngân 132 tỷ đồng": what has become of the plan.
        let became = |f: &&Found| {
            let behind = f.tokens.start >= date.tokens.end && self.one_sentence(f, item);
            behind && f.why.role == "role.planned" && item.role == Role::Actual
        };
        let told = || !own && before.iter().rev().take(NEAR).any(|f| measured(&f) || became(&f));
        // "bố trí 92 tỷ đồng trong kế hoạch giai đoạn 2021 - 2025".
        let within = self.work.patterns.frames.time_leads.at(&self.work.tokens, item.tokens.end).is_some();
        plan && (date.tokens.start >= item.tokens.end && !within || told())
    }

    /// "Hiện nay …" ends what was told of times to come.
    fn says_now(&self, item: &Found) -> bool {
        let start = self.work.token_at(item.sentence.start);
        let now = &self.work.patterns.indicators.until_now;
        (start..item.tokens.start).any(|i| now.at(&self.work.tokens, i).is_some())
    }

    fn is_to_come(&self, time: &Time) -> bool {
        match (&self.frame.written, &self.frame.period) {
            (Some(written), _) => time.start > written.end,
            // A report without a day: "Một số chỉ tiêu năm 1999" in one on 1998.
            (None, Some(covered)) => {
                let led = matches!(time.basis, Basis::Section | Basis::List) || time.why == "period.opening";
                self.frame.is_report && led && time.start > covered.end
            }
            (None, None) => false,
        }
    }

    /// What has happened happened before the document was written.
    fn is_ahead(&self, item: &Found, time: &Time) -> bool {
        let told = matches!(item.role, Role::Actual | Role::Change | Role::Gap);
        told && item.why.role != "role.base" && self.is_to_come(time)
    }

    fn one_sentence(&self, earlier: &Found, item: &Found) -> bool {
        self.work.bytes(earlier.tokens.clone()).start >= item.sentence.start
    }

    /// What the document covers; of what lies ahead where the item is aimed at; else its own day.
    fn of_document(&self, item: &Found, before: &[Found]) -> Option<Time> {
        let of = |span: &Span, basis: Basis| {
            let text = Some(one_line(self.work.text.slice(span.range.clone())));
            let why = match span.basis {
                EvidenceBasis::Title => "period.document.title",
                EvidenceBasis::Head => "period.document.head",
                _ => "period.document.body",
            };
            Time { start: span.start, end: span.end, text, basis, why }
        };
        let titled = |span: &&Span| matches!(span.basis, EvidenceBasis::Title | EvidenceBasis::Head);
        let aimed = matches!(item.role, Role::Target);
        if matches!(item.role, Role::Norm) {
            return self.issued();
        }
        // "ước tăng 12,15%/KH 11,5%", "(kế hoạch 4%)": the aim beside what was reached is of the same time.
        let mate = before.last().filter(|p| p.range.is_some() && p.range == item.range);
        let start = mate.map_or(item.tokens.start, |p| p.tokens.start);
        let beside = before.iter().rev().take(3).any(|p| {
            let near = start.saturating_sub(p.tokens.end) <= BESIDE && self.one_sentence(p, item);
            near && matches!(p.role, Role::Actual | Role::Change | Role::Gap)
        });
        // "Kế hoạch" beside "Thực hiện" in a table of results without a time of its own.
        let told = item.cell.as_ref().is_some_and(|cell| self.told.contains(&cell.number));
        if aimed && !beside && !told {
            // What a report covers is over; what a plan is for is not.
            let open = |span: &&Span| {
                !self.frame.is_report && self.frame.written.as_ref().is_none_or(|w| span.end >= w.start)
            };
            let planned = self.frame.period.as_ref().filter(titled).filter(open);
            let span = self.frame.ahead.as_ref().or(planned).map(|span| of(span, Basis::Document));
            // An estimate is one of its day; what is only aimed at has none.
            let priced = || if item.kind == Kind::Money { self.issued() } else { None };
            return span.or_else(priced);
        }
        // What is counted up to the moment of writing is of that day, whatever the document covers.
        let covered = self.frame.period.as_ref().filter(|_| !self.says_moment(item));
        // "Trong 9 tháng, …. Lũy kế đến nay, …": on a page that no title gives its time.
        let page = !self.frame.is_report && item.cell.is_none() && matches!(item.role, Role::Actual);
        if page && covered.is_some_and(|span| span.basis == EvidenceBasis::Body) && self.says_now(item) {
            let now = self.today();
            if now.is_some() {
                return now;
            }
        }
        let covered = covered.filter(|span| !self.outlasts(item, span) && !self.is_over(item, span));
        let covered = covered.map(|span| of(span, Basis::Document));
        // A resolution of December on the year to come: its results are of the year that ends.
        let ahead = covered.as_ref().is_some_and(|time| self.is_ahead(item, time));
        let covered = covered.filter(|_| !ahead);
        covered
            .or_else(|| if ahead && self.closes_year() { self.own_year() } else { None })
            .or_else(
                || if self.frame.period.is_some() && self.is_present(item) { self.today() } else { None },
            )
            .or_else(|| self.own_day())
    }

    /// The day of a text that rules, allows or appraises and has no other time: neither a report nor a plan.
    fn issued(&self) -> Option<Time> {
        let only = !self.frame.is_report && !self.frame.is_plan && self.frame.period.is_none();
        let head = self.frame.written.as_ref().is_some_and(|w| w.basis == EvidenceBasis::Head);
        let own = if only && head { self.own_day() } else { None };
        own.map(|time| Time { basis: Basis::Issue, why: "period.issue", ..time })
    }

    /// The day on which a page was put out, of which it tells the present.
    fn today(&self) -> Option<Time> {
        let written = self.frame.written.as_ref().filter(|w| w.start == w.end)?;
        let text = Some(one_line(self.work.text.slice(written.range.clone())));
        let (start, end) = (written.start, written.end);
        Some(Time { start, end, text, basis: Basis::Issue, why: "period.today" })
    }

    /// The document's own day or month, as far as it is written; else the year of issue.
    fn own_day(&self) -> Option<Time> {
        let written = self.frame.written.as_ref()?;
        // A page is put out some time in the year it tells of.
        let own = written.basis == EvidenceBasis::Head;
        if own && months(written.start, written.end).is_none_or(|n| n == 1) {
            let text = Some(one_line(self.work.text.slice(written.range.clone())));
            let (start, end) = (written.start, written.end);
            return Some(Time { start, end, text, basis: Basis::Document, why: "period.written" });
        }
        self.own_year()
    }

    /// Written when its year was nearly over.
    fn closes_year(&self) -> bool {
        self.frame.written.as_ref().is_some_and(|w| w.start.month() >= CLOSING)
    }

    /// The year of issue.
    fn own_year(&self) -> Option<Time> {
        let year = self.frame.written.as_ref()?.end.year();
        let (start, end) = Day::days_of_year(year)?;
        Some(Time { start, end, text: None, basis: Basis::Issue, why: "period.issue" })
    }

    /// "Đến thời điểm kết luận, …": counted up to the day of writing.
    fn says_moment(&self, item: &Found) -> bool {
        let moments = &self.work.patterns.frames.moments;
        let start = self.work.token_at(item.sentence.start).max(item.tokens.start.saturating_sub(PARAGRAPH));
        (start..item.tokens.start).any(|i| moments.at(&self.work.tokens, i).is_some())
    }

    /// "Hiện có 57.840 ha rừng" in a text of 2017 on the years 2012 - 2016: of its own day.
    fn is_over(&self, item: &Found, span: &Span) -> bool {
        let years = span.start.year() < span.end.year();
        let gone = self.frame.written.as_ref().is_some_and(|w| span.end.year() < w.start.year());
        matches!(item.role, Role::Actual) && (gone && !self.frame.is_report || years) && self.is_present(item)
    }

    /// Whether the sentence of an item tells of the present, or one of its paragraph has begun so.
    fn is_present(&self, item: &Found) -> bool {
        let (words, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        let start = self.work.token_at(item.sentence.start);
        let now =
            |i: usize| words.present.at(tokens, i).is_some() && words.present_not.before(tokens, i).is_none();
        let paragraph = self.paragraph(item.tokens.start).min(start);
        let begins = |i: usize| i == paragraph || self.ends_sentence(i - 1);
        let dated = || {
            let first = self.dates.partition_point(|d| d.tokens.start < paragraph);
            let last = self.dates.partition_point(|d| d.tokens.start < start);
            self.dates.get(first..last).unwrap_or(&[]).last().map_or(paragraph, |d| d.tokens.end)
        };
        (start..item.tokens.start).any(now)
            || item.cell.is_none() && (dated()..start).any(|i| begins(i) && now(i))
    }

    /// What has happened does not last to a year to come: "giai đoạn 2021 - 2025" says nothing of it but in a report.
    fn outlasts(&self, item: &Found, span: &Span) -> bool {
        let told = matches!(item.role, Role::Actual | Role::Change) && !self.frame.is_report;
        told && self.frame.written.as_ref().is_some_and(|w| {
            span.outlasts(w) || self.frame.is_plan && span.end > w.end && self.says_now(item)
        })
    }

    /// The last date before the item that opens a sentence of its paragraph: "Trong tháng 7/2025, … . Số hồ sơ …".
    fn opening(&self, item: &Found) -> Option<usize> {
        if item.cell.is_some() {
            return None;
        }
        let start = self.paragraph(item.tokens.start);
        self.opening_in(item, start..item.tokens.start)
    }

    /// The last date of a stretch that opens one of its sentences, unless another time has been told since.
    fn opening_in(&self, item: &Found, stretch: Range<usize>) -> Option<usize> {
        let first = self.dates.partition_point(|d| d.tokens.start < stretch.start);
        let last = self.dates.partition_point(|d| d.tokens.start < stretch.end);
        let opens = |n: &usize| {
            self.dates.get(*n).is_some_and(|d| {
                let told =
                    d.role == DateRole::AsOf || d.role == DateRole::Deadline && item.role == Role::Actual;
                // "Trong 10 năm trở lại đây, …": the next sentences tell of other times.
                let years = d.inferred == Some(SPOKEN) && d.start.year() < d.end.year();
                (d.kind != DateKind::Day || told)
                    && !years
                    && !self.labels_member(item, &d.tokens)
                    && !self.is_past(item, d)
                    && self.opens(d, stretch.clone(), told)
            })
        };
        (first..last).rev().find(opens).filter(|&n| {
            self.dates
                .get(n)
                .is_some_and(|d| !returned(self.work, months(d.start, d.end), d.tokens.end..stretch.end))
        })
    }

    /// "Khách tham quan trong tháng 10 ước đạt 334.000 lượt. Khách lưu trú ước đạt 119.000 lượt. Doanh thu trong tháng 10 …": a
    /// sentence of a paragraph between two that tell the same time.
    fn between(&self, item: &Found) -> Option<Time> {
        if item.cell.is_some() || !matches!(item.role, Role::Actual | Role::Change) {
            return None;
        }
        let own = self.paragraphs.partition_point(|&start| start <= item.tokens.start);
        let end = self.paragraphs.get(own).copied().unwrap_or(self.work.tokens.len());
        let start = self.paragraph(item.tokens.start);
        let n = self.dates.partition_point(|d| d.tokens.end <= item.tokens.start).checked_sub(1)?;
        let before = self.dates.get(n).filter(|d| d.tokens.start >= start)?;
        let after = self.dates.get(n + 1).filter(|d| d.tokens.end <= end)?;
        let open = |d: &date::Found| {
            let versus = &self.work.patterns.frames.versus;
            d.role != DateRole::Reference
                && d.kind != DateKind::Day
                && d.inferred != Some(SPOKEN)
                && versus.before(&self.work.tokens, d.tokens.start).is_none()
        };
        let same = (before.start, before.end) == (after.start, after.end);
        // Another sentence than those of the times: their own figures have been asked for.
        let apart = before.tokens.start < self.work.token_at(item.sentence.start)
            && after.tokens.start >= self.work.token_at(item.sentence.end);
        (same && apart && open(before) && open(after))
            .then(|| self.dated(n, Basis::Text, "period.between"))?
    }

    /// Whether a time of an earlier sentence is none of an item's: the beginning of a year ("Đầu năm 2026, xã có 604 hộ nghèo.
    /// Giải quyết việc làm cho 146 lao động") and a crop season ("Lúa đông xuân 2024 - 2025 …. Tổng đàn heo 21.300 con")
    /// are the time of their own sentence, a school year that of later ones on schools.
    fn is_past(&self, item: &Found, date: &date::Found) -> bool {
        let start = self.work.token_at(item.sentence.start);
        if date.tokens.start >= start {
            return false;
        }
        let (frames, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        let rules = &self.work.patterns.dates.rules;
        if date.rule == rules.school_year {
            let own = start.max(item.tokens.start.saturating_sub(PARAGRAPH))..item.tokens.end + SCHOOL;
            return !own.into_iter().any(|i| frames.school.at(tokens, i).is_some());
        }
        let moment = || frames.year_ends.before(tokens, date.tokens.start).is_some();
        date.rule == rules.season || date.kind == DateKind::Year && moment()
    }

    /// "28,6 tỷ đồng, trong đó năm 2018: 8,2 tỷ đồng": a time before a colon that figures of its sentence stand before is the
    /// label of one member, and opens nothing.
    fn labels_member(&self, item: &Found, date: &Range<usize>) -> bool {
        let own = self.work.token_at(item.sentence.start);
        let stop = |i: usize| self.work.token(i).is_some_and(|t| t.is('.'));
        let begins = |&i: &usize| stop(i - 1) && self.ends_sentence(i - 1) || self.begins(i);
        let low = date.start.saturating_sub(PARAGRAPH).max(1);
        // Of an earlier sentence: where that begins.
        let start = if date.start < own { (low..=date.start).rev().find(begins).unwrap_or(low) } else { own };
        let colon = self.work.token(date.end).is_some_and(|t| t.is(':'));
        let first = self.dates.partition_point(|d| d.tokens.end <= start);
        let dated = |i: usize| {
            self.dates.get(first..).into_iter().flatten().take(DATES).any(|d| d.tokens.contains(&i))
        };
        let figure = |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number) && !dated(i);
        colon && date.start > start && (start..date.start).take(PARAGRAPH).any(figure)
    }

    /// "Lũy kế 9 tháng được 4.386 tỷ đồng. Chia ra:" over a list: the date that opens the last sentence of figures before it.
    fn list_opening(&self, item: &Found) -> Option<usize> {
        if item.cell.is_some() || !matches!(item.role, Role::Actual | Role::Change | Role::Gap) {
            return None;
        }
        let own = self.paragraphs.partition_point(|&start| start <= item.tokens.start).checked_sub(1)?;
        let begin = |n: usize| self.paragraphs.get(n).copied();
        let mark = |n: usize| {
            let token = self.work.token(begin(n)?)?;
            LIST_MARKS.into_iter().find(|&mark| token.is(mark))
        };
        let kind = mark(own)?;
        let low = own.saturating_sub(MEMBERS);
        let mut lead = (low..own).rev().find(|&n| mark(n) != Some(kind))?;
        let mut end = begin(lead + 1)?;
        if !self.work.token(end - 1).is_some_and(|t| t.is(':')) {
            return None;
        }
        let over = |lead: usize, end: usize| begin(lead).is_some_and(|start| end - start <= LEADS_OVER);
        if over(lead, end) && self.work.token(begin(lead)?).is_some_and(|t| t.gap == Gap::Line) {
            end = begin(lead)?;
            lead = lead.checked_sub(1)?;
        }
        let start = begin(lead).filter(|&start| end - start <= PARAGRAPH)?;
        self.opening_in(item, start..end)
    }

    /// Whether a bracket that has opened before a stretch closes in it.
    fn in_closed_bracket(&self, between: Range<usize>) -> bool {
        let mut open = 0usize;
        for token in between.filter_map(|i| self.work.token(i)) {
            if token.is('(') {
                open += 1;
            } else if token.is(')') {
                if open == 0 {
                    return true;
                }
                open -= 1;
            }
        }
        false
    }

    /// Whether a date opens a sentence of a stretch from the start of a paragraph to an item.
    /// `told`: it says as of when figures stand.
    fn opens(&self, date: &date::Found, stretch: Range<usize>, told: bool) -> bool {
        let floor = stretch.start;
        // A day on which something took place says nothing of the next sentence; a day up to which is counted does.
        if date.role == DateRole::Reference {
            return false;
        }
        let words = &self.work.patterns.indicators.compared;
        let handed = &self.work.patterns.frames.handed;
        if words.before(&self.work.tokens, date.tokens.start).is_some()
            || handed.at(&self.work.tokens, date.tokens.end).is_some()
            || founded(self.work, &date.tokens)
        {
            return false;
        }
        let from = date.tokens.start.saturating_sub(OPENS).max(floor);
        let begin = (from..=date.tokens.start).rev().find(|&i| i == floor || self.ends_sentence(i - 1));
        // "Tuần 50 (từ ngày 13 - 19/12), toàn tỉnh …".
        let bare = |begin: usize| {
            let bracket = |i: &usize| self.work.token(*i).is_some_and(|t| t.is('('));
            let open = (begin..date.tokens.start).find(bracket).unwrap_or(begin);
            // "Đến 12h00 ngày 21/11/2025": the hour tells when, too.
            let near = |i: usize| self.work.token(i).is_some_and(|t| self.work.patterns.dates.clock.has(t));
            let hour = |i: usize| near(i + 1) || i > 0 && near(i - 1);
            let filled = |i: usize| {
                self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number && !hour(i) || t.is(','))
            };
            !(open..date.tokens.start).any(filled)
        };
        let leads = self.leads_in(date) && !self.in_closed_bracket(date.tokens.end..stretch.end);
        // "…, chiếm 77,3% dân số; tỉnh giao năm 2017 đạt 81%. Ngành y tế …": a member's time is not that of later sentences.
        let is = |i: usize, mark: char| self.work.token(i).is_some_and(|t| t.is(mark));
        let member = |begin: usize| {
            begin > floor
                && is(begin - 1, ';')
                && !self.stands_first(date, begin)
                && (date.tokens.end..stretch.end).any(|i| is(i, '.') && self.ends_sentence(i))
        };
        let starts = |begin: usize| bare(begin) && !member(begin) && self.leads_sentence(date, begin);
        let opened = begin.is_some_and(starts)
            || leads
            || self.is_set_off(date)
            || self.is_spelled_out(date, floor)
            || self.is_topic(date, floor)
            || told && self.stands(date, floor);
        opened && !of_event(self.work, &date.tokens, floor) && !self.is_recalled(date, floor)
    }

    /// "…; quý I năm 1998 thu …", "…; tính chung 9 tháng tăng …": nothing but a lead stands before the time.
    fn stands_first(&self, date: &date::Found, begin: usize) -> bool {
        let leads = &self.work.patterns.frames.sentence_leads;
        let led = leads.at(&self.work.tokens, begin).map_or(0, |(n, ())| n);
        begin + led >= date.tokens.start
    }

    /// "Doanh số cho vay 9 tháng 71,4 tỷ" is told of its subject alone; "Chỉ riêng 9 tháng, …" of what follows too.
    fn leads_sentence(&self, date: &date::Found, begin: usize) -> bool {
        let leads = &self.work.patterns.frames.sentence_leads;
        let led = leads.at(&self.work.tokens, begin).map_or(0, |(n, ())| n);
        date.inferred != Some(SPOKEN) || reach(date) == Reach::Sentence && begin + led == date.tokens.start
    }

    /// "Báo cáo cho thấy, trong 6 tháng đầu năm, …": between commas it tells when all that follows was.
    fn is_set_off(&self, date: &date::Found) -> bool {
        let comma = |i: usize| self.work.token(i).is_some_and(|t| t.is(','));
        let before = (1..=2).any(|n| date.tokens.start.checked_sub(n).is_some_and(comma));
        before && comma(date.tokens.end)
    }

    /// The first token of the sentence that a date stands in.
    fn sentence_of(&self, date: &date::Found, floor: usize) -> usize {
        let low = floor.max(date.tokens.start.saturating_sub(SENTENCE));
        let begins = |&i: &usize| i == floor || self.ends_sentence(i - 1);
        (low..=date.tokens.start).rev().find(begins).unwrap_or(low)
    }

    /// "Theo tổng hợp bước đầu, đến 31/12/1998 cả nước có …": before any figure of its sentence it says as of when all of
    /// them stand.
    fn stands(&self, date: &date::Found, floor: usize) -> bool {
        let begin = self.sentence_of(date, floor);
        let is = |i: usize, mark: char| self.work.token(i).is_some_and(|t| t.is(mark));
        let figure = |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number);
        let near = date.tokens.start.saturating_sub(OPENS).max(begin)..date.tokens.start;
        near.into_iter().any(|i| is(i, ',')) && !(begin..date.tokens.start).any(|i| figure(i) || is(i, '('))
    }

    /// "Sau ba tháng hoạt động (01/7 - 30/9/2025), trung tâm …": a bracket of its own before any figure.
    fn is_spelled_out(&self, date: &date::Found, floor: usize) -> bool {
        let is = |i: usize, mark: char| self.work.token(i).is_some_and(|t| t.is(mark));
        let alone = date.tokens.start.checked_sub(1).is_some_and(|i| i >= floor && is(i, '('))
            && is(date.tokens.end, ')')
            && is(date.tokens.end + 1, ',');
        let figure = |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number);
        let days = date.kind == DateKind::Interval && date.start.year() == date.end.year();
        alone && days && !(self.sentence_of(date, floor)..date.tokens.start).any(figure)
    }

    /// "… tán thành báo cáo về tình hình kinh tế - xã hội năm 1998.": the opening sentence of a paragraph, without figures, ends
    /// with what the rest is about. A time that is over only.
    fn is_topic(&self, date: &date::Found, floor: usize) -> bool {
        let words = &self.work.patterns.frames;
        let over = self.frame.written.as_ref().is_some_and(|w| date.end < w.start);
        let stop = self.work.token(date.tokens.end).is_some_and(|t| t.is('.'))
            && self.ends_sentence(date.tokens.end);
        let begin = self.sentence_of(date, floor);
        let mut own = begin..date.tokens.start;
        let figure = |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number);
        over && stop
            && date.kind != DateKind::Day
            && begin <= floor + NUMBERED
            && !own.clone().any(figure)
            && own.any(|i| words.topics.at(&self.work.tokens, i).is_some())
    }

    /// "Nhớ lại hồi đầu năm 2004, …": what has been is told of in its own sentence.
    fn is_recalled(&self, date: &date::Found, floor: usize) -> bool {
        let words = &self.work.patterns.frames.recalls;
        let begin = self.sentence_of(date, floor);
        (begin..date.tokens.start).any(|i| words.at(&self.work.tokens, i).is_some())
    }

    /// "… phải đạt đến năm 2020 là: 85% …; 100% …": a colon soon after the date lets it govern what follows.
    fn leads_in(&self, date: &date::Found) -> bool {
        let behind = date.tokens.end..date.tokens.end + OPENS;
        let stop = behind.into_iter().find(|&i| self.work.token(i).is_none_or(|t| t.kind != TokenKind::Word));
        stop.is_some_and(|i| self.work.token(i).is_some_and(|t| t.is(':')))
    }

    fn ends_sentence(&self, i: usize) -> bool {
        ends_sentence(&self.work.tokens, i)
    }

    /// The first token of the paragraph that holds a token; of one too long the token itself.
    fn paragraph(&self, token: usize) -> usize {
        let next = self.paragraphs.partition_point(|&start| start <= token);
        let start = next.checked_sub(1).and_then(|n| self.paragraphs.get(n)).copied().unwrap_or(0);
        if token - start > PARAGRAPH { token } else { start }
    }

    /// Where the paragraph before the one that begins at a token begins.
    fn paragraph_above(&self, start: usize) -> Option<usize> {
        start.checked_sub(1).map(|i| self.paragraph(i))
    }

    /// "tăng 27,8% so cùng kỳ (21.546 tỷ đồng)": the value of the year before.
    fn base(&self, item: &Found) -> Option<Base> {
        if item.role == Role::Change {
            return self.base_grew(item);
        }
        if !matches!(item.role, Role::Actual) {
            return None;
        }
        let (frames, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        let compared = &self.work.patterns.indicators.compared;
        let punct =
            |i: Option<usize>| i.and_then(|i| self.work.token(i)).is_none_or(|t| t.kind == TokenKind::Punct);
        let lists = [
            (&frames.base, Base::Year),
            (&frames.base_start, Base::Start),
            (&frames.base_month, Base::Month),
        ];
        // "(cùng kỳ 160 triệu USD)", "(đầu năm là 11,85%)".
        let said = lists.iter().find(|(words, _)| {
            words.before(tokens, item.tokens.start).is_some_and(|(n, ())| {
                let from = item.tokens.start - n;
                punct(from.checked_sub(1)) && compared.before(tokens, from).is_none()
            })
        });
        if said.is_none() && self.opens_with_base(item) {
            return Some(Base::Year);
        }
        if let Some((_, base)) = said {
            let opens = |i: usize| self.work.token(i).is_some_and(|t| t.is('('));
            let near = item.tokens.start.saturating_sub(NEARLY)..item.tokens.start;
            return Some(*base).filter(|b| *b == Base::Year || near.into_iter().any(opens));
        }
        let before: Range<usize> = item.tokens.start.saturating_sub(COMPARED)..item.tokens.start;
        let mark = |&i: &usize| self.work.token(i).is_some_and(|t| t.is('(') || t.is(')') || t.is(';'));
        let open = before.rev().find(mark).filter(|&i| self.work.token(i).is_some_and(|t| t.is('(')))?;
        // "(21.546 tỷ đồng)", "(lần lượt là 0,77% và 2,3%)": figures and what puts them in their order.
        let leads = |i: usize| {
            let turn = frames.in_turn.at(tokens, i).map(|(n, ())| n);
            turn.or_else(|| frames.start_leads.at(tokens, i).map(|(n, ())| n))
        };
        let mut first = open + 1;
        while let Some(n) = leads(first) {
            first += n;
        }
        let joins = |i: usize| {
            self.work
                .token(i)
                .is_some_and(|t| t.kind != TokenKind::Word || self.work.patterns.clauses.joins.has(t))
        };
        if !(first..item.tokens.start).all(joins) {
            return None;
        }
        let marks = |i: usize| self.work.token(i).is_some_and(|t| t.is('*'));
        let end = (open.saturating_sub(2)..=open).rev().find(|&j| j == 0 || !marks(j - 1)).unwrap_or(open);
        frames.base.before(tokens, end).map(|_| Base::Year)
    }

    /// "tăng 7% (cùng kỳ tăng 6,5%)": what the base itself grew by, said in a bracket.
    fn base_grew(&self, item: &Found) -> Option<Base> {
        let end = self.behind_base(item);
        let (n, ()) = self.work.patterns.frames.base.before(&self.work.tokens, end)?;
        let open = (end - n).checked_sub(1).and_then(|i| self.work.token(i));
        (item.cell.is_none() && end < item.tokens.start && open.is_some_and(|t| t.is('(')))
            .then_some(Base::Year)
    }

    /// Where the words begin that lead from the time of a base to its figure: "chỉ đạt", "tăng".
    fn behind_base(&self, item: &Found) -> usize {
        self.work.patterns.frames.base_leads.row_before(&self.work.tokens, item.tokens.start)
    }

    /// "(mùa khô trước 61 vụ - 243 ha)": the second value of one base.
    fn base_beside(&self, item: &Found, before: &[Found]) -> Option<Base> {
        let previous = before.last().filter(|p| p.tokens.end + 1 == item.tokens.start)?;
        let mark = self.work.token(previous.tokens.end);
        let joined = mark.is_some_and(|t| t.is('-') || t.is('–') || t.is('/'));
        let actual = matches!(item.role, Role::Actual);
        if joined && actual && previous.sentence == item.sentence { self.base(previous) } else { None }
    }

    /// "(cùng kỳ 11 vụ, chết 8 người)": what stands with the value of a base in one bracket is of its time.
    fn base_in_bracket(&self, item: &Found, before: &[Found]) -> Option<Base> {
        let mark = |i: &usize| self.work.token(*i).is_some_and(|t| t.is('(') || t.is(')') || t.is(';'));
        let open = (item.tokens.start.saturating_sub(COMPARED)..item.tokens.start).rev().find(mark)?;
        let first = before.iter().rev().take_while(|p| p.tokens.start > open).last()?;
        let told = matches!(item.role, Role::Actual) && item.cell.is_none();
        let is_open = self.work.token(open).is_some_and(|t| t.is('('));
        // Nothing but words, commas and figures: no time of its own.
        let next = self.dates.partition_point(|d| d.tokens.start <= first.tokens.start);
        let dated = self.dates.get(next).is_some_and(|d| d.tokens.end <= item.tokens.start);
        if told && is_open && !dated { self.base(first) } else { None }
    }

    /// "dự toán Bộ giao (12.960 tỷ đồng)", "(chỉ tiêu cả năm trên 75%)": the plan of the year, told in a bracket.
    fn is_assigned(&self, item: &Found) -> bool {
        let (frames, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        let is = |i: usize, mark: char| self.work.token(i).is_some_and(|t| t.is(mark));
        let near = item.tokens.start.saturating_sub(NEARLY)..item.tokens.start;
        let Some(open) = near.rev().find(|&i| is(i, '(')) else { return false };
        let word = |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word);
        if item.cell.is_some() || !(open + 1..item.tokens.start).all(word) {
            return false;
        }
        if frames.year_plans.at(tokens, open + 1).is_some() {
            return true;
        }
        let begin = (open.saturating_sub(PLAN_WORDS)..open).rev().take_while(|&i| word(i)).last();
        let assigned = frames.assigned.before(tokens, open).is_some() && open + 1 == item.tokens.start;
        assigned
            && begin.is_some_and(|begin| (begin..open).any(|i| frames.plan_words.at(tokens, i).is_some()))
    }

    /// "(cùng kỳ năm 2018 là 5 tỷ đồng)", "trong khi cùng kỳ năm 2022 tăng 8%": the year of a base of comparison before its
    /// figure.
    fn same_time_of(&self, item: &Found) -> Option<i32> {
        let (work, tokens) = (self.work, &self.work.tokens);
        let end = self.behind_base(item);
        let near = self.dates.partition_point(|d| d.tokens.end <= end).checked_sub(1)?;
        let date = self.dates.get(near).filter(|d| d.kind == DateKind::Year && d.tokens.end == end)?;
        let (n, ()) = work.patterns.frames.same_time.before(tokens, date.tokens.start)?;
        let from = date.tokens.start - n;
        let apart = from
            .checked_sub(1)
            .is_none_or(|i| work.token(i).is_some_and(|t| t.kind == TokenKind::Punct) || self.begins(from));
        let whereas = || work.patterns.frames.whereas.before(tokens, from).is_some();
        ((apart || whereas()) && item.cell.is_none()).then(|| i32::from(date.end.year()))
    }

    fn begins(&self, token: usize) -> bool {
        self.work.token(token).is_some_and(|t| t.gap >= Gap::Line)
    }

    /// A time in another year.
    fn in_year(&self, time: Time, year: i32) -> Option<Time> {
        let year = u16::try_from(year).ok()?;
        if time.start.year() != time.end.year() || time.end.year() <= year {
            return Some(time);
        }
        let shift = |d: Day| Day::new(year, d.month(), d.day()).or_else(|| Day::last_of(year, d.month()));
        Some(Time { start: shift(time.start)?, end: shift(time.end)?, why: "period.base", ..time })
    }

    /// "Cùng kỳ năm trước làm đất được 1.900 ha".
    fn opens_with_base(&self, item: &Found) -> bool {
        let tokens = &self.work.tokens;
        let start = self.work.token_at(item.sentence.start);
        let word = |i: &usize| self.work.token(*i).is_some_and(|t| t.kind == TokenKind::Word);
        let Some(first) = (start..item.tokens.start).find(word) else { return false };
        let base = &self.work.patterns.frames.base;
        let opened = (1..=BASE).find(|&n| base.before(tokens, first + n).is_some_and(|(m, ())| m == n));
        // What a mark parts from it is told of this year again.
        let comma = |i: usize| self.work.token(i).is_some_and(|t| t.is(',') || t.is(';'));
        let apart = |from: usize| (from + 1..item.tokens.start).any(comma);
        // "Năm ngoái, huyện trồng 120 ha": a time of its own.
        let dated = |end: usize| {
            let next = self.dates.partition_point(|d| d.tokens.end <= first);
            self.dates.get(next).is_some_and(|d| d.tokens.start < end)
        };
        opened.is_some_and(|n| first + n <= item.tokens.start && !apart(first + n) && !dated(first + n))
            && item.cell.is_none()
    }

    /// The time of what a value is compared with.
    fn of_base(&self, base: Base, time: Time) -> Option<Time> {
        let year = time.end.year();
        let (start, end) = match base {
            Base::Year => {
                let shift = |d: Day| {
                    let (year, month) = (d.year() - 1, d.month());
                    Day::new(year, month, d.day()).or_else(|| Day::last_of(year, month))
                };
                (shift(time.start)?, shift(time.end)?)
            }
            Base::Start => (Day::new(year, 1, 1)?, Day::new(year, 1, 1)?),
            Base::Month => {
                let month = time.end.month();
                let (y, m) = if month > 1 { (year, month - 1) } else { (year - 1, 12) };
                (Day::first_of(y, m)?, Day::last_of(y, m)?)
            }
        };
        Some(Time { start, end, why: "period.base", ..time })
    }
}

/// What a value told for comparison belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Base {
    /// The same time of the year before.
    Year,
    /// The beginning of the year.
    Start,
    /// The month before.
    Month,
}

/// Where paragraphs begin: at a blank line, a list mark, or a line break behind the end of a sentence.
fn paragraphs(work: &Work<'_>) -> Vec<usize> {
    let tokens = &work.tokens;
    let mut out: Vec<usize> = Vec::new();
    for i in tokens.hinted(hint::SENTENCE, 0..tokens.len()) {
        let Some(token) = tokens.get(i) else { continue };
        let begins = match token.gap {
            Gap::Para => true,
            Gap::Line => {
                let listed = LIST_MARKS.into_iter().any(|mark| token.is(mark));
                let ended = i == 0 || ends_sentence(tokens, i - 1);
                listed || ended && !fills(work, out.last().copied().unwrap_or(0), i)
            }
            _ => false,
        };
        if begins {
            out.push(i);
        }
    }
    out
}

/// Whether the line that ends before a token is full: the next word did not fit on it any more, so that its end says
/// nothing. `start`: where its paragraph begins.
fn fills(work: &Work<'_>, start: usize, i: usize) -> bool {
    let s = work.text.s();
    let (from, at) = (work.bytes(start..start + 1).start, work.bytes(i..i + 1).start);
    let word = work.token(i).filter(|t| t.kind == TokenKind::Word).map(|_| work.word(i).chars().count());
    let (Some(word), Some(paragraph)) = (word, s.get(from..at)) else { return false };
    let colon = work.token(i - 1).is_none_or(|t| t.is(':'));
    // The indent of the first line belongs to its width.
    let head = s.get(..from).and_then(|s| s.rfind('\n')).map_or(from, |n| from - n - 1);
    let mut lines = paragraph.trim_end().lines().rev().map(|l| l.trim_end().chars().count());
    let Some(last) = lines.next() else { return false };
    let mut count = 0;
    let mut width = 0;
    for line in lines.take(WRAPPED) {
        width = line.max(width);
        count += 1;
    }
    let indented = s.get(from - head..from).is_some_and(|h| h.trim().is_empty()) && head > 0;
    let flush = s.get(..at).and_then(|s| s.rfind('\n')).is_none_or(|n| at - n - 1 < head);
    !colon && count > 0 && width >= NARROW && last + 1 + word > width && (!indented || flush)
}

fn ends_sentence(tokens: &[Token], i: usize) -> bool {
    tokens.get(i).is_some_and(|t| t.is('.') || t.is(';') || t.is(':'))
        && tokens.get(i + 1).is_some_and(|t| t.gap != Gap::Glued)
}
