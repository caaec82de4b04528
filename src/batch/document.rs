//! One document to what stands for it in the output: its encoded record or error record, or the reason why it is passed
//! over. The same file always gives the same bytes, whichever worker has it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::archive::{self, Member, Opened, Shelf};
use super::encode::Encode;
use super::frame::{Reply, Task};
use super::guard::guarded;
use super::load::{self, Met};
use super::name;
use super::run::{extension, promises_document};
use super::sink::Kept;
use crate::error::Error;
use crate::extract::{Extractor, sha256, sha256_hex};
use crate::reader::{OcrMode, kind};
use crate::record::{ERROR_SCHEMA, Entry, ErrorBody, ErrorRecord, ErrorSource, Record};

/// The warning of a document with pages that only recognition (OCR) can read.
const NEEDS_OCR: &str = "needs_ocr";

/// What became of one thing that was met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// An encoded record or error record.
    Entry {
        /// Its bytes.
        encoded: Vec<u8>,
        /// What its content is known by: the id of its record.
        id: Option<u64>,
        /// How many items it holds.
        items: u64,
        /// Size of the document.
        bytes: u64,
        /// Whether it has pages that only recognition (OCR) can read.
        scan: bool,
        /// Why it could not be read.
        error: Option<ErrorBody>,
        /// How long its worker took.
        took: Duration,
    },
    /// What was passed over, with the name of the kind.
    Passed(String),
    /// What an earlier run wrote of it is kept.
    Kept(Kept),
}

impl Outcome {
    /// About how many bytes it holds.
    pub fn weight(&self) -> usize {
        match self {
            Self::Entry { encoded, .. } => encoded.len() + 256,
            Self::Passed(_) | Self::Kept(_) => 64,
        }
    }
}

/// What is known of a file that could not be extracted.
pub struct Seen {
    size: u64,
    sha256: Option<String>,
}

impl Seen {
    /// The size of a file.
    pub fn of(file: &Path) -> Option<Self> {
        let meta = fs::metadata(file).ok().filter(fs::Metadata::is_file)?;
        Some(Self { size: meta.len(), sha256: None })
    }
}

/// Does one task: what a worker process is for.
pub fn work(extractor: &Extractor, encode: &dyn Encode, shelf: &mut Shelf, task: &Task) -> Reply {
    let limit = extractor.options().read.limits.file_bytes;
    match task {
        Task::Look { path, hidden } => {
            Reply::Opened(guarded(|| Ok(archive::look(path, *hidden))).unwrap_or(Opened::No))
        }
        Task::Hash(member) => {
            Reply::Hash(guarded(|| shelf.read(member, limit)).ok().map(|bytes| sha256(&bytes)))
        }
        task => Reply::Outcome(extract(extractor, encode, shelf, task)),
    }
}

/// Extracts one file that somebody named.
pub fn of_file(extractor: &Extractor, encode: &dyn Encode, path: PathBuf) -> Outcome {
    extract(extractor, encode, &mut Shelf::default(), &Task::File { path, named: true })
}

fn extract(extractor: &Extractor, encode: &dyn Encode, shelf: &mut Shelf, task: &Task) -> Outcome {
    let limit = extractor.options().read.limits.file_bytes;
    match task {
        Task::File { path, named } => {
            let promised = promises_document(path);
            let pictures = reads_pictures(extractor);
            let loaded = guarded(|| match named {
                false => load::met(path, promised, pictures, limit),
                true => load::file(path, limit).map(Met::Document),
            });
            let shown = name::shown(path);
            match loaded {
                Ok(Met::Document(bytes)) => {
                    let passed = (!named && !is_document(extractor, path, &bytes)).then(|| extension(path));
                    of_bytes(extractor, encode, &shown, &bytes, passed)
                }
                Ok(Met::Foreign) => Outcome::Passed(extension(path)),
                Ok(Met::Own) => Outcome::Passed("own output".into()),
                Err(error) => failed(encode, &shown, &error, Seen::of(path)),
            }
        }
        Task::Bytes(bytes) => of_bytes(extractor, encode, "-", bytes, None),
        Task::Member(member) | Task::Hash(member) => {
            of_member(extractor, encode, member, guarded(|| shelf.read(member, limit)))
        }
        Task::Look { path, .. } => Outcome::Passed(extension(path)), // no document
    }
}

/// A file in an archive, as if it stood in a folder.
fn of_member(
    extractor: &Extractor,
    encode: &dyn Encode,
    member: &Member,
    read: Result<Vec<u8>, Error>,
) -> Outcome {
    let path = &member.path;
    match read {
        Ok(bytes) if name::is_own(&bytes) => Outcome::Passed("own output".into()),
        Ok(bytes) => {
            let passed = (!is_document(extractor, path, &bytes)).then(|| extension(path));
            of_bytes(extractor, encode, &name::shown(path), &bytes, passed)
        }
        Err(Error::Encrypted(_) | Error::Unsupported(_)) if !promises_document(path) => {
            Outcome::Passed(extension(path))
        }
        Err(error) => failed(encode, &name::shown(path), &error, None),
    }
}

/// Whether a file in a folder is surely meant as a document: an error record tells why it cannot be read.
fn is_document(extractor: &Extractor, path: &Path, bytes: &[u8]) -> bool {
    promises_document(path) || kind::is_office(bytes) || reads_pictures(extractor) && kind::is_scan(bytes)
}

/// Whether pictures are documents too: scans.
fn reads_pictures(extractor: &Extractor) -> bool {
    extractor.options().read.ocr.mode != OcrMode::Off
}

/// Extracts one document; `passed` names its kind if it is passed over should no reader take it.
pub fn of_bytes(
    extractor: &Extractor,
    encode: &dyn Encode,
    shown: &str,
    bytes: &[u8],
    passed: Option<String>,
) -> Outcome {
    match (guarded(|| extractor.extract(shown, bytes)), passed) {
        (Ok(record), _) => entry(encode, record),
        (Err(Error::Unsupported(_)), Some(kind)) => Outcome::Passed(kind),
        (Err(error), _) => {
            let seen = Seen { size: bytes.len() as u64, sha256: Some(sha256_hex(bytes)) };
            failed(encode, shown, &error, Some(seen))
        }
    }
}

fn entry(encode: &dyn Encode, record: Record) -> Outcome {
    let items = (record.references.len() + record.dates.len() + record.indicators.len()) as u64;
    let bytes = record.source.size;
    let id = u64::from_str_radix(&record.id, 16).ok();
    let scan = record.warnings.iter().any(|w| w.code == NEEDS_OCR);
    let path = record.source.path.clone();
    let entry = Entry::Record(Box::new(record));
    let mut encoded = Vec::new();
    // Writing to memory fails for no reason but a value that JSON cannot hold.
    match guarded(|| Ok(encode.entry(&entry, &mut encoded)?)) {
        Ok(()) => Outcome::Entry { encoded, id, items, bytes, scan, error: None, took: Duration::ZERO },
        Err(error) => failed(encode, &path, &Error::Internal(error.to_string()), None),
    }
}

/// The error record of a document that could not be read.
pub fn failed(encode: &dyn Encode, shown: &str, error: &Error, seen: Option<Seen>) -> Outcome {
    let record = record_of(shown, error, seen);
    let body = record.error.clone();
    let mut encoded = Vec::new();
    let _ = encode.entry(&Entry::Error(record), &mut encoded); // strings and numbers only: cannot fail
    let scan = matches!(error, Error::Scanned(_));
    Outcome::Entry { encoded, id: None, items: 0, bytes: 0, scan, error: Some(body), took: Duration::ZERO }
}

fn record_of(shown: &str, error: &Error, seen: Option<Seen>) -> ErrorRecord {
    let (size, sha256) = seen.map_or((None, None), |s| (Some(s.size), s.sha256));
    ErrorRecord {
        schema: ERROR_SCHEMA.into(),
        source: ErrorSource { path: shown.into(), sha256, size },
        error: ErrorBody { code: error.code().into(), message: error.to_string() },
    }
}
