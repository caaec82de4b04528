//! Names that the catalogue does not know, to a terminal table, CSV and JSON Lines.

use std::io;

use super::aligned::{Align, one_line, table};
use super::compared_json::line;
use super::csv::Separated;
use super::flat::Cell;
use crate::tables::compare::unmatched::Unmatched;

/// Names that the catalogue does not know, as a table for a terminal.
pub fn text(names: &[Unmatched], width: Option<usize>, out: &mut String) {
    let head = [
        ("documents", Align::Right),
        ("places", Align::Right),
        ("items", Align::Right),
        ("kind", Align::Left),
        ("unit", Align::Left),
        ("name", Align::Left),
        ("example", Align::Left),
    ];
    let rows: Vec<Vec<String>> = names
        .iter()
        .map(|n| {
            let sentence = one_line(&n.sentence);
            vec![
                n.documents.to_string(),
                n.places.len().to_string(),
                n.items.to_string(),
                n.kind.to_string(),
                n.unit.clone(),
                n.name.clone(),
                sentence,
            ]
        })
        .collect();
    table(&head, &rows, width, out);
}

/// The same as CSV of one form.
///
/// # Errors
/// None in practice: memory is written to.
pub fn csv(names: &[Unmatched], form: Separated, out: &mut Vec<u8>) -> io::Result<()> {
    form.head(["documents", "items", "kind", "unit", "name", "path", "sentence", "places"], out)?;
    let int = |n: u64| Cell::Int(i64::try_from(n).unwrap_or(i64::MAX));
    form.rows(
        names.iter().map(|n| {
            vec![
                int(n.documents),
                int(n.items),
                n.kind.name().into(),
                n.unit.as_str().into(),
                n.name.as_str().into(),
                n.path.as_str().into(),
                n.sentence.as_str().into(),
                int(n.places.len() as u64),
            ]
        }),
        out,
    )
}

/// The same as JSON Lines.
///
/// # Errors
/// None in practice: memory is written to.
pub fn jsonl(names: &[Unmatched], out: &mut Vec<u8>) -> io::Result<()> {
    for n in names {
        let row = serde_json::json!({
            "documents": n.documents, "items": n.items, "kind": n.kind, "unit": n.unit, "name": n.name,
            "path": n.path, "sentence": n.sentence, "places": n.places.len()
        });
        line(&row, out)?;
    }
    Ok(())
}
