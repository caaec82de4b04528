//! Sheets: .ods (OpenDocument). Cells hold the text that they show, so that no format has to be understood; what repeats is written
//! once with a count.

use std::collections::BTreeSet;

use quick_xml::events::BytesStart;

use super::super::package::Package;
use super::super::paragraph::Run;
use super::super::xml::{Visit, attribute, walk};
use super::super::{Content, ReadOptions};
use super::{Book, Cell, Sheet};
use crate::error::Error;

/// A row or cell that repeats more often is a filler of the page.
const MOST_REPEATS: u32 = 1000;

/// Reads one document of this format.
///
/// # Errors
/// A container that is broken or encrypted; a part above the limits; no text.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Content, Error> {
    let mut package = Package::zip(bytes, options.limits.stream_bytes)?;
    let xml = package.part("content.xml")?.unwrap_or_default();
    let mut reading = Reading {
        sheet: None,
        book: Book::default(),
        options,
        result: Ok(()),
        hidden_styles: BTreeSet::new(),
        style: String::new(),
        row: 0,
        rows: 1,
        cells: Vec::new(),
        bytes: 0,
        hidden_row: false,
        column: 0,
        cell: None,
        unseen: 0,
    };
    // A broken part as far as it goes.
    let _ = walk(&xml, &mut reading);
    reading.result?;
    reading.book.damaged = package.warnings();
    reading.book.finish("ods", options)
}

/// Whether the bytes are of this format.
pub fn sniff(bytes: &[u8]) -> bool {
    let head = bytes.get(..256).unwrap_or(bytes);
    bytes.starts_with(b"PK\x03\x04") && memchr::memmem::find(head, b"opendocument.spreadsheet").is_some()
}

struct Reading<'r> {
    sheet: Option<Sheet>,
    book: Book,
    options: &'r ReadOptions,
    result: Result<(), Error>,
    /// Styles of tables that are not shown.
    hidden_styles: BTreeSet<String>,
    style: String,
    row: u32,
    rows: u32,
    /// The cells of the open row.
    cells: Vec<(u32, Cell)>,
    /// Bytes of their text.
    bytes: usize,
    /// Whether the open row is not shown.
    hidden_row: bool,
    column: u32,
    cell: Option<OpenCell>,
    /// Depth inside notes and the like.
    unseen: usize,
}

struct OpenCell {
    text: String,
    number: bool,
    /// The value behind a number's text; of a percentage a hundredfold.
    value: Option<f64>,
    repeats: u32,
    columns: u32,
    rows: u32,
    in_paragraph: bool,
}

fn count(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name).and_then(|n| n.parse().ok()).unwrap_or(1).max(1)
}

fn value(element: &BytesStart<'_>, kind: &str) -> Option<f64> {
    let value: f64 = attribute(element, "value")?.parse().ok()?;
    match kind {
        "percentage" => Some(value * 100.0),
        "float" | "currency" => Some(value),
        _ => None,
    }
}

/// A number's text in the Vietnamese way, where its value says that it stands in the English one: "1,250.5" is "1.250,5".
fn vietnamese(text: String, value: f64) -> String {
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
    let near = |decimal: char, group: char| {
        let plain = digits.replace(group, "").replace(decimal, ".");
        let decimals = plain.split_once('.').map_or(0, |(_, behind)| behind.len() as i32);
        plain.parse::<f64>().is_ok_and(|n| (n - value.abs()).abs() <= 0.51 * 0.1_f64.powi(decimals))
    };
    if near('.', ',') && !near(',', '.') { super::number::mark(&text) } else { text }
}

impl Reading<'_> {
    fn start_cell(&mut self, element: &BytesStart<'_>) {
        let kind = attribute(element, "value-type").unwrap_or_default();
        self.cell = Some(OpenCell {
            text: String::new(),
            value: value(element, &kind),
            number: matches!(kind.as_str(), "float" | "percentage" | "currency" | "date" | "time"),
            repeats: count(element, "number-columns-repeated"),
            columns: count(element, "number-columns-spanned"),
            rows: count(element, "number-rows-spanned"),
            in_paragraph: false,
        });
    }

    fn end_cell(&mut self) {
        let Some(mut cell) = self.cell.take() else { return };
        if let Some(value) = cell.value {
            cell.text = vietnamese(cell.text, value);
        }
        if cell.columns > 1 || cell.rows > 1 {
            let (row, column) = (self.row, self.column);
            let last = |n: u32, spanned: u32| n.saturating_add(spanned - 1);
            if let Some(sheet) = &mut self.sheet {
                sheet.merge((row, last(row, cell.rows)), (column, last(column, cell.columns)));
            }
        }
        if !cell.text.trim().is_empty() {
            for i in 0..cell.repeats.min(MOST_REPEATS) {
                // What repeats is short in the file and long in memory: it is counted before it is made.
                self.bytes += cell.text.len();
                self.result = self.book.check(self.cells.len() + 1, self.bytes, self.options);
                if self.result.is_err() {
                    return;
                }
                let runs = vec![(cell.text.clone(), Run::default())];
                self.cells.push((self.column.saturating_add(i), Cell { runs, number: cell.number }));
            }
        }
        self.column = self.column.saturating_add(cell.repeats);
    }

    fn end_row(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        let hidden = std::mem::take(&mut self.hidden_row);
        self.bytes = 0;
        let repeats = if cells.is_empty() { 0 } else { self.rows.min(MOST_REPEATS) };
        for i in 0..repeats {
            if let Some(sheet) = self.sheet.as_mut().filter(|_| hidden) {
                sheet.hidden_rows.insert(self.row.saturating_add(i));
            }
            for (column, cell) in &cells {
                let Some(sheet) = &mut self.sheet else { return };
                if self.result.is_ok() {
                    let at = (self.row.saturating_add(i), *column);
                    self.result = self.book.add(sheet, at, cell.clone(), self.options);
                }
            }
        }
        self.row = self.row.saturating_add(self.rows);
        self.column = 0;
    }
}

impl Visit for Reading<'_> {
    fn start(&mut self, name: &str, element: &BytesStart<'_>) {
        if self.unseen > 0 || matches!(name, "annotation" | "tracked-changes") {
            self.unseen += 1;
            return;
        }
        match name {
            "style" => self.style = attribute(element, "name").unwrap_or_default(),
            "table-properties" if attribute(element, "display").as_deref() == Some("false") => {
                self.hidden_styles.insert(self.style.clone());
            }
            "table" if self.sheet.is_none() => {
                let style = attribute(element, "style-name").unwrap_or_default();
                let name = attribute(element, "name").unwrap_or_default();
                self.sheet =
                    Some(Sheet { name, hidden: self.hidden_styles.contains(&style), ..Sheet::default() });
                self.row = 0;
            }
            "table-column" => {
                let repeats = count(element, "number-columns-repeated");
                let hidden = attribute(element, "visibility").is_some_and(|v| v != "visible");
                if let (true, Some(sheet)) = (hidden, &mut self.sheet) {
                    sheet.hide_columns(self.column, self.column.saturating_add(repeats - 1));
                }
                self.column = self.column.saturating_add(repeats);
            }
            "table-row" => {
                self.rows = count(element, "number-rows-repeated");
                self.column = 0;
                self.hidden_row = attribute(element, "visibility").is_some_and(|v| v != "visible");
            }
            "table-cell" => self.start_cell(element),
            "covered-table-cell" => {
                self.column = self.column.saturating_add(count(element, "number-columns-repeated"));
            }
            "p" => {
                if let Some(cell) = &mut self.cell {
                    if !cell.text.is_empty() {
                        cell.text.push('\n');
                    }
                    cell.in_paragraph = true;
                }
            }
            "s" | "tab" => self.text(" "),
            "line-break" => self.text("\n"),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.unseen > 0 {
            self.unseen -= 1;
            return;
        }
        match name {
            "p" => self.cell.iter_mut().for_each(|cell| cell.in_paragraph = false),
            "table-cell" => self.end_cell(),
            "table-row" => self.end_row(),
            "table" => self.book.sheets.extend(self.sheet.take()),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.unseen == 0
            && let Some(cell) = &mut self.cell
            && cell.in_paragraph
        {
            cell.text.push_str(text);
        }
    }

    fn is_full(&self) -> bool {
        self.result.is_err()
    }
}

#[cfg(test)]
mod tests {
    use super::vietnamese;

    #[test]
    fn numbers_in_the_english_way_are_turned_round() {
        assert_eq!(vietnamese("1,250.5".into(), 1250.5), "1.250,5");
        assert_eq!(vietnamese("8.50%".into(), 8.5), "8,50%");
        assert_eq!(vietnamese("1.250".into(), 1250.0), "1.250");
        assert_eq!(vietnamese("1,250".into(), 1250.0), "1.250");
        assert_eq!(vietnamese("12".into(), 12.0), "12");
    }
}
