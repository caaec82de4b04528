//! One run: inputs in, encoded records out, with events for whoever shows progress and a summary at the end.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::archive::Member;
use super::encode::Encode;
use super::guard::guarded;
use super::load::{self, Met};
use super::map::{self, Bounds, Work};
use super::name;
use super::walk::{Found, Input, Walk};
use crate::error::Error;
use crate::extract::{Extractor, sha256_hex};
use crate::reader::{self, OcrMode, kind};
use crate::record::{ERROR_SCHEMA, Entry, ErrorBody, ErrorRecord, ErrorSource, Record};

/// Extensions of data and program files: readable as text, but no documents. In a folder they are passed over (and
/// named in the summary); whoever wants one read names the file itself.
const DATA: &[&str] = &[
    "csv", "tsv", "json", "jsonl", "ndjson", "xml", "yaml", "yml", "toml", "ini", "cfg", "log", "css", "js",
    "ts", "py", "rs", "sh", "bat", "c", "h", "java", "sql", "svg", "lock", "db",
];

/// The warning of a document with pages that only recognition (OCR) can read.
const NEEDS_OCR: &str = "needs_ocr";

/// What to run over what.
pub struct Batch {
    /// The extractor, shared by all workers.
    pub extractor: Extractor,
    /// How results become bytes.
    pub encode: Box<dyn Encode>,
    /// What the user named.
    pub inputs: Vec<Input>,
    /// Whether names that begin with a dot are taken too.
    pub hidden: bool,
    /// Number of worker threads.
    pub jobs: usize,
    /// Time limit of one document.
    pub timeout: Option<Duration>,
}

/// What happened, in the order of the output.
#[derive(Debug)]
pub enum Event<'a> {
    /// A document was extracted.
    Extracted {
        /// Its path.
        #[allow(dead_code, reason = "for whoever wants to show it")]
        path: &'a str,
        /// Its size in bytes.
        bytes: u64,
    },
    /// An input could not be read.
    Failed {
        /// Its path.
        path: &'a str,
        /// Why.
        error: &'a ErrorBody,
    },
    /// Something that is no document was passed over.
    Passed {
        /// Its path.
        #[allow(dead_code, reason = "for whoever wants to show it")]
        path: &'a str,
    },
}

/// The figures of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Documents extracted.
    pub documents: u64,
    /// Inputs that could not be read.
    pub errors: u64,
    /// References, dates and indicators found.
    pub items: u64,
    /// Bytes of the documents extracted.
    pub bytes: u64,
    /// What was passed over in folders, by name of the kind.
    pub passed: BTreeMap<String, u64>,
    /// Documents with pages that were not read because they are pictures.
    pub unread_scans: u64,
}

impl Summary {
    /// Everything that was met: what was extracted, what could not be read, and what was passed over.
    pub fn files(&self) -> u64 {
        self.documents + self.errors + self.passed.values().sum::<u64>()
    }
}

/// Runs the batch and writes to `out`. Inputs that fail are counted, never fatal.
///
/// # Errors
/// Only what writing to `out` gives.
pub fn run(batch: Batch, out: &mut dyn Write, on_event: &mut dyn FnMut(Event<'_>)) -> io::Result<Summary> {
    let jobs = batch.jobs.max(1);
    let bounds = Bounds { jobs, window: jobs * 16, waiting_bytes: 64 << 20, timeout: batch.timeout };
    let walk = Walk::new(&batch.inputs, batch.hidden);
    let worker = Arc::new(Worker { extractor: batch.extractor, encode: batch.encode });
    let mut summary = Summary::default();
    let mut written: io::Result<()> = out.write_all(worker.encode.head().as_bytes());
    let mut first = true;
    if written.is_ok() {
        map::ordered(walk, &bounds, Arc::clone(&worker), |done| {
            summary.add(&done, on_event);
            if let Outcome::Entry { encoded, .. } = &done.outcome {
                let between = if std::mem::take(&mut first) { "" } else { worker.encode.between() };
                written = out.write_all(between.as_bytes()).and_then(|()| out.write_all(encoded));
            }
            if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
    }
    written?;
    out.write_all(worker.encode.tail().as_bytes())?;
    out.flush()?;
    Ok(summary)
}

impl Summary {
    fn add(&mut self, done: &Done, on_event: &mut dyn FnMut(Event<'_>)) {
        let path = &done.path;
        match &done.outcome {
            Outcome::Entry { error: Some(error), scan, .. } => {
                self.errors += 1;
                self.unread_scans += u64::from(*scan);
                on_event(Event::Failed { path, error });
            }
            Outcome::Entry { error: None, items, bytes, scan, .. } => {
                self.documents += 1;
                self.unread_scans += u64::from(*scan);
                self.items += items;
                self.bytes += bytes;
                on_event(Event::Extracted { path, bytes: *bytes });
            }
            Outcome::Passed(what) => {
                *self.passed.entry(what.clone()).or_default() += 1;
                on_event(Event::Passed { path });
            }
        }
    }
}

/// What a worker hands to the writer.
struct Done {
    path: String,
    outcome: Outcome,
}

enum Outcome {
    /// An encoded record or error record.
    Entry { encoded: Vec<u8>, items: u64, bytes: u64, scan: bool, error: Option<ErrorBody> },
    /// What was passed over, with the name of the kind.
    Passed(String),
}

struct Worker {
    extractor: Extractor,
    encode: Box<dyn Encode>,
}

impl Work<Found, Done> for Worker {
    fn work(&self, item: &Found) -> Done {
        let path = item.shown();
        let outcome = match item {
            Found::Passed { what, .. } => Outcome::Passed((*what).into()),
            Found::Failed { error, .. } => self.entry(&path, Err((error.clone(), None))),
            Found::File { path: file, named: false } if is_data(file) => Outcome::Passed(extension(file)),
            Found::File { path: file, named } => self.document(&path, Some(file), !named),
            Found::Member(member) if is_data(&member.path) => Outcome::Passed(extension(&member.path)),
            Found::Member(member) => self.member(&path, member),
            Found::Stdin => self.document(&path, None, false),
        };
        Done { path, outcome }
    }

    fn late(&self, item: &Found) -> Done {
        let path = item.shown();
        let error = Error::Timeout("this document took too long, see --timeout".into());
        Done { outcome: self.entry(&path, Err((error, None))), path }
    }

    fn weight(&self, result: &Done) -> usize {
        match &result.outcome {
            Outcome::Entry { encoded, .. } => encoded.len(),
            Outcome::Passed(_) => 0,
        }
    }
}

impl Worker {
    /// Reads and extracts one document; in a folder, files of unknown kind are passed over.
    fn document(&self, path: &str, file: Option<&Path>, in_folder: bool) -> Outcome {
        let limit = self.extractor.options().read.limits.file_bytes;
        let loaded = guarded(|| match file {
            Some(file) if in_folder => load::met(file, promises_document(file), self.reads_pictures(), limit),
            Some(file) => load::file(file, limit).map(Met::Document),
            None => load::stdin(limit).map(Met::Document),
        });
        let bytes = match loaded {
            Ok(Met::Document(bytes)) => bytes,
            Ok(Met::Foreign) => return Outcome::Passed(file.map(extension).unwrap_or_default()),
            Ok(Met::Own) => return Outcome::Passed("own output".into()),
            Err(error) => {
                let size =
                    file.and_then(|f| fs::metadata(f).ok()).filter(fs::Metadata::is_file).map(|m| m.len());
                let seen = size.map(|size| Seen { size, sha256: None });
                return self.entry(path, Err((error, seen)));
            }
        };
        self.extract(path, file, in_folder, &bytes)
    }

    /// Reads and extracts one member of an archive, as if it stood in a folder.
    fn member(&self, path: &str, member: &Member) -> Outcome {
        let limit = self.extractor.options().read.limits.file_bytes;
        match guarded(|| member.read(limit)) {
            Ok(bytes) if name::is_own(&bytes) => Outcome::Passed("own output".into()),
            Ok(bytes) => self.extract(path, Some(&member.path), true, &bytes),
            Err(Error::Encrypted(_) | Error::Unsupported(_)) if !promises_document(&member.path) => {
                Outcome::Passed(extension(&member.path))
            }
            Err(error) => self.entry(path, Err((error, None))),
        }
    }

    /// Whether pictures are documents too: scans.
    fn reads_pictures(&self) -> bool {
        self.extractor.options().read.ocr.mode != OcrMode::Off
    }

    fn extract(&self, path: &str, file: Option<&Path>, in_folder: bool, bytes: &[u8]) -> Outcome {
        match guarded(|| self.extractor.extract(path, bytes)) {
            Ok(record) => self.entry(path, Ok(record)),
            Err(Error::Unsupported(_))
                if in_folder
                    && !kind::is_office(bytes)
                    && !(self.reads_pictures() && kind::is_scan(bytes))
                    && file.is_some_and(|f| !promises_document(f)) =>
            {
                Outcome::Passed(file.map(extension).unwrap_or_default())
            }
            Err(error) => {
                let seen = Seen { size: bytes.len() as u64, sha256: Some(sha256_hex(bytes)) };
                self.entry(path, Err((error, Some(seen))))
            }
        }
    }

    fn entry(&self, path: &str, result: Result<Record, (Error, Option<Seen>)>) -> Outcome {
        let (entry, items, bytes, scan) = match result {
            Ok(record) => {
                let items = record.references.len() + record.dates.len() + record.indicators.len();
                let bytes = record.source.size;
                let scan = record.warnings.iter().any(|w| w.code == NEEDS_OCR);
                (Entry::Record(Box::new(record)), items as u64, bytes, scan)
            }
            Err((error, seen)) => {
                let scan = matches!(error, Error::Scanned(_));
                (Entry::Error(error_record(path, &error, seen)), 0, 0, scan)
            }
        };
        let mut encoded = Vec::new();
        // Writing to memory fails for no reason but a value that JSON cannot hold.
        let error = match guarded(|| Ok(self.encode.entry(&entry, &mut encoded)?)) {
            Ok(()) => match entry {
                Entry::Error(record) => Some(record.error),
                Entry::Record(_) => None,
            },
            Err(error) => {
                encoded.clear();
                let record = error_record(path, &Error::Internal(error.to_string()), None);
                let body = record.error.clone();
                let _ = self.encode.entry(&Entry::Error(record), &mut encoded);
                Some(body)
            }
        };
        Outcome::Entry { encoded, items, bytes, scan, error }
    }
}

/// What is known of a file that could not be extracted.
struct Seen {
    size: u64,
    sha256: Option<String>,
}

fn error_record(path: &str, error: &Error, seen: Option<Seen>) -> ErrorRecord {
    let (size, sha256) = seen.map_or((None, None), |s| (Some(s.size), s.sha256));
    ErrorRecord {
        schema: ERROR_SCHEMA.into(),
        source: ErrorSource { path: path.into(), sha256, size },
        error: ErrorBody { code: error.code().into(), message: error.to_string() },
    }
}

fn lower_extension(path: &Path) -> Option<String> {
    path.extension().map(|e| e.to_string_lossy().to_lowercase())
}

/// The kind of an unknown file as the summary names it: `.jpg`, or "no extension".
fn extension(path: &Path) -> String {
    lower_extension(path).map_or_else(|| "no extension".into(), |e| format!(".{e}"))
}

fn is_data(path: &Path) -> bool {
    lower_extension(path).is_some_and(|e| DATA.contains(&e.as_str()))
}

/// Whether a file met in a folder is passed over: by its name, or as our own output.
pub fn is_passed_over(path: &Path) -> bool {
    is_data(path) || load::met(path, true, false, 0).is_ok_and(|met| met == Met::Own)
}

/// Whether a file's name says that it is a document.
pub fn promises_document(path: &Path) -> bool {
    lower_extension(path).is_some_and(|e| reader::promises_document(&e))
}
