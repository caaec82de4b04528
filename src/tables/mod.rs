//! Records to bytes. One file a form of output, behind small traits; the table of output formats is [`FORMATS`].

pub mod aligned;
#[cfg(feature = "arrow")]
pub mod arrow;
#[cfg(feature = "arrow")]
pub mod batches;
pub mod cites;
mod compact;
pub mod compare;
pub mod compared;
pub mod compared_json;
pub mod csv;
pub mod diff;
mod ead;
pub mod flat;
pub mod folder;
pub mod graph;
pub mod html;
mod json;
mod listing;
mod package;
#[cfg(feature = "parquet")]
mod parquet;
pub mod report;
pub mod rows;
pub mod sheets;
#[cfg(feature = "sqlite")]
mod sqlite;
#[cfg(feature = "parquet")]
mod tabled;
pub mod unmatched;
#[cfg(feature = "xlsx")]
mod xlsx;

use std::io::{self, Write};
use std::path::Path;

pub use crate::batch::Encode;
use crate::record::Entry;
use flat::{Cell, Table};
use rows::TableSet;

/// Makes a writer of entries; the argument says whether the output is to be indented for the eye.
pub type Make = fn(pretty: bool) -> Box<dyn Encode>;

/// Makes a writer of one table; the flag says whether it is for a spreadsheet, where a text must not look like a formula.
pub type MakeTable =
    for<'w> fn(Table, Box<dyn Write + Send + 'w>, bool) -> io::Result<Box<dyn TableWriter + 'w>>;

/// Makes a set of all tables in a new file.
pub type MakeSet = fn(&Path) -> io::Result<Box<dyn TableSet>>;

/// Takes the rows of one table.
pub trait TableWriter {
    /// Adds one row.
    ///
    /// # Errors
    /// What writing gives.
    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()>;

    /// Ends the writing.
    ///
    /// # Errors
    /// What writing gives.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// Writes lines in the form of records of a folder of Parquet tables.
///
/// # Errors
/// A folder without these tables, what reading and writing give, and a build that reads none.
pub fn lines_of_tables(folder: &Path, known: bool, out: &mut dyn Write) -> io::Result<()> {
    #[cfg(feature = "parquet")]
    return tabled::lines(folder, known, out);
    #[cfg(not(feature = "parquet"))]
    {
        let _ = (folder, known, out);
        Err(io::Error::other("this program was built without the feature parquet: it reads no tables"))
    }
}

/// What a form of output is made of.
#[derive(Clone, Copy)]
pub enum Kind {
    /// Entries one after the other, as the workers encode them.
    Entries(Make),
    /// Rows of one table; all tables are a folder of such files.
    Table(MakeTable),
    /// Rows of one table, and only of one.
    #[cfg_attr(not(feature = "xlsx"), allow(dead_code, reason = "workbooks are such"))]
    Sheet(MakeTable),
    /// All tables in one file.
    #[cfg_attr(not(feature = "sqlite"), allow(dead_code, reason = "databases are such"))]
    Set(MakeSet),
}

/// The table of output formats: the name that `--format` takes, and who writes it.
pub const FORMATS: &[(&str, Kind)] = &[
    ("jsonl", Kind::Entries(|_| Box::new(json::Lines))),
    ("json", Kind::Entries(|pretty| Box::new(json::Array { pretty }))),
    ("ead", Kind::Entries(|_| Box::new(ead::Rows::new()))),
    ("table", Kind::Entries(|_| Box::new(listing::Listing::new()))),
    ("csv", Kind::Table(csv::csv)),
    ("tsv", Kind::Table(csv::tsv)),
    #[cfg(feature = "parquet")]
    ("parquet", Kind::Table(|table, out, _| Ok(Box::new(parquet::Parquet::new(table, out)?)))),
    #[cfg(feature = "xlsx")]
    ("xlsx", Kind::Sheet(|table, out, _| Ok(Box::new(xlsx::Xlsx::new(table, out)?)))),
    #[cfg(feature = "sqlite")]
    ("sqlite", Kind::Set(|path| Ok(Box::new(sqlite::Database::create(path)?)))),
];

impl Kind {
    /// The form of a name.
    pub fn named(name: &str) -> Option<(&'static str, Self)> {
        FORMATS.iter().find(|(known, _)| *known == name).copied()
    }

    /// Whether it holds all that a run finds.
    pub fn is_whole(&self) -> bool {
        !matches!(self, Self::Sheet(_))
    }

    /// Whether it is made of tables.
    pub fn is_tabular(&self) -> bool {
        !matches!(self, Self::Entries(_))
    }
}

/// How workers encode entries for a form of output: tables get their rows.
pub fn format(name: &str, pretty: bool) -> Option<Box<dyn Encode>> {
    Some(match Kind::named(name)?.1 {
        Kind::Entries(make) => make(pretty),
        Kind::Table(_) | Kind::Sheet(_) | Kind::Set(_) => Box::new(rows::Rows),
    })
}

/// The JSON Schema of the output stream: every line is a record or an error record.
pub fn schema() -> String {
    let schema = schemars::schema_for!(Entry);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
