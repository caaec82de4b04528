//! PDF: the positional text layer on lopdf.

use super::{Content, ReadOptions};
use crate::error::Error;

/// Reads one document of this format.
///
/// # Errors
/// Unreadable input gives an [`Error`] with a code.
pub fn read(_bytes: &[u8], _options: &ReadOptions) -> Result<Content, Error> {
    Err(Error::Unsupported("pdf".into()))
}

/// Whether the bytes are of this format.
pub fn sniff(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes.get(..1024.min(bytes.len())).unwrap_or(bytes), b"%PDF-").is_some()
}
