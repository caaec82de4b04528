//! The store of lines behind an output file: what is appended is never lost, and at the end it becomes the output, in
//! the order of the paths.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;

use super::super::frame::Setup;
use super::super::name;
use super::super::sink::{FileId, Kept, Sink, part_of};
use super::Resume;
use super::before::{Before, Line, bytes_at};
use super::journal::{self, Entry, Journal};
use crate::extract::sha256_hex;
use crate::record::Generator;

/// How often what is written is handed to the system.
const FLUSH: Duration = Duration::from_millis(500);

/// An output file in the making.
pub struct Store {
    output: PathBuf,
    part: BufWriter<File>,
    /// The part, to read from.
    reader: File,
    length: u64,
    journal: Journal,
    /// Entries of the part of an earlier run: number of their place, by the bytes of the path.
    known: FxHashMap<Vec<u8>, usize>,
    entries: Vec<(Entry, u64)>,
    /// An earlier output that is whole.
    before: Option<(File, Before)>,
    /// Offset and length of the lines of this run, in the order of the paths.
    order: Vec<(u64, u64)>,
    how: Resume,
    flushed: Instant,
}

impl Store {
    /// Opens the store of an output; with `resume`, what an earlier run left is used.
    ///
    /// # Errors
    /// Files that cannot be written, a part that nobody asked to go on with, one of other options or patterns, and one
    /// that another run is writing now.
    pub fn open(
        output: &Path,
        resume: Option<Resume>,
        setup: &Setup,
        generator: impl FnOnce() -> io::Result<Generator>,
    ) -> io::Result<Self> {
        // A link is written through, not replaced.
        let output = fs::canonicalize(output).unwrap_or_else(|_| output.to_path_buf());
        let (part_path, journal_path) = (part_of(&output), journal_of(&output));
        let had = fs::metadata(&part_path).is_ok_and(|m| m.len() > 0);
        if had && resume.is_none() {
            return Err(io::Error::other(format!(
                "{} holds the results of a run that did not end; go on with it by --resume, or remove it",
                shown(&part_path)
            )));
        }
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&part_path)?;
        lock(&file, &part_path)?;
        let options = options_of(setup);
        let (entries, length) = match had {
            true => whole_entries(&part_path, &journal_path, &file, &options)?,
            false => (Vec::new(), 0),
        };
        let before = match (resume, File::open(&output)) {
            (Some(_), Ok(file)) => Some(Before::read(&file).map(|before| (file, before))?),
            _ => None,
        };
        if resume.is_some() {
            let first = entries.iter().filter(|(e, _)| !e.failed).take(1);
            let first =
                first.filter_map(|(e, at)| Line::read(&bytes_at(&file, *at, e.length).ok()?)?.generator);
            let of_before = before.iter().filter_map(|(_, b)| b.generator.clone());
            check_generators(first.chain(of_before).collect(), generator)?;
        }
        file.set_len(length)?;
        if let Ok(meta) = fs::metadata(&output) {
            let _ = fs::set_permissions(&part_path, meta.permissions()); // as private as what it will replace
        }
        let journal = Journal::create(&journal_path, &options, entries.iter().map(|(entry, _)| entry))?;
        let known = entries.iter().enumerate().map(|(n, (e, _))| (e.path.clone(), n)).collect();
        let reader = file.try_clone()?;
        Ok(Self {
            output,
            part: BufWriter::with_capacity(1 << 16, OpenOptions::new().append(true).open(&part_path)?),
            reader,
            length,
            journal,
            known,
            entries,
            before,
            order: Vec::new(),
            how: resume.unwrap_or_default(),
            flushed: Instant::now(),
        })
    }

    /// Where the lines are until the end.
    pub fn part(&self) -> PathBuf {
        part_of(&self.output)
    }

    /// Makes the output of the store; `replace` puts a finished file into its place.
    ///
    /// # Errors
    /// What writing gives; the store stays then.
    pub fn finish(mut self, replace: impl FnOnce(&Path, &Path) -> io::Result<()>) -> io::Result<()> {
        self.part.flush()?;
        self.journal.flush()?;
        let part = self.part();
        let mut end = 0;
        let in_order = self.order.iter().all(|(at, length)| {
            let follows = *at == end;
            end = at + length;
            follows
        });
        if in_order && end == self.length {
            self.reader.sync_all()?;
            replace(&part, &self.output)?;
        } else {
            let folder = self.output.parent().filter(|p| !p.as_os_str().is_empty());
            let file = tempfile::Builder::new()
                .prefix(name::TEMPORARY)
                .suffix(name::PART)
                .tempfile_in(folder.unwrap_or_else(|| Path::new(".")))?;
            fs::set_permissions(file.path(), fs::metadata(&part)?.permissions())?;
            let mut out = BufWriter::with_capacity(1 << 16, file.as_file());
            for (at, length) in &self.order {
                out.write_all(&bytes_at(&self.reader, *at, *length)?)?;
            }
            out.flush()?;
            drop(out);
            file.as_file().sync_all()?;
            replace(file.path(), &self.output)?;
            let _ = fs::remove_file(&part);
        }
        let _ = fs::remove_file(journal_of(&self.output));
        let _ = fs::remove_file(&part); // where it was copied and not renamed
        Ok(())
    }

    /// Leaves the store for a later run, or nothing if there is nothing in it.
    ///
    /// # Errors
    /// What writing gives.
    pub fn leave(mut self) -> io::Result<()> {
        self.part.flush()?;
        self.journal.flush()?;
        if self.length == 0 {
            let _ = fs::remove_file(journal_of(&self.output));
            let _ = fs::remove_file(self.part());
        }
        Ok(())
    }

    fn append(&mut self, file: &FileId, failed: bool, line: &[u8]) -> io::Result<()> {
        let length = line.len() as u64;
        self.part.write_all(line)?;
        self.journal.add(file, length, failed)?;
        self.order.push((self.length, length));
        self.length += length;
        if self.flushed.elapsed() >= FLUSH {
            // The lines first: an entry of the journal without its line would be worth nothing.
            self.part.flush()?;
            self.journal.flush()?;
            self.flushed = Instant::now();
        }
        Ok(())
    }
}

impl Sink for Store {
    fn text(&mut self, _: &str) -> io::Result<()> {
        Ok(()) // JSON Lines have nothing between the lines
    }

    fn entry(&mut self, file: &FileId, failed: bool, encoded: &[u8]) -> io::Result<()> {
        self.append(file, failed, encoded)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.part.flush()?;
        self.journal.flush()
    }

    fn recall(&mut self, file: &FileId) -> Option<Kept> {
        if let Some(&place) = self.known.get(&name::raw(&file.path)) {
            let (entry, at) = self.entries.get(place)?;
            if entry.failed && self.how.retry_failed {
                return None;
            }
            let line = || Line::read(&bytes_at(&self.reader, *at, entry.length).ok()?);
            let same = match self.how.by_content {
                true => line().is_some_and(|line| line.is_of(file)),
                false => entry.stat == file.stat,
            };
            return same.then_some(Kept { place, failed: entry.failed });
        }
        let (source, before) = self.before.as_ref()?;
        let (offset, length) = before.line_of(file)?;
        let bytes = bytes_at(source, offset, length).ok()?;
        let line = Line::read(&bytes)?;
        if line.failed() && self.how.retry_failed || !line.is_of(file) {
            return None;
        }
        let entry = Entry { path: name::raw(&file.path), stat: file.stat, length, failed: line.failed() };
        // Places behind the entries of the part are those of the earlier output.
        self.entries.push((entry, offset));
        Some(Kept { place: self.entries.len() - 1, failed: line.failed() })
    }

    fn line(&mut self, kept: &Kept) -> io::Result<Vec<u8>> {
        let Some((entry, at)) = self.entries.get(kept.place) else { return Ok(Vec::new()) };
        let of_part = self.known.get(&entry.path) == Some(&kept.place);
        let source = if of_part { Some(&self.reader) } else { self.before.as_ref().map(|(file, _)| file) };
        source.map_or_else(|| Ok(Vec::new()), |source| bytes_at(source, *at, entry.length))
    }

    fn keep(&mut self, kept: &Kept) -> io::Result<()> {
        let Some((entry, at)) = self.entries.get(kept.place).cloned() else { return Ok(()) };
        if self.known.get(&entry.path) == Some(&kept.place) {
            self.order.push((at, entry.length));
            return Ok(());
        }
        let line = self.line(kept)?;
        if line.is_empty() {
            return Ok(());
        }
        let file = FileId { path: name::path_of(&entry.path), stat: entry.stat };
        self.append(&file, entry.failed, &line)
    }

    fn last(&self) -> Option<usize> {
        self.order.len().checked_sub(1)
    }

    fn again(&mut self, place: usize) -> io::Result<Vec<u8>> {
        let (at, length) = *self.order.get(place).ok_or(io::ErrorKind::NotFound)?;
        self.part.flush()?;
        bytes_at(&self.reader, at, length)
    }
}

/// The entries whose lines are whole, with their offsets, and where the last of them ends.
fn whole_entries(
    part_path: &Path,
    journal_path: &Path,
    part: &File,
    options: &str,
) -> io::Result<(Vec<(Entry, u64)>, u64)> {
    let (written_with, entries) = journal::read(journal_path).map_err(|e| {
        io::Error::other(format!("{}: {e}; without it nothing tells what is done", shown(journal_path)))
    })?;
    if written_with != options {
        return Err(io::Error::other(format!(
            "{} was written with other options; remove it to begin anew",
            shown(part_path)
        )));
    }
    let all = part.metadata()?.len();
    let mut end = 0;
    let mut whole = Vec::with_capacity(entries.len());
    for entry in entries {
        let at = end;
        end += entry.length;
        let is_line = entry.length > 0
            && end <= all
            && bytes_at(part, at, 1)? == b"{"
            && bytes_at(part, end - 1, 1)? == b"\n";
        if !is_line {
            end = at;
            break;
        }
        whole.push((entry, at));
    }
    Ok((whole, end))
}

/// Refuses to mix records of different versions or patterns in one output.
fn check_generators(written: Vec<Generator>, now: impl FnOnce() -> io::Result<Generator>) -> io::Result<()> {
    if written.is_empty() {
        return Ok(());
    }
    let now = now()?;
    if written.iter().any(|g| (&g.version, &g.patterns) != (&now.version, &now.patterns)) {
        return Err(io::Error::other(
            "what was written before is of another version or other patterns; remove it to begin anew",
        ));
    }
    Ok(())
}

/// A fingerprint of the options that change a record; the password and the time limit are none of them.
fn options_of(setup: &Setup) -> String {
    let mut options = setup.options.clone();
    options.read.password = None;
    options.read.ocr.document_time = None; // --timeout may be raised for a second try
    let json = serde_json::to_vec(&(options, &setup.patterns)).unwrap_or_default();
    sha256_hex(&json)
}

fn journal_of(output: &Path) -> PathBuf {
    let mut name = output.as_os_str().to_owned();
    name.push(".journal");
    name.into()
}

fn shown(path: &Path) -> String {
    name::harmless(&name::shown(path))
}

/// Lets one run at a time write a part.
#[cfg(unix)]
fn lock(file: &File, path: &Path) -> io::Result<()> {
    use rustix::fs::{FlockOperation, flock};
    flock(file, FlockOperation::NonBlockingLockExclusive)
        .map_err(|_| io::Error::other(format!("another run is writing {}", shown(path))))
}

#[cfg(not(unix))]
fn lock(_: &File, _: &Path) -> io::Result<()> {
    Ok(())
}
