//! Sheets: .xls (BIFF8 of Excel 97 to 2003, BIFF5 of Excel 5 and 95). The stream is a row of records, each a number, a length and
//! data; strings and cells name fonts and formats by number.

use std::collections::BTreeMap;

use super::super::bytes::{f64_at, index_at, slice_at, u16_at, u32_at, utf16};
use super::super::ole::Ole;
use super::super::paragraph::Run;
use super::super::{Content, ReadOptions};
use super::{Book, Cell, Format, Sheet};
use crate::charset::cp1252_char;
use crate::error::Error;

/// Most records of one sheet that follow another record's data (CONTINUE).
const MOST_PARTS: usize = 1 << 20;
/// The sheets of a workbook follow one another; where they overlap, so many times the stream is read, no more.
const MOST_TIMES: usize = 16;

/// Reads one document of this format.
///
/// # Errors
/// A broken or encrypted workbook, one of Excel before 5.0, one above the limits, no text.
pub fn read(ole: &mut Ole<'_>, options: &ReadOptions) -> Result<Content, Error> {
    let stream = match ole.stream("Workbook")? {
        Some(stream) => stream,
        None => ole.stream("Book")?.unwrap_or_default(),
    };
    let mut globals = Globals::read(&stream)?;
    let mut book = Book::default();
    let mut left = stream.len().saturating_mul(MOST_TIMES);
    for (place, mut sheet) in std::mem::take(&mut globals.sheets) {
        if left == 0 {
            break;
        }
        let mut records = Records { stream: &stream, at: place };
        cells(&mut records, &globals, &mut sheet, &mut book, options)?;
        left = left.saturating_sub(records.at.saturating_sub(place).max(1));
        book.sheets.push(sheet);
    }
    book.finish("xls", options)
}

/// Walks records; what continues one is part of it.
struct Records<'s> {
    stream: &'s [u8],
    at: usize,
}

/// A record: its number, and its data in parts.
struct Record<'s> {
    id: u16,
    parts: Vec<&'s [u8]>,
}

impl<'s> Record<'s> {
    fn data(&self) -> &'s [u8] {
        self.parts.first().copied().unwrap_or(&[])
    }
}

impl<'s> Iterator for Records<'s> {
    type Item = Record<'s>;

    fn next(&mut self) -> Option<Record<'s>> {
        let mut one = || {
            let id = u16_at(self.stream, self.at)?;
            let length = usize::from(u16_at(self.stream, self.at + 2)?);
            let rest = self.stream.get(self.at + 4..)?;
            let data = rest.get(..length.min(rest.len()))?;
            self.at += 4 + length;
            Some((id, data))
        };
        let (id, data) = one()?;
        let mut record = Record { id, parts: vec![data] };
        while u16_at(self.stream, self.at) == Some(0x003C) && record.parts.len() < MOST_PARTS {
            let length = usize::from(u16_at(self.stream, self.at + 2)?);
            record.parts.extend(slice_at(self.stream, self.at + 4, length));
            self.at += 4 + length;
        }
        Some(record)
    }
}

/// What holds for all sheets.
#[derive(Default)]
struct Globals {
    /// Whether letters take one or two bytes each as a flag says (BIFF8), or always one.
    wide: bool,
    since_1904: bool,
    fonts: Vec<Run>,
    formats: BTreeMap<u32, Format>,
    /// Font and format of each cell style.
    styles: Vec<(u16, u32)>,
    strings: Vec<Vec<(String, Option<u16>)>>,
    sheets: Vec<(usize, Sheet)>,
}

impl Globals {
    fn read(stream: &[u8]) -> Result<Self, Error> {
        let mut globals = Self::default();
        let mut records = Records { stream, at: 0 };
        let first = records.next().filter(|r| r.id == 0x0809);
        let version = first.and_then(|r| u16_at(r.data(), 0));
        globals.wide = match version {
            Some(0x0600) => true,
            Some(0x0500) => false,
            Some(_) => {
                return Err(Error::Unsupported(
                    "a workbook of Excel before 5.0; save it as .xlsx first".into(),
                ));
            }
            None => return Err(Error::Damaged("the workbook does not begin with its head".into())),
        };
        for record in records {
            match record.id {
                0x002F => {
                    let what = "a password-protected workbook; save it without password first";
                    return Err(Error::Encrypted(what.into()));
                }
                0x000A => break,
                _ => drop(globals.take(&record)),
            }
        }
        Ok(globals)
    }

    fn take(&mut self, record: &Record<'_>) -> Option<()> {
        let data = record.data();
        match record.id {
            0x0022 => self.since_1904 = u16_at(data, 0)? == 1,
            0x0031 => {
                let font = Some(self.name(data, 14)?);
                let (bold, superscript) = (u16_at(data, 6)? >= 700, u16_at(data, 8)? == 1);
                self.fonts.push(Run { font, bold, superscript, hidden: false });
            }
            0x041E => {
                let code = if self.wide { self.long_text(data, 2)? } else { self.name(data, 2)? };
                self.formats.insert(u32::from(u16_at(data, 0)?), Format::new(&code));
            }
            0x00E0 => self.styles.push((u16_at(data, 0)?, u32::from(u16_at(data, 2)?))),
            // A worksheet, not a chart or macros.
            0x0085 if *data.get(5)? == 0 => {
                let hidden = *data.get(4)? & 3 != 0;
                let sheet = Sheet { name: self.name(data, 6)?, hidden, ..Sheet::default() };
                self.sheets.push((index_at(data, 0)?, sheet));
            }
            0x00FC => self.strings = Strings::new(&record.parts).all(),
            _ => {}
        }
        Some(())
    }

    /// A text with its length in one byte.
    fn name(&self, data: &[u8], at: usize) -> Option<String> {
        let length = usize::from(*data.get(at)?);
        if !self.wide {
            return slice_at(data, at + 1, length).map(narrow);
        }
        letters(data, at + 2, length, *data.get(at + 1)?)
    }

    /// A text with its length in two bytes.
    fn long_text(&self, data: &[u8], at: usize) -> Option<String> {
        let length = usize::from(u16_at(data, at)?);
        if !self.wide {
            return slice_at(data, at + 2, length).map(narrow);
        }
        letters(data, at + 3, length, *data.get(at + 2)?)
    }

    fn font(&self, index: u16) -> Run {
        // There is no font 4.
        let index = usize::from(if index > 4 { index - 1 } else { index });
        self.fonts.get(index).cloned().unwrap_or_default()
    }

    fn style(&self, index: u16) -> (Run, Format) {
        let (font, format) = self.styles.get(usize::from(index)).copied().unwrap_or_default();
        let format = self.formats.get(&format).cloned().unwrap_or_else(|| Format::builtin(format));
        (self.font(font), format)
    }

    fn number(&self, value: f64, style: u16) -> Cell {
        let (run, format) = self.style(style);
        Cell::number(value, &format, self.since_1904, run)
    }

    fn text(&self, text: String, style: u16) -> Cell {
        Cell::text(text, self.style(style).0)
    }

    /// A shared string, with the fonts of its runs.
    fn shared(&self, index: usize, style: u16) -> Option<Cell> {
        let own = self.style(style).0;
        let runs = self.strings.get(index)?.iter();
        let runs =
            runs.map(|(text, font)| (text.clone(), font.map_or_else(|| own.clone(), |f| self.font(f))));
        Some(Cell { runs: runs.collect(), number: false })
    }
}

/// Bytes of Windows-1252 as letters; the judge of encodings takes it from there.
fn narrow(bytes: &[u8]) -> String {
    bytes.iter().map(|b| cp1252_char(*b)).collect()
}

/// Letters of one byte, or of two.
fn letters(data: &[u8], at: usize, length: usize, flags: u8) -> Option<String> {
    if flags & 1 == 1 {
        return slice_at(data, at, length * 2).map(utf16);
    }
    Some(slice_at(data, at, length)?.iter().map(|b| char::from(*b)).collect())
}

/// The shared strings, which run on from part to part.
struct Strings<'p, 's> {
    parts: &'p [&'s [u8]],
    part: usize,
    at: usize,
}

impl<'p, 's> Strings<'p, 's> {
    fn new(parts: &'p [&'s [u8]]) -> Self {
        Self { parts, part: 0, at: 8 }
    }

    fn all(mut self) -> Vec<Vec<(String, Option<u16>)>> {
        let mut all = Vec::new();
        while let Some(string) = self.string() {
            all.push(string);
        }
        all
    }

    fn here(&self) -> &'s [u8] {
        self.parts.get(self.part).and_then(|p| p.get(self.at..)).unwrap_or(&[])
    }

    /// So many bytes that may lie in several parts.
    fn bytes(&mut self, mut length: usize) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        while length > 0 {
            let here = self.here();
            if here.is_empty() {
                self.part += 1;
                self.at = 0;
                self.parts.get(self.part)?;
                continue;
            }
            let taken = here.get(..length.min(here.len()))?;
            bytes.extend_from_slice(taken);
            self.at += taken.len();
            length -= taken.len();
        }
        Some(bytes)
    }

    fn u16(&mut self) -> Option<u16> {
        u16_at(&self.bytes(2)?, 0)
    }

    /// The letters of a string: where they run on in the next part, it says anew how wide they are.
    fn letters(&mut self, mut length: usize, mut flags: u8) -> Option<Vec<u16>> {
        let mut units = Vec::new();
        while length > 0 {
            if self.here().is_empty() {
                self.part += 1;
                self.at = 1;
                flags = *self.parts.get(self.part)?.first()?;
                continue;
            }
            let width = 1 + usize::from(flags & 1);
            let here = self.here();
            let count = (here.len() / width).min(length);
            if count == 0 {
                return None;
            }
            let taken = here.get(..count * width)?;
            match width {
                1 => units.extend(taken.iter().map(|b| u16::from(*b))),
                _ => units.extend(taken.chunks_exact(2).filter_map(|pair| u16_at(pair, 0))),
            }
            self.at += taken.len();
            length -= count;
        }
        Some(units)
    }

    fn string(&mut self) -> Option<Vec<(String, Option<u16>)>> {
        if self.here().is_empty() {
            self.part += 1;
            self.at = 0;
        }
        let length = usize::from(self.u16()?);
        let flags = *self.bytes(1)?.first()?;
        let runs = if flags & 8 != 0 { usize::from(self.u16()?) } else { 0 };
        let more = if flags & 4 != 0 { index_at(&self.bytes(4)?, 0)? } else { 0 };
        let units = self.letters(length, flags)?;
        let marks = self.bytes(runs * 4)?;
        self.bytes(more)?;
        let marks = marks.chunks_exact(4).filter_map(|m| Some((usize::from(u16_at(m, 0)?), u16_at(m, 2)?)));
        let mut string = Vec::new();
        let (mut start, mut font) = (0, None);
        for (at, next) in marks.chain([(units.len(), 0)]) {
            let text = units.get(start..at.min(units.len())).unwrap_or(&[]);
            if !text.is_empty() {
                string.push((String::from_utf16_lossy(text), font));
            }
            start = start.max(at);
            font = Some(next);
        }
        Some(string)
    }
}

/// Reads the cells of one sheet.
fn cells(
    records: &mut Records<'_>,
    globals: &Globals,
    sheet: &mut Sheet,
    book: &mut Book,
    options: &ReadOptions,
) -> Result<(), Error> {
    let mut depth = 0;
    // The formula whose text comes next.
    let mut waiting: Option<((u32, u32), u16)> = None;
    for record in records {
        match record.id {
            0x0809 => depth += 1,
            0x000A if depth <= 1 => break,
            0x000A => depth -= 1,
            // A chart in the sheet has records of its own.
            _ if depth > 1 => {}
            _ => {
                let mut found = Vec::new();
                take(&record, globals, sheet, &mut waiting, &mut found);
                for (at, cell) in found {
                    book.add(sheet, at, cell, options)?;
                }
            }
        }
    }
    Ok(())
}

type Found = Vec<((u32, u32), Cell)>;

fn take(
    record: &Record<'_>,
    globals: &Globals,
    sheet: &mut Sheet,
    waiting: &mut Option<((u32, u32), u16)>,
    found: &mut Found,
) -> Option<()> {
    let data = record.data();
    let at = || Some((u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?)));
    let style = || u16_at(data, 4);
    match record.id {
        0x00FD => found.push((at()?, globals.shared(index_at(data, 6)?, style()?)?)),
        0x0204 | 0x00D6 => found.push((at()?, globals.text(globals.long_text(data, 6)?, style()?))),
        0x0203 => found.push((at()?, globals.number(f64_at(data, 6)?, style()?))),
        0x027E => found.push((at()?, globals.number(packed(u32_at(data, 6)?), style()?))),
        0x00BD => {
            let (row, first) = at()?;
            for (i, cell) in data.get(4..data.len().checked_sub(2)?)?.chunks_exact(6).enumerate() {
                let number = globals.number(packed(u32_at(cell, 2)?), u16_at(cell, 0)?);
                found.push(((row, first.saturating_add(i as u32)), number));
            }
        }
        0x0205 => {
            let value = *data.get(6)?;
            let text = match (data.get(7)?, value) {
                (0, 0) => "FALSE",
                (0, _) => "TRUE",
                _ => "",
            };
            found.push((at()?, globals.text(text.to_owned(), style()?)));
        }
        0x0006 => match (slice_at(data, 6, 8)?, u16_at(data, 12)?) {
            ([0, ..], 0xFFFF) => *waiting = Some((at()?, style()?)),
            (_, 0xFFFF) => {}
            _ => found.push((at()?, globals.number(f64_at(data, 6)?, style()?))),
        },
        0x0207 => {
            let (at, style) = waiting.take()?;
            let text = globals
                .long_text(data, 0)
                .or_else(|| Strings { parts: &record.parts, part: 0, at: 0 }.plain())?;
            found.push((at, globals.text(text, style)));
        }
        0x0208 => {
            let (hidden, height) = (u16_at(data, 12)? & 0x20 != 0, u16_at(data, 6)?);
            if hidden || height == 0 {
                sheet.hidden_rows.insert(u32::from(u16_at(data, 0)?));
            }
        }
        0x007D if u16_at(data, 8)? & 1 == 1 || u16_at(data, 4)? == 0 => {
            sheet.hide_columns(u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?));
        }
        0x00E5 => {
            for area in data.get(2..)?.chunks_exact(8) {
                let n = |at: usize| u16_at(area, at).map(u32::from);
                sheet.merge((n(0)?, n(2)?), (n(4)?, n(6)?));
            }
        }
        _ => {}
    }
    Some(())
}

impl Strings<'_, '_> {
    /// A long text without fonts that runs on in the next part.
    fn plain(mut self) -> Option<String> {
        let length = usize::from(self.u16()?);
        let flags = *self.bytes(1)?.first()?;
        self.letters(length, flags).map(|units| String::from_utf16_lossy(&units))
    }
}

/// A number in 32 bits: an integer or the upper half of a floating one, perhaps a hundredfold.
fn packed(bits: u32) -> f64 {
    let value = if bits & 2 != 0 {
        f64::from((bits as i32) >> 2)
    } else {
        f64::from_bits(u64::from(bits & 0xFFFF_FFFC) << 32)
    };
    if bits & 1 != 0 { value / 100.0 } else { value }
}
