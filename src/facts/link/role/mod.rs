//! Stage 5, linking: what a quantity is to the report: actual, target, change, gap, norm.
//!
//! "đạt 97%, tăng 2%, kế hoạch 95%": the first is `actual`, the second `change`, the third `target`.

mod bound;
mod change;
mod done;
mod governed;
mod lead;
mod listed;
mod near;
mod norm;
mod plan;
mod scan;
mod time;

use super::{Linker, Place};
use crate::claim::indicator::{Direction, Found, Kind, Role};
use crate::patterns::indicators::RoleWord;

/// How many tokens back from a quantity its nearest role word may stand.
const ROLE_REACH: usize = 12;
/// The rules that go by words far from a figure.
const FAR: [&str; 4] = ["role.document", "role.heading", "role.lead", "role.aims"];
/// The rule that goes by the time of a figure.
const TIME: &str = "role.time";
/// The rule that goes by a word near a figure.
const WORD: &str = "role.word";
/// The rule that tells the base of a comparison from what is aimed at.
pub(super) const BASE: &str = "role.base";

/// A role, which way it goes, and the rule that gave it.
type Given = (Role, Option<Direction>, &'static str);

/// What stands around a quantity and may say its role.
struct Cues {
    /// How far it is from something named right before it: "thấp hơn năm 2021 là".
    than: Option<RoleWord>,
    /// The word nearest before it, or what stands for one.
    near: Option<RoleWord>,
    /// What words further off say, and which.
    further: (Option<Role>, &'static str),
}

impl Linker<'_, '_> {
    /// What a quantity is to the report: what its nearest word says, what the figures before it are, what words further off say, the
    /// document. Of a result its own words may still say that it is planned, demanded or a change.
    pub(super) fn role(&self, item: &mut Found, place: &Place<'_>) {
        let cues = self.cues(item, place);
        let given = match cues.near.filter(|w| w.role != Role::Actual) {
            Some(word) => self.role_of_word(item, place, word, &cues),
            None => self.role_of_level(item, place, &cues),
        };
        let (role, direction, why) = self.mended(item, place, cues.near.is_some(), given);
        item.why.role = why;
        let ranked = item.kind == Kind::Rank && matches!(role, Role::Change | Role::Gap);
        let (role, direction) = if ranked { (Role::Actual, None) } else { (role, direction) };
        item.role = role;
        self.without_highest(item);
        let changed = place.previous.filter(|_| role == Role::Change);
        item.direction = direction.or_else(|| changed.and_then(|p| p.direction));
    }

    /// Looks for them.
    fn cues(&self, item: &Found, place: &Place<'_>) -> Cues {
        // A place in an order has no role words of its own, and takes none from what follows it.
        let previous = place.previous.filter(|p| p.kind != Kind::Rank);
        let floor = previous.map_or(place.sentence.start, |p| p.tokens.end.max(place.sentence.start));
        let than = self.than_before(item, floor);
        let near = self
            // A sign says more than any word: "(-15 vụ)".
            .signed(item)
            // "thấp hơn năm 2021 là 2,1 điểm".
            .or(than)
            .or_else(|| self.aim_passed(item, place))
            // "tăng", "kế hoạch".
            .or_else(|| self.nearest(self.opening(item, place), floor))
            // "so với kế hoạch (30.000 lao động)".
            .or_else(|| self.plan_in_bracket(item))
            // "đạt 82,4% (tỉnh giao 80%)".
            .or_else(|| self.given_in_bracket(item))
            // "nghị quyết Huyện ủy đề ra 30%".
            .or_else(|| self.set_by_plan(item, place, floor))
            .map(|w| self.against_time(w, item, floor, place.limit))
            .map(|w| self.with_change_before(w, item, place));
        // "15.931 tỷ đồng, thêm 19,3%"
        let near = near.or_else(|| {
            let more = item.kind == Kind::Percentage && self.adds(item);
            more.then_some(RoleWord { role: Role::Change, direction: Some(Direction::Up) })
        });
        Cues { than, near, further: self.further(item, place) }
    }

    /// What words further off say; an aim that has been measured already is none.
    fn further(&self, item: &Found, place: &Place<'_>) -> (Option<Role>, &'static str) {
        let (governed, by) = self.governed(item, place);
        let far = governed == Some(Role::Target) && FAR.contains(&by);
        if far && self.against_same_time(item, place) {
            (Some(Role::Actual), "role.done")
        } else {
            (governed, by)
        }
    }

    /// The role that a word near a quantity gives it, which is no word of a result.
    fn role_of_word(&self, item: &Found, place: &Place<'_>, word: RoleWord, cues: &Cues) -> Given {
        let (governed, by) = cues.further;
        match word.role {
            Role::Target | Role::Norm => (word.role, None, WORD),
            // "thấp hơn chỉ tiêu 3,1%": the aim is only what it is measured by.
            Role::Gap if Some(word) == cues.than && by == "role.sentence" => {
                (word.role, word.direction, WORD)
            }
            // "giảm 7,9% (kế hoạch giao giảm 7%)".
            Role::Gap if self.counts_aims(item) || self.passes(item, place) => (Role::Actual, None, WORD),
            Role::Change if self.in_plan_bracket(item) => {
                (Role::Target, word.direction, "role.plan_in_bracket")
            }
            _ if governed == Some(Role::Target) => (Role::Target, word.direction, by),
            _ => (word.role, word.direction, WORD),
        }
    }

    /// The role of a quantity that no word near it calls anything but a result.
    fn role_of_level(&self, item: &Found, place: &Place<'_>, cues: &Cues) -> Given {
        let direction = || place.previous.and_then(|p| p.direction);
        // "còn 4,8% (đầu năm là 6,35%)": what had been, however the rest is aimed at.
        if self.tells_base(item) {
            return (Role::Actual, None, BASE);
        }
        // "bằng 112% so với cùng kỳ", "tương ứng 22%" after a change.
        if (item.kind == Kind::Percentage || self.adds(item)) && self.after(item, place.limit) {
            return (Role::Change, None, "role.compared");
        }
        // "tăng 24 dự án và 259 ha", "tăng 1,8%, bằng 420 con".
        if self.goes_on_changing(item, place) {
            return (Role::Change, direction(), "role.member");
        }
        if self.changes_with(item, place) {
            return (Role::Change, direction(), "role.coordinated");
        }
        if self.conditional(item, place) {
            return (Role::Norm, None, "role.condition");
        }
        let (role, by) = self.governs_norm(cues.further.0, cues.further.1);
        (role, None, by)
    }

    /// The role as a quantity's own words, or the whole it is a part of, still change it.
    fn mended(&self, item: &Found, place: &Place<'_>, near: bool, given: Given) -> Given {
        let (role, direction, why) = given;
        let other = match role {
            Role::Actual => self.not_a_result(item, place, near),
            Role::Target if FAR.contains(&why) && self.was_done(item) => Some((Role::Actual, "role.done")),
            _ => None,
        };
        other.map_or(given, |(role, why)| (role, direction, why))
    }

    /// What a quantity is that was taken for a result, and by which rule.
    fn not_a_result(&self, item: &Found, place: &Place<'_>, near: bool) -> Option<(Role, &'static str)> {
        let rules: [(&'static str, &dyn Fn() -> Option<Role>); 7] = [
            // "Tổng kế hoạch vốn năm 2022 là 5.146 tỷ đồng, trong đó vốn trung ương 2.559 tỷ đồng".
            ("role.planned", &|| self.is_planned(item, place).then_some(Role::Target)),
            ("role.whole", &|| (!near && self.part_of_plan(item, place)).then_some(Role::Target)),
            // "Tỉnh giao 26 tỷ đồng. Trong đó: chi thường xuyên 14 tỷ đồng": the parts are what the whole is.
            ("role.whole", &|| self.part_of_role(item, place)),
            ("role.aimed", &|| self.aimed_before(item, place).then_some(Role::Target)),
            ("role.limit", &|| self.limits(item).then_some(Role::Norm)),
            ("role.bound", &|| (item.cell.is_some() && self.bounded_by_mark(item)).then_some(Role::Target)),
            ("role.growth", &|| self.is_growth(item, place).then_some(Role::Change)),
        ];
        rules.iter().find_map(|(rule, role)| role().map(|role| (role, *rule)))
    }
}
