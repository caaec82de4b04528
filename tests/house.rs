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

/// A string or byte string of the source.
struct Literal {
    line: usize,
    bytes: bool,
    text: String,
}

/// The string literals of a source, escapes resolved, without its comments and characters.
fn literals(source: &str) -> Vec<Literal> {
    let (mut out, mut line, mut rest) = (Vec::new(), 1, source);
    let mut before = ' ';
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let hashes = after.len() - after.trim_start_matches('#').len();
        let raw =
            c == 'r' && after[hashes..].starts_with('"') && !(before.is_alphanumeric() && before != 'b');
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if raw {
            let body = &after[hashes + 1..];
            let end = format!("\"{}", "#".repeat(hashes));
            let inside = body.find(&end).expect("a raw string ends");
            out.push(Literal { line, bytes: before == 'b', text: body[..inside].to_owned() });
            hashes + 2 + inside + end.len()
        } else if c == '"' {
            let escaped =
                |at: &usize| after[..*at].bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1;
            let inside =
                after.match_indices('"').map(|(at, _)| at).find(|at| !escaped(at)).expect("a string ends");
            out.push(Literal { line, bytes: before == 'b', text: unescaped(&after[..inside]) });
            inside + 2
        } else if c == '\'' && after.starts_with('\\') {
            2 + after[2..].find('\'').expect("a character ends") + 2
        } else if c == '\'' && after.chars().nth(1) == Some('\'') {
            after.chars().next().map_or(1, |c| c.len_utf8() + 2)
        } else {
            c.len_utf8()
        };
        line += rest[..length].matches('\n').count();
        before = c;
        rest = &rest[length..];
    }
    out
}

/// What a literal says: `\u{1ed9}` is a letter, of the other escapes the sign stays.
fn unescaped(inside: &str) -> String {
    let mut parts = inside.split("\\u{");
    let mut out = parts.next().unwrap_or_default().replace('\\', "");
    for part in parts {
        let (code, rest) = part.split_once('}').expect("a code ends");
        out.extend(u32::from_str_radix(code, 16).ok().and_then(char::from_u32));
        out.push_str(&rest.replace('\\', ""));
    }
    out
}

/// The letters that Vietnamese has beside those of ASCII, Đ apart.
const LETTERS: &str = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ";

/// Whether a literal holds a word of the language. Codes of types and bodies are none: "QĐ-UBND".
fn is_word(text: &str) -> bool {
    let letters = |c: char| c != 'Đ' && c.to_lowercase().any(|c| LETTERS.contains(c));
    let spelled = || text.chars().zip(text.chars().skip(1)).any(|(a, b)| a == 'Đ' && b.is_lowercase());
    text.chars().any(letters) || spelled()
}

#[test]
fn words_of_the_language_are_data() {
    let mut found = Vec::new();
    for (file, text) in sources() {
        // Tables of letters in `charset/` and `words/` are no vocabulary.
        let tables = ["charset", "words"].contains(&room(&file));
        let words = literals(&text).into_iter().filter(|l| is_word(&l.text));
        let words = words.filter(|l| !tables || l.text.chars().count() > 1);
        found.extend(words.map(|l| format!("src/{file}:{}: {}", l.line, l.text)));
    }
    assert!(
        found.is_empty(),
        "{} words of the language in Rust, they belong into patterns/:\n{}",
        found.len(),
        found.join("\n")
    );
}

/// Frequent syllables that are English words too.
const ENGLISH: [&str; 8] = ["can", "em", "in", "long", "man", "may", "then", "to"];

#[test]
fn words_without_marks_are_data_too() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("patterns/lexicon/frequent_syllables.toml");
    let lexicon: toml::Table = fs::read_to_string(path).expect("UTF-8").parse().expect("TOML");
    let frequent = lexicon["syllables"].as_array().expect("a list").iter().filter_map(toml::Value::as_str);
    let frequent: Vec<&str> =
        frequent.filter(|w| w.is_ascii() && w.len() > 1 && !ENGLISH.contains(w)).collect();
    let mut found = Vec::new();
    for (file, text) in sources() {
        // What reads documents; elements of files are byte strings ("li", "em").
        let reads =
            ["charset", "words", "patterns", "reader", "structure", "claim", "facts"].contains(&room(&file));
        for literal in literals(&text).into_iter().filter(|l| reads && !(l.bytes && room(&file) == "reader"))
        {
            let said = literal.text.to_lowercase();
            let mut syllables =
                said.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).peekable();
            if syllables.peek().is_some() && syllables.all(|w| frequent.contains(&w)) {
                found.push(format!("src/{file}:{}: {}", literal.line, literal.text));
            }
        }
    }
    assert!(
        found.is_empty(),
        "{} words of the language without marks in Rust, they belong into patterns/:\n{}",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn literals_are_found_whatever_stands_around_them() {
    let source = "let a = 'x'; // \"no\"\nf('\"', \"một\\\nhai\", b\"ba\", r#\"bốn \"\"#, '\\'', \"n\\u{103}m\", 'a, \"\\\\\");";
    let found: Vec<(usize, bool, String)> =
        literals(source).into_iter().map(|l| (l.line, l.bytes, l.text)).collect();
    let said = |line, bytes, text: &str| (line, bytes, text.to_owned());
    assert_eq!(
        found,
        [
            said(2, false, "một\nhai"),
            said(3, true, "ba"),
            said(3, false, "bốn \""),
            said(3, false, "năm"),
            said(3, false, ""),
        ]
    );
    assert!(is_word("ĐIỀU") && is_word("Đinh") && is_word("năm") && !is_word("QĐ-UBND") && !is_word("±αβ∑"));
}
