//! PDF layout: strings that lie over one another on a line.
//!
//! In: the runs of a line. Out: what becomes of each: a copy drawn for a bold look or a shadow goes, a string that runs
//! under the next one ("Tổng số hộ nghèo theo chuẩn…" under "1.250") is written whole before it, letters never mixed.

use super::super::scene::{Glyph, Run, Scene};
use super::lines::is_space;

/// Most other runs that one is compared with.
const MOST_OTHERS: usize = 64;
/// Two glyphs lie over one another where they share more than this of the narrower one.
const SHARED: f32 = 0.4;
/// A copy lies no further than this from its original, in sizes.
const COPY: f32 = 0.3;

/// A run so much larger than one that it is written across is a watermark.
const BACKDROP: f32 = 2.5;
/// Most such runs of a page.
const MOST_BACKDROPS: usize = 64;

/// Takes out the large words that are written across lines of text ("DỰ THẢO" over a draft).
pub(super) fn take_backdrops(runs: &mut Vec<Run>) -> Vec<Run> {
    let smallest = runs.iter().map(|r| r.size).fold(f32::MAX, f32::min);
    let large = runs.iter().filter(|r| r.size >= BACKDROP * smallest && r.stamp == 0);
    let large: Vec<Run> = large.take(MOST_BACKDROPS).copied().collect();
    let across = |big: &Run, run: &Run| {
        run.size * BACKDROP <= big.size
            && run.y > big.y - 0.2 * big.size
            && run.y < big.y + 0.7 * big.size
            && run.x1.min(big.x1) - run.x0.max(big.x0) > 2.0 * run.size
    };
    let found: Vec<Run> = large.into_iter().filter(|big| runs.iter().any(|run| across(big, run))).collect();
    runs.retain(|run| !found.iter().any(|big| big.start == run.start));
    found
}

/// What becomes of a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Fate {
    /// It stays where it is.
    Stays,
    /// It is a copy.
    Copy,
    /// It is written behind a run that begins further left and reaches under it: where that begins and ends.
    Behind(f32, f32),
    /// A later figure is written over its own between these edges: "1.300" over the "1.250" of a form.
    Under(f32, f32),
}

/// The fate of each run of a line.
pub(super) fn settle(scene: &Scene, runs: &[Run]) -> Vec<Fate> {
    let mut fates = vec![Fate::Stays; runs.len()];
    for (n, run) in runs.iter().enumerate() {
        let own = visible(scene, run).count();
        let mut copied = 0;
        let from = n.saturating_sub(MOST_OTHERS);
        for (k, other) in runs.iter().enumerate().take(n).skip(from) {
            if fates.get(k) == Some(&Fate::Copy) || !meets(run, other) {
                continue;
            }
            let (hits, same) = overlaps(scene, run, other);
            copied += same;
            if hits > 0 && same < hits && is_corrected(scene, run, other) {
                if let Some(fate) = fates.get_mut(k) {
                    *fate = Fate::Under(run.x0, run.x1);
                }
                continue;
            }
            let inside = |a: &Run, b: &Run| visible(scene, a).filter(|g| g.x1 > b.x0 && g.x0 < b.x1).count();
            let fewest = inside(run, other).min(inside(other, run));
            if hits < 2 || hits * 2 < fewest || same * 2 > hits || run.stamp != other.stamp {
                continue;
            }
            let (index, first, second) = if other.x0 <= run.x0 { (n, other, run) } else { (k, run, other) };
            if let Some(fate) = fates.get_mut(index) {
                *fate = Fate::Behind(first.x0, string_end(scene, first, second.x0));
            }
        }
        if own > 0
            && copied * 5 >= own * 4
            && let Some(fate) = fates.get_mut(n)
        {
            *fate = Fate::Copy;
        }
    }
    fates
}

/// Whether two runs of one size have a stretch of the line in common.
fn meets(a: &Run, b: &Run) -> bool {
    let size = a.size.min(b.size);
    a.x0 < b.x1 && b.x0 < a.x1 && a.size.max(b.size) < 1.25 * size && (a.y - b.y).abs() < COPY * size
}

fn visible<'s>(scene: &'s Scene, run: &Run) -> impl Iterator<Item = &'s Glyph> + Clone {
    scene.glyphs_of(run).iter().filter(|g| !is_space(g.value) && !is_leader(g) && g.x1 > g.x0)
}

/// The dots and lines of a blank: what is written on them lies over them.
pub(super) fn is_leader(glyph: &Glyph) -> bool {
    matches!(char::from_u32(glyph.value), Some('.' | '…' | '_'))
}

/// The end of the string of a run that lies at `x`; a run may hold several with wide gaps between.
fn string_end(scene: &Scene, run: &Run, x: f32) -> f32 {
    let mut end = run.x0;
    for glyph in scene.glyphs_of(run) {
        if end > x && glyph.x0 > end + run.size {
            break;
        }
        end = end.max(glyph.x1);
    }
    end
}

/// Whether a run of digits lies over as many digits of an earlier run, which it replaces.
fn is_corrected(scene: &Scene, run: &Run, earlier: &Run) -> bool {
    let is_digit = |g: &Glyph| (u32::from('0')..=u32::from('9')).contains(&g.value);
    let covered = visible(scene, earlier).filter(|g| {
        let middle = (g.x0 + g.x1) / 2.0;
        run.x0 < middle && middle < run.x1
    });
    let under: Vec<&Glyph> = covered.collect();
    let over = visible(scene, run).count();
    run.stamp == earlier.stamp
        && earlier.x0 <= run.x0 + COPY * run.size
        && run.x1 <= earlier.x1 + COPY * run.size
        && visible(scene, run).all(is_digit)
        && !under.is_empty()
        && under.len().abs_diff(over) <= 1
        && under.iter().all(|g| is_digit(g))
}

/// How many glyphs of a run lie over one of another, and how many of them show the same.
fn overlaps(scene: &Scene, run: &Run, other: &Run) -> (usize, usize) {
    let (mut hits, mut same) = (0, 0);
    let mut under = visible(scene, other).peekable();
    for glyph in visible(scene, run) {
        while under.next_if(|u| u.x1 <= glyph.x0).is_some() {}
        let mut rest = under.clone().take_while(|u| u.x0 < glyph.x1);
        let near = |u: &Glyph| {
            let width = (u.x1 - u.x0).min(glyph.x1 - glyph.x0);
            u.x1.min(glyph.x1) - u.x0.max(glyph.x0) > SHARED * width
        };
        let is_copy = |u: &Glyph| u.value == glyph.value && (u.x0 - glyph.x0).abs() < COPY * run.size;
        let (mut hit, mut copy) = (false, false);
        for u in rest.by_ref().take(4).filter(|u| near(u)) {
            hit = true;
            copy |= is_copy(u);
        }
        hits += usize::from(hit);
        same += usize::from(copy);
    }
    (hits, same)
}
