//! The whole way of one document: bytes in, [`Record`] out.

use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::input::{self, Content, ReadOptions};
use crate::record::{Generator, RECORD_SCHEMA, Record, Source};

/// What a user may set for extraction.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How to read the bytes.
    pub read: ReadOptions,
    /// Names of repairs that are not to be made (`--no-repair`).
    pub no_repair: Vec<String>,
}

/// Turns documents into records. Made once, shared by all threads.
#[derive(Debug, Default)]
pub struct Extractor {
    options: Options,
}

impl Extractor {
    /// An extractor with default options.
    pub fn new() -> Self {
        Self::default()
    }

    /// An extractor with the user's options.
    pub fn with_options(options: Options) -> Self {
        Self { options }
    }

    /// The options it was made with.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Reads one document without recognising anything: what `baocao text` prints.
    ///
    /// # Errors
    /// Unreadable input gives an [`Error`] with a code.
    pub fn read(&self, bytes: &[u8]) -> Result<Content, Error> {
        input::read(bytes, &self.options.read)
    }

    /// Extracts one document. `path` is what the record names as its source; nothing is read from it.
    ///
    /// # Errors
    /// Unreadable input gives an [`Error`] with a code.
    pub fn extract(&self, path: &str, bytes: &[u8]) -> Result<Record, Error> {
        let content = self.read(bytes)?;
        let sha256 = sha256_hex(bytes);
        Ok(Record {
            schema: RECORD_SCHEMA.into(),
            id: sha256.get(..16).unwrap_or_default().into(),
            generator: Generator { version: env!("CARGO_PKG_VERSION").into(), patterns: String::new() },
            source: Source {
                path: path.into(),
                sha256,
                size: bytes.len() as u64,
                format: content.format.into(),
                encoding: content.encoding.map(str::to_owned),
                pages: content.pages,
                chars: content.text.chars().count(),
                text_source: content.text_source,
                quality: 0.0,
            },
            warnings: content.warnings,
            ..Record::default()
        })
    }
}

/// SHA-256 of some bytes, in lower-case hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        for digit in [byte >> 4, byte & 15] {
            hex.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
        }
    }
    hex
}
