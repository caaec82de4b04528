//! Stage 5, linking: what a share is of that was told before it: "tỷ lệ này", the share of a ratio, the answers of those asked.

use rust_decimal::Decimal;
use smol_str::{SmolStr, format_smolstr};

use super::{Linker, Place};
use crate::claim::indicator::{Found, Kind};
use crate::words::one_line;

/// Most words of an answer: "cho biết năm qua làm ăn có lãi".
const ANSWER: usize = 10;
/// Most words before the share of those who answered: "thì".
const LEAD: usize = 2;

impl Linker<'_, '_> {
    /// "… mù chữ 43,7%. Riêng phụ nữ tỷ lệ này là trên 95%": the name of the rate that is told of again.
    pub(super) fn this_rate(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let own = self.own_start(item.tokens.start, place)..item.tokens.start;
        let again = |i: usize| self.clauses.this_rate.at(&self.work.tokens, i).is_some();
        if item.cell.is_some() || !own.into_iter().any(again) {
            return None;
        }
        let told = [place.alike, place.previous, place.earlier, place.memory];
        let like = |f: &&Found| f.kind == item.kind && f.unit == item.unit && f.cell.is_none();
        told.into_iter().flatten().find(like)?.name.clone()
    }

    /// "71/193 xã đạt chuẩn quốc gia về chống mù chữ - phổ cập tiểu học, bằng 36,8%": the share that a ratio makes.
    pub(super) fn share_of_ratio(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let ratio = place.previous.filter(|p| p.kind == Kind::Ratio && item.kind == Kind::Percentage)?;
        let (part, whole) = (ratio.numerator?, ratio.denominator?);
        let share = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
        let places = item.value?.scale();
        // As far as it is written, rounded or cut off.
        let near = (share - item.value?).abs() <= Decimal::new(1, places);
        // "5.373,4/5.373,4 triệu đồng, đạt 100% tỷ lệ thu hồi"
        let headed = self.words.name_heads.at(&self.work.tokens, item.tokens.end).is_some();
        ratio.name.clone().filter(|_| near && !headed && item.cell.is_none())
    }

    /// "khảo sát 620 phiếu thì 96,5% hài lòng": what so many of those just counted said.
    pub(super) fn answered(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let asked = place.previous.filter(|p| p.kind == Kind::Count && item.kind == Kind::Percentage)?;
        let noun = asked.unit.as_ref().filter(|_| asked.sentence == item.sentence && item.cell.is_none())?;
        let at = item.tokens.end;
        self.clauses.answers.at(&self.work.tokens, at)?;
        let own = self.own_start(item.tokens.start, place)..self.without_bound(item.tokens.start);
        let bare = own.len() <= LEAD || self.is_hollow(&own, false);
        let word = |&i: &usize| self.work.is_word(i);
        let end = at + (at..place.limit.min(at + ANSWER)).take_while(word).count();
        (bare && end > at).then(|| format_smolstr!("{noun} {}", one_line(self.work.words(at..end))))
    }

    /// "438.200 tín đồ, 23,9% dân số": a share of the whole right behind the comma is that of what was just counted.
    pub(super) fn share_beside(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let counted = place.previous.filter(|p| p.kind == Kind::Count && item.kind == Kind::Percentage)?;
        let start = self.without_bound(item.tokens.start);
        let beside = self.follows_mark(start, ',') && counted.sentence == item.sentence;
        let whole = self.clauses.shared_wholes.at(&self.work.tokens, item.tokens.end).is_some();
        let between = counted.tokens.end..start.saturating_sub(1);
        let words = between.clone().all(|i| self.work.is_word(i));
        counted.name.clone().filter(|_| beside && whole && words && item.cell.is_none())
    }
}
