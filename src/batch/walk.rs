//! The inputs in order: files, folders (lazily, one folder's names in memory at a time) and standard input.
//!
//! The order is the byte order of the paths as they are written in the records, over all inputs together; a file
//! reached twice is given once. Links to folders are not followed (no document twice, no endless loop), but named.

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, VecDeque};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

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
            Self::File { path, .. } | Self::Failed { path, .. } | Self::Passed { path, .. } => shown(path),
        }
    }
}

/// A path as records show it.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '\\' { text.replace('\\', "/") } else { text.into_owned() }
}

/// Iterator over everything found, in order.
#[derive(Debug)]
pub struct Walk {
    sources: Vec<Source>,
    heads: BinaryHeap<Reverse<Head>>,
    last: Option<String>,
}

impl Walk {
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
        named.sort_by_cached_key(Found::shown);
        // The named files come first, so that of a file also found in a folder the named mention is kept.
        sources.insert(0, Source::Named(named.into()));
        let mut walk = Self { sources, heads: BinaryHeap::new(), last: None };
        for source in 0..walk.sources.len() {
            walk.refill(source);
        }
        walk
    }

    fn refill(&mut self, source: usize) {
        if let Some(found) = self.sources.get_mut(source).and_then(Source::next) {
            self.heads.push(Reverse(Head { shown: found.shown(), source, found }));
        }
    }
}

impl Iterator for Walk {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            let Reverse(head) = self.heads.pop()?;
            self.refill(head.source);
            if self.last.as_ref() != Some(&head.shown) {
                self.last = Some(head.shown);
                return Some(head.found);
            }
        }
    }
}

/// The next thing of one source, ordered by shown path, then by source.
#[derive(Debug, PartialEq, Eq)]
struct Head {
    shown: String,
    source: usize,
    found: Found,
}

impl Ord for Head {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.shown, self.source).cmp(&(&other.shown, other.source))
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
    Other,
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
        let listing = fs::read_dir(&path).and_then(|entries| {
            for entry in entries {
                let entry = entry?;
                let name: OsString = entry.file_name();
                if !self.hidden && name.as_encoded_bytes().first() == Some(&b'.') {
                    continue;
                }
                let kind = match entry.file_type() {
                    Ok(t) if t.is_dir() => Kind::Folder,
                    Ok(t) if t.is_file() => Kind::File,
                    Ok(t) if t.is_symlink() => Kind::Link,
                    Ok(_) => Kind::Other,
                    // It vanished meanwhile, or may not be looked at: opening it tells why.
                    Err(_) => Kind::File,
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
            match kind {
                Kind::Folder => self.enter(path),
                Kind::File => return Some(Found::File { path, named: false }),
                Kind::Other => return Some(Found::Passed { path, what: "special file" }),
                Kind::Link if path.is_dir() => return Some(Found::Passed { path, what: "link to a folder" }),
                Kind::Link => return Some(Found::File { path, named: false }),
            }
        }
    }
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
        let prefix = format!("{}/", shown(dir));
        Walk::new(&inputs, hidden).map(|f| f.shown().replace(&prefix, "")).collect()
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
