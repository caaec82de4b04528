//! Writes generated reports, for measuring a whole run: `cargo run --example generate_reports -- FOLDER MEGABYTES EACH`.
//!
//! The same reports as in the benches: about one item in every 200 characters; EACH is the size of one report in bytes.
#![allow(clippy::expect_used, reason = "a tool for measuring")]

#[path = "../benches/support/mod.rs"]
mod support;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, megabytes, each] = args.as_slice() else {
        eprintln!("usage: generate_reports FOLDER MEGABYTES BYTES_EACH");
        std::process::exit(2);
    };
    let total = megabytes.parse::<usize>().expect("a number of megabytes") * 1_000_000;
    std::fs::create_dir_all(folder).expect("the folder");
    for (n, report) in support::corpus(1, total, each.parse().expect("a size in bytes")).iter().enumerate() {
        std::fs::write(format!("{folder}/{n:06}.txt"), report).expect("the report");
    }
}
