//! Rows to one Parquet file, read directly by DuckDB, pandas and Spark. Behind the cargo feature `parquet`.
//!
//! Decimals are DECIMAL(38, 10), exact; whole numbers 64 bits; everything may be null.

use std::io::Write;
use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Decimal128Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;

use super::flat::{Cell, Table, Type};

/// Digits of a decimal column, and how many stand behind the point.
const DIGITS: (u8, i8) = (38, 10);
/// Rows of one batch.
const BATCH: usize = 16_384;

/// Writes the rows of a table as they come.
pub struct Parquet<W: Write + Send> {
    writer: ArrowWriter<W>,
    schema: Arc<Schema>,
    columns: Vec<Column>,
    rows: usize,
}

enum Column {
    Text(StringBuilder),
    Int(Int64Builder),
    Decimal(Decimal128Builder),
    Bool(BooleanBuilder),
}

impl Column {
    fn of(kind: Type) -> Result<Self> {
        Ok(match kind {
            Type::Text => Self::Text(StringBuilder::new()),
            Type::Int => Self::Int(Int64Builder::new()),
            Type::Decimal => {
                Self::Decimal(Decimal128Builder::new().with_precision_and_scale(DIGITS.0, DIGITS.1)?)
            }
            Type::Bool => Self::Bool(BooleanBuilder::new()),
        })
    }

    fn push(&mut self, cell: &Cell<'_>) {
        match (self, cell) {
            (Self::Text(b), Cell::Text(s)) => b.append_value(s),
            (Self::Text(b), Cell::Made(s)) => b.append_value(s),
            (Self::Int(b), Cell::Int(n)) => b.append_value(*n),
            (Self::Bool(b), Cell::Bool(v)) => b.append_value(*v),
            (Self::Decimal(b), Cell::Decimal(d)) => b.append_option(scaled(*d)),
            (Self::Text(b), _) => b.append_null(),
            (Self::Int(b), _) => b.append_null(),
            (Self::Decimal(b), _) => b.append_null(),
            (Self::Bool(b), _) => b.append_null(),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(b) => Arc::new(b.finish()),
            Self::Int(b) => Arc::new(b.finish()),
            Self::Decimal(b) => Arc::new(b.finish()),
            Self::Bool(b) => Arc::new(b.finish()),
        }
    }
}

/// The digits of a decimal with ten behind the point; more than ten are rounded.
fn scaled(d: rust_decimal::Decimal) -> Option<i128> {
    let d = d.round_dp(DIGITS.1.unsigned_abs().into());
    let missing = u32::from(DIGITS.1.unsigned_abs()).checked_sub(d.scale())?;
    d.mantissa().checked_mul(10_i128.checked_pow(missing)?)
}

impl<W: Write + Send> Parquet<W> {
    /// A writer of a table's rows.
    ///
    /// # Errors
    /// What the library and writing give.
    pub fn new(table: Table, out: W) -> Result<Self> {
        let columns = table.columns();
        let fields: Vec<Field> = columns
            .iter()
            .map(|(name, kind)| {
                let kind = match kind {
                    Type::Text => DataType::Utf8,
                    Type::Int => DataType::Int64,
                    Type::Decimal => DataType::Decimal128(DIGITS.0, DIGITS.1),
                    Type::Bool => DataType::Boolean,
                };
                Field::new(*name, kind, true)
            })
            .collect();
        let schema = Arc::new(Schema::new(fields));
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let writer = ArrowWriter::try_new(out, Arc::clone(&schema), Some(properties))?;
        let columns = columns.iter().map(|(_, kind)| Column::of(*kind)).collect::<Result<_>>()?;
        Ok(Self { writer, schema, columns, rows: 0 })
    }

    /// Adds one row.
    ///
    /// # Errors
    /// What the library and writing give.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<()> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.push(cell);
        }
        self.rows += 1;
        if self.rows >= BATCH { self.batch() } else { Ok(()) }
    }

    fn batch(&mut self) -> Result<()> {
        let arrays = self.columns.iter_mut().map(Column::finish).collect();
        self.rows = 0;
        self.writer.write(&RecordBatch::try_new(Arc::clone(&self.schema), arrays)?)
    }

    /// Writes what is left, and the file's foot.
    ///
    /// # Errors
    /// What the library and writing give.
    pub fn finish(mut self) -> Result<()> {
        if self.rows > 0 {
            self.batch()?;
        }
        self.writer.close().map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_keep_every_digit() {
        assert_eq!(scaled("89.64".parse().unwrap()), Some(896_400_000_000));
        assert_eq!(scaled("-1".parse().unwrap()), Some(-10_000_000_000));
        assert_eq!(scaled("17512432000".parse().unwrap()), Some(175_124_320_000_000_000_000));
    }

    #[test]
    fn a_table_is_written_and_has_its_foot() {
        let mut out = Vec::new();
        let mut writer = Parquet::new(Table::Checks, &mut out).unwrap();
        writer.row(&vec![Cell::Null; Table::Checks.columns().len()]).unwrap();
        writer.finish().unwrap();
        assert!(out.starts_with(b"PAR1") && out.ends_with(b"PAR1"));
    }
}
