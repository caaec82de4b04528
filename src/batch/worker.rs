//! A worker process: reads the setup and batches of tasks from its standard input, writes one reply a task to its
//! standard output, and ends when the input ends. Whatever a document does to it, only this process dies.

use std::io::{self, BufReader, BufWriter, Write};

use super::archive::Shelf;
use super::document;
use super::encode::Formats;
use super::frame::{self, Setup};
use super::guard::STACK_BYTES;
use crate::extract::Extractor;
use crate::patterns::Patterns;
use crate::reader::Gate;

/// What a worker answers when it is ready.
pub(super) const READY: &[u8] = b"baocao worker 1";

/// Serves until the input ends: what the hidden subcommand `worker` does.
///
/// # Errors
/// A broken frame, patterns that do not load, and what reading and writing give.
pub fn serve(formats: Formats) -> io::Result<()> {
    #[cfg(unix)]
    follow_parent();
    let mut source = BufReader::new(io::stdin());
    let setup = frame::read_setup(&mut source)?;
    if setup.gate.is_none() {
        small_pages();
    }
    // Depth is bounded for this much stack; the main thread's own is the system's choice.
    let work = move || work(&mut source, &setup, formats);
    let worker = std::thread::Builder::new().name("baocao".into()).stack_size(STACK_BYTES).spawn(work)?;
    worker.join().unwrap_or_else(|_| Err(io::Error::other("the worker's thread panicked")))
}

fn work(source: &mut BufReader<io::Stdin>, setup: &Setup, formats: Formats) -> io::Result<()> {
    let patterns = match &setup.patterns {
        Some(dir) => Patterns::with_dir(dir),
        None => Patterns::builtin(),
    };
    let mut options = setup.options.clone();
    if let Some((places, dir)) = &setup.gate {
        options.read.ocr.gate = Gate::between_processes(*places, dir);
    }
    let extractor = Extractor::with(patterns.map_err(io::Error::other)?, options);
    let encode = formats(&setup.format, setup.pretty).ok_or(io::ErrorKind::InvalidInput)?;
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout());
    frame::put(&mut out, READY)?;
    out.flush()?;
    let mut shelf = Shelf::default();
    while let Some(tasks) = frame::read_tasks(source)? {
        for task in &tasks {
            frame::write_reply(&mut out, &document::work(&extractor, &*encode, &mut shelf, task))?;
        }
    }
    Ok(())
}

/// Dies with the program that started it, even if that is killed.
#[cfg(target_os = "linux")]
fn follow_parent() {
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
}

#[cfg(all(unix, not(target_os = "linux")))]
fn follow_parent() {}

/// Huge pages double the memory of a worker and save no time, and in the program one would be cleared for every reply. The tools of
/// recognition (OCR), which would be without them too, keep theirs.
#[cfg(target_os = "linux")]
pub fn small_pages() {
    let _ = rustix::thread::disable_transparent_huge_pages(true);
}

/// Nothing: no other system has them unasked.
#[cfg(not(target_os = "linux"))]
pub fn small_pages() {}
