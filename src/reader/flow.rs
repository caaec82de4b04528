//! Builds the text of a document made of blocks (web page, word processor): runs become lines, tables become one line
//! a row with tabs, and every range (tables, marks) follows its text wherever it is put.

use std::ops::Range;

use super::{Cell, Mark, MarkKind, Row, Table};

/// Wider tables are read, but no fillers are written for the columns beyond.
const MOST_COLUMNS: usize = 256;

/// Most fillers of one table: columns under merged cells that are written as tabs. Beyond, cells still know their column.
const MOST_FILLERS: usize = 4 << 20;

/// The gap that ends a page.
const PAGE: u8 = 3;

/// Text being built. White space collapses; line breaks are written only when more text follows.
#[derive(Debug, Default, Clone)]
pub struct Flow {
    /// The text so far.
    pub text: String,
    /// Tables in it.
    pub tables: Vec<Table>,
    /// Marks in it.
    pub marks: Vec<Mark>,
    /// Breaks to write before the next text: 1 ends the line, 2 leaves an empty line, [`PAGE`] ends the page.
    gap: u8,
    /// Whether a space is due before the next text.
    space: bool,
}

impl Flow {
    /// Text that is finished already.
    pub fn of(text: String, tables: Vec<Table>, marks: Vec<Mark>) -> Self {
        Self { text, tables, marks, ..Self::default() }
    }

    /// Adds running text; white space (but no-break spaces) collapses to one space.
    pub fn run(&mut self, text: &str) {
        let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0C');
        for (i, word) in text.split(is_space).enumerate() {
            self.space |= i > 0;
            if !word.is_empty() {
                self.settle();
                self.text.push_str(word);
            }
        }
    }

    /// Adds raised text. A raised number right behind a figure is no digit of it and stands in raised characters: "125³",
    /// "10⁶"; behind anything else it stays as it is: "m2".
    pub fn raised(&mut self, text: &str) {
        let digits = text.trim();
        let number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let behind = self.text.ends_with(|c: char| c.is_ascii_digit()) && self.gap == 0 && !self.space;
        if number && behind && !text.starts_with(char::is_whitespace) {
            self.text.extend(digits.chars().map(raised));
            self.space |= text.ends_with(char::is_whitespace);
        } else {
            self.run(text);
        }
    }

    /// Adds text whose white space counts.
    pub fn verbatim(&mut self, text: &str) {
        for (i, line) in text.split('\n').enumerate() {
            if i > 0 {
                self.line_break();
            }
            let line = line.trim_end_matches('\r');
            if !line.is_empty() {
                self.settle();
                self.text.push_str(line);
            }
        }
    }

    /// Ends the line; a second break leaves one empty line.
    pub fn line_break(&mut self) {
        self.part((self.gap + 1).min(2));
    }

    /// Ends the page.
    pub fn page_break(&mut self) {
        self.part(PAGE);
    }

    /// Ends the block: what follows stands at least that many line breaks below.
    pub fn part(&mut self, breaks: u8) {
        self.gap = self.gap.max(breaks);
        self.space = false;
    }

    /// Marks what was added since the text had this length.
    pub fn mark(&mut self, kind: MarkKind, since: usize) {
        let Some(added) = self.text.get(since..) else { return };
        let start = since + (added.len() - added.trim_start().len());
        if start < self.text.len() {
            self.marks.push(Mark { kind, range: start..self.text.len() });
        }
    }

    /// Adds another flow as a block of its own.
    pub fn append(&mut self, other: Self, breaks: u8) {
        if other.text.is_empty() {
            return;
        }
        self.part(breaks);
        self.settle();
        self.push(other);
        self.part(breaks);
    }

    fn push(&mut self, other: Self) {
        let by = self.text.len();
        self.text.push_str(&other.text);
        self.marks.extend(other.marks.into_iter().map(|m| Mark { range: shift(m.range, by), ..m }));
        self.tables.extend(other.tables.into_iter().map(|t| shift_table(t, by)));
    }

    /// Adds another flow in the same line, with the breaks at its end.
    pub fn join(&mut self, other: Self) {
        let (gap, space) = (other.gap, other.space);
        if !other.text.is_empty() {
            self.settle();
            self.push(other);
        }
        self.gap = self.gap.max(gap);
        self.space |= space;
    }

    /// Writes the breaks or the space that are due.
    fn settle(&mut self) {
        if !self.text.is_empty() {
            match self.gap {
                0 if self.space => self.text.push(' '),
                0 => {}
                PAGE => self.text.push('\x0C'),
                n => (0..n).for_each(|_| self.text.push('\n')),
            }
        }
        self.gap = 0;
        self.space = false;
    }
}

/// The raised character of a digit or minus.
pub fn raised(c: char) -> char {
    match c {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        '-' => '⁻',
        c => c,
    }
}

fn shift(range: Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

fn shift_table(mut table: Table, by: usize) -> Table {
    for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
        cell.range = shift(std::mem::take(&mut cell.range), by);
        cell.tail = shift(std::mem::take(&mut cell.tail), by);
    }
    table
}

/// A table being built.
#[derive(Debug, Default)]
pub struct Grid {
    /// Its rows.
    pub rows: Vec<GridRow>,
    /// Whether it is known to serve the layout only.
    pub layout: bool,
}

/// A row being built.
#[derive(Debug, Default)]
pub struct GridRow {
    /// Its cells, left to right.
    pub cells: Vec<GridCell>,
    /// Whether the source calls it a heading.
    pub heading: bool,
}

/// A cell being built.
#[derive(Debug)]
pub struct GridCell {
    /// What stands in it.
    pub flow: Flow,
    /// Columns it covers.
    pub columns: usize,
    /// Rows it covers.
    pub rows: usize,
    /// Whether the source calls it a heading.
    pub heading: bool,
}

impl Default for GridCell {
    fn default() -> Self {
        Self { flow: Flow::default(), columns: 1, rows: 1, heading: false }
    }
}

impl Grid {
    /// The finished table as text: rows as lines; or, if it only serves the layout, its cells as blocks.
    pub fn finish(self) -> Flow {
        if self.is_layout() { self.blocks() } else { self.lines() }
    }

    /// Letterheads and signatures are set as tables of a few cells with several lines each: reading them cell by cell
    /// keeps together what belongs together. A cell that holds a bare number shows a table of figures.
    fn is_layout(&self) -> bool {
        let cells = || self.rows.iter().flat_map(|row| &row.cells);
        let width = self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let several_lines = cells().any(|cell| cell.flow.text.contains('\n'));
        let figures = cells().any(|cell| is_figure(&cell.flow.text));
        self.layout
            || width <= 1
            || (cells().any(|cell| !cell.flow.tables.is_empty()) && !self.has_figures())
            || (width <= 3 && self.rows.len() <= 4 && several_lines && !figures)
    }

    /// Whether it is a table of figures, whatever else stands in it: three columns or more, figures in two rows or more.
    fn has_figures(&self) -> bool {
        let wide = self.rows.iter().any(|row| row.cells.len() >= 3);
        let has_figure = |row: &&GridRow| row.cells.iter().any(|cell| is_figure(&cell.flow.text));
        wide && self.rows.iter().filter(has_figure).count() >= 2
    }

    fn blocks(self) -> Flow {
        let mut flow = Flow::default();
        for cell in self.rows.into_iter().flat_map(|row| row.cells) {
            flow.append(cell.flow, 1);
        }
        flow
    }

    fn lines(self) -> Flow {
        let mut flow = Flow::default();
        let mut table = Table::default();
        // How many more rows each column is covered by a cell from above.
        let mut covered: Vec<usize> = Vec::new();
        let mut headings = true;
        let mut fillers = MOST_FILLERS;
        for row in self.rows {
            headings &= row.heading || row.cells.iter().all(|c| c.heading || c.flow.text.is_empty());
            let line = flow.text.len();
            let row = write_row(&mut flow, row, &mut covered, &mut fillers);
            if row.cells.iter().all(|cell| cell.range.is_empty()) {
                flow.text.truncate(line);
                continue;
            }
            flow.text.push('\n');
            table.header_rows += usize::from(headings);
            table.rows.push(row);
        }
        flow.text.pop();
        if !table.rows.is_empty() {
            flow.tables.push(table);
        }
        flow
    }
}

/// Whether a cell holds a number and nothing else: "12.500", "97,5%".
fn is_figure(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit()) && !text.contains(char::is_alphabetic)
}

/// Writes one row as a line. Covered columns are left empty, so that the n-th field is always the n-th column.
fn write_row(flow: &mut Flow, row: GridRow, covered: &mut Vec<usize>, fillers: &mut usize) -> Row {
    let mut cells = Vec::new();
    let mut column = 0;
    for cell in row.cells {
        while take_covered(covered, column) {
            if *fillers > 0 {
                flow.text.push('\t');
                *fillers -= 1;
            }
            column += 1;
        }
        let start = flow.text.len();
        let by = start;
        // Line breaks inside a cell, and tabs of a table in it, become spaces, byte for byte, so that ranges stay.
        flow.text
            .extend(cell.flow.text.chars().map(|c| if matches!(c, '\n' | '\x0C' | '\t') { ' ' } else { c }));
        flow.marks.extend(cell.flow.marks.into_iter().map(|m| Mark { range: shift(m.range, by), ..m }));
        cells.push(Cell {
            range: start..flow.text.len(),
            column,
            columns: cell.columns,
            rows: cell.rows,
            tail: 0..0,
        });
        for at in column..column + cell.columns {
            if cell.rows > 1 && at < MOST_COLUMNS {
                covered.resize(covered.len().max(at + 1), 0);
                covered.get_mut(at).into_iter().for_each(|rows| *rows = cell.rows - 1);
            }
            if at == column || at < MOST_COLUMNS && *fillers > 0 {
                flow.text.push('\t');
                *fillers = fillers.saturating_sub(usize::from(at != column));
            }
        }
        column += cell.columns;
    }
    for at in column..covered.len() {
        take_covered(covered, at);
    }
    let end = cells.iter().rev().find(|c| !c.range.is_empty()).map_or(flow.text.len(), |c| c.range.end);
    flow.text.truncate(end);
    for cell in &mut cells {
        cell.range = cell.range.start.min(end)..cell.range.end.min(end);
    }
    Row { cells }
}

/// Whether a cell from above covers the column in this row; counts it down.
fn take_covered(covered: &mut [usize], column: usize) -> bool {
    match covered.get_mut(column) {
        Some(rows) if *rows > 0 => {
            *rows -= 1;
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str, columns: usize, rows: usize) -> GridCell {
        let mut flow = Flow::default();
        flow.verbatim(text);
        GridCell { flow, columns, rows, heading: false }
    }

    fn row(cells: Vec<GridCell>) -> GridRow {
        GridRow { cells, heading: false }
    }

    #[test]
    fn white_space_collapses_and_breaks_are_kept() {
        let mut flow = Flow::default();
        flow.run("  Số: \n 12");
        flow.run("/BC ");
        flow.run(" x");
        flow.part(2);
        flow.line_break();
        flow.run("y");
        flow.part(2);
        assert_eq!(flow.text, "Số: 12/BC x\n\ny");
    }

    #[test]
    fn the_nth_field_of_a_line_is_the_nth_column_even_under_merged_cells() {
        let grid = Grid {
            rows: vec![
                row(vec![cell("STT", 1, 2), cell("Hồ sơ", 2, 1), cell("Ghi chú", 1, 2)]),
                row(vec![cell("nhận", 1, 1), cell("trả", 1, 1)]),
                row(vec![cell("1", 1, 1), cell("20", 1, 1), cell("18", 1, 1), cell("", 1, 1)]),
                row(vec![cell("", 1, 1), cell("", 1, 1)]),
                row(vec![cell("2", 1, 1), cell("7", 1, 1), cell("7", 1, 1), cell("hết", 1, 1)]),
            ],
            layout: false,
        };
        let flow = grid.finish();
        assert_eq!(flow.text, "STT\tHồ sơ\t\tGhi chú\n\tnhận\ttrả\n1\t20\t18\n2\t7\t7\thết");
        let table = flow.tables.first().unwrap();
        assert_eq!(table.rows.len(), 4);
        let columns: Vec<usize> = table.rows.get(1).unwrap().cells.iter().map(|c| c.column).collect();
        assert_eq!(columns, [1, 2]);
        for cell in table.rows.iter().flat_map(|r| &r.cells) {
            assert!(flow.text.get(cell.range.clone()).is_some_and(|t| !t.contains(['\t', '\n'])));
        }
    }

    #[test]
    fn a_letterhead_set_as_a_table_is_read_cell_by_cell() {
        let grid = Grid {
            rows: vec![row(vec![cell("UBND HUYỆN\nTHANH BA", 1, 1), cell("CỘNG HÒA\nĐộc lập", 1, 1)])],
            layout: false,
        };
        let flow = grid.finish();
        assert_eq!(flow.text, "UBND HUYỆN\nTHANH BA\nCỘNG HÒA\nĐộc lập");
        assert!(flow.tables.is_empty());
        let grid = Grid {
            rows: vec![
                row(vec![cell("Chỉ tiêu\n(người)", 1, 1), cell("Thực hiện", 1, 1)]),
                row(vec![cell("Lao động", 1, 1), cell("1.250", 1, 1)]),
            ],
            layout: false,
        };
        assert_eq!(
            grid.finish().text,
            "Chỉ tiêu (người)\tThực hiện\nLao động\t1.250",
            "figures are no letterhead"
        );
    }
}
