//! Writes a layout as a word-processor file: the header as a borderless table, runs split inside words and numbers
//! as an editing history leaves them.

use std::io::Write;

use crate::layout::{Command, Piece};

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A paragraph in runs of nine characters and a half sentence in turn.
fn paragraph(piece: &Piece, align: &str) -> String {
    let chars: Vec<char> = piece.text.chars().collect();
    let mut runs = String::new();
    let (mut at, mut long) = (0, true);
    while at < chars.len() {
        let end = (at + if long { 41 } else { 9 }).min(chars.len());
        let bold = if piece.bold { "<w:rPr><w:b/></w:rPr>" } else { "" };
        let text: String = chars.get(at..end).unwrap_or_default().iter().collect();
        runs.push_str(&format!("<w:r>{bold}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(&text)));
        (at, long) = (end, !long);
    }
    format!("<w:p><w:pPr><w:jc w:val=\"{align}\"/></w:pPr>{runs}</w:p>")
}

fn cell(content: &str) -> String {
    format!("<w:tc><w:tcPr/>{}</w:tc>", if content.is_empty() { "<w:p/>" } else { content })
}

/// The bytes of the file.
pub fn write(commands: &[Command]) -> Vec<u8> {
    let mut body = String::new();
    let mut columns: Option<(String, String)> = None;
    for command in commands {
        if let (Some((left, right)), false) = (&columns, matches!(command, Command::Two(..))) {
            body.push_str(&format!("<w:tbl><w:tblPr/><w:tr>{}{}</w:tr></w:tbl>", cell(left), cell(right)));
            columns = None;
        }
        match command {
            Command::Two(left, right) => {
                let (l, r) = columns.get_or_insert_default();
                for (piece, side) in [(left, l), (right, r)] {
                    if !piece.text.is_empty() {
                        side.push_str(&paragraph(piece, if piece.left { "left" } else { "center" }));
                    }
                }
            }
            Command::Center(piece) => body.push_str(&paragraph(piece, "center")),
            Command::Right(piece) => body.push_str(&paragraph(piece, "right")),
            Command::Paragraph(piece) => body.push_str(&paragraph(piece, "both")),
            Command::Space(_) => body.push_str("<w:p/>"),
            Command::Table(_, rows) => {
                body.push_str("<w:tbl><w:tblPr/>");
                for row in rows {
                    let cells: String = row.iter().map(|p| cell(&paragraph(p, "left"))).collect();
                    body.push_str(&format!("<w:tr>{cells}</w:tr>"));
                }
                body.push_str("</w:tbl>");
            }
        }
    }
    if let Some((left, right)) = &columns {
        body.push_str(&format!("<w:tbl><w:tblPr/><w:tr>{}{}</w:tr></w:tbl>", cell(left), cell(right)));
    }
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}<w:sectPr/></w:body></w:document>"
    );
    let types = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let relations = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for (name, content) in
        [("[Content_Types].xml", types), ("_rels/.rels", relations), ("word/document.xml", document.as_str())]
    {
        archive.start_file(name, options).expect("a zip entry");
        archive.write_all(content.as_bytes()).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}
