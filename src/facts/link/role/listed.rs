//! Members of a list of changes that leave the verb out: "tăng 24 dự án và 259 ha".

use crate::claim::indicator::{Found, Kind, Role};
use crate::facts::link::{Linker, Place};
use crate::words::token::Case;

/// Most syllables of the name in a list of changes.
const MEMBER: usize = 4;
/// Most syllables of a part that a change is told of.
const PART: usize = 6;
/// Most words that open such a part: "riêng".
const LEAD_WORDS: usize = 3;

impl Linker<'_, '_> {
    /// "Hải Phòng tăng 12%, Nam Định tăng 9,2%, Thái Bình 8,7%", "tỉnh tăng 11,5%, riêng công nghiệp 19,3%, dịch vụ 8,3%": a member
    /// of the list that leaves the verb out.
    pub(super) fn goes_on_changing(&self, item: &Found, place: &Place<'_>) -> bool {
        let Some(p) = place.previous.filter(|p| p.role == Role::Change) else { return false };
        let (from, to) = (p.tokens.end, item.tokens.start);
        let like = p.kind == item.kind && p.unit == item.unit && p.cell.is_none() && item.cell.is_none();
        if !like || !self.work.is(from, ',') {
            return false;
        }
        let title = |i: usize| self.work.token(i).is_some_and(|t| t.case == Case::Title);
        let named = (2..=MEMBER).contains(&(to - from - 1))
            && (from + 1..to).all(|i| self.work.is_word(i) && title(i));
        named || item.kind == Kind::Percentage && self.is_part(p, to)
    }

    /// Whether a few words behind a change and its comma name another part: "riêng công nghiệp", "dịch vụ".
    fn is_part(&self, change: &Found, to: usize) -> bool {
        let first = change.tokens.end + 1;
        let leads = |n: &usize| {
            let lead = self.clauses.subject_leads.before(&self.work.tokens, first + n);
            lead.is_some_and(|(m, ())| m == *n)
        };
        let lead = (1..=LEAD_WORDS).find(leads).unwrap_or(0);
        let goes_on = lead > 0 || change.why.role == "role.member" && first < to;
        let plain = |i: usize| (self.work.is_word(i) || self.is_any(i, ['-', '–'])) && !self.tells_role(i);
        goes_on && to - first - lead <= PART && (first + lead..to).all(plain)
    }

    /// Whether a quantity is told of the change before it.
    pub(super) fn changes_with(&self, item: &Found, place: &Place<'_>) -> bool {
        self.coordinated(item, place)
            || self.share_of_change(item, place)
            || self.said_again(item, place)
            || self.changes_about(item, place)
    }

    /// Whether a word that says what a figure is ends at a token.
    fn tells_role(&self, i: usize) -> bool {
        self.words.role_before.before(&self.work.tokens, i + 1).is_some()
            || self.clauses.rate_heads.at(&self.work.tokens, i).is_some()
    }

    /// Right behind "và" and a change.
    fn coordinated(&self, item: &Found, place: &Place<'_>) -> bool {
        place.previous.is_some_and(|p| {
            p.role == Role::Change
                && p.tokens.end + 1 == item.tokens.start
                && self.has(&self.clauses.joins, p.tokens.end)
                && p.unit != item.unit
        })
    }

    /// "giảm 03 vụ (25%)": how much of it that is, in a bracket of its own; "nhiều hơn 05 vụ = 3,9%".
    fn share_of_change(&self, item: &Found, place: &Place<'_>) -> bool {
        item.kind == Kind::Percentage
            && place.previous.is_some_and(|p| {
                let bracket = || self.work.is(p.tokens.end, '(') && self.work.is(item.tokens.end, ')');
                p.role == Role::Change
                    && p.tokens.end + 1 == item.tokens.start
                    && (self.work.is(p.tokens.end, '=') || bracket())
            })
    }

    /// "tăng 1,8%, bằng 420 con", "tăng 6% (tương đương 1,3 triệu đồng)": the change before in another unit.
    fn said_again(&self, item: &Found, place: &Place<'_>) -> bool {
        let Some(previous) = place.previous.filter(|p| p.role == Role::Change && p.unit != item.unit) else {
            return false;
        };
        // "thêm 590 người so với cùng kỳ, bằng 100,8% kế hoạch": how much of the plan was reached.
        if self.clauses.of_plans.at(&self.work.tokens, item.tokens.end).is_some() {
            return false;
        }
        let end = self.without_bound(item.tokens.start);
        (previous.tokens.end..end).any(|i| {
            let opens = i == previous.tokens.end || self.is_any(i - 1, [',', '(']);
            let again = || self.clauses.said_again.at(&self.work.tokens, i);
            opens && again().is_some_and(|(n, ())| i + n == end || i + n == item.tokens.start)
        })
    }

    /// "tăng 15% về số doanh nghiệp và 22% về vốn": the second of what has changed.
    fn changes_about(&self, item: &Found, place: &Place<'_>) -> bool {
        let about = |f: &Found| {
            f.kind == Kind::Percentage
                && self.clauses.index_behind.at(&self.work.tokens, f.tokens.end).is_some()
        };
        place.previous.is_some_and(|p| p.role == Role::Change && about(p) && about(item))
    }
}
