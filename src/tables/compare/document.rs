//! The part of a record that comparing needs. The rest is passed over unread, and so is every indicator that has no id
//! in the catalogue: most of a record's bytes.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;

use super::doubt::is_far;
use crate::batch::stream::{FromLine, OfTables};
use crate::record::{DateKind, Day, Indicator, Metadata, Record, Section, lenient_day};

/// What comparing needs of a document.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// Schema of the record; empty counts as that of older versions.
    pub schema: String,
    /// Id of the record.
    pub id: String,
    /// Path of the file.
    pub path: String,
    /// The document's identity.
    pub metadata: Metadata,
    /// Its outline: of what a name is that says little, a heading may tell. Empty where nothing asks for it.
    pub sections: Vec<Section>,
    /// Its indicators.
    pub indicators: Vec<Indicator>,
    /// The latest day that it names, where its own date is not known.
    pub latest_day: Option<Day>,
}

/// A document with the indicators alone that have an id.
#[derive(Debug, Clone, Default)]
pub struct Known(pub Document);

/// A line of records, with its lists as they are written.
#[derive(Deserialize)]
struct Line<'l> {
    #[serde(default)]
    schema: String,
    id: String,
    source: Path,
    metadata: Metadata,
    #[serde(borrow, default)]
    sections: Option<&'l RawValue>,
    #[serde(borrow)]
    indicators: Vec<&'l RawValue>,
    #[serde(borrow, default)]
    dates: Option<&'l RawValue>,
}

/// The part of the source that comparing needs.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Path {
    /// Path of the file.
    pub path: String,
}

/// The part of a date that tells when a document was written.
#[derive(Serialize, Deserialize)]
struct Named {
    #[serde(default)]
    kind: String,
    #[serde(default, deserialize_with = "lenient_day")]
    start: Option<Day>,
}

impl Line<'_> {
    fn document(self, is_wanted: fn(&str) -> bool) -> Result<Document, serde_json::Error> {
        let wanted = self.indicators.iter().map(|raw| raw.get()).filter(|raw| is_wanted(raw));
        let indicators = wanted.map(serde_json::from_str).collect::<Result<_, _>>()?;
        let latest_day = match self.dates.filter(|_| !is_dated(&self.metadata)) {
            Some(raw) => {
                let days = serde_json::from_str::<Vec<Named>>(raw.get())?;
                latest(days.iter().filter_map(|d| Some((d.kind.as_str(), d.start?))))
            }
            None => None,
        };
        let Self { schema, id, source: Path { path }, metadata, .. } = self;
        Ok(Document { schema, id, path, metadata, sections: Vec::new(), indicators, latest_day })
    }
}

fn is_dated(m: &Metadata) -> bool {
    m.issue_date.is_some() || m.issue_edtf.is_some()
}

fn latest<'d>(dates: impl Iterator<Item = (&'d str, Day)>) -> Option<Day> {
    let days = dates.filter(|(kind, _)| *kind == DateKind::Day.name()).map(|(_, start)| start);
    days.max()
}

impl Document {
    /// Keeps what rows are made of: what `compare --partial` writes.
    pub fn slim(&mut self) {
        self.indicators.retain(|i| i.indicator.is_some());
        if !self.indicators.iter().any(|i| is_far(i, &[])) {
            self.sections = Vec::new();
        }
        let m = &mut self.metadata;
        (m.signers, m.recipients, m.addressees, m.evidence) = Default::default();
    }
}

/// Written in the form of a record, so that it is read back like one.
impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Written<'d> {
            schema: &'d str,
            id: &'d str,
            source: Path,
            metadata: &'d Metadata,
            sections: &'d [Section],
            dates: Vec<Named>,
            indicators: &'d [Indicator],
        }
        let named = |start| Named { kind: DateKind::Day.to_string(), start: Some(start) };
        let dates = self.latest_day.map(named).into_iter().collect();
        let Self { schema, id, path, metadata, sections, indicators, .. } = self;
        Written { schema, id, source: Path { path: path.clone() }, metadata, sections, dates, indicators }
            .serialize(serializer)
    }
}

/// Whether an indicator, as written, has an id: no null behind the name of that field.
fn has_id(raw: &str) -> bool {
    static FIELD: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("\"indicator\""));
    let Some(at) = FIELD.find(raw.as_bytes()) else { return true };
    let Some(rest) = raw.get(at + FIELD.needle().len()..) else { return true };
    let value = rest.trim_start().trim_start_matches(':').trim_start();
    !value.starts_with("null")
}

impl FromLine for Document {
    fn from_line(line: &str) -> serde_json::Result<Self> {
        let mut line: Line<'_> = serde_json::from_str(line)?;
        let raw = line.sections.take();
        let sections = raw.map_or(Ok(Vec::new()), |raw| serde_json::from_str(raw.get()))?;
        Ok(Self { sections, ..line.document(|_| true)? })
    }

    fn of_tables() -> Option<OfTables> {
        Some(|folder, out| crate::tables::lines_of_tables(folder, false, out))
    }
}

impl FromLine for Known {
    fn from_line(line: &str) -> serde_json::Result<Self> {
        let mut line: Line<'_> = serde_json::from_str(line)?;
        let raw = line.sections.take();
        let mut document = line.document(has_id)?;
        // Headings are asked for only where a name stands far from its value.
        if let Some(raw) = raw.filter(|_| document.indicators.iter().any(|i| is_far(i, &[]))) {
            document.sections = serde_json::from_str(raw.get())?;
        }
        Ok(Self(document))
    }

    fn of_tables() -> Option<OfTables> {
        Some(|folder, out| crate::tables::lines_of_tables(folder, true, out))
    }
}

impl From<Known> for Document {
    fn from(known: Known) -> Self {
        known.0
    }
}

impl From<&Record> for Document {
    fn from(record: &Record) -> Self {
        let dates = record.dates.iter().filter(|_| !is_dated(&record.metadata));
        Self {
            schema: record.schema.clone(),
            id: record.id.clone(),
            path: record.source.path.clone(),
            metadata: record.metadata.clone(),
            sections: record.sections.clone(),
            indicators: record.indicators.clone(),
            latest_day: latest(dates.map(|d| (d.kind.name(), d.start))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_id_is_passed_over() {
        assert!(has_id(r#"{"name":"a \"indicator\": null","indicator" : "poverty_rate"}"#));
        assert!(!has_id(r#"{"name":"a","indicator": null,"part_of":null}"#));
    }
}
