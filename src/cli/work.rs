//! Options of subcommands that extract documents in worker processes.

use std::num::NonZeroUsize;

use crate::batch::{Batch, Input, Setup, Stop, Workers, small_pages};
use crate::reader::OcrMode;
use crate::tables;

use super::program;
use super::reading::{Reading, size};

/// How the work is done.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Work")]
pub struct Work {
    /// Number of documents worked on at once [default: all cores].
    ///
    /// Each is read in a process of its own. The output is the same at any number.
    #[arg(short, long, value_name = "N", value_parser = jobs)]
    jobs: Option<NonZeroUsize>,
    /// Time limit of one document in seconds; 0 is none [default: 300, with --ocr 3600].
    ///
    /// Only a document that exceeds it depends on the machine.
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true, value_parser = seconds)]
    timeout: Option<u64>,
    /// Most memory of each process, in bytes or with a suffix: 500M, 2G; 0 is no limit.
    ///
    /// A document that takes more becomes an error record.
    #[arg(long, value_name = "SIZE", default_value = "4G", value_parser = size_or_none)]
    memory: u64,
}

impl Work {
    /// The run that these options describe; `format` is the name of a writer.
    ///
    /// # Errors
    /// Patterns that do not load; a program that cannot say where it is.
    pub fn batch(
        &self,
        reading: &Reading,
        inputs: Vec<Input>,
        hidden: bool,
        format: (&str, bool),
    ) -> anyhow::Result<Batch> {
        if reading.has_patterns() {
            // Only to say so at once if they are broken: the workers load them for themselves.
            reading.extractor()?;
        }
        let jobs =
            self.jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
        let timeout = reading.time_limit(self.timeout);
        let setup = Setup {
            options: reading.options_for(timeout)?,
            patterns: reading.patterns(),
            format: format.0.to_owned(),
            pretty: format.1,
            gate: None,
        };
        if setup.options.read.ocr.mode == OcrMode::Off {
            small_pages();
        }
        let mut command = program::command()?;
        command.push("worker".into());
        if self.memory > 0 {
            command.push(format!("--memory={}", self.memory).into());
        }
        Ok(Batch {
            workers: Workers { command, setup, formats: tables::format },
            inputs,
            hidden,
            jobs,
            timeout,
            stop: Stop::default(),
            shard: None,
            unique: false,
        })
    }
}

impl Default for Work {
    fn default() -> Self {
        Self { jobs: None, timeout: Some(0), memory: 4 << 30 }
    }
}

/// Least memory in which a worker can start and read.
const LEAST_MEMORY: u64 = 64 << 20;

fn size_or_none(text: &str) -> Result<u64, String> {
    match size(text) {
        _ if text == "0" => Ok(0),
        Ok(bytes) if bytes < LEAST_MEMORY => {
            Err("at least 64M, in which a process can start; 0 is no limit".into())
        }
        given => given,
    }
}

fn jobs(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "give a number from 1; left away, all cores work".to_owned())
}

fn seconds(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| "give whole seconds, like 300; 0 is no limit".to_owned())
}
