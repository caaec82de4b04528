//! One numeral to what it is: number and scale, then the unit, the noun or the slash after it; then what stands
//! before it ("xếp thứ", "Số hồ sơ …:").

use rust_decimal::Decimal;

use super::amount::{Amount, follows};
use super::{Found, Kind, Outcome, Scan};
use crate::patterns::indicators::{Unit, UnitKind};
use crate::recognise::ledger::Numeral;
use crate::recognise::number::NoNumber;
use crate::text::token::{Case, Gap, Kind as TokenKind, Token};

/// Most tokens between a head ("Tổng số …") and its colon.
const HEAD_TOKENS: usize = 60;

/// A unit after a number: where it ends and what it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct UnitAt<'a> {
    pub end: usize,
    pub kind: UnitKind,
    pub unit: &'a Unit,
    /// 2 or 3 after a length.
    pub power: Option<u8>,
}

impl<'a> Scan<'_, 'a> {
    /// What a free numeral is.
    pub(super) fn quantity(&self, numeral: Numeral) -> Outcome {
        let rules = &self.words.rules;
        if let Some(reason) = self.glued(numeral) {
            return Outcome::Nothing(reason);
        }
        // The second number of a pair that was refused.
        let slash = numeral.first.checked_sub(1).filter(|&i| self.is(i, '/'));
        if slash.and_then(|i| self.token(i.checked_sub(1)?)).is_some_and(|t| t.kind == TokenKind::Number) {
            return Outcome::Nothing(rules.none_fraction);
        }
        // "0106092522": a code, not a quantity.
        let code = numeral.end - numeral.first == 1
            && self.work.word(numeral.first).starts_with('0')
            && self.token(numeral.first).is_some_and(|t| t.bytes() > 3);
        if code {
            return Outcome::Nothing(rules.none_bare);
        }
        let amount = match self.amount(numeral) {
            Ok(amount) => amount,
            Err(NoNumber::TooLong) => return Outcome::Nothing(rules.none_long),
            Err(NoNumber::Grouping) => return Outcome::Nothing(rules.none_grouping),
        };
        if let Some(found) = self.rank(&amount) {
            return Outcome::Items(vec![found]);
        }
        if let Some(outcome) = self.ratio(&amount) {
            return outcome;
        }
        if let Some(items) = self.range(&amount) {
            return Outcome::Items(items);
        }
        if self.unit_after(amount.end).is_some_and(|u| u.kind == UnitKind::Duration) {
            return self.duration(&amount);
        }
        if let Some(UnitAt { kind: UnitKind::None(reason), .. }) = self.unit_after(amount.end) {
            return Outcome::Nothing(reason);
        }
        if let Some(reason) = self.labelled(&amount) {
            return Outcome::Nothing(reason);
        }
        if let Some(found) = self.with_unit(&amount) {
            if self.trivial(&found, &amount) {
                return Outcome::Nothing(rules.none_trivial);
            }
            return Outcome::Items(vec![found]);
        }
        if let Some(found) = self.money_by_scale(amount.start, &amount, amount.scale) {
            return Outcome::Items(vec![found]);
        }
        if let Some(found) = self.open_count(&amount) {
            return Outcome::Items(vec![found]);
        }
        if let Some(found) = self.bare(&amount) {
            return Outcome::Items(vec![found]);
        }
        Outcome::Nothing(if amount.yearlike() { rules.none_year } else { rules.none_bare })
    }

    /// The unit that stands at a token.
    pub(super) fn unit_after(&self, at: usize) -> Option<UnitAt<'a>> {
        self.token(at).filter(|t| follows(t))?;
        let (n, &index) = self.words.units.at(&self.work.tokens, at)?;
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
            UnitKind::Percent => (Kind::Percentage, rules.percent, "%".to_string()),
            UnitKind::PerMille => (Kind::Measure, rules.per_mille, "‰".to_string()),
            UnitKind::Money => {
                value = value.checked_mul(at.unit.factor)?.normalize();
                (Kind::Money, rules.money, at.unit.name.to_string())
            }
            UnitKind::Measure | UnitKind::Length => (Kind::Measure, rules.measure, unit_name(&at)),
            UnitKind::Score => match self.scored_noun(amount, &at) {
                Some(end) => return Some(self.count(amount, amount.end, end, rules.noun)),
                None => (Kind::Score, rules.score, at.unit.name.to_string()),
            },
            UnitKind::Duration => (Kind::Count, rules.duration, at.unit.name.to_string()),
            UnitKind::Count | UnitKind::StrictCount => {
                let title = self.token(amount.end).is_some_and(|t| t.case == Case::Title);
                if amount.yearlike() && at.kind != UnitKind::StrictCount {
                    return None;
                }
                let sure =
                    at.kind == UnitKind::StrictCount || amount.padded || amount.value > Decimal::from(31);
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
        if matches!(at.kind, UnitKind::Percent | UnitKind::Measure | UnitKind::Length | UnitKind::Money)
            && decimal_sure(amount, value)
        {
            ambiguous = amount.ambiguous && amount.other.is_none();
        }
        let mut end = at.end;
        let mut found = Found::new(amount.start..end, kind, rule);
        found.value = Some(value);
        found.unit = Some(unit);
        found.ambiguous = ambiguous;
        if let Some((per, after)) = self.per(end) {
            if kind == Kind::Measure {
                found.unit = found.unit.map(|u| format!("{u}/{per}"));
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

    /// "thu ngân sách ước 1.234,5 tỷ, đạt dự toán": billions of nothing else are of đồng; of millions the words before
    /// must speak of money.
    pub(super) fn money_by_scale(&self, start: usize, amount: &Amount, scale: Decimal) -> Option<Found> {
        let billions =
            scale >= Decimal::from(1_000_000_000u64) && scale < Decimal::from(1_000_000_000_000_000u64);
        let millions = scale == Decimal::from(1_000_000u64);
        if !(billions || millions)
            || self.unit_after(amount.end).is_some()
            || self.open_noun(amount.end).is_some()
        {
            return None;
        }
        let next = self.token(amount.end);
        if next.is_some_and(|t| follows(t) && t.kind == TokenKind::Word && t.case != Case::Lower) {
            return None;
        }
        let floor = self.segment_start(start);
        let money = || (floor..start).any(|i| self.words.money_names.at(&self.work.tokens, i).is_some());
        if millions && !money() {
            return None;
        }
        let mut found = Found::new(start..amount.end, Kind::Money, self.words.rules.money);
        found.value = Some(amount.value);
        found.unit = Some("VND".to_string());
        found.ambiguous = amount.ambiguous;
        if let Some((per, end)) = self.per(amount.end) {
            found.per = Some(per);
            found.tokens.end = end;
        }
        Some(found)
    }

    /// "59 điểm mỏ", "144 điểm sạt lở": places, not points.
    fn scored_noun(&self, amount: &Amount, at: &UnitAt<'_>) -> Option<usize> {
        let next = self.token(at.end)?;
        let place = amount.whole() && !amount.scaled() && self.continues(next) && next.gap != Gap::Glued;
        if !place || self.words.bound_after.at(&self.work.tokens, at.end).is_some() {
            return None;
        }
        let second = self.token(at.end + 1).is_some_and(|t| self.continues(t));
        Some(at.end + 1 + usize::from(second))
    }

    pub(super) fn count(
        &self,
        amount: &Amount,
        noun: usize,
        end: usize,
        rule: crate::patterns::rule::RuleId,
    ) -> Found {
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
    pub(super) fn per(&self, slash: usize) -> Option<(String, usize)> {
        let mut at = slash;
        let mut out = String::new();
        while self.is(at, '/') && self.token(at).is_some_and(|t| matches!(t.gap, Gap::Glued | Gap::Space)) {
            let mut from = at + 1;
            self.token(from).filter(|t| follows(t))?;
            if let Some(numeral) = self.numeral_at(from) {
                // "/6 tháng", "/100 dân"
                from = numeral.end;
            }
            let Some(token) = self.token(from).filter(|t| follows(t) && t.kind == TokenKind::Word) else {
                break;
            };
            let end = match self.unit_after(from) {
                Some(unit) => unit.end,
                None if token.case == Case::Title => break,
                None => from + 1,
            };
            if !out.is_empty() {
                out.push('/');
            }
            out.push_str(&one_line(self.work.words(at + 1..end)));
            at = end;
        }
        (!out.is_empty()).then_some((out, at))
    }

    /// A number glued to the word before it, or to one after it that is no unit: K8, 5G.
    fn glued(&self, numeral: Numeral) -> Option<crate::patterns::rule::RuleId> {
        let reason = Some(self.words.rules.none_glued);
        let first = self.token(numeral.first)?;
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
        let joined = after.gap == Gap::Glued && after.kind == TokenKind::Word;
        if joined && self.unit_after(numeral.end).is_none() && self.scale_at(numeral.end).is_none() {
            return reason;
        }
        None
    }

    /// "Nhóm 1", "quận 3": the number labels the noun before it.
    fn labelled(&self, amount: &Amount) -> Option<crate::patterns::rule::RuleId> {
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
        // "tổng số 45 hồ sơ", "số hộ 45"
        let total = amount.start.checked_sub(2).map(|i| self.work.word(i).to_lowercase()).unwrap_or_default();
        if matches!(total.as_str(), "tổng" | "trong" | "con") && unit.is_some() {
            return None;
        }
        if unit.is_some_and(|u| u.kind == UnitKind::StrictCount) && amount.value > Decimal::from(31) {
            return None;
        }
        Some(self.words.rules.none_label)
    }

    /// "2 nội dung sau", "cả 2 hạng mục".
    fn trivial(&self, found: &Found, amount: &Amount) -> bool {
        if found.kind != Kind::Count || amount.value > Decimal::TEN {
            return false;
        }
        let all = amount.start.checked_sub(1).map(|i| self.work.word(i).to_lowercase()).unwrap_or_default();
        let idle = (0..5).map(|n| found.tokens.end + n).take_while(|&i| {
            i == found.tokens.end
                || self
                    .token(i - 1)
                    .is_some_and(|t| follows(t) && t.kind == TokenKind::Word && t.case == Case::Lower)
        });
        (all == "cả" && self.work.word(amount.start.saturating_sub(2)).to_lowercase() != "tất")
            || idle.into_iter().any(|i| {
                self.token(i).is_some_and(follows)
                    && self.words.trivial_after.at(&self.work.tokens, i).is_some()
            })
    }

    /// A span of time: a quantity where a norm or a result is meant.
    fn duration(&self, amount: &Amount) -> Outcome {
        let cue = self.words.duration_before.before(&self.work.tokens, amount.start).is_some();
        match self.with_unit(amount) {
            Some(found) if cue && !amount.yearlike() => Outcome::Items(vec![found]),
            _ => Outcome::Nothing(self.words.rules.none_time),
        }
    }

    /// "từ 5 đến 10%": both ends, with the unit and scale of the upper one.
    fn range(&self, low: &Amount) -> Option<Vec<Found>> {
        let token = self.token(low.end).filter(|t| follows(t))?;
        let (n, ()) = self.words.range.at(&self.work.tokens, low.end)?;
        let dash = token.kind == TokenKind::Punct;
        let numeral =
            self.numeral_at(low.end + n).filter(|_| self.token(low.end + n).is_some_and(follows))?;
        if dash && token.gap == Gap::Line && self.token(low.end + n).is_some_and(|t| t.gap == Gap::Space) {
            // A dash at the start of a line may be a list mark.
            self.token(low.start).filter(|t| t.gap != Gap::Para)?;
        }
        let high = self.amount(numeral).ok()?;
        if low.scaled() && !high.scaled() || low.value > high.value && low.base > high.base {
            return None;
        }
        let upper = self.with_unit(&high).or_else(|| self.open_count(&high))?;
        let sure = low.plain && high.plain && !high.scaled() && low.yearlike();
        if sure || upper.kind == Kind::Score && !low.whole() && dash && high.value > Decimal::ONE_HUNDRED {
            return None;
        }
        if upper.rule == self.words.rules.duration
            && self.words.duration_before.before(&self.work.tokens, low.start).is_none()
        {
            return None;
        }
        let mut lower = upper.clone();
        lower.tokens = low.start..low.end;
        let factor =
            upper.value.and_then(|v| if high.value.is_zero() { None } else { v.checked_div(high.value) });
        let scaled = if low.scaled() { low.value } else { low.base.checked_mul(high.scale)? };
        lower.value = scaled.checked_mul(factor.unwrap_or(Decimal::ONE)).map(|v| v.normalize());
        lower.rule = self.words.rules.range;
        lower.ambiguous = low.ambiguous && low.other.is_none();
        Some(vec![lower, upper])
    }

    /// A number and a noun that no lexicon knows.
    pub(super) fn open_count(&self, amount: &Amount) -> Option<Found> {
        if amount.yearlike() || (!amount.whole() && amount.plain) {
            return None;
        }
        let end = self.open_noun(amount.end)?;
        let before = amount.start.checked_sub(1).and_then(|i| self.token(i));
        if before.is_some_and(|b| b.kind == TokenKind::Word && (self.vague(b) || self.named(b, amount))) {
            return None;
        }
        let found = self.count(amount, amount.end, end, self.words.rules.open);
        (!self.trivial(&found, amount)).then_some(found)
    }

    /// "A Lưới 5 tiếp", "Nghị quyết 57 xác định": the number belongs to a name.
    fn named(&self, before: &Token, amount: &Amount) -> bool {
        let name = before.case != Case::Lower && before.gap != Gap::Para && before.gap != Gap::Line;
        let number =
            amount.plain && !amount.padded && !amount.scaled() && amount.value < Decimal::ONE_HUNDRED;
        number && (name || self.words.labels_weak.has(before))
    }

    /// A number with nothing after it, whose noun stands before a colon, "là" or "đạt": "Tổng số hồ sơ: 1.986".
    fn bare(&self, amount: &Amount) -> Option<Found> {
        let ends = self.token(amount.end).is_none_or(|t| {
            matches!(t.gap, Gap::Line | Gap::Para | Gap::Tab)
                || t.kind == TokenKind::Punct && [';', '.', ',', ')', '|', '(', '*'].iter().any(|&c| t.is(c))
        });
        let lead = amount.start.checked_sub(1)?;
        let colon = self.is(lead, ':');
        let verb = matches!(self.work.word(lead), "là" | "đạt");
        if !ends || !(colon || verb) || self.token(amount.start).is_none_or(|t| t.gap == Gap::Para) {
            return None;
        }
        let floor = self.segment_start(lead);
        if !amount.whole() && (floor..lead).any(|i| self.words.index_names.at(&self.work.tokens, i).is_some())
        {
            let mut found = Found::new(amount.start..amount.end, Kind::Score, self.words.rules.index);
            found.value = Some(amount.value);
            found.unit = Some("điểm".to_string());
            return Some(found);
        }
        if colon
            && self.is(lead - 1, ')')
            && let Some(found) = self.unit_in_parentheses(amount, floor, lead - 1)
        {
            return Some(found);
        }
        let mut i = floor;
        while i < lead {
            if let Some((n, ())) = self.words.head_count.at(&self.work.tokens, i)
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
        None
    }

    /// "Diện tích (ha): 12,5": the unit in parentheses before the colon.
    fn unit_in_parentheses(&self, amount: &Amount, floor: usize, close: usize) -> Option<Found> {
        let open = (floor..close).rev().find(|&i| self.is(i, '('))?;
        self.unit_of_heading(amount, open + 1..close, self.words.rules.head)
    }

    /// An item whose unit stands in a heading: "triệu đồng", "ha", "hồ sơ".
    pub(super) fn unit_of_heading(
        &self,
        amount: &Amount,
        heading: std::ops::Range<usize>,
        rule: crate::patterns::rule::RuleId,
    ) -> Option<Found> {
        let mut at = heading.start;
        let mut scale = Decimal::ONE;
        if let Some(numeral) =
            self.work.ledger.numerals().iter().find(|n| n.first == at && n.end < heading.end)
        {
            // "1.000 đồng", "1000 tấn"
            scale =
                crate::recognise::number::read(self.work.words(numeral.first..numeral.end), self.convention)
                    .ok()?
                    .value;
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
            UnitKind::Percent => (Kind::Percentage, "%".to_string()),
            UnitKind::PerMille => (Kind::Measure, "‰".to_string()),
            UnitKind::Money => (Kind::Money, unit.name.to_string()),
            UnitKind::Measure | UnitKind::Length => {
                (Kind::Measure, unit_name(&UnitAt { end: at, kind: unit.kind, unit, power }))
            }
            UnitKind::Score => (Kind::Score, unit.name.to_string()),
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
                found.unit = Some(format!("{name}/{per}"));
            }
            found.per = Some(per);
        }
        found.unit = found.unit.or(Some(name));
        found.value = Some(value);
        let whole = matches!(kind, Kind::Count);
        if whole && let Some(other) = amount.other.filter(|_| !scale_changes(scale)) {
            found.value = Some(other);
        }
        found.ambiguous = amount.ambiguous && (whole || amount.other.is_none());
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

fn scale_changes(scale: Decimal) -> bool {
    scale != Decimal::ONE
}

/// With these units one comma and three digits are decimal: 27,397 ha.
fn decimal_sure(amount: &Amount, _value: Decimal) -> bool {
    amount.other.is_some()
}

fn unit_name(at: &UnitAt<'_>) -> String {
    match at.power {
        Some(power) => format!("{}{power}", at.unit.name),
        None => at.unit.name.to_string(),
    }
}

/// White space as single spaces, none about slashes.
pub(super) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() && !out.ends_with('/') && !word.starts_with('/') {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
