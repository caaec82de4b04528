//! Plain text: UTF-8, UTF-16 and the old Vietnamese encodings, with or without a byte order mark.

use super::{Content, ReadOptions};
use crate::error::Error;

/// Reads one document of this format.
///
/// # Errors
/// Unreadable input gives an [`Error`] with a code.
pub fn read(_bytes: &[u8], _options: &ReadOptions) -> Result<Content, Error> {
    Err(Error::Unsupported("plain".into()))
}
