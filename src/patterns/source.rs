//! Where pattern files come from: the set embedded in the binary, then the files of `--patterns DIR`.
//!
//! A user's file has the name of the embedded file it extends (`dates.toml`, `lexicon/units.toml`). Entries are
//! keyed by their `id`: a new id adds an entry, a known id replaces it, `disabled = true` removes it.

use std::path::Path;

use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::charset::syllable;

/// What the shown path of an embedded file begins with.
pub const EMBEDDED: &str = "builtin:";

/// One pattern file.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Name relative to the pattern folder, with `/`: `lexicon/units.toml`.
    pub name: String,
    /// Path to show in messages; `builtin:…` for the embedded files.
    pub shown: String,
    /// Its text.
    pub text: String,
}

/// A mistake in a pattern file: where, what, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {message}\n  hint: {hint}")]
pub struct PatternError {
    /// The file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

/// All pattern files, the embedded ones first.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds one file.
    pub fn push(&mut self, name: &str, shown: &str, text: &str) {
        self.files.push(SourceFile { name: name.into(), shown: shown.into(), text: text.into() });
    }

    /// The files of one name, the embedded one first.
    pub fn named<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s SourceFile> {
        self.files.iter().filter(move |f| f.name == name)
    }

    /// All files.
    pub fn all(&self) -> &[SourceFile] {
        &self.files
    }

    /// First 16 hexadecimal digits of the SHA-256 over all files and their names.
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        for file in &self.files {
            hash.update(file.name.as_bytes());
            hash.update([0]);
            hash.update(file.text.as_bytes());
            hash.update([0]);
        }
        hash.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect()
    }

    /// Whether a user's file has the name of an embedded one; of another nothing would ever be read.
    fn known(&self, name: &str) -> Result<(), String> {
        let mut names: Vec<&str> =
            self.all().iter().filter(|f| f.is_checked()).map(|f| f.name.as_str()).collect();
        if names.contains(&name) {
            return Ok(());
        }
        names.sort_unstable();
        Err(format!("the names are {}", names.join(", ")))
    }

    /// Adds every `*.toml` of a folder, in order of name.
    ///
    /// # Errors
    /// A file that cannot be read, or whose name is none of the embedded files'.
    pub fn add_dir(&mut self, dir: &Path) -> Result<(), PatternError> {
        let fail = |path: &Path, message: String| PatternError {
            file: path.display().to_string(),
            line: 1,
            column: 1,
            message,
            hint: "give a folder of pattern files to --patterns".into(),
        };
        if !dir.is_dir() {
            return Err(fail(dir, "is not a folder".into()));
        }
        for entry in walkdir::WalkDir::new(dir).sort_by_file_name() {
            let entry = entry.map_err(|e| fail(dir, e.to_string()))?;
            let path = entry.path();
            if entry.file_type().is_file() && path.extension().is_some_and(|e| e == "toml") {
                let text = std::fs::read_to_string(path).map_err(|e| fail(path, e.to_string()))?;
                let name = path.strip_prefix(dir).unwrap_or(path).to_string_lossy().replace('\\', "/");
                if FIXED.iter().any(|(fixed, embedded)| *fixed == name && *embedded == text) {
                    continue;
                }
                self.known(&name).map_err(|hint| PatternError {
                    hint,
                    ..fail(path, "no pattern file has this name".into())
                })?;
                self.push(&name, &path.display().to_string(), &text);
            }
        }
        Ok(())
    }
}

/// Embedded and not replaced, what the program says and what a syllable is: in a copy of the whole folder they stand unchanged.
const FIXED: [(&str, &str); 7] = [
    ("labels.toml", super::labels::BUILTIN),
    ("messages.toml", super::messages::BUILTIN),
    ("pages.toml", super::pages::BUILTIN),
    ("repairs.toml", crate::words::repair::WORDS),
    ("lexicon/syllables.toml", syllable::RULES),
    ("lexicon/frequent_syllables.toml", syllable::FREQUENT),
    ("lexicon/pairs.toml", super::ocr::PAIRS),
];

impl SourceFile {
    /// Whether it is one of the embedded files, which the tests have checked: a program that starts need not do it again.
    pub fn is_checked(&self) -> bool {
        self.shown.starts_with(EMBEDDED)
    }

    /// Parses the file into its typed form.
    ///
    /// # Errors
    /// A [`PatternError`] that points at the place.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, PatternError> {
        toml::from_str(&self.text).map_err(|e| {
            let at = e.span().map_or(0, |s| s.start);
            self.error(at, e.message(), "compare the block with its neighbours in patterns/README.md")
        })
    }

    /// A mistake at a byte offset of this file.
    pub fn error(&self, at: usize, message: &str, hint: &str) -> PatternError {
        let before = self.text.get(..at.min(self.text.len())).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        PatternError { file: self.shown.clone(), line, column, message: message.into(), hint: hint.into() }
    }
}
