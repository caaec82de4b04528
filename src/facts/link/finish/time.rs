//! A name that a time cuts: "Giá trị sản xuất quý I năm 2018 ngành xây dựng".

use smol_str::format_smolstr;

use crate::claim::indicator::Found;
use crate::facts::link::{Linker, Place};
use crate::words::one_line;
use crate::words::token::{Gap, Kind as TokenKind};

/// Most tokens of the branch that a name goes on with: "ngành xây dựng".
const BRANCH: usize = 8;

impl Linker<'_, '_> {
    /// "Giá trị sản xuất quý I năm 2018 ngành xây dựng đạt …": a name that a time cuts goes on behind it.
    pub(super) fn past_time(&self, item: &mut Found, place: &Place<'_>) {
        let Some(name) = item.name.as_deref().filter(|_| item.cell.is_none()) else { return };
        let dates = self.context.dates;
        let n = dates.partition_point(|d| d.tokens.end <= item.tokens.start);
        let Some(date) = n.checked_sub(1).and_then(|n| dates.get(n)) else { return };
        let (from, end) = (date.tokens.end, item.tokens.start);
        let first = place.sentence.start..date.tokens.start;
        if first.is_empty() || from >= end || self.clauses.branches.at(&self.work.tokens, from).is_none() {
            return;
        }
        if !one_line(self.work.words(first)).ends_with(name) {
            return;
        }
        let (behind, until) = (from + 1, end.min(from + BRANCH));
        let stops = |&i: &usize| {
            let plain = self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word && t.gap < Gap::Line);
            !plain
                || self.has(&self.words.ends, i)
                || self.scope_at(i).is_some()
                || self.clauses.never_first.at(&self.work.tokens, i).is_some()
        };
        let last = (behind..until).find(stops).unwrap_or(until);
        if last > behind {
            item.name = Some(format_smolstr!("{name} {}", one_line(self.work.words(from..last))));
        }
    }
}
