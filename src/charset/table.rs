//! The tables of the old encodings, read once from `data/*.tsv`, and Windows-1252.

use std::sync::LazyLock;

use super::Charset;

/// The upper half of the control codes in Windows-1252: bytes 0x80 to 0x9F. U+FFFD marks the five without a character.
const CP1252: [char; 32] = [
    '€', '\u{FFFD}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{FFFD}', 'Ž', '\u{FFFD}',
    '\u{FFFD}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{FFFD}', 'ž', 'Ÿ',
];

/// The character of a byte in Windows-1252; bytes without one give the control code of the same number.
#[inline]
pub fn cp1252_char(byte: u8) -> char {
    match CP1252.get(usize::from(byte).wrapping_sub(0x80)) {
        Some(&c) if c != '\u{FFFD}' => c,
        _ => char::from(byte),
    }
}

/// The byte that a character stands for, in Windows-1252 or Latin-1.
#[inline]
pub(super) fn byte_of(c: char) -> Option<u8> {
    let v = c as u32;
    if v < 0x100 {
        return u8::try_from(v).ok();
    }
    if !(0x152..=0x2122).contains(&v) {
        return None;
    }
    CP1252.iter().position(|&x| x == c).and_then(|i| u8::try_from(0x80 + i).ok())
}

/// What one byte means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Code {
    /// The same as in Windows-1252.
    Other,
    /// A letter.
    Letter(char),
    /// A letter of the full table that fonts leave out: only where the word demands it.
    Rare(char),
    /// A combining tone.
    Mark(char),
}

/// One encoding.
pub(super) struct Table {
    /// Meaning of each byte.
    pub single: [Code; 256],
    /// Two-byte letters, sorted by their bytes.
    pub pairs: Vec<((u8, u8), char)>,
    /// The way back: letters with their bytes, sorted by letter.
    pub bytes: Vec<(char, Vec<u8>)>,
}

impl Table {
    fn parse(data: &str) -> Self {
        let mut table = Self { single: [Code::Other; 256], pairs: Vec::new(), bytes: Vec::new() };
        for line in data.lines().filter(|l| !l.starts_with('#')) {
            let mut fields = line.split('\t');
            let (Some(hex), Some(shown), Some(layer)) = (fields.next(), fields.next(), fields.next()) else {
                continue;
            };
            let bytes: Vec<u8> = hex.split(' ').filter_map(|h| u8::from_str_radix(h, 16).ok()).collect();
            let c = match shown.strip_prefix("U+") {
                Some(hex) => u32::from_str_radix(hex, 16).ok().and_then(char::from_u32),
                None => shown.chars().next(),
            };
            let Some(c) = c else { continue };
            match *bytes.as_slice() {
                [a] => {
                    if let Some(code) = table.single.get_mut(usize::from(a)) {
                        *code = match layer {
                            "vn1" => Code::Rare(c),
                            "mark" => Code::Mark(c),
                            _ => Code::Letter(c),
                        };
                    }
                }
                [a, b] => table.pairs.push(((a, b), c)),
                _ => continue,
            }
            if layer != "lenient" {
                table.bytes.push((c, bytes));
            }
        }
        table.pairs.sort_unstable();
        table.bytes.sort();
        table
    }

    /// What a byte means.
    #[inline]
    pub(super) fn code(&self, byte: u8) -> Code {
        self.single.get(usize::from(byte)).copied().unwrap_or(Code::Other)
    }

    /// The letter of two bytes.
    #[inline]
    pub(super) fn pair(&self, a: u8, b: u8) -> Option<char> {
        self.pairs.binary_search_by_key(&(a, b), |p| p.0).ok().and_then(|i| self.pairs.get(i)).map(|p| p.1)
    }
}

static TABLES: LazyLock<[Table; 5]> = LazyLock::new(|| {
    [
        Table::parse(include_str!("data/tcvn3.tsv")),
        Table::parse(include_str!("data/vni.tsv")),
        Table::parse(include_str!("data/viscii.tsv")),
        Table::parse(include_str!("data/vps.tsv")),
        Table::parse(include_str!("data/windows-1258.tsv")),
    ]
});

/// The table of an encoding; `None` for double-encoded UTF-8, which needs none.
#[inline]
pub(super) fn table(charset: Charset) -> Option<&'static Table> {
    let i = match charset {
        Charset::Tcvn3 => 0,
        Charset::Vni => 1,
        Charset::Viscii => 2,
        Charset::Vps => 3,
        Charset::Windows1258 => 4,
        Charset::Utf8AsCp1252 => return None,
    };
    TABLES.get(i)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_hold_every_letter_once() {
        for (charset, letters) in
            [(Charset::Tcvn3, 134), (Charset::Vni, 134), (Charset::Viscii, 134), (Charset::Vps, 134)]
        {
            let t = table(charset).expect("has a table");
            let found = t.bytes.iter().filter(|(c, _)| crate::charset::letter::is_letter(*c)).count();
            assert_eq!(found, letters, "{charset:?}");
        }
    }

    #[test]
    fn windows_1252_maps_both_ways() {
        for b in 0..=255u8 {
            assert_eq!(byte_of(cp1252_char(b)), Some(b));
        }
        assert_eq!(byte_of('ế'), None);
        assert_eq!(byte_of('ư'), None);
    }
}
