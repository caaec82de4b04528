//! Stage 1, helper: the compound container of Office before 2007 (`D0 CF 11 E0`): its streams by name, within the limits.
//!
//! `WordDocument` is a .doc, `Workbook` an .xls, `PowerPoint Document` a .ppt, `EncryptedPackage` any of them since 2007 with a
//! password.

use std::io::{Cursor, Read};

use cfb::CompoundFile;

use super::{Content, ReadOptions, doc, sheet};
use crate::error::Error;

/// The first bytes.
pub const MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// An open container.
pub struct Ole<'b> {
    file: CompoundFile<Cursor<&'b [u8]>>,
    limit: usize,
}

impl<'b> Ole<'b> {
    /// Opens a container; no stream will be read beyond `limit` bytes.
    ///
    /// # Errors
    /// A broken one.
    pub fn open(bytes: &'b [u8], limit: usize) -> Result<Self, Error> {
        let file = CompoundFile::open(Cursor::new(bytes))
            .map_err(|e| Error::Damaged(format!("the compound container: {e}")))?;
        Ok(Self { file, limit })
    }

    /// Whether it has a stream of that name.
    pub fn has(&self, name: &str) -> bool {
        self.file.is_stream(name)
    }

    /// One stream whole, or as far as it can be read; `None` if there is none of that name.
    ///
    /// # Errors
    /// One above the limit, and one of which nothing can be read.
    pub fn stream(&mut self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        if !self.has(name) {
            return Ok(None);
        }
        let damaged = |e: std::io::Error| Error::Damaged(format!("the stream {name}: {e}"));
        let stream = self.file.open_stream(name).map_err(damaged)?;
        let mut bytes = Vec::new();
        let read = stream.take(self.limit as u64 + 1).read_to_end(&mut bytes);
        if bytes.len() > self.limit {
            let limit = self.limit;
            return Err(Error::TooLarge(format!(
                "the stream {name} is longer than stream_bytes, {limit} bytes"
            )));
        }
        match read {
            Err(e) if bytes.is_empty() => Err(damaged(e)),
            _ => Ok(Some(bytes)),
        }
    }
}

/// Reads a file of the old Office by what its container holds.
///
/// # Errors
/// What its reader gives; other kinds by name.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Content, Error> {
    let mut ole = Ole::open(bytes, options.limits.stream_bytes)?;
    match () {
        () if ole.has("EncryptedPackage") || ole.has("EncryptionInfo") => {
            Err(Error::Encrypted("a password-protected Office file; save it without password first".into()))
        }
        () if ole.has("WordDocument") => doc::read(&mut ole, options),
        () if ole.has("Workbook") || ole.has("Book") => sheet::read_xls(&mut ole, options),
        () if ole.has("PowerPoint Document") || ole.has("PP40") => {
            Err(Error::Unsupported("a PowerPoint presentation (.ppt); save it as .pptx or .pdf first".into()))
        }
        () => Err(Error::Unsupported("a compound container that is no .doc or .xls".into())),
    }
}

/// Whether the bytes are of this format.
pub fn sniff(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}
