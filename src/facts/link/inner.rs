//! Stage 5, linking: a figure within the name of another: "Tỷ lệ trẻ dưới 1 tuổi được tiêm đầy đủ 8 loại vắc xin là 98,4%".

use smol_str::SmolStr;

use super::{Linker, Place};
use crate::claim::indicator::{Found, Kind};
use crate::words::one_line;
use crate::words::token::Kind as TokenKind;

/// Most words between the inner figure and the copula.
const REST: usize = 6;
/// Most words of such a name.
const NAME: usize = 24;

impl Linker<'_, '_> {
    /// The whole phrase from the word that heads a rate up to the copula, where a count stands within it.
    pub(super) fn over_count(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let inner = place.previous.filter(|p| {
            item.kind == Kind::Percentage
                && item.cell.is_none()
                && matches!(p.kind, Kind::Count)
                && p.tokens.start > place.sentence.start
        })?;
        let end = self.without_joints(inner.tokens.end, item.tokens.start);
        let plain = |i: usize| self.work.token(i).is_some_and(|t| t.kind == TokenKind::Word);
        let between = inner.tokens.end..end;
        // "… 8 loại vắc xin là 98,4%": a copula, and nothing else that parts the two.
        if end == item.tokens.start || between.len() > REST || !between.clone().all(plain) {
            return None;
        }
        let tokens = &self.work.tokens;
        let low = place.sentence.start.max(inner.tokens.start.saturating_sub(NAME));
        let head = (low..inner.tokens.start).rev().find(|&i| self.clauses.rate_heads.at(tokens, i).is_some())?;
        let told = (head..inner.tokens.start)
            .all(|i| plain(i) || self.work.token(i).is_some_and(|t| t.kind == TokenKind::Number));
        // "tỷ lệ hộ nghèo còn 12 hộ": the count is what the rate is told by, not part of its name.
        let direct = self.without_joints(head, inner.tokens.start) < inner.tokens.start;
        (told && !direct).then(|| one_line(self.work.words(head..end)))
    }
}
