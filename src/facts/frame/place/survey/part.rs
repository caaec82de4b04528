//! The one part of its unit that a page is told of: "Về Lục Ngạn những ngày này, …" in the newspaper of a province.

use std::ops::Range;

use super::super::{BODY, OPENING, has_districts, seen};
use super::body::is_told_on;
use super::{Candidate, Named, Page, Survey};
use crate::patterns::voices::Voice;
use crate::record::{EvidenceBasis, Level, Province};
use crate::words::lines::line_around;
use crate::words::token::Gap;

/// Longest line that holds no sentence, in bytes.
const LINE: usize = 90;
/// How far before the name of a unit "tại" stands, over a house and its type word, in tokens: "tại Trung tâm hội nghị huyện".
const VENUE: usize = 8;

/// A part that the text names.
struct Part {
    name: String,
    range: Range<usize>,
    /// How often it is named.
    times: usize,
    /// Whether it is named with its type word, more than once, or behind a word like "tại".
    sure: bool,
}

/// The one district that the opening names, where the text says "toàn huyện"; or that the whole text names, where it says nothing of
/// its province.
pub(super) fn district(survey: &mut Survey, page: &Page<'_, '_>) {
    if !has_districts(page.date) {
        return;
    }
    let weight = page.weight(Voice::OneDistrict);
    // A voice of the title has named a district.
    let named = |c: &Candidate| c.named.level() == Level::District && c.points >= weight.points;
    if survey.candidates.iter().any(named) {
        return;
    }
    let Some(province) = survey.province_of_page().or_else(|| survey.province_of_bare(page)) else { return };
    let parts = survey.districts_in(page, &province);
    let opening = || parts.iter().filter(|part| part.range.start < page.from + OPENING);
    let Some(first) = opening().min_by_key(|part| part.range.start) else { return };
    // "… đứng thứ hai sau Đồng Văn": what it is compared with is named less often.
    if opening().any(|part| part.name != first.name && part.times > first.times) {
        return;
    }
    let own = &survey.own;
    let says_own = own.district >= weight.said && own.district > own.province && own.district > own.commune;
    let alone = || {
        // "Thanh tra tỉnh Gia Lai: kết quả …": the title says whose it is.
        let whole =
            own.province + own.commune == 0 && survey.titled_by_page().all(|level| level != Level::Province);
        let prose = || first.sure && in_prose(page, &first.range) && !is_venue(page, &first.range);
        let told = || prose() || is_label(page, &first.range);
        parts.len() == 1 && whole && told() && !speaks_of_province(page)
    };
    if !(says_own || alone()) {
        return;
    }
    let read = seen(first.range.clone(), EvidenceBasis::Heading, Voice::OneDistrict.rule());
    let named = Named { province: Some(province), district: Some(first.name.clone()), ..Named::default() };
    survey.add(named, weight.points, read);
}

/// The one commune that the text names, in its opening, where it says nothing of the unit around it.
pub(super) fn commune(survey: &mut Survey, page: &Page<'_, '_>) {
    let own = &survey.own;
    let mut communes = survey.candidates.iter().filter(|c| c.named.level() == Level::Commune);
    let (Some(only), None) = (communes.next(), communes.next()) else { return };
    let heads = only.read.basis == EvidenceBasis::Heading;
    let named_again = || {
        let title = page.title.map_or("", |title| page.work.text.slice(title.clone()));
        only.named.is_in(title)
    };
    let told =
        own.commune > 0 || is_told_on(page.work, page.work.token_at(only.read.range.start)) || named_again();
    if !heads || !told || own.said(Level::District) + own.province > own.commune {
        return;
    }
    let (named, range) = (only.named.clone(), only.read.range.clone());
    let read = seen(range, EvidenceBasis::Heading, Voice::OneCommune.rule());
    survey.add(named, page.points(Voice::OneCommune), read);
}

/// Whether the text speaks of its province or of a body of that without a name: "Bộ đội Biên phòng tỉnh".
fn speaks_of_province(page: &Page<'_, '_>) -> bool {
    let work = page.work;
    let words = &work.patterns.frames.of_province;
    let named = |i: usize| work.token(i).is_some_and(|t| t.capital() && t.gap == Gap::Space);
    // "các tỉnh phía Nam"
    let several = |i: usize| work.patterns.frames.passing.before(&work.tokens, i).is_some();
    let tokens = work.token_at(page.from)..work.token_at(page.from + BODY).min(work.tokens.len());
    { tokens }.any(|i| words.at(&work.tokens, i).is_some_and(|(n, ())| !named(i + n) && !several(i)))
}

/// Whether a unit is named in a sentence, not in a line of a menu or an address.
fn in_prose(page: &Page<'_, '_>, range: &Range<usize>) -> bool {
    line_around(page.work.text.s(), range).len() > LINE
}

/// "Hồng Ngự: 3 tháng đầu năm 2009 nhiều khởi sắc": a line that begins with the unit it is told of.
fn is_label(page: &Page<'_, '_>, range: &Range<usize>) -> bool {
    let behind = page.work.text.s().get(range.end..).unwrap_or_default();
    line_around(page.work.text.s(), range).start == range.start && behind.starts_with(": ")
}

/// "họp rút kinh nghiệm tại thành phố Châu Đốc": where only a meeting was held.
fn is_venue(page: &Page<'_, '_>, range: &Range<usize>) -> bool {
    let (work, frames) = (page.work, &page.work.patterns.frames);
    let token = work.token_at(range.start);
    let at = (1..=VENUE)
        .filter_map(|n| token.checked_sub(n))
        .any(|i| frames.minutes_at.at(&work.tokens, i).is_some());
    let line = line_around(page.work.text.s(), range);
    let mut tokens = work.token_at(line.start)..work.token_at(line.end);
    at && tokens.any(|i| frames.gathers.at(&work.tokens, i).is_some())
}

impl Survey {
    /// The province that most speaks for.
    fn province_of_page(&self) -> Option<Province> {
        let provinces = self.candidates.iter().filter(|c| c.named.level() == Level::Province);
        provinces.max_by_key(|c| c.points).and_then(|c| c.named.province.clone())
    }

    /// "… người dân Ba Tri": the province of the first district named in a text that says "huyện" and names no province, where only one
    /// province has a district of that name.
    fn province_of_bare(&self, page: &Page<'_, '_>) -> Option<Province> {
        let first = self.bare.iter().find(|bare| bare.times > 0)?;
        let known = page.places().district(&first.name, None, page.date)?;
        let says_own = self.own.said(Level::District) > 0;
        let province = || page.places().province_with_code(&known.province, page.date);
        (says_own && first.name.contains(' ')).then(province).flatten()
    }

    /// The districts of a province that the text names.
    fn districts_in(&self, page: &Page<'_, '_>, province: &Province) -> Vec<Part> {
        let (work, places) = (page.work, page.places());
        let Some(code) = province.code.as_deref() else { return Vec::new() };
        let lies_in = |name: &str| places.district(name, Some(code), page.date).is_some();
        let led = |range: &Range<usize>| {
            work.patterns.frames.place_leads.before(&work.tokens, work.token_at(range.start)).is_some()
        };
        let typed = self.candidates.iter().filter_map(|c| {
            let name = c.named.district.clone().filter(|name| lies_in(name))?;
            Some(Part { name, range: c.read.range.clone(), times: c.times, sure: true })
        });
        let bare = self.bare.iter().filter(|bare| bare.times > 0 && lies_in(&bare.name)).map(|bare| Part {
            name: bare.name.clone(),
            range: bare.range.clone(),
            times: bare.times,
            sure: bare.times > 1 || led(&bare.range),
        });
        let mut parts: Vec<Part> = typed.chain(bare).collect();
        parts.sort_by(|a, b| (a.name.as_str(), a.range.start).cmp(&(b.name.as_str(), b.range.start)));
        parts.dedup_by(|later, first| {
            let same = later.name == first.name;
            if same {
                (first.times, first.sure) = (first.times + later.times, true);
            }
            same
        });
        parts
    }
}
