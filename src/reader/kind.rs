//! Names the kinds of file that no reader takes (pictures, archives, programs …), by their first bytes.

use super::ocr::picture;
use super::plain;

/// How many of a file's first bytes [`foreign`] wants to see.
pub const HEAD: usize = 64 << 10;

const OWN: &str = "records that baocao wrote; `baocao compare`, `graph` and `export` read them";

/// First bytes of common files that are no documents for us, with what to tell the user.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a compound container that is no .doc or .xls"),
    (b"{\\rtf", "rich text"),
    (b"PK\x03\x04", "a zip container that holds no document"),
    (b"{\"schema\":\"baocao.", OWN),
    (b"[\n{\"schema\":\"baocao.", OWN),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"\x89PNG", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"RIFF", "a RIFF media file"),
    (b"ID3", "an MP3 sound"),
    (b"OggS", "an Ogg media file"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xBC\xAF", "a 7z archive"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xFD7zXZ\0", "an xz archive"),
    (b"\x28\xB5\x2F\xFD", "a zstd archive"),
    (b"\x7FELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"%!PS", "a PostScript file"),
    (b"SQLite format 3\0", "an SQLite database"),
];

/// Whether the bytes are those of an office document of some kind, read here or not: such a file is never passed over in
/// silence.
pub fn is_office(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
    let zipped = |sign: &[u8]| bytes.starts_with(b"PK\x03\x04") && memchr::memmem::find(head, sign).is_some();
    bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
        || bytes.starts_with(b"{\\rtf")
        || zipped(b"[Content_Types].xml")
        || zipped(b"mimetypeapplication/vnd.oasis.opendocument")
}

/// Whether the bytes begin as a zip container (a .docx is one) and end before its directory.
pub fn is_cut_zip(bytes: &[u8]) -> bool {
    const START: &[u8] = b"PK\x03\x04";
    let begins = bytes.starts_with(START) || (bytes.len() == 3 && START.starts_with(bytes));
    begins && memchr::memmem::find(bytes, b"PK\x05\x06").is_none()
}

/// Whether the bytes are those of a picture.
pub fn is_picture(bytes: &[u8]) -> bool {
    MAGIC.iter().any(|(magic, name)| name.ends_with("picture") && bytes.starts_with(magic))
}

/// Whether the bytes are a picture that can hold scanned pages.
pub fn is_scan(bytes: &[u8]) -> bool {
    picture::sniff(bytes)
}

/// The name of the kind, if the bytes are surely no text; `None` for text.
///
/// The old encodings VISCII, VPS and TCVN3 put letters on a few control codes, so these alone do not make a binary.
pub fn foreign(bytes: &[u8]) -> Option<&'static str> {
    if let Some((_, name)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(name);
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some("an MP4 media file");
    }
    if plain::utf16_order(bytes).is_some() {
        return None;
    }
    let head = bytes.get(..bytes.len().min(HEAD))?;
    let zeros = memchr::memchr_iter(0, head).count();
    let controls: usize = head.chunks(255).map(|chunk| usize::from(controls(chunk))).sum();
    let more = |n: usize, percent: usize| n * 100 > head.len() * percent;
    (more(zeros, 1) || more(controls, 9) || zeros > 0 && more(controls, 5)).then_some("binary data")
}

/// How many of at most 255 bytes are control codes other than blanks and line ends.
fn controls(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |n, &b| n + u8::from((b < 0x20) & (b.wrapping_sub(b'\t') > 4)))
}

#[cfg(test)]
mod tests {
    use super::foreign;

    #[test]
    fn pictures_and_archives_are_named_and_texts_are_not() {
        assert_eq!(foreign(b"\xFF\xD8\xFF\xE0 JFIF"), Some("a JPEG picture"));
        assert_eq!(foreign(b"abc\0\0\0def\x01\x02\x03"), Some("binary data"));
        assert_eq!(foreign("Số: 12/BC-UBND".as_bytes()), None);
        assert_eq!(foreign(b""), None);
        let utf16: Vec<u8> = "Báo cáo số 12 về tình hình".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(foreign(&utf16), None, "UTF-16 without a byte order mark is text");
    }

    #[test]
    fn a_few_control_codes_of_an_old_encoding_do_not_make_a_text_binary() {
        let mut text = b"Ban nh\xB5n d\xA9n t\xD8nh".repeat(20);
        text.extend_from_slice(b"\x02\x05\x1E");
        assert_eq!(foreign(&text), None);
    }

    #[test]
    fn random_bytes_are_binary() {
        let mut state = 7u32;
        let junk: Vec<u8> = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .take(4096)
        .collect();
        assert_eq!(foreign(&junk), Some("binary data"));
    }
}
