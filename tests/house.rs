#![allow(clippy::expect_used, clippy::string_slice, reason = "a test")]
//! The rooms of the house stay apart: a room of `src/` imports only rooms that stand above it in the list.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from the ground up, as `CONTRIBUTING.md` lists them.
const ROOMS: [&str; 14] = [
    "record",
    "error",
    "charset",
    "words",
    "patterns",
    "reader",
    "structure",
    "claim",
    "facts",
    "extract",
    "batch",
    "tables",
    "eval",
    "cli",
];

/// Names that `lib.rs` passes on, with the rooms they come from.
const PASSED_ON: [(&str, &str); 4] =
    [("Error", "error"), ("Extractor", "extract"), ("Options", "extract"), ("Record", "record")];

fn files(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("a folder").flatten() {
        match entry.path() {
            path if path.is_dir() => files(&path, out),
            path if path.extension().is_some_and(|e| e == "rs") => out.push(path),
            _ => {}
        }
    }
}

/// The source files, by their path inside `src/`, without their tests: those may call the whole.
fn sources() -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    files(&src, &mut paths);
    paths.sort();
    let named = paths.iter().filter(|p| p.file_name().is_some_and(|n| n != "tests.rs"));
    let read = named.map(|path| {
        let text = fs::read_to_string(path).expect("UTF-8");
        let name = path.strip_prefix(&src).expect("inside src").to_string_lossy().replace('\\', "/");
        (name, text.split("\n#[cfg(test)]\n").next().unwrap_or_default().to_owned())
    });
    read.collect()
}

/// The room of a file: its folder, or the file itself where it stands alone.
fn room(file: &str) -> &str {
    file.split('/').next().unwrap_or(file).trim_end_matches(".rs")
}

fn rank(room: &str) -> Option<usize> {
    ROOMS.iter().position(|r| *r == room)
}

/// The rooms that a line of source names: `crate::words::…` and the first names of `crate::{words, …}`.
fn named(line: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for (at, _) in line.match_indices("crate::") {
        let rest = &line[at + "crate::".len()..];
        if line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        assert!(!rest.starts_with('{'), "write one `use crate::room::…` a room: {line}");
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let passed_on = PASSED_ON.iter().find(|(n, _)| *n == name).map(|(_, room)| (*room).to_owned());
        rooms.push(passed_on.unwrap_or(name));
    }
    rooms
}

#[test]
fn every_room_imports_only_rooms_above_it() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let Some(own) = rank(room(&file)) else {
            assert!(["lib", "main", "internal"].contains(&room(&file)), "{file} stands in no room");
            continue;
        };
        for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.trim_start().starts_with("//")) {
            for other in named(line) {
                match rank(&other) {
                    Some(rank) if rank <= own => {}
                    _ => wrong.push(format!("src/{file}:{}: {} imports {other}", n + 1, room(&file))),
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} imports go the wrong way:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<_> =
        sources().into_iter().filter(|(_, text)| !text.starts_with("//!")).map(|f| f.0).collect();
    assert!(silent.is_empty(), "files without a module comment: {silent:?}");
}

/// How many Vietnamese words still stand in Rust outside tests; they belong into `patterns/`. Lower it with each that goes.
const WORDS_IN_RUST: usize = 160;

/// The string and character literals of a line of source, without its comment.
fn literals(line: &str) -> Vec<String> {
    let (mut out, mut open): (Vec<String>, Option<String>) = (Vec::new(), None);
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match (&mut open, c) {
            (None, '/') if chars.peek() == Some(&'/') => break,
            (None, '"') => open = Some(String::new()),
            (Some(_), '"') => out.extend(open.take()),
            (Some(text), '\\') => text.extend(chars.next()),
            (Some(text), c) => text.push(c),
            (None, _) => {}
        }
    }
    out
}

#[test]
fn words_of_the_language_are_data() {
    // Tables of letters in `charset/` and `words/` are no vocabulary.
    let rooms = sources().into_iter().filter(|(file, _)| !["charset", "words"].contains(&room(file)));
    let mut found = Vec::new();
    for (file, text) in rooms {
        for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.trim_start().starts_with("//")) {
            let is_word = |t: &String| {
                t.chars().any(|c| {
                    "ăâđêôơư".contains(c)
                        || ('à'..='ỹ').contains(&c) && c.is_lowercase()
                        || ('Ạ'..='ỹ').contains(&c)
                })
            };
            found.extend(
                literals(line).iter().filter(|t| is_word(t)).map(|t| format!("src/{file}:{}: {t}", n + 1)),
            );
        }
    }
    assert!(
        found.len() <= WORDS_IN_RUST,
        "{} words of the language in Rust, {WORDS_IN_RUST} are allowed:\n{}",
        found.len(),
        found.join("\n")
    );
}
