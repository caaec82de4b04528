//! PDF layout: blocks to the text, its marks and its tables.
//!
//! Words are told apart by the gaps between glyphs; glyphs drawn twice and blanks under other glyphs are dropped; a
//! raised mark is kept apart from the number before it.

use std::ops::Range;

use super::super::super::{Cell, Content, Mark, MarkKind, Recognised, Row, Table, flow};
use super::super::font::Fonts;
use super::super::recognised::confidence;
use super::super::scene::Scene;
use super::Block;
use super::gaps::{is_drawn_twice, is_overprinted, white_space};
use super::lines::{Line, Placed, is_space, place, text_of};
use super::notes;
use super::table::{RuledCell, RuledTable};
use crate::reader::aligned::{self, Stretch};

/// A glyph smaller than this share of its line and raised is a footnote mark or an exponent.
const RAISED_SIZE: f32 = 0.75;

/// Below this confidence (0 to 100) a recognised word is doubted: handwritten numbers reach 0 to 75, printed ones 85 and
/// more.
const SURE: u8 = 80;

/// First and last lines of a page, from which running heads are told.
#[derive(Debug, Clone, Default)]
struct PageEdges {
    lines: Vec<Range<usize>>,
}

/// Collects the text of a document page by page.
#[derive(Debug, Default)]
pub(in super::super) struct Writer {
    pub(in super::super) text: String,
    pub(in super::super) marks: Vec<Mark>,
    pub(in super::super) tables: Vec<Table>,
    /// Words that recognition (OCR) read.
    recognised: Vec<Recognised>,
    /// Byte range of each page.
    pub(in super::super) pages: Vec<Range<usize>>,
    edges: Vec<PageEdges>,
    /// Glyphs that no table of their font maps to Unicode.
    pub(in super::super) unmapped: usize,
    /// Columns of the table that ended the page before, and its index in `tables`.
    open_table: Option<(Vec<f32>, usize)>,
    glyphs: Vec<Placed>,
    /// The stretches between tabs of the line just written.
    stretches: Vec<Stretch>,
}

impl Writer {
    /// Adds an empty page.
    fn begin_page(&mut self) -> usize {
        if !self.pages.is_empty() {
            self.text.push('\u{c}');
        }
        self.text.len()
    }

    /// Writes the blocks of one page.
    pub(super) fn page(&mut self, scene: &Scene, fonts: &Fonts, blocks: &[Block]) {
        let start = self.begin_page();
        let first_mark = self.marks.len();
        let lines: Vec<&Line> =
            blocks.iter().filter_map(|b| if let Block::Line(l) = b { Some(l) } else { None }).collect();
        let body = body_size(&lines);
        let note = notes::footnotes_from(&lines, body, |line| self.begins_raised(scene, line));
        let note_y = note.and_then(|i| lines.get(i)).map(|line| line.y);

        let mut ranges: Vec<Range<usize>> = Vec::new();
        let mut last_table = None;
        let mut open: Vec<aligned::Line> = Vec::new();
        for block in blocks {
            match block {
                Block::Line(line) => {
                    let range = self.line(scene, fonts, line, start);
                    if range.is_empty() {
                        continue;
                    }
                    let is_note = note_y.is_some_and(|y| line.y <= y && line.size <= 0.93 * body);
                    if line.in_columns {
                        self.aligned(&mut open);
                    } else {
                        let stretches = std::mem::take(&mut self.stretches);
                        open.push(aligned::Line { stretches, y: -line.y, size: 1.2 * line.size });
                    }
                    if is_note {
                        self.marks.push(Mark { kind: MarkKind::Footnote, range: range.clone() });
                    }
                    ranges.push(range);
                }
                Block::Table(table) => {
                    self.aligned(&mut open);
                    let continues =
                        ranges.iter().all(|r| self.text.get(r.clone()).is_some_and(notes::is_page_number));
                    last_table = self.table(scene, fonts, table, start, continues);
                    ranges.clear();
                    ranges.push(self.text.len()..self.text.len());
                }
            }
        }
        self.aligned(&mut open);
        // A table is continued on the next page if nothing but a page number follows it.
        let followed = ranges
            .iter()
            .any(|r| self.text.get(r.clone()).is_some_and(|t| !t.is_empty() && !notes::is_page_number(t)));
        if last_table.is_none() || followed {
            self.open_table = None;
        }
        let end = self.text.len();
        self.mark_page_number(start..end);
        self.edges.push(edges(&self.text, start..end));
        self.pages.push(start..end);
        self.marks.get_mut(first_mark..).unwrap_or_default().sort_by_key(|m| (m.range.start, m.range.end));
    }

    /// The tables without ruling lines in some lines.
    fn aligned(&mut self, lines: &mut Vec<aligned::Line>) {
        self.tables.extend(aligned::find(&self.text, lines));
        lines.clear();
    }

    /// Marks a page number that stands alone on the first or last line of a page.
    fn mark_page_number(&mut self, page: Range<usize>) {
        let Some(text) = self.text.get(page.clone()) else { return };
        let first = text.find('\n').unwrap_or(text.len());
        let last = text.rfind('\n').map_or(0, |at| at + 1);
        for range in [0..first, last..text.len()] {
            if text.get(range.clone()).is_some_and(notes::is_page_number) {
                let range = page.start + range.start..page.start + range.end;
                self.marks.push(Mark { kind: MarkKind::PageNumber, range });
                break;
            }
        }
    }

    fn begins_raised(&mut self, scene: &Scene, line: &Line) -> bool {
        place(scene, &line.runs, &mut self.glyphs);
        let first = self.glyphs.iter().find(|p| !is_space(p.glyph.value));
        first.is_some_and(|p| {
            p.size <= RAISED_SIZE * line.size
                && p.y > line.y + 0.1 * line.size
                && (u32::from('0')..=u32::from('9')).contains(&p.glyph.value)
        })
    }

    /// Writes one line of text; an empty range where it holds nothing.
    fn line(&mut self, scene: &Scene, fonts: &Fonts, line: &Line, page_start: usize) -> Range<usize> {
        let before = self.text.len();
        if before > page_start {
            self.text.push('\n');
        }
        let range = self.content(scene, fonts, line, false);
        if range.is_empty() {
            self.text.truncate(before);
        }
        range
    }

    /// Writes the glyphs of a line with the white space that their gaps mean; within a cell a tab would be a border.
    fn content(&mut self, scene: &Scene, fonts: &Fonts, line: &Line, in_cell: bool) -> Range<usize> {
        let mut glyphs = std::mem::take(&mut self.glyphs);
        place(scene, &line.runs, &mut glyphs);
        let start = self.text.len();
        let mut buffer = [0; 4];
        let mut previous: Option<Placed> = None;
        let mut spaced = false;
        let mut raised: Option<usize> = None;
        let mut in_figure = false;
        let mut stamped: Option<usize> = None;
        let mut word: Option<(usize, u8)> = None;
        self.stretches.clear();
        let spaces = glyphs.iter().filter(|p| is_space(p.glyph.value)).count();
        let is_loose = scene.is_hidden_layer() && spaces * 12 > glyphs.len();
        for (index, placed) in glyphs.iter().enumerate() {
            let glyph = &placed.glyph;
            if is_space(glyph.value) {
                spaced = true;
                continue;
            }
            if glyph.value < 32 || glyph.value == 0xFEFF || glyph.value == 0x200B {
                continue;
            }
            if is_drawn_twice(&glyphs, index) || is_overprinted(&glyphs, index) {
                continue;
            }
            let is_raised = placed.size <= RAISED_SIZE * line.size && placed.y > line.y + 0.12 * line.size;
            let text_end = self.text.len();
            let space = match previous {
                None => None,
                Some(_) if placed.apart => Some('\t'),
                Some(previous) => white_space(
                    &previous,
                    placed,
                    spaced,
                    is_raised && raised.is_none(),
                    &self.text,
                    is_loose,
                ),
            };
            if (!is_raised || space.is_some())
                && let Some(from) = raised.take()
            {
                self.marks.push(Mark { kind: MarkKind::Superscript, range: from..text_end });
            }
            if !placed.stamped
                && let Some(from) = stamped.take()
            {
                self.marks.push(Mark { kind: MarkKind::Stamp, range: from..text_end });
            }
            let sure = confidence(glyph.font);
            if let Some((from, before)) = word
                && (spaced || space.is_some() || sure != Some(before))
            {
                self.word(from..text_end, before);
                word = None;
            }
            self.text.extend(space.map(|s| if in_cell { ' ' } else { s }));
            if let Some(sure) = sure {
                word.get_or_insert((self.text.len(), sure));
            }
            if is_raised && raised.is_none() {
                raised = Some(self.text.len());
                in_figure = space.is_none() && self.text.ends_with(|c: char| c.is_ascii_digit());
            }
            if placed.stamped {
                stamped.get_or_insert(self.text.len());
            }
            if previous.is_none() || space == Some('\t') {
                self.stretches.push(Stretch { start: self.text.len(), end: 0, x0: glyph.x0, x1: glyph.x1 });
            }
            let mut text = text_of(fonts, glyph, &mut buffer);
            // A raised number is no digit of the figure before it: "125³", "10⁶".
            if is_raised
                && in_figure
                && let Some(digit) = char::from_u32(glyph.value).filter(char::is_ascii_digit)
            {
                text = flow::raised(digit).encode_utf8(&mut buffer);
            }
            self.unmapped += usize::from(text == "\u{FFFD}");
            self.text.push_str(text);
            if let Some(stretch) = self.stretches.last_mut() {
                stretch.end = self.text.len();
                stretch.x1 = stretch.x1.max(glyph.x1);
            }
            previous = Some(*placed);
            spaced = false;
        }
        let end = self.text.len();
        if let Some(from) = raised {
            self.marks.push(Mark { kind: MarkKind::Superscript, range: from..end });
        }
        if let Some(from) = stamped {
            self.marks.push(Mark { kind: MarkKind::Stamp, range: from..end });
        }
        if let Some((from, sure)) = word {
            self.word(from..end, sure);
        }
        self.glyphs = glyphs;
        start..end
    }

    /// Notes a recognised word.
    fn word(&mut self, range: Range<usize>, confidence: u8) {
        if confidence < SURE {
            self.marks.push(Mark { kind: MarkKind::Doubted, range: range.clone() });
        }
        self.recognised.push(Recognised { range, confidence });
    }

    /// What was written, as content of some format.
    pub(in super::super) fn into_content(self) -> Content {
        Content {
            text: self.text,
            tables: self.tables,
            marks: self.marks,
            recognised: self.recognised,
            ..Content::default()
        }
    }

    /// Writes a table, one row a line. Returns its index in `tables`.
    fn table(
        &mut self,
        scene: &Scene,
        fonts: &Fonts,
        table: &RuledTable,
        page_start: usize,
        at_top: bool,
    ) -> Option<usize> {
        let mut rows = Vec::new();
        let mut spans = Vec::new();
        let mut by_row: Vec<Vec<&RuledCell>> = vec![Vec::new(); table.rows];
        for cell in &table.cells {
            for row in by_row.iter_mut().skip(cell.row).take(cell.rows) {
                row.push(cell);
            }
        }
        for (row, mut cells) in by_row.into_iter().enumerate() {
            let before = self.text.len();
            if before > page_start {
                self.text.push('\n');
            }
            let row_start = self.text.len();
            let mut out = Row::default();
            let mut tallest = 1;
            cells.sort_by_key(|c| c.column);
            for (position, cell) in cells.iter().enumerate() {
                if position > 0 {
                    self.text.push('\t');
                }
                let start = self.text.len();
                if cell.row == row {
                    tallest = tallest.max(cell.rows);
                    for line in &cell.lines {
                        let length = self.text.len();
                        if length > start {
                            self.text.push(' ');
                        }
                        if self.content(scene, fonts, line, true).is_empty() {
                            self.text.truncate(length);
                        }
                    }
                }
                out.cells.push(Cell {
                    range: start..self.text.len(),
                    column: cell.column,
                    columns: cell.columns,
                    rows: if cell.row == row { cell.rows } else { 1 },
                    tail: 0..0,
                });
            }
            if self.text.get(row_start..).is_some_and(|t| t.trim().is_empty()) {
                self.text.truncate(before);
                continue;
            }
            rows.push(out);
            spans.push(tallest);
        }
        if rows.is_empty() {
            return None;
        }
        let header = header_rows(&self.text, &rows, &spans);
        // The same columns at the top of the next page: the same table goes on.
        if at_top
            && let Some((edges, index)) = self.open_table.take()
            && same_columns(&edges, &table.edges)
            && let Some(previous) = self.tables.get_mut(index)
        {
            let text = &self.text;
            let cells = |row: &Row| -> Vec<String> {
                row.cells.iter().map(|c| text.get(c.range.clone()).unwrap_or("").to_owned()).collect()
            };
            let repeated = (0..previous.header_rows.min(rows.len()))
                .take_while(|i| previous.rows.get(*i).map(cells) == rows.get(*i).map(cells))
                .count();
            previous.rows.extend(rows.into_iter().skip(repeated));
            self.open_table = Some((edges, index));
            return Some(index);
        }
        let index = self.tables.len();
        self.tables.push(Table { rows, header_rows: header });
        self.open_table = Some((table.edges.clone(), index));
        Some(index)
    }

    /// Marks the text of pages that hold garbage.
    pub(in super::super) fn mark_unreadable(&mut self, pages: &[Range<usize>]) {
        let marks = pages.iter().map(|range| Mark { kind: MarkKind::Unreadable, range: range.clone() });
        self.marks.extend(marks);
    }

    /// Marks lines that are repeated at the same edge of at least three pages.
    pub(in super::super) fn mark_running_heads(&mut self) {
        let mut keys: Vec<(String, Range<usize>)> = Vec::new();
        for page in &self.edges {
            for range in &page.lines {
                if let Some(text) = self.text.get(range.clone()) {
                    keys.push((notes::running_key(text), range.clone()));
                }
            }
        }
        keys.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.start.cmp(&b.1.start)));
        for group in keys.chunk_by(|a, b| a.0 == b.0) {
            let is_words = group.first().is_some_and(|(key, _)| key.chars().any(char::is_alphabetic));
            if group.len() >= 3 && is_words {
                let marks =
                    group.iter().map(|(_, range)| Mark { kind: MarkKind::RunningHead, range: range.clone() });
                self.marks.extend(marks);
            }
        }
        self.marks.sort_by_key(|m| (m.range.start, m.range.end));
    }
}

/// The first and last line of a page, white space excluded.
fn edges(text: &str, page: Range<usize>) -> PageEdges {
    let Some(body) = text.get(page.clone()) else { return PageEdges::default() };
    let mut lines = Vec::new();
    let mut at = page.start;
    let all: Vec<Range<usize>> = body
        .split('\n')
        .map(|line| {
            let range = at..at + line.len();
            at += line.len() + 1;
            range
        })
        .collect();
    lines.extend(all.first().cloned());
    if all.len() > 1 {
        lines.extend(all.last().cloned());
    }
    PageEdges { lines }
}

/// The size in which most of a page is set.
fn body_size(lines: &[&Line]) -> f32 {
    let mut sizes: Vec<(f32, f32)> = lines.iter().map(|l| (l.size, l.x1() - l.x0())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|s| s.1).sum::<f32>() / 2.0;
    let mut sum = 0.0;
    sizes
        .iter()
        .find(|s| {
            sum += s.1;
            sum >= half
        })
        .map_or(12.0, |s| s.0)
}

/// How many of the first rows are headings: those that a tall first row covers, then a row that numbers the columns.
fn header_rows(text: &str, rows: &[Row], spans: &[usize]) -> usize {
    let cell_text = |row: &Row| -> Vec<String> {
        row.cells
            .iter()
            .filter_map(|c| text.get(c.range.clone()))
            .map(|t| t.trim().to_owned())
            .filter(|t| !t.is_empty())
            .collect()
    };
    let is_figure = |t: &String| {
        t.chars().any(|c| c.is_ascii_digit())
            && t.chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '-' | ' ' | '/' | '(' | ')'))
    };
    let Some(first) = rows.first() else { return 0 };
    let words = cell_text(first);
    if rows.len() < 2 || words.len() < 2 || words.iter().any(is_figure) {
        return 0;
    }
    let mut count = spans.first().copied().unwrap_or(1).min(rows.len().saturating_sub(1));
    if let Some(row) = rows.get(count) {
        let marks = cell_text(row);
        let numbers = |t: &String| {
            let t = t.trim_matches(['(', ')']);
            t.len() <= 2
                && (t.chars().all(|c| c.is_ascii_digit()) || t.chars().all(|c| c.is_ascii_uppercase()))
                || t.contains('=') && t.len() < 12
        };
        if marks.len() >= 3
            && marks.len() + 1 >= words.len()
            && marks.iter().all(numbers)
            && count + 1 < rows.len()
        {
            count += 1;
        }
    }
    count
}

/// Whether two tables have the same column edges.
fn same_columns(a: &[f32], b: &[f32]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(x, y)| (x - y).abs() < 4.0)
}
