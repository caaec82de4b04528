//! The report of what two runs say differently: a table for the eye, or JSON Lines: one change a line, then the sum.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::{Change, Document, KINDS, Run, What};
use crate::tables::aligned::{Align, table};

/// How many documents, items and fields differ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sum {
    documents: [usize; 4],
    kinds: BTreeMap<usize, Counts>,
    fields: BTreeMap<(usize, String), [usize; 3]>,
    per_document: Vec<(String, Counts)>,
}

/// Items of one list, or of one document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Counts {
    old: usize,
    new: usize,
    gained: usize,
    lost: usize,
    changed: usize,
}

impl Counts {
    fn add(&mut self, what: &What) {
        match what {
            What::Gained => self.gained += 1,
            What::Lost => self.lost += 1,
            What::Changed(_) => self.changed += 1,
        }
    }

    fn same(&self) -> usize {
        self.old.saturating_sub(self.lost + self.changed)
    }

    fn cells(&self, first: Vec<String>) -> Vec<String> {
        let counts = [self.old, self.new, self.same(), self.changed, self.gained, self.lost];
        first.into_iter().chain(counts.iter().map(ToString::to_string)).collect()
    }
}

impl Sum {
    /// Adds a document.
    pub fn add(&mut self, document: &Document) {
        let of = match document.only {
            None => usize::from(!document.is_same()),
            Some(Run::New) => 2,
            Some(Run::Old) => 3,
        };
        if let Some(n) = self.documents.get_mut(of) {
            *n += 1;
        }
        let mut own = Counts::default();
        for (kind, [old, new]) in document.items.iter().enumerate() {
            let counts = self.kinds.entry(kind).or_default();
            (counts.old, counts.new) = (counts.old + old, counts.new + new);
            (own.old, own.new) = (own.old + old, own.new + new);
        }
        for change in &document.changes {
            let kind = KINDS.iter().position(|k| *k == change.kind).unwrap_or_default();
            self.kinds.entry(kind).or_default().add(&change.what);
            own.add(&change.what);
            let What::Changed(fields) = &change.what else { continue };
            for (name, old, new) in fields {
                let [filled, emptied, other] = self.fields.entry((kind, name.clone())).or_default();
                *match (old.is_null(), new.is_null()) {
                    (true, _) => filled,
                    (_, true) => emptied,
                    _ => other,
                } += 1;
            }
        }
        if !document.is_same() {
            self.per_document.push((document.path.clone(), own));
        }
    }

    /// Whether nothing differs.
    pub fn is_same(&self) -> bool {
        self.per_document.is_empty()
    }

    /// The tables: lists, fields, documents that differ.
    pub fn write(&self, width: Option<usize>, out: &mut String) {
        let [same, changed, gained, lost] = self.documents;
        out.push_str(&format!(
            "{same} documents the same, {changed} changed, {gained} only in the new run, {lost} only in the old one\n"
        ));
        if self.is_same() {
            return;
        }
        let kind = |n: usize| KINDS.get(n).copied().unwrap_or_default().to_owned();
        let counts = ["old", "new", "same", "changed", "gained", "lost"].map(|n| (n, Align::Right));
        let head = |first: &'static str| -> Vec<(&str, Align)> {
            std::iter::once((first, Align::Left)).chain(counts).collect()
        };
        let rows: Vec<_> = self.kinds.iter().map(|(k, c)| c.cells(vec![kind(*k)])).collect();
        out.push('\n');
        table(&head("items"), &rows, width, out);
        let rows = self.fields.iter().map(|((k, field), [filled, emptied, other])| {
            vec![kind(*k), field.clone(), filled.to_string(), emptied.to_string(), other.to_string()]
        });
        let rows: Vec<Vec<String>> = rows.collect();
        if !rows.is_empty() {
            let [filled, emptied, other] = ["filled", "emptied", "other"].map(|n| (n, Align::Right));
            out.push('\n');
            table(
                &[("items", Align::Left), ("field", Align::Left), filled, emptied, other],
                &rows,
                width,
                out,
            );
        }
        let rows: Vec<_> = self.per_document.iter().map(|(path, c)| c.cells(vec![path.clone()])).collect();
        out.push('\n');
        table(&head("document"), &rows, width, out);
    }

    /// The last line of the JSON Lines.
    ///
    /// # Errors
    /// What writing to `out` gives.
    pub fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let [same, changed, gained, lost] = self.documents;
        let kind = |n: usize| KINDS.get(n).copied().unwrap_or_default();
        let items: Map<String, Value> = self.kinds.iter().map(|(k, c)| {
            let counts = json!({"old": c.old, "new": c.new, "same": c.same(), "changed": c.changed, "gained": c.gained, "lost": c.lost});
            (kind(*k).to_owned(), counts)
        }).collect();
        let fields: Map<String, Value> = self
            .fields
            .iter()
            .map(|((k, field), [filled, emptied, other])| {
                (
                    format!("{}.{field}", kind(*k)),
                    json!({"filled": filled, "emptied": emptied, "other": other}),
                )
            })
            .collect();
        let documents = json!({"same": same, "changed": changed, "gained": gained, "lost": lost});
        writeln!(out, "{}", json!({"sum": {"documents": documents, "items": items, "fields": fields}}))
    }
}

/// The changes of a document for the eye: "+" gained, "-" lost, "~" changed with its fields.
pub fn items(document: &Document, out: &mut String) {
    if document.is_same() {
        return;
    }
    out.push_str(&document.path);
    out.push_str(match document.only {
        None => "\n",
        Some(Run::Old) => ": only in the old run\n",
        Some(Run::New) => ": only in the new run\n",
    });
    for change in &document.changes {
        let (sign, fields) = match &change.what {
            What::Gained => ('+', &[][..]),
            What::Lost => ('-', &[][..]),
            What::Changed(fields) => ('~', fields.as_slice()),
        };
        let line = change.item.get("line").map(|l| format!(":{l}")).unwrap_or_default();
        out.push_str(&format!("  {sign} {}{line} {}\n", change.kind, shown(change)));
        for (name, old, new) in fields {
            out.push_str(&format!("      {name}: {old} → {new}\n"));
        }
    }
}

/// What an item is, in few words.
fn shown(change: &Change) -> String {
    let text =
        ["text", "heading", "label", "message", "name"].iter().find_map(|f| change.item.get(*f)?.as_str());
    let name = change.item.get("name").and_then(Value::as_str).filter(|_| change.kind == "indicators");
    let text = crate::tables::aligned::one_line(text.unwrap_or_default());
    name.map_or(text.clone(), |name| format!("{text} ({name})"))
}

/// The changes of a document, one a line.
///
/// # Errors
/// What writing to `out` gives.
pub fn json(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    for change in &document.changes {
        let (what, fields) = match &change.what {
            What::Gained => ("gained", Value::Null),
            What::Lost => ("lost", Value::Null),
            What::Changed(fields) => {
                let fields =
                    fields.iter().map(|(name, old, new)| (name.clone(), json!({"old": old, "new": new})));
                ("changed", Value::Object(fields.collect()))
            }
        };
        let line = json!({
            "document": document.path, "kind": change.kind, "change": what, "fields": fields, "item": change.item,
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}
