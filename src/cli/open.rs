//! Whether the standard output was open when the program began.
//!
//! `baocao extract … >&-` would lose every record in silence: the runtime of Rust puts `/dev/null` in place of a closed
//! standard stream before `main` runs, so it has to be looked at earlier.

use std::sync::atomic::{AtomicBool, Ordering};

static CLOSED: AtomicBool = AtomicBool::new(false);

#[cfg(unix)]
ctor_lite::ctor! {
    unsafe fn look_at_stdout() {
        CLOSED.store(rustix::io::fcntl_getfd(rustix::stdio::stdout()).is_err(), Ordering::Relaxed);
    }
}

/// Whether it was closed.
pub fn is_stdout_closed() -> bool {
    CLOSED.load(Ordering::Relaxed)
}
