//! `baocao export RECORDS… --what …`: records as flat tables, one row an item.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use crate::batch::name::harmless;
use crate::record::{Entry, Record};
use crate::tables::csv::{BOM, Separated};
use crate::tables::flat::{Cell, TABLES, Table};
use crate::tables::sheets;
use anyhow::{Context, bail};
use clap::ValueEnum;
use clap::builder::PossibleValuesParser;

use super::Outcome;
use super::records::Records;

/// The name that `--what` takes for the tables of the documents themselves.
const SHEETS: &str = "tables";
/// The table of archivists' fields.
const EAD: &str = "ead";

/// Writes records as flat tables (CSV, TSV), one row an item; columns are documented in docs/export.md
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    records: Records,
    /// The table; `tables` are the tables of the documents themselves, each cell as written and as a value.
    #[arg(long, value_name = "TABLE", value_parser = PossibleValuesParser::new(tables()))]
    what: String,
    /// Form of the table.
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
    /// For a spreadsheet (CSV): the byte order mark by which Excel knows UTF-8, and no text taken for a formula.
    #[arg(long)]
    bom: bool,
    /// Writes to a file instead of stdout: whole or not at all. With `--what tables` a folder, in which each table is a
    /// file of its own.
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
    if args.what == SHEETS {
        return sheets(args);
    }
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

/// The tables of the documents themselves.
fn sheets(args: &Args) -> anyhow::Result<Outcome> {
    let form = match args.format {
        Format::Csv if args.bom => Separated::Sheet,
        Format::Csv => Separated::Csv,
        Format::Tsv => Separated::Tsv,
        #[cfg(feature = "parquet")]
        Format::Parquet => bail!("tables of documents have columns of their own: --format csv or tsv"),
    };
    let made = |record: Record| -> std::io::Result<Vec<Made>> {
        sheets::of(&record).iter().map(|sheet| Made::new(&record, sheet, form)).collect()
    };
    let Some(dir) = &args.output else {
        return args.records.output(None)?.write(|out| {
            let mut out = BufWriter::with_capacity(1 << 16, out);
            if form == Separated::Sheet {
                out.write_all(BOM)?;
            }
            let outcome = args.records.each(made, |tables| {
                tables?
                    .iter()
                    .try_for_each(|t| out.write_all(&t.title).and_then(|()| out.write_all(&t.bytes)))
            })?;
            out.flush()?;
            Ok(outcome)
        });
    };
    let shown = dir.display().to_string();
    fs::create_dir_all(dir)
        .with_context(|| format!("cannot make the folder {shown}; of tables -o names one"))?;
    let extension = if form == Separated::Tsv { "tsv" } else { "csv" };
    let mut written = 0_u64;
    let outcome = args.records.each(made, |tables| {
        for table in tables? {
            let path = dir.join(format!("{}.{extension}", table.name));
            let part = dir.join(format!("{}.part", table.name));
            let mark: &[u8] = if form == Separated::Sheet { BOM } else { b"" };
            fs::write(&part, [mark, &table.bytes].concat())?;
            fs::rename(&part, &path)?;
            written += 1;
        }
        Ok(())
    })?;
    if !args.records.quiet {
        super::say(&format!("{written} tables in {}", harmless(&shown)));
    }
    Ok(outcome)
}

/// One table, written.
struct Made {
    /// Name of its file without the extension.
    name: String,
    /// What stands before it where several are written one after the other.
    title: Vec<u8>,
    bytes: Vec<u8>,
}

impl Made {
    fn new(record: &Record, sheet: &sheets::Sheet<'_>, form: Separated) -> std::io::Result<Self> {
        let (mut title, mut bytes) = (Vec::new(), Vec::new());
        let number = Cell::Made(sheet.number.to_string());
        let caption = sheet.caption.map_or(Cell::Null, Cell::Text);
        form.rows(
            [vec![Cell::Text("# table"), Cell::Text(&record.source.path), number, caption]],
            &mut title,
        )?;
        form.rows(std::iter::once(sheet.head()).chain(sheet.rows()), &mut bytes)?;
        let name = format!("{}-{}-t{}", stem(&record.source.path), record.id, sheet.number);
        Ok(Self { name, title, bytes })
    }
}

/// The name of a file without its extension, of letters, digits and hyphens only.
fn stem(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let plain = |c: char| if c.is_alphanumeric() { c } else { '-' };
    let stem: String = stem.chars().take(60).map(plain).collect();
    if stem.is_empty() { "table".into() } else { stem }
}

/// The names of all tables.
fn tables() -> impl Iterator<Item = &'static str> {
    TABLES.iter().map(|t| t.0).chain([EAD, SHEETS])
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
