//! What the project's own tests, benches, examples and fuzz targets look at beside the library's names. No part of the
//! interface: it may change at any time.

use crate::extract::Extractor;
use crate::patterns::Patterns;
use crate::record::content::Content;
use crate::words::repair::RepairOptions;

/// Readers.
pub mod reader {
    pub use crate::reader::{Limits, ReadOptions, mail, read};
    pub use crate::record::content::{Content, MarkKind, Table};
}

/// Old encodings.
pub mod charset {
    pub use crate::charset::{Case, Charset, convert, convert_bytes, decode, detect, encode};
    pub use crate::charset::{FontHint, font_hint, letter, syllable};
}

/// Letters and repairs.
pub mod words {
    pub use crate::words::fold::fold_key;
    pub use crate::words::repair::{NAMES, RepairOptions, repair};
}

/// Numbers as written.
pub mod claim {
    pub use crate::claim::number::{Convention, read};
}

/// Batches and scores.
pub mod run {
    pub use crate::batch::guarded;
    pub use crate::eval::{Gold, Miss, Score, Scorer, examples};
    pub use crate::patterns::rule::Makes;
    pub use crate::tables::format;
}

/// How many tokens a text has, repaired as by default.
pub fn tokens(extractor: &Extractor, content: &Content) -> usize {
    let (_, tokens) = crate::structure::read(content, &RepairOptions::default(), extractor.patterns());
    tokens.len()
}

/// How many items a text has before linking is written out.
pub fn items(extractor: &Extractor, content: &Content) -> usize {
    extractor.analyse(content, |_, _, found| {
        found.references.len() + found.dates.found.len() + found.indicators.len()
    })
}

/// File and id of every rule that makes one kind of item.
pub fn rules(patterns: &Patterns, makes: crate::patterns::rule::Makes) -> Vec<(String, String)> {
    let rules = patterns.rules.iter().filter(|(_, rule)| rule.makes == makes);
    rules.map(|(_, rule)| (rule.file.clone(), rule.entry.id.clone())).collect()
}

/// Ids of the catalogue.
pub fn indicators(patterns: &Patterns) -> Vec<String> {
    patterns.catalogue.entries().iter().map(|e| e.id.clone()).collect()
}

/// What bindings for other languages are made of.
#[cfg(feature = "cli")]
pub mod embed {
    use std::ffi::OsString;
    use std::io::Read;
    use std::path::PathBuf;
    use std::time::Duration;

    pub use crate::batch::load::file as load;
    pub use crate::batch::name::shown;
    pub use crate::batch::sink::{FileId, Sink};
    pub use crate::batch::{Batch, Input, STACK_BYTES, Stop, guarded, run_into};
    use crate::batch::{Setup, Workers, stream};
    use crate::extract::{Extractor, Options};
    use crate::patterns::Patterns;
    pub use crate::reader::{Cache, OcrMode};
    pub use crate::record::Entry;
    #[cfg(feature = "arrow")]
    pub use crate::tables::arrow::Columns;
    use crate::tables::compare;
    pub use crate::tables::compare::filter::{Filter, years};
    pub use crate::tables::flat::{TABLES, Table};
    use crate::words::repair;

    /// The command of a worker process, with its limit of memory; 0 is none.
    pub fn worker_command(mut command: Vec<OsString>, memory: u64) -> Vec<OsString> {
        command.push("worker".into());
        if memory > 0 {
            command.push(format!("--memory={memory}").into());
        }
        command
    }

    /// A run that writes JSON Lines.
    pub fn batch(
        inputs: Vec<Input>,
        options: Options,
        patterns: Option<PathBuf>,
        command: Vec<OsString>,
        (jobs, timeout, hidden): (usize, Option<Duration>, bool),
    ) -> Batch {
        let setup = Setup { options, patterns, format: "jsonl".into(), pretty: false, gate: None };
        let workers = Workers { command, setup, formats: crate::tables::format };
        Batch { workers, inputs, hidden, jobs, timeout, stop: Stop::default() }
    }

    /// The record of some bytes, or the error record that stands for it.
    pub fn entry(extractor: &Extractor, shown: &str, bytes: &[u8]) -> Entry {
        match guarded(|| extractor.extract(shown, bytes)) {
            Ok(record) => Entry::Record(Box::new(record)),
            Err(error) => failed(shown, &error, Some(bytes)),
        }
    }

    /// The error record of a document.
    pub fn failed(shown: &str, error: &crate::Error, bytes: Option<&[u8]>) -> Entry {
        Entry::Error(crate::batch::error_record(shown, error, bytes))
    }

    /// The name of an encoding.
    ///
    /// # Errors
    /// A sentence that says which are known.
    pub fn encoding(name: &str) -> Result<String, String> {
        crate::cli::encoding(name).map_err(|e| format!("encoding {name:?}: {e}"))
    }

    /// Names of repairs.
    ///
    /// # Errors
    /// A sentence that says which are known.
    pub fn repairs(names: Vec<String>) -> Result<Vec<String>, String> {
        match names.iter().find(|name| !repair::NAMES.contains(&name.as_str())) {
            Some(name) => Err(format!("no_repair {name:?}: known are {}", repair::NAMES.join(", "))),
            None => Ok(names),
        }
    }

    /// Rows of indicators side by side, as JSON Lines.
    ///
    /// # Errors
    /// A sentence on a filter that is not known, and on lines that are no records.
    pub fn compare(records: impl Read, filter: Filter, merge: bool) -> Result<Vec<u8>, String> {
        let patterns = Patterns::builtin().map_err(|e| e.to_string())?;
        let filter = filter.checked(&patterns.catalogue)?;
        let mut rows = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        let mut lines = stream::Lines::new(
            |d: compare::Document| (d.id.clone(), compare::row::rows(&d).rows),
            |n, line| match line {
                stream::Line::Record((id, found)) => {
                    if id.is_empty() || seen.insert(id) {
                        rows.extend(found);
                    }
                    Ok(())
                }
                stream::Line::Error(_) => Ok(()),
                stream::Line::Bad(why) => Err(std::io::Error::other(format!("line {n}: {why}"))),
            },
        );
        lines.read(records).map_err(|e| e.to_string())?;
        drop(lines);
        rows.retain(|row| filter.takes(row, &patterns.catalogue));
        if merge {
            rows = compare::merge::merge(rows, &patterns.catalogue, &patterns.places);
        }
        compare::sort(&mut rows, &patterns.catalogue);
        let mut out = Vec::new();
        crate::tables::compared_json::rows(&rows, &patterns.catalogue, &mut out)
            .map_err(|e| e.to_string())?;
        Ok(out)
    }
}
