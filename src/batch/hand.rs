//! The program's end of one worker process: started when first needed, given batches, watched while it works, killed
//! with its children when it is late. How it died tells what its document is charged with.

use std::ffi::OsString;
use std::io::{self, BufReader, BufWriter, Read};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::encode::Formats;
use super::frame::{self, Reply, Setup, Task};
use super::worker::READY;
use crate::error::Error;

/// How long a worker may take to load its patterns on a busy machine.
const START: Duration = Duration::from_secs(120);
/// How often it is looked whether the run is over while a worker is at work.
const POLL: Duration = Duration::from_millis(200);
/// How often it is tried again to start a worker, and how long it is waited before.
const ATTEMPTS: u32 = 5;
const PAUSE: Duration = Duration::from_millis(100);
/// How much of what a worker says at its death is kept.
const LAST_WORDS: u64 = 4 << 10;

/// How workers are started.
#[derive(Debug, Clone)]
pub struct Workers {
    /// The program and its arguments. It is named and not guessed: inside of Python the running program is Python.
    pub command: Vec<OsString>,
    /// What they are told.
    pub setup: Setup,
    /// The writers, of which the setup names one.
    pub formats: Formats,
}

/// Why there was no reply.
#[derive(Debug)]
pub(super) enum Silence {
    /// The time limit ran out.
    Late,
    /// The worker died.
    Died(Error),
}

/// A running worker process.
pub(super) struct Hand {
    child: Child,
    tasks: BufWriter<ChildStdin>,
    replies: Receiver<Reply>,
    last_words: Option<thread::JoinHandle<String>>,
    /// Its temporary files, which go with it.
    _temporary: Option<tempfile::TempDir>,
    /// How many tasks it was given.
    pub(super) given: usize,
}

impl Hand {
    /// Starts a worker; where the system refuses one at the moment, it is asked again some times.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub(super) fn start_patiently(workers: &Workers) -> io::Result<Self> {
        let mut attempt = 0;
        loop {
            match Self::start(workers) {
                Err(_) if attempt < ATTEMPTS => {
                    attempt += 1;
                    thread::sleep(PAUSE * attempt);
                }
                started => return started,
            }
        }
    }

    /// Starts a worker and waits until it is ready.
    ///
    /// # Errors
    /// A process or thread that the system refuses, and a worker that is no worker.
    pub(super) fn start(workers: &Workers) -> io::Result<Self> {
        let (program, arguments) = workers.command.split_first().ok_or(io::ErrorKind::InvalidInput)?;
        // Only the tools of recognition (OCR) write temporary files.
        let gate = workers.setup.gate.as_ref();
        let temporary =
            gate.and_then(|(_, run)| tempfile::Builder::new().prefix("worker-").tempdir_in(run).ok());
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        if let Some(dir) = &temporary {
            command.env("TMPDIR", dir.path());
        }
        // A group of its own: its children die with it, and Ctrl-C lets it finish the document in hand.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn()?;
        let (Some(stdin), Some(stdout), Some(stderr)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (sender, replies) = channel();
        let (ready_sender, ready) = channel();
        let read = move || {
            let mut source = BufReader::with_capacity(1 << 16, stdout);
            let mut expected = Vec::new();
            let _ = frame::put(&mut expected, READY); // memory
            let mut word = vec![0; expected.len()];
            let is_ready = source.read_exact(&mut word).is_ok() && word == expected;
            if ready_sender.send(is_ready).is_err() || !is_ready {
                return;
            }
            while let Ok(reply) = frame::read_reply(&mut source) {
                if sender.send(reply).is_err() {
                    return;
                }
            }
        };
        let listen = move || {
            let mut words = Vec::new();
            let mut source = stderr;
            let _ = (&mut source).take(LAST_WORDS).read_to_end(&mut words);
            let _ = io::copy(&mut source, &mut io::sink());
            String::from_utf8_lossy(&words).into_owned()
        };
        let threads = thread::Builder::new().spawn(read).and_then(|_| thread::Builder::new().spawn(listen));
        let mut hand = Self {
            child,
            tasks: BufWriter::new(stdin),
            replies,
            last_words: None,
            _temporary: temporary,
            given: 0,
        };
        hand.last_words = Some(threads.inspect_err(|_| hand.kill())?);
        let greeted = frame::write_setup(&mut hand.tasks, &workers.setup);
        if greeted.is_err() || !matches!(ready.recv_timeout(START), Ok(true)) {
            hand.kill();
            let words = hand.last_words.take().and_then(|w| w.join().ok()).unwrap_or_default();
            let first = words.lines().next().unwrap_or("it said nothing");
            return Err(io::Error::other(format!("a worker process did not start: {first}")));
        }
        Ok(hand)
    }

    /// Gives it tasks; should it be dead, the replies tell.
    pub(super) fn give<'t>(&mut self, tasks: impl ExactSizeIterator<Item = &'t Task>) {
        self.given += tasks.len();
        let _ = frame::write_tasks(&mut self.tasks, tasks);
    }

    /// The reply to its next task, unless the run is `over` before. After a silence it is dead and gone.
    pub(super) fn reply(
        &mut self,
        limit: Option<Duration>,
        over: impl Fn() -> bool,
    ) -> Result<Reply, Silence> {
        let start = Instant::now();
        let reply = loop {
            let left = limit.map_or(POLL, |limit| limit.saturating_sub(start.elapsed()));
            let reply = self.replies.recv_timeout(left.min(POLL));
            let wait = matches!(reply, Err(RecvTimeoutError::Timeout)) && (limit.is_none() || left > POLL);
            if !wait || over() {
                break reply;
            }
        };
        reply.map_err(|error| match error {
            RecvTimeoutError::Timeout => {
                self.kill();
                Silence::Late
            }
            RecvTimeoutError::Disconnected => {
                let status = self.child.wait();
                self.kill();
                let words = self.last_words.take().and_then(|w| w.join().ok()).unwrap_or_default();
                Silence::Died(cause(status.ok(), &words))
            }
        })
    }

    /// Ends the process and all it has started.
    fn kill(&mut self) {
        #[cfg(unix)]
        if let Some(group) = rustix::process::Pid::from_raw(self.child.id() as i32) {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Hand {
    fn drop(&mut self) {
        self.kill();
    }
}

/// What a process died of, by how it ended and what it said last.
pub fn cause(status: Option<ExitStatus>, words: &str) -> Error {
    let memory = ["memory allocation of", "unable to allocate", "out of memory", "Cannot allocate memory"];
    if memory.iter().any(|sign| words.contains(sign)) {
        return Error::OutOfMemory(
            "reading it takes more memory than a worker may have, see --memory".into(),
        );
    }
    let signal = status.and_then(signal);
    match signal {
        Some(9) => Error::OutOfMemory("the system killed its worker, most likely for want of memory".into()),
        _ if words.contains("overflowed its stack") => Error::Crashed("the stack overflowed".into()),
        Some(signal) => Error::Crashed(format!("its worker died by signal {signal}")),
        None => Error::Crashed("its worker ended".into()),
    }
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<i32> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_death_of_a_worker_is_named_by_its_last_words() {
        let code = |words: &str| cause(None, words).code();
        assert_eq!(code("memory allocation of 1310720 bytes failed"), "out_of_memory");
        assert_eq!(code("thread 'baocao' has overflowed its stack"), "crashed");
        assert_eq!(code(""), "crashed");
    }

    #[test]
    fn a_command_that_is_no_worker_is_an_error_and_no_wait() {
        let setup = Setup {
            options: crate::Options::default(),
            patterns: None,
            format: "jsonl".into(),
            pretty: false,
            gate: None,
        };
        for command in ["/no/such/program", "true", "yes"] {
            let workers =
                Workers { command: vec![command.into()], setup: setup.clone(), formats: |_, _| None };
            assert!(Hand::start(&workers).is_err(), "{command}");
        }
    }
}
