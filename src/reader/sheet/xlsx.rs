//! Sheets: .xlsx (and .xlsm, .xltx). The parts of the package: the workbook names its sheets, styles and shared strings are apart.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::super::package::Package;
use super::super::paragraph::Run;
use super::super::xml::{self, Visit, attribute, is_on, val, walk};
use super::super::{Content, ReadOptions};
use super::{Book, Cell, Format, Sheet};
use crate::error::Error;

/// Reads one document of this format.
///
/// # Errors
/// A container that is broken or holds no workbook; a part above the limits; no text.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Content, Error> {
    let mut package = Package::zip(bytes, options.limits.stream_bytes)?;
    let main = package.main_part("xl/workbook.xml")?;
    let main = main.ok_or_else(|| Error::Unsupported("a zip container that is no .xlsx".into()))?;
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
    let relations = package.part(&format!("{folder}/_rels/{file}.rels"))?.unwrap_or_default();
    let relations = xml::relations(&relations);
    let path = |target: &str| xml::resolve(folder, target);
    let workbook = Workbook::read(&package.part(&main)?.unwrap_or_default());
    let of_kind = |kind: &str| relations.values().find(|(k, _)| k.ends_with(kind)).map(|(_, target)| target);
    let mut part = |kind: &str| match of_kind(kind) {
        Some(target) => package.part(&path(target)).map(Option::unwrap_or_default),
        None => Ok(String::new()),
    };
    let styles = Styles::read(&part("styles")?);
    let strings = Strings::read(&part("sharedStrings")?);
    let mut book = Book::default();
    for (name, id, hidden) in &workbook.sheets {
        let target = relations.get(id).map(|(_, target)| path(target)).unwrap_or_default();
        let Some(part) = package.part(&target)? else { continue };
        let sheet = Sheet { name: name.clone(), hidden: *hidden, ..Sheet::default() };
        let mut reading = Reading::new(sheet, &mut book, &styles, &strings, workbook.since_1904, options);
        // A broken sheet as far as it goes.
        let _ = walk(&part, &mut reading);
        let (sheet, result) = (reading.sheet, reading.result);
        result?;
        book.sheets.push(sheet);
    }
    book.damaged = package.warnings();
    book.finish("xlsx", options)
}

/// Whether the bytes are of this format: a zip container with a workbook.
pub fn sniff(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") && memchr::memmem::find(bytes, b"xl/workbook.xml").is_some()
}

#[derive(Default)]
struct Workbook {
    /// Name, id of the relation, and whether it is hidden.
    sheets: Vec<(String, String, bool)>,
    since_1904: bool,
}

impl Workbook {
    fn read(xml: &str) -> Self {
        let mut workbook = Self::default();
        let _ = walk(xml, &mut workbook);
        workbook
    }
}

impl Visit for Workbook {
    fn start(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "workbookPr" => {
                self.since_1904 = matches!(attribute(element, "date1904").as_deref(), Some("1" | "true"));
            }
            "sheet" => {
                let hidden = matches!(attribute(element, "state").as_deref(), Some("hidden" | "veryHidden"));
                let (name, id) = (attribute(element, "name"), attribute(element, "id"));
                self.sheets.push((name.unwrap_or_default(), id.unwrap_or_default(), hidden));
            }
            _ => {}
        }
    }

    fn end(&mut self, _: &str) {}

    fn text(&mut self, _: &str) {}
}

/// Fonts and formats of the cell styles.
#[derive(Default)]
struct Styles {
    formats: BTreeMap<u32, Format>,
    fonts: Vec<Run>,
    cells: Vec<(usize, u32)>,
    in_fonts: bool,
    in_cells: bool,
}

impl Styles {
    fn read(xml: &str) -> Self {
        let mut styles = Self::default();
        let _ = walk(xml, &mut styles);
        styles
    }

    fn of(&self, index: usize) -> (Run, Format) {
        let (font, format) = self.cells.get(index).copied().unwrap_or_default();
        let format = self.formats.get(&format).cloned().unwrap_or_else(|| Format::builtin(format));
        (self.fonts.get(font).cloned().unwrap_or_default(), format)
    }
}

/// What an element of a font says.
fn set_font(run: &mut Run, name: &str, element: &BytesStart<'_>) {
    match name {
        "name" | "rFont" => run.font = val(element),
        "b" => run.bold = is_on(element),
        "vertAlign" => run.superscript = val(element).as_deref() == Some("superscript"),
        _ => {}
    }
}

fn number_of<T: std::str::FromStr + Default>(element: &BytesStart<'_>, name: &str) -> T {
    attribute(element, name).and_then(|n| n.parse().ok()).unwrap_or_default()
}

impl Visit for Styles {
    fn start(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "numFmt" => {
                let code = attribute(element, "formatCode").unwrap_or_default();
                self.formats.insert(number_of(element, "numFmtId"), Format::new(&code));
            }
            "fonts" => self.in_fonts = true,
            "cellXfs" => self.in_cells = true,
            "font" if self.in_fonts => self.fonts.push(Run::default()),
            "xf" if self.in_cells => {
                self.cells.push((number_of(element, "fontId"), number_of(element, "numFmtId")));
            }
            _ if self.in_fonts => self.fonts.last_mut().into_iter().for_each(|f| set_font(f, name, element)),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "fonts" => self.in_fonts = false,
            "cellXfs" => self.in_cells = false,
            _ => {}
        }
    }

    fn text(&mut self, _: &str) {}
}

/// A string: its runs, and whether each has a font of its own.
type Runs = Vec<(String, Option<Run>)>;

/// Reads the text of an `si` or `is` element.
#[derive(Default)]
struct Text {
    runs: Runs,
    run: Option<Run>,
    in_text: bool,
    phonetic: bool,
}

impl Text {
    fn start(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "r" => self.run = Some(Run::default()),
            "t" => self.in_text = !self.phonetic,
            "rPh" => self.phonetic = true,
            _ => self.run.iter_mut().for_each(|run| set_font(run, name, element)),
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "r" => self.run = None,
            "t" => self.in_text = false,
            "rPh" => self.phonetic = false,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text {
            match self.runs.last_mut() {
                Some((before, run)) if *run == self.run => before.push_str(text),
                _ => self.runs.push((text.to_owned(), self.run.clone())),
            }
        }
    }
}

#[derive(Default)]
struct Strings {
    all: Vec<Runs>,
    open: Option<Text>,
}

impl Strings {
    fn read(xml: &str) -> Self {
        let mut strings = Self::default();
        let _ = walk(xml, &mut strings);
        strings
    }
}

impl Visit for Strings {
    fn start(&mut self, name: &str, element: &BytesStart<'_>) {
        match (name, &mut self.open) {
            ("si", _) => self.open = Some(Text::default()),
            (_, Some(text)) => text.start(name, element),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if name == "si" {
            self.all.extend(self.open.take().map(|text| text.runs));
        } else if let Some(text) = &mut self.open {
            text.end(name);
        }
    }

    fn text(&mut self, text: &str) {
        self.open.iter_mut().for_each(|open| open.text(text));
    }
}

/// One sheet being read.
struct Reading<'r> {
    sheet: Sheet,
    book: &'r mut Book,
    styles: &'r Styles,
    strings: &'r Strings,
    since_1904: bool,
    options: &'r ReadOptions,
    result: Result<(), Error>,
    row: u32,
    column: u32,
    kind: String,
    style: usize,
    value: String,
    in_value: bool,
    inline: Option<Text>,
}

impl<'r> Reading<'r> {
    fn new(
        sheet: Sheet,
        book: &'r mut Book,
        styles: &'r Styles,
        strings: &'r Strings,
        since_1904: bool,
        options: &'r ReadOptions,
    ) -> Self {
        let (value, kind) = (String::new(), String::new());
        let (row, column, style) = (0, 0, 0);
        let result = Ok(());
        Self {
            sheet,
            book,
            styles,
            strings,
            since_1904,
            options,
            result,
            row,
            column,
            kind,
            style,
            value,
            in_value: false,
            inline: None,
        }
    }

    fn end_cell(&mut self) {
        let (value, inline) = (std::mem::take(&mut self.value), self.inline.take());
        let (run, format) = self.styles.of(self.style);
        let with_own = |runs: &Runs| Cell {
            runs: runs
                .iter()
                .map(|(text, own)| (text.clone(), own.clone().unwrap_or_else(|| run.clone())))
                .collect(),
            number: false,
        };
        let cell = match self.kind.as_str() {
            "s" => value.trim().parse().ok().and_then(|i: usize| self.strings.all.get(i)).map(with_own),
            "inlineStr" => inline.map(|text| with_own(&text.runs)),
            "b" => Some(Cell::text(if value.trim() == "1" { "TRUE" } else { "FALSE" }, run)),
            "e" => None,
            "str" | "d" => Some(Cell::text(value, run)),
            _ => value.trim().parse().ok().map(|v| Cell::number(v, &format, self.since_1904, run)),
        };
        if let (Some(cell), Ok(())) = (cell, &self.result) {
            let at = (self.row.saturating_sub(1), self.column.saturating_sub(1));
            self.result = self.book.add(&mut self.sheet, at, cell, self.options);
        }
    }
}

impl Visit for Reading<'_> {
    fn start(&mut self, name: &str, element: &BytesStart<'_>) {
        if let Some(text) = &mut self.inline {
            return text.start(name, element);
        }
        match name {
            "col" if attribute(element, "hidden").is_some_and(|h| h == "1" || h == "true") => {
                let (first, last): (u32, u32) = (number_of(element, "min"), number_of(element, "max"));
                self.sheet.hide_columns(first.saturating_sub(1), last.saturating_sub(1));
            }
            "row" => {
                let told: u32 = number_of(element, "r");
                self.row = if told > 0 { told } else { self.row.saturating_add(1) };
                self.column = 0;
                if attribute(element, "hidden").is_some_and(|h| h == "1" || h == "true") {
                    self.sheet.hidden_rows.insert(self.row.saturating_sub(1));
                }
            }
            "c" => {
                let told = attribute(element, "r").and_then(|r| place(&r));
                self.column = told.map_or(self.column.saturating_add(1), |(_, column)| column);
                self.kind = attribute(element, "t").unwrap_or_default();
                self.style = number_of(element, "s");
                self.value.clear();
            }
            "v" => self.in_value = true,
            "is" => self.inline = Some(Text::default()),
            "mergeCell" => {
                let area = attribute(element, "ref").unwrap_or_default();
                let corners = area.split_once(':').and_then(|(a, b)| Some((place(a)?, place(b)?)));
                if let Some(((r0, c0), (r1, c1))) = corners {
                    let from_0 = |n: u32| n.saturating_sub(1);
                    self.sheet.merge((from_0(r0), from_0(r1)), (from_0(c0), from_0(c1)));
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "v" => self.in_value = false,
            "c" => self.end_cell(),
            _ => {}
        }
        if name != "is" && name != "c" {
            self.inline.iter_mut().for_each(|text| text.end(name));
        }
    }

    fn text(&mut self, text: &str) {
        match &mut self.inline {
            Some(inline) => inline.text(text),
            None if self.in_value => self.value.push_str(text),
            None => {}
        }
    }

    fn is_full(&self) -> bool {
        self.result.is_err()
    }
}

/// Row and column of a name like `BC12`, from 1.
fn place(name: &str) -> Option<(u32, u32)> {
    let letters = name.trim_start_matches('$');
    let end = letters.find(|c: char| !c.is_ascii_alphabetic())?;
    let (column, row) = letters.split_at_checked(end)?;
    let digit =
        |n: u32, c: char| n.checked_mul(26)?.checked_add(u32::from(c.to_ascii_uppercase() as u8 - b'A') + 1);
    let column = column.chars().try_fold(0, digit)?;
    Some((row.trim_start_matches('$').parse().ok()?, column)).filter(|(_, column)| *column > 0)
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn names_of_cells_are_places() {
        assert_eq!(place("A1"), Some((1, 1)));
        assert_eq!(place("$BC$12"), Some((12, 55)));
        assert_eq!(place("12"), None);
        assert_eq!(place("ZZZZZZZZZZZZ1"), None);
    }
}
