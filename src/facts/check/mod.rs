//! Stage 6: consistency inside one record: finished items come in, checks go out.
//!
//! A check says "agrees" or "disagrees" only where the words around two figures leave no doubt that they belong
//! together; everything else is left alone. Rounding and truncation of the last stated digit both agree: 6.322/7.052
//! is 89,64% and 89,65%.

mod citations;
mod figures;
mod totals;

use serde::Deserialize;

use crate::patterns::catalogue::{Catalogue, key};
use crate::patterns::source::{PatternError, Sources};
use crate::record::{Check, Record};

/// Name of the pattern file.
pub const FILE: &str = "checks.toml";
/// The embedded file.
pub const BUILTIN: &str = include_str!("../../../patterns/checks.toml");

/// Words by which checks know that two figures belong together; folded.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckWords {
    ratio: RatioWords,
    #[serde(default)]
    gap: GapWords,
    parts: PartWords,
    #[serde(default)]
    table: TableWords,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RatioWords {
    links: Vec<String>,
    excess: Vec<String>,
    others: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct GapWords {
    links: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct TableWords {
    totals: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct PartWords {
    links: Vec<String>,
    #[serde(default)]
    whole: Vec<String>,
    #[serde(default)]
    rest: Vec<String>,
    complements: Vec<[String; 2]>,
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
        words.parts.complements.iter_mut().flatten().for_each(|w| *w = key(w));
        Ok(words)
    }
}

/// Checks a finished record.
pub fn run(record: &Record, words: &CheckWords, catalogue: &Catalogue) -> Vec<Check> {
    let mut checks = Vec::new();
    figures::run(&record.indicators, words, catalogue, &mut checks);
    totals::run(&record.indicators, words, &mut checks);
    citations::run(record, &mut checks);
    checks
}

fn check(
    kind: &str,
    agrees: bool,
    expected: String,
    stated: String,
    items: &[&str],
    message: String,
) -> Check {
    Check {
        kind: kind.into(),
        verdict: if agrees { "agrees" } else { "disagrees" }.into(),
        expected: Some(expected),
        stated: Some(stated),
        items: items.iter().map(|i| (*i).to_owned()).collect(),
        message,
    }
}

#[cfg(test)]
mod tests;
