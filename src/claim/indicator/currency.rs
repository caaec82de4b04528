//! A currency before the amount: "USD 12,5 triệu", "US$ 25,3 triệu", "$4.567 triệu", "VNĐ 500.000".

use smol_str::SmolStr;

use super::amount::{Amount, follows};
use super::{Found, Kind, Scan};
use crate::patterns::indicators::{Unit, UnitKind};
use crate::words::token::{Gap, Kind as TokenKind};

impl<'a> Scan<'_, 'a> {
    /// The currency right before a token: where it begins, and which.
    pub(super) fn currency_before(&self, start: usize) -> Option<(usize, &'a Unit)> {
        self.token(start).filter(|t| t.gap <= Gap::Space)?;
        let (n, &index) = self.words.currencies.before(&self.work.tokens, start)?;
        let at = start - n;
        // "120$ 45 tấn", "12 triệu USD 45 dự án": the currency of the figure before it.
        let before = at.checked_sub(1).and_then(|i| self.token(i));
        let token = self.token(at)?;
        let taken = before.is_some_and(|t| match t.kind {
            TokenKind::Number => follows(token),
            TokenKind::Word => token.gap == Gap::Glued || self.scale_at(at - 1).is_some(),
            TokenKind::Punct => t.is('/') || t.is('.') && token.gap == Gap::Glued,
        });
        self.words.unit(index).filter(|_| !taken).map(|unit| (at, unit))
    }

    /// An amount of the currency before it; what is counted or measured by a word behind it is none.
    pub(super) fn in_currency(&self, amount: &Amount) -> Option<Found> {
        let (at, unit) = self.currency_before(amount.start)?;
        if self.unit_after(amount.end).is_some_and(|u| !matches!(u.kind, UnitKind::Duration)) {
            return None;
        }
        let mut found = self.money_of(amount, unit)?;
        found.tokens.start = at;
        Some(found)
    }

    /// An amount of a currency.
    pub(super) fn money_of(&self, amount: &Amount, unit: &Unit) -> Option<Found> {
        let mut found = Found::new(amount.start..amount.end, Kind::Money, self.words.rules.money);
        found.value = Some(amount.value.checked_mul(unit.factor)?.normalize());
        found.unit = Some(SmolStr::new(&unit.name));
        found.ambiguous = amount.ambiguous;
        if let Some((per, end)) = self.per(amount.end) {
            found.per = Some(per);
            found.tokens.end = end;
        }
        Some(found)
    }
}
