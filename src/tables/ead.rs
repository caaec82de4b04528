//! Archivists' fields: one CSV row a document with the 21 fields of Thông tư 05/2025/TT-BNV (EAD_doc.xml).
//!
//! What the text of a document gives is filled in, clipped to the lengths of the circular; what only the archive
//! knows (docId, docCode, maintenance …) stays empty. Files that could not be read give no row.

use std::collections::BTreeMap;
use std::io;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Encode;
use super::csv::Separated;
use super::flat::Cell;
use crate::record::{Day, Entry, Record};

/// Code tables and fields, from `ead.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    language: String,
    secret: String,
    other: String,
    type_name: BTreeMap<String, String>,
    field: Vec<Field>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Field {
    name: String,
    length: usize,
}

static TABLES: LazyLock<Tables> =
    LazyLock::new(|| toml::from_str(include_str!("ead.toml")).unwrap_or_default());

/// Below this share of possible Vietnamese syllables the language is left open.
const VIETNAMESE: f64 = 0.6;

/// Rows of archivists' fields.
pub struct Rows {
    head: String,
}

impl Rows {
    /// The writer, with the names of the fields as its head.
    pub fn new() -> Self {
        let names: Vec<&str> = TABLES.field.iter().map(|f| f.name.as_str()).collect();
        Self { head: format!("{}\r\n", names.join(",")) }
    }
}

impl Default for Rows {
    fn default() -> Self {
        Self::new()
    }
}

impl Encode for Rows {
    fn head(&self) -> &str {
        &self.head
    }

    fn entry(&self, entry: &Entry, out: &mut Vec<u8>) -> io::Result<()> {
        let Entry::Record(record) = entry else { return Ok(()) };
        let cells = TABLES.field.iter().map(|f| Cell::Made(clip(&value(&f.name, record), f.length)));
        Separated::Sheet.rows([cells], out)
    }
}

/// The value of one field; empty where the record does not say it.
fn value(field: &str, record: &Record) -> String {
    let m = &record.metadata;
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    match field {
        "typeName" => m
            .doc_type
            .as_ref()
            .map_or_else(String::new, |code| TABLES.type_name.get(code).unwrap_or(&TABLES.other).clone()),
        "codeNumber" => text(&m.number),
        "codeNotation" => text(&m.symbol),
        "issuedDate" => m.issue_date.map(day_first).unwrap_or_default(),
        "organName" => text(&m.issuer),
        "subject" => text(&m.subject),
        "language" if record.source.quality >= VIETNAMESE => TABLES.language.clone(),
        // Pages are known of PDF files alone.
        "numberOfPage" if record.source.format == "pdf" => record.source.pages.to_string(),
        "mode" if m.secrecy.is_some() => TABLES.secret.clone(),
        "description" => record.source.path.clone(),
        _ => String::new(),
    }
}

/// `2018-03-19` as `19/03/2018`.
fn day_first(day: Day) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

/// At most `length` characters, cut between words where one is near.
fn clip(text: &str, length: usize) -> String {
    if text.chars().count() <= length {
        return text.to_owned();
    }
    let cut: String = text.chars().take(length).collect();
    match cut.rsplit_once(' ') {
        Some((whole, rest)) if rest.chars().count() <= 12 => whole.to_owned(),
        _ => cut,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Metadata, Source};

    fn row(metadata: Metadata, source: Source) -> String {
        let record = Record { metadata, source, ..Record::default() };
        let mut out = Vec::new();
        let done = Rows::new().entry(&Entry::Record(Box::new(record)), &mut out);
        assert!(done.is_ok());
        String::from_utf8(out).unwrap_or_default()
    }

    fn own(s: &str) -> Option<String> {
        Some(s.to_owned())
    }

    #[test]
    fn a_record_fills_the_fields_that_its_text_gives() {
        let m = Metadata {
            doc_type: own("BC"),
            number: own("350"),
            symbol: own("BC-VP"),
            issue_date: Day::new(2018, 3, 19),
            issuer: own("Ủy ban nhân dân xã Đông Sơn"),
            subject: own("Kết quả năm 2018, phương hướng \"2019\""),
            ..Metadata::default()
        };
        let s = Source {
            format: "pdf".into(),
            pages: 4,
            quality: 0.98,
            path: "bc/350.pdf".into(),
            ..Source::default()
        };
        assert_eq!(
            row(m, s),
            ",,,14,350,BC-VP,19/03/2018,Ủy ban nhân dân xã Đông Sơn,\"Kết quả năm 2018, phương hướng \"\"2019\"\"\",01,4,,,,,,,,,,bc/350.pdf\r\n"
        );
    }

    #[test]
    fn what_the_text_does_not_say_stays_empty_and_unknown_types_are_other() {
        let m = Metadata { doc_type: own("NĐ"), secrecy: own("MẬT"), ..Metadata::default() };
        assert_eq!(row(m, Source::default()), ",,,32,,,,,,,,,,03,,,,,,,\r\n");
        assert_eq!(row(Metadata::default(), Source::default()), ",,,,,,,,,,,,,,,,,,,,\r\n");
    }

    #[test]
    fn the_table_has_the_21_fields_and_long_values_are_cut_between_words() {
        assert_eq!(TABLES.field.len(), 21);
        assert_eq!(Rows::new().head().split(',').count(), 21);
        assert_eq!(clip("một hai ba", 8), "một hai");
        assert_eq!(clip(&"x".repeat(40), 30).len(), 30);
    }
}
