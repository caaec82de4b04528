//! Records as flat tables: one row an item, stable columns, for CSV, TSV and Parquet.
//!
//! Every table begins with the columns of `DOCUMENT`, so that a row says by itself which document it is from.
//! Columns are documented in `docs/export.md`; new ones are added at the end only.

use rust_decimal::Decimal;
use smol_str::SmolStr;

use crate::record::{Area, Check, Date, Indicator, Record, Reference};

/// Type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Text.
    Text,
    /// A whole number.
    Int,
    /// An exact decimal number.
    Decimal,
    /// true or false.
    Bool,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Null,
    /// Text.
    Text(&'a str),
    /// Text made for the table.
    Made(String),
    /// A whole number.
    Int(i64),
    /// An exact decimal number.
    Decimal(Decimal),
    /// true or false.
    Bool(bool),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(s: &'a str) -> Self {
        Self::Text(s)
    }
}

impl<'a> From<&'a Option<String>> for Cell<'a> {
    fn from(s: &'a Option<String>) -> Self {
        s.as_deref().map_or(Self::Null, Self::Text)
    }
}

impl<'a> From<&'a Option<SmolStr>> for Cell<'a> {
    fn from(s: &'a Option<SmolStr>) -> Self {
        s.as_deref().map_or(Self::Null, Self::Text)
    }
}

impl From<usize> for Cell<'_> {
    fn from(n: usize) -> Self {
        Self::Int(i64::try_from(n).unwrap_or(i64::MAX))
    }
}

impl From<Option<Decimal>> for Cell<'_> {
    fn from(d: Option<Decimal>) -> Self {
        d.map_or(Self::Null, Self::Decimal)
    }
}

/// A table that records can be flattened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// One row a mention of another document.
    References,
    /// One row a date or period.
    Dates,
    /// One row a measured quantity.
    Indicators,
    /// One row a document.
    Metadata,
    /// One row a check.
    Checks,
}

/// The tables by the names that `--what` takes.
pub const TABLES: &[(&str, Table)] = &[
    ("references", Table::References),
    ("dates", Table::Dates),
    ("indicators", Table::Indicators),
    ("metadata", Table::Metadata),
    ("checks", Table::Checks),
];

type Column = (&'static str, Type);
use Type::{Bool, Int, Text};

/// The columns that begin every table.
const DOCUMENT: &[Column] = &[
    ("record", Text),
    ("path", Text),
    ("doc_type", Text),
    ("doc_number", Text),
    ("doc_date", Text),
    ("province_code", Text),
    ("province", Text),
    ("province_now", Text),
    ("district", Text),
    ("commune", Text),
];

/// The columns that every item has behind those of the document.
const ITEM: &[Column] = &[
    ("item", Text),
    ("page", Int),
    ("line", Int),
    ("start", Int),
    ("end", Int),
    ("rule", Text),
    ("boilerplate", Bool),
    ("text", Text),
];

const REFERENCE: &[Column] = &[
    ("type", Text),
    ("type_name", Text),
    ("id", Text),
    ("number", Text),
    ("year", Int),
    ("symbol", Text),
    ("date", Text),
    ("issuer", Text),
    ("subject", Text),
    ("pinpoint", Text),
    ("relation", Text),
    ("form", Text),
    ("target", Int),
];

const DATE: &[Column] = &[
    ("kind", Text),
    ("edtf", Text),
    ("date_start", Text),
    ("date_end", Text),
    ("role", Text),
    ("inferred", Text),
];

const INDICATOR: &[Column] = &[
    ("kind", Text),
    ("value", Type::Decimal),
    ("unit", Text),
    ("numerator", Type::Decimal),
    ("denominator", Type::Decimal),
    ("bound", Text),
    ("role", Text),
    ("direction", Text),
    ("per", Text),
    ("name", Text),
    ("indicator", Text),
    ("scope", Text),
    ("period_start", Text),
    ("period_end", Text),
    ("table_row", Text),
    ("table_column", Text),
    ("ambiguous", Bool),
    ("sentence", Text),
];

const METADATA: &[Column] = &[
    ("doc_type_name", Text),
    ("number", Text),
    ("symbol", Text),
    ("subject", Text),
    ("issuer", Text),
    ("issuer_parent", Text),
    ("place", Text),
    ("period_start", Text),
    ("period_end", Text),
    ("signer", Text),
    ("position", Text),
    ("authority", Text),
    ("recipients", Text),
    ("addressees", Text),
    ("urgency", Text),
    ("secrecy", Text),
    ("received_number", Text),
    ("received_date", Text),
    ("format", Text),
    ("encoding", Text),
    ("size", Int),
    ("pages", Int),
    ("chars", Int),
    ("quality", Type::Decimal),
    ("references", Int),
    ("dates", Int),
    ("indicators", Int),
    ("disagreements", Int),
    ("warnings", Text),
];

const CHECK: &[Column] = &[
    ("kind", Text),
    ("verdict", Text),
    ("expected", Text),
    ("stated", Text),
    ("message", Text),
    ("items", Text),
    ("page", Int),
    ("line", Int),
];

impl Table {
    /// Names and types of the columns, in order.
    pub fn columns(self) -> Vec<Column> {
        let parts: &[&[Column]] = match self {
            Self::References => &[DOCUMENT, ITEM, REFERENCE],
            Self::Dates => &[DOCUMENT, ITEM, DATE],
            Self::Indicators => &[DOCUMENT, ITEM, INDICATOR],
            Self::Metadata => &[DOCUMENT, METADATA],
            Self::Checks => &[DOCUMENT, CHECK],
        };
        parts.concat()
    }

    /// The rows of one record, each with as many cells as there are columns.
    pub fn rows(self, r: &Record) -> Vec<Vec<Cell<'_>>> {
        let head = document(r);
        match self {
            Self::References => r.references.iter().map(|i| row(&head, reference(i))).collect(),
            Self::Dates => r.dates.iter().map(|i| row(&head, date(i))).collect(),
            Self::Indicators => r.indicators.iter().map(|i| row(&head, indicator(i))).collect(),
            Self::Metadata => vec![row(&head, metadata(r))],
            Self::Checks => r.checks.iter().map(|c| row(&head, check(r, c))).collect(),
        }
    }
}

fn row<'a>(head: &[Cell<'a>], rest: Vec<Cell<'a>>) -> Vec<Cell<'a>> {
    head.iter().cloned().chain(rest).collect()
}

fn name(area: Option<&Area>) -> Cell<'_> {
    area.map_or(Cell::Null, |a| a.name.as_str().into())
}

fn document(r: &Record) -> Vec<Cell<'_>> {
    let m = &r.metadata;
    let p = m.province.as_ref();
    vec![
        r.id.as_str().into(),
        r.source.path.as_str().into(),
        (&m.doc_type).into(),
        (&m.id).into(),
        (&m.issue_date).into(),
        p.map_or(Cell::Null, |p| (&p.code).into()),
        p.map_or(Cell::Null, |p| p.name.as_str().into()),
        name(p.and_then(|p| p.current.as_ref())),
        name(m.district.as_ref()),
        name(m.commune.as_ref()),
    ]
}

/// The columns of [`ITEM`]: a macro, since the three kinds of item share names and no type.
macro_rules! item {
    ($i:expr, $id:expr) => {
        vec![
            Cell::from($id.as_str()),
            $i.page.into(),
            $i.line.into(),
            $i.span[0].into(),
            $i.span[1].into(),
            $i.rule.as_str().into(),
            Cell::Bool($i.boilerplate),
            $i.text.as_str().into(),
        ]
    };
}

fn reference(i: &Reference) -> Vec<Cell<'_>> {
    let mut row = item!(i, i.item_id);
    row.extend([
        (&i.doc_type).into(),
        (&i.type_name).into(),
        (&i.id).into(),
        (&i.number).into(),
        i.year.map_or(Cell::Null, |y| Cell::Int(y.into())),
        (&i.symbol).into(),
        (&i.date).into(),
        (&i.issuer).into(),
        (&i.subject).into(),
        (&i.pinpoint).into(),
        (&i.relation).into(),
        i.form.as_str().into(),
        i.target.map_or(Cell::Null, Cell::from),
    ]);
    row
}

fn date(i: &Date) -> Vec<Cell<'_>> {
    let mut row = item!(i, i.id);
    row.extend([
        i.kind.as_str().into(),
        i.edtf.as_str().into(),
        i.start.as_str().into(),
        i.end.as_str().into(),
        i.role.as_str().into(),
        (&i.inferred).into(),
    ]);
    row
}

fn indicator(i: &Indicator) -> Vec<Cell<'_>> {
    let mut row = item!(i, i.id);
    row.extend([
        i.kind.as_str().into(),
        i.value.into(),
        (&i.unit).into(),
        i.numerator.into(),
        i.denominator.into(),
        i.bound.as_str().into(),
        i.role.as_str().into(),
        (&i.direction).into(),
        (&i.per).into(),
        (&i.name).into(),
        (&i.indicator).into(),
        (&i.scope).into(),
        i.period.as_ref().map_or(Cell::Null, |p| p.start.as_str().into()),
        i.period.as_ref().map_or(Cell::Null, |p| p.end.as_str().into()),
        i.table.as_ref().map_or(Cell::Null, |t| (&t.row).into()),
        i.table.as_ref().map_or(Cell::Null, |t| (&t.column).into()),
        Cell::Bool(i.ambiguous),
        i.sentence.as_ref().map_or(Cell::Null, |s| s.text.as_str().into()),
    ]);
    row
}

fn metadata(r: &Record) -> Vec<Cell<'_>> {
    let (m, s) = (&r.metadata, &r.source);
    let signer = m.signers.first();
    let list = |l: &[String]| if l.is_empty() { Cell::Null } else { Cell::Made(l.join("; ")) };
    let disagreements = r.checks.iter().filter(|c| c.verdict == "disagrees").count();
    let warnings: Vec<String> = r.warnings.iter().map(|w| w.code.clone()).collect();
    vec![
        (&m.doc_type_name).into(),
        (&m.number).into(),
        (&m.symbol).into(),
        (&m.subject).into(),
        (&m.issuer).into(),
        (&m.issuer_parent).into(),
        (&m.place).into(),
        m.period.as_ref().map_or(Cell::Null, |p| p.start.as_str().into()),
        m.period.as_ref().map_or(Cell::Null, |p| p.end.as_str().into()),
        signer.map_or(Cell::Null, |s| (&s.name).into()),
        signer.map_or(Cell::Null, |s| (&s.position).into()),
        signer.map_or(Cell::Null, |s| (&s.authority).into()),
        list(&m.recipients),
        list(&m.addressees),
        (&m.urgency).into(),
        (&m.secrecy).into(),
        m.received.as_ref().map_or(Cell::Null, |d| (&d.number).into()),
        m.received.as_ref().map_or(Cell::Null, |d| (&d.date).into()),
        s.format.as_str().into(),
        (&s.encoding).into(),
        Cell::Int(i64::try_from(s.size).unwrap_or(i64::MAX)),
        s.pages.into(),
        s.chars.into(),
        Decimal::from_f64_retain(s.quality).map(|d| d.round_dp(4).normalize()).into(),
        r.references.len().into(),
        r.dates.len().into(),
        r.indicators.len().into(),
        disagreements.into(),
        list(&warnings),
    ]
}

fn check<'a>(r: &'a Record, c: &'a Check) -> Vec<Cell<'a>> {
    // The place of a check is that of its first item.
    let place = c.items.first().and_then(|id| {
        let item = r.indicators.iter().find(|i| i.id == *id).map(|i| (i.page, i.line));
        item.or_else(|| r.references.iter().find(|i| i.item_id == *id).map(|i| (i.page, i.line)))
    });
    vec![
        c.kind.as_str().into(),
        c.verdict.as_str().into(),
        (&c.expected).into(),
        (&c.stated).into(),
        c.message.as_str().into(),
        Cell::Made(c.items.join(" ")),
        place.map_or(Cell::Null, |p| p.0.into()),
        place.map_or(Cell::Null, |p| p.1.into()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_cell_for_every_column() {
        let r = Record {
            references: vec![Reference::default()],
            dates: vec![Date::default()],
            indicators: vec![Indicator::default()],
            checks: vec![Check::default()],
            ..Record::default()
        };
        for (name, table) in TABLES {
            let columns = table.columns();
            for row in table.rows(&r) {
                assert_eq!(row.len(), columns.len(), "{name}");
            }
            let mut names: Vec<_> = columns.iter().map(|c| c.0).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), columns.len(), "{name}: names are unique");
        }
    }

    #[test]
    fn the_documentation_names_every_column_in_order() {
        let docs = include_str!("../../docs/export.md");
        for (name, table) in TABLES {
            let heading = format!("### `{name}`");
            let (_, part) = docs.split_once(&heading).unwrap_or_else(|| panic!("no {heading}"));
            let part = part.split("\n### ").next().unwrap_or(part);
            let written: Vec<&str> =
                part.lines().filter_map(|l| l.strip_prefix("| `")?.split('`').next()).collect();
            let skip = DOCUMENT.len() + if part.contains("item columns") { ITEM.len() } else { 0 };
            let columns: Vec<&str> = table.columns().iter().skip(skip).map(|c| c.0).collect();
            assert_eq!(written, columns, "{name}");
        }
    }
}
