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
use crate::charset::{self, Case, FontHint};

/// So many elements around a text are looked at for its font.
const DEEPEST_FONT: usize = 32;
/// Tables nested deeper than this are read as plain blocks.
const DEEPEST_TABLE: usize = 24;

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
    /// Text that waits for the end of its run, because its font's name tells an old encoding.
    old: Option<(FontHint, String)>,
    /// The page's own title, which its text begins with.
    title: Flow,
    titles: Titles,
}

/// Whether the title of the page is still to come, being read, or read. Pictures (svg) have titles too.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Titles {
    #[default]
    ToCome,
    Open,
    Read,
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
    /// What its font's name says, if it names one.
    font: Option<Option<FontHint>>,
    /// Parts of a formula that ended in it.
    parts: usize,
    /// Set above the line.
    raised: bool,
}

/// A start tag while its attributes are read.
#[derive(Debug, Default)]
struct Start {
    name: Vec<u8>,
    hidden: bool,
    boilerplate: bool,
    layout: bool,
    raised: bool,
    columns: usize,
    rows: usize,
    font: Option<Option<FontHint>>,
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
    /// An empty page.
    pub fn new() -> Self {
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
            old: None,
            title: Flow::default(),
            titles: Titles::default(),
        }
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
            CallbackEvent::CloseStartTag { .. } => {
                self.end_run();
                self.open();
            }
            CallbackEvent::EndTag { name } => {
                self.end_run();
                self.close(&name.to_ascii_lowercase());
            }
            CallbackEvent::String { value } => self.text(&String::from_utf8_lossy(value)),
            _ => {}
        }
        None
    }

    /// The text with its tables and marks.
    pub fn finish(mut self) -> (String, Vec<Table>, Vec<Mark>) {
        self.end_run();
        while !self.open.is_empty() {
            self.pop();
        }
        let mut page = self.title;
        page.mark(MarkKind::Title, 0);
        page.append(self.body, 2);
        let Flow { text, tables, mut marks, .. } = page;
        marks.sort_by_key(|m| (m.range.start, std::cmp::Reverse(m.range.end)));
        (text, tables, marks)
    }

    fn text(&mut self, text: &str) {
        if self.titles == Titles::Open {
            return self.title.run(text);
        }
        if self.unseen > 0 {
            return;
        }
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        self.links.letters += letters;
        if self.links.open > 0 {
            self.links.linked += letters;
        }
        if let Some(table) = self.tables.last_mut() {
            table.plain |= self.bold == 0 && letters > 0;
        }
        let font = self.open.iter().rev().take(DEEPEST_FONT).find_map(|o| o.font).flatten();
        match (font, &mut self.old) {
            (Some(_), Some((_, old))) => old.push_str(text),
            (Some(hint), None) => self.old = Some((hint, text.to_owned())),
            (None, _) => self.write(text),
        }
    }

    /// Decodes and writes what stands in a font for an old encoding. A page that was decoded whole is Unicode already, and its
    /// judge lets it be.
    fn end_run(&mut self) {
        let Some((hint, text)) = self.old.take() else { return };
        let case = if hint.capitals { Case::Capitals } else { Case::AsWritten };
        match charset::detect(&text, Some(hint.charset)) {
            Some(charset) => self.write(&charset::decode(&text, charset, case)),
            None => self.write(&text),
        }
    }

    fn write(&mut self, text: &str) {
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
        if start.name == b"title" && self.titles == Titles::ToCome {
            self.titles = Titles::Open;
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
        // The second part of a power of a formula is raised.
        let power = self.open.last().is_some_and(|around| around.tag == Tag::Power && around.parts == 1);
        let raised = power || tag == Tag::Superscript || start.raised;
        self.raised += usize::from(raised);
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
            font: start.font,
            parts: 0,
            raised,
        });
    }

    /// Ends what the new element ends without saying so: a paragraph before a block, an item before the next one.
    fn imply_ends(&mut self, tag: Tag, name: &[u8]) {
        // A row ends the cell and then the row before it.
        let many = matches!(tag, Tag::Row | Tag::Cell | Tag::HeadingCell) || name == b"li";
        while let Some(last) = self.open.last() {
            let ends = match tag {
                Tag::Row => matches!(last.tag, Tag::Cell | Tag::HeadingCell | Tag::Row | Tag::Paragraph),
                Tag::Cell | Tag::HeadingCell => {
                    matches!(last.tag, Tag::Cell | Tag::HeadingCell | Tag::Paragraph)
                }
                Tag::Block if matches!(name, b"li" | b"dt" | b"dd") => {
                    last.tag == Tag::Paragraph && last.name == b"p"
                        || matches!(last.name.as_slice(), b"li" | b"dt" | b"dd")
                }
                other => other.breaks() > 0 && last.name == b"p",
            };
            if !ends {
                return;
            }
            self.pop();
            if !many {
                return;
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
        if element.name == b"title" && self.titles == Titles::Open {
            self.titles = Titles::Read;
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
        // The first part of a fraction stands over the second.
        if matches!(element.tag, Tag::Math | Tag::Fraction | Tag::Power)
            && let Some(around) = self.open.last_mut()
        {
            around.parts += 1;
            if around.tag == Tag::Fraction && around.parts == 1 {
                self.write("/");
            }
        }
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
                self.font = tag::font(value).map(|name| charset::font_hint(&name)).or(self.font);
            }
            b"face" => self.font = Some(charset::font_hint(tag::first_font(&String::from_utf8_lossy(value)))),
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
