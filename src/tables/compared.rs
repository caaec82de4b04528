//! Compared rows to a terminal table and CSV; JSON Lines and unmatched names stand beside it.

use std::io::{self, Write};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::aligned::{Align, one_line, table};
use super::csv::Separated;
use super::flat::Cell;
use crate::patterns::catalogue::{Catalogue, Entry};
use crate::record::quantity::Role;
use crate::tables::compare::list::Listed;
use crate::tables::compare::period;
use crate::tables::compare::pivot::Pivot;
use crate::tables::compare::row::{Origin, Row, Source};

/// Columns of the long CSV, documented in `docs/compare.md`.
const COLUMNS: &[&str] = &[
    "indicator",
    "name",
    "group",
    "edition",
    "place",
    "level",
    "province",
    "province_now",
    "district",
    "commune",
    "scope",
    "period",
    "period_start",
    "period_end",
    "period_basis",
    "year",
    "role",
    "kind",
    "value",
    "unit",
    "numerator",
    "denominator",
    "bound",
    "direction",
    "per",
    "summed",
    "path",
    "document",
    "issue_date",
    "page",
    "line",
    "text",
    "sentence",
    "record",
    "item",
    "parts_present",
    "parts_total",
    "parts_missing",
    "part",
    "part_of",
    "low",
    "high",
    "table_caption",
    "table_row",
    "table_column",
    "checks",
    "doubt",
    "copies",
];

/// Rows that are written at once.
const PART: usize = 4096;

/// A source as text: "bc/350.pdf p. 2".
pub fn place_of(s: &Source) -> String {
    format!("{} p. {}", s.origin.path, s.page)
}

/// The same for a narrow line: the folders are the same in most of them, and the beginning of a name tells most.
fn short_place(s: &Source) -> String {
    let name = s.origin.path.rsplit('/').next().unwrap_or_default();
    let cut = if name.chars().count() > NAME {
        name.chars().take(NAME - 1).chain(['…']).collect()
    } else {
        name.to_owned()
    };
    if s.page > 1 { format!("{cut}:{}", s.page) } else { cut }
}

/// Letters of a file's name on a narrow line.
const NAME: usize = 15;
/// Letters of a scope, a place and a unit on a narrow line.
const SCOPE: usize = 24;

fn shorten(text: &str, most: usize) -> String {
    let text = one_line(text);
    if text.chars().count() <= most { text } else { text.chars().take(most - 1).chain(['…']).collect() }
}

/// Rows as a table for a terminal, one part an indicator. What does not agree is marked "!" and told below its part.
///
/// # Errors
/// What writing gives.
pub fn text(
    rows: &[Row],
    catalogue: &Catalogue,
    width: Option<usize>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut part = String::new();
    for (i, group) in rows.chunk_by(|a, b| a.indicator == b.indicator).enumerate() {
        if i > 0 {
            part.push('\n');
        }
        if let Some(first) = group.first() {
            part.push_str(&title(&first.indicator, catalogue));
            part.push('\n');
        }
        let uncertain = group.iter().any(|r| r.doubt.is_some());
        // What is the same in every line is said nowhere; the sentence needs the room.
        let role = group.iter().any(|r| r.role != Role::Actual);
        let mut head = vec![
            ("place", Align::Left),
            ("period", Align::Left),
            ("value", Align::Right),
            ("unit", Align::Left),
        ];
        head.extend(role.then_some(("role", Align::Left)));
        head.extend(uncertain.then_some(("doubt", Align::Left)));
        head.extend([("source", Align::Left), ("sentence", Align::Left)]);
        let lines: Vec<Vec<String>> =
            group.iter().map(|r| line(r, role, uncertain, width.is_some())).collect();
        table(&head, &lines, width, &mut part);
        let mut said: Vec<&str> = group.iter().flat_map(|r| &r.checks).map(|c| c.message.as_str()).collect();
        said.sort_unstable();
        said.dedup();
        for message in said {
            part.push_str(&format!("! {message}\n"));
        }
        out.write_all(part.as_bytes())?;
        part.clear();
    }
    Ok(())
}

/// One row of the table for a terminal.
fn line(r: &Row, role: bool, uncertain: bool, narrow: bool) -> Vec<String> {
    let short = |text: &str, most: usize| if narrow { shorten(text, most) } else { text.to_owned() };
    let mut place = match &r.sum {
        None if narrow => r.place.name(),
        None => r.place.full_name(),
        Some(sum) => format!("{} = {} ({})", r.place.name(), sum.parts.join(" + "), sum.completeness()),
    };
    // A part stands below its whole.
    match r.scope.as_deref().filter(|_| r.part) {
        Some(scope) => place = format!("{}  └ {}", short(&place, SCOPE / 2), short(scope, SCOPE)),
        None if r.part => place.push_str("  └"),
        None if r.sum.is_none() => place = short(&place, SCOPE + 4),
        None => {}
    }
    let mark = if r.checks.is_empty() { "" } else { " !" };
    let mut out = vec![
        place,
        r.period.as_deref().map(period::label).unwrap_or_default(),
        r.shown() + mark,
        short(&per_unit(r), SCOPE / 2),
    ];
    out.extend(role.then(|| r.role.to_string()));
    out.extend(uncertain.then(|| r.doubt.map_or("", |d| d.name()).to_owned()));
    let source = |s: &Source| if narrow { short_place(s) } else { place_of(s) };
    out.push(r.sources.iter().map(source).collect::<Vec<_>>().join("; "));
    out.push(r.sources.first().map(|s| around(s, narrow)).unwrap_or_default());
    out
}

/// The words around the value: on a narrow line they begin close before it, so that it is seen.
fn around(s: &Source, narrow: bool) -> String {
    const BEFORE: usize = 14;
    let start = s.mark.map_or(0, |m| m[0] as usize).saturating_sub(BEFORE);
    if !narrow || s.cell.is_some() || start == 0 {
        return one_line(&s.citation());
    }
    let rest: String = s.sentence.chars().skip(start).collect();
    let rest = rest.split_once(' ').map_or(rest.as_str(), |(_, rest)| rest);
    format!("…{}", one_line(rest))
}

/// What there is to compare, one indicator a line.
pub fn list(all: &[Listed<'_>], catalogue: &Catalogue, width: Option<usize>, out: &mut String) {
    let right = ["places", "years", "values", "documents"].map(|name| (name, Align::Right));
    let mut head = right.to_vec();
    head.extend([
        ("from", Align::Left),
        ("to", Align::Left),
        ("indicator", Align::Left),
        ("name", Align::Left),
    ]);
    let year = |y: Option<i32>| y.map(|y| y.to_string()).unwrap_or_default();
    let row = |l: &Listed<'_>| {
        let mut row: Vec<String> = [l.places, l.years, l.values, l.documents].map(|n| n.to_string()).to_vec();
        let name = catalogue.get(l.indicator).map_or("", |e| e.name_vi.as_str());
        row.extend([year(l.first), year(l.last), l.indicator.to_owned(), name.to_owned()]);
        row
    };
    let rows: Vec<Vec<String>> = all.iter().map(row).collect();
    table(&head, &rows, width, out);
}

/// Name, id and edition of an indicator on one line.
pub fn title(id: &str, catalogue: &Catalogue) -> String {
    match catalogue.get(id) {
        Some(Entry { name_vi, edition: Some(edition), .. }) => format!("{name_vi} · {edition} ({id})"),
        Some(entry) => format!("{} ({id})", entry.name_vi),
        None => id.to_owned(),
    }
}

/// The unit with what it is per: "VND/người".
pub fn per_unit(r: &Row) -> String {
    match (&r.unit, &r.per) {
        (Some(u), Some(p)) => format!("{u}/{p}"),
        (Some(u), None) => u.clone(),
        (None, _) => String::new(),
    }
}

/// A matrix for a terminal: the values, numbered where there are sources to list below.
///
/// # Errors
/// What writing gives.
pub fn pivot_text(
    pivot: &Pivot<'_>,
    catalogue: &Catalogue,
    other: &str,
    width: Option<usize>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut sources: Vec<String> = Vec::new();
    let mut numbers: FxHashMap<(*const Origin, u32), usize> = FxHashMap::default();
    let mut part = String::new();
    for (i, group) in pivot.lines.chunk_by(|a, b| a.indicator == b.indicator).enumerate() {
        if i > 0 {
            part.push('\n');
        }
        if let Some(first) = group.first() {
            part.push_str(&title(&first.indicator, catalogue));
            part.push('\n');
        }
        // Columns that this indicator does not use only push the others off the screen.
        let used: Vec<usize> = (0..pivot.columns.len())
            .filter(|&c| group.iter().any(|l| l.cells.get(c).is_some_and(|v| !v.is_empty())))
            .collect();
        let mut head = vec![("role", Align::Left), ("unit", Align::Left), (other, Align::Left)];
        head.extend(used.iter().filter_map(|&c| pivot.columns.get(c)).map(|c| (c.as_str(), Align::Right)));
        let mut lines = Vec::new();
        for line in group {
            let mut row = vec![line.role.to_string(), line.unit.clone(), line.other.clone()];
            for values in used.iter().filter_map(|&c| line.cells.get(c)) {
                let mut cell = Vec::new();
                for v in values {
                    let mut marks = Vec::new();
                    for s in v.rows.iter().flat_map(|r| &r.sources) {
                        let number = numbers.entry((Arc::as_ptr(&s.origin), s.page)).or_insert_with(|| {
                            sources.push(place_of(s));
                            sources.len()
                        });
                        marks.push(*number);
                    }
                    marks.dedup();
                    let marks: Vec<String> = marks.iter().map(ToString::to_string).collect();
                    cell.push(format!("{} [{}]", v.shown, marks.join(",")));
                }
                row.push(cell.join("\n"));
            }
            lines.push(row);
        }
        table(&head, &lines, width, &mut part);
        out.write_all(part.as_bytes())?;
        part.clear();
    }
    if !sources.is_empty() {
        out.write_all(b"\n")?;
    }
    for (i, source) in sources.iter().enumerate() {
        writeln!(out, "[{}] {source}", i + 1)?;
    }
    Ok(())
}

/// Rows as CSV of one form.
///
/// # Errors
/// What writing gives.
pub fn csv(rows: &[Row], catalogue: &Catalogue, form: Separated, out: &mut dyn Write) -> io::Result<()> {
    let mut part = Vec::new();
    form.head(COLUMNS.iter().copied(), &mut part)?;
    out.write_all(&part)?;
    for some in rows.chunks(PART) {
        part.clear();
        form.rows(some.iter().map(|r| cells(r, catalogue)), &mut part)?;
        out.write_all(&part)?;
    }
    Ok(())
}

fn cells<'a>(r: &'a Row, catalogue: &'a Catalogue) -> Vec<Cell<'a>> {
    let entry = catalogue.get(&r.indicator);
    let each =
        |f: &dyn Fn(&Source) -> String| Cell::Made(r.sources.iter().map(f).collect::<Vec<_>>().join(" | "));
    let option = |s: &'a Option<String>| Cell::from(s);
    vec![
        r.indicator.as_str().into(),
        entry.map_or(Cell::Null, |e| e.name_vi.as_str().into()),
        entry.map_or(Cell::Null, |e| e.group.as_str().into()),
        entry.map_or(Cell::Null, |e| option(&e.edition)),
        Cell::Made(r.place.name()),
        r.place.level.name().into(),
        option(&r.place.province),
        option(&r.place.now),
        option(&r.place.district),
        option(&r.place.commune),
        option(&r.scope),
        Cell::Made(r.period.as_deref().map(period::label).unwrap_or_default()),
        r.period.as_ref().map(|p| p.start).into(),
        r.period.as_ref().map(|p| p.end).into(),
        r.period_basis.into(),
        r.year().map_or(Cell::Null, |y| Cell::Int(y.into())),
        r.role.name().into(),
        r.kind.name().into(),
        r.value.into(),
        option(&r.unit),
        r.numerator.into(),
        r.denominator.into(),
        r.bound.name().into(),
        r.direction.map_or(Cell::Null, |d| d.name().into()),
        option(&r.per),
        Cell::Made(r.sum.as_ref().map(|s| s.parts.join(" | ")).unwrap_or_default()),
        each(&|s| s.origin.path.clone()),
        each(&|s| s.origin.document.clone().unwrap_or_default()),
        each(&|s| s.origin.issue_date.clone().unwrap_or_default()),
        each(&|s| s.page.to_string()),
        each(&|s| s.line.to_string()),
        each(&|s| s.text.to_string()),
        each(&Source::citation),
        each(&|s| s.origin.record.clone()),
        each(&|s| s.item.to_string()),
        r.sum.as_ref().map_or(Cell::Null, |s| Cell::Int(s.parts.len() as i64)),
        r.sum.as_ref().map_or(Cell::Null, |s| Cell::Int((s.parts.len() + s.missing.len()) as i64)),
        Cell::Made(r.sum.as_ref().map(|s| s.missing.join(" | ")).unwrap_or_default()),
        Cell::Bool(r.part),
        each(&|s| s.part_of.as_deref().unwrap_or_default().to_owned()),
        r.range.map(|[low, _]| low).into(),
        r.range.map(|[_, high]| high).into(),
        each(&|s| s.cell.as_ref().map(|c| c.caption.clone()).unwrap_or_default()),
        each(&|s| s.cell.as_ref().map(|c| c.row.clone()).unwrap_or_default()),
        each(&|s| s.cell.as_ref().map(|c| c.column.clone()).unwrap_or_default()),
        Cell::Made(r.checks.iter().map(|c| c.message.as_str()).collect::<Vec<_>>().join(" | ")),
        r.doubt.map_or(Cell::Null, |d| d.name().into()),
        Cell::Made(r.sources.iter().flat_map(|s| s.origin.copies.clone()).collect::<Vec<_>>().join(" | ")),
    ]
}

/// A matrix as CSV: every value of a cell with its sources, separated by "; ".
///
/// # Errors
/// None in practice: memory is written to.
pub fn pivot_csv(
    pivot: &Pivot<'_>,
    catalogue: &Catalogue,
    other: &str,
    form: Separated,
    out: &mut dyn Write,
) -> io::Result<()> {
    let head = ["indicator", "name", "role", "unit", other];
    let mut part = Vec::new();
    form.head(head.into_iter().chain(pivot.columns.iter().map(String::as_str)), &mut part)?;
    for l in &pivot.lines {
        let name = catalogue.get(&l.indicator).map_or("", |e| e.name_vi.as_str());
        let mut row: Vec<Cell<'_>> = vec![
            l.indicator.as_str().into(),
            name.into(),
            l.role.name().into(),
            l.unit.as_str().into(),
            l.other.as_str().into(),
        ];
        row.extend(l.cells.iter().map(|values| {
            let texts: Vec<String> = values
                .iter()
                .map(|v| {
                    let sources: Vec<String> = v.rows.iter().flat_map(|r| &r.sources).map(place_of).collect();
                    format!("{} ({})", v.shown, sources.join(", "))
                })
                .collect();
            Cell::Made(texts.join("; "))
        }));
        form.rows(std::iter::once(row), &mut part)?;
        out.write_all(&part)?;
        part.clear();
    }
    out.write_all(&part)
}
