//! Tables: the same facts whatever form a table has, whichever way it lies, and however it is broken.
//!
//! All places, figures and goods are invented.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

mod pdf_maker;

use baocao::Extractor;
use pdf_maker::{Maker, at};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

/// A table as rows of cells; the first row is its heading.
type Rows<'t> = Vec<Vec<&'t str>>;

const CAPTION: &str = "Bảng 3. Diện tích cây mắc ca phân theo huyện";
const NOTE: &str = "Đơn vị tính: ha";

fn by_district() -> Rows<'static> {
    vec![
        vec!["Huyện", "2019", "2020", "2021"],
        vec!["Tổng số", "1.204,5", "1.310,0", "1.402,8"],
        vec!["Huyện Mường Sơn", "704,5", "750,0", "802,8"],
        vec!["Huyện Nà Bản", "500,0", "560,0", "600,0"],
    ]
}

fn transposed<'t>(rows: &Rows<'t>) -> Rows<'t> {
    let width = rows.first().map_or(0, Vec::len);
    (0..width).map(|c| rows.iter().filter_map(|r| r.get(c).copied()).collect()).collect()
}

fn numbered<'t>(rows: &Rows<'t>) -> Rows<'t> {
    let marks = ["STT", "", "1", "2", "3", "4"];
    rows.iter()
        .zip(marks)
        .map(|(row, mark)| std::iter::once(mark).chain(row.iter().copied()).collect())
        .collect()
}

fn head(note: bool) -> String {
    if note { format!("{CAPTION}\n\n{NOTE}\n\n") } else { format!("{CAPTION}\n\n") }
}

fn markdown(rows: &Rows<'_>) -> String {
    let mut out = head(true);
    for (n, row) in rows.iter().enumerate() {
        let _ = writeln!(out, "| {} |", row.join(" | "));
        if n == 0 {
            let _ = writeln!(out, "|{}", "---|".repeat(row.len()));
        }
    }
    out
}

fn separated(rows: &Rows<'_>, by: &str) -> String {
    head(true) + &rows.iter().map(|r| r.join(by)).collect::<Vec<_>>().join("\n") + "\n"
}

fn html(rows: &Rows<'_>) -> String {
    let cell = |c: &&str| format!("<td>{c}</td>");
    let row = |r: &Vec<&str>| format!("<tr>{}</tr>", r.iter().map(cell).collect::<String>());
    let body: String = rows.iter().map(row).collect();
    format!("<html><body><p>{CAPTION}</p><p>{NOTE}</p><table>{body}</table></body></html>")
}

/// The same with lines of dashes above and below its head and at its end.
fn drawn(rows: &Rows<'_>) -> String {
    let text = aligned(rows);
    let from = text.lines().count() - rows.len();
    let rule = "-".repeat(70);
    let mut out: Vec<&str> = Vec::new();
    for (n, line) in text.lines().enumerate() {
        if n == from || n == from + 1 {
            out.push(&rule);
        }
        out.push(line);
    }
    out.push(&rule);
    out.join("\n")
}

fn aligned(rows: &Rows<'_>) -> String {
    let mut out = head(true);
    for row in rows {
        for (n, cell) in row.iter().enumerate() {
            let width = if n == 0 { 24 } else { 12 };
            let pad = width - cell.chars().count();
            match n {
                0 => out.push_str(&(cell.to_string() + &" ".repeat(pad))),
                _ => out.push_str(&(" ".repeat(pad) + cell)),
            }
        }
        out.push('\n');
    }
    out
}

/// The table as a word-processor file.
fn docx(rows: &Rows<'_>) -> Vec<u8> {
    let paragraph = |text: &str| format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>");
    let cell = |c: &&str| format!("<w:tc>{}</w:tc>", paragraph(c));
    let row = |r: &Vec<&str>| format!("<w:tr>{}</w:tr>", r.iter().map(cell).collect::<String>());
    let table: String = rows.iter().map(row).collect();
    let body = format!("{}{}<w:tbl>{table}</w:tbl>", paragraph(CAPTION), paragraph(NOTE));
    let w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006";
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{package}/content-types\"><Override PartName=\"/word/document.xml\" ContentType=\"{main}\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" \
                 Type=\"{office}/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
            ),
        ),
        ("word/document.xml", format!("<w:document xmlns:w=\"{w}\"><w:body>{body}</w:body></w:document>")),
    ];
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The table on a page, with lines about its cells or without.
fn pdf(rows: &Rows<'_>, ruled: bool) -> Vec<u8> {
    let edges = [55.0, 215.0, 325.0, 455.0, 580.0];
    let top = 700.0;
    let mut content = at(60.0, 760.0, 12.0, CAPTION) + &at(60.0, 740.0, 12.0, NOTE);
    for (n, row) in rows.iter().enumerate() {
        let y = top - 20.0 * n as f32;
        for (cell, x) in row.iter().zip(edges) {
            content += &at(x + 5.0, y - 14.0, 12.0, cell);
        }
    }
    let bottom = top - 20.0 * rows.len() as f32;
    if ruled {
        for n in 0..=rows.len() {
            let y = top - 20.0 * n as f32;
            let _ = writeln!(content, "{} {y} m {} {y} l S", edges[0], edges[4]);
        }
        for x in edges {
            let _ = writeln!(content, "{x} {top} m {x} {bottom} l S");
        }
    }
    let mut maker = Maker::new();
    maker.page(content);
    maker.bytes()
}

/// What a text says in cells, in an order of its own: name, scope, value, unit, time and role.
#[expect(clippy::panic, reason = "a test ends where its own patterns do not load")]
fn facts(text: impl AsRef<[u8]>) -> Vec<String> {
    let extractor = Extractor::new().unwrap_or_else(|e| panic!("{e}"));
    let record = extractor.extract("bang", text.as_ref()).unwrap_or_else(|e| panic!("{e}"));
    let mut facts: Vec<String> = record
        .indicators
        .iter()
        .map(|i| {
            let time = i.period.as_ref().map_or(String::new(), |p| format!("{}/{}", p.start, p.end));
            let value = i.value.map_or(String::new(), |v| v.to_string());
            format!(
                "{} | {} | {value} {} | {time} | {}",
                i.name.as_deref().unwrap_or("-"),
                i.scope.as_deref().unwrap_or("-"),
                i.unit.as_deref().unwrap_or("-"),
                i.role,
            )
        })
        .collect();
    facts.sort();
    facts
}

fn expected() -> Vec<String> {
    let mut out = Vec::new();
    for (scope, values) in [
        ("-", ["1204.5", "1310", "1402.8"]),
        ("Huyện Mường Sơn", ["704.5", "750", "802.8"]),
        ("Huyện Nà Bản", ["500", "560", "600"]),
    ] {
        for (year, value) in ["2019", "2020", "2021"].iter().zip(values) {
            out.push(format!(
                "Diện tích cây mắc ca | {scope} | {value} ha | {year}-01-01/{year}-12-31 | actual"
            ));
        }
    }
    out.sort();
    out
}

#[test]
fn every_form_of_a_table_gives_the_same_facts() {
    let rows = by_district();
    let forms: [(&str, Vec<u8>); 9] = [
        ("markdown", markdown(&rows).into()),
        ("tabs", separated(&rows, "\t").into()),
        ("bars", separated(&rows, " | ").into()),
        ("html", html(&rows).into()),
        ("blanks", aligned(&rows).into()),
        ("blanks, drawn lines", drawn(&rows).into()),
        ("docx", docx(&rows)),
        ("pdf with lines", pdf(&rows, true)),
        ("pdf without lines", pdf(&rows, false)),
    ];
    let wrong: Vec<_> =
        forms.iter().map(|(form, text)| (form, facts(text))).filter(|f| f.1 != expected()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_transposed_table_gives_the_same_facts() {
    let rows = transposed(&by_district());
    assert_eq!(facts(docx(&rows)), expected());
    assert_eq!(facts(pdf(&rows, true)), expected());
    assert_eq!(facts(pdf(&rows, false)), expected());
    assert_eq!(facts(markdown(&rows)), expected());
    assert_eq!(facts(html(&rows)), expected());
}

#[test]
fn numbers_of_rows_and_of_columns_change_nothing() {
    let mut rows = numbered(&by_district());
    assert_eq!(facts(html(&rows)), expected());
    rows.insert(1, vec!["A", "B", "1", "2", "3"]);
    assert_eq!(facts(html(&rows)), expected());
    assert_eq!(facts(separated(&rows, "\t")), expected());
}

#[test]
fn a_heading_said_again_on_the_next_page_changes_nothing() {
    let mut rows = by_district();
    let again = rows.first().cloned().unwrap();
    rows.insert(3, again);
    assert_eq!(facts(docx(&rows)), expected());
    assert_eq!(facts(pdf(&rows, true)), expected());
    assert_eq!(facts(markdown(&rows)), expected());
    assert_eq!(facts(html(&rows)), expected());
}

#[test]
fn a_table_split_over_two_pages_gives_the_same_facts() {
    let rows = by_district();
    let (first, second) = (rows[..3].to_vec(), vec![rows[0].clone(), rows[3].clone()]);
    let plain = |rows: &Rows<'_>| rows.iter().map(|r| r.join("\t")).collect::<Vec<_>>().join("\n");
    let text = format!("{}{}\n12\n\x0c{}\n", head(true), plain(&first), plain(&second));
    assert_eq!(facts(&text), expected());
}

#[test]
fn a_plan_column_a_share_and_ditto_marks() {
    let text = "Đơn vị tính: triệu đồng\n\n\
        | STT | Chỉ tiêu | ĐVT | KH 2024 | TH 2024 | TH/KH (%) | So với cùng kỳ (%) |\n|---|---|---|---|---|---|---|\n\
        | I | Nông nghiệp | | | | | |\n\
        | 1 | Sản lượng mắc ca | Tấn | 1.200 | 1.260 | 105 | 103,5 |\n\
        | 2 | Sản lượng quế | \" | 300 | 270 | 90 | 98,1 |\n\
        | 3 | Giá trị sản xuất | Tr.đ | 45.000 | 46.100 | 102,4 | 107 |\n";
    let got = facts(text);
    let want = [
        "Sản lượng mắc ca | - | 1200 tấn | 2024-01-01/2024-12-31 | target",
        "Sản lượng quế | - | 270 tấn | 2024-01-01/2024-12-31 | actual",
        "Giá trị sản xuất | - | 46100000000 VND | 2024-01-01/2024-12-31 | actual",
        "Sản lượng mắc ca | - | 105 % | 2024-01-01/2024-12-31 | actual",
        "Sản lượng mắc ca | - | 103.5 % | 2024-01-01/2024-12-31 | change",
    ];
    let missing: Vec<_> = want.iter().filter(|w| !got.iter().any(|g| g == *w)).collect();
    assert!(missing.is_empty(), "{missing:#?} of {got:#?}");
    assert_eq!(got.len(), 12, "{got:#?}");
}

#[test]
fn part_years_long_wholes_and_headings_of_society() {
    let text = "<html><body><p>Kết quả thực hiện 6 tháng đầu năm 2013</p>\
        <table><tr><th rowspan=2>Chỉ tiêu</th><th rowspan=2>ĐVT</th><th rowspan=2>KH năm 2013</th><th colspan=2>Thực hiện 6 tháng</th>\
        </tr><tr><th>Năm 2012</th><th>Năm 2013</th></tr>\
        <tr><td>Tổng sản phẩm (GDP) theo giá so sánh 1994</td><td>Tỷ đồng</td><td>3.450</td><td>1.120</td><td>1.268</td></tr>\
        <tr><td>- Nông, lâm, thủy sản</td><td>Tỷ đồng</td><td>1.020</td><td>215</td><td>228</td></tr>\
        <tr><td>XÃ HỘI</td><td></td><td></td><td></td><td></td></tr>\
        <tr><td>Tỷ lệ hộ nghèo</td><td>%</td><td>18,5</td><td>27,9</td><td>22,8</td></tr></table></body></html>";
    let got = facts(text);
    let want = [
        "Tổng sản phẩm (GDP) theo giá so sánh 1994 | - | 1120000000000 VND | 2012-01-01/2012-06-30 | actual",
        "Tổng sản phẩm theo giá so sánh 1994 Nông, lâm, thủy sản | - | 228000000000 VND | 2013-01-01/2013-06-30 | actual",
        "Tỷ lệ hộ nghèo | - | 22.8 % | 2013-01-01/2013-06-30 | actual",
        "Tỷ lệ hộ nghèo | - | 18.5 % | 2013-01-01/2013-12-31 | target",
    ];
    let missing: Vec<_> = want.iter().filter(|w| !got.iter().any(|g| g == *w)).collect();
    assert!(missing.is_empty(), "{missing:#?} of {got:#?}");
}

#[test]
fn a_list_of_goods_with_their_codes_counts_nothing() {
    let text = "| Số UN | Tên hàng hóa | Loại, nhóm | Số hiệu nguy hiểm | Nhóm đóng gói |\n|---|---|---|---|---|\n\
        | 1202 | Dầu thử một | 3 | 30 | III |\n| 1203 | Xăng thử hai | 3 | 33 | II |\n\
        | 1789 | A-xít thử ba 37% | 8 | 80 | II |\n";
    assert_eq!(facts(text), Vec::<String>::new());
}

#[test]
fn signs_blanks_and_marks_of_nothing_in_cells() {
    let text = "| Chỉ tiêu | Đơn vị tính | Kết quả | Tăng, giảm so với năm 2020 (%) |\n|---|---|---|---|\n\
        | Số lượt khách | Lượt | 702 257 | (5,2) |\n| Số phòng nghỉ | Phòng | 1 204 | ▼ 0,8 |\n\
        | Doanh thu | Tỷ đồng | 12,5 | −3,1 |\n| Số chuyến | Chuyến | - | … |\n| Số ngày lưu trú | Ngày | 7-8 | x |\n";
    let got = facts(text);
    for want in
        ["702257 lượt", "-5.2 %", "1204 phòng", "-0.8 %", "12500000000 VND", "-3.1 %", "7 ngày", "8 ngày"]
    {
        assert!(got.iter().any(|g| g.contains(&format!("| {want} |"))), "{want} in {got:#?}");
    }
    assert_eq!(got.len(), 8, "{got:#?}");
}

#[test]
fn ranks_and_scores_with_their_maximum() {
    let text = "| STT | Đơn vị | Điểm | Xếp hạng |\n|---|---|---|---|\n\
        | 1 | Sở Nội vụ | 9,38/10 | 1/18 |\n| 2 | Sở Tài chính | 9,10/10 | 2/18 |\n";
    let extractor = Extractor::new().unwrap_or_else(|e| panic!("{e}"));
    let record = extractor.extract("bang.md", text.as_bytes()).unwrap();
    let got: Vec<String> = record
        .indicators
        .iter()
        .map(|i| format!("{} {:?} {:?}", i.kind, i.value.map(|v| v.to_string()), i.scope))
        .collect();
    assert_eq!(
        got,
        [
            "score Some(\"9.38\") Some(\"Sở Nội vụ\")",
            "rank Some(\"1\") Some(\"Sở Nội vụ\")",
            "score Some(\"9.1\") Some(\"Sở Tài chính\")",
            "rank Some(\"2\") Some(\"Sở Tài chính\")"
        ]
    );
}

#[test]
fn places_in_an_order_and_grades_under_one_heading() {
    let kinds = |text: &str| -> Vec<String> {
        let extractor = Extractor::new().unwrap_or_else(|e| panic!("{e}"));
        let record = extractor.extract("bang.md", text.as_bytes()).unwrap();
        record
            .indicators
            .iter()
            .map(|i| format!("{} {}", i.kind, i.value.map_or(String::new(), |v| v.to_string())))
            .collect()
    };
    // Beside scores.
    let scores =
        "| Đơn vị | Điểm | Hạng |\n|---|---|---|\n| Sở Nội vụ | 85,4 | 2 |\n| Sở Y tế | 90,1 | 1 |\n";
    assert_eq!(kinds(scores), ["score 85.4", "rank 2", "score 90.1", "rank 1"]);
    // As many as rows.
    let rows: String = (1..=6).map(|n| format!("| Huyện số {n} | {}0 | {n} |\n", n + 3)).collect();
    let ranks = format!("| Huyện | Số lớp | Hạng |\n|---|---|---|\n{rows}");
    assert_eq!(kinds(&ranks).iter().filter(|k| k.starts_with("rank")).count(), 6, "{:?}", kinds(&ranks));
    // Grades return.
    let rows: String =
        (1..=6).map(|n| format!("| Bệnh viện số {n} | {}0 | {} |\n", n + 3, n % 2 + 1)).collect();
    let grades = format!("| Bệnh viện | Số giường | Hạng |\n|---|---|---|\n{rows}");
    assert!(kinds(&grades).iter().all(|k| !k.starts_with("rank")), "{:?}", kinds(&grades));
}

#[test]
fn two_rows_set_out_with_blanks_under_a_note_are_a_table() {
    let text = "Biểu 3: Kinh phí thực hiện năm 2020\n                              Đơn vị: triệu đồng\n\
                Nội dung              Dự toán      Thực hiện\n\
                Chi sửa nhà làm việc   12.000         13.500\nChi xây kè              3.200          2.900\n";
    let got = facts(text);
    for want in [
        "| 12000000000 VND | 2020-01-01/2020-12-31 | target",
        "| 2900000000 VND | 2020-01-01/2020-12-31 | actual",
    ] {
        assert!(got.iter().any(|g| g.ends_with(want)), "{want} in {got:#?}");
    }
    assert_eq!(got.len(), 4, "{got:#?}");
}

#[test]
fn a_record_is_bounded_by_what_its_tables_hold() {
    // A caption and a heading of several thousand letters over many cells.
    let long = "Diện tích cây mắc ca trồng mới theo dự án ".repeat(120);
    let rows: String =
        (0..400).map(|n| format!("<tr><td>Xã số {n}</td><td>{n}1,5</td><td>{n}2,5</td></tr>")).collect();
    let text = format!(
        "<html><body><p>Bảng 1. {long}</p><table><tr><td>Xã</td><td>{long} (ha)</td><td>Số (ha)</td></tr>{rows}</table></body></html>"
    );
    let extractor = Extractor::new().unwrap_or_else(|e| panic!("{e}"));
    let record = extractor.extract("bang.html", text.as_bytes()).unwrap();
    assert_eq!(record.indicators.len(), 800);
    let size = serde_json::to_vec(&record).unwrap().len();
    assert!(size / record.indicators.len() < 3000, "{} bytes a cell", size / record.indicators.len());
}

#[test]
fn every_cell_says_where_in_which_table_it_stands() {
    let text = format!(
        "{}\n\nMột đoạn văn ở giữa hai bảng.\n\n{}",
        markdown(&by_district()),
        markdown(&by_district())
    );
    let extractor = Extractor::new().unwrap_or_else(|e| panic!("{e}"));
    let record = extractor.extract("bang.md", text.as_bytes()).unwrap();
    let cells: Vec<_> = record.indicators.iter().filter_map(|i| i.table.as_ref()).collect();
    let said: Vec<_> = cells.iter().map(|c| (c.number, c.position)).collect();
    let rows = [(1, 2), (1, 3), (1, 4), (2, 2), (2, 3), (2, 4)];
    let expected: Vec<_> = rows.iter().flat_map(|&(n, r)| [2, 3, 4].map(|c| (n, [r, c]))).collect();
    assert_eq!(said, expected);
}

#[test]
fn a_note_names_the_measure_of_columns_that_only_say_when() {
    let notes = [
        ("tỷ lệ hộ nghèo (%)", "tỷ lệ hộ nghèo"),
        (
            "tỷ lệ hộ nghèo dân tộc Dao trên tổng số hộ dân tộc Dao (%)",
            "tỷ lệ hộ nghèo dân tộc Dao trên tổng số hộ dân tộc Dao",
        ),
    ];
    let extractor = Extractor::new().unwrap_or_else(|e| panic!("{e}"));
    for (note, name) in notes {
        let text = format!(
            "Kết quả giảm nghèo\n\nĐơn vị tính: {note}\n\nXã | Cuối năm 2015 | Đến cuối năm 2019\nNà Bản | 29,84 | 8,06\nMường Sơn | 27,41 | 7,32\n"
        );
        let record = extractor.extract("ngheo.txt", text.as_bytes()).unwrap();
        let names: Vec<_> = record.indicators.iter().map(|i| i.name.as_deref().unwrap_or_default()).collect();
        assert_eq!(names, [name; 4], "{note}");
    }
}
