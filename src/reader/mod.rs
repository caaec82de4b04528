//! Stage 1: bytes to text. The table of formats, the limits, and what every reader hands on.
//!
//! A format is known by its bytes, never by the file's extension: `%PDF-` is a PDF even when it is called `bao-cao.txt`.

mod docx;
mod flow;
mod html;
pub mod kind;
mod ocr;
mod pdf;
mod plain;

use crate::error::Error;
pub use crate::record::content::{Cell, Content, Mark, MarkKind, Row, Table};

/// Bounds on one document. Every one has a name that appears in the error message when it is exceeded.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Largest file, in bytes.
    pub file_bytes: u64,
    /// Largest extracted text, in bytes.
    pub text_bytes: usize,
    /// Most pages of one document.
    pub pages: usize,
    /// Most bytes that one compressed stream may expand to.
    pub stream_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file_bytes: 1 << 30, text_bytes: 64 << 20, pages: 20_000, stream_bytes: 128 << 20 }
    }
}

impl Limits {
    /// Refuses a text above the limit `text_bytes`.
    fn check_text(&self, text: &str) -> Result<(), Error> {
        let (len, limit) = (text.len(), self.text_bytes);
        if len > limit {
            return Err(Error::TooLarge(format!(
                "{len} bytes of text, limit text_bytes is {limit}, see --max-text"
            )));
        }
        Ok(())
    }
}

/// How to read: options of the user that concern the reading stage.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// Bounds on one document.
    pub limits: Limits,
    /// Password for encrypted PDF files.
    pub password: Option<String>,
    /// Name of the character encoding to force (`--encoding tcvn3`), instead of detecting it.
    pub encoding: Option<String>,
    /// Whether PDF files without text are read by optical character recognition (`--ocr`).
    pub ocr: bool,
}

/// Reads one document of any supported format.
///
/// # Errors
/// Every unreadable input gives an [`Error`] with a code; nothing panics.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Content, Error> {
    if bytes.len() as u64 > options.limits.file_bytes {
        return Err(Error::TooLarge(format!(
            "{} bytes, limit file_bytes is {}",
            bytes.len(),
            options.limits.file_bytes
        )));
    }
    match FORMATS.iter().find(|f| (f.sniff)(bytes)) {
        Some(format) => match (format.read)(bytes, options) {
            Err(Error::NoText(_) | Error::Scanned(_)) if options.ocr && pdf::sniff(bytes) => {
                ocr::read(bytes, options)
            }
            read => read,
        },
        None if kind::is_cut_zip(bytes) => Err(Error::Damaged("a zip container that is cut short".into())),
        None => plain::read(bytes, options),
    }
}

/// One supported format: how its bytes are recognised and who reads it.
struct Format {
    sniff: fn(&[u8]) -> bool,
    read: fn(&[u8], &ReadOptions) -> Result<Content, Error>,
}

/// The table of formats, in the order they are tried; what none of them claims is plain text.
const FORMATS: &[Format] = &[
    Format { sniff: pdf::sniff, read: pdf::read },
    Format { sniff: docx::sniff, read: docx::read },
    Format { sniff: html::sniff, read: html::read },
];
