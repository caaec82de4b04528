//! A report as a table: one row a file, for a spreadsheet.

use std::io;

use super::{Findings, Line, Report};
use crate::tables::csv::{BOM, Separated};
use crate::tables::flat::Cell;

/// The columns; new ones come at the end.
const COLUMNS: [&str; 24] = [
    "path",
    "status",
    "error",
    "message",
    "size",
    "format",
    "encoding",
    "pages",
    "quality",
    "doc_type",
    "number",
    "date",
    "year",
    "issuer",
    "place",
    "province",
    "subject",
    "needs_ocr",
    "items",
    "disagreements",
    "warnings",
    "same_as",
    "nearly_same_as",
    "seconds",
];

/// Writes the table, with the mark by which Excel knows UTF-8, and no text that it would take for a formula.
///
/// # Errors
/// None in practice: memory is written to.
pub fn csv(report: &Report, findings: &Findings, out: &mut Vec<u8>) -> io::Result<()> {
    let firsts = |groups: &[super::Group]| -> Vec<Option<usize>> {
        let mut first_of = vec![None; report.files.len()];
        for group in groups {
            for n in group.lines.iter().skip(1) {
                if let Some(slot) = first_of.get_mut(*n) {
                    *slot = group.lines.first().copied();
                }
            }
        }
        first_of
    };
    let path = |first: Option<&Option<usize>>| -> Cell<'_> {
        let line = first.copied().flatten().and_then(|n| report.files.get(n));
        line.map_or(Cell::Null, |line| Cell::Text(&line.path))
    };
    let (same, nearly) = (firsts(&findings.same), firsts(&findings.nearly));
    out.extend_from_slice(BOM);
    Separated::Sheet.head(COLUMNS, out)?;
    let rows =
        report.files.iter().enumerate().map(|(n, line)| row(line, path(same.get(n)), path(nearly.get(n))));
    Separated::Sheet.rows(rows, out)
}

fn row<'l>(l: &'l Line, same: Cell<'l>, nearly: Cell<'l>) -> [Cell<'l>; 24] {
    let text = |t: &'l Option<smol_str::SmolStr>| Cell::from(t);
    let int = |n: Option<usize>| n.map_or(Cell::Null, Cell::from);
    let made = |n: Option<f64>| n.map_or(Cell::Null, |n| Cell::Made(n.to_string()));
    let error = |of: fn(&crate::record::ErrorBody) -> &str| {
        l.error.as_ref().map_or(Cell::Null, |e| Cell::Text(of(e)))
    };
    [
        Cell::Text(&l.path),
        Cell::Text(if l.error.is_some() { "error" } else { "read" }),
        error(|e| &e.code),
        error(|e| &e.message),
        l.size.map_or(Cell::Null, |n| Cell::Int(i64::try_from(n).unwrap_or(i64::MAX))),
        text(&l.format),
        text(&l.encoding),
        int(l.pages),
        made(l.quality),
        text(&l.doc_type),
        text(&l.number),
        text(&l.date),
        l.year.map_or(Cell::Null, |y| Cell::Int(i64::from(y))),
        text(&l.issuer),
        text(&l.place),
        text(&l.province),
        Cell::from(&l.subject),
        Cell::from(&l.needs_ocr),
        int(l.items),
        int(l.disagreements),
        if l.warnings.is_empty() { Cell::Null } else { Cell::Made(l.warnings.join(" ")) },
        same,
        nearly,
        made(l.seconds),
    ]
}
