//! `baocao export RECORDS… --what …`: records as flat tables, one row an item.

use std::io;
use std::path::PathBuf;

use crate::batch::stream::Line;
use crate::record::{Entry, Record};
use crate::tables::csv::{BOM, Separated};
use crate::tables::flat::{TABLES, Table};
use crate::tables::rows::{self, Rows};
use crate::tables::{Encode as _, Kind, MakeTable};
use anyhow::bail;
use clap::builder::{PossibleValue, PossibleValuesParser};

use super::Outcome;
use super::records::Records;
use super::tables::{self, Tables};

/// Writes records as flat tables, one row an item; columns are documented in docs/export.md
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    records: Records,
    /// The table; without it all tables, into the folder or the database that -o names.
    ///
    /// `tables` are the tables of the documents themselves, each cell as written and as a value.
    #[arg(long, value_name = "TABLE", value_parser = PossibleValuesParser::new(tables_by_name()))]
    what: Option<String>,
    /// Form of the table.
    #[arg(long, value_name = "FORMAT", default_value = "csv", value_parser = tables::names(Kind::is_tabular))]
    format: String,
    /// For a spreadsheet (CSV): the byte order mark by which Excel knows UTF-8, and no text taken for a formula.
    #[arg(long)]
    bom: bool,
    /// Writes to a file instead of stdout, or all tables into a folder: whole or not at all.
    ///
    /// With `--what tables` a folder, in which each table is a file of its own.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The table of archivists' fields.
const EAD: &str = "ead";
/// The tables of the documents themselves.
const SHEETS: &str = "tables";

/// The names of all tables; that of the documents was another once.
fn tables_by_name() -> impl Iterator<Item = PossibleValue> {
    let named = |(name, table): &(&'static str, Table)| {
        let value = PossibleValue::new(*name);
        if *table == Table::Documents { value.alias("metadata") } else { value }
    };
    TABLES.iter().map(named).chain([EAD, SHEETS].map(PossibleValue::new))
}

/// Runs the subcommand.
///
/// # Errors
/// Wrong arguments, and an output that cannot be written.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let Some((format, kind)) = Kind::named(&args.format) else { bail!("unknown --format") };
    let Some(what) = args.what.as_deref() else { return args.all((format, kind)) };
    match what {
        EAD => return args.archivists(),
        SHEETS => {
            return super::sheets::write(&args.records, args.output.as_deref(), (format, args.bom));
        }
        _ => {}
    }
    let table = Table::named(what).unwrap_or(Table::Documents); // by its other name
    if let Some(form) = Separated::named(format, args.bom) {
        return args.separated(table, form);
    }
    match kind {
        Kind::Table(make) | Kind::Sheet(make) => args.one(table, make),
        Kind::Set(_) => bail!("--format {format} holds all tables; leave --what away"),
        Kind::Entries(_) => bail!("--format {format} is no table"),
    }
}

impl Args {
    fn one(&self, table: Table, make: MakeTable) -> anyhow::Result<Outcome> {
        self.records.output(self.output.as_deref())?.write(|out| {
            let mut writer = make(table, Box::new(&mut *out), self.bom)?;
            let outcome = self.records.each_line(
                |record: Record| Entry::Record(Box::new(record)),
                |line| {
                    let entry = match line {
                        Line::Record(entry) => entry,
                        Line::Error(_, record) => Entry::Error(*record),
                        Line::Bad(_) => return Ok(()),
                    };
                    table.rows_of(&entry).iter().try_for_each(|row| writer.row(row))
                },
            )?;
            writer.finish()?;
            out.flush()?;
            Ok(outcome)
        })
    }

    /// As [`Self::one`] for a form whose rows stand by themselves: they are made in parallel.
    fn separated(&self, table: Table, form: Separated) -> anyhow::Result<Outcome> {
        let rows = |entry: &Entry| {
            let mut rows = Vec::new();
            form.rows(table.rows_of(entry), &mut rows).map(|()| rows)
        };
        self.records.output(self.output.as_deref())?.write(|out| {
            let mut head = Vec::new();
            form.begin(table, &mut head)?;
            out.write_all(&head)?;
            let outcome = self.records.each_line(
                |record: Record| rows(&Entry::Record(Box::new(record))),
                |line| match line {
                    Line::Record(rows) => out.write_all(&rows?),
                    Line::Error(_, record) => out.write_all(&rows(&Entry::Error(*record))?),
                    Line::Bad(_) => Ok(()),
                },
            )?;
            out.flush()?;
            Ok(outcome)
        })
    }

    /// One row a document with the fields that archives ask for: what `extract --format ead` writes.
    fn archivists(&self) -> anyhow::Result<Outcome> {
        if self.format != "csv" {
            bail!("--what ead is a CSV, as the circular asks for it");
        }
        let Some(rows) = crate::tables::format(EAD, false) else { bail!("unknown --what") };
        self.records.output(self.output.as_deref())?.write(|out| {
            if self.bom {
                out.write_all(BOM)?;
            }
            out.write_all(rows.head().as_bytes())?;
            let outcome = self.records.each(
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

    fn all(&self, (format, kind): (&'static str, Kind)) -> anyhow::Result<Outcome> {
        if let Kind::Sheet(_) = kind {
            bail!("--format {format} holds one table; name it with --what");
        }
        if self.output.is_none() {
            let names: Vec<String> = tables_by_name().map(|t| t.get_name().to_owned()).collect();
            bail!(
                "name a table with --what, or with -o where all tables go\n  hint: the tables are {}",
                names.join(", ")
            );
        }
        let mut tables =
            self.records.sources(|sources| Tables::open((format, kind), self.output.as_deref(), sources))?;
        let encode = |entry: &Entry| {
            let mut encoded = Vec::new();
            Rows.entry(entry, &mut encoded).map(|()| encoded)
        };
        let outcome = self.records.each_line(
            |record: Record| encode(&Entry::Record(Box::new(record))),
            |line: Line<io::Result<Vec<u8>>>| match line {
                Line::Record(encoded) => rows::give(&encoded?, tables.set()),
                Line::Error(_, record) => rows::give(&encode(&Entry::Error(*record))?, tables.set()),
                Line::Bad(_) => Ok(()),
            },
        )?;
        tables.finish()?;
        Ok(outcome)
    }
}
