//! Which files hold the same content, and which nearly the same text.
//!
//! The same content is known by its id. Nearly the same text is known by the sketches: files that agree in one band of
//! four places are compared whole, so that a hundred thousand files take a second and not a day.

use rustc_hash::FxHashMap;

use super::Line;
use crate::words::sketch::{self, PLACES, Sketch};

/// Places of a band.
const BAND: usize = 4;
/// From this likeness on two texts are nearly the same.
const NEARLY: f64 = 0.85;
/// Most groups that one band is compared with: texts that share one band and nothing else are few.
const MOST: usize = 64;

/// Files that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Numbers of the lines, the first in the order of the paths before the others.
    pub lines: Vec<usize>,
    /// Likeness of each to the first, 0 to 1; 1 where the content is the same.
    pub likeness: Vec<f64>,
}

/// The groups of files with the same content, in the order of their first paths.
pub(super) fn same(lines: &[Line]) -> Vec<Group> {
    let mut groups: FxHashMap<&str, usize> = FxHashMap::default();
    let mut found: Vec<Group> = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let Some(id) = line.id.as_deref() else { continue };
        let at = *groups.entry(id).or_insert_with(|| {
            found.push(Group { lines: Vec::new(), likeness: Vec::new() });
            found.len() - 1
        });
        if let Some(group) = found.get_mut(at) {
            group.lines.push(n);
            group.likeness.push(1.0);
        }
    }
    found.retain(|group| group.lines.len() > 1);
    found
}

/// The groups of files with nearly the same text, each content once, in the order of their first paths.
pub(super) fn nearly(lines: &[Line]) -> Vec<Group> {
    let mut contents = rustc_hash::FxHashSet::default();
    let mut bands: FxHashMap<(usize, [u16; BAND]), Vec<usize>> = FxHashMap::default();
    let mut firsts: Vec<(Sketch, Group)> = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let Some(own) = line.sketch.as_deref().and_then(sketch::read) else { continue };
        if line.id.as_deref().is_some_and(|id| !contents.insert(id)) {
            continue;
        }
        let keys = || own.as_chunks::<BAND>().0.iter().copied().enumerate().filter(|(_, b)| *b != [0; BAND]);
        let mut known: Vec<usize> = keys().filter_map(|key| bands.get(&key)).flatten().copied().collect();
        known.sort_unstable();
        known.dedup();
        let like = |at: &usize| {
            let likeness = sketch::likeness(&firsts.get(*at)?.0, &own)?;
            (likeness >= NEARLY).then_some((*at, likeness))
        };
        // The likest, of equals the first.
        let best = known.iter().filter_map(like).reduce(|a, b| if b.1 > a.1 { b } else { a });
        match best {
            Some((at, likeness)) => {
                if let Some((_, group)) = firsts.get_mut(at) {
                    group.lines.push(n);
                    group.likeness.push(likeness);
                }
            }
            None => {
                for key in keys() {
                    let of_band = bands.entry(key).or_default();
                    if of_band.len() < MOST {
                        of_band.push(firsts.len());
                    }
                }
                firsts.push((own, Group { lines: vec![n], likeness: vec![1.0] }));
            }
        }
    }
    firsts.into_iter().map(|(_, group)| group).filter(|group| group.lines.len() > 1).collect()
}

const _: () = assert!(PLACES.is_multiple_of(BAND));
