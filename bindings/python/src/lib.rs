//! What the Python package `baocao` cannot do in Python: reading documents, runs in worker processes, tables. The names
//! that people use, and what they mean, stand in `python/baocao/`.

mod batch;
mod engine;
mod json;
mod table;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The native half of the package.
#[pyo3::pymodule]
mod _baocao {
    use std::ffi::OsString;

    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::batch::Entries;
    #[pymodule_export]
    use crate::engine::Engine;
    #[pymodule_export]
    use crate::table::Table;

    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");

    /// Runs the program; `command` is how it is called once more for its worker processes. Gives the exit code.
    #[pyfunction]
    fn run(py: Python<'_>, command: Vec<OsString>, arguments: Vec<OsString>) -> u8 {
        py.detach(|| baocao::run_program_as(command, arguments))
    }

    /// The JSON Schema of the records, as JSON.
    #[pyfunction]
    fn schema() -> String {
        baocao::schema()
    }
}
