//! How fast: from file to JSON on generated reports, stage by stage, and on hostile inputs.
//!
//! `cargo bench --bench extract`; one core, throughput in bytes of the file. The bench corpus is generated (see
//! `support/`), about one item in every 200 characters, as in real ones.

#![allow(clippy::expect_used, reason = "a bench")]

mod support;

use std::collections::BTreeMap;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};

use baocao::Patterns;
use baocao::internal::run::Makes;
use baocao::internal::run::format;
use baocao::internal::{indicators, items, rules, tokens};
use baocao::record::{Entry, Record};
use baocao::{Extractor, Options};

// That of the program.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

fn extractor() -> Extractor {
    Extractor::new().expect("the embedded patterns")
}

/// The whole way, one report after the other: bytes in, a line of JSON out.
#[divan::bench(args = [4_000, 20_000, 200_000, 1_000_000, 2_000_000], sample_count = 20)]
fn file_to_json(bencher: Bencher, each: usize) {
    let corpus = support::corpus(1, each.max(1_000_000), each);
    let bytes: usize = corpus.iter().map(String::len).sum();
    let extractor = extractor();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        corpus
            .iter()
            .filter_map(|report| extractor.extract("bench.txt", black_box(report.as_bytes())).ok())
            .map(|record| line(record).len())
            .sum::<usize>()
    });
}

/// The embedded patterns with one group of rules switched off, as a user would do it: by pattern files.
fn patterns_without(group: &str) -> Patterns {
    let all = Patterns::builtin().expect("the embedded patterns");
    let makes = match group {
        "references" => Some(Makes::Reference),
        "dates" => Some(Makes::Date),
        "indicators" => Some(Makes::Indicator),
        "traps" => Some(Makes::Trap),
        _ => None,
    };
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for (file, id) in makes.map(|makes| rules(&all, makes)).unwrap_or_default() {
        let name = file.trim_start_matches("builtin:").to_owned();
        let block = format!("[[rule]]\nid = \"{id}\"\ndisabled = true\n");
        files.entry(name).or_default().push_str(&block);
    }
    if group == "catalogue" {
        let blocks = indicators(&all);
        let blocks = blocks.iter().map(|id| format!("[[indicator]]\nid = \"{id}\"\ndisabled = true\n"));
        files.insert("catalogue.toml".into(), blocks.collect());
    }
    let dir = tempfile::tempdir().expect("a folder");
    for (name, text) in &files {
        std::fs::write(dir.path().join(name), text).expect("a pattern file");
    }
    Patterns::with_dir(dir.path()).expect("patterns")
}

/// A record as the command line writes it.
fn line(record: Record) -> Vec<u8> {
    let mut out = Vec::new();
    let writer = format("jsonl", false).expect("a writer of JSON Lines");
    writer.entry(&Entry::Record(Box::new(record)), &mut out).expect("a line");
    out
}

/// What each group of rules costs: the same way with the rules of one group out of service. `none` is with all of them;
/// the difference is the group's price, what depends on its items included.
#[divan::bench(args = ["none", "references", "dates", "indicators", "traps", "catalogue"], sample_count = 20)]
fn without(bencher: Bencher, group: &str) {
    let report = support::long_report(2, 1_000_000);
    let extractor = Extractor::with(patterns_without(group), Options::default());
    bencher
        .counter(BytesCount::of_str(&report))
        .bench_local(|| extractor.extract("bench.txt", black_box(report.as_bytes())).map(line));
}

/// The same without writing JSON.
#[divan::bench(sample_count = 20)]
fn file_to_record(bencher: Bencher) {
    let report = support::long_report(2, 1_000_000);
    let extractor = extractor();
    bencher
        .counter(BytesCount::of_str(&report))
        .bench_local(|| extractor.extract("bench.txt", black_box(report.as_bytes())));
}

/// Bytes to decoded text only.
#[divan::bench(sample_count = 20)]
fn stage_read(bencher: Bencher) {
    let report = support::long_report(2, 1_000_000);
    let extractor = extractor();
    bencher.counter(BytesCount::of_str(&report)).bench_local(|| extractor.read(black_box(report.as_bytes())));
}

/// Decoded text to the repaired working copy and its tokens.
#[divan::bench(sample_count = 20)]
fn stage_text(bencher: Bencher) {
    let report = support::long_report(2, 1_000_000);
    let extractor = extractor();
    let content = extractor.read(report.as_bytes()).expect("text");
    bencher.counter(BytesCount::of_str(&report)).bench_local(|| tokens(&extractor, black_box(&content)));
}

/// Decoded text to findings: repair, outline, traps, references, dates, indicators, linking.
#[divan::bench(sample_count = 20)]
fn stage_analyse(bencher: Bencher) {
    let report = support::long_report(2, 1_000_000);
    let extractor = extractor();
    let content = extractor.read(report.as_bytes()).expect("text");
    bencher.counter(BytesCount::of_str(&report)).bench_local(|| items(&extractor, black_box(&content)));
}

/// A record to a line of JSON; bytes counted are those of the report.
#[divan::bench(sample_count = 20)]
fn stage_json(bencher: Bencher) {
    let report = support::long_report(2, 1_000_000);
    let record = extractor().extract("bench.txt", report.as_bytes()).expect("a record");
    let entry = Entry::Record(Box::new(record));
    let writer = format("jsonl", false).expect("a writer of JSON Lines");
    bencher.counter(BytesCount::of_str(&report)).bench_local(|| {
        let mut out = Vec::new();
        writer.entry(black_box(&entry), &mut out).map(|()| out)
    });
}

/// One megabyte of each hostile input, file to JSON.
#[divan::bench(args = support::HOSTILE.iter().map(|(name, _)| *name), sample_count = 3)]
fn hostile(bencher: Bencher, name: &str) {
    let piece = support::HOSTILE.iter().find(|(n, _)| *n == name).map_or("", |(_, piece)| *piece);
    let text = support::hostile(piece, 1_000_000);
    let extractor = extractor();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| extractor.extract("bench.txt", black_box(text.as_bytes())).map(line));
}
