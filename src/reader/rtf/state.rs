//! RTF: what holds at a place of the file. A group takes over what holds around it, and what it changes ends with it.

use encoding_rs::Encoding;

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Into the document.
    Text,
    /// Nowhere.
    Nothing,
    /// Into the name of a font.
    FontName,
    /// Into the instruction of a field.
    Instruction,
}

/// How characters are set, and what the paragraph is.
#[derive(Debug, Clone)]
pub struct State {
    /// Where text goes.
    pub target: Target,
    /// The font by its number.
    pub font: i32,
    /// Bold.
    pub bold: bool,
    /// Not shown, or deleted.
    pub hidden: bool,
    /// Raised.
    pub superscript: bool,
    /// How many replacement characters follow one in Unicode.
    pub fallbacks: usize,
    /// Whether the paragraph stands in a table.
    pub in_table: bool,
    /// How many tables deep it stands.
    pub depth: usize,
}

impl Default for State {
    fn default() -> Self {
        Self {
            target: Target::Text,
            font: -1,
            bold: false,
            hidden: false,
            superscript: false,
            fallbacks: 1,
            in_table: false,
            depth: 0,
        }
    }
}

impl State {
    /// Properties of characters as at the beginning (`\plain`).
    pub fn plain(&mut self) {
        (self.font, self.bold, self.hidden, self.superscript) = (-1, false, false, false);
    }

    /// How many tables deep the paragraph stands.
    pub fn depth(&self) -> usize {
        if self.in_table { self.depth.max(1) } else { 0 }
    }
}

/// A font of the table.
#[derive(Debug, Clone, Default)]
pub struct Font {
    /// Its name.
    pub name: String,
    /// The number of its character set; 163 is Vietnamese, 2 symbols.
    pub charset: i32,
}

/// The encoding of a font's character set.
pub fn encoding_of_charset(charset: i32) -> Option<&'static Encoding> {
    Some(match charset {
        163 => encoding_rs::WINDOWS_1258,
        128 => encoding_rs::SHIFT_JIS,
        129 => encoding_rs::EUC_KR,
        134 => encoding_rs::GBK,
        136 => encoding_rs::BIG5,
        161 => encoding_rs::WINDOWS_1253,
        162 => encoding_rs::WINDOWS_1254,
        177 => encoding_rs::WINDOWS_1255,
        178 => encoding_rs::WINDOWS_1256,
        186 => encoding_rs::WINDOWS_1257,
        204 => encoding_rs::WINDOWS_1251,
        222 => encoding_rs::WINDOWS_874,
        238 => encoding_rs::WINDOWS_1250,
        _ => return None,
    })
}

/// The encoding of a code page.
pub fn encoding_of_page(page: i32) -> &'static Encoding {
    match page {
        874 => encoding_rs::WINDOWS_874,
        932 => encoding_rs::SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1253 => encoding_rs::WINDOWS_1253,
        1254 => encoding_rs::WINDOWS_1254,
        1255 => encoding_rs::WINDOWS_1255,
        1256 => encoding_rs::WINDOWS_1256,
        1257 => encoding_rs::WINDOWS_1257,
        1258 => encoding_rs::WINDOWS_1258,
        65001 => encoding_rs::UTF_8,
        _ => encoding_rs::WINDOWS_1252,
    }
}
