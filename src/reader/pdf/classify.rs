//! PDF, step 5: what each page is: text, a hidden layer of recognised text, a stamp on a scan, a bare scan.
//!
//! In: each page's scene and its written text. Out: the text's source, warnings that name the pages, or `no_text`
//! where nothing can be read without optical character recognition (OCR).

use std::ops::Range;

use super::layout::Writer;
use super::resolve::Resolver;
use super::scene::Scene;
use crate::error::Error;
use crate::record::{TextSource, Warning};
use crate::words::syllable::quality;

/// Share of the page that images must cover for a page to be a scan.
const SCAN_COVER: f32 = 0.5;
/// Letters and digits of page content below which a scan counts as having no text of its own.
const FEW_LETTERS: usize = 30;

/// Share of possible syllables below which a hidden layer is garbage: bad ones reach 0.53 to 0.68, good ones 0.86.
const GOOD_LAYER: f64 = 0.75;

/// What the pages are.
#[derive(Debug, Default)]
pub(super) struct Report {
    pages: usize,
    /// Numbers (from 1) of scans without a text layer, stamps or not.
    scans: Vec<usize>,
    /// Those of them that have at least the text of a signature stamp.
    stamped: Vec<usize>,
    /// Pages whose text is a hidden layer over an image.
    hidden: Vec<usize>,
    /// Those of them that hold hardly any Vietnamese.
    garbage: Vec<usize>,
    /// Where their text stands.
    pub(super) unreadable: Vec<Range<usize>>,
    limits: Vec<(usize, &'static str)>,
}

/// A warning with a stable code.
pub(super) fn warning(code: &str, message: String) -> Warning {
    Warning { code: code.to_owned(), message }
}

/// "1-3, 5" for a sorted list of page numbers.
fn page_list(pages: &[usize]) -> String {
    let mut parts: Vec<String> = Vec::new();
    for group in pages.chunk_by(|a, b| a + 1 == *b) {
        match group {
            [only] => parts.push(only.to_string()),
            [first, .., last] => parts.push(format!("{first}-{last}")),
            [] => {}
        }
    }
    parts.join(", ")
}

impl Report {
    /// Notes one page after it was written.
    pub(super) fn page(&mut self, scene: &Scene, writer: &Writer) {
        self.pages += 1;
        let number = self.pages;
        if let Some(limit) = scene.limit_reached {
            self.limits.push((number, limit));
        }
        let area = scene.size.0 * scene.size.1;
        let is_image = area > 0.0 && scene.image_area / area >= SCAN_COVER;
        let text = writer.pages.last().and_then(|range| writer.text.get(range.clone())).unwrap_or("");
        if !is_image {
            return;
        }
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        let of_stamps: usize =
            scene.runs.iter().filter(|r| r.stamp != 0).map(|r| (r.end - r.start) as usize).sum();
        let own = letters.saturating_sub(of_stamps);
        if own < FEW_LETTERS {
            self.scans.push(number);
            if letters > 0 {
                self.stamped.push(number);
            }
        } else if scene.is_hidden_layer() {
            self.hidden.push(number);
            if quality(text) < GOOD_LAYER {
                self.garbage.push(number);
                self.unreadable.extend(writer.pages.last().cloned());
            }
        }
    }

    /// The source of the text and the warnings.
    ///
    /// # Errors
    /// `no_text` where all pages are scans or nothing was found at all.
    pub(super) fn finish(
        self,
        writer: &Writer,
        resolver: &Resolver,
    ) -> Result<(TextSource, Vec<Warning>), Error> {
        let readable = |c: char| !c.is_whitespace() && c != '\u{FFFD}';
        if !writer.text.contains(readable) {
            return Err(if self.scans.len() == self.pages {
                Error::Scanned(format!(
                    "it is scanned (page {}), without a text layer; --ocr reads it",
                    page_list(&self.scans)
                ))
            } else if writer.unmapped > 0 {
                let why = "its fonts do not say which characters their glyphs are; --ocr reads it";
                Error::Scanned(why.into())
            } else if self.scans.is_empty() {
                Error::NoText("no page of the PDF shows any text".into())
            } else {
                Error::Scanned(format!("page {} is scanned; --ocr reads it", page_list(&self.scans)))
            });
        }
        let mut warnings = Vec::new();
        let mut unread: Vec<usize> = self.scans.iter().chain(&self.garbage).copied().collect();
        unread.sort_unstable();
        if !unread.is_empty() {
            let stamps = match self.stamped.as_slice() {
                [] => String::new(),
                pages => format!(" Page {} holds only a stamp or a few words as text.", page_list(pages)),
            };
            warnings.push(warning(
                "needs_ocr",
                format!(
                    "Page {} is a scanned image without readable text: --ocr reads it.{stamps}",
                    page_list(&unread)
                ),
            ));
        }
        let source = if self.hidden.is_empty() { TextSource::TextLayer } else { TextSource::Ocr };
        if !self.hidden.is_empty() {
            warnings.push(warning(
                "hidden_ocr_layer",
                format!(
                    "The text of page {} is a hidden layer left by OCR and may hold errors.",
                    page_list(&self.hidden)
                ),
            ));
        }
        if !self.garbage.is_empty() {
            warnings.push(warning(
                "garbage_ocr_layer",
                format!("The hidden layer of page {} hardly reads as Vietnamese.", page_list(&self.garbage)),
            ));
        }
        if resolver.guessed > 0 {
            warnings.push(warning(
                "glyph_ids_guessed",
                format!(
                    "{} characters were told by the glyph ids of Times New Roman, since the PDF does not name them.",
                    resolver.guessed
                ),
            ));
        }
        if let Some(charset) = resolver.legacy {
            warnings.push(warning(
                "legacy_encoding",
                format!("Text in fonts of the old encoding {} was decoded to Unicode.", charset.name()),
            ));
        }
        if writer.unmapped > 0 {
            warnings.push(warning(
                "unmapped_glyphs",
                format!("{} glyphs have no Unicode value in the PDF; they stand as U+FFFD.", writer.unmapped),
            ));
        }
        for (page, limit) in &self.limits {
            warnings
                .push(warning("limit_reached", format!("Page {page} was cut short at the limit {limit}.")));
        }
        Ok((source, warnings))
    }
}
