//! What the project's own tests, benches, examples, fuzz targets and Python package look at beside the library's names.
//! No part of the interface: it may change at any time.

use crate::extract::Extractor;
use crate::patterns::Patterns;
use crate::record::content::Content;
use crate::words::repair::RepairOptions;

/// Readers.
pub mod reader {
    pub use crate::reader::{Limits, ReadOptions, mail, read};
    pub use crate::record::content::{Content, MarkKind, Table};
}

/// Archives.
pub mod archive {
    use crate::batch::archive::{Held, Opened, Shelf, look};

    /// Looks into a file and reads all that it holds: paths, and the bytes of those that can be read.
    pub fn read(path: &std::path::Path) -> Vec<(std::path::PathBuf, Option<Vec<u8>>)> {
        let (Opened::Archive(held) | Opened::Mail(held)) = look(path, false) else { return Vec::new() };
        let mut shelf = Shelf::default();
        let read = held.into_iter().map(|held| match held {
            Held::Member(member) => {
                let bytes = shelf.read(&member, 1 << 20).ok();
                (member.path, bytes)
            }
            Held::Failed(path, _) | Held::Hidden(path) => (path, None),
        });
        read.collect()
    }
}

/// Old encodings.
pub mod charset {
    pub use crate::charset::{Case, Charset, convert, convert_bytes, decode, detect, encode, is_known};
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
    pub use crate::eval::{FactScore, Gold, Miss, Score, Scorer, examples};
    pub use crate::patterns::rule::Makes;
    pub use crate::tables::format;
}

/// Many documents in worker processes, and what becomes of each.
pub mod batch {
    pub use crate::batch::sink::{FileId, Sink};
    pub use crate::batch::stream::{Line, Lines};
    pub use crate::batch::{
        Batch, Encode, Input, Outcome, Setup, Stop, Workers, of_bytes, of_file, run_into,
    };
}

/// Writers.
pub mod tables {
    #[cfg(feature = "arrow")]
    pub use crate::tables::batches::Batches;
    pub use crate::tables::rows::Filled;

    /// Compared rows as JSON Lines.
    ///
    /// # Errors
    /// A value that JSON cannot hold.
    pub fn compared(
        rows: &[crate::compare::Row],
        patterns: &crate::patterns::Patterns,
    ) -> std::io::Result<Vec<u8>> {
        let mut out = Vec::new();
        crate::tables::compared_json::rows(rows, &patterns.catalogue, &mut out)?;
        Ok(out)
    }
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
