//! One document: bytes in, a dictionary out, on a thread with the stack that the readers are bounded for.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use baocao::internal::embed::{self, Cache, Input, OcrMode};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;

use super::many::Records;
use super::table::{self, Table};
use super::{convert, document_error};

/// What stands for a document: its name, and its bytes where it is no file.
#[derive(FromPyObject)]
pub enum Document {
    /// A name and the bytes.
    Content(String, PyBackedBytes),
    /// A file.
    #[pyo3(transparent)]
    Path(PathBuf),
}

/// Made once, used for many documents and by many threads.
#[pyclass(frozen, module = "baocao._baocao")]
pub struct Extractor {
    inner: Arc<baocao::Extractor>,
    /// The user's folder of patterns.
    patterns: Option<PathBuf>,
}

/// Runs on a thread with enough stack, while the interpreter goes on.
fn apart<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    let done = py.detach(|| {
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(embed::STACK_BYTES);
            thread.spawn_scoped(scope, work).map(|handle| handle.join().ok())
        })
    });
    done.ok().flatten().ok_or_else(|| PyValueError::new_err("no thread could be started for the document"))
}

#[pymethods]
impl Extractor {
    #[new]
    #[pyo3(signature = (*, patterns, ocr, password, encoding, no_repair, cache, max_size, max_text, page_timeout))]
    #[expect(clippy::too_many_arguments, reason = "keywords")]
    fn new(
        py: Python<'_>,
        patterns: Option<PathBuf>,
        ocr: &str,
        password: Option<String>,
        encoding: Option<String>,
        no_repair: Vec<String>,
        cache: Option<PathBuf>,
        max_size: u64,
        max_text: usize,
        page_timeout: u64,
    ) -> PyResult<Self> {
        let wrong = |sentence: String| PyValueError::new_err(sentence);
        let mut options = baocao::Options::default();
        let modes = [OcrMode::Off, OcrMode::Auto, OcrMode::Force];
        let mode = modes.into_iter().find(|mode| mode.name() == ocr);
        options.read.ocr.mode =
            mode.ok_or_else(|| wrong(format!("ocr is one of off, auto, force, not {ocr:?}")))?;
        options.read.ocr.page_time = Duration::from_secs(page_timeout);
        options.read.limits.file_bytes = max_size;
        options.read.limits.text_bytes = max_text;
        options.read.password = password;
        options.read.encoding = encoding.map(|name| embed::encoding(&name)).transpose().map_err(wrong)?;
        options.no_repair = embed::repairs(no_repair).map_err(wrong)?;
        let open =
            |dir: &PathBuf| Cache::open(dir).map_err(|e| wrong(format!("cache {}: {e}", dir.display())));
        options.read.cache = cache.as_ref().map(open).transpose()?;
        let made = py.detach(|| {
            let patterns = match &patterns {
                Some(dir) => baocao::Patterns::with_dir(dir),
                None => baocao::Patterns::builtin(),
            };
            patterns.map(|patterns| baocao::Extractor::with(patterns, options))
        });
        let inner = Arc::new(made.map_err(|e| wrong(e.to_string()))?);
        let absolute = |dir: PathBuf| std::fs::canonicalize(&dir).unwrap_or(dir);
        Ok(Self { inner, patterns: patterns.map(absolute) })
    }

    /// The record of some bytes.
    fn extract_bytes<'py>(&self, py: Python<'py>, name: &str, bytes: &[u8]) -> PyResult<Bound<'py, PyAny>> {
        let record = apart(py, || embed::guarded(|| self.inner.extract(name, bytes)))?;
        convert::object(py, &record.map_err(|e| document_error(py, &e))?)
    }

    /// The record of a file; `name` is how it is named in it.
    fn extract_file<'py>(
        &self,
        py: Python<'py>,
        path: PathBuf,
        name: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let shown = name.map_or_else(|| embed::shown(&path), str::to_owned);
        let record = apart(py, || embed::guarded(|| self.inner.extract(&shown, &self.load(&path)?)))?;
        convert::object(py, &record.map_err(|e| document_error(py, &e))?)
    }

    /// The text that all spans point into, of some bytes.
    fn text_bytes(&self, py: Python<'_>, bytes: &[u8]) -> PyResult<String> {
        let content = apart(py, || embed::guarded(|| self.inner.read(bytes)))?;
        Ok(content.map_err(|e| document_error(py, &e))?.text)
    }

    /// The same of a file.
    fn text_file(&self, py: Python<'_>, path: PathBuf) -> PyResult<String> {
        let content = apart(py, || embed::guarded(|| self.inner.read(&self.load(&path)?)))?;
        Ok(content.map_err(|e| document_error(py, &e))?.text)
    }

    /// The records of files and folders, by worker processes that `command` starts.
    #[expect(clippy::too_many_arguments, reason = "keywords")]
    fn extract_many(
        &self,
        paths: Vec<PathBuf>,
        command: Vec<OsString>,
        jobs: usize,
        timeout: u64,
        memory: u64,
        hidden: bool,
    ) -> PyResult<Records> {
        let inputs = paths.into_iter().map(Input::Path).collect();
        let mut options = self.inner.options().clone();
        let timeout = (timeout > 0).then(|| Duration::from_secs(timeout));
        options.read.ocr.document_time = timeout.map(|limit| limit * 9 / 10);
        let worker = embed::worker_command(command, memory);
        let batch = embed::batch(inputs, options, self.patterns.clone(), worker, (jobs, timeout, hidden));
        Records::start(batch)
    }

    /// The rows of documents as tables in memory: names and tables, in their order.
    fn extract_batch(
        &self,
        py: Python<'_>,
        documents: Vec<Document>,
        jobs: usize,
    ) -> PyResult<Vec<(&'static str, Table)>> {
        let entries = py.detach(|| table::entries(&documents, jobs, |document| self.entry(document)));
        table::tables(&entries)
    }
}

impl Extractor {
    fn load(&self, path: &std::path::Path) -> Result<Vec<u8>, baocao::Error> {
        embed::load(path, self.inner.options().read.limits.file_bytes)
    }

    /// A record or an error record, whatever the document does.
    fn entry(&self, document: &Document) -> embed::Entry {
        match document {
            Document::Path(path) => {
                let shown = embed::shown(path);
                match embed::guarded(|| self.load(path)) {
                    Ok(bytes) => embed::entry(&self.inner, &shown, &bytes),
                    Err(error) => embed::failed(&shown, &error, None),
                }
            }
            Document::Content(name, bytes) => embed::entry(&self.inner, name, bytes),
        }
    }
}
