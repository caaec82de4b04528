//! What opens a sentence governs its figures: "Năm 2009, huyện A …", "- Cơ quan chuyên môn thuộc Sở: …".

use std::ops::Range;

use smol_str::SmolStr;

use super::LEAD_TOKENS;
use crate::claim::indicator::{Found, Role};
use crate::facts::link::before::content;
use crate::facts::link::{Linker, Place};
use crate::words::one_line;
use crate::words::token::Kind as TokenKind;

/// Most tokens of a date that opens a sentence.
const DATE_TOKENS: usize = 8;
/// Most tokens of the label of a lettered member.
const LABEL_WORDS: usize = 12;
/// Most tokens of a label before a colon.
const LABEL_TOKENS: usize = 24;

impl Linker<'_, '_> {
    /// What stands before the first quantity of a sentence governs all of them.
    pub(super) fn scope_of_opening(&self, place: &Place<'_>, item: &Found) -> Option<SmolStr> {
        let last = (place.first..item.tokens.start).rev().find(|&i| self.work.is(i, ';'));
        let listed = item.inherited || place.previous.is_some();
        if let Some(scope) = last.filter(|_| listed).and_then(|mark| self.opened_by(mark, item)) {
            return Some(one_line(self.work.words(scope)));
        }
        let opening = place.sentence.start..place.first.min(item.tokens.start);
        // Behind a semicolon only what opens the sentence still governs: "- Xã B: … 310 hộ; … 12 ha", "Năm 2009, huyện A …".
        let behind_date = (opening.start..opening.end.min(opening.start + DATE_TOKENS))
            .rev()
            .find(|&i| self.in_date(i))
            .map_or(opening.start, |i| i + 1);
        let governs = |r: &Range<usize>| last.is_none() || r.start < behind_date + LEAD_TOKENS;
        self.scopes(opening, item).filter(governs).last().map(|r| one_line(self.work.words(r)))
    }

    /// "tỉnh Sơn La thiệt hại 115 tỷ đồng; tỉnh Yên Bái thiệt hại 73 tỷ đồng, 9 người bị thương": what the last semicolon opens.
    fn opened_by(&self, mark: usize, item: &Found) -> Option<Range<usize>> {
        let mut near = mark + 1..item.tokens.start.min(mark + 1 + LEAD_TOKENS);
        near.find_map(|i| self.scopes(i..item.tokens.start, item).next().filter(|r| r.start == i))
    }

    /// "- Cơ quan chuyên môn thuộc Sở: xét 3 tập thể": what stands before the colon that opens a sentence, where more than
    /// the figure stands behind it.
    pub(super) fn scope_of_label(&self, place: &Place<'_>, item: &Found) -> Option<SmolStr> {
        let opening = place.sentence.start..place.first.min(item.tokens.start);
        let colon = opening.clone().find(|&i| self.work.is(i, ':'))?;
        let start = (opening.start..colon).find(|&i| self.work.token(i).is_some_and(content))?;
        let words = |i: usize| {
            self.work.is_word(i) && self.words.bound_before.before(&self.work.tokens, i + 1).is_none()
        };
        let says_more = (colon + 1..opening.end).any(words);
        let kind = self.clauses.labels.at(&self.work.tokens, start).is_some()
            || self.sets_apart(opening.start, start..colon, item);
        let short = colon - start <= LABEL_TOKENS && !self.headed(&(start..colon));
        let whole = || one_line(self.work.words(start..colon));
        (says_more && kind && short)
            .then(whole)
            .or_else(|| self.named_thing(start..colon).filter(|_| says_more))
    }

    /// "a) Xử lý nước thải tại chỗ: … dưới 50 m3": the label of a lettered member of rules, which is no field and no aim. Where
    /// results are told such labels are fields: "1. Thương mại - dịch vụ: …".
    fn sets_apart(&self, line: usize, label: Range<usize>, item: &Found) -> bool {
        let tokens = &self.work.tokens;
        let lettered = self.past_mark(line, label.end) > line;
        let plain = !label.clone().any(|i| {
            self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number || t.is('(')) || self.in_date(i)
        });
        let aims = |i: usize| {
            self.words.role_headings.at(tokens, i).is_some()
                || self.words.role_governs.at(tokens, i).is_some()
        };
        item.role == Role::Norm
            && lettered
            && plain
            && label.len() <= LABEL_WORDS
            && !self.names_field(label.start, item)
            && !label.clone().any(aims)
            && item.name.as_deref().is_some_and(|n| {
                !one_line(self.work.words(label.clone())).to_lowercase().contains(&n.to_lowercase())
            })
    }
}
