//! The phrase that says what is measured: before the quantity ("tỷ lệ hộ nghèo giảm còn 2,47%"), after it ("100% xã có
//! mạng nội bộ"), or that of the quantity before it ("…, tăng 3%").

use std::ops::Range;

use super::{Linker, Place};
use crate::recognise::indicator::{Found, Kind};
use crate::text::token::{Case, Gap, Kind as TokenKind, Token};

/// Most tokens of a name.
const NAME_TOKENS: usize = 40;
/// Most tokens of a noun phrase after a number.
const AFTER_TOKENS: usize = 14;

impl Linker<'_, '_> {
    pub(super) fn name(&self, item: &Found, place: &Place<'_>) -> Option<String> {
        let before = self.before(item, place);
        let text = |r: Range<usize>| (!r.is_empty()).then(|| one_line(self.work.words(r)));
        match item.kind {
            Kind::Count | Kind::Ratio if item.unit.is_some() => {
                let headed = before.as_ref().is_some_and(|r| self.headed(r)) && self.said(item);
                if headed { before.and_then(text) } else { text(self.counted(item, place)) }
            }
            Kind::Percentage => {
                let after = self.after_share(item, place);
                let headed = before.as_ref().is_some_and(|r| self.headed(r));
                match (after, before) {
                    (Some(after), _) if !headed => text(after),
                    (_, Some(before)) => text(before),
                    _ => place.previous.and_then(|p| p.name.clone()).or_else(|| self.lead_name(place)),
                }
            }
            _ => before
                .and_then(text)
                .or_else(|| place.previous.and_then(|p| p.name.clone()))
                .or_else(|| self.lead_name(place)),
        }
    }

    /// The phrase before the quantity, back to the last quantity or the sentence's beginning.
    fn before(&self, item: &Found, place: &Place<'_>) -> Option<Range<usize>> {
        let floor = place.previous.map_or(place.sentence.start, |p| p.tokens.end.max(place.sentence.start));
        let mut end = item.tokens.start;
        let mut start = floor.max(end.saturating_sub(NAME_TOKENS));
        // Strip what joins name and number from the right.
        loop {
            let stripped =
                self.words.name_tail.before(&self.work.tokens, end).or_else(|| {
                    self.words.bound_before.before(&self.work.tokens, end).map(|(n, _)| (n, &()))
                });
            match stripped {
                Some((n, ())) if end - n >= start => end -= n,
                _ => break,
            }
        }
        end = self.without_parenthesis(start, end);
        // A head that begins the name: the first one after the last mark that parts clauses.
        let mut head = None;
        for i in start..end {
            let opens = i == start || self.opens_clause(i);
            if self.words.name_heads.at(&self.work.tokens, i).is_some() && (opens || head.is_none()) {
                head = Some(i);
            }
        }
        match head {
            Some(i) => start = i,
            None => {
                let comma = (start..end).rev().find(|&i| {
                    self.work.token(i).is_some_and(|t| t.is(',') || t.is(';') || t.is(':') || t.is('('))
                });
                start = comma.map_or(start, |i| i + 1);
                while start < end
                    && let Some((n, ())) = self.words.name_lead.at(&self.work.tokens, start)
                {
                    start += n;
                }
            }
        }
        let has_word = (start..end).any(|i| self.work.token(i).is_some_and(content));
        has_word.then_some(start..end)
    }

    /// A parenthesis at the end of a name explains it: "tỷ lệ văn bản điện tử (không dùng văn bản giấy)".
    fn without_parenthesis(&self, start: usize, end: usize) -> usize {
        if end <= start || !self.work.token(end - 1).is_some_and(|t| t.is(')')) {
            return end;
        }
        (start..end).rev().find(|&i| self.work.token(i).is_some_and(|t| t.is('('))).unwrap_or(end)
    }

    fn opens_clause(&self, i: usize) -> bool {
        i.checked_sub(1)
            .and_then(|p| self.work.token(p))
            .is_some_and(|t| t.kind == TokenKind::Punct || self.words.stop.has(t))
    }

    /// Whether a phrase begins with a word that heads a quantity's name.
    fn headed(&self, range: &Range<usize>) -> bool {
        self.words.name_heads.at(&self.work.tokens, range.start).is_some()
    }

    /// Whether "là", "đạt" or a colon joins the number to the phrase before it.
    fn said(&self, item: &Found) -> bool {
        let mut at = item.tokens.start;
        while let Some((n, _)) = self.words.bound_before.before(&self.work.tokens, at) {
            at -= n;
        }
        let Some(before) = at.checked_sub(1) else { return false };
        self.work.token(before).is_some_and(|t| t.is(':'))
            || matches!(self.work.word(before), "là" | "đạt" | "còn" | "lên" | "gồm")
    }

    /// The counted noun with what describes it: "hộ nghèo được vay vốn".
    fn counted(&self, item: &Found, place: &Place<'_>) -> Range<usize> {
        let first = (item.tokens.start..item.tokens.end)
            .rev()
            .find(|&i| self.work.token(i).is_some_and(|t| t.kind != TokenKind::Word && !t.is(',')))
            .map_or(item.tokens.start, |i| i + 1);
        let mut start = first;
        // Number and scale are no part of it.
        while start < item.tokens.end
            && (self.words.scales.at(&self.work.tokens, start).is_some()
                || self.work.token(start).is_some_and(|t| self.words.numeral(t.word).is_some()))
        {
            start += 1;
        }
        start..self.phrase_end(item.tokens.end, place.limit.max(item.tokens.end))
    }

    /// What a share is of, where it stands after it: "95% hồ sơ", but not "95% so với …".
    fn after_share(&self, item: &Found, place: &Place<'_>) -> Option<Range<usize>> {
        let mut start = item.tokens.end;
        let first = self.work.token(start).filter(|t| follows(t))?;
        if first.kind != TokenKind::Word || self.words.share_of.at(&self.work.tokens, start).is_some() {
            return None;
        }
        if matches!(self.work.word(start), "các" | "những" | "số") {
            start += 1;
        }
        let end = self.phrase_end(start, place.limit);
        (end > start).then_some(start..end)
    }

    /// Where a noun phrase that goes on at `start` ends.
    fn phrase_end(&self, start: usize, limit: usize) -> usize {
        let mut end = start;
        while end < limit && end - start < AFTER_TOKENS {
            let Some(token) = self.work.token(end) else { break };
            let comma = token.is(',')
                && self
                    .work
                    .token(end + 1)
                    .is_some_and(|t| t.kind == TokenKind::Word && t.case == Case::Lower);
            if !follows(token) || (token.kind != TokenKind::Word && !comma) {
                break;
            }
            if token.kind == TokenKind::Word && self.words.ends.has(token) && end > start {
                break;
            }
            end += 1;
        }
        while end > start && self.work.token(end - 1).is_some_and(|t| t.kind != TokenKind::Word) {
            end -= 1;
        }
        end
    }

    /// The heading of the list that the sentence stands in.
    fn lead_name(&self, place: &Place<'_>) -> Option<String> {
        let lead = self.lead_in(place.sentence.start)?;
        let head = lead.clone().find(|&i| self.words.name_heads.at(&self.work.tokens, i).is_some())?;
        let end = lead.end.saturating_sub(1);
        (head < end).then(|| one_line(self.work.words(head..end)))
    }
}

fn follows(token: &Token) -> bool {
    matches!(token.gap, Gap::Glued | Gap::Space | Gap::Line)
}

fn content(token: &Token) -> bool {
    token.kind == TokenKind::Word && token.bytes() > 1
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
