//! `baocao cites NUMBER RECORDS…`: which documents cite a given one, where, and how.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use crate::tables::cites::{Mention, Mentions, Query, csv_head, csv_rows, jsonl, text};
use crate::tables::compare::graph::Citing;
use crate::tables::csv::{BOM, Separated};
use clap::ValueEnum;

use super::progress::counted;
use super::records::Records;
use super::{Outcome, say};

/// Lists which documents cite a given one, where, and with what relation
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The document, with or without type, year or diacritics: "36a/NQ-CP", "nghi quyet 36a", "Luật Đất đai 2013".
    #[arg(value_name = "NUMBER")]
    number: String,
    #[command(flatten)]
    records: Records,
    /// Form of the output.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// For a spreadsheet (CSV): the byte order mark by which Excel knows UTF-8, and no text taken for a formula.
    #[arg(long)]
    bom: bool,
    /// Writes to a file instead of stdout: whole or not at all.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Csv,
    Jsonl,
}

/// Runs the subcommand.
///
/// # Errors
/// A document that is not named, and an output that cannot be written.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let output = args.records.output(args.output.as_deref())?;
    let extractor = args.records.reading.extractor()?;
    let query =
        Query::read(&args.number, &extractor.patterns().references.types).map_err(anyhow::Error::msg)?;
    let (mut found, mut undated, mut documents): (Vec<Mention>, usize, usize) = (Vec::new(), 0, 0);
    let outcome = args.records.each(
        |d: Citing| query.mentions(&d),
        |mentions: Mentions| {
            documents += usize::from(!mentions.found.is_empty());
            undated += mentions.undated;
            found.extend(mentions.found);
            Ok(())
        },
    )?;
    if !args.records.quiet {
        say(&format!(
            "{} in {}",
            counted(found.len() as u64, "mention"),
            counted(documents as u64, "document")
        ));
        if undated > 0 {
            say(&format!("{undated} more name no year; leave the year away to see them"));
        }
    }
    output.write(|out| args.write(&found, out))?;
    Ok(outcome)
}

impl Args {
    fn write(&self, found: &[Mention], out: &mut dyn Write) -> anyhow::Result<()> {
        let mut bytes = Vec::new();
        match self.format {
            Format::Table => {
                let terminal = self.output.is_none() && std::io::stdout().is_terminal();
                let size = if terminal { terminal_size::terminal_size() } else { None };
                let mut lines = String::new();
                text(found, size.map(|(w, _)| usize::from(w.0).max(20)), &mut lines);
                bytes = lines.into_bytes();
            }
            Format::Csv => {
                let form = if self.bom { Separated::Sheet } else { Separated::Csv };
                if self.bom {
                    bytes.extend_from_slice(BOM);
                }
                csv_head(form, &mut bytes)?;
                csv_rows(found, form, &mut bytes)?;
            }
            Format::Jsonl => jsonl(found, &mut bytes)?,
        }
        Ok(out.write_all(&bytes)?)
    }
}
