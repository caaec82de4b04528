//! The page of `baocao report` and `extract --report`: what became of a run, in Vietnamese and English, for the screen and
//! for paper. Its words stand in the template and in `report/errors.toml`.

use std::io;
use std::sync::LazyLock;

use askama::Template;
use serde::Deserialize;

use crate::tables::report::{Count, Findings, Group, Line, Report};

/// Most rows of one list: the page stays one that a browser and a printer can hold; it says what it leaves out.
const MOST_ROWS: usize = 1000;
/// Most values of one count.
const MOST_VALUES: usize = 60;

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'r> {
    report: &'r Report,
    findings: &'r Findings,
    passed: u64,
    megabytes: String,
    counts: Vec<Counted<'r>>,
    errors: Vec<Failed<'r>>,
    bands: Vec<Bar>,
    low: List<'r>,
    missing: Vec<Bar>,
    incomplete: List<'r>,
    needs_ocr: List<'r>,
    warned: List<'r>,
    disagree: List<'r>,
    same: Groups<'r>,
    nearly: Groups<'r>,
    slowest: List<'r>,
}

/// The first rows of a list.
struct List<'r> {
    lines: Vec<&'r Line>,
    left_out: usize,
}

/// The first groups of a list.
struct Groups<'r> {
    groups: Vec<Vec<(&'r Line, String)>>,
    left_out: usize,
    /// Files beyond the first of each group.
    more: usize,
}

/// One count of the documents.
struct Counted<'r> {
    of: &'static str,
    values: Vec<(Option<&'r str>, Bar)>,
    left_out: usize,
}

/// A number with its share of the largest, in per cent.
struct Bar {
    label: String,
    count: usize,
    width: usize,
}

/// The files of one error.
struct Failed<'r> {
    code: &'r str,
    text: &'static Text,
    list: List<'r>,
    count: usize,
}

/// What is said of an error.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    code: String,
    vi: String,
    en: String,
    do_vi: String,
    do_en: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts {
    error: Vec<Text>,
}

static TEXTS: LazyLock<Texts> =
    LazyLock::new(|| toml::from_str(include_str!("../report/errors.toml")).unwrap_or_default());
static NO_TEXT: Text = Text {
    code: String::new(),
    vi: String::new(),
    en: String::new(),
    do_vi: String::new(),
    do_en: String::new(),
};

/// Writes the page.
///
/// # Errors
/// A template that cannot be written: none in a tested build.
pub fn page(report: &Report, findings: &Findings, out: &mut Vec<u8>) -> io::Result<()> {
    let list = |numbers: &[usize]| List {
        lines: numbers.iter().take(MOST_ROWS).filter_map(|n| report.files.get(*n)).collect(),
        left_out: numbers.len().saturating_sub(MOST_ROWS),
    };
    let groups = |groups: &[Group]| Groups {
        groups: groups.iter().take(MOST_ROWS).map(|group| of_group(report, group)).collect(),
        left_out: groups.len().saturating_sub(MOST_ROWS),
        more: groups.iter().map(|group| group.lines.len() - 1).sum(),
    };
    let errors = findings.by_error.iter().map(|e| Failed {
        code: &e.code,
        text: TEXTS.error.iter().find(|t| t.code == e.code).unwrap_or(&NO_TEXT),
        list: list(&e.lines),
        count: e.lines.len(),
    });
    let range = |from: f64, to: f64| format!("{from:.2} – {to:.2}");
    let page = Page {
        report,
        findings,
        passed: report.passed.values().sum(),
        megabytes: format!("{:.1}", findings.bytes as f64 / 1e6),
        counts: findings.counts.iter().map(counted).collect(),
        errors: errors.collect(),
        bands: bars(
            findings.quality.iter().rev().map(|b| (range(b.from, b.to), b.count)),
            findings.documents,
        ),
        low: list(&findings.low),
        missing: bars(findings.missing.iter().map(|m| (m.what.to_owned(), m.count)), findings.documents),
        incomplete: list(&findings.incomplete),
        needs_ocr: list(&findings.needs_ocr),
        warned: list(&findings.warned),
        disagree: list(&findings.disagree),
        same: groups(&findings.same),
        nearly: groups(&findings.nearly),
        slowest: list(&findings.slowest),
    };
    page.write_into(out).map_err(io::Error::other)
}

fn of_group<'r>(report: &'r Report, group: &Group) -> Vec<(&'r Line, String)> {
    let percent = |likeness: f64| format!("{:.0}", likeness * 100.0);
    let members = group.lines.iter().zip(&group.likeness);
    members.filter_map(|(n, likeness)| Some((report.files.get(*n)?, percent(*likeness)))).collect()
}

fn counted(count: &Count) -> Counted<'_> {
    let most = count.values.iter().map(|(_, n)| *n).max().unwrap_or(1);
    let values = count.values.iter().take(MOST_VALUES);
    Counted {
        of: count.of,
        values: values.map(|(value, n)| (value.as_deref(), bar(String::new(), *n, most))).collect(),
        left_out: count.values.len().saturating_sub(MOST_VALUES),
    }
}

fn bars(of: impl Iterator<Item = (String, usize)>, all: usize) -> Vec<Bar> {
    of.map(|(label, count)| bar(label, count, all)).collect()
}

fn bar(label: String, count: usize, most: usize) -> Bar {
    Bar { label, count, width: (count * 100).div_ceil(most.max(1)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_of_the_contract_has_its_text() {
        let codes = [
            "not_found",
            "permission",
            "io",
            "unsupported",
            "encrypted",
            "damaged",
            "no_text",
            "too_large",
            "timeout",
            "out_of_memory",
            "crashed",
            "internal",
        ];
        let known: Vec<&str> = TEXTS.error.iter().map(|t| t.code.as_str()).collect();
        assert_eq!(known, codes);
    }
}
