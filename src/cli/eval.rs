//! `baocao eval GOLD_DIR --docs DIR`: extracts the documents that gold annotations name, and scores the records.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::Record;
use crate::batch::stream::{Line, Lines};
use crate::batch::{self, Found, Input, Walk};
use crate::eval::{Gold, Miss, Scorer, cells};
use anyhow::{Context, bail};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::reading::Reading;
use super::work::Work;
use super::{Outcome, print, say_failed};

/// Scores extraction against gold annotations (TSV): precision, recall, F1 and every miss
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder of gold files (*.tsv), searched recursively.
    #[arg(value_name = "GOLD_DIR")]
    gold: PathBuf,
    /// Folder of the documents; they are found by the file name that the gold gives [default: GOLD_DIR].
    #[arg(long, value_name = "DIR")]
    docs: Option<PathBuf>,
    /// Scores these records (JSON Lines) instead of extracting.
    #[arg(long, value_name = "FILE", conflicts_with = "docs")]
    records: Option<PathBuf>,
    /// Lists every difference, tab-separated: document, kind, what, wanted, how often, found.
    #[arg(long)]
    misses: bool,
    /// Prints the figures as one JSON object.
    #[arg(long)]
    json: bool,
    /// Scores the rows of `compare` against the gold cells of a comparison (cells.tsv) instead of the records.
    #[arg(long)]
    compare: bool,
    #[command(flatten)]
    reading: Reading,
}

/// Runs the subcommand.
///
/// # Errors
/// Gold or records that cannot be read, wrong options.
pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    if args.compare {
        return compare(args);
    }
    let golds = read_golds(&args.gold)?;
    if golds.is_empty() {
        bail!("no gold files (*.tsv that begin with `# file`) in {}", args.gold.display());
    }
    let records = match &args.records {
        Some(file) => {
            let text =
                std::fs::read_to_string(file).with_context(|| format!("--records {}", file.display()))?;
            by_name(parse(&text)?, &golds)
        }
        None => extract(args, &golds)?,
    };
    let mut scorer = Scorer::default();
    let texts = texts(args, &golds)?;
    for ((gold, record), text) in golds.iter().zip(&records).zip(&texts) {
        scorer.add(gold, record.as_ref(), text.as_deref());
    }
    let (score, misses) = scorer.finish();
    let mut out = String::new();
    if args.misses {
        for Miss { document, entity, what, wanted, count, found } in &misses {
            let found = found.split_whitespace().collect::<Vec<_>>().join(" ");
            out.push_str(&format!("{document}\t{entity}\t{what}\t{wanted}\t{count}\t{found}\n"));
        }
    }
    if args.json {
        out.push_str(&serde_json::to_string(&score)?);
        out.push('\n');
    } else {
        out.push_str(&score.to_string());
    }
    print(out.as_bytes())
}

/// Scores the comparison of the documents that the gold cells name.
fn compare(args: &Args) -> anyhow::Result<Outcome> {
    let mut gold = Vec::new();
    for path in files(&args.gold)?.into_iter().filter(|p| p.file_name().is_some_and(|n| n == CELLS)) {
        gold.extend(cells::read(&path)?);
    }
    if gold.is_empty() {
        bail!("no gold cells ({CELLS}) in {}", args.gold.display());
    }
    let bytes = match &args.records {
        Some(file) => std::fs::read(file).with_context(|| format!("--records {}", file.display()))?,
        None => {
            let names: BTreeSet<&str> = gold.iter().map(|c| c.document.as_str()).collect();
            let docs = files(args.docs.as_deref().unwrap_or(&args.gold))?;
            extract_all(args, docs.into_iter().filter(|p| names.contains(name_of(p).as_str())).collect())?
        }
    };
    let mut records: Vec<Record> = Vec::new();
    let mut lines = Lines::new(
        |record: Record| record,
        |_, line| {
            if let Line::Record(record) = line {
                records.push(record);
            }
            Ok(())
        },
    );
    lines.read(bytes.as_slice())?;
    drop(lines);
    let extractor = args.reading.extractor()?;
    let score = cells::score(&gold, &crate::tables::compare::compare(&records, extractor.patterns()));
    let mut out = String::new();
    if args.misses {
        for (what, list) in [("missed", &score.missed), ("wrong", &score.wrong)] {
            list.iter().for_each(|cell| out.push_str(&format!("{what}\t{cell}\n")));
        }
    }
    if args.json {
        let figures = serde_json::json!({
            "precision": score.precision(), "recall": score.recall(), "right": score.right,
            "wrong": score.wrong.len(), "missed": score.missed.len()
        });
        out.push_str(&format!("{figures}\n"));
    } else {
        out.push_str(&score.to_string());
    }
    print(out.as_bytes())
}

/// Name of a file of gold cells.
const CELLS: &str = "cells.tsv";

/// All files below a folder, in order.
fn files(dir: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for found in Walk::new(&[Input::Path(dir.to_owned())], true) {
        match found {
            Found::File { path, named: false } => all.push(path),
            Found::File { path, .. } => bail!("{} is no folder", path.display()),
            Found::Failed { path, error } => bail!("{}: {error}", path.display()),
            _ => {}
        }
    }
    Ok(all)
}

/// The records of documents, as lines; what could not be read is named.
fn extract_all(args: &Args, paths: Vec<PathBuf>) -> anyhow::Result<Vec<u8>> {
    let inputs = paths.into_iter().map(Input::Path).collect();
    let batch = Work::default().batch(&args.reading, inputs, true, ("jsonl", false))?;
    let mut lines = Vec::new();
    batch::run(&batch, &mut lines, &mut |event| {
        if let batch::Event::Failed { path, error, .. } = event {
            say_failed(path, &error.message, &error.code);
        }
    })?;
    Ok(lines)
}

/// All gold files below a folder, in order; other TSV files (they name no document) are left alone.
fn read_golds(dir: &Path) -> anyhow::Result<Vec<Gold>> {
    let mut golds = Vec::new();
    for found in Walk::new(&[Input::Path(dir.to_owned())], false) {
        match found {
            Found::File { path, named: false } if path.extension().is_some_and(|e| e == "tsv") => {
                let head = std::fs::read(&path).with_context(|| path.display().to_string())?;
                if head.starts_with(b"# file\t") {
                    golds.push(Gold::read(&path)?);
                }
            }
            Found::File { path, named: true } => bail!("{} is no folder", path.display()),
            Found::Failed { path, error } => bail!("{}: {error}", path.display()),
            _ => {}
        }
    }
    Ok(golds)
}

/// The record of every gold file's document, extracted now.
fn extract(args: &Args, golds: &[Gold]) -> anyhow::Result<Vec<Option<Value>>> {
    let paths = documents(args, golds)?;
    let lines = extract_all(args, paths.iter().flatten().cloned().collect())?;
    let records = parse(std::str::from_utf8(&lines)?)?;
    let shown = |path: &PathBuf| Found::File { path: path.clone(), named: true }.shown();
    let of_path = |path: PathBuf| records.iter().find(|r| source_path(r) == Some(&shown(&path))).cloned();
    Ok(paths.into_iter().map(|path| path.and_then(of_path)).collect())
}

/// The text of every document whose gold says where figures stand, as far as it can be read.
fn texts(args: &Args, golds: &[Gold]) -> anyhow::Result<Vec<Option<String>>> {
    if !golds.iter().any(Gold::is_of_facts) {
        return Ok(vec![None; golds.len()]);
    }
    let extractor = args.reading.extractor()?;
    let read = |path: PathBuf| Some(extractor.read(&std::fs::read(path).ok()?).ok()?.text);
    let of = |(gold, path): (&Gold, Option<PathBuf>)| path.filter(|_| gold.is_of_facts()).and_then(read);
    Ok(golds.iter().zip(documents(args, golds)?).map(of).collect())
}

/// The path of every gold file's document: beside it before one of the same name elsewhere.
fn documents(args: &Args, golds: &[Gold]) -> anyhow::Result<Vec<Option<PathBuf>>> {
    let docs = args.docs.as_deref().unwrap_or(&args.gold);
    let mut names: BTreeMap<String, PathBuf> = BTreeMap::new();
    for found in Walk::new(&[Input::Path(docs.to_owned())], true) {
        match found {
            Found::File { path, named: false } => {
                names.entry(name_of(&path)).or_insert(path);
            }
            Found::File { path, .. } => bail!("--docs {}: no such folder", path.display()),
            Found::Failed { path, error } => bail!("{}: {error}", path.display()),
            _ => {}
        }
    }
    let path_of = |gold: &Gold| {
        let beside = gold.path.with_file_name(&gold.document);
        if beside.is_file() { Some(beside) } else { names.get(&nfc(&gold.document)).cloned() }
    };
    Ok(golds.iter().map(path_of).collect())
}

/// The record of every gold file's document, found by the last part of its path.
fn by_name(records: Vec<Value>, golds: &[Gold]) -> Vec<Option<Value>> {
    let named: BTreeMap<String, Value> =
        records.into_iter().filter_map(|r| Some((name_of(Path::new(source_path(&r)?)), r))).collect();
    golds.iter().map(|gold| named.get(&nfc(&gold.document)).cloned()).collect()
}

fn source_path(record: &Value) -> Option<&str> {
    record.get("source")?.get("path")?.as_str()
}

fn parse(lines: &str) -> anyhow::Result<Vec<Value>> {
    let lines = lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(n, line)| serde_json::from_str(line).with_context(|| format!("line {} of the records", n + 1)))
        .collect()
}

fn name_of(path: &Path) -> String {
    nfc(&path.file_name().unwrap_or_default().to_string_lossy())
}

fn nfc(text: &str) -> String {
    text.nfc().collect()
}
