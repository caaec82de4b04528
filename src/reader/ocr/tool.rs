//! Scans: one run of a tool of the machine (`pdftoppm`, `tesseract`), bounded in time and in what it prints.
//!
//! In: a command and the bytes for its standard input. Out: what it printed, or why not. Data goes through pipes, so
//! there is no file that could stay behind. A tool ends with its page: it is killed when its time is up, when the
//! reading thread goes, and (by `setpriv --pdeathsig`, where the machine has it) when the program dies.

use std::io::{ErrorKind, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

/// How often a running tool is looked at.
const POLL: Duration = Duration::from_millis(5);

/// A tool and the package that brings it, for the message that it is missing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tool {
    pub(super) name: &'static str,
    pub(super) package: &'static str,
}

/// Makes pictures of the pages of a PDF.
pub(super) const PDFTOPPM: Tool = Tool { name: "pdftoppm", package: "poppler-utils" };
/// Recognises the letters in a picture.
pub(super) const TESSERACT: Tool = Tool { name: "tesseract", package: "tesseract-ocr and tesseract-ocr-vie" };

/// Why a tool gave nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    /// It is not on this machine.
    Missing(Tool),
    /// Its time was up.
    Late,
    /// It said no, or printed more than it may.
    Failed(Tool),
}

impl PartialEq for Tool {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Tool {}

/// Kills and reaps the tool whichever way its run is left.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Of a tool that has ended already neither does anything.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs a tool to its end or its deadline; at most `most` bytes of its output are taken.
///
/// # Errors
/// [`Failure`] says why there is no output.
pub(super) fn run(
    tool: Tool,
    args: &[&str],
    input: &[u8],
    deadline: Instant,
    most: usize,
) -> Result<Vec<u8>, Failure> {
    let mut command = if dies_with_parent() {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL", "--", tool.name]);
        command
    } else {
        Command::new(tool.name)
    };
    // One thread a page: pages run side by side already.
    command.args(args).env("OMP_THREAD_LIMIT", "1");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let child = command.spawn().map_err(|e| match e.kind() {
        ErrorKind::NotFound => Failure::Missing(tool),
        _ => Failure::Failed(tool),
    })?;
    let mut running = Running(child);
    let (stdin, stdout) = (running.0.stdin.take(), running.0.stdout.take());
    thread::scope(|scope| {
        scope.spawn(move || {
            // A tool that has seen enough closes its end; its exit code tells whether that was well.
            stdin.map(|mut pipe| pipe.write_all(input))
        });
        let reader = scope.spawn(move || {
            let mut out = Vec::new();
            let read = stdout.map(|pipe| pipe.take(most as u64 + 1).read_to_end(&mut out));
            (out, read.is_some_and(|r| r.is_ok()))
        });
        let status = loop {
            match running.0.try_wait() {
                Ok(Some(status)) => break Ok(status),
                Ok(None) if Instant::now() >= deadline => break Err(Failure::Late),
                // All is read that may be: what still writes is cut off.
                Ok(None) if reader.is_finished() => {
                    let grace = Instant::now() + Duration::from_secs(1);
                    while Instant::now() < grace.min(deadline)
                        && running.0.try_wait().is_ok_and(|s| s.is_none())
                    {
                        thread::sleep(POLL);
                    }
                    break running.0.try_wait().ok().flatten().ok_or(Failure::Failed(tool));
                }
                Ok(None) => thread::sleep(POLL),
                Err(_) => break Err(Failure::Failed(tool)),
            }
        };
        // The pipes close with the tool, so that both threads end.
        drop(running);
        let (out, whole) = reader.join().unwrap_or_default();
        let status = status?;
        // `setpriv` says 127 where the tool is not found.
        if status.code() == Some(127) && out.is_empty() {
            return Err(Failure::Missing(tool));
        }
        if status.success() && whole && out.len() <= most { Ok(out) } else { Err(Failure::Failed(tool)) }
    })
}

/// Whether the machine can bind a tool's life to ours.
fn dies_with_parent() -> bool {
    static CAN: OnceLock<bool> = OnceLock::new();
    *CAN.get_or_init(|| {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL", "--", "true"]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    const SH: Tool = Tool { name: "sh", package: "a shell" };

    fn soon(millis: u64) -> Instant {
        Instant::now() + Duration::from_millis(millis)
    }

    #[test]
    fn what_goes_in_comes_out() {
        let input = vec![b'x'; 1 << 20];
        assert_eq!(run(SH, &["-c", "cat"], &input, soon(20_000), 2 << 20), Ok(input));
    }

    #[test]
    fn a_tool_that_takes_too_long_or_says_too_much_is_stopped() {
        let start = Instant::now();
        assert_eq!(run(SH, &["-c", "exec sleep 60"], b"", soon(100), 10), Err(Failure::Late));
        assert_eq!(run(SH, &["-c", "exec yes"], b"", soon(20_000), 1000), Err(Failure::Failed(SH)));
        assert!(start.elapsed() < Duration::from_secs(15), "{:?}", start.elapsed());
    }

    #[test]
    fn a_missing_tool_is_told_from_a_failing_one() {
        let none = Tool { name: "no-such-tool-of-baocao", package: "none" };
        assert_eq!(run(none, &[], b"", soon(20_000), 10), Err(Failure::Missing(none)));
        assert_eq!(run(SH, &["-c", "exit 3"], b"", soon(20_000), 10), Err(Failure::Failed(SH)));
    }
}
