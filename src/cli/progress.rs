//! What the user sees on stderr during a run and at its end; never anything on stdout.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::speech::told;
use crate::batch::name::harmless;
use crate::batch::{Batch, Event, Looker, Summary, Walk};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;

/// How progress is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// A line that is drawn over, on a terminal only.
    Bar,
    /// One JSON object a line about every second, for programs.
    Json,
    /// Nothing.
    None,
}

/// What is named on stderr.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loud {
    /// Nothing, nor a summary.
    Not,
    /// Files that could not be read.
    Errors,
    /// Every file.
    Files,
}

/// How often a program is told.
const TELL: Duration = Duration::from_secs(1);

/// Shows progress, errors as they happen, and the summary.
pub struct Progress {
    loud: Loud,
    json: bool,
    started: Instant,
    told: Instant,
    bar: ProgressBar,
    seen: Seen,
    total: Total,
}

/// What was seen so far.
#[derive(Debug, Default, Clone, Copy, Serialize)]
struct Seen {
    files: u64,
    documents: u64,
    errors: u64,
    passed: u64,
    kept: u64,
    bytes: u64,
}

/// How many files there are, once they are counted.
#[derive(Debug, Default, Clone)]
struct Total(Arc<AtomicU64>);

impl Total {
    /// Counts in a thread of its own.
    fn count(&self, batch: &Batch) {
        let (total, inputs) = (Arc::clone(&self.0), batch.inputs.clone());
        let (hidden, shard) = (batch.hidden, batch.shard);
        let looker = Looker::new(&batch.workers, batch.timeout);
        let count = move || {
            let looker = RefCell::new(looker);
            let walk = Walk::new(&inputs, hidden).looking(&looker);
            let own = walk.filter(|found| shard.is_none_or(|shard| shard.takes(found)));
            total.store(own.count() as u64, Ordering::Relaxed);
        };
        // Without it the end of the run is simply not foretold.
        let _ = std::thread::Builder::new().spawn(count);
    }

    fn get(&self) -> Option<u64> {
        Some(self.0.load(Ordering::Relaxed)).filter(|n| *n > 0)
    }
}

/// One line for programs.
#[derive(Debug, Serialize)]
struct Told {
    #[serde(flatten)]
    seen: Seen,
    total: Option<u64>,
    seconds: f64,
    files_per_second: f64,
    seconds_left: Option<f64>,
    done: bool,
}

impl Progress {
    /// `data_on_terminal`: the records themselves go to the terminal, so no bar may draw between them.
    pub fn new(form: Form, loud: Loud, data_on_terminal: bool, batch: &Batch) -> Self {
        let bar = ProgressBar::no_length();
        let drawn =
            form == Form::Bar && loud > Loud::Not && !data_on_terminal && std::io::stderr().is_terminal();
        if drawn {
            let style = ProgressStyle::with_template("{spinner} {msg}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
            bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(5));
        } else {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        let total = Total::default();
        let json = form == Form::Json;
        if drawn || json {
            total.count(batch);
        }
        let now = Instant::now();
        Self { loud, json, started: now, told: now, bar, seen: Seen::default(), total }
    }

    /// Takes note of one event.
    pub fn on(&mut self, event: &Event<'_>) {
        let seen = &mut self.seen;
        seen.files += 1;
        match event {
            Event::Extracted { path, bytes, .. } => {
                seen.documents += 1;
                seen.bytes += bytes;
                self.name(path, &amount(*bytes));
            }
            Event::Failed { path, error, .. } => {
                seen.errors += 1;
                if self.loud > Loud::Not {
                    self.bar.suspend(|| super::say_failed(path, &error.message, &error.code));
                }
            }
            Event::Passed { path } => {
                seen.passed += 1;
                self.name(path, "passed over");
            }
            Event::Kept => seen.kept += 1,
        }
        if !self.bar.is_hidden() {
            self.bar.set_message(shown(&self.now(false)));
        }
        if self.json && self.told.elapsed() >= TELL {
            self.tell(false);
        }
    }

    /// Names a file, where every one is to be named.
    fn name(&self, path: &str, what: &str) {
        if self.loud == Loud::Files {
            self.bar.suspend(|| super::say(&format!("{}: {}", harmless(path), told(what))));
        }
    }

    /// Clears the bar and prints the summary.
    pub fn finish(&mut self, summary: &Summary) {
        self.bar.finish_and_clear();
        if self.json {
            self.tell(true);
        }
        if self.loud > Loud::Not {
            super::say(&line(summary, self.started.elapsed()));
        }
    }

    fn now(&self, done: bool) -> Told {
        let seconds = self.started.elapsed().as_secs_f64().max(1e-6);
        let seen = self.seen;
        let rate = (seen.files - seen.kept) as f64 / seconds;
        let total = if done { Some(seen.files) } else { self.total.get() };
        let left = total.map(|total| total.saturating_sub(seen.files) as f64 / rate.max(1e-6));
        Told { seen, total, seconds, files_per_second: rate, seconds_left: left, done }
    }

    fn tell(&mut self, done: bool) {
        self.told = Instant::now();
        if let Ok(line) = serde_json::to_string(&self.now(done)) {
            use std::io::Write;
            let _ = writeln!(std::io::stderr(), "{line}"); // should stderr be closed, nobody wants to know
        }
    }
}

/// The line of the bar: "120/4000 files, 3.1 MB, 45 files/s, 2 errors, 1:26 left".
fn shown(told: &Told) -> String {
    let of = told.total.map_or_else(String::new, |total| format!("/{total}"));
    let mut line = format!(
        "{}{of} files, {}, {:.0} files/s",
        told.seen.files,
        amount(told.seen.bytes),
        told.files_per_second
    );
    if told.seen.errors > 0 {
        let _ = write!(line, ", {}", count(told.seen.errors, "error"));
    }
    if let Some(left) = told.seconds_left {
        let left = left.min(1e9) as u64;
        let (h, m, s) = (left / 3600, left / 60 % 60, left % 60);
        let _ =
            if h > 0 { write!(line, ", {h}:{m:02}:{s:02} left") } else { write!(line, ", {m}:{s:02} left") };
    }
    line
}

/// The summary in one line: all files, and what became of them: documents, errors, what was passed over; items, speed.
fn line(s: &Summary, time: Duration) -> String {
    let seconds = time.as_secs_f64().max(1e-6);
    let files = count(s.files(), "file");
    let mut line = format!("{files}: {}, {}", count(s.documents, "document"), count(s.errors, "error"));
    if !s.passed.is_empty() {
        let total: u64 = s.passed.values().sum();
        let kinds: Vec<String> = s.passed.iter().map(|(kind, n)| format!("{} {n}", harmless(kind))).collect();
        let _ = write!(
            line,
            ", {} ({})",
            told(&format!("{} of other kinds passed over", counted(total, "file"))),
            kinds.join(", ")
        );
    }
    if s.unread_scans > 0 {
        let _ = write!(
            line,
            ", {}",
            told(&format!("{} with scanned pages (see --ocr)", counted(s.unread_scans, "file")))
        );
    }
    if s.kept > 0 {
        let _ = write!(line, ", {}", told(&format!("{} kept from before", s.kept)));
    }
    let speed = s.bytes as f64 / 1e6 / seconds;
    let pace = format!("{} in {seconds:.2} s ({speed:.1} MB/s)", amount(s.bytes));
    let _ = write!(line, ", {}, {}", count(s.items, "item"), told(&pace));
    line
}

fn count(n: u64, what: &str) -> String {
    told(&counted(n, what)).into_owned()
}

/// A number with what it counts: "1 file", "2 files".
pub fn counted(n: u64, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// Bytes for people, in decimal units like the speed.
fn amount(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_says_how_far_it_is_and_how_long_it_will_take() {
        let seen = Seen { files: 120, bytes: 3_100_000, errors: 2, ..Seen::default() };
        let mut told = Told {
            seen,
            total: Some(4000),
            seconds: 2.7,
            files_per_second: 45.0,
            seconds_left: Some(86.2),
            done: false,
        };
        assert_eq!(shown(&told), "120/4000 files, 3.1 MB, 45 files/s, 2 errors, 1:26 left");
        told.seconds_left = Some(7300.0);
        assert!(shown(&told).ends_with("2:01:40 left"));
    }

    #[test]
    fn the_summary_names_what_was_passed_over() {
        let passed = [(".jpg".to_owned(), 2), (".xls".to_owned(), 1)].into();
        let mut summary =
            Summary { documents: 12, errors: 1, items: 345, bytes: 2_500_000, passed, ..Summary::default() };
        assert_eq!(
            line(&summary, Duration::from_millis(500)),
            "16 files: 12 documents, 1 error, 3 files of other kinds passed over (.jpg 2, .xls 1), 345 items, 2.5 MB in 0.50 s (5.0 MB/s)"
        );
        summary.unread_scans = 2;
        let said = line(&summary, Duration::from_millis(500));
        assert!(said.contains("2 files with scanned pages (see --ocr)"), "{said}");
    }
}
