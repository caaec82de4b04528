//! Stage 3, tables: which rows are headings, told by what they hold and by how they stand.
//!
//! In: the grid. Out: the kinds of the rows up to the last heading. Words above numbers, years, rows of column numbers
//! (`1 2 3`, `A B 1=2+3`) are headings, over several rows too; bold letters and `<th>` say nothing.

use super::rows::RowKind;
use super::{Cell, Form, Source, Table};
use crate::patterns::tables::says;

/// Most rows of headings.
const MOST: usize = 12;

/// Finds the headings; gives every row a kind, the body's for now [`RowKind::Data`].
pub(super) fn find(source: &Source<'_>, table: &mut Table) {
    let height = table.grid.height();
    table.kinds = vec![RowKind::Data; height];
    let mut seen = 0;
    let mut row = 0;
    while row < height.min(MOST) {
        let Some(kind) = kind_of(source, table, row, seen) else { break };
        if let Some(slot) = table.kinds.get_mut(row) {
            *slot = kind;
        }
        seen += usize::from(kind == RowKind::Head);
        row += 1;
        if kind == RowKind::Numbering {
            break;
        }
    }
    // A table of words alone: the first row is its heading, if any.
    if row == height || row == MOST {
        row = if seen > 0 { 1 + table.kinds.iter().take_while(|k| **k == RowKind::Title).count() } else { 0 };
        row = row.min(height.saturating_sub(1));
        table.kinds.iter_mut().skip(row).for_each(|k| *k = RowKind::Data);
    }
    table.heads = if seen > 0 { row } else { 0 };
    if seen == 0 {
        // Titles alone head nothing.
        table.heads = table.kinds.iter().take_while(|k| **k == RowKind::Title).count();
    }
    repeats(source, table);
}

/// What a row at the top is; none where the body begins.
fn kind_of(source: &Source<'_>, table: &Table, row: usize, seen: usize) -> Option<RowKind> {
    let grid = &table.grid;
    let filled: Vec<&Cell> = grid.row(row).collect();
    if filled.is_empty() {
        return Some(RowKind::Empty);
    }
    if numbers_columns(source, &filled) && (seen > 0 || filled.len() > 3) {
        return Some(RowKind::Numbering);
    }
    if filled.iter().any(|c| c.form == Form::Number || c.form == Form::Void && seen > 0) {
        return None;
    }
    let years = filled.iter().filter(|c| c.form == Form::Year).count();
    let first = filled.first()?;
    let headed = |column: usize| (0..row).any(|r| grid.at(r, column).is_some());
    // "I | VĂN THƯ" under "TT | Nội dung": the body begins.
    if seen > 0 && first.form == Form::Mark && first.column == 0 && headed(0) {
        return None;
    }
    let names_row = first.column == 0 && first.form.is_text() && first.rows == 1;
    // A piece of a heading: a year below "Sơ bộ", in a row without a label.
    if years == 1 && filled.len() == 1 && seen > 0 && first.column > 0 && grid.at(row, 0).is_none() {
        return Some(RowKind::Head);
    }
    if years > 0 {
        // "Trường A | 1999" under "Tên trường | Năm thành lập" is a row; "Chỉ tiêu | 2019 | 2020" a heading.
        let head = seen == 0 || !names_row || source.says_whole(&first.tokens) & says::LABEL != 0;
        let fresh = filled
            .iter()
            .filter(|c| c.form == Form::Year)
            .any(|c| !headed(c.column) || c.rows > 1 || years > 1);
        return (head && (fresh || seen == 0)).then_some(RowKind::Head);
    }
    if let [only] = filled.as_slice() {
        return alone(source, table, row, only, seen);
    }
    let same = filled.iter().all(|c| source.text(&c.tokens) == source.text(&first.tokens));
    let plain = |c: &&&Cell| !matches!(c.form, Form::Mark | Form::Code);
    let texts = filled.iter().filter(plain).count();
    let other = filled.iter().filter(plain).map(|c| source.text(&c.tokens));
    let distinct = {
        let mut all: Vec<&str> = other.collect();
        all.dedup();
        all.len()
    };
    // "A | Thủy điện nhỏ | Thủy điện nhỏ | …": a title repeated over all columns.
    if same || distinct == 1 && texts > 1 || texts <= 1 && filled.len() > 1 {
        return (seen == 0 && same).then_some(RowKind::Title);
    }
    if seen == 0 {
        // "Dây nổ | 370 mét": a table without headings. "Chỉ tiêu | 6 tháng" is one.
        let amount = |c: &&Cell| c.form == Form::Amount && holds_quantity(source, c);
        let like = grid.row(row + 1).any(|c| c.form.is_figure());
        let headless = first.form.is_text() && filled.iter().skip(1).all(amount) && like;
        return (!headless).then_some(RowKind::Head);
    }
    if filled.iter().any(|c| c.form == Form::Amount) && names_row {
        return None;
    }
    // A second row of headings fills what the first left open, or stands below cells that span.
    let spanned = |c: &&&Cell| {
        (0..row).rev().find_map(|r| grid.at(r, c.column)).is_some_and(|above| above.columns > c.columns)
    };
    let open = |c: &&&Cell| !headed(c.column);
    let below = filled.iter().filter(|c| spanned(c) || open(c)).count();
    let continues = !names_row || below * 2 >= filled.len();
    continues.then_some(RowKind::Head)
}

/// A number with a unit that is no span of time.
fn holds_quantity(source: &Source<'_>, cell: &Cell) -> bool {
    let mut words = cell.tokens.clone().filter(|&i| super::columns::is_word(source, i));
    let Some(first) = words.next() else { return false };
    let span = source.says(first).is_some_and(|(bits, _)| bits & says::SPAN != 0);
    !span && source.is_unit(&(first..cell.tokens.end))
}

/// A row with one filled cell: a title over the table, a piece of a heading, or the first section.
fn alone(source: &Source<'_>, table: &Table, row: usize, only: &Cell, seen: usize) -> Option<RowKind> {
    if only.form == Form::Mark {
        return None;
    }
    let next_is_head = || {
        let next: Vec<&Cell> = table.grid.row(row + 1).collect();
        next.len() > 1 && next.iter().all(|c| !c.form.is_figure() && c.form != Form::Void)
    };
    let wide = only.columns + 1 >= table.grid.width;
    if seen == 0 {
        // "Năm học" over all years is a heading; a title over the table stands above its headings.
        let over = only.column > 0 && only.column + only.columns <= table.grid.width && table.grid.width > 2;
        let note = source.is_unit(&only.tokens) || super::caption::note_in(source, &only.tokens).is_some();
        if note {
            return Some(RowKind::Title);
        }
        return if over {
            Some(RowKind::Head)
        } else {
            next_is_head()
                .then_some(RowKind::Title)
                .or(Some(RowKind::Title).filter(|_| wide && row + 1 < table.grid.height()))
        };
    }
    // Below finer headings a cell over all of them opens the body.
    let finer = (0..row).any(|r| {
        table.grid.row(r).filter(|c| c.column >= only.column && c.column < only.column + only.columns).count()
            > 1
    });
    if wide || finer && only.columns > 1 || only.column == 0 {
        return None;
    }
    let figures_follow = table.grid.row(row + 1).any(|c| c.form.is_figure());
    let label = only.columns == 1 && only.column <= 1 && figures_follow;
    (!label).then_some(RowKind::Head)
}

/// A row that numbers the columns: (1) (2) (3), or A B 1 2 3=1+2.
pub(super) fn numbers_columns(source: &Source<'_>, filled: &[&Cell]) -> bool {
    let mut last = 0u32;
    let mut count = 0;
    for cell in filled {
        let text = source.text(&cell.tokens).trim_matches(['(', ')', '[', ']', '*', ' ']);
        let own = text.split(['=', ' ']).next().unwrap_or(text).trim_matches(['(', ')', '[', ']', '*']);
        match own.parse::<u32>() {
            Ok(n) if n == last + 1 || last == 0 && n <= 4 && count <= 4 => last = n,
            Ok(_) => return false,
            Err(_) if cell.form == Form::Formula || text.chars().count() <= 1 => {}
            Err(_) => return false,
        }
        count += 1;
    }
    count >= 3 && last >= 2
}

/// Rows of the body that say again what a heading says, or number the columns.
fn repeats(source: &Source<'_>, table: &mut Table) {
    let said = |row: usize| -> Vec<&str> { table.grid.row(row).map(|c| source.text(&c.tokens)).collect() };
    let heads: Vec<Vec<&str>> =
        (0..table.heads).filter(|&r| table.kinds.get(r) == Some(&RowKind::Head)).map(said).collect();
    let mut again = Vec::new();
    for row in table.heads..table.grid.height() {
        let filled: Vec<&Cell> = table.grid.row(row).collect();
        let text = filled.len() > 1 && filled.iter().all(|c| !c.form.is_figure());
        if text
            && heads.iter().any(|h| *h == filled.iter().map(|c| source.text(&c.tokens)).collect::<Vec<_>>())
        {
            again.push((row, RowKind::Repeat));
        } else if numbers_columns(source, &filled)
            && again.last().is_some_and(|a: &(usize, RowKind)| a.0 + 1 == row)
        {
            again.push((row, RowKind::Numbering));
        }
    }
    for (row, kind) in again {
        if let Some(slot) = table.kinds.get_mut(row) {
            *slot = kind;
        }
    }
}
