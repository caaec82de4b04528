//! Where a unit lies, told beside its name: "Ea Tiêu là xã phía Bắc của huyện Cư Kuin", "Tân Nhuận Đông, xã vùng sâu của huyện
//! Châu Thành". The larger unit is not what the sentence is about, and the name before is one of the smaller kind.

use std::ops::Range;

use crate::claim::Work;
use crate::words::token::{Case, Kind};

/// Most words between the kind of a unit and the larger one it lies in.
const HOSTED: usize = 8;

/// The kind of the smaller unit, in tokens, where such words stand right before a place at `at`.
pub fn before(work: &Work<'_>, low: usize, at: usize) -> Option<Range<usize>> {
    let clauses = &work.patterns.clauses;
    let of = at.checked_sub(1).filter(|&i| work.token(i).is_some_and(|t| clauses.lies_in.has(t)))?;
    let low = low.max(of.saturating_sub(HOSTED));
    let word = |i: &usize| work.token(*i).is_some_and(|t| t.kind == Kind::Word);
    let lower = |i: usize| work.token(i).is_some_and(|t| t.case == Case::Lower);
    let kind = |i: usize| clauses.hosted.at(&work.tokens, i).map(|(n, ())| i..i + n);
    // "xã phía Bắc của", but not "xã Phú Mỹ của".
    let told = |found: &Range<usize>| {
        let before = found.start.checked_sub(1).and_then(|i| work.token(i));
        let opens = before.is_none_or(|t| t.is(',') || clauses.is_a.has(t)) || found.start == low;
        opens && lower(found.end)
    };
    (low..of).rev().take_while(word).filter_map(kind).find(told)
}
