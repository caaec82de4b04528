//! PDF fonts: composite ones (Type 0), one or more bytes a character, through CIDs.

use lopdf::{Dictionary, Document, Object};

use super::super::super::symbol;
use super::super::cmap::{CMap, CodeMap};
use super::super::load::{as_dict, deref, get, get_dict, number};
use super::super::stream::{self, Budget};
use super::{Coded, RAW, Widths, blank, is_useful, program, program_bytes};
use crate::error::Error;

/// The tables of a composite font.
#[derive(Debug)]
pub(super) struct Composite {
    /// Code space ranges; empty where every code has two bytes.
    spaces: Vec<(u8, u32, u32)>,
    /// Code to 1 + CID; `None` where the code is the CID.
    cids: Option<CodeMap>,
    /// Code to character.
    unicode: CodeMap,
    /// CID to character, from the embedded program, where `unicode` has gaps.
    by_cid: CodeMap,
    /// Whether the codes are UTF-16 themselves (`UniGB-UCS2-H` and its like).
    is_utf16: bool,
    widths: Widths,
    default_width: f32,
}

impl Composite {
    /// Calls `each` for every character code.
    pub(super) fn decode(&self, bytes: &[u8], mut each: impl FnMut(Coded)) {
        if self.spaces.is_empty() {
            for pair in bytes.chunks(2) {
                let code = pair.iter().fold(0u32, |code, byte| code << 8 | u32::from(*byte));
                each(self.coded(code, false));
            }
            return;
        }
        let mut rest = bytes;
        while !rest.is_empty() {
            let (code, length) = self.next_code(rest);
            each(self.coded(code, length == 1 && code == 32));
            rest = rest.get(length..).unwrap_or_default();
        }
    }

    fn next_code(&self, bytes: &[u8]) -> (u32, usize) {
        let mut code = 0u32;
        for (index, byte) in bytes.iter().take(4).enumerate() {
            code = code << 8 | u32::from(*byte);
            let length = index as u8 + 1;
            if self.spaces.iter().any(|&(l, low, high)| l == length && (low..=high).contains(&code)) {
                return (code, index + 1);
            }
        }
        let shortest =
            self.spaces.iter().map(|s| usize::from(s.0)).min().unwrap_or(2).min(bytes.len()).max(1);
        let code = bytes.iter().take(shortest).fold(0u32, |code, byte| code << 8 | u32::from(*byte));
        (code, shortest)
    }

    fn coded(&self, code: u32, is_word_space: bool) -> Coded {
        let cid = self.cids.as_ref().map_or(code, |map| map.get(code).saturating_sub(1));
        let width = match self.widths.get(cid) {
            0 => self.default_width,
            bits => f32::from_bits(bits - 1),
        };
        let mut value = self.unicode.get(code);
        if !is_useful(value) {
            value = self.by_cid.get(cid);
        }
        if value == 0 {
            value = if self.is_utf16 && is_useful(code) { code } else { RAW + (cid & 0xFFFF) };
        }
        Coded { value, width, is_word_space }
    }
}

/// Reads a Type 0 font dictionary.
pub(super) fn load(
    doc: &Document,
    dict: &Dictionary,
    name: &str,
    mut unicode: CodeMap,
    budget: &Budget,
) -> Result<Composite, Error> {
    let descendant = get(doc, dict, b"DescendantFonts")
        .and_then(|o| match o {
            Object::Array(items) => items.first().and_then(|item| deref(doc, item)),
            other => Some(other),
        })
        .and_then(as_dict);

    let mut spaces = Vec::new();
    let mut cids = None;
    let mut is_utf16 = false;
    match get(doc, dict, b"Encoding") {
        Some(Object::Stream(stream)) => {
            let map = CMap::parse(&stream::decode(doc, stream, budget)?)?;
            spaces = map.spaces;
            cids = (!map.cids.is_empty()).then_some(map.cids);
        }
        Some(Object::Name(encoding)) => {
            let has = |part: &[u8]| memchr::memmem::find(encoding, part).is_some();
            is_utf16 = has(b"UCS2") || has(b"UTF16");
        }
        _ => {}
    }
    if spaces.iter().all(|s| s.0 == 2) {
        spaces.clear();
    }

    unicode.replace(|value| match value {
        0xF000..=0xF0FF => symbol::character(name, value - 0xF000),
        other => other,
    });
    let default_width =
        descendant.and_then(|d| get(doc, d, b"DW")).and_then(|o| number(doc, o)).unwrap_or(1000.0) / 1000.0;
    let widths = descendant.map_or_else(|| Ok(Widths::default()), |d| widths(doc, d))?;

    let mut by_cid = CodeMap::default();
    let blanks = unicode.codes_of(u32::from(' '));
    if blanks.len() > 1 {
        let cid = |code: u32| cids.as_ref().map_or(code, |map: &CodeMap| map.get(code).saturating_sub(1));
        let wide = |code: &u32| match widths.get(cid(*code)) {
            0 => default_width,
            bits => f32::from_bits(bits - 1),
        };
        let identity =
            descendant.is_some_and(|d| !matches!(get(doc, d, b"CIDToGIDMap"), Some(Object::Stream(_))));
        let descriptor = descendant.and_then(|d| get_dict(doc, d, b"FontDescriptor"));
        let program = program_bytes(doc, descriptor.filter(|_| identity), budget)?;
        let cids: Vec<u32> = blanks.iter().map(|code| cid(*code)).collect();
        let drawn = program.as_ref().and_then(|bytes| program::is_drawn(bytes, &cids));
        let widths: Vec<f32> = blanks.iter().map(wide).collect();
        let lost = drawn.unwrap_or_else(|| blank::too_wide(&widths));
        let known = program.map_or_else(CodeMap::default, |bytes| program::glyph_characters(&bytes));
        for ((code, cid), _) in blanks.iter().zip(&cids).zip(&lost).filter(|(_, lost)| **lost) {
            unicode.set(*code, 0);
            by_cid.set(*cid, known.get(*cid));
        }
    }
    if unicode.is_empty() && !is_utf16 {
        let descriptor = descendant.and_then(|d| get_dict(doc, d, b"FontDescriptor"));
        if let Some(bytes) = program_bytes(doc, descriptor, budget)? {
            let by_glyph = program::glyph_characters(&bytes);
            by_cid = match descendant.and_then(|d| get(doc, d, b"CIDToGIDMap")) {
                Some(Object::Stream(stream)) => {
                    let map = stream::decode(doc, stream, budget)?;
                    // Writers that map every CID to a glyph use Unicode as CIDs: letters have glyphs, controls none.
                    let has = |cid: u8| {
                        map.chunks_exact(2).nth(usize::from(cid)).is_some_and(|pair| pair != [0, 0])
                    };
                    let letters = (b'a'..=b'z').filter(|c| has(*c)).count();
                    is_utf16 = by_glyph.is_empty() && letters >= 3 && !(1..32).any(has);
                    let mut by_cid = CodeMap::default();
                    for (cid, pair) in map.chunks_exact(2).enumerate().take(0x1_0000) {
                        let gid = u32::from(pair[0]) << 8 | u32::from(pair[1]);
                        if by_glyph.get(gid) != 0 {
                            by_cid.set(cid as u32, by_glyph.get(gid));
                        }
                    }
                    by_cid
                }
                _ => by_glyph,
            };
        }
    }

    Ok(Composite { spaces, cids, unicode, by_cid, is_utf16, widths, default_width })
}

/// `/W`: `c [w1 w2 …]` or `first last w`.
fn widths(doc: &Document, descendant: &Dictionary) -> Result<Widths, Error> {
    let mut out = Widths::default();
    let Some(Object::Array(items)) = get(doc, descendant, b"W") else { return Ok(out) };
    let mut set = |cid: u32, width: f32| out.put(cid, (width / 1000.0).to_bits().wrapping_add(1));
    let mut rest = items.iter().filter_map(|item| deref(doc, item));
    while let (Some(first), Some(second)) = (rest.next(), rest.next()) {
        let Ok(first) = first.as_float() else { continue };
        let first = first.max(0.0) as u32;
        if let Object::Array(list) = second {
            for (index, width) in list.iter().enumerate() {
                set(first.saturating_add(index as u32), number(doc, width).unwrap_or(0.0))?;
            }
        } else if let (Ok(last), Some(width)) =
            (second.as_float(), rest.next().and_then(|o| o.as_float().ok()))
        {
            for cid in first..=(last.max(0.0) as u32).min(first.saturating_add(0xFFFF)) {
                set(cid, width)?;
            }
        }
    }
    Ok(out)
}
