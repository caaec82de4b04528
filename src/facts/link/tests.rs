//! Sentences of our own: what their quantities measure, for whom, when, and in which role.

use crate::Extractor;
use crate::record::{Basis, Indicator, Reference};

fn indicators(text: &str) -> Vec<Indicator> {
    let extractor = Extractor::shared();
    extractor.extract("test.txt", text.as_bytes()).expect("plain text").indicators
}

fn references(text: &str) -> Vec<Reference> {
    let extractor = Extractor::shared();
    extractor.extract("test.txt", text.as_bytes()).expect("plain text").references
}

/// Each row: a text, the quantity as written, and what one of its fields is to be.
fn check(table: &[(&str, &str, &str)], field: impl Fn(&Indicator) -> String) {
    let wrong: Vec<_> = table
        .iter()
        .filter_map(|(text, quantity, want)| {
            let found = indicators(text).into_iter().find(|i| i.text == *quantity).map(|i| field(&i));
            (found.as_deref() != Some(*want)).then_some((*text, *quantity, found, *want))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn name(i: &Indicator) -> String {
    i.name.as_deref().unwrap_or("-").to_string()
}

fn scope(i: &Indicator) -> String {
    i.scope.as_deref().unwrap_or("-").to_string()
}

/// The period that the words around an item give it.
fn period(i: &Indicator) -> String {
    let near = |b: Option<Basis>| !matches!(b, Some(Basis::Document | Basis::Issue));
    let near = i.period.as_ref().filter(|p| near(p.basis));
    near.map_or("-".to_string(), |p| format!("{}/{}", p.start, p.end))
}

/// The period of an item, whoever gave it.
fn any_period(i: &Indicator) -> String {
    i.period.as_ref().map_or("-".to_string(), |p| format!("{}/{}", p.start, p.end))
}

fn role(i: &Indicator) -> String {
    format!("{} {}", i.role, i.direction.map_or("-", |d| d.name()))
}

#[test]
fn a_name_begins_where_its_phrase_does_and_takes_the_verb_of_its_list() {
    check(
        &[
            ("Trong quý đã kiểm tra 112 cơ sở, 640 phương tiện.", "640 phương tiện", "kiểm tra phương tiện"),
            (
                "Phụ nữ mang thai được khám thai định kỳ: 75 người.",
                "75 người",
                "Phụ nữ mang thai được khám thai định kỳ",
            ),
            (
                "Giá vật tư tăng mạnh trong khi thu nhập bình quân chỉ đạt 3,2 triệu đồng/tháng.",
                "3,2 triệu đồng/tháng",
                "thu nhập bình quân",
            ),
            (
                "Thời gian lưu trú là 1,4 ngày, khách chi tiêu bình quân 700 nghìn đồng/ngày.",
                "700 nghìn đồng/ngày",
                "khách chi tiêu bình quân",
            ),
            ("Các hộ trong vùng dự án xuất khẩu 1.200 tấn quả.", "1.200 tấn", "xuất khẩu quả"),
            ("Toàn huyện có 40 phòng máy, mới đáp ứng khoảng 35% nhu cầu.", "35%", "đáp ứng nhu cầu"),
            ("Sửa chữa 4 tuyến kênh và 2 trạm bơm.", "4 tuyến", "sửa chữa tuyến kênh"),
            (
                "Cơ cấu kinh tế chuyển dịch khá nhanh, khu vực dịch vụ chiếm 51,2%.",
                "51,2%",
                "Cơ cấu kinh tế khu vực dịch vụ",
            ),
        ],
        name,
    );
}

#[test]
fn compounds_that_end_in_a_small_word_stay_whole_in_names() {
    check(
        &[
            ("Diện tích lúa hè thu 4.120 ha.", "4.120 ha", "Diện tích lúa hè thu"),
            ("Đã giải phóng mặt bằng 7,5 ha.", "7,5 ha", "giải phóng mặt bằng"),
            ("Chiều cao đập lớn nhất là 31,5 m.", "31,5 m", "Chiều cao đập lớn nhất"),
            ("Số đã thu 412 triệu đồng.", "412 triệu đồng", "Số đã thu"),
            ("Cây cam trồng mới 64 ha.", "64 ha", "Cây cam trồng mới"),
            ("Hiện trạng đất ở là 16,5 ha.", "16,5 ha", "Hiện trạng đất ở"),
            ("Vốn đăng ký cấp mới đạt 3,35 tỷ đồng.", "3,35 tỷ đồng", "Vốn đăng ký cấp mới"),
            ("Bội chi ngân sách khoảng 5% GDP.", "5%", "Bội chi ngân sách"),
            ("Chỉ số giá tiêu dùng tăng bình quân 4 năm khoảng 4,5%.", "4,5%", "Chỉ số giá tiêu dùng"),
            ("Dự kiến năm 2005 nhu cầu phân bón khoảng 8 triệu tấn.", "8 triệu tấn", "nhu cầu phân bón"),
            ("Dự kiến vốn đầu tư phát triển khoảng 70,1%.", "70,1%", "vốn đầu tư phát triển"),
            ("Phân kỳ: năm 2022: 40 tỷ đồng.", "40 tỷ đồng", "Phân kỳ"),
            ("Công nghiệp - xây dựng tăng 9,1%.", "9,1%", "Công nghiệp - xây dựng"),
        ],
        name,
    );
}

#[test]
fn a_count_is_named_by_its_own_noun() {
    check(
        &[
            ("Đàn dê 1.250 con, đàn ngựa 310 con.", "1.250 con", "Đàn dê"),
            ("Tiếp nhận 815 hồ sơ, giải quyết trước hạn 790 hồ sơ.", "815 hồ sơ", "Tiếp nhận hồ sơ"),
            ("Tổ chức 03 cuộc kiểm tra đối với 12 cơ sở.", "03 cuộc kiểm tra", "cuộc kiểm tra"),
            (
                "Thành lập 5 khu công nghiệp, nâng tổng số lên 12 khu công nghiệp.",
                "12 khu công nghiệp",
                "tổng số khu công nghiệp",
            ),
            ("Bàn giao 7 ha với 10 đơn vị, phần còn lại của xã.", "10 đơn vị", "đơn vị bàn giao"),
            (
                "Có 100% khu công nghiệp xử lý nước thải tập trung.",
                "100%",
                "khu công nghiệp xử lý nước thải tập trung",
            ),
            ("Tổng số 27 hộ chiếu.", "27 hộ chiếu", "Tổng số hộ chiếu"),
            ("Dư nợ là 21,5 tỷ đồng với 340 hộ.", "340 hộ", "hộ dư nợ"),
            ("Kiểm tra 45 cơ sở thực phẩm.", "45 cơ sở", "kiểm tra cơ sở thực phẩm"),
            ("Giảm số hộ nghèo xuống dưới 6%; 100% số xã có điện.", "100%", "xã có điện"),
            ("Phạm pháp hình sự: xảy ra 112 vụ, làm chết 4 người.", "112 vụ", "Phạm pháp hình sự"),
            ("Cháy nổ: xảy ra 12 vụ, làm chết 4 người, giảm 3 vụ.", "3 vụ", "Cháy nổ"),
            ("Tiêm cho 31,5% dân số từ 18 tuổi.", "31,5%", "dân số từ 18 tuổi"),
        ],
        name,
    );
}

#[test]
fn members_of_a_list_take_the_name_of_the_whole_and_their_own_place() {
    let text = "Gieo cấy được 12.350 ha. Trong đó: Phú Lương 4.120 ha; thị trấn Đu 230 ha.";
    check(&[(text, "4.120 ha", "Phú Lương"), (text, "230 ha", "thị trấn Đu")], scope);
    let cut = "Cụm công nghiệp Tân Lập (xã Tân Lập, 48 ha); Cụm công nghiệp Hòa Sơn (xã Hòa Sơn, 35 ha).";
    check(&[(cut, "48 ha", "diện tích"), (cut, "35 ha", "diện tích")], name);
    let shares = "Thu đạt trên 70% gồm: huyện Mỹ Lộc (72,5%), Ý Yên (74,1%).";
    check(&[(shares, "72,5%", "huyện Mỹ Lộc"), (shares, "74,1%", "Ý Yên")], scope);
}

#[test]
fn bodies_are_named_whole() {
    check(
        &[
            ("Sở Tài chính đã tiếp nhận 14 hồ sơ.", "14 hồ sơ", "Sở Tài chính"),
            ("Sở Kế hoạch và Đầu tư thẩm định 9 dự án.", "9 dự án", "Sở Kế hoạch và Đầu tư"),
            (
                "Công ty Cổ phần đá quý Sông Lam nộp 250 triệu đồng.",
                "250 triệu đồng",
                "Công ty Cổ phần đá quý Sông Lam",
            ),
            ("Xã Mậu A có 310 hộ.", "310 hộ", "Xã Mậu A"),
        ],
        scope,
    );
}

#[test]
fn a_column_for_each_district_is_the_scope_of_its_cells() {
    let text = "| Chỉ tiêu | ĐVT | Toàn tỉnh | Huyện Tuần Giáo |\n|---|---|---|---|\n| Đàn trâu | Con | 127.400 | 14.250 |\n\
        | Đàn bò | Con | 61.200 | 5.310 |\n";
    check(&[(text, "127.400", "Toàn tỉnh"), (text, "5.310", "Huyện Tuần Giáo")], scope);
}

#[test]
fn rows_of_bare_names_are_places() {
    let text = "| Huyện | Tiếp nhận (hồ sơ) | Tỷ lệ đúng hạn (%) |\n|---|---|---|\n| Tân Biên | 4.512 | 99,15 |\n\
        | Hòa Thành | 6.204 | 99,8 |\n";
    check(&[(text, "4.512", "Tân Biên"), (text, "99,8", "Hòa Thành")], scope);
}

#[test]
fn what_only_looks_like_a_scope_is_none() {
    check(
        &[
            ("Tổng vốn đầu tư toàn xã hội 11.500 tỷ đồng.", "11.500 tỷ đồng", "-"),
            ("Có 16 xã nông thôn mới nâng cao.", "16 xã", "-"),
            ("Thu 312 tỷ đồng, đạt 108% dự toán Trung ương giao.", "108%", "-"),
            ("Trên cơ sở Báo cáo thẩm định, đã cấp 12 giấy phép.", "12 giấy phép", "-"),
            ("Sâu bệnh tại xã Nhân Mỹ 15 con/m2; diện tích nhiễm 125 ha.", "125 ha", "-"),
        ],
        scope,
    );
}

#[test]
fn a_date_of_validity_or_of_another_clause_tells_no_time() {
    check(
        &[
            ("Thuốc nổ còn 846 kg, thời hạn đến hết ngày 23/4/2026.", "846 kg", "-"),
            ("Cụm A rộng 75 ha; trình phê duyệt trong quý III/2026.", "75 ha", "-"),
            ("Nợ 96,4 tỷ đồng so với thời điểm 31/12/2010.", "96,4 tỷ đồng", "-"),
            (
                "Từ 19 giờ ngày 16/10 đến 07 giờ ngày 17/10/2020 mưa 413 mm.",
                "413 mm",
                "2020-10-16/2020-10-17",
            ),
            ("Từ ngày 10/7/2021 đến 15h30 ngày 26/8/2021 có 3.872 ca.", "3.872 ca", "2021-07-10/2021-08-26"),
            ("Theo quy hoạch tầm nhìn đến năm 2050 có 7 khu công nghiệp.", "7 khu công nghiệp", "-"),
            ("Thu 96,4 tỷ đồng trong năm 2010.", "96,4 tỷ đồng", "2010-01-01/2010-12-31"),
            ("Tỷ lệ sinh giảm từ 1,95% năm 1995 xuống còn 1,82%.", "1,82%", "-"),
        ],
        period,
    );
}

#[test]
fn what_a_report_tells_without_a_date_is_of_the_time_it_covers() {
    let text = "ỦY BAN NHÂN DÂN\nXÃ TÂN HÒA\nSố: 12/BC-UBND\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
        Độc lập - Tự do - Hạnh phúc\nTân Hòa, ngày 20 tháng 6 năm 2023\n\nBÁO CÁO\nKết quả công tác 6 tháng đầu năm \
        2023\n\n1. Trồng trọt: Trồng mới 64 ha cam.\n2. Hiện nay còn 58 hộ nghèo.\n3. Phấn đấu đạt 95% hộ có nước sạch.\n";
    check(
        &[
            (text, "64 ha", "2023-01-01/2023-06-30"),
            (text, "58 hộ nghèo", "2023-01-01/2023-06-30"),
            (text, "95%", "-"),
        ],
        any_period,
    );
}

#[test]
fn signs_and_ranges_keep_their_direction() {
    check(
        &[
            ("Nợ tăng 18,3 tỷ đồng (+23,4%) so với đầu năm.", "23,4%", "change up"),
            ("Dịch vụ tăng 5-6%.", "6%", "change up"),
            ("Một số nơi cao hơn như: Hướng Hóa 413 mm.", "413 mm", "actual -"),
            ("Phê duyệt Kế hoạch đấu giá quyền khai thác cho 13 điểm mỏ.", "13 điểm mỏ", "actual -"),
            ("Miễn giảm học phí cho 512 học sinh.", "512 học sinh", "actual -"),
            ("Tiến độ nhanh hơn cùng kỳ 12%.", "12%", "change up"),
        ],
        role,
    );
}

#[test]
fn columns_that_compare_leave_the_name_to_the_row() {
    let text = "ĐVT: tỷ đồng\n| Chỉ tiêu | Dự toán năm 2013 | Thực hiện 9 tháng | So dự toán (%) | So cùng kỳ (%) |\n\
        |---|---|---|---|---|\n| 1. Thu nội địa | 1.980 | 1.262,4 | 63,8 | 95,1 |\n| - Thuế thu nhập | 65 | 52,3 | 80,5 | 112,4 |\n";
    check(&[(text, "63,8", "Thu nội địa"), (text, "52,3", "Thuế thu nhập")], name);
    check(&[(text, "63,8", "actual -"), (text, "112,4", "change -"), (text, "1.980", "target -")], role);
    assert!(
        indicators(text).iter().all(|i| !i.indicator.as_deref().is_some_and(|id| id.ends_with("_growth")))
    );
}

#[test]
fn mentions_keep_their_relation_to_themselves() {
    let relation = |text: &str, id: &str| {
        let found = references(text).into_iter().find(|r| r.id.as_deref() == Some(id));
        found.and_then(|r| r.relation).map(|r| r.to_string())
    };
    let carried =
        "Thực hiện Kế hoạch số 14/KH-UBND ngày 02/3/2020, huyện đã ban hành Quyết định số 315/QĐ-UBND.";
    assert_eq!(relation(carried, "14/KH-UBND").as_deref(), Some("implements"));
    assert_eq!(relation(carried, "315/QĐ-UBND"), None);
    let grounds =
        "Xét đề nghị của Giám đốc Sở Y tế tại Tờ trình số 88/TTr-SYT và Báo cáo thẩm định số 9/BC-STP.";
    assert_eq!(relation(grounds, "88/TTr-SYT").as_deref(), Some("based_on"));
    assert_eq!(relation(grounds, "9/BC-STP").as_deref(), Some("based_on"));
}

#[test]
fn what_surrounds_a_mention_is_read_whole() {
    let list = references(
        "Bãi bỏ các Quyết định số 11/2008/QĐ-BTC ngày 19/02/2008 và 25/2009/QĐ-BTC của Bộ Tài chính.",
    );
    assert!(list.iter().all(|r| r.issuer.as_deref() == Some("Bộ Tài chính")), "{list:#?}");
    let amended = references("sửa đổi một số điều của Nghị định số 93/2021/NĐ-CP ngày 02/7/2021");
    assert!(amended.iter().all(|r| r.pinpoint.is_none()));
    let subject =
        |text: &str| references(text).first().and_then(|r| r.subject.as_deref().map(str::to_string));
    assert_eq!(
        subject(
            "Thực hiện Công văn số 76-CV/TU ngày 05/11/2019 về báo cáo năm, Ban Thường vụ Huyện ủy báo cáo như sau:"
        ),
        Some("về báo cáo năm".to_string())
    );
    assert_eq!(
        subject("Thông tư số 23/2024/TT-BCT quy định về vật liệu nổ (VLN), tiền chất thuốc nổ."),
        Some("quy định về vật liệu nổ (VLN), tiền chất thuốc nổ".to_string())
    );
    let telegram = references("Công điện số 84/CĐ-TTg hồi 22h00 ngày 16/10/2020 của Thủ tướng Chính phủ");
    assert_eq!(telegram.first().and_then(|r| r.date.map(|d| d.iso())).as_deref(), Some("2020-10-16"));
    assert!(references("| Chỉ tiêu | So sánh KH 2018/ƯTH 2017 (%) |").is_empty());
}

#[test]
fn a_share_of_the_gross_product_is_no_growth() {
    let text =
        "Tổng thu ngân sách nhà nước đạt 166,9 nghìn tỷ đồng, bằng 23,5% GDP và tăng 17,4% so với năm trước.";
    let id = |i: &Indicator| i.indicator.as_deref().unwrap_or("-").to_string();
    check(&[(text, "23,5%", "-"), (text, "17,4%", "budget_revenue_growth")], id);
}

#[test]
fn numbers_in_a_list_have_the_type_of_its_head_and_a_torn_year_is_one() {
    let types = |text: &str| -> Vec<String> {
        references(text).iter().map(|r| r.doc_type.as_deref().unwrap_or("-").to_string()).collect()
    };
    assert_eq!(types("các Tờ trình số 12/STC, số 13/STC và số 14/SNV"), ["TTr"; 3]);
    let torn = references("thực hiện Chỉ thị số 29/200 3/CT-TTg của Thủ tướng");
    assert_eq!(torn.iter().map(|r| r.year).collect::<Vec<_>>(), [Some(2003)]);
}

#[test]
fn names_of_bodies_and_places_end_where_they_end() {
    check(
        &[
            ("Trường ĐH Sông Thao đào tạo 50 sinh viên.", "50 sinh viên", "Trường ĐH Sông Thao"),
            ("Xã Đồng Rùm GRDP tăng 5%.", "5%", "Xã Đồng Rùm"),
            ("Năm 2014, Thanh Hóa gieo trồng 49.000 ha.", "49.000 ha", "Thanh Hóa"),
            ("Dẫn đầu là Hà Nam đạt 45%, Nam Định đạt 12%.", "45%", "Hà Nam"),
        ],
        scope,
    );
    let text = "Cụm công nghiệp Đồng Rùm (20 ha) và Cụm công nghiệp Phú Lãm (35 ha) được mở rộng.";
    check(&[(text, "20 ha", "diện tích"), (text, "35 ha", "diện tích")], name);
    check(&[("Bình quân 42 triệu đồng đạt 19 tiêu chí.", "42 triệu đồng", "Bình quân")], name);
}

#[test]
fn a_list_below_gives_its_time_to_what_was_done_and_a_quarter_goes_on() {
    let text = "3 tháng đầu năm 2022 cấp 40 giấy, trong quý cấp 12 giấy.";
    check(&[(text, "12 giấy", "2022-01-01/2022-03-31")], period);
    let text = "Lũy kế 9 tháng năm 2022 được 4.386 tỷ đồng. Chia ra:\n- Thu nội địa 120 tỷ đồng;\n- Thu phí 20 tỷ đồng, phấn đấu đạt 30 tỷ đồng.";
    check(&[(text, "20 tỷ đồng", "2022-01-01/2022-09-30"), (text, "30 tỷ đồng", "-")], period);
}

#[test]
fn cells_have_the_unit_the_bound_and_the_value_of_their_table() {
    let unit = |i: &Indicator| i.unit.as_deref().unwrap_or("-").to_string();
    let text = "| Thông số | Đơn vị | Giá trị |\n|---|---|---|\n| Mực nước lũ (P=0,5%) | m | 412 |\n| Số cửa van | | 4 |\n| Diện tích hồ | ha | 36 |\n";
    check(&[(text, "412", "Mực nước lũ")], name);
    check(&[(text, "4", "cửa"), (text, "36", "ha")], unit);
    let text = "| Xã | Tổng kế hoạch |\n|---|---|\n| Đồng Rùm | 412 |\n| Gia Lập | 36 |\n";
    check(&[(text, "412", "-")], unit);
    let text = "| Chỉ tiêu | TH năm 2021 | Ước TH năm 2022 |\n|---|---|---|\n| Tổng thu ngân sách (tỷ đồng) | 120 | 131 |\n| Đầu tư xã hội (tỷ đồng) | 80 | 92 |\n";
    check(&[(text, "120", "exact"), (text, "131", "about")], |i| i.bound.to_string());
    let text = "| Huyện | Diện tích (ha) |\n|---|---|\n| Ba Bể | 1 234,5 |\n| Na Rì | 2 036,4 |\n";
    check(&[(text, "1 234,5", "1234.5")], |i| i.value.map_or("-".into(), |v| v.to_string()));
}

#[test]
fn a_thing_at_the_head_of_a_label_in_prose_keeps_its_number_and_a_caption_has_few_lines() {
    let text = "| Dự án | Kết quả |\n|---|---|\n\
        | CCN Phú Lãm Vị trí: xã Gia Lập. Diện tích theo quy hoạch, chủ đầu tư là công ty cổ phần đầu tư xây dựng hạ tầng khu công nghiệp và đô thị | Đã kiểm đếm 52/60 hộ trên toàn bộ diện tích; đã ban hành 48 thông báo thu hồi đất theo quy định. |\n\
        | CCN Đồng Rùm 2 Vị trí: xã Gia Sơn. Diện tích theo quy hoạch là 74,97 ha, chủ đầu tư là công ty cổ phần đầu tư xây dựng hạ tầng khu công nghiệp và đô thị miền núi | Đã kiểm đếm 12/16 hộ trên toàn bộ diện tích; đã ban hành 8 thông báo thu hồi đất theo quy định. |\n";
    check(&[(text, "12/16 hộ", "CCN Đồng Rùm 2")], scope);
    let text = "BIỂU SỐ MỘT\nKẾT QUẢ GIEO TRỒNG\nCÂY HẰNG NĂM\nCỦA CÁC XÃ\nTRONG HUYỆN\nVÀ VÙNG PHỤ CẬN\nVỤ ĐÔNG XUÂN\n| Xã | Tổng kế hoạch |\n|---|---|\n| Đồng Rùm | 412 |\n| Gia Lập | 36 |\n";
    let caption =
        |i: &Indicator| i.table.as_ref().and_then(|t| t.caption.as_deref()).unwrap_or("-").to_string();
    check(&[(text, "412", "CÂY HẰNG NĂM CỦA CÁC XÃ TRONG HUYỆN VÀ VÙNG PHỤ CẬN VỤ ĐÔNG XUÂN")], caption);
}

#[test]
fn a_label_says_whose_a_figure_is_in_vietnamese_and_a_time_or_a_unit_says_it_not() {
    let text = "| Cấp học | Số trường |\n|---|---|\n| Tiểu học - Primary school | 12 |\n| Trung học - Secondary school | 36 |\n";
    check(&[(text, "12", "Tiểu học"), (text, "36", "Trung học")], scope);
    let text = "Bảng 1. Diện tích lúa\n| | Huyện Ba Bể | Huyện Na Rì |\n|---|---|---|\n| Năm 2019 | 412 | 36 |\n| ha | 415 | 38 |\n";
    check(&[(text, "412", "Huyện Ba Bể"), (text, "38", "Huyện Na Rì")], scope);
}

#[test]
fn a_number_told_by_its_unit_is_not_named_by_the_parts_told_before() {
    let text = "Hộ cận nghèo khu vực thành thị 1.456 hộ và khu vực nông thôn 7.570 hộ. Đến cuối 2023, tổng số hộ cận nghèo toàn huyện còn 7.358 hộ.";
    check(
        &[
            (text, "7.570 hộ", "Hộ cận nghèo khu vực nông thôn"),
            (text, "7.358 hộ", "tổng số hộ cận nghèo toàn huyện"),
        ],
        name,
    );
}
