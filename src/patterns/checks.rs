//! The words by which checks know that two figures belong together, from `patterns/checks.toml`.

use serde::Deserialize;

use super::catalogue::key;
use super::source::{PatternError, Sources};

/// Name of the pattern file.
pub const FILE: &str = "checks.toml";
/// The embedded file.
pub const BUILTIN: &str = include_str!("../../patterns/checks.toml");

/// Words by which checks know that two figures belong together; folded.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckWords {
    pub(crate) ratio: RatioWords,
    #[serde(default)]
    pub(crate) gap: GapWords,
    pub(crate) parts: PartWords,
    #[serde(default)]
    pub(crate) table: TableWords,
    #[serde(default)]
    pub(crate) rates: RateWords,
    #[serde(default)]
    pub(crate) subjects: SubjectWords,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RatioWords {
    pub(crate) links: Vec<String>,
    pub(crate) excess: Vec<String>,
    pub(crate) others: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GapWords {
    pub(crate) links: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TableWords {
    pub(crate) totals: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RateWords {
    pub(crate) names: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SubjectWords {
    pub(crate) small: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PartWords {
    pub(crate) links: Vec<String>,
    #[serde(default)]
    pub(crate) whole: Vec<String>,
    #[serde(default)]
    pub(crate) rest: Vec<String>,
    pub(crate) complements: Vec<[String; 2]>,
}

impl CheckWords {
    /// Reads the file; a user's file replaces the embedded one.
    ///
    /// # Errors
    /// A broken pattern file.
    pub fn load(sources: &Sources) -> Result<Self, PatternError> {
        let mut words = Self::default();
        for file in sources.named(FILE) {
            words = file.parse()?;
        }
        let fold = |list: &mut Vec<String>| {
            list.iter_mut().for_each(|w| {
                // A sign is no word: it stays as it is.
                if w.chars().any(char::is_alphabetic) {
                    *w = key(w);
                }
            });
        };
        fold(&mut words.ratio.links);
        fold(&mut words.ratio.excess);
        fold(&mut words.ratio.others);
        fold(&mut words.gap.links);
        fold(&mut words.parts.links);
        fold(&mut words.parts.whole);
        fold(&mut words.parts.rest);
        fold(&mut words.table.totals);
        fold(&mut words.rates.names);
        fold(&mut words.subjects.small);
        words.parts.complements.iter_mut().flatten().for_each(|w| *w = key(w));
        Ok(words)
    }
}
