//! Stage 1, PDF: a positional text layer on lopdf.
//!
//! ```text
//! bytes ─ load ─> objects ─ stream, tokenizer, interpret (font, cmap, path, annotation) ─> Scene ─ layout ─> Content
//! ```
//!
//! Glyphs keep their positions until `layout` has read lines, columns and tables from them, so a change of font inside a
//! word ("s" + "ố") or a number stamped over blanks ("Số: 350/BC-VP") reads as it looks.

mod annotation;
mod classify;
mod cmap;
mod font;
mod form_field;
mod interpret;
mod layout;
mod load;
mod matrix;
mod path;
mod recognised;
mod resolve;
mod scan;
mod scene;
mod stream;
mod tokenizer;

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Content, ReadOptions, ocr};
use crate::error::Error;
use crate::record::Warning;
pub(super) use recognised::Recognised;

/// Whether the bytes are of this format: the header may stand behind some junk, or be missing altogether.
pub fn sniff(bytes: &[u8]) -> bool {
    has_header(bytes) || is_headless(bytes)
}

fn has_header(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes.get(..1024.min(bytes.len())).unwrap_or(bytes), b"%PDF-").is_some()
}

/// Whether a file without header is a PDF all the same: an object near its start, a cross-reference at its end.
fn is_headless(bytes: &[u8]) -> bool {
    let holds =
        |part: Option<&[u8]>, what: &[u8]| part.is_some_and(|p| memchr::memmem::find(p, what).is_some());
    let tail = bytes.get(bytes.len().saturating_sub(1024)..);
    holds(tail, b"startxref")
        && holds(bytes.get(..2048.min(bytes.len())), b" obj")
        && holds(Some(bytes), b"/Root")
}

/// Reads one document of this format.
///
/// # Errors
/// `encrypted`, `damaged`, `too_large`, and `no_text` where every page is a scan that needs text recognition.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Content, Error> {
    // A defect in the libraries below must cost one document, not the run.
    catch_unwind(AssertUnwindSafe(|| document(bytes, options)))
        .unwrap_or_else(|_| Err(Error::Internal("the PDF reader met a defect in this file".into())))
}

fn document(bytes: &[u8], options: &ReadOptions) -> Result<Content, Error> {
    if !has_header(bytes) {
        // The offsets of the cross-reference table no longer fit: it is rebuilt, and the record says so.
        return headed(&[b"%PDF-1.4\n", bytes].concat(), options);
    }
    headed(bytes, options)
}

/// Reads a file that has its header.
fn headed(bytes: &[u8], options: &ReadOptions) -> Result<Content, Error> {
    let loaded = load::open(bytes, options)?;
    match content(&loaded, bytes, options) {
        Err(Error::NoText(_) | Error::Scanned(_)) if loaded.doc.encryption_state.is_some() => {
            Err(Error::Encrypted("its content could not be decrypted, or shows no text".into()))
        }
        // A cross-reference table may read well and yet point past the objects: look for them all.
        Err(first @ (Error::NoText(_) | Error::Scanned(_) | Error::Damaged(_)))
            if loaded.repaired.is_none() =>
        {
            let images = |loaded: &load::Loaded| loaded.doc.objects.values().any(load::is_image);
            match load::reopen(bytes, options) {
                Some(again) if !images(&loaded) => content(&again, bytes, options).or(Err(first)),
                _ => Err(first),
            }
        }
        result => result,
    }
}

/// Reads all pages of an opened document; those that need it are recognised where that is asked for.
fn content(loaded: &load::Loaded, bytes: &[u8], options: &ReadOptions) -> Result<Content, Error> {
    let pages = load::pages(&loaded.doc, options.limits.pages);
    if pages.is_empty() {
        return Err(Error::Damaged("the PDF has no pages".into()));
    }
    if pages.len() > options.limits.pages {
        return Err(Error::TooLarge(format!("the PDF exceeds the limit pages of {}", options.limits.pages)));
    }
    let read = Read::pages(loaded, &pages, |_| None, options)?;
    let wanted = read.report.wanted(options.ocr.mode);
    if wanted.is_empty() {
        return read.finish(loaded, Vec::new());
    }
    let recognition = scan::recognise(loaded, &pages, &wanted, bytes, options);
    let warnings = recognition.warnings();
    if recognition.pages.is_empty() {
        let error = recognition.error();
        return read
            .finish(loaded, warnings)
            .map_err(|e| if let Error::NoText(_) | Error::Scanned(_) = e { error.unwrap_or(e) } else { e });
    }
    let first = read.report;
    let found = |number| Some((recognition.pages.get(&number)?, first.keep(number, options.ocr.mode)));
    Read::pages(loaded, &pages, found, options)?.finish(loaded, warnings)
}

/// The pages of a document as written, and what they are.
#[derive(Default)]
struct Read {
    writer: layout::Writer,
    resolver: resolve::Resolver,
    report: classify::Report,
}

impl Read {
    /// Writes all pages; `recognised` gives what recognition found on one, and what of its own text stays.
    fn pages<'r>(
        loaded: &load::Loaded,
        pages: &[load::Page<'_>],
        recognised: impl Fn(usize) -> Option<(&'r ocr::Page, recognised::Keep)>,
        options: &ReadOptions,
    ) -> Result<Self, Error> {
        let budget = stream::Budget::new(&options.limits);
        let mut fonts = font::Fonts::default();
        let mut scene = scene::Scene::default();
        let Self { mut writer, mut resolver, mut report } = Self::default();
        for (page, number) in pages.iter().zip(1..) {
            scene.clear(page.size, page.sheet);
            let mut interpreter = interpret::Interpreter::new(&loaded.doc, &mut fonts, &mut scene, &budget);
            interpreter.page(page)?;
            annotation::read(&mut interpreter, page)?;
            resolver.page(&mut scene, &fonts);
            let found = recognised(number);
            if let Some((words, keep)) = found {
                recognised::place(&mut scene, words, keep);
            }
            layout::page(&scene, &fonts, &mut writer);
            if found.is_some() {
                report.recognised_page()
            } else {
                report.page(&scene, &writer)
            }
            if writer.text.len() > options.limits.text_bytes {
                return Err(Error::TooLarge(format!(
                    "the text of the PDF exceeds the limit text_bytes of {}, see --max-text",
                    options.limits.text_bytes
                )));
            }
        }
        writer.mark_unreadable(&report.unreadable);
        writer.mark_running_heads();
        Ok(Self { writer, resolver, report })
    }

    /// The content, with `more` warnings first.
    fn finish(self, loaded: &load::Loaded, more: Vec<Warning>) -> Result<Content, Error> {
        let pages = self.writer.pages.len();
        let (text_source, mut warnings) = self.report.finish(&self.writer, &self.resolver)?;
        warnings.splice(0..0, more);
        if let Some(what) = &loaded.repaired {
            warnings.insert(0, classify::warning("repaired", format!("The PDF was damaged: {what}.")));
        }
        Ok(Content { format: "pdf", pages, text_source, warnings, ..self.writer.into_content() })
    }
}
