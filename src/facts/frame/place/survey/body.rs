//! The places of the running text, each as often as it is named, without what is no part of the document.

use std::ops::Range;

use super::super::{BODY, OPENING, seen};
use super::{Bare, Candidate, Named, Page, Survey};
use crate::claim::Work;
use crate::patterns::Patterns;
use crate::patterns::voices::Voice;
use crate::record::{EvidenceBasis, Level, Province, SectionKind};
use crate::words::shadow::floor_boundary;
use crate::words::token::{Gap, Kind as TokenKind};

/// So many districts tell which province a text is of.
const DISTRICTS: usize = 3;
/// How far before the name of a unit "tại" stands, over its type word, in tokens.
const VENUE: usize = 3;
/// Most words of a body before the name that it bears.
const BODY_WORDS: usize = 6;
/// How far into its paragraph the district is named that it is told of, in bytes.
const TURN: usize = 120;

/// The units that the text names.
pub(super) fn mentions(survey: &mut Survey, page: &Page<'_, '_>) {
    let s = page.work.text.s();
    let from = page.from;
    let closing = page.header.frame.closing.clone().unwrap_or(s.len()..s.len());
    let is_aside = |kind: SectionKind| matches!(kind, SectionKind::Boilerplate | SectionKind::Table);
    let asides: Vec<&Range<usize>> =
        page.outline.iter().filter(|o| is_aside(o.kind)).map(|o| &o.range).collect();
    for (range, named) in page.named(from..floor_boundary(s, from + BODY)) {
        let range = from + range.start..from + range.end;
        let mention = Mention { page, named: &named, range: &range, token: page.work.token_at(range.start) };
        // Names of one syllable and of districts are common words and names of people too.
        if !mention.is_typed() && named.level() != Level::Province {
            let aside = mention.is_in_passing() || mention.is_aside();
            survey.keep_bare(named.district, range, aside);
            continue;
        }
        let is_outside = asides.iter().any(|b| b.contains(&range.start)) && !mention.titles();
        if is_outside || mention.is_former() || mention.is_in_passing() || mention.is_aside() {
            // "các huyện Lạc Sơn, Tân Lạc": no more than a bare name.
            if named.level() == Level::District && !is_outside {
                survey.keep_bare(named.district, range, true);
            }
            continue;
        }
        if let Some(province) = named.province.as_ref().filter(|_| named.level() == Level::Province)
            && opens_paragraph(page.work, mention.token)
            && !survey.openers.contains(&province.name)
        {
            survey.openers.push(province.name.clone());
        }
        survey.takes_turn(&mention);
        let basis = match () {
            () if closing.contains(&range.start) => EvidenceBasis::Signature,
            () if range.start < from + OPENING => EvidenceBasis::Heading,
            () => EvidenceBasis::Body,
        };
        let first = if basis == EvidenceBasis::Heading { page.points(Voice::Opening) } else { 0 };
        let points = mention.points() + first;
        let rule = mention.voice().rule();
        survey.add(named, points, seen(range, basis, rule));
    }
    survey.join_cut_names();
}

/// A unit where the text names it.
struct Mention<'m> {
    page: &'m Page<'m, 'm>,
    named: &'m Named,
    range: &'m Range<usize>,
    token: usize,
}

impl Mention<'_> {
    /// Whether its type word stands before it, or the body that bears its name.
    fn is_typed(&self) -> bool {
        let seat = || self.words().frames.seats.before(&self.page.work.tokens, self.token).is_some();
        self.named.typed || seat() || self.ends_body()
    }

    /// "Sở Y tế Long An": a body of the province bears its name.
    fn ends_body(&self) -> bool {
        let (work, bodies) = (self.page.work, &self.words().frames.local_bodies);
        let opens = |i: usize| {
            let words = work.words(i..self.token).to_lowercase();
            bodies.iter().any(|body| words.strip_prefix(body.as_str()).is_some_and(|w| w.starts_with(' ')))
        };
        self.named.level() == Level::Province && words_before(work, self.token).any(opens)
    }

    fn words(&self) -> &Patterns {
        self.page.work.patterns
    }

    fn voice(&self) -> Voice {
        if self.is_typed() { Voice::TypedMention } else { Voice::Mention }
    }

    /// What it counts.
    fn points(&self) -> usize {
        let voice = self.voice();
        let told = if self.is_told_on() { self.page.points(Voice::ToldOn) } else { 0 };
        self.page.points(voice) + told
    }

    fn is_told_on(&self) -> bool {
        self.named.typed && is_told_on(self.page.work, self.token)
    }

    /// "Minh Hải" below a page of 2021 is who wrote it.
    fn is_former(&self) -> bool {
        let places = self.page.places();
        let former = |p: &Province| self.page.date.is_some_and(|d| places.is_of_another_time(&p.name, d));
        // "thành phố Hội An, tỉnh Quảng Nam cũ"
        let (work, behind) = (self.page.work, self.page.work.token_at(self.range.end));
        let said = self.words().frames.former.at(&work.tokens, behind).is_some();
        said || !self.is_typed() && self.named.province.as_ref().is_some_and(former)
    }

    fn is_in_passing(&self) -> bool {
        is_in_passing(self.page.work, self.named, self.token)
    }

    /// "Tuyên Quang: Kết quả trồng rừng …" among the lines at the top of a page is its title.
    fn titles(&self) -> bool {
        let s = self.page.work.text.s();
        let Range { start, end } = *self.range;
        let begins = start == 0 || s.as_bytes().get(start - 1) == Some(&b'\n');
        begins && start < self.page.from + OPENING && s.get(end..).is_some_and(|r| r.starts_with(": "))
    }

    /// Where the paragraph begins whose first sentence names it: "* Theo báo cáo của UBND huyện Bù Đăng, 9 tháng …".
    fn opens_paragraph_at(&self) -> Option<usize> {
        let s = self.page.work.text.s();
        let before = s.get(..self.range.start)?;
        let start = before.rfind('\n').map_or(0, |n| n + 1);
        let opening = before.get(start..)?;
        (opening.len() <= TURN && !opening.contains(". ")).then_some(start)
    }

    /// Where only a meeting was held or a text sent from.
    fn is_aside(&self) -> bool {
        let (work, frames) = (self.page.work, &self.words().frames);
        let last = work.token_at(self.range.end);
        // "Ngày 18/2 tại Cần Thơ, Bộ … tổ chức hội nghị": a meeting of the country's.
        let comma = work.token(last).is_some_and(|t| t.is(','));
        let far = if self.named.typed { VENUE } else { 1 };
        let before = |n: usize| self.token.checked_sub(n);
        let held = (1..=far).filter_map(before).any(|i| frames.minutes_at.at(&work.tokens, i).is_some());
        // "tại thành phố Việt Trì, UBND tỉnh tổ chức hội nghị": one of the province's.
        let wider = || {
            let inner = self.named.level() > Level::Province;
            inner && frames.province_hosts.at(&work.tokens, last + 1).is_some()
        };
        let hosted = comma && held && (frames.central_hosts.at(&work.tokens, last + 1).is_some() || wider());
        // "Cần Thơ (TTX).-": where an agency sent it from.
        hosted || frames.sent_from.at(&work.tokens, last).is_some() || is_guest(work, self.token)
    }
}

/// "… toàn tỉnh …, các huyện Lạc Sơn, Tân Lạc …, ở Mai Châu, Đà Bắc …": the one province of all the districts that a text which
/// speaks of its province and names none tells of.
pub(super) fn districts(survey: &mut Survey, page: &Page<'_, '_>) {
    let weight = page.weight(Voice::Districts);
    let own = &survey.own;
    let is_local = own.district + own.city > 0 || own.commune > 0;
    let provinces = survey.candidates.iter().any(|c| c.named.level() == Level::Province);
    if own.province < weight.said || is_local || provinces {
        return;
    }
    let typed =
        survey.candidates.iter().filter_map(|c| Some((c.named.district.clone()?, c.read.range.clone())));
    let mut names: Vec<(String, Range<usize>)> = typed.collect();
    names.extend(survey.bare.iter().map(|bare| (bare.name.clone(), bare.range.clone())));
    names.sort_by(|a, b| (a.0.as_str(), a.1.start).cmp(&(b.0.as_str(), b.1.start)));
    names.dedup_by(|a, b| a.0 == b.0);
    let places = page.places();
    let lies_in = |name: &str, code: &str| places.district(name, Some(code), page.date).is_some();
    let sure = names.iter().filter_map(|(name, _)| places.district(name, None, page.date));
    let mut codes: Vec<&str> = sure.map(|d| d.province.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    let [code] = codes.as_slice() else { return };
    let told = names.iter().filter(|(name, _)| lies_in(name, code));
    let first = told.clone().map(|(_, range)| range.clone()).min_by_key(|r| r.start);
    let Some(range) = first.filter(|_| told.count() >= DISTRICTS) else { return };
    let province = places.province_with_code(code, page.date);
    survey.add(
        Named { province, ..Named::default() },
        weight.points,
        seen(range, EvidenceBasis::Body, Voice::Districts.rule()),
    );
}

impl Survey {
    /// Keeps the first district of a paragraph.
    fn takes_turn(&mut self, mention: &Mention<'_>) {
        let district = mention.named.district.as_ref().filter(|_| mention.named.typed);
        let Some((name, at)) = district.zip(mention.opens_paragraph_at()) else { return };
        if self.turns.last().is_none_or(|(known, _)| *known != at) {
            self.turns.push((at, name.clone()));
            let text = mention.page.work.text.s();
            self.starred += usize::from(text.get(at..).is_some_and(|s| s.trim_start().starts_with('*')));
        }
    }

    /// Keeps a district without its type word, once.
    fn keep_bare(&mut self, district: Option<String>, range: Range<usize>, aside: bool) {
        let Some(name) = district else { return };
        match self.bare.iter_mut().find(|bare| bare.name == name) {
            Some(known) => known.times += usize::from(!aside),
            None => self.bare.push(Bare { name, range, times: usize::from(!aside) }),
        }
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
}

/// The tokens of a body before the name that it may bear, from the last on.
fn words_before<'w>(work: &'w Work<'_>, token: usize) -> impl Iterator<Item = usize> + 'w {
    let word = move |i: &usize| work.token(*i).is_some_and(|t| t.kind == TokenKind::Word);
    let same_line = move |i: &usize| work.token(*i + 1).is_some_and(|t| t.gap < Gap::Line);
    (token.saturating_sub(BODY_WORDS)..token).rev().take_while(word).take_while(same_line)
}

/// "Đoàn cán bộ Mặt trận tỉnh Kon Tum": whether the unit whose name begins at a token is where somebody came from.
pub(super) fn is_guest(work: &Work<'_>, token: usize) -> bool {
    let frames = &work.patterns.frames;
    let says_where = |i: usize| frames.guests_not.at(&work.tokens, i).is_some();
    let guest = |i: usize| {
        let end = frames.guests.at(&work.tokens, i).map(|(n, ())| i + n);
        end.is_some_and(|end| end <= token && !(end..token).any(says_where))
    };
    words_before(work, token).any(guest)
}

/// "trên địa bàn thành phố Long Xuyên": whether the text is told of the unit whose name begins at a token, behind its type word.
pub(super) fn is_told_on(work: &Work<'_>, token: usize) -> bool {
    let told_on = |kind: usize| work.patterns.frames.told_on.before(&work.tokens, kind).is_some();
    (1..=2).filter_map(|n| token.checked_sub(n)).any(told_on)
}

/// "sông Hậu Giang", "đường tỉnh Hà Giang": a word before a unit makes it the name of something else.
pub(super) fn is_in_passing(work: &Work<'_>, named: &Named, token: usize) -> bool {
    let (frames, tokens) = (&work.patterns.frames, &work.tokens);
    let names_other = |i: usize| {
        frames.passing_not.before(tokens, i + 1).is_none() && frames.passing.before(tokens, i + 1).is_some()
    };
    // "ven quốc lộ của huyện Nghi Xuân"
    let of = |n: usize| token.checked_sub(n).is_some_and(|i| work.patterns.particles.of.has(work.word(i)));
    let far = if named.typed { (1..=3).find(|&n| of(n)).unwrap_or(4) - 1 } else { 1 };
    (1..=far).any(|n| token.checked_sub(n).is_some_and(names_other))
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
