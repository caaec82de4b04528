//! Rows as Arrow's tables, handed to Python without a copy: a [`Table`] speaks Arrow's C data interface by its capsules,
//! which pyarrow, Polars, DuckDB and others take.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, to_ffi};
use arrow_array::{Array, RecordBatch, StructArray};
use baocao::internal::embed::{self, Columns, Entry, TABLES};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

/// One table.
#[pyclass(frozen, module = "baocao._baocao")]
pub struct Table(RecordBatch);

#[pymethods]
impl Table {
    /// The schema and the columns as capsules of Arrow's C data interface.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
        let _ = requested_schema; // a wish that may be passed over, says the interface
        let array: StructArray = self.0.clone().into();
        let (array, schema): (FFI_ArrowArray, FFI_ArrowSchema) = to_ffi(&array.to_data()).map_err(wrong)?;
        let schema = PyCapsule::new_with_value(py, schema, c"arrow_schema")?;
        Ok((schema, PyCapsule::new_with_value(py, array, c"arrow_array")?))
    }

    /// The schema alone.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.0.schema().as_ref()).map_err(wrong)?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    fn __len__(&self) -> usize {
        self.0.num_rows()
    }
}

fn wrong(error: impl std::fmt::Display) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// The entries of documents, in their order, by some threads with the stack that the readers are bounded for.
pub fn entries<D: Sync>(documents: &[D], jobs: usize, entry: impl Fn(&D) -> Entry + Sync) -> Vec<Entry> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(documents.len()));
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(document) = documents.get(at) else { return };
            let entry = entry(document);
            done.lock().unwrap_or_else(PoisonError::into_inner).push((at, entry));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, documents.len().max(1)) {
            let thread = std::thread::Builder::new().stack_size(embed::STACK_BYTES);
            if thread.spawn_scoped(scope, work).is_err() {
                break;
            }
        }
    });
    // Where the system has no thread at all, the caller's own does the work.
    work();
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, entry)| entry).collect()
}

/// The rows of entries, table by table.
pub fn tables(entries: &[Entry]) -> PyResult<Vec<(&'static str, Table)>> {
    let table = |(name, table): &(&'static str, embed::Table)| {
        let mut columns = Columns::new(*table).map_err(wrong)?;
        entries.iter().flat_map(|e| table.rows_of(e)).for_each(|row| columns.push(&row));
        Ok((*name, Table(columns.batch().map_err(wrong)?)))
    };
    TABLES.iter().map(table).collect()
}
