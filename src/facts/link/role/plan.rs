//! What a plan holds: "so với kế hoạch (30.000 lao động)", "Tổng kế hoạch vốn là 5.146 tỷ đồng".

use super::ROLE_REACH;
use crate::claim::indicator::{Bound, Found, Kind, Role};
use crate::facts::link::{Linker, Place};
use crate::patterns::indicators::RoleWord;
use crate::words::token::Kind as TokenKind;

/// Most words of whose plan it is between the plan and its bracket.
const PLAN_SCOPE: usize = 4;
/// Most tokens of a plan and who set it.
const PLAN_REACH: usize = 8;
/// Within so many tokens of its clause the words of a plan begin: "Tổng kế hoạch vốn".
const PLAN_BEFORE: usize = 4;

impl Linker<'_, '_> {
    /// "so với kế hoạch (30.000 lao động)": what was compared with.
    pub(super) fn plan_in_bracket(&self, item: &Found) -> Option<RoleWord> {
        let open = item.tokens.start.checked_sub(1)?;
        let bracketed = self.work.is(open, '(') && self.work.is(item.tokens.end, ')');
        if !bracketed {
            return None;
        }
        let (tokens, versus) = (&self.work.tokens, &self.work.patterns.frames.versus);
        let own = self.words.role_before.before(tokens, open).filter(|(n, word)| {
            word.role == Role::Target && self.words.compared.before(tokens, open - n).is_some()
        });
        // "cao hơn kế hoạch toàn ngành (16%)": whose plan it is may stand between.
        let whose = || {
            (open.saturating_sub(PLAN_SCOPE)..open).rev().any(|at| {
                let plan = self.clauses.of_plans.at(tokens, at).map(|(n, ())| at + n);
                plan.is_some_and(|end| end < open && self.is_hollow(&(end..open), true))
                    && versus.before(tokens, at).is_some()
            })
        };
        own.map(|(_, word)| *word)
            .or_else(|| whose().then_some(RoleWord { role: Role::Target, direction: None }))
    }

    /// "đạt 82,4% (tỉnh giao 80%)": a bracket that begins with who set its figure.
    pub(super) fn given_in_bracket(&self, item: &Found) -> Option<RoleWord> {
        let first = self.brackets.around(item.tokens.start)?.start + 1;
        let (n, ()) = self.clauses.plan_given.at(&self.work.tokens, first)?;
        let alone = self.without_bound(item.tokens.start) == first + n;
        alone.then_some(RoleWord { role: Role::Target, direction: None })
    }

    /// Whether the bracket of a figure begins with the words of a plan.
    pub(super) fn in_plan_bracket(&self, item: &Found) -> bool {
        let tokens = &self.work.tokens;
        let Some(bracket) = self.brackets.around(item.tokens.start) else { return false };
        // "(gần đạt kế hoạch đề ra, tăng từ 7,5 - 8%)"
        let near = self.clauses.plan_near.at(tokens, bracket.start + 1).map_or(0, |(n, ())| n);
        let first = bracket.start + 1 + near;
        let opens = |n: usize| {
            self.words
                .role_before
                .before(tokens, first + n)
                .is_some_and(|(m, w)| m == n && w.role == Role::Target)
        };
        let alone = (first..item.tokens.start)
            .all(|i| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word || near > 0 && t.is(',')));
        alone && item.tokens.start - first <= PLAN_REACH && (1..=PLAN_BEFORE).any(opens)
    }

    /// "đạt 110% kế hoạch năm (5,3 triệu lượt)", "nghị quyết Huyện ủy đề ra 30%": what a plan holds.
    pub(super) fn set_by_plan(&self, item: &Found, place: &Place<'_>, floor: usize) -> Option<RoleWord> {
        let tokens = &self.work.tokens;
        let bracket = self.mark_before(item.tokens.start, '(').filter(|&open| self.fills(open, item));
        let end = match bracket {
            Some(open) => open,
            None => {
                self.clauses.set_by.before(tokens, item.tokens.start).map(|(n, ())| item.tokens.start - n)?
            }
        };
        let low = if bracket.is_some() {
            end.saturating_sub(PLAN_REACH)
        } else {
            floor.max(end.saturating_sub(PLAN_REACH))
        };
        let plan =
            (low..end).rev().find_map(|i| self.clauses.of_plans.at(tokens, i).map(|(n, ())| i..i + n))?;
        let given = bracket.is_some() && self.clauses.set_by.before(tokens, end).is_some();
        // In a bracket behind a share: what the share is of, where the result has been told. Behind who gave it, "vượt chỉ
        // tiêu tỉnh giao (350 đơn vị máu)": what was given, where a result alike stands before.
        let share = self.follows_mark(plan.start, '%');
        let told = share && place.alike.or(place.broader).is_some()
            || given && place.alike.or(place.previous).is_some_and(|p| p.unit == item.unit);
        let whole = plan.end <= end && (bracket.is_none() || told);
        (whole && (given || self.is_hollow(&(plan.end..end), true)))
            .then_some(RoleWord { role: Role::Target, direction: None })
    }

    /// Whether a bracket holds a figure with its noun and no more: "(350 đơn vị máu)".
    fn fills(&self, open: usize, item: &Found) -> bool {
        let word = |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word);
        self.brackets.closing(open).is_some_and(|end| {
            item.tokens.end == end
                || end - item.tokens.start <= PLAN_BEFORE && (item.tokens.end..end).all(word)
        })
    }

    /// "vượt 2% so với chỉ tiêu 70%": the aim behind what lies above or below it.
    pub(super) fn aim_passed(&self, item: &Found, place: &Place<'_>) -> Option<RoleWord> {
        let gap = place.previous.filter(|p| p.role == Role::Gap && p.unit == item.unit)?;
        let (tokens, after) = (&self.work.tokens, gap.tokens.end);
        let than = |plan: usize| self.work.patterns.frames.versus.before(tokens, plan).map(|(n, _)| plan - n);
        let plan = |i: usize| self.clauses.of_plans.at(tokens, i).filter(|_| than(i) == Some(after));
        let end = (after..after + PLAN_SCOPE).find_map(|i| plan(i).map(|(n, ())| i + n))?;
        let rest = end..self.without_bound(item.tokens.start);
        // "vượt 11,7% so dự toán, tăng 10,5%" begins anew.
        let goes_on = !rest.clone().any(|i| self.work.is_punct(i)) && self.is_hollow(&rest, true);
        (rest.start <= rest.end && goes_on).then_some(RoleWord { role: Role::Target, direction: None })
    }

    /// "Tổng kế hoạch vốn … là 5.146 tỷ đồng": what is told of is a plan.
    pub(super) fn is_planned(&self, item: &Found, place: &Place<'_>) -> bool {
        let tokens = &self.work.tokens;
        let own = self.own_start(item.tokens.start, place)..item.tokens.start;
        let colon = || own.clone().rev().find(|&i| self.work.is(i, ':'));
        let opens = |i: usize| self.clauses.plans.at(tokens, i).is_some();
        let name = || self.before(item, place).map(|name| name.start).filter(|&i| opens(i));
        // "Đầu tư công: Kế hoạch vốn năm 2021 là …".
        let clause = || {
            let start = colon().map_or(own.start, |c| c + 1);
            (start..own.end.min(start + PLAN_BEFORE)).find(|&i| opens(i))
        };
        let money = item.kind == Kind::Money && item.cell.is_none();
        let spent = |i: usize| self.clauses.spent.at(tokens, i).is_some();
        money && name().or_else(clause).is_some_and(|start| !(start..own.end).any(spent))
    }

    /// A part of what is planned, in its sentence: "5.146 tỷ đồng, trong đó vốn trung ương 2.559 tỷ đồng (vốn nước ngoài 827 tỷ
    /// đồng)".
    pub(super) fn part_of_plan(&self, item: &Found, place: &Place<'_>) -> bool {
        let planned =
            |p: &Found| p.role == Role::Target && matches!(p.why.role, "role.planned" | "role.whole");
        place.alike.filter(|p| planned(p) && p.cell.is_none()).is_some_and(|p| {
            let between = p.tokens.end..item.tokens.start;
            let parts = |i: usize| self.clauses.parts.at(&self.work.tokens, i).is_some();
            let spent = |i: usize| self.clauses.spent.at(&self.work.tokens, i).is_some();
            let opened = p.why.role == "role.whole" || between.clone().any(parts);
            opened && !between.into_iter().any(spent)
        })
    }

    /// The role of the whole in the sentence before, where "Trong đó" opens this one.
    pub(super) fn part_of_role(&self, item: &Found, place: &Place<'_>) -> Option<Role> {
        let whole = place.whole.filter(|w| w.kind == item.kind && w.unit == item.unit)?;
        // "Trong đó, thu nội địa 5.534 tỷ đồng, bằng 41,7% dự toán": a share of its own plan is no part of a growth.
        let share = self.clauses.of_plans.at(&self.work.tokens, item.tokens.end).is_some();
        // "… tăng 11,9%. Trong đó, vùng đồng bằng tỷ lệ hộ nghèo là 4,32%": a rate of its own is no part of a growth.
        let own = self.own_start(item.tokens.start, place)..item.tokens.start;
        let rate = own.clone().any(|i| {
            self.clauses.rate_heads.at(&self.work.tokens, i).is_some()
                || self.clauses.of_whole.before(&self.work.tokens, i + 1).is_some()
        });
        // "Văn phòng Cục Thuế thu 1.207,4 tỷ đồng, đạt 74,8%": how much of the amount before it was reached.
        let reached = || {
            let at = self.without_bound(item.tokens.start);
            let level = self.words.role_before.before(&self.work.tokens, at);
            let before = |i: usize| self.words.role_before.before(&self.work.tokens, i + 1);
            let grows = |i: usize| before(i).is_some_and(|(_, word)| word.role == Role::Change);
            level.is_some_and(|(_, word)| word.role == Role::Actual)
                && !own.clone().any(grows)
                && place.previous.is_some_and(|p| p.kind != Kind::Percentage)
        };
        if whole.role == Role::Change && (rate || item.kind == Kind::Percentage && reached()) {
            return None;
        }
        let part = !share && (item.kind == Kind::Percentage || whole.value >= item.value);
        (part && matches!(whole.role, Role::Target | Role::Change)).then_some(whole.role)
    }

    /// "bảo đảm trên 95%", "tối thiểu 20 trạm"; not "đã lắp thêm 161 trạm biến áp, đảm bảo 100% số xã có điện".
    pub(super) fn aimed_before(&self, item: &Found, place: &Place<'_>) -> bool {
        let tokens = &self.work.tokens;
        let mut at = item.tokens.start;
        let aimed = |at: usize| self.clauses.aims_before.before(tokens, at).map(|(n, ())| at - n);
        let start = loop {
            if let Some(start) = aimed(at) {
                break start;
            }
            let Some((n, _)) = self.words.bound_before.before(tokens, at) else { return false };
            at -= n;
        };
        // What has been done in its sentence came to so much.
        let comma = self.follows_mark(start, ',');
        let done = |p: &Found| {
            let from = p.tokens.start.saturating_sub(ROLE_REACH).max(place.sentence.start);
            p.role == Role::Actual
                && (from..p.tokens.start).any(|i| self.clauses.done.at(tokens, i).is_some())
        };
        let followed = comma && place.previous.is_some_and(done);
        let counts = matches!(item.kind, Kind::Percentage | Kind::Count | Kind::Ratio | Kind::Money);
        counts && item.cell.is_none() && !followed
    }

    /// "≥ 55" in a cell.
    pub(super) fn bounded_by_mark(&self, item: &Found) -> bool {
        item.bound != Bound::Exact && item.tokens.start.checked_sub(1).is_some_and(|i| self.work.is_punct(i))
    }
}
