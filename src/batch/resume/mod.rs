//! Going on after a stop: what was written so far is a store of whole lines, and only what is missing or has changed is
//! done.
//!
//! ```text
//! out.jsonl.part     the lines, appended as they come
//! out.jsonl.journal  of which file each is: size, time of change, length, path
//! out.jsonl          the same lines in the order of the paths, when all is done
//! ```

mod before;
mod journal;
mod store;

pub use before::Done;
pub use store::Store;

/// How a run goes on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Resume {
    /// Goes by the content of files instead of their size and time of change.
    pub by_content: bool,
    /// Does those again that gave an error record.
    pub retry_failed: bool,
}
