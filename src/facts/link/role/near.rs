//! The word right before a quantity that says what it is: "tăng", "kế hoạch".

use std::ops::Range;

use super::ROLE_REACH;
use crate::claim::indicator::{Bound, Found, Role};
use crate::facts::link::{Linker, Place};
use crate::patterns::indicators::RoleWord;
use crate::words::token::{Case, Kind as TokenKind};

impl Linker<'_, '_> {
    /// The role word nearest before a token, not beyond the last quantity or a mark that parts clauses.
    pub(super) fn nearest(&self, start: usize, floor: usize) -> Option<RoleWord> {
        let mut at = start;
        let low = start.saturating_sub(ROLE_REACH).max(floor);
        while at > low {
            if let Some((n, &word)) = self.words.role_before.before(&self.work.tokens, at)
                && at - n >= floor
                && self.says_role(at - n..at, word, start)
            {
                return self.read_role(at - n, word, floor);
            }
            if self.work.token(at - 1).is_none() || self.is_any(at - 1, [';', '.', ',', '(']) {
                return None;
            }
            at -= 1;
        }
        None
    }

    /// Whether a role word is one here: no name, no paper, and of this quantity.
    fn says_role(&self, words: Range<usize>, word: RoleWord, start: usize) -> bool {
        let aims = word.role == Role::Target;
        let changes = matches!(word.role, Role::Change | Role::Gap);
        let (first, end) = (words.start, words.end);
        !self.in_name(words.clone())
            && !(aims && (end < start && self.named(first) || self.is_neutral(words)))
            && !(changes && self.of_others(first, end..start))
    }

    /// What a role word says that begins at a token.
    fn read_role(&self, first: usize, word: RoleWord, floor: usize) -> Option<RoleWord> {
        if word.role != Role::Target {
            return Some(word);
        }
        // "cao hơn chỉ tiêu 0,35%"
        let gap = self.words.role_before.before(&self.work.tokens, first).map(|(_, w)| *w);
        if let Some(gap) = gap.filter(|g| g.role == Role::Gap) {
            return Some(gap);
        }
        // "đạt 112% dự toán và 106% nghị quyết": what the share before is a share of.
        // "3,1%/KH 3,5%" gives the aim beside its actual.
        let base = first == floor && !self.work.is(first, '/') && self.share_of_target(floor);
        (!base).then_some(word)
    }

    /// Where the words before a quantity end: "tăng từ 7,5 - 8%" is a growth, no step from 7,5.
    pub(super) fn opening(&self, item: &Found, place: &Place<'_>) -> usize {
        let start = item.tokens.start;
        let from = start.checked_sub(1).is_some_and(|i| self.has(&self.clauses.from, i));
        // "giảm từ 5% trở lên" neither.
        let changes = || {
            let before = self.words.role_before.before(&self.work.tokens, start - 1);
            before.is_some_and(|(_, w)| w.role == Role::Change)
        };
        let least = from && item.bound == Bound::AtLeast && self.by_document() != Role::Norm && changes();
        let open = item.rule == self.words.rules.range || least || self.goes_to(item, place);
        start - usize::from(from && open)
    }

    /// "Thừa Thiên Huế đón", "Tăng Nhơn Phú có": the word begins a proper name.
    fn in_name(&self, word: Range<usize>) -> bool {
        let title =
            |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word && t.case == Case::Title);
        word.len() == 1 && title(word.start) && title(word.end)
    }

    /// "một số nơi cao hơn như: Hướng Hóa 413 mm", "miễn giảm học phí cho 512 học sinh": what changes is another thing.
    fn of_others(&self, word: usize, mut between: Range<usize>) -> bool {
        let particles = &self.work.patterns.particles;
        let exempt = word.checked_sub(1).is_some_and(|i| particles.exempts.has(self.work.word(i)));
        exempt || between.any(|i| self.work.is(i, ':') || particles.given_to.has(self.work.word(i)))
    }

    /// "từ vị trí dự kiến đặt trạm": words that belong to a name, and aim at nothing.
    fn is_neutral(&self, word: Range<usize>) -> bool {
        let from = word.start.saturating_sub(2);
        (from..=word.start).any(|i| {
            self.words.role_neutral.at(&self.work.tokens, i).is_some_and(|(n, ())| i + n >= word.end)
        })
    }

    /// "phê duyệt Kế hoạch đấu giá …": a capital inside a sentence names a paper, and aims at nothing.
    fn named(&self, i: usize) -> bool {
        self.work.token(i).is_some_and(|t| t.case == Case::Title)
            && i.checked_sub(1)
                .and_then(|b| self.work.token(b))
                .is_some_and(|t| t.kind == TokenKind::Word && t.case == Case::Lower)
    }

    /// "115% mục tiêu", "so với kế hoạch": a share of a target, not one to come.
    pub(super) fn share_of_target(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        self.work
            .token(before)
            .is_some_and(|t| t.is('%') || t.kind == TokenKind::Number && !self.in_date(before))
            || self.work.patterns.particles.before_targets.has(self.work.word(before))
    }

    /// "từ 5% - 6%": both ends with their unit.
    fn goes_to(&self, item: &Found, place: &Place<'_>) -> bool {
        let dash = self.is_any(item.tokens.end, ['-', '–']);
        dash && place.next.is_some_and(|n| {
            n.tokens.start == item.tokens.end + 1
                && n.unit == item.unit
                && n.kind == item.kind
                && n.value > item.value
        })
    }

    /// "tăng từ 5% - 6%", "khoảng 12 ha - 15 ha": the ends of one range, each with its unit.
    pub(in crate::facts::link) fn is_span(&self, low: &Found, high: &Found) -> bool {
        let dash = |i: usize| self.is_any(i, ['-', '–']);
        let alike =
            low.kind == high.kind && low.unit == high.unit && low.value < high.value && low.cell.is_none();
        let from = || low.tokens.start.checked_sub(1).is_some_and(|i| self.has(&self.clauses.from, i));
        let opened = low.bound == Bound::About || from();
        alike
            && opened
            && dash(low.tokens.end)
            && low.tokens.end + 1 == high.tokens.start
            && !dash(high.tokens.end)
    }
}
