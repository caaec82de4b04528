//! Lists of counts that leave their noun out: "đã nhận 4.872 hồ sơ: đất đai 2.310, xây dựng 486", "kết nạp 203 đảng viên;
//! thanh niên 128, nữ 67", "- Tư pháp: 6.940 (qua mạng 1.022)".
//!
//! A bare number is a member where another member of the same shape stands beside it, a count with its noun before them, and
//! it is not more than that count. Members name themselves by a word before the number; labels ("tổ 3", "điều 5") do not.

use std::ops::Range;

use super::amount::{Amount, follows};
use super::{Found, Kind, Scan};
use crate::claim::number;
use crate::words::token::{Case, Gap, Kind as TokenKind};

/// Most tokens from a member's number to that of the next.
const MEMBER_TOKENS: usize = 12;
/// Most tokens from the count to a member of its list.
const LIST_TOKENS: usize = 90;
/// How many figures back the count may stand.
const BACK: usize = 24;
/// How many breaks of paragraphs may stand between them: the lead-in of a list and its members.
const BREAKS: usize = 8;

impl Scan<'_, '_> {
    /// The member of a bare list that a number is.
    pub(super) fn listed(&self, amount: &Amount, found: &[Found]) -> Option<Found> {
        if !self.is_member(amount) || self.is_numbered(amount) {
            return None;
        }
        let label = self.label_of(amount.start)?;
        let last = found.last().filter(|f| f.rule == self.words.rules.part && f.cell.is_none());
        let beside = last.filter(|f| {
            let between = f.tokens.end..label.start;
            f.tokens.end <= label.start && between.len() <= MEMBER_TOKENS && self.goes_on(between)
        });
        // "6.940 (nộp qua mạng 1.022, tỷ lệ 14,7%)".
        let inside = beside.is_some_and(|f| self.is(f.tokens.end, '('));
        if beside.is_none() && !self.member_follows(amount.end) {
            return None;
        }
        let whole = found
            .iter()
            .rev()
            .take(BACK)
            .take_while(|f| f.tokens.end + LIST_TOKENS > amount.start && f.cell.is_none())
            .find(|f| {
                let counts = matches!(f.kind, Kind::Count | Kind::Ratio) && f.unit.is_some();
                let enough = f.value.or(f.numerator).is_some_and(|most| most >= amount.value);
                counts && enough && f.tokens.end <= label.start && (f.rule != self.words.rules.part || inside)
            })?;
        let breaks = (whole.tokens.end..label.start)
            .filter(|&i| self.token(i).is_some_and(|t| matches!(t.gap, Gap::Para | Gap::Tab)))
            .count();
        if breaks > BREAKS || beside.is_none() && breaks > 1 {
            return None;
        }
        let mut part = self.member_of(amount, whole);
        part.ambiguous = amount.ambiguous;
        Some(part)
    }

    /// "Phú Thịnh 1, Phú Thịnh 2": numbered names, each beside its like.
    pub(super) fn is_numbered(&self, amount: &Amount) -> bool {
        let Some(label) = self.label_of(amount.start) else { return false };
        let number = |i: &usize| self.token(*i).is_some_and(|t| t.kind == TokenKind::Number);
        let before = (label.start.saturating_sub(4)..label.start).rev().find(number);
        let behind = (amount.end..amount.end + MEMBER_TOKENS).find(number);
        let labels = before.into_iter().chain(behind).filter_map(|i| self.label_of(i));
        labels.into_iter().any(|l| self.same(&label, &l))
    }

    /// Whether a number may be a member: a whole one that a mark follows.
    fn is_member(&self, amount: &Amount) -> bool {
        amount.whole()
            && !amount.scaled()
            && !amount.yearlike()
            && !self.list_mark(amount)
            && self.closes(amount.end)
    }

    /// Whether two labels are the same words, or one ends as the other is.
    fn same(&self, a: &Range<usize>, b: &Range<usize>) -> bool {
        let (a, b) = (self.work.words(a.clone()), self.work.words(b.clone()));
        a.ends_with(b) || b.ends_with(a)
    }

    /// A mark behind a member: of a list, of a bracket, of a sentence.
    fn closes(&self, end: usize) -> bool {
        self.token(end).is_none_or(|t| {
            let glued = t.gap == Gap::Glued && self.token(end + 1).is_some_and(|t| t.gap == Gap::Glued);
            [',', ';', ')', '.', '('].iter().any(|&c| t.is(c)) && !glued || !follows(t)
        })
    }

    /// The words that name a member, before its number; none where they only label it, or are none.
    fn label_of(&self, start: usize) -> Option<Range<usize>> {
        let mut end = start;
        if self.is(end.checked_sub(1)?, ':') {
            end -= 1;
        }
        let word = |i: usize| {
            self.token(i).is_some_and(|t| t.kind == TokenKind::Word || t.is('-') || t.is('–') || t.is('/'))
        };
        let low = start.saturating_sub(MEMBER_TOKENS);
        let mut from = end;
        while from > low
            && word(from - 1)
            && !matches!(self.token(from).map(|t| t.gap), Some(Gap::Para | Gap::Tab))
        {
            from -= 1;
        }
        while from < end && self.token(from).is_some_and(|t| t.kind != TokenKind::Word) {
            from += 1;
        }
        let last = self.token(end.checked_sub(1)?)?;
        let tokens = &self.work.tokens;
        let kind =
            (from..end).any(|i| self.words.scope_kinds.at(tokens, i).is_some_and(|(n, ())| i + n == end));
        let labels = self.words.labels.has(last)
            || self.words.labels_weak.has(last)
            || self.words.ends.has(last)
                && self.words.bound_before.before(tokens, end).is_none_or(|(n, _)| end - n <= from)
            || kind
            || last.case == Case::Upper && last.bytes() < 3
            || last.kind != TokenKind::Word;
        (from < end && !labels).then_some(from..end)
    }

    /// Whether nothing but one mark, and what brackets hold, parts two members, or a line begins with the second.
    fn goes_on(&self, between: Range<usize>) -> bool {
        let gap = |i: usize| self.token(i).map(|t| t.gap);
        let line = (between.start..=between.end).any(|i| matches!(gap(i), Some(Gap::Line | Gap::Para)));
        let (mut depth, mut marks, mut stop) = (0i32, 0, false);
        for i in between {
            let Some(token) = self.token(i) else { return false };
            stop |= token.is('.') && matches!(gap(i + 1), Some(Gap::Space));
            if token.is('(') {
                depth += 1;
            } else if token.is(')') {
                depth -= 1;
            } else if depth == 0 {
                marks += 1;
            }
        }
        !stop && (depth == 1 && marks == 0 || depth == 0 && marks <= 1 || line)
    }

    /// Whether another member stands behind one: "2.310, xây dựng 486".
    fn member_follows(&self, end: usize) -> bool {
        let mut end = end;
        // "418 (quá hạn 12)".
        if self.is(end, '(') {
            end += 1;
        } else if !(self.is(end, ',') || self.is(end, ';')) {
            return false;
        }
        let next = (end..end + MEMBER_TOKENS)
            .take_while(|&i| {
                self.token(i).is_some_and(|t| !t.is('.') && !matches!(t.gap, Gap::Para | Gap::Tab))
            })
            .find(|&i| self.token(i).is_some_and(|t| t.kind == TokenKind::Number));
        let numeral = next.and_then(|i| self.any_numeral(i));
        numeral.is_some_and(|n| {
            let whole = number::read(number::text_of(self.work, n), self.convention)
                .is_ok_and(|r| r.value.is_integer());
            whole
                && self.closes(n.end)
                && self.label_of(n.first).is_some_and(|l| l.start <= end + 1 && l.start >= end)
        })
    }
}
