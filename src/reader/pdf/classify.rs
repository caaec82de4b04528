//! PDF, step 5: what each page is: text, a hidden layer of recognised text, a stamp on a scan, a bare scan.
//!
//! In: each page's scene and its written text. Out: the text's source, warnings that name the pages, or `no_text`
//! where nothing can be read without optical character recognition (OCR). It also says which pages recognition is to
//! read, and is told which of them it has read.

use std::ops::Range;

use super::layout::Writer;
use super::recognised::Keep;
use super::resolve::Resolver;
use super::scene::Scene;
use crate::error::Error;
use crate::reader::{OcrMode, page_list};
use crate::record::{TextSource, Warning};
use crate::words::syllable::quality;

/// Share of the page that images must cover for a page to be a scan.
const SCAN_COVER: f32 = 0.5;
/// Letters and digits of page content below which a scan counts as having no text of its own.
const FEW_LETTERS: usize = 30;

/// Share of possible syllables below which a hidden layer is garbage: bad ones reach 0.53 to 0.68, good ones 0.86.
const GOOD_LAYER: f64 = 0.75;

/// Share of visible characters that no table of their font names, or that are no letters of Latin script, above which
/// a page's encoding is broken.
const BROKEN: f64 = 0.1;

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
    /// Pages whose fonts do not say which characters they show.
    broken: Vec<usize>,
    /// Pages whose text is what recognition read.
    recognised: usize,
    /// Where the text of garbage layers stands.
    pub(super) unreadable: Vec<Range<usize>>,
    limits: Vec<(usize, &'static str)>,
}

/// Whether much of a text is no text: characters that no font names, or of other scripts than Latin.
fn is_broken(text: &str) -> bool {
    let (mut seen, mut odd) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        seen += 1;
        let is_latin =
            c < '\u{250}' || ('\u{300}'..'\u{370}').contains(&c) || ('\u{1E00}'..'\u{2C00}').contains(&c);
        odd += usize::from(!is_latin);
    }
    seen >= FEW_LETTERS && odd as f64 > BROKEN * seen as f64
}

/// A warning with a stable code.
pub(super) fn warning(code: &str, message: String) -> Warning {
    Warning { code: code.to_owned(), message }
}

impl Report {
    /// Numbers (from 1) of the pages that recognition is to read.
    pub(super) fn wanted(&self, mode: OcrMode) -> Vec<usize> {
        let mut wanted = match mode {
            OcrMode::Off => Vec::new(),
            OcrMode::Auto => [self.scans.as_slice(), &self.garbage, &self.broken].concat(),
            OcrMode::Force => (1..=self.pages).collect(),
        };
        wanted.sort_unstable();
        wanted
    }

    /// What of a page's own text stays beside what recognition reads.
    pub(super) fn keep(&self, number: usize, mode: OcrMode) -> Keep {
        let bare = mode != OcrMode::Force && self.scans.contains(&number);
        if bare { Keep::All } else { Keep::Stamps }
    }

    /// Notes a page that recognition has read, after it was written.
    pub(super) fn recognised_page(&mut self) {
        self.pages += 1;
        self.recognised += 1;
    }

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
            if is_broken(text) {
                self.broken.push(number);
            }
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
        } else if is_broken(text) {
            self.broken.push(number);
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
            return Err(if self.recognised > 0 {
                Error::NoText("it is scanned, and recognition (OCR) found no letters either".into())
            } else if self.scans.len() == self.pages {
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
        let is_own = self.hidden.is_empty() && self.recognised == 0;
        let source = if is_own { TextSource::TextLayer } else { TextSource::Ocr };
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
