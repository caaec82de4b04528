//! One document in a process of its own: `text`, `view` and `explain` call this program once more under the limit of
//! memory, so that a document that breaks it is named instead of ending everything without a word.

use std::io::{self, Read, Write};
use std::process::Stdio;

use crate::batch;
use anyhow::{Context, bail};

use super::{Outcome, open, program, say};

/// Memory of such a process.
const MEMORY: u64 = 4 << 30;
/// How much of what it says is kept to tell what it died of.
const LAST_WORDS: usize = 4 << 10;

/// Calls this program once more with the same arguments; `to_stdout` if data goes there.
///
/// # Errors
/// A process that cannot be started, and a standard output that is not open.
pub fn again(to_stdout: bool) -> anyhow::Result<Outcome> {
    if to_stdout && open::is_stdout_closed() {
        bail!("the standard output is not open");
    }
    let mut child = program::again()?
        .args(["worker", &format!("--memory={MEMORY}"), "--"])
        .args(program::arguments())
        .stderr(Stdio::piped())
        .spawn()
        .context("starting a process for the document")?;
    let words = child.stderr.take().map(pass_on).unwrap_or_default();
    let status = child.wait()?;
    Ok(match status.code() {
        Some(0) => Outcome::Complete,
        Some(1) => Outcome::SomeFailed,
        Some(_) => Outcome::Wrong,
        None => {
            let cause = batch::cause(Some(status), &String::from_utf8_lossy(&words));
            say(&format!("{cause} [{}]", cause.code()));
            Outcome::SomeFailed
        }
    })
}

/// Passes on what the process says, and keeps the end of it.
fn pass_on(mut source: impl Read) -> Vec<u8> {
    let mut last = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(n @ 1..) = source.read(&mut buffer) {
        let said = buffer.get(..n).unwrap_or_default();
        let _ = io::stderr().write_all(said); // should stderr be closed, nobody wants to know
        last.extend_from_slice(said);
        last.drain(..last.len().saturating_sub(LAST_WORDS));
    }
    last
}
