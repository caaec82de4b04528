//! Follows the tags of a page and builds its text.
//!
//! Pages are often broken: what is not closed ends with what surrounds it, what was never opened is passed over. All
//! bookkeeping is linear: an end tag looks for its start only if one is open.

use std::collections::BTreeMap;
use std::convert::Infallible;

use html5gum::emitters::callback::CallbackEvent;

use super::super::flow::{Flow, Grid, GridCell, GridRow};
use super::super::{Mark, MarkKind, Table};
use super::tag::{self, Tag};
use crate::charset::{self, Case, Charset, FontHint, font_hint};

/// Tables nested deeper than this are read as plain blocks.
const DEEPEST_TABLE: usize = 24;

/// So much text in fonts of an old encoding tells whether it is in it, in bytes.
const OLD_TEXT: usize = 1 << 16;

/// A page being read.
#[derive(Debug)]
pub struct Page {
    /// The open elements, outermost first.
    open: Vec<Open>,
    /// How many elements of each name are open, in the page and in each open table: a stray end tag costs nothing, and
    /// none in a cell ends what surrounds its table.
    scopes: Vec<BTreeMap<Vec<u8>, usize>>,
    /// What is being written: the page itself, then the cell of each open table.
    body: Flow,
    tables: Vec<OpenTable>,
    /// The start tag being read.
    start: Start,
    attribute: Vec<u8>,
    /// Open elements that hide their content; open bold elements; open `pre`.
    unseen: usize,
    bold: usize,
    pre: usize,
    raised: usize,
    links: Links,
    /// The fonts of old encodings that are open, innermost last.
    fonts: Vec<FontHint>,
    /// The encoding of the first of them.
    font_seen: Option<Charset>,
    /// Text in such fonts so far, by which it is judged whether it is in the old encoding.
    old_text: String,
    /// The old encoding of the text in such fonts, where a first reading has proved it.
    old: Option<Charset>,
}

/// Letters seen, letters in links, and links, so far.
#[derive(Debug, Default, Clone, Copy)]
struct Links {
    open: usize,
    letters: usize,
    linked: usize,
    count: usize,
}

/// An open element and where its text begins.
#[derive(Debug)]
struct Open {
    name: Vec<u8>,
    tag: Tag,
    since: usize,
    links: Links,
    unseen: bool,
    boilerplate: bool,
    /// Whether it began a table of its own.
    table: bool,
    /// Set above the line.
    raised: bool,
    /// Names a font of an old encoding.
    font: bool,
    /// How many elements have begun in it.
    children: usize,
}

/// A start tag while its attributes are read.
#[derive(Debug, Default)]
struct Start {
    name: Vec<u8>,
    hidden: bool,
    boilerplate: bool,
    layout: bool,
    raised: bool,
    font: Option<FontHint>,
    columns: usize,
    rows: usize,
}

#[derive(Debug, Default)]
struct OpenTable {
    grid: Grid,
    row: Option<GridRow>,
    cell: Option<GridCell>,
    /// Text of the table outside of all cells: a caption.
    outside: Flow,
    in_head: bool,
    /// Whether the open cell has text that is not bold.
    plain: bool,
}

impl Page {
    /// An empty page; text in fonts of an old encoding is decoded from it where that is known.
    pub fn new(old: Option<Charset>) -> Self {
        Self {
            open: Vec::new(),
            scopes: vec![BTreeMap::new()],
            body: Flow::default(),
            tables: Vec::new(),
            start: Start::default(),
            attribute: Vec::new(),
            unseen: 0,
            bold: 0,
            pre: 0,
            raised: 0,
            links: Links::default(),
            fonts: Vec::new(),
            font_seen: None,
            old_text: String::new(),
            old,
        }
    }

    /// The old encoding that the text set in its fonts is in: by the name of the font and by what the text proves.
    pub fn old_encoding(&self) -> Option<Charset> {
        charset::detect(&self.old_text, self.font_seen)
    }

    /// Takes the next event of the tokenizer.
    pub fn on(&mut self, event: CallbackEvent<'_>) -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.start =
                    Start { name: name.to_ascii_lowercase(), columns: 1, rows: 1, ..Start::default() };
            }
            CallbackEvent::AttributeName { name } => {
                self.start.hidden |= name == b"hidden";
                self.attribute = name.to_ascii_lowercase();
            }
            CallbackEvent::AttributeValue { value } => self.start.attribute(&self.attribute, value),
            CallbackEvent::CloseStartTag { .. } => self.open(),
            CallbackEvent::EndTag { name } => self.close(&name.to_ascii_lowercase()),
            CallbackEvent::String { value } => self.text(&String::from_utf8_lossy(value)),
            _ => {}
        }
        None
    }

    /// The text with its tables and marks.
    pub fn finish(mut self) -> (String, Vec<Table>, Vec<Mark>) {
        while !self.open.is_empty() {
            self.pop();
        }
        let Flow { text, tables, mut marks, .. } = self.body;
        marks.sort_by_key(|m| (m.range.start, std::cmp::Reverse(m.range.end)));
        (text, tables, marks)
    }

    fn text(&mut self, text: &str) {
        if self.unseen > 0 {
            return;
        }
        let decoded;
        let mut text = text;
        if let Some(font) = self.fonts.last() {
            if self.old.is_none() && self.old_text.len() < OLD_TEXT {
                self.old_text.push_str(text);
                self.old_text.push(' ');
            }
            if self.old == Some(font.charset) {
                let case = if font.capitals { Case::Capitals } else { Case::AsWritten };
                decoded = charset::decode(text, font.charset, case);
                text = &decoded;
            }
        }
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        self.links.letters += letters;
        if self.links.open > 0 {
            self.links.linked += letters;
        }
        if let Some(table) = self.tables.last_mut() {
            table.plain |= self.bold == 0 && letters > 0;
        }
        let (verbatim, raised) = (self.pre > 0, self.raised > 0);
        let flow = self.flow();
        match (verbatim, raised) {
            (_, true) => flow.raised(text),
            (true, _) => flow.verbatim(text),
            _ => flow.run(text),
        }
    }

    /// What is being written to now.
    fn flow(&mut self) -> &mut Flow {
        match self.tables.last_mut() {
            None => &mut self.body,
            Some(OpenTable { cell: Some(cell), .. }) => &mut cell.flow,
            Some(table) => &mut table.outside,
        }
    }

    fn part(&mut self, tag: Tag) {
        // In a cell an empty line tells nothing.
        let breaks = if self.tables.is_empty() { tag.breaks() } else { tag.breaks().min(1) };
        if breaks > 0 && self.unseen == 0 {
            self.flow().part(breaks);
        }
    }

    fn open(&mut self) {
        let start = std::mem::take(&mut self.start);
        let Some(tag) = Tag::of(&start.name) else { return };
        if tag == Tag::Break {
            if self.unseen == 0 {
                self.flow().line_break();
            }
            return;
        }
        self.imply_ends(tag, &start.name);
        self.part(tag);
        let raised = self.formula() || tag == Tag::Superscript || start.raised;
        self.raised += usize::from(raised);
        if let Some(font) = start.font {
            self.fonts.push(font);
            self.font_seen = self.font_seen.or(Some(font.charset));
        }
        let unseen = tag == Tag::Unseen || start.hidden;
        let table = tag == Tag::Table && self.tables.len() < DEEPEST_TABLE;
        let boilerplate = tag == Tag::Boilerplate || (start.boilerplate && tag != Tag::Document);
        match tag {
            Tag::Table if table => {
                self.tables.push(OpenTable {
                    grid: Grid { layout: start.layout, ..Grid::default() },
                    ..OpenTable::default()
                });
            }
            Tag::TableHead => self.tables.last_mut().into_iter().for_each(|t| t.in_head = true),
            Tag::Row => self.tables.last_mut().into_iter().for_each(OpenTable::start_row),
            Tag::Cell | Tag::HeadingCell => {
                let heading = tag == Tag::HeadingCell;
                let table = self.tables.last_mut();
                table.into_iter().for_each(|t| t.start_cell(start.columns, start.rows, heading));
            }
            Tag::Bold => self.bold += 1,
            Tag::Pre => self.pre += 1,
            Tag::Link => {
                self.links.open += 1;
                self.links.count += 1;
            }
            _ => {}
        }
        self.unseen += usize::from(unseen);
        let since = self.flow().text.len();
        if table {
            self.scopes.push(BTreeMap::new());
        } else if let Some(counts) = self.scopes.last_mut() {
            *counts.entry(start.name.clone()).or_default() += 1;
        }
        self.open.push(Open {
            name: start.name,
            tag,
            since,
            links: self.links,
            unseen,
            boilerplate,
            table,
            raised,
            font: start.font.is_some(),
            children: 0,
        });
    }

    /// Counts the element that begins in a formula: the second one of a fraction stands under the line, that of a power
    /// is raised, which this says.
    fn formula(&mut self) -> bool {
        let Some(parent) = self.open.last_mut() else { return false };
        parent.children += 1;
        let (tag, second) = (parent.tag, parent.children == 2);
        if tag == Tag::Fraction && second && self.unseen == 0 {
            self.flow().run("/");
        }
        tag == Tag::Power && second
    }

    /// Ends what the new element ends without saying so: a paragraph before a block, an item before the next one.
    fn imply_ends(&mut self, tag: Tag, name: &[u8]) {
        let Some(last) = self.open.last() else { return };
        let ends = match tag {
            Tag::Row => matches!(last.tag, Tag::Cell | Tag::HeadingCell | Tag::Row | Tag::Paragraph),
            Tag::Cell | Tag::HeadingCell => matches!(last.tag, Tag::Cell | Tag::HeadingCell | Tag::Paragraph),
            Tag::Block if matches!(name, b"li" | b"dt" | b"dd") => {
                last.tag == Tag::Paragraph && last.name == b"p"
                    || matches!(last.name.as_slice(), b"li" | b"dt" | b"dd")
            }
            other => other.breaks() > 0 && last.name == b"p",
        };
        if ends {
            self.pop();
            // A row ends the cell and then the row before it.
            if matches!(tag, Tag::Row | Tag::Cell | Tag::HeadingCell) || name == b"li" {
                self.imply_ends(tag, name);
            }
        }
    }

    fn close(&mut self, name: &[u8]) {
        if name == b"br" {
            return self.flow().line_break();
        }
        let open = self.scopes.last().and_then(|counts| counts.get(name)).is_some_and(|n| *n > 0);
        let ends_table = name == b"table" && !self.tables.is_empty();
        if !open && !ends_table {
            return;
        }
        while let Some(last) = self.open.last() {
            let done = last.name == name;
            self.pop();
            if done {
                return;
            }
        }
    }

    /// Ends the innermost element.
    fn pop(&mut self) {
        let Some(element) = self.open.pop() else { return };
        if element.table {
            self.scopes.pop();
        } else if let Some(count) = self.scopes.last_mut().and_then(|counts| counts.get_mut(&element.name)) {
            *count -= 1;
        }
        self.unseen -= usize::from(element.unseen);
        if element.raised {
            self.raised -= 1;
            self.flow().mark(MarkKind::Superscript, element.since);
        }
        if element.font {
            self.fonts.pop();
        }
        match element.tag {
            Tag::Bold => self.bold -= 1,
            Tag::Pre => self.pre -= 1,
            Tag::Link => self.links.open -= 1,
            Tag::Cell | Tag::HeadingCell => self.tables.last_mut().into_iter().for_each(OpenTable::end_cell),
            Tag::Row => self.tables.last_mut().into_iter().for_each(OpenTable::end_row),
            Tag::TableHead => self.tables.last_mut().into_iter().for_each(|t| t.in_head = false),
            Tag::Table if element.table => {
                if let Some(table) = self.tables.pop() {
                    let breaks = if self.tables.is_empty() { 2 } else { 1 };
                    let (caption, flow) = table.finish();
                    self.flow().append(caption, 1);
                    self.flow().append(flow, breaks);
                }
            }
            _ => {}
        }
        if element.boilerplate || (element.tag == Tag::List && self.is_link_list(&element)) {
            self.flow().mark(MarkKind::Boilerplate, element.since);
        }
        self.part(element.tag);
    }

    /// A list of nothing but links is navigation or related news.
    fn is_link_list(&self, list: &Open) -> bool {
        let letters = self.links.letters - list.links.letters;
        let linked = self.links.linked - list.links.linked;
        self.links.count - list.links.count >= 2 && linked * 10 >= letters * 9
    }
}

impl Start {
    fn attribute(&mut self, name: &[u8], value: &[u8]) {
        match name {
            b"class" | b"id" => self.boilerplate |= tag::names_boilerplate(value),
            b"role" => {
                self.layout |= value == b"presentation";
                self.boilerplate |= tag::names_boilerplate(value);
            }
            b"style" => {
                self.hidden |= tag::hides(value);
                self.raised |= tag::raises(value);
                let font = std::str::from_utf8(value).ok().and_then(tag::font_of);
                self.font = font.and_then(font_hint).or(self.font);
            }
            b"face" => {
                let name = String::from_utf8_lossy(value);
                self.font = name.split(',').next().and_then(|n| font_hint(n.trim())).or(self.font);
            }
            b"colspan" => self.columns = span(value, 64),
            b"rowspan" => self.rows = span(value, 1000),
            _ => {}
        }
    }
}

fn span(value: &[u8], most: usize) -> usize {
    std::str::from_utf8(value).ok().and_then(|v| v.trim().parse().ok()).map_or(1, |n: usize| n.clamp(1, most))
}

impl OpenTable {
    fn start_row(&mut self) {
        self.end_row();
        self.row = Some(GridRow { cells: Vec::new(), heading: self.in_head });
    }

    fn start_cell(&mut self, columns: usize, rows: usize, heading: bool) {
        self.end_cell();
        self.plain = false;
        self.row.get_or_insert_default();
        self.cell = Some(GridCell { flow: Flow::default(), columns, rows, heading });
    }

    fn end_cell(&mut self) {
        if let (Some(mut cell), Some(row)) = (self.cell.take(), &mut self.row) {
            // Many pages set headings as bold cells.
            cell.heading |= !self.plain && !cell.flow.text.is_empty();
            row.cells.push(cell);
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        if let Some(row) = self.row.take() {
            self.grid.rows.push(row);
        }
    }

    fn finish(mut self) -> (Flow, Flow) {
        self.end_row();
        (self.outside, self.grid.finish())
    }
}
