//! Why a number before a noun counts nothing: it is part of a name, labels what stands before it, or is idle.

use rust_decimal::Decimal;

use super::amount::{Amount, follows};
use super::{Found, Kind, Scan};
use crate::claim::ledger::{Numeral, Owner};
use crate::patterns::indicators::UnitKind;
use crate::patterns::rule::RuleId;
use crate::words::token::{Case, Gap, Kind as TokenKind, Token};

impl Scan<'_, '_> {
    /// "3 phần: 1) …": a list mark, its bracket never opened.
    pub(super) fn list_mark(&self, amount: &Amount) -> bool {
        if !amount.plain || amount.value > Decimal::from(31) || !self.is(amount.end, ')') {
            return false;
        }
        let open = (amount.start.saturating_sub(40)..amount.start).rev().find_map(|i| {
            let token = self.token(i)?;
            if token.is('(') { Some(true) } else { token.is(')').then_some(false) }
        });
        open != Some(true)
    }

    /// A number glued to the word before it, or to one after it that is no unit: K8, 5G.
    pub(super) fn glued(&self, numeral: Numeral) -> Option<RuleId> {
        let reason = Some(self.words.rules.none_glued);
        let first = self.token(numeral.first)?;
        // "cấp 12. 000 hộ": thousands whose beginning something else has claimed are no nought.
        let dot = numeral.first.checked_sub(1).filter(|&i| self.is(i, '.'));
        let begun =
            dot.and_then(|i| self.token(i.checked_sub(1)?)).is_some_and(|t| t.kind == TokenKind::Number);
        if begun && self.work.word(numeral.first) == "000" {
            return reason;
        }
        // "3000 x 2500mm": the second side of something.
        let times = numeral.first.checked_sub(1).filter(|&i| matches!(self.work.word(i), "x" | "X" | "×"));
        // "0,7 x 1.490.000 đồng": what is multiplied is an amount all the same.
        let money = || {
            let amount = self.amount(numeral).ok();
            amount.is_some_and(|a| self.unit_after(a.end).is_some_and(|u| u.kind == UnitKind::Money))
        };
        if times.and_then(|i| self.token(i.checked_sub(1)?)).is_some_and(|t| t.kind == TokenKind::Number)
            && !money()
        {
            return reason;
        }
        if first.gap == Gap::Glued
            && let Some(before) = numeral.first.checked_sub(1).and_then(|i| self.token(i))
        {
            if before.kind == TokenKind::Word && !self.words.glue.has(before) {
                return reason;
            }
            // "COVID-19", "IC-14", "H5.1"
            let name = numeral
                .first
                .checked_sub(2)
                .and_then(|i| self.token(i))
                .is_some_and(|t| t.kind == TokenKind::Word && t.case != Case::Lower);
            if (before.is('-') || before.is('.') || before.is('_')) && before.gap == Gap::Glued && name {
                return reason;
            }
        }
        let after = self.token(numeral.end)?;
        // "12Nghị quyết 131/2020/QH14": the mark of a list, run into the type word of a reference.
        let cites = (numeral.end + 1..numeral.end + 5).any(|i| {
            self.token(i).is_some_and(|t| t.kind == TokenKind::Number)
                && self.work.ledger.owner(i).0 == Owner::Reference
        });
        if after.gap == Gap::Glued && after.kind == TokenKind::Word && after.case != Case::Lower && cites {
            return Some(self.words.rules.none_bare);
        }
        let joined = after.gap == Gap::Glued && after.kind == TokenKind::Word;
        let spoken = after.case == Case::Lower && self.words.thousand_marks.has(after);
        if joined && !spoken && self.unit_after(numeral.end).is_none() && self.scale_at(numeral.end).is_none()
        {
            return reason;
        }
        None
    }

    /// "Nhóm 1", "quận 3": the number labels the noun before it.
    pub(super) fn labelled(&self, amount: &Amount) -> Option<RuleId> {
        let before = amount.start.checked_sub(1).and_then(|i| self.token(i))?;
        let first = self.token(amount.start)?;
        let weak = self.words.labels_weak.has(before);
        if !matches!(first.gap, Gap::Space | Gap::Line | Gap::Glued)
            || !(weak || self.words.labels.has(before))
        {
            return None;
        }
        let unit = self.unit_after(amount.end);
        if weak && unit.is_some() {
            return None;
        }
        if amount.padded && unit.is_some() || amount.scaled() || !amount.plain {
            return None;
        }
        if unit.is_some_and(|u| !matches!(u.kind, UnitKind::Count | UnitKind::StrictCount | UnitKind::Score))
        {
            return None;
        }
        // "1 ngày 25 lượt", "mỗi tháng 3 đợt": a rate, no date.
        let each = amount.start.checked_sub(2).and_then(|i| self.token(i));
        let rate = each.is_some_and(|t| {
            t.kind == TokenKind::Number
                || self.work.patterns.particles.each.has(self.work.word(amount.start - 2))
        });
        if rate && unit.is_some() && self.work.patterns.particles.spans.has(self.work.word(amount.start - 1))
        {
            return None;
        }
        // "tổng số 45 hồ sơ", "số hộ 45"
        let total = amount.start.checked_sub(2).map(|i| self.work.word(i).to_lowercase()).unwrap_or_default();
        if self.work.patterns.particles.total_before.has(&total) && unit.is_some() {
            return None;
        }
        if unit.is_some_and(|u| u.kind == UnitKind::StrictCount) && amount.value > Decimal::from(31) {
            return None;
        }
        Some(self.words.rules.none_label)
    }

    /// "2 nội dung sau", "cả 2 hạng mục".
    pub(super) fn trivial(&self, found: &Found, amount: &Amount) -> bool {
        if found.kind != Kind::Count || amount.value > Decimal::TEN {
            return false;
        }
        // "lập thành 03 bản": copies of a paper.
        let tokens = &self.work.tokens;
        if self.words.copies.at(tokens, amount.end).is_some()
            && self.words.copies_before.before(tokens, amount.start).is_some()
        {
            return true;
        }
        let all = amount.start.checked_sub(1).map(|i| self.work.word(i).to_lowercase()).unwrap_or_default();
        let idle = (0..5).map(|n| found.tokens.end + n).take_while(|&i| {
            i == found.tokens.end
                || self
                    .token(i - 1)
                    .is_some_and(|t| follows(t) && t.kind == TokenKind::Word && t.case == Case::Lower)
        });
        (self.work.patterns.particles.all_of.has(&all)
            && !self
                .work
                .patterns
                .particles
                .all
                .has(&self.work.word(amount.start.saturating_sub(2)).to_lowercase()))
            || idle.into_iter().any(|i| {
                self.token(i).is_some_and(follows)
                    && self.words.trivial_after.at(&self.work.tokens, i).is_some()
            })
    }

    /// "A Lưới 5 tiếp", "Nghị quyết 57 xác định": the number belongs to a name.
    pub(super) fn named(&self, before: &Token, amount: &Amount) -> bool {
        let name = before.case != Case::Lower && before.gap != Gap::Para && before.gap != Gap::Line;
        let number =
            amount.plain && !amount.padded && !amount.scaled() && amount.value < Decimal::ONE_HUNDRED;
        // "CT 135 phân bổ": the number of a document.
        let code = || {
            before.case == Case::Upper && amount.plain && !amount.padded && !amount.scaled() && {
                let word = self.work.text.slice(before.start as usize..before.end as usize);
                self.work.patterns.references.code(word).is_some_and(|c| c.doc_type.is_some())
            }
        };
        number && (name || self.words.labels_weak.has(before)) || code()
    }
}
