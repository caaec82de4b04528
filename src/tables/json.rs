//! JSON Lines (one record a line) and one JSON array.

use std::io;

use super::{Encode, compact};
use crate::record::Entry;

/// JSON Lines: every line one record or error record.
pub struct Lines;

impl Encode for Lines {
    fn entry(&self, entry: &Entry, out: &mut Vec<u8>) -> io::Result<()> {
        value(entry, false, out)?;
        out.push(b'\n');
        Ok(())
    }

    fn renamed(&self, encoded: &[u8], path: &str) -> Option<Vec<u8>> {
        renamed(encoded, path)
    }
}

/// One JSON array of all records, one a line, or indented.
pub struct Array {
    /// Indents for the eye.
    pub pretty: bool,
}

impl Encode for Array {
    fn head(&self) -> &str {
        "[\n"
    }

    fn entry(&self, entry: &Entry, out: &mut Vec<u8>) -> io::Result<()> {
        value(entry, self.pretty, out)
    }

    fn renamed(&self, encoded: &[u8], path: &str) -> Option<Vec<u8>> {
        renamed(encoded, path)
    }

    fn between(&self) -> &str {
        ",\n"
    }

    fn tail(&self) -> &str {
        "\n]\n"
    }
}

fn value(value: &Entry, pretty: bool, out: &mut Vec<u8>) -> io::Result<()> {
    out.reserve(about(value));
    let done = if pretty { serde_json::to_writer_pretty(out, value) } else { compact::write(value, out) };
    done.map_err(io::Error::from)
}

/// An entry under another path. The first member of an entry that is called "path" is that of its source, and inside of a text
/// no quotation mark stands without its escape.
fn renamed(encoded: &[u8], path: &str) -> Option<Vec<u8>> {
    const MEMBER: &[u8] = b"\"path\":";
    let at = memchr::memmem::find(encoded, MEMBER)? + MEMBER.len();
    let at = at + usize::from(encoded.get(at) == Some(&b' '));
    let mut text = encoded.get(at..)?.iter().enumerate().skip(1);
    let end = loop {
        match text.next()? {
            (_, b'\\') => drop(text.next()),
            (end, b'"') => break at + end + 1,
            _ => {}
        }
    };
    let mut out = Vec::with_capacity(encoded.len() + path.len());
    out.extend_from_slice(encoded.get(..at)?);
    serde_json::to_writer(&mut out, path).ok()?;
    out.extend_from_slice(encoded.get(end..)?);
    Some(out)
}

/// About how many bytes an entry takes, so that the buffer need not grow in steps: the kinds of items differ by their
/// fields, and an indicator carries its sentence.
fn about(entry: &Entry) -> usize {
    match entry {
        Entry::Record(r) => {
            4096 + 1100 * r.indicators.len()
                + 450 * r.dates.len()
                + 700 * r.references.len()
                + 250 * r.sections.len()
        }
        Entry::Error(_) => 512,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{ErrorRecord, Record};

    #[test]
    fn an_entry_under_another_path_is_what_that_path_would_have_given() {
        let of = |path: &str, failed: bool| {
            if failed {
                let mut error = ErrorRecord::default();
                (error.source.path, error.error.message) = (path.into(), "\"path\": \"x\"".into());
                return Entry::Error(error);
            }
            let mut record = Record { id: "\"path\":\"x\"".into(), ..Record::default() };
            record.source.path = path.into();
            Entry::Record(Box::new(record))
        };
        let paths = ["a.txt", "", "b\\\"c\"\n.zip!/xã \u{7f}.doc", "\"path\":"];
        for encode in [&Lines as &dyn Encode, &Array { pretty: false }, &Array { pretty: true }] {
            for (from, to, failed) in
                paths.iter().flat_map(|a| paths.iter().flat_map(move |b| [(a, b, true), (a, b, false)]))
            {
                let encoded = |path: &str| {
                    let mut out = Vec::new();
                    encode.entry(&of(path, failed), &mut out).unwrap();
                    out
                };
                let found = encode.renamed(&encoded(from), to).unwrap();
                assert_eq!(String::from_utf8(found), String::from_utf8(encoded(to)), "{from} {to}");
            }
        }
    }
}
