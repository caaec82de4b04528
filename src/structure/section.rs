//! Stage 2: the outline. In: a [`Text`] with its tables and marks, and the words of `patterns/sections.toml`.
//! Out: the parts of the document in reading order, nested by their shadow ranges: Phần, Chương, Mục, Điều, `I.`,
//! `1.1.`, `a)`, `-`, `+`, Phụ lục, tables, and what is not the document itself (menus, related links, page feet).
//!
//! Every line start is looked at once (`walk`). A mark counts only in its place (`place`): "1." opens a list, "2." goes
//! on from "1.", and a wrapped line that happens to begin with "2016. " does neither. `heading` reads what follows it.

mod heading;
mod place;
#[cfg(test)]
mod tests;
mod walk;

use std::ops::Range;

pub use crate::patterns::sections::SectionRules;
use crate::reader::MarkKind;
use crate::record::SectionKind;
use crate::words::Text;
use crate::words::lines::trim;
use walk::Walk;

/// One part of the outline; ranges are byte ranges of the shadow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// What it is.
    pub kind: SectionKind,
    /// Depth, from 1.
    pub level: u32,
    /// The mark as written: `II.`, `1.1.`, `a)`, `Điều 5.`, `-`.
    pub label: Option<Range<usize>>,
    /// The heading without its mark; only where what follows the mark reads as a heading.
    pub heading: Option<Range<usize>>,
    /// Index of the enclosing part.
    pub parent: Option<usize>,
    /// All of it, with the parts inside.
    pub range: Range<usize>,
}

/// Where head and foot of the document stand, as the header's reader found them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    /// From quốc hiệu to the title (trích yếu).
    pub header: Option<Range<usize>>,
    /// Signature and Nơi nhận.
    pub closing: Option<Range<usize>>,
}

/// The outline of a text, in reading order; ranges of children lie inside those of their parents.
pub fn outline(text: &Text<'_>, rules: &SectionRules, frame: &Frame) -> Vec<Outline> {
    let mut skip = skips(text, frame, rules);
    skip.sort_by_key(|s| (s.range.start, s.range.end));
    let mut walk = Walk::new(text.s(), rules);
    walk.run(&skip);
    walk.out
}

/// A stretch whose lines are not looked at for marks.
#[derive(Debug)]
struct Skip {
    range: Range<usize>,
    kind: SectionKind,
}

fn skips(text: &Text<'_>, frame: &Frame, rules: &SectionRules) -> Vec<Skip> {
    let s = text.s();
    let mut skip: Vec<Skip> = Vec::new();
    let mut add = |range: Option<Range<usize>>, kind| {
        if let Some(range) = range.filter(|r| !r.is_empty()) {
            skip.push(Skip { range, kind });
        }
    };
    add(text.title().map(|title| trim(s, title)), SectionKind::Title);
    add(frame.header.clone(), SectionKind::Header);
    add(frame.closing.clone(), SectionKind::Closing);
    for table in &text.tables {
        let cells = || table.rows.iter().flat_map(|r| &r.cells).filter(|c| !c.range.is_empty());
        let start = cells().map(|c| c.range.start).min();
        let end = cells().map(|c| c.range.end).max();
        add(start.zip(end).map(|(a, b)| a..b), SectionKind::Table);
    }
    let mut marked = false;
    for mark in text.marks.iter().filter(|m| m.kind == MarkKind::Boilerplate) {
        marked = true;
        add(Some(trim(s, mark.range.clone())), SectionKind::Boilerplate);
    }
    if !marked {
        let (top, tail) = rules.boilerplate(s);
        add(top, SectionKind::Boilerplate);
        add(tail, SectionKind::Boilerplate);
    }
    skip
}
