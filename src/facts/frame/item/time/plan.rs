//! The time of a plan that a figure is measured by, and not the figure's own: "bằng 48,75% kế hoạch năm 2019".

use super::text::right_before;
use super::{BRACKET, Times};
use crate::claim::indicator::{Found, Role};

/// How many words may stand between "kế hoạch" and its year.
const PLAN: usize = 5;
/// How far before its bracket "dự toán" stands, in tokens.
const PLAN_WORDS: usize = 8;
/// How many items back one of the same sentence is looked for that the plan measures.
const NEAR: usize = 40;

impl Times<'_, '_> {
    /// "bằng 48,75% kế hoạch năm 2019, khu vực A tăng 8%": the year is that of the plan.
    pub(super) fn measures_by(&self, n: usize, item: &Found, before: &[Found]) -> bool {
        let Some(date) = self.dates.get(n).filter(|_| item.cell.is_none()) else { return false };
        let (words, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        let (start, end) = (date.tokens.start, date.tokens.end);
        let near = (start.saturating_sub(PLAN)..start).rev().take_while(|&i| self.work.is_word(i));
        if !near.chain([start]).any(|i| words.plans.before(tokens, i).is_some()) {
            return false;
        }
        // "…; mục tiêu đến 31/12/2023 đạt tối thiểu 5.600 người": the aim itself.
        let words_only = || (end..item.tokens.start).all(|i| self.work.is_word(i));
        if item.role == Role::Target && start < item.tokens.start && words_only() {
            return false;
        }
        // "bố trí 92 tỷ đồng trong kế hoạch giai đoạn 2021 - 2025".
        if start >= item.tokens.end && words.time_leads.at(tokens, item.tokens.end).is_none() {
            return true;
        }
        let measured = |f: &Found| f.tokens.end <= start;
        // "Kế hoạch vốn năm 2021 là 245 tỷ đồng, đã giải ngân 132 tỷ đồng": what has become of the plan.
        let became =
            |f: &Found| f.tokens.start >= end && f.why.role == "role.planned" && item.role == Role::Actual;
        let one = |f: &Found| self.one_sentence(f, item) && (measured(f) || became(f));
        // "(16%)" right behind the year of the plan is the plan's own.
        item.tokens.start.saturating_sub(end) > 1 && before.iter().rev().take(NEAR).any(one)
    }

    /// Whether an earlier item stands in the sentence of one.
    pub(super) fn one_sentence(&self, earlier: &Found, item: &Found) -> bool {
        self.work.bytes(earlier.tokens.clone()).start >= item.sentence.start
    }

    /// "đạt 30%, chưa đạt chỉ tiêu tỉnh giao là 50%", "(chỉ tiêu 24)", "(KH năm trên 95%)": the plan that a result is held against,
    /// with nothing but words between; plans are given for the year.
    fn is_plan_beside_result(&self, item: &Found) -> bool {
        let (frames, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        let word =
            |&i: &usize| self.work.is_word(i) && self.date_behind(i).is_none_or(|d| !d.tokens.contains(&i));
        let near = right_before(item, PLAN_WORDS).rev().take_while(word);
        let planned = near.last().is_some_and(|first| {
            (first..item.tokens.start).any(|i| frames.plan_words.at(tokens, i).is_some())
        });
        item.cell.is_none() && item.role == Role::Target && planned
    }

    /// "dự toán Bộ giao (12.960 tỷ đồng)", "(chỉ tiêu cả năm trên 75%)": the plan of the year, told in a bracket.
    pub(super) fn is_assigned(&self, item: &Found) -> bool {
        let (frames, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        if self.is_plan_beside_result(item) {
            return true;
        }
        let Some(open) = right_before(item, BRACKET).rev().find(|&i| self.work.is(i, '(')) else {
            return false;
        };
        if item.cell.is_some() || !(open + 1..item.tokens.start).all(|i| self.work.is_word(i)) {
            return false;
        }
        if frames.year_plans.at(tokens, open + 1).is_some() {
            return true;
        }
        let assigned = frames.assigned.before(tokens, open).is_some() && open + 1 == item.tokens.start;
        let mut before = (open.saturating_sub(PLAN_WORDS)..open).rev().take_while(|&i| self.work.is_word(i));
        assigned && before.any(|i| frames.plan_words.at(tokens, i).is_some())
    }
}
