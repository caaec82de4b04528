//! `baocao schema`: the JSON Schema of the output, made from the types in `record.rs`.

use super::{Outcome, print};

/// Prints the JSON Schema of the records, made from the program's own types
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Runs the subcommand.
///
/// # Errors
/// A stdout that cannot be written.
pub fn run(_args: &Args) -> anyhow::Result<Outcome> {
    print(crate::tables::schema().as_bytes())
}
