//! Stage 1: tables without ruling lines, by what stands under what: in PDF and in plain text.
//!
//! In: the lines of a page as stretches of text with their left and right edges. Out: [`Table`]s: lines of figures whose
//! columns lie under each other, the labels to their left (over two lines about the row of numbers too), the headings
//! above. "Huyện Đà Bắc ⏎ Da Bac district   16,0   17,0" is one row.

use std::ops::Range;

use super::{Cell, Row, Table};

/// Fewest lines of figures.
const MIN_ROWS: usize = 3;
/// Most heights of a line between two lines of figures of one table.
const APART: f32 = 4.2;
/// Most heights of a line between headings and figures.
const HEAD_APART: f32 = 3.2;
/// Most lines of headings.
const HEAD_LINES: usize = 7;
/// Most lines of labels between two lines of figures.
const LABEL_LINES: usize = 5;
/// Fewest characters of a drawn line.
const RULE: usize = 8;
/// Most columns of a table; each row is compared with each of them.
const MOST_COLUMNS: usize = 256;
/// Most lines of one table looked at together.
const MOST_ROWS: usize = 20_000;

/// Text between two wide gaps of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Stretch {
    /// Byte range in the text.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Left and right edge.
    pub(crate) x0: f32,
    pub(crate) x1: f32,
}

impl Stretch {
    fn overlaps(&self, x0: f32, x1: f32) -> bool {
        self.x0 < x1 && x0 < self.x1
    }
}

/// A line of stretches.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    pub(crate) stretches: Vec<Stretch>,
    /// How far down it stands.
    pub(crate) y: f32,
    /// The height of a line.
    pub(crate) size: f32,
}

/// A column: its edges.
type Edges = (f32, f32);

/// Finds the tables in some lines, from top to bottom. Lines that are only drawn ("-----") are none.
pub(crate) fn find(text: &str, lines: &[Line]) -> Vec<Table> {
    if !lines.iter().any(|l| is_rule(text, l)) {
        return find_in(text, lines);
    }
    let mut drawn = 0.0;
    let mut kept = Vec::with_capacity(lines.len());
    for line in lines {
        if is_rule(text, line) {
            drawn += line.size;
        } else {
            kept.push(Line { y: line.y - drawn, ..line.clone() });
        }
    }
    find_in(text, &kept)
}

/// Whether a line is drawn by characters: "--------", "+-----+----+", "======".
fn is_rule(text: &str, line: &Line) -> bool {
    let drawn = |s: &Stretch| {
        let t = text.get(s.start..s.end).unwrap_or("");
        t.chars().all(|c| matches!(c, '-' | '=' | '_' | '+' | '|' | '─' | '━' | '—' | ' ')).then_some(t.len())
    };
    let all: Option<usize> = line.stretches.iter().map(drawn).sum();
    all.is_some_and(|n| n >= RULE)
}

fn find_in(text: &str, lines: &[Line]) -> Vec<Table> {
    let figures: Vec<bool> = lines.iter().map(|l| is_row(text, l)).collect();
    let mut out = Vec::new();
    let mut at = 0;
    let mut floor = 0;
    while at < lines.len() {
        if !figures.get(at).copied().unwrap_or(false) {
            at += 1;
            continue;
        }
        let rows = run(lines, &figures, at);
        let next = rows.last().map_or(at + 1, |last| last + 1);
        if let Some((table, end)) = table(text, lines, &rows, floor) {
            floor = end;
            out.push(table);
        }
        at = next.max(at + 1);
    }
    out
}

/// Whether a line is a row of figures: two at least, or one beside words.
fn is_row(text: &str, line: &Line) -> bool {
    if line.stretches.len() > MOST_COLUMNS {
        return false;
    }
    let figures = line.stretches.iter().filter(|s| is_figure(text, s)).count();
    figures >= 2 || figures == 1 && line.stretches.len() == 2
}

/// A number, a dash for one, but no year.
fn is_figure(text: &str, stretch: &Stretch) -> bool {
    let t = text.get(stretch.start..stretch.end).unwrap_or("").trim();
    let year = t.len() == 4 && t.parse::<u32>().is_ok_and(|y| (1900..=2100).contains(&y));
    let plain = |c: char| {
        c.is_ascii_digit()
            || matches!(c, '.' | ',' | '%' | '-' | '–' | '−' | '+' | '(' | ')' | '/' | ' ' | '*')
    };
    let digits = t.contains(|c: char| c.is_ascii_digit()) || matches!(t, "-" | "–" | "…" | "..." | "x");
    digits && !year && (t.chars().all(plain) || matches!(t, "…" | "x"))
}

/// The lines of figures that follow each other from one on.
fn run(lines: &[Line], figures: &[bool], first: usize) -> Vec<usize> {
    let mut rows = vec![first];
    let mut last = first;
    let mut at = first + 1;
    while at < lines.len() && rows.len() < MOST_ROWS {
        let (Some(line), Some(before)) = (lines.get(at), lines.get(last)) else { break };
        let near = line.y - before.y <= APART * before.size.max(line.size);
        if !near || at - last > LABEL_LINES + 1 {
            break;
        }
        if figures.get(at).copied().unwrap_or(false) {
            rows.push(at);
            last = at;
        }
        at += 1;
    }
    rows
}

/// The table of a run of rows, and the line after it.
fn table(text: &str, lines: &[Line], rows: &[usize], floor: usize) -> Option<(Table, usize)> {
    let columns = columns(text, lines, rows)?;
    let figure_columns = columns.iter().filter(|c| c.1).count();
    let edges: Vec<Edges> = columns.iter().map(|c| c.0).collect();
    // Numbers of the rows may stand before the labels.
    let words = columns.iter().position(|c| !c.1).unwrap_or(0);
    let behind = columns.iter().skip(words).position(|c| c.1).map(|n| n + words);
    let first_figure = behind.or_else(|| columns.iter().position(|c| c.1))?;
    let first = *rows.first()?;
    let heads = headings(text, lines, first, floor, &edges, first_figure);
    let headed = !heads.is_empty();
    // Two rows are enough where one line heads every column and no row leaves a column out.
    let full = |n: &usize| lines.get(*n).is_some_and(|l| l.stretches.len() == edges.len());
    // Caption and note on the unit may stand above that line.
    let (over, last) = heads.split_at(heads.len().saturating_sub(1));
    let noted = over.iter().all(|n| lines.get(*n).is_some_and(|l| l.stretches.len() == 1));
    let exact = noted && headed && figure_columns >= 2 && last.iter().chain(rows).all(full);
    if rows.len() < MIN_ROWS && !(rows.len() == 2 && (figure_columns >= 3 || exact) && headed) {
        return None;
    }
    if figure_columns < 2 && !headed || edges.len() < 2 {
        return None;
    }
    let top = heads.first().copied().unwrap_or(first);
    let mut out = Table { rows: Vec::new(), header_rows: heads.len() };
    for &head in &heads {
        out.rows.push(Row {
            cells: lines.get(head).map(|l| spread(text, l, &edges, first_figure)).unwrap_or_default(),
        });
    }
    let labels =
        labels(text, lines, rows, top.max(heads.last().map_or(first, |h| h + 1)), &edges, first_figure);
    for (&row, pieces) in rows.iter().zip(&labels) {
        let Some(line) = lines.get(row) else { continue };
        let mut cells = place(line, &edges);
        label(&mut cells, pieces);
        out.rows.push(Row { cells });
    }
    Some((out, rows.last()? + 1))
}

/// The columns, from left to right, each with whether it holds figures: what lies over each other in the rows.
fn columns(text: &str, lines: &[Line], rows: &[usize]) -> Option<Vec<(Edges, bool)>> {
    let stretches = || rows.iter().filter_map(|&r| lines.get(r)).flat_map(|l| &l.stretches);
    let mut figures: Vec<Edges> = stretches().filter(|s| is_figure(text, s)).map(|s| (s.x0, s.x1)).collect();
    let figures = merged(&mut figures);
    if figures.len() > MOST_COLUMNS {
        return None;
    }
    // Words that lie over two columns of figures belong to none.
    let over = |s: &&Stretch| figures.iter().filter(|f| s.overlaps(f.0, f.1)).count() <= 1;
    let mut all: Vec<Edges> = stretches().filter(over).map(|s| (s.x0, s.x1)).collect();
    let all = merged(&mut all);
    if all.len() > MOST_COLUMNS {
        return None;
    }
    // Each row has at most one stretch in a column, or they are no columns.
    let crowded = rows
        .iter()
        .filter_map(|&r| lines.get(r))
        .filter(|l| all.iter().any(|c| l.stretches.iter().filter(|s| s.overlaps(c.0, c.1)).count() > 1));
    if crowded.count() * 4 > rows.len() {
        return None;
    }
    let mut out: Vec<(Edges, bool)> = Vec::new();
    for column in all {
        let (mut numbers, mut words) = (0, 0);
        for stretch in stretches().filter(|s| s.overlaps(column.0, column.1)) {
            match is_figure(text, stretch) {
                true => numbers += 1,
                false => words += 1,
            }
        }
        out.push((column, numbers > words));
    }
    // Rows without labels of their own: all that stands to the left is the label.
    if out.iter().all(|c| c.1) {
        let left = out.first().map_or(0.0, |c| c.0.0);
        out.insert(0, ((f32::MIN, left - 0.1), false));
    }
    Some(out)
}

/// Intervals that overlap become one.
fn merged(edges: &mut [Edges]) -> Vec<Edges> {
    edges.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut out: Vec<Edges> = Vec::new();
    for &(x0, x1) in edges.iter() {
        match out.last_mut() {
            Some(last) if x0 < last.1 => last.1 = last.1.max(x1),
            _ => out.push((x0, x1)),
        }
    }
    out
}

/// The lines of headings above the first row, from top to bottom.
fn headings(
    text: &str,
    lines: &[Line],
    first: usize,
    floor: usize,
    edges: &[Edges],
    figures: usize,
) -> Vec<usize> {
    let mut out = Vec::new();
    let mut below = first;
    for at in (floor..first).rev().take(HEAD_LINES + LABEL_LINES) {
        let (Some(line), Some(next)) = (lines.get(at), lines.get(below)) else { break };
        let apart = next.y - line.y > HEAD_APART * line.size.max(next.size);
        if apart || out.len() == HEAD_LINES {
            break;
        }
        let over = |s: &Stretch| edges.iter().skip(figures).filter(|e| s.overlaps(e.0, e.1)).count();
        let heads = line.stretches.iter().filter(|s| over(s) > 0).count();
        // A title begins left of the figures.
        let left = edges.get(figures).map_or(0.0, |e| e.0);
        let title =
            line.stretches.len() == 1 && line.stretches.iter().any(|s| s.x0 < left - 0.5 && over(s) > 0);
        let words = |s: &Stretch| text.get(s.start..s.end).unwrap_or("").split_whitespace().count();
        let long = line.stretches.iter().any(|s| words(s) > 14);
        if title || long || heads == 0 && !out.is_empty() {
            break;
        }
        if heads > 0 {
            out.push(at);
            below = at;
        } else if line.stretches.len() > 1 {
            break;
        }
        // A label of the first row may stand between.
        if heads == 0 && first - at > LABEL_LINES {
            break;
        }
    }
    out.reverse();
    // The first label may have been passed over without a heading above it.
    out
}

/// The cells of a line, each under the column that it overlaps most.
fn place(line: &Line, edges: &[Edges]) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    for stretch in &line.stretches {
        let shared = |e: &Edges| (stretch.x1.min(e.1) - stretch.x0.max(e.0)).max(0.0);
        let best = (0..edges.len()).max_by(|&a, &b| {
            let of = |n: usize| edges.get(n).map_or(0.0, shared);
            of(a).total_cmp(&of(b)).then(b.cmp(&a))
        });
        let Some(column) = best else { continue };
        match cells.iter_mut().find(|c| c.column == column) {
            Some(cell) => cell.range.end = stretch.end,
            None => cells.push(Cell {
                range: stretch.start..stretch.end,
                column,
                columns: 1,
                rows: 1,
                tail: 0..0,
            }),
        }
    }
    cells
}

/// The cells of a heading line: over all columns that a stretch covers.
fn spread(text: &str, line: &Line, edges: &[Edges], figures: usize) -> Vec<Cell> {
    let _ = text;
    let mut cells = place(line, edges);
    for cell in &mut cells {
        let stretch = line.stretches.iter().find(|s| s.start == cell.range.start);
        let Some(stretch) = stretch.filter(|_| cell.column >= figures) else { continue };
        let covered: Vec<usize> = (figures..edges.len())
            .filter(|&n| edges.get(n).is_some_and(|e| stretch.overlaps(e.0, e.1)))
            .collect();
        if let (Some(&a), Some(&b)) = (covered.first(), covered.last()) {
            (cell.column, cell.columns) = (a, b + 1 - a);
        }
    }
    cells
}

/// The pieces of labels that stand on lines of their own, for each row: before it and behind it.
#[derive(Debug, Default, Clone)]
struct Pieces {
    before: Vec<Range<usize>>,
    after: Vec<Range<usize>>,
}

/// Gives each line of words between the rows to the row it is nearest to; in doubt to the one below.
fn labels(
    text: &str,
    lines: &[Line],
    rows: &[usize],
    top: usize,
    edges: &[Edges],
    figures: usize,
) -> Vec<Pieces> {
    let mut out = vec![Pieces::default(); rows.len()];
    let left = edges.get(figures).map_or(f32::MAX, |e| e.0);
    let own = |row: usize| {
        lines.get(row).is_some_and(|l| l.stretches.iter().any(|s| s.x0 < left && !is_figure(text, s)))
    };
    let mut from = top;
    for n in 0..=rows.len() {
        let before = n.checked_sub(1).and_then(|p| rows.get(p)).copied();
        let after = rows.get(n).copied();
        let to = after.unwrap_or_else(|| (from + LABEL_LINES).min(lines.len()));
        for at in from..to {
            let Some(line) = lines.get(at) else { continue };
            let piece = line.stretches.first().filter(|s| line.stretches.len() == 1 && s.x0 < left);
            let Some(piece) = piece.filter(|s| s.x1 <= left + 0.6 * (s.x1 - s.x0) && !is_figure(text, s))
            else {
                if after.is_none() {
                    break;
                }
                continue;
            };
            let gap = |other: Option<usize>| {
                other.and_then(|o| lines.get(o)).map_or(f32::MAX, |o| (o.y - line.y).abs())
            };
            let (up, down) = (gap(before), gap(after));
            let near = 1.6 * line.size;
            let range = piece.start..piece.end;
            let lone = after.is_some_and(|a| !own(a));
            // Behind the last row only what is as near as the labels before.
            if after.is_none() {
                if up > near || before.is_some_and(own) {
                    break;
                }
            } else if down <= up + 0.05 * line.size || lone && down <= near && before.is_some_and(own) {
                if let Some(pieces) = out.get_mut(n) {
                    pieces.before.push(range);
                }
                continue;
            }
            if let Some(pieces) = n.checked_sub(1).and_then(|p| out.get_mut(p)) {
                pieces.after.push(range);
            }
        }
        from = after.map_or(to, |a| a + 1);
    }
    out
}

/// Puts the pieces of a label to the label of its row.
fn label(cells: &mut Vec<Cell>, pieces: &Pieces) {
    let before = pieces.before.first().zip(pieces.before.last()).map(|(a, b)| a.start..b.end);
    let after = pieces.after.first().zip(pieces.after.last()).map(|(a, b)| a.start..b.end);
    let own = cells.iter_mut().find(|c| c.column == 0);
    match (own, before, after) {
        (Some(cell), Some(before), after) => {
            // The piece above and the one beside the figures follow on each other.
            cell.range.start = before.start.min(cell.range.start);
            cell.tail = after.unwrap_or(0..0);
        }
        (Some(cell), None, Some(after)) => cell.tail = after,
        (None, Some(range), after) => {
            let tail = after.unwrap_or(0..0);
            cells.insert(0, Cell { range, column: 0, columns: 1, rows: 1, tail });
        }
        (None, None, Some(range)) => {
            cells.insert(0, Cell { range, column: 0, columns: 1, rows: 1, tail: 0..0 })
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(figures: usize) -> (String, Vec<Line>) {
        let text = "1".repeat(figures);
        let stretch =
            |n: usize| Stretch { start: n, end: n + 1, x0: n as f32 * 3.0, x1: n as f32 * 3.0 + 1.0 };
        let line = |y: usize| Line { stretches: (0..figures).map(stretch).collect(), y: y as f32, size: 1.0 };
        (text, (0..4).map(line).collect())
    }

    #[test]
    fn lines_of_thousands_of_figures_are_no_table() {
        let (text, rows) = lines(20);
        assert_eq!(find(&text, &rows).len(), 1);
        let (text, rows) = lines(20_000);
        assert!(find(&text, &rows).is_empty());
    }
}
