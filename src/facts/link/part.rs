//! Stage 5, linking: which quantity is part of which. "24 hội nghị, trong đó 14 hội nghị cấp tỉnh", "40 hồ sơ (25 trực
//! tuyến, 15 trực tiếp)": the whole stands before the words or the bracket that open its parts, has their unit, and is
//! not smaller.

use super::Linker;
use crate::claim::indicator::{Found, Kind, Role};

/// How many quantities back a whole is looked for.
pub(super) const WHOLES: usize = 12;

impl Linker<'_, '_> {
    /// The whole that the item at an index is a part of, as an index.
    pub(super) fn whole_of(&self, found: &[Found], index: usize) -> Option<usize> {
        let item = found.get(index).filter(|i| measured(i))?;
        for at in (index.saturating_sub(WHOLES)..index).rev() {
            let other = found.get(at)?;
            let far =
                self.sentences.number(other.tokens.start) + 1 < self.sentences.number(item.tokens.start);
            if far || other.cell.is_some() {
                return None;
            }
            let fits = measured(other)
                && other.kind == item.kind
                && (other.unit == item.unit || narrows(item, other))
                && other.role == item.role;
            if !fits {
                continue;
            }
            let not_smaller = |whole: usize| found.get(whole).is_some_and(|w| w.value >= item.value);
            if self.opens_parts(other, item) {
                return Some(at).filter(|&whole| not_smaller(whole));
            }
            // The next member of a list has the whole of the member before it.
            return other.part_of.filter(|&whole| not_smaller(whole) && self.goes_on(other, item));
        }
        None
    }

    /// Whether words or a bracket between two quantities make the second a part of the first.
    fn opens_parts(&self, whole: &Found, item: &Found) -> bool {
        let between = whole.tokens.end..item.tokens.start;
        let cue = between.clone().any(|i| self.clauses.parts.at(&self.work.tokens, i).is_some());
        let bracket = self.brackets.around(item.tokens.start);
        cue || bracket.is_some_and(|b| between.contains(&b.start))
    }

    /// Whether a list of parts still goes on: in the bracket of the member before it, or in its sentence.
    fn goes_on(&self, member: &Found, item: &Found) -> bool {
        let bracket = self.brackets.around(member.tokens.start);
        let same = self.sentences.number(member.tokens.start) == self.sentences.number(item.tokens.start);
        same && bracket == self.brackets.around(item.tokens.start)
    }
}

/// Whether a count's noun says more than the whole's, or less: "75 đơn (48 đơn khiếu nại …)".
fn narrows(item: &Found, whole: &Found) -> bool {
    let (Some(noun), Some(of)) = (item.unit.as_deref(), whole.unit.as_deref()) else { return false };
    let more = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '));
    // "218 vụ tai nạn giao thông, trong đó đường bộ 205 vụ" leaves the rest out.
    item.kind == Kind::Count && (more(noun, of) || more(of, noun))
}

/// Whether a quantity has an amount that a part can have too.
fn measured(item: &Found) -> bool {
    matches!(item.kind, Kind::Count | Kind::Money | Kind::Measure)
        && item.cell.is_none()
        && item.value.is_some()
        && matches!(item.role, Role::Actual | Role::Target)
}
