//! Puts fuzz data into a PDF that is sound apart from it, and checks what the reader promises.

use baocao::internal::reader::{Limits, ReadOptions, read};

/// A page with that content, and a font with that `/ToUnicode` map.
#[allow(dead_code, reason = "not every target wraps its data")]
pub fn pdf(content: &[u8], to_unicode: &[u8]) -> Vec<u8> {
    let stream = |data: &[u8]| {
        [format!("<</Length {}>>stream\n", data.len()).as_bytes(), data, b"\nendstream"].concat()
    };
    let objects: [Vec<u8>; 7] = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 7 0 R>>\
          /XObject<</X 4 0 R>>>>>>"
            .to_vec(),
        stream(content),
        b"<</Type/Font/Subtype/Type0/BaseFont/Test/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[<</Subtype\
          /CIDFontType2/DW 500>>]>>"
            .to_vec(),
        stream(to_unicode),
        b"<</Type/Font/Subtype/TrueType/BaseFont/.VnTime/Encoding/WinAnsiEncoding>>".to_vec(),
    ];
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        out.extend_from_slice(format!("{} 0 obj\n", index + 1).as_bytes());
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let start = out.len();
    out.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for offset in offsets {
        out.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
    }
    out.extend_from_slice(
        format!("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF", objects.len() + 1).as_bytes(),
    );
    out
}

/// Reads, and checks that every range of the content fits its text.
pub fn check(bytes: &[u8]) {
    let limits = Limits { stream_bytes: 16 << 20, text_bytes: 16 << 20, pages: 200, ..Limits::default() };
    let Ok(content) = read(bytes, &ReadOptions { limits, ..ReadOptions::default() }) else { return };
    for mark in &content.marks {
        assert!(content.text.get(mark.range.clone()).is_some(), "{mark:?}");
    }
    for cell in content.tables.iter().flat_map(|t| &t.rows).flat_map(|r| &r.cells) {
        assert!(content.text.get(cell.range.clone()).is_some(), "{cell:?}");
    }
}
