//! Stage 1, helper: the old Vietnamese encodings (bảng mã cũ). In comes text whose characters stand for the bytes of
//! TCVN3, VNI, VISCII, VPS or Windows-1258, read as Windows-1252 or Latin-1; out goes Unicode:
//! "B¸o c¸o vÒ t×nh h×nh" gives "Báo cáo về tình hình".
//!
//! - [`convert`] judges and decodes a text line by line, for plain text and web pages;
//! - [`detect`] and [`decode`] judge and decode runs of one font, for PDF; [`font_hint`] reads the font's name;
//! - [`encode`] is the way back, for tests and measurements.
//!
//! By which letters and syllables Vietnamese is known stands here too ([`letter`], [`syllable`]): they are what encodings are
//! told apart by.
//!
//! The tables stand as data in `src/charset/data/`; how they were checked is written in `docs/encodings.md`.

mod convert;
mod decode;
mod detect;
mod encode;
mod font;
pub mod letter;
pub mod syllable;
mod table;

pub use convert::{Converted, convert, convert_bytes, decode_as};
pub use decode::{Case, decode};
pub use detect::{detect, detect_beside, detect_in};
pub use encode::encode;
pub use font::{FontHint, font_hint};
pub(crate) use table::cp1252_char;

/// Whether plain text can be read by an encoding of this name: Unicode's, or one of the old ones.
pub fn is_known(name: &str) -> bool {
    let unicode = ["utf-8", "utf8", "utf-16", "utf-16le", "utf-16be"];
    unicode.iter().any(|known| known.eq_ignore_ascii_case(name)) || Charset::from_name(name).is_some()
}

/// An encoding in which Vietnamese text may stand where Unicode is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Charset {
    /// TCVN 5712:1993, called ABC: fonts .VnTime, .VnArial …
    Tcvn3,
    /// VNI-Windows: fonts VNI-Times …; a letter takes one or two bytes.
    Vni,
    /// VISCII (RFC 1456).
    Viscii,
    /// VPS.
    Vps,
    /// Windows-1258, read as Windows-1252: tones are separate characters behind their vowel.
    Windows1258,
    /// UTF-8 that was read as Windows-1252 (double encoding): "tá»‰nh" for "tỉnh".
    Utf8AsCp1252,
}

impl Charset {
    /// All of them, in the order of preference where two explain a text equally well.
    pub const ALL: [Self; 6] =
        [Self::Tcvn3, Self::Vni, Self::Utf8AsCp1252, Self::Windows1258, Self::Viscii, Self::Vps];

    /// The name in `source.encoding` and for `--encoding`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tcvn3 => "tcvn3",
            Self::Vni => "vni",
            Self::Viscii => "viscii",
            Self::Vps => "vps",
            Self::Windows1258 => "windows-1258",
            Self::Utf8AsCp1252 => "utf-8-as-cp1252",
        }
    }

    /// The encoding of that name; some common other names are understood (`abc`, `cp1258`).
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        Self::ALL.into_iter().find(|c| c.name() == name).or(match name.as_str() {
            "abc" | "tcvn" | "tcvn-3" | "tcvn5712" => Some(Self::Tcvn3),
            "vni-windows" => Some(Self::Vni),
            "cp1258" | "windows1258" => Some(Self::Windows1258),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charset::letter::{Tone, with_tone};

    /// Every Vietnamese letter in both cases.
    pub(super) fn alphabet() -> String {
        let tones = [Tone::Level, Tone::Grave, Tone::Hook, Tone::Tilde, Tone::Acute, Tone::Dot];
        let mut lower: String = "aăâeêioôơuưy".chars().flat_map(|v| tones.map(|t| with_tone(v, t))).collect();
        lower.push('đ');
        format!("{lower}{}", lower.to_uppercase())
    }

    /// The bytes as somebody sees them who takes them for Windows-1252.
    fn as_cp1252(bytes: &[u8]) -> String {
        bytes.iter().map(|&b| cp1252_char(b)).collect()
    }

    #[test]
    fn every_letter_survives_every_encoding() {
        for charset in Charset::ALL {
            for c in alphabet().chars() {
                // A consonant on each side, as inside a word, and a blank on each side.
                for text in [format!("t{c}n"), format!(" {c} ")] {
                    if charset == Charset::Tcvn3 && text.starts_with(' ') {
                        // Alone, some capitals of VN1 are quotation marks.
                        continue;
                    }
                    let bytes = encode(&text, charset).expect("encodable");
                    assert_eq!(decode(&as_cp1252(&bytes), charset, Case::AsWritten), text, "{charset:?}");
                    let latin1: String = bytes.iter().map(|&b| char::from(b)).collect();
                    assert_eq!(decode(&latin1, charset, Case::AsWritten), text, "{charset:?} latin-1");
                }
            }
        }
    }

    #[test]
    fn names_lead_back_to_their_encoding() {
        for charset in Charset::ALL {
            assert_eq!(Charset::from_name(charset.name()), Some(charset));
        }
        assert_eq!(Charset::from_name("ABC"), Some(Charset::Tcvn3));
        assert_eq!(Charset::from_name("koi8-r"), None);
    }

    #[test]
    fn a_sentence_reads_the_same_out_of_each_encoding() {
        let text = "Uỷ ban nhân dân huyện báo cáo kết quả thực hiện Quyết định số 45/QĐ-UB: 12,5 % – “đạt”";
        for charset in Charset::ALL {
            let bytes = encode(text, charset);
            // The quotation marks have no place in VISCII and VPS.
            let (text, bytes) = match bytes {
                Some(bytes) => (text.to_owned(), bytes),
                None => {
                    let plain = text.replace(['“', '”', '–'], "-");
                    let bytes = encode(&plain, charset).expect("encodable");
                    (plain, bytes)
                }
            };
            let seen = as_cp1252(&bytes);
            assert_eq!(detect(&seen, None), Some(charset));
            assert_eq!(decode(&seen, charset, Case::AsWritten), text);
            assert_eq!(detect(&text, None), None);
        }
    }
}
