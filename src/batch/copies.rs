//! The same content under several paths is read once: a file that holds what an earlier one held gets that one's entry under
//! its own path.
//!
//! Only a file as large as an earlier one can be its copy; only such files are compared, by the hash of their content. What is
//! remembered is bounded: hashes, and entries by where the output has them, or themselves up to [`RECENT_BYTES`]. A copy whose
//! original is forgotten is read like any other file, so that the output never depends on any of this.

use std::collections::VecDeque;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use super::archive::Member;
use super::document::Outcome;
use super::encode::Encode;
use super::pool::Item;
use super::run::promises_document;
use super::sink::Sink;
use crate::record::{Entry, ErrorBody, ErrorRecord};

/// Most sizes and most hashes that are remembered.
const MOST: usize = 1 << 18;
/// Most entries that are remembered.
const RECENT: usize = 1 << 18;
/// Most bytes of entries that no output gives back.
const RECENT_BYTES: usize = 64 << 20;
/// Errors that are of a path, not of a content.
const OF_PATHS: [&str; 3] = ["not_found", "permission", "io"];

/// What a content is known by: the first half of its SHA-256, the last bit of which tells whether the user named the file.
pub(super) type Key = u128;

/// What has a content.
pub(super) enum Thing {
    /// A file.
    File(PathBuf, bool),
    /// A file in an archive.
    Member(Member),
}

enum Seen {
    /// One file of this size, with its number; its content is unknown so far.
    One(Thing, u64),
    /// Several: those looked at are known by their content.
    Many,
}

/// An entry that was written.
struct Written {
    /// Number of its file.
    number: u64,
    /// Where the output has it.
    place: Option<usize>,
    /// What it is; of an entry that the output has, without its bytes.
    outcome: Outcome,
}

/// What is known of the files before.
#[derive(Default)]
pub(super) struct Copies {
    by_size: FxHashMap<u64, Seen>,
    /// The number of the last file with this content.
    by_key: FxHashMap<Key, u64>,
    recent: VecDeque<Written>,
    bytes: usize,
}

impl Copies {
    /// For a form of output whose entries can be put under another path.
    pub(super) fn new(encode: &dyn Encode) -> Option<Self> {
        let mut encoded = Vec::new();
        let entry = Entry::Error(ErrorRecord::default());
        encode.entry(&entry, &mut encoded).ok()?;
        encode.renamed(&encoded, "a").map(|_| Self::default())
    }

    /// Takes note of what is to be done next, and tells whether an earlier file had its content. `hash` looks at a content.
    pub(super) fn met(
        &mut self,
        number: u64,
        item: &Item,
        mut hash: impl FnMut(&Thing) -> Option<[u8; 32]>,
    ) -> Option<Key> {
        let (thing, size) = match item {
            // What its name does not promise to be a document is mostly passed over by its first bytes.
            Item::File { path, named, size } if *named || promises_document(path) => {
                (Thing::File(path.clone(), *named), *size)
            }
            Item::Member(member) if promises_document(&member.path) => {
                (Thing::Member(member.clone()), member.size)
            }
            _ => return None,
        };
        if size == 0 {
            return None;
        }
        if self.by_size.len() > MOST || self.by_key.len() > MOST {
            self.by_size.clear();
            self.by_key.clear();
        }
        let Some(seen) = self.by_size.get_mut(&size) else {
            self.by_size.insert(size, Seen::One(thing, number));
            return None;
        };
        let mut key = |thing: &Thing| Some(key(thing, hash(thing)?));
        if let Seen::One(first, number) = std::mem::replace(seen, Seen::Many)
            && let Some(key) = key(&first)
        {
            self.by_key.insert(key, number);
        }
        let key = key(&thing)?;
        if self.by_key.contains_key(&key) {
            return Some(key);
        }
        self.by_key.insert(key, number);
        None
    }

    /// The outcome of a copy: that of the last file with this content, under its own path. None if that is forgotten, or is
    /// not of the content alone.
    pub(super) fn again(
        &mut self,
        key: Key,
        number: u64,
        path: &str,
        encode: &dyn Encode,
        sink: &mut dyn Sink,
    ) -> Option<Outcome> {
        // Whatever becomes of this one, it is the last one now.
        let before = self.by_key.insert(key, number)?;
        let at = self.recent.binary_search_by_key(&before, |written| written.number).ok()?;
        let written = self.recent.get(at)?;
        let mut outcome = written.outcome.clone();
        let Outcome::Entry { encoded, id, error, .. } = &mut outcome else { return Some(outcome) };
        if error.as_ref().is_some_and(|error: &ErrorBody| OF_PATHS.contains(&error.code.as_str())) {
            return None;
        }
        // A file may have changed between the look at its content and its reading.
        if id.is_some_and(|id| u128::from(id) != key >> 64) {
            return None;
        }
        if let Some(place) = written.place {
            *encoded = sink.again(place).ok()?;
        }
        *encoded = encode.renamed(encoded, path)?;
        Some(outcome)
    }

    /// Keeps what was written of a file; `place` is where the output has it.
    pub(super) fn written(&mut self, number: u64, place: Option<usize>, mut outcome: Outcome) {
        match &mut outcome {
            Outcome::Kept(_) => return,
            Outcome::Entry { encoded, .. } if place.is_some() => *encoded = Vec::new(),
            Outcome::Entry { .. } | Outcome::Passed(_) => {}
        }
        if let Outcome::Entry { took, .. } = &mut outcome {
            *took = Duration::ZERO; // a copy costs nothing
        }
        self.bytes += outcome.weight();
        self.recent.push_back(Written { number, place, outcome });
        while self.recent.len() > RECENT || self.bytes > RECENT_BYTES && self.recent.len() > 1 {
            let Some(old) = self.recent.pop_front() else { return };
            self.bytes -= old.outcome.weight();
        }
    }
}

fn key(thing: &Thing, hash: [u8; 32]) -> Key {
    let first = hash.iter().take(16).fold(0, |key: u128, byte| key << 8 | u128::from(*byte));
    // A file that was named is a document whatever it holds.
    first & !1 | u128::from(matches!(thing, Thing::File(_, true)))
}

/// The SHA-256 of a file that has no more than so many bytes.
pub(super) fn hash(path: &Path, limit: u64) -> Option<[u8; 32]> {
    let mut file = File::open(path).ok()?.take(limit.saturating_add(1));
    let mut sha256 = Sha256::new();
    let mut buffer = vec![0; 64 << 10];
    loop {
        match file.read(&mut buffer).ok()? {
            0 => break,
            n => sha256.update(buffer.get(..n)?),
        }
    }
    (file.limit() > 0).then(|| sha256.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::super::sink::Plain;
    use super::*;

    /// Entries are their paths.
    struct Paths;

    impl Encode for Paths {
        fn entry(&self, _: &Entry, _: &mut Vec<u8>) -> std::io::Result<()> {
            Ok(())
        }

        fn renamed(&self, _: &[u8], path: &str) -> Option<Vec<u8>> {
            Some(path.into())
        }
    }

    /// Entries that keep their paths.
    struct Fixed;

    impl Encode for Fixed {
        fn entry(&self, _: &Entry, _: &mut Vec<u8>) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn file(path: &str, size: u64) -> Item {
        Item::File { path: path.into(), named: false, size }
    }

    fn entry(path: &str, id: u64, error: Option<&str>) -> Outcome {
        let encoded = path.into();
        let error = error.map(|code| ErrorBody { code: code.into(), message: String::new() });
        Outcome::Entry { encoded, id: Some(id), items: 1, bytes: 2, scan: false, error, took: Duration::ZERO }
    }

    /// Hashes by the first letter of the name; those asked for are noted.
    fn hashed<'a>(asked: &'a mut Vec<String>) -> impl FnMut(&Thing) -> Option<[u8; 32]> + 'a {
        |thing| {
            let Thing::File(path, _) = thing else { return None };
            asked.push(path.display().to_string());
            Some([asked.last()?.as_bytes()[0]; 32])
        }
    }

    const A: u64 = u64::from_be_bytes([b'a'; 8]);

    #[test]
    fn only_files_as_large_as_another_are_looked_at_and_a_copy_gets_the_entry_of_the_first() {
        let mut copies = Copies::new(&Paths).unwrap();
        let mut asked = Vec::new();
        assert_eq!(copies.met(0, &file("a1.txt", 7), hashed(&mut asked)), None);
        assert_eq!(copies.met(1, &file("a2.txt", 8), hashed(&mut asked)), None);
        assert!(asked.is_empty());
        assert_eq!(copies.met(2, &file("b1.txt", 7), hashed(&mut asked)), None);
        let key = copies.met(3, &file("a3.txt", 7), hashed(&mut asked)).unwrap();
        assert_eq!(copies.met(4, &file("a4.mp4", 7), hashed(&mut asked)), None, "no document by its name");
        assert_eq!(asked, ["a1.txt", "b1.txt", "a3.txt"]);
        let mut out = Vec::new();
        let mut sink = Plain::new(&mut out);
        assert_eq!(copies.again(key, 3, "a3.txt", &Paths, &mut sink), None, "nothing is known of the first");
        copies.written(3, None, entry("a3.txt", A, None));
        let copy = copies.again(key, 5, "b.txt", &Paths, &mut sink);
        assert_eq!(copy, Some(entry("b.txt", A, None)));
    }

    #[test]
    fn what_is_not_of_the_content_is_not_copied() {
        let mut out = Vec::new();
        let mut sink = Plain::new(&mut out);
        for (first, is_copied) in [
            (entry("a1.txt", A, Some("damaged")), true),
            (entry("a1.txt", A, Some("timeout")), true),
            (entry("a1.txt", A, Some("permission")), false),
            (entry("a1.txt", 5, None), false), // its content was another one when it was read
            (Outcome::Passed("own output".into()), true),
        ] {
            let mut copies = Copies::new(&Paths).unwrap();
            let mut asked = Vec::new();
            copies.met(0, &file("a1.txt", 7), hashed(&mut asked));
            copies.written(0, None, first.clone());
            let key = copies.met(1, &file("a2.txt", 7), hashed(&mut asked)).unwrap();
            assert_eq!(copies.again(key, 1, "a2.txt", &Paths, &mut sink).is_some(), is_copied, "{first:?}");
        }
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let mut copies = Copies::new(&Paths).unwrap();
        let large = |n: u64| match entry("a.txt", n, None) {
            Outcome::Entry { id, items, bytes, scan, error, took, .. } => {
                Outcome::Entry { encoded: vec![0; 1 << 20], id, items, bytes, scan, error, took }
            }
            other => other,
        };
        (0..200).for_each(|n| copies.written(n, None, large(n)));
        assert!(copies.bytes <= RECENT_BYTES && copies.recent.len() > 60, "{}", copies.recent.len());
        let of_output = Copies::new(&Paths).map(|mut copies| {
            (0..200).for_each(|n| copies.written(n, Some(n as usize), large(n)));
            copies.bytes
        });
        assert!(of_output < Some(1 << 16), "what the output has is not held");
        assert!(Copies::new(&Fixed).is_none(), "rows are not put under another path");
    }

    #[test]
    fn a_file_is_known_by_its_content() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        std::fs::write(&path, [7; 100_000]).unwrap();
        assert_eq!(hash(&path, 100_000), Some(crate::extract::sha256(&[7; 100_000])));
        assert_eq!(hash(&path, 99_999), None);
    }
}
