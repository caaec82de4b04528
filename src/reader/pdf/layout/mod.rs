//! PDF, step 4: a page's [`Scene`] to text in reading order.
//!
//! Baselines become lines (`lines`), ruling lines become tables (`table`), the two columns of letterhead and closing are
//! read one after the other (`columns`), stamped blocks stand where they are on the page. `write` puts it all into the text.

mod columns;
mod gaps;
mod lines;
mod notes;
mod overlap;
mod stamp;
mod table;
mod write;

use super::font::Fonts;
use super::scene::{Rule, Run, Scene, Turn, turned};
use lines::Line;
pub(super) use lines::is_space;
pub(super) use write::Writer;

/// What stands on a page, in reading order.
#[derive(Debug)]
enum Block {
    /// One line of text.
    Line(Line),
    /// A table drawn with ruling lines.
    Table(table::RuledTable),
}

impl Block {
    /// Where the block begins, for the order from top to bottom.
    fn top(&self) -> f32 {
        match self {
            Self::Line(line) => line.y + 0.7 * line.size,
            Self::Table(table) => table.top,
        }
    }
}

/// Lays out one page and writes it.
pub(super) fn page(scene: &Scene, fonts: &Fonts, writer: &mut Writer) {
    let main = main_turn(scene);
    let mut blocks = Vec::new();
    for step in 0..4 {
        let turn = (main + step) % 4;
        let runs: Vec<Run> = scene.runs.iter().filter(|run| run.turn == turn).copied().collect();
        if runs.is_empty() {
            continue;
        }
        let rules = if step == 0 { turned_rules(scene, turn) } else { Vec::new() };
        blocks.extend(one_turn(scene, fonts, runs, &rules));
    }
    writer.page(scene, fonts, &blocks);
}

/// The direction in which most glyphs of the page are written.
fn main_turn(scene: &Scene) -> Turn {
    let mut count = [0usize; 4];
    for run in &scene.runs {
        if let Some(c) = count.get_mut(usize::from(run.turn)) {
            *c += (run.end - run.start) as usize;
        }
    }
    // On a tie the upright direction wins.
    (0..4u8).rev().max_by_key(|turn| count.get(usize::from(*turn)).copied().unwrap_or(0)).unwrap_or(0)
}

/// The ruling lines in the coordinates of a turn.
fn turned_rules(scene: &Scene, turn: Turn) -> Vec<Rule> {
    scene
        .rules
        .iter()
        .map(|rule| {
            let ends = if rule.horizontal {
                [(rule.from, rule.at), (rule.to, rule.at)]
            } else {
                [(rule.at, rule.from), (rule.at, rule.to)]
            };
            let [(x0, y0), (x1, y1)] = ends.map(|(x, y)| turned(turn, x, y));
            let horizontal = rule.horizontal == turn.is_multiple_of(2);
            if horizontal {
                Rule { horizontal, at: y0, from: x0.min(x1), to: x0.max(x1) }
            } else {
                Rule { horizontal, at: x0, from: y0.min(y1), to: y0.max(y1) }
            }
        })
        .collect()
}

/// The blocks of all runs that share one direction, from top to bottom.
fn one_turn(scene: &Scene, fonts: &Fonts, mut runs: Vec<Run>, rules: &[Rule]) -> Vec<Block> {
    let backdrops = overlap::take_backdrops(&mut runs);
    let stamps = stamp::take(&mut runs);
    let grids = table::grids(rules);
    let mut tables = Vec::new();
    if !grids.is_empty() {
        let mut inline = stamp::inline_runs(&stamps);
        runs.append(&mut inline);
        for grid in grids {
            if let Some(table) = table::fill(scene, fonts, grid, &mut runs) {
                tables.push(table);
            }
        }
    } else {
        runs.extend(stamp::inline_runs(&stamps));
    }
    let (stamped, plain): (Vec<Run>, Vec<Run>) = runs.into_iter().partition(|run| run.stamp != 0);
    let mut lines = lines::cluster(plain);
    stamp::attach(&mut lines, stamped);
    stamp::attach_printed(scene, &mut lines);
    let lines = columns::split(scene, fonts, lines);

    let mut blocks: Vec<Block> = lines.into_iter().map(Block::Line).collect();
    for table in tables {
        // Before the first line below it; a zone of two columns counts as one.
        let above = |b: &Block| b.top() >= table.top;
        let at = blocks.iter().rposition(above).map_or(0, |last| last + 1);
        blocks.insert(at, Block::Table(table));
    }
    for lines in stamp::blocks(&stamps) {
        let Some(top) = lines.first().map(|line| line.y) else { continue };
        let at = blocks.iter().rposition(|b| b.top() >= top).map_or(0, |last| last + 1);
        // A zone of two columns is not torn apart.
        let in_columns = |b: &Block| matches!(b, Block::Line(l) if l.in_columns);
        let rest = blocks.get(at..).unwrap_or_default();
        let at = at + rest.iter().take_while(|b| in_columns(b)).count();
        blocks.splice(at..at, lines.into_iter().map(Block::Line));
    }
    blocks.extend(lines::cluster(backdrops).into_iter().map(Block::Line));
    blocks
}
