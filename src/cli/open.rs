//! Whether the standard output was open when the program began.
//!
//! `baocao extract … >&-` would lose every record in silence: the runtime of Rust puts `/dev/null` in place of a closed
//! standard stream before `main` runs, so it has to be looked at earlier. Later nothing tells: whoever sends the output to
//! `/dev/null` on purpose may have opened it the same way (Python's `DEVNULL` does). What runs before `main` is the
//! business of the linker, which `ctor_lite` asks; `unsafe` is a word of its macro, the code inside is none.

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
