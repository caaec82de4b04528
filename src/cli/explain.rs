//! `baocao explain FILE`: every numeral with what claimed or refused it, and by which rule.

use std::fmt::Write;
use std::path::PathBuf;

use crate::batch::guarded;
use crate::eval::explain::explain;

use super::reading::Reading;
use super::text::{bytes_of, say_unread};
use super::{Outcome, print};

/// Shows every numeral of a document with what claimed or refused it, and by which rule
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The document; `-` is standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Only numerals of one owner: reference, date, indicator, header, trap or unclaimed.
    #[arg(long, value_name = "OWNER")]
    owner: Option<String>,
    /// One JSON object a line instead of the table.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    reading: Reading,
}

/// Runs the subcommand.
///
/// # Errors
/// Wrong options, and a stdout that cannot be written.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let extractor = args.reading.extractor()?;
    let limit = extractor.options().read.limits.file_bytes;
    let numerals = match guarded(|| explain(&extractor, &bytes_of(&args.file, limit)?)) {
        Ok(numerals) => numerals,
        Err(error) => {
            say_unread(&args.file, &error);
            return Ok(Outcome::SomeFailed);
        }
    };
    let mut out = String::new();
    for n in numerals.iter().filter(|n| args.owner.as_ref().is_none_or(|o| o == n.owner)) {
        if args.json {
            let attributes = n
                .attributes
                .iter()
                .map(|a| (a.field, serde_json::json!({ "value": a.value, "rule": a.rule })));
            let attributes: std::collections::BTreeMap<_, _> = attributes.collect();
            let line = serde_json::json!({
                "text": n.text, "bytes": [n.bytes.start, n.bytes.end], "page": n.page, "line": n.line,
                "owner": n.owner, "rule": n.rule, "context": n.context, "attributes": attributes,
            });
            writeln!(out, "{line}")?;
        } else {
            writeln!(out, "{:>6}  {:<16} {:<10} {:<26} {}", n.line, n.text, n.owner, n.rule, n.context)?;
            for a in n.attributes.iter().filter(|a| !a.value.is_empty() || !a.rule.is_empty()) {
                writeln!(out, "{:>6}  {:<16} {:<10} {:<26} {}", "", "", a.field, a.rule, a.value)?;
            }
        }
    }
    print(out.as_bytes())
}
