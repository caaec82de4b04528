//! Workbooks made here, record by record and part by part.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

use super::super::read;
use super::*;

fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in parts {
        writer.start_file(*name, stored).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn content(bytes: &[u8]) -> Content {
    read(bytes, &ReadOptions::default()).unwrap()
}

fn codes(c: &Content) -> Vec<&str> {
    c.warnings.iter().map(|w| w.code.as_str()).collect()
}

fn xlsx(rows: &str, more: &str, strings: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData>{more}</worksheet>");
    zip(&[
        (
            "xl/workbook.xml",
            "<workbook><sheets><sheet name='A' r:id='r1'/><sheet name='B' state='hidden' r:id='r2'/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='worksheets/s1.xml'/>\
             <Relationship Id='r2' Type='x/worksheet' Target='/xl/worksheets/s2.xml'/>\
             <Relationship Id='r3' Type='x/styles' Target='styles.xml'/>\
             <Relationship Id='r4' Type='x/sharedStrings' Target='sharedStrings.xml'/></Relationships>",
        ),
        (
            "xl/styles.xml",
            "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='0.0%'/></numFmts>\
             <fonts><font><name val='Arial'/></font><font><b/><name val='.VnTime'/></font></fonts>\
             <cellXfs><xf numFmtId='0' fontId='0'/><xf numFmtId='164' fontId='0'/><xf numFmtId='14' fontId='0'/>\
             <xf numFmtId='3' fontId='0'/><xf numFmtId='0' fontId='1'/></cellXfs></styleSheet>",
        ),
        ("xl/sharedStrings.xml", &format!("<sst>{strings}</sst>")),
        ("xl/worksheets/s1.xml", &sheet),
        (
            "xl/worksheets/s2.xml",
            "<worksheet><sheetData><row r='1'><c r='A1'><v>7</v></c></row></sheetData></worksheet>",
        ),
    ])
}

#[test]
fn cells_read_as_the_sheet_shows_them() {
    let c = content(&xlsx(
        "<row r='1'><c r='A1' t='s'><v>0</v></c></row>\
         <row r='3'><c r='A3' t='s'><v>1</v></c><c r='B3' t='inlineStr'><is><t>Tỷ lệ</t></is></c><c r='D3' t='str'><v>Ngày</v></c></row>\
         <row r='4'><c r='A4' s='3'><v>1250</v></c><c r='B4' s='1'><v>0.125</v></c><c r='D4' s='2'><v>38426</v></c></row>",
        "",
        "<si><t>BIỂU 1</t></si><si><r><t>Số </t></r><r><t>hộ</t></r></si>",
    ));
    assert_eq!(c.text, "BIỂU 1\n\nSố hộ\tTỷ lệ\tNgày\n1.250\t12,5%\t15/03/2005");
    assert_eq!((c.format, codes(&c)), ("xlsx", vec!["hidden_sheets"]));
    let table = c.tables.first().unwrap();
    assert_eq!((table.rows.len(), table.header_rows), (2, 1));
}

#[test]
fn merged_cells_keep_columns_and_hidden_rows_are_told() {
    let c = content(&xlsx(
        "<row r='1'><c r='A1' t='str'><v>Xã</v></c><c r='B1' t='str'><v>Hộ nghèo</v></c></row>\
         <row r='2'><c r='B2' t='str'><v>Số hộ</v></c><c r='C2' t='str'><v>Tỷ lệ</v></c></row>\
         <row r='3' hidden='1'><c r='A3' t='str'><v>Đồng Tâm</v></c><c r='B3'><v>12</v></c><c r='C3'><v>5.5</v></c></row>",
        "<mergeCells><mergeCell ref='A1:A2'/><mergeCell ref='B1:C1'/></mergeCells>",
        "",
    ));
    assert_eq!(c.text, "Xã\tHộ nghèo\n\tSố hộ\tTỷ lệ\nĐồng Tâm\t12\t5,5");
    assert_eq!(codes(&c), ["hidden_sheets", "hidden_rows"]);
    let first = c.tables.first().and_then(|t| t.rows.first()).unwrap();
    assert_eq!(first.cells.iter().map(|c| (c.column, c.columns)).collect::<Vec<_>>(), [(0, 1), (1, 2)]);
}

#[test]
fn cells_in_old_fonts_are_decoded() {
    let c = content(&xlsx(
        "<row r='1'><c r='A1' s='4' t='str'><v>B¸o c¸o t×nh h×nh</v></c></row><row r='2'><c r='A2' s='4' t='str'><v>cã</v></c></row>",
        "",
        "",
    ));
    assert_eq!((c.text.as_str(), c.encoding), ("Báo cáo tình hình\ncó", Some("tcvn3")));
}

#[test]
fn heads_and_signatures_are_read_side_by_side_and_tables_are_kept_apart() {
    let row = |r: usize, cells: &[&str]| {
        let cells: String = cells
            .iter()
            .zip('A'..)
            .filter(|(text, _)| !text.is_empty())
            .map(|(text, column)| match text.parse::<f64>() {
                Ok(_) => format!("<c r='{column}{r}'><v>{text}</v></c>"),
                Err(_) => format!("<c r='{column}{r}' t='str'><v>{text}</v></c>"),
            })
            .collect();
        format!("<row r='{r}'>{cells}</row>")
    };
    let rows = [
        row(1, &["UBND XÃ", "", "CỘNG HÒA"]),
        row(2, &["Số: 5/BC", "", "Độc lập"]),
        row(4, &["STT", "Thôn", "Số hộ"]),
        row(5, &["1", "Đông", "20"]),
        row(7, &["A", "Phần hai", "Diện tích"]),
        row(8, &["1", "Tây", "30"]),
        row(10, &["", "Người lập", "Chủ tịch"]),
    ];
    let c = content(&xlsx(&rows.concat(), "", ""));
    assert_eq!(
        c.text,
        "UBND XÃ\nSố: 5/BC\nCỘNG HÒA\nĐộc lập\n\nSTT\tThôn\tSố hộ\n1\tĐông\t20\n\nA\tPhần hai\tDiện tích\n1\tTây\t30\n\n\
         Người lập\nChủ tịch"
    );
    assert_eq!(c.tables.len(), 2);
}

/// A workbook of records.
fn xls(records: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let mut stream = Vec::new();
    for (id, data) in records {
        stream.extend(id.to_le_bytes());
        stream.extend((data.len() as u16).to_le_bytes());
        stream.extend(data);
    }
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("Workbook").unwrap().write_all(&stream).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|w| w.to_le_bytes()).collect()
}

#[test]
fn strings_of_old_workbooks_run_on_from_record_to_record() {
    let begin = words(&[0x0600, 0x0005, 0, 0]);
    // One string of six letters, cut behind the third; its rest is in wide letters.
    let mut shared = [1u32.to_le_bytes(), 1u32.to_le_bytes()].concat();
    shared.extend(words(&[6]));
    shared.extend(b"\x00abc");
    let rest: Vec<u8> = [vec![1], words(&[0x1EC9, 0x64, 0x65])].concat();
    // The head, the sheet, its end: the sheet's records begin behind them.
    let mut sheet = 100u32.to_le_bytes().to_vec();
    sheet.extend([0, 0, 1, 0, b'S']);
    let before: usize = [&begin, &shared, &rest, &sheet].iter().map(|d| d.len() + 4).sum::<usize>() + 4;
    sheet.splice(0..4, (before as u32).to_le_bytes());
    let mut number = words(&[0, 1, 0]);
    number.extend(0.5f64.to_le_bytes());
    let bytes = xls(&[
        (0x0809, begin),
        (0x00FC, shared),
        (0x003C, rest),
        (0x0085, sheet),
        (0x000A, Vec::new()),
        (0x0809, words(&[0x0600, 0x0010, 0, 0])),
        (0x00FD, words(&[0, 0, 0, 0, 0])),
        (0x0203, number),
        (
            0x00BD,
            [words(&[1, 0, 0]), 10u32.wrapping_mul(4).wrapping_add(2).to_le_bytes().to_vec(), words(&[0])]
                .concat(),
        ),
        (0x000A, Vec::new()),
    ]);
    assert_eq!(content(&bytes).text, "abcỉde\t0,5\n\n10");
}

#[test]
fn what_cannot_be_read_is_named() {
    let code = |bytes: &[u8]| read(bytes, &ReadOptions::default()).map_err(|e| e.code()).err();
    assert_eq!(code(&xls(&[(0x0809, words(&[0x0600, 5])), (0x002F, vec![0, 0])])), Some("encrypted"));
    assert_eq!(code(&xls(&[(0x0809, words(&[0x0002, 5]))])), Some("unsupported"));
    assert_eq!(code(&xls(&[(1, vec![])])), Some("damaged"));
    assert_eq!(code(&xls(&[(0x0809, words(&[0x0600, 5])), (0x000A, vec![])])), Some("no_text"));
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("PowerPoint Document").unwrap();
    assert_eq!(code(&file.into_inner().into_inner()), Some("unsupported"));
}

#[test]
fn a_cell_far_away_costs_nothing_and_too_many_are_refused() {
    let c = content(&xlsx(
        "<row r='1'><c r='A1'><v>1</v></c><c r='XFD1'><v>2</v></c></row><row r='1048576'><c r='XFD1048576'><v>3</v></c></row>",
        "<mergeCells><mergeCell ref='A1:XFD1048576'/><mergeCell ref='C9:A1'/></mergeCells>",
        "",
    ));
    assert_eq!(c.text, "1");
    let bytes = xlsx("<row><c t='str'><v>xxxxxxxxxx</v></c></row>", "", "");
    let mut options = ReadOptions::default();
    options.limits.text_bytes = 5;
    assert_eq!(read(&bytes, &options).map_err(|e| e.code()).err(), Some("too_large"));
}

#[test]
fn open_document_sheets_show_their_own_text() {
    let content_xml = "<office:spreadsheet><table:table table:name='A'>\
        <table:table-row><table:table-cell office:value-type='string'><text:p>Xã</text:p></table:table-cell>\
        <table:table-cell office:value-type='string' table:number-columns-repeated='2'><text:p>Số</text:p></table:table-cell></table:table-row>\
        <table:table-row table:number-rows-repeated='1048000'><table:table-cell table:number-columns-repeated='16000'/></table:table-row>\
        <table:table-row><table:table-cell><text:p>Yên</text:p></table:table-cell>\
        <table:table-cell office:value-type='float' office:value='1250.5'><text:p>1,250.5</text:p></table:table-cell>\
        <table:table-cell office:value-type='percentage' office:value='0.125'><text:p>12.5%</text:p></table:table-cell></table:table-row>\
        </table:table></office:spreadsheet>";
    let bytes =
        zip(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content_xml)]);
    assert_eq!(content(&bytes).text, "Xã\tSố\tSố\nYên\t1.250,5\t12,5%");
}

#[test]
fn the_xml_of_excel_2003_is_a_sheet() {
    let source = "<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet' xmlns:ss='x'>\
        <Styles><Style ss:ID='p'><NumberFormat ss:Format='Percent'/></Style></Styles><Worksheet ss:Name='A'><Table>\
        <Row><Cell><Data ss:Type='String'>Xã</Data></Cell><Cell ss:Index='3'><Data ss:Type='String'>Tỷ lệ</Data></Cell></Row>\
        <Row><Cell><Data ss:Type='String'>Yên</Data></Cell><Cell ss:Index='3' ss:StyleID='p'><Data ss:Type='Number'>0.125</Data></Cell></Row>\
        </Table></Worksheet></Workbook>";
    let c = content(source.as_bytes());
    assert_eq!((c.text.as_str(), c.format), ("Xã\tTỷ lệ\nYên\t12,50%", "xls"));
}
