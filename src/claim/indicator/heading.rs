//! Numbers whose unit stands in a heading before them: "Tổng số hồ sơ: 1.986", "Diện tích (ha): 12,5", the head of a
//! table's column.

use smol_str::SmolStr;
use std::ops::Range;

use rust_decimal::Decimal;

use super::amount::{Amount, follows};
use super::unit::{UnitAt, unit_name};
use super::{Found, Kind, Scan};
use crate::claim::number;
use crate::patterns::indicators::UnitKind;
use crate::patterns::rule::RuleId;
use crate::words::token::{Gap, Kind as TokenKind, Token};

/// Most tokens between a head ("Tổng số …") and its colon.
const HEAD_TOKENS: usize = 60;

/// Most tokens of a clause that names what its number counts.
const CLAUSE_TOKENS: usize = 14;

/// Most tokens between the name of an index and its value after a bound.
const INDEX_TOKENS: usize = 8;

impl Scan<'_, '_> {
    /// A number with nothing after it, whose noun stands before a colon, "là" or "đạt": "Tổng số hồ sơ: 1.986".
    pub(super) fn bare(&self, amount: &Amount) -> Option<Found> {
        let ends = self.token(amount.end).is_none_or(|t| {
            matches!(t.gap, Gap::Line | Gap::Para | Gap::Tab)
                || t.kind == TokenKind::Punct && [';', '.', ',', ')', '|', '(', '*'].iter().any(|&c| t.is(c))
        });
        if self.list_mark(amount) {
            return None;
        }
        let lead = amount.start.checked_sub(1)?;
        if let Some((n, _)) = self.words.bound_before.before(&self.work.tokens, amount.start)
            && ends
            && !amount.whole()
            && !amount.scaled()
            && let Some(from) = amount.start.checked_sub(n)
            && (self.segment_start(from).max(from.saturating_sub(INDEX_TOKENS))..from)
                .any(|i| self.words.index_names.at(&self.work.tokens, i).is_some())
        {
            return Some(self.index(amount));
        }
        // "PAR Index 78,25 (+2,1 điểm)"
        let index = |n: &usize| {
            let at = amount.start.checked_sub(*n);
            at.and_then(|at| self.words.index_names.at(&self.work.tokens, at)).is_some_and(|(m, ())| m == *n)
        };
        if ends && !amount.whole() && !amount.scaled() && [1, 2, 3, 4].iter().any(index) {
            return Some(self.index(amount));
        }
        let colon = self.is(lead, ':');
        let verb = self.work.patterns.particles.copula.has(self.work.word(lead));
        if ends
            && !colon
            && !verb
            && let Some(found) = self.headed(amount)
        {
            return Some(found);
        }
        if !ends || !(colon || verb) || self.token(amount.start).is_none_or(|t| t.gap == Gap::Para) {
            return None;
        }
        let floor = self.segment_start(lead);
        if !amount.whole() && (floor..lead).any(|i| self.words.index_names.at(&self.work.tokens, i).is_some())
        {
            return Some(self.index(amount));
        }
        if colon
            && let Some(close) = lead.checked_sub(1).filter(|&i| self.is(i, ')'))
            && let Some(found) = self.unit_in_parentheses(amount, floor, close)
        {
            return Some(found);
        }
        let mut i = floor;
        while i < lead {
            // "Mã số dự án: 4275604886" names, it does not count.
            let code = i > floor && self.work.patterns.particles.code.has_in_any_case(self.work.word(i - 1));
            if let Some((n, ())) = self.words.head_count.at(&self.work.tokens, i).filter(|_| !code)
                && i + n < lead
            {
                let at = i + n;
                let noun =
                    self.unit_after(at).filter(|u| matches!(u.kind, UnitKind::Count | UnitKind::StrictCount));
                if let Some(end) = noun.map(|u| u.end).or_else(|| self.open_noun(at)).filter(|&e| e <= lead) {
                    let mut found = Found::new(amount.start..amount.end, Kind::Count, self.words.rules.head);
                    found.value = Some(amount.other.unwrap_or(amount.value));
                    found.ambiguous = amount.ambiguous;
                    found.unit = Some(self.noun_text(at, end));
                    return Some(found);
                }
                i = at;
            } else {
                i += 1;
            }
        }
        if verb { self.headed(amount) } else { None }
    }

    /// "số văn bản đến 45.612, số văn bản đi 18.903": a clause that begins with what is counted and says more of it.
    fn headed(&self, amount: &Amount) -> Option<Found> {
        if !amount.whole() || amount.scaled() || amount.yearlike() || amount.value < Decimal::TEN {
            return None;
        }
        self.token(amount.start).filter(|t| follows(t))?;
        let low = amount.start.saturating_sub(CLAUSE_TOKENS);
        let mark = |t: &Token| t.kind != TokenKind::Word || matches!(t.gap, Gap::Para | Gap::Tab);
        let border = (low..amount.start).rev().find(|&i| self.token(i).is_some_and(mark));
        let start =
            border.map_or(low, |i| i + usize::from(self.token(i).is_some_and(|t| t.kind != TokenKind::Word)));
        let head = self.words.head_count.at(&self.work.tokens, start);
        let at = start + head.map_or(0, |(n, ())| n);
        // It may open the text.
        let (m, &index) = self.words.units.at(&self.work.tokens, at)?;
        let kind = self.words.unit(index)?.kind;
        let unit_end = Some(at + m).filter(|_| matches!(kind, UnitKind::Count | UnitKind::StrictCount))?;
        let last = self.token(amount.start - 1)?;
        // "thuê bao dùng điện thoại thông minh đạt 48.207;": the subject of the clause is what is counted.
        let ends = self
            .token(amount.end)
            .is_none_or(|t| t.kind == TokenKind::Punct && !t.is('%') && !t.is('/') || !follows(t));
        if head.is_none() && !(amount.value >= Decimal::ONE_HUNDRED && self.words.glue.has(last) && ends) {
            return None;
        }
        // "số quyết định 45" may be its number, "số văn bản đến 45" is how many came.
        let more = amount.start - at > 2 && !self.words.labels.has(last) && !self.words.labels_weak.has(last);
        more.then(|| {
            let mut found = Found::new(amount.start..amount.end, Kind::Count, self.words.rules.head);
            found.value = Some(amount.other.unwrap_or(amount.value));
            found.ambiguous = amount.ambiguous;
            found.unit = Some(self.noun_text(at, unit_end));
            found
        })
    }

    /// "hệ số Gini khoảng 0,4": an index that has no unit.
    pub(super) fn index(&self, amount: &Amount) -> Found {
        let mut found = Found::new(amount.start..amount.end, Kind::Score, self.words.rules.index);
        found.value = Some(amount.value);
        found.unit = Some(SmolStr::new(self.work.patterns.particles.points.first()));
        found
    }

    /// "Diện tích (ha): 12,5": the unit in parentheses before the colon.
    pub(super) fn unit_in_parentheses(&self, amount: &Amount, floor: usize, close: usize) -> Option<Found> {
        let open = (floor..close).rev().find(|&i| self.is(i, '('))?;
        self.unit_of_heading(amount, open + 1..close, self.words.rules.head)
    }

    /// An item whose unit stands in a heading: "triệu đồng", "ha", "hồ sơ".
    pub(super) fn unit_of_heading(
        &self,
        amount: &Amount,
        heading: Range<usize>,
        rule: RuleId,
    ) -> Option<Found> {
        let mut at = heading.start;
        let mut scale = Decimal::ONE;
        if let Some(numeral) = self.any_numeral(at).filter(|n| n.end < heading.end) {
            // "1.000 đồng", "1000 tấn"
            scale = number::read(self.work.words(numeral.first..numeral.end), self.convention).ok()?.value;
            at = numeral.end;
        }
        if let Some((n, factor)) = self.words.scales.at(&self.work.tokens, at)
            && at + n < heading.end
            && !self.token(at + n).is_some_and(|t| self.words.not_scale.has(t))
        {
            scale = scale.checked_mul(*factor)?;
            at += n;
        }
        let unit = self.work.tokens.get(at).and_then(|_| self.words.units.at(&self.work.tokens, at));
        let (n, &index) = unit.filter(|(n, _)| at + n <= heading.end)?;
        let unit = self.words.unit(index)?;
        let value = amount.value.checked_mul(scale)?.checked_mul(unit.factor)?.normalize();
        let power = match (unit.kind, self.work.word(at + n)) {
            (UnitKind::Length, "2" | "²") => Some(2),
            (UnitKind::Length, "3" | "³") => Some(3),
            _ => None,
        };
        let (kind, name) = match unit.kind {
            UnitKind::Percent => (Kind::Percentage, SmolStr::new_static("%")),
            UnitKind::PerMille => (Kind::Measure, SmolStr::new_static("‰")),
            UnitKind::Money => (Kind::Money, SmolStr::new(&unit.name)),
            UnitKind::Measure | UnitKind::Length => {
                (Kind::Measure, unit_name(&UnitAt { end: at, kind: unit.kind, unit, power }))
            }
            UnitKind::Score => (Kind::Score, SmolStr::new(&unit.name)),
            UnitKind::Count | UnitKind::StrictCount | UnitKind::Duration => {
                (Kind::Count, self.noun_text(at, at + n))
            }
            UnitKind::None(_) => return None,
        };
        if kind == Kind::Count && !value.is_integer() {
            return None;
        }
        let mut found = Found::new(amount.start..amount.end, kind, rule);
        let end = at + n + usize::from(power.is_some());
        if let Some((per, _)) = self.per(end).filter(|p| p.1 <= heading.end) {
            if kind == Kind::Measure {
                found.unit = Some(format!("{name}/{per}").into());
            }
            found.per = Some(per);
        }
        found.unit = found.unit.or(Some(name));
        found.value = Some(value);
        let whole = matches!(kind, Kind::Count);
        if whole && let Some(other) = amount.other.filter(|_| scale == Decimal::ONE) {
            found.value = Some(other);
        }
        // "2,607" under "Triệu người" may be thousands of them; no share is.
        found.ambiguous = amount.ambiguous && (kind != Kind::Percentage || amount.other.is_none());
        Some(found)
    }

    /// Where the line or sentence before a token begins.
    pub(super) fn segment_start(&self, end: usize) -> usize {
        let mut i = end;
        while i > 0 && end - i < HEAD_TOKENS {
            let Some(token) = self.token(i) else { break };
            if matches!(token.gap, Gap::Para | Gap::Tab) {
                return i;
            }
            let Some(before) = self.token(i - 1) else { break };
            let stop = before.is(';') || before.is('|') || (before.is('.') && token.gap != Gap::Glued);
            let mark =
                token.gap == Gap::Line && (token.is('-') || token.is('+') || token.is('*') || token.is('•'));
            if stop || mark {
                return i;
            }
            i -= 1;
        }
        i
    }
}
