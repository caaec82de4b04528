//! The place that the label of a paragraph gives to all that follows in it ("- Bắc Ninh: hoàn thành 14 dự án. Đến năm
//! 2030 …"), and places that share figures in their order ("xã A và xã B lần lượt là 52% và 58,3%").

use std::ops::Range;

use super::place::{self, Named};
use crate::claim::Work;
use crate::claim::indicator::Found;
use crate::record::{Level, Place};
use crate::words::token::{Gap, Kind, hint};

/// Most tokens of a label, with the marks before it.
const LABEL: usize = 14;
/// Most tokens from the beginning of a paragraph in which the unit it is told of stands.
const OPENER: usize = 10;
/// Within so many tokens a paragraph of news in brief begins with its star, and within so many its unit is named.
const STAR: usize = 4;
const NEWS: usize = 40;
/// Most syllables of a commune's name.
const NAME: usize = 4;
/// Most figures that are told in their order.
const IN_TURN: usize = 8;

/// Most tokens of a heading that begins with a unit: "Ninh Hòa: lúa được mùa, tôm thất bát".
const HEADING: usize = 18;

/// The labels of a text: where what they govern begins and ends, and the units that they name.
pub(super) struct Labels {
    found: Vec<(Range<usize>, Vec<Named>)>,
}

impl Labels {
    /// Reads the labels of paragraphs.
    pub(super) fn read(
        work: &Work<'_>,
        paragraphs: &[usize],
        own: Option<&Place>,
        day: Option<&str>,
    ) -> Self {
        let opener = |start| {
            let unit =
                unit_of_opener(work, start, own, day).or_else(|| unit_in_bracket(work, start, own, day));
            unit.map(|unit| vec![unit])
        };
        let mut found: Vec<(Range<usize>, Vec<Named>)> = Vec::new();
        // The heading above, as long as no other one follows.
        let mut above: Option<Vec<Named>> = None;
        // The unit of the last news of several on a page, each of another one.
        let brief = news_of(work, paragraphs, own, day);
        let mut news: Option<Vec<Named>> = None;
        let mut brief = brief.into_iter().peekable();
        for (n, &start) in paragraphs.iter().enumerate() {
            let end = paragraphs.get(n + 1).copied().unwrap_or(work.tokens.len());
            let label = units_of_label(work, start, day);
            if is_heading(work, start..end) {
                let smaller = |unit: &Named| own.is_none_or(|p| unit.level() > p.level);
                above = label.clone().filter(|units| matches!(units.as_slice(), [unit] if smaller(unit)));
            }
            if let Some((_, unit)) = brief.next_if(|(at, _)| *at == start) {
                news = unit.map(|unit| vec![unit]);
            }
            let mut units =
                label.or_else(|| opener(start)).or_else(|| above.clone()).or_else(|| news.clone());
            let mut from = start;
            // "Ở Can Lộc, …. Trong khi đó, Vũ Quang …": a later sentence may turn to another unit.
            for sentence in work.tokens.hinted(hint::SENTENCE, start..end).map(|i| i + 1) {
                let begins = sentence < end
                    && work.token(sentence - 1).is_some_and(|t| t.is('.'))
                    && work.token(sentence).is_some_and(|t| t.gap == Gap::Space && t.capital());
                let leads = begins && work.patterns.frames.place_turns.at(&work.tokens, sentence).is_some();
                let turned = leads.then(|| opener(sentence)).flatten();
                let wide = own.is_none_or(|p| p.level == Level::Country);
                let turns = |u: &Named| u.level() == Level::District || wide && u.level() == Level::Province;
                if let Some(next) = turned.filter(|units| units.iter().all(turns)) {
                    found.extend(units.replace(next).map(|units| (from..sentence, units)));
                    from = sentence;
                }
            }
            if units.is_none() && own.is_none() {
                found.extend(only_province(work, start..end, day));
            }
            found.extend(units.map(|units| (from..end, units)));
        }
        Self { found }
    }

    /// The label of what a token stands in, and where that begins.
    pub(super) fn at(&self, token: usize) -> Option<(usize, &[Named])> {
        let n = self.found.partition_point(|(range, _)| range.start <= token).checked_sub(1)?;
        let (range, units) = self.found.get(n).filter(|(range, _)| range.contains(&token))?;
        Some((range.start, units.as_slice()))
    }
}

/// Of a text on several provinces a paragraph that names one alone is told of it, from its name on.
fn only_province(
    work: &Work<'_>,
    paragraph: Range<usize>,
    day: Option<&str>,
) -> Option<(Range<usize>, Vec<Named>)> {
    let bytes = work.bytes(paragraph.clone());
    let all = place::named(&work.patterns.places, work.text.slice(bytes.clone()), day);
    let mut provinces = all.into_iter().filter_map(|(range, named)| Some((range, named.province?)));
    let (range, province) = provinces.next()?;
    let alone = provinces.all(|(_, other)| other.name == province.name);
    let from = work.token_at(bytes.start + range.start);
    let named = Named { province: Some(province), ..Named::default() };
    (alone && from < paragraph.end).then(|| (from..paragraph.end, vec![named]))
}

/// Whether a paragraph is a short line of its own without the end of a sentence.
fn is_heading(work: &Work<'_>, tokens: Range<usize>) -> bool {
    let last = tokens.end.checked_sub(1).and_then(|i| work.token(i));
    let number = |i: usize| work.token(i).is_some_and(|t| t.kind == Kind::Number);
    tokens.len() <= HEADING
        && !last.is_some_and(|t| t.is('.') || t.is(';') || t.is(','))
        && !tokens.into_iter().any(number)
}

/// The units before the colon of a paragraph, where it holds nothing else.
fn units_of_label(work: &Work<'_>, start: usize, day: Option<&str>) -> Option<Vec<Named>> {
    let colon = (start..start + LABEL).find(|&i| work.token(i).is_some_and(|t| t.is(':')))?;
    let word = |i: &usize| work.token(*i).is_some_and(|t| t.kind == Kind::Word);
    let first = (start..colon).find(word)?;
    let last = (first..colon).rev().find(word)?;
    if !work.token(first).is_some_and(|t| t.capital()) {
        return None;
    }
    only_units(work, first..last + 1, day)
}

/// "Tại An Giang, số ca mắc …", "Báo cáo của Tây Ninh cho biết …", "Huyện Đoan Hùng là địa phương có …": the one unit that a
/// paragraph begins with is told of in all of it, where it lies within the text's own or the text is on many.
fn unit_of_opener(work: &Work<'_>, start: usize, own: Option<&Place>, day: Option<&str>) -> Option<Named> {
    let (words, tokens) = (&work.patterns.frames, &work.tokens);
    let punct = |i: usize| work.token(i).is_some_and(|t| t.kind == Kind::Punct);
    let begin = (start..start + 2).find(|&i| !punct(i))?;
    let lead = words.place_leads.at(tokens, begin).map_or(0, |(n, ())| n);
    let name = begin + lead;
    let first = work.token(name).filter(|t| t.kind == Kind::Word && (t.capital() || lead > 0))?;
    let text = work.text.slice(work.bytes(name..(name + OPENER).min(tokens.len())));
    let places = &work.patterns.places;
    let (range, unit) =
        places.may_begin(text).then(|| place::named(places, text, day))?.into_iter().next()?;
    let level = unit.level();
    // Nothing but its type word stands before the name.
    let before = text.get(..range.start)?;
    let typed =
        unit.typed && before.split_whitespace().count() <= 2 && !before.contains([',', ':', ';']) && {
            // "TP.HCM", "TP. Hồ Chí Minh".
            !before.trim_end().trim_end_matches('.').contains('.')
        };
    // "Kiến Tường là thị xã trung tâm của vùng": a district of the document's province.
    let known = || {
        let code = own.and_then(|p| p.province.as_ref()).and_then(|p| p.code.as_deref());
        let name = unit.district.as_deref().filter(|_| level == Level::District && unit.commune.is_none());
        code.is_some() && name.is_some_and(|name| work.patterns.places.district(name, code, day).is_some())
    };
    let bare = range.start == 0 && (level == Level::Province || lead > 0 || known());
    if !(bare || typed) || level == Level::Country {
        return None;
    }
    // A verb or a comma follows, no other name.
    let behind = text.get(range.end..)?.trim_start();
    let follows =
        behind.starts_with([',', '(']) && lead > 0 || behind.chars().next().is_some_and(|c| c.is_lowercase());
    let last = name + text.get(..range.end)?.split_whitespace().count();
    let joins = words.opener_not.at(tokens, last).is_some();
    let wide = own.is_none_or(|p| p.level == Level::Country);
    let smaller = own.is_some_and(|p| level > p.level);
    let elsewhere = lead > 0 && own.is_some_and(|p| level == p.level);
    (follows && !joins && first.gap != Gap::Glued && (wide || smaller || elsewhere)).then_some(unit)
}

/// "Trại giam Xuân Phước (huyện Đồng Xuân, Phú Yên) có 118 phạm nhân được đặc xá": where the subject lies that a paragraph begins
/// with, in a bracket of its own.
fn unit_in_bracket(work: &Work<'_>, start: usize, own: Option<&Place>, day: Option<&str>) -> Option<Named> {
    let punct = |i: usize| work.token(i).is_some_and(|t| t.kind == Kind::Punct);
    let begin = (start..start + 2).find(|&i| !punct(i))?;
    let open =
        (begin..begin + LABEL).find(|&i| punct(i) || work.is_number(i)).filter(|&i| work.is(i, '('))?;
    let close = (open..open + LABEL).find(|&i| work.is(i, ')'))?;
    let subject = open >= begin + 2 && work.token(begin).is_some_and(|t| t.kind == Kind::Word && t.capital());
    let tells =
        work.token(close + 1).is_some_and(|t| t.kind == Kind::Word && t.gap == Gap::Space && !t.capital());
    if !subject || !tells || close == open + 1 {
        return None;
    }
    let text = work.words(open + 1..close);
    let places = &work.patterns.places;
    let mut named = places.may_begin(text).then(|| place::named(places, text, day))?.into_iter();
    let (range, unit) = named.next()?;
    let alone = named.next().is_none()
        && range.end == text.len()
        && (range.start == 0 || unit.typed && text.get(..range.start)?.split_whitespace().count() <= 2);
    let wide = own.is_none_or(|p| p.level == Level::Country);
    let within = own.is_some_and(|p| {
        let code = |p: Option<&crate::record::Province>| p.and_then(|p| p.code.clone());
        unit.level() > p.level
            && (unit.province.is_none() || code(unit.province.as_ref()) == code(p.province.as_ref()))
    });
    (alone && unit.level() != Level::Country && (wide || within)).then_some(unit)
}

/// The star that a paragraph of news in brief begins with, behind the mark of the newspaper at most: "BKO- *Trong 2 ngày".
fn star_of(work: &Work<'_>, start: usize) -> Option<usize> {
    (start..start + STAR).find(|&i| work.is(i, '*'))
}

/// Where each of several news in brief begins, with its unit; none where they are not of several units.
fn news_of(
    work: &Work<'_>,
    paragraphs: &[usize],
    own: Option<&Place>,
    day: Option<&str>,
) -> Vec<(usize, Option<Named>)> {
    // Only a text on a province has news of its parts.
    if own.is_none_or(|p| p.level != Level::Province) {
        return Vec::new();
    }
    let last = work.tokens.len();
    let ends = paragraphs.iter().skip(1).copied().chain([last]);
    let news: Vec<(usize, Option<Named>)> = paragraphs
        .iter()
        .zip(ends)
        .filter_map(|(&start, end)| Some((start, star_of(work, start)?, end)))
        .map(|(start, star, end)| (start, unit_of_news(work, star + 1..end, day)))
        .collect();
    let mut units = news.iter().filter_map(|(_, unit)| unit.as_ref());
    let several = units.next().is_some_and(|first| units.any(|other| !other.same(first)));
    if several { news } else { Vec::new() }
}

/// "* Ngày 18/12, HĐND huyện Bạch Thông cũng họp phiên thứ 10": the first unit smaller than a province that the first sentence of
/// news in brief names with its type word.
fn unit_of_news(work: &Work<'_>, tokens: Range<usize>, day: Option<&str>) -> Option<Named> {
    let first = tokens.start..tokens.end.min(tokens.start + NEWS);
    let ends = |i: &usize| work.is(*i, '.') && work.token(i + 1).is_none_or(|t| t.gap != Gap::Glued);
    let stop = work.tokens.hinted(hint::SENTENCE, first.clone()).find(ends);
    let text = work.text.slice(work.bytes(first.start..stop.unwrap_or(first.end)));
    let smaller = |unit: &Named| unit.typed && unit.level() > Level::Province;
    let mut named = place::named(&work.patterns.places, text, day).into_iter().map(|(_, unit)| unit);
    named.find(smaller)
}

/// The units of a list of units, of which each stands alone: "Hải Phòng và Đà Nẵng", "huyện A, huyện B".
fn only_units(work: &Work<'_>, tokens: Range<usize>, day: Option<&str>) -> Option<Vec<Named>> {
    let joins = |i: usize| work.token(i).is_some_and(|t| t.is(',') || work.patterns.clauses.joins.has(t));
    let (mut units, mut from) = (Vec::new(), tokens.start);
    for i in tokens.start..=tokens.end {
        if i < tokens.end && !joins(i) {
            continue;
        }
        if from < i {
            let text = work.words(from..i);
            if !work.patterns.places.may_begin(text) {
                return None;
            }
            let mut named = place::named(&work.patterns.places, text, day).into_iter();
            let (range, unit) = named.next()?;
            // Nothing but its type word stands before the name.
            let alone = named.next().is_none() && range.end == text.len();
            let typed = unit.typed && text.get(..range.start)?.split_whitespace().count() <= 2;
            if !alone || !(range.start == 0 || typed) {
                return None;
            }
            units.push(unit);
        }
        from = i + 1;
    }
    (!units.is_empty()).then_some(units)
}

/// The unit that a figure goes to where a sentence tells several of several units in their order.
pub(super) fn in_turn(
    work: &Work<'_>,
    items: &[Found],
    n: usize,
    label: Option<&[Named]>,
    day: Option<&str>,
    code: Option<&str>,
) -> Option<Named> {
    let item = items.get(n)?;
    let words = &work.patterns.frames.in_turn;
    let semicolon = |i: &usize| work.token(*i).is_some_and(|t| t.is(';'));
    let start = work.token_at(item.sentence.start);
    let start = (start..item.tokens.start).rev().find(semicolon).map_or(start, |i| i + 1);
    let turn = (start..item.tokens.start).rev().find(|&i| words.at(&work.tokens, i).is_some())?;
    let like = |f: &&Found| f.kind == item.kind && f.unit == item.unit;
    let open = |f: &&Found| f.sentence == item.sentence && !(turn..f.tokens.start).any(|i| semicolon(&i));
    let earlier = items.get(..n)?.iter().rev().take(IN_TURN).take_while(|f| f.tokens.start > turn);
    let before = earlier.filter(like).count();
    let later = items.get(n + 1..)?.iter().take(IN_TURN).take_while(open).filter(like).count();
    let units = subjects(work, items.get(..n)?, start..turn, day, code);
    let units = units.as_deref().or(label)?;
    (units.len() > 1 && units.len() == before + 1 + later).then(|| units.get(before).cloned()).flatten()
}

/// The units of which a clause is told that ends at a token.
fn subjects(
    work: &Work<'_>,
    before: &[Found],
    clause: Range<usize>,
    day: Option<&str>,
    code: Option<&str>,
) -> Option<Vec<Named>> {
    let floor = before.iter().rev().take(IN_TURN).map(|f| f.tokens.end).find(|&end| end <= clause.end);
    let start = floor.unwrap_or(clause.start).max(clause.start);
    let text = work.words(start..clause.end);
    let named = place::named(&work.patterns.places, text, day);
    // "Yên Thành, Đô Lương" need no type word in their province.
    let own = |unit: &Named| {
        let name = unit.district.as_deref().filter(|_| unit.commune.is_none() && code.is_some());
        name.is_some_and(|name| work.patterns.places.district(name, code, day).is_some())
    };
    let typed =
        |(_, unit): &(Range<usize>, Named)| unit.typed || unit.level() == Level::Province || own(unit);
    let mut units: Vec<Named> = Vec::new();
    for (range, unit) in named.into_iter().filter(typed) {
        let level = unit.level();
        units.push(unit);
        if level == Level::Commune {
            units.extend(goes_on(text.get(range.end..).unwrap_or_default()));
        }
    }
    (units.len() > 1).then_some(units)
}

/// The names that go on with a list of communes: ", Hào Phú" behind "các xã Hồng Lạc".
fn goes_on(rest: &str) -> Vec<Named> {
    let mut names = Vec::new();
    for part in rest.split(", ").skip(1) {
        let capital = |w: &&str| w.chars().next().is_some_and(char::is_uppercase);
        let name: Vec<&str> = part.split_whitespace().take_while(capital).collect();
        if name.is_empty() || name.len() > NAME {
            break;
        }
        names.push(Named { commune: Some(name.join(" ")), typed: true, ..Named::default() });
        if name.len() < part.split_whitespace().count() {
            break;
        }
    }
    names
}
