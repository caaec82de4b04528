//! The command line: typed arguments, then validated options; the library knows no flag.
//!
//! Exit codes, and nothing else: 0 all read; 1 some inputs failed (their error records say why), or `diff` found a
//! difference; 2 the call itself was wrong (arguments, patterns, output not writable, output is an input);
//! 130 and 143 after SIGINT and SIGTERM.

mod alone;
mod call;
mod cites;
mod compare;
mod completions;
mod diff;
mod eval;
mod explain;
mod export;
mod extract;
mod graph;
mod man;
mod open;
mod output;
mod pages;
mod patterns;
mod program;
mod progress;
mod reading;
mod records;
mod report;
mod schema;
mod sheets;
mod signals;
mod speech;
mod tables;
mod text;
mod version;
mod view;
mod work;
mod worker;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use crate::batch::name::harmless;
use clap::{CommandFactory, Parser, Subcommand};
use speech::told;

/// Turns Vietnamese administrative reports (báo cáo, kế hoạch, quyết định, công văn) into structured JSON:
/// references, dates, indicators, metadata, each with the place it was found.
#[derive(Debug, Parser)]
#[command(name = "baocao", version, max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 all read; 1 some inputs failed, or two runs differ; 2 the call itself was wrong; 130, \
                  143 stopped by a signal."
)]
struct Cli {
    /// Does the work in this very process.
    #[arg(long, hide = true, global = true)]
    here: bool,
    /// Language of help and messages: vi or en [default: by the locale]. Records have no language.
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = ["vi", "en"], hide_possible_values = true)]
    lang: Option<String>,
    /// When help and errors have colours [default: auto].
    #[arg(long, global = true, value_name = "WHEN", value_parser = ["auto", "always", "never"])]
    color: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Extract(extract::Args),
    Text(text::Args),
    View(view::Args),
    Compare(compare::Args),
    Export(export::Args),
    Report(report::Args),
    Diff(diff::Args),
    Graph(graph::Args),
    Cites(cites::Args),
    Explain(explain::Args),
    Patterns(patterns::Args),
    Schema(schema::Args),
    Eval(eval::Args),
    Completions(completions::Args),
    Man(man::Args),
    #[command(hide = true)]
    Worker(worker::Args),
}

/// How a call ended that was itself right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Everything was read.
    Complete,
    /// Some inputs failed, or two runs differ.
    SomeFailed,
    /// The call was wrong, and it has been said how.
    Wrong,
    /// A signal asked for the end before everything was done.
    Stopped(u8),
}

/// Runs the program with the arguments it was called with.
pub fn main() -> ExitCode {
    ExitCode::from(run(wild::args_os()))
}

/// Runs the program out of another one: `command` calls it once more for worker processes, `arguments` are those behind
/// its name. Gives the exit code.
pub fn main_as(command: Vec<OsString>, arguments: Vec<OsString>) -> u8 {
    program::set(command, arguments.clone());
    let code = run(std::iter::once(OsString::from("baocao")).chain(arguments));
    // Where Rust is not the main program, nobody does this at the end.
    let _ = io::stdout().flush();
    code
}

/// Parses the arguments, runs the subcommand, and says how it ended.
fn run(arguments: impl Iterator<Item = OsString>) -> u8 {
    let args = reading::joined(arguments);
    speech::choose(&args);
    let cli = match call::parse(&args) {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    let result = match cli.command {
        Command::Extract(args) => extract::run(args),
        Command::Text(_) | Command::Explain(_) if !cli.here => alone::again(true),
        Command::View(args) if !cli.here => args.alone(),
        Command::Text(args) => text::run(&args),
        Command::View(args) => view::run(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Report(args) => report::run(args),
        Command::Diff(args) => diff::run(&args),
        Command::Graph(args) => graph::run(&args),
        Command::Cites(args) => cites::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Patterns(args) => patterns::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
        Command::Worker(args) => worker::run(&args),
    };
    match result {
        Ok(Outcome::Complete) => 0,
        Ok(Outcome::SomeFailed) => 1,
        Ok(Outcome::Wrong) => 2,
        Ok(Outcome::Stopped(signal)) => 128 + signal,
        // Rust ignores SIGPIPE, so a reader that has seen enough (`| head -1`) shows here, once for all subcommands.
        Err(error) if is_closed_pipe(&error) => 0,
        Err(error) => {
            say(&format!("error: {error:#}"));
            2
        }
    }
}

/// The whole command, for completions and the manual page.
fn command() -> clap::Command {
    Cli::command()
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|e| e.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}

/// Writes one line to stderr, in the language of the call; should stderr be closed, nobody wants to know. Names in it
/// are made [`harmless`] before.
fn say(line: &str) {
    let _ = writeln!(io::stderr(), "baocao: {}", told(line));
}

/// Says that an input could not be read, and why.
fn say_failed(path: &str, message: &str, code: &str) {
    say(&format!("{}: {} [{code}]", harmless(path), harmless(message)));
    if code == crate::Error::NotFound.code()
        && let Some(hint) = hint_for(path, std::env::args_os())
    {
        say(hint);
    }
}

/// What was probably meant by a path that is none.
fn hint_for(path: &str, args: impl Iterator<Item = OsString>) -> Option<&'static str> {
    let args: Vec<_> = args.collect();
    let behind = args.windows(2).any(|w| matches!(w, [option, value] if option == "--ocr" && value == path));
    if behind {
        return Some(
            "hint: a word behind a blank is a path; a mode of --ocr stands behind \"=\": --ocr=force",
        );
    }
    path.contains(['*', '?']).then_some(
        "hint: no file fits this pattern; a folder is read with all that is in it: baocao extract FOLDER",
    )
}

/// Writes data to stdout.
fn print(bytes: &[u8]) -> anyhow::Result<Outcome> {
    if open::is_stdout_closed() {
        anyhow::bail!("the standard output is not open");
    }
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(Outcome::Complete)
}
