//! Scans, step 2: words that optical character recognition (OCR) found, with their places, laid out like any other page.
//!
//! In: the words of a page and the page's [`Scene`], of which signature stamps and the like stay as they are. Out: the
//! scene with the words as runs, so that the two columns of letterhead and closing are not read across; each letter
//! tells how sure recognition is of its word.

use super::font::Fonts;
use super::layout::{self, Writer};
use super::scene::{Glyph, Run, Scene};
use crate::reader::Content;
use crate::reader::ocr::{Page, Word};

/// Stands for the font of recognised letters: this number and the confidence of their word, 0 to 100.
const RECOGNISED: u16 = u16::MAX - 100;

/// What parts two words at the least, as a share of a letter's size: twice what layout takes for a blank.
const APART: f32 = 0.06;

/// The confidence of a recognised letter; `None` for letters that the file itself names.
pub(super) fn confidence(font: u16) -> Option<u8> {
    u8::try_from(font.checked_sub(RECOGNISED)?).ok()
}

/// Collects the recognised pages of a document that is no PDF.
#[derive(Debug, Default)]
pub(in super::super) struct Recognised {
    writer: Writer,
    fonts: Fonts,
    scene: Scene,
}

impl Recognised {
    /// Lays out one page of a size in points; a page that was not read stays empty.
    pub(in super::super) fn page(&mut self, page: Option<&Page>, size: (f32, f32)) {
        self.scene.clear(size, [0.0, 0.0, size.0, size.1]);
        if let Some(page) = page {
            place(&mut self.scene, page, Keep::All);
        }
        layout::page(&self.scene, &self.fonts, &mut self.writer);
    }

    /// The text of all pages with what the layout says.
    pub(in super::super) fn finish(mut self) -> Content {
        self.writer.mark_running_heads();
        self.writer.into_content()
    }
}

/// What stays of a page's own text beside what was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// All: the page has nothing but stamps and a few words.
    All,
    /// Stamps alone: the rest is hidden, or shows other characters than it says.
    Stamps,
}

/// Puts recognised words into the scene of their page. Where the page's own text stays, it is what stands there.
pub(super) fn place(scene: &mut Scene, page: &Page, keep: Keep) {
    if keep == Keep::Stamps {
        scene.runs.retain(|run| run.stamp != 0);
    }
    scene.turn(page.turn);
    let scale = scene.size.0 / page.width.max(1.0);
    let height = scene.size.1;
    let own: Vec<[f32; 4]> = scene.runs.iter().filter(|r| r.turn == 0).map(run_box).collect();
    let is_own = |word: &Word| {
        let (x, y) =
            ((word.left + word.right) / 2.0 * scale, height - (word.top + word.bottom) / 2.0 * scale);
        own.iter().any(|[x0, y0, x1, y1]| (*x0..*x1).contains(&x) && (*y0..*y1).contains(&y))
    };
    let lines = page.lines.iter().map(|line| line.iter().filter(|w| !is_own(w)).collect::<Vec<&Word>>());
    let lines: Vec<Vec<&Word>> = lines.filter(|line| !line.is_empty()).collect();
    let body = median(lines.iter().filter_map(|words| letter_size(words)).collect());
    for words in &lines {
        let letters = letter_size(words).unwrap_or(body).clamp(0.7 * body, 1.5 * body);
        add_line(scene, words, letters, scale);
    }
    // Recognised letters stand where they were seen, not evenly, as in the hidden layers of other tools.
    scene.invisible = scene.glyphs.len();
}

/// Where the letters of a run stand, as (x0, y0, x1, y1).
fn run_box(run: &Run) -> [f32; 4] {
    [run.x0, run.y - 0.3 * run.size, run.x1, run.y + 0.9 * run.size]
}

/// One line as a run: letters evenly in the boxes of their words, a space between each two.
fn add_line(scene: &mut Scene, words: &[&Word], letters: f32, scale: f32) {
    let start = scene.glyphs.len() as u32;
    let mut end = None;
    for (word, (left, right)) in words.iter().zip(apart(words, letters)) {
        if let Some(x0) = end {
            scene.glyphs.push(glyph(' ', 0, x0, left * scale));
        }
        let font = RECOGNISED + u16::from(word.confidence.min(100));
        let step = (right - left) * scale / word.text.chars().count().max(1) as f32;
        for (i, c) in word.text.chars().enumerate() {
            let x0 = left * scale + step * i as f32;
            scene.glyphs.push(glyph(c, font, x0, x0 + step));
        }
        end = Some(right * scale);
    }
    let bottoms = words.iter().map(|w| w.bottom).collect();
    let (Some(first), Some(x1)) = (words.first(), end) else { return };
    scene.runs.push(Run {
        start,
        end: scene.glyphs.len() as u32,
        y: scene.size.1 - median(bottoms) * scale,
        x0: first.left * scale,
        x1,
        size: letters * scale,
        turn: 0,
        stamp: 0,
    });
}

/// The left and right edges of words, with a blank between each two: boxes overlap where letters are slanted or a mark
/// reaches over, and recognition still tells two words.
fn apart(words: &[&Word], letters: f32) -> Vec<(f32, f32)> {
    let gap = APART * letters;
    let mut edges: Vec<(f32, f32)> = words.iter().map(|w| (w.left, w.right)).collect();
    for i in 1..edges.len() {
        let Some(&[(left, end), (start, right)]) = edges.get(i - 1..=i) else { continue };
        let middle = (end + start) / 2.0;
        // Of two that lie on each other, or one before the other, nothing is known.
        if start - end >= gap || start <= left || middle - left <= gap || right - middle <= gap {
            continue;
        }
        if let Some([before, behind]) = edges.get_mut(i - 1..=i) {
            before.1 = middle - gap / 2.0;
            behind.0 = middle + gap / 2.0;
        }
    }
    edges
}

fn glyph(c: char, font: u16, x0: f32, x1: f32) -> Glyph {
    Glyph { value: u32::from(c), font, x0, x1 }
}

/// The size of a line's letters in dots: words with ascender and descender are about as tall as it.
fn letter_size(words: &[&Word]) -> Option<f32> {
    let mut heights: Vec<f32> = words.iter().map(|w| w.height()).collect();
    heights.sort_by(f32::total_cmp);
    heights.get(heights.len() * 3 / 4).copied()
}

fn median(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::MarkKind;

    /// A page of 2480 dots across at 300 an inch; a word is 24 dots a letter wide.
    #[allow(clippy::type_complexity, reason = "lines with their words, as written in the tests below")]
    fn page(lines: &[(f32, &[(f32, &str, u8)])]) -> Page {
        let lines = lines.iter().map(|(top, words)| {
            let word = |(left, text, confidence): &(f32, &str, u8)| Word {
                left: *left,
                right: left + 24.0 * text.chars().count() as f32,
                top: *top,
                bottom: top + 50.0,
                confidence: *confidence,
                text: (*text).to_owned(),
                ..Word::default()
            };
            words.iter().map(word).collect()
        });
        Page { width: 2480.0, height: 3508.0, dpi: 300.0, lines: lines.collect(), turn: 0 }
    }

    #[test]
    fn recognised_columns_are_read_one_after_the_other_and_doubted_words_are_marked() {
        let motto = ["CỘNG", "HÒA", "XÃ", "HỘI", "CHỦ", "NGHĨA", "VIỆT", "NAM"];
        let places = [1100.0, 1220.0, 1320.0, 1390.0, 1480.0, 1580.0, 1730.0, 1850.0];
        let mut head = vec![(300.0, "SỞ", 96), (380.0, "Y", 95), (430.0, "TẾ", 91)];
        head.extend(places.into_iter().zip(motto).map(|(left, word)| (left, word, 96)));
        let date = [(300.0, "Số:", 96), (400.0, "170/BC-SYT", 41), (1200.0, "Hà", 95), (1270.0, "Nam,", 96)];
        let date: Vec<(f32, &str, u8)> = date.into_iter().chain([(1390.0, "ngày", 92)]).collect();
        let mut pages = Recognised::default();
        pages.page(Some(&page(&[(300.0, &head), (400.0, &date)])), (595.0, 842.0));
        let content = pages.finish();
        let text = &content.text;
        assert_eq!(text, "SỞ Y TẾ\nSố: 170/BC-SYT\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHà Nam, ngày");
        let doubted = content.marks.iter().filter(|m| m.kind == MarkKind::Doubted);
        let doubted: Vec<&str> = doubted.filter_map(|m| text.get(m.range.clone())).collect();
        assert_eq!(doubted, ["170/BC-SYT"]);
        let words: Vec<(&str, u8)> =
            content.recognised.iter().map(|w| (text.get(w.range.clone()).unwrap(), w.confidence)).collect();
        assert_eq!(words.len(), 16);
        assert_eq!(words[..5], [("SỞ", 96), ("Y", 95), ("TẾ", 91), ("Số:", 96), ("170/BC-SYT", 41)]);
    }

    #[test]
    fn words_whose_boxes_touch_or_overlap_stay_two() {
        let line = [(300.0, "vi", 96), (349.0, "phạm", 95), (430.0, "hành", 96), (520.0, "-", 90)];
        let mut pages = Recognised::default();
        pages.page(Some(&page(&[(300.0, &line)])), (595.0, 842.0));
        assert_eq!(pages.finish().text, "vi phạm hành -");
    }

    #[test]
    fn a_stamp_that_the_file_names_stands_for_what_is_seen_of_it() {
        let mut scene = Scene::default();
        scene.clear((595.2, 842.0), [0.0, 0.0, 595.2, 842.0]);
        for (i, c) in "350".chars().enumerate() {
            let x0 = 100.0 + 6.0 * i as f32;
            scene.glyphs.push(glyph(c, 0, x0, x0 + 6.0));
        }
        scene.runs.push(Run {
            start: 0,
            end: 3,
            y: 758.0,
            x0: 100.0,
            x1: 118.0,
            size: 12.0,
            turn: 0,
            stamp: 1,
        });
        let line = [(330.0, "Số:", 96), (420.0, "3S0", 60), (510.0, "/KH-UBND", 93)];
        place(&mut scene, &page(&[(300.0, &line)]), Keep::Stamps);
        let mut writer = Writer::default();
        layout::page(&scene, &Fonts::default(), &mut writer);
        assert_eq!(writer.text, "Số: 350/KH-UBND");
    }
}
