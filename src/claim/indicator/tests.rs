//! Sentences of our own and the quantities they state.

use crate::Extractor;
use crate::record::Indicator;

fn extract(text: &str) -> Vec<Indicator> {
    let extractor = Extractor::new().expect("the embedded patterns");
    extractor.extract("test.txt", text.as_bytes()).expect("plain text").indicators
}

/// Kind, value and unit of each item, as "money 28000000000 VND".
fn said(text: &str) -> Vec<String> {
    let items = extract(text).into_iter().map(|i| {
        let value = match (i.kind.as_str(), i.numerator, i.denominator, i.value) {
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
        ("Đàn lợn 970con", &["count 970 con"]),
        ("Tổng số hồ sơ tiếp nhận: 9.986;", &["count 9986 hồ sơ"]),
        ("hai mươi mốt xã", &["count 21 xã"]),
        ("Có ba trăm linh năm hộ vay vốn.", &["count 305 hộ"]),
        ("hơn 3 nghìn lượt khách", &["count 3000 lượt khách"]),
        (
            "tiếp nhận 40 hồ sơ: trực tuyến 25, trực tiếp 15.",
            &["count 40 hồ sơ", "count 25 hồ sơ", "count 15 hồ sơ"],
        ),
        ("tiếp nhận 1,234 hồ sơ", &["count 1234 hồ sơ"]),
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
        (level.name.as_deref(), &*level.role, &*level.bound),
        (Some("Tỷ lệ hộ nghèo"), "actual", "more_than")
    );
    assert_eq!((change.name.as_deref(), &*change.role), (Some("Tỷ lệ hộ nghèo"), "change"));
    assert_eq!(change.direction.as_deref(), Some("down"));
    assert_eq!((target.name.as_deref(), &*target.role), (Some("hộ dùng nước sạch"), "target"));
    assert_eq!(target.bound, "at_least");
}

#[test]
fn what_is_counted_and_what_stands_before_make_a_name() {
    assert_eq!(one("Tai nạn giao thông 12 vụ.", 0).name.as_deref(), Some("Tai nạn giao thông"));
    assert_eq!(one("Đã ban hành 12 văn bản chỉ đạo.", 0).name.as_deref(), Some("văn bản chỉ đạo"));
    assert_eq!(one("Toàn tỉnh có 12 xã.", 0).scope.as_deref(), Some("Toàn tỉnh"));
    assert_eq!(one("Kinh phí 3 tỷ đồng/năm.", 0).per.as_deref(), Some("năm"));
}

#[test]
fn a_lead_in_line_governs_the_list_under_it() {
    let text = "Từ tháng 5/2021 đến tháng 12/2021, số văn bản phát hành như sau:\n\n- Gửi sở, ngành: 436 văn bản.\n- Gửi cấp xã: 1.987 văn bản.\n";
    let item = one(text, 1);
    let period = item.period.expect("a period");
    assert_eq!((period.start.as_str(), period.end.as_str()), ("2021-05-01", "2021-12-31"));
}

#[test]
fn a_cell_takes_its_unit_from_the_table() {
    let text = "| STT | Đơn vị | Tiếp nhận (hồ sơ) | Tỷ lệ (%) |\n|---|---|---|---|\n| 1 | Huyện A Lưới | 18.402 | 99,2 |\n| 2 | Huyện Phú Vang | 9.715 | 98,6 |\n";
    let items = extract(text);
    let cell =
        |n: usize| items.get(n).map(|i| (i.kind.clone(), i.value.map(|v| v.to_string()), i.scope.clone()));
    assert_eq!(items.len(), 4);
    assert_eq!(cell(0), Some(("count".into(), Some("18402".into()), Some("Huyện A Lưới".into()))));
    assert_eq!(cell(3), Some(("percentage".into(), Some("98.6".into()), Some("Huyện Phú Vang".into()))));
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
