//! Word 97 to 2003: property lists. A paragraph's or run's properties are a list of changes (sprm), each an operation of 16
//! bits with its operand: `35 08 01` is "bold: on".

use super::super::bytes::{i16_at, u16_at};
use super::super::rows::{CellShape, RowShape};

/// The changes of a list, in order; ends where the list is broken.
pub fn changes(mut list: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let operation = u16_at(list, 0)?;
        let behind = list.get(2..)?;
        let (skip, length) = match operation >> 13 {
            0 | 1 => (0, 1),
            2 | 4 | 5 => (0, 2),
            3 => (0, 4),
            7 => (0, 3),
            // The definition of a table has a length of 16 bits, which counts one byte too many.
            _ if operation == 0xD608 => (2, usize::from(u16_at(behind, 0)?).saturating_sub(1)),
            _ => (1, usize::from(*behind.first()?)),
        };
        let operand = behind.get(skip..skip + length)?;
        list = behind.get(skip + length..)?;
        Some((operation, operand))
    })
}

/// Properties of characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Character {
    /// Fonts of ASCII letters and of others, as indices into the font table.
    pub ascii: Option<u16>,
    pub other: Option<u16>,
    pub bold: bool,
    pub hidden: bool,
    pub deleted: bool,
    pub superscript: bool,
    /// A character whose code means something special here: mark of a note, symbol.
    pub special: bool,
    /// Font and code of a symbol.
    pub symbol: Option<(u16, u16)>,
}

impl Character {
    /// Applies a list; `style` gives the list of a character style.
    pub fn apply<'s>(&mut self, list: &'s [u8], style: &dyn Fn(u16) -> Option<&'s [u8]>) {
        self.apply_within(list, style, 2);
    }

    fn apply_within<'s>(&mut self, list: &'s [u8], style: &dyn Fn(u16) -> Option<&'s [u8]>, depth: u8) {
        for (operation, operand) in changes(list) {
            let byte = operand.first().copied().unwrap_or(0);
            let is_on = |now: bool| match byte {
                0 => false,
                1 | 0x81 => true,
                _ => now,
            };
            match operation {
                0x4A4F => self.ascii = u16_at(operand, 0),
                0x4A51 => self.other = u16_at(operand, 0),
                0x0835 => self.bold = is_on(self.bold),
                0x083C => self.hidden = is_on(self.hidden),
                0x0800 => self.deleted = byte == 1,
                0x0855 => self.special = byte == 1,
                0x2A48 => self.superscript = byte == 1,
                // Raised by hand: three points and more.
                0x4845 => self.superscript = i16_at(operand, 0).is_some_and(|halves| halves >= 6),
                0x6A09 => self.symbol = u16_at(operand, 0).zip(u16_at(operand, 2)),
                0x4A30 => {
                    if let Some(list) = u16_at(operand, 0).and_then(style).filter(|_| depth > 0) {
                        self.apply_within(list, style, depth - 1);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Properties of paragraphs, and of the row that ends with one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Properties {
    pub in_table: bool,
    /// How many tables deep.
    pub depth: usize,
    pub ends_row: bool,
    pub ends_inner_cell: bool,
    pub ends_inner_row: bool,
    pub page_break: bool,
    pub list: u16,
    pub level: u8,
    pub row: RowShape,
    /// Where more properties stand in the stream `Data`.
    pub more: Option<u32>,
}

impl Properties {
    /// Applies a list.
    pub fn apply(&mut self, list: &[u8]) {
        for (operation, operand) in changes(list) {
            let byte = operand.first().copied().unwrap_or(0);
            let on = byte != 0;
            match operation {
                0x2416 => self.in_table = on,
                0x2417 => self.ends_row = on,
                0x244B => self.ends_inner_cell = on,
                0x244C => self.ends_inner_row = on,
                0x2407 => self.page_break = on,
                0x6649 => self.depth = usize::from(byte),
                0x460B => self.list = u16_at(operand, 0).unwrap_or(0),
                0x260A => self.level = byte,
                0x6645 | 0x6646 => self.more = super::super::bytes::u32_at(operand, 0),
                0x3404 => self.row.heading = on,
                0xD608 => define_row(&mut self.row, operand),
                0x5624 => self.join(operand),
                0xD62B => {
                    let cell = self.row.cells.get_mut(usize::from(byte));
                    let joined = operand.get(1) == Some(&1);
                    cell.into_iter().for_each(|c| c.joined_above = joined);
                }
                _ => {}
            }
        }
    }

    /// Merges the cells from one index to another.
    fn join(&mut self, operand: &[u8]) {
        if let [first, end, ..] = *operand {
            let cells = self.row.cells.iter_mut();
            let merged = cells.take(usize::from(end)).skip(usize::from(first) + 1);
            merged.for_each(|cell| cell.joined_left = true);
        }
    }

    /// How many tables deep the paragraph stands.
    pub fn depth(&self) -> usize {
        if self.in_table || self.ends_row { self.depth.max(1) } else { self.depth }
    }
}

/// Reads the edges and the merged cells of a row.
fn define_row(row: &mut RowShape, operand: &[u8]) {
    let count = usize::from(operand.first().copied().unwrap_or(0));
    let edge = |i: usize| i16_at(operand, 1 + i * 2).map(i32::from);
    row.left = edge(0).unwrap_or(0);
    row.cells = (0..count)
        .map_while(|i| {
            // The descriptions of the cells may be fewer than the cells.
            let flags = u16_at(operand, 1 + (count + 1) * 2 + i * 20).unwrap_or(0);
            let joined_above = flags & 0x60 == 0x20;
            Some(CellShape { right: edge(i + 1)?, joined_left: flags & 2 != 0, joined_above })
        })
        .collect();
}
