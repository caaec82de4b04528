//! Stage 2: how wide the rows of a table are whose cells came one behind the other.
//!
//! Between two rows stands one empty range; an empty cell looks the same. So the width is chosen that leaves the fewest
//! rows of another.

use std::cmp::Ordering;
use std::collections::VecDeque;
use std::ops::Range;

/// Widest row that is looked for.
pub(super) const MAX_WIDTH: usize = 32;
/// How many lengths of unbroken runs of cells are tried as the width of a table.
const WIDTHS: usize = 3;

/// Parts the cells of a table into rows, and gives their width.
pub(super) fn split(between: &[Range<usize>]) -> (Vec<Range<usize>>, usize) {
    let empty = |i: usize| between.get(i).is_none_or(Range::is_empty);
    let cells = Cells { count: between.len(), stops: (0..=between.len()).filter(|&i| empty(i)).collect() };
    // A row whose first cell is empty shows as a run one shorter.
    let widths = runs(between).into_iter().take(WIDTHS).flat_map(|run| [run, run + 1]);
    let mut chosen: Option<(u32, Vec<Range<usize>>, usize)> = None;
    let mut tried = Vec::new();
    for width in widths {
        let best = chosen.as_ref().map_or(u32::MAX, |c| c.0);
        if best == 0 || tried.contains(&width) {
            continue;
        }
        tried.push(width);
        let (cost, rows) = whole(&cells, width).unwrap_or_else(|| split_at(&cells, width, best));
        if cost < best {
            chosen = Some((cost, rows, width));
        }
    }
    let all = || (split_at(&cells, cells.count, u32::MAX).1, cells.count);
    chosen.map_or_else(all, |(_, rows, width)| (rows, width))
}

/// The lengths of unbroken runs of filled cells, the one first that has the most cells.
fn runs(between: &[Range<usize>]) -> Vec<usize> {
    let mut cells_in_runs = [0usize; MAX_WIDTH];
    for run in between.split(Range::is_empty).map(<[_]>::len).filter(|&run| run > 1) {
        if let Some(cells) = cells_in_runs.get_mut(run) {
            *cells += run;
        }
    }
    let mut runs: Vec<(usize, usize)> = cells_in_runs.into_iter().enumerate().filter(|r| r.1 > 0).collect();
    runs.sort_by_key(|&(width, cells)| (usize::MAX - cells, width));
    runs.into_iter().map(|(width, _)| width).collect()
}

/// Cells of a table, row upon row.
pub(super) struct Cells {
    pub(super) count: usize,
    /// Where a row may end: before the empty ones, and behind the last.
    pub(super) stops: Vec<usize>,
}

/// The rows of one width where that parts all cells: such rows cost nothing, and no others do.
fn whole(cells: &Cells, width: usize) -> Option<(u32, Vec<Range<usize>>)> {
    let mut rows = Vec::with_capacity(cells.count / (width + 1) + 1);
    let mut at = 0;
    while at < cells.count {
        let end = at + width;
        cells.stops.binary_search(&end).ok()?;
        rows.push(at..end);
        at = end + 1;
    }
    Some((0, rows))
}

/// The cheapest way to part cells into rows of one width: what it costs and the rows. No rows where it is sure to cost
/// `most` or more.
pub(super) fn split_at(cells: &Cells, width: usize, most: u32) -> (u32, Vec<Range<usize>>) {
    // best[i]: the least cost of parting the cells from i onwards, and where the first row of that ends.
    let mut best: Vec<(u32, usize)> = vec![(0, 0); cells.count + 2];
    let mut first = cells.stops.len();
    // Within reach of a row, from the least cost on, those that no nearer one undercuts.
    let mut behind: VecDeque<usize> = VecDeque::with_capacity(MAX_WIDTH + 2);
    // How many cells one behind the other are too dear to begin a row.
    let mut dear = 0;
    for i in (0..cells.count).rev() {
        while first > 0 && cells.stops.get(first - 1).is_some_and(|&stop| stop >= i) {
            first -= 1;
        }
        // What row begins here leaves one of these behind it.
        while behind.back().is_some_and(|&n| cost_from(&best, n) >= cost_from(&best, i + 1)) {
            behind.pop_back();
        }
        behind.push_back(i + 1);
        while behind.front().is_some_and(|&n| n > i + MAX_WIDTH + 1) {
            behind.pop_front();
        }
        let least = behind.front().map_or(0, |&n| cost_from(&best, n));
        let choice = cheapest(cells, i, first, width, (&best, least));
        if let Some(slot) = best.get_mut(i) {
            *slot = choice;
        }
        // No row steps over so many: one of them begins a row, and all before it only adds to the cost.
        dear = if choice.0 >= most { dear + 1 } else { 0 };
        if dear > MAX_WIDTH + 1 && most < u32::MAX {
            return (u32::MAX, Vec::new());
        }
    }
    (best.first().map_or(0, |b| b.0), rows(cells.count, &best))
}

/// The cheapest row that begins at cell `i` with all behind it, and where that row ends; its stops begin at `first`.
/// `least`: what any row leaves behind it at least.
fn cheapest(
    cells: &Cells,
    i: usize,
    first: usize,
    width: usize,
    (best, least): (&[(u32, usize)], u32),
) -> (u32, usize) {
    let mut choice = (u32::MAX, cells.count);
    for (holes, &end) in (0u32..).zip(cells.stops.get(first..).unwrap_or(&[])) {
        if end == i {
            continue;
        }
        if end > i + MAX_WIDTH {
            break;
        }
        let alone = cost(end - i, width, holes);
        let dear = alone.saturating_add(least) >= choice.0;
        // Once a longer row costs as much as the best one, so do all longer ones.
        if dear && end > i + width {
            break;
        }
        if dear && end < i + width {
            continue;
        }
        let rest = cost_from(best, end + 1);
        let cost = rest.saturating_add(alone);
        if cost < choice.0 {
            choice = (cost, end);
        }
    }
    choice
}

/// The least cost of parting the cells from one onwards.
fn cost_from(best: &[(u32, usize)], i: usize) -> u32 {
    best.get(i).map_or(0, |b| b.0)
}

/// What a row costs: shorter ones (a heading whose cells span columns) and longer ones do, the more so with holes in them.
fn cost(cells: usize, width: usize, holes: u32) -> u32 {
    match cells.cmp(&width) {
        Ordering::Equal => 0,
        Ordering::Less => 2 + 2 * holes,
        Ordering::Greater => 3 + holes + (cells - width) as u32,
    }
}

/// The rows of the cheapest way.
fn rows(count: usize, best: &[(u32, usize)]) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let mut at = 0;
    while at < count {
        let end = best.get(at).map_or(count, |b| b.1).max(at + 1);
        rows.push(at..end);
        at = end + 1;
    }
    rows
}
