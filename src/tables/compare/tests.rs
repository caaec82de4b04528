use super::filter::Filter;
use super::merge::merge;
use super::pivot::{By, pivot};
use super::row::Level;
use super::*;
use crate::patterns::place::Places;
use crate::record::{Area, Period, Province, Sentence};

fn document(
    path: &str,
    province: &str,
    now: &str,
    year: i32,
    items: &[(&str, &str, &str, &str)],
) -> Document {
    let mut start = 0;
    let indicators = items
        .iter()
        .map(|(id, kind, value, unit)| {
            let text = format!("{value} {unit}");
            let sentence = format!("Kết quả đạt {text}.");
            let item = Indicator {
                id: format!("{path}-{start}").into(),
                span: [start + 12, start + 12 + text.chars().count()],
                sentence: Some(Sentence {
                    span: [start, start + sentence.chars().count()],
                    text: sentence.into(),
                }),
                text: text.into(),
                page: 1,
                kind: (*kind).into(),
                value: value.parse().ok(),
                unit: Some((*unit).into()),
                bound: "exact".into(),
                role: "actual".into(),
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
            start: format!("{year}-01-01").into(),
            end: format!("{year}-12-31").into(),
            text: None,
            basis: None,
        }),
        ..Metadata::default()
    };
    let (schema, source) = (String::new(), Path { path: path.into() });
    Document { schema, id: path.into(), source, metadata, sections: Vec::new(), indicators }
}

fn places() -> Places {
    let mut sources = crate::patterns::source::Sources::default();
    sources.push(Places::FILE, "builtin:places.toml", Places::BUILTIN);
    Places::load(&sources).unwrap()
}

fn rows(documents: &[Document]) -> Vec<Row> {
    let mut rows: Vec<Row> = documents.iter().flat_map(|d| row::rows(d).rows).collect();
    sort(&mut rows, &Catalogue::builtin().unwrap());
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
    let rates: Vec<_> = merged.iter().filter(|r| r.kind == "percentage").collect();
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
    let count = |f: Filter| rows.iter().filter(|r| f.clone().prepare().takes(r, &catalogue)).count();
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
    documents.iter().for_each(|d| names.add(unmatched::names(d)));
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
        Some(crate::record::Place {
            level,
            province: Some(Province { name: "Sơn La".into(), ..Province::default() }),
            district: district.map(|name| Area { code: None, name: name.into() }),
            ..crate::record::Place::default()
        })
    };
    let period = |year: &str| {
        let edge = |day| format!("{year}-{day}").into();
        Some(Period {
            start: edge("01-01"),
            end: edge("12-31"),
            text: None,
            basis: Some(crate::record::Basis::Text),
        })
    };
    let item = |place, period, role: &str| Indicator {
        indicator: Some("poor_household_rate".into()),
        kind: "percentage".into(),
        role: role.into(),
        value: Some(9.into()),
        place,
        period,
        ..Indicator::default()
    };
    let own = || place(crate::record::Level::Province, None);
    let mut document = document("a.pdf", "Sơn La", "Sơn La", 2020, &[]);
    document.schema = crate::record::RECORD_SCHEMA.into();
    document.indicators = vec![
        item(own(), period("2019"), "actual"),
        item(place(crate::record::Level::District, Some("Mường La")), period("2019"), "actual"),
        item(None, period("2019"), "actual"),
        item(own(), None, "target"),
        item(own(), period("2019"), "norm"),
    ];
    let found = row::rows(&document);
    let names: Vec<String> = found.rows.iter().map(|r| r.place.name()).collect();
    assert_eq!(names, ["Sơn La", "Mường La, Sơn La"]);
    assert_eq!(found.rows.iter().map(Row::year).collect::<Vec<_>>(), [Some(2019), Some(2019)]);
    assert_eq!(found.apart, 3);
}

#[test]
fn both_ends_of_a_range_make_one_value() {
    let range = crate::record::ValueRange { low: 60.into(), high: 70.into() };
    let item = |value: i32| Indicator {
        indicator: Some("poor_household_rate".into()),
        kind: "percentage".into(),
        role: "target".into(),
        bound: "exact".into(),
        value: Some(value.into()),
        range: Some(range),
        ..Indicator::default()
    };
    let mut document = document("a.pdf", "Sơn La", "Sơn La", 2020, &[]);
    document.indicators = vec![item(60), item(70)];
    let found = row::rows(&document);
    assert_eq!(found.rows.iter().map(Row::shown).collect::<Vec<_>>(), ["60–70"]);
}
