//! Scans: what the user is told of pages that were recognised and of those that were not.

use std::collections::BTreeMap;

use super::Recognition;
use crate::error::Error;
use crate::reader::page_list;
use crate::record::Warning;

/// Why a page was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::reader) enum Unread {
    /// A tool is not on this machine.
    Missing { tool: &'static str, package: &'static str },
    /// It took longer than one page may.
    PageLate,
    /// The time for the document was up.
    DocumentLate,
    /// A tool gave up on it.
    Failed(&'static str),
    /// The document needs a password that must not be told to a tool, and could not be decrypted for it.
    Encrypted,
}

impl Unread {
    fn code(self) -> &'static str {
        match self {
            Self::PageLate | Self::DocumentLate => "limit_reached",
            Self::Missing { .. } | Self::Failed(_) | Self::Encrypted => "ocr_failed",
        }
    }

    /// What happened to some pages, as a sentence without its full stop.
    fn sentence(self, pages: &str) -> String {
        match self {
            Self::Missing { tool, package } => format!(
                "Page {pages} is a scan; --ocr needs {tool}, which is not on this machine (install {package})"
            ),
            Self::PageLate => {
                format!("Page {pages} took longer to recognise than one page may (limit --page-timeout)")
            }
            Self::DocumentLate => format!(
                "Page {pages} was not recognised before the time for the document was up (limit --timeout); with --cache the next run goes on from there"
            ),
            Self::Failed(tool) => format!("{tool} could not read page {pages}"),
            Self::Encrypted => format!("Page {pages} is a scan that could not be decrypted for recognition"),
        }
    }

    fn error(self, pages: &str) -> Error {
        match self {
            Self::Missing { tool, package } => Error::Unsupported(format!(
                "a scan; --ocr needs {tool}, which is not on this machine (install {package})"
            )),
            Self::PageLate | Self::DocumentLate => Error::Timeout(self.sentence(pages)),
            Self::Failed(_) => Error::Damaged(self.sentence(pages)),
            Self::Encrypted => Error::Encrypted(self.sentence(pages)),
        }
    }
}

impl Recognition {
    /// What to tell of the pages.
    pub(in crate::reader) fn warnings(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        if !self.pages.is_empty() {
            let pages: Vec<usize> = self.pages.keys().copied().collect();
            warnings.push(Warning {
                code: "ocr".into(),
                message: format!(
                    "The text of page {} was read from its picture (OCR); compare figures with the original.",
                    page_list(&pages)
                ),
            });
        }
        for (why, pages) in self.by_reason() {
            warnings.push(Warning {
                code: why.code().into(),
                message: format!("{}.", why.sentence(&page_list(&pages))),
            });
        }
        warnings
    }

    /// Why a document of which no page could be read gives no text.
    pub(in crate::reader) fn error(&self) -> Option<Error> {
        self.by_reason().into_iter().next().map(|(why, pages)| why.error(&page_list(&pages)))
    }

    fn by_reason(&self) -> BTreeMap<Unread, Vec<usize>> {
        let mut reasons: BTreeMap<Unread, Vec<usize>> = BTreeMap::new();
        for (page, why) in &self.unread {
            reasons.entry(*why).or_default().push(*page);
        }
        reasons
    }
}
