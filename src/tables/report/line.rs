//! One file of a report: what of its record or error record is kept.

use std::time::Duration;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::record::{ErrorBody, Generator, Verdict, Warning};

/// The part of a record or error record that a report needs; the rest is passed over unread.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Seen {
    #[serde(default)]
    id: SmolStr,
    generator: Option<Generator>,
    source: Source,
    #[serde(default)]
    metadata: Metadata,
    #[serde(default)]
    references: Vec<IgnoredAny>,
    #[serde(default)]
    dates: Vec<IgnoredAny>,
    #[serde(default)]
    indicators: Vec<IgnoredAny>,
    #[serde(default)]
    checks: Vec<Checked>,
    #[serde(default)]
    warnings: Vec<Warning>,
    error: Option<ErrorBody>,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Source {
    path: String,
    sha256: Option<String>,
    size: Option<u64>,
    format: Option<SmolStr>,
    encoding: Option<SmolStr>,
    #[serde(default)]
    pages: usize,
    quality: Option<f64>,
    sketch: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Metadata {
    doc_type: Option<SmolStr>,
    doc_type_name: Option<SmolStr>,
    id: Option<SmolStr>,
    subject: Option<String>,
    issuer: Option<SmolStr>,
    place: Option<SmolStr>,
    issue_date: Option<SmolStr>,
    issue_edtf: Option<SmolStr>,
    province: Option<Named>,
    period: Option<Start>,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Named {
    name: SmolStr,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Start {
    start: SmolStr,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Checked {
    verdict: Verdict,
}

/// One file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Line {
    /// Path as the record has it.
    pub path: String,
    /// Id of its content; absent where it could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<SmolStr>,
    /// Size in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// Why it could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorBody>,
    /// Format of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<SmolStr>,
    /// Encoding of its text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<SmolStr>,
    /// Number of pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<usize>,
    /// Share of words that can be Vietnamese, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quality: Option<f64>,
    /// Code of the document type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doc_type: Option<SmolStr>,
    /// Name of the document type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doc_type_name: Option<SmolStr>,
    /// Number and symbol.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<SmolStr>,
    /// Title or trích yếu.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Issuing body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<SmolStr>,
    /// Place of issue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<SmolStr>,
    /// Date of issue, as far as it is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<SmolStr>,
    /// Year of issue, or the first year of the period where there is no date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Province at that time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub province: Option<SmolStr>,
    /// What is said of pages that only recognition (OCR) can read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needs_ocr: Option<String>,
    /// Codes of its other warnings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<SmolStr>,
    /// References, dates and indicators found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub items: Option<usize>,
    /// Checks that disagree.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disagreements: Option<usize>,
    /// What nearly equal texts share most of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sketch: Option<String>,
    /// How long its work took, in seconds; only where a run measured it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
}

/// The warning of pages that only recognition (OCR) can read.
const NEEDS_OCR: &str = "needs_ocr";
/// What the error of a whole scan names.
const OCR_OPTION: &str = "--ocr";

/// The line of a record, and what made the record.
pub(super) fn of(seen: Seen, took: Option<Duration>) -> (Line, Option<Generator>) {
    let Seen { source, metadata: m, error, .. } = seen;
    let read = error.is_none();
    let needs_ocr = match &error {
        Some(error) => Some(&error.message).filter(|message| message.contains(OCR_OPTION)),
        None => seen.warnings.iter().find(|w| w.code == NEEDS_OCR).map(|w| &w.message),
    };
    let mut warnings: Vec<SmolStr> = seen
        .warnings
        .iter()
        .filter(|w| w.code != NEEDS_OCR)
        .map(|w| SmolStr::from(w.code.as_str()))
        .collect();
    warnings.sort_unstable();
    warnings.dedup();
    let of_hash = || source.sha256.as_deref().and_then(|hash| hash.get(..16)).map(SmolStr::from);
    let year = |iso: &SmolStr| iso.get(..4)?.parse().ok();
    let date = m.issue_date.or(m.issue_edtf);
    let line = Line {
        id: Some(seen.id).filter(|id| !id.is_empty()).or_else(of_hash),
        needs_ocr: needs_ocr.cloned(),
        path: source.path,
        size: source.size,
        format: source.format,
        encoding: source.encoding,
        pages: read.then_some(source.pages),
        quality: source.quality,
        doc_type: m.doc_type,
        doc_type_name: m.doc_type_name,
        number: m.id,
        subject: m.subject,
        issuer: m.issuer,
        place: m.place,
        year: date.as_ref().and_then(year).or_else(|| m.period.as_ref().and_then(|p| year(&p.start))),
        date,
        province: m.province.map(|p| p.name),
        warnings,
        items: read.then_some(seen.references.len() + seen.dates.len() + seen.indicators.len()),
        disagreements: read.then(|| seen.checks.iter().filter(|c| c.verdict == Verdict::Disagrees).count()),
        sketch: source.sketch.filter(|s| !s.is_empty()),
        seconds: took.map(|took| (took.as_secs_f64() * 1000.0).round() / 1000.0),
        error,
    };
    (line, seen.generator)
}
