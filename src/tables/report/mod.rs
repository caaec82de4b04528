//! What an archive keeps of a run: records and error records come in, one line a file is kept of them, and from the
//! lines come counts, lists of what is to be done, duplicates.
//!
//! ```text
//! records ─ line ─> Report (lines, what made them) ─ findings ─> page, CSV, JSON; the JSON of shards merges into one
//! ```
//! Memory holds the lines, some hundred bytes a file; nothing here knows the clock: only a run that measures its own
//! documents has their seconds.

mod csv;
mod findings;
mod json;
mod line;
mod near;

pub use csv::csv;
pub use findings::{Count, Findings};
pub use json::{SCHEMA, json, read};
pub use line::{Line, Seen};
pub use near::Group;

use std::collections::BTreeMap;
use std::time::Duration;

use crate::record::Generator;

/// What is kept of a run.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// What made the records: version, patterns, options.
    pub generators: Vec<Generator>,
    /// What was passed over in folders, by kind; only a run itself knows it.
    pub passed: BTreeMap<String, u64>,
    /// One line a file, in the order of the paths.
    pub files: Vec<Line>,
}

impl Report {
    /// Adds a record or error record; `took` where its work was measured.
    pub fn add(&mut self, seen: Seen, took: Option<Duration>) {
        let (line, generator) = line::of(seen, took);
        self.made_by(generator);
        self.files.push(line);
    }

    /// Adds the report of another part of the run.
    pub fn merge(&mut self, other: Self) {
        other.generators.into_iter().for_each(|g| self.made_by(Some(g)));
        for (kind, n) in other.passed {
            *self.passed.entry(kind).or_default() += n;
        }
        self.files.extend(other.files);
    }

    /// Puts the lines into the order of the paths, in which a run in one go has them.
    pub fn sort(&mut self) {
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
        let key = |g: &Generator| (g.version.clone(), g.patterns.clone(), g.options.clone());
        self.generators.sort_by_key(key);
    }

    fn made_by(&mut self, generator: Option<Generator>) {
        if let Some(generator) = generator
            && !self.generators.contains(&generator)
        {
            self.generators.push(generator);
        }
    }
}

#[cfg(test)]
mod tests;
