//! The proper name that a clause begins with: "Hà Tây tăng 20,3%", "riêng Viettel đạt 33 trạm".

use std::ops::Range;

use smol_str::SmolStr;

use super::NAME_SYLLABLES;
use crate::claim::indicator::Found;
use crate::facts::link::{Linker, Place};
use crate::patterns::place::Unit;
use crate::words::one_line;
use crate::words::token::{Case, Kind as TokenKind, Token};

impl Linker<'_, '_> {
    /// "Hà Tây tăng 20,3%", "Viettel đạt 33 trạm": a proper name, and nothing else, that the figure is said of in a list.
    /// The first of the list, and one behind "riêng" or "còn", must be a place that a list has.
    pub(in crate::facts::link) fn subject(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let own = self.own_start(item.tokens.start, place);
        let name = self.name_before(own, item.tokens.start);
        let (start, end) = (name.start, name.end);
        let part = self.part_lead(own, start).filter(|_| is_part_of(item, place));
        let lead = self.subject_lead(start).filter(|n| start - n >= own).or(part).unwrap_or(0);
        let colon = || start.checked_sub(lead + 1).is_some_and(|i| self.work.is(i, ':'));
        let bare = end == item.tokens.start && part.is_none();
        if bare || name.is_empty() || start - lead != own && !colon() {
            return None;
        }
        let first = start == place.sentence.start && name.len() < 2;
        let listed = place.previous.is_some() && lead == 0 && start == own || part.is_some();
        let proper = self.is_proper_name(&name, part.is_some()) && !first;
        (proper && (listed || self.is_unit(&name)) && !self.headed(&name))
            .then(|| one_line(self.work.words(name)))
    }

    /// The words with capitals before a figure and what joins it; "Hải phòng" of a province.
    fn name_before(&self, own: usize, figure: usize) -> Range<usize> {
        let mut end = figure;
        while let Some(n) = self.joint(end).filter(|n| end - n >= own) {
            end -= n;
        }
        let named = |t: &Token| {
            matches!(t.case, Case::Title | Case::Upper | Case::Mixed) && t.kind == TokenKind::Word
                || t.is('-')
        };
        let mut start = end;
        while start > own && self.work.token(start - 1).is_some_and(named) {
            start -= 1;
        }
        // "Hải phòng tăng 18,1%".
        if start > own && end > own && end - own <= NAME_SYLLABLES && self.is_province(own..end) {
            start = own;
        }
        start..end
    }

    /// Whether words are few and one has a capital alone at its beginning; that of a part may be an acronym.
    fn is_proper_name(&self, name: &Range<usize>, part: bool) -> bool {
        let proper = |t: &Token| {
            let acronym = part && t.case == Case::Upper && t.bytes() > 2;
            t.case == Case::Title || t.case == Case::Mixed || acronym
        };
        name.len() <= NAME_SYLLABLES + 2 && name.clone().any(|i| self.work.token(i).is_some_and(proper))
    }

    /// How many tokens before one lead to the subject of a clause: "riêng", "còn".
    pub(super) fn subject_lead(&self, start: usize) -> Option<usize> {
        self.clauses.subject_leads.before(&self.work.tokens, start).map(|(n, ())| n)
    }

    /// How many tokens before one open the parts of a whole: "trong đó", "riêng", "gồm:".
    fn part_lead(&self, own: usize, start: usize) -> Option<usize> {
        let colon = self.follows_mark(start, ':');
        let end = start - usize::from(colon);
        let opens =
            |i: &usize| self.clauses.parts.at(&self.work.tokens, *i).is_some_and(|(n, ())| i + n == end);
        (own..end).find(opens).filter(|&i| i == own).map(|i| start - i)
    }

    /// Whether a phrase is the name of a province or district that a list has, and nothing else.
    pub(in crate::facts::link) fn is_unit(&self, phrase: &Range<usize>) -> bool {
        let text = self.work.words(phrase.clone());
        let mentions = self.work.patterns.places.mentions(text, self.context.date);
        phrase.len() > 1
            && mentions.iter().any(|m| m.range == (0..text.len()) && !matches!(m.unit, Unit::Commune(_)))
    }

    /// "Năm 2014, Thanh Hóa gieo trồng 49.000 ha còn Nghệ An trồng 39.100 ha": the place that a clause begins with, without
    /// its type word.
    pub(super) fn scope_of_subject(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let own = self.own_start(item.tokens.start, place);
        let title =
            |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word && t.case == Case::Title);
        let mut i = own;
        let mut last = None;
        while i < item.tokens.start {
            let mut end = i;
            while end < item.tokens.start && title(end) {
                end += 1;
            }
            if end == i {
                i += 1;
                continue;
            }
            // "…, Đồng Nai, Đồng Tháp quyết liệt chỉ đạo": one of several.
            let listed = i > 1 && title(i - 2);
            let opens =
                i == own || self.is_any(i - 1, [',', ':', ';']) && !listed || self.subject_lead(i).is_some();
            let goes_on =
                self.work.token(end).is_some_and(|t| t.kind == TokenKind::Word && t.case == Case::Lower);
            if opens && goes_on && end - i <= NAME_SYLLABLES && self.is_unit(&(i..end)) {
                last = Some(i..end);
            }
            i = end;
        }
        last.map(|r| one_line(self.work.words(r)))
    }

    /// Whether a stretch that begins with a capital is the name of a province, however its other syllables are written:
    /// "Hải phòng".
    pub(super) fn is_province(&self, tokens: Range<usize>) -> bool {
        let capital = self.work.token(tokens.start).is_some_and(|t| t.case != Case::Lower);
        let name = || one_line(self.work.words(tokens.clone()));
        capital && tokens.len() > 1 && self.work.patterns.places.province_named(&name(), None).is_some()
    }
}

/// Whether a figure may be a part of the one before it in its sentence: of its unit, and not more.
fn is_part_of(item: &Found, place: &Place<'_>) -> bool {
    place.previous.is_some_and(|p| {
        p.kind == item.kind && p.unit == item.unit && p.value >= item.value && p.cell.is_none()
    })
}
