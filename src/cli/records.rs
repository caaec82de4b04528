//! Where `compare`, `graph` and `export` get records from: JSON Lines of `extract`, or documents extracted on the way.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use crate::batch::name::{self, harmless};
use crate::batch::stream::{Counts, FromLine, Line, Lines};
use crate::batch::{self, Batch, Event, Input};
use anyhow::{Context, bail};
use serde::Serialize;

use super::output::{Output, Sources};
use super::progress::counted;
use super::reading::Reading;
use super::work::Work;
use super::{Outcome, extract, say, say_failed};

/// Which records to read.
#[derive(Debug, clap::Args)]
pub struct Records {
    /// Records written by `baocao extract` (.jsonl, .ndjson, .json; `-` is standard input), or documents and folders,
    /// which are extracted first; `compare` takes a folder of Parquet tables, too.
    #[arg(value_name = "RECORDS", required = true)]
    pub paths: Vec<PathBuf>,
    /// Also takes documents whose names begin with a dot.
    #[arg(long)]
    hidden: bool,
    /// Prints no warnings or summary.
    #[arg(short, long)]
    pub quiet: bool,
    #[command(flatten)]
    work: Work,
    #[command(flatten)]
    pub reading: Reading,
}

impl Records {
    /// The output, which may be none of the inputs.
    ///
    /// # Errors
    /// An output that may not be written.
    pub fn output(&self, path: Option<&Path>) -> anyhow::Result<Output> {
        self.sources(|sources| Output::new(path, sources))
    }

    /// What is read, for whoever checks an output.
    pub fn sources<T>(&self, check: impl FnOnce(Sources<'_>) -> T) -> T {
        let inputs: Vec<Input> = self.paths.iter().map(|p| extract::input(p)).collect();
        check(Sources { inputs: &inputs, hidden: self.hidden, others: &[] })
    }

    /// Maps every record in parallel and gives the results to `consume` in order. Lines that are no records and files
    /// that could not be read are named and counted.
    ///
    /// # Errors
    /// What `consume` gives.
    pub fn each<T, R>(
        &self,
        map: impl Fn(T) -> R + Sync,
        consume: impl FnMut(R) -> io::Result<()>,
    ) -> anyhow::Result<Outcome>
    where
        T: FromLine,
        R: Send,
    {
        self.read(false, map, consume)
    }

    /// Writes one line of JSON a record: the part of it that `slim` keeps.
    ///
    /// # Errors
    /// What writing gives.
    pub fn write_parts<T>(&self, output: &Output, slim: impl Fn(T) -> T + Sync) -> anyhow::Result<Outcome>
    where
        T: FromLine + Serialize,
    {
        output.write(|out| {
            let line = |record: T| serde_json::to_vec(&slim(record)).map_err(io::Error::from);
            let write = |line: io::Result<Vec<u8>>| {
                out.write_all(&line?)?;
                out.write_all(b"\n")
            };
            self.each(line, write)
        })
    }

    /// As [`Self::each`], error records too.
    ///
    /// # Errors
    /// What `consume` gives.
    pub fn each_entry<T, R>(
        &self,
        map: impl Fn(T) -> R + Sync,
        consume: impl FnMut(R) -> io::Result<()>,
    ) -> anyhow::Result<Outcome>
    where
        T: FromLine,
        R: Send,
    {
        self.read(true, map, consume)
    }

    fn read<T, R>(
        &self,
        errors: bool,
        map: impl Fn(T) -> R + Sync,
        mut consume: impl FnMut(R) -> io::Result<()>,
    ) -> anyhow::Result<Outcome>
    where
        T: FromLine,
        R: Send,
    {
        self.lines(errors, map, |line| match line {
            Line::Record(result) | Line::Error(Some(result), _) => consume(result),
            Line::Error(None, _) | Line::Bad(_) => Ok(()),
        })
    }

    /// As [`Self::each`], with error records as they are at their places.
    ///
    /// # Errors
    /// What `consume` gives.
    pub fn each_line<T, R>(
        &self,
        map: impl Fn(T) -> R + Sync,
        consume: impl FnMut(Line<R>) -> io::Result<()>,
    ) -> anyhow::Result<Outcome>
    where
        T: FromLine,
        R: Send,
    {
        self.lines(false, map, consume)
    }

    fn lines<T, R>(
        &self,
        errors: bool,
        map: impl Fn(T) -> R + Sync,
        mut consume: impl FnMut(Line<R>) -> io::Result<()>,
    ) -> anyhow::Result<Outcome>
    where
        T: FromLine,
        R: Send,
    {
        let mut total = Counts::default();
        // Inputs of this call that could not be read; the error records of an earlier run are none.
        let mut failed = 0_u64;
        for group in groups(&self.paths) {
            let shown = group.first().map(|p| harmless(&name::shown(p))).unwrap_or_default();
            let mut lines = Lines::new(&map, |n, line| match line {
                Line::Bad(why) => {
                    say(&format!("{shown}:{n}: {}", harmless(&why)));
                    Ok(())
                }
                line => consume(line),
            });
            if errors {
                lines = lines.with_errors();
            }
            match group {
                [path] if path == Path::new("-") => lines.read(io::stdin().lock())?,
                [path] if is_records(path) => match File::open(path) {
                    Ok(file) => lines.read_ahead(file).with_context(|| shown.clone())?,
                    Err(error) => {
                        failed += 1;
                        let error = crate::Error::from(error);
                        say_failed(&name::shown(path), &error.to_string(), error.code());
                    }
                },
                [path] if is_tables(path) => match T::of_tables() {
                    Some(read) => {
                        read(path, &mut lines).with_context(|| shown.clone())?;
                        lines.end()?;
                    }
                    None => {
                        bail!("{shown} holds tables; this command reads records, compare reads tables too")
                    }
                },
                documents => {
                    let batch = self.batch(documents)?;
                    batch::run(&batch, &mut lines, &mut |event| {
                        if let Event::Failed { path, error, .. } = event {
                            failed += 1;
                            say_failed(path, &error.message, &error.code);
                        }
                    })?;
                    lines.end()?;
                }
            }
            let counts = lines.counts();
            total.records += counts.records;
            total.errors += counts.errors;
            total.bad += counts.bad;
        }
        if !self.quiet {
            let mut sentence = counted(total.records, "record");
            if total.errors > 0 {
                sentence.push_str(&format!(", {} that could not be read", counted(total.errors, "file")));
            }
            if total.bad > 0 {
                let verb = if total.bad == 1 { "that is no record" } else { "that are no records" };
                sentence.push_str(&format!(", {} {verb}", counted(total.bad, "line")));
            }
            say(&sentence);
        }
        // An error record that an earlier run wrote is no failure of this call; a line that is no record is.
        Ok(if total.bad == 0 && failed == 0 { Outcome::Complete } else { Outcome::SomeFailed })
    }

    fn batch(&self, documents: &[PathBuf]) -> anyhow::Result<Batch> {
        let inputs = documents.iter().cloned().map(Input::Path).collect();
        self.work.batch(&self.reading, inputs, self.hidden, ("jsonl", false))
    }
}

/// Whether a path names records; everything else is a document or a folder.
fn is_records(path: &Path) -> bool {
    path == Path::new("-")
        || path
            .extension()
            .is_some_and(|e| ["jsonl", "ndjson", "json"].iter().any(|k| e.eq_ignore_ascii_case(k)))
}

/// Whether a path is a folder of tables, as `extract --format parquet` wrote them.
fn is_tables(path: &Path) -> bool {
    ["documents.parquet", "indicators.parquet"].iter().all(|name| path.join(name).is_file())
}

/// Splits the paths into files of records and folders of tables, each alone, and runs of documents.
fn groups(paths: &[PathBuf]) -> impl Iterator<Item = &[PathBuf]> {
    let is_alone = |path: &Path| is_records(path) || is_tables(path);
    paths.chunk_by(move |a, b| !is_alone(a) && !is_alone(b))
}
