//! All tables in memory, as Arrow's record batches: for whoever embeds the library. Behind the cargo feature `arrow`.

use std::io;

use arrow_array::RecordBatch;

use super::arrow::Columns;
use super::flat::{Cell, TABLES, Table};
use super::rows::TableSet;

/// Most bytes of text: a column of texts counts them in 32 bits.
const MOST_TEXT: usize = i32::MAX as usize;

/// The tables in the making.
pub struct Batches {
    tables: Vec<(Table, Columns)>,
    text: usize,
}

impl Batches {
    /// No rows yet.
    ///
    /// # Errors
    /// None in practice: the types are our own.
    pub fn new() -> io::Result<Self> {
        let columns = |(_, table): &(&str, Table)| Ok((*table, Columns::new(*table)?));
        let tables = TABLES.iter().map(columns).collect::<Result<_, arrow_schema::ArrowError>>();
        Ok(Self { tables: tables.map_err(io::Error::other)?, text: 0 })
    }

    /// The tables by name, each as one batch.
    ///
    /// # Errors
    /// None in practice: the columns are equally long.
    pub fn finish(self) -> io::Result<Vec<(&'static str, RecordBatch)>> {
        let batch = |(table, mut columns): (Table, Columns)| Ok((table.name(), columns.batch()?));
        let batches = self.tables.into_iter().map(batch).collect::<Result<_, arrow_schema::ArrowError>>();
        batches.map_err(io::Error::other)
    }
}

impl TableSet for Batches {
    fn row(&mut self, table: Table, cells: &[Cell<'_>]) -> io::Result<()> {
        let length = |cell: &Cell<'_>| match cell {
            Cell::Text(text) => text.len(),
            Cell::Made(text) => text.len(),
            _ => 0,
        };
        self.text += cells.iter().map(length).sum::<usize>();
        if self.text > MOST_TEXT {
            return Err(io::Error::other(
                "the tables hold more than 2 GiB of text; give fewer documents at once, or write Parquet",
            ));
        }
        if let Some((_, columns)) = self.tables.iter_mut().find(|(of, _)| *of == table) {
            columns.push(cells);
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Entry, ErrorRecord, Indicator, Record};

    #[test]
    fn every_table_is_there_with_its_rows() {
        let record = Record { indicators: vec![Indicator::default(); 2], ..Record::default() };
        let mut batches = Batches::new().unwrap();
        for entry in [Entry::Record(Box::new(record)), Entry::Error(ErrorRecord::default())] {
            for (_, table) in TABLES {
                for row in table.rows_of(&entry) {
                    batches.row(*table, &row).unwrap();
                }
            }
        }
        let rows: Vec<_> =
            batches.finish().unwrap().into_iter().map(|(name, batch)| (name, batch.num_rows())).collect();
        let expected = [
            ("documents", 1),
            ("references", 0),
            ("dates", 0),
            ("indicators", 2),
            ("checks", 0),
            ("errors", 1),
        ];
        assert_eq!(rows, expected);
    }
}
