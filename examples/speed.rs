//! How many times as long as a plain pass over the same bytes extraction takes: a floor that holds on any machine.
//!
//! `cargo run --release --example speed -- FOLDER [MOST]` reads the `.txt` files of a folder and those below it, extracts them in
//! this process and counts their words in turn, several times, and prints the ratio of the least times. Above `MOST` it fails.

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use baocao::Extractor;

/// How often both are done; the least time of each counts.
const ROUNDS: usize = 25;
/// How many plain passes are one round: a single one is too short for a clock.
const PASSES: u32 = 50;

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("give a folder")?;
    let most: f64 = arguments.next().map_or(Ok(f64::INFINITY), |most| most.parse())?;
    let mut texts = Vec::new();
    gather(Path::new(&folder), &mut texts)?;
    let bytes: usize = texts.iter().map(String::len).sum();
    let extractor = Extractor::new()?;
    let mut items = 0;
    let extract = || {
        for text in &texts {
            let record = extractor.extract("speed.txt", text.as_bytes());
            items += record.map_or(0, |r| r.indicators.len() + r.references.len() + r.dates.len());
        }
    };
    let mut words = 0;
    let plain = || {
        for _ in 0..PASSES {
            words += texts.iter().map(|t| std::hint::black_box(t).split_whitespace().count()).sum::<usize>();
        }
    };
    let (extract, plain) = least(extract, plain);
    let ratio = extract.as_secs_f64() / (plain.as_secs_f64() / f64::from(PASSES));
    let speed = bytes as f64 / 1e6 / extract.as_secs_f64();
    println!("{bytes} bytes, {speed:.1} MB/s, {ratio:.0} times a plain pass ({items} items, {words} words)");
    if ratio > most {
        eprintln!("slower than {most} times a plain pass");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// The least time of each of two works, done in turn; the first round of each is not counted.
fn least(mut a: impl FnMut(), mut b: impl FnMut()) -> (Duration, Duration) {
    let mut best = (Duration::MAX, Duration::MAX);
    let timed = |work: &mut dyn FnMut()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    for round in 0..=ROUNDS {
        let (a, b) = (timed(&mut a), timed(&mut b));
        if round > 0 {
            best = (best.0.min(a), best.1.min(b));
        }
    }
    best
}

/// The texts of a folder and those below it.
fn gather(folder: &Path, texts: &mut Vec<String>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(&path, texts)?;
        } else if path.extension().is_some_and(|e| e == "txt") {
            texts.push(String::from_utf8_lossy(&std::fs::read(&path)?).into_owned());
        }
    }
    Ok(())
}
