//! PDF layout: text of annotation appearances.
//!
//! A single short line ("350", "19") belongs into the line it was stamped on. An appearance of several lines ("Người
//! ký: … / Ngày ký: …") is a block of its own that must not mix with the lines beside it.

use super::super::scene::Run;
use super::lines::{Line, cluster};

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
