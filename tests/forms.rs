//! One small report in every form that is read (`tests/forms/report.*`, made with LibreOffice out of our own text) gives the same
//! facts, as far as the form can carry them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::fs;
use std::path::PathBuf;

use baocao::Extractor;

fn forms() -> Vec<PathBuf> {
    named("report")
}

/// The files whose names begin so.
fn named(start: &str) -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/forms");
    let files = fs::read_dir(folder).unwrap().map(|f| f.unwrap().path());
    let mut files: Vec<PathBuf> =
        files.filter(|f| f.file_name().is_some_and(|n| n.to_string_lossy().starts_with(start))).collect();
    files.sort();
    files
}

#[test]
fn lists_notes_boxes_fields_and_tables_in_tables_read_alike_in_all_forms_of_word() {
    let expected = "Số: 15/BC-UBND\nĐiều 1. Phê duyệt kế hoạch\nĐiều 2. Giao Sở Tài chính\na) mục con\nĐiều 3. Hiệu lực\n\
                    Năm 2019[1] đạt 50 m2\n\nXã\tHộ nghèo\n\tSố hộ\tTỷ lệ\nĐồng Tâm\t312\t8,5\n\ngiữa\n\na\nb\nn1\t5\t6\nc\n\n\
                    liên kết\nNeo\nDỰ THẢO\nSau\n\n[1] Theo Công văn 7/CV";
    let files = named("word");
    assert_eq!(files.len(), 3);
    for file in files {
        let content = Extractor::new().unwrap().read(&fs::read(&file).unwrap()).unwrap();
        assert_eq!(content.text, expected, "{file:?}");
    }
}

#[test]
fn one_report_gives_the_same_facts_in_every_form() {
    let extractor = Extractor::new().unwrap();
    let expected = [
        "id 45/BC-UBND",
        "issue_date 2009-06-12",
        "reference 12/2008/QĐ-UBND",
        "1250 of hộ nghèo",
        "12.5 %",
        "312",
        "8.5",
        "938",
        "12.25",
        "45000000 VND",
    ];
    let mut wrong = Vec::new();
    for form in forms() {
        let name = form.file_name().unwrap().to_string_lossy().into_owned();
        let record = match extractor.extract(&name, &fs::read(&form).unwrap()) {
            Ok(record) => record,
            Err(error) => {
                wrong.push(format!("{name}: {error}"));
                continue;
            }
        };
        let record = serde_json::to_value(&record).unwrap();
        let mut found = vec![
            format!("id {}", record["metadata"]["id"].as_str().unwrap_or("-")),
            format!("issue_date {}", record["metadata"]["issue_date"].as_str().unwrap_or("-")),
        ];
        let all = |kind: &str| record[kind].as_array().cloned().unwrap_or_default();
        found.extend(
            all("references").iter().map(|r| format!("reference {}", r["id"].as_str().unwrap_or("-"))),
        );
        for item in all("indicators") {
            // Units of cells come from their headings, which is another stage's business.
            let cell = item["table"].is_object();
            let unit = item["unit"].as_str().filter(|_| !cell).unwrap_or("");
            let of = if item["kind"] == "count" && !cell { " of" } else { "" };
            found.push(format!("{}{of} {unit}", item["value"]).trim_end().to_owned());
        }
        if found != expected {
            wrong.push(format!("{name}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "expected {expected:?}\n{}", wrong.join("\n"));
}

#[test]
fn every_form_is_known_by_its_bytes() {
    let formats: Vec<String> = forms()
        .iter()
        .map(|form| {
            let content = Extractor::new().unwrap().read(&fs::read(form).unwrap()).unwrap();
            let extension = form.extension().unwrap().to_string_lossy().replace("txt", "text");
            let encoding = content.encoding.unwrap_or("-");
            if content.format == extension.as_str() {
                format!("{extension} {encoding}")
            } else {
                format!("{form:?}")
            }
        })
        .collect();
    let expected = [
        "doc tcvn3",
        "rtf tcvn3",
        "xls tcvn3",
        "doc -",
        "docx -",
        "eml utf-8",
        "html utf-8",
        "mhtml utf-8",
        "ods -",
        "odt -",
        "pdf -",
        "pptx -",
        "rtf -",
        "text utf-8",
        "xls -",
        "xlsx -",
    ];
    assert_eq!(formats, expected);
}
