//! `baocao report RECORDS…`, and the report that `extract --report` writes on the way.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::batch::name::harmless;
use crate::batch::sink::{FileId, Kept, Sink};
use crate::tables::html;
use crate::tables::report::{Report, SCHEMA, Seen, csv, json, read};
use anyhow::{Context, bail};

use super::Outcome;
use super::records::Records;

/// Tells what became of a run: counts, errors and what to do about them, quality, duplicates; as a page, CSV or JSON
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    records: Records,
    /// Form of the report [default: by the name of the output].
    #[arg(long, value_enum)]
    format: Option<Form>,
    /// Writes to a file instead of stdout: whole or not at all.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// A page in Vietnamese and English, for the screen and for paper.
    Html,
    /// A row a file, for a spreadsheet.
    Csv,
    /// For programs; the JSON of several shards makes one report.
    Json,
}

impl Form {
    /// The form that the name of a file asks for.
    ///
    /// # Errors
    /// Any other name.
    pub fn of(path: &Path) -> anyhow::Result<Self> {
        let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        Ok(match extension.as_deref() {
            Some("html" | "htm") => Self::Html,
            Some("csv") => Self::Csv,
            Some("json") => Self::Json,
            _ => bail!("a report is a file .html, .csv or .json"),
        })
    }
}

/// Runs the subcommand.
///
/// # Errors
/// Wrong arguments, reports that cannot be read, and an output that cannot be written.
pub fn run(mut args: Args) -> anyhow::Result<Outcome> {
    let form = match (args.format, args.output.as_deref()) {
        (Some(form), _) => form,
        (None, Some(path)) => Form::of(path)?,
        (None, None) => bail!("name a file with -o (.html, .csv, .json), or the form with --format"),
    };
    let output = args.records.output(args.output.as_deref())?;
    let (reports, records): (Vec<PathBuf>, Vec<PathBuf>) =
        args.records.paths.drain(..).partition(|path| is_report(path));
    let mut report = Report::default();
    for path in &reports {
        let shown = || harmless(&path.display().to_string());
        report.merge(read(File::open(path).with_context(shown)?).with_context(shown)?);
    }
    args.records.paths = records;
    let mut outcome = Outcome::Complete;
    if !args.records.paths.is_empty() {
        outcome = args.records.each_entry(
            |seen: Seen| seen,
            |seen| {
                report.add(seen, None);
                Ok(())
            },
        )?;
    }
    output.write(|out| write(report, form, out))?;
    Ok(outcome)
}

/// Whether a file is a report that was written as JSON.
fn is_report(path: &Path) -> bool {
    let mut head = Vec::new();
    let wanted = format!("{{\"schema\":\"{SCHEMA}\"");
    let file = path.is_file().then(|| File::open(path)).and_then(Result::ok);
    file.is_some_and(|f| f.take(wanted.len() as u64).read_to_end(&mut head).is_ok())
        && head == wanted.as_bytes()
}

/// Writes a report.
///
/// # Errors
/// What writing gives.
pub fn write(mut report: Report, form: Form, out: &mut dyn Write) -> anyhow::Result<()> {
    report.sort();
    let findings = report.findings();
    let mut bytes = Vec::new();
    match form {
        Form::Html => html::report::page(&report, &findings, &mut bytes)?,
        Form::Csv => csv(&report, &findings, &mut bytes)?,
        Form::Json => json(&report, &findings, &mut bytes)?,
    }
    out.write_all(&bytes)?;
    Ok(())
}

/// Hands entries on and keeps of each what a report needs.
pub struct Reporting<'s> {
    /// Where the entries go.
    pub sink: &'s mut dyn Sink,
    /// What is kept.
    pub report: &'s mut Report,
    /// How long the next entry's work took.
    pub took: &'s Cell<Option<Duration>>,
}

impl Reporting<'_> {
    fn note(&mut self, line: &[u8]) {
        // Our own JSON can be read back.
        if let Ok(seen) = serde_json::from_slice(line) {
            self.report.add(seen, self.took.take());
        }
    }
}

impl Sink for Reporting<'_> {
    fn text(&mut self, text: &str) -> io::Result<()> {
        self.sink.text(text)
    }

    fn entry(&mut self, file: &FileId, failed: bool, encoded: &[u8]) -> io::Result<()> {
        self.note(encoded);
        self.sink.entry(file, failed, encoded)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }

    fn idle(&mut self) -> io::Result<()> {
        self.sink.idle()
    }

    fn recall(&mut self, file: &FileId) -> Option<Kept> {
        self.sink.recall(file)
    }

    fn line(&mut self, kept: &Kept) -> io::Result<Vec<u8>> {
        self.sink.line(kept)
    }

    fn keep(&mut self, kept: &Kept) -> io::Result<()> {
        let line = self.sink.line(kept)?;
        self.note(&line);
        self.sink.keep(kept)
    }

    fn last(&self) -> Option<usize> {
        self.sink.last()
    }

    fn again(&mut self, place: usize) -> io::Result<Vec<u8>> {
        self.sink.again(place)
    }
}
