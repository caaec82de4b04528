//! Rows to Arrow's columns in memory: exact decimals as DECIMAL(38, 10), days as dates, whole numbers in 64 bits, and
//! the columns of a place once more as one structure.

use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Date32Builder, Decimal128Builder, Int64Builder, StringBuilder};
use arrow_array::{Array, ArrayRef, RecordBatch, StructArray};
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema};

use super::flat::{Cell, PLACE, Table, Type};

/// Digits of a decimal column, and how many stand behind the point.
const DIGITS: (u8, i8) = (38, 10);

/// The rows of one table, gathered by columns.
pub struct Columns {
    schema: Arc<Schema>,
    columns: Vec<Column>,
    /// Where the columns of a place stand, with their names and types inside of it.
    place: Option<(Vec<usize>, Fields)>,
    rows: usize,
}

enum Column {
    Text(StringBuilder),
    Int(Int64Builder),
    Decimal(Decimal128Builder),
    Bool(BooleanBuilder),
    Day(Date32Builder),
}

fn type_of(kind: Type) -> DataType {
    match kind {
        Type::Text => DataType::Utf8,
        Type::Int => DataType::Int64,
        Type::Decimal => DataType::Decimal128(DIGITS.0, DIGITS.1),
        Type::Bool => DataType::Boolean,
        Type::Day => DataType::Date32,
    }
}

impl Column {
    fn of(kind: Type) -> Result<Self, ArrowError> {
        Ok(match kind {
            Type::Text => Self::Text(StringBuilder::new()),
            Type::Int => Self::Int(Int64Builder::new()),
            Type::Decimal => {
                Self::Decimal(Decimal128Builder::new().with_precision_and_scale(DIGITS.0, DIGITS.1)?)
            }
            Type::Bool => Self::Bool(BooleanBuilder::new()),
            Type::Day => Self::Day(Date32Builder::new()),
        })
    }

    fn push(&mut self, cell: &Cell<'_>) {
        match (self, cell) {
            (Self::Text(b), Cell::Text(s)) => b.append_value(s),
            (Self::Text(b), Cell::Made(s)) => b.append_value(s),
            (Self::Int(b), Cell::Int(n)) => b.append_value(*n),
            (Self::Bool(b), Cell::Bool(v)) => b.append_value(*v),
            (Self::Decimal(b), Cell::Decimal(d)) => b.append_option(scaled(*d)),
            (Self::Day(b), Cell::Day(day)) => b.append_value(day.number()),
            (Self::Text(b), _) => b.append_null(),
            (Self::Int(b), _) => b.append_null(),
            (Self::Decimal(b), _) => b.append_null(),
            (Self::Bool(b), _) => b.append_null(),
            (Self::Day(b), _) => b.append_null(),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(b) => Arc::new(b.finish()),
            Self::Int(b) => Arc::new(b.finish()),
            Self::Decimal(b) => Arc::new(b.finish()),
            Self::Bool(b) => Arc::new(b.finish()),
            Self::Day(b) => Arc::new(b.finish()),
        }
    }
}

/// The digits of a decimal with ten behind the point; more than ten are rounded.
fn scaled(d: rust_decimal::Decimal) -> Option<i128> {
    let d = d.round_dp(DIGITS.1.unsigned_abs().into());
    let missing = u32::from(DIGITS.1.unsigned_abs()).checked_sub(d.scale())?;
    d.mantissa().checked_mul(10_i128.checked_pow(missing)?)
}

impl Columns {
    /// No rows yet.
    ///
    /// # Errors
    /// None in practice: the types are our own.
    pub fn new(table: Table) -> Result<Self, ArrowError> {
        let columns = table.columns();
        let field = |name: &str, kind: Type| Field::new(name, type_of(kind), true);
        let mut fields: Vec<Field> = columns.iter().map(|(name, kind)| field(name, *kind)).collect();
        let inner = columns.iter().enumerate();
        let inner = inner.filter_map(|(n, (name, kind))| Some((n, field(name.strip_prefix(PLACE)?, *kind))));
        let (at, inner): (Vec<usize>, Vec<Field>) = inner.unzip();
        let place = (!at.is_empty()).then(|| (at, Fields::from(inner)));
        if let Some((_, inner)) = &place {
            let name = PLACE.trim_end_matches('_');
            fields.push(Field::new(name, DataType::Struct(inner.clone()), true));
        }
        let columns = columns.iter().map(|(_, kind)| Column::of(*kind)).collect::<Result<_, _>>()?;
        Ok(Self { schema: Arc::new(Schema::new(fields)), columns, place, rows: 0 })
    }

    /// Names and types.
    pub fn schema(&self) -> Arc<Schema> {
        Arc::clone(&self.schema)
    }

    /// How many rows were added since the last batch.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Adds one row.
    pub fn push(&mut self, cells: &[Cell<'_>]) {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.push(cell);
        }
        self.rows += 1;
    }

    /// The rows since the last batch.
    ///
    /// # Errors
    /// None in practice: the columns are equally long.
    pub fn batch(&mut self) -> Result<RecordBatch, ArrowError> {
        let mut arrays: Vec<ArrayRef> = self.columns.iter_mut().map(Column::finish).collect();
        self.rows = 0;
        if let Some((at, fields)) = &self.place {
            let inner: Vec<ArrayRef> = at.iter().filter_map(|n| arrays.get(*n).map(Arc::clone)).collect();
            // A place has a level; where that is absent, there is no place.
            let nulls = inner.first().and_then(|level| level.nulls().cloned());
            arrays.push(Arc::new(StructArray::try_new(fields.clone(), inner, nulls)?));
        }
        RecordBatch::try_new(Arc::clone(&self.schema), arrays)
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
    fn a_place_is_a_structure_and_flat_columns_too() {
        let mut columns = Columns::new(Table::Indicators).unwrap();
        let names = Table::Indicators.columns();
        for level in [Cell::Text("province"), Cell::Null] {
            let row: Vec<Cell<'_>> = names
                .iter()
                .map(|(name, _)| if *name == "place_level" { level.clone() } else { Cell::Null })
                .collect();
            columns.push(&row);
        }
        let batch = columns.batch().unwrap();
        let place = batch.column_by_name("place").unwrap();
        assert_eq!((batch.num_rows(), batch.num_columns()), (2, names.len() + 1));
        assert_eq!((place.is_null(0), place.is_null(1)), (false, true));
        assert_eq!(columns.rows(), 0);
    }
}
