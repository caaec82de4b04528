//! The place that a head states, and what its title or text adds: the district of a committee of the Party, what lies around a
//! commune, the one part of its own area that a title is about.

use std::ops::Range;

use super::{BODY, Found, Named, OPENING, has_districts, named, place, seen};
use crate::claim::Work;
use crate::claim::date::Day;
use crate::facts::head::Header;
use crate::record::{Basis, EvidenceBasis, Level, Metadata, Place, Province};
use crate::words::lines::is_capitals;
use crate::words::shadow::floor_boundary;
use crate::words::token::Gap;

/// The rule of these places.
const RULE: &str = "place.document.head";

/// The place of the head, or the part of it that its title is about.
pub(super) fn read(work: &Work<'_>, header: &Header, day: Option<Day>) -> Option<Found> {
    let own = of_metadata(&header.metadata)?;
    let own = of_committee(work, header, own, day);
    let own = within(work, own, day);
    if let Some((part, range)) = part_in_title(work, header, &own, day) {
        return Some((part, Some(seen(range, EvidenceBasis::Title, RULE))));
    }
    let range = header.issuer_range.clone().or_else(|| header.place_range.clone());
    Some((own, range.map(|range| seen(range, EvidenceBasis::Head, RULE))))
}

/// The district of a committee of the Party, or of a body named after its seat, that stands below its province: "ĐẢNG BỘ TỈNH CÀ
/// MAU / HUYỆN ỦY THỚI BÌNH".
fn of_committee(work: &Work<'_>, header: &Header, own: Place, day: Option<Day>) -> Place {
    let Some(range) = header.issuer_range.clone().filter(|_| own.level == Level::Province) else {
        return own;
    };
    let tokens = work.token_at(range.start)..work.token_at(range.end);
    let head = header.frame.header.as_ref().map_or(tokens.start, |head| work.token_at(head.start));
    let seats = &work.patterns.frames.district_seats;
    let name = (head..tokens.end).find_map(|i| seats.at(&work.tokens, i).map(|(n, ())| i + n));
    let name = name.or_else(|| ends_with_seat(work, header, tokens.clone()));
    let (places, day) = (&work.patterns.places, day.map(|d| d.iso()));
    let found = name.and_then(|from| {
        let name = line_of(work, from..tokens.end);
        if own.province.as_ref().is_some_and(|p| p.name.to_lowercase() == name.to_lowercase()) {
            return None;
        }
        let code = own.province.as_ref().and_then(|p| p.code.as_deref());
        let district = places.district(name, code, day.as_deref())?;
        let named = Named {
            province: own.province.clone(),
            district: Some(district.name.clone()),
            typed: true,
            ..Named::default()
        };
        place(places, named, day.as_deref(), Basis::Document)
    });
    found.unwrap_or(own)
}

/// The words of tokens up to the end of their line.
fn line_of<'a>(work: &Work<'a>, tokens: Range<usize>) -> &'a str {
    let breaks = |i: &usize| work.token(*i).is_some_and(|t| t.gap >= Gap::Line);
    let end = (tokens.start + 1..tokens.end).find(breaks).unwrap_or(tokens.end);
    work.words(tokens.start..end)
}

/// "HẠT KIỂM LÂM HƯƠNG SƠN" over "Hương Sơn, ngày …": a body bears the name of where it sits; where that name begins.
fn ends_with_seat(work: &Work<'_>, header: &Header, issuer: Range<usize>) -> Option<usize> {
    let seat = header.place_range.clone()?;
    let seat = work.token_at(seat.start)..work.token_at(seat.end);
    let from = issuer.end.checked_sub(seat.len()).filter(|&from| from > issuer.start && !seat.is_empty())?;
    let same = |(a, b): (usize, usize)| work.word(a).to_lowercase() == work.word(b).to_lowercase();
    (from..issuer.end).zip(seat).all(same).then_some(from)
}

/// A commune whose head names nothing around it, with the one district or province that the text names by its type word:
/// "Thực hiện chỉ đạo của UBND huyện Nghĩa Hành, tỉnh Quảng Ngãi".
fn within(work: &Work<'_>, own: Place, day: Option<Day>) -> Place {
    if own.level != Level::Commune || own.district.is_some() {
        return own;
    }
    let (places, date) = (&work.patterns.places, day.map(|d| d.iso()));
    let s = work.text.s();
    let end = floor_boundary(s, BODY);
    if own.province.is_some() {
        return chained(work, own, date.as_deref());
    }
    let mut around: Vec<Named> = Vec::new();
    for (_, mut named) in named(places, work.text.slice(0..end), date.as_deref()) {
        named.commune = None;
        if !named.typed || named.level() == Level::Country {
            continue;
        }
        match around.iter_mut().find(|a| a.same(&named)) {
            Some(known) => known.complete(&named),
            None => around.push(named),
        }
    }
    let one = |level: Level| {
        let mut of = around.iter().filter(|n| n.level() == level);
        of.next().filter(|_| of.next().is_none()).cloned()
    };
    let none = |level: Level| !around.iter().any(|n| n.level() == level);
    let districts = has_districts(date.as_deref());
    let outer = one(Level::District)
        .filter(|_| districts)
        .or_else(|| one(Level::Province).filter(|_| none(Level::District) || !districts));
    match outer.and_then(|named| place(places, named, date.as_deref(), Basis::Document)) {
        Some(outer) => Place { province: outer.province, district: outer.district, ..own },
        None => own,
    }
}

/// A commune whose head names its province alone, with the district that the text names behind it: "UBND xã Ia Der, huyện Ia Grai".
fn chained(work: &Work<'_>, own: Place, date: Option<&str>) -> Place {
    let places = &work.patterns.places;
    let same =
        |named: &Named| own.commune.as_ref().is_some_and(|c| named.commune.as_deref() == Some(&c.name));
    let opening = work.text.slice(0..floor_boundary(work.text.s(), OPENING));
    let chain = named(places, opening, date).into_iter().find(|(_, n)| n.district.is_some() && same(n));
    let outer = chain.filter(|_| has_districts(date)).and_then(|(_, chain)| {
        let around = Named { province: own.province.clone(), commune: None, ..chain };
        place(places, around, date, Basis::Document)
    });
    let district = outer.and_then(|outer| outer.district);
    Place { district, ..own }
}

/// The one smaller unit within the issuer's own that a title is about: "Về công tác quản lý đất đai tại huyện Krông Nô".
fn part_in_title(
    work: &Work<'_>,
    header: &Header,
    own: &Place,
    day: Option<Day>,
) -> Option<(Place, Range<usize>)> {
    let title = header.subject_range.clone()?;
    let (places, date) = (&work.patterns.places, day.map(|d| d.iso()));
    let sites = &work.patterns.frames.sites;
    let smaller = |named: &Named| named.typed && named.level() > own.level && named.level() > Level::Province;
    // The type word has one or two syllables.
    let told = |token: usize| {
        (1..=2).any(|n| token.checked_sub(n).is_some_and(|i| sites.before(&work.tokens, i).is_some()))
    };
    let all = named(places, work.text.slice(title.clone()), date.as_deref());
    let mut parts = all.into_iter().filter(|(_, named)| smaller(named));
    let (range, mut part) = parts.next()?;
    let range = title.start + range.start..title.start + range.end;
    // "hệ thống cấp nước thị trấn A, huyện B", "quy hoạch rừng huyện A, tỉnh B": a whole address.
    let address = part.district.is_some() && (part.commune.is_some() || part.province.is_some());
    if parts.next().is_some() || !address && !told(work.token_at(range.start)) {
        return None;
    }
    let code = |p: &Province| p.code.clone();
    // In capitals any words look like the name of a commune: "VÀ VIÊN CHỨC TẠI XÃ …".
    let known = part.province.is_some() || part.commune.is_none();
    if is_capitals(work.text.slice(title.clone())) && !known {
        return None;
    }
    let elsewhere = part.province.as_ref().is_some_and(|p| own.province.as_ref().map(code) != Some(code(p)));
    if elsewhere {
        return None;
    }
    part.province = part.province.or_else(|| own.province.clone());
    part.district = part.district.or_else(|| own.district.as_ref().map(|d| d.name.clone()));
    Some((place(places, part, date.as_deref(), Basis::Document)?, range))
}

/// The place of the metadata.
pub(super) fn of_metadata(m: &Metadata) -> Option<Place> {
    let level = match (&m.commune, &m.district, &m.province) {
        (Some(_), ..) => Level::Commune,
        (None, Some(_), _) => Level::District,
        (None, None, Some(_)) => Level::Province,
        (None, None, None) => return None,
    };
    let province = m.province.clone().map(|p| Province { basis: None, ..p });
    let (district, commune) = (m.district.clone(), m.commune.clone());
    Some(Place { level, province, district, commune, basis: Basis::Document })
}
