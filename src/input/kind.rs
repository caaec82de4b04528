//! Names the kinds of file that no reader takes (pictures, archives, programs …), by their first bytes.

/// How many of a file's first bytes [`foreign`] wants to see.
pub const HEAD: usize = 8192;

/// First bytes of common files that are no documents for us, with the name that messages use.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\xFF\xD8\xFF", "JPEG picture"),
    (b"\x89PNG\r\n\x1A\n", "PNG picture"),
    (b"GIF8", "GIF picture"),
    (b"II*\0", "TIFF picture"),
    (b"MM\0*", "TIFF picture"),
    (b"RIFF", "RIFF media file"),
    (b"ID3", "MP3 sound"),
    (b"OggS", "Ogg media file"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "Microsoft Office 97-2003 file (doc, xls, ppt)"),
    (b"{\\rtf", "RTF file"),
    (b"%!PS", "PostScript file"),
    (b"Rar!\x1A\x07", "RAR archive"),
    (b"7z\xBC\xAF\x27\x1C", "7-Zip archive"),
    (b"\x1F\x8B", "gzip archive"),
    (b"BZh", "bzip2 archive"),
    (b"\xFD7zXZ\0", "xz archive"),
    (b"\x28\xB5\x2F\xFD", "zstd archive"),
    (b"\x7FELF", "program"),
    (b"MZ\x90", "program"),
    (b"SQLite format 3\0", "SQLite database"),
];

/// The name of the kind, if the bytes are surely no text and no reader takes them.
///
/// Old Vietnamese encodings put letters on a few control codes, so single control bytes do not make a file binary;
/// zero bytes do, unless they alternate as in UTF-16.
pub fn foreign(bytes: &[u8]) -> Option<&'static str> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    if let Some((_, name)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(name);
    }
    if head.get(4..8) == Some(b"ftyp") {
        return Some("MP4 media file");
    }
    if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        return None;
    }
    let zeros = head.iter().filter(|b| **b == 0).count();
    if zeros > 0 && !looks_like_utf16(head) {
        return Some("binary data");
    }
    let controls = head.iter().filter(|b| matches!(b, 1..=8 | 14..=31 | 127)).count();
    (zeros == 0 && controls * 10 > head.len()).then_some("binary data")
}

/// Whether zero bytes stand (nearly) only on one side of the byte pairs, and often: UTF-16 without a mark.
fn looks_like_utf16(head: &[u8]) -> bool {
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let (many, few) = (even.max(odd), even.min(odd));
    many * 8 > head.len() && few * 20 <= many
}

#[cfg(test)]
mod tests {
    use super::foreign;

    #[test]
    fn pictures_and_archives_are_named_and_texts_are_not() {
        assert_eq!(foreign(b"\xFF\xD8\xFF\xE0 JFIF"), Some("JPEG picture"));
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
