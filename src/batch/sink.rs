//! Where the results of a run go, in the order of the documents.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::name;

/// A file as it was before it was read: what tells whether it has changed since an earlier run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileId {
    /// Its path as it was found.
    pub path: PathBuf,
    /// Its size, and its time of change in nanoseconds; `None` where it could not be looked at, or is no file.
    pub stat: Option<(u64, u128)>,
}

impl FileId {
    /// A file as it is now.
    pub fn of(path: PathBuf) -> Self {
        let meta = fs::metadata(&path).ok().filter(fs::Metadata::is_file);
        let changed = |m: &fs::Metadata| m.modified().ok()?.duration_since(UNIX_EPOCH).ok();
        let stat = meta.map(|m| (m.len(), changed(&m).map_or(0, |d| d.as_nanos())));
        Self { path, stat }
    }

    /// A file in an archive: it changes with the archive.
    pub(super) fn of_member(path: PathBuf) -> Self {
        let bytes = name::raw(&path);
        let ends = memchr::memmem::find_iter(&bytes, b"!/");
        let archives = ends.filter_map(|end| bytes.get(..end)).map(|b| Self::of(name::path_of(b)));
        let stat = archives.into_iter().find_map(|archive| archive.stat);
        Self { path, stat }
    }

    /// Something that is not read.
    pub(super) fn other(path: PathBuf) -> Self {
        Self { path, stat: None }
    }

    pub(super) fn stdin() -> Self {
        Self::other("-".into())
    }

    /// The path as records show it.
    pub fn shown(&self) -> String {
        name::shown(&self.path)
    }

    /// Its size; 0 if it has none.
    pub fn size(&self) -> u64 {
        self.stat.map_or(0, |s| s.0)
    }
}

/// An entry of an earlier run that is kept: which one is the sink's business.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// Where the sink finds it.
    pub place: usize,
    /// Whether it is an error record.
    pub failed: bool,
}

/// Takes entries one after the other.
pub trait Sink {
    /// What stands between the entries.
    ///
    /// # Errors
    /// What writing gives.
    fn text(&mut self, text: &str) -> io::Result<()>;

    /// The next entry, of this file.
    ///
    /// # Errors
    /// What writing gives.
    fn entry(&mut self, file: &FileId, failed: bool, encoded: &[u8]) -> io::Result<()>;

    /// Ends the writing.
    ///
    /// # Errors
    /// What writing gives.
    fn flush(&mut self) -> io::Result<()>;

    /// Nothing comes for a while: what was taken is handed on.
    ///
    /// # Errors
    /// What writing gives.
    fn idle(&mut self) -> io::Result<()> {
        self.flush()
    }

    /// The entry of an earlier run for a file that has not changed since.
    fn recall(&mut self, _: &FileId) -> Option<Kept> {
        None
    }

    /// The line of one that was recalled.
    ///
    /// # Errors
    /// What reading gives.
    fn line(&mut self, _: &Kept) -> io::Result<Vec<u8>> {
        Ok(Vec::new())
    }

    /// The next entry is one that was recalled.
    ///
    /// # Errors
    /// What writing gives.
    fn keep(&mut self, _: &Kept) -> io::Result<()> {
        Ok(())
    }

    /// Where the last entry is, if it can be had again.
    fn last(&self) -> Option<usize> {
        None
    }

    /// An entry that was taken, as it was.
    ///
    /// # Errors
    /// What reading gives.
    fn again(&mut self, _place: usize) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// Writes what comes and knows of nothing before.
pub struct Plain<'w>(&'w mut dyn Write);

impl<'w> Plain<'w> {
    /// Writes to `out`.
    pub fn new(out: &'w mut dyn Write) -> Self {
        Self(out)
    }
}

impl Sink for Plain<'_> {
    fn text(&mut self, text: &str) -> io::Result<()> {
        self.0.write_all(text.as_bytes())
    }

    fn entry(&mut self, _: &FileId, _: bool, encoded: &[u8]) -> io::Result<()> {
        self.0.write_all(encoded)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Keeps error records apart.
pub struct Apart<'s> {
    /// Takes the records.
    pub sink: &'s mut dyn Sink,
    /// Takes the error records, as they are encoded.
    pub errors: &'s mut dyn Write,
    /// Whether the last entry was an error record.
    pub failed: bool,
}

impl Sink for Apart<'_> {
    fn text(&mut self, text: &str) -> io::Result<()> {
        self.sink.text(text)
    }

    fn entry(&mut self, file: &FileId, failed: bool, encoded: &[u8]) -> io::Result<()> {
        self.failed = failed;
        if failed { self.errors.write_all(encoded) } else { self.sink.entry(file, failed, encoded) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()?;
        self.errors.flush()
    }

    fn idle(&mut self) -> io::Result<()> {
        self.sink.idle()
    }

    fn recall(&mut self, file: &FileId) -> Option<Kept> {
        self.sink.recall(file)
    }

    fn line(&mut self, kept: &Kept) -> io::Result<Vec<u8>> {
        self.sink.line(kept)
    }

    fn keep(&mut self, kept: &Kept) -> io::Result<()> {
        self.sink.keep(kept)
    }

    fn last(&self) -> Option<usize> {
        if self.failed { None } else { self.sink.last() }
    }

    fn again(&mut self, place: usize) -> io::Result<Vec<u8>> {
        self.sink.again(place)
    }
}

/// The file name of an output while it is written: `out.jsonl.part`.
pub fn part_of(output: &Path) -> PathBuf {
    let mut name = output.as_os_str().to_owned();
    name.push(name::PART);
    name.into()
}
