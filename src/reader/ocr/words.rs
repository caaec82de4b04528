//! Scans: what recognition found on a page.
//!
//! In: the table that Tesseract prints (`tsv`). Out: words with their boxes, their lines and how sure it is of them.

use serde::{Deserialize, Serialize};

/// One page as recognition read it; lengths in dots, from the upper left corner.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(in crate::reader) struct Page {
    pub(in crate::reader) width: f32,
    pub(in crate::reader) height: f32,
    /// Dots an inch.
    pub(in crate::reader) dpi: f32,
    /// Lines of words, in the order of reading that recognition suggests.
    pub(in crate::reader) lines: Vec<Vec<Word>>,
}

/// One word with its box.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::reader) struct Word {
    pub(in crate::reader) left: f32,
    pub(in crate::reader) right: f32,
    pub(in crate::reader) top: f32,
    pub(in crate::reader) bottom: f32,
    /// How sure recognition is, 0 to 100.
    pub(in crate::reader) confidence: u8,
    pub(in crate::reader) text: String,
}

impl Page {
    /// Reads the table of one page; the picture has `dpi` dots an inch.
    pub(in crate::reader) fn from_tsv(tsv: &str, dpi: f32) -> Self {
        let mut page = Self { dpi, ..Self::default() };
        let mut line = None;
        for row in tsv.lines().skip(1) {
            let fields: Vec<&str> = row.split('\t').collect();
            let number = |i: usize| fields.get(i).and_then(|f| f.parse::<f32>().ok()).unwrap_or(0.0);
            let (left, top, width, height) = (number(6), number(7), number(8), number(9));
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

    /// Whether the numbers make sense; a kept page may come from anywhere.
    pub(super) fn is_sound(&self) -> bool {
        let sizes = [self.width, self.height, self.dpi];
        sizes.iter().all(|v| v.is_finite() && *v >= 0.0)
            && self.words().all(|w| {
                [w.left, w.right, w.top, w.bottom].iter().all(|v| v.is_finite())
                    && w.confidence <= 100
                    && !w.text.contains(char::is_whitespace)
            })
    }
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
