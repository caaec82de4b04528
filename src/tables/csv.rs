//! Rows to CSV (RFC 4180) and TSV.
//!
//! A spreadsheet takes a text that begins with "=", "+", "-" or "@" for a formula. CSV that is made for one has an
//! apostrophe before such a text, as OWASP advises; plain CSV keeps every character.
//!
//! CSV quotes what needs it and keeps every character. TSV has no quotes: tabs and line breaks inside a cell become
//! spaces, so that one line is one row for `cut`, `awk` and `sort`.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::TableWriter;
use super::flat::{Cell, Table};

/// The mark by which Excel knows UTF-8.
pub const BOM: &[u8] = b"\xef\xbb\xbf";

/// CSV or TSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separated {
    /// RFC 4180, lines end in CR LF.
    Csv,
    /// The same for a spreadsheet: no text of a document is taken for a formula.
    Sheet,
    /// Tabs, no quotes, lines end in LF.
    Tsv,
}

impl Separated {
    /// The form of a name; the flag says whether it is for a spreadsheet.
    pub fn named(name: &str, spreadsheet: bool) -> Option<Self> {
        match name {
            "csv" if spreadsheet => Some(Self::Sheet),
            "csv" => Some(Self::Csv),
            "tsv" => Some(Self::Tsv),
            _ => None,
        }
    }

    /// What the rows of a table begin with: the names of the columns, for a spreadsheet behind its mark.
    ///
    /// # Errors
    /// As [`Separated::rows`].
    pub fn begin(self, table: Table, out: &mut Vec<u8>) -> io::Result<()> {
        if self == Self::Sheet {
            out.extend_from_slice(BOM);
        }
        self.head(table.columns().iter().map(|c| c.0), out)
    }

    /// Appends rows, or the names of the columns.
    ///
    /// # Errors
    /// None in practice: memory is written to.
    pub fn rows<'a, R, C>(self, rows: R, out: &mut Vec<u8>) -> io::Result<()>
    where
        R: IntoIterator<Item = C>,
        C: IntoIterator<Item = Cell<'a>>,
    {
        match self {
            Self::Csv | Self::Sheet => {
                let mut writer =
                    ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
                let mut made = String::new();
                for row in rows {
                    for cell in row {
                        let text = text(&cell, &mut made);
                        if self == Self::Sheet && is_formula(&cell, text) {
                            writer.write_field(format!("'{text}"))?;
                        } else {
                            writer.write_field(text)?;
                        }
                    }
                    writer.write_record(None::<&[u8]>)?; // ends the row
                }
                writer.flush()
            }
            Self::Tsv => {
                let mut made = String::new();
                for row in rows {
                    for (i, cell) in row.into_iter().enumerate() {
                        if i > 0 {
                            out.push(b'\t');
                        }
                        let text = text(&cell, &mut made).bytes();
                        out.extend(text.map(|b| if matches!(b, b'\t' | b'\n' | b'\r') { b' ' } else { b }));
                    }
                    out.push(b'\n');
                }
                Ok(())
            }
        }
    }

    /// Appends the names of the columns.
    ///
    /// # Errors
    /// As [`Separated::rows`].
    pub fn head<'a>(self, names: impl IntoIterator<Item = &'a str>, out: &mut Vec<u8>) -> io::Result<()> {
        self.rows([names.into_iter().map(Cell::Text).collect::<Vec<_>>()], out)
    }
}

/// A table as it comes.
struct Rows<'w> {
    form: Separated,
    out: Box<dyn Write + Send + 'w>,
    /// One row, used again and again.
    buffer: Vec<u8>,
}

/// A writer of CSV; for a spreadsheet with its mark before it.
///
/// # Errors
/// What writing gives.
pub fn csv<'w>(
    table: Table,
    out: Box<dyn Write + Send + 'w>,
    spreadsheet: bool,
) -> io::Result<Box<dyn TableWriter + 'w>> {
    rows(table, out, if spreadsheet { Separated::Sheet } else { Separated::Csv })
}

/// A writer of TSV.
///
/// # Errors
/// What writing gives.
pub fn tsv<'w>(
    table: Table,
    out: Box<dyn Write + Send + 'w>,
    _: bool,
) -> io::Result<Box<dyn TableWriter + 'w>> {
    rows(table, out, Separated::Tsv)
}

fn rows<'w>(
    table: Table,
    out: Box<dyn Write + Send + 'w>,
    form: Separated,
) -> io::Result<Box<dyn TableWriter + 'w>> {
    let mut rows = Rows { form, out, buffer: Vec::new() };
    form.begin(table, &mut rows.buffer)?;
    rows.out.write_all(&rows.buffer)?;
    Ok(Box::new(rows))
}

impl TableWriter for Rows<'_> {
    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        self.buffer.clear();
        self.form.rows([cells.iter().cloned()], &mut self.buffer)?;
        self.out.write_all(&self.buffer)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}

/// A cell as text: nothing is the empty text, numbers have a dot and no separators. What is no text is made one in a
/// string that serves again and again.
fn text<'c>(cell: &'c Cell<'_>, made: &'c mut String) -> &'c str {
    made.clear();
    match cell {
        Cell::Null => {}
        Cell::Text(s) => return s,
        Cell::Day(day) => made.push_str(&day.iso()),
        Cell::Made(s) => return s,
        Cell::Int(n) => made.push_str(itoa::Buffer::new().format(*n)),
        Cell::Decimal(d) => {
            let _ = write!(made, "{d}"); // a string takes all
        }
        Cell::Bool(b) => made.push_str(if *b { "true" } else { "false" }),
    }
    made
}

/// Whether a spreadsheet would take a text for a formula; numbers stay numbers.
fn is_formula(cell: &Cell<'_>, text: &str) -> bool {
    matches!(cell, Cell::Text(_) | Cell::Made(_)) && text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(form: Separated) -> String {
        let mut out = Vec::new();
        let row = vec![Cell::Text("tin, \"bài\"\nmới"), Cell::Null, Cell::Int(3), Cell::Text("a\tb")];
        form.rows([row], &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn csv_quotes_what_rfc_4180_asks_for() {
        assert_eq!(made(Separated::Csv), "\"tin, \"\"bài\"\"\nmới\",,3,a\tb\r\n");
    }

    #[test]
    fn what_a_spreadsheet_would_reckon_is_shown_as_text() {
        let rows = || [vec![Cell::Text("=1+1"), Cell::Text("- Xã A"), Cell::Int(-3), Cell::Text("a=b")]];
        let made = |form: Separated| {
            let mut out = Vec::new();
            form.rows(rows(), &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(made(Separated::Sheet), "'=1+1,'- Xã A,-3,a=b\r\n");
        assert_eq!(made(Separated::Csv), "=1+1,- Xã A,-3,a=b\r\n");
    }

    #[test]
    fn a_tsv_row_is_one_line_without_quotes() {
        assert_eq!(made(Separated::Tsv), "tin, \"bài\" mới\t\t3\ta b\n");
    }
}
