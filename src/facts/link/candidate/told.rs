//! Names that a figure may take over from the figures told of before it: "112 vụ, làm chết 4 người, giảm 3 vụ".

use smol_str::SmolStr;

use super::Source;
use super::list::Candidates;
use crate::claim::indicator::{Found, Kind, Role};
use crate::facts::link::around::Around;
use crate::facts::link::class::is_of_class;
use crate::facts::link::{Linker, Place};
use crate::words::one_line;

/// So many tokens behind a share say whose it is: "98% người dân hài lòng".
const OWNED: usize = 4;

/// Most words of what sets a member of a list apart.
const MEMBER: usize = 3;

impl Linker<'_, '_> {
    /// The names of the figures told of before: the last of the sentence, of the sentence before, of what stands under the same heading.
    pub(super) fn add_told(&self, around: &Around<'_>, alone: bool, out: &mut Candidates<'_>) {
        let (item, place) = (around.item, around.place);
        let own = |name: &SmolStr| !self.is_of_another(around, alone, name);
        out.add_name(self.taken_over(item, place).filter(own), Source::Previous);
        // "SIPAS: 86,02%" opens a line: what was told before is another thing.
        let labelled = self.opens_with_label(item, place);
        let earlier = place.earlier.filter(|p| !labelled && goes_on(around, p));
        out.add_name(earlier.and_then(|p| p.name.clone()).filter(own), Source::Earlier);
        let memory = place.memory.filter(|_| !labelled);
        out.add_name(memory.and_then(|p| p.name.clone()).filter(own), Source::Memory);
    }

    /// Whether a name told before cannot be that of a quantity: it takes none, or the name is that of another member.
    pub(super) fn is_of_another(&self, around: &Around<'_>, alone: bool, name: &str) -> bool {
        alone || self.is_other_member(around, name)
    }

    /// The name of the quantity before, where this one may be told of the same: not of another unit, but for a change of the
    /// last of its own unit ("112 vụ, làm chết 4 người, giảm 3 vụ").
    fn taken_over(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        // "12 xã đủ 19 tiêu chí, nâng tổng số xã đạt chuẩn lên 57 xã": another class, or all.
        let previous = place.told.filter(|p| !is_of_class(p) || item.kind == Kind::Percentage)?;
        let share = |f: &Found| f.kind == Kind::Percentage;
        let change = matches!(item.role, Role::Change | Role::Gap);
        if share(item) || share(previous) && change || previous.unit == item.unit {
            return previous.name.clone();
        }
        let bare = || self.is_hollow(&(self.own_start(item.tokens.start, place)..item.tokens.start), false);
        let broader = place.broader.filter(|_| change || bare());
        let alike = place.alike.filter(|p| !is_of_class(p));
        let alike = Some(previous).filter(|p| p.unit == item.unit).or(alike).or(broader);
        alike.or(Some(previous).filter(|_| change)).and_then(|p| p.name.clone())
    }

    /// "trực tuyến 6.536 hồ sơ (đạt 90,6%), trực tiếp 678 hồ sơ": words of its own between a comma and the number say that a
    /// figure is another member of the list than the one with this name.
    fn is_other_member(&self, around: &Around<'_>, name: &str) -> bool {
        let (item, own) = (around.item, around.own.start..around.item.tokens.start);
        let level =
            matches!(item.kind, Kind::Count | Kind::Measure | Kind::Money) && item.role == Role::Actual;
        let comma = self.follows_mark(own.start, ',');
        let verb = self.has(&self.words.ends, own.start);
        let word = |i: usize| self.work.is_word(i) && !self.in_date(i);
        let listed =
            around.place.alike.is_some() && (1..=MEMBER).contains(&own.len()) && own.clone().all(word);
        level
            && comma
            && listed
            && !verb
            && !self.headed(&own)
            && !self.is_hollow(&own, true)
            && !name.to_lowercase().contains(&one_line(self.work.words(own)).to_lowercase())
    }

    /// Whether a figure takes no name from those told of before it: a count of all, and a share right behind "có", which is of
    /// those behind it ("lấy 1.250 phiếu khảo sát, có 98,7% người dân hài lòng").
    pub(super) fn stands_alone(&self, item: &Found, place: &Place<'_>) -> bool {
        match item.kind {
            Kind::Count => self.counts_all(item),
            Kind::Percentage => {
                let own = self.own_start(item.tokens.start, place)..item.tokens.start;
                let owns = self.has(&self.clauses.owns, own.start);
                let behind = item.tokens.end..item.tokens.end + OWNED;
                own.len() == 1 && owns && self.substance(&behind).0 > 1
            }
            _ => false,
        }
    }

    /// "Toàn huyện có 45 trường", "45 trường, trong đó 20 trường mầm non": all of them, not those told of before.
    pub(in crate::facts::link) fn counts_all(&self, item: &Found) -> bool {
        // "Toàn huyện có 5 ca": of what, only the words before tell.
        if self.is_one_of(item, &self.words.classifiers) {
            return false;
        }
        let tokens = &self.work.tokens;
        let parts = |i: usize| self.clauses.parts.at(tokens, i).is_some();
        let end = self.without_bound(item.tokens.start);
        let owned = end > 1 && self.has(&self.clauses.owns, end - 1) && self.has(&self.words.areas, end - 2);
        owned || (item.tokens.end..=item.tokens.end + 1).any(parts)
    }
}

/// Whether the last figure of the sentence before may lend its name.
fn goes_on(around: &Around<'_>, earlier: &Found) -> bool {
    let item = around.item;
    // "432 căn. Đang triển khai 418 dự án": what was counted last is another thing.
    let counts = matches!(item.kind, Kind::Count | Kind::Ratio) && !around.generic;
    let ranks = |f: &Found| matches!(f.kind, Kind::Score | Kind::Rank);
    let rate = item.kind == Kind::Count && earlier.kind == Kind::Percentage;
    (!counts || earlier.unit == item.unit)
        && (!ranks(item) || ranks(earlier))
        && (item.kind == Kind::Percentage || !is_of_class(earlier))
        && !rate
}
