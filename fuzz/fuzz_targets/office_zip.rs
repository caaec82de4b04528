//! Word, sheets, presentations, OpenDocument: one XML part of an otherwise sound container.
#![no_main]

use std::io::{Cursor, Write};

use baocao::internal::reader::{ReadOptions, read};
use zip::write::SimpleFileOptions;

mod shape;

/// The part that the first byte chooses holds the rest; what it needs around it is sound.
const PARTS: [&[(&str, &str)]; 5] = [
    &[("word/document.xml", "")],
    &[
        (
            "word/document.xml",
            "<w:document xmlns:w='w'><w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p></w:document>",
        ),
        ("word/numbering.xml", ""),
    ],
    &[
        ("xl/workbook.xml", "<workbook><sheet name='a' id='r1'/></workbook>"),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='s.xml'/></Relationships>",
        ),
        ("xl/s.xml", ""),
    ],
    &[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "")],
    &[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "")],
];

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((choice, rest)) = data.split_first() else { return };
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in PARTS[usize::from(*choice) % PARTS.len()] {
        writer.start_file(*name, stored).unwrap();
        writer.write_all(if text.is_empty() { rest } else { text.as_bytes() }).unwrap();
    }
    shape::check(read(&writer.finish().unwrap().into_inner(), &ReadOptions::default()));
});
