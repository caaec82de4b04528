//! One run: inputs in, encoded records out, with events for whoever shows progress and a summary at the end.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

use rustc_hash::FxHashSet;

use super::copies::{self, Copies, Thing};
use super::document::{self, Outcome};
use super::encode::Encode;
use super::hand::Workers;
use super::load::{self, Met};
use super::look::Looker;
use super::pool::{self, Bounds, Item, Stop};
use super::scratch::Scratch;
use super::shard::Shard;
use super::sink::{FileId, Plain, Sink};
use super::walk::{Found, Input, Walk};
use crate::reader::{self, OcrMode};
use crate::record::ErrorBody;

/// Most bytes of finished results that wait for an earlier one.
const WAITING_BYTES: usize = 256 << 20;

/// The kind of a file whose content an earlier one had.
const SAME_CONTENT: &str = "the same content as another";

/// Extensions of data and program files: readable as text, but no documents. In a folder they are passed over (and
/// named in the summary); whoever wants one read names the file itself.
const DATA: &[&str] = &[
    "csv", "tsv", "json", "jsonl", "ndjson", "xml", "yaml", "yml", "toml", "ini", "cfg", "log", "css", "js",
    "ts", "py", "rs", "sh", "bat", "c", "h", "java", "sql", "svg", "lock", "db",
];

/// What to run over what.
pub struct Batch {
    /// The processes that do the work, and what they are told.
    pub workers: Workers,
    /// What the user named.
    pub inputs: Vec<Input>,
    /// Whether names that begin with a dot are taken too.
    pub hidden: bool,
    /// Number of worker processes.
    pub jobs: usize,
    /// Time limit of one document.
    pub timeout: Option<Duration>,
    /// Asks for an early end.
    pub stop: Stop,
    /// The share of the files that is done, if not all.
    pub shard: Option<Shard>,
    /// Whether of files with the same content only the first is kept.
    pub unique: bool,
}

/// What happened, in the order of the output.
#[derive(Debug)]
pub enum Event<'a> {
    /// A document was extracted.
    Extracted {
        /// Its path.
        path: &'a str,
        /// Its size in bytes.
        bytes: u64,
        /// How long its worker took.
        took: Duration,
    },
    /// An input could not be read.
    Failed {
        /// Its path.
        path: &'a str,
        /// Why.
        error: &'a ErrorBody,
        /// How long its worker took.
        took: Duration,
    },
    /// Something that is no document was passed over.
    Passed {
        /// Its path.
        path: &'a str,
    },
    /// A file has not changed since an earlier run, whose record or error record was kept.
    Kept,
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
    /// Of the documents and errors, those kept from an earlier run.
    pub kept: u64,
    /// The signal that ended the run before everything was done.
    pub stopped: Option<usize>,
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
/// What writing to `out` gives, and workers that cannot be started.
pub fn run(batch: &Batch, out: &mut dyn Write, on_event: &mut dyn FnMut(Event<'_>)) -> io::Result<Summary> {
    run_into(batch, &mut Plain::new(out), on_event)
}

/// Runs the batch into a sink that may know results of an earlier run.
///
/// # Errors
/// What the sink gives, and workers that cannot be started.
pub fn run_into(
    batch: &Batch,
    sink: &mut dyn Sink,
    on_event: &mut dyn FnMut(Event<'_>),
) -> io::Result<Summary> {
    let setup = &batch.workers.setup;
    let encode = (batch.workers.formats)(&setup.format, setup.pretty).ok_or(io::ErrorKind::InvalidInput)?;
    let bounds = Bounds { jobs: batch.jobs.max(1), waiting_bytes: WAITING_BYTES, timeout: batch.timeout };
    let mut workers = batch.workers.clone();
    let gate = match workers.setup.options.read.ocr.mode {
        OcrMode::Off => None,
        _ => Some(Scratch::new()?),
    };
    workers.setup.gate = gate.as_ref().map(|dir| (bounds.jobs, dir.path().to_path_buf()));
    let mut summary = Summary::default();
    let mut first = true;
    sink.text(encode.head())?;
    let sink = RefCell::new(sink);
    // What was handed out, in order, until its outcome comes back.
    let met: RefCell<VecDeque<FileId>> = RefCell::default();
    let looker = RefCell::new(Looker::new(&batch.workers, batch.timeout));
    let found = Walk::new(&batch.inputs, batch.hidden).looking(&looker);
    let own = found.filter(|found| batch.shard.is_none_or(|shard| shard.takes(found)));
    let mut contents = FxHashSet::default();
    let copies = Copies::new(&*encode).map(RefCell::new);
    let limit = setup.options.read.limits.file_bytes;
    let hash = |thing: &Thing| match thing {
        Thing::File(path, _) => copies::hash(path, limit),
        Thing::Member(member) => looker.borrow_mut().hash(member),
    };
    let items = own.zip(0..).map(|(found, number)| {
        let (file, item) = item(found, &*encode, |file| sink.borrow_mut().recall(file));
        met.borrow_mut().push_back(file);
        match copies.as_ref().and_then(|copies| copies.borrow_mut().met(number, &item, hash)) {
            Some(key) => Item::Copy(key, Box::new(item)),
            None => item,
        }
    });
    // How many came back.
    let done = Cell::new(0);
    let copy = |key| {
        let path = met.borrow().front()?.shown();
        copies.as_ref()?.borrow_mut().again(key, done.get(), &path, &*encode, &mut **sink.borrow_mut())
    };
    let mut written = Ok(());
    pool::ordered(items, &bounds, &workers, &batch.stop, copy, |outcome| {
        let Some(mut outcome) = outcome else {
            written = sink.borrow_mut().idle();
            return if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
        };
        let Some(file) = met.borrow_mut().pop_front() else { return ControlFlow::Break(()) };
        let mut sink = sink.borrow_mut();
        if batch.unique && content_of(&outcome, &mut **sink).is_some_and(|id| !contents.insert(id)) {
            outcome = Outcome::Passed(SAME_CONTENT.into());
        }
        summary.add(&file.shown(), &outcome, on_event);
        written = match &outcome {
            Outcome::Passed(_) => Ok(()),
            Outcome::Kept(kept) => sink.keep(kept),
            Outcome::Entry { encoded, error, .. } => {
                let between = if std::mem::take(&mut first) { "" } else { encode.between() };
                sink.text(between).and_then(|()| sink.entry(&file, error.is_some(), encoded))
            }
        };
        if let Some(copies) = &copies {
            let place = if let Outcome::Entry { .. } = outcome { sink.last() } else { None };
            copies.borrow_mut().written(done.get(), place, outcome);
        }
        done.set(done.get() + 1);
        if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    written?;
    summary.stopped = batch.stop.signal();
    let sink = sink.into_inner();
    sink.text(encode.tail())?;
    sink.flush()?;
    Ok(summary)
}

/// What the content of a document is known by, also of one whose record was kept.
fn content_of(outcome: &Outcome, sink: &mut dyn Sink) -> Option<u64> {
    #[derive(serde::Deserialize)]
    struct Of {
        id: String,
    }
    match outcome {
        Outcome::Entry { id, .. } => *id,
        Outcome::Kept(kept) => {
            let of: Of = serde_json::from_slice(&sink.line(kept).ok()?).ok()?;
            u64::from_str_radix(&of.id, 16).ok()
        }
        Outcome::Passed(_) => None,
    }
}

/// What is to be done about one thing that was found.
fn item(
    found: Found,
    encode: &dyn Encode,
    recall: impl FnOnce(&FileId) -> Option<super::sink::Kept>,
) -> (FileId, Item) {
    match found {
        Found::Stdin => (FileId::stdin(), Item::Stdin),
        Found::Passed { path, what } => (FileId::other(path), Item::Known(Outcome::Passed(what.into()))),
        Found::Failed { path, error } => {
            let file = FileId::other(path);
            let outcome = document::failed(encode, &file.shown(), &error, None);
            (file, Item::Known(outcome))
        }
        Found::Member(member) if is_data(&member.path) => {
            let kind = extension(&member.path);
            (FileId::other(member.path), Item::Known(Outcome::Passed(kind)))
        }
        Found::Member(member) => {
            let file = FileId::of_member(member.path.clone());
            let item = recall(&file).map_or(Item::Member(member), |kept| Item::Known(Outcome::Kept(kept)));
            (file, item)
        }
        Found::File { path, named: false } if is_data(&path) => {
            let kind = extension(&path);
            (FileId::other(path), Item::Known(Outcome::Passed(kind)))
        }
        Found::File { path, named } => {
            let file = FileId::of(path);
            let item = match recall(&file) {
                Some(kept) => Item::Known(Outcome::Kept(kept)),
                None => Item::File { path: file.path.clone(), named, size: file.size() },
            };
            (file, item)
        }
    }
}

impl Summary {
    fn add(&mut self, path: &str, outcome: &Outcome, on_event: &mut dyn FnMut(Event<'_>)) {
        match outcome {
            Outcome::Entry { error: Some(error), scan, took, .. } => {
                self.errors += 1;
                self.unread_scans += u64::from(*scan);
                on_event(Event::Failed { path, error, took: *took });
            }
            Outcome::Entry { error: None, items, bytes, scan, took, .. } => {
                self.documents += 1;
                self.unread_scans += u64::from(*scan);
                self.items += items;
                self.bytes += bytes;
                on_event(Event::Extracted { path, bytes: *bytes, took: *took });
            }
            Outcome::Kept(kept) => {
                self.kept += 1;
                if kept.failed {
                    self.errors += 1;
                } else {
                    self.documents += 1;
                }
                on_event(Event::Kept);
            }
            Outcome::Passed(what) => {
                *self.passed.entry(what.clone()).or_default() += 1;
                on_event(Event::Passed { path });
            }
        }
    }
}

fn lower_extension(path: &Path) -> Option<String> {
    path.extension().map(|e| e.to_string_lossy().to_lowercase())
}

/// The kind of an unknown file as the summary names it: `.jpg`, or "no extension".
pub(super) fn extension(path: &Path) -> String {
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
