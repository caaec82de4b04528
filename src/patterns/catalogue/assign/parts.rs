//! Parts that are not their indicator: a kind of what it counts, or the part of a part.
//!
//! "229 hợp tác xã, trong đó 189 hợp tác xã nông nghiệp": the second is not how many there are.

use std::collections::HashMap;

use smol_str::SmolStr;

use crate::patterns::catalogue::Catalogue;
use crate::record::Indicator;

/// Most words of a name that says nothing without its whole: "xuất khẩu".
const BARE: usize = 2;

/// Takes the id from the parts of what is itself only a part of its indicator: of "kim ngạch xuất nhập khẩu qua cửa khẩu 98
/// triệu USD, trong đó xuất khẩu 41 triệu USD" the exports are those of the border gate alone.
pub(super) fn clear_limited(indicators: &mut [Indicator], limited: &[bool]) {
    let wholes: Vec<SmolStr> = indicators
        .iter()
        .zip(limited)
        .filter(|(i, limited)| **limited && i.table.is_none())
        .map(|(i, _)| SmolStr::new(&i.id))
        .collect();
    // "chi đầu tư xây dựng cơ bản" says itself what it is.
    let bare = |i: &&mut Indicator| i.name.as_deref().is_some_and(|n| n.split(' ').count() <= BARE);
    for item in indicators.iter_mut().filter(|i| i.indicator.is_some() && i.table.is_none()).filter(bare) {
        if item.part_of.as_ref().is_some_and(|whole| wholes.iter().any(|w| w == whole.as_str())) {
            item.indicator = None;
        }
    }
}

/// Takes the id from what is only a kind of its whole. A part that its place, period or scope tells apart keeps it.
pub(super) fn clear(catalogue: &Catalogue, indicators: &mut [Indicator]) {
    if indicators.iter().all(|i| i.part_of.is_none()) {
        return;
    }
    let at: HashMap<SmolStr, usize> = indicators.iter().enumerate().map(|(n, i)| (i.id.clone(), n)).collect();
    let whole = |part: &Indicator| indicators.get(*at.get(part.part_of.as_ref()?)?);
    let kinds: Vec<bool> =
        indicators.iter().map(|i| whole(i).is_some_and(|w| is_kind(catalogue, i, w))).collect();
    for (item, kind) in indicators.iter_mut().zip(kinds) {
        if kind {
            item.indicator = None;
        }
    }
}

/// Whether a part is not what its indicator means.
fn is_kind(catalogue: &Catalogue, part: &Indicator, whole: &Indicator) -> bool {
    is_of_other(catalogue, part, whole) || is_told_by_unit(part, whole) || is_narrower(part, whole)
}

/// One that is told as the part of another thing than its own whole: "chi cho y tế 2.945 tỷ đồng, trong đó chi thường
/// xuyên".
fn is_of_other(catalogue: &Catalogue, part: &Indicator, whole: &Indicator) -> bool {
    let own = part.indicator.as_deref().and_then(|id| catalogue.get(id)).map(|e| e.within.as_slice());
    // Whatever its words may mean: "tổng chi" of a place, or "chi cho y tế".
    let name = whole.name.as_deref().unwrap_or_default();
    let may_mean = |id: &String| catalogue.get(id).is_some_and(|e| catalogue.accounts_for(e, name, ""));
    own.is_some_and(|within| !within.is_empty() && !within.iter().any(may_mean))
}

/// "44 thủ tục được rút ngắn, trong đó 20 thủ tục cấp tỉnh": of what the whole is, however it is called.
fn is_told_by_unit(part: &Indicator, whole: &Indicator) -> bool {
    let told = part.name.as_deref().is_some_and(|n| {
        let rest = n.strip_suffix(part.scope.as_deref().unwrap_or("")).map_or(n, str::trim_end);
        part.unit.as_deref().is_some_and(|unit| rest.eq_ignore_ascii_case(unit))
    });
    told && part.unit == whole.unit && part.kind == whole.kind && part.indicator != whole.indicator
}

/// Both are of one indicator, and nothing but a longer name sets the part apart.
fn is_narrower(part: &Indicator, whole: &Indicator) -> bool {
    let words = |i: &Indicator| i.name.as_deref().map_or(0, |n| n.split(' ').count());
    let alike = part.indicator.is_some() && part.indicator == whole.indicator && part.kind == whole.kind;
    // "Hộ nghèo, cận nghèo 75 hộ, trong đó hộ nghèo 31 hộ": here the part is what the indicator means.
    // Of one name both: nothing sets the part apart.
    alike
        && words(part) >= words(whole)
        && part.scope == whole.scope
        && part.place == whole.place
        && part.period == whole.period
}
