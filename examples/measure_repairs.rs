//! Measures the repairs on folders of texts: speed, and every repair with its surroundings.
//!
//! ```text
//! cargo run --release --example measure_repairs -- speed DIR…       # bytes a second of the whole repair stage
//! cargo run --release --example measure_repairs -- show NAME DIR…   # every place where a repair was made
//! ```
use std::time::Instant;

use baocao::text::repair::{NAMES, RepairOptions, repair};

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let what = args.next().unwrap_or_default();
    let name = if what == "show" { args.next().unwrap_or_default() } else { String::new() };
    let texts: Vec<String> = args
        .flat_map(|root| walkdir::WalkDir::new(root).sort_by_file_name())
        .filter_map(Result::ok)
        .filter(|e| e.file_type().is_file())
        .filter_map(|e| std::fs::read(e.path()).ok())
        .filter_map(|bytes| baocao::input::read(&bytes, &baocao::input::ReadOptions::default()).ok())
        .map(|content| content.text)
        .collect();
    let options = RepairOptions::default();
    match what.as_str() {
        "speed" => {
            let bytes: usize = texts.iter().map(String::len).sum();
            let clean: Vec<&String> = texts.iter().filter(|t| repair(t, &options).is_identity()).collect();
            let clean_bytes: usize = clean.iter().map(|t| t.len()).sum();
            let mut best = (f64::MAX, f64::MAX);
            let mut sink = 0;
            for _ in 0..7 {
                let t = Instant::now();
                sink += texts.iter().map(|t| repair(t, &options).repairs.len()).sum::<usize>();
                best.0 = best.0.min(t.elapsed().as_secs_f64());
                let t = Instant::now();
                sink += clean.iter().map(|t| repair(t, &options).repairs.len()).sum::<usize>();
                best.1 = best.1.min(t.elapsed().as_secs_f64());
            }
            println!(
                "{} texts, {bytes} bytes: {:.0} MB/s; {} need no repair, {clean_bytes} bytes: {:.0} MB/s ({sink})",
                texts.len(),
                bytes as f64 / 1e6 / best.0,
                clean.len(),
                clean_bytes as f64 / 1e6 / best.1
            );
        }
        "show" => {
            let options = RepairOptions::without(NAMES.into_iter().filter(|n| *n != name));
            for text in &texts {
                let shadow = repair(text, &options);
                for r in &shadow.repairs {
                    let s = shadow.range_to_shadow(r.range.clone());
                    let around = |t: &str, r: std::ops::Range<usize>| {
                        let a: String = t.get(..r.start).unwrap_or("").chars().rev().take(18).collect();
                        let b: String = t.get(r.end..).unwrap_or("").chars().take(18).collect();
                        format!("{}[{}]{b}", a.chars().rev().collect::<String>(), t.get(r).unwrap_or(""))
                    };
                    println!("{:?}  ->  {:?}", around(text, r.range.clone()), around(&shadow.text, s));
                }
            }
        }
        _ => anyhow::bail!("say speed or show NAME, then folders"),
    }
    Ok(())
}
