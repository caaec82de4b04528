//! What readers hand on: the text of a document and what its layout said about it.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Deserializer, Serialize};

use super::{TextSource, Warning};

/// Most confidence of a recognised word that was mended by a guess.
const GUESSED: u8 = 50;

/// The name of a format or an encoding.
pub type Name = &'static str;

/// What a reader hands on: the decoded text and what the layout said about it.
///
/// All ranges are byte ranges into `text`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Content {
    /// Name of the format: `pdf`, `text`, `html`, `docx`.
    #[serde(deserialize_with = "name")]
    pub format: Name,
    /// Character encoding of the source (`utf-8`, `tcvn3` …); `None` for PDF and DOCX.
    #[serde(deserialize_with = "optional_name")]
    pub encoding: Option<Name>,
    /// Pages joined by a form feed, lines by `\n`; decoded, nothing repaired.
    pub text: String,
    /// Number of pages (1 for formats without pages).
    pub pages: usize,
    /// Where the text comes from.
    pub text_source: TextSource,
    /// Tables that the layout shows, in reading order.
    pub tables: Vec<Table>,
    /// Layout facts that the text alone does not tell, in reading order.
    pub marks: Vec<Mark>,
    /// Words that optical character recognition read, in the order of the text; empty where there are none.
    pub recognised: Vec<Recognised>,
    /// What the reader noticed and the user should know.
    pub warnings: Vec<Warning>,
}

impl Content {
    /// Makes the recognised words of some ranges doubtful: what stands there was guessed.
    pub(crate) fn doubt(&mut self, ranges: &[Range<usize>]) {
        for range in ranges {
            let from = self.recognised.partition_point(|w| w.range.end <= range.start);
            let words = self.recognised.iter_mut().skip(from).take_while(|w| w.range.start < range.end);
            words.for_each(|w| w.confidence = w.confidence.min(GUESSED));
        }
    }
}

/// One table: rows of cells, every cell a range of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Rows from top to bottom.
    pub rows: Vec<Row>,
    /// How many of the first rows are headings.
    pub header_rows: usize,
}

/// One row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Cells from left to right; empty cells have an empty range.
    pub cells: Vec<Cell>,
}

/// One cell of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Where the cell's text stands.
    pub range: Range<usize>,
    /// Index of the first column it covers, from 0.
    pub column: usize,
    /// Number of columns it covers (merged cells cover several).
    pub columns: usize,
    /// Number of rows it covers.
    pub rows: usize,
    /// More text of the same cell that does not follow on it: a label that goes on below its row of numbers.
    pub tail: Range<usize>,
}

/// A word that optical character recognition (OCR) read, and how sure it is of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recognised {
    /// Where it stands.
    pub range: Range<usize>,
    /// 0 to 100.
    pub confidence: u8,
}

/// A stretch of text whose role only the layout shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The role.
    pub kind: MarkKind,
    /// Where it stands.
    pub range: Range<usize>,
}

/// Roles that layout shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum MarkKind {
    /// The title of a web page, which its text begins with.
    Title,
    /// A raised small number: a footnote mark, or the 2 of m².
    Superscript,
    /// A running head or foot, repeated from page to page.
    RunningHead,
    /// A page number standing alone.
    PageNumber,
    /// The body of a footnote at the foot of its page.
    Footnote,
    /// Text of a digital signature or stamp (an annotation's appearance).
    Stamp,
    /// Navigation, banners and related links of a web page.
    Boilerplate,
    /// A hidden layer of recognised text that hardly holds Vietnamese: its figures are not to be believed.
    Unreadable,
    /// A word that recognition (OCR) is not sure of.
    Doubted,
}

/// The name of a format.
fn name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static str, D::Error> {
    String::deserialize(deserializer).map(for_good)
}

/// The name of an encoding.
fn optional_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<&'static str>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.map(for_good))
}

/// A name of which there are few, so that each is kept once for good.
fn for_good(name: String) -> &'static str {
    static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = names.get(name.as_str()) {
        return known;
    }
    let name: &'static str = name.leak();
    names.insert(name);
    name
}
