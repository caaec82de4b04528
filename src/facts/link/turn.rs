//! Stage 5, linking: members that have their figures in turn. "Tỷ trọng nông nghiệp - công nghiệp - dịch vụ là 46,8% - 24,9% -
//! 28,3%" measures three things; a name that lists as many members as figures follow gives each its own.

use std::ops::Range;

use smol_str::{SmolStr, format_smolstr};

use super::Linker;
use crate::claim::indicator::{Found, Role};
use crate::words::{lower_first, one_line};

/// Most figures of one list in turn.
const MOST: usize = 12;
/// How far before its first figure the name of a list begins, in tokens.
const REACH: usize = 60;
/// Most tokens of one member.
const MEMBER: usize = 8;
/// Most tokens between two figures of a list.
const BETWEEN: usize = 2;
/// Most tokens between the words that say "in turn" and the first figure: "lần lượt tăng khoảng".
const CUE: usize = 2;
/// Marks between members, and between their figures.
const DASHES: [char; 2] = ['-', '–'];

impl Linker<'_, '_> {
    /// Gives each of as many figures in a row as its name lists members the name of its own member.
    pub(super) fn name_in_turn(&self, found: &mut [Found]) {
        for first in 1..found.len() {
            self.name_as_before(found, first);
        }
        let mut first = 0;
        while first < found.len() {
            let mut end = first + 1;
            while end - first < MOST
                && found.get(end - 1).zip(found.get(end)).is_some_and(|(a, b)| self.follow(a, b))
            {
                end += 1;
            }
            if let Some(row) = found.get_mut(first..end).filter(|row| row.len() > 1) {
                let names = self.members(row).into_iter().flatten();
                for (item, name) in row.iter_mut().zip(names) {
                    (item.name, item.why.name, item.why.sum) = (Some(name), "name.in_turn", None);
                }
            }
            first = end;
        }
    }

    /// "Xuất khẩu 185 triệu USD, nhập khẩu 160 triệu USD, tăng lần lượt 22,5% và 18,3%": the row that begins at an index tells of
    /// as many figures of another kind right before it, in their order, and all of it is a rise.
    fn name_as_before(&self, found: &mut [Found], first: usize) {
        let cue = |item: &Found| {
            let near = item.tokens.start.saturating_sub(CUE)..=item.tokens.start;
            near.into_iter().rev().any(|end| self.words.in_turn.before(&self.work.tokens, end).is_some())
        };
        let Some(item) = found.get(first).filter(|item| cue(item)) else { return };
        let (mut role, mut direction) = (item.role, item.direction);
        let mut end = first + 1;
        // "lần lượt bằng 101% và 105% so với cùng kỳ": only the last one stands before its base.
        let joined = |a: &Found, b: &Found| {
            (b.role == role || role == Role::Actual || b.role == Role::Actual) && self.adjoin(a, b)
        };
        while end - first < MOST && found.get(end - 1).zip(found.get(end)).is_some_and(|(a, b)| joined(a, b))
        {
            end += 1;
        }
        if let Some(last) = found.get(end - 1).filter(|_| role == Role::Actual) {
            (role, direction) = (last.role, last.direction);
        }
        let count = end - first;
        let Some(told) = first.checked_sub(count).and_then(|at| found.get(at..first)).filter(|_| count > 1)
        else {
            return;
        };
        let kind = told.first().map(|t| t.kind).filter(|&kind| kind != item.kind);
        let named =
            told.iter().all(|t| Some(t.kind) == kind && t.sentence == item.sentence && t.name.is_some());
        let names: Vec<Option<SmolStr>> = told.iter().map(|t| t.name.clone()).collect();
        if !named || names.windows(2).any(|w| w.first() == w.last()) {
            return;
        }
        for (item, name) in found.iter_mut().skip(first).zip(names) {
            (item.name, item.why.name, item.why.sum) = (name, "name.in_turn", None);
            (item.role, item.direction) = (role, direction);
        }
    }

    /// Whether nothing but marks or "và" parts two figures of one kind and role.
    fn follow(&self, a: &Found, b: &Found) -> bool {
        a.role == b.role && self.adjoin(a, b)
    }

    /// The same of figures of whatever roles.
    fn adjoin(&self, a: &Found, b: &Found) -> bool {
        let between = a.tokens.end..b.tokens.start;
        let alike = a.kind == b.kind && a.sentence == b.sentence;
        let joins = |i: usize| {
            self.work.token(i).is_some_and(|t| {
                t.is(',') || t.is(';') || DASHES.into_iter().any(|d| t.is(d)) || self.clauses.joins.has(t)
            })
        };
        let plain =
            |f: &Found| f.range.is_none() && f.cell.is_none() && f.scope.is_none() && f.place.is_none();
        alike
            && plain(a)
            && plain(b)
            && (1..=BETWEEN).contains(&between.len())
            && between.into_iter().all(joins)
    }

    /// The names of the members, where the name of the first figure lists as many as there are.
    fn members(&self, row: &[Found]) -> Option<Vec<SmolStr>> {
        let (first, rest) = row.split_first()?;
        let name = first.name.as_deref()?;
        // "Số vụ cháy, nổ …" of the first is "vụ cháy, nổ …" of the next.
        let shared = |f: &Found| f.name.as_deref().is_none_or(|n| name.ends_with(n));
        let Some(list) = self.stretch(first, name).filter(|_| rest.iter().all(shared)) else {
            return self.members_behind_colon(row);
        };
        let comma = |i: usize| self.work.token(i).is_some_and(|t| t.is(',') || self.clauses.joins.has(t));
        let dash = |i: usize| self.work.token(i).is_some_and(|t| DASHES.into_iter().any(|d| t.is(d)));
        let parts = [self.split(&list, comma), self.split(&list, dash)];
        let parts = parts.into_iter().find(|parts| parts.len() == row.len())?;
        let fits = |part: &Range<usize>| (1..=MEMBER).contains(&part.len());
        let head = self.head(parts.first()?, first);
        let told = |part: &Range<usize>| !head.is_empty() || part.len() > 1;
        if !parts.iter().all(|part| fits(part) && told(part)) {
            return None;
        }
        let words = |part: &Range<usize>| one_line(self.work.words(part.clone()));
        // "gia đình, bản, cơ quan đạt chuẩn văn hóa": what the last member ends with is said of all.
        let ends = |i: &usize| self.work.token(*i).is_some_and(|t| self.words.ends.has(t));
        let (last, others) = parts.split_last()?;
        let tail = (last.start + 1..last.end)
            .find(ends)
            .filter(|_| !others.iter().any(|p| p.clone().any(|i| ends(&i))));
        let mut names = Vec::with_capacity(parts.len());
        for (n, part) in parts.iter().enumerate() {
            let own = match n {
                0 => words(part),
                _ if head.is_empty() => words(part),
                _ => format_smolstr!("{} {}", words(&head), words(part)),
            };
            names.push(match tail {
                Some(tail) if n + 1 < parts.len() => format_smolstr!("{own} {}", words(&(tail..last.end))),
                _ => own,
            });
        }
        Some(names)
    }

    /// "Cơ cấu kinh tế: Nông nghiệp - Công nghiệp - Dịch vụ là 40% - 30% - 30%": members behind the colon of the head that all
    /// of them have.
    fn members_behind_colon(&self, row: &[Found]) -> Option<Vec<SmolStr>> {
        let first = row.first()?;
        let low = self.work.token_at(first.sentence.start).max(first.tokens.start.saturating_sub(REACH));
        let colon =
            (low..first.tokens.start).rev().find(|&i| self.work.token(i).is_some_and(|t| t.is(':')))?;
        let heads = &self.clauses.list_heads;
        let (at, n) = (low..colon).find_map(|i| heads.at(&self.work.tokens, i).map(|(n, ())| (i, n)))?;
        let mut end = first.tokens.start;
        loop {
            let cue = self.words.in_turn.before(&self.work.tokens, end).map(|(n, ())| n);
            match cue.or_else(|| self.joint(end)).filter(|n| colon + 1 + n < end) {
                Some(n) => end -= n,
                None => break,
            }
        }
        let comma = |i: usize| self.work.token(i).is_some_and(|t| t.is(',') || self.clauses.joins.has(t));
        let dash = |i: usize| self.work.token(i).is_some_and(|t| DASHES.into_iter().any(|d| t.is(d)));
        let list = colon + 1..end;
        let parts = [self.split(&list, dash), self.split(&list, comma)];
        let parts = parts.into_iter().find(|parts| parts.len() == row.len())?;
        let head = one_line(self.work.words(at..at + n));
        let fits = parts.iter().all(|part| (1..=MEMBER).contains(&part.len()));
        fits.then(|| {
            let words = |part: &Range<usize>| one_line(self.work.words(part.clone()));
            parts.iter().map(|p| format_smolstr!("{head} {}", lower_first(&words(p)))).collect()
        })
    }

    /// Where a name stands before its figure.
    fn stretch(&self, item: &Found, name: &str) -> Option<Range<usize>> {
        let low = self.work.token_at(item.sentence.start).max(item.tokens.start.saturating_sub(REACH));
        let start = (low..item.tokens.start)
            .rev()
            .find(|&i| one_line(self.work.words(i..item.tokens.start)).starts_with(name))?;
        let end =
            (start + 1..=item.tokens.start).find(|&end| one_line(self.work.words(start..end)) == name)?;
        Some(start..end)
    }

    /// The stretches between tokens that part them.
    fn split(&self, list: &Range<usize>, parts: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        let mut start = list.start;
        for i in list.clone() {
            if parts(i) {
                out.push(start..i);
                start = i + 1;
            }
        }
        out.push(start..list.end);
        out
    }

    /// What the first member shares with the others: "tỷ trọng", "số vụ". Nothing where it is all of the member.
    fn head(&self, member: &Range<usize>, item: &Found) -> Range<usize> {
        let tokens = &self.work.tokens;
        let mut end = member.start;
        loop {
            let name = self.words.name_heads.at(tokens, end).map(|(n, ())| n);
            let list = self.clauses.list_heads.at(tokens, end).map(|(n, ())| n);
            match name.into_iter().chain(list).max() {
                Some(n) if end + n <= member.end => end += n,
                _ => break,
            }
        }
        let unit = item.unit.as_deref().unwrap_or_default();
        let counted = (end + 1..member.end).find(|&i| self.work.words(end..i) == unit);
        let end = counted.unwrap_or(end);
        if end < member.end { member.start..end } else { member.start..member.start }
    }
}
