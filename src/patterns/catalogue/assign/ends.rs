//! Both ends of a range are one indicator.

use super::same_sentence;
use crate::record::Indicator;

/// Gives both ends of a range the id that one of them has: "tăng trưởng bình quân 5 năm đạt khoảng 6,5 - 7%/năm".
pub(super) fn share(indicators: &mut [Indicator]) {
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
