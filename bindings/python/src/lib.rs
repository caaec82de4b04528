//! baocao for Python: the library, and the program inside of it. What users see stands in `python/baocao/__init__.py`;
//! here is what it rests on. The lock of the interpreter is let go while Rust works.

mod convert;
mod extractor;
mod many;
mod table;

use std::ffi::OsString;
use std::io::Cursor;

use baocao::internal::embed;
use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

create_exception!(
    baocao,
    DocumentError,
    PyException,
    "A document that cannot be read; `code` says why in one word."
);

/// The exception for a document that cannot be read.
fn document_error(py: Python<'_>, error: &baocao::Error) -> PyErr {
    let raised = DocumentError::new_err(error.to_string());
    match raised.value(py).setattr("code", error.code()) {
        Ok(()) => raised,
        Err(other) => other,
    }
}

/// Runs the program: `command` calls it once more for worker processes, `arguments` are those behind its name.
#[pyfunction]
fn main(py: Python<'_>, command: Vec<OsString>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| baocao::run_program_as(command, arguments))
}

/// The JSON Schema of records and error records.
#[pyfunction]
fn schema() -> String {
    baocao::schema()
}

/// Rows of indicators side by side, out of JSON Lines of records: JSON Lines.
#[pyfunction]
#[pyo3(signature = (lines, *, filters, merge))]
fn compare<'py>(
    py: Python<'py>,
    lines: &[u8],
    filters: Vec<(String, Vec<String>)>,
    merge: bool,
) -> PyResult<Bound<'py, PyBytes>> {
    let filter = filter(filters)?;
    let rows = py.detach(|| embed::compare(Cursor::new(lines), filter, merge));
    Ok(PyBytes::new(py, &rows.map_err(PyValueError::new_err)?))
}

/// The filter of some names and values.
fn filter(filters: Vec<(String, Vec<String>)>) -> PyResult<embed::Filter> {
    let mut filter = embed::Filter::default();
    for (name, values) in filters {
        match name.as_str() {
            "indicator" => filter.indicators = values,
            "group" => filter.groups = values,
            "province" => filter.provinces = values,
            "level" => filter.levels = values,
            "role" => filter.roles = values,
            "year" => {
                let years: Result<_, _> = values.iter().map(|year| embed::years(year)).collect();
                filter.years = years.map_err(PyValueError::new_err)?;
            }
            other => return Err(PyValueError::new_err(format!("compare knows no filter {other:?}"))),
        }
    }
    Ok(filter)
}

/// The same out of a file.
#[pyfunction]
#[pyo3(signature = (path, *, filters, merge))]
fn compare_file<'py>(
    py: Python<'py>,
    path: OsString,
    filters: Vec<(String, Vec<String>)>,
    merge: bool,
) -> PyResult<Bound<'py, PyBytes>> {
    let file = std::fs::File::open(path).map_err(PyOSError::new_err)?;
    let filter = filter(filters)?;
    let rows = py.detach(|| embed::compare(file, filter, merge));
    Ok(PyBytes::new(py, &rows.map_err(PyValueError::new_err)?))
}

/// What `python/baocao/__init__.py` rests on.
#[pymodule]
fn _baocao(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("DocumentError", module.py().get_type::<DocumentError>())?;
    module.add_class::<extractor::Extractor>()?;
    module.add_class::<many::Records>()?;
    module.add_class::<table::Table>()?;
    module.add_function(wrap_pyfunction!(main, module)?)?;
    module.add_function(wrap_pyfunction!(schema, module)?)?;
    module.add_function(wrap_pyfunction!(compare, module)?)?;
    module.add_function(wrap_pyfunction!(compare_file, module)?)
}
