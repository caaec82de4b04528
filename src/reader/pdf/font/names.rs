//! PDF fonts: glyph names to characters, and the base encodings.

use std::sync::OnceLock;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};
use skrifa::raw::ps::{PredefinedEncoding, agl};

/// The character of a glyph name: the Adobe Glyph List, `uniXXXX`, `uXXXXX`; 0 where it names none.
///
/// Ligatures (`f_i`) give their first character only where the list has no single one.
pub(super) fn character(name: &[u8]) -> u32 {
    let Ok(name) = std::str::from_utf8(name) else { return 0 };
    if name == ".notdef" {
        return 0;
    }
    agl::name_to_char(name).or_else(|| agl::name_to_chars(name).next()).map_or(0, u32::from)
}

/// A table of 256 characters; 0 where the encoding has none.
pub(super) type Table = [u32; 256];

/// A base encoding by its PDF name.
pub(super) fn base(name: &[u8]) -> Option<&'static Table> {
    static WIN: OnceLock<Table> = OnceLock::new();
    static MAC: OnceLock<Table> = OnceLock::new();
    static STANDARD: OnceLock<Table> = OnceLock::new();
    match name {
        b"WinAnsiEncoding" | b"PDFDocEncoding" => Some(WIN.get_or_init(|| single_byte(WINDOWS_1252))),
        b"MacRomanEncoding" => Some(MAC.get_or_init(|| single_byte(MACINTOSH))),
        b"StandardEncoding" => Some(STANDARD.get_or_init(|| {
            std::array::from_fn(|code| character(PredefinedEncoding::Standard.name(code as u8).as_bytes()))
        })),
        _ => None,
    }
}

fn single_byte(encoding: &'static Encoding) -> Table {
    std::array::from_fn(|code| {
        if code < 32 {
            return 0;
        }
        let byte = [code as u8];
        let (text, _) = encoding.decode_without_bom_handling(&byte);
        text.chars().next().map_or(0, u32::from)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_list_and_generic_names_are_known() {
        assert_eq!(character(b"Dcroat"), u32::from('Đ'));
        assert_eq!(character(b"uni1EA1"), u32::from('ạ'));
        assert_eq!(character(b"u1EA1"), u32::from('ạ'));
        assert_eq!(character(b"acircumflex"), u32::from('â'));
        assert_eq!(character(b".notdef"), 0);
        assert_eq!(character(b"g123"), 0);
    }

    #[test]
    fn base_encodings_differ_where_they_should() {
        assert_eq!(base(b"WinAnsiEncoding").unwrap()[0x92], u32::from('’'));
        assert_eq!(base(b"MacRomanEncoding").unwrap()[0x8E], u32::from('é'));
        assert_eq!(base(b"StandardEncoding").unwrap()[0x27], u32::from('’'));
        assert!(base(b"Identity-H").is_none());
    }
}
