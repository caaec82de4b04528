//! `baocao extract PATH…`: the main job, files and folders to records.

use std::fs;
use std::io::{self, IsTerminal, Read};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use crate::batch::name::harmless;
use crate::batch::{self, Batch, Input};
use crate::tables;
use anyhow::{Context, bail};
use clap::builder::PossibleValuesParser;

use super::output::{Output, Sources};
use super::progress::Progress;
use super::reading::Reading;
use super::{Outcome, say};

/// Longest list of --files-from: some millions of paths.
const LIST_BYTES: u64 = 1 << 30;

/// Extracts documents to JSON records, one a line, in the order of their paths
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files and folders (recursive); `-` is one document on standard input.
    #[arg(value_name = "PATH", required_unless_present = "files_from")]
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
    /// Writes to a file instead of stdout: whole or not at all.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Form of the output [default: jsonl, with --pretty json].
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(tables::FORMATS.iter().map(|f| f.0)))]
    format: Option<String>,
    /// Indents the JSON for the eye (one array instead of one record a line).
    #[arg(long)]
    pretty: bool,
    /// Number of documents worked on at once [default: all cores]. The output is the same at any number.
    #[arg(short, long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Time limit of one document in seconds; 0 is none [default: 300, with --ocr 3600]. Only a document that exceeds it depends on the machine.
    #[arg(long, value_name = "SECONDS")]
    timeout: Option<u64>,
    /// Prints no progress, warnings or summary.
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    reading: Reading,
}

/// Runs the subcommand.
///
/// # Errors
/// Wrong arguments, and an output that cannot be written.
pub fn run(args: Args) -> anyhow::Result<Outcome> {
    let inputs = args.inputs()?;
    let list: Vec<&Path> = args.files_from.as_deref().into_iter().collect();
    let sources = Sources { inputs: &inputs, hidden: args.hidden, others: &list };
    let output = Output::new(args.output.as_deref(), sources)?.unless_document(sources)?;
    let name = match (args.format.as_deref(), args.pretty) {
        (Some("jsonl"), true) => {
            bail!("--pretty does not go with --format jsonl, which is one record a line")
        }
        (Some(name), _) => name,
        (None, pretty) => {
            if pretty {
                "json"
            } else {
                "jsonl"
            }
        }
    };
    let encode = tables::format(name, args.pretty).context("unknown --format")?;
    let jobs = args.jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let timeout = args.reading.time_limit(args.timeout);
    let batch = Batch {
        extractor: args.reading.extractor_for(jobs, timeout)?,
        encode,
        inputs,
        hidden: args.hidden,
        jobs,
        timeout,
    };
    let data_on_terminal = output.path().is_none() && io::stdout().is_terminal();
    let mut progress = Progress::new(args.quiet, data_on_terminal);
    let mut on_event = |event: batch::Event<'_>| progress.on(&event);
    let summary = output.write(|out| Ok(batch::run(batch, out, &mut on_event)?))?;
    progress.finish(&summary);
    if summary.documents + summary.errors == 0 && !args.quiet {
        say("no documents found");
    }
    Ok(if summary.errors == 0 { Outcome::Complete } else { Outcome::SomeFailed })
}

impl Args {
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
