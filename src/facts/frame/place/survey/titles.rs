//! What the title of a page names: "Giới thiệu huyện Đăk Tô", "Hải Hà: Nuôi tôm vụ mới".

use std::ops::Range;

use super::super::{SITE_MARKS, seen};
use super::body::{is_guest, is_in_passing};
use super::{Named, Page, Survey, goes_on_in_capitals};
use crate::patterns::voices::Voice;
use crate::record::{EvidenceBasis, Level};
use crate::words::token::{Case, Gap};

/// Most words of a body before its name.
const SEAT: usize = 5;
/// Syllables of the name of a district, the longer first.
const SYLLABLES: [usize; 2] = [3, 2];

/// The units of the title; the name of the site comes last.
pub(super) fn named_in_title(survey: &mut Survey, page: &Page<'_, '_>) {
    let Some(title) = page.title else { return };
    let s = page.work.text.slice(title.clone());
    let site = SITE_MARKS.iter().filter_map(|mark| s.rfind(mark)).max().unwrap_or(s.len());
    let all = page.named(title.clone());
    // "… làm việc với huyện Mù Cang Chải - Cổng thông tin điện tử tỉnh Yên Bái": the site names where it lies.
    let is_one = all.iter().filter(|(range, _)| range.start < site).count() <= 1;
    for (range, named) in all {
        // "Bình Thạnh Đông trước ngày đạt chuẩn" is not on Bình Thạnh.
        if named.level() == Level::District && !named.typed && goes_on_in_capitals(s, range.end) {
            continue;
        }
        // "vùng Đồng bằng sông Cửu Long", "Đoàn công tác tỉnh Sóc Trăng học tập kinh nghiệm".
        let work = page.work;
        let token = work.token_at(title.start + range.start);
        let passing = !named.typed && is_in_passing(work, &named, token);
        if range.start < site && (passing || is_guest(work, token)) {
            continue;
        }
        // "Giới thiệu huyện Đăk Tô" is on that district, however often its province is named.
        let before_site = range.start < site;
        let only = is_one && before_site && named.typed && named.level() > Level::Province;
        let voice = match (only, before_site) {
            (true, _) => Voice::TitleOnly,
            (false, true) => Voice::Title,
            (false, false) => Voice::Site,
        };
        if only {
            survey.alone.get_or_insert_with(|| named.clone());
        }
        let range = title.start + range.start..title.start + range.end;
        survey.add(named, page.points(voice), seen(range, EvidenceBasis::Title, voice.rule()));
    }
}

/// A title that names one district or commune alone, over a text that speaks of "toàn huyện" or "toàn xã".
pub(super) fn names_its_own(survey: &mut Survey, page: &Page<'_, '_>) {
    let weight = page.weight(Voice::OwnTitle);
    let Some(alone) = survey.alone.take() else { return };
    if survey.own.said(alone.level()) < weight.said {
        return;
    }
    if let Some(own) = survey.candidates.iter_mut().find(|c| c.named.same(&alone)) {
        own.points += weight.points;
        own.read.rule = Voice::OwnTitle.rule();
    }
}

/// "Thanh Chăn trước ngày về đích", "Hải Hà: Nuôi tôm vụ mới": a title that begins with the bare name of a commune or district
/// which the text names with its type word.
pub(super) fn begins_with_bare_name(survey: &mut Survey, page: &Page<'_, '_>) {
    let Some(range) = page.title else { return };
    let (work, places) = (page.work, page.places());
    let codes = survey.candidates.iter().filter_map(|c| c.named.province.as_ref()?.code.as_deref());
    let provinces: Vec<String> = codes.map(str::to_owned).collect();
    let at = behind_opening(page, range);
    let title = work.text.slice(range.start + at..range.end);
    for candidate in &mut survey.candidates {
        let named = &candidate.named;
        let unit = named.commune.as_deref().or(named.district.as_deref());
        let Some(name) = unit.filter(|name| named.typed && name.contains(' ')) else { continue };
        let rest = title.strip_prefix(name);
        if rest.is_none_or(|rest| rest.chars().next().is_some_and(char::is_alphanumeric)) {
            continue;
        }
        // The province bears the name of its town too, the district that of its seat.
        let is_around = |code: &String| {
            places.district(name, Some(code.as_str()), page.date).is_some_and(|d| d.name == name)
        };
        let of_district = named.commune.is_some() && provinces.iter().any(is_around);
        let of_larger = places.province_named(name, None).is_some() || of_district;
        if !of_larger && !goes_on_in_capitals(title, name.len()) {
            candidate.points += page.points(Voice::BareTitle);
            let start = range.start + at;
            candidate.read = seen(start..start + name.len(), EvidenceBasis::Title, Voice::BareTitle.rule());
        }
    }
}

/// Where in a title its name may begin: behind the body that bears it ("Ủy ban nhân dân Vọng Đông"), or behind what its land is like
/// ("Vùng cao Bắc Hà trúng mùa"), in bytes.
fn behind_opening(page: &Page<'_, '_>, range: &Range<usize>) -> usize {
    let work = page.work;
    let title = work.text.slice(range.clone());
    let seats = &work.patterns.frames.seats;
    let first = work.token_at(range.start);
    let seat = (1..=SEAT).rev().find(|n| seats.before(&work.tokens, first + n).is_some_and(|(m, _)| m == *n));
    if let Some(n) = seat {
        return work.bytes(first + n..first + n + 1).start - range.start;
    }
    let mut words = title.split(' ');
    let skipped = page.places().adjective(words.next().unwrap_or(""), words.next().unwrap_or(""));
    let at = title.split(' ').take(skipped).map(|w| w.len() + 1).sum::<usize>();
    if title.get(at..).is_some() { at } else { 0 }
}

/// "Vũ Thư sau một năm nhìn lại" over a text that says "toàn huyện" and names no district with its type word: the district that
/// the gazetteer knows by that name.
pub(super) fn district_alone(survey: &mut Survey, page: &Page<'_, '_>) {
    let weight = page.weight(Voice::TitleAlone);
    let Some(title) = page.title else { return };
    if survey.own.said(Level::District) < weight.said || survey.has_typed(Level::District) {
        return;
    }
    // The name of the site may come first.
    let text = page.work.text.slice(title.clone());
    let behind = SITE_MARKS.iter().filter_map(|mark| Some(text.find(mark)? + mark.len())).min();
    let mut starts = [Some(0), behind].into_iter().flatten();
    if let Some((range, named)) = starts.find_map(|at| known_district(page, title, title.start + at)) {
        survey.add(named, weight.points, seen(range, EvidenceBasis::Title, Voice::TitleAlone.rule()));
    }
}

/// The district whose whole name begins at a place of the title and stands in the text twice more.
fn known_district(page: &Page<'_, '_>, title: &Range<usize>, at: usize) -> Option<(Range<usize>, Named)> {
    let work = page.work;
    let token = work.token_at(at);
    let is_capital =
        |i: usize| work.token(i).is_some_and(|t| t.case == Case::Title && t.gap < Gap::Line || i == token);
    let goes_on = |n: usize| work.token(token + n).is_some_and(|t| t.case == Case::Title);
    SYLLABLES.into_iter().filter(|&n| (token..token + n).all(is_capital) && !goes_on(n)).find_map(|n| {
        let name = work.words(token..token + n);
        let found = page.places().district(name, None, page.date)?;
        work.text.s().get(title.end..)?.matches(name).nth(1)?;
        let province = page.places().province_with_code(&found.province, page.date);
        let named = Named { province, district: Some(found.name.clone()), ..Named::default() };
        Some((work.bytes(token..token + n), named))
    })
}
