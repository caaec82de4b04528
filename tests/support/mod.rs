//! What the integration tests share: the sample reports, and items reduced to what they say.
#![allow(dead_code, clippy::expect_used, reason = "tests; each takes what it needs")]

use std::fs;
use std::path::{Path, PathBuf};

use baocao::{Extractor, Record};

/// One folder of a corpus.
#[derive(Debug)]
pub struct Sample {
    /// Name of the folder.
    pub slug: String,
    /// The folder.
    pub folder: PathBuf,
    /// File name of the document.
    pub file: String,
    /// The document.
    pub bytes: Vec<u8>,
}

impl Sample {
    /// The document as text where it is a plain text in UTF-8.
    pub fn text(&self) -> Option<&str> {
        let plain = [".txt", ".md"].iter().any(|end| self.file.ends_with(end));
        std::str::from_utf8(&self.bytes).ok().filter(|_| plain)
    }
}

/// The folder of the samples.
pub fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus-samples")
}

/// All samples, by name.
pub fn samples() -> Vec<Sample> {
    samples_of(&corpus())
}

/// The documents of `corpus-facts/`, by name; none in the published crate, which does not have them.
pub fn facts() -> Vec<Sample> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus-facts");
    if folder.is_dir() { samples_of(&folder) } else { Vec::new() }
}

fn samples_of(corpus: &Path) -> Vec<Sample> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(corpus).expect("the corpus").map(|e| e.expect("an entry").path()).collect();
    folders.retain(|p| p.is_dir());
    folders.sort();
    let sample = |folder: PathBuf| {
        let gold = fs::read_to_string(folder.join("gold.tsv")).expect("gold.tsv");
        let first = gold.lines().next().expect("a first line");
        let file = first.strip_prefix("# file\t").expect("the document's name").to_owned();
        let bytes = fs::read(folder.join(&file)).expect("the document");
        let slug = folder.file_name().expect("a name").to_string_lossy().into_owned();
        Sample { slug, folder, file, bytes }
    };
    folders.into_iter().map(sample).collect()
}

/// The default extractor, made once.
pub fn extractor() -> &'static Extractor {
    static EXTRACTOR: std::sync::LazyLock<Extractor> =
        std::sync::LazyLock::new(|| Extractor::new().expect("the embedded patterns"));
    &EXTRACTOR
}

/// The record of a text.
pub fn record(text: &str) -> Record {
    extractor().extract("test.txt", text.as_bytes()).expect("a record")
}

/// What the items of a record say, without where they stand: `R QĐ 12/QĐ-UBND 2020-01-01`.
pub fn said(record: &Record) -> Vec<String> {
    let mut said = references(record);
    said.extend(dates(record));
    said.extend(indicators(record));
    said
}

/// What the references say.
pub fn references(record: &Record) -> Vec<String> {
    let dash = |v: &Option<smol_str::SmolStr>| v.clone().unwrap_or_else(|| "-".into());
    record
        .references
        .iter()
        .map(|r| format!("R {} {} {}", dash(&r.doc_type), dash(&r.id), dash(&r.date.map(|day| day.iso()))))
        .collect()
}

/// What the dates say.
pub fn dates(record: &Record) -> Vec<String> {
    record.dates.iter().map(|d| format!("D {} {}", d.start, d.end)).collect()
}

/// What the indicators say.
pub fn indicators(record: &Record) -> Vec<String> {
    record.indicators.iter().map(indicator).collect()
}

/// What one indicator says.
pub fn indicator(i: &baocao::record::Indicator) -> String {
    let number =
        |n: &Option<rust_decimal::Decimal>| n.map_or_else(|| "-".into(), |n| n.normalize().to_string());
    let unit = i.unit.clone().unwrap_or_else(|| "-".into());
    format!("I {} {} {}/{} {unit}", i.kind, number(&i.value), number(&i.numerator), number(&i.denominator))
}

/// Where one item stands.
#[derive(Debug)]
pub struct Place<'r> {
    /// Its kind.
    pub kind: &'static str,
    /// Its text.
    pub text: &'r str,
    /// In characters.
    pub span: [usize; 2],
    /// In bytes.
    pub bytes: [usize; 2],
    /// Page, from 1.
    pub page: usize,
    /// Line, from 1.
    pub line: usize,
}

/// Where every item stands.
pub fn spans(record: &Record) -> Vec<Place<'_>> {
    macro_rules! places {
        ($items:expr, $kind:literal) => {
            $items.iter().map(|i| Place {
                kind: $kind,
                text: &i.text,
                span: i.span,
                bytes: i.bytes,
                page: i.page,
                line: i.line,
            })
        };
    }
    let mut all: Vec<Place<'_>> = places!(record.references, "reference").collect();
    all.extend(places!(record.dates, "date"));
    all.extend(places!(record.indicators, "indicator"));
    all
}
