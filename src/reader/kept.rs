//! Texts of documents kept in a folder (`--cache`).
//!
//! In: a document's bytes and how it is to be read. Out: its [`Content`] as an earlier run read it, or as it is read now
//! and then kept. What was cut short by time is not kept, nor what a password protects.

use sha2::{Digest, Sha256};

use super::cache::{Cache, Key, program};
use super::ocr::{Mode, engine};
use super::{Content, ReadOptions};
use crate::error::Error;

/// Warnings of pages that another run may read.
const UNFINISHED: [&str; 2] = ["limit_reached", "ocr_failed"];

/// Gives the content that was kept, or reads and keeps it.
///
/// # Errors
/// What reading gives.
pub(super) fn or_read(
    bytes: &[u8],
    options: &ReadOptions,
    read: impl FnOnce() -> Result<Content, Error>,
) -> Result<Content, Error> {
    let Some(cache) = options.cache.as_ref().filter(|_| options.password.is_none()) else { return read() };
    let key = key(bytes, options);
    if let Some(content) = cache.get::<Content>(&key).filter(is_sound) {
        return Ok(content);
    }
    let content = read()?;
    keep(cache, &key, &content);
    Ok(content)
}

fn keep(cache: &Cache, key: &Key, content: &Content) {
    if !content.warnings.iter().any(|w| UNFINISHED.contains(&w.code.as_str())) {
        cache.put(key, content);
    }
}

/// Everything that the text depends on.
fn key(bytes: &[u8], options: &ReadOptions) -> Key {
    let engine = if options.ocr.mode == Mode::Off { "" } else { engine() };
    Key::of(&[
        b"text",
        program().as_bytes(),
        &Sha256::digest(bytes),
        format!("{:?}", options.limits).as_bytes(),
        format!("{:?}", options.encoding).as_bytes(),
        options.ocr.mode.name().as_bytes(),
        engine.as_bytes(),
    ])
}

/// Whether all ranges lie in the text; a kept entry may come from anywhere.
fn is_sound(content: &Content) -> bool {
    let cells = content.tables.iter().flat_map(|t| &t.rows).flat_map(|r| &r.cells).map(|c| &c.range);
    let marks = content.marks.iter().map(|m| &m.range);
    let words = content.recognised.iter().map(|w| &w.range);
    cells.chain(marks).chain(words).all(|range| content.text.get(range.clone()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::{Mark, MarkKind};

    #[test]
    fn a_text_is_read_once_and_what_was_cut_short_again() {
        let dir = tempfile::tempdir().unwrap();
        let options = ReadOptions { cache: Cache::open(dir.path()).ok(), ..ReadOptions::default() };
        let content = |text: &str, code: &str| Content {
            format: "pdf",
            text: text.into(),
            marks: vec![Mark { kind: MarkKind::Stamp, range: 0..text.len() }],
            warnings: vec![crate::record::Warning { code: code.into(), message: String::new() }],
            ..Content::default()
        };
        let read = |bytes: &[u8], text: &str, code: &str| {
            or_read(bytes, &options, || Ok(content(text, code))).map(|c| c.text)
        };
        assert_eq!(read(b"1", "một", "ocr").unwrap(), "một");
        assert_eq!(read(b"1", "hai", "ocr").unwrap(), "một");
        assert_eq!(read(b"2", "ba", "limit_reached").unwrap(), "ba");
        assert_eq!(read(b"2", "bốn", "limit_reached").unwrap(), "bốn");
        let with_password = ReadOptions { password: Some("x".into()), ..options.clone() };
        let secret = or_read(b"3", &with_password, || Ok(content("kín", "ocr"))).unwrap();
        assert_eq!(secret.text, "kín");
        assert_eq!(read(b"3", "mở", "ocr").unwrap(), "mở");
    }

    #[test]
    fn a_kept_text_whose_ranges_lie_outside_is_read_anew() {
        let dir = tempfile::tempdir().unwrap();
        let options = ReadOptions { cache: Cache::open(dir.path()).ok(), ..ReadOptions::default() };
        let mark = Mark { kind: MarkKind::Stamp, range: 1..9 };
        let wrong = Content { text: "ố".into(), marks: vec![mark], ..Content::default() };
        options.cache.as_ref().unwrap().put(&key(b"1", &options), &wrong);
        let sound = or_read(b"1", &options, || Ok(Content { text: "tốt".into(), ..Content::default() }));
        assert_eq!(sound.unwrap().text, "tốt");
    }
}
