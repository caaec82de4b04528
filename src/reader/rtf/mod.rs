//! Stage 1: rich text (RTF). In come groups and control words; out goes the text as Word shows it: paragraphs with the list numbers
//! that the file holds, tables, text boxes, and the notes at the end as "[1] …". Each run is decoded by its font:
//! `{\f1 B\'b8o c\'b8o}` in .VnTime is "Báo cáo".

mod state;
mod tokens;
mod walk;

use self::walk::Walk;
use super::office::{self, EMPTY_DOCUMENT};
use super::paragraph::OldFonts;
use super::{Content, ReadOptions};
use crate::error::Error;

/// Reads one document of this format.
///
/// # Errors
/// Text above the limit, no text.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Content, Error> {
    let read = |fonts: &mut OldFonts| {
        let (flow, used) = Walk::new(std::mem::take(fonts), options.limits.text_bytes).read(bytes);
        *fonts = used;
        Ok(flow)
    };
    office::content("rtf", office::twice(read)?, EMPTY_DOCUMENT, Vec::new(), options)
}

/// Whether the bytes are of this format.
pub fn sniff(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"{\\rtf")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(body: &str) -> Content {
        let fonts = "{\\fonttbl{\\f0 Arial;}{\\f1\\fnil .VnTime;}{\\f2\\fnil .VnTimeH;}{\\f3\\fcharset163 Times;}{\\f4\\fcharset2 Symbol;}}";
        let file = format!("{{\\rtf1\\ansi\\ansicpg1252\\deff0{fonts}{body}}}");
        read(file.as_bytes(), &ReadOptions::default()).unwrap()
    }

    #[test]
    fn runs_are_decoded_by_their_fonts() {
        let c = content(
            "{\\f1 B\\'b8o c\\'b8o t\\'d7nh h\\'d7nh}\\par{\\f2 k\\'d5t qu\\'b6 n\\'a8m}\\par{\\f3 Vi\\'ea\\'f2t}\\par \\f4\\'b3 5%",
        );
        assert_eq!(c.text, "Báo cáo tình hình\nKẾT QUẢ NĂM\nViệt\n≥ 5%");
        assert_eq!(c.encoding, Some("tcvn3"));
    }

    #[test]
    fn an_optional_hyphen_is_a_letter_in_fonts_where_its_code_is_one() {
        assert_eq!(
            content("{\\f1 ch\\-\\'acng tr\\'d7nh b\\'b8o c\\'b8o}\\par{\\f0 hai\\-ba}").text,
            "chương trình báo cáo\nhaiba"
        );
    }

    #[test]
    fn unicode_takes_its_fallbacks_along() {
        assert_eq!(content("t\\u7881?nh \\uc2\\u272 xx\\u7891 yyi \\uc0 \\u8211-").text, "tỉnh Đồi –-");
        assert_eq!(content("{\\upr{x}{\\*\\ud{\\u7881?}}} \\'93a\\'94").text, "ỉ “a”");
    }

    #[test]
    fn tables_keep_their_columns() {
        let c = content(
            "\\trowd\\cellx1000\\cellx3000\\pard\\intbl X\\u227?\\cell S\\u7889? h\\u7897?\\cell\\row\
             \\trowd\\cellx1000\\cellx2000\\cellx3000\\pard\\intbl T\\cell 312\\cell 5\\cell\\row\\pard H\\par",
        );
        assert_eq!(c.text, "Xã\tSố hộ\nT\t312\t5\n\nH");
        assert_eq!(c.tables.len(), 1);
    }

    #[test]
    fn notes_fields_and_what_is_not_shown() {
        let c = content(
            "{\\*\\generator X;}{\\info{\\title y}}A{\\super\\chftn{\\footnote\\pard\\plain{\\super\\chftn} Note 7}}\
             {\\field{\\*\\fldinst HYPERLINK z}{\\fldrslt link}}{\\v ẩn}{\\deleted d} B\\~C\\_D{\\pict 0102}{\\field{\\*\\fldinst EQ \\\\f(45,60)}}",
        );
        assert_eq!(c.text, "A[1]link B\u{a0}C-D45/60\n\n[1] Note 7");
    }

    #[test]
    fn broken_files_end_and_keep_what_was_read() {
        for body in [
            "{{{{{",
            "}}}}x",
            "\\trowd\\cell\\cell\\row\\row",
            "\\bin999999 x",
            "\\u",
            "{\\footnote{\\footnote x",
        ] {
            let _ = read(format!("{{\\rtf1 a{body}").as_bytes(), &ReadOptions::default());
        }
        let deep = format!("{{\\rtf1 {}x", "{".repeat(500_000));
        assert_eq!(read(deep.as_bytes(), &ReadOptions::default()).unwrap().text, "x");
    }
}
