//! The lines over a list that say what its figures are: "Các chỉ tiêu:", "Nhiệm vụ 6 tháng cuối năm".

use std::ops::Range;

use crate::claim::indicator::Role;
use crate::facts::link::{BEFORE_TOKENS, Linker, Place};
use crate::words::token::{Gap, Kind as TokenKind};

/// Over how many sentences a list may go on behind its lead-in.
const LIST_SENTENCES: usize = 60;
/// Most tokens of a title without a mark over a list.
const TITLE_LINE: usize = 14;
/// Longest line over a list whose date may be that of its figures, in tokens.
const LINE_OVER: usize = 24;

impl Linker<'_, '_> {
    /// The line with a colon that governs the list a sentence stands in.
    pub(in crate::facts::link) fn lead_in(&self, place: &Place<'_>) -> Option<Range<usize>> {
        let (number, lead) = self.lead.get();
        if number == place.number {
            return lead.map(|(start, end)| start..end);
        }
        let lead = self.leads(place).next();
        self.lead.set((place.number, lead.clone().map(|l| (l.start, l.end))));
        lead
    }

    /// The lines with a colon that govern the list a sentence stands in, inner before outer: "Các chỉ tiêu:" above
    /// "1. Lĩnh vực kinh tế:".
    pub(in crate::facts::link) fn leads(&self, place: &Place<'_>) -> impl Iterator<Item = Range<usize>> {
        let mut number = place.number;
        let low = number.saturating_sub(LIST_SENTENCES);
        let mut over = false;
        std::iter::from_fn(move || {
            while number > low && !over {
                number -= 1;
                let line = self.sentences.tokens(number, self.work.tokens.len());
                let last = line.end.checked_sub(1)?;
                let first = self.work.token(line.start)?;
                // Only list items may stand between, and what goes on in them.
                let item = first.kind == TokenKind::Punct || first.kind == TokenKind::Number;
                let goes_on = !matches!(first.gap, Gap::Line | Gap::Para | Gap::Tab);
                over = !item && !goes_on;
                if self.work.is(last, ':') {
                    return Some(line.start.max(line.end.saturating_sub(BEFORE_TOKENS))..line.end);
                }
            }
            None
        })
    }

    /// "Nhiệm vụ 6 tháng cuối năm": a short line of its own over a list, without a mark, that says what its figures are.
    pub(in crate::facts::link) fn title_over(&self, place: &Place<'_>) -> Option<Range<usize>> {
        let title =
            |line: &Range<usize>| line.len() <= TITLE_LINE && self.role_of_title(line.start).is_some();
        self.line_over(place).filter(title)
    }

    /// A short line of its own over a list, without a mark.
    pub(in crate::facts::link) fn line_over(&self, place: &Place<'_>) -> Option<Range<usize>> {
        let token = |i: usize| self.work.token(i);
        let listed = |line: &Range<usize>| token(line.start).is_some_and(|t| t.kind == TokenKind::Punct);
        let sentence = |n: usize| self.sentences.tokens(n, self.work.tokens.len());
        let low = place.number.saturating_sub(LIST_SENTENCES);
        let mut over = (low..place.number).rev().map(sentence);
        let line = over.find(|line| {
            let goes_on = token(line.start).is_some_and(|t| t.gap < Gap::Line);
            !listed(line) && !goes_on
        })?;
        let own = sentence(place.number);
        let whole = |i: usize| token(i).is_some_and(|t| t.gap < Gap::Line);
        let ends = line.end.checked_sub(1).and_then(token).is_some_and(|t| t.kind != TokenKind::Punct);
        let short = (2..=LINE_OVER).contains(&line.len()) && (line.start + 1..line.end).all(whole);
        (listed(&own) && short && ends).then_some(line)
    }

    /// The role that a title begins with: "Những chỉ tiêu chính của nhiệm kỳ".
    pub(super) fn role_of_title(&self, start: usize) -> Option<Role> {
        let articles = &self.work.patterns.particles.articles;
        let first = start + usize::from(articles.has(&self.work.word(start).to_lowercase()));
        self.words.role_headings.at(&self.work.tokens, first).map(|(_, role)| *role)
    }
}
