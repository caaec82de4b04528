//! Turns Vietnamese administrative reports (báo cáo, kế hoạch, quyết định, công văn) into structured records.
//!
//! The modules are the stages of the data flow, in order:
//!
//! ```text
//! bytes ─ input (charset) ─> Content ─ text ─> Text + shadow ─ recognise (patterns) ─> items ─ link, check ─> Record
//! batch runs that over many files;  Records ─ compare ─> tables;  output writes both
//! ```
pub mod assemble;
pub mod batch;
pub mod charset;
pub mod check;
pub mod compare;
pub mod error;
pub mod eval;
pub mod explain;
pub mod extract;
pub mod input;
pub mod link;
pub mod output;
pub mod patterns;
pub mod recognise;
pub mod record;
pub mod stream;
pub mod text;

pub use error::Error;
pub use extract::{Extractor, Options};
pub use record::Record;

/// The examples of the README are tested too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
