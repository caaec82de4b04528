//! Who or where a quantity counts: "toàn tỉnh", "huyện Đại Từ"; for a cell the row; else the area of the document.

use std::ops::Range;

use super::{Linker, Place};
use crate::claim::indicator::Found;
use crate::words::one_line;
use crate::words::token::{Case, Gap, Kind as TokenKind, Token, hint};
use smol_str::SmolStr;

/// How far into a lead-in a body may begin that governs its list.
const LEAD_TOKENS: usize = 3;
/// Most tokens of a body's name.
const BODY_TOKENS: usize = 14;
/// Most words in a company's name that no list has.
const FOREIGN: usize = 5;
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
        // A cell of prose tells of its row.
        let own = item.scope.clone().or_else(|| self.context.area.clone());
        named_place
            .or_else(|| self.scope_in(place.sentence.start..place.limit, item))
            .or_else(|| self.lead_in(place).and_then(|lead| self.scope_of_lead(lead, item)))
            .or(own)
    }

    /// "Hồng Ngự 1.860 ha", "thị trấn Phước An 12 ha", "Mỹ Tú (70,8%)": a name alone before the quantity.
    pub(super) fn place_before(&self, item: &Found, place: &Place<'_>) -> Option<SmolStr> {
        let bracket =
            item.tokens.start.checked_sub(1).filter(|&i| self.work.token(i).is_some_and(|t| t.is('(')));
        // In brackets it is a member of a list of the same unit.
        let alike = place.previous.is_some_and(|p| p.unit == item.unit && p.kind == item.kind);
        let end = match bracket {
            Some(_) if !alike => return None,
            Some(bracket) => bracket,
            None => item.tokens.start,
        };
        let mut start = end;
        while start > place.sentence.start
            && end - start < NAME_SYLLABLES
            && self.work.token(start - 1).is_some_and(|t| {
                let letter = || t.case == Case::Upper && self.work.word(start - 1).chars().count() == 1;
                t.kind == TokenKind::Word && (t.case == Case::Title || letter())
            })
        {
            start -= 1;
        }
        if start == end {
            return None;
        }
        // The kind of area before the name.
        let kinds = start.saturating_sub(2).max(place.sentence.start)..start;
        let kind = kinds
            .into_iter()
            .find(|&i| self.words.scope_kinds.at(&self.work.tokens, i).is_some_and(|(n, ())| i + n == start));
        if let Some(kind) = kind.filter(|_| alike) {
            return Some(one_line(self.work.words(kind..end)));
        }
        if end - start < 2 || start == place.sentence.start {
            return None;
        }
        let marked =
            start.checked_sub(1).and_then(|i| self.work.token(i)).is_some_and(|t| t.kind == TokenKind::Punct)
                || matches!(self.work.word(start.saturating_sub(1)), "và" | "huyện" | "xã" | "tỉnh" | "trạm");
        let within = matches!(self.work.word(start.saturating_sub(1)), "tại" | "ở" | "riêng");
        (within || marked && place.previous.is_some()).then(|| one_line(self.work.words(start..end)))
    }

    fn scope_in(&self, tokens: Range<usize>, item: &Found) -> Option<SmolStr> {
        let mut found: Option<Range<usize>> = None;
        let mut local = false;
        let mut past = tokens.start;
        for i in self.work.tokens.hinted(hint::SCOPE, tokens) {
            let behind = i >= item.tokens.end;
            if i >= item.tokens.start && found.is_some() {
                break;
            }
            if i < past || item.tokens.contains(&i) {
                continue;
            }
            if self.work.token(i).is_some_and(|t| t.is(';')) {
                // What lies behind is told of something else, and "tại xã A" of its own clause only.
                if behind {
                    break;
                }
                found = found.filter(|_| !local);
            }
            if let Some((n, ())) = self.words.scope_never.at(&self.work.tokens, i) {
                past = i + n;
                continue;
            }
            // A body named behind the quantity does something else.
            if let Some(end) = self.scope_at(i).filter(|_| !behind || !self.is_body(i)) {
                local = i
                    .checked_sub(1)
                    .is_some_and(|b| matches!(self.work.word(b), "tại" | "ở" | "thuộc" | "của"));
                found = Some(i..end);
                past = end;
                if behind {
                    break;
                }
            }
        }
        found.map(|r| one_line(self.work.words(r)))
    }

    /// The scope that a line with a colon gives its list: a place, or the body it begins with ("sau khi nghe Sở Y tế
    /// báo cáo, kết luận:" gives none).
    fn scope_of_lead(&self, lead: Range<usize>, item: &Found) -> Option<SmolStr> {
        let own = (lead.start..lead.end.min(lead.start + LEAD_TOKENS)).find(|&i| self.is_body(i));
        match own {
            Some(body) => self.scope_in(body..lead.end, item),
            None if lead.clone().any(|i| self.is_body(i)) => None,
            None => self.scope_in(lead, item),
        }
    }

    /// Whether a phrase is a scope and nothing else.
    pub(super) fn is_scope(&self, phrase: &Range<usize>) -> bool {
        self.words.scope_never.at(&self.work.tokens, phrase.start).is_none()
            && self.scope_at(phrase.start).is_some_and(|end| end >= phrase.end)
    }

    /// The end of a scope that begins at a token.
    fn scope_at(&self, i: usize) -> Option<usize> {
        let tokens = &self.work.tokens;
        if let Some((n, ())) = self.words.scope_fixed.at(tokens, i) {
            return Some(i + n);
        }
        if let Some((n, ())) = self.words.scope_bodies.at(tokens, i) {
            let end = self.body_end(i + n, self.work.word(i + n - 1) == "ty");
            return (end > i + n).then_some(end);
        }
        let (n, ()) = self.words.scope_kinds.at(tokens, i)?;
        // "CHỦ TỊCH UBND TỈNH" and on the next line "Điện:" make no province.
        let capitals = self.work.token(i).is_some_and(|t| t.case == Case::Upper && t.bytes() > 2)
            && self.work.token(i + n - 1).is_some_and(|t| t.case == Case::Upper);
        let mut end = i + n;
        while end < i + n + NAME_SYLLABLES
            && self.work.token(end).is_some_and(|t| {
                // "xã Mậu A": a letter behind a name belongs to it.
                let letter = end > i + n && t.bytes() == 1;
                names(t) && if capitals { t.case == Case::Upper } else { t.case == Case::Title || letter }
            })
        {
            end += 1;
        }
        (end > i + n).then_some(end)
    }

    /// Whether the name of a body begins at a token.
    fn is_body(&self, i: usize) -> bool {
        self.words.scope_bodies.at(&self.work.tokens, i).is_some()
    }

    /// Where the name of a body ends that goes on at a token: capitals, and compounds of which only the first syllable
    /// is one ("Sở Tài nguyên và Môi trường"); those without capitals too where a capital follows ("Công ty cổ phần xây
    /// dựng Hà Thành"). What a company deals in may be any words, and a name ends it ("Công ty Cổ phần đá quý Hà Thành").
    fn body_end(&self, start: usize, company: bool) -> usize {
        let tokens = &self.work.tokens;
        let (mut at, mut end) = (start, start);
        let mut foreign = 0;
        while at < start + BODY_TOKENS {
            let Some(token) = self.work.token(at).filter(|t| !matches!(t.gap, Gap::Para | Gap::Tab)) else {
                break;
            };
            let compound = self.words.body_words.at(tokens, at).map(|(n, ())| n);
            match compound {
                Some(n) => {
                    at += n;
                    if token.case != Case::Lower && !company {
                        end = at;
                    }
                }
                None if names(token) => {
                    at += 1;
                    end = at;
                }
                // "Kế hoạch và Đầu tư", "Lao động - Thương binh", "Văn hóa, Thể thao".
                None if (end == at || company)
                    && (self.work.word(at) == "và" || token.is('-') || token.is('–') || token.is(','))
                    && self.work.token(at + 1).is_some_and(|t| t.case == Case::Title)
                    && self.words.body_words.at(tokens, at + 1).is_some() =>
                {
                    at += 1;
                }
                None if company
                    && foreign < FOREIGN
                    && token.kind == TokenKind::Word
                    && !self.words.ends.has(token) =>
                {
                    foreign += 1;
                    at += 1;
                }
                None => break,
            }
        }
        end
    }
}

/// A syllable of a name, or an abbreviation in it.
fn names(token: &Token) -> bool {
    token.kind == TokenKind::Word
        && matches!(token.case, Case::Title | Case::Upper)
        && token.gap != Gap::Glued
}
