//! The time that a sentence nearby told: "khi đó", the parts of a whole, a sentence between two of one time.

use super::text::right_before;
use super::{Date, SENTENCE, Time, Times};
use crate::claim::date::{Kind, Role as DateRole};
use crate::claim::indicator::{Found, Role};
use crate::facts::frame::spoken::SPOKEN;
use crate::record::Basis;
use crate::words::token::Gap;

/// How far before its figure "khi đó" stands, in tokens.
const THEN: usize = 6;
/// How far behind a whole the sentence on its parts begins, in tokens.
const WHOLE: usize = 40;

impl Times<'_, '_> {
    /// "tăng 2,6 lần so với cuối năm 2018, khi đó chỉ mới 344 người": the time right before such words.
    pub(super) fn back_then(&self, item: &Found) -> Option<Time> {
        let words = &self.work.patterns.frames.back_then;
        let said = |&i: &usize| words.at(&self.work.tokens, i).is_some();
        let at = right_before(item, THEN).rev().find(said)?;
        let n = self.date_before(at)?;
        // "Năm 2010 được coi là vạch xuất phát. Thời điểm đó, toàn huyện mới có 11 nhà nghỉ": that of the sentence before.
        let most = if at == self.sentence(item) { SENTENCE } else { 1 };
        let date = self.dates.get(n)?;
        let own = at - date.tokens.end <= most && date.role != DateRole::Reference;
        if own { self.dated(n, Basis::Text, "period.then") } else { None }
    }

    /// "Kim ngạch trong hai tháng đầu năm 2007 đạt 6,76 tỷ USD. Một số mặt hàng gồm: …": parts have the time of the whole
    /// that the sentence before told.
    pub(super) fn of_whole(&self, item: &Found, before: &[Found]) -> Option<Time> {
        if item.cell.is_some() || !matches!(item.role, Role::Actual | Role::Change | Role::Gap) {
            return None;
        }
        let start = self.sentence(item);
        let begins = self.work.patterns.frames.divides.at(&self.work.tokens, start).is_some();
        // A line that begins so goes on with what the line above told.
        let below = self.work.token(start).is_some_and(|t| t.gap == Gap::Line);
        let paragraph = self.paragraphs.of(if below { start.saturating_sub(1) } else { start });
        let whole = before.iter().rev().find(|p| p.tokens.start < start)?;
        let near = whole.cell.is_none()
            && whole.tokens.start >= paragraph
            && start.saturating_sub(whole.tokens.end) <= WHOLE;
        let n = whole.period.filter(|_| whole.period_basis == Basis::Text && begins && near)?;
        let told = self.dates.get(n).is_some_and(|d| d.tokens.start >= paragraph && d.kind != Kind::Day);
        self.dated(n, Basis::Text, "period.whole").filter(|t| told && !self.is_to_come(t))
    }

    /// "Khách tham quan trong tháng 10 ước đạt 334.000 lượt. Khách lưu trú ước đạt 119.000 lượt. Doanh thu trong tháng 10 …": a
    /// sentence of a paragraph between two that tell the same time.
    pub(super) fn between(&self, item: &Found) -> Option<Time> {
        if item.cell.is_some() || !matches!(item.role, Role::Actual | Role::Change) {
            return None;
        }
        let next = self.paragraphs.next(item.tokens.start);
        let end = self.paragraphs.start(next).unwrap_or(self.work.tokens.len());
        let start = self.paragraphs.of(item.tokens.start);
        let n = self.date_before(item.tokens.start)?;
        let before = self.dates.get(n).filter(|d| d.tokens.start >= start)?;
        let after = self.dates.get(n + 1).filter(|d| d.tokens.end <= end)?;
        let same = (before.start, before.end) == (after.start, after.end);
        // Another sentence than those of the times: their own figures have been asked for.
        let apart = before.tokens.start < self.sentence(item)
            && after.tokens.start >= self.work.token_at(item.sentence.end);
        let held = same && apart && self.may_hold(before) && self.may_hold(after);
        if held { self.dated(n, Basis::Text, "period.between") } else { None }
    }

    /// Whether a date may be the time of the sentences beside its own.
    fn may_hold(&self, date: &Date) -> bool {
        let versus = &self.work.patterns.frames.versus;
        date.role != DateRole::Reference
            && date.kind != Kind::Day
            && date.inferred != Some(SPOKEN)
            && versus.before(&self.work.tokens, date.tokens.start).is_none()
    }
}
