//! Web pages.

use super::{Content, ReadOptions};
use crate::error::Error;

/// Reads one document of this format.
///
/// # Errors
/// Unreadable input gives an [`Error`] with a code.
pub fn read(_bytes: &[u8], _options: &ReadOptions) -> Result<Content, Error> {
    Err(Error::Unsupported("html".into()))
}

/// Whether the bytes are of this format.
pub fn sniff(bytes: &[u8]) -> bool {
    let head = bytes.get(..512.min(bytes.len())).unwrap_or(bytes).to_ascii_lowercase();
    memchr::memmem::find(&head, b"<!doctype html").is_some()
        || memchr::memmem::find(&head, b"<html").is_some()
}
