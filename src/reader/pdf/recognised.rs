//! Scans, step 2: words that optical character recognition found, with their places, laid out like any other page.
//!
//! In: the table of words that Tesseract prints for each page (`tsv`). Out: text in reading order, so that the two
//! columns of letterhead and closing are not read across, and marks on the words it is not sure of.

use std::collections::BTreeMap;

use super::font::{DOUBTED, Fonts};
use super::layout::{self, Writer};
use super::scene::{Glyph, Run, Scene};
use crate::reader::{Mark, Table};

/// Below this confidence (0 to 100) a word is doubted: handwritten numbers reach 0 to 75, printed ones 85 and more.
const SURE: f32 = 80.0;

/// Points an inch.
const POINTS: f32 = 72.0;

/// Collects the recognised pages of a document.
#[derive(Debug, Default)]
pub(in super::super) struct Recognised {
    writer: Writer,
    fonts: Fonts,
    scene: Scene,
}

/// One word with its box in pixels, from the upper left corner.
#[derive(Debug)]
struct Word<'t> {
    left: f32,
    right: f32,
    bottom: f32,
    height: f32,
    sure: bool,
    text: &'t str,
}

impl Recognised {
    /// Lays out one page; the picture has `dpi` dots an inch.
    pub(in super::super) fn page(&mut self, tsv: &str, dpi: f32) {
        let scale = POINTS / dpi;
        let mut size = (0.0, 0.0);
        // Words by their line: numbers of block, paragraph and line.
        let mut lines: BTreeMap<[u32; 3], Vec<Word<'_>>> = BTreeMap::new();
        for row in tsv.lines().skip(1) {
            let fields: Vec<&str> = row.split('\t').collect();
            let number = |i: usize| fields.get(i).and_then(|f| f.parse::<f32>().ok()).unwrap_or(0.0);
            let index = |i: usize| fields.get(i).and_then(|f| f.parse::<u32>().ok()).unwrap_or(0);
            let (left, top, width, height) = (number(6), number(7), number(8), number(9));
            // The bars are edges of the paper and folds.
            match (fields.first(), fields.get(11).map(|t| t.trim().trim_matches('|'))) {
                (Some(&"1"), _) => size = (width * scale, height * scale),
                (Some(&"5"), Some(text)) if !text.is_empty() => {
                    lines.entry([index(2), index(3), index(4)]).or_default().push(Word {
                        left,
                        right: left + width,
                        bottom: top + height,
                        height,
                        sure: number(10) >= SURE,
                        text,
                    });
                }
                _ => {}
            }
        }
        self.scene.clear(size, [0.0, 0.0, size.0, size.1]);
        let body = median(lines.values().filter_map(|words| letter_size(words)).collect());
        for words in lines.values() {
            let letters = letter_size(words).unwrap_or(body).clamp(0.7 * body, 1.5 * body);
            self.line(words, letters, scale, size.1);
        }
        // Recognised letters stand where they were seen, not evenly, as in the hidden layers of other tools.
        self.scene.invisible = self.scene.glyphs.len();
        layout::page(&self.scene, &self.fonts, &mut self.writer);
    }

    /// One line as a run: letters evenly in the boxes of their words, a space between each two.
    fn line(&mut self, words: &[Word<'_>], letters: f32, scale: f32, height: f32) {
        let start = self.scene.glyphs.len() as u32;
        let mut end = None;
        for word in words {
            if let Some(x0) = end {
                self.glyph(' ', 0, x0, word.left * scale);
            }
            let font = if word.sure { 0 } else { DOUBTED };
            let step = (word.right - word.left) * scale / word.text.chars().count().max(1) as f32;
            for (i, c) in word.text.chars().enumerate() {
                let x0 = word.left * scale + step * i as f32;
                self.glyph(c, font, x0, x0 + step);
            }
            end = Some(word.right * scale);
        }
        let bottoms = words.iter().map(|w| w.bottom).collect();
        let (Some(first), Some(x1)) = (words.first(), end) else { return };
        self.scene.runs.push(Run {
            start,
            end: self.scene.glyphs.len() as u32,
            y: height - median(bottoms) * scale,
            x0: first.left * scale,
            x1,
            size: letters * scale,
            turn: 0,
            stamp: 0,
        });
    }

    fn glyph(&mut self, c: char, font: u16, x0: f32, x1: f32) {
        self.scene.glyphs.push(Glyph { value: u32::from(c), font, x0, x1 });
    }

    /// The text of all pages, its tables and marks.
    pub(in super::super) fn finish(mut self) -> (String, Vec<Table>, Vec<Mark>) {
        self.writer.mark_running_heads();
        (self.writer.text, self.writer.tables, self.writer.marks)
    }
}

/// The size of a line's letters in pixels: words with ascender and descender are about as tall as it.
fn letter_size(words: &[Word<'_>]) -> Option<f32> {
    let mut heights: Vec<f32> = words.iter().map(|w| w.height).collect();
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

    #[test]
    fn recognised_columns_are_read_one_after_the_other_and_doubted_words_are_marked() {
        let mut tsv = String::from("level\tpage_num\n1\t1\t0\t0\t0\t0\t0\t0\t2480\t3508\t-1\t\n");
        let mut line = |n: u32, top: u32, words: &[(u32, &str, u32)]| {
            for (left, word, confidence) in words {
                let width = 24 * word.chars().count();
                tsv += &format!("5\t1\t1\t1\t{n}\t1\t{left}\t{top}\t{width}\t50\t{confidence}\t{word}\n");
            }
        };
        line(
            1,
            300,
            &[
                (300, "SỞ", 96),
                (380, "Y", 95),
                (430, "TẾ", 91),
                (1100, "CỘNG", 96),
                (1220, "HÒA", 96),
                (1320, "XÃ", 96),
                (1390, "HỘI", 96),
                (1480, "CHỦ", 96),
                (1580, "NGHĨA", 96),
                (1730, "VIỆT", 96),
                (1850, "NAM", 96),
            ],
        );
        line(
            2,
            400,
            &[
                (300, "Số:", 96),
                (400, "170/BC-SYT", 41),
                (1200, "Hà", 95),
                (1270, "Nam,", 96),
                (1390, "ngày", 92),
            ],
        );
        let mut pages = Recognised::default();
        pages.page(&tsv, 300.0);
        let (text, _, marks) = pages.finish();
        assert_eq!(text, "SỞ Y TẾ\nSố: 170/BC-SYT\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHà Nam, ngày");
        let doubted: Vec<&str> = marks
            .iter()
            .filter(|m| m.kind == MarkKind::Doubted)
            .filter_map(|m| text.get(m.range.clone()))
            .collect();
        assert_eq!(doubted, ["170/BC-SYT"]);
    }
}
