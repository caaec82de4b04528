//! Figures of one sentence set against one another: the ends of a range share their id, rivals lose theirs.
//!
//! Of "qua đào tạo 36%, trong đó đào tạo nghề 25,5%" the second is not the indicator; of "trước hạn 8.204 hồ sơ, đúng hạn
//! 739 hồ sơ" neither is, since neither is the whole.

use crate::patterns::catalogue::Catalogue;
use crate::record::Indicator;
use crate::record::quantity::Kind;

/// How many figures back one may stand that claims the same cell.
const RIVALS: usize = 6;
/// Letters of a sentence beyond which nothing between two of its items is looked at: some sentences are a book.
const LONGEST: usize = 4_000;

/// Whether two items stand in one sentence.
pub(super) fn same_sentence(a: &Indicator, b: &Indicator) -> bool {
    a.sentence.as_ref().zip(b.sentence.as_ref()).is_some_and(|(a, b)| a.span == b.span)
}

/// Gives both ends of a range the id that one of them has: "tăng trưởng bình quân 5 năm đạt khoảng 6,5 - 7%/năm".
pub(super) fn share_ends(indicators: &mut [Indicator]) {
    for n in 1..indicators.len() {
        let (head, tail) = indicators.split_at_mut(n);
        let (Some(low), Some(high)) = (head.last_mut(), tail.first_mut()) else { return };
        let one = low.range.is_some()
            && low.range == high.range
            && low.name == high.name
            && low.scope == high.scope
            && low.period == high.period
            && same_sentence(low, high);
        if one && low.indicator.is_some() != high.indicator.is_some() {
            let id = low.indicator.clone().or_else(|| high.indicator.clone());
            (low.indicator, high.indicator) = (id.clone(), id);
        }
    }
}

/// Takes the id from figures that claim one cell of a comparison: from the part of the other, or from both.
pub(super) fn clear_rivals(catalogue: &Catalogue, indicators: &mut [Indicator]) {
    let mut cleared: Vec<usize> = Vec::new();
    for later in 1..indicators.len() {
        let Some(item) = indicators.get(later).filter(|i| i.indicator.is_some() && i.table.is_none()) else {
            continue;
        };
        let near = indicators.get(later.saturating_sub(RIVALS)..later).unwrap_or(&[]);
        let first = later - near.len();
        let numbered = near.iter().enumerate().map(|(n, p)| (first + n, p));
        let Some((at, other)) = numbered.rev().find(|(_, p)| claim_one(p, item)) else { continue };
        if catalogue.derive.opens_parts(&catalogue.folder.read(&between(other, item))) {
            cleared.push(later);
        } else if item.kind == Kind::Count {
            cleared.extend([at, later]);
        }
    }
    for at in cleared {
        if let Some(item) = indicators.get_mut(at) {
            item.indicator = None;
        }
    }
}

/// Whether two figures claim one cell with different values.
fn claim_one(p: &Indicator, item: &Indicator) -> bool {
    same_sentence(p, item)
        && p.indicator == item.indicator
        && (p.kind == item.kind && p.unit == item.unit)
        && (p.role == item.role && p.direction == item.direction)
        && (p.place == item.place && p.scope == item.scope && p.period == item.period)
        && p.value != item.value
        && p.range.is_none()
        && (p.name != item.name || item.kind == Kind::Count && set_apart(p, item))
}

/// Whether a semicolon stands between two items of a sentence: "đường sắt 20 vụ, chết 16 người; đường thủy 3 vụ, chết 1 người".
fn set_apart(a: &Indicator, b: &Indicator) -> bool {
    between(a, b).contains(';')
}

/// The words between two items of a sentence; none where they stand far behind its beginning.
fn between(a: &Indicator, b: &Indicator) -> String {
    let Some(sentence) = &b.sentence else { return String::new() };
    let (from, to) = (a.span[1].saturating_sub(sentence.span[0]), b.span[0].saturating_sub(sentence.span[0]));
    if to > LONGEST {
        return String::new();
    }
    sentence.text.chars().skip(from).take(to.saturating_sub(from)).collect()
}
