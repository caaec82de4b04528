//! The inputs in order: files, folders (lazily, one folder's names in memory at a time) and standard input.
//!
//! The order is the byte order of the paths, over all inputs together; a path reached twice is given once. Everything in
//! a folder is given: what is no document (hidden names, links to folders, devices) as [`Found::Passed`], so that the
//! run can account for all of it. Links to folders are not followed: no document twice, no endless loop.

use std::cell::RefCell;
use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, VecDeque};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::archive::{self, Held, Member, Opened};
use super::look::Looker;
use super::name;
use crate::error::Error;

/// What the user named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A file or folder.
    Path(PathBuf),
    /// Standard input, as one document.
    Stdin,
}

/// One thing found on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A file to read. `named` if the user named it, rather than a folder above it.
    File {
        /// Where it is.
        path: PathBuf,
        /// Whether the user named this very file.
        named: bool,
    },
    /// Standard input.
    Stdin,
    /// A file in an archive.
    Member(Member),
    /// A folder or entry that could not be looked at.
    Failed {
        /// Where it is.
        path: PathBuf,
        /// Why.
        error: Error,
    },
    /// Something in a folder that is no file: a link to a folder, a socket, a device.
    Passed {
        /// Where it is.
        path: PathBuf,
        /// What it is, for the summary.
        what: &'static str,
    },
}

impl Found {
    /// The path as records show it: as given, with `/` between the parts; `-` for standard input.
    pub fn shown(&self) -> String {
        match self {
            Self::Stdin => "-".into(),
            Self::File { path, .. } | Self::Failed { path, .. } | Self::Passed { path, .. } => {
                name::shown(path)
            }
            Self::Member(member) => name::shown(&member.path),
        }
    }

    /// What tells it from everything else, and its place in the order: the bytes of its path.
    fn key(&self) -> Vec<u8> {
        match self {
            Self::Stdin => b"-".to_vec(),
            Self::File { path, .. } | Self::Failed { path, .. } | Self::Passed { path, .. } => {
                name::bytes(path)
            }
            Self::Member(member) => name::bytes(&member.path),
        }
    }
}

impl From<Held> for Found {
    fn from(held: Held) -> Self {
        match held {
            Held::Member(member) => Self::Member(member),
            Held::Failed(path, error) => Self::Failed { path, error },
            Held::Hidden(path) => Self::Passed { path, what: "hidden" },
        }
    }
}

/// Iterator over everything found, in order.
pub struct Walk<'l> {
    sources: Vec<Source>,
    heads: BinaryHeap<Reverse<Head>>,
    last: Option<Vec<u8>>,
    hidden: bool,
    /// Who looks into archives; without, they are files like others.
    looker: Option<&'l RefCell<Looker>>,
    /// What the archive just met holds.
    held: VecDeque<Found>,
}

impl<'l> Walk<'l> {
    /// A walk over the inputs; `hidden` also takes names that begin with a dot.
    pub fn new(inputs: &[Input], hidden: bool) -> Self {
        let mut named = Vec::new();
        let mut sources = Vec::new();
        for input in inputs {
            match input {
                Input::Stdin => named.push(Found::Stdin),
                Input::Path(path) if path.is_dir() => sources.push(Source::Tree(Tree::new(path, hidden))),
                Input::Path(path) => named.push(Found::File { path: path.clone(), named: true }),
            }
        }
        named.sort_by_cached_key(Found::key);
        // The named files come first, so that of a file also found in a folder the named mention is kept.
        sources.insert(0, Source::Named(named.into()));
        let mut walk = Self {
            sources,
            heads: BinaryHeap::new(),
            last: None,
            hidden,
            looker: None,
            held: VecDeque::new(),
        };
        for source in 0..walk.sources.len() {
            walk.refill(source);
        }
        walk
    }

    /// Walks through archives, too.
    pub fn looking(mut self, looker: &'l RefCell<Looker>) -> Self {
        self.looker = Some(looker);
        self
    }

    fn refill(&mut self, source: usize) {
        if let Some(found) = self.sources.get_mut(source).and_then(Source::next) {
            self.heads.push(Reverse(Head { key: found.key(), source, found }));
        }
    }
}

impl Iterator for Walk<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            if let Some(found) = self.held.pop_front() {
                return Some(found);
            }
            let Reverse(head) = self.heads.pop()?;
            self.refill(head.source);
            if self.last.as_ref() == Some(&head.key) {
                continue;
            }
            self.last = Some(head.key);
            let Found::File { path, named } = &head.found else { return Some(head.found) };
            let Some(looker) = self.looker.filter(|_| archive::may_be(path, *named)) else {
                return Some(head.found);
            };
            match looker.borrow_mut().open(path, self.hidden) {
                Err(error) => return Some(Found::Failed { path: path.clone(), error }),
                Ok(Opened::No) => return Some(head.found),
                Ok(Opened::Archive(held)) if held.is_empty() => {
                    return Some(Found::Passed { path: path.clone(), what: "empty archive" });
                }
                Ok(Opened::Archive(held)) => self.held.extend(held.into_iter().map(Found::from)),
                Ok(Opened::Mail(held)) => {
                    self.held.extend(held.into_iter().map(Found::from));
                    return Some(head.found);
                }
            }
        }
    }
}

/// The next thing of one source, ordered by the bytes of its path, then by source.
#[derive(Debug, PartialEq, Eq)]
struct Head {
    key: Vec<u8>,
    source: usize,
    found: Found,
}

impl Ord for Head {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.key, self.source).cmp(&(&other.key, other.source))
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Something that gives its finds in order.
#[derive(Debug)]
enum Source {
    Named(VecDeque<Found>),
    Tree(Tree),
}

impl Source {
    fn next(&mut self) -> Option<Found> {
        match self {
            Self::Named(files) => files.pop_front(),
            Self::Tree(tree) => tree.next(),
        }
    }
}

/// One folder, walked depth first in byte order of the whole path.
#[derive(Debug)]
struct Tree {
    hidden: bool,
    /// The open folders, outermost first.
    open: Vec<Folder>,
    /// Errors of the folder just listed.
    failed: Option<Found>,
}

/// A folder being walked: the names still to come, last first.
#[derive(Debug)]
struct Folder {
    path: PathBuf,
    names: Vec<Name>,
}

#[derive(Debug)]
struct Name {
    name: Box<std::ffi::OsStr>,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
    Link,
    Passed(&'static str),
}

impl Name {
    /// A folder's name counts as ending in `/`, because that is what follows it in its children's paths.
    fn key(&self) -> impl Iterator<Item = u8> + '_ {
        let slash = (self.kind == Kind::Folder).then_some(b'/');
        self.name.as_encoded_bytes().iter().copied().chain(slash)
    }
}

impl Tree {
    fn new(root: &Path, hidden: bool) -> Self {
        let mut tree = Self { hidden, open: Vec::new(), failed: None };
        tree.enter(root.to_path_buf());
        tree
    }

    /// Lists one folder. Its names are all that is kept in memory.
    fn enter(&mut self, path: PathBuf) {
        let mut names = Vec::new();
        let hidden = self.hidden;
        let listing = fs::read_dir(&path).and_then(|entries| {
            for entry in entries {
                let entry = entry?;
                let name: OsString = entry.file_name();
                let is_hidden = !hidden && name.as_encoded_bytes().first() == Some(&b'.');
                let kind = match (entry.file_type(), name::passed_over(&name)) {
                    (Ok(t), None) if t.is_dir() && is_hidden => Kind::Passed("hidden folder"),
                    (_, None) if is_hidden => Kind::Passed("hidden"),
                    (Ok(t), _) if t.is_dir() => Kind::Folder,
                    (Ok(t), _) if t.is_symlink() => Kind::Link,
                    (Ok(t), _) if !t.is_file() => Kind::Passed(SPECIAL),
                    (_, Some(what)) => Kind::Passed(what),
                    // Should its kind not be known, it vanished or may not be looked at: opening it tells why.
                    (Ok(_) | Err(_), None) => Kind::File,
                };
                names.push(Name { name: name.into_boxed_os_str(), kind });
            }
            Ok(())
        });
        if let Err(e) = listing {
            self.failed = Some(Found::Failed { path: path.clone(), error: e.into() });
        }
        names.sort_unstable_by(|a, b| b.key().cmp(a.key()));
        self.open.push(Folder { path, names });
    }

    fn next(&mut self) -> Option<Found> {
        loop {
            if let Some(failed) = self.failed.take() {
                return Some(failed);
            }
            let folder = self.open.last_mut()?;
            let Some(Name { name, kind }) = folder.names.pop() else {
                self.open.pop();
                continue;
            };
            let path = folder.path.join(&*name);
            let what = match kind {
                Kind::Folder if is_of_the_system(&path) => "folder of the system",
                Kind::Folder => {
                    self.enter(path);
                    continue;
                }
                Kind::File => return Some(Found::File { path, named: false }),
                Kind::Passed(what) => what,
                Kind::Link => match fs::metadata(&path) {
                    Ok(meta) if meta.is_dir() => "link to a folder",
                    Ok(meta) if !meta.is_file() || is_of_the_system(&path) => SPECIAL,
                    // A link that leads nowhere is reported by whoever opens it.
                    _ => return Some(Found::File { path, named: false }),
                },
            };
            return Some(Found::Passed { path, what });
        }
    }
}

/// What is no file: a pipe, a socket, a device, and what looks like a file below `/proc` or `/sys`.
const SPECIAL: &str = "special file";

/// Whether a path leads into one of the file systems that the kernel makes up: their files have no size and no end.
#[cfg(unix)]
fn is_of_the_system(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    static DEVICES: std::sync::LazyLock<Vec<u64>> = std::sync::LazyLock::new(|| {
        let device = |p: &str| fs::metadata(p).ok().map(|m| m.dev());
        let root = device("/");
        ["/proc", "/sys", "/dev"].into_iter().map(device).filter(|d| *d != root).flatten().collect()
    });
    fs::metadata(path).is_ok_and(|m| DEVICES.contains(&m.dev()))
}

#[cfg(not(unix))]
fn is_of_the_system(_: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        dir
    }

    fn walk(dir: &Path, inputs: &[&str], hidden: bool) -> Vec<String> {
        let inputs: Vec<Input> = inputs.iter().map(|i| Input::Path(dir.join(i))).collect();
        let prefix = format!("{}/", name::shown(dir));
        let files = Walk::new(&inputs, hidden).filter(|f| matches!(f, Found::File { .. }));
        files.map(|f| f.shown().replace(&prefix, "")).collect()
    }

    #[test]
    fn the_order_is_the_byte_order_of_the_whole_paths() {
        let dir = tree(&["a/x.txt", "a.txt", "a-b/y.txt", "b.txt", "Z.txt", "ă.txt", "a/b/c.txt"]);
        let found = walk(dir.path(), &[""], false);
        let mut sorted = found.clone();
        sorted.sort();
        assert_eq!(found, sorted);
        assert_eq!(found.len(), 7);
    }

    #[test]
    fn hidden_files_come_only_when_asked_for() {
        let dir = tree(&["a.txt", ".b.txt", ".c/d.txt"]);
        assert_eq!(walk(dir.path(), &[""], false), ["a.txt"]);
        assert_eq!(walk(dir.path(), &[""], true), [".b.txt", ".c/d.txt", "a.txt"]);
    }

    #[test]
    fn several_inputs_are_merged_in_order_and_a_file_reached_twice_is_given_once() {
        let dir = tree(&["a/1.txt", "a/2.txt", "b/1.txt", "c.txt"]);
        let found = walk(dir.path(), &["c.txt", "b", "a/2.txt", "a", "a"], false);
        assert_eq!(found, ["a/1.txt", "a/2.txt", "b/1.txt", "c.txt"]);
        let inputs = [Input::Path(dir.path().join("a")), Input::Path(dir.path().join("a/2.txt"))];
        let named: Vec<bool> =
            Walk::new(&inputs, false).map(|f| matches!(f, Found::File { named: true, .. })).collect();
        assert_eq!(named, [false, true], "the file that the user named stays a named one");
    }

    #[test]
    fn what_is_hidden_locked_or_half_written_is_given_as_passed_over() {
        let dir = tree(&["a.txt", ".b.txt", ".c/d.txt", "~$a.docx", ".baocao-x.part"]);
        let passed = |hidden| -> Vec<&'static str> {
            let found = Walk::new(&[Input::Path(dir.path().into())], hidden);
            found.filter_map(|f| if let Found::Passed { what, .. } = f { Some(what) } else { None }).collect()
        };
        assert_eq!(passed(false), ["hidden", "temporary file of baocao", "hidden folder", "lock file"]);
        assert_eq!(passed(true), ["temporary file of baocao", "lock file"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_to_what_is_no_file_are_passed_over_like_it() {
        let dir = tree(&["a.txt"]);
        for (to, from) in [("/dev/zero", "b.txt"), ("/proc/self/status", "c.txt"), ("/dev/stdin", "d.txt")] {
            std::os::unix::fs::symlink(to, dir.path().join(from)).unwrap();
        }
        let kinds: Vec<bool> = Walk::new(&[Input::Path(dir.path().into())], false)
            .map(|f| matches!(f, Found::Passed { what: SPECIAL, .. }))
            .collect();
        assert_eq!(kinds.get(..3), Some([false, true, true].as_slice()), "the last depends on the caller");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn names_that_differ_in_bytes_that_are_not_utf8_are_different_names() {
        use std::os::unix::ffi::OsStrExt;
        let dir = tempfile::tempdir().unwrap();
        for byte in [0xB8, 0xB5, b'%'] {
            let name = [b'b', byte, b'o'];
            fs::write(dir.path().join(std::ffi::OsStr::from_bytes(&name)), "x").unwrap();
        }
        assert_eq!(walk(dir.path(), &[""], false), ["b%o", "b%B5o", "b%B8o"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_to_files_are_read_and_links_to_folders_are_named_but_not_followed() {
        let dir = tree(&["a/1.txt"]);
        std::os::unix::fs::symlink(dir.path().join("a/1.txt"), dir.path().join("l.txt")).unwrap();
        std::os::unix::fs::symlink(dir.path(), dir.path().join("a/loop")).unwrap();
        let found: Vec<Found> = Walk::new(&[Input::Path(dir.path().into())], false).collect();
        assert_eq!(found.len(), 3);
        assert!(matches!(found.get(1), Some(Found::Passed { what: "link to a folder", .. })));
        assert!(matches!(found.get(2), Some(Found::File { .. })));
    }

    #[test]
    fn a_missing_file_is_left_to_the_reader_to_report() {
        let dir = tree(&[]);
        assert_eq!(walk(dir.path(), &["no.txt"], false), ["no.txt"]);
    }
}
