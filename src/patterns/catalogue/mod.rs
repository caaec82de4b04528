//! Stage 3, the catalogue of indicators: `patterns/catalogue.toml` comes in, a matcher goes out that gives
//! "tỷ lệ hồ sơ nộp trực tuyến" the id `online_file_rate` in every province and year.
//!
//! [`Catalogue::load`] reads the embedded file and the user's, checks them and compiles one trie over all
//! phrasings; [`assign::assign`] gives every indicator of a record its id.

mod account;
pub mod assign;
mod carry;
mod check;
mod derive;
mod find;
mod guard;
mod phrase;
mod topic;
mod trie;
mod words;

use std::collections::BTreeMap;

use serde::Deserialize;

use super::source::{PatternError, SourceFile, Sources};
use crate::record::quantity::Kind;
use derive::DeriveWords;
pub use find::{Query, Scratch};
use guard::Guard;
use phrase::{Folder, Phrasings};
use topic::Topics;
pub use words::key;

/// Name of the pattern file.
pub const FILE: &str = "catalogue.toml";

/// What kind of percentage an indicator is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// A rate of its own: tỷ lệ hồ sơ trực tuyến.
    #[default]
    Rate,
    /// What something grew by: GRDP tăng.
    Growth,
    /// Share of a plan that was reached: đạt 98% dự toán.
    Plan,
    /// Part of a whole: tỷ trọng, cơ cấu.
    Share,
}

/// One indicator of the catalogue.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Stable id.
    pub id: String,
    /// Vietnamese name.
    #[serde(default)]
    pub name_vi: String,
    /// English name.
    #[serde(default)]
    pub name_en: String,
    /// Id of its [`Group`].
    #[serde(default)]
    pub group: String,
    /// Kinds of item it may be; the first is its own.
    #[serde(default)]
    pub kinds: Vec<Kind>,
    /// Units of a count, ratio, money or measure; any where empty.
    #[serde(default)]
    pub units: Vec<String>,
    /// What kind of percentage.
    #[serde(default)]
    pub basis: Basis,
    /// A rate that is itself a share of a plan.
    #[serde(default)]
    pub of_plan: bool,
    /// Words that name it.
    #[serde(default)]
    pub phrasings: Vec<String>,
    /// Names that say too little by themselves, and mean it only where what governs them is about its `topic`.
    #[serde(default)]
    pub bare: Vec<String>,
    /// What governs a bare name: words of its sentence, its table, the headings above or the title.
    #[serde(default)]
    pub topic: Vec<String>,
    /// Words that rule it out.
    #[serde(default)]
    pub not_near: Vec<String>,
    /// Words that rule it out wherever they stand in the clause, the name's own words or not.
    #[serde(default)]
    pub not_around: Vec<String>,
    /// Words that rule it out right before a count: "cho 65 hộ nghèo" are those for whom something was done.
    #[serde(default)]
    pub not_before: Vec<String>,
    /// Words that must not follow the value.
    #[serde(default)]
    pub not_after: Vec<String>,
    /// Words that rule it out in what governs the figure: its sentence, its table, the headings above, title and issuer.
    #[serde(default)]
    pub not_above: Vec<String>,
    /// Edition, where figures of different years cannot be compared.
    #[serde(default)]
    pub edition: Option<String>,
    /// First year of the edition.
    #[serde(default)]
    pub from: Option<i32>,
    /// Last year of the edition.
    #[serde(default)]
    pub to: Option<i32>,
    /// The indicator that it is of the whole country.
    #[serde(default)]
    pub in_country: Option<String>,
    /// The indicator that it is of a province or a smaller place.
    #[serde(default)]
    pub in_province: Option<String>,
    /// Who reports it, where only one level does: `tỉnh`, `huyện`, `xã`.
    #[serde(default)]
    pub level: Option<String>,
    /// The indicator that a percentage right behind a value of this one is: "287 hộ nghèo (7,73%)".
    #[serde(default)]
    pub rate: Option<String>,
    /// The indicator of its change: what the value "tăng", or how much the rate falls in a year.
    #[serde(default)]
    pub change: Option<String>,
    /// It tells how much something fell: no rise is one.
    #[serde(default)]
    pub falls: bool,
    /// The indicator of the share of its plan that was reached.
    #[serde(default)]
    pub plan: Option<String>,
    /// The indicators of which it is a part: told as part of anything else, it is not meant.
    #[serde(default)]
    pub within: Vec<String>,
    /// Names that must be taken.
    #[serde(default)]
    pub examples: Vec<String>,
    /// Names that must not be taken.
    #[serde(default)]
    pub counter_examples: Vec<String>,
    /// Whether figures of several places may be summed; without it a count may, and nothing else.
    #[serde(default)]
    pub sum: Option<bool>,
    /// A rate that is not itself a rise or a fall.
    #[serde(skip)]
    state: bool,
    /// Removes the embedded indicator of this id.
    #[serde(default)]
    pub disabled: bool,
}

impl Entry {
    /// Whether figures of several places may be summed.
    pub fn additive(&self) -> bool {
        self.sum.unwrap_or_else(|| self.kinds.first() == Some(&Kind::Count))
    }
}

/// A group of indicators.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Stable id.
    pub id: String,
    /// Vietnamese name.
    pub name_vi: String,
    /// English name.
    pub name_en: String,
}

/// Words that tell the bases of a percentage apart.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Words {
    plan: Vec<String>,
    rate: Vec<String>,
    growth: Vec<String>,
    share: Vec<String>,
    base: Vec<String>,
    holder: Vec<String>,
    starts: Vec<String>,
    never: Vec<String>,
    more: Vec<String>,
    turn: Vec<String>,
    step: Vec<String>,
    call_off: Vec<String>,
    call_off_near: Vec<String>,
    link: Vec<String>,
    beside: Vec<String>,
    other: Vec<String>,
    reached: Vec<String>,
    contributes: Vec<String>,
    whole: Vec<String>,
    yearly: Vec<String>,
    with: Vec<String>,
    plain: Vec<String>,
    neutral: Vec<String>,
    body: Vec<String>,
    parts: Vec<String>,
}

/// The file as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    words: Option<Words>,
    #[serde(default)]
    abbreviations: BTreeMap<String, String>,
    #[serde(default)]
    group: Vec<Group>,
    #[serde(default)]
    guard: Vec<toml::Spanned<Guard>>,
    #[serde(default)]
    indicator: Vec<toml::Spanned<Entry>>,
}

/// The indicators, compiled.
#[derive(Debug)]
pub struct Catalogue {
    entries: Vec<Entry>,
    groups: Vec<Group>,
    by_id: BTreeMap<String, usize>,
    folder: Folder,
    phrasings: Phrasings,
    derive: DeriveWords,
    topics: Topics,
    own: account::Own,
}

impl Catalogue {
    /// The embedded catalogue.
    ///
    /// # Errors
    /// None in a tested build.
    pub fn builtin() -> Result<Self, PatternError> {
        let mut sources = Sources::default();
        sources.push(FILE, "builtin:catalogue.toml", BUILTIN);
        Self::load(&sources)
    }

    /// Reads, merges, checks and compiles every `catalogue.toml` of the sources.
    ///
    /// # Errors
    /// A broken file, an indicator without phrasings or examples, an example that is not taken: with its place.
    pub fn load(sources: &Sources) -> Result<Self, PatternError> {
        let mut words = Words::default();
        let mut abbreviations = BTreeMap::new();
        let mut groups: Vec<Group> = Vec::new();
        let mut guards: Vec<Guard> = Vec::new();
        let mut entries: Vec<(Entry, &SourceFile, usize)> = Vec::new();
        let mut removed: Vec<String> = Vec::new();
        for file in sources.named(FILE) {
            let parsed: File = file.parse()?;
            words = parsed.words.unwrap_or(words);
            abbreviations.extend(parsed.abbreviations);
            for group in parsed.group {
                groups.retain(|g| g.id != group.id);
                groups.push(group);
            }
            for spanned in parsed.guard {
                let at = spanned.span().start;
                let guard = spanned.into_inner();
                check::guard(&guard, guards.len()).map_err(|(m, hint)| file.error(at, &m, hint))?;
                guards.retain(|g| g.id != guard.id);
                if !guard.disabled {
                    guards.push(guard);
                }
            }
            for spanned in parsed.indicator {
                let at = spanned.span().start;
                let entry = spanned.into_inner();
                check::entry(&entry, &groups).map_err(|(m, hint)| file.error(at, &m, hint))?;
                if entry.disabled {
                    removed.push(entry.id.clone());
                }
                let known = entries.iter().position(|(e, ..)| e.id == entry.id);
                match (known, entry.disabled) {
                    (Some(i), true) => drop(entries.remove(i)),
                    (Some(i), false) => {
                        if let Some(slot) = entries.get_mut(i) {
                            *slot = (entry, file, at);
                        }
                    }
                    (None, true) => {}
                    (None, false) => entries.push((entry, file, at)),
                }
            }
        }
        let folder = Folder::new(&abbreviations);
        let places: Vec<_> = entries.iter().map(|(_, file, at)| (*file, *at)).collect();
        let mut entries: Vec<Entry> = entries.into_iter().map(|(e, ..)| e).collect();
        entries.iter_mut().for_each(|e| e.state = e.is_state(&words));
        let phrasings = Phrasings::compile(&entries, &words, &guards, &folder).map_err(|(i, message)| {
            let hint = "write words, \" ... \" for a gap, (a|b) for either";
            places.get(i).map_or_else(
                || PatternError {
                    file: FILE.into(),
                    line: 1,
                    column: 1,
                    message: message.clone(),
                    hint: hint.into(),
                },
                |(file, at)| file.error(*at, &message, hint),
            )
        })?;
        let by_id: BTreeMap<String, usize> =
            entries.iter().enumerate().map(|(i, e)| (e.id.clone(), i)).collect();
        for (entry, (file, at)) in entries.iter().zip(&places) {
            let named = [&entry.rate, &entry.change, &entry.plan, &entry.in_country, &entry.in_province]
                .into_iter()
                .flatten()
                .chain(&entry.within);
            if let Some(id) =
                named.into_iter().find(|id| !by_id.contains_key(id.as_str()) && !removed.contains(id))
            {
                let message = format!("indicator {}: it names {id}, which does not exist", entry.id);
                return Err(file.error(*at, &message, "give the id of another indicator"));
            }
        }
        let derive = DeriveWords::new(&words, &folder);
        let topics = Topics::new(&entries, &words, &folder);
        let own = account::Own::new(&entries, &folder);
        let catalogue = Self { entries, groups, by_id, folder, phrasings, derive, topics, own };
        // The embedded file is checked by the tests, once for all.
        let mut scratch = Scratch::default();
        for (entry, (file, at)) in catalogue.entries.iter().zip(&places) {
            if !file.shown.starts_with("builtin:")
                && let Some(message) = check::examples(&catalogue, entry, &mut scratch).first()
            {
                let message = format!("indicator {}: {message}", entry.id);
                return Err(file.error(*at, &message, "mend the phrasings, or the example"));
            }
        }
        Ok(catalogue)
    }

    /// All indicators, in the order of the file.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// All groups, in the order of the file.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The indicator of this id.
    pub fn get(&self, id: &str) -> Option<&Entry> {
        self.by_id.get(id).and_then(|&i| self.entries.get(i))
    }

    /// The place of an indicator in the order of the file; unknown ids come last.
    pub fn rank(&self, id: &str) -> usize {
        self.by_id.get(id).copied().unwrap_or(usize::MAX)
    }
}

/// The embedded file.
pub const BUILTIN: &str = include_str!("../../../patterns/catalogue.toml");

#[cfg(test)]
mod tests;
