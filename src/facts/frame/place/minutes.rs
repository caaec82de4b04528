//! Where minutes were taken: "Hôm nay, ngày 5/3/2024, tại trụ sở UBND xã A, huyện B, …".

use super::{Named, named, seen};
use crate::claim::Work;
use crate::facts::frame::Read;
use crate::record::{EvidenceBasis, Level};
use crate::words::token::Gap;

/// The rule of these places.
const RULE: &str = "place.document.minutes";

/// Within how many bytes minutes say so.
const MINUTES: usize = 4000;
/// Within how many tokens of its beginning that sentence does.
const SITTING: usize = 48;

/// The unit, and where it is named.
pub(super) fn taken_at(work: &Work<'_>, date: Option<&str>) -> Option<(Named, Read)> {
    let frames = &work.patterns.frames;
    let last = work.token_at(MINUTES.min(work.text.s().len()));
    let today = (0..last).find(|&i| frames.minutes.at(&work.tokens, i).is_some())?;
    let ends = |i: usize| work.token(i).is_none_or(|t| t.gap >= Gap::Line || t.is(':'));
    let stop = (today + 1..today + SITTING).find(|&i| ends(i)).unwrap_or(today + SITTING);
    let at = (today..stop).find(|&i| frames.minutes_at.at(&work.tokens, i).is_some())?;
    let bytes = work.bytes(at..stop);
    let all = named(&work.patterns.places, work.text.slice(bytes.clone()), date);
    let (range, named) = all.into_iter().find(|(_, n)| n.typed || n.level() == Level::Province)?;
    let range = bytes.start + range.start..bytes.start + range.end;
    Some((named, seen(range, EvidenceBasis::Heading, RULE)))
}
