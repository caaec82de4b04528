//! Stage 5, linking: who or where a quantity counts: "toàn tỉnh", "huyện Đại Từ"; for a cell the row; else the area of the document.

mod ages;
mod beside;
mod body;
mod heading;
mod name;
mod opening;
mod own;
mod stretch;
mod subject;
mod taken;
mod thing;

use smol_str::SmolStr;

use super::{Linker, Place};
use crate::claim::indicator::Found;
use crate::patterns::place::{Mention, Unit};

/// How far into a lead-in a body may begin that governs its list.
const LEAD_TOKENS: usize = 3;
/// By how many bytes the name of the document's own place may be longer than the place: "tỉnh ".
const OWN_KIND: usize = 16;
/// Most tokens of a body's name.
pub(super) const BODY_TOKENS: usize = 14;
/// Most syllables of a place's name.
pub(super) const NAME_SYLLABLES: usize = 4;

impl Linker<'_, '_> {
    /// The scope of a quantity and the rule that gave it: that of its cell, a name right before it, what its own clause
    /// names, that of the quantity whose name it has, what opens its sentence, its list's lead-in, its heading.
    pub(super) fn scope(
        &self,
        item: &Found,
        place: &Place<'_>,
        named_place: Option<SmolStr>,
    ) -> (Option<SmolStr>, &'static str) {
        let before = self.own_start(item.tokens.start, place)..item.tokens.start;
        let behind = item.tokens.end..self.own_end(item, place);
        let rules: [(&'static str, &dyn Fn() -> Option<SmolStr>); 14] = [
            // A place alone before the figure: "Hồng Ngự 1.860 ha".
            ("scope.right_before", &|| named_place.clone()),
            // What its own clause names before it: "huyện A có 12 trường".
            ("scope.clause", &|| self.scope_before(before.clone(), item)),
            // A place that its clause begins with, without its type word: "Nghệ An trồng 39.100 ha".
            ("scope.subject", &|| self.scope_of_subject(item, place)),
            // What its bracket stands behind: "bình quân chung của cả nước (6,21%)".
            ("scope.bracket", &|| self.scope_of_bracket(item)),
            ("scope.aside", &|| self.scope_of_aside(item, place)),
            // What its own words behind it name: "12 trường của huyện A".
            ("scope.behind", &|| self.scope_behind(behind.clone(), item)),
            // What the figure before is of, where this one is a change of it.
            ("scope.previous", &|| self.scope_of_previous(item, place)),
            // The place that its part of the sentence between semicolons begins with.
            ("scope.member", &|| self.scope_of_member(item, place)),
            // The label of its part of the sentence, where the part beside it has one too.
            ("scope.member_label", &|| self.scope_of_member_label(item, place)),
            // What stands before the colon that opens its sentence.
            ("scope.label", &|| self.scope_of_label(place, item)),
            // What stands before the first figure of its sentence.
            ("scope.opening", &|| self.scope_of_opening(place, item)),
            // The ages named last: "từ 18 tuổi trở lên".
            ("scope.ages", &|| self.scope_of_ages(place, item)),
            // The line with a colon over its list.
            ("scope.lead", &|| self.lead_in(place).and_then(|lead| self.scope_of_lead(lead, item))),
            // The nearest heading that names a thing or a part.
            ("scope.heading", &|| self.scope_of_heading(item)),
        ];
        let told_by = self.source_end(place).map(|end| self.work.words(place.sentence.start..end));
        let own = |s: &SmolStr| !told_by.is_some_and(|source| self.is_source(s, source, place));
        let given = rules.iter().find_map(|(rule, scope)| scope().filter(own).map(|s| (s, *rule)));
        match given {
            // The document's own place needs no telling.
            Some((scope, rule)) if self.is_own_place(&scope) => (None, rule),
            Some((scope, rule)) => (Some(scope), rule),
            // A cell of prose tells of its row.
            None => item.scope.clone().map_or((None, ""), |s| (Some(s), "scope.cell")),
        }
    }

    /// "Theo Sở Công nghiệp, …": who tells it is not of whom it is told, but for a place; who ordered it never is.
    fn is_source(&self, scope: &str, source: &str, place: &Place<'_>) -> bool {
        let begin = self.past_mark(place.sentence.start, place.sentence.end);
        let ordered = || self.work.patterns.frames.grounds.at(&self.work.tokens, begin).is_some();
        let is_place = || !self.work.patterns.places.mentions(scope, self.context.date).is_empty();
        source.contains(scope) && (ordered() || !is_place())
    }

    /// Whether a scope is the place that the whole document is of.
    fn is_own_place(&self, scope: &str) -> bool {
        let same = |area: &SmolStr| {
            let (area, scope) = (area.to_lowercase(), scope.to_lowercase());
            area == scope || scope.ends_with(&area) && scope.len() <= area.len() + OWN_KIND
        };
        // "thành phố Kon Tum" is a district of the province of that name.
        let mentions = || self.work.patterns.places.mentions(scope, self.context.date);
        let within = |m: &Mention| matches!(m.unit, Unit::District(_)) && m.kind.is_some();
        let inner = || self.context.district.is_none() && mentions().first().is_some_and(within);
        self.context.area.as_ref().is_some_and(same) && !inner()
    }
}
