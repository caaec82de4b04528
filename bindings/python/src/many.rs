//! Many documents, by worker processes as the program has them: what breaks one of them is an error record.

use std::io;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

use baocao::internal::embed::{self, Batch, FileId, Sink, Stop};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

/// Most records that wait to be taken.
const WAITING: usize = 64;
/// How often a signal such as Ctrl-C is looked for.
const POLL: Duration = Duration::from_millis(100);
/// What asks a run to end, as SIGTERM does.
const END: usize = 15;

type Line = Result<Vec<u8>, io::Error>;

/// Records and error records as lines of JSON, in the order of the documents.
#[pyclass(frozen, module = "baocao._baocao")]
pub struct Records {
    lines: Mutex<Option<Receiver<Line>>>,
    stop: Stop,
}

impl Records {
    /// Starts a run.
    ///
    /// # Errors
    /// A thread that cannot be started.
    pub fn start(batch: Batch) -> PyResult<Self> {
        let (sender, lines) = sync_channel(WAITING);
        let stop = batch.stop.clone();
        let run = move || {
            if let Err(error) = embed::run_into(&batch, &mut Channel(&sender), &mut |_| {}) {
                let _ = sender.send(Err(error)); // whoever let go of the records does not ask
            }
        };
        std::thread::Builder::new().name("baocao".into()).spawn(run)?;
        Ok(Self { lines: Mutex::new(Some(lines)), stop })
    }

    fn next_line(&self) -> Option<Result<Line, RecvTimeoutError>> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let received = lines.as_ref()?.recv_timeout(POLL);
        if matches!(received, Err(RecvTimeoutError::Disconnected)) {
            *lines = None;
        }
        Some(received)
    }
}

#[pymethods]
impl Records {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyBytes>>> {
        loop {
            match py.detach(|| self.next_line()) {
                None | Some(Err(RecvTimeoutError::Disconnected)) => return Ok(None),
                Some(Err(RecvTimeoutError::Timeout)) => py.check_signals()?,
                Some(Ok(Ok(line))) => return Ok(Some(PyBytes::new(py, &line))),
                Some(Ok(Err(error))) => return Err(PyRuntimeError::new_err(error.to_string())),
            }
        }
    }

    /// Ends the run.
    fn close(&self) {
        self.stop.noted().store(END, std::sync::atomic::Ordering::Relaxed);
        *self.lines.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Drop for Records {
    fn drop(&mut self) {
        self.close();
    }
}

/// Hands entries on as they come, and waits where nobody takes them.
struct Channel<'s>(&'s SyncSender<Line>);

impl Sink for Channel<'_> {
    fn text(&mut self, _: &str) -> io::Result<()> {
        Ok(())
    }

    fn entry(&mut self, _: &FileId, _: bool, encoded: &[u8]) -> io::Result<()> {
        self.0.send(Ok(encoded.to_vec())).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
