//! Word 97 to 2003: the style sheet and the fonts.

use super::super::bytes::{slice_at, u16_at, utf16};
use super::sprm::{Character, Properties};

/// How many styles may be based on one another.
const DEEPEST: usize = 12;

/// The style sheet, as far as it decides what is read.
#[derive(Debug, Default)]
pub struct Styles<'t> {
    styles: Vec<Style<'t>>,
    ascii: Option<u16>,
    other: Option<u16>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Style<'t> {
    base: usize,
    paragraph: &'t [u8],
    character: &'t [u8],
}

impl<'t> Styles<'t> {
    /// Reads the style sheet; a broken one as far as it goes.
    pub fn read(table: &'t [u8]) -> Self {
        let mut styles = Self::default();
        let _ = styles.fill(table);
        styles
    }

    fn fill(&mut self, table: &'t [u8]) -> Option<()> {
        let head = usize::from(u16_at(table, 0)?);
        let count = usize::from(u16_at(table, 2)?);
        let fixed = usize::from(u16_at(table, 4)?);
        self.ascii = u16_at(table, 2 + 12).filter(|_| head >= 14);
        self.other = u16_at(table, 2 + 16).filter(|_| head >= 18);
        let mut at = 2 + head;
        for _ in 0..count {
            let length = usize::from(u16_at(table, at)?);
            let bytes = slice_at(table, at + 2, length)?;
            self.styles.push(style(bytes, fixed).unwrap_or_default());
            // Styles begin at even places.
            at += 2 + length + length % 2;
        }
        Some(())
    }

    /// What characters of a paragraph style look like.
    pub fn character(&self, style: u16) -> Character {
        let mut character = Character { ascii: self.ascii, other: self.other, ..Character::default() };
        for style in self.chain(style) {
            character.apply(style.character, &|_| None);
        }
        character
    }

    /// What paragraphs of a style look like.
    pub fn properties(&self, style: u16) -> Properties {
        let mut properties = Properties::default();
        for style in self.chain(style) {
            properties.apply(style.paragraph);
        }
        properties
    }

    /// The property list of a character style itself.
    pub fn character_list(&self, style: u16) -> Option<&'t [u8]> {
        self.styles.get(usize::from(style)).map(|s| s.character)
    }

    /// What a style is based on, outermost first, and itself.
    fn chain(&self, style: u16) -> Vec<Style<'t>> {
        let first = self.styles.get(usize::from(style));
        let mut chain: Vec<Style<'t>> =
            std::iter::successors(first, |s| self.styles.get(s.base)).take(DEEPEST).copied().collect();
        chain.reverse();
        chain
    }
}

fn style(bytes: &[u8], fixed: usize) -> Option<Style<'_>> {
    let kind = u16_at(bytes, 2)?;
    let name = usize::from(u16_at(bytes, fixed)?);
    let mut at = fixed + 2 + name * 2 + 2;
    let mut next = || {
        let length = usize::from(u16_at(bytes, at)?);
        let list = slice_at(bytes, at + 2, length)?;
        at += 2 + length + length % 2;
        Some(list)
    };
    let mut style = Style { base: usize::from(kind >> 4), ..Style::default() };
    match kind & 0xF {
        1 => {
            style.paragraph = next().and_then(|list| list.get(2..)).unwrap_or(&[]);
            style.character = next().unwrap_or(&[]);
        }
        2 => style.character = next().unwrap_or(&[]),
        _ => {}
    }
    Some(style)
}

/// The names of the fonts.
pub fn fonts(table: &[u8]) -> Vec<String> {
    let mut fonts = Vec::new();
    let count = usize::from(u16_at(table, 0).unwrap_or(0));
    let mut at = 4;
    while let Some(font) = table.get(at).and_then(|length| slice_at(table, at + 1, usize::from(*length))) {
        if fonts.len() >= count {
            break;
        }
        let name = utf16(font.get(39..).unwrap_or(&[]));
        fonts.push(name.split('\0').next().unwrap_or("").to_owned());
        at += 1 + font.len();
    }
    fonts
}
