//! Stage 2: tables that are visible in plain text. In: the shadow. Out: [`Table`]s with shadow ranges.
//!
//! Three shapes: rows of cells between bars (`| 1 | Sở Y tế | 25 |`, Markdown and word-processor dumps), cells as
//! paragraphs between lone bars, and rows of cells between tabs. Head and foot of a document are often laid out as a
//! table of two columns; those are no tables of values and are left out.

use std::ops::Range;

use super::lines::{Lines, prefix_fold, trim};
use crate::input::{Cell, Row, Table};

/// Openings of cells that belong to the layout of head and foot (quốc hiệu, tiêu ngữ, nơi nhận), never to a table of
/// values.
const LAYOUT: &[&str] =
    &["CỘNG HÒA XÃ HỘI", "CỘNG HOÀ XÃ HỘI", "ĐẢNG CỘNG SẢN VIỆT", "Độc lập", "Nơi nhận", "KT.", "TM.", "TL."];

/// Longest cell in bytes.
const MAX_CELL: usize = 20_000;

/// Finds the tables of a plain text, in reading order.
pub fn find(s: &str) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut rows = Rows::default();
    let mut lines = Lines::from(s, 0);
    while let Some(line) = lines.next() {
        let text = s.get(line.clone()).unwrap_or("");
        if text == "|" {
            rows.finish(s, &mut tables);
            let end = lone_bars(s, line.start, &mut tables);
            lines = Lines::from(s, end);
        } else if text.starts_with('|') && text.len() > 1 {
            rows.bars(s, line, &mut tables);
        } else {
            // The full line counts: leading tabs are trimmed off already.
            let tabs = if text.len() < 400 { memchr::memchr_iter(b'\t', text.as_bytes()).count() } else { 0 };
            if tabs >= 2 {
                rows.tabs(s, line, &mut tables);
            } else if !rows.rows.is_empty() {
                rows.finish(s, &mut tables);
            }
        }
    }
    rows.finish(s, &mut tables);
    tables
}

/// Rows collected so far of one table.
#[derive(Debug, Default)]
struct Rows {
    rows: Vec<Row>,
    header_rows: Option<usize>,
    tabbed: bool,
}

impl Rows {
    fn bars(&mut self, s: &str, line: Range<usize>, out: &mut Vec<Table>) {
        if self.tabbed {
            self.finish(s, out);
        }
        let text = s.get(line.clone()).unwrap_or("");
        if text.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'+' | b'=')) && text.contains("--") {
            self.header_rows.get_or_insert(self.rows.len());
            return;
        }
        let inner = line.start + 1..line.end - usize::from(text.len() > 1 && text.ends_with('|'));
        self.rows.push(row(s, inner, b'|'));
    }

    fn tabs(&mut self, s: &str, line: Range<usize>, out: &mut Vec<Table>) {
        let row = row(s, line, b'\t');
        let same = self.rows.last().is_some_and(|r| r.cells.len() == row.cells.len());
        if !self.tabbed || !same {
            self.finish(s, out);
        }
        self.tabbed = true;
        self.rows.push(row);
    }

    fn finish(&mut self, s: &str, out: &mut Vec<Table>) {
        let rows = std::mem::take(&mut self.rows);
        let header = self.header_rows.take();
        self.tabbed = false;
        keep(s, rows, header, out);
    }
}

/// Cells of one line between separators.
fn row(s: &str, range: Range<usize>, separator: u8) -> Row {
    let bytes = s.as_bytes().get(range.clone()).unwrap_or(&[]);
    let mut cells = Vec::new();
    let mut from = range.start;
    for bar in memchr::memchr_iter(separator, bytes).chain(std::iter::once(bytes.len())) {
        cells.push(cell(s, from..range.start + bar, cells.len()));
        from = range.start + bar + 1;
    }
    Row { cells }
}

fn cell(s: &str, range: Range<usize>, column: usize) -> Cell {
    let mut range = trim(s, range);
    // Markdown marks of emphasis are no part of the cell's text.
    let text = s.get(range.clone()).unwrap_or("");
    let bare = text.trim_start_matches('*');
    if bare.len() < text.len() || text.ends_with('*') {
        range.start += text.len() - bare.len();
        range.end = range.start + bare.trim_end_matches('*').len();
        range = trim(s, range);
    }
    Cell { range, column, columns: 1 }
}

/// Keeps a table that has the look of one: two rows, two columns, no head or foot of a document.
fn keep(s: &str, rows: Vec<Row>, header: Option<usize>, out: &mut Vec<Table>) {
    let columns = rows.iter().map(|r| r.cells.len()).max().unwrap_or(0);
    if rows.len() < 2 || columns < 2 {
        return;
    }
    let filled = rows.iter().filter(|r| r.cells.iter().filter(|c| !c.range.is_empty()).count() >= 2).count();
    let layout = columns <= 4
        && rows.iter().flat_map(|r| &r.cells).any(|c| {
            let text = s.get(c.range.clone()).unwrap_or("");
            LAYOUT.iter().any(|w| prefix_fold(text, w).is_some())
        });
    if layout || filled < 2 {
        return;
    }
    let header_rows = header.filter(|&h| h > 0).unwrap_or_else(|| header_rows(s, &rows));
    out.push(Table { rows, header_rows });
}

/// The first rows, at most three, that hold no figures; a row of column numbers `(1) (2) (3)` belongs to them.
fn header_rows(s: &str, rows: &[Row]) -> usize {
    let figure = |c: &Cell| s.get(c.range.clone()).unwrap_or("").starts_with(|ch: char| ch.is_ascii_digit());
    let head = rows.iter().take(3).take_while(|r| !r.cells.iter().any(figure)).count();
    let numbered = rows.get(head).is_some_and(|r| {
        r.cells.len() > 2
            && r.cells
                .iter()
                .enumerate()
                .all(|(i, c)| s.get(c.range.clone()).unwrap_or("") == (i + 1).to_string())
    });
    (head + usize::from(numbered && head > 0)).min(rows.len() - 1)
}

/// Cells as paragraphs between lone bars. Gives the byte offset after the table.
///
/// Two bars in a row are the border of two rows or an empty cell: the width of the widest row so far decides.
fn lone_bars(s: &str, start: usize, out: &mut Vec<Table>) -> usize {
    let mut rows = Vec::new();
    let mut cells: Vec<Cell> = Vec::new();
    let mut width: Option<usize> = None;
    let mut open: Option<Range<usize>> = None;
    let mut in_row = false;
    let mut end = start;
    let mut lines = Lines::from(s, start).peekable();
    let mut blanks = 0;
    while let Some(line) = lines.next() {
        let text = s.get(line.clone()).unwrap_or("");
        if text != "|" {
            if !in_row {
                // After a closing bar only another bar goes on with the table.
                if line.is_empty() && blanks == 0 {
                    blanks += 1;
                    continue;
                }
                break;
            }
            if !line.is_empty() {
                let from = open.as_ref().map_or(line.start, |o| o.start);
                open = Some(from..line.end);
                // A cell of many lines is no cell: the bar that should close it is missing.
                if line.end - from > MAX_CELL {
                    break;
                }
            }
            continue;
        }
        blanks = 0;
        end = line.end + 1;
        if !in_row {
            in_row = true;
            open = None;
            continue;
        }
        let range = open.take().unwrap_or(line.start..line.start);
        cells.push(cell(s, range, cells.len()));
        // The row ends here when another bar follows at once and the row is full.
        let next = lines.peek().map(|r| s.get(r.clone()).unwrap_or(""));
        let full = width.is_none_or(|w| cells.len() >= w);
        if next.is_none_or(|n| n == "|" || n.is_empty()) && full {
            width = Some(width.unwrap_or(0).max(cells.len()));
            rows.push(Row { cells: std::mem::take(&mut cells) });
            in_row = false;
        }
    }
    if !cells.is_empty() {
        rows.push(Row { cells });
    }
    keep(s, rows, None, out);
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(s: &str) -> Vec<(usize, Vec<Vec<&str>>)> {
        let text = |c: &Cell| s.get(c.range.clone()).unwrap_or("?");
        find(s)
            .iter()
            .map(|t| (t.header_rows, t.rows.iter().map(|r| r.cells.iter().map(text).collect()).collect()))
            .collect()
    }

    #[test]
    fn a_markdown_table_has_its_heading_row() {
        let s = "Trước\n| TT | Đơn vị | Hồ sơ |\n|---|:--:|---|\n| 1 | **Sở Y tế** | 25 |\n| 2 | Sở Xây dựng | 1.204 |\n\nSau";
        assert_eq!(
            shown(s),
            [(
                1,
                vec![
                    vec!["TT", "Đơn vị", "Hồ sơ"],
                    vec!["1", "Sở Y tế", "25"],
                    vec!["2", "Sở Xây dựng", "1.204"]
                ]
            )]
        );
    }

    #[test]
    fn cells_between_lone_bars_make_rows_and_empty_cells_stay() {
        let s =
            "|\n**TT**\n|\nChỉ tiêu\n|\nSố\nlượng\n|\n|\n1\n|\nHồ sơ\n|\n12\n|\n|\n2\n|\nVăn bản\n|\n|\nxong";
        let got = shown(s);
        assert_eq!(got.len(), 1);
        assert_eq!(got[0].0, 1);
        assert_eq!(got[0].1[0], ["TT", "Chỉ tiêu", "Số\nlượng"]);
        assert_eq!(got[0].1[1], ["1", "Hồ sơ", "12"]);
        assert_eq!(got[0].1[2][..2], ["2", "Văn bản"]);
    }

    #[test]
    fn tab_separated_rows_are_a_table_and_one_such_line_is_none() {
        let s = "Ngành\tNăm 2019\tNăm 2020\nCông nghiệp\t12,5\t13\nDịch vụ\t7\t8,25\nChữ\tthường\n";
        assert_eq!(shown(s)[0].1.len(), 3);
        assert_eq!(shown("a\tb\tc\n"), []);
    }

    #[test]
    fn head_and_foot_of_a_document_are_no_tables() {
        let s = "| UBND TỈNH HÀ NAM | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n| Số: 12/BC-UBND | Phủ Lý, ngày 5 tháng 6 năm 2019 |\n";
        assert_eq!(shown(s), []);
        let s = "|\nNơi nhận:\n- Như trên;\n|\n**KT. CHỦ TỊCH**\nTrần Văn Ba\n|\n";
        assert_eq!(shown(s), []);
    }

    #[test]
    fn a_row_of_column_numbers_belongs_to_the_heading() {
        let s = "| TT | Tên | Số |\n| 1 | 2 | 3 |\n| 1 | Sở Y tế | 25 |\n";
        assert_eq!(shown(s)[0].0, 2);
    }
}
