use std::sync::LazyLock;

use super::*;
use crate::claim::Work;
use crate::patterns::Patterns;
use crate::words::Text;
use crate::words::repair::Suspects;
use crate::words::shadow::Shadow;
use crate::words::token::tokenize;
use crate::words::tokens::Tokens;

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns::builtin().unwrap());

fn plain(raw: &str) -> Text<'_> {
    Text { raw, shadow: Shadow::identity(raw), tables: Vec::new(), marks: Vec::new() }
}

fn tokens(text: &Text<'_>) -> Tokens {
    tokenize(text.s(), &PATTERNS.vocab, &mut Suspects::default())
}

/// The full day at the first token where one begins, as ISO and with its text.
fn first_day(text: &str) -> Option<(String, String)> {
    let text = plain(text);
    let work = Work::new(&text, tokens(&text), &PATTERNS);
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
        "2024-6-15",
        "2024-06-5",
        "tháng 5/2016",
    ] {
        assert_eq!(first_day(text), None, "{text}");
    }
}

/// The dates of a text in a document of its own day of issue.
fn dates_of(patterns: &Patterns, text: &str, issue: Option<Day>) -> Vec<Found> {
    let text = plain(text);
    let mut work = Work::new(&text, tokens(&text), patterns);
    recognise(&mut work, &Context { issue, ..Context::default() }).found
}

#[test]
fn every_grain_has_its_edtf_and_its_first_and_last_day() {
    let table = [
        ("ngày 5/3/2021", "2021-03-05", "2021-03-05", "2021-03-05"),
        ("ngày 23/6/06", "2006-06-23", "2006-06-23", "2006-06-23"),
        ("ngày 23/6/98", "1998-06-23", "1998-06-23", "1998-06-23"),
        ("tháng 2/2024", "2024-02", "2024-02-01", "2024-02-29"),
        ("quý IV năm 2022", "2022-36", "2022-10-01", "2022-12-31"),
        ("6 tháng cuối năm 2022", "2022-41", "2022-07-01", "2022-12-31"),
        ("9 tháng năm 2022", "2022-01/2022-09", "2022-01-01", "2022-09-30"),
        ("năm 2018", "2018", "2018-01-01", "2018-12-31"),
        ("giai đoạn 2021-2025", "2021/2025", "2021-01-01", "2025-12-31"),
        ("năm học 2022-2023", "2022-09/2023-08", "2022-09-01", "2023-08-31"),
        ("từ quý I đến quý III năm 2023", "2023-01/2023-09", "2023-01-01", "2023-09-30"),
        ("từ tháng 5/2016 đến ngày 31/12/2017", "2016-05/2017-12-31", "2016-05-01", "2017-12-31"),
        ("từ 25/12 đến 05/01/2023", "2022-12-25/2023-01-05", "2022-12-25", "2023-01-05"),
        ("từ tháng 10/2022 đến tháng 3", "2022-10/2023-03", "2022-10-01", "2023-03-31"),
    ];
    for (text, edtf, start, end) in table {
        let found = dates_of(&PATTERNS, text, None);
        let got: Vec<_> =
            found.iter().map(|f| (f.edtf.as_str(), f.start.to_string(), f.end.to_string())).collect();
        assert_eq!(got, [(edtf, start.to_string(), end.to_string())], "{text}");
    }
}

#[test]
fn a_year_that_is_not_written_comes_from_the_sentence_or_the_day_of_issue() {
    let issue = Day::new(2026, 2, 10);
    let table = [
        ("Năm 2021 họp ngày 09/4.", "2021-04-09", "year from the sentence"),
        ("Năm 2022 tập huấn từ ngày 15/9 đến ngày 20/9.", "2022-09-15/2022-09-20", "year from the sentence"),
        ("Họp ngày 09/01.", "2026-01-09", "year from the day of issue"),
        ("Đã nộp ngày 20/12.", "2025-12-20", "year from the day of issue"),
        ("Nộp trước ngày 20/12.", "2026-12-20", "year from the day of issue"),
        ("Kết quả 6 tháng đầu năm.", "2026-40", "year from the day of issue"),
    ];
    for (text, edtf, source) in table {
        let found = dates_of(&PATTERNS, text, issue);
        let last = found.last().map(|f| (f.edtf.as_str(), f.inferred));
        assert_eq!(last, Some((edtf, Some(source))), "{text}");
        assert!(
            dates_of(&PATTERNS, text, None).iter().all(|f| source.ends_with("sentence") || f.edtf != edtf)
        );
    }
}

#[test]
fn one_digit_behind_a_year_is_the_mark_of_a_note_and_more_make_no_year() {
    let edtf = |text: &str| -> Vec<_> {
        dates_of(&PATTERNS, text, None).iter().map(|f| f.edtf.to_string()).collect()
    };
    assert_eq!(edtf("Trong năm 20191, thu đủ."), ["2019"]);
    assert!(edtf("Trong năm 20190, thu đủ.").is_empty() && edtf("Trong năm 201912 thu đủ.").is_empty());
}

#[test]
fn a_row_of_years_goes_on_behind_a_bare_figure() {
    let found = dates_of(&PATTERNS, "Lạm phát năm 2017: 6,3 2018: 7,1%; 2019: 5%.", None);
    let years: Vec<_> = found.iter().map(|f| f.edtf.as_str()).collect();
    assert_eq!(years, ["2017", "2018", "2019"]);
}

#[test]
fn the_words_before_a_date_tell_its_role() {
    let issue = Day::new(2022, 7, 1);
    let table = [
        ("tính đến ngày 30/6/2022", Role::AsOf),
        ("đến hết ngày 30/6/2022", Role::AsOf),
        ("đến ngày 31/12/2022", Role::Deadline),
        ("chậm nhất ngày 5/8/2022", Role::Deadline),
        ("đến năm 2025", Role::Deadline),
        ("họp ngày 5/6/2022", Role::Mention),
        ("giai đoạn 2021-2025", Role::Period),
        ("trong năm 2021", Role::Period),
    ];
    for (text, role) in table {
        let found = dates_of(&PATTERNS, text, issue);
        assert_eq!(found.first().map(|f| f.role), Some(role), "{text}");
    }
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    /// Pieces of dates and of what looks like them.
    const PIECES: [&str; 48] = [
        "ngày",
        "tháng",
        "năm",
        "quý",
        "từ",
        "đến",
        "và",
        "hết",
        "đầu",
        "cuối",
        "của",
        "học",
        "giai đoạn",
        "năm học",
        "trước",
        "tính đến",
        "hằng năm",
        "kỷ niệm",
        "các",
        "mỗi",
        "nửa",
        "III",
        "T",
        "Q",
        "/",
        "//",
        "-",
        "–",
        ".",
        ",",
        "…",
        "..",
        "%",
        "|",
        "\n",
        "\n\n",
        "(",
        "1",
        "6",
        "09",
        "12",
        "31",
        "45",
        "206",
        "2016",
        "2022",
        "20",
        "huyện",
    ];

    proptest! {
        #[test]
        fn any_jumble_of_pieces_gives_valid_ordered_items(
            picks in prop::collection::vec((0..PIECES.len(), any::<bool>()), 0..60),
        ) {
                    let text: String = picks
                .iter()
                .map(|(n, glued)| format!("{}{}", PIECES[*n], if *glued { "" } else { " " }))
                .collect();
            let found = dates_of(&PATTERNS, &text, Day::new(2022, 5, 1));
            for pair in found.windows(2) {
                prop_assert!(pair[0].tokens.end <= pair[1].tokens.start, "{text:?} {pair:?}");
            }
            for item in &found {
                prop_assert!(item.start <= item.end, "{text:?} {item:?}");
                prop_assert!(item.edtf.starts_with(&format!("{:04}", item.start.year())), "{text:?} {item:?}");
            }
        }

        #[test]
        fn a_day_in_any_spelling_is_read_back_or_refused(y in 1900u16..=2100, m in 1u8..=13, d in 1u8..=32) {
                    for text in [
                format!("ngày {d}/{m}/{y}"),
                format!("ngày {d:02}-{m:02}-{y}"),
                format!("ngày {d:02}.{m:02}.{y}"),
                format!("ngày {d} tháng {m:02} năm {y}"),
            ] {
                let found = dates_of(&PATTERNS, &text, None);
                match Day::new(y, m, d) {
                    Some(day) => prop_assert_eq!(&found.first().map(|f| f.edtf.clone()), &Some(day.iso())),
                    None => prop_assert!(found.is_empty(), "{} {:?}", text, found),
                }
            }
        }
    }
}
