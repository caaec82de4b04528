//! Self-contained pages: no network, light and dark, escaped by the template engine.

mod chart;
pub mod compare;
pub mod mark;
pub mod report;
pub mod view;

use crate::tables::compare::row::Source;

/// A sentence cut at the value it states, for a page to mark it.
#[derive(Debug, Clone, Default)]
pub struct Marked {
    /// Words before the value.
    pub before: String,
    /// The value.
    pub value: String,
    /// Words behind it.
    pub after: String,
}

impl Marked {
    fn of(s: &Source) -> Self {
        let at = |n: usize| s.sentence.char_indices().nth(n).map_or(s.sentence.len(), |(i, _)| i);
        let Some([start, end]) = s.mark else {
            return Self { before: s.sentence.to_string(), ..Self::default() };
        };
        let (start, end) = (at(start as usize), at(end as usize));
        let piece = |r: std::ops::Range<usize>| s.sentence.get(r).unwrap_or("").to_owned();
        Self { before: piece(0..start), value: piece(start..end), after: piece(end..s.sentence.len()) }
    }
}
