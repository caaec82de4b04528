//! Stage 3, indicators: what `indicators.toml` and `lexicon/units.toml` look like.

use serde::Deserialize;

use super::{RoleWord, fill};
use crate::patterns::phrases::Phrases;
use crate::patterns::rule::RuleEntry;
use crate::record::quantity::{Bound, Direction, Role};
use crate::words::vocab::Vocab;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitFile {
    #[serde(default)]
    pub(super) scale: Vec<ScaleEntry>,
    #[serde(default)]
    pub(super) percent: Vec<UnitEntry>,
    #[serde(default)]
    pub(super) permille: Vec<UnitEntry>,
    #[serde(default)]
    pub(super) money: Vec<UnitEntry>,
    #[serde(default)]
    pub(super) measure: Vec<UnitEntry>,
    #[serde(default)]
    pub(super) score: Vec<UnitEntry>,
    #[serde(default)]
    pub(super) duration: Vec<UnitEntry>,
    #[serde(default)]
    pub(super) none: Vec<UnitEntry>,
    #[serde(default)]
    pub(super) count: Vec<UnitEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScaleEntry {
    pub(super) factor: u64,
    pub(super) words: Vec<String>,
}

/// One unit as `units.toml` writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitEntry {
    #[serde(default)]
    pub(super) unit: Option<String>,
    #[serde(default, rename = "dimension")]
    _dimension: Option<String>,
    #[serde(default)]
    pub(super) factor: Option<u64>,
    #[serde(default)]
    pub(super) power: bool,
    #[serde(default)]
    pub(super) strict: bool,
    #[serde(default)]
    pub(super) rule: Option<String>,
    pub(super) forms: Vec<String>,
    /// Those of the forms that also stand before the amount.
    #[serde(default)]
    pub(super) before: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IndicatorFile {
    #[serde(default)]
    pub(super) words: Words,
    #[serde(default)]
    pub(super) rule: Vec<RuleEntry>,
}

/// The `[words]` of `indicators.toml`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Words {
    pub(super) digits: Vec<Vec<String>>,
    pub(super) late_digits: Vec<Vec<String>>,
    pub(super) ten: Vec<String>,
    pub(super) tens: Vec<String>,
    pub(super) odd: Vec<String>,
    pub(super) half: Vec<String>,
    pub(super) comma: Vec<String>,
    pub(super) not_scale: Vec<String>,
    pub(super) stop: Vec<String>,
    pub(super) ends: Vec<String>,
    pub(super) labels: Vec<String>,
    pub(super) labels_weak: Vec<String>,
    pub(super) glue: Vec<String>,
    pub(super) bound_before: BoundWords,
    pub(super) bound_after: BoundWords,
    pub(super) role_before: RoleWords,
    pub(super) role_after: RoleWords,
    pub(super) role_governs: RoleWords,
    pub(super) rank_before: Vec<String>,
    pub(super) rate_bases: Vec<String>,
    pub(super) rate_leads: Vec<String>,
    pub(super) age_names: Vec<String>,
    pub(super) copies_before: Vec<String>,
    pub(super) copies: Vec<String>,
    pub(super) states: Vec<String>,
    pub(super) minus: Vec<String>,
    pub(super) minus_words: Vec<String>,
    pub(super) thousand_marks: Vec<String>,
    pub(super) rank_of: Vec<String>,
    pub(super) index_names: Vec<String>,
    pub(super) restated: Vec<String>,
    pub(super) in_turn: Vec<String>,
    pub(super) weak_heads: Vec<String>,
    pub(super) score_heads: Vec<String>,
    pub(super) firsts: Vec<Vec<String>>,
    pub(super) single: Vec<String>,
    pub(super) range: Vec<String>,
    pub(super) duration_before: Vec<String>,
    pub(super) trivial_after: Vec<String>,
    pub(super) head_count: Vec<String>,
    pub(super) money_names: Vec<String>,
    pub(super) compared: Vec<String>,
    pub(super) classifiers: Vec<String>,
    pub(super) generic: Vec<String>,
    pub(super) no_name: Vec<String>,
    pub(super) role_neutral: Vec<String>,
    pub(super) areas: Vec<String>,
    pub(super) openers: Vec<String>,
    pub(super) joined: Vec<String>,
    pub(super) name_verbs: Vec<String>,
    pub(super) role_headings: RoleWords,
    pub(super) name_heads: Vec<String>,
    pub(super) name_tail: Vec<String>,
    pub(super) name_keep: Vec<String>,
    pub(super) double_heads: Vec<String>,
    pub(super) compounds: Vec<String>,
    pub(super) among: Vec<String>,
    pub(super) spots: Vec<String>,
    pub(super) lead_keep: Vec<String>,
    pub(super) dangling: Vec<String>,
    pub(super) name_lead: Vec<String>,
    pub(super) share_of: Vec<String>,
    pub(super) scope_fixed: Vec<String>,
    pub(super) scope_things: Vec<String>,
    pub(super) scope_kinds: Vec<String>,
    pub(super) scope_never: Vec<String>,
    pub(super) name_whole: Vec<String>,
    pub(super) scope_bodies: Vec<String>,
    pub(super) body_words: Vec<String>,
    pub(super) until_now: Vec<String>,
    pub(super) columns_none: Vec<String>,
    pub(super) unit_notes: Vec<String>,
    pub(super) plan_types: Vec<String>,
    pub(super) norm_types: Vec<String>,
    pub(super) norm_with_results: Vec<String>,
    pub(super) norm_with_aims: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct BoundWords {
    pub(super) exact: Vec<String>,
    pub(super) about: Vec<String>,
    pub(super) at_least: Vec<String>,
    pub(super) more_than: Vec<String>,
    pub(super) at_most: Vec<String>,
    pub(super) less_than: Vec<String>,
}

impl BoundWords {
    pub(super) fn add(&self, to: &mut Phrases<Bound>, vocab: &mut Vocab) {
        let groups = [
            (&self.exact, Bound::Exact),
            (&self.about, Bound::About),
            (&self.at_least, Bound::AtLeast),
            (&self.more_than, Bound::MoreThan),
            (&self.at_most, Bound::AtMost),
            (&self.less_than, Bound::LessThan),
        ];
        for (phrases, bound) in groups {
            fill(to, vocab, phrases, bound);
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RoleWords {
    pub(super) actual: Vec<String>,
    pub(super) target: Vec<String>,
    pub(super) norm: Vec<String>,
    pub(super) gap: Vec<String>,
    pub(super) gap_up: Vec<String>,
    pub(super) gap_down: Vec<String>,
    pub(super) change: Vec<String>,
    pub(super) up: Vec<String>,
    pub(super) down: Vec<String>,
}

impl RoleWords {
    pub(super) fn groups(&self) -> [(&Vec<String>, Role, Option<Direction>); 9] {
        [
            (&self.actual, Role::Actual, None),
            (&self.target, Role::Target, None),
            (&self.norm, Role::Norm, None),
            (&self.gap, Role::Gap, None),
            (&self.gap_up, Role::Gap, Some(Direction::Up)),
            (&self.gap_down, Role::Gap, Some(Direction::Down)),
            (&self.change, Role::Change, None),
            (&self.up, Role::Change, Some(Direction::Up)),
            (&self.down, Role::Change, Some(Direction::Down)),
        ]
    }

    pub(super) fn add(&self, to: &mut Phrases<RoleWord>, vocab: &mut Vocab) {
        for (phrases, role, direction) in self.groups() {
            fill(to, vocab, phrases, RoleWord { role, direction });
        }
    }
}
