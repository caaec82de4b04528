//! The names of bodies: "Sở Tài nguyên và Môi trường", "Công ty cổ phần xây dựng Hà Thành".

use super::BODY_TOKENS;
use crate::facts::link::Linker;
use crate::words::token::{Case, Gap, Kind as TokenKind, Token};

/// Most words in a company's name that no list has.
const FOREIGN: usize = 5;

impl Linker<'_, '_> {
    /// Whether the name of a body begins at a token.
    pub(in crate::facts::link) fn is_body(&self, i: usize) -> bool {
        self.words.scope_bodies.at(&self.work.tokens, i).is_some()
    }

    /// Where the name of a body ends that goes on at a token: capitals, and compounds of which only the first syllable
    /// is one ("Sở Tài nguyên và Môi trường"); those without capitals too where a capital follows ("Công ty cổ phần xây
    /// dựng Hà Thành"). What a company deals in may be any words, and a name ends it ("Công ty Cổ phần đá quý Hà Thành").
    pub(in crate::facts::link) fn body_end(&self, start: usize, company: bool) -> usize {
        let (mut at, mut end) = (start, start);
        let mut foreign = 0;
        while at < start + BODY_TOKENS && !self.ends_line(at) {
            let Some(token) = self.work.token(at) else { break };
            if let Some((n, ())) = self.words.body_words.at(&self.work.tokens, at) {
                at += n;
                if token.case != Case::Lower && !company {
                    end = at;
                }
                continue;
            }
            // "Sở NN&PTNT", "Phòng LĐ - TB&XH": abbreviations in a row.
            if end == at && self.joins_abbreviations(at) {
                at += 2;
                end = at;
                continue;
            }
            let named = names(token);
            if !named && !((end == at || company) && self.joins_compounds(at)) {
                let other = token.kind == TokenKind::Word && !self.words.ends.has(token);
                if !company || foreign == FOREIGN || !other {
                    break;
                }
                foreign += 1;
            }
            at += 1;
            if named {
                end = at;
            }
        }
        end
    }

    /// Whether a line begins at a token that no name goes on over: another paragraph, or small letters below a title in capitals.
    fn ends_line(&self, at: usize) -> bool {
        let above = || at.checked_sub(1).and_then(|i| self.work.token(i));
        self.work.token(at).is_some_and(|token| match token.gap {
            Gap::Para | Gap::Tab => true,
            // A title in capitals ends with its line.
            Gap::Line => token.case != Case::Upper && above().is_some_and(|t| t.case == Case::Upper),
            _ => false,
        })
    }

    /// Whether a token joins two abbreviations: "NN&PTNT".
    fn joins_abbreviations(&self, at: usize) -> bool {
        let short = |i: usize| {
            let upper = |t: &Token| t.kind == TokenKind::Word && t.case == Case::Upper && t.gap < Gap::Line;
            self.work.token(i).is_some_and(upper)
        };
        at > 0 && self.is_any(at, ['&', '-', '–']) && short(at - 1) && short(at + 1)
    }

    /// "Kế hoạch và Đầu tư", "Lao động - Thương binh", "Văn hóa, Thể thao": whether a token joins two compounds of a name.
    fn joins_compounds(&self, at: usize) -> bool {
        (self.work.patterns.particles.and.has(self.work.word(at)) || self.is_any(at, ['-', '–', ',']))
            && self.work.token(at + 1).is_some_and(|t| t.case == Case::Title)
            && self.words.body_words.at(&self.work.tokens, at + 1).is_some()
    }
}

/// A syllable of a name, or an abbreviation in it.
pub(super) fn names(token: &Token) -> bool {
    token.kind == TokenKind::Word
        && matches!(token.case, Case::Title | Case::Upper)
        && token.gap != Gap::Glued
}
