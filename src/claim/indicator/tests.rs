//! Sentences of our own and the quantities they state.

use crate::Extractor;
use crate::record::Indicator;
use crate::record::quantity::{Bound, Direction, Kind};

fn extract(text: &str) -> Vec<Indicator> {
    let extractor = Extractor::shared();
    extractor.extract("test.txt", text.as_bytes()).expect("plain text").indicators
}

/// Kind, value and unit of each item, as "money 28000000000 VND".
fn said(text: &str) -> Vec<String> {
    let items = extract(text).into_iter().map(|i| {
        let value = match (i.kind.name(), i.numerator, i.denominator, i.value) {
            ("ratio" | "rank", Some(n), Some(d), _) => format!("{n}/{d}"),
            (_, _, _, Some(value)) => value.to_string(),
            _ => "?".to_string(),
        };
        format!("{} {value} {}", i.kind, i.unit.as_deref().unwrap_or("-"))
    });
    items.collect()
}

fn check(table: &[(&str, &[&str])]) {
    let wrong: Vec<_> =
        table.iter().map(|(text, want)| (text, said(text), want)).filter(|t| t.1 != *t.2).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn one_value_has_many_spellings() {
    check(&[
        ("Kinh phí 28 tỷ đồng.", &["money 28000000000 VND"]),
        ("Kinh phí 28.000.000.000 đồng.", &["money 28000000000 VND"]),
        ("Kinh phí 28.000.000.000đ.", &["money 28000000000 VND"]),
        ("Kinh phí 28.000 triệu đồng.", &["money 28000000000 VND"]),
        ("Kinh phí 28.000 tr.đ.", &["money 28000000000 VND"]),
        ("Kinh phí hai mươi tám tỷ đồng.", &["money 28000000000 VND"]),
        ("Kinh phí 28 tỷ.", &["money 28000000000 VND"]),
        ("Kinh phí 27 tỷ 500 triệu đồng.", &["money 27500000000 VND"]),
        ("Kinh phí 28.000.000.000 đồng (Hai mươi tám tỷ đồng).", &["money 28000000000 VND"]),
        ("Kinh phí 27,5 tỷ đồng và vốn 2 tỷ rưỡi.", &["money 27500000000 VND", "money 2500000000 VND"]),
        ("Thu 0,1 nghìn tỷ đồng.", &["money 100000000000 VND"]),
    ]);
}

#[test]
fn shares_rates_and_measures_keep_their_units() {
    check(&[
        ("Tỷ lệ đạt 96,5 %.", &["percentage 96.5 %"]),
        ("Tỷ lệ đạt chín mươi phần trăm.", &["percentage 90 %"]),
        ("tăng 2,5 điểm phần trăm so với năm trước", &["percentage 2.5 %"]),
        ("tăng từ 7,5 - 8%", &["percentage 7.5 %", "percentage 8 %"]),
        ("đạt từ 5 đến 10 triệu đồng", &["money 5000000 VND", "money 10000000 VND"]),
        ("công suất 1,4 triệu tấn/năm", &["measure 1400000 tấn/năm"]),
        ("diện tích 250m2", &["measure 250 m2"]),
        ("năng suất 62,5 tạ/ha", &["measure 62.5 tạ/ha"]),
        ("giá 65-70 USD/thùng", &["money 65 USD", "money 70 USD"]),
        ("đạt 82,75 điểm", &["score 82.75 điểm"]),
        ("đạt 61,5/80 điểm", &["score 61.5 điểm"]),
        ("lãi suất 0,5%/tháng", &["percentage 0.5 %"]),
    ]);
}

#[test]
fn counts_take_the_longest_noun() {
    check(&[
        ("Đã cấp 157 chứng thư số cho văn thư.", &["count 157 chứng thư số"]),
        ("Có 5 đồng chí tham gia.", &["count 5 đồng chí"]),
        ("mở 13 điểm mỏ mới", &["count 13 điểm mỏ"]),
        ("ban hành 02 Kết luận", &["count 2 kết luận"]),
        ("Đã cấp 03 Giấy xác nhận cho hộ khai thác.", &["count 3 giấy xác nhận"]),
        ("Đàn lợn 970con", &["count 970 con"]),
        ("Tổng số hồ sơ tiếp nhận: 9.986;", &["count 9986 hồ sơ"]),
        ("hai mươi mốt xã", &["count 21 xã"]),
        ("Trong năm mười hai hộ được vay vốn.", &["count 12 hộ"]),
        ("Có ba trăm linh năm hộ vay vốn.", &["count 305 hộ"]),
        ("hơn 3 nghìn lượt khách", &["count 3000 lượt khách"]),
        (
            "tiếp nhận 40 hồ sơ: trực tuyến 25, trực tiếp 15.",
            &["count 40 hồ sơ", "count 25 hồ sơ", "count 15 hồ sơ"],
        ),
        ("tiếp nhận 1,234 hồ sơ", &["count 1234 hồ sơ"]),
        ("Tổng diện tích 412. 000 ha.", &["measure 412000 ha"]),
        ("Có 412. 000 hộ nghèo.", &["count 412000 hộ nghèo"]),
        ("Đã cấp 12. 000 hộ nghèo.", &[]),
        ("Thành lập 12 DOANH NGHIỆP.", &["count 12 doanh nghiệp"]),
    ]);
}

#[test]
fn slashes_make_ratios_ranks_rates_and_counts() {
    check(&[
        ("Có 36/36 xã, thị trấn.", &["ratio 36/36 xã, thị trấn"]),
        ("thu 312,5/400 triệu đồng", &["ratio 312.5/400 triệu đồng"]),
        ("chi 560 tỷ đồng/690 tỷ đồng", &["ratio 560/690 tỷ đồng"]),
        ("tổng số 1.250/2.310/3.005 hộ", &["count 1250 hộ", "count 2310 hộ", "count 3005 hộ"]),
        ("xếp thứ 17/63 tỉnh", &["rank 17/63 -"]),
        ("Đã kiểm tra 45/60.", &["ratio 45/60 -"]),
        ("Có 10/12 mục xong.", &["ratio 10/12 mục xong"]),
        ("tỷ số 111 bé trai/100 bé gái", &["ratio 111/100 bé trai"]),
    ]);
}

#[test]
fn what_measures_nothing_is_refused() {
    check(&[
        ("chính quyền 2 cấp", &[]),
        ("2 nội dung sau đây", &[]),
        ("thuộc quận 3 thành phố", &[]),
        ("kế hoạch 5 năm", &[]),
        ("từ 65 tuổi trở lên", &[]),
        ("một số xã", &[]),
        ("được 2/3 tổng số đại biểu tán thành", &[]),
        ("một trong hai trường hợp", &[]),
        ("mã số 0106092522", &[]),
        ("đô thị hạng 3 của tỉnh", &[]),
    ]);
}

fn one(text: &str, n: usize) -> Indicator {
    extract(text).into_iter().nth(n).expect("an item")
}

#[test]
fn names_roles_bounds_and_directions_come_from_the_sentence() {
    let text = "Tỷ lệ hộ nghèo còn trên 2,47%, giảm 0,99% so với năm trước; phấn đấu có ít nhất 95% hộ dùng nước sạch.";
    let (level, change, target) = (one(text, 0), one(text, 1), one(text, 2));
    assert_eq!(
        (level.name.as_deref(), level.role.name(), level.bound.name()),
        (Some("Tỷ lệ hộ nghèo"), "actual", "more_than")
    );
    assert_eq!((change.name.as_deref(), change.role.name()), (Some("Tỷ lệ hộ nghèo"), "change"));
    assert_eq!(change.direction, Some(Direction::Down));
    assert_eq!((target.name.as_deref(), target.role.name()), (Some("hộ dùng nước sạch"), "target"));
    assert_eq!(target.bound, Bound::AtLeast);
}

#[test]
fn what_is_counted_and_what_stands_before_make_a_name() {
    assert_eq!(one("Tai nạn giao thông 12 vụ.", 0).name.as_deref(), Some("Tai nạn giao thông"));
    assert_eq!(one("Đã ban hành 12 văn bản chỉ đạo.", 0).name.as_deref(), Some("ban hành văn bản chỉ đạo"));
    assert_eq!(one("Toàn tỉnh có 12 xã.", 0).scope.as_deref(), Some("Toàn tỉnh"));
    assert_eq!(one("Kinh phí 3 tỷ đồng/năm.", 0).per.as_deref(), Some("năm"));
    assert_eq!(one("Nông nghiệp tăng 4,26%/KH tăng 4%.", 0).per, None);
}

#[test]
fn a_lead_in_line_governs_the_list_under_it() {
    let text = "Từ tháng 5/2021 đến tháng 12/2021, số văn bản phát hành như sau:\n\n- Gửi sở, ngành: 436 văn bản.\n- Gửi cấp xã: 1.987 văn bản.\n";
    let item = one(text, 1);
    let period = item.period.expect("a period");
    assert_eq!((period.start.iso().as_str(), period.end.iso().as_str()), ("2021-05-01", "2021-12-31"));
}

#[test]
fn a_cell_takes_its_unit_from_the_table() {
    let text = "| STT | Đơn vị | Tiếp nhận (hồ sơ) | Tỷ lệ (%) |\n|---|---|---|---|\n| 1 | Huyện A Lưới | 18.402 | 99,2 |\n| 2 | Huyện Phú Vang | 9.715 | 98,6 |\n";
    let items = extract(text);
    let cell = |n: usize| items.get(n).map(|i| (i.kind, i.value.map(|v| v.to_string()), i.scope.clone()));
    assert_eq!(items.len(), 4);
    assert_eq!(cell(0), Some((Kind::Count, Some("18402".into()), Some("Huyện A Lưới".into()))));
    assert_eq!(cell(3), Some((Kind::Percentage, Some("98.6".into()), Some("Huyện Phú Vang".into()))));
}

#[test]
fn the_mark_of_a_row_is_no_quantity_wherever_its_table_begins() {
    let table = |marks: [&str; 3]| {
        let [a, b, c] = marks;
        format!("{a}|Quạt trần|18 cái|\n{b}|Máy bơm nước|24 cái|\n{c}|Tủ lạnh|30 cái|\n")
    };
    let wanted = ["count 18 cái", "count 24 cái", "count 30 cái"];
    for marks in [["6.", "7.", "8."], ["1", "2", "3"], ["4.", "6.", "9."]] {
        assert_eq!(said(&table(marks)), wanted, "{marks:?}");
    }
    check(&[(
        "Số TT|Cơ sở|Nhập|Xuất|\n3|Trạm bơm Đông|||\n|- Ca đêm|12 chuyến|9 chuyến|\n",
        &["count 12 chuyến", "count 9 chuyến"],
    )]);
}

#[test]
fn a_text_may_begin_with_any_mark() {
    for text in [": 1 ", "là 5", "đạt 7", "trên 3 xã", "(2) 4", "- 6", "~8%", "/9", "1", "%"] {
        extract(text);
    }
}

#[test]
fn spans_are_exactly_the_items() {
    let text = "Ước tiết kiệm 28 tỷ đồng/năm; đạt 89,64%; có 36/36 xã.";
    let found: Vec<String> = extract(text).into_iter().map(|i| i.text.to_string()).collect();
    assert_eq!(found, ["28 tỷ đồng/năm", "89,64%", "36/36 xã"]);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn nothing_panics_and_items_never_overlap(text in "([0-9]{1,4}|[.,/%()-]| tỷ| triệu đồng| hồ sơ| xã| điểm| hai mươi| năm| đến| xếp thứ|\n){1,60}") {
        // A text of breaks alone is no document.
        proptest::prop_assume!(!text.trim().is_empty());
        let items = extract(&text);
        let overlap = items.windows(2).any(|w| matches!(w, [a, b] if a.bytes[1] > b.bytes[0]));
        proptest::prop_assert!(!overlap);
    }
}

#[test]
fn two_quantities_about_a_slash_are_two_and_a_rate_is_one() {
    check(&[
        ("sơ tán 4.215 hộ/13.876 khẩu", &["count 4215 hộ", "count 13876 khẩu"]),
        ("đăng ký 385,5 ha/612 hộ", &["measure 385.5 ha", "count 612 hộ"]),
        ("tỷ số 111 bé trai/100 bé gái", &["ratio 111/100 bé trai"]),
        ("đạt 36 xã/36 xã", &["ratio 36/36 xã"]),
        ("tốt nghiệp 115/116, đạt 99,14%", &["ratio 115/116 -", "percentage 99.14 %"]),
    ]);
}

#[test]
fn places_are_counted_and_points_scored() {
    check(&[("sạt lở 35 điểm trên Quốc lộ 9", &["count 35 điểm"]), ("đạt 35 điểm", &["score 35 điểm"])]);
}

#[test]
fn the_number_of_a_unit_behind_the_name_of_a_row_is_none() {
    let text =
        "| Chỉ tiêu | Tháng 8 | Tháng 9 |\n|---|---|---|\n| Luân chuyển (1000 tấn.km) | 80.112 | 81.300 |\n";
    check(&[(text, &["measure 80112000 tấn.km", "measure 81300000 tấn.km"])]);
    let text = "| Nguyên liệu | Đơn vị | Lượng |\n|---|---|---|\n| Tinh dầu (80%) | Tấn | 2,38 |\n";
    check(&[(text, &["measure 2.38 tấn"])]);
}

#[test]
fn a_column_headed_by_a_percent_sign_holds_shares_whatever_the_row_counts() {
    let text = "| Chỉ tiêu | Đơn vị | Kế hoạch | Ước TH | % so KH |\n|---|---|---|---|---|\n\
        | Diện tích mía | ha | 26.000 | 25.680 | 98,8 |\n| Số máy điện thoại/100 dân | máy | 140 | 141 | 100,7 |\n";
    check(&[(
        text,
        &[
            "measure 26000 ha",
            "measure 25680 ha",
            "percentage 98.8 %",
            "count 140 máy",
            "count 141 máy",
            "percentage 100.7 %",
        ],
    )]);
}

#[test]
fn a_crossroads_is_no_count() {
    check(&[("ngã 3 chợ Hỗ, bổ sung 08 biển báo", &["count 8 biển báo"])]);
}

#[test]
fn a_minus_is_read_where_it_can_be_no_dash() {
    check(&[
        ("tăng trưởng âm 4,15% so với năm trước", &["percentage -4.15 %"]),
        ("tăng trưởng kinh tế âm trên 2%", &["percentage -2 %"]),
        ("nhiệt độ thấp nhất âm 3,5 độ C", &["measure -3.5 °C"]),
        ("xuất khẩu tăng –8,5%", &["percentage -8.5 %"]),
        ("dịch vụ (-5,35%)", &["percentage -5.35 %"]),
        ("khai khoáng -12,1%", &["percentage -12.1 %"]),
        ("Trong đó:\n-12 xã đạt;\n-5 xã chưa", &["count 12 xã", "count 5 xã"]),
        ("có 9 cửa khẩu -14 vị trí neo đậu", &["count 9 cửa khẩu", "count 14 vị trí"]),
        ("đạt 60-70% kế hoạch", &["percentage 60 %", "percentage 70 %"]),
    ]);
    let change = one("Thu hút đầu tư tăng -3,5% so với cùng kỳ.", 0);
    assert_eq!(change.direction, Some(Direction::Down));
}

#[test]
fn a_cell_shows_a_minus_in_many_ways() {
    for cell in ["-4,5", "−4,5", "–4,5", "- 4,5", "▼ 4,5", "↓4,5", "(4,5)", "(4,5%)", "-4,5%"] {
        let text = format!("Chỉ tiêu\tThu (tỷ đồng)\tSo sánh (%)\nXã A\t12\t{cell}\nXã B\t15\t2,5\n");
        let values: Vec<String> =
            extract(&text).into_iter().filter_map(|i| i.value).map(|v| v.to_string()).collect();
        assert_eq!(values, ["12000000000", "-4.5", "15000000000", "2.5"], "{cell}");
    }
    // A small whole number in brackets is the mark of a row.
    let text = "Chỉ tiêu\tHộ\tGhi\nXã A\t120\t(1)\nXã B\t150\t(2)\n";
    assert_eq!(said(text), ["count 120 hộ", "count 150 hộ"]);
}

#[test]
fn scale_words_may_follow_one_another() {
    check(&[
        ("hỗ trợ 6 triệu 3 trăm nghìn đồng", &["money 6300000 VND"]),
        ("vay 4 trăm triệu đồng", &["money 400000000 VND"]),
        ("vay 4 trăm rưỡi triệu đồng", &["money 450000000 VND"]),
        ("thu 1 nghìn 2 trăm tỷ đồng", &["money 1200000000000 VND"]),
        ("cho vay 15 tỷ 7 trăm 50 triệu đồng", &["money 15750000000 VND"]),
        ("dư nợ 5 vạn tỷ đồng", &["money 50000000000000 VND"]),
        ("sản lượng 4 vạn 5 nghìn tấn", &["measure 45000 tấn"]),
        ("mức 1tr2 một suất", &["money 1200000 VND"]),
        ("mức 3tr250 một suất", &["money 3250000 VND"]),
        ("giá vé 15k/lượt", &["money 15000 VND"]),
        ("hỗ trợ 5 triệu, 2 trăm hộ được vay", &["money 5000000 VND", "count 200 hộ"]),
        ("thông điệp 5K", &[]),
    ]);
}

#[test]
fn a_currency_may_stand_before_the_amount() {
    check(&[
        ("vốn đăng ký USD 12,5 triệu", &["money 12500000 USD"]),
        ("kim ngạch US$ 3,4 tỷ", &["money 3400000000 USD"]),
        ("kim ngạch $1.250 triệu", &["money 1250000000 USD"]),
        ("mức VNĐ 350.000", &["money 350000 VND"]),
        ("mức 350.000₫/người", &["money 350000 VND"]),
        ("từ USD 10 đến 12 triệu", &["money 10000000 USD", "money 12000000 USD"]),
        ("bán 120$/tấn, 45 hộ mua", &["money 120 USD", "count 45 hộ"]),
        ("vốn 12 triệu USD 45 dự án", &["money 12000000 USD", "count 45 dự án"]),
        ("mật khẩu Abc$789", &[]),
    ]);
}

#[test]
fn a_mark_of_a_note_is_stepped_over_and_a_power_reckoned() {
    check(&[
        ("có 1.340* hộ nghèo", &["count 1340 hộ nghèo"]),
        ("có 1.340[4] hộ nghèo", &["count 1340 hộ nghèo"]),
        ("có 1.340² hộ nghèo", &["count 1340 hộ nghèo"]),
        ("thu 214(2) tỷ đồng, đạt 98,5¹%", &["money 214000000000 VND", "percentage 98.5 %"]),
        ("có 15 (2) doanh nghiệp", &["count 15 doanh nghiệp"]),
        ("diện tích 1.200 m²", &["measure 1200 m2"]),
        ("sản lượng 10⁶ tấn", &["measure 1000000 tấn"]),
        ("công suất 2,5 x 10³ m3/ngày", &["measure 2500 m3/ngày"]),
        ("công suất 5.10³ tấn", &["measure 5000 tấn"]),
        ("nhiệt độ 27⁰C", &["measure 27 °C"]),
        ("giảm ,25% so với năm trước", &["percentage 0.25 %"]),
    ]);
}

#[test]
fn a_comma_before_three_digits_leaves_two_readings() {
    for (text, ambiguous) in [
        ("trồng 1,350 ha rừng", true),
        ("thu 1,350 tỷ đồng", true),
        ("có 1,350 hộ", true),
        ("trồng 1.350 ha rừng", false),
        ("trồng 0,350 ha rừng", false),
        ("trồng 1,35 ha rừng", false),
        ("đạt 12,345%", false),
    ] {
        assert_eq!(one(text, 0).ambiguous, ambiguous, "{text}");
    }
}

#[test]
fn what_a_rate_is_told_for_is_no_figure() {
    check(&[
        ("Tỷ lệ bác sĩ/1 vạn dân là 8,2 bác sĩ", &["count 8.2 bác sĩ"]),
        ("bình quân 1 vạn dân có 25 giường", &["count 25 giường"]),
        ("mật độ 82 thuê bao trên 100 dân", &["count 82 thuê bao"]),
        ("đạt 45 ca trên 100.000 trẻ đẻ sống", &["count 45 ca"]),
        ("huyện có 100.000 dân", &["count 100000 dân"]),
        ("có trên 10.000 dân", &["count 10000 dân"]),
    ]);
}

#[test]
fn a_mean_age_is_measured_and_an_age_is_not() {
    check(&[
        ("tuổi thọ trung bình đạt 74,5 tuổi", &["measure 74.5 tuổi"]),
        ("tuổi thọ bình quân là 73 tuổi", &["measure 73 tuổi"]),
        ("nhóm từ 15 - 17 tuổi", &[]),
        ("trẻ từ 12 đến dưới 15 tuổi", &[]),
    ]);
}

#[test]
fn nouns_that_look_like_something_else_count() {
    check(&[
        ("có 45 điểm giao dịch xã", &["count 45 điểm giao dịch"]),
        ("lấy mẫu 03 vị trí nước mặt", &["count 3 vị trí"]),
        ("theo mẫu 03 kèm theo", &[]),
        ("toàn xã có 9 bản, 957 hộ", &["count 9 bản", "count 957 hộ"]),
        ("lập thành 03 bản, mỗi bên giữ 01 bản", &[]),
        ("tập huấn cho 05 CBCNV của công ty", &["count 5 CBCNV"]),
        ("thuê bao dùng điện thoại thông minh đạt 48.207;", &["count 48207 thuê bao"]),
        ("diện tích 18.000 ha, rộng thứ 3 cả nước", &["measure 18000 ha", "rank 3 -"]),
        ("chế biến, chế tạo tăng2,23%", &["percentage 2.23 %"]),
        ("số người vẫn tăng36.", &[]),
        ("sản lượng tăng 1 3,6%", &["percentage 13.6 %"]),
    ]);
}

#[test]
fn the_parts_of_a_count_may_say_what_they_do() {
    check(&[
        (
            "có 13 dự án (04 hoạt động, 07 triển khai, 02 thu hồi)",
            &["count 13 dự án", "count 4 dự án", "count 7 dự án", "count 2 dự án"],
        ),
        ("tổ chức 4 hoạt động, 2 hội nghị", &["count 4 hoạt động", "count 2 hội nghị"]),
        (
            "xử lý 1.462 văn bản đến; phát hành văn bản đi 347; lưu văn bản đến 220.",
            &["count 1462 văn bản đến", "count 347 văn bản đi", "count 220 văn bản đến"],
        ),
        (
            "PAR Index là 42,618, cao hơn năm trước (41,905), thấp nhất (38.316)",
            &["score 42.618 điểm", "score 41.905 điểm", "score 38.316 điểm"],
        ),
    ]);
}

#[test]
fn members_of_a_list_may_leave_their_noun_out() {
    let files =
        |values: &[u32]| -> Vec<String> { values.iter().map(|v| format!("count {v} hồ sơ")).collect() };
    let text = "Bộ phận một cửa nhận 912 hồ sơ, gồm nhiều loại: đất đai 510, xây dựng 86, hộ tịch 204. Chưa trả 12 hồ sơ.";
    assert_eq!(said(text), files(&[912, 510, 86, 204, 12]));
    let text =
        "Xã nhận 912 hồ sơ. Trong đó:\n\n+ Hộ tịch: 510 (qua mạng 86, còn lại tại bàn)\n\n+ Đất đai: 204";
    assert_eq!(said(text), files(&[912, 510, 86, 204]));
    check(&[
        // Numbered names, labels and more than the whole.
        (
            "tại 7 cụm công nghiệp (Minh Hà, Phú Lộc 1, Phú Lộc 2, Phú Lộc 3, Bảo Sơn) còn chậm",
            &["count 7 cụm công nghiệp"],
        ),
        ("có 40 hộ ở thôn 7, xóm 9, tổ 3 bị ngập", &["count 40 hộ"]),
        ("rà soát 40 hồ sơ theo điều 5, khoản 3, điểm 2", &["count 40 hồ sơ"]),
        ("lập 40 hồ sơ, đất đai 310, xây dựng 86", &["count 40 hồ sơ"]),
        ("Xử lý 40 hồ sơ, gồm: đúng hạn 40.", &["count 40 hồ sơ"]),
    ]);
}
