//! Scans: what a kept page depends on.
//!
//! In: the document's bytes, a page, the engine. Out: the key under which the page is kept. Patterns and the rest of
//! the program play no part, so that pages outlive new versions of both.

use sha2::{Digest, Sha256};

use super::super::cache::{Cache, Key};
use super::words::Page;
use super::{Source, Wanted, engine};

/// Number of the way from a document to a page: grows when pictures are made or words read in another way.
const WAY: &[u8] = b"5";

/// The kept pages of one document; without a folder there are none.
pub(super) struct Kept<'a> {
    cache: Option<&'a Cache>,
    document: Vec<u8>,
}

impl<'a> Kept<'a> {
    pub(super) fn new(cache: Option<&'a Cache>, source: Source<'_>) -> Self {
        let (Source::Pdf(bytes) | Source::Picture(bytes)) = source;
        let document = cache.map(|_| Sha256::digest(bytes).to_vec()).unwrap_or_default();
        Self { cache, document }
    }

    fn key(&self, wanted: Wanted) -> Key {
        let number = (wanted.number as u64).to_le_bytes();
        Key::of(&[b"page", WAY, engine().as_bytes(), &self.document, &number])
    }

    pub(super) fn get(&self, wanted: Wanted) -> Option<Page> {
        let page: Page = self.cache?.get(&self.key(wanted))?;
        page.is_sound().then_some(page)
    }

    pub(super) fn put(&self, wanted: Wanted, page: &Page) {
        if let Some(cache) = self.cache {
            cache.put(&self.key(wanted), page);
        }
    }
}
