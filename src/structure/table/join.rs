//! Stage 3, tables: a table that goes on over a page or a broken line is one table.
//!
//! Two tables join where nothing but page numbers stands between them, they are as wide, and the second says the first's
//! headings again or has none.

use super::{Form, Source, form};
use crate::reader::{Row, Table};

/// Longest text between the parts.
const BETWEEN: usize = 40;

/// The tables with their continuations.
pub(super) fn pages(source: &Source<'_>, tables: &[Table]) -> Vec<Table> {
    let mut out: Vec<Table> = Vec::with_capacity(tables.len());
    for table in tables {
        match out.last_mut() {
            Some(last) if goes_on(source, last, table) => last.rows.extend(table.rows.iter().cloned()),
            _ => out.push(table.clone()),
        }
    }
    out
}

fn goes_on(source: &Source<'_>, first: &Table, second: &Table) -> bool {
    let end =
        first.rows.iter().rev().take(4).flat_map(|r| &r.cells).map(|c| c.range.end.max(c.tail.end)).max();
    let start = second
        .rows
        .iter()
        .take(4)
        .flat_map(|r| &r.cells)
        .filter(|c| !c.range.is_empty())
        .map(|c| c.range.start)
        .min();
    let (Some(end), Some(start)) = (end, start) else { return false };
    let between = source.shadow.get(end..start).filter(|b| b.len() <= BETWEEN);
    let apart = |c: char| c.is_whitespace() || c.is_ascii_digit() || matches!(c, '|' | '-' | '\u{a0}');
    if width(first) != width(second) || !between.is_some_and(|b| b.chars().all(apart)) {
        return false;
    }
    let text = |row: &Row| -> Vec<String> {
        let words = |c: &crate::reader::Cell| source.text(&source.tokens_in(&c.range)).to_lowercase();
        row.cells.iter().map(words).filter(|t| !t.is_empty()).collect()
    };
    let (Some(top), Some(next)) = (first.rows.first(), second.rows.first()) else { return false };
    let figures = next.cells.iter().any(|c| form::of(source, &source.tokens_in(&c.range)) == Form::Number);
    let page = between.is_some_and(|b| b.contains('\x0c'));
    text(top) == text(next) || figures && page
}

fn width(table: &Table) -> usize {
    table.rows.iter().flat_map(|r| &r.cells).map(|c| c.column + c.columns.max(1)).max().unwrap_or(0)
}
