//! How exact a quantity is ("trên", "gần", "trở lên") and what it is to the report: actual, target, change, gap, norm.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{Linker, Place, tokens_of};
use crate::claim::date::Day;
use crate::claim::indicator::{Bound, Direction, Found, Kind, Role};
use crate::patterns::indicators::RoleWord;
use crate::patterns::phrases::Phrases;
use crate::words::token::{Case, Gap, Kind as TokenKind, Token, hint};

/// How many tokens back from a quantity its nearest role word may stand.
const ROLE_REACH: usize = 12;
/// Within how many tokens of a heading its rules are named.
const RULES_WITHIN: usize = 6;
/// Over how many sentences a list may go on behind its lead-in.
const LIST_SENTENCES: usize = 60;
/// How far back the words of a condition stand, in tokens.
const CONDITION_REACH: usize = 48;
/// How far from a figure what it is measured against stands, in tokens.
const SAME_TIME: usize = 40;
/// The rules that go by words far from a figure.
const FAR: [&str; 4] = ["role.document", "role.heading", "role.lead", "role.aims"];
/// The rule that goes by the time of a figure.
const TIME: &str = "role.time";
/// How far before its threshold a class is named, in tokens.
const CLASS_REACH: usize = 24;
/// How far before its bracket words say that something has been done.
const DONE: usize = 4;
/// Most tokens of a title without a mark over a list.
const TITLE_LINE: usize = 14;
/// From this month on a page tells of its year as of one that is over.
const CLOSING_MONTH: u8 = 11;
/// Most words of whose plan it is between the plan and its bracket.
const PLAN_SCOPE: usize = 4;
/// Most tokens of a plan and who set it.
const PLAN_REACH: usize = 8;
/// Within so many tokens of its clause the words of a plan begin: "Tổng kế hoạch vốn".
const PLAN_BEFORE: usize = 4;
/// Most syllables of the name in a list of changes, and of a part that one is told of.
const MEMBER: usize = 4;
const PART: usize = 6;
/// Most words that open such a part: "riêng".
const LEAD_WORDS: usize = 3;
/// A time of more than so many months that has just begun is planned for.
const BEGUN: u8 = 2;
/// How far behind the word for now its figure stands, in tokens.
const NOW_WITHIN: usize = 3;
/// How far into a sentence an order begins, in tokens.
const ORDER_WITHIN: usize = 6;
/// How many tokens behind a threshold "sẽ" or "thì" may stand.
const ENTAILS: usize = 8;
/// "trên" before fewer lĩnh vực than this says where.
const FEW: Decimal = Decimal::from_parts(20, 0, 0, false, 0);

/// The rule that tells the base of a comparison from what is aimed at.
pub(super) const BASE: &str = "role.base";

impl Linker<'_, '_> {
    /// Bound words before the number or after the unit.
    pub(super) fn bound(&self, item: &mut Found) {
        let tokens = &self.work.tokens;
        let (start, end) = (item.tokens.start, item.tokens.end);
        if let Some((n, &bound)) = self.words.bound_before.before(tokens, start) {
            // "5~10%" is a range; "đổi mới trên 4 lĩnh vực" says where.
            let tilde = n == 1
                && self.work.token(start - 1).is_some_and(|t| t.is('~'))
                && start
                    .checked_sub(2)
                    .and_then(|i| self.work.token(i))
                    .is_some_and(|t| t.kind == TokenKind::Number);
            if !(tilde || n == 1 && self.where_not_more(item)) {
                (item.bound, item.why.bound) = (bound, "bound.before");
            }
        }
        // "giảm dưới 1,5%" is less than; "tăng trên 8%" more than: the words say it themselves.
        for at in end..end + 4 {
            let Some(token) = self.work.token(at) else { break };
            if at > end && (token.kind != TokenKind::Word || matches!(token.gap, Gap::Para | Gap::Tab)) {
                break;
            }
            if let Some((_, &bound)) = self.words.bound_after.at(tokens, at) {
                (item.bound, item.why.bound) = (bound, "bound.behind");
                break;
            }
        }
    }

    /// "triển khai trên 5 địa bàn": a few of what things happen in or on.
    fn where_not_more(&self, item: &Found) -> bool {
        item.kind == Kind::Count
            && item
                .tokens
                .start
                .checked_sub(1)
                .is_some_and(|i| self.work.patterns.particles.over.has(self.work.word(i)))
            && item.value.is_some_and(|v| v < FEW)
            && (item.tokens.start..item.tokens.end)
                .any(|i| self.words.among.at(&self.work.tokens, i).is_some())
    }

    /// The sign of a change in brackets: "(+2,1%)", "(-15 vụ)".
    fn signed(&self, item: &Found) -> Option<RoleWord> {
        // "(+82,4m)" is a level.
        if item.kind == Kind::Measure && matches!(item.unit.as_deref(), Some("m" | "cm" | "°C")) {
            return None;
        }
        let first = self.work.token(item.tokens.start)?;
        let inside = first.kind == TokenKind::Punct;
        let sign = if inside { item.tokens.start } else { item.tokens.start.checked_sub(1)? };
        let before = sign.checked_sub(1).and_then(|i| self.work.token(i));
        let open = before.is_some_and(|t| t.is('('));
        // "khai khoáng +24,6%; chế biến +31,2%", "xi măng 241 nghìn tấn, +11,6%"
        let told = item.kind == Kind::Percentage
            && item.cell.is_none()
            && before.is_some_and(|t| t.kind == TokenKind::Word || t.is(','))
            && self.work.token(sign).is_some_and(|t| t.is('+') && t.gap == Gap::Space);
        let token = self.work.token(sign).filter(|_| open || told)?;
        let direction = match char::from_u32(token.word).filter(|_| token.kind == TokenKind::Punct)? {
            '+' => Direction::Up,
            '-' | '−' if inside => Direction::Down,
            _ => return None,
        };
        Some(RoleWord { role: Role::Change, direction: Some(direction) })
    }

    /// What aims or norms further off wins; then the nearest role word; then what the time says.
    pub(super) fn role(&self, item: &mut Found, place: &Place<'_>) {
        // A place in an order has no role words of its own, and takes none from what follows it.
        let previous = place.previous.filter(|p| p.kind != Kind::Rank);
        let floor = previous.map_or(place.sentence.start, |p| p.tokens.end.max(place.sentence.start));
        let than = self.than_before(item, floor);
        let near = self
            .signed(item)
            .or(than)
            .or_else(|| self.nearest(self.opening(item, place), floor))
            .or_else(|| self.plan_in_bracket(item))
            .or_else(|| self.set_by_plan(item, place, floor))
            .map(|w| self.against_time(w, item, floor, place.limit));
        let level = near.is_none_or(|w| w.role == Role::Actual);
        let compared =
            level && (item.kind == Kind::Percentage || self.adds(item)) && self.after(item, place.limit);
        // "15.931 tỷ đồng, thêm 19,3%"
        let near = near.or_else(|| {
            let more = item.kind == Kind::Percentage && self.adds(item);
            more.then_some(RoleWord { role: Role::Change, direction: Some(Direction::Up) })
        });
        let (governed, by) = self.governed(item, place);
        let far = governed == Some(Role::Target) && FAR.contains(&by);
        let (governed, by) = if far && self.against_same_time(item, place) {
            (Some(Role::Actual), "role.done")
        } else {
            (governed, by)
        };
        let (role, direction, why) = match near {
            // "còn 4,8% (đầu năm là 6,35%)": what had been, however the rest is aimed at.
            None if self.tells_base(item) => (Role::Actual, None, BASE),
            Some(word) if word.role == Role::Actual && self.tells_base(item) => (Role::Actual, None, BASE),
            Some(word) if word.role == Role::Target || word.role == Role::Norm => {
                (word.role, None, "role.word")
            }
            // "thấp hơn chỉ tiêu 3,1%": the aim is only what it is measured by.
            Some(word) if Some(word) == than && word.role == Role::Gap && by == "role.sentence" => {
                (word.role, word.direction, "role.word")
            }
            // "giảm 7,9% (kế hoạch giao giảm 7%)".
            Some(word) if word.role == Role::Gap && (self.counts_aims(item) || self.passes(item, place)) => {
                (Role::Actual, None, "role.word")
            }
            Some(word) if word.role == Role::Change && self.in_plan_bracket(item) => {
                (Role::Target, word.direction, "role.plan_in_bracket")
            }
            Some(word) if word.role != Role::Actual => match governed {
                Some(Role::Target) => (Role::Target, word.direction, by),
                _ => (word.role, word.direction, "role.word"),
            },
            // "bằng 112% so với cùng kỳ", "tương ứng 22%" after a change.
            _ if compared => (Role::Change, None, "role.compared"),
            // "tăng 24 dự án và 259 ha", "tăng 1,8%, bằng 420 con".
            _ if self.goes_on_changing(item, place) => {
                (Role::Change, place.previous.and_then(|p| p.direction), "role.member")
            }
            _ if self.coordinated(item, place)
                || self.share_of_change(item, place)
                || self.said_again(item, place)
                || self.changes_about(item, place) =>
            {
                (Role::Change, place.previous.and_then(|p| p.direction), "role.coordinated")
            }
            _ if self.conditional(item, place) => (Role::Norm, None, "role.condition"),
            _ => {
                let (role, by) = self.governs_norm(governed, by);
                (role, None, by)
            }
        };
        let (role, why) = match role {
            // "Tổng kế hoạch vốn năm 2022 là 5.146 tỷ đồng, trong đó vốn trung ương 2.559 tỷ đồng".
            Role::Actual if self.is_planned(item, place) => (Role::Target, "role.planned"),
            Role::Actual if near.is_none() && self.part_of_plan(item, place) => (Role::Target, "role.whole"),
            // "Tỉnh giao 26 tỷ đồng. Trong đó: chi thường xuyên 14 tỷ đồng": the parts are what the whole is.
            Role::Actual if self.part_of_role(item, place).is_some() => {
                (self.part_of_role(item, place).unwrap_or_default(), "role.whole")
            }
            Role::Target if FAR.contains(&why) && self.was_done(item) => (Role::Actual, "role.done"),
            Role::Actual if self.aimed_before(item, place) => (Role::Target, "role.aimed"),
            Role::Actual if self.limits(item) => (Role::Norm, "role.limit"),
            Role::Actual if item.cell.is_some() && self.bounded_by_mark(item) => (Role::Target, "role.bound"),
            Role::Actual if self.is_growth(item, place) => (Role::Change, "role.growth"),
            role => (role, why),
        };
        item.why.role = why;
        let ranked = item.kind == Kind::Rank && matches!(role, Role::Change | Role::Gap);
        let (role, direction) = if ranked { (Role::Actual, None) } else { (role, direction) };
        item.role = role;
        // "nhiệt độ cao nhất 36,8 độ" tells of one reading; as a norm it is a limit.
        let particles = &self.work.patterns.particles;
        let highest = item.bound == Bound::AtMost
            && particles.high.has(self.work.word(item.tokens.start.saturating_sub(2)))
            && particles.most.has(self.work.word(item.tokens.start.saturating_sub(1)));
        if highest && role == Role::Actual {
            item.bound = Bound::Exact;
        }
        item.direction =
            direction.or_else(|| place.previous.filter(|_| role == Role::Change).and_then(|p| p.direction));
    }

    /// "thêm 32 tỷ đồng": so much more.
    fn adds(&self, item: &Found) -> bool {
        item.cell.is_none()
            && self.clauses.adds.before(&self.work.tokens, item.tokens.start).is_some()
            && self.by_document() != Role::Norm
    }

    /// "năm 2016 vượt 38.000 tỷ đồng": a level that was passed, with no plan and nothing else that it is measured by.
    fn passes(&self, item: &Found, place: &Place<'_>) -> bool {
        let tokens = &self.work.tokens;
        let at = self.without_bound(item.tokens.start);
        let passed = item.cell.is_none()
            && item.kind != Kind::Percentage
            && self.clauses.passes.before(tokens, at).is_some()
            && self.clauses.limits.before(tokens, at).is_none();
        let measure = |i: usize| {
            self.clauses.of_plans.at(tokens, i).is_some() || self.clauses.of_bases.at(tokens, i).is_some()
        };
        let from = at.saturating_sub(ROLE_REACH).max(place.sentence.start);
        let to = (item.tokens.end + ROLE_REACH).min(place.sentence.end);
        passed && !(from..to).any(measure)
    }

    /// "vượt 11 chỉ tiêu": so many aims that were reached and more.
    fn counts_aims(&self, item: &Found) -> bool {
        let unit = item.tokens.end.checked_sub(1);
        let unit = unit.and_then(|i| {
            (0..2).find_map(|n| self.clauses.class_units.at(&self.work.tokens, i.checked_sub(n)?))
        });
        item.kind == Kind::Count && unit.is_some()
    }

    /// "cao hơn 3% so với cùng kỳ" is a change, "cao hơn 3% so với bình quân cả nước" a gap.
    fn against_time(&self, word: RoleWord, item: &Found, floor: usize, limit: usize) -> RoleWord {
        if word.role != Role::Gap || word.direction.is_none() {
            return word;
        }
        // What stands before a comma is compared in another clause.
        let low = item.tokens.start.saturating_sub(ROLE_REACH).max(floor);
        let comma = |i: &usize| self.work.token(*i).is_some_and(|t| t.is(','));
        let from = (low..item.tokens.start).rev().find(comma).map_or(low, |i| i + 1);
        let to = limit.min(item.tokens.end + ROLE_REACH);
        // "so với tháng 2 năm ngoái thì cao hơn 31%"
        let (frames, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        let before = (from..item.tokens.start).any(|i| {
            self.in_date(i) && frames.versus.before(tokens, i).is_some()
                || frames.base.before(tokens, i + 1).is_some()
                || frames.past_refs.at(tokens, i).is_some() && frames.versus.before(tokens, i).is_some()
        });
        let time = before || (from..to).any(|i| self.words.role_after.at(&self.work.tokens, i).is_some());
        RoleWord { role: if time { Role::Change } else { Role::Gap }, direction: word.direction }
    }

    /// "so với kế hoạch (30.000 lao động)": what was compared with.
    fn plan_in_bracket(&self, item: &Found) -> Option<RoleWord> {
        let open = item.tokens.start.checked_sub(1)?;
        let bracketed = self.work.token(open).is_some_and(|t| t.is('('))
            && self.work.token(item.tokens.end).is_some_and(|t| t.is(')'));
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

    /// Whether the bracket of a figure begins with the words of a plan.
    fn in_plan_bracket(&self, item: &Found) -> bool {
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

    /// Whether the bracket of a figure begins with the time of a base of comparison: "(đầu năm là 6,35%)".
    fn tells_base(&self, item: &Found) -> bool {
        let (frames, tokens) = (&self.work.patterns.frames, &self.work.tokens);
        let Some(bracket) = self.brackets.around(item.tokens.start) else { return false };
        let end = frames.base_leads.row_before(tokens, item.tokens.start);
        let opens = |n: usize| bracket.start + 1 + n == end;
        [&frames.base, &frames.base_start, &frames.base_month]
            .iter()
            .any(|words| words.before(tokens, end).is_some_and(|(n, ())| opens(n)))
    }

    /// "đạt 110% kế hoạch năm (5,3 triệu lượt)", "nghị quyết Huyện ủy đề ra 30%": what a plan holds.
    fn set_by_plan(&self, item: &Found, place: &Place<'_>, floor: usize) -> Option<RoleWord> {
        let tokens = &self.work.tokens;
        let bracket = item.tokens.start.checked_sub(1).filter(|&i| {
            self.work.token(i).is_some_and(|t| t.is('('))
                && self.work.token(item.tokens.end).is_some_and(|t| t.is(')'))
        });
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
        // In a bracket behind a share: what the share is of, where the result has been told.
        let share = plan.start.checked_sub(1).and_then(|i| self.work.token(i)).is_some_and(|t| t.is('%'));
        let whole =
            plan.end <= end && (bracket.is_none() || share && place.alike.or(place.broader).is_some());
        let given = bracket.is_some() && self.clauses.set_by.before(tokens, end).is_some();
        (whole && (given || self.is_hollow(&(plan.end..end), true)))
            .then_some(RoleWord { role: Role::Target, direction: None })
    }

    /// "thấp hơn năm 2021 là 2,1 điểm", "hơn năm 1995 trên 40 ngàn tấn", "thấp hơn 6 tháng cùng kỳ 2,1%": by how much it changed
    /// since then.
    fn than_before(&self, item: &Found, floor: usize) -> Option<RoleWord> {
        let tokens = &self.work.tokens;
        let low = floor.max(item.tokens.start.saturating_sub(ROLE_REACH));
        let mark =
            |i: &usize| self.work.token(*i).is_some_and(|t| t.is(',') || t.is(';') || t.is(':') || t.is('('));
        let low = (low..item.tokens.start).rev().find(mark).map_or(low, |i| i + 1);
        let at = |i: usize| {
            let more = self.clauses.more_than.at(tokens, i).map(|(n, ())| (n, Direction::Up));
            let less = self.clauses.less_than.at(tokens, i).map(|(n, ())| (n, Direction::Down));
            more.into_iter().chain(less).max_by_key(|(n, _)| *n).map(|(n, d)| (i + n, d))
        };
        let (behind, direction) = (low..item.tokens.start).find_map(at)?;
        let between = behind..item.tokens.start;
        let frames = &self.work.patterns.frames;
        let base = |i: usize| {
            let ends = |words: &Phrases<()>| words.before(tokens, i + 1).is_some_and(|(n, ())| n > 1);
            self.clauses.of_bases.at(tokens, i).is_some() || ends(&frames.base) || ends(&frames.base_month)
        };
        let time = between.clone().any(|i| self.in_date(i) || base(i));
        if time && self.is_hollow(&between, false) {
            return Some(RoleWord { role: Role::Change, direction: Some(direction) });
        }
        // "thấp hơn chỉ tiêu Nghị quyết HĐND tỉnh 3,1%": how far from what was aimed at.
        let plan = || between.clone().any(|i| self.clauses.of_plans.at(tokens, i).is_some());
        let share = matches!(item.kind, Kind::Percentage | Kind::Count);
        // "cao hơn mặt bằng chung toàn tỉnh 3,2%": how far from the average.
        let average = || {
            between.clone().any(|i| frames.averages.before(tokens, i + 1).is_some())
            && !self.work.patterns.particles.of.has(self.work.word(item.tokens.end))
            // "cao hơn bình quân cả nước là 42%": what that is.
            && !item.tokens.start.checked_sub(1).and_then(|i| self.work.token(i)).is_some_and(|t| {
                self.clauses.is.has(t) || self.clauses.predicates.has(t)
            })
        };
        (share && (plan() || average()) && self.is_hollow(&between, true))
            .then_some(RoleWord { role: Role::Gap, direction: Some(direction) })
    }

    /// Where the words before a quantity end: "tăng từ 7,5 - 8%" is a growth, no step from 7,5.
    fn opening(&self, item: &Found, place: &Place<'_>) -> usize {
        let start = item.tokens.start;
        let from =
            start.checked_sub(1).and_then(|i| self.work.token(i)).is_some_and(|t| self.clauses.from.has(t));
        // "giảm từ 5% trở lên" neither.
        let changes = || {
            let before = self.words.role_before.before(&self.work.tokens, start - 1);
            before.is_some_and(|(_, w)| w.role == Role::Change)
        };
        let least = from && item.bound == Bound::AtLeast && self.by_document() != Role::Norm && changes();
        let open = item.rule == self.words.rules.range || least || self.goes_to(item, place);
        start - usize::from(from && open)
    }

    /// "tăng từ 5% - 6%", "khoảng 12 ha - 15 ha": the ends of one range, each with its unit.
    pub(super) fn is_span(&self, low: &Found, high: &Found) -> bool {
        let dash = |i: usize| self.work.token(i).is_some_and(|t| t.is('-') || t.is('–'));
        let alike =
            low.kind == high.kind && low.unit == high.unit && low.value < high.value && low.cell.is_none();
        let before = low.tokens.start.checked_sub(1).and_then(|i| self.work.token(i));
        let opened = before.is_some_and(|t| self.clauses.from.has(t)) || low.bound == Bound::About;
        alike
            && opened
            && dash(low.tokens.end)
            && low.tokens.end + 1 == high.tokens.start
            && !dash(high.tokens.end)
    }

    /// "từ 5% - 6%": both ends with their unit.
    fn goes_to(&self, item: &Found, place: &Place<'_>) -> bool {
        let dash = self.work.token(item.tokens.end).is_some_and(|t| t.is('-') || t.is('–'));
        dash && place.next.is_some_and(|n| {
            n.tokens.start == item.tokens.end + 1
                && n.unit == item.unit
                && n.kind == item.kind
                && n.value > item.value
        })
    }

    /// The role word nearest before a token, not beyond the last quantity or a mark that parts clauses.
    fn nearest(&self, start: usize, floor: usize) -> Option<RoleWord> {
        let mut at = start;
        let low = start.saturating_sub(ROLE_REACH).max(floor);
        while at > low {
            if let Some((n, word)) = self.words.role_before.before(&self.work.tokens, at)
                && at - n >= floor
                && !self.in_name(at - n..at)
                && !(word.role == Role::Target && at < start && self.named(at - n))
                && !(word.role == Role::Target && self.is_neutral(at - n..at))
                && !(matches!(word.role, Role::Change | Role::Gap) && self.of_others(at - n, at..start))
            {
                // "đạt 112% dự toán và 106% nghị quyết": what the share before is a share of.
                // "3,1%/KH 3,5%" gives the aim beside its actual.
                let beside = self.work.token(at - n).is_some_and(|t| t.is('/'));
                let base =
                    word.role == Role::Target && at - n == floor && !beside && self.share_of_target(floor);
                // "cao hơn chỉ tiêu 0,35%"
                let gap = self.words.role_before.before(&self.work.tokens, at - n).map(|(_, w)| *w);
                if let Some(gap) = gap.filter(|g| word.role == Role::Target && g.role == Role::Gap) {
                    return Some(gap);
                }
                return (!base).then_some(*word);
            }
            let before = self.work.token(at - 1)?;
            if before.is(';') || before.is('.') || before.is(',') || before.is('(') {
                return None;
            }
            at -= 1;
        }
        None
    }

    /// "Thừa Thiên Huế đón", "Tăng Nhơn Phú có": the word begins a proper name.
    fn in_name(&self, word: Range<usize>) -> bool {
        let title =
            |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word && t.case == Case::Title);
        word.len() == 1 && title(word.start) && title(word.end)
    }

    /// "một số nơi cao hơn như: Hướng Hóa 413 mm", "miễn giảm học phí cho 512 học sinh": what changes is another thing.
    fn of_others(&self, word: usize, mut between: Range<usize>) -> bool {
        let particles = &self.work.patterns.particles;
        let exempt = word.checked_sub(1).is_some_and(|i| particles.exempts.has(self.work.word(i)));
        let colon = |i: usize| self.work.token(i).is_some_and(|t| t.is(':'));
        exempt || between.any(|i| colon(i) || particles.given_to.has(self.work.word(i)))
    }

    /// "từ vị trí dự kiến đặt trạm": words that belong to a name, and aim at nothing.
    fn is_neutral(&self, word: Range<usize>) -> bool {
        let from = word.start.saturating_sub(2);
        (from..=word.start).any(|i| {
            self.words.role_neutral.at(&self.work.tokens, i).is_some_and(|(n, ())| i + n >= word.end)
        })
    }

    /// "phê duyệt Kế hoạch đấu giá …": a capital inside a sentence names a paper, and aims at nothing.
    fn named(&self, i: usize) -> bool {
        self.work.token(i).is_some_and(|t| t.case == Case::Title)
            && i.checked_sub(1)
                .and_then(|b| self.work.token(b))
                .is_some_and(|t| t.kind == TokenKind::Word && t.case == Case::Lower)
    }

    fn after(&self, item: &Found, limit: usize) -> bool {
        let end = item.tokens.end;
        // "3,2% (cùng kỳ năm trước là 4,1%)": the bracket tells another figure.
        let aside = |i: usize| self.brackets.around(i).is_some_and(|b| b.start >= end && self.tells(b));
        let compared = |i: usize| self.words.role_after.at(&self.work.tokens, i).is_some() && !aside(i);
        // "bằng 101,5% so với 01/10/2004".
        let base = self.clauses.of_bases.at(&self.work.tokens, end).map(|(n, ())| end + n);
        self.equalled(end) && self.in_date(end)
            || base.is_some_and(|at| self.date_at(at).is_some())
            || (end..limit.min(end + 3)).any(compared)
    }

    /// The role that words further off give, and which: by the time it is about, in
    /// the sentence before the item, in its lead-ins and headings, by what the sentences before it aim at.
    fn governed(&self, item: &Found, place: &Place<'_>) -> (Option<Role>, &'static str) {
        // The clause of the item, then the first of the sentence: what a clause between aims at is its own.
        let in_sentence = || {
            let (start, end) = (place.sentence.start, item.tokens.start);
            let semicolon = |i: &usize| self.work.token(*i).is_some_and(|t| t.is(';'));
            let Some(last) = (start..end).rev().find(semicolon) else {
                return self.last_of(&self.words.role_governs, start..end);
            };
            let first = (start..end).find(semicolon).unwrap_or(end);
            // "đề ra các nhiệm vụ: giữ vững diện tích rừng hiện có; …": what leads the list in, not its first member.
            let colon = |i: &usize| self.work.token(*i).is_some_and(|t| t.is(':'));
            let lead = (start..first).find(colon).unwrap_or(first);
            self.last_of(&self.words.role_governs, last..end)
                .or_else(|| self.last_of(&self.words.role_governs, start..lead))
                .or_else(|| self.last_of(&self.words.role_governs, start..first))
        };
        let in_leads = || self.leads(place).find_map(|lead| self.last_of(&self.words.role_governs, lead));
        let in_title = || self.title_over(place).and_then(|title| self.role_of_title(title.start));
        let rules: [(&'static str, &dyn Fn() -> Option<Role>); 8] = [
            ("role.now", &|| self.is_of_now(item).then_some(Role::Actual)),
            (TIME, &|| self.by_time(item, place)),
            ("role.order", &|| self.is_ordered(item, place).then_some(Role::Target)),
            ("role.sentence", &in_sentence),
            ("role.lead", &in_leads),
            ("role.title", &in_title),
            ("role.heading", &|| self.by_heading(item)),
            ("role.aims", &|| self.aims.role(place.number)),
        ];
        rules.iter().find_map(|(rule, role)| role().map(|r| (Some(r), *rule))).unwrap_or((None, ""))
    }

    /// "phấn đấu 30% (hiện 11,9%)": a bracket that says how things stand.
    pub(super) fn is_of_now(&self, item: &Found) -> bool {
        let Some(bracket) = self.brackets.around(item.tokens.start) else { return false };
        let first = bracket.start + 1;
        let now = self.clauses.now_in_bracket.at(&self.work.tokens, first);
        now.is_some_and(|(n, ())| (first + n..first + n + NOW_WITHIN).contains(&item.tokens.start))
    }

    /// "Giao Sở Tài chính: 1.900 triệu đồng", "UBND tỉnh giao: - Sở Xây dựng: 12,3 tỷ đồng": what a body is given to spend or to do.
    fn is_ordered(&self, item: &Found, place: &Place<'_>) -> bool {
        let tokens = &self.work.tokens;
        let to = |i: usize| {
            self.clauses.labels.at(tokens, i).is_some() || self.is_body(i) || self.scope_at(i).is_some()
        };
        let order = |range: &Range<usize>, i: usize| {
            let opens = i < range.start + ORDER_WITHIN
                || self.work.token(i - 1).is_some_and(|t| t.is(';') || t.is(','));
            opens && self.clauses.orders.at(tokens, i).is_some_and(|(n, ())| to(i + n))
        };
        let here = place.sentence.start..item.tokens.start;
        if here.clone().any(|i| order(&here, i)) {
            return true;
        }
        self.lead_in(place).is_some_and(|lead| {
            let colon = lead.end.saturating_sub(1);
            let ends = |i: usize| self.clauses.orders.at(tokens, i).is_some_and(|(n, ())| i + n == colon);
            lead.clone().any(|i| order(&lead, i)) || (colon.saturating_sub(2)..colon).any(ends)
        })
    }

    /// A time that ended before the document is told of, one that comes after it is aimed at.
    fn by_time(&self, item: &Found, place: &Place<'_>) -> Option<Role> {
        let year = self.context.year?;
        let date = self.context.dates.get(self.period_in(item, place)?.0)?;
        // "Số dư chuyển sang năm 2017" is what was there before.
        if self.work.patterns.frames.carried.before(&self.work.tokens, date.tokens.start).is_some() {
            return None;
        }
        let over = self.context.written.is_some_and(|day| date.end < day);
        // "Phương án tháng 01/2026: khối lượng dự kiến là 92 kg": what was aimed at then.
        let aimed = || {
            let behind = date.tokens.end..item.tokens.start;
            self.last_of(&self.words.role_governs, behind) == Some(Role::Target)
        };
        // A page of November or December: "Đến cuối năm 2021, toàn huyện có 14 xã đạt chuẩn".
        let closing = || {
            let late = |day: Day| i32::from(day.year()) == year && day.month() >= CLOSING_MONTH;
            let plan = self.context.doc_type.is_some_and(|t| self.words.plan_types.iter().any(|p| p == t));
            let before = place.sentence.start..date.tokens.start.max(place.sentence.start);
            let aims = || self.last_of(&self.words.role_governs, before) == Some(Role::Target);
            date.years == (year, year) && self.context.written.is_some_and(late) && !plan && !aims()
        };
        // "6 tháng cuối năm, ngành phải đưa thêm 5.127 người có việc" on 7 July: the months that have just begun are planned for.
        let begun = || {
            let months = date.end.month().saturating_sub(date.start.month());
            let just = |day: Day| {
                (date.start.year(), date.start.month()) == (day.year(), day.month())
                    && date.start <= day
                    && day < date.end
            };
            date.years == (year, year)
                && date.start.month() > 1
                && months >= BEGUN
                && self.context.written.is_some_and(just)
        };
        match date.years {
            (_, end) if (end < year || over || closing()) && !aimed() => Some(Role::Actual),
            (start, _) if start > year => Some(Role::Target),
            _ if begun() => Some(Role::Target),
            _ => None,
        }
    }

    fn by_heading(&self, item: &Found) -> Option<Role> {
        let at = self.work.bytes(item.tokens.clone()).start;
        self.headings_at(at).find_map(|h| {
            let tokens = self.without_figures_behind(tokens_of(h));
            let role = self.first_of(&self.words.role_headings, tokens.clone())?;
            // "… triển khai các quy định của Trung ương" lays down none: a heading of rules begins with the word.
            let opening = tokens.start..tokens.end.min(tokens.start + RULES_WITHIN);
            let rules = role != Role::Norm || self.first_of(&self.words.role_headings, opening).is_some();
            // "1. Các chỉ tiêu kinh tế" names a topic and sets no aim; a heading around it may.
            if role == Role::Target && self.is_topic(tokens) {
                return None;
            }
            rules.then_some(role)
        })
    }

    /// Whether a heading names its figures as "chỉ tiêu" on something, and has no other word of an aim.
    fn is_topic(&self, heading: Range<usize>) -> bool {
        let tokens = &self.work.tokens;
        let topic = heading.clone().find_map(|i| self.clauses.topics.at(tokens, i).map(|(n, ())| i..i + n));
        topic.is_some_and(|topic| self.last_of(&self.words.role_headings, topic.end..heading.end).is_none())
    }

    /// A heading up to its first figure: "(2) Tổng thu thực hiện 75 tỷ đồng, bằng 113% dự toán" is a line of its list, and what stands
    /// behind the figure is told of that.
    fn without_figures_behind(&self, heading: Range<usize>) -> Range<usize> {
        const MARK: usize = 4;
        let figure = |i: &usize| {
            self.work.token(*i).is_some_and(|t| t.kind == TokenKind::Number) && !self.dated.has(*i as u32)
        };
        let from = heading.end.min(heading.start + MARK);
        let end = (from..heading.end).find(figure).unwrap_or(heading.end);
        heading.start..end
    }

    /// "giảm 03 vụ (25%)": how much of it that is, in a bracket of its own.
    fn share_of_change(&self, item: &Found, place: &Place<'_>) -> bool {
        item.kind == Kind::Percentage
            && place.previous.is_some_and(|p| {
                p.role == Role::Change
                    && p.tokens.end + 1 == item.tokens.start
                    && self.work.token(p.tokens.end).is_some_and(|t| t.is('('))
                    && self.work.token(item.tokens.end).is_some_and(|t| t.is(')'))
            })
    }

    /// Right behind "và" and a change.
    fn coordinated(&self, item: &Found, place: &Place<'_>) -> bool {
        place.previous.is_some_and(|p| {
            p.role == Role::Change
                && p.tokens.end + 1 == item.tokens.start
                && self.work.token(p.tokens.end).is_some_and(|t| self.clauses.joins.has(t))
                && p.unit != item.unit
        })
    }

    /// "Hải Phòng tăng 12%, Nam Định tăng 9,2%, Thái Bình 8,7%", "tỉnh tăng 11,5%, riêng công nghiệp 19,3%, dịch vụ 8,3%": a member
    /// of the list that leaves the verb out.
    fn goes_on_changing(&self, item: &Found, place: &Place<'_>) -> bool {
        let Some(p) = place.previous.filter(|p| p.role == Role::Change) else { return false };
        let (from, to) = (p.tokens.end, item.tokens.start);
        let comma = self.work.token(from).is_some_and(|t| t.is(','));
        let word = |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word);
        let name = |i: usize| word(i) && self.work.token(i).is_some_and(|t| t.case == Case::Title);
        let like = p.kind == item.kind && p.unit == item.unit && p.cell.is_none() && item.cell.is_none();
        if !like || !comma {
            return false;
        }
        let named = (2..=MEMBER).contains(&(to - from - 1)) && (from + 1..to).all(name);
        let tokens = &self.work.tokens;
        let leads = |n: &usize| {
            self.clauses.subject_leads.before(tokens, from + 1 + n).is_some_and(|(m, ())| m == *n)
        };
        let lead = (1..=LEAD_WORDS).find(leads).unwrap_or(0);
        let goes_on = lead > 0 || p.why.role == "role.member" && from + 1 < to;
        let dash = |i: usize| self.work.token(i).is_some_and(|t| t.is('-') || t.is('–'));
        let plain = |i: usize| (word(i) || dash(i)) && !self.tells_role(i);
        let part = goes_on && to - from - 1 - lead <= PART && (from + 1 + lead..to).all(plain);
        named || part && item.kind == Kind::Percentage
    }

    /// Whether a word that says what a figure is ends at a token.
    fn tells_role(&self, i: usize) -> bool {
        self.words.role_before.before(&self.work.tokens, i + 1).is_some()
            || self.clauses.rate_heads.at(&self.work.tokens, i).is_some()
    }

    /// "tăng 15% về số doanh nghiệp và 22% về vốn": the second of what has changed.
    fn changes_about(&self, item: &Found, place: &Place<'_>) -> bool {
        let about = |f: &Found| {
            f.kind == Kind::Percentage
                && self.clauses.index_behind.at(&self.work.tokens, f.tokens.end).is_some()
        };
        place.previous.is_some_and(|p| p.role == Role::Change && about(p) && about(item))
    }

    /// "dưới 50 tỷ đồng sẽ thu 01 lần": a threshold, and what it entails.
    fn conditional(&self, item: &Found, place: &Place<'_>) -> bool {
        let entails = |from: usize, to: usize| {
            (from..to.min(from + ENTAILS))
                .take_while(|&i| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word))
                .any(|i| self.work.token(i).is_some_and(|t| self.clauses.entails.has(t)))
        };
        let bounded = |f: &Found| !matches!(f.bound, Bound::Exact | Bound::About);
        // "được công nhận khi có từ 80% số hộ trở lên".
        let condition = |i: usize| {
            let after = i > 0 && self.clauses.past.before(&self.work.tokens, i).is_some();
            !after && self.clauses.conditions.at(&self.work.tokens, i).is_some()
        };
        if bounded(item) && self.of_a_class(item, place.sentence.start) {
            return true;
        }
        let reach = item.tokens.start.saturating_sub(CONDITION_REACH);
        let opening = place.sentence.start.max(reach)..item.tokens.start;
        bounded(item) && opening.into_iter().any(condition)
            || bounded(item) && entails(item.tokens.end, place.limit)
            || place.previous.is_some_and(|p| {
                p.role == Role::Norm && bounded(p) && entails(p.tokens.end, item.tokens.start)
            })
    }

    /// "đối với khu công nghiệp có quy mô từ 200 ha trở lên": the threshold of a class.
    fn of_a_class(&self, item: &Found, floor: usize) -> bool {
        let (tokens, start) = (&self.work.tokens, item.tokens.start);
        let low = start.saturating_sub(CLASS_REACH).max(floor);
        let mark = |t: &Token| t.kind == TokenKind::Punct && !t.is('-') && !t.is('/') && !t.is(',');
        let from = (low..start).rev().find(|&i| self.work.token(i).is_some_and(mark)).map_or(low, |i| i + 1);
        let opens = |i: &usize| self.clauses.class_opens.at(tokens, *i).map(|(n, ())| i + n);
        let Some(class) = (from..start).rev().find_map(|i| opens(&i)) else { return false };
        (class..start).any(|i| self.clauses.class_has.at(tokens, i).is_some())
            && !(class..=start).any(|i| {
                self.words.role_before.before(tokens, i).is_some_and(|(_, w)| w.role == Role::Target)
            })
    }

    /// What further words say, else the document. A norm tells no results: its "Hội đồng đánh giá" and "thực hiện" are
    /// duties; a decision may approve a plan that does.
    fn governs_norm(&self, governed: Option<Role>, by: &'static str) -> (Role, &'static str) {
        let own = self.by_document();
        let rules = own == Role::Norm
            && self.context.doc_type.is_none_or(|t| !self.words.norm_with_results.iter().any(|n| n == t));
        let aims = self.context.doc_type.is_some_and(|t| self.words.norm_with_aims.iter().any(|n| n == t));
        // Its headings and lists speak of aims that others have; what it orders it orders in the sentence.
        let told = |role: Role| match role {
            Role::Actual => by == TIME,
            // "Điều 2. Mục tiêu, chỉ tiêu đến năm 2020" of a council's rules for a programme.
            Role::Target if aims => matches!(by, TIME | "role.sentence" | "role.order" | "role.heading"),
            Role::Target => matches!(by, TIME | "role.sentence" | "role.order"),
            _ => true,
        };
        let said = governed.filter(|&role| !rules || told(role));
        said.map_or((own, "role.document"), |role| (role, by))
    }

    /// "ước đạt 20,63 tỷ USD, giảm 11,2% so với cùng kỳ": what is measured against the same months of the year before has been told.
    fn against_same_time(&self, item: &Found, place: &Place<'_>) -> bool {
        let tokens = &self.work.tokens;
        let same = &self.work.patterns.frames.same_time;
        let start = place.sentence.start.max(item.tokens.start.saturating_sub(SAME_TIME));
        let end = place.sentence.end.min(item.tokens.end + SAME_TIME);
        item.cell.is_none() && (start..end).any(|i| same.before(tokens, i + 1).is_some())
    }

    /// "tăng 1,8%, bằng 420 con", "tăng 6% (tương đương 1,3 triệu đồng)": the change before in another unit.
    fn said_again(&self, item: &Found, place: &Place<'_>) -> bool {
        let Some(previous) = place.previous.filter(|p| p.role == Role::Change && p.unit != item.unit) else {
            return false;
        };
        let mark = |i: usize| self.work.token(i).is_some_and(|t| t.is(',') || t.is('('));
        let end = self.without_bound(item.tokens.start);
        (previous.tokens.end..end).any(|i| {
            let opens = i == previous.tokens.end || mark(i - 1);
            let again = || self.clauses.said_again.at(&self.work.tokens, i);
            opens && again().is_some_and(|(n, ())| i + n == end || i + n == item.tokens.start)
        })
    }

    /// "các dự án đã đầu tư (02 dự án)", "UBND tỉnh đã cấp 03 giấy" in a plan: what is there.
    fn was_done(&self, item: &Found) -> bool {
        let (tokens, start) = (&self.work.tokens, item.tokens.start);
        let open = start.checked_sub(1).filter(|&i| self.work.token(i).is_some_and(|t| t.is('(')));
        let end = open.unwrap_or(start);
        let word = |i: &usize| self.work.token(*i).is_some_and(|t| t.kind == TokenKind::Word);
        let mut near = (end.saturating_sub(DONE)..end).rev().take_while(word);
        // "40 xã, phường đã được công bố tình huống khẩn cấp".
        let noun = self.phrase_end(item.tokens.end, item.tokens.end + super::behind::AFTER_TOKENS);
        let behind = self.clauses.done.at(tokens, noun).is_some()
            && self.clauses.not_done.at(tokens, noun).is_none()
            && item.kind == Kind::Count
            && self.work.token(noun).is_some_and(super::behind::follows);
        // "chỉ tiêu đã đề ra (85%)" is one.
        behind && item.cell.is_none()
            || near.any(|i| {
                self.clauses.done.at(tokens, i).is_some() && self.clauses.not_done.at(tokens, i).is_none()
            }) && item.cell.is_none()
    }

    /// "Tổng kế hoạch vốn … là 5.146 tỷ đồng": what is told of is a plan.
    fn is_planned(&self, item: &Found, place: &Place<'_>) -> bool {
        let tokens = &self.work.tokens;
        let own = self.own_start(item.tokens.start, place)..item.tokens.start;
        let colon = || own.clone().rev().find(|&i| self.work.token(i).is_some_and(|t| t.is(':')));
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
    fn part_of_plan(&self, item: &Found, place: &Place<'_>) -> bool {
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
    fn part_of_role(&self, item: &Found, place: &Place<'_>) -> Option<Role> {
        let whole = place.whole.filter(|w| w.kind == item.kind && w.unit == item.unit)?;
        // "Trong đó, thu nội địa 5.534 tỷ đồng, bằng 41,7% dự toán": a share of its own plan is no part of a growth.
        let share = self.clauses.of_plans.at(&self.work.tokens, item.tokens.end).is_some();
        // "… tăng 11,9%. Trong đó, vùng đồng bằng tỷ lệ hộ nghèo là 4,32%": a rate of its own is no part of a growth.
        let own = self.own_start(item.tokens.start, place)..item.tokens.start;
        let rate = own.clone().any(|i| {
            self.clauses.rate_heads.at(&self.work.tokens, i).is_some()
                || self.clauses.of_whole.before(&self.work.tokens, i + 1).is_some()
        });
        if rate && whole.role == Role::Change {
            return None;
        }
        let part = !share && (item.kind == Kind::Percentage || whole.value >= item.value);
        (part && matches!(whole.role, Role::Target | Role::Change)).then_some(whole.role)
    }

    /// "không quá 80 kg": what somebody must keep to.
    fn limits(&self, item: &Found) -> bool {
        self.clauses.limits.before(&self.work.tokens, item.tokens.start).is_some()
    }

    /// "bảo đảm trên 95%", "tối thiểu 20 trạm"; not "đã lắp thêm 161 trạm biến áp, đảm bảo 100% số xã có điện".
    fn aimed_before(&self, item: &Found, place: &Place<'_>) -> bool {
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
        let comma = start.checked_sub(1).is_some_and(|i| self.work.token(i).is_some_and(|t| t.is(',')));
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
    fn bounded_by_mark(&self, item: &Found) -> bool {
        item.bound != Bound::Exact
            && item
                .tokens
                .start
                .checked_sub(1)
                .and_then(|i| self.work.token(i))
                .is_some_and(|t| t.kind == TokenKind::Punct)
    }

    /// "Tốc độ tăng trưởng đạt 8%": the level of a growth.
    fn is_growth(&self, item: &Found, place: &Place<'_>) -> bool {
        item.kind == Kind::Percentage
            && item.cell.is_none()
            && self.before(item, place).is_some_and(|name| {
                let (tokens, clauses) = (&self.work.tokens, self.clauses);
                clauses.growth.at(tokens, name.start).is_some()
                    && clauses.growth_not.at(tokens, name.start).is_none()
            })
    }

    fn by_document(&self) -> Role {
        match self.context.doc_type {
            Some(code) if self.words.plan_types.iter().any(|t| t == code) => Role::Target,
            Some(code) if self.words.norm_types.iter().any(|t| t == code) => Role::Norm,
            None if self.articles => Role::Norm,
            _ => Role::Actual,
        }
    }

    /// "115% mục tiêu", "so với kế hoạch": a share of a target, not one to come.
    fn share_of_target(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        self.work
            .token(before)
            .is_some_and(|t| t.is('%') || t.kind == TokenKind::Number && !self.in_date(before))
            || self.work.patterns.particles.before_targets.has(self.work.word(before))
    }

    /// The last role word of a stretch: the nearest.
    fn last_of(&self, phrases: &Phrases<Role>, tokens: Range<usize>) -> Option<Role> {
        self.roles(phrases, tokens).last()
    }

    /// The first role word of a heading: "Kết quả thực hiện kế hoạch" tells results.
    fn first_of(&self, phrases: &Phrases<Role>, tokens: Range<usize>) -> Option<Role> {
        self.roles(phrases, tokens).next()
    }

    fn roles(&self, phrases: &Phrases<Role>, tokens: Range<usize>) -> impl Iterator<Item = Role> {
        let mut past = tokens.start;
        let end = tokens.end;
        let sentence = std::ptr::eq(phrases, &self.words.role_governs);
        let mut told = false;
        self.work.tokens.hinted(hint::ROLE, tokens).filter_map(move |at| {
            if at < past {
                return None;
            }
            // "86 đảng viên (chỉ tiêu 80), nâng …": what a closed bracket aims at is its own.
            if sentence
                && self.work.token(at).is_some_and(|t| t.is('('))
                && let Some(close) = (at..end).find(|&k| self.work.token(k).is_some_and(|t| t.is(')')))
            {
                past = close + 1;
                return None;
            }
            // "Chương trình mục tiêu quốc gia" sets no target.
            if let Some((n, ())) = self.words.role_neutral.at(&self.work.tokens, at) {
                past = at + n;
                return None;
            }
            let (n, &role) = phrases.at(&self.work.tokens, at)?;
            // "Từ năm 2018 đến năm 2021" is one stretch of time.
            if role == Role::Target && self.inside_date(at) {
                return None;
            }
            let stands = at + n <= end
                && !(role == Role::Target
                    && (self.share_of_target(at) || self.is_over(at..at + n, told && sentence)));
            told |= stands && role == Role::Actual;
            stands.then(|| {
                past = at + n;
                role
            })
        })
    }

    /// Whether a token stands within a date that begins before it.
    fn inside_date(&self, token: usize) -> bool {
        let dates = self.context.dates;
        let next = dates.partition_point(|d| d.tokens.start < token);
        next.checked_sub(1).and_then(|n| dates.get(n)).is_some_and(|d| d.tokens.contains(&token))
    }

    /// "đến cuối năm 2015" in a document of 2016 aims at nothing; in one of 2015 neither where results are told: "Kết quả,
    /// đến cuối năm 2015 còn 12 hộ".
    fn is_over(&self, phrase: Range<usize>, told: bool) -> bool {
        let Some(year) = self.context.year else { return false };
        let dates = self.context.dates;
        let first = dates.partition_point(|d| d.tokens.end <= phrase.start);
        dates.get(first).is_some_and(|d| d.tokens.start < phrase.end && d.years.1 < year + i32::from(told))
    }

    /// The line with a colon that governs the list a sentence stands in.
    pub(super) fn lead_in(&self, place: &Place<'_>) -> Option<Range<usize>> {
        let (number, lead) = self.lead.get();
        if number == place.number {
            return lead.map(|(start, end)| start..end);
        }
        let lead = self.leads(place).next();
        self.lead.set((place.number, lead.clone().map(|l| (l.start, l.end))));
        lead
    }

    /// "Nhiệm vụ 6 tháng cuối năm": a short line of its own over a list, without a mark, that says what its figures are.
    pub(super) fn title_over(&self, place: &Place<'_>) -> Option<Range<usize>> {
        let token = |i: usize| self.work.token(i);
        let listed = |line: &Range<usize>| token(line.start).is_some_and(|t| t.kind == TokenKind::Punct);
        let sentence = |n: usize| self.sentences.tokens(n, self.work.tokens.len());
        let low = place.number.saturating_sub(LIST_SENTENCES);
        let mut over = (low..place.number).rev().map(sentence);
        let line = over.find(|line| {
            let goes_on = token(line.start).is_some_and(|t| t.gap < Gap::Line);
            !listed(line) && !goes_on
        })?;
        let own = sentence(place.number);
        let whole = |i: usize| token(i).is_some_and(|t| t.gap < Gap::Line);
        let ends = line.end.checked_sub(1).and_then(token).is_some_and(|t| t.kind != TokenKind::Punct);
        let short = (2..=TITLE_LINE).contains(&line.len()) && (line.start + 1..line.end).all(whole);
        let says = || self.role_of_title(line.start).is_some();
        (listed(&own) && short && ends && says()).then_some(line)
    }

    /// The role that a title begins with: "Những chỉ tiêu chính của nhiệm kỳ".
    fn role_of_title(&self, start: usize) -> Option<Role> {
        let articles = &self.work.patterns.particles.articles;
        let first = start + usize::from(articles.has(&self.work.word(start).to_lowercase()));
        self.words.role_headings.at(&self.work.tokens, first).map(|(_, role)| *role)
    }

    /// The lines with a colon that govern the list a sentence stands in, inner before outer: "Các chỉ tiêu:" above
    /// "1. Lĩnh vực kinh tế:".
    pub(super) fn leads(&self, place: &Place<'_>) -> impl Iterator<Item = Range<usize>> {
        let mut number = place.number;
        let low = number.saturating_sub(LIST_SENTENCES);
        let mut over = false;
        std::iter::from_fn(move || {
            while number > low && !over {
                number -= 1;
                let line = self.sentences.tokens(number, self.work.tokens.len());
                let last = line.end.checked_sub(1)?;
                let first = self.work.token(line.start)?;
                // Only list items may stand between, and what goes on in them.
                let item = first.kind == TokenKind::Punct || first.kind == TokenKind::Number;
                let goes_on = !matches!(first.gap, Gap::Line | Gap::Para | Gap::Tab);
                over = !item && !goes_on;
                if self.work.token(last).is_some_and(|t| t.is(':')) {
                    return Some(line.start.max(line.end.saturating_sub(super::BEFORE_TOKENS))..line.end);
                }
            }
            None
        })
    }
}
