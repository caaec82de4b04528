//! Members of a count that only commas part and no list leads in: "12.206 công dân, tạm hoãn 1.174, gọi khám sức khỏe 430", "Đài Loan
//! 3.810 người, Nhật Bản 2.644".

use rust_decimal::Decimal;

use super::amount::{Amount, follows};
use super::{Found, Kind, Scan};

/// Most words of a member before its number.
const WORDS: usize = 5;
/// Most tokens from the figure before to the number.
const REACH: usize = 12;

impl Scan<'_, '_> {
    /// The member that a bare number is of the count right before it in its sentence, smaller than that. Small numbers may name a
    /// thing ("quốc lộ 14").
    pub(super) fn apart(&self, amount: &Amount, found: &[Found]) -> Option<Found> {
        if amount.padded || amount.value < Decimal::ONE_HUNDRED || !self.is_bare(amount) {
            return None;
        }
        let counts = |f: &&Found| f.kind == Kind::Count && f.unit.is_some() && f.tokens.end <= amount.start;
        let whole = found.last().filter(counts)?;
        let between = whole.tokens.end..amount.start;
        let comma = between.clone().rev().find(|&i| self.is(i, ',') || self.is(i, ';'))?;
        let words = comma + 1..amount.start;
        let said = words.clone().all(|i| self.work.is_word(i) && self.token(i).is_some_and(follows));
        let near = between.len() <= REACH && between.clone().all(|i| !self.ends_sentence(i));
        let fits = (1..=WORDS).contains(&words.len()) && said && !self.is_label(amount.start - 1) && near;
        let smaller = whole.value.is_some_and(|v| v > amount.value);
        (fits && smaller).then(|| self.member_of(amount, whole))
    }
}
