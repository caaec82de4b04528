//! The PDF text layer on generated files: what the page looks like is what the text says.

#![allow(clippy::unwrap_used, clippy::panic, clippy::string_slice, reason = "tests")]

mod pdf_maker;

use baocao::internal::reader::{Content, MarkKind};
use baocao::record::TextSource;
use lopdf::{Object, Stream, dictionary};
use pdf_maker::{Maker, at, codes, hex, text_of};

fn marked(content: &Content, kind: MarkKind) -> Vec<&str> {
    content.marks.iter().filter(|m| m.kind == kind).map(|m| &content.text[m.range.clone()]).collect()
}

#[test]
fn a_change_of_font_inside_a_word_does_not_break_it() {
    let mut maker = Maker::new();
    let other = maker.simple_font("Times");
    let content = format!(
        "BT /F2 12 Tf 1 0 0 1 50 700 Tm (s) Tj /F1 12 Tf {} Tj /F2 12 Tf ( 2139/Q) Tj /F1 12 Tf {} Tj ET",
        hex("ố"),
        hex("Đ-UBND")
    );
    maker.page_with(content, dictionary! { "Font" => dictionary! { "F2" => other } });
    assert_eq!(maker.read().text, "số 2139/QĐ-UBND");
}

#[test]
fn offsets_inside_shown_arrays_part_words_only_where_they_are_wide() {
    let content = format!(
        "BT /F1 12 Tf 1 0 0 1 50 700 Tm [{} -20.5 {} -250.75 {} 15 {}] TJ ET",
        hex("kế"),
        hex("t"),
        hex("qu"),
        hex("ả")
    );
    assert_eq!(text_of(&content), "kết quả");
}

#[test]
fn lines_come_from_moves_of_every_kind() {
    let content = format!(
        "BT /F1 12 Tf 14 TL 50 700 Td {} Tj T* {} Tj 0 -14 TD {} Tj {} ' 0 0 {} \" ET",
        hex("một"),
        hex("hai"),
        hex("ba"),
        hex("bốn"),
        hex("năm")
    );
    assert_eq!(text_of(&content), "một\nhai\nba\nbốn\nnăm");
}

#[test]
fn text_in_nested_forms_is_read_and_a_form_that_shows_itself_ends() {
    let mut maker = Maker::new();
    let inner = maker.doc.new_object_id();
    let outer = maker.doc.new_object_id();
    let form = |content: String, own: lopdf::ObjectId, font| {
        Stream::new(
            dictionary! {
                "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
                "Matrix" => vec![1.into(), 0.into(), 0.into(), 1.into(), 0.into(), 10.into()],
                "Resources" => dictionary! {
                    "Font" => dictionary! { "F1" => font }, "XObject" => dictionary! { "X" => own },
                },
            },
            content.into_bytes(),
        )
    };
    let font = maker.font;
    maker
        .doc
        .objects
        .insert(outer, form(format!("{} /X Do", at(50.0, 700.0, 12.0, "ngoài")), inner, font).into());
    maker
        .doc
        .objects
        .insert(inner, form(format!("{} /X Do", at(50.0, 650.0, 12.0, "trong")), outer, font).into());
    maker.page_with("q /X Do Q /Missing Do", dictionary! { "XObject" => dictionary! { "X" => outer } });
    assert_eq!(maker.read().text, "ngoài\ntrong");
}

#[test]
fn a_number_stamped_over_blanks_reads_in_its_place() {
    let mut maker = Maker::new();
    let page = maker.page(
        at(50.0, 700.0, 12.0, "Số:        /BC-VP")
            + &at(300.0, 700.0, 12.0, "Hà Nam, ngày     tháng 5 năm 2023"),
    );
    // "Số:" ends at 68, the solidus begins at 116; "ngày" ends at 372, "tháng" begins at 402.
    maker.stamp(page, [80, 697, 120, 712], &at(0.0, 3.0, 12.0, "350"), dictionary! {});
    maker.stamp(page, [380, 697, 400, 712], &at(0.0, 4.0, 12.0, "19"), dictionary! {});
    let content = maker.read();
    assert_eq!(content.text, "Số: 350/BC-VP\tHà Nam, ngày 19 tháng 5 năm 2023");
    assert_eq!(marked(&content, MarkKind::Stamp), ["350", "19"]);
}

#[test]
fn a_number_printed_a_little_above_its_blank_reads_in_its_place() {
    let text = at(50.0, 700.0, 12.0, "Số:        /KH-UBND") + &at(80.0, 706.0, 12.0, "1105");
    assert_eq!(text_of(&text), "Số: 1105/KH-UBND");
    // Above a word it is a line of its own.
    let text = at(50.0, 700.0, 12.0, "Kế hoạch năm") + &at(80.0, 708.0, 12.0, "12");
    assert_eq!(text_of(&text), "12\nKế hoạch năm");
}

#[test]
fn a_digit_stamped_over_a_typed_one_replaces_it() {
    let mut maker = Maker::new();
    let page = maker.page(at(50.0, 700.0, 12.0, "tháng 4 năm 2026"));
    maker.stamp(page, [84, 697, 96, 715], &at(1.0, 5.0, 12.0, "5"), dictionary! {});
    assert_eq!(maker.read().text, "tháng 5 năm 2026");
}

#[test]
fn hidden_annotations_and_links_show_nothing_and_states_are_followed() {
    let mut maker = Maker::new();
    let page = maker.page(at(50.0, 700.0, 12.0, "nền"));
    maker.stamp(page, [50, 500, 150, 520], &at(0.0, 5.0, 12.0, "ẩn"), dictionary! { "F" => 2 });
    maker.stamp(
        page,
        [50, 450, 150, 470],
        &at(0.0, 5.0, 12.0, "liên kết"),
        dictionary! { "Subtype" => "Link" },
    );
    maker.stamp(page, [50, 400, 50, 400], &at(0.0, 5.0, 12.0, "vô hình"), dictionary! {});
    maker.stamp(page, [50, 350, 150, 370], &at(0.0, 5.0, 12.0, "hiện"), dictionary! {});
    assert_eq!(maker.read().text, "nền\nhiện");
}

#[test]
fn the_block_of_a_signature_does_not_mix_with_the_lines_beside_it() {
    let mut maker = Maker::new();
    let page =
        maker.page(at(50.0, 700.0, 12.0, "Điều 1. Phê duyệt") + &at(50.0, 680.0, 12.0, "Điều 2. Thi hành"));
    let block = at(0.0, 25.0, 8.0, "Người ký: Văn phòng") + &at(0.0, 12.0, 8.0, "Ngày ký: 02-03-2024");
    maker.stamp(page, [400, 674, 590, 714], &block, dictionary! {});
    let content = maker.read();
    let lines: Vec<&str> = content.text.lines().collect();
    assert_eq!(lines.len(), 4, "{lines:?}");
    assert!(lines.contains(&"Điều 1. Phê duyệt") && lines.contains(&"Ngày ký: 02-03-2024"));
    assert_eq!(marked(&content, MarkKind::Stamp), ["Người ký: Văn phòng", "Ngày ký: 02-03-2024"]);
}

#[test]
fn text_off_the_sheet_is_not_read() {
    let content = at(50.0, 700.0, 12.0, "trên trang")
        + &at(50.0, -300.0, 12.0, "dưới trang")
        + &at(900.0, 700.0, 12.0, "bên");
    assert_eq!(text_of(&content), "trên trang");
}

#[test]
fn glyphs_drawn_twice_are_read_once() {
    let bold = at(50.0, 700.0, 12.0, "ĐẠT 11%") + &at(50.3, 700.0, 12.0, "ĐẠT 11%");
    assert_eq!(text_of(&bold), "ĐẠT 11%");
}

#[test]
fn a_footnote_mark_is_no_digit_of_the_number_before_it() {
    let mut maker = Maker::new();
    maker.page(
        at(50.0, 700.0, 12.0, "đạt 85%")
            + &at(92.0, 705.0, 7.0, "1")
            + &at(110.0, 700.0, 12.0, "trên 20 m")
            + &at(164.0, 704.0, 7.0, "2"),
    );
    let content = maker.read();
    assert_eq!(content.text, "đạt 85% 1 trên 20 m2");
    assert_eq!(marked(&content, MarkKind::Superscript), ["1", "2"]);
}

#[test]
fn turned_pages_and_turned_text_read_upright() {
    let mut maker = Maker::new();
    let content = format!(
        "BT /F1 12 Tf 0 1 -1 0 100 50 Tm {} Tj 0 1 -1 0 120 50 Tm {} Tj ET",
        hex("dòng một"),
        hex("dòng hai")
    );
    let page = maker.page(content.clone());
    maker.doc.get_object_mut(page).unwrap().as_dict_mut().unwrap().set("Rotate", 90);
    maker.page(content);
    assert_eq!(maker.read().text, "dòng một\ndòng hai\u{c}dòng một\ndòng hai");
}

/// A grid of ruling lines, drawn as thin rectangles as Word does.
fn rules(xs: &[i32], ys: &[i32]) -> String {
    let (left, right) = (xs[0], xs[xs.len() - 1]);
    let (top, bottom) = (ys[0], ys[ys.len() - 1]);
    let across = ys.iter().map(|y| format!("{left} {y} {} 0.5 re f\n", right - left));
    let down = xs.iter().map(|x| format!("{x} {bottom} 0.5 {} re f\n", top - bottom));
    across.chain(down).collect()
}

#[test]
fn a_ruled_table_gives_one_line_a_row_and_its_cells() {
    let mut maker = Maker::new();
    let head = at(55.0, 687.0, 12.0, "Chỉ tiêu") + &at(205.0, 687.0, 12.0, "Kết quả");
    let first = at(55.0, 660.0, 12.0, "Hồ sơ giải quyết")
        + &at(55.0, 645.0, 12.0, "đúng hạn")
        + &at(205.0, 652.0, 12.0, "98,5%");
    maker.page(
        rules(&[50, 200, 300], &[700, 680, 640, 620])
            + &head
            + &first
            + &at(55.0, 625.0, 12.0, "Hộ nghèo")
            + &at(205.0, 625.0, 12.0, "1.204"),
    );
    // The table goes on at the top of the next page, its heading repeated.
    maker.page(
        rules(&[50, 200, 300], &[800, 780, 760])
            + &at(55.0, 787.0, 12.0, "Chỉ tiêu")
            + &at(205.0, 787.0, 12.0, "Kết quả")
            + &at(55.0, 765.0, 12.0, "Hộ cận nghèo")
            + &at(205.0, 765.0, 12.0, "77"),
    );
    let content = maker.read();
    assert_eq!(
        content.text,
        "Chỉ tiêu\tKết quả\nHồ sơ giải quyết đúng hạn\t98,5%\nHộ nghèo\t1.204\u{c}Chỉ tiêu\tKết quả\nHộ cận nghèo\t77"
    );
    assert_eq!(content.tables.len(), 1);
    let table = &content.tables[0];
    assert_eq!(table.header_rows, 1);
    let cells: Vec<Vec<&str>> = table
        .rows
        .iter()
        .map(|row| row.cells.iter().map(|c| &content.text[c.range.clone()]).collect())
        .collect();
    assert_eq!(
        cells,
        [
            vec!["Chỉ tiêu", "Kết quả"],
            vec!["Hồ sơ giải quyết đúng hạn", "98,5%"],
            vec!["Hộ nghèo", "1.204"],
            vec!["Hộ cận nghèo", "77"],
        ]
    );
}

#[test]
fn a_table_without_rules_is_taken_where_its_columns_are_aligned() {
    let row = |y: f32, cells: [&str; 3]| {
        // The figures end at 300 and 400.
        let right = |edge: f32, text: &str| at(edge - 6.0 * text.chars().count() as f32, y, 12.0, text);
        at(50.0, y, 12.0, cells[0]) + &right(300.0, cells[1]) + &right(400.0, cells[2])
    };
    let mut maker = Maker::new();
    maker.page(
        at(50.0, 760.0, 12.0, "Kết quả thu ngân sách:")
            + &row(740.0, ["Địa bàn", "Kế hoạch", "Thực hiện"])
            + &row(720.0, ["Huyện A", "1.200", "980"])
            + &row(700.0, ["Huyện B", "850", "1.012"])
            + &row(680.0, ["Thị xã C", "12.400", "9"]),
    );
    let content = maker.read();
    assert_eq!(content.tables.len(), 1);
    assert_eq!((content.tables[0].rows.len(), content.tables[0].header_rows), (4, 1));
    let last = &content.tables[0].rows[3].cells;
    assert_eq!(&content.text[last[1].range.clone()], "12.400");
    // Two lines with a wide gap are a form, not a table.
    let mut maker = Maker::new();
    maker.page(row(740.0, ["Kiểu:", "Số:", "Năm:"]) + &row(720.0, ["Nơi sản xuất:", "Loại:", "Hạn:"]));
    assert!(maker.read().tables.is_empty());
}

#[test]
fn merged_headings_cover_their_columns() {
    let mut maker = Maker::new();
    // The heading "Năm" covers the second and third column; "TT" covers two rows.
    let lines = "50 700 300 0.5 re f 150 680 200 0.5 re f 50 660 300 0.5 re f 50 640 300 0.5 re f
        50 640 0.5 60 re f 150 640 0.5 60 re f 250 640 0.5 40 re f 350 640 0.5 60 re f\n";
    maker.page(
        lines.to_owned()
            + &at(60.0, 680.0, 12.0, "Đơn vị")
            + &at(230.0, 686.0, 12.0, "Năm")
            + &at(160.0, 666.0, 12.0, "2022")
            + &at(260.0, 666.0, 12.0, "2023")
            + &at(60.0, 646.0, 12.0, "Huyện A")
            + &at(160.0, 646.0, 12.0, "10")
            + &at(260.0, 646.0, 12.0, "12"),
    );
    let content = maker.read();
    assert_eq!(content.text, "Đơn vị\tNăm\n\t2022\t2023\nHuyện A\t10\t12");
    let table = &content.tables[0];
    assert_eq!(table.header_rows, 2);
    let heading = &table.rows[0].cells[1];
    assert_eq!((heading.column, heading.columns), (1, 2));
    assert_eq!(table.rows[1].cells[2].column, 2);
}

#[test]
fn clip_paths_and_shading_make_no_table() {
    let content =
        "50 600 100 100 re W n 150 600 100 100 re W n 50 500 100 100 re W n 0.9 g 40 400 300 200 re f\n"
            .to_owned()
            + &at(55.0, 650.0, 12.0, "trái")
            + &at(155.0, 650.0, 12.0, "phải");
    let mut maker = Maker::new();
    maker.page(content);
    assert!(maker.read().tables.is_empty());
}

#[test]
fn the_two_columns_of_the_letterhead_are_read_one_after_the_other() {
    // The gap between agency and motto is one character wide.
    let agency = "ỦY BAN NHÂN DÂN TỈNH HÀ";
    let content = at(50.0, 780.0, 12.0, agency)
        + &at(
            50.0 + 6.0 * (agency.chars().count() as f32 + 1.0),
            780.0,
            12.0,
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        )
        + &at(80.0, 764.0, 12.0, "NAM")
        + &at(250.0, 764.0, 12.0, "Độc lập - Tự do - Hạnh phúc")
        + &at(70.0, 740.0, 12.0, "Số: 12/BC-UBND")
        + &at(230.0, 740.0, 12.0, "Hà Nam, ngày 4 tháng 5 năm 2022")
        + &at(60.0, 724.0, 12.0, "V/v tổng kết")
        + &at(240.0, 690.0, 12.0, "BÁO CÁO")
        + &at(50.0, 660.0, 12.0, "Thực hiện chương trình công tác năm 2022, Ủy ban nhân dân tỉnh báo cáo");
    assert_eq!(
        text_of(&content),
        "ỦY BAN NHÂN DÂN TỈNH HÀ\nNAM\nSố: 12/BC-UBND\nV/v tổng kết\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
         Độc lập - Tự do - Hạnh phúc\nHà Nam, ngày 4 tháng 5 năm 2022\nBÁO CÁO\n\
         Thực hiện chương trình công tác năm 2022, Ủy ban nhân dân tỉnh báo cáo"
    );
}

#[test]
fn a_title_that_begins_a_letter_left_of_the_motto_is_not_torn() {
    let content = at(50.0, 780.0, 12.0, "SỞ Y TẾ")
        + &at(230.0, 780.0, 12.0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        + &at(250.0, 764.0, 12.0, "Độc lập - Tự do - Hạnh phúc")
        + &at(225.0, 740.0, 12.0, "THÔNG BÁO");
    assert_eq!(
        text_of(&content),
        "SỞ Y TẾ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nTHÔNG BÁO"
    );
}

#[test]
fn the_name_of_the_state_or_the_party_in_a_sentence_is_no_letterhead() {
    for name in ["Đảng Cộng sản Việt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"] {
        let line = format!("kính mời phóng viên các báo của nước và {name} tại tỉnh");
        let content = at(70.0, 780.0, 12.0, "Ban tổ chức hội nghị lần thứ hai của năm")
            + &at(50.0, 764.0, 12.0, &line)
            + &at(50.0, 748.0, 12.0, "về dự và đưa tin;");
        let right = format!("Ban tổ chức hội nghị lần thứ hai của năm\n{line}\nvề dự và đưa tin;");
        assert_eq!(text_of(&content), right);
    }
    // Apart from all others it is the motto, in small letters too.
    let content = at(50.0, 780.0, 12.0, "Sở Y tế")
        + &at(230.0, 780.0, 12.0, "Cộng hòa xã hội chủ nghĩa Việt Nam")
        + &at(50.0, 764.0, 12.0, "Số: 12/BC-SYT")
        + &at(250.0, 764.0, 12.0, "Độc lập - Tự do - Hạnh phúc");
    assert_eq!(
        text_of(&content),
        "Sở Y tế\nSố: 12/BC-SYT\nCộng hòa xã hội chủ nghĩa Việt Nam\nĐộc lập - Tự do - Hạnh phúc"
    );
}

#[test]
fn recipients_and_signature_are_read_one_after_the_other() {
    let content =
        at(50.0, 300.0, 12.0, "Trên đây là báo cáo kết quả thực hiện nhiệm vụ trong năm qua của đơn vị./.")
            + &at(330.0, 280.0, 14.0, "TM. ỦY BAN NHÂN DÂN")
            + &at(50.0, 276.0, 12.0, "Nơi nhận:")
            + &at(50.0, 263.0, 11.0, "- Như trên;")
            + &at(350.0, 260.0, 14.0, "CHỦ TỊCH")
            + &at(50.0, 250.0, 11.0, "- Lưu: VT.")
            + &at(340.0, 180.0, 14.0, "Lê Văn Tám");
    assert_eq!(
        text_of(&content),
        "Trên đây là báo cáo kết quả thực hiện nhiệm vụ trong năm qua của đơn vị./.\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\
         TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê Văn Tám"
    );
}

#[test]
fn a_closing_right_below_the_letterhead_has_a_border_of_its_own() {
    let recipients = "- Các sở: Tài chính, Kế hoạch và Đầu tư";
    let content = at(50.0, 330.0, 12.0, "Số: 34/SL-VP")
        + &at(260.0, 330.0, 12.0, "Hà Nam, ngày 3 tháng 2 năm 2010")
        + &at(50.0, 300.0, 12.0, "Nơi nhận:")
        + &at(330.0, 300.0, 12.0, "KT. CHÁNH VĂN PHÒNG")
        + &at(50.0, 286.0, 12.0, recipients)
        + &at(360.0, 286.0, 12.0, "PHÓ VĂN PHÒNG")
        + &at(50.0, 272.0, 12.0, "- Lưu: VT.");
    let right = format!("Nơi nhận:\n{recipients}\n- Lưu: VT.\nKT. CHÁNH VĂN PHÒNG\nPHÓ VĂN PHÒNG");
    assert!(text_of(&content).ends_with(&right), "{}", text_of(&content));
}

#[test]
fn running_heads_page_numbers_and_footnotes_are_marked() {
    let mut maker = Maker::new();
    for number in 1..=4 {
        maker.page(
            at(200.0, 800.0, 10.0, "Báo cáo thường niên")
                + &at(50.0, 700.0, 12.0, &format!("Nội dung của trang thứ {number} nói về kết quả"))
                + &at(50.0, 686.0, 12.0, "trong năm của toàn tỉnh và các huyện")
                + &at(50.0, 104.0, 6.0, "1")
                + &at(55.0, 100.0, 9.0, "Số liệu của Cục Thống kê")
                + &at(290.0, 40.0, 12.0, &number.to_string()),
        );
    }
    let content = maker.read();
    assert_eq!(marked(&content, MarkKind::RunningHead).len(), 4);
    assert_eq!(marked(&content, MarkKind::PageNumber), ["1", "2", "3", "4"]);
    assert_eq!(marked(&content, MarkKind::Footnote), ["1 Số liệu của Cục Thống kê"; 4]);
}

/// A page that an image covers, with `content` over it.
fn scan(maker: &mut Maker, content: &str) {
    let image = maker.doc.add_object(Stream::new(
        dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 1, "Height" => 1,
        "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8 },
        vec![255],
    ));
    maker.page_with(
        format!("q 595 0 0 842 0 0 cm /Im Do Q {content}"),
        dictionary! { "XObject" => dictionary! { "Im" => image } },
    );
}

#[test]
fn scans_are_told_from_text_page_by_page() {
    let mut maker = Maker::new();
    maker.page(at(50.0, 700.0, 12.0, "Trang này có lớp văn bản đầy đủ như thường lệ"));
    scan(&mut maker, "");
    scan(&mut maker, "");
    let content = maker.read();
    assert_eq!(codes(&content), ["needs_ocr"]);
    assert!(content.warnings[0].message.contains("2-3"));
    assert_eq!(content.text_source, TextSource::TextLayer);

    let mut maker = Maker::new();
    scan(&mut maker, "");
    let error = baocao::internal::reader::read(&maker.bytes(), &Default::default()).unwrap_err();
    assert_eq!(error.code(), "no_text");
}

#[test]
fn a_hidden_layer_over_a_scan_is_text_of_ocr() {
    let mut maker = Maker::new();
    scan(
        &mut maker,
        &format!("3 Tr {}", at(50.0, 700.0, 12.0, "Lớp văn bản ẩn do máy nhận dạng để lại trên ảnh quét")),
    );
    let content = maker.read();
    assert_eq!(content.text_source, TextSource::Ocr);
    assert!(codes(&content).contains(&"hidden_ocr_layer"));
}

#[test]
fn old_font_encodings_are_decoded_with_capitals_where_the_font_shows_them() {
    let mut maker = Maker::new();
    let small = maker.simple_font("ABCDEF+.VnTime");
    let capitals = maker.simple_font(".VnTimeH");
    // As Distiller writes it: "ư" apart in a font of its own, as U+2212.
    let map =
        maker.doc.add_object(Stream::new(dictionary! {}, b"beginbfchar <0001> <2212> endbfchar".to_vec()));
    let descendant = maker.doc.add_object(dictionary! { "Subtype" => "CIDFontType2", "DW" => 500 });
    let apart = maker.doc.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "XYZABC+.VnTime", "Encoding" => "Identity-H",
        "DescendantFonts" => vec![descendant.into()], "ToUnicode" => map,
    });
    let mut content = b"BT /H 14 Tf 1 0 0 1 50 700 Tm (b\\270o c\\270o) Tj ET
        BT /S 12 Tf 1 0 0 1 50 680 Tm (Kinh ph\\335 n\\250m nay t\\250ng so v\\355i n\\250m tr) Tj /A 12 Tf <0001> Tj
        /S 12 Tf (\\355c) Tj ET".to_vec();
    content.push(b'\n');
    maker.page_with(
        content,
        dictionary! { "Font" => dictionary! { "S" => small, "H" => capitals, "A" => apart } },
    );
    let content = maker.read();
    assert_eq!(content.text, "BÁO CÁO\nKinh phí năm nay tăng so với năm trước");
    assert_eq!(codes(&content), ["legacy_encoding"]);
}

#[test]
fn vni_letters_of_two_codes_become_one() {
    let mut maker = Maker::new();
    let font = maker.simple_font("VNI-Times");
    // "Báo cáo kết quả năm" with the marks as separate codes: ù = F9, á = E1 (tone and circumflex), û = FB, ê = EA.
    let text = b"BT /V 12 Tf 1 0 0 1 50 700 Tm (Ba\\371o ca\\371o ke\\341t qua\\373 na\\352m) Tj ET".to_vec();
    maker.page_with(text, dictionary! { "Font" => dictionary! { "V" => font } });
    assert_eq!(maker.read().text, "Báo cáo kết quả năm");
}

#[test]
fn a_font_name_alone_does_not_make_unicode_an_old_encoding() {
    let mut maker = Maker::new();
    let name = Object::Name(b".VnTime".to_vec());
    maker.doc.get_object_mut(maker.font).unwrap().as_dict_mut().unwrap().set("BaseFont", name);
    maker.page(at(50.0, 700.0, 12.0, "Báo cáo kết quả công tác năm và phương hướng"));
    let content = maker.read();
    assert_eq!(content.text, "Báo cáo kết quả công tác năm và phương hướng");
    assert!(codes(&content).is_empty());
}

/// A composite font without `/ToUnicode`.
fn bare_font(maker: &mut Maker, name: &str) -> lopdf::ObjectId {
    let descendant = maker.doc.add_object(dictionary! { "Subtype" => "CIDFontType2", "DW" => 500 });
    maker.doc.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => name, "Encoding" => "Identity-H",
        "DescendantFonts" => vec![descendant.into()],
    })
}

#[test]
fn glyph_ids_of_times_new_roman_are_read_where_they_make_vietnamese() {
    let mut maker = Maker::new();
    let font = bare_font(&mut maker, "ABCDEF+TimesNewRomanPSMT");
    // Plain letters are their code minus 29.
    let ids: String = "UBND xa Tan An bao cao nam qua".bytes().map(|b| format!("{:04X}", b - 29)).collect();
    maker.page_with(
        format!("BT /T 12 Tf 1 0 0 1 50 700 Tm <{ids}> Tj ET"),
        dictionary! { "Font" => dictionary! { "T" => font } },
    );
    let content = maker.read();
    assert_eq!(content.text, "UBND xa Tan An bao cao nam qua");
    assert_eq!(codes(&content), ["glyph_ids_guessed"]);
}

#[test]
fn glyphs_that_nothing_explains_are_counted_and_not_invented() {
    let mut maker = Maker::new();
    let font = bare_font(&mut maker, "ABCDEF+Unknown");
    maker.page_with(
        at(50.0, 700.0, 12.0, "rõ:") + "BT /T 12 Tf 1 0 0 1 80 700 Tm <0F010F020F03> Tj ET",
        dictionary! { "Font" => dictionary! { "T" => font } },
    );
    let content = maker.read();
    assert_eq!(content.text, "rõ: \u{FFFD}\u{FFFD}\u{FFFD}");
    assert_eq!(codes(&content), ["unmapped_glyphs"]);
    assert!(content.warnings[0].message.starts_with("3 "));
}

#[test]
fn names_in_differences_are_read_and_unknown_ones_harm_no_others() {
    let mut maker = Maker::new();
    let font = maker.doc.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Any",
        "Encoding" => dictionary! { "Differences" => vec![
            1.into(), "Dcroat".into(), "uni1EA1".into(), "weird.name".into(), 65.into(), "t".into(),
        ] },
    });
    maker.page_with(
        "BT /T 12 Tf 1 0 0 1 50 700 Tm (\\001\\002A \\003) Tj ET",
        dictionary! { "Font" => dictionary! { "T" => font } },
    );
    assert_eq!(maker.read().text, "Đạt \u{FFFD}");
}

#[test]
fn a_garbage_layer_is_said_to_be_one_and_its_figures_are_marked() {
    let mut maker = Maker::new();
    let garbage = "Cdn cu Ludt X lj viphqm hdnh chinh 2012 (duoc sua dijb,d sung ndm 2020) vrQr liQu n6 c6ng nghiQp 45%";
    scan(&mut maker, &format!("3 Tr {}", at(50.0, 700.0, 10.0, garbage)));
    let content = maker.read();
    assert_eq!(codes(&content), ["needs_ocr", "hidden_ocr_layer", "garbage_ocr_layer"]);
    assert_eq!(marked(&content, MarkKind::Unreadable), [content.text.as_str()]);
}

/// The text of strings drawn one after the other.
fn drawn(strings: &[(f32, f32, &str)]) -> String {
    text_of(&strings.iter().map(|(x, y, text)| at(*x, *y, 12.0, text)).collect::<String>())
}

#[test]
fn strings_that_lie_over_each_other_are_not_mixed() {
    let name = "Tổng số hộ nghèo theo chuẩn đa chiều";
    let text = drawn(&[(50.0, 700.0, name), (150.0, 700.0, "2.140"), (400.0, 700.0, "5,5")]);
    assert_eq!(text, format!("{name}\t2.140\t5,5"));
    let text = drawn(&[(150.0, 700.0, "2.140"), (50.0, 700.0, name), (400.0, 700.0, "5,5")]);
    assert_eq!(text, format!("{name}\t2.140\t5,5"));
}

#[test]
fn a_copy_for_a_bold_look_or_a_shadow_is_read_once() {
    let text = "Toàn huyện có 214 hộ nghèo, đạt 97,5%";
    for (dx, dy) in [(0.3, 0.0), (1.3, 0.0), (2.0, 0.0), (1.2, -1.2), (0.0, 0.5)] {
        assert_eq!(drawn(&[(50.0, 700.0, text), (50.0 + dx, 700.0 + dy, text)]), text, "{dx} {dy}");
    }
    let pieces = [(50.0, 700.0, "Toàn huyện"), (51.3, 700.0, "Toàn huyện có")];
    assert!(drawn(&pieces).starts_with("Toàn huyện"), "{:?}", drawn(&pieces));
}

#[test]
fn what_is_written_on_a_dotted_line_or_over_a_figure_replaces_it() {
    let text = drawn(&[(50.0, 700.0, "Số: ................../BC-SNV"), (90.0, 700.0, "245")]);
    assert!(text.contains("245") && !text.contains("2.4"), "{text:?}");
    let text = drawn(&[(50.0, 700.0, "0000000000 hộ"), (50.0, 700.0, "1234567890")]);
    assert_eq!(text, "1234567890 hộ");
}

#[test]
fn raised_digits_behind_a_figure_are_raised_characters() {
    let raised = |x: f32, text: &str| at(x, 705.0, 7.0, text);
    let content = at(50.0, 700.0, 12.0, "có 214") + &raised(90.0, "12") + &at(110.0, 700.0, 12.0, "hộ");
    let text = text_of(&content);
    assert!(text.contains("214") && !text.contains("21412"), "{text:?}");
}

#[test]
fn a_word_across_the_page_is_not_mixed_into_its_lines() {
    let content = at(60.0, 780.0, 12.0, "Toàn xã có 41 hộ nghèo, đạt 97,5%.")
        + &at(60.0, 764.0, 12.0, "Toàn xã có 9 thôn.")
        + &at(100.0, 760.0, 60.0, "DỰ THẢO");
    assert_eq!(text_of(&content), "Toàn xã có 41 hộ nghèo, đạt 97,5%.\nToàn xã có 9 thôn.\nDỰ THẢO");
    // A large initial stands beside its lines.
    let content =
        at(60.0, 770.0, 36.0, "T") + &at(80.0, 780.0, 12.0, "oàn xã") + &at(80.0, 766.0, 12.0, "có 9 thôn");
    assert!(text_of(&content).starts_with('T'), "{:?}", text_of(&content));
}

#[test]
fn letters_that_a_map_gives_as_blanks_are_told_and_no_blanks() {
    let mut maker = Maker::new();
    let map = "1 begincodespacerange <0000> <FFFF> endcodespacerange 5 beginbfchar <0001> <0020> <0002> <0020> \
               <0003> <0020> <0004> <0043> <0005> <004E> endbfchar";
    let map = maker.doc.add_object(Stream::new(dictionary! {}, map.as_bytes().to_vec()));
    let widths = [250, 720, 330, 720, 720].map(Object::Integer).to_vec();
    let wide = [250, 720, 660, 720, 720].map(Object::Integer).to_vec();
    let mut font = |widths: Vec<Object>| {
        let descendant = maker.doc.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => "Cut", "W" => vec![1.into(), widths.into()],
        });
        maker.doc.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "Cut", "Encoding" => "Identity-H",
            "DescendantFonts" => vec![descendant.into()], "ToUnicode" => map,
        })
    };
    // One wide blank may be a tab; two are letters.
    let fonts = dictionary! { "F2" => font(widths), "F3" => font(wide) };
    let shown = |font: &str, y: f32| {
        format!("BT /{font} 12 Tf 1 0 0 1 60 {y} Tm <0004000200050003000100040005> Tj ET\n")
    };
    maker.page_with(shown("F2", 700.0) + &shown("F3", 600.0), dictionary! { "Font" => fonts });
    let content = maker.read();
    assert_eq!(content.text, "C N CN\nC\u{FFFD}N\u{FFFD} CN");
    assert!(codes(&content).contains(&"unmapped_glyphs"), "{:?}", codes(&content));
}

#[test]
fn values_of_form_fields_without_appearance_are_read() {
    let field = |value: &str, rect: [i64; 4], more: lopdf::Dictionary| {
        let mut field = dictionary! {
            "Type" => "Annot", "Subtype" => "Widget", "FT" => "Tx", "DA" => Object::string_literal("/F1 12 Tf 0 g"),
            "Rect" => rect.map(Object::Integer).to_vec(), "V" => lopdf::text_string(value),
        };
        for (key, value) in more.iter() {
            field.set(key.clone(), value.clone());
        }
        Object::Dictionary(field)
    };
    let read = |fields: Vec<Object>| {
        let mut maker = Maker::new();
        let page = maker.page(at(60.0, 780.0, 12.0, "Toàn xã có:"));
        maker.doc.get_object_mut(page).unwrap().as_dict_mut().unwrap().set("Annots", fields);
        maker.read().text
    };
    let one = |more| read(vec![field("1.250 hộ nghèo", [140, 776, 330, 794], more)]);
    assert_eq!(one(dictionary! {}), "Toàn xã có: 1.250 hộ nghèo");
    assert_eq!(one(dictionary! { "F" => 2 }), "Toàn xã có:");
    assert_eq!(one(dictionary! { "Ff" => 1 << 13 }), "Toàn xã có:");
    assert_eq!(one(dictionary! { "FT" => "Btn" }), "Toàn xã có:");
    let lines = field("Đạt 97,5%;\ntăng 12 hộ", [60, 700, 400, 760], dictionary! { "Ff" => 1 << 12 });
    assert_eq!(read(vec![lines]), "Toàn xã có:\nĐạt 97,5%;\ntăng 12 hộ");
}
