//! Sheets: the XML of Excel 2003 (SpreadsheetML), which web programs export to this day under the name .xls.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::super::paragraph::Run;
use super::super::xml::{Visit, attribute, walk};
use super::super::{Content, ReadOptions};
use super::{Book, Cell, Format, Sheet};
use crate::error::Error;

/// Reads one document of this format.
///
/// # Errors
/// A workbook above the limits, no text.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Content, Error> {
    let source = encoding_rs::UTF_8.decode(bytes).0;
    let mut reading = Reading {
        sheet: None,
        book: Book::default(),
        options,
        result: Ok(()),
        formats: BTreeMap::new(),
        style: String::new(),
        row: 0,
        column: 0,
        format: String::new(),
        kind: String::new(),
        text: None,
    };
    // A broken file as far as it goes.
    let _ = walk(&source, &mut reading);
    reading.result?;
    let Reading { mut book, sheet, .. } = reading;
    book.sheets.extend(sheet);
    book.finish("xls", options)
}

/// Whether the bytes are of this format.
pub fn sniff(bytes: &[u8]) -> bool {
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let head = body.get(..4096).unwrap_or(body);
    (body.starts_with(b"<?xml") || body.starts_with(b"<Workbook"))
        && memchr::memmem::find(head, b"urn:schemas-microsoft-com:office:spreadsheet").is_some()
}

struct Reading<'r> {
    sheet: Option<Sheet>,
    book: Book,
    options: &'r ReadOptions,
    result: Result<(), Error>,
    formats: BTreeMap<String, Format>,
    style: String,
    /// The open row and cell, from 1.
    row: u32,
    column: u32,
    format: String,
    kind: String,
    text: Option<String>,
}

fn number(element: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(element, name)?.parse().ok()
}

/// The format of a name: some are words.
fn format(name: &str) -> Format {
    Format::new(match name {
        "Percent" => "0.00%",
        "Fixed" => "0.00",
        "Standard" | "Currency" | "Euro Currency" => "#,##0.00",
        "General Number" | "General" => "",
        "Short Date" | "Medium Date" | "Long Date" => "d/m/yyyy",
        "General Date" => "d/m/yyyy h:mm",
        "Short Time" | "Medium Time" | "Long Time" => "h:mm",
        code => code,
    })
}

impl Reading<'_> {
    fn end_data(&mut self) {
        let Some(text) = self.text.take() else { return };
        let Some(sheet) = &mut self.sheet else { return };
        let format = self.formats.get(&self.format).cloned().unwrap_or_default();
        let cell = match self.kind.as_str() {
            "Number" => text.trim().parse().ok().map(|v| Cell::number(v, &format, false, Run::default())),
            "DateTime" => {
                // 2005-03-15T00:00:00.000
                let mut parts = text.split(['-', 'T']);
                let (y, m, d) = (parts.next(), parts.next(), parts.next());
                let day = y.zip(m).zip(d).map(|((y, m), d)| format!("{d}/{m}/{y}"));
                Some(Cell { number: true, ..Cell::text(day.unwrap_or(text), Run::default()) })
            }
            "Error" => None,
            _ => Some(Cell::text(text, Run::default())),
        };
        if let (Some(cell), Ok(())) = (cell, &self.result) {
            let at = (self.row.saturating_sub(1), self.column.saturating_sub(1));
            self.result = self.book.add(sheet, at, cell, self.options);
        }
    }
}

impl Visit for Reading<'_> {
    fn start(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "Style" => self.style = attribute(element, "ID").unwrap_or_default(),
            "NumberFormat" => {
                let code = attribute(element, "Format").unwrap_or_default();
                self.formats.insert(self.style.clone(), format(&code));
            }
            "Worksheet" => {
                self.book.sheets.extend(self.sheet.take());
                let name = attribute(element, "Name").unwrap_or_default();
                self.sheet = Some(Sheet { name, ..Sheet::default() });
                self.row = 0;
            }
            "Visible" => {}
            "Row" => {
                self.row = number(element, "Index").unwrap_or_else(|| self.row.saturating_add(1));
                self.column = 0;
                if attribute(element, "Hidden").as_deref() == Some("1")
                    && let Some(sheet) = &mut self.sheet
                {
                    sheet.hidden_rows.insert(self.row.saturating_sub(1));
                }
            }
            "Cell" => {
                self.column = number(element, "Index").unwrap_or_else(|| self.column.saturating_add(1));
                self.format = attribute(element, "StyleID").unwrap_or_default();
                let more = |name| number(element, name).unwrap_or(0);
                let (across, down) = (more("MergeAcross"), more("MergeDown"));
                let (row, column) = (self.row.saturating_sub(1), self.column.saturating_sub(1));
                if let Some(sheet) = &mut self.sheet {
                    sheet.merge((row, row.saturating_add(down)), (column, column.saturating_add(across)));
                }
            }
            "Data" => {
                self.kind = attribute(element, "Type").unwrap_or_default();
                self.text = Some(String::new());
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if name == "Data" {
            self.end_data();
        }
    }

    fn text(&mut self, text: &str) {
        self.text.iter_mut().for_each(|open| open.push_str(text));
    }

    fn is_full(&self) -> bool {
        self.result.is_err()
    }
}
