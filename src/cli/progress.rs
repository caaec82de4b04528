//! What the user sees on stderr during a run and at its end; never anything on stdout.

use std::fmt::Write as _;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

use crate::batch::name::harmless;
use crate::batch::{Event, Summary};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Shows progress (on a terminal only), errors as they happen, and the summary.
pub struct Progress {
    quiet: bool,
    started: Instant,
    bar: ProgressBar,
    bytes: u64,
}

impl Progress {
    /// `data_on_terminal`: the records themselves go to the terminal, so no bar may draw between them.
    pub fn new(quiet: bool, data_on_terminal: bool) -> Self {
        let bar = ProgressBar::no_length();
        if quiet || data_on_terminal || !std::io::stderr().is_terminal() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        } else {
            let style = ProgressStyle::with_template("{spinner} {pos} files, {msg}, {elapsed}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
            bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(5));
        }
        Self { quiet, started: Instant::now(), bar, bytes: 0 }
    }

    /// Takes note of one event.
    pub fn on(&mut self, event: &Event<'_>) {
        self.bar.inc(1);
        match event {
            Event::Extracted { bytes, .. } => {
                self.bytes += bytes;
                if !self.bar.is_hidden() {
                    self.bar.set_message(amount(self.bytes));
                }
            }
            Event::Failed { path, error } if !self.quiet => {
                self.bar.suspend(|| super::say_failed(path, &error.message, &error.code));
            }
            Event::Failed { .. } | Event::Passed { .. } => {}
        }
    }

    /// Clears the bar and prints the summary.
    pub fn finish(&self, summary: &Summary) {
        self.bar.finish_and_clear();
        if !self.quiet {
            super::say(&line(summary, self.started.elapsed()));
        }
    }
}

/// The summary in one line: all files, and what became of them: documents, errors, what was passed over; items, speed.
fn line(s: &Summary, time: Duration) -> String {
    let seconds = time.as_secs_f64().max(1e-6);
    let files = count(s.files(), "file");
    let mut line = format!("{files}: {}, {}", count(s.documents, "document"), count(s.errors, "error"));
    if !s.passed.is_empty() {
        let total: u64 = s.passed.values().sum();
        let kinds: Vec<String> = s.passed.iter().map(|(kind, n)| format!("{} {n}", harmless(kind))).collect();
        let _ = write!(line, ", {} of other kinds passed over ({})", count(total, "file"), kinds.join(", "));
    }
    if s.unread_scans > 0 {
        let _ = write!(line, ", {} with scanned pages (see --ocr)", count(s.unread_scans, "file"));
    }
    let speed = s.bytes as f64 / 1e6 / seconds;
    let _ =
        write!(line, ", {}, {} in {seconds:.2} s ({speed:.1} MB/s)", count(s.items, "item"), amount(s.bytes));
    line
}

fn count(n: u64, what: &str) -> String {
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
    fn the_summary_names_what_was_passed_over() {
        let passed = [(".jpg".to_owned(), 2), (".xls".to_owned(), 1)].into();
        let mut summary =
            Summary { documents: 12, errors: 1, items: 345, bytes: 2_500_000, passed, unread_scans: 0 };
        assert_eq!(
            line(&summary, Duration::from_millis(500)),
            "16 files: 12 documents, 1 error, 3 files of other kinds passed over (.jpg 2, .xls 1), 345 items, 2.5 MB in 0.50 s (5.0 MB/s)"
        );
        summary.unread_scans = 2;
        let said = line(&summary, Duration::from_millis(500));
        assert!(said.contains("2 files with scanned pages (see --ocr)"), "{said}");
    }
}
