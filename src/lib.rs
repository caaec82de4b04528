//! Turns Vietnamese administrative reports (báo cáo, kế hoạch, quyết định, công văn) into structured records.
//!
//! ```
//! let extractor = baocao::Extractor::new()?;
//! let record = extractor.extract("bc.txt", "Toàn tỉnh tiếp nhận 4.127 hồ sơ.".as_bytes())?;
//! assert_eq!(record.indicators[0].unit.as_deref(), Some("hồ sơ"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Extractor`] reads one document at a time and may be shared by threads; a [`Record`] is what it gives, plain data
//! for `serde_json`. [`compare`] and [`graph`] put many records side by side. [`explain`] says of every numeral of a
//! document what it was taken for, and by which rule.
//!
//! Inside, the modules are the stages of the data flow, in order:
//!
//! ```text
//! bytes ─ reader (charset) ─> Content ─ words ─> Text: words, repairs, offsets ─ structure ─> segments ─ claim ─> items ─ facts ─> Record
//!            patterns serve every stage;   batch runs that over many files;   Records ─ tables ─> compare, graph, export, pages
//! ```

#![cfg_attr(
    not(feature = "cli"),
    allow(dead_code, unused_imports, reason = "the program alone uses all of it")
)]

mod batch;
mod charset;
mod claim;
#[cfg(feature = "cli")]
mod cli;
mod error;
mod eval;
mod extract;
mod facts;
mod patterns;
mod reader;
mod structure;
mod tables;
mod words;

#[doc(hidden)]
pub mod internal;
pub mod record;

pub use error::Error;
pub use eval::explain::{Explained, explain};
pub use extract::{Builder, Extractor, Options};
pub use patterns::Patterns;
pub use patterns::source::PatternError;
pub use reader::{Cache, Limits, Ocr, OcrMode, ReadOptions, format_of};
pub use record::Record;
pub use record::content::Content;
pub use tables::schema;

#[cfg(feature = "cli")]
#[doc(hidden)]
pub use cli::{main as run_program, main_as as run_program_as};

/// Records side by side: one row for every indicator of the catalogue, with place, period and where it stands.
///
/// ```
/// let extractor = baocao::Extractor::new()?;
/// let text = "ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\n\nBÁO CÁO\nNăm 2023, toàn tỉnh tiếp nhận 4.127 hồ sơ.\n";
/// let record = extractor.extract("bc.txt", text.as_bytes())?;
/// for row in baocao::compare::compare([&record], extractor.patterns()) {
///     println!("{} {}: {}", row.indicator, row.place.name(), row.shown());
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub mod compare {
    pub use crate::tables::compare::check::Check;
    pub use crate::tables::compare::doubt::Doubt;
    pub use crate::tables::compare::row::{Cell, Level, Origin, Place, Row, Source, Sum, What};
    pub use crate::tables::compare::{apart, compare};
}

/// Who cites what: documents seen and documents only cited, with relation, count and pages.
///
/// ```
/// let extractor = baocao::Extractor::new()?;
/// let record = extractor.extract("bc.txt", "Thực hiện Quyết định số 468/QĐ-TTg ngày 27/3/2021".as_bytes())?;
/// let graph = baocao::graph::graph([&record]);
/// assert_eq!(graph.edges.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub mod graph {
    pub use crate::tables::compare::graph::{Edge, Graph, Node, graph};
}

/// The examples of the README are tested too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
