//! Stage 1: OpenDocument texts (.odt). Paragraphs, headings, lists, tables and notes as LibreOffice shows them; deleted text and
//! comments are not shown.

use quick_xml::events::BytesStart;

use super::flow::{Flow, Grid, GridCell, GridRow};
use super::office::{self, EMPTY_DOCUMENT};
use super::package::Package;
use super::paragraph::{OldFonts, Paragraph};
use super::xml::{Visit, attribute, walk};
use super::{Content, MarkKind, ReadOptions};
use crate::error::Error;

/// Tables nested deeper than this are read as plain paragraphs.
const DEEPEST_TABLE: usize = 24;
/// Most blanks that one element stands for.
const MOST_BLANKS: usize = 64;

/// Reads one document of this format.
///
/// # Errors
/// A container that is broken; a part above the limits; no text.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Content, Error> {
    let mut package = Package::zip(bytes, options.limits.stream_bytes)?;
    let xml = package.part("content.xml")?.unwrap_or_default();
    let read = |fonts: &mut OldFonts| {
        let mut body = Body { fonts: std::mem::take(fonts), ..Body::default() };
        // A broken part as far as it goes.
        let _ = walk(&xml, &mut body);
        let (flow, used) = body.finish();
        *fonts = used;
        Ok(flow)
    };
    office::content("odt", office::twice(read)?, EMPTY_DOCUMENT, package.warnings(), options)
}

/// Whether the bytes are of this format.
pub fn sniff(bytes: &[u8]) -> bool {
    let head = bytes.get(..256).unwrap_or(bytes);
    bytes.starts_with(b"PK\x03\x04") && memchr::memmem::find(head, b"opendocument.text").is_some()
}

enum Place {
    Text(Flow),
    Table { grid: Grid, row: Option<GridRow>, cell: Option<GridCell> },
}

#[derive(Default)]
struct Body {
    body: Flow,
    places: Vec<Place>,
    paragraphs: Vec<Paragraph>,
    notes: Vec<Flow>,
    fonts: OldFonts,
    unseen: usize,
    /// Tables too deep to be kept as such.
    too_deep: usize,
    heading_rows: bool,
}

impl Body {
    fn flow(&mut self) -> &mut Flow {
        let open = self.places.iter_mut().rev().find_map(|place| match place {
            Place::Text(flow) => Some(flow),
            Place::Table { cell, .. } => cell.as_mut().map(|cell| &mut cell.flow),
        });
        open.unwrap_or(&mut self.body)
    }

    fn finish(mut self) -> (Flow, OldFonts) {
        while !self.paragraphs.is_empty() {
            self.end_paragraph();
        }
        while !self.places.is_empty() {
            self.end_place();
        }
        let mut flow = self.body;
        for note in self.notes {
            flow.part(2);
            let since = flow.text.len();
            flow.append(note, 1);
            flow.mark(MarkKind::Footnote, since);
        }
        (flow, self.fonts)
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        let mut fonts = std::mem::take(&mut self.fonts);
        paragraph.write(None, None, &mut fonts, self.flow());
        self.fonts = fonts;
    }

    fn end_place(&mut self) {
        match self.places.pop() {
            Some(Place::Table { mut grid, mut row, cell }) => {
                if let (Some(cell), Some(row)) = (cell, &mut row) {
                    row.cells.push(cell);
                }
                grid.rows.extend(row);
                let breaks = if self.places.is_empty() { 2 } else { 1 };
                self.flow().append(grid.finish(), breaks);
            }
            Some(Place::Text(flow)) => match self.paragraphs.last_mut() {
                Some(paragraph) => paragraph.boxes.push(flow),
                None => self.flow().append(flow, 1),
            },
            None => {}
        }
    }

    fn start_in_table(&mut self, name: &str, element: &BytesStart<'_>) {
        let heading = self.heading_rows;
        let Some(Place::Table { row, cell, .. }) = self.places.last_mut() else { return };
        let span = |name: &str| attribute(element, name).and_then(|n| n.parse().ok()).unwrap_or(1_usize);
        match name {
            "table-row" => *row = Some(GridRow { cells: Vec::new(), heading }),
            _ => {
                let columns = span("number-columns-spanned").clamp(1, 64);
                let rows = span("number-rows-spanned").clamp(1, 1000);
                *cell = Some(GridCell { columns, rows, ..GridCell::default() });
            }
        }
    }

    fn end_in_table(&mut self, name: &str) {
        let Some(Place::Table { grid, row, cell }) = self.places.last_mut() else { return };
        if let (Some(cell), Some(row)) = (cell.take(), row.as_mut()) {
            row.cells.push(cell);
        }
        if name == "table-row" {
            grid.rows.extend(row.take());
        }
    }
}

impl Visit for Body {
    fn start(&mut self, name: &str, element: &BytesStart<'_>) {
        if self.unseen > 0 || matches!(name, "annotation" | "tracked-changes" | "forms" | "note-citation") {
            self.unseen += 1;
            return;
        }
        match name {
            "p" | "h" => self.paragraphs.push(Paragraph::open()),
            "s" => {
                let count = attribute(element, "c").and_then(|n| n.parse().ok()).unwrap_or(1_usize);
                self.text(&" ".repeat(count.min(MOST_BLANKS)));
            }
            "tab" => self.text("\t"),
            "line-break" => self.paragraphs.last_mut().into_iter().for_each(|p| p.line_break(false)),
            "soft-page-break" => {}
            "note" => {
                let number = self.notes.len() + 1;
                self.paragraphs.last_mut().into_iter().for_each(|p| p.note(number));
            }
            "note-body" | "text-box" => self.places.push(Place::Text(Flow::default())),
            "table" if self.places.len() >= DEEPEST_TABLE => self.too_deep += 1,
            "table" => self.places.push(Place::Table { grid: Grid::default(), row: None, cell: None }),
            "table-header-rows" => self.heading_rows = true,
            "table-row" | "table-cell" if self.too_deep == 0 => self.start_in_table(name, element),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.unseen > 0 {
            self.unseen -= 1;
            return;
        }
        match name {
            "p" | "h" => self.end_paragraph(),
            "note-body" => {
                if let Some(Place::Text(_)) = self.places.last()
                    && let Some(Place::Text(note)) = self.places.pop()
                {
                    let mut line = Flow::default();
                    line.run(&format!("[{}] ", self.notes.len() + 1));
                    line.join(note);
                    self.notes.push(line);
                }
            }
            "text-box" => self.end_place(),
            "table" if self.too_deep > 0 => self.too_deep -= 1,
            "table" => self.end_place(),
            "table-header-rows" => self.heading_rows = false,
            "table-row" | "table-cell" if self.too_deep == 0 => self.end_in_table(name),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.unseen == 0 {
            self.paragraphs.last_mut().into_iter().for_each(|p| p.text(text));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;

    #[test]
    fn notes_tables_and_blanks_are_read_and_deleted_text_is_not() {
        let xml = "<office:text><text:tracked-changes><text:p>bỏ</text:p></text:tracked-changes>\
            <text:h>BÁO<text:s text:c='2'/>CÁO</text:h><text:p>năm 2019<text:note><text:note-citation>1</text:note-citation>\
            <text:note-body><text:p>Theo 7/CV</text:p></text:note-body></text:note>.</text:p>\
            <table:table><table:table-row><table:table-cell table:number-columns-spanned='2'><text:p>Xã</text:p></table:table-cell>\
            <table:table-cell><text:p>Số</text:p></table:table-cell></table:table-row>\
            <table:table-row><table:table-cell><text:p>A</text:p></table:table-cell><table:table-cell><text:p>B</text:p></table:table-cell>\
            <table:table-cell><text:p>5</text:p></table:table-cell></table:table-row></table:table></office:text>";
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let stored =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for (name, text) in [("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", xml)] {
            writer.start_file(name, stored).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        let bytes = writer.finish().unwrap().into_inner();
        assert!(sniff(&bytes));
        let c = read(&bytes, &ReadOptions::default()).unwrap();
        assert_eq!(c.text, "BÁO CÁO\nnăm 2019[1].\n\nXã\t\tSố\nA\tB\t5\n\n[1] Theo 7/CV");
    }
}
