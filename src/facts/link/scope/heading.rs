//! What a heading, or the line over a list, says of the figures below it.

use std::ops::Range;

use smol_str::SmolStr;

use super::{BODY_TOKENS, LEAD_TOKENS};
use crate::claim::indicator::{Found, Role};
use crate::facts::link::before::content;
use crate::facts::link::{Linker, tokens_of};
use crate::words::one_line;
use crate::words::token::{Case, Kind as TokenKind, Token};

impl Linker<'_, '_> {
    /// "1. Cụm công nghiệp Thống Nhất 1": a heading that is the name of a thing.
    pub(super) fn scope_of_heading(&self, item: &Found) -> Option<SmolStr> {
        let at = self.work.bytes(item.tokens.clone()).start;
        self.headings_at(at).find_map(|heading| {
            let tokens = tokens_of(heading);
            let mut start = tokens.clone().find(|&i| self.work.token(i).is_some_and(content))?;
            // "1. Đối với Công ty …".
            let lead = self.clauses.locating.at(&self.work.tokens, start).map_or(0, |(n, ())| n);
            start += lead;
            // "DỰ ÁN VÀ KINH PHÍ" names topics.
            let upper = |i: usize| self.work.token(i).is_some_and(|t| t.case == Case::Upper);
            let joins = |i: usize| self.work.token(i).is_some_and(|t| self.clauses.joins.has(t));
            let topics = (start..tokens.end).any(|i| upper(i) && joins(i));
            let thing = if topics { None } else { self.named_thing(start..tokens.end) };
            thing.or_else(|| self.whose_section(start..tokens.end, lead > 0, item))
        })
    }

    /// "1. Tại Bộ phận một cửa", "b) Cấp huyện": the part or body that results of a section are told of.
    fn whose_section(&self, heading: Range<usize>, located: bool, item: &Found) -> Option<SmolStr> {
        let mut end = heading.end;
        let mark = |t: &Token| t.kind == TokenKind::Punct && !t.is(')') && !t.is('”');
        while end > heading.start && self.work.token(end - 1).is_some_and(mark) {
            end -= 1;
        }
        let named = heading.start..end;
        let label = self.clauses.labels.at(&self.work.tokens, named.start).is_some()
            || self.scope_at(named.start).is_some();
        let plain = !named.clone().any(|i| {
            self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number || t.is(':') || t.is('('))
        });
        let short = !named.is_empty() && named.len() <= BODY_TOKENS;
        let own = self.is_scope(&named) && !self.is_body(named.start);
        let fits = (located && label || own) && plain && short;
        (fits && item.role == Role::Actual).then(|| one_line(self.work.words(named)))
    }

    /// The scope that a line with a colon gives its list: a place, or the body it begins with ("sau khi nghe Sở Y tế
    /// báo cáo, kết luận:" gives none).
    pub(super) fn scope_of_lead(&self, lead: Range<usize>, item: &Found) -> Option<SmolStr> {
        let lead = self.behind_ground(lead);
        let own = (lead.start..lead.end.min(lead.start + LEAD_TOKENS)).find(|&i| self.is_body(i));
        let scope = match own {
            Some(body) => self.scope_before(body..lead.end, item),
            None if lead.clone().any(|i| self.is_body(i)) => None,
            None => self.scope_before(lead.clone(), item).or_else(|| {
                let start = lead.clone().find(|&i| self.work.token(i).is_some_and(content))?;
                self.named_thing(start..lead.end)
            }),
        };
        scope.filter(|s| !self.clauses.wholes.contains(&s.to_lowercase()))
    }

    /// "Thực hiện chỉ đạo của UBND huyện A, tỉnh B, xã báo cáo kết quả như sau:" from "xã" on: whose order it was is no scope.
    fn behind_ground(&self, lead: Range<usize>) -> Range<usize> {
        let first = lead.clone().find(|&i| self.work.token(i).is_some_and(content)).unwrap_or(lead.start);
        let ground = self.work.patterns.frames.grounds.at(&self.work.tokens, first).is_some();
        let comma = lead.clone().rev().find(|&i| self.work.is(i, ','));
        comma.filter(|_| ground).map_or(lead.start, |i| i + 1)..lead.end
    }
}
