//! The role that words further off give: the time, an order, the sentence, its lead-in, its title, its heading.

use std::ops::Range;

use super::TIME;
use crate::claim::indicator::{DateAt, Found, Role};
use crate::facts::link::{Linker, Place, tokens_of};

/// Within how many tokens of a heading its rules are named.
const RULES_WITHIN: usize = 6;
/// How far into a sentence an order begins, in tokens.
const ORDER_WITHIN: usize = 6;
/// Most tokens of the mark of a heading: "(2)".
const MARK: usize = 4;

impl Linker<'_, '_> {
    /// The role that words further off give, and which: by the time it is about, in the sentence before
    /// the item, in its lead-ins and headings, by what the sentences before it aim at.
    pub(super) fn governed(&self, item: &Found, place: &Place<'_>) -> (Option<Role>, &'static str) {
        let in_leads = || self.leads(place).find_map(|lead| self.last_of(&self.words.role_governs, lead));
        let in_title = || self.title_over(place).and_then(|title| self.role_of_title(title.start));
        let rules: [(&'static str, &dyn Fn() -> Option<Role>); 8] = [
            // A bracket may say how things stand: "phấn đấu 30% (hiện 11,9%)".
            ("role.now", &|| self.is_of_now(item).then_some(Role::Actual)),
            // What is over was not aimed at, what is to come was not measured.
            (TIME, &|| self.by_time(item, place)),
            // What a body is given to do: "Giao Sở Tài chính: 1.900 triệu đồng".
            ("role.order", &|| self.is_ordered(item, place).then_some(Role::Target)),
            // Then the nearest words that aim or tell: in the sentence, over its list, over its part of the text.
            ("role.sentence", &|| self.in_sentence(item, place)),
            ("role.lead", &in_leads),
            ("role.title", &in_title),
            ("role.heading", &|| self.by_heading(item)),
            // What the sentences before it go on aiming at.
            ("role.aims", &|| self.aims.role(place.number)),
        ];
        rules.iter().find_map(|(rule, role)| role().map(|r| (Some(r), *rule))).unwrap_or((None, ""))
    }

    /// What the sentence before a quantity says: its own clause, then the first one; what a clause between aims at is its own.
    fn in_sentence(&self, item: &Found, place: &Place<'_>) -> Option<Role> {
        let (start, end) = (place.sentence.start, item.tokens.start);
        let semicolon = |&i: &usize| self.work.is(i, ';');
        let last_of = |tokens: Range<usize>| self.last_of(&self.words.role_governs, tokens);
        let Some(last) = (start..end).rev().find(semicolon) else { return last_of(start..end) };
        let first = (start..end).find(semicolon).unwrap_or(end);
        // "đề ra các nhiệm vụ: giữ vững diện tích rừng hiện có; …": what leads the list in, not its first member.
        let lead = (start..first).find(|&i| self.work.is(i, ':')).unwrap_or(first);
        last_of(last..end).or_else(|| last_of(start..lead)).or_else(|| last_of(start..first))
    }

    /// "Giao Sở Tài chính: 1.900 triệu đồng", "UBND tỉnh giao: - Sở Xây dựng: 12,3 tỷ đồng": what a body is given to spend or to do.
    fn is_ordered(&self, item: &Found, place: &Place<'_>) -> bool {
        let tokens = &self.work.tokens;
        let to = |i: usize| {
            self.clauses.labels.at(tokens, i).is_some() || self.is_body(i) || self.scope_at(i).is_some()
        };
        let order = |range: &Range<usize>, i: usize| {
            let opens = i < range.start + ORDER_WITHIN || self.is_any(i - 1, [';', ',']);
            opens && self.clauses.orders.at(tokens, i).is_some_and(|(n, ())| to(i + n))
        };
        let here = place.sentence.start..item.tokens.start;
        if here.clone().any(|i| order(&here, i)) {
            return true;
        }
        self.lead_in(place).is_some_and(|lead| {
            let colon = lead.end.saturating_sub(1);
            let ends = |i: usize| self.clauses.orders.at(tokens, i).is_some_and(|(n, ())| i + n == colon);
            lead.clone().any(|i| order(&lead, i)) || (colon.saturating_sub(2)..colon).any(ends)
        })
    }

    /// What the nearest heading says that says anything.
    fn by_heading(&self, item: &Found) -> Option<Role> {
        let at = self.work.bytes(item.tokens.clone()).start;
        self.headings_at(at).find_map(|h| {
            let tokens = self.without_figures_behind(tokens_of(h));
            if self.lays_down_aims(tokens.clone()) {
                return Some(Role::Target);
            }
            let role = self.first_of(&self.words.role_headings, tokens.clone())?;
            // "… triển khai các quy định của Trung ương" lays down none: a heading of rules begins with the word.
            let opening = tokens.start..tokens.end.min(tokens.start + RULES_WITHIN);
            let rules = role != Role::Norm || self.first_of(&self.words.role_headings, opening).is_some();
            // "1. Các chỉ tiêu kinh tế" names a topic and sets no aim; a heading around it may.
            if role == Role::Target && self.is_topic(tokens) {
                return None;
            }
            rules.then_some(role)
        })
    }

    /// "Tán thành đánh giá của Uỷ ban nhân dân và ấn định các chỉ tiêu chủ yếu sau đây:": aims that a heading lays down, whatever it says
    /// before.
    fn lays_down_aims(&self, heading: Range<usize>) -> bool {
        let tokens = &self.work.tokens;
        let topic = |i: usize| self.clauses.topics.at(tokens, i).is_some();
        { heading }.any(|i| self.clauses.lays_down.at(tokens, i).is_some_and(|(n, ())| topic(i + n)))
    }

    /// Whether a heading names its figures as "chỉ tiêu" on something, and has no other word of an aim.
    fn is_topic(&self, heading: Range<usize>) -> bool {
        let tokens = &self.work.tokens;
        let topic = heading.clone().find_map(|i| self.clauses.topics.at(tokens, i).map(|(n, ())| i..i + n));
        // "Thông qua các chỉ tiêu chủ yếu năm 2015": a year that is not over is aimed at.
        let ahead = |within: &Range<usize>| {
            let dates = self.context.dates;
            let first = dates.partition_point(|d| d.tokens.end <= within.start);
            let told = dates.iter().skip(first).take_while(|d| d.tokens.start < within.end);
            let open = |d: &DateAt| self.context.year.is_none_or(|year| d.years.1 >= year);
            told.filter(|d| !d.in_reference).any(open)
        };
        // "Nhất trí các chỉ tiêu chủ yếu sau đây:" lays them down.
        let laid_down =
            |before: Range<usize>| { before }.any(|i| self.clauses.lays_down.at(tokens, i).is_some());
        topic.is_some_and(|topic| {
            let behind = topic.end..heading.end;
            !laid_down(heading.start..topic.start)
                && !ahead(&behind)
                && self.last_of(&self.words.role_headings, behind).is_none()
        })
    }

    /// A heading up to its first figure: "(2) Tổng thu thực hiện 75 tỷ đồng, bằng 113% dự toán" is a line of its list, and what stands
    /// behind the figure is told of that.
    fn without_figures_behind(&self, heading: Range<usize>) -> Range<usize> {
        let figure = |i: &usize| self.work.is_number(*i) && !self.dated.has(*i as u32);
        let from = heading.end.min(heading.start + MARK);
        let end = (from..heading.end).find(figure).unwrap_or(heading.end);
        heading.start..end
    }
}
