//! The repaired copy of a text and the map from its offsets back to the raw text.

use std::borrow::Cow;
use std::ops::Range;

/// A repaired copy of a raw text. Without repairs it borrows the raw text and the map is the identity.
#[derive(Debug, Clone)]
pub struct Shadow<'a> {
    /// The repaired text.
    pub text: Cow<'a, str>,
    /// What was repaired, in order of the raw text.
    pub repairs: Vec<Applied>,
}

/// One repair made: its name and the raw byte range it concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Name of the repair, as `--no-repair` takes it.
    pub name: &'static str,
    /// Where, in bytes of the raw text.
    pub range: Range<usize>,
}

impl<'a> Shadow<'a> {
    /// The shadow of a text that needs no repair.
    pub fn identity(raw: &'a str) -> Self {
        Self { text: Cow::Borrowed(raw), repairs: Vec::new() }
    }

    /// The raw byte range that a shadow byte range stands for. Monotone and total; on character boundaries.
    pub fn to_raw(&self, range: Range<usize>) -> Range<usize> {
        range
    }

    /// The shadow offset at or after a raw offset. Monotone and total.
    pub fn to_shadow(&self, raw: usize) -> usize {
        raw
    }
}
