//! What somebody must keep to: "dưới 50 tỷ đồng sẽ thu 01 lần", "không quá 80 kg".

use super::TIME;
use crate::claim::indicator::{Bound, Found, Role};
use crate::facts::link::{Linker, Place};
use crate::words::token::{Kind as TokenKind, Token};

/// How far back the words of a condition stand, in tokens.
const CONDITION_REACH: usize = 48;
/// How far before its threshold a class is named, in tokens.
const CLASS_REACH: usize = 24;
/// How many tokens behind a threshold "sẽ" or "thì" may stand.
const ENTAILS: usize = 8;

impl Linker<'_, '_> {
    /// "dưới 50 tỷ đồng sẽ thu 01 lần": a threshold, and what it entails.
    pub(super) fn conditional(&self, item: &Found, place: &Place<'_>) -> bool {
        let bounded = |f: &Found| !matches!(f.bound, Bound::Exact | Bound::About);
        let entailed = place.previous.is_some_and(|p| {
            p.role == Role::Norm && bounded(p) && self.entails(p.tokens.end, item.tokens.start)
        });
        if entailed || !bounded(item) {
            return entailed;
        }
        // "được công nhận khi có từ 80% số hộ trở lên".
        let condition = |i: usize| {
            let after = i > 0 && self.clauses.past.before(&self.work.tokens, i).is_some();
            !after && self.clauses.conditions.at(&self.work.tokens, i).is_some()
        };
        let reach = item.tokens.start.saturating_sub(CONDITION_REACH);
        let mut opening = place.sentence.start.max(reach)..item.tokens.start;
        self.of_a_class(item, place.sentence.start)
            || opening.any(condition)
            || self.entails(item.tokens.end, place.limit)
    }

    /// Whether "sẽ" or "thì" stands soon behind a threshold.
    fn entails(&self, from: usize, to: usize) -> bool {
        (from..to.min(from + ENTAILS))
            .take_while(|&i| self.work.is_word(i))
            .any(|i| self.has(&self.clauses.entails, i))
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

    /// "không quá 80 kg": what somebody must keep to.
    pub(super) fn limits(&self, item: &Found) -> bool {
        self.clauses.limits.before(&self.work.tokens, item.tokens.start).is_some()
    }

    /// What further words say, else the document. A norm tells no results: its "Hội đồng đánh giá" and "thực hiện" are
    /// duties; a decision may approve a plan that does.
    pub(super) fn governs_norm(&self, governed: Option<Role>, by: &'static str) -> (Role, &'static str) {
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

    /// What the type of the document says its figures are.
    pub(super) fn by_document(&self) -> Role {
        match self.context.doc_type {
            Some(code) if self.words.plan_types.iter().any(|t| t == code) => Role::Target,
            Some(code) if self.words.norm_types.iter().any(|t| t == code) => Role::Norm,
            None if self.articles => Role::Norm,
            _ => Role::Actual,
        }
    }
}
