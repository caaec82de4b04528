//! The unit after a number, and the item that both make.

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::amount::{Amount, follows};
use super::{Found, Kind, Scan};
use crate::patterns::indicators::{Unit, UnitKind};
use crate::patterns::rule::RuleId;
use crate::words::token::{Case, Gap, Kind as TokenKind};

/// Most tokens from one amount of a list to the next.
const LIST_TOKENS: usize = 16;
/// Most shares and ranks between two amounts of a list.
const BETWEEN: usize = 4;
/// Nobody counts so many of anything without dots between the thousands: it is a code.
const LONGEST_PLAIN: Decimal = Decimal::from_parts(10_000_000, 0, 0, false, 0);
/// Most tokens between the number of silver medals and that of bronze.
const MEDAL_JOINT: usize = 3;
/// "tỷ".
const BILLION: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

/// A unit after a number: where it ends and what it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct UnitAt<'a> {
    pub end: usize,
    pub kind: UnitKind,
    pub unit: &'a Unit,
    /// 2 or 3 after a length.
    pub power: Option<u8>,
}

impl<'a> Scan<'_, 'a> {
    /// The unit that stands at a token.
    pub(crate) fn unit_after(&self, at: usize) -> Option<UnitAt<'a>> {
        self.token(at).filter(|t| follows(t))?;
        let tokens = &self.work.tokens;
        let (n, index) = self.words.units.at(tokens, at)?;
        // "Trâu: 7.801 con" and on the next line "Bò: 9.625 con": no unit goes on there.
        let begins =
            |k: &usize| self.token(at + k).is_some_and(|t| t.gap >= Gap::Line && t.case == Case::Title);
        let (n, &index) = match (1..n).find(begins) {
            Some(k) => self.words.units.at(tokens.get(..at + k)?, at)?,
            None => (n, index),
        };
        let unit = self.words.unit(index)?;
        // "Số: 45 Ngày: …" are two fields of a form.
        if unit.kind == UnitKind::Duration && self.token(at).is_some_and(|t| t.case == Case::Title) {
            return None;
        }
        let mut end = at + n;
        let mut power = None;
        if unit.kind == UnitKind::Length
            && let Some(next) = self.token(end)
            && next.gap == Gap::Glued
        {
            power = match self.work.word(end) {
                "2" | "²" => Some(2),
                "3" | "³" => Some(3),
                _ => None,
            };
            end += usize::from(power.is_some());
        }
        Some(UnitAt { end, kind: unit.kind, unit, power })
    }

    /// A number and its unit as an item; none where no unit of the lexicon follows.
    pub(super) fn with_unit(&self, amount: &Amount) -> Option<Found> {
        let at = self.unit_after(amount.end)?;
        let rules = &self.words.rules;
        let mut value = amount.value;
        let mut ambiguous = amount.ambiguous;
        let (kind, rule, unit) = match at.kind {
            UnitKind::None(_) => return None,
            UnitKind::Percent => (Kind::Percentage, rules.percent, SmolStr::new_static("%")),
            UnitKind::PerMille => (Kind::Measure, rules.per_mille, SmolStr::new_static("‰")),
            UnitKind::Money if self.behind_medals(amount) => {
                (Kind::Count, rules.noun, self.noun_text(amount.end, at.end))
            }
            UnitKind::Money => {
                value = value.checked_mul(at.unit.factor)?.normalize();
                (Kind::Money, rules.money, SmolStr::new(&at.unit.name))
            }
            UnitKind::Measure | UnitKind::Length => (Kind::Measure, rules.measure, unit_name(&at)),
            UnitKind::Score => match self.scored_noun(amount, &at) {
                Some(end) => return Some(self.count(amount, amount.end, end, rules.noun)),
                None => (Kind::Score, rules.score, SmolStr::new(&at.unit.name)),
            },
            UnitKind::Duration => (Kind::Count, rules.duration, SmolStr::new(&at.unit.name)),
            UnitKind::Count | UnitKind::StrictCount => {
                let title = self.token(amount.end).is_some_and(|t| t.case == Case::Title);
                if amount.yearlike() && at.kind != UnitKind::StrictCount {
                    return None;
                }
                let sure = at.kind == UnitKind::StrictCount
                    || amount.padded
                    || amount.value > Decimal::from(31)
                    || self.introduced(amount.start);
                // "Đoàn kiểm tra 3530 Bộ Công an": the noun begins a name; a code stands on the line before.
                let named = title && self.token(at.end).is_some_and(|t| follows(t) && t.case == Case::Title);
                let broken = title && self.token(amount.end).is_some_and(|t| t.gap == Gap::Line);
                if (named || broken) && !amount.padded && !self.introduced(amount.start)
                    || amount.plain && !amount.scaled() && amount.value >= LONGEST_PLAIN
                {
                    return None;
                }
                if title && !sure
                    || self.token(at.end).is_some_and(|t| t.gap == Gap::Glued && t.kind == TokenKind::Word)
                {
                    return None;
                }
                if let Some(other) = amount.other {
                    // "1,234 hồ sơ": nothing is counted in thousandths.
                    (value, ambiguous) = (other, true);
                }
                (Kind::Count, rules.noun, self.noun_text(amount.end, at.end))
            }
        };
        // Nobody means 27397 % by "27,397%"; of all else a comma before three digits leaves two readings, and the decimal
        // one is taken.
        if at.kind == UnitKind::Percent && amount.other.is_some() {
            ambiguous = false;
        }
        let mut end = at.end;
        let mut found = Found::new(amount.start..end, kind, rule);
        found.value = Some(value);
        found.unit = Some(unit);
        found.ambiguous = ambiguous;
        if let Some((per, after)) = self.per(end) {
            if kind == Kind::Measure {
                found.unit = found.unit.map(|u| format!("{u}/{per}").into());
            }
            found.per = Some(per);
            end = after;
        }
        if kind == Kind::Money
            && let Some(after) = self.spelled(end)
        {
            end = after;
        }
        found.tokens = amount.start..end;
        Some(found)
    }

    /// "giành 2 vàng, 3 bạc và 4 đồng": bronze medals.
    fn behind_medals(&self, amount: &Amount) -> bool {
        let joins =
            |i: usize| self.work.is_punct(i) || self.work.patterns.particles.and.has(self.work.word(i));
        let Some(last) = (0..amount.start).rev().take(MEDAL_JOINT).find(|&i| !joins(i)) else { return false };
        let number =
            last.checked_sub(1).and_then(|i| self.token(i)).is_some_and(|t| t.kind == TokenKind::Number);
        number && !amount.scaled() && self.token(last).is_some_and(|t| self.words.medals.has(t))
    }

    /// "thu ngân sách ước 1.234,5 tỷ, đạt dự toán": billions of nothing else are of đồng; of millions the words before
    /// must speak of money.
    pub(super) fn money_by_scale(&self, start: usize, amount: &Amount, scale: Decimal) -> Option<Found> {
        let billions =
            scale >= Decimal::from(1_000_000_000u64) && scale < Decimal::from(1_000_000_000_000_000u64);
        let millions = scale == Decimal::from(1_000_000u64);
        if !(billions || millions || amount.spoken)
            || self.unit_after(amount.end).is_some()
            || !amount.spoken && self.open_noun(amount.end).is_some()
        {
            return None;
        }
        let next = self.token(amount.end);
        if next.is_some_and(|t| follows(t) && t.kind == TokenKind::Word && t.case != Case::Lower) {
            return None;
        }
        let floor = self.segment_start(start);
        let money = || (floor..start).any(|i| self.words.money_names.at(&self.work.tokens, i).is_some());
        if (millions && !amount.spoken || scale < Decimal::from(1_000_000u64)) && !money() {
            return None;
        }
        let mut found = Found::new(start..amount.end, Kind::Money, self.words.rules.money);
        found.value = Some(amount.value);
        found.unit = Some(SmolStr::new_static("VND"));
        found.ambiguous = amount.ambiguous;
        if let Some((per, end)) = self.per(amount.end) {
            found.per = Some(per);
            found.tokens.end = end;
        }
        Some(found)
    }

    /// "dầu thô (5,1 tỷ USD), dệt may (4,1 tỷ)": a scale alone is of the currency of the list.
    pub(super) fn currency_of_list(&self, items: &mut [Found], found: &[Found]) {
        let told = |f: &&Found| !matches!(f.kind, Kind::Percentage | Kind::Rank);
        let Some(last) = found.iter().rev().take(BETWEEN).find(told).filter(|f| f.kind == Kind::Money) else {
            return;
        };
        let Some(currency) = last.unit.as_deref().filter(|&u| u != "VND") else { return };
        for item in items {
            let scale = item.kind == Kind::Money
                && item.tokens.start >= last.tokens.end
                && item.tokens.start - last.tokens.end <= LIST_TOKENS
                && self.same_list(last.tokens.end, item.tokens.start)
                && item.tokens.end.checked_sub(1).is_some_and(|i| self.scale_at(i) == Some((1, BILLION)));
            if scale {
                item.unit = Some(SmolStr::new(currency));
            }
        }
    }

    /// Whether no sentence ends between two amounts of a list, nor a clause that speaks of another budget.
    fn same_list(&self, from: usize, to: usize) -> bool {
        let mut clause = false;
        (from..to).all(|i| {
            clause |= self.is(i, ';');
            let stop = self.is(i, '.') && self.token(i + 1).is_some_and(|t| t.gap != Gap::Glued);
            let broken = self.token(i).is_some_and(|t| matches!(t.gap, Gap::Para | Gap::Tab));
            let other = clause && self.words.money_names.at(&self.work.tokens, i).is_some();
            !(stop || broken || other || self.is(i, '|'))
        })
    }

    /// "sử dụng 3 Trung tâm": a verb or small word before the number, nothing that it could label.
    fn introduced(&self, start: usize) -> bool {
        let before = start.checked_sub(1).and_then(|i| self.token(i));
        before.is_some_and(|t| {
            t.kind == TokenKind::Word
                && t.case == Case::Lower
                && !self.words.labels.has(t)
                && !self.words.labels_weak.has(t)
        })
    }

    /// "59 điểm mỏ", "144 điểm sạt lở": places, not points.
    pub(super) fn scored_noun(&self, amount: &Amount, at: &UnitAt<'_>) -> Option<usize> {
        // "QL1 tắc 3 điểm", "sạt lở tại 5 điểm"
        let spot =
            amount.start.checked_sub(1).and_then(|i| self.token(i)).is_some_and(|t| self.words.spots.has(t));
        if spot && amount.whole() && !amount.scaled() {
            return Some(at.end);
        }
        let next = self.token(at.end)?;
        let place = amount.whole() && !amount.scaled() && self.continues(next) && next.gap != Gap::Glued;
        if !place || self.words.bound_after.at(&self.work.tokens, at.end).is_some() {
            return None;
        }
        let second = self.token(at.end + 1).is_some_and(|t| self.continues(t));
        Some(at.end + 1 + usize::from(second))
    }

    pub(super) fn count(&self, amount: &Amount, noun: usize, end: usize, rule: RuleId) -> Found {
        let mut found = Found::new(amount.start..end, Kind::Count, rule);
        found.value = Some(amount.other.unwrap_or(amount.value));
        found.ambiguous = amount.ambiguous;
        found.unit = Some(self.noun_text(noun, end));
        if let Some((per, after)) = self.per(end) {
            found.per = Some(per);
            found.tokens.end = after;
        }
        found
    }

    /// "/năm", "/người/tháng", "/100 dân" after a unit: the text after the first slash, and its end.
    pub(crate) fn per(&self, slash: usize) -> Option<(SmolStr, usize)> {
        let mut at = slash;
        let mut out = String::new();
        while self.is(at, '/') && self.token(at).is_some_and(|t| matches!(t.gap, Gap::Glued | Gap::Space)) {
            let mut from = at + 1;
            self.token(from).filter(|t| follows(t))?;
            if let Some(numeral) = self.numeral_at(from) {
                // "/6 tháng", "/100 dân"; "385 ha/612 hộ" are two quantities.
                let span = self.unit_after(numeral.end).is_some_and(|u| u.kind == UnitKind::Duration);
                if !span && self.amount(numeral).is_ok_and(|a| !super::ratio::per_so_many(a.value)) {
                    break;
                }
                from = numeral.end;
            }
            // "/vạn dân"
            if let Some((n, _)) = self.words.scales.at(&self.work.tokens, from)
                && self
                    .token(from + n)
                    .is_some_and(|t| follows(t) && t.case == Case::Lower && t.kind == TokenKind::Word)
            {
                from += n;
            }
            // "2,4%/tổng dư nợ": a share of the whole.
            if self.words.head_count.at(&self.work.tokens, from).is_some() {
                break;
            }
            let Some(token) = self.token(from).filter(|t| follows(t) && t.kind == TokenKind::Word) else {
                break;
            };
            let end = match self.unit_after(from) {
                Some(unit) => unit.end,
                None if token.case == Case::Title => break,
                // "845,6 tỷ/DT 860 tỷ", "4,26%/KH tăng 4%": what is compared with.
                None if token.case == Case::Upper
                    && (self.token(from + 1).is_some_and(|t| follows(t) && t.kind == TokenKind::Number)
                        || self.words.role_before.before(&self.work.tokens, from + 2).is_some()) =>
                {
                    break;
                }
                None => from + 1,
            };
            if !out.is_empty() {
                out.push('/');
            }
            out.push_str(&one_line(self.work.words(at + 1..end)));
            at = end;
        }
        (!out.is_empty()).then_some((out.into(), at))
    }
}

/// "m" with its power: m2.
pub(super) fn unit_name(at: &UnitAt<'_>) -> SmolStr {
    match at.power {
        Some(power) => format!("{}{power}", at.unit.name).into(),
        None => SmolStr::new(&at.unit.name),
    }
}

/// White space as single spaces, none about slashes.
pub(crate) fn one_line(text: &str) -> SmolStr {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() && !out.ends_with('/') && !word.starts_with('/') {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.into()
}
