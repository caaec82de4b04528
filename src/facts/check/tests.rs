use super::*;
use crate::Extractor;
use crate::record::quantity::Kind;
use crate::record::{Indicator, Metadata, Reference, Sentence};

/// A closed word as a record writes it.
fn word<T: serde::de::DeserializeOwned>(word: &str) -> T {
    serde_json::from_value(word.into()).expect("a word of the contract")
}

/// Items as the recognisers give them: `(text, kind, value or numerator/denominator, unit, role)` in one sentence.
fn items(sentence: &str, parts: &[(&str, &str, &str, &str, &str)]) -> Vec<Indicator> {
    let mut from = 0;
    parts
        .iter()
        .map(|(text, kind, value, unit, role)| {
            let at = from + sentence.get(from..).and_then(|s| s.find(text)).expect("the item stands in it");
            from = at + text.len();
            let start = sentence.get(..at).map_or(0, |s| s.chars().count());
            let (n, d) = value.split_once('/').unwrap_or(("", ""));
            Indicator {
                id: (*text).into(),
                text: (*text).into(),
                span: [start, start + text.chars().count()],
                kind: word(kind),
                value: value.parse().ok(),
                numerator: n.parse().ok(),
                denominator: d.parse().ok(),
                unit: Some((*unit).into()),
                role: word(role),
                sentence: Some(Sentence { text: sentence.into(), span: [0, sentence.chars().count()] }),
                ..Indicator::default()
            }
        })
        .collect()
}

fn verdicts(record: &Record) -> Vec<(String, String)> {
    let patterns = Extractor::shared().patterns();
    let checks = run(record, &patterns.checks, &patterns.catalogue);
    checks.into_iter().map(|c| (c.kind.to_string(), c.verdict.to_string())).collect()
}

fn of(indicators: Vec<Indicator>) -> Vec<(String, String)> {
    verdicts(&Record { indicators, ..Record::default() })
}

fn one(kind: &str, verdict: &str) -> Vec<(String, String)> {
    vec![(kind.into(), verdict.into())]
}

#[test]
fn rounding_and_truncation_of_a_percentage_both_agree() {
    for (stated, verdict) in [
        ("66,66%", "agrees"),
        ("66,67%", "agrees"),
        ("67%", "agrees"),
        ("68%", "disagrees"),
        ("66,7%", "agrees"),
        ("66,8%", "disagrees"),
    ] {
        let sentence = format!("Đã nghiệm thu 20/30 tuyến đường, đạt {stated} kế hoạch.");
        let value = stated.trim_end_matches('%').replace(',', ".");
        let found = of(items(
            &sentence,
            &[
                ("20/30 tuyến đường", "ratio", "20/30", "tuyến đường", "actual"),
                (stated, "percentage", &value, "%", "actual"),
            ],
        ));
        assert_eq!(found, one("ratio_percentage", verdict), "{stated}");
    }
}

#[test]
fn a_percentage_of_something_else_is_left_alone() {
    for sentence in [
        "Đã nghiệm thu 20/30 tuyến đường, tăng 12% so với năm trước.",
        "Đã nghiệm thu 20/30 tuyến đường; tỷ lệ giải ngân đạt 12%.",
        "Đã nghiệm thu 20/30 tuyến đường, thấp hơn mức bình quân 12%.",
    ] {
        let found = of(items(
            sentence,
            &[
                ("20/30 tuyến đường", "ratio", "20/30", "tuyến đường", "actual"),
                ("12%", "percentage", "12", "%", "actual"),
            ],
        ));
        assert_eq!(found, [], "{sentence}");
    }
}

#[test]
fn an_excess_is_reckoned_over_the_whole() {
    let found = of(items(
        "Quỹ vận động được 60/50 triệu đồng, vượt 20% kế hoạch.",
        &[("60/50 triệu đồng", "ratio", "60/50", "VND", "actual"), ("20%", "percentage", "20", "%", "gap")],
    ));
    assert_eq!(found, one("ratio_excess", "agrees"));
}

#[test]
fn two_parts_that_make_up_a_total_are_summed() {
    for (late, verdict) in [("10", "agrees"), ("11", "disagrees")] {
        let sentence = format!("Đã giải quyết 510 hồ sơ, trong đó đúng hạn 500 hồ sơ, quá hạn {late} hồ sơ.");
        let late_text = format!("{late} hồ sơ");
        let found = of(items(
            &sentence,
            &[
                ("510 hồ sơ", "count", "510", "hồ sơ", "actual"),
                ("500 hồ sơ", "count", "500", "hồ sơ", "actual"),
                (&late_text, "count", late, "hồ sơ", "actual"),
            ],
        ));
        assert_eq!(found, one("parts_total", verdict));
    }
    let found = of(items(
        "Đã cấp 90 thẻ, trong đó người nghèo 20 thẻ, học sinh 30 thẻ.",
        &[
            ("90 thẻ", "count", "90", "thẻ", "actual"),
            ("20 thẻ", "count", "20", "thẻ", "actual"),
            ("30 thẻ", "count", "30", "thẻ", "actual"),
        ],
    ));
    assert_eq!(found, [], "parts need not be all");
}

#[test]
fn a_share_above_the_whole_is_named() {
    let mut found =
        items("Tỷ lệ văn bản được ký số đạt 120%.", &[("120%", "percentage", "120", "%", "actual")]);
    found[0].indicator = Some("edoc_signed_rate".into());
    assert_eq!(of(found), one("percentage_range", "disagrees"));
}

fn cited(id: &str, date: &str) -> Reference {
    Reference {
        item_id: format!("{id} {date}").into(),
        doc_type: Some("QĐ".into()),
        id: Some(id.into()),
        date: date.parse().ok(),
        ..Reference::default()
    }
}

#[test]
fn dates_of_one_document_must_be_one() {
    let found = |a: &str, b: &str| {
        let references = vec![cited("77/QĐ-UBND", a), cited("77/QĐ-UBND", b)];
        verdicts(&Record { references, ..Record::default() })
    };
    assert_eq!(found("2018-02-03", "2018-02-05"), one("reference_date_conflict", "disagrees"));
    assert_eq!(found("2018-02-03", "2019-02-03"), one("reference_date_conflict", "disagrees"));
    assert_eq!(found("2018-02-03", "2019-06-07"), [], "another year is another document");
    assert_eq!(found("2018-02-03", "2018-02-03"), []);
}

#[test]
fn a_number_with_its_year_and_the_day_of_issue_bind_a_date() {
    let metadata = Metadata { issue_date: "2021-01-02".parse().ok(), ..Metadata::default() };
    let found =
        |references| verdicts(&Record { references, metadata: metadata.clone(), ..Record::default() });
    let late = Reference { year: Some(2020), ..cited("15/2020/QĐ-UBND", "2021-03-04") };
    let both = [one("reference_year", "disagrees"), one("reference_younger", "disagrees")].concat();
    assert_eq!(found(vec![late]), both);
    let several = vec![cited("7/QĐ-UBND", "2022-01-01"), cited("8/QĐ-UBND", "2022-02-02")];
    assert_eq!(found(several), [], "it is the document's own date that was misread");
}

#[test]
fn many_parts_that_make_up_their_total_agree_and_a_gap_is_said_only_of_a_whole_list() {
    let parts = |link: &str, last: &str, tail: &str| {
        let sentence = format!(
            "Tiếp nhận 1.000 hồ sơ, {link} 500 hồ sơ đất đai, 300 hồ sơ hộ tịch, {last} hồ sơ xây dựng{tail}."
        );
        let part = |v| (v, "count", "hồ sơ", "actual");
        let all = [("1.000 hồ sơ", "1000"), ("500 hồ sơ", "500"), ("300 hồ sơ", "300")];
        let last_text = format!("{last} hồ sơ");
        let mut list: Vec<_> = all.iter().map(|(t, v)| (*t, part("").1, *v, "hồ sơ", "actual")).collect();
        list.push((last_text.as_str(), "count", last, "hồ sơ", "actual"));
        of(items(&sentence, &list))
    };
    assert_eq!(parts("trong đó", "200", ""), one("parts_total", "agrees"));
    assert_eq!(parts("gồm", "200", ""), one("parts_total", "agrees"));
    assert_eq!(parts("gồm", "150", ""), one("parts_total", "disagrees"));
    assert_eq!(parts("trong đó", "150", ""), [], "not all parts need be named");
    assert_eq!(parts("gồm", "150", " và các lĩnh vực khác"), []);
}

#[test]
fn bullets_below_a_total_are_its_parts() {
    let list = |values: [&str; 3], link: &str| {
        let head = format!("Toàn huyện có 60 trường, {link}:");
        let mut all = items(&head, &[("60 trường", "count", "60", "trường", "actual")]);
        let mut from = head.chars().count() + 1;
        for value in values {
            let bullet = format!("- Bậc học: {value} trường;");
            let text = format!("{value} trường");
            let mut item = items(&bullet, &[(&text, "count", value, "trường", "actual")]).remove(0);
            item.span = item.span.map(|n| n + from);
            if let Some(s) = &mut item.sentence {
                s.span = s.span.map(|n| n + from);
            }
            from += bullet.chars().count() + 1;
            all.push(item);
        }
        of(all)
    };
    assert_eq!(list(["30", "20", "10"], "gồm"), one("parts_total", "agrees"));
    assert_eq!(list(["30", "20", "10"], "trong đó"), one("parts_total", "agrees"));
    assert_eq!(list(["30", "20", "11"], "gồm"), one("parts_total", "disagrees"));
    assert_eq!(list(["30", "20", "5"], "trong đó"), []);
}

/// A table of communes with two columns and a row of sums.
fn table(a: [&str; 4], b: [&str; 4], total: &str) -> Vec<Indicator> {
    let rows = ["Xã An Lạc", "Xã Bình Hòa", "Xã Chánh Phú", total];
    let mut all = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        for (column, value) in [("Hộ nghèo", a[i]), ("Hộ cận nghèo", b[i])] {
            let cell = crate::record::TableCell {
                row: Some((*row).into()),
                column: Some(column.into()),
                ..Default::default()
            };
            all.push(Indicator {
                id: format!("{row} {column}").into(),
                text: value.into(),
                kind: Kind::Count,
                value: value.parse().ok(),
                unit: Some("hộ".into()),
                table: Some(cell),
                ..Indicator::default()
            });
        }
    }
    all
}

#[test]
fn columns_of_a_table_add_up_to_their_row_of_sums() {
    let both = |x: &str, y: &str| vec![("table_total".into(), x.into()), ("table_total".into(), y.into())];
    let good = table(["5", "6", "7", "18"], ["1", "2", "3", "6"], "Tổng cộng");
    assert_eq!(of(good), both("agrees", "agrees"));
    let slip = table(["5", "6", "7", "18"], ["1", "2", "3", "7"], "Cộng 3 xã");
    assert_eq!(of(slip), both("agrees", "disagrees"));
    let none = table(["5", "6", "7", "20"], ["1", "2", "3", "7"], "Tổng số");
    assert_eq!(of(none), [], "where no column adds up, the rows are not what they seem");
    let noughts = table(["0", "0", "0", "0"], ["1", "2", "3", "7"], "Tổng số");
    assert_eq!(of(noughts), [], "a column of noughts proves nothing");
    assert_eq!(of(table(["5", "6", "7", "18"], ["1", "2", "3", "6"], "Cộng hòa Séc")), []);
}

#[test]
fn a_gap_against_its_target_is_wrong_only_where_the_words_tie_them() {
    let said = |sentence: &str, gap: &str, value: &str| {
        of(items(
            sentence,
            &[
                ("72%", "percentage", "72", "%", "actual"),
                (gap, "percentage", value, "%", "gap"),
                ("70%", "percentage", "70", "%", "target"),
            ],
        ))
    };
    let tied = |gap: &str| format!("Tỷ lệ đạt 72%, vượt {gap} so với chỉ tiêu 70%.");
    assert_eq!(said(&tied("2%"), "2%", "2"), one("target_gap", "agrees"));
    assert_eq!(said(&tied("2,86%"), "2,86%", "2.86"), one("target_gap", "agrees"));
    assert_eq!(said(&tied("5%"), "5%", "5"), one("target_gap", "disagrees"));
    assert_eq!(said("Tỷ lệ đạt 72%, cao hơn vùng 5%, trong khi mục tiêu là 70%.", "5%", "5"), []);
}

#[test]
fn one_number_with_two_subjects_is_used_twice() {
    let reference = |date: &str, subject: Option<&str>, id: &str| Reference {
        item_id: id.into(),
        doc_type: Some("QĐ".into()),
        id: Some("15/2009/QĐ-UBND".into()),
        date: date.parse().ok(),
        subject: subject.map(Into::into),
        ..Reference::default()
    };
    let found = |a: Option<&str>, b: Option<&str>| {
        let references = vec![reference("2009-02-03", a, "a"), reference("2009-05-18", b, "b")];
        verdicts(&Record { references, ..Record::default() })
    };
    let (water, teachers) =
        ("về giá nước sạch sinh hoạt trên địa bàn", "về tuyển dụng giáo viên mầm non công lập");
    assert_eq!(found(Some(water), Some(teachers)), one("reference_number_reused", "disagrees"));
    let again = Some("ban hành giá tiêu thụ nước sạch năm 2009");
    assert_eq!(found(Some(water), again), one("reference_date_conflict", "disagrees"));
    assert_eq!(found(Some(water), None), one("reference_date_conflict", "disagrees"));
}
