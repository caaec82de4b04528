//! A smaller unit told of before that a sentence takes up without its name: "Cả xã có 71% người dân …".

use std::sync::Arc;

use super::{Around, Places};
use crate::claim::indicator::Found;
use crate::facts::frame::place;
use crate::record::{Level, Place};

/// How far before a figure a bare word takes up the place told of before, in tokens.
const BACK: usize = 24;

impl Places<'_, '_> {
    /// "Đàn bò của xã đạt 780 con": the place that this paragraph or the one before told of last.
    pub(super) fn told_again(&self, item: &Found, around: &Around) -> Option<Arc<Place>> {
        let paragraph = around.paragraph.filter(|_| item.scope.is_none())?;
        let (of, place) = self.told_of.as_ref()?;
        // The paragraph before is near enough: "Trưởng phòng … xã cho biết: năm 2025 xã được giao 14 tỷ đồng".
        let near = *of == Some(paragraph) || *of == self.paragraphs.above(paragraph);
        (near && self.takes_up(place.level, item)).then(|| place.clone())
    }

    /// "Tại xã Tả Phìn, nơi được chọn làm điểm, …. Cả xã có 71% người dân …": instead of the document's own unit the one
    /// that the paragraph named. `place`, `why`: what the item is told of so far, and by which rule.
    pub(super) fn taken_up(
        &self,
        item: &Found,
        around: &Around,
        place: Option<Arc<Place>>,
        why: &'static str,
    ) -> (Option<Arc<Place>>, &'static str) {
        let is_own = place.is_some() && place == self.frame.place;
        let open = is_own && item.place.is_none() && around.turn.is_none();
        let start = around.paragraph.filter(|_| open);
        let above = start.map(|start| self.paragraphs.above(start).unwrap_or(start));
        match above.and_then(|above| self.named_before(item, above)) {
            Some(place) => (Some(place), "place.taken_up"),
            None => (place, why),
        }
    }

    /// The smaller unit that the paragraph of a figure named last, where its sentence takes it up: "Cả xã có …".
    fn named_before(&self, item: &Found, paragraph: usize) -> Option<Arc<Place>> {
        let (work, own) = (self.work, self.own()?);
        let levels = [Level::District, Level::Commune].into_iter().filter(|level| *level > own.level);
        let level = levels.into_iter().find(|level| self.takes_up(*level, item))?;
        let start = work.token_at(item.sentence.start);
        // "Đến nay, toàn huyện có 12 xã được công nhận, tăng 3 xã": the whole again.
        if (start..item.tokens.start).any(|i| self.says_whole(own, i)) {
            return None;
        }
        let text = work.text.slice(work.bytes(paragraph..start.max(paragraph + 1)));
        let all = place::named(&work.patterns.places, text, self.day);
        let (_, named) = all.into_iter().rev().find(|(_, n)| n.typed && n.level() == level)?;
        self.resolved(named)
    }

    /// Whether the sentence of an item takes up the commune or district told of before: "Đàn bò của xã đạt 780 con".
    fn takes_up(&self, level: Level, item: &Found) -> bool {
        let (frames, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        let words = match level {
            Level::Commune => &frames.back_commune,
            Level::District => &frames.back_district,
            Level::Country | Level::Province => return false,
        };
        let start = self.work.token_at(item.sentence.start);
        let start = start.max(item.tokens.start.saturating_sub(BACK));
        (start..item.tokens.start).any(|i| {
            words.at(tokens, i).is_some()
                && frames.own_not.at(tokens, i).is_none()
                && frames.back_not.before(tokens, i).is_none()
        })
    }
}
