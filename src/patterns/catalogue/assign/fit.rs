//! Whether a figure is what its name means: a change or a level, a share or a growth, on its topic, and the whole of it.

use rust_decimal::Decimal;

use super::case::Case;
use crate::patterns::catalogue::{Entry, Scratch};
use crate::record::Indicator;
use crate::record::quantity::{Direction, Kind, Role};

/// From here on a percentage without "tăng" or "giảm" is what became of a hundred.
const INDEX_FROM: i64 = 80;
/// What the ids of growths end with.
const GROWTH: &str = "_growth";
/// Short names of the gross product of country and province.
const PRODUCT: [&str; 2] = ["GDP", "GRDP"];

impl<'c> Case<'c> {
    /// The fall of an indicator where the figure falls, its level where the figure is what it comes to.
    pub(super) fn turned(&self, found: &'c Entry) -> &'c Entry {
        let (item, catalogue) = (self.item, self.catalogue);
        // "phấn đấu giảm 1 - 2% tỷ lệ hộ nghèo", "còn 9,8% (giảm 2,1%)": a fall, not a rate.
        let falls = item.kind == Kind::Percentage
            && (item.role == Role::Target && !self.query.below || item.role == Role::Change)
            && item.direction.is_some();
        // "giảm hộ nghèo xuống 9%": what it is to come to, no fall.
        let comes_to = item.role != Role::Change && catalogue.arrives(self.around.before);
        match (found.change.as_deref(), comes_to) {
            (Some(id), false) if falls => catalogue.get(id).unwrap_or(found),
            (None, true) if found.falls => catalogue.level_of(found).unwrap_or(found),
            _ => found,
        }
    }

    /// "khu vực dịch vụ tăng 7%, đóng góp 2,1 điểm phần trăm": the name stands before its growth.
    pub(super) fn contribution(&self, scratch: &mut Scratch) -> Option<&'c Entry> {
        let name = self.item.name.as_deref().filter(|_| self.contributes)?;
        self.named(&format!("{name} {} {}", self.around.before.trim(), self.item.text), scratch)
    }

    /// Whether nothing in the figure, or in what governs it, speaks against an indicator.
    pub(super) fn fits(&self, found: &Entry) -> bool {
        // "Hộ nghèo … tăng 0,04%" is no fall of the poverty rate.
        let rises = self.item.role == Role::Change && self.item.direction == Some(Direction::Up);
        let other = found.id.ends_with(GROWTH) && self.is_no_growth() || found.falls && rises;
        // "hồ sơ quá hạn … đất đai chiếm 71% số hồ sơ quá hạn".
        let again = |p: &&Indicator| p.kind == Kind::Count && p.name == self.item.name;
        let of_itself = self.item.kind == Kind::Percentage
            && self.head.last().filter(again).is_some()
            && self.catalogue.is_of_name(self.item, self.around.after);
        !other && !of_itself && self.is_on_topic(found)
    }

    /// Whether a figure is an index, a share or a shortfall.
    fn is_no_growth(&self) -> bool {
        let item = self.item;
        let percentage = item.kind == Kind::Percentage;
        // "115,8 so cùng kỳ (%)" is an index of what was before, not how much it grew.
        let index = percentage
            && item.direction.is_none()
            && item.value.is_some_and(|v| v >= Decimal::from(INDEX_FROM));
        // "bằng 23,5% GDP", "đóng góp 55% tăng trưởng": a share of something, not how much it grew.
        let share = percentage && (self.contributes || is_share_of_product(self.around.after));
        // "vượt kế hoạch 7,1%" is no growth.
        index || share || item.role == Role::Gap
    }

    /// Whether what governs the figure leaves room for an indicator.
    fn is_on_topic(&self, found: &Entry) -> bool {
        found.not_above.is_empty()
            || !self.catalogue.off_topic(found, &self.lead(), self.metadata.issuer.as_deref())
    }

    /// Whether an indicator knows all words of the figure's name.
    pub(super) fn accounts(&self, found: &Entry) -> bool {
        self.catalogue.accounts_for(found, self.query.name, self.item.scope.as_deref().unwrap_or(""))
    }
}

/// Whether a share is one of the gross product: "23,5% GDP".
fn is_share_of_product(after: &str) -> bool {
    let word = after.split_whitespace().next().unwrap_or_default();
    let word = word.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | ';' | '.' | ')'));
    PRODUCT.iter().any(|p| word.eq_ignore_ascii_case(p))
}
