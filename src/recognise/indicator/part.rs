//! Parts of a count that leave the noun out: "1.733 thủ tục: cấp tỉnh 1.311, cấp huyện 282".

use rust_decimal::Decimal;

use super::amount::{Amount, follows};
use super::{Found, Kind, Scan};
use crate::recognise::ledger::Numeral;
use crate::text::token::{Case, Kind as TokenKind};

impl Scan<'_, '_> {
    /// The part that a bare number is of a count before it in the same sentence.
    pub(super) fn part(&self, numeral: Numeral, found: &[Found]) -> Option<Found> {
        let amount = self.amount(numeral).ok()?;
        if !amount.whole()
            || amount.scaled()
            || amount.yearlike()
            || !self.ends_member(&amount)
            || self.list_mark(&amount)
        {
            return None;
        }
        let before = self.token(amount.start.checked_sub(1)?)?;
        let word = before.kind == TokenKind::Word
            && !self.words.labels.has(before)
            && !self.words.ends.has(before)
            && before.case != Case::Upper;
        if !(word || before.is(':')) || !self.token(amount.start).is_some_and(follows) {
            return None;
        }
        let floor = self.segment_start(amount.start);
        let whole =
            found.iter().rev().take_while(|f| f.tokens.start >= floor).find(|f| self.opens_parts(f))?;
        let parts = found.iter().rev().take_while(|f| f.tokens.start > whole.tokens.start);
        let sum: Decimal = parts.filter(|f| f.rule == self.words.rules.part).filter_map(|f| f.value).sum();
        if whole.value? < amount.value.checked_add(sum)? {
            return None;
        }
        let mut part = Found::new(amount.start..amount.end, Kind::Count, self.words.rules.part);
        part.value = Some(amount.value);
        part.unit = whole.unit.clone();
        part.ambiguous = amount.ambiguous;
        Some(part)
    }

    /// A mark after the number: the member of the list ends.
    fn ends_member(&self, amount: &Amount) -> bool {
        self.token(amount.end).is_none_or(|t| {
            !follows(t)
                || [',', ';', ')', '.', '|'].iter().any(|&c| t.is(c))
                || self.work.word(amount.end) == "và"
        })
    }

    /// A count that a colon, a bracket or "trong đó" follows.
    fn opens_parts(&self, whole: &Found) -> bool {
        if whole.kind != Kind::Count || whole.unit.is_none() || whole.rule == self.words.rules.part {
            return false;
        }
        let end = whole.tokens.end;
        // The noun phrase may go on: "41 văn bản quy phạm pháp luật (…".
        let open =
            (end..end + 8).find(|&i| self.token(i).is_none_or(|t| t.kind != TokenKind::Word || !follows(t)));
        let Some(open) = open else { return false };
        let gathers = (end..open).any(|i| matches!(self.work.word(i), "gồm"));
        let within =
            matches!((self.work.word(open + 1), self.work.word(open + 2)), ("trong", "đó") | ("bao", "gồm"));
        self.is(open, ':') || self.is(open, '(') || gathers || within && self.is(open, ',')
    }
}
