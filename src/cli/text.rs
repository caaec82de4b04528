//! `baocao text FILE`: the extracted text, exactly what every span points into.

use std::path::{Path, PathBuf};

use crate::Error;
use crate::batch::{guarded, load, name};
use crate::reader;

use super::reading::Reading;
use super::{Outcome, print, say, say_failed};

/// Prints the extracted text of a document, exactly as every span of its record points into it
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The document; `-` is standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    reading: Reading,
}

/// Runs the subcommand.
///
/// # Errors
/// Wrong options, and a stdout that cannot be written.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    if args.reading.has_patterns() {
        // Only to say so if they are broken: reading needs no patterns, and loading them takes longer.
        args.reading.extractor()?;
    }
    let options = args.reading.options()?.read;
    let content = guarded(|| reader::read(&bytes_of(&args.file, options.limits.file_bytes)?, &options));
    match content {
        Ok(content) => {
            for warning in &content.warnings {
                say_failed(&name::shown(&args.file), &warning.message, &warning.code);
            }
            print(content.text.as_bytes())
        }
        Err(error) => {
            say_unread(&args.file, &error);
            Ok(Outcome::SomeFailed)
        }
    }
}

/// Says why one document could not be read; a folder is for another subcommand.
pub fn say_unread(file: &Path, error: &Error) {
    say_failed(&name::shown(file), &error.to_string(), error.code());
    if file.is_dir() {
        say("hint: one document at a time; a folder is read by baocao extract");
    }
}

/// The bytes of one named file or of standard input.
///
/// # Errors
/// What reading gives.
pub fn bytes_of(file: &Path, limit: u64) -> Result<Vec<u8>, Error> {
    if file == Path::new("-") { load::stdin(limit) } else { load::file(file, limit) }
}
