//! Who or where a quantity counts: "toàn tỉnh", "huyện Đại Từ"; for a cell the row; else the area of the document.

use super::{Linker, Place};
use crate::recognise::indicator::Found;
use crate::text::one_line;
use crate::text::token::{Case, Kind as TokenKind};
use smol_str::SmolStr;

/// Most syllables of a place's name.
const NAME_SYLLABLES: usize = 4;

impl Linker<'_, '_> {
    /// The scope named last before the quantity in its sentence, or right after it, or that of its list.
    pub(super) fn scope(
        &self,
        item: &Found,
        place: &Place<'_>,
        named_place: Option<SmolStr>,
    ) -> Option<SmolStr> {
        if let Some((Some(row), Some(column))) = &item.cell
            && item.name.as_ref() == Some(column)
        {
            return Some(row.clone());
        }
        let own = self.context.area.clone();
        if item.cell.is_some() {
            return own;
        }
        named_place
            .or_else(|| self.scope_in(place.sentence.start..place.limit, item))
            .or_else(|| self.lead_in(place).and_then(|lead| self.scope_in(lead, item)))
            .or(own)
    }

    /// "Hồng Ngự 1.860 ha": a name alone before the quantity.
    pub(super) fn place_before(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let mut start = item.tokens.start;
        while start > place.sentence.start
            && item.tokens.start - start < NAME_SYLLABLES
            && self.work.token(start - 1).is_some_and(|t| t.kind == TokenKind::Word && t.case == Case::Title)
        {
            start -= 1;
        }
        if item.tokens.start - start < 2 || start == place.sentence.start {
            return None;
        }
        let marked =
            start.checked_sub(1).and_then(|i| self.work.token(i)).is_some_and(|t| t.kind == TokenKind::Punct)
                || matches!(self.work.word(start.saturating_sub(1)), "và" | "huyện" | "xã" | "tỉnh" | "trạm");
        let within = matches!(self.work.word(start.saturating_sub(1)), "tại" | "ở" | "riêng");
        (within || marked && place.previous.is_some())
            .then(|| one_line(self.work.words(start..item.tokens.start)))
    }

    fn scope_in(&self, tokens: std::ops::Range<usize>, item: &Found) -> Option<SmolStr> {
        let mut found = None;
        let mut i = tokens.start;
        while i < tokens.end {
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
        found.map(|r| one_line(self.work.words(r)))
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
