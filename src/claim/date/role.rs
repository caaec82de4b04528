//! What a date is for: the document's own day of issue, part of a reference, the day a figure stands for, a deadline,
//! a period, or a plain mention.

use std::ops::Range;

use super::scan::Scan;
use super::value::Kind;
use super::{Context, Day};
use crate::patterns::dates::{Class, Cue};
pub use crate::record::DateRole as Role;

/// The role of an item: by where it stands, else by the words before it.
pub(super) fn of(
    scan: &Scan,
    context: &Context,
    issue: Option<Day>,
    item: &Range<usize>,
    kind: Kind,
    end: Day,
) -> Role {
    let start = item.start;
    if context.issue_range.as_ref().is_some_and(|r| r.contains(&start)) {
        return Role::Issue;
    }
    if context.in_reference(start) {
        return Role::Reference;
    }
    let tokens = &scan.work.tokens;
    let mut cue = scan.words.cues.before(tokens, start).map(|(_, cue)| *cue);
    // "trước ngày", "đến hết quý": the words may stand before "đầu" or "cuối" too.
    if cue.is_none() && start > 0 && matches!(scan.class(start - 1), Class::First | Class::Last | Class::Fill)
    {
        cue = scan.words.cues.before(tokens, start - 1).map(|(_, cue)| *cue);
    }
    // "trước 17 giờ ngày 20/5", "đến 17h00, ngày": a time of day stands between.
    if cue.is_none() {
        cue = scan.before_time(start).and_then(|at| scan.words.cues.before(tokens, at)).map(|(_, cue)| *cue);
    }
    match cue {
        // "theo chuẩn nghèo giai đoạn 2016 - 2020": a part of the standard's name.
        Some(Cue::Standard) => Role::Reference,
        _ if kind == Kind::Interval => Role::Period,
        Some(Cue::AsOf) => Role::AsOf,
        Some(Cue::Deadline) => Role::Deadline,
        Some(Cue::Until) if issue.is_some_and(|issue| end <= issue) => Role::AsOf,
        Some(Cue::Until) => Role::Deadline,
        _ if kind == Kind::Day => Role::Mention,
        _ => Role::Period,
    }
}
