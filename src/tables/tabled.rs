//! Parquet tables back to what `compare` reads: `documents` and `indicators`, as `extract --format parquet` wrote them,
//! go in; of every document a line in the form of a record goes out, with what the tables hold of it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use serde::de::Deserialize;
use serde::de::value::{Error, StrDeserializer};
use smol_str::SmolStr;

use super::compare::document::Document;
use crate::record::{
    Area, Basis, Day, Indicator, Level, Metadata, Period, Place, Province, RECORD_SCHEMA, Sentence,
    TableCell, ValueRange,
};

/// Rows of one batch.
const BATCH: usize = 8192;

/// What of `documents` is read.
const OF_DOCUMENTS: &[&str] = &[
    "record",
    "path",
    "doc_number",
    "doc_date",
    "province_code",
    "province",
    "province_now",
    "district",
    "commune",
    "subject",
    "issuer",
    "issue_edtf",
    "period_start",
    "period_end",
];

/// What of `indicators` is read.
const OF_INDICATORS: &[&str] = &[
    "path",
    "item",
    "page",
    "line",
    "span_start",
    "span_end",
    "boilerplate",
    "text",
    "kind",
    "value",
    "unit",
    "numerator",
    "denominator",
    "bound",
    "role",
    "direction",
    "per",
    "name",
    "indicator",
    "scope",
    "period_start",
    "period_end",
    "table_row",
    "table_column",
    "ambiguous",
    "sentence",
    "sentence_start",
    "part_of",
    "range_low",
    "range_high",
    "period_basis",
    "place_level",
    "place_province_code",
    "place_province",
    "place_province_now",
    "place_district_code",
    "place_district",
    "place_commune_code",
    "place_commune",
    "place_basis",
    "table_caption",
    "confidence",
];

/// Writes a line of every document of a folder of tables; of the indicators those with an id alone where `known`.
///
/// # Errors
/// A folder without these tables, and what reading and writing give.
pub fn lines(folder: &Path, known: bool, out: &mut dyn Write) -> io::Result<()> {
    let days = latest_days(&folder.join("dates.parquet"))?;
    let mut items = Items::open(&folder.join("indicators.parquet"), known)?;
    for batch in open(&folder.join("documents.parquet"), OF_DOCUMENTS)? {
        let columns = Columns::of(&batch.map_err(io::Error::other)?);
        for row in 0..columns.rows {
            let mut document = columns.document(row);
            document.indicators = items.of(&document.path)?;
            if document.metadata.issue_date.is_none() && document.metadata.issue_edtf.is_none() {
                document.latest_day = days.get(&document.path).copied();
            }
            serde_json::to_writer(&mut *out, &document).map_err(io::Error::from)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(())
}

/// The latest day that each document names.
fn latest_days(table: &Path) -> io::Result<BTreeMap<String, Day>> {
    let mut days: BTreeMap<String, Day> = BTreeMap::new();
    if !table.is_file() {
        return Ok(days);
    }
    for batch in open(table, &["path", "kind", "date_start"])? {
        let columns = Columns::of(&batch.map_err(io::Error::other)?);
        for row in (0..columns.rows).filter(|row| columns.text("kind", *row) == Some("day")) {
            let (Some(path), Some(day)) = (columns.text("path", row), columns.day("date_start", row)) else {
                continue;
            };
            let latest = days.entry(path.to_owned()).or_insert(day);
            *latest = day.max(*latest);
        }
    }
    Ok(days)
}

fn open(table: &Path, columns: &[&str]) -> io::Result<ParquetRecordBatchReader> {
    let named = |e: io::Error| io::Error::new(e.kind(), format!("{}: {e}", table.display()));
    let file = File::open(table).map_err(named)?;
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| named(io::Error::other(e)))?;
    let mask = ProjectionMask::columns(reader.parquet_schema(), columns.iter().copied());
    reader.with_batch_size(BATCH).with_projection(mask).build().map_err(|e| named(io::Error::other(e)))
}

/// The indicators of one document after the other.
struct Items {
    reader: ParquetRecordBatchReader,
    columns: Columns,
    row: usize,
    known: bool,
}

impl Items {
    fn open(table: &Path, known: bool) -> io::Result<Self> {
        Ok(Self { reader: open(table, OF_INDICATORS)?, columns: Columns::default(), row: 0, known })
    }

    /// Those of the next document, if they are of this path.
    fn of(&mut self, path: &str) -> io::Result<Vec<Indicator>> {
        let mut out = Vec::new();
        loop {
            if self.row >= self.columns.rows {
                let Some(batch) = self.reader.next() else { return Ok(out) };
                (self.columns, self.row) = (Columns::of(&batch.map_err(io::Error::other)?), 0);
                continue;
            }
            if self.columns.text("path", self.row) != Some(path) {
                return Ok(out);
            }
            if !self.known || self.columns.text("indicator", self.row).is_some() {
                out.push(self.columns.indicator(self.row));
            }
            self.row += 1;
        }
    }
}

/// The columns of a batch by their names. A column that is not there holds nothing.
#[derive(Default)]
struct Columns {
    columns: FxHashMap<String, ArrayRef>,
    rows: usize,
}

impl Columns {
    fn of(batch: &RecordBatch) -> Self {
        let schema = batch.schema();
        let names = schema.fields().iter().map(|f| f.name().clone());
        Self { columns: names.zip(batch.columns().iter().cloned()).collect(), rows: batch.num_rows() }
    }

    fn column(&self, name: &str, row: usize) -> Option<&ArrayRef> {
        self.columns.get(name).filter(|c| !c.is_null(row))
    }

    fn text(&self, name: &str, row: usize) -> Option<&str> {
        Some(self.column(name, row)?.as_string_opt::<i32>()?.value(row))
    }

    fn owned(&self, name: &str, row: usize) -> Option<String> {
        self.text(name, row).map(str::to_owned)
    }

    fn short(&self, name: &str, row: usize) -> Option<SmolStr> {
        self.text(name, row).map(SmolStr::new)
    }

    /// A closed word; the first of its kind where the column says none.
    fn word<'w, T: Deserialize<'w> + Default>(&'w self, name: &str, row: usize) -> T {
        self.text(name, row).and_then(word).unwrap_or_default()
    }

    fn number(&self, name: &str, row: usize) -> usize {
        let value = self.column(name, row).and_then(|c| c.as_primitive_opt::<Int64Type>());
        value.and_then(|c| usize::try_from(c.value(row)).ok()).unwrap_or_default()
    }

    fn is(&self, name: &str, row: usize) -> bool {
        self.column(name, row).and_then(|c| c.as_boolean_opt()).is_some_and(|c| c.value(row))
    }

    fn decimal(&self, name: &str, row: usize) -> Option<Decimal> {
        let column = self.column(name, row)?.as_primitive_opt::<Decimal128Type>()?;
        let (mut digits, mut scale) = (column.value(row), u32::try_from(column.scale()).ok()?);
        while scale > 0 && digits % 10 == 0 {
            (digits, scale) = (digits / 10, scale - 1);
        }
        Decimal::try_from_i128_with_scale(digits, scale).ok()
    }

    fn day(&self, name: &str, row: usize) -> Option<Day> {
        Day::from_number(self.column(name, row)?.as_primitive_opt::<Date32Type>()?.value(row))
    }

    fn period(&self, row: usize) -> Option<Period> {
        let basis = self.text("period_basis", row).and_then(word::<Basis>);
        let (start, end) = (self.day("period_start", row)?, self.day("period_end", row)?);
        Some(Period { start, end, text: None, basis })
    }

    fn province(&self, names: [&str; 3], row: usize) -> Option<Province> {
        let [code, name, now] = names;
        Some(Province {
            code: self.owned(code, row),
            name: self.owned(name, row)?,
            current: self.owned(now, row).map(|name| Area { code: None, name }),
            basis: None,
        })
    }

    fn area(&self, code: &str, name: &str, row: usize) -> Option<Area> {
        Some(Area { code: self.owned(code, row), name: self.owned(name, row)? })
    }

    fn document(&self, row: usize) -> Document {
        let metadata = Metadata {
            id: self.owned("doc_number", row),
            subject: self.owned("subject", row),
            issuer: self.owned("issuer", row),
            issue_date: self.day("doc_date", row),
            issue_edtf: self.owned("issue_edtf", row),
            province: self.province(["province_code", "province", "province_now"], row),
            district: self.area("", "district", row),
            commune: self.area("", "commune", row),
            period: self.period(row),
            ..Metadata::default()
        };
        Document {
            schema: RECORD_SCHEMA.to_owned(),
            id: self.owned("record", row).unwrap_or_default(),
            path: self.owned("path", row).unwrap_or_default(),
            metadata,
            ..Document::default()
        }
    }

    fn indicator(&self, row: usize) -> Indicator {
        let named = |name: &str| self.short(name, row).unwrap_or_default();
        let ends = (self.decimal("range_low", row), self.decimal("range_high", row));
        let sentence = self.short("sentence", row).map(|text| {
            let start = self.number("sentence_start", row);
            Sentence { span: [start, start + text.chars().count()], text }
        });
        let cell = TableCell {
            caption: self.short("table_caption", row),
            row: self.short("table_row", row),
            column: self.short("table_column", row),
            ..TableCell::default()
        };
        let in_table = cell.caption.is_some() || cell.row.is_some() || cell.column.is_some();
        Indicator {
            id: named("item"),
            text: named("text"),
            span: [self.number("span_start", row), self.number("span_end", row)],
            page: self.number("page", row),
            line: self.number("line", row),
            boilerplate: self.is("boilerplate", row),
            kind: self.word("kind", row),
            value: self.decimal("value", row),
            unit: self.short("unit", row),
            numerator: self.decimal("numerator", row),
            denominator: self.decimal("denominator", row),
            bound: self.word("bound", row),
            role: self.word("role", row),
            direction: self.text("direction", row).and_then(word),
            per: self.short("per", row),
            name: self.short("name", row),
            indicator: self.short("indicator", row),
            part_of: self.short("part_of", row),
            scope: self.short("scope", row),
            place: self.place(row).map(Arc::new),
            period: self.period(row),
            range: ends.0.zip(ends.1).map(|(low, high)| ValueRange { low, high }),
            sentence,
            table: in_table.then_some(cell),
            ambiguous: self.is("ambiguous", row),
            confidence: self.decimal("confidence", row).and_then(|d| d.try_into().ok()),
            ..Indicator::default()
        }
    }

    fn place(&self, row: usize) -> Option<Place> {
        Some(Place {
            level: word::<Level>(self.text("place_level", row)?)?,
            province: self.province(["place_province_code", "place_province", "place_province_now"], row),
            district: self.area("place_district_code", "place_district", row),
            commune: self.area("place_commune_code", "place_commune", row),
            basis: self.text("place_basis", row).and_then(word::<Basis>).unwrap_or_default(),
        })
    }
}

/// A closed word as it is written in a record.
fn word<'w, T: Deserialize<'w>>(text: &'w str) -> Option<T> {
    T::deserialize(StrDeserializer::<Error>::new(text)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_record_are_read_back() {
        assert_eq!(word::<Level>("province"), Some(Level::Province));
        assert_eq!(word::<Basis>("issue"), Some(Basis::Issue));
        assert_eq!(word::<Basis>("other"), None);
    }
}
