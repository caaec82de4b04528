//! Scans, step 1: the pages of a PDF that recognition (OCR) is to read, handed to it.
//!
//! In: the opened document, the numbers of its pages. Out: what recognition read. A document that opens by a password
//! is handed on decrypted, through a pipe: no other program ever gets the password, no file the decrypted content.

use super::super::ReadOptions;
use super::super::ocr::{self, Recognition, Source, Unread, Wanted};
use super::load::{Loaded, Page};

/// Recognises pages by their numbers, from 1.
pub(super) fn recognise(
    loaded: &Loaded,
    pages: &[Page<'_>],
    wanted: &[usize],
    bytes: &[u8],
    options: &ReadOptions,
) -> Recognition {
    let of = |&number: &usize| Some(Wanted { number, size: pages.get(number.checked_sub(1)?)?.size });
    let requests: Vec<Wanted> = wanted.iter().filter_map(of).collect();
    if options.password.is_none() || loaded.doc.encryption_state.is_none() {
        return ocr::recognise(Source::Pdf(bytes), &requests, &options.ocr, options.cache.as_ref());
    }
    match decrypted(loaded) {
        // What a password protects is not kept either.
        Some(bytes) => ocr::recognise(Source::Pdf(&bytes), &requests, &options.ocr, None),
        None => Recognition {
            unread: wanted.iter().map(|number| (*number, Unread::Encrypted)).collect(),
            ..Recognition::default()
        },
    }
}

/// The document as a file that opens without a password.
fn decrypted(loaded: &Loaded) -> Option<Vec<u8>> {
    let mut doc = loaded.doc.clone();
    doc.encryption_state = None;
    doc.trailer.remove(b"Encrypt");
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).ok()?;
    Some(bytes)
}
