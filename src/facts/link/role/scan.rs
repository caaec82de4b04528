//! The role words of a stretch, in order.

use std::ops::Range;

use crate::claim::indicator::Role;
use crate::facts::link::Linker;
use crate::patterns::phrases::Phrases;
use crate::words::token::hint;

impl Linker<'_, '_> {
    /// The last role word of a stretch: the nearest.
    pub(super) fn last_of(&self, phrases: &Phrases<Role>, tokens: Range<usize>) -> Option<Role> {
        self.roles(phrases, tokens).last()
    }

    /// The first role word of a heading: "Kết quả thực hiện kế hoạch" tells results.
    pub(super) fn first_of(&self, phrases: &Phrases<Role>, tokens: Range<usize>) -> Option<Role> {
        self.roles(phrases, tokens).next()
    }

    /// The role words of a stretch; those of an aim only where they aim at something to come.
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
                && self.work.is(at, '(')
                && let Some(close) = (at..end).find(|&k| self.work.is(k, ')'))
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
}
