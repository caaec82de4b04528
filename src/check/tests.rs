use super::*;
use crate::record::{Indicator, Metadata, Reference, Sentence};

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
                kind: (*kind).into(),
                value: value.parse().ok(),
                numerator: n.parse().ok(),
                denominator: d.parse().ok(),
                unit: Some((*unit).into()),
                role: (*role).into(),
                bound: "exact".into(),
                sentence: Some(Sentence { text: sentence.into(), span: [0, sentence.chars().count()] }),
                ..Indicator::default()
            }
        })
        .collect()
}

fn verdicts(record: &Record) -> Vec<(String, String)> {
    let mut sources = Sources::default();
    sources.push(FILE, "builtin:checks.toml", BUILTIN);
    let words = CheckWords::load(&sources).unwrap();
    let checks = run(record, &words, &Catalogue::builtin().unwrap());
    checks.into_iter().map(|c| (c.kind, c.verdict)).collect()
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
        date: Some(date.into()),
        form: "full".into(),
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
    let metadata = Metadata { issue_date: Some("2021-01-02".into()), ..Metadata::default() };
    let found =
        |references| verdicts(&Record { references, metadata: metadata.clone(), ..Record::default() });
    let late = cited("15/2020/QĐ-UBND", "2021-03-04");
    let both = [one("reference_year", "disagrees"), one("reference_younger", "disagrees")].concat();
    assert_eq!(found(vec![late]), both);
    let several = vec![cited("7/QĐ-UBND", "2022-01-01"), cited("8/QĐ-UBND", "2022-02-02")];
    assert_eq!(found(several), [], "it is the document's own date that was misread");
}
