//! How a text speaks of its own unit without naming it: "toàn huyện", "UBND xã".

use std::ops::Range;

use super::super::BODY;
use super::{Page, Survey};
use crate::claim::Work;
use crate::patterns::frames::OwnLevel;
use crate::patterns::voices::Voice;
use crate::record::{EvidenceBasis, Level};
use crate::words::token::Gap;

/// Points for each level, and what is said of the whole country.
#[derive(Debug, Default)]
pub(super) struct Own {
    pub(super) province: usize,
    /// A city may be a province or a district.
    pub(super) city: usize,
    pub(super) district: usize,
    pub(super) commune: usize,
    /// How often it speaks of the country, and where first.
    pub(super) country: Option<(usize, Range<usize>)>,
}

impl Own {
    /// Counts over the running text.
    pub(super) fn read(work: &Work<'_>) -> Self {
        let mut own = Self::default();
        let last = work.token_at(BODY).min(work.tokens.len());
        let mut i = 0;
        while i < last {
            i += own.at(work, i).unwrap_or(1);
        }
        own
    }

    /// Counts what is said at a token, and gives its length.
    fn at(&mut self, work: &Work<'_>, i: usize) -> Option<usize> {
        let words = &work.patterns.frames;
        if let Some((n, ())) = words.own_not.at(&work.tokens, i) {
            return Some(n);
        }
        if let Some((n, own)) = words.own.at(&work.tokens, i) {
            let has_name = work.token(i + n).is_some_and(|t| t.capital() && t.gap == Gap::Space);
            // "bình quân chung toàn thành phố": only what is compared with.
            if !has_name && words.averages.before(&work.tokens, i).is_none() {
                let voice = if own.strong { Voice::OwnArea } else { Voice::OwnBody };
                *self.level(own.level) += work.patterns.voices.points(voice);
            }
            return Some(n);
        }
        let (n, ()) = words.country.at(&work.tokens, i)?;
        if words.compares.before(&work.tokens, i).is_none() {
            self.country.get_or_insert((0, work.bytes(i..i + n))).0 += 1;
        }
        Some(n)
    }

    fn level(&mut self, level: OwnLevel) -> &mut usize {
        match level {
            OwnLevel::Province => &mut self.province,
            OwnLevel::City => &mut self.city,
            OwnLevel::District => &mut self.district,
            OwnLevel::Commune => &mut self.commune,
        }
    }

    /// How much the text speaks of its own district or commune.
    pub(super) fn said(&self, level: Level) -> usize {
        match level {
            Level::District => self.district.max(self.city),
            Level::Commune => self.commune,
            Level::Country | Level::Province => 0,
        }
    }

    /// How much it speaks of any unit of its own.
    pub(super) fn total(&self) -> usize {
        self.province + self.city + self.district + self.commune
    }
}

/// A report of a province names bodies of all levels: what it says of its own unit speaks for all candidates of that level.
pub(super) fn speaks_of_itself(survey: &mut Survey, _: &Page<'_, '_>) {
    const MOST: usize = 18;
    let titled = survey.is_titled();
    let own = &survey.own;
    for candidate in &mut survey.candidates {
        let said = match candidate.named.level() {
            Level::Province => own.province.max(own.city),
            level => own.said(level),
        };
        // What a text comes to behind its opening is not what its title is about.
        let aside = titled && candidate.read.basis == EvidenceBasis::Body;
        candidate.points += if aside { 0 } else { said.min(MOST) };
    }
}
