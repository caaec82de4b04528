//! Archives: a ZIP file, or a mail with its attachments, is walked through like a folder. Its members are documents of their own with
//! paths like `bao-cao.zip!/2009/quy-1.doc`.
//!
//! What it may hold is bounded by name: members, their sizes, how far they expand, how deep archives stand in archives.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use zip::ZipArchive;
use zip::result::ZipError;

use super::guard::guarded;
use super::{load, name};
use crate::error::Error;
use crate::reader::{self, mail};

/// Most members of one archive: limit `archive_members`.
const MOST_MEMBERS: usize = 100_000;
/// Most bytes that one archive may expand to: limit `archive_bytes`.
const MOST_BYTES: u64 = 16 << 30;
/// A member that expands more than so many times (limit `archive_ratio`), and to more than [`SMALL`] bytes, is a trap.
const MOST_TIMES: u64 = 200;
const SMALL: u64 = 16 << 20;
/// Archives in archives, so many deep: limit `archive_depth`.
const DEEPEST: usize = 3;
/// Most bytes of mails and of archives in one archive together, since these are held in memory: limit `archive_held`.
const MOST_HELD: u64 = 256 << 20;
/// Most bytes of the list of members: what is read to open an archive (limit `archive_directory`).
const MOST_DIRECTORY: u64 = 64 << 20;
/// Largest member that is unpacked in memory on its way to a worker: limit `archive_member_bytes`.
const MOST_MEMBER: u64 = 256 << 20;
/// First bytes that are looked at.
const HEAD: usize = 8192;

/// An open archive, shared by its members.
pub struct Archive {
    source: Mutex<Source>,
}

enum Source {
    Zip(ZipArchive<Box<dyn ReadSeek>>),
    /// Attachments.
    Files(Vec<Vec<u8>>),
}

trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

/// A file of which no more than so many bytes are read.
struct Metered<T> {
    source: T,
    left: Arc<AtomicU64>,
}

impl<T: Read> Read for Metered<T> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let left = self.left.load(Ordering::Relaxed);
        if left == 0 && !to.is_empty() {
            return Err(io::Error::other(DIRECTORY_LIMIT));
        }
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(to.len());
        let read = self.source.read(to.get_mut(..most).unwrap_or_default())?;
        self.left.fetch_sub((read as u64).min(left), Ordering::Relaxed);
        Ok(read)
    }
}

impl<T: Seek> Seek for Metered<T> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.source.seek(to)
    }
}

const DIRECTORY_LIMIT: &str = "limit archive_directory";

/// What has been met in one archive, those in it included.
struct Look {
    hidden: bool,
    /// Bytes in memory.
    bytes: u64,
    members: usize,
}

impl fmt::Debug for Archive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Archive")
    }
}

/// One member of an archive.
#[derive(Debug, Clone)]
pub struct Member {
    /// Its path, `!/` between the archive and what is in it.
    pub path: PathBuf,
    archive: Arc<Archive>,
    index: usize,
}

impl PartialEq for Member {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

impl Eq for Member {}

/// What an archive holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// A file.
    Member(Member),
    /// Something that could not be looked at.
    Failed(PathBuf, Error),
    /// Something that is no document.
    Passed(PathBuf, &'static str),
}

/// What a file is.
#[derive(Debug)]
pub enum Opened {
    /// No archive: a document, or whatever its reader says.
    No,
    /// An archive with what it holds, in the byte order of the names.
    Archive(Vec<Held>),
    /// A mail, which is a document itself, with its attachments.
    Mail(Vec<Held>),
}

/// Looks into a file, if it may be an archive: `named` says that the user named it.
pub fn open(path: &Path, named: bool, hidden: bool) -> Opened {
    let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    let extension = extension.as_deref().unwrap_or("");
    // In a folder, documents by their extensions are not opened twice.
    let may_be = matches!(extension, "zip" | "eml" | "") || named || !reader::promises_document(extension);
    if !may_be {
        return Opened::No;
    }
    // A pipe is not touched: what is read of it is gone.
    let Ok(meta) = fs::metadata(path) else { return Opened::No };
    if !meta.is_file() {
        return Opened::No;
    }
    let Ok(mut file) = File::open(path) else { return Opened::No };
    let mut head = Vec::new();
    if (&mut file).take(HEAD as u64).read_to_end(&mut head).is_err() {
        return Opened::No;
    }
    let mut look = Look { hidden, bytes: 0, members: 0 };
    if mail::sniff(&head) {
        if meta.len() > MOST_HELD {
            return Opened::No;
        }
        return load::file(path, MOST_HELD).map_or(Opened::No, |bytes| mail(path, &bytes, &mut look, 1));
    }
    if !head.starts_with(b"PK\x03\x04") || file.rewind().is_err() {
        return Opened::No;
    }
    zip(path, Box::new(file), &mut look, 1)
}

/// A mail's attachments.
fn mail(path: &Path, bytes: &[u8], look: &mut Look, depth: usize) -> Opened {
    // What a mail does to its reader is said by the worker that reads it.
    let Ok(attachments) = guarded(|| Ok(mail::attachments(bytes))) else { return Opened::No };
    let (names, files): (Vec<String>, Vec<Vec<u8>>) = attachments.into_iter().unzip();
    let sizes: Vec<u64> = files.iter().map(|f| f.len() as u64).collect();
    let archive = Arc::new(Archive { source: Mutex::new(Source::Files(files)) });
    let found = names.into_iter().zip(sizes).enumerate();
    let entries = found
        .map(|(index, (name, size))| Entry { name: name.into_bytes(), index, size, packed: size })
        .collect();
    Opened::Mail(held(path, &archive, entries, look, depth))
}

fn zip(path: &Path, source: Box<dyn ReadSeek>, look: &mut Look, depth: usize) -> Opened {
    let left = Arc::new(AtomicU64::new(MOST_DIRECTORY));
    let source: Box<dyn ReadSeek> = Box::new(Metered { source, left: Arc::clone(&left) });
    let refused =
        |message: String| Opened::Archive(vec![Held::Failed(path.into(), Error::TooLarge(message))]);
    let mut archive = match guarded(|| Ok(ZipArchive::new(source))) {
        Ok(Ok(archive)) => archive,
        _ if left.load(Ordering::Relaxed) == 0 => {
            return refused(format!(
                "its list of members exceeds {DIRECTORY_LIMIT} of {MOST_DIRECTORY} bytes"
            ));
        }
        // A .docx that is broken is its reader's; what promises nothing else is a broken archive.
        _ => return Opened::No,
    };
    left.store(u64::MAX, Ordering::Relaxed);
    // A document since 2007 is a zip container, too.
    const DOCUMENTS: [&str; 3] = ["[Content_Types].xml", "mimetype", "content.xml"];
    if DOCUMENTS.iter().any(|name| archive.index_for_name(name).is_some()) {
        return Opened::No;
    }
    look.members = look.members.saturating_add(archive.len());
    if look.members > MOST_MEMBERS {
        return refused(format!("{} members, limit archive_members is {MOST_MEMBERS}", look.members));
    }
    let mut entries = Vec::new();
    for index in 0..archive.len() {
        let Ok(file) = archive.by_index_raw(index) else { continue };
        if !file.is_dir() {
            let name = file.name_raw().to_vec();
            entries.push(Entry { name, index, size: file.size(), packed: file.compressed_size() });
        }
    }
    let archive = Arc::new(Archive { source: Mutex::new(Source::Zip(archive)) });
    Opened::Archive(held(path, &archive, entries, look, depth))
}

struct Entry {
    name: Vec<u8>,
    index: usize,
    size: u64,
    packed: u64,
}

/// The members in the byte order of their paths, those of archives among them in their place.
fn held(
    path: &Path,
    archive: &Arc<Archive>,
    mut entries: Vec<Entry>,
    look: &mut Look,
    depth: usize,
) -> Vec<Held> {
    entries.sort_by(|a, b| (&a.name, a.index).cmp(&(&b.name, b.index)));
    let mut all = Vec::new();
    let mut total: u64 = 0;
    for entry in entries {
        let text = entry_name(&entry.name);
        let mut whole = path.as_os_str().to_os_string();
        whole.push("!/");
        whole.push(&text);
        let whole = PathBuf::from(whole);
        total = total.saturating_add(entry.size);
        let parts = || text.split('/');
        let is_hidden =
            parts().any(|p| p.starts_with('.') && p != "." && p != "..") || text.starts_with("__MACOSX/");
        let limit = || {
            if total > MOST_BYTES {
                return Some(format!("the archive expands beyond limit archive_bytes, {MOST_BYTES}"));
            }
            let trap = entry.size > SMALL && entry.size / MOST_TIMES > entry.packed;
            trap.then(|| format!("it expands more than limit archive_ratio, {MOST_TIMES} times"))
        };
        if is_hidden && !look.hidden {
            all.push(Held::Passed(whole, "hidden"));
        } else if let Some(message) = limit() {
            all.push(Held::Failed(whole, Error::TooLarge(message)));
        } else {
            let member = Member { path: whole, archive: Arc::clone(archive), index: entry.index };
            nested(member, &text, entry.size, look, depth, &mut all);
        }
    }
    all
}

/// Adds a member, or, where it is an archive itself, what it holds.
fn nested(member: Member, name: &str, size: u64, look: &mut Look, depth: usize, all: &mut Vec<Held>) {
    let lower = name.to_ascii_lowercase();
    if !lower.ends_with(".zip") && !lower.ends_with(".eml") {
        return all.push(Held::Member(member));
    }
    if depth >= DEEPEST {
        let message = format!("an archive in archives, limit archive_depth is {DEEPEST}");
        return all.push(Held::Failed(member.path, Error::TooLarge(message)));
    }
    let room = MOST_HELD.saturating_sub(look.bytes);
    if size > room {
        let message = format!("archives in an archive, limit archive_held is {MOST_HELD} bytes");
        return all.push(Held::Failed(member.path, Error::TooLarge(message)));
    }
    let read = guarded(|| member.read(room));
    look.bytes += read.as_ref().map_or(0, |bytes| bytes.len() as u64);
    let opened = match read {
        Ok(bytes) if mail::sniff(&bytes) => mail(&member.path, &bytes, look, depth + 1),
        Ok(bytes) => zip(&member.path, Box::new(Cursor::new(bytes)), look, depth + 1),
        // Its reader says why.
        Err(_) => Opened::No,
    };
    match opened {
        Opened::No => all.push(Held::Member(member)),
        Opened::Archive(held) => all.extend(held),
        Opened::Mail(held) => {
            all.push(Held::Member(member));
            all.extend(held);
        }
    }
}

/// A member's name: UTF-8, or bytes that are none as `%XX`; `\` of old programs as `/`.
fn entry_name(bytes: &[u8]) -> String {
    let name = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => name::shown_bytes(bytes),
    };
    name.replace('\\', "/")
}

impl Member {
    /// Its bytes, never more than the limit nor than the limit `archive_member_bytes`.
    ///
    /// # Errors
    /// A broken or encrypted member, and [`Error::TooLarge`].
    pub fn read(&self, limit: u64) -> Result<Vec<u8>, Error> {
        if limit > MOST_MEMBER {
            return self.read(MOST_MEMBER).map_err(|error| match error {
                Error::TooLarge(_) => Error::TooLarge(format!(
                    "a member of an archive with more than {MOST_MEMBER} bytes, limit archive_member_bytes; unpack it first"
                )),
                other => other,
            });
        }
        let mut source = self.archive.source.lock().unwrap_or_else(PoisonError::into_inner);
        let archive = match &mut *source {
            Source::Zip(archive) => archive,
            Source::Files(files) => {
                let bytes = files.get(self.index).cloned().unwrap_or_default();
                return if bytes.len() as u64 > limit { Err(too_large(limit)) } else { Ok(bytes) };
            }
        };
        let file = archive.by_index(self.index).map_err(|e| match e {
            ZipError::UnsupportedArchive(what) if what.to_ascii_lowercase().contains("password") => {
                Error::Encrypted("a member of an archive with a password; unpack it first".into())
            }
            ZipError::UnsupportedArchive(what) => {
                Error::Unsupported(format!("a member of an archive: {what}"))
            }
            other => Error::Damaged(format!("a member of an archive: {other}")),
        })?;
        let most = file.compressed_size().saturating_mul(MOST_TIMES).max(SMALL);
        let mut bytes = Vec::new();
        let read = file.take(limit.min(most).saturating_add(1)).read_to_end(&mut bytes);
        if bytes.len() as u64 > most {
            return Err(Error::TooLarge(format!(
                "it expands more than limit archive_ratio, {MOST_TIMES} times"
            )));
        }
        if bytes.len() as u64 > limit {
            return Err(too_large(limit));
        }
        read.map_err(|e| Error::Damaged(format!("a member of an archive: {e}")))?;
        Ok(bytes)
    }
}

fn too_large(limit: u64) -> Error {
    Error::TooLarge(format!("more than {limit} bytes, see --max-size"))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;

    use super::*;

    fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn shown(held: &[Held]) -> Vec<String> {
        let line = |held: &Held| match held {
            Held::Member(member) => name::shown(&member.path),
            Held::Failed(path, error) => format!("{} {}", name::shown(path), error.code()),
            Held::Passed(path, what) => format!("{} {what}", name::shown(path)),
        };
        held.iter().map(|h| line(h).rsplit("t.zip").next().unwrap_or_default().to_owned()).collect()
    }

    fn listed(bytes: &[u8]) -> Option<Vec<String>> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t.zip");
        fs::write(&path, bytes).unwrap();
        match open(&path, false, false) {
            Opened::Archive(held) => Some(shown(&held)),
            _ => None,
        }
    }

    #[test]
    fn members_come_in_order_and_archives_in_archives_are_opened() {
        let inner = packed(&[("x.txt", b"1")]);
        let bytes = packed(&[("b/2.txt", b"2"), ("a.zip", &inner), ("__MACOSX/b", b"0"), ("b/1.txt", b"1")]);
        let expected = ["!/__MACOSX/b hidden", "!/a.zip!/x.txt", "!/b/1.txt", "!/b/2.txt"];
        assert_eq!(listed(&bytes).unwrap(), expected);
    }

    #[test]
    fn archives_stand_only_so_deep_in_archives() {
        let mut bytes = packed(&[("x.txt", b"1")]);
        for _ in 0..6 {
            bytes = packed(&[("i.zip", &bytes)]);
        }
        assert_eq!(listed(&bytes).unwrap(), ["!/i.zip!/i.zip!/i.zip too_large"]);
    }

    #[test]
    fn a_member_that_expands_too_far_is_a_trap() {
        let bytes = packed(&[("bomb.txt", &vec![b'0'; 20 << 20])]);
        assert_eq!(listed(&bytes).unwrap(), ["!/bomb.txt too_large"]);
    }

    #[test]
    fn archives_in_an_archive_fill_no_memory() {
        // Six archives of 60 MB each: they compress to nothing, but each must be held to be walked through.
        let inner = {
            let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
            let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
            writer.start_file("x.txt", stored).unwrap();
            // Noise that repeats every kilobyte: some 100 times smaller when packed.
            let noise: Vec<u8> = (0..1024u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
            writer.write_all(&noise.repeat(60 << 10)).unwrap();
            writer.finish().unwrap().into_inner()
        };
        let names: Vec<String> = (0..6).map(|n| format!("{n}.zip")).collect();
        let files: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), inner.as_slice())).collect();
        let shown = listed(&packed(&files)).unwrap();
        assert_eq!(shown.first().unwrap(), "!/0.zip!/x.txt");
        assert_eq!(shown.last().unwrap(), "!/5.zip too_large");
    }

    #[test]
    fn a_list_of_members_beyond_its_limit_is_not_read() {
        // An archive of nothing but a directory: 70 MB of entries, all for the same member.
        let name = vec![b'n'; 60_000];
        let mut entry = b"PK\x01\x02\x14\0\x14\0".to_vec();
        entry.extend([0; 20]);
        entry.extend((name.len() as u16).to_le_bytes());
        entry.extend([0; 16]);
        entry.extend(&name);
        let count = 1200_u16;
        let mut bytes = b"PK\x03\x04".to_vec();
        let start = bytes.len() as u32;
        bytes.extend(entry.repeat(usize::from(count)));
        let size = bytes.len() as u32 - start;
        bytes.extend(b"PK\x05\x06\0\0\0\0");
        bytes.extend(count.to_le_bytes());
        bytes.extend(count.to_le_bytes());
        bytes.extend(size.to_le_bytes());
        bytes.extend(start.to_le_bytes());
        bytes.extend([0, 0]);
        assert_eq!(listed(&bytes).unwrap(), [" too_large"]);
    }

    #[test]
    fn documents_are_no_archives() {
        assert!(listed(&packed(&[("[Content_Types].xml", b""), ("word/document.xml", b"")])).is_none());
        assert!(listed(b"PK\x03\x04 cut").is_none());
    }
}
