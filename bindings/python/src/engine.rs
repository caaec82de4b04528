//! An extractor with its options, for one document in this process or many in worker processes.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use baocao::internal::batch::{
    Batch, Encode, Input, Line, Lines, Outcome, Setup, Stop, Workers, of_bytes, of_file,
};
use baocao::internal::{charset, run, tables, words};
use baocao::{Cache, Extractor, Limits, Ocr, OcrMode, Options, Patterns, ReadOptions, Record};
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyDict, PyList};

use crate::batch::{self, Entries};
use crate::json;
use crate::table::Table;

/// Stack of a thread that reads a document: the depth of what it may hold is bounded for this much.
const STACK: usize = 16 << 20;

/// Reads documents with one set of options.
#[pyclass(frozen, module = "baocao._baocao")]
pub struct Engine {
    extractor: Extractor,
    patterns: Option<PathBuf>,
    encode: Box<dyn Encode>,
}

/// How many documents are read at once, and what each may take.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Work {
    command: Vec<OsString>,
    jobs: Option<usize>,
    timeout: u64,
    memory: u64,
    hidden: bool,
}

#[pymethods]
impl Engine {
    #[new]
    #[pyo3(signature = (*, patterns, ocr, page_timeout, password, encoding, no_repair, cache, max_size, max_text))]
    #[expect(clippy::too_many_arguments, reason = "the options have names in Python")]
    fn new(
        py: Python<'_>,
        patterns: Option<PathBuf>,
        ocr: &str,
        page_timeout: u64,
        password: Option<String>,
        encoding: Option<String>,
        no_repair: Vec<String>,
        cache: Option<PathBuf>,
        max_size: Option<u64>,
        max_text: Option<usize>,
    ) -> PyResult<Self> {
        if let Some(name) = encoding.as_deref().filter(|name| !charset::is_known(name)) {
            return Err(PyValueError::new_err(format!("encoding {name:?} is not known")));
        }
        if let Some(name) = no_repair.iter().find(|name| !words::NAMES.contains(&name.as_str())) {
            let known = words::NAMES.join(", ");
            return Err(PyValueError::new_err(format!("there is no repair {name:?}; there are {known}")));
        }
        let modes = [OcrMode::Off, OcrMode::Auto, OcrMode::Force];
        let mode = modes.into_iter().find(|mode| mode.name() == ocr);
        let mode = mode.ok_or_else(|| PyValueError::new_err("ocr is off, auto or force"))?;
        let usual = Limits::default();
        let mut options = Options::default();
        options.read = ReadOptions {
            limits: Limits {
                file_bytes: max_size.unwrap_or(usual.file_bytes),
                text_bytes: max_text.unwrap_or(usual.text_bytes),
                ..usual
            },
            password,
            encoding,
            ocr: Ocr { mode, page_time: Duration::from_secs(page_timeout.max(1)), ..Ocr::default() },
            cache: cache.as_deref().map(Cache::open).transpose()?,
        };
        options.no_repair = no_repair;
        // Worker processes may stand elsewhere.
        let patterns = patterns.map(|dir| std::fs::canonicalize(&dir).unwrap_or(dir));
        let loaded = py.detach(|| match &patterns {
            Some(dir) => Patterns::with_dir(dir),
            None => Patterns::builtin(),
        });
        let loaded = loaded.map_err(|e| PyValueError::new_err(e.to_string()))?;
        let encode = run::format("jsonl", false).ok_or_else(|| PyValueError::new_err("no JSON Lines"))?;
        Ok(Self { extractor: Extractor::with(loaded, options), patterns, encode })
    }

    /// The fingerprint of the patterns.
    #[getter]
    fn fingerprint(&self) -> String {
        self.extractor.generator().patterns
    }

    /// The entry of a file, as a line of JSON (`raw`) or as a dictionary.
    fn file<'py>(&self, py: Python<'py>, path: PathBuf, raw: bool) -> PyResult<Bound<'py, PyAny>> {
        self.entry(py, raw, || of_file(&self.extractor, &*self.encode, path))
    }

    /// The entry of a document's bytes, which has this name.
    fn content<'py>(
        &self,
        py: Python<'py>,
        bytes: PyBackedBytes,
        name: &str,
        raw: bool,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.entry(py, raw, || of_bytes(&self.extractor, &*self.encode, name, &bytes, None))
    }

    /// The entries of many files and folders, in the order of their names.
    fn many(&self, paths: Vec<PathBuf>, work: Work) -> PyResult<Entries> {
        Entries::start(self.batch(paths, work, "jsonl"))
    }

    /// All tables of many files and folders.
    fn tables<'py>(&self, py: Python<'py>, paths: Vec<PathBuf>, work: Work) -> PyResult<Bound<'py, PyDict>> {
        let tables = PyDict::new(py);
        for (name, batch) in batch::tables(py, self.batch(paths, work, "csv"))? {
            tables.set_item(name, Table(batch).into_pyobject(py)?)?;
        }
        Ok(tables)
    }

    /// The rows of records side by side, or those that are not certain (`apart`); records come as JSON Lines.
    fn compare<'py>(
        &self,
        py: Python<'py>,
        lines: PyBackedBytes,
        apart: bool,
    ) -> PyResult<Bound<'py, PyList>> {
        let rows =
            py.detach(|| self.rows(&lines, apart)).map_err(|e| PyValueError::new_err(e.to_string()))?;
        json::lines(py, &rows)
    }
}

impl Engine {
    /// Lets a thread of its own read a document, while Python goes on with others.
    fn entry<'py>(
        &self,
        py: Python<'py>,
        raw: bool,
        read: impl FnOnce() -> Outcome + Send,
    ) -> PyResult<Bound<'py, PyAny>> {
        let outcome = py.detach(|| {
            thread::scope(|scope| {
                let reader = thread::Builder::new().name("baocao".into()).stack_size(STACK);
                let reader = reader.spawn_scoped(scope, read)?;
                reader.join().map_err(|_| io::Error::other("the thread of a document panicked"))
            })
        })?;
        match outcome {
            Outcome::Entry { encoded, .. } if raw => Ok(PyBytes::new(py, &encoded).into_any()),
            Outcome::Entry { encoded, .. } => json::value(py, &encoded),
            Outcome::Passed(_) | Outcome::Kept(_) => Err(PyOSError::new_err("a document was passed over")),
        }
    }

    fn batch(&self, paths: Vec<PathBuf>, work: Work, format: &str) -> Batch {
        let jobs = work.jobs.or_else(|| thread::available_parallelism().ok().map(Into::into)).unwrap_or(1);
        let timeout = (work.timeout > 0).then(|| Duration::from_secs(work.timeout));
        let mut options = self.extractor.options().clone();
        // So that of a long scan some pages are there when the time limit comes.
        options.read.ocr.document_time = timeout.map(|limit| limit * 9 / 10);
        let mut command = work.command;
        command.push("worker".into());
        if work.memory > 0 {
            command.push(format!("--memory={}", work.memory).into());
        }
        let setup = Setup {
            options,
            patterns: self.patterns.clone(),
            format: format.into(),
            pretty: false,
            gate: None,
        };
        Batch {
            workers: Workers { command, setup, formats: run::format },
            inputs: paths.into_iter().map(Input::Path).collect(),
            hidden: work.hidden,
            jobs,
            timeout,
            stop: Stop::default(),
            shard: None,
            unique: false,
        }
    }

    fn rows(&self, lines: &[u8], apart: bool) -> io::Result<Vec<u8>> {
        let mut records: Vec<Record> = Vec::new();
        let mut reader = Lines::new(
            |record: Record| record,
            |number, line| match line {
                Line::Record(record) => {
                    records.push(record);
                    Ok(())
                }
                Line::Error(..) => Ok(()),
                Line::Bad(why) => Err(io::Error::other(format!("record {number}: {why}"))),
            },
        );
        reader.read(lines)?;
        drop(reader);
        let patterns = self.extractor.patterns();
        let rows = match apart {
            true => baocao::compare::apart(&records, patterns),
            false => baocao::compare::compare(&records, patterns),
        };
        tables::compared(&rows, patterns)
    }
}
