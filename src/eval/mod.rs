//! Scores records against gold annotations: how much was found, how much of it is false, and exactly what.
//!
//! ```text
//! gold.tsv ─ gold ─> Gold ┐
//! records (JSON) ─────────┴ score ─> Score: precision, recall, F1 per kind, accuracy of attributes, misses
//! ```

pub mod examples;
pub mod explain;
mod gold;
mod key;
pub mod names;
mod report;
mod score;

pub use gold::Gold;
pub use report::Score;
pub use score::{Miss, Scorer};
