//! What is counted: a noun of the lexicon, or a short row of lower-case syllables.

use super::Scan;
use super::amount::follows;
use crate::words::token::{Case, Gap, Kind, Token};
use smol_str::SmolStr;

/// Most letters of an abbreviation: CBCNV.
const MOST_LETTERS: usize = 6;
/// Most syllables of a counted noun that no lexicon knows.
const OPEN_SYLLABLES: usize = 2;

impl Scan<'_, '_> {
    /// One past the last token of a noun that no lexicon knows, from a token onwards.
    pub(crate) fn open_noun(&self, start: usize) -> Option<usize> {
        let first = self.token(start)?;
        // "41 DC", "20.000 BTS": an abbreviation that is no code of a body or a document.
        if first.case == Case::Upper && first.gap == Gap::Space {
            let letters = self.work.word(start).chars().count();
            let next = self.token(start + 1);
            let rate = next.is_some_and(|t| t.is('/'))
                && self.token(start + 2).is_some_and(|t| {
                    t.gap == Gap::Glued && (t.kind == Kind::Number || t.case == Case::Lower && t.bytes() > 1)
                });
            let joined =
                !rate && next.is_some_and(|t| t.is('/') || t.is('-') || t.case == Case::Upper && follows(t));
            let noun = (2..=MOST_LETTERS).contains(&letters)
                && !self.words.stop.has(first)
                && !self.work.word(start).chars().all(|c| "IVX".contains(c))
                && self
                    .work
                    .patterns
                    .references
                    .code(self.work.word(start))
                    .is_none_or(|c| c.doc_type.is_none());
            return (noun && !joined).then_some(start + 1);
        }
        if !follows(first) || first.kind != Kind::Word || first.case != Case::Lower || first.bytes() < 2 {
            return None;
        }
        if self.words.stop.has(first)
            || self.words.numeral(first.word).is_some()
            || self.scale_at(start).is_some()
        {
            return None;
        }
        let mut end = start + 1;
        while end < start + OPEN_SYLLABLES
            && let Some(token) = self.token(end)
            && self.continues(token)
        {
            end += 1;
        }
        Some(end)
    }

    /// Whether a noun phrase goes on with this token.
    pub(super) fn continues(&self, token: &Token) -> bool {
        follows(token)
            && token.kind == Kind::Word
            && token.case == Case::Lower
            && !self.words.ends.has(token)
            && !self.words.stop.has(token)
    }

    /// Words that make a number vague: hàng trăm, vài chục, thứ hai.
    pub(super) fn vague(&self, token: &Token) -> bool {
        let text = self.work.text.slice(token.start as usize..token.end as usize);
        token.kind == Kind::Word && self.work.patterns.particles.vague.has(text)
    }

    /// A noun as a unit: on one line, in lower case unless it is an abbreviation.
    pub(crate) fn noun_text(&self, start: usize, end: usize) -> SmolStr {
        let mut out = String::new();
        // "12 DOANH NGHIỆP" is written in capitals, "12 HTX NN" in letters.
        let upper = |i: usize| self.token(i).is_some_and(|t| t.case == Case::Upper);
        let capitals =
            end - start > 1 && (start..end).all(upper) && !(start..end).all(|i| self.work.word(i).is_ascii());
        for i in start..end {
            let Some(token) = self.token(i) else { break };
            if i > start && token.gap != Gap::Glued {
                out.push(' ');
            }
            let word = self.work.word(i);
            match token.case {
                Case::Title => out.push_str(&word.to_lowercase()),
                Case::Upper if capitals || token.bytes() > 6 => out.push_str(&word.to_lowercase()),
                _ => out.push_str(word),
            }
        }
        out.into()
    }
}
