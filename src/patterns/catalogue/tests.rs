use super::*;
use crate::record::quantity::{Kind, Role};

fn with_user_file(text: &str) -> Result<Catalogue, PatternError> {
    let mut sources = Sources::default();
    sources.push(FILE, "builtin:catalogue.toml", BUILTIN);
    sources.push(FILE, "mine/catalogue.toml", text);
    Catalogue::load(&sources)
}

fn find(catalogue: &Catalogue, kind: &str, unit: &str, name: &str, after: &str) -> Option<String> {
    let q = Query {
        kind: Kind::of(kind).unwrap(),
        unit: Some(unit),
        role: Role::Actual,
        name,
        after,
        ..Query::default()
    };
    catalogue.find(&q, &mut Scratch::default()).map(|e| e.id.clone())
}

#[test]
fn every_example_is_taken_and_no_counter_example_is() {
    let catalogue = Catalogue::builtin().unwrap();
    let mut scratch = Scratch::default();
    let wrong: Vec<String> = catalogue
        .entries()
        .iter()
        .flat_map(|e| {
            let all = check::examples(&catalogue, e, &mut scratch);
            all.into_iter().map(|w| format!("{}: {w}", e.id)).collect::<Vec<_>>()
        })
        .collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_percentage_of_a_plan_is_not_a_rate_of_its_own() {
    let c = Catalogue::builtin().unwrap();
    let name = "tổng thu ngân sách nhà nước trên địa bàn";
    assert_eq!(find(&c, "percentage", "%", name, " dự toán").as_deref(), Some("budget_revenue_plan"));
    assert_eq!(find(&c, "percentage", "%", name, "").as_deref(), None);
    assert_eq!(find(&c, "percentage", "%", "tỷ lệ hộ nghèo", " kế hoạch").as_deref(), None);
}

#[test]
fn scores_of_different_editions_have_different_ids() {
    let c = Catalogue::builtin().unwrap();
    let at = |year| {
        let q = Query {
            kind: Kind::Score,
            unit: Some("điểm"),
            name: "chỉ số chuyển đổi số (DTI)",
            year,
            ..Query::default()
        };
        c.find(&q, &mut Scratch::default()).map(|e| e.id.clone())
    };
    assert_eq!(at(Some(2020)).as_deref(), Some("dti_score_2020"));
    assert_eq!(at(Some(2023)).as_deref(), Some("dti_score_2022"));
    assert_eq!(at(Some(2025)).as_deref(), Some("dti_score_2025"));
    assert_eq!(at(None), None, "without a year the edition is unknown");
}

#[test]
fn a_user_s_file_adds_replaces_and_removes_indicators() {
    let c = with_user_file(
        r#"
[[indicator]]
id = "bee_hives"
name_vi = "Số đàn ong"
name_en = "Bee hives"
group = "nong_thon"
kinds = ["count"]
units = ["đàn"]
phrasings = ["đàn ong"]
examples = ["số đàn ong"]
counter_examples = ["đàn lợn"]

[[indicator]]
id = "poverty_rate"
disabled = true
"#,
    )
    .unwrap();
    assert_eq!(find(&c, "count", "đàn ong", "tổng số đàn ong", "").as_deref(), Some("bee_hives"));
    assert!(c.get("poverty_rate").is_none());
    assert_eq!(find(&c, "percentage", "%", "tỷ lệ hộ nghèo", ""), None);
}

#[test]
fn a_broken_user_s_file_points_at_its_place() {
    let block = |phrasing: &str, example: &str| {
        format!(
            "[[indicator]]\nid = \"x\"\nname_vi = \"X\"\nname_en = \"X\"\ngroup = \"nong_thon\"\n\
             kinds = [\"count\"]\nphrasings = [\"{phrasing}\"]\nexamples = [\"{example}\"]\n\
             counter_examples = [\"b\"]\n"
        )
    };
    let e = with_user_file(&block("a (b", "a")).unwrap_err();
    assert_eq!((e.file.as_str(), e.line), ("mine/catalogue.toml", 1), "{e}");
    assert!(e.message.contains("parenthesis"), "{e}");
    let e = with_user_file(&block("tổ ong", "chim")).unwrap_err();
    assert!(e.message.contains("gives nothing"), "{e}");
    assert!(with_user_file("[[indicator]]\nid = \"x\"\nnames = 1\n").is_err());
}

/// The ids of a document's indicators, in order.
fn ids(text: &str) -> Vec<Option<String>> {
    let record = crate::Extractor::shared().extract("a.txt", text.as_bytes()).unwrap();
    record.indicators.into_iter().map(|i| i.indicator.map(Into::into)).collect()
}

fn first(text: &str) -> Option<String> {
    ids(text).into_iter().next().flatten()
}

#[test]
fn what_a_rate_falls_by_is_not_the_rate() {
    for text in [
        "Phấn đấu giảm tỷ lệ hộ nghèo 1,5%.",
        "Giảm tỷ lệ hộ nghèo từ 2%/năm trở lên.",
        "Tỷ lệ hộ nghèo giảm bình quân 1,2%.",
        "Tỷ lệ hộ nghèo còn khá cao, phấn đấu trong năm giảm được từ 1 - 2% tỷ lệ hộ nghèo.",
    ] {
        let first = first(text);
        assert!(first.as_deref() == Some("poverty_reduction"), "{text} {first:?}");
    }
    for text in [
        "Giảm tỷ lệ hộ nghèo từ 5,2% xuống 3,1%.",
        "Giảm tỷ lệ hộ nghèo xuống dưới 4%.",
        "Tỷ lệ hộ nghèo giảm còn 2,6%.",
    ] {
        assert_eq!(first(text).as_deref(), Some("poverty_rate"), "{text}");
    }
}

#[test]
fn a_percentage_right_behind_a_count_is_its_rate() {
    let both = |text| ids(text).into_iter().map(|i| i.unwrap_or_default()).collect::<Vec<_>>();
    assert_eq!(both("Toàn huyện còn 412 hộ nghèo (3,75%)."), ["poor_household_count", "poverty_rate"]);
    let text = "Có 120/160 trường đạt chuẩn quốc gia, đạt tỷ lệ 75%.";
    assert_eq!(both(text), ["school_standard_rate", "school_standard_rate"]);
    let text = "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ đạt 41.250 tỷ đồng, tăng 12,4% so với cùng kỳ.";
    assert_eq!(both(text), ["retail_sales", "retail_growth"]);
    let text = "Tổng thu ngân sách nhà nước 850 tỷ đồng, đạt 104,2% dự toán.";
    assert_eq!(both(text), ["budget_revenue", "budget_revenue_plan"]);
}

#[test]
fn rules_of_scores_additions_and_thresholds_have_no_id() {
    for text in [
        "Tỷ lệ hộ nghèo từ 4% trở lên được tính 2 điểm.",
        "Tỉnh được giao bổ sung 120 biên chế công chức.",
        "Tỷ lệ vốn vay so với GDP là 31,5%.",
        "Kinh tế số bằng 21,5% GDP và tăng nhanh.",
        "Toàn huyện còn 4 xã có tỷ lệ hộ nghèo trên 10%.",
    ] {
        let found = ids(text).into_iter().flatten().next();
        let growth = found.as_deref().is_some_and(|i| i != "digital_economy_share");
        assert!(!growth, "{text} {found:?}");
    }
}

#[test]
fn what_stands_behind_a_share_names_it() {
    let one = |text| first(text).unwrap_or_default();
    assert_eq!(one("- 100% phòng, ban của huyện có mạng nội bộ."), "lan_rate");
    let text = "Đến nay, phần mềm một cửa điện tử đã xong, 9/9 xã, thị trấn có trang thông tin điện tử.";
    assert_eq!(one(text), "website_units_rate");
}

/// Whether the ids of a text's figures are these, "" for none.
#[track_caller]
fn has(text: &str, wanted: &[&str]) {
    let found: Vec<String> = ids(text).into_iter().map(Option::unwrap_or_default).collect();
    assert_eq!(found, wanted, "{text}");
}

#[test]
fn a_guard_keeps_parts_averages_and_opposites_apart() {
    has("- Tổng dư nợ tín dụng: 12.450 tỷ đồng.", &["credit_outstanding"]);
    has("- Dư nợ bình quân một hộ vay: 52 triệu đồng.", &[""]);
    has("- Dư nợ: 52 triệu đồng/hộ.", &[""]);
    has("- Số xã chưa đạt chuẩn nông thôn mới: 23 xã.", &[""]);
    has("- Số hộ nghèo được vay vốn: 120 hộ.", &[""]);
    // A rise a year is no average of many.
    has("- Giải quyết việc làm bình quân mỗi năm: 2.400 lao động.", &["jobs_created"]);
}

#[test]
fn a_part_by_kind_is_not_its_whole() {
    has("Toàn tỉnh có 152 hợp tác xã, trong đó có 97 hợp tác xã nông nghiệp.", &["cooperative_count", ""]);
    // A place tells the part apart.
    let text = "Toàn tỉnh có 152 hợp tác xã, trong đó huyện Mèo Vạc 12 hợp tác xã.";
    has(text, &["cooperative_count", "cooperative_count"]);
}

#[test]
fn a_user_s_file_replaces_and_removes_guards() {
    let c = with_user_file("[[guard]]\nid = \"opposite\"\ndisabled = true\n").unwrap();
    let name = "số xã chưa đạt chuẩn nông thôn mới";
    assert_eq!(find(&c, "ratio", "xã", name, "").as_deref(), Some("ntm_commune_count"));
    let e = with_user_file("[[guard]]\nid = \"x\"\nabout = \"y\"\n").unwrap_err();
    assert!(e.message.contains("no words"), "{e}");
}

#[test]
fn words_that_only_say_where_and_when_carry_an_indicator_on() {
    has(
        "Tỷ lệ hộ nghèo toàn huyện cuối năm 2022 còn 8,4%, xã Nậm Cắn 21,3%, xã Tà Cạ 15%.",
        &["poverty_rate", "poverty_rate", "poverty_rate"],
    );
    has(
        "Tỷ lệ giải ngân vốn đầu tư công đạt 78,4%. Dẫn đầu là huyện Quế Sơn 95%.",
        &["public_investment_rate", "public_investment_rate"],
    );
    // What is said besides names another thing.
    has("Tỷ lệ hộ nghèo còn 8,4%, hộ có xe máy 3%.", &["poverty_rate", ""]);
}

#[test]
fn a_share_of_the_very_thing_is_not_its_rate() {
    let text = "Còn 80 hồ sơ quá hạn, trong đó lĩnh vực đất đai chiếm 71% số hồ sơ quá hạn.";
    has(text, &["file_overdue_count", ""]);
}

#[test]
fn a_count_joined_with_its_share_has_the_indicator_of_the_count() {
    has("Tỷ lệ hộ nghèo đầu năm 7,82% với 5.891 hộ.", &["poverty_rate", "poor_household_count"]);
    has("Tỷ lệ hộ nghèo cuối năm 1,74% (68 hộ).", &["poverty_rate", "poor_household_count"]);
}

#[test]
fn what_governs_a_figure_may_rule_an_indicator_out() {
    has("Ủy thác của hội: quản lý 16 tổ, dư nợ 44,8 tỷ đồng.", &["", ""]);
}

#[test]
fn an_example_may_name_its_kind_and_unit() {
    let name = check::name_of("[count hộ] xóa nghèo << hộ nghèo >> trong năm");
    assert_eq!(name, "hộ nghèo");
}

/// The figures of a line of figures.txt, without their marks: each with the ids that are right.
fn marked(line: &str) -> (String, Vec<(String, Vec<&str>)>) {
    let (mut text, mut figures) = (String::new(), Vec::new());
    let mut rest = line;
    while let Some((before, behind)) = rest.split_once('⟦') {
        let (mark, tail) = behind.split_once('⟧').unwrap();
        let (figure, right) = mark.split_once('|').unwrap();
        text.push_str(before);
        text.push_str(figure);
        figures.push((figure.to_owned(), right.split('/').collect()));
        rest = tail;
    }
    text.push_str(rest);
    (text, figures)
}

#[test]
fn figures_of_reports_have_the_ids_that_a_reader_gives_them() {
    let extractor = crate::Extractor::shared();
    let mut wrong = Vec::new();
    for line in include_str!("figures.txt").lines().filter(|l| l.contains('⟦') && !l.starts_with('#')) {
        let (text, figures) = marked(line);
        let head = include_str!("figures_head.txt");
        let record = extractor.extract("a.txt", format!("{head}\n{text}\n").as_bytes()).unwrap();
        let mut items = record.indicators.iter();
        for (figure, right) in figures {
            let number = |t: &str| -> String {
                t.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '/')).collect()
            };
            // Other numbers may stand between those that are marked.
            let Some(item) = items.find(|i| i.text.contains(&number(&figure))) else {
                wrong.push(format!("{figure} was not found: {line}"));
                continue;
            };
            let id = item.indicator.as_deref().unwrap_or("-");
            if !right.contains(&id) {
                wrong.push(format!("{figure} is {right:?} and not {id}: {line}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
