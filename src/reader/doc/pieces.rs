//! Word 97 to 2003: the text. It lies in pieces all over the main stream, in one byte a letter (Windows-1252) or two; the piece
//! table puts them in order.

use super::super::bytes::{index_at, slice_at, u16_at};
use crate::charset::cp1252_char;
use crate::error::Error;

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its first character and the one behind its last.
    pub from: usize,
    pub to: usize,
    /// Where it stands in the main stream, in bytes.
    place: usize,
    /// Whether a letter takes one byte.
    narrow: bool,
    /// A property list that holds for all of it: an index into the lists, or one change.
    change: u16,
}

/// All pieces in the order of the text.
#[derive(Debug, Default)]
pub struct Pieces<'t> {
    /// The pieces.
    pub all: Vec<Piece>,
    lists: Vec<&'t [u8]>,
}

impl<'t> Pieces<'t> {
    /// Reads the piece table.
    ///
    /// # Errors
    /// A broken table.
    pub fn read(mut table: &'t [u8]) -> Result<Self, Error> {
        let damaged = || Error::Damaged("the table of the text's pieces is broken".into());
        let mut pieces = Self::default();
        while let Some(1) = table.first() {
            let length = usize::from(u16_at(table, 1).ok_or_else(damaged)?);
            pieces.lists.push(slice_at(table, 3, length).ok_or_else(damaged)?);
            table = table.get(3 + length..).ok_or_else(damaged)?;
        }
        if table.first() != Some(&2) {
            return Err(damaged());
        }
        let table = table.get(5..).ok_or_else(damaged)?;
        let count = table.len().saturating_sub(4) / 12;
        let mut end = 0;
        for i in 0..count {
            let (Some(from), Some(to)) = (index_at(table, i * 4), index_at(table, (i + 1) * 4)) else {
                break;
            };
            let at = (count + 1) * 4 + i * 8;
            let (Some(place), Some(change)) = (index_at(table, at + 2), u16_at(table, at + 6)) else { break };
            // Pieces follow one another; where a broken table says otherwise, it ends.
            if from != end || to <= from {
                break;
            }
            end = to;
            let narrow = place & 0x4000_0000 != 0;
            let place = place & 0x3FFF_FFFF;
            pieces.all.push(Piece {
                from,
                to,
                place: if narrow { place / 2 } else { place },
                narrow,
                change,
            });
        }
        Ok(pieces)
    }

    /// The characters of all pieces, as UTF-16; they end where the stream does not hold them, or beyond the limit.
    pub fn units(&self, main: &[u8], limit: usize) -> Vec<u16> {
        let mut units = Vec::new();
        for piece in &self.all {
            piece.units(main, &mut units);
            if units.len() < piece.to || units.len() > limit {
                break;
            }
        }
        units
    }

    /// The piece that holds a character.
    pub fn find(&self, at: usize) -> Option<&Piece> {
        let behind = self.all.partition_point(|p| p.from <= at);
        self.all.get(behind.checked_sub(1)?).filter(|p| at < p.to)
    }

    /// The property list that holds for a whole piece.
    pub fn list(&self, piece: &Piece) -> PieceList<'t> {
        if piece.change & 1 == 1 {
            return PieceList::Many(self.lists.get(usize::from(piece.change >> 1)).copied().unwrap_or(&[]));
        }
        let (kind, value) = (piece.change >> 1 & 0x7F, (piece.change >> 8) as u8);
        let operation: Option<u16> = match kind {
            0x55 => Some(0x0835),
            0x5C => Some(0x083C),
            0x41 => Some(0x0800),
            0x18 => Some(0x2416),
            0x19 => Some(0x2417),
            0x68 => Some(0x2A48),
            _ => None,
        };
        operation.map_or(PieceList::Many(&[]), |o| {
            let [a, b] = o.to_le_bytes();
            PieceList::One([a, b, value])
        })
    }
}

/// A property list of a piece.
#[derive(Debug, Clone, Copy)]
pub enum PieceList<'t> {
    Many(&'t [u8]),
    One([u8; 3]),
}

impl PieceList<'_> {
    /// The list.
    pub fn get(&self) -> &[u8] {
        match self {
            Self::Many(list) => list,
            Self::One(list) => list,
        }
    }
}

impl Piece {
    /// Where a character of the piece stands in the main stream.
    pub fn place(&self, at: usize) -> usize {
        self.place.saturating_add((at - self.from) * if self.narrow { 1 } else { 2 })
    }

    /// The character that stands at a place of the main stream, or the next one.
    pub fn at(&self, place: usize) -> usize {
        let bytes = place.saturating_sub(self.place);
        self.from + if self.narrow { bytes } else { bytes.div_ceil(2) }
    }

    /// Its characters as UTF-16, as far as the stream holds them.
    fn units(&self, main: &[u8], out: &mut Vec<u16>) {
        let rest = main.get(self.place.min(main.len())..).unwrap_or(&[]);
        let count = self.to - self.from;
        if self.narrow {
            let letters = rest.iter().take(count);
            out.extend(letters.map(|&b| u16::try_from(u32::from(cp1252_char(b))).unwrap_or(0xFFFD)));
        } else {
            let bytes = rest.get(..rest.len().min(count.saturating_mul(2))).unwrap_or(rest);
            out.extend(bytes.chunks_exact(2).filter_map(|pair| u16_at(pair, 0)));
        }
    }
}
