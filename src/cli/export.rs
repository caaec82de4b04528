//! `baocao export RECORDS… --what …`: records as flat tables, one row an item.

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use crate::record::{Entry, Record};
use crate::tables::csv::{BOM, Separated};
use crate::tables::flat::{TABLES, Table};
use anyhow::bail;
use clap::ValueEnum;
use clap::builder::PossibleValuesParser;

use super::Outcome;
use super::records::Records;

/// The table of archivists' fields.
const EAD: &str = "ead";

/// Writes records as flat tables (CSV, TSV), one row an item; columns are documented in docs/export.md
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    records: Records,
    /// The table.
    #[arg(long, value_name = "TABLE", value_parser = PossibleValuesParser::new(tables()))]
    what: String,
    /// Form of the table.
    #[arg(long, value_enum, default_value_t = Format::Csv)]
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
    Csv,
    Tsv,
    #[cfg(feature = "parquet")]
    Parquet,
}

/// Runs the subcommand.
///
/// # Errors
/// Wrong arguments, and an output that cannot be written.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    if args.what == EAD {
        return archivists(args);
    }
    let Some(table) = TABLES.iter().find(|t| t.0 == args.what).map(|t| t.1) else { bail!("unknown --what") };
    args.records.output(args.output.as_deref())?.write(|out| match args.format {
        Format::Csv if args.bom => separated(args, table, Separated::Sheet, out),
        Format::Csv => separated(args, table, Separated::Csv, out),
        Format::Tsv => separated(args, table, Separated::Tsv, out),
        #[cfg(feature = "parquet")]
        Format::Parquet => parquet(args, table, out),
    })
}

/// The names of all tables.
fn tables() -> impl Iterator<Item = &'static str> {
    TABLES.iter().map(|t| t.0).chain([EAD])
}

/// One row a document with the fields that archives ask for: what `extract --format ead` writes.
fn archivists(args: &Args) -> anyhow::Result<Outcome> {
    if args.format != Format::Csv {
        bail!("--what ead is a CSV, as the circular asks for it");
    }
    let Some(rows) = crate::tables::format(EAD, false) else { bail!("unknown --what") };
    args.records.output(args.output.as_deref())?.write(|out| {
        let mut out = BufWriter::with_capacity(1 << 16, out);
        if args.bom {
            out.write_all(BOM)?;
        }
        out.write_all(rows.head().as_bytes())?;
        let outcome = args.records.each(
            |record: Record| {
                let mut row = Vec::new();
                rows.entry(&Entry::Record(Box::new(record)), &mut row).map(|()| row)
            },
            |row| out.write_all(&row?),
        )?;
        out.flush()?;
        Ok(outcome)
    })
}

fn separated(args: &Args, table: Table, form: Separated, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let mut head = Vec::new();
    if form == Separated::Sheet {
        head.extend_from_slice(BOM);
    }
    form.head(table.columns().iter().map(|c| c.0), &mut head)?;
    out.write_all(&head)?;
    let outcome = args.records.each(
        |record: Record| {
            let mut rows = Vec::new();
            form.rows(table.rows(&record), &mut rows).map(|()| rows)
        },
        |rows| out.write_all(&rows?),
    )?;
    out.flush()?;
    Ok(outcome)
}

/// One Parquet file; it is written whole, so that it needs no file to seek in.
#[cfg(feature = "parquet")]
fn parquet(args: &Args, table: Table, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let mut file = Vec::new();
    let mut writer = crate::tables::parquet::Parquet::new(table, &mut file)?;
    let outcome = args.records.each(
        |record: Record| record,
        |record| {
            table.rows(&record).iter().try_for_each(|row| writer.row(row)).map_err(std::io::Error::other)
        },
    )?;
    writer.finish()?;
    out.write_all(&file)?;
    out.flush()?;
    Ok(outcome)
}
