//! How fast: from file to JSON on generated reports, stage by stage, and on hostile inputs.
//!
//! `cargo bench --bench extract`; one core, throughput in bytes of the file. The bench corpus is generated (see
//! `support/`), about one item in every 200 bytes.

#![allow(clippy::expect_used, reason = "a bench")]

mod support;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

fn extractor() -> baocao::Extractor {
    baocao::Extractor::new().expect("the embedded patterns")
}

/// The whole way, one report after the other: bytes in, a line of JSON out.
#[divan::bench(args = [4_000, 20_000, 200_000, 2_000_000], sample_count = 20)]
fn file_to_json(bencher: Bencher, each: usize) {
    let corpus = support::corpus(1, each.max(1_000_000), each);
    let bytes: usize = corpus.iter().map(String::len).sum();
    let extractor = extractor();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        corpus
            .iter()
            .filter_map(|report| extractor.extract("bench.txt", black_box(report.as_bytes())).ok())
            .filter_map(|record| serde_json::to_vec(&record).ok())
            .map(|json| json.len())
            .sum::<usize>()
    });
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

/// Decoded text to the repaired working copy.
#[divan::bench(sample_count = 20)]
fn stage_text(bencher: Bencher) {
    let report = support::long_report(2, 1_000_000);
    let content = extractor().read(report.as_bytes()).expect("text");
    bencher
        .counter(BytesCount::of_str(&report))
        .bench_local(|| baocao::text::Text::new(black_box(&content)).s().len());
}

/// Decoded text to findings: repair, outline, traps, references, dates, indicators, linking.
#[divan::bench(sample_count = 20)]
fn stage_analyse(bencher: Bencher) {
    let report = support::long_report(2, 1_000_000);
    let extractor = extractor();
    let content = extractor.read(report.as_bytes()).expect("text");
    bencher
        .counter(BytesCount::of_str(&report))
        .bench_local(|| extractor.analyse(black_box(&content), |work, _, _| work.tokens.len()));
}

/// A record to a line of JSON; bytes counted are those of the report.
#[divan::bench(sample_count = 20)]
fn stage_json(bencher: Bencher) {
    let report = support::long_report(2, 1_000_000);
    let record = extractor().extract("bench.txt", report.as_bytes()).expect("a record");
    bencher.counter(BytesCount::of_str(&report)).bench_local(|| serde_json::to_vec(black_box(&record)));
}

/// One megabyte of each hostile input, file to JSON.
#[divan::bench(args = support::HOSTILE.iter().map(|(name, _)| *name), sample_count = 3)]
fn hostile(bencher: Bencher, name: &str) {
    let piece = support::HOSTILE.iter().find(|(n, _)| *n == name).map_or("", |(_, piece)| *piece);
    let text = support::hostile(piece, 1_000_000);
    let extractor = extractor();
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        extractor
            .extract("bench.txt", black_box(text.as_bytes()))
            .ok()
            .and_then(|r| serde_json::to_vec(&r).ok())
    });
}
