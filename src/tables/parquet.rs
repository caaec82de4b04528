//! Rows to one Parquet file, read directly by DuckDB, pandas and Spark. Behind the cargo feature `parquet`.
//!
//! Rows are handed on in batches, and a row group is closed when it is large enough in rows or in bytes, so that memory
//! does not grow with the file.

use std::io::{self, Write};

use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

use super::TableWriter;
use super::arrow::Columns;
use super::flat::{Cell, Table};

/// Rows of one batch.
const BATCH: usize = 4096;
/// Most rows of a row group.
const GROUP_ROWS: usize = 131_072;
/// About the most bytes of a row group before it is closed.
const GROUP_BYTES: usize = 32 << 20;

/// Writes the rows of a table as they come.
pub struct Parquet<W: Write + Send> {
    writer: ArrowWriter<W>,
    columns: Columns,
}

impl<W: Write + Send> Parquet<W> {
    /// A writer of a table's rows.
    ///
    /// # Errors
    /// What the library and writing give.
    pub fn new(table: Table, out: W) -> io::Result<Self> {
        let columns = Columns::new(table).map_err(io::Error::other)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(GROUP_ROWS))
            .build();
        let writer = ArrowWriter::try_new(out, columns.schema(), Some(properties)).map_err(error)?;
        Ok(Self { writer, columns })
    }

    fn batch(&mut self) -> io::Result<()> {
        let batch = self.columns.batch().map_err(io::Error::other)?;
        self.writer.write(&batch).map_err(error)?;
        if self.writer.in_progress_size() >= GROUP_BYTES {
            self.writer.flush().map_err(error)
        } else {
            Ok(())
        }
    }
}

impl<W: Write + Send> TableWriter for Parquet<W> {
    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        self.columns.push(cells);
        if self.columns.rows() >= BATCH { self.batch() } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        if self.columns.rows() > 0 {
            self.batch()?;
        }
        self.writer.close().map(drop).map_err(error)
    }
}

/// What writing gave, such as a closed pipe, is handed on as it was.
fn error(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_written_in_row_groups_and_has_its_foot() {
        let mut out = Vec::new();
        let mut writer = Box::new(Parquet::new(Table::Errors, &mut out).unwrap());
        let row = vec![Cell::Text("a.pdf"), Cell::Null, Cell::Int(3), Cell::Text("damaged"), Cell::Null];
        for _ in 0..=GROUP_ROWS {
            writer.row(&row).unwrap();
        }
        writer.finish().unwrap();
        assert!(out.starts_with(b"PAR1") && out.ends_with(b"PAR1"));
        assert!(out.len() < 100_000, "{} bytes", out.len());
    }
}
