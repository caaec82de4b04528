//! Stage 1: plain text. In come bytes in UTF-8, UTF-16 (with or without a byte order mark) or one of the old
//! Vietnamese encodings; out goes Unicode with `\n` line ends: "B¸o c¸o" in a TCVN3 file comes out as "Báo cáo".

use super::{Content, ReadOptions, encoding, kind};
use crate::charset::{self, Charset, Converted};
use crate::error::Error;
use crate::record::{TextSource, Warning};

/// Reads one document of this format.
///
/// # Errors
/// Empty input, binary data, an unknown forced encoding, and text above the limit.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Content, Error> {
    let mut warnings = Vec::new();
    let (text, encoding) = match encoding::asked(bytes, options, &mut warnings) {
        None => detected(bytes, &mut warnings)?,
        Some(name) => {
            let (text, name) = forced(bytes, name, &mut warnings)?;
            if let Ok((other, detected)) = detected(bytes, &mut Vec::new()) {
                encoding::compare((&text, name), (&other, detected), &mut warnings);
            }
            (text, name)
        }
    };
    let text = unify_line_ends(text);
    options.limits.check_text(&text)?;
    if text.trim().is_empty() {
        return Err(Error::NoText("the file is empty".into()));
    }
    // A form feed at the very end closes the last page, it opens none.
    let pages = memchr::memchr_iter(0x0C, text.trim_end_matches(['\n', '\u{c}']).as_bytes()).count() + 1;
    if pages > options.limits.pages {
        return Err(Error::TooLarge(format!("{pages} pages, limit pages is {}", options.limits.pages)));
    }
    Ok(Content {
        format: "text",
        encoding: Some(encoding),
        text,
        pages,
        text_source: TextSource::Plain,
        warnings,
        ..Content::default()
    })
}

/// Decodes by what the bytes show.
fn detected(bytes: &[u8], warnings: &mut Vec<Warning>) -> Result<(String, &'static str), Error> {
    if let Some((little, skip)) = utf16_order(bytes) {
        let text = utf16(bytes.get(skip..).unwrap_or(&[]), little, warnings);
        let c = charset::convert(&text);
        let name = note(&c, if little { "utf-16le" } else { "utf-16be" }, warnings);
        return Ok((c.text.into_owned(), name));
    }
    if let Some(kind) = kind::foreign(bytes) {
        return Err(Error::Unsupported(kind.into()));
    }
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let c = match simdutf8::basic::from_utf8(body) {
        Ok(text) => charset::convert(text),
        Err(_) => charset::convert_bytes(body),
    };
    let name = note(&c, "utf-8", warnings);
    Ok((c.text.into_owned(), name))
}

/// The name of a text's encoding, after telling the user what is special about it.
fn note(c: &Converted<'_>, unicode: &'static str, warnings: &mut Vec<Warning>) -> &'static str {
    if c.unreadable > 0 {
        warnings.push(invalid("invalid_utf8", "UTF-8", c.unreadable));
    }
    if c.mixed {
        warnings.push(Warning {
            code: "mixed_encodings".into(),
            message: "lines of several encodings stand in this file; each was decoded by itself".into(),
        });
    }
    c.charset.map_or(unicode, Charset::name)
}

/// Reads the file in the encoding that the user names.
fn forced(bytes: &[u8], name: &str, warnings: &mut Vec<Warning>) -> Result<(String, &'static str), Error> {
    let lower = name.to_ascii_lowercase();
    if matches!(lower.as_str(), "utf-16le" | "utf-16be" | "utf-16") {
        let (little, skip) = utf16_order(bytes).unwrap_or((lower != "utf-16be", 0));
        let body = bytes.get(skip..).unwrap_or(&[]);
        return Ok((utf16(body, little, warnings), if little { "utf-16le" } else { "utf-16be" }));
    }
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if matches!(lower.as_str(), "utf-8" | "utf8") {
        let text = String::from_utf8_lossy(body).into_owned();
        let n = text.matches(char::REPLACEMENT_CHARACTER).count();
        if n > 0 && std::str::from_utf8(body).is_err() {
            warnings.push(invalid("invalid_utf8", "UTF-8", n));
        }
        return Ok((text, "utf-8"));
    }
    let charset = Charset::from_name(name).ok_or_else(|| {
        let known: Vec<_> = Charset::ALL.iter().map(|c| c.name()).collect();
        Error::Unsupported(format!(
            "encoding {name:?}; known are utf-8, utf-16le, utf-16be, {}",
            known.join(", ")
        ))
    })?;
    Ok((charset::decode_as(body, charset), charset.name()))
}

fn invalid(code: &str, encoding: &str, n: usize) -> Warning {
    Warning {
        code: code.into(),
        message: format!("the file is not valid {encoding}; {n} unreadable places stand as U+FFFD"),
    }
}

/// Little endian or not, and the bytes to skip, where the file is UTF-16.
///
/// Without a byte order mark it is UTF-16 if every other byte is often zero and the bytes between hardly ever are:
/// Vietnamese text has more than half of its letters in ASCII and Latin-1.
pub(super) fn utf16_order(bytes: &[u8]) -> Option<(bool, usize)> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some((true, 2)),
        [0xFE, 0xFF, ..] => return Some((false, 2)),
        _ => {}
    }
    let head = bytes.get(..bytes.len().min(4096))?;
    memchr::memchr(0, head)?;
    let pairs = head.len() / 2;
    let (mut even, mut odd) = (0, 0);
    for pair in head.chunks_exact(2) {
        even += usize::from(pair.first() == Some(&0));
        odd += usize::from(pair.last() == Some(&0));
    }
    let often = |n: usize| n * 5 > pairs;
    let hardly = |n: usize| n * 50 <= pairs;
    match () {
        () if pairs >= 2 && often(odd) && hardly(even) => Some((true, 0)),
        () if pairs >= 2 && often(even) && hardly(odd) => Some((false, 0)),
        () => None,
    }
}

fn utf16(bytes: &[u8], little: bool, warnings: &mut Vec<Warning>) -> String {
    let units = bytes.chunks(2).map(|pair| match *pair {
        [a, b] if little => u16::from_le_bytes([a, b]),
        [a, b] => u16::from_be_bytes([a, b]),
        // Half a unit at the end: a lone surrogate, which becomes U+FFFD.
        _ => 0xD800,
    });
    let mut damaged = false;
    let text: String = char::decode_utf16(units)
        .map(|c| {
            c.unwrap_or_else(|_| {
                damaged = true;
                char::REPLACEMENT_CHARACTER
            })
        })
        .collect();
    if damaged {
        let n = text.matches(char::REPLACEMENT_CHARACTER).count();
        warnings.push(invalid("invalid_utf16", "UTF-16", n));
    }
    text
}

/// `\r\n` and lone `\r` become `\n`.
fn unify_line_ends(text: String) -> String {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut pieces = text.split('\r');
    out.push_str(pieces.next().unwrap_or(""));
    for piece in pieces {
        if !piece.starts_with('\n') {
            out.push('\n');
        }
        out.push_str(piece);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(bytes: &[u8]) -> Content {
        read(bytes, &ReadOptions::default()).expect("is text")
    }

    const SAMPLE: &str = "BÁO CÁO\nKết quả tháng 5: đạt 97,5 % kế hoạch\n";

    #[test]
    fn utf8_is_taken_as_it_is() {
        let c = content(SAMPLE.as_bytes());
        assert_eq!((c.text.as_str(), c.encoding, c.pages), (SAMPLE, Some("utf-8"), 1));
        assert!(c.warnings.is_empty());
        let marked = [b"\xEF\xBB\xBF", SAMPLE.as_bytes()].concat();
        assert_eq!(content(&marked).text, SAMPLE);
    }

    #[test]
    fn utf16_is_read_with_and_without_a_byte_order_mark() {
        let le: Vec<u8> = SAMPLE.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = SAMPLE.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (mark, body, name) in [
            (&b"\xFF\xFE"[..], &le, "utf-16le"),
            (b"", &le, "utf-16le"),
            (b"\xFE\xFF", &be, "utf-16be"),
            (b"", &be, "utf-16be"),
        ] {
            let c = content(&[mark, body].concat());
            assert_eq!((c.text.as_str(), c.encoding), (SAMPLE, Some(name)));
        }
        let cut = content(le.get(..le.len() - 3).unwrap());
        assert_eq!(cut.warnings.first().map(|w| w.code.as_str()), Some("invalid_utf16"));
    }

    #[test]
    fn line_ends_become_one_character() {
        assert_eq!(content(b"a\r\nb\rc\n\r\nd").text, "a\nb\nc\n\nd");
    }

    #[test]
    fn form_feeds_divide_pages() {
        assert_eq!(content(b"a\x0Cb\x0Cc").pages, 3);
        assert_eq!(content(b"a\x0Cb\x0C\n").pages, 2);
    }

    #[test]
    fn unreadable_bytes_stand_as_replacement_characters_and_are_told() {
        let c = content("Kế hoạch \u{0}của Sở".replace('\u{0}', "X").as_bytes());
        assert!(c.warnings.is_empty());
        let mut bytes = SAMPLE.repeat(3).into_bytes();
        bytes.insert(SAMPLE.len(), 0xFF);
        let c = content(&bytes);
        assert_eq!(c.text.matches('\u{FFFD}').count(), 1);
        assert_eq!(c.warnings.first().map(|w| w.code.as_str()), Some("invalid_utf8"));
    }

    #[test]
    fn old_encodings_are_found_or_forced() {
        let sample = SAMPLE.repeat(2);
        for charset in Charset::ALL {
            let bytes = charset::encode(&sample, charset).expect("encodable");
            let seen = if charset == Charset::Utf8AsCp1252 {
                // Once more as UTF-8, which is what such files hold.
                bytes.iter().map(|&b| char::from(b)).collect::<String>().into_bytes()
            } else {
                bytes
            };
            let c = content(&seen);
            assert_eq!((c.text.as_str(), c.encoding), (sample.as_str(), Some(charset.name())));
            let options = ReadOptions { encoding: Some(charset.name().into()), ..ReadOptions::default() };
            assert_eq!(read(&seen, &options).expect("is text").text, sample, "{charset:?} forced");
        }
        let options = ReadOptions { encoding: Some("ebcdic".into()), ..ReadOptions::default() };
        assert_eq!(read(b"x", &options).err().map(|e| e.code()), Some("unsupported"));
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_kind() {
        let code = |bytes: &[u8]| read(bytes, &ReadOptions::default()).map_err(|e| e.code());
        assert_eq!(code(b"").err(), Some("no_text"));
        assert_eq!(code(b" \r\n\x0C").err(), Some("no_text"));
        assert_eq!(code(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest").err(), Some("unsupported"));
        assert_eq!(code(&[0, 0, 0, 1, 2, 3, 0, 0, 0, 9, 200, 0, 0]).err(), Some("unsupported"));
    }
}
