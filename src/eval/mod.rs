//! Scores records against gold annotations: how much was found, how much of it is false, and exactly what.
//!
//! ```text
//! gold.tsv ─ gold ─> Gold ┐
//! records (JSON) ─────────┴ score ─> Score: precision, recall, F1 per kind, accuracy of attributes, misses
//!                           └ facts ─> of figures with the words they stand in: what each field has right, by document
//! cells.tsv ─ cells ─> cells of a comparison ┐
//! rows of `compare` ───────────────────────┴ cells ─> precision, recall, differences
//! ```

pub mod cells;
pub mod examples;
pub mod explain;
mod facts;
mod found;
mod gold;
mod judge;
mod key;
pub mod names;
mod report;
mod score;
mod squeezed;
mod wanted;

pub use facts::FactScore;
pub use gold::Gold;
pub use report::Score;
pub use score::{Miss, Scorer};
