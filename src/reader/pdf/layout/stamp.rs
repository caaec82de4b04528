//! PDF layout: text of annotation appearances.
//!
//! A single short line ("350", "19") belongs into the line it was stamped on. An appearance of several lines ("Người
//! ký: … / Ngày ký: …") is a block of its own that must not mix with the lines beside it.

use super::super::scene::{Run, Scene};
use super::lines::{Line, cluster, is_space};

/// Longest stamp, in glyphs, that is read into the line it lies on.
const LONGEST_INLINE: u32 = 40;

/// The text of one annotation.
#[derive(Debug)]
pub(super) struct Stamp {
    lines: Vec<Line>,
}

impl Stamp {
    fn is_inline(&self) -> bool {
        let glyphs: u32 = self.lines.iter().flat_map(|l| &l.runs).map(|run| run.end - run.start).sum();
        self.lines.len() == 1 && glyphs <= LONGEST_INLINE
    }
}

/// Takes the stamped runs out of `runs`, grouped by annotation.
pub(super) fn take(runs: &mut Vec<Run>) -> Vec<Stamp> {
    if runs.iter().all(|run| run.stamp == 0) {
        return Vec::new();
    }
    let (mut stamped, plain): (Vec<Run>, Vec<Run>) = runs.drain(..).partition(|run| run.stamp != 0);
    *runs = plain;
    stamped.sort_by_key(|run| run.stamp);
    stamped
        .chunk_by(|a, b| a.stamp == b.stamp)
        .map(|group| Stamp { lines: cluster(group.to_vec()) })
        .collect()
}

/// The runs of stamps that belong into lines.
pub(super) fn inline_runs(stamps: &[Stamp]) -> Vec<Run> {
    stamps
        .iter()
        .filter(|s| s.is_inline())
        .flat_map(|s| &s.lines)
        .flat_map(|l| l.runs.iter().copied())
        .collect()
}

/// The lines of stamps that stand for themselves.
pub(super) fn blocks(stamps: &[Stamp]) -> Vec<Vec<Line>> {
    stamps.iter().filter(|s| !s.is_inline()).map(|s| s.lines.clone()).collect()
}

/// Puts each stamped run into the line whose baseline is nearest, or makes a line of it.
pub(super) fn attach(lines: &mut Vec<Line>, stamped: Vec<Run>) {
    let mut alone = Vec::new();
    for run in stamped {
        let nearest = lines
            .iter_mut()
            .filter(|line| (line.y - run.y).abs() <= 0.6 * line.size.max(run.size))
            .min_by(|a, b| (a.y - run.y).abs().total_cmp(&(b.y - run.y).abs()));
        match nearest {
            Some(line) => line.runs.push(run),
            None => alone.push(run),
        }
    }
    for line in cluster(alone) {
        let at = lines.iter().position(|l| l.y < line.y).unwrap_or(lines.len());
        lines.insert(at, line);
    }
}

/// The mark of stamps that a later program has printed into the page itself.
const PRINTED: u16 = u16::MAX;

/// Puts a lone number into the blank of the line it was printed over ("1105" a little above "Số:      /KH-UBND").
pub(super) fn attach_printed(scene: &Scene, lines: &mut Vec<Line>) {
    let is_number = |line: &Line| {
        let glyphs: u32 = line.runs.iter().map(|run| run.end - run.start).sum();
        let digits = |run: &Run| {
            scene.glyphs_of(run).iter().all(|g| is_space(g.value) || (0x30..0x3A).contains(&g.value))
        };
        glyphs <= 6 && line.runs.iter().all(digits)
    };
    let mut at = 0;
    while at < lines.len() {
        let Some(number) = lines.get(at).filter(|line| is_number(line)).cloned() else {
            at += 1;
            continue;
        };
        let (x0, x1) = (number.x0(), number.x1());
        let hosts = [at.checked_sub(1), Some(at + 1)];
        let host = hosts
            .into_iter()
            .flatten()
            .find(|i| lines.get(*i).is_some_and(|line| fits(scene, line, &number, x0, x1)));
        match host {
            Some(host) => {
                lines.remove(at);
                let host = if host > at { host - 1 } else { host };
                if let Some(line) = lines.get_mut(host) {
                    line.runs.extend(number.runs.iter().map(|run| Run { stamp: PRINTED, ..*run }));
                }
            }
            None => at += 1,
        }
    }
}

/// Whether the number lies in a blank of the line, with text on both sides.
fn fits(scene: &Scene, line: &Line, number: &Line, x0: f32, x1: f32) -> bool {
    if (line.y - number.y).abs() > 0.75 * line.size.max(number.size) {
        return false;
    }
    let (mut left, mut right) = (f32::MIN, f32::MAX);
    let slack = 0.2 * line.size;
    for glyph in line.runs.iter().flat_map(|run| scene.glyphs_of(run)).filter(|g| !is_space(g.value)) {
        if glyph.x1 <= x0 + slack {
            left = left.max(glyph.x1);
        } else if glyph.x0 >= x1 - slack {
            right = right.min(glyph.x0);
        } else {
            return false;
        }
    }
    x0 - left < 3.0 * line.size && right - x1 < 3.0 * line.size
}
