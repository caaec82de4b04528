//! The citation graph as JSON, CSV edge list, GraphML, and a table of the most cited.

use std::fmt::Write;
use std::io;

use super::aligned::{Align, table};
use super::csv::Separated;
use super::flat::Cell;
use super::html::mark;
use crate::tables::compare::graph::{Graph, Node};

/// One JSON object with `nodes` and `edges`.
///
/// # Errors
/// None in practice: memory is written to.
pub fn json(graph: &Graph, out: &mut Vec<u8>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, graph).map_err(io::Error::from)?;
    out.push(b'\n');
    Ok(())
}

/// One line an edge, both ends spelt out.
///
/// # Errors
/// None in practice: memory is written to.
pub fn csv(graph: &Graph, out: &mut Vec<u8>) -> io::Result<()> {
    const COLUMNS: &[&str] = &[
        "source",
        "source_path",
        "source_number",
        "source_date",
        "source_province",
        "target",
        "target_type",
        "target_number",
        "target_date",
        "target_year",
        "target_province",
        "relation",
        "count",
        "pages",
    ];
    Separated::Csv.head(COLUMNS.iter().copied(), out)?;
    let node = |id: &str| {
        let at = graph.nodes.binary_search_by(|n| n.id.as_str().cmp(id)).ok();
        at.and_then(|i| graph.nodes.get(i))
    };
    let rows = graph.edges.iter().map(|e| {
        let (s, t) = (node(&e.source), node(&e.target));
        let of = |n: Option<&'_ Node>, f: fn(&Node) -> Option<String>| {
            n.and_then(f).map_or(Cell::Null, Cell::Made)
        };
        let pages: Vec<String> = e.pages.iter().map(ToString::to_string).collect();
        vec![
            e.source.as_str().into(),
            of(s, |n| n.paths.first().cloned()),
            of(s, |n| n.number.clone()),
            of(s, |n| n.date.clone()),
            of(s, |n| n.province.clone()),
            e.target.as_str().into(),
            of(t, |n| n.doc_type.clone()),
            of(t, |n| n.number.clone()),
            of(t, |n| n.date.clone()),
            of(t, |n| n.year.map(|y| y.to_string())),
            of(t, |n| n.province.clone()),
            e.relation.as_str().into(),
            Cell::Int(i64::try_from(e.count).unwrap_or(i64::MAX)),
            Cell::Made(pages.join(" ")),
        ]
    });
    Separated::Csv.rows(rows, out)
}

/// GraphML, as Gephi, yEd and networkx read it.
pub fn graphml(graph: &Graph, out: &mut String) {
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
    for (id, of, name, kind) in [
        ("label", "node", "label", "string"),
        ("type", "node", "type", "string"),
        ("date", "node", "date", "string"),
        ("province", "node", "province", "string"),
        ("path", "node", "path", "string"),
        ("cited", "node", "cited_by", "int"),
        ("relation", "edge", "relation", "string"),
        ("count", "edge", "weight", "int"),
    ] {
        let _ = writeln!(out, "<key id=\"{id}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>");
    }
    out.push_str("<graph edgedefault=\"directed\">\n");
    for n in &graph.nodes {
        let _ = write!(out, "<node id=\"{}\">", escape(&n.id));
        let mut data = |key: &str, value: Option<&str>| {
            if let Some(value) = value {
                let _ = write!(out, "<data key=\"{key}\">{}</data>", escape(value));
            }
        };
        data("label", Some(&label(n)));
        data("type", n.doc_type.as_deref());
        data("date", n.date.as_deref());
        data("province", n.province.as_deref());
        data("path", n.paths.first().map(String::as_str));
        data("cited", Some(&n.cited_by.to_string()));
        out.push_str("</node>\n");
    }
    for e in &graph.edges {
        let _ = writeln!(
            out,
            "<edge source=\"{}\" target=\"{}\"><data key=\"relation\">{}</data><data key=\"count\">{}</data></edge>",
            escape(&e.source),
            escape(&e.target),
            escape(&e.relation),
            e.count
        );
    }
    out.push_str("</graph>\n</graphml>\n");
}

/// The most cited documents, for a terminal.
pub fn top(graph: &Graph, most: usize, width: Option<usize>, out: &mut String) {
    let head = [
        ("cited by", Align::Right),
        ("mentions", Align::Right),
        ("type", Align::Left),
        ("number", Align::Left),
        ("date", Align::Left),
        ("province", Align::Left),
        ("subject", Align::Left),
    ];
    let rows: Vec<Vec<String>> = graph
        .top(most)
        .into_iter()
        .map(|n| {
            let date = n.date.clone().or_else(|| n.year.map(|y| y.to_string()));
            vec![
                n.cited_by.to_string(),
                n.mentions.to_string(),
                n.doc_type.clone().unwrap_or_default(),
                n.number.clone().unwrap_or_default(),
                date.unwrap_or_default(),
                n.province.clone().unwrap_or_default(),
                n.subject.clone().unwrap_or_default(),
            ]
        })
        .collect();
    table(&head, &rows, width, out);
}

fn label(n: &Node) -> String {
    n.number.clone().or_else(|| n.paths.first().cloned()).unwrap_or_else(|| n.id.clone())
}

/// XML text: characters that XML cannot hold become spaces.
fn escape(text: &str) -> String {
    let foreign = |c: char| (c < ' ' && !matches!(c, '\n' | '\t')) || matches!(c, '\u{fffe}' | '\u{ffff}');
    let mut out = String::with_capacity(text.len());
    mark::escape(&text.replace(foreign, " "), &mut out);
    out
}
