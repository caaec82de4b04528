//! The output contract: every JSON field is defined here and nowhere else.
//!
//! The published JSON Schema (`baocao schema`) is generated from these types.

pub mod content;
mod day;
pub mod quantity;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use smol_str::SmolStr;

pub(crate) use day::lenient as lenient_day;
pub use day::{Day, days_in_month};
pub use words::{
    Basis, CheckKind, DateKind, DateRole, EvidenceBasis, Form, Level, SectionKind, TextSource, Verdict,
};

/// Schema name of a record.
pub const RECORD_SCHEMA: &str = "baocao.record/2";
/// Schema name of the records that older versions wrote; still read, fields that are absent count as null.
pub const RECORD_SCHEMA_1: &str = "baocao.record/1";
/// Schema name of an error record.
pub const ERROR_SCHEMA: &str = "baocao.error/1";

/// One line of the output: a record, or the record of a file that could not be read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Entry {
    /// A document, extracted.
    Record(Box<Record>),
    /// A file that could not be read.
    Error(ErrorRecord),
}

/// One document, extracted.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Record {
    /// Always `baocao.record/2`.
    pub schema: String,
    /// The first 16 hexadecimal digits of the SHA-256 of the file's bytes.
    pub id: String,
    /// What made this record.
    pub generator: Generator,
    /// The file it was made from.
    pub source: Source,
    /// The document's own identity.
    pub metadata: Metadata,
    /// The outline, in reading order.
    pub sections: Vec<Section>,
    /// Mentions of other documents, in reading order.
    pub references: Vec<Reference>,
    /// Dates and periods, in reading order; those inside references too.
    pub dates: Vec<Date>,
    /// Measured quantities, in reading order.
    pub indicators: Vec<Indicator>,
    /// Arithmetic and citation consistency inside this document.
    pub checks: Vec<Check>,
    /// What the reader of this record should know.
    pub warnings: Vec<Warning>,
    /// Repairs made on the shadow copy, by name with their number.
    #[serde(default)]
    pub repairs: Vec<Repair>,
}

/// What made a record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Generator {
    /// Version of baocao.
    pub version: String,
    /// Fingerprint of the pattern set.
    pub patterns: String,
    /// The options that change a record, by name: `{"ocr": "auto"}`.
    #[serde(default)]
    pub options: BTreeMap<String, String>,
}

/// The file a record was made from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Source {
    /// Path as given on the command line, with `/` between parts; `-` for standard input.
    pub path: String,
    /// SHA-256 of the bytes, hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub size: u64,
    /// `pdf`, `text`, `html`, `docx`.
    pub format: String,
    /// `utf-8`, `utf-16le`, `tcvn3`, `vni`, `viscii`, `vps`, `windows-1258` …; null for PDF.
    pub encoding: Option<String>,
    /// Number of pages.
    pub pages: usize,
    /// Length of the extracted text in Unicode scalar values.
    pub chars: usize,
    /// Where the text comes from.
    pub text_source: TextSource,
    /// Share of word tokens that are possible Vietnamese syllables, numbers or known abbreviations, 0 to 1.
    pub quality: f64,
    /// What nearly equal texts share most of: 32 places of four hexadecimal digits, each the least hash of the runs of
    /// four words that fall on it.
    #[serde(default)]
    pub sketch: String,
}

/// The document's own identity. Absent means null or empty, never a guess.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Metadata {
    /// Code of the document type: BC, KH, QĐ, CV …
    pub doc_type: Option<String>,
    /// Name of the document type: Báo cáo, Kế hoạch …
    pub doc_type_name: Option<String>,
    /// Number and symbol (số, ký hiệu), canonical: `350/BC-VP`.
    pub id: Option<String>,
    /// The number alone: `350`.
    pub number: Option<String>,
    /// The symbol alone: `BC-VP`.
    pub symbol: Option<String>,
    /// Title or trích yếu, on one line.
    pub subject: Option<String>,
    /// Issuing body, in full where the text gives it.
    pub issuer: Option<String>,
    /// The body above the issuer, as the header shows it.
    pub issuer_parent: Option<String>,
    /// Địa danh: the place before the date.
    pub place: Option<String>,
    /// Day of issue, ISO 8601.
    #[serde(default, deserialize_with = "day::lenient")]
    pub issue_date: Option<Day>,
    /// Date of issue as far as it is written (EDTF): `2026-06` of "ngày … tháng 6 năm 2026".
    #[serde(default)]
    pub issue_edtf: Option<String>,
    /// Province, with its present-day successor.
    pub province: Option<Province>,
    /// District (huyện, quận, thị xã, thành phố thuộc tỉnh).
    pub district: Option<Area>,
    /// Commune (xã, phường, thị trấn).
    pub commune: Option<Area>,
    /// What the report covers.
    #[serde(default, deserialize_with = "lenient_period")]
    pub period: Option<Period>,
    /// Who signed.
    pub signers: Vec<Signer>,
    /// Nơi nhận.
    pub recipients: Vec<String>,
    /// Kính gửi.
    pub addressees: Vec<String>,
    /// Độ khẩn.
    pub urgency: Option<String>,
    /// Độ mật.
    pub secrecy: Option<String>,
    /// The incoming stamp (dấu đến): never the document's own number and date.
    pub received: Option<Received>,
    /// Where each of these fields was read.
    #[serde(default)]
    pub evidence: BTreeMap<String, Evidence>,
}

/// Where a field of the metadata was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Evidence {
    /// Span in Unicode scalar values.
    pub span: [usize; 2],
    /// The same span in UTF-8 bytes.
    pub bytes: [usize; 2],
    /// The part of the document whose words these are.
    pub basis: EvidenceBasis,
}

/// The administrative unit that a figure is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Place {
    /// Level of the unit.
    pub level: Level,
    /// Its province; null for the whole country.
    pub province: Option<Province>,
    /// Its district.
    pub district: Option<Area>,
    /// Its commune.
    pub commune: Option<Area>,
    /// Whose words gave it.
    pub basis: Basis,
}

/// The two ends of a range: 60 and 70 of "60-70%".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct ValueRange {
    /// Lower end.
    #[serde(with = "rust_decimal::serde::arbitrary_precision")]
    #[schemars(with = "f64")]
    pub low: Decimal,
    /// Upper end.
    #[serde(with = "rust_decimal::serde::arbitrary_precision")]
    #[schemars(with = "f64")]
    pub high: Decimal,
}

/// A province as named at the document's date.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Province {
    /// Code of the General Statistics Office valid at the document's date.
    pub code: Option<String>,
    /// Name without "tỉnh" or "thành phố".
    pub name: String,
    /// The unit it belongs to today.
    pub current: Option<Area>,
    /// What the assignment rests on: `issuer`, `place`, `header`, `signature`, `text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
}

/// A named area with its code where known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Area {
    /// Code where known.
    pub code: Option<String>,
    /// Name.
    pub name: String,
}

/// A stretch of time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Period {
    /// First day, ISO 8601.
    pub start: Day,
    /// Last day, ISO 8601.
    pub end: Day,
    /// The words that say it.
    #[serde(default)]
    pub text: Option<SmolStr>,
    /// Whose words gave it; absent for the period of the document itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
}

/// A period that may be absent; one without a first or last day, as people may write it into a record, counts as absent.
fn lenient_period<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Period>, D::Error> {
    #[derive(Deserialize)]
    struct Written {
        start: SmolStr,
        end: SmolStr,
        #[serde(default)]
        text: Option<SmolStr>,
        #[serde(default)]
        basis: Option<Basis>,
    }
    let written = Option::<Written>::deserialize(deserializer)?;
    Ok(written.and_then(|Written { start, end, text, basis }| {
        Some(Period { start: start.parse().ok()?, end: end.parse().ok()?, text, basis })
    }))
}

/// Who signed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Signer {
    /// Name.
    pub name: Option<String>,
    /// The signer's own post: `PHÓ CHỦ TỊCH`.
    pub position: Option<String>,
    /// On whose behalf: `KT. CHỦ TỊCH`, `TM. ỦY BAN NHÂN DÂN`.
    pub authority: Option<String>,
}

/// The incoming stamp.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Received {
    /// Number given by the receiving office.
    pub number: Option<String>,
    /// Day of receipt, ISO 8601.
    #[serde(default, deserialize_with = "day::lenient")]
    pub date: Option<Day>,
}

/// One part of the outline.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Section {
    /// What it is.
    pub kind: SectionKind,
    /// Depth in the outline, from 1.
    pub level: u32,
    /// The mark as written: `II.`, `1.1.`, `a)`, `Điều 5.`
    pub label: Option<SmolStr>,
    /// The heading without its mark, on one line.
    pub heading: Option<SmolStr>,
    /// Index of the enclosing section.
    pub parent: Option<usize>,
    /// Span in Unicode scalar values.
    pub span: [usize; 2],
    /// Span in UTF-8 bytes.
    pub bytes: [usize; 2],
}

/// A mention of another document.
///
/// The contract's `id` of every item and its `id` of a reference (the canonical number) collide in name:
/// the canonical number keeps `id`, as the scorer reads it, and the stable hash is `item_id`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Reference {
    /// Stable hash of record id, kind and span.
    pub item_id: SmolStr,
    /// Exactly `text[span]` of the extracted text.
    pub text: SmolStr,
    /// Span in Unicode scalar values, half open.
    pub span: [usize; 2],
    /// The same span in UTF-8 bytes.
    pub bytes: [usize; 2],
    /// Page where it starts, from 1.
    pub page: usize,
    /// Line of the extracted text where it starts, from 1.
    pub line: usize,
    /// Index into `sections`.
    pub section: Option<usize>,
    /// The pattern that made it.
    pub rule: SmolStr,
    /// True where the item stands in navigation or other boilerplate of a web page.
    #[serde(default, skip_serializing_if = "is_false")]
    pub boilerplate: bool,
    /// Code of the document type: QĐ, NĐ, L …
    #[serde(rename = "type")]
    pub doc_type: Option<SmolStr>,
    /// Name of the document type.
    pub type_name: Option<SmolStr>,
    /// Canonical number and symbol: `1806/QĐ-UBND`; for a law cited by name the year.
    pub id: Option<SmolStr>,
    /// The number alone: `36a`.
    pub number: Option<SmolStr>,
    /// The year inside the number, or of the law's name.
    pub year: Option<i32>,
    /// The symbol alone: `QĐ-UBND`.
    pub symbol: Option<SmolStr>,
    /// Its date, ISO 8601.
    #[serde(default, deserialize_with = "day::lenient")]
    pub date: Option<Day>,
    /// Its issuer, as written.
    pub issuer: Option<SmolStr>,
    /// Its subject (trích yếu), as written, on one line.
    pub subject: Option<SmolStr>,
    /// The place in it: `khoản 2 Điều 5`.
    pub pinpoint: Option<SmolStr>,
    /// How this document relates to it: `based_on`, `implements`, `amends`, `replaces`, `repeals`, `attached_to`; a
    /// name, since the `[relations]` of a `references.toml` may add others.
    pub relation: Option<SmolStr>,
    /// How the document is named.
    pub form: Form,
    /// Index of the first full mention in this record that it resolves to.
    pub target: Option<usize>,
    /// The span with date, issuer and subject, in Unicode scalar values.
    pub full_span: [usize; 2],
    /// On recognised pages: confidence of the least sure word it rests on, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
}

/// A date or period.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Date {
    /// Stable hash of record id, kind and span.
    pub id: SmolStr,
    /// Exactly `text[span]` of the extracted text.
    pub text: SmolStr,
    /// Span in Unicode scalar values, half open.
    pub span: [usize; 2],
    /// The same span in UTF-8 bytes.
    pub bytes: [usize; 2],
    /// Page where it starts, from 1.
    pub page: usize,
    /// Line of the extracted text where it starts, from 1.
    pub line: usize,
    /// Index into `sections`.
    pub section: Option<usize>,
    /// The pattern that made it.
    pub rule: SmolStr,
    /// True where the item stands in navigation or other boilerplate of a web page.
    #[serde(default, skip_serializing_if = "is_false")]
    pub boilerplate: bool,
    /// What kind of time it is.
    pub kind: DateKind,
    /// Extended Date/Time Format (ISO 8601-2).
    pub edtf: SmolStr,
    /// First day, ISO 8601.
    pub start: Day,
    /// Last day, ISO 8601.
    pub end: Day,
    /// What it is for.
    pub role: DateRole,
    /// Which part was not written, and where it came from: `year from issue date`.
    pub inferred: Option<SmolStr>,
    /// On recognised pages: confidence of the least sure word it rests on, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
}

/// A measured quantity.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Indicator {
    /// Stable hash of record id, kind and span.
    pub id: SmolStr,
    /// Exactly `text[span]` of the extracted text.
    pub text: SmolStr,
    /// Span in Unicode scalar values, half open.
    pub span: [usize; 2],
    /// The same span in UTF-8 bytes.
    pub bytes: [usize; 2],
    /// Page where it starts, from 1.
    pub page: usize,
    /// Line of the extracted text where it starts, from 1.
    pub line: usize,
    /// Index into `sections`.
    pub section: Option<usize>,
    /// The pattern that made it.
    pub rule: SmolStr,
    /// True where the item stands in navigation or other boilerplate of a web page.
    #[serde(default, skip_serializing_if = "is_false")]
    pub boilerplate: bool,
    /// What kind of quantity it is.
    pub kind: quantity::Kind,
    /// Exact value; money in whole units of `unit`; of a ratio the quotient is not computed, it is null.
    #[serde(with = "exact")]
    #[schemars(with = "Option<f64>")]
    pub value: Option<Decimal>,
    /// `%`, `hồ sơ`, `VND`, `ha`, `điểm` …
    pub unit: Option<SmolStr>,
    /// First number of a ratio; the place of a rank.
    #[serde(with = "exact")]
    #[schemars(with = "Option<f64>")]
    pub numerator: Option<Decimal>,
    /// Second number of a ratio; how many a rank counts.
    #[serde(with = "exact")]
    #[schemars(with = "Option<f64>")]
    pub denominator: Option<Decimal>,
    /// How exact it is.
    pub bound: quantity::Bound,
    /// What it is to the report.
    pub role: quantity::Role,
    /// Where it goes, for a change and a gap.
    pub direction: Option<quantity::Direction>,
    /// `năm`, `người` in đồng/người/tháng.
    pub per: Option<SmolStr>,
    /// The phrase that says what is measured.
    pub name: Option<SmolStr>,
    /// Id in the catalogue.
    pub indicator: Option<SmolStr>,
    /// Id of the item whose part it is: "24 hội nghị, trong đó 14 …".
    #[serde(default)]
    pub part_of: Option<SmolStr>,
    /// The part of the place that is counted, or the body it is about; null where it is the document's own place.
    pub scope: Option<SmolStr>,
    /// The administrative unit it is about; null where nothing tells.
    #[serde(default)]
    pub place: Option<Arc<Place>>,
    /// The period it is about.
    #[serde(default, deserialize_with = "lenient_period")]
    pub period: Option<Period>,
    /// Both ends of a range, on both items of "60-70%".
    #[serde(default)]
    pub range: Option<ValueRange>,
    /// The two numbers of a ratio divided, rounded to six places.
    #[serde(default, with = "exact")]
    #[schemars(with = "Option<f64>")]
    pub quotient: Option<Decimal>,
    /// The sentence it stands in.
    pub sentence: Option<Sentence>,
    /// Where it came from a cell.
    pub table: Option<TableCell>,
    /// True where the separators allow two readings.
    pub ambiguous: bool,
    /// On recognised pages: confidence of the least sure word it rests on, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// Left, top, right and bottom edge in points from the top left of its page; only where asked for.
    #[serde(default, rename = "box", skip_serializing_if = "Option::is_none")]
    pub bounds: Option<[f64; 4]>,
}

/// A sentence of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Sentence {
    /// Exactly `text[span]`.
    pub text: SmolStr,
    /// Span in Unicode scalar values.
    pub span: [usize; 2],
}

/// The cell an indicator came from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct TableCell {
    /// What stands over the table.
    #[serde(default)]
    pub caption: Option<SmolStr>,
    /// Headings of the row, outer first.
    #[serde(default)]
    pub rows: Arc<[SmolStr]>,
    /// Headings of the column, outer first.
    #[serde(default)]
    pub columns: Arc<[SmolStr]>,
    /// Heading of the row.
    pub row: Option<SmolStr>,
    /// Heading of the column.
    pub column: Option<SmolStr>,
    /// Which table of the document, from 1; 0 in records of older versions.
    #[serde(default)]
    pub number: u32,
    /// Row and column of the cell in its table, from 1, headings included.
    #[serde(default)]
    pub position: [u32; 2],
}

/// One consistency check inside a document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Check {
    /// What was looked at.
    pub kind: CheckKind,
    /// Whether it fits.
    pub verdict: Verdict,
    /// What the other items say it should be.
    pub expected: Option<String>,
    /// What is stated.
    pub stated: Option<String>,
    /// Ids of the items concerned.
    pub items: Vec<String>,
    /// One clear sentence.
    pub message: String,
}

/// The record of a file that could not be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct ErrorRecord {
    /// Always `baocao.error/1`.
    pub schema: String,
    /// The file.
    pub source: ErrorSource,
    /// What went wrong.
    pub error: ErrorBody,
}

/// The file that could not be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct ErrorSource {
    /// Path as given.
    pub path: String,
    /// SHA-256 of the bytes, where they could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Size in bytes, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
}

/// A code and a sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct ErrorBody {
    /// Stable code: `not_found`, `encrypted` …
    pub code: String,
    /// One clear sentence.
    pub message: String,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_false(b: &bool) -> bool {
    !*b
}

/// What a repair did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Repair {
    /// Name of the repair, as `--no-repair` takes it.
    pub name: String,
    /// Where, in Unicode scalar values of the text.
    pub span: [usize; 2],
}

/// A code and a sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Warning {
    /// Stable code.
    pub code: String,
    /// One clear sentence.
    pub message: String,
}

/// Exact numbers: whole ones that a machine number holds are written as such, since that is much faster, the others
/// digit by digit.
mod exact {
    use rust_decimal::Decimal;
    use rust_decimal::serde::arbitrary_precision_option;
    pub use rust_decimal::serde::arbitrary_precision_option::deserialize;
    use serde::Serializer;

    #[allow(clippy::ref_option, reason = "the signature that serde asks for")]
    pub fn serialize<S: Serializer>(value: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
        let whole = value.filter(|v| v.scale() == 0).and_then(|v| i64::try_from(v.mantissa()).ok());
        match whole {
            Some(whole) => serializer.serialize_i64(whole),
            None => arbitrary_precision_option::serialize(value, serializer),
        }
    }
}
