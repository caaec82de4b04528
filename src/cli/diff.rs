//! `baocao diff OLD NEW`: what a run gained, lost and changed over another one.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use crate::batch::Input;
use crate::batch::stream::entry;
use crate::tables::diff::write::{Sum, items, json};
use crate::tables::diff::{Differ, Document, KINDS, Run, What};
use anyhow::{Context, bail};
use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use serde_json::Value;

use super::Outcome;
use super::output::{Output, Sources};

/// Shows what the records of one run gained, lost and changed over those of another; exits with 1 where they differ
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Records of the older run (`-` is standard input).
    old: PathBuf,
    /// Records of the newer run (`-` is standard input).
    new: PathBuf,
    /// Form of the output: tables of counts, or one change a line and the sum.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Shows every item that differs above the tables.
    #[arg(long)]
    items: bool,
    /// Looks at these items only (repeatable).
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(KINDS))]
    kind: Vec<String>,
    /// Of what changed, looks at these fields only, and at those within them: `period` is also `period.start`.
    #[arg(long, value_name = "FIELD")]
    field: Vec<String>,
    /// Writes to a file instead of stdout: whole or not at all.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Jsonl,
}

/// Runs the subcommand.
///
/// # Errors
/// Files that cannot be read or hold no records, and an output that cannot be written.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    if args.old == args.new {
        bail!("both runs are {}; give two files", args.old.display());
    }
    let inputs: Vec<Input> = [&args.old, &args.new]
        .into_iter()
        .filter(|p| *p != Path::new("-"))
        .cloned()
        .map(Input::Path)
        .collect();
    let sources = Sources { inputs: &inputs, hidden: true, others: &[] };
    let output = Output::new(args.output.as_deref(), sources)?;
    let mut sum = Sum::default();
    output.write(|target| {
        let mut out = BufWriter::with_capacity(1 << 16, target);
        let mut show = |mut document: Document| {
            args.narrow(&mut document);
            sum.add(&document);
            match args.format {
                Format::Jsonl => json(&document, &mut out),
                Format::Table if args.items => {
                    let mut text = String::new();
                    items(&document, &mut text);
                    out.write_all(text.as_bytes())
                }
                Format::Table => Ok(()),
            }
        };
        let mut differ = Differ::default();
        let (mut old, mut new) = (Entries::open(&args.old)?, Entries::open(&args.new)?);
        loop {
            let (one, other) = (old.next()?, new.next()?);
            if one.is_none() && other.is_none() {
                break;
            }
            for (run, entry) in [(Run::Old, one), (Run::New, other)] {
                if let Some(document) = entry.and_then(|e| differ.add(run, e)) {
                    show(document)?;
                }
            }
        }
        for document in differ.finish() {
            show(document)?;
        }
        if args.format == Format::Jsonl {
            sum.json(&mut out)?;
        } else {
            let terminal = args.output.is_none() && io::stdout().is_terminal();
            let size = if terminal { terminal_size::terminal_size() } else { None };
            let mut text = String::new();
            sum.write(size.map(|(w, _)| usize::from(w.0).max(20)), &mut text);
            out.write_all(text.as_bytes())?;
        }
        Ok(out.flush()?)
    })?;
    Ok(if sum.is_same() { Outcome::Complete } else { Outcome::SomeFailed })
}

impl Args {
    /// Leaves out what was not asked for.
    fn narrow(&self, document: &mut Document) {
        let is_asked = |kind: &str| self.kind.is_empty() || self.kind.iter().any(|k| k == kind);
        let is_field = |name: &str| {
            self.field.iter().any(|f| {
                name.strip_prefix(f.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
        };
        document.changes.retain_mut(|change| {
            if let (What::Changed(fields), false) = (&mut change.what, self.field.is_empty()) {
                fields.retain(|(name, _, _)| is_field(name));
                if fields.is_empty() {
                    return false;
                }
            }
            is_asked(change.kind)
        });
        for (counts, kind) in document.items.iter_mut().zip(KINDS) {
            if !is_asked(kind) {
                *counts = [0, 0];
            }
        }
    }
}

/// The entries of a file, one at a time.
pub(super) struct Entries {
    name: String,
    lines: Box<dyn BufRead>,
    line: u64,
}

impl Entries {
    pub(super) fn open(path: &Path) -> anyhow::Result<Self> {
        let name = path.display().to_string();
        let lines: Box<dyn BufRead> = if path == Path::new("-") {
            Box::new(io::stdin().lock())
        } else {
            Box::new(BufReader::with_capacity(1 << 20, File::open(path).with_context(|| name.clone())?))
        };
        Ok(Self { name, lines, line: 0 })
    }

    pub(super) fn next(&mut self) -> anyhow::Result<Option<Value>> {
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            self.line += 1;
            if self.lines.read_until(b'\n', &mut bytes).with_context(|| self.name.clone())? == 0 {
                return Ok(None);
            }
            match entry(&bytes) {
                Ok(None) => {}
                Ok(found) => return Ok(found),
                Err(why) => bail!("{}:{}: {why}", self.name, self.line),
            }
        }
    }
}
