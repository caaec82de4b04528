//! `baocao extract PATH…`: the main job, files and folders to records.

use std::fs;
use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use baocao::batch::{self, Batch, Input};
use baocao::tables;
use clap::builder::PossibleValuesParser;

use super::progress::Progress;
use super::reading::Reading;
use super::{Outcome, say};

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
    let data_on_terminal = args.output.is_none() && io::stdout().is_terminal();
    let mut progress = Progress::new(args.quiet, data_on_terminal);
    let mut on_event = |event: batch::Event<'_>| progress.on(&event);
    let summary = match &args.output {
        None => batch::run(batch, &mut BufWriter::with_capacity(1 << 16, io::stdout().lock()), &mut on_event)
            .context("writing to stdout")?,
        Some(path) => {
            let mut target =
                Target::open(path).with_context(|| format!("cannot write {}", path.display()))?;
            let summary = batch::run(batch, target.writer(), &mut on_event)
                .and_then(|summary| target.finish().map(|()| summary));
            summary.with_context(|| format!("cannot write {}", path.display()))?
        }
    };
    progress.finish(&summary);
    if summary.documents + summary.errors == 0 && !args.quiet {
        say("no documents found");
    }
    Ok(if summary.errors == 0 { Outcome::Complete } else { Outcome::SomeFailed })
}

/// Writes to a file, whole or not at all, or else to stdout.
///
/// # Errors
/// An output that cannot be written, and what the writer gives.
pub fn with_output<T>(
    path: Option<&Path>,
    write: impl FnOnce(&mut dyn Write) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let Some(path) = path else { return write(&mut io::stdout().lock()) };
    let cannot = || format!("cannot write {}", path.display());
    let mut target = Target::open(path).with_context(cannot)?;
    let result = write(target.writer())?;
    target.finish().with_context(cannot)?;
    Ok(result)
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
                io::stdin().lock().read_to_end(&mut bytes).context("reading the list from standard input")?;
            } else {
                bytes = fs::read(list).with_context(|| format!("--files-from {}", list.display()))?;
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

fn input(path: &Path) -> Input {
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

/// The output file. A regular file is written beside its final place and renamed at the end, so that it is never
/// half written; a device or pipe is written directly.
enum Target {
    Beside { file: BufWriter<tempfile::NamedTempFile>, path: PathBuf },
    Direct(BufWriter<fs::File>),
}

impl Target {
    fn open(path: &Path) -> anyhow::Result<Self> {
        // A link is written through, not replaced.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        match fs::metadata(&path) {
            Ok(meta) if meta.is_dir() => bail!("it is a folder"),
            Ok(meta) if !meta.is_file() => {
                return Ok(Self::Direct(BufWriter::new(fs::OpenOptions::new().write(true).open(&path)?)));
            }
            _ => {}
        }
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".baocao-").suffix(".part");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666)); // less the umask, as usual
        let file = BufWriter::with_capacity(1 << 16, builder.tempfile_in(folder)?);
        Ok(Self::Beside { file, path })
    }

    fn writer(&mut self) -> &mut dyn Write {
        match self {
            Self::Beside { file, .. } => file,
            Self::Direct(file) => file,
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Direct(mut file) => file.flush(),
            Self::Beside { file, path } => {
                let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
                file.as_file().sync_all()?;
                file.persist(path).map(drop).map_err(|e| e.error)
            }
        }
    }
}
