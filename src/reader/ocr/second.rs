//! Scans: a second look at what the first may have got wrong.
//!
//! In: the picture of a page and what the first look found. The lines that hold figures, and stretches of letters that
//! the first look passed over, are cut out, set below each other and read once more at another size. Out: the page with
//! what both looks say: where they differ in a figure, the surer reading stands, and is doubtful: figures read wrongly
//! are rarely read wrongly twice in the same way.

use super::raster::Gray;
use super::words::{Page, Word};

/// Size of the second look, as a share of the first: another size gives other errors.
pub(super) const SCALE: f32 = 0.8;
/// White dots between two strips, and around them.
const GAP: usize = 20;
/// Dots that a strip reaches beyond its words.
const MARGIN: f32 = 7.0;
/// Highest confidence of a figure that the two looks read differently.
const DIFFERENT: u8 = 75;
/// Mean confidence that a line must reach which only the second look has seen.
const SEEN: u32 = 70;
/// Most stretches that are looked at for letters passed over.
const MOST_LOST: usize = 8;

/// A part of the page to read once more.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Strip {
    left: usize,
    right: usize,
    top: usize,
    bottom: usize,
    /// Whether the first look passed over it.
    is_lost: bool,
}

/// The strips of a page, and the picture that shows them below each other.
#[derive(Debug)]
pub(super) struct Look {
    strips: Vec<Strip>,
    pub(super) picture: Gray,
}

impl Look {
    /// What to look at again; `None` where there is nothing.
    pub(super) fn at(gray: &Gray, page: &Page) -> Option<Self> {
        let clip = |value: f32, most: usize| (value.max(0.0) as usize).min(most);
        let mut strips: Vec<Strip> = Vec::new();
        for line in page.lines.iter().filter(|line| line.iter().any(Word::has_digit)) {
            let edge = |of: fn(&Word) -> f32, worst: f32, pick: fn(f32, f32) -> f32| {
                line.iter().map(of).fold(worst, pick)
            };
            strips.push(Strip {
                left: clip(edge(|w| w.left, f32::MAX, f32::min) - 2.0 * MARGIN, gray.width),
                right: clip(edge(|w| w.right, 0.0, f32::max) + 2.0 * MARGIN, gray.width),
                top: clip(edge(|w| w.top, f32::MAX, f32::min) - MARGIN, gray.height),
                bottom: clip(edge(|w| w.bottom, 0.0, f32::max) + MARGIN, gray.height),
                is_lost: false,
            });
        }
        strips.extend(lost(gray, page));
        strips.retain(|s| s.left < s.right && s.top < s.bottom);
        if strips.is_empty() {
            return None;
        }
        let height = strips.iter().map(|s| s.bottom - s.top + GAP).sum::<usize>() + GAP;
        let mut sheet = Gray::blank(gray.width, height);
        let mut top = GAP;
        for strip in &strips {
            sheet.paste(gray, (strip.left, strip.top), (strip.right, strip.bottom), (strip.left, top));
            top += strip.bottom - strip.top + GAP;
        }
        Some(Self { strips, picture: sheet.scaled(SCALE) })
    }

    /// Puts together what both looks say; `second` is what was read off the strips.
    pub(super) fn merge(&self, mut page: Page, second: Page) -> Page {
        for line in second.lines {
            let mut seen = Vec::new();
            for word in line {
                match self.on_page(word) {
                    Some((word, true)) => seen.push(word),
                    Some((word, false)) if word.has_digit() => compare(&mut page, &word),
                    _ => {}
                }
            }
            let sum: u32 = seen.iter().map(|w| u32::from(w.confidence)).sum();
            if seen.len() >= 2 && sum >= SEEN * seen.len() as u32 {
                page.lines.push(seen);
            }
        }
        page
    }

    /// A word of the strips where it stands on the page, and whether the first look passed over it.
    fn on_page(&self, mut word: Word) -> Option<(Word, bool)> {
        for edge in [&mut word.left, &mut word.right, &mut word.top, &mut word.bottom] {
            *edge /= SCALE;
        }
        let middle = (word.top + word.bottom) / 2.0;
        let mut top = GAP;
        for strip in &self.strips {
            let bottom = top + strip.bottom - strip.top;
            if middle < (bottom + GAP / 2) as f32 {
                let shift = strip.top as f32 - top as f32;
                word.top += shift;
                word.bottom += shift;
                return Some((word, strip.is_lost));
            }
            top = bottom + GAP;
        }
        None
    }
}

/// Compares a figure of the second look with what the first read in its place.
fn compare(page: &mut Page, second: &Word) {
    let Some(line) = page.lines.iter_mut().find(|line| line.iter().any(|w| w.covers(second))) else { return };
    let (Some(from), Some(to)) =
        (line.iter().position(|w| w.covers(second)), line.iter().rposition(|w| w.covers(second)))
    else {
        return;
    };
    let Some(first) = line.get(from..=to) else { return };
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let same = first.len() == 1 && first.iter().all(|w| digits(&w.text) == digits(&second.text));
    if same {
        return;
    }
    let sure = first.iter().map(|w| w.confidence).min().unwrap_or(0);
    // A second look that saw a part of the word only, or several words as one, is no other reading of it.
    let (left, right) = (first.first().map_or(0.0, |w| w.left), first.last().map_or(0.0, |w| w.right));
    let is_whole = (second.right - second.left) > 0.8 * (right - left);
    if is_whole && second.confidence > sure && first.len() <= 2 {
        let word = Word { confidence: second.confidence.min(DIFFERENT), ..second.clone() };
        line.splice(from..=to, [word]);
    } else if let Some(first) = line.get_mut(from..=to) {
        first.iter_mut().filter(|w| w.has_digit()).for_each(|w| w.confidence = w.confidence.min(DIFFERENT));
    }
}

/// Stretches of the page that look like letters and hold no word.
fn lost(gray: &Gray, page: &Page) -> Vec<Strip> {
    let cell = (page.dpi / 10.0).max(4.0) as usize;
    let (columns, rows) = (gray.width.div_ceil(cell), gray.height.div_ceil(cell));
    let mut open = gray.cells_like_letters(cell);
    for word in page.words() {
        let around = cell as f32 / 2.0;
        let at = |v: f32, most: usize| ((v.max(0.0) / cell as f32) as usize).min(most);
        for y in at(word.top - around, rows)..(at(word.bottom + around, rows) + 1).min(rows) {
            let range = y * columns + at(word.left - around, columns)
                ..y * columns + (at(word.right + around, columns) + 1).min(columns);
            open.get_mut(range).unwrap_or_default().fill(false);
        }
    }
    let mut found = Vec::new();
    for start in 0..open.len() {
        if !open.get(start).copied().unwrap_or(false) {
            continue;
        }
        let (cells, [x0, y0, x1, y1]) = flood(&mut open, columns, rows, start);
        let (width, height) = (x1 - x0 + 1, y1 - y0 + 1);
        // Words are wide; rules and the grids of tables leave most of their box white.
        if width >= 10 && height >= 2 && cells >= 16 && cells * 2 > width * height {
            found.push(Strip {
                left: x0.saturating_sub(1) * cell,
                right: ((x1 + 2) * cell).min(gray.width),
                top: (y0 * cell).saturating_sub(cell / 2),
                bottom: ((y1 + 1) * cell + cell / 2).min(gray.height),
                is_lost: true,
            });
        }
    }
    found.truncate(MOST_LOST);
    found
}

/// Empties the cells that hang together with one, and gives their number and box; gaps of one cell are bridged.
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
        for ny in y.saturating_sub(2)..(y + 3).min(rows) {
            for nx in x.saturating_sub(2)..(x + 3).min(columns) {
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
        Word { left, right: left + width, top: 100.0, bottom: 140.0, confidence, text: text.into() }
    }

    fn page(words: Vec<Word>) -> Page {
        Page { width: 2000.0, height: 2800.0, dpi: 250.0, lines: vec![words] }
    }

    /// What stands after both looks: texts and confidences.
    fn both(first: Vec<Word>, second: &[Word]) -> Vec<(String, u8)> {
        let page = page(first);
        let look = Look::at(&Gray::blank(2000, 2800), &page).unwrap();
        let strip = look.strips[0];
        let shift = GAP as f32 - strip.top as f32;
        let moved = |w: &Word| Word {
            left: w.left * SCALE,
            right: w.right * SCALE,
            top: (w.top + shift) * SCALE,
            bottom: (w.bottom + shift) * SCALE,
            ..w.clone()
        };
        let second = Page { lines: vec![second.iter().map(moved).collect()], ..page.clone() };
        look.merge(page, second).words().map(|w| (w.text.clone(), w.confidence)).collect()
    }

    #[test]
    fn figures_that_both_looks_read_alike_stay_and_others_are_doubtful() {
        let first = || {
            vec![word("tháng", 100.0, 100.0, 96), word("2", 220.0, 20.0, 95), word("tăng", 260.0, 90.0, 90)]
        };
        let same = both(first(), &[word("2.", 221.0, 25.0, 60)]);
        assert_eq!(same[1], ("2".into(), 95));
        let less_sure = both(first(), &[word("9", 221.0, 19.0, 90)]);
        assert_eq!(less_sure[1], ("2".into(), DIFFERENT));
        let surer = both(first(), &[word("9", 221.0, 19.0, 97), word("lăng", 260.0, 90.0, 99)]);
        assert_eq!(surer[1..], [("9".into(), DIFFERENT), ("tăng".into(), 90)]);
    }

    #[test]
    fn a_date_torn_in_two_is_one_where_the_second_look_reads_it_whole() {
        let first = vec![word("30/1", 100.0, 80.0, 72), word("1/2012", 184.0, 116.0, 72)];
        let both = both(first, &[word("30/11/2012", 100.0, 200.0, 90)]);
        assert_eq!(both, [("30/11/2012".into(), DIFFERENT)]);
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
        let strips = lost(&gray, &page(Vec::new()));
        assert_eq!(strips.len(), 1, "{strips:?}");
        assert!(
            strips[0].top < 500 && strips[0].bottom > 610 && strips[0].left < 300 && strips[0].right > 1500
        );
        let mut read = page(vec![word("đã", 300.0, 1200.0, 90)]);
        read.lines[0][0].top = 500.0;
        read.lines[0][0].bottom = 610.0;
        assert_eq!(lost(&gray, &read), []);
    }
}
