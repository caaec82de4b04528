//! Both ends of a range: "từ 5 đến 10%", "60-65 USD/tấn", "3 - 4 tỷ đồng".

use rust_decimal::Decimal;

use super::amount::{Amount, follows};
use super::{Found, Kind, Scan};
use crate::patterns::indicators::UnitKind;
use crate::words::token::{Gap, Kind as TokenKind};

/// The most that the ends of a range lie apart where the lower leaves its thousands out, in thousands.
const TEN_THOUSAND: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);

impl Scan<'_, '_> {
    /// "từ 5 đến 10%": both ends, with the unit and scale of the upper one.
    pub(super) fn range(&self, low: &Amount) -> Option<Vec<Found>> {
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
        // "từ 15 - 17 tuổi"
        if self.unit_after(high.end).is_some_and(|u| matches!(u.kind, UnitKind::None(_))) {
            return None;
        }
        if low.scaled() && !high.scaled() || low.value > high.value && low.base > high.base {
            return None;
        }
        let currency = self.currency_before(low.start).filter(|_| self.unit_after(high.end).is_none());
        let upper = currency
            .and_then(|(_, unit)| self.money_of(&high, unit))
            .or_else(|| self.with_unit(&high))
            .or_else(|| self.money_by_scale(high.start, &high, high.scale))
            .or_else(|| self.open_count(&high))?;
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
        lower.tokens = currency.map_or(low.start, |c| c.0)..low.end;
        let factor =
            upper.value.and_then(|v| if high.value.is_zero() { None } else { v.checked_div(high.value) });
        let scaled = if low.scaled() { low.value } else { low.base.checked_mul(high.scale)? };
        lower.value = scaled.checked_mul(factor.unwrap_or(Decimal::ONE)).map(|v| v.normalize());
        lower.rule = self.words.rules.range;
        lower.ambiguous = low.ambiguous;
        // "450 - 500.000 ha" speaks of thousands at both ends.
        let thousands = dash
            && low.plain
            && !low.scaled()
            && !high.scaled()
            && low.base < Decimal::ONE_THOUSAND
            && high.base >= Decimal::ONE_THOUSAND
            && (high.base % Decimal::ONE_THOUSAND).is_zero()
            && low.base.checked_mul(TEN_THOUSAND).is_some_and(|v| v >= high.base);
        if thousands {
            lower.value = lower.value.and_then(|v| v.checked_mul(Decimal::ONE_THOUSAND));
            lower.ambiguous = true;
        }
        Some(vec![lower, upper])
    }
}
