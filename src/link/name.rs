//! The phrase that says what is measured: before the quantity ("tỷ lệ hộ nghèo giảm còn 2,47%"), after it ("100% xã có
//! mạng nội bộ"), or that of the quantity before it ("…, tăng 3%").

use std::ops::Range;

use super::{Linker, Place};
use crate::recognise::indicator::{Found, Kind, Role};
use crate::text::token::{Case, Gap, Kind as TokenKind, Token};

/// Most tokens of a name.
const NAME_TOKENS: usize = 40;
/// Most tokens of a noun phrase after a number.
const AFTER_TOKENS: usize = 14;
/// Most words of a list member's own name ("đất đai 104.930 hồ sơ").
const MEMBER_WORDS: usize = 6;

impl Linker<'_, '_> {
    pub(super) fn name(&self, item: &Found, place: &Place<'_>) -> Option<String> {
        let inherited = || place.previous.and_then(|p| p.name.clone());
        let before = self.before(item, place);
        let text = |r: Range<usize>| (!r.is_empty()).then(|| one_line(self.work.words(r)));
        let change = matches!(item.role, Role::Change | Role::Gap);
        let headed = before.as_ref().is_some_and(|r| self.headed(r));
        match item.kind {
            Kind::Count | Kind::Ratio if item.unit.is_some() => {
                let same = place.previous.is_some_and(|p| p.unit == item.unit || self.classifier(item));
                if change && same && !headed {
                    return inherited().or_else(|| before.and_then(text));
                }
                let counted = self.counted(item, place);
                if headed && (self.said(item) || self.classifier(item)) {
                    return before.and_then(text);
                }
                let bare = counted.end <= item.tokens.end;
                let member = before.as_ref().is_some_and(|b| self.member(b));
                if bare && before.is_some() && (self.classifier(item) || member) {
                    return before.and_then(text);
                }
                if bare && self.classifier(item) {
                    return inherited().or_else(|| self.lead_name(place)).or_else(|| text(counted));
                }
                text(counted)
            }
            Kind::Percentage => {
                let after = self.after_share(item, place).filter(|_| !change);
                match (after, before) {
                    (Some(after), _) if !headed => text(after),
                    (_, Some(before)) => text(before),
                    _ => inherited().or_else(|| self.lead_name(place)),
                }
            }
            Kind::Measure => {
                let after = self.after_share(item, place).filter(|_| !change && !headed);
                let before = after.or(before);
                before.and_then(text).or_else(inherited).or_else(|| self.lead_name(place))
            }
            _ => before.and_then(text).or_else(inherited).or_else(|| self.lead_name(place)),
        }
    }

    /// The phrase before the quantity, back to the last quantity or the sentence's beginning.
    fn before(&self, item: &Found, place: &Place<'_>) -> Option<Range<usize>> {
        let mut end = item.tokens.start;
        let mut start = place.sentence.start.max(end.saturating_sub(NAME_TOKENS));
        if let Some(previous) = place.previous.filter(|p| p.tokens.end > start) {
            start = self.own_clause(previous.tokens.end, end);
        }
        // Strip what joins name and number from the right.
        loop {
            let tokens = &self.work.tokens;
            let stripped = self.words.name_tail.before(tokens, end).map(|(n, ())| n);
            let bound = || self.words.bound_before.before(tokens, end).map(|(n, _)| n);
            match stripped.or_else(bound) {
                Some(n) if end - n >= start => end -= n,
                _ => break,
            }
        }
        end = self.without_parenthesis(start, end);
        let head = (start..end).rev().find(|&i| {
            (i == start || self.opens_clause(i)) && self.words.name_heads.at(&self.work.tokens, i).is_some()
        });
        if let Some(head) = head {
            return Some(head..end);
        }
        // No head word: the last part between commas that says something.
        let mut part_end = end;
        loop {
            let comma = (start..part_end).rev().find(|&i| {
                self.work.token(i).is_some_and(|t| t.is(',') || t.is(';') || t.is(':') || t.is('('))
            });
            let mut from = comma.map_or(start, |i| i + 1);
            while from < part_end
                && let Some((n, ())) = self.words.name_lead.at(&self.work.tokens, from)
            {
                from += n;
            }
            if self.says_something(from..end) {
                return Some(from..end);
            }
            match comma {
                Some(comma) if comma > start => part_end = comma,
                _ => return None,
            }
        }
    }

    /// Where the words of this quantity begin after the previous one: past what still belongs to that.
    fn own_clause(&self, previous_end: usize, end: usize) -> usize {
        let mark = (previous_end..end).find(|&i| {
            self.work.token(i).is_some_and(|t| {
                t.is(',') || t.is(';') || t.is('(') || t.is(':') || matches!(self.work.word(i), "và" | "với")
            })
        });
        match mark {
            Some(mark) => mark + 1,
            // "508 tỷ đồng đạt 105%": nothing of its own.
            None => {
                let head =
                    (previous_end..end).find(|&i| self.words.name_heads.at(&self.work.tokens, i).is_some());
                head.unwrap_or(end)
            }
        }
    }

    /// A word that is no date, no comparison and no filler.
    fn says_something(&self, range: Range<usize>) -> bool {
        if self.words.share_of.at(&self.work.tokens, range.start).is_some() {
            return false;
        }
        range.into_iter().any(|i| {
            self.work.token(i).is_some_and(|t| content(t) && !self.words.stop.has(t)) && !self.in_date(i)
        })
    }

    /// A parenthesis at the end of a name explains it: "tỷ lệ văn bản điện tử (không dùng văn bản giấy)".
    fn without_parenthesis(&self, start: usize, end: usize) -> usize {
        if end <= start || !self.work.token(end - 1).is_some_and(|t| t.is(')')) {
            return end;
        }
        (start..end).rev().find(|&i| self.work.token(i).is_some_and(|t| t.is('('))).unwrap_or(end)
    }

    /// A head word here begins a name: after a mark, or after a word that leads a clause in.
    fn opens_clause(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1).and_then(|p| self.work.token(p)) else { return true };
        before.kind == TokenKind::Punct
            || self.work.token(i).is_some_and(|t| t.gap == Gap::Para)
            || self.words.openers.has(before)
            || self.in_date(i - 1)
    }

    /// Whether a phrase begins with a word that heads a quantity's name.
    fn headed(&self, range: &Range<usize>) -> bool {
        self.words.name_heads.at(&self.work.tokens, range.start).is_some()
    }

    /// A unit that counts without saying what: con, vụ, lượt, lần.
    fn classifier(&self, item: &Found) -> bool {
        let noun = self.noun_start(item);
        self.words.classifiers.at(&self.work.tokens, noun).is_some_and(|(n, ())| {
            noun + n >= item.tokens.end || self.work.token(noun + n).is_some_and(|t| t.is('/'))
        })
    }

    /// A short phrase between marks: the member of a list, its verb left out.
    fn member(&self, range: &Range<usize>) -> bool {
        let first = self.work.token(range.start);
        let marked = range
            .start
            .checked_sub(1)
            .and_then(|i| self.work.token(i))
            .is_some_and(|t| t.kind == TokenKind::Punct);
        marked && range.len() <= MEMBER_WORDS && !first.is_some_and(|t| self.words.name_verbs.has(t))
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

    /// Where the noun of a count begins, after number, scale and slashes.
    fn noun_start(&self, item: &Found) -> usize {
        let mut start = item.tokens.start;
        while start < item.tokens.end
            && self.work.token(start).is_some_and(|t| {
                t.kind != TokenKind::Word
                    || self.words.numeral(t.word).is_some()
                    || self.words.scales.at(&self.work.tokens, start).is_some()
            })
        {
            start += 1;
        }
        start
    }

    /// The counted noun with what describes it: "hộ nghèo được vay vốn".
    fn counted(&self, item: &Found, place: &Place<'_>) -> Range<usize> {
        self.noun_start(item)..self.phrase_end(item.tokens.end, place.limit.max(item.tokens.end))
    }

    /// What a share or an amount is of, where it stands after it: "95% hồ sơ", but not "95% so với …".
    fn after_share(&self, item: &Found, place: &Place<'_>) -> Option<Range<usize>> {
        let mut start = item.tokens.end;
        let first = self.work.token(start).filter(|t| follows(t))?;
        if first.kind != TokenKind::Word || self.words.share_of.at(&self.work.tokens, start).is_some() {
            return None;
        }
        if matches!(self.work.word(start), "các" | "những" | "số") {
            start += 1;
        } else if self.words.stop.has(first) || self.words.ends.has(first) {
            return None;
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
                && self.work.token(end + 1).is_some_and(|t| {
                    t.kind == TokenKind::Word
                        && t.case == Case::Lower
                        && !self.words.ends.has(t)
                        && !self.words.stop.has(t)
                });
            if !follows(token) || (token.kind != TokenKind::Word && !comma) {
                break;
            }
            if token.kind == TokenKind::Word
                && (self.words.ends.has(token) || self.words.share_of.at(&self.work.tokens, end).is_some())
                && (end > start || self.words.stop.has(token))
            {
                break;
            }
            end += 1;
        }
        while end > start && self.work.token(end - 1).is_some_and(|t| t.kind != TokenKind::Word) {
            end -= 1;
        }
        end
    }

    /// What the line with the colon above a list item is about.
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

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
