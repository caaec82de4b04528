//! `baocao graph RECORDS…`: who cites what.

use std::io::IsTerminal;
use std::path::PathBuf;

use crate::tables::compare::graph::{Builder, Citing, part};
use crate::tables::graph;
use clap::ValueEnum;

use super::progress::counted;
use super::records::Records;
use super::{Outcome, say};

/// Writes who cites what: documents seen and documents only cited, with relation, count and pages
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    records: Records,
    /// Form of the output: `top` is a table of the most cited documents.
    #[arg(long, value_enum, default_value_t = Format::Top)]
    format: Format,
    /// Writes of every record what the graph needs, as JSON Lines: `graph` over the parts of several machines is
    /// `graph` over all records.
    #[arg(long, conflicts_with = "format")]
    partial: bool,
    /// How many documents `top` lists.
    #[arg(long, value_name = "N", default_value_t = 30)]
    most: usize,
    /// Writes to a file instead of stdout: whole or not at all.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Top,
    Json,
    Csv,
    Graphml,
}

/// Runs the subcommand.
///
/// # Errors
/// Wrong arguments, and an output that cannot be written.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let output = args.records.output(args.output.as_deref())?;
    if args.partial {
        return args.records.write_parts(&output, |mut d: Citing| {
            d.slim();
            d
        });
    }
    let mut builder = Builder::default();
    let outcome = args.records.each(
        |d: Citing| part(&d),
        |found| {
            builder.add(found);
            Ok(())
        },
    )?;
    let graph = builder.finish();
    if !args.records.quiet {
        say(&format!(
            "{}, {}",
            counted(graph.nodes.len() as u64, "document"),
            counted(graph.edges.len() as u64, "citation")
        ));
    }
    output.write(|out| {
        match args.format {
            Format::Json => graph::json(&graph, out)?,
            Format::Csv => graph::csv(&graph, out)?,
            Format::Graphml => graph::graphml(&graph, out)?,
            Format::Top => {
                let terminal = args.output.is_none() && std::io::stdout().is_terminal();
                let size = if terminal { terminal_size::terminal_size() } else { None };
                let width = size.map(|(w, _)| usize::from(w.0).max(20));
                let mut text = String::new();
                graph::top(&graph, args.most, width, &mut text);
                out.write_all(text.as_bytes())?;
            }
        }
        Ok(())
    })?;
    Ok(outcome)
}
