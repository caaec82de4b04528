//! `baocao view FILE`: one document as a page for the eye.

use std::path::PathBuf;

use crate::batch::{guarded, name};
use crate::tables::html::view;

use super::output::{Output, Sources};
use super::reading::Reading;
use super::text::{bytes_of, say_unread};
use super::{Outcome, extract};

/// Writes one document as a self-contained page: its text with everything found marked, and what the record says
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The document; `-` is standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Writes to a file instead of stdout: whole or not at all.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    reading: Reading,
}

impl Args {
    /// Calls the program again for it.
    ///
    /// # Errors
    /// A process that cannot be started, and a standard output that is not open.
    pub fn alone(&self) -> anyhow::Result<Outcome> {
        super::alone::again(self.output.is_none())
    }
}

/// Runs the subcommand.
///
/// # Errors
/// Wrong options, and an output that cannot be written.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let inputs = [extract::input(&args.file)];
    let sources = Sources { inputs: &inputs, hidden: true, others: &[] };
    let output = Output::new(args.output.as_deref(), sources)?;
    let extractor = args.reading.extractor()?;
    let limit = extractor.options().read.limits.file_bytes;
    let path = name::shown(&args.file);
    let done = guarded(|| {
        let bytes = bytes_of(&args.file, limit)?;
        let content = extractor.read(&bytes)?;
        Ok((extractor.extract(&path, &bytes)?, content))
    });
    let (record, content) = match done {
        Ok(done) => done,
        Err(error) => {
            say_unread(&args.file, &error);
            return Ok(Outcome::SomeFailed);
        }
    };
    let mut out = Vec::new();
    view::page(&content, &record, extractor.patterns(), &mut out)?;
    output.write(|target| Ok(target.write_all(&out)?))?;
    Ok(Outcome::Complete)
}
