//! Texts of the centre without a head of a province: an annex to a decree, a page that a ministry's name opens, a text that names
//! only what the country has.

use std::ops::Range;

use super::{
    Found, Named, OPENING, SITE_MARKS, TITLE, capitals_below, country, first_line, named, place, seen,
};
use crate::claim::Work;
use crate::facts::frame::Read;
use crate::facts::head::Header;
use crate::record::{Basis, EvidenceBasis, Level};
use crate::words::lines::{is_capitals, lines};
use crate::words::token::Gap;

/// The rule of these places.
const RULE: &str = "place.document.centre";

/// In how much of a text that names no place is looked for what only the country has, in bytes.
const OF_COUNTRY: usize = 4000;
/// Longest name of a body before the colon of a title, in bytes.
const BODY_NAME: usize = 60;
/// How many lines at the top may say whose text it is.
const TOPS: usize = 6;
/// How far behind "Kèm theo" the body stands whose document it is, in tokens.
const ATTACHED: usize = 60;

/// The whole country, or the one province that a document of the centre is about.
pub(super) fn read(work: &Work<'_>, header: &Header, date: Option<&str>) -> Option<Found> {
    let read = if is_of_the_centre(work, header) {
        header.issuer_range.clone().map(|range| seen(range, EvidenceBasis::Head, RULE))
    } else {
        Some(attached_to_central(work).or_else(|| opened_by_central(work))?)
    };
    // A minister's word on one province is of that province.
    let title = header.subject_range.clone();
    if let Some((named, read)) = title.and_then(|title| only_province(work, title, date)) {
        let place = place(&work.patterns.places, named, date, Basis::Document)?;
        return Some((place, Some(read)));
    }
    Some((country(Basis::Document), read))
}

/// Whether a body of the centre issued a document. Laws and decrees (nghị định) are of the centre, whatever province they name.
fn is_of_the_centre(work: &Work<'_>, header: &Header) -> bool {
    let m = &header.metadata;
    let by_type = m.doc_type.as_ref().is_some_and(|t| work.patterns.frames.central_types.contains(t));
    header.central || by_type && m.province.as_ref().is_none_or(|p| p.basis.is_none())
}

/// The one province that a title names by its type word or as that of its Party committee: "Tỉnh ủy Thanh Hóa".
fn only_province(work: &Work<'_>, title: Range<usize>, date: Option<&str>) -> Option<(Named, Read)> {
    let said = |at: usize| {
        let token = work.token_at(at);
        work.patterns.frames.seats.before(&work.tokens, token).is_some()
    };
    let at = |range: &Range<usize>| title.start + range.start;
    let all = named(&work.patterns.places, work.text.slice(title.clone()), date);
    let mut provinces =
        all.into_iter().filter(|(r, n)| n.level() == Level::Province && (n.typed || said(at(r))));
    let (range, first) = provinces.next()?;
    let read = seen(at(&range)..title.start + range.end, EvidenceBasis::Head, RULE);
    provinces.all(|(_, other)| first.same(&other)).then_some((first, read))
}

/// "(Kèm theo Nghị quyết số …/NQ-CP … của Chính phủ)" over an annex: that of a document of the centre.
fn attached_to_central(work: &Work<'_>) -> Option<Read> {
    let frames = &work.patterns.frames;
    let last = work.token_at(OPENING);
    let at = (0..last).find(|&i| frames.attached.at(&work.tokens, i).is_some())?;
    let ends = |i: usize| work.token(i).is_none_or(|t| t.is(')') || t.gap == Gap::Para);
    let stop = (at + 1..at + ATTACHED).find(|&i| ends(i)).unwrap_or(at + ATTACHED);
    let central = |i: &usize| work.patterns.header.central.opens(work.words(*i..stop));
    let body = (at..stop).find(central)?;
    Some(seen(work.bytes(body..stop), EvidenceBasis::Heading, RULE))
}

/// A body of the centre that stands in capitals on the first line of a text without a head, or that the title of a page begins with:
/// "Bộ Nội vụ: Kết quả kiểm tra năm 2023", "Bộ Nội vụ - Kết quả …".
fn opened_by_central(work: &Work<'_>) -> Option<Read> {
    let s = work.text.s();
    let line = work.text.title().or_else(|| first_line(work))?;
    let text = s.get(line.clone())?;
    // "Vụ cấp bò …: Do đâu" is an affair, "Vụ Pháp chế: …" a department.
    let proper = |body: &str| {
        let name = body.split_whitespace().nth(1).and_then(|w| w.chars().next());
        body.len() <= BODY_NAME && name.is_some_and(char::is_uppercase)
    };
    // "Bộ Nội vụ - Kết quả …": the site of a ministry before its page.
    let ministries = &work.patterns.particles.ministries;
    let ministry = |body: &str| body.split(' ').next().is_some_and(|first| ministries.has(first));
    let site = SITE_MARKS
        .iter()
        .filter_map(|mark| text.split_once(mark))
        .any(|(body, _)| ministry(body) && proper(body));
    let written = is_capitals(text) || site || text.split_once(':').is_some_and(|(body, _)| proper(body));
    let central = line.len() <= TITLE && written && work.patterns.header.central.opens(text);
    let named = || named(&work.patterns.places, text, None).is_empty() && !local_below(work, &line);
    let opened = (central && named()).then(|| seen(line.clone(), EvidenceBasis::Heading, RULE));
    opened.or_else(|| signed_by_central(work))
}

/// "MẶT TRẬN TỔ QUỐC VIỆT NAM" over "THÀNH PHỐ CHÍ LINH": the body of the unit on the next line.
fn local_below(work: &Work<'_>, line: &Range<usize>) -> bool {
    capitals_below(work, line, BODY_NAME).is_some_and(|below| {
        let units = named(&work.patterns.places, work.text.slice(below.clone()), None);
        units.iter().any(|(range, n)| n.typed && range.end == below.len())
    })
}

/// "Xuất khẩu khởi sắc - Bộ Nông nghiệp và Phát triển nông thôn": the site of a page that names no place is that of a body of the
/// centre.
pub(super) fn site(work: &Work<'_>) -> Option<Read> {
    let title = work.text.title()?;
    let text = work.text.slice(title.clone());
    let at = SITE_MARKS.iter().filter_map(|mark| Some(text.rfind(mark)? + mark.len())).max()?;
    let site = text.get(at..)?;
    let central = site.len() <= BODY_NAME && work.patterns.header.central.opens(site);
    let apart = || named(&work.patterns.places, text, None).is_empty();
    (central && apart()).then(|| seen(title.start + at..title.end, EvidenceBasis::Title, RULE))
}

/// "BÁO CÁO TÓM TẮT / Kết quả … / của Bộ Giáo dục và Đào tạo": a line under the title says of which body of the centre it is.
fn signed_by_central(work: &Work<'_>) -> Option<Read> {
    let tops = lines(work.text.s()).filter(|l| !l.is_empty()).take(TOPS);
    let body = |line: &Range<usize>| {
        let (of, body) = work.text.slice(line.clone()).split_once(' ')?;
        let central = work.patterns.particles.of.has_folded(of) && work.patterns.header.central.opens(body);
        (central && body.len() <= BODY_NAME).then(|| line.end - body.len()..line.end)
    };
    tops.filter_map(|line| body(&line)).next().map(|body| seen(body, EvidenceBasis::Heading, RULE))
}

/// "Nhiệm vụ phát triển kinh tế - xã hội năm 2002 đã được Quốc hội … thông qua": a text that names no place, and at its top what
/// only the country has.
pub(super) fn of_the_country(work: &Work<'_>) -> Option<Read> {
    let last = work.token_at(OF_COUNTRY).min(work.tokens.len());
    let words = &work.patterns.frames.of_country;
    let (at, n) = (0..last).find_map(|i| words.at(&work.tokens, i).map(|(n, ())| (i, n)))?;
    Some(seen(work.bytes(at..at + n), EvidenceBasis::Body, RULE))
}
