//! Follows the elements of the document (and of its notes) and builds the text.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::super::flow::{Flow, Grid, GridCell, GridRow};
use super::super::paragraph::{OldFonts, Paragraph, Run};
use super::super::xml::{Visit, attribute, is_on, val};
use super::super::{MarkKind, field, symbol};
use super::numbering::{ListRef, Numbering};
use super::styles::{Styles, font};
use crate::error::Error;

/// Longest number of a list item, in bytes.
pub(super) const LIST_NUMBER: usize = 1000;

/// Tables nested deeper than this are read as plain paragraphs.
const DEEPEST_TABLE: usize = 24;

/// Longest instruction of a field that is looked at.
const LONGEST_INSTRUCTION: usize = 256;

/// Elements whose content is not shown, or shown a second time: deleted text, old properties, the fallback of a shape.
const UNSEEN: &[&str] = &[
    "del",
    "moveFrom",
    "Fallback",
    "rPrChange",
    "pPrChange",
    "tblPrChange",
    "tcPrChange",
    "trPrChange",
    "sectPrChange",
    "numberingChange",
];

/// The document being read.
#[derive(Debug)]
pub struct Body {
    styles: Styles,
    numbering: Numbering,
    /// Where text goes: the document, then what is open in it (tables, text boxes, a note).
    places: Vec<Place>,
    /// The open paragraphs: one, or more inside text boxes.
    paragraphs: Vec<Open>,
    /// Depth inside an unseen element.
    unseen: usize,
    /// Whether text is being read (`w:t`), not field codes and the like.
    in_text: bool,
    /// How many raised parts of formulas are open.
    raised: usize,
    /// Tables too deep to be kept as such.
    too_deep: usize,
    /// The notes in the order of their marks, and their texts once read.
    marks: Vec<(&'static str, String)>,
    notes: BTreeMap<(&'static str, String), Flow>,
    /// What the old fonts mean here.
    fonts: OldFonts,
    /// Other documents that stand in it; each is written once.
    chunks: BTreeMap<String, Flow>,
    /// The instruction of the open field, as long as it has no result.
    instruction: Option<String>,
    in_instruction: bool,
    /// The chosen entry of a drop-down field, and how many were seen.
    choice: (usize, usize),
    /// Most bytes of text, and how many were written.
    text_bytes: usize,
    written: usize,
    /// The limit that is exceeded, and its value.
    over: Option<(&'static str, usize)>,
}

/// An open paragraph.
#[derive(Debug, Default)]
struct Open {
    text: Paragraph,
    style: Option<String>,
    /// The list it is an item of, where it says so itself.
    list: ListRef,
}

#[derive(Debug)]
enum Place {
    Text(Flow),
    Table { grid: Grid, row: Option<GridRow>, cell: Option<GridCell>, plain: bool },
}

impl Body {
    /// An empty document.
    pub fn new(
        styles: Styles,
        numbering: Numbering,
        chunks: BTreeMap<String, Flow>,
        fonts: OldFonts,
        text_bytes: usize,
    ) -> Self {
        Self {
            styles,
            numbering,
            places: vec![Place::Text(Flow::default())],
            paragraphs: Vec::new(),
            unseen: 0,
            in_text: false,
            raised: 0,
            too_deep: 0,
            marks: Vec::new(),
            notes: BTreeMap::new(),
            fonts,
            chunks,
            instruction: None,
            in_instruction: false,
            choice: (0, 0),
            text_bytes,
            written: 0,
            over: None,
        }
    }

    /// Whether the text keeps to the limits.
    ///
    /// # Errors
    /// `too_large` with the name of the limit.
    fn check(&self) -> Result<(), Error> {
        match self.over {
            Some((name, value)) => {
                Err(Error::TooLarge(format!("the document exceeds the limit {name} of {value} bytes")))
            }
            None => Ok(()),
        }
    }

    /// Whether the document has marks of such notes.
    pub fn has_notes(&self, kind: &str) -> bool {
        self.marks.iter().any(|(k, _)| *k == kind)
    }

    /// A visitor for the part that holds such notes.
    pub fn notes(&mut self, kind: &'static str) -> Notes<'_> {
        Notes { body: self, kind, id: None }
    }

    /// The text with the notes at its end, and what was learnt about its fonts.
    ///
    /// # Errors
    /// As [`Self::check`].
    pub fn finish(mut self) -> Result<(Flow, OldFonts), Error> {
        self.check()?;
        while self.places.len() > 1 || !self.paragraphs.is_empty() {
            // The document broke off: close what is open.
            if self.paragraphs.is_empty() { self.end_place() } else { self.end_paragraph() }
        }
        let mut flow = match self.places.pop() {
            Some(Place::Text(flow)) => flow,
            _ => Flow::default(),
        };
        for (n, mark) in self.marks.iter().enumerate() {
            if let Some(note) = self.notes.remove(mark) {
                flow.part(2);
                let since = flow.text.len();
                let mut line = Flow::default();
                line.run(&format!("[{}] ", n + 1));
                line.join(note);
                flow.append(line, 1);
                flow.mark(MarkKind::Footnote, since);
            }
        }
        Ok((flow, self.fonts))
    }

    /// What is being written to now.
    fn flow(&mut self) -> Option<&mut Flow> {
        self.places.iter_mut().rev().find_map(|place| match place {
            Place::Text(flow) => Some(flow),
            Place::Table { cell, .. } => cell.as_mut().map(|cell| &mut cell.flow),
        })
    }

    fn end_paragraph(&mut self) {
        let Some(Open { text, style, list: own }) = self.paragraphs.pop() else { return };
        let mut list = self.styles.list(style.as_deref());
        list.id = own.id.or(list.id);
        list.level = own.level.or(list.level);
        let number = self.numbering.next(&list);
        if number.as_ref().is_some_and(|n| n.len() > LIST_NUMBER) {
            self.over = Some(("list_number", LIST_NUMBER));
            return;
        }
        let bold = text.is_bold();
        let mut fonts = std::mem::take(&mut self.fonts);
        let font = self.styles.font(style.as_deref()).map(str::to_owned);
        if let Some(flow) = self.flow() {
            let before = flow.text.len();
            text.write(number.as_deref(), font.as_deref(), &mut fonts, flow);
            let added = flow.text.len() - before;
            let letters = flow.text.get(before..).is_some_and(|added| added.contains(char::is_alphabetic));
            self.written += added;
            if self.written > self.text_bytes {
                self.over = Some(("text_bytes", self.text_bytes));
            }
            if letters && let Some(Place::Table { plain, .. }) = self.places.last_mut() {
                *plain |= !bold;
            }
        }
        self.fonts = fonts;
    }

    /// Closes the innermost table or text box.
    fn end_place(&mut self) {
        if self.places.len() < 2 {
            return;
        }
        match self.places.pop() {
            Some(Place::Table { mut grid, row, cell, plain }) => {
                let mut row = row;
                end_cell(cell, &mut row, plain);
                grid.rows.extend(row);
                let breaks = if self.places.len() == 1 { 2 } else { 1 };
                if let Some(flow) = self.flow() {
                    flow.append(grid.finish(), breaks);
                }
            }
            Some(Place::Text(text_box)) => match self.paragraphs.last_mut() {
                Some(paragraph) => paragraph.text.boxes.push(text_box),
                None => self.flow().into_iter().for_each(|flow| flow.append(text_box.clone(), 1)),
            },
            None => {}
        }
    }

    fn mark_note(&mut self, kind: &'static str, element: &BytesStart<'_>) {
        if let Some(id) = attribute(element, "id") {
            self.marks.push((kind, id));
            let number = self.marks.len();
            self.paragraphs.last_mut().into_iter().for_each(|p| p.text.note(number));
        }
    }

    fn start_in_run(&mut self, name: &str, element: &BytesStart<'_>) {
        let Some(Open { text: paragraph, style, .. }) = self.paragraphs.last_mut() else { return };
        let Some(run) = &mut paragraph.run else { return };
        match name {
            "rFonts" => run.font = font(element),
            "vertAlign" => run.superscript = val(element).as_deref() == Some("superscript"),
            "b" => run.bold = is_on(element),
            "vanish" => run.hidden = is_on(element),
            "tab" | "ptab" => paragraph.text("\t"),
            "noBreakHyphen" => paragraph.text("-"),
            "softHyphen" => {
                let run = run.clone();
                let font = self.styles.font(style.as_deref()).map(str::to_owned);
                paragraph.soft_hyphen(&run, font.as_deref());
            }
            "sym" => {
                let font = attribute(element, "font").unwrap_or_default();
                let code = attribute(element, "char").and_then(|c| u32::from_str_radix(&c, 16).ok());
                if let Some(c) = code.and_then(char::from_u32) {
                    paragraph.text(&symbol::text(&font, &c.to_string()));
                }
            }
            "fldChar" => {
                let kind = attribute(element, "fldCharType");
                match kind.as_deref() {
                    Some("begin") => self.instruction = Some(String::new()),
                    Some("separate") => self.instruction = None,
                    // A field without a stored result.
                    Some("end") => {
                        if let Some(shown) = self.instruction.take().and_then(|i| field::shown(&i)) {
                            paragraph.text(&shown);
                        }
                    }
                    _ => {}
                }
            }
            "instrText" => self.in_instruction = true,
            "cr" => paragraph.line_break(false),
            "br" => paragraph.line_break(attribute(element, "type").as_deref() == Some("page")),
            "footnoteReference" => self.mark_note("footnote", element),
            "endnoteReference" => self.mark_note("endnote", element),
            _ => {}
        }
    }

    fn start_in_table(&mut self, name: &str, element: &BytesStart<'_>) {
        let Some(Place::Table { row, cell, grid, plain }) = self.places.last_mut() else { return };
        match (name, row.as_mut(), cell.as_mut()) {
            ("tr", ..) => {
                end_cell(cell.take(), row, *plain);
                grid.rows.extend(row.replace(GridRow::default()));
            }
            ("tc", Some(_), _) => {
                end_cell(cell.take(), row, *plain);
                *plain = false;
                *cell = Some(GridCell::default());
            }
            ("tblHeader", Some(row), _) => row.heading = is_on(element),
            ("gridSpan", _, Some(cell)) => {
                let columns = val(element).and_then(|n| n.parse().ok());
                cell.columns = columns.map_or(1, |n: usize| n.clamp(1, 64));
            }
            _ => {}
        }
    }
}

fn end_cell(cell: Option<GridCell>, row: &mut Option<GridRow>, plain: bool) {
    if let (Some(mut cell), Some(row)) = (cell, row) {
        cell.heading = !plain && !cell.flow.text.is_empty();
        row.cells.push(cell);
    }
}

impl Visit for Body {
    fn start(&mut self, name: &str, element: &BytesStart<'_>) {
        if self.unseen > 0 || UNSEEN.contains(&name) {
            self.unseen += 1;
            return;
        }
        match name {
            "p" => self.paragraphs.push(Open::default()),
            "r" => {
                let superscript = self.raised > 0;
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.text.run = Some(Run { superscript, ..Run::default() });
                }
            }
            // The power of a formula.
            "sup" => self.raised += 1,
            // A root: its number is not part of the one before it.
            "rad" => {
                self.paragraphs.last_mut().into_iter().for_each(|p| p.text.run_text("√", &Run::default()))
            }
            "t" => self.in_text = true,
            "tbl" if self.places.len() > DEEPEST_TABLE => self.too_deep += 1,
            "tbl" => {
                let table = Place::Table { grid: Grid::default(), row: None, cell: None, plain: false };
                self.places.push(table);
            }
            "tr" | "tc" | "tblHeader" | "gridSpan" if self.too_deep == 0 => {
                self.start_in_table(name, element)
            }
            "txbxContent" => self.places.push(Place::Text(Flow::default())),
            "altChunk" => {
                if let Some(chunk) = attribute(element, "id").and_then(|id| self.chunks.remove(&id))
                    && let Some(flow) = self.flow()
                {
                    flow.append(chunk, 1);
                }
            }
            "ddList" => self.choice = (0, 0),
            "result" => self.choice.0 = val(element).and_then(|n| n.parse().ok()).unwrap_or(0),
            "listEntry" => {
                if self.choice.0 == self.choice.1 {
                    let entry = val(element).unwrap_or_default();
                    self.paragraphs
                        .last_mut()
                        .into_iter()
                        .for_each(|p| p.text.run_text(&entry, &Run::default()));
                }
                self.choice.1 += 1;
            }
            "pStyle" => self.paragraphs.last_mut().into_iter().for_each(|p| p.style = val(element)),
            "numId" => self.paragraphs.last_mut().into_iter().for_each(|p| p.list.id = val(element)),
            "ilvl" => {
                let level = val(element).and_then(|l| l.parse().ok());
                self.paragraphs.last_mut().into_iter().for_each(|p| p.list.level = level);
            }
            _ => self.start_in_run(name, element),
        }
    }

    fn end(&mut self, name: &str) {
        if self.unseen > 0 {
            self.unseen -= 1;
            return;
        }
        match name {
            "p" => self.end_paragraph(),
            "r" => self.paragraphs.last_mut().into_iter().for_each(|p| p.text.run = None),
            "t" => self.in_text = false,
            "instrText" => self.in_instruction = false,
            "sup" => self.raised = self.raised.saturating_sub(1),
            // A formula's fraction: 45 over 60 is "45/60".
            "num" => {
                self.paragraphs.last_mut().into_iter().for_each(|p| p.text.run_text("/", &Run::default()))
            }
            "tbl" if self.too_deep > 0 => self.too_deep -= 1,
            "tbl" | "txbxContent" => self.end_place(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_instruction
            && let Some(instruction) = self.instruction.as_mut().filter(|i| i.len() < LONGEST_INSTRUCTION)
        {
            instruction.push_str(text);
        }
        if self.in_text && self.unseen == 0 {
            self.paragraphs.last_mut().into_iter().for_each(|p| p.text.text(text));
        }
    }

    fn is_full(&self) -> bool {
        self.over.is_some()
    }
}

/// Reads the notes of one part into the body.
pub struct Notes<'b> {
    body: &'b mut Body,
    kind: &'static str,
    id: Option<String>,
}

impl Visit for Notes<'_> {
    fn start(&mut self, name: &str, element: &BytesStart<'_>) {
        if name == self.kind {
            self.id = attribute(element, "id");
            self.body.places.push(Place::Text(Flow::default()));
        } else {
            self.body.start(name, element);
        }
    }

    fn end(&mut self, name: &str) {
        if name != self.kind {
            return self.body.end(name);
        }
        if self.body.places.len() > 1
            && let Some(Place::Text(flow)) = self.body.places.pop()
            && let Some(id) = self.id.take()
        {
            self.body.notes.insert((self.kind, id), flow);
        }
    }

    fn text(&mut self, text: &str) {
        self.body.text(text);
    }

    fn is_full(&self) -> bool {
        self.body.is_full()
    }
}
