//! What the first lines and sentences say: whose text it is, what a bare name is, where a hamlet lies.

use std::ops::Range;

use super::super::named::unit;
use super::super::{OPENING, TITLE, capitals_below, first_line as first_line_of, named, seen};
use super::{ADDRESS, LINK, NAME, Named, Page, Survey};
use crate::facts::hosted;
use crate::patterns::voices::Voice;
use crate::record::{EvidenceBasis, Level};
use crate::words::lines::{is_capitals, lines};
use crate::words::shadow::floor_boundary;
use crate::words::token::{Case, Gap, Kind as TokenKind};

/// "UBND TỈNH LÀO CAI" on the first line, without a number below: whose text it is.
pub(super) fn first_line(survey: &mut Survey, page: &Page<'_, '_>) {
    let work = page.work;
    let line = first_line_of(work).filter(|l| l.len() <= TITLE && is_capitals(work.text.slice(l.clone())));
    let Some(line) = line else { return };
    let own = || {
        let at = work.token_at(line.start);
        let body = work.patterns.frames.own.at(&work.tokens, at).is_some_and(|(_, own)| !own.strong);
        let mut all = page.named(line.clone());
        let (range, named) = all.pop().filter(|_| body && all.is_empty())?;
        Some((line.start + range.start..line.start + range.end, named))
    };
    if let Some((range, named)) = second_line(page, &line).or_else(own) {
        let read = seen(range, EvidenceBasis::Heading, Voice::FirstLine.rule());
        survey.add(named, page.points(Voice::FirstLine), read);
    }
}

/// "CỤC THỐNG KÊ THÀNH PHỐ HẢI PHÒNG" over "PHÒNG THỐNG KÊ HUYỆN CÁT HẢI": the unit within that of the first line which the second
/// one ends with.
fn second_line(page: &Page<'_, '_>, first: &Range<usize>) -> Option<(Range<usize>, Named)> {
    let line = capitals_below(page.work, first, TITLE / 3)?;
    let (_, outer) = page.named(first.clone()).pop()?;
    let mut inner = page.named(line.clone());
    let (range, named) = inner.pop().filter(|_| inner.is_empty())?;
    let range = line.start + range.start..line.start + range.end;
    let ends = range.end == line.end && named.typed && named.level() > outer.level();
    let own = Named { province: named.province.clone().or(outer.province), ..named };
    (ends && outer.typed).then_some((range, own))
}

/// "… với nhân dân xóm Long Vân" over "xóm Long Vân, xã Bình Sơn (TP. Sông Công)": a title on a hamlet is about its commune.
pub(super) fn hamlet(survey: &mut Survey, page: &Page<'_, '_>) {
    let Some(title) = page.title else { return };
    let (work, text) = (page.work, page.work.text);
    let Some(hamlet) = hamlet_of(page, title) else { return };
    // Behind it in the text its commune stands.
    let s = text.slice(title.end..floor_boundary(text.s(), title.end + OPENING));
    let lower = s.to_lowercase();
    let Some(behind) = lower.find(&hamlet).filter(|_| lower.len() == s.len()) else { return };
    let from = title.end + behind + hamlet.len();
    let near = text.slice(from..floor_boundary(text.s(), from + ADDRESS));
    let commune = named(&work.patterns.places, near, page.date).into_iter().next();
    let near = |(r, n): &(Range<usize>, Named)| n.commune.is_some() && n.typed && r.start <= LINK;
    if let Some((range, named)) = commune.filter(near) {
        let range = from + range.start..from + range.end;
        survey.add(
            named,
            page.points(Voice::Hamlet),
            seen(range, EvidenceBasis::Heading, Voice::Hamlet.rule()),
        );
    }
}

/// The first hamlet of a title with its kind, in small letters: "xóm long vân".
fn hamlet_of(page: &Page<'_, '_>, title: &Range<usize>) -> Option<String> {
    let work = page.work;
    let kinds = &work.patterns.frames.hamlets;
    let tokens = work.token_at(title.start)..work.token_at(title.end);
    let (at, name) = tokens.clone().find_map(|i| kinds.at(&work.tokens, i).map(|(n, ())| (i, i + n)))?;
    let is_capital = |&i: &usize| work.token(i).is_some_and(|t| t.capital());
    let end = (name..tokens.end).take_while(is_capital).count() + name;
    (end > name).then(|| work.words(at..end).to_lowercase())
}

/// "Vạn Khánh (huyện Vạn Ninh, Khánh Hòa) vừa được …" in a text that says "của xã" and names no commune with its type word: the
/// name that its title or first sentence begins with, where a district stands behind it in brackets or the opening names it again.
pub(super) fn bare_commune(survey: &mut Survey, page: &Page<'_, '_>) {
    let weight = page.weight(Voice::BareCommune);
    if survey.own.commune < weight.said || survey.has_typed(Level::Commune) {
        return;
    }
    let (work, text) = (page.work, page.work.text);
    let from = page.title.map_or(0, |t| t.end);
    let first = lines(text.s()).find(|l| l.start >= from && l.len() > TITLE / 4).map(|l| l.start);
    let start = page.title.map_or(from, |t| t.start);
    let starts = [start].into_iter().chain(first);
    let Some(tokens) = starts.filter_map(|at| unknown_name(page, at)).next() else { return };
    let name = work.words(tokens.clone());
    // "(huyện Vạn Ninh, Khánh Hòa)"
    let around = bracketed_district(page, work.bytes(tokens.clone()).end);
    let opening = text.slice(from..floor_boundary(text.s(), from + OPENING));
    let is_both = tokens.start == work.token_at(start) && opening.contains(name);
    if around.is_none() && !is_both {
        return;
    }
    let named = Named { commune: Some(name.to_owned()), ..around.unwrap_or_default() };
    survey.add(
        named,
        weight.points,
        seen(work.bytes(tokens), EvidenceBasis::Heading, Voice::BareCommune.rule()),
    );
}

/// The words with capitals at a place that are no name of a district or province, as tokens.
fn unknown_name(page: &Page<'_, '_>, at: usize) -> Option<Range<usize>> {
    let (work, places) = (page.work, page.places());
    let start = work.token_at(at);
    let is_capital = |&i: &usize| {
        work.token(i).is_some_and(|t| t.case == Case::Title && (i == start || t.gap == Gap::Space))
    };
    let n = (start..start + NAME + 1).take_while(is_capital).count();
    let name = work.words(start..start + n);
    let is_known =
        places.district(name, None, page.date).is_some() || places.province_named(name, None).is_some();
    ((2..=NAME).contains(&n) && !is_known).then(|| start..start + n)
}

/// The district that a bracket at a place begins with.
fn bracketed_district(page: &Page<'_, '_>, at: usize) -> Option<Named> {
    let text = page.work.text;
    let behind = text.slice(at..floor_boundary(text.s(), at + ADDRESS));
    let (inside, _) = behind.strip_prefix(" (")?.split_once(')')?;
    let (_, first) = named(page.places(), inside, page.date).into_iter().next()?;
    (first.level() == Level::District).then_some(first)
}

/// "… tới Tân Nhuận Đông, xã vùng sâu của huyện Châu Thành, tỉnh Đồng Tháp": the first sentences say what the name before is and
/// where it lies.
pub(super) fn apposition(survey: &mut Survey, page: &Page<'_, '_>) {
    let work = page.work;
    let tokens = opening_of(page);
    let lies_in = &work.patterns.clauses.lies_in;
    for of in tokens.clone().filter(|&i| work.token(i).is_some_and(|t| lies_in.has(t))) {
        let Some(kind) = hosted::before(work, tokens.start, of + 1) else { continue };
        let Some(mark) = kind.start.checked_sub(1) else { continue };
        let Some(name) = bare_name(page, tokens.start..mark) else { continue };
        let at = work.bytes(of..of + 1).end;
        let behind = page.named(at..floor_boundary(work.text.s(), at + ADDRESS)).into_iter().next();
        let Some((_, around)) = behind.filter(|(r, a)| r.start <= LINK && a.typed) else { continue };
        let own = of_kind(page, kind, name.clone()).filter(|own| own.level() > around.level());
        let Some(mut own) = own else { continue };
        own.complete(&around);
        let read = seen(work.bytes(name), EvidenceBasis::Heading, Voice::Apposition.rule());
        survey.add(own, page.points(Voice::Apposition), read);
        return;
    }
}

/// "Lộc Ninh là huyện biên giới" in a text that says "toàn huyện": its opening says what kind of unit the bare name is.
pub(super) fn kind_said(survey: &mut Survey, page: &Page<'_, '_>) {
    let weight = page.weight(Voice::KindSaid);
    let (work, places) = (page.work, page.places());
    let (clauses, frames) = (&work.patterns.clauses, &work.patterns.frames);
    let tokens = opening_of(page);
    for is in tokens.clone().filter(|&i| work.token(i).is_some_and(|t| clauses.is_a.has(t))) {
        let at = is + 1 + frames.one_of.at(&work.tokens, is + 1).map_or(0, |(n, ())| n);
        let Some((n, ())) = clauses.hosted.at(&work.tokens, at) else { continue };
        let Some(name) = bare_name(page, tokens.start..is) else { continue };
        if !opens_clause(page, tokens.start, name.start) {
            continue;
        }
        let Some(mut own) = of_kind(page, at..at + n, name.clone()) else { continue };
        if survey.own.said(own.level()) < weight.said {
            continue;
        }
        // "là huyện của tỉnh X" tells the rest.
        let known = own.district.as_deref().and_then(|d| places.district(d, None, page.date));
        let province = known.and_then(|d| places.province_with_code(&d.province, page.date));
        own.province = own.province.or(province);
        survey.add(
            own,
            weight.points,
            seen(work.bytes(name), EvidenceBasis::Heading, Voice::KindSaid.rule()),
        );
        return;
    }
}

/// The tokens of the first sentences.
fn opening_of(page: &Page<'_, '_>) -> Range<usize> {
    let work = page.work;
    let end = floor_boundary(work.text.s(), page.from + OPENING);
    work.token_at(page.from)..work.token_at(end)
}

/// Whether a name stands at the beginning of the text, of a line, or behind a mark.
fn opens_clause(page: &Page<'_, '_>, first: usize, name: usize) -> bool {
    name == first
        || page.work.token(name).is_some_and(|t| t.gap >= Gap::Line)
        || page.work.token(name - 1).is_some_and(|t| t.kind != TokenKind::Word)
}

/// The words with capitals right before a token that may be the name of a unit.
fn bare_name(page: &Page<'_, '_>, before: Range<usize>) -> Option<Range<usize>> {
    let is_capital = |i: &usize| page.work.token(*i).is_some_and(|t| t.case == Case::Title);
    let n = before.clone().rev().take_while(is_capital).take(NAME + 1).count();
    (2..=NAME).contains(&n).then(|| before.end - n..before.end)
}

/// The unit of a kind that stands apart from its name.
fn of_kind(page: &Page<'_, '_>, kind: Range<usize>, name: Range<usize>) -> Option<Named> {
    let written = format!("{} {}", page.work.words(kind).to_lowercase(), page.work.words(name));
    let places = page.places();
    let own = places.mentions(&written, page.date).into_iter().next();
    own.map(|m| unit(places, &m)).filter(|own| own.typed)
}
