//! Names of files: as records show them, as the terminal may show them, and those that say "no document".
//!
//! `b\xB8o.txt` (TCVN3, out of an old ZIP) is shown as `b%B8o.txt`; two such names are never taken for one.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// What a file that was written by an unfinished run ends with.
pub const PART: &str = ".part";
/// What the hidden temporary files of this program begin with.
pub const TEMPORARY: &str = ".baocao-";
/// First bytes of what this program itself writes.
const OWN: [&[u8]; 4] = [
    b"{\"schema\":\"baocao.",
    b"[\n{\"schema\":\"baocao.",
    b"baocao.journal/",
    b"<!DOCTYPE html><!-- baocao -->",
];

/// The bytes that tell one path from another, with `/` between the parts.
pub fn bytes(path: &Path) -> Vec<u8> {
    let mut bytes = path.as_os_str().as_encoded_bytes().to_vec();
    if std::path::MAIN_SEPARATOR == '\\' {
        bytes.iter_mut().filter(|b| **b == b'\\').for_each(|b| *b = b'/');
    }
    bytes
}

/// The bytes of a path as the system has them.
pub fn raw(path: &Path) -> Vec<u8> {
    path.as_os_str().as_encoded_bytes().to_vec()
}

/// The path of such bytes.
#[cfg(unix)]
pub fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(OsStr::from_bytes(bytes))
}

/// The path of such bytes.
#[cfg(not(unix))]
pub fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

/// A path as records show it: bytes that are no UTF-8 as `%XX`, and then a `%` as `%25`.
pub fn shown(path: &Path) -> String {
    shown_bytes(&bytes(path))
}

/// The same of a name's bytes.
pub fn shown_bytes(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(bytes.len() + 16);
    for chunk in bytes.utf8_chunks() {
        out.push_str(&chunk.valid().replace('%', "%25"));
        for byte in chunk.invalid() {
            let _ = write!(out, "%{byte:02X}"); // writing to a string does not fail
        }
    }
    out
}

/// A name as the terminal may show it: what would move the cursor, break the line or turn the direction of writing is
/// escaped.
pub fn harmless(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '\u{200E}'
            | '\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}'
            | '\u{2028}'
            | '\u{2029}' => {
                out.extend(c.escape_unicode());
            }
            c if c.is_control() => out.extend(c.escape_default()),
            c => out.push(c),
        }
    }
    out
}

/// Why a file of this name in a folder is no document, whatever is in it.
pub fn passed_over(name: &OsStr) -> Option<&'static str> {
    let bytes = name.as_encoded_bytes();
    match bytes {
        [b'~', b'$', ..] => Some("lock file"),
        _ if bytes.starts_with(TEMPORARY.as_bytes()) && bytes.ends_with(PART.as_bytes()) => {
            Some("temporary file of baocao")
        }
        _ => None,
    }
}

/// Whether the first bytes are those of records that this program wrote.
pub fn is_own(head: &[u8]) -> bool {
    OWN.iter().any(|start| head.starts_with(start))
}

/// Which file something is, whatever name or link leads to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity(Inner);

#[cfg(unix)]
type Inner = (u64, u64);
#[cfg(not(unix))]
type Inner = std::path::PathBuf;

impl Identity {
    /// The file that a path leads to; `None` if there is none, or it is no regular file.
    pub fn of(path: &Path) -> Option<Self> {
        let meta = fs::metadata(path).ok()?;
        if !meta.is_file() {
            return None;
        }
        Self::with(path, &meta)
    }

    #[cfg(unix)]
    fn with(_: &Path, meta: &fs::Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        Some(Self((meta.dev(), meta.ino())))
    }

    #[cfg(not(unix))]
    fn with(path: &Path, _: &fs::Metadata) -> Option<Self> {
        fs::canonicalize(path).ok().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_write_to_the_terminal() {
        assert_eq!(harmless("\u{1b}[31mdo\n\u{202e}cod.txt"), "\\u{1b}[31mdo\\n\\u{202e}cod.txt");
        assert_eq!(harmless("Báo cáo số 1 – 2021.txt"), "Báo cáo số 1 – 2021.txt");
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_no_utf8_are_shown_and_a_percent_sign_beside_them_is_not_mistaken() {
        use std::os::unix::ffi::OsStrExt;
        let name = |bytes: &[u8]| shown(Path::new(OsStr::from_bytes(bytes)));
        assert_eq!(name(b"b\xB8o 5%.txt"), "b%B8o 5%25.txt");
        assert_eq!(name(b"5%.txt"), "5%.txt");
    }

    #[test]
    fn own_output_is_known_by_its_first_bytes() {
        assert!(is_own(b"{\"schema\":\"baocao.error/1\"") && is_own(b"[\n{\"schema\":\"baocao.record/1\""));
        assert!(!is_own(b"{\"schema\":\"other\"}") && !is_own(b""));
        for page in ["view", "compare", "report"] {
            let template = format!("{}/templates/{page}.html", env!("CARGO_MANIFEST_DIR"));
            assert!(is_own(&std::fs::read(template).unwrap()), "{page}");
        }
    }
}
