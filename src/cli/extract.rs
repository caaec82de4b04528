//! `baocao extract PATH…`: the main job, files and folders to records.

use std::cell::Cell;
use std::fs;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use crate::batch::name::harmless;
use crate::batch::resume::{Done, Resume, Store};
use crate::batch::sink::{Apart, Plain, Sink};
use crate::batch::{self, Batch, Event, Input, Shard, Summary};
use crate::tables::Kind;
use crate::tables::report::Report;
use crate::tables::rows;
use anyhow::{Context, bail};

use super::output::{Output, Sources};
use super::progress::{Form, Loud, Progress};
use super::reading::Reading;
use super::report::{self, Reporting};
use super::tables::{self, Tables};
use super::work::Work;
use super::{Outcome, open, say, signals};

/// Longest list of --files-from: some millions of paths.
const LIST_BYTES: u64 = 1 << 30;

/// Extracts documents to JSON records, one a line, in the order of their paths
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files and folders (with all folders in them); `-` is one document on standard input.
    ///
    /// Without any path the document is taken from a pipe: `cat report.pdf | baocao extract`.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Also reads paths from a list, one a line; `-` is standard input.
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,
    /// The list of --files-from ends its paths with NUL, as `find -print0` writes them.
    #[arg(short = '0', long = "null", requires = "files_from")]
    null: bool,
    /// Also takes files and folders whose names begin with a dot.
    #[arg(long)]
    hidden: bool,
    /// Writes to a file instead of stdout (tables: into a folder): whole or not at all.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Writes the error records to a file of their own, so that all lines of the output are records.
    ///
    /// JSON Lines only; tables have error records apart by themselves.
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// Form of the output [default: jsonl; with --pretty json; on a terminal table].
    ///
    /// csv, tsv and parquet are folders of tables.
    #[arg(long, value_name = "FORMAT", value_parser = tables::names(Kind::is_whole))]
    format: Option<String>,
    /// Indents the JSON for the eye (one array instead of one record a line).
    #[arg(long)]
    pretty: bool,
    /// Goes on where a run into the same file stopped.
    ///
    /// Documents that have not changed since are not done again, by size and time of change, or by their content
    /// (--resume=hash). JSON Lines only.
    #[arg(long, value_enum, value_name = "HOW", num_args = 0..=1, require_equals = true, default_missing_value = "time")]
    resume: Option<How>,
    /// Leaves out the documents that an earlier output holds already, by their content.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["output", "resume"])]
    done: Option<PathBuf>,
    /// With --resume or --done: does those again that gave an error record.
    #[arg(long)]
    retry_failed: bool,
    /// Does one share of the files, for a run on several machines: 2/8 is the second of eight.
    ///
    /// Which share a file is in tells its path; all shares together are the whole run.
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
    /// Of files with the same content keeps the first only; the others are counted as passed over.
    #[arg(long, conflicts_with = "shard")]
    unique: bool,
    /// Also writes a report of the run: a page (.html), a table (.csv) or JSON (.json).
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// How progress is shown on stderr.
    #[arg(long, value_enum, default_value_t = Form::Bar)]
    progress: Form,
    /// Prints no progress, warnings or summary.
    #[arg(short, long)]
    quiet: bool,
    /// Names every file on stderr as it is done or passed over.
    #[arg(short, long, conflicts_with = "quiet")]
    verbose: bool,
    #[command(flatten)]
    work: Work,
    #[command(flatten)]
    reading: Reading,
}

/// What tells that a document has not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum How {
    /// Its size and its time of change.
    Time,
    /// Its content.
    Hash,
}

/// Runs the subcommand.
///
/// # Errors
/// Wrong arguments, and an output that cannot be written.
pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let inputs = args.inputs()?;
    let others: Vec<&Path> = args.files_from.iter().chain(&args.done).map(PathBuf::as_path).collect();
    let sources = Sources { inputs: &inputs, hidden: args.hidden, others: &others };
    let (format, kind) = args.format()?;
    let mut target = match kind.is_tabular() {
        true => Target::Tables(Tables::open((format, kind), args.output.as_deref(), sources)?),
        false => Target::Stream(Output::new(args.output.as_deref(), sources)?.unless_document(sources)?),
    };
    let errors = args.errors.as_deref().map(|path| args.errors_output(path, sources)).transpose()?;
    let report_form = args.report.as_deref().map(report::Form::of).transpose()?;
    if args.report.is_some() && !matches!(format, "jsonl" | "json") {
        let table = match format {
            "ead" => "`baocao export RECORDS --what ead` writes the table of them",
            "table" => "`baocao report` tells of them what the table shows",
            _ => "`baocao export RECORDS -o DIR` writes the tables of them",
        };
        bail!(
            "--report needs whole records, of which {format} keeps too little; leave --format away and keep the records with -o: {table}"
        );
    }
    let report_output = args.report_output(sources)?;
    let mut batch = args.work.batch(&args.reading, inputs, args.hidden, (format, args.pretty))?;
    (batch.shard, batch.unique) = (args.shard, args.unique);
    signals::watch(&batch.stop).context("signals")?;
    let data_on_terminal = args.output.is_none() && io::stdout().is_terminal();
    let loud = if args.verbose {
        Loud::Files
    } else if args.quiet {
        Loud::Not
    } else {
        Loud::Errors
    };
    let mut progress = Progress::new(args.progress, loud, data_on_terminal, &batch);
    let mut told = args.report.is_some().then(Report::default);
    let mut run = Run { batch: &batch, told: told.as_mut(), on_event: &mut |event| progress.on(event) };
    let summary = match errors {
        Some(errors) => errors
            .write_if(|out| target.write(&args, &mut run, Some(out)), |summary| summary.stopped.is_none())?,
        None => target.write(&args, &mut run, None)?,
    };
    if let (Target::Tables(tables), None) = (target, summary.stopped) {
        tables.finish()?;
    }
    progress.finish(&summary);
    if let (Some(path), None, false) = (&args.output, summary.stopped, args.quiet) {
        say(&format!("wrote {}", harmless(&path.display().to_string())));
    }
    if let (Some(mut told), Some(form), None) = (told, report_form, summary.stopped) {
        told.passed = summary.passed.clone();
        report_output.write(|out| report::write(told, form, out))?;
    }
    if summary.files() == 0 && !args.quiet {
        say("no documents found");
    }
    if data_on_terminal && format == "table" && !args.quiet {
        args.say_next();
    }
    if let Some(signal) = summary.stopped {
        args.say_stopped(format);
        return Ok(Outcome::Stopped(u8::try_from(signal).unwrap_or(0)));
    }
    Ok(if summary.errors == 0 { Outcome::Complete } else { Outcome::SomeFailed })
}

/// Where everything goes.
enum Target {
    /// Entries one after the other.
    Stream(Output),
    /// Rows of tables.
    Tables(Tables),
}

impl Target {
    fn write(
        &mut self,
        args: &Args,
        run: &mut Run<'_>,
        errors: Option<&mut dyn Write>,
    ) -> anyhow::Result<Summary> {
        let output = match self {
            Self::Tables(tables) => return Ok(run.into(&mut rows::Filled(tables.set()), errors)?),
            Self::Stream(output) => output,
        };
        match output.file() {
            Some(path) if run.batch.workers.setup.format == "jsonl" => {
                args.write_store(output, path, run, errors)
            }
            _ => output
                .write_if(|out| args.write_stream(out, run, errors), |summary| summary.stopped.is_none()),
        }
    }
}

/// A run that shows what happens, and keeps what a report needs.
struct Run<'r> {
    batch: &'r Batch,
    told: Option<&'r mut Report>,
    on_event: &'r mut dyn FnMut(&Event<'_>),
}

impl Run<'_> {
    /// Runs into a sink; error records go apart if there is a place for them.
    fn into(&mut self, sink: &mut dyn Sink, errors: Option<&mut dyn Write>) -> io::Result<Summary> {
        let took = Cell::new(None);
        let mut on_event = |event: Event<'_>| {
            took.set(match &event {
                Event::Extracted { took, .. } | Event::Failed { took, .. } => Some(*took),
                Event::Passed { .. } | Event::Kept => None,
            });
            (self.on_event)(&event);
        };
        let mut apart;
        let sink = match errors {
            Some(errors) => {
                apart = Apart { sink, errors, failed: false };
                &mut apart as &mut dyn Sink
            }
            None => sink,
        };
        match self.told.as_deref_mut() {
            Some(report) => {
                let mut sink = Reporting { sink, report, took: &took };
                batch::run_into(self.batch, &mut sink, &mut on_event)
            }
            None => batch::run_into(self.batch, sink, &mut on_event),
        }
    }
}

impl Args {
    /// The file of the report, which may be none of the inputs and not the output.
    fn report_output(&self, sources: Sources<'_>) -> anyhow::Result<Output> {
        let path = self.report.as_deref();
        if path.is_some() && path == self.output.as_deref() {
            bail!("-o and --report name the same file");
        }
        match path {
            Some(_) => Output::new(path, sources),
            None => Ok(Output::none()),
        }
    }

    /// The name of the output's form, as far as the other options allow it.
    fn format(&self) -> anyhow::Result<(&'static str, Kind)> {
        let name = match (self.format.as_deref(), self.pretty) {
            (Some("jsonl"), true) => {
                bail!("--pretty does not go with --format jsonl, which is one record a line")
            }
            (Some(name), _) => name,
            (None, _) if self.output.as_deref().is_some_and(is_table) => {
                let path = self.output.as_deref().unwrap_or(Path::new(""));
                bail!(no_records(path))
            }
            (None, true) => "json",
            (None, false) if self.is_looked_at() => "table",
            (None, false) => "jsonl",
        };
        if (self.resume.is_some() || self.done.is_some()) && name != "jsonl" {
            bail!("--resume and --done go with JSON Lines only, the form that can be gone on with");
        }
        if self.resume.is_some() && self.output.is_none() {
            bail!(
                "--resume goes with -o FILE; what went to the standard output before is named by --done FILE"
            );
        }
        if self.errors.is_some() && name != "jsonl" {
            bail!("--errors goes with JSON Lines only; tables have a table of errors");
        }
        if self.retry_failed && self.resume.is_none() && self.done.is_none() {
            bail!("--retry-failed goes with --resume or --done");
        }
        Kind::named(name).context("unknown --format")
    }

    /// Where error records go: neither to an input nor where the records go.
    fn errors_output(&self, path: &Path, sources: Sources<'_>) -> anyhow::Result<Output> {
        let others: Vec<&Path> = sources.others.iter().copied().chain(self.output.as_deref()).collect();
        if self.output.as_deref() == Some(path) {
            bail!("--errors and -o name the same file");
        }
        let sources = Sources { others: &others, ..sources };
        Output::new(Some(path), sources)?.unless_document(sources)
    }

    /// Whether somebody looks at what comes out: records are for programs, and go into pipes and files.
    fn is_looked_at(&self) -> bool {
        let kept = [&self.output, &self.done, &self.report, &self.errors].into_iter().any(Option::is_some);
        !kept && self.resume.is_none() && io::stdout().is_terminal()
    }

    /// The steps that follow a first look.
    fn say_next(&self) {
        let named: Vec<String> = self.paths.iter().map(|p| harmless(&p.display().to_string())).collect();
        say("next:");
        say(&format!("  baocao extract {} -o records.jsonl    keeps the records", named.join(" ")));
        say(
            "  baocao export records.jsonl --what indicators > indicators.csv    makes a table of all figures",
        );
        say("  baocao view FILE -o page.html    shows a document with everything found marked");
    }

    fn how(&self) -> Resume {
        // Where error records are kept apart, an output does not tell which documents failed.
        let retry_failed = self.retry_failed || self.errors.is_some();
        Resume { by_content: self.resume == Some(How::Hash), retry_failed }
    }

    /// JSON Lines into a file: under the name of its part until all is done.
    fn write_store(
        &self,
        output: &Output,
        path: &Path,
        run: &mut Run<'_>,
        errors: Option<&mut dyn Write>,
    ) -> anyhow::Result<Summary> {
        let cannot = || format!("cannot write {}", harmless(&path.display().to_string()));
        let generator = || {
            let extractor = self.reading.extractor().map_err(io::Error::other)?;
            Ok(extractor.generator())
        };
        let resume = self.resume.map(|_| self.how());
        let mut store =
            Store::open(path, resume, &run.batch.workers.setup, generator).with_context(cannot)?;
        if !self.quiet {
            say(&format!("writing {}", harmless(&store.part().display().to_string())));
        }
        let result = run.into(&mut store, errors);
        match result {
            Ok(summary) if summary.stopped.is_none() => {
                store.finish(|from, to| output.replace(from, to)).with_context(cannot)?;
                Ok(summary)
            }
            result => {
                store.leave().with_context(cannot)?;
                result.with_context(cannot)
            }
        }
    }

    /// Everything else: as it comes.
    fn write_stream(
        &self,
        out: &mut dyn Write,
        run: &mut Run<'_>,
        errors: Option<&mut dyn Write>,
    ) -> anyhow::Result<Summary> {
        let Some(path) = &self.done else { return Ok(run.into(&mut Plain::new(out), errors)?) };
        let shown = harmless(&path.display().to_string());
        let mut done = Done::open(path, self.how(), out).with_context(|| format!("--done {shown}"))?;
        if done.cut() > 0 && !self.quiet {
            say(&format!("the last line of {shown} is cut: remove its last {} bytes", done.cut()));
        }
        Ok(run.into(&mut done, errors)?)
    }

    fn say_stopped(&self, format: &str) {
        if self.quiet {
            return;
        }
        let file = self.output.as_ref().filter(|path| !path.exists() || path.is_file() || path.is_dir());
        say(match file {
            Some(_) if format == "jsonl" => "stopped; the same call with --resume goes on",
            Some(_) => "stopped; only JSON Lines can be gone on with (--resume)",
            None => {
                "stopped; the same call with --done FILE gives the rest, FILE being what was written so far"
            }
        });
    }

    /// Everything the user named, of the arguments and of the list.
    fn inputs(&self) -> anyhow::Result<Vec<Input>> {
        let mut inputs: Vec<Input> = self.paths.iter().map(|p| input(p)).collect();
        if let Some(list) = &self.files_from {
            let mut bytes = Vec::new();
            if list == Path::new("-") {
                if inputs.contains(&Input::Stdin) {
                    bail!("standard input cannot be both the list (--files-from -) and a document (-)");
                }
                let mut input = io::stdin().lock().take(LIST_BYTES + 1);
                input.read_to_end(&mut bytes).context("reading the list from standard input")?;
            } else {
                let shown = || format!("--files-from {}", harmless(&list.display().to_string()));
                let file = fs::File::open(list).with_context(shown)?;
                file.take(LIST_BYTES + 1).read_to_end(&mut bytes).with_context(shown)?;
            }
            if bytes.len() as u64 > LIST_BYTES {
                bail!("the list of --files-from is longer than the limit list_bytes of {LIST_BYTES} bytes");
            }
            inputs.extend(self.listed(&bytes).into_iter().map(Input::Path));
        } else if inputs.is_empty() {
            if !open::is_fed() {
                bail!(
                    "nothing to read\n  hint: name files or folders: baocao extract FOLDER -o records.jsonl"
                );
            }
            inputs.push(Input::Stdin);
        }
        Ok(inputs)
    }

    fn listed(&self, bytes: &[u8]) -> Vec<PathBuf> {
        let end = if self.null { 0 } else { b'\n' };
        let lines = bytes.split(|b| *b == end);
        let lines = lines.map(|l| if self.null { l } else { l.strip_suffix(b"\r").unwrap_or(l) });
        lines.filter(|l| !l.is_empty()).map(path_of).collect()
    }
}

/// Whether a name is one of a table, which records are not.
fn is_table(path: &Path) -> bool {
    extension(path).is_some_and(|e| TABLES.iter().any(|(name, _)| *name == e))
}

/// Extensions of tables and the `--format` that writes them; workbooks are made by `export`.
const TABLES: [(&str, &str); 8] = [
    ("csv", "csv"),
    ("tsv", "tsv"),
    ("parquet", "parquet"),
    ("db", "sqlite"),
    ("sqlite", "sqlite"),
    ("sqlite3", "sqlite"),
    ("xlsx", ""),
    ("xls", ""),
];

fn extension(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}

/// What is wrong with the name of a table as the output, and what to do.
fn no_records(path: &Path) -> String {
    let shown = harmless(&path.display().to_string());
    let records = harmless(&path.with_extension("jsonl").display().to_string());
    let found = extension(path).and_then(|e| TABLES.iter().find(|(name, _)| *name == e));
    let hint = match found {
        Some((_, format)) if !format.is_empty() => {
            format!("name the records {records}, or say --format {format}")
        }
        _ => format!(
            "name the records {records}; tables are made from them by baocao export {records} --format xlsx -o {shown}"
        ),
    };
    format!("{shown} is the name of a table, and records are JSON Lines\n  hint: {hint}")
}

/// What an argument names: a path, or standard input.
pub fn input(path: &Path) -> Input {
    if path == Path::new("-") { Input::Stdin } else { Input::Path(path.into()) }
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}
