//! PDF fonts: what an embedded font program says about its characters, asked only where the PDF itself says nothing.

use skrifa::raw::ps::cff::CffFontRef;
use skrifa::raw::ps::type1::Type1Font;
use skrifa::raw::tables::cmap::PlatformId;
use skrifa::raw::{FontRef, TableProvider};
use skrifa::{GlyphId, GlyphNames, MetadataProvider};

use super::super::cmap::CodeMap;
use super::names::character;

/// The built-in encoding of a simple font's program: for each byte a character, 0 where unknown.
pub(super) fn simple_encoding(bytes: &[u8], is_symbolic: bool) -> [u32; 256] {
    if let Ok(font) = FontRef::new(bytes)
        && font.cmap().is_ok()
    {
        return if is_symbolic { symbolic_true_type(&font) } else { [0; 256] };
    }
    if let Some(font) = bare_cff(bytes) {
        let Some(encoding) = font.encoding() else { return [0; 256] };
        return std::array::from_fn(|code| {
            let name =
                encoding.map(code as u8).and_then(|gid| font.string(encoding.charset().string_id(gid)?));
            name.map_or(0, character)
        });
    }
    if let Ok(font) = Type1Font::new(bytes)
        && let Some(encoding) = font.encoding()
    {
        return std::array::from_fn(|code| {
            encoding.glyph_name(code as u8).map_or(0, |n| character(n.as_bytes()))
        });
    }
    [0; 256]
}

fn bare_cff(bytes: &[u8]) -> Option<CffFontRef<'_>> {
    if let Ok(font) = FontRef::new(bytes) {
        return CffFontRef::new(font.cff().ok()?.offset_data().as_bytes(), 0, None).ok();
    }
    CffFontRef::new(bytes, 0, None).ok()
}

/// A symbolic TrueType font: code to glyph by its (3,0) or (1,0) table, glyph to character by name or by the Unicode
/// table that the font has beside it.
fn symbolic_true_type(font: &FontRef<'_>) -> [u32; 256] {
    let mut out = [0; 256];
    let Ok(cmap) = font.cmap() else { return out };
    let by_glyph = true_type_characters(font);
    for record in cmap.encoding_records() {
        let is_symbol = record.platform_id() == PlatformId::Windows && record.encoding_id() == 0;
        let is_mac = record.platform_id() == PlatformId::Macintosh;
        let (true, Ok(table)) = (is_symbol || is_mac, record.subtable(cmap.offset_data())) else { continue };
        for (code, cell) in out.iter_mut().enumerate() {
            let code = code as u32;
            let gid = match table.map_codepoint(code) {
                None if is_symbol => table.map_codepoint(0xF000 + code),
                found => found,
            };
            if let Some(gid) = gid
                && gid.to_u32() != 0
                && *cell == 0
            {
                *cell = by_glyph.get(gid.to_u32());
            }
        }
    }
    out
}

/// Glyph to character for a font program of any kind.
pub(super) fn glyph_characters(bytes: &[u8]) -> CodeMap {
    if let Ok(font) = FontRef::new(bytes)
        && font.cff().is_err()
    {
        return true_type_characters(&font);
    }
    let mut out = CodeMap::default();
    if let Some(font) = bare_cff(bytes)
        && !font.is_cid()
        && let Some(charset) = font.charset()
    {
        for (gid, sid) in charset.iter() {
            let value = font.string(sid).map_or(0, character);
            if value != 0 {
                out.set(gid.to_u32(), value);
            }
        }
    }
    out
}

/// Whether the glyph of a TrueType font shows something; none where the program does not tell.
pub(super) fn is_drawn(bytes: &[u8], glyphs: &[u32]) -> Option<Vec<bool>> {
    let font = FontRef::new(bytes).ok()?;
    let (loca, glyf) = (font.loca(None).ok()?, font.glyf().ok()?);
    let drawn = |gid: &u32| matches!(loca.get_glyf(GlyphId::new(*gid), &glyf), Ok(Some(_)));
    Some(glyphs.iter().map(drawn).collect())
}

fn true_type_characters(font: &FontRef<'_>) -> CodeMap {
    let mut out = CodeMap::default();
    for (character, gid) in font.charmap().mappings() {
        // Symbol fonts list their codes in the private use area: that says nothing.
        if !(0xF000..0xF900).contains(&character) && character >= 32 && out.get(gid.to_u32()) == 0 {
            out.set(gid.to_u32(), character);
        }
    }
    let names = GlyphNames::new(font);
    if font.post().is_ok_and(|post| post.version() != skrifa::raw::types::Version16Dot16::VERSION_3_0) {
        for gid in 0..names.num_glyphs().min(0xFFFF) {
            if out.get(gid) == 0
                && let Some(name) = names.get(GlyphId::new(gid))
                && !name.is_synthesized()
            {
                let value = character(name.as_str().as_bytes());
                if value != 0 {
                    out.set(gid, value);
                }
            }
        }
    }
    out
}
