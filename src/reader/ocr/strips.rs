//! Scans: which parts of a page deserve a second look.
//!
//! In: the picture of a page and what the first look found. Out: strips: lines that hold figures, lines with words that
//! recognition could make nothing of, stretches of letters that it passed over, and what looks like a page number.

use super::raster::Gray;
use super::specks;
use super::words::{Page, Word};

/// Dots that a strip reaches beyond its words.
const MARGIN: f32 = 7.0;
/// Most stretches that are looked at for letters passed over.
const MOST_LOST: usize = 16;
/// Most lines that are looked at for words that are none.
const MOST_GARBLED: usize = 6;
/// Below this, recognition could make nothing of a word; below the other of one that is too high for its line.
const NOTHING: u8 = 25;
const TALL_FROM: u8 = 80;
/// So many times higher than the letters of the page is more than one line.
pub(super) const TALL: f32 = 1.5;
/// So many times higher is no word of two lines that touch.
const HIGHEST: f32 = 2.2;
/// Words of one line are at most so many times the height of letters apart.
pub(super) const WIDE: f32 = 2.5;
/// Cells an inch that are looked at for letters.
const CELLS: f32 = 20.0;
/// Page numbers stand in this share of a page at its top and bottom, and of its width about its middle.
const EDGE: f32 = 0.12;
const MIDDLE: f32 = 0.1;

/// Why a part of the page is read once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It holds figures.
    Figures,
    /// The first look could make nothing of some words.
    Garbled,
    /// The first look passed over it.
    Lost,
    /// The first look passed over it, and it may be the number of the page.
    Number,
}

/// A part of the page to read once more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Strip {
    pub(super) left: usize,
    pub(super) right: usize,
    pub(super) top: usize,
    pub(super) bottom: usize,
    pub(super) kind: Kind,
}

impl Strip {
    /// About some words.
    fn about<'w>(words: impl IntoIterator<Item = &'w Word>, gray: &Gray, kind: Kind) -> Self {
        let start = (f32::MAX, 0.0_f32, f32::MAX, 0.0_f32);
        let (left, right, top, bottom) = words
            .into_iter()
            .fold(start, |b, w| (b.0.min(w.left), b.1.max(w.right), b.2.min(w.top), b.3.max(w.bottom)));
        let clip = |value: f32, most: usize| (value.max(0.0) as usize).min(most);
        Self {
            left: clip(left - 2.0 * MARGIN, gray.width),
            right: clip(right + 2.0 * MARGIN, gray.width),
            top: clip(top - MARGIN, gray.height),
            bottom: clip(bottom + MARGIN, gray.height),
            kind,
        }
    }

    /// Whether the middle of a word lies in it.
    pub(super) fn holds(&self, word: &Word) -> bool {
        let (x, y) = ((word.left + word.right) / 2.0, (word.top + word.bottom) / 2.0);
        (self.left as f32..self.right as f32).contains(&x)
            && (self.top as f32..self.bottom as f32).contains(&y)
    }
}

/// The parts of a page to read once more.
pub(super) fn of(gray: &Gray, page: &Page) -> Vec<Strip> {
    let figures = page.lines.iter().filter(|line| line.iter().any(Word::has_digit));
    let mut strips: Vec<Strip> = figures.map(|line| Strip::about(line, gray, Kind::Figures)).collect();
    let garbled = garbled(gray, page);
    strips.extend(lost(gray, page, &garbled));
    strips.extend(garbled);
    strips.retain(|s| s.left < s.right && s.top < s.bottom);
    strips
}

/// Whether recognition could make nothing of a word.
pub(super) fn is_garbled(word: &Word, typical: f32) -> bool {
    word.confidence < NOTHING && word.text.contains(char::is_alphanumeric)
        || word.confidence < TALL_FROM && word.height() > TALL * typical
}

/// Lines with words that are none: all words at the height of such a word that stand no wide gap apart.
fn garbled(gray: &Gray, page: &Page) -> Vec<Strip> {
    let typical = specks::typical(page);
    let is_line = |word: &&Word| word.height() > 0.5 * typical && word.height() < HIGHEST * typical;
    let mut strips: Vec<Strip> = Vec::new();
    for word in page.words().filter(is_line).filter(|word| is_garbled(word, typical)) {
        if strips.iter().any(|strip| strip.holds(word)) {
            continue;
        }
        let share = |w: &Word| {
            (w.bottom.min(word.bottom) - w.top.max(word.top)) / w.height().min(word.height()).max(1.0)
        };
        let mut level: Vec<&Word> =
            page.words().filter(|w| w.height() < HIGHEST * typical).filter(|w| share(w) > 0.5).collect();
        level.sort_by(|a, b| a.left.total_cmp(&b.left));
        let mut near: Vec<&Word> = Vec::new();
        let mut end = f32::MIN;
        for other in level {
            if other.left - end > WIDE * typical {
                if near.iter().any(|w| std::ptr::eq(*w, word)) {
                    break;
                }
                near.clear();
                end = f32::MIN;
            }
            end = end.max(other.right);
            near.push(other);
        }
        // By itself it is a stroke of a pen.
        if near.len() > 1 {
            strips.push(Strip::about(near, gray, Kind::Garbled));
        }
    }
    strips.truncate(MOST_GARBLED);
    strips
}

/// Stretches of the page that look like letters and hold no word, nor one that is looked at again anyway.
fn lost(gray: &Gray, page: &Page, garbled: &[Strip]) -> Vec<Strip> {
    let cell = (page.dpi / CELLS).max(4.0) as usize;
    let (columns, rows) = (gray.width.div_ceil(cell), gray.height.div_ceil(cell));
    let mut open = gray.cells_like_letters(cell);
    let typical = specks::typical(page);
    let is_known = |word: &Word| !is_garbled(word, typical) || garbled.iter().any(|strip| strip.holds(word));
    for word in page.words().filter(|word| is_known(word)) {
        let around = cell as f32;
        let at = |v: f32, most: usize| ((v.max(0.0) / cell as f32) as usize).min(most);
        for y in at(word.top - around, rows)..(at(word.bottom + around, rows) + 1).min(rows) {
            let range = y * columns + at(word.left - around, columns)
                ..y * columns + (at(word.right + around, columns) + 1).min(columns);
            open.get_mut(range).unwrap_or_default().fill(false);
        }
    }
    let typical = (typical / cell as f32).ceil() as usize;
    let mut found = Vec::new();
    for start in 0..open.len() {
        if !open.get(start).copied().unwrap_or(false) {
            continue;
        }
        let (cells, [x0, y0, x1, y1]) = flood(&mut open, columns, rows, start);
        let (width, height) = (x1 - x0 + 1, y1 - y0 + 1);
        let edge = (rows as f32 * EDGE) as usize;
        let middle = (x0 + x1).abs_diff(columns) < (2.0 * MIDDLE * columns as f32) as usize;
        // Words are wide; rules and the grids of tables leave most of their box white.
        let kind = if width >= 20 && height >= 3 && cells >= 40 && cells * 3 > width * height {
            Kind::Lost
        } else if (y1 < edge || y0 + edge > rows)
            && middle
            && (2..=typical).contains(&height)
            && width <= height
        {
            Kind::Number
        } else {
            continue;
        };
        found.push(Strip {
            left: x0.saturating_sub(2) * cell,
            right: ((x1 + 3) * cell).min(gray.width),
            top: y0.saturating_sub(1) * cell,
            bottom: ((y1 + 2) * cell).min(gray.height),
            kind,
        });
    }
    found.truncate(MOST_LOST);
    found
}

/// Empties the cells that hang together with one, and gives their number and box; gaps of two cells in a row are
/// bridged.
fn flood(open: &mut [bool], columns: usize, rows: usize, start: usize) -> (usize, [usize; 4]) {
    let mut stack = vec![start];
    let mut found = (0, [usize::MAX, usize::MAX, 0, 0]);
    if let Some(cell) = open.get_mut(start) {
        *cell = false;
    }
    while let Some(at) = stack.pop() {
        let (x, y) = (at % columns, at / columns);
        found.0 += 1;
        let [x0, y0, x1, y1] = found.1;
        found.1 = [x0.min(x), y0.min(y), x1.max(x), y1.max(y)];
        for ny in y.saturating_sub(1)..(y + 2).min(rows) {
            for nx in x.saturating_sub(3)..(x + 4).min(columns) {
                if let Some(cell) = open.get_mut(ny * columns + nx).filter(|c| **c) {
                    *cell = false;
                    stack.push(ny * columns + nx);
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, left: f32, width: f32, confidence: u8) -> Word {
        let text = text.into();
        Word { left, right: left + width, top: 100.0, bottom: 140.0, confidence, text, ..Word::default() }
    }

    fn page(words: Vec<Word>) -> Page {
        Page { width: 2000.0, height: 2800.0, dpi: 250.0, lines: vec![words], turn: 0 }
    }

    #[test]
    fn the_line_of_a_word_that_is_none_is_looked_at_up_to_a_wide_gap() {
        let mut words = vec![
            word("Ti", 300.0, 60.0, 0),
            word("g", 364.0, 170.0, 0),
            word("KT.", 1300.0, 80.0, 93),
            word("TỊCH", 1400.0, 120.0, 96),
        ];
        let gray = Gray::blank(2000, 2800);
        let strips = garbled(&gray, &page(words.clone()));
        assert_eq!(strips.len(), 1);
        assert_eq!((strips[0].left, strips[0].right, strips[0].kind), (286, 548, Kind::Garbled));
        words.remove(1);
        assert_eq!(garbled(&gray, &page(words)), [], "a stroke of a pen");
    }

    #[test]
    fn a_junk_word_hides_no_lost_line_unless_its_own_is_looked_at() {
        let mut gray = Gray::blank(2000, 2800);
        for y in 100..140 {
            (300..1500).step_by(12).for_each(|x| (x..x + 4).for_each(|x| gray.set(x, y, 0)));
        }
        let page = page(vec![word("aáaan", 300.0, 1200.0, 3)]);
        assert_eq!(lost(&gray, &page, &[]).len(), 1);
        let own = Strip::about(page.words(), &gray, Kind::Garbled);
        assert_eq!(lost(&gray, &page, &[own]), []);
    }

    #[test]
    fn a_lone_digit_in_the_middle_of_an_edge_may_be_the_number_of_the_page() {
        let mut gray = Gray::blank(2000, 2800);
        for (x, y) in [(990, 100), (990, 1400), (300, 100)] {
            (y..y + 34).for_each(|y| (x..x + 6).for_each(|x| gray.set(x, y, 0)));
        }
        let strips = lost(&gray, &page(vec![word("thực", 300.0, 120.0, 96); 9]), &[]);
        assert_eq!(strips.iter().map(|s| s.kind).collect::<Vec<_>>(), [Kind::Number], "{strips:?}");
        assert!(
            strips[0].left < 990 && strips[0].right > 996 && strips[0].top < 100 && strips[0].bottom > 134
        );
    }

    #[test]
    fn letters_without_a_word_are_looked_at_and_rules_are_not() {
        let mut gray = Gray::blank(2000, 2800);
        // Letters: strokes of 4 dots every 12, over two lines; and a rule across the page.
        for y in (500..540).chain(570..610) {
            (300..1500).step_by(12).for_each(|x| (x..x + 4).for_each(|x| gray.set(x, y, 0)));
        }
        for y in 1000..1004 {
            (0..2000).for_each(|x| gray.set(x, y, 0));
        }
        let strips = lost(&gray, &page(Vec::new()), &[]);
        assert_eq!(strips.iter().map(|s| s.kind).collect::<Vec<_>>(), [Kind::Lost; 2], "{strips:?}");
        assert!(strips[0].top < 500 && strips[0].bottom > 540 && strips[1].bottom > 610);
        assert!(strips.iter().all(|s| s.left < 300 && s.right > 1490));
        let mut read = page(vec![word("đã", 300.0, 1200.0, 90)]);
        read.lines[0][0].top = 500.0;
        read.lines[0][0].bottom = 610.0;
        assert_eq!(lost(&gray, &read, &[]), []);
    }
}
