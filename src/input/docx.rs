//! Word documents (DOCX).

use super::{Content, ReadOptions};
use crate::error::Error;

/// Reads one document of this format.
///
/// # Errors
/// Unreadable input gives an [`Error`] with a code.
pub fn read(_bytes: &[u8], _options: &ReadOptions) -> Result<Content, Error> {
    Err(Error::Unsupported("docx".into()))
}

/// Whether the bytes are of this format.
pub fn sniff(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}
