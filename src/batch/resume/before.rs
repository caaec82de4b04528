//! The records of an earlier run, read back: which documents they are of, by path and content.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::super::sink::{FileId, Kept, Sink};
use super::Resume;
use crate::extract::sha256_hex;
use crate::record::{ERROR_SCHEMA, Generator};

/// What of a line tells which document it is of.
#[derive(Debug, Deserialize)]
pub(super) struct Line {
    schema: String,
    source: Source,
    pub(super) generator: Option<Generator>,
}

#[derive(Debug, Deserialize)]
struct Source {
    path: String,
    size: Option<u64>,
    sha256: Option<String>,
}

impl Line {
    /// Reads one line.
    pub(super) fn read(line: &[u8]) -> Option<Self> {
        serde_json::from_slice(line).ok()
    }

    /// Whether the file is still the one that the line is of.
    pub(super) fn is_of(&self, file: &FileId) -> bool {
        let Some(hash) = &self.source.sha256 else { return false };
        let same_size = file.stat.is_some_and(|(size, _)| Some(size) == self.source.size);
        same_size && std::fs::read(&file.path).is_ok_and(|bytes| sha256_hex(&bytes) == *hash)
    }

    /// Whether it is an error record.
    pub(super) fn failed(&self) -> bool {
        self.schema == ERROR_SCHEMA
    }
}

/// The lines of a whole output, by the path that they name.
#[derive(Debug, Default)]
pub(super) struct Before {
    /// Offset and length of the line of a path; a path that two lines name tells nothing.
    lines: FxHashMap<String, Option<(u64, u64)>>,
    /// Who wrote it, by its first record.
    pub(super) generator: Option<Generator>,
    /// Bytes behind the last whole line.
    cut: u64,
}

impl Before {
    /// Reads the lines of a file.
    pub(super) fn read(file: &File) -> io::Result<Self> {
        let mut before = Self::default();
        let mut source = BufReader::with_capacity(1 << 16, file);
        let mut line = Vec::new();
        let mut offset = 0;
        loop {
            line.clear();
            let length = source.read_until(b'\n', &mut line)? as u64;
            if line.last() != Some(&b'\n') {
                before.cut = length;
                return Ok(before);
            }
            if let Some(of) = Line::read(&line) {
                before.generator = before.generator.or(of.generator);
                let entry = before.lines.entry(of.source.path);
                entry.and_modify(|e| *e = None).or_insert(Some((offset, length)));
            }
            offset += length;
        }
    }

    /// The line of a file, by its path alone.
    pub(super) fn line_of(&self, file: &FileId) -> Option<(u64, u64)> {
        self.lines.get(&file.shown()).copied().flatten()
    }
}

/// Reads bytes at a place of a file.
pub(super) fn bytes_at(file: &File, offset: u64, length: u64) -> io::Result<Vec<u8>> {
    use std::io::{Read, Seek, SeekFrom};
    let mut file = file;
    file.seek(SeekFrom::Start(offset))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Writes what an earlier output does not hold: `--done FILE`.
pub struct Done<'w> {
    out: &'w mut dyn Write,
    file: File,
    before: Before,
    how: Resume,
    /// Offset and length of the lines that were recalled.
    recalled: Vec<(u64, u64)>,
}

impl<'w> Done<'w> {
    /// Reads the earlier output.
    ///
    /// # Errors
    /// What opening and reading give.
    pub fn open(path: &Path, how: Resume, out: &'w mut dyn Write) -> io::Result<Self> {
        let file = File::open(path)?;
        let before = Before::read(&file)?;
        Ok(Self { out, file, before, how, recalled: Vec::new() })
    }

    /// Bytes of a line at its end that was not written to its end.
    pub fn cut(&self) -> u64 {
        self.before.cut
    }
}

impl Sink for Done<'_> {
    fn text(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
    }

    fn entry(&mut self, _: &FileId, _: bool, encoded: &[u8]) -> io::Result<()> {
        self.out.write_all(encoded)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn recall(&mut self, file: &FileId) -> Option<Kept> {
        let (offset, length) = self.before.line_of(file)?;
        let line = Line::read(&bytes_at(&self.file, offset, length).ok()?)?;
        let again = line.failed() && self.how.retry_failed;
        if again || !line.is_of(file) {
            return None;
        }
        self.recalled.push((offset, length));
        Some(Kept { place: self.recalled.len() - 1, failed: line.failed() })
    }

    fn line(&mut self, kept: &Kept) -> io::Result<Vec<u8>> {
        let Some((offset, length)) = self.recalled.get(kept.place) else { return Ok(Vec::new()) };
        bytes_at(&self.file, *offset, *length)
    }
}
