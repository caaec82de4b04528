//! Reads gold annotations: one TSV file a document, one annotation a line, in reading order.
//!
//! ```text
//! # file    name-of-the-document
//! R  type   id     date|-       flags…     a mention of another document
//! D  start  end    flags…                  a date or period
//! I  kind   value  unit|-       flags…     an indicator
//! M  field  value                          metadata; a field ending in ~ matches by containment
//! ```
//! Among the flags, `opt` says that the annotation is neither asked for nor counted against; `field=value` gives an
//! attribute that is judged on its own (`name=`, `role=`, `bound=`, `period=`, `scope=`, `place=`, `concept=` …), its
//! alternatives parted by `|`. `at=` gives the words that a figure stands in: a file with such lines annotates figures only.

use std::path::{Path, PathBuf};

use super::key;

/// The kinds of annotation that are matched one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A mention of another document.
    Reference,
    /// A date or period.
    Date,
    /// A measured quantity.
    Indicator,
}

impl Kind {
    /// All kinds, in the order of reports.
    pub const ALL: [Self; 3] = [Self::Reference, Self::Date, Self::Indicator];

    /// The letter that begins its lines.
    pub fn letter(self) -> &'static str {
        match self {
            Self::Reference => "R",
            Self::Date => "D",
            Self::Indicator => "I",
        }
    }

    /// The record's field that holds its items.
    pub fn field(self) -> &'static str {
        match self {
            Self::Reference => "references",
            Self::Date => "dates",
            Self::Indicator => "indicators",
        }
    }
}

/// What makes two annotations the same: type and id, start and end, kind and value.
pub type Key = (Option<String>, Option<String>);

/// One annotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// Its kind.
    pub kind: Kind,
    /// Its key.
    pub key: Key,
    /// The attribute judged for every match: a reference's date, an indicator's unit (folded).
    pub attribute: Option<String>,
    /// Neither asked for nor counted against.
    pub optional: bool,
    /// Further attributes, judged where given.
    pub fields: Vec<(String, String)>,
}

/// The annotations of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gold {
    /// Where they were read from.
    pub path: PathBuf,
    /// File name of the document.
    pub document: String,
    /// References, dates and indicators, in reading order.
    pub annotations: Vec<Annotation>,
    /// Metadata fields with their values.
    pub metadata: Vec<(String, String)>,
}

/// A line that is no annotation.
#[derive(Debug, thiserror::Error)]
#[error("{path}:{line}: {message}")]
pub struct GoldError {
    /// The file.
    pub path: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl Annotation {
    /// What one of its fields asks for.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}

impl Gold {
    /// Whether it annotates what figures mean, and nothing else: what it does not name is not false.
    pub fn is_of_facts(&self) -> bool {
        self.annotations.iter().any(|a| a.field("at").is_some())
    }

    /// Reads one gold file.
    ///
    /// # Errors
    /// A file that cannot be read, or a line that is no annotation.
    pub fn read(path: &Path) -> Result<Self, GoldError> {
        let fail = |line, message| GoldError { path: path.display().to_string(), line, message };
        let text = std::fs::read_to_string(path).map_err(|e| fail(1, e.to_string()))?;
        Self::parse(path, &text).map_err(|(line, message)| fail(line, message))
    }

    pub(super) fn parse(path: &Path, text: &str) -> Result<Self, (usize, String)> {
        let mut document = None;
        let mut annotations = Vec::new();
        let mut metadata = Vec::new();
        for (n, line) in text.lines().enumerate() {
            let columns: Vec<&str> = line.split('\t').collect();
            let at = |message: String| (n + 1, message);
            match columns.as_slice() {
                ["# file", name, ..] => document = Some(name.trim().to_owned()),
                [only] if only.trim().is_empty() => {}
                [remark, ..] if remark.starts_with('#') => {}
                ["M", field, value, ..] => metadata.push(((*field).to_owned(), (*value).to_owned())),
                ["R", a, b, date, rest @ ..] => {
                    annotations.push(annotation(Kind::Reference, a, (*b).to_owned(), some(date), rest));
                }
                ["D", a, b, rest @ ..] => {
                    annotations.push(annotation(Kind::Date, a, (*b).to_owned(), None, rest));
                }
                ["I", kind, value, unit, rest @ ..] => {
                    let value = match (*kind, value.split_once('/')) {
                        ("ratio", Some((a, b))) => key::ratio(a, b),
                        ("ratio", None) => {
                            return Err(at(format!("a ratio needs two numbers, not {value:?}")));
                        }
                        _ => key::number(value),
                    };
                    let unit = Some(key::fold(unit));
                    annotations.push(annotation(Kind::Indicator, kind, value, unit, rest));
                }
                _ => return Err(at(format!("no annotation: {line:?}"))),
            }
        }
        let document = document.ok_or((1, "the line `# file<TAB>name` is missing".to_owned()))?;
        Ok(Self { path: path.to_owned(), document, annotations, metadata })
    }
}

fn some(text: &str) -> Option<String> {
    (text != "-").then(|| text.to_owned())
}

fn annotation(
    kind: Kind,
    first: &str,
    second: String,
    attribute: Option<String>,
    rest: &[&str],
) -> Annotation {
    let fields = rest.iter().filter_map(|f| f.split_once('=')).map(|(k, v)| (k.to_owned(), v.to_owned()));
    Annotation {
        kind,
        key: (Some(first.to_owned()), Some(second)),
        attribute,
        optional: rest.contains(&"opt"),
        fields: fields.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_is_read() {
        let text = "# file\ta.txt\n# a remark\nM\ttype\tBC\nR\tQĐ\t12/QĐ-UBND\t-\topt\nD\t2020-01-01\t2020-12-31\n\
                    I\tratio\t3.0/12\tXã\tname=xã\trole=actual\n\n";
        let gold = Gold::parse(Path::new("g.tsv"), text).unwrap();
        assert_eq!(gold.document, "a.txt");
        assert_eq!(gold.metadata, [("type".to_owned(), "BC".to_owned())]);
        let [reference, _, ratio] = gold.annotations.as_slice() else { panic!("{gold:?}") };
        assert!(reference.optional && reference.attribute.is_none());
        assert_eq!(ratio.key, (Some("ratio".into()), Some("3/12".into())));
        assert_eq!(ratio.attribute.as_deref(), Some("xã"));
        assert_eq!((ratio.fields.len(), ratio.field("role")), (2, Some("actual")));
        assert!(!gold.is_of_facts());
    }

    #[test]
    fn a_wrong_line_is_named() {
        let error = Gold::parse(Path::new("g.tsv"), "# file\ta.txt\nX\ty\n").unwrap_err();
        assert_eq!(error.0, 2);
        assert!(Gold::parse(Path::new("g.tsv"), "M\ttype\tBC\n").is_err(), "no document named");
    }
}
