//! Where the name of an area, a body or a thing ends that begins at a token: "huyện Đại Từ", "Sở Y tế", "Trạm bơm Đồng Cao".

use std::ops::Range;

use super::NAME_SYLLABLES;
use super::body::names;
use crate::facts::link::Linker;
use crate::words::token::{Case, Gap, Kind as TokenKind, Token, hint};

/// How many syllables behind a dash still belong to a name.
const DASHED: usize = 3;
/// Marks inside a syllable of names of the Central Highlands.
const APOSTROPHES: [char; 4] = ['\'', '’', '‘', 'ʼ'];

impl Linker<'_, '_> {
    /// The end of a scope that begins at a token.
    pub(in crate::facts::link) fn scope_at(&self, i: usize) -> Option<usize> {
        // All four lists have this hint: most tokens are done with one look.
        if self.work.tokens.get(i)?.hints & hint::SCOPE == 0 {
            return None;
        }
        self.scope_ends.get(i, || self.scope_end(i))
    }

    fn scope_end(&self, i: usize) -> Option<usize> {
        let tokens = &self.work.tokens;
        if let Some((n, ())) = self.words.scope_fixed.at(tokens, i) {
            return (!self.describes(i, n)).then_some(i + n);
        }
        if let Some((n, ())) = self.words.scope_bodies.at(tokens, i) {
            let end =
                self.body_end(i + n, self.work.patterns.particles.companies.has(self.work.word(i + n - 1)));
            return (end > i + n).then_some(end);
        }
        if let Some((n, ())) = self.words.scope_things.at(tokens, i)
            && (n == 1 || !self.work.token(i).is_some_and(|t| t.case == Case::Upper))
            && let Some(end) = self.thing_end(i + n)
        {
            return Some(end);
        }
        let end = self.area_name_end(i)?;
        // "Ủy ban nhân dân thành phố Quy định …": the title of a paper, no place.
        (!self.splits(end)).then_some(end)
    }

    /// Where the name of an area ends whose kind begins at a token: "huyện Đại Từ", "huyện miền núi Khánh Vĩnh".
    fn area_name_end(&self, i: usize) -> Option<usize> {
        let (kind, ()) = self.words.scope_kinds.at(&self.work.tokens, i)?;
        let lower = self.work.token(i + kind).is_some_and(|t| t.case == Case::Lower);
        let word = |at: usize| self.work.word(i + kind + at);
        let between = if lower { self.work.patterns.places.adjective(word(0), word(1)) } else { 0 };
        let name = i + kind + between;
        // "CHỦ TỊCH UBND TỈNH" and on the next line "Điện:" make no province.
        let capitals = self.work.token(i).is_some_and(|t| t.case == Case::Upper && t.bytes() > 2)
            && self.work.token(name - 1).is_some_and(|t| t.case == Case::Upper);
        let mut end = name;
        while end < name + NAME_SYLLABLES && self.goes_on_name(name, end, capitals) {
            end += 1;
        }
        end = self.without_leader(i..name, end);
        if end > name && !capitals {
            end = self.past_dash(i, end).unwrap_or(end);
        }
        (end > name).then_some(end)
    }

    /// Whether a token is a syllable of the name that begins at `name`.
    fn goes_on_name(&self, name: usize, at: usize, capitals: bool) -> bool {
        let syllable = |t: &Token| {
            // "xã Mậu A": a letter behind a name belongs to it.
            // "xã Ô Lâm": a letter with a mark may begin it too.
            let one = t.bytes() > 1 && self.work.word(at).chars().count() == 1;
            let letter = at > name && t.bytes() == 1 || one && t.case != Case::Lower;
            let written = if capitals { t.case == Case::Upper } else { t.case == Case::Title || letter };
            names(t) && !self.in_date(at) && written
        };
        self.is_tied(name, at)
            || at > name && self.is_tied(name, at - 1)
            || self.work.token(at).is_some_and(syllable)
    }

    /// "thị trấn Ea T'ling": an apostrophe ties what follows to its word.
    fn is_tied(&self, name: usize, at: usize) -> bool {
        let glued = |i: usize| self.work.token(i).filter(|t| t.gap == Gap::Glued);
        at > name
            && glued(at).is_some_and(|t| APOSTROPHES.into_iter().any(|mark| t.is(mark)))
            && glued(at + 1).is_some_and(|t| t.kind == TokenKind::Word)
    }

    /// "UBND xã Tân Quang Hoàng Văn Thuyết": who leads it is no part of its name.
    fn without_leader(&self, kind: Range<usize>, end: usize) -> usize {
        let name = kind.end;
        if end <= name + 2 {
            return end;
        }
        // An apostrophe is no word: "xã Đắk R'Măng".
        let mut words = (name..end).filter(|&at| self.work.is_word(at));
        // Every province and district is known, not every commune.
        let kinds = &self.work.patterns.frames.member_kinds;
        let commune = |k: usize| kinds.at(&self.work.tokens, name - k).is_some_and(|(len, ())| len == k);
        let known = !(1..=2.min(kind.len())).any(commune);
        let own = words.clone().map(|at| self.work.word(at));
        let before = self.work.patterns.places.words_before_person(own, known);
        words.nth(before).unwrap_or(end)
    }

    /// How many tokens look like a scope and are none: "huyện giao", but not "huyện Giao Thủy".
    pub(in crate::facts::link) fn never(&self, i: usize) -> Option<usize> {
        let title = |i: usize| self.work.token(i).is_some_and(|t| t.case == Case::Title);
        let (n, ()) = self.words.scope_never.at(&self.work.tokens, i)?;
        (n < 2 || title(i) || !title(i + n - 1)).then_some(n)
    }

    /// Whether a phrase is a scope and nothing else.
    pub(in crate::facts::link) fn is_scope(&self, phrase: &Range<usize>) -> bool {
        self.never(phrase.start).is_none() && self.scope_at(phrase.start).is_some_and(|end| end >= phrase.end)
    }

    /// "tỉnh Bà Rịa - Vũng Tàu", "thành phố Phan Rang-Tháp Chàm": where the name of a unit goes on behind a dash.
    fn past_dash(&self, i: usize, end: usize) -> Option<usize> {
        let title =
            |at: usize| self.work.token(at).is_some_and(|t| t.case == Case::Title && t.gap < Gap::Line);
        let dash = self.work.token(end).is_some_and(|t| (t.is('-') || t.is('–')) && t.gap < Gap::Line);
        if !dash || !title(end + 1) {
            return None;
        }
        let last = (end + 1..end + 1 + DASHED).take_while(|&at| title(at)).last()? + 1;
        let bytes = self.work.bytes(i..last);
        let found = self.work.patterns.places.mentions(self.work.text.slice(bytes.clone()), None);
        let over = self.work.bytes(end..end + 1).start - bytes.start;
        let reach =
            found.iter().find(|m| m.range.start < over && m.range.end > over)?.range.end + bytes.start;
        Some(self.work.token_at(reach)).filter(|&at| at > end && at <= last)
    }

    /// "702 hộ tại các xã Long Điền Đông, Long Điền Tây": several that are named are no one scope.
    pub(super) fn lists(&self, i: usize, n: usize) -> bool {
        let Some(article) = (i + n).checked_sub(2).filter(|_| n > 1) else { return false };
        let kind = self.words.scope_kinds.at(&self.work.tokens, article + 1).is_some();
        let many = kind && self.work.patterns.particles.articles.has_in_any_case(self.work.word(article));
        many && self.work.token(i + n).is_some_and(|t| t.case == Case::Title && t.gap == Gap::Space)
    }

    /// "340 lao động nông thôn": right behind a noun such an area only describes it.
    fn describes(&self, i: usize, n: usize) -> bool {
        let tokens = &self.work.tokens;
        let noun = i.checked_sub(1).and_then(|b| self.work.token(b)).is_some_and(|t| {
            t.kind == TokenKind::Word
                && t.case == Case::Lower
                && !self.words.stop.has(t)
                && !self.words.ends.has(t)
        });
        let follows = self.work.token(i).is_some_and(|t| t.gap == Gap::Space);
        noun && follows
            && self.clauses.areas.at(tokens, i).is_some_and(|(m, ())| m == n)
            && self.clauses.area_leads.before(tokens, i).is_none()
    }
}
