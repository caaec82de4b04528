//! Word 97 to 2003: which properties hold where. The main stream has pages of 512 bytes that say for stretches of the file
//! which property list they have; here they become one sorted list.

use super::super::bytes::{index_at, u16_at};

const PAGE: usize = 512;

/// A stretch of the main stream with the place of its properties in the same stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Where it begins and ends, in bytes of the main stream.
    pub from: usize,
    pub to: usize,
    list: std::ops::Range<usize>,
}

impl Stretch {
    /// Its properties.
    pub fn list<'b>(&self, main: &'b [u8]) -> &'b [u8] {
        main.get(self.list.clone()).unwrap_or(&[])
    }
}

/// Which pages to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Character,
    Paragraph,
}

/// All stretches in the order of the file. `pages` is the table that lists the pages.
pub fn stretches(main: &[u8], pages: &[u8], kind: Kind) -> Vec<Stretch> {
    // n + 1 places of 4 bytes, then n page numbers of 4 bytes.
    let count = pages.len().saturating_sub(4) / 8;
    let mut all = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for i in 0..count {
        let number = index_at(pages, (count + 1) * 4 + i * 4).map(|n| n & 0x003F_FFFF);
        // A page that is named twice tells nothing new.
        if let Some(number) = number.filter(|n| seen.insert(*n)) {
            page(main, number * PAGE, kind, &mut all);
        }
    }
    all.sort_by_key(|s: &Stretch| (s.from, s.to));
    all
}

fn page(main: &[u8], start: usize, kind: Kind, all: &mut Vec<Stretch>) -> Option<()> {
    let bytes = main.get(start..start.checked_add(PAGE)?)?;
    let count = usize::from(*bytes.last()?);
    let width = if kind == Kind::Character { 1 } else { 13 };
    for i in 0..count {
        let from = index_at(bytes, i * 4)?;
        let to = index_at(bytes, (i + 1) * 4)?;
        let at = usize::from(*bytes.get((count + 1) * 4 + i * width)?) * 2;
        let list = if at == 0 { Some(0..0) } else { list(bytes, at, kind) };
        let list = list.map_or(0..0, |l| start + l.start..start + l.end.min(PAGE));
        if from < to {
            all.push(Stretch { from, to, list });
        }
    }
    Some(())
}

/// Where a list stands in its page.
fn list(page: &[u8], at: usize, kind: Kind) -> Option<std::ops::Range<usize>> {
    let length = usize::from(*page.get(at)?);
    Some(match (kind, length) {
        (Kind::Character, n) => at + 1..at + 1 + n,
        (Kind::Paragraph, 0) => at + 2..at + 2 + usize::from(*page.get(at + 1)?) * 2,
        (Kind::Paragraph, n) => at + 1..at + n * 2,
    })
}

/// The stretch that holds a place.
pub fn find(stretches: &[Stretch], place: usize) -> Option<&Stretch> {
    let behind = stretches.partition_point(|s| s.from <= place);
    stretches.get(behind.checked_sub(1)?).filter(|s| place < s.to)
}

/// The style and the changes of a paragraph's properties.
pub fn paragraph_list(list: &[u8]) -> (u16, &[u8]) {
    (u16_at(list, 0).unwrap_or(0), list.get(2..).unwrap_or(&[]))
}
