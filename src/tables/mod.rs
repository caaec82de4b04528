//! Records to bytes. One file a form of output, behind one small trait; the table of writers is [`FORMATS`].

pub mod aligned;
pub mod cites;
mod compact;
pub mod compare;
pub mod compared;
pub mod compared_json;
pub mod csv;
pub mod diff;
mod ead;
pub mod flat;
pub mod graph;
pub mod html;
mod json;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod report;
pub mod unmatched;

pub use crate::batch::Encode;
use crate::record::Entry;

/// Makes a writer; the argument says whether the output is to be indented for the eye.
pub type Make = fn(pretty: bool) -> Box<dyn Encode>;

/// The table of writers: the name that `--format` takes, and who makes it.
pub const FORMATS: &[(&str, Make)] = &[
    ("jsonl", |_| Box::new(json::Lines)),
    ("json", |pretty| Box::new(json::Array { pretty })),
    ("ead", |_| Box::new(ead::Rows::new())),
];

/// The writer of a name.
pub fn format(name: &str, pretty: bool) -> Option<Box<dyn Encode>> {
    FORMATS.iter().find(|(known, _)| *known == name).map(|(_, make)| make(pretty))
}

/// The JSON Schema of the output stream: every line is a record or an error record.
pub fn schema() -> String {
    let schema = schemars::schema_for!(Entry);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
