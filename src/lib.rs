//! Turns Vietnamese administrative reports (báo cáo, kế hoạch, quyết định, công văn) into structured records.
//!
//! The modules are the stages of the data flow, in order:
//!
//! ```text
//! bytes ─ reader (charset) ─> Content ─ words ─> Text: words, repairs, offsets ─ structure ─> segments ─ claim ─> items ─ facts ─> Record
//!            patterns serve every stage;   batch runs that over many files;   Records ─ tables ─> compare, graph, export, pages
//! ```
pub mod batch;
pub mod charset;
pub mod claim;
pub mod error;
pub mod eval;
pub mod extract;
pub mod facts;
pub mod patterns;
pub mod reader;
pub mod record;
pub mod structure;
pub mod tables;
pub mod words;

pub use error::Error;
pub use extract::{Extractor, Options};
pub use record::Record;

/// The examples of the README are tested too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
