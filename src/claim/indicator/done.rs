//! Counts whose noun was told before them in their sentence: "tiếp nhận 684 hồ sơ; đã giải quyết 651, còn 33". What was done with
//! what is counted stands right before the bare number.

use rust_decimal::Decimal;

use super::amount::{Amount, follows};
use super::{Found, Kind, Scan};

/// How many figures back what is counted may stand.
const BACK: usize = 6;
/// Most tokens from it to the bare number.
const REACH: usize = 60;
/// Most tokens between two members of a list: "(thiếu 1.172), kế đến tiểu học 1.035".
const MEMBER: usize = 6;

impl Scan<'_, '_> {
    /// The count that a bare number is of what its sentence counts.
    pub(super) fn done_with(&self, amount: &Amount, found: &[Found]) -> Option<Found> {
        if amount.padded || !self.is_bare(amount) {
            return None;
        }
        let done = self.words.done_before.before(&self.work.tokens, amount.start).is_some();
        if !done && !self.goes_on_with(amount, found) {
            return None;
        }
        let near = found.iter().rev().take(BACK).filter(|f| f.kind == Kind::Count && f.unit.is_some());
        let whole = near.into_iter().find(|f| f.value.is_some_and(|v| v >= amount.value))?;
        let between = whole.tokens.end..amount.start;
        let same =
            between.len() <= REACH && between.clone().all(|i| !self.is(i, ':') && !self.ends_sentence(i));
        same.then(|| self.member_of(amount, whole))
    }

    /// "…, kế đến tiểu học 1.035": behind a comma and a part that leaves the noun out, too.
    fn goes_on_with(&self, amount: &Amount, found: &[Found]) -> bool {
        let Some(last) = found.last().filter(|f| f.rule == self.words.rules.part) else { return false };
        let between = last.tokens.end..amount.start;
        let words = between.clone().filter(|&i| self.work.is_word(i)).count();
        let comma = between.clone().any(|i| self.is(i, ','));
        let at = amount.start.saturating_sub(1);
        let word = self.work.is_word(at) && self.token(at).is_some_and(follows) && !self.is_label(at);
        amount.value > Decimal::ONE
            && comma
            && (1..=MEMBER).contains(&words)
            && between.len() <= 2 * MEMBER
            && word
    }
}
