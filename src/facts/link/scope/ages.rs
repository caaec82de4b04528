//! The ages of those who are counted: "Nhóm từ 18 tuổi trở lên tiêm mũi 1 đạt 97%; mũi 2 đạt 92%".

use std::ops::Range;

use smol_str::SmolStr;

use crate::claim::indicator::Found;
use crate::facts::link::{Linker, Place};
use crate::words::one_line;

impl Linker<'_, '_> {
    /// "Nhóm từ 18 tuổi trở lên tiêm mũi 1 đạt 97%; mũi 2 đạt 92%": the ages named last before a quantity in its sentence.
    pub(super) fn scope_of_ages(&self, place: &Place<'_>, item: &Found) -> Option<SmolStr> {
        let named = |name: &str| {
            name.split_whitespace().any(|w| self.clauses.ages.iter().any(|age| w.eq_ignore_ascii_case(age)))
        };
        let (low, tokens) = (place.sentence.start, &self.work.tokens);
        let age = (low..item.tokens.start).rev().find(|&i| self.clauses.age.at(tokens, i).is_some())?;
        // "Trẻ 5 tuổi vào mẫu giáo 100%, nhà trẻ 38%": the ages of those before are a part of their name.
        let before = place.previous.and_then(|p| p.name.as_deref());
        if item.name.as_deref().is_some_and(named) || before.is_some_and(named) {
            return None;
        }
        let mut start = age;
        while start > low && self.is_of_ages(start - 1) {
            start -= 1;
        }
        if start == age || self.are_told_before(low..start, age..item.tokens.start) {
            return None;
        }
        let end = age + 1;
        let end = end + self.clauses.age_ends.at(tokens, end).map_or(0, |(n, ())| n);
        Some(one_line(self.work.words(start..end)))
    }

    /// Whether a token belongs to the ages that end behind it: a number, a dash, "từ".
    fn is_of_ages(&self, i: usize) -> bool {
        self.work.is_number(i)
            || self.is_any(i, ['-', '–'])
            || self.clauses.age_words.at(&self.work.tokens, i).is_some_and(|(n, ())| n == 1)
    }

    /// Whether ages are those of another figure: a semicolon behind them ends what they are told of.
    fn are_told_before(&self, mut before: Range<usize>, mut behind: Range<usize>) -> bool {
        let Some(semicolon) = behind.rfind(|&i| self.work.is(i, ';')) else { return false };
        // "90% người từ 18 tuổi trở lên; 100% điểm tiêm": the ages of what was counted before.
        let figure = |i: usize| self.work.is_number(i) || self.work.is(i, '%');
        let mark = |i: usize| self.work.token(i).is_none() || self.is_any(i, [',', ';', ':', '(']);
        let counted = before.rfind(|&i| figure(i) || mark(i)).is_some_and(figure);
        // "dưới 5 tuổi giảm còn 14%; tỷ lệ bao phủ bảo hiểm y tế đạt 66%": a head of its own tells of something else.
        counted || self.words.name_heads.at(&self.work.tokens, semicolon + 1).is_some()
    }
}
