//! What describes a folder of tables to whoever opens it: a Frictionless data package and a Croissant description, with
//! the type and the meaning of every column. The meanings are those of `docs/export.md`, so that nothing is said twice.

use serde_json::{Map, Value, json};

use super::flat::{Column, PLACE, Table, Type};

/// File name of the data package.
pub const FRICTIONLESS: &str = "datapackage.json";
/// File name of the Croissant description.
pub const CROISSANT: &str = "croissant.json";

/// The documentation of the columns.
const MEANINGS: &str = include_str!("../../docs/export.md");

/// A table that was written.
pub struct Resource {
    /// Which one.
    pub table: Table,
    /// Form and extension of its file.
    pub format: &'static str,
    /// Its rows.
    pub rows: u64,
    /// Its length.
    pub bytes: u64,
    /// Its SHA-256 in hexadecimal digits.
    pub sha256: String,
}

impl Resource {
    fn path(&self) -> String {
        format!("{}.{}", self.table.name(), self.format)
    }

    fn media_type(&self) -> &'static str {
        match self.format {
            "csv" => "text/csv",
            "tsv" => "text/tab-separated-values",
            "parquet" => "application/vnd.apache.parquet",
            _ => "application/octet-stream",
        }
    }
}

/// Whether a data package is one that this program wrote.
pub fn is_own(text: &str) -> bool {
    serde_json::from_str::<Value>(text).is_ok_and(|v| v["created_by"]["name"] == "baocao")
}

/// The Frictionless data package of some tables.
pub fn frictionless(resources: &[Resource]) -> String {
    let resources: Vec<Value> = resources.iter().map(resource).collect();
    written(&json!({
        "profile": "data-package",
        "name": "baocao",
        "title": "Tables of administrative documents, written by baocao",
        "created_by": {"name": "baocao", "version": env!("CARGO_PKG_VERSION")},
        "resources": resources,
    }))
}

fn resource(r: &Resource) -> Value {
    let mut fields: Vec<Value> = r.table.columns().iter().map(|c| field(r.table, c)).collect();
    let is_structured = r.format == "parquet" && r.table.columns().iter().any(|c| c.0.starts_with(PLACE));
    if is_structured {
        let description = format!("the columns {PLACE}… as one structure");
        fields
            .push(json!({"name": PLACE.trim_end_matches('_'), "type": "object", "description": description}));
    }
    let mut resource = json!({
        "name": r.table.name(),
        "path": r.path(),
        "profile": "tabular-data-resource",
        "format": r.format,
        "mediatype": r.media_type(),
        "bytes": r.bytes,
        "hash": format!("sha256:{}", r.sha256),
        "rows": r.rows,
        "schema": {"fields": fields},
    });
    if r.format == "csv" || r.format == "tsv" {
        resource["encoding"] = "utf-8".into();
    }
    if r.format == "tsv" {
        resource["dialect"] = json!({"delimiter": "\t"});
    }
    resource
}

fn field(table: Table, (name, kind): &Column) -> Value {
    let kind = match kind {
        Type::Text => "string",
        Type::Int => "integer",
        Type::Decimal => "number",
        Type::Bool => "boolean",
        Type::Day => "date",
    };
    json!({"name": name, "type": kind, "description": meaning(table, name).unwrap_or_default()})
}

/// What the documentation says of a column: in the part of its table, else in those that all tables share.
fn meaning(table: Table, column: &str) -> Option<&'static str> {
    let (shared, _) = MEANINGS.split_once("\n### ")?;
    let own = MEANINGS.split_once(&format!("\n### `{}`", table.name()))?.1;
    let own = own.split("\n### ").next().unwrap_or(own);
    let said = |part: &'static str| {
        part.lines().find_map(|line| {
            let (name, rest) = line.strip_prefix("| `")?.split_once("` | ")?;
            let (_, meaning) = rest.split_once(" | ")?;
            (name == column).then(|| meaning.trim_end_matches('|').trim())
        })
    };
    said(own).or_else(|| said(shared))
}

/// The Croissant description of some tables (version 1.0).
pub fn croissant(resources: &[Resource]) -> String {
    let distribution: Vec<Value> = resources.iter().map(file_object).collect();
    let record_sets: Vec<Value> = resources.iter().map(record_set).collect();
    written(&json!({
        "@context": context(),
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "baocao",
        "description": "Documents, references, dates, indicators and checks read out of administrative documents",
        "version": env!("CARGO_PKG_VERSION"),
        "distribution": distribution,
        "recordSet": record_sets,
    }))
}

fn file_object(r: &Resource) -> Value {
    json!({
        "@type": "cr:FileObject",
        "@id": r.path(),
        "name": r.path(),
        "contentUrl": r.path(),
        "contentSize": format!("{} B", r.bytes),
        "encodingFormat": if r.format == "parquet" { "application/x-parquet" } else { r.media_type() },
        "sha256": r.sha256,
    })
}

fn record_set(r: &Resource) -> Value {
    let fields: Vec<Value> = r.table.columns().iter().map(|column| croissant_field(r, column)).collect();
    json!({"@type": "cr:RecordSet", "@id": r.table.name(), "name": r.table.name(), "field": fields})
}

fn croissant_field(r: &Resource, (name, kind): &Column) -> Value {
    let kind = match kind {
        Type::Text => "sc:Text",
        Type::Int => "sc:Integer",
        Type::Decimal => "sc:Float",
        Type::Bool => "sc:Boolean",
        Type::Day => "sc:Date",
    };
    json!({
        "@type": "cr:Field",
        "@id": format!("{}/{name}", r.table.name()),
        "name": name,
        "description": meaning(r.table, name).unwrap_or_default(),
        "dataType": kind,
        "source": {"fileObject": {"@id": r.path()}, "extract": {"column": name}},
    })
}

/// The names that Croissant asks for.
fn context() -> Value {
    let croissant = "citeAs column extract field fileObject fileProperty fileSet format includes isLiveDataset jsonPath key \
                     md5 parentField path recordSet references regex repeated replace separator source subField transform";
    let mut names = Map::new();
    for (name, value) in
        [("@language", "en"), ("@vocab", "https://schema.org/"), ("sc", "https://schema.org/")]
    {
        names.insert(name.into(), value.into());
    }
    for (name, value) in [
        ("cr", "http://mlcommons.org/croissant/"),
        ("rai", "http://mlcommons.org/croissant/RAI/"),
        ("dct", "http://purl.org/dc/terms/"),
        ("conformsTo", "dct:conformsTo"),
    ] {
        names.insert(name.into(), value.into());
    }
    names.insert("data".into(), json!({"@id": "cr:data", "@type": "@json"}));
    names.insert("examples".into(), json!({"@id": "cr:examples", "@type": "@json"}));
    names.insert("dataType".into(), json!({"@id": "cr:dataType", "@type": "@vocab"}));
    for name in croissant.split_whitespace() {
        names.insert(name.into(), format!("cr:{name}").into());
    }
    Value::Object(names)
}

fn written(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::flat::TABLES;

    fn resources() -> Vec<Resource> {
        let of = |table| Resource { table, format: "parquet", rows: 3, bytes: 10, sha256: "ab".into() };
        TABLES.iter().map(|t| of(t.1)).collect()
    }

    #[test]
    fn every_column_has_its_meaning() {
        for (name, table) in TABLES {
            for (column, _) in table.columns() {
                let meaning = meaning(*table, column).unwrap_or_default();
                assert!(meaning.len() > 3, "{name}.{column}: {meaning:?}");
            }
        }
        assert_eq!(meaning(Table::Documents, "position"), Some("the signer's post"));
    }

    #[test]
    fn a_package_is_known_as_our_own_and_names_every_table() {
        let text = frictionless(&resources());
        assert!(is_own(&text) && !is_own("{}") && !is_own("nothing"));
        let package: Value = serde_json::from_str(&text).unwrap();
        let fields = package["resources"][3]["schema"]["fields"].as_array().unwrap();
        assert_eq!(fields.len(), Table::Indicators.columns().len() + 1, "and the place as a structure");
        let value: Value = serde_json::from_str(&croissant(&resources())).unwrap();
        assert_eq!(value["recordSet"].as_array().unwrap().len(), TABLES.len());
    }
}
