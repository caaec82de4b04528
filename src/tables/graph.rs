//! The citation graph as JSON, CSV edge list, GraphML, and a table of the most cited.

use std::io::{self, Write};

use super::aligned::{Align, table};
use super::csv::Separated;
use super::flat::Cell;
use super::html::mark;
use crate::tables::compare::graph::{Edge, Graph, Node};

/// How many rows are made before they are written.
const AT_ONCE: usize = 1000;

/// One JSON object with `nodes` and `edges`.
///
/// # Errors
/// What writing gives.
pub fn json(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, graph).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

/// One line an edge, both ends spelt out.
///
/// # Errors
/// What writing gives.
pub fn csv(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
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
    let mut rows = Vec::new();
    Separated::Csv.head(COLUMNS.iter().copied(), &mut rows)?;
    out.write_all(&rows)?;
    let node = |id: &str| {
        let at = graph.nodes.binary_search_by(|n| n.id.as_str().cmp(id)).ok();
        at.and_then(|i| graph.nodes.get(i))
    };
    let row = |e: &Edge| {
        let (s, t) = (node(&e.source), node(&e.target));
        let of = |n: Option<&'_ Node>, f: fn(&Node) -> Option<String>| {
            n.and_then(f).map_or(Cell::Null, Cell::Made)
        };
        let pages: Vec<String> = e.pages.iter().map(ToString::to_string).collect();
        vec![
            Cell::Made(e.source.to_string()),
            of(s, |n| n.paths.first().cloned()),
            of(s, |n| n.number.clone()),
            of(s, |n| n.date.map(|d| d.to_string())),
            of(s, |n| n.province.clone()),
            Cell::Made(e.target.to_string()),
            of(t, |n| n.doc_type.clone()),
            of(t, |n| n.number.clone()),
            of(t, |n| n.date.map(|d| d.to_string())),
            of(t, |n| n.year.map(|y| y.to_string())),
            of(t, |n| n.province.clone()),
            Cell::Made(e.relation.to_string()),
            Cell::Int(i64::try_from(e.count).unwrap_or(i64::MAX)),
            Cell::Made(pages.join(" ")),
        ]
    };
    graph.edges.chunks(AT_ONCE).try_for_each(|edges| {
        rows.clear();
        Separated::Csv.rows(edges.iter().map(row), &mut rows)?;
        out.write_all(&rows)
    })
}

/// GraphML, as Gephi, yEd and networkx read it.
///
/// # Errors
/// What writing gives.
pub fn graphml(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n")?;
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
        writeln!(out, "<key id=\"{id}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
    }
    out.write_all(b"<graph edgedefault=\"directed\">\n")?;
    for n in &graph.nodes {
        write!(out, "<node id=\"{}\">", escape(&n.id))?;
        let mut data = |key: &str, value: Option<&str>| match value {
            Some(value) => write!(out, "<data key=\"{key}\">{}</data>", escape(value)),
            None => Ok(()),
        };
        data("label", Some(&label(n)))?;
        data("type", n.doc_type.as_deref())?;
        data("date", n.date.map(|d| d.iso()).as_deref())?;
        data("province", n.province.as_deref())?;
        data("path", n.paths.first().map(String::as_str))?;
        data("cited", Some(&n.cited_by.to_string()))?;
        out.write_all(b"</node>\n")?;
    }
    for e in &graph.edges {
        writeln!(
            out,
            "<edge source=\"{}\" target=\"{}\"><data key=\"relation\">{}</data><data key=\"count\">{}</data></edge>",
            escape(&e.source),
            escape(&e.target),
            escape(&e.relation),
            e.count
        )?;
    }
    out.write_all(b"</graph>\n</graphml>\n")
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
            let date = n.date.map(|d| d.to_string()).or_else(|| n.year.map(|y| y.to_string()));
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
