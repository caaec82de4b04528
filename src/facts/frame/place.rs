//! The place a document speaks of. A head says it by its issuer; a page without one by its title, its first lines, the
//! places it names most, and the way it speaks of itself: "toàn huyện", "UBND xã".

use std::cell::LazyCell;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Read;
use crate::claim::Work;
use crate::claim::date::Day;
use crate::facts::head::Header;
use crate::facts::hosted;
use crate::patterns::frames::OwnLevel;
use crate::patterns::place::{Kind, Mention, Places, Unit};
use crate::record::{Area, Basis, EvidenceBasis, Level, Metadata, Place, Province, SectionKind};
use crate::structure::section::Outline;
use crate::words::lines::is_capitals;
use crate::words::shadow::floor_boundary;
use crate::words::token::{Case, Gap, Kind as TokenKind};

/// How much of the running text is looked at, in bytes.
const BODY: usize = 60_000;
/// What counts as the opening of a text without a head, in bytes.
const OPENING: usize = 900;
/// So often a text on the country may say "trên địa bàn tỉnh".
const PASSING: usize = 2;
/// In how much of a text that names no place is looked for what only the country has, in bytes.
const OF_COUNTRY: usize = 4000;
/// Longest first line that is a title, in bytes.
const TITLE: usize = 300;
/// Longest name of a body before the colon of a title, in bytes.
const BODY_NAME: usize = 60;
/// How far behind "Kèm theo" the body stands whose document it is, in tokens.
const ATTACHED: usize = 60;
/// Within how many bytes minutes say where they were taken, and within how many tokens of its beginning that sentence.
const MINUTES: usize = 4000;
const SITTING: usize = 48;
/// The day on which districts came to an end.
const NO_DISTRICTS: &str = "2025-07-01";
/// Most words of a body before its name.
const SEAT: usize = 5;
/// Most syllables of a name that says in words what it is.
const NAME: usize = 4;
/// How far behind the name of a hamlet that of its commune ends, in bytes.
const ADDRESS: usize = 120;
/// Longest gap between the names of one chain: ", thành phố ".
const LINK: usize = 24;

/// A unit with those around it, as the text names them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    /// The province.
    pub province: Option<Province>,
    /// Name of the district.
    pub district: Option<String>,
    /// Name of the commune.
    pub commune: Option<String>,
    /// Whether a type word stands before the smallest name.
    pub typed: bool,
}

impl Named {
    /// The level of the smallest unit.
    pub fn level(&self) -> Level {
        match (&self.commune, &self.district, &self.province) {
            (Some(_), ..) => Level::Commune,
            (None, Some(_), _) => Level::District,
            (None, None, Some(_)) => Level::Province,
            (None, None, None) => Level::Country,
        }
    }

    /// Whether a phrase is this name and nothing else.
    pub fn spans(&self, phrase: &str) -> bool {
        let name = self.commune.as_deref().or(self.district.as_deref());
        let name = name.or(self.province.as_ref().map(|p| p.name.as_str()));
        name.is_some_and(|name| name.chars().count() + 2 >= phrase.trim().chars().count())
    }

    /// Whether a phrase holds its smallest name.
    pub fn is_in(&self, phrase: &str) -> bool {
        let name = self.commune.as_deref().or(self.district.as_deref());
        let name = name.or(self.province.as_ref().map(|p| p.name.as_str()));
        name.is_some_and(|name| phrase.contains(name))
    }

    fn is_city(&self) -> bool {
        matches!(self.level(), Level::Province | Level::District)
    }

    /// Whether both name one smallest unit; what stands around it may be left out.
    fn same(&self, other: &Self) -> bool {
        let name = |p: &Option<Province>| p.as_ref().map(|p| p.name.clone());
        self.level() == other.level()
            && match self.level() {
                Level::Commune => self.commune == other.commune,
                Level::District => self.district == other.district,
                _ => name(&self.province) == name(&other.province),
            }
    }

    /// Takes over the units around it that it does not name itself.
    fn complete(&mut self, other: &Self) {
        self.district = self.district.take().or_else(|| other.district.clone());
        self.province = self.province.take().or_else(|| other.province.clone());
        self.typed |= other.typed;
    }
}

/// The units that a text names, each with those that stand around it: "xã A, huyện B, tỉnh C" is one.
pub fn named(places: &Places, s: &str, date: Option<&str>) -> Vec<(Range<usize>, Named)> {
    let mut out: Vec<(Range<usize>, Named)> = Vec::new();
    for mention in places.mentions(s, date) {
        let one = unit(places, &mention);
        let linked = out.last_mut().filter(|(range, last)| {
            let gap = s.get(range.end..mention.range.start).unwrap_or("\n");
            let open = match one.level() {
                Level::District => last.district.is_none() && last.province.is_none(),
                Level::Province => last.province.is_none(),
                _ => false,
            };
            // "Hoài Ân (Bình Định)".
            let bracketed = (gap.trim() == "("
                || mention.kind.is_some() && gap.trim_start().starts_with('('))
                && gap.len() <= LINK
                && s.get(mention.range.end..).is_some_and(|rest| rest.starts_with(')'))
                && one.level() == Level::Province;
            open && (bracketed
                || gap.len() <= LINK
                    && !gap.contains(['\n', '.', ';', ':', '(', ')'])
                    && (gap.contains([',', '-', '–']) || mention.kind.is_some()))
        });
        match linked {
            Some((range, last)) => {
                range.end = mention.range.end;
                last.district = last.district.take().or(one.district);
                last.province = last.province.take().or(one.province);
            }
            None => out.push((mention.range, one)),
        }
    }
    out
}

fn unit(places: &Places, mention: &Mention) -> Named {
    let typed = mention.kind.is_some();
    match &mention.unit {
        Unit::Province(units) => Named { province: places.read(units), typed, ..Named::default() },
        Unit::District(name) => Named { district: Some(name.clone()), typed, ..Named::default() },
        Unit::Commune(name) => Named {
            commune: Some(name.clone()),
            typed: mention.kind == Some(Kind::Commune),
            ..Named::default()
        },
    }
}

/// The document's place, and where it was read.
pub fn read(
    work: &Work<'_>,
    outline: &[Outline],
    header: &Header,
    day: Option<Day>,
) -> Option<(Place, Option<Read>)> {
    let m = &header.metadata;
    let by_issuer =
        m.province.as_ref().is_some_and(|p| matches!(p.basis.as_deref(), Some("issuer" | "place")));
    if by_issuer || m.commune.is_some() || m.district.is_some() {
        let own = of_metadata(m).map(|own| of_committee(work, header, own, day));
        let own = own.map(|own| within(work, own, day));
        if let Some((part, range)) = own.as_ref().and_then(|own| part_in_title(work, header, own, day)) {
            return Some((part, Some(Read { range, basis: EvidenceBasis::Title })));
        }
        let range = header.issuer_range.clone().or_else(|| header.place_range.clone());
        let read = range.map(|range| Read { range, basis: EvidenceBasis::Head });
        return own.map(|place| (place, read));
    }
    let date = day.map(|d| d.iso());
    // Laws and decrees (nghị định) are of the centre, whatever province they name.
    let by_type = m.doc_type.as_ref().is_some_and(|t| work.patterns.frames.central_types.contains(t));
    if header.central || by_type && m.province.as_ref().is_none_or(|p| p.basis.is_none()) {
        // A minister's word on one province is of that province.
        let spoken =
            header.subject_range.clone().and_then(|range| only_province(work, range, date.as_deref()));
        if let Some((named, read)) = spoken {
            return place(&work.patterns.places, named, date.as_deref(), Basis::Document)
                .map(|p| (p, Some(read)));
        }
        let read = header.issuer_range.clone().map(|range| Read { range, basis: EvidenceBasis::Head });
        return Some((country(Basis::Document), read));
    }
    if let Some(read) = attached_to_central(work) {
        return Some((country(Basis::Document), Some(read)));
    }
    if let Some(read) = opened_by_central(work) {
        return Some((country(Basis::Document), Some(read)));
    }
    let places = &work.patterns.places;
    if let Some((named, read)) = taken_at(work, date.as_deref()) {
        return place(places, named, date.as_deref(), Basis::Document).map(|place| (place, Some(read)));
    }
    let mut survey = Survey::of(work, outline, header, date.as_deref());
    survey.by_masthead(work, outline, date.as_deref());
    survey.by_address(work);
    match survey.decide(work, date.as_deref()) {
        Some((named, read)) if named.level() == Level::Country => {
            Some((country(Basis::Document), Some(read)))
        }
        Some((named, read)) => {
            place(places, named, date.as_deref(), Basis::Document).map(|place| (place, Some(read)))
        }
        None => of_metadata(m).map(|place| (place, None)),
    }
}

/// The district of a committee of the Party that stands below its province: "ĐẢNG BỘ TỈNH CÀ MAU / HUYỆN ỦY THỚI BÌNH".
fn of_committee(work: &Work<'_>, header: &Header, own: Place, day: Option<Day>) -> Place {
    let Some(range) = header.issuer_range.clone().filter(|_| own.level == Level::Province) else {
        return own;
    };
    let tokens = work.token_at(range.start)..work.token_at(range.end);
    let seats = &work.patterns.frames.district_seats;
    let name = tokens.clone().find_map(|i| seats.at(&work.tokens, i).map(|(n, ())| i + n));
    let (places, day) = (&work.patterns.places, day.map(|d| d.iso()));
    let found = name.and_then(|from| {
        let name = work.words(from..tokens.end);
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

/// A commune whose head names nothing around it, with the one district or province that the text names by its type word:
/// "Thực hiện chỉ đạo của UBND huyện Nghĩa Hành, tỉnh Quảng Ngãi".
fn within(work: &Work<'_>, own: Place, day: Option<Day>) -> Place {
    if own.level != Level::Commune || own.district.is_some() || own.province.is_some() {
        return own;
    }
    let (places, date) = (&work.patterns.places, day.map(|d| d.iso()));
    let s = work.text.s();
    let end = floor_boundary(s, BODY);
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
    // From this day on there are no districts (Nghị quyết 203/2025/QH15).
    let districts = day.is_none_or(|d| d.iso().as_str() < NO_DISTRICTS);
    let outer = one(Level::District)
        .filter(|_| districts)
        .or_else(|| one(Level::Province).filter(|_| none(Level::District) || !districts));
    match outer.and_then(|named| place(places, named, date.as_deref(), Basis::Document)) {
        Some(outer) => Place { province: outer.province, district: outer.district, ..own },
        None => own,
    }
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
    // "hệ thống cấp nước thị trấn A, huyện B": a whole address.
    let address = part.commune.is_some() && part.district.is_some();
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

/// Where minutes were taken: "Hôm nay, ngày 5/3/2024, tại trụ sở UBND xã A, huyện B, …".
fn taken_at(work: &Work<'_>, date: Option<&str>) -> Option<(Named, Read)> {
    let frames = &work.patterns.frames;
    let last = work.token_at(MINUTES.min(work.text.s().len()));
    let today = (0..last).find(|&i| frames.minutes.at(&work.tokens, i).is_some())?;
    let ends = |i: usize| work.token(i).is_none_or(|t| t.gap >= Gap::Line || t.is(':'));
    let stop = (today + 1..today + SITTING).find(|&i| ends(i)).unwrap_or(today + SITTING);
    let at = (today..stop).find(|&i| frames.minutes_at.at(&work.tokens, i).is_some())?;
    let bytes = work.bytes(at..stop);
    let all = named(&work.patterns.places, work.text.slice(bytes.clone()), date);
    let (range, named) = all.into_iter().find(|(_, n)| n.typed || n.level() == Level::Province)?;
    let range = bytes.start + range.start..bytes.start + range.end;
    Some((named, Read { range, basis: EvidenceBasis::Heading }))
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
    let read = Read { range: at(&range)..title.start + range.end, basis: EvidenceBasis::Head };
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
    Some(Read { range: work.bytes(body..stop), basis: EvidenceBasis::Heading })
}

/// A body of the centre that stands in capitals on the first line of a text without a head, or that the title of a page begins with:
/// "Bộ Nội vụ: Kết quả kiểm tra năm 2023".
fn opened_by_central(work: &Work<'_>) -> Option<Read> {
    let s = work.text.s();
    let line = work.text.title().or_else(|| first_line(work))?;
    let text = s.get(line.clone())?;
    // "Vụ cấp bò …: Do đâu" is an affair, "Vụ Pháp chế: …" a department.
    let proper = |body: &str| {
        let name = body.split_whitespace().nth(1).and_then(|w| w.chars().next());
        body.len() <= BODY_NAME && name.is_some_and(char::is_uppercase)
    };
    let written = is_capitals(text) || text.split_once(':').is_some_and(|(body, _)| proper(body));
    let central = line.len() <= TITLE && written && work.patterns.header.central.opens(text);
    let named = || named(&work.patterns.places, text, None).is_empty();
    (central && named()).then_some(Read { range: line, basis: EvidenceBasis::Heading })
}

/// The title of a page, else what its document is about, else a short first line.
fn title_of(work: &Work<'_>, header: &Header) -> Option<Range<usize>> {
    let subject = || header.subject_range.clone();
    work.text.title().or_else(subject).or_else(|| first_line(work).filter(|l| l.len() <= TITLE))
}

/// The first line that holds anything.
fn first_line(work: &Work<'_>) -> Option<Range<usize>> {
    crate::words::lines::lines(work.text.s()).find(|l| !l.is_empty())
}

/// The whole country.
pub fn country(basis: Basis) -> Place {
    Place { level: Level::Country, province: None, district: None, commune: None, basis }
}

/// The place of the metadata.
fn of_metadata(m: &Metadata) -> Option<Place> {
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

/// A named unit as a place, with code and province where the gazetteer knows them.
pub fn place(places: &Places, named: Named, date: Option<&str>, basis: Basis) -> Option<Place> {
    let level = named.level();
    if level == Level::Country {
        return None;
    }
    let mut province = named.province.map(|p| Province { basis: None, ..p });
    let code = province.as_ref().and_then(|p| p.code.as_deref()).map(str::to_owned);
    let known = named.district.as_deref().and_then(|d| places.district(d, code.as_deref(), date));
    if province.is_none() {
        province = known.and_then(|d| places.province_with_code(&d.province, date));
    }
    let district = named.district.map(|name| match known {
        Some(d) => Area { code: Some(d.code.clone()), name: d.name.clone() },
        None => Area { code: None, name },
    });
    let commune = named.commune.map(|name| Area { code: None, name });
    Some(Place { level, province, district, commune, basis })
}

/// A name as it stands in an address: small letters without marks and blanks.
fn squashed(name: &str) -> String {
    let plain = name.nfd().filter(|c| !is_combining_mark(*c));
    let letters = plain.filter(|c| c.is_alphabetic()).map(|c| if matches!(c, 'đ' | 'Đ') { 'd' } else { c });
    letters.collect::<String>().to_ascii_lowercase()
}

/// A unit that the document may be about.
#[derive(Debug)]
struct Candidate {
    named: Named,
    /// Twice the points, so that halves stay whole.
    points: usize,
    times: usize,
    read: Read,
}

/// The district that an address begins with: "huyện Vạn Ninh, Khánh Hòa".
fn named_district(places: &Places, address: &str, date: Option<&str>) -> Option<Named> {
    let (_, first) = named(places, address, date).into_iter().next()?;
    (first.level() == Level::District).then_some(first)
}

/// Whether a word with a capital goes on right behind a name, in a text that has small letters.
fn goes_on_in_capitals(s: &str, end: usize) -> bool {
    let next = s.get(end..).and_then(|rest| rest.strip_prefix(' ')).and_then(|rest| rest.chars().next());
    next.is_some_and(char::is_uppercase) && !is_capitals(s)
}

/// The words with capitals right before a token that may be the name of a unit.
fn bare_name(work: &Work<'_>, before: Range<usize>) -> Option<Range<usize>> {
    let capital = |i: &usize| work.token(*i).is_some_and(|t| t.case == Case::Title);
    let n = before.clone().rev().take_while(capital).take(NAME + 1).count();
    (2..=NAME).contains(&n).then(|| before.end - n..before.end)
}

/// The unit of a kind that stands apart from its name.
fn of_kind(work: &Work<'_>, kind: Range<usize>, name: Range<usize>, date: Option<&str>) -> Option<Named> {
    let written = format!("{} {}", work.words(kind).to_lowercase(), work.words(name));
    let places = &work.patterns.places;
    let own = places.mentions(&written, date).into_iter().next().map(|m| unit(places, &m));
    own.filter(|own| own.typed)
}

/// What speaks for which unit.
struct Survey {
    candidates: Vec<Candidate>,
    /// How often the text speaks of its own tỉnh, thành phố, huyện, xã.
    own: [usize; 4],
    /// The provinces that paragraphs begin with.
    openers: Vec<String>,
    /// The districts that are named without their type word, each with where that is first.
    bare: Vec<(String, Range<usize>)>,
    /// Of the whole country.
    country: Option<(usize, Range<usize>)>,
}

impl Survey {
    fn of(work: &Work<'_>, outline: &[Outline], header: &Header, date: Option<&str>) -> Self {
        let mut survey = Self {
            candidates: Vec::new(),
            own: [0; 4],
            openers: Vec::new(),
            bare: Vec::new(),
            country: None,
        };
        let text = work.text;
        let from = work.text.title().map_or(0, |t| t.end);
        let title = title_of(work, header);
        let mut alone = None;
        if let Some(title) = title.clone() {
            // The name of the site comes last.
            let s = text.slice(title.clone());
            let site = [" - ", " | ", " – "].iter().filter_map(|mark| s.rfind(mark)).max().unwrap_or(s.len());
            let places = &work.patterns.places;
            let all = named(places, s, date);
            // "… làm việc với huyện Mù Cang Chải - Cổng thông tin điện tử tỉnh Yên Bái": the site names where it lies.
            let one = all.iter().filter(|(range, _)| range.start < site).count() <= 1;
            for (range, named) in all {
                // "Bình Thạnh Đông trước ngày đạt chuẩn" is not on Bình Thạnh.
                if named.level() == Level::District && !named.typed && goes_on_in_capitals(s, range.end) {
                    continue;
                }
                // "Giới thiệu huyện Đăk Tô" is on that district, however often its province is named.
                let before_site = range.start < site;
                let only = one && before_site && named.typed && named.level() > Level::Province;
                let points = if only { 12 } else { 5 + usize::from(before_site) };
                alone = alone.or_else(|| only.then(|| named.clone()));
                survey.add(
                    named,
                    title.start + range.start..title.start + range.end,
                    points,
                    EvidenceBasis::Title,
                    true,
                );
            }
        }
        survey.by_first_line(work, date);
        survey.body(work, outline, header, from, date);
        survey.join_cut_names();
        if let Some(title) = title.clone() {
            survey.by_bare_title(work, title.clone(), date);
            survey.by_hamlet(work, title, date);
        }
        survey.own_words(work);
        survey.by_own_title(alone);
        survey.by_bare_commune(work, title.clone(), date);
        survey.by_apposition(work, from, date);
        survey.by_kind_said(work, from, date);
        if let Some(title) = title {
            survey.by_title_alone(work, title, date);
        }
        survey.by_bare_district(work, date);
        survey
    }

    /// "Đảng bộ và nhân dân Phú Tân chúng ta" in a text that says "huyện nhà" and "toàn huyện" throughout and names its province:
    /// the one district of that which it names.
    fn by_bare_district(&mut self, work: &Work<'_>, date: Option<&str>) {
        const POINTS: usize = 4;
        const SAID: usize = 9;
        let [_, _, district, commune] = self.own;
        let named = |c: &Candidate| c.named.level() == Level::District && c.named.typed;
        if district < SAID || commune >= district || self.candidates.iter().any(named) {
            return;
        }
        let province = self.candidates.iter().find_map(|c| c.named.province.clone());
        let Some(code) = province.as_ref().and_then(|p| p.code.clone()) else { return };
        let places = &work.patterns.places;
        let mut known =
            self.bare.iter().filter(|(name, _)| places.district(name, Some(&code), date).is_some());
        if let (Some((name, range)), None) = (known.next().cloned(), known.next()) {
            let named = Named { province, district: Some(name), ..Named::default() };
            self.add(named, range, POINTS, EvidenceBasis::Body, false);
        }
    }

    /// How often the text speaks of its own district or commune.
    fn said(&self, level: Level) -> usize {
        let [_, city, district, commune] = self.own;
        match level {
            Level::District => district.max(city),
            Level::Commune => commune,
            Level::Country | Level::Province => 0,
        }
    }

    /// A title that names one district or commune alone, over a text that speaks of "toàn huyện" or "toàn xã".
    fn by_own_title(&mut self, alone: Option<Named>) {
        const POINTS: usize = 18;
        const SAID: usize = 3;
        let Some(alone) = alone else { return };
        let said = self.said(alone.level());
        let own = self.candidates.iter_mut().find(|c| c.named.same(&alone));
        if let Some(own) = own.filter(|_| said >= SAID) {
            own.points += POINTS;
        }
    }

    /// "Thanh Chăn trước ngày về đích", "Hải Hà: Nuôi tôm vụ mới": a title that begins with the bare name of a commune or district
    /// which the text names with its type word.
    fn by_bare_title(&mut self, work: &Work<'_>, range: Range<usize>, date: Option<&str>) {
        const POINTS: usize = 16;
        let title = work.text.slice(range.clone());
        let codes = self.candidates.iter().filter_map(|c| c.named.province.as_ref()?.code.as_deref());
        let provinces: Vec<String> = codes.map(str::to_owned).collect();
        for candidate in &mut self.candidates {
            let named = &candidate.named;
            let unit = named.commune.as_deref().or(named.district.as_deref());
            let Some(name) = unit.filter(|_| named.typed) else { continue };
            // "Vùng cao Bắc Hà trúng mùa": what the land is like may stand before it.
            let mut words = title.split(' ');
            let skipped =
                work.patterns.places.adjective(words.next().unwrap_or(""), words.next().unwrap_or(""));
            let mut at = title.split(' ').take(skipped).map(|w| w.len() + 1).sum::<usize>();
            // "Ủy ban nhân dân Vọng Đông": the body that bears its name.
            let first = work.token_at(range.start);
            let seat = (1..=SEAT).rev().find(|n| {
                let seats = &work.patterns.frames.seats;
                seats.before(&work.tokens, first + n).is_some_and(|(m, _)| m == *n)
            });
            at = seat.map_or(at, |n| work.bytes(first + n..first + n + 1).start - range.start);
            let title = title.get(at..).unwrap_or(title);
            let begins = title
                .strip_prefix(name)
                .is_some_and(|rest| rest.chars().next().is_none_or(|c| !c.is_alphanumeric()));
            // The province bears the name of its town too, the district that of its seat.
            let places = &work.patterns.places;
            let around = |code: &String| {
                places.district(name, Some(code.as_str()), date).is_some_and(|d| d.name == name)
            };
            let of_district = named.commune.is_some() && provinces.iter().any(around);
            let of_province = places.province_named(name, None).is_some() || of_district;
            if begins && !of_province && !goes_on_in_capitals(title, name.len()) && name.contains(' ') {
                candidate.points += POINTS;
                let start = range.start + at;
                candidate.read = Read { range: start..start + name.len(), basis: EvidenceBasis::Title };
            }
        }
    }

    /// "Vạn Khánh (huyện Vạn Ninh, Khánh Hòa) vừa được …" in a text that says "của xã" and names no commune with its type word: the
    /// name that its title or first sentence begins with, where a district stands behind it in brackets or the opening names it again.
    fn by_bare_commune(&mut self, work: &Work<'_>, title: Option<Range<usize>>, date: Option<&str>) {
        const POINTS: usize = 16;
        const SAID: usize = 3;
        const SYLLABLES: std::ops::RangeInclusive<usize> = 2..=4;
        let [.., commune] = self.own;
        let named = |c: &Candidate| c.named.level() == Level::Commune && c.named.typed;
        if commune < SAID || self.candidates.iter().any(named) {
            return;
        }
        let text = work.text;
        let from = title.as_ref().map_or(0, |t| t.end);
        let lines = crate::words::lines::lines(text.s()).filter(|l| l.start >= from && l.len() > TITLE / 4);
        let first = lines.take(1).map(|l| l.start);
        let places = &work.patterns.places;
        let name_at = |at: usize| {
            let start = work.token_at(at);
            let capital = |&i: &usize| {
                work.token(i).is_some_and(|t| t.case == Case::Title && (i == start || t.gap == Gap::Space))
            };
            let n = (start..start + SYLLABLES.end() + 1).take_while(capital).count();
            let name = work.words(start..start + n);
            let known =
                places.district(name, None, date).is_some() || places.province_named(name, None).is_some();
            (SYLLABLES.contains(&n) && !known).then(|| (start..start + n, name.to_owned()))
        };
        let start = title.map_or(from, |t| t.start);
        let Some((tokens, name)) = [start].into_iter().chain(first).filter_map(name_at).next() else {
            return;
        };
        // "(huyện Vạn Ninh, Khánh Hòa)"
        let bracket = work.bytes(tokens.clone()).end;
        let behind = text.slice(bracket..floor_boundary(text.s(), bracket + ADDRESS));
        let around =
            behind.strip_prefix(" (").and_then(|rest| rest.split_once(')')).map(|(inside, _)| inside);
        let around = around.and_then(|inside| named_district(places, inside, date));
        let opening = text.slice(from..floor_boundary(text.s(), from + OPENING));
        let both = tokens.start == work.token_at(start) && opening.contains(name.as_str());
        if around.is_none() && !both {
            return;
        }
        let mut named = around.unwrap_or_default();
        named.commune = Some(name.clone());
        self.add(named, work.bytes(tokens.clone()), POINTS, EvidenceBasis::Heading, true);
    }

    /// "… tới Tân Nhuận Đông, xã vùng sâu của huyện Châu Thành, tỉnh Đồng Tháp": the first sentences say what the name before is and
    /// where it lies.
    fn by_apposition(&mut self, work: &Work<'_>, from: usize, date: Option<&str>) {
        const POINTS: usize = 16;
        let places = &work.patterns.places;
        let clauses = &work.patterns.clauses;
        let end = floor_boundary(work.text.s(), from + OPENING);
        let (first, last) = (work.token_at(from), work.token_at(end));
        for of in (first..last).filter(|&i| work.token(i).is_some_and(|t| clauses.lies_in.has(t))) {
            let Some(kind) = hosted::before(work, first, of + 1) else { continue };
            let Some(mark) = kind.start.checked_sub(1) else { continue };
            let Some(name) = bare_name(work, first..mark) else { continue };
            let at = work.bytes(of..of + 1).end;
            let behind = work.text.slice(at..floor_boundary(work.text.s(), at + ADDRESS));
            let around = named(places, behind, date).into_iter().next();
            let Some((_, around)) = around.filter(|(r, a)| r.start <= LINK && a.typed) else { continue };
            let own = of_kind(work, kind, name.clone(), date).filter(|own| own.level() > around.level());
            let Some(mut own) = own else { continue };
            own.complete(&around);
            self.add(own, work.bytes(name), POINTS, EvidenceBasis::Heading, true);
            return;
        }
    }

    /// "Lộc Ninh là huyện biên giới" in a text that says "toàn huyện": its opening says what kind of unit the bare name is.
    fn by_kind_said(&mut self, work: &Work<'_>, from: usize, date: Option<&str>) {
        const POINTS: usize = 16;
        const SAID: usize = 3;
        let places = &work.patterns.places;
        let (clauses, frames) = (&work.patterns.clauses, &work.patterns.frames);
        let end = floor_boundary(work.text.s(), from + OPENING);
        let (first, last) = (work.token_at(from), work.token_at(end));
        for is in (first..last).filter(|&i| work.token(i).is_some_and(|t| clauses.is_a.has(t))) {
            let at = is + 1 + frames.one_of.at(&work.tokens, is + 1).map_or(0, |(n, ())| n);
            let Some((n, ())) = clauses.hosted.at(&work.tokens, at) else { continue };
            let Some(name) = bare_name(work, first..is) else { continue };
            let opens = name.start == first
                || work.token(name.start).is_some_and(|t| t.gap >= Gap::Line)
                || work.token(name.start - 1).is_some_and(|t| t.kind != TokenKind::Word);
            if !opens {
                continue;
            }
            let Some(mut own) = of_kind(work, at..at + n, name.clone(), date) else { continue };
            // "là huyện của tỉnh X" tells the rest.
            if self.said(own.level()) >= SAID {
                let known = own.district.as_deref().and_then(|d| places.district(d, None, date));
                let province = known.and_then(|d| places.province_with_code(&d.province, date));
                own.province = own.province.or(province);
                self.add(own, work.bytes(name), POINTS, EvidenceBasis::Heading, true);
                return;
            }
        }
    }

    /// What the top and the foot of a page name, where the text itself names no province: "CỔNG THÔNG TIN ĐIỆN TỬ TỈNH BẮC KẠN".
    fn by_masthead(&mut self, work: &Work<'_>, outline: &[Outline], date: Option<&str>) {
        const POINTS: usize = 16;
        const SAID: usize = 3;
        const NAMED: usize = 8;
        if self.candidates.iter().any(|c| c.named.province.is_some()) {
            return;
        }
        let s = work.text.s();
        let top = |o: &&Outline| match o.kind {
            SectionKind::Boilerplate => true,
            SectionKind::Table => o.range.start < TITLE && o.range.len() <= TITLE,
            _ => false,
        };
        let mut found: Vec<(Range<usize>, Named)> = Vec::new();
        for part in outline.iter().filter(top) {
            let end = floor_boundary(s, part.range.end.min(part.range.start + BODY));
            for (range, named) in named(&work.patterns.places, work.text.slice(part.range.start..end), date) {
                let within = named.typed && named.province.is_some();
                if within && found.iter().all(|(_, known)| !known.same(&named)) && found.len() <= NAMED {
                    found.push((part.range.start + range.start..part.range.start + range.end, named));
                }
            }
        }
        let Some((range, first)) = found.first().cloned() else { return };
        let code = |n: &Named| n.province.as_ref().and_then(|p| p.code.clone());
        if found.iter().any(|(_, other)| code(other) != code(&first)) {
            return;
        }
        // "XÃ AN HIỆP - TỈNH VĨNH LONG" over a text that says "toàn xã".
        if found.len() == 1 && self.said(first.level()) >= SAID {
            self.add(first, range, POINTS, EvidenceBasis::Heading, true);
        } else {
            let named = Named { province: first.province, typed: true, ..Named::default() };
            self.add(named, range, 1, EvidenceBasis::Body, false);
        }
    }

    /// "Vũ Thư sau một năm nhìn lại" over a text that says "toàn huyện" and names no district with its type word: the district that
    /// the gazetteer knows by that name.
    fn by_title_alone(&mut self, work: &Work<'_>, title: Range<usize>, date: Option<&str>) {
        const POINTS: usize = 16;
        const SYLLABLES: [usize; 2] = [3, 2];
        const SAID: usize = 3;
        let [_, city, district, _] = self.own;
        let named = |c: &Candidate| c.named.level() == Level::District && c.named.typed;
        if district.max(city) < SAID || self.candidates.iter().any(named) {
            return;
        }
        let s = work.text.s();
        // The name of the site may come first.
        let text = work.text.slice(title.clone());
        let behind =
            [" - ", " | ", " – "].iter().filter_map(|mark| Some(text.find(mark)? + mark.len())).min();
        let starts = [Some(0), behind];
        for at in starts.into_iter().flatten() {
            let token = work.token_at(title.start + at);
            let capital = |i: usize| {
                work.token(i).is_some_and(|t| t.case == Case::Title && t.gap < Gap::Line || i == token)
            };
            for n in SYLLABLES {
                if !(token..token + n).all(capital)
                    || work.token(token + n).is_some_and(|t| t.case == Case::Title)
                {
                    continue;
                }
                let name = work.words(token..token + n);
                let Some(found) = work.patterns.places.district(name, None, date) else { continue };
                if s.get(title.end..).is_some_and(|rest| rest.matches(name).nth(1).is_some()) {
                    let province = work.patterns.places.province_with_code(&found.province, date);
                    let named = Named { province, district: Some(found.name.clone()), ..Named::default() };
                    self.add(named, work.bytes(token..token + n), POINTS, EvidenceBasis::Title, true);
                    return;
                }
            }
        }
    }

    /// "UBND TỈNH LÀO CAI" on the first line, without a number below: whose text it is.
    fn by_first_line(&mut self, work: &Work<'_>, date: Option<&str>) {
        const POINTS: usize = 16;
        let text = work.text;
        let line = first_line(work).filter(|l| l.len() <= TITLE && is_capitals(text.slice(l.clone())));
        let Some(line) = line else { return };
        let at = work.token_at(line.start);
        let own = work.patterns.frames.own.at(&work.tokens, at).is_some_and(|(_, own)| !own.strong);
        let mut all = named(&work.patterns.places, text.slice(line.clone()), date);
        if let (true, Some((range, named)), true) = (own, all.pop(), all.is_empty()) {
            let range = line.start + range.start..line.start + range.end;
            self.add(named, range, POINTS, EvidenceBasis::Heading, false);
        }
    }

    /// "… với nhân dân xóm Long Vân" over "xóm Long Vân, xã Bình Sơn (TP. Sông Công)": a title on a hamlet is about its commune.
    fn by_hamlet(&mut self, work: &Work<'_>, title: Range<usize>, date: Option<&str>) {
        const POINTS: usize = 16;
        let text = work.text;
        let kinds = &work.patterns.frames.hamlets;
        let tokens = work.token_at(title.start)..work.token_at(title.end);
        let found = tokens.clone().find_map(|i| kinds.at(&work.tokens, i).map(|(n, ())| (i, i + n)));
        let Some((at, name)) = found else { return };
        let capital = |&i: &usize| work.token(i).is_some_and(|t| t.capital());
        let end = (name..tokens.end).take_while(capital).count() + name;
        if end == name {
            return;
        }
        let hamlet = work.words(at..end).to_lowercase();
        // Behind it in the text its commune stands.
        let s = text.slice(title.end..floor_boundary(text.s(), title.end + OPENING));
        let lower = s.to_lowercase();
        let Some(behind) = lower.find(&hamlet).filter(|_| lower.len() == s.len()) else { return };
        let from = title.end + behind + hamlet.len();
        let near = text.slice(from..floor_boundary(text.s(), from + ADDRESS));
        let commune = named(&work.patterns.places, near, date).into_iter().next();
        let Some((range, named)) = commune.filter(|(r, n)| n.commune.is_some() && n.typed && r.start <= LINK)
        else {
            return;
        };
        let range = from + range.start..from + range.end;
        self.add(named, range, POINTS, EvidenceBasis::Heading, false);
    }

    /// The places of the running text, without what is no part of the document.
    fn body(
        &mut self,
        work: &Work<'_>,
        outline: &[Outline],
        header: &Header,
        from: usize,
        date: Option<&str>,
    ) {
        let text = work.text;
        let s = text.s();
        let end = floor_boundary(s, from + BODY);
        let body = text.slice(from..end);
        let closing = header.frame.closing.clone().unwrap_or(s.len()..s.len());
        let boilerplate: Vec<&Range<usize>> = outline
            .iter()
            .filter(|o| matches!(o.kind, SectionKind::Boilerplate | SectionKind::Table))
            .map(|o| &o.range)
            .collect();
        for (range, named) in named(&work.patterns.places, body, date) {
            let range = from + range.start..from + range.end;
            let outside = boilerplate.iter().any(|b| b.contains(&range.start));
            // Names of one syllable and of districts are common words and names of people too.
            let token = work.token_at(range.start);
            let seat = work.patterns.frames.seats.before(&work.tokens, token).is_some();
            if !named.typed && !seat && named.level() != Level::Province {
                if let Some(name) = named.district.filter(|n| self.bare.iter().all(|(other, _)| other != n)) {
                    self.bare.push((name, range));
                }
                continue;
            }
            // "Minh Hải" below a page of 2021 is who wrote it.
            let former =
                |p: &Province| date.is_some_and(|d| work.patterns.places.is_of_another_time(&p.name, d));
            if !named.typed && !seat && named.province.as_ref().is_some_and(former) {
                continue;
            }
            let kind = (1..=3).find(|n| {
                token
                    .checked_sub(*n)
                    .filter(|i| work.patterns.frames.passing_not.before(&work.tokens, i + 1).is_none())
                    .is_some_and(|i| work.patterns.frames.passing.before(&work.tokens, i + 1).is_some())
            });
            let passing = kind.is_some_and(|n| n <= if named.typed { 3 } else { 1 });
            // "Tuyên Quang: Kết quả trồng rừng …" among the lines at the top of a page is its title.
            let begins = range.start == 0 || s.as_bytes().get(range.start - 1) == Some(&b'\n');
            let titles = begins
                && range.start < from + OPENING
                && s.get(range.end..).is_some_and(|r| r.starts_with(": "));
            if passing || outside && !titles || self.only_holds(work, &range) {
                continue;
            }
            // "Cần Thơ (TTX).-": where an agency sent it from.
            if work.patterns.frames.sent_from.at(&work.tokens, work.token_at(range.end)).is_some() {
                continue;
            }
            if let Some(province) = named.province.as_ref().filter(|_| named.level() == Level::Province)
                && opens_paragraph(work, token)
                && !self.openers.contains(&province.name)
            {
                self.openers.push(province.name.clone());
            }
            let basis = if closing.contains(&range.start) {
                EvidenceBasis::Signature
            } else if range.start < from + OPENING {
                EvidenceBasis::Heading
            } else {
                EvidenceBasis::Body
            };
            // "trên địa bàn thành phố Long Xuyên": what the text is told of.
            let told = named.typed
                && (1..=2).any(|n| {
                    let kind = token.checked_sub(n).unwrap_or(token);
                    work.patterns.frames.told_on.before(&work.tokens, kind).is_some()
                });
            let points = if named.typed || seat { 2 } else { 1 } + 2 * usize::from(told);
            self.add(named, range, points, basis, basis == EvidenceBasis::Heading);
        }
    }

    /// "Ngày 18/2 tại Cần Thơ, Bộ … tổ chức hội nghị": a town that only holds a meeting of the country's.
    fn only_holds(&self, work: &Work<'_>, range: &Range<usize>) -> bool {
        let (words, tokens) = (&work.patterns.frames, &work.tokens);
        let (first, last) = (work.token_at(range.start), work.token_at(range.end));
        let comma = work.token(last).is_some_and(|t| t.is(','));
        let held = first.checked_sub(1).is_some_and(|i| words.minutes_at.at(tokens, i).is_some());
        comma && held && words.central_hosts.at(tokens, last + 1).is_some()
    }

    /// "xã Định thành đạt chuẩn" over "xã Định Thành": a name of a commune that goes on in small letters once.
    fn join_cut_names(&mut self) {
        let mut n = 0;
        while n < self.candidates.len() {
            let Some(whole) = self.goes_on(n) else {
                n += 1;
                continue;
            };
            let cut = self.candidates.remove(n);
            if let Some(whole) = self.candidates.get_mut(whole - usize::from(whole > n)) {
                whole.points += cut.points;
                whole.times += cut.times;
                if cut.read.basis == EvidenceBasis::Title {
                    whole.read = cut.read;
                }
            }
        }
    }

    /// The commune whose name goes on where that of another candidate ends, which has one syllable only.
    fn goes_on(&self, cut: usize) -> Option<usize> {
        let cut = self.candidates.get(cut)?.named.commune.as_deref().filter(|name| !name.contains(' '))?;
        let rest =
            |c: &Candidate| c.named.commune.as_deref()?.strip_prefix(cut).map(|rest| rest.starts_with(' '));
        self.candidates.iter().position(|c| rest(c) == Some(true))
    }

    /// Whether a text without a title that names one is told of several provinces alike.
    fn is_of_several(&self) -> bool {
        const OFTEN: usize = 3;
        let named = |c: &Candidate| matches!(c.read.basis, EvidenceBasis::Title | EvidenceBasis::Signature);
        let times = || self.candidates.iter().filter(|c| c.named.level() == Level::Province).map(|c| c.times);
        let most = times().max().unwrap_or(0);
        // "* Trà Vinh: …", "* Bình Phước có …", "* Tại Ninh Bình, …".
        let in_turn = self.openers.len() >= OFTEN;
        (in_turn || times().filter(|&n| n >= OFTEN && n * 2 >= most).nth(1).is_some())
            && !self.candidates.iter().any(named)
    }

    fn add(&mut self, named: Named, range: Range<usize>, points: usize, basis: EvidenceBasis, first: bool) {
        const MOST: usize = 16;
        let known = self.candidates.iter_mut().find(|c| c.named.same(&named));
        let bonus = if first && basis == EvidenceBasis::Heading { 2 } else { 0 };
        match known {
            Some(known) => {
                known.named.complete(&named);
                let cap = MOST.saturating_sub(known.points.min(MOST));
                known.points +=
                    if basis == EvidenceBasis::Title { points } else { (points + bonus).min(cap.max(1)) };
                known.times += 1;
            }
            None => {
                let read = Read { range, basis };
                self.candidates.push(Candidate { named, points: points + bonus, times: 1, read });
            }
        }
    }

    /// "Toàn huyện", "UBND xã" without a name behind.
    fn own_words(&mut self, work: &Work<'_>) {
        let words = &work.patterns.frames;
        let last = work.token_at(BODY);
        let mut i = 0;
        while i < last.min(work.tokens.len()) {
            if let Some((n, ())) = words.own_not.at(&work.tokens, i) {
                i += n;
            } else if let Some((n, own)) = words.own.at(&work.tokens, i) {
                let name = work.token(i + n).is_some_and(|t| t.capital() && t.gap == Gap::Space);
                // "bình quân chung toàn thành phố": only what is compared with.
                if !name && words.averages.before(&work.tokens, i).is_none() {
                    let at = match own.level {
                        OwnLevel::Province => 0,
                        OwnLevel::City => 1,
                        OwnLevel::District => 2,
                        OwnLevel::Commune => 3,
                    };
                    if let Some(count) = self.own.get_mut(at) {
                        *count += if own.strong { 3 } else { 1 };
                    }
                }
                i += n;
            } else if let Some((n, ())) = words.country.at(&work.tokens, i) {
                if words.compares.before(&work.tokens, i).is_none() {
                    let range = work.bytes(i..i + n);
                    self.country.get_or_insert((0, range)).0 += 1;
                }
                i += n;
            } else {
                i += 1;
            }
        }
    }

    /// Where nothing names a province, the address of its site may: "bacgiang.gov.vn", "BacgiangPortal".
    fn by_address(&mut self, work: &Work<'_>) {
        const PORTAL: &str = "portal";
        if self.candidates.iter().any(|c| c.named.province.is_some()) {
            return;
        }
        let places = &work.patterns.places;
        // Few texts hold an address.
        let names = LazyCell::new(|| {
            let names = places.units().iter().map(|u| (squashed(&u.name), u.name.as_str()));
            names.collect::<Vec<(String, &str)>>()
        });
        let is_portal = |word: &str| {
            let end = word.len().checked_sub(PORTAL.len()).and_then(|at| word.get(at..));
            end.is_some_and(|end| end.eq_ignore_ascii_case(PORTAL))
        };
        let last = work.token_at(BODY);
        for i in 0..last {
            let word = work.word(i);
            let lone = work.token(i + 1).is_some_and(|t| t.is('.') && t.gap == Gap::Glued);
            if !word.is_ascii() || word.len() < 5 || !lone && !is_portal(word) {
                continue;
            }
            let word = word.to_ascii_lowercase();
            let name = word.strip_suffix(PORTAL).unwrap_or(&word);
            let found = names.iter().find(|(squashed, _)| squashed == name);
            if let Some(province) = found.and_then(|(_, name)| places.province_named(name, None)) {
                let named = Named { province: Some(province), typed: true, ..Named::default() };
                self.add(named, work.bytes(i..i + 1), 1, EvidenceBasis::Body, false);
                return;
            }
        }
    }

    /// The unit that most speaks for.
    fn decide(mut self, work: &Work<'_>, date: Option<&str>) -> Option<(Named, Read)> {
        const MOST: usize = 18;
        let places = &work.patterns.places;
        if self.candidates.is_empty()
            && self.own.iter().sum::<usize>() <= PASSING
            && let Some(read) = of_the_country(work)
        {
            return Some((Named::default(), read));
        }
        if let Some(read) = self.central_opening(work) {
            return Some((Named::default(), read));
        }
        let [province, city, district, commune] = self.own;
        let titled = self.candidates.iter().any(|c| c.read.basis == EvidenceBasis::Title);
        // A report of a province names bodies of all levels; where it names many provinces, it is about none of them.
        for candidate in &mut self.candidates {
            let own = match candidate.named.level() {
                Level::Province => province.max(if candidate.named.is_city() { city } else { 0 }),
                Level::District => district.max(city),
                Level::Commune => commune,
                Level::Country => 0,
            };
            // What a text comes to behind its opening is not what its title is about.
            let aside = titled && candidate.read.basis == EvidenceBasis::Body;
            candidate.points += if aside { 0 } else { own.min(MOST) };
        }
        let provinces = self.candidates.iter().filter(|c| c.named.level() == Level::Province);
        let (many, most) = provinces.fold((0, 0), |(n, most), c| (n + 1, most.max(c.times)));
        let total: usize =
            self.candidates.iter().filter(|c| c.named.level() == Level::Province).map(|c| c.times).sum();
        let scattered = many >= 4 && most * 2 < total || most <= 1;
        if let Some((times, range)) = self.country.take()
            && !titled
            && scattered
            && (self.own.iter().sum::<usize>() < 3 * times || many == 0)
        {
            return Some((Named::default(), Read { range, basis: EvidenceBasis::Body }));
        }
        // A list of provinces is about all of them.
        if many >= 4 && most * 2 < total && !titled && self.own.iter().sum::<usize>() * 2 <= many {
            let read = self.candidates.into_iter().next()?.read;
            return Some((Named::default(), read));
        }
        if self.is_of_several() {
            return None;
        }
        let best = self.candidates.iter().map(|c| (c.points, c.named.level())).max()?;
        let at = self.candidates.iter().position(|c| (c.points, c.named.level()) == best)?;
        // "Xã Lộc An còn 131 hộ nghèo, cao nhất huyện" in a text that says "toàn huyện" and never "toàn xã": one of its parts.
        const SAID: usize = 6;
        let part = self.candidates.get(at).filter(|c| c.named.level() == Level::Commune);
        if commune == 0
            && district.max(city) >= SAID
            && let Some(part) = part.filter(|c| c.read.basis != EvidenceBasis::Title)
        {
            let mut around = part.named.clone();
            let read = Read { range: part.read.range.clone(), basis: part.read.basis };
            around.commune = None;
            return (around.level() > Level::Country).then_some((around, read));
        }
        if let Some(found) = self.of_siblings(at, district > province, places, date) {
            return Some(found);
        }
        let mut chosen = self.candidates.swap_remove(at);
        // The units around it are those that are named most.
        self.candidates.sort_by_key(|c| std::cmp::Reverse(c.points));
        if chosen.named.level() == Level::Commune && chosen.named.district.is_none() {
            let around = self.candidates.iter().find(|c| c.named.level() == Level::District);
            chosen.named.district = around.and_then(|c| c.named.district.clone());
        }
        if let (None, Some(name)) = (&chosen.named.province, &chosen.named.district) {
            // A district lies where the gazetteer has it, whatever province is named beside it.
            let only = places.district(name, None, date).map(|d| d.province.clone());
            let holds = |p: &Province| {
                p.code.as_deref().is_some_and(|code| places.district(name, Some(code), date).is_some())
            };
            let beside = self.candidates.iter().filter_map(|c| c.named.province.clone()).find(holds);
            chosen.named.province = only.and_then(|code| places.province_with_code(&code, date)).or(beside);
        }
        for other in &self.candidates {
            // "của một nhóm thiện nguyện ở Hải Phòng": a bare name in passing tells no commune's province.
            let token = work.token_at(other.read.range.start);
            let aside = match other.read.basis {
                EvidenceBasis::Body => true,
                EvidenceBasis::Heading => {
                    work.patterns.frames.place_leads.before(&work.tokens, token).is_some()
                }
                _ => false,
            };
            let passing = aside && other.times == 1 && !other.named.typed;
            let outer = other.named.level() < chosen.named.level() && !passing;
            if outer && chosen.named.province.is_none() {
                chosen.named.province.clone_from(&other.named.province);
            }
        }
        Some((chosen.named, chosen.read))
    }

    /// "Tổng cục Thống kê cho biết …": a text that opens with what only the country has, and names places in passing only.
    fn central_opening(&self, work: &Work<'_>) -> Option<Read> {
        let passing = |c: &Candidate| c.read.basis == EvidenceBasis::Body && c.times <= PASSING;
        if self.candidates.is_empty()
            || !self.candidates.iter().all(passing)
            || self.own.iter().sum::<usize>() > PASSING
        {
            return None;
        }
        of_the_country(work).filter(|read| read.range.end <= OPENING)
    }

    /// "huyện Sông Lô giảm …; huyện Tam Dương giảm …; huyện Vĩnh Tường …": several districts named alike are parts of their
    /// province, and the text is about that.
    fn of_siblings(
        &self,
        chosen: usize,
        own: bool,
        places: &Places,
        date: Option<&str>,
    ) -> Option<(Named, Read)> {
        const SIBLINGS: usize = 3;
        let best = self.candidates.get(chosen).filter(|c| c.named.level() == Level::District)?;
        if own || matches!(best.read.basis, EvidenceBasis::Title | EvidenceBasis::Signature) {
            return None;
        }
        let districts = || self.candidates.iter().filter(|c| c.named.level() == Level::District);
        let times: usize = districts().map(|c| c.times).sum();
        if districts().count() < SIBLINGS || best.times * 2 > times {
            return None;
        }
        let known = |c: &Candidate, code: &str| {
            c.named.district.as_deref().is_some_and(|d| places.district(d, Some(code), date).is_some())
        };
        let holds = |code: &str| districts().all(|c| known(c, code));
        let mut around = districts()
            .filter_map(|c| places.district(c.named.district.as_deref()?, None, date))
            .map(|d| d.province.as_str());
        let code = around.find(|code| holds(code))?;
        let province = places.province_with_code(code, date);
        let read = Read { range: best.read.range.clone(), basis: best.read.basis };
        Some((Named { province, ..Named::default() }, read))
    }
}

/// Whether a paragraph begins with the name at a token, but for a mark and a word like "tại".
fn opens_paragraph(work: &Work<'_>, token: usize) -> bool {
    let lead = work.patterns.frames.place_leads.before(&work.tokens, token).map_or(0, |(n, ())| n);
    let begin = token.saturating_sub(lead);
    let first = |i: usize| i == 0 || work.token(i).is_some_and(|t| t.gap >= Gap::Line);
    let mark = |i: usize| work.token(i).is_some_and(|t| t.kind == TokenKind::Punct);
    // "Tỉnh Long An có 22 người chết".
    let kinds = &work.patterns.indicators.scope_kinds;
    let begin = (1..=2)
        .filter_map(|n| begin.checked_sub(n))
        .find(|&i| kinds.at(&work.tokens, i).is_some_and(|(n, ())| i + n == begin))
        .unwrap_or(begin);
    first(begin) || begin.checked_sub(1).is_some_and(|i| mark(i) && first(i))
}

/// "Nhiệm vụ phát triển kinh tế - xã hội năm 2002 đã được Quốc hội … thông qua": a text that names no place, and at its top what
/// only the country has.
fn of_the_country(work: &Work<'_>) -> Option<Read> {
    let last = work.token_at(OF_COUNTRY).min(work.tokens.len());
    let words = &work.patterns.frames.of_country;
    let (at, n) = (0..last).find_map(|i| words.at(&work.tokens, i).map(|(n, ())| (i, n)))?;
    Some(Read { range: work.bytes(at..at + n), basis: EvidenceBasis::Body })
}
