//! Rows to an SQLite database, a table each, with full-text search over the sentences. Behind the cargo feature `sqlite`.
//!
//! The search knows every sentence twice, as written and folded (small letters without marks, đ as d): FTS5 by itself
//! takes marks away but leaves đ. `ty le ho ngheo` finds what `tỷ lệ hộ nghèo` finds.

use std::io;
use std::path::Path;

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ToSql, params_from_iter};
use rust_decimal::prelude::ToPrimitive;

use super::flat::{Cell, TABLES, Table, Type};
use super::rows::TableSet;
use crate::patterns::header::plain;

/// What a database has beside the tables; columns by which people search have an index. By `content="…"` datasette and
/// sqlite-utils know that the table can be searched.
const SENTENCES: &str = "
    CREATE TABLE sentences (
        id INTEGER PRIMARY KEY, document INTEGER REFERENCES documents(document),
        sentence_start INTEGER, text TEXT, folded TEXT
    );
    CREATE VIRTUAL TABLE sentences_fts USING fts5(
        text, folded, content=\"sentences\", content_rowid='id', tokenize='unicode61 remove_diacritics 0'
    );";
const AT_THE_END: &str = "
    INSERT INTO sentences_fts(sentences_fts) VALUES ('rebuild');
    CREATE INDEX indicators_document ON indicators(document);
    CREATE INDEX indicators_indicator ON indicators(indicator);
    CREATE INDEX references_document ON \"references\"(document);
    CREATE INDEX references_id ON \"references\"(id);
    CREATE INDEX dates_document ON dates(document);
    CREATE INDEX checks_document ON checks(document);
    CREATE INDEX sentences_document ON sentences(document);
    CREATE VIEW refs AS SELECT * FROM \"references\";
    COMMIT;
    ANALYZE;";

/// A database in the making. What is not finished is not kept: the file is new and nobody else's.
pub struct Database {
    connection: Connection,
    /// The statement that adds a row, by table.
    insert: Vec<(Table, String)>,
    /// Documents so far.
    document: i64,
    /// Where the last sentence of this document begins.
    sentence: Option<i64>,
    /// The columns of the figures that hold sentence and beginning.
    columns: Option<(usize, usize)>,
}

impl Database {
    /// A new database in an empty file.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn create(path: &Path) -> io::Result<Self> {
        Self::open(path).map_err(error)
    }

    fn open(path: &Path) -> rusqlite::Result<Self> {
        let connection = Connection::open(path)?;
        connection.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;")?;
        let mut insert = Vec::new();
        for (name, table) in TABLES {
            connection.execute_batch(&definition(name, *table))?;
            let places = vec!["?"; table.columns().len() + 1].join(", ");
            insert.push((*table, format!("INSERT INTO \"{name}\" VALUES ({places})")));
        }
        connection.execute_batch(SENTENCES)?;
        let columns = Table::Indicators.columns();
        let at = |name: &str| columns.iter().position(|c| c.0 == name);
        let columns = at("sentence").zip(at("sentence_start"));
        Ok(Self { connection, insert, document: 0, sentence: None, columns })
    }

    fn add(&mut self, table: Table, cells: &[Cell<'_>]) -> rusqlite::Result<()> {
        if table == Table::Documents {
            self.document += 1;
            self.sentence = None;
        }
        // Of a document the number is its own key, of a file that was not read there is none.
        let number = (table != Table::Errors).then_some(self.document);
        let Some((_, insert)) = self.insert.iter().find(|i| i.0 == table) else { return Ok(()) };
        let first = std::iter::once(Stored(number.map_or(Cell::Null, Cell::Int)));
        let values = first.chain(cells.iter().cloned().map(Stored));
        self.connection.prepare_cached(insert)?.execute(params_from_iter(values))?;
        if table == Table::Indicators { self.add_sentence(cells) } else { Ok(()) }
    }

    /// Figures come in reading order: those of one sentence follow each other.
    fn add_sentence(&mut self, cells: &[Cell<'_>]) -> rusqlite::Result<()> {
        let Some((text, start)) = self.columns else { return Ok(()) };
        let (Some(Cell::Text(text)), Some(Cell::Int(start))) = (cells.get(text), cells.get(start)) else {
            return Ok(());
        };
        if self.sentence.replace(*start) == Some(*start) {
            return Ok(());
        }
        let insert = "INSERT INTO sentences(document, sentence_start, text, folded) VALUES (?, ?, ?, ?)";
        self.connection.prepare_cached(insert)?.execute((self.document, start, text, plain(text)))?;
        Ok(())
    }
}

impl TableSet for Database {
    fn row(&mut self, table: Table, cells: &[Cell<'_>]) -> io::Result<()> {
        self.add(table, cells).map_err(error)
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.connection.execute_batch(AT_THE_END).map_err(error)?;
        self.connection.close().map_err(|(_, e)| error(e))
    }
}

/// Every table begins with the number of the document; `documents` has it as its key.
fn definition(name: &str, table: Table) -> String {
    let key = match table {
        Table::Documents => "document INTEGER PRIMARY KEY",
        Table::Errors => "error INTEGER PRIMARY KEY",
        _ => "document INTEGER REFERENCES documents(document)",
    };
    let kind = |kind| match kind {
        Type::Text | Type::Day => "TEXT",
        Type::Int | Type::Bool => "INTEGER",
        Type::Decimal => "NUMERIC",
    };
    let columns: Vec<String> =
        table.columns().iter().map(|(name, k)| format!("{name} {}", kind(*k))).collect();
    format!("CREATE TABLE \"{name}\" ({key}, {});", columns.join(", "))
}

/// A cell as the database keeps it. It knows no exact decimals: whole numbers of 64 bits are exact, others keep 15
/// digits.
struct Stored<'a>(Cell<'a>);

impl ToSql for Stored<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let value = match &self.0 {
            Cell::Null => Value::Null,
            Cell::Text(s) => return Ok(ToSqlOutput::Borrowed(ValueRef::Text(s.as_bytes()))),
            Cell::Made(s) => return Ok(ToSqlOutput::Borrowed(ValueRef::Text(s.as_bytes()))),
            Cell::Day(day) => Value::Text(day.to_string()),
            Cell::Int(n) => Value::Integer(*n),
            Cell::Bool(b) => Value::Integer((*b).into()),
            Cell::Decimal(d) => match d.normalize().is_integer().then(|| d.to_i64()).flatten() {
                Some(whole) => Value::Integer(whole),
                None => d.to_f64().map_or(Value::Null, Value::Real),
            },
        };
        Ok(ToSqlOutput::Owned(value))
    }
}

fn error(error: rusqlite::Error) -> io::Error {
    io::Error::other(error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Entry, Indicator, Record, Sentence};
    use crate::tables::Encode as _;
    use crate::tables::rows;

    fn indicator(value: &str, start: usize, sentence: &str) -> Indicator {
        Indicator {
            value: Some(value.parse().unwrap()),
            sentence: Some(Sentence { text: sentence.into(), span: [start, start + 9] }),
            ..Indicator::default()
        }
    }

    #[test]
    fn sentences_are_found_with_their_marks_and_without() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut database = Box::new(Database::create(file.path()).unwrap());
        let sentence = "Đường huyện ĐH.5 dài 12,5 km, vốn 3 tỷ đồng.";
        let indicators = vec![indicator("12.5", 4, sentence), indicator("3000000000", 4, sentence)];
        let record = Record { indicators, ..Record::default() };
        let mut encoded = Vec::new();
        rows::Rows.entry(&Entry::Record(Box::new(record)), &mut encoded).unwrap();
        rows::give(&encoded, database.as_mut()).unwrap();
        database.finish().unwrap();
        let open = Connection::open(file.path()).unwrap();
        let count = |sql: &str| open.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
        let found = |words: &str| {
            count(&format!("SELECT count(*) FROM sentences_fts WHERE sentences_fts MATCH '{words}'"))
        };
        assert_eq!(count("SELECT count(*) FROM sentences"), 1, "once, though it has two figures");
        let cases =
            [("duong huyen", 1), ("\"Đường huyện\"", 1), ("đường", 1), ("duơng", 0), ("text: duong", 0)];
        for (words, times) in cases {
            assert_eq!(found(words), times, "{words}");
        }
        assert_eq!(count("SELECT CAST(sum(value) * 2 AS INTEGER) FROM indicators"), 6_000_000_025);
        assert_eq!(count("SELECT count(*) FROM refs"), 0);
    }
}
