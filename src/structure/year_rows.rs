//! Stage 2: tables that have lost all borders: a line of years, and below it labels with as many figures.
//!
//! "2019 2020 Sơ bộ 2021" over "Sản lượng (tấn) 63,93 69,38 78,56": what web pages and yearbooks become when their text is copied.

use std::ops::Range;

use super::tables::cell;
use crate::reader::{Cell, Row, Table};
use crate::words::lines::{Lines, trim};

/// Fewest years of the heading, and fewest rows below it.
const YEARS: usize = 3;
const ROWS: usize = 2;
/// Most words beside the years of the heading.
const WORDS: usize = 5;
/// Longest heading and longest row, in bytes.
const HEADING: usize = 200;
const ROW: usize = 400;
/// How many lines between two rows may hold something else: the name of a group, a row with gaps.
const GAP: usize = 3;

/// Finds such tables, in reading order.
pub(super) fn find(s: &str) -> Vec<Table> {
    let mut out = Vec::new();
    let mut free = 0;
    let breaks = memchr::memchr2_iter(b'\n', b'\x0c', s.as_bytes());
    let mut start = 0;
    for end in breaks.chain(std::iter::once(s.len())) {
        let line = std::mem::replace(&mut start, end + 1)..end;
        // Most lines are none by their last byte.
        let last = s.as_bytes().get(line.clone()).and_then(<[u8]>::last);
        let is_other = last.is_none_or(|b| b.is_ascii_graphic() && !b.is_ascii_digit());
        if is_other || line.start < free {
            continue;
        }
        let Some(head) = heading(s, trim(s, line)) else { continue };
        let (rows, end) = rows(s, Lines::from(s, start), head.cells.len() - 1);
        if rows.len() >= ROWS {
            free = end;
            out.push(Table { rows: std::iter::once(head).chain(rows).collect(), header_rows: 1 });
        }
    }
    out
}

/// The words of a line, by their places.
fn words(s: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let text = s.get(line.clone()).unwrap_or("");
    let mut out = Vec::new();
    let mut begun = None;
    for (at, c) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        match (c.is_whitespace(), begun) {
            (false, None) => begun = Some(at),
            (true, Some(from)) => {
                out.push(line.start + from..line.start + at);
                begun = None;
            }
            _ => {}
        }
    }
    out
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse::<u16>().is_ok_and(|y| (1945..2100).contains(&y))
}

/// A line of years with few words beside them: the words before the first are the heading of the labels, those before
/// another belong to it.
fn heading(s: &str, line: Range<usize>) -> Option<Row> {
    let text = |word: &Range<usize>| s.get(word.clone()).unwrap_or("");
    // Most lines are none by their length or their end.
    if line.len() > HEADING || !text(&line).ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if !text(&line).split_whitespace().next_back().is_some_and(is_year) {
        return None;
    }
    let words = words(s, line);
    let others = words.iter().filter(|w| !is_year(text(w)));
    let plain = |w: &Range<usize>| text(w).chars().all(char::is_alphabetic);
    if words.len() < YEARS || others.clone().count() > WORDS || !others.clone().all(plain) {
        return None;
    }
    let first = words.iter().position(|w| is_year(text(w)))?;
    let label = match first.checked_sub(1).and_then(|last| words.get(last)).zip(words.first()) {
        Some((last, first)) => first.start..last.end,
        None => words.first().map(|w| w.start..w.start)?,
    };
    let mut cells = vec![cell(s, label, 0)];
    let mut from = None;
    for word in words.get(first..)? {
        let begun = *from.get_or_insert(word.start);
        if is_year(text(word)) {
            cells.push(cell(s, begun..word.end, cells.len()));
            from = None;
        }
    }
    let ascending = cells.windows(2).skip(1).all(|pair| {
        let year = |c: &Cell| s.get(c.range.end.saturating_sub(4)..c.range.end).unwrap_or("");
        matches!(pair, [a, b] if year(a) < year(b))
    });
    (from.is_none() && ascending && cells.len() > YEARS).then_some(Row { cells })
}

/// The rows below a heading that have just as many figures, and where the last one ends.
fn rows(s: &str, mut lines: Lines<'_>, figures: usize) -> (Vec<Row>, usize) {
    let (mut out, mut end, mut gap) = (Vec::new(), 0, 0);
    while gap <= GAP
        && let Some(line) = lines.next().filter(|line| line.len() <= ROW)
    {
        match row(s, line, figures) {
            Some(row) => {
                out.push(row);
                (end, gap) = (lines.next_at(), 0);
            }
            None => gap += 1,
        }
    }
    (out, end)
}

/// A label with just so many figures behind it.
fn row(s: &str, line: Range<usize>, figures: usize) -> Option<Row> {
    let text = |word: &Range<usize>| s.get(word.clone()).unwrap_or("");
    let words = words(s, line);
    let label = words.len().checked_sub(figures)?;
    let (names, values) = words.split_at_checked(label)?;
    let last = names.last().filter(|last| !is_figure(text(last)))?;
    let worded = names.iter().any(|w| text(w).chars().any(char::is_alphabetic));
    if !worded || !values.iter().all(|w| is_figure(text(w))) {
        return None;
    }
    let label = names.first()?.start..last.end;
    let cells = std::iter::once(label).chain(values.iter().cloned());
    Some(Row { cells: cells.enumerate().map(|(column, range)| cell(s, range, column)).collect() })
}

/// A number, or the mark for one that is not there.
fn is_figure(word: &str) -> bool {
    let number = word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-' | b'%'))
        && word.bytes().any(|b| b.is_ascii_digit());
    number || matches!(word, "-" | "–" | "…" | "...")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_years_heads_the_rows_with_as_many_figures() {
        let s = "Y tế\n  2019 2020 Sơ bộ 2021\nGiường bệnh trên 1 vạn dân 78,5 95,8 93,0\nSố ca tử vong   31 79\nBác sĩ 20,9 18,5 19,2\nHết.\n";
        let tables = find(s);
        let text = |c: &Cell| s.get(c.range.clone()).unwrap_or("").to_owned();
        let rows: Vec<Vec<String>> =
            tables.iter().flat_map(|t| &t.rows).map(|r| r.cells.iter().map(text).collect()).collect();
        assert_eq!(
            rows,
            [
                vec!["", "2019", "2020", "Sơ bộ 2021"],
                vec!["Giường bệnh trên 1 vạn dân", "78,5", "95,8", "93,0"],
                vec!["Bác sĩ", "20,9", "18,5", "19,2"],
            ]
        );
    }

    #[test]
    fn a_sentence_with_years_heads_nothing() {
        for s in [
            "các năm 2019 2020 2021\nvà năm sau.\nKhông có bảng 1 2 3\n",
            "2019 2020 2021\nMột dòng 1 2\nHai dòng 3 4\n",
            "2021 2020 2019\nMột 1 2 3\nHai 3 4 5\n",
        ] {
            assert!(find(s).is_empty(), "{s}");
        }
    }
}
