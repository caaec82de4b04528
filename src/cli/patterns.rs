//! `baocao patterns check|list`: the rules, and whether they do what their examples say.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::batch::{guarded, load};
use crate::eval::{examples, names};
use crate::extract::{Extractor, Options};
use crate::patterns::Patterns;
use crate::tables::diff::write::{Sum, items};
use crate::tables::diff::{Differ, Run};
use serde_json::Value;

use super::diff::Entries;
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
    Check {
        /// Also reads the documents of these records again, and shows what the patterns change in them.
        #[arg(long, value_name = "FILE")]
        records: Option<PathBuf>,
    },
    /// Learns the weights of names.toml from annotated facts, and prints them
    Train {
        /// A folder of annotated facts (gold.tsv with `at=`, docs/samples.md), searched recursively.
        #[arg(long, value_name = "DIR", required = true)]
        facts: Vec<PathBuf>,
        /// A folder of the documents that they name; those beside the facts are found without it.
        #[arg(long, value_name = "DIR")]
        documents: Vec<PathBuf>,
        /// Into how many parts the documents are put, each left out once.
        #[arg(long, value_name = "N", default_value_t = 10)]
        folds: usize,
    },
    /// Shows every rule with the kind of thing it makes and what it is about
    List {
        /// The catalogue instead: every indicator with its names, kinds, units and phrasings.
        #[arg(long)]
        indicators: bool,
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
    match &args.verb {
        Verb::Check { records } => check_all(patterns, records.as_deref()),
        Verb::Train { facts, documents, folds } => train(patterns, facts, documents, *folds),
        Verb::List { indicators: true, json } => catalogue(&patterns, *json),
        Verb::List { json, .. } => list(&patterns, *json),
    }
}

fn check_all(patterns: Patterns, records: Option<&Path>) -> anyhow::Result<Outcome> {
    let extractor = Extractor::with(patterns, Options::default());
    let report = examples::run(&extractor);
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
    if let Some(records) = records {
        show_changes(&extractor, records)?;
    }
    Ok(if report.failures.is_empty() { Outcome::Complete } else { Outcome::SomeFailed })
}

/// Reads the documents of some records again and prints what is not the same any more.
fn show_changes(extractor: &Extractor, records: &Path) -> anyhow::Result<()> {
    let (mut sum, mut text, mut unread) = (Sum::default(), String::new(), 0);
    let limit = extractor.options().read.limits.file_bytes;
    let mut entries = Entries::open(records)?;
    while let Some(old) = entries.next()? {
        let path = old.pointer("/source/path").and_then(Value::as_str).unwrap_or_default().to_owned();
        let record = guarded(|| extractor.extract(&path, &load::file(Path::new(&path), limit)?));
        // A record that was an error, or whose document is not at hand: nothing to compare.
        let Ok(record) = record else {
            unread += 1;
            continue;
        };
        let mut differ = Differ::default();
        differ.add(Run::Old, old);
        if let Some(document) = differ.add(Run::New, serde_json::to_value(record)?) {
            sum.add(&document);
            items(&document, &mut text);
        }
    }
    sum.write(None, &mut text);
    print(text.as_bytes())?;
    if unread > 0 {
        say(&format!("{unread} documents could not be read again"));
    }
    Ok(())
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

/// The catalogue of indicators, in its own order.
fn catalogue(patterns: &Patterns, json: bool) -> anyhow::Result<Outcome> {
    let mut out = String::new();
    for entry in patterns.catalogue.entries() {
        if json {
            let line = serde_json::json!({
                "id": entry.id, "name_vi": entry.name_vi, "name_en": entry.name_en, "group": entry.group,
                "kinds": entry.kinds, "units": entry.units, "phrasings": entry.phrasings,
                "bare": entry.bare, "topic": entry.topic, "not_near": entry.not_near,
                "edition": entry.edition, "from": entry.from, "to": entry.to,
            });
            writeln!(out, "{line}")?;
            continue;
        }
        writeln!(out, "{:<28} {} / {}", entry.id, entry.name_vi, entry.name_en)?;
        let units =
            if entry.units.is_empty() { String::new() } else { format!(" of {}", entry.units.join(", ")) };
        writeln!(
            out,
            "    {}{units}",
            entry.kinds.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        )?;
        for phrasing in &entry.phrasings {
            writeln!(out, "    - {phrasing}")?;
        }
        if !entry.bare.is_empty() {
            writeln!(out, "    - {} (of {})", entry.bare.join(", "), entry.topic.join(", "))?;
        }
    }
    print(out.as_bytes())
}

fn train(
    patterns: Patterns,
    facts: &[PathBuf],
    documents: &[PathBuf],
    folds: usize,
) -> anyhow::Result<Outcome> {
    let extractor = Extractor::with(patterns, Options::default());
    let learned = names::learn(&extractor, facts, documents, folds)?;
    let mut out = String::new();
    for (template, values) in &learned.weights {
        writeln!(out, "[weights.{}]", toml_key(template))?;
        for (value, weight) in values {
            writeln!(out, "{} = {weight}", toml_key(value))?;
        }
        writeln!(out)?;
    }
    print(out.as_bytes())?;
    let [all, reachable, rules, weights] = learned.facts;
    let [before, after] = learned.means.map(|m| 100.0 * m);
    say(&format!(
        "{all} facts, {reachable} with a right candidate; right by the rules {rules}, by weights of documents left out \
         {weights}; mean over documents {before:.1} and {after:.1} %"
    ));
    Ok(Outcome::Complete)
}

/// A key of a TOML table, quoted.
fn toml_key(key: &str) -> String {
    format!("\"{}\"", key.replace('\\', "\\\\").replace('"', "\\\""))
}
