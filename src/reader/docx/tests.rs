//! Word documents made here, part by part.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

use super::*;
use crate::reader::MarkKind;

fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn docx(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let document =
        format!("<?xml version='1.0'?><w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    let mut parts = vec![("word/document.xml", document.as_str())];
    parts.extend(more);
    zip(&parts)
}

fn content(body: &str, more: &[(&str, &str)]) -> Content {
    read(&docx(body, more), &ReadOptions::default()).unwrap()
}

fn marked(c: &Content, kind: MarkKind) -> Vec<&str> {
    c.marks.iter().filter(|m| m.kind == kind).filter_map(|m| c.text.get(m.range.clone())).collect()
}

fn p(runs: &str) -> String {
    format!("<w:p><w:r>{runs}</w:r></w:p>")
}

#[test]
fn paragraphs_are_lines_and_runs_are_joined() {
    let c = content(
        "<w:p><w:r><w:t>Số: 1</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>2/BC</w:t></w:r>\
         <w:r><w:t xml:space='preserve'> </w:t></w:r></w:p><w:p/>",
        &[],
    );
    assert_eq!((c.text.as_str(), c.format, c.pages), ("Số: 12/BC", "docx", 1));
    let body = p(
        "<w:t>A &amp; B&#8211;C</w:t><w:tab/><w:t>D</w:t><w:br/><w:t>E</w:t><w:br w:type='page'/><w:t>F</w:t>",
    );
    let c = content(&body, &[]);
    assert_eq!((c.text.as_str(), c.pages), ("A & B–C D\nE\u{c}F", 2));
}

#[test]
fn tables_keep_their_columns_and_a_letterhead_is_read_by_cell() {
    let tc = |text: &str| format!("<w:tc>{}</w:tc>", p(&format!("<w:t>{text}</w:t>")));
    let bold = |text: &str| format!("<w:tc>{}</w:tc>", p(&format!("<w:rPr><w:b/></w:rPr><w:t>{text}</w:t>")));
    let table = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>{}",
        bold("Xã"),
        bold("Số hộ"),
        tc("Đồng Tâm"),
        tc("312"),
        p("<w:t>Hết</w:t>")
    );
    let c = content(&table, &[]);
    assert_eq!(c.text, "Xã\tSố hộ\nĐồng Tâm\t312\n\nHết");
    let table = c.tables.first().unwrap();
    assert_eq!((table.rows.len(), table.header_rows), (2, 1));
    let head = format!(
        "<w:tbl><w:tr><w:tc>{}{}</w:tc>{}</w:tr></w:tbl>",
        p("<w:t>UBND XÃ</w:t>"),
        p("<w:t>Số: 5/BC</w:t>"),
        tc("CỘNG HÒA")
    );
    let c = content(&head, &[]);
    assert_eq!(c.text, "UBND XÃ\nSố: 5/BC\nCỘNG HÒA");
}

#[test]
fn notes_stand_at_the_end_and_their_marks_are_raised() {
    let notes = "<w:footnotes><w:footnote w:id='-1' w:type='separator'><w:p/></w:footnote><w:footnote w:id='2'>\
                 <w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> Theo Công văn 7/CV</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let c = content(
        &p("<w:t>năm 2019</w:t><w:footnoteReference w:id='2'/><w:t>.</w:t>"),
        &[("word/footnotes.xml", notes)],
    );
    assert_eq!(c.text, "năm 2019[1].\n\n[1] Theo Công văn 7/CV");
    assert_eq!(marked(&c, MarkKind::Superscript), ["[1]"]);
    assert_eq!(marked(&c, MarkKind::Footnote), ["[1] Theo Công văn 7/CV"]);
}

#[test]
fn text_boxes_are_read_once_and_deleted_text_is_not() {
    let shape = format!(
        "<mc:AlternateContent><mc:Choice><w:txbxContent>{0}</w:txbxContent></mc:Choice>\
         <mc:Fallback><w:txbxContent>{0}</w:txbxContent></mc:Fallback></mc:AlternateContent>",
        p("<w:t>DỰ THẢO</w:t>")
    );
    let body = format!(
        "<w:p><w:r><w:t>Điều 1.</w:t></w:r><w:r>{shape}</w:r><w:del><w:r><w:t>bỏ</w:t></w:r></w:del>\
         <w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    );
    assert_eq!(content(&body, &[]).text, "Điều 1.\nDỰ THẢO");
}

#[test]
fn automatic_numbers_and_raised_digits_are_read() {
    let numbering = "<w:numbering><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/>\
                     <w:numFmt w:val='decimal'/><w:lvlText w:val='Điều %1.'/></w:lvl></w:abstractNum>\
                     <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>";
    let item = |text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let area = p("<w:t>50 m</w:t>")
        .replace("</w:p>", "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>2</w:t></w:r></w:p>");
    let c = content(&(item("Phê duyệt") + &item("Giao") + &area), &[("word/numbering.xml", numbering)]);
    assert_eq!(c.text, "Điều 1. Phê duyệt\nĐiều 2. Giao\n50 m2");
    assert_eq!(marked(&c, MarkKind::Superscript), ["2"]);
}

#[test]
fn paragraphs_in_old_fonts_are_decoded() {
    let styles = "<w:styles><w:style w:type='paragraph' w:default='1' w:styleId='Normal'><w:rPr>\
                  <w:rFonts w:ascii='.VnTime'/></w:rPr></w:style></w:styles>";
    let body = p("<w:t>B¸o c¸o t×nh h×nh thùc</w:t>")
        + &p("<w:rPr><w:rFonts w:ascii='.VnTimeH'/></w:rPr><w:t>kÕt qu¶</w:t>");
    let c = content(&body, &[("word/styles.xml", styles)]);
    assert_eq!((c.text.as_str(), c.encoding), ("Báo cáo tình hình thực\nKẾT QUẢ", Some("tcvn3")));
}

#[test]
fn what_is_no_word_document_is_refused_by_name() {
    let code = |bytes: &[u8]| crate::reader::read(bytes, &ReadOptions::default()).map_err(|e| e.code()).err();
    assert_eq!(code(&zip(&[("visio/document.xml", "<x/>")])), Some("unsupported"));
    assert_eq!(code(&docx("<w:p/>", &[])), Some("no_text"));
    let whole = docx(&p("<w:t>x</w:t>").repeat(50), &[]);
    assert_eq!(code(whole.get(..whole.len() / 2).unwrap()), Some("damaged"));
}

#[test]
fn a_part_that_expands_beyond_the_limit_is_refused() {
    let bytes = docx(&p("<w:t>0</w:t>").repeat(20_000), &[]);
    let mut options = ReadOptions::default();
    options.limits.stream_bytes = 100_000;
    assert_eq!(read(&bytes, &options).map_err(|e| e.code()).err(), Some("too_large"));
}

#[test]
fn a_part_that_is_not_as_its_sum_says_is_read_with_a_warning() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    writer.start_file("word/document.xml", stored).unwrap();
    writer.write_all("<w:p><w:r><w:t>đạt 35%</w:t></w:r></w:p>".as_bytes()).unwrap();
    let mut bytes = writer.finish().unwrap().into_inner();
    assert_eq!(read(&bytes, &ReadOptions::default()).unwrap().warnings, []);
    let at = bytes.windows(3).position(|w| w == b"35%").unwrap();
    bytes[at] = b'8';
    let c = read(&bytes, &ReadOptions::default()).unwrap();
    assert_eq!((c.text.as_str(), c.warnings[0].code.as_str()), ("đạt 85%", "damaged"));
    assert!(c.warnings[0].message.contains("word/document.xml"), "{:?}", c.warnings);
}

#[test]
fn broken_and_deep_documents_keep_what_can_be_read() {
    let table = "<w:tbl><w:tr><w:tc>".repeat(5_000);
    let c = content(&format!("{}{table}{}", p("<w:t>đầu</w:t>"), p("<w:t>cuối</w:t>")), &[]);
    assert!(c.text.starts_with("đầu") && c.text.contains("cuối"));
    let c = read(
        &zip(&[("word/document.xml", "<w:p><w:r><w:t>dở</w:t></w:r></w:p><w:p><w:r a='")]),
        &ReadOptions::default(),
    )
    .unwrap();
    assert_eq!(c.text, "dở");
    assert_eq!(c.warnings.first().map(|w| w.code.as_str()), Some("damaged"));
}

#[test]
fn symbols_fractions_and_fields_without_a_result_are_shown() {
    let c = content(
        &(p("<w:t>35</w:t><w:sym w:font='Symbol' w:char='F0B0'/><w:t>C</w:t>")
            + "<w:p><m:oMath><m:f><m:num><m:r><m:t>45</m:t></m:r></m:num><m:den><m:r><m:t>60</m:t></m:r></m:den></m:f></m:oMath></w:p>"
            + &p(
                "<w:fldChar w:fldCharType='begin'/><w:instrText>EQ \\f(1;2)</w:instrText><w:fldChar w:fldCharType='end'/>",
            )
            + &p(
                "<w:fldChar w:fldCharType='begin'><w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='a'/><w:listEntry w:val='b'/></w:ddList></w:ffData></w:fldChar>",
            )),
        &[],
    );
    assert_eq!(c.text, "35°C\n45/60\n1/2\nb");
}

#[test]
fn the_head_in_the_first_pages_header_and_whole_other_documents_are_read() {
    let relations = "<Relationships><Relationship Id='r1' Type='x/header' Target='header1.xml'/>\
                     <Relationship Id='r2' Type='x/aFChunk' Target='/word/chunk.html'/></Relationships>";
    let body = p("<w:t>BÁO CÁO</w:t>")
        + "<w:altChunk r:id='r2'/><w:altChunk r:id='r2'/><w:sectPr><w:headerReference w:type='first' r:id='r1'/><w:titlePg/></w:sectPr>";
    let c = content(
        &body,
        &[
            ("word/_rels/document.xml.rels", relations),
            ("word/header1.xml", &format!("<w:hdr>{}</w:hdr>", p("<w:t>Số: 5/BC</w:t>"))),
            ("word/chunk.html", "<html><body><p>Hết</p></body></html>"),
        ],
    );
    assert_eq!(c.text, "Số: 5/BC\nBÁO CÁO\nHết");
}

#[test]
fn one_xml_file_of_word_is_the_document() {
    let body = "<w:body><w:p><w:r><w:t>Toàn xã có 45 hộ</w:t></w:r></w:p></w:body>";
    let flat = format!(
        "<?xml version='1.0'?><pkg:package xmlns:pkg='http://schemas.microsoft.com/office/2006/xmlPackage'>\
         <pkg:part pkg:name='/word/document.xml'><pkg:xmlData><w:document>{body}</w:document></pkg:xmlData></pkg:part></pkg:package>"
    );
    let old = format!(
        "<?xml version='1.0'?><w:wordDocument xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml'>{body}</w:wordDocument>"
    );
    for source in [flat, old] {
        let c = crate::reader::read(source.as_bytes(), &ReadOptions::default()).unwrap();
        assert_eq!((c.text.as_str(), c.format), ("Toàn xã có 45 hộ", "docx"));
    }
}

#[test]
fn two_words_in_an_old_font_are_decoded_beside_unicode() {
    let old = "<w:r><w:rPr><w:rFonts w:ascii='.VnTime'/></w:rPr><w:t>cã hé</w:t></w:r>";
    let c = content(
        &format!(
            "<w:p><w:r><w:t>Toàn huyện năm 2019 hoàn thành kế hoạch, </w:t></w:r>{old}</w:p>\
             <w:p><w:r><w:rPr><w:rFonts w:ascii='.VnTime'/></w:rPr><w:t>B¸o c¸o t×nh h×nh</w:t></w:r></w:p>"
        ),
        &[],
    );
    assert_eq!(c.text, "Toàn huyện năm 2019 hoàn thành kế hoạch, có hộ\nBáo cáo tình hình");
}
