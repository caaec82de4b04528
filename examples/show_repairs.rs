//! Shows every place of a folder's texts where one repair was made, before and after.
//!
//! ```text
//! cargo run --release --example show_repairs -- lost_space DIR…
//! ```
use std::ops::Range;

use baocao::internal::reader::{ReadOptions, read};
use baocao::internal::words::{NAMES, RepairOptions, repair};

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let name = args.next().unwrap_or_default();
    anyhow::ensure!(NAMES.contains(&name.as_str()), "name one of {NAMES:?}, then folders");
    let options = RepairOptions::without(NAMES.into_iter().filter(|n| *n != name));
    for entry in args.flat_map(|root| walkdir::WalkDir::new(root).sort_by_file_name()).filter_map(Result::ok)
    {
        let Ok(bytes) = std::fs::read(entry.path()) else { continue };
        let Ok(content) = read(&bytes, &ReadOptions::default()) else { continue };
        let shadow = repair(&content.text, &options);
        for r in &shadow.repairs {
            let after = around(&shadow.text, shadow.range_to_shadow(r.range.clone()));
            println!("{:?} -> {after:?}", around(&content.text, r.range.clone()));
        }
    }
    Ok(())
}

/// The range in brackets with some characters on each side.
fn around(text: &str, range: Range<usize>) -> String {
    let mut before: Vec<char> = text.get(..range.start).unwrap_or("").chars().rev().take(18).collect();
    before.reverse();
    let after: String = text.get(range.end..).unwrap_or("").chars().take(18).collect();
    format!("{}[{}]{after}", before.into_iter().collect::<String>(), text.get(range).unwrap_or(""))
}
