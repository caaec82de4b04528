//! How far a quantity has moved, and since when: "(+2,1%)", "thấp hơn năm 2021 là 2,1 điểm".

use std::ops::Range;

use super::ROLE_REACH;
use crate::claim::indicator::{Direction, Found, Kind, Role};
use crate::facts::link::{Linker, Place};
use crate::patterns::indicators::RoleWord;
use crate::patterns::phrases::Phrases;
use crate::words::token::{Gap, Kind as TokenKind};

/// Within so many tokens behind a quantity the words begin that compare it.
const COMPARED: usize = 3;

impl Linker<'_, '_> {
    /// The sign of a change in brackets: "(+2,1%)", "(-15 vụ)".
    pub(super) fn signed(&self, item: &Found) -> Option<RoleWord> {
        // "(+82,4m)" is a level.
        if item.kind == Kind::Measure && matches!(item.unit.as_deref(), Some("m" | "cm" | "°C")) {
            return None;
        }
        let first = self.work.token(item.tokens.start)?;
        let inside = first.kind == TokenKind::Punct;
        let sign = if inside { item.tokens.start } else { item.tokens.start.checked_sub(1)? };
        let before = sign.checked_sub(1).and_then(|i| self.work.token(i));
        let open = before.is_some_and(|t| t.is('('));
        // "khai khoáng +24,6%; chế biến +31,2%", "xi măng 241 nghìn tấn, +11,6%"
        let told = item.kind == Kind::Percentage
            && item.cell.is_none()
            && before.is_some_and(|t| t.kind == TokenKind::Word || t.is(','))
            && self.work.token(sign).is_some_and(|t| t.is('+') && t.gap == Gap::Space);
        let token = self.work.token(sign).filter(|_| open || told)?;
        let direction = match char::from_u32(token.word).filter(|_| token.kind == TokenKind::Punct)? {
            '+' => Direction::Up,
            '-' | '−' if inside => Direction::Down,
            _ => return None,
        };
        Some(RoleWord { role: Role::Change, direction: Some(direction) })
    }

    /// "thấp hơn năm 2021 là 2,1 điểm", "hơn năm 1995 trên 40 ngàn tấn", "thấp hơn 6 tháng cùng kỳ 2,1%": by how much it changed
    /// since then.
    pub(super) fn than_before(&self, item: &Found, floor: usize) -> Option<RoleWord> {
        let tokens = &self.work.tokens;
        let low = floor.max(item.tokens.start.saturating_sub(ROLE_REACH));
        let mark = |&i: &usize| self.is_any(i, [',', ';', ':', '(']);
        let low = (low..item.tokens.start).rev().find(mark).map_or(low, |i| i + 1);
        let (behind, direction) = (low..item.tokens.start).find_map(|i| self.than_at(i))?;
        let direction = Some(direction);
        let between = behind..item.tokens.start;
        let time = between.clone().any(|i| self.in_date(i) || self.is_base(i));
        if time && self.is_hollow(&between, false) {
            return Some(RoleWord { role: Role::Change, direction });
        }
        // "thấp hơn chỉ tiêu Nghị quyết HĐND tỉnh 3,1%": how far from what was aimed at.
        let plan = || between.clone().any(|i| self.clauses.of_plans.at(tokens, i).is_some());
        let share = !matches!(item.kind, Kind::Rank | Kind::Ratio);
        (share && (plan() || self.is_from_average(item, &between)) && self.is_hollow(&between, true))
            .then_some(RoleWord { role: Role::Gap, direction })
    }

    /// Where "cao hơn" or "thấp hơn" ends that begins at a token, and which way it goes.
    fn than_at(&self, i: usize) -> Option<(usize, Direction)> {
        let tokens = &self.work.tokens;
        let more = self.clauses.more_than.at(tokens, i).map(|(n, ())| (n, Direction::Up));
        let less = self.clauses.less_than.at(tokens, i).map(|(n, ())| (n, Direction::Down));
        more.into_iter().chain(less).max_by_key(|(n, _)| *n).map(|(n, d)| (i + n, d))
    }

    /// Whether the words of an earlier time begin or end at a token: "cùng kỳ", "đầu năm".
    fn is_base(&self, i: usize) -> bool {
        let (frames, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        let ends = |words: &Phrases<()>| words.before(tokens, i + 1).is_some_and(|(n, ())| n > 1);
        self.clauses.of_bases.at(tokens, i).is_some() || ends(&frames.base) || ends(&frames.base_month)
    }

    /// "cao hơn mặt bằng chung toàn tỉnh 3,2%": how far from the average.
    fn is_from_average(&self, item: &Found, between: &Range<usize>) -> bool {
        let averages = &self.work.patterns.frames.averages;
        // "cao hơn bình quân cả nước là 42%": what that is.
        let tells = |i: usize| self.has(&self.clauses.is, i) || self.has(&self.clauses.predicates, i);
        between.clone().any(|i| averages.before(&self.work.tokens, i + 1).is_some())
            && !self.work.patterns.particles.of.has(self.work.word(item.tokens.end))
            && !item.tokens.start.checked_sub(1).is_some_and(tells)
    }

    /// "cao hơn 3% so với cùng kỳ" is a change, "cao hơn 3% so với bình quân cả nước" a gap.
    pub(super) fn against_time(&self, word: RoleWord, item: &Found, floor: usize, limit: usize) -> RoleWord {
        if word.role != Role::Gap || word.direction.is_none() {
            return word;
        }
        // What stands before a comma or semicolon is compared in another clause.
        let low = item.tokens.start.saturating_sub(ROLE_REACH).max(floor);
        let comma = |i: &usize| self.is_any(*i, [',', ';']);
        let from = (low..item.tokens.start).rev().find(comma).map_or(low, |i| i + 1);
        let to = limit.min(item.tokens.end + ROLE_REACH);
        // "so với tháng 2 năm ngoái thì cao hơn 31%"
        let (frames, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        let before = (from..item.tokens.start).any(|i| {
            self.in_date(i) && frames.versus.before(tokens, i).is_some()
                || frames.base.before(tokens, i + 1).is_some()
                || frames.past_refs.at(tokens, i).is_some() && frames.versus.before(tokens, i).is_some()
        });
        let time = before || (from..to).any(|i| self.words.role_after.at(&self.work.tokens, i).is_some());
        RoleWord { role: if time { Role::Change } else { Role::Gap }, direction: word.direction }
    }

    /// "so với cùng kỳ nhiều hơn 04 vụ, ít hơn 09 đối tượng": the second is compared with the same time.
    pub(super) fn with_change_before(&self, word: RoleWord, item: &Found, place: &Place<'_>) -> RoleWord {
        let goes_on = |p: &Found| {
            let than = p.tokens.end + 1;
            p.role == Role::Change
                && (p.kind, item.kind) == (Kind::Count, Kind::Count)
                && self.work.is(p.tokens.end, ',')
                && self.than_at(than).is_some_and(|(end, _)| end == item.tokens.start)
        };
        let role = if word.role == Role::Gap && place.previous.is_some_and(goes_on) {
            Role::Change
        } else {
            word.role
        };
        RoleWord { role, ..word }
    }

    /// Whether words behind a quantity compare it with another time: "bằng 112% so với cùng kỳ".
    pub(super) fn after(&self, item: &Found, limit: usize) -> bool {
        let end = item.tokens.end;
        // "3,2% (cùng kỳ năm trước là 4,1%)": the bracket tells another figure.
        let aside = |i: usize| self.brackets.around(i).is_some_and(|b| b.start >= end && self.tells(b));
        let compared = |i: usize| self.words.role_after.at(&self.work.tokens, i).is_some() && !aside(i);
        // "bằng 101,5% so với 01/10/2004".
        let base = self.clauses.of_bases.at(&self.work.tokens, end).map(|(n, ())| end + n);
        self.equalled(end) && self.in_date(end)
            || base.is_some_and(|at| self.date_at(at).is_some())
            || (end..limit.min(end + COMPARED)).take_while(|&i| !self.work.is(i, ';')).any(compared)
    }

    /// "thêm 32 tỷ đồng": so much more.
    pub(super) fn adds(&self, item: &Found) -> bool {
        item.cell.is_none()
            && self.clauses.adds.before(&self.work.tokens, item.tokens.start).is_some()
            && self.by_document() != Role::Norm
    }

    /// "năm 2016 vượt 38.000 tỷ đồng": a level that was passed, with no plan and nothing else that it is measured by.
    pub(super) fn passes(&self, item: &Found, place: &Place<'_>) -> bool {
        let tokens = &self.work.tokens;
        let at = self.without_bound(item.tokens.start);
        let passed = item.cell.is_none()
            && item.kind != Kind::Percentage
            && self.clauses.passes.before(tokens, at).is_some()
            && self.clauses.limits.before(tokens, at).is_none();
        let measure = |i: usize| {
            self.clauses.of_plans.at(tokens, i).is_some() || self.clauses.of_bases.at(tokens, i).is_some()
        };
        let from = at.saturating_sub(ROLE_REACH).max(place.sentence.start);
        let to = (item.tokens.end + ROLE_REACH).min(place.sentence.end);
        passed && !(from..to).any(measure)
    }

    /// "vượt 11 chỉ tiêu": so many aims that were reached and more.
    pub(super) fn counts_aims(&self, item: &Found) -> bool {
        let unit = item.tokens.end.checked_sub(1);
        let unit = unit.and_then(|i| {
            (0..2).find_map(|n| self.clauses.class_units.at(&self.work.tokens, i.checked_sub(n)?))
        });
        item.kind == Kind::Count && unit.is_some()
    }

    /// "Tốc độ tăng trưởng đạt 8%": the level of a growth.
    pub(super) fn is_growth(&self, item: &Found, place: &Place<'_>) -> bool {
        item.kind == Kind::Percentage
            && item.cell.is_none()
            && self.before(item, place).is_some_and(|name| {
                let (tokens, clauses) = (&self.work.tokens, self.clauses);
                clauses.growth.at(tokens, name.start).is_some()
                    && clauses.growth_not.at(tokens, name.start).is_none()
            })
    }
}
