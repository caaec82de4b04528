//! The scope that a figure takes from what it stands behind: one in a bracket from the words before it ("bình quân chung của cả nước
//! (6,21%)"), a change from the figure that has changed.

use smol_str::SmolStr;

use super::NAME_SYLLABLES;
use crate::claim::indicator::{Found, Role};
use crate::facts::link::{Linker, Place};
use crate::words::one_line;
use crate::words::token::hint;

impl Linker<'_, '_> {
    /// "bình quân chung của cả nước (6,21%)": what a bracket with nothing but the figure stands behind.
    pub(super) fn scope_of_bracket(&self, item: &Found) -> Option<SmolStr> {
        let open = self.mark_before(item.tokens.start, '(')?;
        let low = open.saturating_sub(NAME_SYLLABLES + 2);
        let mut behind = self.work.tokens.hinted(hint::SCOPE, low..open);
        let scope = behind.find(|&i| self.scope_at(i) == Some(open))?;
        Some(one_line(self.work.words(scope..open)))
    }

    /// "cụm công nghiệp Yên Hợp … nay do xã quản lý (đã giải phóng mặt bằng 4,7 ha; tỷ lệ lấp đầy đạt 78,87%)": a bracket that
    /// tells more than one thing tells it of the thing named last before it.
    pub(super) fn scope_of_aside(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let bracket = self.brackets.around(item.tokens.start).filter(|b| b.start > place.sentence.start)?;
        let semicolon = |i: &usize| self.work.is(*i, ';');
        let several = (bracket.start + 1..bracket.end).any(|i| semicolon(&i));
        let start = (place.sentence.start..bracket.start)
            .rev()
            .find(semicolon)
            .map_or(place.sentence.start, |i| i + 1);
        let thing = |i: &usize| self.words.scope_things.at(&self.work.tokens, *i).is_some();
        let at = (start..bracket.start)
            .rev()
            .filter(thing)
            .find(|&i| self.scope_at(i).is_some_and(|end| end <= bracket.start))?;
        let end = self.scope_at(at)?;
        (several || end == bracket.start).then(|| one_line(self.work.words(at..end)))
    }

    /// What tells of the quantity before it tells of what it is a change or part of.
    pub(super) fn scope_of_previous(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let previous = if item.inherited { place.told } else { place.previous };
        let previous = previous.filter(|p| p.tokens.start >= place.sentence.start)?;
        let around = self.brackets.around(previous.tokens.start);
        if around.is_some_and(|b| !b.contains(&item.tokens.start)) {
            return None;
        }
        if (previous.tokens.end..item.tokens.start).any(|i| self.work.is(i, ';')) {
            return None;
        }
        let bare = item.inherited || matches!(item.role, Role::Change | Role::Gap);
        // "cao hơn mức tăng 8,6% của cả nước và đứng thứ 9": what it was compared with tells of nothing else.
        let compared = previous.why.scope == "scope.behind" && previous.role != item.role;
        previous.scope.clone().filter(|_| bare && !compared)
    }
}
