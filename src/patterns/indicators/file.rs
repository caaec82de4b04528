//! Stage 3, indicators: what `indicators.toml` and `lexicon/units.toml` look like.

use serde::Deserialize;

use super::{RoleWord, Words, fill};
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
