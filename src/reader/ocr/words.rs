//! Scans: what recognition found on a page.
//!
//! In: what Tesseract prints: the table of words (`tsv`) and, before it or behind, the letters that it held possible
//! (`hocr` with `lstm_choice_mode`). Out: words with their boxes, their lines and how sure it is of them.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::charset::letter;

/// One page as recognition read it; lengths in dots, from the upper left corner.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(in crate::reader) struct Page {
    pub(in crate::reader) width: f32,
    pub(in crate::reader) height: f32,
    /// Dots an inch.
    pub(in crate::reader) dpi: f32,
    /// Lines of words, in the order of reading that recognition suggests.
    pub(in crate::reader) lines: Vec<Vec<Word>>,
    /// Quarter turns clockwise by which the page was set upright before it was read; all else is of the upright page.
    pub(in crate::reader) turn: u8,
}

/// One word with its box.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(in crate::reader) struct Word {
    pub(in crate::reader) left: f32,
    pub(in crate::reader) right: f32,
    pub(in crate::reader) top: f32,
    pub(in crate::reader) bottom: f32,
    /// How sure recognition is, 0 to 100.
    pub(in crate::reader) confidence: u8,
    pub(in crate::reader) text: String,
    /// Other letters that recognition held possible: those that differ in their marks alone.
    pub(in crate::reader) others: Vec<Other>,
}

/// A letter that may stand in the place of one that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::reader) struct Other {
    /// The number of the letter in its word, from 0.
    pub(super) at: u8,
    pub(super) letter: char,
    /// How much less sure recognition is of it, in per cent.
    pub(super) lag: u8,
}

/// What recognition held possible for one letter of a word, and how sure it was, in per cent.
type Choices = Vec<(char, f32)>;

impl Page {
    /// Reads the table of one page; the picture has `dpi` dots an inch.
    pub(in crate::reader) fn from_tsv(tsv: &str, dpi: f32) -> Self {
        let mut page = Self { dpi, ..Self::default() };
        let mut line = None;
        let choices = choices(tsv);
        for row in tsv.lines() {
            let fields: Vec<&str> = row.split('\t').collect();
            let number = |i: usize| fields.get(i).and_then(|f| f.parse::<f32>().ok()).unwrap_or(0.0);
            let (left, top, width, height) = (number(6), number(7), number(8), number(9));
            let place = [left, top, left + width, top + height].map(|v| v as u32);
            // The bars are edges of the paper and folds.
            match (fields.first(), fields.get(11).map(|t| t.trim().trim_matches('|'))) {
                (Some(&"1"), _) => (page.width, page.height) = (width, height),
                (Some(&"5"), Some(text)) if !text.is_empty() => {
                    // Numbers of block, paragraph and line.
                    let key = Some([number(2), number(3), number(4)]);
                    if line != key {
                        page.lines.push(Vec::new());
                        line = key;
                    }
                    if let Some(words) = page.lines.last_mut() {
                        words.push(Word {
                            left,
                            right: left + width,
                            top,
                            bottom: top + height,
                            confidence: number(10).clamp(0.0, 100.0) as u8,
                            text: text.to_owned(),
                            others: choices.get(&place).map(|c| others(text, c)).unwrap_or_default(),
                        });
                    }
                }
                _ => {}
            }
        }
        page
    }

    /// All words.
    pub(in crate::reader) fn words(&self) -> impl Iterator<Item = &Word> {
        self.lines.iter().flatten()
    }

    /// The page with its words as they stand after quarter turns clockwise.
    pub(super) fn turned(mut self, turn: u8) -> Self {
        for _ in 0..turn {
            for word in self.lines.iter_mut().flatten() {
                let (left, right) = (self.height - word.bottom, self.height - word.top);
                (word.top, word.bottom) = (word.left, word.right);
                (word.left, word.right) = (left, right);
            }
            (self.width, self.height) = (self.height, self.width);
        }
        Self { turn: self.turn + turn, ..self }
    }

    /// Whether the numbers make sense; a kept page may come from anywhere.
    pub(super) fn is_sound(&self) -> bool {
        let sizes = [self.width, self.height, self.dpi];
        self.turn < 4
            && sizes.iter().all(|v| v.is_finite() && *v >= 0.0)
            && self.words().all(|w| {
                [w.left, w.right, w.top, w.bottom].iter().all(|v| v.is_finite())
                    && w.confidence <= 100
                    && !w.text.contains(char::is_whitespace)
            })
    }
}

/// What was held possible for the letters of each word, by the word's box.
fn choices(hocr: &str) -> FxHashMap<[u32; 4], Vec<Choices>> {
    let mut words: FxHashMap<[u32; 4], Vec<Choices>> = FxHashMap::default();
    let mut place = None;
    for row in hocr.lines() {
        if row.contains("'ocrx_word'") {
            place = bbox(row);
        } else if let Some(place) = place {
            let word = words.entry(place).or_default();
            if row.contains("id='lstm_choices_") {
                word.push(Choices::new());
            } else if let (Some(choice), Some(letter)) = (choice(row), word.last_mut()) {
                letter.push(choice);
            }
        }
    }
    words
}

/// The box of a word: `title='bbox 419 342 431 346; x_wconf 93'`.
fn bbox(row: &str) -> Option<[u32; 4]> {
    let (numbers, _) = row.split_once("title='bbox ")?.1.split_once(';')?;
    let numbers: Option<Vec<u32>> = numbers.split(' ').map(|n| n.parse().ok()).collect();
    numbers?.try_into().ok()
}

/// A letter and how sure it is: `title='x_confs 90.5'>ê</span>`.
fn choice(row: &str) -> Option<(char, f32)> {
    let (sure, rest) = row.split_once("title='x_confs ")?.1.split_once("'>")?;
    let mut letters = rest.split_once("</span>")?.0.chars();
    let letter = letters.next().filter(|_| letters.next().is_none())?;
    Some((letter, sure.parse().ok()?))
}

/// The letters of a word that may be others.
fn others(text: &str, choices: &[Choices]) -> Vec<Other> {
    let mut found = Vec::new();
    // Between the letters are choices that became none.
    let mut rest = choices.iter();
    for (at, read) in (0..).zip(text.chars()) {
        let mut ahead = rest.clone();
        let own = |choices: &Choices| Some((choices.iter().find(|c| c.0 == read)?.1, choices.clone()));
        let Some((sure, all)) = ahead.find_map(own) else { continue };
        rest = ahead;
        let may = |c: char| {
            letter::is_letter(c)
                && letter::ascii(c) == letter::ascii(read)
                && letter::lower(c) != letter::lower(read)
        };
        found.extend(all.into_iter().filter(|(c, other)| *other > 0.0 && may(*c)).map(|(letter, other)| {
            Other { at, letter, lag: (sure - other).round().clamp(0.0, 100.0) as u8 }
        }));
    }
    found
}

impl Word {
    pub(in crate::reader) fn height(&self) -> f32 {
        self.bottom - self.top
    }

    pub(super) fn has_digit(&self) -> bool {
        self.text.contains(|c: char| c.is_ascii_digit())
    }

    /// Whether most of one of two words lies on the other.
    pub(super) fn covers(&self, other: &Self) -> bool {
        let across = self.right.min(other.right) - self.left.max(other.left);
        let down = self.bottom.min(other.bottom) - self.top.max(other.top);
        let smaller = |a: f32, b: f32| a.min(b).max(1.0);
        across > 0.5 * smaller(self.right - self.left, other.right - other.left)
            && down > 0.5 * smaller(self.height(), other.height())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_were_held_possible_come_with_their_words() {
        let printed = "<?xml version=\"1.0\"?>\n\
            <span class='ocrx_word' id='word_1_2' title='bbox 10 20 40 60; x_wconf 80'>nỗ,\n\
            <span class='ocrx_cinfo' id='lstm_choices_1_2_1'>\n\
            <span class='ocrx_cinfo' id='choice_1_2_1' title='x_confs 96.1'> </span></span>\n\
            <span class='ocrx_cinfo' id='lstm_choices_1_2_2'>\n\
            <span class='ocrx_cinfo' id='choice_1_2_2' title='x_confs 96.1'>n</span>\n\
            <span class='ocrx_cinfo' id='choice_1_2_3' title='x_confs 50'>ñ</span></span>\n\
            <span class='ocrx_cinfo' id='lstm_choices_1_2_3'>\n\
            <span class='ocrx_cinfo' id='choice_1_2_4' title='x_confs 90.2'>ỗ</span>\n\
            <span class='ocrx_cinfo' id='choice_1_2_5' title='x_confs 60.9'>ổ</span>\n\
            <span class='ocrx_cinfo' id='choice_1_2_6' title='x_confs 40'>6</span>\n\
            <span class='ocrx_cinfo' id='choice_1_2_7' title='x_confs 0'>ô</span></span>\n\
            level\tpage_num\n1\t1\t0\t0\t0\t0\t0\t0\t100\t100\t-1\t\n\
            5\t1\t1\t1\t1\t1\t10\t20\t30\t40\t80\tnỗ,";
        let page = Page::from_tsv(printed, 250.0);
        let words: Vec<&Word> = page.words().collect();
        assert_eq!(words.len(), 1);
        assert_eq!(words[0].others, [Other { at: 1, letter: 'ổ', lag: 29 }]);
    }

    #[test]
    fn words_come_by_lines_with_their_boxes() {
        let tsv = "level\n1\t1\t0\t0\t0\t0\t0\t0\t2067\t2924\t-1\t\n\
                   5\t1\t1\t1\t1\t1\t10\t20\t30\t40\t95.5\tSố:\n\
                   5\t1\t1\t1\t1\t2\t50\t20\t30\t40\t41\t|12|\n\
                   5\t1\t1\t1\t2\t1\t10\t80\t30\t40\t90\t|\n\
                   5\t1\t1\t1\t2\t2\t10\t80\t30\t40\t90\tTên";
        let page = Page::from_tsv(tsv, 250.0);
        assert_eq!((page.width, page.height), (2067.0, 2924.0));
        let texts: Vec<Vec<(&str, u8)>> =
            page.lines.iter().map(|l| l.iter().map(|w| (w.text.as_str(), w.confidence)).collect()).collect();
        assert_eq!(texts, [vec![("Số:", 95), ("12", 41)], vec![("Tên", 90)]]);
    }
}
