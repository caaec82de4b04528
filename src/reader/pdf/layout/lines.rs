//! PDF layout: runs of glyphs to lines, by their baselines.

use super::super::font::{Font, Fonts, RAW};
use super::super::scene::{Glyph, Run, Scene};
use super::overlap::{self, Fate};

/// Baselines nearer than this share of the size belong to one line.
const SAME_LINE: f32 = 0.33;

/// Most raised marks of one line.
const MAX_MARKS: usize = 32;

/// Runs on one baseline.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) runs: Vec<Run>,
    /// Baseline and size of its widest run.
    pub(super) y: f32,
    pub(super) size: f32,
    /// Whether it stands in a two-column zone, whose lines are not in order from top to bottom.
    pub(super) in_columns: bool,
}

impl Line {
    /// A line of runs that are known to belong together.
    pub(super) fn of(runs: Vec<Run>) -> Self {
        let widest = runs.iter().max_by(|a, b| (a.x1 - a.x0).total_cmp(&(b.x1 - b.x0)));
        let (y, size) = widest.map_or((0.0, 1.0), |run| (run.y, run.size));
        Self { runs, y, size, in_columns: false }
    }

    pub(super) fn x0(&self) -> f32 {
        self.runs.iter().map(|run| run.x0).fold(f32::MAX, f32::min)
    }

    pub(super) fn x1(&self) -> f32 {
        self.runs.iter().map(|run| run.x1).fold(f32::MIN, f32::max)
    }
}

/// Gathers runs into lines, from top to bottom.
pub(super) fn cluster(mut runs: Vec<Run>) -> Vec<Line> {
    runs.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut lines: Vec<Line> = Vec::new();
    let mut open: Vec<Run> = Vec::new();
    let (mut y, mut size) = (f32::MAX, 0.0f32);
    for run in runs {
        let far = y - run.y > SAME_LINE * size.max(run.size);
        if !open.is_empty() && (far || open.iter().rev().take(64).any(|other| is_under(&run, other))) {
            lines.push(Line::of(std::mem::take(&mut open)));
        }
        if open.is_empty() || run.size > 1.05 * size {
            (y, size) = (run.y, run.size);
        }
        open.push(run);
    }
    if !open.is_empty() {
        lines.push(Line::of(open));
    }
    join_raised(lines)
}

/// Whether a run lies under another rather than beside it: tightly set lines beside a column of larger letters.
fn is_under(run: &Run, other: &Run) -> bool {
    let size = run.size.min(other.size);
    run.size.max(other.size) < 1.25 * size
        && other.y - run.y > 0.12 * size
        && run.x1.min(other.x1) - run.x0.max(other.x0) > 0.8 * size
}

/// Footnote marks raised higher than the tolerance form a line of their own above: they join the line below.
fn join_raised(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        if let Some(above) = out.last()
            && above.runs.len() <= MAX_MARKS
            && above.size <= 0.8 * line.size
            && above.y - line.y <= 0.6 * line.size
            && above.runs.iter().all(|mark| touches(mark, &line))
            && let Some(above) = out.pop()
        {
            let mut runs = above.runs;
            runs.extend(line.runs);
            out.push(Line::of(runs));
        } else {
            out.push(line);
        }
    }
    out
}

/// Whether a raised run stands right beside a run of the line, or in a gap of it.
fn touches(mark: &Run, line: &Line) -> bool {
    let reach = 0.5 * line.size;
    mark.x1 - mark.x0 < 4.0 * line.size
        && line.runs.iter().any(|run| mark.x0 < run.x1 + reach && mark.x1 > run.x0 - reach)
}

/// One glyph with what its run says about it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    pub(super) glyph: Glyph,
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) stamped: bool,
    /// The run it belongs to.
    pub(super) run: u32,
    /// It begins a string that lay over the one before.
    pub(super) apart: bool,
    /// Where it stands in the line.
    key: f32,
}

/// The glyphs of some runs from left to right, into `out`, which is cleared first.
pub(super) fn place(scene: &Scene, runs: &[Run], out: &mut Vec<Placed>) {
    out.clear();
    add(scene, runs, &[], out);
    if out.is_sorted_by(|a, b| a.glyph.x0 <= b.glyph.x0) {
        return;
    }
    let mut drawn = runs.to_vec();
    drawn.sort_by_key(|run| run.start);
    let fates = overlap::settle(scene, &drawn);
    if fates.iter().any(|fate| *fate != Fate::Stays) {
        out.clear();
        add(scene, &drawn, &fates, out);
    }
    out.sort_by(|a, b| a.key.total_cmp(&b.key));
}

/// Adds the glyphs of runs; what lies behind another run keeps its order there.
fn add(scene: &Scene, runs: &[Run], fates: &[Fate], out: &mut Vec<Placed>) {
    for (n, run) in runs.iter().enumerate() {
        let fate = fates.get(n).copied().unwrap_or(Fate::Stays);
        if fate == Fate::Copy {
            continue;
        }
        let mut reach = if let Fate::Behind(_, to) = fate { to } else { 0.0 };
        for (i, glyph) in scene.glyphs_of(run).iter().enumerate() {
            let middle = (glyph.x0 + glyph.x1) / 2.0;
            if matches!(fate, Fate::Under(from, to) if from < middle && middle < to) {
                continue;
            }
            let (key, apart) = match fate {
                Fate::Behind(from, to) if glyph.x0 < reach => {
                    // To the end of its own string, which may run on further.
                    reach = reach.max(glyph.x1 + 0.5 * run.size);
                    (to + (glyph.x0 - from) * 1e-4, i == 0)
                }
                _ => (glyph.x0, false),
            };
            out.push(Placed {
                glyph: *glyph,
                y: run.y,
                size: run.size,
                stamped: run.stamp != 0,
                run: run.start,
                apart,
                key,
            });
        }
    }
}

/// Cuts the runs at a vertical line: what has its middle to the left of `x`, and the rest.
pub(super) fn cut(scene: &Scene, runs: &[Run], x: f32) -> (Vec<Run>, Vec<Run>) {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for run in runs {
        if run.x1 <= x {
            left.push(*run);
        } else if run.x0 >= x {
            right.push(*run);
        } else {
            let glyphs = scene.glyphs_of(run);
            let at = glyphs.partition_point(|g| (g.x0 + g.x1) / 2.0 < x);
            let middle = run.start + at as u32;
            left.extend(part(scene, run, run.start, middle));
            right.extend(part(scene, run, middle, run.end));
        }
    }
    (left, right)
}

/// A part of a run; `None` where it is empty.
pub(super) fn part(scene: &Scene, run: &Run, start: u32, end: u32) -> Option<Run> {
    let glyphs = scene.glyphs.get(start as usize..end as usize)?;
    let (first, last) = (glyphs.first()?, glyphs.last()?);
    Some(Run { start, end, x0: first.x0, x1: last.x1, ..*run })
}

/// Whether a value is white space.
pub(in super::super) fn is_space(value: u32) -> bool {
    matches!(value, 0x20 | 0xA0 | 9 | 0x2000..=0x200A | 0x202F | 0x3000)
}

/// The text of a glyph: a character, a ligature's string, or U+FFFD where nothing maps its code.
pub(super) fn text_of<'a>(fonts: &'a Fonts, glyph: &Glyph, buffer: &'a mut [u8; 4]) -> &'a str {
    if glyph.value >= RAW {
        let strings = fonts.list.get(usize::from(glyph.font)).map(|font: &Font| &font.strings);
        let index = (glyph.value as usize).wrapping_sub(super::super::cmap::STRING as usize);
        return strings.and_then(|s| s.get(index)).map_or("\u{FFFD}", |s| s);
    }
    char::from_u32(glyph.value).unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(buffer)
}
