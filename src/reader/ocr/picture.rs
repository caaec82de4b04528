//! Scans that are picture files: TIFF (also of several pages), PNG, JPEG.
//!
//! In: the bytes. Out: their pages as recognised, laid out like those of a scanned PDF. Sizes are read from the headers
//! first, so that a small file that would fill the memory as a picture is refused.

use super::super::{Content, ReadOptions};
use super::{Mode, Recognition, Source, Wanted, recognise};
use crate::error::Error;
use crate::reader::pdf::Recognised;
use crate::record::TextSource;

/// Most dots of one picture: an A3 page at 600 dots an inch has 70 million.
const MOST_DOTS: u64 = 150_000_000;
/// Sides of the common sheet, A4, in points.
const SHEET: (f32, f32) = (595.0, 842.0);

/// Whether the bytes are a picture that can hold pages.
pub(in crate::reader) fn sniff(bytes: &[u8]) -> bool {
    kind(bytes).is_some()
}

/// Which kind of picture it is.
fn kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const KINDS: [(&[u8], &str, &str); 4] = [
        (b"II*\0", "tiff", "a TIFF picture"),
        (b"MM\0*", "tiff", "a TIFF picture"),
        (b"\x89PNG\r\n\x1A\n", "png", "a PNG picture"),
        (b"\xFF\xD8\xFF", "jpeg", "a JPEG picture"),
    ];
    KINDS.iter().find(|k| bytes.starts_with(k.0)).map(|k| (k.1, k.2))
}

/// Reads a picture.
///
/// # Errors
/// Without `--ocr` it is a kind that is not read; else as a scanned PDF.
pub(in crate::reader) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Content, Error> {
    let (format, shown) = kind(bytes).unwrap_or(("picture", "a picture"));
    if options.ocr.mode == Mode::Off {
        return Err(Error::Unsupported(format!("{shown}; --ocr reads it")));
    }
    let sizes = sizes(format, bytes, options.limits.pages);
    if sizes.is_empty() {
        return Err(Error::Damaged(format!("{shown} without a size")));
    }
    if sizes.len() > options.limits.pages {
        return Err(Error::TooLarge(format!("more pages than the limit pages, {}", options.limits.pages)));
    }
    if let Some((width, height)) = sizes.iter().find(|(w, h)| u64::from(*w) * u64::from(*h) > MOST_DOTS) {
        return Err(Error::TooLarge(format!(
            "a picture of {width} × {height} dots, the limit is {MOST_DOTS} dots"
        )));
    }
    let wanted: Vec<Wanted> = sizes.iter().enumerate().map(|(i, size)| sheet(i + 1, *size)).collect();
    let recognition = recognise(Source::Picture(bytes), &wanted, &options.ocr, options.cache.as_ref());
    content(format, &recognition, &wanted)
}

fn content(format: &'static str, recognition: &Recognition, wanted: &[Wanted]) -> Result<Content, Error> {
    if let (true, Some(error)) = (recognition.pages.is_empty(), recognition.error()) {
        return Err(error);
    }
    let mut recognised = Recognised::default();
    for page in wanted {
        recognised.page(recognition.pages.get(&page.number), page.size);
    }
    let content = Content {
        format,
        pages: wanted.len(),
        text_source: TextSource::Ocr,
        warnings: recognition.warnings(),
        ..recognised.finish()
    };
    if content.text.trim().is_empty() {
        return Err(Error::NoText("it is a picture, and recognition (OCR) found no letters".into()));
    }
    Ok(content)
}

/// A page as wide as the common sheet, upright or across.
fn sheet(number: usize, (width, height): (u32, u32)) -> Wanted {
    let (width, height) = (width as f32, height as f32);
    let across = if width > height { SHEET.1 } else { SHEET.0 };
    Wanted { number, size: (across, across * height / width.max(1.0)) }
}

/// Width and height of each page, as the headers say; at most `limit` and one more.
fn sizes(format: &str, bytes: &[u8], limit: usize) -> Vec<(u32, u32)> {
    match format {
        "tiff" => tiff(bytes, limit).unwrap_or_default(),
        "png" => png(bytes).into_iter().collect(),
        _ => jpeg(bytes).into_iter().collect(),
    }
}

fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    (bytes.get(12..16)? == b"IHDR").then_some((number(16)?, number(20)?))
}

/// From the first frame header.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let short = |at: usize| Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
    let mut at = 2;
    loop {
        let [mark, kind] = *bytes.get(at..at + 2)? else { return None };
        if mark != 0xFF {
            return None;
        }
        match kind {
            // Fill bytes, and marks without content.
            0xFF => at += 1,
            0x01 | 0xD0..=0xD8 => at += 2,
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                return Some((short(at + 7)?.into(), short(at + 5)?.into()));
            }
            _ => at += 2 + usize::from(short(at + 2)?),
        }
    }
}

/// From the directory of each page.
fn tiff(bytes: &[u8], limit: usize) -> Option<Vec<(u32, u32)>> {
    let little = bytes.starts_with(b"II");
    let short = |at: usize| {
        let pair = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let long = |at: usize| {
        let four = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) })
    };
    let mut pages = Vec::new();
    let mut at = long(4)? as usize;
    while at != 0 && pages.len() <= limit {
        let entries = usize::from(short(at)?);
        let (mut width, mut height) = (None, None);
        for entry in (0..entries).map(|i| at + 2 + 12 * i) {
            let value =
                if short(entry + 2)? == 3 { short(entry + 8).map(u32::from) } else { long(entry + 8) };
            match short(entry)? {
                256 => width = value,
                257 => height = value,
                _ => {}
            }
        }
        pages.push((width?, height?));
        let next = long(at + 2 + 12 * entries)? as usize;
        at = next;
    }
    Some(pages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headers_tell_the_sizes() {
        let png = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\x08\x13\0\0\x0B\x6C";
        assert_eq!(sizes("png", png, 9), [(2067, 2924)]);
        let jpeg = b"\xFF\xD8\xFF\xE0\0\x04JF\xFF\xC0\0\x0B\x08\x0B\x6C\x08\x13\x01";
        assert_eq!(sizes("jpeg", jpeg, 9), [(2067, 2924)]);
        let mut tiff = b"II*\0\x08\0\0\0".to_vec();
        for next in [38_u32, 0] {
            tiff.extend(2_u16.to_le_bytes());
            for (tag, value) in [(256_u16, 2067_u32), (257, 2924)] {
                tiff.extend(tag.to_le_bytes());
                tiff.extend(4_u16.to_le_bytes());
                tiff.extend(1_u32.to_le_bytes());
                tiff.extend(value.to_le_bytes());
            }
            tiff.extend(next.to_le_bytes());
        }
        assert_eq!(sizes("tiff", &tiff, 9), [(2067, 2924), (2067, 2924)]);
    }

    #[test]
    fn broken_headers_give_no_size_and_loops_end() {
        assert!(sizes("png", b"\x89PNG\r\n\x1A\n", 9).is_empty());
        assert!(sizes("jpeg", b"\xFF\xD8\xFF\xE0\xFF\xFF", 9).is_empty());
        let mut round = b"II*\0\x08\0\0\0\x02\0".to_vec();
        for tag in [256_u16, 257] {
            round.extend(tag.to_le_bytes());
            round.extend([4, 0, 1, 0, 0, 0, 9, 0, 0, 0]);
        }
        round.extend(8_u32.to_le_bytes());
        assert_eq!(sizes("tiff", &round, 9).len(), 10, "one more than the limit");
    }
}
