//! Scans: pages that lie on their side or upside down.
//!
//! In: what recognition read off a page as it lies. Out: the quarter turns that may set it upright, and whether what was
//! read after such a turn is better. A page on its side shows by words that are higher than wide, one upside down by
//! words of which recognition is hardly ever sure; all others are read once and never turned.

use super::words::{Page, Word};

/// So many characters make a word that is wider than high when it is upright.
const LONG: usize = 4;
/// So many long words tell something of a page.
const FEW: usize = 8;
/// From here on a word is surely read: upside down one of ten is, upright three of four.
const SURE: u8 = 80;
/// Of so many long words fewer than one is surely read on a page that lies wrong.
const WRONG: usize = 4;

/// What the long words of a page say of how it lies.
#[derive(Debug, Clone, Copy)]
struct Signs {
    words: usize,
    sure: usize,
    tall: usize,
}

impl Signs {
    fn of(page: &Page) -> Self {
        let is_long = |w: &&Word| w.text.chars().filter(|c| c.is_alphanumeric()).nth(LONG - 1).is_some();
        let long = || page.words().filter(is_long);
        Self {
            words: long().count(),
            sure: long().filter(|w| w.confidence >= SURE).count(),
            tall: long().filter(|w| w.height() > w.right - w.left).count(),
        }
    }

    fn is_sideways(self) -> bool {
        self.tall * 2 > self.words
    }

    fn is_wrong(self) -> bool {
        self.sure * WRONG < self.words
    }
}

/// The quarter turns clockwise that may set a page upright, the likeliest first; none for a page that stands so.
pub(super) fn turns(page: &Page) -> &'static [u8] {
    let signs = Signs::of(page);
    match (signs.is_sideways(), signs.is_wrong()) {
        _ if signs.words < FEW => &[],
        // Recognition takes writing on its side for one that runs down the page.
        (true, false) => &[3, 1],
        (true, true) => &[1, 3],
        (false, true) => &[2],
        (false, false) => &[],
    }
}

/// Whether a page reads better turned.
pub(super) fn is_better(first: &Page, turned: &Page) -> bool {
    let (first, turned) = (Signs::of(first), Signs::of(turned));
    let is_upright = turned.words >= FEW && !turned.is_sideways() && !turned.is_wrong();
    // What was read off a page on its side is well read at times, and only its places make no lines.
    let is_clear = if first.is_wrong() {
        turned.sure >= 2 * first.sure
    } else {
        first.is_sideways() && turned.sure * 10 >= first.sure * 8
    };
    is_upright && is_clear
}

/// The quarter turns clockwise that make the words of a page follow each other from left to right.
pub(super) fn by_order(page: &Page) -> u8 {
    let middle = |w: &Word| ((w.left + w.right) / 2.0, (w.top + w.bottom) / 2.0);
    let ends = page.lines.iter().filter_map(|line| Some((middle(line.first()?), middle(line.last()?))));
    let (across, down) =
        ends.fold((0.0, 0.0), |(x, y), (first, last)| (x + last.0 - first.0, y + last.1 - first.1));
    match (down.abs() > across.abs(), across < 0.0, down < 0.0) {
        (true, _, true) => 1,
        (false, true, _) => 2,
        (true, _, false) => 3,
        (false, false, _) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of lines of words of a width and a height, one after the other in a direction.
    fn page(confidence: u8, (width, height): (f32, f32), step: (f32, f32)) -> Page {
        let word = |line: usize, n: usize| {
            let (left, top) = (1000.0 + step.0 * n as f32, 1000.0 + step.1 * n as f32 + 60.0 * line as f32);
            let text = "abcde".to_owned();
            Word { left, right: left + width, top, bottom: top + height, confidence, text, ..Word::default() }
        };
        let lines = (0..4).map(|line| (0..6).map(|n| word(line, n)).collect()).collect();
        Page { width: 2000.0, height: 2000.0, dpi: 250.0, lines, turn: 0 }
    }

    #[test]
    fn a_page_that_reads_well_is_never_turned() {
        let upright = page(90, (100.0, 40.0), (120.0, 0.0));
        assert_eq!(turns(&upright), [] as [u8; 0]);
        assert!(!is_better(&upright, &page(99, (100.0, 40.0), (120.0, 0.0))));
        let mut few = page(0, (40.0, 100.0), (0.0, 120.0));
        few.lines.truncate(1);
        assert_eq!(turns(&few), [] as [u8; 0], "six words tell nothing");
    }

    #[test]
    fn a_page_on_its_side_shows_by_tall_words_and_one_upside_down_by_doubt() {
        let (down, junk) = (page(90, (40.0, 100.0), (0.0, 120.0)), page(30, (40.0, 100.0), (0.0, 120.0)));
        let (upside, upright) =
            (page(30, (100.0, 40.0), (120.0, 0.0)), page(90, (100.0, 40.0), (120.0, 0.0)));
        assert_eq!((turns(&down), turns(&junk)), (&[3, 1][..], &[1, 3][..]));
        assert_eq!(turns(&upside), [2]);
        for first in [&down, &junk, &upside] {
            assert!(is_better(first, &upright));
            assert!(!is_better(first, &junk) && !is_better(first, &upside) && !is_better(first, &down));
        }
    }

    #[test]
    fn the_order_of_the_words_tells_how_a_page_lies() {
        for (step, turn) in [((120.0, 0.0), 0), ((0.0, -120.0), 1), ((-120.0, 0.0), 2), ((0.0, 120.0), 3)] {
            let lying = page(90, (60.0, 60.0), step);
            assert_eq!(by_order(&lying), turn);
            assert_eq!(by_order(&lying.turned(turn)), 0);
        }
    }
}
