//! The smaller subcommands.

use super::*;

#[test]
fn the_published_schema_is_the_one_of_the_types() {
    let printed = stdout(&run(&repository(), &["schema"]));
    let published = repository().join("docs/schema.json");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&published, &printed).unwrap();
    }
    let stale =
        "docs/schema.json is stale: run `BLESS=1 cargo test --test cli schema` and review it with git diff";
    assert!(fs::read_to_string(published).unwrap() == printed, "{stale}");
    let schema: Value = serde_json::from_str(&printed).unwrap();
    assert!(schema["$defs"]["Record"]["properties"]["indicators"].is_object());
}

/// The fields that the schema requires or allows are the fields that are written.
#[test]
fn records_have_exactly_the_fields_of_the_schema() {
    let schema: Value = serde_json::from_str(&stdout(&run(&repository(), &["schema"]))).unwrap();
    let dir = folder(&[("a.txt", REPORT.as_bytes()), ("b.txt", b"")]);
    let records = records(&run(dir.path(), &["extract", "."]));
    for (record, name) in records.iter().zip(["Record", "ErrorRecord"]) {
        let definition = &schema["$defs"][name];
        for field in definition["required"].as_array().unwrap() {
            assert!(record.get(field.as_str().unwrap()).is_some(), "{name} lacks {field}");
        }
        for field in record.as_object().unwrap().keys() {
            assert!(definition["properties"].get(field).is_some(), "{name} has an undocumented {field}");
        }
    }
}

#[test]
fn completions_and_manual_pages_name_the_options() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = run(&repository(), &["completions", shell]);
        assert!(code(&output) == 0 && stdout(&output).contains("files-from"), "{shell}");
    }
    let page = stdout(&run(&repository(), &["man", "extract"]));
    assert!(page.contains(".TH") && page.contains("files\\-from"), "{page}");
    assert_eq!(code(&run(&repository(), &["man"])), 0);
    assert_eq!(code(&run(&repository(), &["man", "nothing"])), 2);
}

#[test]
fn text_reports_what_it_cannot_read() {
    let dir = folder(&[("empty.txt", b"")]);
    let output = run(dir.path(), &["text", "empty.txt"]);
    assert_eq!((code(&output), output.stdout.len()), (1, 0));
    assert!(stderr(&output).contains("[no_text]"), "{}", stderr(&output));
}

#[test]
fn help_of_every_subcommand_fits_a_terminal_and_names_its_options() {
    let help = stdout(&run(&repository(), &["--help"]));
    let commands = help.split("Commands:").nth(1).unwrap().split("Options:").next().unwrap();
    let names: Vec<&str> = commands
        .lines()
        .filter(|l| !l.starts_with("   "))
        .filter_map(|l| l.strip_prefix("  ")?.split_whitespace().next())
        .collect();
    assert!(names.contains(&"extract") && names.contains(&"eval"), "{names:?}");
    for name in names.iter().filter(|n| **n != "help") {
        let output = run(&repository(), &[name, "--help"]);
        assert_eq!(code(&output), 0, "{name}");
        assert!(stdout(&output).lines().all(|l| l.chars().count() <= 100), "{name}");
    }
}

/// What stands in one README stands in the other: sections, code blocks, commands and options.
#[test]
fn the_two_readmes_are_in_step() {
    let read = |name: &str| fs::read_to_string(repository().join(name)).unwrap();
    let outline = |text: &str| {
        let headings = text.lines().filter(|l| l.starts_with("## ")).count();
        let fences: Vec<String> = text.lines().filter(|l| l.starts_with("```")).map(str::to_owned).collect();
        let mut options: Vec<String> = text
            .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
            .filter(|w| w.starts_with("--"))
            .map(str::to_owned)
            .collect();
        options.sort();
        (headings, fences, options)
    };
    assert_eq!(outline(&read("README.md")), outline(&read("README.vi.md")));
}

#[test]
fn options_that_the_readme_names_exist() {
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    let mut checked = 0;
    for line in readme.lines().filter(|l| l.contains("baocao ") && !l.contains("cargo ")) {
        let Some(call) = line.split("baocao ").nth(1) else { continue };
        let mut words = call.split_whitespace();
        let Some(command) = words.next().filter(|c| c.chars().all(|c| c.is_ascii_lowercase())) else {
            continue;
        };
        let output = run(&repository(), &[command, "--help"]);
        if code(&output) != 0 || !stdout(&output).contains("Usage") {
            continue;
        }
        let words = words.map(|w| w.trim_end_matches('`'));
        for option in words.take_while(|w| !["#", ">", "|"].contains(w)).filter(|w| w.starts_with("--")) {
            assert!(stdout(&output).contains(option), "{line}");
            checked += 1;
        }
    }
    assert!(checked >= 4, "{checked}");
}

#[test]
fn the_catalogue_is_listed_with_ids_names_units_and_phrasings() {
    let table = stdout(&run(&repository(), &["patterns", "list", "--indicators"]));
    assert!(table.lines().any(|l| l.starts_with("poverty_rate ") && l.contains("Tỷ lệ hộ nghèo")), "{table}");
    let lines = stdout(&run(&repository(), &["patterns", "list", "--indicators", "--json"]));
    let entries: Vec<Value> =
        lines.lines().map(|l| serde_json::from_str(l).expect("one object a line")).collect();
    assert!(entries.len() > 200, "{}", entries.len());
    let rice = entries.iter().find(|e| e["id"] == "rice_yield").unwrap();
    assert!(rice["units"].as_array().unwrap().iter().any(|u| u == "tạ/ha"), "{rice}");
    assert!(entries.iter().all(|e| e["phrasings"].as_array().is_some_and(|p| !p.is_empty())));
}
