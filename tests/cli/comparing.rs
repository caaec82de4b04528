//! `compare`, `graph`, `export`, `view`: what they say about the samples and about reports of our own, in every form.

use super::*;

/// A report of a province with one count, one rate and one citation.
fn report(province: &str, year: u32, files: u32, rate: &str) -> String {
    format!(
        "ỦY BAN NHÂN DÂN\nTỈNH {}\n\nSố: {files}/BC-UBND\n{province}, ngày 15 tháng 12 năm {year}\n\nBÁO CÁO\nKết quả cải cách \
         hành chính năm {year}\n\nThực hiện Quyết định số 468/QĐ-TTg ngày 27/3/2021 của Thủ tướng Chính phủ, năm {year} \
         toàn tỉnh tiếp nhận {files} hồ sơ; tỷ lệ hồ sơ nộp trực tuyến đạt {rate}%.\n",
        province.to_uppercase()
    )
}

/// Reports of two provinces that are one today with a third, and of one that stays.
fn reports() -> tempfile::TempDir {
    let all = [
        ("in/a.txt", report("Bình Thuận", 2022, 300, "41,5")),
        ("in/b.txt", report("Lâm Đồng", 2022, 500, "60")),
        ("in/c.txt", report("Nghệ An", 2023, 700, "55,25")),
    ];
    let files: Vec<(&str, &[u8])> = all.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let dir = folder(&files);
    let records = run(dir.path(), &["extract", "--quiet", "in", "-o", "all.jsonl"]);
    assert_eq!(code(&records), 0, "{}", stderr(&records));
    dir
}

fn ok(dir: &Path, args: &[&str]) -> String {
    let output = run(dir, args);
    assert_eq!(code(&output), 0, "{args:?}: {}", stderr(&output));
    stdout(&output)
}

fn json(text: &str) -> Vec<Value> {
    text.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

/// A CSV as its rows by column.
fn csv(text: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().unwrap().clone();
    let row =
        |r: csv::StringRecord| head.iter().map(str::to_owned).zip(r.iter().map(str::to_owned)).collect();
    reader.records().map(|r| row(r.unwrap())).collect()
}

/// Values of a comparison: indicator, place, value.
fn values(rows: &[Value]) -> Vec<(String, String, String)> {
    let text = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
    rows.iter().map(|r| (text(&r["indicator"]), text(&r["place"]), text(&r["value"]))).collect()
}

fn triple(a: &str, b: &str, c: &str) -> (String, String, String) {
    (a.into(), b.into(), c.into())
}

#[test]
fn every_value_says_where_it_stands() {
    let dir = reports();
    let rows = json(&ok(dir.path(), &["compare", "all.jsonl", "--format", "jsonl"]));
    let expected = [
        triple("online_file_rate", "Bình Thuận", "41.5"),
        triple("online_file_rate", "Lâm Đồng", "60"),
        triple("online_file_rate", "Nghệ An", "55.25"),
        triple("file_total_count", "Bình Thuận", "300"),
        triple("file_total_count", "Lâm Đồng", "500"),
        triple("file_total_count", "Nghệ An", "700"),
    ];
    assert_eq!(values(&rows), expected);
    let first = &rows[0];
    let source = &first["sources"][0];
    assert_eq!((first["province_now"].as_str(), first["year"].as_i64()), (Some("Lâm Đồng"), Some(2022)));
    assert_eq!((source["path"].as_str(), source["page"].as_i64()), (Some("in/a.txt"), Some(1)));
    assert_eq!(source["document"], "300/BC-UBND");
    assert!(source["sentence"].as_str().unwrap().contains("tỷ lệ hồ sơ nộp trực tuyến đạt 41,5%"));
}

#[test]
fn records_documents_and_standard_input_compare_alike() {
    let dir = reports();
    let of_records = ok(dir.path(), &["compare", "-q", "all.jsonl", "--format", "csv"]);
    assert_eq!(csv(&of_records).len(), 6);
    assert_eq!(ok(dir.path(), &["compare", "-q", "in", "--format", "csv"]), of_records, "from documents");
    let bytes = fs::read(dir.path().join("all.jsonl")).unwrap();
    let piped = run_with_input(dir.path(), &["compare", "-q", "-", "--format", "csv"], &bytes);
    assert_eq!((code(&piped), stdout(&piped)), (0, of_records), "from standard input");
}

#[test]
fn filters_leave_what_was_asked_for() {
    let dir = reports();
    let count = |args: &[&str]| {
        let all = [&["compare", "-q", "all.jsonl", "--format", "csv"], args].concat();
        csv(&ok(dir.path(), &all)).len()
    };
    assert_eq!(count(&["--indicator", "online_file_rate"]), 3);
    assert_eq!(count(&["--province", "Bình Thuận"]), 2);
    assert_eq!(count(&["--province", "tỉnh Lâm Đồng"]), 4, "the name of today takes both");
    assert_eq!(count(&["--year", "2023"]), 2);
    assert_eq!(count(&["--year", "2020-2022", "--indicator", "file_total_count"]), 2);
    assert_eq!(count(&["--level", "tỉnh", "--role", "actual", "--group", "dich_vu_cong"]), 6);
    assert_eq!(count(&["--level", "xã"]), 0);
    for wrong in [["--indicator", "no_such"], ["--group", "no_such"], ["--year", "năm"], ["--level", "ấp"]]
    {
        let output = run(dir.path(), &[&["compare", "all.jsonl"], &wrong[..]].concat());
        assert_eq!((code(&output), output.stdout.len()), (2, 0), "{wrong:?}");
        assert!(stderr(&output).contains(wrong[1]), "{}", stderr(&output));
    }
}

#[test]
fn pivots_set_provinces_and_years_side_by_side_in_every_form() {
    let dir = reports();
    let base = ["compare", "-q", "all.jsonl", "--indicator", "online_file_rate"];
    let of = |args: &[&str]| ok(dir.path(), &[&base[..], args].concat());
    let by_place = csv(&of(&["--pivot", "province", "--format", "csv"]));
    assert_eq!(by_place.len(), 2, "one line a period");
    assert_eq!(by_place[0]["period"], "2022");
    assert_eq!(by_place[0]["Bình Thuận (nay Lâm Đồng)"], "41,5 (in/a.txt p. 1)");
    assert_eq!(by_place[0]["Lâm Đồng"], "60 (in/b.txt p. 1)");
    assert_eq!(by_place[1]["Nghệ An"], "55,25 (in/c.txt p. 1)");
    let by_year = json(&of(&["--pivot", "year", "--format", "jsonl"]));
    assert_eq!(by_year.len(), 3, "one line a place");
    assert_eq!(by_year[2]["place"], "Nghệ An");
    assert_eq!(by_year[2]["cells"]["2023"][0]["value"], "55,25");
    assert_eq!(by_year[2]["cells"]["2023"][0]["sources"][0]["path"], "in/c.txt");
    let table = of(&["--pivot", "year"]);
    let head: Vec<&str> = table.lines().nth(1).unwrap().split_whitespace().collect();
    assert_eq!(head, ["role", "unit", "place", "2022", "2023"]);
    assert!(table.contains("41,5 [1]") && table.contains("[1] in/a.txt p. 1"), "{table}");
    let output = run(dir.path(), &[&base[..], &["--pivot", "year", "--format", "html"]].concat());
    assert_eq!(code(&output), 2);
}

#[test]
fn a_sum_of_provinces_names_its_parts_and_what_it_lacks_in_every_form() {
    let dir = reports();
    let base = ["compare", "-q", "all.jsonl", "--merge"];
    let of = |args: &[&str]| ok(dir.path(), &[&base[..], args].concat());
    let rows = json(&of(&["--format", "jsonl"]));
    let sum = rows.iter().find(|r| r["parts"].is_object()).expect("one sum");
    assert_eq!((sum["place"].as_str(), sum["value"].as_i64()), (Some("Lâm Đồng"), Some(800)));
    assert_eq!(sum["parts"], serde_json::json!({"present": 2, "total": 3, "missing": ["Đắk Nông"]}));
    assert_eq!(sum["sources"].as_array().unwrap().len(), 2);
    let rates = rows.iter().filter(|r| r["indicator"] == "online_file_rate").count();
    assert_eq!(rates, 3, "rates are never summed");
    let row = csv(&of(&["--format", "csv"])).into_iter().find(|r| !r["summed"].is_empty()).expect("one sum");
    let shown = ["summed", "parts_present", "parts_total", "parts_missing"].map(|c| row[c].as_str());
    assert_eq!(shown, ["Bình Thuận | Lâm Đồng", "2", "3", "Đắk Nông"]);
    let said = "2 of 3, without Đắk Nông";
    for form in [&["--width", "0"][..], &["--format", "html"], &["--pivot", "province"], &["--pivot", "year"]]
    {
        assert!(of(form).contains(said), "{form:?}");
    }
    assert!(of(&["--pivot", "year", "--format", "csv"]).contains(said));
}

#[test]
fn a_page_stands_alone_and_holds_the_values() {
    let dir = reports();
    let page = ok(dir.path(), &["compare", "-q", "all.jsonl", "--format", "html"]);
    assert!(page.starts_with("<!doctype html>") || page.starts_with("<!DOCTYPE html>"), "{}", &page[..60]);
    assert!(page.contains("55,25") && page.contains("Bình Thuận") && page.contains("in/a.txt"));
    for outside in ["src=\"http", "href=\"http", "@import", "url(http"] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn excel_s_mark_stands_before_csv_only() {
    let dir = reports();
    let marked = run(dir.path(), &["compare", "-q", "all.jsonl", "--format", "csv", "--bom"]);
    assert!(marked.stdout.starts_with(b"\xef\xbb\xbfindicator,name,"));
    let other = run(dir.path(), &["compare", "-q", "all.jsonl", "--format", "jsonl", "--bom"]);
    assert!(other.stdout.starts_with(b"{"));
}

#[test]
fn names_that_the_catalogue_lacks_are_listed_and_a_user_s_file_adds_them() {
    let text = "ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\n\nSố: 12/BC-UBND\nNghệ An, ngày 15 tháng 12 năm 2022\n\nBÁO CÁO\n\nNăm 2022 toàn \
                tỉnh có 125 đàn ong.\n";
    let mine = "[[indicator]]\nid = \"bee_hives\"\nname_vi = \"Số đàn ong\"\nname_en = \"Bee hives\"\ngroup = \"nong_thon\"\n\
                kinds = [\"count\"]\nunits = [\"đàn\"]\nphrasings = [\"đàn ong\"]\nexamples = [\"số đàn ong\"]\n\
                counter_examples = [\"đàn lợn\"]\n";
    let dir = folder(&[("a.txt", text.as_bytes()), ("mine/catalogue.toml", mine.as_bytes())]);
    let unmatched = csv(&ok(dir.path(), &["compare", "-q", "a.txt", "--unmatched", "--format", "csv"]));
    let names: Vec<&str> = unmatched.iter().map(|r| r["name"].as_str()).collect();
    assert_eq!(names, ["đàn ong"]);
    let args = ["compare", "-q", "a.txt", "--patterns", "mine", "--format", "jsonl"];
    let rows = json(&ok(dir.path(), &args));
    assert_eq!(values(&rows), [triple("bee_hives", "Nghệ An", "125")]);
}

#[test]
fn a_line_that_is_no_record_is_named_and_the_rest_goes_on() {
    let dir = reports();
    let records = fs::read_to_string(dir.path().join("all.jsonl")).unwrap();
    let mut lines: Vec<&str> = records.lines().collect();
    lines.insert(1, "not a record");
    fs::write(dir.path().join("broken.jsonl"), lines.join("\n")).unwrap();
    for args in [
        &["compare", "broken.jsonl", "--format", "csv"][..],
        &["graph", "broken.jsonl", "--format", "csv"],
        &["export", "broken.jsonl", "--what", "metadata"],
    ] {
        let output = run(dir.path(), args);
        assert_eq!(code(&output), 1, "{args:?}");
        let said: Vec<String> =
            stderr(&output).lines().filter(|l| l.contains(":2:")).map(str::to_owned).collect();
        assert_eq!(said.len(), 1, "one message: {}", stderr(&output));
        assert!(said[0].contains("broken.jsonl:2:") && said[0].contains("no record"), "{}", said[0]);
        assert!(csv(&stdout(&output)).len() >= 3, "{args:?}: {}", stdout(&output));
    }
    assert_eq!(code(&run(dir.path(), &["compare", "missing.jsonl"])), 1);
}

#[test]
fn the_graph_joins_citations_of_one_document() {
    let dir = reports();
    let graph: Value =
        serde_json::from_str(&ok(dir.path(), &["graph", "-q", "all.jsonl", "--format", "json"])).unwrap();
    let nodes = graph["nodes"].as_array().unwrap();
    let cited: Vec<&Value> = nodes.iter().filter(|n| n["cited_by"].as_u64() > Some(0)).collect();
    assert_eq!(cited.len(), 1);
    assert_eq!(
        (cited[0]["number"].as_str(), cited[0]["date"].as_str()),
        (Some("468/QĐ-TTg"), Some("2021-03-27"))
    );
    assert_eq!(cited[0]["cited_by"], 3);
    assert_eq!((nodes.len(), graph["edges"].as_array().unwrap().len()), (4, 3));
    let edges = csv(&ok(dir.path(), &["graph", "-q", "all.jsonl", "--format", "csv"]));
    assert_eq!(edges.len(), 3);
    assert!(
        edges.iter().all(|e| e["target_number"] == "468/QĐ-TTg" && e["relation"] == "implements"),
        "{edges:?}"
    );
    let top = ok(dir.path(), &["graph", "-q", "all.jsonl"]);
    let line: Vec<&str> = top.lines().nth(1).unwrap().split_whitespace().collect();
    assert_eq!(line[..4], ["3", "3", "QĐ", "468/QĐ-TTg"]);
    let graphml = ok(dir.path(), &["graph", "-q", "all.jsonl", "--format", "graphml"]);
    assert_eq!((graphml.matches("<node ").count(), graphml.matches("<edge ").count()), (4, 3));
    assert!(graphml.trim_end().ends_with("</graphml>"));
}

#[test]
fn every_table_of_the_samples_has_a_row_an_item() {
    let samples = repository();
    let extracted = run(&samples, &["extract", "-q", "corpus-samples"]);
    let records = records(&extracted);
    for what in ["references", "dates", "indicators", "documents", "checks"] {
        let items: usize = match what {
            "documents" => records.len(),
            _ => records.iter().map(|r| r[what].as_array().unwrap().len()).sum(),
        };
        let args = ["export", "-q", "-", "--what", what];
        let table = run_with_input(&samples, &args, &extracted.stdout);
        assert_eq!(code(&table), 0, "{what}: {}", stderr(&table));
        let rows = csv(&stdout(&table));
        assert_eq!(rows.len(), items, "{what}");
        assert!(rows.iter().all(|r| r["path"].starts_with("corpus-samples/")), "{what}");
        let tabs = run_with_input(&samples, &[&args[..], &["--format", "tsv"]].concat(), &extracted.stdout);
        let text = stdout(&tabs);
        let columns = |l: &str| l.split('\t').count();
        let wide = columns(text.lines().next().unwrap());
        assert_eq!(text.lines().count(), items + 1, "{what}: no value breaks a line");
        assert!(text.lines().all(|l| columns(l) == wide), "{what}");
    }
    assert_eq!(code(&run(&samples, &["export", "corpus-samples", "--what", "nothing"])), 2);
}

#[test]
fn exported_indicators_hold_what_the_text_says() {
    let dir = reports();
    let rows = csv(&ok(dir.path(), &["export", "-q", "all.jsonl", "--what", "indicators"]));
    let rate = rows.iter().find(|r| r["text"] == "55,25%").expect("the rate");
    let shown = ["value", "unit", "indicator", "province", "kind", "role"].map(|c| rate[c].as_str());
    assert_eq!(shown, ["55.25", "%", "online_file_rate", "Nghệ An", "percentage", "actual"]);
    let bom = run(dir.path(), &["export", "-q", "all.jsonl", "--what", "dates", "--bom"]);
    assert!(bom.stdout.starts_with(b"\xef\xbb\xbf"));
    let saved = run(dir.path(), &["export", "-q", "all.jsonl", "--what", "checks", "-o", "checks.csv"]);
    assert_eq!((code(&saved), saved.stdout.len()), (0, 0));
    assert!(fs::read_to_string(dir.path().join("checks.csv")).unwrap().starts_with("record,path,"));
}

#[test]
fn a_document_is_viewed_with_all_its_text_and_nothing_of_it_as_markup() {
    let text = "TỈNH NGHỆ AN\n\nBÁO CÁO\n\nThực hiện Kế hoạch số 35/KH-UBND ngày 12/02/2020 <script>alert(1)</script>, tỷ lệ hộ \
                nghèo còn 4,7% & giảm.\n";
    let dir = folder(&[("a.txt", text.as_bytes()), ("empty.txt", b"")]);
    let page = ok(dir.path(), &["view", "a.txt"]);
    assert!(!page.contains("<script>alert"), "the text is escaped");
    assert!(page.contains("alert(1)") && page.contains("35/KH-UBND") && page.contains("4,7%"));
    assert!(page.contains("poverty_rate") || page.contains("Tỷ lệ hộ nghèo"));
    assert!(!page.contains("src=\"http") && !page.contains("href=\"http"));
    let saved = run(dir.path(), &["view", "a.txt", "-o", "a.html"]);
    assert_eq!((code(&saved), saved.stdout.len()), (0, 0));
    assert_eq!(fs::read_to_string(dir.path().join("a.html")).unwrap(), page);
    let failed = run(dir.path(), &["view", "empty.txt"]);
    assert_eq!((code(&failed), failed.stdout.len()), (1, 0));
    assert!(stderr(&failed).contains("[no_text]"), "{}", stderr(&failed));
}

#[test]
fn diff_tells_what_other_patterns_lose_and_exits_with_one() {
    let dir = reports();
    let same = run(dir.path(), &["diff", "all.jsonl", "in.jsonl"]);
    assert_eq!(code(&same), 2, "a file that is not there");
    fs::copy(dir.path().join("all.jsonl"), dir.path().join("in.jsonl")).unwrap();
    assert!(
        ok(dir.path(), &["diff", "all.jsonl", "in.jsonl"]).starts_with("3 documents the same, 0 changed")
    );
    let all = fs::read_to_string(dir.path().join("all.jsonl")).unwrap();
    let mut records = json(&all);
    records.remove(2);
    let lost = records[0]["indicators"].as_array_mut().unwrap().remove(0);
    records[1]["indicators"][0]["role"] = Value::from("target");
    let text: String = records.iter().map(|r| format!("{r}\n")).collect();
    fs::write(dir.path().join("new.jsonl"), text).unwrap();
    let differs =
        run(dir.path(), &["diff", "all.jsonl", "new.jsonl", "--format", "jsonl", "--kind", "indicators"]);
    assert_eq!(code(&differs), 1, "{}", stderr(&differs));
    let lines = json(&stdout(&differs));
    assert_eq!((&lines[0]["change"], &lines[0]["item"]), (&Value::from("lost"), &lost));
    assert_eq!(lines[1]["fields"]["role"]["new"], "target");
    let sum = &lines.last().unwrap()["sum"];
    assert_eq!(sum["documents"], serde_json::json!({"same": 0, "changed": 2, "gained": 0, "lost": 1}));
    assert_eq!(sum["fields"]["indicators.role"]["other"], 1);
}

#[test]
fn what_is_not_certain_is_counted_and_listed_apart_with_its_reason() {
    let dir = reports();
    let mut records = json(&fs::read_to_string(dir.path().join("all.jsonl")).unwrap());
    let items = records[2]["indicators"].as_array_mut().unwrap();
    let rate = items.iter_mut().find(|i| i["indicator"] == "online_file_rate").unwrap();
    rate["place"] = Value::Null;
    let count = records[0]["indicators"].as_array_mut().unwrap();
    count.iter_mut().find(|i| i["indicator"] == "file_total_count").unwrap()["role"] = Value::from("norm");
    let lines: Vec<String> = records.iter().map(Value::to_string).collect();
    fs::write(dir.path().join("some.jsonl"), lines.join("\n")).unwrap();
    let output = run(dir.path(), &["compare", "some.jsonl", "--format", "jsonl"]);
    assert_eq!(json(&stdout(&output)).len(), 4);
    let said = stderr(&output);
    assert!(said.contains("2 more are not certain and stand apart (1 place, 1 norm)"), "{said}");
    let apart = json(&ok(dir.path(), &["compare", "-q", "some.jsonl", "--apart", "--format", "jsonl"]));
    let doubts: Vec<_> = apart.iter().map(|r| (r["indicator"].as_str(), r["doubt"].as_str())).collect();
    assert_eq!(doubts, [(Some("online_file_rate"), Some("place")), (Some("file_total_count"), Some("norm"))]);
    let table = ok(dir.path(), &["compare", "-q", "some.jsonl", "--apart"]);
    assert!(table.contains("doubt") && table.contains("norm"), "{table}");
}

#[test]
fn a_wish_that_nothing_meets_says_what_is_there() {
    let dir = reports();
    let said = |args: &[&str]| stderr(&run(dir.path(), &[&["compare", "all.jsonl"], args].concat()));
    let province = said(&["--province", "Nghe Ann"]);
    assert!(province.contains("did you mean Nghệ An"), "{province}");
    let other = said(&["--province", "lai chau"]);
    assert!(other.contains("nothing matches") && other.contains("there are"), "{other}");
    assert!(said(&["--year", "1999"]).contains("there are values of 2022 to 2023"));
    let id = said(&["--indicator", "online_files_rate"]);
    assert!(id.contains("did you mean online_file_rate"), "{id}");
}

#[test]
fn the_list_counts_places_and_years_of_every_indicator() {
    let dir = reports();
    let listed = json(&ok(dir.path(), &["compare", "-q", "all.jsonl", "--list", "--format", "jsonl"]));
    let shown: Vec<_> =
        listed.iter().map(|l| (l["indicator"].as_str(), l["places"].as_u64(), l["years"].as_u64())).collect();
    assert_eq!(
        shown,
        [(Some("file_total_count"), Some(3), Some(2)), (Some("online_file_rate"), Some(3), Some(2))]
    );
    let table = ok(dir.path(), &["compare", "-q", "all.jsonl", "--list"]);
    assert!(table.lines().next().unwrap().starts_with("places  years  values"), "{table}");
}

#[test]
fn a_hundred_columns_show_place_period_value_unit_and_words_around_the_value() {
    let dir = reports();
    let table =
        ok(dir.path(), &["compare", "-q", "all.jsonl", "--width", "100", "--indicator", "online_file_rate"]);
    let line = table.lines().find(|l| l.contains("Nghệ An")).unwrap();
    assert!(line.chars().count() <= 100, "{line}");
    for part in ["2023", "55,25", "%", "c.txt", "tuyến đạt 55,25"] {
        assert!(line.contains(part), "{part}: {line}");
    }
}

#[test]
fn documents_that_differ_are_told_beside_their_values() {
    let other = report("Nghệ An", 2023, 700, "65").replace("15 tháng 12", "28 tháng 12");
    let dir = reports();
    fs::write(dir.path().join("in/d.txt"), other).unwrap();
    let rows = json(&ok(dir.path(), &["compare", "-q", "in", "--format", "jsonl", "--province", "Nghệ An"]));
    let rates: Vec<&Value> = rows.iter().filter(|r| r["indicator"] == "online_file_rate").collect();
    assert_eq!(rates.len(), 2);
    assert_eq!(rates[0]["sources"][0]["issue_date"], "2023-12-28", "the newest stands first");
    assert!(rates.iter().all(|r| r["checks"][0]["kind"] == "values"), "{rates:?}");
    let counts = rows.iter().filter(|r| r["indicator"] == "file_total_count");
    assert!(counts.clone().count() == 2 && counts.clone().all(|r| r["checks"] == serde_json::json!([])));
    let table = ok(dir.path(), &["compare", "-q", "in", "--province", "Nghệ An"]);
    assert!(table.contains("! stated differently: 55,25 (c.txt) and 65 (d.txt)"), "{table}");
}

#[test]
fn a_page_runs_only_its_own_script_and_links_to_the_pages_of_its_documents() {
    let dir = reports();
    let args = ["compare", "-q", "in", "--format", "html", "-o", "out/page.html", "--pages", "out/docs"];
    fs::create_dir(dir.path().join("out")).unwrap();
    let output = run(dir.path(), &args);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let page = fs::read_to_string(dir.path().join("out/page.html")).unwrap();
    assert!(page.contains("default-src 'none'") && page.contains("script-src 'sha256-"));
    let data = page.split_once("id=\"data\">").unwrap().1.split_once("</script>").unwrap().0;
    let data: Value = serde_json::from_str(data).unwrap();
    assert_eq!(data["rows"].as_array().unwrap().len(), 6);
    for doc in data["docs"].as_array().unwrap() {
        let link = doc["page"].as_str().unwrap();
        assert!(link.starts_with("docs/"), "{link}");
        assert!(fs::read_to_string(dir.path().join("out").join(link)).unwrap().contains("BÁO CÁO"));
    }
    let elsewhere =
        run(dir.path(), &["compare", "in", "--format", "html", "-o", "out/page.html", "--pages", "docs"]);
    assert_eq!(code(&elsewhere), 2, "{}", stderr(&elsewhere));
    assert!(!page.contains(&dir.path().display().to_string()));
}

#[test]
fn a_page_tells_nothing_of_the_machine_and_shows_what_would_turn_text() {
    let text = report("Nghệ An", 2023, 700, "65").replace("toàn tỉnh", "toàn tỉnh \u{202e}");
    let dir = folder(&[("bc/a.txt", text.as_bytes())]);
    let folder = dir.path().join("bc").canonicalize().unwrap();
    let page = ok(dir.path(), &["compare", "-q", folder.to_str().unwrap(), "--format", "html"]);
    assert!(page.contains("\"path\":\"a.txt\"") && !page.contains(folder.to_str().unwrap()));
    assert!(!page.contains('\u{202e}'));
}

#[cfg(feature = "parquet")]
#[test]
fn tables_are_compared_like_the_records_they_are_of() {
    let dir = reports();
    ok(dir.path(), &["extract", "--quiet", "in", "--format", "parquet", "-o", "tables"]);
    for more in
        [&["--format", "jsonl"][..], &["--format", "csv"], &["--apart", "--format", "jsonl"], &["--list"]]
    {
        let of = |input: &str| ok(dir.path(), &[&["compare", "-q", input], more].concat());
        assert_eq!(of("tables"), of("all.jsonl"), "{more:?}");
    }
    let other = run(dir.path(), &["graph", "tables"]);
    assert_eq!(code(&other), 2);
    assert!(stderr(&other).contains("holds tables"), "{}", stderr(&other));
}

#[test]
fn one_document_that_states_two_values_of_a_cell_says_so_and_the_more_specific_leads() {
    let mut text = report("Sơn La", 2022, 300, "41,5");
    text.push_str("Đánh giá chung: năm 2022 tỷ lệ hồ sơ nộp trực tuyến đạt 47,25%.\n");
    let dir = folder(&[("a.txt", text.as_bytes())]);
    let found = json(&ok(
        dir.path(),
        &["compare", "-q", "a.txt", "--indicator", "online_file_rate", "--format", "jsonl"],
    ));
    let said: Vec<(String, &str)> = found
        .iter()
        .map(|r| (r["value"].to_string(), r["checks"][0]["kind"].as_str().unwrap_or("")))
        .collect();
    assert_eq!(said, [("47.25".to_owned(), "document"), ("41.5".to_owned(), "document")]);
}

#[test]
fn the_page_of_a_document_shows_where_its_own_fields_were_read_and_names_what_it_measures() {
    let dir = reports();
    let page = ok(dir.path(), &["view", "in/a.txt"]);
    assert!(page.contains("class=\"m meta") && page.contains("href=\"#m-issue_date\""));
    assert!(page.contains("Ngày ban hành</dt><dd lang=\"vi\">15/12/2022"));
    let fields = page.split("id=\"items\">").nth(1).unwrap().split("</script>").next().unwrap();
    let items: Vec<Value> = serde_json::from_str(fields).unwrap();
    let rate = items.iter().find(|i| i["head"] == "41,5 %").unwrap();
    let names: Vec<&str> = rate["fields"].as_array().unwrap().iter().filter_map(|f| f[0].as_str()).collect();
    assert_eq!(names.get(..4), Some(&["i.name", "i.indicator", "i.place", "i.period"][..]), "{rate}");
    assert_eq!(rate["fields"][3][1], "2022");
}
