//! Archives: a ZIP file, or a mail with its attachments, is walked through like a folder. Its members are documents of their own with
//! paths like `bao-cao.zip!/2009/quy-1.doc`.
//!
//! What it may hold is bounded by name: members, their sizes, how far they expand, how deep archives stand in archives. All
//! this runs in worker processes ([`look`] and [`Shelf`]): the program itself reads no more of a file than its first bytes
//! ([`may_be`]), so that no archive, whatever it does to its reader, ends a run.

use std::fs::{self, File};
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

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
/// A member, or a whole archive, that expands more than so many times (limit `archive_ratio`), and to more than [`SMALL`]
/// bytes, is a trap.
const MOST_TIMES: u64 = 200;
const SMALL: u64 = 16 << 20;
/// Archives in archives, so many deep: limit `archive_depth`.
const DEEPEST: usize = 3;
/// Most bytes of mails and of archives in one archive together, since these are held in memory: limit `archive_held`.
const MOST_HELD: u64 = 256 << 20;
/// Most bytes of the list of members: what is read to open an archive (limit `archive_directory`).
const MOST_DIRECTORY: u64 = 64 << 20;
/// Most bytes that all paths together take, since each holds the names of the archives around it: limit `archive_names`.
const MOST_NAMES: usize = 256 << 20;
/// Largest member, which is unpacked in memory: limit `archive_member_bytes`.
const MOST_MEMBER: u64 = 256 << 20;
/// First bytes that are looked at.
const HEAD: usize = 8192;
/// How a ZIP container begins.
const ZIP: &[u8] = b"PK\x03\x04";
/// What only documents since 2007 hold, which are zip containers, too.
const PARTS: [&str; 5] = ["_rels/", "docProps/", "ppt/", "word/", "xl/"];
/// What tells them from archives.
const DOCUMENTS: [&str; 3] = ["[Content_Types].xml", "mimetype", "content.xml"];

/// One member of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its path, `!/` between the archive and what is in it.
    pub path: PathBuf,
    /// The file that holds it.
    pub archive: Arc<Path>,
    /// Its number in the archive; before it, those of the archives that it stands in.
    pub steps: Vec<u32>,
    /// Its size, as the archive tells.
    pub size: u64,
}

/// What an archive holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// A file.
    Member(Member),
    /// Something that exceeds a limit, or is damaged.
    Failed(PathBuf, Error),
    /// A file whose name begins with a dot, or what systems keep for themselves.
    Hidden(PathBuf),
}

/// What a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// No archive: a document, or whatever its reader says.
    No,
    /// An archive with what it holds, in the byte order of the names.
    Archive(Vec<Held>),
    /// A mail, which is a document itself, with its attachments.
    Mail(Vec<Held>),
}

/// Whether a file may be an archive, by its name and its first bytes: `named` says that the user named it.
pub fn may_be(path: &Path, named: bool) -> bool {
    let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    let extension = extension.as_deref().unwrap_or("");
    // In a folder, documents by their extensions are not opened twice.
    if !(matches!(extension, "zip" | "eml" | "") || named || !reader::promises_document(extension)) {
        return false;
    }
    // A pipe is not touched: what is read of it is gone.
    if !fs::metadata(path).is_ok_and(|meta| meta.is_file()) {
        return false;
    }
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD as u64).read_to_end(&mut head));
    if read.is_err() || !head.starts_with(ZIP) {
        return read.is_ok() && guarded(|| Ok(mail::sniff(&head))).unwrap_or(false);
    }
    // Most documents since 2007 show by the name of their first member that no archive bears a wrong name.
    let first = head.get(30..).unwrap_or_default();
    let is_part = |part: &str| first.starts_with(part.as_bytes());
    !(reader::promises_document(extension) && DOCUMENTS.iter().chain(&PARTS).any(|part| is_part(part)))
}

/// Looks into a file.
pub fn look(path: &Path, hidden: bool) -> Opened {
    let mut look = Look { file: path.into(), hidden, bytes: 0, names: 0, members: 0, all: Vec::new() };
    match Source::of_file(path) {
        Ok(None) => Opened::No,
        // A document that is broken is its reader's.
        Err(Error::Damaged(_)) if !is_named_zip(path) => Opened::No,
        Err(error) => Opened::Archive(vec![Held::Failed(path.into(), error)]),
        Ok(Some(mut source)) => {
            look.walk(&mut source, path, &[]);
            if matches!(source, Source::Zip { .. }) {
                Opened::Archive(look.all)
            } else {
                Opened::Mail(look.all)
            }
        }
    }
}

fn is_named_zip(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"))
}

/// An open archive.
enum Source {
    Zip {
        archive: ZipArchive<Box<dyn ReadSeek>>,
        /// Bytes of the archive itself.
        length: u64,
    },
    /// Attachments: names and bytes.
    Files(Vec<(String, Vec<u8>)>),
}

trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// What the list of an archive says of a member.
struct Entry {
    name: Vec<u8>,
    index: usize,
    size: u64,
    packed: u64,
}

impl Source {
    /// Opens a file: `None` if it is no archive.
    fn of_file(path: &Path) -> Result<Option<Self>, Error> {
        let Ok(mut file) = File::open(path) else { return Ok(None) };
        let mut head = Vec::new();
        if (&mut file).take(HEAD as u64).read_to_end(&mut head).is_err() {
            return Ok(None);
        }
        if mail::sniff(&head) {
            return Ok(load::file(path, MOST_HELD).ok().map(|bytes| Self::of_mail(&bytes)));
        }
        if file.rewind().is_err() || !head.starts_with(ZIP) {
            return Ok(None);
        }
        Self::of_zip(Box::new(file))
    }

    /// The same of bytes.
    fn of_bytes(bytes: Vec<u8>) -> Result<Option<Self>, Error> {
        if mail::sniff(&bytes) {
            return Ok(Some(Self::of_mail(&bytes)));
        }
        Self::of_zip(Box::new(Cursor::new(bytes)))
    }

    fn of_mail(bytes: &[u8]) -> Self {
        Self::Files(mail::attachments(bytes))
    }

    fn of_zip(mut source: Box<dyn ReadSeek>) -> Result<Option<Self>, Error> {
        let Ok(length) = source.seek(SeekFrom::End(0)) else { return Ok(None) };
        let left = Arc::new(AtomicU64::new(MOST_DIRECTORY));
        let metered: Box<dyn ReadSeek> = Box::new(Metered { source, left: Arc::clone(&left) });
        let archive = match ZipArchive::new(metered) {
            Ok(archive) => archive,
            Err(_) if left.load(Ordering::Relaxed) == 0 => {
                return Err(Error::TooLarge(format!(
                    "its list of members exceeds {DIRECTORY_LIMIT} of {MOST_DIRECTORY} bytes"
                )));
            }
            Err(error) => {
                return Err(Error::Damaged(format!("an archive whose list of members is broken: {error}")));
            }
        };
        left.store(u64::MAX, Ordering::Relaxed);
        let is_document = DOCUMENTS.iter().any(|name| archive.index_for_name(name).is_some());
        Ok((!is_document).then_some(Self::Zip { archive, length }))
    }

    /// How many members it has, folders counted.
    fn len(&self) -> usize {
        match self {
            Self::Zip { archive, .. } => archive.len(),
            Self::Files(files) => files.len(),
        }
    }

    /// The members, without folders, in the byte order of their names.
    fn entries(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        match self {
            Self::Zip { archive, .. } => {
                for index in 0..archive.len() {
                    let Ok(file) = archive.by_index_data(index) else { continue };
                    if !file.is_dir() {
                        let (size, packed) = (file.size(), file.compressed_size());
                        entries.push(Entry { name: file.name_raw().to_vec(), index, size, packed });
                    }
                }
            }
            Self::Files(files) => {
                for (index, (name, bytes)) in files.iter().enumerate() {
                    let size = bytes.len() as u64;
                    entries.push(Entry { name: name.clone().into_bytes(), index, size, packed: size });
                }
            }
        }
        entries.sort_by(|a, b| (&a.name, a.index).cmp(&(&b.name, b.index)));
        entries
    }

    /// Whether a member is the one that a path names.
    fn is_named(&self, index: usize, path: &Path) -> bool {
        let name = match self {
            Self::Zip { archive, .. } => match archive.by_index_data(index) {
                Ok(file) => entry_name(file.name_raw()),
                Err(_) => return false,
            },
            Self::Files(files) => {
                files.get(index).map(|(name, _)| entry_name(name.as_bytes())).unwrap_or_default()
            }
        };
        path.as_os_str().as_encoded_bytes().ends_with(format!("!/{name}").as_bytes())
    }

    /// The bytes of a member, never more than the limit nor than the limit `archive_member_bytes`.
    fn read(&mut self, index: usize, limit: u64) -> Result<Vec<u8>, Error> {
        let archive = match self {
            Self::Zip { archive, .. } => archive,
            Self::Files(files) => {
                let bytes = files.get(index).map(|(_, bytes)| bytes.clone()).unwrap_or_default();
                return if bytes.len() as u64 > limit { Err(too_large(limit)) } else { Ok(bytes) };
            }
        };
        let file = archive.by_index(index).map_err(|e| match e {
            ZipError::UnsupportedArchive(what) if what.to_ascii_lowercase().contains("password") => {
                Error::Encrypted("a member of an archive with a password; unpack it first".into())
            }
            ZipError::UnsupportedArchive(what) => {
                Error::Unsupported(format!("a member of an archive: {what}"))
            }
            other => Error::Damaged(format!("a member of an archive: {other}")),
        })?;
        let (told, packed) = (file.size(), file.compressed_size());
        let most = packed.saturating_mul(MOST_TIMES).max(SMALL);
        let stop = limit.min(MOST_MEMBER).min(most).min(told).saturating_add(1);
        let mut bytes = Vec::new();
        let read = file.take(stop).read_to_end(&mut bytes);
        let length = bytes.len() as u64;
        if length > told {
            // The limits hold for what the list tells: what is more is none of the archive's.
            return Err(Error::Damaged("a member of an archive holds more than the archive tells".into()));
        }
        if length > most {
            return Err(Error::TooLarge(expands()));
        }
        if length > limit {
            return Err(too_large(limit));
        }
        if length > MOST_MEMBER {
            return Err(Error::TooLarge(format!(
                "a member of an archive with more than {MOST_MEMBER} bytes, limit archive_member_bytes; unpack it first"
            )));
        }
        read.map_err(|e| match e.kind() {
            io::ErrorKind::OutOfMemory => Error::OutOfMemory("unpacking it, see --memory".into()),
            _ => Error::Damaged(format!("a member of an archive: {e}")),
        })?;
        Ok(bytes)
    }
}

fn too_large(limit: u64) -> Error {
    Error::TooLarge(format!("more than {limit} bytes, see --max-size"))
}

fn expands() -> String {
    format!("it expands more than limit archive_ratio, {MOST_TIMES} times")
}

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

/// A walk through one file, and what was met in it, archives in it included.
struct Look {
    file: Arc<Path>,
    hidden: bool,
    /// Bytes in memory.
    bytes: u64,
    /// Bytes of all paths.
    names: usize,
    members: usize,
    all: Vec<Held>,
}

impl Look {
    /// The members of an archive in the byte order of their paths, those of archives among them in their place; `steps` lead
    /// to the archive.
    fn walk(&mut self, source: &mut Source, path: &Path, steps: &[u32]) {
        self.members = self.members.saturating_add(source.len());
        if self.members > MOST_MEMBERS {
            let message = format!("{} members, limit archive_members is {MOST_MEMBERS}", self.members);
            return self.all.push(Held::Failed(path.into(), Error::TooLarge(message)));
        }
        let entries = source.entries();
        let mut most = MOST_BYTES;
        if let Source::Zip { length, .. } = source {
            let packed = entries.iter().fold(0_u64, |sum, entry| sum.saturating_add(entry.packed));
            if packed > *length {
                let message = "its members overlap: together they are larger than the archive".to_owned();
                return self.all.push(Held::Failed(path.into(), Error::TooLarge(message)));
            }
            most = most.min(length.saturating_mul(MOST_TIMES).max(SMALL));
        }
        let mut total: u64 = 0;
        for entry in entries {
            let text = entry_name(&entry.name);
            self.names = self.names.saturating_add(path.as_os_str().len()).saturating_add(text.len());
            if self.names > MOST_NAMES {
                let message = format!("the names in it exceed limit archive_names, {MOST_NAMES} bytes");
                return self.all.push(Held::Failed(path.into(), Error::TooLarge(message)));
            }
            let mut whole = path.as_os_str().to_os_string();
            whole.push("!/");
            whole.push(&text);
            let whole = PathBuf::from(whole);
            let is_hidden = text.split('/').any(|p| p.starts_with('.') && p != "." && p != "..")
                || text.starts_with("__MACOSX/");
            if is_hidden && !self.hidden {
                self.all.push(Held::Hidden(whole));
                continue;
            }
            if entry.size > SMALL && entry.size / MOST_TIMES > entry.packed {
                self.all.push(Held::Failed(whole, Error::TooLarge(expands())));
                continue;
            }
            total = total.saturating_add(entry.size);
            if total > most {
                let limit = if most == MOST_BYTES { "archive_bytes" } else { "archive_ratio" };
                let message = format!("the archive expands beyond limit {limit}, {most} bytes");
                self.all.push(Held::Failed(whole, Error::TooLarge(message)));
            } else {
                let mut steps = steps.to_vec();
                steps.push(u32::try_from(entry.index).unwrap_or(u32::MAX));
                let member = Member { path: whole, archive: Arc::clone(&self.file), steps, size: entry.size };
                self.member(source, member, &text);
            }
        }
    }

    /// Adds a member, or, where it is an archive itself, what it holds.
    fn member(&mut self, source: &mut Source, member: Member, name: &str) {
        let lower = name.to_ascii_lowercase();
        if !lower.ends_with(".zip") && !lower.ends_with(".eml") {
            return self.all.push(Held::Member(member));
        }
        if member.steps.len() >= DEEPEST {
            let message = format!("an archive in archives, limit archive_depth is {DEEPEST}");
            return self.all.push(Held::Failed(member.path, Error::TooLarge(message)));
        }
        let room = MOST_HELD.saturating_sub(self.bytes);
        if member.size > room {
            let message = format!("archives in an archive, limit archive_held is {MOST_HELD} bytes");
            return self.all.push(Held::Failed(member.path, Error::TooLarge(message)));
        }
        let index = member.steps.last().map_or(0, |step| *step as usize);
        // Where it cannot be read, its reader says why.
        let Ok(bytes) = source.read(index, room) else { return self.all.push(Held::Member(member)) };
        self.bytes += bytes.len() as u64;
        match Source::of_bytes(bytes) {
            Ok(None) => self.all.push(Held::Member(member)),
            Err(Error::Damaged(_)) if !is_named_zip(&member.path) => self.all.push(Held::Member(member)),
            Err(error) => self.all.push(Held::Failed(member.path, error)),
            Ok(Some(mut inner)) => {
                let (path, steps) = (member.path.clone(), member.steps.clone());
                if matches!(inner, Source::Files(_)) {
                    self.all.push(Held::Member(member));
                }
                self.walk(&mut inner, &path, &steps);
            }
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

/// The archive that was read from last, left open: members come archive by archive.
#[derive(Default)]
pub struct Shelf {
    open: Option<(Arc<Path>, Source)>,
    /// The archives in it that lead to the last member, with their numbers.
    inner: Vec<(u32, Source)>,
}

impl Shelf {
    /// The bytes of a member, never more than the limit nor than the limit `archive_member_bytes`.
    ///
    /// # Errors
    /// A broken or encrypted member, [`Error::TooLarge`], and an archive that has changed since it was looked at.
    pub fn read(&mut self, member: &Member, limit: u64) -> Result<Vec<u8>, Error> {
        let gone = || Error::Damaged("a member of an archive that has changed meanwhile".into());
        if self.open.as_ref().is_none_or(|(path, _)| *path != member.archive) {
            *self = Self::default();
            fs::metadata(&member.archive)?;
            let source = Source::of_file(&member.archive).ok().flatten().ok_or_else(gone)?;
            self.open = Some((Arc::clone(&member.archive), source));
        }
        let (_, outer) = self.open.as_mut().ok_or_else(gone)?;
        let (last, way) = member.steps.split_last().ok_or_else(gone)?;
        let known = self.inner.iter().zip(way).take_while(|((step, _), wanted)| step == *wanted).count();
        self.inner.truncate(known);
        for step in way.iter().skip(known) {
            let source = self.inner.last_mut().map_or(&mut *outer, |(_, source)| source);
            let bytes = source.read(*step as usize, MOST_HELD)?;
            let inner = Source::of_bytes(bytes).ok().flatten().ok_or_else(gone)?;
            self.inner.push((*step, inner));
        }
        let source = self.inner.last_mut().map_or(outer, |(_, source)| source);
        if !source.is_named(*last as usize, &member.path) {
            return Err(gone());
        }
        source.read(*last as usize, limit)
    }
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
            Held::Hidden(path) => format!("{} hidden", name::shown(path)),
        };
        held.iter().map(|h| line(h).rsplit("t.zip").next().unwrap_or_default().to_owned()).collect()
    }

    fn listed(bytes: &[u8]) -> Option<Vec<String>> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t.zip");
        fs::write(&path, bytes).unwrap();
        match look(&path, false) {
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

    /// An archive whose list says of a member what `change` makes of it: the first of its entries there.
    fn listed_as(mut bytes: Vec<u8>, change: impl Fn(&mut [u8])) -> Vec<u8> {
        let at = memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap();
        change(&mut bytes[at..]);
        bytes
    }

    fn read_all(bytes: &[u8]) -> Vec<Result<usize, &'static str>> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t.zip");
        fs::write(&path, bytes).unwrap();
        let Opened::Archive(held) = look(&path, false) else { return Vec::new() };
        let mut shelf = Shelf::default();
        let read = held.iter().map(|held| match held {
            Held::Member(member) => shelf.read(member, 1 << 30).map(|b| b.len()).map_err(|e| e.code()),
            _ => Err("refused"),
        });
        read.collect()
    }

    #[test]
    fn a_member_holds_no_more_than_the_list_says() {
        let bytes = packed(&[("a.txt", &[b'a'; 5000])]);
        assert_eq!(read_all(&bytes), [Ok(5000)]);
        let lying = listed_as(bytes.clone(), |entry| entry[24..28].copy_from_slice(&10_u32.to_le_bytes()));
        assert_eq!(read_all(&lying), [Err("damaged")]);
        let lying = listed_as(bytes, |entry| entry[24..28].copy_from_slice(&6000_u32.to_le_bytes()));
        assert!(matches!(read_all(&lying).as_slice(), [Ok(5000) | Err("damaged")]));
    }

    #[test]
    fn members_that_overlap_are_refused() {
        // Twenty entries of the list that all name the bytes of one member.
        let noise: Vec<u8> = (0..4000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        let whole = packed(&[("a.txt", &noise)]);
        let at = memchr::memmem::find(&whole, b"PK\x01\x02").unwrap();
        let end = memchr::memmem::find(&whole, b"PK\x05\x06").unwrap();
        let mut bytes = whole[..at].to_vec();
        for n in 0..20 {
            let mut entry = whole[at..end].to_vec();
            entry[46] = b'a' + n;
            bytes.extend(entry);
        }
        let mut tail = whole[end..].to_vec();
        tail[8..12].copy_from_slice(&[20, 0, 20, 0]);
        tail[12..16].copy_from_slice(&((bytes.len() - at) as u32).to_le_bytes());
        bytes.extend(tail);
        assert_eq!(listed(&bytes).unwrap(), [" too_large"]);
    }

    #[test]
    fn an_archive_expands_only_so_far_as_a_whole() {
        // Forty members of 10 MB that are nothing when packed: each alone is small enough.
        let zeros = vec![b'0'; 10 << 20];
        let names: Vec<String> = (0..40).map(|n| format!("{n:02}.txt")).collect();
        let files: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), zeros.as_slice())).collect();
        let shown = listed(&packed(&files)).unwrap();
        assert_eq!(
            (shown.len(), shown[0].as_str(), shown[39].as_str()),
            (40, "!/00.txt", "!/39.txt too_large")
        );
    }

    #[test]
    fn members_of_archives_in_archives_are_read_in_any_order_and_only_under_their_names() {
        let inner = packed(&[("x.txt", b"12"), ("y.txt", b"3")]);
        let bytes = packed(&[("a.zip", &inner), ("b.txt", b"456"), ("c.zip", &packed(&[("z.txt", b"")]))]);
        assert_eq!(read_all(&bytes), [Ok(2), Ok(1), Ok(3), Ok(0)]);
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t.zip");
        fs::write(&path, &bytes).unwrap();
        let Opened::Archive(held) = look(&path, false) else { panic!("no archive") };
        let mut shelf = Shelf::default();
        for held in held.iter().rev().chain(&held) {
            let Held::Member(member) = held else { panic!("{held:?}") };
            assert_eq!(shelf.read(member, 100).unwrap().len() as u64, member.size);
        }
        // The archive is another one now.
        fs::write(&path, packed(&[("other.txt", b"1")])).unwrap();
        let Held::Member(member) = &held[2] else { panic!("{held:?}") };
        assert_eq!(Shelf::default().read(member, 100).unwrap_err().code(), "damaged");
    }

    #[test]
    fn documents_are_no_archives() {
        assert!(listed(&packed(&[("[Content_Types].xml", b""), ("word/document.xml", b"")])).is_none());
    }
}
