//! Records as flat tables: one row an item, stable columns, for CSV, TSV, Parquet, databases and workbooks.
//!
//! Every table begins with the columns of `DOCUMENT`, so that a row says by itself which document it is from.
//! Columns are documented in `docs/export.md`; new ones are added at the end only.

use rust_decimal::Decimal;
use smol_str::SmolStr;

use crate::record::{
    self, Area, Basis, Check, Date, Entry, ErrorRecord, Indicator, Level, Record, Reference, Verdict,
};

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
    /// A day.
    Day,
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
    /// A day.
    Day(record::Day),
}

impl From<Option<record::Day>> for Cell<'_> {
    fn from(day: Option<record::Day>) -> Self {
        day.map_or(Self::Null, Self::Day)
    }
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
    Documents,
    /// One row a check.
    Checks,
    /// One row a file that could not be read.
    Errors,
}

/// The tables by name, in the order in which the rows of a document come.
pub const TABLES: &[(&str, Table)] = &[
    ("documents", Table::Documents),
    ("references", Table::References),
    ("dates", Table::Dates),
    ("indicators", Table::Indicators),
    ("checks", Table::Checks),
    ("errors", Table::Errors),
];

/// Name and type of a column.
pub type Column = (&'static str, Type);
use Type::{Bool, Day, Int, Text};

/// The columns that begin every table.
const DOCUMENT: &[Column] = &[
    ("record", Text),
    ("path", Text),
    ("doc_type", Text),
    ("doc_number", Text),
    ("doc_date", Day),
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
    ("span_start", Int),
    ("span_end", Int),
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
    ("date", Day),
    ("issuer", Text),
    ("subject", Text),
    ("pinpoint", Text),
    ("relation", Text),
    ("form", Text),
    ("target", Int),
    ("confidence", Type::Decimal),
];

const DATE: &[Column] = &[
    ("kind", Text),
    ("edtf", Text),
    ("date_start", Day),
    ("date_end", Day),
    ("role", Text),
    ("inferred", Text),
    ("confidence", Type::Decimal),
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
    ("period_start", Day),
    ("period_end", Day),
    ("table_row", Text),
    ("table_column", Text),
    ("ambiguous", Bool),
    ("sentence", Text),
    ("sentence_start", Int),
    ("part_of", Text),
    ("range_low", Type::Decimal),
    ("range_high", Type::Decimal),
    ("quotient", Type::Decimal),
    ("period_basis", Text),
    ("place_level", Text),
    ("place_province_code", Text),
    ("place_province", Text),
    ("place_province_now", Text),
    ("place_district_code", Text),
    ("place_district", Text),
    ("place_commune_code", Text),
    ("place_commune", Text),
    ("place_basis", Text),
    ("table_caption", Text),
    ("confidence", Type::Decimal),
];

/// What the columns of a place begin with; a form that knows structures has them as one, too.
#[cfg_attr(not(feature = "arrow"), allow(dead_code, reason = "other forms have flat columns alone"))]
pub const PLACE: &str = "place_";

const DETAIL: &[Column] = &[
    ("doc_type_name", Text),
    ("number", Text),
    ("symbol", Text),
    ("subject", Text),
    ("issuer", Text),
    ("issuer_parent", Text),
    ("place", Text),
    ("period_start", Day),
    ("period_end", Day),
    ("signer", Text),
    ("position", Text),
    ("authority", Text),
    ("recipients", Text),
    ("addressees", Text),
    ("urgency", Text),
    ("secrecy", Text),
    ("received_number", Text),
    ("received_date", Day),
    ("format", Text),
    ("encoding", Text),
    ("size", Int),
    ("pages", Int),
    ("chars", Int),
    ("quality", Type::Decimal),
    ("reference_count", Int),
    ("date_count", Int),
    ("indicator_count", Int),
    ("disagreement_count", Int),
    ("warnings", Text),
    ("issue_edtf", Text),
    ("text_source", Text),
    ("sha256", Text),
    ("version", Text),
    ("patterns", Text),
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

const ERROR: &[Column] =
    &[("path", Text), ("sha256", Text), ("size", Int), ("code", Text), ("message", Text)];

impl Table {
    /// The table of a name.
    pub fn named(name: &str) -> Option<Self> {
        TABLES.iter().find(|t| t.0 == name).map(|t| t.1)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        TABLES.iter().find(|t| t.1 == self).map_or("", |t| t.0)
    }

    /// Names and types of the columns, in order.
    pub fn columns(self) -> Vec<Column> {
        let parts: &[&[Column]] = match self {
            Self::References => &[DOCUMENT, ITEM, REFERENCE],
            Self::Dates => &[DOCUMENT, ITEM, DATE],
            Self::Indicators => &[DOCUMENT, ITEM, INDICATOR],
            Self::Documents => &[DOCUMENT, DETAIL],
            Self::Checks => &[DOCUMENT, CHECK],
            Self::Errors => &[ERROR],
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
            Self::Documents => vec![row(&head, detail(r))],
            Self::Checks => r.checks.iter().map(|c| row(&head, check(r, c))).collect(),
            Self::Errors => Vec::new(),
        }
    }

    /// The rows of an entry: of a record as [`Self::rows`], of an error record the one of the errors.
    pub fn rows_of(self, entry: &Entry) -> Vec<Vec<Cell<'_>>> {
        match (entry, self) {
            (Entry::Record(record), _) => self.rows(record),
            (Entry::Error(record), Self::Errors) => vec![error(record)],
            (Entry::Error(_), _) => Vec::new(),
        }
    }
}

fn error(r: &ErrorRecord) -> Vec<Cell<'_>> {
    vec![
        r.source.path.as_str().into(),
        (&r.source.sha256).into(),
        r.source.size.map_or(Cell::Null, |n| Cell::Int(i64::try_from(n).unwrap_or(i64::MAX))),
        r.error.code.as_str().into(),
        r.error.message.as_str().into(),
    ]
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
        m.issue_date.into(),
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
        i.date.into(),
        (&i.issuer).into(),
        (&i.subject).into(),
        (&i.pinpoint).into(),
        (&i.relation).into(),
        i.form.name().into(),
        i.target.map_or(Cell::Null, Cell::from),
        share(i.confidence),
    ]);
    row
}

fn date(i: &Date) -> Vec<Cell<'_>> {
    let mut row = item!(i, i.id);
    row.extend([
        i.kind.name().into(),
        i.edtf.as_str().into(),
        Cell::Day(i.start),
        Cell::Day(i.end),
        i.role.name().into(),
        (&i.inferred).into(),
        share(i.confidence),
    ]);
    row
}

fn indicator(i: &Indicator) -> Vec<Cell<'_>> {
    let mut row = item!(i, i.id);
    row.extend([
        i.kind.name().into(),
        i.value.into(),
        (&i.unit).into(),
        i.numerator.into(),
        i.denominator.into(),
        i.bound.name().into(),
        i.role.name().into(),
        i.direction.map_or(Cell::Null, |d| d.name().into()),
        (&i.per).into(),
        (&i.name).into(),
        (&i.indicator).into(),
        (&i.scope).into(),
        i.period.as_ref().map(|p| p.start).into(),
        i.period.as_ref().map(|p| p.end).into(),
        i.table.as_ref().map_or(Cell::Null, |t| (&t.row).into()),
        i.table.as_ref().map_or(Cell::Null, |t| (&t.column).into()),
        Cell::Bool(i.ambiguous),
        i.sentence.as_ref().map_or(Cell::Null, |s| s.text.as_str().into()),
        i.sentence.as_ref().map_or(Cell::Null, |s| s.span[0].into()),
        (&i.part_of).into(),
        i.range.map(|r| r.low).into(),
        i.range.map(|r| r.high).into(),
        i.quotient.into(),
        i.period.as_ref().and_then(|p| p.basis).map(Basis::name).map_or(Cell::Null, Cell::Text),
    ]);
    row.extend(place(i));
    row.extend([i.table.as_ref().map_or(Cell::Null, |t| (&t.caption).into()), share(i.confidence)]);
    row
}

/// The columns that begin with [`PLACE`].
fn place(i: &Indicator) -> [Cell<'_>; 9] {
    let place = i.place.as_ref();
    let province = place.and_then(|p| p.province.as_ref());
    let district = place.and_then(|p| p.district.as_ref());
    let commune = place.and_then(|p| p.commune.as_ref());
    [
        place.map(|p| Level::name(p.level)).map_or(Cell::Null, Cell::Text),
        province.map_or(Cell::Null, |p| (&p.code).into()),
        province.map_or(Cell::Null, |p| p.name.as_str().into()),
        name(province.and_then(|p| p.current.as_ref())),
        district.map_or(Cell::Null, |a| (&a.code).into()),
        name(district),
        commune.map_or(Cell::Null, |a| (&a.code).into()),
        name(commune),
        place.map(|p| Basis::name(p.basis)).map_or(Cell::Null, Cell::Text),
    ]
}

/// A number from 0 to 1.
fn share(value: Option<f64>) -> Cell<'static> {
    value.and_then(Decimal::from_f64_retain).map(|d| d.round_dp(4).normalize()).into()
}

fn detail(r: &Record) -> Vec<Cell<'_>> {
    let (m, s) = (&r.metadata, &r.source);
    let signer = m.signers.first();
    let list = |l: &[String]| if l.is_empty() { Cell::Null } else { Cell::Made(l.join("; ")) };
    let disagreements = r.checks.iter().filter(|c| c.verdict == Verdict::Disagrees).count();
    let warnings: Vec<String> = r.warnings.iter().map(|w| w.code.clone()).collect();
    vec![
        (&m.doc_type_name).into(),
        (&m.number).into(),
        (&m.symbol).into(),
        (&m.subject).into(),
        (&m.issuer).into(),
        (&m.issuer_parent).into(),
        (&m.place).into(),
        m.period.as_ref().map(|p| p.start).into(),
        m.period.as_ref().map(|p| p.end).into(),
        signer.map_or(Cell::Null, |s| (&s.name).into()),
        signer.map_or(Cell::Null, |s| (&s.position).into()),
        signer.map_or(Cell::Null, |s| (&s.authority).into()),
        list(&m.recipients),
        list(&m.addressees),
        (&m.urgency).into(),
        (&m.secrecy).into(),
        m.received.as_ref().map_or(Cell::Null, |d| (&d.number).into()),
        m.received.as_ref().and_then(|r| r.date).into(),
        s.format.as_str().into(),
        (&s.encoding).into(),
        Cell::Int(i64::try_from(s.size).unwrap_or(i64::MAX)),
        s.pages.into(),
        s.chars.into(),
        share(Some(s.quality)),
        r.references.len().into(),
        r.dates.len().into(),
        r.indicators.len().into(),
        disagreements.into(),
        list(&warnings),
        (&m.issue_edtf).into(),
        s.text_source.name().into(),
        s.sha256.as_str().into(),
        r.generator.version.as_str().into(),
        r.generator.patterns.as_str().into(),
    ]
}

fn check<'a>(r: &'a Record, c: &'a Check) -> Vec<Cell<'a>> {
    // The place of a check is that of its first item.
    let place = c.items.first().and_then(|id| {
        let item = r.indicators.iter().find(|i| i.id == *id).map(|i| (i.page, i.line));
        item.or_else(|| r.references.iter().find(|i| i.item_id == *id).map(|i| (i.page, i.line)))
    });
    vec![
        c.kind.name().into(),
        c.verdict.name().into(),
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
            let entries = [Entry::Record(Box::new(r.clone())), Entry::Error(ErrorRecord::default())];
            let rows: Vec<usize> =
                entries.iter().flat_map(|e| table.rows_of(e)).map(|row| row.len()).collect();
            assert_eq!(rows, [columns.len()], "{name}");
            assert_eq!(Table::named(table.name()), Some(*table));
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
            let item = if part.contains("item columns") { ITEM.len() } else { 0 };
            let document = if part.to_lowercase().contains("document columns") { DOCUMENT.len() } else { 0 };
            let columns: Vec<&str> = table.columns().iter().skip(document + item).map(|c| c.0).collect();
            assert_eq!(written, columns, "{name}");
        }
    }
}
