use super::*;
use crate::patterns::Patterns;
use crate::recognise::Work;
use crate::text::Text;
use crate::text::shadow::Shadow;

fn plain(raw: &str) -> Text<'_> {
    Text { raw, shadow: Shadow::identity(raw), tables: Vec::new(), marks: Vec::new() }
}

/// The full day at the first token where one begins, as ISO and with its text.
fn first_day(text: &str) -> Option<(String, String)> {
    let patterns = Patterns::builtin().unwrap();
    let text = plain(text);
    let work = Work::new(&text, &patterns);
    (0..work.tokens.len())
        .find_map(|i| day_at(&work, i))
        .map(|m| (m.day.to_string(), work.words(m.tokens.clone()).to_string()))
}

#[test]
fn a_full_day_is_read_in_every_spelling() {
    let table = [
        ("ký ngày 22/3/2016 tại", "2016-03-22", "ngày 22/3/2016"),
        ("(01/4/2004)", "2004-04-01", "01/4/2004"),
        ("ngày 19 tháng 3 năm 2018", "2018-03-19", "ngày 19 tháng 3 năm 2018"),
        ("ngày 13//4/2022;", "2022-04-13", "ngày 13//4/2022"),
        ("ngày\n08 tháng\n11 năm 2011", "2011-11-08", "ngày\n08 tháng\n11 năm 2011"),
        ("ngày 25 / 02 /2026", "2026-02-25", "ngày 25 / 02 /2026"),
        ("2-3-1993", "1993-03-02", "2-3-1993"),
        ("29.10.2010.", "2010-10-29", "29.10.2010"),
        ("tháng 01năm 2010, ngày 29tháng 01 năm 2026", "2026-01-29", "ngày 29tháng 01 năm 2026"),
        ("ngày 2024-06-15", "2024-06-15", "ngày 2024-06-15"),
        ("NGÀY 10/5/1997", "1997-05-10", "NGÀY 10/5/1997"),
        ("15/4/2015của", "2015-04-15", "15/4/2015"),
    ];
    for (text, iso, span) in table {
        assert_eq!(first_day(text), Some((iso.into(), span.into())), "{text}");
    }
}

#[test]
fn what_only_looks_like_a_day_is_none() {
    for text in [
        "7/8 huyện",
        "16/2017/QĐ-UBND",
        "22/3/2016/QĐ-UBND",
        "31/02/2020",
        "ngày 31 tháng 4 năm 2019",
        "31/2024/QH15",
        "0252.3821180",
        "1.234.567",
        "12/5/10",
        "tháng 5/2016",
    ] {
        assert_eq!(first_day(text), None, "{text}");
    }
}

/// The texts that a rule matches in a document of its own, by found and refused items.
fn matches(patterns: &Patterns, id: &str, text: &str) -> Vec<String> {
    let text = plain(text);
    let mut work = Work::new(&text, patterns);
    let dates = recognise(&mut work, &Context::default());
    let rule = patterns.rules.id(id).unwrap();
    let found = dates.found.iter().map(|f| (f.tokens.clone(), f.rule));
    let refused = dates.refused.iter().map(|r| (r.tokens.clone(), r.rule));
    let mut all: Vec<_> = found.chain(refused).filter(|(_, r)| *r == rule).map(|(t, _)| t).collect();
    all.sort_by_key(|t| t.start);
    all.into_iter().map(|t| work.words(t).to_string()).collect()
}

#[test]
fn every_rule_of_dates_matches_its_examples_and_nothing_of_its_counter_examples() {
    let patterns = Patterns::builtin().unwrap();
    let mut wrong = Vec::new();
    for (_, rule) in patterns.rules.iter().filter(|(_, r)| r.entry.id.starts_with("date.")) {
        for example in &rule.entry.examples {
            let want: Vec<String> =
                example.split('⟦').skip(1).filter_map(|p| Some(p.split_once('⟧')?.0.to_string())).collect();
            let got = matches(&patterns, &rule.entry.id, &example.replace(['⟦', '⟧'], ""));
            if got != want {
                wrong.push(format!("{}: {example:?} gives {got:?}", rule.entry.id));
            }
        }
        for example in &rule.entry.counter_examples {
            let got = matches(&patterns, &rule.entry.id, example);
            if !got.is_empty() {
                wrong.push(format!("{}: counter-example {example:?} gives {got:?}", rule.entry.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
