//! PDF, step 3d: codes that no table of their font maps are judged by the text they would give.
//!
//! In: the scene of one page. Out: the same scene, its raw codes replaced where that makes Vietnamese of them. Files
//! that Ghostscript saved again lose `/ToUnicode` and keep bare glyph ids; those of Times New Roman are known
//! (`data/tnr_gid.tsv`). They are accepted only where the page then reads as possible syllables. Text in fonts of the
//! old encodings (`.VnTime` holds TCVN3, `VNI-Times` VNI) goes to [`crate::charset`]: the name is a hint, the text
//! of the page decides.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::cmap::STRING;
use super::font::{Fonts, RAW};
use super::layout::is_space;
use super::scene::{Glyph, Scene};
use crate::charset::{Case, Charset, FontHint, decode, detect, font_hint};
use crate::words::syllable::quality;

/// Share of possible syllables that a page must reach for its glyph ids to be believed.
const BELIEVED: f64 = 0.85;
/// The same once an earlier page of the document was believed.
const BELIEVED_LATER: f64 = 0.6;

/// Glyph ids of Times New Roman, Windows versions 5 to 7, one table a style.
#[derive(Debug, Default)]
struct GlyphIds {
    upright: FxHashMap<u32, u32>,
    italic: FxHashMap<u32, u32>,
    bold_italic: FxHashMap<u32, u32>,
}

static TIMES: LazyLock<GlyphIds> = LazyLock::new(|| {
    let mut out = GlyphIds::default();
    for line in include_str!("data/tnr_gid.tsv").lines() {
        let mut fields = line.split('\t');
        let (Some(style), Some(id), Some(code)) = (fields.next(), fields.next(), fields.next()) else {
            continue;
        };
        let (Ok(id), Ok(code)) = (id.parse(), u32::from_str_radix(code, 16)) else { continue };
        match style {
            "U" => out.upright.insert(id, code),
            "I" => out.italic.insert(id, code),
            _ => out.bold_italic.insert(id, code),
        };
    }
    out
});

/// The character of a glyph id in a font of that name; 0 where unknown.
fn times(name: &str, id: u32) -> u32 {
    let table = &*TIMES;
    let italic = name.contains("Italic") || name.contains("Oblique");
    let bold = name.contains("Bold");
    let found = match (italic, bold) {
        (true, true) => table.bold_italic.get(&id).or_else(|| table.italic.get(&id)),
        (true, false) => table.italic.get(&id),
        _ => table.upright.get(&id),
    };
    // Italics leave out 380 glyphs that the upright styles have before the Vietnamese letters.
    let shifted = || if italic && id > 751 { table.upright.get(&(id + 380)) } else { None };
    let ascii = || if (3..=97).contains(&id) { id + 29 } else { 0 };
    found.or_else(shifted).copied().unwrap_or_else(ascii)
}

/// Judges the raw codes of a document, page by page.
#[derive(Debug, Default)]
pub(super) struct Resolver {
    believed: bool,
    /// Glyphs whose character was found by their glyph id.
    pub(super) guessed: usize,
    /// What each font's name says, by its index.
    hints: Vec<Option<FontHint>>,
    /// The old encoding that was decoded, where there was one.
    pub(super) legacy: Option<Charset>,
}

impl Resolver {
    /// Replaces what can be replaced on one page.
    pub(super) fn page(&mut self, scene: &mut Scene, fonts: &Fonts) {
        for font in fonts.list.iter().skip(self.hints.len()) {
            self.hints.push(font_hint(&font.name));
        }
        self.glyph_ids(scene, fonts);
        self.old_encodings(scene, fonts);
    }

    /// Decodes the text of old encodings, font by font, if the page as a whole speaks for it.
    fn old_encodings(&mut self, scene: &mut Scene, fonts: &Fonts) {
        let hint_of = |font: u16| self.hints.get(usize::from(font)).copied().flatten();
        let is_high = |value: u32| (0x80..0x180).contains(&value) || matches!(value, 0x2000..=0x22FF);
        // One pass tells whether anything here can be in an old encoding.
        let (mut hinted, mut high, mut unicode) = (None, 0usize, 0usize);
        for glyph in &scene.glyphs {
            hinted = hinted.or_else(|| hint_of(glyph.font));
            high += usize::from(is_high(latin(glyph.value, fonts, glyph.font)));
            unicode += usize::from((0x1EA0..0x1F00).contains(&glyph.value));
        }
        if hinted.is_none() && (unicode > 0 || high * 50 < scene.glyphs.len()) || high == 0 {
            return;
        }
        let charset = match hinted {
            Some(hint) => {
                let only = |value: u32, font: u16| {
                    if hint_of(font).is_some() { latin(value, fonts, font) } else { 32 }
                };
                detect(&text_with(scene, only), Some(hint.charset))
            }
            None => detect(&text_with(scene, |value, font| latin(value, fonts, font)), None),
        };
        let Some(charset) = charset else { return };
        self.legacy = Some(charset);
        for run in &scene.runs {
            let range = run.start as usize..run.end as usize;
            let Some(glyphs) = scene.glyphs.get_mut(range) else { continue };
            // Words may change font in the middle (Distiller keeps "ư" apart), so fonts that mean the same go together.
            for part in glyphs.chunk_by_mut(|a, b| hint_of(a.font) == hint_of(b.font)) {
                let hint = part.first().and_then(|g| hint_of(g.font));
                if hinted.is_some() && hint.is_none() {
                    continue;
                }
                let case = match hint {
                    Some(hint) if hint.capitals => Case::Capitals,
                    Some(_) => Case::AsWritten,
                    None => Case::Guess,
                };
                decode_glyphs(part, charset, case, |glyph| latin(glyph.value, fonts, glyph.font));
            }
        }
    }

    /// Replaces glyph ids of Times New Roman.
    fn glyph_ids(&mut self, scene: &mut Scene, fonts: &Fonts) {
        let is_raw = |value: u32| (RAW..STRING).contains(&value);
        if !scene.glyphs.iter().any(|g| is_raw(g.value)) {
            return;
        }
        let guess = |value: u32, font: u16| -> u32 {
            match fonts.list.get(usize::from(font)) {
                Some(font) if font.is_composite && is_raw(value) => times(&font.name, value - RAW),
                _ => 0,
            }
        };
        let text = text_with(scene, |value, font| if is_raw(value) { guess(value, font) } else { value });
        let needed = if self.believed { BELIEVED_LATER } else { BELIEVED };
        if text.split_whitespace().count() < 3 || quality(&text) < needed {
            return;
        }
        self.believed = true;
        for glyph in &mut scene.glyphs {
            let found = guess(glyph.value, glyph.font);
            if found != 0 {
                glyph.value = found;
                self.guessed += 1;
            }
        }
    }
}

/// A value as an old encoding sees it: the raw code of a simple font stands for the byte itself.
fn latin(value: u32, fonts: &Fonts, font: u16) -> u32 {
    let is_simple = || fonts.list.get(usize::from(font)).is_some_and(|f| !f.is_composite);
    if (RAW..STRING).contains(&value) && value - RAW < 256 && is_simple() { value - RAW } else { value }
}

/// Decodes glyphs in place. Where two codes make one letter (VNI) the first glyph gets it and the second is emptied.
fn decode_glyphs(glyphs: &mut [Glyph], charset: Charset, case: Case, latin: impl Fn(&Glyph) -> u32) {
    let character = |glyph: &Glyph| char::from_u32(latin(glyph)).unwrap_or('\u{FFFD}');
    let written: String = glyphs.iter().map(character).collect();
    let decoded: Vec<char> = decode(&written, charset, case).chars().collect();
    if decoded.len() == glyphs.len() {
        for (glyph, decoded) in glyphs.iter_mut().zip(decoded) {
            if decoded != '\u{FFFD}' {
                glyph.value = u32::from(decoded);
            }
        }
        return;
    }
    let single = |text: &str| {
        let mut chars = text.chars();
        chars.next().filter(|c| chars.next().is_none() && *c != '\u{FFFD}')
    };
    let mut at = 0;
    while let Some(first) = glyphs.get(at).copied() {
        let second = glyphs.get(at + 1).copied();
        let pair = second.and_then(|second| {
            let text: String = [character(&first), character(&second)].iter().collect();
            single(&decode(&text, charset, case))
        });
        let letter = pair.or_else(|| single(&decode(&character(&first).to_string(), charset, case)));
        if let (Some(glyph), Some(letter)) = (glyphs.get_mut(at), letter) {
            glyph.value = u32::from(letter);
            if let (Some(_), Some(second)) = (pair, second) {
                glyph.x1 = glyph.x1.max(second.x1);
            }
        }
        at += 1;
        if pair.is_some()
            && let Some(second) = glyphs.get_mut(at)
        {
            second.value = 0;
            at += 1;
        }
    }
}

/// The text of a page in stream order, enough to judge its words. Words may change font in the middle, so a new run
/// parts words only where there is a gap.
fn text_with(scene: &Scene, value_of: impl Fn(u32, u16) -> u32) -> String {
    let mut text = String::new();
    let mut end: Option<(f32, f32)> = None;
    for run in &scene.runs {
        if let Some((x, y)) = end
            && ((y - run.y).abs() > 0.3 * run.size || !(-0.5..0.16).contains(&((run.x0 - x) / run.size)))
        {
            text.push('\n');
        }
        for glyph in scene.glyphs_of(run) {
            let value = value_of(glyph.value, glyph.font);
            let character =
                if is_space(value) { Some(' ') } else { char::from_u32(value).filter(|c| *c >= ' ') };
            text.push(character.unwrap_or('\u{FFFD}'));
        }
        end = Some((run.x1, run.y));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glyph_ids_of_times_new_roman_give_vietnamese_letters() {
        assert_eq!(times("TimesNewRomanPSMT", 36), u32::from('A'));
        assert_eq!(times("TimesNewRomanPS-BoldMT", 1188), 0x1EA0);
        assert_eq!(times("TimesNewRomanPS-ItalicMT", 1188 - 380), 0x1EA0);
        assert_eq!(times("TimesNewRomanPSMT", 60_000), 0);
    }
}
