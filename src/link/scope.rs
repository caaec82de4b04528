//! Who or where a quantity counts: "toàn tỉnh", "huyện Đại Từ".

use super::{Linker, Place};
use crate::recognise::indicator::Found;
use crate::text::token::{Case, Kind as TokenKind};

/// Most syllables of a place's name.
const NAME_SYLLABLES: usize = 4;

impl Linker<'_, '_> {
    /// The scope named last before the quantity in its sentence, or else right after it.
    pub(super) fn scope(&self, item: &Found, place: &Place<'_>) -> Option<String> {
        let mut found = None;
        let mut i = place.sentence.start;
        while i < place.limit {
            if i == item.tokens.start {
                if found.is_some() {
                    break;
                }
                i = item.tokens.end;
                continue;
            }
            match self.scope_at(i) {
                Some(end) => {
                    found = Some(i..end);
                    i = end;
                    if i > item.tokens.start {
                        break;
                    }
                }
                None => i += 1,
            }
        }
        found.map(|r| self.work.words(r).split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The end of a scope that begins at a token.
    fn scope_at(&self, i: usize) -> Option<usize> {
        let tokens = &self.work.tokens;
        if let Some((n, ())) = self.words.scope_fixed.at(tokens, i) {
            return Some(i + n);
        }
        let (n, ()) = self.words.scope_kinds.at(tokens, i)?;
        let mut end = i + n;
        while end < i + n + NAME_SYLLABLES
            && self.work.token(end).is_some_and(|t| t.kind == TokenKind::Word && t.case == Case::Title)
        {
            end += 1;
        }
        (end > i + n).then_some(end)
    }
}
