//! Heads and feet of our own invention, in the layouts that reach us.

use super::doubt::restored;
use super::*;
use crate::Extractor;
use crate::reader::{Mark, MarkKind};
use crate::words::shadow::Shadow;
use crate::words::token::tokenize;

fn header(s: &str) -> Header {
    header_with(s, &[])
}

/// The head of a recognised text (OCR) with the words that are doubted.
fn header_with(s: &str, doubted: &[&str]) -> Header {
    let range = |word: &&str| s.find(*word).map_or(0..0, |at| at..at + word.len());
    header_marked(s, doubted.iter().map(|w| Mark { kind: MarkKind::Doubted, range: range(w) }).collect())
}

/// The head of a text with marks of its layout.
fn header_marked(s: &str, marks: Vec<Mark>) -> Header {
    let patterns = Extractor::shared().patterns();
    let text = Text { raw: s, shadow: Shadow::identity(s), tables: Vec::new(), marks };
    let tokens = tokenize(s, &patterns.vocab, &mut Default::default());
    read(&text, &tokens, &patterns.header, &patterns.places, &patterns.sections)
}

fn iso(day: Option<Day>) -> Option<String> {
    day.map(|day| day.to_string())
}

fn own(s: &str) -> Option<String> {
    Some(s.to_owned())
}

fn signer(h: &Header) -> (Option<String>, Option<String>, Option<String>) {
    h.metadata
        .signers
        .first()
        .map(|s| (s.name.clone(), s.position.clone(), s.authority.clone()))
        .unwrap_or_default()
}

const BODY: &str = "\nI. KẾT QUẢ\n1. Đã tiếp nhận 120 hồ sơ.\nTrên đây là báo cáo của đơn vị./.\n";

#[test]
fn two_columns_with_tabs_are_read() {
    let s = format!(
        "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH BẮC KẠN\tĐộc lập - Tự do - Hạnh phúc\n\nSố: 214/BC-UBND\tBắc Kạn, ngày 05 tháng 7 năm 2019\n\nBÁO CÁO\nTình hình cải cách hành chính\n6 tháng đầu năm 2019\n\nKính gửi: Bộ Nội vụ.\n{BODY}\nNơi nhận:\tTM. ỦY BAN NHÂN DÂN\n- Bộ Nội vụ;\tKT. CHỦ TỊCH\n- Lưu: VT, NC.\tPHÓ CHỦ TỊCH\n\n\tĐặng Văn Khoa\n"
    );
    let h = header(&s);
    let m = &h.metadata;
    assert_eq!(
        (m.doc_type.clone(), m.id.clone(), m.symbol.clone()),
        (own("BC"), own("214/BC-UBND"), own("BC-UBND"))
    );
    assert_eq!((m.place.clone(), iso(m.issue_date)), (own("Bắc Kạn"), own("2019-07-05")));
    assert_eq!(m.issuer, own("Ủy ban nhân dân tỉnh Bắc Kạn"));
    assert_eq!(m.subject, own("Tình hình cải cách hành chính 6 tháng đầu năm 2019"));
    assert_eq!(m.addressees, ["Bộ Nội vụ"]);
    assert_eq!(m.recipients, ["Bộ Nội vụ", "Lưu: VT, NC"]);
    assert_eq!(
        signer(&h),
        (own("Đặng Văn Khoa"), own("PHÓ CHỦ TỊCH"), own("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH"))
    );
    let province = m.province.clone().unwrap_or_default();
    assert_eq!((province.code, province.name, province.basis), (own("06"), "Bắc Kạn".into(), own("issuer")));
    assert_eq!(province.current.map(|c| c.name), own("Thái Nguyên"));
    assert_eq!(s.get(h.number_range.clone().unwrap_or_default()), Some("214/BC-UBND"));
    assert_eq!(s.get(h.date_range.clone().unwrap_or_default()), Some("ngày 05 tháng 7 năm 2019"));
}

#[test]
fn cells_between_bars_hold_a_whole_head_each() {
    let s = format!(
        "| UBND TỈNH HÀ NAM SỞ CÔNG THƯƠNG Số: 77 /SCT-KH V/v báo cáo tiến độ cụm công nghiệp | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc  Hà Nam, ngày 9 tháng 5 năm 2023 |\n\nKính gửi: Ủy ban nhân dân tỉnh Hà Nam\n{BODY}| Nơi nhận: - Như trên; - Ban Giám đốc Sở; - Lưu: VT, KH. |  | KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC  Lý Thị Hòa |\n"
    );
    let h = header(&s);
    let m = &h.metadata;
    assert_eq!((m.doc_type.clone(), m.id.clone()), (own("CV"), own("77/SCT-KH")));
    assert_eq!(
        (m.issuer.clone(), m.issuer_parent.clone()),
        (own("Sở Công Thương"), own("Ủy ban nhân dân tỉnh Hà Nam"))
    );
    assert_eq!(m.subject, own("báo cáo tiến độ cụm công nghiệp"));
    assert_eq!((m.place.clone(), iso(m.issue_date)), (own("Hà Nam"), own("2023-05-09")));
    assert_eq!(m.recipients, ["Như trên", "Ban Giám đốc Sở", "Lưu: VT, KH"]);
    assert_eq!(signer(&h), (own("Lý Thị Hòa"), own("PHÓ GIÁM ĐỐC"), own("KT. GIÁM ĐỐC")));
}

#[test]
fn cells_as_paragraphs_between_lone_bars_are_read() {
    let s = format!(
        "|\n**ỦY BAN NHÂN\nDÂN **\nTHÀNH PHỐ CẦN THƠ\n--------\n|\n**CỘNG HÒA XÃ\nHỘI CHỦ NGHĨA VIỆT NAM**\nĐộc lập - Tự do - Hạnh phúc\n------\n|\n|\nSố:\n88/KH-UBND\n|\n*Cần Thơ, ngày\n03 tháng 12 năm 2024*\n|\n\n\n**KẾ HOẠCH**\n\nPHÒNG, CHỐNG SẠT LỞ BỜ SÔNG TRÊN ĐỊA BÀN\nTHÀNH PHỐ NĂM 2025\n\nCăn cứ Luật Đê điều;\n{BODY}\n|\n*Nơi nhận:*\n- Bộ NN&MT;\n- Lưu: VT.\n|\n**TM. ỦY BAN\nNHÂN DÂN**\nKT. CHỦ TỊCH\n**PHÓ CHỦ TỊCH**\n**Võ Minh Tân**\n|\n"
    );
    let h = header(&s);
    let m = &h.metadata;
    assert_eq!(
        (m.doc_type.clone(), m.id.clone(), iso(m.issue_date)),
        (own("KH"), own("88/KH-UBND"), own("2024-12-03"))
    );
    assert_eq!(m.issuer, own("Ủy ban nhân dân thành phố Cần Thơ"));
    assert_eq!(m.subject, own("PHÒNG, CHỐNG SẠT LỞ BỜ SÔNG TRÊN ĐỊA BÀN THÀNH PHỐ NĂM 2025"));
    assert_eq!(
        signer(&h),
        (own("Võ Minh Tân"), own("PHÓ CHỦ TỊCH"), own("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH"))
    );
}

#[test]
fn blanks_for_the_pen_give_nulls_and_the_rest_is_kept() {
    let s = format!(
        "| UBND TỈNH SƠN LA |  | CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n| SỞ Y TẾ |  | Độc lập - Tự do - Hạnh phúc |\n| Số:           /BC-SYT |  | Sơn La, ngày      tháng 6 năm 2026 |\n\nBÁO CÁO\nCông tác tiêm chủng\n{BODY}"
    );
    let h = header(&s);
    let m = &h.metadata;
    assert_eq!((m.id.clone(), m.number.clone(), m.symbol.clone()), (None, None, own("BC-SYT")));
    assert_eq!((m.place.clone(), iso(m.issue_date)), (own("Sơn La"), None));
    assert_eq!(
        (m.issuer.clone(), m.issuer_parent.clone()),
        (own("Sở Y tế"), own("Ủy ban nhân dân tỉnh Sơn La"))
    );
    assert_eq!(m.subject, own("Công tác tiêm chủng"));
}

#[test]
fn what_the_appendix_says_fills_what_the_head_left_blank() {
    let s = format!(
        "SỞ Y TẾ SƠN LA\nSố:      /BC-SYT\nSơn La, ngày    tháng 6 năm 2024\nBÁO CÁO\nCông tác tiêm chủng\n{BODY}\nPHỤ LỤC\n(Kèm theo Báo cáo số 95/BC-SYT ngày 12/6/2024 của Sở Y tế)\n"
    );
    let h = header(&s);
    assert_eq!((h.metadata.id.clone(), iso(h.metadata.issue_date)), (own("95/BC-SYT"), own("2024-06-12")));
    let codes: Vec<&str> = h.warnings.iter().map(|w| w.code.as_str()).collect();
    assert_eq!(codes, ["number_from_appendix", "date_from_appendix"]);
}

#[test]
fn party_documents_have_their_own_head() {
    let s = format!(
        "TỈNH ỦY NGHỆ AN\nVĂN PHÒNG\n*\nSố 118-CV/VPTU\nV/v chuẩn bị hội nghị\n\nĐẢNG CỘNG SẢN VIỆT NAM\n\nNghệ An, ngày 02 tháng 4 năm 2021\n\nKính gửi: Các huyện ủy, thành ủy, thị ủy\n{BODY}Nơi nhận:\n- Như trên;\n- Lưu VPTU.\n\nK/T CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\n\nHồ Sỹ Quang\n"
    );
    let h = header(&s);
    let m = &h.metadata;
    assert_eq!(
        (m.doc_type.clone(), m.id.clone(), m.symbol.clone()),
        (own("CV"), own("118-CV/VPTU"), own("CV/VPTU"))
    );
    assert_eq!((m.issuer.clone(), m.issuer_parent.clone()), (own("Văn phòng"), own("Tỉnh ủy Nghệ An")));
    assert_eq!(m.subject, own("chuẩn bị hội nghị"));
    assert_eq!(signer(&h), (own("Hồ Sỹ Quang"), own("PHÓ CHÁNH VĂN PHÒNG"), own("K/T CHÁNH VĂN PHÒNG")));
    assert_eq!(m.province.as_ref().map(|p| p.name.as_str()), Some("Nghệ An"));
}

#[test]
fn stamps_and_digital_signatures_never_fill_the_documents_own_fields() {
    let s = format!(
        "Ký bởi: Sở Nội vụ\nNgày ký: 21/08/2020 09:15:00\nCÔNG VĂN ĐẾN\nSố: 3312\nNgày: 20/8/2020\n\nUBND TỈNH PHÚ YÊN\nSỞ NỘI VỤ\nSố: 640/SNV-VP\nV/v cử cán bộ\nPhú Yên, ngày 18 tháng 8 năm 2020\nKính gửi: Sở Tài chính\n{BODY}"
    );
    let h = header(&s);
    let m = &h.metadata;
    assert_eq!((m.id.clone(), iso(m.issue_date)), (own("640/SNV-VP"), own("2020-08-18")));
    let received = m.received.clone().unwrap_or_default();
    assert_eq!((received.number, iso(received.date)), (own("3312"), own("2020-08-20")));
    let stamped: Vec<&str> = h.stamp_ranges.iter().filter_map(|r| s.get(r.clone())).collect();
    assert_eq!(stamped, ["3312", "Ngày: 20/8/2020", "21/08/2020 09:15:00"]);
}

#[test]
fn a_metadata_block_of_a_web_page_stands_in_for_the_header() {
    let s = "Trang chủ\nSố hiệu: | 412/QĐ-UBND | Loại văn bản: | Quyết định |\nNơi ban hành: | Ủy ban nhân dân tỉnh Lào Cai | Người ký: | Giàng A Sáng |\nNgày ban hành: | 14/03/2016 | Ngày hiệu lực: | 14/03/2016 |\n\nNội dung quyết định như sau.\n";
    let h = header(s);
    let m = &h.metadata;
    assert_eq!(
        (m.doc_type.clone(), m.id.clone(), iso(m.issue_date)),
        (own("QĐ"), own("412/QĐ-UBND"), own("2016-03-14"))
    );
    assert_eq!(m.issuer, own("Ủy ban nhân dân tỉnh Lào Cai"));
    assert_eq!(signer(&h).0, own("Giàng A Sáng"));
    assert_eq!(m.province.as_ref().and_then(|p| p.code.clone()), own("10"));
}

#[test]
fn the_body_names_the_issuer_where_the_head_does_not() {
    let s = "BÁO CÁO\nKết quả thực hiện Kế hoạch số 9/KH-UBND\n\nThực hiện Công văn số 33/STC-NS của Sở Tài chính tỉnh Nghệ An; Ủy ban nhân dân huyện Yên Thành báo cáo như sau:\n\nI. KẾT QUẢ\n";
    let h = header(s);
    assert_eq!(h.metadata.issuer, own("Ủy ban nhân dân huyện Yên Thành"));
    assert_eq!(h.metadata.district.as_ref().map(|d| d.name.as_str()), Some("Yên Thành"));
    assert_eq!(h.metadata.province.as_ref().map(|d| d.name.as_str()), Some("Nghệ An"));
    assert_eq!(h.metadata.id, None);
}

#[test]
fn a_document_of_the_centre_belongs_to_no_province() {
    let s = format!(
        "BỘ Y TẾ\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 55/TB-BYT\nHà Nội, ngày 3 tháng 3 năm 2020\nTHÔNG BÁO\nLịch họp\n{BODY}"
    );
    let h = header(&s);
    assert_eq!(h.metadata.issuer, own("Bộ Y tế"));
    assert_eq!(h.metadata.place, own("Hà Nội"));
    assert_eq!(h.metadata.province, None);
}

#[test]
fn running_text_without_a_header_stays_without_identity() {
    let s = "Hội nghị sơ kết công tác năm đã diễn ra tại hội trường lớn.\n\nTheo Quyết định số 12/QĐ-UBND ngày 3/4/2019, các xã đã nộp báo cáo.\n";
    let m = header(s).metadata;
    assert_eq!(m, Metadata::default());
}

#[test]
fn urgency_and_secrecy_are_words_that_stand_alone() {
    let s = format!(
        "UBND TỈNH HÀ NAM\nSỞ Y TẾ\nSố: 3/SYT-VP\nHỎA TỐC\nHà Nam, ngày 1 tháng 2 năm 2020\nKính gửi: Các bệnh viện\n{BODY}"
    );
    assert_eq!(header(&s).metadata.urgency, own("HỎA TỐC"));
}

#[test]
fn another_document_of_the_same_kind_lends_nothing() {
    let s = format!(
        "UBND TỈNH SƠN LA\nSố: I /2026/QĐ-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSơn La, ngày 9 tháng 1 năm 2026\nQUYÉT ĐỊNH\nBan hành Quy chế\n{BODY}\nBãi bỏ Quy chế ban hành kèm theo Quyết định số 14/2020/QĐ-UBND ngày 5/5/2020.\n"
    );
    let m = header(&s).metadata;
    assert_eq!((m.doc_type, m.id, m.symbol), (own("QĐ"), None, own("QĐ-UBND")));
    assert_eq!(iso(m.issue_date), own("2026-01-09"));
}

#[test]
fn a_number_written_over_its_blank_is_taken_with_a_warning() {
    let s = format!(
        "SỞ Y TẾ\nTỔ KIỂM TRA\nTHEO QUYẾT ĐỊNH\nSỐ 20/QĐ-SYT\n317\nSố:\t/KH-TKT\nSơn La, ngày 9 tháng 1 năm 2026\nKẾ HOẠCH\nKiểm tra bệnh viện\n{BODY}"
    );
    let h = header(&s);
    assert_eq!(h.metadata.id, own("317/KH-TKT"));
    assert_eq!(h.warnings.first().map(|w| w.code.as_str()), Some("number_overlaid"));
}

#[test]
fn the_title_may_name_who_decides_and_the_number() {
    let s = "NGHỊ ĐỊNH\nCỦA CHÍNH PHỦ SỐ 41/2006/NĐ-CP NGÀY 07 THÁNG 5 NĂM 2006\nVỀ QUẢN LÝ CHỢ\n\nCHÍNH PHỦ\n\nCăn cứ Luật Tổ chức Chính phủ;\n";
    let m = header(s).metadata;
    assert_eq!((m.doc_type, m.id, iso(m.issue_date)), (own("NĐ"), own("41/2006/NĐ-CP"), own("2006-05-07")));
    assert_eq!(m.subject, own("VỀ QUẢN LÝ CHỢ"));
    let s = "Chính phủ                Cộng hoà xã hội chủ nghĩa việt nam\nSố: 12/2003/NĐ-CP\n              Hà nội, ngày 2 tháng 3 năm 2003\nNghị định của chính phủ\nQuy định về quản lý chợ\n\nChính phủ\n\nCăn cứ Luật;\n";
    let m = header(s).metadata;
    assert_eq!((m.doc_type, iso(m.issue_date), m.place), (own("NĐ"), own("2003-03-02"), own("Hà nội")));
    assert_eq!((m.issuer, m.subject), (own("Chính phủ"), own("Quy định về quản lý chợ")));
}

#[test]
fn a_form_names_no_issuer_and_a_list_of_provinces_no_province() {
    let s = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nCông ty trách nhiệm hữu hạn một thành viên\nSở hữu vốn: ……\nĐơn đề nghị của TP. Hồ Chí Minh, Hà Nội, Hải Dương, Bình Dương, TP. Hồ Chí Minh.\n";
    let m = header(s).metadata;
    assert_eq!((m.issuer, m.province), (None, None));
}

#[test]
fn a_title_in_capitals_on_the_first_line_needs_no_header() {
    let s =
        "BÁO CÁO TÌNH HÌNH SẢN XUẤT CÔNG\nNGHIỆP THÁNG 5 NĂM 2008\n1. Tình hình chung:\nSản lượng tăng 5%.\n";
    let m = header(s).metadata;
    assert_eq!((m.doc_type, m.subject), (own("BC"), own("TÌNH HÌNH SẢN XUẤT CÔNG NGHIỆP THÁNG 5 NĂM 2008")));
}

#[test]
fn narrow_cells_break_bodies_and_names_anywhere() {
    let s = format!(
        "|\n**ỦY\nBAN NHÂN DÂN**\nTỈNH SƠN LA\n---\n|\n**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**\n|\n|\nSố: 4/CT-UBND\n|\nSơn La, ngày 2 tháng 3 năm 2020\n|\n\n**CHỈ THỊ**\n\nVỀ PHÒNG CHỐNG RÉT\n\nCăn cứ Luật;\n{BODY}\n|\nNơi nhận:\n- Lưu: VT, KT,\nQ.\n|\n**CHỦ TỊCH**\nPhùng\nThị Hoa\n|\n"
    );
    let h = header(&s);
    assert_eq!(h.metadata.issuer, own("Ủy ban nhân dân tỉnh Sơn La"));
    assert_eq!(signer(&h), (own("Phùng Thị Hoa"), own("CHỦ TỊCH"), None));
}

#[test]
fn the_heading_of_a_chapter_is_no_title() {
    let text = "HIỆP ƯỚC\nVỀ HỢP TÁC\n\nHai bên đã thỏa thuận như sau:\n\nCHƯƠNG I\nQUY ĐỊNH CHƯNG\n\nĐiều 1. Phạm vi\n";
    assert_eq!(header(text).metadata.doc_type, None);
}

#[test]
fn a_joint_document_has_several_issuers_and_signers_side_by_side() {
    let text = format!(
        "BỘ CÔNG AN - BỘ Y TẾ -\nTÒA ÁN NHÂN DÂN TỐI CAO\nSố: 7/HDLT-BCA-BYT-TANDTC\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nHà Nội, ngày 3 tháng 2 năm 2024\nHƯỚNG DẪN LIÊN NGÀNH\nVề việc quản lý chất cấm\n{BODY}\nKT. BỘ TRƯỞNG\tKT. BỘ TRƯỞNG\nBỘ CÔNG AN\tBỘ Y TẾ\nTHỨ TRƯỞNG\tTHỨ TRƯỞNG\nThượng tướng Lê Văn Hùng\tĐỗ Thị Mai\nKT. CHÁNH ÁN\nPHÓ CHÁNH ÁN\nPhạm Văn Sáu\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n"
    );
    let h = header(&text);
    let m = &h.metadata;
    assert_eq!(m.issuer, own("Bộ Công an - Bộ Y tế - Tòa án nhân dân tối cao"));
    assert_eq!((m.issuer_parent.clone(), m.symbol.clone()), (None, own("HDLT-BCA-BYT-TANDTC")));
    let signers: Vec<_> = m
        .signers
        .iter()
        .map(|s| [&s.name, &s.position, &s.authority].map(|t| t.clone().unwrap_or_default()))
        .collect();
    assert_eq!(
        signers,
        [
            ["Lê Văn Hùng", "THỨ TRƯỞNG", "KT. BỘ TRƯỞNG BỘ CÔNG AN"],
            ["Đỗ Thị Mai", "THỨ TRƯỞNG", "KT. BỘ TRƯỞNG BỘ Y TẾ"],
            ["Phạm Văn Sáu", "PHÓ CHÁNH ÁN", "KT. CHÁNH ÁN"],
        ]
    );
}

#[test]
fn the_subject_of_what_is_no_decision_goes_on_with_a_body() {
    let head = "SỞ Y TẾ\nSố: 9/TB-SYT\nSơn La, ngày 2 tháng 3 năm 2020\n\n";
    let text = format!(
        "{head}THÔNG BÁO\n\nKẾT QUẢ LÀM VIỆC VỚI THƯỜNG TRỰC\nTỈNH ỦY SƠN LA\n\nNgày 1 tháng 3, Sở đã làm việc.\n{BODY}"
    );
    assert_eq!(header(&text).metadata.subject, own("KẾT QUẢ LÀM VIỆC VỚI THƯỜNG TRỰC TỈNH ỦY SƠN LA"));
    let text = format!(
        "{head}QUYẾT ĐỊNH\nVỀ VIỆC THÀNH LẬP TỔ CÔNG TÁC\nỦY BAN NHÂN DÂN TỈNH SƠN LA\n\nCăn cứ Luật;\n{BODY}"
    );
    assert_eq!(header(&text).metadata.subject, own("VỀ VIỆC THÀNH LẬP TỔ CÔNG TÁC"));
}

#[test]
fn names_of_bodies_go_on_with_a_number_or_a_broken_word() {
    let tail = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSơn La, ngày 2 tháng 3 năm 2020\n\nKẾ HOẠCH\nKiểm tra\n";
    let text = format!("SỞ Y TẾ\nĐOÀN KIỂM TRA THEO QUYẾT ĐỊNH\nSỐ 15/QĐ-SYT\nSố: 4/KH-ĐKT\n{tail}{BODY}");
    let m = header(&text).metadata;
    assert_eq!(m.issuer, own("Đoàn kiểm tra theo quyết định số 15/QĐ-SYT"));
    assert_eq!((m.issuer_parent, m.id), (own("Sở Y tế"), own("4/KH-ĐKT")));
    let text = format!("CHỦ TỊCH ỦY\nBAN NHÂN DÂN TỈNH SƠN LA\nSố: 4/KH-UBND\n{tail}{BODY}");
    assert_eq!(header(&text).metadata.issuer, own("Chủ tịch Ủy ban nhân dân tỉnh Sơn La"));
    let text = format!("TRUNG TÂM CÔNG NGHỆ SỐ\nSố: 4/KH-TTCNS\n{tail}{BODY}");
    assert_eq!(header(&text).metadata.issuer, own("Trung tâm Công nghệ số"));
}

#[test]
fn the_list_of_recipients_on_a_form_is_not_the_documents_own() {
    let text = "NGHỊ ĐỊNH\nCỦA CHÍNH PHỦ SỐ 15/2010/NĐ-CP NGÀY 02 THÁNG 8 NĂM 2010\nVỀ QUẢN LÝ CHỢ\n\nĐiều 1. Quản lý chợ./.\n\nTM. CHÍNH PHỦ\nTHỦ TƯỚNG\nLê Văn Tám\n\nMẫu 1\nSỞ …\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n";
    let h = header(text);
    assert_eq!(h.metadata.recipients, Vec::<String>::new());
    assert_eq!(signer(&h), (own("Lê Văn Tám"), own("THỦ TƯỚNG"), own("TM. CHÍNH PHỦ")));
}

#[test]
fn a_telegram_names_who_sends_it_and_to_whom() {
    let text = "**CÔNG ĐIỆN**\n\nVỀ PHÒNG CHỐNG BÃO\n\n**CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SƠN LA điện:**\n\n- Giám đốc các sở;\n- Chủ tịch các xã.\n\nTừ đêm nay có mưa.\n\nNơi nhận:\n* Như trên;\n* Lưu: VT.\n\n**CHỦ TỊCH**\n\nLò Văn Sơn\n";
    let m = header(text).metadata;
    assert_eq!((m.doc_type, m.issuer), (own("CĐ"), own("Ủy ban nhân dân tỉnh Sơn La")));
    assert_eq!(m.addressees, ["Giám đốc các sở", "Chủ tịch các xã"]);
    assert_eq!(m.recipients, ["Như trên", "Lưu: VT"]);
}

#[test]
fn a_post_that_recognition_damaged_is_no_recipient() {
    let text = format!(
        "SỞ Y TẾ\nSố: 9/TB-SYT\nSơn La, ngày 2 tháng 3 năm 2020\n\nTHÔNG BÁO\nLịch trực\n{BODY}\nNơi nhận:\n- Vụ Pháp chế, Bộ Y tế; HỦ TỊCH\n~ Cục Y tế dự phòng;\n- Lưu: VT, KHTC.\n"
    );
    assert_eq!(
        header(&text).metadata.recipients,
        ["Vụ Pháp chế, Bộ Y tế", "Cục Y tế dự phòng", "Lưu: VT, KHTC"]
    );
}

#[test]
fn what_rests_on_doubted_words_is_left_empty_and_said() {
    let text = format!(
        "SỞ Y TẾ\nSố: 20/BC-SYT\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSơn La, ngày 2 tháng 3 năm 2020\nBÁO CÁO\nTình hình tiêm chủng\nKính gửi:\n- Bộ Y tế;\n- UBND xen.\n{BODY}\nNơi nhận:\n- Như trên;\n- Sở HỈ;\n- Lưu: VT.\nGIÁM ĐỐC\nLò Văn Sơn\n"
    );
    let sure = header(&text).metadata;
    assert_eq!((sure.id, iso(sure.issue_date)), (own("20/BC-SYT"), own("2020-03-02")));
    assert_eq!((sure.addressees.len(), sure.recipients.len(), sure.signers.len()), (2, 3, 1));
    let h = header_with(&text, &["20/BC-SYT", "3 năm", "xen.", "HỈ;", "Sơn\n"]);
    let m = &h.metadata;
    assert_eq!((m.id.clone(), m.number.clone(), m.symbol.clone()), (None, None, own("BC-SYT")));
    assert_eq!((iso(m.issue_date), m.issuer.clone()), (None, own("Sở Y tế")));
    assert_eq!(m.addressees, ["Bộ Y tế"]);
    assert_eq!(m.recipients, ["Như trên", "Lưu: VT"]);
    assert_eq!(m.signers.len(), 0);
    let codes: Vec<&str> = h.warnings.iter().map(|w| w.code.as_str()).collect();
    assert_eq!(codes, ["number_doubted", "date_doubted"]);
    let h = header_with(&text, &["SỞ", "hình", "tiêm"]);
    assert_eq!((h.metadata.issuer, h.metadata.subject), (None, None));
}

#[test]
fn marks_that_recognition_lost_in_names_of_bodies_are_restored() {
    let rules = &Extractor::shared().patterns().header;
    assert_eq!(restored(rules, "Cục Hóa chát"), "Cục Hóa chất");
    assert_eq!(restored(rules, "Sở Kê hoạch và Đâu tư tĩnh Sơn La"), "Sở Kế hoạch và Đầu tư tỉnh Sơn La");
    assert_eq!(restored(rules, "CÔNG TY CỎ PHÀN Y TẾ"), "CÔNG TY CỔ PHẦN Y TẾ");
    assert_eq!(restored(rules, "Ông Tĩnh, Cục Hải quan"), "Ông Tĩnh, Cục Hải quan");
}

#[test]
fn signatures_that_lost_their_capitals_are_read_beside_the_recipients() {
    let head = "Bộ tài chính\tCộng hoà xã hội chủ nghĩa việt nam\nSố: 99/1998/TT-BTC\tĐộc lập - Tự do - Hạnh phúc\n\tHà nội, ngày 14 tháng 7 năm 1998\n\nthông tư\nHướng dẫn thu lệ phí\n";
    let text = format!(
        "{head}{BODY}\n\t\t\tkt/bộ trưởng bộ tài chính\nNơi nhận:\t\t\tthứ  trưởng\n- Văn phòng Quốc hội;\n- Thủ tướng Chính phủ;\n- Sở Tài chính Thái Nguyên;\t\tPhạm Văn Sáu\n- Lưu VP.\n\nMẫu số 1\nLê Thị Hoa Mai\n"
    );
    assert_eq!(
        signer(&header(&text)),
        (own("Phạm Văn Sáu"), own("thứ trưởng"), own("kt/bộ trưởng bộ tài chính"))
    );
    let text = format!(
        "{head}{BODY}\nNơi nhận:\n- Công báo,\n- Lưu: VT.\nthủ tướng chính phủ\n\n(Đã ký)\n\nLê Văn Tám\n"
    );
    assert_eq!(signer(&header(&text)), (own("Lê Văn Tám"), own("thủ tướng chính phủ"), None));
    let text = format!("{head}{BODY}\nNơi nhận:\n- Chủ tịch các xã;\n- Lê Văn Tám;\n- Lưu: VT.\n");
    assert_eq!(header(&text).metadata.signers.len(), 0);
}

#[test]
fn a_title_with_its_number_needs_no_head() {
    let text = "Nghị định\ncủa Chính phủ số 15/1998/NĐ-CP ngày 11 tháng 5 năm 1998\nvề quản lý chợ ở xã\n\nChính phủ\n\nCăn cứ Luật Tổ chức Chính phủ số 5/L ngày 30 tháng 9 năm 1992;\n";
    let m = header(text).metadata;
    assert_eq!((m.doc_type, m.id, iso(m.issue_date)), (own("NĐ"), own("15/1998/NĐ-CP"), own("1998-05-11")));
    assert_eq!((m.issuer, m.subject), (own("Chính phủ"), own("về quản lý chợ ở xã")));
    let text = "Thông tư\nLiên tịch Bộ Tài chính - Tổng cục Hải quan\nSố 20/2000/TTLT-BTC-TCHQ ngày 25 tháng 12 năm 2000\nVề việc thu lệ phí\n\nCăn cứ ý kiến của Thủ tướng;\n";
    let m = header(text).metadata;
    assert_eq!((m.id, iso(m.issue_date)), (own("20/2000/TTLT-BTC-TCHQ"), own("2000-12-25")));
    assert_eq!(m.subject, own("Về việc thu lệ phí"));
    let text = "Thực hiện Nghị định của Chính phủ số 15/1998/NĐ-CP, Sở báo cáo.\n";
    assert_eq!(header(text).metadata.id, None);
}

#[test]
fn a_plan_cited_at_the_beginning_of_a_line_is_no_title() {
    let text = format!(
        "TỈNH ỦY SƠN LA\nSố 36-CV/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nSơn La, ngày 5 tháng 1 năm 2015\nThực hiện Nghị quyết số 12-NQ/TW; căn cứ\nKế hoạch của Ban Thường vụ Tỉnh ủy, các bộ\nphận đã kiểm điểm.\n{BODY}"
    );
    let m = header(&text).metadata;
    assert_eq!((m.doc_type, m.subject, m.id), (own("CV"), None, own("36-CV/TU")));
}

#[test]
fn old_marks_of_authority_with_strokes_are_read_in_any_case() {
    let head = "SỞ Y TẾ\nSố: 9/BC-SYT\nSơn La, ngày 2 tháng 3 năm 2001\nBÁO CÁO\nLịch trực\n";
    for (authority, post) in [("K/T CHỦ TỊCH", "PHÓ CHỦ TỊCH"), ("K/T Chủ tịch", "Phó Chủ tịch")]
    {
        let text = format!(
            "{head}{BODY}\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\n{authority}\n{post}\n\n(đã ký)\n\nLê Văn Tám\n"
        );
        assert_eq!(signer(&header(&text)), (own("Lê Văn Tám"), own(post), own(authority)));
    }
}

#[test]
fn a_committee_below_a_committee_is_the_issuer() {
    let h = header(
        "TỈNH ỦY ĐỒNG NAI\tĐẢNG CỘNG SẢN VIỆT NAM\nHUYỆN ỦY TÂN PHÚ\n*\nSố 214-BC/HU\tTân Phú, ngày 28 tháng 11 năm \
         2019\n\nBÁO CÁO\nkết quả công tác xây dựng Đảng năm 2019\n",
    );
    assert_eq!(h.metadata.issuer.as_deref(), Some("Huyện ủy Tân Phú"));
    assert_eq!(h.metadata.issuer_parent.as_deref(), Some("Tỉnh ủy Đồng Nai"));
}

#[test]
fn a_title_that_goes_on_below_in_capitals_begins_the_abstract() {
    let head = "UBND TỈNH KIÊN GIANG\nSỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI\nSố: 15/BC-SLĐTBXH\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA \
                VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nKiên Giang, ngày 09 tháng 12 năm 2014\n\n";
    let h = header(&format!("{head}BÁO CÁO TỔNG KẾT\nCÔNG TÁC NĂM 2014\n\n1. Kết quả\n"));
    assert_eq!(h.metadata.subject.as_deref(), Some("TỔNG KẾT CÔNG TÁC NĂM 2014"));
    assert_eq!(h.metadata.issuer.as_deref(), Some("Sở Lao động - Thương binh và Xã hội"));
    let h = header(&format!("{head}BÁO CÁO KẾT QUẢ\nThực hiện nhiệm vụ năm 2014\n\n1. Kết quả\n"));
    assert_eq!(h.metadata.subject.as_deref(), Some("Thực hiện nhiệm vụ năm 2014"));
}

#[test]
fn minutes_bear_the_day_of_their_first_sentence() {
    let h = header(
        "UBND HUYỆN EA KAR\nPHÒNG NÔNG NGHIỆP\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nBIÊN \
         BẢN\nKiểm tra tiến độ trồng rừng\n\nHôm nay, vào hồi 8 giờ 30 phút ngày 14 tháng 7 năm 2016, tại Hội trường xã.\n",
    );
    assert_eq!(iso(h.metadata.issue_date).as_deref(), Some("2016-07-14"));
    assert!(h.warnings.iter().any(|w| w.code == "date_from_opening"));
}

#[test]
fn a_number_parted_from_its_symbol_by_a_blank_is_of_the_old_style() {
    let s = format!(
        "BỘ TÀI CHÍNH\nSố: 1387 TC/NSĐP\nV/v quyết toán ngân sách\nHà Nội, ngày 4 tháng 5 năm 1996\nKính gửi: Sở Tài chính.\n{BODY}"
    );
    let m = header(&s).metadata;
    assert_eq!((m.id, m.symbol), (own("1387-TC/NSĐP"), own("TC/NSĐP")));
}

#[test]
fn a_number_on_a_dotted_line_is_read_whatever_is_left_of_the_line() {
    for number in ["…245…/BC-SNV", "....245..../BC-SNV", "__245__ /BC-SNV", "… 245 … /BC-SNV", "245/BC-SNV"]
    {
        let head = format!(
            "UBND TỈNH AN LẠC\nSỞ NỘI VỤ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: {number}\nAn Lạc, ngày 12 tháng 11 năm 2019\n\nBÁO CÁO\nKết quả năm 2019\n"
        );
        assert_eq!(header(&head).metadata.id.as_deref(), Some("245/BC-SNV"), "{number}");
    }
}

#[test]
fn what_a_signing_system_wrote_over_the_page_is_no_subject() {
    let s = "UBND TỈNH LAI CHÂU\nSố: 12/CT-UBND\nCHỈ THỊ\nSAO Y; VĂN PHÒNG; 25/07/2025 10:25:14 +07:00\nVề việc tăng cường phòng cháy rừng\nTrong những năm qua, công tác này đã được chú ý.";
    let at = s.find("SAO Y").unwrap_or_default();
    let end = s.find("\nVề việc").unwrap_or_default();
    let h = header_marked(s, vec![Mark { kind: MarkKind::Stamp, range: at..end }]);
    assert_eq!(h.metadata.subject, own("Về việc tăng cường phòng cháy rừng"));
}

#[test]
fn a_reference_behind_an_empty_incoming_stamp_is_not_its_number() {
    let h = header(
        "TỈNH ỦY LAI CHÂU\nSố 36-CV/BTC\nĐẾN Số:\nChuyển:\nThực hiện Nghị quyết số 12-NQ/TW ngày 16/01/2012 của Trung ương",
    );
    assert_eq!(h.metadata.received, None);
}

#[test]
fn what_is_left_of_a_number_is_no_part_of_the_symbol() {
    let h = header_with("SỞ Y TẾ HÀ NAM\nSố:/70/BC-SYT\nBÁO CÁO\nCông tác tiêm chủng năm 2012", &["2012"]);
    assert_eq!((h.metadata.number, h.metadata.symbol), (None, own("BC-SYT")));
}

#[test]
fn the_day_that_the_head_leaves_blank_stands_beside_the_own_number_in_the_appendix() {
    let day = |number: &str| {
        let s = format!(
            "UBND TỈNH HÀ NAM\n\nSố: 12/BC-UBND\tHà Nam, ngày    tháng 3 năm 2020\n\nBÁO CÁO\nTình hình thu ngân sách\n{BODY}\nPHỤ LỤC\n(Kèm theo Báo cáo số {number}/BC-UBND ngày 05/3/2020 của UBND tỉnh Hà Nam)\n"
        );
        iso(header(&s).metadata.issue_date)
    };
    assert_eq!((day("12"), day("13")), (own("2020-03-05"), None));
}

#[test]
fn words_before_a_day_are_a_place_only_where_they_look_like_a_name() {
    let s = format!(
        "UBND TỈNH HÀ NAM\nSố: 12/BC-UBND\n\nThời hạn gửi báo cáo, ngày 5 tháng 3 năm 2020\n\nBÁO CÁO\nTình hình\n{BODY}"
    );
    let m = header(&s).metadata;
    assert_eq!((m.place, iso(m.issue_date)), (None, None));
}

#[test]
fn one_damaged_word_of_the_motto_is_borne() {
    let s = format!(
        "UBND TỈNH HÀ NAM\nCỘNG HÒA XÃ HỘI CHỦ NGHIỆP VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 12/BC-UBND\n\nBÁO CÁO\nTình hình\n{BODY}"
    );
    assert_eq!(header(&s).metadata.issuer, own("Ủy ban nhân dân tỉnh Hà Nam"));
}
