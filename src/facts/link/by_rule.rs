//! Which rule alone names a figure, before phrases are weighed against one another.

use smol_str::SmolStr;

use super::{Linker, Place, class};
use crate::claim::indicator::Found;

/// What linking knows of a figure before its name.
pub(super) struct Given {
    /// The name it has as one place of a list of places.
    pub listed: Option<SmolStr>,
    /// That of what was spoken of, where the figure is the same elsewhere.
    pub same: Option<SmolStr>,
    /// The class that the figure is one of.
    pub class: Option<SmolStr>,
    /// Whether it is told of the one that leads an order.
    pub leads: bool,
}

impl Linker<'_, '_> {
    /// The name that the first rule with one gives, and the rule.
    pub(super) fn named_by_rule(
        &self,
        item: &Found,
        place: &Place<'_>,
        given: &Given,
    ) -> Option<(SmolStr, &'static str)> {
        let rules: [(&'static str, &dyn Fn() -> Option<SmolStr>); 38] = [
            ("name.listed_place", &|| given.listed.clone()),
            ("name.this_rate", &|| self.this_rate(item, place)),
            ("name.share_of_ratio", &|| self.share_of_ratio(item, place)),
            ("name.share_beside", &|| self.share_beside(item, place)),
            ("name.answered", &|| self.answered(item, place)),
            ("name.predicate", &|| self.predicated(item, place)),
            ("name.over_count", &|| self.over_count(item, place)),
            ("name.received", &|| self.received(item, place)),
            ("name.carried", &|| self.carried(item, place)),
            ("name.bracket_label", &|| self.of_bracket_label(item, place)),
            ("name.measured_noun", &|| self.measured_noun(item, place)),
            ("name.asked_share", &|| self.asked_share(item, place)),
            ("name.lone_size", &|| self.lone_size(item, place)),
            ("name.of_kind", &|| self.of_kind(item, place)),
            ("name.of_each", &|| self.of_each(item, place)),
            ("name.size_class", &|| self.of_size_class(item, place)),
            ("name.rate_of_part", &|| self.rate_of_part(item, place)),
            ("name.share_of_all", &|| self.share_of_all(item, place)),
            ("name.same_elsewhere", &|| given.same.clone()),
            (class::NAMED, &|| given.class.clone()),
            ("name.limit_of_time", &|| self.limit_of_time(item, place)),
            ("name.case_of_those", &|| self.case_of_those(item, place)),
            ("name.about", &|| self.about(item, place)),
            ("name.label_of_papers", &|| self.label_of_papers(item, place)),
            ("name.rank_beside", &|| self.rank_beside(item, place)),
            ("name.same_head", &|| self.same_head(item, place)),
            ("name.member_of_label", &|| self.member_of_label(item, place)),
            ("name.done_to_counted", &|| self.done_to_counted(item, place)),
            ("name.part_done", &|| self.part_done(item, place)),
            ("name.changed_number", &|| self.changed_number(item, place)),
            ("name.of_those_apart", &|| self.of_those_apart(item, place)),
            ("name.own_change", &|| self.own_change(item, place)),
            ("name.ceiling", &|| self.ceiling(item, place)),
            ("name.bare_sum", &|| self.bare_sum(item, place)),
            ("name.of_those_named", &|| self.of_those_named(item, place)),
            ("name.sibling", &|| self.sibling(item, place)),
            ("name.member_of_lead", &|| self.member_of_lead(item, place)),
            ("name.counted_alike", &|| given.leads.then(|| self.counted_alike(item, place)).flatten()),
        ];
        rules.iter().find_map(|(rule, name)| name().map(|name| (name, *rule)))
    }
}
