//! The scope of the figure before, where this one is a change or a part of it.

use smol_str::SmolStr;

use crate::claim::indicator::{Found, Role};
use crate::facts::link::{Linker, Place};

impl Linker<'_, '_> {
    /// What tells of the quantity before it tells of what it is a change or part of.
    pub(super) fn scope_of_previous(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let previous = if item.inherited { place.told } else { place.previous };
        let previous = previous.filter(|p| p.tokens.start >= place.sentence.start)?;
        let around = self.brackets.around(previous.tokens.start);
        if around.is_some_and(|b| !b.contains(&item.tokens.start)) {
            return None;
        }
        if (previous.tokens.end..item.tokens.start).any(|i| self.is(i, ';')) {
            return None;
        }
        let bare = item.inherited || matches!(item.role, Role::Change | Role::Gap);
        // "cao hơn mức tăng 8,6% của cả nước và đứng thứ 9": what it was compared with tells of nothing else.
        let compared = previous.why.scope == "scope.behind" && previous.role != item.role;
        previous.scope.clone().filter(|_| bare && !compared)
    }
}
