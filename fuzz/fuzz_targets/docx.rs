//! Word documents: the first byte says how the rest is parted into the document, its styles and its list numbers.
#![no_main]

use std::io::Write;

mod wrap;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((&part, rest)) = data.split_first() else { return };
    let (document, rest) = rest.split_at(rest.len() * usize::from(part) / 255);
    let (styles, numbering) = rest.split_at(rest.len() / 2);
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in
        [("word/document.xml", document), ("word/styles.xml", styles), ("word/numbering.xml", numbering)]
    {
        zip.start_file(name, options).expect("memory");
        zip.write_all(bytes).expect("memory");
    }
    wrap::check(&zip.finish().expect("memory").into_inner());
});
