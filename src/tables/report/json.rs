//! A report as JSON: what it says, for programs, and the lines of its files, from which the reports of several parts of
//! a run make one.

use std::collections::BTreeMap;
use std::io::{self, Read};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Findings, Group, Line, Report};
use crate::record::Generator;

/// Schema name of a report.
pub const SCHEMA: &str = "baocao.report/1";
/// Largest report that is read back: some millions of files.
const REPORT_BYTES: u64 = 2 << 30;

/// What stands before the files.
#[derive(Serialize)]
struct Head<'r> {
    schema: &'static str,
    generators: &'r [Generator],
    passed: &'r BTreeMap<String, u64>,
    totals: Value,
    counts: Value,
    errors: Value,
    quality: Value,
    missing: Value,
    needs_ocr: usize,
    duplicates: Vec<Value>,
    near_duplicates: Vec<Value>,
}

/// Writes the report, one file a line.
///
/// # Errors
/// None in practice: memory is written to.
pub fn json(report: &Report, findings: &Findings, out: &mut Vec<u8>) -> io::Result<()> {
    let f = findings;
    let path = |n: &usize| report.files.get(*n).map_or("", |line| line.path.as_str());
    let of_group = |group: &Group| {
        let paths: Vec<&str> = group.lines.iter().map(path).collect();
        json!({"paths": paths, "likeness": group.likeness})
    };
    let counts = f.counts.iter().map(|count| {
        let values = count.values.iter().map(|(value, n)| json!({"value": value, "count": n}));
        (count.of.to_owned(), Value::Array(values.collect()))
    });
    let head = Head {
        schema: SCHEMA,
        generators: &report.generators,
        passed: &report.passed,
        totals: json!({
            "files": report.files.len(), "documents": f.documents, "errors": f.errors, "bytes": f.bytes,
            "pages": f.pages, "items": f.items,
        }),
        counts: Value::Object(counts.collect()),
        errors: Value::Object(f.by_error.iter().map(|e| (e.code.clone(), e.lines.len().into())).collect()),
        quality: f.quality.iter().map(|b| json!({"from": b.from, "to": b.to, "count": b.count})).collect(),
        missing: Value::Object(f.missing.iter().map(|m| (m.what.to_owned(), m.count.into())).collect()),
        needs_ocr: f.needs_ocr.len(),
        duplicates: f.same.iter().map(|group| group.lines.iter().map(path).collect()).collect(),
        near_duplicates: f.nearly.iter().map(of_group).collect(),
    };
    serde_json::to_writer(&mut *out, &head)?;
    out.pop(); // the closing brace: the files go in before it
    out.extend_from_slice(b",\"files\":[");
    for (n, line) in report.files.iter().enumerate() {
        out.extend_from_slice(if n == 0 { b"\n" } else { b",\n" });
        serde_json::to_writer(&mut *out, line)?;
    }
    out.extend_from_slice(b"\n]}\n");
    Ok(())
}

/// What is read back of a report; the rest is reckoned anew.
#[derive(Deserialize)]
struct Written {
    schema: String,
    generators: Vec<Generator>,
    passed: BTreeMap<String, u64>,
    files: Vec<Line>,
}

/// Reads a report back.
///
/// # Errors
/// What reading gives; what is no report, or larger than any.
pub fn read(source: impl Read) -> io::Result<Report> {
    let mut bytes = Vec::new();
    source.take(REPORT_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > REPORT_BYTES {
        let why = format!("the report is longer than the limit report_bytes of {REPORT_BYTES} bytes");
        return Err(io::Error::other(why));
    }
    let written: Written = serde_json::from_slice(&bytes)?;
    if written.schema != SCHEMA {
        return Err(io::Error::other(format!("it is not of {SCHEMA}, but of {:?}", written.schema)));
    }
    Ok(Report { generators: written.generators, passed: written.passed, files: written.files })
}
