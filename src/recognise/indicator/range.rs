//! Both ends of a range: "từ 5 đến 10%", "60-65 USD/tấn", "3 - 4 tỷ đồng".

use rust_decimal::Decimal;

use super::amount::{Amount, follows};
use super::{Found, Kind, Scan};
use crate::text::token::{Gap, Kind as TokenKind};

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
}
