//! `baocao patterns check|list`: the rules, and whether they do what their examples say.

use std::fmt::Write;
use std::path::PathBuf;

use crate::eval::examples;
use crate::extract::{Extractor, Options};
use crate::patterns::Patterns;

use super::{Outcome, print, say};

/// Lists the rules, or runs the examples that each of them carries
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
    /// A folder of pattern files that extend or replace the embedded ones.
    #[arg(long, value_name = "DIR", global = true)]
    patterns: Option<PathBuf>,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// Runs every example and counter-example; each example must be won by the rule that owns it
    Check,
    /// Shows every rule with the kind of thing it makes and what it is about
    List {
        /// One JSON object a line instead of the table.
        #[arg(long)]
        json: bool,
    },
}

/// Runs the subcommand.
///
/// # Errors
/// A broken pattern file, and a stdout that cannot be written.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    let patterns = match &args.patterns {
        Some(dir) => Patterns::with_dir(dir)?,
        None => Patterns::builtin()?,
    };
    match args.verb {
        Verb::Check => check_all(patterns),
        Verb::List { json } => list(&patterns, json),
    }
}

fn check_all(patterns: Patterns) -> anyhow::Result<Outcome> {
    let report = examples::run(&Extractor::with(patterns, Options::default()));
    let mut out = String::new();
    for failure in &report.failures {
        writeln!(
            out,
            "{}\n  rule:  {}\n  text:  {:?}\n  found: {}",
            failure.file, failure.rule, failure.text, failure.found
        )?;
    }
    print(out.as_bytes())?;
    say(&format!("{} rules, {} examples, {} failed", report.rules, report.texts, report.failures.len()));
    Ok(if report.failures.is_empty() { Outcome::Complete } else { Outcome::SomeFailed })
}

fn list(patterns: &Patterns, json: bool) -> anyhow::Result<Outcome> {
    let mut out = String::new();
    for (_, rule) in patterns.rules.iter() {
        let entry = &rule.entry;
        if json {
            let line = serde_json::json!({
                "id": entry.id, "makes": rule.makes.name(), "about": entry.about, "file": rule.file,
                "disabled": entry.disabled, "examples": entry.examples, "counter_examples": entry.counter_examples,
            });
            writeln!(out, "{line}")?;
        } else {
            let off = if entry.disabled { " (disabled)" } else { "" };
            writeln!(out, "{:<28} {:<10} {}{off}", entry.id, rule.makes.name(), entry.about)?;
        }
    }
    print(out.as_bytes())
}
