//! What a batch asks of a writer; the table of writers is `tables::FORMATS`.

use std::io;

use crate::record::Entry;

/// Where a writer is found by its name; the flag asks for indentation.
pub type Formats = fn(&str, bool) -> Option<Box<dyn Encode>>;

/// A form of output. Entries are encoded by the workers in parallel and written one after another:
/// `head entry between entry … tail`.
pub trait Encode: Send + Sync {
    /// What stands before everything.
    fn head(&self) -> &str {
        ""
    }
    /// Encodes one entry. Must depend on nothing but the entry.
    ///
    /// # Errors
    /// What writing to `out` gives.
    fn entry(&self, entry: &Entry, out: &mut Vec<u8>) -> io::Result<()>;
    /// An encoded entry as that of another path, if this form of output can do that without the entry.
    fn renamed(&self, _encoded: &[u8], _path: &str) -> Option<Vec<u8>> {
        None
    }
    /// What stands between two entries.
    fn between(&self) -> &str {
        ""
    }
    /// What stands at the end.
    fn tail(&self) -> &str {
        ""
    }
}
