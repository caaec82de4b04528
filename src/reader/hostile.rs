//! Tests: files that are small and made to cost much. Each took minutes, gigabytes or the whole stack before; none of them needs
//! more now than its size is worth.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

use super::package::Package;
use super::{Content, ReadOptions, read, xml};
use crate::error::Error;

fn of(bytes: impl AsRef<[u8]>) -> Result<Content, Error> {
    read(bytes.as_ref(), &ReadOptions::default())
}

fn code(bytes: impl AsRef<[u8]>) -> &'static str {
    of(bytes).err().map_or("ok", |e| e.code())
}

fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let method =
            if text.len() < 100 { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn xlsx(rows: &str, strings: &str) -> Vec<u8> {
    zip(&[
        ("xl/workbook.xml", "<workbook><sheet name='a' id='r1'/></workbook>"),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='s.xml'/>\
             <Relationship Id='r2' Type='x/sharedStrings' Target='t.xml'/></Relationships>",
        ),
        ("xl/s.xml", &format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")),
        ("xl/t.xml", &format!("<sst>{strings}</sst>")),
    ])
}

fn ods(table: &str) -> Vec<u8> {
    let content = format!("<document><table>{table}</table></document>");
    zip(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)])
}

#[test]
fn headings_in_headings_end_with_the_next_row() {
    let page = format!("<html><table><tr><td>{}<tr><td>5", "<h1>".repeat(100_000));
    assert_eq!(of(page).unwrap().text.trim(), "5");
}

#[test]
fn long_sheets_of_two_columns_are_read_row_by_row() {
    let row = |n: usize| format!("<row r='{n}'><c r='A{n}'><v>1</v></c><c r='B{n}'><v>{n}</v></c></row>");
    let rows: String = (1..=20_000).map(row).collect();
    let content = of(xlsx(&rows, "")).unwrap();
    assert_eq!(content.tables.iter().map(|t| t.rows.len()).sum::<usize>(), 20_000);
}

#[test]
fn shared_strings_of_blanks_count_for_each_cell() {
    let string = format!("<si><t>{}</t></si>", " ".repeat(1 << 20));
    let rows: String = (1..=100).map(|n| format!("<row r='{n}'><c t='s'><v>0</v></c></row>")).collect();
    assert_eq!(code(xlsx(&rows, &string)), "too_large");
}

#[test]
fn cells_that_repeat_are_counted_before_they_are_made() {
    let cell = "<table-cell number-columns-repeated='1000'><p>x</p></table-cell>";
    assert_eq!(code(ods(&format!("<table-row>{}</table-row>", cell.repeat(4000)))), "too_large");
    let long =
        format!("<table-cell number-columns-repeated='1000'><p>{}</p></table-cell>", "x".repeat(1 << 20));
    assert_eq!(code(ods(&format!("<table-row>{long}</table-row>"))), "too_large");
    let sound = of(ods(&format!("<table-row>{cell}</table-row>"))).unwrap();
    assert_eq!(sound.text.matches('x').count(), 1000);
}

#[test]
fn sheets_at_one_place_are_not_read_without_end() {
    let record = |id: u16, data: &[u8]| {
        [id.to_le_bytes().as_slice(), &(data.len() as u16).to_le_bytes(), data].concat()
    };
    const SHEETS: usize = 500;
    let head = record(0x0809, &[0, 6, 5, 0, 0, 0, 0, 0]);
    let place = head.len() + SHEETS * 13 + 4;
    let name = [&(place as u32).to_le_bytes()[..], &[0, 0, 1, 0, b'a']].concat();
    let number = [&[0u8; 6][..], &5f64.to_le_bytes()].concat();
    let stream = [
        head,
        record(0x0085, &name).repeat(SHEETS),
        record(0x000A, &[]),
        record(0x0809, &[0, 6, 16, 0]),
        record(0x0001, &[]).repeat(1000),
        record(0x0203, &number),
        record(0x000A, &[]),
    ]
    .concat();
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("Workbook").unwrap().write_all(&stream).unwrap();
    file.flush().unwrap();
    let content = of(file.into_inner().into_inner()).unwrap();
    assert!((20..100).contains(&content.pages), "{}", content.pages);
}

#[test]
fn rows_with_edges_of_their_own_tell_nothing_of_columns() {
    let row = |n: usize| format!("\\trowd\\cellx{}\\cellx999999\\intbl a\\cell {n}\\cell\\row", n * 50);
    let rows: String = (1..=3000).map(row).collect();
    let content = of(format!("{{\\rtf1 {rows}}}")).unwrap();
    let cells = content.tables.iter().flat_map(|t| &t.rows).flat_map(|r| &r.cells);
    assert_eq!(cells.map(|c| c.columns).max(), Some(1));
    assert_eq!(content.tables.iter().map(|t| t.rows.len()).sum::<usize>(), 3000);
}

#[test]
fn parts_that_are_read_again_and_again_count_each_time() {
    let bytes = zip(&[("a.xml", &"x".repeat(80))]);
    let mut package = Package::zip(&bytes, 100).unwrap();
    for _ in 0..5 {
        assert!(package.part("a.xml").unwrap().is_some());
    }
    assert_eq!(package.part("a.xml").unwrap_err().code(), "too_large");
}

#[test]
fn targets_of_relations_climb_without_end() {
    let up = "../".repeat(200_000);
    assert!(xml::resolve("a/b", &format!("{up}c")).ends_with("../c"));
    assert_eq!(xml::resolve("a/b", "../c/d.xml"), "a/c/d.xml");
    assert_eq!(xml::resolve("a/b", "../../d.xml"), "d.xml");
    assert_eq!(xml::resolve("a/b", "/d.xml"), "d.xml");
}
