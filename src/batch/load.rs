//! A document's bytes, from a file or standard input, never more than the limit.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::name;
use crate::error::Error;
use crate::reader::kind;

/// Reads a file whole. A pipe is read to its end like a file.
///
/// # Errors
/// What opening and reading give, and [`Error::TooLarge`].
pub fn file(path: &Path, limit: u64) -> Result<Vec<u8>, Error> {
    rest(File::open(path)?, limit, Vec::new())
}

/// A file met in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Met {
    /// Its bytes.
    Document(Vec<u8>),
    /// Its first bytes show that it is surely no document; it was not read further.
    Foreign,
    /// Records that this program wrote; not read further.
    Own,
}

/// Reads a file met in a folder whole, unless its first bytes show that it is our own output or, where its name does
/// not promise a document, surely none. With `pictures` they are documents as well: scans.
///
/// # Errors
/// As [`file()`].
pub fn met(path: &Path, promised: bool, pictures: bool, limit: u64) -> Result<Met, Error> {
    let mut file = File::open(path)?;
    let mut head = Vec::new();
    (&mut file).take(kind::HEAD as u64).read_to_end(&mut head)?;
    let is_part = || path.as_os_str().as_encoded_bytes().ends_with(name::PART.as_bytes());
    if name::is_own(&head) || head.is_empty() && is_part() {
        return Ok(Met::Own);
    }
    // A zip container may yet be a Word document; its reader will tell.
    let zip = head.starts_with(b"PK\x03\x04");
    let promised = promised || pictures && kind::is_scan(&head);
    let foreign = !promised && !zip && !kind::is_office(&head) && kind::foreign(&head).is_some();
    if foreign { Ok(Met::Foreign) } else { rest(file, limit, head).map(Met::Document) }
}

/// Reads standard input to its end.
///
/// # Errors
/// As [`file()`].
pub fn stdin(limit: u64) -> Result<Vec<u8>, Error> {
    bounded(io::stdin().lock(), limit, Vec::new())
}

/// Reads what follows the head. A file that says it is too large is not read at all.
fn rest(file: File, limit: u64, mut head: Vec<u8>) -> Result<Vec<u8>, Error> {
    let meta = file.metadata()?;
    if meta.is_dir() {
        return Err(Error::Unsupported("a folder".into()));
    }
    if meta.len() > limit {
        return Err(Error::TooLarge(format!("{} bytes, the limit is {limit}, see --max-size", meta.len())));
    }
    head.reserve(usize::try_from(meta.len()).unwrap_or(0).saturating_sub(head.len()));
    bounded(file, limit, head)
}

/// Reads to the end, but stops at the limit: a pipe or a growing file has no size to ask for.
fn bounded(source: impl Read, limit: u64, mut bytes: Vec<u8>) -> Result<Vec<u8>, Error> {
    let room = limit.saturating_add(1).saturating_sub(bytes.len() as u64);
    source.take(room).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(Error::TooLarge(format!("more than {limit} bytes, see --max-size")));
    }
    Ok(bytes)
}
