//! Rows on the way from the workers to whoever writes tables: every table's rows of one entry as plain bytes, so that
//! nothing is written as JSON and parsed again in between.
//!
//! ```text
//! entry = table*   table = number of rows, cells   cell = tag, content   (tables and columns in the order of `flat`)
//! ```

use std::io::{self, Write};

use rust_decimal::Decimal;

use super::Encode;
use super::flat::{Cell, TABLES, Table};
use crate::batch::sink::{FileId, Sink};
use crate::record::{Day, Entry};

/// Takes the rows of tables, table by table of one document after the other.
pub trait TableSet {
    /// Adds one row.
    ///
    /// # Errors
    /// What writing gives.
    fn row(&mut self, table: Table, cells: &[Cell<'_>]) -> io::Result<()>;

    /// Ends the writing and puts everything into its place.
    ///
    /// # Errors
    /// What writing gives.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// Entries as rows of all tables.
pub struct Rows;

impl Encode for Rows {
    fn entry(&self, entry: &Entry, out: &mut Vec<u8>) -> io::Result<()> {
        for (_, table) in TABLES {
            let rows = table.rows_of(entry);
            put_number(out, rows.len());
            rows.iter().flatten().for_each(|cell| put(out, cell));
        }
        Ok(())
    }
}

/// Gives the rows of one encoded entry to a set of tables.
///
/// # Errors
/// Bytes that [`Rows`] did not write, and what the tables give.
pub fn give(mut encoded: &[u8], set: &mut dyn TableSet) -> io::Result<()> {
    for (_, table) in TABLES {
        let width = table.columns().len();
        let mut cells = Vec::with_capacity(width);
        for _ in 0..number(&mut encoded)? {
            cells.clear();
            for _ in 0..width {
                cells.push(cell(&mut encoded)?);
            }
            set.row(*table, &cells)?;
        }
    }
    Ok(())
}

/// Lets a batch write into tables.
pub struct Filled<'s>(pub &'s mut dyn TableSet);

impl Sink for Filled<'_> {
    fn text(&mut self, _: &str) -> io::Result<()> {
        Ok(())
    }

    fn entry(&mut self, _: &FileId, _: bool, encoded: &[u8]) -> io::Result<()> {
        give(encoded, self.0)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn put(out: &mut Vec<u8>, cell: &Cell<'_>) {
    let mut text = |tag: u8, text: &str| {
        out.push(tag);
        put_number(out, text.len());
        out.extend_from_slice(text.as_bytes());
    };
    match cell {
        Cell::Null => out.push(0),
        Cell::Text(s) => text(1, s),
        Cell::Made(s) => text(1, s),
        Cell::Day(day) => {
            out.push(2);
            out.extend_from_slice(&day.number().to_le_bytes());
        }
        Cell::Int(n) => {
            out.push(3);
            out.extend_from_slice(&n.to_le_bytes());
        }
        Cell::Decimal(d) => {
            out.push(4);
            out.extend_from_slice(&d.serialize());
        }
        Cell::Bool(b) => out.push(5 + u8::from(*b)),
    }
}

fn put_number(out: &mut Vec<u8>, n: usize) {
    let _ = out.write_all(&u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes()); // memory
}

fn cell<'a>(source: &mut &'a [u8]) -> io::Result<Cell<'a>> {
    let tag = take(source, 1)?;
    Ok(match tag {
        [0] => Cell::Null,
        [1] => Cell::Text(text(source)?),
        [2] => Cell::Day(Day::from_number(i32::from_le_bytes(array(source)?)).ok_or_else(broken)?),
        [3] => Cell::Int(i64::from_le_bytes(array(source)?)),
        [4] => Cell::Decimal(Decimal::deserialize(array(source)?)),
        [5] => Cell::Bool(false),
        [6] => Cell::Bool(true),
        _ => return Err(broken()),
    })
}

fn text<'a>(source: &mut &'a [u8]) -> io::Result<&'a str> {
    let length = number(source)?;
    std::str::from_utf8(take(source, length)?).map_err(|_| broken())
}

fn number(source: &mut &[u8]) -> io::Result<usize> {
    Ok(u32::from_le_bytes(array(source)?) as usize)
}

fn array<const N: usize>(source: &mut &[u8]) -> io::Result<[u8; N]> {
    take(source, N)?.try_into().map_err(|_| broken())
}

fn take<'a>(source: &mut &'a [u8], length: usize) -> io::Result<&'a [u8]> {
    let (taken, rest) = source.split_at_checked(length).ok_or_else(broken)?;
    *source = rest;
    Ok(taken)
}

fn broken() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the rows of a document came broken out of its worker")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{ErrorRecord, Indicator, Record};

    #[derive(Default)]
    struct Seen(Vec<(Table, Vec<String>)>);

    impl TableSet for Seen {
        fn row(&mut self, table: Table, cells: &[Cell<'_>]) -> io::Result<()> {
            self.0.push((table, cells.iter().map(|c| format!("{c:?}")).collect()));
            Ok(())
        }

        fn finish(self: Box<Self>) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn rows_arrive_as_they_left_and_a_cut_is_noticed() {
        let indicator = Indicator {
            value: Some("-12.50".parse().unwrap()),
            name: Some("tỷ lệ hộ nghèo".into()),
            ..Indicator::default()
        };
        let record = Record { indicators: vec![indicator], ..Record::default() };
        let entry = Entry::Record(Box::new(record));
        let mut encoded = Vec::new();
        Rows.entry(&entry, &mut encoded).unwrap();
        let mut seen = Seen::default();
        give(&encoded, &mut seen).unwrap();
        let direct: Vec<_> = TABLES
            .iter()
            .flat_map(|(_, t)| t.rows_of(&entry).into_iter().map(|row| (*t, row)))
            .map(|(t, row)| (t, row.iter().map(|c| format!("{c:?}").replace("Made(", "Text(")).collect()))
            .collect();
        assert_eq!(seen.0, direct);
        assert_eq!(seen.0.len(), 2, "the document and its figure");
        for end in 0..encoded.len() {
            assert!(give(&encoded[..end], &mut Seen::default()).is_err(), "cut at {end}");
        }
    }

    #[test]
    fn a_file_that_could_not_be_read_is_a_row_of_the_errors() {
        let mut encoded = Vec::new();
        Rows.entry(&Entry::Error(ErrorRecord::default()), &mut encoded).unwrap();
        let mut seen = Seen::default();
        give(&encoded, &mut seen).unwrap();
        assert_eq!(seen.0.iter().map(|s| s.0).collect::<Vec<_>>(), [Table::Errors]);
    }
}
