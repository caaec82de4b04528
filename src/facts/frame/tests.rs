//! Documents of our own: the place and the period of each figure.

use crate::Extractor;
use crate::record::{Basis, Indicator, Place, Record};

fn record(name: &str, text: &str) -> Record {
    let extractor = Extractor::shared();
    extractor.extract(name, text.as_bytes()).expect("a readable text")
}

fn page(title: &str, body: &str) -> Record {
    let html = format!("<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>");
    record("trang.html", &html)
}

/// "Mường La, Sơn La".
pub(super) fn place_of(p: &Place) -> String {
    let commune = p.commune.as_ref().map(|a| a.name.clone());
    let district = p.district.as_ref().map(|a| a.name.clone());
    let province = p.province.as_ref().map(|p| p.name.clone());
    let names: Vec<String> = [commune, district, province].into_iter().flatten().collect();
    if names.is_empty() { p.level.name().to_owned() } else { names.join(", ") }
}

/// "Mường La, Sơn La 2019-01-01/2019-12-31".
fn stands(i: &Indicator) -> String {
    let place = i.place.as_deref().map_or("-".to_owned(), place_of);
    let period = i.period.as_ref().map_or("-".to_owned(), |p| format!("{}/{}", p.start, p.end));
    format!("{place} {period}")
}

fn check(record: &Record, wanted: &[(&str, &str)]) {
    let wrong: Vec<_> = wanted
        .iter()
        .filter_map(|(text, want)| {
            let found = record.indicators.iter().find(|i| i.text == *text).map(stands);
            (found.as_deref() != Some(*want)).then_some((*text, found, *want))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

const YEAR_2019: &str = "2019-01-01/2019-12-31";

#[test]
fn a_page_is_of_the_place_and_time_that_its_title_names() {
    let record = page(
        "Tình hình kinh tế - xã hội năm 2019 - Cổng thông tin điện tử huyện Mường La, tỉnh Sơn La",
        "<p>Toàn huyện trồng mới 412 ha cây ăn quả. Thu ngân sách trên địa bàn huyện đạt 96,4 tỷ đồng.</p>",
    );
    check(
        &record,
        &[
            ("412 ha", &format!("Mường La, Sơn La {YEAR_2019}")),
            ("96,4 tỷ đồng", &format!("Mường La, Sơn La {YEAR_2019}")),
        ],
    );
    assert_eq!(record.metadata.district.as_ref().map(|d| d.name.as_str()), Some("Mường La"));
    let evidence = record.metadata.evidence.get("district").expect("where the district was read");
    let text: String = page_text(&record, evidence.span);
    assert!(text.contains("Mường La"), "{text}");
}

fn page_text(record: &Record, span: [usize; 2]) -> String {
    let title = record.metadata.subject.clone().unwrap_or_default();
    title.chars().skip(span[0]).take(span[1] - span[0]).collect()
}

#[test]
fn two_places_and_two_periods_in_each_paragraph_keep_their_own() {
    let record = page(
        "Kinh tế - xã hội năm 2019 của tỉnh Sơn La",
        "<p>Trong tháng 7/2019, toàn tỉnh gieo 2.310 ha lúa. Huyện Mường La: 415 ha. Năm 2018, toàn tỉnh có 1.204 hộ \
         nghèo; tại huyện Sông Mã có 318 hộ nghèo.</p>",
    );
    check(
        &record,
        &[
            ("2.310 ha", "Sơn La 2019-07-01/2019-07-31"),
            ("415 ha", "Mường La, Sơn La 2019-07-01/2019-07-31"),
            ("1.204 hộ nghèo", "Sơn La 2018-01-01/2018-12-31"),
            ("318 hộ nghèo", "Sông Mã, Sơn La 2018-01-01/2018-12-31"),
        ],
    );
}

#[test]
fn the_whole_country_in_a_bracket_or_a_comparison_is_no_place_of_what_stands_around_it() {
    let record = page(
        "Chuyển đổi số năm 2022 của tỉnh Sơn La",
        "<p>Hồ sơ trực tuyến của tỉnh đạt 96% (toàn quốc đạt 86,5%). Tỷ lệ hộ dùng nước sạch đạt 71%, cao nhất cả nước.</p>",
    );
    let year = "2022-01-01/2022-12-31";
    check(
        &record,
        &[
            ("96%", &format!("Sơn La {year}")),
            ("86,5%", &format!("country {year}")),
            ("71%", &format!("Sơn La {year}")),
        ],
    );
}

#[test]
fn a_minister_at_one_province_speaks_of_it_and_an_annex_of_the_government_of_the_country() {
    let notice = "VĂN PHÒNG CHÍNH PHỦ\nSố: 41/TB-VPCP\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\
        Hà Nội, ngày 12 tháng 8 năm 2024\n\nTHÔNG BÁO\nKết luận của Phó Thủ tướng Chính phủ tại buổi làm việc với lãnh đạo \
        tỉnh Hậu Giang\n\nNăm 2023, tỉnh thu hút 24 dự án.\n";
    check(&record("tb.txt", notice), &[("24 dự án", "Hậu Giang 2023-01-01/2023-12-31")]);
    let annex = "PHỤ LỤC\nCHỈ TIÊU ĐẾN NĂM 2030\n(Kèm theo Nghị quyết số 19/NQ-CP ngày 02 tháng 3 năm 2024 của Chính phủ)\n\n\
        Phấn đấu có 40 doanh nghiệp công nghệ số.\n";
    let record = record("pl.txt", annex);
    let item = record.indicators.first().expect("a figure");
    assert!(stands(item).starts_with("country "), "{}", stands(item));
}

#[test]
fn a_list_of_provinces_is_of_none_of_them() {
    let record = page(
        "Xếp hạng năm 2021",
        "<p>Có 58 tỉnh được chấm điểm. Nhóm đầu gồm Quảng Ninh, Hải Dương, Long An, Bến Tre, Lào Cai.</p>",
    );
    check(&record, &[("58 tỉnh", "country 2021-01-01/2021-12-31")]);
}

#[test]
fn the_day_a_page_was_put_out_gives_months_their_year_and_is_that_of_what_has_no_time() {
    let record = page(
        "Nông nghiệp - Cổng thông tin điện tử tỉnh Sơn La",
        "<p>28/05/2013 02:35 CH</p><p>Tháng 5, toàn tỉnh cấy 640 ha lúa.</p>",
    );
    check(&record, &[("640 ha", "Sơn La 2013-05-01/2013-05-31")]);
    let record = page(
        "Dân số - Cổng thông tin điện tử tỉnh Sơn La",
        "<p>Ngày đăng 28/05/2013</p><p>Toàn tỉnh có 12 huyện.</p>",
    );
    check(&record, &[("12 huyện", "Sơn La 2013-05-28/2013-05-28")]);
    let basis = record.indicators.first().and_then(|i| i.period.as_ref()).and_then(|p| p.basis);
    assert_eq!(basis, Some(Basis::Issue));
}

#[test]
fn a_term_of_office_and_the_year_of_a_plan_are_not_when() {
    let record = page(
        "Kỳ họp thứ 10 - HĐND huyện Mường La, tỉnh Sơn La",
        "<p>Ngày đăng 19/12/2023</p><p>Sáng 19/12, HĐND huyện khóa XII, nhiệm kỳ 2021 - 2026 họp. Năm 2023, thu ngân sách đạt \
         412,8 tỷ đồng. Sản lượng đạt 9.480 tấn, bằng 105% kế hoạch năm 2023.</p>",
    );
    let want = "Mường La, Sơn La 2023-01-01/2023-12-31";
    check(&record, &[("412,8 tỷ đồng", want), ("9.480 tấn", want)]);
}

#[test]
fn what_is_handed_on_and_what_is_compared_with_is_of_the_time_before() {
    let record = page(
        "Báo cáo năm 2025 của tỉnh Sơn La",
        "<p>Số dư chuyển sang năm 2026: 640 triệu đồng. Thu ngân sách năm 2025 đạt 27.546 tỷ đồng, tăng 27,8% so cùng kỳ \
         (21.546 tỷ đồng).</p>",
    );
    check(
        &record,
        &[
            ("640 triệu đồng", "Sơn La 2025-01-01/2025-12-31"),
            ("27.546 tỷ đồng", "Sơn La 2025-01-01/2025-12-31"),
            ("21.546 tỷ đồng", "Sơn La 2024-01-01/2024-12-31"),
        ],
    );
}

#[test]
fn what_the_base_itself_grew_by_is_of_the_year_before() {
    let record = page(
        "Kinh tế - xã hội 9 tháng năm 2023 tỉnh Sơn La",
        "<p>GRDP 9 tháng tăng 5,4% so với cùng kỳ (cùng kỳ năm 2022 tăng 8,9%). Dịch vụ tăng 7% (cùng kỳ tăng 6,5%), công nghiệp so \
         với cùng kỳ tăng 4,1%. Giải ngân đạt 62% kế hoạch, trong khi cùng kỳ năm 2022 chỉ đạt 55%.</p>",
    );
    let (now, then) = ("Sơn La 2023-01-01/2023-09-30", "Sơn La 2022-01-01/2022-09-30");
    let want = [
        ("5,4%", now),
        ("8,9%", then),
        ("7%", now),
        ("6,5%", then),
        ("4,1%", now),
        ("62%", now),
        ("55%", then),
    ];
    check(&record, &want);
}

#[test]
fn the_years_of_a_standard_are_not_when_and_a_change_begins_before_its_time() {
    let record = page(
        "Rà soát hộ nghèo năm 2015 huyện Mường La, tỉnh Sơn La",
        "<p>1. Theo chuẩn nghèo giai đoạn 2011-2015</p><p>Toàn huyện có 3.986 hộ nghèo.</p><p>2. Theo chuẩn nghèo tiếp cận đa \
         chiều áp dụng cho giai đoạn 2016-2020</p><p>Số hộ nghèo là 8.412 hộ.</p><p>3. Kết quả khác</p><p>Tỷ lệ hộ cận nghèo giảm \
         từ 16,2% xuống còn 11,4%. Tỷ lệ hộ nghèo giảm từ 40,8% năm 2013 xuống còn 35,7% (7.160 hộ), giảm 5,1%.</p>",
    );
    let of = |year: u16| format!("Mường La, Sơn La {year}-01-01/{year}-12-31");
    let (now, before, then) = (of(2015), of(2014), of(2013));
    let want = [
        ("3.986 hộ nghèo", now.as_str()),
        ("8.412 hộ", now.as_str()),
        ("16,2%", before.as_str()),
        ("11,4%", now.as_str()),
        ("40,8%", then.as_str()),
        ("35,7%", now.as_str()),
        ("7.160 hộ", now.as_str()),
        ("5,1%", now.as_str()),
    ];
    check(&record, &want);
    assert!(record.indicators.iter().all(|i| i.role.name() != "target"));
}

#[test]
fn a_term_of_office_has_the_years_that_the_text_names() {
    let record = page(
        "Đại hội Đảng bộ huyện Mường La, tỉnh Sơn La",
        "<p>Ngày đăng 14/7/2020</p><p>Đại hội đánh giá kết quả thực hiện Nghị quyết nhiệm kỳ 2015 - 2020 và bàn nhiệm kỳ 2020 - \
         2025. Tỷ lệ hộ nghèo còn 9,2%; trong nhiệm kỳ đưa 1.026 lao động đi làm việc ở nước ngoài.</p>",
    );
    let found = record
        .indicators
        .iter()
        .find(|i| i.text.starts_with("1.026"))
        .and_then(|i| i.period.as_ref())
        .unwrap();
    assert_eq!((found.start.iso().as_str(), found.end.iso().as_str()), ("2015-01-01", "2020-12-31"));
}

#[test]
fn what_has_become_of_a_plan_has_the_time_of_the_report() {
    let record = page(
        "Báo cáo 9 tháng đầu năm 2015 của huyện Mường La, tỉnh Sơn La",
        "<p>Về đầu tư: Kế hoạch vốn năm 2015 là 245 tỷ đồng, đã giải ngân 132 tỷ đồng, đạt 53,9%.</p>",
    );
    let now = "Mường La, Sơn La 2015-01-01/2015-09-30";
    let want =
        [("245 tỷ đồng", "Mường La, Sơn La 2015-01-01/2015-12-31"), ("132 tỷ đồng", now), ("53,9%", now)];
    check(&record, &want);
}

#[test]
fn a_school_year_is_the_time_of_schools() {
    let record = page(
        "Báo cáo năm 2015 của huyện Mường La, tỉnh Sơn La",
        "<p>Năm học 2014 - 2015 toàn huyện có 12.300 học sinh. Tỷ lệ học sinh lên lớp 98%. Tỷ lệ hộ dùng điện đạt 92%.</p>",
    );
    let school = "Mường La, Sơn La 2014-09-01/2015-08-31";
    let want =
        [("12.300 học sinh", school), ("98%", school), ("92%", "Mường La, Sơn La 2015-01-01/2015-12-31")];
    check(&record, &want);
}

#[test]
fn a_commune_has_the_one_district_around_it_that_its_text_names() {
    let report = "ỦY BAN NHÂN DÂN\nXÃ HÀNH MINH\nSố: 12/BC-UBND\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh \
        phúc\nHành Minh, ngày 12 tháng 12 năm 2017\n\nBÁO CÁO\nTình hình năm 2017\n\nThực hiện chỉ đạo của UBND huyện Nghĩa Hành, \
        tỉnh Quảng Ngãi, năm 2017 xã trồng 12 ha rừng.\n";
    let record = record("bc.txt", report);
    check(&record, &[("12 ha", "Hành Minh, Nghĩa Hành, Quảng Ngãi 2017-01-01/2017-12-31")]);
}

#[test]
fn the_whole_that_a_lead_tells_of_is_no_scope_of_its_list() {
    let record = page(
        "Ngành tư pháp tỉnh Sơn La năm 2017",
        "<p>Năm 2017, toàn ngành đã triển khai các mặt công tác sau:</p><p>- Tiếp nhận 2.846 vụ việc, hòa giải thành 2.412 vụ.</p>",
    );
    assert!(record.indicators.len() == 2 && record.indicators.iter().all(|i| i.scope.is_none()));
}

#[test]
fn what_lies_ahead_of_the_document_is_aimed_at() {
    let plan = "ỦY BAN NHÂN DÂN\nTỈNH SƠN LA\nSố: 12/KH-UBND\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh \
        phúc\nSơn La, ngày 20 tháng 6 năm 2023\n\nKẾ HOẠCH\nPhát triển lâm nghiệp giai đoạn 2024 - 2028\n\nĐến năm 2028, độ che phủ \
        rừng đạt 52%. Hiện nay toàn tỉnh có 58 vườn ươm.\n";
    let record = record("kh.txt", plan);
    check(
        &record,
        &[("52%", "Sơn La 2028-01-01/2028-12-31"), ("58 vườn ươm", "Sơn La 2023-06-20/2023-06-20")],
    );
    let roles: Vec<(&str, &str)> =
        record.indicators.iter().map(|i| (i.text.as_str(), i.role.name())).collect();
    assert_eq!(roles, [("52%", "target"), ("58 vườn ươm", "actual")]);
}

#[test]
fn a_date_is_given_as_far_as_it_is_written() {
    let report = "ỦY BAN NHÂN DÂN\nTỈNH SƠN LA\nSố:      /BC-UBND\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh \
        phúc\nSơn La, ngày      tháng 6 năm 2026\n\nBÁO CÁO\nTình hình trồng rừng\n\nTrồng mới 640 ha rừng.\n";
    let record = record("bc.txt", report);
    assert_eq!(
        (record.metadata.issue_date.map(|d| d.iso()).as_deref(), record.metadata.issue_edtf.as_deref()),
        (None, Some("2026-06"))
    );
    check(&record, &[("640 ha", "Sơn La 2026-06-01/2026-06-30")]);
}

#[test]
fn the_address_of_a_site_tells_where_nothing_else_does() {
    let record =
        page("Nghị quyết về kế hoạch năm 2018", "<p>Nguồn: www.bacgiang.gov.vn</p><p>Thu hút 51 dự án.</p>");
    check(&record, &[("51 dự án", "Bắc Giang 2018-01-01/2018-12-31")]);
}

#[test]
fn the_name_of_a_commune_ends_with_its_line() {
    let text =
        "UBND XÃ CƯ PRÔNG\n\nBÁO CÁO\nTình hình thực hiện nhiệm vụ năm 2020\n\nToàn xã có 312 hộ nghèo.\n";
    let record = record("xa.txt", text);
    let commune = record.metadata.commune.as_ref().map(|a| a.name.as_str());
    assert_eq!(commune, Some("Cư Prông"));
}

#[test]
fn names_of_the_central_highlands_are_whole() {
    let rows = "<tr><td>1</td><td>Thị trấn Ea T'ling</td><td>2.310</td><td>120</td></tr>\
        <tr><td>2</td><td>Xã Đắk Wil</td><td>1.876</td><td>98</td></tr>";
    let head = "<tr><th>TT</th><th>Đơn vị</th><th>Số hộ</th><th>Hộ nghèo</th></tr>";
    let body = format!("<p>Kết quả năm 2022 của huyện Cư Jút.</p><table>{head}{rows}</table>");
    let record = page("Kết quả giảm nghèo huyện Cư Jút năm 2022", &body);
    let places: Vec<String> =
        record.indicators.iter().map(|i| i.place.as_deref().map_or(String::new(), place_of)).collect();
    assert_eq!(places.len(), 4, "{places:?}");
    for (place, wanted) in places.iter().zip(["Ea T'ling", "Ea T'ling", "Đắk Wil", "Đắk Wil"]) {
        assert!(place.starts_with(wanted), "{place} for {wanted}");
    }
}

#[test]
fn a_bare_word_takes_up_the_commune_of_its_paragraph() {
    let body = "<p>Chủ tịch UBND xã Tả Sìn cho biết: Xã có 612 hộ. Đến nay, đàn bò của xã đạt 780 con.</p>\
        <p>Toàn huyện có 14.500 con bò.</p>";
    let record = page("Huyện Tủa Chùa phát triển chăn nuôi năm 2020", body);
    let place =
        |n: usize| record.indicators.get(n).and_then(|i| i.place.as_deref()).map_or(String::new(), place_of);
    assert!(place(1).starts_with("Tả Sìn"), "{}", place(1));
    assert!(place(2).starts_with("Tủa Chùa"), "{}", place(2));
}

#[test]
fn a_time_that_labels_a_member_is_not_that_of_the_whole() {
    let text = "Kinh phí giai đoạn 2018 - 2020: tổng kinh phí 28 tỷ đồng, trong đó năm 2018: 8 tỷ đồng, năm 2019: 9 tỷ đồng, \
        năm 2020: 11 tỷ đồng; vốn huy động 4 tỷ đồng.";
    let record = record("a.txt", text);
    let span = |i: &Indicator| i.period.as_ref().map(|p| format!("{} {}", p.start.year(), p.end.year()));
    let years: Vec<String> = record.indicators.iter().filter_map(span).collect();
    assert_eq!(years, ["2018 2020", "2018 2018", "2019 2019", "2020 2020", "2018 2020"]);
}

#[test]
fn a_table_tells_aims_from_what_was_reached() {
    let head = "<tr><th>Chỉ tiêu chủ yếu</th><th>ĐVT</th><th>Chỉ tiêu</th><th>Thực hiện</th></tr>";
    let rows = "<tr><td>Tốc độ tăng trưởng kinh tế</td><td>%</td><td>9,5</td><td>10,1</td></tr>\
        <tr><td>Thu nhập bình quân đầu người</td><td>Triệu đồng</td><td>32</td><td>34</td></tr>";
    let body = format!("<p>Kết quả năm 2016 của huyện Thới Bình.</p><table>{head}{rows}</table>");
    let record = page("Kết quả các chỉ tiêu kinh tế - xã hội huyện Thới Bình năm 2016", &body);
    let roles: Vec<&str> = record.indicators.iter().map(|i| i.role.name()).collect();
    assert_eq!(roles, ["target", "change", "target", "actual"]);
}

#[test]
fn a_line_of_parts_has_the_time_of_the_line_above() {
    let text = "UBND TỈNH BẾN TRE\n\nBÁO CÁO\nTình hình 10 tháng năm 2015\n\nTăng trưởng GRDP 9 tháng năm 2015 đạt 6,9%.\n\
        Trong đó: khu vực dịch vụ tăng 7,2%.\n";
    let record = record("bc.txt", text);
    let end = |n: usize| record.indicators.get(n).and_then(|i| i.period.as_ref()).map(|p| p.end);
    assert_eq!(end(1).map(|d| d.to_string()).as_deref(), Some("2015-09-30"));
    assert_eq!(end(0), end(1));
}

#[test]
fn the_name_of_a_province_without_marks_is_an_address_only_before_a_dot() {
    let at =
        |text: &str| record("a.txt", text).indicators.first().and_then(|i| i.place.as_deref().map(place_of));
    assert_eq!(at("Liên hệ caobang, có 12 hộ."), None);
    assert_eq!(at("Liên hệ caobang.gov.vn, có 12 hộ.").as_deref(), Some("Cao Bằng"));
}

#[test]
fn a_bare_year_of_the_title_is_the_time_whatever_mark_follows() {
    let text = "UBND TỈNH HÀ NAM\nSỞ NỘI VỤ\n\nSố: 12/BC-SNV\nHà Nam, ngày 5 tháng 8 năm 2025\n\nBÁO CÁO\nKết quả thi đua 2024, phương hướng\n\nTỉnh có 45 trường.\n";
    check(&record("bc.txt", text), &[("45 trường", "Hà Nam 2024-01-01/2024-12-31")]);
}

#[test]
fn days_that_a_page_opens_with_are_its_time_before_a_comma_or_in_a_bracket() {
    for (opening, want) in [
        ("Từ ngày 04/11 đến ngày 29/11/2024, huyện Thới Bình ra quân.", "2024-11-04/2024-11-29"),
        ("Sau ba tháng (01/7 - 30/9/2025), huyện Thới Bình ra quân.", "2025-07-01/2025-09-30"),
    ] {
        let record = page("Tin huyện Thới Bình", &format!("<p>{opening}</p><p>Có 45 trường tham gia.</p>"));
        check(&record, &[("45 trường", &format!("Thới Bình, Cà Mau {want}"))]);
    }
}

#[test]
fn what_is_carried_into_january_is_of_december() {
    let record = record("a.txt", "Số chuyển sang tháng 01/2024 là 12 hồ sơ.");
    let period = record.indicators.first().and_then(|i| i.period.as_ref());
    assert_eq!(period.map(|p| format!("{}/{}", p.start, p.end)).as_deref(), Some("2023-12-01/2023-12-31"));
}

#[test]
fn times_are_told_by_where_a_text_stands() {
    let record = page(
        "Chuyển đổi số ở Cam Lâm - Báo Khánh Hòa",
        "<p>Thứ Ba, 12/12/2023 - 07:31 - Phòng Văn hóa huyện</p>\
         <p>Số thu phí 11 tháng là 8,4 tỷ đồng. Năm tới huyện dự kiến bố trí 18 tỷ đồng, chữ ký số đạt 30% (hiện 11,9%).</p>\
         <p>Từ nay đến hết năm, huyện phấn đấu số hóa 92% hồ sơ.</p>\
         <p>Hết tháng 11 phải nộp 72 báo cáo, đến 31/01/2024 nộp 95 báo cáo.</p>",
    );
    check(
        &record,
        &[
            ("8,4 tỷ đồng", "Cam Lâm, Khánh Hòa 2023-01-01/2023-11-30"),
            ("18 tỷ đồng", "Cam Lâm, Khánh Hòa 2024-01-01/2024-12-31"),
            ("30%", "Cam Lâm, Khánh Hòa 2024-01-01/2024-12-31"),
            ("11,9%", "Cam Lâm, Khánh Hòa 2023-01-01/2023-11-30"),
            ("92%", "Cam Lâm, Khánh Hòa 2023-01-01/2023-12-31"),
            ("72 báo cáo", "Cam Lâm, Khánh Hòa 2023-01-01/2023-11-30"),
        ],
    );
    let role = |text: &str| record.indicators.iter().find(|i| i.text == text).map(|i| i.role.name());
    assert_eq!((role("30%"), role("11,9%")), (Some("target"), Some("actual")));
}

#[test]
fn the_year_before_is_told_of_its_own_figures_only() {
    let record = page(
        "Giữ rừng ở Như Xuân - Báo Thanh Hóa",
        "<p>Thứ Tư, 14/07/2021 08:15</p><p>Doanh thu năm ngoái của huyện 3,4 tỷ đồng. Sản lượng của huyện đạt 540 tấn, tăng 5% \
         so với cùng kỳ năm ngoái. Lũ tháng 8 năm ngoái làm sập 5 căn nhà.</p>",
    );
    check(
        &record,
        &[
            ("3,4 tỷ đồng", "Như Xuân, Thanh Hóa 2020-01-01/2020-12-31"),
            ("540 tấn", "Như Xuân, Thanh Hóa 2021-07-14/2021-07-14"),
            ("5 căn nhà", "Như Xuân, Thanh Hóa 2020-01-01/2020-12-31"),
        ],
    );
}

#[test]
fn where_a_unit_lies_is_not_what_is_told_of() {
    let record = record(
        "bai.txt",
        "Báo Đồng Tháp\n\nQua phà là tới Tân Phú Lộc, xã vùng sâu của huyện Châu Thành, tỉnh Đồng Tháp.\n\nNăm 2006 toàn xã có \
         2.134 hộ. Xã làm được 12 km đường.\n",
    );
    check(&record, &[("2.134 hộ", "Tân Phú Lộc, Châu Thành, Đồng Tháp 2006-01-01/2006-12-31")]);
    let record = page(
        "Quỳ Châu giảm nghèo năm 2020 - Cổng thông tin điện tử huyện Quỳ Châu",
        "<p>Là huyện miền núi của tỉnh Nghệ An, đến cuối năm 2020 huyện còn 2.468 hộ nghèo.</p>",
    );
    check(&record, &[("2.468 hộ nghèo", "Quỳ Châu, Nghệ An 2020-01-01/2020-12-31")]);
}

#[test]
fn the_name_of_a_commune_ends_at_a_full_stop_and_at_the_line() {
    let record = page(
        "Làm việc với xã biên giới Ia Mơ - Cổng Thông tin điện tử tỉnh Gia Lai",
        "<p>Làm việc với xã biên giới Ia Mơ</p><p>20:15 | 14/05/2026</p>\
         <p>Đoàn đã làm việc với UBND xã Ia Mơ. Cùng đi có lãnh đạo các sở. Toàn xã có 1.286 hộ.</p>",
    );
    check(&record, &[("1.286 hộ", "Ia Mơ, Gia Lai 2026-05-14/2026-05-14")]);
}

#[test]
fn a_title_of_a_body_of_the_centre_is_on_the_country_and_headings_name_the_provinces() {
    let record = page(
        "Bộ Nội vụ: Kết quả kiểm tra tại một số địa phương năm 2023",
        "<p>Các đoàn đã kiểm tra 23 sở, ngành.</p><h3>1. Tỉnh Hậu Giang</h3><p>Đã ban hành 41 văn bản chỉ đạo.</p>\
         <h3>2. Tỉnh Quảng Trị</h3><p>Đã ban hành 35 văn bản chỉ đạo.</p>",
    );
    check(
        &record,
        &[
            ("23 sở, ngành", "country 2023-01-01/2023-12-31"),
            ("41 văn bản", "Hậu Giang 2023-01-01/2023-12-31"),
            ("35 văn bản", "Quảng Trị 2023-01-01/2023-12-31"),
        ],
    );
}

#[test]
fn a_date_below_the_text_ends_no_head() {
    let line = "Trên địa bàn có thêm nhiều dự án được cấp giấy phép, phần lớn trong các khu công nghiệp đã có hạ tầng đồng bộ.";
    let record = record(
        "bc.txt",
        &format!(
            "SỞ KẾ HOẠCH VÀ ĐẦU TƯ VĨNH PHÚC\n\nTÌNH HÌNH THU HÚT ĐẦU TƯ NĂM 2003\n\n1. Kết quả\n\n{line}\n\n{line}\n\n{line}\n\n\
             2. Mục tiêu năm 2004\n\nThu hút 20 dự án mới.\n\nVĩnh Yên, ngày 12 tháng 01 năm 2004\n"
        ),
    );
    check(&record, &[("20 dự án", "Vĩnh Phúc 2004-01-01/2004-12-31")]);
    assert_eq!(record.metadata.issue_date.map(|d| d.to_string()).as_deref(), Some("2004-01-12"));
}

#[test]
fn a_column_tells_where_each_row_stands() {
    let record = record(
        "bang.txt",
        "SỞ CÔNG THƯƠNG TỈNH QUẢNG NAM\n\nBáo cáo năm 2017\n\n| STT | Cụm công nghiệp | Huyện, TX, TP | Diện tích (ha) |\n\
         |---|---|---|---|\n| 1 | An Lưu | Điện Bàn | 47,6 |\n| 2 | Trảng Nhật | Điện Bàn | 50,5 |\n\
         | 3 | Hà Lam | Thăng Bình | 63,2 |\n",
    );
    check(
        &record,
        &[
            ("47,6", "Điện Bàn, Quảng Nam 2017-01-01/2017-12-31"),
            ("63,2", "Thăng Bình, Quảng Nam 2017-01-01/2017-12-31"),
        ],
    );
}
