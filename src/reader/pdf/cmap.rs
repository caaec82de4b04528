//! PDF, step 3b: character maps, both `/ToUnicode` (code to text) and the encoding of composite fonts (code to CID).
//!
//! In: the decoded CMap stream. Out: sparse tables that answer in constant time. Entries, texts and the work on them are
//! bounded, so a hostile map can neither fill memory nor keep the processor.

use rustc_hash::FxHashMap;

use super::tokenizer::{Token, Tokenizer, decode_hex};
use crate::error::Error;

/// Most entries of one map; a range beyond it is cut.
const MAX_ENTRIES: usize = 1 << 18;

/// Most times that entries of one map are set, those set before included.
const MAX_SETS: usize = 1 << 20;

/// Most bytes of the texts of one map: real ones hold a few letters an entry.
const MAX_TEXT: usize = 4 << 20;

/// A sparse map from character codes to numbers, dense within each used block of 256 codes.
#[derive(Debug, Clone)]
pub(super) struct CodeMap {
    /// For each high byte of a two-byte code: 1 + the index of its block, or 0.
    blocks: Box<[u16; 256]>,
    cells: Vec<u32>,
    /// Codes above 0xFFFF.
    wide: FxHashMap<u32, u32>,
    entries: usize,
    sets: usize,
}

impl Default for CodeMap {
    fn default() -> Self {
        Self {
            blocks: Box::new([0; 256]),
            cells: Vec::new(),
            wide: FxHashMap::default(),
            entries: 0,
            sets: 0,
        }
    }
}

impl CodeMap {
    /// The value of a code; 0 means none.
    pub(super) fn get(&self, code: u32) -> u32 {
        match self.blocks.get((code >> 8) as usize) {
            Some(0) => 0,
            Some(&block) => {
                let at = (usize::from(block) - 1) << 8 | (code & 0xFF) as usize;
                self.cells.get(at).copied().unwrap_or(0)
            }
            None => self.wide.get(&code).copied().unwrap_or(0),
        }
    }

    /// Sets the value of a code.
    ///
    /// # Errors
    /// `too_large` where entries are set beyond the limit `cmap_entries`.
    pub(super) fn put(&mut self, code: u32, value: u32) -> Result<(), Error> {
        self.sets += 1;
        if self.sets > MAX_SETS {
            return Err(Error::TooLarge(format!(
                "a font's map exceeds the limit cmap_entries of {MAX_SETS}"
            )));
        }
        self.set(code, value);
        Ok(())
    }

    /// Sets the value of a code, unless the map is full.
    pub(super) fn set(&mut self, code: u32, value: u32) {
        if self.entries >= MAX_ENTRIES {
            return;
        }
        self.entries += 1;
        let Some(block) = self.blocks.get_mut((code >> 8) as usize) else {
            self.wide.insert(code, value);
            return;
        };
        if *block == 0 {
            *block = (self.cells.len() >> 8) as u16 + 1;
            self.cells.resize(self.cells.len() + 256, 0);
        }
        let at = (usize::from(*block) - 1) << 8 | (code & 0xFF) as usize;
        if let Some(cell) = self.cells.get_mut(at) {
            *cell = value;
        }
    }

    /// Replaces the values of all codes up to 0xFFFF by what `new` makes of them.
    pub(super) fn replace(&mut self, new: impl Fn(u32) -> u32) {
        for cell in self.cells.iter_mut().filter(|cell| **cell != 0) {
            *cell = new(*cell);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries == 0
    }

    /// The codes up to 0xFFFF that have a value, in order.
    pub(super) fn codes_of(&self, value: u32) -> Vec<u32> {
        let mut codes = Vec::new();
        for (high, block) in self.blocks.iter().enumerate().filter(|(_, block)| **block != 0) {
            let from = (usize::from(*block) - 1) << 8;
            let cells = self.cells.get(from..from + 256).unwrap_or_default();
            let low = cells.iter().enumerate().filter(|(_, cell)| **cell == value);
            codes.extend(low.map(|(low, _)| (high << 8 | low) as u32));
        }
        codes
    }
}

/// Values at and above this are indices into a list of strings instead of characters.
pub(super) const STRING: u32 = 0x8000_0000;

/// A parsed CMap.
#[derive(Debug, Clone, Default)]
pub(super) struct CMap {
    /// Code to character, or to `STRING` + index into `strings`.
    pub(super) unicode: CodeMap,
    /// Texts of more than one character (ligatures).
    pub(super) strings: Vec<Box<str>>,
    /// Code to 1 + CID.
    pub(super) cids: CodeMap,
    /// Code space: (bytes, lowest, highest).
    pub(super) spaces: Vec<(u8, u32, u32)>,
    /// Bytes of all texts met.
    text: usize,
}

impl CMap {
    /// Reads a CMap; what cannot be understood is skipped.
    ///
    /// # Errors
    /// `too_large` beyond the limits `cmap_entries` and `cmap_text`.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let mut map = Self::default();
        let mut operands: Vec<Token<'_>> = Vec::new();
        let mut buffer = Vec::new();
        for token in Tokenizer::new(bytes) {
            let Token::Keyword(word) = token else {
                if operands.len() < 4 * MAX_ENTRIES {
                    operands.push(token);
                }
                continue;
            };
            match word {
                b"endcodespacerange" => map.code_spaces(&operands, &mut buffer),
                b"endbfchar" => map.bf_chars(&operands, &mut buffer)?,
                b"endbfrange" => map.bf_ranges(&operands, &mut buffer)?,
                b"endcidchar" => map.cid_entries(&operands, &mut buffer, false)?,
                b"endcidrange" => map.cid_entries(&operands, &mut buffer, true)?,
                _ => {}
            }
            operands.clear();
        }
        Ok(map)
    }

    fn code_spaces(&mut self, operands: &[Token<'_>], buffer: &mut Vec<u8>) {
        for pair in operands.chunks_exact(2) {
            if let (Some((low, length)), Some((high, _))) =
                (code(pair.first(), buffer), code(pair.get(1), buffer))
                && (1..=4).contains(&length)
                && self.spaces.len() < 64
            {
                self.spaces.push((length, low, high));
            }
        }
    }

    fn bf_chars(&mut self, operands: &[Token<'_>], buffer: &mut Vec<u8>) -> Result<(), Error> {
        for pair in operands.chunks_exact(2) {
            let Some((source, _)) = code(pair.first(), buffer) else { continue };
            self.target(source, pair.get(1), 0, buffer)?;
        }
        Ok(())
    }

    fn bf_ranges(&mut self, operands: &[Token<'_>], buffer: &mut Vec<u8>) -> Result<(), Error> {
        let mut rest = operands.iter();
        while let (Some(low), Some(high), Some(target)) = (rest.next(), rest.next(), rest.next()) {
            let range = code(Some(low), buffer).zip(code(Some(high), buffer));
            if *target == Token::ArrayOpen {
                let mut at = range.map(|((low, _), _)| low);
                for item in rest.by_ref() {
                    if *item == Token::ArrayClose {
                        break;
                    }
                    if let Some(source) = at {
                        self.target(source, Some(item), 0, buffer)?;
                        at = source.checked_add(1);
                    }
                }
            } else if let Some(((low, _), (high, _))) = range {
                for step in 0..=high.saturating_sub(low).min(0xFFFF) {
                    self.target(low.saturating_add(step), Some(target), step, buffer)?;
                }
            }
        }
        Ok(())
    }

    fn cid_entries(
        &mut self,
        operands: &[Token<'_>],
        buffer: &mut Vec<u8>,
        ranges: bool,
    ) -> Result<(), Error> {
        for item in operands.chunks_exact(if ranges { 3 } else { 2 }) {
            let (Some((low, _)), Some(Token::Number(cid))) = (code(item.first(), buffer), item.last()) else {
                continue;
            };
            let high = if ranges { code(item.get(1), buffer).map_or(low, |(high, _)| high) } else { low };
            for step in 0..=high.saturating_sub(low).min(0xFFFF) {
                self.cids.put(low.saturating_add(step), (*cid as u32).saturating_add(step + 1))?;
            }
        }
        Ok(())
    }

    /// Maps `source` to the text of `target`, its last character moved on by `step`.
    fn target(
        &mut self,
        source: u32,
        target: Option<&Token<'_>>,
        step: u32,
        buffer: &mut Vec<u8>,
    ) -> Result<(), Error> {
        let Some(Token::Hex(raw)) = target else { return Ok(()) };
        decode_hex(raw, buffer);
        self.text = self.text.saturating_add(buffer.len());
        if self.text > MAX_TEXT {
            return Err(Error::TooLarge(format!(
                "the texts of a font's map exceed the limit cmap_text of {MAX_TEXT} bytes"
            )));
        }
        let value = match *buffer.as_slice() {
            [] => return Ok(()),
            [byte] => u32::from(byte) + step,
            [high, low] => (u32::from(high) << 8 | u32::from(low)) + step,
            _ => {
                let units = buffer.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
                let mut text: Vec<char> =
                    char::decode_utf16(units).map(|r| r.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
                if let Some(last) = text.last_mut() {
                    *last = char::from_u32(*last as u32 + step).unwrap_or(char::REPLACEMENT_CHARACTER);
                }
                match text.as_slice() {
                    [single] => *single as u32,
                    _ if self.strings.len() < MAX_ENTRIES => {
                        self.strings.push(text.into_iter().filter(|c| *c != '\0').collect());
                        STRING + self.strings.len() as u32 - 1
                    }
                    _ => return Ok(()),
                }
            }
        };
        let valid = value >= STRING || char::from_u32(value).is_some();
        self.unicode.put(source, if valid { value } else { 0xFFFD })
    }
}

/// The number that a hexadecimal code stands for, and its length in bytes.
fn code(token: Option<&Token<'_>>, buffer: &mut Vec<u8>) -> Option<(u32, u8)> {
    let Some(Token::Hex(raw)) = token else { return None };
    decode_hex(raw, buffer);
    let value = buffer.iter().take(4).fold(0u32, |value, byte| value << 8 | u32::from(*byte));
    Some((value, buffer.len().min(4) as u8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_codes_ranges_and_lists_are_mapped() {
        let map = CMap::parse(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange
              2 beginbfchar <0003> <0020> <0010> <00660069> endbfchar
              2 beginbfrange <0024> <0026> <0041> <0030> <0031> [<0110> <1EA1>] endbfrange",
        )
        .unwrap();
        assert_eq!(map.unicode.get(3), 0x20);
        assert_eq!(map.unicode.get(0x26), u32::from('C'));
        assert_eq!(map.unicode.get(0x31), u32::from('ạ'));
        assert_eq!(map.unicode.get(0x10), STRING);
        assert_eq!(&*map.strings[0], "fi");
        assert_eq!(map.spaces, [(2, 0, 0xFFFF)]);
        assert_eq!(map.unicode.get(0x32), 0);
    }

    #[test]
    fn cid_ranges_count_up() {
        let map = CMap::parse(b"1 begincidrange <20> <7e> 100 endcidrange 1 begincidchar <81> 7 endcidchar")
            .unwrap();
        assert_eq!(map.cids.get(0x21), 102);
        assert_eq!(map.cids.get(0x81), 8);
    }

    #[test]
    fn a_hostile_range_is_cut_and_bad_targets_become_replacement_characters() {
        let map = CMap::parse(b"beginbfrange <00000000> <FFFFFFFF> <D7FF> endbfrange").unwrap();
        assert_eq!(map.unicode.get(1), 0xFFFD);
        assert!(map.unicode.entries <= MAX_ENTRIES);
    }

    #[test]
    fn many_ranges_and_long_texts_are_refused() {
        let ranges = format!("beginbfrange {} endbfrange", "<0000> <FFFF> <0041> ".repeat(4000));
        assert_eq!(CMap::parse(ranges.as_bytes()).unwrap_err().code(), "too_large");
        let ranges = format!("begincidrange {} endcidrange", "<0000> <FFFF> 1 ".repeat(4000));
        assert_eq!(CMap::parse(ranges.as_bytes()).unwrap_err().code(), "too_large");
        let text = format!("beginbfrange <0000> <FFFF> <{}> endbfrange", "0041".repeat(10_000));
        let error = CMap::parse(text.as_bytes()).unwrap_err();
        assert!(error.to_string().contains("cmap_text"), "{error}");
    }
}
