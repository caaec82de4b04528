//! Sheets: from cells to text and tables. What stands alone above, between and below the tables becomes lines; an office's head or
//! a pair of signatures, side by side in cells of their own, is read column by column.

use std::collections::{BTreeMap, BTreeSet};

use super::super::flow::{Flow, Grid, GridCell, GridRow};
use super::super::paragraph::{OldFonts, Paragraph};
use super::{Area, Cell, Sheet};

/// Rows of heads and signatures hold no more cells than this.
const SIDE_BY_SIDE: usize = 2;

/// Most rows and cells that are looked at for merged areas; a sheet with more of them is made up.
const MOST_STEPS: usize = 4_000_000;
/// Tables with more places than this, most of them empty, are read row by row.
const MOST_PLACES: usize = 16_000_000;

/// A row that shows something: its number and its cells.
type Row<'s> = (u32, Vec<(u32, &'s Cell)>);

/// The text of one sheet.
pub fn sheet(sheet: &Sheet, fonts: &mut OldFonts) -> Flow {
    let covered = covered(sheet);
    let rows: Vec<Row<'_>> = sheet
        .rows
        .iter()
        .map(|(row, cells)| {
            let shown = cells.iter().filter(|(c, _)| !covered.contains(&(*row, **c)));
            (*row, shown.map(|(c, cell)| (*c, cell)).collect::<Vec<_>>())
        })
        .filter(|(_, cells)| !cells.is_empty())
        .collect();
    let mut flow = Flow::default();
    for block in blocks(sheet, &rows) {
        match block {
            Block::Line(row) => flow.append(lines(row, fonts), 1),
            Block::Beside(rows) => flow.append(beside(rows, fonts), 2),
            Block::Table(rows) => flow.append(table(sheet, rows, fonts), 2),
        }
    }
    flow
}

/// Cells under a merged area, but for its first one.
fn covered(sheet: &Sheet) -> BTreeSet<(u32, u32)> {
    let mut covered = BTreeSet::new();
    let mut steps = 0;
    for area in &sheet.merged {
        for (row, cells) in sheet.rows.range(area.rows.0..=area.rows.1) {
            steps += 1;
            if steps > MOST_STEPS {
                return covered;
            }
            for column in cells.range(area.columns.0..=area.columns.1).map(|(column, _)| *column) {
                steps += 1;
                if (*row, column) != (area.rows.0, area.columns.0) {
                    covered.insert((*row, column));
                }
            }
        }
    }
    covered
}

enum Block<'r, 's> {
    Line(&'r Row<'s>),
    Beside(&'r [Row<'s>]),
    Table(&'r [Row<'s>]),
}

fn is_single(row: &Row<'_>) -> bool {
    row.1.len() == 1
}

fn has_number(row: &Row<'_>) -> bool {
    row.1.iter().any(|(_, cell)| cell.number)
}

/// Cuts a sheet into lines, heads and tables.
fn blocks<'r, 's>(sheet: &Sheet, rows: &'r [Row<'s>]) -> Vec<Block<'r, 's>> {
    // Headings of several rows begin with cells that are merged downwards, heads of offices do not.
    let merged: BTreeSet<(u32, u32)> =
        sheet.merged.iter().filter(|a| a.rows.0 < a.rows.1).map(|a| (a.rows.0, a.columns.0)).collect();
    let is_narrow = |row: &Row<'_>| {
        row.1.len() <= SIDE_BY_SIDE && row.1.iter().all(|(column, _)| !merged.contains(&(row.0, *column)))
    };
    let width = rows.iter().filter(|r| has_number(r)).map(|r| r.1.len()).max().unwrap_or(0);
    let last_number = rows.iter().rposition(has_number);
    let mut blocks = Vec::new();
    let mut start = 0;
    while let Some(first) = rows.get(start) {
        if is_single(first) {
            blocks.push(Block::Line(first));
            start += 1;
            continue;
        }
        let mut end = start + 1;
        let mut numbers = has_number(first);
        let mut narrow = is_narrow(first);
        while let Some(row) = rows.get(end) {
            let apart = rows.get(end - 1).is_some_and(|before| is_single(before) || before.0 + 1 < row.0);
            let ends = match () {
                // An office's head above a table of three columns and more.
                () if !numbers && narrow && width > SIDE_BY_SIDE => {
                    // One row of two right above a wider one is the upper part of its headings: "Xã", "Hộ nghèo".
                    is_single(row) || apart || row.1.len() > SIDE_BY_SIDE && end > start + 1
                }
                // The headings of another table.
                () if numbers && apart && !has_number(row) && !is_single(row) => {
                    let heading = row.1.len() >= 3 && row.1.len() * 5 >= width * 3;
                    let signatures =
                        last_number.is_some_and(|last| last < end) && row.1.len() <= SIDE_BY_SIDE + 1;
                    heading && last_number.is_some_and(|last| last > end) || signatures
                }
                () => false,
            };
            if ends {
                break;
            }
            numbers |= has_number(row);
            narrow &= is_narrow(row);
            end += 1;
        }
        // What stands alone at the end is no part of the table.
        let whole = rows.get(start..end).unwrap_or(&[]);
        let kept = whole.iter().rposition(|r| !is_single(r)).map_or(whole.len(), |n| n + 1);
        let (inside, behind) = whole.split_at(kept.min(whole.len()));
        let beside = !numbers
            && inside.iter().all(|r| {
                r.1.len() <= SIDE_BY_SIDE + usize::from(start > 0 && last_number.is_some_and(|l| l < start))
            });
        blocks.push(if beside && last_number.is_some() {
            Block::Beside(inside)
        } else {
            Block::Table(inside)
        });
        blocks.extend(behind.iter().map(Block::Line));
        start = end;
    }
    blocks
}

/// A cell's text as lines.
fn text(cell: &Cell, fonts: &mut OldFonts) -> Flow {
    let mut flow = Flow::default();
    let mut paragraph = Paragraph::default();
    for (text, run) in &cell.runs {
        for (i, line) in text.split('\n').enumerate() {
            if i > 0 {
                paragraph.line_break(false);
            }
            paragraph.run_text(line, run);
        }
    }
    paragraph.write(None, None, fonts, &mut flow);
    flow
}

fn lines(row: &Row<'_>, fonts: &mut OldFonts) -> Flow {
    let mut flow = Flow::default();
    for (_, cell) in &row.1 {
        flow.append(text(cell, fonts), 1);
    }
    flow
}

/// Column by column; two cells that begin in different columns of one row stand beside one another, all others follow the nearest.
fn beside(rows: &[Row<'_>], fonts: &mut OldFonts) -> Flow {
    let starts: BTreeSet<u32> =
        rows.iter().flat_map(|(_, cells)| cells.iter().skip(1).map(|(c, _)| *c)).collect();
    let border = starts.first().copied().unwrap_or(u32::MAX);
    let mut columns: BTreeMap<usize, Flow> = BTreeMap::new();
    for (_, cells) in rows {
        for (i, (column, cell)) in cells.iter().enumerate() {
            let side = if cells.len() > 2 { i } else { usize::from(*column >= border) };
            columns.entry(side).or_default().append(text(cell, fonts), 1);
        }
    }
    let mut flow = Flow::default();
    for (_, column) in columns {
        flow.append(column, 1);
    }
    flow
}

fn table(sheet: &Sheet, rows: &[Row<'_>], fonts: &mut OldFonts) -> Flow {
    // Only the columns that show something: a spacer between two tells nothing.
    let used: Vec<u32> = rows
        .iter()
        .flat_map(|(_, cells)| cells.iter().map(|(c, _)| *c))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    if rows.len().saturating_mul(used.len()) > MOST_PLACES {
        let mut flow = Flow::default();
        rows.iter().for_each(|row| flow.append(lines(row, fonts), 1));
        return flow;
    }
    let at = |column: u32| used.partition_point(|c| *c < column);
    let areas: BTreeMap<(u32, u32), &Area> =
        sheet.merged.iter().map(|a| ((a.rows.0, a.columns.0), a)).collect();
    let mut grid = Grid::default();
    // How many more rows each column is covered from above, as the grid will count it.
    let mut covering: Vec<usize> = vec![0; used.len()];
    // What stands above the first figure heads the columns.
    let figures = rows.iter().position(has_number).unwrap_or(0);
    for (i, (number, cells)) in rows.iter().enumerate() {
        let mut row = GridRow { heading: i < figures, ..GridRow::default() };
        let mut column = 0;
        let mut next = vec![0; used.len()];
        for (n, (start, cell)) in cells.iter().enumerate() {
            let here = at(*start);
            // A merged area ends before the next cell that is shown.
            let room = cells.get(n + 1).map_or(used.len(), |(c, _)| at(*c)).saturating_sub(here);
            fill(&mut row, &mut column, here, &covering);
            let area = areas.get(&(*number, *start));
            let columns = area.map_or(1, |a| at(a.columns.1.saturating_add(1)).saturating_sub(here));
            let columns = columns.min(room).max(1);
            let below = area.map_or(0, |a| {
                rows.get(i + 1..).unwrap_or(&[]).iter().take_while(|(n, _)| *n <= a.rows.1).count()
            });
            let flow = text(cell, fonts);
            row.cells.push(GridCell { flow, columns, rows: below + 1, heading: cell.is_bold() });
            next.iter_mut().skip(here).take(columns).for_each(|n| *n = below);
            column = here + columns;
        }
        for (left, next) in covering.iter_mut().zip(next) {
            *left = left.saturating_sub(1).max(next);
        }
        grid.rows.push(row);
    }
    grid.finish()
}

/// Empty cells up to a column, but where a cell from above stands.
fn fill(row: &mut GridRow, column: &mut usize, to: usize, covering: &[usize]) {
    while *column < to {
        if covering.get(*column).is_none_or(|n| *n == 0) {
            row.cells.push(GridCell::default());
        }
        *column += 1;
    }
}
