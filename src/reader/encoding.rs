//! What becomes of the user's word on the encoding (`--encoding tcvn3`): files that are clean Unicode are left alone, so
//! that a folder of old and new files can be read at once; and where the text reads worse than as detected, it is said.

use super::ReadOptions;
use super::plain::utf16_order;
use crate::charset;
use crate::record::Warning;
use crate::words::syllable::quality;

/// Share of possible syllables from which a Unicode text is taken as it is.
const CLEAN: f64 = 0.8;
/// By how much the asked reading may fall behind the detected one before it is said.
const BEHIND: f64 = 0.05;

/// The encoding that the user asks for, unless the file is clean Unicode of another kind.
pub(super) fn asked<'o>(
    bytes: &[u8],
    options: &'o ReadOptions,
    warnings: &mut Vec<Warning>,
) -> Option<&'o str> {
    let name = options.encoding.as_deref()?;
    let Some(unicode) = clean_unicode(bytes) else { return Some(name) };
    if name.to_ascii_lowercase().replace("utf8", "utf-8").starts_with(unicode) {
        return Some(name);
    }
    warnings.push(Warning {
        code: "encoding_not_applied".into(),
        message: format!("the file is clean Unicode ({unicode}) and was read as such, not as {name}"),
    });
    None
}

/// The Unicode encoding of a file that surely is in one: by its mark, or by reading as Vietnamese.
fn clean_unicode(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] if std::str::from_utf8(rest).is_ok() => return Some("utf-8"),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => return Some("utf-16"),
        _ => {}
    }
    if utf16_order(bytes).is_some() {
        return Some("utf-16");
    }
    let text = simdutf8::basic::from_utf8(bytes).ok().filter(|text| !text.is_ascii())?;
    // Tags and other ASCII words are the same in every encoding.
    let marked = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_ascii());
    let marked: Vec<&str> = marked.collect();
    (charset::convert(text).charset.is_none() && quality(&marked.join(" ")) >= CLEAN).then_some("utf-8")
}

/// Says that a text reads worse as asked than as detected.
pub(super) fn compare(asked: (&str, &str), detected: (&str, &str), warnings: &mut Vec<Warning>) {
    let (as_asked, as_detected) = (quality(asked.0), quality(detected.0));
    if as_asked + BEHIND >= as_detected {
        return;
    }
    let percent = |share: f64| (share * 100.0).round();
    warnings.push(Warning {
        code: "encoding_doubtful".into(),
        message: format!(
            "read as {} as asked, {} % of the words are possible in Vietnamese; as {}, which was detected, {} %",
            asked.1,
            percent(as_asked),
            detected.1,
            percent(as_detected)
        ),
    });
}

#[cfg(test)]
mod tests {
    use super::super::{Content, read};
    use super::*;
    use crate::charset::Charset;

    const TEXT: &str = "Báo cáo kết quả thực hiện nhiệm vụ năm 2021: đã giải quyết đúng hạn 97,5 % hồ sơ";

    fn read_as(bytes: &[u8], encoding: &str) -> Content {
        read(bytes, &ReadOptions { encoding: Some(encoding.into()), ..ReadOptions::default() }).unwrap()
    }

    fn codes(content: &Content) -> Vec<&str> {
        content.warnings.iter().map(|w| w.code.as_str()).collect()
    }

    #[test]
    fn clean_unicode_is_left_alone_and_the_record_says_so() {
        let utf16: Vec<u8> = format!("\u{feff}{TEXT}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let page = format!("<html><body><p>{TEXT}</p></body></html>");
        for (bytes, encoding) in
            [(TEXT.as_bytes(), "utf-8"), (&utf16, "utf-16le"), (page.as_bytes(), "utf-8")]
        {
            let content = read_as(bytes, "tcvn3");
            assert_eq!((content.text.as_str(), content.encoding), (TEXT, Some(encoding)));
            assert_eq!(codes(&content), ["encoding_not_applied"]);
        }
        assert_eq!(codes(&read_as(TEXT.as_bytes(), "utf8")), Vec::<&str>::new());
    }

    #[test]
    fn an_old_encoding_is_heeded_and_a_wrong_one_is_said() {
        let bytes = charset::encode(TEXT, Charset::Tcvn3).unwrap();
        let right = read_as(&bytes, "tcvn3");
        assert_eq!((right.text.as_str(), codes(&right)), (TEXT, Vec::new()));
        let wrong = read_as(&bytes, "vni");
        assert_eq!((wrong.encoding, codes(&wrong)), (Some("vni"), vec!["encoding_doubtful"]));
    }
}
