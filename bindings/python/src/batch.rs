//! Runs over many documents, in a thread that Python need not wait for.

use std::io;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use arrow_array::RecordBatch;
use baocao::internal::batch::{Batch, FileId, Sink, Stop, run_into};
use baocao::internal::tables::{Batches, Filled};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::json;

/// Entries that wait to be taken.
const WAITING: usize = 64;
/// How often it is looked whether the user pressed Ctrl-C.
const POLL: Duration = Duration::from_millis(100);

/// The entries of a run, in the order of the documents: dictionaries, or lines of JSON if `raw` is set.
#[pyclass(module = "baocao._baocao")]
pub struct Entries {
    messages: Mutex<Receiver<io::Result<Vec<u8>>>>,
    stop: Stop,
    #[pyo3(get, set)]
    raw: bool,
}

#[pymethods]
impl Entries {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__<'py>(&mut self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let messages = self.messages.get_mut().map_err(|_| PyRuntimeError::new_err("a reader panicked"))?;
        Ok(match wait(py, messages)? {
            None => None,
            Some(entry) if self.raw => Some(PyBytes::new(py, &entry?).into_any()),
            Some(entry) => Some(json::value(py, &entry?)?),
        })
    }
}

impl Entries {
    /// Begins a run.
    ///
    /// # Errors
    /// A thread that the system refuses.
    pub fn start(batch: Batch) -> PyResult<Self> {
        let (sender, messages) = sync_channel(WAITING);
        let stop = batch.stop.clone();
        thread::Builder::new().name("baocao-run".into()).spawn(move || {
            let mut sink = Through { out: &sender, stop: batch.stop.clone() };
            if let Err(error) = run_into(&batch, &mut sink, &mut |_| {}) {
                let _ = sender.send(Err(error)); // whoever listened may be gone
            }
        })?;
        Ok(Self { messages: Mutex::new(messages), stop, raw: false })
    }
}

impl Drop for Entries {
    fn drop(&mut self) {
        end(&self.stop);
    }
}

/// All tables of a run.
///
/// # Errors
/// Workers that cannot be started, more text than tables in memory can hold, and Ctrl-C.
pub fn tables(py: Python<'_>, batch: Batch) -> PyResult<Vec<(&'static str, RecordBatch)>> {
    let (sender, receiver) = sync_channel(1);
    let stop = batch.stop.clone();
    thread::Builder::new().name("baocao-run".into()).spawn(move || {
        let filled = || {
            let mut batches = Batches::new()?;
            let mut sink = Until { sink: Filled(&mut batches), stop: batch.stop.clone() };
            run_into(&batch, &mut sink, &mut |_| {})?;
            batches.finish()
        };
        let _ = sender.send(filled()); // whoever listened may be gone
    })?;
    let mut receiver = receiver;
    let result = wait(py, &mut receiver).inspect_err(|_| end(&stop))?;
    Ok(result.ok_or_else(|| PyRuntimeError::new_err("a run ended without a word"))??)
}

/// The next message; none where there will be none.
fn wait<T: Send>(py: Python<'_>, messages: &mut Receiver<T>) -> PyResult<Option<T>> {
    loop {
        let listened = &mut *messages;
        match py.detach(move || listened.recv_timeout(POLL)) {
            Ok(message) => return Ok(Some(message)),
            Err(RecvTimeoutError::Disconnected) => return Ok(None),
            Err(RecvTimeoutError::Timeout) => py.check_signals()?,
        }
    }
}

/// Asks a run to end.
fn end(stop: &Stop) {
    stop.noted().store(1, std::sync::atomic::Ordering::Relaxed);
}

/// Hands entries to Python, until nobody wants them any more.
struct Through<'s> {
    out: &'s SyncSender<io::Result<Vec<u8>>>,
    stop: Stop,
}

impl Sink for Through<'_> {
    fn text(&mut self, _: &str) -> io::Result<()> {
        Ok(())
    }

    fn entry(&mut self, _: &FileId, _: bool, encoded: &[u8]) -> io::Result<()> {
        self.out.send(Ok(encoded.to_vec())).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        wanted(&self.stop)
    }
}

/// Fills tables, until nobody wants them any more.
struct Until<'s> {
    sink: Filled<'s>,
    stop: Stop,
}

impl Sink for Until<'_> {
    fn text(&mut self, _: &str) -> io::Result<()> {
        Ok(())
    }

    fn entry(&mut self, file: &FileId, failed: bool, encoded: &[u8]) -> io::Result<()> {
        self.sink.entry(file, failed, encoded)
    }

    fn flush(&mut self) -> io::Result<()> {
        wanted(&self.stop)
    }
}

/// A document in hand is not waited for when its run is over.
fn wanted(stop: &Stop) -> io::Result<()> {
    if stop.signal().is_none() { Ok(()) } else { Err(io::ErrorKind::Interrupted.into()) }
}
