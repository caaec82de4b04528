//! Many files to many records: walk the inputs in order, extract in parallel, write in order.
//!
//! ```text
//! inputs ─ walk ─> paths in byte order ─ map (workers, bounded window) ─> encoded records in the same order ─> out
//! ```
//!
//! Nothing here grows with the number of files but the names of the folder being listed.

mod archive;
mod encode;
mod guard;
pub mod load;
mod map;
pub mod name;
mod run;
pub mod stream;
mod walk;

pub use encode::Encode;
pub use guard::guarded;
pub use run::{Batch, Event, Summary, is_passed_over, promises_document, run};
pub use walk::{Found, Input, Walk};
