//! RTF: follows the tokens and builds the text.

use std::collections::BTreeMap;

use encoding_rs::Encoding;
use unicode_normalization::UnicodeNormalization;

use super::super::flow::Flow;
use super::super::paragraph::{OldFonts, Paragraph, Run};
use super::super::rows::{Blocks, CellShape, RowShape};
use super::super::{MarkKind, field, symbol};
use super::state::{Font, State, Target, encoding_of_charset, encoding_of_page};
use super::tokens::{Token, Tokens};
use crate::charset::{cp1252_char, font_hint};

/// Groups nested deeper than this share the state of the last one.
const DEEPEST_GROUP: usize = 1000;
/// Text boxes and notes nested deeper than this are read where they stand.
const DEEPEST_STORY: usize = 16;
/// Most cells of a row.
const MOST_CELLS: usize = 256;
/// Longest instruction of a field that is looked at.
const LONGEST_INSTRUCTION: usize = 256;

/// Groups whose text is no part of the document.
const UNSEEN: &[&[u8]] = &[
    b"colortbl",
    b"stylesheet",
    b"info",
    b"pict",
    b"object",
    b"listtable",
    b"listoverridetable",
    b"revtbl",
    b"rsidtbl",
    b"generator",
    b"header",
    b"headerl",
    b"headerr",
    b"footer",
    b"footerl",
    b"footerr",
    b"footerf",
    b"xe",
    b"tc",
    b"bkmkstart",
    b"bkmkend",
    b"themedata",
    b"colorschememapping",
    b"datastore",
    b"latentstyles",
    b"filetbl",
    b"annotation",
    b"atnid",
    b"atnauthor",
    b"ftnsep",
    b"ftnsepc",
    b"aftnsep",
    b"aftnsepc",
    b"sp",
    b"pnseclvl",
    b"template",
    b"operator",
    b"mmathPr",
    b"formfield",
    b"xmlnstbl",
    b"fldtype",
    b"datafield",
    b"private",
    b"nonshppict",
    b"objdata",
    b"listpicture",
    b"do",
];

/// A part of the document with paragraphs of its own: the document itself, a text box, a note.
struct Story {
    blocks: Blocks,
    paragraph: Paragraph,
    /// The group that it ends with.
    group: usize,
    kind: Kind,
}

/// What a part of the document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Document,
    TextBox,
    Note,
    /// The page header that only the first page shows: it may hold the office's head.
    Head,
}

/// Reads one file.
pub struct Walk {
    fonts: OldFonts,
    limit: usize,
    added: usize,
    stories: Vec<Story>,
    /// What holds now, and around each open group.
    state: State,
    around: Vec<State>,
    /// Groups beyond the deepest.
    too_deep: usize,
    table: BTreeMap<i32, Font>,
    default_font: i32,
    page: &'static Encoding,
    /// The font of the table that is being read.
    naming: i32,
    /// Bytes that wait for their partners, and the font they are in.
    bytes: Vec<u8>,
    /// Half of a pair of UTF-16.
    half: Option<u16>,
    /// Replacement characters still to be passed over.
    skip: usize,
    /// Whether the next control word names a group that may be passed over (`\*`).
    star: bool,
    row: RowShape,
    cell: CellShape,
    notes: Vec<Flow>,
    head: Option<Flow>,
    title_page: bool,
    instruction: String,
    /// The group of the open field, as long as it shows no result.
    field: Option<usize>,
}

impl Walk {
    /// A reader that knows what was learnt about fonts.
    pub fn new(fonts: OldFonts, limit: usize) -> Self {
        let document = Story {
            blocks: Blocks::default(),
            paragraph: Paragraph::default(),
            group: 0,
            kind: Kind::Document,
        };
        Self {
            fonts,
            limit,
            added: 0,
            stories: vec![document],
            state: State::default(),
            around: Vec::new(),
            too_deep: 0,
            table: BTreeMap::new(),
            default_font: 0,
            page: encoding_rs::WINDOWS_1252,
            naming: 0,
            bytes: Vec::new(),
            half: None,
            skip: 0,
            star: false,
            row: RowShape::default(),
            cell: CellShape::default(),
            notes: Vec::new(),
            head: None,
            title_page: false,
            instruction: String::new(),
            field: None,
        }
    }

    /// The whole text, and what was learnt about fonts.
    pub fn read(mut self, bytes: &[u8]) -> (Flow, OldFonts) {
        let mut tokens = Tokens::new(bytes);
        while let Some(token) = tokens.token() {
            if let Token::Word(b"bin", Some(length)) = token {
                tokens.skip(usize::try_from(length).unwrap_or(0));
                continue;
            }
            self.token(token);
            // The limit is checked by the reader; here it only ends the work.
            if self.added > self.limit {
                break;
            }
        }
        self.flush();
        while self.stories.len() > 1 {
            self.end_story();
        }
        self.end_paragraph();
        let mut flow = self.head.take().filter(|_| self.title_page).unwrap_or_default();
        flow.append(self.stories.pop().map(|story| story.blocks.finish()).unwrap_or_default(), 1);
        for note in self.notes {
            flow.part(2);
            let since = flow.text.len();
            flow.append(note, 1);
            flow.mark(MarkKind::Footnote, since);
        }
        (flow, self.fonts)
    }

    fn token(&mut self, token: Token<'_>) {
        let star = std::mem::take(&mut self.star);
        match token {
            Token::Open => self.open(),
            Token::Close => self.close(),
            Token::Byte(byte) => self.byte(byte),
            // In the file's own bytes, too, an old editor may have written letters as they are.
            Token::Text(byte) => self.byte(byte),
            Token::Symbol(b'*') => self.star = true,
            Token::Symbol(symbol) => {
                self.flush();
                match symbol {
                    b'~' => self.text("\u{a0}"),
                    b'_' => self.text("-"),
                    b'-' if self.state.target == Target::Text => {
                        let run = self.run();
                        self.stories.last_mut().into_iter().for_each(|s| s.paragraph.soft_hyphen(&run, None));
                    }
                    b'\\' | b'{' | b'}' => self.byte(symbol),
                    b'\t' => self.text("\t"),
                    b'\r' | b'\n' => self.end_paragraph(),
                    _ => {}
                }
            }
            Token::Word(word, number) => {
                self.flush();
                if word != b"u" && word != b"uc" {
                    self.half = None;
                }
                self.word(word, number, star);
            }
        }
    }

    fn open(&mut self) {
        self.flush();
        self.skip = 0;
        if self.around.len() >= DEEPEST_GROUP {
            self.too_deep += 1;
            return;
        }
        self.around.push(self.state.clone());
    }

    fn close(&mut self) {
        self.flush();
        self.skip = 0;
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let group = self.around.len();
        if self.stories.len() > 1 && self.stories.last().is_some_and(|story| story.group == group) {
            self.end_story();
        }
        if self.field == Some(group) {
            self.field = None;
            if let Some(shown) = field::shown(&self.instruction) {
                self.text(&shown);
            }
        }
        if let Some(state) = self.around.pop() {
            self.state = state;
        }
    }

    /// Text of the current state.
    fn text(&mut self, text: &str) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        let state = self.state.clone();
        match state.target {
            Target::Nothing => {}
            Target::FontName => {
                let font = self.table.entry(self.naming).or_default();
                if font.name.len() < 64 {
                    font.name.push_str(text.trim_end_matches(';'));
                }
            }
            Target::Instruction => {
                if self.instruction.len() < LONGEST_INSTRUCTION {
                    self.instruction.push_str(text);
                }
            }
            Target::Text => {
                self.added += text.len();
                let font = self.font(&state).map(|f| f.name.clone());
                let run =
                    Run { font, superscript: state.superscript, bold: state.bold, hidden: state.hidden };
                self.stories.last_mut().into_iter().for_each(|s| s.paragraph.run_text(text, &run));
            }
        }
    }

    /// How characters are set here.
    fn run(&self) -> Run {
        let state = &self.state;
        let font = self.font(state).map(|f| f.name.clone());
        Run { font, superscript: state.superscript, bold: state.bold, hidden: state.hidden }
    }

    fn font(&self, state: &State) -> Option<&Font> {
        let number = if state.font >= 0 { state.font } else { self.default_font };
        self.table.get(&number)
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else {
            self.bytes.push(byte);
        }
    }

    /// Decodes the bytes that wait: by the font's name (they stand for themselves there), its character set, or the code page.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let state = self.state.clone();
        let font = self.font(&state);
        let name = font.map_or("", |f| f.name.as_str());
        let text = if bytes.is_ascii() {
            String::from_utf8_lossy(&bytes).into_owned()
        } else if font_hint(name).is_some() || font.is_some_and(|f| f.charset == 2) {
            let letters: String = bytes.iter().map(|b| cp1252_char(*b)).collect();
            symbol::text(name, &letters).into_owned()
        } else {
            let encoding = font.and_then(|f| encoding_of_charset(f.charset)).unwrap_or(self.page);
            encoding.decode_without_bom_handling(&bytes).0.nfc().collect()
        };
        self.text(&text);
    }

    fn unicode(&mut self, number: i32) {
        let unit = (number & 0xFFFF) as u16;
        let pair = self.half.take().map(|high| [high, unit]);
        let text = match pair.map(|pair| String::from_utf16(&pair)) {
            Some(Ok(text)) => text,
            _ if (0xD800..0xDC00).contains(&unit) => {
                self.half = Some(unit);
                String::new()
            }
            _ => String::from_utf16_lossy(&[unit]),
        };
        if !text.is_empty() {
            let skip = std::mem::take(&mut self.skip);
            self.text(&text);
            self.skip = skip;
        }
        self.skip = self.state.fallbacks;
    }

    fn word(&mut self, word: &[u8], number: Option<i32>, star: bool) {
        let on = number != Some(0);
        let n = number.unwrap_or(0);
        if word == b"u" {
            return self.unicode(n);
        }
        // A word is one fallback, too.
        if self.skip > 0 && !matches!(word, b"uc") {
            self.skip -= 1;
        }
        if UNSEEN.contains(&word) {
            self.state.target = Target::Nothing;
            return;
        }
        match word {
            b"ansicpg" => self.page = encoding_of_page(n),
            b"deff" => self.default_font = n,
            b"fonttbl" => self.state.target = Target::FontName,
            b"f" if self.state.target == Target::FontName => {
                self.naming = n;
                self.table.insert(n, Font::default());
                self.state.font = n;
            }
            b"fcharset" => self.table.entry(self.naming).or_default().charset = n,
            b"falt" | b"panose" if self.state.target == Target::FontName => {
                self.state.target = Target::Nothing;
            }
            b"f" => self.state.font = n,
            b"plain" => self.state.plain(),
            b"b" => self.state.bold = on,
            b"v" | b"deleted" => self.state.hidden = on,
            b"super" => self.state.superscript = on,
            b"up" => self.state.superscript = n >= 6,
            b"nosupersub" | b"sub" => self.state.superscript = false,
            b"uc" => self.state.fallbacks = usize::try_from(n).unwrap_or(0).min(16),
            b"shptxt" => self.start_story(Kind::TextBox),
            b"footnote" => self.start_story(Kind::Note),
            b"titlepg" => self.title_page = true,
            b"headerf" if self.head.is_none() => self.start_story(Kind::Head),
            b"headerf" => self.state.target = Target::Nothing,
            // The text of a shape, the words of a list number, the Unicode half of a pair, a field's result.
            b"shprslt" => self.state.target = Target::Nothing,
            b"fldrslt" => self.field = None,
            // The Unicode half of a pair.
            b"ud" if self.state.target == Target::Nothing => self.state.target = Target::Text,
            // Text boxes, the words of a list number, the rows of tables in tables.
            b"shpinst" | b"listtext" | b"pntext" | b"ud" | b"shp" | b"shpgrp" | b"nesttableprops" => {}
            b"upr" if self.state.target == Target::Text => self.state.target = Target::Nothing,
            b"nonesttables" => self.state.target = Target::Nothing,
            b"field" => {
                self.instruction.clear();
                self.field = Some(self.around.len());
            }
            b"fldinst" => {
                if self.state.target == Target::Text {
                    self.state.target = Target::Instruction;
                }
            }
            _ if star => self.state.target = Target::Nothing,
            _ if self.state.target != Target::Text => {}
            b"pard" => {
                let state = &mut self.state;
                (state.in_table, state.depth) = (false, 0);
            }
            b"intbl" => self.state.in_table = true,
            b"itap" => {
                self.state.depth = usize::try_from(n).unwrap_or(0);
                self.state.in_table = n > 0;
            }
            b"par" | b"sect" => self.end_paragraph(),
            b"line" => self.stories.last_mut().into_iter().for_each(|s| s.paragraph.line_break(false)),
            b"page" => self.stories.last_mut().into_iter().for_each(|s| s.paragraph.line_break(true)),
            b"tab" => self.text("\t"),
            b"emdash" => self.text("—"),
            b"endash" => self.text("–"),
            b"lquote" => self.text("‘"),
            b"rquote" => self.text("’"),
            b"ldblquote" => self.text("“"),
            b"rdblquote" => self.text("”"),
            b"bullet" => self.text("•"),
            b"emspace" | b"enspace" | b"qmspace" => self.text(" "),
            b"chftn" => self.note_mark(),
            _ => self.table_word(word, n),
        }
    }

    fn table_word(&mut self, word: &[u8], n: i32) {
        match word {
            b"trowd" => {
                self.row = RowShape::default();
                self.cell = CellShape::default();
            }
            b"trleft" => self.row.left = n,
            b"trhdr" => self.row.heading = true,
            b"clmrg" => self.cell.joined_left = true,
            b"clvmrg" => self.cell.joined_above = true,
            b"cellx" => {
                let cell = CellShape { right: n, ..std::mem::take(&mut self.cell) };
                if self.row.cells.len() < MOST_CELLS {
                    self.row.cells.push(cell);
                }
            }
            b"cell" => self.end_cell(1),
            b"row" => self.end_row(1),
            b"nestcell" => {
                let depth = self.state.depth.max(2);
                self.end_cell(depth);
            }
            b"nestrow" => {
                let depth = self.state.depth.max(2);
                self.end_row(depth);
            }
            _ => {}
        }
    }

    fn end_cell(&mut self, depth: usize) {
        self.write(depth);
        self.stories.last_mut().into_iter().for_each(|s| s.blocks.end_cell(depth));
    }

    fn end_row(&mut self, depth: usize) {
        if self.stories.last().is_some_and(|s| !s.paragraph.is_empty()) {
            self.write(depth);
        }
        let row = self.row.clone();
        if let Some(story) = self.stories.last_mut() {
            story.blocks.end_row(depth, row);
        }
    }

    fn end_paragraph(&mut self) {
        let depth = self.state.depth();
        self.write(depth);
    }

    /// Writes the open paragraph.
    fn write(&mut self, depth: usize) {
        let Some(story) = self.stories.last_mut() else { return };
        let paragraph = std::mem::take(&mut story.paragraph);
        let plain = !paragraph.is_bold();
        paragraph.write(None, None, &mut self.fonts, story.blocks.at(depth));
        if plain {
            story.blocks.plain();
        }
    }

    fn start_story(&mut self, kind: Kind) {
        if self.stories.len() >= DEEPEST_STORY
            || self.state.target == Target::Nothing && kind != Kind::TextBox
        {
            return;
        }
        let group = self.around.len();
        let state = &mut self.state;
        state.plain();
        (state.target, state.in_table, state.depth) = (Target::Text, false, 0);
        self.stories.push(Story { blocks: Blocks::default(), paragraph: Paragraph::default(), group, kind });
    }

    fn end_story(&mut self) {
        let depth = self.state.depth();
        self.write(depth);
        let Some(story) = self.stories.pop() else { return };
        let flow = story.blocks.finish();
        match story.kind {
            Kind::Document => {}
            Kind::Head => self.head = Some(flow),
            Kind::TextBox => {
                if let Some(around) = self.stories.last_mut() {
                    around.paragraph.boxes.push(flow);
                }
            }
            Kind::Note => {
                let mut line = Flow::default();
                line.run(&format!("[{}] ", self.notes.len() + 1));
                line.join(flow);
                self.notes.push(line);
            }
        }
    }

    /// The number of a note: in the document it is the mark, in the note itself it is written already.
    fn note_mark(&mut self) {
        let number = self.notes.len() + 1;
        if let [.., story] = self.stories.as_mut_slice()
            && story.kind != Kind::Note
        {
            story.paragraph.note(number);
        }
    }
}
