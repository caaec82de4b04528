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
