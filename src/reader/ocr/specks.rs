//! Scans: what recognition takes for words and is none: dust, edges of stamps, strokes of a pen.
//!
//! In: the words of a page. Out: those that were printed. A word goes where it is of marks alone that no line of print has
//! by itself, where it is as small as dust, or where recognition is all but sure of nothing in it; whatever holds a
//! figure stays.

use super::words::{Page, Word};
use crate::charset::syllable::is_syllable;

/// What stands by itself in print: list marks, signs between numbers, brackets, leaders of dots.
const STANDS: &str = "-–—+*•·●▪=%≥≤<>&/().,;:…“”\"'?!×x÷~|";
/// Below this, marks alone are no print.
const MARKS_FROM: u8 = 45;
/// Below this, one or two letters that make no syllable are no word; below the other not even those that make one.
const WORD_FROM: u8 = 35;
const SYLLABLE_FROM: u8 = 8;
/// So many times smaller than the letters of the page is dust.
const DUST: f32 = 5.0;
/// So many times higher than the letters of the page is no mark.
const TALL: f32 = 1.5;
/// Boxes of strokes reach into the next line; of those that recognition is sure of, no more than so many times.
const STROKES: [&str; 4] = ["-", "–", "=", "+"];
const SURE: u8 = 80;
const HIGHEST: f32 = 2.2;

/// A line of marks: so many times smaller than the letters of the page are marks, and they stand no further above the
/// letters that they belong to.
const SMALLER: f32 = 0.7;
const ABOVE: f32 = 0.35;
/// Below this, what is higher may be one too.
const NOTHING: u8 = 25;
/// Of ten words of such a line so many are marks over letters of another.
const MARKS: usize = 8;

/// Takes out what is no word.
pub(super) fn drop(page: &mut Page) {
    let typical = typical(page);
    let lines = &page.lines;
    let mut twice = lines.iter().map(|line| are_marks(line, lines, typical)).collect::<Vec<_>>().into_iter();
    page.lines.retain(|_| !twice.next().unwrap_or(false));
    for line in &mut page.lines {
        line.retain(|word| !is_speck(word, typical));
    }
    page.lines.retain(|line| !line.is_empty());
}

/// Whether a line is read off the marks over the letters of another, which was read too.
fn are_marks(line: &[Word], lines: &[Vec<Word>], typical: f32) -> bool {
    let is_small = |word: &Word| word.height() < SMALLER * typical;
    let others = || lines.iter().filter(|other| !std::ptr::eq(other.as_slice(), line)).flatten();
    let stands_over = |word: &&Word| {
        let (middle, center) = ((word.top + word.bottom) / 2.0, (word.left + word.right) / 2.0);
        others().any(|other| {
            other.height() > 0.5 * typical
                && other.height() > word.height()
                && (other.left - 0.5 * typical..other.right + 0.5 * typical).contains(&center)
                && middle > other.top - ABOVE * typical
                && (middle < (other.top + other.bottom) / 2.0
                    && (is_small(word) || word.confidence < NOTHING)
                    || other.text == word.text)
        })
    };
    line.len() > 2
        && line.iter().filter(|word| is_small(word)).count() * 2 > line.len()
        && line.iter().filter(stands_over).count() * 10 >= line.len() * MARKS
}

/// The height in the middle of all words that are surely words.
pub(super) fn typical(page: &Page) -> f32 {
    let sure = |w: &&Word| w.confidence >= 80 && w.text.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let mut heights: Vec<f32> = page.words().filter(sure).map(Word::height).collect();
    heights.sort_by(f32::total_cmp);
    heights.get(heights.len() / 2).copied().unwrap_or(0.0)
}

fn is_speck(word: &Word, typical: f32) -> bool {
    let signs = word.text.chars().filter(|c| is_print(*c)).count();
    let small = word.height() * DUST < typical && (word.right - word.left) * DUST < typical;
    if signs == 0 {
        let printed = word.text.chars().all(|c| STANDS.contains(c)) && !has_both(&word.text, '-', '—');
        let sure = word.confidence >= SURE && word.right - word.left < typical;
        let tall = if sure && STROKES.contains(&word.text.as_str()) { HIGHEST } else { TALL };
        return small || !printed || word.confidence < MARKS_FROM || word.height() > tall * typical;
    }
    let odd = word.text.chars().any(|c| !is_print(c) && !STANDS.contains(c));
    let letters: String = word.text.chars().filter(|c| c.is_alphabetic()).collect();
    let sure = if signs > 1 && is_syllable(&letters) { SYLLABLE_FROM } else { WORD_FROM };
    !word.has_digit() && word.confidence < sure && (signs <= 2 || odd && signs <= 3)
}

/// Letters and digits, but for accents that stand by themselves.
fn is_print(c: char) -> bool {
    c.is_alphanumeric() && !('\u{2b0}'..='\u{2ff}').contains(&c)
}

fn has_both(text: &str, a: char, b: char) -> bool {
    text.contains(a) && text.contains(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, confidence: u8, (width, height): (f32, f32)) -> Word {
        Word {
            left: 0.0,
            right: width,
            top: 0.0,
            bottom: height,
            confidence,
            text: text.to_owned(),
            ..Word::default()
        }
    }

    /// What stays of some words beside a line of print.
    fn kept(words: &[(&str, u8, (f32, f32))]) -> Vec<String> {
        let print = vec![word("Điều", 96, (90.0, 50.0)), word("khoản", 95, (120.0, 52.0))];
        let own = words.iter().map(|(t, c, size)| word(t, *c, *size)).collect();
        let mut page = Page { lines: vec![print, own], ..Page::default() };
        drop(&mut page);
        page.lines.get(1).into_iter().flatten().map(|w| w.text.clone()).collect()
    }

    #[test]
    fn strokes_and_dust_go() {
        let size = (40.0, 50.0);
        assert_eq!(
            kept(&[
                ("-¡", 29, size),
                ("J_", 25, size),
                ("ˆ", 60, size),
                (":", 90, (2.0, 2.0)),
                ("Ki", 0, size)
            ]),
            Vec::<String>::new()
        );
        let tall =
            [("(", 80, (40.0, 160.0)), ("-", 93, (22.0, 160.0)), ("-", 93, (200.0, 100.0)), ("—", 12, size)];
        assert_eq!(kept(&tall), Vec::<String>::new());
    }

    #[test]
    fn a_line_of_marks_over_the_letters_of_another_goes() {
        let at = |text: &str, left: f32, top: f32, height: f32| Word {
            left,
            right: left + 4.0 * height / 2.0,
            top,
            bottom: top + height,
            confidence: 95,
            text: text.to_owned(),
            ..Word::default()
        };
        let print = |top: f32| (0..6).map(|i| at("đất", i as f32 * 90.0, top, 40.0)).collect::<Vec<_>>();
        let marks = |top: f32| (0..6).map(|i| at("À", i as f32 * 90.0 + 30.0, top, 14.0)).collect::<Vec<_>>();
        let left = |lines: Vec<Vec<Word>>| {
            let mut page = Page { lines, ..Page::default() };
            drop(&mut page);
            page.lines.len()
        };
        assert_eq!(left(vec![marks(98.0), print(100.0), print(160.0)]), 2);
        assert_eq!(left(vec![print(100.0), marks(145.0), print(200.0)]), 3, "small print between two lines");
    }

    #[test]
    fn print_stays_however_badly_read() {
        let size = (40.0, 50.0);
        let words = [
            ("-", 90, size),
            ("2.1,", 0, size),
            ("5", 3, size),
            ("và", 70, size),
            ("huấn", 10, size),
            ("Nỗ", 20, size),
            ("...", 80, size),
            ("-", 93, (22.0, 100.0)),
        ];
        assert_eq!(kept(&words).len(), words.len());
    }

    #[test]
    fn a_page_of_nothing_else_is_empty() {
        let mut page = Page { lines: vec![vec![word("_", 10, (9.0, 9.0))]], ..Page::default() };
        drop(&mut page);
        assert!(page.lines.is_empty());
    }
}
