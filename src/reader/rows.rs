//! Stage 1, helper: the tables of Word's old formats (.doc, RTF). There a table is a run of paragraphs with cell and row
//! ends between them, and each row has its own right edges; here it becomes a grid with columns.
//!
//! `Xã ¦ Số hộ ¶ Đồng Tâm ¦ 312 ¶` gives a table of two rows and two columns.

use super::flow::{Flow, Grid, GridCell, GridRow};

/// Tables nested deeper than this are read as plain paragraphs.
const DEEPEST_TABLE: usize = 24;
/// Most cells of one row; Word itself stops at 63.
const MOST_CELLS: usize = 256;
/// Most edges of a table: the widest page has room for some 800. With more of them the file tells nothing of columns.
const MOST_EDGES: usize = 1024;
/// Edges nearer than this (in twentieths of a point) are the same column's: rows are often drawn by hand.
const SAME_EDGE: i32 = 40;

/// How one cell of a row is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CellShape {
    /// Its right edge in twentieths of a point.
    pub right: i32,
    /// Whether it is one with the cell on its left.
    pub joined_left: bool,
    /// Whether it is one with the cell above.
    pub joined_above: bool,
}

/// How a row is set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowShape {
    /// Its left edge.
    pub left: i32,
    /// Its cells from left to right; fewer than there are texts where the file does not tell.
    pub cells: Vec<CellShape>,
    /// Whether it is repeated on each page.
    pub heading: bool,
}

/// A document being built out of paragraphs, cell ends and row ends.
#[derive(Debug, Default)]
pub struct Blocks {
    body: Flow,
    tables: Vec<OpenTable>,
}

#[derive(Debug, Default)]
struct OpenTable {
    rows: Vec<(Vec<GridCell>, RowShape)>,
    cells: Vec<GridCell>,
    cell: Flow,
    /// Whether the open cell has text that is not bold.
    plain: bool,
}

impl Blocks {
    /// Where a paragraph goes that stands so many tables deep; 0 is the body. Tables open and close accordingly.
    pub fn at(&mut self, depth: usize) -> &mut Flow {
        let depth = depth.min(DEEPEST_TABLE);
        while self.tables.len() > depth {
            self.close_table();
        }
        while self.tables.len() < depth {
            self.tables.push(OpenTable::default());
        }
        self.flow()
    }

    /// Says that the open cell holds text that is not bold.
    pub fn plain(&mut self) {
        self.tables.last_mut().into_iter().for_each(|t| t.plain = true);
    }

    /// Ends the open cell of the table so many deep.
    pub fn end_cell(&mut self, depth: usize) {
        self.at(depth.max(1));
        let Some(table) = self.tables.last_mut() else { return };
        let flow = std::mem::take(&mut table.cell);
        let heading = !std::mem::take(&mut table.plain) && !flow.text.is_empty();
        if table.cells.len() < MOST_CELLS {
            table.cells.push(GridCell { flow, heading, ..GridCell::default() });
        }
    }

    /// Ends the open row of the table so many deep.
    pub fn end_row(&mut self, depth: usize, mut shape: RowShape) {
        self.at(depth.max(1));
        let Some(table) = self.tables.last_mut() else { return };
        // Text behind the last cell's end belongs to nothing, but is text.
        let rest = std::mem::take(&mut table.cell);
        if let Some(cell) = table.cells.last_mut() {
            cell.flow.append(rest, 1);
        }
        let cells = std::mem::take(&mut table.cells);
        // What is told of cells beyond those that there are is not kept: a row end is a few bytes in the file.
        shape.cells.truncate(cells.len());
        shape.cells.shrink_to_fit();
        table.rows.push((cells, shape));
    }

    /// The whole text.
    pub fn finish(mut self) -> Flow {
        self.at(0);
        self.body
    }

    fn flow(&mut self) -> &mut Flow {
        match self.tables.last_mut() {
            Some(table) => &mut table.cell,
            None => &mut self.body,
        }
    }

    fn close_table(&mut self) {
        let Some(mut table) = self.tables.pop() else { return };
        let rest = std::mem::take(&mut table.cell);
        if !table.cells.is_empty() {
            let cells = std::mem::take(&mut table.cells);
            table.rows.push((cells, RowShape::default()));
        }
        let breaks = if self.tables.is_empty() { 2 } else { 1 };
        let grid = grid(table.rows);
        self.flow().append(grid.finish(), breaks);
        self.flow().append(rest, 1);
    }
}

/// Gives every cell its columns and rows.
fn grid(rows: Vec<(Vec<GridCell>, RowShape)>) -> Grid {
    let told = rows.iter().all(|(cells, shape)| shape.cells.len() >= cells.len());
    let edges = if told { edges(&rows) } else { Vec::new() };
    let told = told && edges.len() <= MOST_EDGES;
    let mut grid = Grid::default();
    // For each column that a cell from above may still cover: the row and cell where it began.
    let mut above: Vec<Option<(usize, usize)>> = Vec::new();
    for (cells, shape) in rows {
        let mut row = GridRow { cells: Vec::new(), heading: shape.heading };
        let mut at = if told { column(&edges, shape.left) } else { 0 };
        if at > 0 {
            row.cells.push(GridCell { columns: at, ..GridCell::default() });
        }
        let here = grid.rows.len();
        let mut below: Vec<Option<(usize, usize)>> = Vec::new();
        let shapes = shape.cells.iter().copied().map(Some).chain(std::iter::repeat(None));
        for (mut cell, shape) in cells.into_iter().zip(shapes) {
            let end = shape.filter(|_| told).map_or(at + 1, |s| column(&edges, s.right)).max(at + 1);
            cell.columns = if told { end - at } else { 1 };
            let shape = shape.unwrap_or_default();
            let start = at;
            at = end;
            below.resize(below.len().max(end), None);
            if shape.joined_left && !row.cells.is_empty() {
                if let Some(before) = row.cells.last_mut() {
                    before.columns += cell.columns;
                    before.flow.append(cell.flow, 1);
                }
                continue;
            }
            let covering = above.get(start).copied().flatten().filter(|_| shape.joined_above);
            if let Some((r, c)) = covering {
                let origin = grid.rows.get_mut(r).and_then(|row| row.cells.get_mut(c));
                if let Some(origin) = origin.filter(|o| o.columns == cell.columns && o.rows == here - r) {
                    origin.rows += 1;
                    origin.flow.append(cell.flow, 1);
                    below.get_mut(start).into_iter().for_each(|b| *b = Some((r, c)));
                    continue;
                }
            }
            below.get_mut(start).into_iter().for_each(|b| *b = Some((here, row.cells.len())));
            row.cells.push(cell);
        }
        grid.rows.push(row);
        above = below;
    }
    grid
}

/// All edges of a table from left to right, those of one column once.
fn edges(rows: &[(Vec<GridCell>, RowShape)]) -> Vec<i32> {
    let mut all: Vec<i32> = rows
        .iter()
        .flat_map(|(cells, shape)| {
            let right = shape.cells.iter().take(cells.len()).map(|c| c.right);
            std::iter::once(shape.left).chain(right)
        })
        .collect();
    all.sort_unstable();
    all.dedup_by(|next, kept| next.saturating_sub(*kept) < SAME_EDGE);
    all
}

/// The column that begins at an edge.
fn column(edges: &[i32], edge: i32) -> usize {
    edges.partition_point(|e| e.saturating_add(SAME_EDGE) <= edge)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(edges: &[i32]) -> RowShape {
        let cells = edges.iter().skip(1).map(|&right| CellShape { right, ..CellShape::default() }).collect();
        RowShape { left: edges.first().copied().unwrap_or(0), cells, heading: false }
    }

    fn row(blocks: &mut Blocks, texts: &[&str], shape: RowShape) {
        for text in texts {
            blocks.at(1).run(text);
            blocks.end_cell(1);
        }
        blocks.end_row(1, shape);
    }

    #[test]
    fn cells_of_rows_with_different_edges_keep_their_columns() {
        let mut blocks = Blocks::default();
        blocks.at(0).run("Biểu 1");
        row(&mut blocks, &["Xã", "Số hộ (nghèo)"], shape(&[0, 1000, 3010]));
        row(&mut blocks, &["Đồng Tâm", "12", "7"], shape(&[0, 1005, 2000, 3000]));
        blocks.at(0).run("Hết");
        let flow = blocks.finish();
        assert_eq!(flow.text, "Biểu 1\n\nXã\tSố hộ (nghèo)\nĐồng Tâm\t12\t7\n\nHết");
        let first = flow.tables.first().and_then(|t| t.rows.first()).unwrap();
        assert_eq!(first.cells.iter().map(|c| (c.column, c.columns)).collect::<Vec<_>>(), [(0, 1), (1, 2)]);
    }

    #[test]
    fn merged_cells_are_one() {
        let mut blocks = Blocks::default();
        row(&mut blocks, &["STT", "Thu", "4"], shape(&[0, 500, 1500, 2000]));
        let mut second = shape(&[0, 500, 1500, 2000]);
        second.cells[0].joined_above = true;
        row(&mut blocks, &["", "Chi", "5"], second);
        let mut third = shape(&[0, 500, 1500, 2000]);
        third.cells[1].joined_left = true;
        row(&mut blocks, &["Tổng", "số", "9"], third);
        assert_eq!(blocks.finish().text, "STT\tThu\t4\n\tChi\t5\nTổng số\t\t9");
    }

    #[test]
    fn rows_without_edges_and_nested_tables_are_read() {
        let mut blocks = Blocks::default();
        blocks.at(1).run("A");
        blocks.at(2).run("1");
        blocks.end_cell(2);
        blocks.at(2).run("2");
        blocks.end_cell(2);
        blocks.end_row(2, RowShape::default());
        blocks.end_cell(1);
        blocks.at(1).run("B");
        blocks.end_cell(1);
        blocks.end_row(1, RowShape::default());
        let text = blocks.finish().text;
        assert!(text.contains('A') && text.contains('1') && text.contains('B'), "{text}");
    }

    #[test]
    fn a_row_keeps_the_shapes_of_its_cells_alone() {
        let mut blocks = Blocks::default();
        let shape = RowShape { cells: vec![CellShape::default(); 200], ..RowShape::default() };
        blocks.end_cell(1);
        blocks.end_row(1, shape.clone());
        blocks.end_row(1, shape);
        let kept: Vec<usize> = blocks.tables[0].rows.iter().map(|(_, shape)| shape.cells.len()).collect();
        assert_eq!(kept, [1, 0]);
    }
}
