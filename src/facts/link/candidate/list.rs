//! The candidates gathered for one quantity, each once, and which of them say nothing.

use std::borrow::Cow;
use std::hash::Hasher;
use std::ops::Range;

use rustc_hash::FxHasher;
use smol_str::SmolStr;

use super::{Candidate, Source};

/// Few quantities have more candidates.
const MOST: usize = 16;

/// The candidates gathered so far; of equal texts from one source the first stands.
pub(super) struct Candidates<'a> {
    list: Vec<Candidate<'a>>,
    hashes: Vec<u64>,
    /// Phrases that name nothing.
    pub(super) hollow: Vec<Cow<'a, str>>,
}

impl<'a> Candidates<'a> {
    /// None yet, with room for as many as most quantities have.
    pub(super) fn with_room() -> Self {
        Self { list: Vec::with_capacity(MOST), hashes: Vec::with_capacity(MOST), hollow: Vec::new() }
    }

    /// One more, unless the same source has given the same text.
    pub(super) fn add(&mut self, text: Cow<'a, str>, tokens: Range<usize>, source: Source) {
        self.push(Candidate { text, tokens, behind: 0..0, source });
    }

    /// What is done before a number, with the noun behind it.
    pub(super) fn add_joined(&mut self, text: String, before: Range<usize>, behind: Range<usize>) {
        self.push(Candidate { text: Cow::Owned(text), tokens: before, behind, source: Source::Joined });
    }

    fn push(&mut self, candidate: Candidate<'a>) {
        let Candidate { text, source, .. } = &candidate;
        let mut hasher = FxHasher::default();
        hasher.write(text.as_bytes());
        hasher.write_u8(*source as u8);
        let hash = hasher.finish();
        let known = |(c, &h): (&Candidate<'_>, &u64)| h == hash && c.source == *source && c.text == *text;
        if !text.is_empty() && !self.list.iter().zip(&self.hashes).any(known) {
            self.list.push(candidate);
            self.hashes.push(hash);
        }
    }

    /// A name that another figure, a label or a line has.
    pub(super) fn add_name(&mut self, name: Option<SmolStr>, source: Source) {
        self.add_made(name.map(String::from), source);
    }

    /// A name that stands nowhere as it is.
    pub(super) fn add_made(&mut self, name: Option<String>, source: Source) {
        if let Some(name) = name {
            self.add(Cow::Owned(name), 0..0, source);
        }
    }

    /// The phrases that say something; all of them where none does.
    pub(super) fn telling(mut self) -> Vec<Candidate<'a>> {
        let hollow = std::mem::take(&mut self.hollow);
        let tells = |c: &Candidate<'_>| match c.source {
            Source::Rule => !hollow.contains(&c.text) && !is_torn(&c.text),
            Source::Before => !hollow.contains(&c.text),
            _ => true,
        };
        if self.list.iter().any(tells) {
            self.list.retain(tells);
        }
        self.list
    }
}

/// Whether a phrase begins with a mark or has half a bracket.
fn is_torn(text: &str) -> bool {
    let first = || text.split(' ').next().unwrap_or_default();
    let dated = || text.starts_with(|c: char| c.is_ascii_digit()) && first().contains('/');
    // Most hold none of these marks.
    let marks = || text.bytes().filter(|b| matches!(b, b'(' | b')' | b';'));
    let count = |mark| marks().filter(|b| *b == mark).count();
    text.starts_with([',', ';', ':', ')', '-', '.'])
        || dated()
        || marks().next().is_some() && (count(b';') > 0 || count(b'(') != count(b')'))
}

/// A name up to the bracket that does not close in it.
pub(in crate::facts::link) fn before_torn(name: &SmolStr) -> SmolStr {
    match name.split_once('(') {
        Some((before, _)) if is_torn(name) && !before.trim().is_empty() => before.trim().into(),
        _ => name.clone(),
    }
}
