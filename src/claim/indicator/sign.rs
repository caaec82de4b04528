//! The sign of a number: "-12,5%", "(-8,5%)", "tăng trưởng âm 6,78%"; that of a cell is read with its table.
//!
//! A dash is a minus only where it can be no mark of a list, no range and no break of a sentence: glued to the figure,
//! behind a word that leads to a value, or before something that is measured rather than counted.

use super::Scan;
use super::amount::{Amount, follows};
use crate::patterns::indicators::UnitKind;
use crate::words::token::{Case, Gap, Kind};

impl Scan<'_, '_> {
    /// Where the minus of an amount begins.
    pub(super) fn minus(&self, amount: &Amount) -> Option<usize> {
        self.minus_word(amount).or_else(|| self.minus_mark(amount))
    }

    /// "âm 6,78%", "âm trên 2%": of what is measured, nothing is counted below nought.
    fn minus_word(&self, amount: &Amount) -> Option<usize> {
        let tokens = &self.work.tokens;
        let bound = self.words.bound_before.before(tokens, amount.start).map_or(0, |(n, _)| n);
        let at = [amount.start, amount.start - bound].into_iter().find_map(|end| {
            let (n, ()) = self.words.minus_words.before(tokens, end)?;
            Some(end - n)
        })?;
        let near = (at + 1..=amount.start).all(|i| self.token(i).is_some_and(follows));
        let lower = self.token(at).is_some_and(|t| t.case == Case::Lower);
        (near && lower && !self.counts(amount)).then_some(at)
    }

    /// A mark of minus right before the digits.
    fn minus_mark(&self, amount: &Amount) -> Option<usize> {
        let (n, ()) = self.words.minus.before(&self.work.tokens, amount.start)?;
        let at = amount.start - n;
        let sign = self.token(at)?;
        let glued = self.token(amount.start).is_some_and(|t| t.gap == Gap::Glued);
        if !glued || sign.gap > Gap::Space {
            return None;
        }
        let before = at.checked_sub(1).and_then(|i| self.token(i))?;
        let stands = match before.kind {
            Kind::Word => {
                let leads = || {
                    self.words.glue.has(before)
                        || self.words.role_before.before(&self.work.tokens, at).is_some()
                };
                sign.gap == Gap::Space && (!self.counts(amount) || leads())
            }
            Kind::Punct => before.is('(') || before.is('|') || before.is(':'),
            Kind::Number => false,
        };
        stands.then_some(at)
    }

    /// Whether a noun follows that is counted rather than measured.
    fn counts(&self, amount: &Amount) -> bool {
        match self.unit_after(amount.end).map(|u| u.kind) {
            Some(UnitKind::Count | UnitKind::StrictCount | UnitKind::Duration | UnitKind::None(_)) => true,
            Some(_) => false,
            None => self.open_noun(amount.end).is_some(),
        }
    }
}
