//! Stage 3, tables: the rows of the body: sections, totals, and which row stands under which.
//!
//! "I. Thu nội địa" over "1. Thu từ doanh nghiệp" over "- Trung ương": marks make the tree; without marks a row of one
//! label opens a section.

use super::{Class, Form, Source, Table};
use crate::patterns::tables::says;
use crate::words::token::{Gap, Kind};

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RowKind {
    /// A title or note in the first rows.
    Title,
    /// A heading of the columns.
    Head,
    /// A row of column numbers.
    Numbering,
    /// Nothing.
    Empty,
    /// A heading of the rows below.
    Section,
    /// Figures.
    #[default]
    Data,
    /// All rows together.
    Total,
    /// A heading said again.
    Repeat,
}

/// What stands before the label of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mark {
    /// Nothing.
    #[default]
    None,
    /// I, II.
    Roman,
    /// A, B.
    Upper,
    /// 1, 1.1: how many numbers.
    Number(u8),
    /// a, b.
    Lower,
    /// A dash.
    Dash,
    /// A plus sign, a star or a dot.
    Plus,
}

/// Puts short rows of a text dump under the columns they belong to.
pub(super) fn straighten(source: &Source<'_>, table: &mut Table) {
    let first = |class: Class| table.columns.iter().position(|c| c.class == class);
    let (Some(index), Some(label)) = (first(Class::Index), first(Class::Label)) else { return };
    if index != 0 || label != 1 {
        return;
    }
    let mut short = Vec::new();
    for row in table.heads..table.grid.height() {
        let (left, named) = (table.grid.at(row, index), table.grid.at(row, label));
        let text = left.is_some_and(|c| c.form.is_text() && c.columns == 1 && c.row == row);
        let figure = named.is_some_and(|c| c.form.is_figure() || c.form == Form::Void);
        let end = table.grid.row(row).map(|c| c.column + c.columns).max().unwrap_or(0);
        if text && figure && end < table.grid.width {
            short.push(row);
        }
    }
    let _ = source;
    for row in short {
        table.grid.shift(row, 1);
    }
}

/// Finds marks, sections, totals and parents.
pub(super) fn tree(source: &Source<'_>, table: &mut Table) {
    let height = table.grid.height();
    table.marks = (0..height).map(|row| mark(source, table, row)).collect();
    table.parents = vec![None; height];
    let figures: Vec<bool> = (0..height).map(|row| has_figures(table, row)).collect();
    let usual = usual_mark(table, &figures);
    let marked = table.marks.iter().skip(table.heads).any(|m| *m != Mark::None);
    // Open rows: mark and row.
    let mut open: Vec<(Mark, usize)> = Vec::new();
    // "Mức tăng các ngành" without a mark over "+" rows between "1." and "2.": the mark that ends it.
    let mut closes: Option<Mark> = None;
    for row in table.heads..height {
        if table.kinds.get(row) != Some(&RowKind::Data) {
            continue;
        }
        let mark = table.marks.get(row).copied().unwrap_or_default();
        let kind = kind_of(source, table, row, figures.get(row).copied().unwrap_or(false), mark, usual);
        if let Some(slot) = table.kinds.get_mut(row) {
            *slot = kind;
        }
        if kind == RowKind::Empty {
            continue;
        }
        if mark != Mark::None && closes == Some(mark) {
            open.clear();
            closes = None;
        }
        match kind {
            RowKind::Section if mark == Mark::None => {
                let outer = open.iter().map(|o| o.0).find(|m| *m != Mark::None);
                let below = table.marks.get(row + 1).copied().unwrap_or_default();
                closes = outer.or(closes).filter(|m| below != Mark::None && below != *m);
                open.clear();
            }
            RowKind::Total if mark == Mark::None => {
                open.retain(|o| o.0 == Mark::None && table.kinds.get(o.1) == Some(&RowKind::Section))
            }
            _ if mark == Mark::None && marked && usual != Mark::None => {
                // "Trong đó: nữ" without a mark among marked rows is a part of the one above.
                open.retain(|o| o.0 != Mark::None || table.kinds.get(o.1) == Some(&RowKind::Section));
            }
            _ => {
                if let Some(at) = open.iter().position(|o| {
                    o.0 == mark && !(mark == Mark::None && table.kinds.get(o.1) == Some(&RowKind::Section))
                }) {
                    open.truncate(at);
                }
            }
        }
        if let (Some(slot), Some(last)) = (table.parents.get_mut(row), open.last()) {
            *slot = Some(last.1);
        }
        open.push((mark, row));
    }
}

/// Whether a row has a figure, or a dash for one, in a column of figures.
fn has_figures(table: &Table, row: usize) -> bool {
    table.grid.row(row).any(|c| {
        let class = table.columns.get(c.column).map_or(Class::Empty, |c| c.class);
        matches!(class, Class::Quantity | Class::Text | Class::Time)
            && (c.form.is_figure() || matches!(c.form, Form::Void | Form::Year))
    })
}

/// The mark that most rows with figures have.
fn usual_mark(table: &Table, figures: &[bool]) -> Mark {
    let mut counts: Vec<(Mark, usize)> = Vec::new();
    for (mark, _) in table.marks.iter().zip(figures).skip(table.heads).filter(|(_, f)| **f) {
        match counts.iter_mut().find(|c| c.0 == *mark) {
            Some(count) => count.1 += 1,
            None => counts.push((*mark, 1)),
        }
    }
    counts.iter().max_by_key(|c| c.1).map_or(Mark::None, |c| c.0)
}

fn kind_of(
    source: &Source<'_>,
    table: &Table,
    row: usize,
    figures: bool,
    mark: Mark,
    usual: Mark,
) -> RowKind {
    let Some(label) = table.grid.row(row).find(|c| c.form.is_text()) else {
        return if table.grid.row(row).next().is_none() { RowKind::Empty } else { RowKind::Data };
    };
    if figures {
        let start = label_start(source, &label.tokens, mark);
        let total = source.says_whole(&(start..label.tokens.end)) & says::TOTAL != 0;
        return if total { RowKind::Total } else { RowKind::Data };
    }
    let wide = label.columns > 1;
    let texts: Vec<&str> =
        table.grid.row(row).filter(|c| c.form.is_text()).map(|c| source.text(&c.tokens)).collect();
    let same = texts.windows(2).all(|w| matches!(w, [a, b] if a == b));
    let alone = texts.len() == 1 || same;
    let level = mark != usual || mark == Mark::None;
    let last = row + 1 >= table.grid.height();
    if alone && !last && (wide || level || texts.len() > 1) { RowKind::Section } else { RowKind::Data }
}

/// The mark of a row: in the column of row numbers, or before its label.
fn mark(source: &Source<'_>, table: &Table, row: usize) -> Mark {
    let index = table.columns.iter().position(|c| c.class == Class::Index);
    if let Some(cell) = index.and_then(|column| table.grid.at(row, column)).filter(|c| c.row == row) {
        let text = source.text(&cell.tokens);
        if let Some(mark) = of_text(text) {
            return mark;
        }
    }
    let label = table.grid.row(row).find(|c| c.form.is_text());
    label.map_or(Mark::None, |c| before(source, &c.tokens).map_or(Mark::None, |m| m.0))
}

/// The mark that a text is: "I", "2.1", "a)", "-".
fn of_text(text: &str) -> Option<Mark> {
    let bare = text.trim_matches(['(', ')', '.', ' ']);
    let mut chars = bare.chars();
    let first = chars.next()?;
    let single = chars.next().is_none();
    match first {
        '-' | '–' | '−' if single => Some(Mark::Dash),
        '+' | '*' | '•' if single => Some(Mark::Plus),
        'I' | 'V' | 'X' if bare.bytes().all(|b| b"IVXL".contains(&b)) => Some(Mark::Roman),
        c if single && c.is_uppercase() => Some(Mark::Upper),
        c if single && c.is_alphabetic() => Some(Mark::Lower),
        c if c.is_ascii_digit() => {
            let parts: Vec<&str> = bare.split('.').collect();
            let outline =
                parts.iter().all(|p| !p.is_empty() && p.len() <= 3 && p.bytes().all(|b| b.is_ascii_digit()));
            outline.then(|| Mark::Number(parts.len().min(9) as u8))
        }
        _ => {
            let (head, tail) = bare.split_once('.')?;
            let outline =
                of_text(head)? == Mark::Roman && tail.bytes().all(|b| b.is_ascii_digit() || b == b'.');
            outline.then(|| Mark::Number(tail.split('.').count().min(9) as u8))
        }
    }
}

/// The mark before a label and the token where the label begins: "1. Lúa", "- Nữ", "a) Đất ở", "I. Thu".
pub(super) fn before(source: &Source<'_>, tokens: &std::ops::Range<usize>) -> Option<(Mark, usize)> {
    let first = source.tokens.get(tokens.start)?;
    if first.kind == Kind::Punct {
        let mark = of_text(source.word(tokens.start)).filter(|m| matches!(m, Mark::Dash | Mark::Plus))?;
        return (tokens.start + 1 < tokens.end).then_some((mark, tokens.start + 1));
    }
    // Digits and dots up to a stop or bracket behind which a blank stands.
    let mut at = tokens.start + 1;
    while at + 1 < tokens.end
        && source.is(at, ['.'])
        && source.tokens.get(at + 1).is_some_and(|t| t.kind == Kind::Number && t.gap == Gap::Glued)
    {
        at += 2;
    }
    let closed = source.is(at, ['.', ')', '/']);
    let next = at + usize::from(closed);
    let apart = source.tokens.get(next).is_some_and(|t| t.gap != Gap::Glued || first.kind == Kind::Number);
    if next >= tokens.end || !(closed && apart) {
        return None;
    }
    let text = source.text(&(tokens.start..at));
    let short = text.chars().count() <= if first.kind == Kind::Number { 6 } else { 4 };
    of_text(text).filter(|_| short).map(|mark| (mark, next))
}

/// Where a label begins behind its mark.
pub(super) fn label_start(source: &Source<'_>, tokens: &std::ops::Range<usize>, _: Mark) -> usize {
    before(source, tokens).map_or(tokens.start, |m| m.1)
}
