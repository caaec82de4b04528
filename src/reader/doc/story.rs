//! Word 97 to 2003: walks the text, paragraph by paragraph, run by run.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::MarkKind;
use super::super::bytes::{index_at, slice_at, u16_at, u32_at};
use super::super::docx::numbering::{ListRef, Numbering};
use super::super::field;
use super::super::flow::Flow;
use super::super::paragraph::{OldFonts, Paragraph, Run};
use super::super::rows::Blocks;
use super::super::symbol;
use super::fib::{Fib, Place};
use super::lists;
use super::pieces::Pieces;
use super::runs::{self, Stretch};
use super::sprm::{self, Character, Properties};
use super::styles::Styles;

/// Longest number of a list item, in bytes; a longer one is made up.
const LIST_NUMBER: usize = 1000;
const CELL_END: u16 = 0x07;
const PARAGRAPH_END: u16 = 0x0D;
const PAGE_END: u16 = 0x0C;
const FIELD_BEGIN: u16 = 0x13;
const FIELD_MIDDLE: u16 = 0x14;
const FIELD_END: u16 = 0x15;
const SHAPE: u16 = 0x08;
/// Notes and text boxes have texts of their own; where a made-up file gives them all the same one, so many times the characters
/// are walked, no more.
const MOST_TIMES: usize = 4;
/// Longest instruction of a field that is looked at.
const LONGEST_INSTRUCTION: usize = 256;

/// A document, opened.
pub struct Document<'b> {
    pub main: &'b [u8],
    pub data: &'b [u8],
    pub tables: &'b [u8],
    pub fib: &'b Fib<'b>,
    pub pieces: Pieces<'b>,
    /// The characters of all stories.
    pub units: Vec<u16>,
    pub characters: Vec<Stretch>,
    pub paragraphs: Vec<Stretch>,
    pub styles: Styles<'b>,
    pub fonts: Vec<String>,
    /// Most bytes of text.
    pub limit: usize,
}

/// What is counted and kept on the way.
struct Walk<'w> {
    fonts: &'w mut OldFonts,
    numbering: Numbering,
    /// Marks of notes: where they stand, and where their texts do.
    notes: BTreeMap<usize, Range<usize>>,
    /// The notes met, in order.
    met: Vec<Range<usize>>,
    /// Text boxes by the places where they are anchored.
    boxes: BTreeMap<usize, Vec<Range<usize>>>,
    /// Ends of fields by their beginnings.
    fields: BTreeMap<usize, usize>,
    /// Bytes of text so far.
    written: usize,
    /// Characters walked, shown or not.
    walked: usize,
}

impl Document<'_> {
    /// The whole text.
    pub fn read(&self, fonts: &mut OldFonts) -> Flow {
        let at = |place: Place| self.fib.table(self.tables, place);
        // The levels stand behind the table of lists.
        let lists = self.fib.from(self.tables, Place::Lists);
        let numbering = lists::read(lists, at(Place::ListOverrides));
        let mut notes = self.notes(at(Place::NoteMarks), at(Place::NoteTexts), 1);
        notes.extend(self.notes(at(Place::EndnoteMarks), at(Place::EndnoteTexts), 5));
        let mut walk = Walk {
            fonts,
            numbering,
            notes,
            met: Vec::new(),
            boxes: self.boxes(at(Place::Anchors), at(Place::TextBoxes)),
            fields: self.fields(),
            written: 0,
            walked: 0,
        };
        let main = 0..self.fib.stories.first().copied().unwrap_or(0).min(self.units.len());
        let mut flow = Flow::default();
        if let Some(head) = self.letterhead(at(Place::Sections), at(Place::Headers)) {
            flow.append(self.story(head, &mut walk), 1);
        }
        flow.append(self.story(main, &mut walk), 1);
        for (_, boxes) in std::mem::take(&mut walk.boxes) {
            for text_box in boxes {
                flow.append(self.story(text_box, &mut walk), 1);
            }
        }
        for (n, note) in std::mem::take(&mut walk.met).into_iter().enumerate() {
            flow.part(2);
            let since = flow.text.len();
            let mut line = Flow::default();
            line.run(&format!("[{}] ", n + 1));
            line.join(self.story(note, &mut walk));
            flow.append(line, 1);
            flow.mark(MarkKind::Footnote, since);
        }
        flow
    }

    /// A part of the characters, never beyond their end.
    fn range(&self, story: usize, from: Option<usize>, to: Option<usize>) -> Option<Range<usize>> {
        let start = self.fib.start(story);
        let end =
            start.saturating_add(self.fib.stories.get(story).copied().unwrap_or(0)).min(self.units.len());
        let (from, to) = (start.checked_add(from?)?, start.checked_add(to?)?.min(end));
        (from < to).then_some(from..to)
    }

    /// The page header that only the first page shows: it may hold the office's head.
    fn letterhead(&self, sections: &[u8], headers: &[u8]) -> Option<Range<usize>> {
        const TITLE_PAGE: u16 = 0x300A;
        /// Six separators of notes; then of each section the headers and footers of even, odd and first pages.
        const FIRST: usize = 6 + 4;
        let count = sections.len().saturating_sub(4) / 16;
        let place = index_at(sections, (count + 1) * 4 + 2)?;
        let length = usize::from(u16_at(self.main, place)?);
        let properties = slice_at(self.main, place.checked_add(2)?, length)?;
        sprm::changes(properties)
            .find(|(operation, value)| *operation == TITLE_PAGE && value.first() == Some(&1))?;
        self.range(2, index_at(headers, FIRST * 4), index_at(headers, (FIRST + 1) * 4))
    }

    /// Where the notes' marks stand, with their texts in another story.
    fn notes(&self, marks: &[u8], texts: &[u8], story: usize) -> BTreeMap<usize, Range<usize>> {
        let count = marks.len().saturating_sub(4) / 6;
        let note = |i: usize| {
            let text = self.range(story, index_at(texts, i * 4), index_at(texts, (i + 1) * 4))?;
            Some((index_at(marks, i * 4)?, text))
        };
        (0..count).filter_map(note).collect()
    }

    /// Where text boxes are anchored, with their texts; those without an anchor stand at the end.
    fn boxes(&self, anchors: &[u8], texts: &[u8]) -> BTreeMap<usize, Vec<Range<usize>>> {
        let count = anchors.len().saturating_sub(4) / 30;
        let anchor = |i: usize| {
            let shape = u32_at(anchors, (count + 1) * 4 + i * 26)?;
            // In the main text only: a text box holds no other.
            let place = index_at(anchors, i * 4).filter(|place| *place < self.fib.start(1))?;
            Some((shape, place))
        };
        let places: BTreeMap<u32, usize> = (0..count).filter_map(anchor).collect();
        let count = texts.len().saturating_sub(4) / 26;
        let mut boxes: BTreeMap<usize, Vec<Range<usize>>> = BTreeMap::new();
        for i in 0..count {
            let text = self.range(6, index_at(texts, i * 4), index_at(texts, (i + 1) * 4));
            let shape = u32_at(texts, (count + 1) * 4 + i * 22 + 14);
            let place = shape.and_then(|s| places.get(&s)).copied().unwrap_or(usize::MAX);
            boxes.entry(place).or_default().extend(text);
        }
        boxes
    }

    /// The fields that have an end: an instruction, then perhaps the result that is shown.
    fn fields(&self) -> BTreeMap<usize, usize> {
        let mut open = Vec::new();
        let mut fields = BTreeMap::new();
        for (at, unit) in self.units.iter().enumerate() {
            match *unit {
                FIELD_BEGIN => open.push(at),
                FIELD_END => {
                    open.pop().and_then(|begin| fields.insert(begin, at));
                }
                _ => {}
            }
        }
        fields
    }

    /// One story, or a part of it.
    fn story(&self, range: Range<usize>, walk: &mut Walk<'_>) -> Flow {
        let mut blocks = Blocks::default();
        let mut hidden = Hidden::default();
        let mut from = range.start;
        let is_end = |u: &u16| matches!(*u, CELL_END | PARAGRAPH_END | PAGE_END);
        // The limit is checked by the reader; here it only ends the work.
        let most = self.units.len().saturating_mul(MOST_TIMES);
        while from < range.end && walk.written <= self.limit && walk.walked <= most {
            let rest = self.units.get(from..range.end).unwrap_or(&[]);
            if rest.is_empty() {
                break;
            }
            let to = from + rest.iter().position(is_end).map_or(rest.len(), |n| n + 1);
            walk.walked += to - from;
            self.paragraph(from..to, &mut blocks, &mut hidden, walk);
            from = to;
        }
        blocks.finish()
    }

    fn paragraph(&self, range: Range<usize>, blocks: &mut Blocks, hidden: &mut Hidden, walk: &mut Walk<'_>) {
        let last = range.end.saturating_sub(1);
        let (style, properties) = self.properties(last);
        let mut mark = self.units.get(last).copied().unwrap_or(PARAGRAPH_END);
        let mut depth = properties.depth();
        if mark == CELL_END {
            depth = depth.max(1);
        }
        if properties.ends_inner_row || mark == CELL_END && properties.ends_row {
            return blocks.end_row(depth, properties.row);
        }
        if properties.ends_inner_cell {
            mark = CELL_END;
        }
        let base = self.styles.character(style);
        let mut paragraph = Paragraph::default();
        self.runs(range, &base, &mut paragraph, hidden, walk);
        let font = self.font(&base);
        let flow = blocks.at(depth);
        let before = flow.text.len();
        if properties.page_break && depth == 0 {
            flow.page_break();
        }
        let list = (!matches!(properties.list, 0 | 0x7FF)).then(|| properties.list.to_string());
        let list = ListRef { id: list, level: Some(usize::from(properties.level)) };
        let number = if paragraph.is_empty() { None } else { walk.numbering.next(&list) };
        let number = number.filter(|n| n.len() <= LIST_NUMBER);
        let plain = !paragraph.is_bold();
        paragraph.write(number.as_deref(), font, walk.fonts, flow);
        walk.written += flow.text.len() - before;
        if plain {
            blocks.plain();
        }
        match mark {
            CELL_END => blocks.end_cell(depth),
            PAGE_END if depth == 0 => blocks.at(0).page_break(),
            _ => {}
        }
    }

    /// The style and the properties of the paragraph that ends with a character.
    fn properties(&self, last: usize) -> (u16, Properties) {
        let Some(piece) = self.pieces.find(last) else { return (0, Properties::default()) };
        let stretch = runs::find(&self.paragraphs, piece.place(last));
        let (style, list) = runs::paragraph_list(stretch.map_or(&[], |s| s.list(self.main)));
        let mut properties = self.styles.properties(style);
        properties.apply(list);
        properties.apply(self.pieces.list(piece).get());
        if let Some(more) = properties.more.take().and_then(|at| usize::try_from(at).ok()) {
            let length = u16_at(self.data, more).map_or(0, usize::from);
            properties.apply(slice_at(self.data, more.saturating_add(2), length).unwrap_or(&[]));
        }
        (style, properties)
    }

    fn font(&self, character: &Character) -> Option<&str> {
        let name = |font: Option<u16>| self.fonts.get(usize::from(font?)).map(String::as_str);
        let old = |font: &&str| crate::charset::font_hint(font).is_some();
        // Letters with marks are set in the second one; either may be the one that tells.
        let (ascii, other) = (name(character.ascii), name(character.other));
        other.filter(old).or(ascii.filter(old)).or(ascii).or(other)
    }

    /// Adds the runs of a paragraph.
    fn runs(
        &self,
        range: Range<usize>,
        base: &Character,
        paragraph: &mut Paragraph,
        hidden: &mut Hidden,
        walk: &mut Walk<'_>,
    ) {
        let mut at = range.start;
        while at < range.end {
            let Some(piece) = self.pieces.find(at) else { return };
            let stretch = runs::find(&self.characters, piece.place(at));
            let end = stretch.map_or(piece.to, |s| piece.at(s.to).max(at + 1)).min(piece.to).min(range.end);
            let mut character = base.clone();
            let style = |style| self.styles.character_list(style);
            character.apply(stretch.map_or(&[], |s| s.list(self.main)), &style);
            let list = self.pieces.list(piece);
            character.apply(list.get(), &|s| self.styles.character_list(s));
            self.run(at..end, &character, paragraph, hidden, walk);
            at = end;
        }
    }

    /// Adds one run.
    fn run(
        &self,
        range: Range<usize>,
        character: &Character,
        paragraph: &mut Paragraph,
        hidden: &mut Hidden,
        walk: &mut Walk<'_>,
    ) {
        let run = Run {
            font: self.font(character).map(str::to_owned),
            superscript: character.superscript,
            bold: character.bold,
            hidden: character.hidden || character.deleted,
        };
        let mut text: Vec<u16> = Vec::new();
        let flush = |text: &mut Vec<u16>, paragraph: &mut Paragraph| {
            if !text.is_empty() {
                paragraph.run_text(&String::from_utf16_lossy(text), &run);
                text.clear();
            }
        };
        for at in range {
            let Some(&unit) = self.units.get(at) else { break };
            match unit {
                FIELD_BEGIN if walk.fields.contains_key(&at) => hidden.begin(),
                FIELD_MIDDLE | FIELD_END => {
                    if let Some(shown) = hidden.end(unit == FIELD_MIDDLE).and_then(|i| field::shown(&i)) {
                        flush(&mut text, paragraph);
                        paragraph.run_text(&shown, &run);
                    }
                }
                _ if hidden.is_on() => hidden.instruction(unit),
                _ if run.hidden => {}
                _ if walk.notes.contains_key(&at) => {
                    flush(&mut text, paragraph);
                    walk.met.extend(walk.notes.remove(&at));
                    paragraph.note(walk.met.len());
                }
                SHAPE if walk.boxes.contains_key(&at) => {
                    for text_box in walk.boxes.remove(&at).unwrap_or_default() {
                        paragraph.boxes.push(self.story(text_box, walk));
                    }
                }
                _ if character.special && character.symbol.is_some() => {
                    flush(&mut text, paragraph);
                    let (font, code) = character.symbol.unwrap_or_default();
                    let font = self.fonts.get(usize::from(font)).map_or("", String::as_str);
                    let code = String::from_utf16_lossy(&[code]);
                    paragraph.run_text(&symbol::text(font, &code), &run);
                }
                0x0B | 0x0E => {
                    flush(&mut text, paragraph);
                    paragraph.line_break(false);
                }
                0x1E => text.push(u16::from(b'-')),
                0x1F => {
                    flush(&mut text, paragraph);
                    paragraph.soft_hyphen(&run, None);
                }
                0x09 => text.push(unit),
                0..0x20 => {}
                _ => text.push(unit),
            }
        }
        flush(&mut text, paragraph);
    }
}

/// Fields: their instructions are not shown, their results are.
#[derive(Debug, Default)]
struct Hidden {
    /// The open fields: their instruction so far, or that the result has begun.
    open: Vec<Option<Vec<u16>>>,
    /// How many of them are in their instruction.
    instructions: usize,
}

impl Hidden {
    fn is_on(&self) -> bool {
        self.instructions > 0
    }

    fn begin(&mut self) {
        self.open.push(Some(Vec::new()));
        self.instructions += 1;
    }

    /// Ends the instruction, or the field; gives the instruction of a field that has no result.
    fn end(&mut self, middle: bool) -> Option<String> {
        let instruction = self.open.last_mut()?.take();
        self.instructions -= usize::from(instruction.is_some());
        if middle {
            return None;
        }
        self.open.pop();
        instruction.filter(|_| !self.is_on()).map(|i| String::from_utf16_lossy(&i))
    }

    fn instruction(&mut self, unit: u16) {
        if let Some(Some(instruction)) = self.open.last_mut()
            && instruction.len() < LONGEST_INSTRUCTION
        {
            instruction.push(unit);
        }
    }
}
