//! Outlines of texts of our own invention.

use super::*;
use crate::patterns::source::Sources;
use crate::words::shadow::Shadow;

fn parts(s: &str) -> Vec<(u32, &'static str, String, String)> {
    let mut sources = Sources::default();
    sources.push(SectionRules::FILE, "builtin:sections.toml", SectionRules::BUILTIN);
    let rules = SectionRules::load(&sources).unwrap_or_else(|e| panic!("{e}"));
    let tables = crate::structure::tables::find(s, &crate::patterns::tables::TableWords::builtin());
    let text = Text { raw: s, shadow: Shadow::identity(s), tables, marks: Vec::new() };
    let out = outline(&text, &rules, &Frame::default());
    for part in &out {
        assert!(!text.slice(part.range.clone()).is_empty(), "{part:?}");
        if let Some(p) = part.parent {
            let parent = &out[p];
            assert!(
                parent.range.start <= part.range.start && part.range.end <= parent.range.end,
                "{part:?} in {parent:?}"
            );
            assert!(parent.level < part.level);
        }
    }
    let show = |r: Option<Range<usize>>| r.map_or(String::new(), |r| text.slice(r).replace('\n', " "));
    out.into_iter().map(|p| (p.level, p.kind.name(), show(p.label), show(p.heading))).collect()
}

fn labels(s: &str) -> Vec<String> {
    parts(s).into_iter().map(|p| p.2).collect()
}

#[test]
fn a_report_is_nested_by_its_marks() {
    let s = "I. KẾT QUẢ ĐẠT ĐƯỢC\n1. Về thủ tục hành chính\nĐã tiếp nhận 1.204 hồ sơ.\n1.1. Cấp tỉnh\na) Sở Y tế:\n- Tiếp nhận 25 hồ sơ;\n+ Trực tuyến 20 hồ sơ;\n- Trả 24 hồ sơ.\n2. Về nhân sự\nII. KIẾN NGHỊ\n1. Với Bộ Nội vụ\n";
    let got: Vec<(u32, String)> = parts(s).into_iter().map(|p| (p.0, p.2)).collect();
    let want = [
        (1, "I."),
        (2, "1."),
        (3, "1.1."),
        (4, "a)"),
        (5, "-"),
        (6, "+"),
        (5, "-"),
        (2, "2."),
        (1, "II."),
        (2, "1."),
    ];
    assert_eq!(got, want.map(|(l, s)| (l, s.to_owned())));
}

#[test]
fn small_letters_below_a_capital_one_stay_small() {
    let s = "A. PHẦN MỘT\na. Một\nNội dung.\nb. Hai\nNội dung.\nB. PHẦN HAI\nHết.\n";
    let got: Vec<(u32, String)> = parts(s).into_iter().map(|p| (p.0, p.2)).collect();
    assert_eq!(got, [(1, "A."), (2, "a."), (2, "b."), (1, "B.")].map(|(l, s)| (l, s.to_owned())));
}

#[test]
fn a_number_that_goes_on_counts_behind_a_long_line_without_a_stop() {
    let s = "I. KẾT QUẢ\n1. Công tác chỉ đạo\nĐược các cấp, các ngành quan tâm thực hiện thường xuyên và liên tục trong toàn huyện\n2. Kết quả tuyển quân\nĐã gọi 40 thanh niên.\n";
    assert_eq!(labels(s), ["I.", "1.", "2."]);
    assert_eq!(labels(&s.replace("2. Kết", "2. kết")), ["I.", "1."]);
}

#[test]
fn a_decision_has_articles_clauses_and_points() {
    let s = "Chương I\nQUY ĐỊNH CHUNG\n\nĐiều 1. Phạm vi\n1. Quy định này áp dụng cho các xã.\na) Xã miền núi;\nb) Xã đảo.\n2. Không áp dụng cho phường theo Điều 3 của Luật.\nĐiều 2. Đối tượng\n";
    let got: Vec<(&str, String, String)> = parts(s).into_iter().map(|p| (p.1, p.2, p.3)).collect();
    let own = |k, l: &str, h: &str| (k, l.to_owned(), h.to_owned());
    assert_eq!(
        got,
        [
            own("chapter", "Chương I", "QUY ĐỊNH CHUNG"),
            own("article", "Điều 1.", "Phạm vi"),
            own("clause", "1.", ""),
            own("point", "a)", ""),
            own("point", "b)", ""),
            own("clause", "2.", ""),
            own("article", "Điều 2.", "Đối tượng"),
        ]
    );
}

#[test]
fn a_part_takes_the_short_line_below_it_as_its_heading() {
    let s = "Phần thứ hai\nKế hoạch năm 2000\n\n1. GDP tăng 7%.\nPhần thứ ba\nĐể đạt mục tiêu trên, các ngành tập trung\nthực hiện tốt nhiệm vụ.";
    let headings: Vec<_> = parts(s).into_iter().filter(|p| p.1 == "part").map(|p| p.3).collect();
    assert_eq!(headings, ["Kế hoạch năm 2000", ""]);
}

#[test]
fn numbers_at_line_starts_that_are_no_marks_are_left_alone() {
    let s = "1. Số liệu\n1.234 hồ sơ đã nộp.\n12.5% đạt yêu cầu và tăng hơn so với số của cùng kỳ các năm trước đó là năm\n2016. Sau đó đã giảm. Các huyện còn lại nộp báo cáo theo Quyết định số\n2. Tuy vậy\n";
    assert_eq!(labels(s), ["1."]);
}

#[test]
fn a_wrapped_hyphen_is_no_bullet() {
    let s = "Giao Giám đốc Sở Lao động - Thương binh và Xã hội phối hợp với Sở Văn hóa, Thể thao\n- Du lịch triển khai\nTỷ lệ giai đoạn 2016 \n- 2020 tăng\nYêu cầu:\n- Nộp đúng hạn;\n";
    assert_eq!(labels(s), ["-"]);
}

#[test]
fn markdown_marks_are_passed_over() {
    let s =
        "**I. MỤC\nĐÍCH, YÊU CẦU**\n\n**1. Mục đích**\n\n**2. **Yêu cầu\n\n**Điều\n3. Tổ chức thực hiện**\n";
    let got: Vec<(String, String)> = parts(s).into_iter().map(|p| (p.2, p.3)).collect();
    let own = |l: &str, h: &str| (l.to_owned(), h.to_owned());
    assert_eq!(
        got,
        [
            own("I.", "MỤC ĐÍCH, YÊU CẦU"),
            own("1.", "Mục đích"),
            own("2.", "Yêu cầu"),
            own("Điều 3.", "Tổ chức thực hiện")
        ]
    );
}

#[test]
fn an_appendix_an_attached_rule_and_a_table_are_parts() {
    let s = "Điều 1. Ban hành Quy chế.\n\nQUY CHẾ\nTIẾP CÔNG DÂN\n(Ban hành kèm theo Quyết định số 12/2019/QĐ-UBND)\n\nĐiều 1. Phạm vi\nPHỤ LỤC I\nSỐ LIỆU\nBảng 1. Hồ sơ theo xã\n| TT | Xã | Hồ sơ |\n| 1 | Đông Sơn | 12 |\n| 2 | Tây Sơn | 15 |\n";
    let got: Vec<(u32, &str, String)> = parts(s).into_iter().map(|p| (p.0, p.1, p.3)).collect();
    assert_eq!(
        got,
        [
            (1, "article", String::new()),
            (1, "attachment", "QUY CHẾ TIẾP CÔNG DÂN".to_owned()),
            (2, "article", "Phạm vi".to_owned()),
            (1, "appendix", "SỐ LIỆU".to_owned()),
            (2, "table", "Hồ sơ theo xã".to_owned()),
        ]
    );
}

#[test]
fn related_links_of_a_web_page_are_boilerplate_to_the_end() {
    let s = format!(
        "Bài viết về xã Đông Sơn.\n{}\nBài viết khác\n1. Tin số một\n2. Tin số hai\n",
        "Nội dung.\n".repeat(20)
    );
    let got = parts(&s);
    assert_eq!(got.len(), 1);
    assert_eq!(got[0].1, "boilerplate");
}

#[test]
fn a_mistake_in_the_words_is_reported_with_its_place() {
    let mut sources = Sources::default();
    let bad = "[[unit]]\nid = \"x\"\nkind = \"article\"\nwords = [\"Điều\"]\nnumbers = [\"arabic\"]\nexamples = [\"Khoản 1.\"]\ncounter_examples = [\"Điều kiện\"]\n";
    sources.push(SectionRules::FILE, "mine/sections.toml", bad);
    let e = SectionRules::load(&sources).map(|_| ()).unwrap_err();
    assert_eq!((e.line, e.file.as_str()), (2, "mine/sections.toml"));
    assert!(e.message.contains("Khoản 1."), "{e}");
}
