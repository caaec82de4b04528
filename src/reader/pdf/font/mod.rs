//! PDF, step 3c: fonts. A font turns the bytes of a shown string into characters and advance widths.
//!
//! In: a font dictionary. Out: [`Font`], which answers each code from tables made once. Order of trust:
//! `/ToUnicode`, then glyph names of `/Differences` and base encodings, then the embedded font program. What none of
//! them knows keeps its code (value `RAW` + code), so that `guess` and the legacy decoders may still judge it.

mod blank;
mod composite;
mod names;
mod program;
mod simple;
mod standard;

use lopdf::{Dictionary, Document, Object};
use rustc_hash::FxHashMap;

use super::cmap::{CMap, CodeMap, STRING};
use super::load::get;
use super::stream::{self, Budget};
use crate::error::Error;

/// Values from here to [`STRING`] are codes that no table of the font maps to Unicode.
pub(super) const RAW: u32 = 0x4000_0000;

/// Advance width of fonts that state none, in thousandths of the size; good enough to find the spaces.
const FALLBACK_WIDTH: f32 = 0.52;

/// One loaded font.
#[derive(Debug)]
pub(super) struct Font {
    /// `/BaseFont` without the subset tag: `TimesNewRomanPS-BoldMT`, `.VnTimeH`.
    pub(super) name: String,
    kind: Kind,
    /// Texts of more than one character; `STRING` values index into it.
    pub(super) strings: Vec<Box<str>>,
    /// Whether its codes are CIDs (Type 0), so that a raw code is a glyph id.
    pub(super) is_composite: bool,
}

#[derive(Debug)]
enum Kind {
    Simple(Box<[(u32, f32); 256]>),
    Composite(Box<composite::Composite>),
}

/// One decoded character code.
#[derive(Debug, Clone, Copy)]
pub(super) struct Coded {
    /// A character, `STRING` + index, or `RAW` + code.
    pub(super) value: u32,
    /// Advance width in text space units of size 1.
    pub(super) width: f32,
    /// Whether word spacing applies: the single-byte code 32.
    pub(super) is_word_space: bool,
}

impl Font {
    /// Calls `each` for every character code in the bytes of a shown string.
    pub(super) fn decode(&self, bytes: &[u8], mut each: impl FnMut(Coded)) {
        match &self.kind {
            Kind::Simple(table) => {
                for &byte in bytes {
                    let (value, width) = table[usize::from(byte)];
                    each(Coded { value, width, is_word_space: byte == b' ' });
                }
            }
            Kind::Composite(font) => font.decode(bytes, each),
        }
    }

    /// The font that stands in where a font is missing or unreadable: ASCII as it stands.
    pub(super) fn fallback() -> Self {
        Self {
            name: String::new(),
            kind: Kind::Simple(Box::new(std::array::from_fn(|code| {
                let value = if (32..127).contains(&code) { code as u32 } else { RAW + code as u32 };
                (value, FALLBACK_WIDTH)
            }))),
            strings: Vec::new(),
            is_composite: false,
        }
    }

    fn load(doc: &Document, dict: &Dictionary, budget: &Budget) -> Result<Self, Error> {
        let name = base_name(doc, dict);
        let to_unicode = match get(doc, dict, b"ToUnicode") {
            Some(Object::Stream(stream)) => CMap::parse(&stream::decode(doc, stream, budget)?)?,
            _ => CMap::default(),
        };
        let is_composite = dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|s| s == b"Type0");
        let kind = if is_composite {
            Kind::Composite(Box::new(composite::load(doc, dict, &name, to_unicode.unicode, budget)?))
        } else {
            Kind::Simple(simple::load(doc, dict, &name, &to_unicode.unicode, budget)?)
        };
        Ok(Self { name, kind, strings: to_unicode.strings, is_composite })
    }
}

/// `/BaseFont` without the six-letter tag of a subset.
fn base_name(doc: &Document, dict: &Dictionary) -> String {
    let name = get(doc, dict, b"BaseFont").and_then(|o| o.as_name().ok()).unwrap_or_default();
    let name = match name.iter().position(|b| *b == b'+') {
        Some(6) => name.get(7..).unwrap_or_default(),
        _ => name,
    };
    String::from_utf8_lossy(name).into_owned()
}

/// The embedded font program, decoded, if there is one.
fn program_bytes(
    doc: &Document,
    descriptor: Option<&Dictionary>,
    budget: &Budget,
) -> Result<Option<Vec<u8>>, Error> {
    let Some(descriptor) = descriptor else { return Ok(None) };
    for key in [b"FontFile2".as_slice(), b"FontFile3", b"FontFile"] {
        if let Some(Object::Stream(stream)) = get(doc, descriptor, key) {
            return stream::decode(doc, stream, budget).map(Some);
        }
    }
    Ok(None)
}

/// Whether a ToUnicode value says something: not null, and no private use character such as symbol fonts carry.
fn is_useful(value: u32) -> bool {
    value != 0 && value != 0xFFFD && !(0xF000..0xF900).contains(&value) && (value >= 32 || value == 9)
}

/// All fonts of a document, each loaded once.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    pub(super) list: Vec<Font>,
    by_address: FxHashMap<usize, u16>,
}

impl Fonts {
    /// Most fonts of one document; further ones are read with the stand-in.
    const MAX: usize = 20_000;

    /// The index of a font dictionary; `None` gives the stand-in.
    ///
    /// # Errors
    /// `too_large` where a stream of the font expands beyond the limit.
    pub(super) fn find(
        &mut self,
        doc: &Document,
        dict: Option<&Dictionary>,
        budget: &Budget,
    ) -> Result<u16, Error> {
        // The document is not changed while it is read, so a dictionary's address names it.
        let address = dict.map_or(0, |dict| std::ptr::from_ref(dict) as usize);
        if let Some(&index) = self.by_address.get(&address) {
            return Ok(index);
        }
        let font = match dict {
            Some(dict) if self.list.len() < Self::MAX => Font::load(doc, dict, budget)?,
            _ => Font::fallback(),
        };
        let index = self.list.len().min(usize::from(u16::MAX)) as u16;
        self.list.push(font);
        self.by_address.insert(address, index);
        Ok(index)
    }
}

/// A paged table of advance widths by CID, stored as bits of `f32` + 1 so that 0 means none.
type Widths = CodeMap;

const _: () = assert!(RAW < STRING);
