//! What readers hand on: the text of a document and what its layout said about it.

use std::ops::Range;

use super::{TextSource, Warning};

/// What a reader hands on: the decoded text and what the layout said about it.
///
/// All ranges are byte ranges into `text`.
#[derive(Debug, Clone, Default)]
pub struct Content {
    /// Name of the format: `pdf`, `text`, `html`, `docx`.
    pub format: &'static str,
    /// Character encoding of the source (`utf-8`, `tcvn3` …); `None` for PDF and DOCX.
    pub encoding: Option<&'static str>,
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
    /// What the reader noticed and the user should know.
    pub warnings: Vec<Warning>,
}

/// One table: rows of cells, every cell a range of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Rows from top to bottom.
    pub rows: Vec<Row>,
    /// How many of the first rows are headings.
    pub header_rows: usize,
}

/// One row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Cells from left to right; empty cells have an empty range.
    pub cells: Vec<Cell>,
}

/// One cell of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// Where the cell's text stands.
    pub range: Range<usize>,
    /// Index of the first column it covers, from 0.
    pub column: usize,
    /// Number of columns it covers (merged cells cover several).
    pub columns: usize,
}

/// A stretch of text whose role only the layout shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The role.
    pub kind: MarkKind,
    /// Where it stands.
    pub range: Range<usize>,
}

/// Roles that layout shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
