//! Stage 2: tables that are visible in plain text. In: the shadow. Out: [`Table`]s with shadow ranges.
//!
//! Four shapes: rows of cells between bars (`| 1 | Sở Y tế | 25 |`, Markdown and word-processor dumps), or with bars
//! between the cells only (`Sở Y tế | 25 | 3`), cells as paragraphs between lone bars, and rows of cells between tabs. Head and foot of a document are often laid out as a
//! table of two columns; those are no tables of values and are left out.

use std::ops::Range;

use crate::patterns::tables::TableWords;
use crate::reader::aligned::{self, Stretch};
use crate::reader::{Cell, Row, Table};
use crate::words::lines::{Lines, prefix_fold, trim};

/// Longest cell in bytes.
const MAX_CELL: usize = 20_000;

/// Finds the tables of a plain text, in reading order.
pub fn find(s: &str, words: &TableWords) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut rows = Rows::of(words);
    let mut lines = Lines::from(s, next_row(s, 0));
    while let Some(line) = lines.next() {
        let text = s.get(line.clone()).unwrap_or("");
        if text == "|" {
            rows.finish(s, &mut tables);
            let end = lone_bars(s, line.start, words, &mut tables);
            lines = Lines::from(s, end);
        } else if text.starts_with('|') {
            rows.bars(s, line, &mut tables);
        } else {
            // The full line counts: leading tabs are trimmed off already.
            let count = |range: Range<usize>| {
                memchr::memchr_iter(b'\t', s.get(range).unwrap_or("").as_bytes()).count()
            };
            let tabs = if text.len() < 400 { count(line.clone()) } else { 0 };
            // Inside a table the empty cells at both ends count too.
            let inside =
                tabs < 2 && rows.tabbed && text.len() < 400 && count(with_edges(s, line.clone())) >= 2;
            if tabs >= 2 || inside && !text.is_empty() {
                rows.tabs(s, with_edges(s, line), &mut tables);
            } else if inside {
                // A row of empty cells.
            } else if text.len() < 400 && memchr::memchr_iter(b'|', text.as_bytes()).count() >= 2 {
                rows.inner_bars(s, line, &mut tables);
            } else if rows.rows.is_empty() {
                lines = Lines::from(s, next_row(s, lines.next_at()));
            } else {
                rows.finish(s, &mut tables);
            }
        }
    }
    rows.finish(s, &mut tables);
    let mut borderless = aligned(s);
    let years = super::year_rows::find(s);
    if !years.is_empty() {
        let mut taken: Vec<Range<usize>> = tables.iter().chain(&borderless).filter_map(span).collect();
        taken.sort_by_key(|r| r.start);
        let free = |own: Range<usize>| {
            let before = taken.partition_point(|r| r.start < own.end);
            before.checked_sub(1).and_then(|n| taken.get(n)).is_none_or(|r| r.end <= own.start)
        };
        borderless.extend(years.into_iter().filter(|t| span(t).is_some_and(free)));
    }
    if !borderless.is_empty() {
        tables.extend(borderless);
        tables.sort_by_key(|t| span(t).map(|r| r.start));
    }
    tables
}

/// From the first cell of a table to its last.
fn span(table: &Table) -> Option<Range<usize>> {
    let cells = || table.rows.iter().flat_map(|r| &r.cells).map(|c| &c.range).filter(|r| !r.is_empty());
    Some(cells().map(|r| r.start).min()?..cells().map(|r| r.end).max()?)
}

/// Fewest figures behind two blanks in a text with a table without borders.
const ALIGNED_FIGURES: usize = 4;

/// Tables whose columns are told by blanks alone: figures under each other, two blanks at least between the columns.
fn aligned(s: &str) -> Vec<Table> {
    if !has_aligned_figures(s.as_bytes()) {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut lines: Vec<aligned::Line> = Vec::new();
    let mut start = 0;
    for (n, line) in s.split_inclusive(['\n', '\x0c']).enumerate() {
        let text = line.trim_end_matches(['\n', '\x0c', '\r']);
        let bordered = text.contains(['\t', '|']);
        if !bordered && !text.trim().is_empty() {
            lines.push(aligned::Line { stretches: stretches(text, start), y: n as f32, size: 1.0 });
        }
        start += line.len();
        if bordered || line.ends_with('\x0c') {
            out.extend(aligned::find(s, &lines));
            lines.clear();
        }
    }
    out.extend(aligned::find(s, &lines));
    out
}

/// Whether enough figures stand behind two blanks.
fn has_aligned_figures(bytes: &[u8]) -> bool {
    // Pieces so short that a byte counts them, without branches: the compiler can use wide registers.
    const PIECE: usize = 128;
    let figure = |a: u8, b: u8, c: u8| (a == b' ') & (b == b' ') & c.is_ascii_digit();
    let (mut count, mut rest) = (0, bytes);
    while count < ALIGNED_FIGURES && rest.len() > 2 {
        let piece = rest.get(..PIECE + 2).unwrap_or(rest);
        let from = |n: usize| piece.get(n..).unwrap_or_default();
        let threes = from(0).iter().zip(from(1)).zip(from(2));
        count += usize::from(threes.fold(0u8, |n, ((a, b), c)| n + u8::from(figure(*a, *b, *c))));
        rest = rest.get(PIECE..).unwrap_or_default();
    }
    count >= ALIGNED_FIGURES
}

/// The pieces of a line between two or more blanks, with the columns they stand in.
fn stretches(line: &str, start: usize) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    let mut blanks = 2;
    for (column, (at, c)) in line.char_indices().enumerate() {
        if c == ' ' || c == '\u{a0}' {
            blanks += 1;
            continue;
        }
        let (from, end, x) = (start + at, start + at + c.len_utf8(), column as f32);
        match out.last_mut().filter(|_| blanks < 2) {
            Some(last) => (last.end, last.x1) = (end, x + 1.0),
            None => out.push(Stretch { start: from, end, x0: x, x1: x + 1.0 }),
        }
        blanks = 0;
    }
    out
}

/// The beginning of the first line that holds a bar or a tab, at or after a line's beginning.
fn next_row(s: &str, at: usize) -> usize {
    let bytes = s.as_bytes();
    let found = memchr::memchr2(b'|', b'\t', bytes.get(at..).unwrap_or(&[]));
    let Some(row) = found.map(|n| at + n) else { return s.len() };
    let line = bytes.get(at..row).and_then(|between| memchr::memrchr2(b'\n', b'\x0c', between));
    line.map_or(at, |n| at + n + 1)
}

/// A line with the tabs at its ends: empty cells stand there.
fn with_edges(s: &str, line: Range<usize>) -> Range<usize> {
    let blank = |b: &&u8| matches!(b, b'\t' | b' ' | b'\r');
    let bytes = s.as_bytes();
    let before = bytes.get(..line.start).unwrap_or(&[]).iter().rev().take_while(blank).count();
    let after = bytes.get(line.end..).unwrap_or(&[]).iter().take_while(blank).count();
    line.start - before..line.end + after
}

/// Rows collected so far of one table.
#[derive(Debug)]
struct Rows<'w> {
    words: &'w TableWords,
    rows: Vec<Row>,
    header_rows: Option<usize>,
    tabbed: bool,
    /// The rows have bars between cells and none before the first.
    inner: bool,
}

impl<'w> Rows<'w> {
    fn of(words: &'w TableWords) -> Self {
        Self { words, rows: Vec::new(), header_rows: None, tabbed: false, inner: false }
    }

    fn bars(&mut self, s: &str, line: Range<usize>, out: &mut Vec<Table>) {
        if self.tabbed || self.inner {
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

    /// "Xã A | 23 | 6": rows with bars between their cells; a row of sums or a title may have fewer.
    fn inner_bars(&mut self, s: &str, line: Range<usize>, out: &mut Vec<Table>) {
        let row = row(s, line, b'|');
        if !self.inner {
            self.finish(s, out);
        }
        self.inner = true;
        self.rows.push(row);
    }

    fn finish(&mut self, s: &str, out: &mut Vec<Table>) {
        let rows = std::mem::take(&mut self.rows);
        let header = self.header_rows.take();
        (self.tabbed, self.inner) = (false, false);
        keep(s, rows, header, self.words, out);
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

pub(super) fn cell(s: &str, range: Range<usize>, column: usize) -> Cell {
    let mut range = trim(s, range);
    // Markdown marks of emphasis are no part of the cell's text.
    let text = s.get(range.clone()).unwrap_or("");
    let bare = text.trim_start_matches('*');
    if bare.len() < text.len() || text.ends_with('*') {
        range.start += text.len() - bare.len();
        range.end = range.start + bare.trim_end_matches('*').len();
        range = trim(s, range);
    }
    Cell { range, column, columns: 1, rows: 1, tail: 0..0 }
}

/// Keeps a table that has the look of one: two rows, two columns, no head or foot of a document.
fn keep(s: &str, rows: Vec<Row>, header: Option<usize>, words: &TableWords, out: &mut Vec<Table>) {
    let columns = rows.iter().map(|r| r.cells.len()).max().unwrap_or(0);
    if rows.len() < 2 || columns < 2 {
        return;
    }
    let filled = rows.iter().filter(|r| r.cells.iter().filter(|c| !c.range.is_empty()).count() >= 2).count();
    let layout = columns <= 4
        && rows.iter().flat_map(|r| &r.cells).any(|c| {
            let text = s.get(c.range.clone()).unwrap_or("");
            words.layout.iter().any(|w| prefix_fold(text, w).is_some())
        });
    if layout || filled < 2 {
        return;
    }
    let header_rows = header.filter(|&h| h > 0).unwrap_or_else(|| header_rows(s, &rows));
    out.push(Table { rows, header_rows });
}

/// Whether a cell holds a figure and nothing else: "1", "12,5", "100%", "(3)", but not "1. Một số chỉ tiêu".
fn is_figure(text: &str) -> bool {
    let figure =
        |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | ' ' | '-' | '/' | '(' | ')' | '+');
    text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(figure)
}

/// The first rows, at most three, that hold no figures; a row of column numbers `(1) (2) (3)` belongs to them.
fn header_rows(s: &str, rows: &[Row]) -> usize {
    let figure = |c: &Cell| is_figure(s.get(c.range.clone()).unwrap_or(""));
    // A title over the table, or of a group of rows, fills one cell of its row.
    let several = |r: &&Row| r.cells.iter().filter(|c| !c.range.is_empty()).count() >= 2;
    let mut headings = 0;
    let head = rows
        .iter()
        .take(6)
        .take_while(|r| {
            headings += usize::from(several(r));
            headings <= 3 && !r.cells.iter().any(figure)
        })
        .count();
    let numbered = rows.get(head).is_some_and(|r| {
        r.cells.len() > 2
            && r.cells
                .iter()
                .enumerate()
                .all(|(i, c)| s.get(c.range.clone()).unwrap_or("") == (i + 1).to_string())
    });
    (head + usize::from(numbered && head > 0)).min(rows.len().saturating_sub(1))
}

/// Cells as paragraphs between lone bars. Gives the byte offset after the table.
///
/// Two bars in a row are the border of two rows or an empty cell: [`split`] decides.
fn lone_bars(s: &str, start: usize, words: &TableWords, out: &mut Vec<Table>) -> usize {
    // What stands between one bar and the next; nothing between two bars is an empty range.
    let mut between: Vec<Range<usize>> = Vec::new();
    let mut open: Option<Range<usize>> = None;
    let mut end = (start + 2).min(s.len());
    let mut lines = Lines::from(s, end);
    // How many filled cells stand since the last empty range, and which such numbers closed a row before.
    let mut run = 0;
    let mut closed = [false; MAX_WIDTH + 1];
    while let Some(line) = lines.next() {
        let text = s.get(line.clone()).unwrap_or("");
        if text == "|" {
            let cell = open.take().unwrap_or(line.start..line.start);
            if cell.is_empty() {
                if let Some(seen) = closed.get_mut(run) {
                    *seen = true;
                }
                run = 0;
            } else {
                run += 1;
            }
            between.push(cell);
            end = line.end + 1;
        } else if !line.is_empty() {
            let from = open.as_ref().map_or(line.start, |o| o.start);
            open = Some(from..line.end);
            // A cell of many lines is no cell: the bar that should close it is missing.
            if line.end - from > MAX_CELL {
                break;
            }
        } else if open.is_none() {
            let mut ahead =
                lines.clone().take(BLANKS).filter(|l| !l.is_empty()).map(|l| s.get(l).unwrap_or(""));
            let (next, after) = (ahead.next(), ahead.next());
            let complete = run == 0 || closed.get(run).is_some_and(|&seen| seen);
            if next != Some("|") && (complete || after != Some("|")) {
                break;
            }
        }
    }
    let (rows, width) = split(&between);
    let rows = rows.into_iter().map(|r| Row {
        cells: between
            .get(r)
            .unwrap_or_default()
            .iter()
            .enumerate()
            .map(|(column, range)| cell(s, range.clone(), column))
            .collect(),
    });
    let mut rows: Vec<Row> = rows.collect();
    span_headings(s, words, &mut rows, width);
    keep(s, rows, None, words, out);
    end.min(s.len())
}

/// Most lines looked ahead over blank ones.
const BLANKS: usize = 6;
/// Widest row that is looked for.
const MAX_WIDTH: usize = 32;

/// How many lengths of unbroken runs of cells are tried as the width of a table.
const WIDTHS: usize = 3;

/// Parts the cells of a table into rows, and gives their width. Between two rows stands one empty range; an empty cell
/// looks the same, so the width is chosen that leaves the fewest rows of another.
fn split(between: &[Range<usize>]) -> (Vec<Range<usize>>, usize) {
    let empty = |i: usize| between.get(i).is_none_or(Range::is_empty);
    let cells = Cells { count: between.len(), stops: (0..=between.len()).filter(|&i| empty(i)).collect() };
    let mut cells_in_runs = [0usize; MAX_WIDTH];
    let mut run = 0;
    for i in 0..=between.len() {
        if empty(i) {
            if let Some(cells) = cells_in_runs.get_mut(run).filter(|_| run > 1) {
                *cells += run;
            }
            run = 0;
        } else {
            run += 1;
        }
    }
    let mut runs: Vec<(usize, usize)> = cells_in_runs.into_iter().enumerate().filter(|r| r.1 > 0).collect();
    runs.sort_by_key(|&(width, cells)| (usize::MAX - cells, width));
    // A row whose first cell is empty shows as a run one shorter.
    let widths = runs.iter().take(WIDTHS).flat_map(|&(run, _)| [run, run + 1]);
    let mut chosen: Option<(u32, Vec<Range<usize>>, usize)> = None;
    let mut tried = Vec::new();
    for width in widths {
        let best = chosen.as_ref().map_or(u32::MAX, |c| c.0);
        if best == 0 || tried.contains(&width) {
            continue;
        }
        tried.push(width);
        let (cost, rows) = split_at(&cells, width, best);
        if cost < best {
            chosen = Some((cost, rows, width));
        }
    }
    let all = || (split_at(&cells, cells.count, u32::MAX).1, cells.count);
    chosen.map_or_else(all, |(_, rows, width)| (rows, width))
}

/// Cells of a table, row upon row.
struct Cells {
    count: usize,
    /// Where a row may end: before the empty ones, and behind the last.
    stops: Vec<usize>,
}

/// The cheapest way to part cells into rows of one width: what it costs and the rows. Shorter rows (a heading whose
/// cells span columns) and longer ones cost, the more so with holes in them. No rows where it is sure to cost `most` or more.
fn split_at(cells: &Cells, width: usize, most: u32) -> (u32, Vec<Range<usize>>) {
    // best[i]: the least cost of parting the cells from i onwards, and where the first row of that ends.
    let mut best: Vec<(u32, usize)> = vec![(0, 0); cells.count + 2];
    let mut first = cells.stops.len();
    // How many cells one behind the other are too dear to begin a row.
    let mut dear = 0;
    for i in (0..cells.count).rev() {
        while first > 0 && cells.stops.get(first - 1).is_some_and(|&stop| stop >= i) {
            first -= 1;
        }
        let mut choice = (u32::MAX, cells.count);
        for (holes, &end) in (0u32..).zip(cells.stops.get(first..).unwrap_or(&[])) {
            if end == i {
                continue;
            }
            // Once the row alone costs as much as the best one, so do all longer ones.
            if end > i + MAX_WIDTH || end > i + width && 3 + holes + (end - i - width) as u32 >= choice.0 {
                break;
            }
            let rest = best.get(end + 1).map_or(0, |b| b.0);
            let cost = rest.saturating_add(match (end - i).cmp(&width) {
                std::cmp::Ordering::Equal => 0,
                std::cmp::Ordering::Less => 2 + 2 * holes,
                std::cmp::Ordering::Greater => 3 + holes + (end - i - width) as u32,
            });
            if cost < choice.0 {
                choice = (cost, end);
            }
        }
        if let Some(slot) = best.get_mut(i) {
            *slot = choice;
        }
        // No row steps over so many: one of them begins a row, and all before it only adds to the cost.
        dear = if choice.0 >= most { dear + 1 } else { 0 };
        if dear > MAX_WIDTH + 1 && most < u32::MAX {
            return (u32::MAX, Vec::new());
        }
    }
    let mut rows = Vec::new();
    let mut at = 0;
    while at < cells.count {
        let end = best.get(at).map_or(cells.count, |b| b.1).max(at + 1);
        rows.push(at..end);
        at = end + 1;
    }
    (best.first().map_or(0, |b| b.0), rows)
}

/// The one heading that spans, among those behind the names of the rows: the one whose years take in those below, else
/// one without a year over years.
fn covering(s: &str, upper: &Row, lower: &Row, first: usize) -> usize {
    let years = |c: &Cell| -> Vec<u32> {
        let text = s.get(c.range.clone()).unwrap_or("");
        let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|w| w.len() == 4);
        numbers.filter_map(|w| w.parse().ok()).filter(|y| (1900..=2100).contains(y)).collect()
    };
    let below: Vec<u32> = lower.cells.iter().flat_map(years).collect();
    let (Some(low), Some(high)) = (below.iter().min(), below.iter().max()) else { return first };
    let behind = || upper.cells.iter().enumerate().skip(first);
    let spans = |c: &Cell| {
        let own = years(c);
        own.len() > 1
            && own.iter().min().is_some_and(|y| y <= low)
            && own.iter().max().is_some_and(|y| y >= high)
    };
    let whole = behind().find(|(_, c)| spans(c));
    whole.or_else(|| behind().find(|(_, c)| years(c).is_empty())).map_or(first, |(n, _)| n)
}

/// A heading of two rows: where the second has more cells than columns are missing from the first, cells of the first
/// span those below them. A dump in plain text has lost which; they stand after the headings that name the rows.
fn span_headings(s: &str, words: &TableWords, rows: &mut [Row], width: usize) {
    if header_rows(s, rows) < 2 {
        return;
    }
    let [upper, lower, body @ ..] = rows else { return };
    let (above, below) = (upper.cells.len(), lower.cells.len());
    let Some(missing) = width.checked_sub(above).filter(|&m| m > 0 && below < width) else { return };
    let Some(spanning) = below.checked_sub(missing).filter(|&n| n > 0 && n < above) else { return };
    let names_rows = |c: &Cell| {
        let text = s.get(c.range.clone()).unwrap_or("");
        words.row_headings.iter().any(|w| prefix_fold(text, w).is_some())
    };
    let named = upper.cells.iter().take_while(|c| names_rows(c)).count();
    // The columns of words stand under headings of one column.
    let figure = |row: &Row, k: usize| {
        row.cells.get(k).is_some_and(|c| is_figure(s.get(c.range.clone()).unwrap_or("")))
    };
    let wordy = |k: usize| body.iter().filter(|r| figure(r, k)).count() * 2 < body.len();
    let texts = (1..width).take_while(|&k| wordy(k)).count() + 1;
    let first = named.max(texts).min(above - spanning);
    let first = if spanning == 1 { covering(s, upper, lower, first) } else { first };
    // Spans that do not share out evenly are not known: such a heading stands over no column.
    let span = (below % spanning == 0).then_some(below / spanning);
    for (n, cell) in upper.cells.iter_mut().enumerate().skip(first) {
        match (n - first, span) {
            (k, Some(span)) if k < spanning => (cell.column, cell.columns) = (first + k * span, span),
            (k, None) if k < spanning => cell.column = MAX_WIDTH * 2,
            _ => cell.column = n + missing,
        }
    }
    for (n, cell) in lower.cells.iter_mut().enumerate() {
        cell.column = first + n;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn find(s: &str) -> Vec<Table> {
        super::find(s, &TableWords::builtin())
    }

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

    proptest! {
        #[test]
        fn only_what_is_too_dear_is_left_early(
            filled in proptest::collection::vec(proptest::bool::weighted(0.8), 0..200),
            width in 1usize..8,
            most in 0u32..40,
        ) {
            let empty = |&i: &usize| filled.get(i) != Some(&true);
            let cells = Cells { count: filled.len(), stops: (0..=filled.len()).filter(empty).collect() };
            let (cost, rows) = split_at(&cells, width, u32::MAX);
            let early = split_at(&cells, width, most);
            let is_right = if cost < most { early == (cost, rows) } else { early.0 >= most };
            prop_assert!(is_right);
        }
    }

    #[test]
    fn rows_of_one_width_are_found_among_short_headings_and_empty_cells() {
        let s = "|\nTT\n|\nChỉ tiêu\n|\nNăm 2024\n|\nNăm 2025\n|\n|\nKế hoạch\n|\nƯớc\n|\n\
                 |\n1\n|\nĐàn trâu\n|\n7\n|\n8\n|\n9\n|\n|\n|\nĐàn bò\n|\n|\n5\n|\n6\n|\n\
                 |\n2\n|\nĐàn lợn\n|\n4\n|\n3\n|\n2\n|\n\nHết bảng.\n";
        let got = shown(s);
        assert_eq!(got[0].1[1], ["Kế hoạch", "Ước"]);
        assert_eq!(got[0].1[2], ["1", "Đàn trâu", "7", "8", "9"]);
        assert_eq!(got[0].1[3], ["", "Đàn bò", "", "5", "6"]);
        assert_eq!(got[0].1.len(), 5);
        let columns = |row: usize| -> Vec<(usize, usize)> {
            find(s)[0].rows[row].cells.iter().map(|c| (c.column, c.columns)).collect()
        };
        assert_eq!(columns(0), [(0, 1), (1, 1), (2, 2), (4, 1)]);
        assert_eq!(columns(1), [(2, 1), (3, 1)]);
    }

    #[test]
    fn tab_separated_rows_are_a_table_and_one_such_line_is_none() {
        let s = "Ngành\tNăm 2019\tNăm 2020\nCông nghiệp\t12,5\t13\nDịch vụ\t7\t8,25\nChữ\tthường\n";
        assert_eq!(shown(s)[0].1.len(), 3);
        assert_eq!(shown("a\tb\tc\n"), []);
        let s = "TT\tChỉ tiêu\tĐạt\t\n1\tSố hộ\t12\t\n\tTrong đó\t7\tước\n";
        assert_eq!(shown(s)[0].1[2], ["", "Trong đó", "7", "ước"]);
    }

    #[test]
    fn rows_with_bars_between_their_cells_only_are_a_table() {
        let tables =
            shown("Đơn vị | Số hộ | Tỷ lệ (%)\nXã A | 120 | 4,5\nXã B | 98 | 3,1\n\nPhần | tiếp | theo");
        assert_eq!(tables.len(), 1);
        assert_eq!(tables[0].1.len(), 3);
        assert_eq!(tables[0].1[1], ["Xã A", "120", "4,5"]);
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
