//! Many files to many records: walk the inputs in order, extract in worker processes, write in order.
//!
//! ```text
//! inputs ─ walk ─> paths in byte order ─ pool (a hand a worker process, bounded window) ─> encoded records in the same order ─> sink
//! ```
//!
//! Nothing here grows with the number of files but the names of the folder being listed.

pub(crate) mod archive;
mod copies;
mod document;
mod encode;
mod frame;
mod guard;
mod hand;
pub mod load;
mod look;
pub mod name;
mod pool;
pub mod resume;
mod run;
mod scratch;
mod shard;
pub mod sink;
pub mod stream;
mod walk;
mod whole;
mod worker;

pub use document::{Outcome, of_bytes, of_file};
pub use encode::Encode;
pub use frame::Setup;
pub use guard::guarded;
pub use hand::{Workers, cause};
pub use look::Looker;
pub use pool::Stop;
pub use run::{Batch, Event, Summary, is_passed_over, promises_document, run, run_into};
pub use shard::Shard;
pub use walk::{Found, Input, Walk};
pub use worker::{serve, small_pages};
