//! Rows to a workbook (.xlsx), a sheet a table. Behind the cargo feature `xlsx`.
//!
//! Numbers are numbers, so that a spreadsheet shows them as its user writes them (89,64); days are dates; texts are
//! texts, never formulas. Rows go to a temporary file as they come.

use std::io::{self, Write};

use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::TableWriter;
use super::flat::{Cell, Table, Type};
use crate::record::Day;

/// Most rows of a sheet, of which one is the heading.
const ROWS: u32 = 1_048_576;
/// Most UTF-16 units of a cell.
const UNITS: usize = 32_767;
/// Spreadsheets count days from here.
const FIRST_YEAR: u16 = 1900;
/// Significant digits that a spreadsheet keeps.
const DIGITS: usize = 15;

/// Writes a workbook of one sheet.
pub struct Xlsx<W: Write + Send> {
    out: W,
    book: Workbook,
    sheet: Worksheet,
    day: Format,
    row: u32,
}

impl<W: Write + Send> Xlsx<W> {
    /// A workbook with the heading of a table.
    ///
    /// # Errors
    /// A temporary file that cannot be made.
    pub fn new(table: Table, out: W) -> io::Result<Self> {
        let mut book = Workbook::new();
        let day = Format::new().set_num_format("dd/mm/yyyy");
        let sheet = heading(&mut book, table).map_err(error)?;
        Ok(Self { out, book, sheet, day, row: 1 })
    }

    fn cell(&mut self, column: u16, cell: &Cell<'_>) -> Result<(), XlsxError> {
        let (sheet, row) = (&mut self.sheet, self.row);
        match cell {
            Cell::Null => sheet,
            Cell::Text(s) => sheet.write_string(row, column, cut(s))?,
            Cell::Made(s) => sheet.write_string(row, column, cut(s))?,
            Cell::Bool(b) => sheet.write_boolean(row, column, *b)?,
            Cell::Int(n) => sheet.write_number(row, column, *n as f64)?,
            Cell::Decimal(d) => match d.to_f64().filter(|_| digits(d.normalize().mantissa()) <= DIGITS) {
                Some(number) => sheet.write_number(row, column, number)?,
                None => sheet.write_string(row, column, d.to_string())?,
            },
            Cell::Day(day) => match date(*day) {
                Some(date) => sheet.write_datetime_with_format(row, column, &date, &self.day)?,
                None => sheet.write_string(row, column, day.to_string())?,
            },
        };
        Ok(())
    }
}

impl<W: Write + Send> TableWriter for Xlsx<W> {
    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        if self.row >= ROWS {
            let most = ROWS - 1;
            return Err(io::Error::other(format!(
                "a sheet holds {most} rows at most, and there are more; take --format parquet or sqlite"
            )));
        }
        for (column, cell) in (0_u16..).zip(cells) {
            self.cell(column, cell).map_err(error)?;
        }
        self.row += 1;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.book.push_worksheet(self.sheet);
        let mut out = self.out;
        self.book.save_to_writer(&mut out).map_err(error)?;
        out.flush()
    }
}

/// A sheet with its heading: bold, always in view, columns as wide as what is in them.
fn heading(book: &mut Workbook, table: Table) -> Result<Worksheet, XlsxError> {
    // No clock: the same records always give the same bytes.
    let long_ago = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&long_ago));
    let bold = Format::new().set_bold();
    let mut sheet = book.new_worksheet_with_constant_memory()?;
    sheet.set_name(table.name())?;
    sheet.set_freeze_panes(1, 0)?;
    for (at, (name, kind)) in (0_u16..).zip(table.columns()) {
        sheet.set_column_width(at, width(name, kind))?;
        sheet.write_string_with_format(0, at, name, &bold)?;
    }
    Ok(sheet)
}

/// The width of a column in digits.
fn width(name: &str, kind: Type) -> f64 {
    let content = match (kind, name) {
        (_, "sentence" | "message" | "subject" | "name" | "recipients" | "path" | "table_row") => 48,
        (Type::Text, "text" | "issuer" | "scope" | "table_column" | "item" | "record") => 24,
        (Type::Text, _) => 14,
        (Type::Day | Type::Decimal, _) => 12,
        (Type::Int | Type::Bool, _) => 8,
    };
    f64::from(u32::try_from(name.len() + 2).unwrap_or(48).max(content))
}

/// As much of a text as a cell takes.
fn cut(text: &str) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > UNITS
    });
    end.and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

fn digits(mantissa: i128) -> usize {
    mantissa.unsigned_abs().to_string().trim_end_matches('0').len()
}

fn date(day: Day) -> Option<ExcelDateTime> {
    let date = ExcelDateTime::from_ymd(day.year(), day.month(), day.day()).ok();
    date.filter(|_| day.year() >= FIRST_YEAR)
}

/// What writing gave, such as a full disk, is handed on as it was.
fn error(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn sheet(rows: &[Vec<Cell<'_>>]) -> String {
        let mut out = Vec::new();
        let mut writer = Box::new(Xlsx::new(Table::Errors, &mut out).unwrap());
        rows.iter().for_each(|row| writer.row(row).unwrap());
        writer.finish().unwrap();
        let mut archive = zip::ZipArchive::new(io::Cursor::new(out)).unwrap();
        let mut xml = String::new();
        archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut xml).unwrap();
        xml
    }

    #[test]
    fn numbers_are_numbers_days_are_dates_and_no_text_is_a_formula() {
        let exact = "1234567890.1234567".parse().unwrap();
        let row = vec![
            Cell::Text("=1+1"),
            Cell::Decimal("-89.64".parse().unwrap()),
            Cell::Day("2024-03-05".parse().unwrap()),
            Cell::Decimal(exact),
            Cell::Day("1899-12-31".parse().unwrap()),
        ];
        let xml = sheet(&[row]);
        assert!(xml.contains("<t>=1+1</t>") && !xml.contains("<f>"), "{xml}");
        assert!(xml.contains("<v>-89.64</v>") && xml.contains("<v>45356</v>"), "{xml}");
        assert!(xml.contains("<t>1234567890.1234567</t>"), "more digits than a spreadsheet keeps: {xml}");
        assert!(xml.contains("<t>1899-12-31</t>") && xml.contains("state=\"frozen\""), "{xml}");
    }

    #[test]
    fn a_text_longer_than_a_cell_is_cut_between_characters() {
        let long = "ệ𝄞".repeat(20_000);
        assert_eq!(cut(&long).encode_utf16().count(), UNITS);
        assert_eq!(cut("ngắn"), "ngắn");
    }
}
