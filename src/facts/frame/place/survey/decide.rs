//! The unit that most speaks for, and what lies around it.

use std::ops::Range;

use super::super::central::of_the_country;
use super::super::{OPENING, has_districts, names_region, seen};
use super::{Candidate, Named, Page, Survey};
use crate::facts::frame::Read;
use crate::patterns::place::Places;
use crate::record::{EvidenceBasis, Level, Province};

/// So often a text on the country may say "trên địa bàn tỉnh", or name a place in passing.
const PASSING: usize = 2;
/// The rule by which a text is on the whole country.
const COUNTRY: &str = "place.document.country";
/// So many provinces are a list of them.
const MANY: usize = 4;
/// So many districts named alike are parts of one province.
const SIBLINGS: usize = 3;
/// So many points for its own district has a text in which a commune is one of several.
const SAID: usize = 6;

/// A unit, or the country, and where that was read.
type Chosen = (Named, Read);

/// How the provinces of a text share its mentions.
struct Shares {
    /// How many are named.
    many: usize,
    /// How often the one that is named most.
    most: usize,
    /// How often all together.
    total: usize,
}

impl Shares {
    /// None is named in half of the mentions.
    fn is_list(&self) -> bool {
        self.many >= MANY && self.most * 2 < self.total
    }
}

impl Survey {
    /// The unit that the text is about: the country, where it speaks of that; none, where it is told of several; else that with the
    /// most points.
    pub(super) fn decide(mut self, page: &Page<'_, '_>) -> Option<Chosen> {
        if let Some(read) = self.country_alone(page).or_else(|| self.country_before_all()) {
            return Some((Named::default(), read));
        }
        if self.is_of_several() || self.is_of_region(page) || self.titles_several(page, Level::Province) {
            return None;
        }
        let best = self.candidates.iter().map(|c| (c.points, c.named.level())).max()?;
        let at = self.candidates.iter().position(|c| (c.points, c.named.level()) == best)?;
        if (self.tells_districts_in_turn() || self.titles_several(page, Level::District))
            && let Some(found) = self.around_districts(page)
        {
            return Some(found);
        }
        if let Some((around, read)) = self.around_a_part(at) {
            return (around.level() > Level::Country).then_some((around, read));
        }
        if let Some(found) = self.of_siblings(at, page) {
            return Some(found);
        }
        let mut chosen = self.candidates.swap_remove(at);
        // The units around it are those that are named most.
        self.candidates.sort_by_key(|c| std::cmp::Reverse(c.points));
        self.complete(&mut chosen.named, page);
        Some((chosen.named, chosen.read))
    }

    /// Whether the title names a unit.
    pub(super) fn is_titled(&self) -> bool {
        self.candidates.iter().any(|c| c.read.basis == EvidenceBasis::Title)
    }

    /// A text that names no unit, or opens with what only the country has and names places in passing only: "Tổng cục Thống kê cho
    /// biết …".
    fn country_alone(&self, page: &Page<'_, '_>) -> Option<Read> {
        if self.own.total() > PASSING {
            return None;
        }
        let is_passing = |c: &Candidate| c.read.basis == EvidenceBasis::Body && c.times <= PASSING;
        if !self.candidates.iter().all(is_passing) {
            return None;
        }
        of_the_country(page.work).filter(|read| self.candidates.is_empty() || read.range.end <= OPENING)
    }

    /// A text without a title that names a unit, which speaks of the country more than of any unit, or lists provinces.
    fn country_before_all(&mut self) -> Option<Read> {
        let titled = self.is_titled();
        let shares = self.shares();
        let own = self.own.total();
        let country = self.own.country.take();
        let is_scattered = shares.is_list() || shares.most <= 1;
        if let Some((times, range)) = country
            && !titled
            && is_scattered
            && own < 3 * times
        {
            return Some(seen(range, EvidenceBasis::Body, COUNTRY));
        }
        // A list of provinces is about all of them.
        let is_of_all = shares.is_list() && !titled && own * 2 <= shares.many;
        let first = self.candidates.first().filter(|_| is_of_all)?;
        Some(Read { rule: COUNTRY, ..first.read.clone() })
    }

    fn shares(&self) -> Shares {
        let provinces = self.candidates.iter().filter(|c| c.named.level() == Level::Province);
        provinces.fold(Shares { many: 0, most: 0, total: 0 }, |sum, c| Shares {
            many: sum.many + 1,
            most: sum.most.max(c.times),
            total: sum.total + c.times,
        })
    }

    /// Whether a text without a title that names one is told of several provinces alike.
    fn is_of_several(&self) -> bool {
        const OFTEN: usize = 3;
        let is_named =
            |c: &Candidate| matches!(c.read.basis, EvidenceBasis::Title | EvidenceBasis::Signature);
        let times = || self.candidates.iter().filter(|c| c.named.level() == Level::Province).map(|c| c.times);
        let most = times().max().unwrap_or(0);
        // "* Trà Vinh: …", "* Bình Phước có …", "* Tại Ninh Bình, …".
        let in_turn = self.openers.len() >= OFTEN;
        (in_turn || times().filter(|&n| n >= OFTEN && n * 2 >= most).nth(1).is_some())
            && !self.candidates.iter().any(is_named)
    }

    /// "… rừng gỗ lớn ở các tỉnh miền núi phía Bắc": a title that names a region and no unit is told of no one province.
    fn is_of_region(&self, page: &Page<'_, '_>) -> bool {
        let names = |title: &Range<usize>| names_region(page.work, title);
        self.titled_by_page().next().is_none() && page.title.is_some_and(names)
    }

    /// "Xã Lộc An còn 131 hộ nghèo, cao nhất huyện" in a text that says "toàn huyện" and never "toàn xã": one of its parts.
    fn around_a_part(&self, at: usize) -> Option<Chosen> {
        let part = self.candidates.get(at).filter(|c| c.named.level() == Level::Commune)?;
        let titled = part.read.basis == EvidenceBasis::Title;
        if self.own.commune > 0 || self.own.said(Level::District) < SAID || titled {
            return None;
        }
        let around = Named { commune: None, ..part.named.clone() };
        Some((around, Read { rule: "place.document.around_part", ..part.read.clone() }))
    }

    /// "huyện Sông Lô giảm …; huyện Tam Dương giảm …; huyện Vĩnh Tường …": several districts named alike are parts of their
    /// province, and the text is about that.
    fn of_siblings(&self, at: usize, page: &Page<'_, '_>) -> Option<Chosen> {
        let best = self.candidates.get(at).filter(|c| c.named.level() == Level::District)?;
        let is_own = self.own.said(Level::District) > self.own.province;
        if is_own || matches!(best.read.basis, EvidenceBasis::Title | EvidenceBasis::Signature) {
            return None;
        }
        let districts = || self.candidates.iter().filter(|c| c.named.level() == Level::District);
        let times: usize = districts().map(|c| c.times).sum();
        if districts().count() < SIBLINGS || best.times * 2 > times {
            return None;
        }
        self.around_districts(page)
    }

    /// "* UBND huyện Bù Đăng …", "* Thị xã Phước Long …": each paragraph is told of another district.
    fn tells_districts_in_turn(&self) -> bool {
        let mut names: Vec<&str> = self.turns.iter().map(|(_, name)| name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let titled =
            |c: &Candidate| c.read.basis == EvidenceBasis::Title && c.named.level() > Level::Province;
        let starred = self.starred > 1 && names.len() > 1;
        let in_turn = names.len() >= SIBLINGS && names.len() == self.turns.len() || starred;
        in_turn && !self.candidates.iter().any(titled)
    }

    /// "HĐND các huyện Na Rì, Bạch Thông họp phiên cuối năm": a title on several units of a level.
    fn titles_several(&self, page: &Page<'_, '_>, level: Level) -> bool {
        let titled = |c: &&Candidate| c.read.basis == EvidenceBasis::Title && c.named.level() == level;
        let names: Vec<&Range<usize>> =
            self.candidates.iter().filter(titled).map(|c| &c.read.range).collect();
        let work = page.work;
        let joins =
            |i: usize| work.is(i, ',') || work.token(i).is_some_and(|t| work.patterns.clauses.joins.has(t));
        names.windows(2).any(|pair| match pair {
            [first, next] if first.end < next.start => {
                let between = work.token_at(first.end)..work.token_at(next.start);
                between.len() == 1 && joins(between.start)
            }
            _ => false,
        })
    }

    /// The one province that all districts of the text lie in.
    fn around_districts(&self, page: &Page<'_, '_>) -> Option<Chosen> {
        let districts = || self.candidates.iter().filter(|c| c.named.level() == Level::District);
        let places = page.places();
        let is_in = |c: &Candidate, code: &str| {
            let name = c.named.district.as_deref();
            name.is_some_and(|d| places.district(d, Some(code), page.date).is_some())
        };
        let codes = districts()
            .filter_map(|c| places.district(c.named.district.as_deref()?, None, page.date))
            .map(|d| d.province.as_str());
        let code = { codes }.find(|code| districts().all(|c| is_in(c, code)))?;
        let province = places.province_with_code(code, page.date);
        let first = districts().next()?;
        let read = Read { rule: "place.document.around_districts", ..first.read.clone() };
        Some((Named { province, ..Named::default() }, read))
    }

    /// The district and the province around the unit that was chosen.
    fn complete(&self, chosen: &mut Named, page: &Page<'_, '_>) {
        if chosen.level() == Level::Commune && chosen.district.is_none() && has_districts(page.date) {
            let around = self.candidates.iter().find(|c| c.named.level() == Level::District);
            chosen.district = around.and_then(|c| c.named.district.clone());
        }
        if let (None, Some(name)) = (&chosen.province, &chosen.district) {
            chosen.province = self.province_of_district(name, page);
        }
        if chosen.province.is_none() {
            let level = chosen.level();
            let around =
                self.candidates.iter().filter(|c| c.named.level() < level && !is_in_passing(c, page));
            chosen.province = { around }.find_map(|c| c.named.province.clone());
        }
    }

    /// A district lies where the gazetteer has it, whatever province is named beside it.
    fn province_of_district(&self, name: &str, page: &Page<'_, '_>) -> Option<Province> {
        let places: &Places = page.places();
        let is_in = |p: &Province| {
            p.code.as_deref().is_some_and(|code| places.district(name, Some(code), page.date).is_some())
        };
        let only = places.district(name, None, page.date);
        let known = only.and_then(|d| places.province_with_code(&d.province, page.date));
        known.or_else(|| self.candidates.iter().filter_map(|c| c.named.province.clone()).find(is_in))
    }
}

/// "của một nhóm thiện nguyện ở Hải Phòng": a bare name in passing tells no commune's province.
fn is_in_passing(candidate: &Candidate, page: &Page<'_, '_>) -> bool {
    let work = page.work;
    let led = |range: &Range<usize>| {
        work.patterns.frames.place_leads.before(&work.tokens, work.token_at(range.start)).is_some()
    };
    let aside = match candidate.read.basis {
        EvidenceBasis::Body => true,
        EvidenceBasis::Heading => led(&candidate.read.range),
        _ => false,
    };
    aside && candidate.times == 1 && !candidate.named.typed
}
