//! PDF layout: tables drawn with ruling lines.
//!
//! In: horizontal and vertical rules. Out: grids of cells; merged cells cover several columns or rows. Then each run of
//! glyphs goes to the cell that holds its middle. One row becomes one line of the text, its cells joined by tabs, the
//! wrapped lines of one cell by spaces.

use super::super::font::Fonts;
use super::super::scene::{Glyph, Rule, Run, Scene};
use super::lines::{Line, cluster, is_space, part};
use super::stamp;

/// Lines nearer than this are one line; ends nearer than this touch.
const SNAP: f32 = 3.0;
/// Most pairs of lines that are tested for touching; drawings have more.
const MAX_PAIRS: usize = 4_000_000;
/// Most elementary cells of a table.
const MAX_CELLS: usize = 100_000;

/// Glyphs nearer than this, in sizes, are of one string.
const WORD: f32 = 0.6;
/// How far behind an overlong text the figure of the next cell may begin, in sizes.
const OVERLONG: f32 = 2.0;
/// How many runs before and after one are looked at for such a figure.
const NEAR: usize = 32;

/// A cell of a grid, possibly merged.
#[derive(Debug, Clone, Default)]
pub(super) struct RuledCell {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) lines: Vec<Line>,
}

/// A grid of cells with their text.
#[derive(Debug)]
pub(super) struct RuledTable {
    pub(super) top: f32,
    /// Edges of the columns from left to right, to recognise the continuation on the next page.
    pub(super) edges: Vec<f32>,
    pub(super) rows: usize,
    /// Cells in reading order.
    pub(super) cells: Vec<RuledCell>,
}

/// The lines of one table.
#[derive(Debug)]
pub(super) struct Grid {
    /// Edges of the columns from left to right.
    xs: Vec<f32>,
    /// Edges of the rows from top to bottom.
    ys: Vec<f32>,
    /// For each elementary cell (row by row) the index of its cell.
    owner: Vec<usize>,
    cells: Vec<RuledCell>,
}

impl Grid {
    fn columns(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }
}

/// Joins rules that continue each other.
fn merge(rules: &[Rule], horizontal: bool) -> Vec<Rule> {
    let mut lines: Vec<Rule> = rules.iter().filter(|r| r.horizontal == horizontal).copied().collect();
    lines.sort_by(|a, b| a.at.total_cmp(&b.at));
    // Snap positions first, so that pieces of one line get one position.
    let mut at = f32::MIN;
    for line in &mut lines {
        if line.at - at > 1.5 {
            at = line.at;
        }
        line.at = at;
    }
    lines.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut out: Vec<Rule> = Vec::new();
    for line in lines {
        match out.last_mut() {
            Some(last) if last.at == line.at && line.from <= last.to + SNAP => last.to = last.to.max(line.to),
            _ => out.push(line),
        }
    }
    out
}

/// Finds the tables among the rules, from top to bottom.
pub(super) fn grids(rules: &[Rule]) -> Vec<Grid> {
    let horizontal = merge(rules, true);
    let vertical = merge(rules, false);
    if horizontal.len() < 2
        || vertical.len() < 2
        || horizontal.len().saturating_mul(vertical.len()) > MAX_PAIRS
    {
        return Vec::new();
    }
    // Union of touching lines; vertical line v is node horizontal.len() + v.
    let mut parent: Vec<usize> = (0..horizontal.len() + vertical.len()).collect();
    for (i, h) in horizontal.iter().enumerate() {
        for (j, v) in vertical.iter().enumerate() {
            let touches =
                h.from - SNAP <= v.at && v.at <= h.to + SNAP && v.from - SNAP <= h.at && h.at <= v.to + SNAP;
            if touches {
                union(&mut parent, i, horizontal.len() + j);
            }
        }
    }
    let mut groups: Vec<(usize, Vec<Rule>)> = Vec::new();
    let mut slot = vec![usize::MAX; parent.len()];
    for (node, rule) in horizontal.iter().chain(&vertical).enumerate() {
        let root = find(&mut parent, node);
        let Some(slot) = slot.get_mut(root) else { continue };
        if *slot == usize::MAX {
            *slot = groups.len();
            groups.push((root, Vec::new()));
        }
        if let Some((_, group)) = groups.get_mut(*slot) {
            group.push(*rule);
        }
    }
    let mut out: Vec<Grid> = groups.iter().filter_map(|(_, group)| grid(group)).collect();
    out.sort_by(|a, b| {
        let top = |g: &Grid| g.ys.first().copied().unwrap_or(0.0);
        top(b).total_cmp(&top(a))
    });
    out
}

fn find(parent: &mut [usize], mut node: usize) -> usize {
    while let Some(&up) = parent.get(node)
        && up != node
    {
        let over = parent.get(up).copied().unwrap_or(up);
        if let Some(p) = parent.get_mut(node) {
            *p = over;
        }
        node = over;
    }
    node
}

fn union(parent: &mut [usize], a: usize, b: usize) {
    let (a, b) = (find(parent, a), find(parent, b));
    // The smaller root wins, so the result does not depend on the order.
    let (low, high) = (a.min(b), a.max(b));
    if let Some(p) = parent.get_mut(high) {
        *p = low;
    }
}

/// Positions that lie together become one.
fn snap(mut positions: Vec<f32>) -> Vec<f32> {
    positions.sort_by(f32::total_cmp);
    let mut out: Vec<f32> = Vec::new();
    for position in positions {
        if out.last().is_none_or(|last| position - last > SNAP) {
            out.push(position);
        }
    }
    out
}

/// The grid of lines that touch each other; `None` where they make no table.
fn grid(group: &[Rule]) -> Option<Grid> {
    let (horizontal, vertical): (Vec<Rule>, Vec<Rule>) = group.iter().copied().partition(|r| r.horizontal);
    let mut xs: Vec<f32> = vertical.iter().map(|v| v.at).collect();
    let mut ys: Vec<f32> = horizontal.iter().map(|h| h.at).collect();
    // Open sides: the other lines' ends are the edge.
    let ends = |rules: &[Rule]| {
        rules.iter().fold((f32::MAX, f32::MIN), |(low, high), r| (low.min(r.from), high.max(r.to)))
    };
    let (left, right) = ends(&horizontal);
    let (bottom, top) = ends(&vertical);
    xs.extend([left, right]);
    ys.extend([bottom, top]);
    let xs = snap(xs);
    let mut ys = snap(ys);
    ys.reverse();
    let (columns, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
    if columns < 2 || rows < 1 || columns * rows > MAX_CELLS || columns * rows < 3 {
        return None;
    }
    let at = |v: &[f32], i: usize| v.get(i).copied().unwrap_or(0.0);
    // Walls: whether a line runs along the side of an elementary cell.
    let mut right_wall = vec![false; columns * rows];
    let mut lower_wall = vec![false; columns * rows];
    let nearest = |v: &[f32], x: f32| {
        (0..v.len()).min_by(|a, b| (at(v, *a) - x).abs().total_cmp(&(at(v, *b) - x).abs()))
    };
    for line in &vertical {
        let Some(edge) = nearest(&xs, line.at).filter(|e| *e > 0) else { continue };
        for row in 0..rows {
            let middle = (at(&ys, row) + at(&ys, row + 1)) / 2.0;
            if line.from <= middle
                && middle <= line.to
                && let Some(wall) = right_wall.get_mut(row * columns + edge - 1)
            {
                *wall = true;
            }
        }
    }
    for line in &horizontal {
        let Some(edge) = nearest(&ys, line.at).filter(|e| *e > 0) else { continue };
        for column in 0..columns {
            let middle = (at(&xs, column) + at(&xs, column + 1)) / 2.0;
            if line.from <= middle
                && middle <= line.to
                && let Some(wall) = lower_wall.get_mut((edge - 1) * columns + column)
            {
                *wall = true;
            }
        }
    }
    let mut parent: Vec<usize> = (0..columns * rows).collect();
    for row in 0..rows {
        for column in 0..columns {
            let cell = row * columns + column;
            if column + 1 < columns && !right_wall.get(cell).copied().unwrap_or(true) {
                union(&mut parent, cell, cell + 1);
            }
            if row + 1 < rows && !lower_wall.get(cell).copied().unwrap_or(true) {
                union(&mut parent, cell, cell + columns);
            }
        }
    }
    let mut cells: Vec<RuledCell> = Vec::new();
    let mut owner = vec![0usize; columns * rows];
    let mut index_of = vec![usize::MAX; columns * rows];
    for elementary in 0..columns * rows {
        let root = find(&mut parent, elementary);
        let (row, column) = (elementary / columns, elementary % columns);
        let (Some(index), Some(own)) = (index_of.get_mut(root), owner.get_mut(elementary)) else { continue };
        if *index == usize::MAX {
            *index = cells.len();
            cells.push(RuledCell { row, column, rows: 1, columns: 1, lines: Vec::new() });
        }
        *own = *index;
        if let Some(cell) = cells.get_mut(*index) {
            let end = (column + 1).max(cell.column + cell.columns);
            cell.column = cell.column.min(column);
            cell.columns = end - cell.column;
            cell.rows = (row + 1 - cell.row).max(cell.rows);
        }
    }
    (cells.len() >= 3).then_some(Grid { xs, ys, owner, cells })
}

/// Whether another run of the same line lies over a glyph of a run. Looked for among the runs drawn next to it.
fn covered(within: &[Run], run: &Run, glyph: &Glyph) -> bool {
    let at = within.partition_point(|other| other.start < run.start);
    let near = within.iter().skip(at.saturating_sub(NEAR)).take(2 * NEAR);
    near.filter(|o| o.start != run.start && (o.y - run.y).abs() < 0.3 * run.size)
        .any(|o| o.x0 > run.x0 && o.x0 < glyph.x1 + OVERLONG * run.size)
}

/// Takes the runs that lie in the grid out of `runs` and gives each cell its lines; `None`, with nothing taken, where
/// fewer than two cells hold text (a frame or a drawing).
pub(super) fn fill(scene: &Scene, _fonts: &Fonts, mut grid: Grid, runs: &mut Vec<Run>) -> Option<RuledTable> {
    let (left, right) = (*grid.xs.first()? - SNAP, *grid.xs.last()? + SNAP);
    let (top, bottom) = (*grid.ys.first()?, *grid.ys.last()?);
    let inside = |run: &Run| {
        let (x, y) = ((run.x0 + run.x1) / 2.0, run.y + 0.25 * run.size);
        left < x && x < right && bottom < y && y < top
    };
    let (within, without): (Vec<Run>, Vec<Run>) = runs.iter().copied().partition(inside);
    let columns = grid.columns();
    let mut parts: Vec<Vec<Run>> = vec![Vec::new(); grid.cells.len()];
    for run in &within {
        let y = run.y + 0.25 * run.size;
        let row = grid.ys.partition_point(|edge| *edge > y).saturating_sub(1);
        let cell_at = |x: f32| {
            let column =
                grid.xs.partition_point(|edge| *edge < x).saturating_sub(1).min(columns.saturating_sub(1));
            grid.owner.get(row * columns + column).copied().unwrap_or(0)
        };
        let glyphs = scene.glyphs_of(run);
        let mut start = 0;
        while start < glyphs.len() {
            let middle = |g: &Glyph| (g.x0 + g.x1) / 2.0;
            let cell = glyphs.get(start).map_or(0, |g| cell_at(middle(g)));
            let mut length = 1;
            while let (Some(last), Some(next)) = (glyphs.get(start + length - 1), glyphs.get(start + length))
            {
                // A text too long for its cell runs on under the figure of the next one.
                let runs_on = || next.x0 - last.x1 < WORD * run.size && covered(&within, run, next);
                if cell_at(middle(next)) != cell && !runs_on() {
                    break;
                }
                length += 1;
            }
            let from = run.start + start as u32;
            if let (Some(part), Some(cell)) =
                (part(scene, run, from, from + length as u32), parts.get_mut(cell))
                && scene.glyphs_of(&part).iter().any(|g| !is_space(g.value))
            {
                cell.push(part);
            }
            start += length;
        }
    }
    if parts.iter().filter(|p| !p.is_empty()).count() < 2 {
        return None;
    }
    for (cell, part) in grid.cells.iter_mut().zip(parts) {
        let (stamped, plain): (Vec<Run>, Vec<Run>) = part.into_iter().partition(|run| run.stamp != 0);
        cell.lines = cluster(plain);
        stamp::attach(&mut cell.lines, stamped);
    }
    *runs = without;
    let rows = grid.ys.len().saturating_sub(1);
    Some(RuledTable { top, edges: grid.xs, rows, cells: grid.cells })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn h(at: f32, from: f32, to: f32) -> Rule {
        Rule { horizontal: true, at, from, to }
    }

    fn v(at: f32, from: f32, to: f32) -> Rule {
        Rule { horizontal: false, at, from, to }
    }

    #[test]
    fn crossing_rules_make_a_grid() {
        let rules = [
            h(100.0, 0.0, 90.0),
            h(80.0, 0.0, 90.0),
            h(60.0, 0.0, 90.0),
            v(0.0, 60.0, 100.0),
            v(30.0, 60.0, 100.0),
            v(90.0, 60.0, 100.0),
        ];
        let grids = grids(&rules);
        assert_eq!(grids.len(), 1);
        assert_eq!(grids[0].cells.len(), 4);
    }

    #[test]
    fn a_missing_wall_merges_cells() {
        // The vertical line starts below the first row: a heading over both columns.
        let rules = [
            h(100.0, 0.0, 90.0),
            h(80.0, 0.0, 90.0),
            h(60.0, 0.0, 90.0),
            v(0.0, 60.0, 100.0),
            v(30.0, 60.0, 80.0),
            v(90.0, 60.0, 100.0),
        ];
        let grids = grids(&rules);
        assert_eq!(grids[0].cells.len(), 3);
        assert_eq!((grids[0].cells[0].columns, grids[0].cells[0].rows), (2, 1));
    }

    #[test]
    fn pieces_of_a_line_are_joined_and_a_lone_frame_is_no_table() {
        assert_eq!(merge(&[h(10.0, 0.0, 5.0), h(10.4, 6.0, 9.0), h(30.0, 0.0, 1.0)], true).len(), 2);
        let frame = [h(100.0, 0.0, 90.0), h(60.0, 0.0, 90.0), v(0.0, 60.0, 100.0), v(90.0, 60.0, 100.0)];
        assert!(grids(&frame).is_empty());
    }
}
