//! How exact a quantity is: "trên", "gần", "trở lên".

use rust_decimal::Decimal;

use crate::claim::indicator::{Bound, Found, Kind, Role};
use crate::facts::link::Linker;
use crate::words::token::{Gap, Kind as TokenKind};

/// "trên" before fewer lĩnh vực than this says where.
const FEW: Decimal = Decimal::from_parts(20, 0, 0, false, 0);

/// Within so many tokens behind a quantity the words of its bound begin: "trở lên".
const BEHIND: usize = 4;

impl Linker<'_, '_> {
    /// Bound words before the number or after the unit.
    pub(in crate::facts::link) fn bound(&self, item: &mut Found) {
        let tokens = &self.work.tokens;
        let (start, end) = (item.tokens.start, item.tokens.end);
        if let Some((n, &bound)) = self.words.bound_before.before(tokens, start) {
            // "5~10%" is a range; "đổi mới trên 4 lĩnh vực" says where.
            let tilde = n == 1
                && self.work.is(start - 1, '~')
                && start.checked_sub(2).is_some_and(|i| self.work.is_number(i));
            if !(tilde || n == 1 && self.where_not_more(item)) {
                (item.bound, item.why.bound) = (bound, "bound.before");
            }
        }
        // "giảm dưới 1,5%" is less than; "tăng trên 8%" more than: the words say it themselves.
        for at in end..end + BEHIND {
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

    /// "nhiệt độ cao nhất 36,8 độ" tells of one reading; as a norm it is a limit.
    pub(super) fn without_highest(&self, item: &mut Found) {
        let particles = &self.work.patterns.particles;
        let before = |n: usize| self.work.word(item.tokens.start.saturating_sub(n));
        let highest =
            item.bound == Bound::AtMost && particles.high.has(before(2)) && particles.most.has(before(1));
        if highest && item.role == Role::Actual {
            item.bound = Bound::Exact;
        }
    }
}
