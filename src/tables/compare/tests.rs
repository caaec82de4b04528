use std::sync::Arc;

use super::document::Document;
use super::filter::Filter;
use super::merge::merge;
use super::pivot::{By, pivot};
use super::row::Level;
use super::*;
use crate::patterns::catalogue::Catalogue;
use crate::patterns::place::Places;
use crate::record::quantity::{Direction, Kind, Role};
use crate::record::{Area, Day, Indicator, Metadata, Period, Province, Sentence, TableCell};

fn document(
    path: &str,
    province: &str,
    now: &str,
    year: u16,
    items: &[(&str, &str, &str, &str)],
) -> Document {
    let mut start = 0;
    let indicators = items
        .iter()
        .map(|(id, kind, value, unit)| {
            let text = format!("{value} {unit}");
            let sentence = format!("Kết quả đạt {text} (tên {kind}).");
            let item = Indicator {
                id: format!("{path}-{start}").into(),
                span: [start + 12, start + 12 + text.chars().count()],
                sentence: Some(Sentence {
                    span: [start, start + sentence.chars().count()],
                    text: sentence.into(),
                }),
                text: text.into(),
                page: 1,
                kind: serde_json::from_value((*kind).into()).unwrap(),
                value: value.parse().ok(),
                unit: Some((*unit).into()),
                role: Role::Actual,
                indicator: Some((*id).into()).filter(|s: &smol_str::SmolStr| !s.is_empty()),
                name: Some(format!("tên {kind}").into()),
                ..Indicator::default()
            };
            start += 100;
            item
        })
        .collect();
    let metadata = Metadata {
        province: Some(Province {
            name: province.into(),
            current: Some(Area { code: None, name: now.into() }),
            ..Province::default()
        }),
        period: Some(Period {
            start: Day::first_of(year, 1).unwrap(),
            end: Day::last_of(year, 12).unwrap(),
            text: None,
            basis: None,
        }),
        ..Metadata::default()
    };
    Document { id: path.into(), path: path.into(), metadata, indicators, ..Document::default() }
}

fn patterns() -> &'static Patterns {
    static PATTERNS: std::sync::OnceLock<Patterns> = std::sync::OnceLock::new();
    PATTERNS.get_or_init(|| Patterns::builtin().unwrap())
}

fn places() -> Places {
    let mut sources = crate::patterns::source::Sources::default();
    sources.push(Places::FILE, "builtin:places.toml", Places::BUILTIN);
    Places::load(&sources).unwrap()
}

fn rows(documents: &[Document]) -> Vec<Row> {
    let patterns = patterns();
    let mut rows: Vec<Row> = documents.iter().flat_map(|d| rows::rows(d, patterns)).collect();
    rows.retain(|r| r.doubt.is_none());
    sort(&mut rows, &patterns.catalogue);
    rows
}

fn three() -> Vec<Document> {
    let count = |v| ("file_total_count", "count", v, "hồ sơ");
    let rate = |v| ("online_file_rate", "percentage", v, "%");
    vec![
        document("a.txt", "Hà Giang", "Tuyên Quang", 2022, &[count("1200"), rate("41.5"), rate("43")]),
        document("b.txt", "Tuyên Quang", "Tuyên Quang", 2022, &[count("800"), rate("60")]),
        document("c.txt", "Đà Nẵng", "Đà Nẵng", 2023, &[count("5000"), ("", "count", "7", "tổ")]),
    ]
}

#[test]
fn what_a_body_has_of_its_own_is_a_part_of_its_place() {
    let items =
        [("file_total_count", "count", "2846", "hồ sơ"), ("budget_revenue", "money", "12000000000", "VND")];
    let mut of_department = document("a.html", "Bến Tre", "Vĩnh Long", 2017, &items);
    of_department.metadata.subject = Some("Kết quả công tác năm 2017 - Sở Tư pháp tỉnh Bến Tre".into());
    let told = |d: &Document| -> Vec<(Option<String>, bool)> {
        rows::rows(d, patterns()).iter().map(|r| (r.scope.clone(), r.part)).collect()
    };
    assert_eq!(told(&of_department), [(Some("Sở Tư pháp tỉnh Bến Tre".into()), true), (None, false)]);
    let of_province = document("b.html", "Bến Tre", "Vĩnh Long", 2017, &items);
    assert_eq!(told(&of_province), [(None, false), (None, false)]);
}

#[test]
fn a_season_or_a_level_in_a_name_is_a_part() {
    let items = [("rice_yield", "measure", "58", "tạ/ha"), ("rice_yield", "measure", "61", "tạ/ha")];
    let mut d = document("a.html", "Sơn La", "Sơn La", 2017, &items);
    for (item, name) in d.indicators.iter_mut().zip(["năng suất lúa", "năng suất lúa Đông Xuân"]) {
        item.name = Some(name.into());
    }
    let told: Vec<_> = rows::rows(&d, patterns()).iter().map(|r| (r.scope.clone(), r.part)).collect();
    assert_eq!(told, [(None, false), (Some("đông xuân".into()), true)]);
}

#[test]
fn counts_of_merged_provinces_are_summed_and_rates_never_are() {
    let catalogue = Catalogue::builtin().unwrap();
    let merged = merge(rows(&three()), &catalogue, &places());
    let sum = merged.iter().find(|r| r.sum.is_some()).expect("one sum");
    let parts = sum.sum.as_ref().expect("a sum");
    assert_eq!(sum.value, Some(2000.into()));
    assert_eq!(
        (sum.place.name().as_str(), parts.parts.join("+").as_str()),
        ("Tuyên Quang", "Hà Giang+Tuyên Quang")
    );
    assert_eq!(sum.sources.len(), 2, "every part keeps its source");
    let rates: Vec<_> = merged.iter().filter(|r| r.kind == Kind::Percentage).collect();
    assert_eq!(rates.len(), 3);
    assert!(rates.iter().all(|r| r.sum.is_none()));
}

#[test]
fn a_count_stated_twice_with_different_values_is_not_summed() {
    let mut documents = three();
    documents.push(document(
        "d.txt",
        "Hà Giang",
        "Tuyên Quang",
        2022,
        &[("file_total_count", "count", "1300", "hồ sơ")],
    ));
    let merged = merge(rows(&documents), &Catalogue::builtin().unwrap(), &places());
    assert!(merged.iter().all(|r| r.sum.is_none()));
    assert_eq!(merged.len(), 7, "nothing is lost");
}

#[test]
fn every_value_of_a_cell_is_shown_with_its_sources() {
    let catalogue = Catalogue::builtin().unwrap();
    let rows = rows(&three());
    let matrix = pivot(&rows, By::Province, &catalogue, false);
    assert_eq!(matrix.columns, ["Đà Nẵng", "Hà Giang (nay Tuyên Quang)", "Tuyên Quang"]);
    let rate = matrix.lines.iter().find(|l| l.indicator == "online_file_rate").unwrap();
    let shown: Vec<Vec<&str>> =
        rate.cells.iter().map(|c| c.iter().map(|v| v.shown.as_str()).collect()).collect();
    assert_eq!(shown, [vec![], vec!["41,5", "43"], vec!["60"]]);
    let today = pivot(&rows, By::Year, &catalogue, true);
    let rate = today.lines.iter().find(|l| l.indicator == "online_file_rate").unwrap();
    let cell: Vec<&str> = rate.cells.iter().flatten().map(|v| v.shown.as_str()).collect();
    assert_eq!(cell, ["41,5 (Hà Giang)", "43 (Hà Giang)", "60"]);
}

#[test]
fn filters_take_old_and_new_names_of_a_province_and_touching_years() {
    let catalogue = Catalogue::builtin().unwrap();
    let rows = rows(&three());
    let places = places();
    let count = |f: Filter| {
        let f = f.checked(&catalogue, &places).unwrap();
        rows.iter().filter(|r| f.takes(r, &catalogue)).count()
    };
    let of = |province: &str| Filter { provinces: vec![province.into()], ..Filter::default() };
    assert_eq!(count(of("tỉnh Tuyên Quang")), 5);
    assert_eq!(count(of("HÀ GIANG")), 3);
    assert_eq!(count(Filter { years: vec![2023..=2024], ..Filter::default() }), 1);
    assert_eq!(count(Filter { groups: vec!["dich_vu_cong".into()], ..Filter::default() }), 6);
    assert_eq!(count(Filter { levels: vec!["xã".into()], ..Filter::default() }), 0);
}

#[test]
fn a_value_of_the_whole_country_is_not_the_province_s() {
    let mut d = document("a.txt", "Đà Nẵng", "Đà Nẵng", 2023, &[("poverty_rate", "percentage", "2.9", "%")]);
    d.indicators[0].scope = Some("cả nước".into());
    assert_eq!(rows(&[d])[0].place.level, Level::Country);
}

#[test]
fn boilerplate_is_left_out_and_unknown_names_are_counted() {
    let mut documents = three();
    documents[0].indicators[0].boilerplate = true;
    assert_eq!(rows(&documents).len(), 5);
    let mut names = unmatched::Collector::default();
    documents.iter().for_each(|d| names.add(unmatched::names(d, &Filter::default(), patterns())));
    let names = names.finish();
    assert_eq!((names.len(), names[0].name.as_str(), names[0].items), (1, "tên count", 1));
}

#[test]
fn a_sum_says_which_provinces_it_lacks() {
    let count = |v| ("file_total_count", "count", v, "hồ sơ");
    let documents = [
        document("a.txt", "Bình Thuận", "Lâm Đồng", 2022, &[count("300")]),
        document("b.txt", "Lâm Đồng", "Lâm Đồng", 2022, &[count("500")]),
    ];
    let merged = merge(rows(&documents), &Catalogue::builtin().unwrap(), &places());
    let [sum] = merged.as_slice() else { panic!("one row: {merged:?}") };
    assert_eq!(sum.value, Some(800.into()));
    let said = sum.sum.as_ref().map(|s| s.completeness());
    assert_eq!(said.as_deref(), Some("2 of 3, without Đắk Nông"));
    let merged = merge(rows(&three()), &Catalogue::builtin().unwrap(), &places());
    let whole = merged.iter().find_map(|r| r.sum.as_ref()).map(|s| s.completeness());
    assert_eq!(whole.as_deref(), Some("2 of 2"));
}

#[test]
fn a_count_of_a_part_of_the_province_is_in_no_sum() {
    let count = |v| ("file_total_count", "count", v, "hồ sơ");
    let mut documents = three();
    documents.push(document("d.txt", "Bình Thuận", "Lâm Đồng", 2022, &[count("300")]));
    documents.push(document("e.txt", "Lâm Đồng", "Lâm Đồng", 2022, &[count("500")]));
    for document in &mut documents {
        document.indicators[0].scope = Some("huyện Di Linh".into());
    }
    let merged = merge(rows(&documents), &Catalogue::builtin().unwrap(), &places());
    assert!(merged.iter().all(|r| r.sum.is_none()));
}

#[test]
fn a_value_of_a_district_never_stands_in_the_row_of_its_province_and_norms_stand_apart() {
    let place = |level, district: Option<&str>| {
        Some(Arc::new(crate::record::Place {
            level,
            province: Some(Province { name: "Sơn La".into(), ..Province::default() }),
            district: district.map(|name| Area { code: None, name: name.into() }),
            ..crate::record::Place::default()
        }))
    };
    let period = |year: &str| {
        let edge = |day| format!("{year}-{day}").parse().unwrap();
        Some(Period {
            start: edge("01-01"),
            end: edge("12-31"),
            text: None,
            basis: Some(crate::record::Basis::Text),
        })
    };
    let item = |place, period, role: Role| Indicator {
        indicator: Some("poor_household_rate".into()),
        kind: Kind::Percentage,
        role,
        value: Some(9.into()),
        place,
        period,
        ..Indicator::default()
    };
    let own = || place(crate::record::Level::Province, None);
    let mut document = document("a.pdf", "Sơn La", "Sơn La", 2020, &[]);
    document.schema = crate::record::RECORD_SCHEMA.into();
    document.indicators = vec![
        item(own(), period("2019"), Role::Actual),
        item(place(crate::record::Level::District, Some("Mường La")), period("2019"), Role::Actual),
        item(None, period("2019"), Role::Actual),
        item(own(), None, Role::Target),
        item(own(), period("2019"), Role::Norm),
    ];
    let (found, apart): (Vec<Row>, Vec<Row>) =
        rows::rows(&document, patterns()).into_iter().partition(|r| r.doubt.is_none());
    let names: Vec<String> = found.iter().map(|r| r.place.name()).collect();
    assert_eq!(names, ["Sơn La", "Mường La, Sơn La"]);
    assert_eq!(found.iter().map(Row::year).collect::<Vec<_>>(), [Some(2019), Some(2019)]);
    let reasons: Vec<&str> = apart.iter().filter_map(|r| r.doubt).map(doubt::Doubt::name).collect();
    assert_eq!(reasons, ["place", "period", "norm"]);
}

#[test]
fn both_ends_of_a_range_make_one_value() {
    let range = crate::record::ValueRange { low: 60.into(), high: 70.into() };
    let item = |value: i32| Indicator {
        indicator: Some("poor_household_rate".into()),
        kind: Kind::Percentage,
        role: Role::Target,
        value: Some(value.into()),
        range: Some(range),
        ..Indicator::default()
    };
    let mut document = document("a.pdf", "Sơn La", "Sơn La", 2020, &[]);
    document.indicators = vec![item(60), item(70)];
    let found = rows(&[document]);
    assert_eq!(found.iter().map(Row::shown).collect::<Vec<_>>(), ["60–70"]);
}

/// An item of one period, with an id, a role and a value in per cent.
fn rate(year: u16, role: Role, value: &str) -> Indicator {
    Indicator {
        indicator: Some("poor_household_rate".into()),
        kind: Kind::Percentage,
        unit: Some("%".into()),
        role,
        value: value.parse().ok(),
        period: Some(Period {
            start: Day::first_of(year, 1).unwrap(),
            end: Day::last_of(year, 12).unwrap(),
            text: None,
            basis: None,
        }),
        ..Indicator::default()
    }
}

fn dated(path: &str, day: &str, items: Vec<Indicator>) -> Document {
    let mut document = document(path, "Sơn La", "Sơn La", 2020, &[]);
    document.metadata.issue_date = day.parse().ok();
    document.indicators = items;
    document
}

#[test]
fn what_was_not_over_when_the_document_was_written_is_never_actual() {
    let doubts = |d: &Document| -> Vec<Option<&str>> {
        rows::rows(d, patterns()).iter().map(|r| r.doubt.map(doubt::Doubt::name)).collect()
    };
    let items =
        || vec![rate(2019, Role::Actual, "9"), rate(2025, Role::Actual, "3"), rate(2025, Role::Target, "3")];
    assert_eq!(doubts(&dated("a", "2019-12-20", items())), [None, Some("ahead"), None]);
    let mut undated = dated("a", "", items());
    undated.latest_day = Day::new(2019, 5, 2);
    assert_eq!(doubts(&undated), [None, Some("ahead"), None]);
    assert_eq!(doubts(&dated("a", "", items())), [None, None, None], "nothing tells when it was written");
}

#[test]
fn a_change_that_neither_rises_nor_falls_stands_apart_but_growth_is_a_change_by_itself() {
    let growth = Indicator { indicator: Some("grdp_growth".into()), ..rate(2019, Role::Change, "7") };
    let fall = Indicator { direction: Some(Direction::Down), ..rate(2019, Role::Change, "1.5") };
    let document = dated("a", "2019-12-20", vec![rate(2019, Role::Change, "2"), growth, fall]);
    let found = rows::rows(&document, patterns());
    let doubts: Vec<_> = found.iter().map(|r| r.doubt.map(doubt::Doubt::name)).collect();
    assert_eq!(doubts, [Some("change"), None, None]);
}

#[test]
fn the_whole_leads_its_parts_and_a_later_report_stands_first() {
    let part = Indicator { scope: Some("cấp xã".into()), ..rate(2019, Role::Actual, "4") };
    let whole = Indicator { scope: Some("toàn tỉnh".into()), ..rate(2019, Role::Actual, "8") };
    let old = dated("old", "2019-12-20", vec![part, whole]);
    let new = dated("new", "2020-03-01", vec![rate(2019, Role::Actual, "9.2")]);
    let mut found = rows(&[old, new]);
    check::check(&mut found, &patterns().catalogue);
    let shown: Vec<(String, bool, usize)> =
        found.iter().map(|r| (r.shown(), r.part, r.checks.len())).collect();
    assert_eq!(shown, [("9,2".into(), false, 1), ("8".into(), false, 1), ("4".into(), true, 0)]);
}

#[test]
fn what_documents_say_differently_is_told_beside_the_values() {
    let count = |district: Option<&str>, year: u16, value: &str| {
        let mut item = Indicator {
            indicator: Some("file_total_count".into()),
            kind: Kind::Count,
            unit: Some("hồ sơ".into()),
            ..rate(year, Role::Actual, value)
        };
        item.place = Some(Arc::new(crate::record::Place {
            level: if district.is_some() {
                crate::record::Level::District
            } else {
                crate::record::Level::Province
            },
            province: Some(Province { name: "Sơn La".into(), ..Province::default() }),
            district: district.map(|name| Area { code: None, name: name.into() }),
            ..crate::record::Place::default()
        }));
        item
    };
    let items = vec![
        count(None, 2018, "1000"),
        count(Some("Mường La"), 2018, "700"),
        count(Some("Sông Mã"), 2018, "600"),
        count(None, 2019, "12000"),
    ];
    let mut found = rows(&[dated("a", "2020-01-10", items)]);
    check::check(&mut found, &patterns().catalogue);
    let said = |r: &Row| r.checks.iter().map(|c| c.kind).collect::<Vec<_>>().join(" ");
    let said: Vec<String> = found.iter().map(said).collect();
    assert_eq!(said, ["districts jump", "jump", "", ""]);
    let message = &found[0].checks[0].message;
    assert_eq!(message, "2 districts together state 1.300, the province 1.000");
}

#[test]
fn a_cell_of_a_table_cites_its_headings() {
    let mut item = rate(2019, Role::Actual, "0.6");
    item.text = "0,6".into();
    item.table = Some(TableCell {
        caption: Some("Biểu 1".into()),
        rows: ["Y tế".into(), "Hộ nghèo".into()].into(),
        columns: ["Năm 2019".into()].into(),
        row: None,
        column: None,
        number: 1,
        position: [1, 1],
    });
    let found = rows(&[dated("a", "2020-01-10", vec![item])]);
    assert_eq!(found[0].sources[0].citation(), "Biểu 1 | Y tế › Hộ nghèo | Năm 2019: 0,6");
}

#[test]
fn lines_of_a_table_that_say_different_values_of_one_thing_are_parts_named_by_their_lines() {
    let line = |name: &str, value: &str| Indicator {
        table: Some(TableCell { rows: ["Cụm".into(), name.into()].into(), ..TableCell::default() }),
        ..rate(2019, Role::Actual, value)
    };
    let items = vec![line("Yên Hợp", "40"), line("Báo Đáp", "55"), rate(2018, Role::Actual, "9")];
    let found = rows(&[dated("a", "2020-01-10", items)]);
    let shown: Vec<_> = found.iter().map(|r| (r.shown(), r.part, r.scope.clone())).collect();
    let part = |value: &str, scope: &str| (value.to_owned(), true, Some(scope.to_owned()));
    assert_eq!(shown, [("9".into(), false, None), part("55", "Báo Đáp"), part("40", "Yên Hợp")]);
}

#[test]
fn a_plan_in_brackets_beside_its_result_is_a_target() {
    let words = "Tỷ lệ hộ nghèo còn 8,5% (kế hoạch còn 9%).";
    let mut item = rate(2019, Role::Actual, "9");
    let at = words.split("9%").next().unwrap().chars().count();
    (item.span, item.text) = ([at, at + 2], "9%".into());
    item.sentence = Some(Sentence { text: words.into(), span: [0, words.chars().count()] });
    let found = rows(&[dated("a", "2020-01-10", vec![item])]);
    assert_eq!(found[0].role, Role::Target);
}
