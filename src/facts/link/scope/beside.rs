//! A place alone right before its figure: "Hồng Ngự 1.860 ha", "Mỹ Tú (70,8%)".

use smol_str::SmolStr;

use super::NAME_SYLLABLES;
use crate::claim::indicator::Found;
use crate::facts::link::{Linker, Place};
use crate::words::one_line;
use crate::words::token::{Case, Kind as TokenKind};

/// Most words of the kind of an area: "thị trấn".
const KIND: usize = 2;

impl Linker<'_, '_> {
    /// "Hồng Ngự 1.860 ha", "thị trấn Phước An 12 ha", "Mỹ Tú (70,8%)": a name alone before the quantity.
    pub(in crate::facts::link) fn place_before(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let bracket = self.mark_before(item.tokens.start, '(');
        let like = |p: &Found| p.unit == item.unit && p.kind == item.kind;
        let next = place.next.filter(|n| like(n) && n.tokens.start < place.sentence.end);
        // In brackets it is a member of a list of the same unit.
        let in_bracket = |p: &Found| self.follows_mark(p.tokens.start, '(');
        let alike = place.previous.is_some_and(like) || bracket.is_some() && next.is_some_and(in_bracket);
        let end = bracket.unwrap_or(item.tokens.start);
        let start = self.capitals_before(end, place.sentence.start);
        if bracket.is_some() && !alike || start == end {
            return None;
        }
        let words = |from: usize| Some(one_line(self.work.words(from..end)));
        if let Some(kind) = self.area_kind_before(start, place.sentence.start).filter(|_| alike) {
            return words(kind);
        }
        let listed = bracket.is_some() && alike;
        if end - start < 2 && !listed || start == place.sentence.start {
            return None;
        }
        // "thu đạt khá: Núi Thành 2.140 tỷ đồng, Đại Lộc 164 tỷ đồng", "còn Nghệ An 39.100 ha".
        let goes_on =
            || next.is_some() || (item.tokens.end..place.sentence.end).any(|i| self.work.is(i, ';'));
        let opens = || self.follows_mark(start, ':') && goes_on() || self.subject_lead(start).is_some();
        if bracket.is_none() && opens() && self.is_unit(&(start..end)) {
            return words(start);
        }
        let particles = &self.work.patterns.particles;
        let before = self.work.word(start.saturating_sub(1));
        let marked = start.checked_sub(1).is_some_and(|i| self.work.is_punct(i))
            || particles.before_places.has(before);
        let within = particles.at_places.has(before);
        if within || marked && (place.previous.is_some() || listed) { words(start) } else { None }
    }

    /// Where the syllables with capitals begin that end at a token; a single letter may be one.
    fn capitals_before(&self, end: usize, low: usize) -> usize {
        let capital = |i: usize| {
            self.work.token(i).is_some_and(|t| {
                let letter = || t.case == Case::Upper && self.work.word(i).chars().count() == 1;
                t.kind == TokenKind::Word && (t.case == Case::Title || letter())
            })
        };
        let mut start = end;
        while start > low && end - start < NAME_SYLLABLES && capital(start - 1) {
            start -= 1;
        }
        start
    }

    /// Where the kind of an area begins that ends at a token: "thị trấn".
    fn area_kind_before(&self, name: usize, low: usize) -> Option<usize> {
        let kind =
            |i: usize| self.words.scope_kinds.at(&self.work.tokens, i).is_some_and(|(n, ())| i + n == name);
        (name.saturating_sub(KIND).max(low)..name).find(|&i| kind(i))
    }

    /// "… cao hơn kế hoạch gồm: Quảng Ninh 15%": the name before the words that open a list of places, and its first place.
    pub(in crate::facts::link) fn listed_place(
        &self,
        item: &Found,
        place: &Place<'_>,
    ) -> Option<(SmolStr, SmolStr)> {
        let mut end = item.tokens.start;
        while let Some(n) = self.joint(end).filter(|n| end.saturating_sub(*n) > place.sentence.start) {
            end -= n;
        }
        let low = place.sentence.start.max(end.saturating_sub(NAME_SYLLABLES + 3));
        let colon = (low..end).rev().find(|&i| self.work.is(i, ':'))?;
        let opened = self.clauses.parts.before(&self.work.tokens, colon).map(|(n, ())| n)?;
        let kind = (colon + 1..end).find(|&i| self.work.token(i).is_some_and(|t| t.case != Case::Lower))?;
        if !self.is_province(kind..end) {
            return None;
        }
        let start = place.previous.map_or(place.sentence.start, |p| p.tokens.end.max(place.sentence.start));
        let name = self.phrase(start, colon.checked_sub(opened)?.max(start))?;
        Some((one_line(self.work.words(name)), one_line(self.work.words(colon + 1..end))))
    }
}
